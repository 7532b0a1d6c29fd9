//! What the file of a folder says of all that lies below it: `_index.md` of Hugo, `_metadata.yml` of Quarto and the like.

use super::holds::{Hold, Until, hold};
use super::node::{Kind, Node};
use super::{Doc, Sources};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// By which a folder's file keeps back what lies below it.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// Path of the file, for findings.
    pub path: Arc<str>,
    /// All below are drafts, by this field; none where the file's head cannot be read.
    pub draft: Option<Option<Box<str>>>,
    /// They come out on this day.
    pub until: Until,
    /// Where the file says it.
    pub at: (usize, usize),
}

/// The folders whose file keeps something back, by their path below the content folder; `""` is all.
pub fn sections(sources: &Sources, folders: &[String], tz: &TimeZone) -> BTreeMap<String, Handed> {
    let mut out = BTreeMap::new();
    let mut add = |key: &str, section: Handed| {
        if section.draft.is_some() || !section.until.is_empty() {
            out.insert(key.rsplit_once('/').map_or(String::new(), |(d, _)| d.to_string()), section);
        }
    };
    for (key, doc) in sources.docs.iter().filter(|(k, _)| index(k)) {
        add(key, of_doc(doc, tz));
    }
    // `_column.yaml` is read by fields, and what it does not know holds the build.
    for (key, yaml) in sources.yamls.iter().filter(|(k, _)| name(k).starts_with('_') && name(k) != "_column.yaml") {
        let found = yaml.node.as_ref().map(|n| of_node(n, tz)).unwrap_or_default();
        add(key, Handed { path: yaml.source.path.clone(), ..found });
    }
    for d in sources.found.iter().filter(|d| d.blocks && index(d.path())) {
        if let Some(key) = folders.iter().find_map(|c| d.path().strip_prefix(c.as_str())?.strip_prefix('/')) {
            add(key, Handed { path: d.path().into(), draft: Some(None), ..Handed::default() });
        }
    }
    out
}

fn name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// `_index.md`, `_index.en.md`.
fn index(key: &str) -> bool {
    name(key).strip_prefix("_index").is_some_and(|r| r.starts_with('.') && r.ends_with(".md"))
}

fn of_doc(doc: &Doc, tz: &TimeZone) -> Handed {
    let path = doc.source.path.clone();
    if doc.front.is_none() && doc.problems.iter().any(|p| p.blocks) {
        return Handed { path, draft: Some(None), ..Handed::default() };
    }
    let found = doc.front.as_ref().map(|n| of_node(n, tz)).unwrap_or_default();
    Handed { path, ..found }
}

fn of_node(node: &Node, tz: &TimeZone) -> Handed {
    let mut out = Handed::default();
    collect(node, tz, &mut out, 0);
    out
}

fn collect(node: &Node, tz: &TimeZone, out: &mut Handed, depth: usize) {
    let pairs = match &node.kind {
        Kind::Map(pairs) => pairs,
        // Hugo's cascade may be a list, each with its target.
        Kind::List(all) if depth > 0 => return all.iter().take(100).for_each(|n| collect(n, tz, out, depth)),
        _ => return,
    };
    for (k, v) in pairs {
        let Some(key) = k.text() else { continue };
        if key.eq_ignore_ascii_case("cascade") || key == "params" && depth > 0 {
            if depth < 3 {
                collect(v, tz, out, depth + 1);
            }
            continue;
        }
        match hold(key, v, key == "published_at", tz) {
            // `render: never` of a section is its own page's, not that of those below.
            Some(Hold::Back | Hold::Unread) if depth > 0 || matches!(key, "draft" | "草稿" | "published" | "private" | "status") => {
                out.draft.get_or_insert_with(|| {
                    out.at = (k.start as usize, v.end as usize);
                    Some(key.into())
                });
            }
            // A day of the section is that of its items where they name none.
            Some(Hold::Until(_, m)) => {
                out.until.add(false, m);
                if out.draft.is_none() {
                    out.at = (k.start as usize, v.end as usize);
                }
            }
            _ => {}
        }
    }
}
