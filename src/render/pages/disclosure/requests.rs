//! 依申请公开: channels, forms, limits, the redacted register with its figures.

use super::{CellView, ROWS, Rows, TableView, cell, lists, number};
use crate::model::disclosure::Request;
use crate::output::MakeResult;
use crate::render::pages::FactView;
use crate::render::view::{HeadView, LinkView, PagerView};
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Made, Section, Target};
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    head: HeadView,
    lead: String,
    as_of: String,
    apply: String,
    channels: Vec<FactView>,
    /// Where channels may be told, when none stands here.
    instead: Vec<LinkView>,
    forms: Vec<LinkView>,
    note: String,
    limits: Vec<String>,
    files: Vec<LinkView>,
    first: bool,
    /// What is missing between the numbers.
    missing: String,
    years: Vec<Vec<CellView>>,
    year_columns: Vec<(String, bool)>,
    /// Each with its number and the requests.
    outcomes: Vec<(String, String, String)>,
    columns: Vec<(String, bool)>,
    rows: Rows,
    pager: Option<PagerView>,
}

/// How a request stands on the day.
pub(super) struct State {
    /// `answered`, `late`, `open`.
    pub(super) key: &'static str,
    /// Working days that it took.
    pub(super) took: Option<u32>,
    /// The day by which it is due.
    pub(super) due: Option<Date>,
}

pub(super) fn state(ctx: &Ctx<'_>, r: &Request) -> State {
    let calendar = &ctx.public.calendar;
    let due = r.due(calendar);
    if r.decided.is_some_and(|d| d <= ctx.public.as_of) || r.decided.is_none() && r.outcome.is_some() {
        return State { key: "answered", took: r.took(calendar), due };
    }
    State { key: if due.is_some_and(|d| d < ctx.public.as_of) { "late" } else { "open" }, took: None, due }
}

/// Whether a request was answered within its limit; `None` where it is open within it, or where nobody can tell.
pub(super) fn within(ctx: &Ctx<'_>, r: &Request) -> Option<bool> {
    let calendar = &ctx.public.calendar;
    match state(ctx, r).key {
        "late" => Some(false),
        "answered" if !r.unmeasured(calendar) => Some(!r.late(calendar)),
        _ => None,
    }
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry, page: u32) -> MakeResult {
    let (lang, all, derived) = (entry.lang, &ctx.public.disclosure, &ctx.derived.disclosed);
    let m = &ctx.theme.messages[lang];
    let first = page == 0;
    let list = all.register();
    let from = (page as usize * ROWS).min(list.len());
    let rows = rows(ctx, lang, from..(from + ROWS).min(list.len()));
    let title = ctx.disclosure_name(lang, "requests");
    let (mut channels, mut forms, mut note, mut apply) = (Vec::new(), Vec::new(), String::new(), String::new());
    if let Some(g) = all.guide.as_ref().filter(|_| first) {
        let a = &g.apply;
        let mut add = |key: &str, value: &str, url: Option<String>| {
            if !value.is_empty() {
                channels.push(FactView { label: m.say(&format!("apply.{key}")), value: value.to_string(), url });
            }
        };
        add("post", a.post.get(lang), None);
        add("visit", a.visit.get(lang), None);
        add("email", a.email.as_deref().unwrap_or(""), a.email.as_ref().map(|e| format!("mailto:{e}")));
        add("tel", a.tel.as_deref().unwrap_or(""), a.tel.as_ref().map(|t| format!("tel:{}", crate::route::encode(t))));
        forms = a
            .forms
            .iter()
            .filter_map(|f| {
                let size = crate::render::size_text(ctx.public.blobs.get(f)?.len);
                Some(LinkView {
                    title: format!("{} ({size})", f.rsplit('/').next().unwrap_or(f)),
                    url: ctx.routes.get(0, &Target::Blob(f.clone()))?.url.clone(),
                })
            })
            .collect();
        note = super::super::site_text(ctx, lang, "note-", a.note.get(lang));
        apply = a.url.clone().unwrap_or_default();
    }
    if apply.is_empty()
        && first
        && let Some(c) = ctx.config.channels.iter().find(|c| c.key == "apply")
    {
        apply = c.on(&ctx.absolute(&entry.url), &title);
    }
    // A form and a note say how to ask, not where.
    let told = !apply.is_empty() || !channels.is_empty();
    let guide = ctx.routes.get(lang, &Target::Disclosure(Section::Guide)).map(|e| (ctx.disclosure_name(lang, "guide"), e));
    let elsewhere = ctx.routes.get(lang, &Target::Channels).map(|e| (m.say("channels.label"), e));
    let instead = guide.into_iter().chain(elsewhere).filter(|_| first && !told);
    let instead = instead.map(|(title, e)| LinkView { title, url: e.url.clone() }).collect();
    let lead = if told { "requests.lead" } else { "requests.lead.none" };
    let url = |year: Option<Option<i16>>, what: &str| {
        let n = derived.counted.requests.iter().position(|f| f.year == year && f.what == what);
        n.map_or(String::new(), |n| ctx.url(lang, &Target::Disclosure(Section::RequestsOf(n as u32, 0))).to_string())
    };
    // What nobody could measure stands apart, where there is any.
    let unmeasured = derived.years.iter().any(|(_, y)| y.unmeasured > 0);
    let years = derived.years.iter().filter(|_| first).map(|(year, y)| {
        let counts =
            [("received", y.received), ("answered", y.answered), ("late", y.late), ("unmeasured", y.unmeasured), ("open", y.open), ("overdue", y.overdue)];
        let counts = counts.into_iter().filter(|(what, _)| unmeasured || *what != "unmeasured");
        let name = cell(year.map_or_else(|| ctx.unsaid(lang), |y| y.to_string()));
        std::iter::once(name).chain(counts.map(|(what, n)| CellView { url: url(Some(*year), what), ..number(n) })).collect()
    });
    let outcomes = derived.outcomes.iter().filter(|_| first);
    let outcomes = outcomes.map(|(o, n)| (ctx.say(lang, &format!("outcome.{o}")), crate::render::tables::thousands(*n as u64), url(None, o)));
    let view = View {
        head: ctx.head(entry, &title, ctx.disclosure_crumbs(lang, &[])),
        lead: if first { ctx.disclosure_name(lang, lead) } else { String::new() },
        as_of: lists::as_of(ctx, lang),
        apply,
        channels,
        instead,
        forms,
        note,
        limits: if first && ctx.config.disclosure.chinese { (1..=5).map(|n| m.say(&format!("disclosure.limit.{n}"))).collect() } else { Vec::new() },
        files: ctx.disclosure_files(lang, Made::Requests, &[(Form::Csv, "CSV"), (Form::Json, "JSON")]),
        first,
        missing: match usize::try_from(derived.numbering.missing(None)).unwrap_or(usize::MAX) {
            0 => String::new(),
            n => m.count("disclosure.numbers", n),
        },
        years: years.collect(),
        year_columns: lists::columns(
            ctx,
            lang,
            if unmeasured {
                &["year", "received#", "answered#", "late#", "unmeasured#", "open#", "overdue#"]
            } else {
                &["year", "received#", "answered#", "late#", "open#", "overdue#"]
            },
        ),
        outcomes: outcomes.collect(),
        columns: columns(ctx, lang),
        rows,
        pager: lists::pager(ctx, lang, page, list.len(), &|p| Target::Disclosure(Section::Requests(p))),
    };
    ctx.render(entry, "pages/disclosure_requests.html", &view)
}

/// The requests that a figure counts.
pub(super) fn of(ctx: &Ctx<'_>, entry: &Entry, n: u32, page: u32) -> MakeResult {
    let (lang, m) = (entry.lang, &ctx.theme.messages[entry.lang]);
    let Some(f) = ctx.derived.disclosed.counted.requests.get(n as usize) else { return misrouted(entry) };
    let title = match f.year {
        Some(year) => {
            let what = ctx.say(lang, &format!("disclosure.column.{}", f.what));
            m.get("requests.cell", &[("year", year.map_or_else(|| ctx.unsaid(lang), |y| y.to_string())), ("what", what)]).unwrap_or_default()
        }
        None => ctx.say(lang, &format!("outcome.{}", f.what)),
    };
    let at = |p: u32| Target::Disclosure(Section::RequestsOf(n, p));
    let crumbs = ctx.disclosure_crumbs(lang, &[Section::Requests(0)]);
    listed(ctx, entry, (title, crumbs), &f.rows, page, &at)
}

/// A page of some requests of the register.
pub(super) fn listed(
    ctx: &Ctx<'_>,
    entry: &Entry,
    (title, crumbs): (String, Vec<LinkView>),
    places: &[u32],
    page: u32,
    at: &dyn Fn(u32) -> Target,
) -> MakeResult {
    let lang = entry.lang;
    let from = (page as usize * ROWS).min(places.len());
    let rows = rows(ctx, lang, places[from..(from + ROWS).min(places.len())].iter().map(|i| *i as usize));
    let view = TableView {
        head: ctx.head(entry, &title, crumbs),
        lead: ctx.theme.messages[lang].count("disclosure.requests.count", places.len()),
        files: Vec::new(),
        caption: title,
        columns: columns(ctx, lang),
        rows,
        empty: String::new(),
        pager: lists::pager(ctx, lang, page, places.len(), at),
        foot: vec![lists::as_of(ctx, lang)],
    };
    ctx.render(entry, "pages/disclosure_table.html", &view)
}

fn columns(ctx: &Ctx<'_>, lang: usize) -> Vec<(String, bool)> {
    lists::columns(ctx, lang, &["no", "received_on", "subject", "department", "outcome"])
}

/// Rows of requests by their places in the register. A request stands in several lists: where our own templates write them its
/// row is made for the first.
fn rows(ctx: &Ctx<'_>, lang: usize, places: impl Iterator<Item = usize> + Clone) -> Rows {
    let list = ctx.public.disclosure.register();
    let known = &ctx.shells.requests[lang];
    let made = |i: usize| {
        let made = &**known[i].get_or_init(|| made(ctx, lang, row(ctx, lang, &list[i])).unwrap_or_default());
        (!made.is_empty()).then(|| made.to_string())
    };
    let places = places.filter(|i| *i < list.len() && *i < known.len());
    let finished = if ctx.theme.own_register { places.clone().map(made).collect() } else { None };
    finished.map_or_else(|| Rows::Cells(places.map(|i| row(ctx, lang, &list[i])).collect()), Rows::Made)
}

#[derive(Serialize)]
struct OneRow {
    caption: &'static str,
    columns: Vec<(String, bool)>,
    rows: [Vec<CellView>; 1],
}

/// A row as it stands in a register.
fn made(ctx: &Ctx<'_>, lang: usize, row: Vec<CellView>) -> Option<Box<str>> {
    let view = OneRow { caption: "", columns: columns(ctx, lang), rows: [row] };
    let table = ctx.theme.part(lang, "components/register/register.html", &view).ok()?;
    let (_, rows) = table.split_once("<tbody>\n")?;
    let (rows, _) = rows.rsplit_once("</tbody>")?;
    Some(rows.into())
}

fn row(ctx: &Ctx<'_>, lang: usize, r: &Request) -> Vec<CellView> {
    let (s, m) = (state(ctx, r), &ctx.theme.messages[lang]);
    let promoted = r.promoted.as_ref().and_then(|id| ctx.derived.by_id.get(id)).copied();
    let subject = match promoted {
        Some(i) => {
            let url = ctx.routes.item(lang, i, &ctx.public.items[i as usize]).map_or("", |e| &e.url);
            CellView { note: ctx.say(lang, "disclosure.promoted"), url: url.to_string(), ..cell(&r.subject) }
        }
        None => cell(&r.subject),
    };
    let outcome = match s.key {
        "answered" => {
            let took = s.took.map_or(String::new(), |n| m.count("disclosure.took", n as usize));
            let text = r.outcome.map_or_else(|| ctx.say(lang, "disclosure.answered"), |o| ctx.say(lang, &format!("outcome.{o}")));
            let late = r.late(&ctx.public.calendar);
            // The outcome is no fault; that it came late is.
            let fault = if r.reversed() {
                ctx.say(lang, "disclosure.reversed")
            } else if late {
                ctx.say(lang, "disclosure.over")
            } else {
                String::new()
            };
            let note = if r.reversed() { String::new() } else { took };
            CellView { note, fault, ..cell(text) }
        }
        key => {
            let note = s.due.map_or(String::new(), |d| m.get("disclosure.due", &[("date", ctx.date(lang, d))]).unwrap_or_default());
            CellView { note, warn: key == "late", ..cell(ctx.say(lang, &format!("disclosure.{key}"))) }
        }
    };
    vec![
        cell(&r.no),
        cell(r.received.map_or_else(|| ctx.unsaid(lang), |d| ctx.date(lang, d))),
        subject,
        cell(r.department.map_or_else(|| ctx.unsaid(lang), |d| ctx.department_names(lang, &[d]))),
        outcome,
    ]
}
