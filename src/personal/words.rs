//! Words: those of a name, and the search for many of them at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The words of a name in lower case: parted at signs, at blanks, and where a capital follows a small letter.
pub fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut open, mut small) = (false, false);
    for c in name.chars() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open || (small && c.is_uppercase()) {
            out.push(String::new());
        }
        (open, small) = (true, c.is_lowercase());
        if let Some(w) = out.last_mut() {
            w.extend(c.to_lowercase());
        }
    }
    out
}

/// A search for any of some words, for texts of which most have none: a state and a table are all that a byte costs.
pub fn any_of<'w>(words: impl Iterator<Item = &'w str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words).ok()
}
