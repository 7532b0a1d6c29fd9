//! Consultation (意见征集): the list by state, the item with what came of it, its opinions one by one, CSV and JSON.

use super::{
    AttachmentView, Banner, FactView, Group, NoteView, TextView, attachments, banner, body, item_path, named_by, neighbours, notes, plan_items, plan_list, text,
};
use crate::load::table::spreadsheet;
use crate::model::{Consultation, Item, Outcome, Row, Stage, Value};
use crate::output::{Made, MakeResult};
use crate::render::cite::{CiteView, cite};
use crate::render::stage::{TurnsView, figures, stage_key, stage_word};
use crate::render::view::{HeadView, LinkView, PagerView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use crate::types::{self, consultation as con};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use std::ops::Range;

/// The list, the items, the further pages of opinions, the files.
pub static PAGE: Maker = Maker { name: "consultation", plan, make, cost: 3 };

/// Most opinions of a page, and bytes of their texts.
const OPINIONS: (usize, usize) = (25, 16 << 10);
/// Pages of opinions, about: of more than five thousand each has more, so that neither their number nor their cost has no end.
const PAGES: usize = 200;

/// The column of all of them.
fn column(columns: &[crate::model::Column]) -> Option<usize> {
    columns.iter().position(|c| c.path == types::CONSULTATION.folder)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if let Some(c) = column(&site.public.columns) {
        for lang in 0..site.public.languages.len() {
            plan_list(site, p, lang, "consultations/", site.derived.by_column[c].len(), |n| Target::Column(c as u32, n));
        }
    }
    plan_items(site, p, types::CONSULTATION);
    for &i in site.derived.list(types::CONSULTATION) {
        let item = &site.public.items[i as usize];
        let Some(r) = item.consultation().and_then(|c| c.result(site.public.as_of)) else { continue };
        let (path, pages) = (item_path(item), parts(&r.rows).len());
        for e in &item.editions {
            for n in 1..pages {
                p.page(e.lang, &format!("{path}opinions/{}/", n + 1), Target::Opinions(i, n as u32), false, false);
            }
            let file = format!("{}{path}opinions", site.public.languages[e.lang].prefix);
            p.file(e.lang, format!("{file}.json"), Target::OpinionData(i, true), 2, false, true);
            if !r.rows.is_empty() {
                p.file(e.lang, format!("{file}.csv"), Target::OpinionData(i, false), 2, false, true);
            }
        }
    }
}

/// The opinions by pages, so that none is too heavy.
fn parts(rows: &[Row]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    let own = |row: &Row| row.opinion.len() + row.reason.as_ref().map_or(0, String::len);
    let most = (OPINIONS.0.max(rows.len().div_ceil(PAGES)), OPINIONS.1.max(rows.iter().map(own).sum::<usize>().div_ceil(PAGES)));
    for (n, row) in rows.iter().enumerate() {
        let own = own(row);
        if n > from && (n - from == most.0 || bytes + own > most.1) {
            out.push(from..n);
            (from, bytes) = (n, 0);
        }
        bytes += own;
    }
    if from < rows.len() {
        out.push(from..rows.len());
    }
    out
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    match entry.target {
        Target::Column(_, page) => list(ctx, entry, page),
        Target::Item(i) => page(ctx, entry, i),
        Target::Opinions(i, n) => further(ctx, entry, i, n as usize),
        Target::OpinionData(i, json) => data(ctx, entry, i, json),
        _ => misrouted(entry),
    }
}

#[derive(Serialize)]
struct ListView {
    head: HeadView,
    description: String,
    as_of: String,
    count: String,
    /// By state.
    groups: Vec<Group>,
    pager: Option<PagerView>,
    children: Vec<LinkView>,
}

/// A list with its consultations newest first, by the day they close, else open; others stay where they are.
pub fn dated(ctx: &Ctx<'_>, list: &mut [u32]) {
    let day = |i: &u32| ctx.public.items[*i as usize].consultation().and_then(|c| c.closes.or(c.opens));
    if list.iter().all(|i| ctx.public.items[*i as usize].consultation().is_some()) {
        list.sort_by_key(|i| std::cmp::Reverse(day(i).or_else(|| ctx.public.items[*i as usize].day())));
    }
}

fn list(ctx: &Ctx<'_>, entry: &Entry, page: u32) -> MakeResult {
    let (lang, Some(c)) = (entry.lang, column(&ctx.public.columns)) else { return misrouted(entry) };
    // A column has what lies in its folder: items of this type.
    let stage = |i: &u32| ctx.public.items[*i as usize].consultation().and_then(|c| c.stage(ctx.public.as_of));
    let mut all = ctx.derived.by_column[c].clone();
    // By state, those without days last; what closes next comes first, of what has closed the latest.
    all.sort_by_key(|i| {
        let closes = ctx.public.items[*i as usize].consultation().and_then(|c| c.closes).map_or(0, |d| (d - Date::ZERO).get_days());
        let s = stage(i);
        (s.is_none(), s, if matches!(s, Some(Stage::Open | Stage::Ahead)) { closes } else { -closes })
    });
    let shown = ctx.slice(&all, page);
    let mut groups: Vec<(Option<Stage>, Vec<u32>)> = Vec::new();
    for i in shown {
        let s = stage(i);
        match groups.last_mut() {
            Some((last, list)) if *last == s => list.push(*i),
            _ => groups.push((s, vec![*i])),
        }
    }
    let m = &ctx.theme.messages[lang];
    let title = ctx.shells.columns[lang][c].clone();
    let mut crumbs = ctx.crumbs(lang, Some(c));
    crumbs.pop();
    let mut head = ctx.head(entry, &title, crumbs);
    ctx.column_metas(&mut head, lang, c, true);
    head.feeds = ctx.feeds(lang, FeedOf::Column(c as u32), &title);
    let view = ListView {
        description: ctx.public.columns[c].description.get(lang).to_string(),
        as_of: m.get("consult.list_as_of", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default(),
        count: m.count("list.count", all.len()),
        groups: groups.into_iter().map(|(s, list)| Group { title: m.say(stage_key(s)), cards: ctx.links(lang, &list) }).collect(),
        pager: ctx.pager(lang, page, all.len(), &|n| Target::Column(c as u32, n)),
        children: super::column::children(ctx, lang, c),
        head,
    };
    ctx.render(entry, "pages/consultations.html", &view)
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Calendar of its days to come.
    ics: Option<String>,
    head: HeadView,
    banner: Option<Banner>,
    /// The state: word, code, days on which it turns.
    mark: Option<String>,
    state: &'static str,
    turns: Option<TurnsView>,
    /// Who asks, from when, until when.
    glance: Vec<FactView>,
    facts: Vec<FactView>,
    lead: Option<String>,
    channels: Vec<FactView>,
    numbers: Vec<NumberView>,
    /// What the numbers and the list do not have of what was received.
    gaps: Vec<String>,
    became: String,
    text: TextView,
    explanation: Option<TextView>,
    draft: Option<AttachmentView>,
    opinions: Option<OpinionsView>,
    files: Vec<LinkView>,
    named_by: Vec<Group>,
    attachments: Vec<AttachmentView>,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    cite: CiteView,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

/// A figure and what it counts.
#[derive(Serialize)]
struct NumberView {
    value: String,
    label: String,
}

/// Some of the opinions.
#[derive(Serialize)]
struct OpinionsView {
    caption: String,
    /// Somebody is told of some.
    from: bool,
    rows: Vec<OpinionView>,
    pager: Option<PagerView>,
}

#[derive(Serialize)]
struct OpinionView {
    no: String,
    from: String,
    opinion: String,
    outcome: String,
    state: &'static str,
    reason: String,
}

fn page(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some(c) = item.consultation() else { return misrouted(entry) };
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    let result = c.result(ctx.public.as_of);
    let (mark, state, turns) = stage_word(ctx, lang, c).map_or((None, "", None), |(w, s, t)| (Some(w), s, t));
    let (prev, next) = neighbours(ctx, lang, i);
    let policy = c.becomes.as_ref().and_then(|id| ctx.derived.by_id.get(id).copied());
    let markdown = |field| if let Some(Value::Markdown(t)) = c.values.get(field) { Some(t.get(lang)).filter(|t| !t.trim().is_empty()) } else { None };
    let view = View {
        extra: &item.extra,
        ics: crate::render::exports::ics::link(ctx, lang, Some(i)),
        banner: banner(ctx, lang, i),
        mark,
        state,
        turns,
        glance: facts(ctx, lang, item, c, result).into_iter().take(3).filter(|f| !f.value.is_empty()).collect(),
        facts: facts(ctx, lang, item, c, result),
        lead: edition.summary.clone(),
        channels: crate::render::channels::channels(ctx, lang, &c.values),
        numbers: result.map_or(Vec::new(), |r| figures(ctx, lang, r).into_iter().map(|(label, n)| NumberView { value: n.to_string(), label }).collect()),
        gaps: result.map_or(Vec::new(), |r| gaps(ctx, lang, r)),
        became: policy.map_or(String::new(), |p| ctx.links(lang, &[p])),
        text: body(ctx, lang, item),
        explanation: markdown(&con::EXPLANATION).map(|t| text(ctx, lang, item, "explanation-", t)),
        draft: draft(ctx, lang, item, c),
        opinions: result.and_then(|r| opinions(ctx, lang, i, r, 0)),
        files: files(ctx, lang, i),
        named_by: named_by(ctx, lang, i),
        attachments: attachments(ctx, lang, item),
        notes: notes(ctx, lang, item),
        keywords: item.keywords.clone(),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        prev,
        next,
        head,
    };
    ctx.render(entry, "pages/consultation.html", &view)
}

fn files(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<LinkView> {
    let one = |json: bool| {
        let url = ctx.routes.get(lang, &Target::OpinionData(i, json))?.url.clone();
        Some(LinkView { title: if json { "JSON" } else { "CSV" }.into(), url })
    };
    [one(false), one(true)].into_iter().flatten().collect()
}

/// What numbers that do not add up leave open: opinions without an outcome, and opinions that are not listed.
fn gaps(ctx: &Ctx<'_>, lang: usize, r: &Outcome) -> Vec<String> {
    let m = &ctx.theme.messages[lang];
    let Some(all) = r.total() else { return Vec::new() };
    let told: Vec<u32> = crate::model::PARTS.iter().filter_map(|p| r.part(p)).collect();
    let say = |key: &str, n: u32| {
        let rest = all.checked_sub(n).filter(|rest| *rest > 0)?;
        m.get(key, &[("of", all.to_string()), ("n", n.to_string()), ("rest", rest.to_string())])
    };
    // One number alone (adopted) says nothing of the others.
    let unread = r.unread();
    let parts = if told.len() > 1 { say("consult.rest", told.iter().sum::<u32>().saturating_add(unread)) } else { None };
    let words = if unread > 0 { m.get("consult.unread", &[("n", unread.to_string())]) } else { None };
    let listed = if r.rows.is_empty() { None } else { say("consult.unlisted", r.rows.len() as u32) };
    words.into_iter().chain(parts).chain(listed).chain(doubts(ctx, lang, r)).collect()
}

/// Where the figures that are told do not agree with one another, or with the opinions one by one.
fn doubts(ctx: &Ctx<'_>, lang: usize, r: &Outcome) -> Vec<String> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    let sum: u64 = match r.together {
        Some(both) => u64::from(both) + [r.rejected, r.pending].iter().flatten().map(|n| u64::from(*n)).sum::<u64>(),
        None => [r.adopted, r.partly, r.rejected, r.pending].iter().flatten().map(|n| u64::from(*n)).sum(),
    };
    if let Some(of) = r.received.filter(|n| sum > u64::from(*n)) {
        out.extend(m.get("consult.over", &[("n", sum.to_string()), ("of", of.to_string())]));
    }
    if let Some(n) = r.received.filter(|n| r.rows.len() > *n as usize) {
        out.extend(m.get("consult.more_rows", &[("of", n.to_string()), ("n", r.rows.len().to_string())]));
    }
    // Rows that are not all of what came may lack what the figures have.
    let whole = r.total().is_some_and(|n| r.rows.len() >= n as usize) && !r.rows.is_empty();
    for part in crate::model::PARTS {
        let counted = if part == "adopted_or_partly" { r.counted("adopted") + r.counted("partly") } else { r.counted(part) };
        if let Some(n) = r.told(part).filter(|n| counted > *n || whole && counted != *n) {
            let args = [("what", m.say(&format!("consult.{part}"))), ("n", n.to_string()), ("rows", counted.to_string())];
            out.extend(m.get("consult.differs", &args));
        }
    }
    out
}

/// The file of the draft.
fn draft(ctx: &Ctx<'_>, lang: usize, item: &Item, c: &Consultation) -> Option<AttachmentView> {
    let Some(Value::File(key)) = c.values.get(&con::DRAFT_FILE) else { return None };
    let (blob, entry) = (ctx.public.blobs.get(key)?, ctx.routes.get(0, &Target::Blob(key.clone()))?);
    let title = key.rsplit('/').next().unwrap_or(key).to_string();
    Some(AttachmentView {
        read: None,
        url: entry.url.clone(),
        format: key.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_uppercase()),
        size: crate::render::size_text(blob.len),
        ask: super::ask(ctx, lang, item, &title),
        title,
    })
}

pub(super) fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, c: &Consultation, result: Option<&Outcome>) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let day = |d: Option<Date>| d.map_or(String::new(), |d| ctx.date(lang, d));
    let mut out = Vec::new();
    let mut fact = |key: &str, value: String, url: Option<String>| out.push(FactView { label: m.say(key), value, url });
    let who = match &item.issuers[..] {
        [one] => ctx.routes.get(lang, &Target::Department(*one as u32, 0)).map(|e| e.url.clone()),
        _ => None,
    };
    fact("field.consultation.issuer", ctx.issuers(lang, item), who);
    fact("field.consultation.opens", day(c.opens), None);
    fact("field.consultation.closes", day(c.closes), None);
    fact("fact.published_at", item.published.map_or(String::new(), |x| moment_text(m, x)), None);
    if let Some(r) = result {
        fact("consult.result_on", day(r.on), None);
    }
    if let Some(Value::Flag(true)) = c.values.get(&con::MAJOR) {
        fact("field.consultation.major", m.say("flag.yes"), None);
    }
    if let Some(Value::Text(t)) = c.values.get(&con::SHORT_REASON) {
        fact("field.consultation.short_reason", t.clone(), None);
    }
    if item.source.is_some() {
        fact("fact.source", item.source.clone().unwrap_or_default(), item.source_url.clone());
    }
    out
}

/// One page of opinions.
fn opinions(ctx: &Ctx<'_>, lang: usize, i: u32, r: &Outcome, n: usize) -> Option<OpinionsView> {
    let (m, all) = (&ctx.theme.messages[lang], parts(&r.rows));
    let range = all.get(n)?.clone();
    let rows = &r.rows[range.clone()];
    let args = [("from", (range.start + 1).to_string()), ("to", range.end.to_string()), ("n", r.rows.len().to_string())];
    let url =
        |p: usize| if p == 0 { ctx.url(lang, &Target::Item(i)).to_string() + "#opinions" } else { ctx.url(lang, &Target::Opinions(i, p as u32)).to_string() };
    let pager = (all.len() > 1).then(|| {
        let near = |p: &usize| *p == 0 || *p + 1 == all.len() || p.abs_diff(n) <= 2;
        let args = [("page".to_string(), (n + 1).to_string()), ("pages".to_string(), all.len().to_string())];
        PagerView {
            text: m.get("pager.text", &args).unwrap_or_default(),
            prev: (n > 0).then(|| url(n - 1)),
            next: (n + 1 < all.len()).then(|| url(n + 1)),
            pages: (0..all.len()).filter(near).map(|p| (p + 1, url(p), p == n)).collect(),
        }
    });
    let view = |(at, row): (usize, &Row)| OpinionView {
        no: r.number(range.start + at).unwrap_or_default(),
        from: row.from.clone().unwrap_or_default(),
        opinion: row.opinion.clone(),
        outcome: row.outcome.map_or_else(|| row.word.clone().unwrap_or_default(), |o| m.say(&format!("consult.{o}"))),
        state: row.outcome.unwrap_or(""),
        reason: row.reason.clone().unwrap_or_default(),
    };
    Some(OpinionsView {
        caption: m.get("consult.range", &args).unwrap_or_default(),
        from: rows.iter().any(|r| r.from.is_some()),
        rows: rows.iter().enumerate().map(view).collect(),
        pager,
    })
}

#[derive(Serialize)]
struct FurtherView {
    head: HeadView,
    opinions: OpinionsView,
    files: Vec<LinkView>,
}

fn further(ctx: &Ctx<'_>, entry: &Entry, i: u32, n: usize) -> MakeResult {
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let result = item.consultation().and_then(|c| c.result(ctx.public.as_of));
    let Some(opinions) = result.and_then(|r| opinions(ctx, lang, i, r, n)) else { return misrouted(entry) };
    let title = &item.best(lang).title;
    let mut crumbs = ctx.crumbs(lang, item.column);
    crumbs.extend(ctx.routes.item(lang, i, item).map(|e| LinkView { title: title.clone(), url: e.url.clone() }));
    let heading = ctx.theme.messages[lang].get("consult.opinions_of", &[("title", title.clone()), ("page", (n + 1).to_string())]).unwrap_or_default();
    let view = FurtherView { head: ctx.head(entry, &heading, crumbs), opinions, files: files(ctx, lang, i) };
    ctx.render(entry, "pages/opinions.html", &view)
}

fn data(ctx: &Ctx<'_>, entry: &Entry, i: u32, as_json: bool) -> MakeResult {
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some((c, r)) = item.consultation().and_then(|c| Some((c, c.result(ctx.public.as_of)?))) else { return misrouted(entry) };
    let say = |key: &str| ctx.say(lang, key);
    let outcome = |row: &Row| row.outcome.map(|o| say(&format!("consult.{o}"))).or_else(|| row.word.clone());
    let bytes = if as_json {
        let rows = r.rows.iter().enumerate().map(|(n, row)| {
            json!({
                "no": r.number(n), "from": row.from, "opinion": row.opinion, "outcome": row.outcome,
                "outcome_label": outcome(row), "reason": row.reason,
            })
        });
        let value = json!({
            "title": item.best(lang).title,
            "url": ctx.routes.item(lang, i, item).map(|e| ctx.absolute(&e.url)),
            "opens": c.opens.map(|d| d.to_string()),
            "closes": c.closes.map(|d| d.to_string()),
            "result": {
                "on": r.on.map(|d| d.to_string()),
                "received": r.total(), "adopted": r.part("adopted"), "partly": r.part("partly"),
                "adopted_or_partly": r.part("adopted_or_partly"), "rejected": r.part("rejected"), "pending": r.part("pending"),
            },
            "doubts": doubts(ctx, lang, r),
            "opinions": rows.collect::<Vec<_>>(),
        });
        format!("{value:#}\n").into_bytes()
    } else {
        let label = |f: &str| say(&format!("field.{}.{f}", con::row::RECORD.id));
        let head = ["no", "from", "opinion", "outcome", "reason"].map(label);
        let rows = r.rows.iter().enumerate().map(|(n, row)| {
            let plain = |t: &Option<String>| t.clone().unwrap_or_default();
            [r.number(n).unwrap_or_default(), plain(&row.from), row.opinion.clone(), outcome(row).unwrap_or_default(), plain(&row.reason)]
        });
        spreadsheet::csv(std::iter::once(head).chain(rows))
    };
    Ok(Made::Bytes(ctx.shells.script(ctx.public, lang, bytes)))
}
