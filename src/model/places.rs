//! Where files belong: what lies in no folder of a type, under another name than that of a vocabulary, or in the folder of another type.

use super::*;
use crate::diag::{Diagnostic, Severity, Span, say};
use crate::load::{Doc, Node};
use crate::types::{self, Types};

/// YAML files at the top of a content folder.
pub(super) static VOCABULARIES: &[&str] = &["departments.yaml", "themes.yaml", "glossary.yaml", "synonyms.yaml", "alerts.yaml"];

/// Other names that people give to the folders of types, and to vocabularies.
static NAMES: &[(&str, &str)] = &[
    ("policy", "policies"),
    ("政策", "policies"),
    ("政策文件", "policies"),
    ("文件", "policies"),
    ("interpretation", "interpretations"),
    ("解读", "interpretations"),
    ("政策解读", "interpretations"),
    ("data", "datasets"),
    ("数据", "datasets"),
    ("数据集", "datasets"),
    ("post", "news"),
    ("posts", "news"),
    ("blog", "news"),
    ("articles", "news"),
    ("新闻", "news"),
    ("动态", "news"),
    ("专题", "topics"),
    ("页面", "pages"),
    ("organizations", "departments.yaml"),
    ("organisations", "departments.yaml"),
    ("部门", "departments.yaml"),
    ("机构", "departments.yaml"),
    ("主题", "themes.yaml"),
    ("categories", "themes.yaml"),
    ("名词", "glossary.yaml"),
    ("术语", "glossary.yaml"),
    ("glossaries", "glossary.yaml"),
    ("terms", "glossary.yaml"),
    ("同义词", "synonyms.yaml"),
    ("公告", "alerts.yaml"),
    ("提醒", "alerts.yaml"),
    ("栏目", "_column.yaml"),
];

/// A few letters off: `department`, `theme`, `_colum`.
fn like(name: &str, wanted: &str) -> bool {
    name == wanted || name.chars().count() > 3 && strsim::damerau_levenshtein(name, wanted) <= if wanted.len() > 7 { 2 } else { 1 }
}

fn other_name(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(n, _)| *n == name).map(|(_, w)| *w)
}

/// The vocabulary that a YAML file is meant to be, as a path below the content folder.
pub(super) fn vocabulary_meant(key: &str) -> Option<String> {
    let (folder, name) = key.rsplit_once('/').map_or(("", key), |(d, n)| (d, n));
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?.to_lowercase();
    let bare = stem.trim_matches(['_', '-', ' ']);
    let column = like(bare, "column") || other_name(bare) == Some("_column.yaml");
    let at_top = || VOCABULARIES.iter().find(|v| v.strip_suffix(".yaml").is_some_and(|w| like(bare, w))).copied();
    let meant = match folder {
        "" => at_top().or_else(|| other_name(bare).filter(|w| w.ends_with(".yaml") && !w.starts_with('_'))).map(String::from),
        _ if column => Some(format!("{folder}/_column.yaml")),
        // Below a folder of items a name alone says little: only the very name of a vocabulary.
        _ => VOCABULARIES.iter().find(|v| **v == name).map(|v| (*v).to_string()),
    };
    meant.filter(|m| m != key)
}

/// What is in no folder of a type: where it belongs, if its name tells.
pub(super) fn stray(key: &str, path: &str, types: &Types, there: &dyn Fn(&str) -> bool) -> Diagnostic {
    let d = |severity| {
        let text = say!("不在任何内容类型的目录里，未发布", "in no folder of a content type; not published");
        Diagnostic::new("SRC016", severity, text).at(Span::file(path))
    };
    let root = path.strip_suffix(key).unwrap_or("");
    if let Some(meant) = vocabulary_meant(key) {
        let text = say!("`{key}` 不是词汇表的名字，未读入", "`{key}` is the name of no vocabulary; not read");
        let hint = say!("是不是 `{meant}`？改名为 {root}{meant}", "did you mean `{meant}`? Rename it to {root}{meant}");
        return Diagnostic::new("SRC016", Severity::Error, text).at(Span::file(path)).hint(hint);
    }
    let first = key.split_once('/').map(|(f, _)| f);
    let bare = first.map(|f| f.trim_start_matches(['_', '.']).to_lowercase());
    let meant = bare.as_deref().and_then(|b| types.iter().map(|k| k.folder).find(|f| like(b, f)).or_else(|| other_name(b)));
    d(Severity::Warn).hint(match (first, meant) {
        (Some(f), Some(m)) if m.ends_with(".yaml") => {
            say!("`{f}/` 里的写进 {root}{m}", "what lies in `{f}/` goes into {root}{m}")
        }
        (Some(f), Some(m)) if there(m) => {
            say!("是不是 `{m}/`？把 `{f}/` 里的文件移到 {root}{m}/", "did you mean `{m}/`? Move the files of `{f}/` into {root}{m}/")
        }
        (Some(f), Some(m)) => say!("是不是 `{m}/`？把 `{f}/` 改名为 {root}{m}/", "did you mean `{m}/`? Rename `{f}/` to {root}{m}/"),
        _ if matches!(key, "site.yaml" | "site.yml") => {
            say!("site.yaml 放在项目的根目录，与 {root} 并列", "site.yaml lies in the root of the project, beside {root}")
        }
        _ if first.is_none() && key.ends_with(".md") => {
            say!(
                "单独的网页移到 {root}pages/ 之下；其他的移到它那一类的目录",
                "move a page of its own below {root}pages/, anything else into the folder of its type"
            )
        }
        _ => {
            let folders: Vec<String> = types.iter().map(|k| format!("{}/", k.folder)).collect();
            let (zh, en) = (folders.join("、"), folders.join(", "));
            say!("移到这些目录之一：{zh}", "move it below one of {en}")
        }
    })
}

/// A file of a type's folder that cannot be an item of it: a vocabulary, or the one file of a folder without its folder.
pub(super) fn misplaced(kind: Kind, key: &str, doc: &Doc, types: &Types) -> Option<Diagnostic> {
    let path = &doc.source.path;
    let yaml = key.ends_with(".yaml") || key.ends_with(".yml");
    if yaml && let Some(meant) = vocabulary_meant(key) {
        return Some(stray(key, path, types, &|_| false))
            .filter(|_| meant.ends_with("_column.yaml") || matches!(doc.front.as_ref().map(|f| &f.kind), Some(crate::load::Kind::List(_))));
    }
    let stem = key.rsplit_once('.').map_or(key, |(s, _)| s);
    let inside = kind.inside?;
    let own = &*format!("{}/{inside}", kind.folder);
    let (folder, name) = own.split_once('/')?;
    let root = path.strip_suffix(key).unwrap_or("");
    let ending = key.rsplit_once('.').map_or("", |(_, e)| e);
    let last = stem.rsplit('/').next().unwrap_or(stem);
    // `datasets/gdp/Dataset.yaml` would be a dataset of its own at another address.
    if yaml && stem.matches('/').count() > 1 && last != name && like(&last.to_lowercase(), name) {
        let right = format!("{name}.{ending}");
        let text = say!("`{last}.{ending}` 不是这里要的文件名，未读入", "`{last}.{ending}` is not the name wanted here; not read");
        let hint = say!("改名为 `{right}`（小写，没有 s）", "rename it to `{right}` (small letters, no s)");
        return Some(Diagnostic::new("SRC047", Severity::Error, text).at(Span::file(path)).hint(hint).blocking());
    }
    if stem != own {
        return None;
    }
    Some(
        Diagnostic::new(
            "SRC047",
            Severity::Error,
            say!("`{name}.{ending}` 直接放在了 {folder}/ 里，没有自己的目录", "`{name}.{ending}` lies in {folder}/ itself, without a folder of its own"),
        )
        .at(Span::file(path))
        .hint(say!(
            "建一个目录，连同它的文件移进去：{root}{folder}/名称/{name}.{ending}；目录名就是地址",
            "make a folder and move it there with its files: {root}{folder}/NAME/{name}.{ending}; the folder's name is its address"
        ))
        .blocking(),
    )
}

/// Items that lie in the folder of another type: most of the fields of one are unknown here and known there.
pub(super) fn elsewhere(kind: Kind, doc: &Doc, types: &Types) -> Option<Diagnostic> {
    let front = doc.front.as_ref()?;
    let crate::load::Kind::Map(pairs) = &front.kind else { return None };
    // What marks an item of another tool says nothing of its type.
    let known = |kind: Kind| {
        let record = kind.record;
        move |k: &Node| k.text().is_some_and(|k| record.field(k).is_some())
    };
    let here = known(kind);
    let strange: Vec<&Node> = pairs.iter().map(|(k, _)| k).filter(|k| !here(k)).collect();
    // Nothing in it is of a dataset's own: one field of another type is enough.
    let none = kind == types::DATASET && !pairs.iter().any(|(k, _)| k.text().is_some_and(|k| kind.record.fields.iter().any(|f| f.spellings().any(|s| s == k))));
    let enough = if none { 1 } else { 2 };
    if strange.len() < enough {
        return None;
    }
    let dated = pairs.iter().any(|(k, _)| k.text() == Some("published_at"));
    let most = types.iter().filter(|k| *k != kind).map(|k| (strange.iter().filter(|n| known(k)(n)).count(), k.folder, k));
    // What a dated text with no more than an issuer is, is rather news than a page.
    let (n, folder, other) = most.max_by_key(|(n, _, k)| (*n, dated && *k == types::NEWS))?;
    // Nearly all that is strange here is at home there.
    if n < enough || n * 4 < strange.len() * 3 {
        return None;
    }
    let names = crate::diag::few(strange.iter().filter(|k| known(other)(k)).filter_map(|k| k.text()).collect::<Vec<_>>().into_iter(), 3);
    let zh = names.replace(", ", "、");
    let (is, at, lies) = (other.record.label, kind.record.label, kind.folder);
    let (is_zh, is_en, at_zh, at_en) = (is.zh, is.en, at.zh, at.en);
    let first = strange.iter().find(|k| known(other)(k))?;
    Some(
        Diagnostic::new(
            "SRC047",
            Severity::Error,
            crate::diag::Text {
                zh: format!("看字段（{zh}）是“{is_zh}”，却放在“{at_zh}”的目录 {lies}/ 里，会按“{at_zh}”公布"),
                en: format!("by its fields ({names}) its type is “{is_en}”, but it lies in {lies}/ and is published as “{at_en}”"),
            },
        )
        .at(doc.source.span(first.start as usize, first.end as usize))
        .hint(say!("移到 {folder}/ 之下；没有放错，就删去这些字段", "move it below {folder}/; where it is in its place, delete these fields")),
    )
}
