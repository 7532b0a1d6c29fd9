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
    let lean = minifier::js::minify(&script).unwrap_or_else(|e| panic!("{path}: {e}"));
    format!("{told}{lean}\n")
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
