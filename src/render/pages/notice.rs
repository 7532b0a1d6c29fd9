//! Notices in place of items: withdrawn, or held back for the moment. Nothing of the text is shown.

use super::item_path;
use crate::model::Item;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// Notices. (Held addresses are planned by the ledger, in `route`.)
pub static PAGE: Maker = Maker { name: "notice", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (i, item) in site.public.gone.iter().enumerate() {
        for e in &item.editions {
            p.page(e.lang, &item_path(item), Target::Gone(i as u32), false, true);
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    text: String,
    date: String,
    /// Of what was withdrawn for an error or by law, so that readers know what it was.
    title: Option<String>,
    ground: Option<String>,
    reason: Option<String>,
    /// What took its place.
    instead: Option<LinkView>,
    home: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let home = ctx.url(lang, &Target::Home).to_string();
    let view = match &entry.target {
        Target::Gone(i) => {
            let w = ctx.public.gone[*i as usize].withdrawn.as_ref();
            let date = w.and_then(|w| w.on).map_or(String::new(), |m| ctx.date(lang, m.date));
            View {
                head: ctx.head(entry, &m.say("withdrawn.title"), ctx.crumbs(lang, None)),
                text: m.say("withdrawn.text"),
                date,
                title: w.filter(|w| matches!(w.ground, Some("error" | "law"))).map(|_| ctx.public.gone[*i as usize].best(lang).title.clone()),
                ground: w.and_then(|w| w.ground).map(|g| m.say(&format!("withdrawn.ground.{g}"))),
                reason: w.and_then(|w| w.reason.clone()),
                instead: instead(ctx, lang, &ctx.public.gone[*i as usize]),
                home,
            }
        }
        Target::Held(_) => View {
            head: ctx.head(entry, &m.say("held.title"), ctx.crumbs(lang, None)),
            text: m.say("held.text"),
            date: String::new(),
            title: None,
            ground: None,
            reason: None,
            instead: None,
            home,
        },
        _ => return misrouted(entry),
    };
    ctx.render(entry, "pages/notice.html", &view)
}

/// The public item that took the place of a withdrawn one: `replaced_by`, else the one document that repeals it, at the end of the chain.
fn instead(ctx: &Ctx<'_>, lang: usize, item: &Item) -> Option<LinkView> {
    let repealing = item.policy().and_then(|p| match &p.repealed_by[..] {
        [one] => Some(one),
        _ => None,
    });
    let i = *ctx.derived.by_id.get(item.replaced_by.as_ref().or(repealing)?)?;
    let i = ctx.derived.relations[i as usize].successor.unwrap_or(i);
    let to = &ctx.public.items[i as usize];
    Some(LinkView { title: to.best(lang).title.clone(), url: ctx.routes.item(lang, i, to)?.url.clone() })
}
