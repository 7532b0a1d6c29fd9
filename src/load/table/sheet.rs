//! Workbooks: the tables of every sheet, each as a grid of texts.

use super::cells::{self, Budget, Odd, Raw, Tally};
use super::layout::{self, Layout, Told};
use super::numfmt::Format;
use super::{affix, areas, biff, dayheads, marked, merged, ods, xlsx};
use calamine::{Data, DataRef, Reader, Xls, Xlsb};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use cells::Fault;

/// One table of a sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Where it is (`A12:C20`), for all but the first table of a sheet.
    pub place: Option<String>,
    /// Cells that are no table and stand apart from one.
    pub stray: bool,
    /// What it holds nobody knows for certain: it is searched for personal data, and no more.
    pub torn: bool,
    /// Why, with the first table of a sheet.
    pub fault: Option<Fault>,
    /// Number of rows above the first.
    pub above: usize,
    /// Number of columns left of the first.
    pub left: usize,
    /// Cells.
    pub rows: Vec<Vec<String>>,
    /// Where head and rows are.
    pub found: Layout,
    /// Empty cells of merged areas that were given the value of the area; of them, numbers.
    pub filled: Tally,
    /// See above.
    pub filled_numbers: u64,
    /// Cells of merged areas that have a value of their own, which nobody sees.
    pub covered: Tally,
    /// Rows that repeat the head.
    pub repeated: Tally,
    /// Words that only number formats show, column by column.
    pub words: Vec<affix::Told>,
    /// What was odd about the cells of the sheet; with its first table.
    pub odd: Odd,
    /// The sheet is hidden. It is read all the same: hidden sheets are published with their file.
    pub hidden: bool,
    /// Hidden rows and columns of the sheet, and whether a filter is on; with its first table.
    pub hidden_rows: Vec<(u32, u32)>,
    /// See above.
    pub hidden_columns: Vec<(u32, u32)>,
    /// See above.
    pub filtered: bool,
}

/// Reads the tables of all sheets, and the number of sheets. The readers of old formats are not ours: should one panic,
/// that is a broken file and no more.
pub fn read(bytes: &[u8], told: &Told) -> Result<(Vec<Sheet>, usize), Fault> {
    catch_unwind(AssertUnwindSafe(|| tables(bytes, told))).unwrap_or_else(|_| Err(Fault::Broken("panic".into())))
}

fn tables(bytes: &[u8], told: &Told) -> Result<(Vec<Sheet>, usize), Fault> {
    let mut budget = Budget::of(bytes.len());
    let raws = if !bytes.starts_with(b"PK") {
        old(bytes, &mut budget)?
    } else if ods::is_ours(bytes) {
        ods::read(bytes, &mut budget)?
    } else if xlsx::is_ours(bytes) {
        xlsx::read(bytes, &mut budget)?
    } else {
        binary(bytes, &mut budget)?
    };
    laid(raws, told, &mut budget)
}

/// The same of what is marked up and no workbook, from its text.
pub fn read_marked(text: &str, kind: marked::Kind, told: &Told) -> Result<(Vec<Sheet>, usize), Fault> {
    let mut budget = Budget::of(text.len());
    let raws = marked::read(text, kind, &mut budget)?;
    laid(raws, told, &mut budget)
}

fn laid(raws: Vec<Raw>, told: &Told, budget: &mut Budget) -> Result<(Vec<Sheet>, usize), Fault> {
    let count = raws.len();
    let mut out = Vec::new();
    for raw in raws {
        lay(raw, told, budget, &mut out)?;
    }
    Ok((out, count))
}

/// XLS: `calamine` reads values, [`biff`] what it leaves out, and before it lays a sheet out to its farthest cell.
fn old(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let scans = biff::scan(bytes, budget)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let about = book.sheets_metadata().to_vec();
    let mut out = Vec::new();
    for (i, s) in about.iter().enumerate() {
        if s.typ != calamine::SheetType::WorkSheet {
            continue;
        }
        let Ok(range) = book.worksheet_range(&s.name) else { continue };
        let scan = scans.get(i);
        let mut raw = Raw { name: s.name.clone(), hidden: s.visible != calamine::SheetVisible::Visible, ..Raw::default() };
        if let Some(scan) = scan {
            raw.hidden_rows.clone_from(&scan.hidden_rows);
            raw.hidden_columns.clone_from(&scan.hidden_columns);
            raw.merges.clone_from(&scan.merges);
            raw.filtered = scan.filtered;
        }
        let start = range.start().unwrap_or_default();
        for (r, c, v) in range.used_cells() {
            let at = (start.0 + r as u32, start.1 + c as u32);
            let format = scan.and_then(|s| s.format(at));
            let t = text(v, at, format, scan.is_some_and(|s| s.since_1904), &mut raw);
            raw.put(at.0, at.1, t, budget)?;
        }
        raw.sort();
        out.push(raw);
    }
    Ok(out)
}

/// XLSB, cell by cell: its numbers come with what calamine makes of their format, day or time.
fn binary(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Raw>, Fault> {
    let (mut zip, names) = xlsx::open(bytes)?;
    let mut all: Vec<usize> = names.values().copied().collect();
    all.sort_unstable();
    for at in all {
        let Ok(part) = zip.by_index(at) else { continue };
        std::io::copy(&mut cells::Metered { inner: part, left: &mut budget.unpacked.bytes }, &mut std::io::sink()).map_err(|_| Fault::Bomb)?;
    }
    drop(zip);
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|e| fault(&e))?;
    let about = book.sheets_metadata().to_vec();
    let since_1904 = book.has_1904_epoch();
    let mut out = Vec::new();
    for s in about {
        let Ok(mut reader) = book.worksheet_cells_reader(&s.name) else { continue };
        let mut raw = Raw { name: s.name.clone(), hidden: s.visible != calamine::SheetVisible::Visible, ..Raw::default() };
        while let Some(cell) = reader.next_cell().map_err(|e| fault(&e))? {
            let at = cell.get_position();
            let value: Data = match cell.get_value() {
                DataRef::SharedString(s) => Data::String((*s).to_string()),
                v => v.clone().into(),
            };
            let t = text(&value, at, None, since_1904, &mut raw);
            raw.put(at.0, at.1, t, budget)?;
        }
        raw.sort();
        out.push(raw);
    }
    Ok(out)
}

fn fault(e: &dyn std::fmt::Display) -> Fault {
    let text = e.to_string();
    let low = text.to_ascii_lowercase();
    if low.contains("password") || low.contains("encrypt") { Fault::Locked } else { Fault::Broken(text) }
}

/// A cell of calamine's as the text that is published.
fn text(v: &Data, at: (u32, u32), format: Option<&Format>, since_1904: bool, raw: &mut Raw) -> String {
    match v {
        Data::Empty => String::new(),
        Data::String(s) => cells::unescaped(s),
        Data::Int(i) => raw.number(at, *i as f64, &i.to_string(), format, since_1904),
        Data::Float(f) => raw.number(at, *f, "", format, since_1904),
        Data::Bool(b) => b.to_string(),
        Data::DateTimeIso(t) | Data::DurationIso(t) => t.trim_end_matches("T00:00:00").to_string(),
        Data::DateTime(t) => {
            let f = t.as_f64();
            let guess = if t.is_duration() {
                "[h]:mm:ss"
            } else if (0.0..1.0).contains(&f) {
                "h:mm:ss"
            } else {
                "yyyy-mm-dd"
            };
            raw.number(at, f, "", Some(format.unwrap_or(&Format::new(guess))), since_1904)
        }
        Data::Error(e) => {
            raw.odd.errors.add(at, &e.to_string());
            String::new()
        }
        // Rich text and pictures have no other plain form.
        #[allow(unreachable_patterns)]
        other => other.to_string(),
    }
}

/// Lays the tables of a sheet out as grids.
fn lay(mut raw: Raw, told: &Told, budget: &mut Budget, out: &mut Vec<Sheet>) -> Result<(), Fault> {
    if !told.no_head {
        dayheads::heads(&mut raw);
    }
    let name = |(row, column): (u32, u32)| format!("{}!{}{}", raw.name, cells::letters(column), row + 1);
    let mut fault = raw.lacks.map(|at| Fault::Texts(name(at))).or_else(|| raw.twice.map(|at| Fault::Twice(name(at))));
    let torn = fault.is_some();
    raw.odd.part = dayheads::part(&raw);
    let regions = areas::regions(&raw, areas::Said { no_head: told.no_head, settled: told.no_head || !told.rows.is_empty() });
    let first = out.len();
    if regions.is_empty() && torn {
        out.push(Sheet { name: raw.name.clone(), hidden: raw.hidden, torn, ..Sheet::default() });
    }
    for (n, region) in regions.iter().enumerate() {
        let width = (region.columns.1 - region.columns.0 + 1) as usize;
        let (top, bottom) = (raw.rows[region.rows.start].0, raw.rows[region.rows.end - 1].0);
        let height = (bottom - top + 1) as usize;
        budget.grid = budget.grid.checked_sub((height as u64).saturating_mul(width as u64)).ok_or(Fault::Large)?;
        // The head is sought in rows of one width; the rest is as long as its last cell.
        let sample = layout::SAMPLE.min(((1 << 19) / width).max(12));
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(height);
        for (number, cells) in &mut raw.rows[region.rows.clone()] {
            let at = (*number - top) as usize;
            while rows.len() < at {
                let long = if rows.len() < sample { width } else { 0 };
                rows.push(vec![String::new(); long]);
            }
            let mut row: Vec<String> = Vec::with_capacity(if at < sample { width } else { cells.len().min(width) });
            for (c, t) in cells.iter_mut().filter(|(c, _)| (region.columns.0..=region.columns.1).contains(c)) {
                let c = (*c - region.columns.0) as usize;
                row.resize(c, String::new());
                row.push(std::mem::take(t));
            }
            if at < sample {
                row.resize(width, String::new());
            }
            rows.push(row);
        }
        let above = top as usize;
        let head = Told { rows: told.rows.iter().map(|r| r.saturating_sub(above)).filter(|r| (1..=height).contains(r)).collect(), ..told.clone() };
        let areas = merged::within(&raw.merges, above, region.columns.0 as usize, rows.len(), width);
        let mut found = layout::find_in(&rows[..rows.len().min(sample)], &head, &areas);
        // `2022` that is shown as `2022年` names its column so.
        if affix::head(&raw, top, region.columns.0, found.skip, &mut rows) {
            found = layout::find_in(&rows[..rows.len().min(sample)], &head, &areas);
        }
        let words = affix::columns(&raw, top, region.columns.0, &mut rows, &mut found);
        let corner = |r: u32, c: u32| format!("{}{}", cells::letters(c), r + 1);
        let place = (n > 0).then(|| {
            let (a, b) = (corner(top, region.columns.0), corner(bottom, region.columns.1));
            if a == b { a } else { format!("{a}:{b}") }
        });
        let mut sheet = Sheet {
            name: raw.name.clone(),
            hidden: raw.hidden,
            place,
            stray: region.stray,
            torn,
            above,
            left: region.columns.0 as usize,
            rows,
            found,
            words,
            ..Sheet::default()
        };
        fill(&mut sheet, &raw.merges, budget);
        repeated_heads(&mut sheet);
        out.push(sheet);
    }
    if let Some(s) = out.get_mut(first) {
        s.fault = fault.take();
        s.odd = raw.odd;
        (s.hidden_rows, s.hidden_columns, s.filtered) = (raw.hidden_rows, raw.hidden_columns, raw.filtered);
    }
    Ok(())
}

fn blank(t: &str) -> bool {
    t.trim().is_empty()
}

/// Gives the value of a merged area to each of its cells, in the rows of data that have something of their own.
fn fill(sheet: &mut Sheet, merges: &[[u32; 4]], budget: &mut Budget) {
    let body = sheet.found.skip;
    let width = sheet.found.names.len();
    let mut visits = budget.grid.min(4 << 20);
    for m in merges {
        let (Some(r0), Some(c0)) = ((m[0] as usize).checked_sub(sheet.above), (m[1] as usize).checked_sub(sheet.left)) else { continue };
        if r0 < body || r0 >= sheet.rows.len() || c0 >= width {
            continue;
        }
        let c1 = (m[3] as usize - sheet.left).min(width - 1);
        let r1 = (m[2] as usize - sheet.above).min(sheet.rows.len() - 1);
        let Some(value) = sheet.rows[r0].get(c0).filter(|v| !blank(v)).cloned() else { continue };
        let number = super::value::classify(value.trim()).1.is_some();
        for r in r0..=r1 {
            let cost = (sheet.rows[r].len() + c1 - c0 + 1) as u64;
            visits = visits.saturating_sub(cost);
            if visits == 0 || budget.text < (value.len() * (c1 - c0 + 1)) as u64 {
                return;
            }
            let row = &mut sheet.rows[r];
            // A line of its own across the table is a heading or a note.
            if !row.iter().enumerate().any(|(c, t)| !(c0..=c1).contains(&c) && !blank(t)) {
                continue;
            }
            if row.len() <= c1 {
                row.resize(c1 + 1, String::new());
            }
            for (c, cell) in row.iter_mut().enumerate().take(c1 + 1).skip(c0) {
                if (r, c) != (r0, c0) && !blank(cell) && *cell != value {
                    sheet.covered.add(((sheet.above + r) as u32, (sheet.left + c) as u32), cell);
                }
                if blank(cell) {
                    cell.clone_from(&value);
                    budget.text = budget.text.saturating_sub(value.len() as u64);
                    sheet.filled_numbers += u64::from(number);
                    sheet.filled.add(((sheet.above + r0) as u32, (sheet.left + c0) as u32), &value);
                }
            }
        }
    }
}

/// Empties rows that say the head again, as sheets made for paper do on every page.
fn repeated_heads(sheet: &mut Sheet) {
    let (above, head, skip) = (sheet.found.above, sheet.found.head_rows, sheet.found.skip);
    if head == 0 || skip > sheet.rows.len() || sheet.found.names.len() < 2 {
        return;
    }
    let trimmed = |r: &[String]| -> Vec<String> {
        let n = r.iter().rposition(|c| !blank(c)).map_or(0, |i| i + 1);
        r[..n].iter().map(|c| c.trim().to_string()).collect()
    };
    let heads: Vec<Vec<String>> =
        sheet.rows[above..above + head].iter().map(|r| trimmed(r)).filter(|r| r.iter().filter(|c| !c.is_empty()).count() >= 2).collect();
    for at in skip..sheet.rows.len() {
        let row = &sheet.rows[at];
        let first = row.iter().find(|c| !blank(c)).map(|c| c.trim());
        if heads.iter().any(|h| h.iter().find(|c| !c.is_empty()).map(String::as_str) == first) {
            let row = trimmed(row);
            if heads.contains(&row) {
                sheet.repeated.add(((sheet.above + at) as u32, sheet.left as u32), first.unwrap_or(""));
                // One that the reading of rows knows for a head is dropped there, and is no empty row.
                if !sheet.found.heads.contains(&row) {
                    sheet.rows[at].clear();
                }
            }
        }
    }
}
