//! Masked numbers whose hidden digits stand beside them: an identity number without the day of birth, beside the day of birth.

use super::around::{floor, left, right};
use super::digits::{luhn, mobile, resident};
use super::{Kind, Sure, Trace};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A number of which some digits are hidden; 10 stands for X.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked(Vec<Option<u8>>);

fn star(c: char) -> bool {
    matches!(c, '*' | '＊' | '×' | '●')
}

/// The number that a value masks, if it is one of a length that numbers of persons have.
pub fn masked(v: &str) -> Option<Masked> {
    if !(11..=60).contains(&v.len()) {
        return None;
    }
    let n = v.chars().filter(|c| *c != '\\').count();
    let stars = v.chars().any(star);
    let digits: Option<Vec<Option<u8>>> = v
        .chars()
        .filter(|c| *c != '\\')
        .enumerate()
        .map(|(i, c)| match c {
            '0'..='9' => Some(Some(c as u8 - b'0')),
            'X' | 'x' if stars && i + 1 == n => Some(Some(10)),
            'X' | 'x' => Some(None),
            c if star(c) => Some(None),
            _ => None,
        })
        .collect();
    let digits = digits.filter(|d| (11..=19).contains(&d.len()))?;
    let known = digits.iter().flatten().count();
    (known >= 4 && digits.len() - known >= 3).then_some(Masked(digits))
}

/// The day that a value is, as YYYYMMDD.
fn day(v: &str) -> Option<[u8; 8]> {
    let v = v.split([' ', 'T']).next().unwrap_or(v);
    let groups: Vec<&str> = v.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let all = match groups[..] {
        [d] if d.len() == 8 => d.to_string(),
        [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => format!("{y}{m:0>2}{d:0>2}"),
        _ => return None,
    };
    let mut out = [0; 8];
    out.iter_mut().zip(all.bytes()).for_each(|(o, b)| *o = b - b'0');
    (matches!(out[..2], [1, 8 | 9] | [2, 0])).then_some(out)
}

impl Masked {
    fn hidden(&self) -> usize {
        self.0.iter().filter(|d| d.is_none()).count()
    }

    /// The number with its hidden digits from others, in their order.
    fn filled(&self, by: &[u8]) -> Vec<u8> {
        let mut by = by.iter();
        self.0.iter().filter_map(|d| d.or_else(|| by.next().copied())).collect()
    }

    /// What it is with the hidden digits that another value has, and whether its check digit proves it.
    pub fn with(&self, other: &str) -> Option<(Kind, bool)> {
        let n = self.hidden();
        if let Some(d) = day(other) {
            let part = match n {
                8 => &d[..],
                6 => &d[2..],
                4 => &d[4..],
                _ => return None,
            };
            return is(&self.filled(part)).filter(|(k, _)| *k == Kind::Id);
        }
        if let Some(o) = masked(other) {
            let known: Vec<u8> = o.0.iter().flatten().copied().collect();
            let whole: Option<Vec<u8>> = if o.0.len() == self.0.len() {
                self.0.iter().zip(&o.0).map(|(a, b)| if a.is_some() && b.is_some() && a != b { None } else { a.or(*b) }).collect()
            } else {
                None
            };
            let whole = whole.or_else(|| (known.len() == n).then(|| self.filled(&known)))?;
            return is(&whole);
        }
        let digits: Vec<u8> = other.bytes().map(|c| if matches!(c, b'X' | b'x') { 10 } else { c.wrapping_sub(b'0') }).collect();
        (digits.len() == n && digits.iter().all(|d| *d <= 10)).then(|| is(&self.filled(&digits))).flatten()
    }
}

fn is(v: &[u8]) -> Option<(Kind, bool)> {
    match v.len() {
        18 if resident(v) => Some((Kind::Id, true)),
        11 if mobile(v) => Some((Kind::Mobile, false)),
        16..=19 if luhn(v) => Some((Kind::Card, false)),
        _ => None,
    }
}

/// Words behind which the last digits of a number stand.
static ENDS: &[&str] = &["尾号", "尾数", "后四位", "后4位", "末四位", "末4位"];
/// Bytes before and behind a mask that are looked at, within its line.
const NEAR: usize = 240;
/// Most masks of a text.
const MOST: usize = 2_000;

static WIDE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("＊＊"));

/// The masks of a text that what stands in the same line undoes.
pub(super) fn rejoined(text: &str, out: &mut Vec<Trace>) {
    let b = text.as_bytes();
    if b.len() < 20 || memchr::memchr(b'*', b).is_none() && WIDE.find(b).is_none() {
        return;
    }
    let (mut at, mut n) = (0, 0);
    let wide = WIDE.find(b).is_some();
    let next = |at: usize| if wide { text[at..].find(['*', '＊']) } else { memchr::memchr(b'*', &b[at..]) };
    while let Some(i) = next(at).map(|i| at + i) {
        let mut end = i;
        let mut hidden = 0;
        while let Some(c) = text[end..].chars().next().filter(|c| star(*c) || *c == '\\') {
            end += c.len_utf8();
            hidden += usize::from(c != '\\');
        }
        at = end.max(i + 1);
        if hidden < 4 || n > MOST {
            continue;
        }
        n += 1;
        let back = text[..i].trim_end_matches('\\');
        let start = back.len() - back.bytes().rev().take(15).take_while(u8::is_ascii_digit).count();
        let end = end + text[end..].bytes().take(15).take_while(|c| c.is_ascii_digit() || matches!(c, b'X' | b'x')).count();
        let Some(m) = masked(&text[start..end]) else { continue };
        if let Some((kind, sure)) = undone(&m, left(text, start, NEAR), right(text, end, NEAR)) {
            out.push(Trace { kind, at: start..end, sure });
        }
    }
}

/// What the words of a line before and behind a mask make of it.
fn undone(m: &Masked, before: &str, after: &str) -> Option<(Kind, Sure)> {
    for part in [after, before] {
        let groups = groups(part);
        let dates = groups.windows(3).filter(|w| w[0].len() == 4 && w[1].start - w[0].end <= 3 && w[2].start - w[1].end <= 3).map(|w| w[0].start..w[2].end);
        for at in dates.chain(groups.iter().filter(|g| g.len() == 8).cloned()) {
            if let Some((kind, true)) = m.with(&part[at.clone()]) {
                let near = &part[floor(part, at.start.saturating_sub(40))..floor(part, at.end + 15)];
                return Some((kind, if near.contains('生') || near.contains("birth") { Sure::Yes } else { Sure::Perhaps }));
            }
        }
        for i in ENDS.iter().flat_map(|w| part.match_indices(w).map(|(i, w)| i + w.len())) {
            let next = groups.iter().find(|g| g.start >= i && g.start - i <= 12);
            if let Some((kind, proof)) = next.and_then(|g| m.with(&part[g.clone()])) {
                return Some((kind, if proof { Sure::Yes } else { Sure::Perhaps }));
            }
        }
    }
    None
}

/// The figures of a text.
fn groups(text: &str) -> Vec<Range<usize>> {
    let b = text.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while i < b.len() {
        let n = b[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if n > 0 {
            out.push(i..i + n);
        }
        i += n.max(1);
    }
    out
}
