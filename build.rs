//! Embeds the default theme, so that an installed binary needs no other file. Its scripts are embedded without what no
//! machine reads; a project's own are published as they are.

#![expect(clippy::disallowed_methods, reason = "a build script, not the product")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let theme = Path::new(&root).join("themes/civic");
    println!("cargo:rerun-if-changed=themes/civic");
    let mut files = Vec::new();
    collect(&theme, &theme, &mut files);
    files.sort();
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut written =
        String::from("/// Scripts of the default theme as they are written, before they were made lean.\npub static WRITTEN: &[(&str, &[u8])] = &[\n");
    for (name, path) in files.iter_mut().filter(|(n, _)| n.ends_with(".js")) {
        writeln!(written, "    ({name:?}, include_bytes!({path:?})),").expect("writing to a string");
        let lean = Path::new(&out).join(name.replace('/', "-"));
        fs::write(&lean, minified(path)).expect("OUT_DIR can be written");
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

/// The script without comments and needless spaces. Its first lines, `//! …`, say what it is, and stay.
fn minified(path: &str) -> String {
    let script = fs::read_to_string(path).expect("a script of the theme");
    let told: String = script.lines().take_while(|l| l.starts_with("//!")).map(|l| format!("{l}\n")).collect();
    let lean = minifier::js::minify(&script).unwrap_or_else(|e| panic!("{path}: {e}"));
    format!("{told}{lean}\n")
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
