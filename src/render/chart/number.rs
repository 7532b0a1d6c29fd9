//! How numbers of a chart are written: one multiple for all of them (万, 亿, 万亿; k, M, bn, tn), as many decimals as the
//! step needs, separators of thousands in all or in none, per cent as per cent.

use crate::load::table::decimal;

/// The language of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tongue {
    /// 万, 亿.
    Hans,
    /// 萬, 億.
    Hant,
    /// k, M, bn.
    Other,
}

/// Part of a multiple below which a value is not written in it.
const SEEN: f64 = 0.01;
/// From where on numbers before a multiple are too long.
const LONG: f64 = 1e6;
/// The sign of numbers below nothing: a hyphen is shorter, and not read out.
const MINUS: &str = "\u{2212}";

/// A number in a sentence: so many decimals, separators from a thousand on.
pub fn plain(v: f64, decimals: usize) -> String {
    let style = Style { factor: 1.0, suffix: "", decimals, group: true, multiples: &[] };
    if v == 0.0 { format!("{:.decimals$}", 0.0) } else { style.tick(v) }
}

/// How the numbers of a chart are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// What a number is divided by.
    factor: f64,
    /// What stands behind it.
    suffix: &'static str,
    /// Decimals of ticks.
    decimals: usize,
    /// Separators from a thousand on.
    group: bool,
    /// Multiples that smaller values may have.
    multiples: Multiples,
}

type Multiples = &'static [(f64, f64, &'static str)];
/// From what greatest value on a multiple is used, the multiple, its word.
static HANS: Multiples = &[(1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e5, 1e4, "万")];
static HANT: Multiples = &[(1e12, 1e12, "萬億"), (1e8, 1e8, "億"), (1e5, 1e4, "萬")];
static OTHER: Multiples = &[(1e12, 1e12, "tn"), (1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e5, 1e3, "k")];

/// Words of units that are multiples themselves: 万 of 万人 is not said twice.
static MULTIPLES: &[&str] = &["万", "萬", "亿", "億", "千", "百", "thousand", "million", "billion", "trillion", "hundred", "000", "'000"];

/// The sign of a unit that stands behind every number.
pub fn percent(unit: &str) -> Option<&'static str> {
    match unit.trim().to_lowercase().as_str() {
        "%" | "％" | "percent" | "per cent" | "百分之一" | "百分比" => Some("%"),
        "‰" | "permille" | "per mille" | "per mil" | "千分之一" => Some("‰"),
        _ => None,
    }
}

impl Style {
    /// The style of values up to `most` (without its sign) in steps of `step`.
    pub fn new(tongue: Tongue, unit: &str, most: f64, step: f64) -> Style {
        Style::of(tongue, unit, (most, most), step)
    }

    /// The same, where the least value that is not nothing is written too: 0.0001万亿 is 1亿.
    pub fn of(tongue: Tongue, unit: &str, (least, most): (f64, f64), step: f64) -> Style {
        let list = match tongue {
            Tongue::Hans => HANS,
            Tongue::Hant => HANT,
            Tongue::Other => OTHER,
        };
        let lower = unit.to_lowercase();
        let plain = percent(unit).is_some() || MULTIPLES.iter().any(|m| lower.contains(m));
        let fit = list.iter().position(|m| most >= m.0 && !plain);
        // A smaller multiple for all, where that does not make the greatest long.
        let fits = |at: usize| (at..list.len()).take_while(|k| *k == at || most / list[*k].1 < LONG).find(|k| least >= list[*k].1 * SEEN);
        let fit = fit.map(|at| fits(at).unwrap_or(at));
        let (factor, suffix) = match fit.and_then(|at| list.get(at)) {
            Some((_, factor, word)) => (*factor, *word),
            None => (1.0, percent(unit).unwrap_or("")),
        };
        let power = (step / factor).log10();
        let decimals = if power.is_finite() { (-(power + 1e-9).floor()).clamp(0.0, 18.0) as usize } else { 0 };
        Style { factor, suffix, decimals, group: most / factor >= 1_000.0, multiples: if plain { &[] } else { list } }
    }

    /// Without separators: of years.
    pub fn ungrouped(self) -> Style {
        Style { group: false, ..self }
    }

    /// A value of the axis: so many decimals as the step has.
    pub fn tick(&self, v: f64) -> String {
        if v == 0.0 {
            return format!("0{}", if self.suffix == "%" || self.suffix == "‰" { self.suffix } else { "" });
        }
        let text = decimal::rounded(v / self.factor, self.decimals);
        let missing = self.decimals - text.split_once('.').map_or(0, |(_, f)| f.len()).min(self.decimals);
        let text = match missing {
            0 => text,
            n if n == self.decimals => format!("{text}.{}", "0".repeat(n)),
            n => format!("{text}{}", "0".repeat(n)),
        };
        format!("{}{}", self.grouped(&text), self.suffix)
    }

    /// A value beside its mark: whole where it is short, else rounded to four digits. The table has it whole.
    pub fn value(&self, v: f64) -> String {
        let whole = decimal::text(v);
        // What would be hundredths of the multiple has one of its own.
        if self.factor > 1.0 && v != 0.0 && v.abs() < self.factor * SEEN {
            let (factor, suffix) = self.multiples.iter().find(|m| v.abs() >= m.1 && m.1 < self.factor).map_or((1.0, ""), |m| (m.1, m.2));
            return Style { factor, suffix, group: true, ..self.clone() }.value(v);
        }
        let text = if self.factor == 1.0 && (whole.len() <= 7 || v.fract() == 0.0) {
            whole
        } else {
            let v = v / self.factor;
            if v.abs() >= 1000.0 { decimal::rounded(v, 0) } else { decimal::significant(v, 4) }
        };
        let suffix = if v == 0.0 && self.factor != 1.0 { "" } else { self.suffix };
        format!("{}{suffix}", self.grouped(&text))
    }

    fn grouped(&self, text: &str) -> String {
        let (sign, rest) = text.strip_prefix('-').map_or(("", text), |t| (MINUS, t));
        let (whole, fraction) = rest.split_once('.').map_or((rest, ""), |(w, f)| (w, f));
        let mut out = String::from(sign);
        for (i, c) in whole.chars().enumerate() {
            if self.group && i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(tongue: Tongue, unit: &str, list: &[f64]) -> Vec<String> {
        let s = Style::new(tongue, unit, list[list.len() - 1], list[1] - list[0]);
        list.iter().map(|t| s.tick(*t)).collect()
    }

    #[test]
    fn one_style_a_chart() {
        use Tongue::{Hans, Hant, Other};
        assert_eq!(ticks(Hans, "人", &[0.0, 5000.0, 10_000.0]), ["0", "5,000", "10,000"]);
        assert_eq!(ticks(Hans, "", &[0.0, 1000.0, 2000.0]), ["0", "1,000", "2,000"]);
        assert_eq!(ticks(Hans, "元", &[0.0, 50_000.0, 100_000.0]), ["0", "5万", "10万"]);
        assert_eq!(ticks(Hans, "元", &[0.0, 5e12, 1e13]), ["0", "5万亿", "10万亿"]);
        assert_eq!(ticks(Hans, "元", &[0.0, 5e11, 1e12]), ["0", "0.5万亿", "1.0万亿"]);
        assert_eq!(ticks(Hant, "元", &[0.0, 5e8, 1e9]), ["0", "5億", "10億"]);
        assert_eq!(ticks(Other, "people", &[0.0, 250_000.0, 500_000.0]), ["0", "250k", "500k"]);
        assert_eq!(ticks(Other, "yuan", &[0.0, 5e9, 1e10]), ["0", "5bn", "10bn"]);
        // 万人 is in ten thousands already.
        assert_eq!(ticks(Hans, "万人", &[0.0, 50_000.0, 100_000.0]), ["0", "50,000", "100,000"]);
        assert_eq!(ticks(Other, "10,000 people", &[0.0, 50_000.0, 100_000.0]), ["0", "50,000", "100,000"]);
        assert_eq!(ticks(Hans, "%", &[0.0, 0.5, 1.0]), ["0%", "0.5%", "1.0%"]);
        assert_eq!(ticks(Other, "", &[0.0, 0.00005, 0.0001, 0.00015]), ["0", "0.00005", "0.00010", "0.00015"]);
        assert_eq!(ticks(Other, "", &[-20_000.0, -10_000.0, 0.0, 10_000.0]), ["−20,000", "−10,000", "0", "10,000"]);
    }

    #[test]
    fn values_are_whole_where_they_are_short() {
        let s = |most: f64| Style::new(Tongue::Hans, "", most, most / 5.0);
        assert_eq!([s(100.0).value(54.617_886), s(100.0).value(54.6), s(100.0).value(0.0)], ["54.62", "54.6", "0"]);
        assert_eq!([s(140_828.0).value(140_828.0), s(20_000.0).value(9_999.0), s(9_000.0).value(8_100.0)], ["14.08万", "9,999", "8,100"]);
        assert_eq!(Style::new(Tongue::Other, "%", 40.0, 10.0).value(12.5), "12.5%");
        // None of them is a ten-thousandth of its multiple.
        let of = |least: f64, most: f64| Style::of(Tongue::Hans, "元", (least, most), most / 5.0);
        let s = of(1e8, 1.013_567e12);
        assert_eq!([s.value(1.013_567e12), s.value(9.999e11), s.value(1e8), s.tick(5e11)], ["10,136亿", "9,999亿", "1亿", "5,000亿"]);
        let s = of(20_000.0, 3e12);
        assert_eq!([s.value(3e12), s.value(20_000.0), s.value(5.0), s.value(-20_000.0)], ["3万亿", "2万", "5", "−2万"]);
        assert_eq!([plain(34_145.6, 1), plain(-3.0, 1), plain(0.0, 2), plain(4991.0, 0)], ["34,145.6", "−3.0", "0.00", "4,991"]);
    }
}
