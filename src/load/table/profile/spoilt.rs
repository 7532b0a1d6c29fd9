//! What a spreadsheet has made of values before they were exported: codes as powers of ten, digits beyond the fifteenth as zeros,
//! ranges as days, days as numbers, cells too narrow. Counted value by value in a few compares, judged once a column.

use super::super::value::Class;
use super::{Met, earlier};
use serde::{Deserialize, Serialize};

/// Counts of such values, each with the row and text of its first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Spoilt {
    /// `9.13301060E+17`
    pub(super) powers: (u64, Met),
    /// Digits longer than sixteen, those of them that end in zeros from the sixteenth on, and those whose fifteenth is none.
    pub(super) long: u64,
    pub(super) rounded: (u64, Met),
    pub(super) sharp: u64,
    /// `5-Sep`, `Oct-14`, `1-Jan`
    pub(super) days: (u64, Met),
    /// `0-4`, `15-19`
    pub(super) ranges: u64,
    /// `#REF!`, `########`
    pub(super) errors: (u64, Met),
    /// Whole numbers of one to nine digits that a spreadsheet has for days from 1954 on.
    pub(super) serials: (u64, Met),
    /// Five digits, and six.
    pub(super) five: (u64, Met),
    pub(super) six: u64,
    /// Whole numbers by how many digits they have, each with its first; digits with a zero before them.
    pub(super) lengths: [(u64, Met); LENGTHS],
    pub(super) led: u64,
}

/// Lengths that are counted: up to twelve digits.
const LENGTHS: usize = 13;

/// Numbers of days of spreadsheets: 1954-10-03 to 2064-04-08.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=60_000;

/// What is shown where a cell cannot be computed.
static ERRORS: &[&str] = &["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];

static MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `d.ddE+11` to `E+20`: what is left of a code of twelve to twenty-one digits.
fn power(b: &[u8]) -> bool {
    let n = b.len();
    n >= 5
        && matches!(b[n - 4], b'E' | b'e')
        && b[n - 3] == b'+'
        && matches!((b[n - 2], b[n - 1]), (b'1', b'1'..=b'9') | (b'2', b'0'))
        && b[0].is_ascii_digit()
        && (n == 5 || n > 6 && b[1] == b'.' && b[2..n - 4].iter().all(u8::is_ascii_digit))
}

/// A day and a month, a month and a year, or what was a range.
fn day(v: &str) -> bool {
    let Some((a, b)) = v.split_once('-') else { return false };
    let month = |t: &str| t.len() == 3 && MONTHS.iter().any(|m| t.eq_ignore_ascii_case(m));
    let digits = |t: &str| matches!(t.len(), 1 | 2) && t.bytes().all(|c| c.is_ascii_digit());
    digits(a) && month(b) || month(a) && digits(b)
}

fn range(v: &str) -> bool {
    let digits = |t: &str| matches!(t.len(), 1..=3) && t.bytes().all(|c| c.is_ascii_digit());
    v.split_once('-').is_some_and(|(a, b)| digits(a) && digits(b))
}

fn count(slot: &mut (u64, Met), times: u64, row: u64, v: &str) {
    slot.0 += times;
    earlier(&mut slot.1, row, v);
}

impl Spoilt {
    /// Counts a value of a class.
    pub(super) fn add(&mut self, v: &str, class: Class, times: u64, row: u64) {
        let b = v.as_bytes();
        match class {
            Class::Integer if b[0].is_ascii_digit() => {
                // Shorter ones are no codes of a fixed length.
                if b.len() >= 4
                    && let Some(slot) = self.lengths.get_mut(b.len())
                {
                    count(slot, times, row, v);
                }
            }
            Class::Code if b[0] == b'0' => self.led += times,
            _ => {}
        }
        match class {
            Class::Number if power(b) => count(&mut self.powers, times, row, v),
            Class::Integer if b.len() == 5 => {
                count(&mut self.five, times, row, v);
                if v.parse().is_ok_and(|n: u32| SERIALS.contains(&n)) {
                    count(&mut self.serials, times, row, v);
                }
            }
            Class::Integer if b.len() == 6 => self.six += times,
            Class::Code if b.len() > 16 => {
                self.long += times;
                self.sharp += if b[14] == b'0' { 0 } else { times };
                if b[15..].iter().all(|c| *c == b'0') {
                    count(&mut self.rounded, times, row, v);
                }
            }
            Class::String if b[0] == b'#' && (b.len() > 2 && b.iter().all(|c| *c == b'#') || ERRORS.contains(&v)) => {
                count(&mut self.errors, times, row, v);
            }
            // `1-2` is a text, `0-4` too.
            Class::String if matches!(b.len(), 3..=7) && b.is_ascii() && b.contains(&b'-') => {
                if day(v) {
                    count(&mut self.days, times, row, v);
                } else if range(v) {
                    self.ranges += times;
                }
            }
            _ => {}
        }
    }

    pub(super) fn merge(&mut self, o: &Spoilt) {
        for (a, b) in [
            (&mut self.powers, &o.powers),
            (&mut self.rounded, &o.rounded),
            (&mut self.days, &o.days),
            (&mut self.errors, &o.errors),
            (&mut self.serials, &o.serials),
            (&mut self.five, &o.five),
        ] {
            a.0 += b.0;
            if let Some((row, v)) = &b.1 {
                earlier(&mut a.1, *row, v);
            }
        }
        self.long += o.long;
        self.sharp += o.sharp;
        self.ranges += o.ranges;
        self.six += o.six;
        self.led += o.led;
        for (a, b) in self.lengths.iter_mut().zip(&o.lengths) {
            a.0 += b.0;
            if let Some((row, v)) = &b.1 {
                earlier(&mut a.1, *row, v);
            }
        }
    }

    /// Codes of one length of which some are a digit shorter: how many, and the first. Numbers that are counted up have more lengths,
    /// and those of a list with all its levels too.
    fn shorter(&self, all: u64) -> Option<&(u64, Met)> {
        let long = self.lengths.iter().rposition(|(n, _)| *n > 0).filter(|l| *l >= 5)?;
        let (whole, less) = (&self.lengths[long], &self.lengths[long - 1]);
        let sound = self.led == 0 && whole.0 + less.0 == all && less.0 > 0 && whole.0 >= less.0 && all >= SEVERAL;
        sound.then_some(less)
    }
}

/// What happened to the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoil {
    /// Codes became powers of ten; true where the name of the column says that they are codes.
    Powers(bool),
    /// Digits from the sixteenth on became zeros.
    Rounded,
    /// Postcodes lost the zero before them.
    Zero,
    /// Codes of a fixed length lost the zero before them.
    Shorter,
    /// Days became numbers.
    Serials,
    /// Ranges became days.
    Ranges,
    /// Days without a year.
    Yearless,
    /// Errors of formulas, cells too narrow to be shown.
    Errors,
}

/// What a column is called that has days, codes, postcodes.
pub(super) fn days(name: &str) -> bool {
    let last = super::names::words(name).pop().unwrap_or_default();
    let bare = super::super::units::split_unit(name).0;
    last == "date" || ["日期", "日"].iter().any(|w| bare.ends_with(w)) && !bare.ends_with("节日") && !bare.ends_with("工作日")
}

/// A name whose values are codes, as [`super::names::code`] and what ends with 号.
pub(super) fn codes(name: &str) -> bool {
    super::names::code(name) || super::super::units::split_unit(name).0.ends_with(['号', '號'])
}

/// A name of versions, clauses and chapters: `1.10` comes after `1.9` there, and is no `1.1`.
pub(super) fn numbered(name: &str) -> bool {
    let bare = super::super::units::split_unit(name).0;
    let last = super::names::words(name).pop().unwrap_or_default();
    ["版本", "版本号", "版號", "版号", "条款", "条款号", "章节", "章节号"].iter().any(|w| bare.ends_with(w)) || matches!(last.as_str(), "version" | "clause")
}

fn postcodes(name: &str) -> bool {
    let bare = super::super::units::split_unit(name).0;
    ["邮编", "郵編", "邮政编码", "郵政編碼"].iter().any(|w| bare.ends_with(w))
}

/// A name of codes that all have as many digits: regions, goods, schools, American postcodes. Numbers that are counted up are none.
fn fixed(name: &str) -> bool {
    let bare = super::super::units::split_unit(name).0;
    let last = super::names::words(name).pop().unwrap_or_default();
    ["代码", "代碼", "编码", "編碼", "税则号列", "稅則號列", "税号", "税则号"].iter().any(|w| bare.ends_with(w))
        || matches!(last.as_str(), "zip" | "zipcode" | "postcode" | "fips" | "hs")
        || matches!(bare.to_ascii_lowercase().as_str(), "zip code" | "hs code" | "fips code" | "geoid" | "fips_code" | "zip_code" | "hs_code")
}

/// Times that something must come before it is no chance.
const SEVERAL: u64 = 3;

impl Spoilt {
    /// What is to be told: what happened, how often, row and value of the first. `all` is how many values there are, `whole` how many
    /// of them are whole numbers, `dated` how many are days.
    pub(super) fn judge(&self, name: &str, all: u64, numbers: u64, whole: u64, dated: u64) -> Vec<(Spoil, u64, u64, String)> {
        let mut out = Vec::new();
        let mut tell = |what: Spoil, slot: &(u64, Met)| {
            if let Some((row, v)) = &slot.1 {
                out.push((what, slot.0, *row, v.to_string()));
            }
        };
        if self.powers.0 > 0 && (codes(name) || self.powers.0 == all && numbers == all && all >= SEVERAL) {
            tell(Spoil::Powers(codes(name)), &self.powers);
        }
        if self.rounded.0 >= SEVERAL && self.rounded.0 == self.long && self.sharp * 2 > self.long {
            tell(Spoil::Rounded, &self.rounded);
        }
        if postcodes(name) && self.five.0 > 0 && self.five.0 + self.six == all {
            tell(Spoil::Zero, &self.five);
        }
        if fixed(name)
            && !postcodes(name)
            && let Some(less) = self.shorter(all)
        {
            tell(Spoil::Shorter, less);
        }
        if days(name) && self.serials.0 > 0 && self.serials.0 == whole && whole + dated == all {
            tell(Spoil::Serials, &self.serials);
        }
        if self.days.0 > 0 && self.ranges > 0 {
            tell(Spoil::Ranges, &self.days);
        } else if self.days.0 == all && all >= SEVERAL && days(name) {
            tell(Spoil::Yearless, &self.days);
        }
        if self.errors.0 > 0 {
            tell(Spoil::Errors, &self.errors);
        }
        out
    }

    /// Whether whole numbers of a column with this name are days, as a spreadsheet counts them.
    pub(super) fn counted(&self, name: &str, whole: u64) -> bool {
        whole > 0 && self.serials.0 == whole && days(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_leaves() {
        for v in ["9.13301060E+17", "1.2345E+11", "1E+15", "3.7e+20"] {
            assert!(power(v.as_bytes()), "{v}");
        }
        for v in ["1E05", "1.5E+3", "1.5E+10", "6.02E+23", "12.5E+11", "-1.5E+12", "1.5E-11"] {
            assert!(!power(v.as_bytes()), "{v}");
        }
        assert!(day("5-Sep") && day("Oct-14") && day("1-jan") && !day("a-Sep") && !day("15-19") && !day("Sep-2024"));
        assert!(range("0-4") && range("15-19") && !range("1-2-3") && !range("2019-20"));
        assert!(days("登记日期") && days("issue date") && !days("更新时间") && !days("工作日") && codes("统一社会信用代码") && codes("订单号"));
        assert!(numbered("版本") && numbered("Version") && !numbered("条款数") && !numbered("conversion"));
    }
}
