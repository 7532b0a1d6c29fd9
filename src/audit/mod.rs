//! Rules over the facts of finished files: one file a rule and its line in [`AUDITS`].

mod leave;
mod links;
mod third_party;

use crate::diag::{Phrase, Report, Severity};
use crate::model::Public;
use crate::output::Facts;
use crate::route::Routes;

/// What an audit may look at.
pub struct Finished<'a> {
    /// Content, to name the source of a page.
    pub public: &'a Public,
    /// Addresses.
    pub routes: &'a Routes,
    /// The profile is a Chinese one.
    pub chinese: bool,
    /// Facts, by entry.
    pub facts: &'a [Facts],
}

/// A rule over finished files.
pub struct Audit {
    /// Stable code.
    pub code: &'static str,
    /// A few words.
    pub title: Phrase,
    /// Gravity.
    pub severity: Severity,
    /// Of the Chinese profiles alone.
    pub chinese: bool,
    /// Why, and how to mend it.
    pub explain: Phrase,
    /// The law, standard or practice behind it.
    pub source: &'static str,
    /// Looks at all files.
    pub run: fn(&Finished<'_>, &mut Report),
}

/// All audits.
pub static AUDITS: &[&Audit] = &[&leave::AUDIT, &links::AUDIT, &third_party::AUDIT];

/// Runs all audits.
pub fn audit(finished: &Finished<'_>, report: &mut Report) {
    for a in AUDITS.iter().filter(|a| finished.chinese || !a.chinese) {
        (a.run)(finished, report);
    }
}

/// The source file of an entry, for a finding; the path of the page where it has none.
fn origin(f: &Finished<'_>, entry: u32) -> String {
    let e = &f.routes.entries[entry as usize];
    match &e.target {
        crate::route::Target::Item(i) => f.public.items[*i as usize].best(e.lang).doc.source.path.to_string(),
        _ => e.path.clone(),
    }
}
