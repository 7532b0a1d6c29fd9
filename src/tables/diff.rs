//! What changed between the states of a data file that are kept: columns, rows, cells.
//!
//! Rows are told apart by their key where there is one; else only whole rows can be counted. Values are held as hashes, so
//! memory is bounded: a pass over the old state, one over the new, and one more over the old for the values shown.

use super::{Read, Tables};
use crate::load::git::STATES;
use crate::load::table::{File, Table, profile};
use crate::model::{Item, Resource};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::io;
use std::sync::Arc;

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
/// Most cells of all states of a resource that are compared with the one before.
const ALL: u64 = 100_000_000;
/// Changed cells shown.
const EXAMPLES: usize = 20;

/// What was compared before, for a process that compares again, by the two files as they were read. They are held, so that
/// their places in memory tell them from all others.
#[derive(Debug, Default)]
pub(super) struct DiffMemory(FxHashMap<(usize, usize), Compared>);

/// Two states and what is different in the second.
pub(super) type Compared = (Arc<File>, Arc<File>, Diff);

/// The states of a resource that are kept, oldest first, and the present one: declared versions, else what git has. `None` for
/// one that cannot be read, or must not be.
fn chain<'a>(item: &Item, i: usize, r: &Resource, tables: &'a Tables, as_of: Date) -> Vec<Option<&'a Arc<Read>>> {
    let mut out: Vec<Option<&Arc<Read>>> = if r.versions.is_empty() {
        (0..r.earlier().len().min(STATES)).rev().map(|n| tables.past(item, i, n)).collect()
    } else {
        (0..r.out(as_of).len()).map(|v| tables.version(item, i, v)).collect()
    };
    out.push(tables.get(item, i));
    out
}

/// What is different in each state of a resource from the one before it, in the order of [`chain`].
pub(super) fn diffs(item: &Item, i: usize, r: &Resource, tables: &Tables, memory: &DiffMemory, as_of: Date) -> Vec<Option<Compared>> {
    let mut before: Option<&Arc<Read>> = None;
    let mut out = Vec::new();
    // The same two files, named again and again, are compared once.
    let mut here: FxHashMap<(usize, usize), Diff> = FxHashMap::default();
    let mut left = ALL;
    for read in chain(item, i, r, tables, as_of) {
        let both = before.zip(read).and_then(|(old, new)| Some((old, old.table()?, new, new.table()?)));
        out.push(both.map(|(old, old_table, new, new_table)| {
            let (a, b) = (old.file.clone(), new.file.clone());
            let both = (Arc::as_ptr(&a) as usize, Arc::as_ptr(&b) as usize);
            let diff = match memory.0.get(&both).map(|(.., known)| known).or_else(|| here.get(&both)) {
                Some(known) => known.clone(),
                None => {
                    let mut diff = compare((old, old_table), (new, new_table), r, &mut left);
                    if r.versions.is_empty() {
                        // Nobody has decided that these earlier values are public: a name may have been masked by hand since.
                        diff.examples.iter_mut().for_each(|e| e[2].clear());
                    }
                    here.insert(both, diff.clone());
                    diff
                }
            };
            (a, b, diff)
        }));
        before = read.or(before);
    }
    out
}

impl DiffMemory {
    /// What is remembered of these.
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Compared>) -> DiffMemory {
        DiffMemory(all.map(|x| ((Arc::as_ptr(&x.0) as usize, Arc::as_ptr(&x.1) as usize), x.clone())).collect())
    }
}

/// A state as it was read, and its table.
type Kept<'a> = (&'a Read, &'a Table);

fn compare(old: Kept<'_>, new: Kept<'_>, r: &Resource, left: &mut u64) -> Diff {
    let names = |t: &Table| t.names.clone();
    let (before, after) = (names(old.1), names(new.1));
    // Of columns of one name the first.
    let places = |list: &[String]| -> FxHashMap<String, usize> { list.iter().enumerate().rev().map(|(i, n)| (n.clone(), i)).collect() };
    let (was, is) = (places(&before), places(&after));
    let mut diff = Diff {
        columns_added: after.iter().filter(|n| !was.contains_key(*n)).cloned().collect(),
        columns_removed: before.iter().filter(|n| !is.contains_key(*n)).cloned().collect(),
        ..Diff::default()
    };
    // Columns of both states, with their places.
    let both: Vec<(usize, usize)> = after.iter().enumerate().filter_map(|(k, n)| Some((*was.get(n)?, k))).collect();
    for (b, a) in &both {
        let (x, y) = (old.1.columns[*b].kind, new.1.columns[*a].kind);
        if x.word() != y.word() && !y.agrees(x.word()) {
            diff.retyped.push((after[*a].clone(), x.word(), y.word()));
        }
    }
    let cells = old.1.rows.max(new.1.rows).saturating_mul((both.len() as u64).max(1));
    if cells > CELLS || cells > *left {
        diff.large = true;
        return diff;
    }
    *left -= cells;
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
