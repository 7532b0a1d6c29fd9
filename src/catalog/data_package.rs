//! `datapackage.json` (Data Package 2.0): the tables of a dataset as clean CSV, with their dictionaries.

use super::{Copy, Dataset, Distribution, Format, Published};
use crate::load::table::Table;
use crate::schema::site::outputs;
use serde_json::{Map, Value, json};

/// What tools for tables read.
pub static FORMAT: Format = Format {
    name: "data-package",
    title: "Data Package",
    media: "application/json",
    output: &outputs::DATA_PACKAGE,
    path: |folder, _| format!("{folder}datapackage.json"),
    write: |_, d, at| format!("{:#}\n", value(d, at)),
};

/// What is said of each column; its type is known when its cells are written.
pub fn fields(r: &Distribution<'_>, table: &Table, lang: usize) -> Vec<Value> {
    let one = |c: usize| {
        let (told, unit) = r.column(table, c);
        let texts = [("title", told.map(|f| f.title.get(lang))), ("description", told.map(|f| f.description.get(lang))), ("unit", unit)];
        let mut v = Map::from_iter([("name".to_string(), json!(table.names[c]))]);
        v.extend(texts.into_iter().filter_map(|(k, t)| Some((k.to_string(), json!(t.filter(|t| !t.is_empty())?)))));
        Value::Object(v)
    };
    (0..table.names.len()).map(one).collect()
}

fn resource(r: &Distribution<'_>, copy: &Copy, at: &Published) -> Option<Value> {
    let lang = at.lang;
    // Within the folder of the dataset, so that a copy of it works alone.
    let path = copy.url.strip_prefix(at.folder.as_str()).filter(|_| !at.folder.is_empty()).unwrap_or(&copy.url);
    let table = r.read?.file.tables.get(copy.part? as usize)?;
    let mut v = json!({
        "name": copy.stem().to_ascii_lowercase(), "title": r.title.get(lang), "path": path, "type": "table", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": { "delimiter": ",", "lineTerminator": "\r\n" },
        "schema": copy.schema.clone().unwrap_or_else(|| json!({ "fields": fields(r, table, lang), "missingValues": [""] })),
    });
    if let Some(b) = copy.bytes {
        v["bytes"] = json!(b);
    }
    if let Some(h) = &copy.sha256 {
        v["hash"] = json!(format!("sha256:{h}"));
    }
    // Tables elsewhere are not in this package: such a key cannot be one of its schema.
    let away = |to: &str| !to.is_empty() && to != r.name;
    let foreign: Vec<Value> = r
        .foreign
        .iter()
        .filter(|(_, to, _)| away(to))
        .map(|(here, to, there)| json!({ "fields": here, "reference": { "resource": to, "fields": there } }))
        .collect();
    if !foreign.is_empty() {
        v["foreignKeysElsewhere"] = json!(foreign);
    }
    Some(v)
}

/// The package of all clean tables of a dataset, or of those that a zip holds.
pub fn value(d: &Dataset<'_>, at: &Published) -> Value {
    let lang = at.lang;
    let mut tables: Vec<Value> = at.tables.iter().filter_map(|(r, copy)| resource(d.distributions.get(*r)?, copy, at)).collect();
    for i in 1..tables.len() {
        // The second sheet of `a` is `a-2`, and so may another file be called.
        if tables[..i].iter().any(|t| t["name"] == tables[i]["name"]) {
            tables[i]["name"] = json!(format!("{}-{}", tables[i]["name"].as_str().unwrap_or("r"), i + 1));
        }
    }
    let text = d.text(lang);
    let mut v = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": d.narrow_name(), "title": text.map_or("", |t| t.title),
        "homepage": at.page, "resources": tables,
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(x) = value {
            v[key] = x;
        }
    };
    put("description", text.map(|t| &t.description).filter(|t| !t.is_empty()).map(|t| json!(t)));
    put("keywords", Some(d.keywords).filter(|k| !k.is_empty()).map(|k| json!(k)));
    if let Some(licence) = d.licence {
        let narrow = licence.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let mut l = json!({ (if narrow { "name" } else { "title" }): licence.name });
        if let Some(p) = licence.url {
            l["path"] = json!(super::address(p));
        }
        // A licence needs a name of the list or an address.
        put("licenses", (narrow || licence.url.is_some()).then(|| json!([l])));
    }
    put("version", d.version.map(|x| json!(x)));
    put(
        "sources",
        d.source.map(|(title, url)| match url {
            Some(u) => json!([{ "title": title, "path": super::address(u) }]),
            None => json!([{ "title": title }]),
        }),
    );
    put("contributors", d.publishers.first().map(|x| json!([{ "title": x.name.get(lang), "roles": ["publisher"] }])));
    v
}
