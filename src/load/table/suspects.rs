//! Texts of a file in which a mark of secrecy may stand, wherever in it that is: any cell, a sheet that is hidden, a comment, a
//! property, the name of a file in an archive. What is one is judged by rule SEC002; here only what cannot be one is left out.

use super::File;
use crate::load::attachment::Piece;
use crate::load::spot::Spot;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A cell, or a value among others: words alone that a table may be about (机密) are no mark.
    Cell,
    /// A line that readers see as such: a comment, a header, a property, the name of a sheet.
    Line,
    /// The name of a file in an archive.
    Name,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// What it is.
    pub sort: Sort,
    /// Sheet, or file in an archive, and the place of a text that is no cell.
    pub piece: Piece,
    /// Line of a text or row of a sheet, from 1; 0 where it has none.
    pub line: u64,
    /// Column, from 1; 0 where it has none.
    pub column: usize,
}

/// Most of them that are kept of a file. Few files have one.
const KEPT: usize = 200;
/// Longest line, in bytes, that is a mark and nothing else.
const LINE: usize = 120;
/// Bytes looked at around a sign or word.
const AROUND: usize = 120;

/// Signs and words of which every mark in a cell has one.
static CELL: &[&str] = &[
    "★",
    "☆",
    "✩",
    "⭐",
    "✫",
    "✭",
    "✪",
    "✯",
    "✮",
    "▲",
    "△",
    "＊",
    "密*",
    "密 *",
    "外传",
    "外傳",
    "外泄",
    "外洩",
    "勿公开",
    "勿公開",
    "禁公开",
    "禁公開",
    "不得公开",
    "不得公開",
    "得对外",
    "得對外",
    "勿对外",
    "勿對外",
    "勿转发",
    "勿轉發",
    "得转发",
    "禁转发",
    "扩散",
    "擴散",
    "翻印",
    "注意保存",
    "注意保密",
    "此件",
    "本件",
    "阅后",
    "閱後",
    "供内部",
    "供內部",
    "限内部",
    "限內部",
    "密级",
    "密級",
];
/// The same of a line.
static WIDER: &[&str] = &["密", "内部", "內部", "内参", "公开", "公開", "勿", "限阅"];

static IN_CELL: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(CELL.iter()));
static IN_LINE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(CELL.iter().chain(WIDER)));

/// The form that reads a byte in the fewest steps: every byte of every table goes through it. Of words that begin first the first
/// is found: only then many bytes are passed over at a time.
fn automaton<'w>(words: impl Iterator<Item = &'w &'static str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst).build(words).ok()
}

/// Calls `each` with every part of a text that may be a mark, and its place. Parts end with a line, a tab, a quote or markup;
/// commas within them are left to who judges.
pub(super) fn parts<'t>(text: &'t str, each: &mut dyn FnMut(usize, &'t str)) {
    // Every sign and word is of other letters but one that stands behind such.
    if text.is_ascii() {
        return;
    }
    let Some(find) = &*IN_CELL else { return };
    let b = text.as_bytes();
    let ends = |c: &u8| matches!(c, b'\n' | b'\r' | b'\t' | b'"' | b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'|' | b'\\');
    let mut done = 0;
    for hit in find.find_iter(text) {
        if hit.start() < done {
            continue;
        }
        let low = crate::load::floor(text, hit.start().saturating_sub(AROUND)).max(done);
        let high = crate::load::floor(text, (hit.end() + AROUND).min(b.len()));
        let from = b[low..hit.start()].iter().rposition(ends).map_or(low, |i| low + i + 1);
        let to = b[hit.end()..high].iter().position(ends).map_or(high, |i| hit.end() + i);
        done = to;
        each(from, &text[from..to]);
    }
}

impl File {
    fn suspect(&mut self, sort: Sort, part: Option<&str>, spot: Spot, text: &str, (line, column): (u64, usize)) {
        let text = text.trim();
        if text.is_empty() || self.suspects.len() >= KEPT || self.suspects.iter().any(|s| s.piece.text == text && s.sort == sort) {
            return;
        }
        let piece = Piece { part: part.map(str::to_string), spot, text: text.to_string() };
        self.suspects.push(Suspect { sort, piece, line, column });
    }

    /// Looks through a text of any kind.
    pub(super) fn suspect_text(&mut self, part: Option<&str>, text: &str) {
        let (mut at, mut line) = (0, 1);
        crate::personal::unescaped(text, &mut |plain, places| {
            parts(plain, &mut |from, found| {
                let from = places.of(from);
                line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..from]).count() as u64;
                at = from;
                self.suspect(Sort::Cell, part, Spot::Text, found, (line, 0));
            });
        });
    }

    /// Looks through the cells of a sheet, in sight or not, and its name.
    pub(super) fn suspect_sheet(&mut self, name: &str, above: usize, rows: &[Vec<String>]) {
        self.suspect_words(None, Spot::Part, name, true);
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, v)| v.len() >= 6 && !v.is_ascii()) {
                parts(cell, &mut |_, found| self.suspect(Sort::Cell, Some(name), Spot::Column, found, ((above + r + 1) as u64, c + 1)));
            }
        }
    }

    /// Looks through what is no cell; `lined`, where each of its lines stands alone.
    pub(super) fn suspect_words(&mut self, part: Option<&str>, spot: Spot, text: &str, lined: bool) {
        let Some(find) = IN_LINE.as_ref().filter(|_| !text.is_ascii()) else { return };
        for line in text.lines().filter(|l| lined && l.len() <= LINE && !l.is_ascii() && find.is_match(*l)) {
            self.suspect(Sort::Line, part, spot, line, (0, 0));
        }
        parts(text, &mut |_, found| self.suspect(Sort::Cell, part, spot, found, (0, 0)));
    }

    /// Looks at the name of a file in an archive.
    pub(super) fn suspect_name(&mut self, name: &str) {
        let may = |f: &AhoCorasick| f.is_match(name) || name.contains('发');
        if !name.is_ascii() && name.len() <= 400 && IN_LINE.as_ref().is_some_and(may) {
            self.suspect(Sort::Name, None, Spot::Inside, name, (0, 0));
        }
    }

    /// Takes over what blocks of rows were found to have, in the order of their lines.
    pub(super) fn suspect_rows(&mut self, part: Option<&str>, found: &[(u64, String)]) {
        found.iter().for_each(|(line, text)| self.suspect(Sort::Cell, part, Spot::Column, text, (*line, 0)));
    }
}

/// The same of a block of rows, with the line of each; at most so many.
pub(super) fn of_block(text: &str, first: u64) -> Vec<(u64, String)> {
    let mut out: Vec<(u64, String)> = Vec::new();
    let (mut at, mut line) = (0, first);
    parts(text, &mut |from, found| {
        if out.len() < KEPT && !out.iter().any(|(_, t)| t == found) {
            line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..from]).count() as u64;
            at = from;
            out.push((line, found.to_string()));
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_mark_is_cut_out_and_most_words_are_none() {
        let of = |t: &str| of_block(t, 1);
        assert_eq!(of("项目,值\n甲,\"内部资料，严禁外传\"\n"), [(2, "内部资料，严禁外传".to_string())]);
        assert_eq!(of("a,机密★10年,b\n"), [(1, "a,机密★10年,b".to_string())]);
        assert_eq!(of("密云区,机密,内部,公开\n秘密,1,2\n"), []);
        assert_eq!(of(&format!("{}\n{}", "x".repeat(500), "\"机密★1年\"")), [(2, "机密★1年".to_string())]);
    }
}
