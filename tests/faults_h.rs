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
    let parts: &[(&str, fn(&str) -> String)] = &[
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
    let held = ["（送审稿，请勿对外公开）\n\n正文。", "此件依申请公开", "此件依申请公开\n\n正文。", "内部资料，不得外传", "仅供内部使用\n\n正文。", "正文。\n\n（此件不公开）"];
    let open = ["正文。\n\n（此件公开发布）", "内部资料不得外传，是档案管理的基本要求。", "（征求意见稿）\n\n正文。"];
    for (n, text) in held.iter().chain(&open).enumerate() {
        p.file(&format!("content/news/n{n}.md"), format!("---\ntitle: 甲{n}\npublished_at: 2025-01-01\n---\n{text}\n"));
    }
    p.run(&["build", "--hold-back", "--allow-errors"]);
    for n in 0..held.len() + open.len() {
        assert_eq!(p.exists(&format!("public/news/n{n}/index.html")), n >= held.len(), "{n}");
    }
}
