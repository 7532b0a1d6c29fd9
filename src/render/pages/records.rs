//! Lists that can be parted: those of datasets, of interpretations, and of types whose fields are only declared; and their
//! parts by department, theme, format and so on.

use super::column::{children, path_of};
use super::plan_list;
use crate::derive::facets::{REST, UNSAID};
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::output::MakeResult;
use crate::render::exports::catalogues::wholes;
use crate::render::view::{FacetView, HeadView, LinkView, PagerView, ValueView, WithinView, page_count, page_path};
use crate::render::{Ctx, Maker, misrouted, structured};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use crate::types::Shape;
use serde::Serialize;

/// Lists that have something to be parted by.
pub static PAGE: Maker = Maker { name: "records", plan, make, cost: 6 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (c, column) in site.public.columns.iter().enumerate() {
        let Some(kind) = site.derived.parted_type(site.public, &column.path) else { continue };
        let (place, path) = (kind.place(), path_of(column));
        for lang in 0..site.public.languages.len() {
            plan_list(site, p, lang, &format!("{path}/"), site.derived.by_column[c].len(), |n| Target::Column(c as u32, n));
            for (f, facet) in site.derived.parted[place].iter().enumerate() {
                for (v, value) in facet.values.iter().enumerate() {
                    let base = format!("{path}/by-{}/{}/", facet.key.replace('_', "-"), value.code);
                    // Whatever the day brings makes such a list: it promises nothing to the ledger.
                    for page in 0..page_count(site.config, value.items.len()) {
                        p.page(lang, &page_path(&base, page), Target::Parted(place as u32, f as u32, v as u32, page), page == 0, false);
                    }
                }
            }
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    description: String,
    count: String,
    cards: String,
    pager: Option<PagerView>,
    facets: String,
    children: Vec<LinkView>,
    /// Search within it.
    within: Option<WithinView>,
    /// What is chosen: `CSV`.
    chosen: String,
    /// Address of the whole list, on a part of it.
    all: Option<String>,
    /// Files of the catalogue for machines, below the list of datasets.
    formats: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let (column, kind, page, current) = match entry.target {
        Target::Column(c, page) => match ctx.derived.parted_type(ctx.public, &ctx.public.columns[c as usize].path) {
            Some(kind) => (c as usize, kind, page, None),
            None => return misrouted(entry),
        },
        Target::Parted(place, f, v, page) => {
            let kind = ctx.public.types.iter().nth(place as usize);
            match kind.and_then(|k| Some((ctx.public.columns.iter().position(|c| c.path == k.folder)?, k))) {
                Some((column, kind)) => (column, kind, page, Some((f, v))),
                None => return misrouted(entry),
            }
        }
        _ => return misrouted(entry),
    };
    let facets = &ctx.derived.parted[kind.place()];
    let list: &[u32] = current.map_or(&ctx.derived.by_column[column], |(f, v)| &facets[f as usize].values[v as usize].items);
    let title = match current {
        Some((f, v)) => {
            let args = [("facet".to_string(), facet_name(ctx, lang, kind, f)), ("value".to_string(), value_name(ctx, lang, kind, f, v))];
            ctx.theme.messages[lang].get("facet.title", &args).unwrap_or_default()
        }
        None => ctx.shells.columns[lang][column].clone(),
    };
    let mut crumbs = ctx.crumbs(lang, Some(column));
    if current.is_none() {
        crumbs.pop();
    }
    let mut head = ctx.head(entry, &title, crumbs);
    ctx.column_metas(&mut head, lang, column, true);
    head.feeds = ctx.feeds(lang, FeedOf::Column(column as u32), &title);
    let datasets = kind.shape == Shape::Dataset;
    if datasets && current.is_none() && page == 0 {
        head.ld = structured::catalogue(ctx, lang, &head.canonical);
    }
    // What the search page knows of the chosen value.
    let mut hidden = vec![("type", kind.id.to_string())];
    if let Some((f, v)) = current {
        let facet = &facets[f as usize];
        let code = &facet.values[v as usize].code;
        let known = ["department", "theme", "year"].into_iter().find(|k| *k == facet.key && code != UNSAID);
        hidden.extend(known.map(|k| (k, code.clone())));
    }
    let at = |n| current.map_or(Target::Column(column as u32, n), |(f, v)| Target::Parted(kind.place() as u32, f, v, n));
    let view = View {
        description: if current.is_none() { ctx.public.columns[column].description.get(lang).to_string() } else { String::new() },
        count: ctx.theme.messages[lang].count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &at),
        facets: facets_html(ctx, lang, kind, current)?,
        within: if plain(kind) { None } else { ctx.within(lang, &ctx.shells.columns[lang][column], list.len(), hidden) },
        chosen: current.map_or(String::new(), |(f, v)| value_name(ctx, lang, kind, f, v)),
        formats: if datasets && current.is_none() { wholes(ctx) } else { Vec::new() },
        children: if current.is_none() { children(ctx, lang, column) } else { Vec::new() },
        all: current.map(|_| ctx.url(lang, &Target::Column(column as u32, 0)).to_string()),
        head,
    };
    ctx.render(entry, "pages/records.html", &view)
}

/// A type whose fields are only declared.
fn plain(kind: Kind) -> bool {
    kind.shape == Shape::Record
}

/// All facets, the chosen one open. The others are the same on every page and rendered once.
fn facets_html(ctx: &Ctx<'_>, lang: usize, kind: Kind, current: Option<(u32, u32)>) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    for f in 0..ctx.derived.parted[kind.place()].len() {
        match current {
            Some((cf, v)) if cf as usize == f => out.push_str(&facet_html(ctx, lang, kind, f as u32, Some(v))?),
            _ => out.push_str(&ctx.shells.parted[lang][kind.place()][f]),
        }
    }
    Ok(out)
}

/// One facet with its values and counts.
pub fn facet_html(ctx: &Ctx<'_>, lang: usize, kind: Kind, f: u32, chosen: Option<u32>) -> Result<String, Box<Diagnostic>> {
    let facet = &ctx.derived.parted[kind.place()][f as usize];
    let values = facet.values.iter().enumerate().map(|(v, value)| ValueView {
        title: value_name(ctx, lang, kind, f, v as u32),
        url: ctx.url(lang, &Target::Parted(kind.place() as u32, f, v as u32, 0)).to_string(),
        count: value.items.len(),
        depth: value.depth,
        current: chosen == Some(v as u32),
    });
    let view = FacetView::new(&ctx.theme.messages[lang], facet_name(ctx, lang, kind, f), plain(kind) || chosen.is_some(), values.collect());
    ctx.theme.part(lang, "components/facet/facet.html", &view)
}

fn facet_name(ctx: &Ctx<'_>, lang: usize, kind: Kind, f: u32) -> String {
    let key = ctx.derived.parted[kind.place()][f as usize].key;
    let message = match (plain(kind), key) {
        (true, "department") => format!("field.{}.{}", kind.record.id, kind.issuer.key),
        (true, key) => format!("field.{}.{key}", kind.record.id),
        (false, "department") => format!("fact.{}", kind.issuer.key),
        (false, "access") => "fact.access_rights".into(),
        (false, "year") => "facet.year".into(),
        (false, "quality") => "quality.title".into(),
        (false, key) => format!("fact.{key}"),
    };
    ctx.say(lang, &message)
}

fn value_name(ctx: &Ctx<'_>, lang: usize, kind: Kind, f: u32, v: u32) -> String {
    let facet = &ctx.derived.parted[kind.place()][f as usize];
    let value = &facet.values[v as usize];
    let m = &ctx.theme.messages[lang];
    match facet.key {
        _ if !value.label.is_empty() => value.label.get(lang).to_string(),
        _ if value.code == REST => ctx.say(lang, "facet.rest"),
        "license" if value.code == UNSAID => ctx.say(lang, "license.unsaid"),
        _ if value.code == UNSAID => ctx.say(lang, "facet.unsaid"),
        "department" => ctx.public.departments[value.index].name.get(lang).to_string(),
        "year" => value.code.clone(),
        key if plain(kind) => ctx.say(lang, &format!("word.{}.{key}.{}", kind.record.id, value.code)),
        "theme" => ctx.public.themes[value.index].label.get(lang).to_string(),
        "quality" if value.code == "0" => m.get("facet.quality.below", &[("n", "40")]).unwrap_or_default(),
        "quality" => m.get("facet.quality.from", &[("n", value.code.as_str())]).unwrap_or_default(),
        key => ctx.say(lang, &format!("{key}.{}", value.code)),
    }
}
