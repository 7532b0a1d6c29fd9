//! What SEC014 need not tell again: numbers and marks of finished files that stand in texts and data of the project, which
//! the rules over content have read, and figures made of such data.

use super::Content;
use crate::load::table::profile::Profile;
use crate::model::Public;
use crate::output::{Facts, KEY, RUN};
use crate::route::{Routes, Target, owned_by};
use std::collections::BTreeSet;

/// The traces of finished files that were judged where they come from.
pub(super) fn judged(content: &Content, public: &Public, routes: &Routes, facts: &[Facts]) -> BTreeSet<String> {
    // A private key is judged by no rule over content.
    let seen: BTreeSet<&str> = facts.iter().flat_map(|f| &f.traces).map(|t| t.text.as_str()).filter(|t| *t != KEY).collect();
    let seen: Vec<&str> = seen.into_iter().collect();
    let Ok(all) = aho_corasick::AhoCorasick::new(&seen) else { return BTreeSet::new() };
    if seen.is_empty() {
        return BTreeSet::new();
    }
    let mut out = BTreeSet::new();
    let mut look = |text: &str| out.extend(all.find_overlapping_iter(text).map(|m| seen[m.pattern().as_usize()].to_string()));
    let (portal, today) = (&content.portal, content.now.date);
    for item in &portal.items {
        item.written().for_each(|e| look(&e.doc.source.text));
    }
    portal.vocabularies.iter().for_each(|y| look(&y.source.text));
    look(&content.config.source.text);
    // What documents say was judged with them, and some are shown as pages.
    for (_, read) in portal.items.iter().flat_map(|i| content.tables.all(i)) {
        read.file.pieces.iter().for_each(|p| look(&p.text));
    }
    // Of an item whose numbers may be public its pages may show them in another way than its text has them.
    for (f, entry) in facts.iter().zip(&routes.entries) {
        let item = owned_by(&entry.target).and_then(|i| public.items.get(i as usize));
        if item.is_some_and(|i| i.allowed.iter().any(|a| a.until >= today)) {
            out.extend(f.traces.iter().filter(|t| !t.mark && t.text != KEY).map(|t| t.text.clone()));
        }
    }
    // Cells of data that were judged by column: amounts of eleven digits, or what somebody should look at. They are read once
    // more only where something is left, as far as they may be published.
    let numbers = facts.iter().flat_map(|f| &f.traces).filter(|t| !t.mark && t.text != KEY).map(|t| t.text.as_str());
    let mut left: BTreeSet<&str> = numbers.filter(|t| !out.contains(*t)).collect();
    for read in portal.items.iter().flat_map(|i| content.tables.harmless(i, today)) {
        for table in &read.file.tables {
            if left.is_empty() {
                break;
            }
            for figure in table.columns.iter().flat_map(figures).flat_map(whole) {
                out.extend(left.take(figure.as_str()).map(str::to_string));
            }
            let cell = |cell: &&str| cell.bytes().filter(u8::is_ascii_digit).count() >= RUN;
            // What cannot be read any more shows nothing.
            let _ = read.rows(table, &mut |row| {
                for cell in row.iter().filter(|c| cell(c)) {
                    let shown = all.find_overlapping_iter(*cell).map(|m| seen[m.pattern().as_usize()].to_string());
                    for text in shown.chain(amount(cell).into_iter().flat_map(whole)) {
                        out.extend(left.take(text.as_str()).map(str::to_string));
                    }
                }
                if left.is_empty() { Err(std::io::ErrorKind::Interrupted.into()) } else { Ok(()) }
            });
        }
    }
    // A file of `static/` that may hold them, and pages that show rows of data in which they may stand.
    let free = |name: &str| content.config.allowed.iter().any(|(f, until)| f.strip_prefix("static/") == Some(name) && *until >= today);
    let told = portal.items.iter().flat_map(|i| content.tables.all(i)).any(|(_, r)| !r.file.personal.is_empty());
    for (f, entry) in facts.iter().zip(&routes.entries) {
        let permitted = match &entry.target {
            Target::Static(name) => free(name),
            _ => told && entry.url.contains("/datasets/"),
        };
        if permitted {
            out.extend(f.traces.iter().filter(|t| !t.mark).map(|t| t.text.clone()));
        }
    }
    out
}

/// What pages tell of a column of numbers that no cell holds: mean and quantiles.
fn figures(column: &Profile) -> impl Iterator<Item = f64> + '_ {
    column.mean.into_iter().chain(column.quantiles.iter().copied())
}

/// The amount of a cell that has a fraction or an exponent; others are shown as they stand.
fn amount(cell: &str) -> Option<f64> {
    let plain: String = cell.trim().chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
    plain.contains(['.', 'e', 'E']).then(|| plain.parse().ok())?
}

/// How a figure is shown without its fraction, cut or rounded; of a magnitude that a number of a person can have.
fn whole(x: f64) -> impl Iterator<Item = String> {
    let x = x.abs();
    let fits = (1e10..1e15).contains(&x);
    [x.floor(), x.ceil()].into_iter().filter(move |_| fits).map(|n| format!("{n:.0}"))
}

#[cfg(test)]
mod tests {
    use super::{amount, whole};

    #[test]
    fn an_amount_is_known_without_its_fraction() {
        let shown = |cell| amount(cell).into_iter().flat_map(whole).collect::<Vec<_>>();
        assert_eq!(shown("15812345656.73"), ["15812345656", "15812345657"]);
        assert_eq!(shown("-15,812,345,656.5"), ["15812345656", "15812345657"]);
        assert_eq!(shown("1.5812345656E10"), ["15812345656", "15812345656"]);
        // A number that stands by itself is no figure with a fraction, and words are none at all.
        assert!(shown("15812345656").is_empty() && shown("电话.15812345656").is_empty() && shown("1.5").is_empty());
    }
}
