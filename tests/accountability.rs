//! What the issue on accountability calls bad input, each told once and clearly; and its figures counted again by other programs from
//! what is published, on the sample and on the golden city.
#![expect(clippy::disallowed_methods, reason = "tests run a program and read files")]

use crate::support::{Project, SITE_CN, tree};
use std::path::Path;
use std::process::Command;

const DEPARTMENTS: &str = "- {id: a, name: 甲局, code: \"000014349\", annual_report: none}\n";
/// What it is, its files, the findings: code and part of the message.
type Case = (&'static str, Vec<(&'static str, String)>, Vec<(&'static str, &'static str)>);

const HEAD: &str = "编号,类型,标题,内容,来信日期,状态,答复日期,答复,答复单位,同意公开,评分\n";

fn consultation(days: &str, more: &str) -> String {
    format!(
        "---\ntitle: 关于停车的征求意见\nissuer: a\npublished_at: 2025-11-01\n{days}explanation: 说明\ndraft_file: d.txt\nchannels: {{mail: a@example.org, post: 某路 1 号}}\n{more}---\n\n请提意见。\n"
    )
}

fn policy(name: &str, more: &str) -> String {
    format!("---\ntitle: {name}办法\nissuer: a\nformed_on: 2025-06-02\npublished_at: 2025-06-02\ntheme: 综合政务/政务公开\n{more}---\n\n第一条 正文。\n")
}

#[test]
fn bad_input_is_one_clear_finding_each() {
    let days = "opens: 2025-11-01\ncloses: 2025-12-05\n";
    let letter = |row: &str| format!("{HEAD}{row}\n");
    let good = "1,咨询,问一,怎样办,2025-12-10,已处理,2025-12-11,答,养老科,是,5";
    let letters = "content/feedback/a.csv";
    let cases: Vec<Case> = vec![
        (
            "closes before it opens",
            vec![("content/consultations/c.md", consultation("opens: 2025-12-01\ncloses: 2025-11-01\n", ""))],
            vec![("CON004", "closes on 2025-11-01, before it opens on 2025-12-01")],
        ),
        (
            "a reply before its question",
            vec![(letters, letter(&good.replace("2025-12-11", "2025-12-01")))],
            vec![("POL003", "row 2, 答复日期: answered before it was received; no time is counted")],
        ),
        (
            "counts that the rows do not make",
            vec![
                ("content/consultations/c.md", consultation(days, "result: {on: 2025-12-20, received: 3, rows: c.csv}\n")),
                ("content/consultations/c.csv", "意见,采纳情况,理由\n建议一,采纳,\n建议二,未采纳,不可行\n".into()),
            ],
            vec![("CON002", "received: 3 are written, the table has 2")],
        ),
        (
            "parts that do not add up",
            vec![("content/consultations/c.md", consultation(days, "result: {on: 2025-12-20, received: 3, adopted: 1, rejected: 1}\n"))],
            vec![("STA001", "received 3, but the parts make 2")],
        ),
        (
            "an identity number in a letter",
            vec![(letters, letter(&good.replace("怎样办", "我的身份证号 11010519491231002X")))],
            vec![("SEC003", "row 2, body: holds a resident identity number; the letter is not shown")],
        ),
        (
            "a column of another name",
            vec![(letters, letter(good).replacen("答复单位", "回信的人", 1))],
            vec![("SRC005", "unknown column `回信的人`; not read and not published")],
        ),
        (
            "columns in another order",
            vec![(letters, "评分,同意公开,答复,答复日期,状态,来信日期,内容,标题,类型,编号\n5,是,答,2025-12-11,已处理,2025-12-10,怎样办,问一,咨询,1\n".into())],
            vec![],
        ),
        (
            "a sheet half empty",
            vec![(letters, letter("1,咨询,,怎样办,2025-12-10,已处理,2025-12-11,答,养老科,是,"))],
            vec![("SRC010", "row 2: required field `title` is missing")],
        ),
        (
            "a department merged into none",
            vec![("content/departments.yaml", format!("{DEPARTMENTS}- {{id: b, name: 乙局, merged_into: none-such, annual_report: none}}\n"))],
            vec![("SRC011", "departments.yaml has no `none-such`, into which `b` was merged")],
        ),
        (
            "a replacement in a circle, told at both",
            vec![("content/policies/x.md", policy("甲", "replaced_by: policies/y\n")), ("content/policies/y.md", policy("乙", "replaced_by: policies/x\n"))],
            vec![("POL004", "lead back to itself"), ("POL004", "lead back to itself")],
        ),
        (
            "a policy that replaces two",
            vec![
                ("content/policies/x.md", policy("甲", "replaced_by: policies/z\n")),
                ("content/policies/y.md", policy("乙", "replaced_by: policies/z\n")),
                ("content/policies/z.md", policy("丙", "")),
            ],
            vec![],
        ),
        (
            "a year without a calendar",
            vec![(
                "content/policies/x.md",
                policy("甲", "").replace("formed_on: 2025-06-02", "formed_on: 2006-12-20").replace("published_at: 2025-06-02", "published_at: 2007-01-16"),
            )],
            vec![("CAL001", "the working days of 2006 are not known")],
        ),
        (
            "a rating of nine",
            vec![(letters, letter(&good.replace("是,5", "是,9")))],
            vec![("SRC008", "row 2, 评分: a rating is 1 to 5, not `9`; it does not count")],
        ),
        (
            "consent missing",
            vec![(letters, letter(&good.replace("是,5", ",5")))],
            vec![("SRC010", "letters without a word on consent: 1; they are counted and not shown")],
        ),
        (
            "a name where a role belongs",
            vec![(letters, letter(&good.replace("养老科", "张小明")))],
            vec![("SRC008", "row 2, 答复单位: `reply_by` looks like a person's name; it is not published")],
        ),
    ];
    for (what, files, want) in cases {
        let p = Project::new(SITE_CN);
        p.file("content/departments.yaml", DEPARTMENTS);
        if files.iter().any(|(path, _)| path.ends_with("consultations/c.md")) {
            p.file("content/consultations/d.txt", "草案\n");
        }
        files.iter().for_each(|(path, text)| {
            p.file(path, text);
        });
        let told = |lang: &str| -> Vec<(String, String)> {
            let ran = crate::support::run_as(p.root(), &["--lang", lang, "check", "--format", "json"]);
            let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
            let text = |f: &serde_json::Value, k: &str| f[k].as_str().unwrap_or("").to_string();
            json["findings"].as_array().unwrap().iter().map(|f| (text(f, "code"), text(f, "message"))).collect()
        };
        let found = told("en");
        assert_eq!(found.len(), want.len(), "{what}: {found:?}");
        for (code, part) in want {
            assert!(found.iter().any(|(c, m)| c == code && m.contains(part)), "{what}: {found:?}");
        }
        assert!(told("zh").iter().all(|(_, m)| m.chars().any(clerestory::load::chars::is_han)), "{what}");
        // Consent that nobody gave shows nothing, a name is on no page.
        if ["consent missing", "a name where a role belongs"].contains(&what) {
            p.build();
            for (name, bytes) in tree(&p.path("public")) {
                let text = crate::support::shown(&name, &bytes);
                assert!(!text.contains("张小明") && (what != "consent missing" || !text.contains("怎样办")), "{what}: {name}");
            }
        }
    }
}

/// What is counted again, and the site's own word of how much that was.
fn recomputed(script: &str, public: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let ran = Command::new("python3").arg(script).arg(public).output().expect("python3");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).trim().to_string()
}

/// The golden city with scorecards, and the sample as it is: equal to the last digit; days late from the published tables alone.
#[test]
fn figures_of_the_city_are_counted_again_from_what_is_published() {
    let p = Project::new("");
    for (name, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/city-cn")) {
        p.file(&name, bytes);
    }
    let site = p.read("site.yaml");
    if !site.contains("scorecards:") {
        p.file("site.yaml", format!("{site}\nscorecards: {{}}\n"));
    }
    p.build();
    let told = recomputed("scorecards.py", &p.path("public"));
    assert!(told.contains(" figures, "), "{told}");
    let figures: usize = told.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(figures >= 60, "{told}");
    let told = recomputed("days_late.py", &p.path("public"));
    let counted: usize = told.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(counted >= 10, "{told}");
}

#[test]
fn figures_of_the_sample_are_counted_again_from_what_is_published() {
    let dir = crate::support::sample();
    let ran = crate::support::run_in(dir.path(), &["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let public = dir.path().join("public");
    let told = recomputed("days_late.py", &public);
    assert!(told.contains(" counted again"), "{told}");
    if public.join("scorecards.json").exists() {
        assert!(recomputed("scorecards.py", &public).contains(" figures, "));
    }
    // A citizen asks how many opinions were adopted, and why one was refused.
    let page = std::fs::read_to_string(public.join("consultations/plant-propagating-materials/index.html")).unwrap();
    assert!(page.contains("未采纳") && page.contains("<caption>"), "{page}");
}
