//! Dated editions of one law: which items are, and what of them is not shown.
//!
//! A title alone says nothing: the books of a code, copies, and the notices of every year have one title too. Editions have one
//! title, issuer and file name but for the day in it (`统计法(2009-06-27).md`), no document number, and each a day of formation of
//! its own.

use super::{Item, State};
use crate::load::Moment;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of a policy that may be one of several editions: title, issuers, file name without its day.
pub fn edition_of(item: &Item) -> Option<(&str, &[usize], &str)> {
    let title = item.editions[0].title.as_str();
    (item.policy().is_some_and(|p| p.doc_no.is_none()) && has_editions(title)).then(|| (title, &item.issuers[..], undated(&item.id).0))
}

/// The file's name has the day or year of an edition in it.
pub fn dated(item: &Item) -> bool {
    undated(&item.id).1
}

/// The file's name without the day or year at its end (`统计法(2009-06-27)`, `statistics-law-2009`), and whether it has one.
fn undated(id: &str) -> (&str, bool) {
    let name = id.rsplit('/').next().unwrap_or(id);
    let year = |t: &str| t.len() >= 4 && (t.starts_with("19") || t.starts_with("20")) && t.bytes().take(4).all(|b| b.is_ascii_digit());
    if let Some((stem, _)) = name.strip_suffix([')', '）']).and_then(|n| n.rsplit_once(['(', '（'])).filter(|(_, day)| year(day)) {
        return (stem.trim_end(), true);
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let tail = &name[stem.len()..];
    let day = tail.strip_prefix('-').or_else(|| stem.ends_with('_').then_some(tail));
    match day.filter(|d| matches!(d.len(), 4 | 7 | 10) && year(d)) {
        Some(_) => (stem.trim_end_matches('_'), true),
        None => (name, false),
    }
}

/// Laws and rules are amended under one title; of announcements, notices, plans and budgets each is a document of its own.
fn has_editions(title: &str) -> bool {
    let bare = title.trim_end_matches([')', '）']);
    let bare = if bare.len() < title.len() { bare.rsplit_once(['(', '（']).map_or(bare, |(t, _)| t).trim_end() } else { title };
    !title.chars().any(crate::load::chars::is_han)
        || ["法", "法典", "条例", "规定", "办法", "细则", "规则", "规程", "准则", "章程", "制度", "守则"].iter().any(|w| bare.ends_with(w))
}

/// Why the site cannot say whether a policy is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsure {
    /// An edition after it, of this day, was withdrawn from the site.
    Withdrawn(Date),
    /// Something that would change it is held back for the moment: nothing of it is told.
    Held,
    /// An edition after it, of this day, is over, and nothing says what applies since.
    Over(Date),
    /// Its own words, or those of another document, say that it is not.
    Said,
}

/// Policies of which a later edition is withdrawn, or a later edition, a repeal or an amendment is held back, by their ids.
/// `gone` and `held` have begun; of what was withdrawn before it came out nothing follows.
pub(super) fn unsure<'a>(items: &[Arc<Item>], gone: impl Iterator<Item = &'a Item>, held: &[Arc<Item>], now: Moment) -> BTreeMap<Arc<str>, Unsure> {
    let mut out: BTreeMap<Arc<str>, Unsure> = BTreeMap::new();
    let mut later: BTreeMap<&str, Vec<(&Item, bool)>> = BTreeMap::new();
    let began = |i: &Item| i.effective.or(i.day()).is_none_or(|d| d <= now.date);
    let held = held.iter().map(|i| &**i).filter(|i| began(i) && !matches!(State::of(i, now), State::Draft | State::Scheduled | State::Withdrawn));
    let held: Vec<&Item> = held.collect();
    for (item, is_held) in gone.map(|i| (i, false)).chain(held.iter().map(|i| (*i, true))) {
        later.entry(undated(&item.id).0).or_default().push((item, is_held));
    }
    if later.is_empty() {
        return out;
    }
    for item in items {
        let Some(p) = item.policy() else { continue };
        let told = held.iter().any(|h| {
            let other = |list: &[Arc<str>], id: &Arc<str>| list.contains(id);
            let theirs = h.policy().is_some_and(|q| other(&q.repeals, &item.id) || other(&q.amends, &item.id));
            theirs || other(&p.repealed_by, &h.id) || other(&p.amended_by, &h.id)
        });
        let (Some((title, issuers, stem)), Some(formed)) = (edition_of(item), item.formed) else {
            if told {
                out.insert(item.id.clone(), Unsure::Held);
            }
            continue;
        };
        let same = |o: &Item| edition_of(o) == Some((title, issuers, stem)) && (dated(o) || dated(item));
        let after = later.get(stem).into_iter().flatten().filter(|(o, _)| same(o)).filter_map(|(o, held)| Some((o.formed.filter(|d| *d > formed)?, *held)));
        match after.max() {
            _ if told => drop(out.insert(item.id.clone(), Unsure::Held)),
            Some((_, true)) => drop(out.insert(item.id.clone(), Unsure::Held)),
            Some((day, false)) => drop(out.insert(item.id.clone(), Unsure::Withdrawn(day))),
            None => {}
        }
    }
    out
}
