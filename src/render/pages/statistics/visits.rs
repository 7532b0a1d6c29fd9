//! Visits by month, what was read and downloaded most, and the same as files.

use super::{Grid, GridRow, Part, View, csv, figures, first_alone, lines, month_text};
use crate::output::MakeResult;
use crate::render::Ctx;
use crate::render::tables::thousands;
use crate::render::view::LinkView;
use crate::render::visited::Sum;
use crate::route::{Entry, Form, Statistics, Target};
use jiff::civil::Date;
use serde_json::json;

/// Items of a list of those that were visited most.
const MOST: usize = 10;
/// Months of the table on the page; the files have all.
const MONTHS: usize = 36;

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, m) = (entry.lang, &ctx.theme.messages[entry.lang]);
    let file = |s| ctx.url(0, &Target::Statistics(s)).to_string();
    let mut parts = vec![by_month(ctx, lang, None, &file(Statistics::Visits(Form::Csv)))];
    parts.extend(most(ctx, lang));
    let today = ctx.public.as_of;
    let from = ctx.public.visits.months.keys().next().copied().unwrap_or(today);
    let year = today.first_of_month().checked_sub(jiff::Span::new().months(11)).unwrap_or(from);
    parts.extend(figures::published(ctx, lang, (year, today), None, &file(Statistics::Published(Form::Csv))));
    first_alone(&mut parts);
    let mut notes: Vec<String> = ["method", "privacy", "few", "unscored"].iter().map(|k| m.say(&format!("stats.note.{k}"))).collect();
    if ctx.shells.visits.elsewhere > 0 {
        notes.push(m.count("stats.note.elsewhere", ctx.shells.visits.elsewhere));
    }
    let link = |(s, title): (Statistics, String)| LinkView { title, url: file(s) };
    let named = |key: &str, form: &str| format!("{} {form}", m.say(key));
    let files = vec![
        (Statistics::Visits(Form::Csv), named("stats.visits", "CSV")),
        (Statistics::Visits(Form::Json), named("stats.visits", "JSON")),
        (Statistics::Published(Form::Csv), named("stats.published", "CSV")),
        (Statistics::Published(Form::Json), named("stats.published", "JSON")),
    ];
    let view = View {
        head: ctx.head(entry, &m.say("stats.title"), ctx.crumbs(lang, None)),
        lead: m.say("stats.lead"),
        byline: m.get("stats.as_of", &[("date", ctx.date(lang, today))]).unwrap_or_default(),
        files: files.into_iter().map(link).collect(),
        parts,
        notes,
    };
    ctx.render(entry, "pages/statistics.html", &view)
}

/// Visits and downloads of the site by month, within a period where one is asked for.
pub(super) fn by_month(ctx: &Ctx<'_>, lang: usize, period: Option<(Date, Date)>, data: &str) -> Part {
    let m = &ctx.theme.messages[lang];
    let within = |d: &Date| period.is_none_or(|(a, b)| (a.first_of_month()..=b).contains(d));
    let all: Vec<_> = ctx.public.visits.months.iter().filter(|(d, _)| within(d)).collect();
    let all = &all[all.len().saturating_sub(MONTHS)..];
    let title = m.say("stats.by_month");
    let mut grid = Grid { caption: title.clone(), head: ["month", "visits", "downloads"].map(|k| m.say(&format!("stats.{k}"))).into(), rows: Vec::new() };
    let mut partly = false;
    for (month, x) in all.iter().rev() {
        let Some(w) = x.whole else {
            grid.row(month_text(**month), vec![m.say("missing"), m.say("missing")]);
            continue;
        };
        // A month of which the log is not whole says so.
        let short = w.days.filter(|d| *d < month.days_in_month() as u32);
        partly |= short.is_some();
        let name = match short {
            Some(days) => m.get("stats.partly", &[("month", month_text(**month)), ("days", days.to_string())]).unwrap_or_default(),
            None => month_text(**month),
        };
        grid.row(name, vec![thousands(u64::from(w.visits)), thousands(u64::from(w.downloads))]);
    }
    // A month of which the log is not whole would look like a fall.
    let whole = |month: &Date, w: &crate::model::visits::Whole| w.days.is_none_or(|d| d >= month.days_in_month() as u32);
    let of = |f: fn(&crate::model::visits::Whole) -> u32| {
        all.iter().map(|(d, x)| x.whole.as_ref().filter(|w| whole(d, w)).map(|w| f64::from(f(w)))).collect::<Vec<_>>()
    };
    let series = vec![(m.say("stats.visits"), of(|w| w.visits)), (m.say("stats.downloads"), of(|w| w.downloads))];
    let days: Vec<Date> = all.iter().map(|(d, _)| **d).collect();
    let told = all.iter().filter(|(d, x)| x.whole.as_ref().is_some_and(|w| whole(d, w))).count();
    // A line needs every month between its ends.
    let chart = (told > 1 && super::months(days[0], days[days.len() - 1]) == days).then(|| lines(ctx, lang, &title, data, &days, series)).flatten();
    Part { id: "visits", title, chart, tables: vec![grid], notes: if partly { vec![m.say("stats.note.partly")] } else { Vec::new() }, ..Part::default() }
}

/// The types with a list of their own; what is of no such type stands in the last.
static TYPES: &[&str] = &["policy", "interpretation", "dataset", ""];

/// What was read and downloaded most: in the last month, and in the twelve months.
fn most(ctx: &Ctx<'_>, lang: usize) -> Vec<Part> {
    let m = &ctx.theme.messages[lang];
    let Some((last, year)) = ctx.shells.visits.last.zip(ctx.shells.visits.year()) else { return Vec::new() };
    let mut parts = Vec::new();
    for (id, period) in [("last", (last, last)), ("year", year)] {
        let args = [("from", month_text(period.0)), ("to", month_text(period.1))];
        let tables = most_tables(ctx, lang, period, MOST);
        if !tables.is_empty() {
            parts.push(Part { id, title: m.get(&format!("stats.most.{id}"), &args).unwrap_or_default(), tables, ..Part::default() });
        }
    }
    parts
}

/// A table for each of [`TYPES`], then what was downloaded.
pub(super) fn most_tables(ctx: &Ctx<'_>, lang: usize, period: (Date, Date), take: usize) -> Vec<Grid> {
    let m = &ctx.theme.messages[lang];
    let own = |i: u32, id: &str| ctx.public.items[i as usize].kind.id == id;
    let mut out = Vec::new();
    for id in TYPES {
        let wanted = |i: u32| if id.is_empty() { !TYPES.iter().any(|t| own(i, t)) } else { own(i, id) };
        let name = ctx.public.types.word(id).map_or_else(|| m.say("stats.others"), |k| m.say(&format!("type.{}", k.folder)));
        out.extend(ranked(ctx, lang, name, "visits", &ctx.shells.visits.most(period, false, take, &wanted)));
    }
    out.extend(ranked(ctx, lang, m.say("stats.downloaded"), "downloads", &ctx.shells.visits.most(period, true, take, &|_| true)));
    out
}

fn ranked(ctx: &Ctx<'_>, lang: usize, caption: String, column: &str, list: &[(u32, Sum)]) -> Option<Grid> {
    let m = &ctx.theme.messages[lang];
    let head = vec![m.say("stats.item"), m.say(&format!("stats.{column}"))];
    let row = |(i, sum): &(u32, Sum)| {
        let link = super::link(ctx, lang, *i)?;
        Some(GridRow { title: link.title, url: link.url, cells: vec![sum_text(ctx, lang, *sum)] })
    };
    let rows: Vec<GridRow> = list.iter().filter_map(row).collect();
    (!rows.is_empty()).then_some(Grid { caption, head, rows })
}

/// A sum; where a month had a small count, it is at least so much.
fn sum_text(ctx: &Ctx<'_>, lang: usize, sum: Sum) -> String {
    let n = thousands(sum.n);
    if sum.few > 0 { ctx.theme.messages[lang].get("stats.at_least", &[("n", n.as_str())]).unwrap_or(n) } else { n }
}

/// What was read most of a department's in the twelve months, with how often.
pub fn most_of_department(ctx: &Ctx<'_>, lang: usize, department: usize) -> Vec<(LinkView, String)> {
    let Some(year) = ctx.shells.visits.year() else { return Vec::new() };
    let own = |i: u32| ctx.public.items[i as usize].issuers.contains(&department);
    let list = ctx.shells.visits.most(year, false, MOST, &own);
    list.iter().filter_map(|(i, s)| Some((super::link(ctx, lang, *i)?, sum_text(ctx, lang, *s)))).collect()
}

/// A row a month and item, then one a month for the site.
pub(super) fn file(ctx: &Ctx<'_>, form: Form) -> Vec<u8> {
    let mut rows: Vec<(Date, String, [String; 3], [Sum; 2])> = Vec::new();
    for (i, months) in &ctx.shells.visits.items {
        let item = &ctx.public.items[*i as usize];
        let url = ctx.routes.item(0, *i, item).map_or(String::new(), |e| ctx.absolute(&e.url));
        let whose = item.issuers.first().map_or(String::new(), |d| ctx.public.departments[*d].id.clone());
        for (month, c) in months {
            rows.push((*month, url.clone(), [item.id.to_string(), item.kind.id.to_string(), whose.clone()], *c));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let site = ctx.public.visits.months.iter().filter_map(|(d, m)| Some((*d, m.whole?)));
    match form {
        Form::Json => {
            let items: Vec<_> = rows
                .iter()
                .map(|(d, url, [id, kind, whose], n)| {
                    // What is not told is no number.
                    let [visits, downloads] = n.map(|s| if s.few == 0 { json!(s.n) } else { json!(null) });
                    json!({"month": month_text(*d), "url": url, "id": id, "type": kind, "department": whose, "visits": visits, "downloads": downloads})
                })
                .collect();
            let months: Vec<_> = site
                .map(|(d, w)| json!({"month": month_text(d), "visits": w.visits, "downloads": w.downloads, "days_logged": w.days, "days": d.days_in_month()}))
                .collect();
            let v = json!({"as_of": ctx.public.as_of.to_string(), "null_means": "fewer than 5", "method": ctx.say(0, "stats.note.method"), "months": months, "items": items});
            format!("{v}\n").into_bytes()
        }
        Form::Csv | Form::Xlsx => {
            let mut out: Vec<Vec<String>> = Vec::new();
            for (d, w) in site {
                out.push(vec![
                    month_text(d),
                    ctx.absolute(ctx.url(0, &Target::Home)),
                    "*".into(),
                    String::new(),
                    String::new(),
                    w.visits.to_string(),
                    w.downloads.to_string(),
                ]);
            }
            out.extend(rows.into_iter().map(|(d, url, [id, kind, whose], [v, n])| vec![month_text(d), url, id, kind, whose, v.cell(), n.cell()]));
            csv(&["month", "url", "id", "type", "department", "visits", "downloads"], out)
        }
    }
}
