//! 咨询投诉: letters that may be shown, by kind, department, state and year; frequent questions; figures by month; files.

mod figures;

use super::{FactView, Group};
use crate::derive::figures::Row;
use crate::diag::Diagnostic;
use crate::load::table::spreadsheet;
use crate::model::feedback::{Letter, State};
use crate::output::{Made, MakeResult};
use crate::render::escape::escape_into;
use crate::render::stage::{TurnsView, until};
use crate::render::view::{CardView, FacetView, HeadView, LinkView, PagerView, ValueView, page_path};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Form, Letters, Planner, Routes, Site, Target};
use serde::Serialize;

/// Pages and files of letters.
pub static PAGE: Maker = Maker { name: "feedback", plan, make, cost: 2 };

/// Letters on a page of a list.
const ROWS: usize = 50;

/// Letters are written in the first language; scripts made from it have pages of their own, other languages lead there.
pub fn written(languages: &[crate::config::Language], lang: usize) -> bool {
    lang == 0 || languages[lang].from == Some(0)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let (all, derived) = (&site.public.feedback, &site.derived.letters);
    if all.letters.is_empty() {
        return;
    }
    let pages = |n: usize| n.div_ceil(ROWS).max(1) as u32;
    for lang in 0..site.public.languages.len() {
        let mut page = |path: &str, l: Letters, listed: bool, kept: bool| p.page(lang, &format!("feedback/{path}"), Target::Letters(l), listed, kept);
        for n in 0..pages(derived.shown.len()) {
            page(&page_path("", n), Letters::List(n), n == 0, n == 0);
        }
        for (f, facet) in derived.facets.iter().enumerate() {
            for (v, value) in facet.values.iter().enumerate() {
                let base = if facet.key == "department" { format!("{}/", value.code) } else { format!("by-{}/{}/", facet.key, value.code) };
                // The day, or a writer who no longer agrees, empties such a list: it promises nothing to the ledger.
                for n in 0..pages(value.items.len()) {
                    page(&page_path(&base, n), Letters::Part(f as u32, v as u32, n), n == 0, false);
                }
            }
        }
        if !derived.frequent.is_empty() {
            page("frequent/", Letters::Frequent, true, false);
        }
        page("figures/", Letters::Figures, true, true);
        let (rows, departments) = (&site.derived.figures, &site.public.departments);
        for (n, row) in rows.rows.iter().enumerate().filter(|(_, r)| **r != Row::All) {
            page(&format!("figures/{}/", rows.slug(*row, departments)), Letters::Row(n as u32), false, false);
        }
        for (n, f) in rows.list.iter().enumerate() {
            let base = format!("figures/{}/{}/", rows.slug(f.row, departments), crate::derive::figures::word(f.column));
            for at in 0..pages(f.letters.len()) {
                page(&page_path(&base, at), Letters::Figure(n as u32, at), false, false);
            }
        }
        if written(&site.public.languages, lang) {
            for i in &derived.shown {
                let l = &all.letters[*i as usize];
                let id = &site.public.departments[l.department].id;
                page(&format!("{id}/{}/", l.slug), Letters::One(*i), true, true);
            }
        }
    }
    for (form, end) in [(Form::Csv, "csv"), (Form::Json, "json")] {
        p.file(0, format!("feedback/letters.{end}"), Target::Letters(Letters::File(form)), 2, false, true);
        p.file(0, format!("feedback/figures.{end}"), Target::Letters(Letters::FiguresFile(form)), 2, false, true);
    }
}

/// The address of the list, where there is one: for the navigation.
pub fn entry(routes: &Routes, lang: usize) -> Option<String> {
    routes.get(lang, &Target::Letters(Letters::List(0))).map(|e| e.url.clone())
}

/// The address of a letter in a language, else in the one in which it is written.
pub fn url(routes: &Routes, lang: usize, i: u32) -> &str {
    let t = Target::Letters(Letters::One(i));
    routes.get(lang, &t).or_else(|| routes.get(0, &t)).map_or("", |e| &e.url)
}

/// A letter in a list.
pub fn card(ctx: &Ctx<'_>, lang: usize, i: u32) -> CardView {
    let l = &ctx.public.feedback.letters[i as usize];
    let (word, state, turns) = standing(ctx, lang, i);
    let kind = l.kind.map_or_else(|| ctx.say(lang, "missing"), |k| ctx.say(lang, &format!("feedback.kind.{k}")));
    CardView {
        explains: Vec::new(),
        title: l.title.clone(),
        url: url(ctx.routes, lang, i).to_string(),
        date: l.received.map_or_else(|| ctx.say(lang, "feedback.undated"), |d| ctx.date(lang, d)),
        iso: l.received.map_or(String::new(), |d| d.to_string()),
        meta: [kind, ctx.department_names(lang, &[l.department])].join(" · "),
        outcome: None,
        mark: Some(word),
        state,
        turns,
        other_lang: (!written(&ctx.public.languages, lang)).then(|| (ctx.public.languages[0].tag.clone(), ctx.say(0, "language.name"))),
    }
}

/// The state in a word, its class, and what a script needs where it may be another one on the reader's day.
fn standing(ctx: &Ctx<'_>, lang: usize, i: u32) -> (String, &'static str, Option<TurnsView>) {
    let t = &ctx.derived.letters.timing[i as usize];
    if let (State::Pending, Some(due)) = (t.state, t.due) {
        let (word, turns) = until(ctx, lang, due, ("pending", "feedback.state.pending"), ("overdue", "feedback.state.overdue"));
        return (word, "pending", Some(turns));
    }
    (ctx.say(lang, &format!("feedback.state.{}", t.state.code())), t.state.code(), None)
}

/// Letters about an item, for its page.
pub fn about(ctx: &Ctx<'_>, lang: usize, item: u32) -> Option<Group> {
    let list = ctx.derived.letters.about.get(&item)?;
    Some(Group { title: ctx.say(lang, "feedback.about"), cards: cards(ctx, lang, &list[..list.len().min(ABOUT)]) })
}

/// Most letters on the page of what they are about.
const ABOUT: usize = 20;

fn cards(ctx: &Ctx<'_>, lang: usize, list: &[u32]) -> String {
    list.iter().filter_map(|i| ctx.shells.letters[lang][*i as usize].as_deref()).collect()
}

/// Up to which day the page speaks.
fn as_of(ctx: &Ctx<'_>, lang: usize) -> String {
    ctx.theme.messages[lang].get("feedback.as_of", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Letters(what) = entry.target else { return misrouted(entry) };
    match what {
        Letters::List(page) => list(ctx, entry, None, page),
        Letters::Part(f, v, page) => list(ctx, entry, Some((f as usize, v as usize)), page),
        Letters::One(i) => letter(ctx, entry, i),
        Letters::Frequent => frequent(ctx, entry),
        Letters::Figures => figures::page(ctx, entry),
        Letters::Row(n) => figures::row_page(ctx, entry, n),
        Letters::Figure(n, page) => figures::letters(ctx, entry, n, page),
        Letters::FiguresFile(form) => Ok(Made::Bytes(figures::file(ctx, form))),
        Letters::File(form) => Ok(Made::Bytes(file(ctx, form))),
    }
}

fn crumbs(ctx: &Ctx<'_>, lang: usize) -> Vec<LinkView> {
    let mut out = ctx.crumbs(lang, None);
    out.push(LinkView { title: ctx.say(lang, "feedback.title"), url: ctx.url(lang, &Target::Letters(Letters::List(0))).to_string() });
    out
}

#[derive(Serialize)]
struct ListView {
    head: HeadView,
    lead: String,
    as_of: String,
    count: String,
    cards: String,
    pager: Option<PagerView>,
    facets: String,
    all: Option<String>,
    links: Vec<LinkView>,
    files: Vec<LinkView>,
}

fn value_name(ctx: &Ctx<'_>, lang: usize, f: usize, v: usize) -> String {
    let facet = &ctx.derived.letters.facets[f];
    let value = &facet.values[v];
    match facet.key {
        "department" => ctx.public.departments[value.index].name.get(lang).to_string(),
        "year" if value.code == "undated" => ctx.say(lang, "feedback.undated"),
        "year" => value.code.clone(),
        key => ctx.say(lang, &format!("feedback.{key}.{}", value.code)),
    }
}

fn facets(ctx: &Ctx<'_>, lang: usize, current: Option<(usize, usize)>) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    for (f, facet) in ctx.derived.letters.facets.iter().enumerate() {
        let values = facet.values.iter().enumerate().map(|(v, value)| ValueView {
            title: value_name(ctx, lang, f, v),
            url: ctx.url(lang, &Target::Letters(Letters::Part(f as u32, v as u32, 0))).to_string(),
            count: value.items.len(),
            depth: 0,
            current: current == Some((f, v)),
        });
        let view = FacetView::new(&ctx.theme.messages[lang], ctx.say(lang, &format!("feedback.{}", facet.key)), true, values.collect());
        out.push_str(&ctx.theme.part(lang, "components/facet/facet.html", &view)?);
    }
    Ok(out)
}

fn files(ctx: &Ctx<'_>, of: fn(Form) -> Letters) -> Vec<LinkView> {
    let link = |(f, title): (Form, &str)| LinkView { title: title.to_string(), url: ctx.url(0, &Target::Letters(of(f))).to_string() };
    [(Form::Csv, "CSV"), (Form::Json, "JSON")].map(link).into()
}

/// Links between the pages of letters.
fn links(ctx: &Ctx<'_>, lang: usize) -> Vec<LinkView> {
    let of = |key: &str, l: Letters| Some(LinkView { title: ctx.say(lang, key), url: ctx.routes.get(lang, &Target::Letters(l))?.url.clone() });
    [of("feedback.frequent", Letters::Frequent), of("feedback.figures", Letters::Figures)].into_iter().flatten().collect()
}

fn list(ctx: &Ctx<'_>, entry: &Entry, current: Option<(usize, usize)>, page: u32) -> MakeResult {
    let (lang, derived, m) = (entry.lang, &ctx.derived.letters, &ctx.theme.messages[entry.lang]);
    let list: &[u32] = current.map_or(&derived.shown, |(f, v)| &derived.facets[f].values[v].items);
    let from = (page as usize * ROWS).min(list.len());
    let (title, above) = match current {
        Some((f, v)) => {
            let args = [("facet", ctx.say(lang, &format!("feedback.{}", derived.facets[f].key))), ("value", value_name(ctx, lang, f, v))];
            (m.get("facet.title", &args).unwrap_or_default(), crumbs(ctx, lang))
        }
        None => (ctx.say(lang, "feedback.title"), ctx.crumbs(lang, None)),
    };
    let mut head = ctx.head(entry, &title, above);
    head.feeds = ctx.feeds(lang, FeedOf::Letters, &ctx.say(lang, "feedback.title"));
    let hidden = ctx.public.feedback.letters.len() - derived.shown.len();
    let count = match current {
        Some(_) => m.count("feedback.shown", list.len()),
        None => m.get("feedback.count", &[("n", thousands(list.len())), ("hidden", thousands(hidden))]).unwrap_or_default(),
    };
    let at = |n: u32| Target::Letters(current.map_or(Letters::List(n), |(f, v)| Letters::Part(f as u32, v as u32, n)));
    let view = ListView {
        lead: if current.is_none() && page == 0 { ctx.say(lang, "feedback.lead") } else { String::new() },
        as_of: as_of(ctx, lang),
        count,
        cards: cards(ctx, lang, &list[from..(from + ROWS).min(list.len())]),
        pager: pager(ctx, lang, page, list.len(), &at),
        facets: facets(ctx, lang, current)?,
        all: current.map(|_| ctx.url(lang, &Target::Letters(Letters::List(0))).to_string()),
        links: links(ctx, lang),
        files: if current.is_none() { files(ctx, Letters::File) } else { Vec::new() },
        head,
    };
    ctx.render(entry, "pages/feedback.html", &view)
}

fn thousands(n: usize) -> String {
    crate::render::tables::thousands(n as u64)
}

fn pager(ctx: &Ctx<'_>, lang: usize, page: u32, total: usize, at: &dyn Fn(u32) -> Target) -> Option<PagerView> {
    let count = total.div_ceil(ROWS).max(1) as u32;
    if count == 1 {
        return None;
    }
    let url = |p: u32| ctx.url(lang, &at(p)).to_string();
    let near = |p: &u32| *p == 0 || *p + 1 == count || p.abs_diff(page) <= 2;
    let args = [("page", (page + 1).to_string()), ("pages", count.to_string())];
    Some(PagerView {
        text: ctx.theme.messages[lang].get("pager.text", &args).unwrap_or_default(),
        prev: (page > 0).then(|| url(page - 1)),
        next: (page + 1 < count).then(|| url(page + 1)),
        pages: (0..count).filter(near).map(|p| (p as usize + 1, url(p), p == page)).collect(),
    })
}

#[derive(Serialize)]
struct LetterView {
    head: HeadView,
    /// Class and text of its state.
    state: (&'static str, String),
    turns: Option<TurnsView>,
    /// It is late, and as of which day.
    banner: String,
    facts: Vec<FactView>,
    /// Texts as HTML.
    body: String,
    reply: String,
    as_of: String,
}

/// A text as paragraphs: nothing in it is markup.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        out.push_str("<p>");
        escape_into(&mut out, line);
        out.push_str("</p>");
    }
    out
}

fn days(ctx: &Ctx<'_>, lang: usize, n: u32) -> String {
    ctx.theme.messages[lang].count("feedback.days", n as usize)
}

fn letter(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let lang = entry.lang;
    let Some(l) = ctx.public.feedback.letters.get(i as usize) else { return misrouted(entry) };
    let t = &ctx.derived.letters.timing[i as usize];
    let m = &ctx.theme.messages[lang];
    let mut above = crumbs(ctx, lang);
    if let Some((f, v)) = department_part(ctx, l.department) {
        let url = ctx.url(lang, &Target::Letters(Letters::Part(f, v, 0))).to_string();
        above.push(LinkView { title: ctx.department_names(lang, &[l.department]), url });
    }
    let mut head = ctx.head(entry, &l.title, above);
    head.describe(l.body.chars().take(100).collect());
    let mut facts = Vec::with_capacity(10);
    let mut fact = |key: &str, value: String, url: Option<String>| facts.push(FactView { label: m.say(&format!("letter.{key}")), value, url });
    let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| ctx.date(lang, d));
    fact("no", l.no.clone(), None);
    fact("kind", l.kind.map_or(String::new(), |k| m.say(&format!("feedback.kind.{k}"))), None);
    fact("department", ctx.department_names(lang, &[l.department]), ctx.routes.get(lang, &Target::Department(l.department as u32, 0)).map(|e| e.url.clone()));
    fact("received_on", day(l.received), None);
    let limit = days(ctx, lang, l.limit);
    let kept = t.kept.map(|k| m.say(if k { "letter.kept" } else { "letter.late" }));
    fact("limit", kept.map_or(limit.clone(), |k| [limit.as_str(), k.as_str()].join(&m.say("semicolon"))), None);
    if t.state == State::Answered {
        fact("replied_on", day(l.replied), None);
        fact("taken", t.taken.map_or(String::new(), |n| days(ctx, lang, n)), None);
        fact("reply_by", l.reply_by.clone(), None);
    } else if matches!(t.state, State::Pending | State::Overdue) {
        fact("due", day(t.due), None);
    }
    if let Some(d) = l.extended {
        fact("extended_to", ctx.date(lang, d), None);
    }
    if let Some(r) = l.rating {
        fact("rating", m.get("letter.of_five", &[("n", r.to_string())]).unwrap_or_default(), None);
    }
    if let Some(item) = l.about.as_ref().and_then(|id| ctx.derived.by_id.get(id)) {
        let of = &ctx.public.items[*item as usize];
        fact("about", of.best(lang).title.clone(), ctx.routes.item(lang, *item, of).map(|e| e.url.clone()));
    }
    let banner = match (t.state, t.due) {
        (State::Overdue, Some(due)) => m.get("letter.overdue", &[("due", ctx.date(lang, due)), ("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default(),
        _ => String::new(),
    };
    let (word, state, turns) = standing(ctx, lang, i);
    let view = LetterView { state: (state, word), turns, banner, facts, body: paragraphs(&l.body), reply: paragraphs(&l.reply), as_of: as_of(ctx, lang), head };
    ctx.render(entry, "pages/letter.html", &view)
}

fn department_part(ctx: &Ctx<'_>, department: usize) -> Option<(u32, u32)> {
    let facets = &ctx.derived.letters.facets;
    let f = facets.iter().position(|f| f.key == "department")?;
    Some((f as u32, facets[f].values.iter().position(|v| v.index == department)? as u32))
}

#[derive(Serialize)]
struct QuestionView {
    id: String,
    title: String,
    url: String,
    body: String,
    reply: String,
    /// Who answered, and when.
    byline: String,
}

#[derive(Serialize)]
struct FrequentView {
    head: HeadView,
    lead: String,
    list: Vec<QuestionView>,
}

fn frequent(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let list = ctx.derived.letters.frequent.iter().enumerate().map(|(n, i)| {
        let l: &Letter = &ctx.public.feedback.letters[*i as usize];
        let who = ctx.department_names(lang, &[l.department]);
        let day = l.replied.map_or_else(|| ctx.say(lang, "feedback.undated"), |d| ctx.date(lang, d));
        QuestionView {
            id: format!("q{}", n + 1),
            title: l.title.clone(),
            url: url(ctx.routes, lang, *i).to_string(),
            body: paragraphs(&l.body),
            reply: paragraphs(&l.reply),
            byline: [who, day].join(" · "),
        }
    });
    let view = FrequentView {
        head: ctx.head(entry, &ctx.say(lang, "feedback.frequent"), crumbs(ctx, lang)),
        lead: ctx.say(lang, "feedback.frequent.lead"),
        list: list.collect(),
    };
    ctx.render(entry, "pages/feedback_frequent.html", &view)
}

/// The letters that may be shown, as a file; of the others JSON has the number.
fn file(ctx: &Ctx<'_>, form: Form) -> Vec<u8> {
    let keys = [
        "no",
        "department",
        "kind",
        "title",
        "body",
        "received_on",
        "about",
        "status",
        "replied_on",
        "reply",
        "reply_by",
        "rating",
        "faq",
        "limit_workdays",
        "extended_to",
        "due_on",
        "taken_workdays",
        "within_limit",
        "url",
    ];
    let text = |o: Option<String>| o.unwrap_or_default();
    let rows = ctx.derived.letters.shown.iter().map(|i| {
        let (l, t) = (&ctx.public.feedback.letters[*i as usize], &ctx.derived.letters.timing[*i as usize]);
        // What it is about is named only where that is public.
        let about = l.about.as_ref().filter(|id| ctx.derived.by_id.contains_key(*id));
        [
            l.no.clone(),
            ctx.public.departments[l.department].id.clone(),
            l.kind.unwrap_or("").to_string(),
            l.title.clone(),
            l.body.clone(),
            text(l.received.map(|d| d.to_string())),
            text(about.map(|a| a.to_string())),
            if t.state == State::Unknown { String::new() } else { t.state.code().to_string() },
            text(l.replied.map(|d| d.to_string())),
            l.reply.clone(),
            l.reply_by.clone(),
            text(l.rating.map(|r| r.to_string())),
            if l.faq { "yes".to_string() } else { String::new() },
            l.limit.to_string(),
            text(l.extended.map(|d| d.to_string())),
            text(t.due.map(|d| d.to_string())),
            text(t.taken.map(|n| n.to_string())),
            text(t.judged.map(|k| if k { "yes" } else { "no" }.to_string())),
            ctx.absolute(url(ctx.routes, 0, *i)),
        ]
    });
    match form {
        Form::Json => {
            let list: Vec<serde_json::Value> = rows
                .map(|row| {
                    let pairs = keys.iter().zip(row).filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_string(), serde_json::Value::String(v)));
                    serde_json::Value::Object(pairs.collect())
                })
                .collect();
            let shown = list.len();
            let not_shown = ctx.public.feedback.letters.len() - shown;
            let all = serde_json::json!({"as_of": ctx.public.as_of.to_string(), "shown": shown, "not_shown": not_shown, "letters": list});
            format!("{all}\n").into_bytes()
        }
        Form::Csv | Form::Xlsx => csv(&keys, rows.map(Vec::from)),
    }
}

fn csv<K: ToString>(keys: &[K], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    spreadsheet::csv(std::iter::once(keys.iter().map(K::to_string).collect()).chain(rows))
}
