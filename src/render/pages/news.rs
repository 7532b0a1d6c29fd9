//! News (新闻、动态).

use super::{AttachmentView, Banner, FactView, NoteView, TextView, attachments, banner, body, neighbours, notes, plan_items};
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// Pages of news.
pub static PAGE: Maker = Maker { name: "news", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::NEWS);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    head: HeadView,
    banner: Option<Banner>,
    facts: Vec<FactView>,
    text: TextView,
    attachments: Vec<AttachmentView>,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let edition = item.best(lang);
    let m = &ctx.theme.messages[lang];
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    let (prev, next) = neighbours(ctx, lang, i);
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: Option<String>, url: Option<String>| {
        facts.extend(value.filter(|v| !v.is_empty()).map(|value| FactView { label: m.say(&format!("fact.{key}")), value, url }));
    };
    fact("published_at", item.published.map(|x| moment_text(m, x)), None);
    let who = item.issuers.first().and_then(|d| ctx.routes.get(lang, &Target::Department(*d as u32, 0))).map(|e| e.url.clone());
    fact("publisher", Some(ctx.issuers(lang, item)), who);
    fact("source", item.source.clone(), item.source_url.clone());
    let view = View {
        extra: &item.extra,
        named_by: super::named_by(ctx, lang, i),
        banner: banner(ctx, lang, i),
        facts,
        text: body(ctx, lang, item),
        attachments: attachments(ctx, lang, item),
        notes: notes(ctx, lang, item),
        keywords: item.keywords.clone(),
        prev,
        next,
        head,
    };
    ctx.render(entry, "pages/news.html", &view)
}
