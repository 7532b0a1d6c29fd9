//! Charts: every kind with every sort of numbers. `tests/charts/` is a project; the files that readers download and the narrow
//! drawings of its pages are kept beside it (`tests/charts/drawn/`), to be looked at. `UPDATE_VECTORS=1` accepts a change.
//! Whatever is drawn is measured here by other means than those that drew it.

use crate::support::{Project, copy_tree, golden};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

const CASES: &[&str] = &["constant", "days", "eight", "english", "huge", "long", "missing", "negative", "one", "tiny", "twelve", "uneven"];
const KINDS: &[&str] = &["area", "bar", "choropleth", "line", "multiples", "names", "points", "scatter", "stacked", "tiles"];

/// Drawings of a case and kind: the file, the wide one of the page, the narrow one.
struct Drawn {
    file: String,
    wide: String,
    narrow: String,
    page: String,
    /// The data, a row a line.
    data: Vec<Vec<String>>,
}

fn all() -> &'static BTreeMap<(String, String), Drawn> {
    static ALL: OnceLock<BTreeMap<(String, String), Drawn>> = OnceLock::new();
    ALL.get_or_init(|| {
        let p = Project::new("");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
        copy_tree(&from.join("content"), &p.path("content"));
        p.file("site.yaml", include_str!("charts/site.yaml"));
        p.build();
        let mut out = BTreeMap::new();
        for case in CASES {
            for kind in KINDS {
                let folder = format!("public/{}embed/{case}/{kind}", if *case == "english" { "en/" } else { "" });
                let page = p.read(&format!("{folder}/index.html"));
                let svgs: Vec<String> = page
                    .match_indices("<svg class=\"chart__svg chart__svg--")
                    .map(|(at, _)| page[at..].split_inclusive("</svg>").next().unwrap().to_string())
                    .collect();
                let table = match *kind {
                    "scatter" | "points" => "xy.csv",
                    "tiles" => "p.csv",
                    "choropleth" | "names" => "s.csv",
                    _ => "t.csv",
                };
                let data = p.read(&format!("content/datasets/{case}/{table}")).lines().map(|l| l.split(',').map(str::to_string).collect()).collect();
                let d = Drawn {
                    file: p.read(&format!("{folder}/{kind}.svg")),
                    narrow: svgs.get(1).cloned().unwrap_or_default(),
                    wide: svgs[0].clone(),
                    page,
                    data,
                };
                out.insert((case.to_string(), kind.to_string()), d);
            }
        }
        out
    })
}

fn of(case: &str, kind: &str) -> &'static Drawn {
    &all()[&(case.to_string(), kind.to_string())]
}

#[test]
fn charts_are_as_they_were_looked_at() {
    for ((case, kind), d) in all() {
        golden(&format!("tests/charts/drawn/{case}-{kind}.svg"), &d.file);
        if !d.narrow.is_empty() {
            golden(&format!("tests/charts/drawn/{case}-{kind}-narrow.svg"), &format!("{}\n", d.narrow));
        }
    }
}

/// An element: its name, attributes, what it says, how far its groups move it.
#[derive(Debug, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    moved: (f64, f64),
    within: String,
}

impl Element {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str) -> f64 {
        self.get(name).parse().unwrap_or_else(|_| panic!("{name} of {self:?}"))
    }

    fn is(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|c| c == class)
    }
}

/// All elements of a drawing. Enough of XML for what we write; the files are read by a real reader in the browser tests.
fn elements(svg: &str) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::new();
    let mut groups: Vec<(f64, f64, String)> = vec![(0.0, 0.0, String::new())];
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if let Some(closed) = tag.strip_prefix('/') {
            if closed == "g" {
                groups.pop();
            }
            continue;
        }
        let (name, mut rest) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        let mut attributes = BTreeMap::new();
        while let Some((key, value)) = rest.split_once("=\"") {
            let (value, next) = value.split_once('"').expect("closed");
            attributes.insert(key.trim().to_string(), value.to_string());
            rest = next;
        }
        let (x, y, within) = groups.last().cloned().unwrap_or_default();
        if name == "g" {
            let by = attributes
                .get("transform")
                .and_then(|t| t.strip_prefix("translate(")?.strip_suffix(')')?.split_once(' '))
                .map_or((0.0, 0.0), |(a, b)| (a.parse().unwrap(), b.parse().unwrap()));
            groups.push((x + by.0, y + by.1, attributes.get("class").cloned().unwrap_or(within)));
            continue;
        }
        // The words of a text come after its title.
        if name == "title" && out.last().is_some_and(|e: &Element| e.name == "text" && e.text.is_empty()) {
            continue;
        }
        out.push(Element { name: name.to_string(), attributes, text: text.to_string(), moved: (x, y), within });
    }
    out
}

/// Left, top, right, bottom of a text, in a type as wide as DejaVu Sans.
fn bounds(e: &Element, phone: bool) -> (f64, f64, f64, f64) {
    let size = if e.is("small") {
        11.0
    } else if e.is("big") {
        18.0
    } else if phone {
        27.0
    } else {
        13.0
    };
    let text = e.text.replace("&lt;", "<").replace("&amp;", "&");
    let wide: f64 = text
        .chars()
        .map(|c| {
            if c as u32 > 0x2000 && c != '–' {
                1.0
            } else if "ilj.,:;'|! ".contains(c) {
                0.33
            } else if "frst-()".contains(c) {
                0.45
            } else if "mwMW%".contains(c) {
                0.95
            } else {
                0.6
            }
        })
        .sum::<f64>()
        * size;
    let (x, y) = (e.number("x") + e.moved.0, e.number("y") + e.moved.1);
    let left = match e.get("text-anchor") {
        "middle" => x - wide / 2.0,
        "end" => x - wide,
        _ => x,
    };
    (left, y - 0.8 * size, left + wide, y + 0.2 * size)
}

#[test]
fn labels_neither_overlap_nor_leave_the_drawing() {
    for ((case, kind), d) in all() {
        for (which, svg) in [("wide", &d.wide), ("narrow", &d.narrow), ("file", &d.file)] {
            let all = elements(svg);
            let Some(view) = all.first() else { continue };
            let view: Vec<f64> = view.get("viewBox").split(' ').map(|v| v.parse().unwrap()).collect();
            for phone in [false, true] {
                let seen = |e: &&Element| e.name == "text" && if phone { e.within == "phone" } else { e.within != "phone" };
                let texts: Vec<_> = all.iter().filter(seen).map(|e| (e.text.clone(), bounds(e, phone))).collect();
                for (i, (t, a)) in texts.iter().enumerate() {
                    assert!(a.0 >= -0.5 && a.1 >= -0.5 && a.2 <= view[2] + 0.5 && a.3 <= view[3] + 0.5, "{case} {kind} {which}: {t} leaves {view:?}: {a:?}");
                    for (u, b) in &texts[i + 1..] {
                        let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                        assert!(apart, "{case} {kind} {which}: {t} {a:?} lies on {u} {b:?}");
                    }
                }
            }
        }
    }
}

/// The number that a label says.
fn said(t: &str) -> Option<f64> {
    let t = t.replace(',', "").replace('\u{2212}', "-");
    let (digits, times) = [("万亿", 1e12), ("亿", 1e8), ("万", 1e4), ("bn", 1e9), ("M", 1e6), ("k", 1e3), ("%", 1.0), ("‰", 1.0), ("", 1.0)]
        .into_iter()
        .find_map(|(w, f)| Some((t.strip_suffix(w)?, f)))?;
    digits.parse::<f64>().ok().map(|v| v * times)
}

/// The scale down the page, as the numbers left of it tell: value at a place.
fn down(all: &[Element], plot_left: f64) -> impl Fn(f64) -> f64 + use<> {
    let ticks: Vec<(f64, f64)> = all
        .iter()
        .filter(|e| e.name == "text" && e.get("text-anchor") == "end" && e.number("x") < plot_left)
        .filter_map(|e| Some((e.number("y") - 4.5, said(&e.text)?)))
        .collect();
    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
    assert!(ticks.len() >= 2 && ticks.windows(2).all(|w| w[1].1 > w[0].1), "{ticks:?}");
    move |y| low.1 + (y - low.0) / (high.0 - low.0) * (high.1 - low.1)
}

fn close(a: f64, b: f64, range: f64) -> bool {
    (a - b).abs() <= range * 0.006
}

fn plot(svg: &str) -> Vec<f64> {
    svg.split("data-plot=\"").nth(1).unwrap().split('"').next().unwrap().split(' ').map(|v| v.parse().unwrap()).collect()
}

#[test]
fn marks_are_where_the_data_are() {
    for case in CASES.iter().filter(|c| !matches!(**c, "twelve" | "long")) {
        for (kind, narrow) in [("line", false), ("line", true), ("area", false)] {
            let d = of(case, kind);
            let svg = if narrow { &d.narrow } else { &d.wide };
            let (all, plot) = (elements(svg), plot(svg));
            let value = down(&all, plot[0]);
            let range = (value(plot[1]) - value(plot[3])).abs();
            let dots: Vec<&Element> = all.iter().filter(|e| e.name == "circle").filter(|e| e.number("cy") >= plot[1] - 0.1).collect();
            let numbers: Vec<(usize, usize, f64)> = (1..d.data[0].len())
                .flat_map(|c| d.data[1..].iter().enumerate().filter_map(move |(r, row)| Some((r, c - 1, row[c].parse::<f64>().ok()?))))
                .collect();
            assert_eq!(dots.len(), numbers.len(), "{case} {kind}");
            for (row, series, v) in numbers {
                let of: Vec<&&Element> = dots.iter().filter(|e| e.is(&format!("f{series}"))).collect();
                assert!(of.iter().any(|e| close(value(e.number("cy")), v, range)), "{case} {kind}: {v} in row {row}");
            }
        }
    }
    // Columns begin at nothing and end at their value; what is below nothing goes down from it.
    for case in ["negative", "constant", "tiny", "huge", "missing"] {
        let d = of(case, "bar");
        let (all, plot) = (elements(&d.wide), plot(&d.wide));
        let value = down(&all, plot[0]);
        let range = (value(plot[1]) - value(plot[3])).abs();
        let mut bars: Vec<&Element> = all.iter().filter(|e| e.name == "rect" && !e.is("swatch")).collect();
        let mut numbers: Vec<f64> = d.data[1..].iter().flat_map(|r| &r[1..]).filter_map(|v| v.parse().ok()).collect();
        assert_eq!(bars.len(), numbers.len(), "{case}");
        let ends = |e: &Element| {
            let (a, b) = (value(e.number("y")), value(e.number("y") + e.number("height")));
            assert!(close(a, 0.0, range) || close(b, 0.0, range), "{case}: {e:?} from {b} to {a}");
            if close(b, 0.0, range) { a } else { b }
        };
        bars.sort_by(|a, b| ends(a).total_cmp(&ends(b)));
        numbers.sort_by(f64::total_cmp);
        assert!(bars.iter().zip(&numbers).all(|(e, v)| close(ends(e), *v, range)), "{case}");
    }
}

#[test]
fn lines_over_long_names_tell_all_names_and_stand_at_their_values() {
    for kind in ["line", "area", "bar", "stacked"] {
        let d = of("long", kind);
        for (which, svg) in [("wide", &d.wide), ("narrow", &d.narrow)] {
            let all = elements(svg);
            let told: String = all.iter().filter(|e| e.name == "text").map(|e| e.text.replace(' ', "")).collect();
            for row in &d.data[1..] {
                assert!(told.contains(&row[0].replace(' ', "")), "{kind} {which}: {} is cut in {told}", row[0]);
            }
        }
    }
    let d = of("long", "line");
    let all = elements(&d.narrow);
    // Numbers stand below, values run to the right; rows follow one another.
    let ticks: Vec<(f64, f64)> =
        all.iter().filter(|e| e.name == "text" && e.get("text-anchor") == "middle").filter_map(|e| Some((e.number("x"), said(&e.text)?))).collect();
    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
    let value = |x: f64| low.1 + (x - low.0) / (high.0 - low.0) * (high.1 - low.1);
    for series in 1..d.data[0].len() {
        let dots: Vec<&Element> = all.iter().filter(|e| e.name == "circle" && e.is(&format!("f{}", series - 1)) && e.number("r") < 3.0).collect();
        let dots = &dots[dots.len() - (d.data.len() - 1)..];
        for (row, dot) in d.data[1..].iter().zip(dots) {
            assert!(close(value(dot.number("cx")), row[series].parse().unwrap(), high.1 - low.1), "{} of {row:?}", row[series]);
        }
        assert!(dots.windows(2).all(|w| w[1].number("cy") > w[0].number("cy")));
    }
}

#[test]
fn stacks_with_negatives_go_both_ways_and_cover_nothing() {
    for narrow in [false, true] {
        let d = of("negative", "stacked");
        let svg = if narrow { &d.narrow } else { &d.wide };
        let (all, plot) = (elements(svg), plot(svg));
        let value = down(&all, plot[0]);
        let layers: Vec<(f64, f64, f64)> =
            all.iter().filter(|e| e.is("layer")).map(|e| (e.number("x"), value(e.number("y") + e.number("height")), value(e.number("y")))).collect();
        let mut columns: Vec<f64> = layers.iter().map(|l| l.0).collect();
        columns.dedup();
        assert_eq!(columns.len(), d.data.len() - 1);
        for (x, row) in columns.iter().zip(&d.data[1..]) {
            let of: Vec<_> = layers.iter().filter(|l| l.0 == *x).collect();
            let numbers: Vec<f64> = row[1..].iter().map(|v| v.parse().unwrap()).collect();
            let (up, down): (f64, f64) = (numbers.iter().filter(|v| **v > 0.0).sum(), numbers.iter().filter(|v| **v < 0.0).sum());
            let top = of.iter().map(|l| l.2).fold(f64::NEG_INFINITY, f64::max);
            let bottom = of.iter().map(|l| l.1).fold(f64::INFINITY, f64::min);
            assert!(close(top, up.max(0.0), 100.0) && close(bottom, down.min(0.0), 100.0), "{row:?}: {bottom} to {top}");
            // Together they are as long as all their values: none lies on another.
            let long: f64 = of.iter().map(|l| l.2 - l.1).sum();
            assert!((long - numbers.iter().map(|v| v.abs()).sum::<f64>()).abs() < 1.5, "{row:?}");
        }
    }
}

#[test]
fn time_is_to_scale_and_a_gap_is_a_gap() {
    let d = of("uneven", "line");
    let all = elements(&d.wide);
    let years: Vec<f64> = d.data[1..].iter().map(|r| r[0].parse().unwrap()).collect();
    let dots: Vec<f64> = all.iter().filter(|e| e.name == "circle" && e.is("f0")).map(|e| e.number("cx")).collect();
    let a_year = (dots[dots.len() - 1] - dots[0]) / (years[years.len() - 1] - years[0]);
    assert!(dots.iter().zip(&years).all(|(x, y)| (x - dots[0] - (y - years[0]) * a_year).abs() < 0.11), "{dots:?}");
    // One line, from 2015 on; what is ten years apart stands alone.
    let lines: Vec<&Element> = all.iter().filter(|e| e.is("l0")).collect();
    assert_eq!((lines.len(), lines[0].get("d").matches(['M', 'L']).count()), (1, 10));
    assert!(d.page.contains("缺数或间隔较长的地方不连线"));
    // A missing value is a gap, nothing is none; in columns a cross stands for what is missing.
    let d = of("missing", "line");
    let all = elements(&d.wide);
    assert_eq!([0, 1, 2].map(|k| all.iter().filter(|e| e.is(&format!("l{k}"))).count()), [2, 2, 1]);
    let all = elements(&of("missing", "bar").wide);
    let empty = of("missing", "bar").data[1..].iter().flat_map(|r| &r[1..]).filter(|v| v.is_empty()).count();
    assert_eq!(all.iter().filter(|e| e.is("none")).count(), empty + 1, "with the one of the key");
    assert!(all.iter().filter(|e| e.name == "rect").all(|e| e.number("height") >= 1.0));
    // Working days are joined over a weekend, not over a week of holidays.
    assert_eq!(elements(&of("days", "line").wide).iter().filter(|e| e.is("l0")).count(), 2);
}

#[test]
fn no_two_series_look_alike_and_what_is_too_much_is_said() {
    let d = of("eight", "line");
    let all = elements(&d.wide);
    for k in 0..8 {
        assert_eq!(all.iter().filter(|e| e.is(&format!("l{k}"))).count(), 1);
        assert_eq!(all.iter().filter(|e| e.is(&format!("t{k}"))).count(), 1, "its name beside it");
    }
    // Twelve: a small chart each, or the smallest summed up.
    for kind in ["line", "area", "bar", "multiples"] {
        let all = elements(&of("twelve", kind).wide);
        assert_eq!(all.iter().filter(|e| e.name == "text" && e.is("strong")).count(), 12, "{kind}");
        assert!(!all.iter().any(|e| e.is("l1") || e.is("f1")));
    }
    assert!(of("twelve", "line").page.contains("共12个系列，各画一张小图"));
    let d = of("twelve", "stacked");
    assert!(d.wide.contains(">其余5项</text>") && d.page.contains("最小的5个系列合为“其余”") && !d.wide.contains("f8"));
    assert_eq!(d.page.split("<thead>").nth(1).unwrap().split("</thead>").next().unwrap().matches("<th ").count(), 13, "the table has all");
}

#[test]
fn a_chart_says_what_it_is() {
    let d = of("uneven", "line");
    for part in [
        "<small>1953—2024</small>",
        "来源：例：uneven",
        "折线图，3个系列，1953—2024",
        "甲类：起伏中上升，1953 为",
        "data-x=\"",
        "<script src=\"/assets/js/chart",
        "download data-png=\"下载图（PNG）\">下载图（SVG）",
    ] {
        assert!(d.page.contains(part), "{part}: {}", d.page);
    }
    // Numbers have their unit once; per cent stands behind each.
    assert!(d.wide.contains(">20%</text>") && of("huge", "line").wide.contains(">10万亿</text>") && of("english", "line").wide.contains(">0.2M</text>"));
    assert!(of("huge", "line").page.contains("<small>单位：元 · 2015—2024</small>"));
    // The file carries all of it and wants nothing from elsewhere.
    let file = &of("missing", "choropleth").file;
    for part in [
        "xmlns=\"http://www.w3.org/2000/svg\"",
        ">来源：例：missing</text>",
        ">没有数据</text>",
        ">审图号：GS（2026）1号</text>",
        "<title id=\"t\">各街道的数</title>",
        "#0a5282",
    ] {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert!(!file.contains("var(") && !file.contains("href"));
    assert_eq!(file.matches("<pattern id=\"c-none\"").count(), 1);
    // No value is hatched, and the key has it.
    let d = of("missing", "tiles");
    assert!(
        d.wide.matches("fill=\"url(#chart-tiles-none)\"").count() > 3 && d.narrow.contains("url(#chart-tiles-n-none)") && d.narrow.contains(">没有数据</text>")
    );
    assert!(elements(&of("missing", "bar").wide).iter().any(|e| e.text == "没有数据"));
}
