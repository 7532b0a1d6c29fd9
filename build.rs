//! Embeds the default theme, so that an installed binary needs no other file. Its scripts and styles are embedded without what no
//! machine reads; a project's own are published as they are.

#![expect(clippy::disallowed_methods, reason = "a build script, not the product")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    source(&root);
    let theme = Path::new(&root).join("themes/civic");
    println!("cargo:rerun-if-changed=themes/civic");
    let mut files = Vec::new();
    collect(&theme, &theme, &mut files);
    files.sort();
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut written = String::from(
        "/// Scripts and styles of the default theme as they are written, before they were made lean.\npub static WRITTEN: &[(&str, &[u8])] = &[\n",
    );
    for (name, path) in files.iter_mut().filter(|(n, _)| n.ends_with(".js") || n.ends_with(".css")) {
        writeln!(written, "    ({name:?}, include_bytes!({path:?})),").expect("writing to a string");
        let lean = Path::new(&out).join(name.replace('/', "-"));
        fs::write(&lean, if name.ends_with(".css") { joined(path) } else { minified(path) }).expect("OUT_DIR can be written");
        *path = lean.to_string_lossy().into_owned();
    }
    let mut code = String::from("/// Files of the default theme: path below `themes/civic`, bytes.\npub static CIVIC: &[(&str, &[u8])] = &[\n");
    for (name, path) in files {
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").expect("writing to a string");
    }
    code.push_str("];\n");
    code.push_str(&written);
    code.push_str("];\n");
    fs::write(Path::new(&out).join("civic.rs"), code).expect("OUT_DIR can be written");
}

/// What `--version` tells: revision, target, features, compiler. No time and no folder, so that the same source gives the same bytes.
fn source(root: &str) {
    println!("cargo:rerun-if-env-changed=SOURCE_REVISION");
    let told = env::var("SOURCE_REVISION").ok().filter(|v| !v.is_empty());
    // A build of every day is not compiled again for each commit: only optimised ones ask git.
    let revision = told.or_else(|| if env::var("PROFILE").is_ok_and(|p| p == "release") { from_git(root) } else { None });
    println!("cargo:rustc-env=BUILD_REVISION={}", revision.as_deref().unwrap_or("unknown"));
    println!("cargo:rustc-env=BUILD_TARGET={}", env::var("TARGET").expect("cargo sets it"));
    let mut features: Vec<String> = env::vars().filter_map(|(k, _)| Some(k.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-"))).collect();
    features.sort();
    println!("cargo:rustc-env=BUILD_FEATURES={}", if features.is_empty() { "default".to_owned() } else { features.join(" ") });
    let rustc = env::var("RUSTC").expect("cargo sets it");
    println!("cargo:rustc-env=BUILD_RUSTC={}", output(&rustc, &["--version"], root).unwrap_or_else(|| "rustc".to_owned()));
}

/// The commit, with `-dirty` where files differ from it. None outside of a checkout of this very project.
fn from_git(root: &str) -> Option<String> {
    let top = output("git", &["rev-parse", "--show-toplevel"], root)?;
    if fs::canonicalize(top).ok()? != fs::canonicalize(root).ok()? {
        return None;
    }
    for name in ["HEAD", "index", "logs/HEAD"] {
        println!("cargo:rerun-if-changed={}", output("git", &["rev-parse", "--path-format=absolute", "--git-path", name], root)?);
    }
    output("git", &["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"], root)
}

/// The first line a program prints. None where it is absent or fails.
fn output(program: &str, args: &[&str], folder: &str) -> Option<String> {
    // Git may not write what it learns into its index: that would call for this script again.
    let made = Command::new(program).args(args).env("GIT_OPTIONAL_LOCKS", "0").current_dir(folder).output().ok().filter(|o| o.status.success())?;
    let line = String::from_utf8(made.stdout).ok()?.lines().next()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The script without comments and needless spaces. Its first lines, `//! …`, say what it is, and stay.
fn minified(path: &str) -> String {
    let script = fs::read_to_string(path).expect("a script of the theme");
    let told: String = script.lines().take_while(|l| l.starts_with("//!")).map(|l| format!("{l}\n")).collect();
    let lean = minifier::js::minify(&script).unwrap_or_else(|e| panic!("{path}: {e}")).to_string();
    // The search is many modules, loaded by whoever asks; nothing else sees the names within them.
    let lean = if path.replace('\\', "/").contains("/assets/search/") { shortened(&inlined(&lean)) } else { lean };
    format!("{told}{lean}\n")
}

/// A piece of a script: a name, a sign, or anything that is copied as it is.
#[derive(Clone, Copy, PartialEq)]
enum Piece<'s> {
    Name(&'s str),
    Sign(&'s str),
    Other(&'s str),
}

static KEYWORDS: &str = " async await break case catch class const constructor continue default delete do else export extends false finally for from function get if import in instanceof let new null of return set static super switch this throw true try typeof undefined var void while yield ";
/// Names that a script may also use as the browser's own.
static GLOBAL: &str =
    " close document event fetch find focus history length location name navigator open origin parent print screen scroll self status stop top window ";

fn listed(list: &str, name: &str) -> bool {
    list.contains(&format!(" {name} "))
}

/// The script with the numbers of its own constants (`const STEP = 256`, in capitals, outside of all brackets) where their names stand.
/// A file with templates stays as it is, and so does a constant that stands alone where an object or a list may have its name.
fn inlined(script: &str) -> String {
    if script.contains('`') {
        return script.to_owned();
    }
    let all = pieces(script);
    let at = |i: usize| all.get(i).map_or(Piece::Sign(""), |p| p.1);
    let capitals = |n: &str| n.bytes().all(|b| b.is_ascii_uppercase());
    let mut found: std::collections::BTreeMap<&str, (usize, &str)> = Default::default();
    let mut depth = 0;
    for i in 0..all.len() {
        match at(i) {
            Piece::Sign("(" | "[" | "{") => depth += 1,
            Piece::Sign(")" | "]" | "}") => depth -= 1,
            Piece::Name("const") if depth == 0 && i.checked_sub(1).map(at) != Some(Piece::Name("export")) => {
                let mut j = i + 1;
                while let (Piece::Name(n), Piece::Sign("="), Piece::Other(v), Piece::Sign(end @ ("," | ";"))) = (at(j), at(j + 1), at(j + 2), at(j + 3)) {
                    if capitals(n) && v.as_bytes()[0].is_ascii_digit() {
                        found.insert(n, (j, v));
                    }
                    j += 4;
                    if end == ";" {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    for i in 0..all.len() {
        let Piece::Name(n) = at(i) else { continue };
        let (before, after) = (i.checked_sub(1).map_or(Piece::Sign(""), at), at(i + 1));
        let alone = matches!(before, Piece::Sign("{" | ",")) && matches!(after, Piece::Sign("," | "}"));
        if found.get(n).is_some_and(|f| f.0 != i) && (alone || matches!(before, Piece::Sign(".")) || matches!(after, Piece::Sign("." | ":" | "("))) {
            found.remove(n);
        }
    }
    let (mut out, mut i) = (String::with_capacity(script.len()), 0);
    while i < all.len() {
        let (gap, piece) = all[i];
        match piece {
            // The declaration itself, with the comma behind it; a `const` of which nothing is left goes too.
            Piece::Name(n) if found.get(n).is_some_and(|f| f.0 == i) => {
                i += if at(i + 3) == Piece::Sign(",") { 4 } else { 3 };
                if at(i) == Piece::Sign(";") {
                    if out.ends_with("const") {
                        out.truncate(out.len() - "const".len());
                        i += 1;
                    } else if out.ends_with(',') {
                        out.pop();
                    }
                }
                continue;
            }
            Piece::Name(n) if found.contains_key(n) => {
                out.push_str(gap);
                out.push_str(found[n].1);
            }
            Piece::Name(s) | Piece::Sign(s) | Piece::Other(s) => {
                // What follows `const` may be another name than it was.
                out.push_str(if out.ends_with("const") && gap.is_empty() { " " } else { gap });
                out.push_str(s);
            }
        }
        i += 1;
    }
    out
}

/// The script with short names in place of those that only this file sees: a module that declares them, and never uses them as names of members.
/// A file with templates stays as it is.
fn shortened(script: &str) -> String {
    if script.contains('`') {
        return script.to_owned();
    }
    let (gaps, all): (Vec<&str>, Vec<Piece<'_>>) = pieces(script).into_iter().unzip();
    let (mut declared, mut kept) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let at = |i: usize| all.get(i).copied().unwrap_or(Piece::Sign(""));
    let sign = |i: usize, s: &str| at(i) == Piece::Sign(s);
    // Names of members, and names that stand for a member and its value in one.
    let (mut member, mut both) = (vec![false; all.len()], vec![false; all.len()]);
    // Where each bracket ends; whether a brace is one of an object or a pattern.
    let (mut ends, mut inside, mut open): (Vec<usize>, Vec<Option<usize>>, Vec<usize>) = (vec![0; all.len()], vec![None; all.len()], Vec::new());
    for i in 0..all.len() {
        inside[i] = open.last().copied();
        match all[i] {
            Piece::Sign("(" | "[" | "{") => open.push(i),
            Piece::Sign(")" | "]" | "}") => {
                if let Some(from) = open.pop() {
                    ends[from] = i;
                }
                inside[i] = open.last().copied();
            }
            _ => {}
        }
    }
    let object = |brace: usize| match brace.checked_sub(1).map(at) {
        Some(Piece::Sign(s)) => matches!(s, "(" | "," | "=" | ":" | "[" | "?" | "&" | "|" | "!" | "."),
        Some(Piece::Name(n)) => matches!(n, "return" | "const" | "let" | "var" | "import" | "export" | "of" | "in" | "default"),
        _ => false,
    };
    for (i, piece) in all.iter().enumerate() {
        if let Piece::Sign("(") = piece {
            let end = ends[i];
            let arrow = sign(end + 1, "=") && sign(end + 2, ">");
            let before = i.checked_sub(1).map(at);
            let called = matches!(before, Some(Piece::Name(n)) if n == "catch" || n == "function" || n == "constructor" || !listed(KEYWORDS, n));
            if arrow || called && sign(end + 1, "{") {
                for j in i + 1..end {
                    if let (Piece::Name(n), Piece::Sign("(" | "," | "[" | "{" | "." | ":")) = (at(j), at(j - 1)) {
                        declared.insert(n);
                    }
                }
            }
        }
        let Piece::Name(name) = piece else { continue };
        let (before, after) = (i.checked_sub(1).map_or(Piece::Sign(""), at), at(i + 1));
        if matches!(*name, "const" | "let" | "var") && after == Piece::Sign("[") {
            declared.extend((i + 2..ends[i + 1]).filter_map(|j| match (at(j), at(j - 1)) {
                (Piece::Name(n), Piece::Sign("[" | "," | ".")) => Some(n),
                _ => None,
            }));
        }
        // Imported and exported.
        if matches!(*name, "import" | "export") {
            match after {
                Piece::Sign("{") => kept.extend((i + 1..ends[i + 1]).filter_map(|j| if let Piece::Name(n) = at(j) { Some(n) } else { None })),
                _ => kept.extend((i + 1..i + 5).filter_map(|j| if let Piece::Name(n) = at(j) { Some(n) } else { None })),
            }
        }
        if listed(KEYWORDS, name) {
            continue;
        }
        if matches!(before, Piece::Name("const" | "let" | "var" | "function" | "class")) || sign(i + 1, "=") && sign(i + 2, ">") {
            declared.insert(*name);
        }
        let own = inside[i].filter(|b| sign(*b, "{")).is_some_and(object);
        let first = matches!(before, Piece::Sign("{" | ",")) || matches!(before, Piece::Name("get" | "set" | "async"));
        if !own && before == Piece::Sign(",") && after == Piece::Sign("=") && !sign(i + 2, "=") {
            declared.insert(*name);
        }
        // A member, a key, a method.
        let spread = i >= 3 && sign(i - 1, ".") && sign(i - 2, ".") && sign(i - 3, ".");
        if before == Piece::Sign(".") && !spread || own && first && matches!(after, Piece::Sign(":" | "(")) {
            member[i] = true;
        } else if own && first && matches!(after, Piece::Sign("," | "}")) {
            both[i] = true;
        } else if own && first && after == Piece::Sign("=") {
            kept.insert(*name);
        }
    }
    let mut uses: std::collections::BTreeMap<&str, usize> = Default::default();
    for (i, piece) in all.iter().enumerate() {
        if let Piece::Name(n) = piece {
            *uses.entry(n).or_default() += usize::from(!member[i]);
        }
    }
    // Of each name the smallest part of the file that has it everywhere: names of parts that have nothing in common may be the same.
    let mut parts: Vec<(usize, usize)> = vec![(0, all.len())];
    for i in 0..all.len() {
        if matches!(all[i], Piece::Sign("(" | "[" | "{")) && ends[i] > i {
            parts.push((i, ends[i]));
        }
        // What stands in brackets before a body, or alone before an arrow, belongs to it.
        let past = if all[i] == Piece::Sign("(") { ends[i] + 1 } else { i + 1 };
        let body = if sign(past, "=") && sign(past + 1, ">") { past + 2 } else { past };
        if sign(body, "{") && (body > past || all[i] == Piece::Sign("(")) {
            parts.push((i, ends[body]));
        }
    }
    let mut spans: std::collections::BTreeMap<&str, (usize, usize)> = Default::default();
    for (i, piece) in all.iter().enumerate().filter(|(i, _)| !member[*i]) {
        if let Piece::Name(n) = piece {
            let span = spans.entry(n).or_insert((i, i));
            span.1 = i;
        }
    }
    let home = |n: &str| {
        let (from, to) = spans[n];
        parts.iter().copied().filter(|(a, b)| *a <= from && to <= *b).min_by_key(|(a, b)| b - a).unwrap_or((0, all.len()))
    };
    let mut names: Vec<(usize, &str)> = declared
        .iter()
        .filter(|n| n.len() > 1 && uses[*n] > 0 && !kept.contains(**n) && !listed(GLOBAL, n) && !listed(KEYWORDS, n))
        .map(|n| (uses[n], *n))
        .collect();
    names.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let one = letters.iter().map(char::to_string);
    let two = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
    let changed: std::collections::BTreeSet<&str> = names.iter().map(|n| n.1).collect();
    let short: Vec<String> = one.chain(two).filter(|s| !listed(KEYWORDS, s)).collect();
    // What every name is called already, where it stays.
    let mut taken: std::collections::BTreeMap<&str, Vec<(usize, usize)>> = Default::default();
    for n in uses.keys().filter(|n| !changed.contains(**n) && spans.contains_key(**n)) {
        taken.entry(n).or_default().push(if declared.contains(n) { home(n) } else { (0, all.len()) });
    }
    let mut to: std::collections::BTreeMap<&str, &str> = Default::default();
    for (_, n) in names {
        let (from, end) = home(n);
        let free = short.iter().find(|s| taken.get(s.as_str()).is_none_or(|homes| homes.iter().all(|(a, b)| *b < from || end < *a)));
        if let Some(s) = free.filter(|s| s.len() < n.len()) {
            taken.entry(s).or_default().push((from, end));
            to.insert(n, s);
        } else {
            taken.entry(n).or_default().push((from, end));
        }
    }
    let mut out = String::with_capacity(script.len());
    for (i, (gap, piece)) in gaps.iter().zip(&all).enumerate() {
        out.push_str(gap);
        match piece {
            Piece::Name(n) if member[i] => out.push_str(n),
            Piece::Name(n) if both[i] && to.contains_key(n) => out.push_str(&format!("{n}:{}", to[n])),
            Piece::Name(n) => out.push_str(to.get(n).unwrap_or(n)),
            Piece::Sign(s) | Piece::Other(s) => out.push_str(s),
        }
    }
    out
}

/// A script in pieces, each with the spaces before it.
fn pieces(script: &str) -> Vec<(&str, Piece<'_>)> {
    let (mut out, mut at, mut gap) = (Vec::new(), 0, 0);
    let bytes = script.as_bytes();
    let mut divides = false;
    while at < bytes.len() {
        let rest = &script[at..];
        let c = bytes[at];
        let len = match c {
            b'"' | b'\'' => 1 + ended(&bytes[at + 1..], c, false),
            b'/' if !divides => 1 + ended(&bytes[at + 1..], b'/', true),
            b'0'..=b'9' => rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len()),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len()),
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        let text = &rest[..len];
        if c.is_ascii_whitespace() {
            at += len;
            continue;
        }
        let space = &script[gap..at];
        match c {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => {
                out.push((space, Piece::Name(text)));
                divides = !listed(KEYWORDS, text) || matches!(text, "this" | "null" | "true" | "false" | "undefined");
            }
            b'"' | b'\'' | b'/' | b'0'..=b'9' if len > 1 || c.is_ascii_digit() => {
                out.push((space, Piece::Other(text)));
                divides = true;
            }
            _ => {
                out.push((space, Piece::Sign(text)));
                divides = matches!(c, b')' | b']' | b'}');
            }
        }
        at += len;
        gap = at;
    }
    out
}

/// Bytes up to the end of a string or a regular expression, with it.
fn ended(bytes: &[u8], with: u8, class: bool) -> usize {
    let (mut i, mut within) = (0, false);
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' if class => within = true,
            b']' if class => within = false,
            c if c == with && !within => return i + 1,
            _ => {}
        }
        i += 1;
    }
    bytes.len()
}

/// The style sheet without comments and line ends: a sixth of its packed bytes, which every first page costs. Nothing within a
/// rule is rewritten, so that no meaning of a space can be lost.
fn joined(path: &str) -> String {
    let style = fs::read_to_string(path).expect("a style sheet of the theme");
    let mut out = String::with_capacity(style.len());
    let mut rest = style.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").unwrap_or_else(|| panic!("{path}: a comment that does not end")).1;
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    format!("{}\n", lines.join(" "))
}

fn collect(base: &Path, dir: &Path, out: &mut Vec<(String, String)>) {
    println!("cargo:rerun-if-changed={}", dir.display());
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(base, &path, out);
        } else if let Ok(name) = path.strip_prefix(base) {
            out.push((name.to_string_lossy().replace('\\', "/"), path.to_string_lossy().into_owned()));
        }
    }
}
