//! Numbers and days as people write them elsewhere: `(1234)`, `R$ 1.234,50`, `5 kg`, `½`, `12.IV.2020`. They stay texts; a
//! column of them is told, with what to write or to declare.

use super::units::known_unit;
use super::value::{Class, classify};
use crate::diag::{Text, say};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A way of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// `(1234)`
    Brackets,
    /// `1234-`
    MinusBehind,
    /// `R$ 1.234,50`, `100 €`
    Money,
    /// `5 kg`
    Unit,
    /// `3½`
    Fraction,
    /// `12.5 e`, `12*`
    Flag,
    /// `<5`, `约5`
    Bound,
    /// `1.2×10^5`
    Power,
    /// `١٢٣`
    Digits,
    /// `12.IV.2020`
    RomanMonth,
    /// `12 mars 2020`
    MonthName,
    /// `民国113年5月6日`
    Minguo,
    /// `113/05/06`, which may be a day of that calendar
    MaybeMinguo,
    /// `T`, `F`
    Truth,
}

const WAYS: usize = 14;
const ALL: [Way; WAYS] = [
    Way::Brackets,
    Way::MinusBehind,
    Way::Money,
    Way::Unit,
    Way::Fraction,
    Way::Flag,
    Way::Bound,
    Way::Power,
    Way::Digits,
    Way::RomanMonth,
    Way::MonthName,
    Way::Minguo,
    Way::MaybeMinguo,
    Way::Truth,
];

/// Longest value that is looked at, in bytes.
const LONG: usize = 48;

/// Names of money beside a number; a sign of money is another matter.
static MONEY: &str = "R$ US$ HK$ NT$ NT A$ C$ S$ AU$ CA$ MX$ kr kr. Kč zł Ft Fr. Rs Rs. lei лв. лв руб. руб р. грн CHF EUR USD GBP CNY RMB JPY HKD TWD \
    BRL INR KRW SEK NOK DKK PLN CZK HUF RUB CAD AUD 人民币 圆 円 원 港元 港币 欧元 新台币 新臺幣 euro euros Euro";
/// Units beside those of heads.
static UNITS: &str = "g mg µg μg l ml hl lb lbs oz ft in mi km² km2 m² m2 m³ m3 cm² °C °F ° kW MW GW Wh MWh GWh TWh kV Hz GB MB KB TB min hrs hours days \
    Tage jours ans mois Jahre Stück Stk Stk. pcs people persons Personen habitants hab. Mio Mio. Mrd Mrd. million millions billion \
    thousand Tsd. 亿人次 分钟 秒 月 周 平米 毫克 毫升 升 KM Kg KG ㎡ ㎏ ㎞ 吨/年 pts dB";
/// How months begin, in several languages.
static MONTHS: &str = "jan feb fév fev mar mär mrz apr avr abr may mai maj mag mei jun jui juin giu jul juil lug aug aoû aou ago sep set sett oct okt ott \
    out nov dec déc dez dic des ene gen янв фев мар апр мая май июн июл авг сен окт ноя дек";

/// What a column has of such values.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Foreign {
    counts: [u64; WAYS],
    /// The unit or money beside the first (in the order of texts), and whether there are others.
    beside: Option<Box<str>>,
    mixed: bool,
    /// One of them is longer than a letter.
    long: bool,
    /// Numbers beside them with a comma, with a point, with a comma and with a point that can only part decimals.
    signs: [u64; 4],
    /// `T` and `F` both stand.
    truths: [bool; 2],
}

/// A day of the calendar of the Republic of China, by which 2024 is the year 113; whether it says that it is one.
fn minguo(v: &str) -> Option<bool> {
    // Most texts of a table begin with something else than a figure, what parts figures, or the name of that calendar.
    v.chars().next().filter(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '中' | '民' | '年' | '月' | '日' | '/' | '-' | '.'))?;
    let rest = ["中华民国", "中華民國", "民国", "民國"].iter().find_map(|w| v.strip_prefix(w));
    let t = rest.unwrap_or(v).trim();
    let parts: Vec<&str> = t.split(['年', '月', '日', '/', '-', '.']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let number = |i: usize, most: u16| parts.get(i).is_none_or(|p| p.len() <= 3 && all_digits(p, 3) && p.parse::<u16>().is_ok_and(|n| (1..=most).contains(&n)));
    if !(1..=3).contains(&parts.len()) || !number(0, 199) || !number(1, 12) || !number(2, 31) {
        return None;
    }
    let (year, spelt) = (parts[0].parse::<u16>().unwrap_or(0), t.contains('年'));
    match rest {
        Some(_) => Some(true),
        // Three digits of a year and no fewer: `5/6` and `12-3` are anything.
        None => {
            (parts.len() == 3 && parts[0].len() == 3 && year >= 80 && (spelt || t.contains('/') || parts[1].len() == 2 && t.contains('-'))).then_some(spelt)
        }
    }
}

/// Digits with signs between them, whatever these mean.
fn figures(t: &str) -> bool {
    let t = t.trim().trim_start_matches(['-', '+', '\u{2212}']).trim_start();
    let inner = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}');
    t.starts_with(|c: char| c.is_ascii_digit()) && t.ends_with(|c: char| c.is_ascii_digit()) && t.chars().all(inner)
}

fn sign_of_money(c: char) -> bool {
    matches!(c, '$' | '¢' | '£' | '¤' | '¥' | '￥' | '฿' | '元' | '\u{20a0}'..='\u{20cf}')
}

/// Lists of words, to be asked for every value of a table.
static MONEY_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| MONEY.split_whitespace().collect());
static UNIT_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| UNITS.split_whitespace().collect());

fn money(t: &str) -> bool {
    MONEY_WORDS.contains(t) || (t.chars().count() == 1 && t.starts_with(sign_of_money))
}

fn roman(t: &str) -> bool {
    matches!(t, "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX" | "X" | "XI" | "XII")
}

fn all_digits(t: &str, most: usize) -> bool {
    !t.is_empty() && t.len() <= most && t.bytes().all(|b| b.is_ascii_digit())
}

fn month(t: &str) -> bool {
    let t = t.trim_end_matches('.');
    let low = t.to_lowercase();
    (3..=10).contains(&t.chars().count()) && t.chars().all(char::is_alphabetic) && MONTHS.split(' ').any(|m| low.starts_with(m))
}

/// What parts a day from its month.
const SIGNS_OF_DAYS: [char; 6] = ['.', '-', '/', ' ', ',', '\u{a0}'];

/// Whether a value has one of them. U+00A0 alone of them is more than a byte.
fn of_days(v: &str) -> bool {
    v.bytes().any(|b| matches!(b, b'.' | b'-' | b'/' | b' ' | b',')) || v.contains('\u{a0}')
}

/// A day or month with the month as a word.
fn day(v: &str, is: &dyn Fn(&str) -> bool) -> bool {
    let parts: Vec<&str> = v.split(SIGNS_OF_DAYS).filter(|p| !p.is_empty() && *p != "de" && *p != "of").collect();
    let year = |t: &str| all_digits(t, 4) && t.len() == 4;
    match parts[..] {
        [d, m, y] if is(m) => all_digits(d, 2) && (year(y) || (y.len() == 2 && all_digits(y, 2))),
        [m, d, y] if is(m) => all_digits(d, 2) && year(y),
        [m, y] if is(m) => year(y),
        _ => false,
    }
}

/// The way a value is written, and the unit or money beside it.
fn way(v: &str) -> Option<(Way, &str)> {
    if v.len() > LONG || v.is_empty() {
        return None;
    }
    if matches!(v, "T" | "F" | "t" | "f") {
        return Some((Way::Truth, v));
    }
    if let Some(sure) = Some(v).filter(|v| v.bytes().any(|b| b.is_ascii_digit())).and_then(minguo) {
        return Some((if sure { Way::Minguo } else { Way::MaybeMinguo }, ""));
    }
    let fraction = |c: char| matches!(c, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215e}');
    let other_digit =
        |c: char| matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}' | '\u{e50}'..='\u{e59}');
    if !v.bytes().any(|b| b.is_ascii_digit()) {
        return if v.is_ascii() {
            None
        } else if v.chars().all(|c| other_digit(c) || matches!(c, '\u{66b}' | '\u{66c}' | '.' | ',' | '-')) && v.contains(other_digit) {
            Some((Way::Digits, ""))
        } else {
            (v.chars().count() == 1 && v.contains(fraction)).then_some((Way::Fraction, ""))
        };
    }
    // `单位00001`: of what begins with a Han word only an amount of money is written so, a bound, or a day.
    let worded = v.chars().next().is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) && !matches!(c, '约' | '約'));
    if worded && !of_days(v) && !v.find(|c: char| c.is_ascii_digit()).is_some_and(|a| money(v[..a].trim())) {
        return None;
    }
    let dressed = |t: &str| figures(t) || split(t).is_some_and(|(n, beside)| figures(n) && money(beside));
    if let Some(inner) = v.strip_prefix(['(', '（']).and_then(|t| t.strip_suffix([')', '）'])) {
        return dressed(inner).then_some((Way::Brackets, ""));
    }
    if let Some(t) = v.strip_suffix(['-', '\u{2212}']) {
        return (figures(t) && !t.starts_with('-')).then_some((Way::MinusBehind, ""));
    }
    if let Some(t) = v.strip_suffix(fraction) {
        return figures(t).then_some((Way::Fraction, ""));
    }
    if let Some((whole, part)) = v.split_once(' ')
        && let Some((a, b)) = part.split_once('/')
    {
        return (all_digits(whole, 6) && all_digits(a, 3) && all_digits(b, 3)).then_some((Way::Fraction, ""));
    }
    if let Some(t) = ["<", ">", "≤", "≥", "~", "≈", "±", "＜", "＞", "约", "約", "ca.", "ca ", "c. "].iter().find_map(|s| v.strip_prefix(s)) {
        return figures(t.trim_start_matches('=')).then_some((Way::Bound, ""));
    }
    if let Some((a, b)) = v.split_once(['×', 'x', '·', '*'])
        && let Some(exp) = b.trim().strip_prefix("10")
    {
        let exp = exp.trim_start_matches(['^', '-', '\u{207b}']);
        let high = |c: char| c.is_ascii_digit() || matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}');
        return (figures(a) && !exp.is_empty() && exp.chars().all(high)).then_some((Way::Power, ""));
    }
    if of_days(v) {
        if day(v, &roman) {
            return Some((Way::RomanMonth, ""));
        }
        if day(v, &month) {
            return Some((Way::MonthName, ""));
        }
    }
    let (n, beside) = split(v)?;
    if !figures(n) {
        return None;
    }
    if money(beside) {
        return Some((Way::Money, beside));
    }
    let behind = v.ends_with(beside);
    // One letter needs a blank: `4K` and `12a` are names.
    let apart = beside.len() > 1 || v.ends_with(&format!(" {beside}"));
    // 1月 … 12月, 3日, 2024年, 1季度 are names of times, not amounts.
    if matches!(beside, "月" | "月份" | "日" | "号" | "年" | "年度" | "季度" | "月底" | "月末" | "年末") && n.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    if behind && apart && (known_unit(beside) || UNIT_WORDS.contains(beside)) {
        return Some((Way::Unit, beside));
    }
    // A letter behind a number without a fraction may be a house.
    let signs = beside.chars().all(|c| matches!(c, '*' | '†' | '‡' | '\u{b9}' | '\u{b2}' | '\u{b3}' | '#' | '^'))
        || ['(', '['].iter().any(|o| beside.starts_with(*o) && beside.len() <= 4 && beside.ends_with([')', ']']));
    let letters = beside.len() <= 3 && beside.bytes().all(|b| b.is_ascii_lowercase()) && n.contains(['.', ',']);
    (behind && (signs || letters)).then_some((Way::Flag, beside))
}

/// The figures of a value, and what stands before or behind them.
fn split(v: &str) -> Option<(&str, &str)> {
    let digit = |c: char| c.is_ascii_digit();
    let (a, z) = (v.find(digit)?, v.rfind(digit)? + 1);
    let before = v[..a].trim_end_matches(['-', '+', '\u{2212}', ' ', '\u{a0}']);
    let sign = v[..a].trim_start_matches(['-', '+', '\u{2212}']).trim();
    match (before.trim().is_empty(), v[z..].trim_start_matches(['.', ',', '-', '–', '—']).trim().is_empty()) {
        // `m2`, `km²`: digits may belong to the unit.
        (true, true) => ["m2", "m3", "km2"].iter().find_map(|u| v.strip_suffix(u).map(|n| (n.trim(), *u))),
        (true, false) => Some((v[..z].trim(), v[z..].trim())),
        (false, true) => Some((&v[a..z], sign)),
        (false, false) => None,
    }
}

impl Foreign {
    /// Counts a value.
    pub fn add(&mut self, v: &str, times: u64) {
        let Some((way, beside)) = way(v).filter(|_| classify(v).0 == Class::String) else { return };
        self.counts[way as usize] += times;
        if way == Way::Truth {
            self.truths[usize::from(beside.eq_ignore_ascii_case("f"))] = true;
        }
        if matches!(way, Way::Money | Way::Unit) {
            self.beside(beside);
            let last = v.rfind([',', '.']);
            let digits = last.map_or(0, |i| v[i + 1..].bytes().take_while(u8::is_ascii_digit).count());
            for (i, c) in [',', '.'].into_iter().enumerate() {
                self.signs[i] += u64::from(v.contains(c)) * times;
                self.signs[i + 2] += u64::from(last.is_some_and(|l| v[l..].starts_with(c)) && digits != 3 && digits > 0) * times;
            }
        }
    }

    fn beside(&mut self, other: &str) {
        self.long |= other.len() > 1;
        match &self.beside {
            None => self.beside = Some(other.into()),
            Some(b) if **b != *other => {
                self.mixed = true;
                if other < &**b {
                    self.beside = Some(other.into());
                }
            }
            _ => {}
        }
    }

    /// Adds the counts of another piece.
    pub fn merge(&mut self, o: &Foreign) {
        self.counts.iter_mut().zip(o.counts).for_each(|(a, b)| *a += b);
        self.signs.iter_mut().zip(o.signs).for_each(|(a, b)| *a += b);
        if let Some(b) = &o.beside {
            self.beside(b);
        }
        self.mixed |= o.mixed;
        self.long |= o.long;
        self.truths.iter_mut().zip(o.truths).for_each(|(a, b)| *a |= b);
    }

    /// What most of a column is written as, beside `numbers` plain numbers among `all` values.
    pub fn most(&self, all: u64, numbers: u64) -> Option<Written> {
        let n: u64 = self.counts.iter().sum();
        let days: u64 = [Way::RomanMonth, Way::MonthName, Way::Minguo, Way::MaybeMinguo].iter().map(|w| self.counts[*w as usize]).sum();
        // Few of many numbers are told one by one.
        let few = numbers >= 20 && (all - numbers.min(all)) * 20 < all;
        if n == 0 || few || (n + if days > 0 { 0 } else { numbers }) * 10 < all * 9 {
            return None;
        }
        let way = *ALL.iter().rev().max_by_key(|w| self.counts[**w as usize])?;
        // `F` alone in a column may be a grade.
        if way == Way::Truth && self.truths != [true, true] {
            return None;
        }
        // One letter behind numbers is a unit where it is the same letter; else these are houses and rooms.
        if way == Way::Unit && self.mixed && !self.long {
            return None;
        }
        let [comma, point, commas, points] = self.signs;
        let marks = match (commas > 0, points > 0) {
            (true, false) => Some((",", if point > 0 { "." } else { "" })),
            (false, true) => Some((".", if comma > 0 { "," } else { "" })),
            (false, false) if comma + point == 0 => Some((".", "")),
            _ => None,
        };
        Some(Written { way, beside: self.beside.as_deref().filter(|_| !self.mixed).map(str::to_string), marks })
    }
}

/// How a column is written: see [`Foreign::most`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    way: Way,
    /// The unit or money, where all have the same.
    beside: Option<String>,
    /// Decimal and group sign of the numbers beside it, where that is clear.
    marks: Option<(&'static str, &'static str)>,
}

impl Written {
    /// What is wrong, and what to do.
    pub fn words(&self) -> (Text, Text) {
        let negative = say!("负数写成 `-1234`；不是负数就写 `type: string`", "write negative numbers as `-1234`; if they are none, declare `type: string`");
        let (zh, en, hint) = match self.way {
            Way::Brackets => ("数字写在括号里（如 `(1234)`）", "numbers stand in brackets, as `(1234)` does", negative),
            Way::MinusBehind => ("负号写在数字后面（如 `1234-`）", "the minus stands behind the number, as in `1234-`", negative),
            Way::Money => ("数字带货币（如 `R$ 5`）", "numbers have their money beside them, as `R$ 5` does", self.bare()),
            Way::Unit => ("数字带单位（如 `5 kg`）", "numbers have their unit beside them, as `5 kg` does", self.bare()),
            Way::Fraction => {
                ("数字写成分数（如 `3½`）", "numbers are written as fractions, as `3½` is", say!("写成小数，如 `3.5`", "write decimals, such as `3.5`"))
            }
            Way::Flag => (
                "数字后面带标志（如 `12.5 e`）",
                "flags stand behind numbers, as in `12.5 e`",
                say!("把标志另放一列", "put the flags in a column of their own"),
            ),
            Way::Bound => (
                "数字前面有界限或约数的符号（如 `<5`）",
                "signs of bounds or estimates stand before numbers, as in `<5`",
                say!("把符号另放一列；要照原样公开就写 `type: string`", "put the sign in a column of its own; to keep it so, declare `type: string`"),
            ),
            Way::Power => ("数字写成乘方（如 `1.2×10^5`）", "numbers are written with powers, as `1.2×10^5` is", say!("写成 `1.2e5`", "write `1.2e5`")),
            Way::Digits => ("数字不是 0–9", "digits are others than 0–9", say!("改写成 0–9", "write them with 0–9")),
            Way::RomanMonth => ("日期里的月份是罗马数字", "months of days are Roman numerals", say!("写成 `2020-04-12`", "write `2020-04-12`")),
            Way::MonthName => (
                "日期里的月份是文字",
                "months of days are words",
                say!(
                    "写成 `2020-04-12`；英文月份可写 `type: date, format: \"%d %b %Y\"`（与实际写法一致）",
                    "write `2020-04-12`; for English months declare `type: date, format: \"%d %b %Y\"`, as they are written"
                ),
            ),
            Way::Minguo => (
                "日期用民国纪年（如 `民国113年5月6日`，即 2024 年）",
                "years are those of the Republic of China (113 is 2024)",
                say!("写成公元年，如 `2024-05-06`", "write years of the common era, such as `2024-05-06`"),
            ),
            Way::MaybeMinguo => (
                "像 `113/05/06` 的值可能是民国纪年的日期（113 年即 2024 年），也可能不是日期",
                "values such as `113/05/06` may be days with years of the Republic of China (113 is 2024), or none",
                say!("是日期就写成公元年，如 `2024-05-06`；不是就写 `type: string`", "write days as `2024-05-06`; if they are none, declare `type: string`"),
            ),
            Way::Truth => (
                "`T`、`F` 可能表示是、否",
                "`T` and `F` may mean true and false",
                say!(
                    "是就写 `type: boolean, trueValues: [T], falseValues: [F]`；是文字就写 `type: string`",
                    "if so, declare `type: boolean, trueValues: [T], falseValues: [F]`; for texts `type: string`"
                ),
            ),
        };
        (say!("{zh}，按文字读取，照原样保留", "{en}; read as text and left as they are"), hint)
    }

    fn bare(&self) -> Text {
        let (zh, en) = match self.marks {
            Some((".", "")) => (String::new(), String::new()),
            Some((d, "")) => (format!(", decimalChar: \"{d}\""), format!(", decimalChar: \"{d}\"")),
            Some((d, g)) => (format!(", decimalChar: \"{d}\", groupChar: \"{g}\""), format!(", decimalChar: \"{d}\", groupChar: \"{g}\"")),
            None => ("，并写明 decimalChar、groupChar".to_string(), " with decimalChar and groupChar".to_string()),
        };
        match &self.beside {
            Some(b) if self.marks.is_some() => say!(
                "在 `schema.fields` 里写 `type: number, bareNumber: false{zh}`，并把 `{b}` 写进 `unit`",
                "declare `type: number, bareNumber: false{en}` in `schema.fields`, and `{b}` as its `unit`"
            ),
            Some(b) => say!(
                "在 `schema.fields` 里写 `type: number, bareNumber: false`{zh}，并把 `{b}` 写进 `unit`",
                "declare `type: number, bareNumber: false`{en} in `schema.fields`, and `{b}` as its `unit`"
            ),
            None => say!(
                "单位或货币不止一种：另放一列，这一列只留数字",
                "there are several units or moneys: put them in a column of their own, and leave only numbers here"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing() {
        for (v, want) in [
            ("(1234)", Way::Brackets),
            ("(1,234.50)", Way::Brackets),
            ("($5)", Way::Brackets),
            ("（1234）", Way::Brackets),
            ("1234-", Way::MinusBehind),
            ("1.234,50-", Way::MinusBehind),
            ("R$ 1.234,50", Way::Money),
            ("-R$ 5", Way::Money),
            ("€5", Way::Money),
            ("5 €", Way::Money),
            ("CHF 1'234.50", Way::Money),
            ("100元", Way::Money),
            ("US$5", Way::Money),
            ("12,50 zł", Way::Money),
            ("5 kg", Way::Unit),
            ("5kg", Way::Unit),
            ("1,5 km", Way::Unit),
            ("12.5 m²", Way::Unit),
            ("12 m2", Way::Unit),
            ("3.2万", Way::Unit),
            ("½", Way::Fraction),
            ("3½", Way::Fraction),
            ("3 1/2", Way::Fraction),
            ("12.5 e", Way::Flag),
            ("12*", Way::Flag),
            ("12 (p)", Way::Flag),
            ("<5", Way::Bound),
            ("≥ 10", Way::Bound),
            ("约5", Way::Bound),
            ("1.2×10^5", Way::Power),
            ("1,2·10⁵", Way::Power),
            ("١٢٣", Way::Digits),
            ("12.IV.2020", Way::RomanMonth),
            ("XII 2020", Way::RomanMonth),
            ("12 mars 2020", Way::MonthName),
            ("12-Apr-2020", Way::MonthName),
            ("Apr 12, 2020", Way::MonthName),
            ("1 de enero de 2020", Way::MonthName),
            ("民国113年5月6日", Way::Minguo),
            ("民國 113 年 5 月", Way::Minguo),
            ("113年5月6日", Way::Minguo),
            ("113/05/06", Way::MaybeMinguo),
            ("113-05-06", Way::MaybeMinguo),
            ("T", Way::Truth),
        ] {
            assert_eq!(way(v).map(|w| w.0), Some(want), "{v}");
        }
        for v in [
            "12",
            "12 a",
            "12 bis",
            "1.5",
            "a",
            "",
            "(a)",
            "(010) 1234",
            "A-12",
            "12-",
            "2024-01-02",
            "3/4",
            "12 rue",
            "G20",
            "CO2",
            "3楼",
            "第5",
            "V",
            "IV",
            "May",
            "10-20",
            "+49",
            "-",
            "x10",
            "--5",
            "12 B",
            "4K",
            "500 Jahre alt",
            "101 A",
            "一",
            "½ Haus",
            "1,2,3 a b",
            "1 x 2",
            "v1.2",
            "No. 5",
        ] {
            let got = way(v).filter(|w| v != "12-" || w.0 != Way::MinusBehind);
            assert_eq!(got, None, "{v}");
        }
    }
}
