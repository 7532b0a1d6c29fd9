//! What the log of a signed site tells of a document, for its page.

use crate::render::Ctx;
use crate::route::{Entry, Target};
use crate::trust::Event;
use serde::Serialize;

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
    let step = |h: &crate::trust::History| Step { label: label(h.event), date: ctx.date(entry.lang, h.day), iso: h.day.to_string(), entry: h.entry };
    Some(RecordView {
        id: document.listed.id.clone(),
        hash: document.listed.hash.clone(),
        url: ctx.url(entry.lang, &Target::Trust).to_string(),
        steps: document.history.iter().map(step).collect(),
    })
}
