//! Visits of items: rows of the table, with the item that each address leads to now.

use crate::model::Public;
use crate::route::{Routes, Target};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// By item.
#[derive(Debug, Default)]
pub struct Visited {
    /// Of each item that has any, by the first day of the month: visits, downloads.
    pub items: BTreeMap<u32, BTreeMap<Date, [Sum; 2]>>,
    /// The last month that is over; else the last that there is.
    pub last: Option<Date>,
    /// Rows whose address leads to no item now.
    pub elsewhere: usize,
}

/// What was counted: at least so much, and how many small counts are not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Of the counts that are told.
    pub n: u64,
    /// Counts from 1 to 4 beside them.
    pub few: u32,
}

impl Sum {
    /// With one count more.
    fn count(&mut self, count: Option<u32>) {
        match count {
            Some(n) => self.n += u64::from(n),
            None => self.few += 1,
        }
    }

    /// With those of another.
    fn add(&mut self, other: Sum) {
        self.n += other.n;
        self.few += other.few;
    }

    /// For a file: the count, or what it is less than, or at least.
    pub fn cell(self) -> String {
        match (self.n, self.few) {
            (n, 0) => n.to_string(),
            (0, few) => format!("<{}", few * 4 + 1),
            (n, _) => format!(">={}", n + 1),
        }
    }
}

impl Visited {
    /// Finds the item of each row.
    pub fn new(public: &Public, routes: &Routes) -> Visited {
        let mut out = Visited::default();
        if public.visits.is_empty() {
            return out;
        }
        let base = routes.base_path().trim_end_matches('/').to_string();
        let target = |t: &Target| match t {
            Target::Item(i) => Some(*i),
            _ => None,
        };
        let moved: FxHashMap<String, u32> = routes.moved.iter().filter_map(|m| Some((m.old.url(routes.base_path()), target(&m.to)?))).collect();
        let of = |address: &str| {
            let url = format!("{base}{address}");
            let entry = routes.resolve(url.as_bytes()).map(|e| &routes.entries[e as usize]);
            entry.and_then(|e| target(&e.target)).or_else(|| moved.get(&url).copied())
        };
        for (month, m) in &public.visits.months {
            for (address, counts) in &m.counts {
                let Some(i) = of(address) else {
                    out.elsewhere += 1;
                    continue;
                };
                // An item that moved may have a row for each address.
                let own = out.items.entry(i).or_default().entry(*month).or_default();
                own[0].count(counts.visits);
                own[1].count(counts.downloads);
            }
        }
        let current = public.as_of.first_of_month();
        let months = &public.visits.months;
        out.last = months.range(..current).next_back().or_else(|| months.iter().next_back()).map(|(m, _)| *m);
        out
    }

    /// The items that were visited, or downloaded, most in the months from one to another; those without a count that is told are not
    /// among them.
    pub fn most(&self, (from, to): (Date, Date), downloads: bool, take: usize, wanted: &dyn Fn(u32) -> bool) -> Vec<(u32, Sum)> {
        let mut all: Vec<(u32, Sum)> = Vec::new();
        for (i, months) in self.items.iter().filter(|(i, _)| wanted(**i)) {
            let mut sum = Sum::default();
            months.range(from..=to).for_each(|(_, c)| sum.add(c[usize::from(downloads)]));
            if sum.n > 0 {
                all.push((*i, sum));
            }
        }
        all.sort_by_key(|(i, s)| (Reverse(s.n), *i));
        all.truncate(take);
        all
    }

    /// The twelve months that end with the last.
    pub fn year(&self) -> Option<(Date, Date)> {
        let last = self.last?;
        let from = last.checked_sub(jiff::Span::new().months(11)).ok()?;
        Some((from, last))
    }
}
