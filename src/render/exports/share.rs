//! Share images of the site, its columns and its topics. An item shows that of its column: ten thousand
//! pictures would cost more than ten thousand pages.

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
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Share(of) = &entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let site = ctx.config.title.get(lang);
    let (title, lead) = match &**of {
        Target::Column(c, _) => (ctx.shells.columns[lang][*c as usize].clone(), ctx.public.columns[*c as usize].description.get(lang).to_string()),
        Target::Item(i) => {
            let edition = ctx.public.items[*i as usize].best(lang);
            (edition.title.clone(), ctx.summary(edition))
        }
        _ => (site.to_string(), ctx.config.description.get(lang).to_string()),
    };
    match picture::draw(&ctx.theme.share_font, site, &title, &lead) {
        Some(png) => Ok(Made::Bytes(png)),
        None => Err(Box::new(crate::theme::font_fault())),
    }
}
