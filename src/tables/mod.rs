//! The data files of the portal, read: what is in them, and what of it may be public.

mod bare;
mod diff;
pub mod maps;
mod plots;
pub mod when;

pub use bare::{Bare, What};
pub use diff::Diff;
pub use maps::{Outline, Shape};
pub use plots::{JUMP, Left, Plot, Withheld};

use crate::diag::{Diagnostic, Report, Severity, Span, Text, say};
use crate::load::git::{Past, STATES};
use crate::load::table::bytes::Format;
use crate::load::table::{self, Doubt, File, Personal, Settings, Shelf, Table};
use crate::load::{Blob, Seen, seen};
use crate::model::{Allowed, Dataset, Item, Portal, Resource};
use crate::personal::Sure;
use diff::{Compared, DiffMemory, diffs};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// One data file as it was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// What is in it.
    pub file: Arc<File>,
    /// Key of the file.
    pub key: Arc<str>,
    /// Path shown to people, relative to the project.
    pub shown: Arc<str>,
    /// How it is read.
    pub settings: Arc<Settings>,
    /// Its bytes.
    pub blob: Blob,
    /// Its outlines, where it is a map: a resource in GeoJSON.
    pub map: Option<maps::Outline>,
}

impl Read {
    /// The table that is shown: that of the sheet that was asked for, else the longest of those that stand first in
    /// their sheets.
    pub fn table(&self) -> Option<&Table> {
        self.file.tables.iter().rev().filter(|t| !t.second).max_by_key(|t| t.rows)
    }

    /// Gives each row of a table as it may be published.
    pub fn rows(&self, table: &Table, each: &mut dyn FnMut(&[&str]) -> std::io::Result<()>) -> std::io::Result<()> {
        table::rows(&self.blob, &self.settings, &self.file, table, each)
    }

    /// The same, each row with its line in the file.
    pub fn rows_at(&self, table: &Table, each: &mut dyn FnMut(u64, &[&str]) -> std::io::Result<()>) -> std::io::Result<()> {
        table::rows_at(&self.blob, &self.settings, &self.file, table, each)
    }

    /// Personal data that nobody has allowed: certain and perhaps.
    pub fn found<'a>(&'a self, allowed: &'a [&'a Allowed], as_of: Date) -> impl Iterator<Item = &'a Personal> {
        self.file.personal.iter().filter(move |p| !allowed.iter().any(|a| a.covers(&p.name) && a.until >= as_of))
    }

    /// Personal data that nobody has allowed, where that is certain.
    pub fn personal<'a>(&'a self, allowed: &'a [&'a Allowed], as_of: Date) -> impl Iterator<Item = &'a Personal> {
        self.found(allowed, as_of).filter(|p| p.sure == Sure::Yes)
    }

    /// Columns that tell private matters only together.
    pub fn together(&self) -> impl Iterator<Item = &Doubt> {
        self.file.doubts.iter().filter(|d| d.code == "SEC003")
    }

    /// A place in the file.
    pub fn span(&self, line: u64, column: usize) -> Span {
        let mut span = Span::file(&self.shown);
        (span.line, span.col, span.end_col) =
            (line.min(u64::from(u32::MAX)) as u32, column.max(usize::from(line > 0)) as u32, column.max(usize::from(line > 0)) as u32);
        span
    }
}

/// All data files.
#[derive(Debug, Default)]
pub struct Tables {
    /// By item and place of the resource.
    of: BTreeMap<(Arc<str>, usize), Arc<Read>>,
    /// Earlier states, by item, place of the resource and of the version.
    old: BTreeMap<(Arc<str>, usize, usize), Arc<Read>>,
    /// Earlier states that git keeps, by item, place of the resource and among [`Resource::earlier`].
    past: BTreeMap<(Arc<str>, usize, usize), Arc<Read>>,
    /// What is different in each state of a resource of which several are kept, oldest first, the present one last.
    diffs: BTreeMap<(Arc<str>, usize), Vec<Option<Diff>>>,
    /// Other tables that an item brings to the site, as attachments or by links in its text.
    other: BTreeMap<(Arc<str>, usize), Arc<Read>>,
    /// Charts of each item.
    plots: BTreeMap<Arc<str>, Vec<Plot>>,
    /// Files of `static/` that have words in them, by key.
    pub statics: BTreeMap<Arc<str>, Arc<Read>>,
    /// What masks hide and what stands in clear elsewhere, by item.
    bare: BTreeMap<Arc<str>, Vec<Bare>>,
    /// Files of `static/` with the bytes of one that is masked.
    pub copies: BTreeSet<Arc<str>>,
    /// Keys of files whose bytes must not be published: closed or conditional, masked, or with personal data in them.
    pub hidden: BTreeSet<Arc<str>>,
}

impl Tables {
    /// The file of a resource.
    pub fn get(&self, item: &Item, resource: usize) -> Option<&Arc<Read>> {
        self.of.get(&(item.id.clone(), resource))
    }

    /// An earlier state of a resource.
    pub fn version(&self, item: &Item, resource: usize, version: usize) -> Option<&Arc<Read>> {
        self.old.get(&(item.id.clone(), resource, version))
    }

    /// An earlier state of a resource that git keeps. What holds personal data, or is no table, is none.
    pub fn past(&self, item: &Item, resource: usize, state: usize) -> Option<&Arc<Read>> {
        self.past.get(&(item.id.clone(), resource, state))
    }

    /// What is different in a state of a resource from the one before it; states are counted from the oldest.
    pub fn diff(&self, item: &Item, resource: usize, state: usize) -> Option<&Diff> {
        self.diffs.get(&(item.id.clone(), resource))?.get(state)?.as_ref()
    }

    /// The charts of an item.
    pub fn plots(&self, item: &Item) -> &[Plot] {
        self.plots.get(&item.id).map_or(&[], |p| p)
    }

    /// What stands in clear in an item though a mask hides it elsewhere.
    pub fn bare(&self, item: &Item) -> &[Bare] {
        self.bare.get(&item.id).map_or(&[], |b| b)
    }

    /// All that were read for an item, with the resource they belong to (none: it is attached or linked).
    pub fn all<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = (Option<&'a Resource>, &'a Arc<Read>)> {
        let resources = item.dataset().map_or(&[][..], |d| &d.resources);
        let own = (0..resources.len()).filter_map(move |i| Some((resources.get(i), self.get(item, i)?)));
        let old = resources.iter().enumerate().flat_map(move |(i, r)| (0..r.versions.len()).filter_map(move |v| Some((Some(r), self.version(item, i, v)?))));
        let other = (0..).map_while(move |i| Some((None, self.other.get(&(item.id.clone(), i))?)));
        own.chain(old).chain(other)
    }

    /// All that were read for an item, with the states that git keeps, in which nothing is certain to be personal and not allowed.
    pub fn harmless<'a>(&'a self, item: &'a Item, as_of: Date) -> impl Iterator<Item = &'a Arc<Read>> {
        let all = self.all(item).filter(move |(r, read)| read.personal(&allowed(item, *r), as_of).next().is_none());
        let from = (item.id.clone(), 0, 0);
        let past = self.past.range(from..).take_while(move |((id, ..), _)| *id == item.id).map(|(_, read)| read);
        all.map(|(_, read)| read).chain(past.filter(|read| !read.file.personal.iter().any(|p| p.sure == Sure::Yes)))
    }
}

/// The permissions that hold for a file of an item: its own, and those of the item that name a column. A file that the
/// item attaches is part of its text.
pub fn allowed<'a>(item: &'a Item, resource: Option<&'a Resource>) -> Vec<&'a Allowed> {
    let own = resource.map_or(&[][..], |r| &r.allowed).iter();
    own.chain(item.allowed.iter().filter(|a| resource.is_none() || !a.field.is_empty())).collect()
}

/// Files that were read before, for a process that reads again.
#[derive(Debug, Default)]
pub struct TableMemory {
    files: FxHashMap<Way, (Seen, Arc<File>)>,
    diffs: DiffMemory,
}

/// A file, how it is read, and which state of it.
type Way = (Arc<str>, Settings, Option<Past>);

/// Who uses a file: a resource, an earlier state of it, or the item otherwise, which attaches it or links to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Resource(usize),
    Version(usize, usize),
    Past(usize, usize),
    Other(usize),
}

/// Whose file, for what, its key, how it is read; for an earlier state that git keeps, that.
type Job<'a> = (&'a Arc<Item>, Use, &'a Arc<str>, Arc<Settings>, Option<Past>);

/// Reads every data file of the portal once, in parallel. Doubts become findings at the file, its line and column.
/// What is hard to read safely is read by `reader`, the program itself.
pub fn tables(portal: &Portal, root: &Path, as_of: Date, reader: Option<&Path>, mut memory: Option<&mut TableMemory>, report: &mut Report) -> Tables {
    let mut jobs: Vec<Job<'_>> = Vec::new();
    for item in &portal.items {
        let open = item.dataset().is_some_and(Dataset::open);
        for (i, r) in item.dataset().map_or(&[][..], |d| &d.resources).iter().enumerate() {
            let settings = Arc::new(r.settings.clone());
            if let Some(f) = &r.file {
                jobs.push((item, Use::Resource(i), f, settings.clone(), None));
                // States that the author keeps and names come before those that git happens to have.
                let earlier = r.earlier().iter().take(if r.versions.is_empty() && open { STATES } else { 0 }).enumerate();
                jobs.extend(earlier.map(|(n, s)| (item, Use::Past(i, n), f, settings.clone(), Some(s.past.clone()))));
            }
            for (v, version) in r.versions.iter().enumerate() {
                // Only its format may be another one.
                let settings = Settings { format: None, ..(*settings).clone() };
                jobs.push((item, Use::Version(i, v), &version.file, Arc::new(settings), None));
            }
        }
    }
    // Files of datasets are judged there, whoever else names them.
    let judged: BTreeSet<&Arc<str>> = jobs.iter().map(|j| j.2).collect();
    let mut others: Vec<Job<'_>> = Vec::new();
    let plain = plain(portal);
    for item in &portal.items {
        let named = item.files().filter_map(|key| portal.blobs.get_key_value(&*key)).map(|(key, _)| key);
        // Whatever their names say: the bytes tell whether there is text in them.
        let tables: BTreeSet<&Arc<str>> = named.filter(|key| !judged.contains(key)).collect();
        others.extend(tables.into_iter().enumerate().map(|(i, key)| (item, Use::Other(i), key, plain.clone(), None)));
    }
    jobs.extend(others);
    let known = memory.as_deref();
    let shelf = Shelf::default();
    // What is remembered from before is in memory as well.
    known.iter().flat_map(|m| m.files.values()).for_each(|(_, f)| {
        shelf.take(f.kept());
    });
    // A file that is named a thousand times, to be read in one way, is read once.
    let mut first: FxHashMap<(&Arc<str>, &Settings, &Option<Past>), usize> = FxHashMap::default();
    let mut ways: Vec<&Job<'_>> = Vec::new();
    let which: Vec<usize> = jobs
        .iter()
        .map(|job| {
            *first.entry((job.2, &*job.3, &job.4)).or_insert_with(|| {
                ways.push(job);
                ways.len() - 1
            })
        })
        .collect();
    let once: Vec<Option<(Seen, Arc<File>)>> = ways
        .par_iter()
        .map(|(_, _, key, settings, past)| {
            let blob = Blob { past: past.clone(), ..portal.blobs.get(*key)?.clone() };
            let now = if past.is_some() { (0, None) } else { seen(&blob.disk) };
            let old = known.and_then(|m| m.files.get(&((*key).clone(), (**settings).clone(), past.clone())));
            Some(match old {
                Some((then, file)) if *then == now && (now.1.is_some() || past.is_some()) => (now, file.clone()),
                _ => (now, Arc::new(table::read_by(&blob, settings, reader, Some(&shelf)))),
            })
        })
        .collect();
    let read: Vec<Option<(Seen, Arc<File>)>> = which.into_iter().map(|i| once[i].clone()).collect();
    let statics = statics(portal, known, &plain, reader);
    if let Some(memory) = memory.as_deref_mut() {
        let keep =
            jobs.iter().zip(&read).filter_map(|((_, _, key, settings, past), r)| Some((((*key).clone(), (**settings).clone(), past.clone()), r.clone()?)));
        memory.files = keep.collect();
        memory.files.extend(statics.iter().map(|(_, s, r)| ((r.shown.clone(), (*plain).clone(), None), (*s, r.file.clone()))));
    }
    statics.iter().filter_map(|(.., r)| shut(r)).for_each(|d| report.push(d));
    let mut out = Tables { statics: statics.into_iter().map(|(k, _, r)| (k, r)).collect(), ..Tables::default() };
    for ((item, place, key, settings, past), read) in jobs.into_iter().zip(read) {
        let (Some((_, file)), Some(blob)) = (read, portal.blobs.get(key)) else { continue };
        let shown = blob.disk.strip_prefix(root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/").into();
        let blob = Blob { past, ..blob.clone() };
        let map = if file.format == Format::GeoJson && matches!(place, Use::Resource(_)) { maps::small(&blob) } else { None };
        let read = Arc::new(Read { file, key: key.clone(), shown, settings, blob, map });
        let data = item.dataset();
        let closed = data.is_some_and(|d| d.access.is_some_and(|a| a != "open"));
        let named = data.and_then(|d| match place {
            Use::Resource(i) | Use::Version(i, _) | Use::Past(i, _) => d.resources.get(i),
            Use::Other(_) => None,
        });
        let held = read.personal(&allowed(item, named), as_of).next().is_some();
        if let Some(d) = shut(&read) {
            // The item goes without its file as little as the file without its item.
            report.push(Diagnostic { item: Some(item.doc().source.path.clone()), ..d });
            out.hidden.insert(key.clone());
            continue;
        }
        if let Use::Past(i, n) = place {
            // A state whose head calls a masked column otherwise would show it.
            let names = |m: &str| {
                read.file.tables.iter().all(|t| t.masked(&read.settings).contains(&true)) && read.file.tables.iter().any(|t| t.names.iter().any(|n| n == m))
            };
            let open = read.settings.masks.iter().any(|(m, _)| !names(m));
            if !held && !open && read.together().next().is_none() && read.table().is_some() {
                out.past.insert((item.id.clone(), i, n), read);
            }
            continue;
        }
        if (closed && named.is_some()) || !read.settings.masks.is_empty() || held || read.file.refused || read.together().next().is_some() {
            out.hidden.insert(key.clone());
        }
        match place {
            Use::Resource(i) => {
                tell(item, named, &read, report);
                out.of.insert((item.id.clone(), i), read);
            }
            Use::Version(i, v) => drop(out.old.insert((item.id.clone(), i, v), read)),
            Use::Past(..) => {}
            Use::Other(i) => drop(out.other.insert((item.id.clone(), i), read)),
        }
    }
    out.bare = bare::bare(portal, &out, as_of);
    out.copies = bare::copies(portal, &out);
    let shown = out.bare.values().flatten().filter(|b| b.sure == Sure::Yes).filter_map(|b| b.file.clone());
    out.hidden.extend(shown.collect::<Vec<_>>());
    for item in &portal.items {
        if let Some(d) = item.dataset() {
            foreign(item, d, &out, report);
            let plots = charts(portal, item, d, &out, report);
            out.plots.insert(item.id.clone(), plots);
        }
    }
    compared(portal, &mut out, memory, as_of);
    out
}

/// The finding of a file that the system does not let be read.
fn shut(read: &Read) -> Option<Diagnostic> {
    let (why, hint) = read.file.shut.clone()?;
    Some(Diagnostic::new("SRC003", crate::diag::Severity::Error, why).at(crate::diag::Span::file(&read.shown)).hint(hint).blocking())
}

/// How a file is read of which nobody says more: the languages of the site are known.
fn plain(portal: &Portal) -> Arc<Settings> {
    Arc::new(Settings { languages: portal.languages.iter().map(|l| l.tag.clone()).collect(), ..Settings::default() })
}

/// Looks through the files of `static/`.
fn statics(portal: &Portal, known: Option<&TableMemory>, plain: &Arc<Settings>, reader: Option<&Path>) -> Vec<(Arc<str>, Seen, Arc<Read>)> {
    portal
        .statics
        .par_iter()
        .map(|(key, blob)| {
            let (shown, now): (Arc<str>, Seen) = (format!("static/{key}").into(), seen(&blob.disk));
            let old = known.and_then(|m| m.files.get(&(shown.clone(), (**plain).clone(), None))).filter(|(then, _)| *then == now && now.1.is_some());
            let file = old.map_or_else(|| Arc::new(table::read_by(blob, plain, reader, None)), |(_, f)| f.clone());
            let read = Read { file, key: shown.clone(), shown, settings: plain.clone(), blob: (*blob).clone(), map: None };
            ((*key).clone(), now, Arc::new(read))
        })
        .collect()
}

/// Compares the states of every resource of which several are kept; what was compared before is remembered.
fn compared(portal: &Portal, out: &mut Tables, memory: Option<&mut TableMemory>, as_of: Date) {
    let none = DiffMemory::default();
    let known = memory.as_ref().map_or(&none, |m| &m.diffs);
    let open = portal.items.iter().filter_map(|item| Some((item, item.dataset().filter(|d| d.open())?)));
    let several = open.flat_map(|(item, d)| d.resources.iter().enumerate().map(move |(i, r)| (item, i, r)));
    let several: Vec<_> = several.filter(|(_, _, r)| !r.versions.is_empty() || !r.earlier().is_empty()).collect();
    let found: Vec<Vec<Option<Compared>>> = several.par_iter().map(|(item, i, r)| diffs(item, *i, r, out, known, as_of)).collect();
    if let Some(memory) = memory {
        memory.diffs = DiffMemory::of(found.iter().flatten().flatten());
    }
    let only = |list: Vec<Option<Compared>>| list.into_iter().map(|c| c.map(|(.., diff)| diff)).collect();
    out.diffs = several.iter().zip(found).map(|((item, i, _), list)| ((item.id.clone(), *i), only(list))).collect();
}

/// The charts of a dataset. What cannot be drawn is a finding at its declaration.
fn charts(portal: &Portal, item: &Item, data: &Dataset, tables: &Tables, report: &mut Report) -> Vec<Plot> {
    if !data.open() {
        return Vec::new();
    }
    if data.charts.is_empty() {
        return plots::automatic(item, tables).into_iter().collect();
    }
    let mut out = Vec::new();
    let mut spent = plots::Spent::default();
    for (n, chart) in data.charts.iter().enumerate() {
        match plots::declared(portal, item, n, chart, tables, &mut spent) {
            Ok((p, lost)) => {
                if !lost.is_empty() {
                    let (n, few) = (lost.len(), crate::diag::Listed(lost.iter().take(5).collect()));
                    let text =
                        say!("图表“{}”有 {n} 个地区不在边界文件里：{few}", "the chart {}: places that are not in the boundaries ({n}): {few:#}", chart.name);
                    let hint = say!(
                        "它们只在图下的表里；改正名称或代码，或用 join: 指明属性名",
                        "they stand in the table below it only; correct names or codes, or name the property by join:"
                    );
                    report
                        .push(Diagnostic::new("TAB019", Severity::Warn, text).at(item.doc().source.span(chart.at.0 as usize, chart.at.1 as usize)).hint(hint));
                }
                for (text, hint) in p.left.iter().map(|l| left(&chart.name, l)) {
                    let at = item.doc().source.span(chart.at.0 as usize, chart.at.1 as usize);
                    report.push(Diagnostic::new("TAB019", Severity::Warn, text).at(at).hint(hint));
                }
                out.push(p);
            }
            Err(e) => {
                let at = item.doc().source.span(chart.at.0 as usize, chart.at.1 as usize);
                report.push(Diagnostic::new("TAB019", Severity::Error, e.why).at(at).hint(e.hint));
            }
        }
    }
    out
}

/// What a chart leaves out or does otherwise, as its author is told.
fn left(name: &str, left: &Left) -> (Text, Text) {
    let few = |list: &[String]| crate::diag::Listed(list.iter().take(5).map(|s| s.chars().take(40).collect::<String>()).collect());
    match left {
        Left::Nameless(n) => (
            say!("图表“{name}”有 {n} 行没有名称，没有画", "the chart {name}: rows without a name, which are not drawn: {n}"),
            say!("补上 x: 和 series: 那一列的空格子，或删去这一行", "fill the empty cell in the column of x: or series:, or take the row out"),
        ),
        Left::Totals(list) => (
            say!(
                "图表“{name}”没有画合计（{}）：和它的各部分画在一起会重复",
                "the chart {name} leaves totals out ({:#}): beside their parts they would be counted twice",
                few(list)
            ),
            say!("不用合计就在 y: 或表里去掉；一定要画，把它写进 only:", "leave it out of y: or of the table; if it must be shown, name it in only:"),
        ),
        Left::Elsewhere(list) => (
            say!(
                "图表“{name}”有 {} 行不是省级地区，没有格子：{}",
                "the chart {name}: rows that are no province and have no tile ({}): {:#}",
                list.len(),
                few(list)
            ),
            say!("格子地图只有省级地区；市县的数用柱形图画", "the tile map has provinces only; draw those of cities and counties as bars"),
        ),
        Left::Summed(l) => (
            say!(
                "图表“{name}”横轴有从年初累计的值（“{l}”），画作柱形，不连成线",
                "the chart {name}: some of its axis is summed up from the beginning of the year (\u{201c}{l}\u{201d}): drawn as bars, no line joins them"
            ),
            say!("要看走势，用各季度、各月当期的数", "for a course over time, give the values of single quarters or months"),
        ),
    }
}

/// Makes findings of what was doubtful.
fn tell(item: &Item, resource: Option<&Resource>, read: &Read, report: &mut Report) {
    for d in read.file.doubts.iter().filter(|d| d.code.starts_with("TAB")) {
        let mut x = Diagnostic::new(d.code, d.severity, d.message.clone()).hint(d.hint.clone());
        x.item = Some(item.doc().source.path.clone());
        // What Git left is no data: neither a pointer nor two versions of the same rows.
        // Text that is garbled as a whole, and a page that says that something was not found, are no data either.
        x.blocks = d.code == "TAB029" || (d.severity >= Severity::Error && matches!(d.code, "TAB002" | "TAB041"));
        // A fault of what is declared stands where it is declared.
        let declared = (d.code == "TAB007" && d.line == 0 && d.message.en.starts_with("`headerRows`")).then(|| declared(item, resource?, "headerRows"));
        report.push(x.at(declared.flatten().unwrap_or_else(|| read.span(d.line, d.column))));
    }
}

/// Where a word stands in what an item declares of a resource.
pub fn declared(item: &Item, resource: &Resource, word: &str) -> Option<Span> {
    let (from, to) = resource.at;
    let source = &item.doc().source;
    let text = source.text.get(from as usize..to as usize)?;
    // Whole words: a short name may be part of another.
    let whole = |i: usize| {
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part(text[..i].chars().next_back()) && !part(text[i + word.len()..].chars().next())
    };
    let at = text.match_indices(word).map(|(i, _)| i).find(|i| whole(*i))? + from as usize;
    Some(source.span(at, at + word.len()))
}

/// Most values of a key that are held in memory to be looked up.
const KEYS: usize = 4_000_000;

/// Values of a foreign key must stand in the table that it names.
fn foreign(item: &Item, data: &Dataset, tables: &Tables, report: &mut Report) {
    for (i, r) in data.resources.iter().enumerate() {
        for (here, name, there) in &r.foreign {
            let at = item.doc().source.span(r.at.0 as usize, r.at.1 as usize);
            let other = if name.is_empty() { Some(i) } else { data.resources.iter().position(|x| x.name == *name) };
            let places = |i: usize, names: &[String]| -> Option<(Arc<Read>, Vec<usize>)> {
                let read = tables.get(item, i)?;
                let table = read.table()?;
                let at: Option<Vec<usize>> = names.iter().map(|n| table.names.iter().position(|t| t == n)).collect();
                Some((read.clone(), at?))
            };
            let (Some(from), Some(to)) = (places(i, here), other.and_then(|o| places(o, there))) else {
                report.push(
                    Diagnostic::new(
                        "TAB018",
                        Severity::Error,
                        say!("外键 {} 指的资源或列不存在", "the foreign key {} names a resource or column that is not there", here.join(", ")),
                    )
                    .at(at)
                    .hint(say!(
                        "`reference.resource` 写本数据集另一资源的 name，`fields` 写两边表头里的列名",
                        "`reference.resource` is the name of a resource of this dataset, `fields` are names in the heads of both"
                    )),
                );
                continue;
            };
            let hash = |row: &[&str], at: &[usize]| {
                let key: Vec<&str> = at.iter().map(|c| row.get(*c).copied().unwrap_or("")).collect();
                (key.iter().any(|k| !k.is_empty())).then(|| table::profile::hash(key.join("\u{1f}").as_bytes()))
            };
            let mut keys: FxHashSet<u64> = FxHashSet::default();
            let Some(target) = to.0.table() else { continue };
            let filled = to.0.rows(target, &mut |row| {
                keys.extend(hash(row, &to.1));
                if keys.len() > KEYS { Err(std::io::Error::other("too many")) } else { Ok(()) }
            });
            let Some(source) = from.0.table().filter(|_| filled.is_ok()) else { continue };
            let (mut lost, mut first, mut n) = (0u64, None, 0u64);
            let _ = from.0.rows(source, &mut |row| {
                n += 1;
                if hash(row, &from.1).is_some_and(|h| !keys.contains(&h)) {
                    lost += 1;
                    first.get_or_insert_with(|| (n, from.1.iter().map(|c| row[*c].chars().take(40).collect::<String>()).collect::<Vec<_>>().join(", ")));
                }
                Ok(())
            });
            if let Some((row, value)) = first {
                let (fields, other) = (here.join(", "), to.0.shown.rsplit('/').next().unwrap_or("").to_string());
                let mut d = Diagnostic::new(
                    "TAB018",
                    Severity::Error,
                    say!(
                        "{fields} 有 {lost} 个值在 {other} 里找不到，最先是第 {row} 行数据的 {value}",
                        "values of {fields} that are not in {other}: {lost}, first {value} in row {row} of the data"
                    ),
                );
                d.item = Some(item.doc().source.path.clone());
                report.push(d.at(from.0.span(0, 0)).hint(say!("改正这些值，或补全被引用的表", "correct these values, or complete the table they refer to")));
            }
        }
    }
}
