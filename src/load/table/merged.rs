//! Heads of sheets whose cells are merged: the areas tell how many rows the head has, and what stands under what.

use super::lines::{filled, is_name};
use super::units::units_row;
use super::value::{Class, classify};

/// First row, first column, last row, last column, counted from the first cell of the table.
pub(super) type Area = [usize; 4];

/// Most rows of a head.
const ROWS: usize = 6;
/// Rows in which a head may begin.
const SEARCHED: usize = 12;
/// Most areas looked at, and most columns of a table with such a head.
const AREAS: usize = 2_000;
/// See above.
const COLUMNS: usize = 2_000;

/// Areas by the rows under them: for each row, the columns that stand under a name which spans several.
struct Under(Vec<Vec<bool>>);

impl Under {
    fn of(areas: &[Area], width: usize) -> Under {
        let mut out = vec![vec![false; width]; SEARCHED + 2 * ROWS];
        for a in areas.iter().filter(|a| a[3] > a[1]) {
            if let Some(row) = out.get_mut(a[2] + 1) {
                row.iter_mut().take(a[3] + 1).skip(a[1]).for_each(|c| *c = true);
            }
        }
        Under(out)
    }

    fn is(&self, r: usize, c: usize) -> bool {
        self.0.get(r).and_then(|row| row.get(c)).copied().unwrap_or(false)
    }
}

/// The areas of a sheet that lie in the first rows of a table, counted from its first cell.
pub(super) fn within(merges: &[[u32; 4]], above: usize, left: usize, rows: usize, width: usize) -> Vec<Area> {
    let relative = |m: &[u32; 4]| -> Option<Area> {
        let (r0, c0) = ((m[0] as usize).checked_sub(above)?, (m[1] as usize).checked_sub(left)?);
        let (r1, c1) = ((m[2] as usize).checked_sub(above)?, (m[3] as usize).checked_sub(left)?.min(width.checked_sub(1)?));
        (r0 <= r1 && c0 <= c1 && r0 < rows.min(SEARCHED + ROWS) && c0 < width).then_some([r0, c0, r1, c1])
    };
    let mut out: Vec<Area> = merges.iter().filter_map(relative).collect();
    out.sort_unstable();
    out.dedup();
    // More of them, or more columns, are somebody's joke.
    out.truncate(AREAS);
    if width > COLUMNS { Vec::new() } else { out }
}

fn cell(sample: &[Vec<String>], r: usize, c: usize) -> &str {
    sample.get(r).and_then(|row| row.get(c)).map_or("", |v| v.trim())
}

/// A name, or nothing.
fn named(sample: &[Vec<String>], r: usize) -> bool {
    sample[r].iter().all(|c| c.trim().is_empty() || is_name(c))
}

fn number(v: &str) -> bool {
    matches!(classify(v).0, Class::Integer | Class::Number | Class::Code | Class::Mark)
}

/// Whether some name of a row stands above cells that are mostly numbers.
fn over_numbers(sample: &[Vec<String>], r: usize, columns: std::ops::RangeInclusive<usize>) -> bool {
    columns.into_iter().any(|c| {
        let below: Vec<&str> = (r + 1..sample.len().min(r + 40)).map(|b| cell(sample, b, c)).filter(|v| !v.is_empty()).collect();
        let name = cell(sample, r, c);
        !name.is_empty() && is_name(name) && !below.is_empty() && below.iter().filter(|v| number(v)).count() * 10 >= below.len() * 7
    })
}

/// A line above a head: a title with a unit, a day or a number beside it.
fn title(row: &[String]) -> bool {
    row.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).any(|c| {
        c.contains(['：', ':'])
            || c.starts_with("(单位")
            || c.starts_with("（单位")
            || c.chars().count() > 24
            || (c.chars().count() > 4 && c.ends_with(['表', '况']))
    })
}

/// Where the head begins and how many rows it has, where merged cells tell; `guess` is where it would be without them.
pub(super) fn head(sample: &[Vec<String>], areas: &[Area], guess: usize) -> Option<(usize, usize)> {
    if areas.is_empty() {
        return None;
    }
    let under = Under::of(areas, sample.iter().map(Vec::len).max().unwrap_or(0));
    let last = if sample.get(guess).is_some_and(|r| title(r)) { guess + 1 } else { guess };
    let high = (0..=last.min(SEARCHED)).find_map(|first| Some((first, rows(sample, areas, &under, first)?)));
    high.or_else(|| (0..guess.min(SEARCHED)).find(|r| flat(sample, areas, *r)).map(|r| (r, 1)))
}

/// One row of names that reach over all columns, the wide ones too, right above numbers: few names are no title then.
fn flat(sample: &[Vec<String>], areas: &[Area], r: usize) -> bool {
    let row = &sample[r];
    let width = sample.get(r + 1).map_or(0, |n| n.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |i| i + 1));
    let wide = |c: usize| areas.iter().any(|a| a[0] <= r && a[2] == r && a[3] > a[1] && (a[1]..=a[3]).contains(&c) && !cell(sample, a[0], a[1]).is_empty());
    let whole = || (0..width).all(|c| !cell(sample, r, c).is_empty() || wide(c));
    filled(row) >= 2 && width >= 2 && named(sample, r) && !title(row) && whole() && !named(sample, r + 1) && over_numbers(sample, r, 0..=width - 1)
}

/// The rows of a head that begins here; nothing where merged cells make it no higher than one.
fn rows(sample: &[Vec<String>], areas: &[Area], spans: &Under, first: usize) -> Option<usize> {
    let row = sample.get(first)?;
    if filled(row) < 2 || !named(sample, first) {
        return None;
    }
    let of = |r: usize| areas.iter().filter(move |a| a[0] == r && !cell(sample, r, a[1]).is_empty());
    let tall = of(first).any(|a| a[2] > first);
    if title(row) && !tall {
        return None;
    }
    let mut end = first;
    let mut r = first;
    while r <= end && r < first + ROWS {
        for a in of(r) {
            end = end.max(a[2]);
            let under = a[2] + 1;
            // Under a name that spans columns stand theirs.
            let names = (a[1]..=a[3]).filter(|c| !cell(sample, under, *c).is_empty()).count();
            if a[3] > a[1] && names >= 2 && under < sample.len() && named(sample, under) && parted(sample, areas, spans, under, a) {
                end = end.max(under);
            }
        }
        r += 1;
    }
    // A name beside all the rows is no head, and below a head there are rows.
    if end - first >= ROWS || end + 1 >= sample.len() || (first + 1..=end).any(|r| !named(sample, r)) {
        return None;
    }
    if end > first && !(first + 1..=end).all(|r| consistent(sample, spans, r, row.len())) {
        return None;
    }
    let height = end - first + 1;
    let units = end + 2 < sample.len() && end > first && filled(&sample[end + 1]) > 0 && named(sample, end + 1) && units_row(&sample[end + 1]);
    (height > 1).then_some(height + usize::from(units))
}

/// Whether a row under a wide name parts it, and is no row of data: elsewhere it is empty (or wide names stand there too), or
/// under it are numbers.
fn parted(sample: &[Vec<String>], areas: &[Area], spans: &Under, r: usize, area: &Area) -> bool {
    let covered = areas.iter().any(|a| a[0] < r && a[2] >= r);
    covered || (0..sample[r].len()).all(|c| cell(sample, r, c).is_empty() || spans.is(r, c)) || over_numbers(sample, r, area[1]..=area[3])
}

/// Whether a row may be a further one of a head: what stands in it stands under a name that spans columns, or under nothing,
/// or over numbers.
fn consistent(sample: &[Vec<String>], spans: &Under, r: usize, width: usize) -> bool {
    let stacked = |c: usize| !cell(sample, r, c).is_empty() && !cell(sample, r - 1, c).is_empty() && !spans.is(r, c);
    !(0..width).any(stacked) || over_numbers(sample, r, 0..=width.saturating_sub(1))
}

/// The cells of a head, each area filled with its name.
pub(super) fn filled_in(sample: &[Vec<String>], areas: &[Area], first: usize, rows: usize) -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = sample[first.min(sample.len())..].iter().take(rows).cloned().collect();
    for a in areas.iter().filter(|a| a[0] >= first && a[3] > a[1]) {
        let Some(row) = out.get_mut(a[0] - first) else { continue };
        let name = cell(sample, a[0], a[1]).to_string();
        for c in a[1]..=a[3].min(row.len().saturating_sub(1)) {
            if row[c].trim().is_empty() {
                row[c].clone_from(&name);
            }
        }
    }
    out
}
