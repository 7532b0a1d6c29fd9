//! Small typed readers over a YAML mapping. Each takes a declared field, records its own finding and
//! goes on; keys that the record does not declare are reported at the end.

use super::Source;
use super::bracketed;
use super::dates::{self, Moment};
use super::elsewhere::{FOREIGN, NEEDLESS};
use super::holds::{self, Hold, Until};
use super::tree::{Kind, Node};
use crate::diag::{Diagnostic, MANY, Severity, Text, push_few, say};
use crate::schema::{self, Field, FieldKind, Record};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A mapping being read.
pub struct Fields<'a, 'o> {
    source: &'a Source,
    tz: &'a TimeZone,
    pairs: &'a [(Node, Node)],
    at: (u32, u32),
    record: &'static Record,
    hidden: Option<&'static Field>,
    /// No mapping, which was told: that its fields are missing only follows.
    broken: bool,
    /// Required fields that were said to be missing.
    missed: Vec<&'static str>,
    /// What was read: a declared field that no reader asks for is a fault of ours.
    #[cfg(debug_assertions)]
    asked: Vec<&'static Field>,
    /// Days that hold the item although they could not be read as they should be.
    until: Until,
    out: &'o mut Vec<Diagnostic>,
}

/// Text in one or several languages: `(tag, text)`; the tag is empty for a plain string.
pub type LangText = Vec<(Box<str>, Box<str>)>;

impl<'a, 'o> Fields<'a, 'o> {
    /// Begins reading. Anything but a mapping is a finding and reads as empty.
    pub fn new(record: &'static Record, source: &'a Source, node: &'a Node, tz: &'a TimeZone, out: &'o mut Vec<Diagnostic>) -> Fields<'a, 'o> {
        Self::like(record, None, source, node, tz, out)
    }

    /// The same, of a field whose example shows what is wanted.
    fn like(
        record: &'static Record,
        field: Option<&'static Field>,
        source: &'a Source,
        node: &'a Node,
        tz: &'a TimeZone,
        out: &'o mut Vec<Diagnostic>,
    ) -> Fields<'a, 'o> {
        let mut broken = false;
        let pairs: &[(Node, Node)] = match &node.kind {
            Kind::Map(p) => p,
            Kind::Null => &[],
            other => {
                broken = true;
                push_few(out, "SRC006", || {
                    let d = wrong(source, node, "", &shape(other), ("映射（键: 值）", "a mapping (key: value)"));
                    match field.and_then(model) {
                        Some(line) => d.hint(say!("写作 `{line}`；现按未填处理", "write it like `{line}`; it is taken as empty for now")),
                        None => d,
                    }
                });
                &[]
            }
        };
        Fields {
            source,
            tz,
            pairs,
            at: (node.start, node.end),
            record,
            hidden: None,
            broken,
            missed: Vec::new(),
            #[cfg(debug_assertions)]
            asked: Vec::new(),
            until: Until::default(),
            out,
        }
    }

    /// Takes a declared field away: this file cannot have it.
    pub fn hide(&mut self, field: &'static Field) {
        self.hidden = Some(field);
    }

    /// The value of a key; an empty one counts as absent.
    fn value(&self, key: &str) -> Option<&'a Node> {
        self.pairs.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v).filter(|v| v.kind != Kind::Null)
    }

    /// The value of a field with the spelling that it has in the file.
    fn found(&mut self, field: &'static Field) -> Option<(&'static str, &'a Node)> {
        debug_assert!(self.record.all().any(|f| std::ptr::eq(f, field)), "{} is no field of {}", field.key, self.record.id);
        #[cfg(debug_assertions)]
        self.asked.push(field);
        let mut said = field.spellings().filter_map(|k| Some((k, self.value(k)?)));
        let first = said.next()?;
        // A blank gives way to an earlier spelling with a text.
        if first.1.text().is_some_and(|t| t.trim().is_empty()) {
            said.find(|(_, v)| v.text().is_none_or(|t| !t.trim().is_empty())).or(Some(first))
        } else {
            Some(first)
        }
    }

    /// The raw node of a field. An empty value counts as absent.
    pub fn node(&mut self, field: &'static Field) -> Option<&'a Node> {
        self.found(field).map(|(_, v)| v)
    }

    /// Where the mapping stands: its bytes.
    pub fn place(&self) -> (u32, u32) {
        self.at
    }

    /// The file.
    pub fn path(&self) -> std::sync::Arc<str> {
        self.source.path.clone()
    }

    /// True if the field stands in the file, even without a value.
    pub fn has(&self, field: &'static Field) -> bool {
        self.pair(field).is_some()
    }

    /// True where nothing is said: no such key, no value, a blank.
    pub fn empty(&self, field: &'static Field) -> bool {
        field.spellings().all(|k| self.value(k).is_none_or(Node::blank))
    }

    /// The value under a key that is none, where it looks like that of a field.
    pub fn misspelt(&self, field: &'static Field) -> Option<&'a Node> {
        let words = self.keys();
        let like = |name: &str| {
            let word = half_width(name).to_ascii_lowercase().replace('-', "_");
            // Of thousands of keys few are like it at all, and only of these it is asked what else they may mean.
            let alike = || nearest(&word, &[field.key]).is_some() && nearest(&word, &words) == Some(field.key);
            word == field.key || half_width(name) == field.label.zh || alike()
        };
        self.pairs.iter().find(|(k, _)| k.text().is_some_and(|name| !words.contains(&name) && like(name))).map(|(_, v)| v)
    }

    /// A field without which it is not known which rules hold: where it is there and cannot be read, that is told and nothing is
    /// published.
    pub fn firm_choice(&mut self, field: &'static Field, words: &[&str]) {
        let Some((k, v)) = self.pair(field) else { return };
        let key = field.key;
        if v.text().map_or(v.kind == Kind::Null, |t| t.trim().is_empty()) || matches!(&v.kind, Kind::List(l) if l.is_empty()) {
            let (list, english) = (crate::diag::Listed(words.to_vec()), in_english(field, words));
            let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 没有值", "`{key}` has no value"));
            self.report_at(k.start, k.end, d.hint(say!("填上，可用的词：{list}", "fill it in; allowed: {english:#}")));
        }
        self.block_last();
    }

    /// Key and value of a field, even without a value.
    fn pair(&self, field: &'static Field) -> Option<&'a (Node, Node)> {
        field.spellings().find_map(|key| self.pairs.iter().find(|(k, _)| k.text() == Some(key)))
    }

    /// A line of text. Trimmed; empty text counts as absent.
    pub fn text(&mut self, field: &'static Field) -> Option<&'a str> {
        debug_assert!(field.kind.scalar(), "{} is no text", field.key);
        let (key, node) = self.found(field)?;
        match &node.kind {
            Kind::Text(t) if matches!(field.kind, FieldKind::Mail) && wide_mail(t.trim()).is_some() => {
                let right = wide_mail(t.trim()).unwrap_or_default();
                let d = Diagnostic::new("SRC020", Severity::Error, say!("`{key}` 的邮箱里有全角符号", "the mail address of `{key}` has full-width signs"));
                self.report_at(node.start, node.end, d.hint(say!("应写作 {key}: {right}", "write {key}: {right}")));
                None
            }
            Kind::Text(t) => Some(t.trim()).filter(|t| !t.is_empty()),
            other => {
                let source = self.source;
                let usual = || wrong(source, node, key, &shape(other), ("文字", "text"));
                push_few(self.out, "SRC006", || {
                    let (free, tel) = (matches!(field.kind, FieldKind::Text), matches!(field.kind, FieldKind::Tel));
                    bracketed::text(source, key, node, free, tel).unwrap_or_else(usual)
                });
                None
            }
        }
    }

    /// A text as it is written: a blank is a sign too.
    pub fn written(&mut self, field: &'static Field) -> Option<&'a str> {
        debug_assert!(field.kind.scalar(), "{} is no text", field.key);
        let (key, node) = self.found(field)?;
        if node.text().is_none() {
            push_few(self.out, "SRC006", || wrong(self.source, node, key, &shape(&node.kind), ("文字", "text")));
        }
        node.text()
    }

    /// Text, or a map by language.
    pub fn lang_text(&mut self, field: &'static Field) -> Option<LangText> {
        debug_assert!(
            matches!(field.kind, FieldKind::LangText | FieldKind::Markdown | FieldKind::Either(FieldKind::LangText, _)),
            "{} has no languages",
            field.key
        );
        let (key, node) = self.found(field)?;
        let mut texts: LangText = Vec::new();
        match &node.kind {
            Kind::Text(t) => texts.push(("".into(), t.trim().into())),
            Kind::Map(pairs) => {
                if let Some(d) = bracketed::text(self.source, key, node, true, false) {
                    push_few(self.out, "SRC006", || d);
                }
                for (k, v) in pairs {
                    match (k.text(), &v.kind) {
                        (Some(lang), Kind::Text(t)) => texts.push((lang.into(), t.trim().into())),
                        (_, Kind::Null) => {}
                        (_, other) => push_few(self.out, "SRC006", || wrong(self.source, v, key, &shape(other), ("文字", "text"))),
                    }
                }
            }
            other => {
                let source = self.source;
                let usual = || wrong(source, node, key, &shape(other), ("文字，或按语言分的映射", "text, or a mapping by language"));
                push_few(self.out, "SRC006", || bracketed::text(source, key, node, true, false).unwrap_or_else(usual));
            }
        }
        texts.retain(|(_, t)| !t.is_empty());
        Some(texts).filter(|t| !t.is_empty())
    }

    /// A list of lines; a single line counts as a list of one.
    pub fn list(&mut self, field: &'static Field) -> Vec<(&'a str, &'a Node)> {
        debug_assert!(matches!(field.kind, FieldKind::List(k) if k.scalar()), "{} is no list of texts", field.key);
        let _ = self.found(field);
        let mut out = Vec::new();
        for key in field.spellings() {
            let Some(node) = self.value(key) else { continue };
            let items: &[Node] = match &node.kind {
                Kind::List(items) => items,
                Kind::Text(_) => std::slice::from_ref(node),
                other => {
                    let source = self.source;
                    push_few(self.out, "SRC006", || {
                        bracketed::list(source, key, node).unwrap_or_else(|| wrong(source, node, key, &shape(other), ("列表", "a list")))
                    });
                    &[]
                }
            };
            for item in self.few(key, items) {
                match &item.kind {
                    Kind::Text(t) if t.trim().is_empty() => {}
                    Kind::Text(t) => out.push((t.trim(), item)),
                    Kind::Null => {}
                    other => push_few(self.out, "SRC006", || wrong(self.source, item, key, &shape(other), ("文字", "text"))),
                }
            }
        }
        out
    }

    /// The entries of a list whose entries may be anything.
    pub fn entries(&mut self, field: &'static Field) -> &'a [Node] {
        debug_assert!(matches!(field.kind, FieldKind::List(_)), "{} is no list", field.key);
        let Some(node) = self.node(field) else { return &[] };
        match &node.kind {
            Kind::List(items) => self.few(field.key, items),
            _ => std::slice::from_ref(node),
        }
    }

    /// The entries of a list, as many as its key may have.
    fn few(&mut self, key: &str, items: &'a [Node]) -> &'a [Node] {
        let most = super::most::entries(key);
        if let Some(beyond) = items.get(most) {
            self.report_at(beyond.start, beyond.end, super::most::over(key, items.len(), most));
        }
        &items[..items.len().min(most)]
    }

    /// A day.
    pub fn date(&mut self, field: &'static Field) -> Option<Date> {
        self.moment(field).map(|m| m.date)
    }

    /// A day, perhaps with a time.
    pub fn moment(&mut self, field: &'static Field) -> Option<Moment> {
        debug_assert!(matches!(field.kind, FieldKind::Date | FieldKind::Day | FieldKind::Moment), "{} is no day", field.key);
        // Without its day an item would be out today: no value is not the same as no field.
        let given = self.pair(field).map(|(k, v)| if v.kind == Kind::Null { k } else { v });
        let key = field.key;
        if let Some(node) = given.filter(|n| field.firm && n.text().is_none_or(|t| t.trim().is_empty() || t == key)) {
            let _ = self.found(field);
            let d = Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 没有写成一个日期", "`{key}` has no date as its value"))
                .at(self.source.span(node.start as usize, node.end as usize))
                .hint(say!(
                    "写作 {key}: 2021-04-12；还没定就写 draft: true；要立即公布就删去这一行",
                    "write {key}: 2021-04-12; draft: true while the day is not fixed; delete the line to publish now"
                ));
            self.out.push(d.blocking());
            return None;
        }
        let text = self.text(field)?;
        let m = dates::parse(text, self.tz);
        if m.is_none() {
            let (key, node) = self.found(field)?;
            let d = Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 的日期无法识别：`{text}`", "`{key}`: date not understood: `{text}`"))
                .at(self.source.span(node.start as usize, node.end as usize))
                .hint(match plain_date(text, self.tz) {
                    Some(right) => say!("应写作 {key}: {right}", "write {key}: {right}"),
                    None if nameless_day(text) => {
                        say!("写出那一天是哪天，例如印发的日子：{key}: 2021-04-12", "write which day that is, such as the day it was issued: {key}: 2021-04-12")
                    }
                    None => say!(
                        "写作 2021-04-12、2021-04-12 09:30 或 2021年4月12日，且必须是存在的日子",
                        "write 2021-04-12, 2021-04-12 09:30 or 2021年4月12日, and a day that exists"
                    ),
                });
            // Without its day the item would be out today: a year alone is its end, and what names none holds it.
            let other = key == "issued" && matches!(field.kind, FieldKind::Moment);
            let about = if other { holds::day(text, self.tz) } else { None };
            if let Some(m) = about {
                self.until.add(false, m);
            }
            let holds = field.firm || other && about.is_none() && self.value("published_at").is_none();
            self.out.push(if holds { d.blocking() } else { d });
        }
        m
    }

    /// `true`/`false`, also `yes`/`no`, `是`/`否`.
    pub fn flag(&mut self, field: &'static Field) -> Option<bool> {
        debug_assert!(matches!(field.kind, FieldKind::Flag), "{} is no flag", field.key);
        let text = self.text(field)?;
        let v = match text.to_ascii_lowercase().as_str() {
            t if schema::words::YES.contains(&t) => Some(true),
            t if schema::words::NO.contains(&t) => Some(false),
            _ => None,
        };
        if v.is_none() {
            self.unknown_word(field, text, &["true", "false"]);
        }
        v
    }

    /// A whole number.
    pub fn count(&mut self, field: &'static Field) -> Option<u32> {
        debug_assert!(matches!(field.kind, FieldKind::Count), "{} is no count", field.key);
        let text = self.text(field)?;
        let n = text.parse().ok();
        if n.is_none() {
            let (key, node) = self.found(field)?;
            let right = half_width(text);
            // A number that it cannot be is a number all the same.
            let number = right.parse::<f64>().is_ok_and(f64::is_finite) && right.bytes().any(|b| b.is_ascii_digit());
            let d = if number {
                let shown: String = text.chars().take(40).collect();
                let want = ("0 或更大的整数", "a whole number of 0 or more");
                wrong(self.source, node, key, &(shown.clone(), shown), want)
            } else {
                wrong(self.source, node, key, &("文字".into(), "text".into()), ("整数", "a whole number"))
            };
            let d = if right.parse::<u32>().is_ok() { d.hint(say!("应写作 {key}: {right}", "write {key}: {right}")) } else { d };
            push_few(self.out, d.code, || d);
        }
        n
    }

    /// One word of a table.
    pub fn choice<T: Copy>(&mut self, field: &'static Field, table: &[(&'static str, T)]) -> Option<T> {
        debug_assert!(field.kind.words().is_some_and(|w| w.iter().map(|(w, _)| w).eq(table.iter().map(|(w, _)| w))), "{} has other words", field.key);
        let text = self.text(field)?;
        let hit = table.iter().find(|(w, _)| *w == text).map(|(_, v)| *v);
        if hit.is_none() {
            let words: Vec<&str> = table.iter().map(|(w, _)| *w).collect();
            self.unknown_word(field, text, &words);
        }
        hit
    }

    /// One word of a table that says what must not be public: read whatever its case and blanks, and held where it cannot be read.
    pub fn guarded<T: Copy>(&mut self, field: &'static Field, table: &[(&'static str, T)]) -> Option<T> {
        let _ = self.found(field);
        let (k, v) = self.pair(field)?;
        let key = k.text().unwrap_or(field.key);
        let text = self.node(field).map_or("", |n| n.text().unwrap_or("?")).trim();
        let tight = |t: &str| half_width(t).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        let wanted = tight(text);
        if let Some((_, hit)) = table.iter().find(|(w, _)| tight(w) == wanted) {
            return Some(*hit);
        }
        let words: Vec<&str> = table.iter().map(|(w, _)| *w).collect();
        let (list, english) = (crate::diag::Listed(words.to_vec()), in_english(field, &words));
        let (code, what) = match &v.kind {
            Kind::Text(t) if !t.trim().is_empty() => ("SRC008", say!("`{key}` 不认识 `{text}`", "`{key}`: `{text}` is not in the vocabulary")),
            Kind::Text(_) | Kind::Null => ("SRC008", say!("`{key}` 没有值", "`{key}` has no value")),
            other => {
                let (zh, en) = shape(other);
                ("SRC006", say!("`{key}` 应为文字，却是{zh}", "`{key}` should be text, not {en}"))
            }
        };
        let d = Diagnostic::new(code, Severity::Error, what);
        let d = match nearest_word(text, &words).filter(|_| code == "SRC008") {
            Some(w) => d.hint(say!(
                "是不是 `{w}`？认不出就不知道能不能公布，所以不公布；可用的词：{list}",
                "did you mean `{w}`? What cannot be read may be meant to be kept back, so this is not published; allowed: {english:#}"
            )),
            None => d.hint(say!(
                "认不出就不知道能不能公布，所以不公布；可用的词：{list}",
                "what cannot be read may be meant to be kept back, so this is not published; allowed: {english:#}"
            )),
        };
        let at = if v.kind == Kind::Null { k } else { v };
        self.report_at(at.start, at.end, d.blocking());
        None
    }

    /// A mapping under a key.
    pub fn map(&mut self, field: &'static Field) -> Option<Fields<'a, '_>> {
        let node = self.node(field)?;
        Some(self.within(field, node))
    }

    /// A mapping that is an entry of the list of a field.
    pub fn within(&mut self, field: &'static Field, node: &'a Node) -> Fields<'a, '_> {
        debug_assert!(field.kind.table().is_some(), "{} has no fields of its own", field.key);
        Fields::like(field.kind.table().unwrap_or(self.record), Some(field), self.source, node, self.tz, self.out)
    }

    /// Free data that templates can read.
    pub fn free(&mut self, field: &'static Field) -> serde_json::Value {
        self.node(field).map_or(serde_json::Value::Null, plain)
    }

    /// Adds a finding about the value of a field (or the mapping, where the field is absent).
    pub fn report(&mut self, field: &'static Field, d: Diagnostic) {
        let (start, end) = self.pair(field).map_or(self.at, |(_, v)| (v.start, v.end));
        self.report_at(start, end, d);
    }

    /// What was told last keeps all from being published.
    pub fn block_last(&mut self) {
        if let Some(d) = self.out.last_mut() {
            d.blocks = true;
        }
    }

    /// Says better what was told last, where that is about the word of a field.
    pub fn amend(&mut self, field: &'static Field, what: Text) {
        let at = self.pair(field).map(|(_, v)| self.source.span(v.start as usize, v.end as usize));
        if let Some(d) = self.out.last_mut().filter(|d| d.code == "SRC008" && d.span == at) {
            d.message = what;
        }
    }

    /// Adds a finding that has no place in this file.
    pub fn out(&mut self, d: Diagnostic) {
        self.out.push(d);
    }

    /// Adds a finding about a node.
    pub fn report_at(&mut self, start: u32, end: u32, d: Diagnostic) {
        push_few(self.out, d.code, || d.at(self.source.span(start as usize, end as usize)));
    }

    /// Says that a required field is absent.
    pub fn missing(&mut self, field: &'static Field) {
        if self.broken {
            return;
        }
        // A line that is there and empty is told where it stands.
        if let Some((k, v)) = self.pair(field).filter(|(_, v)| v.blank()) {
            self.untell(v);
            let (start, end, key) = (k.start, k.end, field.key);
            let d = lacks(&[key]);
            self.report_at(start, end, d.hint(say!("填上 `{key}:`", "fill in `{key}:`")));
            return;
        }
        let (start, end) = self.at;
        let before = lacks(&self.missed);
        self.missed.push(field.key);
        let d = lacks(&self.missed);
        // Several of one mapping are one finding.
        let at = self.source.span(start as usize, end.min(start + 1) as usize);
        let same =
            |o: &&mut Diagnostic| o.code == "SRC010" && o.message == before.message && o.span.as_ref().is_some_and(|s| s.line == at.line && s.col == at.col);
        match self.out.iter_mut().rev().find(same).filter(|_| self.missed.len() > 1) {
            Some(told) => (told.message, told.hint) = (d.message, d.hint),
            None => self.report_at(start, end.min(start + 1), d),
        }
    }

    /// That an empty value has the wrong form follows from its being empty.
    fn untell(&mut self, value: &Node) {
        let at = self.source.span(value.start as usize, value.end as usize);
        self.out.retain(|d| d.code != "SRC006" || d.span.as_ref() != Some(&at));
    }

    /// A field is not missing: it is the one that is misspelt. Gives the weight of what was said.
    fn not_missing(&mut self, field: &str) -> Option<(Severity, bool)> {
        let n = self.missed.iter().position(|m| *m == field)?;
        let before = lacks(&self.missed).message;
        let at = self.out.iter().rposition(|d| d.code == "SRC010" && d.message == before && d.path() == &*self.source.path)?;
        let weight = (self.out[at].severity, self.out[at].blocks);
        self.missed.remove(n);
        if self.missed.is_empty() {
            self.out.remove(at);
        } else {
            let d = lacks(&self.missed);
            (self.out[at].message, self.out[at].hint) = (d.message, d.hint);
        }
        Some(weight)
    }

    /// Says that a field is absent that should be there.
    pub fn wanted(&mut self, field: &'static Field) {
        if self.broken {
            return;
        }
        let key = field.key;
        let d = Diagnostic::new("SRC010", Severity::Warn, say!("没有 `{key}`", "there is no `{key}`"));
        if let Some((k, v)) = self.pair(field).filter(|(_, v)| v.blank()) {
            self.untell(v);
            let (start, end) = (k.start, k.end);
            self.report_at(start, end, d.hint(say!("填上 `{key}:`", "fill in `{key}:`")));
            return;
        }
        let (start, end) = self.at;
        self.report_at(start, end.min(start + 1), d.hint(say!("加上 `{key}:`", "add `{key}:`")));
    }

    fn unknown_word(&mut self, field: &'static Field, text: &str, words: &[&str]) {
        let key = self.found(field).map_or(field.key, |(k, _)| k);
        let (list, english) = (crate::diag::Listed(words.to_vec()), in_english(field, words));
        let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 不认识 `{text}`", "`{key}`: `{text}` is not in the vocabulary"));
        let d = match nearest_word(text, words).or_else(|| nearest_word(&half_width(text).to_lowercase(), words)) {
            Some(w) => d.hint(say!("是不是 `{w}`？可用的词：{list}", "did you mean `{w}`? Allowed: {english:#}")),
            None => d.hint(say!("可用的词：{list}", "allowed: {english:#}")),
        };
        self.report(field, d);
    }

    /// The keys that are read: each field's, and its earlier spellings where they are read beside it.
    fn keys(&self) -> Vec<&'static str> {
        let fields = self.record.all().filter(|f| !self.hidden.is_some_and(|h| std::ptr::eq(*f, h)));
        let mut out = Vec::new();
        for f in fields {
            out.push(f.key);
            let alone = matches!(f.kind, FieldKind::List(_)) || self.value(f.key).is_none_or(|v| v.text().is_some_and(|t| t.trim().is_empty()));
            out.extend(f.earlier.iter().filter(|_| alone));
        }
        out
    }

    /// A field that says that the item is not in force, in words that nobody reads: it would be shown as in force.
    fn wrong_status(&mut self, k: &Node, name: &str, field: &'static str, known: bool) -> Diagnostic {
        let shown: String = name.chars().take(60).collect();
        // The field that is missing may be the one that is meant.
        self.not_missing(field);
        let d = Diagnostic::new("SRC005", Severity::Error, say!("未知字段 `{shown}`，不算时效", "unknown field `{shown}`: it does not count for validity"));
        let mut d = d.at(self.source.span(k.start as usize, k.end as usize)).hint(holds::status_hint(field, known, true));
        d.item = Some(self.source.path.clone());
        d.blocking()
    }

    /// The same within `extra`, where no field of the item says it.
    fn unsaid(&mut self, extra: &Node, words: &[&'static str]) {
        let says = |k: &str| self.value(k).is_some_and(|v| !v.blank());
        let draft = self.value("draft").is_some_and(|v| v.text().is_some_and(|t| t.trim() == "true"));
        let Some((k, v, field)) = holds::within(extra, 2) else { return };
        if draft
            || says("withdrawn")
            || says("replaced_by")
            || says("repealed_by")
            || says("expires_on")
            || says(field)
            || !holds::concerns(field, v, words.contains(&"repealed_by"))
        {
            return;
        }
        let name: String = k.text().unwrap_or("").chars().take(60).collect();
        let d = Diagnostic::new(
            "SRC005",
            Severity::Warn,
            say!(
                "`extra` 里的 `{name}` 说的是时效，在那里不起作用，页面上照样显示有效",
                "`{name}` in `extra` is about validity and does nothing there: the page says in force"
            ),
        );
        let d = d.at(self.source.span(k.start as usize, k.end as usize)).hint(holds::status_hint(field, words.contains(&field), false));
        self.out.push(d);
    }

    /// Reports every key that is not declared; returns until when such keys keep the item back.
    pub fn finish(mut self) -> Until {
        #[cfg(debug_assertions)]
        for f in self.record.all().filter(|f| !self.hidden.is_some_and(|h| std::ptr::eq(*f, h))) {
            debug_assert!(self.asked.iter().any(|a| std::ptr::eq(*a, f)), "nobody reads {} of {}", f.key, self.record.id);
        }
        // Most mappings have fields of their record alone, spelt as they are now.
        let own = |k: &str| self.record.all().any(|f| f.key == k && !self.hidden.is_some_and(|h| std::ptr::eq(f, h)));
        if self.pairs.iter().all(|(k, _)| k.text().is_some_and(|k| k != "extra" && own(k))) {
            let mut until = self.until;
            if own("draft") {
                holds::parts::days(self.record, self.pairs, self.tz, &mut until);
            }
            return until;
        }
        let words = self.keys();
        let asked: rustc_hash::FxHashSet<&str> = words.iter().copied().collect();
        // What has a title or a file is published; the parts of it are not held for themselves.
        let holds = holds::parts::shown(|k| asked.contains(k));
        let whole = asked.contains("draft");
        // What may come into force and end.
        let lives = whole && asked.contains("expires_on");
        let mut until = self.until;
        if whole {
            holds::parts::days(self.record, self.pairs, self.tz, &mut until);
        }
        if self.pairs.iter().all(|(k, _)| k.text().is_some_and(|k| k != "extra" && asked.contains(k))) {
            return until;
        }
        // Of one file, however many mappings it has.
        let mut told = self.out.iter().filter(|d| d.code == "SRC005" && d.path() == &*self.source.path).count();
        for (k, v) in self.pairs {
            let name = k.text().unwrap_or("?");
            // Free data of the item's own: what would keep it back in another tool is no free data.
            let free = name == "extra" && asked.contains("draft") && holds::hold(name, v, false, self.tz).is_some();
            if asked.contains(name) && !free {
                if name == "extra" && lives {
                    self.unsaid(v, &words);
                }
                continue;
            }
            told += 1;
            // A legal status in words that nobody reads.
            let over = if lives && !free { holds::validity(name, v).filter(|w| holds::concerns(w, v, asked.contains("repealed_by"))) } else { None };
            if let Some(w) = over {
                let d = self.wrong_status(k, name, w, asked.contains(w));
                self.out.push(d);
                continue;
            }
            // A field that keeps something back, by another name.
            let guard = holds::guard(name, v).filter(|g| holds || asked.contains(g));
            let meant = guard.filter(|g| asked.contains(g));
            let held = match (guard, meant) {
                (Some(_), None) => Some(Hold::Back),
                (Some(_), Some(_)) => None,
                _ if whole => holds::hold(name, v, false, self.tz),
                _ => holds::parts::day_of(name, v, holds, self.tz),
            };
            if told > MANY && meant.is_none() && !matches!(held, Some(Hold::Back | Hold::Unread)) {
                // Counted, not made; what would keep an item back is looked for to the end.
                if let Some(Hold::Until(strong, at)) = held {
                    until.add(strong, at);
                }
                push_few(self.out, "SRC005", || {
                    Diagnostic::new("SRC005", Severity::Warn, say!("还有更多未知字段", "1 more of this kind"))
                        .at(self.source.span(k.start as usize, k.end as usize))
                });
                continue;
            }
            let shown: String = name.chars().take(60).collect();
            let what = if free {
                say!("`extra` 里有管公布的字段，在那里不起作用", "`extra` has a field of publication, which does nothing there")
            } else {
                say!("未知字段 `{shown}`", "unknown field `{shown}`")
            };
            let d = Diagnostic::new("SRC005", Severity::Warn, what).at(self.source.span(k.start as usize, k.end as usize));
            if matches!(held, Some(Hold::Back)) {
                // In the tool that it comes from this keeps the item back.
                let mut d = d.hint(if name == "<<" {
                    say!(
                        "合并键（<<）不起作用，里面的 draft 等字段也就不算；把它们直接写出来",
                        "merge keys (<<) do nothing, so the fields in it that keep something back do not count; write them out"
                    )
                } else if asked.contains("draft") {
                    say!("还不公布就写 `draft: true`；可以公布就删去这一行", "write `draft: true` to keep it back, or delete the line to publish it")
                } else if matches!(self.record.id, "department" | "theme" | "term" | "synonym" | "alert") {
                    say!(
                        "这里不认这个字段，照样会公布；还不公布，就把这一条从文件里拿掉，否则删去这一行",
                        "it does nothing here and would be published; take this entry out of the file to keep it back, or delete the line"
                    )
                } else {
                    say!(
                        "这里不认这个字段，照样会公布；整条还不公布，在条目的主文件里写 `draft: true`，否则删去这一行",
                        "it does nothing here and would be published; write `draft: true` in the item's first file to keep all of it back, or delete the line"
                    )
                });
                d.severity = Severity::Error;
                self.out.push(d.blocking());
                continue;
            }
            let word = half_width(name).to_ascii_lowercase().replace('-', "_");
            let also = || self.record.all().find(|f| asked.contains(f.key) && f.also.contains(&name)).map(|f| f.key);
            let known = words.iter().copied().find(|w| *w == word && !free).or_else(also);
            let mut others = FOREIGN.iter().filter(|(other, _)| *other == word).flat_map(|(_, keys)| *keys).filter(|k| asked.contains(*k));
            // One that stands there already is not the one that is meant, where there is another.
            let moved = others.clone().find(|k| self.value(k).is_none()).or_else(|| others.next());
            let site = std::ptr::eq(self.record, &crate::schema::site::RECORD);
            let labelled = || if site && half_width(name) == crate::schema::site::PROFILE.label.zh { Some("profile") } else { None };
            let known = known.or_else(labelled);
            let gone = NEEDLESS.iter().find(|(other, _)| *other == word);
            let near = meant.or(known).or_else(|| if free || moved.is_some() || gone.is_some() { None } else { nearest(&word, &words) });
            // The field that is missing is the one that is misspelt: one fault, of the same weight.
            let mut lost = None;
            if let Some(w) = near.or(moved.copied()) {
                let file = &self.source.path;
                let same = |d: &Diagnostic| d.code == "SRC010" && d.message.en == format!("required field `{w}` is missing") && d.path() == &**file;
                lost = self.out.iter().find(|d| same(d)).map(|d| (d.severity, d.blocks));
                self.out.retain(|d| !same(d));
                lost = self.not_missing(w).or(lost);
            }
            // Misspelt, it is the day of publication all the same.
            let first = near.or(moved.copied());
            let release = holds && (first == Some("published_at") || asked.contains("from") && (first == Some("from") || holds::begins(name)));
            let held = if release && held.is_none() { holds::hold(name, v, true, self.tz) } else { held };
            // A fact of the item, said again in a translation.
            let fact = self.record.id == "translation" && near.is_none() && crate::types::all().iter().any(|r| r.field(name).is_some());
            let mut d = match (near, moved, gone) {
                _ if fact => d.hint(say!(
                    "译文只写标题、摘要和正文，其余只写在主文件里；删去这一行",
                    "a translation says its title, summary and text; all else stands in the item's first file alone; delete the line"
                )),
                (Some("draft"), ..) => {
                    let mut d = d.hint(say!(
                        "是不是 `draft`？写错了就不起作用，稿子会公布",
                        "did you mean `draft`? As it stands it does nothing and the draft is published"
                    ));
                    d.severity = Severity::Error;
                    d.blocking()
                }
                (Some("profile"), ..) if site && self.value("profile").is_none() => {
                    let mut d = d.hint(say!(
                        "是不是 `profile`？写错了就按较松的规则检查，所以先不发布",
                        "did you mean `profile`? As it stands weaker rules hold, so nothing is published"
                    ));
                    d.severity = Severity::Error;
                    d.blocking()
                }
                (Some(w), ..) if meant.is_some() || self.record.field(w).is_some_and(|f| f.guard) && !holds::open(v) => {
                    let mut d = d.hint(say!(
                        "是不是 `{w}`？写错了就不起作用，本不公布的会公布，所以先不公布",
                        "did you mean `{w}`? As it stands it does nothing and what it keeps back would be public, so this is held"
                    ));
                    d.severity = Severity::Error;
                    d.blocking()
                }
                (Some(w), ..) => d.hint(say!("是不是 `{w}`？", "did you mean `{w}`?")),
                (_, Some(w), _) => d.hint(say!("这里叫 `{w}`，改成 `{w}: …`", "it is called `{w}` here; write `{w}: …`")),
                (_, _, Some((_, why))) => d.hint(why.text()),
                _ if held.is_some() && !whole => d.hint(say!(
                    "这里不认这个字段，公布的日子写在条目的主文件开头：`published_at: …`",
                    "it does nothing here; the day of publication is a field of the item: `published_at: …` in its first file"
                )),
                _ if held.is_some() => d.hint(say!("公布的日子这里叫 `published_at`", "the day of publication is called `published_at` here")),
                _ => d.hint(match below(self.record, &word, 3) {
                    Some(above) if !free => say!(
                        "`{word}` 是 `{above}` 里的字段，检查缩进；自定义的内容放在 `extra:` 之下",
                        "`{word}` is a field of `{above}`: look at the indentation; put fields of your own under `extra:`"
                    ),
                    _ => say!("自定义的内容请放在 `extra:` 之下", "put fields of your own under `extra:`"),
                }),
            };
            if let Some((severity, blocks)) = lost {
                d.severity = d.severity.max(severity);
                d.blocks |= blocks;
            }
            match held {
                Some(Hold::Until(strong, at)) => {
                    until.add(strong, at);
                    if let Some(h) = d.hint.as_mut().filter(|_| strong || !self.pairs.iter().any(|(k, _)| k.text() == Some("published_at"))) {
                        let asks = h.en.ends_with('?');
                        let (zh, en) = if whole { ("", "") } else { ("整条", "; the whole item is") };
                        h.zh.push_str(&format!("{}{zh} {at} 之前不公布", if asks { "" } else { "；" }).replace("； ", "；"));
                        h.en.push_str(&match (whole, asks) {
                            (true, true) => format!(" Not published before {at}"),
                            (true, false) => format!("; not published before {at}"),
                            (false, true) => format!(" The whole item is not published before {at}"),
                            (false, false) => format!("{en} not published before {at}"),
                        });
                    }
                }
                Some(Hold::Unread) => {
                    d.severity = Severity::Error;
                    if let Some(h) = &mut d.hint {
                        let asks = h.en.ends_with('?');
                        h.zh.push_str(&format!("{}它的日期认不出，不知道何时可以公布", if asks { "" } else { "；" }));
                        h.en.push_str(&format!("{} day cannot be read, so it is not known when the item may be public", if asks { " Its" } else { "; its" }));
                    }
                    d = d.blocking();
                }
                _ => {}
            }
            if d.item.is_none() {
                d.item = Some(self.source.path.clone());
            }
            self.out.push(d);
        }
        until
    }
}

/// The field below which another has its place: what is indented too little stands beside it. Words that many have are not asked.
fn below(record: &'static Record, name: &str, deep: u32) -> Option<&'static str> {
    const COMMON: &[&str] = &["name", "title", "note", "on", "id", "url", "text", "kind", "type", "label", "description", "reason", "key", "to", "from", "by"];
    if deep == 0 || COMMON.contains(&name) {
        return None;
    }
    let tables = || record.all().filter_map(|f| Some((f.key, f.kind.table()?)));
    let direct = tables().find(|(_, r)| r.field(name).is_some()).map(|(k, _)| k);
    direct.or_else(|| tables().find_map(|(_, r)| below(r, name, deep - 1)))
}

/// Half-width where a full-width sign was typed: letters, digits, dashes, blanks.
pub(crate) fn half_width(text: &str) -> String {
    let out = text.chars().filter(|c| !matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '“' | '”' | '‘' | '’' | '＂'));
    let out = out.map(|c| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '—' | '–' | '―' | '−' | '‐' | '‑' | '─' => '-',
        '。' | '・' | '·' => '.',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let out = out.collect::<String>();
    out.trim().to_string()
}

/// The mail address that was meant, where it was typed with full-width signs.
fn wide_mail(text: &str) -> Option<String> {
    let half = half_width(text);
    (!text.is_ascii() && half.is_ascii() && half.contains('@') && !half.contains(' ')).then_some(half)
}

/// The date that was meant, as it should be written.
pub(crate) fn plain_date(text: &str, tz: &TimeZone) -> Option<String> {
    let half = half_width(text);
    let half = half.trim_matches(['.', ',', ';', ':', '(', ')', '"', '\'']);
    let mut tight: String = half.split_whitespace().collect::<Vec<_>>().join(" ");
    for (a, b) in [(" 年", "年"), (" 月", "月"), (" 日", "日"), ("年 ", "年"), ("月 ", "月"), (" - ", "-"), (" / ", "/"), ("--", "-")] {
        tight = tight.replace(a, b);
    }
    // 20260101
    if tight.len() == 8 && tight.bytes().all(|b| b.is_ascii_digit()) {
        tight = format!("{}-{}-{}", &tight[..4], &tight[4..6], &tight[6..]);
    }
    let m = dates::parse(&tight, tz).or_else(|| dates::parse(&spoken_time(&tight)?, tz))?;
    Some(match m.time {
        Some(t) => format!("{} {:02}:{:02}", m.date, t.hour(), t.minute()),
        None => m.date.to_string(),
    })
}

/// `2026-11-20 下午3点` as `2026-11-20 15:00`; what an hour can mean in two ways is left.
fn spoken_time(text: &str) -> Option<String> {
    let at = text.find(['上', '下', '早', '中', '晚', '傍', '凌', '点', '时', '點'])?;
    let at = if text[at..].starts_with(['点', '时', '點']) { text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len() } else { at };
    let (day, clock) = (text[..at].trim(), text[at..].trim());
    let words = ["上午", "下午", "早上", "早晨", "中午", "晚上", "傍晚", "凌晨"];
    let part = words.into_iter().find(|w| clock.starts_with(w)).unwrap_or("");
    let clock = clock[part.len()..].trim().replace(['点', '时', '點', '：'], ":").replace("分", "");
    let (h, m) = clock.split_once(':')?;
    let hour: u8 = h.trim().parse().ok()?;
    let minute: u8 = match m.trim() {
        "" | "整" | "钟" => 0,
        "半" => 30,
        "一刻" => 15,
        "三刻" => 45,
        m => m.parse().ok()?,
    };
    let hour = match part {
        "下午" | "晚上" | "傍晚" if hour < 12 => hour + 12,
        "下午" if hour == 12 => 12,
        "中午" if hour < 3 => hour + 12,
        "晚上" | "傍晚" if hour == 12 => return None,
        "凌晨" if hour == 12 => 0,
        _ => hour,
    };
    (hour < 24 && minute < 60 && !day.is_empty()).then(|| format!("{day} {hour:02}:{minute:02}"))
}

/// Words that stand for a day which they do not name.
fn nameless_day(text: &str) -> bool {
    let text = text.trim().trim_start_matches('自').trim_end_matches(['起', '。']);
    matches!(
        text,
        "即日"
            | "今日"
            | "今天"
            | "本日"
            | "明天"
            | "明日"
            | "昨天"
            | "昨日"
            | "发布之日"
            | "公布之日"
            | "印发之日"
            | "签发之日"
            | "发文之日"
            | "近日"
            | "now"
            | "today"
            | "tomorrow"
    )
}

/// Words that say how far something is, or how much of it, however alike the rest is: only one that has them too may be meant.
static STATES: &[&[&str]] = &[
    &["拟", "将", "准备"],
    &["待"],
    &["暂"],
    &["受理", "签收"],
    &["交办"],
    &["正在"],
    &["基本", "大部", "多数", "原则"],
    &["部分", "部份"],
    &["初步"],
    &["另行", "继续"],
];

/// The word of a vocabulary that may be meant: never another state. 拟采纳 is not yet 已采纳, 已受理 not yet 已处理.
fn nearest_word<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    if word.is_ascii() {
        return nearest(word, words);
    }
    let state = |w: &str| {
        let said: u32 = STATES.iter().enumerate().map(|(i, s)| u32::from(s.iter().any(|s| w.contains(s))) << i).sum();
        (said, w.ends_with('中') && w.chars().count() > 2, w.bytes().any(|b| b.is_ascii_digit()))
    };
    let wanted = state(word);
    nearest(word, &words.iter().copied().filter(|w| state(w) == wanted).collect::<Vec<_>>())
}

/// The word that may be meant.
pub(crate) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    // Never the opposite: 不予开放 is nothing that 开放 could mean.
    let no = |w: &str| {
        w.contains(['不', '未', '非', '否'])
            || ["no", "non", "not", "un"].iter().any(|n| w.strip_prefix(n).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_'])))
    };
    let (long, against) = (word.chars().count(), no(word));
    // 开放 for 无条件开放.
    let part = |w: &str| !word.is_ascii() && long > 1 && (w.contains(word) || word.contains(w));
    // A sign alone is like any other. Words whose lengths differ by more are not compared sign by sign.
    let near = words.iter().filter_map(|w| {
        let (n, part) = (w.chars().count(), part(w));
        if no(w) != against || !part && long.abs_diff(n) > 1 + n / 5 {
            return None;
        }
        let d = strsim::damerau_levenshtein(word, w);
        (part || d <= 1 + n / 5 && d < n).then_some((d, !word.starts_with(w), *w))
    });
    near.min().map(|(_, _, w)| w)
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

/// A finding of required fields that are not there.
fn lacks(keys: &[&str]) -> Diagnostic {
    let (list, add) =
        (crate::diag::Listed(keys.iter().map(|k| format!("`{k}`")).collect()), crate::diag::Listed(keys.iter().map(|k| format!("`{k}:`")).collect()));
    let what = match keys {
        [key] => say!("缺少必填字段 `{key}`", "required field `{key}` is missing"),
        _ => say!("缺少必填字段 {list}", "required fields {list:#} are missing"),
    };
    Diagnostic::new("SRC010", Severity::Error, what).hint(say!("加上 {add}", "add {add:#}"))
}

/// A field with its example, as a line; an entry of a list where the field is one.
fn model(field: &Field) -> Option<String> {
    let example = field.example;
    match field.kind {
        FieldKind::List(_) => {
            let entry = example
                .strip_prefix('[')
                .and_then(|e| e.strip_suffix(']'))
                .filter(|e| e.starts_with('{') && e.ends_with('}') && e.matches('{').count() == 1)?;
            Some(format!("- {entry}"))
        }
        _ if example.starts_with('{') => Some(format!("{}: {example}", field.key)),
        _ => None,
    }
}

fn wrong(source: &Source, node: &Node, key: &str, got: &(String, String), want: (&str, &str)) -> Diagnostic {
    let (got_zh, got_en) = got;
    let (want_zh, want_en) = want;
    let (kz, ke) = if key.is_empty() { ("此处".to_string(), "this".to_string()) } else { (format!("`{key}` "), format!("`{key}`")) };
    Diagnostic::new(
        "SRC006",
        Severity::Error,
        crate::diag::Text { zh: format!("{kz}应为{want_zh}，却是{got_zh}"), en: format!("{ke} should be {want_en}, not {got_en}") },
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

/// The words of a field for who reads English: a Chinese one that has an English one beside it is left out, any other has its code behind it.
fn in_english(field: &'static Field, words: &[&str]) -> crate::diag::Listed<String> {
    let codes = field.kind.words().unwrap_or(&[]);
    let code = |w: &str| codes.iter().find(|(c, _)| *c == w).map_or("", |(_, c)| *c);
    let plain = |w: &str| words.iter().any(|o| o.is_ascii() && (*o == code(w) || code(o) == code(w)));
    let of = |w: &&str| match code(w) {
        _ if w.is_ascii() => Some((*w).to_string()),
        c if !c.is_empty() && plain(w) => None,
        "" => Some((*w).to_string()),
        c => Some(format!("{w} ({c})")),
    };
    crate::diag::Listed(words.iter().filter_map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Phrase;
    use crate::schema::item::{FORMED_ON, KEYWORDS, PUBLISHED_AT, THEME, TITLE};
    use crate::types::dataset::contact;

    fn record<const N: usize>(fields: [&'static Field; N]) -> &'static Record {
        Box::leak(Box::new(Record { id: "test", label: Phrase { zh: "", en: "" }, base: None, fields: Box::leak(Box::new(fields)), one_of: &[] }))
    }

    fn read<T>(text: &str, record: &'static Record, take: impl Fn(&mut Fields<'_, '_>) -> T) -> (T, Vec<Diagnostic>) {
        let s = Source::new("a.yaml", text);
        let mut out = Vec::new();
        let n = super::super::node::parse(&s, 0..s.text.len(), &mut out).unwrap();
        let tz = TimeZone::UTC;
        let mut f = Fields::new(record, &s, &n, &tz, &mut out);
        let got = take(&mut f);
        f.finish();
        (got, out)
    }

    #[test]
    fn three_faults_three_findings() {
        let (_, out) = read("titel: 甲\nkeywords: {a: b}\nformed_on: 2021-02-30\n", record([&KEYWORDS, &FORMED_ON, &contact::NAME]), |f| {
            assert!(f.list(&KEYWORDS).is_empty());
            assert_eq!(f.date(&FORMED_ON), None);
            f.lang_text(&contact::NAME)
        });
        let got: Vec<_> = out.iter().map(|d| (d.code, d.span.as_ref().map_or((0, 0), |s| (s.line, s.col)))).collect();
        assert_eq!(got, [("SRC006", (2, 11)), ("SRC007", (3, 12)), ("SRC005", (1, 1))]);
        let (_, out) = read("titel: 甲\n", record([&TITLE]), |f| f.lang_text(&TITLE));
        assert_eq!(out[0].hint.as_ref().unwrap().en, "did you mean `title`?");
        let (_, out) = read("发布日期: 2021-01-01\n", record([&PUBLISHED_AT]), |f| f.date(&PUBLISHED_AT));
        assert_eq!(out[0].hint.as_ref().unwrap().zh, "是不是 `published_at`？整条 2021-01-01 之前不公布");
        let rights = ["无条件开放", "有条件开放", "不予开放"];
        for (word, among, want) in [
            ("开放", &rights[..], Some("无条件开放")),
            ("不开放", &rights, Some("不予开放")),
            ("开放", &["不予开放", "不开放"], None),
            ("每年度", &["半年", "每年", "每半年"], Some("每年")),
            ("non-public", &["public"], None),
            ("publik", &["public", "non-public"], Some("public")),
        ] {
            assert_eq!(nearest(word, among), want, "{word}");
        }
        let adopted = ["采纳", "已采纳", "部分采纳", "未采纳", "待定", "处理中"];
        for (word, want) in [
            ("拟采纳", None),
            ("基本采纳", None),
            ("暂不采纳", None),
            ("采纳2条", None),
            ("部份采纳", Some("部分采纳")),
            ("以采纳", Some("已采纳")),
            ("采纳部分", None),
        ] {
            assert_eq!(nearest_word(word, &adopted), want, "{word}");
        }
        assert_eq!(nearest_word("已受理", &["待处理", "已处理", "已转办", "不予受理"]), None);
        assert_eq!(nearest_word("以处理", &["待处理", "已处理"]), Some("已处理"));
    }

    #[test]
    fn an_earlier_spelling_is_read_where_the_right_one_says_nothing() {
        for (text, want, unknown) in [
            ("tel: 1\n", Some("1"), 0),
            ("phone: 2\n", Some("2"), 0),
            ("tel: ''\nphone: 2\n", Some("2"), 0),
            ("tel:\nphone: 2\n", Some("2"), 0),
            ("tel: 1\nphone: 2\n", Some("1"), 1),
            ("phone: ''\n", None, 0),
        ] {
            let (got, out) = read(text, record([&contact::TEL]), |f| f.text(&contact::TEL).map(str::to_string));
            assert_eq!((got.as_deref(), out.len()), (want, unknown), "{text} {out:?}");
        }
        // A wrong kind is told by the name that stands there; the lists of both spellings are one list.
        let (_, out) = read("phone: [1]\n", record([&contact::TEL]), |f| f.text(&contact::TEL).is_some());
        assert!(out[0].message.en.ends_with("`phone` should be text"), "{out:?}");
        let (got, out) = read("themes: [b]\ntheme: a\n", record([&THEME]), |f| f.list(&THEME).iter().map(|(t, _)| t.to_string()).collect::<Vec<_>>());
        assert_eq!((got.join(","), out.len()), ("a,b".to_string(), 0));
    }

    // Told by an assertion of the build of every day.
    #[cfg(debug_assertions)]
    #[test]
    #[should_panic(expected = "nobody reads title of test")]
    fn a_declared_field_that_nobody_reads_is_a_fault_of_ours() {
        read("a: b\n", record([&TITLE]), |_| ());
    }
}
