//! Masks: what of a value may be published. A mask is made for one thing, a number or a name, and hides what else the cell has.

use crate::load::chars::is_han;
use crate::personal::together::is_han_name;
use serde::Serialize;

/// How a column is masked (PII-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mask {
    /// 张*, 张*祥
    Name,
    /// 330106********1234
    Id,
    /// 138****1234
    Mobile,
    /// 6222****1234
    Card,
    /// Up to 村 / 社区 / 街道.
    Address,
    /// 浙A·***12
    Plate,
    /// Nothing remains but that there was a value.
    All,
}

/// Words of the YAML.
pub static MASKS: &[(&str, Mask)] = &[
    ("name", Mask::Name),
    ("姓名", Mask::Name),
    ("id", Mask::Id),
    ("身份证", Mask::Id),
    ("mobile", Mask::Mobile),
    ("手机", Mask::Mobile),
    ("card", Mask::Card),
    ("银行卡", Mask::Card),
    ("address", Mask::Address),
    ("地址", Mask::Address),
    ("plate", Mask::Plate),
    ("车牌", Mask::Plate),
    ("all", Mask::All),
    ("全部", Mask::All),
];

/// What stands for a value of which nothing may be shown.
const NOTHING: &str = "***";

impl Mask {
    /// The value as it may be published. Masking a masked value changes nothing, and no detector finds it.
    pub fn apply(self, v: &str) -> String {
        let v = v.trim();
        if v.is_empty() {
            return String::new();
        }
        match self {
            Mask::All => NOTHING.to_string(),
            Mask::Name => name(v),
            Mask::Id => number(v, 6, 8),
            Mask::Mobile => number(v, 3, 4),
            Mask::Card => number(v, 4, 4),
            Mask::Address => address(v),
            Mask::Plate => plate(v),
        }
    }
}

fn star(c: char) -> bool {
    matches!(c, '*' | '＊')
}

/// True where the stars are there already: each word has one, and two signs beside it at most.
fn starred(v: &str) -> bool {
    let mut words = v.split(|c: char| !(c.is_alphanumeric() || star(c))).filter(|w| !w.is_empty());
    v.contains(star) && words.all(|w| w.contains(star) && w.chars().filter(|c| c.is_alphanumeric()).count() <= 2)
}

fn name(v: &str) -> String {
    if starred(v) {
        return v.to_string();
    }
    let mut all = v.chars();
    let (Some(first), last) = (all.next(), all.next_back()) else { return String::new() };
    if v.is_ascii() {
        return format!("{first}***");
    }
    match (last, all.count()) {
        (None, _) => "*".to_string(),
        (Some(_), 0) => format!("{first}*"),
        (Some(last), n) => format!("{first}{}{last}", "*".repeat(n)),
    }
}

/// The first signs of a number and its last four. A cell with words in it shows of its only number, and nothing where it has several.
fn number(v: &str, head: usize, stars: usize) -> String {
    let Some(v) = alone(v) else { return NOTHING.to_string() };
    let chars: Vec<char> = v.chars().collect();
    let (n, tail) = (chars.len(), 4);
    if n < head + tail + 3 {
        return "*".repeat(n.clamp(3, 8));
    }
    chars[..head].iter().chain(std::iter::repeat_n(&'*', stars)).chain(&chars[n - tail..]).collect()
}

/// The number of a cell: all of it where there are no letters, else the only run of digits.
fn alone(v: &str) -> Option<&str> {
    let mut words = false;
    // Where the run begins and ends, and whether it has digits.
    let mut runs: Vec<(usize, usize, bool)> = Vec::new();
    for (i, c) in v.char_indices() {
        let end = i + c.len_utf8();
        // 11010519491231002X, 110105XXXXXXXX002X
        let within = runs.last().is_some_and(|r| r.1 == i) && matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ');
        if c.is_numeric() || star(c) || within {
            let joined = runs.last().is_some_and(|r| joint(&v[r.1..i]));
            match runs.last_mut().filter(|_| joined) {
                Some(r) => (r.1, r.2) = (end, r.2 || c.is_numeric()),
                None => runs.push((i, end, c.is_numeric())),
            }
        } else {
            words |= c.is_alphabetic();
        }
    }
    if !words {
        return Some(v);
    }
    let mut numbers = runs.iter().filter(|r| r.2);
    match (numbers.next(), numbers.next()) {
        (Some((from, to, _)), None) => v.get(*from..*to),
        _ => None,
    }
}

/// Between two groups of one number.
fn joint(between: &str) -> bool {
    matches!(between, "" | " " | "-" | "－" | "–" | "\u{a0}" | "\u{3000}")
}

/// Ends of what an address may be shown up to, the nearest to the house first.
static PLACES: &[&str] = &["村", "社区", "街道", "镇", "乡", "區", "区", "县"];

fn address(v: &str) -> String {
    // Before the number of a house, and before what stands in brackets or behind a comma: whose it is.
    let stop = v.find(|c: char| !(c.is_alphabetic() || c.is_whitespace() || matches!(c, '·' | '•'))).unwrap_or(v.len());
    let head = v[..stop].trim_end();
    let place = |w: &str| w.ends_with(['乡', '道', '屯', '组', '坊', '里', '巷', '弄', '省', '旗', '盟']);
    if head.split_whitespace().any(|w| is_han_name(w) && !place(w)) {
        return NOTHING.to_string();
    }
    if let Some(e) = PLACES.iter().find_map(|w| head.find(w).map(|i| i + w.len())) {
        return format!("{}***", &head[..e]);
    }
    let first: String = head.chars().take(3).collect();
    let told = first.chars().all(is_han) && (place(&first) || !is_han_name(&first));
    if told { format!("{first}***") } else { NOTHING.to_string() }
}

/// First signs of plates in Chinese, and last ones.
static PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新港澳台使领";
static LAST: &str = "学警港澳台挂试超领使临";

fn plate(v: &str) -> String {
    let plain: Vec<char> = v.chars().filter(|c| c.is_alphanumeric()).collect();
    let n = plain.len();
    let placed = |(i, c): (usize, &char)| !is_han(*c) || i == 0 || i + 1 == n && LAST.contains(*c);
    if v.contains(star) && n <= 4 && plain.iter().enumerate().all(placed) {
        return v.to_string();
    }
    let latin = |c: char| c.is_ascii_alphanumeric() || ('Ａ'..='ｚ').contains(&c) || ('０'..='９').contains(&c);
    let forces = plain.starts_with(&['W', 'J']);
    let fits = |(i, c): (usize, &char)| latin(*c) || (i == 0 || i == 2 && forces) && PROVINCES.contains(*c) || i + 1 == n && LAST.contains(*c);
    // `Li12345` has a name in it.
    let mixed = plain.iter().any(char::is_ascii_lowercase) && plain.iter().any(char::is_ascii_uppercase);
    let digits = plain.iter().filter(|c| c.is_numeric()).count();
    if !(6..=8).contains(&n) || mixed || digits < 3 || !plain.iter().enumerate().all(fits) {
        return NOTHING.to_string();
    }
    format!("{}{}·***{}{}", plain[0], plain[1], plain[n - 2], plain[n - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hold() {
        for (m, v, want) in [
            (Mask::Name, "张三", "张*"),
            (Mask::Name, "张吉祥", "张*祥"),
            (Mask::Name, "王", "*"),
            (Mask::Name, "王小明*", "王***"),
            (Mask::Name, "李*、王小明", "李****明"),
            (Mask::Name, "*小红", "*小红"),
            (Mask::Name, "欧阳**", "欧阳**"),
            (Mask::Name, "Wang Xiaoming", "W***"),
            (Mask::Name, "J*** Smith", "J***"),
            (Mask::Id, "330106199001011234", "330106********1234"),
            (Mask::Id, "33010619900101123X", "330106********123X"),
            (Mask::Id, "330106199001011234（王小明）", "330106********1234"),
            (Mask::Id, "身份证330106199001011234", "330106********1234"),
            (Mask::Id, "身份证330106 19900101 123X", "330106********123X"),
            (Mask::Id, "护照E12345678；身份证330106199001011234", "***"),
            (Mask::Id, "王小明", "***"),
            (Mask::Id, "110105XXXXXXXX1234", "110105********1234"),
            (Mask::Mobile, "13812345678", "138****5678"),
            (Mask::Mobile, "王小明13812345678", "138****5678"),
            (Mask::Mobile, "13812345678（王小明）", "138****5678"),
            (Mask::Mobile, "John 138-1234-5678", "138****5678"),
            (Mask::Mobile, "微信 wangxm85", "***"),
            (Mask::Mobile, "王小明138****5678", "138****5678"),
            (Mask::Mobile, "65123456", "********"),
            (Mask::Card, "6222021234567890128", "6222****0128"),
            (Mask::Card, "6222021234567890128（工行 王小明）", "6222****0128"),
            (Mask::Card, "工行6222021234567890128 农行6228481234567890123", "***"),
            (Mask::Plate, "浙A12345", "浙A·***45"),
            (Mask::Plate, "浙 AD·12345", "浙A·***45"),
            (Mask::Plate, "浙A1234学", "浙A·***4学"),
            (Mask::Plate, "浙A12345（王小明）", "***"),
            (Mask::Plate, "王小明A12345", "***"),
            (Mask::Plate, "Li12345", "***"),
            (Mask::Plate, "浙A1*345", "浙A·***45"),
            (Mask::Address, "杭州市西湖区某某村12号", "杭州市西湖区某某村***"),
            (Mask::Address, "李庄村王小明家", "李庄村***"),
            (Mask::Address, "文三路259号3幢501室（西湖区）", "文三路***"),
            (Mask::Address, "王小明 西湖区文三路1号", "***"),
            (Mask::Address, "王小明家259号", "***"),
            (Mask::Address, "王小明（西湖区）", "***"),
            (Mask::Address, "太康县 王集乡 李庄村12号", "太康县 王集乡 李庄村***"),
            (Mask::Address, "江苏省南京市", "江苏省***"),
            (Mask::Address, "259号501", "***"),
            (Mask::Address, "12 High Street, London", "***"),
            (Mask::All, "王小明", "***"),
        ] {
            let once = m.apply(v);
            assert_eq!(once, want, "{m:?} {v}");
            assert_eq!(m.apply(&once), once, "{m:?} {once}");
            assert_eq!(crate::personal::traces(&once), [], "{once}");
        }
    }
}
