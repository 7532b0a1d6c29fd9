//! The drawing of a chart: scales, axes, marks. Places are in the units of the view box.

use super::super::Ctx;
use super::super::escape::escape_into;
use super::super::tables::{title_of, value_text};
use crate::load::table::regions::PROVINCES;
use crate::model::Resource;
use crate::tables::{Outline, Plot, Shape};
use std::fmt::Write;

const WIDTH: f64 = 680.0;
const HEIGHT: f64 = 360.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 34.0;

/// Colours of the style sheet.
pub(super) const COLOURS: usize = 8;

/// A linear scale with round steps.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// From values to places. `zero` makes the scale begin at nothing, as bars and areas must.
    fn new(values: impl Iterator<Item = f64>, zero: bool, from: f64, to: f64, steps: f64) -> Scale {
        let (mut low, mut high) = values.filter(|v| v.is_finite()).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        // Lines may begin above nothing only where nothing is far off.
        if zero || (low > 0.0 && low < high * 0.5) || (high < 0.0 && high > low * 0.5) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low == high {
            (low, high) = (low - low.abs().max(1.0) * 0.5, high + high.abs().max(1.0) * 0.5);
        }
        let step = nice((high - low) / steps);
        Scale { low: (low / step).floor() * step, high: (high / step).ceil() * step, step, from, to }
    }

    fn at(&self, v: f64) -> f64 {
        self.from + (v - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    fn ticks(&self) -> Vec<f64> {
        let n = ((self.high - self.low) / self.step).round() as usize;
        (0..=n.min(20)).map(|i| self.low + self.step * i as f64).map(|v| if v.abs() < self.step * 1e-9 { 0.0 } else { v }).collect()
    }
}

/// The next of 1, 2, 5, 10, … at least as large.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|f| f * power).find(|s| *s >= step * 0.999).unwrap_or(power * 10.0)
}

/// Width of a text in the chart's type, about: Han characters are square.
fn width(t: &str) -> f64 {
    t.chars().map(|c| if c.is_ascii() { 7.0 } else { 13.0 }).sum()
}

fn text(out: &mut String, x: f64, y: f64, anchor: &str, class: &str, t: &str) {
    let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\"");
    if !class.is_empty() {
        let _ = write!(out, " class=\"{class}\"");
    }
    out.push('>');
    escape_into(out, t);
    out.push_str("</text>");
}

/// The whole drawing, with its title and description.
#[expect(clippy::too_many_arguments, reason = "one call, all of them plain values")]
pub(super) fn draw(ctx: &Ctx<'_>, lang: usize, resource: &Resource, plot: &Plot, names: &[String], id: &str, title: &str, described: &str) -> String {
    let mut body = String::new();
    let mut height = HEIGHT;
    match plot.kind {
        "tiles" => height = tiles(ctx, lang, plot, &mut body),
        "bar" if plot.labels.len() > 12 || plot.labels.iter().any(|l| width(l) > 90.0) => height = bars_across(plot, &mut body),
        "bar" | "stacked" => columns(plot, &mut body),
        "multiples" => height = multiples(plot, names, &mut body),
        "choropleth" => height = choropleth(ctx, lang, plot, &mut body),
        "points" if plot.map.is_some() => height = on_map(plot, &mut body),
        "scatter" | "points" => scatter(plot, &title_of(ctx, resource, &plot.axis, lang), &names[0], &mut body),
        _ => lines(plot, names, &mut body),
    }
    let kind = if plot.map.is_some() { "chart__svg chart__svg--map" } else { "chart__svg" };
    let mut out = format!("<svg class=\"{kind}\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">");
    escape_into(&mut out, title);
    let _ = write!(out, "</title><desc id=\"{id}-d\">");
    escape_into(&mut out, described);
    out.push_str("</desc>");
    out.push_str(&body);
    out.push_str("</svg>");
    out
}

/// Lines of the grid with their numbers; gives the place where the chart begins.
fn grid(scale: &Scale, right: f64, out: &mut String) -> f64 {
    let ticks = scale.ticks();
    let left = ticks.iter().map(|t| width(&value_text(*t))).fold(20.0, f64::max) + 10.0;
    for t in ticks {
        let y = scale.at(t);
        let _ = write!(out, "<path class=\"{}\" d=\"M{left:.0} {y:.1}H{right:.0}\"/>", if t == 0.0 { "axis" } else { "grid" });
        text(out, left - 6.0, y + 4.5, "end", "", &value_text(t));
    }
    left
}

/// Labels below the chart, as many as have room.
fn along(plot: &Plot, place: impl Fn(usize) -> f64, room: f64, out: &mut String) {
    let widest = plot.labels.iter().map(|l| width(l)).fold(10.0, f64::max) + 12.0;
    let every = ((widest * plot.labels.len() as f64) / room.max(1.0)).ceil().max(1.0) as usize;
    let n = plot.labels.len();
    for (i, l) in plot.labels.iter().enumerate() {
        // The last one is told always, the one before it only where there is room.
        if i + 1 == n || (i % every == 0 && (n - 1 - i >= every)) {
            text(out, place(i), HEIGHT - 12.0, "middle", "", l);
        }
    }
}

/// Runs of values that are joined by a line: cut where the method changed; gaps are crossed.
fn runs(plot: &Plot, values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (i, v) in values.iter().enumerate() {
        if plot.cuts.contains(&i) && out.last().is_some_and(|r| !r.is_empty()) {
            out.push(Vec::new());
        }
        if let (Some(x), Some(r)) = (*v, out.last_mut()) {
            r.push((i, x));
        }
    }
    out.retain(|r| !r.is_empty());
    out
}

fn lines(plot: &Plot, names: &[String], out: &mut String) {
    let area = plot.kind == "area";
    let all = plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied());
    let scale = Scale::new(all, area, HEIGHT - BOTTOM, TOP, 5.0);
    let labelled = plot.series.len() > 1;
    let ends = if labelled { names.iter().map(|n| width(&short(n))).fold(0.0, f64::max) + 14.0 } else { 16.0 };
    let right = WIDTH - ends.min(WIDTH * 0.3);
    let left = grid(&scale, right, out);
    let n = plot.labels.len().max(2);
    let x = |i: usize| left + 8.0 + (right - left - 16.0) * i as f64 / (n - 1) as f64;
    along(plot, x, right - left, out);
    for c in &plot.cuts {
        let at = (x(*c) + x(c.saturating_sub(1))) / 2.0;
        let _ = write!(out, "<path class=\"cut\" d=\"M{at:.1} {TOP}V{:.0}\"/>", HEIGHT - BOTTOM);
    }
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (s, (_, values)) in plot.series.iter().enumerate() {
        let c = s % COLOURS;
        let runs = runs(plot, values);
        let dense = values.len() > 60;
        for run in &runs {
            let mut d = String::new();
            for (k, (i, v)) in run.iter().enumerate() {
                let _ = write!(d, "{}{:.1} {:.1}", if k == 0 { "M" } else { "L" }, x(*i), scale.at(*v));
            }
            if area && run.len() > 1 {
                let floor = scale.at(0.0_f64.max(scale.low));
                let _ = write!(out, "<path class=\"f{c} area\" d=\"{d}L{:.1} {floor:.1}L{:.1} {floor:.1}z\"/>", x(run[run.len() - 1].0), x(run[0].0));
            }
            if run.len() > 1 {
                let _ = write!(out, "<path class=\"l{c}\" d=\"{d}\"/>");
            }
            if !dense || run.len() == 1 {
                for (i, v) in run {
                    let _ = write!(out, "<circle class=\"f{c}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.5\"/>", x(*i), scale.at(*v));
                }
            }
        }
        if let Some((_, v)) = runs.last().and_then(|r| r.last()) {
            ends.push((scale.at(*v), s));
        }
    }
    if labelled {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Labels move apart downwards, then those beyond the lower edge push the others up.
        let mut last = f64::NEG_INFINITY;
        for (y, _) in &mut ends {
            *y = y.max(last + 14.0);
            last = *y;
        }
        let mut next = HEIGHT - BOTTOM + 14.0;
        for (y, _) in ends.iter_mut().rev() {
            *y = y.min(next - 14.0);
            next = *y;
        }
        for (y, s) in ends {
            text(out, right + 6.0, y + 4.5, "start", &format!("t{}", s % COLOURS), &short(&names[s]));
        }
    }
}

/// A name of a series that fits beside its line.
fn short(name: &str) -> String {
    let mut out: String = name.chars().take(14).collect();
    if out.len() < name.len() {
        out.push('…');
    }
    out
}

fn columns(plot: &Plot, out: &mut String) {
    let stacked = plot.kind == "stacked";
    let sums: Vec<f64> = if stacked {
        (0..plot.labels.len()).map(|i| plot.series.iter().filter_map(|(_, v)| v[i]).filter(|v| *v > 0.0).sum()).collect()
    } else {
        plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied()).collect()
    };
    let scale = Scale::new(sums.into_iter(), true, HEIGHT - BOTTOM, TOP, 5.0);
    let right = WIDTH - 8.0;
    let left = grid(&scale, right, out);
    let slot = (right - left) / plot.labels.len().max(1) as f64;
    along(plot, |i| left + slot * (i as f64 + 0.5), right - left, out);
    let zero = scale.at(0.0);
    for i in 0..plot.labels.len() {
        let mut base = 0.0;
        let each = slot * 0.76 / if stacked { 1.0 } else { plot.series.len() as f64 };
        for (s, (_, values)) in plot.series.iter().enumerate() {
            let Some(v) = values[i] else { continue };
            let (y0, y1) = if stacked { (scale.at(base), scale.at(base + v)) } else { (zero, scale.at(v)) };
            base += v;
            let x = left + slot * (i as f64 + 0.12) + if stacked { 0.0 } else { each * s as f64 };
            let _ = write!(
                out,
                "<rect class=\"f{}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                s % COLOURS,
                y0.min(y1),
                (each - 1.0).max(0.5),
                (y0 - y1).abs()
            );
        }
    }
}

/// Bars with long names or many of them lie down, with their numbers.
fn bars_across(plot: &Plot, out: &mut String) -> f64 {
    let left = plot.labels.iter().map(|l| width(&short(l))).fold(30.0, f64::max) + 10.0;
    let all = plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied());
    let scale = Scale::new(all, true, left, WIDTH - 80.0, 5.0);
    let line = 16.0 * plot.series.len() as f64 + 6.0;
    let zero = scale.at(0.0);
    for (i, l) in plot.labels.iter().enumerate() {
        let y = 6.0 + line * i as f64;
        text(out, left - 6.0, y + line / 2.0 + 2.0, "end", "", &short(l));
        for (s, (_, values)) in plot.series.iter().enumerate() {
            let Some(v) = values[i] else { continue };
            let (a, b) = (zero.min(scale.at(v)), zero.max(scale.at(v)));
            let y = y + 16.0 * s as f64;
            let _ = write!(out, "<rect class=\"f{}\" x=\"{a:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"13\"/>", s % COLOURS, y + 1.0, (b - a).max(0.5));
            text(out, b + 5.0, y + 12.0, "start", "", &value_text(v));
        }
    }
    let height = 12.0 + line * plot.labels.len() as f64;
    let _ = write!(out, "<path class=\"axis\" d=\"M{zero:.1} 2V{:.0}\"/>", height - 4.0);
    height
}

/// One small chart a series, all on one scale.
fn multiples(plot: &Plot, names: &[String], out: &mut String) -> f64 {
    let across = if plot.series.len() > 4 { 3 } else { 2 };
    let (w, h) = (WIDTH / across as f64, 130.0);
    let all: Vec<f64> = plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied()).collect();
    let scale = Scale::new(all.into_iter(), false, h - 26.0, 26.0, 3.0);
    let n = plot.labels.len().max(2);
    let left = [scale.low, scale.high].iter().map(|t| width(&value_text(*t))).fold(30.0, f64::max) + 8.0;
    for (s, (_, values)) in plot.series.iter().enumerate() {
        let (ox, oy) = (w * (s % across) as f64, h * (s / across) as f64);
        let _ = write!(out, "<g transform=\"translate({ox:.1} {oy:.1})\">");
        text(out, left, 16.0, "start", "strong", &short(&names[s]));
        for t in [scale.low, scale.high] {
            let _ = write!(out, "<path class=\"grid\" d=\"M{left:.0} {0:.1}H{1:.0}\"/>", scale.at(t), w - 8.0);
            text(out, left - 4.0, scale.at(t) + 4.0, "end", "", &value_text(t));
        }
        let x = |i: usize| left + 4.0 + (w - left - 20.0) * i as f64 / (n - 1) as f64;
        for run in runs(plot, values) {
            let mut d = String::new();
            for (k, (i, v)) in run.iter().enumerate() {
                let _ = write!(d, "{}{:.1} {:.1}", if k == 0 { "M" } else { "L" }, x(*i), scale.at(*v));
            }
            let _ = write!(out, "<path class=\"l0\" d=\"{d}\"/>");
        }
        if let (Some(a), Some(b)) = (plot.labels.first(), plot.labels.last()) {
            text(out, left + 4.0, h - 10.0, "start", "", a);
            text(out, w - 12.0, h - 10.0, "end", "", b);
        }
        out.push_str("</g>");
    }
    h * plot.series.len().div_ceil(across) as f64
}

fn scatter(plot: &Plot, x_name: &str, y_name: &str, out: &mut String) {
    let ys = || plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied());
    let y = Scale::new(ys(), false, HEIGHT - BOTTOM - 14.0, TOP + 14.0, 5.0);
    let right = WIDTH - 16.0;
    let left = grid(&y, right, out);
    let x = Scale::new(plot.places.iter().copied(), false, left + 8.0, right - 8.0, 6.0);
    for t in x.ticks() {
        let _ = write!(out, "<path class=\"grid\" d=\"M{0:.1} {TOP}V{1:.0}\"/>", x.at(t), HEIGHT - BOTTOM - 14.0);
        text(out, x.at(t), HEIGHT - BOTTOM + 2.0, "middle", "", &value_text(t));
    }
    text(out, right, HEIGHT - 8.0, "end", "", x_name);
    text(out, left, TOP + 2.0, "start", "", y_name);
    for (i, p) in plot.places.iter().enumerate() {
        if let Some(v) = plot.series.first().and_then(|(_, v)| v[i]) {
            let _ = write!(out, "<circle class=\"f0 dot\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/>", x.at(*p), y.at(v));
        }
    }
}

/// The tile grid: regions in their neighbourhood, not in their area, five shades by equal numbers of regions.
fn tiles(ctx: &Ctx<'_>, lang: usize, plot: &Plot, out: &mut String) -> f64 {
    let values = &plot.series[0].1;
    let shades = Shades::of(values.iter().flatten().copied());
    let (w, h) = (66.0, 46.0);
    let en = ctx.public.languages[lang].tag.starts_with("en");
    // Every region has its place, also where the table has nothing for it.
    for r in PROVINCES {
        let (x, y) = (6.0 + w * (f64::from(r.tile.0) - 3.0), 6.0 + h * f64::from(r.tile.1));
        let v = plot.regions.iter().position(|x| x.is_some_and(|x| x.code == r.code)).and_then(|i| values.get(i).copied().flatten());
        let shade = shades.class(v);
        let _ = write!(out, "<g class=\"{shade}\"><rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"3\"/>", w - 3.0, h - 3.0);
        let name = if en { r.en } else { r.short };
        text(out, x + w / 2.0 - 1.5, y + 18.0, "middle", if name.len() > 9 && name.is_ascii() { "small" } else { "" }, name);
        text(out, x + w / 2.0 - 1.5, y + 35.0, "middle", "small", &v.map_or("–".into(), value_text));
        out.push_str("</g>");
    }
    for (k, (class, words)) in shades.words().into_iter().enumerate() {
        let y = 40.0 + 24.0 * k as f64;
        let _ = write!(out, "<g class=\"{class}\"><rect x=\"500\" y=\"{:.0}\" width=\"22\" height=\"16\" rx=\"2\"/></g>", y - 12.0);
        text(out, 528.0, y, "start", "small", &words);
    }
    h * 10.0 + 6.0
}

/// Shades by equal numbers of places: five, or as many as there are values.
struct Shades {
    /// Least value of each shade and its greatest, with its place among the colours.
    classes: Vec<(f64, f64, usize)>,
}

/// Colours of the style sheet from light to dark.
const SHADES: usize = 5;

impl Shades {
    fn of(values: impl Iterator<Item = f64>) -> Shades {
        let mut sorted: Vec<f64> = values.collect();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let n = distinct.len().min(SHADES);
        let mut bounds: Vec<f64> = (0..n).map(|k| sorted[sorted.len() * k / n]).collect();
        // Many equal values are one shade.
        bounds.dedup();
        let n = bounds.len();
        let class = |k: usize| {
            let below = |v: f64| bounds.get(k + 1).is_none_or(|b| v < *b);
            let last = sorted.iter().copied().rfind(|v| below(*v)).unwrap_or(bounds[k]);
            (bounds[k], last, if n > 1 { k * (SHADES - 1) / (n - 1) } else { SHADES / 2 })
        };
        Shades { classes: (0..n).map(class).collect() }
    }

    /// Class of the style sheet; `q` where there is no value.
    fn class(&self, v: Option<f64>) -> String {
        let found = v.and_then(|v| self.classes.iter().rev().find(|c| v >= c.0));
        found.map_or("q".to_string(), |c| format!("q{}", c.2))
    }

    /// Each shade's class, and from where to where it goes.
    fn words(&self) -> Vec<(String, String)> {
        let text = |a: f64, b: f64| if a == b { value_text(a) } else { format!("{} – {}", value_text(a), value_text(b)) };
        self.classes.iter().map(|(a, b, k)| (format!("q{k}"), text(*a, *b))).collect()
    }
}

/// Tallest map.
const TALL: f64 = 620.0;

/// Writes the shapes of a map; gives its scale and left edge.
fn shapes(map: &Outline, out: &mut String, class: &dyn Fn(&Shape) -> String, name: &dyn Fn(&Shape) -> Option<String>) -> (f64, f64) {
    let scale = (WIDTH - 12.0).min(TALL / map.height.max(1e-6));
    let left = (WIDTH - scale) / 2.0;
    for s in &map.shapes {
        let _ = write!(out, "<path class=\"{}\" d=\"", class(s));
        for ring in &s.rings {
            let mut last = None;
            for [x, y] in ring {
                let (x, y) = ((left + scale * f64::from(*x)) * 10.0, (6.0 + scale * f64::from(*y)) * 10.0);
                let now = (x.round() as i64, y.round() as i64);
                // Steps from the point before, in tenths, are the shortest.
                let dot =
                    |v: i64| if v % 10 == 0 { (v / 10).to_string() } else { format!("{}{}.{}", if v < 0 { "-" } else { "" }, v.abs() / 10, v.abs() % 10) };
                match last {
                    None => _ = write!(out, "M{} {}", dot(now.0), dot(now.1)),
                    Some((a, b)) if (a, b) == now && s.rings.len() > 1 && ring.len() > 4 => continue,
                    Some((a, b)) => _ = write!(out, "l{} {}", dot(now.0 - a), dot(now.1 - b)),
                }
                last = Some(now);
            }
            if !s.line {
                out.push('z');
            }
        }
        match name(s) {
            Some(n) => {
                out.push_str("\"><title>");
                escape_into(out, &n);
                out.push_str("</title></path>");
            }
            None => out.push_str("\"/>"),
        }
    }
    (scale, left)
}

/// A map whose areas are shaded by their values.
fn choropleth(ctx: &Ctx<'_>, lang: usize, plot: &Plot, out: &mut String) -> f64 {
    let Some(map) = &plot.map else { return 0.0 };
    let shades = Shades::of(map.shapes.iter().filter_map(|s| on(plot, s)));
    let class = |s: &Shape| if s.line { "border".to_string() } else { format!("place {}", shades.class(on(plot, s))) };
    let none = ctx.theme.messages[lang].say("chart.none");
    let called = |s: &Shape, i: usize| if s.name.is_empty() { plot.labels[i].clone() } else { s.name.clone() };
    let name = |s: &Shape| s.value.map(|i| format!("{} {}", called(s, i), on(plot, s).map_or(none.clone(), value_text)));
    let (scale, _) = shapes(map, out, &class, &name);
    scale * map.height + 12.0
}

/// The shades of a map in words, for the legend beside it: class of the style sheet, from where to where it goes.
pub(super) fn legend(ctx: &Ctx<'_>, lang: usize, plot: &Plot) -> Vec<(String, String)> {
    let Some(map) = plot.map.as_ref().filter(|_| plot.kind == "choropleth") else { return Vec::new() };
    let areas = || map.shapes.iter().filter(|s| !s.line);
    let empty = areas().any(|s| on(plot, s).is_none()).then(|| ("q".to_string(), ctx.theme.messages[lang].say("chart.none")));
    Shades::of(areas().filter_map(|s| on(plot, s))).words().into_iter().chain(empty).collect()
}

/// The value of an area.
fn on(plot: &Plot, s: &Shape) -> Option<f64> {
    s.value.and_then(|i| plot.series.first()?.1.get(i).copied().flatten())
}

/// Points on the boundaries that the site supplies.
fn on_map(plot: &Plot, out: &mut String) -> f64 {
    let Some(map) = &plot.map else { return 0.0 };
    let (scale, left) = shapes(map, out, &|s| if s.line { "border".into() } else { "place q".into() }, &|_| None);
    for (i, lon) in plot.places.iter().enumerate() {
        let lat = plot.series.first().and_then(|(_, v)| v.get(i).copied().flatten());
        if let Some((x, y)) = lat.and_then(|lat| map.place(*lon, lat)) {
            let _ = write!(out, "<circle class=\"f0 dot\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"><title>", left + scale * x, 6.0 + scale * y);
            escape_into(out, &plot.labels[i]);
            out.push_str("</title></circle>");
        }
    }
    scale * map.height + 12.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_hold_all_values() {
        for (low, high) in [(0.0, 1.0), (3.0, 97.0), (-5.0, 5.0), (1000.0, 1001.0), (0.0001, 0.0002), (1e9, 3e9), (7.0, 7.0)] {
            let s = Scale::new([low, high].into_iter(), false, 0.0, 100.0, 5.0);
            let t = s.ticks();
            assert!((2..=12).contains(&t.len()) && t[0] <= low && t[t.len() - 1] >= high, "{low} {high} {t:?}");
        }
        // Few values have few shades, apart from one another; equal values are one.
        let words = |v: &[f64]| Shades::of(v.iter().copied()).words().into_iter().map(|(c, w)| format!("{c} {w}")).collect::<Vec<_>>();
        assert_eq!(words(&[3.0, 1.0, 2.0]), ["q0 1", "q2 2", "q4 3"]);
        assert_eq!(words(&[7.0, 7.0]), ["q2 7"]);
        assert_eq!(words(&[]).len(), 0);
        let many: Vec<f64> = (0..20).map(f64::from).collect();
        assert_eq!(words(&many), ["q0 0 – 3", "q1 4 – 7", "q2 8 – 11", "q3 12 – 15", "q4 16 – 19"]);
        assert_eq!(Shades::of(many.iter().copied()).class(Some(11.0)), "q2");
        // Bars begin at nothing.
        assert_eq!(Scale::new([50.0, 60.0].into_iter(), true, 0.0, 100.0, 5.0).low, 0.0);
    }
}
