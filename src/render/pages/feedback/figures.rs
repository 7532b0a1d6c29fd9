//! Figures of letters by the month in which they came: table, chart, CSV, JSON.

use super::{ROWS, as_of, cards, crumbs, csv, files, pager, thousands};
use crate::derive::feedback::{Counts, kinds};
use crate::derive::figures::{COLUMNS, RATED, Row};
use crate::model::feedback::State;
use crate::output::MakeResult;
use crate::render::chart::{ChartView, free};
use crate::render::exports::working_days;
use crate::render::view::{HeadView, LinkView, PagerView};
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Letters, Target};
use crate::tables::Plot;
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct View {
    head: HeadView,
    lead: String,
    as_of: String,
    /// What stands outside the figures of time.
    undated: String,
    /// What is missing between their numbers.
    missing: Vec<String>,
    rating: String,
    files: Vec<LinkView>,
    /// The letters without a day, and those with a rating.
    undated_url: String,
    rating_url: String,
    columns: Vec<String>,
    rows: Vec<RowView>,
    kinds: Vec<String>,
    by_kind: Vec<RowView>,
    departments: Vec<RowView>,
    chart: Option<ChartView>,
}

/// A row of a table.
#[derive(Serialize)]
struct RowView {
    name: String,
    /// The page on which each of its figures leads to its letters; none of a sum of rows.
    url: String,
    cells: Vec<String>,
}

fn numbers(c: &Counts) -> [usize; COLUMNS.len()] {
    [
        c.received,
        c.of(State::Answered),
        c.kept,
        c.late,
        c.unmeasured,
        c.uncounted,
        c.judged,
        c.of(State::Pending),
        c.of(State::Overdue),
        c.of(State::Forwarded) + c.of(State::Declined),
        c.of(State::Unknown),
        c.extended,
    ]
}

/// Rates in tenths of a hundred, halves up, and all of them alone is a hundred: answered of received, in time of those that are
/// judged, as in the scorecards. `None` of nothing.
fn rates(c: &Counts) -> [Option<usize>; 2] {
    let of = |n: usize, d: usize| (d > 0).then(|| if n >= d { 1000 } else { ((n * 2000 + d) / (2 * d)).min(999) });
    [of(c.of(State::Answered), c.received), of(c.kept, c.judged)]
}

fn percent(r: Option<usize>) -> String {
    r.map_or(String::new(), |r| format!("{}.{}%", r / 10, r % 10))
}

fn month((y, m): (i16, i8)) -> String {
    format!("{y}-{m:02}")
}

/// Months in the chart.
const DRAWN: usize = 36;

fn row(c: &Counts) -> Vec<String> {
    let rates = rates(c);
    numbers(c).into_iter().map(thousands).chain(rates.map(percent)).collect()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, all, m) = (entry.lang, &ctx.derived.letters, &ctx.theme.messages[entry.lang]);
    let say = |key: &str| m.say(&format!("figures.{key}"));
    let figures = &ctx.derived.figures;
    let named = |name: String, row: Row, cells: Vec<String>| RowView { name, url: row_url(ctx, lang, row), cells };
    let total = |cells: Vec<String>| RowView { name: m.say("figures.total"), url: String::new(), cells };
    let periods = || figures.periods.iter().enumerate().map(|(n, p)| (Row::Period(n as u32), p));
    let mut rows: Vec<RowView> = periods().map(|(r, p)| named(p.label.clone(), r, row(&p.counts))).collect();
    rows.push(total(row(&all.dated)));
    let kind_row = |c: &Counts| c.kinds.iter().map(|n| thousands(*n)).collect::<Vec<_>>();
    let mut by_kind: Vec<RowView> = periods().map(|(r, p)| named(p.label.clone(), r, kind_row(&p.counts))).collect();
    if all.dated.received > 0 {
        by_kind.push(total(kind_row(&all.dated)));
    }
    if all.undated.received > 0 {
        by_kind.push(named(m.say("feedback.undated"), Row::Undated, kind_row(&all.undated)));
    }
    let departments = all.departments.iter().map(|(d, c)| named(ctx.department_names(lang, &[*d]), Row::Department(*d as u32), row(c)));
    let chart = (all.months.len() > 1).then(|| {
        let drawn = &all.months[all.months.len().saturating_sub(DRAWN)..];
        let series = |f: fn(&Counts) -> usize| drawn.iter().map(|(_, c)| Some(f(c) as f64)).collect::<Vec<_>>();
        let plot = Plot {
            name: "letters".into(),
            kind: "line",
            axis: m.say("figures.month"),
            labels: drawn.iter().map(|(k, _)| month(*k)).collect(),
            series: vec![(say("received"), series(|c| c.received)), (say("answered"), series(|c| c.of(State::Answered))), (say("kept"), series(|c| c.kept))],
            time: true,
            ..Plot::default()
        };
        free(ctx, lang, &plot, &m.say("feedback.figures"), ctx.url(0, &Target::Letters(Letters::FiguresFile(Form::Csv))))
    });
    let ratings = (all.dated.ratings.0 + all.undated.ratings.0, all.dated.ratings.1 + all.undated.ratings.1);
    let rating = if ratings.0 == 0 {
        String::new()
    } else {
        // Hundredths, halves up.
        let mean = (ratings.1 * 200 + ratings.0) / (2 * ratings.0);
        m.get("figures.rating", &[("mean", format!("{}.{:02}", mean / 100, mean % 100)), ("n", thousands(ratings.0))]).unwrap_or_default()
    };
    let view = View {
        head: ctx.head(entry, &m.say("feedback.figures"), crumbs(ctx, lang)),
        lead: m.get("figures.lead", &[("limit", ctx.config.reply_workdays.to_string())]).unwrap_or_default(),
        as_of: as_of(ctx, lang),
        undated: if all.undated.received == 0 { String::new() } else { m.count("figures.undated", all.undated.received) },
        missing: missing(ctx, lang),
        rating,
        undated_url: row_url(ctx, lang, Row::Undated),
        rating_url: figures.place(Row::All, RATED).map_or(String::new(), |n| figure_url(ctx, lang, n, 0)),
        files: files(ctx, Letters::FiguresFile).into_iter().chain(working_days::link(ctx, lang)).collect(),
        columns: COLUMNS.iter().map(|c| say(c)).chain([say("answered_rate"), say("kept_rate")]).collect(),
        rows,
        kinds: kinds().iter().map(|k| m.say(&format!("feedback.kind.{k}"))).chain([m.say("missing")]).collect(),
        by_kind,
        departments: departments.collect(),
        chart,
    };
    ctx.render(entry, "pages/feedback_figures.html", &view)
}

/// What is missing between the numbers of letters, and of how many that cannot be seen.
fn missing(ctx: &Ctx<'_>, lang: usize) -> Vec<String> {
    let (all, m) = (&ctx.derived.letters.numbering, &ctx.theme.messages[lang]);
    let sentence = |key: &str, n: usize| (n > 0).then(|| m.count(key, n));
    let loose: usize = all.without.values().sum::<usize>() + all.series.iter().filter(|s| s.loose).map(|s| s.present).sum::<usize>();
    [sentence("figures.numbers", usize::try_from(all.missing(None)).unwrap_or(usize::MAX)), sentence("figures.unnumbered", loose)]
        .into_iter()
        .flatten()
        .collect()
}

fn row_url(ctx: &Ctx<'_>, lang: usize, row: Row) -> String {
    let n = ctx.derived.figures.rows.iter().position(|r| *r == row);
    n.map_or(String::new(), |n| ctx.url(lang, &Target::Letters(Letters::Row(n as u32))).to_string())
}

fn figure_url(ctx: &Ctx<'_>, lang: usize, n: u32, page: u32) -> String {
    ctx.url(lang, &Target::Letters(Letters::Figure(n, page))).to_string()
}

/// What a row is called.
fn row_name(ctx: &Ctx<'_>, lang: usize, row: Row) -> String {
    match row {
        Row::Period(p) => ctx.derived.figures.periods[p as usize].label.clone(),
        Row::Undated => ctx.say(lang, "feedback.undated"),
        Row::Department(d) => ctx.department_names(lang, &[d as usize]),
        Row::All => ctx.say(lang, "figures.total"),
    }
}

/// What a column counts.
fn column_name(ctx: &Ctx<'_>, lang: usize, column: usize) -> String {
    match (COLUMNS.get(column), kinds().get(column.wrapping_sub(COLUMNS.len()))) {
        (Some(c), _) => ctx.say(lang, &format!("figures.{c}")),
        (None, Some(k)) => ctx.say(lang, &format!("feedback.kind.{k}")),
        (None, None) if column == RATED => ctx.say(lang, "figures.rated"),
        (None, None) => ctx.say(lang, "figures.kind_unknown"),
    }
}

fn above(ctx: &Ctx<'_>, lang: usize) -> Vec<LinkView> {
    let mut out = crumbs(ctx, lang);
    out.push(LinkView { title: ctx.say(lang, "feedback.figures"), url: ctx.url(lang, &Target::Letters(Letters::Figures)).to_string() });
    out
}

#[derive(Serialize)]
struct RowPage {
    head: HeadView,
    as_of: String,
    /// What is counted, how many, and where they stand.
    figures: Vec<(String, String, String)>,
}

/// The figures of a row, each with a link to its letters.
pub(super) fn row_page(ctx: &Ctx<'_>, entry: &Entry, n: u32) -> MakeResult {
    let (lang, all) = (entry.lang, &ctx.derived.figures);
    let Some(row) = all.rows.get(n as usize).copied() else { return misrouted(entry) };
    let of = all.list.iter().enumerate().filter(|(_, f)| f.row == row);
    let figures = of.map(|(i, f)| (column_name(ctx, lang, f.column), thousands(f.letters.len() + f.hidden), figure_url(ctx, lang, i as u32, 0)));
    let title = ctx.theme.messages[lang].get("figures.row", &[("row", row_name(ctx, lang, row))]).unwrap_or_default();
    let view = RowPage { head: ctx.head(entry, &title, above(ctx, lang)), as_of: as_of(ctx, lang), figures: figures.collect() };
    ctx.render(entry, "pages/feedback_row.html", &view)
}

#[derive(Serialize)]
struct LettersPage {
    head: HeadView,
    as_of: String,
    count: String,
    cards: String,
    pager: Option<PagerView>,
}

/// The letters that a figure counts. Of those that may not be shown there is their number.
pub(super) fn letters(ctx: &Ctx<'_>, entry: &Entry, n: u32, page: u32) -> MakeResult {
    let (lang, m) = (entry.lang, &ctx.theme.messages[entry.lang]);
    let Some(f) = ctx.derived.figures.list.get(n as usize) else { return misrouted(entry) };
    let args = [("row", row_name(ctx, lang, f.row)), ("what", column_name(ctx, lang, f.column))];
    let title = m.get("figures.cell", &args).unwrap_or_default();
    let mut crumbs = above(ctx, lang);
    if f.row != Row::All {
        crumbs.push(LinkView { title: row_name(ctx, lang, f.row), url: row_url(ctx, lang, f.row) });
    }
    let from = (page as usize * ROWS).min(f.letters.len());
    let count = [("n", f.letters.len() + f.hidden), ("shown", f.letters.len()), ("hidden", f.hidden)].map(|(k, n)| (k, thousands(n)));
    let view = LettersPage {
        head: ctx.head(entry, &title, crumbs),
        as_of: as_of(ctx, lang),
        count: m.get("figures.items", &count).unwrap_or_default(),
        cards: cards(ctx, lang, &f.letters[from..(from + ROWS).min(f.letters.len())]),
        pager: pager(ctx, lang, page, f.letters.len(), &|p| Target::Letters(Letters::Figure(n, p))),
    };
    ctx.render(entry, "pages/feedback_items.html", &view)
}

/// The figures as a file: a row a month, then one of those without a day.
pub(super) fn file(ctx: &Ctx<'_>, form: Form) -> Vec<u8> {
    let all = &ctx.derived.letters;
    let kinds = kinds();
    let keys: Vec<String> = std::iter::once("month".to_string())
        .chain(COLUMNS.iter().map(|c| c.to_string()))
        .chain(["days".to_string()])
        .chain(kinds.iter().map(|k| format!("kind_{k}")))
        .chain(["kind_unknown".into(), "ratings".into(), "ratings_sum".into()])
        .collect();
    let row = |key: String, c: &Counts| -> Vec<String> {
        let none = vec![0; kinds.len() + 1];
        let by = if c.kinds.is_empty() { &none } else { &c.kinds };
        let cells = numbers(c).into_iter().chain([c.days]).chain(by.iter().copied()).chain([c.ratings.0, c.ratings.1]);
        std::iter::once(key).chain(cells.map(|n| n.to_string())).collect()
    };
    let dated = all.months.iter().map(|(k, c)| row(month(*k), c));
    let undated = Some(&all.undated).filter(|c| c.received > 0).map(|c| row("undated".into(), c));
    match form {
        Form::Json => {
            let object = |cells: Vec<String>| -> Value {
                let pairs = keys.iter().zip(cells).map(|(k, v)| (k.clone(), v.parse::<u64>().map_or(Value::String(v), Value::from)));
                Value::Object(pairs.collect::<Map<_, _>>())
            };
            let department = |(d, c): &(usize, Counts)| {
                let mut o = object(row("all".into(), c));
                o["numbers_missing"] = json!(all.numbering.missing(Some(*d)));
                (ctx.public.departments[*d].id.clone(), o)
            };
            let departments: Map<String, Value> = all.departments.iter().map(department).collect();
            let v = json!({
                "as_of": ctx.public.as_of.to_string(),
                "numbers_missing": all.numbering.missing(None),
                "months": dated.map(object).collect::<Vec<_>>(),
                "undated": undated.map(object),
                "departments": departments,
            });
            format!("{v}\n").into_bytes()
        }
        Form::Csv | Form::Xlsx => csv(&keys, dated.chain(undated)),
    }
}
