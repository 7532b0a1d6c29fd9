//! Archives: files in files, and what all documents that are archives have.

use super::xml::{Parts, properties};
use super::{Budget, Document, Reader, Why, picture};
use crate::load::spot::Spot;

/// A workbook inside of something: its texts without the order of a table.
pub(super) const WORKBOOK: Reader = Reader { is: |b| has(b, "xl/workbook.xml"), read: workbook };
/// ZIP
pub(super) const READER: Reader = Reader { is: |b| b.starts_with(b"PK\x03\x04") || b.starts_with(b"PK\x05\x06"), read };

/// Most files of an archive that are opened.
const FILES: usize = 50;

/// Whether an archive has a file of a name: names stand in its directory as they are.
pub(super) fn has(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(&bytes[bytes.len().saturating_sub(1 << 20)..], name.as_bytes()).is_some()
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names: Vec<String> = parts.names().into_iter().filter(|n| !n.ends_with('/')).collect();
    if names.len() > FILES {
        out.unread.insert(Why::Many);
    }
    out.put(Spot::Inside, names.join("\n"));
    for name in names.iter().take(FILES) {
        file(&mut parts, name, budget, out);
    }
}

/// Reads a file in a file.
pub(super) fn file(parts: &mut Parts<'_>, name: &str, budget: &mut Budget<'_>, out: &mut Document) {
    if budget.depth == 0 {
        out.unread.insert(Why::Deep);
        return;
    }
    match parts.bytes(name, budget) {
        Ok(bytes) => {
            budget.depth -= 1;
            let inner = super::read(&bytes, budget);
            budget.depth += 1;
            out.inside(name, inner);
        }
        Err(why) => drop(out.unread.insert(why)),
    }
}

/// What stands in every Office document beside its text: properties, pictures, files in it.
pub(super) fn rest(parts: &mut Parts<'_>, names: &[String], pictures: &str, files: &str, budget: &mut Budget<'_>, out: &mut Document) {
    let mut shown = 0;
    for name in names {
        if name.starts_with("docProps/") && name.ends_with(".xml") || name.starts_with("customXml/item") && name.ends_with(".xml") && !name.contains("Props") {
            if let Ok(x) = parts.xml(name, budget) {
                properties(&x, out);
            }
        } else if name.starts_with(pictures) && name.len() > pictures.len() {
            shown += 1;
            if let Ok(bytes) = parts.bytes(name, budget) {
                let mut inner = Document::default();
                picture::facts(&bytes, &mut inner);
                inner.unread.clear();
                out.inside(name.rsplit('/').next().unwrap_or(name), inner);
            }
        } else if name.starts_with(files) && !name.ends_with('/') && !name.ends_with(".xml") && !name.ends_with(".rels") {
            file(parts, name, budget, out);
        }
    }
    if shown > 0 {
        out.unread.insert(Why::Pictures(shown));
    }
}

/// The words of a workbook's cells and comments.
fn workbook(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = parts.names();
    // Each sheet with the shared texts in their places.
    let shared = parts.xml("xl/sharedStrings.xml", budget).map(|x| strings(&x)).unwrap_or_default();
    for name in names.iter().filter(|n| n.starts_with("xl/worksheets/") && n.ends_with(".xml") && !n.contains("_rels")) {
        match parts.xml(name, budget) {
            Ok(x) => {
                // A text of a megabyte may stand in a million cells.
                let (text, whole) = cells(&x, &shared, budget.left.min(CELLS));
                budget.left = budget.left.saturating_sub(text.len() as u64);
                out.put(Spot::Part, text);
                if !whole {
                    out.unread.insert(Why::Large);
                }
            }
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    for name in names.iter().filter(|n| n.starts_with("xl/comments") || n.contains("threadedComment")) {
        if let Ok(x) = parts.xml(name, budget) {
            out.unseen.comments += 1;
            out.put(Spot::Comment, strings(&x).join("\n"));
        }
    }
    rest(&mut parts, &names, "xl/media/", "xl/embeddings/", budget, out);
}

fn strings(x: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let (mut out, mut text, mut take) = (Vec::new(), String::new(), false);
    let _ = super::xml::each(x, |e| match e {
        Event::Start(s) => match s.local_name().as_ref() {
            "si" | "comment" | "threadedComment" => text.clear(),
            "t" | "text" => take = true,
            "rPh" => take = false,
            _ => {}
        },
        Event::Text(t) if take => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => text.push(super::xml::entity(r)),
        Event::End(s) => match s.local_name().as_ref() {
            "t" | "text" => take = false,
            "si" | "comment" | "threadedComment" => out.push(std::mem::take(&mut text)),
            _ => {}
        },
        _ => {}
    });
    out
}

/// Bytes of the text of one sheet that are looked through.
const CELLS: u64 = 16 << 20;

/// The texts of the cells of a sheet, and whether they are all.
fn cells(x: &str, shared: &[String], room: u64) -> (String, bool) {
    use quick_xml::events::Event;
    let (mut out, mut value, mut kind, mut take) = (String::new(), String::new(), String::new(), false);
    let mut whole = true;
    let _ = super::xml::each(x, |e| match e {
        Event::Start(s) => match s.local_name().as_ref() {
            "c" => {
                kind = super::xml::attribute(s, "t").unwrap_or_default();
                value.clear();
            }
            "v" | "t" => take = true,
            _ => {}
        },
        Event::Text(t) if take => value.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => value.push(super::xml::entity(r)),
        Event::End(s) => match s.local_name().as_ref() {
            "v" | "t" => take = false,
            "c" => {
                let text = if kind == "s" { value.trim().parse::<usize>().ok().and_then(|i| shared.get(i)).map_or("", String::as_str) } else { &value };
                if (out.len() + text.len()) as u64 > room {
                    whole = false;
                } else {
                    out.push_str(text);
                    out.push('\t');
                }
            }
            "row" => out.push('\n'),
            _ => {}
        },
        _ => {}
    });
    (out, whole)
}
