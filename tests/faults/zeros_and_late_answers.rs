//! Accountability as a fresh reader tried it: zeros that nobody measured, extensions, late answers, ranks, editions (issue 15).

use crate::support::{Project, SITE, SITE_CN};

const DEPARTMENTS: &str = "- {id: a, name: 甲局, annual_report: none}\n- {id: b, name: 乙局, annual_report: none}\n";

fn city(more: &str) -> Project {
    let p = Project::new(&format!("{SITE_CN}{more}"));
    p.file("content/departments.yaml", DEPARTMENTS);
    p
}

fn found(p: &Project, code: &str) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "json"]).out).unwrap();
    let list = json["findings"].as_array().unwrap().iter().filter(|f| f["code"] == code);
    list.map(|f| format!("{}:{} {}", f["file"].as_str().unwrap(), f["line"], f["message"].as_str().unwrap())).collect()
}

fn json(p: &Project, path: &str) -> serde_json::Value {
    serde_json::from_str(&p.read(path)).unwrap()
}

const REPORT: &str = "published_at: 2025-01-20\ngeneral: 甲\nproblems: 乙\nother: 丙\n";

#[test]
fn a_report_counts_nothing_without_a_register() {
    let p = city("");
    let path = "content/reports/a/2024.yaml";
    p.file(path, format!("{REPORT}requests: {{from: requests}}\n"));
    assert_eq!(found(&p, "LAW004"), [format!("{path}:5 there is no register disclosure/requests.csv: table three cannot be counted and is not published")]);
    p.build();
    let page = p.read("public/disclosure/reports/a/2024/index.html");
    assert!(page.contains("没有这一年的申请登记，本表不公布。") && !page.contains("本表从申请登记中统计") && !page.contains("（七）总计"), "{page}");
    // A register that begins later measured nothing of the year either.
    let register = |day: &str| format!("编号,收到日期,答复部门,申请人类别,申请内容\n1,{day},b,自然人,路灯采购的合同\n");
    p.file("content/disclosure/requests.csv", register("2025-06-02"));
    assert_eq!(
        found(&p, "LAW004"),
        [format!("{path}:5 the register disclosure/requests.csv has no request of 2024 or before: table three cannot be counted and is not published")]
    );
    // Where there is one, the zeros of a department that had none are counted.
    p.file("content/disclosure/requests.csv", register("2024-06-03"));
    assert!(found(&p, "LAW004").is_empty());
    p.build();
    let page = p.read("public/disclosure/reports/a/2024/index.html");
    assert!(page.contains("本表从申请登记中统计") && page.contains("（七）总计"), "{page}");
}

#[test]
fn a_new_report_has_no_number_that_nobody_typed() {
    let p = city("");
    assert_eq!(p.run(&["new", "report", "a/2024"]).code, 0);
    let path = "content/reports/a/2024.yaml";
    let begun = p.read(path);
    assert!(begun.contains("\n  permits:\n") && begun.contains("\n  suit:\n") && begun.contains("\n  new:\n") && !begun.contains(": [0"), "{begun}");
    assert!(found(&p, "LAW004").is_empty(), "nobody sees it yet");
    p.file(path, begun.replacen("published_at:", "published_at: 2025-01-20", 1).replacen("  permits:\n", "  permits: [12]\n", 1));
    let told = found(&p, "LAW004");
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("rows of `active` are empty and not published: rules, normative, penalties, coercion, fees"), "{told:?}");
    assert!(told[1].contains("`requests`") && told[2].contains("`disputes` are empty and not published: review, suit, suit_after"), "{told:?}");
    p.build();
    let csv = p.read("public/disclosure/reports/a-2024.csv");
    assert!(csv.lines().any(|l| l.trim_end().ends_with(",12")) && !csv.lines().any(|l| l.trim_end().ends_with(",0")), "{csv}");
}

#[test]
fn what_is_in_force_is_held_against_the_library() {
    let p = city("");
    let policy = |more: &str| {
        format!(
            "---\ntitle: 关于养老服务的办法\nissuer: [a]\nformed_on: 2023-04-01\npublished_at: 2023-04-12\nis_normative: true\n{more}---\n\n第一条 为了养老。\n"
        )
    };
    p.file("content/policies/p.md", policy(""));
    p.file("content/reports/a/2024.yaml", format!("{REPORT}active:\n  normative: [0, 0, 0]\n"));
    assert_eq!(found(&p, "LAW004"), ["content/reports/a/2024.yaml:6 normative documents in force: 0; in the library, at the end of 2024: 1"]);
    p.file("content/policies/p.md", policy("expires_on: 2024-06-01\n"));
    assert!(found(&p, "LAW004").is_empty());
}

const HEAD: &str = "编号,收到日期,答复部门,申请人类别,申请内容,办理结果,答复日期,延期至\n";

#[test]
fn an_extension_neither_shortens_the_limit_nor_goes_beyond_the_law() {
    let p = city("scorecards: {}\n");
    p.file(
        "content/disclosure/requests.csv",
        format!("{HEAD}1,2025-11-03,a,自然人,路灯采购的合同,,,2026-12-31\n2,2025-11-20,a,自然人,道路的预算,予以公开,2025-11-25,2025-11-24\n3,2025-11-03,a,自然人,桥梁的图纸,予以公开,2025-12-26,2025-12-29\n4,2025-11-24,a,自然人,河道的图纸,,,2099-01-01\n"),
    );
    let told = found(&p, "LAW008");
    let row = |n: u32| told.iter().filter(|t| t.contains(&format!(" row {n}: "))).map(|t| t.split_once(": ").unwrap().1).collect::<Vec<_>>();
    assert_eq!(
        row(2),
        [
            "extended to 2026-12-31, beyond 2025-12-29, the last day that the law allows; the limit is 2025-12-29",
            "the request of 甲局 was to be answered by 2025-12-29 and has no answer"
        ],
        "{told:?}"
    );
    assert_eq!(row(3), ["extended to 2025-11-24, before the first limit, 2025-12-18; the extension does not count"]);
    assert!(row(4).is_empty() && row(5).len() == 1 && row(5)[0].contains("the limit is 2026-01-2"), "{told:?}");
    p.build();
    let list = json(&p, "public/disclosure/requests.json")["rows"].clone();
    let of = |no: &str| list.as_array().unwrap().iter().find(|r| r["no"] == no).unwrap().clone();
    assert_eq!((of("1")["state"].as_str(), of("1")["due_on"].as_str()), (Some("overdue"), Some("2025-12-29")));
    assert_eq!(of("2")["due_on"], "2025-12-18");
    let page = p.read("public/disclosure/requests/index.html");
    assert!(!page.contains("超过期限") && page.contains("3 个工作日"), "{page}");
    assert!(p.read("public/scorecards/of/a/index.html").contains("路灯采购的合同"));
}

#[test]
fn late_answers_are_told_and_every_answer_has_its_place() {
    let p = city("");
    p.file(
        "content/disclosure/requests.csv",
        format!("{HEAD}x1,2025-10-09,a,自然人,路灯采购的合同,予以公开,2025-12-20,\nx2,2025-11-10,a,自然人,道路的预算,,2025-11-20,\nx3,2025-11-10,a,自然人,桥梁的图纸,予以公开,2025-11-01,\nX2,2025-11-11,a,自然人,道路的决算,,,\nx2,2025-11-12,b,自然人,河道的图纸,予以公开,2025-11-20,\n"),
    );
    let told = found(&p, "LAW008");
    assert!(
        told.len() == 1 && told[0].contains("row 2: the request of 甲局 was to be answered by 2025-11-0") && told[0].ends_with("was answered on 2025-12-20"),
        "{told:?}"
    );
    let twice = found(&p, "SRC009");
    assert!(twice.len() == 2 && twice[0].ends_with("this row is not counted and not shown") && twice[1].ends_with("is also that of row 3"), "{twice:?}");
    assert!(found(&p, "POL003")[0].ends_with("answered before it was received; no time is counted, and it is not in time"));
    p.build();
    let page = p.read("public/disclosure/requests/index.html");
    assert!(!page.contains("道路的决算") && page.contains("河道的图纸"), "{page}");
    assert!(page.contains("答复日期早于收到日期，不计用时") && page.contains("算不出用时"), "{page}");
    assert!(p.read("public/disclosure/requests/by-outcome/unknown/index.html").contains("道路的预算"));
    let unmeasured = p.read("public/disclosure/requests/by-year/2025/unmeasured/index.html");
    assert!(unmeasured.contains("桥梁的图纸") && !unmeasured.contains("道路的预算"), "{unmeasured}");
    // By outcome there are as many as were answered.
    for (of, n) in [("by-outcome/open", 3), ("by-outcome/unknown", 1), ("by-year/2025/answered", 4)] {
        let page = p.read(&format!("public/disclosure/requests/{of}/index.html"));
        assert!(page.contains(&format!("共 {n} 件")), "{of}: {page}");
    }
}

#[test]
fn letters_without_a_calendar_stand_apart() {
    let p = Project::new(&SITE.replace("2026-01-01", "2026-07-01"));
    p.file("content/departments.yaml", "- {id: a, name: Office A}\n");
    let row = |no: u32, received: &str, replied: &str| format!("{no},question,Title {no},Body,{received},answered,{replied},Reply.,yes\n");
    p.file(
        "content/feedback/a.csv",
        format!("no,kind,title,body,received_on,status,replied_on,reply,consent\n{}{}", row(1, "2026-03-02", "2026-03-04"), row(2, "2026-03-02", "")),
    );
    p.build();
    let csv = p.read("public/feedback/figures.csv");
    let (head, month) = (csv.lines().next().unwrap(), csv.lines().find(|l| l.starts_with("2026-03")).unwrap());
    let cell = |key: &str| month.split(',').nth(head.trim_start_matches('\u{FEFF}').split(',').position(|k| k == key).unwrap()).unwrap();
    assert_eq!((cell("unmeasured"), cell("uncounted"), cell("answered")), ("1", "1", "2"), "{csv}");
    let page = p.read("public/feedback/figures/index.html");
    assert!(page.contains("No calendar, not counted") || page.contains("没有日历，不能算"), "{page}");
}

/// Six letters of a department, four of them in time, and one indicator of another.
#[test]
fn a_rate_is_one_figure_and_one_indicator_is_no_rank() {
    let p = city("scorecards: {league: true}\n");
    let row = |no: u32, replied: &str| format!("{no},咨询,标题{no},内容,2025-11-03,已处理,{replied},答复。,是\n");
    let rows: String = (1..=6).map(|n| row(n, if n <= 4 { "2025-11-04" } else { "2025-12-30" })).collect();
    p.file("content/feedback/a.csv", format!("编号,类型,标题,内容,来信日期,状态,答复日期,答复,同意公开\n{rows}"));
    for n in 1..=2 {
        p.file(
            &format!("content/policies/p{n}.md"),
            format!("---\ntitle: 关于事项{n}的办法\nissuer: [a]\nformed_on: 2025-04-01\npublished_at: 2025-04-12\n---\n\n第一条 内容。\n"),
        );
    }
    p.file("content/events/e.md", "---\ntitle: 座谈\nkind: 座谈会\nstarts: 2025-11-03\nissuer: b\npublished_at: 2025-11-03\n---\n\n座谈。\n");
    p.build();
    assert!(p.read("public/feedback/figures/index.html").contains("66.7%"));
    let card = p.read("public/scorecards/of/a/index.html");
    assert!(card.contains("66.7 <small>4 ÷ 6</small>") && !card.contains("66.6"), "{card}");
    let v = json(&p, "public/scorecards.json");
    let measured = |who: &str| {
        v["departments"].as_array().unwrap().iter().find(|d| d["id"] == who).unwrap()["indicators"].as_array().unwrap().iter().filter(|i| i["d"] != 0).count()
    };
    let page = p.read("public/scorecards/index.html");
    let (ranked, unranked) = page.split_once("测得的指标太少，不排名：").expect("says who is not ranked");
    let ranked = &ranked[ranked.find(">排名<").unwrap()..];
    assert!(measured("b") * 2 < measured("a"), "{v}");
    assert!(ranked.contains("甲局") && !ranked.contains("乙局") && unranked.contains("乙局") && ranked.contains("至少测得其中一半"), "{page}");
}

#[test]
fn a_name_near_that_of_the_law_is_told() {
    let p = city("");
    let entry = |node: &str| {
        format!("- {{node: {node}, title: 公报, form: [政府网站], summary: 主要指标, time_limit: 及时, basis: [条例], owner: {{department: a}}}}\n")
    };
    p.file("content/disclosure/catalogue.yaml", entry("统计信息"));
    let told = found(&p, "SRC008");
    assert_eq!(told, ["content/disclosure/catalogue.yaml:1 `node`: `统计信息` is a class of your own; 20-04, which is due, has no entry"]);
    // One of its own beside the class that is due, and a name that is nobody's.
    p.file("content/disclosure/catalogue.yaml", format!("{}{}{}", entry("统计信息"), entry("20-04"), entry("统计信息公报")));
    assert!(found(&p, "SRC008").is_empty());
}

#[test]
fn withdraw_says_what_to_do_with_what_is_no_item() {
    let p = city("");
    let ran = p.run(&["withdraw", "feedback/a/2026-002", "--ground", "privacy"]);
    assert!(ran.code == 2 && ran.err.contains("content/feedback/a.csv") && ran.err.contains("letter 2026-002") && ran.err.contains("consent"), "{ran:?}");
    for (id, word) in [("disclosure/requests.csv", "its row"), ("reports/a/2024", "draft: true"), ("static/a.pdf", "delete it"), ("nothing", "with its folder")]
    {
        let ran = p.run(&["withdraw", id, "--ground", "error"]);
        assert!(ran.code == 2 && ran.err.contains(word), "{id}: {ran:?}");
    }
}

#[test]
fn what_is_held_is_named_by_what_it_is() {
    let p = city("");
    let id = "11010519491231002X";
    p.file("content/feedback/a.csv", format!("编号,类型,标题,内容,来信日期,状态,同意公开\n1,咨询,标题,我的身份证号 {id}。,2025-11-03,待处理,是\n"));
    p.file("content/disclosure/requests.csv", format!("{HEAD}1,2025-12-20,a,自然人,身份证号 {id} 的档案,,,\n"));
    let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(ran.code == 0 && ran.err.contains("Letters among these: 1") && ran.err.contains("Rows of the register of requests among these: 1"), "{ran:?}");
    assert!(!ran.err.contains("Data files and attachments"), "{ran:?}");
}

#[test]
fn a_dataset_made_new_is_told_as_new() {
    let p = city("");
    p.file(
        "content/datasets/cpi/dataset.yaml",
        "title: 居民消费价格指数\ndescription: 每月的指数。\npublisher: a\nlicense: CC-BY-4.0\nfrequency: monthly\nissued: 2025-07-05\nmodified: 2025-11-05\nresources:\n- {name: now, title: 指数, path: now.csv}\n",
    )
    .file("content/datasets/cpi/now.csv", "月份,指数\n2025-10,100.2\n")
    .file(
        "content/disclosure/catalogue.yaml",
        "- {node: 20-04, title: 指数, form: [政府网站], summary: 主要指标, time_limit: 及时, basis: [条例], owner: {department: a}, items: [datasets/cpi]}\n",
    );
    p.build();
    let classes = p.read("public/disclosure/statutory/index.html");
    assert!(classes.contains("2025年11月5日") && !classes.contains("2025年7月5日"), "{classes}");
    let changes = p.read("public/changes/index.html");
    assert!(changes.contains("2025年11月5日") && changes.contains("数据更新"), "{changes}");
    assert!(p.read("public/datasets/index.html").contains("2025年11月5日更新"));
}
