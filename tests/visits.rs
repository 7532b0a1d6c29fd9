//! Visits: what logs count, what is kept of them, what is shown; reports of effect.
#![expect(clippy::disallowed_methods, reason = "tests write logs and read what was built")]

use crate::support::{Project, Ran, tree};
use std::fmt::Write as _;
use std::io::Write as _;

const SITE: &str = "title: 甲市\nbase_url: https://a.example/portal/\nprofile: generic\nlanguages: [zh-Hans, en]\nas_of: 2024-12-10\n";
const READER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36";
const TABLE: &str = "content/statistics/visits.csv";
const STATE: &str = ".clerestory/visits.json";

fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: {zh: 甲局, en: Office A}}\n");
    p.file(
        "content/policies/elderly.md",
        "---\ntitle: 优待办法\nissuer: [office]\npublished_at: 2024-10-05\naliases: [/old/7.html, \"/show.aspx?id=7\"]\nattachments: [form.csv]\n---\n第一条 内容。\n",
    );
    p.file("content/policies/form.csv", "a,b\n1,2\n");
    p.file("content/policies/second.md", "---\ntitle: 第二份\nissuer: [office]\npublished_at: 2024-11-05\n---\n内容。\n");
    p
}

/// A line of the combined format, `minute` minutes into a day.
fn line(client: u32, day: &str, minute: u32, request: &str, status: u16, agent: &str) -> String {
    let (h, m) = (minute / 60, minute % 60);
    let ip = format!("198.51.{}.{}", client / 250, client % 250);
    format!("{ip} - - [{day}:{h:02}:{m:02}:00 +0800] \"{request} HTTP/1.1\" {status} 100 \"-\" \"{agent}\"\n")
}

fn get(client: u32, day: &str, path: &str) -> String {
    line(client, day, 600, &format!("GET {path}"), 200, READER)
}

fn import(p: &Project, args: &[&str]) -> Ran {
    p.run(&[&["stats", "import"], args].concat())
}

/// Seven readers of one page, three of another, five downloads.
fn october() -> String {
    let mut log = String::new();
    (0..7).for_each(|c| log.push_str(&get(c, "03/Oct/2024", "/portal/policies/elderly/")));
    (0..3).for_each(|c| log.push_str(&get(c, "03/Oct/2024", "/portal/policies/second/")));
    (0..5).for_each(|c| log.push_str(&get(c, "04/Oct/2024", "/portal/policies/form.csv")));
    log
}

#[test]
fn a_log_becomes_a_small_table_and_nothing_of_a_reader_is_kept() {
    let p = project();
    p.file("access.log", october());
    let ran = import(&p, &["access.log"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(p.read(TABLE), "month,address,visits,downloads,days\n2024-10,*,10,5,2\n2024-10,/policies/elderly/,7,5,\n2024-10,/policies/second/,<5,0,\n");
    let state = p.read(STATE);
    assert!(state.contains("\"/policies/second/\": [3, 0]"), "{state}");
    for (name, bytes) in tree(p.root()) {
        let text = String::from_utf8_lossy(&bytes);
        let kept = name != "access.log" && (text.contains("198.51.") || text.contains("Mozilla"));
        assert!(!kept, "{name}");
    }
    let dry = project();
    dry.file("access.log", october());
    let ran = import(&dry, &["--dry-run", "access.log"]);
    assert!(ran.code == 0 && ran.err.contains("2024-10") && !dry.exists(TABLE) && !dry.exists(STATE), "{ran:?}");
}

#[test]
fn robots_reloads_failures_and_what_is_no_page_count_nothing() {
    let p = project();
    let at = |minute, request: &str, status, agent: &str| line(1, "03/Oct/2024", minute, request, status, agent);
    let page = "GET /portal/policies/elderly/";
    let mut log = String::new();
    // One reader: at 10:00, again within half an hour, in another language, by the old address; then after half an hour.
    for (minute, request) in [
        (600, page),
        (610, page),
        (612, "GET /portal/policies/elderly/?utm_source=x"),
        (615, "GET /portal/old/7.html"),
        (620, "GET /portal/show.aspx?id=7"),
        (640, page),
    ] {
        log.push_str(&at(minute, request, 200, READER));
    }
    for agent in ["Mozilla/5.0 (compatible; Baiduspider/2.0)", "curl/8.5.0", "-", ""] {
        log.push_str(&at(700, page, 200, agent));
    }
    for (request, status) in [
        ("HEAD /portal/policies/elderly/", 200),
        ("POST /portal/policies/elderly/", 200),
        (page, 404),
        (page, 301),
        (page, 206),
        ("GET /portal/assets/civic.css", 200),
        ("GET /portal/nowhere/", 200),
        ("GET /other/policies/elderly/", 200),
        ("GET /portal/policies/elderly/index.md", 200),
    ] {
        log.push_str(&at(800, request, status, READER));
    }
    // Others: by other ways to write the address, and an answer that had not changed.
    log.push_str(&line(2, "03/Oct/2024", 600, "GET /portal/policies/%65lderly/", 200, READER));
    log.push_str(&line(3, "03/Oct/2024", 600, "GET https://a.example/portal/policies/elderly/index.html#x", 304, READER));
    log.push_str(&line(4, "03/Oct/2024", 600, "GET /portal/show.aspx?id=7", 200, READER));
    p.file("access.log", &log);
    let ran = import(&p, &["access.log"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(p.read(STATE).contains("\"/policies/elderly/\": [5, 0]"), "{} {ran:?}", p.read(STATE));
    assert!(ran.err.contains("by robots 4") && ran.err.contains("half an hour 4"), "{}", ran.err);
}

#[test]
fn the_same_log_grown_rotated_packed_or_joined_counts_once() {
    let first = october();
    let second: String = (0..9).map(|c| get(c, "05/Oct/2024", "/portal/policies/second/")).collect();
    let third: String = (0..6).map(|c| get(c, "06/Nov/2024", "/portal/policies/second/")).collect();
    let whole = format!("{first}{second}{third}");
    let once = project();
    once.file("access.log", &whole);
    assert_eq!(import(&once, &["access.log"]).code, 0);
    let wanted = once.read(TABLE);

    let p = project();
    let again = |p: &Project, name: &str| {
        let before = (p.read(TABLE), p.read(STATE));
        let ran = import(p, &[name]);
        assert_eq!((ran.code, p.read(TABLE)), (0, before.0), "{ran:?}");
        before.1
    };
    p.file("access.log", &first);
    import(&p, &["access.log"]);
    let state = again(&p, "access.log");
    assert_eq!(state, p.read(STATE));
    // It grew, its last line half written.
    p.file("access.log", format!("{first}{}", &second[..second.len() - 20]));
    assert_eq!(import(&p, &["access.log"]).code, 0);
    p.file("access.log", format!("{first}{second}"));
    assert_eq!(import(&p, &["access.log"]).code, 0);
    // Rotated and packed.
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(format!("{first}{second}").as_bytes()).unwrap();
    p.file("access.log.1.gz", gz.finish().unwrap());
    again(&p, "access.log.1.gz");
    p.file("access.log", &third);
    assert_eq!(import(&p, &["access.log", "access.log.1.gz"]).code, 0);
    // All of it in one file, and one file twice.
    p.file("year.log", &whole);
    again(&p, "year.log");
    assert_eq!(p.read(TABLE), wanted);
    let twice = project();
    twice.file("a.log", &whole);
    twice.file("b.log", &whole);
    assert_eq!(import(&twice, &["a.log", "b.log", "a.log"]).code, 0);
    assert_eq!(twice.read(TABLE), wanted);
}

#[test]
fn a_reload_across_two_imports_is_one() {
    let visit = |minute| line(1, "03/Oct/2024", minute, "GET /portal/policies/elderly/", 200, READER);
    let p = project();
    p.file("access.log", visit(600));
    import(&p, &["access.log"]);
    p.file("access.log", format!("{}{}{}", visit(600), visit(610), visit(640)));
    import(&p, &["access.log"]);
    assert!(p.read(STATE).contains("\"/policies/elderly/\": [2, 0]"), "{}", p.read(STATE));
}

#[test]
fn a_part_of_a_counted_log_is_refused_and_another_server_is_not() {
    let hours = |from: u32, to: u32| -> String { (from..to).map(|h| line(h, "03/Oct/2024", h * 60, "GET /portal/policies/elderly/", 200, READER)).collect() };
    let p = project();
    p.file("access.log", hours(0, 12));
    import(&p, &["access.log"]);
    let table = p.read(TABLE);
    p.file("part.log", hours(4, 10));
    let ran = import(&p, &["part.log"]);
    assert!(ran.code == 1 && ran.out.contains("VIS002") && ran.out.contains("part.log") && p.read(TABLE) == table, "{ran:?}");
    let ran = import(&p, &["--server", "b", "part.log"]);
    assert!(ran.code == 0 && p.read(STATE).contains("\"/policies/elderly/\": [18, 0]"), "{ran:?}");
    // Each server has its own memory of what was counted.
    let ran = import(&p, &["--server", "b", "part.log"]);
    assert!(ran.code == 0 && p.read(STATE).contains("[18, 0]"), "{ran:?}");
}

#[test]
fn hostile_logs_end_in_findings_with_their_lines() {
    let p = project();
    let mut log = get(1, "03/Oct/2024", "/portal/policies/elderly/").into_bytes();
    log.extend(vec![b'x'; 10 << 20]);
    log.extend(b"\n\xFF\xFE\x00 broken \"\n");
    log.extend(get(2, "31/Feb/2024", "/portal/policies/elderly/").into_bytes());
    log.extend(get(3, "03/Oct/2093", "/portal/policies/elderly/").into_bytes());
    log.extend(b"198.51.0.9 - - [03/Oct/2024:10:00:00 +0800] \"GET /portal/policies/\xFF/ HTTP/1.1\" 200 1 \"-\" \"Mozilla\"\n");
    log.extend(get(4, "03/Oct/2024", "/portal/policies/elderly/").into_bytes());
    p.file("access.log", &log);
    let ran = import(&p, &["--format", "json", "access.log"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let lines: Vec<(&str, u64)> = json["findings"].as_array().unwrap().iter().map(|f| (f["code"].as_str().unwrap(), f["line"].as_u64().unwrap())).collect();
    assert_eq!(lines, [("VIS001", 2), ("VIS001", 3), ("VIS001", 4), ("VIS001", 5)], "{ran:?}");
    assert!(ran.code == 0 && p.read(STATE).contains("\"/policies/elderly/\": [2, 0]"), "{ran:?}");

    // What unpacks to what no log does, is packed otherwise, cut off, or not there.
    let bomb = project();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    (0..100).for_each(|_| gz.write_all(&vec![b'\n'; 1 << 20]).unwrap());
    bomb.file("bomb.gz", gz.finish().unwrap());
    bomb.file("log.zst", b"\x28\xB5\x2F\xFD....");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(october().as_bytes()).unwrap();
    let cut = gz.finish().unwrap();
    bomb.file("cut.gz", &cut[..cut.len() / 2]);
    for name in ["bomb.gz", "log.zst", "cut.gz", "none.log"] {
        let ran = import(&bomb, &[name]);
        // A file that is not there is a slip of the command, as everywhere.
        let code = if name == "none.log" { 2 } else { 1 };
        assert!(ran.code == code && ran.out.contains("VIS002") && ran.out.contains(name), "{ran:?}");
    }
    assert!(!bomb.exists(TABLE) && !bomb.exists(STATE));
}

#[test]
fn counts_of_which_the_logs_are_not_known_are_not_overwritten() {
    let p = project();
    p.file("access.log", october());
    import(&p, &["access.log"]);
    let table = p.read(TABLE);
    std::fs::remove_file(p.path(STATE)).unwrap();
    let ran = import(&p, &["access.log"]);
    assert!(ran.code == 2 && ran.err.contains("2024-10") && p.read(TABLE) == table && !p.exists(STATE), "{ran:?}");
    // Another month is added to what is there.
    p.file("november.log", (0..6).map(|c| get(c, "06/Nov/2024", "/portal/policies/second/")).collect::<String>());
    let ran = import(&p, &["november.log"]);
    assert!(ran.code == 0 && p.read(TABLE).starts_with(&table) && p.read(TABLE).contains("2024-11,/policies/second/,6,0,"), "{ran:?}");
    p.file(STATE, "{}");
    assert_eq!(import(&p, &["november.log"]).code, 2);
    p.file(TABLE, "name,phone\n");
    std::fs::remove_file(p.path(STATE)).unwrap();
    let ran = import(&p, &["november.log"]);
    assert!(ran.code == 2 && p.read(TABLE) == "name,phone\n", "{ran:?}");
    assert_eq!(import(&p, &["--into", "public", "november.log"]).code, 2);
}

/// Every month of a year, with counts.
fn table() -> String {
    let mut t = String::from("month,address,visits,downloads,days\n");
    for (month, days) in [("2024-09", 30), ("2024-10", 31), ("2024-11", 12)] {
        writeln!(t, "{month},*,1230,40,{days}\n{month},/policies/elderly/,120,40,\n{month},/old/7.html,7,<5,\n{month},/policies/second/,<5,0,\n{month},/policies/gone/,9,0,").unwrap();
    }
    t
}

#[test]
fn the_counts_of_an_item_that_moved_are_one() {
    let p = project();
    let three = |from: u32| -> String { (from..from + 3).map(|c| get(c, "03/Oct/2024", "/portal/policies/second/")).collect() };
    p.file("access.log", three(0));
    import(&p, &["access.log"]);
    assert!(p.read(TABLE).contains("/policies/second/,<5,0,"));
    std::fs::remove_file(p.path("content/policies/second.md")).unwrap();
    p.file("content/policies/renamed.md", "---\ntitle: 第二份\nissuer: [office]\npublished_at: 2024-11-05\naliases: [/policies/second/]\n---\n内容。\n");
    // Readers of the old address go on being counted for it.
    p.file("access.log", three(0) + &three(10));
    import(&p, &["access.log"]);
    assert!(p.read(TABLE).contains("2024-10,/policies/renamed/,6,0,\n") && !p.read(TABLE).contains("second"), "{}", p.read(TABLE));
}

#[test]
fn pages_of_visits_are_there_when_the_table_is() {
    let p = project();
    p.build();
    assert!(!p.exists("public/statistics") && !p.read("public/sitemap/index.html").contains("statistics"));
    p.file(TABLE, table());
    p.build();
    let page = p.read("public/statistics/index.html");
    // The last month that is over; an old address counts for its item; small counts are told as such.
    assert!(page.contains("图里不画"), "{page}");
    assert!(page.contains("访问最多：2024-11") && page.contains(">优待办法</a></th><td class=\"num\">127</td>"), "{page}");
    assert!(page.contains("2024-11（12 天的日志）") && page.contains("<svg") && page.contains("不到 5 次") && page.contains("另有 3 行"), "{page}");
    assert!(page.contains("<td class=\"num\">381</td>") && page.contains("至少 120"), "{page}");
    assert!(!page.contains(">第二份</a></th><td"), "fewer than 5 is no rank");
    let english = p.read("public/en/statistics/index.html");
    assert!(english.contains("Read most in 2024-11") && english.contains("at least 120"), "{english}");
    let department = p.read("public/departments/office/index.html");
    assert!(department.contains("访问最多（2023-12 至 2024-11）") && department.contains("优待办法</a> · 381"), "{department}");
    let csv = p.read("public/statistics/visits-by-item.csv");
    assert!(csv.contains("2024-10,https://a.example/portal/policies/elderly/,policies/elderly,policy,office,127,>=41"), "{csv}");
    assert!(csv.contains("policies/second,policy,office,<5,0"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&p.read("public/statistics/visits-by-item.json")).unwrap();
    assert_eq!((json["months"][2]["days_logged"].as_u64(), json["null_means"].as_str()), (Some(12), Some("fewer than 5")));
    assert!(p.read("public/statistics/published.csv").contains("2024-11,policy,office,1,0,0"));
    assert!(p.read("public/sitemap/index.html").contains("/portal/statistics/"));
    // No month that has not begun, and no score.
    p.file("site.yaml", SITE.replace("2024-12-10", "2024-10-10") + "scorecards: {}\n");
    p.build();
    assert!(!p.read("public/statistics/index.html").contains("2024-11"));
    assert!(!p.read("public/scorecards.json").contains("visit"));
}

#[test]
fn what_is_wrong_with_the_table_is_told_by_its_rows() {
    let p = project();
    p.file(TABLE, "month,address,visits,downloads,days\n2024-13,*,1,1,1\n2024-10,/a/,many,0,\n2024-10,,1,1,\n2024-10,/b/,5,0,\n2024-10,/b/,6,0,\n");
    let ran = p.run(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let of = |f: &&serde_json::Value| f["file"].as_str() == Some(TABLE);
    let mut found: Vec<(u64, &str)> =
        json["findings"].as_array().unwrap().iter().filter(of).map(|f| (f["line"].as_u64().unwrap(), f["code"].as_str().unwrap())).collect();
    found.sort_unstable();
    assert_eq!(found, [(2, "SRC007"), (3, "SRC006"), (4, "SRC010"), (6, "SRC009")], "{}", ran.out);
}

#[test]
fn a_report_of_effect_counts_its_period() {
    let p = project();
    p.file(TABLE, table());
    p.file("content/interpretations/elderly.md", "---\ntitle: 解读\npolicies: [policies/elderly]\nform: 文字解读\npublished_at: 2024-10-06\n---\n文字。\n");
    p.file(
        "content/feedback/office.csv",
        "编号,类型,标题,内容,来信日期,状态,答复日期,答复,同意公开\n1,咨询,甲,乙？,2024-10-08,已处理,2024-10-09,丙。,是\n2,咨询,甲,乙？,2024-09-08,待处理,,,是\n",
    );
    p.file("content/reports/effect/2024-Q4.yaml", "published_at: 2024-12-01\nsummary: 总的**情况**。\nparts:\n  - {figures: 信息发布, text: 重点是养老。}\n  - figures: letters\n  - figures: requests\nnext: 继续。\n");
    p.file("content/reports/effect/2024-10.yaml", "published_at: 2024-11-01\n");
    p.file("content/reports/effect/2024-11.yaml", "draft: true\n");
    p.file("content/reports/effect/autumn.yaml", "published_at: 2024-11-01\n");
    let told: Vec<String> = p.findings(&[]).into_iter().filter(|f| f.1.contains("reports/effect")).map(|f| format!("{} {}", f.0, f.1)).collect();
    assert_eq!(told, ["POL003 content/reports/effect/2024-Q4.yaml", "SRC016 content/reports/effect/autumn.yaml"]);
    p.run(&["build", "--allow-errors"]);
    let list = p.read("public/reports/effect/index.html");
    assert!(list.contains("甲市2024年第四季度成效报告") && list.contains("甲市2024年10月成效报告") && !list.contains("11月成效"), "{list}");
    let page = p.read("public/reports/effect/2024-q4/index.html");
    assert!(page.contains("<strong>情况</strong>") && page.contains("重点是养老。") && page.contains("<svg") && page.contains("期间还没有结束"), "{page}");
    let order = ["概述", "信息发布", "重点是养老", "<caption>咨询投诉", "依申请公开", "这一期间没有可计的", "下一步"]
        .map(|t| page.find(t).unwrap_or_else(|| panic!("{t}: {page}")));
    assert!(order.windows(2).all(|w| w[0] < w[1]), "{order:?}");
    // Where no parts are named, all that have figures.
    let json: serde_json::Value = serde_json::from_str(&p.read("public/reports/effect/2024-10/figures.json")).unwrap();
    let value =
        |row: &str, column: &str| json["figures"].as_array().unwrap().iter().find(|f| f["row"] == row && f["column"] == column).map(|f| f["value"].clone());
    assert_eq!((value("政策文件", "发布"), value("合计", "上一期间发布")), (Some(1.into()), Some(0.into())));
    assert_eq!(value("期间公布的解读", "数"), Some(1.into()));
    assert_eq!(value("2024-10", "来信"), Some(1.into()), "{json:#}");
    assert_eq!(value("2024-10", "访问量"), Some(1230.into()));
    assert_eq!(value("甲局", "合计"), Some(1.into()));
    assert!(p.read("public/reports/effect/2024-10/figures.csv").contains("甲局,合计,1"));
    assert!(p.read("public/en/reports/effect/2024-q4/index.html").contains("fourth quarter of 2024"));
}

#[test]
fn new_begins_a_report_of_effect() {
    let p = project();
    assert_eq!(p.run(&["new", "effect-report", "2024-Q5"]).code, 2);
    assert_eq!(p.run(&["new", "成效报告", "2024-H1"]).code, 0);
    let text = p.read("content/reports/effect/2024-H1.yaml");
    assert!(text.contains("published_at:") && text.contains("# parts:"), "{text}");
    let editor = p.run(&["editor"]);
    assert!(editor.out.contains("content/reports/effect/2024-H1.yaml"), "{}", editor.out);
}
