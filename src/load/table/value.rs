//! What one cell is: nothing, a number, a day, a code, a text.

use serde::Serialize;

/// Class of one value. The order is that of [`Class::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Whole number.
    Integer,
    /// Number with a fraction, an exponent or a per-cent sign.
    Number,
    /// Day, month or year with a mark (`2024-05-01`, `2024年5月`, `2024年`).
    Date,
    /// Day with a time.
    Datetime,
    /// `true`, `false`.
    Boolean,
    /// Digits whose leading zeros or length say that they are no quantity (`010000`, an 18-digit number).
    Code,
    /// Anything else.
    String,
    /// A sign that stands for a missing value: `-`, `…`, `NA`.
    Mark,
}

impl Class {
    /// All of them; `as usize` is the place.
    pub const ALL: [Class; 8] = [Class::Integer, Class::Number, Class::Date, Class::Datetime, Class::Boolean, Class::Code, Class::String, Class::Mark];
}

/// Signs that tables put where a value is missing.
pub static MARKS: &[&str] = &[
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "…",
    "……",
    "...",
    "..",
    "NA",
    "N/A",
    "n/a",
    "na",
    "NaN",
    "nan",
    "null",
    "NULL",
    "Null",
    "None",
    "#N/A",
    "/",
    "\\N",
    "无数据",
    "暂无",
];

/// Longest number in digits that a double holds without loss.
const EXACT_DIGITS: usize = 15;

/// Classifies a value without its outer blanks. Numbers are read with `1,234.5`, `12%` and full-width digits.
pub fn classify(v: &str) -> (Class, Option<f64>) {
    let b = v.as_bytes();
    let Some(&first) = b.first() else { return (Class::Mark, None) };
    if first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.') {
        if let Some(hit) = plain_number(b) {
            return hit;
        }
        if let Some(c) = date(v) {
            return (c, None);
        }
        if let Some(n) = number(v) {
            return (if v.contains(['.', '%', '％', '．', 'e', 'E']) { Class::Number } else { Class::Integer }, Some(n));
        }
        return (if MARKS.contains(&v) { Class::Mark } else { Class::String }, None);
    }
    // Asked for each text of a table: the first byte tells most of them apart.
    if b.len() <= 12 && matches!(first, b'N' | b'n' | b'#' | b'/' | b'\\' | 0xE2 | 0xE6) && MARKS.contains(&v) {
        return (Class::Mark, None);
    }
    if matches!(v, "true" | "false" | "TRUE" | "FALSE" | "True" | "False") {
        return (Class::Boolean, None);
    }
    // Full-width digits are three bytes from EF BC 90 on; a full-width minus is EF BC 8D.
    if b.len() >= 3 && first == 0xEF && b[1] == 0xBC {
        let half = half_width(v);
        if half.as_bytes().first().is_some_and(|c| c.is_ascii_digit() || *c == b'-') {
            return classify(&half);
        }
    }
    (Class::String, None)
}

/// Digits with at most one sign and one point: the most frequent shape, read without a detour.
fn plain_number(b: &[u8]) -> Option<(Class, Option<f64>)> {
    let signed = matches!(b[0], b'-' | b'+');
    let digits = &b[usize::from(signed)..];
    let (mut n, mut point, mut len): (u64, Option<usize>, usize) = (0, None, 0);
    for (i, c) in digits.iter().enumerate() {
        match c {
            b'0'..=b'9' => {
                len += 1;
                if len > 18 {
                    break;
                }
                n = n * 10 + u64::from(c - b'0');
            }
            b'.' if point.is_none() => point = Some(i),
            _ => return None,
        }
    }
    if len == 0 {
        return None;
    }
    if point.is_none() && !signed && ((digits.len() > 1 && digits[0] == b'0') || digits.len() > EXACT_DIGITS) {
        return Some((Class::Code, None));
    }
    if len > EXACT_DIGITS {
        let x: f64 = std::str::from_utf8(b).ok()?.parse().ok()?;
        return Some((if point.is_some() { Class::Number } else { Class::Integer }, Some(x)));
    }
    let mut x = n as f64;
    if let Some(p) = point {
        x /= TEN[digits.len() - p - 1];
    }
    Some((if point.is_some() { Class::Number } else { Class::Integer }, Some(if b[0] == b'-' { -x } else { x })))
}

static TEN: [f64; 17] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];

/// A number as people write it. `None` for anything else.
pub fn number(v: &str) -> Option<f64> {
    if v.is_empty() || v.len() > 40 {
        return None;
    }
    if !v.is_ascii() {
        let half = half_width(v);
        return if half.is_ascii() { number(&half) } else { None };
    }
    // `- 1`: a blank after the sign.
    if let Some(rest) = v.strip_prefix("- ") {
        return number(rest.trim_start()).map(|x| -x);
    }
    let (v, percent) = v.strip_suffix('%').map_or((v, false), |s| (s.trim_end(), true));
    let ok = v.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b'-' | b'+' | b'e' | b'E' | b' '));
    if !ok || !v.bytes().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let plain: String = if v.contains([',', ' ']) { grouped(v)? } else { v.to_string() };
    let x: f64 = plain.parse().ok().filter(|x: &f64| x.is_finite())?;
    Some(if percent { x / 100.0 } else { x })
}

/// `2009-10`, where the second is the year after the first: a financial year, or a month.
pub fn fiscal(v: &str) -> bool {
    let b = v.as_bytes();
    let two = |i: usize| u32::from(b[i] - b'0') * 10 + u32::from(b[i + 1] - b'0');
    b.len() == 7
        && matches!(b[4], b'-' | b'/')
        && b.iter().enumerate().all(|(i, c)| i == 4 || c.is_ascii_digit())
        && matches!(&b[..2], b"18" | b"19" | b"20")
        && two(5) == (two(2) + 1) % 100
}

/// Whether a number has a sign for per cent.
pub fn percent(v: &str) -> bool {
    v.ends_with(['%', '％'])
}

/// Thousands separators must part groups of three (or, in India, two) digits.
fn grouped(v: &str) -> Option<String> {
    let (whole, rest) = v.find('.').map_or((v, ""), |i| v.split_at(i));
    if rest.contains([',', ' ']) {
        return None;
    }
    let sep = if whole.contains(',') { ',' } else { ' ' };
    let mut parts = whole.trim_start_matches(['-', '+']).split(sep);
    let first = parts.next()?;
    // `010 123 456` is a telephone.
    let ok = (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|p| p.len() == 3);
    ok.then(|| v.chars().filter(|c| *c != sep).collect())
}

/// `1E05`: digits, E, digits. Programs write a sign or a point into such numbers, so this may as well be a room.
pub fn exponent_code(v: &str) -> bool {
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    v.split_once(['E', 'e']).is_some_and(|(a, b)| digits(a) && digits(b))
}

/// A number as it is written, without signs between groups of digits and in ASCII: no digit changes. `None` for anything else.
pub fn ungrouped(v: &str) -> Option<String> {
    number(v)?;
    let half = if v.is_ascii() { v.to_string() } else { half_width(v) };
    Some(half.chars().filter(|c| !matches!(c, ',' | ' ')).collect())
}

/// A number in full-width digits, in ASCII; `None` where nothing is to be changed.
pub fn narrow(v: &str) -> Option<String> {
    if v.is_ascii() {
        return None;
    }
    number(v).map(|_| half_width(v))
}

/// Full-width digits and signs as ASCII.
fn half_width(v: &str) -> String {
    v.chars()
        .map(|c| match c as u32 {
            n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap_or(c),
            0x3000 => ' ',
            0x2212 => '-',
            _ => c,
        })
        .collect()
}

/// A number whose minus sign is none that programs know: `–5`, `−5`.
pub fn other_minus(v: &str) -> bool {
    v.strip_prefix(['–', '—', '―', '‒', '‐', '‑', '﹣', '−'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') && number(rest).is_some())
}

/// What programs write for a number beyond all numbers.
pub fn endless(v: &str) -> bool {
    let t = v.trim_start_matches(['-', '+']).to_ascii_lowercase();
    matches!(t.as_str(), "inf" | "infinity" | "∞" | "1.#inf" | "-∞")
}

/// A value in the form of a day that is not there: `2024-02-30`, `2024-13-01`.
pub fn no_day(v: &str) -> bool {
    let b = v.as_bytes();
    if b.len() < 8 || b.len() > 20 || !b[..4].iter().all(u8::is_ascii_digit) || date(v).is_some() {
        return false;
    }
    let parts: Vec<&str> = v.split(['-', '/', '.', '年', '月', '日']).filter(|p| !p.is_empty()).collect();
    parts.len() == 3 && parts[0].len() == 4 && parts[1..].iter().all(|p| matches!(p.len(), 1 | 2) && p.bytes().all(|c| c.is_ascii_digit()))
}

/// Whether a value is a day, month, year with a mark, or a point in time.
pub fn date(v: &str) -> Option<Class> {
    parts(v).map(|(_, _, _, time)| if time { Class::Datetime } else { Class::Date })
}

/// Year, month, day (0 where it is not told) and whether a time follows.
pub fn parts(v: &str) -> Option<(u16, u8, u8, bool)> {
    let b = v.as_bytes();
    if b.len() < 5 || b.len() > 40 || !b[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    // 9999-12-31 says that there is no end.
    let endless = || v.get(4..).is_some_and(|r| ["-12-31", "/12/31", ".12.31", "年12月31日"].iter().any(|d| r.starts_with(d)));
    let year: u16 = v.get(..4)?.parse().ok().filter(|y| (1000..=2999).contains(y) || *y == 9999 && endless())?;
    let rest = v.get(4..)?;
    // `2024年`, `2024年5月`, `2024年05月01日`, `2024年第一季度`
    if let Some(rest) = rest.strip_prefix('年') {
        if rest.is_empty() {
            return Some((year, 0, 0, false));
        }
        if let Some(q) = quarter(rest) {
            return Some((year, q * 3 - 2, 0, false));
        }
        let (m, rest) = rest.split_once('月')?;
        let month = two(m, 12)?;
        if rest.is_empty() {
            return Some((year, month, 0, false));
        }
        let (d, rest) = rest.split_once('日')?;
        let time = rest.trim();
        return (time.is_empty() || clock(time)).then_some((year, month, two(d, 31).filter(|d| there(year, month, *d))?, !time.is_empty()));
    }
    let sep = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut it = rest[1..].splitn(2, sep);
    let m = it.next()?;
    if sep != '.' && m.starts_with(['Q', 'q']) && m.len() == 2 {
        return Some((year, (m.as_bytes()[1].wrapping_sub(b'0')).clamp(1, 4) * 3 - 2, 0, false));
    }
    let month = two(m, 12)?;
    let Some(d) = it.next() else { return (sep != '.' && m.len() == 2).then_some((year, month, 0, false)) };
    let cut = d.find(|c: char| !c.is_ascii_digit()).unwrap_or(d.len());
    let day = two(&d[..cut], 31).filter(|d| there(year, month, *d))?;
    let time = d[cut..].trim_start_matches(['T', 't', ' ']);
    (time.is_empty() || clock(time)).then_some((year, month, day, !time.is_empty()))
}

/// Whether a month has this day.
fn there(year: u16, month: u8, day: u8) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match (day, month) {
        (..29, _) => true,
        (29, 2) => leap,
        (30.., 2) | (31, 4 | 6 | 9 | 11) => false,
        _ => true,
    }
}

fn quarter(v: &str) -> Option<u8> {
    let v = v.trim_start_matches('第').trim_end_matches("季度").trim_end_matches('季');
    ["一", "二", "三", "四"].iter().position(|q| *q == v).or_else(|| ["1", "2", "3", "4"].iter().position(|q| *q == v)).map(|i| i as u8 + 1)
}

fn two(v: &str, most: u8) -> Option<u8> {
    if v.is_empty() || v.len() > 2 {
        return None;
    }
    v.parse().ok().filter(|n| (1..=most).contains(n))
}

fn clock(v: &str) -> bool {
    let v = v.trim_end_matches('Z');
    let b = v.as_bytes();
    b.len() >= 4 && b[0].is_ascii_digit() && b.contains(&b':') && b.iter().all(|c| c.is_ascii_digit() || matches!(c, b':' | b'.' | b'+' | b'-'))
}

/// A period as a column's name: `2024年`, `2024`, `2024-05`, `2024年一季度`.
pub fn period(name: &str) -> Option<(u16, u8)> {
    let v = name.trim();
    if v.len() == 4 && v.bytes().all(|c| c.is_ascii_digit()) {
        return v.parse().ok().filter(|y| (1800..=2100).contains(y)).map(|y| (y, 0));
    }
    parts(v).filter(|p| p.2 == 0 && !p.3 && (1800..=2100).contains(&p.0)).map(|p| (p.0, p.1))
}

/// A formula that a spreadsheet would run: `=`, `@`, or a sign before something that is no number.
pub fn formula(v: &str) -> bool {
    let Some(first) = v.bytes().next() else { return false };
    match first {
        b'=' | b'@' | b'\t' | b'\r' => v.len() > 1,
        // Numbers side by side, as of a place: `-42.98,147.28`.
        b'+' | b'-' if v.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b';' | b' ') || (c == b'-' || c == b'+')) => {
            let parts = v.split([',', ';', ' ']).filter(|p| !p.is_empty());
            !parts.clone().all(|p| p.trim_start_matches(['-', '+']).bytes().all(|c| c.is_ascii_digit() || c == b'.'))
        }
        b'+' | b'-' => {
            v.len() > 1 && !matches!(classify(v).0, Class::Integer | Class::Number | Class::Mark | Class::Code) && !v.bytes().all(|c| matches!(c, b'-' | b'+'))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for (v, c) in [
            ("12", Class::Integer),
            ("-3", Class::Integer),
            ("1,234", Class::Integer),
            ("010000", Class::Code),
            ("0", Class::Integer),
            ("110105194912310021", Class::Code),
            ("1.50", Class::Number),
            ("12.5%", Class::Number),
            ("1e6", Class::Number),
            ("１２", Class::Integer),
            ("2024-05-01", Class::Date),
            ("2024年", Class::Date),
            ("2024年5月1日", Class::Date),
            ("2024-05-01 08:30", Class::Datetime),
            ("2024-13-01", Class::String),
            ("2009-10", Class::Date),
            ("2019-20", Class::String),
            ("—", Class::Mark),
            ("N/A", Class::Mark),
            ("北京", Class::String),
            ("true", Class::Boolean),
            ("1.2.3", Class::String),
            ("1,23", Class::String),
            ("010 123 456", Class::String),
            ("2024年第一季度", Class::Date),
            ("-", Class::Mark),
            ("-abc", Class::String),
            ("1-2", Class::String),
        ] {
            assert_eq!(classify(v).0, c, "{v}");
        }
        assert_eq!(classify("28014.94").1, Some(28014.94));
        assert_eq!(classify("1,234.5").1, Some(1234.5));
        assert!(exponent_code("1E05") && exponent_code("00E1") && !exponent_code("1E+05") && !exponent_code("1.0E5") && !exponent_code("E5"));
        assert_eq!((ungrouped("1,234.50").as_deref(), ungrouped("007").as_deref(), ungrouped("１２").as_deref()), (Some("1234.50"), Some("007"), Some("12")));
        assert_eq!(period("2024年"), Some((2024, 0)));
        assert_eq!(period("2024-05"), Some((2024, 5)));
        assert_eq!(period("9999"), None);
        assert!(fiscal("2009-10") && fiscal("1999-00") && fiscal("2019/20") && !fiscal("2010-10") && !fiscal("2009-1") && !fiscal("2009-10-1"));
    }

    #[test]
    fn formulas() {
        for v in ["-1+2", "-1,SUM(A1)", "=HYPERLINK(\"x\")", "@SUM(1)", "-cmd|'/c calc'!A0", "+1+cmd"] {
            assert!(formula(v), "{v}");
        }
        for v in ["-3", "-", "—", "+86", "", "--", "-1.5%", "-42.98,147.28", "-42.98, -147.28", "--5", "+1 -2"] {
            assert!(!formula(v), "{v}");
        }
    }
}
