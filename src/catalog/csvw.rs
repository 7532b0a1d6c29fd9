//! CSVW (W3C, 2015): what a clean CSV is, in the file beside it that readers look for by its name.

use super::{Copy, Dataset, Published};
use serde_json::{Map, Value, json};

/// What is added to the name of the CSV.
pub const ENDING: &str = "-metadata.json";

/// The datatype of a column, from its field of Table Schema. What is written otherwise than CSVW can say is text.
fn datatype(field: &Value) -> Value {
    let plain = field["bareNumber"].as_bool() != Some(false) && field["format"].is_null();
    let word = match field["type"].as_str().unwrap_or("") {
        "integer" if plain => "integer",
        "number" if plain => "number",
        "boolean" if field["trueValues"].is_null() => return json!({ "base": "string", "format": "true|false|True|False|TRUE|FALSE|0|1" }),
        "date" if plain => "date",
        "datetime" if plain => "datetime",
        "time" if plain => "time",
        "year" => "gYear",
        "yearmonth" => "gYearMonth",
        _ => "string",
    };
    let rules = &field["constraints"];
    let mut out = Map::new();
    out.insert("base".into(), json!(word));
    if matches!(word, "integer" | "number") {
        for key in ["minimum", "maximum"] {
            if rules[key].is_number() {
                out.insert(key.into(), rules[key].clone());
            }
        }
    }
    if word == "string" {
        for key in ["minLength", "maxLength"] {
            if rules[key].is_number() {
                out.insert(key.into(), rules[key].clone());
            }
        }
    }
    if out.len() == 1 { json!(word) } else { Value::Object(out) }
}

/// The metadata of a clean table.
pub fn value(d: &Dataset<'_>, at: &Published, r: usize, copy: &Copy, tags: &[String]) -> Option<Value> {
    let dist = d.distributions.get(r)?;
    let table = dist.read?.file.tables.get(copy.part? as usize)?;
    let seen = copy.schema.as_ref();
    let fields = seen.and_then(|s| s["fields"].as_array());
    let signs = |s: &Value| s.as_array().map(|l| l.iter().filter_map(|v| v.as_str().or_else(|| v["value"].as_str())).map(String::from).collect::<Vec<_>>());
    let of_table = seen.and_then(|s| signs(&s["missingValues"])).unwrap_or_else(|| vec![String::new()]);
    let column = |c: usize| {
        let name = &table.names[c];
        let (told, unit) = dist.column(table, c);
        let field = fields.and_then(|f| f.get(c));
        let mut v = json!({ "titles": name, "datatype": field.map_or(json!("string"), datatype), "null": field.and_then(|f| signs(&f["missingValues"])).unwrap_or_else(|| of_table.clone()) });
        if field.is_some_and(|f| f["constraints"]["required"] == json!(true)) {
            v["required"] = json!(true);
        }
        for (key, text) in [("dc:title", told.map(|f| &f.title)), ("dc:description", told.map(|f| &f.description))] {
            if let Some(t) = text.filter(|t| !t.is_empty()) {
                v[key] = texts(t, tags);
            }
        }
        if let Some(u) = unit.filter(|u| !u.is_empty()) {
            v["schema:unitText"] = json!(u);
        }
        v
    };
    let columns: Vec<Value> = (0..table.names.len()).map(column).collect();
    let name = copy.url.rsplit('/').next().unwrap_or(&copy.url);
    let lang = at.lang;
    let mut v = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": at.tag }], "url": name, "dc:title": dist.title.get(lang), "rdfs:seeAlso": { "@id": at.page },
        "dialect": { "encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\r\n", "\n"], "doubleQuote": true },
        "tableSchema": { "columns": columns },
    });
    if let Some(l) = d.licence {
        v["dc:license"] = match l.url.map(super::address).or_else(|| l.known()?.url) {
            Some(u) => json!({ "@id": u }),
            None => json!(l.name),
        };
    }
    if let Some(k) = d.publishers.first() {
        v["dc:publisher"] = json!(k.name.get(lang));
    }
    // Columns are named by their titles: a name would have to be an address.
    Some(v)
}

/// Texts by language as CSVW takes them in common properties, the site's first language first.
fn texts(all: &crate::config::Localized, tags: &[String]) -> Value {
    let mut list: Vec<(usize, &str)> = all.0.iter().map(|(l, t)| (l.unwrap_or(0), t.as_str())).collect();
    list.sort_by_key(|(l, _)| *l);
    list.into_iter().map(|(l, t)| json!({ "@value": t, "@language": tags.get(l).map_or("und", String::as_str) })).collect()
}
