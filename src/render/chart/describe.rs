//! What a chart is in words: for who does not see it, and what is to be known to read it.

use super::number::plain;
use super::scale::{Linear, Zero};
use super::spec::Chart;
use super::time::Times;
use crate::load::table::decimal;
use crate::load::table::regions::PROVINCES;
use crate::render::Ctx;
use crate::tables::{Left, Plot};
use crate::theme::Messages;

/// Series that are described.
const SERIES: usize = 8;

/// From when to when, of a chart over time.
pub fn period(ctx: &Ctx<'_>, lang: usize, plot: &Plot) -> Option<String> {
    let (a, b) = ends(plot)?;
    // 2024年, not 2019—2020学年.
    let a = a.strip_suffix('年').filter(|y| b.ends_with('年') && y.bytes().all(|c| c.is_ascii_digit())).unwrap_or(a);
    if a == b.trim_end_matches('年') { Some(b.to_string()) } else { ctx.theme.messages[lang].get("chart.period", &[("a", a), ("b", b)]) }
}

/// First and last label that have a value, of a chart over time.
fn ends(plot: &Plot) -> Option<(&str, &str)> {
    if !plot.time {
        return None;
    }
    let has = |i: &usize| plot.series.iter().any(|(_, v)| v.get(*i).copied().flatten().is_some());
    let mut known = (0..plot.labels.len()).filter(has);
    let first = known.next()?;
    let last = known.next_back().unwrap_or(first);
    Some((&plot.labels[first], &plot.labels[last]))
}

/// The course of a series in one of few words.
fn course(values: &[f64]) -> &'static str {
    let (first, last) = (values[0], values[values.len() - 1]);
    let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
    let range = high - low;
    if range == 0.0 {
        return "same";
    }
    if range <= 0.03 * low.abs().max(high.abs()) {
        return "steady";
    }
    let steps = values.windows(2).map(|w| w[1] - w[0]);
    let (up, down) = steps.fold((0.0, 0.0), |(u, d), s| if s > 0.0 { (u + s, d) } else { (u, d - s) });
    let at = |x: f64| values.iter().position(|v| *v == x).unwrap_or(0);
    let inside = |i: usize| i > 0 && i + 1 < values.len();
    // It turns once, but for what is not seen.
    let (turn, slack) = (0.25 * range, 0.1 * range);
    if down == 0.0 {
        "up"
    } else if up == 0.0 {
        "down"
    } else if inside(at(high)) && high - first > turn && high - last > turn && up - (high - first) < slack {
        "peak"
    } else if inside(at(low)) && first - low > turn && last - low > turn && down - (first - low) < slack {
        "dip"
    } else if last - first > 0.5 * range {
        "rising"
    } else if first - last > 0.5 * range {
        "falling"
    } else {
        "mixed"
    }
}

/// Decimals in which all numbers of a series are told: theirs, but not more than are worth hearing.
fn decimals(values: &[f64]) -> usize {
    let most = values.iter().fold(0.0f64, |a, v| a.max(v.abs()));
    let enough = if most >= 1000.0 {
        1
    } else if most >= 1.0 {
        2
    } else if most > 0.0 {
        (3.0 - most.log10().floor()).clamp(2.0, 18.0) as usize
    } else {
        0
    };
    let own = |v: &f64| decimal::text(*v).split_once('.').map_or(0, |(_, f)| f.len());
    values.iter().map(own).max().unwrap_or(0).min(enough)
}

/// Most places of equal values that are named.
const EQUAL: usize = 4;

/// What a reader who does not see the chart is told: what it is, the course of each series, least and greatest.
pub fn describe(ctx: &Ctx<'_>, lang: usize, plot: &Plot, names: &[String], unit: &str) -> String {
    let m = &ctx.theme.messages[lang];
    let zh = ctx.public.languages[lang].tag.starts_with("zh");
    let kind = m.say(&format!("chart.kind.{}", plot.kind));
    let known = plot.series.first().map_or(0, |(_, v)| v.iter().flatten().count());
    let mut head = vec![
        kind,
        m.count(if plot.series.len() > 1 { "chart.desc.series" } else { "chart.desc.values" }, if plot.series.len() > 1 { plot.series.len() } else { known }),
    ];
    head.extend(period(ctx, lang, plot));
    if !unit.is_empty() {
        head.push(m.get("table.unit", &[("text", unit)]).unwrap_or_default());
    }
    let mut out = vec![head.join(if zh { "，" } else { ", " }) + if zh { "。" } else { "." }];
    for ((_, values), name) in plot.series.iter().zip(names).take(SERIES) {
        let known: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(i, v)| Some((i, (*v)?))).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            out.push(m.get("chart.desc.none", &[("series", name)]).unwrap_or_default());
            continue;
        };
        let least = known.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(first);
        let most = known.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(last);
        let label = |p: &(usize, f64)| match plot.regions.get(p.0).copied().flatten() {
            Some(r) if !zh => r.en.to_string(),
            Some(r) => r.short.to_string(),
            None => plot.labels.get(p.0).cloned().unwrap_or_default(),
        };
        let numbers: Vec<f64> = known.iter().map(|k| k.1).collect();
        let places = decimals(&numbers);
        let text = |v: f64| plain(v, places);
        // Of equal ones none is the lowest alone.
        let places_of = |v: f64| {
            let all: Vec<String> = known.iter().filter(|k| k.1 == v).map(label).collect();
            let list = |n: usize| all.iter().take(n).cloned().collect::<Vec<_>>().join(&m.say("chart.list"));
            if all.len() <= EQUAL { list(EQUAL) } else { m.get("chart.desc.several", &[("list", list(2)), ("n", all.len().to_string())]).unwrap_or_default() }
        };
        let args = [
            ("series", name.clone()),
            ("n", known.len().to_string()),
            ("course", m.say(&format!("chart.course.{}", course(&numbers)))),
            ("from", label(first)),
            ("a", text(first.1)),
            ("to", label(last)),
            ("b", text(last.1)),
            ("low", places_of(least.1)),
            ("x", text(least.1)),
            ("high", places_of(most.1)),
            ("y", text(most.1)),
        ];
        let key = match (known.len(), plot.time) {
            (1, _) => "chart.desc.one",
            _ if least.1 == most.1 => "chart.desc.all",
            (_, true) => "chart.desc.time",
            _ => "chart.desc",
        };
        out.push(m.get(key, &args).unwrap_or_default());
    }
    if plot.series.len() > SERIES {
        out.push(m.count("chart.desc.more", plot.series.len() - SERIES));
    }
    let missing: usize = plot.series.iter().map(|(_, v)| v.iter().filter(|v| v.is_none()).count()).sum();
    // Every region has its tile.
    let missing = if plot.kind == "tiles" { PROVINCES.len().saturating_sub(known) } else { missing };
    if missing > 0 {
        out.push(m.count("chart.desc.missing", missing));
    }
    // A label that ends with 年 is no word beside which there is a blank.
    out.join(if zh { "" } else { " " }).replace("年 为 ", "年为 ")
}

/// What the drawing leaves out or does otherwise.
pub fn left(plot: &Plot, m: &Messages) -> Vec<String> {
    let list = |l: &[String]| l.iter().take(8).cloned().collect::<Vec<_>>().join(&m.say("chart.list"));
    let told = |l: &Left| match l {
        Left::Nameless(n) => Some(m.count("chart.note.nameless", *n)),
        Left::Totals(l) => m.get("chart.note.totals", &[("list", list(l))]),
        Left::Elsewhere(l) => m.get("chart.note.elsewhere", &[("n", l.len().to_string()), ("list", list(l))]),
        Left::Summed(l) => m.get("chart.note.summed", &[("label", l.clone())]),
    };
    plot.left.iter().filter_map(told).collect()
}

/// That the axis of the values does not begin at nothing, where it does not.
pub fn floor(c: &Chart<'_>, m: &Messages) -> Option<String> {
    let lines = matches!(c.plot.kind, "line" | "multiples") && !c.columns && c.labels.len() > 1;
    let all = c.plot.series.iter().flat_map(|(_, v)| v.iter().flatten().copied());
    let scale = lines.then(|| Linear::new(all, Zero::Near, 5.0))?;
    (scale.low > 0.0 || scale.high < 0.0).then(|| m.say("chart.note.floor").trim_end_matches(['。', '.']).to_string())
}

/// What is to be known to read the drawing.
pub fn notes(c: &Chart<'_>, m: &Messages) -> Vec<String> {
    let mut out = Vec::new();
    let lines = matches!(c.plot.kind, "line" | "area" | "multiples") && !c.columns;
    if lines {
        let bridge = c.times.as_ref().map_or(f64::INFINITY, Times::bridge);
        let place = |i: usize| c.times.as_ref().map_or(i as f64, |t| t.places[i]);
        let gap = c.plot.series.iter().any(|(_, v)| {
            let known: Vec<usize> = (0..v.len()).filter(|i| v[*i].is_some()).collect();
            known.windows(2).any(|w| w[1] > w[0] + 1 || place(w[1]) - place(w[0]) > bridge)
        });
        if gap {
            out.push(m.say("chart.note.gap"));
        }
        if !c.plot.cuts.is_empty() {
            out.push(m.say("chart.note.cut"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::course;

    #[test]
    fn a_course_is_told_in_a_word() {
        for (values, word) in [
            (&[1.0, 2.0, 3.0][..], "up"),
            (&[3.0, 2.0, 1.0], "down"),
            (&[1.0, 5.0, 1.0], "peak"),
            (&[5.0, 1.0, 5.0], "dip"),
            (&[-120.5, -300.0, 50.0, -10.0, 0.0], "mixed"),
            (&[1.0, 4.0, 3.0, 6.0], "rising"),
            // It fell once, if little: it did not rise all the way.
            (&[1.0, 4.0, 6.0, 5.9], "rising"),
            (&[6.0, 2.0, 2.1, 1.0], "falling"),
            (&[6.0, 3.0, 4.0, 1.0], "falling"),
            (&[1.0, 5.0, 1.0, 5.0, 1.0], "mixed"),
            (&[7.0, 7.0], "same"),
            (&[100.0, 101.0, 100.0], "steady"),
        ] {
            assert_eq!(course(values), word, "{values:?}");
        }
    }
}
