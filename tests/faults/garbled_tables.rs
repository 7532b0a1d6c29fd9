//! Faults of tables and files found by fresh testers on 29 November 2026: garbled text, what spreadsheets make of codes and days,
//! types of JSON, keys in archives.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE};
use clerestory::diag::{Severity, Tongue};
use clerestory::load::Blob;
use clerestory::load::table::customs::{Custom, Told};
use clerestory::load::table::profile::Kind;
use clerestory::load::table::{File, Settings, read};
use std::io::Write as _;

fn of(name: &str, bytes: &[u8], settings: &Settings) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), settings)
}

fn csv(text: &str) -> File {
    of("t.csv", text.as_bytes(), &Settings::default())
}

/// Gravity of a finding whose words hold some.
fn told(file: &File, code: &str, words: &str) -> Option<Severity> {
    let says = |t: &clerestory::diag::Text| t.get(Tongue::En).contains(words);
    file.doubts.iter().find(|d| d.code == code && says(&d.message)).map(|d| d.severity)
}

fn dataset(rest: &str) -> String {
    format!("title: 数据\npublished_at: 2025-01-01\npublisher: office\nlicense: CC-BY-4.0\nfrequency: yearly\naccess_rights: open\ndescription: 说明\n{rest}")
}

fn project(name: &str, bytes: &[u8], rest: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file(&format!("content/datasets/d/{name}"), bytes)
        .file("content/datasets/d/dataset.yaml", dataset(&format!("resources: [{{path: {name}{rest}}}]\n")));
    p
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// What was decoded twice, lost or put together of two encodings is told, and is not published where it is the whole file.
#[test]
fn garbled_text_is_no_data() {
    let text = "地区,名称,数\n甲乙县,人口,1\n丙丁县,户数,2\n戊己县,面积,3\n";
    let latin: String = text.bytes().map(char::from).collect();
    let gbk = encoding_rs::GBK.decode(text.as_bytes()).0.into_owned();
    for (garbled, what) in [(&latin, "windows-1252"), (&gbk, "GBK")] {
        assert_eq!(told(&csv(garbled), "TAB041", what), Some(Severity::Error), "{garbled}");
    }
    assert!(told(&csv(&latin), "TAB041", "\u{201c}地区\u{201d}").is_some());
    for (cell, words) in [("锟斤拷锟斤拷", "lost"), ("甲\u{FFFD}县", "lost"), ("烫烫烫", "lost"), ("a\u{9c}b", "control")] {
        assert!(told(&csv(&format!("地区,数\n{cell},1\n乙,2\n")), "TAB003", words).is_some(), "{cell}");
    }
    assert_eq!(told(&csv("编号,名称\n1,???\n2,??????\n3,????\n"), "TAB003", "question marks"), Some(Severity::Error));
    let utf32: Vec<u8> = "\u{FEFF}地区,数\n𠮷县,1\n".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let both = [text.as_bytes(), &encoding_rs::GBK.encode("辛壬县,户数,4\n癸甲县,人口,5\n").0].concat();
    for (bytes, words) in [(utf32.as_slice(), "UTF-32LE"), (&both, "some lines are UTF-8")] {
        let f = of("t.csv", bytes, &Settings::default());
        assert_eq!((told(&f, "TAB041", words), f.tables.len()), (Some(Severity::Error), 0), "{words}");
    }
    // A few places are told, and hold nothing; what is right is not told.
    assert_eq!(told(&csv(&format!("{text}庚辛县,{},9\n", "户数".bytes().map(char::from).collect::<String>())), "TAB041", "windows-1252"), Some(Severity::Warn));
    for right in [text, "città,n\nForlì,1\nÉtoile,2\n", "a,b\n?,1\n2,3\n", "名称\n濮阳市\n潞城区\n鳌江镇\n"] {
        assert!(!csv(right).doubts.iter().any(|d| matches!(d.code, "TAB041" | "TAB003")), "{right}");
    }
    let p = project("a.csv", latin.as_bytes(), "");
    p.run(&["build", "--quiet", "--hold-back"]);
    assert!(p.codes().contains(&"TAB041".into()) && !p.exists("public/datasets/d/index.html"));
    // Characters that nobody sees, and such as turn a line round.
    let unseen: String = (0..9).map(|i| format!("甲{i},\u{200B}{i}\n")).collect();
    assert_eq!(told(&csv(&format!("名,数\n{unseen}")), "TAB040", "nobody sees"), Some(Severity::Warn));
    let p = project("a.csv", text.as_bytes(), "");
    p.file("content/news/a.md", "---\ntitle: \"甲\\u202e乙\"\npublished_at: 2025-01-01\npublisher: office\n---\n正文。\n");
    assert!(p.codes().contains(&"TXT003".into()));
}

/// Codes, days and ranges that a spreadsheet has changed are told; codes are never numbers.
#[test]
fn what_spreadsheets_spoil() {
    let rows = |f: &dyn Fn(u32) -> String| -> String { (0..12).map(f).collect() };
    let kind = |f: &File| f.tables[0].columns[1].kind;
    let powers = csv(&format!("企业,统一社会信用代码\n{}", rows(&|i| format!("甲{i},9.1330106{i}E+17\n"))));
    assert_eq!((told(&powers, "TAB013", "powers of ten"), kind(&powers)), (Some(Severity::Error), Kind::String));
    let mixed = csv("企业,编码\n甲,A01\n乙,1.2345E+11\n丙,B02\n");
    assert_eq!(told(&mixed, "TAB013", "powers of ten"), Some(Severity::Error));
    let amounts = csv(&format!("年,产值\n{}", rows(&|i| format!("{},1.23{i}E+12\n", 2000 + i))));
    assert_eq!((told(&amounts, "TAB013", "all values"), kind(&amounts)), (Some(Severity::Warn), Kind::Number));
    let long = csv(&format!("单位,订单号\n{}", rows(&|i| format!("甲{i},12345678901234{}000\n", i % 9 + 1))));
    assert_eq!(told(&long, "TAB013", "fifteenth"), Some(Severity::Warn));
    let post = csv("单位,邮编\n甲,10001\n乙,310000\n丙,10010\n");
    assert_eq!(told(&post, "TAB013", "postcodes"), Some(Severity::Warn));
    let serial = csv(&format!("名,登记日期\n{}", rows(&|i| format!("甲{i},{}\n", 45292 + i))));
    assert_eq!((told(&serial, "TAB021", "counts days"), kind(&serial)), (Some(Severity::Warn), Kind::Code));
    assert!(told(&csv("名,登记日期\n甲,45292\n乙,2024-01-02\n丙,2024-01-03\n"), "TAB021", "counts days").is_some());
    assert_eq!(told(&csv("年龄段,数\n0-4,1\n5-Sep,2\nOct-14,3\n15-19,4\n"), "TAB021", "ranges"), Some(Severity::Error));
    assert!(told(&csv("日期,数\n1-Jan,1\n2-Jan,2\n3-Jan,3\n"), "TAB021", "no year").is_some());
    for cell in ["########", "#REF!"] {
        assert!(told(&csv(&format!("名,备注\n甲,好\n乙,{cell}\n")), "TAB008", "errors of a spreadsheet").is_some(), "{cell}");
    }
    let versions = csv("软件,版本\n甲,1.10\n乙,1.2\n丙,1.9\n");
    assert_eq!(kind(&versions), Kind::String);
    let cut: String = (0..65_535).map(|i| format!("{i},{}\n", i % 7)).collect();
    assert!(told(&csv(&format!("a,b\n{cut}")), "TAB012", "are just 65536").is_some());
    // What is right is not told.
    for right in [
        "企业,代码\n甲,91330106\n乙,91330107\n丙,91330108\n",
        "n,质量\n1,6.02E+23\n2,1.5E+3\n3,2.5E-12\n",
        "单位,邮编\n甲,310000\n乙,100001\n丙,010010\n",
        "名,金额\n甲,45292\n乙,45293\n丙,45294\n",
        "名,更新时间\n甲,2024-01-02\n乙,2024-01-03\n丙,2024-01-04\n",
        "月,数\nJan-24,1\nFeb-24,2\nMar-24,3\n",
        "年龄段,数\n0-4,1\n5-9,2\n10-14,3\n",
        "名,代码\n甲,330106000000000000\n乙,330107000000000000\n丙,330108000000000000\n",
        "色,数\n#fff,1\n#000000,2\n#1,3\n",
    ] {
        let f = csv(right);
        assert!(!f.doubts.iter().any(|d| matches!(d.code, "TAB013" | "TAB021" | "TAB008" | "TAB012")), "{right} {:?}", f.doubts);
    }
    // A place of two numbers is none, whatever sign parts them, and so is a list.
    for (word, told) in [("geopoint", Told::Text), ("list", Told::Text), ("array", Told::Text), ("any", Told::Any)] {
        assert_eq!(Told::of(word), Some(told), "{word}");
        let s = Settings { customs: vec![("g".into(), Custom { told: Some(told), ..Custom::default() })], ..Settings::default() };
        let f = of("t.csv", b"id;g\n001;\"90,45\"\n002;\"10,5\"\n003;\"1,2\"\n", &s);
        assert_eq!((f.tables[0].columns[1].kind, f.tables[0].preview[0][1].as_str()), (Kind::String, "90,45"), "{word}");
    }
}

/// Texts of a JSON source are texts in ours, numbers are numbers, and signs for nothing are null.
#[test]
fn json_keeps_what_json_says() {
    let made = |name: &str, text: &str, rest: &str| {
        let p = project(name, text.as_bytes(), rest);
        p.run(&["build", "--quiet"]);
        p.read("public/datasets/d/a/a.json")
    };
    let out = made("a.json", r#"[{"code":"123","v":"1.10","n":1,"t":"true","e":""},{"code":"456","v":"2.20","n":2,"t":"false","e":"x"}]"#, "");
    assert!(out.contains(r#"{"code":"123","v":"1.10","n":1,"t":"true","e":""}"#), "{out}");
    let out = made("a.json", r#"[{"id":12345678901234567890,"k":1},{"id":2,"k":2}]"#, "");
    assert!(out.contains(r#""id":12345678901234567890"#) && out.contains(r#""id":2"#) && out.contains(r#""k":1"#), "{out}");
    let out = made("a.json", r#"[{"a":"1","b":null},{"a":"2","b":""}]"#, ", schema: {fields: [{name: a, type: integer}, {name: b}]}");
    assert!(out.contains(r#""a":1,"b":null"#) && out.contains(r#""a":2,"b":null"#), "{out}");
    let f = of("t.json", br#"[{"a":1},{"a":"1"},{"a":true},{"a":[1,2]}]"#, &Settings::default());
    assert_eq!(told(&f, "TAB008", "several types"), Some(Severity::Warn));
    // A sign for a missing value says nothing of the type, and figures are still computed.
    let f = of("t.json", r#"[{"a":"1.5","b":"x"},{"a":"2.5","b":"—"}]"#.as_bytes(), &Settings::default());
    assert!(told(&f, "TAB008", "several").is_none() && f.tables[0].columns[0].mean == Some(2.0));
    let out = made("a.csv", "年,数,字\n2020,1,—\n2021,—,甲\n2022,…,乙\n2023,,丙\n", "");
    assert_eq!(out.matches(r#""数":null"#).count(), 3, "{out}");
    assert!(out.contains(r#""字":"—""#), "{out}");
    // Nothing in per cent is a number in the copy for Excel too.
    let p = project("a.csv", "年,不满意\n2020,14.5%\n2021,0%\n2022,0.1%\n".as_bytes(), "");
    p.run(&["build", "--quiet"]);
    let excel = p.read("public/datasets/d/a/a.excel.csv");
    assert!(excel.contains("2021,0%"), "{excel}");
}

/// Keys, the history of a project and what is marked as internal do not go out in an archive, an attachment or `static/`.
#[test]
fn keys_do_not_go_out_in_archives() {
    let table = ("甲/数据.csv", "a,b\n1,2\n");
    for (name, held) in [(".git/config", true), ("config/.env", true), ("id_rsa", true), ("Thumbs.db", false), ("db.sql", false), ("名单（内部）.txt", false)]
    {
        let p = project("a.zip", &zip(&[table, (name, "x\n")]), "");
        assert!(p.codes().contains(&"SEC013".into()), "{name}");
        p.run(&["build", "--quiet", "--hold-back"]);
        assert_eq!(p.exists("public/datasets/d/a.zip"), !held, "{name}");
    }
    let p = project("a.zip", &zip(&[table, ("README.txt", "说明\n")]), "");
    assert!(!p.codes().contains(&"SEC013".into()));
    let p = project("名单（内部）.csv", b"a,b\n1,2\n", "");
    assert!(p.codes().contains(&"SEC013".into()));
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-01-01\n---\n正文。\n")
        .file("static/b/web.config", "<add connectionString=\"Server=10.1.2.3;Password=abc\"/>")
        .file("static/c/backup.sql.txt", "INSERT INTO user VALUES (1)")
        .file("static/k/phpinfo.php", "<?php phpinfo();")
        .file("static/d/名单(内部).xlsx.txt", "x")
        .file("static/e.zip", zip(&[(".env", "A=1\n"), ("b.txt", "x\n")]))
        .file("static/f/web.config", "<configuration><system.webServer/></configuration>")
        .file("static/robots.txt", "User-agent: *\nDisallow: /neibu/\n");
    p.run(&["build", "--quiet", "--hold-back"]);
    for name in ["b/web.config", "c/backup.sql.txt", "k/phpinfo.php", "d/名单(内部).xlsx.txt", "e.zip"] {
        assert!(!p.exists(&format!("public/{name}")), "{name}");
    }
    assert!(p.exists("public/f/web.config"));
    assert!(p.read("public/robots.txt").contains("Disallow: /neibu/"));
    assert!(!p.codes().contains(&"URL001".into()));
}

/// A page that says that nothing was found is no data.
#[test]
fn a_saved_error_page_is_no_data() {
    let page = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>";
    let p = project("a.csv", page, ", format: CSV");
    assert!(p.codes().contains(&"TAB002".into()));
    p.run(&["build", "--quiet", "--hold-back"]);
    assert!(!p.exists("public/datasets/d/index.html"));
    // The tables that old systems call .xls open in Excel.
    let p = project("a.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", ", format: XLS");
    p.run(&["build", "--quiet", "--hold-back"]);
    assert!(p.exists("public/datasets/d/index.html"));
}
