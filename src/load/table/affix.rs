//! Words that only the number format of a cell shows: `0.0"万元"`, `#,##0"人"`, `"¥"0.00`. A unit that all cells of a column have
//! alike is that of the column. Where they differ, or the head says another, the numbers alone would say something else than the
//! sheet, and the cells are published as it shows them.

use super::cells::{Raw, Tally};
use super::layout::Layout;
use super::lines::filled;
use super::numfmt::mere;
use super::units::known_unit;
use super::value::{Class, classify};
use std::collections::BTreeMap;

/// What there is to tell of a column: its name, and cells with what they show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name of the column.
    pub name: String,
    /// Its place.
    pub column: usize,
    /// See [`What`].
    pub what: What,
    /// Cells, the first of them, and what it shows.
    pub first: Tally,
    /// Another cell that differs, and what it shows.
    pub other: Option<(u32, u32, String)>,
}

impl Told {
    /// The cells are published as shown, so that what else there is to say of their units follows from that.
    pub fn as_shown(&self) -> bool {
        matches!(self.what, What::Mixed | What::Against(_))
    }
}

/// What became of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// They are the unit of the column now.
    Unit(String),
    /// Cells differ: they are published as shown.
    Mixed,
    /// The head has this unit, cells show another: they are published as shown.
    Against(String),
    /// Some cells have a sign of a currency, others none.
    Some,
    /// They are no unit, and left out.
    Words,
}

static CURRENCIES: &[(&str, &[&str])] = &[
    ("¥", &["元", "人民币", "RMB", "CNY", "yuan", "¥", "￥"]),
    ("￥", &["元", "人民币", "RMB", "CNY", "yuan", "¥", "￥"]),
    ("RMB", &["元", "人民币", "RMB", "CNY", "yuan"]),
    ("CNY", &["元", "人民币", "RMB", "CNY", "yuan"]),
    ("人民币", &["元", "人民币", "RMB", "CNY"]),
    ("US$", &["美元", "USD", "dollars", "us$", "$"]),
    ("USD", &["美元", "USD", "dollars", "us$", "$"]),
    ("HK$", &["港元", "港币", "HKD", "$"]),
    ("NT$", &["元", "新台币", "TWD", "$"]),
    ("$", &["美元", "USD", "dollars", "us$", "$", "港元", "加元", "澳元"]),
    ("€", &["欧元", "EUR", "euros", "€"]),
    ("EUR", &["欧元", "EUR", "euros", "€"]),
    ("£", &["英镑", "GBP", "£"]),
];

/// The unit that stands before or behind, if it is one.
fn unit(before: &str, after: &str) -> Option<String> {
    let (b, a) = (mere(before), mere(after));
    if b.is_empty() && (known_unit(&a) || measure(&a)) {
        return Some(a);
    }
    let currency = |t: &str| CURRENCIES.iter().any(|(s, _)| s.eq_ignore_ascii_case(t));
    match (currency(&b), currency(&a)) {
        (true, _) if a.is_empty() => Some(b),
        (_, true) if b.is_empty() => Some(a),
        _ => None,
    }
}

/// A word of measure that no list has: `3起`, `2.5亿次`, `12 µg/L`.
fn measure(t: &str) -> bool {
    let n = t.chars().count();
    if (1..=4).contains(&n) && t.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        return t.ends_with([
            '元', '人', '户', '个', '家', '所', '台', '辆', '件', '次', '天', '岁', '吨', '亩', '米', '里', '克', '升', '瓦', '度', '只', '头', '株', '倍',
            '张', '套', '座', '处', '条', '项', '篇', '册', '本', '份', '间', '栋', '幢', '床', '名', '宗', '起', '笔', '批', '场', '卷', '艘', '架', '列',
            '枚', '盏', '棵', '斤', '顷', '时', '分', '秒', '月', '周', '万', '亿', '千', '百',
        ]);
    }
    let ascii = t.chars().filter(char::is_ascii_alphabetic).count();
    ascii > 0
        && n <= 8
        && t.chars().all(|c| c.is_ascii_alphabetic() || "²³/·°µμ%0123456789".contains(c))
        && !matches!(t.to_ascii_lowercase().as_str(), "est" | "approx" | "ca" | "e" | "p" | "r" | "x" | "n" | "th" | "nd" | "rd" | "st")
}

fn agree(head: &str, unit: &str) -> bool {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    same(head, unit)
        || CURRENCIES.iter().filter(|(s, _)| s.eq_ignore_ascii_case(unit)).any(|(_, names)| {
            let foreign = ["美", "欧", "日", "港", "澳", "加", "韩"].iter().any(|f| head.contains(f));
            names.iter().any(|n| same(head, n) || (*n == "元" && head.ends_with('元') && !foreign) || (n.ends_with('元') && *n != "元" && head.ends_with(n)))
        })
}

fn currency(unit: &str) -> bool {
    CURRENCIES.iter().any(|(s, _)| s.eq_ignore_ascii_case(unit))
}

fn shown(text: &str, (before, after): &(String, String)) -> String {
    // A minus stands before everything.
    match text.strip_prefix('-') {
        Some(t) if !before.contains(['-', '−', '(', '（']) => format!("-{before}{t}{after}"),
        Some(t) => format!("{before}{t}{after}"),
        None => format!("{before}{text}{after}"),
    }
    .trim()
    .to_string()
}

/// Writes the words of a head as they are shown. True where there were some.
pub fn head(raw: &Raw, top: u32, left: u32, skip: usize, rows: &mut [Vec<String>]) -> bool {
    let mut any = false;
    for (r, c, k) in within(raw, top, skip) {
        let cell = rows.get_mut((r - top) as usize).zip(c.checked_sub(left)).and_then(|(row, c)| row.get_mut(c as usize));
        if let Some(t) = cell.filter(|t| !t.is_empty()) {
            *t = shown(t, &raw.affixes.kinds[k as usize]);
            any = true;
        }
    }
    any
}

fn within(raw: &Raw, top: u32, rows: usize) -> impl Iterator<Item = (u32, u32, u16)> + '_ {
    let all = &raw.affixes.cells;
    let from = all.partition_point(|c| c.0 < top);
    all[from..].iter().copied().take_while(move |c| ((c.0 - top) as usize) < rows)
}

/// Gives columns the unit that their cells show, or the cells what they show.
pub fn columns(raw: &Raw, top: u32, left: u32, rows: &mut [Vec<String>], found: &mut Layout) -> Vec<Told> {
    let mut by: BTreeMap<usize, Vec<(usize, u16)>> = BTreeMap::new();
    for (r, c, k) in within(raw, top, rows.len()) {
        let (r, Some(c)) = ((r - top) as usize, c.checked_sub(left)) else { continue };
        if r >= found.skip && (c as usize) < found.names.len() && rows[r].get(c as usize).is_some_and(|t| !t.is_empty()) {
            by.entry(c as usize).or_default().push((r, k));
        }
    }
    let kinds = &raw.affixes.kinds;
    let mut out = Vec::new();
    for (c, cells) in by {
        let at = |r: usize| (top + r as u32, left + c as u32);
        let text = |rows: &[Vec<String>], r: usize| rows[r].get(c).cloned().unwrap_or_default();
        let mut first = Tally::default();
        let mut bare: Option<usize> = None;
        let mut next = cells.iter().peekable();
        for (r, row) in rows.iter().enumerate().skip(found.skip) {
            if next.peek().is_some_and(|n| n.0 == r) {
                next.next();
            } else if bare.is_none()
                && filled(row) > 1
                && row.get(c).is_some_and(|t| matches!(classify(t.trim()), (Class::Integer | Class::Number, Some(n)) if n != 0.0))
            {
                bare = Some(r);
            }
        }
        let units: Vec<Option<String>> = kinds.iter().map(|(b, a)| unit(b, a)).collect();
        for (r, k) in &cells {
            first.add(at(*r), &shown(&text(rows, *r), &kinds[*k as usize]));
        }
        let one = units[cells[0].1 as usize].clone();
        let differs = cells.iter().find(|(_, k)| units[*k as usize] != one);
        let name = found.names[c].clone();
        let mut other = differs.map(|(r, k)| (at(*r), shown(&text(rows, *r), &kinds[*k as usize])));
        let what = match one {
            None if differs.is_none() => What::Words,
            Some(u) if differs.is_none() && bare.is_none() => match (&found.units[c], &found.unit) {
                (Some(h), _) | (None, Some(h)) if agree(h, &u) => continue,
                (Some(h), _) => What::Against(h.clone()),
                // The sign of a currency below `单位：万元` says no other measure.
                (None, Some(_)) if currency(&u) => continue,
                _ => {
                    found.units[c] = Some(u.clone());
                    What::Unit(u)
                }
            },
            Some(u) if differs.is_none() && (currency(&u) || found.units[c].as_deref().is_some_and(|h| agree(h, &u))) => {
                if found.units[c].as_deref().or(found.unit.as_deref()).is_some() {
                    continue;
                }
                other = bare.map(|r| (at(r), text(rows, r)));
                What::Some
            }
            _ => {
                other = other.or_else(|| bare.map(|r| (at(r), text(rows, r))));
                What::Mixed
            }
        };
        if matches!(what, What::Mixed | What::Against(_)) {
            for (r, k) in &cells {
                if let Some(t) = rows[*r].get_mut(c) {
                    *t = shown(t, &kinds[*k as usize]);
                }
            }
        }
        out.push(Told { name, column: c, what, first, other: other.map(|((r, c), t)| (r, c, t)) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_words() {
        for (b, a, want) in [
            ("", "万元", Some("万元")),
            ("", " 人", Some("人")),
            ("", "起", Some("起")),
            ("", "µg/L", Some("µg/L")),
            ("¥", "", Some("¥")),
            ("", " €", Some("€")),
            ("约", "", None),
            ("第", "号", None),
            ("", "左右", None),
            ("(", ")", None),
        ] {
            assert_eq!(unit(b, a).as_deref(), want, "{b}{a}");
        }
        assert!(agree("万元", "¥") && agree("元", "￥") && agree("USD", "$") && !agree("美元", "¥") && !agree("元", "万元") && !agree("元", "$"));
    }
}
