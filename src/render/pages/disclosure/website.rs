//! The yearly report of the website (政府网站工作年度报表): what is typed, and what is counted from the content of that year.

use super::report::{GridView, PartView, View};
use super::{CellView, cell};
use crate::config::Localized;
use crate::model::disclosure::Website;
use crate::model::{Item, Value};
use crate::output::MakeResult;
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Made, Section};
use crate::types;
use jiff::civil::Date;

/// A row: its label, its value; `None` is not stated, and never 0.
type Line = (String, Option<String>);

/// The title of a report.
pub(super) fn title(ctx: &Ctx<'_>, lang: usize, r: &Website) -> String {
    ctx.theme.messages[lang].get("website.title", &[("site", ctx.config.title.get(lang).to_string()), ("year", r.year.to_string())]).unwrap_or_default()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let lang = entry.lang;
    let Some(r) = ctx.public.disclosure.websites.get(i as usize) else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let mut parts: Vec<PartView> = Vec::new();
    for (key, lines) in groups(ctx, lang, r) {
        let title = m.say(&format!("website.{key}"));
        let value = |v: Option<String>| CellView { num: true, ..cell(v.unwrap_or_else(|| ctx.unsaid(lang))) };
        let rows = lines.into_iter().map(|(label, v)| (label, 0, vec![value(v)])).collect();
        let grid = GridView { caption: title.clone(), head: vec![m.say("website.row"), m.say("website.value")], rows };
        let notes = if COUNTED.contains(&key) { vec![m.say("website.counted")] } else { Vec::new() };
        parts.push(PartView { title, text: String::new(), tables: vec![grid], notes });
    }
    let accounts: Vec<(String, u8, Vec<CellView>)> = r
        .accounts
        .iter()
        .map(|a| {
            let count = |n: Option<u32>| CellView { num: true, ..cell(n.map_or_else(|| ctx.unsaid(lang), |n| n.to_string())) };
            (format!("{} {}", a.kind, a.name.get(lang)), 0, vec![count(a.posts), count(a.followers)])
        })
        .collect();
    let title_of = |key: &str| m.say(&format!("website.{key}"));
    let head = vec![title_of("account"), title_of("posts"), title_of("followers")];
    let tables = if accounts.is_empty() { Vec::new() } else { vec![GridView { caption: title_of("accounts"), head, rows: accounts }] };
    parts.push(PartView { title: title_of("accounts"), text: String::new(), tables, notes: Vec::new() });
    let text = super::super::site_text(ctx, lang, "innovation-", r.innovation.get(lang));
    parts.push(PartView { title: title_of("innovation"), text, tables: Vec::new(), notes: Vec::new() });
    let view = View {
        head: ctx.head(entry, &title(ctx, lang, r), ctx.disclosure_crumbs(lang, &[Section::Reports])),
        byline: r.published.map_or(String::new(), |d| m.get("report.published", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        files: ctx.disclosure_files(lang, Made::Website(i), &[(Form::Csv, "CSV")]),
        parts,
    };
    ctx.render(entry, "pages/disclosure_report.html", &view)
}

/// The same as rows of a file: part, row, value; empty where it is not stated.
pub(super) fn table(ctx: &Ctx<'_>, r: &Website) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let m = &ctx.theme.messages[0];
    let mut rows = Vec::new();
    for (key, lines) in groups(ctx, 0, r) {
        rows.extend(lines.into_iter().map(|(label, v)| vec![m.say(&format!("website.{key}")), label, v.unwrap_or_default()]));
    }
    for a in &r.accounts {
        let name = format!("{} {}", a.kind, a.name.get(0));
        for (key, n) in [("posts", a.posts), ("followers", a.followers)] {
            let label = format!("{name} {}", m.say(&format!("website.{key}")));
            rows.push(vec![m.say("website.accounts"), label, n.map_or(String::new(), |n| n.to_string())]);
        }
    }
    (vec!["part", "row", "value"], rows)
}

/// Parts that are counted from the content.
const COUNTED: &[&str] = &["published", "topics", "explained", "answered", "services", "letters", "consultations", "talks"];

/// The parts in the order of the form.
fn groups(ctx: &Ctx<'_>, lang: usize, r: &Website) -> Vec<(&'static str, Vec<Line>)> {
    let (public, m, c) = (&ctx.public, &ctx.theme.messages[lang], &ctx.config.identity);
    let say = |key: &str| m.say(&format!("website.{key}"));
    let in_year = |d: Option<Date>| d.is_some_and(|d| d.year() == r.year);
    let number = |n: usize| Some(n.to_string());
    let typed = |n: Option<u32>| n.map(|n| n.to_string());
    let yes = |v: Option<bool>| v.map(|v| m.say(if v { "flag.yes" } else { "flag.no" }));
    let told = |t: &Localized| Some(t.get(lang).to_string()).filter(|t| !t.is_empty());
    let of = |id: &'static str| public.items.iter().filter(move |i| i.kind.id == id);
    let year = |i: &&std::sync::Arc<Item>| in_year(i.day());
    let there = |id: &'static str, n: usize| of(id).next().is_some().then(|| n.to_string());
    let mut out: Vec<(&'static str, Vec<Line>)> = Vec::new();
    out.push((
        "site",
        vec![
            (say("name"), told(&ctx.config.title)),
            (say("home"), Some(ctx.config.base_url.clone())),
            (say("organizer"), told(&c.organizer)),
            (say("type"), r.kind.clone()),
        ],
    ));
    if ctx.config.disclosure.chinese {
        let registered = [(say("site_code"), c.site_id_code.clone()), (say("icp"), c.icp.clone()), (say("police"), c.police.clone())];
        out.iter_mut().for_each(|(_, lines)| lines.extend(registered.clone()));
    }
    out.push(("visits", vec![(say("visitors"), typed(r.visits[0])), (say("views"), typed(r.visits[1]))]));
    // What is published: all types whose items are told as news, each with its number.
    let mut published: Vec<Line> = Vec::new();
    let mut total = 0;
    for kind in public.types.iter().filter(|k| !k.root && k.folder != types::TOPIC.folder) {
        let all = public.items.iter().filter(|i| i.kind == kind);
        let (mut any, mut n) = (false, 0);
        for item in all {
            any = true;
            n += usize::from(in_year(item.day()));
        }
        total += n;
        if any {
            published.push((m.say(&format!("type.{}", kind.folder)), number(n)));
        }
    }
    published.insert(0, (say("all"), number(total)));
    let undated = public.items.iter().filter(|i| !i.kind.root && i.kind != types::TOPIC && i.day().is_none()).count();
    if undated > 0 {
        published.push((say("undated"), number(undated)));
    }
    out.push(("published", published));
    let begun = of(types::TOPIC.id).filter(|i| i.day().is_none_or(|d| d.year() <= r.year)).count();
    out.push(("topics", vec![(say("topics.kept"), number(begun)), (say("topics.new"), number(of(types::TOPIC.id).filter(year).count()))]));
    let explained: Vec<_> = of(types::INTERPRETATION.id).filter(year).collect();
    let with = |words: &[&str]| explained.iter().filter(|i| i.interpretation().is_some_and(|x| x.forms.iter().any(|f| words.contains(f)))).count();
    let products = ["infographic", "chart", "comic", "audio", "video", "animation", "h5", "press-conference", "interview"];
    out.push((
        "explained",
        vec![
            (say("all"), number(explained.len())),
            (say("explained.texts"), number(with(&["text", "qa", "head", "expert"]))),
            (say("explained.products"), number(with(&products))),
            (say("explained.media"), number(with(&["media", "media-interview"]))),
        ],
    ));
    let answered = of(types::response::TYPE.id).filter(year).count();
    out.push(("answered", vec![(say("answered.times"), there(types::response::TYPE.id, answered))]));
    let services = of(types::service::TYPE.id).filter(|i| i.day().is_none_or(|d| d.year() <= r.year)).count();
    out.push(("services", vec![(say("services.all"), there(types::service::TYPE.id, services))]));
    out.push(("letters", letters(ctx, &say, r.year)));
    let held: Vec<_> = of(types::CONSULTATION.id).filter_map(|i| i.consultation()).collect();
    let results: Vec<_> = held.iter().filter_map(|x| x.outcome.as_ref()).filter(|o| in_year(o.on)).collect();
    let received: Vec<u32> = results.iter().filter_map(|o| o.total()).collect();
    let some = !held.is_empty();
    out.push((
        "consultations",
        vec![
            (say("consultations.held"), some.then(|| held.iter().filter(|x| in_year(x.opens)).count().to_string())),
            (say("consultations.received"), (!received.is_empty()).then(|| received.iter().map(|n| u64::from(*n)).sum::<u64>().to_string())),
            (say("consultations.results"), some.then(|| results.len().to_string())),
        ],
    ));
    let talk = |i: &&std::sync::Arc<Item>| {
        let values = i.record();
        let kind = values.and_then(|v| v.get(&types::event::KIND));
        let day = match values.and_then(|v| v.get(&types::event::STARTS)) {
            Some(Value::Day(d)) => Some(*d),
            Some(Value::Moment(t)) => Some(t.date),
            _ => None,
        };
        matches!(kind, Some(Value::Code("interview"))) && in_year(day)
    };
    out.push(("talks", vec![(say("talks.held"), there(types::event::TYPE.id, of(types::event::TYPE.id).filter(talk).count()))]));
    out.push((
        "security",
        vec![
            (say("security.assessments"), typed(r.checks[0])),
            (say("security.found"), typed(r.checks[1])),
            (say("security.fixed"), typed(r.checks[2])),
            (say("security.monitoring"), yes(r.ways[0])),
            (say("security.drills"), yes(r.ways[1])),
            (say("security.officer"), yes(r.ways[2])),
        ],
    ));
    out
}

/// Letters of the year; nothing is stated where the site has none at all.
fn letters(ctx: &Ctx<'_>, say: &dyn Fn(&str) -> String, year: i16) -> Vec<Line> {
    let all = &ctx.public.feedback.letters;
    let in_year = |d: Option<Date>| d.is_some_and(|d| d.year() == year);
    let closed: Vec<_> = all.iter().filter(|l| l.status == Some("answered") && in_year(l.replied)).collect();
    let taken: Vec<u32> = closed.iter().filter_map(|l| l.timing(&ctx.public.calendar, ctx.public.as_of).0.taken).collect();
    let mean = || f64::from(taken.iter().sum::<u32>()) / taken.len() as f64;
    let some = |n: usize| (!all.is_empty()).then(|| n.to_string());
    vec![
        (say("letters.received"), some(all.iter().filter(|l| in_year(l.received)).count())),
        (say("letters.closed"), some(closed.len())),
        (say("letters.days"), (!taken.is_empty()).then(|| format!("{:.1}", mean()))),
        (say("letters.shown"), some(closed.iter().filter(|l| l.shown).count())),
    ]
}
