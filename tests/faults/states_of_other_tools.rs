//! Legal status in words of other tools, and what imports lost or changed without a word.

use crate::support::{Project, SITE_CN};
use std::io::Write as _;

const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-03-01\n";

fn project() -> Project {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        z.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    }
    z.finish().unwrap().into_inner()
}

/// All files that an import wrote below `content/`.
fn content(p: &Project) -> String {
    crate::support::tree(&p.path("content")).into_iter().map(|(n, b)| format!("{n}\n{}\n", String::from_utf8_lossy(&b))).collect()
}

#[test]
fn a_legal_status_in_words_holds_the_policy() {
    for (line, field) in [
        ("status: 已废止", "repealed_by"),
        ("validity: 失效", "repealed_by"),
        ("时效性: 尚未生效", "effective_from"),
        ("时效性: 已修改", "amended_by"),
        ("repealed: true", "repealed_by"),
        ("valid_until: 2020-12-31", "expires_on"),
        ("repealed_on: 2020-12-31", "expires_on"),
        ("effective_to: 2020-12-31", "expires_on"),
        ("失效日期: 2020-12-31", "expires_on"),
    ] {
        let p = project();
        p.file("content/policies/x.md", format!("---\ntitle: 甲办法\nissuer: [a]\ndoc_no: none\npublished_at: 2019-01-02\n{line}\n---\n第一条 文。\n"));
        let ran = p.run(&["build", "--allow-errors"]);
        assert!(ran.out.contains("SRC005") && ran.out.contains(field), "{line}: {ran:#?}");
        assert!(!p.exists("public/policies/x/index.html"), "{line}");
    }
    // Under `extra` it is told, unless a field says it.
    let p = project();
    let text =
        |more: &str| format!("---\ntitle: 甲办法\nissuer: [a]\ndoc_no: none\npublished_at: 2019-01-02\n{more}extra: {{时效性: 失效}}\n---\n第一条 文。\n");
    p.file("content/policies/x.md", text(""));
    assert!(p.run(&["check"]).out.contains("is about validity"));
    p.file("content/policies/x.md", text("expires_on: 2020-12-31\n"));
    assert!(!p.run(&["check"]).out.contains("is about validity"));
}

#[test]
fn what_is_not_in_force_in_the_source_is_imported_as_a_draft() {
    let draft = |p: &Project, name: &str, args: &[&str]| {
        let ran = p.run(args);
        let all = content(p);
        assert!(all.contains("draft: true") && ran.out.contains("IMP002"), "{name}: {ran:#?}\n{all}");
    };
    let p = project();
    p.file("in/a.csv", "标题,时效性,正文\n甲办法,失效,第一条\n");
    draft(&p, "csv", &["import", "csv", "in/a.csv", "--type", "policies"]);
    for kind in ["hugo", "jekyll"] {
        let p = project();
        p.file("in/policies/a.md", "---\ntitle: 甲办法\nstatus: 已废止\n---\n文。\n");
        draft(&p, kind, &["import", kind, "in"]);
    }
    let p = project();
    p.file("in/a.txt", "甲办法\n\n**状态**: 已失效\n发文机关：甲局\n\n第一条 为了甲。\n");
    draft(&p, "text", &["import", "text", "in"]);
    for state in ["尚未生效", "停止执行", "已修改"] {
        let p = project();
        p.file(
            "in/a.html",
            format!("<html><head><title>甲办法</title></head><body><h1>甲办法</h1><table><tr><td>有效性：</td><td>{state}</td></tr><tr><td>发文机关：</td><td>甲局</td></tr></table><p>第一条 为了规范甲，制定本办法。</p></body></html>"),
        );
        draft(&p, state, &["import", "html", "in"]);
    }
}

#[test]
fn a_figure_of_hugo_takes_nothing_else_of_its_line() {
    let p = project();
    p.file(
        "in/content/news/a.md",
        "---\ntitle: 甲\ndate: 2026-01-01\n---\n前 {{< figure src=\"x.png\" alt=\"图\" >}} 后面的正文不能丢。{{< gist 1 >}}{{< youtube z >}}\n",
    );
    let ran = p.run(&["import", "hugo", "in"]);
    let all = content(&p);
    assert!(all.contains("前 ![图](x.png) 后面的正文不能丢。"), "{all}");
    assert!(ran.out.contains("`gist`") && ran.out.contains("`youtube`"), "{ran:#?}");
}

const W: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

fn word() -> Vec<u8> {
    let half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    let body = format!(
        "<w:document {W}><w:body><w:p><w:r><w:t>甲规划</w:t></w:r></w:p>\
         <w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>执行期2021</w:t><w:noBreakHyphen/><w:t>2025年。</w:t></w:r></w:p>\
         <w:p><w:r><w:t>每月</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>100元</w:t></w:r><w:r><w:t>120元，取</w:t></w:r>{half}<w:r><w:t>。</w:t></w:r></w:p></w:body></w:document>",
    );
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"第%1条\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let types =
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    zipped(&[("[Content_Types].xml", types), ("word/document.xml", &body), ("word/numbering.xml", &numbering)])
}

#[test]
fn numbers_of_word_stay_what_they_are_or_are_told() {
    let p = project();
    p.file("in/a.docx", word());
    let ran = p.run(&["import", "docx", "in"]);
    let all = content(&p);
    for part in ["2021-2025年", "每月~~100元~~120元", "取1/2。"] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    assert!(ran.out.contains("struck through") && ran.out.contains("became a line of text") && ran.out.contains("第%1条"), "{ran:#?}");
    // The readable form of an attachment.
    let p = project();
    p.file("content/policies/a.docx", word());
    p.file("content/policies/x.md", "---\ntitle: 甲办法\nissuer: [a]\ndoc_no: none\npublished_at: 2019-01-02\nattachments: [a.docx]\n---\n第一条 文。\n");
    let ran = p.run(&["build", "--allow-errors"]);
    let page = p.read("public/text/policies/a-docx/index.html");
    assert!(page.contains("2021-2025年") && page.contains("1/2") && page.contains("自动编号"), "{page}");
    assert!(!ran.out.contains("not wholly looked through"), "numbers hide nothing: {ran:#?}");
}

#[test]
fn a_page_loses_no_number_without_a_word() {
    let p = project();
    let page = "<html><head><title>甲办法</title><style>.no{display:none}</style></head><body><h1>甲办法</h1><p>第一条 为了规范甲事项的办理，按<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>计算，<span style=\"text-decoration:line-through\">旧文</span>新文。<span class=\"no\">内情</span></p><ol><li value=\"7\">庚</li><li>辛</li></ol><ol reversed><li>乙乙</li><li>甲甲</li></ol><p><img src=\"data:image/png;base64,iVBO\" alt=\"图\"><video src=\"v.mp4\"></video></p></body></html>";
    p.file("in/a.html", page);
    let ran = p.run(&["import", "html", "in"]);
    let all = content(&p);
    for part in ["按1/2计算", "~~旧文~~新文", "7. 庚\n8. 辛", "2\\. 乙乙", "1\\. 甲甲"] {
        assert!(all.contains(part), "{part}\n{all}");
    }
    assert!(!all.contains("内情"), "{all}");
    for part in ["“内情…”", "a formula became", "numbers of a list are not", "img src", "<video>"] {
        assert!(ran.out.contains(part), "{part}: {ran:#?}");
    }
}

#[test]
fn a_workbook_is_imported_as_its_csv_would_be_and_what_it_hides_is_no_public_item() {
    let cell = |r: &str, s: &str, t: &str| format!("<c r=\"{r}\"{s} t=\"inlineStr\"><is><t>{t}</t></is></c>");
    let row = |n: u32, more: &str, title: &str, s: &str, body: &str| {
        format!("<row r=\"{n}\"{more}>{}{}{}</row>", cell(&format!("A{n}"), s, title), cell(&format!("B{n}"), "", body), cell(&format!("C{n}"), "", "内部"))
    };
    let data = [
        row(1, "", "标题", "", "正文"),
        row(2, "", "甲办法", "", "第一条 甲。\n第二条 乙。"),
        row(3, " hidden=\"1\"", "乙办法", "", "文。"),
        row(4, "", "丙办法", " s=\"1\"", "文。"),
        format!("<row r=\"5\">{}<c r=\"B5\" t=\"e\"><v>#REF!</v></c><c r=\"C5\"><f>1+1</f></c></row>", cell("A5", "", "丁办法")),
    ]
    .concat()
    .replace("<t>内部</t></is></c></row><row r=\"2\"", "<t>备注</t></is></c></row><row r=\"2\"");
    let ns =
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet = format!("<worksheet {ns}><cols><col min=\"3\" max=\"3\" width=\"9\" hidden=\"1\"/></cols><sheetData>{data}</sheetData></worksheet>");
    let book = zipped(&[
        ("_rels/.rels", &format!("<Relationships><Relationship Id=\"r1\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", &format!("<workbook {ns}><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{rel}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet {ns}><fonts><font/><font><strike/></font></fonts><fills><fill/></fills><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    let p = project();
    p.file("in/a.xlsx", book);
    let ran = p.run(&["import", "csv", "in/a.xlsx", "--type", "policies"]);
    let all = content(&p);
    assert!(all.contains("第一条 甲。\n第二条 乙。"), "{all}");
    assert_eq!(all.matches("draft: true").count(), 2, "{all}\n{ran:#?}");
    assert!(!all.contains("内部"), "{all}");
    for part in [
        "is hidden or filtered out",
        "has something struck through",
        "hidden columns are not imported: `备注`",
        "cells with errors",
        "without a computed value",
    ] {
        assert!(ran.out.contains(part), "{part}: {ran:#?}");
    }
}

#[test]
fn secrets_in_addresses_are_taken_out_by_imports_and_held_by_check() {
    let p = Project::new(EN);
    p.file(
        "in/a.json",
        r#"{"success":true,"result":{"results":[{"id":"k","name":"x","title":"Trees","url":"https://u:geheim@e.org/","notes":"See https://e.org/?apikey=s3cr3tvalue.","resources":[{"name":"r","url":"https://e.org/x.csv?token=s3cr3tvalue&a=1","format":"CSV"}]}]}}"#,
    );
    let ran = p.run(&["import", "ckan", "in"]);
    let all = content(&p);
    assert!(all.contains("https://e.org/x.csv?a=1") && !all.contains("s3cr3tvalue") && !all.contains("geheim"), "{all}");
    assert!(ran.out.contains("IMP003") && !ran.out.contains("s3cr3tvalue") && !ran.out.contains("geheim"), "{ran:#?}");
    for (head, body) in [("source_url: https://u:geheim@e.org/x\n", ""), ("", "See https://e.org/x?token=s3cr3tvalue here.\n")] {
        let p = Project::new(EN);
        p.file("content/news/x.md", format!("---\ntitle: A\npublished_at: 2026-01-02\n{head}---\nText.\n\n{body}"));
        let ran = p.run(&["build", "--allow-errors"]);
        assert!(ran.out.contains("SEC013") && !ran.out.contains("s3cr3tvalue") && !ran.out.contains("geheim"), "{ran:#?}");
        assert!(!p.exists("public/news/x/index.html"));
    }
}

#[test]
fn ckan_in_other_forms_loses_nothing() {
    let p = Project::new(EN);
    p.file(
        "in/a.json",
        r#"{"success":true,"result":{"results":[{"id":"k","name":"x","title":"Trees","tags":"oak, elm","author":{"name":"Ann","email":"ann@e.org"},"resources":"https://e.org/x.csv"}]}}"#,
    );
    p.file("in/b.json", r#"{"success":true,"result":{"results":[{"id":"l","name":"y","title":"Shrubs","resources":[{"name":"r","url":"https://e.org/y.csv","hash":"sha1:abc"}]}]}}"#);
    p.run(&["import", "ckan", "in"]);
    let all = content(&p);
    for part in ["[oak, elm]", "Ann", "ann@e.org", "https://e.org/x.csv", "sha1:abc"] {
        assert!(all.contains(part), "{part}\n{all}");
    }
}
