//! Broken projects as web teams bring them, and all that the program says of each, in both languages.
//!
//! `tests/broken/NAME.txt` holds the files of a project, `NAME.found.txt` what was said. A line `>>> path` begins a file; after the
//! path may stand how it is written: `utf-16`, `gbk`, `bom`, `crlf`, `folder`, `long` (`LONG` in it becomes a word of a million
//! signs), or `-> target` for a link. A line `$ command` before the first file says what is run; without one it is `check`.
//! `UPDATE_VECTORS=1 cargo test --test suite -- broken` accepts a change; read it as the clerk would who gets it.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, golden};
use std::path::Path;

/// The commands and the project of a case.
fn read(text: &str) -> (Vec<Vec<String>>, Project) {
    let project = Project { dir: tempfile::tempdir().expect("a folder") };
    let mut parts = text.split("\n>>> ");
    let head = parts.next().unwrap_or("");
    let commands = head.lines().filter_map(|l| l.strip_prefix("$ ")).map(|l| l.split(' ').map(String::from).collect::<Vec<_>>());
    let mut commands: Vec<Vec<String>> = commands.collect();
    if commands.is_empty() {
        commands.push(vec!["check".into()]);
    }
    for part in parts {
        let (first, body) = part.split_once('\n').unwrap_or((part, ""));
        let (path, how) = first.split_once(' ').unwrap_or((first, ""));
        let body = if body.is_empty() || body.ends_with('\n') { body.to_string() } else { format!("{body}\n") };
        let bytes: Vec<u8> = match how {
            "utf-16" => [0xFF, 0xFE].into_iter().chain(body.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            "gbk" => encoding_rs::GB18030.encode(&body).0.into_owned(),
            "bom" => format!("\u{FEFF}{body}").into_bytes(),
            "crlf" => body.replace('\n', "\r\n").into_bytes(),
            "long" => body.replace("LONG", &"长".repeat(1_000_000)).into_bytes(),
            "folder" => {
                std::fs::create_dir_all(project.path(path)).expect("a folder");
                continue;
            }
            how if how.starts_with("-> ") => {
                let place = project.path(path);
                std::fs::create_dir_all(place.parent().expect("a parent")).expect("folders");
                std::os::unix::fs::symlink(&how[3..], place).expect("a link");
                continue;
            }
            "" => body.into_bytes(),
            other => panic!("{path}: what is {other}?"),
        };
        project.file(path, bytes);
    }
    (commands, project)
}

#[test]
fn broken_projects() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut names: Vec<String> = std::fs::read_dir(dir).expect("the folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|n| n.ends_with(".txt") && !n.ends_with(".found.txt"));
    names.sort();
    assert!(names.len() >= 12);
    for name in names {
        let (commands, p) = read(&std::fs::read_to_string(format!("{}/tests/broken/{name}", env!("CARGO_MANIFEST_DIR"))).expect("reads"));
        let mut got = String::new();
        for command in commands {
            for lang in ["zh", "en"] {
                let mut args = vec!["--lang", lang];
                args.extend(command.iter().map(String::as_str));
                let ran = crate::support::run_as(p.root(), &args);
                let out = (ran.out + &ran.err).replace(&*p.root().to_string_lossy(), "…");
                // Times differ.
                let lines: Vec<&str> = out.lines().filter(|l| !l.contains('→')).collect();
                got.push_str(&format!("$ clerestory {} → {}\n{}\n\n", args.join(" "), ran.code, lines.join("\n")));
            }
        }
        golden(&format!("tests/broken/{}", name.replace(".txt", ".found.txt")), &got);
    }
}
