//! Which addresses of a site are counted as visits, and of what.

use super::{Content, Routed};
use crate::route::{Entry, Routes, Target};
use crate::visits::{Place, Places};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The addresses of pages, and of files that belong to an item.
pub(crate) fn places(content: &Content, routed: &Routed) -> Places {
    let (public, routes) = (&routed.public, &routed.routes);
    let base = content.config.base_path.clone();
    let below = |url: &str| url.strip_prefix(base.as_str()).map_or_else(|| url.to_string(), |r| format!("/{r}"));
    let mut owners: FxHashMap<Arc<str>, u32> = FxHashMap::default();
    for (i, item) in public.items.iter().enumerate() {
        let resources = item.dataset().map_or(&[][..], |d| &d.resources);
        let files = item.attachments.iter().map(|a| &a.file).chain(resources.iter().flat_map(|r| r.file.iter().chain(r.versions.iter().map(|v| &v.file))));
        for f in files {
            owners.entry(f.clone()).or_insert(i as u32);
        }
    }
    let mut out = Places { base: base.clone(), ..Places::default() };
    out.items = public.items.iter().enumerate().map(|(i, item)| routes.item(0, i as u32, item).map_or(String::new(), |e| below(&e.url))).collect();
    for entry in &routes.entries {
        if let Some(place) = place(entry, routes, &owners) {
            out.by_url.insert(entry.url.clone(), place);
        }
    }
    // Old addresses, those with a query too, for which no page of ours stands.
    for moved in &routes.moved {
        let Some(to) = routes.get(moved.lang, &moved.to) else { continue };
        if let Some(place) = place(to, routes, &owners) {
            let url = moved.old.url(&out.base);
            out.by_url.entry(url).or_insert(place);
        }
    }
    out
}

fn place(entry: &Entry, routes: &Routes, owners: &FxHashMap<Arc<str>, u32>) -> Option<Place> {
    let page = |item: Option<u32>| Some(Place { item, file: false });
    let file = |i: u32| Some(Place { item: Some(i), file: true });
    match &entry.target {
        Target::Item(i) | Target::Resource(i, _) | Target::Readable(i, _) | Target::Opinions(i, _) | Target::Compare(i, _) => page(Some(*i)),
        Target::Blob(key) => owners.get(key).copied().and_then(file),
        Target::Data(i, ..) | Target::Form(i) | Target::OpinionData(i, _) | Target::Akn(i) => file(*i),
        // The page that leads on is the item's, and the same reader counts once.
        Target::Redirect(n) => {
            let moved = routes.moved.get(*n as usize)?;
            let to = routes.get(moved.lang, &moved.to)?;
            if matches!(to.target, Target::Redirect(_)) { None } else { place(to, routes, owners).filter(|p| p.item.is_some()) }
        }
        Target::Embed(..) | Target::NotFound | Target::StyleGuide | Target::Held(_) | Target::Static(_) | Target::Asset(_) => None,
        _ => entry.path.ends_with(".html").then_some(Place { item: None, file: false }),
    }
}
