//! Taking one record of a source apart: what is taken is not left over, and what is left over is kept under `extra`.

use super::norm::{self, Licence, Read};
use super::{Draft, Value, html};
use crate::diag::{Diagnostic, Severity, Span, Text, say};
use crate::load::{Kind, Node, Source};
use crate::schema::Field;
use crate::schema::item as own;
use crate::types::dataset as ds;

/// A mapping of the source, and which of its keys were taken.
pub(super) struct Record<'a> {
    source: &'a Source,
    node: &'a Node,
    taken: Vec<&'a str>,
}

impl<'a> Record<'a> {
    pub(super) fn new(source: &'a Source, node: &'a Node) -> Record<'a> {
        Record { source, node, taken: Vec::new() }
    }

    /// The place of a value, or of the record.
    pub(super) fn place(&self, node: Option<&Node>) -> Span {
        let n = node.unwrap_or(self.node);
        self.source.span(n.start as usize, n.end as usize)
    }

    fn pairs(&self) -> &'a [(Node, Node)] {
        match &self.node.kind {
            Kind::Map(p) => p,
            _ => &[],
        }
    }

    /// Takes a key.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a Node> {
        let (k, v) = self.pairs().iter().find(|(k, _)| k.text() == Some(key))?;
        self.taken.extend(k.text());
        (v.kind != Kind::Null).then_some(v)
    }

    /// The first of several keys that says something; all are taken that say the same or nothing.
    pub(super) fn first(&mut self, keys: &[&str]) -> Option<&'a Node> {
        let said = |n: &Node| !matches!(&n.kind, Kind::Text(t) if t.trim().is_empty()) && n.kind != Kind::Null;
        let found = keys.iter().find_map(|k| self.node.get(k).filter(|n| said(n)));
        for k in keys {
            if let Some(n) = self.node.get(k)
                && (!said(n) || found.is_some_and(|f| std::ptr::eq(f, n) || (f.text().is_some() && f.text().map(str::trim) == n.text().map(str::trim))))
            {
                self.take(k);
            }
        }
        found
    }

    /// The text of a key, trimmed. What is no text, or a list with more in it than texts, is left to be kept as it is.
    pub(super) fn text(&mut self, keys: &[&str]) -> String {
        let Some(found) = self.first(keys) else { return String::new() };
        let more = match &found.kind {
            Kind::Map(p) => !p.is_empty(),
            Kind::List(all) => all.iter().any(|n| matches!(n.kind, Kind::Map(_) | Kind::List(_))),
            _ => false,
        };
        if more && let Some(k) = keys.iter().find(|k| self.node.get(k).is_some_and(|n| std::ptr::eq(n, found))) {
            self.taken.retain(|t| t != k);
        }
        flat(found)
    }

    /// Texts of a list, or of one text.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.take(key).map_or(Vec::new(), list)
    }

    /// What was not taken goes to `extra`; what is empty says nothing.
    pub(super) fn rest(&self, draft: &mut Draft, ignored: &[&str]) {
        for (k, v) in self.pairs() {
            let Some(key) = k.text() else { continue };
            if !self.taken.contains(&key) && !ignored.contains(&key) {
                draft.keep(key, value(v));
            }
        }
    }

    /// Pairs that were not taken.
    pub(super) fn left(&self) -> Vec<(String, Value)> {
        let free = self.pairs().iter().filter(|(k, _)| k.text().is_some_and(|k| !self.taken.contains(&k)));
        free.filter_map(|(k, v)| Some((k.text()?.to_string(), value(v)))).filter(|(_, v)| !v.is_empty()).collect()
    }
}

/// The text of a scalar; of a list its parts, one after the other.
pub(super) fn flat(n: &Node) -> String {
    match &n.kind {
        Kind::Text(t) => t.trim().to_string(),
        Kind::List(_) => list(n).join(", "),
        _ => String::new(),
    }
}

/// The texts of a list, of a text alone one.
pub(super) fn list(n: &Node) -> Vec<String> {
    match &n.kind {
        Kind::Text(t) if t.trim().is_empty() => Vec::new(),
        Kind::Text(t) => vec![t.trim().to_string()],
        Kind::List(all) => all.iter().filter_map(Node::text).map(|t| t.trim().to_string()).filter(|t| !t.is_empty()).collect(),
        _ => Vec::new(),
    }
}

/// Anything as a value; what says nothing is left out.
pub(super) fn value(n: &Node) -> Value {
    match &n.kind {
        Kind::Null => Value::text(""),
        Kind::Text(t) => Value::text(t.replace("\r\n", "\n").trim()),
        Kind::List(all) => Value::List(all.iter().map(value).filter(|v| !v.is_empty()).collect()),
        Kind::Map(p) => Value::Map(p.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), value(v)))).filter(|(_, v)| !v.is_empty()).collect()),
    }
}

/// Whether a value is a truth, in any spelling; `None` where it cannot be told.
pub(super) fn truth(text: &str) -> Option<bool> {
    match &*text.trim().to_lowercase() {
        "true" | "yes" | "y" | "t" | "on" | "1" | "1.0" | "是" | "对" | "√" => Some(true),
        "false" | "no" | "n" | "f" | "off" | "0" | "0.0" | "none" | "null" | "nil" | "否" | "不" => Some(false),
        _ => None,
    }
}

/// How a source says that something is not public.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    /// A truth: `private: true`. What is neither a truth nor none counts as one: `deleted: 2024-01-01`.
    When,
    /// No truth: `published: false`.
    Unless,
    /// Any word but these: `state: deleted`.
    But(&'static [&'static str]),
    /// Whatever stands there; it is never repeated.
    Secret,
}

impl Mark {
    /// True where the text says that it is not public; one that cannot be read says so too.
    pub(super) fn hides(self, text: &str) -> bool {
        match self {
            _ if text.trim().is_empty() => false,
            Mark::When => truth(text) != Some(false),
            Mark::Unless => truth(text) != Some(true),
            Mark::But(words) => !words.contains(&&*text.trim().to_lowercase()),
            Mark::Secret => true,
        }
    }
}

/// What the source marks as not public is a draft here, and told.
pub(super) fn veil(r: &mut Record<'_>, marks: &[(&str, Mark)], draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    for (key, mark) in marks {
        let Some(n) = r.take(key) else { continue };
        let t = match &n.kind {
            Kind::Map(p) if !p.is_empty() => "{…}".to_string(),
            _ => flat(n),
        };
        if mark.hides(&t) {
            let mut at = r.place(Some(n));
            let t = if matches!(mark, Mark::Secret) {
                at.excerpt.clear();
                "***".to_string()
            } else {
                t
            };
            draft.set(&own::DRAFT, Value::text("true"));
            out.push(odd(
                at,
                say!("来源里写着 `{key}: {t}`，导入为草稿", "the source says `{key}: {t}`; imported as a draft"),
                say!("可以公开再去掉 draft", "take draft out where it may be public"),
            ));
        }
    }
}

/// A finding about a value that was changed or not understood.
pub(super) fn odd(at: Span, text: Text, hint: Text) -> Diagnostic {
    Diagnostic::new("IMP002", Severity::Warn, text).at(at).hint(hint)
}

/// Sets a day; what it does not say for sure stays under `extra` as it was.
pub(super) fn date(r: &mut Record<'_>, key: &str, field: &'static Field, draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    let Some(n) = r.take(key) else { return };
    let t = flat(n);
    if t.is_empty() {
        return;
    }
    let name = field.key;
    match norm::day(&t) {
        Read::Sure(d) => draft.set(field, Value::text(d.to_string())),
        Read::Partly(d) => {
            draft.set(field, Value::text(d.to_string()));
            // A time of day at the end is usual; what else stands there is told.
            if !t.contains(['T', ':']) {
                out.push(odd(
                    r.place(Some(n)),
                    say!("日期 `{t}` 读作 {d}", "the date `{t}` is read as {d}"),
                    say!("原文保留在 extra.{key}", "as it was it stands under extra.{key}"),
                ));
            }
            draft.keep(key, Value::text(t));
        }
        Read::Not => {
            let year = t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
            let d = if year {
                odd(
                    r.place(Some(n)),
                    say!("`{key}` 只写了年份 `{t}`，不是日期", "`{key}` is a year alone, `{t}`, no day"),
                    say!("原文保留在 extra.{key}；知道日期就写 {name}", "it stands under extra.{key}; write {name} where the day is known"),
                )
            } else {
                odd(
                    r.place(Some(n)),
                    say!("`{key}` 的 `{t}` 读不出日期", "`{key}` says `{t}`, which is no date for sure"),
                    say!("原文保留在 extra.{key}；知道日期就写 {name}", "it stands under extra.{key}; write {name} where the day is known"),
                )
            };
            out.push(d);
            draft.keep(key, Value::text(t));
        }
    }
}

/// Sets how often the data are updated; true where the text is one.
pub(super) fn frequency(at: Span, key: &str, t: &str, draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    match norm::frequency(t) {
        _ if t.trim().is_empty() => {}
        Read::Sure(code) => draft.set(&ds::FREQUENCY, Value::text(code)),
        Read::Partly(code) => {
            draft.set(&ds::FREQUENCY, Value::text(code));
            draft.keep(key, Value::text(t));
            out.push(odd(
                at,
                say!("更新频率 `{t}` 没有对应的词，写作 {code}", "the frequency `{t}` has no word of its own; written as {code}"),
                say!("原文保留在 extra.{key}", "as it was it stands under extra.{key}"),
            ));
        }
        Read::Not => {
            draft.keep(key, Value::text(t));
            out.push(odd(
                at,
                say!("更新频率 `{t}` 认不出", "the frequency `{t}` is not known"),
                say!("原文保留在 extra.{key}；写 frequency", "it stands under extra.{key}; write frequency"),
            ));
        }
    }
}

/// Sets the licence.
pub(super) fn licence(at: Span, t: &str, url: Option<&str>, draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    match norm::licence(t, url) {
        Licence::Known(id) => draft.set(&ds::LICENSE, Value::text(id)),
        Licence::Named(name, url) => {
            let mut pairs = vec![(ds::license::NAME.key.to_string(), Value::text(name))];
            pairs.extend(url.map(|u| (ds::license::URL.key.to_string(), Value::text(u))));
            draft.set(&ds::LICENSE, Value::Map(pairs));
        }
        Licence::None if t.trim().is_empty() => {}
        Licence::None => {
            draft.keep("license", Value::text(t.trim()));
            out.push(Diagnostic::new("IMP003", Severity::Info, say!("来源没有说明许可：`{}`", "the source tells no licence: `{}`", t.trim())).at(at).hint(
                say!(
                    "向提供方问清后写 license；没有许可，别人不能放心使用",
                    "ask the provider and write license; without one nobody can use the data with confidence"
                ),
            ));
        }
    }
}

/// Tells what a reader of the page did not see, and tables whose cells were spread.
pub(super) fn told(made: &html::Made, at: &dyn Fn(u32) -> Span, out: &mut Vec<Diagnostic>) {
    for (line, words) in &made.hidden {
        out.push(odd(
            at(*line),
            say!("来源里隐藏的文字去掉了：“{words}…”", "text that is hidden in the source is taken out: “{words}…”"),
            say!("读者本来看不到；要公开就自己写进正文", "readers never saw it; write it into the text where it is to be public"),
        ));
    }
    for line in &made.formulas {
        out.push(odd(
            at(*line),
            say!("公式写成了一行文字，如 1/2、x^2", "a formula became a line of text, as 1/2 and x^2"),
            say!("对照原文看看；复杂的公式放图片并写上文字", "compare the original; a larger one may be a picture with words in its place"),
        ));
    }
    for line in &made.numbered {
        out.push(odd(
            at(*line),
            say!("列表的编号不是 1. 2. 3.，写成了文字", "the numbers of a list are not 1. 2. 3.; they are written out as text"),
            say!("看看编号和分段对不对", "see whether its numbers and paragraphs are right"),
        ));
    }
    for line in &made.nested {
        out.push(odd(
            at(*line),
            say!("表格里套着表格，外面的表格拆成了段落", "a table has another in its cells; the outer one became paragraphs"),
            say!("看看各格的内容还对不对得上，拆成两个表格", "see whether what belonged together still does, and make two tables of it"),
        ));
    }
    for line in &made.spread {
        out.push(odd(
            at(*line),
            say!("表格里有跨行的格子，每一行都写上了它的值", "a table has cells that span rows; each row has their value"),
            say!("看看表格对不对", "see whether the table is right"),
        ));
    }
}

/// A text that may be HTML, as Markdown.
pub(super) fn markdown(at: &dyn Fn() -> Span, t: &str, out: &mut Vec<Diagnostic>) -> String {
    let t = t.replace("\r\n", "\n").replace('\r', "\n");
    if !html::is_html(&t) {
        let (t, gone) = super::unseen::taken_out(&t, false);
        super::unseen::tell(&gone, &|_| at(), out);
        return t.trim().to_string();
    }
    let comments = super::unseen::of_page(&t, 0);
    if !comments.is_empty() {
        out.push(super::unseen::commented(comments.len(), at()));
    }
    let made = super::look::markdown(&t);
    told(&made, &|_| at(), out);
    if !made.dropped.is_empty() {
        let list = made.dropped.join(", ");
        out.push(odd(
            at(),
            say!("说明里的 {list} 已去掉", "{list} in the description taken out"),
            say!("网页不收脚本和嵌入内容", "scripts and embedded pages are not taken over"),
        ));
    }
    made.text.trim().to_string()
}

/// Sets a text that is one for every language.
pub(super) fn set_text(draft: &mut Draft, field: &'static Field, text: &str) {
    draft.set(field, Value::text(text.trim()));
}

/// Sets the description, and says where there is none.
pub(super) fn description(r: &Record<'_>, n: Option<&Node>, draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    let Some(t) = n.and_then(Node::text) else { return };
    let text = markdown(&|| r.place(n), t, out);
    if draft.kind.markdown { draft.body = text } else { draft.set(&own::DESCRIPTION, Value::text(text)) }
}

/// Sets the title; without one the name stands in for it.
pub(super) fn title(r: &Record<'_>, t: &str, draft: &mut Draft, out: &mut Vec<Diagnostic>) {
    let line = t.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        let name = draft.name.clone();
        if name.is_empty() {
            // What else it is known by is settled later, see `status`.
            return;
        }
        out.push(odd(r.place(None), say!("没有标题，用了 `{name}`", "there is no title; `{name}` stands in for it"), say!("改写 title", "write title")));
        draft.set(&own::TITLE, Value::text(name));
    } else {
        draft.set(&own::TITLE, Value::text(line));
    }
}
