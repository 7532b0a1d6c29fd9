//! Personal data: what must be found wherever it stands, and what must not be taken for it.

#![expect(clippy::disallowed_methods, reason = "a test reads and writes its own files")]

use crate::support::{Project, SITE, shared, tree};
use clerestory::load::Blob;
use clerestory::load::table::{Settings, read};
use clerestory::personal::{Sure, traces};
use std::path::Path;

/// Passes its check digit; nobody's.
const ID: &str = "320102198502041013";
const MOBILE: &str = "13812345678";

/// One of the cases as a portal.
fn case(name: &str) -> Project {
    let p = Project::new(SITE);
    for (file, bytes) in tree(&shared("cases").join(name)) {
        if file != "expected.md" {
            p.file(&format!("content/datasets/x/{file}"), bytes);
        }
    }
    p.file("content/departments.yaml", "- {id: office, name: Office}\n");
    p
}

#[test]
fn the_misses_are_found_and_none_is_told_whole() {
    let all = std::fs::read_dir(shared("cases")).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let names: Vec<String> = all.filter(|n| n.starts_with("t-miss-")).collect();
    assert!(names.len() >= 9);
    for name in names {
        let p = case(&name);
        for format in ["text", "json", "sarif", "github"] {
            let ran = p.run(&["build", "--format", format]);
            assert!(ran.code == 1 && ran.out.contains("SEC003"), "{name}: {}", ran.out);
            for number in [ID, MOBILE] {
                assert!(!ran.out.contains(number) && !ran.err.contains(number), "{name} {format} tells the number: {}", ran.out);
            }
        }
        assert!(!p.exists("public"));
        assert_eq!(p.run(&["build", "--hold-back"]).code, 0, "{name}");
        nowhere(&p, &[ID, MOBILE]);
    }
}

#[test]
fn what_only_looks_alike_is_left_alone() {
    for name in ["t-gss-codes", "t-us-phone", "t-uuid-url"] {
        let found: Vec<_> = case(name).findings(&[]).into_iter().filter(|f| f.0.starts_with("SEC")).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

fn nowhere(p: &Project, values: &[&str]) {
    for (name, bytes) in tree(&p.path("public")) {
        for v in values {
            assert!(memchr::memmem::find(&bytes, v.as_bytes()).is_none(), "{v} is in {name}");
        }
    }
}

/// Every place of a project in which words are published.
fn planted() -> Vec<(&'static str, &'static str, String)> {
    let md = |front: &str, body: &str| format!("---\ntitle: 甲\n{front}---\n{body}\n");
    let item = "content/policies/a.md";
    let mut out = vec![
        ("body", item, md("", &format!("经查，张三（{ID}）符合条件。"))),
        ("body in full width", item, md("", "张三３２０１０２１９８５０２０４１０１３。")),
        ("body with marks", item, md("", "张三320102**19850204**1013。")),
        ("body with zero width", item, md("", "张三320102\u{200B}19850204\u{200B}1013。")),
        ("body, a mobile number", item, md("", "请打给张三，138 1234 5678。")),
        ("table", item, md("", &format!("| 姓名 | 号 |\n|---|---|\n| 张三 | {ID} |"))),
        ("alternative text", item, md("", &format!("![张三 {ID}](x.png)"))),
        ("comment of HTML", item, md("", &format!("<!-- {ID} -->\n\n正文"))),
        ("title", item, format!("---\ntitle: 关于张三{ID}的公示\n---\n正文\n")),
        ("summary", item, md(&format!("summary: 张三 {ID}\n"), "正文")),
        ("keywords", item, md(&format!("keywords: [a, \"{ID}\"]\n"), "正文")),
        ("slug", item, md(&format!("slug: \"{ID}\"\n"), "正文")),
        ("alias", item, md(&format!("aliases: [/old/{ID}.html]\n"), "正文")),
        ("change note", item, md(&format!("changes: [{{on: 2025-01-01, note: 删去{ID}}}]\n"), "正文")),
        ("withdrawal", item, md(&format!("withdrawn: {{on: 2025-01-01, reason: 误载{ID}}}\n"), "正文")),
        ("extra", item, md(&format!("extra: {{a: {{b: \"{ID}\"}}}}\n"), "正文")),
        ("path", "content/policies/320102198502041013.md", md("", "正文")),
        ("questions", "content/interpretations/a.md", format!("---\ntitle: 解读\nqa: [{{q: 问, a: 找{MOBILE}}}]\nsections: {{background: 无}}\n---\n正文\n")),
        ("description", "content/datasets/d/dataset.yaml", format!("title: 表\ndescription: |\n  说明\n  张三{ID}\n")),
        ("escaped description", "content/datasets/d/dataset.yaml", "title: 表\ndescription: \"张三32010219\\u200b8502041013\"\n".to_string()),
        ("topic", "content/topics/t/topic.yaml", format!("title: 专题\nblocks:\n  - {{kind: text, text: \"张三{ID}\"}}\n")),
        ("departments", "content/departments.yaml", format!("- {{id: a, name: 甲, description: 张三{ID}}}\n")),
        ("themes", "content/themes.yaml", format!("- {{id: a, label: 张三{ID}}}\n")),
        ("glossary", "content/glossary.yaml", format!("- {{id: a, term: 词, definition: 张三{ID}}}\n")),
        ("alerts", "content/alerts.yaml", format!("- {{title: 停水, text: 找张三{MOBILE}}}\n")),
        ("column", "content/policies/_column.yaml", format!("title: 栏目\ndescription: 张三{ID}\n")),
        ("site", "site.yaml", format!("{SITE}description: 站长{MOBILE}\n")),
        ("static page", "static/a.html", format!("<!doctype html><html><body><p>张三{ID}</p></body></html>")),
        ("static text", "static/a.txt", format!("张三\n{ID}\n")),
        ("static table", "static/a.csv", format!("姓名,号\n张三,{ID}\n")),
        ("static JSON", "static/a.json", format!("{{\"a\": {{\"b\": \"{ID}\"}}}}")),
        ("static name", "static/320102198502041013.png", "x".into()),
    ];
    out.push(("plate", item, md("", "肇事车辆闽B12345逃逸。")));
    out.push(("name and address", item, md("", "姓名：张三，住址：福建省莆田市城厢区某街1号。")));
    out
}

#[test]
fn every_published_text_is_looked_through() {
    for (what, file, text) in planted() {
        let p = Project::new(SITE);
        p.file("content/policies/b.md", "---\ntitle: 乙\n---\n正文\n").file(file, text);
        let ran = p.run(&["build", "--format", "json"]);
        assert!(ran.code == 1 && ran.out.contains("\"SEC003\"") && !p.exists("public"), "{what}: {}", ran.out);
        // The name of the file itself is the only place where it may be read.
        let told = ran.out.lines().filter(|l| !l.contains("\"file\":") && !l.contains("\"item\":")).any(|l| l.contains(ID) || l.contains(MOBILE));
        assert!(!told, "{what}: {}", ran.out);
        let held = p.run(&["build", "--hold-back"]);
        let fixed = matches!(what, "departments" | "themes" | "glossary" | "alerts" | "column" | "site");
        assert_eq!(held.code, i32::from(fixed), "{what}: what stands on many pages cannot be held alone: {}", held.out);
        if !fixed {
            nowhere(&p, &[ID, MOBILE, "138 1234 5678", "闽B12345"]);
            assert!(p.exists("public/policies/b/index.html"), "{what}: the rest is published");
        }
    }
}

#[test]
fn findings_have_their_place() {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", format!("---\ntitle: 甲\nsummary: 找{MOBILE}\n---\n第一行\n张三{ID}。\n"));
    let places: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC003").map(|f| (f.2, f.3)).collect();
    assert_eq!(places, [(3, 11), (6, 3)]);
    // The line is shown with its number hidden, also by other findings.
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("张三320*************13。") || ran.out.contains("张三320"), "{}", ran.out);
}

#[test]
fn a_permission_needs_reason_person_and_day_on_any_item() {
    let p = Project::new(SITE);
    let text = |allow: &str| format!("---\ntitle: 甲\n{allow}---\n找张三{MOBILE}\n");
    let allow = |until: &str| format!("allow_personal: [{{reason: 值班, approved_by: 保密审查机构, until: {until}}}]\n");
    p.file("content/policies/a.md", text(&allow("2026-12-31")));
    assert_eq!(p.run(&["build"]).code, 0);
    p.file("content/policies/a.md", text(&allow("2025-12-31")));
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("2025-12-31"), "{}", ran.out);
    // Of another field, or without somebody who approved it, it is none.
    p.file("content/policies/a.md", text("allow_personal: [{field: summary, reason: 值班, approved_by: 甲, until: 2026-12-31}]\n"));
    assert_eq!(p.run(&["build"]).code, 1);
    p.file("content/policies/a.md", text("allow_personal: [{reason: 值班, until: 2026-12-31}]\n"));
    assert_eq!(p.run(&["build"]).code, 1);
    p.file("content/policies/a.md", text("allow_personal: [{field: body, reason: 值班, approved_by: 甲, until: 2026-12-31}]\n"));
    assert_eq!(p.run(&["build"]).code, 0);
    // For what belongs to no item, in site.yaml.
    let p = Project::new(&format!("{SITE}allow_personal: [{{file: static/a.txt, reason: 值班, approved_by: 甲, until: 2026-12-31}}]\n"));
    p.file("content/pages/a.md", "# 甲\n\n正文\n").file("static/a.txt", MOBILE);
    assert_eq!(p.run(&["build"]).code, 0);
    assert!(p.exists("public/a.txt"));
    p.file("site.yaml", SITE);
    assert_eq!(p.run(&["build"]).code, 1);
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    assert!(!p.exists("public/a.txt"));
}

#[test]
fn what_is_not_certain_warns() {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\nattachments: [a.pdf, b.docx]\n---\n联系电话：13812345678；0594-2692345。\n");
    p.file("content/policies/a.pdf", "%PDF-1.4").file("content/policies/b.docx", "x");
    let codes: Vec<_> = p.findings(&[]).into_iter().map(|f| f.0).filter(|c| c.starts_with("SEC")).collect();
    assert_eq!(codes, ["SEC011", "SEC010"], "one finding for both files");
    assert_eq!(p.run(&["build"]).code, 0);
}

fn look(name: &str, bytes: &[u8]) -> Vec<(String, u64, u64, bool)> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let f = read(&Blob::at(&path), &Settings::default());
    f.personal.iter().map(|p| (p.kind.word().to_string(), p.line, p.column as u64, p.sure == Sure::Yes)).collect()
}

#[test]
fn tables_hold_it_in_many_ways() {
    let found = |text: &str| look("t.csv", text.as_bytes()).into_iter().filter(|f| f.3).map(|f| f.0).collect::<Vec<_>>();
    // One hit in thousands of rows, of text and of figures.
    let rows = |odd: &str| format!("序,内容\n{}", (0..5000).map(|i| format!("{i},{}\n", if i == 4321 { odd } else { "办结" })).collect::<String>());
    for v in [
        ID,
        MOBILE,
        "见13812345678",
        "320102 19850204 1013",
        "３２０１０２１９８５０２０４１０１３",
        "姓名：张三 住址：城厢区某街1号",
        "闽B12345",
        "+8613812345678",
    ] {
        assert_eq!(found(&rows(v)).len(), 1, "{v}");
    }
    for (head, v, kind) in [
        ("身份证号", "320102850204101", "id"),
        ("手机", "1.3812345678E10", "mobile"),
        ("Mobile", "13812345678.0", "mobile"),
        ("contactPhone", "86-138-1234-5678", "mobile"),
        ("车牌号", "闽B·12345", "plate"),
        ("护照号", "E12345678", "passport"),
        ("护照号", "EA1234567", "passport"),
    ] {
        assert_eq!(found(&format!("序,{head}\n1,{v}\n2,\n3,\n")), [kind], "{head} {v}");
    }
    // Beside the rows.
    assert_eq!(look("t.csv", format!("统计表 {ID}\n年,数\n2020,1\n2021,2\n").as_bytes()).len(), 1);
    assert_eq!(look("t.csv", format!("年,数\n2020,1,张三{ID}\n2021,2\n2022,3\n").as_bytes()).len(), 1);
    assert_eq!(look("t.json", format!("{{\"by\": \"{ID}\", \"rows\": [{{\"a\": 1}}, {{\"a\": 2}}]}}").as_bytes()), [("id".into(), 1, 9, true)]);
    // What a cell has is told with its column, once.
    assert_eq!(look("t.json", format!("[{{\"a\": \"{ID}\"}}, {{\"a\": \"x\"}}]").as_bytes()).len(), 1);
    assert_eq!(look("t.html", format!("<!doctype html><html><p>\n张三{ID}</p></html>").as_bytes()), [("id".into(), 2, 3, true)]);
}

/// Makes a cell from numbers below a bound.
type Cell = dyn FnMut(&mut dyn FnMut(u64) -> u64) -> String;

#[test]
fn columns_of_other_figures_are_no_persons() {
    let mut n = 7u64;
    let mut next = |below: u64| {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (n >> 33) % below
    };
    let mut column = |head: &str, cell: &mut Cell| {
        let text = format!("n,{head}\n{}", (0..2000).map(|i| format!("{i},{}\n", cell(&mut next))).collect::<String>());
        look("t.csv", text.as_bytes())
    };
    for (head, mut cell) in [
        ("GSS code", Box::new(|r: &mut dyn FnMut(u64) -> u64| format!("E{:02}000{:03}", 1 + r(12), r(1000))) as Box<Cell>),
        ("LAD24CD", Box::new(|r| format!("E{:02}000{:03}", 1 + r(12), r(1000)))),
        ("phone", Box::new(|r| format!("1-{}-555-{:04}", [800, 888, 877][r(3) as usize], r(10000)))),
        ("phone", Box::new(|r| format!("({}) 555-{:04}", 201 + r(700), r(10000)))),
        ("电话", Box::new(|r| format!("0594-{}", 2_000_000 + r(7_000_000)))),
        ("GDP", Box::new(|r| (1_000_000_000 + r(90_000_000_000)).to_string())),
        ("value", Box::new(|r| format!("{}.{:02}", 13_000_000_000 + r(6_000_000_000), r(100)))),
        ("charger id", Box::new(|r| (10_000_000_000 + r(10_000_000_000)).to_string())),
        ("chargeDeviceRef", Box::new(|r| (10_000_000_000 + r(10_000_000_000)).to_string())),
        ("timestamp", Box::new(|r| (1_500_000_000_000 + r(200_000_000_000)).to_string())),
        ("uuid", Box::new(|r| format!("{:08x}-{:04}-4{:03}-{:04}-{:012}", r(1 << 32), 1300 + r(600), r(1000), 8000 + r(1000), r(1_000_000_000_000)))),
        ("link", Box::new(|r| format!("https://x.cn/a/{}/{}", 13_000_000_000 + r(6_000_000_000), r(1 << 40)))),
        ("统一社会信用代码", Box::new(|r| format!("91{}{}MA{:06}X", 110_000 + r(500_000), r(10), r(1_000_000)))),
        ("isbn", Box::new(|r| format!("978-7-{:04}-{:04}-{}", r(10_000), r(10_000), r(10)))),
        ("issn", Box::new(|r| format!("{:04}-{:04}", r(10_000), r(10_000)))),
        ("序列号", Box::new(|r| format!("{:018}", 100_000_000_000_000_000 + r(1 << 31) * 400_000_000))),
        ("GEOID", Box::new(|r| format!("{:02}{:03}{:06}{:04}", 11 + r(40), r(200), r(1_000_000), r(10_000)))),
        ("文号", Box::new(|r| format!("闽政办〔20{}〕{}号", 10 + r(15), r(200)))),
    ] {
        let got = column(head, &mut cell);
        assert!(got.is_empty(), "{head}: {got:?}");
    }
    // Codes of region and day: one in eleven has the check digit. They may warn and do not block.
    let got = column("案件", &mut |r| format!("350302{}{:02}{:02}{:04}", 1990 + r(30), 1 + r(12), 1 + r(28), r(10_000)));
    assert!(got.iter().all(|f| !f.3), "{got:?}");
}

/// The files of the real data, packs unpacked.
fn real() -> (tempfile::TempDir, Vec<std::path::PathBuf>) {
    let dir = tempfile::tempdir().unwrap();
    let base = shared("data");
    let mut all: Vec<std::path::PathBuf> = Vec::new();
    let mut add = |from: &Path| all.extend(walkdir::WalkDir::new(from).into_iter().flatten().filter(|e| e.file_type().is_file()).map(|e| e.into_path()));
    add(&base);
    for pack in ["zh-laws-more/zh-laws-more.tar.xz", "tw-laws-A/tw-laws-A.tar.xz"] {
        let to = dir.path().join(pack.split('/').next().unwrap());
        std::fs::create_dir_all(&to).unwrap();
        let ran = std::process::Command::new("tar").arg("-xJf").arg(base.join(pack)).arg("-C").arg(&to).status();
        assert!(ran.is_ok_and(|s| s.success()), "{pack} cannot be unpacked: this test needs tar and xz");
        add(&to);
    }
    all.sort();
    (dir, all)
}

#[test]
fn real_texts_and_tables_raise_no_false_alarm() {
    let (_dir, all) = real();
    let (mut texts, mut rows, mut alarms) = (0u64, 0u64, (0u64, 0u64));
    let mut told = String::new();
    for path in all {
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        let shown = path.display().to_string();
        if shown.contains("/bad-") || name == "sha256sums" {
            continue;
        }
        let ending = name.rsplit('.').next().unwrap_or("").to_string();
        match &*ending {
            "md" | "txt" | "yml" | "yaml" | "html" => {
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                texts += 1;
                for t in traces(&text) {
                    alarms.0 += 1;
                    told.push_str(&format!("{shown}: {:?} {}\n", t, &text[t.at.clone()]));
                }
            }
            "csv" | "tsv" | "json" | "xlsx" | "xls" => {
                let f = read(&Blob::at(&path), &Settings::default());
                rows += f.tables.iter().map(|t| t.rows).sum::<u64>();
                for p in &f.personal {
                    alarms.1 += p.cells;
                    told.push_str(&format!("{shown}: {p:?}\n"));
                }
            }
            _ => {}
        }
    }
    assert!(texts > 3_000 && rows > 60_000, "{texts} texts, {rows} rows");
    assert!(alarms.0 == 0, "{} false alarms in {texts} texts:\n{told}", alarms.0);
    assert!(alarms.1 == 0, "{} false alarms in {rows} rows:\n{told}", alarms.1);
}

/// A workbook of one sheet with one more part, and its finding.
fn book(parts: &[(&str, String)]) -> Vec<u8> {
    let sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>年</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>数</t></is></c></row>\
        <row r=\"2\"><c r=\"A2\"><v>2020</v></c><c r=\"B2\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2021</v></c><c r=\"B3\"><v>2</v></c></row>\
        </sheetData>FOOT</worksheet>";
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets>NAMES</workbook>";
    let rels = |of: &str, list: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>").replace("OF", of)
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let get = |name: &str| parts.iter().find(|(n, _)| *n == name).map_or(String::new(), |(_, t)| t.clone());
    let mut all = vec![
        ("[Content_Types].xml".to_string(), "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_string()),
        ("_rels/.rels".into(), rels("", &format!("<Relationship Id=\"rId1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/>"))),
        ("xl/_rels/workbook.xml.rels".into(), rels("", &format!("<Relationship Id=\"rId1\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"))),
        ("xl/workbook.xml".into(), book.replace("NAMES", &get("NAMES"))),
        ("xl/worksheets/sheet1.xml".into(), sheet.replace("FOOT", &get("FOOT"))),
    ];
    all.extend(parts.iter().filter(|(n, _)| n.contains('/')).map(|(n, t)| (n.to_string(), t.clone())));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in all {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_part_of_a_workbook_with_words_is_looked_through() {
    assert_eq!(look("t.xlsx", &book(&[])), []);
    for (part, text) in [
        (
            "xl/comments1.xml",
            format!(
                "<comments><commentList><comment ref=\"B3\"><text><r><t>张三{}</t></r><r><t>{}</t></r></text></comment></commentList></comments>",
                &ID[..9],
                &ID[9..]
            ),
        ),
        (
            "xl/threadedComments/threadedComment1.xml",
            format!("<ThreadedComments><threadedComment ref=\"A1\"><text>{ID}</text></threadedComment></ThreadedComments>"),
        ),
        ("docProps/core.xml", format!("<cp:coreProperties xmlns:cp=\"x\" xmlns:dc=\"y\"><dc:creator>张三 {ID}</dc:creator></cp:coreProperties>")),
        ("docProps/custom.xml", format!("<Properties><property name=\"a\"><vt:lpwstr xmlns:vt=\"z\">{ID}</vt:lpwstr></property></Properties>")),
        ("FOOT", format!("<headerFooter><oddFooter>&amp;C制表：张三 {MOBILE}</oddFooter></headerFooter>")),
        ("FOOT", format!("<dataValidations><dataValidation prompt=\"问张三 {MOBILE}\" sqref=\"A1\"/></dataValidations>")),
        ("NAMES", format!("<definedNames><definedName name=\"a\">\"{ID}\"</definedName></definedNames>")),
        ("xl/sharedStrings.xml", format!("<sst><si><t>没有用到 {ID}</t></si></sst>")),
        (
            "xl/charts/chart1.xml",
            format!("<c:chartSpace xmlns:c=\"c\" xmlns:a=\"a\"><c:title><a:p><a:r><a:t>张三{ID}</a:t></a:r></a:p></c:title></c:chartSpace>"),
        ),
        ("xl/drawings/drawing1.xml", format!("<xdr:wsDr xmlns:xdr=\"d\"><xdr:cNvPr id=\"2\" descr=\"张三{ID}\"/></xdr:wsDr>")),
    ] {
        let got = look("t.xlsx", &book(&[(part, text)]));
        assert!(got.len() == 1 && got[0].3, "{part}: {got:?}");
        if part == "xl/comments1.xml" {
            assert_eq!((got[0].1, got[0].2), (3, 2));
        }
    }
}

#[test]
fn eleven_digits_of_a_site_without_chinese_do_not_block() {
    let of = |languages: &[&str], head: &str, cells: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        std::fs::write(&path, format!("n,{head}\n{}", cells.iter().enumerate().map(|(i, c)| format!("{i},{c}\n")).collect::<String>())).unwrap();
        let f = read(&Blob::at(&path), &Settings { languages: languages.iter().map(|l| l.to_string()).collect(), ..Settings::default() });
        f.personal.iter().any(|p| p.sure == Sure::Yes)
    };
    let american = ["13125550123", "14155550177", "17185550199", "13125550188"];
    let figures = ["13121010100", "13121010200", "15821010300", "18921990400"];
    for head in ["Phone Number", "phone", "contact_tel"] {
        assert!(!of(&["en"], head, &american), "{head}");
        assert!(of(&["en"], head, &["13912345678", "13012345679", "15800345670"]), "{head}: numbers that are of China only");
    }
    for head in ["bytes_sent", "APN", "globalid", "census_tract", "GEOID", "permit_number", "order_no", "traffic", "units", "Order No", "description"] {
        assert!(!of(&["en"], head, &figures) && !of(&["en", "fr"], head, &american), "{head}");
    }
    // With Chinese, or where the name of the column says it, they do.
    assert!(of(&["zh-CN", "en"], "v", &american) && of(&["en"], "手机", &american) && of(&["zh-CN"], "phone", &american) && of(&[], "phone", &american));
    // Numbers of employees and students.
    for head in ["工号", "学号", "教师工号", "准考证号"] {
        assert!(!of(&["zh-CN"], head, &figures), "{head}");
    }
}

#[test]
fn the_name_of_a_column_says_what_its_figures_were() {
    let found = |text: &str| look("t.csv", text.as_bytes()).into_iter().map(|f| (f.0, f.3)).collect::<Vec<_>>();
    for (head, v, kind) in [
        ("身份证号", "3.70E+17", "id"),
        ("身份证号", "3.70102E+17", "id"),
        ("身份证号", "3.7E+17", "id"),
        ("证件号码", "3.20102E+14", "id"),
        ("手机", "1.38E+10", "mobile"),
        ("手机", "\"13,957,184,462\"", "mobile"),
        ("联系电话", "\"13,957,184,462\"", "mobile"),
        ("电话", "13.957.184.462", "mobile"),
        ("手机", "\"13957\n184462\"", "mobile"),
        ("手机", "\"13957184\r\n462\"", "mobile"),
        ("身份证", "\"320102\n198502041013\"", "id"),
        ("备注", "\"320102\n198502041013\"", "id"),
        ("身份证", "\"320,102,198,502,041,013\"", "id"),
        ("银行卡号", "6.22E+18", "card"),
        ("港澳通行证", "C12345678", "passport"),
        ("车牌", "京 a·12345", "plate"),
        ("手机", "١٣٩٥٧١٨٤٤٦٢", "mobile"),
    ] {
        assert_eq!(found(&format!("序,{head}\n1,{v}\n2,\n3,\n")), [(kind.to_string(), true)], "{head} {v}");
    }
    for (head, v) in [
        ("产值", "\"13,957,184,462\""),
        ("总额", "3.70E+17"),
        ("value", "1.38E+10"),
        ("代码", "C12345678"),
        ("型号", "H12345678"),
        ("内容", "\"13957\n184462\""),
        ("楼", "京A12345楼"),
    ] {
        assert_eq!(found(&format!("序,{head}\n1,{v}\n2,{v}\n3,{v}\n")), [], "{head} {v}");
    }
}

#[test]
fn telephones_beside_names_are_those_of_persons() {
    let sure = |head: &str, row: &dyn Fn(usize) -> String| {
        let text = format!("{head}\n{}", (0..6).map(|i| row(i) + "\n").collect::<String>());
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.csv");
        std::fs::write(&path, text).unwrap();
        let f = read(&Blob::at(&path), &Settings { languages: vec!["en".into()], ..Settings::default() });
        f.personal.iter().map(|p| p.sure).max()
    };
    let uk = |i: usize| format!("+44 7700 9001{:02}", i + 10);
    let us = |i: usize| format!("1415555017{i}");
    for head in ["name,mobile phone", "First Name,mobile", "surname,cell_phone", "full_name,home phone", "姓名,mobile"] {
        assert_eq!(sure(head, &|i| format!("Ann{i},{}", uk(i))), Some(Sure::Yes), "{head}");
        assert_eq!(sure(head, &|i| format!("Ann{i},{}", us(i))), Some(Sure::Yes), "{head}");
        assert_eq!(sure(head, &|i| format!("Ann{i},(415) 555-017{i}")), Some(Sure::Yes), "{head}");
    }
    // Nobody is named, or offices are.
    assert_eq!(sure("id,mobile", &|i| format!("a{i},{}", uk(i))), Some(Sure::Perhaps));
    assert_eq!(sure("name,office,mobile", &|i| format!("Ann{i},x,{}", uk(i))), Some(Sure::Perhaps));
    for head in ["name,phone", "library,telephone", "first name,office phone"] {
        assert_eq!(sure(head, &|i| format!("Ann{i},{}", uk(i))), None, "{head}");
        assert_eq!(sure(head, &|i| format!("Ann{i},(415) 555-017{i}")), None, "{head}");
    }
    for (head, cell) in
        [("name,mobile", "104 000 000"), ("name,mobile", "2024-05-01"), ("country name,mobile subscriptions", "104000000"), ("name,mobile", "yes")]
    {
        assert_eq!(sure(head, &|i| format!("Ann{i},{cell}")), None, "{head} {cell}");
    }
}

#[test]
fn texts_are_known_by_their_bytes() {
    for name in [
        "a.srt",
        "a.sql",
        "a.ini",
        "a.tex",
        "a.php",
        "a.mhtml",
        "a.log",
        "a.yml",
        "a.vcf",
        "a.ics",
        "a.eml",
        "a.tsv",
        "a.conf",
        "a.py",
        "a.bat",
        "a.toml",
        "a.properties",
        "a.po",
        "a.bib",
        "a.abc",
        "README",
        "a.png",
        "a.csv.bak",
        "a.rst",
        "a.adoc",
        "a.m3u",
        "a.vtt",
    ] {
        let text = format!("x=1\nINSERT INTO t (a, b) VALUES ('张三', '{ID}');\n;tel {MOBILE},2\n");
        let got = look(name, text.as_bytes());
        assert!(got.iter().any(|f| f.0 == "id" && f.3), "{name}: {got:?}");
    }
    // What is no text is told of, and not taken for one.
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\nattachments: [a.sql, b.bin, c.pdf]\n---\n正文\n");
    p.file("content/policies/a.sql", format!("-- {ID}\n")).file("content/policies/c.pdf", "%PDF-1.4");
    p.file("content/policies/b.bin", (0..9_000u32).map(|i| (i * i % 251) as u8).collect::<Vec<u8>>());
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0.starts_with("SEC")).map(|f| (f.0, f.1)).collect();
    assert_eq!(found.iter().filter(|f| f.0 == "SEC003").count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|f| f.0 == "SEC011").count(), 1, "{found:?}");
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\n---\n正文\n").file("static/x.php", format!("<?php $a = '{ID}';"));
    assert_eq!(p.run(&["build"]).code, 1);
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    assert!(!p.exists("public/x.php"));
}

#[test]
fn formulas_formats_and_names_of_a_workbook_and_an_archive() {
    for (part, text) in [
        ("xl/styles.xml", format!("<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot;张三{ID}&quot;\"/></numFmts></styleSheet>")),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet><numFmts><numFmt formatCode=\"{}\" numFmtId=\"164\"/></numFmts></styleSheet>",
                ID.chars().map(|c| format!("\\{c}")).collect::<String>()
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>&quot;320102&quot;&amp;&quot;198502041013&quot;</f><v>1</v></c></row></sheetData></worksheet>"
                .to_string(),
        ),
        (
            "xl/worksheets/sheet2.xml",
            format!("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\">HYPERLINK(\"tel:{MOBILE}\",\"a\")</f></c></row></sheetData></worksheet>"),
        ),
        ("NAMES", format!("<definedNames><definedName name=\"ID_{ID}\">Sheet1!$A$1</definedName></definedNames>")),
        ("NAMES", format!("<customWorkbookViews><customWorkbookView name=\"张三{MOBILE}\"/></customWorkbookViews>")),
        ("xl/media/张三320102198502041013.png", "x".into()),
    ] {
        let got = look("t.xlsx", &book(&[(part, text)]));
        assert!(got.len() == 1 && got[0].3, "{part}: {got:?}");
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(format!("表/张三{ID}.csv"), zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, "年,数\n2020,1\n2021,2\n".as_bytes()).unwrap();
    let _ = zip.set_comment(format!("找张三 {MOBILE}"));
    let bytes = zip.finish().unwrap().into_inner();
    let kinds: Vec<_> = look("t.zip", &bytes).into_iter().map(|f| (f.0, f.3)).collect();
    assert_eq!(kinds, [("mobile".to_string(), true), ("id".to_string(), true)]);
    // The text of a Word file is in runs.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>".to_string()),
        (
            "word/document.xml",
            format!(
                "<w:document><w:body><w:p><w:r><w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312仿宋\"/></w:rPr><w:t>张三{}</w:t></w:r><w:r><w:rPr><w:lang w:val=\"zh-CN\"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:body></w:document>",
                &ID[..8],
                &ID[8..]
            ),
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    let got = look("t.docx", &zip.finish().unwrap().into_inner());
    assert!(got.len() == 1 && got[0].3, "{got:?}");
}

#[test]
fn html_hides_no_number_behind_its_markup() {
    let spans: String = ID.chars().map(|c| format!("<span class=\"digit d-{c}\" style=\"order: 0; font-size: 14px\">{c}</span>")).collect();
    let entities: String = ID.chars().map(|c| format!("&#{};", c as u32)).collect();
    for body in [spans, entities, format!("{}<!-- x -->{}", &ID[..6], &ID[6..]), format!("{}<br>\n{}", &ID[..6], &ID[6..])] {
        let page = format!("<!doctype html><html><body><p>张三：{body}</p></body></html>");
        let got = look("t.html", page.as_bytes());
        assert!(got.len() == 1 && got[0].0 == "id" && got[0].3, "{page}: {got:?}");
    }
    // Cells of a table are apart.
    let cells: String = ["138", "1234", "5678"].map(|c| format!("<td>{c}</td>")).concat();
    assert_eq!(look("t.html", format!("<!doctype html><html><table><tr>{cells}</tr></table></html>").as_bytes()), []);
}

#[test]
fn a_number_in_a_name_or_over_two_lines_is_printed_nowhere() {
    let p = Project::new(SITE);
    p.file(&format!("content/policies/张三{ID}.md"), "---\ntitle: 甲\nkeywords: 1\nunknown_key: x\n---\n正文\n");
    p.file("content/policies/b.md", format!("---\ntitle: 乙\n---\n请找张三{}\n{}。\n", &MOBILE[..9], &MOBILE[9..]));
    for args in [&["build"][..], &["build", "--hold-back", "--summary", "sum.json"], &["check"]] {
        for format in ["text", "json", "sarif", "github"] {
            let ran = p.run(&[args, &["--format", format]].concat());
            assert!(ran.out.contains("SEC003"), "{}", ran.out);
            for number in [ID, MOBILE, &MOBILE[..9]] {
                assert!(!ran.out.contains(number) && !ran.err.contains(number), "{args:?} {format} tells it: {}{}", ran.out, ran.err);
            }
        }
    }
    let places: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC003" && f.1.ends_with("b.md")).map(|f| (f.2, f.3)).collect();
    assert_eq!(places, [(4, 5)]);
}

#[test]
fn lines_of_comment_are_looked_through_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    let line: String = (0..60_000).map(|i| format!("{} ", 13_000_000_000u64 + i * 7_919)).collect();
    std::fs::write(&path, format!("a,b\n1,2\n3,4\n5,{line}\r\n# 张三{ID}\n")).unwrap();
    let f = read(&Blob::at(&path), &Settings { comment: Some(b'#'), ..Settings::default() });
    assert!(f.personal.iter().any(|p| p.kind.word() == "id" && p.line == 5 && p.column == 5), "{:?}", f.personal);
}

/// What a table of two rows or more is found to tell of persons: certainly, perhaps, or nothing.
fn pair(text: &str) -> Option<Sure> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("t.csv");
    std::fs::write(&path, text).unwrap();
    let f = read(&Blob::at(&path), &Settings::default());
    if f.doubts.iter().any(|d| d.code == "SEC003") {
        return Some(Sure::Yes);
    }
    f.personal.iter().map(|p| p.sure).max()
}

#[test]
fn names_beside_homes_and_illnesses_are_told_by_head_and_values() {
    let homes = ["云台市朝阳区建国路12号402室", "双河村三组15号"];
    let ills = ["糖尿病", "肺结核"];
    for head in ["姓名,地址", "申请人,住址", "受助人,现住址", "老人姓名,居住地址", "户主,地址", "学生姓名,居住地址", "姓名,户籍地址", "残疾人姓名,家庭地址"]
    {
        let text = format!("{head}\n张伟明,{}\n李秀英,{}\n", homes[0], homes[1]);
        assert_eq!(pair(&text), Some(Sure::Yes), "{head}");
        let text = format!("序号,{head}\n1,张伟明,{}\n2,欧阳秀英,{}\n", homes[0], homes[1]);
        assert_eq!(pair(&text), Some(Sure::Yes), "{head}");
    }
    for head in ["患者,疾病", "患者,诊断", "姓名,诊断", "姓名,病情", "残疾人姓名,残疾等级", "病人姓名,确诊疾病", "姓名,病名"]
    {
        let text = format!("{head}\n张伟明,{}\n李秀英,{}\n", ills[0], ills[1]);
        assert_eq!(pair(&text), Some(Sure::Yes), "{head}");
    }
    for (head, rows) in [
        ("Name,Address", "Jane Doe,\"12 Elm Street, Apt 4\"\nJohn Smith,7 Oak Avenue\n"),
        ("Full name,Home address", "Jane Doe,\"12 Elm Street, Apt 4\"\nZoltan Varga,7 Oak Avenue\n"),
        ("Patient name,Disease", "Jane Doe,HIV\nZoltan Varga,Asthma\n"),
        ("Name,Illness", "Jane Doe,HIV\nJohn Smith,Asthma\n"),
        ("first_name,last_name,street_address", "Jane,Doe,12 Elm Street\nZoltan,Varga,7 Oak Avenue\n"),
        ("First name,Surname,Home address,Diagnosis,SSN", "Jane,Doe,12 Elm Street,HIV,123-45-6789\nZoltan,Varga,7 Oak Avenue,Asthma,123-45-6780\n"),
        ("n,SSN", "1,123-45-6789\n2,123-45-6780\n"),
        ("n,Social Security Number", "1,123-45-6789\n2,123-45-6780\n"),
    ] {
        assert_eq!(pair(&format!("{head}\n{rows}")), Some(Sure::Yes), "{head}");
    }
    // Of where it is, only the place is told: somebody should look.
    assert_eq!(pair("姓名,地址\n张伟明,云台市\n李秀英,双河县\n"), Some(Sure::Perhaps));
    for (head, rows) in [
        ("单位名称,地址", "云台市人民医院,建国路12号\n双河中学,解放路15号\n"),
        ("机构,地址", "云台市图书馆,建国路12号\n双河支行,解放路15号\n"),
        ("申请人,地址", "云台市水务公司,建国路12号\n双河镇政府,解放路15号\n"),
        ("姓名,执业机构,地址", "张伟明,明德律师事务所,建国路12号\n李秀英,公正律师事务所,解放路15号\n"),
        ("医生姓名,擅长诊断", "张伟明,糖尿病\n李秀英,肺结核\n"),
        ("姓名,单位地址", "张伟明,建国路12号\n李秀英,解放路15号\n"),
        ("姓名,职务", "张伟明,局长\n李秀英,副局长\n"),
        ("负责人姓名,地址", "张伟明,建国路12号\n李秀英,解放路15号\n"),
        ("Name,Address", "Central Library,12 Elm Street\nOak Park School,7 Oak Avenue\n"),
        ("Name,Address", "Harold Washington Library,12 Elm Street\nMary Immaculate Hospital,7 Oak Avenue\n"),
        ("Business name,Address", "Jane Doe,12 Elm Street\nJohn Smith,7 Oak Avenue\n"),
        ("Attorney,First name,Last name,Address", "1,Jane,Doe,12 Elm Street\n2,John,Smith,7 Oak Avenue\n"),
        ("Name,Email address", "Jane Doe,a@b.c\nJohn Smith,d@e.f\n"),
        ("Name,Disease", "Influenza Virus,Flu\nVibrio Cholerae,Cholera\n"),
        ("Park name,Address", "Lincoln Park,12 Elm Street\nGrant Park,7 Oak Avenue\n"),
        ("n,code", "1,123-45-6789\n2,123-45-6780\n"),
    ] {
        assert_eq!(pair(&format!("{head}\n{rows}")), None, "{head} {rows}");
    }
}

#[test]
fn amounts_of_eleven_digits_are_no_telephones() {
    for head in ["GDP(元)", "地区生产总值（元）", "补贴金额", "人口数", "财政收入(元)", "GDP", "Total budget", "累计流量"] {
        for v in ["13812345678\n15912345678\n18612345678", "13812345678\n2\n3"] {
            let rows: String = v.lines().enumerate().map(|(i, v)| format!("{i},{v}\n")).collect();
            assert_eq!(pair(&format!("n,{head}\n{rows}")), None, "{head} {v}");
        }
    }
    assert_eq!(pair("n,手机\n1,13812345678\n2,15912345678\n"), Some(Sure::Yes));
}

#[test]
fn tables_and_sentences_that_tell_homes_and_illnesses() {
    let found = |text: &str| traces(text).into_iter().map(|t| t.sure).max();
    let mut wrong = Vec::new();
    for text in [
        "|姓名|住址|\n|---|---|\n|张伟明|云台市朝阳区建国路12号402室|\n",
        "|姓名|地址|\n|---|---|\n|张伟明|云台市朝阳区建国路12号402室|\n|李秀英|双河村三组15号|\n",
        "姓名|地址\n-|-\n张伟明|双河村三组15号\n",
        "| 申请人 | 住址 |\n| --- | --- |\n| 张伟明 | 双河村三组15号 |\n",
        "| **患者** | **诊断** |\n|:--|--:|\n| 张伟明 | 肺结核 |\n",
        "| Full name | Home address |\n|---|---|\n| Jane Doe | 12 Elm Street |\n",
        "张伟明家住云台市朝阳区建国路12号402室",
        "张伟明现居住在云台市朝阳区建国路12号402室",
        "患者张伟明，确诊肺结核。",
        "病人张伟明，诊断为肺癌。",
        "姓名：张伟明，疾病：糖尿病",
        "姓名：张伟明，诊断：糖尿病",
        "张伟明患有精神分裂症，残疾二级。",
        "经查，李某。\n张伟明身患尿毒症。",
        "确诊病例1：张伟明，男，35岁，住朝阳区建国路12号。",
        "低保对象张伟明家住双河村三组15号，患尿毒症",
        "Name: Jane Doe. Home address: 12 Elm Street, Apt 4. Diagnosis: HIV.",
        "**Name:** Jane Doe\n**Address:** 12 Elm Street, Apt 4\n",
        "Patient name: Jane Doe; Disease: HIV",
    ] {
        if found(text) != Some(Sure::Yes) {
            wrong.push(text);
        }
    }
    for text in [
        "|单位|地址|\n|---|---|\n|云台市人民医院|建国路12号|\n",
        "|姓名|地址|\n|---|---|\n|||\n",
        "高血压患者患有糖尿病的，可以申请。",
        "任何人患有传染病，应当报告。",
        "申请人患有精神病的，由监护人代理。",
        "患者确诊肺结核后，应当登记。",
        "Name: Central Library. Address: 12 Elm Street.",
        "Name: Jane Doe. Office address: 12 Elm Street.",
        "Name: Jane Doe. Title: Director.",
    ] {
        if found(text).is_some() {
            wrong.push(text);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_in_other_dresses() {
    let found = |text: &str| traces(text).into_iter().map(|t| t.sure).max();
    for text in [
        "手机 013881924865",
        "1388\u{3164}1924\u{3164}865",
        "138\u{E0020}8192\u{E0020}4865",
        "致电17756100526(王女士)",
        "致电17756100526（李先生）",
        "持G12345678号护照",
        "https://wa.me/8613881924865",
        "doc_no: 张伟13881924865\n",
        "versions: [{on: 2025-01-01, note: 张伟13881924865}]\n",
        "version: 张伟13881924865\n",
    ] {
        assert_eq!(found(text), Some(Sure::Yes), "{text}");
    }
    assert_eq!(found("电话019942762079"), Some(Sure::Perhaps));
    assert_eq!(pair("n,手机\n1,013881924865\n2,015912345678\n"), Some(Sure::Yes));
    for text in ["条码 013881924865", "013881924865", "型号G12345678号", "文号：13881924865"] {
        assert_eq!(found(text), None, "{text}");
    }
    assert_eq!(pair("n,code\n1,013881924865\n2,015912345678\n"), None);
}

#[test]
fn coded_texts_and_archives_in_archives_are_said_to_be_unread() {
    let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let coded: String = (0..1_200u32).map(|i| signs[(i.wrapping_mul(2_654_435_761) >> 26) as usize] as char).collect();
    let lines: String = coded.as_bytes().chunks(76).map(|c| format!("{}\n", String::from_utf8_lossy(c))).collect();
    let zip = |name: &str, bytes: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let unread = |name: &str, bytes: &[u8]| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        !read(&Blob::at(&path), &Settings::default()).why.is_empty()
    };
    for (name, text) in [
        ("a.txt", lines.clone()),
        ("a.txt", format!("附件\n\n{lines}\n")),
        ("a.eml", format!("Content-Transfer-Encoding: base64\n\n{lines}")),
        ("a.json", format!("{{\"a\": \"{coded}\"}}")),
        ("a.html", format!("<html><img src=\"data:image/png;base64,{coded}\"></html>")),
    ] {
        assert!(unread(name, text.as_bytes()), "{name}");
    }
    // Archives in archives are opened, three deep.
    let inner = zip("in.zip", &zip("x.txt", ID.as_bytes()));
    assert!(!unread("z.zip", &inner) && look("z.zip", &inner).iter().any(|f| f.0 == "id" && f.3));
    assert!(unread("z.zip", &(0..6).fold(inner, |z, _| zip("in.zip", &z))));
    let names: String = (0..200).map(|i| format!("Name{i}Abc\n")).collect();
    let hashes: String = (0..40).map(|i| format!("{:064x}  file{i}\n", 1u128 << i)).collect();
    for (name, text) in
        [("a.txt", names), ("a.txt", hashes), ("a.csv", "A1,2\nb,3\n".repeat(300)), ("a.txt", "word ".repeat(500)), ("a.json", "{\"a\": 1}".into())]
    {
        assert!(!unread(name, text.as_bytes()), "{name}");
    }
    assert!(!unread("z.zip", &zip("x.csv", b"a,b\n1,2\n3,4\n")));
}

#[test]
fn names_beside_masked_numbers_are_for_publishing_and_columns_tell_numbers_in_another_dress() {
    let found = |text: &str| look("t.csv", text.as_bytes()).into_iter().filter(|f| f.3).map(|f| f.0).collect::<Vec<_>>();
    for (head, v, want) in [
        ("手机", "138，8192，4865", "mobile"),
        ("手机", "138|8192|4865", "mobile"),
        ("手机", "①③⑧⑧①⑨②④⑧⑥⑤", "mobile"),
        ("联系电话", "l388l924865", "mobile"),
        ("身份证号", "35O302199003071235", "id"),
        ("身份证号", "350302，19900307，1235", "id"),
        ("卡号", "9403031234567890129", "card"),
    ] {
        assert_eq!(found(&format!("序;{head}\n1;{v}\n2;\n3;\n")), [want], "{head} {v}");
    }
    // Of the accounts of offices one in ten has the digit.
    let accounts: String = (0..40u64).map(|i| format!("{i},{}\n", 1_030_012_345_678_901_200 + i * 7)).collect();
    assert_eq!(found(&format!("序,账号\n{accounts}")), [] as [&str; 0]);
    let p = Project::new(SITE);
    let told = |rows: &str| {
        p.file("content/policies/a.md", "---\ntitle: 甲\nattachments: [a.csv]\n---\n正文\n").file("content/policies/a.csv", rows);
        p.findings(&[]).iter().any(|f| f.0 == "SEC003")
    };
    assert!(told("姓名,低保类别\n张伟,A\n李娜,B\n王芳,A\n"));
    assert!(told("姓名,出生日期\n张伟,1990-01-01\n李娜,1991-01-01\n"));
    for rows in [
        "姓名,身份证号\n张伟,3503**********1234\n李娜,3503**********1235\n",
        "姓名,低保类别\n张*,A\n李*,B\n王*,A\n",
        "姓名,残疾人数\n,\n",
        "姓名,出生日期\n张伟,\n李娜,\n",
    ] {
        assert!(!told(rows), "{rows}");
    }
}

#[test]
fn what_lies_in_a_closed_folder_is_not_published_by_a_link() {
    for (file, text) in [
        ("_drafts/plan.txt", "---\ntitle: 甲\n---\n[方案](_drafts/plan.txt)\n"),
        ("private/list.csv", "---\ntitle: 甲\nattachments: [private/list.csv]\n---\n文\n"),
        ("内部/图.png", "---\ntitle: 甲\n---\n![图](内部/图.png)\n"),
        ("x/old/a.txt", "---\ntitle: 甲\ndraft: false\n---\n[旧](x/old/a.txt)\n"),
    ] {
        let p = Project::new(SITE);
        p.file("content/policies/b.md", "---\ntitle: 乙\n---\n文\n")
            .file("content/policies/a.md", text)
            .file(&format!("content/policies/{file}"), "a,b\n1,2\n");
        let ran = p.run(&["build"]);
        assert!(ran.code == 1 && ran.out.contains("SEC013") && !p.exists("public"), "{file}: {}", ran.out);
        assert_eq!(p.run(&["build", "--hold-back"]).code, 0, "{file}");
        assert!(!p.exists(&format!("public/policies/{file}")) && p.exists("public/policies/b/index.html"), "{file}");
    }
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\n---\n[表](files/a.txt)\n").file("content/policies/files/a.txt", "文\n");
    assert_eq!(p.run(&["build"]).code, 0);
}

#[test]
fn a_text_that_says_at_its_beginning_that_it_is_a_draft_is_held() {
    for text in [
        "状态：草稿\n\n正文在此。\n",
        "# 通知\n\n**草稿，请勿发布**\n\n正文在此。\n",
        "---\ntitle: 甲\nrights: closed\n---\n文\n",
        "---\ntitle: 甲\nis_open: false\n---\n文\n",
    ] {
        let p = Project::new(SITE);
        p.file("content/policies/a.md", text);
        assert!(p.run(&["build"]).code == 1 && !p.exists("public"), "{text}");
    }
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\ndraft: false\n---\n草稿，请勿发布\n\n正文在此。\n");
    p.file("content/policies/b.md", "---\ntitle: 关于某办法\nrights: CC-BY-4.0\n---\n（征求意见稿）\n\n正文在此。\n");
    assert_eq!(p.run(&["build"]).code, 0);
}

#[test]
fn a_comment_is_told_as_one_and_an_option_as_one() {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\n# 李建国 330106198503124723\n---\n文\n");
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("a.md:3:") && !ran.out.contains("`title`"), "{}", ran.out);
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\n---\n文\n");
    let ran = p.run(&["build", "--base-url", "ftp://x", "--hold-back", "--lang", "en"]);
    let all = format!("{}{}", ran.out, ran.err);
    assert!(ran.code != 0 && all.contains("mend what is told above first") && !all.contains("wrong in  cannot"), "{all}");
}

#[test]
fn what_static_holds_by_its_name_is_left_out() {
    // Keys and passwords are errors; drafts, backups and closed folders warn. None is published.
    let held = [
        ("网站密码.txt", "error"),
        ("token.txt", "error"),
        ("id_rsa", "error"),
        ("draft.html", "warning"),
        ("_drafts/a.html", "warning"),
        ("内部/名单.txt", "warning"),
        ("private/a.pdf", "warning"),
        ("site.sql", "warning"),
        ("a.txt.bak", "warning"),
    ];
    for (name, severity) in held {
        let p = Project::new(SITE);
        p.file("content/pages/a.md", "---\ntitle: 甲\n---\n正文\n").file(&format!("static/{name}"), "needle").file("static/logo.txt", "ok");
        let ran = p.run(&["build", "--allow-errors", "--hold-back", "--lang", "en"]);
        assert!(
            ran.code == 0 && ran.out.contains(&format!("{severity}[SEC013]")) && ran.out.contains(&format!("static/{name}")),
            "{name}: {} {}",
            ran.out,
            ran.err
        );
        assert!(!p.exists(&format!("public/{name}")) && p.exists("public/logo.txt") && p.exists("public/a/index.html"), "{name}");
    }
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n正文\n");
    for name in ["密码学讲座.txt", "tokens-of-appreciation.html", "drafting.html", "privacy/index.txt"] {
        p.file(&format!("static/{name}"), "ok");
    }
    assert!(!p.run(&["build", "--allow-errors"]).out.contains("SEC013"), "{:?}", p.findings(&[]));
    assert!(p.exists("public/privacy/index.txt") && p.exists("public/密码学讲座.txt"));
}

#[test]
fn a_mark_of_secrecy_at_the_beginning_of_an_attachment_holds_its_item() {
    let site = format!("{SITE}profile: cn-gov\ndemo: true\n");
    for (name, text, held) in [
        ("a.txt", "秘密★3年\n\n正文", true),
        ("a.txt", "秘　密\n\n正文", true),
        ("a.html", "<!doctype html><html><body><p>机密★5年</p><p>文</p></body></html>", true),
        ("a.csv", "内部资料　注意保存\n地区,数\n甲,1\n", true),
        ("秘密★3年.txt", "正文", true),
        ("a.txt", "公开属性：依申请公开\n正文", true),
        ("a.txt", "保守国家秘密法宣传月\n正文", false),
        ("a.csv", "地区,数\n甲,1\n", false),
    ] {
        let p = Project::new(&site);
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
            .file(
                "content/news/a.md",
                format!("---\ntitle: 甲\nissuer: [office]\npublished_at: 2025-12-05\nattachments: [{name}]\n---\n正文的一句话在这里。\n"),
            )
            .file("content/news/b.md", "---\ntitle: 乙\nissuer: [office]\npublished_at: 2025-12-05\n---\n另一句话在这里。\n")
            .file(&format!("content/news/{name}"), text);
        let ran = p.run(&["build", "--allow-errors", "--hold-back", "--lang", "en"]);
        assert_eq!((ran.code, ran.out.contains("veto[SEC002]")), (0, held), "{name} {text}: {} {}", ran.out, ran.err);
        assert_eq!(p.exists("public/news/a/index.html"), !held, "{name} {text}");
        let left = crate::support::tree(&p.path("public")).iter().any(|(n, _)| n.ends_with(name));
        assert!(p.exists("public/news/b/index.html") && left != held, "{name} {text}");
    }
}

#[test]
fn a_policy_that_is_not_disclosed_is_held() {
    for (site, mode, held) in [
        ("", "不予公开", true),
        ("", "withheld", true),
        ("", "依申请公开", true),
        ("", "不公开", true),
        ("", "主动公开", false),
        ("profile: cn-gov\ndemo: true\n", "依申请公开", true),
    ] {
        let p = Project::new(&format!("{SITE}{site}"));
        p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        p.file(
            "content/policies/a.md",
            format!("---\ntitle: 关于甲的通知\nissuer: [office]\npublished_at: 2025-12-05\ndisclosure_mode: {mode}\n---\n正文的一句话在这里。\n"),
        );
        let ran = p.run(&["build", "--allow-errors", "--hold-back", "--lang", "en"]);
        assert_eq!(p.exists("public/policies/a/index.html"), !held, "{mode}: {} {}", ran.out, ran.err);
    }
}

#[test]
fn a_degree_among_fields_of_the_author_s_own_holds() {
    let p = Project::new(&format!("{SITE}profile: cn-gov\ndemo: true\n"));
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/news/a.md", "---\ntitle: 甲\nissuer: [office]\npublished_at: 2025-12-05\nextra: {密级: 机密}\n---\n正文的一句话在这里。\n");
    p.file("content/news/b.md", "---\ntitle: 乙\nissuer: [office]\npublished_at: 2025-12-05\nextra: {密级: 公开}\n---\n另一句话在这里。\n");
    let ran = p.run(&["build", "--allow-errors", "--hold-back", "--lang", "en"]);
    assert!(ran.out.contains("veto[SEC002]") && !p.exists("public/news/a/index.html") && p.exists("public/news/b/index.html"), "{}", ran.out);
}

#[test]
fn an_identity_number_with_its_last_sign_hidden_is_told() {
    for text in ["身份证号33010619780314237*", "33010619780314237＊", "33010619780314237?", "号码：33010619780314237（末位略）", "33010619780314237\\*"]
    {
        assert!(traces(text).iter().any(|t| t.kind == clerestory::personal::Kind::Id), "{text}: {:?}", traces(text));
    }
    for text in ["330106********237*", "99010619780314237*", "33010619783314237*", "33010619780314237*5"] {
        assert!(traces(text).iter().all(|t| t.kind != clerestory::personal::Kind::Id), "{text}: {:?}", traces(text));
    }
}

#[test]
fn what_would_be_published_with_the_site_is_no_place_for_the_internal_files() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n正文\n").file("static/a.txt", "ok");
    for to in [["--zip", "content/all.zip"], ["--zip", "static/all.zip"], ["--internal", "content/office"], ["--internal", "static/office"]] {
        let ran = p.run(&["build", to[0], to[1]]);
        assert_eq!((ran.code, p.exists(to[1])), (2, false), "{to:?} {}", ran.err);
    }
}

#[test]
fn a_service_promises_no_more_days_than_the_law_allows() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p.file("content/services/a.md", "---\ntitle: 办证甲\ndepartment: office\ndays_statutory: 5\ndays_promised: 20\n---\n说明。\n");
    p.file("content/services/b.md", "---\ntitle: 办证乙\ndepartment: office\ndays_statutory: 20\ndays_promised: 20\n---\n另一说明。\n");
    let ran = p.run(&["check", "--lang", "en"]);
    assert!(ran.out.contains("working days promised: 20; the law allows fewer: 5") && ran.out.contains("services/a.md:5:"), "{}", ran.out);
    assert_eq!(ran.out.matches("working days promised").count(), 1, "{}", ran.out);
}

#[test]
fn a_row_of_a_report_that_cannot_be_read_is_not_shown() {
    let p = Project::new(&format!("{SITE}profile: cn-gov\ndemo: true\n"));
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n").file(
        "content/reports/office/2024.yaml",
        "published_at: 2025-01-20\ngeneral: 总体情况。\nactive: {normative: [1, 2, 3, 4], permits: [12件], penalties: [7654]}\n",
    );
    let ran = p.run(&["build", "--allow-errors", "--lang", "en"]);
    assert!(ran.out.contains("error[SRC006]"), "{} {}", ran.out, ran.err);
    let all: String = tree(&p.path("public")).iter().filter(|(n, _)| n.contains("2024")).map(|(_, b)| String::from_utf8_lossy(b).into_owned()).collect();
    assert!(all.contains("7654") && !all.contains("12件") && !all.contains("rules.4") && !all.contains("normative.4"), "{}", ran.out);
}
