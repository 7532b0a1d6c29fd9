//! Plain page.

use super::{AttachmentView, NoteView, TextView, attachments, body, notes, plan_items};
use crate::output::MakeResult;
use crate::render::view::{HeadView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// Plain pages.
pub static PAGE: Maker = Maker { name: "page", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::PAGE);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    head: HeadView,
    banner: Option<super::Banner>,
    published: String,
    source: Option<String>,
    source_url: Option<String>,
    related: String,
    text: TextView,
    attachments: Vec<AttachmentView>,
    notes: Vec<NoteView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, super::disclosure::crumbs(ctx, lang, item));
    ctx.article_metas(&mut head, lang, item, edition);
    let view = View {
        extra: &item.extra,
        named_by: super::named_by(ctx, lang, i),
        banner: super::banner(ctx, lang, i),
        head,
        published: item.published.map_or(String::new(), |x| moment_text(&ctx.theme.messages[lang], x)),
        source: item.source.clone(),
        source_url: item.source_url.clone(),
        related: ctx.links(lang, &ctx.derived.relations[i as usize].related),
        text: body(ctx, lang, item),
        attachments: attachments(ctx, lang, item),
        notes: notes(ctx, lang, item),
    };
    ctx.render(entry, "pages/page.html", &view)
}
