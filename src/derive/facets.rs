//! Facets: by what the items of a type can be browsed without script.

use super::Validity;
use super::quality::Quality;
use crate::catalog;
use crate::config::Localized;
use crate::model::{Public, Value, vocab};
use crate::schema::words;
use crate::tables::Read;
use crate::types::{Kind, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One facet.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Word in addresses and messages: `department`, `theme`, `type`, `year`, `validity`, `format` and so on.
    pub key: &'static str,
    /// Values with at least one item, in the order to show.
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
    /// What it is called, where no vocabulary tells: a licence, a format, a place.
    pub label: Localized,
    /// The items, newest first.
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
        FacetValue {
            code: public.themes[t].id.clone(),
            index: t,
            depth,
            label: Localized::default(),
            items: items.iter().copied().filter(|i| policy(i)).collect(),
        }
    });
    let mut out = vec![
        by_count("department", departments.into_iter().map(|(d, items)| value(public.departments[d].id.clone(), d, items)).collect()),
        Facet { key: "theme", values: themes.filter(|v| !v.items.is_empty() || left.contains(&v.index)).collect() },
        by_count("type", types.into_iter().map(|(t, items)| value(vocab::DOC_TYPES[t].1.to_string(), t, items)).collect()),
        Facet { key: "year", values: years.into_iter().rev().map(|(y, items)| value(y.to_string(), 0, items)).collect() },
        Facet { key: "validity", values: states.into_iter().map(|(v, items)| value(v.code().to_string(), v as usize, items)).collect() },
    ];
    out.retain(|f| f.values.iter().any(|v| !v.items.is_empty()));
    out.iter_mut().for_each(|f| say_unsaid(f, library));
    out
}

/// What is met most comes first; equal counts stay in the order of their vocabulary.
fn by_count(key: &'static str, mut values: Vec<FacetValue>) -> Facet {
    values.sort_by_key(|v| std::cmp::Reverse(v.items.len()));
    Facet { key, values }
}

/// Items that have no value of a facet are one value of their own, the last: else the counts do not add up, and nobody finds them.
fn say_unsaid(facet: &mut Facet, list: &[u32]) {
    let told: BTreeSet<u32> = facet.values.iter().flat_map(|v| v.items.iter().copied()).collect();
    let rest: Vec<u32> = list.iter().copied().filter(|i| !told.contains(i)).collect();
    // A department may be called so, and its address is its own.
    if !rest.is_empty() && !facet.values.is_empty() && facet.values.iter().all(|v| v.code != UNSAID) {
        facet.values.push(value(UNSAID.to_string(), 0, rest));
    }
}

fn value(code: String, index: usize, items: Vec<u32>) -> FacetValue {
    FacetValue { code, index, depth: 0, label: Localized::default(), items }
}

/// What is known of the items beside what their authors say.
pub(super) struct Known<'a> {
    /// Items of each theme and the terms below it.
    pub by_theme: &'a [Vec<u32>],
    /// Data files as they were read.
    pub tables: &'a [Vec<Option<Arc<Read>>>],
    /// Quality of datasets.
    pub quality: &'a [Option<Quality>],
}

/// What the items of a type can be listed by. Only what parts them: a facet of one value tells nothing.
pub(super) fn of_type(public: &Public, kind: Kind, list: &[u32], known: &Known<'_>) -> Vec<Facet> {
    let mut out = match kind.shape {
        Shape::Dataset => of_datasets(public, list, known),
        Shape::Interpretation => of_interpretations(public, list, known),
        Shape::Record if kind.page == "record" => of_records(public, kind, list),
        _ => Vec::new(),
    };
    out.iter_mut().for_each(|f| say_unsaid(f, list));
    out.retain(|f| f.values.len() > 1);
    out
}

/// By the departments that answer for the items.
fn departments(public: &Public, list: &[u32]) -> Facet {
    let mut all: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for &i in list {
        public.items[i as usize].issuers.iter().for_each(|d| all.entry(*d).or_default().push(i));
    }
    by_count("department", all.into_iter().map(|(d, items)| value(public.departments[d].id.clone(), d, items)).collect())
}

/// By theme, those of the items of a type only.
fn themes(public: &Public, kind: Shape, by_theme: &[Vec<u32>]) -> Facet {
    let of = |i: &u32| public.items[*i as usize].kind.shape == kind;
    let values = by_theme.iter().enumerate().map(|(t, items)| FacetValue {
        depth: u8::from(public.themes[t].parent.is_some()),
        ..value(public.themes[t].id.clone(), t, items.iter().copied().filter(|i| of(i)).collect())
    });
    Facet { key: "theme", values: values.filter(|v| !v.items.is_empty()).collect() }
}

/// By the codes of a vocabulary, in its order.
fn by_code(key: &'static str, codes: &[&'static str], list: &[u32], has: impl Fn(u32, &str) -> bool) -> Facet {
    let values = codes.iter().enumerate().map(|(n, code)| value(code.to_string(), n, list.iter().copied().filter(|i| has(*i, code)).collect()));
    Facet { key, values: values.filter(|v| !v.items.is_empty()).collect() }
}

/// By the year in which they were published, the newest first.
fn years(public: &Public, list: &[u32]) -> Facet {
    let mut all: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for &i in list {
        if let Some(d) = public.items[i as usize].day() {
            all.entry(d.year()).or_default().push(i);
        }
    }
    Facet { key: "year", values: all.into_iter().rev().map(|(y, items)| value(y.to_string(), 0, items)).collect() }
}

/// Most values of a facet whose values come from no vocabulary. Every value is a link on every list: people write a format
/// in a hundred ways, and a place of its own for each dataset.
const MOST: usize = 60;

/// By texts that no vocabulary orders: what is met most comes first. `of` tells the code and the text of each value of an item.
fn by_text(key: &'static str, list: &[u32], of: impl Fn(u32) -> Vec<(String, Localized)>) -> Facet {
    let mut all: BTreeMap<String, (Localized, Vec<u32>)> = BTreeMap::new();
    for &i in list {
        for (code, label) in of(i) {
            let (_, items) = all.entry(code).or_insert_with(|| (label, Vec::new()));
            if items.last() != Some(&i) {
                items.push(i);
            }
        }
    }
    let mut values: Vec<FacetValue> = all.into_iter().map(|(code, (label, items))| FacetValue { label, ..value(code, 0, items) }).collect();
    // Equal counts stand by their names: the codes of Chinese ones are hashes.
    values.sort_by(|a, b| b.items.len().cmp(&a.items.len()).then_with(|| a.label.get(0).cmp(b.label.get(0))));
    // What is beyond the bound is one value, so that the counts add up and its items are found.
    if values.len() > MOST {
        let rest: BTreeSet<u32> = values.split_off(MOST - 1).iter().flat_map(|v| v.items.iter().copied()).collect();
        values.push(value(REST.to_string(), 0, list.iter().copied().filter(|i| rest.contains(i)).collect()));
    }
    Facet { key, values }
}

/// A text as a part of an address: plain letters, digits, `-` and `.`. Two that differ in what is none of these have a hash behind them.
fn code(text: &str) -> String {
    let low = text.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if !low.is_empty()
        && low.len() <= 60
        && low.starts_with(plain)
        && low.ends_with(plain)
        && low.chars().all(|c| plain(c) || matches!(c, '-' | '.'))
        && !low.contains("..")
    {
        return low;
    }
    let narrow: String = low.chars().map(|c| if plain(c) { c } else { '-' }).take(40).collect();
    let parts: Vec<&str> = narrow.split('-').filter(|p| !p.is_empty()).collect();
    let hash = catalog::digest(&low, 4);
    if parts.is_empty() { hash } else { format!("{}-{hash}", parts.join("-")) }
}

/// The code of the absence of a value: what is not said is what a reader must know.
pub const UNSAID: &str = "unsaid";

/// The code of all values beyond those that are listed. No text has it: codes of texts do not end in `-`.
pub const REST: &str = "rest-";

/// Lowest points of each band of quality.
pub static BANDS: &[(&str, f64)] = &[("80", 80.0), ("60", 60.0), ("40", 40.0), ("0", 0.0)];

fn of_datasets(public: &Public, list: &[u32], known: &Known<'_>) -> Vec<Facet> {
    let data = |i: u32| public.items[i as usize].dataset();
    let plain = |text: &str| Localized(vec![(None, text.to_string())]);
    let formats = |i: u32| -> Vec<(String, Localized)> {
        let record = catalog::Dataset::of(public, &public.items[i as usize], &known.tables[i as usize]);
        let all = record.iter().flat_map(|r| &r.distributions).map(|d| d.format_name().trim());
        all.filter(|f| !f.is_empty()).map(|f| (code(f), plain(f))).collect()
    };
    let licence = |i: u32| -> Vec<(String, Localized)> {
        let Some(d) = data(i) else { return Vec::new() };
        let Some((name, url)) = d.license.as_ref().filter(|(n, _)| !n.trim().is_empty()) else { return Vec::new() };
        // The ten spellings of one licence are one.
        let name = catalog::Licence { name, url: url.as_deref() }.known().map_or_else(|| name.trim().to_string(), |k| k.id);
        vec![(code(&name), plain(&name))]
    };
    let place = |i: u32| -> Vec<(String, Localized)> {
        let Some(d) = data(i) else { return Vec::new() };
        let told = d.place.as_ref().and_then(|p| p.code.as_deref()).filter(|c| !c.trim().is_empty());
        match (told, d.spatial.is_empty()) {
            (None, true) => Vec::new(),
            (Some(c), true) => vec![(code(c), plain(c))],
            (c, false) => vec![(code(c.unwrap_or(d.spatial.get(0))), d.spatial.clone())],
        }
    };
    let band = |i: u32| known.quality[i as usize].as_ref().and_then(|q| BANDS.iter().find(|(_, least)| q.total() >= *least)).map(|b| b.0);
    let bands: Vec<&'static str> = BANDS.iter().map(|b| b.0).collect();
    vec![
        themes(public, Shape::Dataset, known.by_theme),
        departments(public, list),
        by_text("format", list, formats),
        by_text("license", list, licence),
        by_code("frequency", &words::codes(words::FREQUENCIES), list, |i, code| data(i).and_then(|d| d.frequency) == Some(code)),
        by_text("spatial", list, place),
        by_code("access", &words::codes(words::OPEN_LEVELS), list, |i, code| data(i).and_then(|d| d.access) == Some(code)),
        by_code("quality", &bands, list, |i, code| band(i) == Some(code)),
    ]
}

fn of_interpretations(public: &Public, list: &[u32], known: &Known<'_>) -> Vec<Facet> {
    let forms = |i: u32, code: &str| public.items[i as usize].interpretation().is_some_and(|it| it.forms.contains(&code));
    vec![
        themes(public, Shape::Interpretation, known.by_theme),
        departments(public, list),
        by_code("form", &words::codes(words::FORMS), list, forms),
        years(public, list),
    ]
}

/// Department, and each field with a vocabulary.
fn of_records(public: &Public, kind: Kind, list: &[u32]) -> Vec<Facet> {
    let mut out = vec![departments(public, list)];
    for field in kind.record.fields {
        let Some(table) = field.kind.words().filter(|_| field.kind.table().is_none()) else { continue };
        out.push(by_code(field.key, &words::codes(table), list, |i, code| {
            public.items[i as usize].record().and_then(|v| v.get(field)).is_some_and(|v| match v {
                Value::Code(c) => *c == code,
                Value::List(all) => all.iter().any(|v| matches!(v, Value::Code(c) if *c == code)),
                _ => false,
            })
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_addresses_that_differ() {
        assert_eq!((code("CSV"), code("CC-BY-4.0"), code(" GeoJSON ")), ("csv".into(), "cc-by-4.0".into(), "geojson".into()));
        let all = ["ArcGIS Hub Dataset", "arcgis-hub-dataset", "ArcGIS/Hub Dataset", "全国", "全省", "..", "-", "a/../b"];
        let codes: std::collections::BTreeSet<String> = all.iter().map(|t| code(t)).collect();
        assert_eq!(codes.len(), all.len());
        assert!(
            codes
                .iter()
                .all(|c| !c.contains("..") && !c.is_empty() && c.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.'))
        );
        // Case is no difference.
        assert_eq!(code("Open Data"), code("open data"));
    }
}
