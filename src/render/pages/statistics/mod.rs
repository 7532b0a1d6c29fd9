//! Statistics: what was published by month, and visits where the site imports its access logs; reports of effect for a period.
//! All of it is counted; nothing of it is an indicator of the scorecards.

mod effect;
mod figures;
mod visits;

use crate::load::table::spreadsheet;
use crate::output::{Made, MakeResult};
use crate::render::chart::{ChartView, free};
use crate::render::tables::thousands;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Form, Planner, Site, Statistics, Target};
use crate::tables::Plot;
use jiff::civil::Date;
use serde::Serialize;

pub use effect::title;
pub use visits::most_of_department;

/// Pages and files of statistics.
pub static PAGE: Maker = Maker { name: "statistics", plan, make, cost: 5 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let effects = &site.public.disclosure.effects;
    if !site.public.visits.is_empty() {
        for lang in 0..site.public.languages.len() {
            p.page(lang, "statistics/", Target::Statistics(Statistics::Home), true, true);
        }
        for (form, end) in [(Form::Csv, "csv"), (Form::Json, "json")] {
            p.file(0, format!("statistics/visits-by-item.{end}"), Target::Statistics(Statistics::Visits(form)), 2, false, true);
            p.file(0, format!("statistics/published.{end}"), Target::Statistics(Statistics::Published(form)), 2, false, true);
        }
    }
    if effects.is_empty() {
        return;
    }
    for lang in 0..site.public.languages.len() {
        p.page(lang, "reports/effect/", Target::Statistics(Statistics::Effects), true, true);
        for (i, r) in effects.iter().enumerate() {
            p.page(lang, &format!("reports/effect/{}/", r.name), Target::Statistics(Statistics::Effect(i as u32)), true, true);
        }
    }
    for (i, r) in effects.iter().enumerate() {
        for (form, end) in [(Form::Csv, "csv"), (Form::Json, "json")] {
            p.file(0, format!("reports/effect/{}/figures.{end}", r.name), Target::Statistics(Statistics::EffectFile(i as u32, form)), 2, false, true);
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Statistics(what) = entry.target else { return misrouted(entry) };
    match what {
        Statistics::Home => visits::page(ctx, entry),
        Statistics::Visits(form) => Ok(Made::Bytes(visits::file(ctx, form))),
        Statistics::Published(form) => Ok(Made::Bytes(figures::published_file(ctx, form))),
        Statistics::Effects => effect::list(ctx, entry),
        Statistics::Effect(i) => effect::page(ctx, entry, i),
        Statistics::EffectFile(i, form) => effect::file(ctx, entry, i, form),
    }
}

/// The pages of statistics, for the site map.
pub(super) fn pages(ctx: &Ctx<'_>, lang: usize) -> Vec<LinkView> {
    let one = |key: &str, what| Some(LinkView { title: ctx.say(lang, key), url: ctx.routes.get(lang, &Target::Statistics(what))?.url.clone() });
    [one("stats.title", Statistics::Home), one("effect.list", Statistics::Effects)].into_iter().flatten().collect()
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    lead: String,
    byline: String,
    files: Vec<LinkView>,
    parts: Vec<Part>,
    notes: Vec<String>,
}

/// A part of a page: a text, a chart, tables.
#[derive(Default, Serialize)]
struct Part {
    id: &'static str,
    title: String,
    /// HTML.
    text: String,
    chart: Option<ChartView>,
    tables: Vec<Grid>,
    notes: Vec<String>,
}

/// A table whose first column names its rows.
#[derive(Default, Serialize)]
struct Grid {
    caption: String,
    head: Vec<String>,
    rows: Vec<GridRow>,
}

#[derive(Serialize)]
struct GridRow {
    title: String,
    url: String,
    cells: Vec<String>,
}

impl Grid {
    fn row(&mut self, title: String, cells: Vec<String>) {
        self.rows.push(GridRow { title, url: String::new(), cells });
    }
}

/// `2026-10`
fn month_text(d: Date) -> String {
    format!("{:04}-{:02}", d.year(), d.month())
}

fn number(n: usize) -> String {
    thousands(n as u64)
}

/// Lines over months.
fn lines(ctx: &Ctx<'_>, lang: usize, title: &str, data: &str, months: &[Date], series: Vec<(String, Vec<Option<f64>>)>) -> Option<ChartView> {
    let plot = Plot {
        name: "statistics".into(),
        kind: "line",
        axis: ctx.say(lang, "stats.month"),
        labels: months.iter().map(|m| month_text(*m)).collect(),
        series,
        time: true,
        ..Plot::default()
    };
    (months.len() > 1).then(|| free(ctx, lang, &plot, title, data))
}

/// Only the first chart of a page brings the script.
fn first_alone(parts: &mut [Part]) {
    let charts = parts.iter_mut().filter_map(|p| p.chart.as_mut());
    charts.enumerate().for_each(|(n, c)| {
        c.first = n == 0;
        // The drawing names its title and description by the same id.
        let id = format!("{}-{}", c.id, n + 1);
        c.svg = c.svg.replace(&format!("{}-", c.id), &format!("{id}-"));
        c.id = id;
    });
}

fn csv(head: &[&str], rows: Vec<Vec<String>>) -> Vec<u8> {
    spreadsheet::csv(std::iter::once(head.iter().map(ToString::to_string).collect()).chain(rows))
}

/// The first days of the months from one day to another.
fn months(from: Date, to: Date) -> Vec<Date> {
    let mut out = Vec::new();
    let mut at = from.first_of_month();
    while at <= to {
        out.push(at);
        match at.checked_add(jiff::Span::new().months(1)) {
            Ok(next) => at = next,
            Err(_) => break,
        }
    }
    out
}

/// An item with its page.
fn link(ctx: &Ctx<'_>, lang: usize, i: u32) -> Option<LinkView> {
    let item = &ctx.public.items[i as usize];
    Some(LinkView { title: item.best(lang).title.clone(), url: ctx.routes.item(lang, i, item)?.url.clone() })
}
