//! Bars: standing where their names have room below them, else lying. They begin at nothing, always.

use super::super::frame::{Bands, THIN, along, bands, below, grid, key, least, margin, names, scale, side, span, values};
use super::super::measure::{LINE, SIZE, width};
use super::super::number::Style;
use super::super::scale::Zero;
use super::super::scene::{Anchor, Reads, Scene};
use super::super::spec::{Chart, Kind, Size};

pub static KIND: Kind = Kind { name: "bar", draw, one: false };

/// Widest bar.
pub(super) const THICK: f64 = 56.0;

fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    // Groups of bars that would be hairs are parted into a chart a series.
    let count = c.names.len() as f64;
    if c.times.is_some() && count > 1.0 && bands(c, 40.0, size.width).slot * 0.78 / count < 2.0 * THIN {
        return super::multiples::draw(c, size);
    }
    match standing(c, size) {
        Some(names) => columns(c, size, &names),
        None => across(c, size),
    }
}

/// Names of the columns below them, where they can stand: points in time always do.
pub(super) fn standing(c: &Chart<'_>, size: &Size) -> Option<Vec<Vec<String>>> {
    if c.times.is_some() {
        return Some(Vec::new());
    }
    let slot = (size.width - 60.0) / c.labels.len().max(1) as f64;
    if slot < 20.0 || (size.narrow && c.labels.len() > 6) || (slot / (c.names.len() as f64) < 9.0) { None } else { names(&c.labels, slot) }
}

/// Names or times below columns; gives how tall they are.
pub(super) fn foot(s: &mut Scene, c: &Chart<'_>, b: &Bands, names: &[Vec<String>], bottom: f64) -> f64 {
    match &c.times {
        Some(t) => {
            // Times are at the middles of their columns.
            let least = |l: &[f64]| l.iter().copied().fold(f64::INFINITY, f64::min);
            let most = |l: &[f64]| l.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (p0, x0) = (least(&t.places), least(&b.at));
            let unit = if most(&t.places) > p0 { (most(&b.at) - x0) / (most(&t.places) - p0) } else { 0.0 };
            let at = move |p: f64| x0 + (p - p0) * unit;
            let ticks = t.ticks(&c.labels, &at, (1.0, s.width - 1.0));
            along(s, &c.labels, &ticks, &at, bottom);
            25.0
        }
        None => {
            below(s, names, &b.at, bottom + 4.0);
            12.0 + SIZE * LINE * names.iter().map(Vec::len).max().unwrap_or(1) as f64
        }
    }
}

fn columns(c: &Chart<'_>, size: &Size, names: &[Vec<String>]) -> Scene {
    let mut s = Scene::new(size.width);
    let missing = c.plot.series.iter().any(|(_, v)| v.iter().any(Option::is_none));
    let head = key(&mut s, c, size, missing);
    let (scale, style) = scale(c, values(c), Zero::Held, size);
    let left = margin(&scale, &style);
    let right = size.width - 4.0;
    let b = bands(c, left, right);
    let told = c.names.len() == 1 && c.plot.series[0].1.iter().flatten().all(|v| width(&style.value(*v), SIZE) <= b.slot - 4.0);
    let negative = values(c).any(|v| v < 0.0);
    let bottom = head + size.height - 34.0;
    let (over, under) = (if told { 18.0 } else { 0.0 }, if told && negative { 18.0 } else { 0.0 });
    let y = scale.put(bottom - under, head + 10.0 + over);
    grid(&mut s, &y, &style, left, right);
    let count = c.names.len() as f64;
    let each = (b.slot * 0.78 / count).min(THICK);
    let zero = y.at(0.0);
    for (i, x) in b.at.iter().enumerate() {
        for (k, (_, values)) in c.plot.series.iter().enumerate() {
            let x0 = x - each * count / 2.0 + each * k as f64;
            let Some(v) = values[i] else {
                s.missing(x0 + each / 2.0, zero - 7.0);
                continue;
            };
            let (top, height) = span(&y, 0.0, v);
            s.rect(&format!("f{k}"), x0, top, (each - if count > 1.0 { 1.0 } else { 0.0 }).max(0.8), height);
            if told {
                let at = if v < 0.0 { top + height + 14.0 } else { top - 5.0 };
                s.text("", *x, at, Anchor::Middle, &style.value(v));
            }
        }
    }
    s.height = bottom + foot(&mut s, c, &b, names, bottom) + 2.0;
    s.reads = Reads { x: b.at, plot: (left, head + 10.0, right, bottom), ..Reads::default() };
    s
}

fn across(c: &Chart<'_>, size: &Size) -> Scene {
    let mut s = Scene::new(size.width);
    let head = key(&mut s, c, size, false);
    let (scale, _) = scale(c, values(c), Zero::Held, size);
    let most = values(c).fold(0.0f64, |a, v| a.max(v.abs()));
    let style = Style::of(c.tongue, &c.unit, (least(c).min(most), most), scale.step);
    let (names, left) = side(c, size);
    let told = |negative: bool| {
        let none =
            if negative { 0.0 } else { c.plot.series.iter().filter(|(_, v)| v.iter().any(Option::is_none)).map(|_| width(&c.none, SIZE)).fold(0.0, f64::max) };
        values(c).filter(|v| (*v < 0.0) == negative).map(|v| width(&style.value(v), SIZE)).fold(none, f64::max)
    };
    let (lower, upper) = (told(true), told(false));
    let from = left + if lower > 0.0 { lower + 6.0 } else { 0.0 };
    let x = scale.put(from, (size.width - upper - 8.0).max(from + 20.0));
    let zero = x.at(0.0);
    let mut top = head + 4.0;
    let mut rows = Vec::new();
    for (i, lines) in names.iter().enumerate() {
        let bars = 17.0 * c.plot.series.len() as f64;
        let tall = bars.max(SIZE * LINE * lines.len() as f64) + 7.0;
        s.lines("", left - 8.0, top + tall / 2.0, Anchor::End, lines, &c.labels[i]);
        for (k, (_, values)) in c.plot.series.iter().enumerate() {
            let middle = top + (tall - bars) / 2.0 + 17.0 * (k as f64 + 0.5);
            let Some(v) = values[i] else {
                s.text("soft", zero + 5.0, middle + 4.5, Anchor::Start, &c.none);
                continue;
            };
            let (a, b) = (zero.min(x.at(v)), zero.max(x.at(v)));
            s.rect(&format!("f{k}"), a, middle - 7.0, (b - a).max(1.0), 14.0);
            let (at, anchor) = if v < 0.0 { (a - 5.0, Anchor::End) } else { (b.max(zero + 1.0) + 5.0, Anchor::Start) };
            s.text("", at, middle + 4.5, anchor, &style.value(v));
        }
        rows.push(top + tall / 2.0);
        top += tall;
    }
    s.down("axis", zero, head + 2.0, top);
    s.height = top + 4.0;
    s.reads = Reads { y: rows, plot: (left, head + 4.0, size.width, top), ..Reads::default() };
    s
}
