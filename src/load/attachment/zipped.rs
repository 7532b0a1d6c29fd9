//! Archives: files in files, and what all documents that are archives have.

use super::xml::{Parts, properties};
use super::{Budget, Document, Reader, Why, picture};
use crate::load::spot::Spot;

/// A workbook inside of something: its texts without the order of a table.
pub(super) const WORKBOOK: Reader = Reader { is: |b| has(b, "xl/workbook.xml"), read: workbook };
/// ZIP
pub(super) const READER: Reader = Reader { is: |b| b.starts_with(b"PK\x03\x04") || b.starts_with(b"PK\x05\x06"), read };

/// How many bytes stand behind the end of an archive: readers of the archive do not see them, but they are published with it.
/// Given are the bytes of the whole file, or its last ones and how many stand before them.
pub(in crate::load) fn after(bytes: &[u8], before: u64) -> Option<u64> {
    if before == 0 && !bytes.starts_with(b"PK\x03\x04") && !bytes.starts_with(b"PK\x05\x06") {
        return None;
    }
    // Its end has a comment of at most 64 KB; the last record that the bytes before it fit is the true one.
    let mut till = bytes.len();
    while let Some(at) = memchr::memmem::rfind(&bytes[..till], b"PK\x05\x06") {
        let number = |from: usize| bytes.get(at + from..at + from + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let comment = bytes.get(at + 20..at + 22).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])));
        if let (Some(size), Some(offset), Some(comment)) = (number(12), number(16), comment) {
            // Those of more than 4 GB, or in ZIP64, tell their places elsewhere.
            let fits = offset == u32::MAX || u64::from(size) + u64::from(offset) <= before + at as u64;
            let end = at + 22 + comment;
            if fits && end <= bytes.len() {
                return (end < bytes.len()).then_some((bytes.len() - end) as u64);
            }
        }
        till = at;
    }
    None
}

/// Files of an archive whose places are looked at.
const PLACES: usize = 10_000;
/// Bytes that may stand behind a file before the next: what says its length, where that was not known before. A head has more.
const DESCRIPTOR: u64 = 24;

/// Whether there is room for a file between those that the directory of an archive names: its directory is damaged, or hides one.
pub(in crate::load) fn unlisted<R: std::io::Read + std::io::Seek>(zip: &mut zip::ZipArchive<R>) -> bool {
    if zip.len() > PLACES {
        return false;
    }
    let mut places: Vec<(u64, u64)> = Vec::with_capacity(zip.len() + 1);
    let mut directory = u64::MAX;
    for i in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(i) else { return false };
        let Some(start) = file.data_start() else { return false };
        places.push((file.header_start(), start.saturating_add(file.compressed_size())));
        directory = directory.min(file.central_header_start());
    }
    places.push((directory, directory));
    places.sort_unstable();
    places.windows(2).any(|w| w[1].0 != u64::MAX && w[1].0.saturating_sub(w[0].1) > DESCRIPTOR)
}

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
    let (mut shown, mut objects) = (0, 0);
    let office = names.iter().any(|n| n == "[Content_Types].xml");
    for name in names {
        let low = name.to_lowercase();
        if low.ends_with("/vbaproject.bin") || low.starts_with("basic/") && low.ends_with(".xml") || low.starts_with("scripts/") && !low.ends_with('/') {
            out.unread.insert(Why::Macros);
        }
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
            // An object of another program: a file in it is read where there is one, else it is told to be there.
            match parts.bytes(name, budget) {
                Ok(bytes) if bytes.starts_with(b"\xD0\xCF\x11\xE0") => objects += u32::from(!object(&bytes, name, budget, out)),
                _ => file(parts, name, budget, out),
            }
        } else if [".txt", ".csv", ".tsv", ".json", ".md", ".html", ".htm"].iter().any(|e| low.ends_with(e)) {
            // No part of a document: a program does not show it, whoever unpacks the file does.
            file(parts, name, budget, out);
        } else if low.starts_with("docprops/thumbnail.") && (low.ends_with(".emf") || low.ends_with(".wmf")) {
            // The first page as it was drawn: its words, or a picture that nobody looked at.
            match parts.bytes(name, budget).ok().and_then(|b| super::metafile::words(&b)) {
                Some(words) => out.put(Spot::Properties, words),
                None => shown += 1,
            }
        } else if name.contains("/activeX/") && low.ends_with(".bin") {
            objects += 1;
        } else if office && !usual(&low) {
            file(parts, name, budget, out);
        }
    }
    if objects > 0 {
        out.unread.insert(Why::Object(objects));
    }
    if shown > 0 {
        out.unread.insert(Why::Pictures(shown));
    }
}

/// A part of an Office document, by its name in small letters, that has no words, or whose words are read elsewhere.
fn usual(low: &str) -> bool {
    static ENDS: &[&str] = &[
        "/",
        ".xml",
        ".rels",
        ".vml",
        ".rdf",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".bmp",
        ".tif",
        ".tiff",
        ".emf",
        ".wmf",
        ".emz",
        ".wmz",
        ".wdp",
        ".ico",
        ".svg",
        ".odttf",
        ".ttf",
        ".otf",
        ".fntdata",
        ".psmdcp",
        ".sigs",
        "vbaproject.bin",
        "vbaprojectsignature.bin",
        "attachedtoolbars.bin",
        "volatiledependencies.bin",
    ];
    low.contains("printersettings")
        || low.contains("vbaprojectsignature")
        || low.starts_with("xl/") && low.ends_with(".bin")
        || ENDS.iter().any(|e| low.ends_with(e))
}

/// Reads what an object (OLE) holds: a document of Office, or a file that was put into it. False where it holds neither.
fn object(bytes: &[u8], name: &str, budget: &mut Budget<'_>, out: &mut Document) -> bool {
    let Some(compound) = crate::load::ole::Compound::open(bytes) else { return false };
    let has = |n: &str| compound.names().iter().any(|x| x.eq_ignore_ascii_case(n));
    if budget.depth == 0 {
        out.unread.insert(Why::Deep);
        return true;
    }
    let held = if has("WordDocument") || has("PowerPoint Document") {
        bytes.to_vec()
    } else if let Some(package) = compound.stream("Package") {
        package
    } else if let Some(file) = compound.stream("\u{1}Ole10Native").and_then(|n| native(&n)) {
        file
    } else {
        return false;
    };
    budget.depth -= 1;
    let inner = super::read(&held, budget);
    budget.depth += 1;
    let known = !inner.unread.contains(&Why::Format);
    if known {
        out.inside(name, inner);
    }
    known
}

/// The file in an object that packs one: its length, two bytes, its name and path, and before its bytes their length.
fn native(stream: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| stream.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let text = |from: usize| stream.get(from..)?.iter().position(|b| *b == 0).map(|n| from + n + 1);
    let at = text(text(6)?)? + 4;
    let at = at + 4 + word(at)?;
    let len = word(at)?;
    stream.get(at + 4..(at + 4).checked_add(len)?).map(<[u8]>::to_vec)
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
    let (mut out, mut text, mut take, mut sounds) = (Vec::new(), String::new(), false, false);
    let _ = super::xml::each(x, |e| match e {
        Event::Start(s) => match s.local_name().as_ref() {
            "si" | "comment" | "threadedComment" => text.clear(),
            "t" | "text" => take = !sounds,
            // How a text is read aloud is no part of it.
            "rPh" => sounds = true,
            _ => {}
        },
        Event::Text(t) if take => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => text.push(super::xml::entity(r)),
        Event::End(s) => match s.local_name().as_ref() {
            "t" | "text" => take = false,
            "rPh" => sounds = false,
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
