//! How text looks: letters that nobody sees on their ground, digits that are raised or lowered behind a number.

/// Most difference of a channel of two colours that the eye takes for one.
const NEAR: u8 = 16;

/// Whether letters of a colour cannot be seen on their ground. Colours are `RRGGBB`; other words are seen unless they are the same.
pub fn unseen(letters: &str, ground: &str) -> bool {
    let channels = |t: &str| {
        let t = t.strip_prefix('#').unwrap_or(t);
        let part = |i: usize| t.get(i..i + 2).and_then(|p| u8::from_str_radix(p, 16).ok());
        (t.len() == 6).then(|| Some([part(0)?, part(2)?, part(4)?])).flatten()
    };
    match (channels(letters), channels(ground)) {
        (Some(a), Some(b)) => a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < NEAR),
        _ => letters.eq_ignore_ascii_case(ground),
    }
}

/// Whether a length (`0cm`, `0.02in`, `1pt`) is so small that nothing can be seen in it.
pub fn nothing(length: &str) -> bool {
    let at = length.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(length.len());
    let points = match length[at..].trim() {
        "cm" => 28.35,
        "mm" => 2.835,
        "in" => 72.0,
        "px" => 0.75,
        "pt" | "" => 1.0,
        _ => return false,
    };
    length[..at].parse::<f64>().is_ok_and(|n| n * points < 2.0)
}

/// Digits that are raised (or lowered) behind a digit, as characters of their own, because joined they would be another number:
/// `10` and a raised `5` are `10⁵`. Nothing where the text stays what it is: `m2`, `5th`.
pub fn raised(before: &str, run: &str, up: bool) -> Option<String> {
    if !before.ends_with(|c: char| c.is_ascii_digit()) || !run.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let (digits, signs) = if up { ("⁰¹²³⁴⁵⁶⁷⁸⁹", "⁺⁻⁽⁾") } else { ("₀₁₂₃₄₅₆₇₈₉", "₊₋₍₎") };
    run.chars()
        .map(|c| match c {
            '0'..='9' => digits.chars().nth(c as usize - '0' as usize),
            '+' => signs.chars().next(),
            '-' | '\u{2212}' => signs.chars().nth(1),
            '(' => signs.chars().nth(2),
            ')' => signs.chars().nth(3),
            ' ' | ',' => Some(c),
            _ => None,
        })
        .collect()
}

/// Raised digits, signs or a letter behind a word, as characters of their own: the sign of a note is none of the word (`县¹`), nor is a
/// power (`km²`). Nothing where the text stays what it is: `5th`, `®`.
pub fn sign(before: &str, run: &str) -> Option<String> {
    let last = before.chars().rev().find(|c| !c.is_whitespace());
    let letters = run.chars().filter(|c| c.is_ascii_lowercase()).count();
    // A letter alone behind a Latin word belongs to it: `1er`, `no`, `Mc`.
    let word = last.is_some_and(|c| c.is_ascii_alphanumeric());
    if !run.chars().any(|c| c.is_ascii_alphanumeric()) || letters > 1 || letters == 1 && (word || last.is_none()) {
        return None;
    }
    run.chars()
        .map(|c| match c {
            '0'..='9' => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize),
            'a'..='z' => "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ ʳˢᵗᵘᵛʷˣʸᶻ".chars().nth(c as usize - 'a' as usize).filter(|c| *c != ' '),
            '+' => Some('⁺'),
            '-' | '\u{2212}' => Some('⁻'),
            '(' | '（' => Some('⁽'),
            ')' | '）' => Some('⁾'),
            ' ' | ',' | '，' | '、' | '*' | '[' | ']' | '〔' | '〕' => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_lengths_and_raised_digits() {
        assert!(unseen("FFFFFF", "#ffffff") && unseen("FAFAFA", "FFFFFF") && unseen("000000", "000000") && unseen("theme4", "theme4"));
        assert!(!unseen("000000", "FFFFFF") && !unseen("D9D9D9", "FFFFFF") && !unseen("theme4", "FFFFFF") && !unseen("FFFFFF", "pattern"));
        assert!(nothing("0cm") && nothing("0.02in") && nothing("0") && !nothing("0.5cm") && !nothing("12pt") && !nothing("auto"));
        assert_eq!(raised("10", "5", true).as_deref(), Some("10⁵").map(|t| &t[2..]));
        assert_eq!((raised("10", "-3", true).as_deref(), raised("8", "2", false).as_deref()), (Some("⁻³"), Some("₂")));
        assert_eq!((raised("m", "2", true), raised("5", "th", true), raised("", "1", true)), (None, None, None));
        for (before, run, want) in [
            ("县", "1", Some("¹")),
            ("人口", "2)", Some("²⁾")),
            ("人口", "（1）", Some("⁽¹⁾")),
            ("", "1", Some("¹")),
            ("km", "2", Some("²")),
            ("县", "a", Some("ᵃ")),
            ("县", "[3]", Some("[³]")),
            ("5", "th", None),
            ("n", "o", None),
            ("商标", "®", None),
            ("县", "注1", None),
            ("县", "①", None),
        ] {
            assert_eq!(sign(before, run).as_deref(), want, "{before} {run}");
        }
    }
}
