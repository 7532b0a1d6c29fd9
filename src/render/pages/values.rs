//! Values of declared fields as pages show them: in a line, a cell, a table.

use crate::model::{Value, Values};
use crate::render::Ctx;
use crate::render::stage::TurnsView;
use crate::render::view::moment_text;
use crate::route::Target;
use crate::schema::{Field, Record};
use serde::Serialize;

/// A list of fields of its own, as a table.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) head: Vec<String>,
    /// Of each cell its values: text, address.
    pub(super) rows: Vec<Vec<Vec<PartView>>>,
    /// A sentence below it.
    pub(super) note: Option<String>,
    /// The fields of the columns.
    #[serde(skip)]
    pub(super) fields: Vec<&'static Field>,
}

/// A value as text, with its address where it leads somewhere.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    pub(super) text: String,
    pub(super) url: Option<String>,
    /// It is a state: its class, and what a script needs to tell it on the reader's day.
    pub(super) state: Option<(&'static str, Option<TurnsView>)>,
}

/// What a field is called.
pub(in crate::render) fn label(ctx: &Ctx<'_>, lang: usize, record: &'static Record, field: &'static Field) -> String {
    ctx.say(lang, &format!("field.{}.{}", record.id, field.key))
}

/// A value as what a line or a cell shows of it; nothing where it stands elsewhere on the page.
pub(super) fn parts(ctx: &Ctx<'_>, lang: usize, record: &'static Record, field: &'static Field, value: &Value) -> Vec<PartView> {
    let m = &ctx.theme.messages[lang];
    let plain = |text: String| vec![PartView { text, url: None, state: None }];
    let linked = |text: String, url: Option<String>| vec![PartView { text, url, state: None }];
    match value {
        Value::Text(t) => {
            use crate::schema::FieldKind::{List, Mail, Tel};
            let kind = if let List(k) = &field.kind { k } else { &field.kind };
            let figures: String = t.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            let url = match kind {
                Tel if figures.len() > 2 => Some(format!("tel:{figures}")),
                Mail => Some(format!("mailto:{t}")),
                _ => None,
            };
            linked(t.clone(), url)
        }
        Value::Said(t) => plain(t.get(lang).to_string()),
        Value::Day(d) => plain(ctx.date(lang, *d)),
        Value::Moment(x) => plain(moment_text(m, *x)),
        Value::Flag(yes) => plain(m.say(if *yes { "flag.yes" } else { "flag.no" })),
        Value::Count(n) => plain(n.to_string()),
        Value::Code(c) => plain(m.say(&format!("word.{}.{}.{c}", record.id, field.key))),
        Value::Web(u) => linked(u.clone(), Some(u.strip_prefix('/').map_or(u.clone(), |path| format!("{}{path}", ctx.routes.base_path())))),
        Value::File(f) => {
            let url = ctx.routes.get(0, &Target::Blob(f.clone())).map(|e| e.url.clone());
            linked(f.rsplit('/').next().unwrap_or(f).to_string(), url)
        }
        Value::Department(d) => {
            let url = ctx.routes.get(lang, &Target::Department(*d as u32, 0)).map(|e| e.url.clone());
            linked(ctx.public.departments[*d].name.get(lang).to_string(), url)
        }
        Value::Theme(t) => {
            let url = ctx.routes.get(lang, &Target::Theme(*t as u32, 0)).map(|e| e.url.clone());
            linked(ctx.public.themes[*t].label.get(lang).to_string(), url)
        }
        Value::List(all) => all.iter().flat_map(|v| parts(ctx, lang, record, field, v)).collect(),
        // In texts, tables and lists of their own.
        Value::Markdown(_) | Value::Table(_) | Value::Item(_) | Value::Free(_) => Vec::new(),
    }
}

/// Rows of fields: a column for each field that some row has.
pub(super) fn table(ctx: &Ctx<'_>, lang: usize, field: &'static Field, id: String, title: String, rows: &[&Values]) -> Option<TableView> {
    let record = field.kind.table()?;
    let used: Vec<&'static Field> = record.fields.iter().copied().filter(|f| rows.iter().any(|r| r.get(f).is_some())).collect();
    let cell = |row: &&Values, f: &&'static Field| match row.get(f) {
        Some(Value::Item(item)) => named(ctx, lang, item).into_iter().collect(),
        Some(Value::Markdown(t)) => vec![PartView { text: crate::load::outline::plain(t.get(lang), ctx.config.allow_html), url: None, state: None }],
        Some(v) => parts(ctx, lang, record, f, v),
        None => Vec::new(),
    };
    (!used.is_empty()).then(|| TableView {
        id,
        title,
        head: used.iter().map(|f| label(ctx, lang, record, f)).collect(),
        rows: rows.iter().map(|r| used.iter().map(|f| cell(r, f)).collect()).collect(),
        note: None,
        fields: used,
    })
}

/// An item by its title.
fn named(ctx: &Ctx<'_>, lang: usize, id: &std::sync::Arc<str>) -> Option<PartView> {
    let i = *ctx.derived.by_id.get(id)?;
    let item = &ctx.public.items[i as usize];
    Some(PartView { text: item.best(lang).title.clone(), url: ctx.routes.item(lang, i, item).map(|e| e.url.clone()), state: None })
}
