//! What is told of an item in a row: one list of columns for bulk files, lists and records, and for their description.

use crate::model::{Item, Kind};
use crate::render::exports::texts::{self, Standing};
use crate::render::{Ctx, pages};
use crate::route::{ApiFile, Target};
use crate::types;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::sync::Arc;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text that is always there.
    Text,
    /// A text, or nothing.
    Maybe,
    /// A day, or nothing.
    Day,
    /// A web address, or nothing.
    Web,
    /// Several texts.
    List,
    /// A number.
    Count,
}

/// Whose column it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of every item.
    All,
    /// Of one type.
    Of(Kind),
    /// Of files with full text.
    Bulk,
}

/// A column.
pub struct Column {
    /// Its key; what it means is the message `api.column.<name>`.
    pub name: &'static str,
    /// See [`Whose`].
    pub of: Whose,
    /// See [`Holds`].
    pub holds: Holds,
    get: fn(&One<'_>) -> Value,
}

/// An edition of an item that somebody wrote.
pub struct One<'a> {
    ctx: &'a Ctx<'a>,
    i: u32,
    item: &'a Item,
    /// Its place among the editions.
    edition: usize,
    /// Language.
    pub lang: usize,
    standing: Standing,
    page: String,
    twin: Option<String>,
    text: String,
}

impl<'a> One<'a> {
    /// An edition of an item by its place, with its text where that is wanted.
    pub fn new(ctx: &'a Ctx<'a>, i: u32, edition: usize, text: String) -> One<'a> {
        let item = &ctx.public.items[i as usize];
        let lang = item.editions[edition].lang;
        let (standing, page, twin) = (texts::standing(ctx, lang, i), texts::page(ctx, i, lang), texts::twin(ctx, i, lang));
        One { ctx, i, item, edition, lang, standing, page, twin, text }
    }

    fn e(&self) -> &crate::model::Edition {
        &self.item.editions[self.edition]
    }

    /// Id, title, address and state of other items.
    pub fn named(&self, list: &[u32]) -> Value {
        named(self.ctx, self.lang, list)
    }
}

/// Id, title, address and state of items.
pub fn named(ctx: &Ctx<'_>, lang: usize, list: &[u32]) -> Value {
    let one = |i: &u32| {
        let item = &ctx.public.items[*i as usize];
        let s = texts::standing(ctx, lang, *i);
        json!({ "id": &*item.id, "title": item.best(lang).title, "url": texts::page(ctx, *i, lang), "state": s.code, "state_label": s.label })
    };
    list.iter().map(one).collect()
}

const fn all(name: &'static str, holds: Holds, get: fn(&One<'_>) -> Value) -> Column {
    Column { name, of: Whose::All, holds, get }
}

const fn own(name: &'static str, kind: Kind, holds: Holds, get: fn(&One<'_>) -> Value) -> Column {
    Column { name, of: Whose::Of(kind), holds, get }
}

fn day(d: Option<Date>) -> Value {
    json!(d.map(|d| d.to_string()))
}

fn ids(o: &One<'_>, list: &[u32]) -> Value {
    list.iter().map(|i| json!(&*o.ctx.public.items[*i as usize].id)).collect()
}

fn known(o: &One<'_>, list: &[Arc<str>]) -> Value {
    list.iter().filter(|id| o.ctx.derived.by_id.contains_key(*id)).map(|id| json!(&**id)).collect()
}

/// All columns, in the order in which they are written.
pub static COLUMNS: &[Column] = &[
    all("id", Holds::Text, |o| json!(&*o.item.id)),
    all("type", Holds::Text, |o| json!(o.item.kind.id)),
    all("lang", Holds::Text, |o| json!(o.ctx.public.languages[o.lang].tag)),
    all("title", Holds::Text, |o| json!(o.e().title)),
    all("url", Holds::Text, |o| json!(o.page)),
    all("markdown", Holds::Web, |o| json!(o.twin)),
    all("state", Holds::Text, |o| json!(o.standing.code)),
    all("state_label", Holds::Text, |o| json!(o.standing.label)),
    all("as_of", Holds::Text, |o| json!(o.ctx.public.as_of.to_string())),
    all("issuers", Holds::List, |o| o.item.issuers.iter().map(|d| json!(o.ctx.public.departments[*d].id)).collect()),
    all("issuer_names", Holds::List, |o| {
        let names: Vec<&str> = o.item.issuers.iter().map(|d| o.ctx.issuer(o.lang, o.item, *d)).collect();
        match o.item.policy().and_then(|p| p.issuer_text.as_deref()) {
            Some(told) if names.is_empty() => json!([told]),
            _ => json!(names),
        }
    }),
    own("doc_no", types::POLICY, Holds::Maybe, |o| json!(o.item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown()))),
    own("index_no", types::POLICY, Holds::Maybe, |o| json!(o.item.policy().and_then(|p| p.index_no.as_deref()))),
    own("doc_type", types::POLICY, Holds::Maybe, |o| json!(o.item.policy().and_then(|p| p.doc_type))),
    own("authority_level", types::POLICY, Holds::Maybe, |o| json!(o.item.policy().and_then(|p| p.level))),
    all("published", Holds::Day, |o| day(o.item.published.map(|m| m.date))),
    all("changed", Holds::Day, |o| day(o.item.changed(o.ctx.public.as_of).max(o.item.data_day(o.ctx.public.as_of)))),
    all("formed_on", Holds::Day, |o| day(o.item.formed)),
    all("effective_from", Holds::Day, |o| day(o.item.effective)),
    all("expires_on", Holds::Day, |o| day(o.item.expires)),
    own("amends", types::POLICY, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].amends)),
    own("amended_by", types::POLICY, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].amended_by)),
    own("repeals", types::POLICY, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].repeals)),
    own("repealed_by", types::POLICY, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].repealed_by)),
    own("explained_by", types::POLICY, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].explains)),
    all("replaced_by", Holds::Maybe, |o| json!(o.ctx.derived.relations[o.i as usize].successor.map(|s| &*o.ctx.public.items[s as usize].id))),
    own("policies", types::INTERPRETATION, Holds::List, |o| ids(o, &o.ctx.derived.relations[o.i as usize].explains)),
    own("policy_states", types::INTERPRETATION, Holds::List, |o| {
        o.ctx.derived.relations[o.i as usize].explains.iter().map(|p| json!(texts::standing(o.ctx, o.lang, *p).code)).collect()
    }),
    own("forms", types::INTERPRETATION, Holds::List, |o| json!(o.item.interpretation().map(|i| &i.forms))),
    own("identifier", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.identifier.as_deref()))),
    own("licence", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.license.as_ref()).map(|l| &l.0))),
    own("licence_url", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.license.as_ref()).and_then(|l| l.1.as_ref()))),
    own("access", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.access))),
    own("frequency", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.frequency))),
    own("temporal_start", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.temporal.as_ref()).map(|t| &t.0).filter(|t| !t.is_empty()))),
    own("temporal_end", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().and_then(|d| d.temporal.as_ref()).map(|t| &t.1).filter(|t| !t.is_empty()))),
    own("spatial", types::DATASET, Holds::Maybe, |o| json!(o.item.dataset().map(|d| d.spatial.get(o.lang)).filter(|t| !t.is_empty()))),
    own("legal_basis", types::DATASET, Holds::List, |o| o.item.dataset().map_or(json!([]), |d| known(o, &d.policies))),
    own("files", types::DATASET, Holds::Count, |o| json!(o.item.dataset().map_or(0, |d| d.resources.len()))),
    own("opens", types::CONSULTATION, Holds::Day, |o| day(o.item.consultation().and_then(|c| c.opens))),
    own("closes", types::CONSULTATION, Holds::Day, |o| day(o.item.consultation().and_then(|c| c.closes))),
    all("themes", Holds::List, |o| o.item.themes.iter().map(|t| json!(o.ctx.public.themes[*t].id)).collect()),
    all("keywords", Holds::List, |o| json!(o.item.keywords)),
    all("summary", Holds::Maybe, |o| json!(Some(texts::summary(o.ctx, o.e())).filter(|s| !s.is_empty()))),
    all("source", Holds::Maybe, |o| json!(o.item.source)),
    all("source_url", Holds::Maybe, |o| json!(o.item.source_url)),
    Column { name: "sha256", of: Whose::Bulk, holds: Holds::Text, get: |o| json!(texts::hash(&o.text)) },
    Column { name: "text", of: Whose::Bulk, holds: Holds::Text, get: |o| json!(o.text) },
];

/// The columns of a type.
pub fn columns(kind: Kind, full: bool) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |c| match c.of {
        Whose::All => true,
        Whose::Of(k) => k == kind,
        Whose::Bulk => full,
    })
}

/// Keys and values of a row.
pub fn values(one: &One<'_>, full: bool) -> Vec<(&'static str, Value)> {
    columns(one.item.kind, full).map(|c| (c.name, (c.get)(one))).collect()
}

/// A row as JSON, its keys in the order of the columns, behind what stands there.
pub fn line_into<'v>(row: impl Iterator<Item = &'v (&'static str, Value)>, out: &mut Vec<u8>) {
    out.push(b'{');
    for (n, (key, value)) in row.enumerate() {
        out.extend_from_slice(if n == 0 { b"\"" } else { b",\"" });
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(b"\":");
        // A value is always JSON.
        let _ = serde_json::to_writer(&mut *out, value);
    }
    out.push(b'}');
}

/// The keys of columns of files with full text.
pub const BULK: [&str; 2] = ["sha256", "text"];

/// A row as cells of a spreadsheet: several values are parted by `; `.
pub fn cells<'v>(row: &'v [(&'static str, Value)]) -> impl Iterator<Item = Cow<'v, str>> {
    row.iter().map(|(_, v)| cell(v))
}

fn cell(v: &Value) -> Cow<'_, str> {
    match v {
        Value::Null => Cow::Borrowed(""),
        Value::String(s) => Cow::Borrowed(s),
        Value::Array(all) => Cow::Owned(all.iter().map(cell).collect::<Vec<_>>().join("; ")),
        other => Cow::Owned(other.to_string()),
    }
}

/// The record of an item: the row of its first edition, its other editions, and what it stands beside with titles and states.
pub fn whole(ctx: &Ctx<'_>, i: u32) -> Value {
    let item = &ctx.public.items[i as usize];
    let mut out = Map::new();
    let mut editions = Vec::new();
    // Told by what wrote the texts themselves, in an earlier wave.
    let told = ctx.routes.index(0, &Target::Api(ApiFile::One(i))).and_then(|at| ctx.facts.get(at as usize)?.schema.as_deref());
    let sums: Vec<String> = told.and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    for (n, (place, e)) in item.editions.iter().enumerate().filter(|(_, e)| !e.derived).enumerate() {
        let sha = sums.get(n).cloned().unwrap_or_else(|| texts::hash(&texts::plain(&texts::read(ctx, item, e))));
        let one = One::new(ctx, i, place, String::new());
        editions.push(json!({ "lang": ctx.public.languages[one.lang].tag, "title": e.title, "url": one.page, "markdown": one.twin, "sha256": sha }));
        if n == 0 {
            out.extend(values(&one, false).into_iter().map(|(k, v)| (k.to_string(), v)));
        }
    }
    out.insert("editions".into(), editions.into());
    let lang = item.editions[0].lang;
    let r = &ctx.derived.relations[i as usize];
    let mut relations = Map::new();
    let explains = if item.policy().is_some() { "explained_by" } else { "explains" };
    let successor: Vec<u32> = r.successor.into_iter().collect();
    let versions: Vec<u32> = r.versions.iter().copied().filter(|v| *v != i).collect();
    for (key, list) in [
        ("amends", &r.amends),
        ("amended_by", &r.amended_by),
        ("repeals", &r.repeals),
        ("repealed_by", &r.repealed_by),
        ("based_on", &r.based_on),
        ("basis_of", &r.basis_of),
        ("related", &r.related),
        (explains, &r.explains),
        ("named_by", &r.named_by),
        ("replaced_by", &successor),
        ("versions", &versions),
    ] {
        if !list.is_empty() {
            relations.insert(key.into(), named(ctx, lang, list));
        }
    }
    out.insert("relations".into(), relations.into());
    if let Some((text, _)) = pages::warning(ctx, lang, i) {
        out.insert("warning".into(), text.into());
    }
    let changes = item.changes.iter().filter(|c| c.on <= ctx.public.as_of).map(|c| json!({ "on": c.on.to_string(), "note": c.note }));
    out.insert("changes".into(), changes.collect());
    if let Some(files) = super::catalogue::files(ctx, i) {
        out.insert("distributions".into(), files.into_iter().map(Value::Object).collect());
    }
    out.into()
}
