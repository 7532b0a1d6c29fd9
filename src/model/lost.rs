//! Items that cannot be read, and the files that belong to them as far as their texts tell.

use super::kept::{below, beside};
use super::public::content_file;
use crate::config::{Config, language_index};
use crate::load::Sources;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Largest file that is looked at.
const MOST: u64 = 16 << 20;

/// Ids of the items whose files cannot be read.
pub(super) fn ids(sources: &Sources, config: &Config) -> BTreeSet<String> {
    let broken = sources.docs.iter().filter(|(_, d)| d.problems.iter().any(|p| p.blocks)).map(|(k, _)| &**k);
    failed(sources, config).map(|(key, _)| key).chain(broken).map(|key| id(key, config)).collect()
}

/// Ids of those whose text nobody could look at. A folder has none.
pub(super) fn unseen(sources: &Sources, config: &Config) -> BTreeSet<String> {
    let dark = |path: &str| {
        let disk = config.root.join(path);
        !disk.is_dir() && crate::load::read_bytes(&disk).map_or(true, |b| b.len() as u64 > MOST)
    };
    failed(sources, config).filter(|(_, path)| dark(path)).map(|(key, _)| id(key, config)).collect()
}

/// Files that could not be read at all: their paths below the content folder, and from the project.
fn failed<'a>(sources: &'a Sources, config: &'a Config) -> impl Iterator<Item = (&'a str, &'a str)> {
    sources.found.iter().filter(|d| d.blocks).filter_map(|d| {
        let path = d.path();
        Some((config.content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/'))?, path))
    })
}

fn id(key: &str, config: &Config) -> String {
    let stem = stem(key, config);
    let inside = config.types.iter().filter_map(|k| k.inside).find_map(|file| stem.strip_suffix(file)?.strip_suffix('/'));
    inside.unwrap_or(stem).to_string()
}

fn stem<'k>(key: &'k str, config: &Config) -> &'k str {
    let stem = key.rsplit_once('.').map_or(key, |(s, _)| s);
    stem.rsplit_once('.').filter(|(_, tag)| language_index(&config.languages, tag).is_some()).map_or(stem, |(s, _)| s)
}

/// The files that belong to items which cannot be read, each with the id of the item: those in a folder of its own, and those
/// whose names stand in its text.
pub(super) fn files(sources: &Sources, config: &Config) -> Vec<(String, Arc<str>)> {
    let mut out = Vec::new();
    if sources.blobs.is_empty() {
        return out;
    }
    let broken = sources.docs.iter().filter(|(_, d)| d.problems.iter().any(|p| p.blocks));
    for (key, doc) in broken {
        named(key, &doc.source.text, sources, config, &mut out);
    }
    for (key, path) in failed(sources, config).filter(|(k, _)| [".md", ".markdown", ".yaml", ".yml"].iter().any(|e| k.ends_with(e))) {
        let disk = config.root.join(path);
        let small = (1..=MOST).contains(&crate::load::seen(&disk).0);
        let bytes = if small { crate::load::read_bytes(&disk).unwrap_or_default() } else { Vec::new() };
        let text = match std::str::from_utf8(&bytes) {
            Ok(t) => Cow::Borrowed(t),
            Err(_) => encoding_rs::GB18030.decode(&bytes).0,
        };
        named(key, &text, sources, config, &mut out);
    }
    out
}

fn named(key: &str, text: &str, sources: &Sources, config: &Config, out: &mut Vec<(String, Arc<str>)>) {
    let (id, base) = (id(key, config), stem(key, config));
    let own = base.strip_suffix("/index").or_else(|| (base != id).then_some(&*id));
    let near = beside(base);
    let from: Arc<str> = if near.is_empty() { "".into() } else { format!("{near}/").into() };
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
    for (file, _) in sources.blobs.range(from..).take_while(|(k, _)| below(k, near)) {
        let name = file.rsplit('/').next().unwrap_or(file);
        if own.is_some_and(|d| below(file, d)) || text.contains(name) || decoded.contains(name) {
            out.push((id.clone(), file.clone()));
        }
    }
    // From another place by its path.
    let ends = |c: char| c.is_whitespace() || "\"'()[]{}<>,|，（）".contains(c);
    for word in text.split(ends).filter(|w| w.contains('/') && w.contains('.') && w.len() < 1000) {
        let file = content_file(base, word, |k| sources.blobs.contains_key(k));
        out.extend(file.and_then(|f| sources.blobs.get_key_value(f.as_str())).map(|(k, _)| (id.clone(), k.clone())));
    }
}
