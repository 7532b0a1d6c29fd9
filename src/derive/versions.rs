//! What changed between the states of a data file that are kept: columns, rows, cells.
//!
//! Rows are told apart by their key where there is one; else only whole rows can be counted. Values are held as hashes, so
//! memory is bounded: a pass over the old state, one over the new, and one more over the old for the values shown.

use crate::load::table::{Table, profile};
use crate::model::{Committed, Item, Read, Resource, Tables};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::io;
use std::sync::Arc;

/// A state of a data file.
#[derive(Debug, Clone)]
pub struct State {
    /// What it is called.
    pub version: String,
    /// Its day.
    pub day: Option<Date>,
    /// Place in the resource's list of versions; `None` for the present one, and for those that only git keeps.
    pub kept: Option<usize>,
    /// Commit that made it, in short, where git keeps it.
    pub commit: Option<Box<str>>,
    /// What is different from the state before it; `None` for the first.
    pub diff: Option<Diff>,
}

/// What is different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Columns that are new.
    pub columns_added: Vec<String>,
    /// Columns that are gone: programs that read them break.
    pub columns_removed: Vec<String>,
    /// Columns whose type is another: name, before, after.
    pub retyped: Vec<(String, &'static str, &'static str)>,
    /// Columns by which rows are told apart; empty where rows could only be counted.
    pub key: Vec<String>,
    /// Rows that are new.
    pub added: u64,
    /// Rows that are gone.
    pub removed: u64,
    /// Rows of which some cells changed.
    pub changed: u64,
    /// Cells that changed.
    pub cells: u64,
    /// The first of them: key, column, before, after.
    pub examples: Vec<[String; 4]>,
    /// Too large to be compared row by row.
    pub large: bool,
}

impl Diff {
    /// Programs that read the earlier state may break.
    pub fn breaks(&self) -> bool {
        !self.columns_removed.is_empty() || !self.retyped.is_empty()
    }
}

/// Most cells of the older state that are compared.
const CELLS: u64 = 20_000_000;
/// Changed cells shown.
const EXAMPLES: usize = 20;

/// The states of each resource of a dataset, newest first; empty for a resource of which one state is kept.
pub fn history(item: &Item, tables: &Tables) -> Vec<Vec<State>> {
    let resources = item.dataset().filter(|d| d.open()).map_or(&[][..], |d| &d.resources);
    resources.iter().enumerate().map(|(i, r)| states(item, i, r, tables)).collect()
}

fn states(item: &Item, i: usize, r: &Resource, tables: &Tables) -> Vec<State> {
    if r.held {
        return Vec::new();
    }
    if r.versions.is_empty() {
        return committed(item, i, r, tables);
    }
    let mut out: Vec<State> = Vec::new();
    let mut before: Option<&Arc<Read>> = None;
    let kept = r.versions.iter().enumerate().map(|(v, x)| (x.version.clone(), x.issued, Some(v), tables.version(item, i, v)));
    let day = item.dataset().and_then(|d| d.modified).or(item.published.map(|m| m.date));
    let version = item.dataset().and_then(|d| d.version.clone()).or(day.map(|d| d.to_string())).unwrap_or_default();
    for (version, day, kept, read) in kept.chain([(version, day, None, tables.get(item, i))]) {
        let diff = before.zip(read).and_then(|(old, new)| Some(compare((old, old.table()?), (new, new.table()?), r)));
        out.push(State { version, day, kept, commit: None, diff });
        before = read.or(before);
    }
    out.reverse();
    out
}

/// The states that git keeps, newest first, with the present one; empty where there was one only.
fn committed(item: &Item, i: usize, r: &Resource, tables: &Tables) -> Vec<State> {
    let kept: Vec<(&Committed, &Arc<Read>)> = r.earlier().iter().enumerate().filter_map(|(n, c)| Some((c, tables.past(item, i, n)?))).collect();
    let Some(now) = tables.get(item, i).filter(|_| !kept.is_empty()) else { return Vec::new() };
    let present = r.committed.first().filter(|_| r.clean);
    let mut states = vec![(present, now)];
    states.extend(kept.iter().map(|(c, read)| (Some(*c), *read)));
    let diff = |n: usize| {
        let (old, new) = (states.get(n + 1)?.1, states[n].1);
        let mut diff = compare((old, old.table()?), (new, new.table()?), r);
        // Nobody has decided that these earlier values are public: a name may have been masked by hand since.
        diff.examples.iter_mut().for_each(|e| e[2].clear());
        Some(diff)
    };
    let one = |n: usize| {
        let day = states[n].0.map(|c| c.day);
        State { version: day.map_or(String::new(), |d| d.to_string()), day, kept: None, commit: states[n].0.map(|c| c.commit.clone()), diff: diff(n) }
    };
    (0..states.len()).map(one).collect()
}

/// A state as it was read, and its table.
type Kept<'a> = (&'a Read, &'a Table);

fn compare(old: Kept<'_>, new: Kept<'_>, r: &Resource) -> Diff {
    let names = |t: &Table| t.names.clone();
    let (before, after) = (names(old.1), names(new.1));
    let at = |list: &[String], n: &String| list.iter().position(|x| x == n);
    let mut diff = Diff {
        columns_added: after.iter().filter(|n| !before.contains(n)).cloned().collect(),
        columns_removed: before.iter().filter(|n| !after.contains(n)).cloned().collect(),
        ..Diff::default()
    };
    // Columns of both states, with their places.
    let both: Vec<(usize, usize)> = after.iter().enumerate().filter_map(|(k, n)| Some((at(&before, n)?, k))).collect();
    for (b, a) in &both {
        let (x, y) = (old.1.columns[*b].kind, new.1.columns[*a].kind);
        if x.word() != y.word() && !y.agrees(x.word()) {
            diff.retyped.push((after[*a].clone(), x.word(), y.word()));
        }
    }
    if old.1.rows.max(new.1.rows) * (both.len() as u64).max(1) > CELLS {
        diff.large = true;
        return diff;
    }
    let key: Vec<(usize, usize)> = r
        .key_columns(new.1)
        .iter()
        .filter_map(|a| both.iter().find(|(_, x)| x == a))
        .filter(|(b, _)| r.settings.key.len() > 1 || old.1.columns[*b].unique == Some(true))
        .copied()
        .collect();
    if key.is_empty() || key.len() < r.settings.key.len() {
        count(old, new, &both, &mut diff);
    } else {
        diff.key = key.iter().map(|(_, a)| after[*a].clone()).collect();
        // A source that breaks meanwhile is told of where it is read for publishing.
        let _ = by_key(old, new, &both, &key, &mut diff);
    }
    diff
}

/// Whole rows, as often as they come.
fn count(old: Kept<'_>, new: Kept<'_>, both: &[(usize, usize)], diff: &mut Diff) {
    let mut times: FxHashMap<u64, i64> = FxHashMap::default();
    let mut add = |state: Kept<'_>, columns: Vec<usize>, by: i64| {
        let _ = state.0.rows(state.1, &mut |row| {
            let text = columns.iter().map(|c| row[*c]).collect::<Vec<_>>().join("\u{1f}");
            *times.entry(profile::hash(text.as_bytes())).or_insert(0) += by;
            Ok(())
        });
    };
    add(old, both.iter().map(|c| c.0).collect(), -1);
    add(new, both.iter().map(|c| c.1).collect(), 1);
    // A sum does not depend on the order of the table.
    #[expect(clippy::iter_over_hash_type, reason = "a sum")]
    for n in times.values() {
        if *n > 0 {
            diff.added += *n as u64;
        } else {
            diff.removed += n.unsigned_abs();
        }
    }
}

fn by_key(old: Kept<'_>, new: Kept<'_>, both: &[(usize, usize)], key: &[(usize, usize)], diff: &mut Diff) -> io::Result<()> {
    let text = |row: &[&str], columns: &mut dyn Iterator<Item = usize>| columns.map(|c| row[c]).collect::<Vec<_>>().join("\t");
    let small = |v: &str| profile::hash(v.as_bytes()) as u32;
    let mut place: FxHashMap<u64, u32> = FxHashMap::default();
    let mut cells: Vec<u32> = Vec::new();
    old.0.rows(old.1, &mut |row| {
        let k = profile::hash(text(row, &mut key.iter().map(|c| c.0)).as_bytes());
        place.insert(k, (cells.len() / both.len()) as u32);
        cells.extend(both.iter().map(|(b, _)| small(row[*b])));
        Ok(())
    })?;
    let mut shown: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    let mut found = 0u64;
    new.0.rows(new.1, &mut |row| {
        let name = text(row, &mut key.iter().map(|c| c.1));
        let Some(at) = place.get(&profile::hash(name.as_bytes())).copied() else {
            diff.added += 1;
            return Ok(());
        };
        found += 1;
        let was = &cells[at as usize * both.len()..][..both.len()];
        let mut any = false;
        for ((b, a), h) in both.iter().zip(was) {
            if small(row[*a]) != *h {
                any = true;
                diff.cells += 1;
                if diff.examples.len() < EXAMPLES {
                    shown.entry(at).or_default().push((*b, diff.examples.len()));
                    diff.examples.push([name.clone(), new.1.names[*a].clone(), String::new(), row[*a].to_string()]);
                }
            }
        }
        diff.changed += u64::from(any);
        Ok(())
    })?;
    diff.removed = (place.len() as u64).saturating_sub(found);
    let mut n = 0u32;
    old.0.rows(old.1, &mut |row| {
        for (c, e) in shown.get(&n).into_iter().flatten() {
            diff.examples[*e][2] = row[*c].to_string();
        }
        n += 1;
        Ok(())
    })
}
