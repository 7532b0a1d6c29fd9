//! Personal data and marks in places that were missed, and what was not read of `static/` (issue 13).

#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

use crate::support::{Project, SITE_CN};
use std::io::Write as _;

/// Numbers that are nobody's: the check digit of the first holds.
const ID: &str = "11010519491231002X";
const MOBILE: &str = "13857487814";

/// Findings of secrets as (code, file, message).
fn told(p: &Project) -> Vec<(String, String, String)> {
    let ran = p.run(&["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
    let all = json["findings"].as_array().unwrap().iter().map(|f| (text(&f["code"]), text(&f["file"]), text(&f["message"])));
    all.filter(|f| f.0.starts_with("SEC")).collect()
}

/// Codes of the findings about a file.
fn of<'a>(all: &'a [(String, String, String)], file: &str) -> Vec<&'a str> {
    all.iter().filter(|f| f.1.ends_with(file)).map(|f| f.0.as_str()).collect()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text).unwrap();
    }
    z.finish().unwrap().into_inner()
}

fn each(tag: &str, number: &str) -> String {
    number.chars().map(|c| format!("<{tag}>{c}</{tag}>")).collect()
}

#[test]
fn a_number_in_pieces_is_found_whatever_elements_it_is_in() {
    let p = Project::new(SITE_CN);
    let news = |name: &str, body: &str| {
        p.file(&format!("content/news/{name}.md"), format!("---\ntitle: 甲{name}\n---\n{body}\n"));
    };
    for tag in ["div", "p"] {
        news(&format!("id-{tag}"), &each(tag, ID));
        news(&format!("mobile-{tag}"), &format!("联系电话：\n\n{}", each(tag, MOBILE)));
        news(&format!("groups-{tag}"), &format!("<{tag}>110105</{tag}>\n<{tag}>19491231</{tag}><{tag}>002X</{tag}>"));
        news(&format!("three-{tag}"), &format!("<{tag}>138</{tag}><{tag}>5748</{tag}><{tag}>7814</{tag}>"));
        // Figures: a sum that does not hold, a table, four of them.
        news(&format!("sum-{tag}"), &format!("<{tag}>110105</{tag}><{tag}>19491231</{tag}><{tag}>0021</{tag}>"));
        news(&format!("four-{tag}"), &format!("<{tag}>138</{tag}><{tag}>5748</{tag}><{tag}>7814</{tag}><{tag}>22</{tag}>"));
    }
    let svg = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}</svg>");
    p.file("static/text.svg", svg(&ID.chars().enumerate().map(|(i, c)| format!("<text x=\"{i}\">{c}</text>\n")).collect::<String>()));
    p.file("static/groups.svg", svg("<text x=\"1\">110105</text>\n<text x=\"9\">19491231</text>\n<text x=\"9\">002X</text>"));
    p.file("static/tspan.svg", svg(&format!("<text>{}</text>", each("tspan", MOBILE))));
    p.file("static/page.html", "<!doctype html><title>x</title><table><tr><td>138</td><td>5748</td><td>7814</td></tr></table>");
    let all = told(&p);
    for tag in ["div", "p"] {
        assert_eq!(of(&all, &format!("/id-{tag}.md")), ["SEC003"], "{all:#?}");
        assert_eq!(of(&all, &format!("/groups-{tag}.md")), ["SEC003"], "{all:#?}");
        assert_eq!(of(&all, &format!("/mobile-{tag}.md")), ["SEC010"], "{all:#?}");
        assert_eq!(of(&all, &format!("/three-{tag}.md")), ["SEC010"], "{all:#?}");
        assert_eq!(of(&all, &format!("/sum-{tag}.md")), [""; 0], "{all:#?}");
        assert_eq!(of(&all, &format!("/four-{tag}.md")), [""; 0], "{all:#?}");
    }
    assert_eq!(of(&all, "text.svg"), ["SEC003"], "{all:#?}");
    assert_eq!(of(&all, "groups.svg"), ["SEC003"], "{all:#?}");
    // Pieces of one line are one number to whoever sees it.
    assert_eq!(of(&all, "tspan.svg"), ["SEC003"], "{all:#?}");
    assert_eq!(of(&all, "page.html"), [""; 0], "{all:#?}");
    // A drawing has no table that its text would stand outside of.
    assert!(all.iter().all(|f| !f.2.contains("outside any table")), "{all:#?}");
}

#[test]
fn cards_and_calendars_are_read_as_people_read_them() {
    let p = Project::new(SITE_CN);
    let card = |name: &str, lines: &str| {
        p.file(&format!("static/{name}.vcf"), format!("BEGIN:VCARD\r\nVERSION:2.1\r\n{lines}\r\nEND:VCARD\r\n"));
    };
    card("some", "TEL;CELL;ENCODING=QUOTED-PRINTABLE:138=35748=37814");
    card("all", "TEL;CELL;ENCODING=QUOTED-PRINTABLE:=31=33=38=35=37=34=38=37=38=31=34");
    card("lines", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=BA=AB=E4=BB=BD=E8=AF=81 110105=\r\n19491231=\r\n002X");
    card("folded", "TEL;TYPE=CELL:13857\r\n 487814");
    // 身份证11010519491231002X
    card("base64", "NOTE;ENCODING=b:6Lqr5Lu96K+BMTEwMTA1MTk0OTEyMzEwMDJY");
    card("mark", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9C=BA=E5=AF=86=E2=98=8510=E5=B9=B4");
    card("office", "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=94=B2=E5=B1=80\r\nTEL;WORK:0598-8881234");
    let all = told(&p);
    for name in ["some", "all", "lines", "folded", "base64"] {
        assert_eq!(of(&all, &format!("{name}.vcf")), ["SEC003"], "{name}: {all:#?}");
    }
    assert_eq!(of(&all, "mark.vcf"), ["SEC002"], "{all:#?}");
    assert_eq!(of(&all, "office.vcf"), [""; 0], "{all:#?}");
}

#[test]
fn a_text_in_utf_7_is_read() {
    let p = Project::new(SITE_CN);
    // 手机 13857487814, 机密★10年, 身份证
    p.file("static/mobile.txt", "+YktnOg- +ADEAMwA4ADUANwA0ADgANwA4ADEANA-\n");
    p.file("content/news/mark.txt", "+ZzpbxiYF-10+XnQ-\n");
    p.file("content/news/mark.md", "---\ntitle: 甲\nattachments: [mark.txt]\n---\n见附件\n");
    p.file("content/news/body.md", "---\ntitle: 乙\n---\n+ADEAMQAwADEAMAA1ADEAOQA0ADkAMQAyADMAMQAwADAAMgBY-\n");
    p.file("content/news/plain.md", "---\ntitle: 丙\n---\nTel. +86 598 8881234, C++ 1+1=2, a+ADEAMwA4-b\n");
    let all = told(&p);
    assert_eq!(of(&all, "mobile.txt"), ["SEC003"], "{all:#?}");
    assert_eq!(of(&all, "mark.txt"), ["SEC002"], "{all:#?}");
    assert_eq!(of(&all, "body.md"), ["SEC003"], "{all:#?}");
    assert_eq!(of(&all, "plain.md"), [""; 0], "{all:#?}");
}

/// A document of Word with parts beside its text.
fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let body = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>";
    zipped(&[&[("[Content_Types].xml", &b"<Types/>"[..]), ("word/document.xml", body.as_bytes())], parts].concat())
}

#[test]
fn parts_of_a_document_that_nobody_knows_are_read_or_told() {
    let p = Project::new(SITE_CN);
    let id = format!("<x><y>身份证 {ID}</y></x>");
    for (name, part, text) in [
        ("xml", "word/secret.xml", &*id),
        ("glossary", "word/glossary/document.xml", &id),
        ("elsewhere", "other/notes.xml", &id),
        ("bin", "x.bin", &*format!("手机 {MOBILE}")),
        ("dat", "word/x.dat", &format!("手机 {MOBILE}")),
        ("mark", "word/z.xml", "<x>机密★10年</x>"),
        ("none", "word/z.xml", "<x>好</x>"),
    ] {
        let inner = docx(&[(part, text.as_bytes())]);
        // The same in an archive.
        p.file(&format!("static/{name}.zip"), zipped(&[("in.docx", &inner)]));
        p.file(&format!("static/{name}.docx"), inner);
    }
    let odd: Vec<u8> = (0..1024u32).map(|i| (i * 7 % 256) as u8).collect();
    p.file("static/odd.docx", docx(&[("word/odd.bin", &odd)]));
    let all = told(&p);
    for ending in ["docx", "zip"] {
        for name in ["xml", "glossary", "elsewhere", "bin", "dat"] {
            assert_eq!(of(&all, &format!("{name}.{ending}")), ["SEC003"], "{name}: {all:#?}");
        }
        assert_eq!(of(&all, &format!("mark.{ending}")), ["SEC002"], "{all:#?}");
        assert_eq!(of(&all, &format!("none.{ending}")), [""; 0], "{all:#?}");
    }
    assert!(all.iter().any(|f| f.0 == "SEC011" && f.2.contains("odd.docx")), "{all:#?}");
}

#[test]
fn what_was_not_read_of_static_is_told_once() {
    let bytes: Vec<u8> = (0..1024u32).map(|i| (i % 256) as u8).collect();
    let p = Project::new(SITE_CN);
    let with = |begin: &[u8]| [begin, &bytes].concat();
    for (name, begin) in
        [("a.7z", &b"7z\xBC\xAF\x27\x1C\0\x04"[..]), ("b.bin", b""), ("c.dat", b""), ("d.rar", b"Rar!\x1A\x07\x01\0"), ("e", b"SQLite format 3\0")]
    {
        p.file(&format!("static/{name}"), with(begin));
    }
    // What pages are made of has no words.
    for (name, begin) in
        [("f.woff2", &b"wOF2"[..]), ("f.mp4", b"\0\0\0\x18ftypmp42"), ("f.png", b"\x89PNG\r\n\x1a\n"), ("f.ico", b"\0\0\x01\0"), ("f.mp3", b"ID3\x04")]
    {
        p.file(&format!("static/{name}"), with(begin));
    }
    let all: Vec<_> = told(&p).into_iter().filter(|f| f.0 == "SEC011").collect();
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(all[0].1, "static/a.7z");
    for name in ["a.7z", "b.bin", "c.dat", "d.rar", "`e`"] {
        assert!(all[0].2.contains(name), "{name}: {all:#?}");
    }
    assert!(!all[0].2.contains("f."), "{all:#?}");
    // It says so without failing; the strict profile warns.
    let severity = |site: &str| {
        p.file("site.yaml", site);
        let ran = p.run(&["check", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let found = json["findings"].as_array().unwrap().iter().find(|f| f["code"] == "SEC011").map(|f| f["severity"].to_string());
        found.unwrap_or_default()
    };
    assert_eq!(severity(SITE_CN), "\"info\"");
    assert_eq!(severity(&SITE_CN.replace("cn-gov", "cn-gov-strict")), "\"warning\"");
}

#[test]
fn what_only_finished_pages_show_names_its_item_and_holds_it_alone() {
    let p = Project::new(SITE_CN);
    // The head of a column says that they are codes; the page shows them without what stands between their digits here.
    let table = |n: u32| format!("---\ntitle: 甲{n}\npublished_at: 2025-12-30\n---\n| 名称 | 编码 |\n|---|---|\n| 甲 | 158&#49;234565{n} |\n");
    p.file("content/news/b1.md", table(8)).file("content/news/b2.md", table(9));
    p.file("content/news/good.md", "---\ntitle: 好\npublished_at: 2025-12-30\n---\n好\n");
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.out.contains("SEC014") && ran.out.contains("content/news/b1.md") && ran.out.contains("content/news/b2.md"), "{}", ran.out);
    assert!(!p.exists("public"));
    let ran = p.run(&["build", "--hold-back", "--allow-errors", "--summary", "s.json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(p.exists("public/news/good/index.html") && !p.read("public/news/index.html").contains("甲8"));
    assert!(!p.exists("public/news/b1/index.html") || !p.read("public/news/b1/index.html").contains("15812345658"));
    // What is permitted is not told, however the text writes it.
    let allowed = table(8).replace("published_at", "allow_personal: [{reason: 公开, approved_by: 局长, until: 2027-01-01}]\npublished_at");
    p.file("content/news/b1.md", allowed).file("content/news/b2.md", "---\ntitle: 乙\n---\n乙\n");
    let ran = p.run(&["build", "--allow-errors"]);
    assert!(ran.code == 0 && !ran.out.contains("SEC014"), "{ran:#?}");
    assert!(p.read("public/news/b1/index.html").contains("15812345658"));
}

#[test]
fn the_time_of_going_on_line_is_the_day_of_publication() {
    let p = Project::new(SITE_CN);
    for (n, name) in ["发布时间", "公布时间", "公开时间", "上网时间", "上网日期"].into_iter().enumerate() {
        p.file(&format!("content/news/{n}.md"), format!("# 甲{n}\n\n{name}：2025-12-30\n\n正文。\n"));
    }
    p.build();
    for n in 0..5 {
        let page = p.read(&format!("public/news/{n}/index.html"));
        assert!(page.contains("2025-12-30") || page.contains("2025年12月30日"), "{n}");
        assert!(!page.contains("上网时间："), "{n}");
    }
}

#[test]
fn eighty_thousand_unknown_keys_end_soon() {
    let keys = |n: usize| (0..n).map(|i| format!("k{i}: 1\n")).collect::<String>();
    let p = Project::new(&format!("{SITE_CN}{}", keys(80_000)));
    let start = std::time::Instant::now();
    let ran = p.run(&["check"]);
    // Each was compared with every field, sign by sign: half a minute of a build for tests, where it is a few seconds now.
    assert!(start.elapsed() < std::time::Duration::from_secs(25), "{:?}", start.elapsed());
    assert!(ran.code == 1 && !ran.out.is_empty() && ran.out.len() < 200_000, "{} bytes", ran.out.len());
}
