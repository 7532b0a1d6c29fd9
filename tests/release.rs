//! What a buyer relies on before any content: the size of the tree, what the program says of itself, examples for CI that run.
#![expect(clippy::disallowed_methods, reason = "tests read the sources")]

use clerestory::cli;
use clerestory::diag::Tongue;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_default_program_is_made_of_at_most_170_crates() {
    let made = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let text = String::from_utf8(made.stdout).unwrap();
    // A crate that was told before is marked `(*)`, a macro `(proc-macro)`.
    let crates: BTreeSet<String> = text.lines().map(|l| l.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect();
    assert!(crates.len() > 50 && crates.iter().any(|c| c.starts_with("clerestory ")), "{crates:?}");
    assert!(crates.len() <= 170, "{} crates: {crates:?}", crates.len());
}

#[test]
fn the_version_names_source_target_features_and_compiler_without_a_folder() {
    let say = |flag: &str| String::from_utf8(Command::new(env!("CARGO_BIN_EXE_clerestory")).arg(flag).output().unwrap().stdout).unwrap();
    let (short, long) = (say("-V"), say("--version"));
    let version = env!("CARGO_PKG_VERSION");
    assert!(short.starts_with(&format!("clerestory {version} (")) && short.lines().count() == 1, "{short}");
    let revision = short.split(['(', ')']).nth(1).unwrap();
    let commit = revision.trim_end_matches("-dirty");
    assert!(revision == "unknown" || commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{revision}");
    assert!(long.starts_with(&format!("clerestory {version}\n")), "{long}");
    assert!(long.contains(&format!("revision: {revision}\n")), "{long}");
    assert!(
        long.contains(&format!("target:   {}", std::env::consts::ARCH)) && long.contains("\nfeatures: ") && long.contains("\ncompiler: rustc 1."),
        "{long}"
    );
    assert!(!long.contains(&*root().to_string_lossy()), "a folder of this machine: {long}");
}

#[test]
fn every_second_version_of_a_crate_is_named_in_deny_toml_and_none_without_need() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let names: Vec<&str> = lock.lines().filter_map(|l| l.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    let deny = fs::read_to_string(root().join("deny.toml")).unwrap();
    let skipped: Vec<&str> = deny.lines().filter_map(|l| l.split("crate = \"").nth(1)?.split('@').next()).collect();
    assert!(!skipped.is_empty());
    for name in skipped {
        assert!(names.iter().filter(|n| **n == name).count() > 1, "{name} has one version; its line in deny.toml can go");
    }
}

/// Every call of the program in a text: its words, up to what ends a command of a shell.
fn calls(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for line in text.lines().filter(|l| !l.trim_start().starts_with('#')) {
        for (at, _) in line.match_indices("clerestory ") {
            let before = line[..at].trim();
            let starts =
                before.is_empty() || before == "-" || before.ends_with("run:") || before.ends_with("then") || before.ends_with("&&") || before.ends_with(';');
            if starts {
                let end = line[at..].find([';', '|', '&']).map_or(line.len(), |e| at + e);
                out.push(line[at..end].split_whitespace().map(str::to_owned).collect());
            }
        }
    }
    out
}

/// Says what of a call the program does not know.
fn unknown(call: &[String]) -> Option<String> {
    cli::command(Tongue::En).try_get_matches_from(call).err().filter(clap_is_fault).map(|e| e.to_string())
}

fn clap_is_fault(e: &clap::Error) -> bool {
    e.use_stderr()
}

#[test]
fn examples_for_ci_are_yaml_and_call_what_there_is() {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("docs/ci")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 3, "{files:?}");
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        valid_yaml(file, &text);
        let calls = calls(&text);
        for call in &calls {
            assert_eq!(unknown(call), None, "{}: {call:?}", file.display());
        }
        let all: Vec<String> = calls.iter().map(|c| c.join(" ")).collect();
        for wanted in ["clerestory check --full", "clerestory build", "clerestory check --links"] {
            assert!(all.iter().any(|c| c.starts_with(wanted)), "{}: no `{wanted}` in {all:?}", file.display());
        }
        assert!(text.contains("sha256sum -c"), "{}: the program is installed unchecked", file.display());
        // No address that somebody could take for a real one.
        for (at, _) in text.match_indices("https://") {
            assert!(text[at..].starts_with("https://downloads.example.org/"), "{}: {}", file.display(), &text[at..].lines().next().unwrap());
        }
        assert!(text.contains("placeholder") && text.contains("占位"), "{}", file.display());
    }
    // The test sees what is wrong.
    let wrong = calls("  - run: clerestory check --no-such\n  - clerestory publish\n");
    assert_eq!(wrong.len(), 2);
    assert!(wrong.iter().all(|c| unknown(c).is_some()));
}

fn valid_yaml(file: &Path, text: &str) {
    let mut depth = 0usize;
    for event in granit_parser::Parser::new_from_str(text) {
        match event {
            Ok((granit_parser::Event::MappingStart(..), _)) => depth += 1,
            Ok(_) => {}
            Err(e) => panic!("{}: {e}", file.display()),
        }
    }
    assert!(depth > 3, "{}: no jobs", file.display());
}
