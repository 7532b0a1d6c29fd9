//! One small chart a series, all on one scale.

use super::super::frame::{THIN, bands, margin, places, put, scale, span, values};
use super::super::measure::{LINE, SIZE, width, wrap};
use super::super::scale::Zero;
use super::super::scene::{Anchor, Reads, Scene};
use super::super::spec::{Chart, Kind, Size};
use super::line::{joined, runs};

pub static KIND: Kind = Kind { name: "multiples", draw, one: false };

pub(super) fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let mut s = Scene::new(size.width);
    let count = c.plot.series.len();
    let columns = c.columns || c.plot.kind == "bar";
    let zero = if columns { Zero::Held } else { Zero::Near };
    // As many side by side as columns can be told apart in.
    let most = if size.narrow || count <= 4 { 2 } else { 3 }.min(count.max(1));
    let fits = |across: &usize| !columns || bands(c, 50.0, size.width / *across as f64 - 12.0).slot * 0.78 >= THIN;
    let across = (2..=most).rev().find(fits).unwrap_or(1);
    let w = size.width / across as f64;
    let plot = 84.0;
    let (scale, style) = {
        let small = Size { width: w, height: plot, narrow: true };
        let (mut l, _) = scale(c, values(c), zero, &small);
        // Few lines are enough for so low a plot.
        if l.ticks().len() > 4 {
            l = super::super::scale::Linear::new(values(c), zero, 2.5);
        }
        let st = super::super::frame::style(c, &l);
        (l, st)
    };
    let left = margin(&scale, &style);
    let right = w - 12.0;
    let places = places(c);
    let titles: Vec<Vec<String>> = c.names.iter().map(|n| wrap(n, (w - 16.0) / 1.12, SIZE, 2)).collect();
    let mut top = 0.0;
    let mut panels = Vec::new();
    let mut reads = Reads::default();
    let ends = |l: Option<&String>| {
        l.map_or(String::new(), |l| {
            if c.times.is_some() { l.strip_suffix('年').filter(|y| y.bytes().all(|c| c.is_ascii_digit())).unwrap_or(l).to_string() } else { l.clone() }
        })
    };
    let (first, last) = {
        let order = |f: fn(&f64, &f64) -> std::cmp::Ordering| (0..places.len()).min_by(|a, b| f(&places[*a], &places[*b]));
        (ends(order(f64::total_cmp).and_then(|i| c.labels.get(i))), ends(order(|a, b| b.total_cmp(a)).and_then(|i| c.labels.get(i))))
    };
    for row in 0..count.div_ceil(across) {
        let members = row * across..((row + 1) * across).min(count);
        let head = members.clone().map(|k| titles[k].len()).max().unwrap_or(1) as f64 * SIZE * LINE + 10.0;
        let y = scale.clone().put(head + plot, head + 6.0);
        for k in members {
            let mut g = Scene::new(w);
            let values = &c.plot.series[k].1;
            for (i, l) in titles[k].iter().enumerate() {
                g.text("strong", 2.0, 14.0 + SIZE * LINE * i as f64, Anchor::Start, l);
                if l.ends_with('…') {
                    g.titled(c.names[k].clone());
                }
            }
            super::super::frame::grid(&mut g, &y, &style, left, right);
            let at: Vec<f64> = if columns {
                let b = bands(c, left, right);
                for (i, x) in b.at.iter().enumerate() {
                    match values[i] {
                        Some(v) => {
                            let (top, height) = span(&y, 0.0, v);
                            let each = (b.slot * 0.78).min(24.0);
                            g.rect("f0", x - each / 2.0, top, each.max(0.8), height);
                        }
                        None => g.missing(*x, y.at(0.0) - 6.0),
                    }
                }
                b.at
            } else {
                let place = put(&places, left + 6.0, right - 6.0);
                let x = |i: usize| place(places[i]);
                for cut in &c.plot.cuts {
                    g.down("cut", (x(*cut) + x(cut.saturating_sub(1))) / 2.0, head + 6.0, head + plot);
                }
                for run in runs(c, &places, values) {
                    if run.len() > 1 {
                        g.path("l0", joined(&run, &x, &y));
                    } else {
                        g.dot("f0", x(run[0].0), y.at(run[0].1), 3.0);
                    }
                }
                if values.iter().all(Option::is_none) {
                    g.text("soft", (left + right) / 2.0, head + plot / 2.0, Anchor::Middle, &c.none);
                }
                (0..c.labels.len()).map(x).collect()
            };
            let room = right - left;
            // Long names share the room.
            let both = width(&first, SIZE) + width(&last, SIZE) + 12.0 <= room || c.times.is_some();
            let fit = |t: &str| wrap(t, if both { room } else { room / 2.0 - 8.0 }, SIZE, 1).pop().unwrap_or_default();
            let (a, b) = (fit(&first), fit(&last));
            let y = head + plot + 18.0;
            if c.labels.len() > 1 && width(&a, SIZE) + width(&b, SIZE) + 12.0 <= room {
                g.text("", left, y, Anchor::Start, &a);
            }
            if c.labels.len() == 1 {
                g.text("", (left + right) / 2.0, y, Anchor::Middle, &b);
            } else {
                g.text("", right, y, Anchor::End, &b);
            }
            let ox = w * (k % across) as f64;
            reads.plot = (left, head + 6.0, right, head + plot);
            reads.x = at;
            panels.push((ox, top));
            s.group(ox, top, "", g.marks);
        }
        top += head + plot + 28.0;
    }
    s.height = top;
    reads.panels = panels;
    s.reads = reads;
    s
}
