//! What a mask hides and something else shows, passwords in files, states and items that are not to be seen yet or any more, corners
//! of documents, numbers of persons in columns.

use crate::support::{Project, tree};
use std::io::{Cursor, Write as _};

const SITE: &str = "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-11-24\nlanguages: [zh-Hans]\ngit: false\n";

fn site() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    p
}

const HEAD: &str =
    "title: 名单\ndescription: 数据的说明文字。\npublisher: office\nlicense: CC-BY-4.0\naccess_rights: public\nissued: 2026-01-01\nfrequency: irregular\n";

fn dataset(p: &Project, resources: &str) {
    p.file("content/datasets/d/dataset.yaml", format!("{HEAD}resources:\n{resources}"));
}

fn news(p: &Project, name: &str, head: &str, body: &str) {
    p.file(&format!("content/news/{name}.md"), format!("---\ntitle: 消息\nsource: 办公室\npublished_at: 2026-11-01\n{head}---\n{body}\n"));
}

/// Findings as (code, severity, file, message).
fn told(p: &Project) -> Vec<(String, String, String, String)> {
    let ran = crate::support::run_as(p.root(), &["--lang", "zh", "check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
    json["findings"].as_array().expect("a list").iter().map(|f| (text(&f["code"]), text(&f["severity"]), text(&f["file"]), text(&f["message"]))).collect()
}

fn has(found: &[(String, String, String, String)], code: &str, words: &str) -> bool {
    found.iter().any(|f| f.0 == code && f.3.contains(words))
}

const NAMES: [&str; 6] = ["张伟强", "王小芳", "李建国", "赵丽华", "陈晓明", "刘德海"];

fn rows(of: impl Fn(usize, &str) -> String) -> String {
    NAMES.iter().enumerate().map(|(i, n)| of(i, n)).collect()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole").into_inner()
}

const MASKED: &str = "schema: {fields: [{name: 姓名, mask: name}]}";

#[test]
fn a_mask_is_for_every_column_of_its_head() {
    let p = site();
    p.file("content/datasets/d/a.csv", format!("姓名,姓名,数\n{}", rows(|i, n| format!("{n},{},{i}\n", NAMES[5 - i]))));
    dataset(&p, &format!("- {{name: r0, path: a.csv, {MASKED}}}\n"));
    p.build();
    let csv = p.read("public/datasets/d/r0/r0.csv");
    assert!(csv.contains("张*强,刘*海,0"), "{csv}");
    for (name, bytes) in tree(&p.path("public")) {
        let text = crate::support::shown(&name, &bytes);
        assert!(!NAMES.iter().any(|n| text.contains(n)), "{name}");
    }
    p.file("content/datasets/d/a.csv", "x\n");
    p.file("content/datasets/d/a.json", "[{\"姓名\":\"张伟强\",\"姓名\":\"王小芳\",\"数\":1},{\"姓名\":\"李建国\",\"姓名\":\"赵丽华\",\"数\":2}]");
    dataset(&p, &format!("- {{name: r0, path: a.json, {MASKED}}}\n"));
    p.build();
    let csv = p.read("public/datasets/d/r0/r0.csv");
    assert!(csv.contains("张*强") && csv.contains("王*芳") && !csv.contains("王小芳"), "{csv}");
}

#[test]
fn one_file_twice_is_masked_twice_or_held() {
    let p = site();
    let data = format!("姓名,数\n{}", rows(|i, n| format!("{n},{i}\n")));
    p.file("content/datasets/d/a.csv", &data);
    dataset(&p, &format!("- {{name: r0, path: a.csv, {MASKED}}}\n- {{name: r1, path: a.csv}}\n"));
    assert!(has(&told(&p), "SEC003", "同一个文件"), "{:#?}", told(&p));
    assert_ne!(p.run(&["build", "--allow-errors"]).code, 0);
    // The same bytes under another name, of another dataset, and in `static/`.
    dataset(&p, &format!("- {{name: r0, path: a.csv, {MASKED}}}\n"));
    assert!(!told(&p).iter().any(|f| f.1 == "veto"), "{:#?}", told(&p));
    p.file("content/datasets/e/b.csv", &data);
    p.file("content/datasets/e/dataset.yaml", format!("{HEAD}resources:\n- {{name: r0, path: b.csv}}\n"));
    assert!(told(&p).iter().any(|f| f.0 == "SEC003" && f.2.ends_with("e/b.csv")), "{:#?}", told(&p));
    p.file("content/datasets/e/dataset.yaml", format!("{HEAD}resources:\n- {{name: r0, path: b.csv, {MASKED}}}\n"));
    assert!(!told(&p).iter().any(|f| f.1 == "veto"), "{:#?}", told(&p));
    p.file("static/c.csv", &data);
    assert!(told(&p).iter().any(|f| f.0 == "SEC003" && f.2.ends_with("static/c.csv")), "{:#?}", told(&p));
}

#[test]
fn what_a_mask_hides_is_sought_in_all_that_is_published_with_it() {
    let veto = |file: &str, data: &str, resources: &str, words: &str| {
        let p = site();
        p.file(&format!("content/datasets/d/{file}"), data);
        dataset(&p, resources);
        let found = told(&p);
        assert!(has(&found, "SEC003", words), "{words}: {found:#?}");
    };
    let items = NAMES.map(|n| format!("{{\"姓名\":\"{n}\",\"家庭\":{{\"姓名\":\"{n}\"}},\"数\":1}}")).join(",");
    veto("a.json", &format!("{{\"items\":[{items}]}}"), &format!("- {{name: r0, path: a.json, {MASKED}}}\n"), "家庭.姓名");
    let places = NAMES.map(|n| {
        format!("{{\"type\":\"Feature\",\"id\":\"{n}\",\"properties\":{{\"姓名\":\"{n}\",\"数\":1}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[120.1,30.2]}}}}")
    });
    let map = format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", places.join(","));
    veto("a.geojson", &map, &format!("- {{name: r0, path: a.geojson, {MASKED}}}\n"), "“id”列");
    // Another file of the same dataset, under another head.
    let p = site();
    p.file("content/datasets/d/a.csv", format!("姓名,数\n{}", rows(|i, n| format!("{n},{i}\n"))));
    p.file("content/datasets/d/b.csv", format!("经办,数\n{}", rows(|i, n| format!("{n},{i}\n"))));
    dataset(&p, &format!("- {{name: r0, path: a.csv, {MASKED}}}\n- {{name: r1, path: b.csv}}\n"));
    let found = told(&p);
    assert!(found.iter().any(|f| f.0 == "SEC003" && f.2.ends_with("b.csv") && f.3.contains("“经办”列")), "{found:#?}");
    // A permission is one.
    let allow = "allow_personal: [{field: 经办, reason: 经办人员, approved_by: 局长, until: 2027-01-01}]";
    dataset(&p, &format!("- {{name: r0, path: a.csv, {MASKED}}}\n- {{name: r1, path: b.csv, {allow}}}\n"));
    assert!(!told(&p).iter().any(|f| f.1 == "veto"), "{:#?}", told(&p));
    // Lines around the table, other cells, the dictionary: told.
    let p = site();
    p.file("content/datasets/d/a.csv", format!("名单（王小芳等）\n姓名,数,备注\n{}注：刘德海为代表。\n", rows(|i, n| format!("{n},{i},由李建国代领\n"))));
    dataset(&p, "- {name: r0, path: a.csv, schema: {fields: [{name: 姓名, mask: name}], missingValues: [赵丽华]}}\n");
    let found = told(&p);
    for words in ["“备注”列的文字里", "说明或字典里", "表头上方", "表下"] {
        assert!(has(&found, "SEC010", words), "{words}: {found:#?}");
    }
    // One name among many that are no persons, places that are short: nothing, or a question.
    let p = site();
    p.file("content/datasets/d/a.csv", format!("姓名,地名,数\n{}", rows(|i, n| format!("{n},第{i}街,{i}\n")) + "高山,高山,7\n"));
    dataset(&p, "- {name: r0, path: a.csv, schema: {fields: [{name: 数, mask: all}]}}\n");
    assert!(!told(&p).iter().any(|f| f.3.contains("遮盖的值")), "{:#?}", told(&p));
}

#[test]
fn a_state_whose_day_lies_ahead_is_not_out() {
    let p = site();
    p.file("content/datasets/d/a.csv", "年,数\n2024,1\n2025,2\n");
    p.file("content/datasets/d/old.csv", "年,数\n2024,1\n2025,77\n");
    p.file("content/datasets/d/new.csv", "年,数\n2024,1\n2025,8899\n");
    dataset(
        &p,
        "- {name: r0, path: a.csv, versions: [{path: new.csv, version: 新秘, issued: 2026-12-30, note: 未公布说明}, {path: old.csv, version: 旧, issued: 2026-02-01}]}\n",
    );
    p.build();
    let all = tree(&p.path("public"));
    for (name, bytes) in &all {
        let text = crate::support::shown(name, bytes);
        assert!(
            !text.contains("8899") && !text.contains("8,899") && !text.contains("未公布说明") && !text.contains("新秘") && !name.ends_with("new.csv"),
            "{name}"
        );
    }
    // The earlier one is there, with what changed since.
    assert!(p.exists("public/datasets/d/old.csv"));
    assert!(p.read("public/datasets/d/r0/index.html").contains("77"));
    p.file("site.yaml", SITE.replace("2026-11-24", "2026-12-30"));
    p.build();
    assert!(p.exists("public/datasets/d/new.csv") && p.read("public/datasets/d/r0/index.html").contains("8899"));
}

#[test]
fn the_title_of_what_was_withdrawn_is_nowhere() {
    let p =
        Project::new("title: 测试站\nbase_url: https://example.org/\nas_of: 2026-03-01\nprofile: cn-gov\ndemo: true\ngit: false\nscorecards: {league: true}\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let policy = |name: &str, more: &str| {
        p.file(
            &format!("content/policies/{name}.md"),
            format!("---\ntitle: 关于甲乙秘题的通知\nissued_by: office\npublisher: office\nindex_number: 000-{name}\ndocument_number: 〔2026〕1号\nwritten_at: 2026-01-01\npublished_at: 2026-01-05\nnormative: true\nreview_by: 2027-01-01\ntasks: [{{what: 丙丁秘务, lead: office, due: 2026-02-10}}]\n{more}---\n正文里的戊己秘文。\n"),
        );
    };
    policy("p", "withdrawn: {on: 2026-02-01, reason: 有误}\n");
    p.file("content/news/n.md", "---\ntitle: 消息\nsource: 办公室\npublished_at: 2026-01-10\n---\n正文，见[通知](/policies/p.md)。\n");
    p.build();
    assert!(p.exists("public/scorecards/items.csv"));
    for (name, bytes) in tree(&p.path("public")) {
        let text = crate::support::shown(&name, &bytes);
        for word in ["甲乙秘题", "丙丁秘务", "戊己秘文"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
    let items = p.read("public/scorecards/items.csv");
    assert!(items.contains("policies/p") && items.contains("已撤回"), "{items}");
}

#[test]
fn passwords_in_texts_and_files_are_told() {
    let p = site();
    for (i, text) in [
        "数据库的密码：Gov@2024x，账号 admin",
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYWRtaW4ifQ.c2lnbmF0dXJlLW9mLXNvbWUta2luZA",
        "    DB_PASSWORD=Gov@2024x",
    ]
    .iter()
    .enumerate()
    {
        news(&p, &format!("t{i}"), "", text);
    }
    for (i, (name, bytes)) in [
        ("a.txt", b"DB_HOST=10.1.2.3\nDB_PASSWORD=Gov@2024x\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYzz9K\n".to_vec()),
        ("a.json", "{\"db\": {\"user\": \"sa\", \"password\": \"Gov@2024x\"}}".into()),
        ("a.xlsx", book(r#"<dbPr connection="Provider=SQLOLEDB;Server=10.1.2.3;User ID=sa;Password=Gov@2024x" command="select * from t"/>"#)),
    ]
    .into_iter()
    .enumerate()
    {
        p.file(&format!("content/news/f{i}/{name}"), bytes);
        p.file(
            &format!("content/news/f{i}/index.md"),
            format!("---\ntitle: 消息\nsource: 办公室\npublished_at: 2026-11-01\nattachments: [{name}]\n---\n正文。\n"),
        );
    }
    for (i, text) in
        ["密码长度不少于8位，应包含字母和数字，账号为手机号。", "用户名为学号，密码：身份证后6位", "忘记密码：请到窗口重置账号。"].iter().enumerate()
    {
        news(&p, &format!("n{i}"), "", text);
    }
    p.file("static/app/config.js", "const db = {user: 'sa', password: 'Gov@2024x'};\n");
    let found = told(&p);
    let vetoed = |file: &str| found.iter().any(|f| f.0 == "SEC013" && f.1 == "veto" && f.2.contains(file) && f.3.contains("密码"));
    for file in ["t0.md", "t1.md", "t2.md", "f0/", "f1/", "f2/", "static/app/config.js"] {
        assert!(vetoed(file), "{file}: {found:#?}");
    }
    assert!(!found.iter().any(|f| f.0 == "SEC013" && f.2.contains("/n") && f.2.ends_with("0.md") && f.2.contains("n0")), "{found:#?}");
    for n in ["n0.md", "n1.md", "n2.md"] {
        assert!(!found.iter().any(|f| f.0 == "SEC013" && f.2.ends_with(n)), "{n}: {found:#?}");
    }
    // The value itself is told to nobody.
    let ran = p.run(&["check"]);
    assert!(!ran.out.contains("Gov@2024x") && !ran.err.contains("Gov@2024x"), "{ran:#?}");
    assert!(found.iter().any(|f| f.0 == "SEC015" && f.2.contains("f2/") && f.3.contains("数据库连接")), "{found:#?}");
}

/// A workbook of one cell, with connections.
fn book(connection: &str) -> Vec<u8> {
    archive(&[
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>年</t></is></c><c r="B1" t="inlineStr"><is><t>数</t></is></c></row><row r="2"><c r="A2"><v>2024</v></c><c r="B2"><v>1</v></c></row></sheetData></worksheet>"#,
        ),
        (
            "xl/connections.xml",
            &format!(
                r#"<?xml version="1.0"?><connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" name="c" type="5">{connection}</connection></connections>"#
            ),
        ),
    ])
}

/// 11010519491231002X, an example of the standard, is known; this one has its check digit.
const ID: &str = "330106196001011121";

#[test]
fn queries_of_workbooks_and_letters_are_read() {
    let p = site();
    let letter = archive(&[
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        (
            "word/document.xml",
            r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>通知书</w:t></w:r></w:p></w:body></w:document>"#,
        ),
        (
            "word/settings.xml",
            &format!(
                r#"<?xml version="1.0"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:mailMerge><w:query w:val="SELECT * FROM t WHERE a>1 AND 身份证号='{ID}'"/></w:mailMerge></w:settings>"#
            ),
        ),
    ]);
    for (name, bytes) in [("a.docx", letter), ("a.xlsx", book(&format!(r#"<dbPr connection="x" command="select * from t where 身份证号='{ID}'"/>"#)))] {
        p.file(&format!("content/news/{}/{name}", &name[2..]), bytes);
        p.file(
            &format!("content/news/{}/index.md", &name[2..]),
            format!("---\ntitle: 消息\nsource: 办公室\npublished_at: 2026-11-01\nattachments: [{name}]\n---\n正文。\n"),
        );
    }
    let found = told(&p);
    for file in ["docx", "xlsx"] {
        assert!(found.iter().any(|f| f.0 == "SEC003" && f.2.contains(file)), "{file}: {found:#?}");
        assert!(found.iter().any(|f| f.0 == "SEC015" && f.2.contains(file) && f.3.contains("数据来源")), "{file}: {found:#?}");
    }
}

/// A PDF of one empty page and some more objects; `of` stands in its root.
fn pdf(of: &str, objects: &[&str]) -> Vec<u8> {
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {of} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_string(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>".to_string(),
    ];
    all.extend(objects.iter().map(|o| o.to_string()));
    let mut out = String::from("%PDF-1.4\n");
    let mut at = Vec::new();
    for (i, o) in all.iter().enumerate() {
        at.push(out.len());
        out.push_str(&format!("{} 0 obj\n{o}\nendobj\n", i + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1));
    at.iter().for_each(|a| out.push_str(&format!("{a:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n", all.len() + 1));
    out.into_bytes()
}

#[test]
fn every_string_of_a_pdf_is_read() {
    let p = site();
    let id = format!("(ID card {ID})");
    let cases = [
        ("custom", pdf("", &[&format!("<< /Title (x) /Custom {id} >>")])),
        ("choice", pdf("", &["<< /Title (x) >>", &format!("<< /FT /Ch /T (a) /Opt [(a) {id}] >>")])),
        ("dest", pdf(&format!("/Names << /Dests << /Names [{id} [3 0 R /Fit]] >> >>"), &["<< /Title (x) >>"])),
        ("orphan", pdf("", &["<< /Title (x) >>", &id])),
        ("layer", pdf("/OCProperties << /OCGs [5 0 R] >>", &["<< /Title (x) >>", &format!("<< /Type /OCG /Name {id} >>")])),
        ("private", pdf(&format!("/PieceInfo << /App << /Private {id} >> >>"), &["<< /Title (x) >>"])),
    ];
    for (name, bytes) in &cases {
        p.file(&format!("content/news/{name}/a.pdf"), bytes);
        p.file(&format!("content/news/{name}/index.md"), "---\ntitle: 消息\nsource: 办公室\npublished_at: 2026-11-01\nattachments: [a.pdf]\n---\n正文。\n");
    }
    let found = told(&p);
    for (name, _) in &cases {
        assert!(found.iter().any(|f| f.0 == "SEC003" && f.2.contains(name)), "{name}: {found:#?}");
    }
}

#[test]
fn more_than_at_the_beginning_of_a_line_stays() {
    let p = site();
    news(&p, "a", "", "标准如下：\n\n>5万元的\n>=3\n\n- >60岁的老人\n- 其他\n\n1. >100人\n\n>-3℃\n");
    news(&p, "b", "", "> 引用的话。\n\n>2024年，引用。\n\n>1. 引用的列表\n>2. 第二\n\n>说明\n>5万元的引用\n");
    p.build();
    let page = p.read("public/news/a/index.html");
    for words in ["&gt;5万元的", "&gt;=3", "&gt;60岁的老人", "&gt;100人", "&gt;-3℃"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("<blockquote"), "{page}");
    assert!(p.read("public/news/a/index.md").contains(">5万元的"));
    assert!(told(&p).iter().any(|f| f.0 == "SRC034" && f.2.ends_with("a.md") && f.3.contains("大于")));
    let page = p.read("public/news/b/index.html");
    assert!(page.matches("<blockquote").count() >= 3 && !page.contains("&gt;"), "{page}");
    assert!(!told(&p).iter().any(|f| f.0 == "SRC034" && f.2.ends_with("b.md")));
}

/// Codes and columns of findings of personal data in a file with these rows.
fn personal(head: &str, row: impl Fn(usize, &str) -> String) -> Vec<String> {
    let p = site();
    p.file("content/datasets/d/a.csv", format!("{head}\n{}", rows(row)));
    dataset(&p, "- {name: r0, path: a.csv}\n");
    told(&p).into_iter().filter(|f| f.0 == "SEC003" || f.0 == "SEC010").map(|f| format!("{} {}", f.0, f.3)).collect()
}

#[test]
fn numbers_of_persons_that_have_no_proof() {
    let one = |head: &str, row: &dyn Fn(usize, &str) -> String, code: &str| {
        let found = personal(head, row);
        assert!(found.iter().any(|f| f.starts_with(code)), "{head}: {found:?}");
    };
    // Seventeen of eighteen signs.
    one("编号,身份证号", &|i, _| format!("{i},33010619600{}112\n", 101 + i * 5), "SEC003");
    one("姓名,证件号码", &|i, n| format!("{n},33010619600{}112\n", 101 + i * 5), "SEC003");
    assert!(personal("业务流水,数", |i, _| format!("33010620240{}112,{i}\n", 101 + i * 5)).is_empty());
    // Taiwan.
    let ids = ["A123456789", "A223456781", "B120863158", "F127448172", "H124655238", "A123456789"];
    one("姓名,身分證字號", &|i, n| format!("{n},{}\n", ids[i]), "SEC003");
    // Accounts that no check digit holds for, cards of social security.
    one("姓名,银行账号", &|i, n| format!("{n},1901010104000{}00\n", 1000 + i * 37), "SEC010");
    one("姓名,社会保障卡卡号", &|i, n| format!("{n},A1234567{i}\n"), "SEC010");
    assert!(personal("项目,合同账号", |i, _| format!("项目{i},1901010104000{}00\n", 1000 + i * 37)).is_empty());
    // Children.
    one("学生姓名,出生年月,学校,家长姓名", &|i, n| format!("{n},2015-0{},第一小学,{}\n", i + 1, NAMES[5 - i]), "SEC010");
    one("收养人,被收养儿童", &|i, n| format!("{},{n}\n", NAMES[5 - i]), "SEC010");
    assert!(personal("学生姓名,学院,专业,年级", |i, n| format!("{n},法学院,法学,202{i}\n")).is_empty());
}

#[test]
fn a_contact_in_an_address_is_one() {
    let p = site();
    news(&p, "a", "", "[联系](weixin://dl/chat?13857131234)");
    news(&p, "b", "", "[照片](https://example.org/a/13857131234.jpg)");
    let found = told(&p);
    assert!(found.iter().any(|f| (f.0 == "SEC003" || f.0 == "SEC010") && f.2.ends_with("a.md")), "{found:#?}");
    assert!(!found.iter().any(|f| (f.0 == "SEC003" || f.0 == "SEC010") && f.2.ends_with("b.md")), "{found:#?}");
}

#[test]
fn columns_of_a_file_without_a_head_are_those_of_the_dictionary() {
    let p = site();
    p.file("content/datasets/d/a.csv", rows(|i, n| format!("{n},第{i}街,{i}\n")));
    dataset(&p, "- {name: r0, path: a.csv, dialect: {header: false}, schema: {fields: [{name: 姓名, mask: name}, {name: 街道}, {name: 数}]}}\n");
    let found = told(&p);
    assert!(!found.iter().any(|f| f.0 == "SEC003" || f.0 == "OD002"), "{found:#?}");
    p.build();
    let csv = p.read("public/datasets/d/r0/r0.csv");
    assert!(csv.contains("姓名,街道,数") && csv.contains("张*强,第0街,0"), "{csv}");
    // A dictionary of some of the columns says nothing of their places.
    dataset(&p, "- {name: r0, path: a.csv, dialect: {header: false}, schema: {fields: [{name: column_1, mask: name}]}}\n");
    p.build();
    let csv = p.read("public/datasets/d/r0/r0.csv");
    assert!(csv.contains("column_1,column_2,column_3") && csv.contains("张*强,"), "{csv}");
}
