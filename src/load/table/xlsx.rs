//! Workbooks of Office Open XML: cells with what their number formats show, hidden rows, columns and sheets, merges.
//!
//! `calamine` gives no number formats, no hidden rows and lays a sheet out to its farthest cell; so the parts are read
//! here, one event of XML after the other, under a [`Budget`].

use super::cells::{self, Budget, COLUMNS, Fault, Metered, ROWS, Raw, Unpacked};
use super::numfmt::Format;
use crate::load::looks;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::io::{BufRead, BufReader, Cursor, Read};

/// Most parts of a workbook, sheets, and merged areas of a sheet.
const PARTS: usize = 5_000;
pub(super) const SHEETS: usize = 1_000;
pub(super) const MERGES: usize = 100_000;

type Zip<'z> = zip::ZipArchive<Cursor<&'z [u8]>>;

/// Opens an archive of few enough parts; their places by name without regard to case, `\` and a leading `/`.
pub(super) fn open(bytes: &[u8]) -> Result<(Zip<'_>, FxHashMap<String, usize>), Fault> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::Broken(e.to_string()))?;
    if zip.len() > PARTS {
        return Err(Fault::Bomb);
    }
    let mut names = FxHashMap::default();
    for i in 0..zip.len() {
        if let Some(Ok(n)) = zip.name_for_index(i) {
            names.entry(key(&n)).or_insert(i);
        }
    }
    Ok((zip, names))
}

pub(super) fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Deepest nesting of elements. The reader remembers the name of each that is open.
const DEPTH: usize = 256;

/// A reader of one part, under its budgets.
pub(super) struct Xml<'p, R> {
    inner: Reader<R>,
    /// Pieces of XML that may still be read.
    pieces: &'p mut u64,
    depth: usize,
}

impl<R: BufRead> Xml<'_, R> {
    /// The next piece.
    pub(super) fn next<'b>(&mut self, buf: &'b mut Vec<u8>) -> Result<Event<'b>, Fault> {
        buf.clear();
        *self.pieces = self.pieces.checked_sub(1).ok_or(Fault::Bomb)?;
        let event = self.inner.read_event_into(buf).map_err(|e| fault(&e))?;
        match &event {
            Event::Start(_) if self.depth == DEPTH => return Err(Fault::Broken(format!("elements nested more than {DEPTH} deep"))),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }
}

/// A reader of one part, which takes what it unpacks from the budget.
pub(super) fn part<'p>(zip: &'p mut Zip<'_>, at: usize, left: &'p mut Unpacked) -> Result<Xml<'p, BufReader<impl Read + 'p>>, Fault> {
    let Unpacked { bytes: left, pieces } = left;
    let file = zip.by_index(at).map_err(|e| if e.to_string().to_lowercase().contains("password") { Fault::Locked } else { Fault::Broken(e.to_string()) })?;
    // What the directory says of the length is believed where it is too long.
    if file.size() > *left {
        return Err(Fault::Bomb);
    }
    let mut xml = Reader::from_reader(BufReader::with_capacity(1 << 16, Metered { inner: file, left }));
    let c = xml.config_mut();
    c.expand_empty_elements = true;
    c.check_end_names = false;
    c.check_comments = false;
    c.trim_text(false);
    Ok(Xml { inner: xml, pieces, depth: 0 })
}

fn fault(e: &quick_xml::Error) -> Fault {
    let text = e.to_string();
    if text.contains(super::bytes::BOMB) { Fault::Bomb } else { Fault::Broken(text) }
}

/// An attribute by its local name.
pub(super) fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    e.attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.to_string(), std::borrow::Cow::into_owned))
}

fn truth(v: Option<String>) -> bool {
    v.is_some_and(|v| matches!(v.as_str(), "1" | "true" | "on"))
}

/// What a reference (`&amp;`, `&#20;`) stands for; nothing for entities of a file's own.
pub(super) fn reference(r: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = r.resolve_char_ref() {
        return Some(c);
    }
    match &**r {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Goes through the elements of a part. `each` gets the start of each; false from it ends the walk.
fn elements(zip: &mut Zip<'_>, at: usize, left: &mut Unpacked, each: &mut dyn FnMut(&str, &BytesStart<'_>) -> bool) -> Result<(), Fault> {
    let mut xml = part(zip, at, left)?;
    let mut buf = Vec::new();
    loop {
        match xml.next(&mut buf)? {
            Event::Start(e) if !each(e.local_name().as_ref(), &e) => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Targets of a part's relations: id, type, path in the archive.
fn relations(zip: &mut Zip<'_>, names: &FxHashMap<String, usize>, of: &str, left: &mut Unpacked) -> Result<Vec<(String, String, String)>, Fault> {
    let (dir, file) = of.rsplit_once('/').map_or(("", of), |(d, f)| (d, f));
    let path = if dir.is_empty() { format!("_rels/{file}.rels") } else { format!("{dir}/_rels/{file}.rels") };
    let Some(at) = names.get(&key(&path)) else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    elements(zip, *at, left, &mut |name, e| {
        if name == "Relationship"
            && let (Some(id), Some(kind), Some(target)) = (attribute(e, "Id"), attribute(e, "Type"), attribute(e, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or("").to_string();
            let whole = if target.starts_with('/') || dir.is_empty() { target } else { format!("{dir}/{target}") };
            let mut parts: Vec<&str> = Vec::new();
            for p in whole.split('/') {
                match p {
                    "" | "." => {}
                    ".." => {
                        parts.pop();
                    }
                    p => parts.push(p),
                }
            }
            out.push((id, kind, parts.join("/")));
        }
        out.len() < PARTS
    })?;
    Ok(out)
}

struct Book {
    strings: Vec<String>,
    /// Which of them have parts that are struck through, and which have raised digits.
    marks: FxHashMap<usize, Runs>,
    formats: Vec<Option<Format>>,
    looks: Vec<Look>,
    since_1904: bool,
    /// The writing program asks that all formulas be computed when the file is opened.
    compute: bool,
}

/// Whether this is a workbook whose parts are XML.
pub fn is_ours(bytes: &[u8]) -> bool {
    open(bytes).is_ok_and(|(_, names)| !names.keys().any(|n| n.ends_with("workbook.bin")))
}

/// Reads all sheets.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let (mut zip, names) = open(bytes)?;
    let zip = &mut zip;
    let main =
        relations(zip, &names, "", &mut budget.unpacked)?.into_iter().find(|r| r.1 == "officeDocument").map_or_else(|| "xl/workbook.xml".to_string(), |r| r.2);
    let at = *names.get(&key(&main)).ok_or_else(|| Fault::Broken("no workbook in the archive".into()))?;
    let related = relations(zip, &names, &main, &mut budget.unpacked)?;
    let mut book = Book { strings: Vec::new(), marks: FxHashMap::default(), formats: Vec::new(), looks: Vec::new(), since_1904: false, compute: false };
    let mut sheets: Vec<(String, bool, String)> = Vec::new();
    elements(zip, at, &mut budget.unpacked, &mut |name, e| {
        match name {
            "workbookPr" => book.since_1904 = truth(attribute(e, "date1904")),
            "calcPr" => book.compute = truth(attribute(e, "fullCalcOnLoad")),
            "sheet" => {
                let hidden = attribute(e, "state").is_some_and(|s| s != "visible");
                let id = e.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == "id" && a.key.as_ref().contains(':'));
                let target = id.and_then(|a| related.iter().find(|r| r.0 == *a.value)).map(|r| r.2.clone());
                if let (Some(n), Some(t)) = (attribute(e, "name"), target) {
                    sheets.push((n, hidden, t));
                }
            }
            _ => {}
        }
        sheets.len() <= SHEETS
    })?;
    if sheets.len() > SHEETS {
        return Err(Fault::Sheets(SHEETS));
    }
    let place = |kind: &str, usual: &str| related.iter().find(|r| r.1 == kind).and_then(|r| names.get(&key(&r.2))).or_else(|| names.get(usual)).copied();
    if let Some(at) = place("sharedStrings", "xl/sharedstrings.xml") {
        (book.strings, book.marks) = strings(zip, at, budget)?;
    }
    if let Some(at) = place("styles", "xl/styles.xml") {
        (book.formats, book.looks) = formats(zip, at, &mut budget.unpacked)?;
    }
    let mut out = Vec::new();
    for (name, hidden, target) in sheets {
        let Some(at) = names.get(&key(&target)) else { continue };
        if let Some(mut raw) = sheet(zip, *at, &book, budget)? {
            (raw.name, raw.hidden) = (name, hidden);
            out.push(raw);
        }
    }
    Ok(out)
}

/// How the letters of a cell look where that matters.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    pale: bool,
    struck: bool,
}

/// What is marked in the runs of one text, and the run that is being read.
#[derive(Debug, Clone, Copy, Default)]
struct Runs {
    /// A part is struck through; digits were raised or lowered.
    struck: bool,
    raised: bool,
    /// Raised signs stand behind a word.
    signs: bool,
    strikes: bool,
    up: Option<bool>,
}

impl Runs {
    /// The beginning of an element within a text.
    fn start(&mut self, name: &str, e: &BytesStart<'_>) {
        match name {
            "r" => (self.strikes, self.up) = (false, None),
            "strike" => self.strikes = attribute(e, "val").is_none_or(|v| truth(Some(v))),
            "vertAlign" => self.up = attribute(e, "val").filter(|v| v != "baseline").map(|v| v == "superscript"),
            _ => {}
        }
    }

    /// Adds words of the run.
    fn put(&mut self, to: &mut String, words: &str) {
        self.struck |= self.strikes && !words.trim().is_empty();
        if let Some(t) = self.up.and_then(|up| looks::raised(to, words, up)) {
            self.raised = true;
            to.push_str(&t);
        } else if self.up == Some(true) && !words.trim().is_empty() {
            // A power of a unit is what it was.
            self.signs |= !to.ends_with(|c: char| c.is_ascii_alphabetic()) && words.chars().any(char::is_alphanumeric);
            to.push_str(looks::sign(to, words).as_deref().unwrap_or(words));
        } else {
            to.push_str(words);
        }
    }

    fn marked(&self) -> bool {
        self.struck || self.raised || self.signs
    }
}

/// Texts that cells share. Readings above Japanese and Chinese words are no part of them.
fn strings(zip: &mut Zip<'_>, at: usize, budget: &mut Budget) -> Result<(Vec<String>, FxHashMap<usize, Runs>), Fault> {
    let (mut text, mut cells) = (budget.text, budget.cells);
    let mut xml = part(zip, at, &mut budget.unpacked)?;
    let (mut buf, mut out, mut now) = (Vec::new(), Vec::new(), String::new());
    let (mut take, mut reading) = (false, false);
    let (mut runs, mut marks) = (Runs::default(), FxHashMap::default());
    loop {
        match xml.next(&mut buf)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "si" => {
                    now.clear();
                    runs = Runs::default();
                }
                "t" => take = !reading,
                "rPh" => reading = true,
                name => runs.start(name, &e),
            },
            Event::End(e) => match e.local_name().as_ref() {
                "si" => {
                    text = text.checked_sub(now.len() as u64).ok_or(Fault::Large)?;
                    cells = cells.checked_sub(1).ok_or(Fault::Large)?;
                    if runs.marked() {
                        marks.insert(out.len(), runs);
                    }
                    out.push(cells::unescaped(&now));
                }
                "t" => take = false,
                "rPh" => reading = false,
                _ => {}
            },
            Event::Text(t) if take => runs.put(&mut now, &t.xml10_content()),
            Event::CData(t) if take => runs.put(&mut now, &t),
            Event::GeneralRef(r) if take => runs.put(&mut now, &reference(&r).into_iter().collect::<String>()),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((out, marks))
}

/// A colour as `RRGGBB`, or what the file calls it; `None` for that of the system.
fn colour(e: &BytesStart<'_>) -> Option<String> {
    if let Some(rgb) = attribute(e, "rgb") {
        return Some(rgb.get(rgb.len().saturating_sub(6)..).unwrap_or_default().to_string());
    }
    let theme = attribute(e, "theme");
    match (theme.as_deref(), attribute(e, "indexed").as_deref()) {
        // The ground and the ink of the theme.
        (Some("0"), _) if attribute(e, "tint").and_then(|t| t.parse::<f64>().ok()).is_none_or(|t| t > -0.06) => Some("FFFFFF".into()),
        (Some("1"), _) if attribute(e, "tint").is_none() => Some("000000".into()),
        (Some(n), _) => Some(format!("theme{n} {}", attribute(e, "tint").unwrap_or_default())),
        (_, Some("1" | "9")) => Some("FFFFFF".into()),
        (_, Some("0" | "8")) => Some("000000".into()),
        (_, Some(n)) if n != "64" && n != "65" => Some(format!("indexed{n}")),
        _ => None,
    }
}

/// Formats of cells, by the number of their style (`None` for those that show numbers as they are), and how their letters look.
fn formats(zip: &mut Zip<'_>, at: usize, left: &mut Unpacked) -> Result<(Vec<Option<Format>>, Vec<Look>), Fault> {
    let mut looked = Vec::new();
    // Colour, struck through, too small; colours of grounds.
    let mut fonts: Vec<(Option<String>, bool, bool)> = Vec::new();
    let mut fills: Vec<Option<String>> = Vec::new();
    let (mut in_fonts, mut in_fills, mut solid) = (false, false, false);
    let mut own: FxHashMap<u32, Format> = FxHashMap::default();
    let mut out = Vec::new();
    let mut inside = false;
    let mut xml = part(zip, at, left)?;
    let mut buf = Vec::new();
    let number = |e: &BytesStart<'_>| attribute(e, "numFmtId").and_then(|v| v.trim().parse::<u32>().ok());
    loop {
        match xml.next(&mut buf)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "numFmt" if own.len() < PARTS => {
                    if let (Some(id), Some(code)) = (number(&e), attribute(&e, "formatCode")) {
                        own.entry(id).or_insert_with(|| Format::new(&code));
                    }
                }
                "fonts" => in_fonts = true,
                "fills" => in_fills = true,
                "font" if in_fonts && fonts.len() < 70_000 => fonts.push((None, false, false)),
                "color" if in_fonts => fonts.iter_mut().last().into_iter().for_each(|f| f.0 = colour(&e)),
                "strike" if in_fonts => {
                    let on = attribute(&e, "val").is_none_or(|v| truth(Some(v)));
                    fonts.iter_mut().last().into_iter().for_each(|f| f.1 = on);
                }
                "sz" if in_fonts => {
                    let small = attribute(&e, "val").is_some_and(|v| looks::nothing(&v));
                    fonts.iter_mut().last().into_iter().for_each(|f| f.2 = small);
                }
                "fill" if in_fills && fills.len() < 70_000 => fills.push(Some("FFFFFF".into())),
                "patternFill" if in_fills => {
                    let kind = attribute(&e, "patternType").unwrap_or_default();
                    solid = kind == "solid";
                    if kind != "none" && !kind.is_empty() {
                        fills.iter_mut().last().into_iter().for_each(|f| *f = None);
                    }
                }
                "gradientFill" if in_fills => fills.iter_mut().last().into_iter().for_each(|f| *f = None),
                "fgColor" if in_fills && solid => fills.iter_mut().last().into_iter().for_each(|f| *f = colour(&e)),
                "cellXfs" => inside = true,
                "xf" if inside && out.len() < 70_000 => {
                    let at = |k: &str| attribute(&e, k).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(0);
                    let (letters, struck, small) = fonts.get(at("fontId")).cloned().unwrap_or_default();
                    let ground = fills.get(at("fillId")).cloned().unwrap_or_else(|| Some("FFFFFF".into()));
                    let pale = small || ground.is_some_and(|g| looks::unseen(letters.as_deref().unwrap_or("000000"), &g));
                    looked.push(Look { pale, struck });
                    let id = number(&e).unwrap_or(0);
                    let format = own.get(&id).cloned().unwrap_or_else(|| Format::builtin(id));
                    out.push(Some(format).filter(|f| !f.is_plain()));
                }
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "cellXfs" => inside = false,
                "fonts" => in_fonts = false,
                "fills" => in_fills = false,
                _ => {}
            },
            Event::Eof => return Ok((out, looked)),
            _ => {}
        }
    }
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    style: usize,
    kind: String,
    formula: bool,
    value: String,
    written: bool,
    runs: Runs,
}

/// One sheet; `None` for sheets that hold a chart and no cells.
fn sheet(zip: &mut Zip<'_>, at: usize, book: &Book, budget: &mut Budget) -> Result<Option<Raw>, Fault> {
    let mut left = budget.unpacked;
    let mut raw = Raw::default();
    let (mut ended, mut low) = (None, false);
    {
        let mut xml = part(zip, at, &mut left)?;
        let mut buf = Vec::new();
        let (mut row, mut column) = (0u32, 0u32);
        let mut cell: Option<Cell> = None;
        let (mut take, mut reading) = (false, false);
        loop {
            match xml.next(&mut buf)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "c" => {
                        let mut c = Cell::default();
                        for a in e.attributes().with_checks(false).flatten() {
                            match a.key.local_name().as_ref() {
                                "r" => {
                                    if let Some((r, k)) = cells::address(&a.value) {
                                        (row, column) = (r, k);
                                    } else {
                                        return Err(Fault::Broken(format!("no cell is called {}", a.value.chars().take(20).collect::<String>())));
                                    }
                                }
                                "s" => c.style = a.value.parse().unwrap_or(0),
                                "t" => c.kind = a.value.to_string(),
                                _ => {}
                            }
                        }
                        cell = Some(c);
                    }
                    "v" => {
                        take = cell.as_ref().is_some_and(|c| !matches!(c.kind.as_str(), "inlineStr" | "is"));
                    }
                    "t" => take = cell.is_some() && !reading,
                    "rPh" => reading = true,
                    "f" => {
                        if let Some(c) = &mut cell {
                            c.formula = true;
                        }
                    }
                    "sheetFormatPr" => low = truth(attribute(&e, "zeroHeight")),
                    "row" => {
                        if let Some(r) = attribute(&e, "r").and_then(|r| r.trim().parse::<u32>().ok()).filter(|r| (1..=ROWS).contains(r)) {
                            row = r - 1;
                        }
                        column = 0;
                        let (hidden, height) = (attribute(&e, "hidden"), attribute(&e, "ht"));
                        // Rows of which nothing is said are as the sheet says.
                        let low = low && hidden.is_none() && height.is_none();
                        if truth(hidden) || low || height.is_some_and(|h| looks::nothing(&h)) {
                            cells::extend(&mut raw.hidden_rows, row, row);
                        }
                    }
                    // A width is in letters: below half of one nothing is seen.
                    "col" if truth(attribute(&e, "hidden")) || attribute(&e, "width").and_then(|w| w.parse::<f64>().ok()).is_some_and(|w| w < 0.5) => {
                        let n = |k: &str| attribute(&e, k).and_then(|v| v.trim().parse::<u32>().ok()).filter(|n| *n > 0);
                        if let (Some(a), Some(b)) = (n("min"), n("max")) {
                            cells::extend(&mut raw.hidden_columns, a - 1, b.min(COLUMNS) - 1);
                        }
                    }
                    "filterColumn" => raw.filtered = true,
                    // Its style, which is not read here, gives the head of a table a ground.
                    "tablePart" => raw.odd.pale = std::mem::take(&mut raw.odd.pale_below),
                    name if cell.is_some() => {
                        if let Some(c) = &mut cell {
                            c.runs.start(name, &e);
                        }
                    }
                    "mergeCell" if raw.merges.len() < MERGES => {
                        let r = attribute(&e, "ref").unwrap_or_default();
                        if let Some((a, b)) = r.split_once(':').and_then(|(a, b)| Some((cells::address(a)?, cells::address(b)?))) {
                            raw.merges.push([a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)]);
                        }
                    }
                    "sheetData" => ended = Some(false),
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "c" => {
                        if let Some(c) = cell.take() {
                            let text = text(&c, (row, column), book, &mut raw);
                            looks_of(&c, &text, (row, column), book, &mut raw);
                            raw.put(row, column, text, budget)?;
                        }
                        column += 1;
                        if column >= COLUMNS {
                            column = COLUMNS - 1;
                        }
                    }
                    "v" | "t" => {
                        take = false;
                        if let Some(c) = &mut cell {
                            c.written = true;
                        }
                    }
                    "rPh" => reading = false,
                    "row" => row = (row + 1).min(ROWS - 1),
                    "sheetData" => ended = Some(true),
                    _ => {}
                },
                Event::Text(t) if take => {
                    if let Some(c) = &mut cell {
                        c.runs.put(&mut c.value, &t.xml10_content());
                    }
                }
                Event::CData(t) if take => {
                    if let Some(c) = &mut cell {
                        c.runs.put(&mut c.value, &t);
                    }
                }
                Event::GeneralRef(r) if take => {
                    if let Some(c) = &mut cell {
                        // Some programs write all that is not ASCII so.
                        let words: String = reference(&r).into_iter().collect();
                        c.runs.put(&mut c.value, &words);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    budget.unpacked = left;
    match ended {
        None => Ok(None),
        Some(false) => Err(Fault::Broken("a sheet ends in the middle".into())),
        Some(true) => {
            raw.sort();
            Ok(Some(raw))
        }
    }
}

/// Notes what a cell shows otherwise than it is published.
fn looks_of(c: &Cell, text: &str, at: (u32, u32), book: &Book, raw: &mut Raw) {
    if text.trim().is_empty() {
        return;
    }
    let look = book.looks.get(c.style).copied().unwrap_or_default();
    let shared = (c.kind == "s").then(|| c.value.trim().parse::<usize>().ok().and_then(|i| book.marks.get(&i))).flatten();
    let runs = shared.unwrap_or(&c.runs);
    if look.pale {
        raw.odd.pale.add(at, text);
        if raw.odd.pale.first.as_ref().is_some_and(|f| f.0 != at.0) {
            raw.odd.pale_below.add(at, text);
        }
    }
    if look.struck || runs.struck {
        raw.odd.strike(at, text);
    }
    if runs.raised {
        raw.odd.raised.add(at, text);
    }
    if runs.signs {
        raw.odd.signs.add(at, text);
    }
}

/// The text of a cell.
fn text(c: &Cell, at: (u32, u32), book: &Book, raw: &mut Raw) -> String {
    let v = c.value.as_str();
    let tell = |raw: &mut Raw| {
        if c.formula && book.compute && matches!(v.trim(), "" | "0") {
            raw.odd.stale.add(at, v);
        }
    };
    match c.kind.as_str() {
        "s" if v.trim().is_empty() => String::new(),
        "s" => v.trim().parse::<usize>().ok().and_then(|i| book.strings.get(i)).cloned().unwrap_or_else(|| {
            raw.lacks.get_or_insert(at);
            String::new()
        }),
        "inlineStr" | "is" => cells::unescaped(v),
        "str" => {
            if c.formula && !c.written {
                raw.odd.uncached.add(at, "");
            }
            tell(raw);
            cells::unescaped(v)
        }
        "b" => match v.trim() {
            "" => String::new(),
            "0" | "false" => "false".into(),
            _ => "true".into(),
        },
        "e" => {
            if !v.trim().is_empty() {
                raw.odd.errors.add(at, v.trim());
            }
            String::new()
        }
        "d" => v.trim().trim_end_matches("T00:00:00").to_string(),
        _ => {
            let t = v.trim();
            if t.is_empty() {
                if c.formula {
                    raw.odd.uncached.add(at, "");
                }
                return String::new();
            }
            match t.parse::<f64>() {
                Ok(n) if n.is_finite() => {
                    tell(raw);
                    let format = book.formats.get(c.style).and_then(Option::as_ref);
                    raw.number(at, n, t, format, book.since_1904)
                }
                _ => cells::unescaped(v),
            }
        }
    }
}
