//! Personal data in a data file outside its tables: metadata beside the records of a JSON, the text of a page, comments,
//! properties, headers, names and drawings of a workbook. What stands in a cell is judged with its column, not here.

use super::bytes::{self, Format, Member, Wrap};
use super::encoded::Encoded;
use super::{File, Personal, Settings, Spot, WHOLE, decode, rows};
use crate::load::Blob;
use crate::load::attachment::{self, Piece, Why, html};
use crate::personal::{self, Kind, Sure, Trace};
use rustc_hash::FxHashSet;
use std::io::{self, Cursor, Read as _, Seek as _};
use std::path::Path;

/// Bytes of the parts of a workbook that are looked through, together; most parts; most findings of a file.
const PARTS: u64 = 256 << 20;
const COUNT: usize = 2_000;
/// Bytes at the end of an archive in which its end is sought.
const TAIL: u64 = 8 << 20;
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
    file.lacks(bytes.len() as u64 == WHOLE, Why::Large);
    file.lacks(crate::load::coded::coded(text.as_bytes()), Why::Coded);
    if comment.is_none() {
        file.suspect_text(m.name.as_deref(), &text);
    }
    drop(bytes);
    file.secret(m.name.as_deref(), &text, true);
    if let Some((plain, pictures)) = attachment::rtf::plain(&text) {
        file.lacks(pictures, Why::Pictures(1));
        let hit = |t: Trace| Hit { core: personal::core(&plain[t.at.clone()]), trace: t, spot: Spot::Text, line: 0, column: 0 };
        keep(blob, settings, file, m, traces(&plain, None).into_iter().map(hit).collect());
        columns(&plain, m, file);
        let (shown, hidden) = attachment::rtf::parted(&text).map_or((plain, String::new()), |(s, h, _)| (s, h));
        let pieces = [(Spot::Text, shown), (Spot::Hidden, hidden)].into_iter().filter(|(_, t)| !t.trim().is_empty());
        file.put(m, pieces.map(|(spot, text)| Piece { part: None, spot, text }).collect());
        return Ok(());
    }
    // Of a card or of UTF-7 the lines of the file are not those of its text.
    let other = attachment::text::unfolded(&text).filter(|_| comment.is_none());
    let mut hits = Vec::new();
    // Line, its beginning, and how many characters of it are passed: the text is gone through once, whatever its lines are.
    let (mut at, mut line, mut start, mut passed) = (0, 1, 0, 0);
    let b = text.as_bytes();
    for trace in traces(&text, comment) {
        for i in memchr::memchr2_iter(b'\n', b'\r', &b[at..trace.at.start]).map(|i| at + i) {
            // A line may end by `\r` alone.
            if b[i] == b'\n' || b.get(i + 1) != Some(&b'\n') {
                (line, start, passed) = (line + 1, i + 1, 0);
            }
        }
        passed += text[at.max(start)..trace.at.start].chars().count();
        at = trace.at.start;
        hits.push(Hit { core: personal::core(&text[trace.at.clone()]), trace, spot: Spot::Text, line, column: passed + 1 });
    }
    if let Some(plain) = other {
        let said: Vec<(String, Trace)> = traces(&plain, None).into_iter().map(|t| (personal::core(&plain[t.at.clone()]), t)).collect();
        // What was found by its coded signs is told by what they say, and what stands there plainly with its line.
        hits.retain(|h| said.iter().any(|(core, t)| *core == h.core && t.sure == h.trace.sure));
        let known: FxHashSet<String> = hits.iter().map(|h| h.core.clone()).collect();
        let more = said.into_iter().filter(|(core, _)| !known.contains(core));
        hits.extend(more.map(|(core, trace)| Hit { core, trace, spot: Spot::Text, line: 0, column: 0 }));
        keep(blob, settings, file, m, hits);
        file.put(m, vec![Piece { part: None, spot: Spot::Text, text: plain }]);
        return Ok(());
    }
    keep(blob, settings, file, m, hits);
    if comment.is_none() && !matches!(file.format, Format::Json | Format::JsonLines | Format::GeoJson | Format::Xml) {
        let text = if file.format == Format::Html { html::plain(&text) } else { text };
        columns(&text, m, file);
        file.put(m, vec![Piece { part: None, spot: Spot::Text, text }]);
    }
    Ok(())
}

/// Adds what only the columns of tables in a text show: kinds that nothing in the file told before.
fn columns(text: &str, m: &Member, file: &mut File) {
    for t in super::within::columns(text).into_iter().take(FOUND) {
        if !file.personal.iter().any(|p| p.part == m.name && p.kind == t.kind && p.sure >= t.sure) {
            let (kind, sure, part) = (t.kind, t.sure, m.name.clone());
            file.personal.push(Personal { part, name: String::new(), column: 0, kind, cells: 1, line: 0, sure, place: Spot::Text });
        }
    }
}

/// The first findings of a text, or of its lines that begin with a sign.
fn traces(text: &str, comment: Option<u8>) -> Vec<Trace> {
    let Some(sign) = comment else {
        let mut all = personal::traces(text);
        all.truncate(FOUND);
        return all;
    };
    let mut out = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if line.as_bytes()[0] == sign {
            out.extend(personal::traces(line).into_iter().map(|t| Trace { at: from + t.at.start..from + t.at.end, ..t }));
        }
        from += line.len();
        if out.len() >= FOUND {
            break;
        }
    }
    out
}

/// The bytes of a file that is read whole, at most so many.
pub(super) fn up_to(blob: &Blob, wrap: Option<Wrap>, m: &Member, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    bytes::stream(blob, wrap, m)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Looks through the parts of a workbook that are no cells.
pub(super) fn workbook(blob: &Blob, bytes: &[u8], m: &Member, settings: &Settings, file: &mut File) {
    // A sheet that is not there is a slip of the declaration: all that are there were read.
    let unread = |d: &super::Doubt| d.code == "TAB001" && d.severity == crate::diag::Severity::Error && !super::grids::no_such_sheet(d, settings);
    if !settings.masks.is_empty() {
        return;
    }
    // One with a password, or broken, tells nothing.
    file.lacks(file.tables.is_empty() && file.doubts.iter().any(unread), Why::Broken);
    file.lacks(bytes.len() as u64 == WHOLE, Why::Large);
    let hits = if bytes.starts_with(b"PK") { zipped(bytes, m, file) } else { binary(bytes) };
    keep(blob, settings, file, m, hits);
}

/// Looks through a document: page by page, and what its properties say.
pub(super) fn document(bytes: &[u8], m: &Member, reader: Option<&Path>, settings: &Settings, file: &mut File) {
    if !settings.masks.is_empty() {
        return;
    }
    if bytes.len() as u64 > attachment::LARGEST {
        file.lacks(true, Why::Large);
        return;
    }
    let mut budget = attachment::Budget::of(bytes.len(), attachment::apart(reader), super::words);
    let found = attachment::read(bytes, &mut budget);
    file.why.extend(found.unread);
    file.unseen.add(found.unseen);
    // Of each file within it as many as of one alone.
    let mut told: FxHashSet<(&Option<String>, Spot, String)> = FxHashSet::default();
    for p in &found.pieces {
        // What is certain before what may be: of the same words only the first is told.
        let mut all = if matches!(p.spot, Spot::Page(_)) { super::within::found_on_page(&p.text) } else { super::within::found(&p.text) };
        all.sort_by_key(|t| std::cmp::Reverse(t.sure));
        for t in all.into_iter().take(FOUND) {
            if told.len() >= FOUND * 10 || !told.insert((&p.part, p.spot, personal::core(&p.text[t.at.clone()]))) {
                continue;
            }
            let part = match (&m.name, &p.part) {
                (Some(a), Some(b)) => Some(format!("{a}/{b}")),
                (a, b) => a.clone().or_else(|| b.clone()),
            };
            let (kind, sure) = (t.kind, t.sure);
            file.personal.push(Personal { part, name: String::new(), column: 0, kind, cells: 1, line: 0, sure, place: p.spot });
        }
    }
    file.put(m, found.pieces);
}

/// What a workbook has beside its cells that readers are not shown, and pictures and files in it.
pub(super) fn unseen(bytes: &[u8], m: &Member, reader: Option<&Path>, settings: &Settings, file: &mut File) {
    let mut aside = File::new(file.bytes);
    document(bytes, m, reader, settings, &mut aside);
    file.unseen.add(aside.unseen);
    // In an archive it is a part that is of no known format, else the workbook, which its own reader read.
    let packed = bytes.starts_with(b"PK");
    let told =
        |w: &Why| matches!(w, Why::Pictures(_) | Why::Password | Why::Object(_) | Why::Macros | Why::After(_) | Why::Unlisted) || packed && *w == Why::Format;
    file.why.extend(aside.why.into_iter().filter(told));
    // Cells, comments and properties are told by their tables.
    let inner = |p: &Option<String>| p.is_some() && *p != m.name;
    file.personal.extend(aside.personal.into_iter().filter(|p| inner(&p.part)));
    file.pieces.extend(aside.pieces.into_iter().filter(|p| inner(&p.part)));
}

/// The name is not that of a table: a text of another kind may look like one.
pub(super) fn is_prose(name: &str) -> bool {
    let ending =
        name.trim_end_matches(".gz").rsplit(['/', '\\']).next().and_then(|n| n.rsplit_once('.')).map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
    !matches!(
        &*ending,
        "" | "csv" | "tsv" | "tab" | "txt" | "dat" | "psv" | "ssv" | "dsv" | "data" | "xls" | "asc" | "prn" | "out" | "json" | "jsonl" | "ndjson" | "geojson"
    )
}

/// The name of a text about other files: `readme.txt`, `LICENSE`, `说明.txt`.
pub(super) fn is_about(name: &str) -> bool {
    let low = name.rsplit(['/', '\\']).next().unwrap_or("").to_lowercase();
    let (stem, ending) = low.rsplit_once('.').unwrap_or((&low, ""));
    matches!(ending, "" | "txt" | "md" | "rst") && matches!(stem, "readme" | "read me" | "license" | "licence" | "changelog" | "说明" | "使用说明" | "自述")
}

/// Looks at the names of the files inside an archive, and at what is written on it.
pub(super) fn archive(blob: &Blob, wrap: Option<Wrap>, file: &mut File) {
    let mut texts: Vec<String> = Vec::new();
    let Ok((mut input, _)) = crate::load::walk::open_blob(blob) else { return };
    if wrap == Some(Wrap::Gz) {
        let gz = flate2::read::GzDecoder::new(io::BufReader::new(input.take(1 << 17)));
        let head = gz.header();
        let parts = head.and_then(|h| h.filename()).into_iter().chain(head.and_then(|h| h.comment()));
        texts.extend(parts.map(|t| String::from_utf8_lossy(t).into_owned()));
    } else if input.seek(io::SeekFrom::Start(0)).is_ok()
        && let Ok(mut zip) = zip::ZipArchive::new(input)
    {
        texts = written(&mut zip);
        file.lacks(attachment::unlisted(&mut zip), Why::Unlisted);
        file.unwanted = (0..zip.len().min(10_000))
            .filter_map(|i| Some(String::from_utf8_lossy(zip.by_index_raw(i).ok()?.name_raw()).into_owned()))
            .filter_map(|n| crate::load::never(&n).map(|key| (n, key)))
            .take(FOUND)
            .collect();
        let mut input = zip.into_inner();
        let start = file.bytes.saturating_sub(TAIL);
        let mut tail = Vec::new();
        if input.seek(io::SeekFrom::Start(start)).is_ok() && input.take(TAIL).read_to_end(&mut tail).is_ok() {
            file.why.extend(attachment::after(&tail, start).map(Why::After));
        }
    }
    let mut told: FxHashSet<String> = FxHashSet::default();
    for text in texts {
        file.suspect_name(&text);
        for t in personal::traces(&text).into_iter().filter(|t| told.insert(personal::core(&text[t.at.clone()]))).take(FOUND) {
            let (kind, sure) = (t.kind, t.sure);
            file.personal.push(Personal { part: None, name: String::new(), column: 0, kind, cells: 1, line: 0, sure, place: Spot::Inside });
        }
    }
}

/// Names and comments of an archive.
fn written<R: io::Read + io::Seek>(zip: &mut zip::ZipArchive<R>) -> Vec<String> {
    let mut out = vec![String::from_utf8_lossy(zip.comment()).into_owned()];
    for i in 0..zip.len().min(10_000) {
        let Ok(part) = zip.by_index_raw(i) else { continue };
        out.extend(part.name_raw().split(|c| *c == b'/').map(|n| String::from_utf8_lossy(n).into_owned()));
        if !part.comment().is_empty() {
            out.push(part.comment().to_string());
        }
    }
    out
}

/// Adds what no cell of a table has: texts of cells are told with their column.
fn keep(blob: &Blob, settings: &Settings, file: &mut File, m: &Member, hits: Vec<Hit>) {
    if hits.is_empty() {
        return;
    }
    let mut known: FxHashSet<String> = FxHashSet::default();
    // What a page of it was found to hold is told there.
    for p in file.pieces.iter().filter(|p| p.part.is_none() || p.part == m.name) {
        known.extend(personal::traces(&p.text).into_iter().map(|t| personal::core(&p.text[t.at])));
    }
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
    // Of a program or a message, what stands in columns by chance says nothing against a number.
    let prose = is_prose(m.name.as_deref().unwrap_or(&blob.disk.to_string_lossy()));
    let before = file.personal.clone();
    for h in hits {
        // A name beside an address is known by its column's finding.
        let here = file.personal.iter().any(|p| p.kind == h.trace.kind && p.place == Spot::Column);
        let columns = prose && !before.iter().any(|p| p.kind == h.trace.kind && p.sure >= h.trace.sure);
        if (known.contains(&h.core) && !columns) || (h.trace.kind == Kind::Person && here) || !told.insert((h.spot, h.core.clone())) {
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
        if !s.weak {
            known.insert(personal::core(&v[s.at]));
        }
    });
}

/// What the parts of a workbook hold; `unread` where not all of them could be looked at.
fn zipped(bytes: &[u8], m: &Member, file: &mut File) -> Vec<Hit> {
    let mut out = Vec::new();
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        file.lacks(true, Why::Broken);
        return out;
    };
    file.lacks(zip.len() > COUNT, Why::Many);
    // As much as a sound file of this length may unpack to.
    let mut left = PARTS.min((bytes.len() as u64).saturating_mul(24).max(24 << 20));
    for text in written(&mut zip) {
        let hit = |t: Trace| Hit { core: personal::core(&text[t.at.clone()]), trace: t, spot: Spot::Inside, line: 0, column: 0 };
        out.extend(personal::traces(&text).into_iter().map(hit));
        out.truncate(FOUND);
    }
    for i in 0..zip.len().min(COUNT) {
        let Ok(mut part) = zip.by_index(i) else {
            file.lacks(true, Why::Broken);
            continue;
        };
        let Some(name) = part.name().ok().map(|n| n.to_string()) else { continue };
        let Some(spot) = spot(&name) else { continue };
        let mut raw = Vec::new();
        if part.by_ref().take(left).read_to_end(&mut raw).is_err() {
            file.lacks(true, Why::Broken);
            continue;
        }
        left = left.saturating_sub(raw.len() as u64);
        let all = String::from_utf8_lossy(&raw);
        file.unseen.sources |= merged(&name, &all);
        // Cells are read as a table, but for their formulas.
        let pieces: [Plain; 4] = match (all.find("<sheetData"), all.rfind("</sheetData>")) {
            _ if name.eq_ignore_ascii_case("xl/styles.xml") => [formats(&all), Plain::default(), Plain::default(), Plain::default()],
            (Some(a), Some(b)) if a < b && name.starts_with("xl/worksheets/") => {
                [Plain::of(&all[..a]), formulas(&all[a..b]), Plain::of(&all[b..]), readings(&all[a..b])]
            }
            _ => [Plain::of(&all), Plain::default(), Plain::default(), Plain::default()],
        };
        for plain in pieces {
            file.secret(Some(&name), &plain.text, false);
            file.suspect_words(m.name.as_deref(), spot, &plain.text, lined(&name));
            for trace in personal::traces(&plain.text) {
                if out.len() >= FOUND * 5 {
                    return out;
                }
                let (line, column) = plain.place(trace.at.start);
                out.push(Hit { core: personal::core(&plain.text[trace.at.clone()]), trace, spot, line, column });
            }
        }
        if left == 0 {
            file.lacks(true, Why::Large);
            break;
        }
    }
    out
}

/// Whether a part says where data come from: the query of a mail merge, the connections of a workbook to databases.
fn merged(name: &str, xml: &str) -> bool {
    match name {
        "word/settings.xml" => xml.contains("<w:mailMerge"),
        "xl/connections.xml" => xml.contains("<dbPr") || xml.contains("connection="),
        _ => false,
    }
}

/// Whether the texts of a part are lines of their own: those of cells were looked at as such, and the words of documents with
/// what stands around them.
fn lined(name: &str) -> bool {
    name.starts_with("xl/") && name != "xl/sharedStrings.xml" || name.starts_with("docProps/") || matches!(name, "meta.xml" | "styles.xml")
}

/// What a part of a workbook is; `None` for those without words of people.
fn spot(name: &str) -> Option<Spot> {
    let low = name.to_ascii_lowercase();
    let text = low.ends_with(".xml") || low.ends_with(".vml") || low.ends_with(".rels") || low.ends_with(".rdf");
    if !text || ["xl/theme/", "xl/calcchain.xml", "[content_types].xml", "meta-inf/"].iter().any(|w| low.starts_with(w)) {
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

/// The formulas of cells, without the signs that join their texts: `"138"&"12345678"`.
fn formulas(cells: &str) -> Plain {
    let mut out = Plain::default();
    let mut at = 0;
    while let Some(open) = memchr::memmem::find(&cells.as_bytes()[at..], b"<f").map(|i| at + i) {
        at = open + 2;
        let Some(begin) = cells[at..].find('>').map(|i| at + i + 1) else { break };
        // `<formula>` is another element, `<f/>` has no text.
        if !cells[at..begin].starts_with(['>', ' ', '\n', '\r', '\t']) || cells[..begin].ends_with("/>") {
            continue;
        }
        let Some(end) = cells[begin..].find("</f>").map(|i| begin + i) else { break };
        let mut from = open.saturating_sub(200);
        while !cells.is_char_boundary(from) {
            from += 1;
        }
        let place = cells[from..open].rfind("<c ").and_then(|i| cells[from + i..open].split_once("r=\"")).and_then(|(_, r)| cell(r.split('"').next()?));
        out.refs.extend(place.map(|(r, c)| (out.text.len(), r, c)));
        let text = cells[begin..end].replace("&quot;", "\"").replace("\"&amp;\"", "").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        out.text.push_str(&text);
        out.text.push('\n');
        at = end;
    }
    out
}

/// How the texts of cells are read aloud.
fn readings(cells: &str) -> Plain {
    let mut out = Plain::default();
    for part in cells.split("<rPh").skip(1) {
        let text = part.split("</rPh>").next().unwrap_or("");
        out.text.push_str(&Plain::of(text.split_once('>').map_or("", |(_, t)| t)).text);
        out.text.push('\n');
    }
    out
}

/// The words of a header or footer without its codes: `&C13857136642`, `&12 …`, `&"Arial,Bold"…`, `&K000000…`.
fn uncoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(i) = rest.find('&') {
        out.push_str(&rest[..i]);
        rest = &rest[i + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let skip = match rest.chars().next() {
            Some('"') => rest[1..].find('"').map_or(1, |n| n + 2),
            Some('K') => rest.char_indices().nth(7).map_or(rest.len(), |(n, _)| n),
            // The size of the letters has three digits at most; what is glued to it is words.
            Some('0'..='9') => {
                if digits <= 3 {
                    digits
                } else {
                    digits.saturating_sub(11).min(3)
                }
            }
            Some('&') => {
                out.push('&');
                1
            }
            Some(c) => c.len_utf8(),
            None => 0,
        };
        if !rest.starts_with('&') {
            out.push('\n');
        }
        rest = &rest[skip..];
    }
    out.push_str(rest);
    out
}

/// The texts in number formats, and the names of styles.
fn formats(styles: &str) -> Plain {
    let mut out = Plain::default();
    for (tag, key) in [("<numFmt ", "formatCode=\""), ("<cellStyle ", " name=\"")] {
        for part in styles.split(tag).skip(1) {
            let part = part.split('>').next().unwrap_or("");
            if let Some(value) = part.split_once(key).and_then(|(_, v)| v.split('"').next()) {
                // A sign that is shown as it is has a stroke before it.
                // `0"1101…"`: the words in quotes are not part of the figure before them.
                for between in ["", " "] {
                    out.text.push_str(&value.replace("&quot;", between).replace("&amp;", "&").replace('\\', ""));
                    out.text.push('\n');
                }
            }
        }
    }
    out
}

/// The words of XML: a line for each text and for each attribute that is long enough, with the cells that comments belong to.
#[derive(Default)]
struct Plain {
    text: String,
    refs: Vec<(usize, u64, usize)>,
    /// In a header or footer of a page.
    page: bool,
}

impl Plain {
    fn of(xml: &str) -> Plain {
        let mut out = Plain::default();
        let (mut rest, mut vain) = (xml, 0);
        while let Some(open) = rest.find('<') {
            out.put(&rest[..open]);
            let Some(close) = closing(&rest[open..], &mut vain).map(|c| open + c) else { return out };
            out.tag(&rest[open + 1..close]);
            rest = &rest[close + 1..];
        }
        out.put(rest);
        out
    }

    fn put(&mut self, text: &str) {
        if self.page && text.contains('&') {
            self.text.push_str(&uncoded(&text.replace("&quot;", "\"").replace("&#10;", "\n").replace("&amp;", "&")));
        } else if text.contains('&') {
            self.text.push_str(&text.replace("&#10;", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        } else {
            self.text.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\r', '\t']).next().unwrap_or("");
        let local = name.rsplit(':').next().unwrap_or(name);
        if ["odd", "even", "first"].iter().any(|k| local.strip_prefix(k).is_some_and(|l| matches!(l, "Header" | "Footer"))) {
            self.page = !tag.starts_with('/') && !tag.ends_with('/');
        }
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
                | "rFonts"
                | "lang"
                | "szCs"
                | "bCs"
                | "iCs"
                | "noProof"
                | "proofErr"
                | "highlight"
                | "shd"
                | "kern"
                | "spacing"
                | "bookmarkStart"
                | "bookmarkEnd"
        );
        if !inside && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if inside || !tag.contains('=') {
            return;
        }
        let mut rest = tag;
        while let Some((key, part, behind)) = attribute(rest) {
            rest = behind;
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

/// The first attribute of what is left of a tag: its name, its value, and what follows. A quote of the other kind belongs to the value.
fn attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let sign = from + memchr::memchr(b'=', &tag.as_bytes()[from..])?;
        let value = tag[sign + 1..].trim_start();
        let Some(quote @ (b'"' | b'\'')) = value.bytes().next() else {
            from = sign + 1;
            continue;
        };
        let end = 1 + memchr::memchr(quote, &value.as_bytes()[1..])?;
        let key = tag[..sign].trim_end().rsplit([' ', '\n', '\r', '\t']).next().unwrap_or("");
        return Some((key, &value[1..end], &value[end + 1..]));
    }
}

/// Where a tag ends: at the first `>` that is in no value. Where quotes do not fit, at the first of all; `vain` counts what was looked
/// through for that, so that no text of quotes is gone through once a tag.
fn closing(text: &str, vain: &mut usize) -> Option<usize> {
    let b = text.as_bytes();
    let first = memchr::memchr(b'>', b)?;
    if *vain > VAIN || b.get(1).is_some_and(|c| matches!(c, b'!' | b'?')) {
        return Some(first);
    }
    let b = &b[..b.len().min(LONG_TAG)];
    let mut at = 1;
    while let Some(i) = b.get(at..).and_then(|rest| memchr::memchr3(b'"', b'\'', b'>', rest)).map(|i| at + i) {
        if b[i] == b'>' {
            return Some(i);
        }
        match memchr::memchr(b[i], &b[i + 1..]) {
            Some(n) => at = i + n + 2,
            None => break,
        }
    }
    *vain += b.len();
    Some(first)
}

/// Longest tag whose quotes are looked at, and bytes that may be looked through in vain.
const LONG_TAG: usize = 1 << 16;
const VAIN: usize = 8 << 20;

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
        for code in
            ["&amp;C13857136642", "&amp;12 13857136642", "&amp;R&amp;&quot;Arial,Bold&quot;13857136642", "&amp;K00000013857136642", "&amp;L&amp;1213857136642"]
        {
            let p = Plain::of(&format!("<headerFooter><oddHeader>{code}</oddHeader></headerFooter><a>R&amp;D</a>"));
            assert!(p.text.lines().any(|l| l.trim() == "13857136642") && p.text.contains("R&D"), "{code}: {}", p.text);
        }
        let p = Plain::of("<a b='x > 1 and c=\"13857136642\"' g=\"e='13857136643'\"/><b f=\"13857136644");
        assert_eq!(p.text.trim(), "x > 1 and c=\"13857136642\"\ne='13857136643'");
        let p = readings("<c t=\"inlineStr\"><is><t>王</t><rPh sb=\"0\" eb=\"1\"><t>13857136642</t></rPh></is></c>");
        assert_eq!(p.text.trim(), "13857136642");
    }
}
