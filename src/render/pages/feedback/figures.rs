//! Figures of letters by the month in which they came: table, chart, CSV, JSON.

use super::{as_of, crumbs, csv, files, thousands};
use crate::derive::feedback::{Counts, kinds};
use crate::model::feedback::State;
use crate::output::MakeResult;
use crate::render::Ctx;
use crate::render::chart::{ChartView, free};
use crate::render::view::{HeadView, LinkView};
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
    rating: String,
    files: Vec<LinkView>,
    columns: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
    kinds: Vec<String>,
    by_kind: Vec<(String, Vec<String>)>,
    departments: Vec<(String, Vec<String>)>,
    chart: Option<ChartView>,
}

/// Columns of the figures of time.
static COLUMNS: [&str; 11] = ["received", "answered", "kept", "late", "unmeasured", "judged", "pending", "overdue", "elsewhere", "unknown", "extended"];

fn numbers(c: &Counts) -> [usize; COLUMNS.len()] {
    [
        c.received,
        c.of(State::Answered),
        c.kept,
        c.late,
        c.unmeasured,
        c.judged,
        c.of(State::Pending),
        c.of(State::Overdue),
        c.of(State::Forwarded) + c.of(State::Declined),
        c.of(State::Unknown),
        c.extended,
    ]
}

/// Rates in tenths of a hundred, halves up: answered of received, in time of those that are judged, as in the scorecards. `None`
/// of nothing.
fn rates(c: &Counts) -> [Option<usize>; 2] {
    let of = |n: usize, d: usize| (d > 0).then(|| (n * 2000 + d) / (2 * d));
    [of(c.of(State::Answered), c.received), of(c.kept, c.judged)]
}

fn percent(r: Option<usize>) -> String {
    r.map_or(String::new(), |r| format!("{}.{}%", r / 10, r % 10))
}

fn month((y, m): (i16, i8)) -> String {
    format!("{y}-{m:02}")
}

/// Months that the page tells one by one; earlier ones are told by the year, and every month stands in the files.
const MONTHS: usize = 24;
/// Months in the chart.
const DRAWN: usize = 36;

/// The rows of the page, newest first. A year of which some months are told one by one has its other months in a row of its own.
fn periods(months: &[((i16, i8), Counts)]) -> Vec<(String, Counts)> {
    let from = months.len().saturating_sub(MONTHS);
    let mut out: Vec<(String, Counts)> = months[from..].iter().rev().map(|(k, c)| (month(*k), c.clone())).collect();
    let mut rest = &months[..from];
    while let Some(((year, last), _)) = rest.last() {
        let at = rest.partition_point(|((y, _), _)| y < year);
        let sum = rest[at..].iter().fold(Counts::default(), |sum, (_, c)| sum.plus(c));
        let first = rest[at].0.1;
        let whole = (first, *last) == (1, 12);
        out.push((if whole { year.to_string() } else { format!("{year}-{first:02}/{last:02}") }, sum));
        rest = &rest[..at];
    }
    out
}

fn row(c: &Counts) -> Vec<String> {
    let rates = rates(c);
    numbers(c).into_iter().map(thousands).chain(rates.map(percent)).collect()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, all, m) = (entry.lang, &ctx.derived.letters, &ctx.theme.messages[entry.lang]);
    let say = |key: &str| m.say(&format!("figures.{key}"));
    let total = |list: &mut Vec<(String, Vec<String>)>, cells: Vec<String>| list.push((m.say("figures.total"), cells));
    let shown = periods(&all.months);
    let mut rows: Vec<(String, Vec<String>)> = shown.iter().map(|(k, c)| (k.clone(), row(c))).collect();
    total(&mut rows, row(&all.dated));
    let kind_row = |c: &Counts| c.kinds.iter().map(|n| thousands(*n)).collect::<Vec<_>>();
    let mut by_kind: Vec<(String, Vec<String>)> = shown.iter().map(|(k, c)| (k.clone(), kind_row(c))).collect();
    if all.dated.received > 0 {
        total(&mut by_kind, kind_row(&all.dated));
    }
    if all.undated.received > 0 {
        by_kind.push((m.say("feedback.undated"), kind_row(&all.undated)));
    }
    let departments = all.departments.iter().map(|(d, c)| (ctx.department_names(lang, &[*d]), row(c)));
    let chart = (all.months.len() > 1).then(|| {
        let drawn = &all.months[all.months.len().saturating_sub(DRAWN)..];
        let series = |f: fn(&Counts) -> usize| drawn.iter().map(|(_, c)| Some(f(c) as f64)).collect::<Vec<_>>();
        let plot = Plot {
            declared: None,
            name: "letters".into(),
            kind: "line",
            resource: 0,
            axis: m.say("figures.month"),
            labels: drawn.iter().map(|(k, _)| month(*k)).collect(),
            places: Vec::new(),
            series: vec![(say("received"), series(|c| c.received)), (say("answered"), series(|c| c.of(State::Answered))), (say("kept"), series(|c| c.kept))],
            cuts: Vec::new(),
            regions: Vec::new(),
            map: None,
            time: true,
            withheld: None,
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
        rating,
        files: files(ctx, Letters::FiguresFile),
        columns: COLUMNS.iter().map(|c| say(c)).chain([say("answered_rate"), say("kept_rate")]).collect(),
        rows,
        kinds: kinds().iter().map(|k| m.say(&format!("feedback.kind.{k}"))).chain([m.say("missing")]).collect(),
        by_kind,
        departments: departments.collect(),
        chart,
    };
    ctx.render(entry, "pages/feedback_figures.html", &view)
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
            let departments: Map<String, Value> =
                all.departments.iter().map(|(d, c)| (ctx.public.departments[*d].id.clone(), object(row("all".into(), c)))).collect();
            let v = json!({
                "as_of": ctx.public.as_of.to_string(),
                "months": dated.map(object).collect::<Vec<_>>(),
                "undated": undated.map(object),
                "departments": departments,
            });
            format!("{v}\n").into_bytes()
        }
        Form::Csv | Form::Xlsx => csv(&keys, dated.chain(undated)),
    }
}
