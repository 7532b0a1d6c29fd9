//! Every figure of letters, of the yearly report of the website and of requests opens to what it counts; emptying a cell earns no rate.

use crate::support::Project;
use std::path::Path;

const HEAD: &str = "编号,类型,标题,内容,来信日期,关联,状态,答复日期,答复,答复单位,同意公开,评分,常见问题,时限\r\n";

/// What stands between two texts, again and again.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|t| t.split(to).next()).collect()
}

fn page(p: &Project, url: &str) -> String {
    let path = percent(url.trim_start_matches('/'));
    p.read(&format!("public/{path}index.html"))
}

fn percent(url: &str) -> String {
    let mut out = Vec::new();
    let bytes = url.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        match url.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok()).filter(|_| bytes[i] == b'%') {
            Some(b) => {
                out.push(b);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).expect("an address")
}

fn main_of(html: &str) -> &str {
    html.split("<main").nth(1).and_then(|m| m.split("</main>").next()).expect("a main part")
}

/// The numbers of a sentence.
fn numbers(text: &str) -> Vec<f64> {
    let clean: String = text.chars().filter(|c| *c != ',').map(|c| if c.is_ascii_digit() || c == '.' { c } else { ' ' }).collect();
    clean.split_whitespace().filter_map(|t| t.trim_matches('.').parse().ok()).collect()
}

/// All pages of a list, by its links to the next.
fn pages(p: &Project, url: &str) -> Vec<String> {
    let mut out = vec![page(p, url)];
    while let Some(next) = between(out.last().unwrap(), "<a rel=\"next\" href=\"", "\"").first().map(ToString::to_string) {
        out.push(page(p, &next));
    }
    out
}

/// What the page of a figure says, and how many things stand on it and on those that follow.
fn opened(p: &Project, url: &str) -> (Vec<f64>, usize) {
    let all = pages(p, url);
    let said = between(&all[0], "<p class=\"count\">", "</p>").first().map(|t| numbers(t)).unwrap_or_default();
    (said, all.iter().map(|h| main_of(h).matches("<li class=\"card\">").count()).sum())
}

/// Follows each row of a table of letters to its figures, and each of these to its letters. How many figures there were.
fn follow_table(p: &Project, table: &str) -> usize {
    let head: Vec<&str> = between(table, "<th scope=\"col\" class=\"num\">", "</th>");
    let (mut sums, mut followed) = (vec![0.0; head.len()], 0);
    for row in between(table, "<tr><th scope=\"row\">", "</tr>") {
        let cells: Vec<&str> = between(row, "<td class=\"num\">", "</td>");
        assert_eq!(cells.len(), head.len(), "{row}");
        let values: Vec<f64> = cells.iter().map(|c| numbers(c).first().copied().unwrap_or(0.0)).collect();
        let Some(url) = between(row, "<a href=\"", "\"").first().copied() else {
            // A total: nothing but the rows above it.
            if row.starts_with("合计") {
                for (n, v) in values.iter().enumerate().filter(|(n, _)| !cells[*n].contains('%')) {
                    assert_eq!(*v, sums[n], "{} of {row}", head[n]);
                }
            } else {
                // A month in which none came opens to nothing.
                assert!(values.iter().all(|v| *v == 0.0), "{row}");
            }
            continue;
        };
        let figures = page(p, url);
        let listed: Vec<&str> = between(main_of(&figures), "<tr><th scope=\"row\">", "</tr>");
        for (n, name) in head.iter().enumerate().filter(|(n, _)| !cells[*n].contains('%')) {
            sums[n] += values[n];
            // In the table of kinds the column says it in one word.
            let name = if *name == "未注明" { "类型未注明" } else { name };
            let of = listed.iter().find(|l| l.contains(&format!("\">{name}</a>")));
            if values[n] == 0.0 {
                assert!(of.is_none(), "{name} of {url} is 0");
                continue;
            }
            let of = of.unwrap_or_else(|| panic!("{name} of {url} opens to nothing: {listed:?}"));
            assert_eq!(numbers(between(of, "<td class=\"num\">", "</td>")[0]), [values[n]], "{name} of {url}");
            let (said, cards) = opened(p, between(of, "<a href=\"", "\"")[0]);
            assert_eq!((said[0], said[1]), (values[n], cards as f64), "{name} of {url}");
            assert_eq!(said[1] + said[2], said[0], "{name} of {url}");
            followed += 1;
        }
    }
    followed
}

fn follow_letters(p: &Project) -> usize {
    let html = p.read("public/feedback/figures/index.html");
    // Beside them stands the table of the chart, which draws three columns of the first.
    let tables = between(main_of(&html), "<table class=\"data\">", "</table>");
    let followed = tables.into_iter().filter(|t| t.matches("scope=\"col\" class=\"num\"").count() > 3).map(|t| follow_table(p, t)).sum();
    for sentence in between(main_of(&html), "<p><a href=\"/feedback/figures/all/", "</p>") {
        let url = format!("/feedback/figures/all/{}", sentence.split('"').next().unwrap());
        let (said, cards) = opened(p, &url);
        assert!(numbers(sentence).contains(&said[0]) && said[1] as usize == cards, "{sentence}: {said:?} {cards}");
    }
    followed
}

fn golden() -> Project {
    let p = Project::new("");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/city-cn");
    for (name, bytes) in crate::support::tree(&from) {
        p.file(&name, bytes);
    }
    // What the city published is of 2026.
    p.file("content/reports/website/2026.yaml", "published_at: 2026-07-01\nvisits: 10\n");
    p.build();
    p
}

#[test]
fn each_figure_of_letters_opens_to_the_letters_it_counts() {
    let p = Project::new("title: 甲市\nbase_url: https://a.example/\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans]\nas_of: 2026-07-01\n");
    p.file("content/departments.yaml", "- {id: office, name: 甲局}\n- {id: other, name: 乙局}\n");
    // Hundreds over years, of every kind and state, shown and not, with and without their days.
    let mut rows = String::from(HEAD);
    for n in 0..420u32 {
        let came = jiff::civil::date(2023, 1, 1).checked_add(jiff::Span::new().days(i64::from(n * 7 % 1260))).unwrap();
        let gone = came.checked_add(jiff::Span::new().days(i64::from(n * 13 % 17))).unwrap();
        let (state, gone) = match n % 6 {
            0 => ("待处理", String::new()),
            1 => ("已转办", gone.to_string()),
            2 => ("", String::new()),
            _ => ("已处理", if n % 7 == 0 { String::new() } else { gone.to_string() }),
        };
        let came = if n % 11 == 0 { String::new() } else { came.to_string() };
        let (kind, consent) = (["咨询", "投诉", "建议", ""][n as usize % 4], ["是", "是", "否"][n as usize % 3]);
        let (reply, rating) = (if n % 5 == 0 { "" } else { "丙" }, if n % 9 == 0 { "4" } else { "" });
        rows.push_str(&format!("n{n},{kind},甲{n},乙,{came},,{state},{gone},{reply},养老科,{consent},{rating},,\r\n"));
    }
    let (a, b) = rows.split_at(rows.match_indices("\r\n").nth(120).unwrap().0 + 2);
    p.file("content/feedback/office.csv", a);
    p.file("content/feedback/other.csv", format!("{HEAD}{b}"));
    p.build();
    let followed = follow_letters(&p);
    assert!(followed > 150, "{followed} figures");
    // What nobody agreed to stands on none of these pages: its number alone.
    for (name, bytes) in crate::support::tree(&p.path("public/feedback/figures")) {
        assert!(!String::from_utf8_lossy(&bytes).contains(">甲2<"), "{name}");
        assert!(bytes.len() < 60_000, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn each_figure_of_the_golden_city_opens_to_what_it_counts() {
    let p = golden();
    assert!(follow_letters(&p) > 20);
    // The yearly report of the website.
    let report = p.read("public/disclosure/reports/website/2026/index.html");
    let mut followed = 0;
    for part in between(main_of(&report), "<section class=\"block\">", "</section>") {
        let counted = part.contains("class=\"note\"");
        for row in between(part, "<tr><th scope=\"row\"", "</tr>") {
            let cell = between(row, "<td class=\"num\">", "</td>")[0];
            let Some(url) = between(cell, "<a href=\"", "\"").first().copied() else {
                assert!(!counted || numbers(cell).iter().all(|n| *n == 0.0), "opens to nothing: {row}");
                continue;
            };
            let shown = numbers(cell.split('>').nth(1).unwrap())[0];
            let (said, cards) = opened(&p, url);
            assert_eq!((said[0], said[1]), (shown, cards as f64), "{url}");
            let sum_of_others = url.ends_with("-days/") || url.ends_with("-received/") && url.contains("consultations");
            assert!(sum_of_others || said[1] + said.get(2).copied().unwrap_or(0.0) == said[0], "{url}: {said:?}");
            followed += 1;
        }
    }
    assert!(followed > 8, "{followed} figures of the report");
    // The totals of the register.
    let register = p.read("public/disclosure/requests/index.html");
    let mut followed = 0;
    for link in between(main_of(&register), "<a href=\"/disclosure/requests/by-", "</a>") {
        let (url, shown) = link.split_once("\">").unwrap();
        let all = pages(&p, &format!("/disclosure/requests/by-{url}"));
        let rows: usize = all.iter().map(|h| between(main_of(h), "<tbody>", "</tbody>")[0].matches("<tr>").count()).sum();
        assert_eq!(numbers(shown), [rows as f64], "{url}");
        followed += 1;
    }
    assert!(followed > 8, "{followed} figures of the register");
    let years = between(main_of(&register), "<table class=\"data stack\">", "</table>")[0];
    for cell in between(years, "<td class=\"num\"", "</td>") {
        assert!(cell.contains("<a href") || cell.contains("<span>0</span>"), "opens to nothing: {cell}");
    }
}

/// Follows each figure of the table of requests of an annual report; how many there were.
fn follow_report(p: &Project, url: &str) -> usize {
    let html = page(p, url);
    let table = between(main_of(&html), "<caption>", "</table>").into_iter().find(|t| t.contains("本年新收")).expect("a table of requests");
    let mut followed = 0;
    for row in between(table, "<tr><th scope=\"row\"", "</tr>") {
        let cells = between(row, "<td class=\"num\">", "</td>");
        let mut sum = 0.0;
        for (n, cell) in cells.iter().enumerate() {
            let Some(url) = between(cell, "<a href=\"", "\"").first().copied() else {
                assert_eq!(*cell, "0", "opens to nothing: {row}");
                continue;
            };
            let shown = numbers(cell.split_once("\">").unwrap().1)[0];
            let all = pages(p, url);
            let rows: usize = all.iter().map(|h| between(main_of(h), "<tbody>", "</tbody>")[0].matches("<tr>").count()).sum();
            assert_eq!(shown, rows as f64, "{url}");
            if n + 1 == cells.len() {
                assert_eq!(shown, sum, "{url}");
            } else {
                sum += shown;
            }
            followed += 1;
        }
    }
    followed
}

#[test]
fn each_figure_of_an_annual_report_opens_to_its_requests() {
    let p = golden();
    assert!(follow_report(&p, "/disclosure/reports/office/2025/") > 8);
    // A typed one opens to nothing: nobody knows what was counted.
    assert!(!page(&p, "/disclosure/reports/office/2024/").contains("/disclosure/reports/office/2024/open/"));
    let p = Project::new("title: 甲市\nbase_url: https://a.example/\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans]\nas_of: 2026-07-01\n");
    p.file("content/departments.yaml", "- {id: office, name: 甲局}\n- {id: other, name: 乙局}\n");
    let mut rows = String::from("编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期\n");
    for n in 1..=300u32 {
        let came = jiff::civil::date(2024, 7, 1).checked_add(jiff::Span::new().days(i64::from(n * 7 % 720))).unwrap();
        let gone = came.checked_add(jiff::Span::new().days(i64::from(n * 13 % 60))).unwrap();
        let (outcome, gone) = match n % 5 {
            0 => ("", String::new()),
            1 => ("部分公开", gone.to_string()),
            2 => ("信息不存在", gone.to_string()),
            _ => ("予以公开", gone.to_string()),
        };
        let kind = ["自然人", "商业企业", "社会公益组织", ""][n as usize % 4];
        let who = ["office", "office", "other", ""][n as usize / 4 % 4];
        rows.push_str(&format!("{n},{came},{who},{kind},第{n}件,{outcome},{gone}\n"));
    }
    p.file("content/disclosure/requests.csv", rows);
    for who in ["office", "other"] {
        p.file(
            &format!("content/reports/{who}/2025.yaml"),
            "published_at: 2026-01-20\ngeneral: 甲。\nrequests: {from: requests}\ndisputes: {review: [0, 0, 0, 0], suit: [0, 0, 0, 0], suit_after: [0, 0, 0, 0]}\nproblems: 乙。\nother: 无。\n",
        );
    }
    p.build();
    for who in ["office", "other"] {
        let url = format!("/disclosure/reports/{who}/2025/");
        assert!(follow_report(&p, &url) > 20, "{who}");
        // Those that are not counted can be seen too.
        let html = page(&p, &url);
        let told = numbers(html.split("件登记不全").next().unwrap().rsplit('>').next().unwrap())[0];
        let all = pages(&p, &format!("{url}unknown/all/"));
        let rows: usize = all.iter().map(|h| between(main_of(h), "<tbody>", "</tbody>")[0].matches("<tr>").count()).sum();
        assert_eq!(told, rows as f64, "{who}");
    }
}

/// Emptying a cell raises no rate of letters but where the letter leaves both its ends, and that is told. (A row that is taken out
/// is known to an earlier scorecard alone.)
#[test]
fn no_rate_of_letters_rises_by_emptying_a_cell() {
    let p = Project::new("title: 甲市\nbase_url: https://a.example/\nprofile: cn-gov\ndemo: true\nlanguages: [zh-Hans]\nas_of: 2026-07-01\n");
    p.file("content/departments.yaml", "- {id: office, name: 甲局}\n");
    let rows = [
        "1,咨询,问一,问,2026-03-02,,已处理,2026-03-04,答,科室,是,5,,",
        "2,投诉,问二,问,2026-03-02,,已处理,2026-04-20,答,科室,是,1,,",
        "3,咨询,问三,问,2026-03-03,,待处理,,,,是,,,",
        "4,咨询,问四,问,2026-04-01,,已转办,,,,是,,,",
    ];
    let sheet = |rows: &[String]| format!("{HEAD}{}\r\n", rows.join("\r\n"));
    let whole: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let build = |rows: &[String]| {
        p.file("content/feedback/office.csv", sheet(rows));
        p.build();
        let v: serde_json::Value = serde_json::from_str(&p.read("public/feedback/figures.json")).unwrap();
        let sum = |k: &str| v["months"].as_array().unwrap().iter().map(|m| m[k].as_u64().unwrap()).sum::<u64>() as f64;
        let rates = [sum("answered") / sum("received"), sum("kept") / sum("judged")];
        (rates, v["undated"]["received"].as_u64().unwrap_or(0))
    };
    let (before, none) = build(&whole);
    assert_eq!((before, none), ([0.5, 0.25], 0));
    for (row, text) in rows.iter().enumerate().skip(1) {
        for column in [1, 2, 4, 6, 7, 8, 10, 11] {
            let mut cells: Vec<&str> = text.split(',').collect();
            if std::mem::take(&mut cells[column]).is_empty() {
                continue;
            }
            let mut now = whole.clone();
            now[row] = cells.join(",");
            let (rates, undated) = build(&now);
            for (was, is) in before.iter().zip(rates) {
                assert!(is <= *was || undated == 1, "column {column} of row {row} emptied: {was} became {is}");
            }
            assert_eq!(undated == 1, p.read("public/feedback/figures/index.html").contains("没有注明日期，不计入"), "{row} {column}");
        }
    }
}
