//! Topic (专题): a page composed of blocks.

use super::{NoteView, body, notes, plan_items};
use crate::model::Detail;
use crate::output::MakeResult;
use crate::render::blocks::{BlockView, views};
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// Pages of topics.
pub static PAGE: Maker = Maker { name: "topic", plan, make, cost: 4 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::TOPIC);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    head: HeadView,
    lead: Option<String>,
    html: String,
    blocks: Vec<BlockView>,
    notes: Vec<NoteView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Detail::Topic(blocks) = &item.detail else { return misrouted(entry) };
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    let text = |prefix: &str, md: &str| super::text(ctx, lang, item, prefix, md).html;
    let view = View {
        extra: &item.extra,
        named_by: super::named_by(ctx, lang, i),
        lead: edition.summary.clone(),
        html: body(ctx, lang, item).html,
        blocks: views(ctx, lang, blocks, &text),
        notes: notes(ctx, lang, item),
        head,
    };
    ctx.render(entry, "pages/topic.html", &view)
}
