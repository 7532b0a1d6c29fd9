//! Share images of the site, its columns, its topics, and of as many of the newest items as `look: {cards: N}` says. Other items
//! show that of their column: ten thousand pictures would cost more than ten thousand pages.

use crate::model::Item;
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted, picture};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;

/// `share/*.png`
pub static EXPORT: Maker = Maker { name: "share", plan, make, cost: 8 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (lang, language) in site.public.languages.iter().enumerate().filter(|(_, l)| l.from.is_none()) {
        let mut file = |name: &str, of: Target| p.file(lang, format!("{}share/{name}.png", language.prefix), Target::Share(Box::new(of)), 1, false, false);
        file("site", Target::Home);
        for (c, column) in site.public.columns.iter().enumerate().filter(|(c, _)| !site.derived.by_column[*c].is_empty()) {
            if column.path != "pages" {
                file(&column.path, Target::Column(c as u32, 0));
            }
        }
        for i in site.derived.list(types::TOPIC) {
            let item = &site.public.items[*i as usize];
            if item.edition(lang).is_some() {
                file(&item.id, Target::Item(*i));
            }
        }
        let newest = site.derived.newest.iter().filter(|i| {
            let item = &site.public.items[**i as usize];
            item.kind != types::TOPIC && !item.kind.root && item.edition(lang).is_some()
        });
        for i in newest.take(site.config.look.cards) {
            file(&site.public.items[*i as usize].id, Target::Item(*i));
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Share(of) = &entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let site = ctx.config.title.get(lang);
    let (title, lead, by) = match &**of {
        Target::Column(c, _) => {
            (ctx.shells.columns[lang][*c as usize].clone(), ctx.public.columns[*c as usize].description.get(lang).to_string(), String::new())
        }
        Target::Item(i) => {
            let item = &ctx.public.items[*i as usize];
            let edition = item.best(lang);
            // A topic is no document: who and when tell nothing of it.
            let by = if item.kind == types::TOPIC { String::new() } else { by(ctx, lang, item) };
            (edition.title.clone(), ctx.summary(edition), by)
        }
        _ => (site.to_string(), ctx.config.description.get(lang).to_string(), String::new()),
    };
    match picture::draw(&ctx.theme.share_font, site, &title, &lead, &by) {
        Some(png) => Ok(Made::Bytes(png)),
        None => Err(Box::new(crate::theme::font_fault())),
    }
}

/// Who issued an item, and when.
fn by(ctx: &Ctx<'_>, lang: usize, item: &Item) -> String {
    let day = item.day().map(|d| ctx.date(lang, d));
    let who = Some(ctx.issuers(lang, item)).filter(|w| !w.is_empty());
    who.into_iter().chain(day).collect::<Vec<_>>().join("  ·  ")
}
