//! Personal data in a data file outside its tables: metadata beside the records of a JSON, the text of a page, comments,
//! properties, headers, names and drawings of a workbook. What stands in a cell is judged with its column, not here.

use super::bytes::{self, Encoded, Member, Wrap};
use super::{File, Personal, Settings, Spot, WHOLE, decode, rows};
use crate::load::Blob;
use crate::personal::{self, Kind, Sure, Trace};
use rustc_hash::FxHashSet;
use std::io::{self, Cursor, Read as _};

/// Bytes of the parts of a workbook that are looked through, together; most parts; most findings of a file.
const PARTS: u64 = 256 << 20;
const COUNT: usize = 2_000;
const FOUND: usize = 200;

/// Something found: what, where, and its number.
struct Hit {
    trace: Trace,
    spot: Spot,
    line: u64,
    column: usize,
    core: String,
}

/// Looks through the whole text of a file, or through its lines that begin with a sign of comment.
pub(super) fn text(
    blob: &Blob,
    wrap: Option<Wrap>,
    m: &Member,
    encoded: Option<Encoded>,
    settings: &Settings,
    file: &mut File,
    comment: Option<u8>,
) -> io::Result<()> {
    // Where a column is masked the original is not published, and its texts with it.
    let Some(e) = encoded.filter(|_| settings.masks.is_empty()) else { return Ok(()) };
    let mut bytes = Vec::new();
    bytes::stream(blob, wrap, m)?.take(WHOLE).read_to_end(&mut bytes)?;
    let text = decode(&bytes[e.mark.min(bytes.len())..], e);
    drop(bytes);
    let mut hits = Vec::new();
    let (mut at, mut line, mut start) = (0, 1, 0);
    let told = |t: &Trace| comment.is_none_or(|c| text.as_bytes()[text[..t.at.start].rfind(['\n', '\r']).map_or(0, |i| i + 1)] == c);
    for trace in personal::traces(&text).into_iter().filter(told).take(FOUND) {
        for i in memchr::memchr_iter(b'\n', &text.as_bytes()[at..trace.at.start]) {
            (line, start) = (line + 1, at + i + 1);
        }
        at = trace.at.start;
        let column = text[start..at].chars().count() + 1;
        hits.push(Hit { core: personal::core(&text[trace.at.clone()]), trace, spot: Spot::Text, line, column });
    }
    keep(blob, settings, file, m, hits);
    Ok(())
}

/// Looks through the parts of a workbook that are no cells.
pub(super) fn workbook(blob: &Blob, wrap: Option<Wrap>, m: &Member, settings: &Settings, file: &mut File) -> io::Result<()> {
    if !settings.masks.is_empty() {
        return Ok(());
    }
    let mut bytes = Vec::new();
    bytes::stream(blob, wrap, m)?.take(WHOLE).read_to_end(&mut bytes)?;
    // One with a password, or broken, tells nothing.
    file.unread |= file.tables.is_empty() && file.doubts.iter().any(|d| d.code == "TAB001" && d.severity == crate::diag::Severity::Error);
    let hits = if bytes.starts_with(b"PK") { zipped(&bytes) } else { binary(&bytes) };
    keep(blob, settings, file, m, hits);
    Ok(())
}

/// Adds what no cell of a table has: texts of cells are told with their column.
fn keep(blob: &Blob, settings: &Settings, file: &mut File, m: &Member, hits: Vec<Hit>) {
    if hits.is_empty() {
        return;
    }
    let mut known: FxHashSet<String> = FxHashSet::default();
    for t in &file.tables {
        let around = t.preamble.iter().chain(&t.notes).chain(&t.names).chain(&t.indicator).chain(&t.unit);
        around.for_each(|v| numbers(v, &mut known));
        // A table that cannot be read again leaves its numbers unknown: they are told twice, not lost.
        let _ = rows(blob, settings, file, t, &mut |row| {
            row.iter().filter(|v| v.len() >= 9).for_each(|v| numbers(v, &mut known));
            if known.len() > 1 << 20 { Err(io::Error::other("too many")) } else { Ok(()) }
        });
    }
    let mut told: FxHashSet<(Spot, String)> = FxHashSet::default();
    for h in hits {
        // A name beside an address is known by its column's finding.
        let here = file.personal.iter().any(|p| p.kind == h.trace.kind && p.place == Spot::Column);
        if known.contains(&h.core) || (h.trace.kind == Kind::Person && here) || !told.insert((h.spot, h.core.clone())) {
            continue;
        }
        file.personal.push(Personal {
            part: m.name.clone(),
            name: String::new(),
            column: h.column,
            kind: h.trace.kind,
            cells: 1,
            line: h.line,
            sure: h.trace.sure,
            place: h.spot,
        });
    }
}

fn numbers(v: &str, known: &mut FxHashSet<String>) {
    personal::scan(v, &mut |s| {
        known.insert(personal::core(&v[s.at]));
    });
}

fn zipped(bytes: &[u8]) -> Vec<Hit> {
    let mut out = Vec::new();
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return out };
    // As much as a sound file of this length may unpack to.
    let mut left = PARTS.min((bytes.len() as u64).saturating_mul(24).max(24 << 20));
    for i in 0..zip.len().min(COUNT) {
        let Ok(mut part) = zip.by_index(i) else { continue };
        let Some(name) = part.name().ok().map(|n| n.to_string()) else { continue };
        let Some(spot) = spot(&name) else { continue };
        let mut raw = Vec::new();
        if part.by_ref().take(left).read_to_end(&mut raw).is_err() {
            continue;
        }
        left = left.saturating_sub(raw.len() as u64);
        let all = String::from_utf8_lossy(&raw);
        // Cells are read as a table.
        let pieces: [&str; 2] = match (all.find("<sheetData"), all.rfind("</sheetData>")) {
            (Some(a), Some(b)) if a < b && name.starts_with("xl/worksheets/") => [&all[..a], &all[b..]],
            _ => [&all, ""],
        };
        for piece in pieces {
            let plain = Plain::of(piece);
            for trace in personal::traces(&plain.text) {
                if out.len() >= FOUND * 5 {
                    return out;
                }
                let (line, column) = plain.place(trace.at.start);
                out.push(Hit { core: personal::core(&plain.text[trace.at.clone()]), trace, spot, line, column });
            }
        }
        if left == 0 {
            break;
        }
    }
    out
}

/// What a part of a workbook is; `None` for those without words of people.
fn spot(name: &str) -> Option<Spot> {
    let low = name.to_ascii_lowercase();
    let text = low.ends_with(".xml") || low.ends_with(".vml") || low.ends_with(".rels") || low.ends_with(".rdf");
    if !text || ["xl/styles.xml", "xl/theme/", "xl/calcchain.xml", "[content_types].xml", "meta-inf/"].iter().any(|w| low.starts_with(w)) {
        return None;
    }
    Some(if low.contains("comments") || low.contains("threadedcomment") {
        Spot::Comment
    } else if low.starts_with("docprops/") || low == "meta.xml" || low.starts_with("customxml/") {
        Spot::Properties
    } else {
        Spot::Part
    })
}

/// The words of XML: a line for each text and for each attribute that is long enough, with the cells that comments belong to.
struct Plain {
    text: String,
    refs: Vec<(usize, u64, usize)>,
}

impl Plain {
    fn of(xml: &str) -> Plain {
        let mut out = Plain { text: String::new(), refs: Vec::new() };
        let mut rest = xml;
        while let Some(open) = rest.find('<') {
            out.put(&rest[..open]);
            let Some(close) = rest[open..].find('>').map(|c| open + c) else { return out };
            out.tag(&rest[open + 1..close]);
            rest = &rest[close + 1..];
        }
        out.put(rest);
        out
    }

    fn put(&mut self, text: &str) {
        if text.contains('&') {
            self.text.push_str(&text.replace("&#10;", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        } else {
            self.text.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\r', '\t']).next().unwrap_or("");
        let local = name.rsplit(':').next().unwrap_or(name);
        // Runs of one text differ in their looks only.
        let inside = matches!(
            local,
            "r" | "t"
                | "rPr"
                | "span"
                | "b"
                | "i"
                | "u"
                | "sz"
                | "color"
                | "rFont"
                | "family"
                | "charset"
                | "scheme"
                | "vertAlign"
                | "font"
                | "latin"
                | "ea"
                | "cs"
        );
        if !inside && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if inside || !tag.contains('=') {
            return;
        }
        for (i, part) in tag.split(['"', '\'']).enumerate() {
            if i % 2 == 0 {
                continue;
            }
            let key = tag[..part.as_ptr() as usize - tag.as_ptr() as usize].trim_end_matches(['"', '\'', '=', ' ']);
            let key = key.rsplit([' ', '\n', '\t', '"', '\'']).next().unwrap_or("");
            if key == "ref" && matches!(local, "comment" | "threadedComment") {
                self.refs.extend(cell(part).map(|(r, c)| (self.text.len(), r, c)));
            } else if part.len() >= 9
                && !key.starts_with("xmlns")
                && !key.ends_with("uid")
                && !part.starts_with('{')
                && !matches!(key, "style" | "path" | "d" | "coordsize")
            {
                self.put(part);
                self.text.push('\n');
            }
        }
    }

    /// Row and column of the cell to which the text at a place belongs; 0 where it belongs to none.
    fn place(&self, at: usize) -> (u64, usize) {
        let n = self.refs.partition_point(|(from, ..)| *from <= at);
        n.checked_sub(1).map_or((0, 0), |i| (self.refs[i].1, self.refs[i].2))
    }
}

/// `B12` as row and column, from 1.
fn cell(name: &str) -> Option<(u64, usize)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = name.bytes().take(letters.min(4)).fold(0, |n, c| n * 26 + usize::from(c - b'A') + 1);
    Some((name[letters..].parse().ok()?, column)).filter(|(_, c)| *c > 0)
}

/// The old binary form: its texts are of one or two bytes a sign. Words around a number are not kept apart there.
fn binary(bytes: &[u8]) -> Vec<Hit> {
    let mut out = Vec::new();
    let plain = |b: u8| if (0x20..0x7F).contains(&b) { b as char } else { '\n' };
    let one: String = bytes.iter().map(|b| plain(*b)).collect();
    let two = |from: usize| -> String { bytes[from.min(bytes.len())..].chunks_exact(2).map(|p| if p[1] == 0 { plain(p[0]) } else { '\n' }).collect() };
    for text in [one, two(0), two(1)] {
        for mut trace in personal::traces(&text).into_iter().take(FOUND) {
            let core = personal::core(&text[trace.at.clone()]);
            if !matches!(trace.kind, Kind::Id | Kind::Mobile) {
                continue;
            }
            if trace.kind == Kind::Mobile {
                trace.sure = Sure::Perhaps;
            }
            out.push(Hit { core, trace, spot: Spot::Part, line: 0, column: 0 });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_text_are_joined_and_texts_are_not() {
        let p = Plain::of(
            r#"<comments><comment ref="B12"><text><r><t>身份证3201021985</t></r><r><rPr><b/></rPr><t>02041013</t></r></text></comment><x descr="电话 13812345678"/></comments>"#,
        );
        assert!(p.text.contains("身份证320102198502041013\n"), "{}", p.text);
        assert!(p.text.contains("电话 13812345678\n"), "{}", p.text);
        assert_eq!(p.place(p.text.find("3201").unwrap()), (12, 2));
        assert_eq!(Plain::of("<si><t>138</t></si><si><t>12345678</t></si>").text.trim(), "138\n\n12345678".replace("\n\n", "\n"));
        assert_eq!(cell("AB3"), Some((3, 28)));
    }
}
