//! What a signed site proves: how anybody can check that it is what was published. It checks itself in the browser, too.

use crate::output::MakeResult;
use crate::render::view::{HeadView, date_text};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use crate::trust::Event;
use serde::Serialize;

/// The page, where the build has a key.
pub static PAGE: Maker = Maker { name: "trust", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.signed.is_some() {
        for lang in 0..site.public.languages.len() {
            p.page(lang, "trust/", Target::Trust, true, true);
        }
    }
}

#[derive(Serialize)]
struct View<'a> {
    head: HeadView,
    /// The key to check with.
    key: &'a str,
    /// The public key alone, for the browser.
    raw: String,
    origin: &'a str,
    site: &'a str,
    /// Addresses of the signed files.
    manifest: &'a str,
    note: &'a str,
    checkpoint: &'a str,
    documents: usize,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let m = &ctx.theme.messages[entry.lang];
    let key = ctx.config.signed.as_deref().unwrap_or("");
    let url = |n| ctx.url(0, &Target::Seal(n));
    let view = View {
        head: ctx.head(entry, &m.say("trust.title"), ctx.crumbs(entry.lang, None)),
        key,
        raw: key.rsplit('+').next().map(String::from).unwrap_or_default(),
        origin: key.split('+').next().unwrap_or(""),
        site: &ctx.config.base_url,
        manifest: url(0),
        note: url(1),
        checkpoint: url(2),
        documents: ctx.record.map_or(0, |r| r.counts()[0]),
    };
    ctx.render(entry, "pages/trust.html", &view)
}

/// What the log tells of a document, on its page.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    id: String,
    hash: String,
    url: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Serialize)]
struct Step {
    label: String,
    date: String,
    iso: String,
    entry: u64,
}

/// The log's word on the item of a page; nothing where the site is not signed.
pub fn record(ctx: &Ctx<'_>, entry: &Entry) -> Option<RecordView> {
    let Target::Item(item) = entry.target else { return None };
    let document = ctx.record?.of(item)?;
    let m = &ctx.theme.messages[entry.lang];
    let label = |e| match e {
        Event::Publish => m.say("changes.published"),
        Event::Change => m.say("changes.changed"),
        Event::Withdraw | Event::Site => m.say("trust.withdrawn"),
    };
    let step = |h: &crate::trust::History| Step { label: label(h.event), date: date_text(m, h.day), iso: h.day.to_string(), entry: h.entry };
    Some(RecordView {
        id: document.listed.id.clone(),
        hash: document.listed.hash.clone(),
        url: ctx.url(entry.lang, &Target::Trust).to_string(),
        steps: document.history.iter().map(step).collect(),
    })
}
