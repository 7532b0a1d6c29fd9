//! Every table that nobody here wrote, real or broken, as it is read: `tests/vectors/tables.txt` is the golden list.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use clerestory::diag::Tongue;
use clerestory::load::table::{File, Settings, read};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::support::shared;

/// Folders whose files are tables, or should have been.
const FOLDERS: &[&str] = &[
    "gbk-nbs-exports",
    "cn-admin-divisions",
    "datapackages",
    "hk-trilingual-json",
    "tw-calendar",
    "tw-catalogues",
    "bad-csv-spectrum/csvs",
    "bad-csv-messytables/horror",
    "nbs-annual-A",
];

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()).collect();
    out.retain(|p| !p.file_name().is_some_and(|n| n == "SOURCE.md" || n == "README.md" || n == "datapackage.yml"));
    out.sort();
    out
}

fn tell(out: &mut String, name: &str, f: &File) {
    let wrap = f.wrap.map_or(String::new(), |w| format!(" in {w:?}"));
    let _ = writeln!(out, "## {name}: {}{wrap}", f.format.name());
    for t in &f.tables {
        let part = t.part.as_ref().map_or(String::new(), |p| format!("“{p}” "));
        let delimiter = t.delimiter.map_or(String::new(), |d| format!(" {d:?}"));
        let _ = writeln!(out, "  {part}{} rows, {} columns, {}{delimiter}", t.rows, t.names.len(), t.encoding);
        for (c, p) in t.columns.iter().enumerate().take(8) {
            let unit = t.units.get(c).cloned().flatten().map_or(String::new(), |u| format!(" [{u}]"));
            let range = p.min.as_ref().map_or(String::new(), |m| format!(" {m}..{}", p.max.as_deref().unwrap_or("")));
            let regions = if p.regions { " regions" } else { "" };
            let _ = writeln!(out, "    {}{unit}: {:?} nulls {} distinct {}{range}{regions}", t.names[c].escape_debug(), p.kind, p.nulls, p.distinct);
        }
        for (label, list) in [("above", &t.preamble), ("below", &t.notes)] {
            for l in list {
                let _ = writeln!(out, "    {label}: {}", l.chars().take(60).collect::<String>().escape_debug());
            }
        }
        if t.unit.is_some() || t.indicator.is_some() {
            let _ = writeln!(out, "    measures {:?} in {:?}", t.indicator.as_deref().unwrap_or(""), t.unit.as_deref().unwrap_or(""));
        }
        if !t.periods.is_empty() {
            let _ = writeln!(out, "    periods {}..{}", t.periods[0].1, t.periods[t.periods.len() - 1].1);
        }
        if let Some(r) = t.preview.first() {
            let _ =
                writeln!(out, "    first: {}", r.iter().take(6).map(|c| c.chars().take(30).collect::<String>()).collect::<Vec<_>>().join(" | ").escape_debug());
        }
    }
    for (t, c, kind, n, line) in &f.personal {
        let _ = writeln!(out, "  PERSONAL table {t} column {} {kind:?} {n} from line {line}", c + 1);
    }
    for d in &f.doubts {
        let _ = writeln!(out, "  {} {}:{} {}", d.code, d.line, d.column, d.message.get(Tongue::En).escape_debug());
    }
}

#[test]
fn every_real_and_bad_file_is_read_as_it_is() {
    let mut out = String::new();
    let base = shared("data");
    let mut rows = 0;
    for folder in FOLDERS {
        let dir = base.join(folder);
        let all = files(&dir);
        assert!(!all.is_empty(), "no files in {folder}");
        for path in all {
            let name = path.strip_prefix(&base).unwrap().display().to_string();
            // The 600 tables of the yearbook are alike: every eighth is told.
            let f = read(&path, &Settings { format: path.extension().map(|e| e.to_string_lossy().to_uppercase()), ..Settings::default() });
            rows += f.tables.iter().map(|t| t.rows).sum::<u64>();
            if *folder != "nbs-annual-A" || rows % 8 == 0 {
                tell(&mut out, &name, &f);
            }
        }
    }
    crate::support::golden("tests/vectors/tables.txt", &out);
}

#[test]
fn the_gbk_exports_equal_their_utf8_copies() {
    let dir = tempfile::tempdir().unwrap();
    for path in files(&shared("data/gbk-nbs-exports")) {
        let bytes = std::fs::read(&path).unwrap();
        let (text, _, bad) = encoding_rs::GB18030.decode(&bytes);
        assert!(!bad);
        let copy = dir.path().join("copy.csv");
        std::fs::write(&copy, text.as_bytes()).unwrap();
        let (a, b) = (read(&path, &Settings::default()), read(&copy, &Settings::default()));
        assert_eq!((a.tables[0].encoding, b.tables[0].encoding), ("GB18030", "UTF-8"));
        let json = |f: &File| {
            let mut v = serde_json::to_value(&f.tables[0]).unwrap();
            v["encoding"] = "".into();
            v
        };
        assert_eq!(json(&a), json(&b), "{}", path.display());
        let t = &a.tables[0];
        assert_eq!((t.rows, t.names[0].as_str(), t.preamble.len(), t.columns[0].regions), (31, "地区", 3, true));
        assert!(t.unit.is_some() && t.indicator.is_some() && t.notes.len() >= 2 && t.notes.last().unwrap().starts_with("数据来源"));
    }
}
