//! Content types that only this site has: `types:` of `site.yaml`, turned into declarations like those of the program.

use super::{Language, Localized};
use crate::diag::{Diagnostic, Phrase, Severity, Text, say};
use crate::load::{Fields, LangText, Node};
use crate::schema::words::{KIND_WORDS, NEED_WORDS};
use crate::schema::{self, Field, FieldKind, Need, Record, site as st};
use crate::types::{Shape, Type, Types, news};
use rustc_hash::FxHashSet;

/// What the site declares.
#[derive(Default)]
pub(super) struct Own {
    pub(super) types: Types,
    /// Key of a message, text.
    pub(super) said: Vec<(String, Localized)>,
    /// Templates that are named, and where.
    pub(super) templates: Vec<(&'static str, (u32, u32))>,
    /// Folders that fields lead to, and where: judged when all types are known.
    leads: Vec<(String, (u32, u32))>,
}

/// Parts of addresses and folders that are taken.
static RESERVED: &[&str] = &[
    "departments",
    "themes",
    "search",
    "share",
    "changes",
    "glossary",
    "sitemap",
    "style-guide",
    "elder",
    "checks",
    "offline",
    "assets",
    "data",
    "calendar",
    "tasks",
    "benefits",
    "static",
    "page",
    "feed",
    "uploads",
    "feedback",
    "statistics",
    "admin",
];

/// Kept for the life of the process: declarations are few, and are read again only with the settings.
fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn keep_text(text: &str) -> &'static str {
    Box::leak(text.to_string().into_boxed_str())
}

fn keep_list<T>(list: Vec<T>) -> &'static [T] {
    Box::leak(list.into_boxed_slice())
}

/// A name in the two languages of the tool: of several spellings of a language the first, else the plain text, else any.
fn phrase(texts: &LangText) -> Phrase {
    let of = |tag: &str| {
        let hit = texts.iter().find(|(t, _)| t.to_ascii_lowercase().starts_with(tag)).or_else(|| texts.iter().find(|(t, _)| t.is_empty()));
        hit.or(texts.first()).map_or("", |(_, t)| keep_text(t))
    };
    Phrase { zh: of("zh"), en: of("en") }
}

/// Small ASCII letters, digits and one more sign, a letter first.
fn good(text: &str, sign: u8) -> bool {
    text.len() <= 40
        && text.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == sign)
}

fn fault(what: Text, help: Text) -> Diagnostic {
    Diagnostic::new("TYP001", Severity::Error, what).hint(help)
}

/// Reads `types:`.
pub(super) fn own_types(f: &mut Fields<'_, '_>, languages: &[Language]) -> Own {
    let mut own = Own::default();
    for node in f.entries(&st::TYPES) {
        let mut t = f.within(&st::TYPES, node);
        one(&mut t, node, languages, &mut own);
        t.finish();
    }
    for (folder, at) in std::mem::take(&mut own.leads) {
        if own.types.folder(&folder).is_none() && !own.types.lost.contains(&folder) {
            let all = crate::diag::Listed(own.types.iter().map(|k| k.folder).collect());
            let d = fault(say!("没有目录 `{folder}` 的类型", "no type has the folder `{folder}`"), say!("可以是：{all}", "allowed: {all:#}"));
            f.report_at(at.0, at.1, d);
        }
    }
    own
}

fn one<'a>(t: &mut Fields<'a, '_>, node: &'a Node, languages: &[Language], own: &mut Own) {
    use st::own_type as ow;
    let (id, folder, labels) = (t.text(&ow::ID), t.text(&ow::FOLDER), t.lang_text(&ow::LABELS));
    let template = t.text(&ow::TEMPLATE);
    let entries = t.entries(&ow::FIELDS);
    for (field, there) in [(&ow::ID, id.is_some()), (&ow::FOLDER, folder.is_some()), (&ow::LABELS, labels.is_some())] {
        if !there && t.empty(field) {
            t.missing(field);
        }
    }
    let mut right = id.is_some() && labels.is_some();
    let folder = folder.map(|f| f.trim_matches('/'));
    if let Some(id) = id {
        let taken = own.types.iter().any(|k| k.id == id) || schema::within(&own.types.records()).iter().any(|r| r.id == id);
        if !good(id, b'-') {
            t.report(&ow::ID, fault(say!("类型的编号 `{id}` 不能用", "`{id}` cannot be the id of a type"), letters('-')));
            right = false;
        } else if taken {
            let d = fault(say!("已经有 `{id}` 这种文件", "there is a kind of file `{id}` already"), say!("换一个编号", "give it another id"));
            t.report(&ow::ID, d);
            right = false;
        }
    }
    match folder {
        Some(folder) => {
            let language = languages.iter().any(|l| l.prefix.trim_end_matches('/') == folder);
            if !good(folder, b'-') {
                t.report(&ow::FOLDER, fault(say!("类型的目录 `{folder}` 不能用", "`{folder}` cannot be the folder of a type"), letters('-')));
                right = false;
            } else if own.types.folder(folder).is_some() {
                let d = fault(
                    say!("目录 `{folder}` 已属于另一种类型", "the folder `{folder}` belongs to another type"),
                    say!("换一个目录", "give it another folder"),
                );
                t.report(&ow::FOLDER, d);
                right = false;
            } else if RESERVED.contains(&folder) || language {
                let d = fault(
                    say!("`{folder}` 是网站自己要用的地址", "`{folder}` is an address that the site itself needs"),
                    say!("换一个目录", "give it another folder"),
                );
                t.report(&ow::FOLDER, d);
                right = false;
            }
        }
        None => right = false,
    }
    let record_id = keep_text(id.unwrap_or("?"));
    let mut fields: Vec<&'static Field> = vec![&news::ISSUER];
    for entry in entries {
        let mut g = t.within(&ow::FIELDS, entry);
        if let Some(field) = field(&mut g, record_id, &fields, languages, own) {
            fields.push(field);
        }
        g.finish();
    }
    if !right {
        // What lies there is not told to be in no folder of a type.
        own.types.lost.extend(folder.map(String::from));
        return;
    }
    let labels = labels.unwrap_or_default();
    let label = phrase(&labels);
    let folder = keep_text(folder.unwrap_or(""));
    own.said.push((format!("type.{folder}"), Localized::from(labels, languages).0));
    let template = template.map(|name| {
        let name = keep_text(name.trim_end_matches(".html"));
        own.templates.push((name, (node.start, node.end)));
        name
    });
    let record = keep(Record { id: record_id, label, base: Some(&schema::item::RECORD), fields: keep_list(fields), one_of: &[] });
    own.types.add(keep(Type {
        id: record_id,
        folder,
        words: &[],
        label,
        record,
        issuer: &news::ISSUER,
        shape: Shape::Record,
        markdown: true,
        place: "{{slug}}",
        inside: None,
        page: "record",
        template: template.unwrap_or("record"),
        root: false,
        feed: false,
    }));
}

fn letters(sign: char) -> Text {
    let (zh, en) = if sign == '-' { ("连字符", "hyphens") } else { ("下划线", "underscores") };
    say!("只用小写英文字母、数字和{zh}，字母开头，最多 40 个", "small ASCII letters, digits and {en}, a letter first, 40 at most")
}

/// A field of its own; none where its key cannot be used.
fn field(g: &mut Fields<'_, '_>, record: &'static str, others: &[&'static Field], languages: &[Language], own: &mut Own) -> Option<&'static Field> {
    use st::own_field as of;
    let (key, label, word) = (g.text(&of::KEY), g.lang_text(&of::LABEL), g.choice(&of::KIND, KIND_WORDS));
    let several = g.flag(&of::LIST).unwrap_or(false);
    let need = match g.choice(&of::NEED, NEED_WORDS) {
        Some("must") => Need::Must,
        Some("should") => Need::Should,
        _ => Need::May,
    };
    let (help, example) = (g.lang_text(&of::HELP), g.text(&of::EXAMPLE));
    for (wanted, there) in [(&of::KEY, key.is_some()), (&of::LABEL, label.is_some()), (&of::KIND, word.is_some())] {
        if !there && g.empty(wanted) {
            g.missing(wanted);
        }
    }
    let key = usable(g, &of::KEY, key, others);
    let place = format!("{record}.{}", key.unwrap_or("?"));
    let values = words(g, &of::VALUES, &of::KIND, word, &place, languages, own);
    let folders = folders(g, &of::OF, &of::KIND, word, own);
    let entries = g.entries(&of::COLUMNS);
    if word == Some("table") && entries.is_empty() {
        g.missing(&of::COLUMNS);
    }
    if word.is_some_and(|w| w != "table") && !entries.is_empty() {
        g.report(
            &of::COLUMNS,
            fault(say!("`columns` 只用于 kind: table", "`columns` belongs to kind: table"), say!("删去，或写 kind: table", "delete it, or write kind: table")),
        );
    }
    let table = keep_text(&format!("{record}/{}", key.unwrap_or("?")));
    let mut columns: Vec<&'static Field> = Vec::new();
    for entry in entries {
        let mut c = g.within(&of::COLUMNS, entry);
        if let Some(column) = column(&mut c, table, &columns, languages, own) {
            columns.push(column);
        }
        c.finish();
    }
    let label = label.unwrap_or_default();
    let key = key?;
    own.said.push((format!("field.{record}.{key}"), Localized::from(label.clone(), languages).0));
    let kind = match word {
        Some("table") if !columns.is_empty() => {
            FieldKind::Table(keep(Record { id: table, label: phrase(&label), base: None, fields: keep_list(columns), one_of: &[] }))
        }
        other => plain(other, values, folders),
    };
    // A table is a list of rows.
    let kind = if several || matches!(kind, FieldKind::Table(_)) { FieldKind::List(keep(kind)) } else { kind };
    let help = help.map_or(Phrase { zh: "", en: "" }, |h| phrase(&h));
    let made = Field { help, need: [need; 3], example: example.map_or("", keep_text), ..Field::new(keep_text(key), kind, "", "") };
    Some(keep(Field { label: phrase(&label), ..made }))
}

/// A column of a table of its own.
fn column(c: &mut Fields<'_, '_>, record: &'static str, others: &[&'static Field], languages: &[Language], own: &mut Own) -> Option<&'static Field> {
    use st::own_column as oc;
    let (key, label, word) = (c.text(&oc::KEY), c.lang_text(&oc::LABEL), c.choice(&oc::KIND, KIND_WORDS));
    let several = c.flag(&oc::LIST).unwrap_or(false);
    for (wanted, there) in [(&oc::KEY, key.is_some()), (&oc::LABEL, label.is_some()), (&oc::KIND, word.is_some())] {
        if !there && c.empty(wanted) {
            c.missing(wanted);
        }
    }
    if word == Some("table") {
        c.report(&oc::KIND, fault(say!("表里不能再有表", "there is no table in a table"), say!("换一种内容", "give the column another kind")));
    }
    let key = usable(c, &oc::KEY, key, others);
    let place = format!("{record}.{}", key.unwrap_or("?"));
    let values = words(c, &oc::VALUES, &oc::KIND, word, &place, languages, own);
    let folders = folders(c, &oc::OF, &oc::KIND, word, own);
    let key = key?;
    let label = label.unwrap_or_default();
    own.said.push((format!("field.{record}.{key}"), Localized::from(label.clone(), languages).0));
    let kind = plain(word, values, folders);
    let kind = if several { FieldKind::List(keep(kind)) } else { kind };
    Some(keep(Field { label: phrase(&label), ..Field::new(keep_text(key), kind, "", "") }))
}

/// The key, where no other field has it.
fn usable<'k>(f: &mut Fields<'_, '_>, field: &'static Field, key: Option<&'k str>, others: &[&'static Field]) -> Option<&'k str> {
    let key = key?;
    let table = std::ptr::eq(field, &st::own_column::KEY);
    let common = !table && (schema::item::RECORD.field(key).is_some() || key == "body");
    let d = if !good(key, b'_') {
        fault(say!("字段名 `{key}` 不能用", "`{key}` cannot be the key of a field"), letters('_'))
    } else if others.iter().any(|o| o.spellings().any(|s| s == key)) {
        fault(say!("字段 `{key}` 已经有了", "there is a field `{key}` already"), say!("换一个名字", "give it another name"))
    } else if common {
        fault(
            say!("字段 `{key}` 是所有条目都有的", "every item has the field `{key}`"),
            say!("删去它，直接用；或换一个名字", "delete it and use that one, or give it another name"),
        )
    } else {
        return Some(key);
    };
    f.report(field, d);
    None
}

/// What stands in a field that is no table. Where the kind is not known anything may: the fault is told once, at the declaration.
fn plain(word: Option<&str>, values: &'static [(&'static str, &'static str)], folders: &'static [&'static str]) -> FieldKind {
    match word {
        Some("text") => FieldKind::Text,
        Some("by_language") => FieldKind::LangText,
        Some("markdown") => FieldKind::Markdown,
        Some("date") => FieldKind::Date,
        Some("moment") => FieldKind::Moment,
        Some("flag") => FieldKind::Flag,
        Some("count") => FieldKind::Count,
        Some("number") => FieldKind::Number,
        Some("code") if !values.is_empty() => FieldKind::Code(values),
        Some("web") => FieldKind::Web,
        Some("tel") => FieldKind::Tel,
        Some("mail") => FieldKind::Mail,
        Some("file") => FieldKind::File,
        Some("department") => FieldKind::Department,
        Some("theme") => FieldKind::Theme,
        Some("item") => FieldKind::Item(folders),
        _ => FieldKind::Free,
    }
}

/// The words of a code.
fn words(
    f: &mut Fields<'_, '_>,
    field: &'static Field,
    kind: &'static Field,
    word: Option<&str>,
    place: &str,
    languages: &[Language],
    own: &mut Own,
) -> &'static [(&'static str, &'static str)] {
    use st::own_word as ow;
    let mut out: Vec<(&'static str, &'static str)> = Vec::new();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for node in f.entries(field) {
        let (code, label) = match node.text() {
            Some(t) => (Some(t.trim().to_string()), None),
            None => {
                let mut w = f.within(field, node);
                let got = (w.text(&ow::CODE).map(String::from), w.lang_text(&ow::LABEL));
                if got.0.is_none() {
                    w.missing(&ow::CODE);
                }
                w.finish();
                got
            }
        };
        let Some(code) = code else { continue };
        if !good(&code, b'-') || !seen.insert(code.clone()) {
            let d = fault(say!("代码 `{code}` 不能用，或写了两次", "the code `{code}` cannot be used, or is there twice"), letters('-'));
            f.report_at(
                node.start,
                node.end,
                d.hint(say!(
                    "写作 {{code: passed, label: 通过}}，代码只用小写字母、数字和连字符",
                    "write {{code: passed, label: Passed}}: small letters, digits and hyphens in the code"
                )),
            );
            continue;
        }
        let code = keep_text(&code);
        if let Some(texts) = label {
            out.extend(texts.iter().map(|(_, t)| (keep_text(t), code)));
            own.said.push((format!("word.{place}.{code}"), Localized::from(texts, languages).0));
        } else {
            out.push((code, code));
        }
    }
    match word {
        Some("code") if f.empty(field) && out.is_empty() => f.missing(field),
        Some(w) if w != "code" && !out.is_empty() => {
            let d =
                fault(say!("`values` 只用于 kind: code", "`values` belongs to kind: code"), say!("删去，或写 kind: code", "delete it, or write kind: code"));
            f.report(kind, d);
        }
        _ => {}
    }
    keep_list(out)
}

/// The folders whose items a field may name.
fn folders(f: &mut Fields<'_, '_>, field: &'static Field, kind: &'static Field, word: Option<&str>, own: &mut Own) -> &'static [&'static str] {
    let list = f.list(field);
    let mut out: Vec<&'static str> = Vec::new();
    for (text, node) in &list {
        let folder = text.trim_matches('/');
        out.push(keep_text(folder));
        own.leads.push((folder.to_string(), (node.start, node.end)));
    }
    if word.is_some_and(|w| w != "item") && !list.is_empty() {
        let d = fault(say!("`of` 只用于 kind: item", "`of` belongs to kind: item"), say!("删去，或写 kind: item", "delete it, or write kind: item"));
        f.report(kind, d);
    }
    keep_list(out)
}
