//! Departments and themes by the names that a source has for them.

use super::{Asked, Draft, Office, Value, emit, norm, state};
use crate::config::Profile;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Kind, Source, parse_yaml, read_bytes};
use crate::schema::vocabulary::{department as dep, theme};
use crate::schema::{Field, FieldKind};
use std::collections::{BTreeMap, BTreeSet};

/// Names in the order in which they first came.
#[derive(Debug, Default)]
pub(super) struct Order {
    list: Vec<String>,
    seen: BTreeSet<String>,
}

/// What the items of a source name.
#[derive(Debug, Default)]
pub(super) struct Named {
    departments: Order,
    themes: Order,
}

impl Named {
    pub(super) fn note(&mut self, d: &Draft) {
        for (kind, names) in d.fields.iter().filter_map(|(f, v)| names(f, v)) {
            let order = if matches!(kind, FieldKind::Theme) { &mut self.themes } else { &mut self.departments };
            for n in names {
                if !order.seen.contains(n) {
                    order.seen.insert(n.to_string());
                    order.list.push(n.to_string());
                }
            }
        }
    }
}

/// The names in a field of departments or themes.
fn names<'v>(field: &'static Field, value: &'v Value) -> Option<(&'static FieldKind, Vec<&'v str>)> {
    let kind = match &field.kind {
        FieldKind::List(k) => k,
        k => k,
    };
    if !matches!(kind, FieldKind::Department | FieldKind::Theme) {
        return None;
    }
    Some((
        kind,
        match value {
            Value::Text(t) => vec![t.as_str()],
            Value::List(all) => all.iter().filter_map(|v| if let Value::Text(t) = v { Some(t.as_str()) } else { None }).collect(),
            Value::Map(_) => return None,
        },
    ))
}

pub(super) type Entry = Vec<(&'static Field, Value)>;

/// Departments and themes by the names that the source has for them.
pub(super) struct Words<'a, 's> {
    asked: &'a Asked<'a>,
    offices: BTreeMap<&'a str, &'a Office>,
    /// What earlier imports called them.
    known_departments: &'s mut BTreeMap<String, String>,
    known_themes: &'s mut BTreeMap<String, String>,
    /// Entries to be added.
    pub new_offices: Vec<Entry>,
    pub new_themes: Vec<Entry>,
    /// Names under which the source has a department that is called otherwise here, with its id, until that is told.
    renamed: BTreeMap<String, String>,
    ids: BTreeSet<String>,
    theme_ids: BTreeSet<String>,
    themes: rustc_hash::FxHashMap<String, usize>,
}

impl<'a, 's> Words<'a, 's> {
    pub(super) fn new(
        asked: &'a Asked<'a>,
        offices: &'a [Office],
        known_departments: &'s mut BTreeMap<String, String>,
        known_themes: &'s mut BTreeMap<String, String>,
    ) -> Words<'a, 's> {
        let ids = asked.portal.departments.iter().map(|d| d.id.clone()).collect();
        let theme_ids = asked.portal.themes.iter().map(|t| t.id.clone()).collect();
        let themes = crate::model::theme_index(&asked.portal.themes);
        Words {
            asked,
            offices: offices.iter().map(|o| (o.name.as_str(), o)).collect(),
            known_departments,
            known_themes,
            new_offices: Vec::new(),
            new_themes: Vec::new(),
            renamed: BTreeMap::new(),
            ids,
            theme_ids,
            themes,
        }
    }

    /// Settles what a source names, in the order in which it names it.
    pub(super) fn learn(&mut self, named: &Named) {
        named.departments.list.iter().filter(|n| !nobody(n)).for_each(|n| drop(self.department(n, 0)));
        named.themes.list.iter().for_each(|n| drop(self.theme(n)));
    }

    /// Gives the fields of an item the ids; a theme for which there is none is told.
    pub(super) fn settle(&mut self, d: &mut Draft, out: &mut Vec<Diagnostic>) {
        let (mut lost, mut nameless): (Vec<String>, Vec<(&str, String)>) = Default::default();
        for i in 0..d.fields.len() {
            let (field, names) = (d.fields[i].0, names(d.fields[i].0, &d.fields[i].1));
            let Some((kind, names)) = names else { continue };
            let found: Vec<String> = match kind {
                FieldKind::Department => {
                    let (none, names): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|n| nobody(n));
                    if let Some(word) = none.first() {
                        let key = field.key;
                        out.push(
                            Diagnostic::new("IMP002", Severity::Warn, say!("`{key}` 写的是“{word}”，不是部门", "`{key}` is “{word}”, which is no department"))
                                .at(d.at.clone())
                                .hint(say!("原文保留在 extra.{key}；知道的写上部门", "it stands under extra.{key}; write the department where it is known")),
                        );
                        nameless.push((key, none.join("、")));
                    }
                    let found = names.iter().map(|n| self.department(n, 0)).collect();
                    for n in &names {
                        if let Some(id) = self.renamed.remove(*n) {
                            out.push(
                                Diagnostic::new("IMP003", Severity::Info, say!("来源把部门 {id} 叫作“{n}”", "the source calls the department {id} “{n}”"))
                                    .at(d.at.clone())
                                    .hint(say!(
                                        "改了名就在 departments.yaml 改 name，旧名写进 former_names",
                                        "where it was renamed, change its name in departments.yaml and write the old one into former_names"
                                    )),
                            );
                        }
                    }
                    found
                }
                FieldKind::Theme => {
                    let mut found = Vec::new();
                    for n in &names {
                        match self.theme(n) {
                            Some(id) => found.push(id),
                            None => lost.push(n.to_string()),
                        }
                    }
                    found
                }
                _ => continue,
            };
            let mut values: Vec<Value> = Vec::new();
            for f in found.into_iter().map(Value::Text) {
                if !values.contains(&f) {
                    values.push(f);
                }
            }
            // One alone stands without brackets, as people write it.
            d.fields[i].1 = match values.len() {
                1 if !emit::several(field) || matches!(kind, FieldKind::Theme | FieldKind::Department) => values.remove(0),
                _ => Value::List(values),
            };
        }
        for (key, word) in nameless {
            d.keep(key, Value::text(word));
        }
        if !lost.is_empty() {
            let list = lost.join(", ");
            out.push(
                Diagnostic::new("IMP002", Severity::Warn, say!("主题 `{list}` 不在主题分类里", "the theme `{list}` is not in the classification of the site"))
                    .at(d.at.clone())
                    .hint(say!("原文保留在 extra.category；选一个写 theme", "it stands under extra.category; choose one for theme")),
            );
            d.keep("category", Value::List(lost.into_iter().map(Value::Text).collect()));
        }
        d.fields.retain(|(_, v)| !v.is_empty());
    }

    /// The id of a department; one that is not known yet is added, with those above it.
    fn department(&mut self, name: &str, depth: usize) -> String {
        if let Some(id) = self.known_departments.get(name).filter(|id| self.ids.contains(*id)) {
            return id.clone();
        }
        let portal = self.asked.portal;
        let same = |t: &str| t.trim().eq_ignore_ascii_case(name.trim());
        if let Some(d) = portal.departments.iter().find(|d| same(&d.id) || d.name.0.iter().any(|(_, t)| same(t))) {
            return d.id.clone();
        }
        let office = self.offices.get(name).copied();
        // One that stood at the same address of the source is the same, whatever it is called now.
        if let Some(id) = office.and_then(|o| self.stood(&o.old)) {
            self.known_departments.insert(name.to_string(), id.clone());
            self.renamed.insert(name.to_string(), id.clone());
            return id;
        }
        let wish = office.map(|o| norm::slug(&o.id)).filter(|i| !i.is_empty()).unwrap_or_else(|| norm::slug(name));
        let id = unique(if wish.is_empty() { format!("department-{}", state::hash(name.as_bytes())) } else { wish }, &self.ids);
        self.ids.insert(id.clone());
        self.known_departments.insert(name.to_string(), id.clone());
        let mut entry: Entry = vec![(&dep::ID, Value::text(id.clone())), (&dep::NAME, Value::text(name))];
        if let Some(o) = office {
            entry.push((&dep::DESCRIPTION, Value::text(super::reader::markdown(&|| Span::file("departments.yaml"), &o.description, &mut Vec::new()))));
            entry.push((&dep::URL, Value::text(o.url.trim())));
            if !o.parent.is_empty() && o.parent != name && depth < 8 {
                let above = self.department(&o.parent.clone(), depth + 1);
                entry.push((&dep::PARENT, Value::text(above)));
            }
            let old = o.old.iter().filter(|a| a.trim_matches('/') != format!("departments/{id}"));
            entry.push((&dep::ALIASES, Value::List(old.map(|a| Value::text(a.clone())).collect())));
        }
        self.new_offices.push(entry);
        id
    }

    /// The department that has one of these addresses of the source, here or among those to be added.
    fn stood(&self, old: &[String]) -> Option<String> {
        // `/organization/` alone names none.
        let is = |a: &str| a.trim_matches('/').contains('/') && old.iter().any(|o| o == a);
        let there = self.asked.portal.departments.iter().find(|d| d.aliases.iter().any(|(a, _)| is(a))).map(|d| d.id.clone());
        there.or_else(|| {
            let of = |e: &Entry, key: &str| e.iter().find(|(f, _)| f.key == key).map(|(_, v)| v.clone());
            let new = self.new_offices.iter().find(|e| match of(e, dep::ALIASES.key) {
                Some(Value::List(all)) => all.iter().any(|a| matches!(a, Value::Text(a) if is(a))),
                _ => false,
            })?;
            if let Some(Value::Text(id)) = of(new, dep::ID.key) { Some(id) } else { None }
        })
    }

    /// The id of a theme. Under the national classification none is added.
    fn theme(&mut self, name: &str) -> Option<String> {
        if let Some(id) = self.known_themes.get(name).filter(|id| self.theme_ids.contains(*id)) {
            return Some(id.clone());
        }
        let portal = self.asked.portal;
        let same = |t: &str| t.trim().eq_ignore_ascii_case(name.trim());
        if let Some(t) = self.themes.get(name.trim()).and_then(|i| portal.themes.get(*i)) {
            // A code that is a number says nothing to people: the label, or the path of labels, is as good.
            return Some(if t.id.starts_with(|c: char| c.is_ascii_digit()) { name.trim().to_string() } else { t.id.clone() });
        }
        if let Some(t) =
            portal.themes.iter().find(|t| same(&t.id) || t.label.0.iter().any(|(_, l)| same(l))).filter(|t| !t.id.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Some(t.id.clone());
        }
        if self.asked.config.profile != Profile::Generic {
            return None;
        }
        let wish = norm::slug(name);
        let id = unique(if wish.is_empty() { format!("theme-{}", state::hash(name.as_bytes())) } else { wish }, &self.theme_ids);
        self.theme_ids.insert(id.clone());
        self.known_themes.insert(name.to_string(), id.clone());
        self.new_themes.push(vec![(&theme::ID, Value::text(id.clone())), (&theme::LABEL, Value::text(name.trim()))]);
        Some(id)
    }
}

fn unique(wish: String, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&wish) {
        return wish;
    }
    (2..).map(|n| format!("{wish}-{n}")).find(|w| !taken.contains(w)).unwrap_or(wish)
}

/// Adds entries to the end of a vocabulary; what stands there is not touched.
pub(super) fn append(asked: &Asked<'_>, into: &str, file: &str, entries: &[Entry], writes: &mut BTreeMap<String, Vec<u8>>, out: &mut Vec<Diagnostic>) {
    if entries.is_empty() {
        return;
    }
    let config = asked.config;
    let folder = config.content.iter().find(|c| config.root.join(c.as_str()).join(file).is_file()).map_or(into, String::as_str);
    let path = format!("{folder}/{file}");
    let there = read_bytes(&config.root.join(&path)).ok().map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
    let lines = emit::list(entries);
    let mut text = there.clone();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&lines);
    let count = |t: &str| {
        let source = Source::new(path.as_str(), t);
        match parse_yaml(&source, 0..source.text.len(), &mut Vec::new()).map(|n| n.kind) {
            Some(Kind::List(all)) => Some(all.len()),
            None if t.lines().all(|l| l.trim().is_empty() || l.starts_with('#')) => Some(0),
            Some(Kind::Null) => Some(0),
            _ => None,
        }
    };
    if count(&there).is_some_and(|n| count(&text) == Some(n + entries.len())) {
        writes.insert(path, text.into_bytes());
        return;
    }
    out.push(
        Diagnostic::new("IMP004", Severity::Error, say!("`{path}` 的写法不能在末尾添加", "nothing can be added to the end of `{path}` as it is written"))
            .at(Span::file(&path))
            .hint(say!("自己加上：\n{lines}", "add by hand:\n{lines}")),
    );
}

/// A word by which a source says that it names nobody.
fn nobody(name: &str) -> bool {
    matches!(
        name.trim().trim_matches(['（', '）', '(', ')', '。']),
        "" | "暂无" | "无" | "不详" | "未知" | "待定" | "未注明" | "暂缺" | "-" | "--" | "—" | "——" | "/" | "N/A" | "n/a" | "NA" | "null" | "NULL"
    )
}
