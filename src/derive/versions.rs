//! The states of each data file that are kept, with what changed.

use crate::load::git::STATES;
use crate::model::{Committed, Item, Resource};
use crate::tables::{Diff, Tables};
use jiff::civil::Date;

/// A state of a data file.
#[derive(Debug, Clone)]
pub struct State {
    /// What it is called.
    pub version: String,
    /// Its day.
    pub day: Option<Date>,
    /// Place in the resource's list of versions; `None` for the present one, and for those that only git keeps.
    pub kept: Option<usize>,
    /// Commit that made it, in short, where git keeps it.
    pub commit: Option<Box<str>>,
    /// What is different from the state before it; `None` for the first.
    pub diff: Option<Diff>,
    /// Place among the states, oldest first.
    place: usize,
}

/// The states of each resource of a dataset, newest first; empty for a resource of which one state is kept.
pub fn history(item: &Item, tables: &Tables) -> Vec<Vec<State>> {
    let resources = item.dataset().filter(|d| d.open()).map_or(&[][..], |d| &d.resources);
    resources.iter().enumerate().map(|(i, r)| states(item, i, r, tables)).collect()
}

fn states(item: &Item, i: usize, r: &Resource, tables: &Tables) -> Vec<State> {
    if r.held {
        return Vec::new();
    }
    let diff = |n: usize| tables.diff(item, i, n).cloned();
    let mut out: Vec<State> = if r.versions.is_empty() { committed(item, i, r, tables) } else { declared(item, r) };
    if out.len() < 2 {
        return Vec::new();
    }
    out.iter_mut().for_each(|s| s.diff = diff(s.place));
    out.reverse();
    out
}

/// The versions that the author names, and the present state.
fn declared(item: &Item, r: &Resource) -> Vec<State> {
    let kept = r.versions.iter().enumerate().map(|(n, v)| (v.version.clone(), v.issued, Some(n)));
    let day = item.dataset().and_then(|d| d.modified).or(item.published.map(|m| m.date));
    let version = item.dataset().and_then(|d| d.version.clone()).or(day.map(|d| d.to_string())).unwrap_or_default();
    let all = kept.chain([(version, day, None)]).enumerate();
    all.map(|(place, (version, day, kept))| State { version, day, kept, commit: None, diff: None, place }).collect()
}

/// The states that git keeps and that may be compared, and the present one.
fn committed(item: &Item, i: usize, r: &Resource, tables: &Tables) -> Vec<State> {
    let earlier = &r.earlier()[..r.earlier().len().min(STATES)];
    let present = r.committed.first().filter(|_| r.clean);
    let kept = earlier.iter().enumerate().rev().filter(|(n, _)| tables.past(item, i, *n).is_some());
    let kept = kept.map(|(n, c)| (earlier.len() - 1 - n, Some(c))).chain(tables.get(item, i).map(|_| (earlier.len(), present)));
    let state = |(place, c): (usize, Option<&Committed>)| State {
        version: c.map_or(String::new(), |c| c.day.to_string()),
        day: c.map(|c| c.day),
        kept: None,
        commit: c.map(|c| c.commit.clone()),
        diff: None,
        place,
    };
    kept.map(state).collect()
}
