//! Small portals whose whole output is kept: what a change does to what citizens see stands in its diff.
//!
//! `tests/golden/<name>/` is a project; `<name>.site.txt` holds every file that its build writes (HTML one tag a line, header
//! and footer once, binary files as hashes), `<name>.check.txt` and `.json` what `check` says. `UPDATE_VECTORS=1 cargo test
//! --test suite golden` accepts a change.

use crate::support::{Project, copy_tree, golden, tree};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The project of a portal, in a folder of its own.
fn portal(name: &str) -> Project {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let p = Project::new("");
    copy_tree(&from, p.root());
    p
}

fn hash(bytes: &[u8]) -> String {
    let sum = Sha256::digest(bytes);
    let hex: String = sum.iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("{} bytes, sha256 {hex}…\n", bytes.len())
}

/// A page with each tag and each text on a line of its own. Line breaks in texts are shown as `⏎`.
fn lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len() * 5 / 4);
    let mut text = |t: &str| {
        // Templates break lines between tags; that is no news.
        if !t.is_empty() && t != "\n" {
            out.push_str(&t.replace('\n', "⏎"));
            out.push('\n');
        }
    };
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |i| open + i + 1);
        text(&rest[open..close]);
        rest = &rest[close..];
    }
    text(rest);
    out
}

/// Replaces the part of a page that begins at `from` and ends with `close` by the name of the page that had it first.
fn once(html: &str, from: Option<usize>, close: &str, page: &str, seen: &mut BTreeMap<String, String>) -> String {
    let Some((a, b)) = from.and_then(|a| Some((a, a + html[a..].find(close)? + close.len()))) else { return html.to_string() };
    match seen.get(&html[a..b]) {
        Some(first) => format!("{}[…{close} as in {first}]{}", &html[..a], &html[b..]),
        None => {
            seen.insert(html[a..b].to_string(), page.to_string());
            html.to_string()
        }
    }
}

/// The text with `assets/css/civic.#.css` for `assets/css/civic.1a5f60f4.css`: a change of the theme's own files is seen in
/// the theme, and would touch every page here.
fn unhashed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("assets/") {
        let end = at + rest[at..].find(['"', ' ', '\n', ')', ',']).unwrap_or(rest.len() - at);
        let mut parts: Vec<&str> = rest[at..end].split('.').collect();
        let n = parts.len();
        if n > 2 && parts[n - 2].len() == 8 && parts[n - 2].bytes().all(|b| b.is_ascii_hexdigit()) {
            parts[n - 2] = "#";
        }
        out.push_str(&rest[..at]);
        out.push_str(&parts.join("."));
        rest = &rest[end..];
    }
    out + rest
}

/// All files of a site as one text.
fn readable(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut out = String::new();
    let mut seen = BTreeMap::new();
    for (name, bytes) in files {
        let _ = writeln!(out, "\n=== {}", unhashed(name));
        let ending = name.rsplit('.').next().unwrap_or("");
        // The theme's own files are in the tree already; the manifest is the hashes of all the others.
        let listed = name.starts_with("assets/") || name.starts_with("search/") || name.ends_with("manifest.sha256");
        match std::str::from_utf8(bytes) {
            Ok(text) if ending == "html" => {
                let text = once(text, text.find("<header>"), "</header>", name, &mut seen);
                let text = once(&text, text.rfind("<footer"), "</footer>", name, &mut seen);
                out.push_str(&lines(&unhashed(&text)));
            }
            // Of the theme, and of this program.
            _ if name.starts_with("assets/css/") || name.starts_with("assets/js/") || name.starts_with("search/") && ending == "js" => {}
            Ok(text) if matches!(ending, "xml" | "svg") && !listed => out.push_str(&lines(text)),
            Ok(text) if !listed => {
                out.push_str(text);
                if !text.ends_with('\n') {
                    out.push('\n');
                }
            }
            _ => out.push_str(&hash(bytes)),
        }
    }
    out
}

fn kept(name: &str) {
    let p = portal(name);
    let report = |format: &str| {
        let ran = p.run(&["check", "--format", format]);
        format!("{}{}exit {}\n", ran.out, ran.err, ran.code)
    };
    golden(&format!("tests/golden/{name}.check.txt"), &report("text"));
    golden(&format!("tests/golden/{name}.check.json"), &report("json"));
    let built = p.run(&["build", "--quiet", "--hold-back", "--allow-errors"]);
    assert!(built.code == 0 || name == "broken", "{built:#?}");
    let files = if p.exists("public") { tree(&p.path("public")) } else { BTreeMap::new() };
    golden(&format!("tests/golden/{name}.site.txt"), &readable(&files));
}

#[test]
fn generic_english() {
    kept("generic-en");
}

#[test]
fn chinese_city() {
    kept("city-cn");
}

#[test]
fn chinese_department_strict_below_a_path() {
    kept("department-cn");
}

#[test]
fn tables_of_many_kinds() {
    kept("tables");
}

#[test]
fn three_languages_and_traditional_script() {
    kept("languages");
}

#[test]
fn broken_on_purpose() {
    kept("broken");
}
