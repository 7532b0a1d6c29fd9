//! Search page: a form that script answers from the index, and without script the ways to browse.

use super::column;
use crate::index::VALIDITY;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;
use std::collections::BTreeMap;

/// The search page, one a language.
pub static PAGE: Maker = Maker { name: "search", plan, make, cost: 6 };

/// Words that script says, without `search.`.
static WORDS: &[&str] = &[
    "searching",
    "some",
    "more",
    "parts",
    "most",
    "none",
    "elsewhere",
    "examples",
    "meant",
    "also",
    "comma",
    "edition",
    "by",
    "partly",
    "long",
    "all",
    "page",
    "prev",
    "next",
    "again",
    "offline",
    "stale",
    "broken",
    "failed",
    "suggestions",
    "clear",
    "type",
    "department",
    "theme",
    "validity",
    "year",
];

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "search/", Target::Search, false, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    action: String,
    /// JSON.
    words: String,
    /// The search pages of all languages, as JSON: address, tag, name of the language in it.
    tongues: String,
    links: Vec<LinkView>,
    /// Choices of the advanced form: code, label.
    types: Vec<(String, String)>,
    departments: Vec<(String, String)>,
    validity: Vec<(String, String)>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    if entry.target != Target::Search {
        return misrouted(entry);
    }
    let mut links = Vec::new();
    for c in column::tops(ctx.public, ctx.derived) {
        if let Some(e) = ctx.routes.get(lang, &Target::Column(c as u32, 0)) {
            links.push(LinkView { title: ctx.shells.columns[lang][c].clone(), url: e.url.clone() });
        }
    }
    links.extend(super::services(ctx, lang));
    for (key, target) in [("nav.departments", Target::Departments), ("nav.themes", Target::Themes), ("sitemap.title", Target::SiteMap)] {
        if let Some(e) = ctx.routes.get(lang, &target) {
            links.push(LinkView { title: ctx.say(lang, key), url: e.url.clone() });
        }
    }
    let words: BTreeMap<&str, String> = WORDS.iter().map(|w| (*w, ctx.say(lang, &format!("search.{w}")))).collect();
    // Only what there is: a site without policies asks nothing about validity.
    let kinds = ctx.public.types.iter().filter(|k| !ctx.derived.list(*k).is_empty());
    let disclosure = ctx.derived.disclosed.there.then(|| ("disclosure".to_string(), ctx.say(lang, "type.disclosure")));
    let types = kinds.map(|k| (k.id.to_string(), ctx.say(lang, &format!("type.{}", k.folder)))).chain(disclosure).collect();
    let states: std::collections::BTreeSet<&str> = ctx.derived.validity.iter().flatten().map(|v| v.code()).collect();
    let validity = VALIDITY.iter().filter(|c| states.contains(*c)).map(|c| (c.to_string(), ctx.say(lang, &format!("validity.{c}")))).collect();
    let named = |(i, d): (usize, &crate::model::Department)| (!ctx.derived.by_department[i].is_empty()).then(|| (d.id.clone(), d.name.get(lang).to_string()));
    let departments = ctx.public.departments.iter().enumerate().filter_map(named).collect();
    let tongue = |l: usize| Some((ctx.routes.get(l, &Target::Search)?.url.clone(), ctx.public.languages[l].tag.clone(), ctx.say(l, "language.name")));
    let mut tongues: Vec<(String, String, String)> = (0..ctx.public.languages.len()).filter_map(tongue).collect();
    // Of the addresses that begin another's the longest comes last.
    tongues.sort_by_key(|t| t.0.len());
    let title = ctx.say(lang, "search.title");
    let view = View {
        head: ctx.head(entry, &title, ctx.crumbs(lang, None)),
        action: entry.url.clone(),
        words: serde_json::to_string(&words).unwrap_or_default(),
        tongues: serde_json::to_string(&tongues).unwrap_or_default(),
        links,
        types,
        departments,
        validity,
    };
    ctx.render(entry, "pages/search.html", &view)
}
