//! Amendment, repeal and replacement that lead back to where they began: no validity follows from them (domain-rules POL-05).

use super::{Detail, Item};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The items that stand in a circle, by id, with the number of their circle.
pub fn circles(items: &[Arc<Item>]) -> FxHashMap<Arc<str>, usize> {
    rings(edges(items))
}

/// Datasets that are, through others, series of themselves, by id, with the number of their circle.
pub fn series(items: &[Arc<Item>]) -> FxHashMap<Arc<str>, usize> {
    rings(items.iter().flat_map(|i| i.dataset().into_iter().flat_map(|d| d.series.iter().map(|s| (&i.id, s)))).collect())
}

fn rings(edges: Vec<(&Arc<str>, &Arc<str>)>) -> FxHashMap<Arc<str>, usize> {
    let (mut place, mut ids): (FxHashMap<&Arc<str>, usize>, Vec<&Arc<str>>) = Default::default();
    let mut of = |id| {
        *place.entry(id).or_insert_with(|| {
            ids.push(id);
            ids.len() - 1
        })
    };
    let pairs: Vec<(usize, usize)> = edges.into_iter().map(|(a, b)| (of(a), of(b))).collect();
    let mut next = vec![Vec::new(); ids.len()];
    let mut before = vec![Vec::new(); ids.len()];
    for (a, b) in &pairs {
        next[*a].push(*b);
        before[*b].push(*a);
    }
    // Two walks (Kosaraju): along the relations for the order in which they end, and against them from the last.
    let mut seen = vec![false; ids.len()];
    let mut ended = Vec::new();
    for start in 0..ids.len() {
        walk(start, &next, &mut seen, &mut ended);
    }
    seen.fill(false);
    let mut out = FxHashMap::default();
    for (n, start) in ended.into_iter().rev().enumerate() {
        let mut part = Vec::new();
        walk(start, &before, &mut seen, &mut part);
        if part.len() > 1 || part.iter().any(|i| next[*i].contains(i)) {
            out.extend(part.into_iter().map(|i| (ids[i].clone(), n)));
        }
    }
    out
}

/// From the older to the newer.
fn edges(items: &[Arc<Item>]) -> Vec<(&Arc<str>, &Arc<str>)> {
    let mut out = Vec::new();
    for item in items {
        out.extend(item.replaced_by.as_ref().map(|to| (&item.id, to)));
        if let Some(p) = item.policy() {
            out.extend(p.repeals.iter().chain(&p.amends).map(|old| (old, &item.id)));
            out.extend(p.repealed_by.iter().chain(&p.amended_by).map(|new| (&item.id, new)));
        }
    }
    out
}

/// Goes as far as it can, and writes down each place when all behind it are done.
fn walk(start: usize, next: &[Vec<usize>], seen: &mut [bool], ended: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[start], true) {
        return;
    }
    let mut path = vec![(start, 0)];
    while let Some((at, tried)) = path.last_mut() {
        match next[*at].get(*tried) {
            Some(to) => {
                *tried += 1;
                if !std::mem::replace(&mut seen[*to], true) {
                    path.push((*to, 0));
                }
            }
            None => {
                ended.push(*at);
                path.pop();
            }
        }
    }
}

/// Takes the relations within a circle from its items.
pub(super) fn opened(items: &mut [Arc<Item>]) {
    let circles = circles(items);
    if circles.is_empty() {
        return;
    }
    for item in items {
        let Some(mine) = circles.get(&item.id) else { continue };
        let apart = |id: &Arc<str>| circles.get(id) != Some(mine);
        let mut own = Item::clone(item);
        own.replaced_by = own.replaced_by.filter(apart);
        if let Detail::Policy(p) = &mut own.detail {
            for list in [&mut p.repeals, &mut p.amends, &mut p.repealed_by, &mut p.amended_by] {
                list.retain(apart);
            }
        }
        *item = own.into();
    }
}
