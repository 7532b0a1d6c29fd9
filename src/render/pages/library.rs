//! Policy library (政策文件库): the list of all policies and its facet pages (domain-rules POL-06).

use super::column::children;
use super::plan_list;
use crate::derive::facets::UNSAID;
use crate::diag::Diagnostic;
use crate::model::vocab;
use crate::output::MakeResult;
use crate::render::view::{FacetView, HeadView, LIBRARY, LinkView, PagerView, ValueView, WithinView, page_count, page_path};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use serde::Serialize;

/// The library and its facets.
pub static PAGE: Maker = Maker { name: "library", plan, make, cost: 8 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let Some(c) = site.public.columns.iter().position(|c| c.path == LIBRARY) else { return };
    let list = &site.derived.by_column[c];
    for lang in 0..site.public.languages.len() {
        plan_list(site, p, lang, "policies/", list.len(), |n| Target::Column(c as u32, n));
        for (f, facet) in site.derived.facets.iter().enumerate() {
            for (v, value) in facet.values.iter().enumerate() {
                let base = format!("policies/by-{}/{}/", facet.key, value.code);
                // Whatever the day brings makes such a list: it promises nothing to the ledger.
                for page in 0..page_count(site.config, value.items.len()) {
                    p.page(lang, &page_path(&base, page), Target::Facet(f as u32, v as u32, page), page == 0 && !value.items.is_empty(), false);
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
    /// What is chosen: `2024年`.
    chosen: String,
    /// Address of the whole library, on a facet page.
    all: Option<String>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let Some(column) = ctx.public.columns.iter().position(|c| c.path == LIBRARY) else { return misrouted(entry) };
    let name = ctx.shells.columns[lang][column].clone();
    let (list, page, title, current): (&[u32], u32, String, Option<(u32, u32)>) = match entry.target {
        Target::Column(_, page) => (&ctx.derived.by_column[column], page, name, None),
        Target::Facet(f, v, page) => {
            let facet = &ctx.derived.facets[f as usize];
            let args = [("facet".to_string(), ctx.say(lang, &format!("facet.{}", facet.key))), ("value".to_string(), value_name(ctx, lang, f, v))];
            let title = ctx.theme.messages[lang].get("facet.title", &args).unwrap_or_default();
            (&facet.values[v as usize].items, page, title, Some((f, v)))
        }
        _ => return misrouted(entry),
    };
    let mut crumbs = ctx.crumbs(lang, Some(column));
    if current.is_none() {
        crumbs.pop();
    }
    let mut head = ctx.head(entry, &title, crumbs);
    ctx.column_metas(&mut head, lang, column, true);
    head.feeds = ctx.feeds(lang, FeedOf::Column(column as u32), &title);
    // What the search page knows of the chosen value.
    let mut hidden = vec![("type", crate::types::POLICY.id.to_string())];
    if let Some((f, v)) = current {
        let facet = &ctx.derived.facets[f as usize];
        let value = &facet.values[v as usize];
        let known = ["department", "theme", "validity", "year"].into_iter().find(|k| *k == facet.key && value.code != UNSAID);
        hidden.extend(known.map(|k| (k, value.code.clone())));
    }
    let at = |n| current.map_or(Target::Column(column as u32, n), |(f, v)| Target::Facet(f, v, n));
    let view = View {
        description: if current.is_none() { ctx.public.columns[column].description.get(lang).to_string() } else { String::new() },
        count: ctx.theme.messages[lang].count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &at),
        facets: facets(ctx, lang, current)?,
        within: ctx.within(lang, &ctx.shells.columns[lang][column], list.len(), hidden),
        chosen: current.map_or(String::new(), |(f, v)| value_name(ctx, lang, f, v)),
        children: if current.is_none() { children(ctx, lang, column) } else { Vec::new() },
        all: current.map(|_| ctx.url(lang, &Target::Column(column as u32, 0)).to_string()),
        head,
    };
    ctx.render(entry, "pages/library.html", &view)
}

/// All facets, the chosen one open. The closed ones are the same on every page and rendered once.
fn facets(ctx: &Ctx<'_>, lang: usize, current: Option<(u32, u32)>) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    for f in 0..ctx.derived.facets.len() {
        match current {
            Some((cf, v)) if cf as usize == f => out.push_str(&facet_html(ctx, lang, f as u32, Some(v))?),
            _ => out.push_str(&ctx.shells.facets[lang][f]),
        }
    }
    Ok(out)
}

/// One facet with its values and counts; open where a value is chosen.
pub fn facet_html(ctx: &Ctx<'_>, lang: usize, f: u32, current: Option<u32>) -> Result<String, Box<Diagnostic>> {
    let facet = &ctx.derived.facets[f as usize];
    let values = (0..facet.values.len()).filter(|v| !facet.values[*v].items.is_empty() || current == Some(*v as u32)).map(|v| ValueView {
        title: value_name(ctx, lang, f, v as u32),
        url: ctx.url(lang, &Target::Facet(f, v as u32, 0)).to_string(),
        count: facet.values[v].items.len(),
        depth: facet.values[v].depth,
        current: current == Some(v as u32),
    });
    let open = current.is_some() || facet.key == "validity";
    let view = FacetView::new(&ctx.theme.messages[lang], ctx.say(lang, &format!("facet.{}", facet.key)), open, values.collect());
    ctx.theme.part(lang, "components/facet/facet.html", &view)
}

fn value_name(ctx: &Ctx<'_>, lang: usize, f: u32, v: u32) -> String {
    let facet = &ctx.derived.facets[f as usize];
    let value = &facet.values[v as usize];
    match facet.key {
        _ if value.code == UNSAID => ctx.say(lang, "facet.unsaid"),
        "department" => ctx.public.departments[value.index].name.get(lang).to_string(),
        "theme" => ctx.public.themes[value.index].label.get(lang).to_string(),
        "type" => doc_type(ctx, lang, vocab::DOC_TYPES[value.index].1),
        "validity" => ctx.say(lang, &format!("validity.{}", value.code)),
        _ => value.code.clone(),
    }
}

/// The name of a 文种.
pub fn doc_type(ctx: &Ctx<'_>, lang: usize, code: &str) -> String {
    ctx.say(lang, &format!("doc_type.{code}"))
}
