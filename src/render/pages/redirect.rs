//! Old addresses that lead on: a page that works on any static host.

use crate::output::MakeResult;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// Redirects of `aliases:`, and of lists that are empty for the moment.
pub static PAGE: Maker = Maker { name: "redirect", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (i, item) in site.public.items.iter().enumerate() {
        for (alias, at) in &item.aliases {
            // Those that stand in a translation lead to it.
            let lang = item.editions.iter().find(|e| e.doc.source.path == at.file).map_or(0, |e| e.lang);
            p.moved(lang, alias, Target::Item(i as u32), at.clone());
        }
    }
    for (i, item) in site.public.gone.iter().enumerate() {
        for (alias, at) in &item.aliases {
            p.moved(item.editions[0].lang, alias, Target::Gone(i as u32), at.clone());
        }
    }
    for (i, d) in site.public.departments.iter().enumerate() {
        for (alias, at) in &d.aliases {
            p.moved(0, alias, Target::Department(i as u32, 0), at.clone());
        }
    }
    for (i, t) in site.public.themes.iter().enumerate() {
        for (alias, at) in &t.aliases {
            p.moved(0, alias, Target::Theme(i as u32, 0), at.clone());
        }
    }
    for (i, c) in site.public.columns.iter().enumerate() {
        for (alias, at) in &c.aliases {
            p.moved(0, alias, Target::Column(i as u32, 0), at.clone());
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
    let Target::Redirect(i) = entry.target else { return misrouted(entry) };
    let Some(moved) = ctx.routes.moved.get(i as usize) else { return misrouted(entry) };
    let Some(to) = ctx.routes.destination(moved, ctx.public) else { return misrouted(entry) };
    let lang = moved.lang;
    let title = match &moved.to {
        Target::Item(i) => ctx.public.items[*i as usize].best(lang).title.clone(),
        Target::Department(d, _) => ctx.public.departments[*d as usize].name.get(lang).to_string(),
        Target::Theme(t, _) => ctx.public.themes[*t as usize].label.get(lang).to_string(),
        Target::Column(c, _) => ctx.shells.columns[lang][*c as usize].clone(),
        // Nothing of a withdrawn item is shown.
        Target::Gone(_) => ctx.say(lang, "withdrawn.title"),
        _ => ctx.config.title.get(lang).to_string(),
    };
    let view = View { lang: ctx.public.languages[lang].tag.clone(), title, url: to.url.clone(), canonical: ctx.absolute(&to.url) };
    ctx.render(entry, "pages/redirect.html", &view)
}
