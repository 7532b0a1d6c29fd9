//! Where the tables of a sheet are: one, several below each other, several side by side, and cells that stand apart.

use super::again;
use super::cells::{COLUMNS, Raw};
use super::layout;
use super::lines::is_name;
use super::value::{Class, classify};
use std::ops::Range;

/// Empty rows, and empty columns, beyond which nothing belongs to what stands before.
const FAR_ROWS: u32 = 100;
const FAR_COLUMNS: u32 = 30;
/// Empty rows below which a cell under no head is none of the table.
const FAR_BELOW: u32 = 10;
/// Most tables of a sheet.
const TABLES: usize = 50;
/// Rows looked at to judge whether a head stands above them.
const LOOK: usize = 60;
/// Rows searched for such with several cells.
const SEARCHED: usize = 2_000;

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Places in [`Raw::rows`].
    pub rows: Range<usize>,
    /// First and last column.
    pub columns: (u32, u32),
    /// No table, though the sheet has one elsewhere.
    pub stray: bool,
}

fn blank(t: &str) -> bool {
    t.trim().is_empty()
}

/// What the author says of heads.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// There is none.
    pub no_head: bool,
    /// Where it is, or that there is none: then none is sought among the rows.
    pub settled: bool,
}

/// Finds the tables; the first is the first that is one.
pub fn regions(raw: &Raw, said: Said) -> Vec<Region> {
    let mut out = Vec::new();
    for columns in spans(raw, 0..raw.rows.len(), (0, COLUMNS - 1), FAR_COLUMNS, false) {
        below_each_other(raw, 0..raw.rows.len(), columns, said, 0, &mut out);
    }
    if out.len() > 1 {
        for r in &mut out {
            r.stray = !is_table(raw, r);
        }
        if out.iter().all(|r| r.stray) {
            let main = (0..out.len()).max_by_key(|i| (out[*i].rows.len(), out.len() - i)).unwrap_or(0);
            out[main].stray = false;
        }
        // The first that is a table stands first.
        if let Some(i) = out.iter().position(|r| !r.stray) {
            out[..=i].rotate_right(1);
        }
    }
    out
}

/// Filled cells of a row within columns.
fn cells<'r>(raw: &'r Raw, row: usize, columns: (u32, u32)) -> impl Iterator<Item = (u32, &'r str)> + 'r {
    let cells = &raw.rows[row].1;
    let from = cells.partition_point(|(c, _)| *c < columns.0);
    cells[from..].iter().take_while(move |(c, _)| *c <= columns.1).filter(|(_, t)| !blank(t)).map(|(c, t)| (*c, t.as_str()))
}

/// Groups of used columns with at least so many empty ones between.
fn spans(raw: &Raw, rows: Range<usize>, columns: (u32, u32), gap: u32, wide_rows: bool) -> Vec<(u32, u32)> {
    let mut used = vec![false; COLUMNS as usize];
    for row in rows {
        // Titles of one cell say nothing of columns.
        if wide_rows && cells(raw, row, columns).nth(1).is_none() {
            continue;
        }
        for (c, _) in cells(raw, row, columns) {
            if let Some(u) = used.get_mut(c as usize) {
                *u = true;
            }
        }
    }
    let mut out: Vec<(u32, u32)> = Vec::new();
    for c in (0..COLUMNS).filter(|c| used[*c as usize]) {
        match out.last_mut() {
            Some((_, last)) if c - *last <= gap => *last = c,
            _ => out.push((c, c)),
        }
    }
    out
}

/// A run of rows without an empty one between.
#[derive(Debug, Clone)]
struct Band {
    rows: Range<usize>,
    first: u32,
    last: u32,
    /// Of its rows, those looked at, and how many of these are full: a band grows by one after the other.
    looked: (usize, usize),
}

impl Band {
    /// As [`full_rows`].
    fn full_rows(&mut self, raw: &Raw, columns: (u32, u32)) -> usize {
        let (seen, full) = &mut self.looked;
        while *seen < self.rows.len().min(SEARCHED) && *full < LOOK {
            *full += usize::from(cells(raw, self.rows.start + *seen, columns).nth(1).is_some());
            *seen += 1;
        }
        *full
    }
}

fn below_each_other(raw: &Raw, rows: Range<usize>, columns: (u32, u32), said: Said, depth: usize, out: &mut Vec<Region>) {
    let mut bands: Vec<Band> = Vec::new();
    for i in rows {
        if cells(raw, i, columns).next().is_none() {
            continue;
        }
        let n = raw.rows[i].0;
        match bands.last_mut() {
            Some(b) if n == b.last + 1 => (b.rows.end, b.last) = (i + 1, n),
            _ => bands.push(Band { rows: i..i + 1, first: n, last: n, looked: (0, 0) }),
        }
    }
    let mut groups: Vec<Band> = Vec::new();
    for mut b in bands {
        let full = groups.len() + out.len() >= TABLES;
        let Some(g) = groups.last_mut() else {
            groups.push(b);
            continue;
        };
        let near = full || !apart(g, &b);
        if near && (full || said.no_head || !another(raw, g, &mut b, columns)) {
            (g.rows.end, g.last) = (b.rows.end, b.last);
            continue;
        }
        let title = if near { title(raw, g, columns) } else { g.rows.end };
        if title < g.rows.end {
            // Rows of one cell are no full ones.
            b.looked.0 += g.rows.end - title;
            (b.rows.start, b.first) = (title, raw.rows[title].0);
            (g.rows.end, g.last) = (title, raw.rows[title - 1].0);
            g.looked.0 = g.looked.0.min(g.rows.len());
        }
        groups.push(b);
    }
    for g in groups {
        let room = if said.settled { 0 } else { TABLES.saturating_sub(out.len()) };
        for g in heads_within(raw, g, columns, room) {
            side_by_side(raw, g.rows, columns, said, depth, out);
        }
    }
}

/// Parts a run of rows where the head of another table stands right below the rows of one.
fn heads_within(raw: &Raw, mut g: Band, columns: (u32, u32), room: usize) -> Vec<Band> {
    let mut out = Vec::new();
    let row = |i: usize| -> Vec<String> {
        let mut r = Vec::new();
        for (c, t) in cells(raw, i, columns).take(super::WIDTH) {
            r.resize((c - columns.0) as usize, String::new());
            r.push(t.trim().to_string());
        }
        r
    };
    'band: while out.len() < room {
        let Some((at, _)) = headed(raw, g.rows.clone(), columns) else { break };
        let head = vec![row(at)];
        let (mut before, mut title, mut open): (Option<usize>, Option<usize>, Option<(usize, again::Suspect)>) = (None, None, None);
        for i in at + 1..g.rows.end {
            let (mut of, lone) = (cells(raw, i, columns), cells(raw, i, columns).nth(1).is_none());
            if let Some((begins, mut s)) = open.take() {
                match s.next(&row(i)) {
                    Some(true) => {
                        let rest = Band { rows: begins..g.rows.end, first: raw.rows[begins].0, last: g.last, looked: (0, 0) };
                        (g.rows.end, g.last) = (begins, raw.rows[begins - 1].0);
                        out.push(std::mem::replace(&mut g, rest));
                        continue 'band;
                    }
                    Some(false) => {}
                    None => open = Some((begins, s)),
                }
            }
            // Below a title of its own the same head begins another table.
            if let Some(t) = title.filter(|_| !lone && row(i) == head[0]) {
                let text = |r: usize| cells(raw, r, columns).next().map_or("", |c| c.1).to_string();
                let above: Vec<String> = (g.rows.start..at).map(text).collect();
                if (t..i).map(text).any(|w| layout::titles(&w, &above)) {
                    let rest = Band { rows: t..g.rows.end, first: raw.rows[t].0, last: g.last, looked: (0, 0) };
                    (g.rows.end, g.last) = (t, raw.rows[t - 1].0);
                    out.push(std::mem::replace(&mut g, rest));
                    continue 'band;
                }
            }
            if lone {
                let note = of.next().is_none_or(|(_, t)| super::notes::is_note(t.trim(), true, false));
                title = if note { None } else { title.or(Some(i)) };
                continue;
            }
            if open.is_none()
                && let Some(b) = before
                && (of.next().map(|c| c.1.trim()) == head[0].iter().map(String::as_str).find(|c| !c.is_empty())
                    || !of.any(|(_, t)| t.trim().starts_with(|c: char| c.is_ascii_digit())))
                && let Some(s) = again::suspect(&row(i), &row(b), &head, title.is_some())
            {
                open = Some((title.unwrap_or(i), s));
            }
            (before, title) = (Some(i), None);
        }
        break;
    }
    out.push(g);
    out
}

/// Where the title of the next table begins at the end of what stands before: rows of one cell below an empty row, and
/// no notes.
fn title(raw: &Raw, g: &Band, columns: (u32, u32)) -> usize {
    let mut at = g.rows.end;
    for r in g.rows.clone().rev().take(4) {
        let mut row = cells(raw, r, columns);
        let (Some((_, t)), None) = (row.next(), row.next()) else {
            return if at < g.rows.end && raw.rows[at].0 > raw.rows[r].0 + 1 { at } else { g.rows.end };
        };
        if super::notes::is_note(t.trim(), true, false) || !matches!(classify(t.trim()).0, Class::String | Class::Date) {
            return if at < g.rows.end && raw.rows[at].0 > raw.rows[r].0 + 1 { at } else { g.rows.end };
        }
        at = r;
    }
    g.rows.end
}

fn apart(a: &Band, b: &Band) -> bool {
    b.first - a.last > FAR_ROWS
}

/// Rows with two filled cells or more.
fn full_rows(raw: &Raw, rows: Range<usize>, columns: (u32, u32)) -> usize {
    rows.take(SEARCHED).filter(|r| cells(raw, *r, columns).nth(1).is_some()).take(LOOK).count()
}

fn is_table(raw: &Raw, r: &Region) -> bool {
    full_rows(raw, r.rows.clone(), r.columns) >= 2
}

/// Whether what follows after an empty row is another table, and not more rows, notes, or the table of a title.
fn another(raw: &Raw, a: &mut Band, b: &mut Band, columns: (u32, u32)) -> bool {
    if b.full_rows(raw, columns) < 2 || a.full_rows(raw, columns) < 2 {
        return false;
    }
    let Some((head, numbers)) = headed(raw, b.rows.clone(), columns) else { return false };
    if let Some((first, _)) = headed(raw, a.rows.clone(), columns) {
        // The same head again: more rows of the same table, unless a title of its own stands above it.
        if cells(raw, first, columns).eq(cells(raw, head, columns)) {
            let text = |r: usize| cells(raw, r, columns).next().map_or("", |c| c.1).to_string();
            let above: Vec<String> = (a.rows.start..first).map(text).collect();
            let own = (title(raw, a, columns)..a.rows.end).chain(b.rows.start..head);
            return own.map(text).any(|t| layout::titles(&t, &above) || (above.is_empty() && layout::titles(&t, &[text(first)])));
        }
    }
    let extent = |rows: Range<usize>| {
        let wide = rows.take(SEARCHED).filter(|r| cells(raw, *r, columns).nth(1).is_some()).take(LOOK);
        wide.flat_map(|r| cells(raw, r, columns).map(|c| c.0)).fold((u32::MAX, 0), |(a, b), c| (a.min(c), b.max(c)))
    };
    numbers || (b.first - a.last > 2 && extent(a.rows.clone()) != extent(b.rows.clone()))
}

/// The row that is a head, below titles of one cell, and whether numbers or days stand under its names.
fn headed(raw: &Raw, rows: Range<usize>, columns: (u32, u32)) -> Option<(usize, bool)> {
    let head = rows.clone().take(6).find(|r| cells(raw, *r, columns).nth(1).is_some())?;
    if cells(raw, head, columns).any(|(_, t)| !is_name(t)) || head + 1 >= rows.end {
        return None;
    }
    let values: Vec<usize> = (head + 1..rows.end).take(LOOK).collect();
    let mut of_numbers = 0;
    let (mut unnamed, mut seen) = (0, Vec::new());
    for r in &values {
        seen.extend(cells(raw, *r, columns).map(|c| c.0));
        if seen.len() > 100_000 {
            break;
        }
    }
    seen.sort_unstable();
    seen.dedup();
    for c in seen.into_iter().take(200) {
        let (mut numbers, mut all) = (0, 0);
        for r in &values {
            for (_, t) in cells(raw, *r, (c, c)) {
                all += 1;
                numbers += usize::from(matches!(classify(t.trim()).0, Class::Integer | Class::Number | Class::Date | Class::Datetime | Class::Code));
            }
        }
        if all > 0 && numbers * 10 >= all * 7 {
            if cells(raw, head, (c, c)).next().is_some() {
                of_numbers += 1;
            } else {
                unnamed += 1;
            }
        }
    }
    Some((head, of_numbers > unnamed))
}

fn side_by_side(raw: &Raw, rows: Range<usize>, columns: (u32, u32), said: Said, depth: usize, out: &mut Vec<Region>) {
    let groups = if said.no_head || depth > 1 { Vec::new() } else { spans(raw, rows.clone(), columns, 1, true) };
    let mut cuts: Vec<u32> = Vec::new();
    if groups.len() > 1 && groups.len() <= TABLES {
        for w in groups.windows(2) {
            let left = (cuts.last().copied().unwrap_or(columns.0), w[0].1);
            if own_table(raw, rows.clone(), left, w[1]) {
                cuts.push(w[1].0);
            }
        }
    }
    if cuts.is_empty() {
        let Some(r) = trim(raw, rows, columns) else { return };
        let Some(edge) = groups.first().filter(|g| g.1 < r.columns.1).and_then(|_| beside(raw, &r, &groups)) else {
            out.push(r);
            return;
        };
        let (main, rest) = ((r.columns.0, edge), (edge + 1, r.columns.1));
        out.extend([main, rest].into_iter().filter_map(|c| trim(raw, r.rows.clone(), c)));
        return;
    }
    let mut from = columns.0;
    for to in cuts.iter().map(|c| c - 1).chain([columns.1]) {
        below_each_other(raw, rows.clone(), (from, to), said, depth + 1, out);
        from = to + 1;
    }
}

/// Whether columns at the right of an empty one are a table of their own, and not the next block of columns.
fn own_table(raw: &Raw, rows: Range<usize>, left: (u32, u32), right: (u32, u32)) -> bool {
    if right.1 == right.0 || left.1 == left.0 || full_rows(raw, rows.clone(), right) < 2 || full_rows(raw, rows.clone(), left) < 2 {
        return false;
    }
    let used = |c: (u32, u32)| -> Option<(usize, usize)> {
        let mut r = rows.clone().filter(|r| cells(raw, *r, c).nth(1).is_some());
        let first = r.next()?;
        Some((first, r.next_back().unwrap_or(first)))
    };
    let (Some(a), Some(b)) = (used(left), used(right)) else { return false };
    let Some((head, numbers)) = headed(raw, b.0..b.1 + 1, right) else { return false };
    let texts_first = {
        let (mut names, mut all) = (0, 0);
        for r in (head + 1..b.1 + 1).take(LOOK) {
            for (_, t) in cells(raw, r, (right.0, right.0)) {
                all += 1;
                names += usize::from(is_name(t) || matches!(classify(t.trim()).0, Class::Date | Class::Code));
            }
        }
        all > 0 && names * 10 >= all * 7
    };
    let twice = headed(raw, a.0..a.1 + 1, left).is_some_and(|(h, _)| {
        let first = cells(raw, h, left).next().map(|c| c.1.trim());
        first.is_some() && first == cells(raw, head, right).next().map(|c| c.1.trim())
    });
    (a != b && (numbers || texts_first)) || (texts_first && numbers) || twice
}

/// The last column of a table that has cells beside it which are none of it: no head, few, and an empty column between,
/// or many empty rows.
fn beside(raw: &Raw, r: &Region, groups: &[(u32, u32)]) -> Option<u32> {
    let (head, _) = headed(raw, r.rows.clone(), (r.columns.0, groups[0].1))?;
    let named = groups.iter().rev().find(|g| cells(raw, head, **g).next().is_some())?;
    let edge = cells(raw, head, *named).map(|c| c.0).last()?;
    let right = (edge + 1, r.columns.1);
    let body = r.rows.clone().filter(|i| cells(raw, *i, (r.columns.0, edge)).next().is_some());
    let (last, full) = (body.clone().next_back()?, body.count());
    let (mut n, mut first, mut column) = (0, None, u32::MAX);
    for i in r.rows.clone() {
        if let Some((c, _)) = cells(raw, i, right).next() {
            if i <= head {
                return None;
            }
            first = first.or(Some(raw.rows[i].0));
            (n, column) = (n + 1, column.min(c));
        }
    }
    let below = first.is_some_and(|f| f > raw.rows[last].0 + FAR_BELOW);
    (n > 0 && n * 2 < full && (column > edge + 1 || below)).then_some(edge)
}

/// Without empty rows and columns around it.
fn trim(raw: &Raw, rows: Range<usize>, columns: (u32, u32)) -> Option<Region> {
    let start = rows.clone().find(|r| cells(raw, *r, columns).next().is_some())?;
    let end = rows.rev().find(|r| cells(raw, *r, columns).next().is_some())? + 1;
    let (a, b) = (start..end).flat_map(|r| cells(raw, r, columns).map(|c| c.0)).fold((u32::MAX, 0), |(a, b), c| (a.min(c), b.max(c)));
    Some(Region { rows: start..end, columns: (a, b), stray: false })
}
