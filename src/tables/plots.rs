//! What a chart shows: numbers taken from a table, as declared or by themselves where the table has the shape for it.

use super::maps::{Outline, outline};
use super::when::{cumulative, whens};
use super::{Read, Tables};
use crate::diag::{Text, say};
use crate::load::table::Table;
use crate::load::table::profile::Kind;
use crate::load::table::regions::{Region, province};
use crate::load::table::totals::is_total;
use crate::load::table::units::split_unit;
use crate::model::{Chart, Item, Portal, Resource};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io;
use std::rc::Rc;
use std::sync::Arc;

/// Numbers ready to be drawn.
#[derive(Debug, Clone, Default)]
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
    /// Unit of each series, as the table tells it; empty where it tells none.
    pub units: Vec<String>,
    /// Unit of the numbers along the axis, as the table tells it.
    pub axis_unit: String,
    /// What the table has and the chart has not, or has otherwise.
    pub left: Vec<Left>,
}

/// What a chart leaves out or does otherwise: it is told below the chart and to the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Rows whose cell in the column of the axis is empty.
    Nameless(usize),
    /// Sums of what is drawn beside them.
    Totals(Vec<String>),
    /// Places that have no tile.
    Elsewhere(Vec<String>),
    /// Values summed up from the beginning of the year, drawn as bars: a label that says so.
    Summed(String),
}

impl Plot {
    /// The unit that all series have; empty where they have none or several.
    pub fn unit(&self) -> &str {
        self.units.first().filter(|u| self.units.len() >= self.series.len() && self.units.iter().all(|x| x == *u)).map_or("", String::as_str)
    }

    /// Notes a thing that is left out, once.
    fn leave(&mut self, left: Left) {
        if !self.left.contains(&left) {
            self.left.push(left);
        }
    }
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
        Plot { name: name.to_string(), kind, resource, ..Plot::default() }
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
/// Points that all charts of a dataset may draw, and rows that they may go through: each is drawn for wide and narrow pages, for
/// other sites and as a file.
const DRAWN: usize = 150_000;
const PASSED: usize = 4_000_000;

/// What the declared charts of a dataset took so far, and the rows that the last of them went through.
#[derive(Default)]
pub(super) struct Spent {
    points: usize,
    rows: usize,
    last: Option<(usize, Rc<Rows>)>,
}

impl Spent {
    /// The rows of a resource; charts of one table read it once.
    fn rows(&mut self, r: usize, read: &Read, table: &Table) -> Rc<Rows> {
        let all = match &self.last {
            Some((of, all)) if *of == r => all.clone(),
            _ => Rc::new(rows(read, table, MOST)),
        };
        self.last = Some((r, all.clone()));
        self.rows = self.rows.saturating_add(all.rows.len());
        all
    }

    /// Says that a chart is one too many.
    fn over(&self, chart: &Chart) -> Option<Undrawn> {
        let why = if self.rows > PASSED {
            say!(
                "图表“{}”没有画：本数据集的图表一共要读 {PASSED} 行以上",
                "the chart {} is not drawn: the charts of this dataset would go through more than {PASSED} rows",
                chart.name
            )
        } else if self.points > DRAWN {
            say!(
                "图表“{}”没有画：本数据集的图表一共超过 {DRAWN} 个点",
                "the chart {} is not drawn: the charts of this dataset have more than {DRAWN} points",
                chart.name
            )
        } else {
            return None;
        };
        let hint = say!("少画几张，把表汇总后再画，或分成几个数据集", "draw fewer of them, sum the table up first, or make several datasets of it");
        Some(Undrawn { why, hint })
    }
}

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
pub(super) fn declared(portal: &Portal, item: &Item, n: usize, chart: &Chart, tables: &Tables, spent: &mut Spent) -> Result<(Plot, Vec<String>), Undrawn> {
    let (r, resource, read, table) = resource_of(item, chart.resource.as_deref(), tables).ok_or_else(|| match &chart.resource {
        Some(name) => {
            say!("图表“{}”要的资源 {name} 不存在，或读不成表", "the chart {} wants the resource {name}, which is not there or is no table", chart.name)
        }
        None => say!("图表“{}”没有可用的表", "the chart {} has no table to show", chart.name),
    })?;
    let all = spent.rows(r, read, table);
    let all = &*all;
    if let Some(over) = spent.over(chart) {
        return Err(over);
    }
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
            plot.units = vec![unit_of(resource, table, y)];
            plot.axis_unit = unit_of(resource, table, x);
            let mut values = Vec::new();
            let mut sums = Vec::new();
            for row in all.rows.iter().take(POINTS) {
                if let Some(c) = named.filter(|c| is_total(&row[*c])) {
                    sums.push(row[c].clone());
                    continue;
                }
                if let (Some(a), Some(b)) = (table.columns[x].seen(&row[x]), table.columns[y].seen(&row[y])) {
                    plot.places.push(a);
                    plot.labels.push(named.map_or(String::new(), |c| row[c].clone()));
                    values.push(Some(b));
                }
            }
            plot.series.push((all.names[y].clone(), values));
            if !sums.is_empty() {
                plot.leave(Left::Totals(sums));
            }
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
            tiles(&mut plot, (all, table), x, y).map_err(|s| s.undrawn(chart))?;
            plot.units = vec![unit_of(resource, table, y)];
        }
        "choropleth" => {
            let words = |c: &usize| !matches!(table.columns[*c].kind, Kind::Number | Kind::Empty) && !table.periods.iter().any(|p| p.0 == *c);
            let x =
                chart.x.as_deref().map(column).transpose()?.or(table.columns.iter().position(|p| p.regions)).or((0..all.names.len()).find(words)).unwrap_or(0);
            let latest = latest(table);
            let y = chart.y.first().map(|n| column(n)).transpose()?.or(latest).or_else(|| numeric(&[x]).first().copied()).ok_or_else(|| nothing(chart))?;
            long(&mut plot, (all, table), (x, &[y], None), &chart.only).map_err(|s| s.undrawn(chart))?;
            plot.units = vec![unit_of(resource, table, y)];
        }
        _ if wide => wide_lines(&mut plot, (all, table, resource), &chart.only, SERIES).map_err(|s| s.undrawn(chart))?,
        _ => {
            let x = chart.x.as_deref().map(column).transpose()?.unwrap_or(0);
            let y: Vec<usize> = chart.y.iter().map(|n| column(n)).collect::<Result<_, _>>()?;
            let series = chart.series.as_deref().map(column).transpose()?;
            let skip: Vec<usize> = [Some(x), series].into_iter().flatten().collect();
            let y = if y.is_empty() { numeric(&skip).into_iter().take(if series.is_some() { 1 } else { OWN }).collect() } else { y };
            if y.is_empty() {
                return Err(nothing(chart).into());
            }
            // Not gone through for nothing: no chart has so many series.
            if y.len() > LAYERS {
                let n = y.len();
                return Err(Undrawn {
                    why: say!("图表“{}”太密：系列 {n} 个（最多 {LAYERS}）", "the chart {} is too dense: series {n} (at most {LAYERS})", chart.name),
                    hint: say!("在 y: 里少写几列，或分成几张图", "name fewer columns in y:, or make several charts of it"),
                });
            }
            if let (Some(s), [a, b, ..]) = (series, &y[..]) {
                return Err(Undrawn {
                    why: say!(
                        "图表“{}”用“{}”分系列，又要“{}”和“{}”几列：同一处有几个值",
                        "in the chart {} \u{201c}{}\u{201d} parts the series, and several columns are wanted (\u{201c}{}\u{201d}, \u{201c}{}\u{201d}): several values for one place",
                        chart.name,
                        all.names[s],
                        all.names[*a],
                        all.names[*b]
                    ),
                    hint: say!("写了 series: 时 y: 只写一列；几列数各画一张图", "with series: name one column in y:, and make a chart of each column"),
                });
            }
            long(&mut plot, (all, table), (x, &y, series), &chart.only).map_err(|s| s.undrawn(chart))?;
            units(&mut plot, (all, table, resource), (x, &y, series));
            months(&mut plot, &all.names[x]);
            plot.time = !plot.labels.is_empty() && (whens(&plot.labels).is_some() || matches!(table.columns[x].kind, Kind::Date | Kind::Datetime));
            if matches!(plot.kind, "line" | "area" | "multiples")
                && let Some(l) = cumulative(&plot.labels).map(str::to_string)
            {
                plot.kind = "bar";
                plot.time = false;
                plot.leave(Left::Summed(l));
            }
            if !plot.time && matches!(plot.kind, "bar" | "stacked" | "line" | "area") {
                without_totals(&mut plot, &chart.only, table.columns[x].regions);
            }
            if plot.kind == "stacked" {
                without_sums(&mut plot, &chart.only);
            }
            if plot.kind == "bar" && !plot.time && chart.sort.map_or_else(|| unordered(&plot, resource, &all.names[x]), |s| s == "value") {
                by_size(&mut plot);
            }
            if !plot.time && matches!(plot.kind, "line" | "area") && matches!(table.columns[x].kind, Kind::Integer | Kind::Number) {
                by_number(&mut plot, &|l| table.columns[x].seen(l));
            }
        }
    }
    if plot.time {
        in_time(&mut plot).map_err(|s| s.undrawn(chart))?;
    }
    same_unit(&plot, chart, wide)?;
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
    spent.points = spent.points.saturating_add(plot.labels.len().saturating_mul(plot.series.len()));
    if let Some(over) = spent.over(chart) {
        return Err(over);
    }
    let mut lost = Vec::new();
    if let Some(blob) = chart.boundaries.as_ref().and_then(|b| portal.blobs.get(b)) {
        // A place of it is some ten letters, read as slowly as a row.
        spent.rows = spent.rows.saturating_add((blob.len / 10) as usize);
        if let Some(over) = spent.over(chart) {
            return Err(over);
        }
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
        spent.points = spent.points.saturating_add(map.shapes.iter().flat_map(|s| &s.rings).map(Vec::len).sum());
        if let Some(over) = spent.over(chart) {
            return Err(over);
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

/// Two values for one place of a chart: of which label and series, the values.
struct Several {
    label: String,
    series: Option<String>,
    values: [String; 2],
}

impl Several {
    fn undrawn(&self, chart: &Chart) -> Undrawn {
        let [a, b] = &self.values;
        let at = self.series.as_ref().map_or(self.label.clone(), |s| format!("{} {s}", self.label).trim().to_string());
        Undrawn {
            why: say!(
                "图表“{}”没有画：“{at}”的值有几个（{a}、{b}），不知道画哪个",
                "the chart {} is not drawn: \u{201c}{at}\u{201d} has several values ({a}, {b}), and which of them is meant is not known",
                chart.name
            ),
            hint: say!(
                "用 series: 写出把它们分开的列，用 only: 只留要画的行，或先汇总成一行一个值",
                "name by series: the column that tells them apart, keep the rows that are meant by only:, or sum them up to one row each first"
            ),
        }
    }
}

/// The unit of a column: `%` where its cells say so.
fn unit_of(resource: &Resource, table: &Table, c: usize) -> String {
    match resource.unit(table, c).trim() {
        "" if table.columns[c].share => "%".into(),
        "％" => "%".into(),
        u => u.to_string(),
    }
}

/// A column that tells the unit of each row.
fn unit_column(all: &Rows) -> Option<usize> {
    let word = |n: &String| matches!(n.trim().to_lowercase().as_str(), "单位" | "計量單位" | "单位名称" | "单位符号" | "计量单位" | "單位" | "unit" | "units");
    // 单位 is an office too: units are short and have few values.
    let short = |c: &usize| all.rows.iter().all(|r| r[*c].chars().count() <= 12);
    all.names.iter().position(word).filter(short)
}

/// The unit of a row: its own cell, or what its name ends with in brackets.
fn row_unit(row: &[String], name: usize, unit: Option<usize>) -> Option<String> {
    let told = unit.map(|c| row[c].trim().to_string()).filter(|u| !u.is_empty());
    told.or_else(|| split_unit(&row[name]).1).map(|u| if u == "％" { "%".into() } else { u })
}

/// Units of the series, and of the labels where the rows have units of their own.
fn units(plot: &mut Plot, (all, table, resource): (&Rows, &Table, &Resource), (x, y, series): (usize, &[usize], Option<usize>)) {
    let own = |c: usize| unit_of(resource, table, c);
    let column = unit_column(all).filter(|c| !y.contains(c) && *c != x && Some(*c) != series);
    let Some(s) = series else {
        plot.units = y.iter().map(|c| own(*c)).collect();
        // Rows of several indicators: each has a unit of its own.
        let labels: FxHashSet<&str> = plot.labels.iter().map(String::as_str).collect();
        let mut rows: Vec<Option<String>> = all.rows.iter().filter(|r| labels.contains(r[x].as_str())).map(|r| row_unit(r, x, column)).collect();
        rows.dedup();
        match &rows[..] {
            [] | [None] => {}
            [Some(only)] => plot.units.iter_mut().filter(|u| u.is_empty()).for_each(|u| *u = only.clone()),
            // They are refused as units of several series are.
            several => {
                let mut known: Vec<&String> = several.iter().flatten().collect();
                known.sort();
                known.dedup();
                if known.len() > 1 || known.iter().any(|u| matches!(u.as_str(), "%" | "‰")) {
                    plot.units = several.iter().map(|u| u.clone().unwrap_or_default()).collect();
                }
            }
        }
        return;
    };
    let fallback = y.first().map_or(String::new(), |c| own(*c));
    let mut first: FxHashMap<&str, &Vec<String>> = FxHashMap::default();
    for row in &all.rows {
        first.entry(row[s].as_str()).or_insert(row);
    }
    plot.units = plot
        .series
        .iter()
        .map(|(name, _)| {
            let row = first.get(name.as_str());
            row.and_then(|r| row_unit(r, s, column)).unwrap_or_else(|| fallback.clone())
        })
        .collect();
}

/// Series of several units have no axis in common: no value of one may stand at the unit of another.
fn same_unit(plot: &Plot, chart: &Chart, wide: bool) -> Result<(), Undrawn> {
    if matches!(plot.kind, "scatter" | "points" | "tiles" | "choropleth") {
        return Ok(());
    }
    let mut known: Vec<&String> = Vec::new();
    plot.units.iter().filter(|u| !u.is_empty()).for_each(|u| {
        if !known.contains(&u) {
            known.push(u)
        }
    });
    // What says per cent stands beside nothing that does not.
    let unsaid = chart.unit.0.is_empty() && plot.units.iter().any(String::is_empty) && known.iter().any(|u| matches!(u.as_str(), "%" | "‰"));
    if known.len() < 2 && !unsaid {
        return Ok(());
    }
    let list = crate::diag::Listed(known.iter().take(5).collect());
    let (none, none_en) = if unsaid { ("和没有写明的", " and one that is not told") } else { ("", "") };
    Err(Undrawn {
        why: say!(
            "图表“{}”没有画：各系列的单位不同（{list}{none}），不能用同一根轴",
            "the chart {} is not drawn: its series have several units ({list:#}{none_en}), and no axis in common",
            chart.name
        ),
        hint: if chart.series.is_some() || wide {
            say!(
                "用 only: 只列单位相同的系列，其余另画一张；单位写错了就在 schema.fields 的 unit 里改正",
                "name by only: the series of one unit and make another chart of the others; if a unit is wrong, correct `unit` in schema.fields"
            )
        } else {
            say!(
                "在 y: 里只写单位相同的列，其余另画一张；单位写错了就在 schema.fields 的 unit 里改正",
                "name in y: the columns of one unit and make another chart of the others; if a unit is wrong, correct `unit` in schema.fields"
            )
        },
    })
}

/// Rows are series, columns of periods are the axis.
fn wide_lines(plot: &mut Plot, (all, table, resource): (&Rows, &Table, &Resource), only: &[String], most: usize) -> Result<(), Several> {
    let period = |c: usize| table.periods.iter().any(|p| p.0 == c);
    let unit = unit_column(all).filter(|c| !period(*c));
    let name = (0..all.names.len()).find(|c| !period(*c) && Some(*c) != unit).unwrap_or(0);
    plot.labels = table.periods.iter().map(|p| p.1.clone()).collect();
    plot.time = true;
    let column = table.periods.first().map_or(String::new(), |p| unit_of(resource, table, p.0));
    let mut seen: FxHashMap<&str, &Vec<String>> = FxHashMap::default();
    let mut nameless = 0;
    let only: FxHashSet<&str> = only.iter().map(String::as_str).collect();
    for row in all.rows.iter().filter(|r| only.is_empty() || only.contains(r[name].as_str())) {
        if row[name].trim().is_empty() {
            nameless += usize::from(table.periods.iter().any(|p| table.columns[p.0].seen(&row[p.0]).is_some()));
            continue;
        }
        if let Some(first) = seen.insert(row[name].as_str(), row) {
            let cell = |r: &Vec<String>| table.periods.iter().map(|p| r[p.0].clone()).find(|v| !v.is_empty()).unwrap_or_default();
            return Err(Several { label: row[name].clone(), series: None, values: [cell(first), cell(row)] });
        }
        plot.series.push((row[name].clone(), table.periods.iter().map(|p| table.columns[p.0].seen(&row[p.0])).collect()));
        plot.units.push(row_unit(row, name, unit).unwrap_or_else(|| column.clone()));
        if plot.series.len() > most {
            break;
        }
    }
    if nameless > 0 {
        plot.leave(Left::Nameless(nameless));
    }
    Ok(())
}

fn long(plot: &mut Plot, (all, table): (&Rows, &Table), (x, y, series): (usize, &[usize], Option<usize>), only: &[String]) -> Result<(), Several> {
    plot.axis = all.names[x].clone();
    let mut at: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of: FxHashMap<String, usize> = FxHashMap::default();
    if series.is_none() {
        plot.series = y.iter().map(|c| (all.names[*c].clone(), Vec::new())).collect();
    }
    let mut nameless = 0;
    let only: FxHashSet<&str> = only.iter().map(String::as_str).collect();
    for row in &all.rows {
        if series.is_some_and(|s| !only.is_empty() && !only.contains(row[s].as_str())) {
            continue;
        }
        if row[x].trim().is_empty() || series.is_some_and(|s| row[s].trim().is_empty()) {
            nameless += usize::from((series.is_some() || only.is_empty()) && y.iter().any(|c| table.columns[*c].seen(&row[*c]).is_some()));
            continue;
        }
        if series.is_none() && !only.is_empty() && !only.contains(row[x].as_str()) {
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
                // Which of two is meant is not known: neither is drawn.
                if let Some(first) = values[i] {
                    let text = crate::load::table::decimal::text;
                    return Err(Several { label: row[x].clone(), series: series.map(|s| row[s].clone()), values: [text(first), text(v)] });
                }
                values[i] = Some(v);
            }
        }
        // It is refused whatever the others are.
        if plot.labels.len() > POINTS || plot.series.len() > POINTS {
            break;
        }
    }
    let n = plot.labels.len();
    plot.series.iter_mut().for_each(|(_, v)| v.resize(n, None));
    if nameless > 0 {
        plot.leave(Left::Nameless(nameless));
    }
    Ok(())
}

/// Words that official tables have for all of a place or a people, beside its parts: `全市`, `总人口`.
static WHOLE: &[&str] = &[
    "全国",
    "全國",
    "全省",
    "全市",
    "全县",
    "全縣",
    "全区",
    "全區",
    "全州",
    "全盟",
    "全旗",
    "全镇",
    "全鎮",
    "全乡",
    "全鄉",
    "全村",
    "全校",
    "全年",
    "全部",
    "全体",
    "总人口",
    "总户数",
    "总人数",
    "总数",
    "总量",
    "总额",
    "总面积",
    "總人口",
    "總戶數",
    "總數",
    "总体",
];

/// Whether a label is one of those, with a year or unit in brackets or not.
fn is_whole(label: &str) -> bool {
    let bare = label.split(['（', '(']).next().unwrap_or("");
    WHOLE.contains(&bare.split_whitespace().collect::<String>().as_str())
}

/// The name of a place by its last sign: 河北省, 石家庄市.
fn area(label: &str) -> bool {
    label.trim().ends_with(['省', '市', '县', '区', '州', '盟', '旗', '國', '国', '縣', '區'])
}

/// Whether the values at a label are at least as high as all beside it, in every series: an average among rates is not.
fn above(plot: &Plot, i: usize) -> bool {
    let mut known = false;
    plot.series.iter().all(|(_, v)| {
        let Some(own) = v.get(i).copied().flatten() else { return true };
        known = true;
        v.iter().enumerate().filter(|(k, _)| *k != i).filter_map(|(_, o)| *o).all(|o| o <= own)
    }) && known
}

/// Whether the values at a label are those of all others together, in every series. Of few, small numbers that may be chance.
fn adds_up(plot: &Plot, i: usize) -> bool {
    !plot.series.is_empty()
        && plot.series.iter().all(|(_, v)| {
            let Some(own) = v.get(i).copied().flatten() else { return false };
            let others: Option<Vec<f64>> = v.iter().enumerate().filter(|(k, _)| *k != i).map(|(_, o)| *o).collect();
            others.is_some_and(|o| o.iter().filter(|o| **o != 0.0).count() > 2 && is_sum(own, &o))
        })
}

/// Whether a number is the sum of others, each rounded by itself: half of a last digit each, and at most two in a hundred.
fn is_sum(v: f64, others: &[f64]) -> bool {
    let places = |v: f64| {
        let text = v.to_string();
        text.split_once('.').map_or(0, |(_, d)| d.len())
    };
    let last = others.iter().map(|o| places(*o)).chain([places(v)]).max().unwrap_or(0).min(12);
    let half = 0.5 * 10f64.powi(-(last as i32));
    let room = (half * (others.len() as f64 + 1.0)).min(v.abs() * 0.02).max(v.abs() * 1e-4).max(1e-9);
    v != 0.0 && (v - others.iter().sum::<f64>()).abs() <= room
}

/// Takes labels out that are sums of those beside them: a bar of them dwarfs the others and is read as one of them.
fn without_totals(plot: &mut Plot, only: &[String], regions: bool) {
    let country = |l: &str| regions && matches!(l.trim(), "全国" | "全國" | "中国" | "中國" | "China" | "National" | "Nationwide" | "全国总计");
    let n = plot.labels.len();
    let whole = |i: usize, l: &str| is_whole(l) && above(plot, i) || (i == 0 || i + 1 == n) && area(l) && adds_up(plot, i);
    let keep: Vec<bool> = plot.labels.iter().enumerate().map(|(i, l)| only.contains(l) || !(is_total(l) || country(l) || whole(i, l))).collect();
    let sums: Vec<String> = plot.labels.iter().zip(&keep).filter(|(_, k)| !**k).map(|(l, _)| l.clone()).collect();
    if sums.is_empty() || plot.labels.len() - sums.len() < 2 {
        return;
    }
    let mut it = keep.iter();
    plot.labels.retain(|_| it.next().copied().unwrap_or(true));
    for (_, v) in &mut plot.series {
        let mut it = keep.iter();
        v.retain(|_| it.next().copied().unwrap_or(true));
    }
    plot.leave(Left::Totals(sums));
}

/// Takes layers out of a stack that are sums of its other layers: they would be counted twice. They are called so, or are the sum
/// of all others wherever all are known.
fn without_sums(plot: &mut Plot, only: &[String]) {
    let n = plot.series.len();
    let adds_up = |k: usize| {
        let (mut rows, mut changes, mut last) = (0, false, None);
        for i in 0..plot.labels.len() {
            let Some(v) = plot.series[k].1[i] else { continue };
            let others: Vec<f64> = (0..n).filter(|j| *j != k).filter_map(|j| plot.series[j].1[i]).collect();
            if others.len() < n - 1 {
                continue;
            }
            if !is_sum(v, &others) || others.iter().filter(|o| **o != 0.0).count() < 2 {
                return false;
            }
            changes |= last.is_some_and(|l: f64| l != v);
            last = Some(v);
            rows += 1;
        }
        n > 2 && rows > 1 && changes
    };
    // `全市` is the sum of the layers below it; the rate of a whole city among those of its parts is not.
    let above = |k: usize| (0..plot.labels.len()).all(|i| plot.series[k].1[i].is_none_or(|v| plot.series.iter().all(|(_, o)| o[i].is_none_or(|o| o <= v))));
    let named = |k: usize| is_total(&plot.series[k].0) || is_whole(&plot.series[k].0) && above(k);
    let sum: Vec<bool> = (0..n).map(|k| !only.contains(&plot.series[k].0) && n > 2 && (named(k) || adds_up(k))).collect();
    let sums: Vec<String> = plot.series.iter().zip(&sum).filter(|(_, s)| **s).map(|(s, _)| s.0.clone()).collect();
    if sums.is_empty() || sums.len() + 1 >= n {
        return;
    }
    let mut it = sum.iter();
    plot.series.retain(|_| !it.next().copied().unwrap_or(false));
    if plot.units.len() == n {
        let mut it = sum.iter();
        plot.units.retain(|_| !it.next().copied().unwrap_or(false));
    }
    plot.leave(Left::Totals(sums));
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

fn tiles(plot: &mut Plot, (all, table): (&Rows, &Table), x: usize, y: usize) -> Result<(), Several> {
    plot.kind = "tiles";
    plot.axis = all.names[x].clone();
    let (mut values, mut elsewhere): (Vec<Option<f64>>, Vec<String>) = (Vec::new(), Vec::new());
    for row in &all.rows {
        let Some(region) = province(&row[x]) else {
            let whole = matches!(row[x].trim(), "" | "全国" | "全國" | "中国" | "中國" | "China") || is_total(&row[x]);
            if !whole && table.columns[y].seen(&row[y]).is_some() {
                elsewhere.push(row[x].clone());
            }
            continue;
        };
        let value = table.columns[y].seen(&row[y]);
        match plot.regions.iter().position(|r| *r == Some(region)) {
            Some(i) => match (values[i], value) {
                (Some(a), Some(b)) => {
                    let text = crate::load::table::decimal::text;
                    return Err(Several { label: row[x].clone(), series: None, values: [text(a), text(b)] });
                }
                (None, Some(_)) => values[i] = value,
                _ => {}
            },
            None => {
                plot.regions.push(Some(region));
                plot.labels.push(row[x].clone());
                values.push(value);
            }
        }
    }
    plot.series.push((all.names[y].clone(), values));
    if !elsewhere.is_empty() {
        plot.leave(Left::Elsewhere(elsewhere));
    }
    Ok(())
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

/// Puts the axis in the order of time: many tables have the newest first. Two labels of one time (`2011`, `2011年`) are two values for it.
fn in_time(plot: &mut Plot) -> Result<(), Several> {
    let Some(when) = whens(&plot.labels) else {
        let mut order: Vec<usize> = (0..plot.labels.len()).collect();
        order.sort_by(|a, b| plot.labels[*a].cmp(&plot.labels[*b]));
        ordered(plot, &order);
        return Ok(());
    };
    let key = |i: usize| (when[i].0, when[i].1, when[i].2);
    let mut order: Vec<usize> = (0..plot.labels.len()).collect();
    // 2024-5-1 comes before 2024-10-1.
    order.sort_by(|a, b| key(*a).cmp(&key(*b)).then(when[*a].3.total_cmp(&when[*b].3)).then(plot.labels[*a].cmp(&plot.labels[*b])));
    for w in order.windows(2) {
        let (a, b) = (w[0], w[1]);
        let both = |v: &Vec<Option<f64>>| Some((v.get(a).copied().flatten()?, v.get(b).copied().flatten()?));
        if key(a) == key(b)
            && (when[a].3 - when[b].3).abs() < 1e-9
            && when[a].3 == 0.0
            && let Some((x, y)) = plot.series.iter().find_map(|(_, v)| both(v))
        {
            let text = crate::load::table::decimal::text;
            return Err(Several { label: plot.labels[b].clone(), series: None, values: [text(x), text(y)] });
        }
    }
    ordered(plot, &order);
    Ok(())
}

/// Labels and values in another order.
fn ordered(plot: &mut Plot, order: &[usize]) {
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
    let unit = |c: usize| unit_of(resource, table, c);
    let numbers = |not: usize| -> Vec<usize> {
        let all: Vec<usize> = (0..table.names.len()).filter(|c| *c != not && matches!(table.columns[*c].kind, Kind::Integer | Kind::Number)).collect();
        let first = all.first().map(|c| unit(*c));
        all.into_iter().filter(|c| Some(unit(*c)) == first).take(OWN).collect()
    };
    if table.periods.len() > 2 {
        wide_lines(&mut plot, (&all, table, resource), &[], usize::MAX - 1).ok()?;
        in_time(&mut plot).ok()?;
    } else if let Some(t) = time.filter(|_| table.rows > 2) {
        let y = numbers(t);
        if y.is_empty() {
            return None;
        }
        long(&mut plot, (&all, table), (t, &y, None), &[]).ok()?;
        plot.units = y.iter().map(|c| unit(*c)).collect();
        plot.time = true;
        in_time(&mut plot).ok()?;
    } else if let Some(g) = region.filter(|_| table.rows <= 40) {
        let y = *numbers(g).first()?;
        tiles(&mut plot, (&all, table), g, y).ok()?;
        plot.units = vec![unit(y)];
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
                plot = Plot { labels: Vec::new(), series: Vec::new(), time: false, units: vec![unit(last)], left: Vec::new(), ..plot };
                tiles(&mut plot, (&all, table), g, last).ok()?;
                plot.withheld = withheld;
            }
            None => return None,
        }
    }
    // Rows of several units have no axis in common.
    (plot.kind == "tiles" || plot.units.windows(2).all(|w| w[0] == w[1])).then_some(plot)
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
