//! Front matter, names and messages as a clerk meets them: what a field promises is kept, what is held is said to be held, one fault is
//! one finding, and what a hint tells to write works.
#![expect(clippy::disallowed_methods, reason = "tests make and break files")]

use crate::support::{Project, SITE_CN};
use serde_json::Value;

/// Findings of a run in Chinese, as they stand in the report.
fn findings(p: &Project, args: &[&str]) -> Vec<Value> {
    let line = [&["--lang", "zh", "check", "--format", "json"], args].concat();
    let ran = crate::support::run_as(p.root(), &line);
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    json["findings"].as_array().cloned().unwrap_or_default()
}

/// Those of one file, as (code, sentence and hint).
fn of(all: &[Value], file: &str) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap_or("").to_string();
    all.iter().filter(|f| f["file"] == file).map(|f| (text(&f["code"]), format!("{}｜{}", text(&f["message"]), text(&f["hint"])))).collect()
}

/// A day of publication on a part of an item keeps the item back until then, whatever it is called, and the finding says so.
#[test]
fn an_embargo_of_a_part_is_kept() {
    let names = ["published_at", "publish_date", "publishDate", "embargo", "发布日期", "issued", "released"];
    type Written = fn(&str) -> String;
    let parts: &[(&str, Written)] = &[
        ("own", |k| format!("resources: [{{name: data, path: d.csv, {k}: DAY}}]")),
        ("extra", |k| format!("resources: [{{name: data, path: d.csv, extra: {{{k}: DAY}}}}]")),
        ("version", |k| format!("resources:\n  - name: data\n    path: d.csv\n    versions: [{{path: v.csv, version: '1', {k}: DAY}}]")),
        ("attachment", |k| format!("resources: [{{name: data, path: d.csv}}]\nattachments: [{{file: v.csv, title: 名单, {k}: DAY}}]")),
    ];
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let mut cases = Vec::new();
    for (part, text) in parts {
        for (n, name) in names.iter().enumerate() {
            // `issued` is a field of an earlier state, and in free data it may be anything's.
            if *name == "issued" && matches!(*part, "version" | "extra") || *name == "released" && *part == "extra" {
                continue;
            }
            for (day, year) in [("late", "2027-01-01"), ("past", "2025-01-01")] {
                let id = format!("{part}{n}{day}");
                let head = format!("title: 表{id}\ndescription: 说明。\npublisher: office\n{}\n", text(name).replace("DAY", year));
                p.file(&format!("content/datasets/{id}/dataset.yaml"), head);
                p.file(&format!("content/datasets/{id}/d.csv"), format!("年份,数量\n2020,{n}\n"));
                p.file(&format!("content/datasets/{id}/v.csv"), format!("年份,数量\n2019,{n}\n"));
                cases.push((id, day == "late"));
            }
        }
    }
    let all = findings(&p, &["--as-of", "2026-02-01"]);
    let ran = p.run(&["build", "--allow-errors", "--as-of", "2026-02-01"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for (id, late) in &cases {
        let there = p.exists(&format!("public/datasets/{id}/index.html")) || p.exists(&format!("public/datasets/{id}/d.csv"));
        let told = of(&all, &format!("content/datasets/{id}/dataset.yaml"));
        assert_eq!(there, !late, "{id}: {told:?}");
        if *late {
            assert!(told.iter().any(|(c, t)| c == "SRC005" && t.contains("整条 2027-01-01 之前不公布")), "{id}: {told:?}");
        }
    }
    // On the day all of it comes out.
    assert_eq!(p.run(&["build", "--allow-errors", "--as-of", "2027-01-01"]).code, 0);
    assert!(cases.iter().all(|(id, _)| p.exists(&format!("public/datasets/{id}/d.csv"))));
}

/// First lines and notes that say that a text is not for the public, as offices write them.
#[test]
fn marks_of_offices_hold_a_text() {
    let p = Project::new(SITE_CN);
    let held = [
        "（送审稿，请勿对外公开）\n\n正文。",
        "此件依申请公开",
        "此件依申请公开\n\n正文。",
        "内部资料，不得外传",
        "仅供内部使用\n\n正文。",
        "正文。\n\n（此件不公开）",
    ];
    let open = ["正文。\n\n（此件公开发布）", "内部资料不得外传，是档案管理的基本要求。", "（征求意见稿）\n\n正文。"];
    for (n, text) in held.iter().chain(&open).enumerate() {
        p.file(&format!("content/news/n{n}.md"), format!("---\ntitle: 甲{n}\npublished_at: 2025-01-01\n---\n{text}\n"));
    }
    p.run(&["build", "--hold-back", "--allow-errors"]);
    for n in 0..held.len() + open.len() {
        assert_eq!(p.exists(&format!("public/news/n{n}/index.html")), n >= held.len(), "{n}");
    }
}

/// A name that cannot be an address holds the item that owns the file, or the file of `static/`, and nothing else.
#[test]
fn a_name_that_is_no_address_holds_its_item_alone() {
    let names = ["a*b.csv", "a\"b.csv", "a<b.csv", "表|二.csv", "换\n行.csv", "CON.csv", "com1.csv", "x.csv.", "data", "feed.xml"];
    for name in names {
        let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        p.file("content/news/ok.md", "---\ntitle: 好\n---\n字\n");
        let quoted = serde_json::to_string(name).unwrap();
        p.file("content/datasets/x/dataset.yaml", format!("title: 表\npublisher: office\nresources:\n  - {{name: data, path: {quoted}}}\n"));
        p.file(&format!("content/datasets/x/{name}"), "年份,数量\n2020,1\n2021,2\n");
        let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
        assert!(p.exists("public/news/ok/index.html"), "{name:?}: {ran:#?}");
        assert!(!p.exists("public/datasets/x/index.html"), "{name:?}");
        // Without holding back nothing is swapped.
        fs_remove(&p);
        assert_eq!(p.run(&["build"]).code, 1, "{name:?}");
        assert!(!p.exists("public/news/ok/index.html"), "{name:?}");
    }
    for name in ["a*b.txt", "CON", "com1.png", "换\n行.txt"] {
        let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/news/ok.md", "---\ntitle: 好\n---\n字\n").file(&format!("static/{name}"), "x").file("static/good.txt", "x");
        let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
        assert!(p.exists("public/news/ok/index.html") && p.exists("public/good.txt"), "{name:?}: {ran:#?}");
        assert!(!p.exists(&format!("public/{name}")), "{name:?}");
    }
    // Of two that differ in case alone, the one that is not written as addresses are.
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/news/OK.md", "---\ntitle: 大写\n---\n字\n").file("content/news/ok.md", "---\ntitle: 小写\n---\n字\n");
    let told = findings(&p, &[]);
    assert!(of(&told, "content/news/OK.md").iter().any(|(c, t)| c == "URL001" && t.contains("content/news/ok.md")), "{told:?}");
    assert!(of(&told, "content/news/ok.md").iter().all(|(c, _)| c != "URL001"), "{told:?}");
    p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(p.read("public/news/ok/index.html").contains("小写"));
}

fn fs_remove(p: &Project) {
    std::fs::remove_dir_all(p.path("public")).unwrap();
}

/// Identity numbers of Hong Kong in a column that is called so.
#[test]
fn a_column_of_hong_kong_numbers_is_found() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    for (n, (head, personal)) in [("香港身份证", true), ("身份证号", true), ("型号", false)].iter().enumerate() {
        p.file(&format!("content/datasets/x{n}/dataset.yaml"), "title: 表\npublisher: office\nresources: [{name: t, path: d.csv}]\n");
        p.file(&format!("content/datasets/x{n}/d.csv"), format!("序号,{head}\n1,A123456(3)\n2,G652031(5)\n"));
        let told = findings(&p, &[]);
        let hit = told.iter().any(|f| f["code"] == "SEC003" && f["file"].as_str().unwrap_or("").contains(&format!("/x{n}/")));
        assert_eq!(hit, *personal, "{head}: {told:?}");
    }
}

/// A time that cannot be, and a promise that is no number of days, are told where they stand.
#[test]
fn times_that_cannot_be_are_told() {
    let p = Project::new(SITE_CN);
    p.file(
        "content/alerts.yaml",
        "- {title: 倒, text: 字, from: 2026-07-02 10:00, until: 2026-07-02 09:00}\n- {title: 顺, text: 字, from: 2026-07-02 10:00, until: 2026-07-02}\n",
    );
    for (n, word) in ["很快", "两周", "0", "14", "14天", "180d"].iter().enumerate() {
        p.file(&format!("content/news/c{n}/_column.yaml"), format!("title: 栏{n}\nupdate_within: {word}\n"));
    }
    let told = findings(&p, &[]);
    let late: Vec<_> = of(&told, "content/alerts.yaml").into_iter().filter(|f| f.0 == "POL003").collect();
    assert!(late.len() == 1 && late[0].1.contains("早于"), "{told:?}");
    for n in 0..6 {
        let wrong = of(&told, &format!("content/news/c{n}/_column.yaml")).iter().any(|f| f.0 == "SRC006");
        assert_eq!(wrong, n < 3, "{n}: {told:?}");
    }
}

/// So does the name of an attachment, once, with the page of its text.
#[test]
fn an_attachment_whose_name_is_no_address_is_one_finding() {
    for name in ["附件*.txt", "a|b.txt", "aux.附件.txt"] {
        let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/news/ok.md", "---\ntitle: 好\n---\n字\n").file(&format!("content/news/{name}"), "附件内容");
        p.file("content/news/a.md", format!("---\ntitle: 甲\nattachments: [{}]\n---\n字\n", serde_json::to_string(name).unwrap()));
        let ran = p.run(&["build", "--hold-back", "--allow-errors", "--format", "json"]);
        assert_eq!(ran.out.matches("URL002").count(), 1, "{name}: {ran:#?}");
        assert!(p.exists("public/news/ok/index.html") && !p.exists("public/news/a/index.html"), "{name}");
    }
}
