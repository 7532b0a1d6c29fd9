//! Days in the head of a sheet: rows of data keep the whole day, a head is what its readers see, and says no more than that.

use super::cells::{Raw, Row, Tally};
use super::days::Day;
use super::lines::is_name;
use super::value::{Class, classify};

/// Rows below a head that are looked at.
const LOOK: usize = 60;

/// Writes the days of heads as they are shown: in a row of names, above columns that hold something else than days.
pub fn heads(raw: &mut Raw) {
    let mut days = std::mem::take(&mut raw.days);
    days.cells.sort_by_key(|d| d.at);
    let mut done: Vec<Day> = Vec::new();
    for row in days.cells.chunk_by(|a, b| a.at.0 == b.at.0) {
        let Ok(at) = raw.rows.binary_search_by_key(&row[0].at.0, |r| r.0) else { continue };
        if is_head(&raw.rows, at, row) {
            for d in row {
                if let Ok(c) = raw.rows[at].1.binary_search_by_key(&d.at.1, |c| c.0) {
                    if d.part {
                        raw.odd.heads.get_or_insert_with(|| (Tally::default(), raw.rows[at].1[c].1.clone())).0.add(d.at, &d.shown);
                    }
                    raw.rows[at].1[c].1.clone_from(&d.shown);
                }
            }
            done.extend_from_slice(row);
        }
    }
    days.parts -= done.iter().filter(|d| d.part).count() as u64;
    days.cells.retain(|d| !done.contains(d));
    raw.days = days;
}

/// The days that show less than is published of them: how many, the first, and what is published of it.
pub fn part(raw: &Raw) -> Option<(Tally, String)> {
    let d = raw.days.cells.iter().filter(|d| d.part).min_by_key(|d| d.at).filter(|_| raw.days.parts > 0)?;
    let row = raw.rows.binary_search_by_key(&d.at.0, |r| r.0).ok()?;
    let cell = raw.rows[row].1.binary_search_by_key(&d.at.1, |c| c.0).ok()?;
    Some((Tally { count: raw.days.parts, first: Some((d.at.0, d.at.1, d.shown.clone())) }, raw.rows[row].1[cell].1.clone()))
}

fn is_head(rows: &[Row], at: usize, days: &[Day]) -> bool {
    let of_day = |c: u32| days.iter().any(|d| d.at.1 == c);
    let cells = &rows[at].1;
    let names = cells.iter().filter(|(c, t)| !of_day(*c) && !t.trim().is_empty()).all(|(_, t)| is_name(t.trim()));
    if !names || cells.len() < 2 {
        return false;
    }
    let (mut all, mut same) = (0u32, 0u32);
    for (_, below) in rows[at + 1..].iter().take(LOOK) {
        for d in days {
            let Ok(c) = below.binary_search_by_key(&d.at.1, |c| c.0) else { continue };
            match classify(below[c].1.trim()).0 {
                Class::Date | Class::Datetime => (all, same) = (all + 1, same + 1),
                _ => all += 1,
            }
        }
    }
    all > 0 && same * 2 < all
}
