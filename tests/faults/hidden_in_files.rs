//! Kinds of faults, mended whole: what workbooks and documents hide, what is within a file, names that come again, values and lines.
#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE, SITE_CN};
use clerestory::load::Blob;
use clerestory::load::attachment::Why;
use clerestory::load::table::{File, Settings, Spot, read, rows};
use std::io::{Cursor, Write as _};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(bytes).unwrap();
    }
    z.finish().unwrap().into_inner()
}

fn of(name: &str, bytes: &[u8]) -> File {
    with(name, bytes, &Settings::default())
}

fn with(name: &str, bytes: &[u8], settings: &Settings) -> File {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&Blob::at(&path), settings)
}

/// The rows of the first table as derived files have them.
fn derived(name: &str, bytes: &[u8]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let (blob, settings) = (Blob::at(&path), Settings::default());
    let file = read(&blob, &settings);
    let mut out = Vec::new();
    rows(&blob, &settings, &file, &file.tables[0], &mut |r| {
        out.push(r.join("|"));
        Ok(())
    })
    .unwrap();
    out
}

fn told(f: &File, code: &str, words: &str) -> bool {
    f.doubts.iter().any(|d| d.code == code && (d.message.en.contains(words) || d.message.zh.contains(words)))
}

/// A workbook of one sheet, with fonts and fills of its styles: 0 plain, 1 white, 2 struck, 3 white on blue, 4 grey on grey, 5 tiny.
fn xlsx(sheet: &str, strings: &str) -> Vec<u8> {
    let styles = "<styleSheet><fonts><font/><font><color rgb=\"FFFFFFFF\"/></font><font><strike/></font><font><color theme=\"0\"/></font><font><color rgb=\"FFC0C0C0\"/></font><font><sz val=\"1\"/></font></fonts><fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF4472C4\"/></patternFill></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFC0C0C0\"/></patternFill></fill></fills><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/><xf fontId=\"3\" fillId=\"2\"/><xf fontId=\"4\" fillId=\"3\"/><xf fontId=\"5\"/></cellXfs></styleSheet>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/s1.xml\"/></Relationships>"),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/worksheets/s1.xml", format!("<worksheet>{sheet}</worksheet>").as_bytes()),
    ])
}

fn ods(styles: &str, table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"S\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Rows of texts and numbers, a number with its style: `1@2`.
fn sheet(rows: &[&str]) -> String {
    let mut out = String::from("<sheetData>");
    for (r, row) in rows.iter().enumerate() {
        let (more, row) = row.split_once(">>").unwrap_or(("", row));
        out.push_str(&format!("<row r=\"{}\" {more}>", r + 1));
        for cell in row.split('|') {
            let (v, style) = cell.split_once('@').unwrap_or((cell, "0"));
            let kind = if v.parse::<f64>().is_ok() { "n" } else { "str" };
            let kind = if v.starts_with('#') { "s" } else { kind };
            out.push_str(&format!("<c s=\"{style}\" t=\"{kind}\"><v>{}</v></c>", v.trim_start_matches('#')));
        }
        out.push_str("</row>");
    }
    out + "</sheetData>"
}

#[test]
fn what_has_no_width_or_height_is_hidden_as_what_says_so() {
    let head = "<cols><col min=\"2\" max=\"2\" width=\"0\" customWidth=\"1\"/><col min=\"3\" max=\"3\" width=\"9\"/></cols>";
    let f = of("a.xlsx", &xlsx(&format!("{head}{}", sheet(&["a|b|c", "x|1|2", "ht=\"0\" customHeight=\"1\">>y|3|4", "ht=\"15\">>z|5|6"])), ""));
    assert!(told(&f, "TAB032", "hidden columns, but published: B") && told(&f, "TAB032", "hidden rows, but published: 3"), "{:?}", f.doubts);
    let f = of("a.xlsx", &xlsx(&sheet(&["a|b", "x|1", "ht=\"15\">>y|3"]), ""));
    assert!(!f.doubts.iter().any(|d| d.code == "TAB032"), "{:?}", f.doubts);
    let styles = "<style:style style:name=\"c0\"><style:table-column-properties style:column-width=\"0cm\"/></style:style><style:style style:name=\"c1\"><style:table-column-properties style:column-width=\"2cm\"/></style:style><style:style style:name=\"r0\"><style:table-row-properties style:row-height=\"0mm\"/></style:style>";
    let row = |more: &str, cells: &[&str]| {
        let cells: String = cells.iter().map(|c| format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>")).collect();
        format!("<table:table-row {more}>{cells}</table:table-row>")
    };
    let columns = "<table:table-column table:style-name=\"c1\"/><table:table-column table:style-name=\"c0\"/>";
    let body = [row("", &["a", "b"]), row("", &["x", "1"]), row("table:style-name=\"r0\"", &["y", "2"]), row("", &["z", "3"])].concat();
    let f = of("a.ods", &ods(styles, &format!("{columns}{body}")));
    assert!(told(&f, "TAB032", "hidden columns, but published: B") && told(&f, "TAB032", "hidden rows, but published: 3"), "{:?}", f.doubts);
    // A folded group.
    let folded = format!(
        "{}<table:table-row-group table:display=\"false\">{}</table:table-row-group>{}",
        row("", &["a", "b"]),
        row("", &["x", "1"]),
        row("", &["y", "2"])
    );
    let f = of("a.ods", &ods("", &folded));
    assert!(told(&f, "TAB032", "hidden rows, but published: 2"), "{:?}", f.doubts);
}

#[test]
fn cells_that_nobody_sees_or_that_are_struck_through_are_told() {
    let f = of("a.xlsx", &xlsx(&sheet(&["a@3|b@3", "x|1@1", "y|3", "z|5@2"]), ""));
    assert!(told(&f, "TAB032", "1 (first B2: `1`)") && told(&f, "TAB035", "struck through, published without the line: 1 (first B4: `5`)"), "{:?}", f.doubts);
    let f = of("a.xlsx", &xlsx(&sheet(&["a|b", "x|1@4", "y|3@5"]), ""));
    assert!(told(&f, "TAB032", "2 (first B2: `1`)"), "{:?}", f.doubts);
    // The style of a table gives its head a ground.
    let f = of("a.xlsx", &xlsx(&format!("{}<tableParts><tablePart/></tableParts>", sheet(&["a@1|b@1", "x|1", "y|3"])), ""));
    assert!(!f.doubts.iter().any(|d| d.code == "TAB032"), "{:?}", f.doubts);
    let styles = "<style:style style:name=\"w\"><style:text-properties fo:color=\"#ffffff\"/></style:style><style:style style:name=\"d\"><style:table-cell-properties fo:background-color=\"#000080\"/><style:text-properties fo:color=\"#ffffff\"/></style:style><style:style style:name=\"s\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>";
    let cell =
        |style: &str, t: &str| format!("<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>");
    let row = |a: String, b: String| format!("<table:table-row>{a}{b}</table:table-row>");
    let body = [row(cell("d", "a"), cell("d", "b")), row(cell("", "x"), cell("w", "1")), row(cell("", "y"), cell("s", "2"))].concat();
    let f = of("a.ods", &ods(styles, &body));
    assert!(told(&f, "TAB032", "1 (first B2: `1`)") && told(&f, "TAB035", "first B3: `2`"), "{:?}", f.doubts);
}

#[test]
fn raised_digits_make_no_other_number() {
    let runs = |a: &str, b: &str| format!("<si><r><t>{a}</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>{b}</t></r></si>");
    let strings = [runs("area m", "2"), runs("10", "5"), runs("5", "th")].concat();
    let bytes = xlsx(&sheet(&["n|#0", "x|#1", "y|#2"]), &strings);
    let f = of("a.xlsx", &bytes);
    assert_eq!(derived("a.xlsx", &bytes), ["x|10⁵", "y|5th"]);
    assert!(told(&f, "TAB035", "1 (first B2)") || told(&f, "TAB035", "1 (first B2: `10⁵`)"), "{:?}", f.doubts);
    // A power of a unit is what the sheet shows.
    assert_eq!(f.tables[0].names[1], "area m²");
    let styles = "<style:style style:name=\"up\"><style:text-properties style:text-position=\"super 58%\"/></style:style>";
    let cell = |t: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>");
    let body = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row>",
        cell("n"),
        cell("v"),
        cell("x"),
        cell("10<text:span text:style-name=\"up\">5</text:span>")
    );
    let bytes = ods(styles, &body);
    assert_eq!(derived("a.ods", &bytes), ["x|10⁵"]);
    assert!(told(&of("a.ods", &bytes), "TAB035", "10⁵"));
}

fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
    let mut parts: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    parts.extend(more);
    zipped(&parts)
}

fn run(look: &str, t: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t>{t}</w:t></w:r>")
}

#[test]
fn documents_tell_what_is_white_struck_or_raised() {
    let white = "<w:color w:val=\"FFFFFF\"/>";
    let body = [
        format!("<w:p>{}{}</w:p>", run("", "shown 10"), run("<w:vertAlign w:val=\"superscript\"/>", "5")),
        format!("<w:p>{}</w:p>", run(white, "pale")),
        format!("<w:p>{}</w:p>", run("<w:strike/>", "struck")),
        format!("<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val=\"clear\" w:fill=\"1F4E79\"/></w:tcPr><w:p>{}</w:p></w:tc></w:tr></w:tbl>", run(white, "headed")),
        format!("<w:p>{}</w:p>", run("<w:color w:val=\"FFFFFF\"/><w:highlight w:val=\"black\"/>", "lit")),
        format!("<w:p>{}</w:p>", run("", "end")),
    ]
    .concat();
    let f = of("a.docx", &docx(&body, &[]));
    let text = |spot: Spot| f.pieces.iter().filter(|p| p.spot == spot).map(|p| p.text.as_str()).collect::<String>();
    let (shown, hidden, deleted) = (text(Spot::Text), text(Spot::Hidden), text(Spot::Struck));
    assert!(shown.contains("10⁵") && shown.contains("headed") && shown.contains("lit") && shown.contains("end"), "{shown}");
    assert!(!shown.contains("pale") && !shown.contains("struck"), "{shown}");
    assert_eq!((hidden.trim(), deleted.trim(), f.unseen.hidden, f.unseen.struck), ("pale", "struck", 4, 6));
}

#[test]
fn comments_of_every_workbook_are_read() {
    let cell = |t: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><office:annotation><dc:creator>王五</dc:creator><text:p>身份证320102198502041013</text:p></office:annotation><text:p>{t}</text:p></table:table-cell>"
        )
    };
    let f = of(
        "a.ods",
        &ods(
            "",
            &format!(
                "<table:table-row>{}</table:table-row><table:table-row>{}</table:table-row>",
                cell("a"),
                "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>"
            ),
        ),
    );
    assert!(f.personal.iter().any(|p| p.kind == clerestory::personal::Kind::Id), "{:?}", f.personal);
    assert_eq!((f.unseen.comments, &f.unseen.people[..]), (1, &["王五".to_string()][..]));
}

#[test]
fn what_is_within_a_file_is_named_for_what_it_is() {
    let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 504]].concat();
    let p = format!("<w:p>{}</w:p>", run("", "text"));
    let f = of("a.docx", &docx(&p, &[("word/embeddings/oleObject1.bin", &ole), ("word/embeddings/oleObject2.bin", &ole), ("word/vbaProject.bin", &ole)]));
    assert_eq!(f.why.iter().cloned().collect::<Vec<_>>(), [Why::Object(2), Why::Macros]);
    for (name, bytes) in [
        ("a.docx", docx(&p, &[])),
        ("a.xlsx", xlsx(&sheet(&["a|b", "x|1"]), "")),
        ("a.zip", zipped(&[("a.csv", b"a,b\n1,2\n")])),
        ("a.ods", ods("", "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>")),
    ] {
        assert!(of(name, &bytes).why.is_empty(), "{name}");
        let f = of(name, &[&bytes[..], b"behind the end"].concat());
        assert!(f.why.contains(&Why::After(14)), "{name} {:?}", f.why);
    }
    // What is sound is not told: a comment of the archive belongs to it.
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    z.start_file("a.csv", zip::write::SimpleFileOptions::default()).unwrap();
    z.write_all(b"a,b\n1,2\n").unwrap();
    z.set_comment("a comment").unwrap();
    assert!(of("a.zip", &z.finish().unwrap().into_inner()).why.is_empty());
}

#[test]
fn a_sheet_that_is_not_there_is_one_finding() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/datasets/t/a.xlsx", xlsx(&sheet(&["a|b", "x|1", "y|2"]), ""));
    p.file("content/datasets/t/dataset.yaml", "title: T\npublisher: office\nresources:\n- {name: a, path: a.xlsx, dialect: {sheetName: Shet}}\n");
    let codes: Vec<String> = p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c.starts_with("TAB") || c == "SEC011").collect();
    assert_eq!(codes, ["TAB001"]);
}

#[test]
fn a_home_before_the_name_is_told_as_one_behind_it() {
    for text in [
        "住址：幸福路12号3栋401室，姓名：王小明。",
        "家住幸福路12号3栋401室的王小明反映情况。",
        "家住幸福路12号3栋401室的村民王小明，反映情况。",
        "住址 幸福路12号3栋401室 姓名 王小明",
        "家庭住址：海州市幸福路12号3栋401室；户主：王小明",
        "地址：海州市幸福路12号3栋401室，姓名：王小明",
        "姓名：李小红，系本镇低保户，家庭地址：幸福路12号3栋402室",
    ] {
        assert!(clerestory::personal::traces(text).iter().any(|t| t.kind == clerestory::personal::Kind::Person), "{text}");
    }
    for text in [
        "地址：海州市幸福路12号3楼301室，联系人：王小明",
        "公司住所：海州市幸福路12号3栋，法定代表人：王小明",
        "家住幸福路12号3栋401室的高龄老人需要帮助。",
        "住址：海州市幸福路12号3栋401室，姓名：",
        "办公地址：海州市幸福路12号3楼，姓名栏不得空白",
        "住址：幸福路12号3栋401室，姓名：王某某",
    ] {
        assert!(!clerestory::personal::traces(text).iter().any(|t| t.kind == clerestory::personal::Kind::Person), "{text}");
    }
}

#[test]
fn what_excel_keeps_as_text_is_the_text() {
    assert_eq!(derived("a.csv", b"code,n\n=\"007\",1\n\"=\"\"012\"\"\",2\n=\"110\",3\n"), ["007|1", "012|2", "110|3"]);
    let f = of("a.csv", b"code,n\n=\"007\",1\n=\"012\",2\n");
    assert!(!f.doubts.iter().any(|d| matches!(d.code, "TAB009" | "TAB040")), "{:?}", f.doubts);
    // What is a formula stays one, and is told.
    assert!(told(&of("a.csv", b"code,n\n\"=HYPERLINK(\"\"x\"\")\",1\nb,2\n"), "TAB009", "HYPERLINK"));
}

#[test]
fn names_of_months_are_no_amounts() {
    for (name, unit, n) in [("月份", "月", 12), ("日", "日", 20), ("季度", "季度", 4), ("年份", "年", 9)] {
        let rows: String = (1..=n).map(|i| format!("{i}{unit},{}\n", i * 3)).collect();
        let f = of("a.csv", format!("{name},数\n{rows}").as_bytes());
        assert!(!f.doubts.iter().any(|d| d.code == "TAB038"), "{name}: {:?}", f.doubts);
    }
    assert!(told(&of("a.csv", "重量,数\n5 kg,1\n6 kg,2\n7 kg,3\n".as_bytes()), "TAB038", "5 kg"));
}

#[test]
fn statements_in_turtle_are_no_table() {
    for (name, text) in [
        ("a.ttl", "@prefix ex: <http://example.org/> .\nex:a ex:b \"c, d\" ;\n  ex:e \"f, g\" .\n"),
        ("a.ttl", "# about\nPREFIX ex: <http://example.org/>\nex:a ex:b \"c, d\" .\n"),
        ("a.nt", "<http://x/a> <http://x/b> \"c, d\" .\n<http://x/a> <http://x/b> \"e, f\" .\n"),
    ] {
        let f = with(name, text.as_bytes(), &Settings { format: Some("ttl".into()), ..Settings::default() });
        assert!(f.tables.is_empty() && !f.doubts.iter().any(|d| matches!(d.code, "TAB002" | "TAB011")), "{text}: {:?}", f.doubts);
    }
    assert_eq!(of("a.csv", b"base,prefix\n1,2\n").tables.len(), 1);
}

#[test]
fn rows_of_json_are_told_by_their_lines() {
    let list = "[\n  {\"k\": \"a\", \"n\": 1},\n  {\n    \"k\": \"b\",\n    \"n\": 2\n  },\n  {\"k\": \"a\", \"n\": 3}\n]\n";
    let settings = Settings { key: vec!["k".into()], ..Settings::default() };
    let line = |name: &str, text: &str| with(name, text.as_bytes(), &settings).doubts.iter().find(|d| d.code == "TAB014").map(|d| d.line);
    assert_eq!(line("a.json", list), Some(7));
    assert_eq!(line("a.json", &format!("{{\"total\": 3, \"other\": [1, 2, 3],\n\"data\": {list}}}")), Some(8));
    assert_eq!(line("a.jsonl", "{\"k\": \"a\"}\n\n{\"k\": \"b\"}\n{\"k\": \"a\"}\n"), Some(4));
    assert_eq!(line("a.csv", "k,n\na,1\nb,2\na,3\n"), Some(4));
    let f = with("a.csv", b"k,n\na,1\nb,2\na,3\n", &settings);
    assert!(told(&f, "TAB014", "first in row 4: `a`"), "{:?}", f.doubts);
    let f = of("a.csv", b"k,n\na,1\nb\0x,2\n");
    assert!(told(&f, "TAB010", "first in row 3") && f.doubts.iter().any(|d| d.code == "TAB010" && d.line == 3), "{:?}", f.doubts);
}

#[test]
fn dictionaries_name_each_column_once_and_keys_that_are_there() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/datasets/t/a.csv", "a,b\n1,2\n2,3\n");
    for (schema, want) in [
        ("{fields: [{name: a}, {name: b}, {name: a}], primaryKey: [a]}", 1),
        ("{fields: [{name: a}, {name: b}], primaryKey: [nokey]}", 1),
        ("{primaryKey: [a, nokey]}", 1),
        ("{fields: [{name: a}, {name: b}], primaryKey: [a, b]}", 0),
    ] {
        p.file("content/datasets/t/dataset.yaml", format!("title: T\npublisher: office\nresources:\n- {{name: a, path: a.csv, schema: {schema}}}\n"));
        assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "OD002").count(), want, "{schema}");
    }
}

#[test]
fn what_is_a_draft_or_withdrawn_is_not_said_to_be_published() {
    let p = Project::new(SITE_CN);
    for (name, more) in [("d", "draft: true\n"), ("w", "withdrawn: {on: 2025-12-02, reason: 错}\n"), ("s", "")] {
        p.file(
            &format!("content/news/{name}.md"),
            format!("---\ntitle: 通知{name}\npublished_at: 2025-12-01\n{more}attachments: [private/{name}.csv]\n---\n正文。\n"),
        );
        p.file(&format!("content/news/private/{name}.csv"), "a,b\n1,2\n");
    }
    let ran = p.run(&["check"]);
    let lines: Vec<&str> = ran.out.lines().filter(|l| l.contains("SEC013")).collect();
    let of = |n: &str| lines.iter().filter(|l| l.contains(&format!("{n}.csv"))).copied().collect::<String>();
    assert!(of("/d").contains("once this item is no draft") && !of("/d").contains("and would be published with"), "{lines:?}");
    assert!(of("/w").is_empty() && of("/s").contains("and would be published"), "{lines:?}");
}
