//! What the build computes: relations in both directions, validity, lists and facets, changes.
//!
//! Every index is one into [`Public::items`].

pub mod activity;
mod ahead;
pub mod compare;
pub mod counted;
pub mod disclosure;
pub mod facets;
pub mod feedback;
pub mod figures;
pub mod quality;
mod relations;
pub mod versions;

pub use ahead::{Ahead, ahead};
pub use facets::{Facet, FacetValue};
pub use relations::{Relations, Validity};

use crate::model::{Public, vocab};
use crate::tables::{Read, Tables};
use crate::types;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// One line of the list of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub on: Date,
    /// Which item.
    pub item: u32,
    /// The note; `None` where the item was published on that day, or its result.
    pub note: Option<String>,
    /// The result of a consultation was published.
    pub result: bool,
    /// The data of a dataset were made new.
    pub data: bool,
}

/// A standard section of an interpretation and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Index into [`vocab::SECTIONS`].
    pub section: usize,
    /// Anchor on the page; `None` if the text does not have it.
    pub anchor: Option<String>,
}

/// Everything computed from the public items.
#[derive(Debug, Default)]
pub struct Derived {
    /// Place of an item by id.
    pub by_id: FxHashMap<Arc<str>, u32>,
    /// Relations of each item.
    pub relations: Vec<Relations>,
    /// Earlier versions that each policy is compared with, and later ones that are compared with it.
    pub compared: Vec<(Vec<u32>, Vec<u32>)>,
    /// 时效性 of each item; `None` for other types, and where no date says anything.
    pub validity: Vec<Option<Validity>>,
    /// Why it is not said of some of them: nothing is inferred from what is withdrawn, held back or over.
    pub unsure: FxHashMap<u32, crate::model::Unsure>,
    /// Items of each type by its place, newest first.
    pub lists: Vec<Vec<u32>>,
    /// All items but plain pages, newest first.
    pub newest: Vec<u32>,
    /// Every way to name a theme.
    pub theme_index: FxHashMap<String, usize>,
    /// Place of each item in the list of its type.
    pub place: Vec<u32>,
    /// Items of each column with those of the columns below it, newest first.
    pub by_column: Vec<Vec<u32>>,
    /// Items of each department, newest first.
    pub by_department: Vec<Vec<u32>>,
    /// Departments directly below each, and those that were merged into it.
    pub departments_of: Vec<[Vec<u32>; 2]>,
    /// Items of each theme and the terms below it, newest first.
    pub by_theme: Vec<Vec<u32>>,
    /// Facets of the policy library that have values.
    pub facets: Vec<Facet>,
    /// What the items of each type can be listed by, by the place of the type.
    pub parted: Vec<Vec<Facet>>,
    /// Latest changes, newest first.
    pub events: Vec<Event>,
    /// Data files of each item by resource; empty for what is no dataset, or not open to all.
    pub tables: Vec<Vec<Option<Arc<Read>>>>,
    /// What was read of the attachments of each item, in their order; nothing of what is not published.
    pub files: Vec<Vec<Option<Arc<Read>>>>,
    /// Of each attachment the item that has it first, and its place there.
    pub first: FxHashMap<Arc<str>, (u32, u32)>,
    /// Quality of each dataset; `None` for other items.
    pub quality: Vec<Option<quality::Quality>>,
    /// States of the data files of each item, by resource, newest first.
    pub history: Vec<Vec<Vec<versions::State>>>,
    /// Charts of each item.
    pub plots: Vec<Vec<crate::tables::Plot>>,
    /// What follows from the files of disclosure.
    pub disclosed: disclosure::Disclosed,
    /// What follows from letters.
    pub letters: feedback::Letters,
    /// The letters behind each of their figures.
    pub figures: figures::Figures,
    /// The series that datasets are in, without those that lead back to the dataset itself.
    pub series: FxHashMap<u32, Vec<u32>>,
    /// Datasets that are series.
    pub series_of: rustc_hash::FxHashSet<u32>,
}

/// Sections that are told even where they are missing: up to 惠民利民举措.
const TOLD: usize = 11;

/// Longest list of changes.
const EVENTS: usize = 500;

impl Derived {
    /// Items of a type, newest first.
    pub fn list(&self, kind: types::Kind) -> &[u32] {
        self.lists.get(kind.place()).map_or(&[], Vec::as_slice)
    }

    /// The type whose list a column is, where its items can be parted.
    pub fn parted_type(&self, public: &Public, column: &str) -> Option<types::Kind> {
        public.types.folder(column).filter(|k| !self.parted[k.place()].is_empty())
    }
}

/// Computes it all.
pub fn derive(public: &Public, tables: &Tables) -> Derived {
    let by_id: FxHashMap<Arc<str>, u32> = public.items.iter().enumerate().map(|(i, it)| (it.id.clone(), i as u32)).collect();
    let relations = relations::relations(public, &by_id);
    let mut compared: Vec<(Vec<u32>, Vec<u32>)> = compare::pairs(public, &relations).into_iter().map(|old| (old, Vec::new())).collect();
    for i in 0..compared.len() {
        for o in compared[i].0.clone() {
            compared[o as usize].1.push(i as u32);
        }
    }
    let (validity, unsure) = relations::validity(public, &relations);
    let mut order: Vec<u32> = (0..public.items.len() as u32).collect();
    // Newest first; items without a date last, consultations by the day on which they opened; equal days by id, so that the
    // order is fixed.
    order.sort_by_key(|i| {
        let item = &public.items[*i as usize];
        let day = || item.day().or_else(|| item.consultation().and_then(|c| c.opens));
        (std::cmp::Reverse(item.published.map(|m| (m.date, m.time)).or_else(|| day().map(|d| (d, None)))), *i)
    });
    let mut lists = vec![Vec::new(); public.types.count()];
    let mut place = vec![0; public.items.len()];
    let above = columns_above(public);
    let mut by_column = vec![Vec::new(); public.columns.len()];
    let mut by_department = vec![Vec::new(); public.departments.len()];
    let mut departments_of = vec![[Vec::new(), Vec::new()]; public.departments.len()];
    for (i, d) in public.departments.iter().enumerate() {
        for (which, of) in [d.parent, d.merged_into].into_iter().enumerate() {
            if let Some(list) = of.and_then(|of| departments_of.get_mut(of)) {
                list[which].push(i as u32);
            }
        }
    }
    let mut by_theme = vec![Vec::new(); public.themes.len()];
    let newest: Vec<u32> = order.iter().copied().filter(|i| !public.items[*i as usize].kind.root).collect();
    for i in order {
        let item = &public.items[i as usize];
        let list = &mut lists[item.kind.place()];
        place[i as usize] = list.len() as u32;
        list.push(i);
        if let Some(c) = item.column {
            above[c].iter().for_each(|c| by_column[*c].push(i));
        }
        for d in &item.issuers {
            by_department[*d].push(i);
        }
        let mut terms: Vec<usize> = Vec::new();
        for t in &item.themes {
            let mut at = Some(*t);
            while let Some(t) = at {
                if !terms.contains(&t) {
                    terms.push(t);
                }
                at = public.themes[t].parent;
            }
        }
        for t in terms {
            by_theme[t].push(i);
        }
    }
    let facets = facets::facets(public, &validity, &lists[types::POLICY.place()], &by_theme);
    let events = events(public);
    // What is not open to all is described, and none of its rows is shown.
    let of = |item: &Arc<crate::model::Item>| match item.dataset().filter(|d| d.open()) {
        Some(d) => d.resources.iter().enumerate().map(|(i, r)| tables.get(item, i).filter(|_| !r.held).cloned()).collect(),
        None => Vec::new(),
    };
    let files: Vec<Vec<Option<Arc<Read>>>> = public.items.iter().map(|i| attached(public, tables, i)).collect();
    let mut first = FxHashMap::default();
    for (i, list) in files.iter().enumerate() {
        for (n, read) in list.iter().enumerate() {
            if let Some(r) = read {
                first.entry(r.key.clone()).or_insert((i as u32, n as u32));
            }
        }
    }
    let history = public.items.iter().map(|i| versions::history(i, tables)).collect();
    let seen = |i: &crate::model::Item, p: &crate::tables::Plot| i.dataset().is_some_and(|d| d.resources.get(p.resource).is_some_and(|r| !r.held));
    let plots = public.items.iter().map(|i| tables.plots(i).iter().filter(|p| seen(i, p)).cloned().collect()).collect();
    let tables: Vec<Vec<Option<Arc<Read>>>> = public.items.iter().map(of).collect();
    let quality = quality::all(public, &tables);
    let known = facets::Known { by_theme: &by_theme, tables: &tables, quality: &quality };
    let parted = public.types.iter().map(|k| facets::of_type(public, k, &lists[k.place()], &known)).collect();
    let letters = feedback::letters(public, &by_id);
    let figures = figures::figures(&public.feedback.letters, &letters);
    let series = series(public, &by_id);
    let series_of = series.values().flatten().copied().collect();
    let disclosed = disclosure::disclosed(public, &newest, &lists[crate::types::PAGE.place()]);
    Derived {
        by_id,
        relations,
        compared,
        validity,
        unsure,
        lists,
        newest,
        theme_index: crate::model::theme_index(&public.themes),
        place,
        by_column,
        by_department,
        departments_of,
        by_theme,
        facets,
        parted,
        events,
        tables,
        files,
        first,
        quality,
        history,
        plots,
        disclosed,
        letters,
        figures,
        series,
        series_of,
    }
}

/// The attachments of an item as they were read.
fn attached(public: &Public, tables: &Tables, item: &crate::model::Item) -> Vec<Option<Arc<Read>>> {
    if item.attachments.is_empty() {
        return Vec::new();
    }
    let read: FxHashMap<Arc<str>, Arc<Read>> = tables.all(item).map(|(_, r)| (r.key.clone(), r.clone())).collect();
    item.attachments.iter().map(|a| read.get(&a.file).filter(|_| public.blobs.contains_key(&a.file)).cloned()).collect()
}

fn series(public: &Public, by_id: &FxHashMap<Arc<str>, u32>) -> FxHashMap<u32, Vec<u32>> {
    let circles = crate::model::series(&public.items);
    let apart = |a: &Arc<str>, b: &Arc<str>| circles.get(a).is_none_or(|c| circles.get(b) != Some(c));
    let of = |(i, item): (usize, &Arc<crate::model::Item>)| {
        let list = &item.dataset()?.series;
        let found: Vec<u32> = list.iter().filter(|s| apart(&item.id, s)).filter_map(|s| by_id.get(s).copied()).collect();
        (!found.is_empty()).then_some((i as u32, found))
    };
    public.items.iter().enumerate().filter_map(of).collect()
}

/// Each column with the columns above it.
fn columns_above(public: &Public) -> Vec<Vec<usize>> {
    let contains = |above: &str, path: &str| above == path || path.strip_prefix(above).is_some_and(|r| r.starts_with('/'));
    public.columns.iter().map(|c| (0..public.columns.len()).filter(|a| contains(&public.columns[*a].path, &c.path)).collect()).collect()
}

fn events(public: &Public) -> Vec<Event> {
    let mut out = all_events(public);
    out.truncate(EVENTS);
    out
}

/// All changes, newest first.
pub fn all_events(public: &Public) -> Vec<Event> {
    let mut out = Vec::new();
    for (i, item) in public.items.iter().enumerate() {
        let item_ix = i as u32;
        if let Some(m) = item.published {
            out.push(Event { on: m.date, item: item_ix, note: None, result: false, data: false });
        }
        // What came of a consultation: its day stands in a field of its own.
        if let Some(on) = item.consultation().and_then(|c| c.result(public.as_of)).and_then(|r| r.on) {
            out.push(Event { on, item: item_ix, note: None, result: true, data: false });
        }
        // Told by a note of that day, it is one change.
        if let Some(on) = item.renewed(public.as_of).filter(|on| item.changes.iter().all(|c| c.on != *on)) {
            out.push(Event { on, item: item_ix, note: None, result: false, data: true });
        }
        out.extend(item.changes.iter().filter(|c| c.on <= public.as_of).map(|c| Event {
            on: c.on,
            item: item_ix,
            note: Some(c.note.clone()),
            result: false,
            data: false,
        }));
    }
    out.sort_by(|a, b| b.on.cmp(&a.on).then(a.item.cmp(&b.item)).then(a.note.cmp(&b.note)));
    out
}

/// Which standard sections an interpretation has, in the standard order; the
/// eleven of domain-rules INT-04 are always told, the others where they are there.
pub fn coverage(item: &crate::model::Item, edition: &crate::model::Edition) -> Vec<Covered> {
    let Some(it) = item.interpretation() else { return Vec::new() };
    vocab::SECTIONS
        .iter()
        .enumerate()
        .filter_map(|(s, section)| {
            let anchor = if it.sections.contains_key(&s) {
                Some(format!("sec-{}", section.key))
            } else {
                edition.doc.outline.headings.iter().find(|h| vocab::section_of(&h.text) == Some(s)).map(|h| h.anchor.to_string())
            };
            (anchor.is_some() || s < TOLD).then_some(Covered { section: s, anchor })
        })
        .collect()
}
