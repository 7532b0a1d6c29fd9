//! Days to come as calendars, read by a strict parser of its own.

use crate::support::{Project, SITE, tree};
use std::process::Command;

#[test]
fn days_to_come_are_calendars() {
    let p = Project::new(&format!("{SITE}languages: [zh-Hans, {{tag: zh-Hant, from: zh-Hans}}]\n"));
    let title = format!("关于印发《{}》的通知; 一,二\\三", "养老服务补贴发放办法".repeat(6));
    p.file(
        "content/policies/2025/a.md",
        format!("---\ntitle: '{title}'\npublished_at: 2025-12-01\neffective_from: 2026-03-01\nexpires_on: 2031-02-28\nchanges: [{{on: 2025-12-20, note: 勘误}}]\n---\n正文。\n"),
    );
    p.file("content/policies/past.md", "---\ntitle: 旧办法\npublished_at: 2020-01-01\neffective_from: 2020-02-01\n---\n正文。\n");
    p.file("content/policies/draft.md", "---\ntitle: 草稿\ndraft: true\neffective_from: 2026-05-01\n---\n正文。\n");
    p.file("content/datasets/d/dataset.yaml", "title: 数据\npublished_at: 2025-06-01\nnext_release: 2026-06-30\nresources: [{name: a, path: a.csv}]\n");
    p.file("content/datasets/d/a.csv", "a,b\n1,2\n");
    p.build();
    let made: Vec<String> = tree(&p.path("public")).into_keys().filter(|f| f.ends_with(".ics")).collect();
    assert_eq!(
        made,
        [
            "calendar.ics",
            "datasets/d/dates.ics",
            "policies/2025/a/dates.ics",
            "zh-hant/calendar.ics",
            "zh-hant/datasets/d/dates.ics",
            "zh-hant/policies/2025/a/dates.ics"
        ]
    );
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ics.py");
    let read = |files: &[String]| {
        let out = Command::new("python3").arg(&script).args(files.iter().map(|f| p.path("public").join(f))).output().expect("python3 is there");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    read(&made);
    let site = read(&made[..1]);
    let events: Vec<Vec<&str>> = site.lines().map(|l| l.split('\t').collect()).collect();
    assert_eq!(events.len(), 3, "{site}");
    assert!(events.iter().any(|e| e[1..] == ["20260630", "20250601T000000Z", "下次发布：数据"]), "{site}");
    assert!(events.iter().any(|e| e[1..] == ["20260301", "20251220T000000Z", &format!("施行：{title}")]), "{site}");
    assert!(events.iter().any(|e| e[0] == "expires.policies/2025/a.zh-Hans@example.org" && e[1] == "20310228"), "{site}");
    assert!(p.read("public/policies/2025/a/index.html").contains("href=\"/policies/2025/a/dates.ics\""));
    assert!(p.read("public/changes/index.html").contains("href=\"/calendar.ics\""));
    // The day has come; the files are not wanted.
    assert_eq!(p.run(&["build", "--as-of", "2031-03-01"]).code, 0);
    assert!(!p.exists("public/calendar.ics"));
    p.file("site.yaml", format!("{SITE}ics: false\n"));
    p.build();
    assert!(!tree(&p.path("public")).into_keys().any(|f| f.ends_with(".ics")));
}

/// What was repealed has nothing ahead of it.
#[test]
fn a_repealed_policy_leaves_the_calendar() {
    let p = Project::new(SITE);
    let old = "published_at: 2020-01-01\neffective_from: 2020-01-01\nexpires_on: 2030-01-01\ntasks: [{what: 做完, due: 2026-06-01}]\n";
    p.file("content/policies/old.md", format!("---\ntitle: 旧办法\n{old}---\n正文。\n"));
    p.build();
    let site = p.read("public/calendar.ics");
    assert!(site.contains("UID:expires.policies/old") && site.contains("UID:task-1.policies/old"), "{site}");
    p.file(
        "content/policies/new.md",
        "---\ntitle: 新办法\npublished_at: 2025-01-01\neffective_from: 2025-01-01\nexpires_on: 2031-01-01\nrepeals: [old]\n---\n正文。\n",
    );
    p.build();
    let site = p.read("public/calendar.ics");
    assert!(site.contains("policies/new") && !site.contains("policies/old") && !p.exists("public/policies/old/dates.ics"), "{site}");
}
