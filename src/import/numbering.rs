//! Numbers that Word shows before paragraphs: 一、（一）1. 第一条 1.1, counted as Word counts them.

use crate::load::attachment::xml::{attribute, each, on};
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// `第%1条`
    text: Option<String>,
    start: Option<i64>,
    /// Higher levels stand in it in plain digits.
    legal: bool,
    /// Level after which it begins anew; 0 is never.
    restart: Option<usize>,
    /// Nothing stands between number and text.
    tight: bool,
}

#[derive(Debug, Clone, Default)]
struct List {
    of: String,
    starts: BTreeMap<usize, i64>,
    own: BTreeMap<usize, Level>,
}

/// The lists of a document, and where they have got to.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, BTreeMap<usize, Level>>,
    lists: BTreeMap<String, List>,
    /// Levels that styles belong to, by list.
    styles: BTreeMap<(String, String), usize>,
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    begun: BTreeSet<String>,
    /// Forms of numbers that are written out; those that are not known.
    pub shown: BTreeSet<String>,
    pub unknown: BTreeSet<String>,
}

/// What stands before a paragraph.
#[derive(Debug, PartialEq)]
pub(super) enum Before {
    /// Nothing.
    None,
    /// A bullet.
    Bullet,
    /// `7.`, which Markdown has too.
    Number(i64),
    /// Anything else, as it is read, with the blank behind it.
    Words(String),
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Numbering {
        let mut out = Numbering::default();
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        let (mut kind, mut list, mut level): (Option<String>, Option<String>, usize) = (None, None, 0);
        let _ = each(xml, |e| {
            let Event::Start(e) = e else {
                if let Event::End(e) = e {
                    match e.local_name().as_ref() {
                        "abstractNum" => kind = None,
                        "num" => list = None,
                        _ => {}
                    }
                }
                return;
            };
            let val = || attribute(e, "val").unwrap_or_default();
            let number = |name: &str| attribute(e, name).and_then(|v| v.parse::<usize>().ok()).unwrap_or(0).min(LEVELS - 1);
            match e.local_name().as_ref() {
                "abstractNum" => kind = attribute(e, "abstractNumId"),
                "num" => {
                    list = attribute(e, "numId");
                    if let Some(l) = &list {
                        out.lists.entry(l.clone()).or_default();
                    }
                }
                "abstractNumId" => {
                    if let Some(l) = list.as_ref().and_then(|l| out.lists.get_mut(l)) {
                        l.of = val();
                    }
                }
                // A style of lists stands for one of them.
                "styleLink" => drop(kind.as_ref().map(|k| ids.insert(val(), k.clone()))),
                "numStyleLink" => drop(kind.as_ref().map(|k| ids.insert(format!("\0{k}"), val()))),
                "lvlOverride" => level = number("ilvl"),
                "startOverride" => {
                    if let (Some(l), Ok(n)) = (list.as_ref().and_then(|l| out.lists.get_mut(l)), val().parse()) {
                        l.starts.insert(level, n);
                    }
                }
                "lvl" => level = number("ilvl"),
                "pStyle" => drop(kind.as_ref().map(|k| out.styles.insert((k.clone(), val()), level))),
                name @ ("numFmt" | "lvlText" | "start" | "isLgl" | "lvlRestart" | "suff") => {
                    let at = match (&kind, &list) {
                        (Some(k), _) => Some(out.kinds.entry(k.clone()).or_default()),
                        (None, Some(l)) => out.lists.get_mut(l).map(|l| &mut l.own),
                        _ => None,
                    };
                    let Some(l) = at.map(|all| all.entry(level).or_default()) else { return };
                    match name {
                        "numFmt" => l.format = val(),
                        "lvlText" => l.text = Some(val()),
                        "start" => l.start = val().parse().ok(),
                        "isLgl" => l.legal = on(e),
                        "suff" => l.tight = val() == "nothing",
                        _ => l.restart = val().parse().ok(),
                    }
                }
                _ => {}
            }
        });
        let links: Vec<(String, String)> = ids.iter().filter_map(|(k, style)| Some((k.strip_prefix('\0')?.to_string(), ids.get(style)?.clone()))).collect();
        for (from, to) in links {
            if let Some(levels) = out.kinds.get(&to).cloned() {
                out.kinds.insert(from, levels);
            }
        }
        out
    }

    /// The level of a paragraph that belongs to a list by its style.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let kind = &self.lists.get(list)?.of;
        self.styles.get(&(kind.clone(), style.to_string())).copied()
    }

    fn level(&self, list: &str, level: usize) -> Option<&Level> {
        let l = self.lists.get(list)?;
        l.own.get(&level).or_else(|| self.kinds.get(&l.of)?.get(&level))
    }

    /// Counts on for a paragraph, and gives what stands before it.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Before {
        let level = level.min(LEVELS - 1);
        // Lists of Word's own styles that name none.
        let Some(l) = self.lists.get(list).cloned() else {
            if list != "+" {
                return Before::Bullet;
            }
            let n = self.counts.entry("+".into()).or_default();
            let count = n[0].map_or(1, |n| n.saturating_add(1));
            n[0] = Some(count);
            return Before::Number(count);
        };
        let levels: Vec<Level> = (0..LEVELS).map(|i| self.level(list, i).cloned().unwrap_or_default()).collect();
        let begins = |i: usize| l.starts.get(&i).copied().or(levels[i].start).unwrap_or(1);
        let first = self.begun.insert(list.to_string());
        let counts = self.counts.entry(l.of.clone()).or_default();
        if first {
            l.starts.keys().filter(|i| **i < LEVELS).for_each(|i| counts[*i] = None);
        }
        counts[level] = Some(counts[level].map_or_else(|| begins(level), |n| n.saturating_add(1)));
        for (i, c) in counts.iter_mut().enumerate().skip(level + 1) {
            if levels[i].restart.is_none_or(|r| r != 0 && r > level) {
                *c = None;
            }
        }
        // Levels above that have no paragraph yet begin.
        for (i, c) in counts.iter_mut().enumerate().take(level) {
            c.get_or_insert_with(|| begins(i));
        }
        let counts = *counts;
        let own = &levels[level];
        if matches!(own.format.as_str(), "bullet") {
            return Before::Bullet;
        }
        let count = counts[level].unwrap_or(1);
        let text = own.text.clone().unwrap_or_else(|| format!("%{}.", level + 1));
        if text.trim().is_empty() {
            return Before::None;
        }
        let plain = format!("%{}.", level + 1);
        if matches!(own.format.as_str(), "decimal" | "") && text.trim() == plain && (0..1_000_000_000).contains(&count) {
            return Before::Number(count);
        }
        let mut out = String::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars.peek().and_then(|d| d.to_digit(10)).filter(|d| c == '%' && (1..=LEVELS as u32).contains(d));
            let Some(d) = digit else {
                out.push(c);
                continue;
            };
            chars.next();
            let i = d as usize - 1;
            let n = counts[i].unwrap_or_else(|| begins(i));
            let format = if own.legal { "decimal" } else { levels[i].format.as_str() };
            match number(n, format) {
                Some(t) => out.push_str(&t),
                None => {
                    self.unknown.insert(format.to_string());
                    out.push_str(&n.to_string());
                }
            }
        }
        self.shown.insert(text);
        let out = out.trim().to_string();
        let wide = out.ends_with(['、', '）', '．', '】', '：', '。', '〕']);
        Before::Words(if own.tight || wide { out } else { format!("{out} ") })
    }
}

/// A number as a list shows it; `None` of a form that is not known.
fn number(n: i64, format: &str) -> Option<String> {
    let nth = |all: &str| usize::try_from(n - 1).ok().and_then(|i| all.chars().nth(i)).map(String::from);
    let letters = |first: u8| {
        // aa follows z, bb that.
        let i = usize::try_from(n - 1).ok()?;
        let c = char::from(first + u8::try_from(i % 26).ok()?);
        Some(std::iter::repeat_n(c, (i / 26 + 1).min(20)).collect::<String>())
    };
    match format {
        "decimal" | "" => Some(n.to_string()),
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{n:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => {
            Some(n.to_string().chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0xFF10 + d)).unwrap_or(c)).collect())
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"),
        "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            han(n, "零一二三四五六七八九", "十百千")
        }
        "chineseLegalSimplified" => han(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
        "ideographLegalTraditional" => han(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            let zero = if format == "ideographDigital" { '〇' } else { '○' };
            Some(
                n.to_string()
                    .chars()
                    .map(|c| c.to_digit(10).and_then(|d| if d == 0 { Some(zero) } else { "一二三四五六七八九".chars().nth(d as usize - 1) }).unwrap_or(c))
                    .collect(),
            )
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥"),
        "upperLetter" => letters(b'A'),
        "lowerLetter" => letters(b'a'),
        "upperRoman" if (1..4000).contains(&n) => Some(super::html::roman(n)),
        "lowerRoman" if (1..4000).contains(&n) => Some(super::html::roman(n).to_lowercase()),
        _ => None,
    }
}

/// 十, 十一, 二十, 一百零五; 一十 in the forms of cheques is 壹拾.
fn han(n: i64, digits: &str, tens: &str) -> Option<String> {
    if !(0..10_000).contains(&n) {
        return None;
    }
    let digit = |d: i64| digits.chars().nth(d as usize);
    if n == 0 {
        return digit(0).map(String::from);
    }
    let (mut out, mut zero) = (String::new(), false);
    for (power, sign) in [(1000, tens.chars().nth(2)), (100, tens.chars().nth(1)), (10, tens.chars().next()), (1, None)] {
        let d = n / power % 10;
        if d == 0 {
            zero = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            out.push(digit(0)?);
        }
        if !(power == 10 && d == 1 && out.is_empty() && digits.contains('一')) {
            out.push(digit(d)?);
        }
        out.extend(sign);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_shows_them() {
        for (n, format, right) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (11, "chineseCountingThousand", "十一"),
            (20, "japaneseCounting", "二十"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (1005, "chineseCountingThousand", "一千零五"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (3, "decimalEnclosedCircle", "③"),
            (2, "ideographTraditional", "乙"),
            (28, "lowerLetter", "bb"),
            (9, "upperRoman", "IX"),
            (5, "decimalZero", "05"),
            (12, "decimalFullWidth", "１２"),
            (10, "ideographDigital", "一〇"),
        ] {
            assert_eq!(number(n, format).as_deref(), Some(right), "{format}");
        }
        assert_eq!(number(1, "hebrew1"), None);
    }

    #[test]
    fn lists_are_counted_as_word_counts_them() {
        let mut n = Numbering::read(
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">\
             <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
             <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl>\
             <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num></w:numbering>",
        );
        let words = |t: &str| Before::Words(t.to_string());
        assert_eq!(n.next("1", 0), words("一、"));
        assert_eq!(n.next("1", 1), words("一.1 "));
        assert_eq!(n.next("1", 2), Before::Number(1));
        assert_eq!(n.next("1", 2), Before::Number(2));
        assert_eq!(n.next("1", 1), words("一.2 "));
        assert_eq!(n.next("1", 2), Before::Number(1));
        assert_eq!(n.next("1", 0), words("二、"));
        assert_eq!(n.next("2", 0), words("五、"));
        assert_eq!(n.next("2", 1), words("五.1 "));
        assert_eq!((n.next("+", 0), n.next("+", 0), n.next("9", 0)), (Before::Number(1), Before::Number(2), Before::Bullet));
    }
}
