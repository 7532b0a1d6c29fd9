//! Kinds of faults, mended whole: marks anywhere in attachments, signs by their numbers, rows with labels, what PDF and MP3 carry,
//! comments in the index, files that cannot be read, addresses that cannot be.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE_CN, tree};
use clerestory::load::Blob;
use clerestory::load::attachment::Why;
use clerestory::load::table::{File, Settings, read_by};
use clerestory::personal::{Kind, Sure};
use std::io::{Cursor, Write as _};
use std::path::Path;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

fn of(name: &str, bytes: &[u8]) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_by(&Blob::at(&path), &Settings::default(), Some(Path::new(env!("CARGO_BIN_EXE_clerestory"))), None)
}

/// What `check` tells of files that are attached, each to an item of its own: the items that a code holds.
fn held(code: &str, files: &[(&str, Vec<u8>)]) -> Vec<String> {
    let p = Project::new(SITE_CN);
    for (i, (name, bytes)) in files.iter().enumerate() {
        p.file(&format!("content/news/{i}/{name}"), bytes);
        p.file(&format!("content/news/{i}.md"), format!("---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [{i}/{name}]\n---\n正文。\n"));
    }
    let found = p.findings(&[]);
    let mut all: Vec<String> = found.into_iter().filter(|f| f.0 == code).map(|f| f.1).collect();
    all.sort();
    all.dedup();
    all.iter().map(|f| f.trim_start_matches("content/news/").split(['/', '.']).next().unwrap_or("").to_string()).collect()
}

/// A workbook of two sheets, the second of them hidden.
fn xlsx(first: &str, second: &str, name: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let sheet = |rows: &str| {
        let rows: String = rows
            .lines()
            .enumerate()
            .map(|(r, row)| {
                let cells: String = row.split('|').map(|v| format!("<c t=\"{}\"><v>{v}</v></c>", if v.parse::<f64>().is_ok() { "n" } else { "str" })).collect();
                format!("<row r=\"{}\">{cells}</row>", r + 1)
            })
            .collect();
        format!("<worksheet><sheetData>{rows}</sheetData>")
    };
    let (one, two) = (sheet(first), sheet(second));
    let footer = more.iter().find(|m| m.0 == "footer").map_or("", |m| m.1);
    let one = format!("{one}{footer}</worksheet>");
    let two = format!("{two}</worksheet>");
    let book = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"{name}\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", book.as_str()),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", one.as_str()),
        ("xl/worksheets/sheet2.xml", two.as_str()),
    ];
    parts.extend(more.iter().filter(|m| m.0 != "footer"));
    zipped(&parts)
}

fn ods(rows: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let rows: String = rows
        .lines()
        .map(|row| {
            let cells: String = row
                .split('|')
                .map(|v| match v.parse::<f64>() {
                    Ok(_) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{v}\"><text:p>{v}</text:p></table:table-cell>"),
                    Err(_) => format!("<table:table-cell office:value-type=\"string\"><text:p>{v}</text:p></table:table-cell>"),
                })
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        })
        .collect();
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut parts = vec![
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", content.as_str()),
    ];
    parts.extend(more);
    zipped(&parts)
}

const ROWS: &str = "地区|人口|面积\n甲|5|1\n乙|6|2\n丙|7|3";

#[test]
fn marks_are_found_anywhere_in_workbooks() {
    let rows = |last: &str| format!("{ROWS}\n{last}\n丁|8|4");
    let plain = |more: &[(&str, &str)]| xlsx(ROWS, "a|b\n1|2", "T", more);
    let files = [
        ("a.xlsx", xlsx(&rows("机密★10年|7|1"), "a|b\n1|2", "T", &[])),
        ("a.xlsx", xlsx(&rows("戊|内部资料 严禁外传|1"), "a|b\n1|2", "T", &[])),
        ("a.xlsx", xlsx(ROWS, "a|b\n1|秘密★5年", "T", &[])),
        ("a.xlsx", xlsx(ROWS, "a|b\n1|2", "机密★10年", &[])),
        (
            "a.xlsx",
            plain(&[("xl/comments1.xml", "<comments><commentList><comment ref=\"A2\"><text><t>机密★10年</t></text></comment></commentList></comments>")]),
        ),
        ("a.xlsx", plain(&[("docProps/core.xml", "<cp:coreProperties><dc:subject>内部资料 严禁外传</dc:subject></cp:coreProperties>")])),
        ("a.xlsx", plain(&[("footer", "<headerFooter><oddHeader>&amp;C机密★10年</oddHeader></headerFooter>")])),
        ("a.ods", ods(&rows("机密★10年|7|1"), &[])),
        ("a.ods", ods(ROWS, &[("meta.xml", "<office:document-meta><dc:description>内部资料，严禁外传</dc:description></office:document-meta>")])),
        ("a.ods", ods(ROWS, &[("styles.xml", "<style:header><text:p>机密★10年</text:p></style:header>")])),
        ("a.csv", format!("{}\n戊,\"内部资料，严禁外传\",1\n", ROWS.replace('|', ",")).into_bytes()),
        ("a.csv", format!("{}戊,5,机密★10年\n", "地区,人口,备注\n甲,5,\n".to_string() + &"乙,6,\n".repeat(2_000)).into_bytes()),
    ];
    let all: Vec<String> = (0..files.len()).map(|i| i.to_string()).collect();
    let mut found = held("SEC002", &files);
    found.sort_by_key(|n| n.parse::<usize>().unwrap());
    assert_eq!(found, all);
    // What a table is about is no mark.
    let about = "类别|密级|说明\n甲|机密|内部\n乙|秘密|公开\n丙|内部资料|不予公开\n密云区|绝密|不对外公开\n★|四星★★|保密工作";
    let files =
        [("a.xlsx", xlsx(about, "a|b\n1|2", "内部", &[])), ("a.ods", ods(about, &[])), ("a.csv", about.replace('|', ",").into_bytes()), ("b.xlsx", plain(&[]))];
    assert_eq!(held("SEC002", &files), [""; 0]);
    // The message tells the place.
    let p = Project::new(SITE_CN);
    p.file("content/news/x.xlsx", xlsx(&rows("机密★10年|7|1"), "a|b\n1|2", "T", &[]));
    p.file("content/news/a.md", "---\ntitle: 通知\npublished_at: 2025-12-01\nattachments: [x.xlsx]\n---\n正文。\n");
    let at: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC002").collect();
    assert_eq!(at, [("SEC002".to_string(), "content/news/x.xlsx".to_string(), 5, 1)]);
    assert!(p.run(&["check", "--lang", "zh"]).out.contains("“S”里有涉密或内部标志 `机密★10年`"));
}

#[test]
fn watermarks_and_names_in_archives_bear_marks() {
    let shape = "<w:r><w:pict><v:shape><v:textpath style=\"x\" string=\"机密★10年\"/></v:shape></w:pict></w:r>";
    let word = |body: &str, header: &str| {
        let part = |tag: &str, inner: &str| format!("<w:{tag} xmlns:w=\"x\" xmlns:v=\"v\">{inner}</w:{tag}>");
        zipped(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", &part("document", &format!("<w:body><w:p><w:r><w:t>正文</w:t></w:r>{body}</w:p></w:body>"))),
            ("word/header1.xml", &part("hdr", &format!("<w:p>{header}</w:p>"))),
        ])
    };
    let files = [
        ("a.docx", word(shape, "")),
        ("a.docx", word("", shape)),
        ("a.zip", zipped(&[("机密★10年.txt", "文字"), ("b.txt", "文字")])),
        ("a.zip", zipped(&[("表/名单（勿外传）.txt", "文字"), ("b.txt", "文字")])),
        ("a.docx", word("", "")),
        ("a.zip", zipped(&[("保密工作.txt", "文字"), ("公开目录.txt", "文字")])),
    ];
    assert_eq!(held("SEC002", &files), ["0", "1", "2", "3"]);
}

#[test]
fn signs_by_their_numbers_are_read() {
    let phone = r#"{"说明":"\u8054\u7cfb\u624b\u673a13912345678"}"#;
    let page = |inner: &str| format!("<!DOCTYPE html><html><head><title>x</title></head><body><p>文</p>{inner}</body></html>");
    for (name, text) in [
        ("a.json", phone.to_string()),
        ("a.js", format!("var a = {phone};")),
        ("a.map", phone.to_string()),
        ("a.topojson", phone.to_string()),
        ("a.webmanifest", phone.to_string()),
        ("a.properties", r"tel=\u624b\u673a13912345678".to_string()),
        ("a.html", page(&format!("<script type=\"application/ld+json\">{phone}</script>"))),
    ] {
        let f = of(name, text.as_bytes());
        assert!(f.personal.iter().any(|p| p.kind == Kind::Mobile && p.sure == Sure::Yes), "{name}: {:?}", f.personal);
    }
    let mark = r#"{"a":"\u673a\u5bc6\u260510\u5e74"}"#;
    let files = [
        ("a.json", mark.as_bytes().to_vec()),
        ("a.json", r#"{"a":"\u673a\u5bc6★10年"}"#.as_bytes().to_vec()),
        ("a.html", page(&format!("<script>var a = {mark}</script>")).into_bytes()),
        ("a.json", r#"{"a":"\u673a\u5bc6"}"#.as_bytes().to_vec()),
    ];
    assert_eq!(held("SEC002", &files), ["0", "1", "2"]);
}

#[test]
fn the_first_cell_of_a_row_is_the_label_of_its_values() {
    let csv = "项目,数量\n人口,5\n手机,13912345678\n面积,7\n";
    let yes = |f: &File| f.personal.iter().filter(|p| p.kind == Kind::Mobile && p.sure == Sure::Yes).map(|p| (p.line, p.column)).collect::<Vec<_>>();
    assert_eq!(yes(&of("a.csv", csv.as_bytes())), [(3, 2)]);
    assert_eq!(yes(&of("a.xlsx", &xlsx("项目|数量\n人口|5\n手机|13912345678\n面积|7", "a|b\n1|2", "T", &[]))), [(3, 2)]);
    assert_eq!(yes(&of("a.xlsx", &xlsx("项目|a|b|c\n人口|5|6|7\n手机|139|4333|8872\n面积|7|8|9", "a|b\n1|2", "T", &[]))), [(3, 2)]);
    for text in ["项目,数量\n人口,5\n产值,13912345678\n面积,7\n", "项目,数量\n手机,5\n电话,6\n面积,7\n"] {
        assert!(of("a.csv", text.as_bytes()).personal.is_empty(), "{text}");
    }
    // A dataset is held for it, and a mask of the column hides it.
    let p = Project::new(SITE_CN);
    p.file("content/datasets/t/d.csv", csv);
    p.file("content/datasets/t/dataset.yaml", "title: 表\nresources:\n  - {name: d, path: d.csv}\n");
    assert!(p.codes().contains(&"SEC003".to_string()));
}

/// A PDF of one page with more objects, and what stands behind its end.
fn pdf(page: &str, more: &[&str], behind: &str) -> Vec<u8> {
    let content = "BT /F1 12 Tf 72 700 Td (words) Tj ET /Span <</ActualText (mobile 13912345671)>> BDC EMC";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</P(mobile 13912345672)>>]>>/Names<</JavaScript<</Names[(x)<</S/JavaScript/JS(var t = 'mobile 13912345673')>>]>>>>>>".to_string(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_string(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>"),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_string(),
    ];
    objects.extend(more.iter().map(|m| m.to_string()));
    let (mut out, mut places) = (String::from("%PDF-1.7\n"), Vec::new());
    for (i, o) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{o}\nendobj\n", i + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|p| out.push_str(&format!("{p:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n{behind}", objects.len() + 1));
    out.into_bytes()
}

#[test]
fn what_a_pdf_carries_beside_its_pages_is_read() {
    let drawn = "BT /F1 12 Tf 2 2 Td (mobile 13912345674) Tj ET";
    let note = "<</Type/Annot/Subtype/FreeText/Rect[10 10 200 40]/AP<</N 7 0 R>>>>";
    let form = format!("<</Type/XObject/Subtype/Form/BBox[0 0 190 30]/Resources<</Font<</F1 5 0 R>>>>/Length {}>>\nstream\n{drawn}\nendstream", drawn.len());
    let f = of("a.pdf", &pdf("/Annots[6 0 R]", &[note, &form], "mobile 13912345675\n"));
    let text: String = f.pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    for n in 1..=5 {
        assert!(text.contains(&format!("1391234567{n}")), "{n}: {text}");
    }
    assert_eq!(f.personal.iter().filter(|p| p.kind == Kind::Mobile && p.sure == Sure::Yes).count(), 5, "{:?}", f.personal);
    let mut bytes = pdf("", &[], "");
    bytes.extend([0x01, 0xFF, 0x80, 0x90].repeat(8));
    assert!(of("a.pdf", &bytes).why.iter().any(|w| matches!(w, Why::After(_))));
    assert!(!of("a.pdf", &pdf("", &[], "\n\n")).why.iter().any(|w| matches!(w, Why::After(_))));
}

#[test]
fn labels_of_recordings_are_read_and_the_rest_is_told() {
    let text = [&b"\x03"[..], "联系手机13912345678".as_bytes()].concat();
    let mut bytes = [&b"ID3\x03\0\0\0\0\0"[..], &[(text.len() + 10) as u8], b"TIT2\0\0\0", &[text.len() as u8], b"\0\0", &text].concat();
    bytes.extend([0xFF, 0xFB, 0x90, 0x00].repeat(50));
    let f = of("a.mp3", &bytes);
    assert!(f.personal.iter().any(|p| p.kind == Kind::Mobile && p.sure == Sure::Yes), "{:?} {:?}", f.pieces, f.why);
    assert!(f.why.contains(&Why::Sound));
    assert_eq!(held("SEC011", &[("a.mp3", bytes)]), ["0"]);
}

#[test]
fn comments_are_no_words_of_the_index() {
    let p = Project::new("title: S\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\n");
    p.file(
        "content/news/a.md",
        "---\ntitle: Notice\npublished_at: 2025-12-01\n---\nFirst paragraph of words.\n\n<!-- internal: Wangxiaoming salary -->\n\n[//]: # (Lixiaohong wages)\n\n{% comment %}Zhaoxiaogang bonus{% endcomment %}\n\nLast paragraph of sentences.\n",
    );
    p.build();
    let all = tree(&p.path("public"));
    let has = |word: &str| all.iter().any(|(_, b)| memchr::memmem::find(b, word.as_bytes()).is_some());
    assert!(has("sentences") && all.keys().any(|k| k.contains("/w/")), "{:?}", all.keys().collect::<Vec<_>>());
    for word in ["angxiaoming", "alary", "ixiaohong", "haoxiaogang", "bonus"] {
        let there: Vec<_> = all.iter().filter(|(_, b)| memchr::memmem::find(b, word.as_bytes()).is_some()).map(|(k, _)| k).collect();
        assert!(there.is_empty(), "{word}: {there:?}");
    }
}

#[test]
fn a_bad_slug_is_one_finding_and_holds_its_item() {
    for (slug, code) in [("a?b", "URL002"), ("CON", "URL002"), ("x.", "URL002"), ("../../x", "URL002"), ("index.html", "URL001"), ("feed.xml", "URL001")] {
        let odd = matches!(slug, "a?b" | "index.html");
        // One page is made as the other: two addresses in all types, the others in one.
        for (kind, file, more) in [
            ("policies", "content/policies/bad.md", ""),
            ("events", "content/events/bad.md", "starts_at: 2026-02-01\n"),
            ("datasets", "content/datasets/bad/dataset.yaml", ""),
        ]
        .into_iter()
        .filter(|(kind, ..)| odd || *kind == "policies")
        {
            let p = Project::new(SITE_CN);
            p.file("content/news/good.md", "---\ntitle: 好\npublished_at: 2025-12-01\n---\n文\n");
            p.file(&format!("content/{kind}/other.md"), "---\ntitle: 另一条\npublished_at: 2025-12-01\n---\n文\n");
            let head = format!("title: 坏\nslug: \"{slug}\"\npublished_at: 2025-12-01\n{more}");
            if file.ends_with(".yaml") {
                p.file("content/datasets/bad/d.csv", "a,b\n1,2\n3,4\n");
                p.file(file, format!("{head}resources:\n  - {{name: d, path: d.csv}}\n"));
            } else {
                p.file(file, format!("---\n{head}---\n文\n"));
            }
            let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
            assert!(ran.code == 0 && p.exists("public/news/good/index.html"), "{kind} {slug}: {ran:#?}");
            let found: Vec<_> = p.findings(&["--full"]).into_iter().filter(|f| f.0.starts_with("URL00")).collect();
            assert!(found.len() <= 1 && found.iter().all(|f| f.0 == code && f.1 == file), "{kind} {slug}: {found:?}");
            assert!(found.len() == 1 || !ran.err.contains("held back"), "{kind} {slug}: {ran:#?}");
        }
    }
}

#[test]
fn a_file_that_the_system_shuts_is_no_broken_table() {
    let dir = tempfile::tempdir().unwrap();
    let f = read_by(&Blob::at(dir.path().join("gone.csv")), &Settings::default(), None, None);
    assert!(f.shut.is_some() && f.doubts.is_empty());
}
