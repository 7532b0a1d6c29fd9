//! The list of a type whose fields are only declared, and its parts by department and by each vocabulary.

use super::column::{children, path_of};
use super::plan_list;
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::output::MakeResult;
use crate::render::view::{FacetView, HeadView, LinkView, PagerView, ValueView, page_count, page_path};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
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
    /// Address of the whole list, on a part of it.
    all: Option<String>,
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
    let at = |n| current.map_or(Target::Column(column as u32, n), |(f, v)| Target::Parted(kind.place() as u32, f, v, n));
    let view = View {
        description: if current.is_none() { ctx.public.columns[column].description.get(lang).to_string() } else { String::new() },
        count: ctx.theme.messages[lang].count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &at),
        facets: facets_html(ctx, lang, kind, current)?,
        children: if current.is_none() { children(ctx, lang, column) } else { Vec::new() },
        all: current.map(|_| ctx.url(lang, &Target::Column(column as u32, 0)).to_string()),
        head,
    };
    ctx.render(entry, "pages/records.html", &view)
}

fn facets_html(ctx: &Ctx<'_>, lang: usize, kind: Kind, current: Option<(u32, u32)>) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    for (f, facet) in ctx.derived.parted[kind.place()].iter().enumerate() {
        let chosen = current.filter(|(cf, _)| *cf as usize == f).map(|(_, v)| v as usize);
        let values = facet.values.iter().enumerate().map(|(v, value)| ValueView {
            title: value_name(ctx, lang, kind, f as u32, v as u32),
            url: ctx.url(lang, &Target::Parted(kind.place() as u32, f as u32, v as u32, 0)).to_string(),
            count: value.items.len(),
            depth: value.depth,
            current: chosen == Some(v),
        });
        let view = FacetView { title: facet_name(ctx, lang, kind, f as u32), open: true, values: values.collect() };
        let html = tera::Context::from_serialize(&view).and_then(|c| ctx.theme.engines[lang].render("components/facet/facet.html", &c));
        out.push_str(&html.map_err(|e| Box::new(crate::theme::template_fault(&e)))?);
    }
    Ok(out)
}

fn facet_name(ctx: &Ctx<'_>, lang: usize, kind: Kind, f: u32) -> String {
    let key = ctx.derived.parted[kind.place()][f as usize].key;
    let key = if key == "department" { kind.issuer.key } else { key };
    ctx.say(lang, &format!("field.{}.{key}", kind.record.id))
}

fn value_name(ctx: &Ctx<'_>, lang: usize, kind: Kind, f: u32, v: u32) -> String {
    let facet = &ctx.derived.parted[kind.place()][f as usize];
    let value = &facet.values[v as usize];
    match facet.key {
        "department" => ctx.public.departments[value.index].name.get(lang).to_string(),
        key => ctx.say(lang, &format!("word.{}.{key}.{}", kind.record.id, value.code)),
    }
}
