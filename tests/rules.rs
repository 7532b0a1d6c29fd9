//! Every rule has a fixture that it finds and one that it leaves alone.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, SITE_CN, copy_tree, golden};
use std::path::Path;

fn project(code: &str, kind: &str) -> Project {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(code).join(kind);
    assert!(dir.is_dir(), "tests/rules/{code}/{kind} is missing");
    let p = Project::new(SITE_CN);
    copy_tree(&dir, p.root());
    p
}

/// One test a code: `bad` gives exactly the findings in `found.txt` (code, gravity, place, message), `good` none of that code.
/// `UPDATE_VECTORS=1 cargo test --test suite -- rules` accepts a change; read the diff first.
macro_rules! fixtures {
    ($($name:ident $code:literal),* $(,)?) => {
        const CODES: &[&str] = &[$($code),*];
        $(#[test] fn $name() { fixture($code) })*
    };
}

fixtures! {
    a11y001 "A11Y001",
    a11y002 "A11Y002",
    aig001 "AIG001",
    cal001 "CAL001",
    cat001 "CAT001",
    cat002 "CAT002",
    cat003 "CAT003",
    cat004 "CAT004",
    cat005 "CAT005",
    con001 "CON001",
    con002 "CON002",
    con003 "CON003",
    con004 "CON004",
    con005 "CON005",
    fbk001 "FBK001",
    fbk002 "FBK002",
    fbk003 "FBK003",
    ftr001 "FTR001",
    int001 "INT001",
    int002 "INT002",
    int003 "INT003",
    int004 "INT004",
    itp001 "ITP001",
    itp002 "ITP002",
    itp003 "ITP003",
    itp004 "ITP004",
    itp005 "ITP005",
    itp006 "ITP006",
    itp007 "ITP007",
    law001 "LAW001",
    law002 "LAW002",
    law003 "LAW003",
    law004 "LAW004",
    law005 "LAW005",
    law006 "LAW006",
    law007 "LAW007",
    law008 "LAW008",
    lnk001 "LNK001",
    lnk003 "LNK003",
    lnk005 "LNK005",
    lnk006 "LNK006",
    met001 "MET001",
    met002 "MET002",
    od001 "OD001",
    od002 "OD002",
    od003 "OD003",
    od004 "OD004",
    od005 "OD005",
    od006 "OD006",
    od007 "OD007",
    od008 "OD008",
    pol001 "POL001",
    pol002 "POL002",
    pol003 "POL003",
    pol004 "POL004",
    pol005 "POL005",
    pol006 "POL006",
    pol007 "POL007",
    pol008 "POL008",
    pol009 "POL009",
    sec001 "SEC001",
    sec002 "SEC002",
    sec003 "SEC003",
    sec004 "SEC004",
    sec005 "SEC005",
    sec006 "SEC006",
    sec007 "SEC007",
    sec010 "SEC010",
    sec011 "SEC011",
    sec012 "SEC012",
    sec013 "SEC013",
    sec014 "SEC014",
    sec015 "SEC015",
    sec016 "SEC016",
    sec017 "SEC017",
    sta001 "STA001",
    txt001 "TXT001",
    txt002 "TXT002",
    txt003 "TXT003",
    txt004 "TXT004",
    txt005 "TXT005",
    txt006 "TXT006",
    txt015 "TXT015",
    txt016 "TXT016",
    txt017 "TXT017",
    txt018 "TXT018",
    upd001 "UPD001",
    upd002 "UPD002",
    upd003 "UPD003",
    upd004 "UPD004",
    upd005 "UPD005",
}

fn fixture(code: &str) {
    let found = |kind: &str| -> Vec<String> {
        let p = project(code, kind);
        if code == "SEC007" {
            // What it compares with is in version control.
            for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "x", "--date", "2025-12-21T12:00:00+08:00"]] {
                committed(&p, args);
            }
        }
        let ran = p.run(&["check", "--full", "--format", "json"]);
        assert!(ran.code < 2, "{code} {kind}: {ran:#?}");
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
        let line = |f: &serde_json::Value| {
            let blocks = if f["blocks"].as_bool() == Some(true) { " blocks" } else { "" };
            format!("{} {}{blocks} {}:{}:{} {}", text(&f["code"]), text(&f["severity"]), text(&f["file"]), f["line"], f["column"], text(&f["message"]))
        };
        json["findings"].as_array().expect("a list").iter().map(line).collect()
    };
    let (bad, good) = (found("bad"), found("good"));
    let of = |list: &[String]| list.iter().filter(|f| f.starts_with(&format!("{code} "))).count();
    assert!(of(&bad) > 0, "{code} does not speak of its bad fixture: {bad:#?}");
    assert_eq!(of(&good), 0, "{code} speaks of its good fixture: {good:#?}");
    let blocks = code == "SEC014" || clerestory::check::RULES.iter().any(|r| r.code == code && r.blocks);
    assert_eq!(bad.iter().any(|f| f.starts_with(code) && f.contains(" blocks ")), blocks, "{code}: {bad:#?}");
    let bad = if code == "SEC007" { bad.iter().map(|f| f.split(" (git ").next().unwrap_or(f).to_string()).collect() } else { bad };
    golden(&format!("tests/rules/{code}/found.txt"), &(bad.join("\n") + "\n"));
}

fn committed(p: &Project, args: &[&str]) {
    let who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
    let out = std::process::Command::new("git").current_dir(p.root()).args(who).args(args).output().expect("git is installed");
    assert!(out.status.success(), "{out:?}");
}

/// Its fixture wants an address that does not answer, whose words are those of `curl`.
#[test]
fn an_address_that_does_not_answer() {
    for (kind, want) in [("bad", 1), ("good", 0)] {
        let found = project("LNK002", kind).findings(&["--links"]);
        assert_eq!(found.iter().filter(|f| f.0 == "LNK002").count(), want, "{kind}: {found:?}");
    }
}

/// Section C of the domain's rules, row by row: a code with its explanation, source, fixtures, documentation, and a place in the verdict.
#[test]
fn all_of_section_c_is_there() {
    use clerestory::config::Profile;
    use clerestory::diag::{Severity, Tongue};
    use clerestory::verdict::{Part, ROWS};
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("tests/section-c.tsv")).expect("the table");
    let [zh, en] = [Tongue::Zh, Tongue::En].map(|l| clerestory::explain::entries(Profile::CnGovStrict, l));
    let docs = ["zh", "en"].map(|l| std::fs::read_to_string(root.join("docs").join(l).join("rules.md")).expect("docs"));
    let (mut rows, mut lacking) = (0, Vec::new());
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, gravity, condition, _] = cells[..] else { panic!("{line}") };
        rows += 1;
        let mut say = |what: &str| lacking.push(format!("{code} ({condition}): {what}"));
        let (Some(z), Some(e)) = (zh.iter().find(|x| x.code == code), en.iter().find(|x| x.code == code)) else {
            say("no code");
            continue;
        };
        if z.explain.chars().count() < 20 || e.explain.len() < 40 {
            say("no explanation");
        }
        if e.source.is_empty() {
            say("no source");
        }
        for kind in ["bad", "good"] {
            if !root.join("tests/rules").join(code).join(kind).is_dir() {
                say("no fixture");
            }
        }
        if docs.iter().any(|d| !d.contains(&format!("\n## {code} "))) {
            say("not in docs");
        }
        let judged: Vec<_> = ROWS.iter().filter(|r| r.codes.contains(&code)).collect();
        if judged.is_empty() {
            say("no place in the verdict");
        }
        let fits = match gravity {
            // A state of the day fails the check and stops no build: the verdict says veto, the finding an error.
            "VETO" => e.severities().contains(&Severity::Veto) || judged.iter().any(|r| r.part == Part::Veto),
            "ERROR" => e.severities().iter().any(|s| *s >= Severity::Error),
            _ => e.severities().iter().any(|s| *s >= Severity::Warn),
        };
        if !fits {
            say("another gravity");
        }
    }
    assert_eq!(rows, 63, "rows of the table");
    assert!(lacking.is_empty(), "{lacking:#?}");
}

#[test]
fn every_rule_has_its_fixture() {
    let mut codes: Vec<&str> = clerestory::check::RULES.iter().map(|r| r.code).collect();
    codes.extend(clerestory::audit::AUDITS.iter().map(|a| a.code));
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, CODES);
}

/// Every finding that the fixtures, broken projects and golden sites are known to give.
#[test]
fn no_finding_has_a_severity_that_its_code_does_not_declare() {
    use clerestory::config::Profile;
    use clerestory::diag::Tongue;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let declared: std::collections::BTreeMap<&str, Vec<&str>> =
        clerestory::explain::entries(Profile::CnGovStrict, Tongue::En).iter().map(|e| (e.code, e.severities().iter().map(|s| s.word()).collect())).collect();
    let mut seen = 0;
    let mut found: Vec<(String, String, String)> = Vec::new();
    for e in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let name = e.file_name().to_string_lossy().into_owned();
        if !(name.ends_with("found.txt") || name.ends_with(".check.txt")) {
            continue;
        }
        let text = std::fs::read_to_string(e.path()).expect("reads");
        for line in text.lines() {
            // `warning[SRC005] …` of a report, `SRC005 warning …` of a fixture.
            let report = line.split_once('[').and_then(|(s, rest)| Some((rest.split_once(']')?.0, s)));
            let fixture = line.split_once(' ').map(|(code, rest)| (code, rest.split(' ').next().unwrap_or("")));
            for (code, severity) in [report, fixture].into_iter().flatten() {
                let Some(of) = declared.get(code).filter(|_| matches!(severity, "info" | "warning" | "error" | "veto")) else { continue };
                seen += 1;
                if !of.contains(&severity) {
                    found.push((name.clone(), code.into(), severity.into()));
                }
            }
        }
    }
    assert!(seen > 300, "{seen}");
    assert_eq!(found, [], "declare it: `+ Warn` behind the severity of the code, `ALSO` of a rule");
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
