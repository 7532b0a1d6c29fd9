//! A drawing as values: what there is to be seen and where. It is written as SVG for a page, whose style sheet colours it,
//! and for a file, which carries its own colours.

use super::measure::{LINE, SIZE, SMALL, width, wrap};
use crate::render::escape::escape_into;
use std::fmt::Write;

/// Where a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One thing that is seen.
#[derive(Debug, Clone)]
pub struct Mark {
    pub shape: Shape,
    /// Classes of the style sheet.
    pub class: String,
    /// What it is, for who points at it.
    pub title: String,
}

/// Forms of marks.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Data of a path.
    Path(String),
    /// Left, top, width, height, radius of the corners.
    Rect(f64, f64, f64, f64, f64),
    /// Middle and radius.
    Dot(f64, f64, f64),
    /// Place of the base line, where it stands there, the words.
    Text(f64, f64, Anchor, String),
    /// Marks moved across and down.
    Group(f64, f64, Vec<Mark>),
}

/// A drawing.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
    /// Where the values of each label are, for who reads them one by one.
    pub reads: Reads,
}

/// Places of the labels: across, down or both; left, top, right, bottom of the plot; for several plots, where each begins.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    pub plot: (f64, f64, f64, f64),
    pub panels: Vec<(f64, f64)>,
}

/// A number in tenths, written as short as can be.
pub fn n(v: f64) -> String {
    let t = format!("{v:.1}");
    let t = t.strip_suffix(".0").unwrap_or(&t);
    if t == "-0" { "0".into() } else { t.to_string() }
}

impl Scene {
    pub fn new(width: f64) -> Scene {
        Scene { width, ..Scene::default() }
    }

    fn push(&mut self, shape: Shape, class: &str) {
        self.marks.push(Mark { shape, class: class.to_string(), title: String::new() });
    }

    /// Says of the last mark what it is.
    pub fn titled(&mut self, title: String) {
        if let Some(m) = self.marks.last_mut() {
            m.title = title;
        }
    }

    pub fn path(&mut self, class: &str, d: String) {
        self.push(Shape::Path(d), class);
    }

    pub fn across(&mut self, class: &str, y: f64, from: f64, to: f64) {
        self.path(class, format!("M{} {}H{}", n(from), n(y), n(to)));
    }

    pub fn down(&mut self, class: &str, x: f64, from: f64, to: f64) {
        self.path(class, format!("M{} {}V{}", n(x), n(from), n(to)));
    }

    pub fn rect(&mut self, class: &str, x: f64, y: f64, w: f64, h: f64) {
        self.push(Shape::Rect(x, y, w, h, 0.0), class);
    }

    pub fn round(&mut self, class: &str, x: f64, y: f64, w: f64, h: f64) {
        self.push(Shape::Rect(x, y, w, h, 3.0), class);
    }

    pub fn dot(&mut self, class: &str, x: f64, y: f64, r: f64) {
        self.push(Shape::Dot(x, y, r), class);
    }

    pub fn text(&mut self, class: &str, x: f64, y: f64, anchor: Anchor, t: &str) {
        self.push(Shape::Text(x, y, anchor, t.to_string()), class);
    }

    /// Lines of a text around a middle; what was cut is told whole to who points at it.
    pub fn lines(&mut self, class: &str, x: f64, middle: f64, anchor: Anchor, lines: &[String], whole: &str) {
        let step = LINE * size(class);
        let mut y = middle - step * (lines.len() as f64 - 1.0) / 2.0 + 0.35 * size(class);
        let cut = lines.last().is_some_and(|l| l.ends_with('…'));
        for l in lines {
            self.text(class, x, y, anchor, l);
            if cut {
                self.titled(whole.to_string());
            }
            y += step;
        }
    }

    pub fn group(&mut self, x: f64, y: f64, class: &str, marks: Vec<Mark>) {
        self.push(Shape::Group(x, y, marks), class);
    }

    /// A small cross where a value is missing.
    pub fn missing(&mut self, x: f64, y: f64) {
        self.path("none", format!("M{} {}l5 5m0-5l-5 5", n(x - 2.5), n(y - 2.5)));
    }

    /// A key: samples with names in rows, from left to right. Gives the height that it takes.
    pub fn key(&mut self, left: f64, top: f64, right: f64, items: &[(Sample, String)]) -> f64 {
        let (mut x, mut y, row) = (left, top, 19.0);
        let mut tall = 0.0f64;
        for (sample, name) in items {
            let room = right - left - SAMPLE;
            let lines = wrap(name, room, SIZE, 3);
            let wide = lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max) + SAMPLE;
            if x > left && x + wide > right {
                (x, y, tall) = (left, y + tall, 0.0);
            }
            let high = row + (lines.len() as f64 - 1.0) * SIZE * LINE;
            let middle = y + row / 2.0;
            match sample {
                Sample::Line(k) => {
                    self.across(&format!("l{k}"), middle, x, x + 24.0);
                    self.dot(&format!("f{k}"), x + 12.0, middle, 2.5);
                }
                Sample::Fill(k) => self.rect(&format!("f{k} swatch"), x + 6.0, middle - 6.0, 12.0, 12.0),
                Sample::Rest(k) => self.rect(&format!("f{k} rest swatch"), x + 6.0, middle - 6.0, 12.0, 12.0),
                Sample::Missing => self.missing(x + 12.0, middle),
            }
            self.lines("", x + SAMPLE - 4.0, y + high / 2.0, Anchor::Start, &lines, name);
            x += wide + 12.0;
            tall = tall.max(high);
        }
        y + tall - top + if items.is_empty() { 0.0 } else { 6.0 }
    }

    /// SVG for a page. `more` are attributes, `id` makes the pattern of what has no value its own.
    pub fn svg(&self, class: &str, more: &str, id: &str) -> String {
        let mut out = format!("<svg class=\"chart__svg {class}\" viewBox=\"0 0 {} {}\"{more}", n(self.width), n(self.height.ceil()));
        let list = |out: &mut String, name: &str, l: &[f64]| {
            if !l.is_empty() {
                let _ = write!(out, " data-{name}=\"{}\"", l.iter().map(|v| n(*v)).collect::<Vec<_>>().join(" "));
            }
        };
        let r = &self.reads;
        list(&mut out, "x", &r.x);
        list(&mut out, "y", &r.y);
        if !r.x.is_empty() || !r.y.is_empty() {
            list(&mut out, "plot", &[r.plot.0, r.plot.1, r.plot.2, r.plot.3]);
        }
        list(&mut out, "panels", &r.panels.iter().flat_map(|p| [p.0, p.1]).collect::<Vec<_>>());
        out.push('>');
        self.body(&mut out, id);
        out.push_str("</svg>");
        out
    }

    /// The marks, with the pattern that some of them want.
    pub fn body(&self, out: &mut String, id: &str) {
        if any_empty(&self.marks) {
            let _ = write!(
                out,
                "<pattern id=\"{id}-none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hatch\" d=\"M0 0V6\"/></pattern>"
            );
        }
        write_marks(&self.marks, out, id);
    }
}

/// Place that a sample takes in a key.
const SAMPLE: f64 = 34.0;

/// What stands before a name in a key.
#[derive(Debug, Clone, Copy)]
pub enum Sample {
    Line(usize),
    Fill(usize),
    /// What is summed up.
    Rest(usize),
    Missing,
}

/// Size of a text of a class.
pub fn size(class: &str) -> f64 {
    if class.split(' ').any(|c| c == "small") { SMALL } else { SIZE }
}

/// Areas without a value are hatched.
fn empty(class: &str) -> bool {
    class.split(' ').any(|c| c == "q")
}

fn any_empty(marks: &[Mark]) -> bool {
    marks.iter().any(|m| empty(&m.class) || matches!(&m.shape, Shape::Group(.., inner) if any_empty(inner)))
}

fn write_marks(marks: &[Mark], out: &mut String, id: &str) {
    for m in marks {
        let name = match &m.shape {
            Shape::Path(d) => {
                let _ = write!(out, "<path d=\"{d}\"");
                "path"
            }
            Shape::Rect(x, y, w, h, r) => {
                let _ = write!(out, "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(*x), n(*y), n(*w), n(*h));
                if *r > 0.0 {
                    let _ = write!(out, " rx=\"{}\"", n(*r));
                }
                "rect"
            }
            Shape::Dot(x, y, r) => {
                let _ = write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", n(*x), n(*y), n(*r));
                "circle"
            }
            Shape::Text(x, y, anchor, _) => {
                let _ = write!(out, "<text x=\"{}\" y=\"{}\"", n(*x), n(*y));
                match anchor {
                    Anchor::Start => {}
                    Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
                    Anchor::End => out.push_str(" text-anchor=\"end\""),
                }
                "text"
            }
            Shape::Group(x, y, _) => {
                out.push_str("<g");
                if *x != 0.0 || *y != 0.0 {
                    let _ = write!(out, " transform=\"translate({} {})\"", n(*x), n(*y));
                }
                "g"
            }
        };
        if !m.class.is_empty() {
            let _ = write!(out, " class=\"{}\"", m.class);
        }
        if empty(&m.class) && name != "text" {
            let _ = write!(out, " fill=\"url(#{id}-none)\"");
        }
        let titled = !m.title.is_empty();
        match &m.shape {
            Shape::Text(.., t) => {
                out.push('>');
                if titled {
                    write_title(&m.title, out);
                }
                escape_into(out, t);
                out.push_str("</text>");
            }
            Shape::Group(.., inner) => {
                out.push('>');
                if titled {
                    write_title(&m.title, out);
                }
                write_marks(inner, out, id);
                out.push_str("</g>");
            }
            _ if titled => {
                out.push('>');
                write_title(&m.title, out);
                let _ = write!(out, "</{name}>");
            }
            _ => out.push_str("/>"),
        }
    }
}

fn write_title(t: &str, out: &mut String) {
    out.push_str("<title>");
    escape_into(out, t);
    out.push_str("</title>");
}
