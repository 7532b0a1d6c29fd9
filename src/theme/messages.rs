//! Messages of the interface, one file a language, with plural categories.

use crate::config::Config;
use crate::diag::{Diagnostic, Report, Severity, say};
use crate::load::{Kind, Source, parse_yaml};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of one language, layered.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    tag: String,
    texts: FxHashMap<String, Message>,
    /// Messages that another language stands in for, with its tag.
    foreign: BTreeMap<String, &'static str>,
}

#[derive(Debug, Clone, PartialEq)]
struct Message {
    one: Option<String>,
    other: String,
}

type Files<'a> = [(&'a str, &'a BTreeMap<String, Vec<u8>>)];

/// Reads `i18n/<tag>.yaml` of all layers. What a language lacks is taken from
/// its fallback (zh-Hans for zh-Hant, else English), and that is a finding.
pub(super) fn load(layers: &Files<'_>, tag: &str, config: &Config, report: &mut Report) -> Messages {
    // Each file is read once: it is the dearest part of a theme. Chinese has no need of English.
    let (reference, english) = (layered(layers, "zh-Hans"), if tag == "zh-Hans" { Default::default() } else { layered(layers, "en") });
    let (mut texts, out) = match tag {
        "zh-Hans" => reference.clone(),
        "en" => english.clone(),
        _ => layered(layers, tag),
    };
    let (reference, english) = (reference.0, english.0);
    for d in out {
        report.push(d);
    }
    let file = format!("themes/{}/i18n/{tag}.yaml", config.theme);
    let missing: Vec<&String> = reference.keys().filter(|k| !texts.contains_key(*k)).collect();
    if !missing.is_empty() {
        let list = crate::diag::Listed(missing.iter().take(5).collect());
        report.push(
            Diagnostic::new("THM002", Severity::Warn, say!("界面文字缺 {} 条：{list}…", "interface messages that are missing ({}): {list:#} …", missing.len()))
                .at(crate::diag::Span::file(&file))
                .hint(say!("在 i18n/{tag}.yaml 补上；暂用别的语言代替", "add them to i18n/{tag}.yaml; another language stands in for now")),
        );
    }
    // A language may need an argument that Chinese does not (the name of a month), but none that nobody gives.
    for (key, m) in &texts {
        let Some(r) = reference.get(key) else { continue };
        // Most are those of the default theme.
        if m.other == r.other || english.get(key).is_some_and(|e| m.other == e.other) {
            continue;
        }
        let mut given = args(&r.other);
        given.extend(english.get(key).map(|e| args(&e.other)).unwrap_or_default());
        if !args(&m.other).is_subset(&given) {
            report.push(
                Diagnostic::new(
                    "THM002",
                    Severity::Warn,
                    say!("界面文字 `{key}` 的参数与默认主题不同", "the arguments of message `{key}` differ from those of the default theme"),
                )
                .at(crate::diag::Span::file(&file))
                .hint(say!("应有的参数：{:?}", "arguments wanted: {:?}", given)),
            );
        }
    }
    let first = if tag.starts_with("zh") { "zh-Hans" } else { "en" };
    // A language is called by its own name, never by that of another.
    texts.entry("language.name".into()).or_insert_with(|| Message { one: None, other: crate::config::direction::own_name(tag).to_string() });
    let mut foreign = BTreeMap::new();
    // What is declared with a label needs no message; a theme may have one all the same.
    let lang = crate::diag::Tongue::of(tag);
    for (key, other) in
        config.said.iter().filter_map(|(key, l)| Some((key.clone(), l.get(language_of(config, tag)?).to_string()))).chain(config.types.messages(lang))
    {
        if !reference.contains_key(&key) && !texts.contains_key(&key) {
            if !tag.starts_with("zh") && !tag.starts_with("en") && !config.said.iter().any(|(k, _)| *k == key) {
                foreign.insert(key.clone(), "en");
            }
            texts.insert(key, Message { one: None, other });
        }
    }
    let fallback = if first == "en" { english } else { BTreeMap::new() };
    for (from, (key, m)) in fallback.into_iter().map(|m| (first, m)).chain(reference.into_iter().map(|m| ("zh-Hans", m))) {
        if let std::collections::btree_map::Entry::Vacant(place) = texts.entry(key) {
            // A language in the script of another is not marked inside it.
            if !(tag.starts_with("zh") && from.starts_with("zh")) {
                foreign.insert(place.key().clone(), from);
            }
            place.insert(m);
        }
    }
    Messages { tag: tag.to_string(), texts: texts.into_iter().collect(), foreign }
}

/// The messages of a language of all layers, and what is wrong with their files.
fn layered(layers: &Files<'_>, tag: &str) -> (BTreeMap<String, Message>, Vec<Diagnostic>) {
    let (mut texts, mut out) = (BTreeMap::new(), Vec::new());
    let name = format!("i18n/{tag}.yaml");
    for (layer, files) in layers.iter().rev() {
        let Some(bytes) = files.get(&name) else { continue };
        if let Some(own) = super::CIVIC.iter().find(|(n, b)| *n == name && *b == &bytes[..]).and_then(|(_, b)| simple(std::str::from_utf8(b).ok()?)) {
            if texts.is_empty() {
                texts = own;
            } else {
                texts.extend(own);
            }
            continue;
        }
        let source = Source::new(format!("themes/{layer}/{name}"), String::from_utf8_lossy(bytes));
        let Some(node) = parse_yaml(&source, 0..source.text.len(), &mut out) else { continue };
        let Kind::Map(pairs) = &node.kind else { continue };
        for (k, v) in pairs {
            let Some(key) = k.text() else { continue };
            let plain = |n: Option<&crate::load::Node>| n.and_then(|n| n.text()).map(String::from);
            match &v.kind {
                Kind::Text(t) => drop(texts.insert(key.to_string(), Message { one: None, other: t.to_string() })),
                Kind::Map(_) => {
                    if let Some(other) = plain(v.get("other")) {
                        texts.insert(key.to_string(), Message { one: plain(v.get("one")), other });
                    }
                }
                _ => {}
            }
        }
    }
    (texts, out)
}

/// The messages of a file of the default theme without the reader of YAML, which would take longest of all that a theme needs: a key and
/// its text, or one and other, on each line. `None` where anything is written otherwise, or a key stands twice.
fn simple(text: &str) -> Option<BTreeMap<String, Message>> {
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (key, rest) = line.split_once(": ")?;
        let fit = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
        let (one, (other, end)) = match rest.strip_prefix("{one: ") {
            Some(rest) => {
                let (one, rest) = quoted(rest)?;
                (Some(one), quoted(rest.strip_prefix(", other: ")?)?)
            }
            None => (None, quoted(rest)?),
        };
        let ended = end == if one.is_some() { "}" } else { "" };
        if !fit || !ended || out.insert(key.to_string(), Message { one, other }).is_some() {
            return None;
        }
    }
    Some(out)
}

/// A text in quotes, with no other escape than that of a quote, and what stands behind it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut out = String::new();
    loop {
        let at = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        out.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'"' {
            return Some((out, &rest[at + 1..]));
        }
        rest = rest[at + 1..].strip_prefix('"')?;
        out.push('"');
    }
}

fn language_of(config: &Config, tag: &str) -> Option<usize> {
    config.languages.iter().position(|l| l.tag == tag)
}

fn args(text: &str) -> BTreeSet<&str> {
    text.match_indices('{').filter_map(|(i, _)| text[i + 1..].split_once('}').map(|(n, _)| n)).collect()
}

impl Messages {
    /// The message of a key with its arguments put in. The argument `n` chooses the plural category.
    pub fn get<K: AsRef<str>, V: AsRef<str>>(&self, key: &str, args: &[(K, V)]) -> Option<String> {
        let m = self.texts.get(key)?;
        let one = m.one.is_some() && !self.tag.starts_with("zh") && args.iter().any(|(k, v)| k.as_ref() == "n" && v.as_ref() == "1");
        let text = m.one.as_deref().filter(|_| one).unwrap_or(&m.other);
        if args.is_empty() {
            return Some(text.to_string());
        }
        // One pass: a value that looks like an argument stays what it is.
        let mut out = String::with_capacity(text.len() + args.iter().map(|(_, v)| v.as_ref().len()).sum::<usize>());
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let given = tail.split_once('}').and_then(|(name, after)| Some((args.iter().find(|(k, _)| k.as_ref() == name)?, after)));
            rest = match given {
                Some(((_, value), after)) => {
                    out.push_str(value.as_ref());
                    after
                }
                None => {
                    out.push('{');
                    tail
                }
            };
        }
        out.push_str(rest);
        Some(out)
    }

    /// The message of a key without arguments; the key itself where there is none.
    pub fn say(&self, key: &str) -> String {
        self.get::<&str, &str>(key, &[]).unwrap_or_else(|| key.to_string())
    }

    /// The message of a key with one number.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.get(key, &[("n", n.to_string())]).unwrap_or_else(|| key.to_string())
    }

    /// Its language.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    /// The language that stands in for a message, where one does.
    pub fn foreign(&self, key: &str) -> Option<&'static str> {
        self.foreign.get(key).copied()
    }

    /// True if some message is in another language.
    pub(super) fn mixed(&self) -> bool {
        !self.foreign.is_empty()
    }

    /// A message as HTML, with its language where that is another.
    pub(super) fn marked(&self, key: &str, html: String) -> String {
        match self.foreign(key) {
            Some(tag) => format!("<span lang=\"{tag}\"{}>{html}</span>", turned(&self.tag, tag)),
            None => html,
        }
    }

    /// All keys.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.texts.keys().map(String::as_str).collect()
    }
}

/// ` dir="…"` where a language runs the other way than the page.
pub(super) fn turned(page: &str, tag: &str) -> String {
    let of = crate::config::direction::direction(tag);
    if of == crate::config::direction::direction(page) { String::new() } else { format!(" dir=\"{of}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_default_theme_are_read_as_yaml_reads_them() {
        let files = super::super::CIVIC.iter().filter(|(n, _)| n.starts_with("i18n/"));
        for (name, bytes) in files {
            let text = std::str::from_utf8(bytes).expect("UTF-8");
            let read = simple(text).unwrap_or_else(|| panic!("{name}: a line that is written otherwise"));
            // The same file with a comment more is not that of the theme.
            let other = BTreeMap::from([(name.to_string(), format!("{text}\n# end\n").into_bytes())]);
            let tag = name.trim_start_matches("i18n/").trim_end_matches(".yaml");
            let (yaml, told) = layered(&[("civic", &other)], tag);
            assert!(told.is_empty() && read.len() > 1000, "{name}");
            assert_eq!(read, yaml, "{name}");
        }
        for odd in ["a: b", "a: \"b\" # c", "a: \"b\\n\"", "a: \"b\"\na: \"c\"", "a: {other: \"b\"}", "键: \"b\"", "a: \"b", "a:\n  - b"] {
            assert_eq!(simple(odd), None, "{odd}");
        }
    }
}
