//! Tables that a program wrote as a web page, or as the XML of Excel 2003, and called a workbook: most old office systems export
//! so, and every spreadsheet program opens them. Cells are read as a workbook's are, under the same [`Budget`].

use super::bytes::Format;
use super::cells::{self, Budget, COLUMNS, Fault, ROWS, Raw};
use super::numfmt;
use super::xlsx::SHEETS;
use crate::load::attachment::html;
use crate::load::looks;
use rustc_hash::FxHashMap;

/// What a table is marked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTML.
    Page,
    /// SpreadsheetML of 2003.
    Excel2003,
}

/// What the beginning of a file shows. A page is one only where its name says that it is data.
pub fn kind(format: Format, head: &str, named: bool) -> Option<Kind> {
    let has = |w: &str| memchr::memmem::find(head.as_bytes(), w.as_bytes()).is_some();
    match format {
        Format::Xml if has("urn:schemas-microsoft-com:office:spreadsheet") && has("Workbook") => Some(Kind::Excel2003),
        Format::Html | Format::Xml if named => {
            let low = head.to_ascii_lowercase();
            let tag = |w: &str| memchr::memmem::find(low.as_bytes(), w.as_bytes()).is_some();
            (tag("<table") && tag("<tr") && !asks(&low)).then_some(Kind::Page)
        }
        _ => None,
    }
}

/// A page (in small letters) that asks who one is.
pub fn asks(low: &str) -> bool {
    ["type=\"password\"", "type='password'", "type=password"].iter().any(|w| memchr::memmem::find(low.as_bytes(), w.as_bytes()).is_some())
}

/// Reads all sheets; of a page its tables one below the other, as spreadsheet programs do.
pub fn read(text: &str, kind: Kind, budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    match kind {
        Kind::Page => page(text, budget),
        Kind::Excel2003 => workbook(text, budget),
    }
}

/// A piece of what is marked up: a tag that opens with its attributes, one that closes, text, text without entities.
enum Token<'a> {
    Open(&'a str, &'a str, bool),
    Close(&'a str),
    Text(&'a str),
    Plain(&'a str),
}

struct Tokens<'a> {
    rest: &'a str,
}

/// Most bytes of a tag in which a `>` between quotes does not end it.
const TAG: usize = 1_024;

/// Where a tag ends.
fn end_of(tag: &str) -> usize {
    let mut quote = 0u8;
    for (i, c) in tag.bytes().enumerate().take(TAG) {
        match c {
            b'"' | b'\'' if quote == 0 => quote = c,
            _ if c == quote => quote = 0,
            b'>' if quote == 0 => return i,
            _ => {}
        }
    }
    memchr::memchr(b'>', tag.as_bytes()).unwrap_or(tag.len())
}

impl<'a> Tokens<'a> {
    fn behind(&mut self, rest: &'a str, sign: &str) -> &'a str {
        let (before, after) = rest.split_once(sign).unwrap_or((rest, ""));
        self.rest = after;
        before
    }

    /// Passes what is no text: a script, a style.
    fn pass(&mut self, name: &str) {
        let (b, n) = (self.rest.as_bytes(), name.len());
        let ends = |i: &usize| b[*i + 1] == b'/' && b.get(*i + 2..*i + 2 + n).is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes()));
        let at = memchr::memchr_iter(b'<', b).filter(|i| i + 1 < b.len()).find(ends);
        self.rest = at.map_or("", |i| &self.rest[i..]);
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let all = self.rest;
            if all.is_empty() {
                return None;
            }
            let Some(tag) = all.strip_prefix('<') else {
                let (text, rest) = all.split_at(memchr::memchr(b'<', all.as_bytes()).unwrap_or(all.len()));
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if let Some(rest) = tag.strip_prefix("!--") {
                self.behind(rest, "-->");
            } else if let Some(rest) = tag.strip_prefix("![CDATA[") {
                return Some(Token::Plain(self.behind(rest, "]]>")));
            } else if tag.starts_with(['!', '?']) {
                self.behind(tag, ">");
            } else if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                // A sign of its own.
                self.rest = tag;
                return Some(Token::Plain(&all[..1]));
            } else {
                let end = end_of(tag);
                let inner = &tag[..end];
                self.rest = tag.get(end + 1..).unwrap_or("");
                let name = |t: &'a str| &t[..t.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(t.len())];
                if let Some(closed) = inner.strip_prefix('/') {
                    return Some(Token::Close(name(closed)));
                }
                let n = name(inner);
                return Some(Token::Open(n, &inner[n.len()..], inner.ends_with('/')));
            }
        }
    }
}

/// An attribute, by its name without regard to case and to what stands before a colon.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let value = match rest.strip_prefix('=').map(str::trim_start) {
            None => "",
            Some(v) => match v.chars().next() {
                Some(q @ ('"' | '\'')) => {
                    let (value, after) = v[1..].split_once(q).unwrap_or((&v[1..], ""));
                    rest = after;
                    value
                }
                _ => {
                    let (value, after) = v.split_at(v.find(char::is_whitespace).unwrap_or(v.len()));
                    rest = after;
                    value.trim_end_matches('/')
                }
            },
        };
        if name.rsplit(':').next().is_some_and(|n| n.eq_ignore_ascii_case(wanted)) {
            let mut out = String::new();
            html::decode(value, &mut out);
            return Some(out);
        }
    }
}

fn count(tag: &str, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// A cell while its text is read.
#[derive(Debug, Default)]
struct Cell {
    at: (u32, u32),
    text: String,
    /// Open elements that strike through; whether anything was, or was raised.
    strikes: usize,
    struck: bool,
    raised: bool,
    up: Option<bool>,
    hidden: bool,
}

impl Cell {
    /// Adds words; blanks of any number are one, as a browser shows them.
    fn put(&mut self, words: &str) {
        self.struck |= self.strikes > 0 && !words.trim().is_empty();
        if let Some(t) = self.up.and_then(|up| looks::raised(&self.text, words, up)) {
            self.raised = true;
            self.text.push_str(&t);
            return;
        }
        if self.up == Some(true) && !words.trim().is_empty() {
            let t = looks::sign(&self.text, words);
            self.text.push_str(t.as_deref().unwrap_or(words));
            return;
        }
        for c in words.chars() {
            if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
        }
    }

    fn line(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// A table of a page while it is read.
#[derive(Debug, Default)]
struct Table {
    cells: Vec<Cell>,
    merges: Vec<[u32; 4]>,
    hidden: Vec<u32>,
    /// Rows that have begun; the column that comes next.
    rows: u32,
    column: u32,
    /// For how many rows more a cell reaches down, by column.
    held: Vec<u32>,
    cell: Option<Cell>,
}

/// Most columns that a cell reaches over, as browsers have it.
const ACROSS: u32 = 1_000;

impl Table {
    fn close(&mut self) {
        if let Some(mut c) = self.cell.take() {
            c.text.truncate(c.text.trim_end().len());
            if !c.text.is_empty() {
                self.cells.push(c);
            }
        }
    }

    fn row(&mut self, tag: &str, budget: &mut Budget) -> Result<(), Fault> {
        self.close();
        budget.grid = budget.grid.checked_sub(self.held.len() as u64 + 1).ok_or(Fault::Large)?;
        self.held.iter_mut().for_each(|h| *h = h.saturating_sub(1));
        self.rows += 1;
        self.column = 0;
        if self.rows > ROWS {
            return Err(Fault::Large);
        }
        if unseen(tag) {
            self.hidden.push(self.rows - 1);
        }
        Ok(())
    }

    fn open(&mut self, tag: &str, budget: &mut Budget) -> Result<(), Fault> {
        if self.rows == 0 {
            self.row("", budget)?;
        }
        self.close();
        while self.held.get(self.column as usize).is_some_and(|h| *h > 0) {
            self.column += 1;
        }
        let across = count(tag, "colspan").unwrap_or(1).clamp(1, ACROSS);
        let down = count(tag, "rowspan").unwrap_or(1).clamp(1, ROWS);
        let (row, first) = (self.rows - 1, self.column);
        let last = first + across - 1;
        if last >= COLUMNS {
            return Err(Fault::Large);
        }
        if self.held.len() <= last as usize {
            self.held.resize(last as usize + 1, 0);
        }
        self.held[first as usize..=last as usize].iter_mut().for_each(|h| *h = down);
        if across > 1 || down > 1 {
            self.merges.push([row, first, row + down - 1, last]);
        }
        self.column = last + 1;
        self.cell = Some(Cell { at: (row, first), hidden: unseen(tag), ..Cell::default() });
        Ok(())
    }
}

/// It is not shown.
fn unseen(tag: &str) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Texts outside of tables that are kept, and their bytes: a title above, notes below. The rest of a page is none of a table.
const LINES: usize = 20;
const BYTES: usize = 4_000;

/// What stands around tables.
#[derive(Debug, Default)]
struct Around {
    lines: Vec<String>,
    now: Cell,
}

impl Around {
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.now.text).trim().to_string();
        let used: usize = self.lines.iter().map(String::len).sum();
        if !text.is_empty() && self.lines.len() < LINES && used + text.len() <= BYTES {
            self.lines.push(text);
        }
    }
}

/// The rows of a page so far.
#[derive(Debug, Default)]
struct Page {
    raw: Raw,
    row: u32,
    tables: usize,
}

impl Page {
    fn lines(&mut self, lines: Vec<String>, budget: &mut Budget) -> Result<(), Fault> {
        for t in lines {
            self.raw.put(self.row, 0, t, budget)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A table below what is there, with an empty row between two.
    fn put(&mut self, mut t: Table, budget: &mut Budget) -> Result<(), Fault> {
        t.close();
        if t.cells.is_empty() {
            return Ok(());
        }
        self.row += u32::from(self.tables > 0);
        self.tables += 1;
        let base = self.row;
        for c in t.cells {
            let at = (base + c.at.0, c.at.1);
            let odd = &mut self.raw.odd;
            if c.hidden {
                odd.pale.add(at, &c.text);
            }
            if c.raised {
                odd.raised.add(at, &c.text);
            }
            if c.struck {
                odd.strike(at, &c.text);
            }
            self.raw.put(at.0, at.1, c.text, budget)?;
        }
        self.raw.merges.extend(t.merges.iter().map(|m| [m[0] + base, m[1], (m[2] + base).min(base + t.rows - 1), m[3]]));
        t.hidden.iter().for_each(|r| cells::extend(&mut self.raw.hidden_rows, base + r, base + r));
        self.row += t.rows;
        if self.row > ROWS { Err(Fault::Large) } else { Ok(()) }
    }
}

fn page(text: &str, budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let mut page = Page { raw: Raw { name: "1".into(), ..Raw::default() }, ..Page::default() };
    let mut stack: Vec<Table> = Vec::new();
    let mut around = Around::default();
    let mut tokens = Tokens { rest: text };
    let mut decoded = String::new();
    while let Some(token) = tokens.next() {
        budget.unpacked.pieces = budget.unpacked.pieces.checked_sub(1).ok_or(Fault::Bomb)?;
        match token {
            Token::Open(name, tag, _) => {
                let name = name.to_ascii_lowercase();
                match (&*name, stack.last_mut()) {
                    ("script" | "style" | "head" | "template" | "noscript", _) => tokens.pass(&name),
                    ("table", top) => {
                        if top.is_none() {
                            around.flush();
                            if page.tables == 0 {
                                page.lines(std::mem::take(&mut around.lines), budget)?;
                            }
                        }
                        if stack.len() >= 64 {
                            return Err(Fault::Large);
                        }
                        stack.push(Table::default());
                    }
                    ("tr", Some(t)) => t.row(tag, budget)?,
                    ("td" | "th", Some(t)) => t.open(tag, budget)?,
                    ("caption", Some(t)) => {
                        t.row("", budget)?;
                        t.open("", budget)?;
                    }
                    (name, top) => mark(name, true, top.map_or(Some(&mut around.now), |t| t.cell.as_mut())),
                }
                if stack.is_empty() && is_block(&name) {
                    around.flush();
                }
            }
            Token::Close(name) => {
                let name = name.to_ascii_lowercase();
                match (&*name, stack.last_mut()) {
                    ("table", Some(_)) => {
                        if let Some(t) = stack.pop() {
                            page.put(t, budget)?;
                        }
                    }
                    ("td" | "th" | "tr" | "caption", Some(t)) => t.close(),
                    (name, top) => mark(name, false, top.map_or(Some(&mut around.now), |t| t.cell.as_mut())),
                }
                if stack.is_empty() && is_block(&name) {
                    around.flush();
                }
            }
            Token::Text(t) | Token::Plain(t) => {
                let cell = match stack.last_mut() {
                    Some(t) => t.cell.as_mut(),
                    None => Some(&mut around.now),
                };
                let Some(cell) = cell else { continue };
                if matches!(token, Token::Plain(_)) || !t.contains('&') {
                    cell.put(t);
                } else {
                    decoded.clear();
                    html::decode(t, &mut decoded);
                    cell.put(&decoded);
                }
            }
        }
    }
    // A page that breaks off: what was read of its tables is there.
    while let Some(t) = stack.pop() {
        page.put(t, budget)?;
    }
    around.flush();
    page.lines(around.lines, budget)?;
    let mut raw = page.raw;
    raw.sort();
    Ok(vec![raw])
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "div" | "br" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "center" | "hr" | "body" | "form" | "table")
}

/// What an element inside a cell does to its text.
fn mark(name: &str, opens: bool, cell: Option<&mut Cell>) {
    let Some(c) = cell else { return };
    match name {
        "br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => c.line(),
        "s" | "del" | "strike" => c.strikes = if opens { c.strikes + 1 } else { c.strikes.saturating_sub(1) },
        "sup" => c.up = opens.then_some(true),
        "sub" => c.up = opens.then_some(false),
        _ => {}
    }
}

/// Number formats that Excel 2003 has by name.
fn named(format: &str) -> &str {
    match format {
        "Fixed" => "0.00",
        "Standard" | "Currency" | "Euro Currency" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "General" | "General Number" => "",
        f => f,
    }
}

/// A day and time of Excel 2003, whose times without a day are of the end of 1899.
fn moment(t: &str) -> String {
    let t = t.trim();
    let t = t.strip_suffix(".000").unwrap_or(t);
    let t = t.strip_suffix("T00:00:00").unwrap_or(t);
    match t.strip_prefix("1899-12-31T").or(t.strip_prefix("1899-12-30T")) {
        Some(time) => time.to_string(),
        None => t.replacen('T', " ", 1),
    }
}

fn workbook(text: &str, budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let mut out: Vec<Raw> = Vec::new();
    let mut formats: FxHashMap<String, numfmt::Format> = FxHashMap::default();
    let (mut style, mut since_1904) = (String::new(), false);
    // Row and column that come next, from 0.
    let (mut row, mut column) = (0u32, 0u32);
    let (mut at, mut look) = ((0u32, 0u32), None::<String>);
    // Type and text of the value that is open; elements whose texts are no value.
    let mut data: Option<(String, String)> = None;
    let (mut aside, mut word): (usize, Option<String>) = (0, None);
    let mut rows = 0u32;
    let tokens = Tokens { rest: text };
    for token in tokens {
        budget.unpacked.pieces = budget.unpacked.pieces.checked_sub(1).ok_or(Fault::Bomb)?;
        match token {
            Token::Open(name, tag, closed) => {
                let local = name.rsplit(':').next().unwrap_or(name);
                match (local, out.last_mut()) {
                    ("Comment", _) if !closed => aside += 1,
                    _ if aside > 0 => {}
                    ("Style", _) => style = attribute(tag, "ID").unwrap_or_default(),
                    ("NumberFormat", _) if formats.len() < 10_000 => {
                        let f = attribute(tag, "Format").unwrap_or_default();
                        let f = named(&f);
                        if !f.is_empty() {
                            formats.insert(style.clone(), numfmt::Format::new(f));
                        }
                    }
                    ("Date1904", _) => since_1904 = true,
                    ("Worksheet", _) => {
                        if out.len() == SHEETS {
                            return Err(Fault::Sheets(SHEETS));
                        }
                        (row, column, rows) = (0, 0, 0);
                        out.push(Raw { name: attribute(tag, "Name").unwrap_or_default(), ..Raw::default() });
                    }
                    ("Visible", Some(_)) => word = Some(String::new()),
                    ("Column", Some(raw)) => {
                        let first = count(tag, "Index").map_or(column, |n| n.saturating_sub(1)).min(COLUMNS);
                        let last = first.saturating_add(count(tag, "Span").unwrap_or(0)).min(COLUMNS);
                        if attribute(tag, "Hidden").as_deref() == Some("1") || attribute(tag, "Width").is_some_and(|w| looks::nothing(&w)) {
                            cells::extend(&mut raw.hidden_columns, first, last);
                        }
                        column = last + 1;
                    }
                    ("Row", Some(raw)) => {
                        row = count(tag, "Index").map_or(rows, |n| n.saturating_sub(1));
                        if row >= ROWS {
                            return Err(Fault::Large);
                        }
                        let last = row.saturating_add(count(tag, "Span").unwrap_or(0)).min(ROWS);
                        (rows, column) = (last + 1, 0);
                        if attribute(tag, "Hidden").as_deref() == Some("1") || attribute(tag, "Height").is_some_and(|h| looks::nothing(&h)) {
                            cells::extend(&mut raw.hidden_rows, row, last);
                        }
                    }
                    ("Cell", Some(raw)) => {
                        column = count(tag, "Index").map_or(column, |n| n.saturating_sub(1));
                        if column >= COLUMNS {
                            return Err(Fault::Large);
                        }
                        let across = count(tag, "MergeAcross").unwrap_or(0).min(COLUMNS - 1 - column);
                        let down = count(tag, "MergeDown").unwrap_or(0).min(ROWS - 1 - row);
                        (at, look) = ((row, column), attribute(tag, "StyleID"));
                        if across + down > 0 {
                            raw.merges.push([row, column, row + down, column + across]);
                        }
                        column += across + 1;
                    }
                    ("Data", Some(_)) if !closed => data = Some((attribute(tag, "Type").unwrap_or_default(), String::new())),
                    _ => {}
                }
            }
            Token::Close(name) => {
                let local = name.rsplit(':').next().unwrap_or(name);
                match local {
                    "Comment" => aside = aside.saturating_sub(1),
                    _ if aside > 0 => {}
                    "Visible" => {
                        if let (Some(w), Some(raw)) = (word.take(), out.last_mut()) {
                            raw.hidden |= w.trim() == "SheetHidden" || w.trim() == "SheetVeryHidden";
                        }
                    }
                    "Data" => {
                        if let (Some((kind, text)), Some(raw)) = (data.take(), out.last_mut()) {
                            let value = value(&kind, text, at, look.as_deref().and_then(|l| formats.get(l)), since_1904, raw);
                            raw.put(at.0, at.1, value, budget)?;
                        }
                    }
                    _ => {}
                }
            }
            Token::Text(t) | Token::Plain(t) => {
                if aside > 0 {
                    continue;
                }
                let to = match (&mut data, &mut word) {
                    (Some((_, text)), _) | (None, Some(text)) => text,
                    _ => continue,
                };
                if matches!(token, Token::Plain(_)) { to.push_str(t) } else { html::decode(t, to) }
            }
        }
    }
    out.iter_mut().for_each(Raw::sort);
    Ok(out)
}

/// A value as the text that is published.
fn value(kind: &str, text: String, at: (u32, u32), format: Option<&numfmt::Format>, since_1904: bool, raw: &mut Raw) -> String {
    match kind {
        "Number" => match text.trim().parse::<f64>() {
            Ok(v) if v.is_finite() => raw.number(at, v, text.trim(), format, since_1904),
            _ => text,
        },
        "DateTime" => moment(&text),
        "Boolean" => if text.trim() == "1" { "true" } else { "false" }.into(),
        "Error" => {
            raw.odd.errors.add(at, text.trim());
            String::new()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, kind: Kind) -> Vec<String> {
        let raws = read(text, kind, &mut Budget::of(text.len())).unwrap();
        raws.iter().flat_map(|r| r.rows.iter().flat_map(|(n, row)| row.iter().map(move |(c, t)| format!("{}{}={t}", cells::letters(*c), n + 1)))).collect()
    }

    #[test]
    fn pages_are_rows() {
        let page = "<html><head><title>x</title><style>td{a:b}</style></head><body><h3>工资表</h3>\
            <table border=1><tr><th rowspan=2>县<th colspan='2'>数 &amp; 量<tr><td>甲<td>乙</tr>\
            <tr style='DISPLAY: none'><td>A</td><td>00<b>7</b></td><td>1 &lt; 2&nbsp;</td></tr>\
            <tr><td>B<br>b</td><td>10<sup>5</sup></td><td><s>3</s></td></tr></table><p>注：见附件</p></body></html>";
        assert_eq!(
            cells(page, Kind::Page),
            ["A1=工资表", "A2=县", "B2=数 & 量", "B3=甲", "C3=乙", "A4=A", "B4=007", "C4=1 < 2", "A5=B\nb", "B5=10⁵", "C5=3", "A6=注：见附件"]
        );
        let raw = &read(page, Kind::Page, &mut Budget::of(page.len())).unwrap()[0];
        assert_eq!((raw.merges.clone(), raw.hidden_rows.clone(), raw.odd.struck.count), (vec![[1, 0, 2, 0], [1, 1, 1, 2]], vec![(3, 3)], 1));
        // What breaks off, or is no table, does no harm.
        for odd in ["<table><tr><td>1<td", "<table", "<td>1</td>", "</table></tr>", "<table><td rowspan=99999999 colspan=9999999>x", "< 3 <table><tr><td>a<b"] {
            let _ = read(odd, Kind::Page, &mut Budget::of(odd.len()));
        }
    }

    #[test]
    fn excel_2003_is_read() {
        let book = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
            <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
            <Styles><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style><Style ss:ID="s2"><NumberFormat ss:Format="000000"/></Style></Styles>
            <Worksheet ss:Name="表"><Table><Row><Cell><Data ss:Type="String">县 &amp; 区</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">数</Data></Cell></Row>
            <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="DateTime">2024-01-02T00:00:00.000</Data><Comment><ss:Data>秘</ss:Data></Comment></Cell>
            <Cell ss:StyleID="s1"><Data ss:Type="Number">0.125</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="Number">42</Data></Cell></Row>
            <Row><Cell ss:Index="2"><Data ss:Type="Error">#N/A</Data></Cell></Row></Table>
            <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;
        assert_eq!(kind(Format::Xml, book, false), Some(Kind::Excel2003));
        assert_eq!(cells(book, Kind::Excel2003), ["A1=县 & 区", "C1=数", "A3=2024-01-02", "B3=12.50%", "C3=000042"]);
        let raw = &read(book, Kind::Excel2003, &mut Budget::of(book.len())).unwrap()[0];
        assert_eq!((&*raw.name, raw.hidden, raw.odd.errors.count, raw.merges.clone()), ("表", true, 1, vec![[2, 0, 3, 0]]));
    }
}
