//! What a chart shows: numbers taken from a table, as declared or by themselves where the table has the shape for it.

use super::maps::{Outline, outline};
use super::{Read, Tables};
use crate::diag::{Text, say};
use crate::load::table::Table;
use crate::load::table::profile::Kind;
use crate::load::table::regions::{Region, province};
use crate::load::table::value::{parts, period};
use crate::model::{Chart, Item, Portal, Resource};
use rustc_hash::FxHashMap;
use std::io;
use std::sync::Arc;

/// Numbers ready to be drawn.
#[derive(Debug, Clone)]
pub struct Plot {
    /// Place in the list of declared charts; `None` for one that nobody declared.
    pub declared: Option<usize>,
    /// Name, used in its address.
    pub name: String,
    /// Word in [`crate::model::vocab::CHARTS`].
    pub kind: &'static str,
    /// Place of the resource.
    pub resource: usize,
    /// Column along the axis; empty where the axis is the columns of a wide table.
    pub axis: String,
    /// Names along the axis, in order.
    pub labels: Vec<String>,
    /// Numbers along the axis, of scatter plots and points, and of lines over numbers.
    pub places: Vec<f64>,
    /// Lines, bars or layers: name and one value a label.
    pub series: Vec<(String, Vec<Option<f64>>)>,
    /// Places in `labels` before which lines are cut.
    pub cuts: Vec<usize>,
    /// Regions of the labels, of a tile grid.
    pub regions: Vec<Option<&'static Region>>,
    /// Boundaries, of a map.
    pub map: Option<Arc<Outline>>,
    /// The axis is time.
    pub time: bool,
    /// Why it is not drawn, of a chart that nobody declared.
    pub withheld: Option<Withheld>,
}

/// Why a chart that nobody declared is not drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Withheld {
    /// A note of the table speaks of a changed method.
    Note(String),
    /// A value is more than [`JUMP`] times the one beside it, or less than that part of it: of which series, from where to where.
    Jump(String, [(String, f64); 2]),
}

/// Bound beyond which neighbouring values of a series are not drawn without somebody saying so.
pub const JUMP: f64 = 5.0;
/// Most labels of bars, points of lines, points of a scatter plot, series.
const BARS: usize = 60;
const POINTS: usize = 2_000;
/// Areas of a map.
const AREAS: usize = 1_000;
const SERIES: usize = 24;
/// Layers, of which the smallest are summed up.
const LAYERS: usize = 60;
/// Series of a chart that nobody declared.
const OWN: usize = 6;

/// Words by which notes tell that values cannot be compared.
static METHOD: &[&str] = &[
    "口径",
    "执行",
    "以前",
    "不可比",
    "可比",
    "修订",
    "调整",
    "抽样",
    "普查",
    "推算",
    "方法",
    "not comparable",
    "comparability",
    "revised",
    "revision",
    "methodolog",
    "break in",
    "sample survey",
    "census",
];

impl Plot {
    /// Nothing yet.
    fn new(name: &str, kind: &'static str, resource: usize) -> Plot {
        Plot {
            declared: None,
            name: name.to_string(),
            kind,
            resource,
            axis: String::new(),
            labels: Vec::new(),
            places: Vec::new(),
            series: Vec::new(),
            cuts: Vec::new(),
            regions: Vec::new(),
            map: None,
            time: false,
            withheld: None,
        }
    }
}

/// A table in memory, as far as charts need it.
struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn rows(read: &Read, table: &Table, most: usize) -> Rows {
    let mut out = Vec::new();
    let _ = read.rows(table, &mut |r| {
        out.push(r.iter().map(|c| (*c).to_string()).collect());
        if out.len() > most { Err(io::Error::other("enough")) } else { Ok(()) }
    });
    Rows { names: table.names.clone(), rows: out }
}

impl Rows {
    fn at(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }
}

/// Rows that a declared chart may go through.
const MOST: usize = 200_000;

fn resource_of<'a>(item: &'a Item, name: Option<&str>, tables: &'a Tables) -> Option<(usize, &'a Resource, &'a Read, &'a Table)> {
    let d = item.dataset()?;
    let has = |i: usize| tables.get(item, i).is_some_and(|t| t.table().is_some());
    let i = match name {
        Some(n) => d.resources.iter().position(|r| r.name == n)?,
        None => (0..d.resources.len()).find(|i| has(*i))?,
    };
    let read = tables.get(item, i)?;
    Some((i, &d.resources[i], read, read.table()?))
}

/// Why a declared chart is not drawn, and what helps.
pub(super) struct Undrawn {
    pub why: Text,
    pub hint: Text,
}

impl From<Text> for Undrawn {
    fn from(why: Text) -> Undrawn {
        Undrawn {
            why,
            hint: say!(
                "`resource`、`x`、`y`、`series` 照资源的 name 和表头写",
                "write `resource`, `x`, `y`, `series` as the names of resources and columns are"
            ),
        }
    }
}

/// A declared chart, and those of its labels that its boundaries do not have. `Err` says what is missing.
pub(super) fn declared(portal: &Portal, item: &Item, n: usize, chart: &Chart, tables: &Tables) -> Result<(Plot, Vec<String>), Undrawn> {
    let (r, resource, read, table) = resource_of(item, chart.resource.as_deref(), tables).ok_or_else(|| match &chart.resource {
        Some(name) => {
            say!("图表“{}”要的资源 {name} 不存在，或读不成表", "the chart {} wants the resource {name}, which is not there or is no table", chart.name)
        }
        None => say!("图表“{}”没有可用的表", "the chart {} has no table to show", chart.name),
    })?;
    let all = rows(read, table, MOST);
    let column = |name: &str| {
        all.at(name).ok_or_else(|| {
            let list = crate::diag::Listed(all.names.iter().take(12).collect());
            say!(
                "图表“{}”要的列 {name} 不在表头里（有：{list}）",
                "the chart {} wants the column {name}, which is not in the head (there are: {list:#})",
                chart.name
            )
        })
    };
    let mut plot = Plot { declared: Some(n), ..Plot::new(&chart.name, chart.kind, r) };
    let numeric = |skip: &[usize]| -> Vec<usize> {
        (0..all.names.len()).filter(|c| !skip.contains(c) && matches!(table.columns[*c].kind, Kind::Integer | Kind::Number)).collect()
    };
    let wide = chart.x.is_none() && chart.y.is_empty() && table.periods.len() > 2;
    match chart.kind {
        "scatter" | "points" => {
            let free = numeric(&[]);
            let x = chart.x.as_deref().map(column).transpose()?.or(free.first().copied());
            let y = chart.y.first().map(|n| column(n)).transpose()?.or_else(|| free.iter().copied().find(|c| Some(*c) != x));
            let (Some(x), Some(y)) = (x, y) else { return Err(nothing(chart).into()) };
            let named = (0..all.names.len()).find(|c| *c != x && *c != y && table.columns[*c].kind == Kind::String);
            plot.axis = all.names[x].clone();
            let mut values = Vec::new();
            for row in all.rows.iter().take(POINTS) {
                if let (Some(a), Some(b)) = (table.columns[x].seen(&row[x]), table.columns[y].seen(&row[y])) {
                    plot.places.push(a);
                    plot.labels.push(named.map_or(String::new(), |c| row[c].clone()));
                    values.push(Some(b));
                }
            }
            plot.series.push((all.names[y].clone(), values));
        }
        "tiles" => {
            let x = match &chart.x {
                Some(n) => column(n)?,
                None => table
                    .columns
                    .iter()
                    .position(|p| p.regions)
                    .ok_or_else(|| say!("图表“{}”找不到省级地区的列", "the chart {} finds no column of provinces", chart.name))?,
            };
            let latest = latest(table);
            let y = chart.y.first().map(|n| column(n)).transpose()?.or(latest).or_else(|| numeric(&[x]).first().copied()).ok_or_else(|| nothing(chart))?;
            tiles(&mut plot, (&all, table), x, y);
        }
        "choropleth" => {
            let words = |c: &usize| !matches!(table.columns[*c].kind, Kind::Number | Kind::Empty) && !table.periods.iter().any(|p| p.0 == *c);
            let x =
                chart.x.as_deref().map(column).transpose()?.or(table.columns.iter().position(|p| p.regions)).or((0..all.names.len()).find(words)).unwrap_or(0);
            let latest = latest(table);
            let y = chart.y.first().map(|n| column(n)).transpose()?.or(latest).or_else(|| numeric(&[x]).first().copied()).ok_or_else(|| nothing(chart))?;
            long(&mut plot, (&all, table), (x, &[y], None), &chart.only);
        }
        _ if wide => wide_lines(&mut plot, &all, table, &chart.only, SERIES),
        _ => {
            let x = chart.x.as_deref().map(column).transpose()?.unwrap_or(0);
            let y: Vec<usize> = chart.y.iter().map(|n| column(n)).collect::<Result<_, _>>()?;
            let series = chart.series.as_deref().map(column).transpose()?;
            let skip: Vec<usize> = [Some(x), series].into_iter().flatten().collect();
            let y = if y.is_empty() { numeric(&skip).into_iter().take(if series.is_some() { 1 } else { OWN }).collect() } else { y };
            if y.is_empty() {
                return Err(nothing(chart).into());
            }
            long(&mut plot, (&all, table), (x, &y, series), &chart.only);
            months(&mut plot, &all.names[x]);
            plot.time = plot.labels.iter().all(|l| period(l).is_some() || matches!(table.columns[x].kind, Kind::Date | Kind::Datetime));
            if plot.kind == "bar" && !plot.time && chart.sort.map_or_else(|| unordered(&plot, resource, &all.names[x]), |s| s == "value") {
                by_size(&mut plot);
            }
            if !plot.time && matches!(plot.kind, "line" | "area") && matches!(table.columns[x].kind, Kind::Integer | Kind::Number) {
                by_number(&mut plot, &|l| table.columns[x].seen(l));
            }
        }
    }
    if plot.time {
        in_time(&mut plot);
    }
    if plot.series.iter().all(|(_, v)| v.iter().all(Option::is_none)) {
        return Err(nothing(chart).into());
    }
    let most = match plot.kind {
        "bar" | "stacked" => BARS,
        "choropleth" => AREAS,
        _ => POINTS,
    };
    let layers = if plot.kind == "stacked" { LAYERS } else { SERIES };
    if plot.labels.len() > most || plot.series.len() > layers {
        let (labels, series) = (plot.labels.len(), plot.series.len());
        return Err(Undrawn {
            why: say!(
                "图表“{}”太密：横轴 {labels} 个、系列 {series} 个（最多 {most}、{layers}）",
                "the chart {} is too dense: on its axis {labels}, series {series} (at most {most} and {layers})",
                chart.name
            ),
            hint: if chart.series.is_some() || wide {
                say!("用 only: 只列要画的系列，或分成几张图", "name the series to be drawn by only:, or make several charts of it")
            } else if plot.series.len() > layers {
                say!("在 y: 里少写几列，或分成几张图", "name fewer columns in y:, or make several charts of it")
            } else {
                say!("用 only: 只列要画的值，或把表汇总后再画", "name the values to be drawn by only:, or sum the table up first")
            },
        });
    }
    let mut lost = Vec::new();
    if let Some(blob) = chart.boundaries.as_ref().and_then(|b| portal.blobs.get(b)) {
        let labels = if plot.kind == "choropleth" { &plot.labels[..] } else { &[] };
        let map;
        (map, lost) = outline(blob, chart.join.as_deref(), labels)?;
        if plot.kind == "choropleth" && lost.len() == labels.len() {
            let (a, name) = (labels.first().map_or("", |l| l), blob.disk.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned()));
            return Err(say!(
                "图表“{}”的地区（如 {a}）都不在 {name} 里，用 join: 指明属性名",
                "the chart {}: none of its places (such as {a}) is in {name}; name the property by join:",
                chart.name
            )
            .into());
        }
        plot.map = Some(Arc::new(map));
    }
    for b in &chart.breaks {
        match plot.labels.iter().position(|l| l == b || l.trim_end_matches('年') == b.trim_end_matches('年')) {
            Some(i) => plot.cuts.push(i),
            None => return Err(say!("图表“{}”的 breaks 里的 {b} 不在横轴上", "the chart {}: {b} of its breaks is not on the axis", chart.name).into()),
        }
    }
    Ok((plot, lost))
}

fn nothing(chart: &Chart) -> Text {
    say!("图表“{}”没有数字可画", "the chart {} has no numbers to draw", chart.name)
}

/// The column of the last period that has values in it.
fn latest(table: &Table) -> Option<usize> {
    table.periods.iter().filter(|p| table.columns[p.0].nulls < table.rows).max_by_key(|p| p.2).map(|p| p.0)
}

/// Rows are series, columns of periods are the axis.
fn wide_lines(plot: &mut Plot, all: &Rows, table: &Table, only: &[String], most: usize) {
    let name = (0..all.names.len()).find(|c| !table.periods.iter().any(|p| p.0 == *c)).unwrap_or(0);
    plot.labels = table.periods.iter().map(|p| p.1.clone()).collect();
    plot.time = true;
    for row in all.rows.iter().filter(|r| only.is_empty() || only.contains(&r[name])).take(most + 1) {
        plot.series.push((row[name].clone(), table.periods.iter().map(|p| table.columns[p.0].seen(&row[p.0])).collect()));
    }
}

fn long(plot: &mut Plot, (all, table): (&Rows, &Table), (x, y, series): (usize, &[usize], Option<usize>), only: &[String]) {
    plot.axis = all.names[x].clone();
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of: FxHashMap<String, usize> = FxHashMap::default();
    if series.is_none() {
        plot.series = y.iter().map(|c| (all.names[*c].clone(), Vec::new())).collect();
    }
    for row in &all.rows {
        if row[x].is_empty() || (series.is_none() && !only.is_empty() && !only.contains(&row[x])) {
            continue;
        }
        if series.is_some_and(|s| !only.is_empty() && !only.contains(&row[s])) {
            continue;
        }
        let i = *at.entry(row[x].as_str()).or_insert_with(|| {
            plot.labels.push(row[x].clone());
            plot.labels.len() - 1
        });
        for (k, c) in y.iter().enumerate() {
            let s = match series {
                None => k,
                Some(s) => *of.entry(row[s].clone()).or_insert_with(|| {
                    plot.series.push((row[s].clone(), Vec::new()));
                    plot.series.len() - 1
                }),
            };
            let values = &mut plot.series[s].1;
            if values.len() <= i {
                values.resize(i + 1, None);
            }
            if let Some(v) = table.columns[*c].seen(&row[*c]) {
                values[i] = Some(v);
            }
        }
        if plot.labels.len() > POINTS {
            break;
        }
    }
    let n = plot.labels.len();
    plot.series.iter_mut().for_each(|(_, v)| v.resize(n, None));
}

/// Whether the order of the bars in the file means nothing: one series, no numbers in the names, and the dictionary lists no values in an order.
fn unordered(plot: &Plot, resource: &Resource, column: &str) -> bool {
    let told = resource.fields.iter().find(|f| f.name == column);
    let listed =
        told.is_some_and(|f| !f.allowed.is_empty() || ["categories", "categoriesOrdered"].iter().any(|k| f.told.get(*k).is_some_and(|v| !v.is_null())));
    // Groups of age, months and classes are told by numbers.
    let number = |l: &String| l.chars().any(|c| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c));
    plot.series.len() == 1 && !listed && !plot.labels.iter().any(number)
}

/// Bars by the size of their first series, the largest first; what has no value comes last.
fn by_size(plot: &mut Plot) {
    let Some((_, values)) = plot.series.first() else { return };
    let mut order: Vec<usize> = (0..values.len()).collect();
    let size = |i: usize| values[i].unwrap_or(f64::NEG_INFINITY);
    order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    plot.labels = order.iter().map(|i| plot.labels[*i].clone()).collect();
    for (_, v) in &mut plot.series {
        *v = order.iter().map(|i| v.get(*i).copied().flatten()).collect();
    }
}

fn tiles(plot: &mut Plot, (all, table): (&Rows, &Table), x: usize, y: usize) {
    plot.kind = "tiles";
    plot.axis = all.names[x].clone();
    let mut values = Vec::new();
    for row in &all.rows {
        if let Some(region) = province(&row[x]).filter(|r| !plot.regions.contains(&Some(*r))) {
            plot.regions.push(Some(region));
            plot.labels.push(row[x].clone());
            values.push(table.columns[y].seen(&row[y]));
        }
    }
    plot.series.push((all.names[y].clone(), values));
}

/// Puts an axis of numbers in their order, with the place of each.
fn by_number(plot: &mut Plot, number: &dyn Fn(&str) -> Option<f64>) {
    let Some(places) = plot.labels.iter().map(|l| number(l)).collect::<Option<Vec<f64>>>() else { return };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    plot.places = order.iter().map(|i| places[*i]).collect();
    plot.labels = order.iter().map(|i| plot.labels[*i].clone()).collect();
    for (_, v) in &mut plot.series {
        *v = order.iter().map(|i| v.get(*i).copied().flatten()).collect();
    }
}

/// Months written as one number, in a column that says so: `202512` is a month before `202601`, not 89.
fn months(plot: &mut Plot, head: &str) {
    let head = head.to_lowercase();
    if !["月", "期", "时间", "時間", "month", "period", "date", "time"].iter().any(|w| head.contains(w)) {
        return;
    }
    let month = |l: &String| {
        let (y, m) = l.trim().split_at_checked(4).filter(|(_, m)| m.len() == 2)?;
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse::<u16>().ok()).flatten();
        ((1900..=2100).contains(&digits(y)?) && (1..=12).contains(&digits(m)?)).then(|| format!("{y}-{m}"))
    };
    if let Some(labels) = plot.labels.iter().map(month).collect::<Option<Vec<String>>>().filter(|l| !l.is_empty()) {
        plot.labels = labels;
    }
}

/// Puts the axis in the order of time: many tables have the newest first.
fn in_time(plot: &mut Plot) {
    let mut order: Vec<usize> = (0..plot.labels.len()).collect();
    // 2024-5-1 comes before 2024-10-1.
    let when = |i: &usize| {
        let l = plot.labels[*i].trim();
        (period(l).map(|p| (p.0, p.1, 0)).or_else(|| parts(l).map(|p| (p.0, p.1, p.2))), &plot.labels[*i])
    };
    order.sort_by(|a, b| when(a).cmp(&when(b)));
    plot.labels = order.iter().map(|i| plot.labels[*i].clone()).collect();
    for (_, v) in &mut plot.series {
        *v = order.iter().map(|i| v.get(*i).copied().flatten()).collect();
    }
}

/// The chart of a table that nobody declared one for, where its shape asks for one.
pub(super) fn automatic(item: &Item, tables: &Tables) -> Option<Plot> {
    let (r, resource, read, table) = resource_of(item, None, tables)?;
    if table.rows > 1_000 || table.names.len() > 200 {
        return None;
    }
    let all = rows(read, table, 1_000);
    let mut plot = Plot::new(&resource.name, "line", r);
    let region = table.columns.iter().position(|p| p.regions);
    let time = (0..all.names.len())
        .find(|c| matches!(table.columns[*c].kind, Kind::Year | Kind::Date) && table.columns[*c].unique == Some(true) && table.columns[*c].nulls == 0);
    // Of several columns of numbers, those of the first one's unit.
    let unit = |c: usize| match resource.unit(table, c) {
        "" if table.columns[c].share => "%",
        "％" => "%",
        u => u,
    };
    let numbers = |not: usize| -> Vec<usize> {
        let all: Vec<usize> = (0..table.names.len()).filter(|c| *c != not && matches!(table.columns[*c].kind, Kind::Integer | Kind::Number)).collect();
        let first = all.first().map(|c| unit(*c));
        all.into_iter().filter(|c| Some(unit(*c)) == first).take(OWN).collect()
    };
    if table.periods.len() > 2 {
        wide_lines(&mut plot, &all, table, &[], usize::MAX - 1);
        in_time(&mut plot);
    } else if let Some(t) = time.filter(|_| table.rows > 2) {
        let y = numbers(t);
        if y.is_empty() {
            return None;
        }
        long(&mut plot, (&all, table), (t, &y, None), &[]);
        plot.time = true;
        in_time(&mut plot);
    } else if let Some(g) = region.filter(|_| table.rows <= 40) {
        tiles(&mut plot, (&all, table), g, *numbers(g).first()?);
    } else {
        return None;
    }
    if plot.series.iter().all(|(_, v)| v.iter().flatten().count() < 2) {
        return None;
    }
    plot.withheld = doubtful(table, &plot);
    // Many rows of a wide table: regions make a tile grid of the last period, all else is too much.
    if plot.time && plot.series.len() > OWN {
        match region {
            Some(g) => {
                let last = latest(table)?;
                let withheld = plot.withheld.take();
                plot = Plot { labels: Vec::new(), series: Vec::new(), time: false, ..plot };
                tiles(&mut plot, (&all, table), g, last);
                plot.withheld = withheld;
            }
            None => return None,
        }
    }
    Some(plot)
}

/// Why values of a table had better not be compared in a picture.
fn doubtful(table: &Table, plot: &Plot) -> Option<Withheld> {
    let notes = table.preamble.iter().chain(&table.notes);
    if let Some(n) = notes.clone().find(|n| METHOD.iter().any(|w| n.to_lowercase().contains(w))) {
        return Some(Withheld::Note(n.clone()));
    }
    if !plot.time {
        return None;
    }
    plot.series.iter().find_map(|(name, values)| {
        let known: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
        known.windows(2).find_map(|w| {
            let ((i, a), (k, b)) = (w[0], w[1]);
            let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
            (small > 0.0 && large > small * JUMP && k == i + 1)
                .then(|| Withheld::Jump(name.clone(), [(plot.labels[i].clone(), a), (plot.labels[k].clone(), b)]))
        })
    })
}
