//! Charts as SVG, drawn once at build time: a kind a file in `kinds`, over scales, numbers and texts that they share.
//! Colours come from the theme's style sheet, so a chart follows light, dark and print; series differ by their dashes and
//! names too, not by colour alone. A wide and a narrow drawing stand on the page, of which the style sheet shows one. The
//! numbers stand beside it as a table, from which script reads them out one by one.

mod describe;
mod file;
mod frame;
mod kinds;
mod measure;
mod number;
mod prepare;
mod scale;
mod scene;
mod shades;
mod spec;
mod time;

use super::Ctx;
use super::escape::escape_into;
use super::tables::{is_year, title_of, value_text};
use crate::load::table::profile::Kind;
use crate::model::{Item, Resource};
use crate::render::exports::data::rows;
use crate::route::Target;
use crate::tables::{Plot, Withheld};
use kinds::kind;
use number::{Tongue, percent};
use prepare::prepare;
use scene::Scene;
use serde::Serialize;
use spec::{Chart, NARROW, WIDE};

/// A chart with all that belongs to it.
#[derive(Debug, Serialize)]
pub struct ChartView {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Below the title: what is shown, its unit, from when to when.
    pub lead: String,
    /// The drawings; empty where they are withheld.
    pub svg: String,
    /// What one who does not see it is told.
    pub described: String,
    /// Why it is not drawn.
    pub withheld: String,
    /// What the shades of a map are of.
    pub shaded: String,
    /// Shades of a map, for the legend: class of the style sheet, from where to where it goes.
    pub shades: Vec<(String, String)>,
    /// What is to be known to read it: the author's note first.
    pub notes: Vec<String>,
    /// Who made the data, which data, as of when.
    pub from: String,
    /// 审图号.
    pub map_no: String,
    /// Head and rows of the table of its numbers, as HTML.
    pub head: String,
    /// See above.
    pub rows: String,
    /// Which rows of the table are left out.
    pub cut: String,
    /// Address of the data.
    pub data: String,
    /// Address of the chart as a file, SVG; empty where there is none.
    pub svg_file: String,
    /// Address of the page of the resource.
    pub source: String,
    /// The line that shows the chart in another page; empty where there is none.
    pub embed: String,
    /// How high its drawing for phones is, in units of the drawing.
    #[serde(skip)]
    pub narrow: f64,
    /// The first of its page, which brings the script that reads values out.
    pub first: bool,
}

/// Longest note of a table that stands below its chart, in characters.
const NOTE: usize = 160;

/// Most rows of the table beside a chart.
const ROWS: usize = 400;

/// All charts of an item.
pub fn charts(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<ChartView> {
    let all = (0..ctx.derived.plots[i as usize].len()).filter_map(|n| chart(ctx, lang, i, n as u32));
    all.enumerate().map(|(k, c)| ChartView { first: k == 0, ..c }).collect()
}

/// What a chart is told of beside its numbers.
struct Told {
    title: String,
    /// Said below the title: name of the only series, unit, period.
    lead: String,
    notes: Vec<String>,
    from: String,
    map_no: String,
}

/// A chart ready to be drawn, of an item.
struct Ready {
    plot: Plot,
    names: Vec<String>,
    unit: String,
    told: Told,
    withheld: String,
}

/// One chart of an item, by its place.
pub fn chart(ctx: &Ctx<'_>, lang: usize, i: u32, n: u32) -> Option<ChartView> {
    let item = &ctx.public.items[i as usize];
    let data = item.dataset()?;
    let ready = ready(ctx, lang, i, n)?;
    let resource = data.resources.get(ready.plot.resource)?;
    let table = ctx.derived.tables[i as usize].get(ready.plot.resource)?.as_ref()?;
    let (part, _) = *super::exports::data::parts(table).first()?;
    let embed = ctx.routes.get(lang, &Target::Embed(i, n)).map(|e| {
        let mut t = String::new();
        escape_into(&mut t, &ready.told.title);
        (t, ctx.absolute(&e.url))
    });
    let view = view(ctx, lang, resource, ready);
    let embed = embed.map_or(String::new(), |(title, url)| {
        let high = frame_height(&view.0);
        format!("<iframe src=\"{url}\" title=\"{title}\" width=\"100%\" height=\"{high}\" loading=\"lazy\" style=\"border:0\"></iframe>")
    });
    Some(ChartView {
        data: ctx.url(0, &Target::Data(i, view.1 as u32, part, rows::file(&rows::csv::FORMAT, 0))).to_string(),
        source: ctx.url(lang, &Target::Resource(i, view.1 as u32)).to_string(),
        svg_file: ctx.routes.get(lang, &Target::ChartFile(i, n)).map_or(String::new(), |e| e.url.clone()),
        embed,
        ..view.0
    })
}

/// How high a frame has to be for the whole of a chart's page on a phone of 360 pixels, where it is highest: the drawing, the
/// lines around it, what opens closed.
fn frame_height(c: &ChartView) -> u32 {
    const WIDE: f64 = 320.0;
    let lines = |text: &str, size: f64| if text.is_empty() { 0.0 } else { measure::wrap(text, WIDE, size, 99).len() as f64 };
    let title = lines(&c.title, 18.0) * 25.2 + lines(&c.lead, 14.4) * 22.0;
    let notes = c.notes.iter().chain([&c.map_no, &c.from]).filter(|n| !n.is_empty()).map(|n| lines(n, 15.3) * 26.8 + 9.0).sum::<f64>();
    let legend = if c.shades.is_empty() { 0.0 } else { 40.0 + 27.0 * (c.shades.len() as f64 / 2.0).ceil() };
    // Slider and reading, what opens, links, where it is from, margins.
    let rest = 160.0 + 2.0 * 34.0 + 3.0 * 36.0 + 2.0 * 30.0 + 70.0;
    let all = title + c.narrow * WIDE / NARROW.width + legend + notes + rest;
    ((all / 20.0).ceil() * 20.0) as u32
}

/// A chart of an item as a file, SVG.
pub fn chart_file(ctx: &Ctx<'_>, lang: usize, i: u32, n: u32) -> Option<String> {
    let r = ready(ctx, lang, i, n)?;
    let data = ctx.public.items[i as usize].dataset()?;
    let resource = data.resources.get(r.plot.resource)?;
    let drawn = drawing(ctx, lang, resource, &r.plot, &r.names, &r.unit);
    let described = describe::describe(ctx, lang, &r.plot, &r.names, &r.unit);
    let notes: Vec<String> = r.told.notes.iter().chain(&drawn.notes).chain(Some(&r.told.map_no).filter(|n| !n.is_empty())).cloned().collect();
    let scene = file::compose(&drawn.wide, &r.told.title, &lead(&r.told.lead, drawn.floor.as_deref()), (&drawn.chart_shaded, &drawn.key), &notes, &r.told.from);
    Some(file::svg(&scene, &file::Colours::of(ctx.theme), &r.told.title, &described))
}

fn ready(ctx: &Ctx<'_>, lang: usize, i: u32, n: u32) -> Option<Ready> {
    let item = &ctx.public.items[i as usize];
    let mut plot = ctx.derived.plots[i as usize].get(n as usize)?.clone();
    let tag = &ctx.public.languages[lang].tag;
    // 2024年 is 2024 where the page is not in Chinese.
    if !tag.starts_with("zh") {
        for l in plot.labels.iter_mut().filter(|l| l.strip_suffix('年').is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()))) {
            l.truncate(l.len() - '年'.len_utf8());
        }
    }
    let data = item.dataset()?;
    let resource = data.resources.get(plot.resource)?;
    let told = plot.declared.and_then(|d| data.charts.get(d));
    let m = &ctx.theme.messages[lang];
    prepare::trim(&mut plot);
    let table = ctx.derived.tables[i as usize].get(plot.resource)?.as_ref()?;
    let unit = super::units::alone(tag, told.map(|c| c.unit.get(lang)).filter(|u| !u.is_empty()).unwrap_or(plot.unit()));
    // Without a unit in common each series names its own.
    let own = |k: usize| plot.units.get(k).filter(|u| unit.is_empty() && !u.is_empty()).map(|u| super::units::alone(tag, u));
    let named = |k: usize, name: String| match own(k).filter(|u| !name.contains(u.as_str())) {
        Some(u) => m.get("chart.with_unit", &[("name", &name), ("unit", &u)]).unwrap_or(name),
        None => name,
    };
    let names: Vec<String> = plot.series.iter().enumerate().map(|(k, (s, _))| named(k, title_of(ctx, resource, s, lang, None))).collect();
    let title = told.map(|c| c.title.get(lang).to_string()).filter(|t| !t.is_empty()).unwrap_or_else(|| resource.title.get(lang).to_string());
    let title = if title.is_empty() { names.iter().take(3).cloned().collect::<Vec<_>>().join(if tag.starts_with("zh") { "、" } else { ", " }) } else { title };
    let withheld = plot.withheld.as_ref().map_or(String::new(), |w| match w {
        Withheld::Note(text) => m.get("chart.withheld.note", &[("text", text)]).unwrap_or_default(),
        Withheld::Jump(series, [(a, x), (b, y)]) => {
            m.get("chart.withheld.jump", &[("series", series.as_str()), ("a", a), ("x", &value_text(*x)), ("b", b), ("y", &value_text(*y))]).unwrap_or_default()
        }
    });
    let mut lead: Vec<String> = Vec::new();
    if let [only] = &names[..]
        && !title.contains(only.as_str())
        && !matches!(plot.kind, "scatter" | "points")
    {
        lead.push(only.clone());
    }
    if !unit.is_empty() && percent(&unit).is_none() && plot.kind != "scatter" && plot.kind != "points" {
        lead.push(m.get("table.unit", &[("text", &unit)]).unwrap_or_default());
    }
    lead.extend(describe::period(ctx, lang, &plot));
    let edition = item.best(lang);
    let who = ctx.department_names(lang, &item.issuers);
    let day = data.modified.or(item.day()).map(|d| m.get("chart.date", &[("date", ctx.date(lang, d))]).unwrap_or_default());
    let which = m.get(if who.is_empty() { "chart.source.plain" } else { "chart.source" }, &[("who", &who), ("title", &edition.title)]);
    let from = which.into_iter().chain(day).collect::<Vec<_>>().join(&m.say("chart.and"));
    let told = Told {
        title,
        lead: lead.join(" · "),
        // What stands below the table explains signs in it, and stands below its chart.
        notes: told
            .map(|c| c.note.get(lang).to_string())
            .into_iter()
            .filter(|n| !n.is_empty())
            .chain(table.table().into_iter().flat_map(|t| t.notes.iter().filter(|n| n.chars().count() <= NOTE).take(3).cloned()))
            .chain(describe::left(&plot, m))
            .collect(),
        from,
        map_no: told.and_then(|c| c.map_no.clone()).and_then(|no| m.get("chart.map_no", &[("text", no)])).unwrap_or_default(),
    };
    Some(Ready { plot, names, unit, told, withheld })
}

/// The page's view of a chart, and the place of its resource.
fn view(ctx: &Ctx<'_>, lang: usize, resource: &Resource, r: Ready) -> (ChartView, usize) {
    let id = format!("chart-{}", r.plot.name);
    let (head, rows, cut) = numbers(ctx, lang, resource, &r.plot, &r.names);
    let mut out = ChartView {
        title: r.told.title,
        lead: r.told.lead,
        svg: String::new(),
        described: String::new(),
        withheld: r.withheld,
        shaded: String::new(),
        shades: Vec::new(),
        notes: r.told.notes,
        from: r.told.from,
        map_no: r.told.map_no,
        head,
        rows,
        cut,
        data: String::new(),
        svg_file: String::new(),
        source: String::new(),
        embed: String::new(),
        first: true,
        narrow: 0.0,
        id,
    };
    if out.withheld.is_empty() {
        let drawn = drawing(ctx, lang, resource, &r.plot, &r.names, &r.unit);
        let aria = format!(" role=\"img\" aria-labelledby=\"{0}-t\" aria-describedby=\"{0}-d\"", out.id);
        // Beyond the table nothing can be read out.
        let readable = |mut s: Scene| {
            if r.plot.labels.len() > ROWS {
                s.reads = scene::Reads::default();
            }
            s
        };
        match drawn.narrow {
            Some(narrow) => {
                out.narrow = narrow.height;
                out.svg = readable(drawn.wide).svg("chart__svg--wide", &aria, &out.id);
                out.svg.push_str(&readable(narrow).svg("chart__svg--narrow", &aria, &format!("{}-n", out.id)));
            }
            None => {
                out.narrow = drawn.wide.height * NARROW.width / drawn.wide.width;
                out.svg = readable(drawn.wide).svg("chart__svg--map", &aria, &out.id);
            }
        }
        (out.shaded, out.shades) = (drawn.chart_shaded, drawn.key);
        out.lead = lead(&out.lead, drawn.floor.as_deref());
        out.notes.extend(drawn.notes);
        out.described = describe::describe(ctx, lang, &r.plot, &r.names, &r.unit);
    }
    (out, r.plot.resource)
}

/// What is said below the title, and that the axis does not begin at nothing: it is to be known before the lines are read.
fn lead(lead: &str, floor: Option<&str>) -> String {
    [Some(lead), floor].into_iter().flatten().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The drawings of a chart.
struct Drawn {
    wide: Scene,
    /// `None` where one serves every width.
    narrow: Option<Scene>,
    /// Key that stands beside it.
    key: Vec<(String, String)>,
    chart_shaded: String,
    /// What the drawing leaves out or does otherwise.
    notes: Vec<String>,
    /// That its axis does not begin at nothing.
    floor: Option<String>,
}

fn drawing(ctx: &Ctx<'_>, lang: usize, resource: &Resource, plot: &Plot, names: &[String], unit: &str) -> Drawn {
    let m = &ctx.theme.messages[lang];
    let tag = &ctx.public.languages[lang].tag;
    let prepared = prepare(plot, names, m);
    let with = |name: String, unit: &str| {
        if unit.is_empty() || name.contains(unit) { name } else { m.get("chart.with_unit", &[("name", &name), ("unit", &unit.to_string())]).unwrap_or(name) }
    };
    let table_unit = |column: &str| -> String {
        resource
            .fields
            .iter()
            .find(|f| f.name == column)
            .and_then(|f| f.unit.as_deref())
            .or(Some(plot.axis_unit.as_str()).filter(|u| !u.is_empty()))
            .map(|u| super::units::alone(&ctx.public.languages[lang].tag, u))
            .unwrap_or_default()
    };
    let axis_unit = table_unit(&plot.axis);
    let mut names = prepared.names;
    if plot.kind == "scatter" {
        names[0] = with(std::mem::take(&mut names[0]), unit);
    }
    let chart = Chart {
        labels: (0..prepared.plot.labels.len()).map(|i| region_name(ctx, lang, &prepared.plot, i)).collect(),
        times: if prepared.plot.time { time::Times::of(&prepared.plot.labels) } else { None },
        tongue: match tag.as_str() {
            t if t.starts_with("zh-Hant") => Tongue::Hant,
            t if t.starts_with("zh") => Tongue::Hans,
            _ => Tongue::Other,
        },
        english: tag.starts_with("en"),
        shaded: names.first().map(|n| if percent(unit).is_some() { n.clone() } else { with(n.clone(), unit) }).unwrap_or_default(),
        unit: unit.to_string(),
        axis: with(title_of(ctx, resource, &plot.axis, lang, axis_kind(plot)), &axis_unit),
        axis_unit,
        none: m.say("chart.none"),
        letters: m.say("chart.letters"),
        columns: prepared.columns,
        rest: prepared.rest,
        names,
        plot: &prepared.plot,
    };
    let k = kind(chart.plot.kind);
    let mut notes = prepared.notes;
    notes.extend(describe::notes(&chart, m));
    let floor = describe::floor(&chart, m);
    let one = k.one && chart.plot.map.is_some();
    Drawn {
        wide: (k.draw)(&chart, &WIDE),
        narrow: (!one).then(|| (k.draw)(&chart, &NARROW)),
        key: kinds::key(&chart),
        chart_shaded: chart.shaded,
        notes,
        floor,
    }
}

/// A chart of numbers that belong to no dataset; `data` is where they can be had.
pub fn free(ctx: &Ctx<'_>, lang: usize, plot: &Plot, title: &str, data: &str) -> ChartView {
    let m = &ctx.theme.messages[lang];
    let told = Told {
        title: title.to_string(),
        lead: describe::period(ctx, lang, plot).unwrap_or_default(),
        notes: Vec::new(),
        from: m
            .get("chart.source.plain", &[("who", ""), ("title", ctx.config.title.get(lang))])
            .into_iter()
            .chain(m.get("chart.date", &[("date", ctx.date(lang, ctx.public.as_of))]))
            .collect::<Vec<_>>()
            .join(&m.say("chart.and")),
        map_no: String::new(),
    };
    let names: Vec<String> = plot.series.iter().map(|(s, _)| s.clone()).collect();
    let mut plot = plot.clone();
    prepare::trim(&mut plot);
    let ready = Ready { plot, names, unit: String::new(), told, withheld: String::new() };
    ChartView { data: data.to_string(), ..view(ctx, lang, &Resource::default(), ready).0 }
}

/// True for plots that get a page to be embedded.
pub fn drawn(item: &Item, plot: &Plot) -> bool {
    item.dataset().is_some() && plot.withheld.is_none()
}

/// What the places of an axis are, where they are years: a column of years needs no name.
fn axis_kind(plot: &Plot) -> Option<Kind> {
    (plot.time && plot.labels.iter().all(|l| is_year(l))).then_some(Kind::Year)
}

/// The numbers as a table: head, rows, which rows are left out.
fn numbers(ctx: &Ctx<'_>, lang: usize, resource: &Resource, plot: &Plot, names: &[String]) -> (String, String, String) {
    let mut head = String::from("<th scope=\"col\">");
    escape_into(&mut head, &title_of(ctx, resource, &plot.axis, lang, axis_kind(plot)));
    head.push_str("</th>");
    let xy = matches!(plot.kind, "scatter" | "points");
    for n in names {
        head.push_str("<th scope=\"col\" class=\"num\">");
        escape_into(&mut head, n);
        head.push_str("</th>");
    }
    let mut rows = String::new();
    for i in 0..plot.labels.len().min(ROWS) {
        rows.push_str("<tr><th scope=\"row\">");
        if xy {
            let name = &plot.labels[i];
            escape_into(&mut rows, &if name.is_empty() { value_text(plot.places[i]) } else { format!("{name} ({})", value_text(plot.places[i])) });
        } else {
            escape_into(&mut rows, &region_name(ctx, lang, plot, i));
        }
        rows.push_str("</th>");
        for (_, v) in &plot.series {
            rows.push_str("<td class=\"num\">");
            if let Some(x) = v.get(i).copied().flatten() {
                rows.push_str(&value_text(x));
            }
            rows.push_str("</td>");
        }
        rows.push_str("</tr>\n");
    }
    let cut = if plot.labels.len() > ROWS {
        ctx.theme.messages[lang].get("chart.rows", &[("n", ROWS.to_string()), ("all", plot.labels.len().to_string())]).unwrap_or_default()
    } else {
        String::new()
    };
    (head, rows, cut)
}

/// The label of a place: of a region its short name in the language of the page.
fn region_name(ctx: &Ctx<'_>, lang: usize, plot: &Plot, i: usize) -> String {
    match plot.regions.get(i).copied().flatten() {
        Some(r) if ctx.public.languages[lang].tag.starts_with("en") => r.en.to_string(),
        Some(r) => r.short.to_string(),
        None => plot.labels[i].clone(),
    }
}
