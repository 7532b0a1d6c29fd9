//! Files while they are made: producers, sinks, and the facts kept of each file.

use crate::diag::Diagnostic;
use crate::route::Routes;
use rustc_hash::FxHashSet;
use std::path::PathBuf;

/// Who can make one file. Nothing is made yet.
#[derive(Debug, Clone, Copy)]
pub struct Producer {
    /// Index into [`Routes::entries`].
    pub entry: u32,
    /// Wave, 1 to 4.
    pub wave: u8,
    /// Rough cost; the costliest of a wave start first.
    pub cost: u32,
}

/// What a maker made.
#[derive(Debug)]
pub enum Made {
    /// Bytes of a page or another small file.
    Bytes(Vec<u8>),
    /// A copy of a source file, streamed.
    Copy(PathBuf),
}

/// What is kept of a finished file; the file itself is not.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Index into [`Routes::entries`].
    pub entry: u32,
    /// Length in bytes.
    pub len: u64,
    /// SHA-256.
    pub hash: [u8; 32],
    /// Files it links to: indexes into [`Routes::entries`], without doubles.
    pub links: Vec<u32>,
    /// Links to a place in a page: entry and hash of the anchor.
    pub places: Vec<(u32, u64)>,
    /// Links inside the site that lead nowhere.
    pub dead: Vec<String>,
    /// Hashes of the anchors it has.
    pub anchors: Vec<u64>,
    /// It loads something from another host.
    pub foreign: Vec<String>,
}

/// Result of a maker.
pub type MakeResult = Result<Made, Box<Diagnostic>>;

/// Takes the facts of an HTML page by one scan over its bytes. The page is our
/// own and well-formed: attributes are double-quoted, text has no `"` beside `=`.
///
/// Header and footer are the same on all pages: only the home and error pages
/// (`whole`) are read with them, the others between `<main` and `</main>`.
pub fn scan(html: &[u8], whole: bool, me: u32, routes: &Routes, facts: &mut Facts) {
    let from = if whole { None } else { memchr::memmem::find(html, b"<main") };
    let to = from.and_then(|_| memchr::memmem::rfind(html, b"</main>"));
    let html = &html[from.unwrap_or(0)..to.unwrap_or(html.len())];
    let mut links: FxHashSet<u32> = FxHashSet::default();
    let finder = memchr::memmem::Finder::new(b"=\"");
    let mut at = 0;
    while let Some(q) = finder.find(&html[at..]) {
        let eq = at + q;
        let start = eq + 2;
        let Some(end) = memchr::memchr(b'"', &html[start..]).map(|e| start + e) else { break };
        at = end + 1;
        let name_from = html[..eq].iter().rposition(|b| !b.is_ascii_alphanumeric() && *b != b'-').map_or(0, |i| i + 1);
        let name = &html[name_from..eq];
        let load = matches!(name, b"src" | b"srcset" | b"data" | b"poster");
        if name == b"id" {
            facts.anchors.push(anchor_hash(&html[start..end]));
            continue;
        }
        if name != b"href" && !load {
            continue;
        }
        let Ok(value) = std::str::from_utf8(&html[start..end]) else { continue };
        let value = unescape(value);
        target(&value, load, me, routes, &mut links, facts);
    }
    facts.links = links.into_iter().collect();
    facts.links.sort_unstable();
    facts.places.sort_unstable();
    facts.places.dedup();
    facts.anchors.sort_unstable();
}

fn target(value: &str, load: bool, me: u32, routes: &Routes, links: &mut FxHashSet<u32>, facts: &mut Facts) {
    if let Some(anchor) = value.strip_prefix('#') {
        if !anchor.is_empty() {
            facts.places.push((me, anchor_hash(decode(anchor).as_bytes())));
        }
        return;
    }
    if !value.starts_with('/') || value.starts_with("//") {
        if load && crate::load::markdown::scheme(value).is_none_or(|s| s != "data") {
            facts.foreign.push(value.to_string());
        }
        return;
    }
    let (path, anchor) = value.split_once('#').unwrap_or((value, ""));
    let path = path.split('?').next().unwrap_or(path);
    match routes.resolve(path) {
        Some(i) => {
            links.insert(i);
            if !anchor.is_empty() {
                facts.places.push((i, anchor_hash(decode(anchor).as_bytes())));
            }
        }
        None => facts.dead.push(value.to_string()),
    }
}

/// A hash of an anchor that is the same in every run.
pub fn anchor_hash(anchor: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut h = rustc_hash::FxHasher::default();
    h.write(anchor);
    h.finish()
}

fn unescape(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('&') {
        text.replace("&#x2F;", "/")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .into()
    } else {
        text.into()
    }
}

/// Percent-decodes an anchor.
fn decode(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let b = text.as_bytes();
    let mut out = Vec::with_capacity(b.len());
    let mut i = 0;
    while i < b.len() {
        match (b[i], b.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(v)) => {
                out.push(v);
                i += 3;
            }
            (c, _) => {
                out.push(c);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned().into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        for n in [b >> 4, b & 15] {
            out.push(char::from(if n < 10 { b'0' + n } else { b'a' + n - 10 }));
        }
    }
    out
}
