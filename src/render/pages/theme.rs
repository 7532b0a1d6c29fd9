//! Themes (主题分类): the tree of those with items, and one page each.

use super::department::TermView;
use super::plan_list;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, PagerView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use serde::Serialize;

/// Pages of themes.
pub static PAGE: Maker = Maker { name: "theme", plan, make, cost: 4 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        let used: Vec<usize> = (0..site.public.themes.len())
            .filter(|t| {
                // A subject that had a page keeps it, empty for the moment; so does one that old addresses lead to.
                let theme = &site.public.themes[*t];
                let path = format!("{}themes/{}/", site.public.languages[lang].prefix, theme.id);
                !site.derived.by_theme[*t].is_empty() || !theme.aliases.is_empty() || p.was_public(&path)
            })
            .collect();
        if used.is_empty() {
            continue;
        }
        p.page(lang, "themes/", Target::Themes, true, true);
        for t in used {
            let base = format!("themes/{}/", site.public.themes[t].id);
            plan_list(site, p, lang, &base, site.derived.by_theme[t].len(), |n| Target::Theme(t as u32, n));
        }
    }
}

#[derive(Serialize)]
struct ListView {
    head: HeadView,
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    count: String,
    cards: String,
    pager: Option<PagerView>,
    below: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let Target::Theme(t, page) = entry.target else {
        let head = ctx.head(entry, &m.say("nav.themes"), ctx.crumbs(lang, None));
        return ctx.render(entry, "pages/terms.html", &ListView { head, terms: terms(ctx, lang, None) });
    };
    let Some(theme) = ctx.public.themes.get(t as usize) else { return misrouted(entry) };
    let list = &ctx.derived.by_theme[t as usize];
    let name = theme.label.get(lang);
    let mut crumbs = ctx.crumbs(lang, None);
    crumbs.push(LinkView { title: m.say("nav.themes"), url: ctx.url(lang, &Target::Themes).to_string() });
    if let Some(p) = theme.parent.filter(|p| ctx.routes.get(lang, &Target::Theme(*p as u32, 0)).is_some()) {
        crumbs.push(LinkView { title: ctx.public.themes[p].label.get(lang).to_string(), url: ctx.url(lang, &Target::Theme(p as u32, 0)).to_string() });
    }
    let mut head = ctx.head(entry, name, crumbs);
    head.feeds = ctx.feeds(lang, FeedOf::Theme(t), name);
    let view = View {
        head,
        count: m.count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &|n| Target::Theme(t, n)),
        below: terms(ctx, lang, Some(t as usize)).into_iter().map(|t| LinkView { title: t.title, url: t.url }).collect(),
    };
    ctx.render(entry, "pages/theme.html", &view)
}

fn terms(ctx: &Ctx<'_>, lang: usize, parent: Option<usize>) -> Vec<TermView> {
    let here = ctx.public.themes.iter().enumerate().filter(|(_, t)| t.parent == parent);
    here.filter_map(|(i, t)| {
        let url = ctx.routes.get(lang, &Target::Theme(i as u32, 0))?.url.clone();
        let count = ctx.theme.messages[lang].count("list.count", ctx.derived.by_theme[i].len());
        Some(TermView { title: t.label.get(lang).to_string(), url, count, below: terms(ctx, lang, Some(i)) })
    })
    .collect()
}
