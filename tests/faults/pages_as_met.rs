//! Pages as people meet them: large letters, phones, no script, cards that are passed on, calendars.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE, SITE_CN, tree};
use std::process::Command;

/// The only style sheet of a name.
fn css(p: &Project, name: &str) -> String {
    let dir = p.path("public/assets/css");
    let file = std::fs::read_dir(dir).expect("styles").flatten().find(|f| f.file_name().to_string_lossy().starts_with(name)).expect("the sheet");
    std::fs::read_to_string(file.path()).expect("text")
}

/// A site with a table of years of which the first four lack most values, and charts over it.
fn figures(more: &str) -> Project {
    let p = Project::new(&format!("{SITE}{more}"));
    let rows = (1978..2000).map(|y| if y < 1982 { format!("{y}年,,,{y}00\n") } else { format!("{y}年,{0},{0}.5,{y}00\n", y - 1900) }).collect::<String>();
    p.file("content/datasets/people/a.csv", format!(",甲,乙,总计\n{rows}"));
    let note = "这一段说明很长，占好几行。".repeat(12);
    p.file(
        "content/datasets/people/dataset.yaml",
        format!("title: 人口\nresources: [{{name: a, title: 年度, path: a.csv}}]\ncharts:\n- {{name: short, title: 甲, kind: line, y: [甲]}}\n- {{name: long, title: 乙, kind: line, y: [乙], note: {note}}}\n"),
    );
    p
}

#[test]
fn letters_of_charts_grow_with_those_of_the_page() {
    let p = figures("");
    p.build();
    let page = p.read("public/datasets/people/index.html");
    assert!(
        page.contains("<div class=\"chart__plot\"><div class=\"chart__scroll\"><svg class=\"chart__svg chart__svg--wide\""),
        "the drawing may be wider than its box"
    );
    // Letters of the page, not pixels, say how wide the drawing is, and only where few of them have room.
    let sheet = css(&p, "content").replace(' ', "");
    assert!(
        sheet.contains("@container(max-width:13em){.chart__scroll{overflow-x:auto;}.chart__svg--narrow,.chart__svg--map{width:18rem;max-width:none;}}"),
        "{sheet}"
    );
}

#[test]
fn a_preview_begins_where_the_values_do_and_years_are_called_so() {
    let p = figures("languages: [zh-Hans, en]\n");
    p.build();
    let page = p.read("public/datasets/people/index.html");
    let table = page.split("<caption>").nth(1).expect("a preview");
    assert!(table.starts_with("至少一半有数的前 5 行，共 22 行"), "{}", &table[..200]);
    assert!(table.contains("<th scope=\"col\">年份</th>") && table.contains("1982年") && !table.split("</table>").next().unwrap().contains("1978年"));
    // The page of the table has all rows as they are in the file.
    let all = p.read("public/datasets/people/a/index.html");
    assert!(all.contains("前 20 行，共 22 行") && all.contains("1978年"));
    // A column that is no year is called by its letter.
    let p = Project::new(SITE);
    p.file("content/datasets/d/dataset.yaml", "title: 数据\nresources: [{name: a, path: a.csv}]\n");
    p.file("content/datasets/d/a.csv", "地区,数量,\n甲,1,文字\n乙,2,别的\n丙,3,再有\n");
    p.build();
    let page = p.read("public/datasets/d/index.html");
    assert!(page.contains("C 列（没有列名）") && !page.contains("无列名"), "{page}");
}

#[test]
fn the_frame_of_a_chart_is_as_high_as_its_page() {
    let p = figures("");
    p.build();
    let page = p.read("public/datasets/people/index.html");
    let high: Vec<u32> = page.split("width=&quot;100%&quot; height=&quot;").skip(1).map(|t| t.split('&').next().unwrap().parse().unwrap()).collect();
    assert_eq!(high.len(), 2, "{page}");
    assert!(high[0] >= 800 && high[1] >= high[0] + 150, "{high:?}: a long note needs its room");
}

fn policies(p: &Project, n: u32) {
    for i in 1..=n {
        p.file(&format!("content/policies/p{i}.md"), format!("---\ntitle: 第{i}号文件\nissuer: [office]\npublished_at: 2025-0{i}-01\n---\n正文{i}。\n"));
    }
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
}

#[test]
fn the_home_page_lists_nothing_twice() {
    let p = Project::new(&format!("{SITE}home:\n- search\n- {{block: list, of: policies, limit: 2}}\n- {{block: changes, limit: 2}}\n"));
    policies(&p, 5);
    p.build();
    let home = p.read("public/index.html");
    for i in 2..=5 {
        assert_eq!(home.matches(&format!("href=\"/policies/p{i}/\"")).count(), 1, "p{i}: {home}");
    }
}

#[test]
fn a_search_that_cannot_work_is_not_shown() {
    let p = Project::new(&format!("{SITE}home: [search, themes]\n"));
    policies(&p, 1);
    p.build();
    assert!(css(&p, "civic").replace(' ', "").contains("html:not(.js).search{display:none;}"));
    let home = p.read("public/index.html");
    let told = home.split("<noscript>").nth(1).expect("a word for who runs no script").split("</noscript>").next().unwrap();
    assert!(told.contains("不能搜索") && told.contains("href=\"/sitemap/\""), "{told}");
    assert!(p.read("public/search/index.html").contains("所以不显示搜索框"));
}

#[test]
fn what_was_not_measured_of_interpretations_has_no_line() {
    let site = |days: bool| {
        let p = Project::new(SITE_CN);
        let day = |d: &str| if days { format!("published_at: {d}\n") } else { String::new() };
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        p.file("content/policies/a.md", format!("---\ntitle: 办法\nissuer: [office]\ninterpretation: required\n{}---\n正文。\n", day("2025-12-01")));
        p.file("content/interpretations/a.md", format!("---\ntitle: 解读\npolicies: [a]\ninterpreter_org: office\n{}---\n说明。\n", day("2025-12-02")));
        p.build();
        p.read("public/explained/index.html")
    };
    let page = site(false);
    assert!(page.contains("不说是否及时") && !page.contains("间隔天数") && !page.contains("其中工作日") && !page.contains("晚了几天"), "{page}");
    assert!(page.contains("越低越好"), "what a share means is said");
    let page = site(true);
    assert!(page.contains("晚了几天") && page.contains("data-label=\"间隔天数\"><span>1</span>"), "{page}");
}

#[test]
fn other_scores_stand_apart_with_their_most() {
    let p = figures("");
    p.build();
    let page = p.read("public/datasets/quality/index.html");
    let (main, others) = page.split_once("<details><summary>国外通行的三种评分").expect("folded");
    assert!(!main.contains("MQA") && !main.contains("udata"));
    for part in [" / 405</span>", " / 9</span>", " / 5</span>", "https://5stardata.info/", "https://data.europa.eu/mqa/methodology"] {
        assert!(others.contains(part), "{part}: {others}");
    }
}

#[test]
fn the_newest_items_have_cards_of_their_own() {
    let image = |p: &Project, page: &str| {
        let html = p.read(page);
        let url = html.split("og:image\" content=\"https://example.org/").nth(1).expect("a picture").split('"').next().unwrap().to_string();
        assert!(p.exists(&format!("public/{url}")), "{url}");
        url
    };
    let p = Project::new(&format!("{SITE}look: {{cards: 2}}\n"));
    policies(&p, 3);
    p.build();
    assert_eq!(image(&p, "public/policies/p3/index.html"), "share/policies/p3.png");
    assert_eq!(image(&p, "public/policies/p2/index.html"), "share/policies/p2.png");
    assert_eq!(image(&p, "public/policies/p1/index.html"), "share/policies.png");
    let bytes = |name: &str| std::fs::read(p.path(&format!("public/share/policies/{name}.png"))).unwrap();
    assert_ne!(bytes("p3"), bytes("p2"), "title and day are on it");
    assert!(bytes("p3").len() < 60_000);
    // Without the setting none is drawn.
    p.file("site.yaml", SITE);
    p.build();
    assert!(!p.exists("public/share/policies/p3.png"));
    assert_eq!(image(&p, "public/policies/p3/index.html"), "share/policies.png");
}

#[test]
fn downloads_begin_with_what_a_spreadsheet_opens() {
    let p = Project::new(SITE);
    policies(&p, 1);
    p.build();
    let page = p.read("public/downloads/index.html");
    let row = page.split("<th scope=\"row\">").nth(1).expect("a row").split("</tr>").next().unwrap();
    let at = |t: &str| row.find(t).unwrap_or_else(|| panic!("{t}: {row}"));
    assert!(at("表格（CSV，Excel 可打开）") < at("给程序（JSONL）"), "{row}");
    assert!(page.find("用 Excel 或 WPS 打开").unwrap() < page.find("<table").unwrap());
}

#[test]
fn the_head_of_a_law_says_since_when_and_leads_to_its_revisions() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: npc, name: 全国人大常委会}\n");
    let head = "---\ntitle: 某某法\nissuer: [npc]\nformed_on: 2018-12-29\n";
    let text = "---\n\n# 某某法\n\n1996年8月29日 第二十一次会议通过\n\n2018年12月29日 第七次会议第三次修正\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 为了保障权益，制定本法。\n\n第二条 本法自2013年7月1日起施行。\n";
    p.file("content/policies/law.md", format!("{head}{text}"));
    p.file("content/policies/told.md", format!("{head}effective_from: 2013-07-01\n{text}").replace("某某法", "别的法"));
    p.build();
    let glance = |name: &str| {
        let page = p.read(&format!("public/policies/{name}/index.html"));
        assert!(page.contains("id=\"history-title\""));
        page.split("class=\"glance\"")
            .nth(1)
            .expect("a glance")
            .split("</div></dl>")
            .next()
            .unwrap_or_default()
            .split("glance__more")
            .next()
            .unwrap_or_default()
            .to_string()
    };
    let law = glance("law");
    // Quoted with the place where it stands: nothing is understood from it.
    assert!(law.contains("<a href=\"#art-2\">“本法自2013年7月1日起施行”</a>"), "{law}");
    assert!(law.contains("<a href=\"#history-title\">1996年8月29日至2018年12月29日，共 2 次</a>"), "{law}");
    let told = glance("told");
    assert!(told.contains("2013年7月1日") && !told.contains('“'), "{told}");
}

#[test]
fn a_deadline_in_a_calendar_says_what_to_do_and_reminds() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file(
        "content/consultations/c.md",
        "---\ntitle: 征求意见\nissuer: [office]\nopens: 2025-12-20\ncloses: 2026-01-20\nchannels: {mail: yijian@example.org, tel: 0594-2692345}\n---\n正文。\n",
    );
    policies(&p, 1);
    p.file("content/policies/next.md", "---\ntitle: 新办法\npublished_at: 2025-12-01\neffective_from: 2026-03-01\n---\n正文。\n");
    p.build();
    let file = "public/consultations/c/dates.ics";
    let ics = p.raw(file).replace("\r\n ", "");
    for line in [
        "X-WR-CALNAME:征求意见 · 测试站",
        "DESCRIPTION:怎样提意见：\\n电子邮箱：yijian@example.org\\n电话：0594-2692345\\n全文和说明：https://example.org/consultations/c/",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:征求意见截止：征求意见\r\nTRIGGER:-P2DT15H\r\nEND:VALARM\r\nEND:VEVENT",
    ] {
        assert!(ics.contains(line), "{line}\n{ics}");
    }
    // A day on which nobody has to have done anything does not ring.
    let other = p.raw("public/policies/next/dates.ics").replace("\r\n ", "");
    assert!(!other.contains("VALARM") && other.contains("DESCRIPTION:全文和说明：https://example.org/policies/next/"), "{other}");
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ics.py");
    let files = tree(&p.path("public")).into_keys().filter(|f| f.ends_with(".ics")).map(|f| p.path("public").join(f));
    let out = Command::new("python3").arg(&script).args(files).output().expect("python3 is there");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn the_head_of_a_phone_keeps_languages_behind_a_word_and_the_elder_page_begins_with_the_hotline() {
    let p = Project::new(&format!("{SITE}languages: [zh-Hans, en]\ncontact: {{hotline: \"12345\"}}\n"));
    policies(&p, 1);
    p.build();
    let page = p.read("public/policies/p1/index.html");
    let langs = page.split("<nav class=\"langs\"").nth(1).expect("languages").split("</nav>").next().unwrap();
    assert!(langs.contains("<details class=\"langs__fold\"><summary>简体中文</summary></details><ul>") && langs.contains("hreflang=\"en\""), "{langs}");
    let elder = p.read("public/elder/index.html");
    let main = elder.split("<main").nth(1).expect("a page");
    let at = |t: &str| main.find(t).unwrap_or_else(|| panic!("{t}: {main}"));
    assert!(at("href=\"tel:12345\">打电话 12345</a>") < at("class=\"tasks\""), "{main}");
}
