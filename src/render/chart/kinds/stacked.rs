//! Layers on one another: what is above nothing grows up from it, what is below grows down, so that no layer covers another.

use super::super::frame::{bands, grid, key, margin, scale, side, span, upright};
use super::super::measure::{LINE, SIZE, width};
use super::super::scale::Zero;
use super::super::scene::{Anchor, Reads, Scene};
use super::super::spec::{Chart, Kind, Size};
use super::bar::{THICK, foot, standing};

pub static KIND: Kind = Kind { name: "stacked", draw, one: false };

/// The layers of one label: series, from, to. Sums of those above nothing and of those below it.
fn layers(c: &Chart<'_>, i: usize) -> (Vec<(usize, f64, f64)>, f64, f64) {
    let (mut up, mut down) = (0.0, 0.0);
    let mut out = Vec::new();
    for (k, (_, values)) in c.plot.series.iter().enumerate() {
        if let Some(v) = values[i] {
            let base = if v < 0.0 { &mut down } else { &mut up };
            out.push((k, *base, *base + v));
            *base += v;
        }
    }
    (out, down, up)
}

fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let stacks: Vec<_> = (0..c.labels.len()).map(|i| layers(c, i)).collect();
    let gaps: Vec<bool> = (0..c.labels.len()).map(|i| c.plot.series.iter().any(|(_, v)| v[i].is_none())).collect();
    let mut s = Scene::new(size.width);
    let head = key(&mut s, c, size, gaps.contains(&true));
    let (scale, style) = scale(c, stacks.iter().flat_map(|(_, a, b)| [*a, *b]), Zero::Held, size);
    if let Some(names) = standing(c, size) {
        let (left, right, bottom) = (margin(&scale, &style), size.width - 4.0, head + size.height - 34.0);
        let y = scale.put(bottom, head + 22.0);
        grid(&mut s, &y, &style, left, right);
        let b = bands(c, left, right);
        let each = (b.slot * 0.78).min(THICK);
        for ((x, (layers, _, up)), gap) in b.at.iter().zip(&stacks).zip(&gaps) {
            for (k, from, to) in layers {
                let (top, height) = span(&y, *from, *to);
                s.rect(&format!("f{k}{} layer", if c.rest && *k + 1 == c.names.len() { " rest" } else { "" }), x - each / 2.0, top, each.max(0.8), height);
            }
            // The sum is not known where a part is missing.
            if *gap {
                s.missing(*x, y.at(*up) - 7.0);
            }
        }
        s.height = bottom + foot(&mut s, c, &b, &names, bottom) + 2.0;
        s.reads = Reads { x: b.at, plot: (left, head + 10.0, right, bottom), ..Reads::default() };
        return s;
    }
    let (names, left) = side(c, size);
    let edge = scale.ticks().last().map_or(0.0, |t| width(&style.tick(*t), SIZE) / 2.0).max(10.0);
    let first = scale.ticks().first().map_or(0.0, |t| width(&style.tick(*t), SIZE) / 2.0);
    let x = scale.put(left + if stacks.iter().any(|s| s.1 < 0.0) { first } else { 0.0 }, size.width - edge - 2.0);
    let row = |k: usize| (SIZE * LINE * names[k].len() as f64).max(17.0) + 7.0;
    let bottom = head + 4.0 + (0..names.len()).map(row).sum::<f64>();
    upright(&mut s, &x, &style, head + 4.0, bottom);
    let mut top = head + 4.0;
    let mut rows = Vec::new();
    for (i, (layers, _, up)) in stacks.iter().enumerate() {
        let middle = top + row(i) / 2.0;
        s.lines("", left - 8.0, middle, Anchor::End, &names[i], &c.labels[i]);
        for (k, from, to) in layers {
            let (a, b) = (x.at(*from).min(x.at(*to)), x.at(*from).max(x.at(*to)));
            s.rect(&format!("f{k}{} layer", if c.rest && *k + 1 == c.names.len() { " rest" } else { "" }), a, middle - 7.0, (b - a).max(1.0), 14.0);
        }
        if gaps[i] {
            s.missing(x.at(*up) + 8.0, middle);
        }
        rows.push(middle);
        top += row(i);
    }
    s.height = bottom + 25.0;
    s.reads = Reads { y: rows, plot: (left, head + 4.0, size.width, bottom), ..Reads::default() };
    s
}
