//! The program as people call it.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clerestory-lake")).args(args).output().unwrap()
}

fn sample() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/datasets/population-age/population-age.csv").to_str().unwrap().to_string()
}

#[test]
fn json_and_text() {
    let out = run(&["profile", &sample(), "--format", "json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let json: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(json["source"], "population-age.csv");
    assert!(json["rows"].as_u64().unwrap() > 10 && json["columns"].as_array().unwrap().len() > 1, "{json}");
    assert!(!String::from_utf8_lossy(&out.stdout).contains(env!("CARGO_MANIFEST_DIR")), "no path of this machine");
    let out = run(&["profile", &sample(), "--time"]);
    assert!(String::from_utf8_lossy(&out.stdout).contains("population-age.csv  csv  files: 1"));
    assert!(String::from_utf8_lossy(&out.stderr).contains("peak"));
    assert_eq!(run(&["profile", "nowhere.csv"]).status.code(), Some(2));
    assert_eq!(run(&["profile", &sample(), "--memory", "much"]).status.code(), Some(2));
}

fn clerestory(args: &[&str]) -> clerestory::cli::Printed {
    let args: Vec<std::ffi::OsString> = std::iter::once("clerestory").chain(args.iter().copied()).map(Into::into).collect();
    let begun = std::time::Instant::now();
    let elapsed = move || begun.elapsed();
    let world = clerestory::cli::World {
        clock: clerestory::Clock { now: "2026-11-29T00:00:00Z".parse().unwrap(), epoch: None, elapsed: &elapsed },
        locale: "en".into(),
        unset: Vec::new(),
        colour: false,
        program: None,
        progress: &|_, _| {},
        notice: &|_| {},
        line: &|_| None,
        answer: &|_| true,
    };
    clerestory::cli::run(&args, &world)
}

fn files(dir: &Path, out: &mut Vec<std::path::PathBuf>) {
    for e in dir.read_dir().unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() { files(&p, out) } else { out.push(p) }
    }
}

/// What is written beside the YAML is shown by a build.
#[test]
fn a_portal_shows_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("content/datasets/trips");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(dir.path().join("site.yaml"), "title: 测试\nbase_url: https://example.org/\n").unwrap();
    let out = run(&["profile", &sample(), "--into", data.to_str().unwrap(), "--address", "https://data.example.org/all.csv"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let told = String::from_utf8(out.stdout).unwrap();
    std::fs::write(data.join("dataset.yaml"), format!("title: 人口\nlicense: CC-BY-4.0\n{told}")).unwrap();
    assert!(data.join("population-age.profile.json").exists() && data.join("population-age.preview.csv").exists());
    let printed = clerestory(&["build", "--root", dir.path().to_str().unwrap()]);
    assert!(printed.code < 2, "{}{}", printed.out, printed.err);
    let mut pages = Vec::new();
    files(&dir.path().join("public/datasets/trips"), &mut pages);
    let all: String = pages.iter().filter(|p| p.extension().is_some_and(|e| e == "html")).map(|p| std::fs::read_to_string(p).unwrap()).collect();
    for part in ["https://data.example.org/all.csv", "population-age.preview.csv", "population-age.profile.json"] {
        assert!(all.contains(part), "{part} is not on the pages of the dataset: {pages:?}");
    }
    // Again: the same bytes.
    let before = std::fs::read(data.join("population-age.profile.json")).unwrap();
    assert!(run(&["profile", &sample(), "--into", data.to_str().unwrap()]).status.success());
    assert_eq!(std::fs::read(data.join("population-age.profile.json")).unwrap(), before);
}

#[test]
fn personal_data_are_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("people.csv");
    let rows: String = (0..50).map(|i| format!("{i},1391234{i:04}\n")).collect();
    std::fs::write(&path, format!("编号,手机\n{rows}")).unwrap();
    let out = run(&["profile", path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&out.stdout).contains("13912340"), "no value of it is told");
    let out = run(&["profile", path.to_str().unwrap(), "--into", dir.path().to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    assert!(!dir.path().join("people.preview.csv").exists());
}
