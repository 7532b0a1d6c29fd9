//! `openapi.json` (OpenAPI 3.1): every file below `api/v1/` and the row files of tables, with what stands in them.

use super::record::{COLUMNS, Column, Holds, columns};
use super::{CHANGE, FOLDER, listed, named, passages, path, recorded};
use crate::model::Kind;
use crate::render::Ctx;
use crate::render::exports::data::rows::{self, file};
use crate::route::{ApiFile, Form, Target};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The document.
pub fn document(ctx: &Ctx<'_>) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let there = |f: ApiFile| ctx.routes.get(0, &Target::Api(f)).is_some();
    let mut put = |path: String, id: &str, key: &str, params: &[(String, String)], media: &str, schema: Value| {
        let params: Vec<Value> = params
            .iter()
            .map(|(name, example)| {
                let number = matches!(name.as_str(), "page" | "part");
                let schema = if number { json!({ "type": "integer", "minimum": 0 }) } else { json!({ "type": "string" }) };
                let example = if number { json!(0) } else { json!(example) };
                json!({ "name": name, "in": "path", "required": true, "schema": schema, "example": example })
            })
            .collect();
        let mut get = json!({
            "operationId": id, "summary": ctx.say(0, &format!("api.path.{key}")),
            "responses": { "200": { "description": ctx.say(0, &format!("api.path.{key}")), "content": { media: { "schema": schema } } }, "404": { "description": ctx.say(0, "api.path.none") } },
        });
        if !params.is_empty() {
            get["parameters"] = params.into();
        }
        paths.insert(path, json!({ "get": get }));
    };
    let at = |rest: &str| format!("/{FOLDER}{rest}");
    put(at("index.json"), "index", "index", &[], "application/json", reference("Index"));
    if there(ApiFile::Changes) {
        put(at("changes.json"), "changes", "changes", &[], "application/json", reference("Changes"));
    }
    // A file of lines has no schema of its own in OpenAPI 3.1: that of a line is told in its description.
    let lines = |name: &str| json!({ "type": "string", "description": format!("{} #/components/schemas/{name}", ctx.say(0, "api.lines")) });
    for (place, kind) in listed(&ctx.public.types, ctx.derived) {
        let (name, schema) = (named(kind), schema_name(kind));
        if there(ApiFile::List(place)) {
            let list = json!({ "type": "object", "required": ["type", "as_of", "items", "total"], "properties": {
                "type": { "const": kind.id }, "as_of": day(), "total": { "type": "integer" }, "items": { "type": "array", "items": reference(&schema) } } });
            put(at(&format!("{name}.json")), &format!("list_{name}"), "list", &[], "application/json", list);
        }
        if there(ApiFile::Bulk(place, Form::Json)) {
            put(at(&format!("{name}.jsonl")), &format!("bulk_{name}"), "bulk", &[], "application/jsonl", lines(&format!("{schema}Line")));
            put(at(&format!("{name}.csv")), &format!("csv_{name}"), "csv", &[], "text/csv", json!({ "type": "string" }));
        }
        schemas.insert(schema.clone(), object(ctx, columns(kind, false), &[("record", false)]));
        schemas.insert(format!("{schema}Line"), object(ctx, columns(kind, true), &[]));
        if recorded(kind) && there(ApiFile::List(place)) {
            schemas.insert(format!("{schema}Record"), json!({ "allOf": [reference(&schema), reference("Record")] }));
            // Paths of OpenAPI have no parts of their own in a parameter: one path for each depth that there is.
            let mut depths: BTreeMap<usize, Vec<String>> = BTreeMap::new();
            for i in ctx.derived.list(kind) {
                let parts: Vec<String> = path(&ctx.public.items[*i as usize]).split('/').map(String::from).collect();
                depths.entry(parts.len()).or_insert(parts);
            }
            for (depth, parts) in depths.iter().filter(|(d, _)| **d > 1) {
                let params: Vec<(String, String)> = parts.iter().skip(1).enumerate().map(|(n, p)| (format!("part{}", n + 1), p.clone())).collect();
                let template: String = params.iter().map(|(n, _)| format!("/{{{n}}}")).collect();
                let file = format!("{}{template}.json", parts[0]);
                put(at(&file), &format!("record_{name}_{}", depth - 1), "record", &params, "application/json", reference(&format!("{schema}Record")));
            }
        }
    }
    if there(ApiFile::AllChanges(Form::Json)) {
        put(at("changes.jsonl"), "bulk_changes", "all_changes", &[], "application/jsonl", lines("Change"));
        put(at("changes.csv"), "csv_changes", "all_changes", &[], "text/csv", json!({ "type": "string" }));
    }
    if there(ApiFile::Catalogue(Form::Csv)) {
        put(at("catalogue.csv"), "csv_catalogue", "catalogue", &[], "text/csv", json!({ "type": "string" }));
        let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        put(at("catalogue.xlsx"), "xlsx_catalogue", "catalogue", &[], media, json!({}));
    }
    if there(ApiFile::Passages) {
        put(at("passages.jsonl"), "passages", "passages", &[], "application/jsonl", lines("Passage"));
        schemas.insert("Passage".into(), keyed(ctx, passages::KEYS));
    }
    row_files(ctx, &mut put);
    shared(ctx, &mut schemas);
    let server = ctx.config.base_url.trim_end_matches('/');
    json!({
        "openapi": "3.1.1",
        "info": { "title": ctx.config.title.get(0), "version": "1", "description": ctx.say(0, "openapi.about") },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The row files of the tables, by one that there is.
/// Takes a path: its address, name of the answer, summary, parameters, media type, schema.
type Put<'a> = dyn FnMut(String, &str, &str, &[(String, String)], &str, Value) + 'a;

fn row_files(ctx: &Ctx<'_>, put: &mut Put<'_>) {
    let find = |f, k| {
        ctx.routes.entries.iter().find_map(|e| match e.target {
            Target::Data(_, _, _, d) if d == file(f, k) => e.path.strip_suffix(".json").map(|p| p.split('/').map(String::from).collect::<Vec<_>>()),
            _ => None,
        })
    };
    for (format, key, schema) in [
        (&rows::index::FORMAT, "index", reference("RowIndex")),
        (&rows::pages::FORMAT, "{page}", reference("RowPage")),
        (&rows::facets::FORMAT, "facets", json!({ "type": "object", "additionalProperties": { "type": "array" } })),
        (&rows::keys::FORMAT, "key-{part}", json!({ "type": "object", "additionalProperties": { "type": "integer" } })),
    ] {
        let Some(parts) = find(format, 0).filter(|p| p.len() > 4) else { continue };
        let n = parts.len();
        let mut params: Vec<(String, String)> = vec![("dataset".into(), parts[1..n - 3].join("/")), ("file".into(), parts[n - 3].clone())];
        let (word, id) = match key {
            "{page}" => ("pages", Some("page")),
            "key-{part}" => ("keys", Some("part")),
            other => (other, None),
        };
        params.extend(id.map(|p| (p.to_string(), "0".to_string())));
        put(
            format!("/{}/{{dataset}}/{{file}}/rows/{key}.json", parts[0]),
            &format!("rows_{word}"),
            &format!("rows_{word}"),
            &params,
            "application/json",
            schema,
        );
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn schema_name(kind: Kind) -> String {
    let mut out = String::new();
    for part in kind.id.split(['-', '_']) {
        let mut chars = part.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    // No name of ours is that of a type.
    if matches!(out.as_str(), "Index" | "Changes" | "Change" | "Record" | "Passage" | "Reference" | "RowIndex" | "RowPage") {
        format!("{out}Item")
    } else {
        out
    }
}

/// The schema of rows with these columns.
fn object(ctx: &Ctx<'_>, columns: impl Iterator<Item = &'static Column>, more: &[(&str, bool)]) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for c in columns {
        let mut schema = match c.holds {
            Holds::Text => json!({ "type": "string" }),
            Holds::Maybe => json!({ "type": ["string", "null"] }),
            Holds::Day => json!({ "type": ["string", "null"], "format": "date" }),
            Holds::Web => json!({ "type": ["string", "null"], "format": "uri" }),
            Holds::List => json!({ "type": "array", "items": { "type": "string" } }),
            Holds::Count => json!({ "type": "integer" }),
        };
        schema["description"] = json!(ctx.say(0, &format!("api.column.{}", c.name)));
        properties.insert(c.name.into(), schema);
        required.push(c.name);
    }
    for (name, _) in more {
        properties.insert((*name).into(), json!({ "type": ["string", "null"], "description": ctx.say(0, &format!("api.column.{name}")) }));
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The schema of rows whose keys are those of columns, where there is a column of that name.
fn keyed(ctx: &Ctx<'_>, keys: &[(&str, bool)]) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (key, always) in keys {
        let holds = COLUMNS.iter().find(|c| c.name == *key).map(|c| c.holds);
        let mut schema = match (*key, holds) {
            ("explains", _) => json!({ "type": "array", "items": reference("Reference") }),
            ("replaced_by", _) => json!({ "anyOf": [reference("Reference"), { "type": "null" }] }),
            (_, Some(Holds::List)) => json!({ "type": "array", "items": { "type": "string" } }),
            _ if *always => json!({ "type": "string" }),
            _ => json!({ "type": ["string", "null"] }),
        };
        schema["description"] = json!(ctx.say(0, &format!("api.column.{key}")));
        properties.insert((*key).into(), schema);
        required.push(*key);
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn shared(ctx: &Ctx<'_>, schemas: &mut Map<String, Value>) {
    let text = || json!({ "type": "string" });
    schemas.insert(
        "Reference".into(),
        json!({ "type": "object", "required": ["id", "title", "url", "state", "state_label"],
            "properties": { "id": text(), "title": text(), "url": text(), "state": text(), "state_label": text() } }),
    );
    schemas.insert("Change".into(), keyed(ctx, CHANGE));
    schemas.insert(
        "Changes".into(),
        json!({ "type": "object", "required": ["as_of", "total", "items"],
            "properties": { "as_of": day(), "total": { "type": "integer" }, "items": { "type": "array", "items": reference("Change") } } }),
    );
    schemas.insert(
        "Record".into(),
        json!({ "type": "object", "required": ["id", "editions", "relations", "changes"], "properties": {
            "editions": { "type": "array", "minItems": 1, "items": { "type": "object", "required": ["lang", "title", "url", "sha256"], "properties": {
                "lang": text(), "title": text(), "url": text(), "markdown": { "type": ["string", "null"] }, "sha256": text() } } },
            "relations": { "type": "object", "additionalProperties": { "type": "array", "items": reference("Reference") } },
            "changes": { "type": "array", "items": { "type": "object", "required": ["on", "note"], "properties": { "on": day(), "note": text() } } },
            "warning": text(),
            "distributions": { "type": "array", "items": { "type": "object", "required": ["name", "title"], "properties": {
                "name": text(), "title": text(), "format": text(), "media_type": { "type": ["string", "null"] }, "url": text(),
                "bytes": { "type": ["integer", "null"] }, "sha256": { "type": ["string", "null"] }, "rows": { "type": "integer" },
                "columns": { "type": "array", "items": text() }, "row_index": { "type": ["string", "null"] } } } },
        } }),
    );
    schemas.insert(
        "Index".into(),
        json!({ "type": "object", "required": ["title", "home", "as_of", "languages", "types", "files"], "properties": {
            "title": text(), "home": text(), "as_of": day(), "languages": { "type": "array", "items": text() },
            "types": { "type": "array", "items": { "type": "object", "required": ["type", "name", "items"], "properties": {
                "type": text(), "name": text(), "label": text(), "items": { "type": "integer" }, "list": { "type": ["string", "null"] } } } },
            "files": { "type": "array", "items": { "type": "object", "required": ["of", "url", "media_type"], "properties": {
                "of": text(), "url": text(), "media_type": text(), "rows": { "type": ["integer", "null"] }, "bytes": { "type": ["integer", "null"] },
                "sha256": { "type": ["string", "null"] } } } },
        } }),
    );
    schemas.insert(
        "RowIndex".into(),
        json!({ "type": "object", "required": ["name", "rows", "page_size", "pages", "columns"], "properties": {
            "name": text(), "title": text(), "rows": { "type": "integer" }, "page_size": { "type": "integer" }, "pages": { "type": "integer" },
            "columns": { "type": "array", "items": { "type": "object", "required": ["name"], "properties": { "name": text() } } } } }),
    );
    schemas.insert("RowPage".into(), json!({ "type": "array", "items": { "type": "array" } }));
}
