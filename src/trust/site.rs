//! From the public portal to what is signed: documents as the log sees them, and the files that a build adds last.

use super::log::{Document, Kept, Unit, planned};
use super::manifest::{File, Manifest, sha256};
use super::note::{Key, Note};
use super::{MANIFEST, NOTE};
use crate::load::{Kind, Node};
use crate::model::{Item, Public};
use crate::output::{Facts, hex};
use crate::route::{MARKER, Routes, Target};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What a build signs with, and what it goes on with.
#[derive(Debug)]
pub struct Seal {
    /// The key.
    pub key: Key,
    /// The key before it, where it is at hand: it signs as well, for those who know it alone.
    pub earlier: Option<Key>,
    /// The previous site's log; empty where this build begins one.
    pub kept: Kept,
    /// The commit that is built, and whether files differ from it.
    pub revision: Option<(String, bool)>,
}

impl Seal {
    /// The note of a text, with the signatures of the key and of the one before it.
    pub fn sign(&self, text: &str) -> String {
        let own = self.key.sign(text);
        let earlier = self.earlier.as_ref().filter(|k| k.verifier() != self.key.verifier());
        let joined = earlier.and_then(|k| {
            let mut note = Note::parse(own.as_bytes())?;
            note.join(&Note::parse(k.sign(text).as_bytes())?).then(|| note.text())
        });
        joined.unwrap_or(own)
    }
}

/// The documents of a build with their places in the log.
#[derive(Debug)]
pub struct Record {
    documents: Vec<Document>,
    gone: Vec<String>,
    /// By item, the place of its document.
    places: Vec<Option<u32>>,
}

impl Record {
    /// Takes the documents. `facts` knows the hashes of files that items name.
    pub fn new(seal: &Seal, public: &Public, routes: &Routes, facts: &[Facts]) -> Record {
        let (mut units, mut places) = (Vec::new(), Vec::new());
        for (i, item) in public.items.iter().enumerate() {
            let page = routes.item(0, i as u32, item);
            places.push(page.map(|_| units.len() as u32));
            units.extend(page.map(|p| Unit { key: item.id.to_string(), url: below(&p.url, routes), content: content(item, public, routes, facts) }));
        }
        let (documents, gone) = planned(&seal.kept, &seal.key, &units, public.as_of);
        Record { documents, gone, places }
    }

    /// The document of an item.
    pub fn of(&self, item: u32) -> Option<&Document> {
        self.documents.get(self.places.get(item as usize).copied().flatten()? as usize)
    }

    /// How many are public, came out, changed, went.
    pub fn counts(&self) -> [usize; 4] {
        let fresh = |event| self.documents.iter().filter(|d| d.fresh && d.history.last().is_some_and(|h| h.event == event)).count();
        [self.documents.len(), fresh(super::Event::Publish), fresh(super::Event::Change), self.gone.len()]
    }
}

fn below(url: &str, routes: &Routes) -> String {
    url.strip_prefix(routes.base_path()).unwrap_or(url).to_string()
}

/// Fields of an item that are no part of what is published.
const INSIDE: &[&str] = &["review", "allow_personal", "extra", "draft", "slug", "aliases"];

/// What the authors of an item wrote, as far as it is published, in a form that is always the same: its declared fields, its
/// texts, and the hashes of the files that it names.
fn content(item: &Item, public: &Public, routes: &Routes, facts: &[Facts]) -> [u8; 32] {
    let mut out = Sha256::new();
    let mut put = |key: &str, value: &str| {
        out.update(key);
        out.update([0]);
        out.update((value.len() as u64).to_be_bytes());
        out.update(value);
    };
    put("kind", item.kind.id);
    for e in item.written() {
        put("language", &public.languages[e.lang].tag);
        put("title", &e.title);
        put("summary", e.summary.as_deref().unwrap_or(""));
        if let Some(Node { kind: Kind::Map(pairs), .. }) = e.doc.front.as_deref() {
            let mut fields: Vec<(&str, String)> = Vec::new();
            for (key, value) in pairs {
                let declared = key.text().and_then(|k| item.kind.record.field(k)).filter(|f| !INSIDE.contains(&f.key));
                fields.extend(declared.map(|f| (f.key, plain(value))));
            }
            fields.sort();
            fields.iter().for_each(|(k, v)| put(k, v));
        }
        put("text", &shown(&e.doc.source.text[e.doc.body.clone()]));
    }
    for day in [item.published.map(|m| m.date), item.formed, item.effective, item.expires].into_iter().flatten() {
        put("day", &day.to_string());
    }
    let keys: BTreeSet<String> = item.files().map(|f| f.into_owned()).chain(item.named().map(|f| f.to_string())).collect();
    for key in keys {
        if let Some(i) = routes.index(0, &Target::Blob(key.as_str().into())) {
            put(&routes.entries[i as usize].path, &hex(&facts[i as usize].hash));
        }
    }
    out.finalize().into()
}

/// A value with its keys, without the way it was written.
fn plain(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "~".to_string(),
        Kind::Text(t) => format!("{}:{t}", t.len()),
        Kind::List(all) => format!("[{}]", all.iter().map(plain).collect::<Vec<_>>().join(",")),
        Kind::Map(pairs) => {
            let shown = pairs.iter().filter(|(k, _)| !k.text().is_some_and(|k| INSIDE.contains(&k)));
            format!("{{{}}}", shown.map(|(k, v)| format!("{}={}", plain(k), plain(v))).collect::<Vec<_>>().join(","))
        }
    }
}

/// A text without its comments, which nobody sees, and with one kind of line breaks.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, r)| r);
    }
    out.push_str(rest);
    out.replace("\r\n", "\n")
}

/// The text of the mark that a build leaves in its folder.
pub const MARK: &str = concat!("made by clerestory ", env!("CARGO_PKG_VERSION"), "; the files of this folder are listed in manifest.sha256\n");

/// Files that a signed build adds when all others stand: `manifest.json`, its note, the log, `manifest.sha256`.
pub fn sealed(seal: &Seal, record: &Record, (base_url, public, routes): (&str, &Public, &Routes), facts: &[Facts]) -> Vec<(String, Vec<u8>)> {
    let hash_of = |i: u32| hex(&facts[i as usize].hash);
    let mut files: Vec<File> = Vec::with_capacity(routes.entries.len());
    for (e, f) in routes.entries.iter().zip(facts).filter(|(e, _)| !last(&e.target)) {
        files.push(File { path: e.path.clone(), size: f.len, sha256: hex(&f.hash) });
    }
    files.push(File { path: MARKER.to_string(), size: MARK.len() as u64, sha256: sha256(MARK.as_bytes()) });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut by_place: BTreeMap<u32, u32> = BTreeMap::new();
    for (i, place) in record.places.iter().enumerate() {
        by_place.extend(place.map(|p| (p, i as u32)));
    }
    let pages = |place: usize| -> Vec<(String, String)> {
        let Some(item) = by_place.get(&(place as u32)) else { return Vec::new() };
        let of = |lang| routes.index(lang, &Target::Item(*item));
        (0..public.languages.len()).filter_map(of).map(|i| (routes.entries[i as usize].path.clone(), hash_of(i))).collect()
    };
    let entries = seal.kept.extended((&record.documents, &record.gone), pages, public.as_of);
    let mut documents: Vec<super::Listed> = record.documents.iter().map(|d| d.listed.clone()).collect();
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let manifest = Manifest {
        format: Manifest::FORMAT.into(),
        site: base_url.to_string(),
        origin: seal.key.name().into(),
        key: seal.key.verifier().text(),
        generator: concat!("clerestory ", env!("CARGO_PKG_VERSION")).into(),
        as_of: public.as_of.to_string(),
        revision: seal.revision.as_ref().map(|(r, _)| r.clone()),
        modified: seal.revision.as_ref().is_some_and(|(_, m)| *m),
        form_of: None,
        documents,
        files,
    };
    let text = manifest.text();
    let mut out = seal.kept.sealed(entries, &text, seal, public.as_of);
    let sums = sums(&manifest, &text, seal, &out);
    out.push((NOTE.to_string(), Manifest::signed(&text, seal).into_bytes()));
    out.push((MANIFEST.to_string(), text.into_bytes()));
    out.push(("manifest.sha256".to_string(), sums));
    out
}

/// Made after everything else, from what the others are.
pub fn last(target: &Target) -> bool {
    matches!(target, Target::Manifest | Target::Seal(_))
}

/// The list in the form of `sha256sum`, with what stands beside the manifest.
fn sums(manifest: &Manifest, text: &str, seal: &Seal, log: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut lines: Vec<(&str, String)> = manifest.files.iter().filter(|f| f.path != MARKER).map(|f| (f.path.as_str(), f.sha256.clone())).collect();
    lines.extend(log.iter().map(|(p, b)| (p.as_str(), sha256(b))));
    lines.push((MANIFEST, sha256(text.as_bytes())));
    lines.push((NOTE, sha256(Manifest::signed(text, seal).as_bytes())));
    lines.sort();
    lines.iter().map(|(p, h)| format!("{h}  {p}\n")).collect::<String>().into_bytes()
}

/// The manifest of another form of the same site: other bytes for some of its files, signed, and bound to the one in the log.
pub fn other_form(
    manifest: &Manifest,
    text: &str,
    changed: &BTreeMap<String, (u64, String)>,
    seal: &Seal,
    log: &[(String, Vec<u8>)],
) -> Vec<(String, Vec<u8>)> {
    let mut other = manifest.clone();
    other.form_of = Some(sha256(text.as_bytes()));
    for f in &mut other.files {
        if let Some((size, hash)) = changed.get(&f.path) {
            (f.size, f.sha256) = (*size, hash.clone());
        }
    }
    let text = other.text();
    let sums = sums(&other, &text, seal, log);
    vec![(NOTE.to_string(), Manifest::signed(&text, seal).into_bytes()), (MANIFEST.to_string(), text.into_bytes()), ("manifest.sha256".to_string(), sums)]
}
