//! Markdown twins: beside the page of every item `index.md`, for programs that answer people. What must be known before anything
//! is quoted stands at its head: state and day, warnings, dates, how to cite, where it stands.
//!
//! Editions made by table have none: they would say the same twice.

use super::commonmark;
use super::texts::{self, Piece};
use crate::load::chars::{clean, indented, joins};
use crate::load::inline_html;
use crate::load::markdown::{beyond, level_of, prepare};
use crate::load::targets::bad_scheme;
use crate::model::{Edition, Item};
use crate::output::{Made, MakeResult};
use crate::render::cite::cite;
use crate::render::{Ctx, Maker, misrouted, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};
use std::fmt::Write as _;

/// `index.md` beside each page of an item.
pub static EXPORT: Maker = Maker { name: "twin", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.writes(&outputs::MARKDOWN) {
        return;
    }
    for (i, item) in site.public.items.iter().enumerate() {
        for e in item.written() {
            let path = format!("{}{}index.md", site.public.languages[e.lang].prefix, pages::item_path(item));
            // An address that is none is told, and held, at its item.
            if !p.taken(&path) && crate::route::unfit(&path, false).is_none() {
                p.file(e.lang, path, Target::Twin(i as u32), 2, false, false);
            }
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Twin(i) = entry.target else { return misrouted(entry) };
    let item = &ctx.public.items[i as usize];
    let edition = item.best(entry.lang);
    let mut out = String::with_capacity(edition.doc.body().len() + 1024);
    head(ctx, i, edition, &mut out);
    for p in texts::pieces(ctx, item, edition) {
        if !p.title.is_empty() {
            let _ = write!(out, "## {}\n\n", escaped(&p.title));
        }
        body(ctx, entry.lang, item, &p, &mut out);
        out.truncate(out.trim_end().len());
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(Made::Bytes(out.into_bytes()))
}

/// What must be known before anything is quoted.
fn head(ctx: &Ctx<'_>, i: u32, e: &Edition, out: &mut String) {
    let (lang, item) = (e.lang, &ctx.public.items[i as usize]);
    let m = &ctx.theme.messages[lang];
    let page = texts::page(ctx, i, lang);
    let standing = texts::standing(ctx, lang, i);
    let args = [("state", standing.label), ("date", ctx.date(lang, ctx.public.as_of))];
    let _ = write!(out, "# {}\n\n> {}", escaped(&e.title), m.get("twin.state", &args).unwrap_or_default());
    if let Some((text, instead)) = pages::warning(ctx, lang, i) {
        let _ = write!(out, " {}", escaped(&text));
        if let Some(o) = instead {
            let _ = write!(out, " {}[{}]({})", m.say("banner.see"), escaped(&ctx.public.items[o as usize].best(lang).title), texts::page(ctx, o, lang));
        }
    }
    // An interpretation is no better than what it explains.
    let explains = if item.interpretation().is_some() { &ctx.derived.relations[i as usize].explains[..] } else { &[] };
    if explains.iter().any(|p| texts::doubtful(ctx, *p)) {
        let _ = write!(out, " {}", m.say("twin.doubtful"));
    }
    out.push_str("\n\n");
    let (open, colon) = ("- ", if ctx.public.languages[lang].tag.starts_with("zh") { "：" } else { ": " });
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(out, "{open}{label}{colon}{value}");
    };
    for f in texts::facts(ctx, lang, i) {
        let link = f.url.as_deref().map(|u| if u.starts_with('/') { ctx.absolute(u) } else { u.to_string() });
        match link.filter(|u| bad_scheme(u).is_none()) {
            Some(u) => line(&f.label, &format!("[{}]({})", escaped(&f.value), u.replace(' ', "%20"))),
            None => line(&f.label, &escaped(&f.value)),
        }
    }
    for &p in explains {
        let policy = &ctx.public.items[p as usize];
        let state = texts::standing(ctx, lang, p).label;
        line(&m.say("policies.title"), &format!("[{}]({}) — {state}", escaped(&policy.best(lang).title), texts::page(ctx, p, lang)));
    }
    for c in item.changes.iter().filter(|c| c.on <= ctx.public.as_of) {
        line(&m.say("changes.notes"), &format!("{} {}", c.on, escaped(&c.note)));
    }
    line(&m.say("twin.page"), &format!("<{page}>"));
    line(&m.say("twin.cite"), &escaped(&cite(ctx, lang, item, e, &page).text));
    for a in &item.attachments {
        if let Some(f) = ctx.routes.get(0, &Target::Blob(a.file.clone())) {
            line(&m.say("attachments.title"), &format!("[{}]({})", escaped(&a.title), ctx.absolute(&f.url)));
        }
    }
    files(ctx, i, lang, &mut line);
    out.push_str("\n---\n\n");
}

/// The files of a dataset that is open to all.
fn files(ctx: &Ctx<'_>, i: u32, lang: usize, line: &mut dyn FnMut(&str, &str)) {
    let item = &ctx.public.items[i as usize];
    let Some(record) = crate::catalog::Dataset::of(ctx.public, item, &ctx.derived.tables[i as usize]) else { return };
    let at = super::catalogues::published(ctx, i, &record, lang);
    for (d, copy) in record.distributions.iter().zip(&at.copies) {
        let Some(copy) = copy else { continue };
        let size = copy.bytes.map_or(String::new(), |b| format!(", {}", crate::render::size_text(b)));
        let rows = copy.rows.as_ref().map_or(String::new(), |u| format!(" ([{}]({u}))", ctx.say(lang, "api.catalogue.row_index")));
        line(&ctx.say(lang, "twin.file"), &format!("[{}]({}) {}{size}{rows}", escaped(d.title.get(lang)), copy.url, d.format_name()));
    }
}

/// Text that no reader of Markdown takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Writes a text as Markdown that reads the same everywhere: addresses are whole, what belongs to editors is not there, lines of
/// Chinese text are joined as on the page.
fn body(ctx: &Ctx<'_>, lang: usize, item: &Item, p: &Piece<'_>, out: &mut String) {
    told(ctx, lang, item, p, &mut |events| commonmark::write(events, out));
}

/// A piece as the events of what readers are told, with whole addresses.
pub(super) fn told(ctx: &Ctx<'_>, lang: usize, item: &Item, p: &Piece<'_>, take: &mut dyn FnMut(&[Event<'_>])) {
    let prepared = prepare(&p.markdown, p.calm);
    let raw: Vec<_> = prepared.events().collect();
    let levels = raw.iter().filter_map(|(e, _)| if let Event::Start(Tag::Heading { level, .. }) = e { Some(level_of(*level)) } else { None });
    // Below the title of the page, or that of the section.
    let shift = 2 + i8::from(!p.title.is_empty()) - levels.min().unwrap_or(2) as i8;
    let page = || texts::page(ctx, ctx.derived.by_id.get(&item.id).copied().unwrap_or(0), lang);
    let to = |dest: &str| -> Option<String> {
        if let Some(anchor) = dest.strip_prefix('#') {
            return Some(format!("{}#{}{anchor}", page(), p.prefix));
        }
        match pages::resolve(ctx, lang, item, dest) {
            Some(u) if u.is_empty() => None,
            Some(u) => Some(ctx.absolute(&u)),
            None if bad_scheme(dest).is_some() => None,
            None if dest.starts_with('/') && !dest.starts_with("//") => Some(ctx.absolute(dest)),
            None => Some(dest.to_string()),
        }
    };
    take(&tidy(&raw, prepared.text(), ctx.config.allow_html, shift, &to));
}

/// The events that are written.
fn tidy<'e>(raw: &'e [(Event<'e>, std::ops::Range<usize>)], source: &str, allow_html: bool, shift: i8, to: &dyn Fn(&str) -> Option<String>) -> Vec<Event<'e>> {
    let mut out: Vec<Event<'e>> = Vec::with_capacity(raw.len());
    // Of each open link and picture: it is kept.
    let mut links: Vec<bool> = Vec::new();
    // Of each open list the number that comes next, where it has numbers.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let (mut columns, mut html, mut cell) = (0, String::new(), false);
    let text = |t: &str| Event::Text(CowStr::from(clean(t).into_owned()));
    for (n, (event, range)) in raw.iter().enumerate() {
        match event {
            Event::Text(t) => out.push(text(t)),
            Event::Code(t) => out.push(Event::Code(clean(t).into_owned().into())),
            Event::SoftBreak => {
                let before = out.last().and_then(|e| if let Event::Text(t) = e { t.chars().next_back() } else { None });
                let after = raw.get(n + 1).and_then(|(e, _)| if let Event::Text(t) = e { Some(t) } else { None });
                if after.is_some_and(|t| indented(t)) {
                    out.push(Event::HardBreak);
                } else if !joins(before, after.and_then(|t| t.chars().next())) {
                    out.push(Event::SoftBreak);
                }
            }
            Event::InlineHtml(t) => match inline_html::safe(&clean(t)) {
                // A row of a table is one line.
                Some(inline_html::Safe::Single("br")) if cell => out.push(Event::InlineHtml("<br>".into())),
                Some(inline_html::Safe::Single("br")) => out.push(Event::HardBreak),
                Some(_) => out.push(Event::InlineHtml(t.clone())),
                None => {
                    let mut plain = String::new();
                    let kept = inline_html::without_comments(t);
                    if allow_html {
                        inline_html::text_of(&kept, &mut plain)
                    } else {
                        plain.push_str(&kept)
                    }
                    out.push(text(&plain));
                }
            },
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(t) => html.push_str(t),
            Event::End(TagEnd::HtmlBlock) => {
                let block = clean(&html).into_owned();
                let block = inline_html::without_comments(&block);
                let mut plain = String::new();
                match inline_html::block(&block) {
                    None if !allow_html => plain.push_str(&block),
                    _ => inline_html::text_of(&block, &mut plain),
                }
                if !plain.trim().is_empty() {
                    out.extend([Event::Start(Tag::Paragraph), text(plain.trim()), Event::End(TagEnd::Paragraph)]);
                }
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let level = heading(level_of(*level) as i8 + shift);
                out.push(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }));
            }
            Event::End(TagEnd::Heading(level)) => out.push(Event::End(TagEnd::Heading(heading(level_of(*level) as i8 + shift)))),
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let dest = to(&clean(dest_url));
                links.push(dest.is_some());
                out.extend(dest.map(|d| {
                    let link_type = pulldown_cmark::LinkType::Inline;
                    Event::Start(Tag::Link { link_type, dest_url: d.into(), title: clean(title).into_owned().into(), id: "".into() })
                }));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let dest = to(&clean(dest_url));
                links.push(dest.is_some());
                out.extend(dest.map(|d| {
                    let link_type = pulldown_cmark::LinkType::Inline;
                    Event::Start(Tag::Image { link_type, dest_url: d.into(), title: clean(title).into_owned().into(), id: "".into() })
                }));
            }
            Event::End(e @ (TagEnd::Link | TagEnd::Image)) => {
                if links.pop().unwrap_or(true) {
                    out.push(Event::End(*e));
                }
            }
            Event::Start(Tag::List(first)) => {
                lists.push(*first);
                out.push(event.clone());
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                out.push(event.clone());
            }
            Event::Start(Tag::Item) => {
                out.push(event.clone());
                if let Some(Some(next)) = lists.last_mut() {
                    let item = source.get(range.clone()).unwrap_or("").trim_start();
                    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
                    let written = item[..digits].parse::<u64>().unwrap_or(*next);
                    // A number that does not follow is told in words: a list counts by itself.
                    if written != *next && written != 1 {
                        out.push(text(&format!("({written}) ")));
                    }
                    *next += 1;
                }
            }
            Event::Start(Tag::Table(align)) => {
                columns = align.len();
                out.push(event.clone());
            }
            Event::End(TagEnd::TableRow) => {
                // Cells beyond the columns of the head are lost to readers of Markdown, but not to readers.
                for cell in beyond(source.get(range.clone()).unwrap_or(""), columns) {
                    out.extend([Event::Start(Tag::TableCell), text(&cell), Event::End(TagEnd::TableCell)]);
                }
                out.push(event.clone());
            }
            Event::Start(Tag::TableCell) | Event::End(TagEnd::TableCell) => {
                cell = matches!(event, Event::Start(_));
                out.push(event.clone());
            }
            _ => out.push(event.clone()),
        }
    }
    out
}

fn heading(level: i8) -> HeadingLevel {
    match level {
        ..=1 => HeadingLevel::H1,
        2 => HeadingLevel::H2,
        3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}
