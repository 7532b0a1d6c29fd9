//! A workbook with one sheet of texts, as small as Excel opens it. Cells are inline strings: nothing in them is a formula.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// The workbook of a table: name of the sheet, head, rows.
pub fn workbook(sheet: &str, head: &[String], rows: impl Iterator<Item = Vec<String>>) -> Option<Vec<u8>> {
    const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let mut body = format!(
        "{XML}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>"
    );
    for row in std::iter::once(head.to_vec()).chain(rows) {
        body.push_str("<row>");
        for cell in row {
            if cell.is_empty() {
                body.push_str("<c/>");
            } else {
                let _ = write!(body, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", escape(&cell));
            }
        }
        body.push_str("</row>");
    }
    body.push_str("</sheetData></worksheet>");
    // A sheet's name has at most 31 characters, none of them a path's.
    let name: String = sheet.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(31).collect();
    let workbook = format!(
        "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        escape(&name)
    );
    let relations = |kind: &str, target: &str| {
        format!(
            "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The same bytes on every day.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).compression_method(zip::CompressionMethod::Deflated);
    for (path, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", body),
    ] {
        zip.start_file(path, options).ok()?;
        zip.write_all(text.as_bytes()).ok()?;
    }
    zip.finish().ok().map(Cursor::into_inner)
}

/// XML text; control characters that XML cannot hold are left out, and no cell is longer than Excel takes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(32_767) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
