//! Visits of items: rows of the table, with the item that each address leads to now.

use crate::model::Public;
use crate::model::visits::Counts;
use crate::route::{Routes, Target};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// By item.
#[derive(Debug, Default)]
pub struct Visited {
    /// Counts of each item that has any, by the first day of the month.
    pub items: BTreeMap<u32, BTreeMap<Date, Counts>>,
    /// The last month that is over; else the last that there is.
    pub last: Option<Date>,
    /// Rows whose address leads to no item now.
    pub elsewhere: usize,
}

/// What was counted in some months: at least so much, and whether a month had a small count that is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Of the counts that are told.
    pub n: u64,
    /// Some were not.
    pub few: bool,
}

impl Sum {
    /// With one count more.
    pub fn add(&mut self, count: Option<u32>) {
        match count {
            Some(n) => self.n += u64::from(n),
            None => self.few = true,
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
        let moved: FxHashMap<String, u32> =
            routes.moved.iter().filter_map(|m| Some((m.old.url(routes.base_path()), target(&m.to)?))).collect();
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
                // An item that moved has a row for each address.
                let plus = |a: Option<u32>, b: Option<u32>| if a.is_none() && b.is_none() { None } else { Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))) };
                out.items
                    .entry(i)
                    .or_default()
                    .entry(*month)
                    .and_modify(|c| *c = Counts { visits: plus(c.visits, counts.visits), downloads: plus(c.downloads, counts.downloads) })
                    .or_insert(*counts);
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
            months.range(from..=to).for_each(|(_, c)| sum.add(if downloads { c.downloads } else { c.visits }));
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
