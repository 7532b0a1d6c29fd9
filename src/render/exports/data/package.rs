//! What goes with the data: `datapackage.json` (Data Package v2), the licence in words, the citation.

use crate::load::table::Table;
use crate::model::{Dataset, Item, Resource};
use crate::render::Ctx;
use crate::render::cite::cite;
use crate::route::Target;
use serde_json::{Value, json};

/// The papers of a zip.
pub(super) struct Package {
    pub(super) data: String,
    pub(super) json: Value,
    pub(super) license: String,
    pub(super) citation: String,
}

/// What `rows/index.json` says of a table.
pub(super) struct About {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) columns: Vec<Value>,
    /// Names of the two columns that a long form adds.
    pub(super) long: [&'static str; 2],
}

/// What is said of each column; its type is known when its cells are written ([`super::schema`]).
fn fields(resource: &Resource, table: &Table, lang: usize) -> Vec<Value> {
    table
        .names
        .iter()
        .enumerate()
        .map(|(c, name)| {
            let told = resource.fields.iter().find(|f| f.name == *name);
            let mut v = json!({ "name": name });
            let mut put = |key: &str, text: Option<&str>| {
                if let Some(t) = text.filter(|t| !t.is_empty()) {
                    v[key] = json!(t);
                }
            };
            put("title", told.map(|f| f.title.get(lang)));
            put("description", told.map(|f| f.description.get(lang)));
            put("unit", told.and_then(|f| f.unit.as_deref()).or(table.unit_of(c)));
            v
        })
        .collect()
}

pub(super) fn about(resource: &Resource, table: &Table) -> About {
    let zh = table.periods.iter().any(|(_, n, _)| n.contains('年')) || table.names.iter().any(|n| !n.is_ascii());
    About {
        name: resource.name.clone(),
        title: resource.title.get(0).to_string(),
        columns: fields(resource, table, 0),
        long: if zh { ["时期", "数值"] } else { ["period", "value"] },
    }
}

pub(super) fn package(ctx: &Ctx<'_>, item: &Item, resource: &Resource, table: &Table) -> Package {
    let edition = &item.editions[0];
    let lang = edition.lang;
    let place = ctx.derived.by_id.get(&item.id).map_or("", |i| ctx.url(lang, &Target::Item(*i)));
    let url = ctx.absolute(place);
    let data = item.dataset();
    let data_name = format!("{}.csv", resource.name);
    let id: String =
        item.name().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c.to_ascii_lowercase() } else { '-' }).collect();
    let mut v = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": id, "title": edition.title, "description": ctx.summary(edition), "homepage": url, "keywords": item.keywords,
        "resources": [{
            "name": resource.name.to_ascii_lowercase(), "title": resource.title.get(lang), "path": data_name, "type": "table", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "dialect": { "delimiter": ",", "lineTerminator": "\r\n" },
            "schema": { "fields": fields(resource, table, lang), "missingValues": [""] },
        }],
    });
    if v["keywords"].as_array().is_some_and(Vec::is_empty) {
        v.as_object_mut().map(|o| o.remove("keywords"));
    }
    if v["description"].as_str() == Some("") {
        v.as_object_mut().map(|o| o.remove("description"));
    }
    // Tables elsewhere are not in this package: such a key cannot be one of its schema.
    let away = |r: &str| !r.is_empty() && r != resource.name;
    let foreign: Vec<Value> = resource
        .foreign
        .iter()
        .filter(|(_, r, _)| away(r))
        .map(|(here, r, there)| json!({ "fields": here, "reference": { "resource": r, "fields": there } }))
        .collect();
    if !foreign.is_empty() {
        v["resources"][0]["foreignKeysElsewhere"] = json!(foreign);
    }
    let license = data.and_then(|d| d.license.as_ref());
    if let Some((name, path)) = license {
        let mut l = json!({ "name": name });
        if name.chars().any(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))) {
            l = json!({ "title": name });
        }
        if let Some(p) = path {
            l["path"] = json!(p);
        }
        // A licence needs a name of the list or an address.
        if l.get("name").is_some() || path.is_some() {
            v["licenses"] = json!([l]);
        }
    }
    if let Some(version) = data.and_then(|d| d.version.as_ref()) {
        v["version"] = json!(version);
    }
    if let Some(source) = &item.source {
        v["sources"] = json!([match &item.source_url {
            Some(u) => json!({ "title": source, "path": u }),
            None => json!({ "title": source }),
        }]);
    }
    if let Some(d) = item.issuers.first() {
        v["contributors"] = json!([{ "title": ctx.public.departments[*d].name.get(lang), "roles": ["publisher"] }]);
    }
    let words = license_words(ctx, lang, data);
    let license = match license {
        Some((name, Some(url))) => format!("{name}\n{url}\n\n{words}\n"),
        Some((name, None)) => format!("{name}\n\n{words}\n"),
        None => format!("{words}\n"),
    };
    let c = cite(ctx, lang, item, edition, &url);
    let notes: String = table.preamble.iter().chain(&table.notes).map(|n| format!("{n}\n")).collect();
    let citation = format!("{}\n\n{}\n{}", c.gbt, c.bibtex, if notes.is_empty() { String::new() } else { format!("\n{notes}") });
    Package { data: data_name, json: v, license, citation }
}

/// What a licence allows and asks, in plain words. Data that are not open to all may not be taken by everybody, whatever
/// their licence allows those who have them.
pub(crate) fn license_words(ctx: &Ctx<'_>, lang: usize, data: Option<&Dataset>) -> String {
    if let Some(access) = data.filter(|d| !d.open()).and_then(|d| d.access) {
        return ctx.say(lang, &format!("license.access.{access}"));
    }
    let kind = data.and_then(|d| d.license.as_ref()).map_or("none", |(name, _)| crate::model::vocab::license_kind(name));
    ctx.say(lang, &format!("license.{kind}"))
}
