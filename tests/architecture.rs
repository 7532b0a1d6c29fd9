//! The guards of the architecture.
#![expect(clippy::disallowed_methods, reason = "tests read the sources")]

use std::fs;
use std::path::Path;

#[test]
fn unsafe_is_forbidden_and_nothing_is_left_open() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["src/lib.rs", "src/main.rs"] {
        assert!(fs::read_to_string(root.join(file)).unwrap().contains("#![forbid(unsafe_code)]"), "{file}");
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for lint in ["iter_over_hash_type", "print_stdout", "disallowed_methods", "unsafe_code"] {
        assert!(manifest.contains(lint), "{lint}");
    }
}

#[test]
fn every_registry_entry_is_explained_in_both_languages() {
    use clerestory::diag::Tongue;
    for profile in [clerestory::config::Profile::Generic, clerestory::config::Profile::CnGovStrict] {
        for (zh, en) in clerestory::explain::entries(profile, Tongue::Zh).iter().zip(clerestory::explain::entries(profile, Tongue::En)) {
            assert_eq!(zh.code, en.code);
            assert!(zh.title != en.title && zh.explain != en.explain && zh.explain.chars().count() > 10 && en.explain.len() > 20, "{}", zh.code);
            assert!(en.explain.is_ascii() || en.explain.chars().filter(|c| !c.is_ascii()).count() < 60, "{}: Chinese in the English text", en.code);
        }
    }
    let generic: Vec<_> = clerestory::explain::entries(clerestory::config::Profile::Generic, Tongue::En).iter().map(|e| e.code).collect();
    assert!(!generic.contains(&"POL001") && !generic.contains(&"MET001"), "Chinese rules appear under generic");
}

#[test]
fn every_dependency_has_its_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let decisions = fs::read_to_string(root.join("docs/decisions/dependencies.md")).unwrap();
    let list = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for line in list.lines().filter(|l| l.contains('=')) {
        let name = line.split('=').next().unwrap().trim();
        assert!(decisions.contains(&format!("`{name}`")), "docs/decisions/dependencies.md says nothing of {name}");
    }
    for name in ["serde_yaml", "minijinja", "elasticlunr-rs", "comrak", "serde-saphyr"] {
        assert!(decisions.contains(name), "docs/decisions says nothing of {name}");
    }
}

#[test]
fn messages_exist_in_all_languages() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/i18n");
    let keys = |tag: &str| -> Vec<String> {
        fs::read_to_string(dir.join(format!("{tag}.yaml")))
            .unwrap()
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split(": ").next().unwrap().to_string())
            .collect()
    };
    let want = keys("zh-Hans");
    assert!(want.len() > 100);
    for tag in ["zh-Hant", "en"] {
        assert_eq!(keys(tag), want, "{tag}");
    }
}

/// What opens the network, or starts what does, and the files that may name it.
#[test]
fn the_network_is_opened_in_one_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let signs = ["reqwest", "object_store", "TcpStream::connect", "UdpSocket", "ToSocketAddrs", "Command::new(\"curl\")", "Command::new(\"ssh"];
    // `serve` answers browsers; it asks nobody.
    let allowed = |p: &str| p == "src/online.rs" || p.starts_with("src/online/") || p.starts_with("src/write/deploy");
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(root.join("src")).into_iter().flatten().filter(|e| e.path().extension().is_some_and(|x| x == "rs")) {
        let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(entry.path()).unwrap();
        let code: Vec<&str> = text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().map(|l| l.split("//").next().unwrap_or(l)).collect();
        for sign in signs.iter().filter(|s| code.iter().any(|l| l.contains(**s) && !l.contains("\"aria2\""))) {
            assert!(allowed(&path), "{path} names {sign}");
            seen += 1;
        }
    }
    assert!(seen >= 3, "the signs are no longer found where they are allowed");
    // What asks by address is called by commands, by no stage of a build.
    for stage in ["pipeline", "load", "model", "tables", "render", "check", "derive", "index", "audit"] {
        for entry in walkdir::WalkDir::new(root.join("src").join(stage)).into_iter().flatten().filter(|e| e.path().is_file()) {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            assert!(!text.contains("online::fetch") && !text.contains("online::pages"), "{}", entry.path().display());
        }
    }
}
