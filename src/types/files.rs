//! Which files a record describes, and what tells editors so.

use super::Types;
use crate::diag::Tongue;
use crate::schema::Record;
use crate::schema::json::{self, Offered};
use serde_json::{Map, Value, json};

/// Folder of a project for the schemas.
pub const FOLDER: &str = ".clerestory/schema";

/// The file of a record's schema in a project.
pub fn path(record: &Record) -> String {
    format!("{FOLDER}/{}.json", record.id)
}

/// The YAML files that a record describes, as patterns; none for what stands in Markdown alone.
pub fn patterns(record: &Record, types: &Types, content: &[String]) -> Vec<String> {
    let each = |p: &str| content.iter().map(|c| format!("{c}/{p}")).collect::<Vec<String>>();
    let items = |folder: &str| {
        let mut out = each(&format!("{folder}/**/*.yaml"));
        out.push("!**/_column.yaml".to_string());
        out
    };
    match record.id {
        "site" => vec!["site.yaml".into(), "site.yml".into()],
        "column" => each("**/_column.yaml"),
        "department" => each("departments.yaml"),
        "theme" => each("themes.yaml"),
        "term" => each("glossary.yaml"),
        "alert" => each("alerts.yaml"),
        "calendar" => each("calendar/*/*.yaml"),
        "guide" => each("disclosure/guide.yaml"),
        "entry" => each("disclosure/catalogue.yaml"),
        "plan" => each("disclosure/plan.yaml"),
        "exception" => each("disclosure/exceptions.yaml"),
        "report" => {
            let mut out = each("reports/*/*.yaml");
            out.extend(content.iter().flat_map(|c| ["website", "effect"].map(|f| format!("!{c}/reports/{f}/*.yaml"))));
            out
        }
        "effect" => each("reports/effect/*.yaml"),
        "website" => each("reports/website/*.yaml"),
        "feedback" => each("feedback/**/*.yaml"),
        "look" => vec!["themes/*/theme.yaml".into()],
        "component" => vec!["themes/*/templates/components/**/*.yaml".into()],
        id => types.iter().find(|k| k.record.id == id).map_or(Vec::new(), |k| items(k.folder)),
    }
}

/// The record of a YAML file of a project with the usual folders.
pub fn record_of(path: &str, types: &Types, content: &[String]) -> Option<&'static Record> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let below = content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/'));
    let id = match (below, name) {
        (None, "site.yaml" | "site.yml") => "site",
        (None, _) => return None,
        (Some(_), "_column.yaml") => "column",
        (Some("departments.yaml"), _) => "department",
        (Some("themes.yaml"), _) => "theme",
        (Some("glossary.yaml"), _) => "term",
        (Some("alerts.yaml"), _) => "alert",
        (Some(p), _) if p.starts_with("calendar/") => "calendar",
        (Some("disclosure/guide.yaml"), _) => "guide",
        (Some("disclosure/catalogue.yaml"), _) => "entry",
        (Some("disclosure/plan.yaml"), _) => "plan",
        (Some("disclosure/exceptions.yaml"), _) => "exception",
        (Some(p), _) if p.starts_with("reports/website/") => "website",
        (Some(p), _) if p.starts_with("reports/effect/") => "effect",
        (Some(p), _) if p.starts_with("reports/") => "report",
        (Some(p), _) if p.starts_with("feedback/") => "feedback",
        (Some(p), _) => return types.of_path(p).map(|k| k.of.record),
    };
    types.records().into_iter().find(|r| r.id == id)
}

/// The line by which editors with a YAML language server find the schema of a file of a project.
pub fn line(path: &str, types: &Types, content: &[String]) -> Option<String> {
    let record = record_of(path, types, content).filter(|_| path.ends_with(".yaml"))?;
    let up = "../".repeat(path.matches('/').count());
    Some(format!("# yaml-language-server: $schema={up}{}\n", self::path(record)))
}

/// The schemas of all files of a project: path, text.
pub fn all(types: &Types, offered: &Offered, lang: Tongue) -> Vec<(String, String)> {
    types.records().into_iter().map(|r| (path(r), pretty(&json::schema(r, offered, lang)))).collect()
}

/// Settings of VS Code that name the schema of each file.
pub fn settings(types: &Types, content: &[String]) -> String {
    let mut schemas = Map::new();
    for r in types.records() {
        let p = patterns(r, types, content);
        if !p.is_empty() {
            schemas.insert(format!("./{}", path(r)), json!(p));
        }
    }
    pretty(&json!({"yaml.schemas": schemas, "yaml.format.enable": false}))
}

/// JSON for people, with a line end.
pub fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}
