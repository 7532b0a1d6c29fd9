//! Components: a folder with a template and a YAML file that says what it takes and shows it.

use crate::config::Config;
use crate::diag::{Diagnostic, Report, Severity, say};
use crate::load::{Fields, Source, parse_yaml};
use crate::schema::look::{component as co, example};
use std::collections::BTreeMap;

/// A text in Chinese and English.
#[derive(Debug, Clone, Default)]
pub struct Both {
    zh: String,
    en: String,
}

impl Both {
    /// The text for a language tag.
    pub fn get(&self, tag: &str) -> &str {
        if tag.starts_with("zh") && !self.zh.is_empty() || self.en.is_empty() { &self.zh } else { &self.en }
    }
}

/// A component as its YAML file describes it.
#[derive(Debug, Clone)]
pub struct Component {
    /// Name of its folder.
    pub name: String,
    description: Both,
    /// It frames a page (header, footer) and is shown by doing so.
    pub page: bool,
    /// It is an item of a list and needs one around it.
    pub item: bool,
    /// What its template takes.
    pub parameters: Vec<(String, Both)>,
    /// Name of an example, and what is given to the template.
    pub examples: Vec<(String, serde_json::Value)>,
}

impl Component {
    /// What it is for.
    pub fn describe(&self, tag: &str) -> &str {
        self.description.get(tag)
    }
}

/// Reads the YAML files of all components, the upper layer's first.
pub(super) fn load(layers: &[(&str, &BTreeMap<String, Vec<u8>>)], config: &Config, report: &mut Report) -> Vec<Component> {
    let mut found: BTreeMap<String, Component> = BTreeMap::new();
    for (layer, files) in layers.iter().rev() {
        for (path, bytes) in files.iter() {
            let Some(rest) = path.strip_prefix("templates/components/").and_then(|p| p.strip_suffix(".yaml")) else { continue };
            let Some((name, _)) = rest.split_once('/') else { continue };
            let source = Source::new(format!("themes/{layer}/{path}"), String::from_utf8_lossy(bytes));
            let mut out = Vec::new();
            if let Some(node) = parse_yaml(&source, 0..source.text.len(), &mut out) {
                let mut f = Fields::new(&co::RECORD, &source, &node, &config.tz, &mut out);
                found.insert(name.to_string(), component(name, &mut f));
                f.finish();
            }
            for d in out {
                report.push(d);
            }
            if found.get(name).is_some_and(|c| c.examples.is_empty()) {
                let d = Diagnostic::new("THM002", Severity::Warn, say!("组件 `{name}` 没有例子", "the component `{name}` has no example"));
                report.push(d.at(crate::diag::Span::file(&source.path)).hint(say!("在 examples: 下写一个", "write one under examples:")));
            }
        }
    }
    found.into_values().collect()
}

fn component(name: &str, f: &mut Fields<'_, '_>) -> Component {
    let description = both(f.free(&co::DESCRIPTION));
    let page = f.flag(&co::PAGE).unwrap_or(false);
    let item = f.flag(&co::ITEM).unwrap_or(false);
    let parameters = match f.free(&co::PARAMETERS) {
        serde_json::Value::Object(m) => m.into_iter().map(|(k, v)| (k, both(v))).collect(),
        _ => Vec::new(),
    };
    let mut examples = Vec::new();
    for node in f.entries(&co::EXAMPLES) {
        let mut e = f.within(&co::EXAMPLES, node);
        examples.push((e.text(&example::NAME).unwrap_or("").to_string(), typed(e.free(&example::DATA))));
        e.finish();
    }
    Component { name: name.to_string(), description, page, item, parameters, examples }
}

fn both(v: serde_json::Value) -> Both {
    let text = |k: &str| v[k].as_str().unwrap_or("").to_string();
    match v.as_str() {
        Some(t) => Both { zh: t.to_string(), en: t.to_string() },
        None => Both { zh: text("zh"), en: text("en") },
    }
}

/// YAML keeps words as they are written; a template wants `true` to be true.
fn typed(v: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match v {
        Value::String(t) if t == "true" => Value::Bool(true),
        Value::String(t) if t == "false" => Value::Bool(false),
        Value::Array(a) => Value::Array(a.into_iter().map(typed).collect()),
        Value::Object(o) => Value::Object(o.into_iter().map(|(k, v)| (k, typed(v))).collect()),
        other => other,
    }
}
