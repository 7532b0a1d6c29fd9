//! Points by two numbers.

use super::super::frame::{grid, margin, scale, values};
use super::super::measure::{LINE, SIZE, width, wrap};
use super::super::number::Style;
use super::super::scale::{Linear, Zero};
use super::super::scene::{Anchor, Reads, Scene};
use super::super::spec::{Chart, Kind, Size};

pub static KIND: Kind = Kind { name: "scatter", draw, one: false };

/// Most points that say what they are.
const TITLED: usize = 300;

pub(super) fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let mut s = Scene::new(size.width);
    let y_name = wrap(&c.names[0], size.width - 4.0, SIZE, 2);
    let head = SIZE * LINE * y_name.len() as f64 + 8.0;
    for (k, l) in y_name.iter().enumerate() {
        s.text("soft", 0.0, 14.0 + SIZE * LINE * k as f64, Anchor::Start, l);
        if l.ends_with('…') {
            s.titled(c.names[0].clone());
        }
    }
    let (y, style) = scale(c, values(c), Zero::Near, size);
    let left = margin(&y, &style);
    let (bottom, right) = (head + size.height - 50.0, size.width - 14.0);
    let y = y.put(bottom, head + 8.0);
    grid(&mut s, &y, &style, left, right);
    let x = Linear::new(c.plot.places.iter().copied(), Zero::Near, if size.narrow { 3.0 } else { 6.0 }).put(left + 8.0, right - 8.0);
    let most = x.ticks().iter().fold(0.0f64, |a, t| a.max(t.abs()));
    let x_style = Style::new(c.tongue, &c.axis_unit, most, x.step);
    let mut last = f64::NEG_INFINITY;
    for t in x.ticks() {
        s.down("grid", x.at(t), head + 8.0, bottom);
        let (text, w) = (x_style.tick(t), width(&x_style.tick(t), SIZE));
        let from = super::super::time::left_of(x.at(t), w, (1.0, size.width - 1.0));
        if from > last + 8.0 {
            s.text("", from + w / 2.0, bottom + 18.0, Anchor::Middle, &text);
            last = from + w;
        }
    }
    let x_name = wrap(&c.axis, size.width - 4.0, SIZE, 2);
    for (k, l) in x_name.iter().enumerate() {
        s.text("soft", right, bottom + 36.0 + SIZE * LINE * k as f64, Anchor::End, l);
    }
    let (mut across, mut down) = (Vec::new(), Vec::new());
    let titled = c.plot.places.len() <= TITLED;
    for (i, p) in c.plot.places.iter().enumerate() {
        let Some(v) = c.plot.series.first().and_then(|(_, v)| v[i]) else { continue };
        s.dot("f0 dot", x.at(*p), y.at(v), 4.0);
        if titled && !c.labels[i].is_empty() {
            s.titled(c.labels[i].clone());
        }
        across.push(x.at(*p));
        down.push(y.at(v));
    }
    s.height = bottom + 42.0 + SIZE * LINE * (x_name.len() as f64 - 1.0);
    s.reads = Reads { x: across, y: down, plot: (left, head, right, bottom), ..Reads::default() };
    s
}
