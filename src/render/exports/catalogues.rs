//! Catalogues for machines: the site as a whole, and each dataset, in every format of [`crate::catalog`].
//!
//! What stands here knows addresses, lengths and hashes; what is written is the work of the formats.

use crate::catalog::{
    Catalogue, Copy, Dataset, Distribution, FORMATS, Part, Published, Series, WHOLES, Whole, csvw, data_package, dcat_ap, dcat_us, graph, linkset,
};
use crate::output::{Made, MakeResult, Sink, hex};
use crate::render::escape::escape_into;
use crate::render::exports::data::rows::{self, file};
use crate::render::exports::data::{self, parts};
use crate::render::view::LinkView;
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{CatalogueFile, Entry, Planner, Routes, Site, Target};
use crate::schema::site::outputs;
use crate::types;
use std::io;

/// Files of the catalogues.
pub static EXPORT: Maker = Maker { name: "catalogues", plan, make, cost: 4 };

/// The datasets of a site, in the order of their ids.
fn datasets(list: &[u32]) -> Vec<u32> {
    let mut out = list.to_vec();
    out.sort_unstable();
    out
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let all = datasets(site.derived.list(types::DATASET));
    if all.is_empty() {
        return;
    }
    // A file of that name that somebody put there stands.
    let public = site.public;
    let free = |path: &str| !public.statics.contains_key(path) && !public.blobs.contains_key(path);
    let head = Catalogue::head(site.config, public);
    let records: Vec<Dataset<'_>> = all.iter().filter_map(|i| Dataset::of(public, &public.items[*i as usize], &[])).collect();
    let mailed = dcat_us::mailed(&head, records.iter());
    let written = |w: &Whole| site.config.writes(w.output) && (mailed || w.output.key != outputs::DCAT_US.key);
    for (k, w) in WHOLES.iter().enumerate().filter(|(_, w)| written(w)) {
        let files = if w.page == 0 { 1 } else { all.len().div_ceil(w.page) };
        for n in 0..files as u32 {
            let path = (w.path)(n);
            if free(&path) {
                p.file(0, path, Target::Catalogue(CatalogueFile::Whole(k as u8, n)), 2, false, n == 0);
            }
        }
    }
    for (i, record) in all.into_iter().zip(&records) {
        let item = &public.items[i as usize];
        let (folder, name) = (pages::item_path(item), record.own_name());
        for (k, f) in FORMATS.iter().enumerate().filter(|(_, f)| site.config.writes(f.output)) {
            let path = (f.path)(&folder, &name);
            if free(&path) {
                p.file(0, path, Target::Catalogue(CatalogueFile::One(i, k as u8)), 2, false, false);
            }
        }
        if !site.config.writes(&outputs::CSVW) {
            continue;
        }
        for (r, resource) in item.dataset().map_or(&[][..], |d| &d.resources).iter().enumerate() {
            let Some(read) = site.derived.tables[i as usize].get(r).and_then(|t| t.as_ref()) else { continue };
            for (n, (part, _)) in parts(read).into_iter().enumerate() {
                let name = if n == 0 {
                    (rows::csv::FORMAT.path)(&resource.name, 0)
                } else {
                    rows::csv::FORMAT.others.map_or(String::new(), |f| f(&resource.name, part))
                };
                let path = format!("{}{name}{}", data::folder(item, resource), csvw::ENDING);
                p.file(0, path, Target::Catalogue(CatalogueFile::Table(i, r as u32, part)), 2, false, false);
            }
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Catalogue(file) = entry.target else { return misrouted(entry) };
    let head = Catalogue::head(ctx.config, ctx.public);
    let out = match file {
        CatalogueFile::Whole(k, _) if WHOLES[k as usize].graph.is_some() => return Ok(Made::Poured),
        CatalogueFile::Whole(k, n) => {
            let w = WHOLES[k as usize];
            let (mut records, part) = (records(ctx, w, n), part(ctx, k, n));
            if w.output.key == outputs::DCAT_US.key {
                // An entry without a mail address to ask at would not be valid.
                records.retain(|(d, _)| dcat_us::reached(&head, d));
            }
            (w.write)(&head, &records, &part)
        }
        CatalogueFile::One(i, k) => {
            let Some((record, at)) = one(ctx, i) else { return misrouted(entry) };
            (FORMATS[k as usize].write)(&head, &record, &at)
        }
        CatalogueFile::Table(i, r, part) => {
            let Some((record, at)) = one(ctx, i) else { return misrouted(entry) };
            let table = at.tables.iter().find(|(of, c)| *of == r as usize && c.part == Some(part));
            let tags: Vec<String> = ctx.public.languages.iter().map(|l| l.tag.clone()).collect();
            match table.and_then(|(of, c)| csvw::value(&record, &at, *of, c, &tags)) {
                Some(v) => format!("{v:#}\n"),
                None => return misrouted(entry),
            }
        }
    };
    Ok(Made::Bytes(out.into_bytes()))
}

/// Datasets in each file of a catalogue.
fn page(w: &Whole, all: usize) -> usize {
    if w.page == 0 { all.max(1) } else { w.page }
}

/// The datasets of a file.
fn records<'a>(ctx: &Ctx<'a>, w: &Whole, n: u32) -> Vec<(Dataset<'a>, Published)> {
    let all = datasets(ctx.derived.list(types::DATASET));
    let page = page(w, all.len());
    all.iter().skip(n as usize * page).take(page).filter_map(|i| one(ctx, *i)).collect()
}

/// Where a file stands among those of its catalogue.
fn part(ctx: &Ctx<'_>, k: u8, n: u32) -> Part {
    let total = ctx.derived.list(types::DATASET).len();
    let last = total.div_ceil(page(WHOLES[k as usize], total)).max(1) as u32 - 1;
    let at = |n: u32| ctx.absolute(ctx.url(0, &Target::Catalogue(CatalogueFile::Whole(k, n))));
    Part { total, this: at(n), first: at(0), last: at(last), next: (n < last).then(|| at(n + 1)) }
}

/// The syntaxes of the graph in which its file `n` is written, by their places in [`WHOLES`].
fn syntaxes(routes: &Routes, n: u32) -> impl Iterator<Item = (u8, u32)> + '_ {
    let graphs = WHOLES.iter().zip(0u8..).filter(|(w, _)| w.graph.is_some()).map(|(_, k)| k);
    graphs.filter_map(move |k| Some((k, routes.index(0, &Target::Catalogue(CatalogueFile::Whole(k, n)))?)))
}

/// It is written with another syntax of the same graph.
pub fn comes_along(routes: &Routes, entry: &Entry) -> bool {
    match entry.target {
        Target::Catalogue(CatalogueFile::Whole(k, n)) if WHOLES[k as usize].graph.is_some() => syntaxes(routes, n).next().is_some_and(|(first, _)| first != k),
        _ => false,
    }
}

/// Writes all syntaxes of a graph that the sink wants: what it says is put together once.
pub fn pour(ctx: &Ctx<'_>, n: u32, sink: &mut dyn Sink) -> io::Result<()> {
    let head = Catalogue::head(ctx.config, ctx.public);
    let mut nodes: Option<Vec<graph::Node>> = None;
    for (k, entry) in syntaxes(ctx.routes, n) {
        let (w, part) = (WHOLES[k as usize], part(ctx, k, n));
        let Some(write) = w.graph.filter(|_| sink.wants(entry)) else { continue };
        let nodes = nodes.get_or_insert_with(|| dcat_ap::catalogue(&head, &records(ctx, w, n), &part));
        dcat_ap::moved(nodes, &part);
        sink.whole(entry, write(nodes).as_bytes())?;
    }
    Ok(())
}

/// Absolute address of the page of an item in its first language.
pub fn address(ctx: &Ctx<'_>, i: u32) -> Option<String> {
    let lang = ctx.public.items[i as usize].editions.first()?.lang;
    Some(ctx.absolute(&ctx.routes.get(lang, &Target::Item(i))?.url))
}

/// What the page of a dataset shows of the formats it is written in.
pub fn shown(at: &Published) -> Vec<(&'static str, &str)> {
    at.files.iter().filter_map(|(name, url)| Some((FORMATS.iter().find(|f| f.name == *name)?.title, url.as_str()))).collect()
}

/// The files of the whole catalogue: what they are called, and their addresses within the site.
pub fn wholes(ctx: &Ctx<'_>) -> Vec<LinkView> {
    let at = |k: u8| ctx.routes.get(0, &Target::Catalogue(CatalogueFile::Whole(k, 0))).map(|e| e.url.clone());
    WHOLES.iter().zip(0u8..).filter_map(|(w, k)| Some(LinkView { title: w.title.into(), url: at(k)? })).collect()
}

/// `link` elements of FAIR Signposting for the head of a page; empty where the site does not want them.
pub fn signposts(ctx: &Ctx<'_>, d: &Dataset<'_>, at: &Published) -> String {
    if !ctx.config.writes(&outputs::SIGNPOSTING) {
        return String::new();
    }
    let mut out = String::new();
    for l in linkset::links(d, at) {
        out.push_str(&format!("<link rel=\"{}\" href=\"", l.rel));
        escape_into(&mut out, &l.href);
        out.push('"');
        if !l.media.is_empty() {
            out.push_str(&format!(" type=\"{}\"", l.media));
        }
        out.push_str(">\n");
    }
    out
}

/// A dataset in the first language in which it was written.
fn one<'a>(ctx: &Ctx<'a>, i: u32) -> Option<(Dataset<'a>, Published)> {
    let item = &ctx.public.items[i as usize];
    let record = Dataset::of(ctx.public, item, &ctx.derived.tables[i as usize])?;
    let at = published(ctx, i, &record, item.editions.first()?.lang);
    Some((record, at))
}

/// Where a dataset and its files stand, for its page in a language.
pub fn published(ctx: &Ctx<'_>, i: u32, d: &Dataset<'_>, lang: usize) -> Published {
    let item = &ctx.public.items[i as usize];
    let page = |i: u32| address(ctx, i);
    let pages_of = |ids: &[std::sync::Arc<str>]| ids.iter().filter_map(|id| page(*ctx.derived.by_id.get(id)?)).collect::<Vec<_>>();
    let datasets: Vec<_> =
        d.related.iter().filter(|id| ctx.derived.by_id.get(*id).is_some_and(|i| ctx.public.items[*i as usize].dataset().is_some())).cloned().collect();
    let series = ctx.derived.series.get(&i).into_iter().flatten().filter_map(|s| {
        let of = &ctx.public.items[*s as usize];
        let texts = of.editions.iter().map(|e| (e.lang, e.title.clone(), crate::catalog::whole_text(e))).collect();
        Some(Series { page: page(*s)?, identifier: of.dataset().and_then(|d| d.identifier.clone()), texts })
    });
    let files: Vec<(&'static str, String)> = FORMATS
        .iter()
        .zip(0u8..)
        .filter_map(|(f, k)| Some((f.name, ctx.absolute(&ctx.routes.get(0, &Target::Catalogue(CatalogueFile::One(i, k)))?.url))))
        .collect();
    Published {
        lang,
        tag: ctx.public.languages[lang].tag.clone(),
        page: ctx.absolute(ctx.url(lang, &Target::Item(i))),
        folder: ctx.absolute(&format!("{}{}", ctx.routes.base_path(), crate::route::encode(&pages::item_path(item)))),
        copies: d.distributions.iter().zip(0..).map(|(r, n)| copy(ctx, r, d.open, (i, n))).collect(),
        tables: d.distributions.iter().zip(0..).flat_map(|(r, n)| tables(ctx, r, (i, n)).into_iter().map(move |c| (n as usize, c))).collect(),
        parquet: d.distributions.iter().zip(0..).filter_map(|(r, n)| Some((n as usize, parquet(ctx, r, (i, n))?))).collect(),
        policies: pages_of(d.policies),
        related: pages_of(&datasets),
        series: series.collect(),
        series_of: ctx.derived.series_of.contains(&i),
        dictionary: files
            .iter()
            .find(|(n, _)| *n == data_package::FORMAT.name)
            .filter(|_| d.distributions.iter().any(|r| r.read.is_some()))
            .map(|(_, u)| u.clone()),
        tidied: patterns(ctx, "catalogue.tidied"),
        paged: patterns(ctx, "catalogue.paged"),
        files,
    }
}

/// A message in every language of the site, with its place for a title as it is.
fn patterns(ctx: &Ctx<'_>, key: &str) -> Vec<String> {
    ctx.theme.messages.iter().map(|m| m.get(key, &[("title", "{title}")]).unwrap_or_default()).collect()
}

/// The clean tables of a file.
fn tables(ctx: &Ctx<'_>, r: &Distribution<'_>, (i, n): (u32, u32)) -> Vec<Copy> {
    let of = |(part, _)| {
        let at = ctx.routes.index(0, &Target::Data(i, n, part, file(&rows::csv::FORMAT, 0)))?;
        let facts = ctx.facts.get(at as usize).filter(|f| f.len > 0);
        Some(Copy {
            url: ctx.absolute(&ctx.routes.entries[at as usize].url),
            own: true,
            clean: true,
            part: Some(part),
            bytes: facts.map(|f| f.len),
            sha256: facts.map(|f| hex(&f.hash)),
            rows: None,
            schema: facts.and_then(|f| serde_json::from_str(f.schema.as_deref()?).ok()),
        })
    };
    r.read.map_or(Vec::new(), |t| parts(t).into_iter().filter_map(of).collect())
}

/// The table of a file as Parquet, where it is written so.
#[cfg(feature = "parquet")]
fn parquet(ctx: &Ctx<'_>, r: &Distribution<'_>, (i, n): (u32, u32)) -> Option<Copy> {
    let (part, _) = *parts(r.read?).first()?;
    let at = ctx.routes.index(0, &Target::Data(i, n, part, file(&rows::parquet::FORMAT, 0)))?;
    let facts = ctx.facts.get(at as usize).filter(|f| f.len > 0);
    Some(Copy {
        url: ctx.absolute(&ctx.routes.entries[at as usize].url),
        own: true,
        part: Some(part),
        bytes: facts.map(|f| f.len),
        sha256: facts.map(|f| hex(&f.hash)),
        ..Copy::default()
    })
}

/// This program was built without it.
#[cfg(not(feature = "parquet"))]
fn parquet(_: &Ctx<'_>, _: &Distribution<'_>, _: (u32, u32)) -> Option<Copy> {
    None
}

/// What can be taken of a file: as it was given, else the clean copy of its table, else an address elsewhere.
fn copy(ctx: &Ctx<'_>, r: &Distribution<'_>, open: bool, (i, n): (u32, u32)) -> Option<Copy> {
    let part = r.read.and_then(|t| parts(t).first().map(|(p, _)| *p));
    let own = r.file.filter(|_| open).and_then(|f| ctx.routes.index(0, &Target::Blob(f.clone())));
    let clean = part.and_then(|p| ctx.routes.index(0, &Target::Data(i, n, p, file(&rows::csv::FORMAT, 0))));
    let Some(at) = own.or(clean) else {
        // Of what is not open to all nothing is offered, not even from elsewhere.
        return r.elsewhere.filter(|_| open).map(|u| Copy { url: crate::catalog::address(u), ..Copy::default() });
    };
    let facts = ctx.facts.get(at as usize).filter(|f| f.len > 0);
    let rows = part.and_then(|p| ctx.routes.get(0, &Target::Data(i, n, p, file(&rows::index::FORMAT, 0))));
    Some(Copy {
        url: ctx.absolute(&ctx.routes.entries[at as usize].url),
        own: true,
        clean: own.is_none(),
        part,
        bytes: facts.map(|f| f.len),
        sha256: facts.filter(|_| own.is_some()).map(|f| hex(&f.hash)),
        rows: rows.map(|e| ctx.absolute(&e.url)),
        schema: None,
    })
}
