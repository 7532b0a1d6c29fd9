//! SARIF 2.1.0 (OASIS), the subset that code-scanning services read.

use super::{Diagnostic, Severity, Tongue};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a rule of the log says of itself (3.49 reportingDescriptor).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// A few words.
    pub title: &'static str,
    /// Why it is so, and how to mend it.
    pub explain: &'static str,
    /// The law, standard or document behind it; may be empty.
    pub source: &'static str,
    /// Every gravity at which it may be told.
    pub severities: Vec<Severity>,
}

/// The findings as a SARIF log. `about` tells of each code; a rule that it does not know has its id alone.
pub fn sarif(items: &[&Diagnostic], lang: Tongue, about: &dyn Fn(&str) -> Option<About>) -> String {
    let codes: BTreeSet<&str> = items.iter().map(|d| d.code).collect();
    let rules: Vec<Value> = codes.iter().map(|c| rule(c, about(c), lang)).collect();
    let results: Vec<Value> = items.iter().map(|d| result(d, lang)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "clerestory", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    super::clean::json(&format!("{log:#}\n"))
}

fn rule(code: &str, about: Option<About>, lang: Tongue) -> Value {
    let Some(a) = about else { return json!({ "id": code }) };
    let source = match lang {
        _ if a.source.is_empty() => String::new(),
        Tongue::Zh => format!("\n\n依据：{}", super::source_in(a.source, lang)),
        Tongue::En => format!("\n\nSource: {}", super::source_in(a.source, lang)),
    };
    json!({
        "id": code,
        "name": code,
        "shortDescription": { "text": a.title },
        "fullDescription": { "text": a.explain },
        "help": { "text": format!("{}{source}", a.explain) },
        "properties": { "severities": a.severities.iter().map(|s| s.word()).collect::<Vec<_>>() },
    })
}

fn result(d: &Diagnostic, lang: Tongue) -> Value {
    let level = match d.severity {
        Severity::Info => "note",
        Severity::Warn => "warning",
        Severity::Error | Severity::Veto => "error",
    };
    let mut text = d.message.get(lang).to_string();
    if let Some(h) = &d.hint {
        text.push('\n');
        text.push_str(h.get(lang));
    }
    let mut out = json!({ "ruleId": d.code, "level": level, "message": { "text": text } });
    if let Some(o) = &d.department {
        out["properties"] = json!({ "department": o.id, "departmentName": o.name.get(lang) });
    }
    if let Some(s) = &d.span {
        let mut place = json!({ "artifactLocation": { "uri": uri(&super::path(&s.file)) } });
        if s.line > 0 {
            place["region"] = json!({ "startLine": s.line, "startColumn": s.col, "endColumn": s.end_col.max(s.col + 1) });
        }
        out["locations"] = json!([{ "physicalLocation": place }]);
    }
    out
}

/// A relative URI reference: everything but unreserved characters and `/` is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}
