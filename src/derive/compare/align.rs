//! Which unit of the old text became which of the new one: by text, by number and likeness, then by place.

use super::units::{Kind, Unit};
use rustc_hash::FxHashMap;

/// Alike enough wherever it stands.
const ALIKE: f32 = 0.45;

/// Alike enough for units of one number.
const NUMBERED: f32 = 0.35;

/// Alike enough between neighbours that belong together.
const BETWEEN: f32 = 0.2;

/// Share of an article that is found in another for it to live on there, and its least length in pairs of characters.
const INSIDE: f32 = 0.85;
const SENTENCE: usize = 20;

/// Pairs of characters that stand in more units than this tell nothing.
const COMMON: usize = 24;

/// Units that are looked at closely for each, the most promising first.
const CLOSE: usize = 12;

/// For each unit of the new text the unit of the old one that it was.
pub fn align(old: &[Unit], new: &[Unit]) -> Vec<Option<usize>> {
    let mut was: Vec<Option<usize>> = vec![None; new.len()];
    for heading in [false, true] {
        let of = |list: &[Unit]| (0..list.len()).filter(|i| (list[*i].kind == Kind::Heading) == heading).collect::<Vec<usize>>();
        group(old, new, &of(old), &of(new), &mut was);
    }
    was
}

fn group(old: &[Unit], new: &[Unit], olds: &[usize], news: &[usize], was: &mut [Option<usize>]) {
    let mut taken = vec![false; old.len()];
    let mut take = |n: usize, o: usize, was: &mut [Option<usize>]| {
        let free = was[n].is_none() && !taken[o];
        if free {
            (was[n], taken[o]) = (Some(o), true);
        }
        free
    };
    // The same text; of several alike the first with the first.
    let mut by_text: FxHashMap<String, std::collections::VecDeque<usize>> = FxHashMap::default();
    for o in olds {
        by_text.entry(squeezed(&old[*o].text)).or_default().push_back(*o);
    }
    for n in news {
        if let Some(o) = by_text.get_mut(&squeezed(&new[*n].text)).and_then(std::collections::VecDeque::pop_front) {
            take(*n, o, was);
        }
    }
    let mut close = candidates(old, new, olds, news);
    let place = |n: usize, o: usize| (n as f32 / new.len() as f32 - o as f32 / old.len() as f32).abs();
    close.sort_by(|a, b| b.score.total_cmp(&a.score).then(place(a.new, a.old).total_cmp(&place(b.new, b.old))).then((a.new, a.old).cmp(&(b.new, b.old))));
    for c in &close {
        let enough = if c.numbered { NUMBERED } else { ALIKE };
        if c.likeness >= enough {
            take(c.new, c.old, was);
        }
    }
    // Of what is left: between the same neighbours, in the order of likeness.
    let mut around: Vec<(usize, usize)> = vec![(0, usize::MAX); new.len()];
    let mut last = 0;
    for n in news {
        around[*n].0 = last;
        last = was[*n].map_or(last, |o| o + 1);
    }
    let mut next = usize::MAX;
    for n in news.iter().rev() {
        around[*n].1 = next;
        next = was[*n].unwrap_or(next);
    }
    for c in &close {
        let (from, to) = around[c.new];
        if c.likeness >= BETWEEN && (from..to).contains(&c.old) {
            take(c.new, c.old, was);
        }
    }
    // One unit each between them, with one number.
    for n in news {
        let (from, to) = around[*n];
        let here = olds.iter().find(|o| **o >= from && **o < to && old[**o].number.is_some() && old[**o].number == new[*n].number && old[**o].text.is_empty());
        if let Some(o) = here {
            take(*n, *o, was);
        }
    }
}

struct Candidate {
    new: usize,
    old: usize,
    /// Share of pairs of characters that both have, 0 to 1.
    likeness: f32,
    /// The same, with what the number adds.
    score: f32,
    /// Both have one number.
    numbered: bool,
}

/// Pairs of units that may be the same.
fn candidates(old: &[Unit], new: &[Unit], olds: &[usize], news: &[usize]) -> Vec<Candidate> {
    let grams: Vec<Vec<u64>> = olds.iter().map(|o| pairs(&old[*o].text)).collect();
    let mut stands: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (i, list) in grams.iter().enumerate() {
        for g in distinct(list) {
            let l = stands.entry(g).or_default();
            if l.len() <= COMMON {
                l.push(i as u32);
            }
        }
    }
    let mut by_number: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for (i, o) in olds.iter().enumerate() {
        if let Some(n) = old[*o].number {
            by_number.entry(n).or_insert(i as u32);
        }
    }
    let mut out = Vec::new();
    let mut shared: Vec<u32> = vec![0; olds.len()];
    for n in news {
        let mine = pairs(&new[*n].text);
        let mut seen: Vec<u32> = Vec::new();
        for g in distinct(&mine) {
            for i in stands.get(&g).filter(|l| l.len() <= COMMON).into_iter().flatten() {
                if shared[*i as usize] == 0 {
                    seen.push(*i);
                }
                shared[*i as usize] += 1;
            }
        }
        seen.sort_by_key(|i| (std::cmp::Reverse(shared[*i as usize]), *i));
        seen.iter().for_each(|i| shared[*i as usize] = 0);
        seen.truncate(CLOSE);
        let same = new[*n].number.and_then(|k| by_number.get(&k).copied());
        seen.extend(same.filter(|i| !seen.contains(i)));
        for i in seen {
            let likeness = likeness(&mine, &grams[i as usize]);
            let numbered = same == Some(i);
            if likeness >= BETWEEN {
                out.push(Candidate { new: *n, old: olds[i as usize], likeness, score: likeness + if numbered { 0.08 } else { 0.0 }, numbered });
            }
        }
    }
    out
}

/// The text without blanks; a sign in full width is the same as in half width.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// The half-width form of a sign that has one.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The pairs of neighbouring characters, sorted.
fn pairs(text: &str) -> Vec<u64> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let mut out: Vec<u64> = chars.windows(2).map(|w| u64::from(w[0] as u32) << 32 | u64::from(w[1] as u32)).collect();
    if let [one] = chars[..] {
        out.push(u64::from(one as u32));
    }
    out.sort_unstable();
    out
}

fn distinct(list: &[u64]) -> impl Iterator<Item = u64> {
    list.chunk_by(|a, b| a == b).map(|c| c[0])
}

/// Twice what both have, to what they have together; more where the one is inside the other.
fn likeness(a: &[u64], b: &[u64]) -> f32 {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    let less = a.len().min(b.len());
    if less == 0 {
        return 0.0;
    }
    let dice = 2.0 * n as f32 / (a.len() + b.len()) as f32;
    // A short article that lives on inside a longer one.
    let inside = if less >= SENTENCE { n as f32 / less as f32 } else { 0.0 };
    if inside >= INSIDE { dice.max(ALIKE) } else { dice }
}

/// Which units of the new text stand in another order than they did: all but the heaviest run of units whose order is kept.
/// A unit that keeps its number weighs more than one that does not.
pub fn moved(old: &[Unit], new: &[Unit], was: &[Option<usize>]) -> Vec<bool> {
    let kept: Vec<(usize, usize)> = was.iter().enumerate().filter(|(n, _)| new[*n].kind != Kind::Heading).filter_map(|(n, o)| Some((n, (*o)?))).collect();
    // Best sum of weights of a run that ends at or before a place of the old text, and its last member: a Fenwick tree of maxima.
    let mut best: Vec<(u64, usize)> = vec![(0, usize::MAX); old.len() + 1];
    let mut before: Vec<usize> = vec![usize::MAX; kept.len()];
    let mut top = (0, usize::MAX);
    for (k, (n, o)) in kept.iter().enumerate() {
        let mut run = (0, usize::MAX);
        let mut i = *o;
        while i > 0 {
            if best[i].0 > run.0 {
                run = best[i];
            }
            i &= i - 1;
        }
        before[k] = run.1;
        let weight = if new[*n].number.is_some() && new[*n].number == old[*o].number { 11 } else { 10 };
        let mine = (run.0 + weight, k);
        if mine.0 > top.0 {
            top = mine;
        }
        let mut i = o + 1;
        while i < best.len() {
            if mine.0 > best[i].0 {
                best[i] = mine;
            }
            i += i & i.wrapping_neg();
        }
    }
    let mut out = vec![false; new.len()];
    kept.iter().for_each(|(n, _)| out[*n] = true);
    let mut at = top.1;
    while at != usize::MAX {
        out[kept[at].0] = false;
        at = before[at];
    }
    out
}
