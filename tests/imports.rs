//! Who names whom: read from the sources, file by file.
//!
//! `cargo test --test suite -- imports --nocapture` prints the graph: the modules in the order of the data, what each names,
//! arrows against the order, and circles of files.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a test that reads the sources and tells what it saw")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The modules in the order of the data: each may name those before it only. `lib` is the items of `lib.rs` itself.
const ORDER: &[&str] = &[
    "personal",
    "diag",
    "calendar",
    "schema",
    "types",
    "load",
    "config",
    "model",
    "tables",
    "catalog",
    "fix",
    "check",
    "derive",
    "indicators",
    "route",
    "visits",
    "output",
    "trust",
    "parts",
    "theme",
    "index",
    "render",
    "write",
    "audit",
    "explain",
    "verdict",
    "online",
    "outside",
    "owners",
    "run",
    "gate",
    "pipeline",
    "lib",
    "scaffold",
    "import",
    "serve",
    "mcp",
    "cli",
    "main",
];

/// A file's text without comments, texts and its unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    text.lines().map(|l| l.split("//").next().unwrap_or(l)).collect::<Vec<_>>().join("\n")
}

/// `a::{b, c::{d, e}}` is `a::b`, `a::c::d`, `a::c::e`.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, rest)) = tree.split_once('{') else { return vec![tree.split(" as ").next().unwrap_or(tree).trim().to_string()] };
    let inner = rest.rsplit_once('}').map_or(rest, |(i, _)| i);
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (i, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[from..]);
    parts.iter().filter(|p| !p.trim().is_empty()).flat_map(|p| expand(&format!("{}{}", before.trim(), p.trim()))).collect()
}

struct Graph {
    /// Files as modules, `load::table::layout`, each with the modules that it names.
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn read() -> Graph {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut texts = BTreeMap::new();
        for e in walkdir::WalkDir::new(&src).into_iter().flatten().filter(|e| e.path().extension().is_some_and(|x| x == "rs")) {
            let rel = e.path().strip_prefix(&src).unwrap().with_extension("").to_string_lossy().replace(['/', '\\'], "::");
            texts.insert(rel.strip_suffix("::mod").unwrap_or(&rel).to_string(), code(&fs::read_to_string(e.path()).unwrap()));
        }
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let path = regex::Regex::new(r"\b(?:crate|super|self)(?:::\w+)+").unwrap();
        for (module, text) in &texts {
            let mut paths: Vec<String> = path.find_iter(text).map(|m| m.as_str().to_string()).collect();
            for part in text.split(";").filter_map(|s| s.rsplit_once("use ").map(|(_, p)| p)) {
                paths.extend(expand(&part.replace('\n', " ")));
            }
            let found = paths.iter().filter_map(|p| resolve(module, p, &texts)).filter(|m| m != module).collect();
            names.insert(module.clone(), found);
        }
        Graph { names }
    }

    /// Arrows between modules of the first level.
    fn tops(&self) -> BTreeSet<(String, String)> {
        let top = |m: &str| m.split("::").next().unwrap().to_string();
        self.names.iter().flat_map(|(m, list)| list.iter().map(move |n| (top(m), top(n)))).filter(|(a, b)| a != b).collect()
    }

    /// Files that name each other around. A module and what lies below it are one family: that they name each other is no circle.
    fn circles(&self) -> Vec<Vec<&str>> {
        let family = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|r| r.starts_with("::")) || a.strip_prefix(b).is_some_and(|r| r.starts_with("::"));
        let next = |m: &str| self.names.get(m).into_iter().flatten().map(String::as_str).filter(|n| !family(m, n) && *n != "lib").collect::<Vec<_>>();
        let reach: BTreeMap<&str, BTreeSet<&str>> = self
            .names
            .keys()
            .map(|m| {
                let (mut seen, mut todo) = (BTreeSet::new(), next(m));
                while let Some(n) = todo.pop() {
                    if let Some((n, _)) = self.names.get_key_value(n)
                        && seen.insert(n.as_str())
                    {
                        todo.extend(next(n));
                    }
                }
                (m.as_str(), seen)
            })
            .collect();
        let mut out: Vec<Vec<&str>> = Vec::new();
        for (m, seen) in reach.iter().filter(|(m, seen)| seen.contains(*m)) {
            if !out.iter().any(|c| c.contains(m)) {
                out.push(reach.iter().filter(|(n, s)| seen.contains(*n) && s.contains(m)).map(|(n, _)| *n).collect());
            }
        }
        out
    }
}

/// The file that a path names, seen from a module: the longest beginning that is one, else an item of `lib`.
fn resolve(module: &str, path: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut base: Vec<&str> = module.split("::").filter(|m| !["lib", "main"].contains(m)).collect();
    match parts.first().copied() {
        Some("crate") => base.clear(),
        Some("clerestory") if module == "main" => base.clear(),
        Some("self") => {}
        Some("super") => {
            while parts.get(1) == Some(&"super") {
                parts.remove(0);
                base.pop();
            }
            base.pop();
        }
        _ => return None,
    }
    base.extend(&parts[1..]);
    let file = (1..=base.len()).rev().map(|n| base[..n].join("::")).find(|m| files.contains_key(m));
    Some(file.unwrap_or_else(|| "lib".to_string()))
}

#[test]
fn no_module_names_a_later_one_and_no_files_go_around() {
    let graph = Graph::read();
    let rank = |m: &str| ORDER.iter().position(|o| *o == m).unwrap_or_else(|| panic!("add the module {m} to ORDER"));
    let tops = graph.tops();
    for m in ORDER {
        let named: Vec<&str> = tops.iter().filter(|(a, _)| a == m).map(|(_, b)| b.as_str()).collect();
        println!("{m} -> {}", named.join(" "));
    }
    let arrows: usize = graph.names.values().map(BTreeSet::len).sum();
    // `lib` declares every module; as a file it names only what it calls.
    let against: Vec<&(String, String)> = tops.iter().filter(|(a, b)| rank(b) > rank(a)).collect();
    let circles = graph.circles();
    println!("files {}, arrows {arrows}, against the order {against:?}, circles {circles:#?}", graph.names.len());
    assert!(arrows > 600, "the reading of paths found only {arrows}");
    for (a, b) in &against {
        for (m, list) in graph.names.iter().filter(|(m, _)| m.split("::").next() == Some(a)) {
            for n in list.iter().filter(|n| n.split("::").next() == Some(b)) {
                println!("  {m} names {n}");
            }
        }
    }
    assert!(against.is_empty(), "arrows against the order: {against:?}");
    assert!(circles.is_empty(), "circles: {circles:#?}");
}
