//! What of the counts may be public: a small table of the project, in which small numbers do not tell of one reader.

use super::SITE;
use super::state::{State, Tally};
use crate::schema::visits as fields;
use std::collections::BTreeMap;

/// Counts below this are shown as less than it: they might tell of a single reader.
pub const FEW: u64 = 5;

/// What the total of visits is rounded down to, so that it does not tell what the small counts are.
const ROUND: u64 = 10;

fn shown(n: u64) -> String {
    if n > 0 && n < FEW { format!("<{FEW}") } else { n.to_string() }
}

/// A row: month, address, visits, downloads, days.
type Row = [String; 5];

fn rows(state: &State) -> BTreeMap<String, Vec<Row>> {
    let month = |(key, m): (&String, &super::Month)| {
        let of_items = m.counts.iter().filter(|(a, _)| *a != SITE);
        // Of downloads the total is what the rows show: else the one small count would be what is left.
        let downloads: u64 = of_items.clone().map(|(_, t)| t.downloads).filter(|n| *n >= FEW).sum();
        let visits = m.counts.get(SITE).map_or(0, |t| t.visits);
        let total = [key.clone(), SITE.to_string(), (visits / ROUND * ROUND).to_string(), downloads.to_string(), m.days.count_ones().to_string()];
        let row = |(a, t): (&String, &Tally)| [key.clone(), a.clone(), shown(t.visits), shown(t.downloads), String::new()];
        let mut rows = vec![total];
        rows.extend(of_items.filter(|(_, t)| t.visits + t.downloads > 0).map(row));
        (key.clone(), rows)
    };
    state.months.iter().map(month).collect()
}

/// The rows of a table that is there, by month, as they stand. Nothing where it is none of ours.
fn earlier(text: &str) -> Option<BTreeMap<String, Vec<Row>>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let heads: Vec<String> = reader.headers().ok()?.iter().map(|h| h.trim().to_string()).collect();
    if heads != fields::RECORD.all().map(|f| f.key).collect::<Vec<_>>() {
        return None;
    }
    let mut out: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.ok()?;
        let cell = |i: usize| record.get(i).unwrap_or("").trim().to_string();
        let row: Row = [cell(0), cell(1), cell(2), cell(3), cell(4)];
        out.entry(row[0].clone()).or_default().push(row);
    }
    Some(out)
}

/// Months of a table that the state does not know, so that new counts of them would take the place of what is there.
/// `None` where the table is not one of ours.
pub fn merged(text: &str, state: &State) -> Option<Vec<String>> {
    let there = earlier(text)?;
    Some(there.into_keys().filter(|m| !state.months.contains_key(m)).collect())
}

/// The table: the counts of the state, and what was there of months that it does not know; by month and address.
pub fn data_file(state: &State, before: Option<&str>) -> String {
    let mut all = before.and_then(earlier).unwrap_or_default();
    all.extend(rows(state));
    let mut out = csv::Writer::from_writer(Vec::new());
    // Into memory nothing fails.
    let mut put = |cells: Vec<&str>| drop(out.write_record(cells));
    put(fields::RECORD.all().map(|f| f.key).collect());
    for mut rows in all.into_values() {
        rows.sort();
        rows.iter().for_each(|r| put(r.iter().map(String::as_str).collect()));
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_are_not_told_and_cannot_be_worked_out() {
        let tally = |visits, downloads| Tally { visits, downloads };
        let counts = [("*", tally(138, 9)), ("/b/", tally(4, 0)), ("/a/", tally(120, 5)), ("/c/", tally(0, 4)), ("/d/", tally(0, 0))];
        let month = super::super::Month { days: 0b111, counts: counts.map(|(a, t)| (a.to_string(), t)).into() };
        let state = State { months: [("2026-10".to_string(), month)].into(), ..State::default() };
        let head = "month,address,visits,downloads,days\n";
        let table = format!("{head}2026-10,*,130,5,3\n2026-10,/a/,120,5,\n2026-10,/b/,<5,0,\n2026-10,/c/,0,<5,\n");
        assert_eq!(data_file(&state, None), table);
        // What is there of other months stays; that of this month is counted anew.
        let before = format!("{head}2026-10,*,1,1,1\n2025-01,*,40,0,31\n2025-01,/x/,<5,0,\n");
        assert_eq!(data_file(&state, Some(&before)), format!("{head}2025-01,*,40,0,31\n2025-01,/x/,<5,0,\n{}", &table[head.len()..]));
        assert_eq!(merged(&before, &state), Some(vec!["2025-01".to_string()]));
        assert_eq!(merged("a,b\n1,2\n", &state), None);
    }
}
