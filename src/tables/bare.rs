//! What a mask hides, sought in all else that is published with it: in other columns and tables of the dataset, in lines above and
//! below them, in its YAML, in documents beside it, and in other resources of the same bytes.

use super::{Read, Tables, allowed};
use crate::diag::Span;
use crate::load::table::layout::made_up;
use crate::load::table::personal::Mask;
use crate::load::table::{self, Spot, Table};
use crate::model::{Item, Portal, Resource};
use crate::personal::Sure;
use crate::personal::together::is_han_name;
use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

/// A place in which something stands that a mask hides elsewhere.
#[derive(Debug, Clone)]
pub struct Bare {
    /// Its file, where that can be left out alone.
    pub file: Option<Arc<str>>,
    /// Place.
    pub span: Span,
    /// The column that is masked.
    pub of: String,
    /// What it is.
    pub what: What,
    /// Whether that is certain.
    pub sure: Sure,
}

/// What a place is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The same column of the same bytes, which is masked elsewhere only: the file in which it is.
    Same(Arc<str>),
    /// A column: its name, and how many cells.
    Column(String, u64),
    /// In texts of a column, among other words: its name, and how many cells.
    Within(String, u64),
    /// In the head, above it, below the rows, in a document.
    At(Spot),
    /// In the text of the item: title, description, dictionary.
    Text,
}

/// Most values that are sought, and those of them that are sought within texts.
const VALUES: usize = 200_000;
const PATTERNS: usize = 20_000;
/// Most bytes of cells that are looked through for values within them, for one dataset.
const WITHIN: usize = 64 << 20;

/// Values of one masked column.
#[derive(Debug, Default)]
struct Hidden {
    /// Each, with the column it is of.
    of: FxHashMap<String, u32>,
    columns: Vec<String>,
    within: Option<AhoCorasick>,
    patterns: Vec<String>,
}

/// A name of a person as a mask of names has it: no word for “all of them”.
fn is_name(v: &str) -> bool {
    static NONE: &[&str] = &["合计", "总计", "小计", "不详", "匿名", "未知", "佚名", "暂无", "空缺", "保密", "其他", "其它", "无名氏", "个人", "企业", "单位"];
    let n = v.chars().count();
    let (han, letters) = v.chars().fold((0, 0), |(h, l), c| (h + usize::from(('\u{3400}'..='\u{9FFF}').contains(&c)), l + usize::from(c.is_alphabetic())));
    match han {
        0 => v.split_whitespace().count() > 1 && letters >= 6,
        _ => (2..=20).contains(&n) && han * 2 > n && !NONE.contains(&v),
    }
}

/// Whether a value tells of whom it is by itself: what is short, common or changed by nothing is not sought.
fn telling(mask: Mask, v: &str) -> bool {
    let digits = v.bytes().filter(u8::is_ascii_digit).count();
    if v.len() > 200 || mask.apply(v) == v {
        return false;
    }
    match mask {
        Mask::Name => is_name(v),
        Mask::Id | Mask::Mobile | Mask::Card => digits >= 7,
        Mask::Plate => v.chars().count() >= 6 && digits >= 3,
        Mask::Address => v.chars().count() >= 6 && (digits > 0 || v.chars().count() >= 12),
        Mask::All => is_han_name(v) || digits >= 7 || digits > 0 && v.chars().count() >= 8,
    }
}

impl Hidden {
    /// Takes the values of the masked columns of a table.
    fn take(&mut self, read: &Read, table: &Table) {
        let masks = table.masks(&read.settings);
        let at: Vec<(usize, Mask, u32)> = masks.iter().enumerate().filter_map(|(c, m)| Some((c, (*m)?, self.column(&table.names[c])))).collect();
        if at.is_empty() {
            return;
        }
        // Of a column that is hidden as a whole a value that many rows have is a word, not a person.
        let mut seen: FxHashMap<(u32, String), u64> = FxHashMap::default();
        let _ = table::bare_at(&read.blob, &read.settings, &read.file, table, &mut |_, row| {
            for (c, mask, of) in &at {
                let v = row.get(*c).copied().unwrap_or("");
                if telling(*mask, v) {
                    *seen.entry((*of, v.to_string())).or_default() += 1;
                }
            }
            if seen.len() > VALUES { Err(std::io::Error::other("enough")) } else { Ok(()) }
        });
        let whole = |of: u32| at.iter().any(|(_, m, o)| *o == of && *m == Mask::All);
        let common = |of: u32, n: u64| whole(of) && table.rows >= 20 && n * 10 > table.rows;
        let mut seen: Vec<((u32, String), u64)> = seen.into_iter().collect();
        seen.sort_unstable();
        for ((of, v), n) in seen {
            if !common(of, n) && self.of.len() < VALUES {
                // Of two columns with the same value it is that of the first, whatever order they came in.
                let slot = self.of.entry(v).or_insert(of);
                *slot = (*slot).min(of);
            }
        }
    }

    fn column(&mut self, name: &str) -> u32 {
        let at = self.columns.iter().position(|c| c == name).unwrap_or_else(|| {
            self.columns.push(name.to_string());
            self.columns.len() - 1
        });
        at as u32
    }

    /// Makes ready to find values within texts.
    fn ready(&mut self) {
        let mut all: Vec<&String> = self.of.keys().filter(|v| v.len() >= 6).collect();
        all.sort_unstable();
        all.truncate(PATTERNS);
        self.patterns = all.into_iter().cloned().collect();
        if !self.patterns.is_empty() {
            self.within = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&self.patterns).ok();
        }
    }

    /// The column of a value.
    fn of(&self, v: &str) -> Option<u32> {
        self.of.get(v).copied()
    }

    /// The first value within a text: where, and of which column. A name of two characters stands alone, digits are not part of others.
    fn within(&self, text: &str) -> Option<(usize, u32)> {
        let find = self.within.as_ref()?;
        find.find_iter(text).find_map(|m| {
            let v = &self.patterns[m.pattern().as_usize()];
            let (before, after) = (text[..m.start()].chars().next_back(), text[m.end()..].chars().next());
            let joins: fn(char) -> bool = match v.chars().next_back() {
                Some(c) if c.is_ascii_alphanumeric() => |c| c.is_ascii_alphanumeric(),
                _ if v.chars().count() < 3 => |c| c.is_alphanumeric(),
                _ => |_| false,
            };
            (!before.is_some_and(joins) && !after.is_some_and(joins)).then(|| Some((m.start(), self.of(v)?))).flatten()
        })
    }
}

/// What was counted of a column: cells with a whole value, rows in which it is that of the row itself, line of the first, masked column;
/// the same of values within.
#[derive(Default, Clone)]
struct Count {
    cells: u64,
    same: u64,
    first: Option<(u64, u32)>,
    inside: u64,
    first_inside: Option<(u64, u32)>,
}

/// Looks through the tables, notes and documents of a file.
fn search(hidden: &Hidden, read: &Read, budget: &mut usize, tell: &mut dyn FnMut(u64, usize, u32, What, Sure)) {
    for t in &read.file.tables {
        let masked = table_masks(t, read);
        let open: Vec<usize> = (0..t.names.len()).filter(|c| !masked[*c]).collect();
        let mut counts = vec![Count::default(); t.names.len()];
        let _ = table::bare_at(&read.blob, &read.settings, &read.file, t, &mut |line, row| {
            for c in &open {
                let v = row.get(*c).copied().unwrap_or("");
                if v.len() < 4 {
                    continue;
                }
                let count = &mut counts[*c];
                if let Some(of) = hidden.of(v) {
                    count.cells += 1;
                    count.same += u64::from(masked.iter().enumerate().any(|(m, yes)| *yes && row.get(m) == Some(&v)));
                    count.first.get_or_insert((line, of));
                } else if *budget > 0 && v.len() > 6 {
                    *budget = budget.saturating_sub(v.len());
                    if let Some((_, of)) = hidden.within(v) {
                        count.inside += 1;
                        count.first_inside.get_or_insert((line, of));
                    }
                }
            }
            Ok(())
        });
        for (c, count) in counts.into_iter().enumerate() {
            let (name, filled) = (&t.names[c], t.columns.get(c).map_or(0, |p| p.rows.saturating_sub(p.nulls)));
            if let Some((line, of)) = count.first {
                // One name among thousands may be that of somebody else.
                let sure = count.same > 0 || count.cells * 20 >= filled || made_up(name);
                tell(line, c + 1, of, What::Column(name.clone(), count.cells), if sure { Sure::Yes } else { Sure::Perhaps });
            }
            if let Some((line, of)) = count.first_inside.filter(|_| count.first.is_none()) {
                tell(line, c + 1, of, What::Within(name.clone(), count.inside), Sure::Perhaps);
            }
        }
        let heads = t.names.iter().zip(&t.units).flat_map(|(n, u)| std::iter::once(n).chain(u)).map(|x| (x, Spot::Head));
        let above = t.preamble.iter().chain(&t.indicator).chain(&t.unit).map(|x| (x, Spot::Above));
        let below = t.notes.iter().map(|x| (x, Spot::Below));
        for (text, spot) in heads.chain(above).chain(below) {
            if let Some((_, of)) = hidden.of(text).map(|of| (0, of)).or_else(|| hidden.within(text)) {
                tell(0, 0, of, What::At(spot), Sure::Perhaps);
            }
        }
    }
    for p in &read.file.pieces {
        if let Some((_, of)) = hidden.within(&p.text) {
            tell(0, 0, of, What::At(p.spot), Sure::Perhaps);
        }
    }
}

/// Which columns of a table are masked where it is published.
fn table_masks(t: &Table, read: &Read) -> Vec<bool> {
    t.masked(&read.settings)
}

/// Whether two files have the same bytes: first by their length, then by a sum that is made once for each.
fn alike(a: &Read, b: &Read, sums: &mut BTreeMap<Arc<str>, Option<[u8; 32]>>) -> bool {
    if a.key == b.key {
        return true;
    }
    let mut sum = |r: &Read| {
        *sums.entry(r.key.clone()).or_insert_with(|| {
            let (mut from, _) = crate::load::open_blob(&r.blob).ok()?;
            let (mut h, mut buf) = (Sha256::new(), vec![0; 1 << 16]);
            loop {
                match from.read(&mut buf).ok()? {
                    0 => return Some(h.finalize().into()),
                    n => h.update(&buf[..n]),
                }
            }
        })
    };
    a.file.bytes == b.file.bytes && a.file.bytes > 0 && sum(a).is_some_and(|s| sum(b) == Some(s))
}

/// All that is read, each with the item and resource it is of.
type Used<'a> = Vec<(&'a Arc<Item>, Option<&'a Resource>, Arc<Read>)>;

/// Looks for what masks hide, by the id of the item in which it stands in clear.
pub(super) fn bare(portal: &Portal, tables: &Tables, as_of: Date) -> BTreeMap<Arc<str>, Vec<Bare>> {
    let mut out: BTreeMap<Arc<str>, Vec<Bare>> = BTreeMap::new();
    let masks = |read: &Read| !read.settings.masks.is_empty();
    if !portal.items.iter().any(|i| tables.all(i).any(|(_, r)| masks(r))) {
        return out;
    }
    let used: Used<'_> = portal.items.iter().flat_map(|i| tables.all(i).map(move |(r, read)| (i, r, read.clone()))).collect();
    let mut sums = BTreeMap::new();
    for item in &portal.items {
        let masked: Vec<Arc<Read>> = tables.all(item).filter(|(_, r)| masks(r)).map(|(_, r)| r.clone()).collect();
        if masked.is_empty() {
            continue;
        }
        let mut hidden = Hidden::default();
        let mut done: FxHashSet<*const Read> = FxHashSet::default();
        for read in &masked {
            if done.insert(Arc::as_ptr(read)) {
                read.file.tables.iter().for_each(|t| hidden.take(read, t));
            }
        }
        hidden.ready();
        let mut budget = WITHIN;
        for (whose, resource, read) in &used {
            let twin = masked.iter().find(|m| !Arc::ptr_eq(m, read) && alike(m, read, &mut sums));
            // Of data that are not open to all no file is published.
            let closed = resource.is_some() && whose.dataset().is_some_and(|d| !d.open());
            // What is not out shows nothing; on its day it is looked at.
            let away = whose.draft || whose.withdrawn.is_some() || whose.published.is_some_and(|m| m.date > as_of);
            if closed || away || whose.id != item.id && twin.is_none() {
                continue;
            }
            let permits = allowed(whose, *resource);
            let permitted = |name: &str| permits.iter().any(|a| a.covers(name) && a.until >= as_of);
            let list = out.entry(whose.id.clone()).or_default();
            let file = resource.map(|_| read.key.clone());
            let mut told: BTreeSet<String> = BTreeSet::new();
            // The same bytes, the same name, and no mask: whatever its values are.
            for t in twin.iter().flat_map(|_| &read.file.tables) {
                let own = table_masks(t, read);
                for (c, name) in t.names.iter().enumerate().filter(|(c, _)| !own[*c]) {
                    let there = twin.iter().flat_map(|m| m.file.tables.iter().map(move |t| (m, t)));
                    let masked = there.into_iter().any(|(m, t)| t.names.iter().zip(table_masks(t, m)).any(|(n, yes)| yes && n == name));
                    if masked && !permitted(name) && told.insert(name.clone()) {
                        let shown = twin.map_or_else(|| read.shown.clone(), |m| m.shown.clone());
                        list.push(Bare { file: file.clone(), span: read.span(1, c + 1), of: name.clone(), what: What::Same(shown), sure: Sure::Yes });
                    }
                }
            }
            search(&hidden, read, &mut budget, &mut |line, column, of, what, sure| {
                let name = match &what {
                    What::Column(n, _) | What::Within(n, _) => n.clone(),
                    _ => String::new(),
                };
                if !told.contains(&name) && !permitted(&name) {
                    let of = hidden.columns.get(of as usize).cloned().unwrap_or_default();
                    let one = Bare { file: file.clone(), span: read.span(line, column), of, what, sure };
                    if !list.iter().any(|b| b.span == one.span && b.what == one.what) {
                        list.push(one);
                    }
                }
            });
        }
        let source = &item.doc().source;
        let permitted = item.allowed.iter().any(|a| a.field.is_empty() && a.until >= as_of);
        if let Some((at, of)) = hidden.within(&source.text).filter(|_| !permitted) {
            let of = hidden.columns.get(of as usize).cloned().unwrap_or_default();
            let one = Bare { file: None, span: source.span(at, at), of, what: What::Text, sure: Sure::Perhaps };
            out.entry(item.id.clone()).or_default().push(one);
        }
    }
    out
}

/// Files of `static/` that have the same bytes as one with a mask: published as they are.
pub(super) fn copies(portal: &Portal, tables: &Tables) -> BTreeSet<Arc<str>> {
    let masked: Vec<&Arc<Read>> = portal.items.iter().flat_map(|i| tables.all(i)).map(|(_, r)| r).filter(|r| !r.settings.masks.is_empty()).collect();
    let mut sums = BTreeMap::new();
    let same = |read: &&Arc<Read>, sums: &mut _| masked.iter().any(|m| alike(m, read, sums));
    tables.statics.iter().filter(|(_, r)| same(r, &mut sums)).map(|(k, _)| k.clone()).collect()
}
