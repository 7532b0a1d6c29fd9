//! Column (栏目): a list with paging.

use super::plan_list;
use crate::derive::Derived;
use crate::model::{Column, Public};
use crate::output::MakeResult;
use crate::render::exports::catalogues::wholes;
use crate::render::structured;
use crate::render::view::{HeadView, LIBRARY, LinkView, PagerView, WithinView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use serde::Serialize;

/// Lists of all columns but the policy library.
pub static PAGE: Maker = Maker { name: "column", plan, make, cost: 4 };

/// The path of a column's page without language: folders of plain pages stand at the root.
pub fn path_of(column: &Column) -> &str {
    column.path.strip_prefix("pages/").unwrap_or(&column.path)
}

/// Folders of disclosure and of letters have pages of their own kind.
fn of_disclosure(path: &str) -> bool {
    matches!(path.split('/').next(), Some(crate::model::disclosure::FOLDER | crate::model::feedback::FOLDER))
}

/// The columns of the navigation: at the top, with items, in the authors' order.
pub fn tops(public: &Public, derived: &Derived) -> Vec<usize> {
    let top = |c: &usize| {
        let column = &public.columns[*c];
        column.nav && column.path != "pages" && !of_disclosure(&column.path) && !path_of(column).contains('/') && !derived.by_column[*c].is_empty()
    };
    let mut out: Vec<usize> = (0..public.columns.len()).filter(top).collect();
    out.sort_by_key(|c| (public.columns[*c].order.unwrap_or(u32::MAX), *c));
    out
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (c, column) in site.public.columns.iter().enumerate() {
        if column.path == LIBRARY || column.path == crate::types::CONSULTATION.folder || site.derived.parted_type(site.public, &column.path).is_some() {
            continue;
        }
        let list = &site.derived.by_column[c];
        let path = path_of(column);
        if path == "pages" || of_disclosure(path) {
            continue;
        }
        for lang in 0..site.public.languages.len() {
            plan_list(site, p, lang, &format!("{path}/"), list.len(), |n| Target::Column(c as u32, n));
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
    children: Vec<LinkView>,
    /// Search within it, where its items are of one type.
    within: Option<WithinView>,
    /// Files of the catalogue for machines, below the list of datasets.
    formats: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Column(c, page) = entry.target else { return misrouted(entry) };
    let (lang, column) = (entry.lang, c as usize);
    let list = &ctx.derived.by_column[column];
    let title = ctx.shells.columns[lang][column].clone();
    let mut crumbs = ctx.crumbs(lang, Some(column));
    crumbs.pop();
    let mut head = ctx.head(entry, &title, crumbs);
    ctx.column_metas(&mut head, lang, column, true);
    head.feeds = ctx.feeds(lang, FeedOf::Column(c), &title);
    let kind = list.first().map(|i| ctx.public.items[*i as usize].kind);
    let one = kind.filter(|k| ctx.public.columns[column].path == k.folder && list.iter().all(|i| ctx.public.items[*i as usize].kind == *k));
    if page == 0 && ctx.public.columns[column].path == crate::types::DATASET.folder {
        head.ld = structured::catalogue(ctx, lang, &head.canonical);
    }
    let view = View {
        within: one.and_then(|k| ctx.within(lang, &title, list.len(), vec![("type", k.id.to_string())])),
        head,
        description: ctx.public.columns[column].description.get(lang).to_string(),
        count: ctx.theme.messages[lang].count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &|n| Target::Column(c, n)),
        children: children(ctx, lang, column),
        formats: if ctx.public.columns[column].path == crate::types::DATASET.folder { wholes(ctx) } else { Vec::new() },
    };
    ctx.render(entry, "pages/column.html", &view)
}

/// The columns directly below one.
pub fn children(ctx: &Ctx<'_>, lang: usize, column: usize) -> Vec<LinkView> {
    let path = format!("{}/", ctx.public.columns[column].path);
    let below = |p: &str| p.strip_prefix(path.as_str()).is_some_and(|r| !r.contains('/'));
    ctx.public
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| below(&c.path))
        .filter_map(|(i, _)| {
            Some(LinkView { title: ctx.shells.columns[lang][i].clone(), url: ctx.routes.get(lang, &Target::Column(i as u32, 0))?.url.clone() })
        })
        .collect()
}
