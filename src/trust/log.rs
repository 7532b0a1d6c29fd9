//! Entries of the log, and how it goes on from one build to the next.

use super::manifest::{Listed, Manifest, sha256};
use super::note::{Key, Note, Verifier};
use super::rotation::{Keys, handover};
use super::tlog::{self, Checkpoint};
use super::{CHECKPOINT, LOG, MANIFEST, Shelf, WITNESSED, hex};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What an entry tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A document came out.
    Publish,
    /// What its authors wrote is another text now.
    Change,
    /// It is no longer public.
    Withdraw,
    /// A site was published: the hash of its manifest.
    Site,
}

impl Event {
    /// Its word in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Event::Publish => "publish",
            Event::Change => "change",
            Event::Withdraw => "withdraw",
            Event::Site => "site",
        }
    }
}

/// One entry: `publish 2026-11-28 <id> <hash> <pages>`, `withdraw 2026-11-28 <id>`, `site 2026-11-28 <hash>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What happened.
    pub event: Event,
    /// Day of the build.
    pub day: Date,
    /// The document; empty for a site.
    pub id: String,
    /// Hash of what its authors wrote, or of the manifest.
    pub hash: String,
    /// Hash of its pages as they were published then.
    pub pages: String,
}

impl Line {
    /// Reads an entry.
    pub fn parse(bytes: &[u8]) -> Option<Line> {
        let words: Vec<&str> = std::str::from_utf8(bytes).ok()?.split(' ').collect();
        let day = words.get(1)?.parse().ok()?;
        let line = |event, id: &str, hash: &str, pages: &str| Line { event, day, id: id.into(), hash: hash.into(), pages: pages.into() };
        match words[..] {
            ["publish", _, id, hash, pages] => Some(line(Event::Publish, id, hash, pages)),
            ["change", _, id, hash, pages] => Some(line(Event::Change, id, hash, pages)),
            ["withdraw", _, id] => Some(line(Event::Withdraw, id, "", "")),
            ["site", _, hash] => Some(line(Event::Site, "", hash, "")),
            _ => None,
        }
    }

    /// Writes it.
    pub fn text(&self) -> String {
        let parts = [self.event.word(), &self.day.to_string(), &self.id, &self.hash, &self.pages].map(String::from);
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Why a log is not gone on with: it would have to be rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The previous site cannot be read.
    Unread(String),
    /// The previous site has no log.
    None,
    /// Its checkpoint is not signed by this key.
    Key,
    /// This key, or the one before it, has handed over to another one.
    Retired,
    /// Its files do not make the tree that its checkpoint signs; the file that shows it.
    Broken(String),
    /// It is the log of somebody else: its name.
    Other(String),
    /// Signatures of witnesses that were handed over are of another checkpoint.
    Cosigned,
}

/// A log as it was read, with its tree checked.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The signed checkpoint.
    pub note: Note,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Its entries.
    pub entries: Vec<Vec<u8>>,
}

/// Largest log that is read, in entries.
const MOST: u64 = 50_000_000;

/// Reads the log of a site; its checkpoint must bear a signature of one of the keys, where any are told.
pub fn log_of(shelf: &dyn Shelf, keys: &[Verifier]) -> Result<Seen, Refused> {
    let bytes = shelf.one(CHECKPOINT).map_err(Refused::Unread)?.ok_or(Refused::None)?;
    let broken = |path: &str| Refused::Broken(path.to_string());
    let note = Note::parse(&bytes).ok_or_else(|| broken(CHECKPOINT))?;
    if !keys.is_empty() && !keys.iter().any(|k| k.signed(&note)) {
        return Err(Refused::Key);
    }
    let checkpoint = Checkpoint::parse(&note.text).filter(|c| c.size <= MOST).ok_or_else(|| broken(CHECKPOINT))?;
    if let Some(k) = keys.first().filter(|k| k.name() != checkpoint.origin) {
        return Err(if k.name().is_empty() { Refused::None } else { Refused::Other(checkpoint.origin) });
    }
    let bundles = tlog::bundles(checkpoint.size);
    let paths: Vec<String> = bundles.iter().map(|(p, _)| format!("{LOG}{p}")).collect();
    let mut entries = Vec::new();
    for ((path, found), (_, width)) in paths.iter().zip(shelf.get(&paths).map_err(Refused::Unread)?).zip(bundles) {
        entries.extend(found.and_then(|b| tlog::unbundle(&b, width)).ok_or_else(|| broken(path))?);
    }
    let leaves: Vec<tlog::Hash> = entries.iter().map(|e| tlog::leaf(e)).collect();
    if tlog::root(&leaves) != checkpoint.root {
        return Err(broken(CHECKPOINT));
    }
    Ok(Seen { note, checkpoint, entries })
}

/// What the previous site hands on.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Entries of the log so far.
    pub entries: Vec<Vec<u8>>,
    /// Its last checkpoint, with the signatures of witnesses.
    pub checkpoint: Option<Note>,
    /// The last checkpoint that witnesses signed, where it is an earlier one.
    pub witnessed: Option<Note>,
    /// The last entry is that of the old key which hands over to the new one.
    pub handed: bool,
    /// Documents that were public.
    documents: Vec<Listed>,
}

/// A site that has no log any more, and shows that it had one: to begin anew would hide what was taken away.
fn was_signed(shelf: &dyn Shelf) -> Result<bool, Refused> {
    let found = shelf.get(&[MANIFEST.to_string(), super::NOTE.to_string(), "manifest.sha256".to_string()]).map_err(Refused::Unread)?;
    let listed = |list: &[u8]| memchr::memmem::find(list, format!("  {CHECKPOINT}\n").as_bytes()).is_some();
    Ok(match &found[..] {
        [manifest, note, list] => manifest.is_some() || note.is_some() || list.as_deref().is_some_and(listed),
        _ => false,
    })
}

/// The key before this one.
#[derive(Debug, Clone)]
pub enum Earlier {
    /// The key to check with alone: nobody who knows it is told of the new one.
    Known(Verifier),
    /// The key itself: it hands over to the new one in the log.
    Held(Key),
}

impl Earlier {
    fn verifier(&self) -> Verifier {
        match self {
            Earlier::Known(v) => v.clone(),
            Earlier::Held(k) => k.verifier(),
        }
    }
}

/// Reads the previous site. Nothing of it is taken over unless all of its log is sound.
pub fn continued(shelf: &dyn Shelf, key: &Key, earlier: Option<&Earlier>, cosigned: Option<&Note>) -> Result<Kept, Refused> {
    let keys: Vec<Verifier> = [key.verifier()].into_iter().chain(earlier.map(Earlier::verifier)).collect();
    let wrong = |path: &str| Refused::Broken(path.to_string());
    let mut seen = match log_of(shelf, &keys) {
        Err(Refused::None) if was_signed(shelf)? => return Err(wrong(CHECKPOINT)),
        read => read?,
    };
    // The last entry names the manifest: what documents there were is as sure as the log.
    let bytes = shelf.one(MANIFEST).map_err(Refused::Unread)?.ok_or_else(|| wrong(MANIFEST))?;
    let manifest = Manifest::parse(&bytes).ok_or_else(|| wrong(MANIFEST))?;
    let told = manifest.form_of.clone().unwrap_or_else(|| sha256(&bytes));
    let last = seen.entries.last().and_then(|e| Line::parse(e)).filter(|l| l.event == Event::Site);
    let note = shelf.one(super::NOTE).map_err(Refused::Unread)?.and_then(|b| Note::parse(&b));
    if last.is_none_or(|l| l.hash != told) || !note.is_some_and(|n| keys.iter().any(|k| Manifest::checks(&bytes, &n, k))) {
        return Err(wrong(MANIFEST));
    }
    let mut witnessed = shelf.one(WITNESSED).map_err(Refused::Unread)?.and_then(|b| Note::parse(&b));
    if let Some(new) = cosigned {
        let earlier = witnessed.as_mut().is_some_and(|w| w.join(new));
        if !seen.note.join(new) && !earlier {
            return Err(Refused::Cosigned);
        }
    }
    let mut entries = seen.entries;
    if Keys::of(&key.verifier(), &entries).changed {
        return Err(Refused::Retired);
    }
    let mut handed = false;
    if let Some(Earlier::Held(old)) = earlier.filter(|e| e.verifier() != key.verifier()) {
        let followed = Keys::of(&old.verifier(), &entries);
        handed = !followed.changed;
        if handed {
            entries.push(handover(old, &key.verifier(), &entries));
        } else if followed.now() != Some(&key.verifier()) {
            return Err(Refused::Retired);
        }
    }
    Ok(Kept { entries, checkpoint: Some(seen.note), witnessed, handed, documents: manifest.documents })
}

/// An item as the log sees it.
#[derive(Debug, Clone)]
pub struct Unit {
    /// What identifies it in the project.
    pub key: String,
    /// Its address below the site.
    pub url: String,
    /// Hash of what its authors wrote, in a form that is always the same.
    pub content: [u8; 32],
}

/// What the log tells of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// What happened.
    pub event: Event,
    /// When: the day of the build.
    pub day: Date,
    /// Number of the entry, from 0.
    pub entry: u64,
}

/// A document with its place in the log.
#[derive(Debug, Clone)]
pub struct Document {
    /// What stands in the manifest.
    pub listed: Listed,
    /// Its entries, oldest first, with those of this build.
    pub history: Vec<History>,
    /// The last of them is of this build.
    pub fresh: bool,
}

/// What this build adds to the log: the documents in the order of the items, and ids of those that are gone.
pub fn planned(kept: &Kept, key: &Key, units: &[Unit], day: Date) -> (Vec<Document>, Vec<String>) {
    let by_id: BTreeMap<&str, &Listed> = kept.documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let by_url: BTreeMap<&str, &Listed> = kept.documents.iter().map(|d| (d.url.as_str(), d)).collect();
    let mut told: BTreeMap<String, Vec<History>> = BTreeMap::new();
    for (n, line) in kept.entries.iter().enumerate().filter_map(|(n, e)| Some((n, Line::parse(e)?))).filter(|(_, l)| !l.id.is_empty()) {
        told.entry(line.id).or_default().push(History { event: line.event, day: line.day, entry: n as u64 });
    }
    let mut out = Vec::with_capacity(units.len());
    let mut used: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for u in units {
        let own = hex(&key.secret("id", &u.key)[..16]);
        // Under another key it is known by its address.
        let before = by_id.get(own.as_str()).or_else(|| by_url.get(u.url.as_str())).filter(|b| !used.contains(&b.id)).copied();
        let (id, salt) = before.map_or_else(|| (own, hex(&key.secret("salt", &u.key)[..16])), |b| (b.id.clone(), b.salt.clone()));
        used.insert(id.clone());
        let hash = hex(&Sha256::new().chain_update(&salt).chain_update("\n").chain_update(u.content).finalize());
        let event = match before {
            Some(b) if b.hash == hash => None,
            Some(_) => Some(Event::Change),
            None => Some(Event::Publish),
        };
        let history = told.get(&id).cloned().unwrap_or_default();
        out.push((Listed { id, url: u.url.clone(), salt, hash, entries: Vec::new() }, history, event));
    }
    let gone: Vec<String> = by_id.keys().filter(|id| !used.contains(**id)).map(|id| id.to_string()).collect();
    let mut next = (kept.entries.len() + gone.len()) as u64;
    let document = |(mut listed, mut history, event): (Listed, Vec<History>, Option<Event>)| {
        if let Some(event) = event {
            history.push(History { event, day, entry: next });
            next += 1;
        }
        listed.entries = history.iter().map(|h| h.entry).collect();
        Document { listed, history, fresh: event.is_some() }
    };
    (out.into_iter().map(document).collect(), gone)
}

/// Hash of the pages of a document as published: of the salt and a line for each, in the form of `sha256sum`.
fn pages(salt: &str, mut files: Vec<(String, String)>) -> String {
    files.sort();
    let lines: String = files.into_iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect();
    sha256(format!("{salt}\n{lines}").as_bytes())
}

impl Kept {
    /// The entries after this build. `of` gives the pages of a document by its place: path and hash.
    pub fn extended(&self, (documents, gone): (&[Document], &[String]), of: impl Fn(usize) -> Vec<(String, String)>, day: Date) -> Vec<Vec<u8>> {
        let mut out = self.entries.clone();
        let line = |event, id: &str, hash: &str, pages: String| Line { event, day, id: id.into(), hash: hash.into(), pages }.text().into_bytes();
        out.extend(gone.iter().map(|id| line(Event::Withdraw, id, "", String::new())));
        for (i, d) in documents.iter().enumerate().filter(|(_, d)| d.fresh) {
            if let Some(last) = d.history.last() {
                out.push(line(last.event, &d.listed.id, &d.listed.hash, pages(&d.listed.salt, of(i))));
            }
        }
        out
    }

    /// Ends the log with a manifest, and signs it: all files of the log, with their paths below the site.
    pub fn sealed(&self, mut entries: Vec<Vec<u8>>, manifest: &str, seal: &super::Seal, day: Date) -> Vec<(String, Vec<u8>)> {
        let key = &seal.key;
        let hash = sha256(manifest.as_bytes());
        let last = entries.last().and_then(|e| Line::parse(e));
        if last.is_none_or(|l| l.event != Event::Site || l.hash != hash) {
            entries.push(Line { event: Event::Site, day, id: String::new(), hash, pages: String::new() }.text().into_bytes());
        }
        let mut out: Vec<(String, Vec<u8>)> = tlog::files(&entries).into_iter().map(|(p, b)| (format!("{LOG}{p}"), b)).collect();
        let leaves: Vec<tlog::Hash> = entries.iter().map(|e| tlog::leaf(e)).collect();
        let text = Checkpoint { origin: key.name().to_string(), size: entries.len() as u64, root: tlog::root(&leaves) }.text();
        let mut note = seal.sign(&text);
        let mut witnessed = self.witnessed.clone();
        if let Some(before) = &self.checkpoint {
            if before.text != text {
                // Of another state, the witnesses' word still stands for that one.
                witnessed = if before.others(key.name()).is_empty() { witnessed } else { Some(before.clone()) };
            } else if let Some(mut new) = Note::parse(note.as_bytes()) {
                new.join(before);
                note = new.text();
            }
        }
        out.push((CHECKPOINT.to_string(), note.into_bytes()));
        out.extend(witnessed.map(|w| (WITNESSED.to_string(), w.text().into_bytes())));
        out
    }
}
