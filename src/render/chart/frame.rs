//! What charts with axes share: grid, places along the axis, names below it.

use super::measure::{LINE, SIZE, unbroken, width, wrap};
use super::number::Style;
use super::scale::{Linear, Zero};
use super::scene::{Anchor, Sample, Scene};
use super::spec::{Chart, Size};
use super::time::left_of;

/// All values of a chart.
pub fn values<'a>(c: &'a Chart<'_>) -> impl Iterator<Item = f64> + 'a {
    c.plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied())
}

/// The scale of the values and how they are written.
pub fn scale(c: &Chart<'_>, all: impl Iterator<Item = f64>, zero: Zero, size: &Size) -> (Linear, Style) {
    let scale = Linear::new(all, zero, if size.narrow { 4.0 } else { 5.0 });
    let style = style(c, &scale);
    (scale, style)
}

/// How the values of a scale are written.
pub fn style(c: &Chart<'_>, scale: &Linear) -> Style {
    let most = scale.ticks().iter().fold(0.0f64, |a, t| a.max(t.abs()));
    let least = if c.plot.kind == "bar" { least(c).min(most) } else { most };
    Style::of(c.tongue, &c.unit, (least, most), scale.step)
}

/// The least value that is not nothing, without its sign.
pub fn least(c: &Chart<'_>) -> f64 {
    values(c).map(f64::abs).filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min)
}

/// Room that the numbers of a scale take to the left of the plot.
pub fn margin(scale: &Linear, style: &Style) -> f64 {
    scale.ticks().iter().map(|t| width(&style.tick(*t), SIZE)).fold(8.0, f64::max) + 9.0
}

/// Lines across the plot with their numbers.
pub fn grid(s: &mut Scene, scale: &Linear, style: &Style, left: f64, right: f64) {
    for t in scale.ticks() {
        let y = scale.at(t);
        s.across(if t == 0.0 { "axis" } else { "grid" }, y, left, right);
        s.text("", left - 6.0, y + 4.5, Anchor::End, &style.tick(t));
    }
}

/// Lines down the plot with their numbers below, as many of them as have room.
pub fn upright(s: &mut Scene, scale: &Linear, style: &Style, top: f64, bottom: f64) {
    let mut last = f64::NEG_INFINITY;
    for t in scale.ticks() {
        s.down(if t == 0.0 { "axis" } else { "grid" }, scale.at(t), top, bottom);
        let (text, half) = (style.tick(t), width(&style.tick(t), SIZE) / 2.0);
        if scale.at(t) - half > last + 6.0 {
            s.text("", scale.at(t), bottom + 18.0, Anchor::Middle, &text);
            last = scale.at(t) + half;
        }
    }
}

/// Places of the labels along an axis, in its own units: time, numbers, or one after the other.
pub fn places(c: &Chart<'_>) -> Vec<f64> {
    match &c.times {
        Some(t) => t.places.clone(),
        None if !c.plot.places.is_empty() => c.plot.places.clone(),
        None => (0..c.labels.len()).map(|i| i as f64).collect(),
    }
}

/// Puts places between two ends; a single one into the middle.
pub fn put(places: &[f64], from: f64, to: f64) -> impl Fn(f64) -> f64 + use<> {
    let (low, high) = places.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| (a.min(*p), b.max(*p)));
    move |p| if high > low { from + (p - low) / (high - low) * (to - from) } else { (from + to) / 2.0 }
}

/// Bands of columns: middle of each, width of one.
pub struct Bands {
    pub at: Vec<f64>,
    pub slot: f64,
}

/// Bands in their order; of time as wide as the shortest step, so that what is missing leaves its place empty.
pub fn bands(c: &Chart<'_>, left: f64, right: f64) -> Bands {
    let places = places(c);
    let (mut sorted, first) = (places.clone(), places.iter().copied().fold(f64::INFINITY, f64::min));
    sorted.sort_by(f64::total_cmp);
    let least = sorted.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 1e-9).fold(f64::INFINITY, f64::min);
    let least = if least.is_finite() { least } else { 1.0 };
    let count = sorted.last().map_or(1.0, |l| (l - first) / least + 1.0);
    let slot = (right - left) / count.max(1.0);
    Bands { at: places.iter().map(|p| left + slot * ((p - first) / least + 0.5)).collect(), slot }
}

/// Names of bands in at most two lines each; `None` where they have no room.
pub fn names(labels: &[String], slot: f64) -> Option<Vec<Vec<String>>> {
    let room = slot - 8.0;
    let out: Vec<Vec<String>> = labels.iter().map(|l| wrap(l, room, SIZE, 2)).collect();
    let whole = |l: &String| unbroken(l, room, SIZE);
    (labels.iter().all(whole) && out.iter().flatten().all(|l| !l.ends_with('…') && width(l, SIZE) <= room)).then_some(out)
}

/// Writes names below their bands.
pub fn below(s: &mut Scene, names: &[Vec<String>], at: &[f64], top: f64) {
    for (lines, x) in names.iter().zip(at) {
        for (k, l) in lines.iter().enumerate() {
            s.text("", *x, top + 14.0 + SIZE * LINE * k as f64, Anchor::Middle, l);
        }
    }
}

/// Writes labels of an axis below it, each in the middle of its place and within the drawing.
pub fn along(s: &mut Scene, labels: &[String], ticks: &[(f64, String)], at: &dyn Fn(f64) -> f64, top: f64) {
    for (p, t) in ticks {
        let w = width(t, SIZE);
        let x = left_of(at(*p), w, (1.0, s.width - 1.0)) + w / 2.0;
        s.text("", x, top + 18.0, Anchor::Middle, t);
        if let Some(whole) = t.strip_suffix('…').and_then(|t| labels.iter().find(|l| l.starts_with(t))) {
            s.titled(whole.clone());
        }
    }
}

/// Labels of names that are not in bands: every so many that they have room, the last one always.
pub fn every(c: &Chart<'_>, at: &dyn Fn(f64) -> f64, wide: f64) -> Vec<(f64, String)> {
    let room = (wide / 2.0 - 20.0).min(160.0);
    let list: Vec<(f64, String)> = places(c).into_iter().zip(&c.labels).map(|(p, l)| (p, wrap(l, room, SIZE, 1).pop().unwrap_or_default())).collect();
    let mut sorted = list;
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = sorted.len();
    (1..=n.max(1))
        .map(|k| sorted.iter().enumerate().filter(|(i, _)| i + 1 == n || (i % k == 0 && n - 1 - i >= k)).map(|(_, t)| t.clone()).collect::<Vec<_>>())
        .find(|list| super::time::fits(list, at, (1.0, wide - 1.0)))
        .unwrap_or_default()
}

/// Key of series drawn as areas, and what a cross means where there is one.
pub fn key(s: &mut Scene, c: &Chart<'_>, size: &Size, missing: bool) -> f64 {
    let mut items: Vec<(Sample, String)> = Vec::new();
    if c.names.len() > 1 {
        let rest = |k: usize| c.rest && k + 1 == c.names.len();
        items.extend(c.names.iter().enumerate().map(|(k, n)| (if rest(k) { Sample::Rest(k) } else { Sample::Fill(k) }, n.clone())));
    }
    if missing {
        items.push((Sample::Missing, c.none.clone()));
    }
    s.key(0.0, 2.0, size.width, &items)
}

/// Thinnest bar that is still seen as one.
pub const THIN: f64 = 2.5;

/// The ends of one column: top and height, at least a hair, so that nothing is seen to be there and not missing.
pub fn span(y: &Linear, from: f64, to: f64) -> (f64, f64) {
    let (a, b) = (y.at(from), y.at(to));
    if (a - b).abs() < 1.0 { (if to < from { a } else { a - 1.0 }, 1.0) } else { (a.min(b), (a - b).abs()) }
}

/// The column of names left of lying bars: lines of each, width of all.
pub fn side(c: &Chart<'_>, size: &Size) -> (Vec<Vec<String>>, f64) {
    let room = size.width * if size.narrow { 0.4 } else { 0.32 };
    let names: Vec<Vec<String>> = c.labels.iter().map(|l| wrap(l, room, SIZE, if size.narrow { 6 } else { 4 })).collect();
    let wide = names.iter().flatten().map(|l| width(l, SIZE)).fold(20.0, f64::max);
    (names, wide + 8.0)
}
