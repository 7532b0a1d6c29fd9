//! Consultations: figures as in the sources, states of the day, opinions kept in Excel, the life of a policy, bad input.

use crate::support::{Project, SITE, SITE_CN, run_in, sample, shared};

/// The least consultation, with more lines for its head.
fn item(days: &str, more: &str) -> String {
    format!("---\ntitle: 关于《停车办法（征求意见稿）》公开征求意见的公告\n{days}\n{more}---\n\n欢迎提出意见。\n")
}

/// The repository's own portal, built.
fn built() -> tempfile::TempDir {
    let dir = sample();
    let ran = run_in(dir.path(), &["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    dir
}

/// The body of the page, without what stands above and below it.
fn main_of(html: &str) -> &str {
    let from = html.find("<main").unwrap_or(0);
    &html[from..html.find("</main>").unwrap_or(html.len())]
}

fn number(html: &str, label: &str) -> Option<String> {
    let at = html.find(&format!("<span class=\"numbers__label\">{label}</span>"))?;
    let value = html[..at].rsplit_once("numbers__value\">")?.1;
    Some(value.split('<').next()?.to_string())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads the sources and the sample")]
fn figures_of_the_customs_are_those_of_the_sources() {
    let dir = built();
    let page = |name: &str| std::fs::read_to_string(dir.path().join("public/consultations").join(name)).unwrap_or_default();
    let none = None::<&str>;
    for (name, figures, rows) in [
        ("customs-penalty-benchmarks-1", [Some("132"), none, none, Some("50"), Some("82"), none], 0),
        ("customs-penalty-benchmarks-3", [Some("3"), none, Some("1"), none, Some("2"), none], 0),
        ("goods-spot-inspection", [Some("16"), none, none, Some("10"), Some("6"), none], 0),
        ("plant-propagating-materials", [Some("7"), Some("5"), none, none, Some("2"), none], 7),
        ("bonded-warehouses", [Some("5"), Some("1"), none, none, Some("3"), Some("1")], 4),
        ("port-health-supervision", [Some("1"), Some("0"), none, none, Some("1"), none], 1),
    ] {
        let html = page(&format!("{name}/index.html"));
        let labels = ["收到意见", "采纳", "部分采纳", "采纳与部分采纳", "未采纳", "待定"];
        let told = labels.map(|l| number(&html, l));
        let wanted = figures.map(|f| f.map(String::from));
        assert_eq!(told, wanted, "{name}");
        assert_eq!(html.matches("<tr><th scope=\"row\">").count(), rows, "{name}");
        assert!(html.contains("tag--answered\">已公布结果"), "{name}");
        let csv = page(&format!("{name}/opinions.csv")).trim_start_matches('\u{FEFF}').to_string();
        assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), rows, "{name}");
        let json: serde_json::Value = serde_json::from_str(&page(&format!("{name}/opinions.json"))).unwrap_or_default();
        assert_eq!(json["result"]["received"].to_string(), figures[0].unwrap_or(""), "{name}");
        assert_eq!(json["opinions"].as_array().map(Vec::len), Some(rows), "{name}");
    }
    // Opinion, outcome and reason are the source's, to the letter.
    let source = std::fs::read_to_string(shared("data/zh-customs-A/results.json")).unwrap_or_default();
    let source: Vec<serde_json::Value> = serde_json::from_str(&source).unwrap_or_default();
    assert_eq!(source.len(), 6);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/consultations");
    for (name, key) in [("plant-propagating-materials", "植物繁殖材料"), ("bonded-warehouses", "保税仓库"), ("port-health-supervision", "国境口岸")]
    {
        let bytes = std::fs::read(root.join(format!("{name}.csv"))).unwrap_or_default();
        let text = encoding_rs::GB18030.decode(&bytes).0.into_owned();
        let joined: String = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .records()
            .flatten()
            .flat_map(|r| r.iter().collect::<String>().chars().collect::<Vec<_>>())
            .collect();
        let whole = source.iter().find(|s| s["title"].as_str().is_some_and(|t| t.contains(key))).and_then(|s| s["content"].as_str()).unwrap_or("");
        assert!(!joined.is_empty() && whole.contains(&joined), "{name}");
    }
}

#[test]
fn a_sheet_of_opinions_is_given_to_nobody_and_names_are_hidden() {
    let p = Project::new(SITE);
    p.file(
        "content/consultations/a.md",
        item("opens: 2025-11-01\ncloses: 2025-11-30", "result: {on: 2025-12-05, rows: ops.csv}\n") + "\n[意见汇总](ops.csv)\n",
    );
    p.file(
        "content/consultations/ops.csv",
        "序号,反馈人,联系地址,意见,采纳情况,理由\n1,王建国,某街7号,请致电我 李大海先生，我叫赵铁柱,采纳,经与王建国沟通\n2,欧阳小芳,,建议,采纳,\n3,某企业,,建议,采纳,\n",
    );
    p.file(
        "content/consultations/b.md",
        item("opens: 2025-11-01\ncloses: 2025-11-30", "result: {on: 2025-12-05, rows: [{opinion: 我叫赵铁柱, outcome: 采纳}]}\n"),
    );
    p.file("content/news/n.md", "---\ntitle: 消息\npublished_at: 2025-12-06\nattachments: [../consultations/ops.csv]\n---\n正文。\n");
    p.file("content/datasets/d/dataset.yaml", "title: 数\nresources: [{path: ../../consultations/ops.csv}]\n");
    let ran = p.run(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_default();
    let all = json["findings"].as_array().cloned().unwrap_or_default();
    let of = |code: &str| {
        let mut list: Vec<String> = all.iter().filter(|f| f["code"] == code).map(|f| format!("{}:{}", f["file"].as_str().unwrap_or(""), f["line"])).collect();
        list.sort();
        list
    };
    assert_eq!(of("SEC012"), ["content/consultations/a.md:10", "content/datasets/d/dataset.yaml:2", "content/news/n.md:4"], "{all:?}");
    let sheet = "content/consultations/ops.csv";
    assert_eq!(
        of("FBK001"),
        ["content/consultations/b.md:5".to_string(), format!("{sheet}:2"), format!("{sheet}:2"), format!("{sheet}:2"), format!("{sheet}:3")]
    );
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let csv = p.read("public/consultations/a/opinions.csv");
    assert!(
        csv.contains("1,王**,请致电我 李**先生，我叫赵**,") && csv.contains("经与王**沟通") && csv.contains("2,欧***,") && csv.contains("3,某企业,"),
        "{csv}"
    );
    assert!(p.read("public/consultations/b/opinions.csv").contains("我叫赵**"));
    for (path, bytes) in crate::support::tree(&p.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.ends_with("ops.csv") && ["王建国", "李大海", "赵铁柱", "欧阳小芳", "某街7号"].iter().all(|w| !text.contains(w)), "{path}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads the sample")]
fn a_policy_shows_its_life() {
    let dir = built();
    let html = std::fs::read_to_string(dir.path().join("public/policies/customs/2023-182/index.html")).unwrap_or_default();
    let from = html.find("id=\"life-title\"").expect("the policy has its life");
    let life = &html[from..from + html[from..].find("</section>").unwrap_or(0)];
    let steps: Vec<String> = life
        .split("<li class=\"steps__step\">")
        .skip(1)
        .map(|s| {
            let mut out = String::new();
            let mut tag = false;
            s.split("</li>").next().unwrap_or("").chars().for_each(|c| match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => out.push(c),
                _ => {}
            });
            out
        })
        .collect();
    let begins =
        ["2022年10月1日征求意见", "未注明公布征求意见结果", "2023年12月11日相隔 436 天成文", "2023年12月11日发布", "未注明解读", "2024年1月1日相隔 21 天施行"];
    assert_eq!(steps.len(), begins.len(), "{steps:?}");
    for (step, begin) in steps.iter().zip(begins) {
        assert!(step.starts_with(begin), "{step} / {begin}");
    }
    assert!(steps[0].contains("至2022年10月31日") && steps[1].contains("收到意见 132 条、采纳与部分采纳 50 条、未采纳 82 条"), "{steps:?}");
    let home = std::fs::read_to_string(dir.path().join("public/index.html")).unwrap_or_default();
    assert!(home.contains("/consultations/customs-penalty-benchmarks-1/"), "the story of the home page has it too");
    let en = std::fs::read_to_string(dir.path().join("public/en/consultations/index.html")).unwrap_or_default();
    assert!(en.contains("Result published"), "{en}");
}

#[test]
fn states_follow_the_day() {
    let p = Project::new(SITE);
    p.file("content/consultations/a.md", item("opens: 2026-03-01\ncloses: 2026-03-31", "result: {on: 2026-04-20, received: 2, adopted: 0, rejected: 2}\n"));
    for (day, state, word, script) in [
        ("2026-02-28", "ahead", "尚未开始（截至2026年2月28日）", true),
        ("2026-03-01", "open", "征集中（截至2026年3月1日）", true),
        ("2026-03-31", "open", "征集中（截至2026年3月31日）", true),
        ("2026-04-01", "closed", "已结束，待反馈（截至2026年4月1日）", false),
        ("2026-04-19", "closed", "已结束，待反馈", false),
        ("2026-04-20", "answered", "已公布结果</span>", false),
    ] {
        let ran = p.run(&["build", "--as-of", day]);
        assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
        let (page, list) = (p.read("public/consultations/a/index.html"), p.read("public/consultations/index.html"));
        for html in [main_of(&page), main_of(&list)] {
            assert!(html.contains(&format!("tag--{state}\"")) && html.contains(word), "{day}: {html}");
            assert_eq!(html.contains("data-module=\"stage\" data-opens=\"2026-03-01\" data-closes=\"2026-03-31\""), script, "{day}");
        }
        // Nothing of a result is public before its day.
        assert_eq!(page.contains("numbers__value"), state == "answered", "{day}");
        assert_eq!(p.exists("public/consultations/a/opinions.json"), state == "answered", "{day}");
        let json = day < "2026-03-31";
        assert_eq!(p.exists("public/consultations/a/dates.ics"), json, "{day}");
    }
    assert!(
        p.run(&["build", "--as-of", "2026-03-10", "--summary", "s.json"]).code == 0 && p.read("s.json").contains("2026-04-01"),
        "the next change of state is told"
    );
    assert!(p.read("public/consultations/a/dates.ics").contains("DTSTART;VALUE=DATE:20260331"));
}

#[test]
fn opinions_are_kept_in_excel() {
    let p = Project::new(&format!("{SITE}languages: [zh-Hans, {{tag: zh-Hant, from: zh-Hans}}, en]\n"));
    p.file("content/consultations/a.md", item("opens: 2025-11-01\ncloses: 2025-11-30", "result: {on: 2025-12-05, rows: 意见.csv}\n"));
    let rows = "理由,提出人,意见内容,是否采纳\r\n已写入,王*,\"第一行\r\n第二行, =1+1\",采纳\r\n<b>没有依据</b>,,建议免费,不予采纳\r\n";
    p.file("content/consultations/意见.csv", encoding_rs::GB18030.encode(rows).0);
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let page = p.read("public/consultations/a/index.html");
    assert_eq!(["收到意见", "采纳", "未采纳"].map(|l| number(&page, l)), [Some("2".into()), Some("1".into()), Some("1".into())], "counted from the rows");
    assert!(page.contains("第一行\n第二行, =1+1") && page.contains("&lt;b&gt;没有依据") && page.contains("<td class=\"opinions__from\">王*</td>"), "{page}");
    assert!(!p.exists("public/consultations/意见.csv"), "the clerk's own file is not published");
    let csv = p.read("public/consultations/a/opinions.csv");
    let all: Vec<Vec<String>> =
        csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes()).records().flatten().map(|r| r.iter().map(String::from).collect()).collect();
    assert_eq!(all[0], ["序号", "反馈人", "意见", "采纳情况", "理由"]);
    assert_eq!(all[1], ["1", "王*", "第一行\n第二行, =1+1", "采纳", "已写入"]);
    assert_eq!(all[2], ["2", "", "建议免费", "未采纳", "<b>没有依据</b>"]);
    assert!(p.read("public/zh-hant/consultations/a/index.html").contains("未採納"));
    let found = p.run(&["search", "建议免费", "--lang", "zh"]);
    assert!(found.out.contains("/consultations/a/"), "{} {}", found.out, found.err);
    assert!(p.read("public/consultations/feed.xml").contains("/consultations/a/") || p.read("public/consultations/feed.xml").contains("<feed"));
}

#[test]
fn many_opinions_come_in_pages() {
    let p = Project::new(SITE);
    p.file("content/consultations/a.md", item("opens: 2025-11-01\ncloses: 2025-11-30", "result: {on: 2025-12-05, rows: a.csv}\n"));
    let long = "建议".repeat(2000);
    let rows: String = (1..=60).map(|n| format!("{n},{}{n},采纳,\n", if n % 10 == 0 { long.as_str() } else { "意见" })).collect();
    p.file("content/consultations/a.csv", format!("序号,意见,采纳情况,理由\n{rows}"));
    assert_eq!(p.build().code, 0);
    let mut pages = vec![p.read("public/consultations/a/index.html")];
    for n in 2.. {
        let name = format!("public/consultations/a/opinions/{n}/index.html");
        if !p.exists(&name) {
            break;
        }
        pages.push(p.read(&name));
    }
    let rows: usize = pages.iter().map(|h| h.matches("<tr><th scope=\"row\">").count()).sum();
    assert_eq!(rows, 60);
    assert!(pages.len() >= 4 && pages.iter().all(|h| h.len() < 60 << 10), "{:?}", pages.iter().map(String::len).collect::<Vec<_>>());
    assert!(pages[0].contains("/consultations/a/opinions/2/") && pages[1].contains("/consultations/a/#opinions"));
}

#[test]
fn bad_input_is_told_where_it_stands() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let head = "issuer: [office]\npublished_at: 2025-11-01\ndraft_file: d.txt\nexplanation: 说明\nchannels: {mail: a@example.org, tel: 0594-2692345}\n";
    p.file("content/consultations/d.txt", "草案\n");
    let days = "opens: 2025-11-01\ncloses: 2025-12-01";
    p.file("content/consultations/a.md", item(days, &format!("{head}result: {{on: 2025-12-20, received: many, rows: [a.csv, nothing.csv]}}\n")));
    p.file("content/consultations/a.csv", "意见,采纳情况,心情\n建议一,采呐,好\n,未采纳,\n建议三,,\n建议四,采纳,好,多\n");
    p.file("content/consultations/b.md", item("opens: 2025-12-01\ncloses: 2025-11-01", &format!("{head}becomes: policies/nothing\n")));
    p.file("content/consultations/c.md", item(days, &format!("{head}result: {{on: 2025-12-20, rows: c.csv}}\n")));
    p.file("content/consultations/c.csv", "意见,采纳情况\n\"没有结束,采纳\n");
    p.file("content/consultations/e.md", item(days, &format!("{head}result: {{on: 2025-12-20, rows: e.csv}}\n")));
    p.file("content/consultations/e.csv", "意见,采纳情况\n请回电 13812345678,采纳\n");
    let ran = p.run(&["check", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    for wanted in [
        ("a.md:", "`received`"),
        ("a.md:", "there is no file `nothing.csv`"),
        ("a.csv:1:", "unknown column `心情`"),
        ("a.csv:2:", "row 2, 采纳情况"),
        ("a.csv:3:", "`opinion`"),
        ("a.csv:4:", "`outcome`"),
        ("a.csv:5:", "row 5 has a cell beyond the head"),
        ("a.csv:3:", "not adopted, and no reason"),
        ("b.md:", "closes on 2025-11-01, before it opens on 2025-12-01"),
        ("b.md:", "`policies/nothing`, which does not exist"),
        ("c.csv:2:", "a quote without its end"),
        ("e.csv:2:", "mobile"),
    ] {
        assert!(ran.out.lines().any(|l| l.contains(wanted.0)) && ran.out.contains(wanted.1), "{wanted:?}\n{}", ran.out);
    }
    let held = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(!p.exists("public/consultations/e/index.html") && !p.exists("public/consultations/c/index.html"), "{} {}", held.out, held.err);
    assert!(p.exists("public/consultations/b/index.html"), "{}", held.out);
    let zh = p.run(&["check", "--lang", "zh"]);
    assert!(zh.out.contains("第 5 行比表头多出一格") && !zh.out.contains("before it opens"), "{}", zh.out);
}

#[test]
fn a_new_consultation_is_whole() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let ran = p.run(&["new", "consultation", "parking", "--title", "停车办法征求意见"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let draft = p.read("content/consultations/2026/parking.md");
    for key in ["opens:", "closes:", "draft_file:", "explanation:", "channels:", "draft: true"] {
        assert!(draft.contains(key), "{key}\n{draft}");
    }
    let schema = p.run(&["schema", "consultation"]).out;
    assert!(schema.contains("adopted_or_partly") && schema.contains("不予采纳"), "{schema}");
    assert!(p.run(&["editor"]).out.contains("content/consultations"));
}

/// With channels the page keeps its own days, and the result is news: feeds, site map, list of changes.
#[test]
fn the_day_of_the_result_stands_on_the_page_and_in_what_tells_of_news() {
    let p = Project::new(SITE_CN);
    let head =
        "issuer: a\npublished_at: 2025-03-01\nopens: 2025-03-01\ncloses: 2025-04-01\nexplanation: 说明\nchannels: {mail: a@jia.gov.cn, post: 某路 1 号}\n";
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file("content/consultations/c.md", item(head.trim_end(), "result: {on: 2025-05-06, received: 0}\n"));
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    let html = p.read("public/consultations/c/index.html");
    let facts = &html[html.find("id=\"facts\"").unwrap()..];
    for day in ["2025年3月1日", "2025年4月1日", "2025年5月6日"] {
        assert!(facts.contains(day), "{day}: {facts}");
    }
    assert!(html.contains("a@jia.gov.cn"));
    assert!(p.read("public/sitemap.xml").contains("/consultations/c/</loc><lastmod>2025-05-06</lastmod>"));
    assert!(p.read("public/feed.xml").contains("<updated>2025-05-06T"), "{}", p.read("public/feed.xml"));
    assert!(p.read("public/api/v1/changes.csv").lines().any(|l| l.starts_with("2025-05-06,consultations/c,") && l.contains(",result,")));
    assert!(p.read("public/changes/index.html").contains("公布结果"));
}

/// A sheet of opinions that was emptied to its head is not what was received.
#[test]
fn an_emptied_sheet_of_opinions_is_told() {
    let p = Project::new(SITE_CN);
    p.file(
        "content/consultations/c.md",
        item("opens: 2025-03-01\ncloses: 2025-04-01", "result: {on: 2025-05-06, received: 5, adopted: 2, rejected: 3, rows: c.csv}\n"),
    );
    p.file("content/consultations/c.csv", "序号,意见,采纳情况,理由\n");
    let told: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "CON002").collect();
    assert_eq!(told.len(), 3, "{told:?}");
}
