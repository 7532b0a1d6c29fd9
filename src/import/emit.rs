//! Files as somebody would have written them by hand: fields in the order of their declaration, quotes only where YAML wants
//! them, texts of several lines as blocks. It knows `schema` and nothing of any source.

use super::{Draft, Value};
use crate::schema::item as own;
use crate::schema::{Field, FieldKind, dictionary, resource};
use crate::types::dataset as ds;
use std::fmt::Write as _;

/// The file of an item: YAML, or Markdown with a head.
pub(super) fn file(draft: &Draft) -> String {
    let mut out = String::new();
    let markdown = draft.kind.markdown;
    if markdown {
        out.push_str("---\n");
    }
    for (key, value) in ordered(draft) {
        entry(&mut out, key, value, 0);
    }
    if markdown {
        out.push_str("---\n");
        let body = draft.body.trim_matches('\n');
        if !body.is_empty() {
            let _ = write!(out, "\n{body}\n");
        }
    }
    out
}

/// What is said first, and what last; between them the fields stand as they are declared, those of the type before those of all.
fn ordered(draft: &Draft) -> Vec<(&str, &Value)> {
    static FIRST: [&Field; 3] = [&own::TITLE, &own::SUMMARY, &own::DESCRIPTION];
    static LAST: [&Field; 4] = [&ds::RESOURCES, &ds::CHARTS, &own::ATTACHMENTS, &own::ALIASES];
    let record = draft.kind.record;
    let inner = record.fields.iter().chain(record.base.map_or(&[][..], |b| b.fields));
    let middle = inner.filter(|f| !FIRST.iter().chain(&LAST).any(|x| std::ptr::eq(*x, **f)) && f.key != own::EXTRA.key);
    let order = FIRST.iter().chain(middle).chain(&LAST);
    let mut out: Vec<(&str, &Value)> = Vec::new();
    for f in order {
        if let Some((_, v)) = draft.fields.iter().find(|(d, _)| d.key == f.key).filter(|(_, v)| !v.is_empty()) {
            out.push((f.key, v));
        }
    }
    if !draft.extra.is_empty() {
        out.push((own::EXTRA.key, &draft.extra));
    }
    out
}

/// Entries for a vocabulary that is a list of mappings.
pub(super) fn list(entries: &[Vec<(&'static Field, Value)>]) -> String {
    let mut out = String::new();
    for one in entries {
        let pairs = one.iter().filter(|(_, v)| !v.is_empty()).map(|(f, v)| (f.key.to_string(), v.clone())).collect();
        item(&mut out, &Value::Map(pairs), 0);
    }
    out
}

/// Longest list or mapping that stands in one line.
const LINE: usize = 110;

/// `key: value`
fn entry(out: &mut String, key: &str, value: &Value, depth: usize) {
    let pad = "  ".repeat(depth);
    let key = scalar(key);
    match value {
        Value::Text(t) => {
            let _ = match block(t, key == own::DESCRIPTION.key, depth + 1) {
                Some(b) => writeln!(out, "{pad}{key}: {b}"),
                None => writeln!(out, "{pad}{key}: {}", scalar(t)),
            };
        }
        Value::List(_) | Value::Map(_) => {
            if let Some(flow) = flow(value).filter(|f| f.chars().count() + key.len() <= LINE && !deep(value) && key != own::EXTRA.key) {
                let _ = writeln!(out, "{pad}{key}: {flow}");
                return;
            }
            let _ = writeln!(out, "{pad}{key}:");
            match value {
                Value::List(all) => all.iter().for_each(|v| item(out, v, depth + 1)),
                Value::Map(pairs) => pairs.iter().for_each(|(k, v)| entry(out, k, v, depth + 1)),
                Value::Text(_) => {}
            }
        }
    }
}

/// `- value`
fn item(out: &mut String, value: &Value, depth: usize) {
    let pad = "  ".repeat(depth);
    match value {
        Value::Map(pairs) if !pairs.is_empty() => {
            if let Some(flow) = flow(value).filter(|f| f.chars().count() <= LINE && !deep(value)) {
                let _ = writeln!(out, "{pad}- {flow}");
                return;
            }
            let mut inner = String::new();
            pairs.iter().for_each(|(k, v)| entry(&mut inner, k, v, depth + 1));
            // The first line stands beside the hyphen.
            let _ = write!(out, "{pad}- {}", inner.get(pad.len() + 2..).unwrap_or(""));
        }
        Value::Text(t) => {
            let _ = match block(t, false, depth + 1) {
                Some(b) => writeln!(out, "{pad}- {b}"),
                None => writeln!(out, "{pad}- {}", scalar(t)),
            };
        }
        other => {
            let _ = writeln!(out, "{pad}- {}", flow(other).unwrap_or_else(|| "[]".into()));
        }
    }
}

/// Lists in lists, and mappings with more than scalars in them, stand in lines of their own.
fn deep(value: &Value) -> bool {
    match value {
        Value::Text(_) => false,
        Value::List(all) => all.iter().any(|v| !matches!(v, Value::Text(_))),
        Value::Map(pairs) => pairs.iter().any(|(_, v)| !matches!(v, Value::Text(_))),
    }
}

/// A value in one line; `None` where it has a text of several lines.
fn flow(value: &Value) -> Option<String> {
    match value {
        Value::Text(t) if t.contains('\n') => None,
        Value::Text(t) => {
            let s = scalar(t);
            // In brackets these signs part values.
            let bare = !s.starts_with(['"', '\'']);
            let colon = s.contains(':') && !s.contains("://");
            Some(if bare && (colon || s.contains([',', '[', ']', '{', '}'])) { quoted(t) } else { s })
        }
        Value::List(all) => Some(format!("[{}]", all.iter().map(flow).collect::<Option<Vec<_>>>()?.join(", "))),
        Value::Map(pairs) => {
            let inner = pairs.iter().map(|(k, v)| Some(format!("{}: {}", scalar(k), flow(v)?))).collect::<Option<Vec<_>>>()?;
            Some(format!("{{{}}}", inner.join(", ")))
        }
    }
}

/// A text of several lines, or a long one of Markdown, as a block; `None` where it is a scalar, or can be none.
fn block(text: &str, markdown: bool, depth: usize) -> Option<String> {
    let several = text.trim_end_matches('\n').contains('\n');
    let long = markdown && text.chars().count() > 80;
    if !(several || long) {
        return None;
    }
    // What a block cannot hold as it is.
    if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')) {
        return None;
    }
    let pad = "  ".repeat(depth);
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    // A first line that is indented itself, or lines of blanks before it, would be taken for the depth of the block.
    if text.starts_with(['\n', ' ', '\t']) || first.starts_with([' ', '\t']) {
        return None;
    }
    let mut out = String::from(if markdown || text.ends_with('\n') { "|" } else { "|-" });
    for line in text.trim_end_matches('\n').split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&pad);
            out.push_str(line);
        }
    }
    Some(out)
}

/// A scalar: plain where YAML takes it for this text, else in quotes.
fn scalar(text: &str) -> String {
    if plain(text) { text.to_string() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// True where YAML reads a plain scalar as just this text, also a reader that makes numbers and truths of scalars.
fn plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if text.trim() != text || text.chars().any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')) {
        return false;
    }
    if "-?:,[]{}#&*!|>'\"%@`=<~".contains(first) {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.starts_with("---") || text.starts_with("...") {
        return false;
    }
    if date(text) {
        return true;
    }
    let low = text.to_ascii_lowercase();
    // A truth is one: `draft: true`.
    let truth = matches!(text, "true" | "false");
    let word = !truth && matches!(&*low, "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | ".nan" | ".inf" | "nan");
    // `1:30` is a number to some readers, `0x1F` and `1_000` too.
    let numeric = first.is_ascii_digit() || matches!(first, '.' | '+');
    let number = numeric && text.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '.' | '_' | ':' | '+' | '-' | 'x' | 'o' | 'X' | ' '));
    !word && !number
}

/// `2021-04-12`, `2021-04-12 09:30`
fn date(text: &str) -> bool {
    let shape = |t: &str, form: &str| t.len() == form.len() && t.bytes().zip(form.bytes()).all(|(a, f)| if f == b'0' { a.is_ascii_digit() } else { a == f });
    shape(text, "0000-00-00") || shape(text, "0000-00-00 00:00") || shape(text, "0000")
}

/// True for a key that the record of a column or a resource declares; others would be unknown there.
pub(super) fn declared(record: &'static crate::schema::Record, key: &str) -> bool {
    record.field(key).is_some()
}

/// Records that importers fill besides items.
pub(super) static RESOURCE: &crate::schema::Record = &resource::RECORD;
/// The record of a column of a dictionary.
pub(super) static COLUMN: &crate::schema::Record = &dictionary::RECORD;

/// The kind of a field takes a list.
pub(super) fn several(field: &Field) -> bool {
    matches!(field.kind, FieldKind::List(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Kind, Node, Source, parse_yaml};

    fn back(node: &Node) -> Value {
        match &node.kind {
            Kind::Null => Value::Text(String::new()),
            Kind::Text(t) => Value::Text(t.to_string()),
            Kind::List(all) => Value::List(all.iter().map(back).collect()),
            Kind::Map(p) => Value::Map(p.iter().map(|(k, v)| (k.text().unwrap().to_string(), back(v))).collect()),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "a",
            "-",
            "- a",
            "a: b",
            "a:",
            "#a",
            "a #b",
            "yes",
            "No",
            "null",
            "~",
            "010000",
            "1.10",
            "1e3",
            "2021-04-12",
            "2021",
            "12:30",
            "0x1F",
            "+1 215 685-7580",
            "“引号”",
            "《通知》：一、二",
            "a\nb",
            "a\n\n  b\n",
            " a",
            "a ",
            "\n a\nb",
            "a\tb\nc",
            "tab\tin",
            "*a*",
            "[a]",
            "{a}",
            "a, b",
            "\"x\"",
            "it's",
            "@x",
            "%x",
            "`x`",
            "a\r\nb",
            "\u{7}",
            "\u{2028}",
            "\u{FEFF}x",
            "---",
            "... a",
            "?",
            "? a",
            "!x",
            "&x",
            "|",
            "> x",
            "= x",
            "a\\b",
            "é",
            "中\n# 标题\n- 项",
            "#\n#",
            "a\n ",
            "a \nb",
            "x\n---\ny",
            ".5",
            "-5",
            "",
        ];
        let text = |t: &str| Value::Text(t.to_string());
        for t in texts {
            for v in [
                text(t),
                Value::List(vec![text(t), text("b")]),
                Value::Map(vec![("k".into(), text(t)), ("l".into(), Value::List(vec![text(t)]))]),
                Value::List(vec![Value::Map(vec![("k".into(), text(t)), ("m".into(), Value::Map(vec![("n".into(), text(t))]))])]),
            ] {
                let mut out = String::new();
                entry(&mut out, "key", &v, 0);
                entry(&mut out, "after", &text("z"), 0);
                let s = Source::new("t.yaml", out.as_str());
                let mut bad = Vec::new();
                let n = parse_yaml(&s, 0..out.len(), &mut bad).unwrap_or_else(|| panic!("{out}\n{bad:?}"));
                assert_eq!(back(n.get("key").unwrap()), v, "{out}");
                assert_eq!(n.get("after").unwrap().text(), Some("z"), "{out}");
            }
        }
    }

    #[test]
    fn it_reads_as_if_written_by_hand() {
        let mut out = String::new();
        let text = |t: &str| Value::Text(t.to_string());
        entry(&mut out, "title", &text("Budget: 2024"), 0);
        entry(&mut out, "keywords", &Value::List(vec![text("a"), text("b, c")]), 0);
        entry(&mut out, "resources", &Value::List(vec![Value::Map(vec![("name".into(), text("x")), ("description".into(), text("one\ntwo"))])]), 0);
        assert_eq!(out, "title: \"Budget: 2024\"\nkeywords: [a, \"b, c\"]\nresources:\n  - name: x\n    description: |\n      one\n      two\n");
    }
}
