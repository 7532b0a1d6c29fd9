//! Every folder of the shared cases, built in one go: none of them crashes, hangs or is untested.
//!
//! The right values of each case are asserted where its kind is tested (the test names the case); here the findings of all
//! are kept in `tests/vectors/cases.txt`, so that a case that falls silent, or begins to complain, is seen.
#![expect(clippy::disallowed_methods, reason = "tests read files")]

use crate::support::{Project, copy_tree, golden, shared};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A case as a project: a folder that is one, or a dataset put into a portal of the profile `generic`.
fn project(dir: &Path) -> Project {
    let p = Project::new("title: Case\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\n");
    let whole = dir.join("site.yaml").exists();
    copy_tree(dir, &if whole { p.root().to_path_buf() } else { p.path("content/datasets/x") });
    if !whole {
        p.file("content/departments.yaml", "- {id: office, name: Office}\n");
    }
    let _ = fs::remove_file(p.path(if whole { "expected.md" } else { "content/datasets/x/expected.md" }));
    p
}

#[test]
fn every_case_is_built_and_has_a_test_with_its_right_value() {
    let folder = |name: &str| fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let tests: String = folder("tests")
        .chain(folder("tests/faults"))
        .flatten()
        .filter(|e| e.path().extension().is_some_and(|x| x == "rs") && e.file_name() != "cases.rs")
        .map(|e| fs::read_to_string(e.path()).unwrap())
        .collect();
    let mut names: Vec<String> =
        fs::read_dir(shared("cases")).unwrap().flatten().filter(|e| e.path().is_dir()).map(|e| e.file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 52, "{} cases", names.len());
    let mut out = String::new();
    let mut untested = Vec::new();
    for name in &names {
        let p = project(&shared("cases").join(name));
        let start = Instant::now();
        let ran = p.run(&["build", "--format", "json", "--allow-errors", "--hold-back"]);
        assert!(ran.code < 2, "{name}: {ran:#?}");
        assert!(start.elapsed() < Duration::from_secs(120), "{name} took {:?}", start.elapsed());
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{name}: {e}: {ran:#?}"));
        let _ = writeln!(out, "{name}: exit {}", ran.code);
        for f in json["findings"].as_array().unwrap() {
            let place = |k: &str| f[k].as_u64().map_or(String::new(), |n| format!(":{n}"));
            let _ = writeln!(
                out,
                "  {} {} {}{}{}",
                f["severity"].as_str().unwrap(),
                f["code"].as_str().unwrap(),
                f["file"].as_str().unwrap_or("-"),
                place("line"),
                place("column")
            );
        }
        // Those that are alike are gone through by their first words.
        if !(tests.contains(name.as_str()) || name.starts_with("t-miss-") && tests.contains("\"t-miss-")) {
            untested.push(name);
        }
    }
    golden("tests/vectors/cases.txt", &out);
    assert!(untested.is_empty(), "no test names {untested:?}");
}
