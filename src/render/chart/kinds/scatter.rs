//! Points by two numbers.

use super::super::frame::{grid, margin, scale, values};
use super::super::measure::{LINE, SIZE, SMALL, width, wrap};
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
    let years = c.plot.places.iter().all(|p| p.fract() == 0.0 && (1800.0..=2100.0).contains(p));
    let x_style = if years { x_style.ungrouped() } else { x_style };
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
    let named = beside(c, &|i| c.plot.series.first().and_then(|(_, v)| v[i]).map(|v| (x.at(c.plot.places[i]), y.at(v))), (left, right));
    for (i, (tx, ty, anchor)) in named.iter().enumerate().filter_map(|(i, n)| Some((i, (*n)?))) {
        s.text("small soft", tx, ty, anchor, &c.labels[i]);
    }
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

/// Points up to which their names stand beside them.
const NAMED: usize = 20;

/// Where the names of points stand: right or left of them, where they lie on no other point or name; else nowhere.
fn beside(c: &Chart<'_>, at: &dyn Fn(usize) -> Option<(f64, f64)>, (left, right): (f64, f64)) -> Vec<Option<(f64, f64, Anchor)>> {
    let n = c.labels.len();
    let mut out = vec![None; n];
    if n > NAMED {
        return out;
    }
    let dots: Vec<(usize, f64, f64)> = (0..n).filter_map(|i| at(i).map(|(x, y)| (i, x, y))).collect();
    // Left, top, right, bottom of what is taken.
    let mut taken: Vec<(f64, f64, f64, f64)> = dots.iter().map(|(_, x, y)| (x - 5.0, y - 5.0, x + 5.0, y + 5.0)).collect();
    for (i, x, y) in &dots {
        let wide = width(&c.labels[*i], SMALL);
        if c.labels[*i].is_empty() || wide > (right - left) / 3.0 {
            continue;
        }
        let places = [(x + 7.0, x + 7.0, Anchor::Start), (x - 7.0, x - 7.0 - wide, Anchor::End)];
        for (tx, from, anchor) in places {
            let own = (from, y - 8.0, from + wide, y + 6.0);
            let free = |t: &(f64, f64, f64, f64)| own.2 <= t.0 || t.2 <= own.0 || own.3 <= t.1 || t.3 <= own.1;
            if own.0 >= left + 2.0 && own.2 <= right - 2.0 && taken.iter().all(free) {
                taken.push(own);
                out[*i] = Some((tx, y + 4.0, anchor));
                break;
            }
        }
    }
    out
}
