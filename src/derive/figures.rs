//! What stands behind each figure of letters: the letters that it counts, so that every one opens to them.

use super::feedback::{Counts, kinds};
use crate::model::feedback::{Letter, State, Timing};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Columns of the figures of time, in their order.
pub static COLUMNS: [&str; 12] =
    ["received", "answered", "kept", "late", "unmeasured", "uncounted", "judged", "pending", "overdue", "elsewhere", "unknown", "extended"];

/// The letters that have a rating; of no row but all.
pub const RATED: usize = usize::MAX;

/// Months that are told one by one; earlier ones are told by the year, and every month stands in the files.
const MONTHS: usize = 24;

/// A month or several of one year.
#[derive(Debug, Clone)]
pub struct Period {
    /// `2026-03`, `2024`, `2024-01/03`.
    pub label: String,
    /// First and last month.
    pub months: ((i16, i8), (i16, i8)),
    /// What is counted.
    pub counts: Counts,
}

/// A row of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// By its place among the periods.
    Period(u32),
    /// Letters without a day.
    Undated,
    /// Of a department, those without a day too.
    Department(u32),
    /// All letters.
    All,
}

/// The letters that a figure counts.
#[derive(Debug)]
pub struct Figure {
    /// Its row.
    pub row: Row,
    /// Its column: a place in [`COLUMNS`], behind them the kinds, the last of which is none; [`RATED`].
    pub column: usize,
    /// Those that are shown, newest first.
    pub letters: Vec<u32>,
    /// How many are not.
    pub hidden: usize,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Figures {
    /// Periods, newest first. A year of which some months are told one by one has its other months in a period of its own.
    pub periods: Vec<Period>,
    /// The rows that have letters, in their order.
    pub rows: Vec<Row>,
    /// Figures that are not 0, row by row.
    pub list: Vec<Figure>,
    places: FxHashMap<(Row, usize), u32>,
}

impl Figures {
    /// The place of a figure; `None` where it is 0.
    pub fn place(&self, row: Row, column: usize) -> Option<u32> {
        self.places.get(&(row, column)).copied()
    }

    /// Part of an address: `2026-03`, `2024-01-to-03`, `undated`, `of/civil`.
    pub fn slug(&self, row: Row, departments: &[crate::model::Department]) -> String {
        match row {
            Row::Period(p) => self.periods[p as usize].label.replace('/', "-to-"),
            Row::Undated => "undated".into(),
            Row::Department(d) => format!("of/{}", departments[d as usize].id),
            Row::All => "all".into(),
        }
    }
}

/// The word of a column in addresses and files.
pub fn word(column: usize) -> String {
    match (COLUMNS.get(column), kinds().get(column.wrapping_sub(COLUMNS.len()))) {
        (Some(c), _) => c.to_string(),
        (None, Some(k)) => format!("kind-{k}"),
        (None, None) if column == RATED => "rated".into(),
        (None, None) => "kind-unknown".into(),
    }
}

/// Whether a column of figures counts a letter.
fn counts(column: &str, l: &Letter, t: &Timing) -> bool {
    // Nobody can read what was answered.
    let state = if l.silent && t.state == State::Answered { State::Unknown } else { t.state };
    let ended = matches!(t.state, State::Answered | State::Forwarded | State::Declined);
    match column {
        "received" => true,
        "answered" => state == State::Answered,
        "kept" => t.judged == Some(true),
        "late" => ended && t.kept == Some(false),
        "unmeasured" => ended && t.kept != Some(false) && t.judged != Some(true) && !t.no_calendar(l),
        "uncounted" => t.no_calendar(l),
        "judged" => t.judged.is_some(),
        "pending" => state == State::Pending,
        "overdue" => state == State::Overdue,
        "elsewhere" => matches!(state, State::Forwarded | State::Declined),
        "unknown" => state == State::Unknown,
        "extended" => t.extended,
        _ => false,
    }
}

fn periods(months: &[((i16, i8), Counts)]) -> Vec<Period> {
    let label = |(y, m): (i16, i8)| format!("{y}-{m:02}");
    let from = months.len().saturating_sub(MONTHS);
    let mut out: Vec<Period> = months[from..].iter().rev().map(|(k, c)| Period { label: label(*k), months: (*k, *k), counts: c.clone() }).collect();
    let mut rest = &months[..from];
    while let Some(((year, last), _)) = rest.last() {
        let at = rest.partition_point(|((y, _), _)| y < year);
        let sum = rest[at..].iter().fold(Counts::default(), |sum, (_, c)| sum.plus(c));
        let first = rest[at].0.1;
        let whole = (first, *last) == (1, 12);
        let label = if whole { year.to_string() } else { format!("{year}-{first:02}/{last:02}") };
        out.push(Period { label, months: ((*year, first), (*year, *last)), counts: sum });
        rest = &rest[..at];
    }
    out
}

/// Computes it.
pub(super) fn figures(letters: &[Arc<Letter>], derived: &super::feedback::Letters) -> Figures {
    let (timing, months, shown) = (&derived.timing, &derived.months, &derived.shown);
    let mut out = Figures { periods: periods(months), ..Figures::default() };
    let mut by_month: FxHashMap<(i16, i8), u32> = FxHashMap::default();
    for (i, p) in out.periods.iter().enumerate() {
        let ((year, first), (_, last)) = p.months;
        by_month.extend((first..=last).map(|m| ((year, m), i as u32)));
    }
    let row = |d: Option<Date>| d.map_or(Row::Undated, |d| Row::Period(by_month.get(&(d.year(), d.month())).copied().unwrap_or(0)));
    let kinds = kinds();
    let mut found: std::collections::BTreeMap<(Row, usize), (Vec<u32>, usize)> = Default::default();
    let hidden = (0..letters.len() as u32).filter(|i| !letters[*i as usize].shown);
    for i in shown.iter().copied().chain(hidden) {
        let (l, t) = (&letters[i as usize], &timing[i as usize]);
        let mut add = |row: Row, column: usize| {
            let (list, hidden) = found.entry((row, column)).or_default();
            if l.shown { list.push(i) } else { *hidden += 1 }
        };
        for row in [row(l.received), Row::Department(l.department as u32)] {
            COLUMNS.iter().enumerate().filter(|(_, c)| counts(c, l, t)).for_each(|(n, _)| add(row, n));
        }
        let kind = l.kind.and_then(|k| kinds.iter().position(|c| *c == k)).unwrap_or(kinds.len());
        add(row(l.received), COLUMNS.len() + kind);
        if l.rating.is_some() {
            add(Row::All, RATED);
        }
    }
    for ((row, column), (letters, hidden)) in found {
        if out.rows.last() != Some(&row) {
            out.rows.push(row);
        }
        out.places.insert((row, column), out.list.len() as u32);
        out.list.push(Figure { row, column, letters, hidden });
    }
    out
}
