//! The page of a type whose fields are only declared: facts, texts, tables, files, links both ways.

use super::values::{PartView, TableView, label, parts, table};
use super::{AttachmentView, Banner, FactView, Group, NoteView, TextView, attachments, banner, body, named_by, neighbours, notes, plan_items};
use crate::model::{Item, Value, Values};
use crate::output::MakeResult;
use crate::render::cite::{CiteView, cite};
use crate::render::view::{HeadView, LinkView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::Field;
use serde::Serialize;
use std::collections::BTreeMap;

/// Pages of items of such types.
pub static PAGE: Maker = Maker { name: "record", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for kind in site.public.types.iter().filter(|k| k.page == PAGE.name) {
        plan_items(site, p, kind);
    }
}

/// A field: what it is called, and its values.
#[derive(Debug, Serialize)]
struct FieldView {
    label: String,
    parts: Vec<PartView>,
}

/// A text of its own.
#[derive(Debug, Serialize)]
struct SectionView {
    id: String,
    title: String,
    html: String,
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Id of its type.
    kind: &'static str,
    /// Its own fields by key, for templates of one's own.
    fields: BTreeMap<&'static str, FieldView>,
    head: HeadView,
    banner: Option<Banner>,
    lead: Option<String>,
    facts: Vec<FactView>,
    /// schema.org, for machines.
    ld: Option<String>,
    /// Calendar of its days to come.
    ics: Option<String>,
    text: TextView,
    sections: Vec<SectionView>,
    tables: Vec<TableView>,
    /// Items that it names, by field.
    groups: Vec<Group>,
    /// Items that name it, by type.
    named_by: Vec<Group>,
    attachments: Vec<AttachmentView>,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    cite: CiteView,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some(values) = item.record() else { return misrouted(entry) };
    let (edition, record) = (item.best(lang), item.kind.record);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    let (prev, next) = neighbours(ctx, lang, i);
    let more = super::account::more(ctx, lang, item, values, &head.canonical);
    let (mut sections, mut tables, mut groups) = (Vec::new(), more.tables, Vec::new());
    let mut fields = BTreeMap::new();
    for (field, value) in values.iter() {
        let (id, title) = (format!("f-{}", field.key), label(ctx, lang, record, field));
        fields.insert(field.key, FieldView { label: title.clone(), parts: parts(ctx, lang, record, field, value) });
        if more.instead.is_some_and(|f| std::ptr::eq(f, field)) {
            continue;
        }
        match value {
            Value::Markdown(t) => {
                let html = super::text(ctx, lang, item, &format!("{id}-"), t.get(lang)).html;
                sections.push(SectionView { id, title, html });
            }
            Value::Table(t) => tables.extend(table(ctx, lang, field, id, title, &[t])),
            Value::List(all) => {
                let rows: Vec<&Values> = all.iter().filter_map(|v| if let Value::Table(t) = v { Some(t) } else { None }).collect();
                tables.extend(table(ctx, lang, field, id, title.clone(), &rows));
                groups.extend(group(ctx, lang, title, all));
            }
            Value::Item(_) => groups.extend(group(ctx, lang, title, std::slice::from_ref(value))),
            // In the box of facts, or nowhere.
            Value::Text(_)
            | Value::Said(_)
            | Value::Day(_)
            | Value::Moment(_)
            | Value::Flag(_)
            | Value::Count(_)
            | Value::Code(_)
            | Value::Web(_)
            | Value::File(_)
            | Value::Department(_)
            | Value::Theme(_)
            | Value::Free(_) => {}
        }
    }
    // A template that is not there was told when the theme was read.
    let template = if ctx.theme.lacks.contains(&item.kind.template) { PAGE.name } else { item.kind.template };
    let view = View {
        extra: &item.extra,
        kind: item.kind.id,
        fields,
        banner: banner(ctx, lang, i),
        lead: edition.summary.clone(),
        facts: facts(ctx, lang, item, values, more.instead, more.facts),
        ld: more.ld,
        ics: crate::render::exports::ics::link(ctx, lang, Some(i)),
        text: body(ctx, lang, item),
        sections,
        tables,
        groups,
        named_by: named_by(ctx, lang, i),
        attachments: attachments(ctx, lang, item),
        notes: notes(ctx, lang, item),
        keywords: item.keywords.clone(),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        prev,
        next,
        head,
    };
    ctx.render(entry, &format!("pages/{template}.html"), &view)
}

/// The items of one field under its label.
fn group(ctx: &Ctx<'_>, lang: usize, title: String, values: &[Value]) -> Option<Group> {
    let of = |v: &Value| if let Value::Item(id) = v { ctx.derived.by_id.get(id).copied() } else { None };
    let list: Vec<u32> = values.iter().filter_map(of).collect();
    (!list.is_empty()).then(|| Group { title, cards: ctx.links(lang, &list) })
}

/// The box of facts: who answers for it, its days, each declared field that is told in a line.
pub(super) fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, values: &Values, but: Option<&'static Field>, more: Vec<FactView>) -> Vec<FactView> {
    let (m, record) = (&ctx.theme.messages[lang], item.kind.record);
    let mut out: Vec<FactView> = Vec::new();
    let mut fact = |label: String, value: String, url: Option<String>| {
        if !value.is_empty() {
            out.push(FactView { label, value, url });
        }
    };
    let who = match &item.issuers[..] {
        [one] => ctx.routes.get(lang, &Target::Department(*one as u32, 0)).map(|e| e.url.clone()),
        _ => None,
    };
    fact(label(ctx, lang, record, item.kind.issuer), ctx.issuers(lang, item), who);
    let theme = item.themes.first();
    let theme_url = theme.and_then(|t| ctx.routes.get(lang, &Target::Theme(*t as u32, 0))).map(|e| e.url.clone());
    fact(m.say("fact.theme"), theme.map_or(String::new(), |t| ctx.public.themes[*t].label.get(lang).to_string()), theme_url);
    for (field, value) in values.iter().filter(|(f, _)| !but.is_some_and(|b| std::ptr::eq(b, *f))) {
        let parts = parts(ctx, lang, record, field, value);
        let url = match &parts[..] {
            [one] => one.url.clone(),
            _ => None,
        };
        let text = parts.into_iter().map(|p| p.text).collect::<Vec<_>>().join(ctx.separator(lang));
        fact(label(ctx, lang, record, field), text, url);
    }
    let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| ctx.date(lang, d));
    fact(m.say("fact.published_at"), item.published.map_or(String::new(), |x| moment_text(m, x)), None);
    fact(m.say("fact.formed_on"), day(item.formed), None);
    fact(m.say("fact.effective_from"), day(item.effective), None);
    fact(m.say("fact.expires_on"), day(item.expires), None);
    fact(m.say("fact.source"), item.source.clone().unwrap_or_default(), item.source_url.clone());
    out.extend(more);
    out
}
