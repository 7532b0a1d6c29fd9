//! Files while they are made: producers, sinks, and the facts kept of each file.

mod kinds;
mod sweep;

pub use kinds::kind_of;
pub use sweep::{Fault, KEY, RUN, Trace};

use crate::diag::Diagnostic;
use crate::route::Routes;
use std::borrow::Cow;
use std::io;
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
    /// A finished file that another run made, and what is to be known of it in later waves.
    Ready(PathBuf, Option<Box<str>>),
    /// This file and others that come of the same pass over a source, each written as it comes.
    Stream(Stream),
    /// This file, and others that come of the same items: its maker is asked again with a place to write to (`render::pour`), so
    /// that no file with the texts of all items is ever in memory.
    Poured,
}

/// The work of a [`Stream`].
type Pour = dyn FnOnce(&mut dyn Sink) -> io::Result<()> + Send;

/// Writes several files, each by the index of its entry.
pub struct Stream(pub Box<Pour>);

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stream")
    }
}

/// Where a [`Stream`] writes to. Several files may be open at once.
pub trait Sink {
    /// Begins a file.
    fn open(&mut self, entry: u32) -> io::Result<()>;
    /// Adds bytes to an open file.
    fn write(&mut self, entry: u32, bytes: &[u8]) -> io::Result<()>;
    /// Ends a file: its length and SHA-256.
    fn close(&mut self, entry: u32) -> io::Result<(u64, [u8; 32])>;

    /// What is to be known of a file in later waves: the schema of a table, or the number of its lines, as JSON; of a file that a
    /// later wave makes, what it is to tell.
    fn tell(&mut self, _entry: u32, _schema: String) {}

    /// Whether a file is wanted at all: what writes many passes over the others.
    fn wants(&self, _entry: u32) -> bool {
        true
    }

    /// A file in one piece.
    fn whole(&mut self, entry: u32, bytes: &[u8]) -> io::Result<(u64, [u8; 32])> {
        self.open(entry)?;
        self.write(entry, bytes)?;
        self.close(entry)
    }
}

/// A sink that keeps one file and drops the others: what a preview needs. It wants nothing more when it has it.
#[derive(Debug, Default)]
pub struct OnlyOne {
    /// The entry wanted.
    pub wanted: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Sink for OnlyOne {
    fn wants(&self, entry: u32) -> bool {
        entry == self.wanted
    }

    fn open(&mut self, _: u32) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, entry: u32, bytes: &[u8]) -> io::Result<()> {
        if entry == self.wanted {
            self.bytes.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn close(&mut self, entry: u32) -> io::Result<(u64, [u8; 32])> {
        if entry == self.wanted { Err(io::ErrorKind::Interrupted.into()) } else { Ok((0, [0; 32])) }
    }
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
    /// Faults of accessibility.
    pub faults: Vec<Fault>,
    /// Numbers of persons and marks in its bytes.
    pub traces: Vec<Trace>,
    /// Of a clean CSV its Table Schema, as JSON; of a file of many items `{"rows": N}`; of the record of an item, before it is
    /// made, the hashes of its texts.
    pub schema: Option<Box<str>>,
}

impl Facts {
    /// Lines of a file of many items.
    pub fn rows(&self) -> Option<u64> {
        serde_json::from_str::<serde_json::Value>(self.schema.as_deref()?).ok()?.get("rows")?.as_u64()
    }
}

/// Result of a maker.
pub type MakeResult = Result<Made, Box<Diagnostic>>;

/// Takes the facts of an HTML page by one scan over its bytes. The page is our
/// own and well-formed: attributes are double-quoted, text has no `"` beside `=`.
///
/// Header, footer and closed facets are the same on many pages: only some pages
/// (`whole`) are read with them, the others between `<main` and `</main>` and
/// without what a template marks `data-shared` (a `nav`).
pub fn scan(html: &[u8], whole: bool, me: u32, routes: &Routes, facts: &mut Facts) {
    let from = if whole { None } else { memchr::memmem::find(html, b"<main") };
    // Searched forwards: text cannot hold the tag, and the search backwards has no vector form.
    let to = from.and_then(|f| memchr::memmem::find(&html[f..], b"</main>").map(|t| f + t));
    let html = &html[from.unwrap_or(0)..to.unwrap_or(html.len())];
    let shared = from.and_then(|_| memchr::memmem::find(html, b" data-shared"));
    let after = shared.and_then(|s| memchr::memmem::find(&html[s..], b"</nav>").map(|e| s + e));
    let finder = memchr::memmem::Finder::new(b"=\"");
    let mut at = 0;
    let (mut skip_from, skip_to) = shared.zip(after).unwrap_or((usize::MAX, 0));
    while let Some(q) = finder.find(&html[at..]) {
        let eq = at + q;
        if eq > skip_from {
            (at, skip_from) = (skip_to, usize::MAX);
            continue;
        }
        let start = eq + 2;
        let Some(end) = memchr::memchr(b'"', &html[start..]).map(|e| start + e) else { break };
        at = end + 1;
        // How the names end that are asked for; most attributes are classes.
        if !matches!(html[..eq].last(), Some(b'c' | b't' | b'a' | b'r' | b'd' | b'f')) {
            continue;
        }
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
        let load = load || name == b"href" && loaded(html, name_from, start);
        target(&unescape(&html[start..end]), load, me, routes, facts);
    }
    facts.links.sort_unstable();
    facts.links.dedup();
    facts.links.shrink_to_fit();
    facts.places.sort_unstable();
    facts.places.dedup();
    facts.anchors.sort_unstable();
}

/// Looks at the bytes of a finished text file, whatever made it.
pub fn sweep(path: &str, bytes: &[u8], whole: bool, facts: &mut Facts) {
    sweep::text(bytes, facts);
    if path.ends_with(".html") {
        sweep::faults(bytes, whole, &mut facts.faults);
    }
    sweep::foreign(path, bytes, &mut facts.foreign);
}

/// Whether the bytes of a file of this name are looked at: what browsers show or run, and what people read as text.
pub fn swept(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("");
    ["html", "htm", "css", "js", "mjs", "svg", "txt", "xml", "json", "md"].contains(&ending)
}

/// An address of another host in a `link` that a browser loads, not one that it only knows of.
fn loaded(html: &[u8], name_from: usize, start: usize) -> bool {
    if !(html[start..].starts_with(b"http") || html[start..].starts_with(b"//")) {
        return false;
    }
    let open = html[..name_from].iter().rposition(|b| *b == b'<').map(|i| &html[i..]);
    let tag = open.and_then(|t| memchr::memchr(b'>', t).map(|e| &t[..e])).filter(|t| t.starts_with(b"<link "));
    let rel = |w: &[u8]| tag.is_some_and(|t| memchr::memmem::find(t, w).is_some());
    [&b"stylesheet"[..], b"\"icon", b"preload", b"modulepreload", b"\"manifest", b"apple-touch-icon", b"preconnect", b"dns-prefetch"].into_iter().any(rel)
}

fn target(value: &[u8], load: bool, me: u32, routes: &Routes, facts: &mut Facts) {
    let text = |v: &[u8]| String::from_utf8_lossy(v).into_owned();
    if let Some(anchor) = value.strip_prefix(b"#") {
        if !anchor.is_empty() {
            facts.places.push((me, anchor_hash(&decode(anchor))));
        }
        return;
    }
    if !value.starts_with(b"/") || value.starts_with(b"//") {
        // A relative address is a file that is not there: the rule on links names its place.
        let outside = value.starts_with(b"//") || crate::load::targets::scheme(&text(value)).is_some_and(|s| s != "data");
        if load && outside {
            facts.foreign.push(text(value));
        }
        return;
    }
    let hash = memchr::memchr(b'#', value).unwrap_or(value.len());
    let (path, anchor) = (&value[..hash], value.get(hash + 1..).unwrap_or(b""));
    let path = &path[..memchr::memchr(b'?', path).unwrap_or(path.len())];
    match routes.resolve(path) {
        Some(i) => {
            facts.links.push(i);
            if !anchor.is_empty() {
                facts.places.push((i, anchor_hash(&decode(anchor))));
            }
        }
        None => facts.dead.push(text(value)),
    }
}

/// Attributes of our pages that hold addresses.
const ADDRESSES: [&[u8]; 6] = [b"href", b"src", b"action", b"poster", b"data-index", b"data-suggest"];

/// The page with addresses that begin where it lies, and with the names of files in place of those of folders: it works from
/// a disk (`file://`), from a folder within another site, and out of a ZIP.
pub fn relative(html: &[u8], path: &str, routes: &Routes) -> Vec<u8> {
    let up = "../".repeat(path.matches('/').count());
    let finder = memchr::memmem::Finder::new(b"=\"/");
    let mut out = Vec::with_capacity(html.len() + html.len() / 16);
    let (mut at, mut done) = (0, 0);
    while let Some(q) = finder.find(&html[at..]) {
        let (eq, start) = (at + q, at + q + 2);
        let Some(end) = memchr::memchr(b'"', &html[start..]).map(|e| start + e) else { break };
        at = end;
        let name_from = html[..eq].iter().rposition(|b| !b.is_ascii_alphanumeric() && *b != b'-').map_or(0, |i| i + 1);
        if !ADDRESSES.contains(&&html[name_from..eq]) || html[start..end].starts_with(b"//") {
            continue;
        }
        let value = unescape(&html[start..end]);
        let cut = value.iter().position(|b| matches!(b, b'?' | b'#')).unwrap_or(value.len());
        let (place, tail) = value.split_at(cut);
        let file = match routes.resolve(place) {
            Some(i) => crate::route::encode(&routes.entries[i as usize].path),
            None => String::from_utf8_lossy(place.strip_prefix(routes.base_path().as_bytes()).unwrap_or(&place[1..])).into_owned(),
        };
        let to = format!("{up}{file}{}", String::from_utf8_lossy(tail));
        out.extend_from_slice(&html[done..start]);
        out.extend_from_slice(to.replace('&', "&amp;").replace('"', "&quot;").as_bytes());
        done = end;
    }
    out.extend_from_slice(&html[done..]);
    out
}

/// A hash of an anchor that is the same in every run.
pub fn anchor_hash(anchor: &[u8]) -> u64 {
    use std::hash::Hasher;
    let mut h = rustc_hash::FxHasher::default();
    h.write(anchor);
    h.finish()
}

fn unescape(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'&', value).is_none() {
        return Cow::Borrowed(value);
    }
    let text = String::from_utf8_lossy(value);
    let pairs = [("&#x2F;", "/"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    Cow::Owned(pairs.iter().fold(text.into_owned(), |t, (from, to)| t.replace(from, to)).into_bytes())
}

/// Percent-decodes an anchor.
fn decode(b: &[u8]) -> Cow<'_, [u8]> {
    percent_encoding::percent_decode(b).into()
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
