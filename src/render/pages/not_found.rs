//! 404: where the host looks for it, `404.html` at the root and in each language's folder.

use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The page for addresses that do not exist.
pub static PAGE: Maker = Maker { name: "not_found", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (lang, l) in site.public.languages.iter().enumerate() {
        p.file(lang, format!("{}404.html", l.prefix), Target::NotFound, 2, false, false);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    links: Vec<LinkView>,
    /// Address of the search page.
    search: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let links = [("nav.home", Target::Home), ("sitemap.title", Target::SiteMap), ("changes.title", Target::Changes)]
        .into_iter()
        .filter_map(|(k, t)| Some(LinkView { title: m.say(k), url: ctx.routes.get(lang, &t)?.url.clone() }));
    ctx.render(
        entry,
        "pages/not_found.html",
        &View { head: ctx.head(entry, &m.say("not_found.title"), Vec::new()), links: links.collect(), search: ctx.url(lang, &Target::Search).to_string() },
    )
}
