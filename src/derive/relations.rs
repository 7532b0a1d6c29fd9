//! Relations seen from both sides, and the validity that follows from them (domain-rules POL-05).

use crate::model::{Public, State, Unsure, dated, edition_of};
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

/// Groups the dated editions of one law.
fn versions(public: &Public, out: &mut [Relations]) {
    let mut groups: BTreeMap<(&str, &[usize], &str), Vec<u32>> = BTreeMap::new();
    for (i, item) in public.items.iter().enumerate() {
        if let Some(key) = edition_of(item) {
            groups.entry(key).or_default().push(i as u32);
        }
    }
    for mut group in groups.into_values().filter(|g| g.len() > 1) {
        let day = |i: &u32| public.items[*i as usize].formed;
        group.sort_by_key(|i| (std::cmp::Reverse(day(i)), *i));
        let apart = group.iter().all(|i| day(i).is_some()) && group.windows(2).all(|w| day(&w[0]) != day(&w[1]));
        if !apart || !group.iter().any(|i| dated(&public.items[*i as usize])) {
            continue;
        }
        // One list for all of them: a law may have been amended every year.
        let group: Arc<[u32]> = group.into();
        for i in group.iter() {
            out[*i as usize].versions = group.clone();
        }
    }
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

/// What is known of a policy on the day.
pub(super) fn validity(public: &Public, relations: &[Relations]) -> (Vec<Option<Validity>>, FxHashMap<u32, Unsure>) {
    let began = |i: &u32| {
        let it = &public.items[*i as usize];
        it.effective.or(it.day()).is_none_or(|d| d <= public.as_of)
    };
    let lasting = &public.lasting;
    // An edition takes the place of the one before where it is in force itself.
    let holds = |v: &u32| {
        let of = &public.items[*v as usize];
        of.expires.is_none_or(|d| d >= public.as_of) && !lasting.repealed.contains(&of.id) && !relations[*v as usize].repealed_by.iter().any(began)
    };
    // By its own text it has begun: which of the two days is right nobody knows.
    let begun_by_text = |item: &crate::model::Item| crate::model::two_days(item).is_some_and(|(said, ..)| said <= public.as_of);
    let mut unsure = FxHashMap::default();
    let mut one = |(i, (item, r)): (usize, (&Arc<crate::model::Item>, &Relations))| {
        let policy = item.policy()?;
        let begun: Vec<&u32> = r.versions.iter().take_while(|v| **v != i as u32).filter(|v| began(v)).collect();
        // No edition comes back into force because the one after it is withdrawn, held back or over: that would be a legal status
        // which nobody wrote.
        let doubt = lasting.unsure.get(&item.id).copied().or_else(|| begun.first().and_then(|v| Some(Unsure::Over(public.items[**v as usize].formed?))));
        Some(if lasting.repealed.contains(&item.id) || r.repealed_by.iter().any(began) {
            Validity::Repealed
        } else if item.expires.is_some_and(|d| d < public.as_of) {
            Validity::Expired
        } else if item.effective.is_some_and(|d| d > public.as_of) && !begun_by_text(item) {
            Validity::NotYet
        } else if begun.iter().any(|v| holds(v))
            || lasting.amended.contains(&item.id)
            || r.amended_by.iter().any(began)
            || State::of(item, public.now) == State::Superseded
        {
            Validity::Amended
        } else if let Some(why) = doubt {
            unsure.insert(i as u32, why);
            return None;
        } else if item.effective.is_some() || item.formed.is_some() || item.published.is_some() || !policy.history.is_empty() {
            Validity::InForce
        } else {
            return None;
        })
    };
    let all = public.items.iter().zip(relations).enumerate().map(&mut one).collect();
    (all, unsure)
}
