//! A map whose areas are shaded by their values. One drawing serves every width, since outlines are heavy; names are written
//! twice, large and sparse for phones, and only where they lie within their area.

use super::super::measure::{SIZE, width};
use super::super::scene::{Anchor, Mark, Reads, Scene, Shape as Form};
use super::super::spec::{Chart, Kind, Size};
use super::map::{on, shades, shapes};
use crate::tables::Shape;

pub static KIND: Kind = Kind { name: "choropleth", draw, one: true };

/// Where an area has most room for a name: the middle of the widest stretch within its largest ring; how wide that is.
fn middle(s: &Shape) -> Option<(f64, f64, f64)> {
    let around =
        |r: &&Vec<[f32; 2]>| r.windows(2).map(|w| f64::from(w[0][0]) * f64::from(w[1][1]) - f64::from(w[1][0]) * f64::from(w[0][1])).sum::<f64>().abs();
    let ring = s.rings.iter().max_by(|a, b| around(a).total_cmp(&around(b)))?;
    let (top, bottom) = ring.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| (a.min(f64::from(p[1])), b.max(f64::from(p[1]))));
    let mut best: Option<(f64, f64, f64)> = None;
    for k in 2..=6 {
        let y = top + (bottom - top) * f64::from(k) / 8.0;
        let mut cuts: Vec<f64> = Vec::new();
        // Holes bound a stretch too.
        for r in &s.rings {
            for i in 0..r.len() {
                let (a, b) = (r[i], r[(i + 1) % r.len()]);
                let (ay, by) = (f64::from(a[1]), f64::from(b[1]));
                if (ay <= y) != (by <= y) {
                    cuts.push(f64::from(a[0]) + (y - ay) / (by - ay) * (f64::from(b[0]) - f64::from(a[0])));
                }
            }
        }
        cuts.sort_by(f64::total_cmp);
        for p in cuts.chunks_exact(2) {
            let wide = p[1] - p[0];
            // The middle of the area is preferred unless elsewhere is much wider.
            let worth = wide * if k == 4 { 1.25 } else { 1.0 };
            if best.is_none_or(|b| worth > b.2 * if (b.1 - (top + (bottom - top) / 2.0)).abs() < 1e-9 { 1.25 } else { 1.0 }) {
                best = Some(((p[0] + p[1]) / 2.0, y, wide));
            }
        }
    }
    best
}

fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let mut s = Scene::new(size.width);
    let Some(map) = &c.plot.map else { return s };
    let shades = shades(c);
    let class = |s: &Shape| if s.line { "border".to_string() } else { format!("place {}", shades.class(on(c, s))) };
    let called = |s: &Shape, i: usize| if s.name.is_empty() { c.labels[i].clone() } else { s.name.clone() };
    let name = |s: &Shape| match s.value {
        Some(i) => Some(format!("{} {}", called(s, i), on(c, s).map_or(c.none.clone(), crate::render::tables::value_text))),
        None => (!s.line && !s.name.is_empty()).then(|| format!("{} {}", s.name, c.none)),
    };
    let (scale, left) = shapes(&mut s, size, map, &class, &name);
    s.height = scale * map.height + 12.0;
    let (mut x, mut y) = (vec![-1.0; c.labels.len()], vec![-1.0; c.labels.len()]);
    let spots: Vec<(&Shape, (f64, f64, f64))> = map.shapes.iter().filter(|s| !s.line).filter_map(|s| Some((s, middle(s)?))).collect();
    for (shape, at) in &spots {
        if let Some(i) = shape.value {
            (x[i], y[i]) = (left + scale * at.0, 6.0 + scale * at.1);
        }
    }
    // A phone shows the drawing at half its size, so its names are twice as large.
    for (class, times) in [("wide", 1.0), ("phone", 2.1)] {
        let mut taken: Vec<(f64, f64, f64, f64)> = Vec::new();
        let mut marks = Vec::new();
        for (shape, at) in &spots {
            let words = shape.value.map_or(shape.name.clone(), |i| called(shape, i));
            let (w, h) = (width(&words, SIZE * times), SIZE * times * 1.2);
            let (mx, my) = (left + scale * at.0, 6.0 + scale * at.1);
            let place = (mx - w / 2.0, my - h / 2.0, mx + w / 2.0, my + h / 2.0);
            let free = taken.iter().all(|t| place.2 <= t.0 || t.2 <= place.0 || place.3 <= t.1 || t.3 <= place.1);
            if words.is_empty() || w + 4.0 > at.2 * scale || !free || place.0 < 0.0 || place.2 > size.width || place.1 < 0.0 || place.3 > s.height {
                continue;
            }
            taken.push(place);
            let class = format!("on-{}", shades.class(on(c, shape)));
            marks.push(Mark { shape: Form::Text(mx, my + 0.35 * SIZE * times, Anchor::Middle, words), class, title: String::new() });
        }
        if !marks.is_empty() {
            s.group(0.0, 0.0, class, marks);
        }
    }
    s.reads = Reads { x, y, plot: (0.0, 0.0, size.width, s.height), ..Reads::default() };
    s
}
