//! Tables within texts (of Markdown, of Word, PDF and pages, whose rows are lines with tabs): their columns are judged as those of data.

use super::personal::{self, Hits, Kind, Of};
use crate::personal::together::{self, Like};
use crate::personal::{Trace, traces};
use std::ops::Range;

/// Longest line that is a row, most cells of one, most rows of a table and most tables of a text.
const LINE: usize = 4_000;
const CELLS: usize = 60;
const ROWS: usize = 5_000;
const TABLES: usize = 200;
/// Rows that are compared with each other.
const SAMPLE: usize = 50;

/// A row: where each of its cells stands in the text.
type Row = Vec<Range<usize>>;

/// What is, or may be, personal in a text, with the columns of its tables looked at as wholes.
pub(in crate::load) fn found(text: &str) -> Vec<Trace> {
    let mut out = traces(text);
    let more = columns(text);
    if more.is_empty() {
        return out;
    }
    for t in more {
        let told = |o: &Trace| o.kind == t.kind && o.sure >= t.sure && o.at.start < t.at.end && t.at.start < o.at.end;
        if !out.iter().any(told) {
            out.push(t);
        }
    }
    out.sort_by_key(|t| t.at.start);
    out
}

/// The same for a page of a document that tells places and no cells (PDF): columns may stand a blank apart.
pub(in crate::load) fn found_on_page(text: &str) -> Vec<Trace> {
    let mut out = found(text);
    for t in aligned(text) {
        if !out.iter().any(|o| o.kind == t.kind && o.sure >= t.sure && o.at.start < t.at.end && t.at.start < o.at.end) {
            out.push(t);
        }
    }
    out
}

/// Longest line that is a row of a page, and most cells of it.
const ACROSS: usize = 400;
const PARTS: usize = 16;

/// What the columns of tables hold whose cells are parted by blanks alone: lines of as many words as their head has.
fn aligned(text: &str) -> Vec<Trace> {
    let mut out = Vec::new();
    let (mut head, mut rows, mut apart, mut tables, mut at): (Option<Row>, Vec<Row>, usize, usize, usize) = (None, Vec::new(), 0, 0, 0);
    for line in text.split('\n') {
        let row = words(line, at);
        at += line.len() + 1;
        match row {
            Some(row) if is_head(text, &row) => {
                judged(text, head.replace(row), &rows, &mut out);
                (apart, tables) = (0, tables + 1);
                rows.clear();
                if tables > TABLES {
                    return out;
                }
            }
            Some(row) if head.as_ref().is_some_and(|h| h.len() == row.len()) => {
                if rows.len() < ROWS {
                    rows.push(row);
                }
                apart = 0;
            }
            _ if head.is_some() => {
                apart += 1;
                if apart > 2 {
                    judged(text, head.take(), &rows, &mut out);
                    rows.clear();
                }
            }
            _ => {}
        }
    }
    judged(text, head, &rows, &mut out);
    out
}

/// The words of a line that may be a row.
fn words(line: &str, at: usize) -> Option<Row> {
    let bare = line.trim();
    if bare.len() > ACROSS || !bare.contains(char::is_whitespace) {
        return None;
    }
    let place = |w: &str| {
        let from = at + (w.as_ptr() as usize - line.as_ptr() as usize);
        from..from + w.len()
    };
    let out: Row = bare.split_whitespace().map(place).take(PARTS + 1).collect();
    (2..=PARTS).contains(&out.len()).then_some(out)
}

/// What the columns of the tables of a text hold.
pub(super) fn columns(text: &str) -> Vec<Trace> {
    let mut out = Vec::new();
    let b = text.as_bytes();
    let Some(first) = memchr::memchr2(b'\t', b'|', b) else { return out };
    let mut at = memchr::memrchr(b'\n', &b[..first]).map_or(0, |i| i + 1);
    let (mut head, mut rows, mut apart, mut tables): (Option<Row>, Vec<Row>, usize, usize) = (None, Vec::new(), 0, 0);
    let mut begun = false;
    // The next sign that parts cells: most lines end before it.
    let mut sign = first;
    for line in text[at..].split('\n') {
        if sign < at {
            sign = memchr::memchr2(b'\t', b'|', &b[at..]).map_or(b.len(), |i| at + i);
        }
        let row = if sign < at + line.len() { cells(line, at) } else { None };
        at += line.len() + 1;
        // In Markdown the head is the first row; the pages of a document run together, with a head on each.
        let first = row.is_some() && (!std::mem::replace(&mut begun, row.is_some()) || line.contains('\t'));
        match row {
            Some(row) if first && is_head(text, &row) => {
                judged(text, head.replace(row), &rows, &mut out);
                (apart, tables) = (0, tables + 1);
                rows.clear();
                if tables > TABLES {
                    return out;
                }
            }
            Some(row) => {
                if rows.len() < ROWS && head.is_some() && !row.iter().all(|c| ruled(&text[c.clone()])) {
                    rows.push(row);
                }
                apart = 0;
            }
            // A page of a PDF ends, a cell goes on in a line of its own; more than that is another part of the text.
            None if head.is_some() => {
                begun = false;
                apart += 1;
                if apart > 2 {
                    judged(text, head.take(), &rows, &mut out);
                    rows.clear();
                }
            }
            None => begun = false,
        }
    }
    judged(text, head, &rows, &mut out);
    out
}

/// A cell of the rule below a head.
fn ruled(cell: &str) -> bool {
    cell.bytes().all(|c| matches!(c, b'-' | b':' | b' '))
}

/// The cells of a line that is a row.
fn cells(line: &str, at: usize) -> Option<Row> {
    if line.len() > LINE {
        return None;
    }
    let sign = if line.contains('\t') { '\t' } else { '|' };
    if !line.contains(sign) {
        return None;
    }
    let mut from = at;
    let mut out = Row::new();
    for part in line.split(sign).take(CELLS) {
        let bare = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '>'));
        // Stars at the end of a value hide something.
        let bare =
            if bare.contains('*') || bare.is_empty() || !part.trim_end().ends_with('*') || part.trim_start().starts_with("**") { bare } else { part.trim() };
        let start = from + (bare.as_ptr() as usize - part.as_ptr() as usize);
        out.push(start..start + bare.len());
        from += part.len() + 1;
    }
    if sign == '|' && line.trim_start().starts_with(['|', '>']) && out.len() > 1 {
        out.remove(0);
    }
    (out.len() > 1).then_some(out)
}

/// Names of columns only: one of persons, or one of their numbers.
fn is_head(text: &str, row: &Row) -> bool {
    let all = || row.iter().map(|c| &text[c.clone()]);
    let named = |c: &str| c.len() <= 48 && (personal::of_names(c) || personal::calls_any(c));
    let plain = |c: &str| c.chars().count() <= 30 && c.bytes().filter(u8::is_ascii_digit).count() < 5 && !c.contains(['。', '；']);
    // `电话：…` is a label with its value.
    let label = |c: &str| c.contains(['：', ':']);
    let filled = all().filter(|c| !c.is_empty()).count();
    filled > 1 && all().any(named) && all().all(|c| plain(c) && !label(c)) && all().filter(|c| together::is_han_name(c)).count() * 2 < filled
}

/// Judges the columns of one table.
fn judged(text: &str, head: Option<Row>, rows: &[Row], out: &mut Vec<Trace>) {
    let Some(head) = head.filter(|_| !rows.is_empty()) else { return };
    let names: Vec<&str> = head.iter().map(|c| &text[c.clone()]).collect();
    let mut hits: Vec<Hits> = vec![Hits::default(); names.len()];
    let mut likes: Vec<Like> = vec![Like::default(); names.len()];
    let mut figures = vec![0u64; names.len()];
    for (n, row) in rows.iter().enumerate() {
        for (c, at) in row.iter().enumerate().take(names.len()) {
            let v = &text[at.clone()];
            if v.is_empty() {
                continue;
            }
            likes[c].filled += 1;
            figures[c] += u64::from(v.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-')));
            if v.len() >= 8 {
                hits[c].look(v, 1, n as u64);
            } else {
                if matches!(v.len(), 6 | 7) && v.as_bytes()[0].is_ascii_uppercase() {
                    hits[c].plate(v, 1, n as u64);
                }
                hits[c].people.look(v, 1);
            }
        }
    }
    for (like, hit) in likes.iter_mut().zip(&hits) {
        *like = Like { filled: like.filled, ..hit.people };
    }
    let of_names = names.iter().position(|n| personal::of_names(n));
    let offices = names.iter().any(|n| personal::of_offices(&personal::words(n)));
    for (c, hit) in hits.iter().enumerate() {
        let of = Of { chinese: true, first: true, offices, persons: of_names.is_some_and(|n| n != c) };
        let filled = likes[c].filled;
        if let Some((kind, _, row, sure)) = hit.judge(names[c], filled, figures[c] * 2 > filled, of).filter(|j| j.0 != Kind::Person)
            && let Some(at) = rows.get(row as usize).and_then(|r| r.get(c))
        {
            out.push(Trace { kind, at: at.clone(), sure });
        }
    }
    if let Some((a, b, sure)) = together::together(&names, &likes) {
        out.push(Trace { kind: Kind::Person, at: head[a.min(b)].start..head[a.max(b)].end, sure });
    }
    let owned: Vec<String> = names.iter().map(|n| (*n).to_string()).collect();
    let sample: Vec<Vec<String>> = rows.iter().take(SAMPLE).map(|r| r.iter().map(|c| text[c.clone()].to_string()).collect()).collect();
    let place = |c: usize| rows.iter().filter_map(|r| r.get(c)).find(|c| !c.is_empty()).cloned();
    if let Some(found) = personal::rejoined(&owned, &sample, &[]) {
        out.extend(place(found.columns.0).map(|at| Trace { kind: found.kind, at, sure: found.sure }));
    }
    for (c, _, sure) in personal::papers(&owned, &sample, &[]) {
        out.extend(place(c).map(|at| Trace { kind: Kind::Passport, at, sure }));
    }
}
