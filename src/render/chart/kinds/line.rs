//! Lines over time, numbers or names. A line joins what follows in the usual step; what is farther apart or missing is a gap.

use super::super::frame::{along, below, every, grid, margin, names, places, put, scale, side, upright, values};
use super::super::measure::{LINE, SIZE, spread, width, wrap};
use super::super::scale::{Linear, Zero};
use super::super::scene::{Anchor, Reads, Sample, Scene, n};
use super::super::spec::{Chart, Kind, Size};

pub static KIND: Kind = Kind { name: "line", draw: |c, size| lines(c, size, false), one: false };

/// Most points of a line that are marked one by one.
const DOTS: usize = 60;

/// Runs of values that are joined: cut where the method changed, where a value is missing, where a step is longer than usual.
pub(super) fn runs(c: &Chart<'_>, places: &[f64], values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let bridge = c.times.as_ref().map_or(f64::INFINITY, |t| t.bridge());
    let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    let mut last: Option<usize> = None;
    for (i, v) in values.iter().enumerate() {
        let apart = last.is_some_and(|l| places[i] - places[l] > bridge);
        if (v.is_none() || apart || c.plot.cuts.contains(&i)) && out.last().is_some_and(|r| !r.is_empty()) {
            out.push(Vec::new());
        }
        if let (Some(x), Some(r)) = (*v, out.last_mut()) {
            r.push((i, x));
            last = Some(i);
        }
    }
    out.retain(|r| !r.is_empty());
    out
}

/// A line through points.
pub(super) fn joined(run: &[(usize, f64)], x: &dyn Fn(usize) -> f64, y: &Linear) -> String {
    run.iter().enumerate().map(|(k, (i, v))| format!("{}{} {}", if k == 0 { "M" } else { "L" }, n(x(*i)), n(y.at(*v)))).collect()
}

/// Most rows of lines that run down.
const ROWS: usize = 40;

/// Names below their points: as they are where all have room in one line, in two lines, or not at all.
enum Names {
    Along,
    Below(Vec<Vec<String>>),
    Beside,
}

fn named(c: &Chart<'_>, left: f64, right: f64, wide: f64) -> Names {
    if c.times.is_some() || !c.plot.places.is_empty() {
        return Names::Along;
    }
    let place = put(&places(c), left + 8.0, right - 8.0);
    let told = every(c, &place, wide);
    if told.len() == c.labels.len() && told.iter().all(|(_, t)| !t.ends_with('…')) {
        return Names::Along;
    }
    match names(&c.labels, (right - left) / c.labels.len().max(1) as f64) {
        Some(lines) => Names::Below(lines),
        None if c.labels.len() <= ROWS => Names::Beside,
        None => Names::Along,
    }
}

/// Lines that run down, a row for each name: where the names have no room below one another.
fn down(c: &Chart<'_>, size: &Size, area: bool) -> Scene {
    let mut s = Scene::new(size.width);
    let items: Vec<(Sample, String)> = c.names.iter().enumerate().map(|(k, n)| (Sample::Line(k), n.clone())).collect();
    let head = if items.len() > 1 { s.key(0.0, 2.0, size.width, &items) } else { 0.0 };
    let (scale, style) = scale(c, values(c), if area { Zero::Held } else { Zero::Near }, size);
    let (names, left) = side(c, size);
    let half = |t: Option<&f64>| t.map_or(0.0, |t| width(&style.tick(*t), SIZE) / 2.0).max(10.0);
    let ticks = scale.ticks();
    let x = scale.put(left + half(ticks.first()), size.width - half(ticks.last()) - 2.0);
    let tall = |k: usize| (SIZE * LINE * names[k].len() as f64).max(17.0) + 7.0;
    let (mut rows, mut bottom) = (Vec::new(), head + 4.0);
    for k in 0..names.len() {
        rows.push(bottom + tall(k) / 2.0);
        bottom += tall(k);
    }
    upright(&mut s, &x, &style, head + 4.0, bottom);
    for (i, lines) in names.iter().enumerate() {
        s.lines("", left - 8.0, rows[i], Anchor::End, lines, &c.labels[i]);
    }
    let order: Vec<f64> = (0..names.len()).map(|i| i as f64).collect();
    for (k, (_, values)) in c.plot.series.iter().enumerate() {
        for run in runs(c, &order, values) {
            let d: String = run.iter().enumerate().map(|(j, (i, v))| format!("{}{} {}", if j == 0 { "M" } else { "L" }, n(x.at(*v)), n(rows[*i]))).collect();
            if run.len() > 1 {
                if area {
                    let (zero, first, last) = (n(x.at(0.0)), n(rows[run[0].0]), n(rows[run[run.len() - 1].0]));
                    s.path(&format!("f{k} area{}", if c.names.len() > 3 { " many" } else { "" }), format!("{d}L{zero} {last}L{zero} {first}z"));
                }
                s.path(&format!("l{k}"), d);
            }
            for (i, v) in &run {
                s.dot(&format!("f{k}"), x.at(*v), rows[*i], 2.5);
            }
        }
    }
    s.height = bottom + 25.0;
    s.reads = Reads { y: rows, plot: (left, head + 4.0, size.width, bottom), ..Reads::default() };
    s
}

pub(super) fn lines(c: &Chart<'_>, size: &Size, area: bool) -> Scene {
    let mut s = Scene::new(size.width);
    let (scale, style) = scale(c, values(c), if area || c.labels.len() < 2 { Zero::Held } else { Zero::Near }, size);
    let places = places(c);
    let several = c.names.len() > 1;
    // Names stand beside the ends of the lines where they have room there, else above.
    let room = if size.narrow { 0.0 } else { 170.0 };
    let names: Vec<Vec<String>> = c.names.iter().map(|n| wrap(n, room, SIZE, 3)).collect();
    let tall = |k: usize| SIZE * LINE * names[k].len() as f64 + 2.0;
    let beside = several && !size.narrow && (0..names.len()).map(tall).sum::<f64>() < size.height - 60.0;
    let head = if several && !beside {
        let items: Vec<(Sample, String)> = c.names.iter().enumerate().map(|(k, n)| (Sample::Line(k), n.clone())).collect();
        s.key(0.0, 2.0, size.width, &items)
    } else {
        0.0
    };
    let (top, bottom) = (head + 10.0, head + size.height - 30.0);
    let left = margin(&scale, &style);
    let wide = names.iter().flatten().map(|l| width(l, SIZE)).fold(0.0, f64::max);
    let right = size.width - if beside { wide + 28.0 } else { 10.0 };
    let below_them = match named(c, left, right, size.width) {
        Names::Beside => return down(c, size, area),
        Names::Below(lines) => Some(lines),
        Names::Along => None,
    };
    let y = scale.put(bottom, top);
    grid(&mut s, &y, &style, left, right);
    let edge = if below_them.is_some() { (right - left) / c.labels.len().max(1) as f64 / 2.0 } else { 8.0 };
    let place = put(&places, left + edge, right - edge);
    let x = |i: usize| place(places[i]);
    let ticks = match (&c.times, &below_them) {
        (Some(t), _) => t.ticks(&c.labels, &place, (1.0, size.width - 1.0)),
        (None, Some(_)) => places.iter().map(|p| (*p, String::new())).collect(),
        (None, None) => every(c, &place, size.width),
    };
    match &below_them {
        Some(lines) => below(&mut s, lines, &(0..lines.len()).map(x).collect::<Vec<_>>(), bottom + 4.0),
        None => along(&mut s, &c.labels, &ticks, &place, bottom),
    }
    for (p, _) in &ticks {
        s.down("axis", place(*p), bottom, bottom + 4.0);
    }
    for cut in &c.plot.cuts {
        s.down("cut", (x(*cut) + x(cut.saturating_sub(1))) / 2.0, top, bottom);
    }
    let mut ends: Vec<(f64, f64, usize)> = Vec::new();
    let dense = c.labels.len() > if size.narrow { DOTS / 2 } else { DOTS };
    for (k, (_, values)) in c.plot.series.iter().enumerate() {
        let runs = runs(c, &places, values);
        for run in &runs {
            let d = joined(run, &x, &y);
            if run.len() > 1 {
                if area {
                    let floor = n(y.at(0.0));
                    s.path(
                        &format!("f{k} area{}", if c.names.len() > 3 { " many" } else { "" }),
                        format!("{d}L{} {floor}L{} {floor}z", n(x(run[run.len() - 1].0)), n(x(run[0].0))),
                    );
                }
                s.path(&format!("l{k}"), d);
            }
            if !dense || run.len() == 1 {
                for (i, v) in run {
                    s.dot(&format!("f{k}"), x(*i), y.at(*v), if run.len() == 1 { 3.5 } else { 2.5 });
                }
            }
        }
        if let Some((i, v)) = runs.last().and_then(|r| r.last()) {
            ends.push((x(*i), y.at(*v), k));
        }
    }
    if beside {
        let wanted: Vec<(f64, f64)> = ends.iter().map(|(_, y, k)| (*y, tall(*k))).collect();
        let found = spread(&wanted, 2.0, size.height - 6.0).unwrap_or_else(|| wanted.iter().map(|w| w.0).collect());
        for ((px, py, k), at) in ends.iter().zip(found) {
            if (at - py).abs() > 4.0 || *px < right - 9.0 {
                s.path("lead", format!("M{} {}L{} {}", n(px + 5.0), n(*py), n(right + 18.0), n(at)));
            }
            s.lines(&format!("t{k}"), right + 22.0, at, Anchor::Start, &names[*k], &c.names[*k]);
        }
    }
    s.height = bottom + below_them.map_or(25.0, |l| 14.0 + SIZE * LINE * l.iter().map(Vec::len).max().unwrap_or(1) as f64);
    s.reads = Reads { x: (0..c.labels.len()).map(x).collect(), plot: (left, top, right, bottom), ..Reads::default() };
    s
}
