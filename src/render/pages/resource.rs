//! A data file (数据资源): first rows, profile and dictionary, notes, downloads, how to read it elsewhere.

use super::FactView;
use crate::load::table::Table;
use crate::model::{Item, Resource};
use crate::output::{MakeResult, hex};
use crate::render::cite::{CiteView, cite};
use crate::render::exports::data::rows::{self, file};
use crate::render::exports::data::{folder, parts};
use crate::render::tables::{ColumnView, PreviewView, columns, lines, preview, thousands};
use crate::render::view::{HeadView, LinkView, size_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::tables::{Diff, Read};
use crate::types;
use serde::Serialize;

/// Pages of data files that are tables.
pub static PAGE: Maker = Maker { name: "resource", plan, make, cost: 6 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for &i in site.derived.list(types::DATASET) {
        let item = &site.public.items[i as usize];
        for (r, resource) in item.dataset().map_or(&[][..], |d| &d.resources).iter().enumerate() {
            let read = site.derived.tables[i as usize].get(r).and_then(|t| t.as_ref());
            if read.is_some_and(|t| !parts(t).is_empty()) {
                for e in &item.editions {
                    p.page(e.lang, &folder(item, resource), Target::Resource(i, r as u32), true, true);
                }
            }
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    dataset: LinkView,
    description: String,
    facts: Vec<FactView>,
    downloads: Vec<DownloadView>,
    /// Why the original is not among them.
    withheld: Option<String>,
    /// Texts around the table.
    notes: Vec<String>,
    /// What the table measures, and its unit.
    measure: String,
    preview: PreviewView,
    /// Name of the file that the rows found are saved as.
    name: String,
    cite: CiteView,
    /// Address of `rows/index.json`, for the script.
    rows: String,
    /// Messages whose arguments the script puts in.
    pattern: Patterns,
    columns: Vec<ColumnView>,
    lines: Vec<(&'static str, String)>,
    /// Its states, newest first; empty where one is kept.
    versions: Vec<VersionView>,
    /// Other sheets of the file.
    sheets: Vec<SheetView>,
    /// Addresses of the row files, as examples: label, address.
    api: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Patterns {
    range: String,
    atmost: String,
    cited: String,
    scanning: String,
    rising: String,
    falling: String,
}

/// A file to take.
#[derive(Debug, Serialize)]
pub struct DownloadView {
    /// What it is.
    pub title: String,
    /// For whom.
    pub note: String,
    /// Address.
    pub url: String,
    /// Size, for people.
    pub size: String,
    /// SHA-256.
    pub hash: String,
}

#[derive(Serialize)]
struct VersionView {
    id: String,
    title: String,
    day: String,
    /// Commit that made it; empty where git does not keep it.
    commit: String,
    note: String,
    /// Address of the file; empty where it is not published.
    url: String,
    /// What is different, in a sentence.
    said: String,
    /// Programs that read the state before may break.
    breaks: bool,
    /// Values before are published.
    before: bool,
    /// Changed cells: key, column, before, after.
    cells: Vec<[String; 4]>,
}

#[derive(Serialize)]
struct SheetView {
    title: String,
    rows: String,
    url: String,
    size: String,
    preview: PreviewView,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Resource(i, r) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let resource = item.dataset().and_then(|d| d.resources.get(r as usize));
    let read = ctx.derived.tables[i as usize].get(r as usize).and_then(|t| t.as_ref());
    let (Some(resource), Some(read)) = (resource, read) else { return misrouted(entry) };
    let all = parts(read);
    let Some(&(part, table)) = all.first() else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let edition = item.best(lang);
    let dataset = LinkView { title: edition.title.clone(), url: ctx.url(lang, &Target::Item(i)).to_string() };
    let mut crumbs = ctx.crumbs(lang, item.column);
    crumbs.push(dataset.clone());
    let title = resource.title.get(lang);
    let whole = format!("{}{}{title}", edition.title, m.say("colon"));
    let mut head = ctx.head(entry, &whole, crumbs);
    head.heading = title.to_string();
    head.describe(whole);
    let csv = ctx.url(0, &Target::Data(i, r, part, file(&rows::csv::FORMAT, 0)));
    let absolute = ctx.absolute(csv);
    let excel = ctx.routes.get(0, &Target::Data(i, r, part, file(&rows::excel::FORMAT, 0))).map(|_| m.say("lines.excel"));
    let index = ctx.url(0, &Target::Data(i, r, part, file(&rows::index::FORMAT, 0))).to_string();
    let sheets = all.iter().skip(1).map(|(p, t)| sheet(ctx, lang, resource, (i, r, *p), t)).collect();
    let mut api = vec![(m.say("api.index"), index.clone())];
    for (key, format) in [("api.rows", &rows::pages::FORMAT), ("api.key", &rows::keys::FORMAT), ("api.facets", &rows::facets::FORMAT)] {
        if let Some(e) = ctx.routes.get(0, &Target::Data(i, r, part, file(format, 0))) {
            api.push((m.say(key), e.url.clone()));
        }
    }
    let view = View {
        description: resource.description.get(lang).to_string(),
        facts: facts(ctx, lang, item, resource, read, table),
        downloads: downloads(ctx, lang, (i, r), resource, read),
        withheld: withheld(ctx, lang, resource),
        notes: table.preamble.iter().chain(&table.notes).cloned().collect(),
        measure: measure(ctx, lang, table),
        preview: preview(ctx, lang, resource, table, crate::load::table::PREVIEW),
        rows: index,
        pattern: Patterns {
            range: m.say("rows.range"),
            atmost: m.say("rows.atmost"),
            cited: m.say("rows.cited"),
            scanning: m.say("rows.scanning"),
            rising: m.say("rows.rising"),
            falling: m.say("rows.falling"),
        },
        name: resource.name.clone(),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        columns: columns(ctx, lang, resource, table),
        lines: lines(&absolute, excel.as_deref(), table),
        versions: versions(ctx, lang, (i, r), resource),
        sheets,
        api,
        dataset,
        head,
    };
    ctx.render(entry, "pages/resource.html", &view)
}

fn versions(ctx: &Ctx<'_>, lang: usize, (i, r): (u32, u32), resource: &Resource) -> Vec<VersionView> {
    let states = ctx.derived.history[i as usize].get(r as usize).map_or(&[][..], |s| s);
    states
        .iter()
        .enumerate()
        .map(|(n, s)| {
            let kept = s.kept.and_then(|k| resource.versions.get(k));
            // States that only git keeps are compared, not published.
            let file = kept.map(|v| &v.file).or(resource.file.as_ref().filter(|_| n == 0));
            VersionView {
                id: format!("v{}", states.len() - n),
                title: s.version.clone(),
                commit: s.commit.as_deref().unwrap_or("").to_string(),
                day: s.day.map_or(String::new(), |d| ctx.date(lang, d)),
                note: kept.map_or(String::new(), |v| v.note.get(lang).to_string()),
                url: file.map_or(String::new(), |f| ctx.url(0, &Target::Blob(f.clone())).to_string()),
                said: s.diff.as_ref().map_or(String::new(), |d| diff_text(ctx, lang, d)),
                before: !resource.versions.is_empty(),
                breaks: s.diff.as_ref().is_some_and(Diff::breaks),
                cells: s.diff.as_ref().map_or(Vec::new(), |d| d.examples.clone()),
            }
        })
        .collect()
}

/// What is different between two states, in a sentence: breaks first.
pub fn diff_text(ctx: &Ctx<'_>, lang: usize, d: &Diff) -> String {
    let m = &ctx.theme.messages[lang];
    let separator = ctx.separator(lang);
    let mut out = Vec::new();
    let mut list = |key: &str, names: Vec<String>| {
        if !names.is_empty() {
            out.extend(m.get(key, &[("list", names.join(separator))]));
        }
    };
    list("version.columns.removed", d.columns_removed.clone());
    list("version.retyped", d.retyped.iter().map(|(n, a, b)| format!("{n} ({} → {})", m.say(&format!("type.{a}")), m.say(&format!("type.{b}")))).collect());
    list("version.columns.added", d.columns_added.clone());
    if d.large {
        out.push(m.say("version.large"));
    } else if d.added + d.removed + d.changed == 0 {
        out.push(m.say("version.same"));
    } else {
        let n = thousands;
        let args = [("added", n(d.added)), ("removed", n(d.removed)), ("changed", n(d.changed)), ("cells", n(d.cells))];
        out.extend(m.get(if d.key.is_empty() { "version.rows" } else { "version.keyed" }, &args));
    }
    out.join(&m.say("semicolon"))
}

/// What the whole table measures and in which unit, from the lines above it.
fn measure(ctx: &Ctx<'_>, lang: usize, table: &Table) -> String {
    let m = &ctx.theme.messages[lang];
    let parts = [("table.indicator", &table.indicator), ("table.unit", &table.unit)];
    let said: Vec<String> = parts.iter().filter_map(|(k, v)| m.get(k, &[("text", v.as_deref()?)])).collect();
    said.join(&m.say("semicolon"))
}

/// Why the original is not published.
pub fn withheld(ctx: &Ctx<'_>, lang: usize, resource: &Resource) -> Option<String> {
    let gone = resource.file.as_ref().is_some_and(|f| !ctx.public.blobs.contains_key(f));
    gone.then(|| ctx.say(lang, "resource.withheld"))
}

fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, resource: &Resource, read: &Read, table: &Table) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            out.push(FactView { label: m.say(&format!("fact.{key}")), value, url: None });
        }
    };
    fact("rows", m.get("table.size", &[("rows", thousands(table.rows)), ("columns", thousands(table.names.len() as u64))]).unwrap_or_default());
    let wrap = read.file.wrap.map_or("", |w| if w == crate::load::table::bytes::Wrap::Gz { " (gzip)" } else { " (zip)" });
    let mut format = format!("{}{wrap}", read.file.format.name());
    if !table.encoding.is_empty() {
        format.push_str(&format!(", {}", table.encoding));
    }
    fact("format", format);
    if read.file.tables.len() > 1 {
        fact("sheet", table.part.clone().unwrap_or_default());
    }
    if !resource.settings.key.is_empty() {
        fact("key", resource.settings.key.join(", "));
    }
    let day = item.data_day(ctx.public.as_of).map_or(String::new(), |d| ctx.date(lang, d));
    fact("modified", day);
    let license = item.dataset().and_then(|d| d.license.as_ref()).map_or(m.say("license.unsaid"), |(n, _)| n.clone());
    fact("license", license);
    out
}

/// Everything that can be taken, smallest effort first.
fn downloads(ctx: &Ctx<'_>, lang: usize, (i, r): (u32, u32), resource: &Resource, read: &Read) -> Vec<DownloadView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    let mut put = |target: &Target, title: String, note: String| {
        let Some(at) = ctx.routes.index(0, target) else { return };
        let facts = ctx.facts.get(at as usize).filter(|f| f.len > 0);
        out.push(DownloadView {
            title,
            note,
            url: ctx.routes.entries[at as usize].url.clone(),
            size: facts.map_or(String::new(), |f| size_text(f.len)),
            hash: facts.map_or(String::new(), |f| hex(&f.hash)),
        });
    };
    if let Some(f) = &resource.file {
        put(&Target::Blob(f.clone()), format!("{} {}", m.say("download.original"), read.file.format.name()), m.say("download.original.note"));
    }
    let Some(&(part, _)) = parts(read).first() else { return out };
    for f in rows::FORMATS.iter().filter(|f| f.download) {
        put(&Target::Data(i, r, part, file(f, 0)), m.say(&format!("download.{}", f.name)), m.say(&format!("download.{}.note", f.name)));
    }
    out
}

fn sheet(ctx: &Ctx<'_>, lang: usize, resource: &Resource, (i, r, part): (u32, u32, u32), table: &Table) -> SheetView {
    let m = &ctx.theme.messages[lang];
    let target = Target::Data(i, r, part, file(&rows::csv::FORMAT, 0));
    let size = ctx.routes.index(0, &target).and_then(|at| ctx.facts.get(at as usize)).filter(|f| f.len > 0).map_or(String::new(), |f| size_text(f.len));
    SheetView {
        title: table.part.clone().unwrap_or_else(|| (part + 1).to_string()),
        rows: m.get("table.size", &[("rows", thousands(table.rows)), ("columns", thousands(table.names.len() as u64))]).unwrap_or_default(),
        url: ctx.url(0, &target).to_string(),
        size,
        preview: preview(ctx, lang, resource, table, 5),
    }
}
