//! The files of all datasets as a table: CSV, and a workbook for Excel.

use crate::catalog::Dataset;
use crate::load::table::spreadsheet;
use crate::output::{Made, MakeResult};
use crate::render::exports::{catalogues, texts};
use crate::render::{Ctx, xlsx};
use crate::route::Form;
use crate::types;
use serde_json::{Map, Value, json};

/// The columns, in their order; what they mean are the messages `api.catalogue.<name>`.
pub static COLUMNS: &[&str] = &[
    "dataset",
    "title",
    "publisher",
    "theme",
    "licence",
    "access",
    "frequency",
    "changed",
    "page",
    "file",
    "file_title",
    "format",
    "url",
    "bytes",
    "sha256",
    "rows",
    "columns",
    "row_index",
];

/// What is told of the files of a dataset, also of those that are not given to all; none of what is no dataset.
pub fn files(ctx: &Ctx<'_>, i: u32) -> Option<Vec<Map<String, Value>>> {
    let item = &ctx.public.items[i as usize];
    let lang = item.editions[0].lang;
    let record = Dataset::of(ctx.public, item, &ctx.derived.tables[i as usize])?;
    let at = catalogues::published(ctx, i, &record, lang);
    let of = |(d, copy): (&crate::catalog::Distribution<'_>, &Option<crate::catalog::Copy>)| {
        let mut out = Map::new();
        out.insert("name".into(), json!(d.name));
        out.insert("title".into(), json!(d.title.get(lang)));
        if let Some(c) = copy {
            out.insert("format".into(), json!(d.format_name()));
            out.insert("media_type".into(), json!(d.media_type()));
            out.insert("url".into(), json!(c.url));
            out.insert("bytes".into(), json!(c.bytes));
            out.insert("sha256".into(), json!(c.sha256));
            out.insert("row_index".into(), json!(c.rows));
        }
        if let Some(t) = d.table().filter(|_| copy.is_some()) {
            out.insert("rows".into(), json!(t.rows));
            out.insert("columns".into(), json!(t.names));
        }
        out
    };
    // Of what is not open to all there is a description, and nothing of its files.
    Some(record.distributions.iter().zip(&at.copies).filter(|_| record.open).map(of).collect())
}

pub(super) fn make(ctx: &Ctx<'_>, form: Form) -> MakeResult {
    let mut list = ctx.derived.list(types::DATASET).to_vec();
    list.sort_unstable();
    let rows = list.iter().flat_map(|i| rows(ctx, *i));
    let bytes = match form {
        Form::Xlsx => {
            let head: Vec<String> = COLUMNS.iter().map(|c| ctx.say(0, &format!("api.catalogue.{c}"))).collect();
            xlsx::workbook(&ctx.say(0, "type.datasets"), &head, rows).unwrap_or_default()
        }
        Form::Csv | Form::Json => spreadsheet::csv(std::iter::once(COLUMNS.iter().map(ToString::to_string).collect()).chain(rows)),
    };
    Ok(Made::Bytes(bytes))
}

/// The rows of a dataset: one a file, one where it has none.
fn rows(ctx: &Ctx<'_>, i: u32) -> Vec<Vec<String>> {
    let item = &ctx.public.items[i as usize];
    let Some(d) = item.dataset() else { return Vec::new() };
    let lang = item.editions[0].lang;
    let said = |v: Option<&str>| v.unwrap_or_default().to_string();
    let first = vec![
        item.id.to_string(),
        item.editions[0].title.clone(),
        ctx.department_names(lang, &item.issuers),
        item.themes.first().map_or(String::new(), |t| ctx.public.themes[*t].label.get(lang).to_string()),
        said(d.license.as_ref().map(|l| l.0.as_str())),
        said(d.access),
        said(d.frequency),
        item.data_day(ctx.public.as_of).map_or(String::new(), |d| d.to_string()),
        texts::page(ctx, i, lang),
    ];
    let text = |f: &Map<String, Value>, key: &str| match f.get(key) {
        Some(Value::String(s)) => s.clone(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    };
    let keys = ["name", "title", "format", "url", "bytes", "sha256", "rows", "columns", "row_index"];
    let all = files(ctx, i).unwrap_or_default();
    let all = if all.is_empty() { vec![Map::new()] } else { all };
    all.iter().map(|f| first.iter().cloned().chain(keys.iter().map(|k| text(f, k))).collect()).collect()
}
