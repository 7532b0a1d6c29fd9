//! XML of documents: events with the names that people know, entities of a file's own standing for nothing.

use super::{Budget, Why};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, BytesText, Event};
use std::io::{Cursor, Read as _};

/// Deepest nesting of elements that is read.
const DEPTH: usize = 2_000;

/// Gives each event to `f`, an empty element as its beginning and end, a CDATA section as the text that it is; an error ends it.
pub fn each(xml: &str, mut f: impl FnMut(&Event<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            // What is cut off leaves elements open.
            Ok(Event::Eof) => return if depth == 0 { Ok(()) } else { Err("it ends within an element".into()) },
            Ok(Event::CData(c)) => f(&Event::Text(BytesText::from_escaped(c.into_inner()))),
            Ok(e) => {
                match &e {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth > DEPTH {
                    return Err("elements nested too deeply".into());
                }
                f(&e);
            }
            Err(e) => return Err(e.to_string()),
        }
    }
}

/// Of the ways to show one thing (`AlternateContent`) the first is taken: whether one was, and of those that are open whether it
/// is passed over.
#[derive(Default)]
pub struct Alternatives {
    chosen: Vec<bool>,
    passed: Vec<bool>,
}

impl Alternatives {
    /// Follows an event; true where it belongs to a way that is passed over.
    pub fn skips(&mut self, e: &Event<'_>) -> bool {
        match e {
            Event::Start(s) => match s.local_name().as_ref() {
                "AlternateContent" => self.chosen.push(false),
                "Choice" | "Fallback" => self.passed.push(self.chosen.last_mut().is_some_and(|c| std::mem::replace(c, true))),
                _ => {}
            },
            Event::End(s) => match s.local_name().as_ref() {
                "AlternateContent" => drop(self.chosen.pop()),
                "Choice" | "Fallback" => drop(self.passed.pop()),
                _ => {}
            },
            _ => {}
        }
        self.passed.contains(&true)
    }
}

/// An attribute by its name without prefix.
pub fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    e.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name).map(|a| unescaped(&a.value))
}

/// In Word: a ground that letters in white are seen on.
pub fn dark(e: &BytesStart<'_>) -> bool {
    attribute(e, "fill").is_some_and(|f| f != "auto" && !looks::unseen(&f, "FFFFFF"))
        || attribute(e, "themeFill").is_some_and(|t| t != "background1")
        || attribute(e, "val").is_some_and(|v| !matches!(v.as_str(), "clear" | "nil"))
}

/// In Word: whether a colour is that of paper.
pub fn white(e: &BytesStart<'_>) -> bool {
    attribute(e, "val").is_some_and(|c| looks::unseen(&c, "FFFFFF"))
}

/// What a reference stands for; one of a file's own for nothing that is read.
pub fn entity(r: &BytesRef<'_>) -> char {
    if let Ok(Some(c)) = r.resolve_char_ref() {
        return c;
    }
    match &**r {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => ' ',
    }
}

/// A value without the five references of XML and those to characters.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_string(), |t| t.into_owned())
}

/// True for a property such as `<w:vanish/>` that is not switched off.
pub fn on(e: &BytesStart<'_>) -> bool {
    !matches!(attribute(e, "val").as_deref(), Some("0" | "false" | "off"))
}

/// The files of a document that is an archive.
pub struct Parts<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
}

/// Most files of a document.
pub const PARTS: usize = 2_000;

impl<'a> Parts<'a> {
    /// Opens it; nothing where it is none.
    pub fn open(bytes: &'a [u8]) -> Option<Parts<'a>> {
        zip::ZipArchive::new(Cursor::new(bytes)).ok().map(|zip| Parts { zip })
    }

    /// Their names, in order.
    pub fn names(&self) -> Vec<String> {
        let mut out: Vec<String> = self.zip.file_names().flatten().take(PARTS).map(|n| n.to_string()).collect();
        out.sort();
        out
    }

    /// The bytes of one. What it costs is taken from the budget.
    pub fn bytes(&mut self, name: &str, budget: &mut Budget<'_>) -> Result<Vec<u8>, Why> {
        let file = self.zip.by_name(name).map_err(|e| unopened(&e))?;
        let mut out = Vec::new();
        let failed = file.take(budget.left + 1).read_to_end(&mut out).is_err();
        if out.len() as u64 > budget.left {
            budget.left = 0;
            return Err(Why::Large);
        }
        budget.left -= out.len() as u64;
        if failed { Err(Why::Broken) } else { Ok(out) }
    }

    /// A part as text; empty where it is not there or declares entities of its own.
    pub fn xml(&mut self, name: &str, budget: &mut Budget<'_>) -> Result<String, Why> {
        let bytes = self.bytes(name, budget)?;
        let text = decoded(&bytes);
        if text.contains("<!ENTITY") { Err(Why::Broken) } else { Ok(text) }
    }
}

/// Why a file of an archive does not open.
fn unopened(e: &zip::result::ZipError) -> Why {
    let text = e.to_string().to_lowercase();
    match e {
        _ if text.contains("password") || text.contains("encrypt") => Why::Password,
        zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::CompressionMethodNotSupported(_) => Why::Packed,
        _ => Why::Broken,
    }
}

/// XML is UTF-8 or says what it is.
pub fn decoded(bytes: &[u8]) -> String {
    if let Some((e, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return e.decode_with_bom_removal(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(t) => t.to_string(),
        Err(_) => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
            let told = head.split_once("encoding=").and_then(|(_, t)| t.get(1..)).and_then(|t| t.split(['"', '\'']).next());
            let e = told.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes())).unwrap_or(encoding_rs::GB18030);
            e.decode(bytes).0.into_owned()
        }
    }
}

/// Texts of the properties of an Office document: element by element, with the names of people and company told apart.
pub fn properties(xml: &str, out: &mut super::Document) {
    let (mut name, mut text, mut lines) = (String::new(), String::new(), Vec::new());
    let _ = each(xml, |e| match e {
        Event::Start(s) => {
            name = s.local_name().as_ref().to_string();
            text.clear();
        }
        Event::Text(t) => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) => text.push(entity(r)),
        Event::End(_) => {
            let value = text.trim().to_string();
            text.clear();
            if value.is_empty() {
                return;
            }
            match name.as_str() {
                "creator" | "lastModifiedBy" | "Manager" | "initial-creator" | "manager" | "Author" | "Creator" => out.unseen.person(&value),
                "Company" | "company" => out.unseen.company = Some(value.chars().take(100).collect()),
                _ => {}
            }
            if value.chars().any(|c| !c.is_ascii_digit()) || value.len() >= 6 {
                lines.push(value);
            }
        }
        _ => {}
    });
    out.put(Spot::Properties, lines.join("\n"));
}

use crate::load::looks;
use crate::load::spot::Spot;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_of_cdata_is_text() {
        let mut out = String::new();
        let _ = each("<t>138<![CDATA[1234]]>5678 <![CDATA[a<b&c]]></t>", |e| {
            if let Event::Text(t) = e {
                out.push_str(&t.xml10_content());
            }
        });
        assert_eq!(out, "13812345678 a<b&c");
    }
}
