//! JSON Schemas (2020-12) of the files that people write, for editors and for anybody's validator.
//!
//! A schema refuses what the readers refuse by its form, and nothing else: what depends on other files (is there such a
//! department?) is offered for completion, not demanded.

use super::{Field, FieldKind, Need, Record, guide, words};
use crate::diag::Tongue;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The dialect of the schemas.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What a project has that may be offered for completion.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// Tags of its languages.
    pub languages: Vec<String>,
    /// Ids of its departments.
    pub departments: Vec<String>,
    /// Ids of its themes.
    pub themes: Vec<String>,
}

/// The schema of the files of a record.
pub fn schema(record: &'static Record, offered: &Offered, lang: Tongue) -> Value {
    let mut maker = Maker { offered, lang, defs: BTreeMap::new() };
    let one = maker.record(record);
    let mut top = Map::new();
    top.insert("$schema".into(), DIALECT.into());
    top.insert("title".into(), record.label.get(lang).into());
    if record.listed() {
        maker.defs.insert(name(record), one);
        top.insert("anyOf".into(), json!([{"type": "array", "items": refer(record)}, refer(record)]));
    } else {
        top.extend(one.as_object().cloned().unwrap_or_default());
    }
    maker.text_definitions();
    top.insert("$defs".into(), Value::Object(maker.defs.into_iter().collect()));
    Value::Object(top)
}

fn name(record: &Record) -> String {
    record.id.replace('/', ".")
}

fn refer(record: &Record) -> Value {
    json!({"$ref": format!("#/$defs/{}", name(record))})
}

/// How a number is written: figures, in threes or not, with a point or not.
const NUMBER: &str = "^\\s*[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\\.[0-9]+)?\\s*$";

struct Maker<'a> {
    offered: &'a Offered,
    lang: Tongue,
    defs: BTreeMap<String, Value>,
}

impl Maker<'_> {
    /// The mapping of a record.
    fn record(&mut self, record: &'static Record) -> Value {
        let mut properties = Map::new();
        for f in record.all() {
            let one = self.field(f);
            for key in f.earlier {
                properties.insert((*key).to_string(), one.clone());
            }
            properties.insert(f.key.to_string(), one);
        }
        let must: Vec<&Field> = record.all().filter(|f| f.need[0] == Need::Must).collect();
        // A required field may be there by an earlier spelling.
        let plain: Vec<&str> = must.iter().filter(|f| f.earlier.is_empty()).map(|f| f.key).collect();
        let mut out = json!({"title": record.label.get(self.lang), "type": "object", "properties": properties, "additionalProperties": false});
        if !plain.is_empty() {
            out["required"] = json!(plain);
        }
        if !record.one_of.is_empty() {
            out["anyOf"] = record.one_of.iter().map(|f| json!({"required": [f.key], "properties": {f.key: {"$ref": "#/$defs/said"}}})).collect();
        }
        out
    }

    fn field(&mut self, f: &'static Field) -> Value {
        let must = f.need[0] == Need::Must;
        let mut out = self.kind(&f.kind, must);
        // What keeps something from the public is never left open: a word that is not there is no word.
        let open = f.guard && matches!(f.kind, FieldKind::OneOf(_));
        if !must && !f.firm && !open && !matches!(f.kind, FieldKind::Free) {
            // A key without a value is a field that is not there.
            let blank = match &f.kind {
                // A blank word in such a list is no word of the table.
                FieldKind::List(k) => k.scalar() && (k.words().is_none() || k.table().is_none()),
                k => k.scalar(),
            };
            let nothing = if blank { json!({"$ref": "#/$defs/nothing"}) } else { json!({"type": "null"}) };
            out = json!({"anyOf": [out, nothing]});
        }
        let t = |zh: &str, en: &str| if self.lang == Tongue::Zh { zh.to_string() } else { en.to_string() };
        let mut lines = vec![f.help.get(self.lang).to_string()];
        let need = guide::need(f, self.lang);
        if !need.is_empty() {
            lines.push(format!("{}{need}", t("谁要求：", "Asked for: ")));
        }
        if !f.example.is_empty() {
            lines.push(format!("{}{}: {}", t("例：", "Example: "), f.key, f.example));
        }
        if let Some(o) = out.as_object_mut() {
            o.insert("title".into(), f.label.get(self.lang).into());
            o.insert("description".into(), lines.join("\n").trim().into());
        }
        out
    }

    fn kind(&mut self, kind: &'static FieldKind, must: bool) -> Value {
        let text = || json!({"$ref": if must { "#/$defs/said" } else { "#/$defs/text" }});
        match kind {
            FieldKind::LangText | FieldKind::Markdown => json!({"$ref": if must { "#/$defs/said by language" } else { "#/$defs/text by language" }}),
            FieldKind::Date | FieldKind::Day | FieldKind::Moment => json!({"$ref": "#/$defs/day"}),
            FieldKind::Flag => json!({"$ref": "#/$defs/flag"}),
            FieldKind::Count => json!({"$ref": "#/$defs/count"}),
            FieldKind::Sign => json!({"type": "string", "maxLength": 1, "pattern": "^[^0-9A-Za-z\u{4e00}-\u{9fff}]*$"}),
            FieldKind::OneOf(table) => self.words(table, false),
            FieldKind::Code(table) => self.words(table, true),
            FieldKind::Id => json!({"type": ["string", "integer", "boolean"], "pattern": "^\\s*[0-9A-Za-z_-]{1,80}\\s*$"}),
            FieldKind::Language => json!({"anyOf": [{"enum": ["zh-Hans", "zh-Hant", "en"]}, {"type": "string", "pattern": "^\\s*[0-9A-Za-z-]+\\s*$"}]}),
            FieldKind::Department => offer(&self.offered.departments, text()),
            FieldKind::Theme => offer(&self.offered.themes, text()),
            FieldKind::Number => json!({"type": ["number", "string"], "pattern": NUMBER}),
            FieldKind::Bound => json!({"type": ["number", "string"], "pattern": "^\\s*[-+.]?[0-9]"}),
            FieldKind::Text
            | FieldKind::Web
            | FieldKind::Tel
            | FieldKind::Mail
            | FieldKind::File
            | FieldKind::Folder
            | FieldKind::Item(_)
            | FieldKind::Zone => text(),
            FieldKind::List(k) => {
                let one = self.kind(k, false);
                let asks = k.table().is_some_and(|r| !r.one_of.is_empty() || r.all().any(|f| f.need[0] == Need::Must));
                let entry = match (k.scalar(), asks) {
                    (true, false) => json!({"anyOf": [one, {"$ref": "#/$defs/nothing"}]}),
                    (false, false) => json!({"anyOf": [one, {"type": "null"}]}),
                    (_, true) => one.clone(),
                };
                json!({"anyOf": [one, {"type": "array", "items": entry}]})
            }
            FieldKind::Table(r) => {
                if !self.defs.contains_key(&name(r)) {
                    // Kept free while it is made: a record may hold itself.
                    self.defs.insert(name(r), Value::Null);
                    let made = self.record(r);
                    self.defs.insert(name(r), made);
                }
                refer(r)
            }
            FieldKind::Either(a, b) => json!({"anyOf": [self.kind(a, must), self.kind(b, must)]}),
            FieldKind::Free => json!({}),
        }
    }

    fn words(&self, table: &'static [(&'static str, &'static str)], codes: bool) -> Value {
        let mut all: Vec<&str> = table.iter().map(|(w, _)| *w).collect();
        if codes {
            all.extend(words::codes(table).into_iter().filter(|c| !table.iter().any(|(w, _)| w == c)));
        }
        let told: Vec<String> =
            all.iter().map(|w| table.iter().find(|(x, c)| x == w || c == w).map_or(String::new(), |(_, c)| words::name(table, c, self.lang))).collect();
        // Editors of the VS Code family show these beside the words.
        json!({"enum": all, "markdownEnumDescriptions": told})
    }

    fn text_definitions(&mut self) {
        let text = json!({"type": ["string", "number", "boolean"]});
        let said = json!({"type": ["string", "number", "boolean"], "pattern": "\\S"});
        let languages = |one: &str, least: u32| {
            let mut known = Map::new();
            for tag in &self.offered.languages {
                known.insert(tag.clone(), json!({"anyOf": [{"$ref": one}, {"type": "null"}]}));
            }
            json!({"anyOf": [
                {"$ref": one},
                {"type": "object", "minProperties": least, "properties": known, "additionalProperties": {"anyOf": [{"$ref": one}, {"type": "null"}]}},
            ]})
        };
        let by = languages("#/$defs/text", 0);
        let said_by = languages("#/$defs/said", 1);
        let flags: Vec<String> = words::YES.iter().chain(words::NO).flat_map(|w| spelled(w)).collect();
        for (key, value) in [
            ("nothing", json!({"anyOf": [{"type": "null"}, {"type": "string", "pattern": "^\\s*$"}]})),
            ("text", text),
            ("said", said),
            ("text by language", by),
            ("said by language", said_by),
            ("day", json!({"type": "string", "pattern": day(), "examples": ["2026-11-27", "2026-11-27 09:30", "2026年11月27日"]})),
            ("flag", json!({"anyOf": [{"type": "boolean"}, {"enum": flags}]})),
            ("count", json!({"type": ["integer", "string"], "minimum": 0, "maximum": u32::MAX, "pattern": "^\\s*\\+?[0-9]+\\s*$"})),
        ] {
            self.defs.insert(key.to_string(), value);
        }
    }
}

/// Offers some values and takes any.
fn offer(values: &[String], any: Value) -> Value {
    if values.is_empty() { any } else { json!({"anyOf": [{"enum": values}, any]}) }
}

/// `yes`, `Yes`, `YES`.
fn spelled(word: &str) -> Vec<String> {
    let mut out = vec![word.to_string()];
    if word.is_ascii() {
        out.push(format!("{}{}", word[..1].to_uppercase(), &word[1..]));
        out.push(word.to_uppercase());
    }
    out
}

/// The forms in which a day may be written, with days that exist but for leap years (see `load/dates`).
fn day() -> String {
    let han = "[〇零○Ｏ◯元一二两三四五六七八九十百千]+";
    let (month, date) = (format!("(?:0*(?:1[0-2]|[1-9])|{han})"), format!("(?:0*(?:3[01]|[12][0-9]|[1-9])|{han})"));
    let short = "0*(?:[469]|11)\\s*\\1\\s*0*(?:30|[12][0-9]|[1-9])";
    let long = "0*(?:[13578]|1[02])\\s*\\1\\s*0*(?:3[01]|[12][0-9]|[1-9])";
    let february = "0*2\\s*\\1\\s*0*(?:[12][0-9]|[1-9])";
    let digits = format!("[1-9][0-9]{{3}}([-/.－．／])\\s*(?:{february}|{short}|{long})(?![0-9])");
    let spoken = format!("(?:[1-9][0-9]{{3}}|{han})([-/.－．／])\\s*{month}\\s*\\2\\s*{date}(?![0-9])");
    let chinese = format!("(?:[1-9][0-9]{{3}}|{han})年\\s*{month}\\s*月\\s*{date}\\s*[日号]");
    // A day in digits alone must exist; one with Chinese numerals is held against its form.
    format!("^\\s*(?:{digits}|(?=\\S*{han}){spoken}|{chinese})\\s*(?:[Tt]?\\s*[0-9].*)?[Tt]?\\s*$")
}
