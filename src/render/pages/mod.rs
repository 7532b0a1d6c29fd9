//! Page types: one file each, a plan and a maker.

pub mod account;
pub mod changes;
pub mod channels;
pub mod checks;
pub mod column;
pub mod compare;
pub mod consultation;
pub mod dataset;
pub mod department;
pub mod disclosure;
pub mod downloads;
pub mod duty;
pub mod elder;
pub mod embed;
pub mod feedback;
pub mod glossary;
pub mod home;
pub mod interpretation;
pub mod library;
pub mod news;
pub mod not_found;
pub mod notice;
pub mod page;
pub mod policy;
pub mod quality;
pub mod readable;
pub mod record;
pub mod records;
pub mod redirect;
pub mod resource;
pub mod scorecards;
pub mod search;
pub mod sitemap;
pub mod statistics;
pub mod style;
pub mod theme;
pub mod topic;
pub mod trust;
mod values;
pub(super) use values::label;

use super::view::{CardView, LinkView, page_count, page_path};
use super::{Ctx, markdown};
use crate::derive::Validity;
use crate::load::markdown::Calm;
use crate::model::{Detail, Item, Kind, State, Unsure, content_key};
use crate::route::{Letters, Planner, Section, Site, Target};
use serde::Serialize;

/// The path of an item's page, without language: `policies/2021/notice/`; plain
/// pages stand at the root (`pages/about.md` is `about/`).
pub fn item_path(item: &Item) -> String {
    // Pages of rules keep their folder.
    let path = if item.kind.root && item.id.starts_with("pages/") { item.name() } else { &item.id };
    let path = path.strip_suffix("/index").unwrap_or(path);
    match &item.slug {
        Some(s) => match path.rsplit_once('/') {
            Some((dir, _)) => format!("{dir}/{s}/"),
            None => format!("{s}/"),
        },
        None => format!("{path}/"),
    }
}

/// Plans the pages of all items of a type, one in each language it was written in.
fn plan_items(site: &Site<'_>, p: &mut Planner<'_>, kind: Kind) {
    for &i in site.derived.list(kind) {
        let item = &site.public.items[i as usize];
        let path = item_path(item);
        for e in &item.editions {
            p.page(e.lang, &path, Target::Item(i), true, true);
        }
    }
}

/// The entries of a site beside its columns: disclosure and letters, where there are any.
fn services(ctx: &Ctx<'_>, lang: usize) -> impl Iterator<Item = LinkView> {
    let at = [(Target::Disclosure(Section::Home), ctx.disclosure_name(lang, "home")), (Target::Letters(Letters::List(0)), ctx.say(lang, "feedback.title"))];
    at.into_iter().filter_map(move |(target, title)| ctx.routes.get(lang, &target).map(|e| LinkView { title, url: e.url.clone() }))
}

/// Plans a list and its further pages in a language.
fn plan_list(site: &Site<'_>, p: &mut Planner<'_>, lang: usize, base: &str, total: usize, target: impl Fn(u32) -> Target) {
    for page in 0..page_count(site.config, total) {
        p.page(lang, &page_path(base, page), target(page), page == 0, page == 0);
    }
}

/// A rendered text.
#[derive(Debug, Default, Serialize)]
pub struct TextView {
    /// HTML.
    pub html: String,
    /// Table of contents; empty where it would not help.
    pub toc: Vec<markdown::TocEntry>,
}

/// Shortest text, in headings, that gets a table of contents.
const TOC: usize = 3;

/// Renders the body of an item.
fn body(ctx: &Ctx<'_>, lang: usize, item: &Item) -> TextView {
    let doc = &item.edition(lang).unwrap_or(&item.editions[0]).doc;
    let mut text = prepared(ctx, lang, item, "", doc.body(), doc.outline.calm);
    signed(&mut text.html);
    text
}

/// Longest signature, in bytes: some joint issuers.
const SIGNATURE: usize = 400;

/// Marks the day and the signature above it at the end of a Chinese document, which stand to the right (GB/T 9704-2012, 7.3.5).
fn signed(html: &mut String) {
    let Some(rest) = html.trim_end().strip_suffix("日</p>") else { return };
    let Some(day) = rest.rfind("<p>") else { return };
    let digits = |t: &str| (1..=4).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let parts = rest[day + 3..].split_once('年').and_then(|(y, rest)| Some((y, rest.split_once('月')?)));
    if !parts.is_some_and(|(y, (m, d))| [y, m, d].iter().all(|t| digits(t.trim())) && y.trim().len() == 4) {
        return;
    }
    let name = html[..day].trim_end().strip_suffix("</p>").and_then(|before| Some((before.rfind("<p>")?, before.len())));
    html.replace_range(day..day + 3, "<p class=\"sign sign--day\">");
    let Some((at, end)) = name else { return };
    let name = &html[at + 3..end];
    if name.len() <= SIGNATURE && !name.replace("<br />", "").replace("<br>", "").contains('<') && !name.ends_with(['。', '：', '；', '，', '！', '？', '”'])
    {
        html.replace_range(at..at + 3, "<p class=\"sign\">");
    }
}

/// Renders Markdown that belongs to an item; `prefix` keeps the anchors of several texts apart.
fn text(ctx: &Ctx<'_>, lang: usize, item: &Item, prefix: &str, source: &str) -> TextView {
    prepared(ctx, lang, item, prefix, source, Calm::default())
}

/// The same, of a text of which it is known what it does not hold.
fn prepared(ctx: &Ctx<'_>, lang: usize, item: &Item, prefix: &str, source: &str, calm: Calm) -> TextView {
    let resolve = |dest: &str| resolve(ctx, lang, item, dest);
    let m = &ctx.theme.messages[lang];
    let (back, notes) = (m.say("notes.back"), m.say("notes.title"));
    let terms = ctx.shells.terms[lang].as_ref();
    let options = markdown::Options {
        resolve: &resolve,
        size: &|src| picture_size(ctx, src),
        prefix,
        allow_html: ctx.config.allow_html,
        back: &back,
        notes: &notes,
        terms,
        callout: &|k| m.say(&format!("callout.{k}")),
        calm,
    };
    let mut html = String::with_capacity(source.len() * 3 / 2);
    let mut toc = markdown::render(source, &options, &mut html);
    if toc.len() < TOC {
        toc.clear();
    }
    TextView { html, toc }
}

/// Renders Markdown of `site.yaml`.
fn site_text(ctx: &Ctx<'_>, lang: usize, prefix: &str, source: &str) -> String {
    let resolve = |dest: &str| {
        let cut = dest.find(['#', '?']).unwrap_or(dest.len());
        let (path, tail) = dest.split_at(cut);
        let stem = path.trim_start_matches('/').trim_end_matches(".md");
        if let Some(i) = ctx.derived.by_id.get(stem) {
            return Some(format!("{}{tail}", ctx.routes.item(lang, *i, &ctx.public.items[*i as usize])?.url));
        }
        if ctx.public.unseen.contains(stem.trim_end_matches('/')) {
            return Some(String::new());
        }
        path.strip_prefix('/').map(|rest| format!("{}{rest}{tail}", ctx.routes.base_path()))
    };
    let m = &ctx.theme.messages[lang];
    let (back, notes) = (m.say("notes.back"), m.say("notes.title"));
    let options = markdown::Options {
        resolve: &resolve,
        size: &|src| picture_size(ctx, src),
        prefix,
        allow_html: ctx.config.allow_html,
        back: &back,
        notes: &notes,
        terms: None,
        callout: &|k| m.say(&format!("callout.{k}")),
        calm: Calm::default(),
    };
    let mut html = String::new();
    markdown::render(source, &options, &mut html);
    html
}

/// Width and height of a picture of the site by its address.
fn picture_size(ctx: &Ctx<'_>, src: &str) -> Option<(u32, u32)> {
    let entry = &ctx.routes.entries[ctx.routes.resolve(src.as_bytes())? as usize];
    let blob = match &entry.target {
        Target::Blob(key) => ctx.public.blobs.get(key)?,
        Target::Static(key) => ctx.public.statics.get(key)?,
        _ => return None,
    };
    crate::load::attachment::picture::size_of(blob)
}

/// The address that a link in an item's text means: another item by its file,
/// an attachment by its path, a page by its address without the site's path. An item that is not public (yet) has none.
pub(super) fn resolve(ctx: &Ctx<'_>, lang: usize, item: &Item, dest: &str) -> Option<String> {
    // A file of exactly this name, with `#` or `%` in it.
    if dest.contains(['#', '?', '%'])
        && let Some(file) = crate::model::content_file(&item.base, dest, |k| ctx.public.blobs.contains_key(k))
        && content_key(&item.base, dest).as_ref() != Some(&file)
    {
        return ctx.routes.get(0, &Target::Blob(file.as_str().into())).map(|e| e.url.clone());
    }
    if let Some(name) = dest.strip_prefix('/').filter(|n| n.contains(['#', '?']) && ctx.public.statics.contains_key(*n)) {
        return ctx.routes.get(0, &Target::Static(name.into())).map(|e| e.url.clone());
    }
    let cut = dest.find(['#', '?']).unwrap_or(dest.len());
    let (path, tail) = dest.split_at(cut);
    let key = content_key(&item.base, path)?;
    // A file of an item that is not public (yet).
    if !ctx.public.kept.is_empty() && crate::model::content_file(&item.base, dest, |k| ctx.public.kept.contains(k)).is_some() {
        return Some(String::new());
    }
    let stem = key.strip_suffix(".md").or_else(|| key.strip_suffix(".markdown"));
    // The file of one language stands for the item.
    let names = [Some(stem.unwrap_or(&key)), stem.and_then(|s| s.rsplit_once('.')).map(|(s, _)| s)];
    for name in names.into_iter().flatten() {
        if let Some(i) = ctx.derived.by_id.get(name) {
            return Some(format!("{}{tail}", ctx.routes.item(lang, *i, &ctx.public.items[*i as usize])?.url));
        }
        if let Some(i) = ctx.public.gone.iter().position(|g| *g.id == *name) {
            let notice = Target::Gone(i as u32);
            let entry = ctx.routes.get(lang, &notice).or_else(|| ctx.public.gone[i].editions.iter().find_map(|e| ctx.routes.get(e.lang, &notice)));
            return entry.map(|e| e.url.clone());
        }
        let taken = || ctx.routes.resolve(format!("{}{}/", ctx.routes.base_path(), crate::route::encode(name)).as_bytes()).is_some();
        if ctx.public.unseen.contains(name) && (stem.is_some() || !taken()) {
            return Some(String::new());
        }
    }
    if ctx.public.blobs.contains_key(key.as_str()) {
        return ctx.routes.get(0, &Target::Blob(key.as_str().into())).map(|e| format!("{}{tail}", e.url));
    }
    let base = ctx.routes.base_path();
    (path.starts_with('/') && base != "/").then(|| format!("{}{tail}", path.replacen('/', base, 1)))
}

/// An attachment.
#[derive(Debug, Serialize)]
pub struct AttachmentView {
    /// Name.
    pub title: String,
    /// Address.
    pub url: String,
    /// `PDF`, from the file's ending.
    pub format: String,
    /// `12.5 KB`
    pub size: String,
    /// Address of its text as a page, where it has text.
    pub read: Option<String>,
    /// Where to ask for an accessible form of it, where none could be made of the whole.
    pub ask: Option<String>,
}

/// Where to ask for an accessible form of a file: the department's mail, else the site's address for errors.
fn ask(ctx: &Ctx<'_>, lang: usize, item: &Item, title: &str) -> Option<String> {
    let mail = item.issuers.iter().find_map(|d| ctx.public.departments[*d].email.clone());
    let to = mail.or_else(|| ctx.config.report_to.clone())?;
    if !to.contains('@') || to.contains(':') {
        return Some(to);
    }
    let subject = ctx.theme.messages[lang].get("attachments.ask_subject", &[("title", title)]).unwrap_or_default();
    Some(format!("mailto:{}?subject={}", crate::route::encode(&to).replace("%40", "@"), crate::route::encode(&subject)))
}

fn attachments(ctx: &Ctx<'_>, lang: usize, item: &Item) -> Vec<AttachmentView> {
    let i = ctx.derived.by_id.get(&item.id).copied();
    item.attachments
        .iter()
        .enumerate()
        .filter_map(|(n, a)| {
            let blob = ctx.public.blobs.get(&a.file)?;
            let entry = ctx.routes.get(0, &Target::Blob(a.file.clone()))?;
            let text = i.and_then(|i| ctx.derived.files[i as usize].get(n)?.as_ref());
            // Another item may have attached it first.
            let page = i.filter(|_| text.is_some_and(|r| r.file.readable())).and_then(|i| ctx.derived.first.get(&a.file).copied().or(Some((i, n as u32))));
            let page = page.and_then(|(i, n)| ctx.routes.get(lang, &Target::Readable(i, n)).or_else(|| ctx.routes.get(0, &Target::Readable(i, n))));
            Some(AttachmentView {
                read: page.map(|e| e.url.clone()),
                title: a.title.clone(),
                url: entry.url.clone(),
                format: a.file.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_uppercase()),
                size: super::view::size_text(blob.len),
                ask: if page.is_some() && text.is_some_and(|r| readable::whole(r)) { None } else { ask(ctx, lang, item, &a.title) },
            })
        })
        .collect()
}

/// A change note.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// Day.
    pub date: String,
    /// For machines.
    pub iso: String,
    /// What was changed.
    pub note: String,
}

fn notes(ctx: &Ctx<'_>, lang: usize, item: &Item) -> Vec<NoteView> {
    item.changes
        .iter()
        .rev()
        .filter(|c| c.on <= ctx.public.as_of)
        .map(|c| NoteView { date: ctx.date(lang, c.on), iso: c.on.to_string(), note: c.note.clone() })
        .collect()
}

/// The items before and after in the list of the type, in this language.
fn neighbours(ctx: &Ctx<'_>, lang: usize, index: u32) -> (Option<LinkView>, Option<LinkView>) {
    let item = &ctx.public.items[index as usize];
    let list = ctx.derived.list(item.kind);
    let at = ctx.derived.place[index as usize] as usize;
    let link = |i: &u32| {
        let other = &ctx.public.items[*i as usize];
        Some(LinkView { title: other.best(lang).title.clone(), url: ctx.routes.item(lang, *i, other)?.url.clone() })
    };
    (at.checked_sub(1).and_then(|i| list.get(i)).and_then(link), list.get(at + 1).and_then(link))
}

/// Items under one heading.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Heading.
    pub title: String,
    /// Their cards, as HTML.
    pub cards: String,
}

/// The items that name one in a field of theirs, by type.
fn named_by(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<Group> {
    let all = &ctx.derived.relations[i as usize].named_by;
    // A consultation that became a policy is part of its life, which its page tells.
    let told = |o: u32| ctx.public.items[o as usize].consultation().is_some_and(|c| c.becomes.as_ref() == Some(&ctx.public.items[i as usize].id));
    let of = |k: crate::types::Kind| {
        let list: Vec<u32> = all.iter().filter(|o| **o != i && ctx.public.items[**o as usize].kind == k && !told(**o)).copied().collect();
        (!list.is_empty()).then(|| Group { title: ctx.say(lang, &format!("type.{}", k.folder)), cards: ctx.links(lang, &list) })
    };
    let mut out: Vec<Group> = if all.is_empty() { Vec::new() } else { ctx.public.types.iter().filter_map(of).collect() };
    // Of a policy its page tells in its life; of a dataset or a consultation here.
    let explains = &ctx.derived.relations[i as usize].explains;
    let item = &ctx.public.items[i as usize];
    if !explains.is_empty() && item.policy().is_none() && item.interpretation().is_none() {
        let title = ctx.say(lang, &format!("type.{}", crate::types::INTERPRETATION.folder));
        out.push(Group { title, cards: ctx.links(lang, explains) });
    }
    out.extend(feedback::about(ctx, lang, i));
    out
}

/// A labelled fact: an attribute of a policy, a contact.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Label.
    pub label: String,
    /// Value; empty where the source does not say.
    pub value: String,
    /// Address, where the value is a link.
    pub url: Option<String>,
}

/// What the page of an item tells in its box of facts.
pub(super) fn facts_of(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<FactView> {
    let item = &ctx.public.items[i as usize];
    match &item.detail {
        Detail::Policy(p) => policy::facts(ctx, lang, item, p),
        Detail::Interpretation(it) => interpretation::facts(ctx, lang, item, it),
        Detail::Dataset(d) => dataset::facts(ctx, lang, item, d),
        Detail::Consultation(c) => consultation::facts(ctx, lang, item, c, c.result(ctx.public.as_of)),
        Detail::Record(values) => record::facts(ctx, lang, item, values, None, Vec::new()),
        Detail::Topic(_) => Vec::new(),
    }
}

/// The banner of an item as a sentence, and the item to read instead.
pub(super) fn warning(ctx: &Ctx<'_>, lang: usize, i: u32) -> Option<(String, Option<u32>)> {
    let b = banner(ctx, lang, i)?;
    Some((b.text, ctx.derived.relations[i as usize].successor.filter(|_| b.link.is_some())))
}

/// What a reader must know before the text: it no longer holds, or does not yet.
#[derive(Debug, Serialize)]
pub struct Banner {
    /// One sentence.
    pub text: String,
    /// Code of the state, for a class.
    pub state: &'static str,
    /// What to read instead.
    pub link: Option<CardView>,
    /// First and last day on which it is to be said, where the calendar alone tells: a script follows them.
    pub days: Option<(String, String)>,
    /// It is not to be said yet on the day of the build.
    pub later: bool,
}

/// Why an item must not be read as what holds: the code of its state, the key of the sentence, the day that the sentence names.
pub(in crate::render) fn not_holding(
    public: &crate::model::Public,
    derived: &crate::derive::Derived,
    i: u32,
) -> Option<(&'static str, String, Option<jiff::civil::Date>)> {
    if let Some(why) = derived.unsure.get(&i) {
        let (key, day) = match *why {
            Unsure::Withdrawn(d) => ("withdrawn", Some(d)),
            Unsure::Held => ("held", None),
            Unsure::Over(d) => ("over", Some(d)),
            Unsure::Said => ("said", None),
        };
        return Some(("unknown", format!("banner.unsure.{key}"), day));
    }
    let item = &public.items[i as usize];
    let state = match derived.validity[i as usize] {
        Some(Validity::InForce) => return None,
        Some(v) => v.code(),
        None => match State::of(item, public.now) {
            State::Superseded => "superseded",
            State::Expired => "expired",
            _ => return None,
        },
    };
    let date = if state == Validity::NotYet.code() { item.effective } else { item.expires };
    Some((state, format!("banner.{state}"), date))
}

fn banner(ctx: &Ctx<'_>, lang: usize, i: u32) -> Option<Banner> {
    let (state, key, day) = not_holding(ctx.public, ctx.derived, i)?;
    let args = [("date".to_string(), day.map_or(String::new(), |d| ctx.date(lang, d)))];
    let text = ctx.theme.messages[lang].get(&key, &args)?;
    if state == "unknown" {
        return Some(Banner { text, state, link: None, days: None, later: false });
    }
    let link = ctx.derived.relations[i as usize].successor.filter(|_| state != Validity::NotYet.code()).map(|s| ctx.card(lang, s));
    // Said only until the day before the calendar makes it something else.
    let turns = crate::derive::ahead(ctx.public, &ctx.derived.relations, i, ctx.derived.validity[i as usize]);
    let last = turns.and_then(|t| t.begins.or(t.ends.map(|(d, _)| d))).and_then(|d| d.yesterday().ok());
    Some(Banner { text, state, link, days: last.map(|d| (String::new(), d.to_string())), later: false })
}

/// What must be said before the text from a day to come on: it will have expired, or have been repealed.
fn coming(ctx: &Ctx<'_>, lang: usize, i: u32) -> Option<Banner> {
    let turns = crate::derive::ahead(ctx.public, &ctx.derived.relations, i, ctx.derived.validity[i as usize])?;
    let (day, state) = turns.ends?;
    let args = [("date".to_string(), ctx.public.items[i as usize].expires.map_or(String::new(), |d| ctx.date(lang, d)))];
    let text = ctx.theme.messages[lang].get(&format!("banner.{}", state.code()), &args)?;
    let link = ctx.derived.relations[i as usize].successor.map(|s| ctx.card(lang, s));
    Some(Banner { text, state: state.code(), link, days: Some((day.to_string(), super::stage::LAST.to_string())), later: true })
}
