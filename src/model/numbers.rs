//! Numbers that are given one after another, as those of letters and requests are, and which of them are missing in between: a row
//! that was taken out leaves its number open.
//!
//! The last run of digits counts up, what stands before it names the series: `2026-` of `2026-014`. A year (with its month or day)
//! that is written into the run belongs to the series: `2026` of `2026014`.

use jiff::civil::Date;
use std::collections::BTreeMap;

/// Digits of a number that counts up: longer ones are made by programs or are somebody's own.
const DIGITS: usize = 8;

/// Fewer numbers make no series of which it could be said that they do not follow one another.
const FEW: usize = 5;

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Whose it is.
    pub who: Option<usize>,
    /// What stands before the part that counts up, and its place; empty where it has none.
    pub series: String,
    /// The part that counts up; `None` where there is no number, or none that counts up.
    pub n: Option<u64>,
    /// How many digits it was written with.
    pub width: usize,
    /// When the thing came that has it.
    pub day: Option<Date>,
}

/// Numbers in a row that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first of them.
    pub from: u64,
    /// The last of them.
    pub to: u64,
    /// When the next one came that is there.
    pub day: Option<Date>,
}

impl Gap {
    /// How many.
    pub fn count(&self) -> u64 {
        self.to - self.from + 1
    }
}

/// A series of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Whose; `None` where several share it.
    pub who: Option<usize>,
    /// What stands before the part that counts up.
    pub name: String,
    /// Digits of its shortest number.
    pub width: usize,
    /// How many numbers there are.
    pub present: usize,
    /// What is missing, in order; nothing where they do not follow one another.
    pub gaps: Vec<Gap>,
    /// Less than half of its numbers is there: what was taken out of them nobody can see.
    pub loose: bool,
}

impl Series {
    /// How many are missing.
    pub fn missing(&self) -> u64 {
        self.gaps.iter().map(Gap::count).sum()
    }

    /// A number of it as people write it.
    pub fn written(&self, n: u64) -> String {
        format!("{}{n:0width$}", self.name, width = self.width)
    }
}

/// What is known of the numbers on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbering {
    /// The series, by owner and name.
    pub series: Vec<Series>,
    /// Things without a number that counts up, by owner.
    pub without: BTreeMap<Option<usize>, usize>,
}

impl Numbering {
    /// How many numbers are missing: of one owner, or of all.
    pub fn missing(&self, who: Option<usize>) -> u64 {
        self.series.iter().filter(|s| who.is_none() || s.who == who).map(Series::missing).sum()
    }
}

/// Reads a number. `day` tells a month in it from a count.
pub fn number(text: &str, who: Option<usize>, day: Option<Date>) -> Number {
    let text = text.trim();
    let none = Number { who, series: String::new(), n: None, width: 0, day };
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |i| i + 1);
    let start = text[..end].rfind(|c: char| !c.is_ascii_digit()).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let run = &text[start..end];
    let at = start + dated(run, day);
    let digits = &text[at..end];
    if digits.is_empty() || digits.len() > DIGITS {
        return none;
    }
    let Ok(n) = digits.parse() else { return none };
    // What stands behind it (`2026-14号`) belongs to the name of the series.
    let series = if end == text.len() { text[..at].to_string() } else { format!("{}…{}", &text[..at], &text[end..]) };
    Number { series, n: Some(n), width: digits.len(), ..none }
}

/// How many digits of a run are a year, a month of it or a day.
fn dated(run: &str, day: Option<Date>) -> usize {
    let part = |a: usize, b: usize| run.get(a..b).and_then(|t| t.parse::<i16>().ok());
    if !part(0, 4).is_some_and(|y| (1990..=2200).contains(&y)) || run.len() < 6 {
        return 0;
    }
    let whole = part(4, 6).zip(part(6, 8)).is_some_and(|(m, d)| (1..=12).contains(&m) && (1..=31).contains(&d));
    if run.len() >= 10 && whole {
        return 8;
    }
    // 202603014: a month only where the thing came in it.
    let month = |d: Date| part(0, 4) == Some(d.year()) && part(4, 6) == Some(d.month().into());
    if run.len() >= 8 && day.is_some_and(month) { 6 } else { 4 }
}

/// What is missing of numbers on a day: of those that had been given by then.
pub fn numbering<'a>(numbers: impl Iterator<Item = &'a Number>, as_of: Date) -> Numbering {
    let mut out = Numbering::default();
    let mut all: BTreeMap<(Option<usize>, &str), Vec<&Number>> = BTreeMap::new();
    for number in numbers {
        let come = number.day.is_none_or(|d| d <= as_of);
        if number.n.is_some() {
            all.entry((number.who, &number.series)).or_default().push(number);
        } else if come {
            *out.without.entry(number.who).or_default() += 1;
        }
    }
    for ((who, name), list) in all {
        // One that comes later is given already, and yet none before it is missing for it.
        let given = |number: &&&Number| number.day.is_none_or(|d| d <= as_of);
        let Some(last) = list.iter().filter(given).filter_map(|number| number.n).max() else { continue };
        let there: BTreeMap<u64, Option<Date>> = list.iter().filter_map(|number| Some((number.n.filter(|n| *n <= last)?, number.day))).collect();
        let Some(first) = there.keys().next().copied() else { continue };
        let dense = |from: u64| there.len() as u64 * 2 > last - from;
        // A series of a year begins with 1.
        let from = if first > 1 && yearly(name) && dense(1) { 1 } else { first };
        let loose = !dense(from);
        if loose && there.len() < FEW {
            continue;
        }
        let mut gaps = Vec::new();
        let mut next = from;
        for (n, day) in there.iter().filter(|_| !loose) {
            if *n > next {
                gaps.push(Gap { from: next, to: n - 1, day: *day });
            }
            next = n + 1;
        }
        let width = list.iter().map(|number| number.width).min().unwrap_or(1);
        out.series.push(Series { who, name: name.to_string(), width, present: there.len(), gaps, loose });
    }
    out
}

/// The name of a series speaks of a year.
fn yearly(name: &str) -> bool {
    let digits: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    digits.iter().any(|d| matches!(d.len(), 4 | 6 | 8) && d[..4].parse::<i16>().is_ok_and(|y| (1990..=2200).contains(&y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(list: &[(&str, Option<Date>)]) -> Numbering {
        let numbers: Vec<Number> = list.iter().map(|(t, d)| number(t, None, *d)).collect();
        numbering(numbers.iter(), date(2026, 6, 30))
    }

    #[test]
    fn a_number_is_taken_apart() {
        let day = Some(date(2026, 3, 2));
        for (text, series, n) in [
            ("2026-014", "2026-", Some(14)),
            ("2026014", "2026", Some(14)),
            ("202603014", "202603", Some(14)),
            ("20260302007", "20260302", Some(7)),
            ("信访〔2026〕14号", "信访〔2026〕…号", Some(14)),
            ("15", "", Some(15)),
            ("2026", "", Some(2026)),
            ("ZX-7", "ZX-", Some(7)),
            ("", "", None),
            ("甲", "", None),
            ("350302199001011234", "", None),
        ] {
            let got = number(text, None, day);
            assert_eq!((got.series.as_str(), got.n), (series, n), "{text}");
        }
    }

    #[test]
    fn what_is_missing_between_numbers_is_told() {
        let given = |list: &[&str]| read(&list.iter().map(|t| (*t, None)).collect::<Vec<_>>());
        let gaps = |list: &[&str]| -> Vec<(u64, u64)> { given(list).series.iter().flat_map(|s| s.gaps.iter().map(|g| (g.from, g.to))).collect() };
        assert_eq!(gaps(&["1", "2", "3"]), []);
        assert_eq!(gaps(&["1", "2", "4", "7"]), [(3, 3), (5, 6)]);
        // A series that goes on from elsewhere begins where it begins; that of a year with 1.
        assert_eq!(gaps(&["120", "121", "123"]), [(122, 122)]);
        assert_eq!(gaps(&["2026-2", "2026-3", "2026-4"]), [(1, 1)]);
        assert_eq!(gaps(&["2026-031"]), []);
        // Series of their own.
        assert_eq!(gaps(&["2025-1", "2025-2", "2026-1", "2026-3"]), [(2, 2)]);
        // Numbers that do not follow one another, and things without any.
        let loose = given(&["11", "407", "903", "1250", "2000", "甲", ""]);
        assert!(loose.series[0].loose && loose.series[0].gaps.is_empty());
        assert_eq!(loose.without[&None], 2);
        assert_eq!(given(&["2026-002", "2026-004"]).series[0].written(3), "2026-003");
    }

    #[test]
    fn what_comes_later_leaves_nothing_open() {
        let all = read(&[("1", Some(date(2026, 1, 2))), ("2", Some(date(2026, 7, 1))), ("3", Some(date(2026, 6, 1))), ("9", Some(date(2026, 8, 1)))]);
        assert_eq!((all.series[0].missing(), all.series[0].present), (0, 3));
    }
}
