//! Search page: a plain form, and titles that script looks through. Where script is off, the ways to browse.
//!
//! It stands where a block of the home page asks for it.

use super::column;
use crate::config::BlockKind;
use crate::output::{Made, MakeResult};
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;
use serde_json::json;

/// The search page and its list of titles, one a language.
pub static PAGE: Maker = Maker { name: "search", plan, make, cost: 6 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.home.iter().any(|b| b.kind == BlockKind::Search) {
        return;
    }
    for (lang, language) in site.public.languages.iter().enumerate() {
        p.page(lang, "search/", Target::Search, false, true);
        p.file(lang, format!("{}search/titles.json", language.prefix), Target::Titles, 2, false, false);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    action: String,
    titles: String,
    links: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    match entry.target {
        Target::Search => {}
        Target::Titles => return titles(ctx, lang),
        _ => return misrouted(entry),
    }
    let mut links = Vec::new();
    for c in column::tops(ctx.public, ctx.derived) {
        if let Some(e) = ctx.routes.get(lang, &Target::Column(c as u32, 0)) {
            links.push(LinkView { title: ctx.shells.columns[lang][c].clone(), url: e.url.clone() });
        }
    }
    for (key, target) in [("nav.departments", Target::Departments), ("nav.themes", Target::Themes), ("sitemap.title", Target::SiteMap)] {
        if let Some(e) = ctx.routes.get(lang, &target) {
            links.push(LinkView { title: ctx.say(lang, key), url: e.url.clone() });
        }
    }
    let title = ctx.say(lang, "search.title");
    let view =
        View { head: ctx.head(entry, &title, ctx.crumbs(lang, None)), action: entry.url.clone(), titles: ctx.url(lang, &Target::Titles).to_string(), links };
    ctx.render(entry, "pages/search.html", &view)
}

/// Title, address, and what stands below the title in lists; newest first.
fn titles(ctx: &Ctx<'_>, lang: usize) -> MakeResult {
    let row = |i: &u32| {
        let card = ctx.card(lang, *i);
        let meta: Vec<String> = [card.date, card.meta].into_iter().filter(|t| !t.is_empty()).collect();
        json!([card.title, card.url, meta.join(" · ")])
    };
    let rows: Vec<serde_json::Value> = ctx.derived.newest.iter().map(row).collect();
    let bytes = serde_json::Value::Array(rows).to_string().into_bytes();
    Ok(Made::Bytes(ctx.shells.script(ctx.public, lang, bytes)))
}
