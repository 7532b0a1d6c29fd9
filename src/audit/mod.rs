//! Rules over the facts of finished files: one file a rule and its line in [`AUDITS`].

mod access;
mod elder;
mod leave;
mod links;
mod planted;
mod third_party;

use crate::config::Profile;
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
    /// The profile.
    pub profile: Profile,
    /// Hosts from which pages may load.
    pub hosts: &'a crate::config::hosts::Hosts,
    /// Numbers of persons and marks that texts of the project hold, which their own rules have judged.
    pub judged: &'a std::collections::BTreeSet<String>,
    /// Facts, by entry.
    pub facts: &'a [Facts],
}

/// A rule over finished files.
pub struct Audit {
    /// Stable code.
    pub code: &'static str,
    /// A few words.
    pub title: Phrase,
    /// Gravity under `generic`, `cn-gov`, `cn-gov-strict`; `None` where it does not apply.
    pub severity: [Option<Severity>; 3],
    /// Why, and how to mend it.
    pub explain: Phrase,
    /// The law, standard or practice behind it.
    pub source: &'static str,
    /// Looks at all files.
    pub run: fn(&Finished<'_>, &mut Report),
}

/// All audits.
pub static AUDITS: &[&Audit] = &[&access::AUDIT, &elder::AUDIT, &leave::AUDIT, &links::AUDIT, &planted::AUDIT, &third_party::AUDIT];

/// Runs all audits.
pub fn audit(finished: &Finished<'_>, report: &mut Report) {
    for a in AUDITS.iter().filter(|a| a.severity[finished.profile.index()].is_some()) {
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
