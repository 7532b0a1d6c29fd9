//! Files that must not get out, whoever names them: those of items that are not public, those of datasets whose data are
//! not for everybody, and the sheets of opinions, of which only what was read is published. A symbolic link stands for the file that it leads to.

use super::public::content_file;
use super::{Detail, Item, Portal, Resource, Values};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a file belongs to an item that keeps it, the weakest tie first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Data of a dataset that is not public, from another place: a public item that names it may have it.
    Far,
    /// It lies beside the item, whose text links to it.
    Linked,
    /// An attachment, or data beside the item.
    Named,
    /// It lies in the folder of a dataset that is not public.
    Folder,
    /// Data that are not for everybody: nobody else publishes them.
    Closed,
}

/// Who keeps a file from the public.
#[derive(Debug, Clone, Copy)]
pub struct Keeper<'a> {
    /// The item; none where it cannot be read.
    pub owner: Option<&'a Arc<Item>>,
    /// How strongly.
    pub tie: Tie,
    /// The owner has a page.
    pub seen: bool,
}

impl Keeper<'_> {
    /// The item may not have this file among its data.
    pub fn bars(&self, item: &Item) -> bool {
        let own = self.owner.is_some_and(|o| o.id == item.id);
        !(own || self.tie == Tie::Closed && self.seen && item.dataset().is_some_and(|d| !d.open()))
    }
}

/// The files of a resource, with its versions.
fn files_of(r: &Resource) -> impl Iterator<Item = &Arc<str>> {
    r.file.iter().chain(r.versions.iter().map(|v| &v.file))
}

/// The folder that belongs to an item alone: of `datasets/gdp/dataset.yaml`, and of `news/p/index.md`.
fn own_folder(item: &Item) -> Option<&str> {
    if item.base != item.id { item.base.strip_prefix(&*item.id).map(|_| &*item.id) } else { item.id.strip_suffix("/index") }
}

/// The folder above a path.
fn dir(key: &str) -> &str {
    key.rsplit_once('/').map_or("", |(d, _)| d)
}

/// The folder whose files lie beside an item: its own, and from `_drafts/` the one above.
pub(super) fn beside(base: &str) -> &str {
    let d = dir(base);
    if d.rsplit('/').next().is_some_and(|n| n.starts_with('_')) { dir(d) } else { d }
}

/// The file lies in the folder or below it.
pub(super) fn below(file: &str, folder: &str) -> bool {
    folder.is_empty() || file.strip_prefix(folder).is_some_and(|r| r.starts_with('/'))
}

/// True where a file lies beside an item with this base, or below it.
pub fn lies_beside(file: &str, base: &str) -> bool {
    below(file, beside(base))
}

fn record(item: &Item) -> Vec<&Arc<str>> {
    match &item.detail {
        Detail::Record(v) => Values::files(v),
        _ => Vec::new(),
    }
}

/// Addresses in HTML, which is no link of the text where HTML is not allowed.
fn in_html(text: &str) -> impl Iterator<Item = &str> {
    let starts = ["href=", "src="].into_iter().flat_map(|name| text.match_indices(name).map(move |(i, _)| i + name.len()));
    starts.filter_map(|i| text[i..].trim_start_matches(['"', '\'']).split(['"', '\'', '>', ' ', '\n']).next())
}

/// The keepers of all files, by the real file.
#[derive(Debug, Default)]
pub struct Keepers<'a> {
    by_file: BTreeMap<Arc<str>, Keeper<'a>>,
    links: Option<&'a BTreeMap<Arc<str>, Arc<str>>>,
}

impl<'a> Keepers<'a> {
    /// Who keeps a file; none where everybody may have it.
    pub fn of(&self, file: &str) -> Option<&Keeper<'a>> {
        if self.by_file.is_empty() {
            return None;
        }
        self.by_file.get(self.links.and_then(|l| l.get(file)).map_or(file, |r| &**r))
    }

    /// None is kept.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty()
    }

    /// All files that are kept, under every name.
    pub(super) fn all(&self) -> BTreeSet<Arc<str>> {
        let mut out: BTreeSet<Arc<str>> = self.by_file.keys().cloned().collect();
        for (link, real) in self.links.into_iter().flatten() {
            if self.by_file.contains_key(real) {
                out.insert(link.clone());
            }
        }
        out
    }
}

impl Portal {
    /// The files that are kept from the public where these items are seen, and the files in `held` never.
    pub fn keepers<'a>(&'a self, seen: &[Arc<Item>], held: &BTreeSet<Arc<str>>) -> Keepers<'a> {
        let there: FxHashSet<&str> = seen.iter().map(|i| &*i.id).collect();
        let closed = |i: &Item| i.dataset().is_some_and(|d| !d.open());
        let keeping: Vec<(&Arc<Item>, bool)> = self.items.iter().map(|i| (i, there.contains(&*i.id))).filter(|(i, s)| !s || closed(i)).collect();
        let mut out = Keepers { by_file: BTreeMap::new(), links: Some(&self.links) };
        let sheets = || self.items.iter().filter_map(|i| i.consultation()?.outcome.as_ref()).flat_map(|r| &r.sheets);
        if keeping.is_empty() && self.lost.is_empty() && held.is_empty() && sheets().next().is_none() {
            return out;
        }
        let real = |f: &Arc<str>| self.links.get(f).unwrap_or(f).clone();
        let mut put = |f: &Arc<str>, k: Keeper<'a>| {
            let old = out.by_file.entry(real(f)).or_insert(k);
            if old.tie < k.tie {
                *old = k;
            }
        };
        // A file belongs to the innermost folder of a dataset that it lies in.
        let folders: FxHashMap<&str, bool> = self.items.iter().filter(|i| i.base != i.id).map(|i| (&*i.id, there.contains(&*i.id) && !closed(i))).collect();
        let innermost = |f: &str| {
            let mut d = dir(f);
            while !d.is_empty() {
                if let Some((d, open)) = folders.get_key_value(d) {
                    return Some((*d, *open));
                }
                d = dir(d);
            }
            None
        };
        for (item, seen) in keeping {
            let keeper = |tie| Keeper { owner: Some(item), tie, seen };
            let closed = closed(item);
            let folder = own_folder(item);
            for f in folder.into_iter().flat_map(|d| self.blobs_below(d)) {
                let other = innermost(f).is_some_and(|(d, _)| below(d, &item.id));
                let tie = if closed {
                    Tie::Closed
                } else if item.dataset().is_some() {
                    Tie::Folder
                } else {
                    Tie::Linked
                };
                if !other {
                    put(f, keeper(tie));
                }
            }
            let near = beside(&item.base);
            for f in item.dataset().into_iter().flat_map(|d| &d.resources).flat_map(files_of) {
                let others = innermost(f).is_some_and(|(d, open)| open && d != &*item.id);
                let tie = match (closed && !others, below(f, near) && !others) {
                    (true, _) => Tie::Closed,
                    (_, true) => Tie::Named,
                    _ => Tie::Far,
                };
                if !(seen && tie != Tie::Closed) {
                    put(f, keeper(tie));
                }
            }
            if seen {
                continue;
            }
            item.attachments.iter().map(|a| &a.file).chain(record(item)).for_each(|f| put(f, keeper(Tie::Named)));
            let links = item.written().flat_map(|e| e.doc.outline.links.iter().map(|l| &*l.to).chain(in_html(&e.doc.source.text)));
            for to in links {
                let file = content_file(&item.base, to, |k| self.blobs.contains_key(k)).filter(|k| below(k, near));
                if let Some((f, _)) = file.and_then(|k| self.blobs.get_key_value(k.as_str())) {
                    put(f, keeper(Tie::Linked));
                }
            }
        }
        // A sheet of opinions has columns that nobody may see; what was read of it is written anew.
        for item in &self.items {
            for f in item.consultation().and_then(|c| c.outcome.as_ref()).map_or(&[][..], |r| &r.sheets) {
                put(f, Keeper { owner: Some(item), tie: Tie::Closed, seen: there.contains(&*item.id) });
            }
        }
        // Of an item that cannot be read nothing is known but its folder, and the names that stand in it.
        let unread = |tie| Keeper { owner: None, tie, seen: false };
        for id in self.lost.iter().filter(|id| id.starts_with("datasets/") && !there.contains(id.as_str())) {
            self.blobs_below(id).for_each(|f| put(f, unread(Tie::Folder)));
        }
        self.lost_files.iter().filter(|(id, _)| !there.contains(id.as_str())).for_each(|(_, f)| put(f, unread(Tie::Named)));
        held.iter().for_each(|f| put(f, unread(Tie::Closed)));
        if out.by_file.is_empty() {
            return out;
        }
        // What a public item has of its own is public.
        for item in seen {
            let folder = own_folder(item);
            for f in item.attachments.iter().map(|a| &a.file).chain(record(item)).map(real) {
                if out.by_file.get(&f).is_some_and(|k| k.tie < Tie::Closed) {
                    out.by_file.remove(&f);
                }
            }
            for f in item.dataset().filter(|d| d.open()).into_iter().flat_map(|d| &d.resources).flat_map(files_of).map(real) {
                let own = innermost(&f).is_some_and(|(d, _)| Some(d) == folder);
                if out.by_file.get(&f).is_some_and(|k| k.tie == Tie::Far || k.tie <= Tie::Named && own) {
                    out.by_file.remove(&f);
                }
            }
        }
        if out.by_file.values().any(|k| k.tie == Tie::Linked) {
            let own: FxHashSet<&str> = seen.iter().filter_map(|i| own_folder(i)).collect();
            // A picture that a public text in the same folder shows is of both.
            let mut shown: FxHashSet<Arc<str>> = FxHashSet::default();
            for item in seen {
                for link in item.editions.iter().flat_map(|e| &e.doc.outline.links).filter(|l| l.image) {
                    let file = content_file(&item.base, &link.to, |k| out.by_file.contains_key(k)).filter(|k| dir(k) == dir(&item.base));
                    shown.extend(file.map(Arc::from));
                }
            }
            out.by_file.retain(|f, k| k.tie != Tie::Linked || !own.contains(dir(f)) && !shown.contains(f));
        }
        out
    }
}
