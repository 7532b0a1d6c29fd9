//! Cells of a sheet as they were found, before anybody looks for tables in them; and what reading them may cost.

use super::days::Days;
use super::numfmt::{Differs, Format};
use std::io::{self, Read};

/// Most rows and columns of a sheet, in every program.
pub const ROWS: u32 = 1_048_576;
/// See above.
pub const COLUMNS: u32 = 16_384;

/// Why a workbook could not be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its parts grow beyond what a workbook needs.
    Bomb,
    /// More cells, or more text, than are kept.
    Large,
    /// More sheets than so many.
    Sheets(usize),
    /// A password.
    Locked,
    /// The cell of this name shows a text of the shared ones that the file does not have.
    Texts(String),
    /// The cell of this name stands twice, with two values.
    Twice(String),
    /// Anything else, in the words of the reader.
    Broken(String),
}

/// What may still be unpacked.
#[derive(Debug, Clone, Copy)]
pub struct Unpacked {
    /// Bytes.
    pub bytes: u64,
    /// Pieces of XML: beginnings and ends of elements, and texts. A cell takes three to eight.
    pub pieces: u64,
}

/// What a file of its size may still unpack, hold and repeat. Sound workbooks stay far below: a cell takes several
/// bytes of the file, and its parts are five to thirty times as long as they are packed.
#[derive(Debug)]
pub struct Budget {
    /// What is unpacked.
    pub unpacked: Unpacked,
    /// Cells.
    pub cells: u64,
    /// Bytes of text.
    pub text: u64,
    /// Cells of a table with the empty ones between.
    pub grid: u64,
}

impl Budget {
    /// For a file of so many bytes.
    pub fn of(len: usize) -> Budget {
        let len = len as u64;
        Budget {
            unpacked: Unpacked { bytes: (len * 100).clamp(48 << 20, 1 << 30), pieces: (len * 8).clamp(6 << 20, 400 << 20) },
            cells: len.clamp(1 << 19, 20_000_000),
            text: (len * 48).clamp(24 << 20, 1 << 30),
            grid: (len * 6).clamp(3 << 20, 20_000_000),
        }
    }

    /// Takes a cell with so much text.
    pub fn cell(&mut self, text: usize) -> Result<(), Fault> {
        self.cells = self.cells.checked_sub(1).ok_or(Fault::Large)?;
        self.text = self.text.checked_sub(text as u64).ok_or(Fault::Large)?;
        Ok(())
    }
}

/// Reads no more than the budget has.
pub struct Metered<'b, R> {
    /// What is read.
    pub inner: R,
    /// What may be read.
    pub left: &'b mut u64,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        *self.left = self.left.checked_sub(n as u64).ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, super::bytes::BOMB))?;
        Ok(n)
    }
}

/// How often something was met, and the first time: row, column (both from 0), text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Times.
    pub count: u64,
    /// Where first.
    pub first: Option<(u32, u32, String)>,
}

impl Tally {
    /// Counts one.
    pub fn add(&mut self, (row, column): (u32, u32), text: &str) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some((row, column, text.chars().take(80).collect()));
        }
    }
}

/// What was odd about the cells of a sheet.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Odd {
    /// Errors (`#REF!`): the cell counts as empty.
    pub errors: Tally,
    /// Whole numbers with more than fifteen digits.
    pub lost: Tally,
    /// Formulas that nobody computed: the cell is empty.
    pub uncached: Tally,
    /// Formulas whose values the writing program left to be computed when the file is opened.
    pub stale: Tally,
    /// Values that their number format hides.
    pub hidden: Tally,
    /// Days and times that hold more than is shown.
    pub less: Tally,
    /// Numbers that are shown scaled, or cannot be shown.
    pub stored: Tally,
    /// Numbers that are shown as words.
    pub words: Tally,
    /// Texts in the colour of their ground, or too small to be seen.
    pub pale: Tally,
    /// Of these, those below the first row that has any.
    pub pale_below: Tally,
    /// Texts and numbers that are struck through.
    pub struck: Tally,
    /// Rows with such, the first of them.
    pub struck_rows: std::collections::BTreeSet<u32>,
    /// Raised or lowered digits behind a number.
    pub raised: Tally,
    /// Raised signs behind a word, as of a note.
    pub signs: Tally,
    /// Numbers below zero that are shown without a sign.
    pub unsigned: Tally,
    /// Days that are shown without their year: what is shown, and what is published.
    pub part: Option<(Tally, String)>,
    /// The same in a head, which is published as it is shown.
    pub heads: Option<(Tally, String)>,
}

/// Most rows that are remembered for what is struck through in them.
const STRUCK: usize = 100_000;

impl Odd {
    /// Counts a cell that is struck through.
    pub fn strike(&mut self, at: (u32, u32), text: &str) {
        self.struck.add(at, text);
        if self.struck_rows.len() < STRUCK {
            self.struck_rows.insert(at.0);
        }
    }
}

/// Most different pairs of words of a sheet.
const AFFIXES: usize = 1_000;
/// Most characters of words before or behind a number.
const AFFIX: usize = 20;

/// Cells with words around their numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Affixes {
    /// What stands before and behind.
    pub kinds: Vec<(String, String)>,
    /// Row, column, place in `kinds`.
    pub cells: Vec<(u32, u32, u16)>,
}

impl Affixes {
    /// Notes the words of a cell.
    pub fn add(&mut self, (row, column): (u32, u32), before: &str, after: &str) {
        let short = |t: &str| t.chars().take(AFFIX).collect::<String>();
        let (before, after) = (short(before), short(after));
        let at = self.kinds.iter().position(|k| k.0 == before && k.1 == after).or_else(|| {
            self.kinds.push((before, after));
            (self.kinds.len() <= AFFIXES).then(|| self.kinds.len() - 1)
        });
        if let Some(at) = at {
            self.cells.push((row, column, at as u16));
        } else {
            self.kinds.pop();
        }
    }

    /// The last cell again: so many columns and rows of it.
    pub fn repeat(&mut self, (row, column): (u32, u32), columns: u32, rows: u32) {
        if let Some((r, c, k)) = self.cells.last().copied().filter(|l| (l.0, l.1) == (row, column)) {
            let all = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))).filter(|p| *p != (0, 0));
            self.cells.extend(all.map(|(i, j)| (r.saturating_add(i), c.saturating_add(j), k)));
        }
    }

    /// In the order of rows and columns.
    pub fn sort(&mut self) {
        self.cells.sort_unstable();
        self.cells.dedup_by_key(|c| (c.0, c.1));
    }
}

/// Sparse row: its number from 0, and its cells with their columns.
pub type Row = (u32, Vec<(u32, String)>);

/// A sheet as it was found.
#[derive(Debug, Default)]
pub struct Raw {
    /// Name.
    pub name: String,
    /// Hidden, or hidden so that the program offers no way to show it.
    pub hidden: bool,
    /// Rows with something in them, in order.
    pub rows: Vec<Row>,
    /// Merged cells: first row and column, last row and column.
    pub merges: Vec<[u32; 4]>,
    /// Hidden rows and columns, first and last.
    pub hidden_rows: Vec<(u32, u32)>,
    /// See above.
    pub hidden_columns: Vec<(u32, u32)>,
    /// A filter leaves rows out of sight.
    pub filtered: bool,
    /// See [`Odd`].
    pub odd: Odd,
    /// Words around numbers that only their formats show.
    pub affixes: Affixes,
    /// Days that are shown otherwise than they are published.
    pub days: Days,
    /// A cell whose text is not in the file, and one that stands twice: which value is meant nobody knows.
    pub lacks: Option<(u32, u32)>,
    /// See above.
    pub twice: Option<(u32, u32)>,
}

impl Raw {
    /// Puts a cell where it belongs.
    pub fn put(&mut self, row: u32, column: u32, text: String, budget: &mut Budget) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        budget.cell(text.len())?;
        match self.rows.last_mut() {
            Some((r, cells)) if *r == row => cells.push((column, text)),
            _ => self.rows.push((row, vec![(column, text)])),
        }
        Ok(())
    }

    /// Rows and cells in order, each once, whatever order the file had.
    pub fn sort(&mut self) {
        self.affixes.sort();
        if !self.rows.is_sorted_by(|a, b| a.0 < b.0) {
            self.rows.sort_by_key(|r| r.0);
            let mut out: Vec<Row> = Vec::with_capacity(self.rows.len());
            for (n, cells) in std::mem::take(&mut self.rows) {
                match out.last_mut() {
                    Some((r, c)) if *r == n => c.extend(cells),
                    _ => out.push((n, cells)),
                }
            }
            self.rows = out;
        }
        let mut second: Vec<(u32, String)> = Vec::new();
        for (n, cells) in &mut self.rows {
            if !cells.is_sorted_by(|a, b| a.0 < b.0) {
                cells.sort_by_key(|c| c.0);
                let mut seen = None;
                let again = |c: &mut (u32, String)| seen.replace(c.0) == Some(c.0);
                let more: Vec<(u32, String)> = cells.extract_if(.., again).collect();
                if let Some((c, _)) = more.first() {
                    self.twice.get_or_insert((*n, *c));
                }
                second.extend(more);
            }
        }
        // They are shown by no program, and looked through all the same.
        let below = self.rows.last().map_or(0, |r| r.0 + 1);
        self.rows.extend(second.into_iter().zip(below..ROWS).map(|(c, n)| (n, vec![c])));
    }

    /// A stored number as the text that is published.
    pub fn number(&mut self, at: (u32, u32), v: f64, raw: &str, format: Option<&Format>, since_1904: bool) -> String {
        let shown = format.map(|f| f.show(v, since_1904));
        let mut text = match &shown {
            Some(s) => s.text.clone(),
            None => super::numfmt::number(v),
        };
        if v.abs() >= 1e15 && v.fract() == 0.0 && v.is_finite() && shown.as_ref().is_none_or(|s| s.differs.is_none() && !s.text.ends_with('%')) {
            // All its digits stand in the file: they are what the file says, whatever a spreadsheet makes of them.
            if raw.strip_prefix('-').unwrap_or(raw).bytes().all(|b| b.is_ascii_digit()) && !raw.is_empty() {
                text = raw.to_string();
            }
            // As it stands in the file: a shorter form would be other digits.
            self.odd.lost.add(at, if raw.is_empty() { &text } else { raw });
        }
        if let Some((before, after)) = shown.as_ref().and_then(|s| s.around.as_ref()) {
            self.affixes.add(at, before, after);
        }
        let differs = shown.and_then(|s| s.differs);
        match differs {
            Some(Differs::Hidden) => self.odd.hidden.add(at, &text),
            Some(Differs::Less) => self.odd.less.add(at, &text),
            Some(Differs::Stored) => self.odd.stored.add(at, &text),
            Some(Differs::Words) => self.odd.words.add(at, &text),
            Some(Differs::Sign) => self.odd.unsigned.add(at, &text),
            Some(Differs::More) | None => {}
        }
        if let Some(f) = format {
            self.day(at, differs == Some(Differs::More), &text, || f.day(v, since_1904));
        }
        text
    }
}

impl Raw {
    /// Notes a day that is shown otherwise than by its text.
    pub fn day(&mut self, at: (u32, u32), part: bool, text: &str, shown: impl FnOnce() -> Option<String>) {
        if matches!(super::value::classify(text).0, super::value::Class::Date | super::value::Class::Datetime) {
            self.days.add(at, part, || shown().filter(|s| s != text));
        }
    }
}

/// Adds a row or column to ranges that grow in order.
pub fn extend(ranges: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    let room = ranges.len() < 10_000;
    match ranges.last_mut() {
        Some((_, end)) if *end + 1 >= first && *end <= last => *end = last,
        _ if room => ranges.push((first, last)),
        _ => {}
    }
}

/// `A`, `Z`, `AA`.
pub fn letters(mut column: u32) -> String {
    let mut out = Vec::new();
    loop {
        out.insert(0, b'A' + (column % 26) as u8);
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Row and column of `B12`, from 0.
pub fn address(a1: &str) -> Option<(u32, u32)> {
    let a1 = a1.trim();
    let (mut column, mut row, mut digits) = (0u32, 0u32, false);
    for b in a1.bytes().filter(|b| *b != b'$') {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' if !digits => column = column.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1)?,
            b'0'..=b'9' => {
                digits = true;
                row = row.checked_mul(10)?.checked_add(u32::from(b - b'0'))?;
            }
            _ => return None,
        }
    }
    ((1..=ROWS).contains(&row) && (1..=COLUMNS).contains(&column)).then(|| (row - 1, column - 1))
}

/// `_x000D_` and its like, which XML cannot hold otherwise; carriage returns are left out.
pub fn unescaped(t: &str) -> String {
    if !t.contains("_x") {
        return if t.contains('\r') { t.replace('\r', "") } else { t.to_string() };
    }
    let mut out = String::with_capacity(t.len());
    let mut rest = t;
    while let Some(i) = rest.find("_x") {
        out.push_str(&rest[..i]);
        let code = rest
            .get(i + 2..i + 7)
            .filter(|c| c.ends_with('_'))
            .and_then(|c| u32::from_str_radix(&c[..4], 16).ok().filter(|_| c[..4].bytes().all(|b| b.is_ascii_hexdigit())));
        if let Some(c) = code.and_then(char::from_u32) {
            if c != '\r' && (c >= ' ' || matches!(c, '\n' | '\t')) {
                out.push(c);
            }
            rest = &rest[i + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[i + 2..];
        }
    }
    out.push_str(rest);
    out.replace('\r', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_escapes() {
        assert_eq!((address("A1"), address("XFD1048576"), address("$B$12")), (Some((0, 0)), Some((1_048_575, 16_383)), Some((11, 1))));
        assert_eq!((address("XFE1"), address("A0"), address("A1048577"), address("12"), address("甲1")), (None, None, None, None, None));
        assert_eq!((letters(0), letters(25), letters(26), letters(16_383)), ("A".into(), "Z".into(), "AA".into(), "XFD".into()));
        assert_eq!(unescaped("a_x000D_\nb_x005F_x0041_ _x00"), "a\nb_x0041_ _x00");
        assert_eq!(unescaped("_xzzzz__x4E00_甲"), "_xzzzz_一甲");
    }
}
