//! What readers of items look things up in, and the fields that lead out of the file: departments, themes, items, files.

use super::vocab;
use super::vocabularies::DepartmentIndex;
use super::{Theme, Types};
use crate::config::Config;
use crate::diag::{Diagnostic, Severity, say};
use crate::load::sections::Handed;
use crate::load::{Fields, Sources};
use crate::schema::{Field, FieldKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an item's reader may look things up in.
pub(super) struct Known<'a> {
    pub(super) config: &'a Config,
    pub(super) departments: &'a DepartmentIndex<'a>,
    pub(super) themes: &'a [Theme],
    pub(super) columns: &'a FxHashMap<&'a str, usize>,
    pub(super) theme_index: FxHashMap<String, usize>,
    pub(super) sources: &'a Sources,
    /// Folders whose file keeps back what lies below.
    pub(super) sections: &'a BTreeMap<String, Handed>,
    /// departments.yaml, themes.yaml can be read: what they lack is missing.
    pub(super) read: (bool, bool),
    /// The themes.yaml that stands in the place of the national classification.
    pub(super) own_themes: Option<Arc<str>>,
}

impl<'a> Known<'a> {
    /// The file that a name means.
    pub(super) fn file(&self, base: &str, name: &str) -> Option<&'a Arc<str>> {
        let key = super::content_file(base, name, |k| self.sources.blobs.contains_key(k))?;
        self.sources.blobs.get_key_value(key.as_str()).map(|(k, _)| k)
    }

    /// Says that a file is not there, and what may be meant.
    pub(super) fn no_file(&self, code: &'static str, base: &str, name: &str, what: crate::diag::Text) -> Diagnostic {
        let d = Diagnostic::new(code, Severity::Error, what);
        if crate::load::targets::own_computer(name) {
            return d.hint(say!(
                "这是你电脑里的路径；把文件放进本文件所在目录，只写文件名",
                "this is a path of your own computer; put the file beside this one and write its name alone"
            ));
        }
        let (blobs, unseen) = (|k: &str| self.sources.blobs.contains_key(k), |k: &str| self.sources.unseen.contains(k));
        if let Some((what, hint)) = super::public::unusable(base, name, blobs, unseen) {
            return Diagnostic::new(code, Severity::Error, what).hint(hint);
        }
        let near = super::public::nearby(base, name, self.sources.blobs.keys().map(|k| &**k));
        // Right on the author's computer, and wrong on the server.
        if let Some(n) = near.as_ref().filter(|n| n.to_lowercase() == name.replace('\\', "/").trim_start_matches("./").to_lowercase()) {
            let cut = |s: &str| s.chars().filter(|c| *c != '\\' && *c != '/').collect::<String>();
            return if cut(n) == cut(name.trim_start_matches(['.', '\\', '/'])) {
                d.hint(say!("路径里用 `/`，应写作 `{n}`", "paths are written with `/`: write `{n}`"))
            } else {
                let what = say!("没有 `{name}`：文件名的大小写不同，目录里是 `{n}`", "there is no `{name}`: the file's name is `{n}`, in other case");
                let hint =
                    say!("写作 `{n}`；Windows 和 macOS 不分大小写，网站服务器分", "write `{n}`; Windows and macOS do not tell case apart, web servers do");
                Diagnostic::new(code, Severity::Error, what).hint(hint)
            };
        }
        d.hint(match near {
            Some(n) => say!("是不是 `{n}`？路径相对于本文件所在目录", "did you mean `{n}`? The path is relative to the folder of this file"),
            None => say!("路径相对于本文件所在目录", "the path is relative to the folder of this file"),
        })
    }
}

/// A day of the law: it begins and ends with the day. A time of day written to it is said to be passed over.
pub(super) fn whole_day(f: &mut Fields<'_, '_>, field: &'static Field) -> Option<jiff::civil::Date> {
    let (m, key) = (f.moment(field)?, field.key);
    if m.time.is_some_and(|t| t != jiff::civil::Time::midnight()) {
        let text = say!("`{key}` 按整天计，时刻 {} 不起作用", "`{key}` is a whole day; the time {} is passed over", m.clock());
        let hint =
            say!("只写日期；要到时刻才公布的，写在 published_at", "write the day alone; what must not be public before its minute has it in published_at");
        f.report(field, Diagnostic::new("SRC041", Severity::Warn, text).hint(hint));
    }
    Some(m.date)
}

/// `2021/notice` under `policies:` means `policies/2021/notice`; a path with a type's folder means itself.
pub(super) fn reference(text: &str, folder: &str, types: &Types) -> Arc<str> {
    let text = text.trim().trim_matches('/').trim_end_matches(".md").trim_end_matches("/dataset.yaml");
    if folder.is_empty() || types.of_path(text).is_some() { text.into() } else { format!("{folder}/{text}").into() }
}

/// The items that a field names; its kind says in which folder a path without one lies.
pub(super) fn references(f: &mut Fields<'_, '_>, field: &'static Field, known: &Known<'_>) -> Vec<Arc<str>> {
    debug_assert!(matches!(field.kind, FieldKind::List(FieldKind::Item([_, ..]))), "{} names no items of a folder", field.key);
    let folder = match &field.kind {
        FieldKind::List(FieldKind::Item(folders)) => folders.first().copied().unwrap_or(""),
        _ => "",
    };
    f.list(field).iter().map(|(t, _)| reference(t, folder, &known.config.types)).collect()
}

/// The departments that a field names.
pub(super) fn department_list(f: &mut Fields<'_, '_>, field: &'static Field, known: &Known<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    for (text, node) in f.list(field) {
        match known.departments.named(text) {
            Some(i) if out.contains(&i) => {}
            Some(i) => out.push(i),
            None if !known.read.0 => {}
            None => {
                let several = several(text, known, field.key, f.node(field).is_some_and(|n| n.text().is_some()));
                f.report_at(node.start, node.end, several.unwrap_or_else(|| known.departments.unknown(text)));
            }
        }
    }
    out
}

/// Names of several departments with a Chinese comma between them, which is none of YAML.
fn several(text: &str, known: &Known<'_>, key: &str, alone: bool) -> Option<Diagnostic> {
    let sign = text.chars().find(|c| matches!(c, '、' | '，' | '；'))?;
    let names: Vec<&str> = text.split(['、', '，', '；']).map(str::trim).filter(|t| !t.is_empty()).collect();
    if names.len() < 2 || !names.iter().any(|n| known.departments.named(n).is_some()) {
        return None;
    }
    let what = say!("`{key}` 里的 `{sign}` 不分隔，`{text}` 成了一个部门", "`{sign}` divides nothing in `{key}`: `{text}` is one department");
    let list = names.join(", ");
    // Inside brackets the comma is told of already.
    Some(Diagnostic::new(if alone { "SRC020" } else { "SRC011" }, Severity::Error, what).hint(if alone {
        say!("应写作 `{key}: [{list}]`", "write `{key}: [{list}]`")
    } else {
        say!("分成几项：`{list}`", "make entries of it: `{list}`")
    }))
}

/// The themes that a field names.
pub(super) fn theme_list(f: &mut Fields<'_, '_>, field: &'static Field, known: &Known<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    for (text, node) in f.list(field) {
        match known.theme_index.get(&text.replace('\\', "/")) {
            Some(i) if out.contains(i) => {}
            Some(i) => out.push(*i),
            None if !known.read.1 => {}
            None => f.report_at(node.start, node.end, unknown_theme(text, known)),
        }
    }
    debug_assert!(out.iter().all(|i| *i < known.themes.len()));
    out
}

/// A theme that the vocabulary does not have.
pub(super) fn unknown_theme(text: &str, known: &Known<'_>) -> Diagnostic {
    let themes = known.themes;
    // The author wrote what the national list has, and a themes.yaml stands in its place.
    if let (Some(path), Some(line)) = (known.own_themes.as_deref(), super::vocabularies::national_line(text)) {
        let what = say!(
            "有了 {path}，国家主题分类就不算数，里面没有 `{text}`",
            "with {path} the national classification of themes does not count, and it has no `{text}`"
        );
        return Diagnostic::new("SRC011", Severity::Error, what).hint(say!(
            "改用 {path} 里的主题；两种都要，在 {path} 里也写上 `{line}`；只用国家分类，删去 {path}",
            "name a theme of {path}; to have both, write `{line}` into {path} too; to have the national one alone, delete {path}"
        ));
    }
    Diagnostic::new("SRC011", Severity::Error, say!("主题词表里没有 `{text}`，或不止一个", "the vocabulary of themes has no `{text}`, or more than one")).hint(
        match super::vocabularies::near_theme(text, themes) {
            Some(n) => say!("是不是 `{n}`？自定词表放在 themes.yaml", "did you mean `{n}`? Put terms of your own in themes.yaml"),
            None => say!(
                "写全路径（综合政务/政务公开）或代码；自定词表放在 themes.yaml",
                "write the whole path (综合政务/政务公开) or the code; put terms of your own in themes.yaml"
            ),
        },
    )
}

/// A word of a table, or its code.
pub(super) fn word(f: &mut Fields<'_, '_>, field: &'static Field, table: &'static [(&'static str, &'static str)]) -> Option<&'static str> {
    let text = f.text(field)?;
    vocab::code(table, text).or_else(|| {
        // Goes through the choice reader for its finding and its list of words.
        f.choice(field, table)
    })
}
