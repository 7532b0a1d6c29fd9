//! A site in parts: each department's pages built apart, put together to the bytes of one build; what does not fit is refused.
#![expect(clippy::disallowed_methods, reason = "tests make, copy and change files")]

use crate::support::{Project, copy_tree, tree};
use std::fs;
use std::path::Path;

/// A golden portal with its departments.
fn portal(name: &str) -> (Project, Vec<String>) {
    let p = Project::new("");
    copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name), p.root());
    let text = p.read("content/departments.yaml");
    let ids = text.lines().filter_map(|l| l.split_once("id: ")).map(|(_, r)| r.split([',', '}']).next().unwrap_or(r).trim().to_string());
    let ids: Vec<String> = ids.collect();
    (p, ids)
}

fn build_parts(p: &Project, ids: &[String], more: &[&str]) -> Vec<String> {
    let one = |id: &String| {
        let ran = p.run(&[&["build", "--allow-errors", "--hold-back", "--quiet", "--part", id], more].concat());
        assert_eq!(ran.code, 0, "{ran:#?}");
        format!("parts/{id}")
    };
    ids.iter().map(one).collect()
}

fn merge(p: &Project, parts: &[String], more: &[&str]) -> crate::support::Ran {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    p.run(&[&["merge", "--allow-errors", "--hold-back", "--quiet"][..], more, &parts].concat())
}

fn same(p: &Project, a: &str, b: &str) {
    let (a, b) = (tree(&p.path(a)), tree(&p.path(b)));
    let differ = |p: &&String| a.get(*p) != b.get(*p);
    assert_eq!(a.keys().chain(b.keys()).filter(differ).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn parts_are_put_together_to_the_bytes_of_one_build() {
    for name in ["city-cn", "tables"] {
        let (p, ids) = portal(name);
        assert_eq!(p.run(&["build", "--allow-errors", "--hold-back", "--quiet", "--out", "whole"]).code, 0);
        let mut parts = build_parts(&p, &ids, &[]);
        // A part holds its own pages alone, and no page of the whole site.
        let made = parts.iter().filter(|d| tree(&p.path(d)).keys().any(|f| f.ends_with(".html"))).count();
        assert!(made > 0 && parts.iter().all(|d| !p.exists(&format!("{d}/index.html"))), "{name}");
        let ran = merge(&p, &parts, &["--out", "one"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        same(&p, "whole", "one");
        parts.reverse();
        assert_eq!(merge(&p, &parts, &["--out", "two"]).code, 0);
        same(&p, "whole", "two");
    }
}

#[test]
fn a_signed_site_in_parts_has_the_same_log() {
    let (p, ids) = portal("tables");
    let key = "../key-of-parts";
    let _ = fs::remove_file(p.path(key));
    assert_eq!(p.run(&["keygen", key]).code, 0);
    let first = p.run(&["build", "--allow-errors", "--hold-back", "--quiet", "--key", key, "--out", "before"]);
    assert_eq!(first.code, 0, "{first:#?}");
    let signed = ["--key", key, "--previous", "before"];
    let parts = build_parts(&p, &ids, &signed);
    // Without the same log nothing is put together.
    let ran = merge(&p, &parts, &["--key", key, "--out", "one"]);
    assert!(ran.code == 2 && ran.err.contains("goes on from another log"), "{ran:#?}");
    assert_eq!(p.run(&[&["build", "--allow-errors", "--hold-back", "--quiet", "--out", "whole"][..], &signed].concat()).code, 0);
    let ran = merge(&p, &parts, &[&signed[..], &["--out", "one"]].concat());
    assert_eq!(ran.code, 0, "{ran:#?}");
    same(&p, "whole", "one");
    let _ = fs::remove_file(p.path(key));
}

#[test]
fn what_does_not_fit_together_is_refused_and_named() {
    let (p, ids) = portal("city-cn");
    let parts = build_parts(&p, &ids, &[]);
    let refused = |parts: &[String], more: &[&str], words: &str| {
        let ran = merge(&p, parts, &[&["--out", "one"], more].concat());
        assert!(ran.code == 2 && ran.err.contains(words) && !p.exists("one"), "{words}: {ran:#?}");
    };
    let full = parts[0].clone();
    let id = full.strip_prefix("parts/").expect("below parts").to_string();
    let without: Vec<String> = parts.iter().filter(|d| **d != full).cloned().collect();
    refused(&without, &[], &format!("parts of these departments are missing: `{id}`"));
    copy_tree(&p.path(&full), &p.path("again"));
    refused(&[&parts[..], &["again".to_string()]].concat(), &[], &format!("the department `{id}` is in two parts"));
    refused(&parts, &["--as-of", "2031-01-01"], "give all parts and merge the same --as-of");
    refused(&parts, &["--base-url", "https://elsewhere.example/"], "was made of other content, theme or settings");
    refused(&["content".to_string()], &[], "content is no part");
    // A file that was changed, one that went.
    let page = tree(&p.path(&full)).into_keys().find(|f| f.ends_with(".html")).expect("a page");
    let path = p.path(&format!("{full}/{page}"));
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, [&bytes[..], b" "].concat()).unwrap();
    refused(&parts, &[], &format!("`{page}` of {full} was changed after it was built"));
    fs::remove_file(&path).unwrap();
    refused(&parts, &[], &format!("{full} lacks its file `{page}`"));
    fs::write(&path, bytes).unwrap();
    // The content went on.
    let departments = p.read("content/departments.yaml");
    p.file("content/departments.yaml", format!("{departments}# One comment more.\n"));
    refused(&parts, &[], "was made of other content, theme or settings");
    p.file("content/departments.yaml", departments);
    assert_eq!(merge(&p, &parts, &["--out", "one"]).code, 0);
    // A part is no site, a site is no place for a part, and a department must be known.
    let ran = p.run(&["deploy", "www", "--site", &full]);
    assert!(ran.code == 2 && ran.err.contains("only a part of a site") && !p.exists("www"), "{ran:#?}");
    let ran = p.run(&["build", "--part", &id, "--out", "one"]);
    assert!(ran.code == 2 && ran.err.contains("this is a whole site") && p.exists("one/index.html"), "{ran:#?}");
    let ran = p.run(&["build", "--allow-errors", "--part", "nobody-here"]);
    assert!(ran.code == 2 && ran.err.contains("there is no department `nobody-here`"), "{ran:#?}");
    // Several departments in one part.
    let all = ids.join(",");
    assert_eq!(p.run(&["build", "--allow-errors", "--hold-back", "--quiet", "--part", &all, "--out", "together"]).code, 0);
    assert_eq!(merge(&p, &["together".to_string()], &["--out", "three"]).code, 0);
    same(&p, "one", "three");
}
