//! `init`, `new`, `audit DIR`, completions and the manual page.
#![expect(clippy::disallowed_methods, reason = "tests fill in what was made")]

use crate::support::{Project, run_in, tree};
use std::path::Path;

fn run(dir: &Path, args: &[&str]) -> crate::support::Ran {
    run_in(dir, args)
}

#[test]
fn every_kind_builds_at_once_without_an_error() {
    for kind in ["city-cn", "department-cn", "open-data"] {
        for lang in ["zh", "en"] {
            let tmp = tempfile::tempdir().unwrap();
            let made = run(tmp.path(), &["init", "site", "--kind", kind, "--lang", lang]);
            assert_eq!(made.code, 0, "{kind} {lang}: {}", made.out);
            let site = tmp.path().join("site");
            let built = run(&site, &["build", "--lang", lang]);
            assert_eq!(built.code, 0, "{kind} {lang}: {}", built.out);
            // What only the body itself can know is asked for; nothing else is wrong.
            let asked = ["[ITP004]", "[MET002]"];
            let lines = built.out.lines().filter(|l| l.starts_with("error[") || l.starts_with("错误["));
            let wrong: Vec<&str> = lines.filter(|l| kind == "open-data" || !asked.iter().any(|a| l.contains(a))).collect();
            assert!(wrong.is_empty(), "{kind} {lang}: {wrong:#?}");
            assert!(site.join("public/datasets/example/index.html").exists(), "{kind} {lang}");
            let again = run(tmp.path(), &["init", "site", "--kind", kind, "--lang", lang]);
            assert_eq!(again.code, 2, "a project is not written over");
            // Finished pages of our own have nothing for the audit to say.
            let audit = run(&site, &["audit", "public", "--lang", "en"]);
            assert!(audit.code == 0 && !audit.out.contains("warning["), "{kind} {lang}: {}", audit.out);
            if kind == "open-data" && lang == "en" {
                for (name, bytes) in tree(&site.join("public")) {
                    let text = crate::support::shown(&name, &bytes);
                    assert!(name.ends_with(".png") || name.ends_with(".xlsx") || !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
                }
            }
        }
    }
}

#[test]
fn new_items_have_what_their_type_asks_for() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nprofile: cn-gov\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室, code: \"000014349\"}\n").file(
        "content/policies/a.md",
        "---\ntitle: 甲\nissuer: [office]\nindex_no: 000014349/2026-00041\nformed_on: 2026-01-02\npublished_at: 2026-01-02\n---\n文\n",
    );
    for (kind, file) in [
        ("policy", "content/policies/2026/x.md"),
        ("interpretation", "content/interpretations/2026/x.md"),
        ("dataset", "content/datasets/x/dataset.yaml"),
        ("news", "content/news/2026/x.md"),
        ("page", "content/pages/x.md"),
        ("topic", "content/topics/x.yaml"),
    ] {
        let ran = p.run(&["new", kind, "x", "--title", "标题：\"引号\"", "--policy", "a"]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.out);
        let year = ran.out.split("/20").nth(1).map(|r| format!("20{}", &r[..2]));
        let file = year.map_or(file.to_string(), |y| file.replace("2026", &y));
        let text = p.read(&file);
        assert!(text.contains("draft: true"), "{text}");
        if kind == "policy" {
            assert!(text.contains("index_no: 000014349/"), "{text}");
        }
        if kind == "interpretation" {
            assert!(text.contains("## 背景依据") && text.contains("policies: [a]"), "{text}");
        }
        assert_eq!(p.run(&["new", kind, "x"]).code, 2, "{kind}: nothing is written over");
    }
    // All of them can be read: the drafts bring no finding about unknown fields or words.
    let bad: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0.starts_with("SRC")).collect();
    assert!(bad.is_empty(), "{bad:?}");
    for name in ["../x", "a/../../b", ".hidden", "a:b"] {
        assert_eq!(p.run(&["new", "page", name]).code, 2, "{name}");
    }
    assert_eq!(p.run(&["new", "page", "y", "--department", "nobody"]).code, 2);
}

/// All that `new` makes.
const BEGUN: [&str; 16] = [
    "policy x",
    "interpretation x",
    "dataset x",
    "news x",
    "page x",
    "topic x",
    "consultations x",
    "feedback office",
    "guide",
    "catalogue",
    "plan",
    "exceptions",
    "requests",
    "report",
    "website-report",
    "effect-report",
];

#[test]
fn what_new_makes_does_not_fail_the_check_and_is_not_published() {
    for kind in ["city-cn", "department-cn", "open-data"] {
        for lang in ["zh", "en"] {
            let tmp = tempfile::tempdir().unwrap();
            assert_eq!(run(tmp.path(), &["init", "site", "--kind", kind, "--lang", lang]).code, 0);
            let site = tmp.path().join("site");
            assert_eq!(run(&site, &["build", "--lang", lang]).code, 0);
            let before: Vec<String> = tree(&site.join("public")).into_keys().collect();
            for what in BEGUN {
                let args: Vec<&str> = ["new"].into_iter().chain(what.split(' ')).chain(["--lang", lang]).collect();
                let ran = run(&site, &args);
                assert_eq!(ran.code, 0, "{kind} {lang} {what}: {ran:?}");
                // Each with those before it; of the other kinds all of them at once.
                if kind == "city-cn" {
                    let ran = run(&site, &["check", "--lang", "en"]);
                    assert!(ran.code == 0 && !ran.out.contains("error["), "{kind} {lang} {what}: {}", ran.out);
                }
            }
            let checked = run(&site, &["check", "--lang", "en"]);
            assert!(checked.code == 0 && !checked.out.contains("error["), "{kind} {lang}: {}", checked.out);
            let checked = checked.out;
            assert!(
                !checked.contains("mandatory sections missing") && !checked.contains("[SRC008]") && !checked.contains("[SRC011]"),
                "{kind} {lang}: {checked}"
            );
            let built = run(&site, &["build", "--lang", lang]);
            assert_eq!(built.code, 0, "{kind} {lang}: {}", built.out);
            // Sheets without rows are public as such; what is to be filled in is not.
            for (name, bytes) in tree(&site.join("public")).into_iter().filter(|(name, _)| !before.contains(name)) {
                let text = String::from_utf8_lossy(&bytes);
                assert!(!["/plan", "/exceptions", "/reports", "/guide", "/x/"].iter().any(|p| format!("/{name}").contains(p)), "{kind} {lang}: {name}");
                assert!(!text.contains("请填写") && !text.contains("to be filled in") && !text.contains("not stated"), "{kind} {lang}: {name}");
            }
            // A topic that is no draft any more has what the profile asks for.
            let topic = std::fs::read_to_string(site.join("content/topics/x.yaml")).unwrap().replace("draft: true\n", "");
            std::fs::write(site.join("content/topics/x.yaml"), topic).unwrap();
            assert!(!run(&site, &["check", "--lang", "en"]).out.contains("[MET001]"), "{kind} {lang}");
            if kind != "open-data" {
                // The demands of the law begin with the first file that is no draft.
                let guide = std::fs::read_to_string(site.join("content/disclosure/guide.yaml")).unwrap();
                assert!(guide.contains("draft: true\n"), "{guide}");
                std::fs::write(site.join("content/disclosure/guide.yaml"), guide.replace("draft: true\n", "")).unwrap();
                let ran = run(&site, &["check", "--lang", "en"]);
                assert!(ran.code == 1 && ["LAW001", "LAW003", "LAW005"].iter().all(|c| ran.out.contains(&format!("error[{c}]"))), "{kind} {lang}: {}", ran.out);
            }
        }
    }
}

#[test]
fn the_next_index_number_is_free() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nprofile: cn-gov\n");
    let year = {
        p.file("content/departments.yaml", "- {id: office, name: 办公室, code: \"000014349\"}\n");
        let ran = p.run(&["new", "policy", "first"]);
        let text = p.read(ran.out.lines().next().unwrap().rsplit_once("content/").map(|(_, f)| format!("content/{f}")).unwrap().as_str());
        let index = text.lines().find_map(|l| l.strip_prefix("index_no: ")).unwrap().to_string();
        assert!(index.ends_with("-00001"), "{index}");
        index[10..14].to_string()
    };
    assert_eq!(p.run(&["new", "policy", "second"]).code, 0);
    assert!(p.read(&format!("content/policies/{year}/second.md")).contains(&format!("index_no: 000014349/{year}-00002")));
    // A year that is named is the folder, not one more folder below this year's.
    assert_eq!(p.run(&["new", "policy", "2019/third"]).code, 0);
    assert!(p.exists("content/policies/2019/third.md"));
}

#[test]
fn an_audit_of_pages_by_another_tool() {
    let p = Project::new("title: x\n");
    p.file("out/index.html", "<html><head><title>首页</title></head><body><h1>a</h1><h3>b</h3><img src=logo.png>\n<a href=\"missing/\">x</a> <a href=\"/sub/\">y</a> <a href=\"sub/#nowhere\">z</a> <a href=\"sub/#here\">ok</a>\n<script src=\"https://cdn.example/x.js\"></script></body></html>")
        .file("out/sub/index.html", "<!doctype html><html lang=\"zh\"><head><title>二</title><meta name=\"description\" content=\"x\"></head><body><main><h1 id=\"here\">a</h1><table><tr><td>1</td></tr></table><a href=\"../#\">up</a></main></body></html>")
        .file("out/gbk.html", b"<html><title>\xc4\xe3\xba\xc3</title>");
    let ran = p.run(&["audit", "out", "--format", "json", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(ran.out[..=ran.out.rfind('}').unwrap()].trim()).unwrap();
    let mut seen: Vec<(String, String)> =
        json["findings"].as_array().unwrap().iter().map(|f| (f["code"].as_str().unwrap().to_string(), f["message"].as_str().unwrap().to_string())).collect();
    seen.sort();
    let has = |code: &str, part: &str| seen.iter().any(|(c, m)| c == code && m.contains(part));
    assert!(has("A11Y001", "no lang") && has("A11Y001", "without alt") && has("A11Y001", "skip") && has("A11Y001", "header cells"), "{seen:#?}");
    assert!(
        has("LNK001", "missing/") && has("LNK001", "logo.png") && has("LNK001", "#nowhere") && has("SEC006", "cdn.example") && has("AUD001", "not UTF-8"),
        "{seen:#?}"
    );
    assert!(!has("LNK001", "#here") && !has("LNK001", "/sub/"), "{seen:#?}");
    assert_eq!(p.run(&["audit", "nothing"]).code, 2);
}

#[test]
fn completions_and_manual() {
    let p = Project::new("title: x\n");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = p.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("hold-back"), "{shell}");
    }
    assert!(p.run(&["man", "--lang", "en"]).out.contains(".TH"));
    assert!(p.run(&["man", "build", "--lang", "en"]).out.contains("hold\\-back"));
    assert_eq!(p.run(&["man", "nothing"]).code, 2);
}
