//! The item that a path means which names none.

use super::Portal;

/// The policy that may be meant: of this title or number, of this name in another folder, or of nearly this path.
pub(crate) fn policy<'a>(portal: &'a Portal, id: &str) -> Option<&'a str> {
    let wanted = id.strip_prefix("policies/").unwrap_or(id);
    let last = wanted.rsplit('/').next().unwrap_or(wanted);
    let policies = || portal.items.iter().filter(|i| i.policy().is_some());
    let titled = policies().find(|i| {
        let no = i.policy().and_then(|p| p.doc_no.as_ref()).is_some_and(|n| n.written == wanted || n.canonical.as_deref() == Some(wanted));
        no || i.written().any(|e| e.title == wanted.trim_matches(['《', '》']))
    });
    let named = || policies().find(|i| i.name().rsplit('/').next() == Some(last));
    let nearly = || {
        let far = policies().filter(|i| i.name().len().abs_diff(wanted.len()) <= 4).map(|i| (strsim::damerau_levenshtein(i.name(), wanted), i));
        far.filter(|(d, _)| *d <= 1 + wanted.chars().count() / 5).min_by_key(|(d, _)| *d).map(|(_, i)| i)
    };
    titled.or_else(named).or_else(nearly).map(|i| i.name())
}
