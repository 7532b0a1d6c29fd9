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
    put("id", d.identifier.map(|x| json!(x)));
    // `created` wants hours, and is that of the descriptor: the days of the data have the names of DCAT.
    put("issued", d.issued.map(|m| json!(m.date.to_string())));
    put("modified", d.updated.or(d.modified).map(|x| json!(x.to_string())));
    put("keywords", Some(d.keywords).filter(|k| !k.is_empty()).map(|k| json!(k)));
    if let Some(licence) = d.licence {
        let narrow = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let known = licence.known();
        // The name of the list, where it is on one; what the author called it stays beside it.
        let name = known
            .as_ref()
            .filter(|k| k.url.is_some())
            .map(|k| k.id.clone())
            .filter(|n| narrow(n))
            .or_else(|| Some(licence.name.to_string()).filter(|n| narrow(n)));
        let mut l = Map::new();
        if name.as_deref() != Some(licence.name) {
            l.insert("title".into(), json!(licence.name));
        }
        let url = licence.url.map(super::address).or_else(|| known.and_then(|k| k.url));
        l.extend(name.clone().map(|n| ("name".to_string(), json!(n))));
        l.extend(url.clone().map(|u| ("path".to_string(), json!(u))));
        // A licence needs a name of the list or an address.
        put("licenses", (name.is_some() || url.is_some()).then(|| json!([l])));
    }
    put("version", d.version.map(|x| json!(x)));
    let source = d.source.map(|(title, url)| match url {
        Some(u) => json!({ "title": title, "path": super::address(u) }),
        None => json!({ "title": title }),
    });
    // Where the data come from and what was done with them, in words.
    let told = Some(d.provenance.get(lang)).filter(|t| !t.is_empty()).map(|t| json!({ "title": t }));
    let sources: Vec<Value> = source.into_iter().chain(told).collect();
    put("sources", Some(sources).filter(|l| !l.is_empty()).map(|l| json!(l)));
    put("contributors", Some(contributors(d, lang)).filter(|l| !l.is_empty()).map(|l| json!(l)));
    put("rights", Some(d.access_note.get(lang)).filter(|t| !t.is_empty()).map(|t| json!(t)));
    // Programs that read a package fetch all that is in it: what answers elsewhere is named beside it.
    let elsewhere: Vec<Value> = d.distributions.iter().zip(&at.copies).filter_map(|(r, copy)| away(r, copy.as_ref()?, lang)).collect();
    put("resourcesElsewhere", Some(elsewhere).filter(|l| !l.is_empty()).map(|l| json!(l)));
    v
}

/// Who publishes it, and whom to ask.
fn contributors(d: &Dataset<'_>, lang: usize) -> Vec<Value> {
    let mail = d.contact.email.filter(|m| super::dcat_us::reads(m)).map(str::trim);
    let asked = Some(d.contact.name.get(lang)).filter(|n| !n.is_empty());
    let with = |title: &str, role: &str, mail: Option<&str>| {
        let mut v = json!({ "title": title, "roles": [role] });
        if let Some(m) = mail {
            v["email"] = json!(m);
        }
        v
    };
    let lead = d.publishers.first().map(|p| with(p.name.get(lang), "publisher", mail.filter(|_| asked.is_none())));
    lead.into_iter().chain(asked.map(|n| with(n, "contactPoint", mail))).collect()
}

/// A file or service that is elsewhere.
fn away(r: &Distribution<'_>, copy: &Copy, lang: usize) -> Option<Value> {
    if copy.own {
        return None;
    }
    let mut v = json!({ "name": r.name, "title": r.title.get(lang), "path": copy.url });
    for (key, text) in [("description", r.description.get(lang)), ("format", r.format_name())] {
        if !text.is_empty() {
            v[key] = json!(text);
        }
    }
    Some(v)
}
