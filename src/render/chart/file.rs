//! A chart as a file: title, drawing, key, notes and source in one picture that carries its own colours and can be shown anywhere.

use super::measure::{LINE, SIZE, width, wrap};
use super::scene::{Anchor, Scene, n, size};
use crate::render::escape::escape_into;
use crate::theme::Theme;
use std::fmt::Write;

/// Around the picture.
const MARGIN: f64 = 20.0;

/// All that belongs to a chart in one drawing.
pub fn compose(drawn: &Scene, title: &str, lead: &str, (shaded, key): (&str, &[(String, String)]), notes: &[String], from: &str) -> Scene {
    let wide = drawn.width;
    let mut s = Scene::new(wide + 2.0 * MARGIN);
    let mut y = MARGIN;
    let put = |s: &mut Scene, y: &mut f64, class: &str, t: &str, lines: usize| {
        for l in wrap(t, wide / if class == "big" { 1.12 } else { 1.0 }, size(class), lines) {
            *y += size(class) * LINE;
            s.text(class, MARGIN, *y - 4.0, Anchor::Start, &l);
        }
    };
    put(&mut s, &mut y, "big", title, 4);
    put(&mut s, &mut y, "soft", lead, 3);
    y += 10.0;
    // Names for phones stand in the same drawing.
    s.group(MARGIN, y, "", drawn.marks.iter().filter(|m| m.class != "phone").cloned().collect());
    y += drawn.height + 6.0;
    if !key.is_empty() {
        put(&mut s, &mut y, "strong", shaded, 2);
        let mut x = MARGIN;
        y += 4.0;
        for (class, words) in key {
            let take = 30.0 + width(words, SIZE) + 16.0;
            if x > MARGIN && x + take > wide + MARGIN {
                x = MARGIN;
                y += 22.0;
            }
            s.round(&format!("{class} swatch"), x + 1.0, y + 2.0, 22.0, 15.0);
            s.text("", x + 29.0, y + 14.0, Anchor::Start, words);
            x += take;
        }
        y += 24.0;
    }
    for t in notes {
        put(&mut s, &mut y, "soft", t, 4);
    }
    y += 4.0;
    put(&mut s, &mut y, "soft", from, 3);
    s.height = y + MARGIN;
    s
}

/// Colours of a file: those of the theme's own style sheet, by light.
pub struct Colours {
    list: Vec<(&'static str, String)>,
}

static NAMES: &[(&str, &str)] = &[
    ("ink", "#1b1f24"),
    ("ink-soft", "#4d5661"),
    ("paper", "#ffffff"),
    ("paper-tint", "#f4f6f8"),
    ("line", "#cdd5dd"),
    ("line-strong", "#8a96a3"),
    ("c0", "#0a5282"),
    ("c1", "#b3470b"),
    ("c2", "#2f6b2f"),
    ("c3", "#7b3fa0"),
    ("c4", "#8a6a00"),
    ("c5", "#a3264d"),
    ("c6", "#3b6e78"),
    ("c7", "#555b63"),
    ("q0", "#e3edf4"),
    ("q1", "#b9d3e5"),
    ("q2", "#82b1cf"),
    ("q3", "#2f77a6"),
    ("q4", "#0d3f63"),
    ("q-ink", "#1b1f24"),
    ("q-ink-deep", "#ffffff"),
];

impl Colours {
    /// The first value of each in the style sheet; its own where the theme has none.
    pub fn of(theme: &Theme) -> Colours {
        let css = theme.assets.iter().find(|a| a.name == "css/civic.css").map_or("", |a| std::str::from_utf8(&a.bytes).unwrap_or(""));
        let told = |name: &str| {
            let at = css.find(&format!("--{name}:"))? + name.len() + 3;
            let value = css[at..].split([';', '}']).next()?.trim();
            // What is no plain colour would make the file depend on a page.
            (value.starts_with('#') && value.len() <= 9 && value[1..].bytes().all(|b| b.is_ascii_hexdigit())).then(|| value.to_string())
        };
        Colours { list: NAMES.iter().map(|(name, own)| (*name, told(name).unwrap_or_else(|| (*own).to_string()))).collect() }
    }

    fn get(&self, name: &str) -> &str {
        self.list.iter().find(|c| c.0 == name).map_or("#000000", |c| &c.1)
    }
}

/// Dashes of the lines, as in the style sheet.
static DASHES: [&str; 8] = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "1 4", "14 3 4 3"];

/// The file as SVG.
pub fn svg(scene: &Scene, colours: &Colours, title: &str, described: &str) -> String {
    let (w, h) = (n(scene.width), n(scene.height.ceil()));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-labelledby=\"t d\"><title id=\"t\">"
    );
    escape_into(&mut out, title);
    out.push_str("</title><desc id=\"d\">");
    escape_into(&mut out, described);
    out.push_str("</desc><style>");
    let c = |name: &str| colours.get(name);
    let _ = write!(
        out,
        "text{{font:{SIZE}px system-ui,-apple-system,\"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;fill:{}}}.small{{font-size:11px}}.big{{font-size:18px;font-weight:600}}.strong{{font-weight:600}}.soft{{fill:{}}}",
        c("ink"),
        c("ink-soft")
    );
    let _ = write!(
        out,
        ".grid,.lead,.axis,.cut,.none,.hatch,.border,[class^=l]{{fill:none}}.grid{{stroke:{0}}}.lead,.axis,.hatch{{stroke:{1}}}.cut{{stroke:{1};stroke-dasharray:2 4}}.none{{stroke:{2};stroke-width:1.5}}.border{{stroke:{2};stroke-width:1.25}}.area{{opacity:.25}}.many{{opacity:.1}}.dot{{opacity:.6}}.layer{{stroke:{3};stroke-width:.75}}.place{{stroke:{3};stroke-width:.75;fill-rule:evenodd}}.q,.swatch{{stroke:{1}}}.land{{fill:{4};stroke:{1}}}",
        c("line"),
        c("line-strong"),
        c("ink-soft"),
        c("paper"),
        c("paper-tint")
    );
    for (k, dash) in DASHES.iter().enumerate() {
        let colour = c(["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"][k]);
        let _ = write!(out, ".l{k}{{stroke:{colour};stroke-width:2.25;stroke-linejoin:round");
        if !dash.is_empty() {
            let _ = write!(out, ";stroke-dasharray:{dash}");
        }
        let _ = write!(out, "}}.f{k},.t{k}{{fill:{colour}}}");
    }
    let _ = write!(out, ".rest{{fill:{}}}", c("line-strong"));
    for k in 0..5 {
        let (q, ink) = (format!("q{k}"), if k < 3 { "q-ink" } else { "q-ink-deep" });
        let _ = write!(out, ".{q}{{fill:{}}}.on-{q}{{fill:{}}}", c(&q), c(ink));
    }
    let _ = write!(out, "</style><rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>", c("paper"));
    scene.body(&mut out, "c");
    out.push_str("</svg>\n");
    out
}
