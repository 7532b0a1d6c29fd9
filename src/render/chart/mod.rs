//! Charts as SVG, drawn once at build time. Colours come from the theme's style sheet, so a chart follows light, dark and
//! print; lines differ by their dashes and end labels too, not by colour alone. The numbers stand beside it as a table.

mod draw;

use super::Ctx;
use super::escape::escape_into;
use super::tables::{title_of, value_text};
use crate::model::{Item, Resource};
use crate::render::exports::data::rows::{csv, file};
use crate::route::Target;
use crate::tables::{Plot, Withheld};
use draw::{COLOURS, draw};
use serde::Serialize;

/// A chart with all that belongs to it.
#[derive(Debug, Serialize)]
pub struct ChartView {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Unit of the values.
    pub unit: String,
    /// The drawing; empty where it is withheld.
    pub svg: String,
    /// Why it is not drawn.
    pub withheld: String,
    /// Series, for the legend: place of the colour, name. Empty with one.
    pub legend: Vec<(usize, String)>,
    /// Shades of a map, for the legend: class of the style sheet, from where to where it goes.
    pub shades: Vec<(String, String)>,
    /// Note of the author.
    pub note: String,
    /// 审图号.
    pub map_no: String,
    /// Head and rows of the table of its numbers, as HTML.
    pub head: String,
    /// See above.
    pub rows: String,
    /// Address of the data.
    pub data: String,
    /// Address of the page of the resource.
    pub source: String,
    /// The line that shows the chart in another page; empty where there is none.
    pub embed: String,
}

/// Most rows of the table beside a chart.
const ROWS: usize = 200;

/// All charts of an item.
pub fn charts(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<ChartView> {
    (0..ctx.derived.plots[i as usize].len()).filter_map(|n| chart(ctx, lang, i, n as u32)).collect()
}

/// One chart of an item, by its place.
pub fn chart(ctx: &Ctx<'_>, lang: usize, i: u32, n: u32) -> Option<ChartView> {
    let item = &ctx.public.items[i as usize];
    let plot = ctx.derived.plots[i as usize].get(n as usize)?;
    // 2024年 is 2024 where the page is not in Chinese.
    let mut own = plot.clone();
    if !ctx.public.languages[lang].tag.starts_with("zh") {
        for l in own.labels.iter_mut().filter(|l| l.strip_suffix('年').is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()))) {
            l.truncate(l.len() - '年'.len_utf8());
        }
    }
    let plot = &own;
    let data = item.dataset()?;
    let resource = data.resources.get(plot.resource)?;
    let told = plot.declared.and_then(|d| data.charts.get(d));
    let m = &ctx.theme.messages[lang];
    let table = ctx.derived.tables[i as usize].get(plot.resource)?.as_ref()?;
    let (part, _) = *super::exports::data::parts(table).first()?;
    let own = table.table().map_or("", |t| {
        let c = plot.series.first().and_then(|(name, _)| t.names.iter().position(|x| x == name));
        c.map_or(t.unit.as_deref().unwrap_or(""), |c| resource.unit(t, c))
    });
    let unit = told.map(|c| c.unit.get(lang)).filter(|u| !u.is_empty()).unwrap_or(own).to_string();
    let title = told.map(|c| c.title.get(lang).to_string()).filter(|t| !t.is_empty()).unwrap_or_else(|| {
        let names: Vec<String> = plot.series.iter().take(3).map(|(s, _)| title_of(ctx, resource, s, lang)).collect();
        if plot.kind == "tiles" { names.join("") } else { resource.title.get(lang).to_string() }
    });
    let names: Vec<String> = plot.series.iter().map(|(s, _)| title_of(ctx, resource, s, lang)).collect();
    let withheld = plot.withheld.as_ref().map_or(String::new(), |w| match w {
        Withheld::Note(text) => m.get("chart.withheld.note", &[("text", text)]).unwrap_or_default(),
        Withheld::Jump(series, [(a, x), (b, y)]) => {
            m.get("chart.withheld.jump", &[("series", series.as_str()), ("a", a), ("x", &value_text(*x)), ("b", b), ("y", &value_text(*y))]).unwrap_or_default()
        }
    });
    let id = format!("chart-{}", plot.name);
    let svg = if withheld.is_empty() {
        let described = describe(ctx, lang, plot, &names);
        draw(ctx, lang, resource, plot, &names, &id, &title, &described)
    } else {
        String::new()
    };
    let embed = ctx.routes.get(lang, &Target::Embed(i, n)).map_or(String::new(), |e| {
        let mut t = String::new();
        escape_into(&mut t, &title);
        format!("<iframe src=\"{}\" title=\"{t}\" width=\"100%\" height=\"520\" loading=\"lazy\" style=\"border:0\"></iframe>", ctx.absolute(&e.url))
    });
    let (head, rows) = numbers(ctx, lang, resource, plot, &names);
    let legend = if svg.is_empty() || plot.series.len() < 2 || plot.kind == "multiples" { Vec::new() } else { names.iter().cloned().enumerate().collect() };
    Some(ChartView {
        title,
        unit: if unit.is_empty() { unit } else { m.get("table.unit", &[("text", unit)]).unwrap_or_default() },
        svg,
        withheld,
        legend: legend.into_iter().map(|(k, n)| (k % COLOURS, n)).collect(),
        shades: draw::legend(ctx, lang, plot),
        note: told.map_or(String::new(), |c| c.note.get(lang).to_string()),
        map_no: told.and_then(|c| c.map_no.clone()).and_then(|no| m.get("chart.map_no", &[("text", no)])).unwrap_or_default(),
        head,
        rows,
        data: ctx.url(0, &Target::Data(i, plot.resource as u32, part, file(&csv::FORMAT, 0))).to_string(),
        source: ctx.url(lang, &Target::Resource(i, plot.resource as u32)).to_string(),
        embed,
        id,
    })
}

/// A chart of numbers that belong to no dataset; `data` is where they can be had.
pub fn free(ctx: &Ctx<'_>, lang: usize, plot: &Plot, title: &str, data: &str) -> ChartView {
    let names: Vec<String> = plot.series.iter().map(|(s, _)| s.clone()).collect();
    let (id, resource) = (format!("chart-{}", plot.name), Resource::default());
    let described = describe(ctx, lang, plot, &names);
    let (head, rows) = numbers(ctx, lang, &resource, plot, &names);
    ChartView {
        title: title.to_string(),
        unit: String::new(),
        svg: draw(ctx, lang, &resource, plot, &names, &id, title, &described),
        withheld: String::new(),
        legend: names.into_iter().enumerate().map(|(k, n)| (k % COLOURS, n)).collect(),
        shades: Vec::new(),
        note: String::new(),
        map_no: String::new(),
        head,
        rows,
        data: data.to_string(),
        source: String::new(),
        embed: String::new(),
        id,
    }
}

/// True for plots that get a page to be embedded.
pub fn drawn(item: &Item, plot: &Plot) -> bool {
    item.dataset().is_some() && plot.withheld.is_none()
}

/// What a reader who does not see the chart is told: from where to where, least and greatest.
fn describe(ctx: &Ctx<'_>, lang: usize, plot: &Plot, names: &[String]) -> String {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    for ((_, values), name) in plot.series.iter().zip(names).take(4) {
        let known: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else { continue };
        let least = known.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(first);
        let most = known.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(last);
        let label = |p: &(usize, f64)| plot.labels.get(p.0).cloned().unwrap_or_default();
        let args = [
            ("series", name.clone()),
            ("from", label(first)),
            ("a", value_text(first.1)),
            ("to", label(last)),
            ("b", value_text(last.1)),
            ("low", label(least)),
            ("x", value_text(least.1)),
            ("high", label(most)),
            ("y", value_text(most.1)),
        ];
        out.push(m.get(if plot.time { "chart.desc.time" } else { "chart.desc" }, &args).unwrap_or_default());
    }
    out.join(" ")
}

/// The numbers as a table.
fn numbers(ctx: &Ctx<'_>, lang: usize, resource: &Resource, plot: &Plot, names: &[String]) -> (String, String) {
    let mut head = String::from("<th scope=\"col\">");
    escape_into(&mut head, &title_of(ctx, resource, &plot.axis, lang));
    head.push_str("</th>");
    let xy = !plot.places.is_empty();
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
    (head, rows)
}

/// The label of a place: of a region its short name in the language of the page.
fn region_name(ctx: &Ctx<'_>, lang: usize, plot: &Plot, i: usize) -> String {
    match plot.regions.get(i).copied().flatten() {
        Some(r) if ctx.public.languages[lang].tag.starts_with("en") => r.en.to_string(),
        Some(r) => r.short.to_string(),
        None => plot.labels[i].clone(),
    }
}
