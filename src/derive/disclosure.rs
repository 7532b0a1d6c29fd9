//! What follows from the files of disclosure: the items of each class, the rows of the catalogue, the tables of reports.

use crate::model::Public;
use crate::model::disclosure::tables::{self, Counts};
use crate::model::disclosure::{belongs, stands};
use crate::model::numbers::Numbering;
use crate::types::{DATASET, INTERPRETATION, POLICY};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A class of the catalogue on the day.
#[derive(Debug, Default)]
pub struct Class {
    /// Its entries: indexes into the catalogue.
    pub entries: Vec<usize>,
    /// Items that belong to them, newest first.
    pub items: Vec<u32>,
    /// The day of the newest.
    pub last: Option<Date>,
}

/// A row of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A written entry.
    Entry(usize),
    /// An item that has a row because it is public.
    Item(u32),
}

/// What is known of the requests of a year.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Received in it.
    pub received: usize,
    /// Of these answered.
    pub answered: usize,
    /// Of these answered after their limit.
    pub late: usize,
    /// Answered, and nobody can say whether in time.
    pub unmeasured: usize,
    /// Open, within their limit or without a day from which it runs.
    pub open: usize,
    /// Open beyond their limit.
    pub overdue: usize,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Disclosed {
    /// The classes, in the order of [`crate::model::disclosure::Disclosure::nodes`].
    pub classes: Vec<Class>,
    /// Items of each written entry, newest first.
    pub items: Vec<Vec<u32>>,
    /// Class of each item, by its first entry.
    pub class_of: BTreeMap<u32, usize>,
    /// Rows of the catalogue: written ones first, then items, newest first.
    pub rows: Vec<Row>,
    /// Table of requests of each report, and how many requests could not be counted.
    pub reports: Vec<(Counts, usize)>,
    /// Requests by year of receipt, newest first; those without a day under none.
    pub years: Vec<(Option<i16>, Year)>,
    /// What the yearly reports of the website and the totals of requests count.
    pub counted: super::counted::All,
    /// Requests by outcome, most first.
    pub outcomes: Vec<(&'static str, usize)>,
    /// Rules of disclosure (公开制度): items, newest first.
    pub rules: Vec<u32>,
    /// What is missing between the numbers of requests.
    pub numbering: Numbering,
    /// The site discloses something by these files.
    pub there: bool,
}

/// Computes it; nothing where the site has no such files.
pub(super) fn disclosed(public: &Public, newest: &[u32], pages: &[u32]) -> Disclosed {
    let all = &public.disclosure;
    let rules: Vec<u32> = pages.iter().copied().filter(|i| crate::model::disclosure::is_rules(&public.items[*i as usize].id)).collect();
    let mut out = Disclosed { there: !all.is_empty() || !rules.is_empty(), rules, ..Disclosed::default() };
    if all.is_empty() {
        return out;
    }
    let entries = all.entries();
    out.items =
        entries.iter().map(|e| newest.iter().copied().filter(|i| belongs(e, &public.items[*i as usize], &public.columns, &public.themes)).collect()).collect();
    for (n, node) in all.nodes.iter().enumerate() {
        let mine: Vec<usize> = (0..entries.len()).filter(|e| stands(&entries[*e], node)).collect();
        let mut belong = vec![false; public.items.len()];
        for i in mine.iter().flat_map(|e| &out.items[*e]) {
            belong[*i as usize] = true;
            out.class_of.entry(*i).or_insert(n);
        }
        let items: Vec<u32> = newest.iter().copied().filter(|i| belong[*i as usize]).collect();
        let days = items.iter().filter_map(|i| {
            let item = &public.items[*i as usize];
            item.day().max(item.changed(public.as_of))
        });
        let last = days.chain(mine.iter().filter_map(|e| entries[*e].produced)).max();
        out.classes.push(Class { entries: mine, items, last });
    }
    let listed = |i: &&u32| [POLICY, INTERPRETATION, DATASET].contains(&public.items[**i as usize].kind);
    out.rows = (0..entries.len()).map(Row::Entry).chain(newest.iter().filter(listed).map(|i| Row::Item(*i))).collect();
    out.reports = all.reports.iter().map(|r| tables::requests(r, all.register())).collect();
    let (mut years, mut outcomes): (BTreeMap<Option<i16>, Year>, BTreeMap<&'static str, usize>) = Default::default();
    for r in all.register() {
        let year = years.entry(r.received.map(|d| d.year())).or_default();
        year.received += 1;
        for what in super::counted::stands(public, r) {
            match *what {
                "answered" => year.answered += 1,
                "late" => year.late += 1,
                "unmeasured" => year.unmeasured += 1,
                "overdue" => year.overdue += 1,
                _ => year.open += 1,
            }
        }
        if let Some(o) = super::counted::outcome(public, r) {
            *outcomes.entry(o).or_default() += 1;
        }
    }
    out.numbering = all.numbering(public.as_of);
    out.counted = super::counted::all(public);
    out.years = years.into_iter().rev().collect();
    out.outcomes = outcomes.into_iter().collect();
    out.outcomes.sort_by_key(|(o, n)| (std::cmp::Reverse(*n), *o));
    out
}
