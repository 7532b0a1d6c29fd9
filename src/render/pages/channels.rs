//! 本站不能做的事: what a static site cannot do, and the channel that does it.

use crate::output::MakeResult;
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The page, where `site.yaml` names a channel.
pub static PAGE: Maker = Maker { name: "channels", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.channels.is_empty() {
        return;
    }
    for lang in 0..site.public.languages.len() {
        p.page(lang, "channels/", Target::Channels, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    channels: Vec<ChannelView>,
}

#[derive(Serialize)]
struct ChannelView {
    key: &'static str,
    /// What the site cannot do.
    cannot: String,
    /// What the link is called.
    title: String,
    url: String,
    shown: String,
    /// A form that is sent there: method, address.
    form: Option<(&'static str, String)>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    if entry.target != Target::Channels {
        return misrouted(entry);
    }
    let title = ctx.say(lang, "channels.title");
    let head = ctx.head(entry, &title, ctx.crumbs(lang, None));
    let all = ctx.config.channels.iter().map(|c| {
        let url = c.on(&head.canonical, &title);
        ChannelView {
            key: c.key,
            cannot: ctx.say(lang, &format!("channels.{}.cannot", c.key)),
            title: ctx.say(lang, &format!("channels.{}", c.key)),
            form: c.method.map(|m| (m, url.clone())),
            url,
            shown: c.shown.clone(),
        }
    });
    let channels = all.collect();
    ctx.render(entry, "pages/channels.html", &View { head, channels })
}
