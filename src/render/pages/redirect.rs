//! Old addresses that lead to an item: a page that works on any static host.

use crate::output::MakeResult;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// Redirects of `aliases:`.
pub static PAGE: Maker = Maker { name: "redirect", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (i, item) in site.public.items.iter().enumerate() {
        for (n, alias) in item.aliases.iter().enumerate() {
            let alias = alias.trim().trim_start_matches('/');
            let path =
                if alias.ends_with(".html") || alias.ends_with(".htm") { alias.to_string() } else { format!("{}/index.html", alias.trim_end_matches('/')) };
            p.file(0, path, Target::Redirect(i as u32, n as u32), 2, false, true);
        }
    }
}

#[derive(Serialize)]
struct View {
    lang: String,
    title: String,
    url: String,
    canonical: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Redirect(i, _) = entry.target else { return misrouted(entry) };
    let item = &ctx.public.items[i as usize];
    let Some(to) = ctx.routes.item(entry.lang, i, item) else { return misrouted(entry) };
    let view = View {
        lang: ctx.public.languages[entry.lang].tag.clone(),
        title: item.best(entry.lang).title.clone(),
        url: to.url.clone(),
        canonical: ctx.absolute(&to.url),
    };
    ctx.render(entry, "pages/redirect.html", &view)
}
