//! Values of declared fields: what a type has that needs no struct of its own.

use super::known::{Known, reference, unknown_theme, whole_day, word};
use super::vocab;
use super::vocabularies::say_text;
use crate::config::Localized;
use crate::diag::{Diagnostic, Severity, say};
use crate::load::{Fields, Moment, Node};
use crate::schema::{Field, FieldKind, Need, Record};
use jiff::civil::Date;
use std::sync::Arc;

/// What stands in a field.
#[derive(Debug, Clone)]
pub enum Value {
    /// A line or a number, as it is written.
    Text(String),
    /// Text by language.
    Said(Localized),
    /// Markdown by language.
    Markdown(Localized),
    /// A day.
    Day(Date),
    /// A day, perhaps with a time.
    Moment(Moment),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// A code of the field's vocabulary.
    Code(&'static str),
    /// An address of the web, or of this site.
    Web(String),
    /// A file: key in [`super::Portal::blobs`].
    File(Arc<str>),
    /// Index into [`super::Portal::departments`].
    Department(usize),
    /// Index into [`super::Portal::themes`].
    Theme(usize),
    /// Id of an item.
    Item(Arc<str>),
    /// Several of one kind.
    List(Vec<Value>),
    /// Fields of its own.
    Table(Values),
    /// Anything.
    Free(serde_json::Value),
}

/// Values by field, in the order of the declaration.
#[derive(Debug, Clone, Default)]
pub struct Values(Vec<(&'static Field, Value)>);

impl Values {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        self.0.iter().map(|(f, v)| (*f, v))
    }

    /// The value of a field.
    pub fn get(&self, field: &'static Field) -> Option<&Value> {
        self.0.iter().find(|(f, _)| std::ptr::eq(*f, field)).map(|(_, v)| v)
    }

    /// Leaves out some fields.
    pub fn without(&mut self, fields: &[&'static Field]) {
        self.0.retain(|(f, _)| !fields.iter().any(|o| std::ptr::eq(*f, *o)));
    }

    /// Each value that is no list and no table, with the field of the item that it stands in.
    pub fn each<'a>(&'a self, look: &mut dyn FnMut(&'static Field, &'a Value)) {
        fn into<'a>(field: &'static Field, value: &'a Value, look: &mut dyn FnMut(&'static Field, &'a Value)) {
            match value {
                Value::List(all) => all.iter().for_each(|v| into(field, v, look)),
                Value::Table(t) => t.0.iter().for_each(|(_, v)| into(field, v, look)),
                Value::Text(_)
                | Value::Said(_)
                | Value::Markdown(_)
                | Value::Day(_)
                | Value::Moment(_)
                | Value::Flag(_)
                | Value::Count(_)
                | Value::Code(_)
                | Value::Web(_)
                | Value::File(_)
                | Value::Department(_)
                | Value::Theme(_)
                | Value::Item(_)
                | Value::Free(_) => look(field, value),
            }
        }
        self.0.iter().for_each(|(f, v)| into(f, v, look));
    }

    /// The files that it names.
    pub fn files(&self) -> Vec<&Arc<str>> {
        let mut out = Vec::new();
        self.each(&mut |_, v| {
            if let Value::File(f) = v {
                out.push(f);
            }
        });
        out
    }

    /// Where the links of its texts lead.
    pub fn links(&self) -> Vec<String> {
        let mut out = Vec::new();
        self.each(&mut |_, v| {
            if let Value::Markdown(t) = v {
                let linked = t.0.iter().filter(|(_, text)| text.contains("]("));
                out.extend(linked.flat_map(|(_, text)| crate::load::outline::outline(text, 0, false).0.links).map(|l| l.to.to_string()));
            }
        });
        out
    }

    /// The items that it names, each with the field that does.
    pub fn items(&self) -> Vec<(&'static Field, &Arc<str>)> {
        let mut out = Vec::new();
        self.each(&mut |f, v| {
            if let Value::Item(id) = v {
                out.push((f, id));
            }
        });
        out
    }
}

/// Reads the fields of a record that are its own, but for `not`.
pub(super) fn values(f: &mut Fields<'_, '_>, record: &'static Record, not: Option<&'static Field>, base: &str, known: &Known<'_>) -> Values {
    let own = record.fields.iter().copied().filter(|x| !not.is_some_and(|n| std::ptr::eq(n, *x)));
    let profile = known.config.profile.index();
    let read = own.filter_map(|field| {
        let value = value(f, field, base, known);
        if f.empty(field) {
            match field.need[profile] {
                Need::Must => f.missing(field),
                Need::Should => f.wanted(field),
                Need::May => {}
            }
        }
        Some((field, value?))
    });
    let read = Values(read.collect());
    let service = |field| if let Some(Value::Count(n)) = read.get(field) { Some(*n) } else { None };
    if let (Some(promised), Some(law)) = (service(&crate::types::service::DAYS_PROMISED), service(&crate::types::service::DAYS_STATUTORY))
        && promised > law
    {
        let d = Diagnostic::new(
            "SRC008",
            Severity::Warn,
            say!("承诺 {promised} 个工作日，比法定的 {law} 个还长", "working days promised: {promised}; the law allows fewer: {law}"),
        );
        f.report(&crate::types::service::DAYS_PROMISED, d.hint(say!("核对两个时限", "look at both")));
    }
    read
}

/// Reads a field that is a list of mappings.
pub(super) fn rows(f: &mut Fields<'_, '_>, field: &'static Field, base: &str, known: &Known<'_>) -> Vec<Values> {
    match value(f, field, base, known) {
        Some(Value::List(all)) => all.into_iter().filter_map(|v| if let Value::Table(t) = v { Some(t) } else { None }).collect(),
        _ => Vec::new(),
    }
}

/// A person's name where an office or a body belongs.
pub(super) fn no_person(key: &str) -> Diagnostic {
    Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 像是人名，不公布", "`{key}` looks like a person's name; it is not published"))
        .hint(say!("写机关、科室、会议或职务，如 市司法局、综合科", "write a body, an office, a meeting or a role"))
}

/// The value of one field.
fn value(f: &mut Fields<'_, '_>, field: &'static Field, base: &str, known: &Known<'_>) -> Option<Value> {
    match &field.kind {
        FieldKind::LangText => {
            let said = say_text(f, field, known.config);
            if std::ptr::eq(field, &crate::types::decision::step::BY) && said.0.iter().any(|(_, t)| crate::personal::person(t)) {
                f.report(field, no_person(field.key));
                return None;
            }
            Some(said).filter(|t| !t.is_empty()).map(Value::Said)
        }
        FieldKind::Markdown => Some(say_text(f, field, known.config)).filter(|t| !t.is_empty()).map(Value::Markdown),
        FieldKind::Date => f.date(field).map(Value::Day),
        FieldKind::Day => whole_day(f, field).map(Value::Day),
        FieldKind::Moment => f.moment(field).map(Value::Moment),
        FieldKind::Flag => f.flag(field).map(Value::Flag),
        FieldKind::Count => f.count(field).map(Value::Count),
        FieldKind::OneOf(table) | FieldKind::Code(table) if field.guard => f.guarded(field, table).map(Value::Code),
        FieldKind::OneOf(table) => f.choice(field, table).map(Value::Code),
        FieldKind::Code(table) => word(f, field, table).map(Value::Code),
        FieldKind::Web => crate::load::web::address(f, field).map(Value::Web),
        FieldKind::Free => Some(f.free(field)).filter(|v| !v.is_null()).map(Value::Free),
        FieldKind::Table(record) => {
            let mut inner = f.map(field)?;
            let out = values(&mut inner, record, None, base, known);
            inner.finish();
            Some(Value::Table(out))
        }
        FieldKind::List(one) => {
            let out: Vec<Value> = match one.table() {
                Some(record) => f.entries(field).iter().filter_map(|node| entry(f, field, one, record, node, base, known)).collect(),
                None => f.list(field).into_iter().filter_map(|(text, node)| scalar(f, field.key, one, text, node, base, known)).collect(),
            };
            Some(Value::List(out)).filter(|v| !matches!(v, Value::List(l) if l.is_empty()))
        }
        FieldKind::Either(..) => {
            let node = f.node(field)?;
            match field.kind.table() {
                Some(record) => entry(f, field, &field.kind, record, node, base, known),
                None => node.text().and_then(|text| scalar(f, field.key, &field.kind, text.trim(), node, base, known)),
            }
        }
        FieldKind::Text
        | FieldKind::Number
        | FieldKind::Bound
        | FieldKind::Sign
        | FieldKind::Id
        | FieldKind::Tel
        | FieldKind::Mail
        | FieldKind::File
        | FieldKind::Folder
        | FieldKind::Department
        | FieldKind::Theme
        | FieldKind::Item(_)
        | FieldKind::Language
        | FieldKind::Zone => {
            let (text, node) = (f.text(field)?, f.node(field)?);
            scalar(f, field.key, &field.kind, text, node, base, known)
        }
    }
}

/// A mapping, or the plain text that may stand for one.
fn entry<'a>(
    f: &mut Fields<'a, '_>,
    field: &'static Field,
    kind: &'static FieldKind,
    record: &'static Record,
    node: &'a Node,
    base: &str,
    known: &Known<'_>,
) -> Option<Value> {
    if let (FieldKind::Either(plain, _), Some(text)) = (kind, node.text()) {
        return Some(text.trim()).filter(|t| !t.is_empty()).and_then(|t| scalar(f, field.key, plain, t, node, base, known));
    }
    let mut inner = f.within(field, node);
    let out = values(&mut inner, record, None, base, known);
    inner.finish();
    Some(Value::Table(out)).filter(|v| !matches!(v, Value::Table(t) if t.0.is_empty()))
}

/// One value that is written as a text.
fn scalar(f: &mut Fields<'_, '_>, key: &str, kind: &'static FieldKind, text: &str, node: &Node, base: &str, known: &Known<'_>) -> Option<Value> {
    let mut wrong = |d: Diagnostic| f.report_at(node.start, node.end, d);
    match kind {
        FieldKind::OneOf(table) | FieldKind::Code(table) => {
            let code = vocab::code(table, text);
            if code.is_none() {
                let list = crate::diag::Listed(table.iter().map(|(w, _)| *w).collect());
                let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 不认识 `{text}`", "`{key}`: `{text}` is not in the vocabulary"));
                wrong(d.hint(say!("可用的词：{list}", "allowed: {list:#}")));
            }
            code.map(Value::Code)
        }
        FieldKind::Department => {
            let hit = known.departments.named(text);
            if hit.is_none() && known.read.0 {
                wrong(known.departments.unknown(text));
            }
            hit.map(Value::Department)
        }
        FieldKind::Theme => {
            let hit = known.theme_index.get(&text.replace('\\', "/")).copied();
            if hit.is_none() && known.read.1 {
                wrong(unknown_theme(text, known));
            }
            hit.map(Value::Theme)
        }
        FieldKind::File => {
            let hit = known.file(base, text).cloned();
            if hit.is_none() {
                let what = say!("`{key}` 的文件 `{text}` 不存在", "`{key}`: there is no file `{text}`");
                wrong(known.no_file("SRC015", base, text, what));
            }
            hit.map(Value::File)
        }
        FieldKind::Item(folders) => {
            let id = reference(text, folders.first().copied().unwrap_or(""), &known.config.types);
            let fits = folders.is_empty() || folders.iter().any(|f| id.strip_prefix(f).is_some_and(|r| r.starts_with('/')));
            if !fits {
                let list = crate::diag::Listed(folders.iter().map(|f| format!("{f}/")).collect());
                let d = Diagnostic::new("SRC011", Severity::Error, say!("`{key}` 不能指向 `{id}`", "`{key}` cannot name `{id}`"));
                wrong(d.hint(say!("写 {list} 里的条目", "name an item of {list:#}")));
            }
            fits.then_some(Value::Item(id))
        }
        FieldKind::Web => {
            let bad = crate::load::targets::bad_scheme(text);
            if bad.is_some() {
                let d = Diagnostic::new("SRC008", Severity::Error, say!("`{key}` 不是网址：`{text}`", "`{key}`: `{text}` is no address"));
                wrong(d.hint(say!("写 https:// 开头的网址，或本站的路径", "write an address that begins with https://, or a path of this site")));
            }
            bad.is_none().then(|| Value::Web(text.to_string()))
        }
        FieldKind::Date | FieldKind::Day => day(f, key, text, node, known).map(|m| Value::Day(m.date)),
        FieldKind::Moment => day(f, key, text, node, known).map(Value::Moment),
        FieldKind::LangText => Some(Value::Said(Localized(vec![(None, text.to_string())]))),
        FieldKind::Markdown => Some(Value::Markdown(Localized(vec![(None, text.to_string())]))),
        FieldKind::Count => {
            let n = text.parse().ok();
            if n.is_none() {
                wrong(Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为整数，却是 `{text}`", "`{key}` should be a whole number, not `{text}`")));
            }
            n.map(Value::Count)
        }
        FieldKind::Number => {
            let right = number(text);
            if !right {
                let d = Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为数，却是 `{text}`", "`{key}` should be a number, not `{text}`"));
                wrong(d.hint(say!(
                    "只写数字，如 1200 或 1,200.50；单位写进字段的名称或说明",
                    "write figures alone, such as 1200 or 1,200.50; the unit belongs in the name of the field"
                )));
            }
            right.then(|| Value::Text(text.to_string()))
        }
        FieldKind::Either(a, _) => scalar(f, key, a, text, node, base, known),
        FieldKind::Text
        | FieldKind::Bound
        | FieldKind::Sign
        | FieldKind::Id
        | FieldKind::Tel
        | FieldKind::Mail
        | FieldKind::Folder
        | FieldKind::Language
        | FieldKind::Zone
        | FieldKind::Flag
        | FieldKind::Free => Some(Value::Text(text.to_string())),
        // A list stands in no list.
        FieldKind::List(_) | FieldKind::Table(_) => None,
    }
}

/// Figures, in threes or not, with a point or not.
fn number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = text.split_once('.').map_or((text, None), |(w, r)| (w, Some(r)));
    let figures = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let threes = groups.clone().all(|g| g.len() == 3 && figures(g)) && (groups.next().is_none() || first.len() <= 3);
    figures(first) && threes && rest.is_none_or(figures)
}

/// A day in a list.
fn day(f: &mut Fields<'_, '_>, key: &str, text: &str, node: &Node, known: &Known<'_>) -> Option<Moment> {
    let m = crate::load::dates::parse(text, &known.config.tz);
    if m.is_none() {
        let d = Diagnostic::new("SRC007", Severity::Error, say!("`{key}` 的日期无法识别：`{text}`", "`{key}`: date not understood: `{text}`"));
        f.report_at(node.start, node.end, d.hint(say!("写作 2021-04-12，且必须是存在的日子", "write 2021-04-12, and a day that exists")));
    }
    m
}
