//! Whose a finding is: the department that answers for the file it is about.

use super::{Department, Portal, feedback};
use crate::config::Config;
use crate::diag::{Diagnostic, Owner, Report, Text, Tongue};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Writes to each finding that has none the department that answers for it.
pub fn assign(portal: &Portal, config: &Config, report: &mut Report) {
    let departments = &portal.departments;
    let open = |d: &Diagnostic| d.department.is_none() && (d.item.is_some() || d.span.is_some());
    if departments.is_empty() || !report.iter().any(open) {
        return;
    }
    let owners: Vec<Arc<Owner>> = departments.iter().map(|d| owner(d, config)).collect();
    let mut items: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for item in &portal.items {
        items.extend(item.editions.iter().map(|e| (&*e.doc.source.path, item.issuers.first().copied())));
    }
    // What names nobody is its folder's.
    let whose = |file: &str| items.get(file).copied().flatten().or_else(|| folder(portal, config, file));
    report.assign(|d| {
        let item = d.item.as_deref().and_then(whose);
        item.or_else(|| whose(d.path())).map(|d| owners[d].clone())
    });
}

/// A department as findings name it.
pub fn owner(d: &Department, config: &Config) -> Arc<Owner> {
    let named = |t: Tongue| d.name.get(config.languages.iter().position(|l| Tongue::of(&l.tag) == t).unwrap_or(0)).to_string();
    Arc::new(Owner { id: d.id.clone(), name: Text { zh: named(Tongue::Zh), en: named(Tongue::En) } })
}

/// The owner of what is no item: a sheet of letters, a report, a file in a folder that has an owner.
fn folder(portal: &Portal, config: &Config, file: &str) -> Option<usize> {
    let by_id = |id: &str| portal.departments.iter().position(|d| d.id == id);
    let below = |folder: &str| file.strip_prefix(folder).is_some_and(|r| folder.is_empty() || r.starts_with('/'));
    if let Some(key) = config.content.iter().find_map(|c| file.strip_prefix(c.as_str())?.strip_prefix('/')) {
        let named = [feedback::FOLDER, "reports", "disclosure/reports"].iter().find_map(|f| key.strip_prefix(f)?.strip_prefix('/'));
        if let Some(d) = named.and_then(|rest| by_id(rest.split(['/', '.']).next().unwrap_or(rest))) {
            return Some(d);
        }
        // The innermost column that has an owner.
        let columns = portal.columns.iter().filter(|c| c.owner.is_some() && key.strip_prefix(c.path.as_str()).is_some_and(|r| r.starts_with('/')));
        if let Some(d) = columns.max_by_key(|c| c.path.len()).and_then(|c| c.owner) {
            return Some(d);
        }
    }
    config.owners.iter().find(|(p, _)| below(p)).and_then(|(_, o)| by_id(o))
}
