//! `api/v1/`: all items as files. Lists and records for programs that ask for one thing, described by OpenAPI; bulk files
//! with full texts, one item a line, for those who take everything; passages, article by article, for those who quote.
//!
//! What writes the texts of many items writes them one after the other into open files and holds none of them.

pub mod catalogue;
mod items;
mod openapi;
mod passages;
pub mod record;

use crate::load::table::spreadsheet;
use crate::model::Kind;
use crate::output::{Facts, Made, MakeResult, Sink, hex};
use crate::render::exports::texts;
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{ApiFile, Entry, Form, Planner, Site, Target};
use crate::schema::site::outputs;
use crate::types;
use serde_json::{Value, json};
use std::io;

/// Files below `api/v1/`.
pub static EXPORT: Maker = Maker { name: "api", plan, make, cost: 30 };

/// Their folder.
pub const FOLDER: &str = "api/v1/";

/// Names below the folder that are no types.
const OWN: [&str; 5] = ["index", "openapi", "changes", "passages", "catalogue"];

/// What a type is called in addresses: its folder.
pub fn named(kind: Kind) -> String {
    if OWN.contains(&kind.folder) { format!("{}-items", kind.folder) } else { kind.folder.to_string() }
}

/// Types whose items have records of their own.
pub fn recorded(kind: Kind) -> bool {
    [types::POLICY, types::INTERPRETATION, types::DATASET].contains(&kind)
}

/// Where the record of an item stands: as its page does.
pub fn path(item: &crate::model::Item) -> String {
    pages::item_path(item).trim_end_matches('/').to_string()
}

/// Types that have items, with their places.
pub fn listed<'a>(types: &'a crate::types::Types, derived: &'a crate::derive::Derived) -> impl Iterator<Item = (u16, Kind)> + 'a {
    types.iter().filter(|k| !derived.list(*k).is_empty()).map(|k| (k.place() as u16, k))
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let on = |o| site.config.writes(o);
    let mut put = |path: String, file: ApiFile, wave: u8| {
        let path = format!("{FOLDER}{path}");
        // A file of that name that somebody put there stands.
        // An address that is none is told, and held, at its item.
        if !p.taken(&path) && crate::route::unfit(&path, false).is_none() {
            p.file(0, path, Target::Api(file), wave, false, false);
        }
    };
    if site.public.items.is_empty() {
        return;
    }
    for (place, kind) in listed(&site.public.types, site.derived) {
        let name = named(kind);
        if on(&outputs::BULK) {
            put(format!("{name}.jsonl"), ApiFile::Bulk(place, Form::Json), 1);
            put(format!("{name}.csv"), ApiFile::Bulk(place, Form::Csv), 1);
        }
        if on(&outputs::API) {
            put(format!("{name}.json"), ApiFile::List(place), 1);
            for &i in site.derived.list(kind).iter().filter(|_| recorded(kind)) {
                put(format!("{}.json", path(&site.public.items[i as usize])), ApiFile::One(i), 2);
            }
        }
    }
    if on(&outputs::BULK) {
        put("changes.jsonl".into(), ApiFile::AllChanges(Form::Json), 1);
        put("changes.csv".into(), ApiFile::AllChanges(Form::Csv), 1);
        if !site.derived.list(types::DATASET).is_empty() {
            put("catalogue.csv".into(), ApiFile::Catalogue(Form::Csv), 2);
            put("catalogue.xlsx".into(), ApiFile::Catalogue(Form::Xlsx), 2);
        }
    }
    if on(&outputs::PASSAGES) {
        put("passages.jsonl".into(), ApiFile::Passages, 1);
    }
    if on(&outputs::API) {
        put("changes.json".into(), ApiFile::Changes, 1);
        put("index.json".into(), ApiFile::Index, 3);
        put("openapi.json".into(), ApiFile::OpenApi, 2);
    }
}

/// It is written by the pass that writes another file.
pub fn comes_along(entry: &Entry) -> bool {
    matches!(entry.target, Target::Api(ApiFile::AllChanges(Form::Csv)))
}

/// It is written by the pass over all items: one file of these asks for it, and the others come along.
pub fn of_items(entry: &Entry) -> bool {
    matches!(entry.target, Target::Api(file) if items::is_of(file))
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Api(file) = entry.target else { return misrouted(entry) };
    let value = match file {
        ApiFile::Index => index(ctx),
        ApiFile::OpenApi => openapi::document(ctx),
        ApiFile::One(i) => record::whole(ctx, i),
        ApiFile::Changes => {
            let list: Vec<Value> =
                ctx.derived.events.iter().map(|e| Value::Object(change(ctx, e).into_iter().map(|(k, v)| (k.to_string(), v)).collect())).collect();
            json!({ "as_of": ctx.public.as_of.to_string(), "total": list.len(), "items": list })
        }
        ApiFile::Catalogue(form) => return catalogue::make(ctx, form),
        ApiFile::List(_) | ApiFile::Bulk(..) | ApiFile::AllChanges(_) | ApiFile::Passages => return Ok(Made::Poured),
    };
    // A value is always JSON.
    let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
    bytes.push(b'\n');
    Ok(Made::Bytes(bytes))
}

/// Writes the files of what is made of many items.
pub fn pour(ctx: &Ctx<'_>, entry: &Entry, sink: &mut dyn Sink) -> io::Result<()> {
    let at = |f: ApiFile| ctx.routes.index(0, &Target::Api(f));
    match entry.target {
        Target::Api(ApiFile::AllChanges(_)) => {
            let files = (at(ApiFile::AllChanges(Form::Json)), at(ApiFile::AllChanges(Form::Csv)));
            let all = crate::derive::all_events(ctx.public);
            lines(files, CHANGE.iter().map(|(k, _)| *k).collect(), all.iter().map(|e| change(ctx, e)), sink)
        }
        Target::Api(file) if items::is_of(file) => items::pour(ctx, sink),
        _ => Err(io::Error::other("not a file of many items")),
    }
}

/// A row: keys and values.
type Row = Vec<(&'static str, Value)>;

/// The same rows as lines of JSON and as CSV.
fn lines((jsonl, csv): (Option<u32>, Option<u32>), head: Vec<&str>, rows: impl Iterator<Item = Row>, sink: &mut dyn Sink) -> io::Result<()> {
    for f in [jsonl, csv].into_iter().flatten() {
        sink.open(f)?;
    }
    if let Some(f) = csv {
        sink.write(f, &spreadsheet::csv([head]))?;
    }
    let mut n = 0u64;
    for row in rows {
        if let Some(f) = jsonl {
            let mut line = Vec::with_capacity(512);
            record::line_into(row.iter(), &mut line);
            line.push(b'\n');
            sink.write(f, &line)?;
        }
        if let Some(f) = csv {
            sink.write(f, &spreadsheet::rows([record::cells(&row)]))?;
        }
        n += 1;
    }
    for f in [jsonl, csv].into_iter().flatten() {
        sink.close(f)?;
        sink.tell(f, json!({ "rows": n }).to_string());
    }
    Ok(())
}

/// Columns of changes, and whether they are always told.
pub static CHANGE: &[(&str, bool)] =
    &[("on", true), ("id", true), ("type", true), ("lang", true), ("title", true), ("url", true), ("what", true), ("note", false), ("state", true)];

fn change(ctx: &Ctx<'_>, e: &crate::derive::Event) -> Row {
    let item = &ctx.public.items[e.item as usize];
    let lang = item.editions[0].lang;
    vec![
        ("on", json!(e.on.to_string())),
        ("id", json!(&*item.id)),
        ("type", json!(item.kind.id)),
        ("lang", json!(ctx.public.languages[lang].tag)),
        ("title", json!(item.editions[0].title)),
        ("url", json!(texts::page(ctx, e.item, lang))),
        (
            "what",
            json!(if e.result {
                "result"
            } else if e.data || e.note.is_some() {
                "changed"
            } else {
                "published"
            }),
        ),
        ("note", json!(e.note)),
        ("state", json!(texts::standing(ctx, lang, e.item).code)),
    ]
}

/// A file that can be taken away.
pub struct Taken {
    /// Its entry.
    pub entry: u32,
    /// What it holds: a type, or a word of `OWN`.
    pub of: String,
    /// IANA media type.
    pub media: &'static str,
    /// Items that it has, where it is a file of many.
    pub rows: Option<u64>,
}

/// The files that hold everything of one kind.
pub fn taken(ctx: &Ctx<'_>) -> Vec<Taken> {
    let mut out = Vec::new();
    let mut add = |of: &str, file: ApiFile, media: &'static str| {
        if let Some(entry) = ctx.routes.index(0, &Target::Api(file)) {
            out.push(Taken { entry, of: of.to_string(), media, rows: facts(ctx, entry).and_then(Facts::rows) });
        }
    };
    const JSONL: &str = "application/jsonl";
    for (place, kind) in listed(&ctx.public.types, ctx.derived) {
        add(kind.folder, ApiFile::Bulk(place, Form::Json), JSONL);
        add(kind.folder, ApiFile::Bulk(place, Form::Csv), "text/csv");
    }
    add("passages", ApiFile::Passages, JSONL);
    add("changes", ApiFile::AllChanges(Form::Json), JSONL);
    add("changes", ApiFile::AllChanges(Form::Csv), "text/csv");
    add("catalogue", ApiFile::Catalogue(Form::Csv), "text/csv");
    add("catalogue", ApiFile::Catalogue(Form::Xlsx), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    out
}

/// What is known of a finished file.
pub fn facts<'a>(ctx: &'a Ctx<'_>, entry: u32) -> Option<&'a Facts> {
    ctx.facts.get(entry as usize).filter(|f| f.len > 0)
}

/// Where a program begins.
fn index(ctx: &Ctx<'_>) -> Value {
    let url = |t: &Target| ctx.routes.get(0, t).map(|e| ctx.absolute(&e.url));
    let api = |f: ApiFile| url(&Target::Api(f));
    let kinds = listed(&ctx.public.types, ctx.derived).map(|(place, kind)| {
        json!({ "type": kind.id, "name": named(kind), "label": ctx.say(0, &format!("type.{}", kind.folder)), "items": ctx.derived.list(kind).len(), "list": api(ApiFile::List(place)) })
    });
    let files = taken(ctx).into_iter().map(|t| {
        let f = facts(ctx, t.entry);
        json!({ "of": t.of, "url": ctx.absolute(&ctx.routes.entries[t.entry as usize].url), "media_type": t.media, "rows": t.rows,
            "bytes": f.map(|f| f.len), "sha256": f.map(|f| hex(&f.hash)) })
    });
    let catalogues: Vec<Value> = super::catalogues::wholes(ctx).into_iter().map(|l| json!({ "name": l.title, "url": ctx.absolute(&l.url) })).collect();
    let llms: Vec<String> = (0..ctx.public.languages.len()).filter_map(|l| ctx.routes.get(l, &Target::Llms)).map(|e| ctx.absolute(&e.url)).collect();
    json!({
        "title": ctx.config.title.get(0), "home": ctx.config.base_url, "as_of": ctx.public.as_of.to_string(),
        "languages": ctx.public.languages.iter().map(|l| &l.tag).collect::<Vec<_>>(),
        "openapi": api(ApiFile::OpenApi), "changes": api(ApiFile::Changes), "types": kinds.collect::<Vec<_>>(), "files": files.collect::<Vec<_>>(),
        "catalogues": catalogues, "llms": llms, "downloads": url(&Target::Downloads),
    })
}
