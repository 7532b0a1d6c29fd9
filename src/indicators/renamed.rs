//! What an earlier scorecard counted under another name: an item that moved and left its address as an alias, a task or letter of
//! which a word was mended, letters that were still named by their place in the month.

use super::{Line, Public};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What names of an earlier scorecard mean now.
pub(super) struct Known {
    /// Ids of items by the ids that they had.
    moved: FxHashMap<String, String>,
    /// Letters by month and sum, where one department alone has one: their ids.
    letters: FxHashMap<String, Option<String>>,
    /// How many letters a department has of a month.
    months: FxHashMap<String, u32>,
}

impl Known {
    pub(super) fn of(public: &Public, letters: &FxHashMap<String, u32>) -> Known {
        let mut moved = FxHashMap::default();
        for item in public.items.iter().chain(&public.gone) {
            for (alias, _) in &item.aliases {
                let old = alias.trim_matches('/').trim_end_matches(".html").trim_end_matches("/index");
                if old != &*item.id && old.contains('/') {
                    moved.entry(old.to_string()).or_insert_with(|| item.id.to_string());
                }
            }
        }
        // An id that is somebody's own is no other's.
        public.items.iter().chain(&public.gone).for_each(|i| drop(moved.remove(&*i.id)));
        let mut months: FxHashMap<String, u32> = FxHashMap::default();
        letters.keys().filter_map(|id| id.rsplit_once('/')).for_each(|(month, _)| *months.entry(month.to_string()).or_default() += 1);
        let mut by_sum: FxHashMap<String, Option<String>> = FxHashMap::default();
        let mut note = |id: &String, sum: &str| {
            by_sum.entry(sum.to_string()).and_modify(|one| *one = None).or_insert_with(|| Some(id.clone()));
        };
        letters.keys().filter_map(|id| Some((id, sum(id)?))).for_each(|(id, sum)| note(id, sum));
        Known { moved, letters: by_sum, months }
    }

    /// The id that it has now: of an item, or of a part of one.
    pub(super) fn now<'b>(&self, id: &'b str) -> Cow<'b, str> {
        let (item, part) = id.split_once('#').map_or((id, None), |(i, p)| (i, Some(p)));
        match (self.moved.get(item), part) {
            (Some(new), Some(part)) => format!("{new}#{part}").into(),
            (Some(new), None) => new.clone().into(),
            // A letter that is in the sheet of another department now.
            (None, _) => match sum(id).and_then(|s| self.letters.get(s)) {
                Some(Some(new)) if new != id => new.clone().into(),
                _ => id.into(),
            },
        }
    }

    /// A letter named by its place in the month, as scorecards did once, of a month that has so many still.
    pub(super) fn numbered(&self, id: &str) -> bool {
        let Some((month, nth)) = id.rsplit_once('/').filter(|_| id.starts_with("feedback/")) else { return false };
        let nth = if nth.len() < 12 { nth.parse::<u32>().ok() } else { None };
        nth.is_some_and(|n| self.months.get(month).is_some_and(|all| n <= *all))
    }
}

/// Month and sum of a letter: `2026-03/5e884898da28` of `feedback/civil/2026-03/5e884898da28`.
fn sum(id: &str) -> Option<&str> {
    let (_, rest) = id.strip_prefix("feedback/")?.split_once('/')?;
    rest.rsplit_once('/').is_some_and(|(_, mark)| mark.len() >= 12).then_some(rest)
}

/// What an id stands in: the item of a task, the month of a letter. Of nothing else.
fn within(id: &str) -> Option<&str> {
    match id.split_once("#task-") {
        Some((item, _)) => Some(item),
        None => id.rsplit_once('/').filter(|_| id.starts_with("feedback/")).map(|(month, _)| month),
    }
}

/// Tasks and letters that the earlier scorecard did not have, by what they stand in and their day: one of them takes the place
/// of one that is gone from there, for a word of it was mended.
pub(super) struct Twins {
    fresh: FxHashMap<(String, Option<Date>), Vec<usize>>,
}

impl Twins {
    pub(super) fn of(own: &[Line], before: &[Line], known: &Known) -> Twins {
        let old: FxHashSet<Cow<'_, str>> = before.iter().map(|b| known.now(&b.id)).collect();
        let mut fresh: FxHashMap<(String, Option<Date>), Vec<usize>> = FxHashMap::default();
        for (i, l) in own.iter().enumerate().rev().filter(|(_, l)| !old.contains(l.id.as_str())) {
            if let Some(w) = within(&l.id) {
                fresh.entry((w.to_string(), l.day)).or_default().push(i);
            }
        }
        Twins { fresh }
    }

    /// The one that takes the place of what is gone, once.
    pub(super) fn take(&mut self, gone: &Line) -> Option<usize> {
        self.fresh.get_mut(&(within(&gone.id)?.to_string(), gone.day))?.pop()
    }
}
