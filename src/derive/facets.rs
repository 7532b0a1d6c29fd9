//! Facets of the policy library: what can be browsed without script.

use super::Validity;
use crate::model::{Public, Value, vocab};
use crate::schema::words;
use crate::types::{Kind, Shape};
use std::collections::BTreeMap;

/// One facet.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Word in addresses and messages: `department`, `theme`, `type`, `year`, `validity`.
    pub key: &'static str,
    /// Values with at least one policy, in the order to show.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone)]
pub struct FacetValue {
    /// ASCII code in the address.
    pub code: String,
    /// Index into departments or themes; 0 elsewhere.
    pub index: usize,
    /// Depth in a tree of values (0 at the top).
    pub depth: u8,
    /// The policies, newest first.
    pub items: Vec<u32>,
}

pub(super) fn facets(public: &Public, validity: &[Option<Validity>], library: &[u32], by_theme: &[Vec<u32>]) -> Vec<Facet> {
    let mut departments: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let mut types: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    let mut states: BTreeMap<Validity, Vec<u32>> = BTreeMap::new();
    for &i in library {
        let item = &public.items[i as usize];
        item.issuers.iter().for_each(|d| departments.entry(*d).or_default().push(i));
        if let Some(p) = item.policy().and_then(|p| p.doc_type).and_then(|t| vocab::DOC_TYPES.iter().position(|(_, c)| *c == t)) {
            types.entry(p).or_default().push(i);
        }
        if let Some(d) = item.day() {
            years.entry(d.year()).or_default().push(i);
        }
        if let Some(v) = validity[i as usize] {
            states.entry(v).or_default().push(i);
        }
    }
    // Lists that the calendar has emptied, or may fill, answer all the same: each state of validity, and where a withdrawn
    // policy stood.
    if !states.is_empty() {
        for v in [Validity::InForce, Validity::NotYet, Validity::Amended, Validity::Expired, Validity::Repealed] {
            states.entry(v).or_default();
        }
    }
    let mut left: Vec<usize> = Vec::new();
    for item in public.gone.iter().filter(|i| i.policy().is_some() && !library.is_empty()) {
        for d in &item.issuers {
            departments.entry(*d).or_default();
        }
        if let Some(p) = item.policy().and_then(|p| p.doc_type).and_then(|t| vocab::DOC_TYPES.iter().position(|(_, c)| *c == t)) {
            types.entry(p).or_default();
        }
        if let Some(d) = item.day() {
            years.entry(d.year()).or_default();
        }
        for t in &item.themes {
            left.extend([Some(*t), public.themes[*t].parent].into_iter().flatten());
        }
    }
    let policy = |i: &u32| public.items[*i as usize].policy().is_some();
    let themes = by_theme.iter().enumerate().map(|(t, items)| {
        let depth = u8::from(public.themes[t].parent.is_some());
        FacetValue { code: public.themes[t].id.clone(), index: t, depth, items: items.iter().copied().filter(|i| policy(i)).collect() }
    });
    let value = |code: String, index, items| FacetValue { code, index, depth: 0, items };
    let mut out = vec![
        Facet { key: "department", values: departments.into_iter().map(|(d, items)| value(public.departments[d].id.clone(), d, items)).collect() },
        Facet { key: "theme", values: themes.filter(|v| !v.items.is_empty() || left.contains(&v.index)).collect() },
        Facet { key: "type", values: types.into_iter().map(|(t, items)| value(vocab::DOC_TYPES[t].1.to_string(), t, items)).collect() },
        Facet { key: "year", values: years.into_iter().rev().map(|(y, items)| value(y.to_string(), 0, items)).collect() },
        Facet { key: "validity", values: states.into_iter().map(|(v, items)| value(v.code().to_string(), v as usize, items)).collect() },
    ];
    out.retain(|f| f.values.iter().any(|v| !v.items.is_empty()));
    out
}

/// What the items of a type can be listed by: department, and each field with a vocabulary. Only what parts them.
pub(super) fn of_type(public: &Public, kind: Kind, list: &[u32]) -> Vec<Facet> {
    if kind.shape != Shape::Record || kind.page != "record" {
        return Vec::new();
    }
    let value = |code: &str, index, items| FacetValue { code: code.to_string(), index, depth: 0, items };
    let mut departments: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for &i in list {
        public.items[i as usize].issuers.iter().for_each(|d| departments.entry(*d).or_default().push(i));
    }
    let mut out = vec![Facet { key: "department", values: departments.into_iter().map(|(d, items)| value(&public.departments[d].id, d, items)).collect() }];
    for field in kind.record.fields {
        let Some(table) = field.kind.words().filter(|_| field.kind.table().is_none()) else { continue };
        let has = |i: &&u32, code: &str| {
            public.items[**i as usize].record().and_then(|v| v.get(field)).is_some_and(|v| match v {
                Value::Code(c) => *c == code,
                Value::List(all) => all.iter().any(|v| matches!(v, Value::Code(c) if *c == code)),
                _ => false,
            })
        };
        let values = words::codes(table).into_iter().enumerate().map(|(n, code)| value(code, n, list.iter().filter(|i| has(i, code)).copied().collect()));
        out.push(Facet { key: field.key, values: values.filter(|v: &FacetValue| !v.items.is_empty()).collect() });
    }
    out.retain(|f| f.values.len() > 1);
    out
}
