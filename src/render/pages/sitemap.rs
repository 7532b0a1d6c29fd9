//! Site map for people: columns, departments, themes, plain pages.

use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// The site map.
pub static PAGE: Maker = Maker { name: "sitemap", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "sitemap/", Target::SiteMap, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    links: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let link = |title: String, target: &Target| ctx.routes.get(lang, target).map(|e| LinkView { title, url: e.url.clone() });
    let columns = (0..ctx.public.columns.len()).filter_map(|c| link(ctx.shells.columns[lang][c].clone(), &Target::Column(c as u32, 0)));
    let departments = ctx.public.departments.iter().enumerate().filter_map(|(i, d)| link(d.name.get(lang).to_string(), &Target::Department(i as u32, 0)));
    let themes = ctx.public.themes.iter().enumerate().filter_map(|(i, t)| link(t.label.get(lang).to_string(), &Target::Theme(i as u32, 0)));
    let pages = ctx.derived.list(types::PAGE).iter().filter_map(|i| link(ctx.public.items[*i as usize].best(lang).title.clone(), &Target::Item(*i)));
    let scores = link(m.say("scorecards.title"), &Target::Scorecard(crate::route::ScoreFile::List));
    let downloads = link(m.say("downloads.title"), &Target::Downloads);
    let more = [link(m.say("changes.title"), &Target::Changes), downloads, scores].into_iter().flatten();
    let groups = vec![
        Group { title: m.say("sitemap.columns"), links: columns.chain(super::services(ctx, lang)).collect() },
        Group { title: m.say("nav.departments"), links: departments.collect() },
        Group { title: m.say("nav.themes"), links: themes.collect() },
        Group {
            title: m.say("sitemap.pages"),
            links: pages.chain(super::account::pages(ctx, lang)).chain(more).chain(super::statistics::pages(ctx, lang)).collect(),
        },
    ];
    let groups = groups.into_iter().filter(|g| !g.links.is_empty()).collect();
    ctx.render(entry, "pages/sitemap.html", &View { head: ctx.head(entry, &m.say("sitemap.title"), ctx.crumbs(lang, None)), groups })
}
