//! The configuration of an editor in the browser (Decap CMS, Sveltia CMS), so that a clerk fills in forms: a collection a
//! type of items, one for the settings, each field with the widget that its kind asks for.

use super::{Type, Types};
use crate::diag::Tongue;
use crate::schema::{Field, FieldKind, Need, Record, disclosure, effect, item, site, words};
use serde_json::{Map, Value, json};

/// Which editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// Decap CMS (once Netlify CMS).
    Decap,
    /// Sveltia CMS.
    Sveltia,
}

/// What the project has.
#[derive(Debug, Clone)]
pub struct Project {
    /// The language of the forms.
    pub lang: Tongue,
    /// The profile, as an index into what fields ask.
    pub profile: usize,
    /// The content folder.
    pub content: String,
    /// The settings' file.
    pub settings: String,
    /// Tags of the languages that are written, the first one first.
    pub languages: Vec<String>,
    /// Departments: id, name.
    pub departments: Vec<(String, String)>,
    /// Themes: id, label.
    pub themes: Vec<(String, String)>,
    /// Reports that are there or due: file below the content folder (`reports/office/2025.yaml`), name.
    pub reports: Vec<(String, String)>,
}

/// The configuration.
pub fn config(editor: Editor, types: &Types, p: &Project) -> Value {
    let mut out = json!({
        // Where the content's repository is: to be filled in.
        "backend": {"name": "github", "repo": "owner/name", "branch": "main"},
        "media_folder": "static/uploads",
        "public_folder": "/uploads",
    });
    if editor == Editor::Sveltia {
        // An empty text is not the same as no field: an empty day of publication holds the item.
        out["output"] = json!({"omit_empty_optional_fields": true});
    } else {
        // In Sveltia the local work needs no switch.
        out["local_backend"] = json!(true);
        out["locale"] = json!(if p.lang == Tongue::Zh { "zh_Hans" } else { "en" });
    }
    let several = p.languages.len() > 1 && editor == Editor::Sveltia;
    if several {
        // `a.md` and `a.en.md`: the first language has no tag in its name.
        out["i18n"] = json!({
            "structure": "multiple_files",
            "locales": p.languages,
            "default_locale": p.languages[0],
            "omit_default_locale_from_file_path": true,
        });
    }
    let mut collections: Vec<Value> = types.iter().map(|k| collection(k.of, several, p)).collect();
    collections.push(disclosed(editor, p));
    collections.extend(reports(p));
    collections.push(json!({
        "name": "settings",
        "label": site::RECORD.label.get(p.lang),
        "files": [{"name": "site", "label": site::RECORD.label.get(p.lang), "file": p.settings, "fields": fields(&site::RECORD, false, p)}],
    }));
    out["collections"] = Value::Array(collections);
    out
}

/// The files of disclosure: the guide is one record, the others are lists, which Decap cannot have at the top of a file.
fn disclosed(editor: Editor, p: &Project) -> Value {
    let file = |name: &str, label: &str, fields: Value| json!({"name": name, "label": label, "file": format!("{}/disclosure/{name}.yaml", p.content), "fields": fields});
    // What stands in brackets names the file, which the form knows.
    let label = |r: &Record| r.label.get(p.lang).split(['（', '(']).next().unwrap_or_default().trim().to_string();
    let guide = &disclosure::guide::RECORD;
    let mut files = vec![file("guide", &label(guide), Value::Array(fields(guide, false, p)))];
    if editor == Editor::Sveltia {
        for (name, r) in [("catalogue", &disclosure::entry::RECORD), ("plan", &disclosure::plan::RECORD), ("exceptions", &disclosure::exception::RECORD)] {
            let list = json!([{"name": "entries", "label": label(r), "widget": "list", "root": true, "collapsed": true, "fields": fields(r, false, p)}]);
            files.push(file(name, &label(r), list));
        }
    }
    json!({"name": "disclosure", "label": if p.lang == Tongue::Zh { "信息公开" } else { "Disclosure" }, "files": files})
}

/// Reports, a file a department and year, of the website and of effect: their files are named by whose and when they are, which no
/// field says, so that each is a form of its own.
fn reports(p: &Project) -> Option<Value> {
    let one = |(path, label): &(String, String)| {
        let record = match path.strip_prefix("reports/") {
            Some(r) if r.starts_with("website/") => &disclosure::website::RECORD,
            Some(r) if r.starts_with("effect/") => &effect::RECORD,
            _ => &disclosure::report::RECORD,
        };
        let name = path.trim_start_matches("reports/").trim_end_matches(".yaml").replace('/', "-");
        json!({"name": name, "label": label, "file": format!("{}/{path}", p.content), "fields": fields(record, false, p)})
    };
    let files: Vec<Value> = p.reports.iter().map(one).collect();
    (!files.is_empty()).then(|| json!({"name": "reports", "label": if p.lang == Tongue::Zh { "报告" } else { "Reports" }, "files": files}))
}

fn collection(t: &Type, several: bool, p: &Project) -> Value {
    let (r, folder, markdown) = (t.record, t.folder, t.markdown);
    let mut list = fields(r, markdown, p);
    if markdown {
        let body = &item::DESCRIPTION;
        list.push(json!({"name": "body", "label": body.label.get(p.lang), "widget": "markdown", "required": false, "i18n": true}));
    }
    let mut out = json!({
        "name": folder,
        "label": r.label.get(p.lang),
        "folder": format!("{}/{folder}", p.content),
        "create": true,
        "path": t.place,
        "extension": if markdown { "md" } else { "yaml" },
        "format": if markdown { "yaml-frontmatter" } else { "yaml" },
        "identifier_field": "title",
        "fields": list,
    });
    if several && markdown {
        out["i18n"] = json!(true);
    }
    out
}

fn fields(r: &'static Record, markdown: bool, p: &Project) -> Vec<Value> {
    let own = |f: &&'static Field| !(markdown && std::ptr::eq(*f, &item::DESCRIPTION));
    r.all().filter(own).filter_map(|f| field(f, markdown, p)).collect()
}

/// One field of a form; nothing for what has no form.
fn field(f: &'static Field, markdown: bool, p: &Project) -> Option<Value> {
    // An item cannot do without its title in a form: its file is named by it.
    let must = f.need[p.profile] == Need::Must || std::ptr::eq(f, &item::TITLE);
    let mut out = Map::new();
    out.insert("name".into(), f.key.into());
    out.insert("label".into(), f.label.get(p.lang).into());
    out.extend(widget(&f.kind, markdown, p)?);
    out.insert("required".into(), must.into());
    if !f.help.get(p.lang).is_empty() {
        out.insert("hint".into(), f.help.get(p.lang).into());
    }
    if std::ptr::eq(f, &item::DRAFT) {
        // Nothing is published by accident.
        out.insert("widget".into(), "boolean".into());
        out.remove("options");
        out.insert("default".into(), true.into());
    }
    if markdown && (std::ptr::eq(f, &item::TITLE) || std::ptr::eq(f, &item::SUMMARY)) {
        // A translation says these; all facts stand in the first file.
        out.insert("i18n".into(), true.into());
    }
    Some(Value::Object(out))
}

fn widget(kind: &'static FieldKind, markdown: bool, p: &Project) -> Option<Map<String, Value>> {
    let made = |v: Value| v.as_object().cloned();
    let by_language = |widget: &str| -> Value {
        let each: Vec<Value> = p.languages.iter().map(|l| json!({"name": l, "label": l, "widget": widget, "required": false})).collect();
        json!({"widget": "object", "collapsed": false, "fields": each})
    };
    match kind {
        // In Markdown a translation is a file of its own.
        FieldKind::LangText if p.languages.len() > 1 && !markdown => made(by_language("string")),
        FieldKind::Markdown if p.languages.len() > 1 && !markdown => made(by_language("markdown")),
        FieldKind::Markdown => made(json!({"widget": "markdown"})),
        FieldKind::Date | FieldKind::Day => made(json!({"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": false})),
        FieldKind::Moment => made(json!({"widget": "datetime", "format": "YYYY-MM-DD HH:mm", "date_format": "YYYY-MM-DD", "time_format": "HH:mm"})),
        // A switch always says yes or no; here nothing may be said.
        FieldKind::Flag => {
            let [yes, no] = if p.lang == Tongue::Zh { ["是", "否"] } else { ["yes", "no"] };
            made(json!({"widget": "select", "options": [{"label": yes, "value": "true"}, {"label": no, "value": "false"}]}))
        }
        FieldKind::Count => made(json!({"widget": "number", "value_type": "int", "min": 0})),
        FieldKind::OneOf(table) | FieldKind::Code(table) => made(json!({"widget": "select", "options": options(table, p.lang)})),
        FieldKind::Department if !p.departments.is_empty() => made(json!({"widget": "select", "options": named(&p.departments)})),
        FieldKind::Theme if !p.themes.is_empty() => made(json!({"widget": "select", "options": named(&p.themes)})),
        FieldKind::List(k) => {
            if k.table().is_some() {
                return made(json!({"widget": "list", "fields": k.table().map(|r| fields(r, markdown, p))}));
            }
            let mut one = widget(k, markdown, p)?;
            if one.get("widget") == Some(&json!("select")) {
                one.insert("multiple".into(), true.into());
                return Some(one);
            }
            let mut entry = json!({"name": "entry", "label": if p.lang == Tongue::Zh { "一项" } else { "Entry" }});
            entry.as_object_mut()?.extend(one);
            made(json!({"widget": "list", "field": entry}))
        }
        FieldKind::Table(r) => made(json!({"widget": "object", "collapsed": true, "fields": fields(r, markdown, p)})),
        // The plain form of the two.
        FieldKind::Either(a, _) => widget(a, markdown, p),
        FieldKind::Free => None,
        _ => made(json!({"widget": "string"})),
    }
}

/// The codes of a table with what they are called; written is the first word that readers know.
fn options(table: &'static [(&'static str, &'static str)], lang: Tongue) -> Vec<Value> {
    let word = |code: &'static str| table.iter().find(|(_, c)| *c == code).map_or(code, |(w, _)| *w);
    words::codes(table).into_iter().map(|c| json!({"label": words::name(table, c, lang), "value": word(c)})).collect()
}

fn named(list: &[(String, String)]) -> Vec<Value> {
    list.iter().map(|(id, name)| json!({"label": name, "value": id})).collect()
}

/// A value as YAML in blocks; texts in double quotes, which JSON and YAML share.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let plain = |v: &Value| match v {
        Value::Array(a) => a.is_empty() || a.iter().all(|x| !x.is_object() && !x.is_array()),
        Value::Object(o) => o.is_empty(),
        _ => true,
    };
    match value {
        Value::Object(map) => {
            for (k, v) in map {
                if plain(v) {
                    out.push_str(&format!("{pad}{k}: {v}\n"));
                } else {
                    out.push_str(&format!("{pad}{k}:\n"));
                    write(v, depth + 1, out);
                }
            }
        }
        Value::Array(list) => {
            for v in list {
                let mut one = String::new();
                write(v, depth + 1, &mut one);
                // The first line of an entry stands behind its dash.
                out.push_str(&format!("{pad}- {}", one.trim_start()));
            }
        }
        other => out.push_str(&format!("{pad}{other}\n")),
    }
}
