//! Every table that nobody here wrote, real or broken, as it is read: `tests/vectors/tables.txt` is the golden list.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use clerestory::diag::Tongue;
use clerestory::load::Blob;
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
    for p in &f.personal {
        let _ = writeln!(out, "  PERSONAL {:?} column {} {:?} {} from line {}", p.part, p.column, p.kind, p.cells, p.line);
    }
    for d in &f.doubts {
        let _ = writeln!(out, "  {} {}:{} {}", d.code, d.line, d.column, d.message.get(Tongue::En).escape_debug());
    }
}

#[test]
fn every_real_and_bad_file_is_read_as_it_is() {
    let mut out = String::new();
    let base = shared("data");
    let (mut rows, mut alarms) = (0, 0);
    for folder in FOLDERS {
        let dir = base.join(folder);
        let all = files(&dir);
        assert!(!all.is_empty(), "no files in {folder}");
        for (n, path) in all.into_iter().enumerate() {
            let name = path.strip_prefix(&base).unwrap().display().to_string();
            // The 600 tables of the yearbook are alike: every eighth is told.
            let f = read(&Blob::at(&path), &Settings { format: path.extension().map(|e| e.to_string_lossy().to_uppercase()), ..Settings::default() });
            rows += f.tables.iter().map(|t| t.rows).sum::<u64>();
            alarms += f.personal.iter().map(|p| p.cells).sum::<u64>();
            if *folder != "nbs-annual-A" || n.is_multiple_of(8) {
                tell(&mut out, &name, &f);
            }
        }
    }
    assert!(rows > 50_000 && alarms * 100_000 < rows, "{alarms} false alarms in {rows} rows");
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
        let (a, b) = (read(&Blob::at(&path), &Settings::default()), read(&Blob::at(&copy), &Settings::default()));
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

/// 200 identifiers of each kind, with their check digits, from a fixed sequence.
fn planted() -> Vec<(&'static str, Vec<String>)> {
    let mut n = 7u64;
    let mut next = |below: u64| {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (n >> 33) % below
    };
    let luhn = |d: &str| {
        let sum: u32 = d
            .bytes()
            .rev()
            .enumerate()
            .map(|(i, c)| {
                let x = u32::from(c - b'0');
                if i % 2 == 1 {
                    x
                } else if x > 4 {
                    x * 2 - 9
                } else {
                    x * 2
                }
            })
            .sum();
        (10 - sum % 10) % 10
    };
    let mut out: Vec<(&'static str, Vec<String>)> = ["id", "mobile", "card", "passport", "postal"].into_iter().map(|k| (k, Vec::new())).collect();
    for _ in 0..200 {
        let body = format!("{}0102{}{:02}{:02}{:03}", [11, 33, 44, 51][next(4) as usize], 1950 + next(60), 1 + next(12), 1 + next(28), next(1000));
        let sum: u32 = body.bytes().zip([7u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]).map(|(c, w)| u32::from(c - b'0') * w).sum();
        out[0].1.push(format!("{body}{}", b"10X98765432"[(sum % 11) as usize] as char));
        out[1].1.push(format!("1{}{:09}", 3 + next(7), next(1_000_000_000)));
        let card = format!("6222{:014}", next(100_000_000_000_000));
        out[2].1.push(format!("{card}{}", luhn(&card)));
        out[3].1.push(format!("E{:08}", next(100_000_000)));
        let item = format!("{:08}", next(100_000_000));
        let sum: u32 = item.bytes().zip([8u32, 6, 4, 2, 3, 5, 9, 7]).map(|(c, w)| u32::from(c - b'0') * w).sum();
        let check = match 11 - sum % 11 {
            10 => 0,
            11 => 5,
            n => n,
        };
        out[4].1.push(format!("RR{item}{check}CN"));
    }
    out
}

/// A workbook of one sheet of inline texts.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    use std::io::Write as _;
    let mut sheet = String::from(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#);
    for (r, row) in rows.iter().enumerate() {
        let _ = write!(sheet, "<row r=\"{}\">", r + 1);
        for (c, v) in row.iter().enumerate() {
            let _ = write!(sheet, "<c r=\"{}{}\" t=\"inlineStr\"><is><t>{v}</t></is></c>", (b'A' + c as u8) as char, r + 1);
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

#[test]
fn every_planted_identifier_is_found() {
    let dir = tempfile::tempdir().unwrap();
    for (kind, list) in planted() {
        for told in [true, false] {
            // Alone in a column, and in a sentence of a column of notes.
            let cell = |v: &String| if told || kind == "passport" { v.clone() } else { format!("另见{v}号记录") };
            let rows: Vec<Vec<String>> =
                std::iter::once(vec!["序".into(), "内容".into()]).chain(list.iter().enumerate().map(|(i, v)| vec![i.to_string(), cell(v)])).collect();
            let csv: String = rows.iter().map(|r| r.join(",") + "\n").collect();
            let json = serde_json::to_string(&rows[1..].iter().map(|r| serde_json::json!({ "n": r[0], "t": r[1] })).collect::<Vec<_>>()).unwrap();
            for (name, bytes) in [("p.csv", csv.into_bytes()), ("p.json", json.into_bytes()), ("p.xlsx", workbook(&rows))] {
                let path = dir.path().join(name);
                std::fs::write(&path, bytes).unwrap();
                let f = read(&Blob::at(&path), &Settings::default());
                let got: Vec<(&str, u64)> = f.personal.iter().map(|p| (p.kind.word(), p.cells)).collect();
                assert_eq!(got, [(kind, 200)], "{name} {kind} alone: {told} {:?}", f.doubts);
            }
        }
    }
}

/// No file of a site holds one of the values, also not inside its archives.
fn nowhere(site: &Path, values: &[String]) {
    for (name, bytes) in crate::support::tree(site) {
        let mut all = vec![bytes];
        if name.ends_with(".zip") {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(all[0].clone())).unwrap();
            for i in 0..archive.len() {
                let mut inside = Vec::new();
                std::io::Read::read_to_end(&mut archive.by_index(i).unwrap(), &mut inside).unwrap();
                all.push(inside);
            }
        }
        for v in values {
            assert!(all.iter().all(|b| memchr::memmem::find(b, v.as_bytes()).is_none()), "{v} is in {name}");
        }
    }
}

#[test]
fn planted_identifiers_never_reach_a_site() {
    let lists = planted();
    let values: Vec<String> = lists.iter().flat_map(|(_, l)| l.clone()).collect();
    let head: Vec<String> = std::iter::once("序".to_string()).chain(lists.iter().map(|(k, _)| format!("列{k}"))).collect();
    let rows: Vec<Vec<String>> = std::iter::once(head.clone())
        .chain((0..200).map(|i| std::iter::once(i.to_string()).chain(lists.iter().map(|(_, l)| l[i].clone())).collect()))
        .collect();
    let csv: String = rows.iter().map(|r| r.join(",") + "\n").collect();
    let object = |r: &Vec<String>| serde_json::Value::Object(head.iter().cloned().zip(r.iter().map(|v| v.as_str().into())).collect());
    let json = serde_json::to_string(&rows[1..].iter().map(object).collect::<Vec<_>>()).unwrap();
    for (name, bytes) in [("p.csv", csv.into_bytes()), ("p.json", json.into_bytes()), ("p.xlsx", workbook(&rows))] {
        let p = crate::support::Project::new(crate::support::SITE);
        let yaml = |fields: &str| format!("title: 表\nresources:\n  - {{name: p, title: 表, path: {name}{fields}}}\n");
        p.file("content/datasets/t/dataset.yaml", yaml("")).file(&format!("content/datasets/t/{name}"), bytes);
        let ran = p.run(&["build"]);
        assert!(ran.code == 1 && ran.out.matches("veto[SEC003]").count() == 5 && ran.out.matches("200 cells").count() == 5, "{name}: {}", ran.out);
        assert!(values.iter().all(|v| !ran.out.contains(v)), "{name}: a finding tells what it found");
        assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
        nowhere(&p.path("public"), &values);
        let masks: Vec<String> =
            lists.iter().map(|(k, _)| format!("{{name: 列{k}, mask: {}}}", if matches!(*k, "passport" | "postal") { "all" } else { k })).collect();
        p.file("content/datasets/t/dataset.yaml", yaml(&format!(", schema: {{fields: [{}]}}", masks.join(", "))));
        p.build();
        assert!(p.exists("public/datasets/t/p/p.zip") && !p.exists(&format!("public/datasets/t/{name}")));
        nowhere(&p.path("public"), &values);
    }
}

#[test]
fn files_made_to_break_it_are_told_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let look = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let f = read(&Blob::at(&path), &Settings::default());
        (f.doubts.iter().map(|d| d.code).collect::<Vec<_>>(), f.tables.iter().map(|t| (t.names.len(), t.rows)).collect::<Vec<_>>())
    };
    let head: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
    let row = vec!["1"; 10_000].join(",");
    assert_eq!(look("wide.csv", format!("{}\n{row}\n{row}\n", head.join(",")).as_bytes()).1, [(10_000, 2)]);
    let cell = format!("a,b\n1,\"{}\"\n2,x\n", "字\n".repeat(25 << 20));
    assert_eq!(look("cell.csv", cell.as_bytes()).1, [(2, 2)]);
    drop(cell);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..300 {
        std::io::Write::write_all(&mut gz, &vec![b'a'; 1 << 20]).unwrap();
    }
    assert_eq!(look("bomb.csv.gz", &gz.finish().unwrap()), (vec!["TAB001"], vec![]));
    let whole = workbook(&[vec!["甲".into(), "乙".into()], vec!["1".into(), "2".into()]]);
    assert_eq!(look("whole.xlsx", &whole).1, [(2, 1)]);
    for n in [10, whole.len() / 2, whole.len() - 10] {
        let (codes, tables) = look("cut.xlsx", &whole[..n]);
        assert!(codes.contains(&"TAB001") && tables.is_empty(), "{n} {codes:?}");
    }
    let mut n = 1u64;
    let noise: Vec<u8> = (0..100_000)
        .map(|_| {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (n >> 56) as u8
        })
        .collect();
    for from in 0..20 {
        look("noise.csv", &noise[from * 5000..(from + 1) * 5000]);
    }
    assert_eq!(look("none.csv", b"").0, ["TAB001"]);
    // What cannot be opened is told of the file, and holds its item.
    assert!(read(&Blob::at(dir.path().join("missing.csv")), &Settings::default()).shut.is_some());
}

#[test]
fn the_title_of_a_second_table_goes_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_string()).collect::<Vec<_>>();
    for (title, notes) in [(&["Table 2"][..], 0), (&["表2", "2024年"][..], 0), (&["Source: the office"][..], 1)] {
        let mut rows = vec![row(&["area", "people"]), row(&["A", "5"]), row(&["B", "6"]), row(&[])];
        rows.extend(title.iter().map(|t| row(&[t])));
        rows.extend([row(&[]), row(&["month", "visits", "cost"]), row(&["May", "7", "8"]), row(&["June", "9", "10"])]);
        let path = dir.path().join("t.xlsx");
        std::fs::write(&path, workbook(&rows)).unwrap();
        let file = read(&Blob::at(&path), &Settings::default());
        let found: Vec<(u64, usize)> = file.tables.iter().map(|t| (t.rows, t.notes.len())).collect();
        assert_eq!(found, [(2, notes), (2, 0)], "{title:?}: {:?}", file.doubts);
    }
    // Empty rows among the others are told.
    let path = dir.path().join("e.xlsx");
    std::fs::write(&path, workbook(&[row(&["area", "people"]), row(&["A", "5"]), row(&[]), row(&["B", "6"])])).unwrap();
    let file = read(&Blob::at(&path), &Settings::default());
    assert!(file.doubts.iter().any(|d| d.code == "TAB036" && d.line == 3), "{:?}", file.doubts);
}
