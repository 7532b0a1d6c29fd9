//! From the content to addresses, with what must not be published held back where that was asked for.

use crate::config::Config;
use crate::derive::{self, Derived};
use crate::diag::Report;
use crate::load::{Limits, Moment, read_text};
use crate::model::feedback;
use crate::model::{Excuse, Held, Item, Portal, Public};
use crate::render;
use crate::route::{self, Routes, Site};
use crate::run::Request;
use crate::tables::Tables;
use crate::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The public portal with its addresses.
pub(crate) struct Routed {
    pub(crate) public: Public,
    pub(crate) derived: Derived,
    pub(crate) routes: Routes,
    /// Where the site asks for them; set when the addresses stand.
    pub(crate) scores: Option<crate::indicators::Scorecards>,
}

/// A file that is an item, so that it can be held back alone: Markdown, or YAML below a type's folder.
pub(crate) fn is_item(key: &str) -> bool {
    let yaml = key.contains('/') && (key.ends_with(".yaml") || key.ends_with(".yml")) && !key.ends_with("/_column.yaml");
    key.ends_with(".md") || yaml || key == "disclosure/requests.csv"
}

/// Everything between `check` and `render`. Blocked items are held back where
/// that was asked for; else, and where something other than an item blocks, `None`.
pub(crate) fn routed(
    request: &Request<'_>,
    config: &Config,
    (portal, tables): (&Portal, &Tables),
    theme: &Theme,
    as_of: Moment,
    report: &mut Report,
) -> Option<Routed> {
    let mut held = Held::default();
    let content = |path: &str| config.content.iter().any(|c| path.strip_prefix(c.as_str()).is_some_and(|r| r.starts_with('/') && is_item(&r[1..])));
    let letters = |path: &str| config.content.iter().any(|c| path.strip_prefix(c.as_str()).and_then(|r| r.strip_prefix('/')).is_some_and(feedback::is_part));
    let mut hold = |report: &Report| -> Option<Held> {
        let before = held.len();
        for d in report.iter().filter(|d| d.blocks) {
            match &d.item {
                // A letter is a row of its file; what is wrong with the file as a whole holds all of them.
                Some(path) if request.hold_back && letters(path) => drop(match d.file.as_ref().filter(|f| f.contains('#')) {
                    Some(row) => held.files.insert(row.clone()),
                    None => held.items.insert(path.clone()),
                }),
                Some(path) if request.hold_back && content(path) => drop(match &d.file {
                    Some(file) => held.files.insert(file.clone()),
                    None => held.items.insert(path.clone()),
                }),
                // A file of `static/` stands alone.
                Some(path) if request.hold_back && d.file.as_ref() == Some(path) => drop(held.statics.insert(path.clone())),
                _ => return None,
            }
        }
        // A finding about an item that is held already cannot be held again.
        (held.len() > before || !report.blocks()).then(|| held.clone())
    };
    let assets: Vec<String> = theme.assets.iter().map(|a| a.path.clone()).collect();
    let plan = |public: Public, here: &mut Report| {
        let derived = derive::derive(&public, tables);
        let site = Site { config, public: &public, derived: &derived, assets: &assets };
        let routes = route::route(&site, &render::plans(), render::answers(), here);
        Routed { public, derived, routes, scores: None }
    };
    // Files that could not be read have no item, but had addresses.
    let unread: BTreeSet<Arc<str>> = report.iter().filter(|d| d.blocks && d.file.is_none()).filter_map(|d| d.item.clone()).filter(|p| content(p)).collect();
    let mut now = hold(report);
    let mut found = Report::new();
    for _ in 0..8 {
        // A check goes on to the addresses even where something blocks: one run shows every problem.
        let public = || portal.public(as_of, now.clone().unwrap_or_default(), &tables.hidden);
        let mut here = Report::new();
        let mut routed = plan(public(), &mut here);
        if !routed.routes.lost.is_empty() {
            // Whose were they? Only what is held back or withdrawn excuses its own addresses.
            let mut excused: BTreeMap<String, Excuse> = BTreeMap::new();
            let mut excuse = |lost: &[String], other: &Routed, why: Excuse| {
                let base = &config.base_path;
                let was = |l: &&String| other.routes.resolve(format!("{base}{}", l.trim_start_matches('/')).as_bytes()).is_some();
                excused.extend(lost.iter().filter(was).map(|l| (l.clone(), why)));
            };
            if !routed.public.gone.is_empty() {
                excuse(&routed.routes.lost, &plan(portal.unwithdrawn(as_of, &tables.hidden), &mut Report::new()), Excuse::Withdrawn);
            }
            if !routed.public.held.is_empty() {
                // As if nothing were held: the files that are not shown because of it, too.
                let held = &routed.public.held;
                let of = |i: &Item| i.editions.iter().any(|e| held.items.contains(&e.doc.source.path));
                let theirs: BTreeSet<&Arc<str>> = portal.items.iter().filter(|i| of(i)).flat_map(|i| tables.all(i)).map(|(_, r)| &r.key).collect();
                let hidden: BTreeSet<Arc<str>> = tables.hidden.iter().filter(|k| !held.files.contains(*k) && !theirs.contains(k)).cloned().collect();
                excuse(&routed.routes.lost, &plan(portal.public(as_of, Held::default(), &hidden), &mut Report::new()), Excuse::Held);
            }
            for path in &unread {
                let text = read_text(&config.root.join(&**path), path, &Limits::default()).unwrap_or_default();
                excused.extend(routed.routes.lost.iter().filter(|l| was_of(path, &text, l, config, portal)).map(|l| (l.clone(), Excuse::Held)));
            }
            if !excused.is_empty() {
                let mut again = public();
                again.excused = excused;
                here = Report::new();
                routed = plan(again, &mut here);
            }
        }
        let blocks = here.blocks();
        let next = if blocks { hold(&here) } else { None };
        found.append(here);
        if !blocks {
            render::hosting_findings(config, &routed.public, &routed.routes, &mut found);
            report.append(found);
            return now.map(|_| routed);
        }
        match next {
            Some(more) if now.is_some() => now = Some(more),
            _ => break,
        }
    }
    report.append(found);
    None
}

/// True for an address of the ledger that can only have come from a file which cannot be read now: its page, what lay below
/// it, the files beside it that nothing else names, and old addresses that stand in its text.
fn was_of(path: &str, text: &str, line: &str, config: &Config, portal: &Portal) -> bool {
    let known = portal.items.iter().any(|i| i.editions.iter().any(|e| *e.doc.source.path == *path));
    let Some(key) = config.content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/')).filter(|_| !known) else { return false };
    let raw = line;
    let Some(line) = crate::model::content_key("", line) else { return false };
    let line = config.languages.iter().filter(|l| !l.prefix.is_empty()).find_map(|l| line.strip_prefix(l.prefix.as_str())).unwrap_or(&line);
    let stem = key.rsplit_once('.').map_or(key, |(s, _)| s);
    let stem = stem.rsplit_once('.').filter(|(_, tag)| crate::config::language_index(&config.languages, tag).is_some()).map_or(stem, |(s, _)| s);
    let own = ["/dataset", "/topic", "/index"].iter().find_map(|e| stem.strip_suffix(e)).unwrap_or(stem);
    let own = own.strip_prefix("pages/").unwrap_or(own);
    let slug = text.lines().find_map(|l| l.strip_prefix("slug:")).map(|s| s.trim().trim_matches(['"', '\'']));
    let slugged = slug.map(|s| own.rsplit_once('/').map_or(s.to_string(), |(dir, _)| format!("{dir}/{s}")));
    let own = slugged.as_deref().unwrap_or(own);
    let told = |l: &str| l.len() > 2 && text.contains(l);
    let below = |whole: &str| whole == own || whole.strip_prefix(own).is_some_and(|r| r.starts_with('/'));
    let file = portal.blobs.contains_key(line) || portal.blobs.contains_key(format!("pages/{line}").as_str());
    let beside = |whole: &str| key.rsplit_once('/').is_some_and(|(dir, _)| whole.strip_prefix(dir).is_some_and(|r| r.starts_with('/')));
    below(line) || (file && beside(line)) || told(line) || told(raw.trim_matches('/'))
}
