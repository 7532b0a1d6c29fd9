//! Working days: which day is one, which comes n working days later, how many lie between two.
//!
//! A year whose holidays are not known is never counted by its weekdays alone: whoever asks is told the year.
//!
//! The last days of December rest on two notices, that of their own year and that of the next (2007-12-31 was off by the notice
//! for 2008): a year counts as known by its own, and the next one puts its days over it.

use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Days of mainland China from 2007 on, with their source and licence.
const CHINA: &str = include_str!("cn.txt");

/// A year as it is told.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Which.
    pub year: i16,
    /// The days of rest of each week; Saturday and Sunday where none are told.
    pub weekend: Vec<Weekday>,
    /// Runs of days, first and last, and whether they are worked. They may lie in the year before or after.
    pub days: Vec<(Date, Date, bool)>,
}

/// Working days of the years that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Bits>,
}

/// The days of a year, from 1 January; set for a working day.
type Bits = [u64; 6];

/// The year that would have to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unknown(pub i16);

impl Calendar {
    /// A calendar of years; where two plans speak of one day, the later holds.
    pub fn new(plans: &[Plan]) -> Calendar {
        let mut years = BTreeMap::new();
        for p in plans {
            if !years.contains_key(&p.year) || !p.weekend.is_empty() {
                years.insert(p.year, weeks(p));
            }
        }
        let mut out = Calendar { years };
        for (from, to, worked) in plans.iter().flat_map(|p| &p.days) {
            from.series(jiff::Span::new().days(1)).take_while(|d| d <= to).take(RUN).for_each(|d| out.set(d, *worked));
        }
        out
    }

    fn set(&mut self, day: Date, worked: bool) {
        if let Some(bits) = self.years.get_mut(&day.year()) {
            let (word, bit) = place(day);
            bits[word] = bits[word] & !bit | if worked { bit } else { 0 };
        }
    }

    /// Whether a day is worked.
    pub fn is_working_day(&self, day: Date) -> Result<bool, Unknown> {
        let bits = self.years.get(&day.year()).ok_or(Unknown(day.year()))?;
        let (word, bit) = place(day);
        Ok(bits[word] & bit != 0)
    }

    /// The years that are known.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// The days of these years that are not as their weekday says, and whether they are worked: from Monday to Friday a day is.
    pub fn exceptions(&self) -> impl Iterator<Item = (Date, bool)> + '_ {
        let of = |year: &i16| Date::new(*year, 1, 1).ok();
        let days = self.years.keys().filter_map(of).flat_map(|first| first.series(jiff::Span::new().days(1)).take_while(move |d| d.year() == first.year()));
        let usual = |d: Date| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
        days.filter_map(move |d| Some((d, self.is_working_day(d).ok()?))).filter(move |(d, worked)| *worked != usual(*d))
    }

    /// The n-th working day after a day; the day itself for none.
    pub fn add_working_days(&self, from: Date, n: u32) -> Result<Date, Unknown> {
        let (mut day, mut left) = (from, n);
        while left > 0 {
            day = day.tomorrow().map_err(|_| Unknown(day.year()))?;
            left -= u32::from(self.is_working_day(day)?);
        }
        Ok(day)
    }

    /// The working days after `from` up to and with `to`; none where `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<u32, Unknown> {
        if to <= from {
            return Ok(0);
        }
        let first = if from.tomorrow().is_ok_and(|d| d.year() > from.year()) { from.year() + 1 } else { from.year() };
        match (first..=to.year()).find(|y| !self.years.contains_key(y)) {
            Some(y) => Err(Unknown(y)),
            None => Ok(self.working_days_known(from, to)),
        }
    }

    /// The same, of the years that are known: there are at least so many.
    pub fn working_days_known(&self, from: Date, to: Date) -> u32 {
        if to <= from {
            return 0;
        }
        let of = |(year, bits): (&i16, &Bits)| {
            let upto = |day: Date| if day.year() > *year { 366 } else { day.day_of_year() as u32 };
            let before = if from.year() == *year { upto(from) } else { 0 };
            count(bits, upto(to)) - count(bits, before)
        };
        self.years.range(from.year()..=to.year()).map(of).sum()
    }
}

/// Longest run of days that one line may tell.
const RUN: usize = 400;

/// Word and bit of a day in its year.
fn place(day: Date) -> (usize, u64) {
    let n = day.day_of_year() as usize - 1;
    (n / 64, 1 << (n % 64))
}

/// Set days among the first `n` of a year.
fn count(bits: &Bits, n: u32) -> u32 {
    let full = (n / 64) as usize;
    let part = bits.get(full).map_or(0, |w| (w & ((1u64 << (n % 64)) - 1)).count_ones());
    bits[..full].iter().map(|w| w.count_ones()).sum::<u32>() + part
}

/// A year by its weekdays alone.
fn weeks(p: &Plan) -> Bits {
    let off = if p.weekend.is_empty() { &[Weekday::Saturday, Weekday::Sunday][..] } else { &p.weekend };
    let mut bits = Bits::default();
    let Ok(first) = Date::new(p.year, 1, 1) else { return bits };
    for day in first.series(jiff::Span::new().days(1)).take_while(|d| d.year() == p.year) {
        let (word, bit) = place(day);
        bits[word] |= if off.contains(&day.weekday()) { 0 } else { bit };
    }
    bits
}

/// Mainland China, as announced by the State Council.
pub fn china() -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for line in CHINA.lines() {
        let mut words = line.split(' ');
        match (words.next(), words.next(), plans.last_mut()) {
            (Some("year"), Some(y), _) => plans.extend(y.parse().ok().map(|year| Plan { year, ..Plan::default() })),
            (Some(kind @ ("off" | "work")), Some(days), Some(plan)) => {
                let (from, to) = days.split_once("..").unwrap_or((days, days));
                if let (Ok(from), Ok(to)) = (from.parse(), to.parse()) {
                    plan.days.push((from, to, kind == "work"));
                }
            }
            _ => {}
        }
    }
    plans
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn cn() -> Calendar {
        Calendar::new(&china())
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let days = CHINA.lines().filter(|l| l.starts_with("off ") || l.starts_with("work ")).count();
        let plans = china();
        assert_eq!(plans.iter().map(|p| p.days.len()).sum::<usize>(), days);
        assert_eq!(plans.iter().map(|p| p.year).collect::<Vec<_>>(), (2007..=2026).collect::<Vec<_>>());
        assert!(CHINA.lines().all(|l| l.is_empty() || ["#", "year ", "off ", "work "].iter().any(|w| l.starts_with(w))));
    }

    #[test]
    fn make_up_saturdays_are_worked_and_the_spring_festival_of_2020_was_changed() {
        let c = cn();
        for (day, worked) in [
            (date(2020, 1, 19), true),   // a Sunday made up for
            (date(2020, 1, 30), false),  // the last day first announced
            (date(2020, 1, 31), false),  // off by the notice of 26 January 2020
            (date(2020, 2, 1), false),   // a Saturday, to be worked by the first notice
            (date(2020, 2, 3), true),    // Monday
            (date(2024, 2, 4), true),    // Sunday
            (date(2024, 2, 18), true),   // Sunday
            (date(2023, 4, 23), true),   // Sunday
            (date(2023, 10, 7), true),   // Saturday
            (date(2025, 1, 26), true),   // Sunday
            (date(2007, 12, 31), false), // Monday, by the notice for 2008
            (date(2011, 12, 31), true),  // Saturday, by the notice for 2012
        ] {
            assert_eq!(c.is_working_day(day), Ok(worked), "{day}");
        }
    }

    #[test]
    fn counting() {
        let c = cn();
        // 23 January 2020 (Thursday) is the last day before the festival: the next is 3 February.
        assert_eq!(c.add_working_days(date(2020, 1, 23), 1), Ok(date(2020, 2, 3)));
        assert_eq!(c.add_working_days(date(2020, 1, 23), 0), Ok(date(2020, 1, 23)));
        assert_eq!(c.working_days_between(date(2020, 1, 23), date(2020, 2, 2)), Ok(0));
        assert_eq!(c.working_days_between(date(2020, 1, 23), date(2020, 2, 3)), Ok(1));
        assert_eq!(c.working_days_between(date(2020, 2, 3), date(2020, 1, 23)), Ok(0));
        assert_eq!(c.add_working_days(date(2026, 12, 20), 20), Err(Unknown(2027)));
        assert_eq!(c.working_days_between(date(2006, 12, 1), date(2007, 1, 10)), Err(Unknown(2006)));
        assert_eq!(c.working_days_between(date(2006, 12, 31), date(2007, 1, 4)), Ok(1), "the first day counted is in 2007");
        assert_eq!(c.working_days_between(date(2026, 12, 1), date(2028, 1, 10)), Err(Unknown(2027)));
        assert_eq!(c.is_working_day(date(2027, 1, 4)), Err(Unknown(2027)));
        assert!(c.working_days_known(date(1998, 1, 1), date(2007, 3, 1)) > 30);
        // The last day there is.
        let end = Calendar::new(&[Plan { year: 9999, ..Plan::default() }]);
        assert_eq!(end.add_working_days(date(9999, 12, 30), 9), Err(Unknown(9999)));
        assert_eq!(end.working_days_between(date(9999, 12, 30), date(9999, 12, 31)), Ok(1));
    }

    #[test]
    fn years_of_a_project_go_over_those_built_in() {
        let mut plans = china();
        plans.push(Plan { year: 2027, weekend: vec![], days: vec![(date(2026, 12, 31), date(2027, 1, 3), false)] });
        plans.push(Plan { year: 2026, weekend: vec![], days: vec![(date(2026, 1, 5), date(2026, 1, 5), false)] });
        let c = Calendar::new(&plans);
        assert_eq!(c.is_working_day(date(2026, 12, 31)), Ok(false));
        assert_eq!(c.is_working_day(date(2026, 1, 5)), Ok(false));
        assert_eq!(c.is_working_day(date(2026, 1, 4)), Ok(true), "the rest of the notice stands");
        let gulf = Calendar::new(&[Plan { year: 2026, weekend: vec![Weekday::Friday, Weekday::Saturday], days: vec![] }]);
        assert_eq!(gulf.is_working_day(date(2026, 1, 4)), Ok(true), "a Sunday");
        assert_eq!(gulf.is_working_day(date(2026, 1, 2)), Ok(false), "a Friday");
    }
}
