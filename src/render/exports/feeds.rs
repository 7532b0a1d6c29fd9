//! Feeds: Atom (RFC 4287) and JSON Feed 1.1, for the site, columns, departments, themes, and of each dataset's changes.

use super::xml;
use crate::load::Moment;
use crate::output::{Made, MakeResult};
use crate::render::pages::resource::diff_text;
use crate::render::pages::{column, item_path};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedFormat, FeedOf, Letters, Planner, Site, Target};
use crate::types;
use serde_json::json;

/// All feeds.
pub static EXPORT: Maker = Maker { name: "feeds", plan, make, cost: 6 };

/// Entries of a feed.
const ENTRIES: usize = 30;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (lang, language) in site.public.languages.iter().enumerate() {
        // A list that is empty for the moment keeps the feed that it had.
        let any = |p: &Planner<'_>, list: &[u32], base: &str| !list.is_empty() || p.was_public(&format!("{}{base}feed.xml", language.prefix));
        let both = |p: &mut Planner<'_>, base: &str, of: FeedOf| {
            p.file(lang, format!("{}{base}feed.xml", language.prefix), Target::Feed(of, FeedFormat::Atom), 2, false, true);
            p.file(lang, format!("{}{base}feed.json", language.prefix), Target::Feed(of, FeedFormat::Json), 2, false, true);
        };
        both(p, "", FeedOf::Site);
        if !site.public.feedback.letters.is_empty() {
            both(p, "feedback/", FeedOf::Letters);
        }
        for (c, col) in site.public.columns.iter().enumerate() {
            if col.path != "pages" && any(p, &site.derived.by_column[c], &format!("{}/", column::path_of(col))) {
                both(p, &format!("{}/", column::path_of(col)), FeedOf::Column(c as u32));
            }
        }
        for (d, dep) in site.public.departments.iter().enumerate() {
            if any(p, &site.derived.by_department[d], &format!("departments/{}/", dep.id)) {
                both(p, &format!("departments/{}/", dep.id), FeedOf::Department(d as u32));
            }
        }
        for (t, theme) in site.public.themes.iter().enumerate() {
            if any(p, &site.derived.by_theme[t], &format!("themes/{}/", theme.id)) {
                both(p, &format!("themes/{}/", theme.id), FeedOf::Theme(t as u32));
            }
        }
        for i in site.derived.list(types::DATASET) {
            let item = &site.public.items[*i as usize];
            if item.edition(lang).is_some() {
                both(p, &item_path(item), FeedOf::Dataset(*i));
            }
        }
    }
}

struct FeedEntry {
    title: String,
    url: String,
    summary: String,
    authors: Vec<String>,
    tags: Vec<String>,
    published: Option<String>,
    updated: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Feed(of, format) = entry.target else { return misrouted(entry) };
    let lang = entry.lang;
    let site = ctx.config.title.get(lang);
    let (title, home, list) = match of {
        FeedOf::Site => (site.to_string(), Target::Home, site_items(ctx)),
        FeedOf::Column(c) => (format!("{} - {site}", ctx.shells.columns[lang][c as usize]), Target::Column(c, 0), ctx.derived.by_column[c as usize].clone()),
        FeedOf::Department(d) => {
            (format!("{} - {site}", ctx.public.departments[d as usize].name.get(lang)), Target::Department(d, 0), ctx.derived.by_department[d as usize].clone())
        }
        FeedOf::Theme(t) => {
            (format!("{} - {site}", ctx.public.themes[t as usize].label.get(lang)), Target::Theme(t, 0), ctx.derived.by_theme[t as usize].clone())
        }
        FeedOf::Letters => (format!("{} - {site}", ctx.say(lang, "feedback.title")), Target::Letters(Letters::List(0)), Vec::new()),
        FeedOf::Dataset(i) => (format!("{} - {site}", ctx.public.items[i as usize].best(lang).title), Target::Item(i), Vec::new()),
    };
    let entries: Vec<FeedEntry> = match of {
        FeedOf::Dataset(i) => changes_of(ctx, lang, i),
        FeedOf::Letters => answered(ctx, lang),
        _ => {
            let dated: Vec<u32> = list.into_iter().filter(|i| ctx.public.items[*i as usize].day().is_some()).collect();
            newest(ctx, &dated).into_iter().map(|i| feed_entry(ctx, lang, i)).collect()
        }
    };
    let home = ctx.absolute(ctx.url(lang, &home));
    let me = ctx.absolute(&entry.url);
    let text = match format {
        FeedFormat::Atom => atom(ctx, lang, &title, &home, &me, &entries),
        FeedFormat::Json => json_feed(ctx, lang, &title, &home, &me, &entries),
    };
    Ok(Made::Bytes(ctx.shells.script(ctx.public, lang, text.into_bytes())))
}

/// What the types that the feed of the whole site tells of have, newest first.
fn site_items(ctx: &Ctx<'_>) -> Vec<u32> {
    let mut all: Vec<u32> = ctx.public.types.iter().filter(|k| k.feed).flat_map(|k| newest(ctx, ctx.derived.list(k))).collect();
    // The result of a consultation is news, though it came out long before.
    let day = |i: &u32| ctx.public.items[*i as usize].day().max(result(ctx, *i));
    all.sort_by_key(|i| (std::cmp::Reverse(day(i)), *i));
    all
}

/// The day of the result of a consultation.
fn result(ctx: &Ctx<'_>, i: u32) -> Option<jiff::civil::Date> {
    ctx.public.items[i as usize].consultation().and_then(|c| c.result(ctx.public.as_of)).and_then(|r| r.on)
}

/// The first of a list, newest first, with the consultations further down whose result is as new.
fn newest(ctx: &Ctx<'_>, list: &[u32]) -> Vec<u32> {
    let mut out = list.to_vec();
    if list.iter().any(|i| result(ctx, *i).is_some()) {
        out.sort_by_key(|i| std::cmp::Reverse(ctx.public.items[*i as usize].day().max(result(ctx, *i))));
    }
    out.truncate(ENTRIES);
    out
}

/// What happened to a dataset: it was published, notes of its author, new states of its files with what is different.
fn changes_of(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<FeedEntry> {
    let item = &ctx.public.items[i as usize];
    let whole = feed_entry(ctx, lang, i);
    let page = whole.url.clone();
    let mut out: Vec<(jiff::civil::Date, FeedEntry)> = Vec::new();
    let mut add = |day: jiff::civil::Date, title: String, url: String, summary: String| {
        let at = stamp(ctx, Moment::day(day));
        out.push((day, FeedEntry { title, url, summary, authors: whole.authors.clone(), tags: Vec::new(), published: Some(at.clone()), updated: at }));
    };
    for (n, c) in item.changes.iter().enumerate().filter(|(_, c)| c.on <= ctx.public.as_of) {
        add(c.on, whole.title.clone(), format!("{page}#change-{}", n + 1), c.note.clone());
    }
    for (r, states) in ctx.derived.history[i as usize].iter().enumerate() {
        let Some(resource) = item.dataset().and_then(|d| d.resources.get(r)) else { continue };
        let url = ctx.routes.get(lang, &Target::Resource(i, r as u32)).map_or(page.clone(), |e| ctx.absolute(&e.url));
        for (n, s) in states.iter().enumerate() {
            let Some(day) = s.day.filter(|d| *d <= ctx.public.as_of) else { continue };
            let note = s.kept.and_then(|k| resource.versions.get(k)).map(|v| v.note.get(lang).to_string()).unwrap_or_default();
            let said = s.diff.as_ref().map_or(String::new(), |d| diff_text(ctx, lang, d));
            let summary = [note, said].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
            add(day, format!("{} {}", resource.title.get(lang), s.version), format!("{url}#v{}", states.len() - n), summary);
        }
    }
    out.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.url.cmp(&b.1.url)));
    let mut entries: Vec<FeedEntry> = out.into_iter().map(|(_, e)| e).take(ENTRIES).collect();
    entries.extend(Some(whole).filter(|w| !w.updated.is_empty()));
    entries
}

/// Letters that were answered, newest reply first.
fn answered(ctx: &Ctx<'_>, lang: usize) -> Vec<FeedEntry> {
    let all = &ctx.public.feedback.letters;
    let mut list: Vec<u32> = ctx.derived.letters.shown.iter().copied().filter(|i| all[*i as usize].replied.is_some()).collect();
    list.sort_by_key(|i| (std::cmp::Reverse(all[*i as usize].replied), *i));
    list.iter()
        .take(ENTRIES)
        .map(|i| {
            let l = &all[*i as usize];
            let at = l.replied.map(|d| stamp(ctx, Moment::day(d))).unwrap_or_default();
            FeedEntry {
                title: l.title.clone(),
                url: ctx.absolute(crate::render::pages::feedback::url(ctx.routes, lang, *i)),
                summary: shortened(&l.reply),
                authors: vec![ctx.public.departments[l.department].name.get(lang).to_string()],
                tags: l.kind.map(|k| ctx.say(lang, &format!("feedback.kind.{k}"))).into_iter().collect(),
                published: Some(at.clone()),
                updated: at,
            }
        })
        .collect()
}

/// So many characters of a text; where it goes on, that is seen.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(200).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// The summary of its author, else the beginning of the text; where that goes on, it is seen.
fn summary(ctx: &Ctx<'_>, edition: &crate::model::Edition) -> String {
    let text = ctx.summary(edition);
    let more = edition.summary.is_none() && text.len() < edition.doc.outline.lead.len();
    if more { text + "…" } else { text }
}

fn feed_entry(ctx: &Ctx<'_>, lang: usize, i: u32) -> FeedEntry {
    let item = &ctx.public.items[i as usize];
    let edition = item.best(lang);
    let published = item.published.map(|m| stamp(ctx, m));
    let day = item.day().map(|d| stamp(ctx, Moment::day(d)));
    let changed = item.changed(ctx.public.as_of).map(|d| stamp(ctx, Moment::day(d)));
    FeedEntry {
        title: edition.title.clone(),
        url: ctx.absolute(ctx.routes.item(lang, i, item).map_or("", |e| &e.url)),
        summary: summary(ctx, edition),
        authors: item.issuers.iter().map(|d| ctx.issuer(lang, item, *d).to_string()).collect(),
        tags: item.themes.iter().map(|t| ctx.public.themes[*t].label.get(lang).to_string()).chain(item.keywords.iter().cloned()).collect(),
        updated: changed.into_iter().chain(published.clone().or(day.clone())).max().unwrap_or_default(),
        published: published.or(day),
    }
}

/// RFC 3339 in the site's time zone; a day without a time is its midnight.
fn stamp(ctx: &Ctx<'_>, m: Moment) -> String {
    let civil = m.date.to_datetime(m.clock());
    let offset = ctx.config.tz.to_ambiguous_zoned_datetime(civil).compatible().map(|z| z.offset().seconds()).unwrap_or(0);
    let sign = if offset < 0 { '-' } else { '+' };
    let (h, min) = (offset.abs() / 3600, offset.abs() / 60 % 60);
    format!("{}T{:02}:{:02}:{:02}{sign}{h:02}:{min:02}", m.date, m.clock().hour(), m.clock().minute(), m.clock().second())
}

fn atom(ctx: &Ctx<'_>, lang: usize, title: &str, home: &str, me: &str, entries: &[FeedEntry]) -> String {
    let updated = entries.iter().map(|e| e.updated.as_str()).max().map_or_else(|| stamp(ctx, Moment::day(ctx.public.as_of)), String::from);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{updated}</updated>\n<author><name>{}</name></author>\n",
        ctx.public.languages[lang].tag,
        xml(title),
        xml(me),
        xml(me),
        xml(home),
        xml(ctx.config.title.get(lang)),
    );
    for e in entries {
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{}</updated>\n",
            xml(&e.title),
            xml(&e.url),
            xml(&e.url),
            e.updated
        ));
        if let Some(p) = &e.published {
            out.push_str(&format!("<published>{p}</published>\n"));
        }
        for a in &e.authors {
            out.push_str(&format!("<author><name>{}</name></author>\n", xml(a)));
        }
        for t in &e.tags {
            out.push_str(&format!("<category term=\"{}\"/>\n", xml(t)));
        }
        out.push_str(&format!("<summary>{}</summary>\n</entry>\n", xml(&e.summary)));
    }
    out.push_str("</feed>\n");
    out
}

fn json_feed(ctx: &Ctx<'_>, lang: usize, title: &str, home: &str, me: &str, entries: &[FeedEntry]) -> String {
    let items: Vec<serde_json::Value> = entries
        .iter()
        .map(|e| {
            let authors: Vec<_> = e.authors.iter().map(|a| json!({ "name": a })).collect();
            let mut item = json!({ "id": e.url, "url": e.url, "title": e.title, "content_text": e.summary, "date_modified": e.updated });
            if let Some(p) = &e.published {
                item["date_published"] = json!(p);
            }
            if !authors.is_empty() {
                item["authors"] = json!(authors);
            }
            if !e.tags.is_empty() {
                item["tags"] = json!(e.tags);
            }
            item
        })
        .collect();
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": home, "feed_url": me, "language": ctx.public.languages[lang].tag, "items": items });
    format!("{feed:#}\n")
}
