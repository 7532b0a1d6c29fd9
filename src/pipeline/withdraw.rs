//! What goes with an item that is withdrawn: its files, its addresses, and who else names it.

use super::Content;
use crate::diag::Report;
use crate::model::{Item, Withdrawn};
use crate::run::{Request, Times};
use crate::theme::Theme;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// All that a withdrawal touches.
pub(crate) struct Affected {
    /// The item's id.
    pub(crate) id: String,
    /// The id of its type.
    pub(crate) kind: &'static str,
    /// Its number, which an address may tell as its title does.
    pub(crate) number: Option<String>,
    /// The id that it states itself.
    pub(crate) told: Option<String>,
    /// Address of the original.
    pub(crate) original: Option<String>,
    /// Its titles, one an edition.
    pub(crate) titles: Vec<String>,
    /// Its content files, the one with its facts first.
    pub(crate) texts: Vec<Own>,
    /// The last part of its address, where it was given one.
    pub(crate) slug: Option<String>,
    /// Files that are its alone: below the project, and on the disk.
    pub(crate) files: Vec<(String, PathBuf)>,
    /// Files that others name too.
    pub(crate) shared: Vec<Shared>,
    /// Its own page in each language, below the site: `/policies/a/`.
    pub(crate) pages: Vec<String>,
    /// Other addresses that are there with it and not without it.
    pub(crate) gone: Vec<String>,
    /// Earlier addresses that lead to it.
    pub(crate) aliases: Vec<String>,
    /// Files of others that name it by its title or its id, with the line.
    pub(crate) named: Vec<(String, u32)>,
    /// It is withdrawn already.
    pub(crate) already: bool,
    /// What is counted of it and what it did to others, for the file that is left of it: keys with values in YAML.
    pub(crate) facts: Vec<(String, String)>,
}

/// A file that others name too.
pub(crate) struct Shared {
    /// Below the project.
    pub(crate) path: String,
    /// On the disk.
    pub(crate) disk: PathBuf,
    /// It is the item's own, an attachment or a file of its data, and goes with it.
    pub(crate) goes: bool,
    /// Who names it, with the line.
    pub(crate) by: Vec<(String, u32)>,
}

/// A content file of the item.
pub(crate) struct Own {
    /// Below the project.
    pub(crate) path: String,
    /// What stands in it.
    pub(crate) text: String,
    /// Tags of the languages of its editions.
    pub(crate) tags: Vec<String>,
}

/// What is affected; with `strict` its own files go whoever else links to them. `Err` where there is no such item, with the one that may be meant. `None` where the addresses cannot be planned.
pub(crate) fn affected(
    request: &Request<'_>,
    content: &mut Content,
    theme: &Theme,
    id: &str,
    strict: bool,
    times: &mut Times<'_>,
    report: &mut Report,
) -> Option<Result<Affected, Option<String>>> {
    let Some(at) = content.portal.items.iter().position(|i| *i.id == *id) else {
        let routed = super::plan(request, content, theme, times, report);
        return Some(Err(routed.and_then(|r| super::near(&r, id))));
    };
    let item = content.portal.items[at].clone();
    // Whatever else is wrong with the site stands in no withdrawal's way.
    let mut aside = Report::new();
    let before = super::plan(request, content, theme, times, &mut aside);
    let texts = texts(&item, content);
    let (files, shared) = files(content, &item, strict);
    let keys: BTreeSet<Arc<str>> = portal_keys(content, &shared);
    let pages: Vec<String> = before.iter().flat_map(|r| pages(r, &item, content.config.base_path.as_str())).collect();
    let all = |r: &super::Routed| -> BTreeSet<String> { r.routes.entries.iter().map(|e| bare(&e.url, &content.config.base_path)).collect() };
    let with = before.as_ref().map(all).unwrap_or_default();
    let named = named(content, &item);
    let already = item.withdrawn.is_some();
    let facts = facts(&item, &content.portal);
    let out = Item { withdrawn: Some(Withdrawn { on: None, ground: None, reason: None }), ..Item::clone(&item) };
    content.portal.items[at] = Arc::new(out);
    keys.iter().for_each(|k| drop(content.portal.blobs.remove(k)));
    let after = super::plan(request, content, theme, times, &mut aside);
    // What led on before may lead on still; a notice for want of anything else, or a page that leads on now, is not what was there.
    let led: BTreeSet<String> = before
        .iter()
        .flat_map(|r| r.routes.entries.iter().filter(|e| matches!(e.target, crate::route::Target::Redirect(_))))
        .map(|e| bare(&e.url, &content.config.base_path))
        .collect();
    let stands = |e: &&crate::route::Entry| match e.target {
        crate::route::Target::Held(_) => false,
        crate::route::Target::Redirect(_) => led.contains(&bare(&e.url, &content.config.base_path)),
        _ => true,
    };
    let left = |r: &super::Routed| -> Vec<String> { r.routes.entries.iter().filter(stands).map(|e| bare(&e.url, &content.config.base_path)).collect() };
    let without: BTreeSet<String> = after.iter().flat_map(left).collect();
    let made = |u: &&String| !u.starts_with("/search/") && !u.contains("/search/");
    let gone = with.difference(&without).filter(made).filter(|u| !pages.contains(u)).cloned().collect();
    let titles = item.editions.iter().map(|e| e.title.clone()).collect();
    let aliases = item.aliases.iter().map(|(a, _)| a.clone()).collect();
    Some(Ok(Affected {
        id: item.id.to_string(),
        kind: item.kind.id,
        number: item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.written.clone()),
        told: item.dataset().and_then(|d| d.identifier.clone()),
        original: item.source_url.clone(),
        titles,
        texts,
        slug: item.slug.clone(),
        files,
        shared,
        pages,
        gone,
        aliases,
        named,
        already,
        facts,
    }))
}

/// What is left of an item of which nothing may be told: by whom, when, and what it did to others. Its department and its days
/// keep it in the figures of which it was part, so that none rises by a withdrawal; relations are ids of what is public.
fn facts(item: &Item, portal: &crate::model::Portal) -> Vec<(String, String)> {
    let departments = &portal.departments;
    let quoted = |t: &str| serde_json::Value::from(t).to_string();
    let list = |ids: Vec<&str>| -> Option<String> {
        match ids[..] {
            [] => None,
            [one] => Some(quoted(one)),
            _ => Some(format!("[{}]", ids.into_iter().map(quoted).collect::<Vec<_>>().join(", "))),
        }
    };
    let whose = |all: &[usize]| list(all.iter().map(|d| departments[*d].id.as_str()).collect());
    let named = |ids: &[Arc<str>]| list(ids.iter().map(|i| &**i).collect());
    let day = |d: Option<jiff::civil::Date>| d.map(|d| quoted(&d.to_string()));
    let mut out: Vec<(&str, Option<String>)> =
        vec![(item.kind.issuer.key, whose(&item.issuers)), ("formed_on", day(item.formed)), ("published_at", day(item.published.map(|m| m.date)))];
    if let Some(p) = item.policy() {
        out.push(("effective_from", day(item.effective)));
        out.push(("drafted_by", whose(&p.drafted_by)));
        out.push(("is_normative", (p.normative == Some(true)).then(|| "true".to_string())));
        out.push(("interpretation", matches!(p.interpretation, crate::model::Need::Required).then(|| "required".to_string())));
        out.push(("repeals", named(&p.repeals)));
        // The editions before it lose the name by which they would be known as such: what changed them is told by their ids.
        let key = crate::model::edition_of(item);
        let older = |o: &&Arc<Item>| {
            key.is_some() && crate::model::edition_of(o) == key && (crate::model::dated(o) || crate::model::dated(item)) && o.formed < item.formed
        };
        let mut amends = p.amends.clone();
        amends.extend(portal.items.iter().filter(older).filter(|o| o.formed.is_some()).map(|o| o.id.clone()));
        amends.sort_unstable();
        amends.dedup();
        out.push(("amends", named(&amends)));
    }
    if let Some(i) = item.interpretation() {
        out.push(("policies", named(&i.policies)));
    }
    if let Some(c) = item.consultation() {
        out.push(("closes", day(c.closes)));
    }
    out.into_iter().filter_map(|(k, v)| Some((k.to_string(), v?))).collect()
}

fn bare(url: &str, base: &str) -> String {
    format!("/{}", url.strip_prefix(base).unwrap_or(url).trim_start_matches('/'))
}

fn pages(r: &super::Routed, item: &Item, base: &str) -> Vec<String> {
    let place = r.public.items.iter().position(|i| i.id == item.id).map(|i| crate::route::Target::Item(i as u32));
    let place = place.or_else(|| r.public.gone.iter().position(|i| i.id == item.id).map(|i| crate::route::Target::Gone(i as u32)));
    r.routes.entries.iter().filter(|e| Some(&e.target) == place.as_ref()).map(|e| bare(&e.url, base)).collect()
}

fn texts(item: &Item, content: &Content) -> Vec<Own> {
    let mut out: Vec<Own> = Vec::new();
    for e in item.written() {
        let (path, tag) = (e.doc.source.path.to_string(), content.portal.languages[e.lang].tag.clone());
        match out.iter_mut().find(|o| o.path == path) {
            Some(o) => o.tags.push(tag),
            None => {
                // The text of an item in YAML is not all of what stands in its file as it was read.
                let disk = crate::load::read_text(&content.config.root.join(&path), &path, &crate::load::Limits::default());
                out.push(Own { text: disk.map_or_else(|_| e.doc.source.text.to_string(), |t| t.to_string()), path, tags: vec![tag] });
            }
        }
    }
    out
}

/// The files that only this item names, and those that others name too. What lies in the folder of a dataset is its own.
fn files(content: &Content, item: &Item, strict: bool) -> (Vec<(String, PathBuf)>, Vec<Shared>) {
    let portal = &content.portal;
    let mut own: BTreeSet<Arc<str>> = item.named().cloned().collect();
    let named = own.clone();
    own.extend(item.files().filter_map(|f| portal.blobs.get_key_value(&*f).map(|(k, _)| k.clone())));
    if item.dataset().is_some() && item.base.ends_with("/dataset") {
        let folder = format!("{}/", item.base.trim_end_matches("/dataset"));
        own.extend(portal.blobs.keys().filter(|k| k.starts_with(&folder)).cloned());
    }
    let others: BTreeSet<String> =
        portal.items.iter().filter(|i| i.id != item.id).flat_map(|i| i.files().map(|f| f.into_owned()).chain(i.named().map(|f| f.to_string()))).collect();
    let (mut mine, mut shared) = (Vec::new(), Vec::new());
    for key in own {
        let Some(blob) = portal.blobs.get(&key) else { continue };
        let shown = blob.disk.strip_prefix(&content.config.root).unwrap_or(&blob.disk).to_string_lossy().replace('\\', "/");
        if others.contains(&*key) {
            // Its text may link to what is another's; what it names as its own, and what lies in its folder, is not. Nor is a
            // file beside it that its text links to and nobody else names: it was kept with the item, and goes with its text.
            let inside = item.base.strip_prefix(&*item.id).is_some_and(|r| !r.is_empty()) && key.strip_prefix(&*item.id).is_some_and(|r| r.starts_with('/'));
            let beside = crate::model::lies_beside(&key, &item.base) && !portal.items.iter().any(|i| i.id != item.id && i.named().any(|f| *f == key));
            let by = linking(content, item, &key);
            shared.push(Shared { path: shown, disk: blob.disk.clone(), goes: strict && (named.contains(&key) || inside || beside), by });
        } else {
            mine.push((shown, blob.disk.clone()));
        }
    }
    // Files of `static/` are published whoever names them.
    let linked: BTreeSet<&str> = item.written().flat_map(|e| &e.doc.outline.links).filter_map(|l| l.to.strip_prefix('/')).collect();
    for name in linked.into_iter().filter_map(|l| crate::model::content_key("", l)) {
        let Some(blob) = portal.statics.get(&*name) else { continue };
        let own: BTreeSet<&str> = item.editions.iter().map(|e| &*e.doc.source.path).collect();
        let others = portal.items.iter().flat_map(|i| i.written()).map(|e| &e.doc.source).filter(|s| !own.contains(&*s.path));
        if others.into_iter().any(|s| s.text.contains(&name)) {
            shared.push(Shared { path: format!("static/{name}"), disk: blob.disk.clone(), goes: false, by: linking(content, item, &name) });
        } else {
            mine.push((format!("static/{name}"), blob.disk.clone()));
        }
    }
    (mine, shared)
}

/// The files that go, as they are known to the portal.
fn portal_keys(content: &Content, shared: &[Shared]) -> BTreeSet<Arc<str>> {
    let goes = |d: &PathBuf| shared.iter().any(|s| s.goes && s.disk == *d);
    content.portal.blobs.iter().filter(|(_, b)| goes(&b.disk)).map(|(k, _)| k.clone()).collect()
}

/// Where others name a file: the line with its name, else the beginning of the text that leads to it.
fn linking(content: &Content, item: &Item, key: &str) -> Vec<(String, u32)> {
    let name = key.rsplit('/').next().unwrap_or(key);
    let mut out = Vec::new();
    for i in content.portal.items.iter().filter(|i| i.id != item.id) {
        let known = i.files().any(|f| *f == *key) || i.named().any(|f| **f == *key);
        let found = i.written().filter_map(|e| {
            let s = &e.doc.source;
            let at = s.text.find(name).or_else(|| s.text.lines().find(|l| plain(l).contains(name)).and_then(|l| s.text.find(l)));
            at.map(|at| (s.path.to_string(), s.span(at, at + 1).line))
        });
        let before = out.len();
        if known || content.portal.statics.contains_key(key) {
            out.extend(found);
        }
        if known && out.len() == before {
            out.extend(i.written().next().map(|e| (e.doc.source.path.to_string(), 1)));
        }
    }
    out.sort();
    out.dedup();
    out
}

fn plain(line: &str) -> std::borrow::Cow<'_, str> {
    percent_encoding::percent_decode_str(line).decode_utf8_lossy()
}

/// Keys of fields that name items, those of tables too.
fn references(record: &'static crate::schema::Record, depth: usize, keys: &mut BTreeSet<&'static str>) {
    use crate::schema::FieldKind;
    fn kinds(kind: &'static FieldKind, depth: usize, keys: &mut BTreeSet<&'static str>) -> bool {
        match kind {
            FieldKind::Item(_) => true,
            FieldKind::List(k) => kinds(k, depth, keys),
            FieldKind::Either(a, b) => kinds(a, depth, keys) | kinds(b, depth, keys),
            FieldKind::Table(r) if depth < 4 => {
                references(r, depth + 1, keys);
                false
            }
            _ => false,
        }
    }
    for f in record.all() {
        if kinds(&f.kind, depth, keys) {
            keys.extend(f.spellings());
        }
    }
}

/// Where a text has a word that is no part of a longer one.
fn whole<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(word)
        .map(|(i, _)| i)
        .filter(move |i| !word.is_empty() && !text[..*i].ends_with(part) && !text[i + word.len()..].starts_with(part) && !text[..*i].ends_with('.'))
}

/// The key of the field in whose value a place of YAML is: on its line, or above it on one that is indented less.
fn key_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let key = |line: &'_ str| -> Option<(usize, usize)> {
        let colon = line.rfind(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len))?;
        let from = line[..colon].rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |i| i + line[i..].chars().next().map_or(1, char::len_utf8));
        Some((from, colon))
    };
    if let Some((from, to)) = key(&text[start..at]) {
        return &text[start + from..start + to];
    }
    let deep = |l: &str| l.len() - l.trim_start_matches([' ', '-']).len();
    let (mut end, mut most) = (start, deep(&text[start..at]));
    while end > 0 {
        let from = text[..end - 1].rfind('\n').map_or(0, |i| i + 1);
        let line = &text[from..end - 1];
        let ends = line.trim_end().ends_with(':');
        if ends
            && deep(line) <= most
            && let Some((a, b)) = key(line)
        {
            return &text[from + a..from + b];
        }
        if !line.trim().is_empty() {
            most = most.min(deep(line));
        }
        end = from;
    }
    ""
}

/// Where other items name it: their texts stay, and somebody has to look at them.
fn named(content: &Content, item: &Item) -> Vec<(String, u32)> {
    let titles: Vec<&str> = item.editions.iter().map(|e| e.title.as_str()).filter(|w| w.chars().count() >= 4).collect();
    // A bare name is a word like others: it names the item where a field names items.
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    content.config.types.iter().for_each(|t| references(t.record, 0, &mut keys));
    let own: BTreeSet<&str> = item.editions.iter().map(|e| &*e.doc.source.path).collect();
    let mut out = Vec::new();
    // A link from one text to another is written from where it stands.
    let linked = |i: &Item, d: &crate::load::Doc| {
        let to = |to: &str| crate::model::content_key(&i.base, to).is_some_and(|k| k.strip_suffix(".md").unwrap_or(&k).trim_end_matches("/index") == &*item.id);
        d.outline.links.iter().find(|l| to(&l.to)).map(|l| l.at.0 as usize)
    };
    let texts = content.portal.items.iter().flat_map(|i| i.written().map(move |e| (&e.doc.source, linked(i, &e.doc))));
    let others = content.portal.vocabularies.iter().map(|y| &y.source).chain([&content.config.source]).map(|s| (s, None));
    for (s, link) in texts.chain(others).filter(|(s, _)| !own.contains(&*s.path)) {
        let title = titles.iter().filter_map(|w| s.text.find(w));
        let id = whole(&s.text, &item.id).next();
        let name = whole(&s.text, item.name()).find(|at| keys.contains(key_of(&s.text, *at)));
        if let Some(at) = title.chain(id).chain(name).chain(link).min() {
            out.push((s.path.to_string(), s.span(at, at + 1).line));
        }
    }
    out.sort();
    out.dedup();
    out
}
