//! Reports of effect (定期成效报告): what is written, and the figures of the period with charts and tables.

use super::figures::{self, Period};
use super::{Part, View, csv, first_alone, visits};
use crate::model::disclosure::Effect;
use crate::output::{Made, MakeResult};
use crate::render::view::LinkView;
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Statistics, Target};
use serde::Serialize;
use serde_json::json;

/// All parts in the order in which they stand where a report names none.
static PARTS: &[&str] = &["published", "departments", "explained", "consultations", "letters", "requests", "datasets", "visits"];

/// Items of a list of those that were visited most.
const MOST: usize = 5;

#[derive(Serialize)]
struct ListView {
    head: crate::render::view::HeadView,
    lead: String,
    rows: Vec<(LinkView, String)>,
}

/// The period in words.
fn period_text(ctx: &Ctx<'_>, lang: usize, r: &Effect) -> String {
    let m = &ctx.theme.messages[lang];
    let (from, to) = r.period;
    let year = from.year().to_string();
    let months = to.month() - from.month() + 1;
    let (key, n) = match months {
        12 => ("year", String::new()),
        6 => ("half", (from.month() / 6 + 1).to_string()),
        3 => ("quarter", (from.month() / 3 + 1).to_string()),
        _ => ("month", from.month().to_string()),
    };
    // 上半年, first half: such words differ.
    let key = if key == "half" || key == "quarter" { format!("effect.period.{key}.{n}") } else { format!("effect.period.{key}") };
    m.get(&key, &[("year", year), ("n", n)]).unwrap_or_default()
}

/// Its title.
pub fn title(ctx: &Ctx<'_>, lang: usize, r: &Effect) -> String {
    let own = r.title.get(lang);
    if !own.is_empty() {
        return own.to_string();
    }
    ctx.theme.messages[lang].get("effect.title", &[("site", ctx.config.title.get(lang).to_string()), ("period", period_text(ctx, lang, r))]).unwrap_or_default()
}

pub(super) fn list(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let one = |(i, r): (usize, &Effect)| {
        let url = ctx.routes.get(lang, &Target::Statistics(Statistics::Effect(i as u32)))?.url.clone();
        Some((LinkView { title: title(ctx, lang, r), url }, r.published.map_or(String::new(), |d| ctx.date(lang, d))))
    };
    let rows = ctx.public.disclosure.effects.iter().enumerate().filter_map(one).collect();
    let view = ListView { head: ctx.head(entry, &m.say("effect.list"), ctx.crumbs(lang, None)), lead: m.say("effect.lead"), rows };
    ctx.render(entry, "pages/effects.html", &view)
}

/// The period of the same length before it.
fn before((from, to): Period) -> Option<Period> {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month()) + 1;
    let start = from.checked_sub(jiff::Span::new().months(months)).ok()?;
    Some((start, from.yesterday().ok()?))
}

/// The figures of a part; nothing where there are none.
fn part(ctx: &Ctx<'_>, lang: usize, code: &str, r: &Effect, data: &str) -> Option<Part> {
    let p = r.period;
    match code {
        "published" => figures::published(ctx, lang, p, before(p), data),
        "departments" => figures::departments(ctx, lang, p),
        "explained" => figures::explained(ctx, lang, p),
        "consultations" => figures::consultations(ctx, lang, p),
        "letters" => figures::letters(ctx, lang, p),
        "requests" => figures::requests(ctx, lang, p),
        "datasets" => figures::datasets(ctx, lang, p),
        _ => {
            let there = ctx.public.visits.months.range(p.0..=p.1).next().is_some();
            there.then(|| {
                let mut part = visits::by_month(ctx, lang, Some(p), data);
                part.title = ctx.say(lang, "effect.part.visits");
                part.tables.extend(visits::most_tables(ctx, lang, p, MOST));
                part.notes.push(ctx.say(lang, "stats.note.few"));
                part
            })
        }
    }
}

/// What is written of each part, and its figures.
fn parts(ctx: &Ctx<'_>, lang: usize, r: &Effect, data: &str) -> Vec<Part> {
    let m = &ctx.theme.messages[lang];
    if r.parts.is_empty() {
        return PARTS.iter().filter_map(|code| part(ctx, lang, code, r, data)).collect();
    }
    let one = |(code, text): &(&'static str, crate::config::Localized)| {
        let text = super::super::site_text(ctx, lang, &format!("{code}-"), text.get(lang));
        match part(ctx, lang, code, r, data) {
            Some(p) => Part { text, ..p },
            // What the report names is not left out in silence.
            None => Part { id: code, title: m.say(&format!("effect.part.{code}")), text, notes: vec![m.say("effect.nothing")], ..Part::default() },
        }
    };
    r.parts.iter().map(one).collect()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let lang = entry.lang;
    let Some(r) = ctx.public.disclosure.effects.get(i as usize) else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let link =
        |(form, title): (Form, &str)| LinkView { title: title.to_string(), url: ctx.url(0, &Target::Statistics(Statistics::EffectFile(i, form))).to_string() };
    let files: Vec<LinkView> = [(Form::Csv, "CSV"), (Form::Json, "JSON")].map(link).into();
    let mut all = parts(ctx, lang, r, &files[0].url);
    first_alone(&mut all);
    let written = |title: &str, id: &'static str, text: &str| {
        let text = super::super::site_text(ctx, lang, &format!("{id}-"), text);
        (!text.is_empty()).then(|| Part { id, title: m.say(title), text, ..Part::default() })
    };
    let mut whole: Vec<Part> = written("effect.summary", "summary", r.summary.get(lang)).into_iter().collect();
    whole.extend(all);
    whole.extend(written("effect.next", "next", r.next.get(lang)));
    let mut crumbs = ctx.crumbs(lang, None);
    crumbs.push(LinkView { title: m.say("effect.list"), url: ctx.url(lang, &Target::Statistics(Statistics::Effects)).to_string() });
    let (from, to) = r.period;
    let args = [("from", ctx.date(lang, from)), ("to", ctx.date(lang, to)), ("date", ctx.date(lang, ctx.public.as_of))];
    let mut notes = vec![m.get("effect.counted", &args).unwrap_or_default()];
    if to >= ctx.public.as_of {
        notes.push(m.get("effect.running", &args).unwrap_or_default());
    }
    let view = View {
        head: ctx.head(entry, &title(ctx, lang, r), crumbs),
        lead: String::new(),
        byline: r.published.map_or(String::new(), |d| m.get("report.published", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        files,
        parts: whole,
        notes,
    };
    ctx.render(entry, "pages/statistics.html", &view)
}

/// Every figure of the report: part, table, row, column, value.
pub(super) fn file(ctx: &Ctx<'_>, entry: &Entry, i: u32, form: Form) -> MakeResult {
    let Some(r) = ctx.public.disclosure.effects.get(i as usize) else { return misrouted(entry) };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for p in parts(ctx, 0, r, "") {
        for g in &p.tables {
            for row in &g.rows {
                for (column, value) in g.head.iter().skip(1).zip(&row.cells) {
                    let plain = value.replace(',', "");
                    let value = if plain.parse::<u64>().is_ok() { plain } else { value.clone() };
                    rows.push(vec![p.title.clone(), g.caption.clone(), row.title.clone(), column.clone(), value]);
                }
            }
        }
    }
    let bytes = match form {
        Form::Json => {
            let list: Vec<_> = rows
                .into_iter()
                .map(|r| json!({"part": r[0], "table": r[1], "row": r[2], "column": r[3], "value": r[4].parse::<u64>().map_or_else(|_| json!(r[4]), |n| json!(n))}))
                .collect();
            let v = json!({
                "title": title(ctx, 0, r), "from": r.period.0.to_string(), "to": r.period.1.to_string(),
                "published": r.published.map(|d| d.to_string()), "as_of": ctx.public.as_of.to_string(), "figures": list,
            });
            format!("{v}\n").into_bytes()
        }
        Form::Csv | Form::Xlsx => csv(&["part", "table", "row", "column", "value"], rows),
    };
    Ok(Made::Bytes(bytes))
}
