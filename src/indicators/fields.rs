//! Required fields filled ÷ required: those that the profile asks for, of items of the twelve months and of datasets.

use super::*;

/// `fields`
pub(super) static INDICATOR: Indicator = Indicator { name: "fields", group: CONTENT, least: 1, items };

use crate::load::Kind;
use crate::schema::{Field, Need};
use crate::types;

fn items(input: &Input<'_>) -> Vec<Line> {
    input
        .items()
        .filter_map(|s| {
            let asked: Vec<&Field> = s.item.kind.record.all().filter(|f| f.need[input.config.profile.index()] == Need::Must && !by_text(f)).collect();
            let given = asked.iter().filter(|f| filled(s.item, f)).count();
            let d = asked.len() as u32;
            (d > 0).then(|| line(s.item, s.item.issuers.first().copied(), given as u32, d))
        })
        .collect()
}

/// Asked for only where the text does not do.
fn by_text(field: &Field) -> bool {
    std::ptr::eq(field, &types::interpretation::TEXT_ALTERNATIVE)
}

fn filled(item: &Item, field: &Field) -> bool {
    let there = |key: &str| {
        let node = item.doc().front.as_ref().and_then(|f| f.get(key));
        node.is_some_and(|n| match &n.kind {
            Kind::Null => false,
            Kind::Text(t) => !t.trim().is_empty(),
            Kind::List(l) => !l.is_empty(),
            Kind::Map(m) => !m.is_empty(),
        })
    };
    if field.key == item.kind.issuer.key {
        // The owner of a folder answers for what names none; a reprint names its source.
        return !item.issuers.is_empty() || item.source.is_some();
    }
    match field.key {
        "published_at" => item.published.is_some(),
        "policies" => item.interpretation().is_some_and(|i| !i.policies.is_empty() || !i.external.is_empty()) || there(field.key),
        "sections" => there(field.key) || item.editions.iter().any(|e| crate::derive::coverage(item, e).iter().any(|c| c.anchor.is_some())),
        // That it is closed is no merit by which data that say nothing would be outdone.
        "access_rights" => item.dataset().is_some_and(|d| d.open()) && there(field.key),
        _ => field.spellings().any(there),
    }
}
