//! Files made to burst: each list, text and address has its budget, and what is within it is no fault. Times are measured by
//! `tests/walks/bombs`.

use crate::support::{Project, SITE};

const HEAD: &str = "---\ntitle: 甲\npublished_at: 2025-12-01\n";

fn list(key: &str, n: usize, line: impl Fn(usize) -> String) -> String {
    format!("{key}:\n{}", (0..n).map(|i| format!("- {}\n", line(i))).collect::<String>())
}

/// Codes that a project has with one more file.
fn codes(path: &str, text: &str) -> Vec<String> {
    let p = Project::new(SITE);
    p.file("content/news/b.md", format!("{HEAD}---\n文\n"));
    p.file(path, text);
    p.codes()
}

#[test]
fn lists_have_budgets_by_key() {
    for (key, most) in [("aliases", 1_000), ("changes", 1_000), ("attachments", 1_000)] {
        let within = codes("content/news/a.md", &format!("{HEAD}{}---\n文\n", list(key, most, |i| format!("/o/{i}"))));
        assert!(!within.contains(&"SRC017".to_string()), "{key}: {within:?}");
        let over = codes("content/news/a.md", &format!("{HEAD}{}---\n文\n", list(key, most + 1, |i| format!("/o/{i}"))));
        assert!(over.contains(&"SRC017".to_string()), "{key}: {over:?}");
    }
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}{}---\n文\n", list("aliases", 1_001, |i| format!("/o/{i}"))));
    // The place is that of the first entry too many; the item is held.
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC017" && f.2 == 1_005), "{:?}", p.findings(&[]));
    p.run(&["build"]);
    assert!(!p.exists("public/news/a/index.html"));
}

#[test]
fn vocabularies_have_a_budget_and_nothing_follows_from_it() {
    let text = |n: usize| (0..n).map(|i| format!("- {{id: d{i}, name: 局{i}}}\n")).collect::<String>();
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}issuer: d40000\n---\n文\n"));
    p.file("content/departments.yaml", text(40_001));
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "SRC017" && f.1 == "content/departments.yaml" && f.2 == 40_001), "{found:?}");
    assert!(!found.iter().any(|f| f.0 == "SRC011"), "{found:?}");
    p.file("content/departments.yaml", text(40_000).replace("d39999,", "d40000,"));
    assert!(!p.codes().iter().any(|c| c == "SRC017" || c == "SRC011"));
    // Ids that are there twice are told as before.
    p.file("content/departments.yaml", format!("{}- {{id: d3, name: 又}}\n", text(5)));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC009" && f.2 == 6));
}

#[test]
fn the_site_s_own_lists_have_budgets() {
    let tag = |i: usize| format!("{}{}{}", char::from(b'a' + (i / 26) as u8), char::from(b'a' + (i % 26) as u8), 'x');
    let p = Project::new(&format!("{SITE}languages: [{}]\n", (0..51).map(tag).collect::<Vec<_>>().join(", ")));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC017" && f.1 == "site.yaml"));
    // A folder written twice, in whatever way, is read once.
    let p = Project::new(&format!("{SITE}content: [content, ./content, content/]\n"));
    p.file("content/news/a.md", format!("{HEAD}---\n文\n"));
    let found = p.findings(&[]);
    assert_eq!(found.iter().filter(|f| f.0 == "SRC009" && f.1 == "site.yaml").count(), 2, "{found:?}");
    assert!(!found.iter().any(|f| f.0 == "SRC018"), "{found:?}");
}

#[test]
fn descriptions_by_language_have_a_budget() {
    let texts: String = (0..51).map(|i| format!("  x{}{}: 文\n", char::from(b'a' + i / 26), char::from(b'a' + i % 26))).collect();
    assert!(codes("content/news/a.yaml", &format!("title: 甲\npublished_at: 2025-12-01\ndescription:\n{texts}")).contains(&"SRC017".to_string()));
}

#[test]
fn old_addresses_have_a_length() {
    let long = |n: usize| format!("{HEAD}aliases: [\"{}\"]\n---\n文\n", "/a".repeat(n));
    assert!(codes("content/news/a.md", &long(1_100)).contains(&"URL002".to_string()));
    assert!(!codes("content/news/a.md", &long(100)).contains(&"URL002".to_string()));
}

#[test]
fn a_text_nested_too_deeply_is_published_as_it_stands() {
    for deep in [
        format!("{}深\n懒\n", "> ".repeat(101)),
        format!("{}深\n", ">".repeat(101)),
        format!("{}深\n", "- ".repeat(101)),
        format!("{}深\n", "1. ".repeat(101)),
        format!("{}深\n", "> - ".repeat(60)),
        format!("   {}深\n", ">- ".repeat(60)),
    ] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", format!("{HEAD}---\n前*文* <b>\n\n{deep}\n后文\n"));
        let found = p.findings(&[]);
        assert!(found.iter().any(|f| f.0 == "SRC038" && f.2 == 7), "{deep}: {found:?}");
        p.build();
        let html = p.read("public/news/a/index.html");
        for words in ["<p>前*文* &lt;b&gt;</p>", "深</p>", "<p>后文</p>"] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
    for fine in [
        format!("{}深", "> ".repeat(99)),
        "- ".repeat(200),
        "* ".repeat(200),
        "-".repeat(500),
        format!("|{}\n|{}", "a|".repeat(200), "-|".repeat(200)),
        "* * * * 甲".into(),
        "1 2 3 ".repeat(100),
        "- ".repeat(50) + "甲",
    ] {
        let got = codes("content/news/a.md", &format!("{HEAD}---\n{fine}\n"));
        assert!(!got.contains(&"SRC038".to_string()), "{fine}: {got:?}");
    }
}

#[test]
fn pieces_of_text_are_joined_as_they_stood() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}---\n甲[乙]（丙] &amp;丁\\*戊[[己*a\n\n<div>\n一\n二\n</div>\n\n末\n"));
    p.build();
    let html = p.read("public/news/a/index.html");
    assert!(html.contains("甲[乙]（丙] &amp;丁*戊[[己*a") && html.contains("&lt;div&gt;\n一\n二\n&lt;/div&gt;"), "{html}");
}

#[test]
fn a_department_is_found_by_id_and_by_name() {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n- {id: b, name: a}\n- {id: c, name: 甲局}\n");
    p.file("content/news/_column.yaml", "title: 新闻\nowner: z\n");
    p.file("content/news/a.md", format!("{HEAD}issuer: [a, 甲局, b, 丁局]\n---\n文\n"));
    let found = p.findings(&[]);
    assert_eq!(found.iter().filter(|f| f.0 == "SRC011").count(), 2, "{found:?}");
    p.build();
    let html = p.read("public/news/a/index.html");
    assert!(html.contains("甲局"), "{html}");
}

#[test]
fn findings_of_one_kind_are_counted() {
    // An id that is no text, 300 times: a hundred are told, the rest in one line.
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: [], name: {zh: []}, tel: {}}\n".repeat(300));
    assert!(p.findings(&[]).iter().filter(|f| f.0 == "SRC006").count() < 102);
}

#[test]
fn brackets_without_end_are_looked_at_once() {
    // What is told of a broken link stays: its brackets and its address, whatever stands before it.
    for before in ["", "[[](", "](", ")[", "）[", "【】(", "(（"] {
        for (broken, code) in [("[附件](附件.pdf", "SRC032"), ("(附件)[附件.pdf]", "SRC032"), ("【附件】（附件.pdf）", "SRC032"), ("行\\n，行", "SRC032")]
        {
            let text = format!("{HEAD}---\n{}\n\n{broken}\n", before.repeat(40));
            let got = codes("content/news/a.md", &text);
            assert!(got.contains(&code.to_string()), "{before} {broken}: {got:?}");
        }
    }
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut z, text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

/// A workbook of so many sheets, all of them one part.
fn workbook(sheets: usize, part: &str) -> Vec<u8> {
    let list: String = (0..sheets).map(|i| format!("<sheet name=\"s{i}\" sheetId=\"{i}\" r:id=\"r0\"/>")).collect();
    let relation = |kind: &str, to: &str| format!("<Relationships><Relationship Id=\"r0\" Type=\"x/{kind}\" Target=\"{to}\"/></Relationships>");
    zipped(&[
        ("[Content_Types].xml", "<Types/>".into()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "s.xml")),
        ("xl/s.xml", format!("<worksheet>{part}</worksheet>")),
    ])
}

fn opendocument(tables: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".into()),
        (
            "content.xml",
            format!("<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"),
        ),
    ])
}

/// What is said of a data file.
fn said(name: &str, bytes: &[u8]) -> String {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n")
        .file(
            "content/datasets/t/dataset.yaml",
            format!("title: 表\npublisher: a\nlicense: CC-BY-4.0\nissued: 2025-01-01\nresources:\n  - {{name: t, title: 表, path: {name}}}\n"),
        )
        .file(&format!("content/datasets/t/{name}"), bytes);
    p.run(&["check", "--lang", "en"]).out
}

#[test]
fn workbooks_have_budgets_of_depth_and_sheets() {
    let cell = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>";
    let sheet = format!("<sheetData>{cell}</sheetData>");
    let deep = |n: usize| format!("{sheet}{}{}", "<x>".repeat(n), "</x>".repeat(n));
    assert!(said("t.xlsx", &workbook(1, &deep(300))).contains("nested more than"));
    assert!(!said("t.xlsx", &workbook(1, &deep(200))).contains("TAB001"));
    assert!(said("t.xlsx", &workbook(1_001, &sheet)).contains("more than 1000 sheets"));
    let table = "<table:table table:name=\"a\"><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>";
    assert!(said("t.ods", &opendocument(&table.repeat(1_001))).contains("more than 1000 sheets"));
    // Blanks that one element stands for are text as any other.
    let blanks = |n: usize| table.replace("<text:p>a", &format!("<text:p>a{}", "<text:s text:c=\"1000\"/>".repeat(n)));
    assert!(said("t.ods", &opendocument(&blanks(30_000))).contains("too much text"));
    assert!(!said("t.ods", &opendocument(&blanks(10))).contains("too much text"));
}

#[test]
fn what_is_packed_grows_within_measure() {
    let csv = |rows: usize| format!("a,b\n{}", (0..rows).map(|i| format!("{},{}\n", i * 7_919 % 1_000_003, i % 97)).collect::<String>());
    assert!(!said("t.zip", &zipped(&[("t.csv", csv(20_000))])).contains("TAB001"));
    assert!(said("t.zip", &zipped(&[("t.csv", format!("a,b\n{}", "1,2\n".repeat(5_000_000)))])).contains("TAB001"));
}

#[test]
fn a_text_has_a_budget_of_lines_and_signs() {
    let lines = |n: usize| format!("{HEAD}---\n{}", "甲\n".repeat(n));
    for text in [lines(100_001), format!("{HEAD}---\n{}", "|甲".repeat(300_001)), format!("{HEAD}---\n{}", "*_".repeat(150_001))] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", text);
        let found = p.findings(&[]);
        assert!(found.iter().any(|f| f.0 == "SRC017" && f.1 == "content/news/a.md"), "{found:?}");
        p.run(&["build"]);
        assert!(!p.exists("public/news/a/index.html"));
    }
    let yaml = format!("title: 甲\npublished_at: 2025-12-01\ndescription: |\n{}", "  甲\n".repeat(100_002));
    assert!(codes("content/news/a.yaml", &yaml).contains(&"SRC017".to_string()));
    assert!(!codes("content/news/a.md", &lines(20_000)).contains(&"SRC017".to_string()));
}

#[test]
fn dead_links_of_a_page_and_lost_addresses_are_counted() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}---\n{}\n", (0..300).map(|i| format!("[甲](/b{i})")).collect::<String>()));
    let found = p.findings(&["--full"]);
    let dead: Vec<_> = found.iter().filter(|f| f.0 == "LNK001").collect();
    assert_eq!(dead.len(), 101, "{dead:?}");
    assert!(dead.iter().any(|f| f.1 == "content/news/a.md" && f.2 == 5), "{dead:?}");
    let p = Project::new(SITE);
    p.file("urls.txt", (0..300).map(|i| format!("/a{i}/\n")).collect::<String>());
    assert_eq!(p.findings(&["--full"]).iter().filter(|f| f.0 == "URL003").count(), 101);
}

#[test]
fn a_line_of_dashes_may_begin_with_a_colon() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}---\n甲 | 乙\n:-:|--:\n1 | 2\n\n:甲|\n\n词\n: 义\n"));
    p.build();
    let html = p.read("public/news/a/index.html");
    assert!(html.contains("<th") && html.contains("甲</th>") && html.contains("1</td>"), "{html}");
    assert!(html.contains(":甲|") && html.contains("<dd>"), "{html}");
}
