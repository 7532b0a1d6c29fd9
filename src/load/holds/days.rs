//! The day of publication, in fields and in the lines above a text.

use super::{RELEASE_ZH, later};
use crate::load::dates::{self, Moment};
use crate::load::tree::{Kind, Node};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// English labels of the day of publication in the lines above a text.
static LABELS: &[&str] = &[
    "publication date",
    "publish date",
    "published on",
    "published",
    "date published",
    "release date",
    "date of release",
    "date of publication",
    "embargoed until",
    "embargo",
];

/// The day of publication that a line above a text names: `发布日期：2099年1月1日`, alone or beside others, in bold, in a table.
fn labelled(line: &str) -> Option<Moment> {
    // Behind a label stands one of these signs; those of full width begin so.
    let b = line.as_bytes();
    if memchr::memchr3(b':', b'|', b'=', b).is_none() && memchr::memchr(0xEF, b).is_none() {
        return None;
    }
    let line = line.to_lowercase().replace(['*', '_', '`'], "");
    RELEASE_ZH.iter().chain(LABELS).find_map(|label| {
        let at = line.find(label)?;
        let apart = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = line[at + label.len()..].trim_start();
        let value =
            rest.strip_prefix([':', '：', '|', '｜', '=']).filter(|_| apart)?.trim_start_matches([':', '：', '|', '｜', '[', '（', '(', ' ', '\u{3000}']);
        let value = value.split(['|', '｜', '\u{3000}', '，', ',', '；', ';', ']', '）', ')']).next()?.trim();
        let Some((date, rest)) = dates::leading_date(value) else {
            // A year alone, or a year and month.
            return (value.chars().count() <= 12).then(|| day(value, &TimeZone::UTC)).flatten();
        };
        // What stands behind the day is its time, or something else.
        let clock = dates::parse(&format!("{date} {}", rest.trim().trim_start_matches(['T', 't'])), &TimeZone::UTC);
        let first = || dates::parse(&format!("{date} {}", rest.split_whitespace().next().unwrap_or("")), &TimeZone::UTC);
        Some(clock.or_else(first).unwrap_or(Moment::day(date)))
    })
}

/// The latest day of publication that the lines above a text name; the first line that is a sentence ends them.
pub(in crate::load) fn above(text: &str) -> Option<Moment> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LABELLED);
    let label = |l: &str| l.starts_with(['#', '|', '<', '-', ':', '=']) || l.chars().count() <= 60 && !l.ends_with(['。', '.', '！', '？']);
    lines.take_while(|l| label(l)).filter_map(labelled).reduce(|a, b| if later(b, a) { b } else { a })
}

/// Lines above a text that are looked at.
const LABELLED: usize = 12;

pub(super) fn leaves<'n>(value: &'n Node, out: &mut Vec<&'n str>) {
    match &value.kind {
        Kind::Null => {}
        Kind::Text(t) => out.push(t),
        Kind::List(all) => all.iter().for_each(|v| leaves(v, out)),
        Kind::Map(pairs) => pairs.iter().for_each(|(_, v)| leaves(v, out)),
    }
}

/// The day that a text names in whatever way; where only its year is sure, the end of that year.
pub(in crate::load) fn day(text: &str, tz: &TimeZone) -> Option<Moment> {
    if let Some(m) = dates::parse(text, tz) {
        return Some(m);
    }
    let end = Time::new(23, 59, 0, 0).ok();
    if let Some((date, rest)) = dates::leading_date(text) {
        // 2026-11-27 18:00:00 +0800
        let rest = rest.trim_start_matches(['T', 't']).trim();
        let (clock, zone) = rest.split_once(' ').unwrap_or((rest, ""));
        let zone = zone.trim();
        let hours = |z: &str| Some((z.get(1..3)?.parse::<u8>().ok()?, z.trim_start_matches(['+', '-']).replace(':', "").get(2..4)?.parse::<u8>().ok()?));
        if let Some((h, m)) = zone.starts_with(['+', '-']).then(|| hours(zone)).flatten()
            && let Some(exact) = dates::parse(&format!("{date}T{clock}{}{h:02}:{m:02}", &zone[..1]), tz)
        {
            return Some(exact);
        }
        return Some(Moment { date, time: end });
    }
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let years = (0..bytes.len()).filter(|i| (0..4).all(|n| digit(i + n)) && !digit(i + 4) && (*i == 0 || !digit(i - 1)));
    let year = years.filter_map(|i| text.get(i..i + 4)?.parse::<i16>().ok()).filter(|y| (1900..=9998).contains(y)).max()?;
    Some(Moment { date: Date::new(year, 12, 31).ok()?, time: end })
}
