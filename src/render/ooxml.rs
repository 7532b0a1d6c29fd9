//! The package of a Word document around its text: styles, footnotes, links, page, properties. ECMA-376, transitional, as Word
//! 2010 and later, WPS and LibreOffice read it.

use crate::render::escape::xml;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// What goes into a document.
pub struct Document<'a> {
    /// Paragraphs and tables.
    pub body: &'a str,
    /// Where `link1`, `link2` … of the body lead.
    pub links: &'a [String],
    /// Footnotes from number 1 on; empty where there are none.
    pub notes: &'a str,
    /// Where those of the footnotes lead.
    pub note_links: &'a [String],
    /// Title.
    pub title: &'a str,
    /// Who issued it; may be empty.
    pub author: &'a str,
    /// Its day, `2024-06-01`.
    pub day: Option<String>,
    /// Language of its text.
    pub tag: &'a str,
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The bytes of the document: the same for the same content, on every day.
///
/// # Errors
///
/// Those of the ZIP writer.
pub fn document(d: &Document<'_>) -> zip::result::ZipResult<Vec<u8>> {
    let han = d.tag.starts_with("zh");
    let section = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"foot\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/></w:sectPr>";
    let main = format!("{XML}<w:document {W}><w:body>{}{section}</w:body></w:document>", d.body);
    // The first two are lines that Word wants.
    let notes = format!(
        "{XML}<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>{}</w:footnotes>",
        d.notes
    );
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let foot = format!(
        "{XML}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>{}<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>",
        field("begin"),
        field("separate"),
        field("end")
    );
    let mut parts = vec![("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml")];
    if !d.notes.is_empty() {
        parts.push(("footnotes", "footnotes.xml"));
    }
    let mut relations = String::new();
    for (kind, file) in &parts {
        let id = if *kind == "footer" { "foot" } else { kind };
        let _ = write!(relations, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{file}\"/>");
    }
    let word = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
    let mut types = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{}\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
        word("document.main")
    );
    for (kind, file) in &parts {
        let _ = write!(types, "<Override PartName=\"/word/{file}\" ContentType=\"{}\"/>", word(kind));
    }
    types.push_str("</Types>");
    let whole = format!(
        "<Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    );
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).compression_method(zip::CompressionMethod::Deflated);
    let mut put = |path: &str, text: &str| -> zip::result::ZipResult<()> {
        out.start_file(path, options)?;
        out.write_all(text.as_bytes())?;
        Ok(())
    };
    put("[Content_Types].xml", &types)?;
    put("_rels/.rels", &related(&whole, &[]))?;
    put("word/document.xml", &main)?;
    put("word/_rels/document.xml.rels", &related(&relations, d.links))?;
    put("word/styles.xml", &styles(d.tag, han))?;
    put("word/settings.xml", &settings(!d.notes.is_empty()))?;
    put("word/footer1.xml", &foot)?;
    if !d.notes.is_empty() {
        put("word/footnotes.xml", &notes)?;
        if !d.note_links.is_empty() {
            put("word/_rels/footnotes.xml.rels", &related("", d.note_links))?;
        }
    }
    put("docProps/core.xml", &properties(d))?;
    Ok(out.finish()?.into_inner())
}

fn related(inner: &str, links: &[String]) -> String {
    let mut out = format!("{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}");
    for (n, l) in links.iter().enumerate() {
        let _ = write!(out, "<Relationship Id=\"link{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>", n + 1, xml(&address(l)));
    }
    out.push_str("</Relationships>");
    out
}

/// An address as Word takes it: it calls a file broken for a space or a bracket in one.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "\"<>\\^`{|}".contains(c) {
            let mut bytes = [0; 4];
            for b in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{b:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn settings(notes: bool) -> String {
    let notes = if notes { "<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>" } else { "" };
    format!(
        "{XML}<w:settings {W}>{notes}<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

fn properties(d: &Document<'_>) -> String {
    let author = if d.author.is_empty() { String::new() } else { format!("<dc:creator>{}</dc:creator>", xml(d.author)) };
    let days = d.day.as_ref().map_or(String::new(), |day| {
        ["created", "modified"].map(|k| format!("<dcterms:{k} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{k}>")).concat()
    });
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>{author}<dc:language>{}</dc:language>{days}</cp:coreProperties>",
        xml(d.title),
        xml(d.tag)
    )
}

/// Styles: in Chinese those of GB/T 9704-2012 (title 22 pt in a Song face, text 16 pt in a Fangsong face, 28 pt apart, first line
/// indented by two characters, headings in Hei and Kai), else plain ones.
fn styles(tag: &str, han: bool) -> String {
    let face = |name: &str| if han { format!("<w:rFonts w:eastAsia=\"{name}\"/>") } else { String::new() };
    let (size, line, indent) = if han {
        (32, "<w:spacing w:line=\"560\" w:lineRule=\"atLeast\"/>", "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>")
    } else {
        (22, "<w:spacing w:after=\"140\" w:line=\"288\" w:lineRule=\"auto\"/>", "")
    };
    let (east, latin) = if tag == "zh-Hant" {
        ("zh-TW", "en-US")
    } else if han {
        ("zh-CN", "en-US")
    } else {
        ("zh-CN", tag)
    };
    let right = if ["ar", "fa", "he", "ug", "ur"].iter().any(|t| tag.split('-').next() == Some(*t)) { "<w:bidi/>" } else { "" };
    let mut out = format!(
        "{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"{}/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"{}\" w:eastAsia=\"{east}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{right}</w:pPr></w:pPrDefault></w:docDefaults>",
        if han { " w:eastAsia=\"FangSong\"" } else { "" },
        xml(latin)
    );
    let mut style = |id: &str, name: &str, p: &str, r: &str| {
        let base = if id == "Normal" { String::new() } else { "<w:basedOn w:val=\"Normal\"/>".to_string() };
        let default = if id == "Normal" { " w:default=\"1\"" } else { "" };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}<w:qFormat/><w:pPr>{p}</w:pPr><w:rPr>{r}</w:rPr></w:style>"
        );
    };
    let small = "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>";
    style("Normal", "Normal", "", "");
    style("BodyText", "Body Text", &format!("{line}{indent}"), "");
    style(
        "Title",
        "Title",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"360\"/><w:jc w:val=\"center\"/>",
        &format!("{}{}<w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>", face("SimSun"), if han { "" } else { "<w:b/>" }),
    );
    style("State", "State", "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"8A4B00\"/></w:pBdr><w:spacing w:after=\"160\"/>", small);
    for n in 1..=6 {
        let (name, bold) = match n {
            1 => ("SimHei", ""),
            2 => ("KaiTi", ""),
            _ => ("FangSong", "<w:b/>"),
        };
        let bold = if han { bold } else { "<w:b/>" };
        let size = if han { 32 } else { [32, 28, 24, 22, 22, 22][n - 1] };
        let space = if han { line } else { "<w:spacing w:before=\"240\" w:after=\"80\"/>" };
        let p = format!("<w:keepNext/>{space}{indent}<w:outlineLvl w:val=\"{}\"/>", n - 1);
        style(&format!("Heading{n}"), &format!("heading {n}"), &p, &format!("{}{bold}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>", face(name)));
    }
    style("ListParagraph", "List Paragraph", &format!("{line}<w:ind w:left=\"480\"/>"), "");
    style(
        "Quote",
        "Quote",
        &format!("<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"808080\"/></w:pBdr>{line}<w:ind w:left=\"480\"/>"),
        "",
    );
    style("Code", "Code", "<w:spacing w:after=\"0\"/>", "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/><w:sz w:val=\"20\"/>");
    style("TableText", "Table Text", "<w:spacing w:before=\"40\" w:after=\"40\"/>", small);
    style("TableHead", "Table Head", "<w:keepNext/><w:spacing w:before=\"40\" w:after=\"40\"/>", &format!("<w:b/>{small}"));
    style("Source", "Source", "<w:spacing w:before=\"160\"/>", "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>");
    style("FootnoteText", "footnote text", "", "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>");
    style("Footer", "footer", "<w:jc w:val=\"center\"/>", "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>");
    out.push_str("<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0A5282\"/><w:u w:val=\"single\"/></w:rPr></w:style><w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style><w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style><w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>");
    }
    out.push_str("</w:tblBorders></w:tblPr></w:style></w:styles>");
    out
}
