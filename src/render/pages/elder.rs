//! Large-print entry (长辈版): the main tasks on one page, in large type without script.

use super::FactView;
use super::column;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The large-print entry.
pub static PAGE: Maker = Maker { name: "elder", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "elder/", Target::Elder, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    /// The hotline: what is dialled, the number as it is read.
    hotline: Option<LinkView>,
    tasks: Vec<LinkView>,
    latest: String,
    phones: Vec<FactView>,
}

/// Telephones shown.
const PHONES: usize = 8;

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let title = ctx.say(lang, "elder.title");
    let mut tasks = Vec::new();
    for c in column::tops(ctx.public, ctx.derived) {
        if let Some(e) = ctx.routes.get(lang, &Target::Column(c as u32, 0)) {
            tasks.push(LinkView { title: ctx.shells.columns[lang][c].clone(), url: e.url.clone() });
        }
    }
    tasks.extend(super::services(ctx, lang));
    for (key, target) in [("nav.departments", Target::Departments), ("nav.themes", Target::Themes), ("sitemap.title", Target::SiteMap)] {
        if let Some(e) = ctx.routes.get(lang, &target) {
            tasks.push(LinkView { title: ctx.say(lang, key), url: e.url.clone() });
        }
    }
    let phones = ctx.public.departments.iter().filter_map(|d| {
        let tel = d.tel.clone()?;
        Some(FactView { label: d.name.get(lang).to_string(), url: Some(format!("tel:{}", crate::route::encode(&tel))), value: tel })
    });
    let newest = &ctx.derived.newest;
    let hotline = ctx.config.channels.iter().find(|c| c.key == "hotline" && c.to.starts_with("tel:"));
    let view = View {
        head: ctx.head(entry, &title, ctx.crumbs(lang, None)),
        hotline: hotline.map(|c| LinkView { title: c.shown.clone(), url: c.to.clone() }),
        tasks,
        latest: ctx.links(lang, &newest[..newest.len().min(5)]),
        phones: phones.take(PHONES).collect(),
    };
    ctx.render(entry, "pages/elder.html", &view)
}
