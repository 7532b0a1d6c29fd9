//! Home page.

use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, MetaView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use serde::Serialize;

/// The home page, one a language.
pub static PAGE: Maker = Maker { name: "home", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "", Target::Home, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    description: String,
    blocks: Vec<Block>,
    departments: Vec<LinkView>,
    themes: Vec<LinkView>,
}

#[derive(Serialize)]
struct Block {
    title: String,
    url: String,
    description: String,
    count: String,
    cards: String,
}

/// Items of a column on the home page.
const LATEST: usize = 6;

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let site = ctx.config.title.get(lang).to_string();
    let mut head = ctx.head(entry, &site, Vec::new());
    let description = ctx.config.description.get(lang).to_string();
    if !description.is_empty() {
        head.metas.push(MetaView { name: "Description", content: description.clone() });
    }
    head.feeds = ctx.feeds(lang, FeedOf::Site, &site);
    let blocks = super::column::tops(ctx.public, ctx.derived).into_iter().filter_map(|c| {
        let list = &ctx.derived.by_column[c];
        let e = ctx.routes.get(lang, &Target::Column(c as u32, 0))?;
        Some(Block {
            title: ctx.shells.columns[lang][c].clone(),
            url: e.url.clone(),
            description: ctx.public.columns[c].description.get(lang).to_string(),
            count: ctx.theme.messages[lang].count("list.count", list.len()),
            cards: ctx.links(lang, &list[..list.len().min(LATEST)]),
        })
    });
    let link = |title: &str, target: Target| ctx.routes.get(lang, &target).map(|e| LinkView { title: title.to_string(), url: e.url.clone() });
    let view = View {
        head,
        description,
        blocks: blocks.collect(),
        departments: ctx.public.departments.iter().enumerate().filter_map(|(i, d)| link(d.name.get(lang), Target::Department(i as u32, 0))).collect(),
        themes: ctx
            .public
            .themes
            .iter()
            .enumerate()
            .filter(|(_, t)| t.parent.is_none())
            .filter_map(|(i, t)| link(t.label.get(lang), Target::Theme(i as u32, 0)))
            .collect(),
    };
    ctx.render(entry, "pages/home.html", &view)
}
