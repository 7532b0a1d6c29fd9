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

/// A word that marks a missing value among values and may be a name in a head: `NA` (Namibia), `null`, `nan`.
pub(super) fn word_mark(c: &str) -> bool {
    let c = c.trim();
    c.bytes().any(|b| b.is_ascii_alphabetic()) && matches!(classify(c).0, Class::Mark)
}

/// A cell without the blanks around it, and without what people write for a spreadsheet to keep it a text: `="007"` is `007`.
#[inline]
pub(super) fn trim(v: &[u8]) -> &[u8] {
    // Nearly every cell begins and ends with a letter, a figure or Han, and is asked several times.
    if let (Some(first), Some(last)) = (v.first(), v.last())
        && matches!(first, b'!'..=b'<' | b'>'..=b'~' | 0xE4..=0xE9)
        && (matches!(last, b'!'..=b'~') || v.len() > 2 && matches!(v[v.len() - 3], 0xE4..=0xE9))
    {
        return v;
    }
    let bare = blanks(v);
    match bare.strip_prefix(b"=\"").and_then(|t| t.strip_suffix(b"\"")) {
        Some(inner) if !inner.contains(&b'"') => blanks(inner),
        _ => bare,
    }
}

/// A cell without the blanks around it, those of Chinese and of web pages too.
pub(super) fn blanks(v: &[u8]) -> &[u8] {
    // First bytes of all blanks beyond ASCII: U+0085, U+00A0, U+2000.., U+3000, U+FEFF.
    let lead = |b: u8| matches!(b, 0xC2 | 0xE2 | 0xE3 | 0xEF);
    let sound = |b: u8| b > b' ' && !lead(b);
    let n = v.len();
    let end = match v.last() {
        None => return v,
        Some(b) if b.is_ascii() => *b > b' ',
        Some(_) => !(v[n.saturating_sub(3)..n - 1].iter().any(|b| lead(*b))),
    };
    if end && sound(v[0]) {
        return v;
    }
    std::str::from_utf8(v).map_or(v, |t| t.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').as_bytes())
}
