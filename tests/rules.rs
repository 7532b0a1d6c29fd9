//! Every rule has a fixture that it finds and one that it leaves alone.

use crate::support::{Project, SITE_CN, copy_tree};
use std::path::Path;

fn project(code: &str, kind: &str) -> Project {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(code).join(kind);
    assert!(dir.is_dir(), "tests/rules/{code}/{kind} is missing");
    let p = Project::new(SITE_CN);
    copy_tree(&dir, p.root());
    p
}

#[test]
fn fixtures() {
    let mut codes: Vec<&str> = clerestory::check::RULES.iter().map(|r| r.code).collect();
    codes.extend(clerestory::audit::AUDITS.iter().map(|a| a.code));
    codes.sort_unstable();
    codes.dedup();
    assert!(codes.len() >= 20);
    for code in codes {
        for (kind, expected) in [("bad", true), ("good", false)] {
            let p = project(code, kind);
            // Audits speak at the build only; everything else at both.
            let ran = p.run(&["build", "--allow-errors", "--format", "json"]);
            assert!(ran.code < 2, "{code} {kind}: {ran:#?}");
            let found = ran.out.contains(&format!("\"code\": \"{code}\""));
            assert_eq!(found, expected, "{code} {kind}: {}", ran.out);
            let blocks = clerestory::check::RULES.iter().any(|r| r.code == code && r.blocks);
            assert_eq!(ran.code == 1, expected && blocks, "{code} {kind}: {}", ran.err);
        }
    }
}

#[test]
fn findings_point_at_the_place() {
    let at = |code: &str| project(code, "bad").findings(&[]).into_iter().find(|f| f.0 == code).map(|f| (f.1, f.2, f.3)).unwrap();
    assert_eq!(at("POL001"), ("content/policies/p.md".into(), 7, 9));
    assert_eq!(at("LNK001"), ("content/policies/p.md".into(), 9, 2));
    assert_eq!(at("TXT004"), ("content/policies/p.md".into(), 9, 3));
}

#[test]
fn explain_says_why_and_what_to_do() {
    let p = Project::new(SITE_CN);
    let ran = p.run(&["explain", "POL001"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("GB/T 9704-2012") && ran.out.contains("cn-gov error"), "{}", ran.out);
    assert_eq!(p.run(&["explain", "XXX999"]).code, 2);
    let generic = Project::new(crate::support::SITE);
    assert_eq!(generic.run(&["explain", "POL001"]).code, 2);
    assert!(!generic.run(&["explain"]).out.contains("POL001"));
    let zh = p.run(&["explain", "--lang", "zh", "POL001"]);
    assert!(zh.out.contains("依据") && zh.out.contains("六角括号"), "{zh:?}");
}

#[test]
fn formats_for_machines() {
    let p = project("POL001", "bad");
    let sarif: serde_json::Value = serde_json::from_str(&p.run(&["check", "--format", "sarif"]).out).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64(), Some(7));
    let github = p.run(&["check", "--format", "github"]);
    assert!(github.out.contains("::error file=content/policies/p.md,line=7,col=9,title=POL001::"), "{}", github.out);
    assert_eq!(github.code, 1);
    assert_eq!(p.run(&["check", "--write-baseline"]).code, 0);
    assert_eq!(p.run(&["check"]).code, 0, "what the baseline knows does not fail");
    p.file("content/policies/q.md", "---\ntitle: 甲\ndoc_no: 国办发[2019]62号\n---\n");
    assert_eq!(p.run(&["check"]).code, 1, "a new finding does");
}
