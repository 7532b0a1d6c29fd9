//! Devices, links and full disks where something is written, homes as targets, what follows only from another, lists that grew with
//! the square of their length.
#![expect(clippy::disallowed_methods, reason = "tests make links and pipes")]

use crate::support::{Project, SITE, SITE_CN};
use std::process::{Command, Stdio};

fn site(text: &str) -> Project {
    let p = Project::new(text);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/news/a.md", "---\ntitle: 消息\nsource: 办公室\npublished_at: 2025-12-01\n---\n正文一句话。\n");
    p
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_into_and_stays() {
    let p = site(SITE);
    std::os::unix::fs::symlink("/dev/null", p.path("nul")).unwrap();
    p.file("behind.json", "old");
    std::os::unix::fs::symlink("behind.json", p.path("link")).unwrap();
    for (flag, name) in [("--summary", "nul"), ("--zip", "nul"), ("--summary", "link")] {
        assert_eq!(p.run(&["build", flag, name]).code, 0, "{flag} {name}");
        assert!(std::fs::symlink_metadata(p.path(name)).unwrap().is_symlink(), "{flag} {name}");
    }
    assert!(p.raw("behind.json").starts_with('{'));
    // To a reader at the other end of a pipe.
    let out = Command::new(env!("CARGO_BIN_EXE_clerestory")).current_dir(p.root()).args(["build", "-q", "--summary", "/dev/stdout"]).output().unwrap();
    assert!(String::from_utf8_lossy(&out.stdout).contains("\"seconds\""), "{}", String::from_utf8_lossy(&out.stdout));
}

#[cfg(unix)]
#[test]
fn a_full_disk_at_standard_output_is_told() {
    let p = site(SITE);
    p.build();
    for args in [&["export", "passages.jsonl"][..], &["check", "--format", "json"], &["schema"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_clerestory")).current_dir(p.root()).args(args).stdout(Stdio::from(full)).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&out.stderr).contains("standard output"), "{args:?}");
    }
    // Of a ZIP the fault is told once, in a sentence of ours.
    let out = Command::new(env!("CARGO_BIN_EXE_clerestory")).current_dir(p.root()).args(["build", "-q", "--zip", "/dev/full"]).output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(2) && !told.contains("ZipWriter"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_home_is_no_target_and_a_link_to_an_empty_folder_is() {
    let p = site(SITE);
    p.build();
    p.file("home/.ssh/id", "k");
    p.file("home/.bashrc", "r");
    assert_eq!(p.run(&["deploy", "home"]).code, 2);
    assert!(!p.path("home/index.html").exists());
    p.file("kept/.well-known/acme", "k");
    assert_eq!(p.run(&["deploy", "kept"]).code, 0);
    std::fs::create_dir(p.path("real")).unwrap();
    std::os::unix::fs::symlink("real", p.path("current")).unwrap();
    assert_eq!(p.run(&["deploy", "current"]).code, 0);
    assert!(p.path("real/index.html").exists());
    // A pipe of the name of a page is never opened.
    std::fs::create_dir(p.path("pipes")).unwrap();
    assert!(Command::new("mkfifo").arg(p.path("pipes/index.html")).status().unwrap().success());
    assert_eq!(p.run(&["deploy", "pipes", "--adopt"]).code, 2);
}

#[test]
fn a_document_is_never_published_under_the_name_of_its_file_for_a_slip() {
    let p = site(SITE_CN);
    for (n, key) in ["Title", "标题", "titel"].iter().enumerate() {
        p.file(&format!("content/news/slip{n}.md"), format!("---\n{key}: 关于示例的通知\nsource: 办公室\npublished_at: 2025-12-01\n---\n正文一句话。\n"));
    }
    p.run(&["build", "--allow-errors", "--hold-back"]);
    for n in 0..3 {
        let read = std::fs::read_to_string(p.path(&format!("public/news/slip{n}/index.html"))).unwrap_or_default();
        assert!(!read.contains(&format!("<h1>slip{n}</h1>")), "{n}");
    }
}

#[test]
fn contacts_write_no_fields_of_their_own() {
    let p = site(&format!("{SITE}security: {{contact: [\"https://a.example\\nX: y\", \"mailto:a@b.example\\nExpires: 1\", good@b.example]}}\n"));
    p.run(&["build", "--allow-errors"]);
    let text = p.raw("public/.well-known/security.txt");
    assert!(
        text.lines()
            .all(|l| l.split(':').next().is_some_and(|k| ["Contact", "Expires", "Preferred-Languages", "Canonical", "Policy", "Encryption"].contains(&k))),
        "{text}"
    );
    assert_eq!(text.matches("Contact:").count(), 1, "{text}");
}

#[test]
fn a_thousand_tasks_cost_what_a_thousand_lines_do() {
    let tasks = |n: usize| {
        let p = site(SITE_CN);
        let lines: String = (0..n).map(|i| format!("  - {{what: 第{i}件, department: [office], due: 2027-01-02}}\n")).collect();
        p.file("content/policies/a.md", format!("---\ntitle: 甲办法\nissuer: [office]\npublished_at: 2025-12-01\ntasks:\n{lines}---\n第一条 甲。\n"));
        let ran = p.run(&["build", "--allow-errors", "--no-sync"]);
        assert!(ran.code < 2, "{ran:?}");
        p.raw("public/tasks/tasks.json")
    };
    let json: serde_json::Value = serde_json::from_str(&tasks(300)).unwrap();
    let list = json["tasks"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = list.iter().filter_map(|t| t["id"].as_str()).collect();
    assert_eq!((list.len(), ids.len()), (300, 300));
}

#[test]
fn a_slip_in_the_year_and_a_zero_byte_are_told() {
    let p = site(SITE_CN);
    p.file("content/news/late.md", "---\ntitle: 消息二\nsource: 办公室\npublished_at: 2062-12-01\n---\n正文一句话。\n");
    p.file("content/news/soon.md", "---\ntitle: 消息三\nsource: 办公室\npublished_at: 2026-06-01\n---\n正文一句话。\n");
    p.file("content/news/zero.md", "---\ntitle: 消息四\nsource: 办公室\npublished_at: 2025-12-01\n---\n正\0文一句话。\n");
    let found = p.findings(&[]);
    let of = |code: &str| found.iter().filter(|f| f.0 == code).map(|f| f.1.clone()).collect::<Vec<_>>();
    assert_eq!(of("POL003"), ["content/news/late.md"], "{found:?}");
    assert_eq!(of("TXT003"), ["content/news/zero.md"], "{found:?}");
}

#[test]
fn old_addresses_that_differ_by_case_lead_to_their_own() {
    let p = site(&format!("{SITE_CN}host: nginx\n"));
    p.file("content/news/b.md", "---\ntitle: 消息二\nsource: 办公室\npublished_at: 2025-12-01\naliases: [\"/show.aspx?id=aB\"]\n---\n正文一句话。\n");
    p.file(
        "content/news/c.md",
        "---\ntitle: 消息三\nsource: 办公室\npublished_at: 2025-12-01\naliases: [\"/show.aspx?id=Ab\", \"/show.aspx?id=7x\"]\n---\n正文一句话。\n",
    );
    p.run(&["build", "--allow-errors"]);
    let nginx = p.raw("public/hosting/nginx.conf");
    for (value, sign) in [("aB", "~"), ("Ab", "~"), ("7x", "~*")] {
        assert!(nginx.contains(&format!("if ($arg_id {sign} \"^{value}$\")")), "{value}: {nginx}");
    }
    let apache = p.raw("public/hosting/apache.conf");
    assert_eq!(apache.lines().filter(|l| l.contains("id=") && l.ends_with("[NC]")).count(), 1, "{apache}");
}
