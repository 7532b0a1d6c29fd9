//! Where the table is in a sheet: titles above, a head of one to three rows, units, the rows.

use super::lines::{all_names, filled, is_name, texts, word_mark};
use super::merged::{self, Area};
use super::units::{split_unit, units_row};
use super::value::{Class, classify, period};
use serde::{Deserialize, Serialize};

/// Records that are looked at to find the head.
pub const SAMPLE: usize = 200;

/// What the first records of a file say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Records before the first row of data.
    pub skip: usize,
    /// Records above the head.
    pub above: usize,
    /// Names of the columns: what the head says, rows of it joined by `/`.
    pub names: Vec<String>,
    /// Units from the head, in its own row or in brackets.
    pub units: Vec<Option<String>>,
    /// Texts above the head, one a record.
    pub preamble: Vec<String>,
    /// What `指标：` above the head names, without its unit.
    pub indicator: Option<String>,
    /// Unit of the whole table: `单位：万人` above the head.
    pub unit: Option<String>,
    /// No record looks like a head.
    pub headless: bool,
    /// Records of the head.
    pub head_rows: usize,
    /// They themselves, cells without blanks around them; only those of two cells or more.
    pub heads: Vec<Vec<String>>,
    /// Below a whole head stands a second one, of labels.
    pub labels: bool,
    /// Places of columns without a name, and of names told twice.
    pub unnamed: Vec<usize>,
    /// See above.
    pub doubled: Vec<usize>,
    /// Places of keys that an object has twice, which are told with the object.
    pub twice: Vec<usize>,
    /// Empty cells that closed the head and are no columns, as far as the sample shows.
    pub closing: usize,
    /// Columns that were added for cells beyond the head.
    pub beyond: usize,
    /// A number of a person with one digit a cell, anywhere in the sample.
    #[serde(skip)]
    pub(super) spread: Option<super::spread::Spread>,
}

/// What the YAML says of the head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Told {
    /// `header: false`
    pub no_head: bool,
    /// What the dictionary calls the columns, in its order: the names of a file without a head, where it has as many.
    pub columns: Vec<String>,
    /// `headerRows`: numbers of the records of the head, from 1.
    pub rows: Vec<usize>,
}

/// Begins the name that a column without one is given; its place follows.
pub const UNNAMED: &str = "column_";

/// True for a name that nobody wrote: see [`UNNAMED`].
pub fn made_up(name: &str) -> bool {
    name.strip_prefix(UNNAMED).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// The record at which another table begins in a sample: after an empty line, a title or none, a head, rows with numbers;
/// and before it there was a table already.
pub(super) fn second(sample: &[Vec<String>], gaps: &[bool]) -> Option<usize> {
    let numbers = |r: &[String]| filled(r) >= 2 && texts(r) < filled(r);
    (1..sample.len()).find(|i| {
        let i = *i;
        if !gaps[i] || filled(&sample[i]) == 0 {
            return false;
        }
        let before = &sample[..i];
        let head = before.iter().position(|r| filled(r) >= 2 && all_names(r));
        let had = head.is_some_and(|h| before[h + 1..].iter().filter(|r| numbers(r)).count() >= 2);
        let after: Vec<&Vec<String>> = sample[i..].iter().take(6).collect();
        let rows = after.iter().position(|r| numbers(r));
        had && rows.is_some_and(|n| {
            n > 0 && after[..n].iter().all(|r| filled(r) == 0 || all_names(r)) && after[..n].iter().any(|r| filled(r) >= 2) && under(after[n], &after[..n])
        }) && !before.iter().any(|b| after.iter().take(1).any(|a| a == &b && filled(a) >= 2))
    })
}

/// Whether a record of one cell before a head that comes again is the title or the unit of another table: this one has a
/// title too, which is not the same nor goes on, or it is a unit.
pub(super) fn titles(text: &str, above: &[String]) -> bool {
    let t = text.trim();
    let low = t.to_lowercase();
    if ["续", "續", "continued", "cont."].iter().any(|w| low.contains(w)) || page(&low) || above.iter().any(|a| a.trim() == t) {
        return false;
    }
    matches!(classify(t).0, Class::String) && (!above.is_empty() || note_line(&[t.to_string()], 2))
}

/// `第2页`, `共3页`, `2/3`, `page 2`: the number of a page of paper.
fn page(low: &str) -> bool {
    let rest: String = low.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit() && !"一二三四五六七八九十".contains(*c)).collect();
    ["第页", "共页", "第页共页", "第页，共页", "第页,共页", "第页/共页", "page", "pageof", "p.", "pageno."].contains(&rest.as_str())
}

/// Every number of a record stands under a name of the records above it.
pub(super) fn under(row: &[String], heads: &[&Vec<String>]) -> bool {
    (0..row.len())
        .filter(|c| !row[*c].trim().is_empty() && !is_name(&row[*c]))
        .all(|c| heads.iter().any(|h| filled(h) >= 2 && h.get(c).is_some_and(|v| !v.trim().is_empty())))
}

/// A line of `部门：… 单位：…` above a head.
fn note_line(r: &[String], width: usize) -> bool {
    let cells: Vec<&str> = r.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let told = |c: &str| {
        c.split_once(['：', ':']).is_some_and(|(k, _)| !k.is_empty() && k.chars().count() <= 12)
            || c.starts_with("单位")
            || c.starts_with("(单位")
            || c.starts_with("（单位")
    };
    cells.len() < width && !cells.is_empty() && cells.iter().all(|c| told(c))
}

/// A second head under a whole one: in columns of numbers stand texts, in columns of codes words without digits.
fn label_row(head: &[String], next: &[String], below: &[Vec<String>], width: usize) -> bool {
    if filled(head) < width || filled(next) < width || !all_names(next) || below.len() < 2 {
        return false;
    }
    let odd = (0..width).filter(|c| {
        let cells: Vec<&str> = below.iter().take(60).filter_map(|r| r.get(*c)).map(|v| v.trim()).filter(|v| !v.is_empty()).collect();
        let name = next.get(*c).map_or("", |v| v.trim());
        if cells.len() < 2 || cells.contains(&name) || period(name).is_some() {
            return false;
        }
        let digit = |t: &str| t.bytes().any(|b| b.is_ascii_digit());
        let number = |t: &str| !matches!(classify(t).0, Class::String | Class::Boolean);
        cells.iter().all(|v| number(v))
            || (cells.len() >= 3 && cells.iter().all(|v| digit(v)) && !digit(name))
            || !cells.iter().any(|v| v.chars().any(char::is_alphanumeric))
    });
    let numbers = (0..width)
        .any(|c| below.iter().take(60).filter_map(|r| r.get(c)).filter(|v| matches!(classify(v.trim()).0, Class::Integer | Class::Number)).count() >= 2);
    numbers && odd.count() >= 2
}

/// Finds the head in the first records.
pub fn find(sample: &[Vec<String>], told: &Told) -> Layout {
    find_in(sample, told, &[])
}

/// Finds the head in the first rows of a sheet with merged cells.
pub(super) fn find_in(sample: &[Vec<String>], told: &Told, areas: &[Area]) -> Layout {
    Layout { spread: super::spread::find(sample), ..placed(sample, told, areas) }
}

fn placed(sample: &[Vec<String>], told: &Told, areas: &[Area]) -> Layout {
    let width = usual_width(sample);
    if width == 0 {
        return Layout { headless: true, ..Layout::default() };
    }
    if told.no_head {
        let mut out = build(sample, 0, 0, width, &[]);
        if told.columns.len() == out.names.len() && !told.columns.iter().any(|n| n.is_empty() || made_up(n)) {
            out.names.clone_from(&told.columns);
            out.named();
        }
        return out;
    }
    if let (Some(first), Some(last)) = (told.rows.iter().min(), told.rows.iter().max()) {
        let (first, last) = (first.saturating_sub(1), (*last).min(sample.len()));
        return build(sample, first.min(last), last - first.min(last), width, areas);
    }
    let first = first_full(sample, width);
    if let Some(first) = corner(sample, first) {
        return build(sample, first, 1, width, areas);
    }
    if let Some((first, rows)) = merged::head(sample, areas, first) {
        return build(sample, first, rows, width, areas);
    }
    let rows = head_rows(sample, first, width);
    build(sample, first, rows, width, areas)
}

/// The number of cells of most records: preambles, notes and section lines are short.
fn usual_width(sample: &[Vec<String>]) -> usize {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for r in sample {
        match counts.iter_mut().find(|(w, _)| *w == r.len()) {
            Some(c) => c.1 += 1,
            None => counts.push((r.len(), 1)),
        }
    }
    let most = counts.iter().map(|c| c.1).max().unwrap_or(0);
    // A head as wide as most of the rows: longer ones are rows with a cell too many.
    let first = sample.iter().find(|r| filled(r) > 1);
    if let Some(r) = first.filter(|r| filled(r) == r.len() && texts(r) == r.len() && counts.iter().any(|c| c.0 == r.len() && c.1 == most && most > 1)) {
        return r.len();
    }
    // Of widths that are nearly as frequent, the wider: a short file may have more notes than rows.
    counts.iter().filter(|c| c.1 * 2 >= most || (c.0 > 2 && c.1 >= 3)).map(|c| c.0).max().unwrap_or(0)
}

/// The first record that could be a head: as wide as the table, and filled.
fn first_full(sample: &[Vec<String>], width: usize) -> usize {
    let fill: Vec<usize> = sample.iter().map(|r| filled(r)).collect();
    let most = fill.iter().copied().max().unwrap_or(0);
    // At least two cells (where there are two columns), and half of what full rows have: merged heads leave gaps.
    let need = if width == 1 { 1 } else { (most.min(width)).div_ceil(2).max(2) };
    let gap_head = |i: usize| {
        // A head of merged cells has few texts, but the next record is full of texts.
        fill[i] >= 2
            && sample[i].len() == width
            && fill.get(i + 1).is_some_and(|n| *n >= need)
            && texts(&sample[i]) == fill[i]
            && sample.get(i + 1).is_some_and(|n| texts(n) * 10 >= filled(n) * 8 && filled(n) > fill[i])
            && !unit_line(&sample[i])
    };
    // Few names over rows that are full of values: columns without a name are columns all the same.
    let sparse_head = |i: usize| {
        let below = || sample[i + 1..].iter().filter(|r| filled(r) > 0).take(20);
        fill[i] >= 2
            && sample[i].len() == width
            && (0..i).all(|k| fill[k] == 0)
            && all_names(&sample[i])
            && !unit_line(&sample[i])
            && below().count() > 0
            && below().all(|r| r.len() == width && filled(r) > fill[i] && texts(r) < filled(r))
    };
    // A record of one width less still is a head: the corner or the last name was left out.
    let open = |i: &usize| !note_line(&sample[*i], width);
    (0..sample.len()).filter(open).find(|i| (fill[*i] >= need && sample[*i].len() + 1 >= width.min(3)) || gap_head(*i) || sparse_head(*i)).unwrap_or(0)
}

/// A head of an empty corner and a name or two, over rows whose first values are missing: `,出口总额` over `1978年,`. Such rows
/// have no more cells than a title, and only the rows further down show that all of it is the table.
fn corner(sample: &[Vec<String>], full: usize) -> Option<usize> {
    let some = sample.iter().any(|r| filled(r) >= 2);
    (0..if some { full } else { sample.len() }).find(|head| {
        let r = &sample[*head];
        // The cells beyond the corner are names, without a gap, and no row has more.
        let columns = filled(r) + 1;
        let head_like = columns > 1
            && columns <= 4
            && first(r).is_empty()
            && (all_names(r) || r.iter().all(|c| c.trim().is_empty() || is_name(c) || word_mark(c)))
            && r.iter().take(columns).skip(1).all(|c| !c.trim().is_empty())
            && !unit_line(r)
            && !note_line(r, columns + 1);
        if !head_like {
            return false;
        }
        let rows: Vec<&Vec<String>> = sample[head + 1..].iter().filter(|r| filled(r) > 0).take(60).collect();
        let above = if some { sample[head + 1..=full].iter().filter(|r| filled(r) > 0).count() } else { rows.len() };
        // A row has a period or a name, and no text beside it that would make it a head.
        let plain = |r: &[String]| {
            let f = first(r);
            !f.is_empty() && !f.contains([':', '：']) && !unit_line(r) && r.iter().skip(1).all(|c| c.trim().is_empty() || !is_name(c))
        };
        let periods = rows.iter().filter(|r| period(first(r)).is_some()).count() * 10 >= rows.len() * 8;
        let names = || some && rows.iter().all(|r| plain(r) && classify(first(r)).0 == Class::String && first(r).chars().count() <= 24);
        let inside = |r: &[String]| r.iter().skip(columns).all(|c| c.trim().is_empty());
        rows.len() >= 2 && rows.iter().take(above.min(60)).all(|r| plain(r)) && rows.iter().all(|r| inside(r)) && (periods || names())
    })
}

fn first(r: &[String]) -> &str {
    r.first().map_or("", |c| c.trim())
}

fn unit_line(r: &[String]) -> bool {
    r.iter().any(|c| c.trim_start().starts_with("单位") || c.trim_start().starts_with("單位"))
}

/// A head of a name and numbers that go up: months, hours, classes, ages. Rows of a table without a head do so by chance, so few of them
/// may: no more than one in three, and none of its words may be that of the head.
fn counting(head: &[String], rows: &[&Vec<String>]) -> bool {
    let up = |r: &[String]| {
        let cells: Vec<&str> = r.iter().skip(1).map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        let plain = |c: &&str| c.len() <= 5 && c.bytes().all(|b| b.is_ascii_digit()) && (*c == "0" || !c.starts_with('0'));
        let n: Option<Vec<i64>> = cells.iter().map(|c| Some(c).filter(|c| plain(c)).and_then(|c| c.parse().ok())).collect();
        n.filter(|n| n.len() >= 3 && n.windows(2).all(|w| w[0] < w[1]))
    };
    let Some(n) = up(head) else { return false };
    let even = n[0] <= 1 && n.windows(2).all(|w| w[1] - w[0] == n[1] - n[0]);
    let word = first(head);
    let same = rows.iter().any(|r| first(r) == word);
    let others = rows.iter().filter(|r| up(r).is_some()).count();
    is_name(word) && !word.is_empty() && !same && !rows.is_empty() && (even || n.len() >= 4) && others * 3 <= rows.len()
}

/// How many records the head has; 0 where the first full record looks like the rows below it.
fn head_rows(sample: &[Vec<String>], at: usize, width: usize) -> usize {
    let Some(head) = sample.get(at) else { return 0 };
    let below: Vec<&Vec<String>> = sample[at + 1..].iter().filter(|r| filled(r) > 0).collect();
    if below.is_empty() {
        return 1;
    }
    // Further rows of the head are all text: they say nothing of the rows of data.
    let heads = below.iter().take(2).take_while(|r| texts(r) == filled(r)).count();
    let values = if heads < below.len() { &below[heads..] } else { &below[..] };
    let numeric = |c: &str| {
        !c.trim().is_empty() && matches!(classify(c.trim()).0, Class::Integer | Class::Number | Class::Mark | Class::Date | Class::Datetime | Class::Code)
    };
    // Columns whose rows are mostly numbers: their head must not be one, unless it is a period.
    let number_columns: Vec<usize> = (0..width)
        .filter(|c| {
            let cells: Vec<&str> = values.iter().take(60).filter_map(|r| r.get(*c)).map(String::as_str).filter(|v| !v.trim().is_empty()).collect();
            cells.len() * 4 > values.len().min(60) && cells.iter().filter(|v| numeric(v)).count() * 10 >= cells.len() * 7
        })
        .collect();
    // Asked once: a head may have 16,384 cells.
    let counts = looks_like_periods(head) || counting(head, values);
    // A day over figures is a name, as one over days is a row.
    let day = |c: &str| matches!(classify(c.trim()).0, Class::Date | Class::Datetime);
    let days = |c: usize| values.iter().take(60).filter_map(|r| r.get(c)).filter(|v| day(v)).count();
    let name_of_day = |c: usize, v: &str| day(v) && days(c) == 0 && first(head).chars().any(char::is_alphabetic);
    // `NA` (Namibia) and `nan` are names where no row says them: a mark of missing values would come again.
    let name_of_mark = |v: &str| word_mark(v) && !values.iter().take(60).any(|r| r.iter().any(|o| o.trim() == v.trim()));
    let like = |c: usize, v: &str| numeric(v) && !name_of_day(c, v) && !name_of_mark(v);
    let like_rows = number_columns.iter().filter(|c| !counts && head.get(**c).is_some_and(|v| like(**c, v))).count();
    // A head of nothing but texts that begin like all the texts below it (`/dataset/…`) is a row.
    let like_texts = (0..width).any(|c| {
        let start = |r: &[String]| r.get(c).map(|v| v.chars().take(8).collect::<String>()).filter(|s| s.chars().count() == 8);
        start(head).is_some_and(|s| values.len() >= 5 && values.iter().take(20).all(|r| start(r).as_ref() == Some(&s)))
    });
    if like_texts {
        return 0;
    }
    if !number_columns.is_empty() && like_rows * 2 > number_columns.len() {
        return 0;
    }
    let mut rows = 1;
    let gaps = |r: &[String]| filled(r) < width || repeated(r);
    // A row of nothing but a period, over periods in the same column, is a row of a year without values.
    let empty_year = |r: &[String]| {
        let one: Vec<usize> = (0..r.len()).filter(|c| !r[*c].trim().is_empty()).collect();
        one.len() == 1 && {
            let cells: Vec<&str> = values.iter().take(20).filter_map(|v| v.get(one[0])).map(String::as_str).filter(|v| !v.trim().is_empty()).collect();
            period(&r[one[0]]).is_some() && cells.iter().filter(|v| period(v).is_some()).count() * 10 >= cells.len() * 8
        }
    };
    while rows < 3 && rows < 1 + below.len() {
        let next = &sample[at + rows];
        if empty_year(next) {
            break;
        }
        let above = &sample[at + rows - 1];
        let all_text = filled(next) > 0 && texts(next) == filled(next) && next.len() >= 2;
        if !all_text || number_columns.is_empty() || sample.len() <= at + rows + 1 {
            break;
        }
        let under_numbers = number_columns.iter().filter(|c| next.get(**c).is_some_and(|v| is_name(v) && !v.trim().is_empty())).count();
        let units = units_row(next);
        let labels = rows == 1 && label_row(above, next, &sample[at + 2..], width);
        if labels || ((units || gaps(above)) && under_numbers * 2 >= number_columns.len()) {
            rows += 1;
        } else {
            break;
        }
    }
    rows
}

fn repeated(r: &[String]) -> bool {
    r.windows(2).any(|w| !w[0].trim().is_empty() && w[0] == w[1])
}

fn looks_like_periods(r: &[String]) -> bool {
    r.iter().filter(|c| period(c).is_some()).count() >= 2
}

fn build(sample: &[Vec<String>], first: usize, rows: usize, width: usize, areas: &[Area]) -> Layout {
    let mut out = Layout { above: first, skip: first + rows, headless: rows == 0, head_rows: rows, ..Layout::default() };
    for r in &sample[..first.min(sample.len())] {
        let text: Vec<&str> = r.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
        if text.is_empty() {
            continue;
        }
        let line = text.join("  ");
        let value = |keys: &[&str]| {
            text.iter()
                .find_map(|c| keys.iter().find_map(|k| c.strip_prefix(k)))
                .map(|v| v.trim_start_matches([':', '：', ' ']).trim_end_matches(['）', ')']).trim().to_string())
        };
        if let Some(u) = value(&["单位", "(单位", "（单位", "單位", "计量单位", "Unit", "unit"]).filter(|u| !u.is_empty() && u.chars().count() <= 30)
        {
            out.unit = Some(u);
        }
        if let Some(i) = value(&["指标", "指標", "Indicator"]).filter(|i| !i.is_empty()) {
            // The closing bracket of its unit was cut with that of `单位`.
            let whole =
                text.iter().find(|c| c.contains(i.as_str())).map_or(i.clone(), |c| c.split_once([':', '：']).map_or(i.clone(), |(_, v)| v.trim().to_string()));
            let (name, unit) = split_unit(&whole);
            out.indicator = Some(name);
            out.unit = unit.or(out.unit);
        }
        out.preamble.push(line);
    }
    let head: Vec<&Vec<String>> = sample[first.min(sample.len())..].iter().take(rows).collect();
    let wide = head.iter().map(|r| r.len()).max().unwrap_or(0).max(width);
    let whole = merged::filled_in(sample, areas, first, rows);
    let cell = |r: usize, c: usize| whole.get(r).and_then(|x| x.get(c)).map_or("", |v| v.trim());
    // Where areas tell how far names reach, nothing need be guessed.
    let known = areas.iter().any(|a| a[0] >= first && a[0] < first + rows && a[3] > a[1]);
    let is_units = (0..rows).map(|r| r > 0 && units_row(head[r])).collect::<Vec<_>>();
    for c in 0..wide {
        let mut parts: Vec<String> = Vec::new();
        let mut unit = None;
        for (r, is_unit) in is_units.iter().enumerate() {
            if *is_unit {
                unit = Some(cell(r, c).trim_matches(['(', ')', '（', '）']).to_string()).filter(|u| !u.is_empty());
                continue;
            }
            // A merged cell speaks for the gaps to its right, where the record below has a name.
            let mut text = cell(r, c);
            if !known && text.is_empty() && r + 1 < rows && (r + 1..rows).any(|b| !cell(b, c).is_empty()) {
                text = (0..c).rev().map(|b| cell(r, b)).find(|v| !v.is_empty()).unwrap_or("");
            }
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let joined = parts.join("/");
        let (_, named) = split_unit(&joined);
        out.units.push(unit.or(named));
        out.names.push(joined);
    }
    // A closing delimiter makes a last column of nothing.
    while rows > 0
        && out.names.len() > 1
        && out.names.last().is_some_and(String::is_empty)
        && sample[first + rows..].iter().all(|r| r.get(out.names.len() - 1).is_none_or(|v| v.trim().is_empty()))
    {
        out.names.pop();
        out.units.pop();
        out.closing += 1;
    }
    out.heads = head.iter().filter(|r| filled(r) >= 2).map(|r| r.iter().map(|c| c.trim().to_string()).collect()).collect();
    out.labels = rows == 2 && label_row(head[0], head[1], &sample[(first + 2).min(sample.len())..], width);
    out.named();
    out
}

impl Layout {
    /// Adds columns up to a width that rows turned out to have: what stands beyond the head is not lost.
    pub(super) fn widen(&mut self, width: usize) {
        let told = self.names.len();
        for c in told..width {
            let mut name = format!("{UNNAMED}{}", c + 1);
            while self.names.contains(&name) {
                name.push('_');
            }
            self.names.push(name);
            self.units.push(None);
            if c < told + self.closing {
                self.unnamed.push(c);
            } else {
                self.beyond += 1;
            }
        }
    }

    /// Places of columns whose head, or key, is written as that of one before them.
    pub(super) fn alike(&self) -> Vec<usize> {
        self.doubled.iter().chain(&self.twice).copied().collect()
    }

    /// Gives every column a name of its own.
    pub(super) fn named(&mut self) {
        let mut seen: rustc_hash::FxHashSet<String> = rustc_hash::FxHashSet::default();
        // Where a name is tried next: thousands of the same must not try all numbers again.
        let mut next: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
        for c in 0..self.names.len() {
            if self.names[c].is_empty() {
                if !self.headless {
                    self.unnamed.push(c);
                }
                self.names[c] = format!("{UNNAMED}{}", c + 1);
            }
            if seen.contains(&self.names[c]) {
                self.doubled.push(c);
                let base = self.names[c].clone();
                let from = next.get(&base).copied().unwrap_or(2);
                let n = (from..).find(|n| !seen.contains(&format!("{base}_{n}"))).unwrap_or(from);
                self.names[c] = format!("{base}_{n}");
                next.insert(base, n + 1);
            }
            seen.insert(self.names[c].clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|l| l.split(',').map(String::from).collect()).collect()
    }

    #[test]
    fn heads() {
        let l = find(
            &rows("数据库：分省年度数据\n指标：年末常住人口(万人)\n时间：最近10年\n地区,2024年,2023年\n北京市,2183,2186\n天津市,1364,1364"),
            &Told::default(),
        );
        assert_eq!(
            (l.skip, l.names.join("|").as_str(), l.unit.as_deref(), l.indicator.as_deref()),
            (4, "地区|2024年|2023年", Some("万人"), Some("年末常住人口"))
        );
        let l = find(&rows("表1 人口\n单位：万人\n地区,人口,,户数\n,男,女,\n北京,1,2,3\n天津,2,3,4\n河北,3,4,5"), &Told::default());
        assert_eq!((l.names.join("|").as_str(), l.head_rows, l.unit.as_deref()), ("地区|人口/男|人口/女|户数", 2, Some("万人")));
        let l = find(&rows("地区,人口,产值\n,万人,亿元\n北京,1,2\n天津,2,3"), &Told::default());
        assert_eq!((l.names.join("|").as_str(), l.units[1].as_deref(), l.units[2].as_deref()), ("地区|人口|产值", Some("万人"), Some("亿元")));
        let l = find(&rows("1,2,3\n4,5,6\n7,8,9"), &Told::default());
        assert!(l.headless && l.skip == 0 && l.names[0] == "column_1");
        let l = find(&rows("a,b,c\n1,2,3"), &Told::default());
        assert_eq!((l.skip, l.names.join("|").as_str()), (1, "a|b|c"));
        let l = find(&rows("a,a,\n1,2,3"), &Told::default());
        assert_eq!((l.names.join("|").as_str(), l.unnamed.clone(), l.doubled.clone()), ("a|a_2|column_3", vec![2], vec![1]));
        assert_eq!(split_unit("人口数(人口抽样调查)(人)"), ("人口数(人口抽样调查)".into(), Some("人".into())));
    }

    #[test]
    fn a_row_as_wide_as_a_sheet_is_looked_at_once() {
        // A file of 559 bytes: one cell that is repeated. The cells of the head were gone through for each of its columns.
        let wide = vec![vec!["1".to_string(); 16_384]; 30];
        let l = find(&wide, &Told::default());
        assert!(l.headless && l.names.len() == 16_384);
        let mut years = vec![vec!["2024".to_string(); 16_384]];
        years.extend(wide);
        assert_eq!(find(&years, &Told::default()).head_rows, 1);
    }
}
