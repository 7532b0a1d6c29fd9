//! Brackets, bars and backslashes in heads; numbers in odd groups; persons in English; what rules follow.

#![expect(clippy::disallowed_methods, reason = "a test reads the guide")]

use crate::support::{Project, SITE, run_as};
use clerestory::personal::{Sure, traces};

/// A head; code, line and column of the one finding; what its hint says to write.
const HEADS: &[(&str, &str, u64, u64, &str)] = &[
    ("title: |通知", "SRC004", 2, 8, "title: 通知"),
    ("title: >通知", "SRC004", 2, 8, "title: 通知"),
    ("title: |-通知", "SRC004", 2, 8, "title: 通知"),
    ("title: 通知\nsummary: |首行\n  次行", "SRC004", 3, 10, "summary: |"),
    ("title: {通知}", "SRC006", 2, 8, "title: \"{通知}\""),
    ("title: {{ title }}", "SRC006", 2, 8, "title: \"{{ title }}\""),
    ("title: [通知]", "SRC006", 2, 8, "title: \"[通知]\""),
    ("title: 通知\nsummary: {甲, 乙}", "SRC006", 3, 10, "summary: \"{甲, 乙}\""),
    ("title: 通知\nsummary: [甲]", "SRC006", 3, 10, "summary: \"[甲]\""),
    ("title: 通知\nkeywords: {收费, 登记}", "SRC006", 3, 11, "keywords: [收费, 登记]"),
    ("title: 通知\nissuer: {office}", "SRC006", 3, 9, "issuer: [office]"),
    ("title: 通知\ndraft: [true]", "SRC006", 3, 8, "draft: true"),
    ("title: &通知", "SRC020", 2, 8, "title: \"&通知\""),
    ("title: 通知\nsummary: &甲", "SRC020", 3, 10, "summary: \"&甲\""),
    ("title: \"C:\\新\\x\"", "SRC004", 2, 11, "title: 'C:\\新\\x'"),
    ("title: 通知\nsummary: \"见 D:\\数据\"", "SRC004", 3, 15, "summary: '见 D:\\数据'"),
    ("title:通知", "SRC020", 2, 6, "title: 通知"),
    ("title：通知", "SRC020", 2, 6, "title: 通知"),
    ("title: 关于: 通知", "SRC004", 2, 10, "title: \"关于: 通知\""),
    ("title: 通知\n\tdraft: true", "SRC004", 3, 1, "draft: true"),
];

#[test]
fn brackets_bars_and_backslashes_are_told_once_with_the_line_as_it_should_be() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    for (n, (head, ..)) in HEADS.iter().enumerate() {
        p.file(&format!("content/news/n{n:02}.md"), format!("---\n{head}\n---\n正文\n"));
    }
    for lang in ["zh", "en"] {
        let ran = run_as(p.root(), &["--lang", lang, "check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
        for (n, (head, code, line, column, right)) in HEADS.iter().enumerate() {
            let file = format!("content/news/n{n:02}.md");
            let all: Vec<&serde_json::Value> =
                json["findings"].as_array().unwrap().iter().filter(|f| f.to_string().contains(&file) && text(&f["code"]).starts_with("SRC")).collect();
            assert_eq!(all.len(), 1, "{head}: {all:#?}");
            let f = all[0];
            assert_eq!((text(&f["code"]).as_str(), f["line"].as_u64(), f["column"].as_u64()), (*code, Some(*line), Some(*column)), "{head}: {f}");
            assert!(text(&f["hint"]).contains(right), "{head}: {f}");
        }
    }
}

fn mobile(text: &str) -> Option<Sure> {
    traces(text).into_iter().find(|t| t.kind == clerestory::personal::Kind::Mobile).map(|t| t.sure)
}

#[test]
fn mobile_numbers_in_odd_groups_need_a_word_that_calls_them_so() {
    for text in [
        "手机：138 5713 66 4 2",
        "手机 13 85 71 36 64 2",
        "手机号码 1 38 5713 6642",
        "手机：138-57-136-642",
        "手机：１３８ ５７ １３６ ６４２",
        "手机：13\u{200b}8 571 366 42",
        "138-5713-6642",
        "手机1 3 8 5 7 1 3 6 6 4 2",
    ] {
        assert_eq!(mobile(text), Some(Sure::Yes), "{text}");
    }
    assert!(mobile("联系电话：138 5713 66 4 2").is_some());
    for text in ["138 571 366 42", "得分 13 85 71 36 64 2 名", "第 1 38 5713 6642 号", "2021 13 85 71 36 64 2 合计", "1, 38, 5713, 6642"] {
        assert_eq!(mobile(text), None, "{text}");
    }
}

#[test]
fn persons_in_english_are_told_where_a_label_says_so() {
    let person = |text: &str| traces(text).into_iter().find(|t| t.kind == clerestory::personal::Kind::Person).map(|t| t.sure);
    for text in [
        "Name: John Smith, SSN 123-45-6789",
        "Applicant: Mary Brown; home address: 5 Elm Road; phone withheld",
        "Applicant: Jane Doe, date of birth: 3 May 1980",
        "Patient: John Smith, diagnosed with cancer",
        "Complainant: Mary Brown. Home address: 12 Elm Street.",
        "Claimant: Jane Doe, national insurance number AB 12 34 56 C",
    ] {
        assert!(person(text).is_some(), "{text}");
    }
    for text in [
        "Minister: John Smith opened the road on 3 May 2024",
        "Applicant: City Works Ltd, office address: 12 Main Street",
        "Name: John Smith, Director of Planning, born in Leeds",
        "President: name of the committee, born of a merger of 1980 and 1981",
        "Patient: see the guide for hospitals, address: www.example.org",
    ] {
        assert_eq!(person(text), None, "{text}");
    }
}

/// Our own notes are no source for a reader: what stands there is a law, a standard, or that the rule is our own.
#[test]
fn rules_name_laws_and_standards_or_say_that_they_are_the_tools_own() {
    let inner = regex::Regex::new(r"domain-rules|\.md\b|\b(LAW|PLT|META|FTR|POL|INT|CAT|FB|CON|OD|PII|SEC|TXT|ITP|A11Y)-?\d{2,3}\b|\b[A-D]\d{1,2}\b").unwrap();
    for (file, head, own) in [("docs/zh/rules.md", "依据：", "本工具自己的规则"), ("docs/en/rules.md", "Source: ", "a rule of this tool's own")] {
        let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let lines: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix(head)).collect();
        assert!(lines.len() > 60 && lines.contains(&own), "{file}");
        for l in lines {
            assert!(!inner.is_match(l), "{file}: {l}");
        }
    }
}
