//! What all catalogues have: resources, contacts, keywords, periods.

use super::norm::{self, Read};
use super::reader::{markdown, odd};
use super::{Draft, Value};
use crate::diag::{Diagnostic, Span, say};
use crate::schema::item as own;
use crate::schema::resource as rs;
use crate::types::dataset as ds;

/// A distribution as the source has it.
#[derive(Debug, Default)]
pub(super) struct Distribution {
    /// Title.
    pub title: String,
    /// Description, perhaps HTML.
    pub description: String,
    /// Address.
    pub url: String,
    /// Path beside the dataset.
    pub path: String,
    /// Format as it is written.
    pub format: String,
    /// Media type.
    pub media: String,
    /// Why it leads nowhere was told already.
    pub told: bool,
    /// What else is declared of a resource, under its own keys.
    pub more: Vec<(String, Value)>,
}

/// The resources of a dataset while it is read.
#[derive(Debug, Default)]
pub(super) struct Resources {
    made: Vec<Value>,
    names: Vec<String>,
    lost: Vec<Value>,
}

impl Resources {
    /// Adds one; one that leads nowhere is kept under `extra.resources` and told.
    pub(super) fn add(&mut self, at: &dyn Fn() -> Span, d: Distribution, out: &mut Vec<Diagnostic>) {
        let title = d.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let url = match (&*d.path, norm::address(&d.url)) {
            ("", Read::Sure(u)) => u,
            ("", Read::Partly(u)) => {
                let was = d.url.trim();
                out.push(odd(
                    at(),
                    say!("地址 `{was}` 写作 {u}", "the address `{was}` is written as {u}"),
                    say!("打开看看对不对", "open it to see whether it is right"),
                ));
                u
            }
            ("", Read::Not) => {
                let was = d.url.trim();
                let text = if was.is_empty() {
                    say!("资源“{title}”没有地址", "the resource “{title}” has no address")
                } else {
                    say!("资源“{title}”的地址 `{was}` 打不开", "the address `{was}` of the resource “{title}” leads nowhere")
                };
                if !d.told {
                    out.push(odd(
                        at(),
                        text,
                        say!("原文保留在 extra.resources；有地址就写进 resources", "it stands under extra.resources; add it to resources with its address"),
                    ));
                }
                let pairs = [("title", title), ("description", d.description), ("url", d.url.trim().to_string()), ("format", d.format)];
                let kept = pairs.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_string(), Value::Text(v)));
                self.lost.push(Value::Map(kept.chain(d.more).collect()));
                return;
            }
            _ => String::new(),
        };
        let place = if d.path.is_empty() { &url } else { &d.path };
        let end = place.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
        let mut pairs: Vec<(String, Value)> = Vec::new();
        let named = d.more.iter().find(|(k, _)| k == rs::NAME.key).and_then(|(_, v)| if let Value::Text(t) = v { Some(t.clone()) } else { None });
        let name = self.name(&named.unwrap_or_else(|| title.clone()), end);
        let mut put = |k: &crate::schema::Field, v: Value| {
            if !v.is_empty() {
                pairs.push((k.key.to_string(), v));
            }
        };
        put(&rs::NAME, Value::Text(name));
        put(&rs::TITLE, Value::Text(title));
        put(&rs::DESCRIPTION, Value::Text(markdown(at, &d.description, out)));
        put(&rs::PATH, Value::Text(d.path.clone()));
        put(&rs::URL, Value::Text(url.clone()));
        match norm::format(&d.format, &d.media) {
            None | Some(Read::Not) => {}
            // What the ending says already is not said again.
            Some(Read::Sure(f)) => {
                let ending = end.rsplit_once('.').map_or("", |(_, e)| e);
                if !f.eq_ignore_ascii_case(ending) {
                    put(&rs::FORMAT, Value::Text(f));
                }
            }
            Some(Read::Partly(f)) => {
                let was = d.format.trim();
                out.push(odd(at(), say!("格式 `{was}` 写作 {f}", "the format `{was}` is written as {f}"), say!("看看对不对", "see whether it is right")));
                put(&rs::FORMAT, Value::Text(f));
            }
        }
        for (k, v) in d.more {
            if k != rs::NAME.key && !v.is_empty() && !pairs.iter().any(|(p, _)| *p == k) {
                pairs.push((k, v));
            }
        }
        self.made.push(Value::Map(pairs));
    }

    /// A name that no other resource has.
    fn name(&mut self, title: &str, end: &str) -> String {
        let stem = end.rsplit_once('.').map_or(end, |(s, _)| s);
        let short = |t: &str| {
            let s = norm::slug(t);
            let cut = s.char_indices().nth(48).map_or(s.len(), |(i, _)| i);
            let cut = if cut < s.len() { s[..cut].rfind('-').filter(|i| *i > 24).unwrap_or(cut) } else { cut };
            s[..cut].trim_matches('-').to_string()
        };
        let base = Some(short(title)).filter(|s| !s.is_empty()).unwrap_or_else(|| short(stem));
        let base = if base.is_empty() { format!("r{}", self.names.len() + 1) } else { base };
        let name = if self.names.contains(&base) { (2..).map(|n| format!("{base}-{n}")).find(|n| !self.names.contains(n)).unwrap_or(base) } else { base };
        self.names.push(name.clone());
        name
    }

    /// Gives them to the dataset.
    pub(super) fn give(self, draft: &mut Draft) {
        draft.set(&ds::RESOURCES, Value::List(self.made));
        draft.keep("resources", Value::List(self.lost));
    }
}

/// Whom to ask.
pub(super) fn contact(draft: &mut Draft, name: &str, email: &str, tel: &str) {
    let mut name = name.trim();
    let mut email = email.trim().trim_start_matches("mailto:").trim_start_matches("MAILTO:").trim().to_string();
    if email.is_empty() && name.contains('@') && !name.contains(' ') {
        email = name.to_string();
    }
    if name.eq_ignore_ascii_case(&email) {
        name = "";
    }
    // A form to write by is no mail address: nobody could write to it.
    if email.contains("://") {
        let form = ("hasURL".to_string(), Value::Text(std::mem::take(&mut email)));
        draft.keep("contactPoint", Value::Map(vec![form]));
    }
    let tel = tel.trim().trim_start_matches("tel:").trim_start_matches("TEL:");
    let pairs = [(&ds::contact::NAME, name.to_string()), (&ds::contact::TEL, tel.trim().to_string()), (&ds::contact::EMAIL, email)];
    let pairs: Vec<(String, Value)> = pairs.into_iter().filter(|(_, v)| !v.is_empty()).map(|(f, v)| (f.key.to_string(), Value::Text(v))).collect();
    draft.set(&ds::CONTACT, Value::Map(pairs));
}

/// Keywords, each once.
pub(super) fn keywords(draft: &mut Draft, all: Vec<String>) {
    let mut list: Vec<Value> = Vec::new();
    for k in all {
        let v = Value::Text(k.split_whitespace().collect::<Vec<_>>().join(" "));
        if !v.is_empty() && !list.contains(&v) {
            list.push(v);
        }
    }
    draft.set(&own::KEYWORDS, Value::List(list));
}

/// The time that the data are about: `2009 - 2012`, `2007-02-01T00:00:00Z/2017-12-31T00:00:00Z`. False where it is none of these.
pub(super) fn temporal(draft: &mut Draft, text: &str) -> bool {
    let parts: Vec<&str> = if text.contains('/') && !text.contains(" - ") && text.matches('/').count() == 1 {
        text.split('/').collect()
    } else if text.contains('–') {
        text.split('–').collect()
    } else if text.contains(" - ") {
        text.split(" - ").collect()
    } else if text.contains(" to ") {
        text.split(" to ").collect()
    } else if text.len() == 9 && text.as_bytes()[4] == b'-' {
        vec![&text[..4], &text[5..]]
    } else {
        vec![text]
    };
    let point = |t: &str| -> Option<String> {
        let t = t.trim();
        if t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit()) {
            return Some(t.to_string());
        }
        if t.len() == 7 && t.as_bytes()[4] == b'-' && t[..4].bytes().all(|b| b.is_ascii_digit()) && t[5..].bytes().all(|b| b.is_ascii_digit()) {
            return Some(t.to_string());
        }
        match norm::day(t) {
            Read::Sure(d) => Some(d.to_string()),
            Read::Partly(d) if t.contains('T') => Some(d.to_string()),
            _ => None,
        }
    };
    let (from, to) = match parts[..] {
        [a] => (point(a), point(a)),
        [a, b] => {
            let open = b.trim().is_empty() || matches!(&*b.trim().to_ascii_lowercase(), "present" | "current" | "now" | "..");
            (point(a), if open { Some(String::new()) } else { point(b) })
        }
        _ => (None, None),
    };
    let (Some(from), Some(to)) = (from, to) else { return false };
    let mut pairs = vec![(ds::temporal::START.key.to_string(), Value::Text(from))];
    if !to.is_empty() {
        pairs.push((ds::temporal::END.key.to_string(), Value::Text(to)));
    }
    draft.set(&ds::TEMPORAL, Value::Map(pairs));
    true
}
