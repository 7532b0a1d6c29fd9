//! Data files that a catalogue names by their addresses: which of them can be fetched along (`--files`), and what becomes of those
//! that were. This part decides; it does not go to the network.

use super::mirror::disguised;
use super::names::{file_name, free_name, segment};
use super::reader::odd;
use super::{Asked, Brought, Draft, Value, withdrawn};
use crate::diag::{Diagnostic, Text, say};
use crate::schema::resource as rs;
use crate::types::dataset as ds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Formats that are files; the others are pages, services and unknown.
static FORMATS: &[&str] = &[
    "csv", "tsv", "txt", "json", "jsonl", "ndjson", "geojson", "xml", "kml", "kmz", "gml", "rdf", "ttl", "nt", "jsonld", "xlsx", "xlsm", "xls", "ods", "zip",
    "gz", "parquet", "gpkg", "shp", "pdf", "docx", "doc", "odt", "gtfs", "dbf", "topojson", "ics", "png", "jpg", "tif", "las", "laz", "nc",
];

/// What is kept of a file that was fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The item in the source.
    pub item: String,
    /// The address it came from.
    pub url: String,
    /// Its name below the folder of the item.
    pub path: String,
    /// SHA-256 as it came.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
    /// What the server called this state of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
    /// When it changed there, as the server said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub modified: String,
}

/// All files that an import fetched along.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// By item and address.
    pub files: Vec<Kept>,
}

/// Where that is kept, below the project.
pub fn record(name: &str) -> String {
    format!(".clerestory/import/{name}.files.json")
}

impl Files {
    /// Reads a record; one that cannot be read is none.
    pub fn read(bytes: &[u8]) -> Files {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The record, for people to look at.
    pub fn text(&mut self) -> String {
        self.files.sort_by(|a, b| (&a.item, &a.url).cmp(&(&b.item, &b.url)));
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What is known of a file.
    pub fn get(&self, want: &Want) -> Option<&Kept> {
        self.files.iter().find(|k| k.item == want.item && k.url == want.url)
    }

    /// Remembers one.
    pub fn put(&mut self, kept: Kept) {
        self.files.retain(|k| k.item != kept.item || k.url != kept.url);
        self.files.push(kept);
    }
}

/// A file that can be fetched.
#[derive(Debug, Clone)]
pub struct Want {
    draft: usize,
    resource: usize,
    /// The item in the source.
    pub item: String,
    /// Its address.
    pub url: String,
    /// What it should be: a format in small letters.
    pub promised: String,
    name: String,
}

/// All files of a source that can be fetched, and how many resources are pages, services or unknown. What is not public in the
/// source, and what was withdrawn here, is not asked for; what was withdrawn leaves the record too.
pub fn wants(brought: &Brought, asked: &Asked<'_>, known: &mut Files) -> (Vec<Want>, usize) {
    let gone = withdrawn::known(&asked.config.root);
    let (mut out, mut other) = (Vec::new(), 0);
    for (i, d) in brought.drafts.iter().enumerate().filter(|(_, d)| d.kind.id == ds::TYPE.id) {
        let (key, wish) = (format!("{}:{}", d.kind.id, d.key), format!("{}/{}", d.kind.folder, segment(&d.name)));
        if withdrawn::is(&gone, &key, &wish, d) {
            known.files.retain(|k| k.item != d.key);
            continue;
        }
        let open = d.get(&ds::ACCESS_RIGHTS).is_none_or(|a| *a == Value::text("open"));
        if d.get(&crate::schema::item::DRAFT).is_some() || !open {
            continue;
        }
        let Some(Value::List(all)) = d.get(&ds::RESOURCES) else { continue };
        for (n, r) in all.iter().enumerate() {
            let Value::Map(pairs) = r else { continue };
            let get =
                |k: &str| pairs.iter().find(|(p, _)| p == k).and_then(|(_, v)| if let Value::Text(t) = v { Some(t.as_str()) } else { None }).unwrap_or("");
            let url = get(rs::URL.key);
            if url.is_empty() || !get(rs::PATH.key).is_empty() {
                continue;
            }
            let end = url.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
            let ending = end.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
            let format = get(rs::FORMAT.key).to_ascii_lowercase();
            let promised = if FORMATS.contains(&&*ending) { ending } else { format };
            if !FORMATS.contains(&&*promised) || !url.starts_with("http") {
                other += 1;
                continue;
            }
            let (draft, resource, item) = (i, n, d.key.clone());
            out.push(Want { draft, resource, item, url: url.to_string(), promised, name: get(rs::NAME.key).to_string() });
        }
    }
    (out, other)
}

/// What a file is, where it is not what was promised. `head` is its beginning.
pub fn broken_promise(want: &Want, head: &[u8]) -> Option<Text> {
    let promised = want.promised.to_uppercase();
    if head.is_empty() {
        return Some(say!("是空文件", "it is empty"));
    }
    match disguised(&want.promised, head)? {
        "?" => Some(say!("内容不是 {promised}", "it is not {promised}")),
        "HTML" => Some(say!("给出的是网页，不是 {promised}", "it gives a web page, not {promised}")),
        other => Some(say!("内容是 {other}，不是 {promised}", "it is {other}, not {promised}")),
    }
}

/// A name for a file beside the item that no other of it has: the one it has already, the one the server gives it, the end of its
/// address, the name of its resource.
pub fn name_for(want: &Want, given: &str, known: &Files) -> String {
    if let Some(k) = known.get(want) {
        return k.path.clone();
    }
    let end = want.url.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
    let end = percent_encoding::percent_decode_str(end).decode_utf8_lossy().into_owned();
    let ends = |n: &str| n.rsplit_once('.').is_some_and(|(s, e)| !s.is_empty() && FORMATS.contains(&&*e.to_ascii_lowercase()));
    let raw = [given.rsplit(['/', '\\']).next().unwrap_or(""), &end]
        .into_iter()
        .find(|n| ends(n))
        .map_or_else(|| format!("{}.{}", want.name, want.promised), String::from);
    let taken: BTreeSet<String> = known.files.iter().filter(|k| k.item == want.item).map(|k| k.path.to_lowercase()).chain(["dataset.yaml".into()]).collect();
    free_name(&file_name(&raw), &|n| taken.contains(&n.to_lowercase()))
}

/// Gives a resource the file that was fetched; its address stays beside it. `from` is where the file lies, where it is new.
pub fn take(brought: &mut Brought, want: &Want, kept: &Kept, from: Option<PathBuf>) {
    let Some(d) = brought.drafts.get_mut(want.draft) else { return };
    let Some((_, Value::List(all))) = d.fields.iter_mut().find(|(f, _)| f.key == ds::RESOURCES.key) else { return };
    if let Some(Value::Map(pairs)) = all.get_mut(want.resource) {
        let at = pairs.iter().position(|(k, _)| k == rs::URL.key).unwrap_or(pairs.len());
        pairs.insert(at, (rs::PATH.key.to_string(), Value::text(kept.path.clone())));
    }
    let hash = kept.sha256.get(..16).unwrap_or("").to_string();
    d.fetched.push((kept.path.clone(), hash, from));
}

/// The finding about a file that was not fetched.
pub fn not_fetched(brought: &Brought, want: &Want, why: &Text) -> Option<Diagnostic> {
    let d: &Draft = brought.drafts.get(want.draft)?;
    let (url, zh, en) = (&want.url, &why.zh, &why.en);
    Some(odd(
        d.at.clone(),
        say!("{url} 没有取来：{zh}", "{url} was not fetched: {en}"),
        say!("资源仍指向原地址；改正后再用 --files 导入一次", "the resource leads to its address as before; correct it and import with --files again"),
    ))
}
