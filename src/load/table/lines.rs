//! What a record says of itself: how many cells have something, whether they are names.

use super::value::{Class, classify, period};

/// Cells with something in them.
pub(super) fn filled(r: &[String]) -> usize {
    r.iter().filter(|c| !c.trim().is_empty()).count()
}

/// Every cell with something in it is a name or a period, each another.
pub(super) fn all_names(r: &[String]) -> bool {
    let mut seen: Vec<&str> = r.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    let n = seen.len();
    seen.sort_unstable();
    seen.dedup();
    n > 0 && seen.len() == n && texts(r) == n
}

/// Cells that are text and no value.
pub(super) fn texts(r: &[String]) -> usize {
    r.iter().filter(|c| !c.trim().is_empty() && is_name(c)).count()
}

/// A text or a period, and no value.
pub(super) fn is_name(c: &str) -> bool {
    let c = c.trim();
    period(c).is_some() || matches!(classify(c).0, Class::String)
}
