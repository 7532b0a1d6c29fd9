//! Cells as other formats want them.

use crate::load::table::profile::{Given, Kind};
use crate::load::table::value::{Class, classify, ungrouped};

/// Longest number in characters that every JSON reader gives back as it was.
const EXACT: usize = 16;

/// A number as it is written, digit by digit, without signs between groups of digits; where a column of numbers has one.
fn numeric(v: &str, kind: Kind) -> Option<String> {
    if !matches!(kind, Kind::Integer | Kind::Number | Kind::Year) || v.ends_with(['%', '％']) {
        return None;
    }
    ungrouped(v)
}

/// The same as JSON writes numbers. What it cannot write without a change (`007`, too many digits) is none.
fn json_number(v: &str, kind: Kind) -> Option<String> {
    let t = numeric(v, kind)?;
    let (sign, digits) = t.strip_prefix('-').map_or(("", t.strip_prefix('+').unwrap_or(&t)), |d| ("-", d));
    let (mantissa, exponent) = digits.find(['e', 'E']).map_or((digits, ""), |i| digits.split_at(i));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    Some(format!("{sign}{whole}{fraction}{exponent}")).filter(|t| t.len() <= EXACT)
}

/// Adds a cell as JSON: `null` where nothing is in it.
pub(super) fn json(out: &mut Vec<u8>, v: &str, kind: Kind) {
    if v.is_empty() {
        out.extend_from_slice(b"null");
    } else if let Some(n) = json_number(v, kind) {
        out.extend_from_slice(n.as_bytes());
    } else if kind == Kind::Boolean && matches!(v.to_ascii_lowercase().as_str(), "true" | "false") {
        out.extend_from_slice(v.to_ascii_lowercase().as_bytes());
    } else {
        string(out, v);
    }
}

/// The same for the file that stands for the whole table: what came as a text or a number from JSON goes out as one, and signs for a
/// missing value among values are missing.
pub(super) fn given(out: &mut Vec<u8>, v: &str, kind: Kind, given: Given) {
    let number = || v.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && serde_json::from_str::<serde::de::IgnoredAny>(v).is_ok();
    match given {
        Given::Texts(empty) if !v.is_empty() || empty => string(out, v),
        Given::Numbers if number() => out.extend_from_slice(v.as_bytes()),
        _ if !matches!(kind, Kind::String | Kind::Empty) && !v.is_empty() && classify(v).0 == Class::Mark => out.extend_from_slice(b"null"),
        _ => json(out, v, kind),
    }
}

/// A cell as text, letter by letter as the pages of rows have it.
pub(super) fn as_text(v: &str, kind: Kind) -> String {
    json_number(v, kind).unwrap_or_else(|| v.to_string())
}

/// Adds a text as JSON.
pub(super) fn string(out: &mut Vec<u8>, v: &str) {
    // A text is always JSON.
    let _ = serde_json::to_writer(out, v);
}

/// A cell for a clean CSV: numbers without separators of thousands or full-width digits, all else as it is.
pub(super) fn clean(v: &str, kind: Kind) -> String {
    numeric(v, kind).unwrap_or_else(|| v.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let j = |v: &str, k| {
            let mut out = Vec::new();
            json(&mut out, v, k);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(j("", Kind::Number), "null");
        assert_eq!(j("1,234.50", Kind::Number), "1234.50");
        assert_eq!(j("1.50", Kind::Number), "1.50");
        assert_eq!(j("010000", Kind::Code), "\"010000\"");
        assert_eq!(j("007", Kind::Integer), "\"007\"");
        for (v, want) in [("+5", "5"), (".5", "0.5"), ("-.5", "-0.5"), ("1e+5", "1e+5"), ("0.10", "0.10"), ("1234567.12345678901", "\"1234567.12345678901\"")] {
            assert_eq!(j(v, Kind::Number), want, "{v}");
        }
        assert_eq!(
            (clean("007", Kind::Integer), clean("1E05", Kind::Number), clean("1,234.50", Kind::Number)),
            ("007".into(), "1E05".into(), "1234.50".into())
        );
        assert_eq!(j("12%", Kind::Number), "\"12%\"");
        assert_eq!(j("123456789012345678", Kind::Integer), "\"123456789012345678\"");
        assert_eq!(j("TRUE", Kind::Boolean), "true");
        assert_eq!(j("a\"b\n", Kind::String), "\"a\\\"b\\n\"");
        assert_eq!(clean("１２３", Kind::Integer), "123");
        let g = |v: &str, k, how| {
            let mut out = Vec::new();
            given(&mut out, v, k, how);
            String::from_utf8(out).unwrap()
        };
        for (v, kind, how, want) in [
            ("1.10", Kind::Number, Given::Texts(false), "\"1.10\""),
            ("true", Kind::Boolean, Given::Texts(false), "\"true\""),
            ("", Kind::String, Given::Texts(true), "\"\""),
            ("", Kind::String, Given::Texts(false), "null"),
            ("12345678901234567890", Kind::Code, Given::Numbers, "12345678901234567890"),
            ("—", Kind::Number, Given::Nothing, "null"),
            ("—", Kind::Number, Given::Texts(false), "\"—\""),
            ("—", Kind::String, Given::Nothing, "\"—\""),
            ("-", Kind::Number, Given::Numbers, "null"),
        ] {
            assert_eq!(g(v, kind, how), want, "{v}");
        }
    }
}
