//! What is told elsewhere of items that are public.

use super::{Content, Routed};
use crate::render::push::{File, files};
use crate::theme::Theme;

/// Days for which the internal folder has what tells of a new item.
const DAYS: i32 = 30;

/// The files of one item.
pub(crate) fn push(content: &Content, routed: &Routed, theme: &Theme, lang: usize, id: &str) -> Option<Vec<File>> {
    files(&content.config, &routed.public, &routed.derived, &routed.routes, theme, lang, id)
}

/// Ids of the items that came out in the last days.
pub(crate) fn recent(routed: &Routed) -> impl Iterator<Item = &str> {
    let today = routed.public.as_of;
    let new = move |d: jiff::civil::Date| (0..=DAYS).contains(&(today - d).get_days());
    routed.public.items.iter().filter(move |i| !i.kind.root && i.published.is_some_and(|m| new(m.date))).map(|i| &*i.id)
}

/// The item that may be meant by an id that there is none of.
pub(crate) fn near(routed: &Routed, id: &str) -> Option<String> {
    let last = id.rsplit('/').next().unwrap_or(id);
    let ids = || routed.public.items.iter().map(|i| &*i.id);
    let named = ids().find(|i| i.rsplit('/').next() == Some(last));
    let close =
        || ids().filter(|i| i.len().abs_diff(id.len()) <= 3).map(|i| (strsim::damerau_levenshtein(i, id), i)).filter(|(d, _)| *d <= 3).min().map(|(_, i)| i);
    named.or_else(close).map(String::from)
}
