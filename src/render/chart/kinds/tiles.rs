//! The tile grid: regions in their neighbourhood, not in their area. Every region has its tile, also where the table has
//! nothing for it.

use super::super::measure::{LINE, SIZE, SMALL, width, wrap};
use super::super::scene::{Anchor, Mark, Reads, Scene, Shape};
use super::super::shades::Shades;
use super::super::spec::{Chart, Kind, Size};
use crate::load::table::regions::PROVINCES;

pub static KIND: Kind = Kind { name: "tiles", draw, one: false };

/// Two letters of each region, ISO 3166-2:CN, in the order of [`PROVINCES`].
static LETTERS: [&str; 34] = [
    "BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH", "FJ", "JX", "SD", "HA", "HB", "HN", "GD", "GX", "HI", "CQ", "SC", "GZ", "YN", "XZ",
    "SN", "GS", "QH", "NX", "XJ", "TW", "HK", "MO",
];

/// A row of the key.
const ROW: f64 = 21.0;

fn draw(c: &Chart<'_>, size: &Size) -> Scene {
    let mut s = Scene::new(size.width);
    let values = &c.plot.series[0].1;
    let shades = Shades::of(values.iter().flatten().copied(), c.tongue, &c.unit);
    // Columns 3 to 9 and rows 0 to 9 of the grid.
    let (w, h) = (size.width / 7.0, if size.narrow { 44.0 } else { 48.0 });
    let (iw, ih) = (w - 3.0, h - 3.0);
    let value = |code: &str| {
        let i = c.plot.regions.iter().position(|x| x.is_some_and(|x| x.code == code));
        (i, i.and_then(|i| values.get(i).copied().flatten()))
    };
    let empty = PROVINCES.iter().any(|r| value(r.code).1.is_none());
    let mut entries: Vec<(String, String)> = shades.words();
    if empty {
        entries.push(("q".into(), c.none.clone()));
    }
    // The upper left of the grid has no region: on a page the key stands there, on a phone above all.
    let room = if size.narrow { size.width } else { w * 5.9 };
    let title = wrap(&c.shaded, room, SIZE, 2);
    let mut top = 0.0;
    for l in &title {
        s.text("strong", 0.0, top + 14.0, Anchor::Start, l);
        top += SIZE * LINE;
    }
    top += 4.0;
    let (mut x, mut y) = (0.0, top);
    // In two columns where both have room beside the tiles of the north-east.
    let widest = |from: usize| entries.iter().skip(from).take(3).map(|(_, t)| 30.0 + width(t, SIZE) + 16.0).fold(0.0, f64::max);
    let second = widest(0) + widest(3) <= w * 6.0;
    for (k, (class, words)) in entries.iter().enumerate() {
        let wide = 30.0 + width(words, SIZE) + 14.0;
        if size.narrow && k > 0 && x + wide > size.width {
            (x, y) = (0.0, y + ROW);
        } else if !size.narrow && k > 0 {
            (x, y) = if k == 3 && second { (widest(0), top) } else { (x, y + ROW) };
        }
        s.round(&format!("{class} swatch"), x + 1.0, y + 2.0, 22.0, 15.0);
        s.text("", x + 29.0, y + 14.0, Anchor::Start, words);
        x += if size.narrow { wide } else { 0.0 };
    }
    let origin = if size.narrow { y + ROW + 6.0 } else { (top + ROW * if second { 3.0 } else { entries.len() as f64 } - 2.0 * h).max(0.0) };
    let one = |t: &str, size: f64| width(t, size) <= iw - 3.0;
    let letters = c.english
        && PROVINCES
            .iter()
            .any(|r| wrap(r.en, iw - 3.0, SMALL, 2).iter().any(|l| l.ends_with('…') || !one(l, SMALL)) || !r.en.split(' ').all(|w| one(w, SMALL)));
    let shown = PROVINCES.iter().filter_map(|r| value(r.code).1);
    let numbers = shown.map(|v| width(&shades.style.value(v), SMALL)).fold(0.0, f64::max) <= iw - 2.0;
    let (mut xs, mut ys) = (vec![-1.0; c.labels.len()], vec![-1.0; c.labels.len()]);
    for (r, code) in PROVINCES.iter().zip(LETTERS) {
        let (x, y) = (w * (f64::from(r.tile.0) - 3.0), origin + h * f64::from(r.tile.1));
        let (i, v) = value(r.code);
        let class = shades.class(v);
        let text = |t: &str, at: f64, small: bool| Mark {
            shape: Shape::Text(x + iw / 2.0, at, Anchor::Middle, t.to_string()),
            class: format!("on-{class}{}", if small { " small" } else { "" }),
            title: String::new(),
        };
        let names: Vec<String> = match (c.english, letters) {
            (true, true) => vec![code.to_string()],
            (true, false) => wrap(r.en, iw - 3.0, SMALL, 2),
            _ => vec![r.short.to_string()],
        };
        let small = c.english && !letters;
        let step = if small { SMALL } else { SIZE } * 1.15;
        let below = if numbers { 1.0 } else { 0.0 };
        let mut at = y + ih / 2.0 - (step * (names.len() as f64 - 1.0) + below * SMALL * 1.2) / 2.0 + 4.5;
        let rect = Mark { shape: Shape::Rect(x, y, iw, ih, 3.0), class: class.clone(), title: String::new() };
        let mut marks = vec![rect];
        for l in &names {
            marks.push(text(l, at, small));
            at += step;
        }
        if numbers {
            marks.push(text(&v.map_or("–".into(), |v| shades.style.value(v)), at + 1.0, true));
        }
        let whole = v.map_or(c.none.clone(), crate::render::tables::value_text);
        s.group(0.0, 0.0, "tile", marks);
        s.titled(format!("{} {whole}", if c.english { r.en } else { r.short }));
        if let Some(i) = i {
            (xs[i], ys[i]) = (x + iw / 2.0, y + ih / 2.0);
        }
    }
    s.height = origin + h * 10.0;
    if letters {
        let lines = wrap(&c.letters, size.width, SMALL, 3);
        for l in &lines {
            s.text("small soft", 0.0, s.height + 12.0, Anchor::Start, l);
            s.height += SMALL * LINE;
        }
        s.height += 4.0;
    }
    s.reads = Reads { x: xs, y: ys, plot: (0.0, origin, size.width, s.height), ..Reads::default() };
    s
}
