//! Small typed readers over a YAML mapping. Each records its own finding and
//! goes on; keys nobody asked for are reported at the end.

use super::Source;
use super::dates::{self, Moment};
use super::node::{Kind, Node};
use crate::diag::{Diagnostic, Severity};
use crate::say;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A mapping being read.
pub struct Fields<'a, 'o> {
    source: &'a Source,
    tz: &'a TimeZone,
    pairs: &'a [(Node, Node)],
    at: (u32, u32),
    asked: Vec<&'static str>,
    out: &'o mut Vec<Diagnostic>,
}

/// Text in one or several languages: `(tag, text)`; the tag is empty for a plain string.
pub type LangText = Vec<(Box<str>, Box<str>)>;

impl<'a, 'o> Fields<'a, 'o> {
    /// Begins reading. Anything but a mapping is a finding and reads as empty.
    pub fn new(source: &'a Source, node: &'a Node, tz: &'a TimeZone, out: &'o mut Vec<Diagnostic>) -> Fields<'a, 'o> {
        let pairs: &[(Node, Node)] = match &node.kind {
            Kind::Map(p) => p,
            Kind::Null => &[],
            other => {
                out.push(wrong(source, node, "", &shape(other), ("映射（键: 值）", "a mapping (key: value)")));
                &[]
            }
        };
        Fields { source, tz, pairs, at: (node.start, node.end), asked: Vec::new(), out }
    }

    /// The raw node under a key, marked as known. An empty value counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        self.pairs.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v).filter(|v| v.kind != Kind::Null)
    }

    /// True if the key stands in the file, even without a value.
    pub fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(k, _)| k.text() == Some(key))
    }

    /// A line of text. Trimmed; empty text counts as absent.
    pub fn text(&mut self, key: &'static str) -> Option<&'a str> {
        let node = self.node(key)?;
        match &node.kind {
            Kind::Text(t) => Some(t.trim()).filter(|t| !t.is_empty()),
            other => {
                self.out.push(wrong(self.source, node, key, &shape(other), ("文字", "text")));
                None
            }
        }
    }

    /// Text, or a map by language.
    pub fn lang_text(&mut self, key: &'static str) -> Option<LangText> {
        let node = self.node(key)?;
        let mut texts: LangText = Vec::new();
        match &node.kind {
            Kind::Text(t) => texts.push(("".into(), t.trim().into())),
            Kind::Map(pairs) => {
                for (k, v) in pairs {
                    match (k.text(), &v.kind) {
                        (Some(lang), Kind::Text(t)) => texts.push((lang.into(), t.trim().into())),
                        (_, Kind::Null) => {}
                        (_, other) => self.out.push(wrong(self.source, v, key, &shape(other), ("文字", "text"))),
                    }
                }
            }
            other => self.out.push(wrong(self.source, node, key, &shape(other), ("文字，或按语言分的映射", "text, or a mapping by language"))),
        }
        texts.retain(|(_, t)| !t.is_empty());
        Some(texts).filter(|t| !t.is_empty())
    }

    /// A list of lines; a single line counts as a list of one.
    pub fn list(&mut self, key: &'static str) -> Vec<(&'a str, &'a Node)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let mut out = Vec::new();
        let items: &[Node] = match &node.kind {
            Kind::List(items) => items,
            Kind::Text(_) => std::slice::from_ref(node),
            other => {
                self.out.push(wrong(self.source, node, key, &shape(other), ("列表", "a list")));
                &[]
            }
        };
        for item in items {
            match &item.kind {
                Kind::Text(t) if t.trim().is_empty() => {}
                Kind::Text(t) => out.push((t.trim(), item)),
                Kind::Null => {}
                other => self.out.push(wrong(self.source, item, key, &shape(other), ("文字", "text"))),
            }
        }
        out
    }

    /// The entries of a list whose entries may be anything.
    pub fn entries(&mut self, key: &'static str) -> &'a [Node] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.kind {
            Kind::List(items) => items,
            _ => std::slice::from_ref(node),
        }
    }

    /// A day.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        self.moment(key).map(|m| m.date)
    }

    /// A day, perhaps with a time.
    pub fn moment(&mut self, key: &'static str) -> Option<Moment> {
        let text = self.text(key)?;
        let m = dates::parse(text, self.tz);
        if m.is_none() {
            let node = self.pairs.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v)?;
            self.out.push(
                Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 的日期无法识别：`{text}`", "`{key}`: date not understood: `{text}`"))
                    .at(self.source.span(node.start as usize, node.end as usize))
                    .hint(say!(
                        "写作 2021-04-12、2021-04-12 09:30 或 2021年4月12日，且必须是存在的日子",
                        "write 2021-04-12, 2021-04-12 09:30 or 2021年4月12日, and a day that exists"
                    )),
            );
        }
        m
    }

    /// `true`/`false`, also `yes`/`no`, `是`/`否`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let text = self.text(key)?;
        let v = match text {
            "true" | "yes" | "是" => Some(true),
            "false" | "no" | "否" => Some(false),
            _ => None,
        };
        if v.is_none() {
            self.unknown_word(key, text, &["true", "false"]);
        }
        v
    }

    /// A whole number.
    pub fn count(&mut self, key: &'static str) -> Option<u32> {
        let text = self.text(key)?;
        let n = text.parse().ok();
        if n.is_none() {
            let node = self.node(key)?;
            self.out.push(wrong(self.source, node, key, &("文字".into(), "text".into()), ("整数", "a whole number")));
        }
        n
    }

    /// One word of a table.
    pub fn choice<T: Copy>(&mut self, key: &'static str, table: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let hit = table.iter().find(|(w, _)| *w == text).map(|(_, v)| *v);
        if hit.is_none() {
            let words: Vec<&str> = table.iter().map(|(w, _)| *w).collect();
            self.unknown_word(key, text, &words);
        }
        hit
    }

    /// A mapping under a key.
    pub fn map(&mut self, key: &'static str) -> Option<Fields<'a, '_>> {
        let node = self.node(key)?;
        Some(Fields::new(self.source, node, self.tz, self.out))
    }

    /// A mapping that is an entry of a list of this one.
    pub fn within(&mut self, node: &'a Node) -> Fields<'a, '_> {
        Fields::new(self.source, node, self.tz, self.out)
    }

    /// Free data that templates can read.
    pub fn free(&mut self, key: &'static str) -> serde_json::Value {
        self.node(key).map_or(serde_json::Value::Null, plain)
    }

    /// Adds a finding about the value of a key (or the mapping, where the key is absent).
    pub fn report(&mut self, key: &str, d: Diagnostic) {
        let (start, end) = self.pairs.iter().find(|(k, _)| k.text() == Some(key)).map_or(self.at, |(_, v)| (v.start, v.end));
        self.report_at(start, end, d);
    }

    /// Adds a finding that has no place in this file.
    pub fn out(&mut self, d: Diagnostic) {
        self.out.push(d);
    }

    /// Adds a finding about a node.
    pub fn report_at(&mut self, start: u32, end: u32, d: Diagnostic) {
        self.out.push(d.at(self.source.span(start as usize, end as usize)));
    }

    /// Says that a required key is absent.
    pub fn missing(&mut self, key: &str) {
        let (start, end) = self.at;
        let d = Diagnostic::new("SRC010", Severity::Error, say!("缺少必填字段 `{key}`", "required field `{key}` is missing"))
            .hint(say!("加上 `{key}:`", "add `{key}:`"));
        self.report_at(start, end.min(start + 1), d);
    }

    fn unknown_word(&mut self, key: &'static str, text: &str, words: &[&str]) {
        let list = words.join("、");
        let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 不认识 `{text}`", "`{key}`: `{text}` is not in the vocabulary"));
        let d = match nearest(text, words) {
            Some(w) => d.hint(say!("是不是 `{w}`？可用的词：{list}", "did you mean `{w}`? Allowed: {list}")),
            None => d.hint(say!("可用的词：{list}", "allowed: {list}")),
        };
        self.report(key, d);
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        for (k, _) in self.pairs {
            let name = k.text().unwrap_or("?");
            if self.asked.contains(&name) {
                continue;
            }
            let d = Diagnostic::new("SRC005", Severity::Warn, say!("未知字段 `{name}`", "unknown field `{name}`"))
                .at(self.source.span(k.start as usize, k.end as usize));
            let known = CHINESE.iter().find(|(zh, key)| *zh == name && self.asked.contains(key)).map(|(_, key)| *key);
            self.out.push(match known.or_else(|| nearest(name, &self.asked)) {
                Some(w) => d.hint(say!("是不是 `{w}`？", "did you mean `{w}`?")),
                None => d.hint(say!("自定义的内容请放在 `extra:` 之下", "put fields of your own under `extra:`")),
            });
        }
    }
}

/// What clerks write where a field's name is wanted.
static CHINESE: &[(&str, &str)] = &[
    ("标题", "title"),
    ("名称", "title"),
    ("摘要", "summary"),
    ("内容概述", "summary"),
    ("关键词", "keywords"),
    ("发文机关", "issuer"),
    ("发布机构", "issuer"),
    ("制定机关", "issuer"),
    ("发文字号", "doc_no"),
    ("文号", "doc_no"),
    ("索引号", "index_no"),
    ("统一编号", "reg_no"),
    ("文种", "doc_type"),
    ("效力等级", "authority_level"),
    ("公开方式", "disclosure_mode"),
    ("主题", "theme"),
    ("主题分类", "theme"),
    ("成文日期", "formed_on"),
    ("发文日期", "formed_on"),
    ("发布日期", "published_at"),
    ("发布时间", "published_at"),
    ("公布日期", "published_at"),
    ("施行日期", "effective_from"),
    ("生效日期", "effective_from"),
    ("失效日期", "expires_on"),
    ("附件", "attachments"),
    ("来源", "source"),
    ("作者", "author"),
    ("解读机关", "interpreter_org"),
    ("解读人", "interpreter"),
    ("解读形式", "form"),
    ("联系方式", "contact"),
    ("联系电话", "tel"),
];

fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().map(|w| (strsim::damerau_levenshtein(word, w), *w)).filter(|(d, w)| *d <= 1 + w.len() / 5).min().map(|(_, w)| w)
}

fn shape(kind: &Kind) -> (String, String) {
    let (zh, en) = match kind {
        Kind::Null => ("空", "nothing"),
        Kind::Text(_) => ("文字", "text"),
        Kind::List(_) => ("列表", "a list"),
        Kind::Map(_) => ("映射", "a mapping"),
    };
    (zh.into(), en.into())
}

fn wrong(source: &Source, node: &Node, key: &str, got: &(String, String), want: (&str, &str)) -> Diagnostic {
    let (got_zh, got_en) = got;
    let (want_zh, want_en) = want;
    let (kz, ke) = if key.is_empty() { ("此处".to_string(), "this".to_string()) } else { (format!("`{key}`"), format!("`{key}`")) };
    Diagnostic::new(
        "SRC006",
        Severity::Error,
        crate::diag::Text { zh: format!("{kz} 应为{want_zh}，却是{got_zh}"), en: format!("{ke} should be {want_en}, not {got_en}") },
    )
    .at(source.span(node.start as usize, node.end as usize))
    .hint(say!("改成{want_zh}；现按未填处理", "make it {want_en}; it is taken as empty for now"))
}

/// A node as free JSON; scalars stay text, because only a reader with a schema knows better.
fn plain(node: &Node) -> serde_json::Value {
    use serde_json::Value;
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Text(t) => Value::String(t.to_string()),
        Kind::List(items) => Value::Array(items.iter().map(plain).collect()),
        Kind::Map(pairs) => Value::Object(pairs.iter().map(|(k, v)| (k.text().unwrap_or("").to_string(), plain(v))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_faults_three_findings() {
        let s = Source::new("a.yaml", "titel: 甲\nkeywords: {a: b}\nformed_on: 2021-02-30\n");
        let mut out = Vec::new();
        let n = super::super::node::parse(&s, 0..s.text.len(), &mut out).unwrap();
        let tz = TimeZone::UTC;
        let mut f = Fields::new(&s, &n, &tz, &mut out);
        assert_eq!(f.text("title"), None);
        assert!(f.list("keywords").is_empty());
        assert_eq!(f.date("formed_on"), None);
        f.finish();
        let got: Vec<_> = out.iter().map(|d| (d.code, d.span.as_ref().map_or((0, 0), |s| (s.line, s.col)))).collect();
        assert_eq!(got, [("SRC006", (2, 11)), ("SRC007", (3, 12)), ("SRC005", (1, 1))]);
        assert_eq!(out[2].hint.as_ref().unwrap().en, "did you mean `title`?");
        assert!(out.iter().all(|d| d.hint.is_some()));
        let s = Source::new("a.yaml", "发布日期: 2021-01-01\n");
        let n = super::super::node::parse(&s, 0..s.text.len(), &mut Vec::new()).unwrap();
        let mut out = Vec::new();
        let mut f = Fields::new(&s, &n, &tz, &mut out);
        assert_eq!(f.date("published_at"), None);
        f.finish();
        assert_eq!(out[0].hint.as_ref().unwrap().zh, "是不是 `published_at`？");
    }
}
