//! Visits: what access logs tell of the pages of a site, as counts by month and item, and nothing else.
//!
//! Addresses of readers and names of their programs are looked at while a line is read, to leave out robots and to count a reload
//! once; they are held in memory as hashes with a key of this run, and never written.

mod count;
mod published;
mod state;

pub use count::{Counted, Given, WINDOW, count};
pub use published::{FEW, data_file, merged};
pub use state::{Month, PATH, State, Tally};

use rustc_hash::FxHashMap;

/// The row of the site as a whole.
pub const SITE: &str = "*";

/// Where the rows lie, below a content folder.
pub const FILE: &str = "statistics/visits.csv";

/// What an address shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Of which item: place in [`Places::items`].
    pub item: Option<u32>,
    /// It is a file of the item, not its page.
    pub file: bool,
}

/// The addresses of a site that are counted.
#[derive(Debug, Default)]
pub struct Places {
    /// Path under which the site is served, with a closing `/`.
    pub base: String,
    /// Addresses of items, below the site's path: `/policies/a/`.
    pub items: Vec<String>,
    /// By address as a browser asks for it, below the site's path.
    pub by_url: FxHashMap<String, Place>,
}

impl Places {
    /// What a request asks for; `None` for what is not counted.
    pub fn find(&self, target: &str) -> Option<Place> {
        let path = target.split_once("://").map_or(target, |(_, r)| r.find('/').map_or("/", |i| &r[i..]));
        let path = path.split('#').next().unwrap_or(path);
        // Some old addresses differ in what stands behind `?` alone.
        if let Some(p) = path.contains('?').then(|| self.at(path)).flatten() {
            return Some(p);
        }
        self.at(path.split('?').next().unwrap_or(path))
    }

    fn at(&self, path: &str) -> Option<Place> {
        if let Some(p) = self.by_url.get(path) {
            return Some(*p);
        }
        // As it is asked for by programs that encode more, or less, than others.
        let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let decoded = decoded.strip_suffix("index.html").filter(|p| p.ends_with('/')).unwrap_or(&decoded);
        let mut url = crate::route::encode(decoded);
        if let Some(q) = query {
            url.push('?');
            url.push_str(q);
        }
        self.by_url.get(&url).copied()
    }
}
