//! Relations seen from both sides, and the validity that follows from them (domain-rules POL-05).

use crate::model::{Public, State};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// 时效性 (D3). The order is the order of the facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    /// 现行有效
    InForce,
    /// 尚未生效
    NotYet,
    /// 已被修改
    Amended,
    /// 失效
    Expired,
    /// 已废止
    Repealed,
}

impl Validity {
    /// Word in addresses and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Validity::InForce => "in-force",
            Validity::NotYet => "not-yet",
            Validity::Amended => "amended",
            Validity::Expired => "expired",
            Validity::Repealed => "repealed",
        }
    }
}

/// The relations of one item; each list without doubles, in a fixed order.
#[derive(Debug, Clone, Default)]
pub struct Relations {
    /// Policies that it amends, and those that amend it.
    pub amends: Vec<u32>,
    /// See `amends`.
    pub amended_by: Vec<u32>,
    /// Policies that it repeals, and those that repeal it.
    pub repeals: Vec<u32>,
    /// See `repeals`.
    pub repealed_by: Vec<u32>,
    /// The law above it, and what was made under it.
    pub based_on: Vec<u32>,
    /// See `based_on`.
    pub basis_of: Vec<u32>,
    /// To be read with it; seen from both sides.
    pub related: Vec<u32>,
    /// Of a policy: its interpretations. Of an interpretation: its policies.
    pub explains: Vec<u32>,
    /// Items that name it in a field of their own kind, whatever the field is.
    pub named_by: Vec<u32>,
    /// The item that took its place, at the end of the chain.
    pub successor: Option<u32>,
    /// All dated versions of the same law, newest first, itself among them; empty without others.
    pub versions: Arc<[u32]>,
}

pub(super) fn relations(public: &Public, by_id: &FxHashMap<Arc<str>, u32>) -> Vec<Relations> {
    let mut out = vec![Relations::default(); public.items.len()];
    for (i, item) in public.items.iter().enumerate() {
        let mut both = |ids: &[Arc<str>], mine: fn(&mut Relations) -> &mut Vec<u32>, theirs: fn(&mut Relations) -> &mut Vec<u32>| {
            for other in ids.iter().filter_map(|id| by_id.get(id).copied()) {
                mine(&mut out[i]).push(other);
                theirs(&mut out[other as usize]).push(i as u32);
            }
        };
        if let Some(p) = item.policy() {
            both(&p.amends, |r| &mut r.amends, |r| &mut r.amended_by);
            both(&p.amended_by, |r| &mut r.amended_by, |r| &mut r.amends);
            both(&p.repeals, |r| &mut r.repeals, |r| &mut r.repealed_by);
            both(&p.repealed_by, |r| &mut r.repealed_by, |r| &mut r.repeals);
            both(&p.based_on, |r| &mut r.based_on, |r| &mut r.basis_of);
            both(&p.related, |r| &mut r.related, |r| &mut r.related);
        }
        if let Some(d) = item.dataset() {
            both(&d.policies, |r| &mut r.related, |r| &mut r.related);
            both(&d.related, |r| &mut r.related, |r| &mut r.related);
        }
        if let Some(p) = item.interpretation() {
            both(&p.policies, |r| &mut r.explains, |r| &mut r.explains);
        }
        if let Some(values) = item.record() {
            for other in values.items().into_iter().filter_map(|(_, id)| by_id.get(id).copied()) {
                out[other as usize].named_by.push(i as u32);
            }
        }
    }
    for r in &mut out {
        for list in [
            &mut r.amends,
            &mut r.amended_by,
            &mut r.repeals,
            &mut r.repealed_by,
            &mut r.based_on,
            &mut r.basis_of,
            &mut r.related,
            &mut r.explains,
            &mut r.named_by,
        ] {
            list.sort_unstable();
            list.dedup();
        }
    }
    versions(public, &mut out);
    successors(public, by_id, &mut out);
    out
}

/// Groups the dated editions of one law. A title alone says nothing: the books of a code, copies, and the notices of every
/// year have one title too. Editions have one title, issuer and file name but for the day in it (`统计法(2009-06-27).md`),
/// no document number, and each a day of formation of its own.
fn versions(public: &Public, out: &mut [Relations]) {
    let mut groups: BTreeMap<(&str, &[usize], &str), Vec<u32>> = BTreeMap::new();
    for (i, item) in public.items.iter().enumerate() {
        let title = item.editions[0].title.as_str();
        if item.policy().is_some_and(|p| p.doc_no.is_none()) && has_editions(title) {
            groups.entry((title, &item.issuers, undated(&item.id).0)).or_default().push(i as u32);
        }
    }
    for mut group in groups.into_values().filter(|g| g.len() > 1) {
        let day = |i: &u32| public.items[*i as usize].formed;
        group.sort_by_key(|i| (std::cmp::Reverse(day(i)), *i));
        let apart = group.iter().all(|i| day(i).is_some()) && group.windows(2).all(|w| day(&w[0]) != day(&w[1]));
        if !apart || !group.iter().any(|i| undated(&public.items[*i as usize].id).1) {
            continue;
        }
        // One list for all of them: a law may have been amended every year.
        let group: Arc<[u32]> = group.into();
        for i in group.iter() {
            out[*i as usize].versions = group.clone();
        }
    }
}

/// The file's name without the day or year at its end (`统计法(2009-06-27)`, `statistics-law-2009`), and whether it has one.
fn undated(id: &str) -> (&str, bool) {
    let name = id.rsplit('/').next().unwrap_or(id);
    let year = |t: &str| t.len() >= 4 && (t.starts_with("19") || t.starts_with("20")) && t.bytes().take(4).all(|b| b.is_ascii_digit());
    if let Some((stem, _)) = name.strip_suffix([')', '）']).and_then(|n| n.rsplit_once(['(', '（'])).filter(|(_, day)| year(day)) {
        return (stem.trim_end(), true);
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let tail = &name[stem.len()..];
    let day = tail.strip_prefix('-').or_else(|| stem.ends_with('_').then_some(tail));
    match day.filter(|d| matches!(d.len(), 4 | 7 | 10) && year(d)) {
        Some(_) => (stem.trim_end_matches('_'), true),
        None => (name, false),
    }
}

/// Laws and rules are amended under one title; of announcements, notices, plans and budgets each is a document of its own.
fn has_editions(title: &str) -> bool {
    let bare = title.trim_end_matches([')', '）']);
    let bare = if bare.len() < title.len() { bare.rsplit_once(['(', '（']).map_or(bare, |(t, _)| t).trim_end() } else { title };
    !title.chars().any(crate::load::chars::is_han)
        || ["法", "法典", "条例", "规定", "办法", "细则", "规则", "规程", "准则", "章程", "制度", "守则"].iter().any(|w| bare.ends_with(w))
}

/// Follows `replaced_by`, and the repealing document where there is just one, to the end.
fn successors(public: &Public, by_id: &FxHashMap<Arc<str>, u32>, out: &mut [Relations]) {
    let next: Vec<Option<u32>> = public
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| match (&item.replaced_by, &out[i].repealed_by[..]) {
            (Some(id), _) => by_id.get(id).copied(),
            (None, [one]) => Some(*one),
            _ => out[i].versions.first().copied().filter(|v| *v != i as u32),
        })
        .collect();
    for (i, relations) in out.iter_mut().enumerate() {
        let mut at = i;
        // A cycle is a finding of its own (POL004); here it only must not hang.
        for _ in 0..next.len().min(64) {
            match next[at] {
                Some(n) if n as usize != i => at = n as usize,
                _ => break,
            }
        }
        relations.successor = (at != i).then_some(at as u32);
    }
}

pub(super) fn validity(public: &Public, relations: &[Relations]) -> Vec<Option<Validity>> {
    let began = |i: &u32| {
        let it = &public.items[*i as usize];
        it.effective.or(it.day()).is_none_or(|d| d <= public.as_of)
    };
    public
        .items
        .iter()
        .zip(relations)
        .enumerate()
        .map(|(i, (item, r))| {
            let policy = item.policy()?;
            let lasting = &public.lasting;
            // An edition takes the place of the one before only where it is in force itself.
            let holds = |v: &u32| {
                let of = &public.items[*v as usize];
                began(v)
                    && of.expires.is_none_or(|d| d >= public.as_of)
                    && !public.lasting.repealed.contains(&of.id)
                    && !relations[*v as usize].repealed_by.iter().any(began)
            };
            let newer = r.versions.iter().take_while(|v| **v != i as u32).any(holds);
            Some(if lasting.repealed.contains(&item.id) || r.repealed_by.iter().any(began) {
                Validity::Repealed
            } else if item.expires.is_some_and(|d| d < public.as_of) {
                Validity::Expired
            } else if item.effective.is_some_and(|d| d > public.as_of) {
                Validity::NotYet
            } else if newer || lasting.amended.contains(&item.id) || r.amended_by.iter().any(began) || State::of(item, public.now) == State::Superseded {
                Validity::Amended
            } else if item.effective.is_some() || item.formed.is_some() || item.published.is_some() || !policy.history.is_empty() {
                Validity::InForce
            } else {
                return None;
            })
        })
        .collect()
}
