//! Numbers as the decimals that people wrote. A double is only how they are kept: 1234.5 is rounded to 1235, and the
//! mean of 1.1 and 2.2 is 1.65, whatever the bits say.

/// Digits in which every decimal comes back from a double as it was.
const EXACT: usize = 15;

/// Sign, digits without needless zeros, and the power of ten of the first digit after the last.
fn digits(x: f64) -> (bool, Vec<u8>, i32) {
    let mut text = format!("{:e}", x.abs());
    if text.split('e').next().is_some_and(|m| m.len() > EXACT + 1) {
        // More digits than a double keeps are what computing left behind.
        text = format!("{:.*e}", EXACT - 1, x.abs());
    }
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut list: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let mut power: i32 = exponent.parse::<i32>().unwrap_or(0) + 1 - list.len() as i32;
    while list.len() > 1 && list.last() == Some(&0) {
        list.pop();
        power += 1;
    }
    (x < 0.0, list, power)
}

fn write(negative: bool, list: &[u8], power: i32) -> String {
    let mut text: String = list.iter().map(|d| char::from(b'0' + d)).collect();
    if power >= 0 {
        text.extend(std::iter::repeat_n('0', power as usize));
    } else {
        let fraction = power.unsigned_abs() as usize;
        if text.len() <= fraction {
            text.insert_str(0, &"0".repeat(fraction + 1 - text.len()));
        }
        text.insert(text.len() - fraction, '.');
    }
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let whole = text.split('.').next().unwrap_or("").len();
    let text = &text[text.bytes().take(whole.saturating_sub(1)).take_while(|b| *b == b'0').count()..];
    if negative && text != "0" { format!("-{text}") } else { text.to_string() }
}

/// A number with all its digits, without an exponent; what computing with doubles left beyond the fifteenth is taken off.
pub fn text(x: f64) -> String {
    if !x.is_finite() {
        return x.to_string();
    }
    let (negative, list, power) = digits(x);
    write(negative, &list, power)
}

/// A number rounded to so many decimals, half away from zero, by its decimal digits.
pub fn rounded(x: f64, decimals: usize) -> String {
    if !x.is_finite() {
        return x.to_string();
    }
    let (negative, mut list, mut power) = digits(x);
    let cut = -power - decimals as i32;
    if cut > 0 {
        let cut = cut as usize;
        let up = list.len() >= cut && list[list.len() - cut] >= 5;
        list.truncate(list.len().saturating_sub(cut));
        power = -(decimals as i32);
        if up {
            let mut at = list.len();
            loop {
                if at == 0 {
                    list.insert(0, 1);
                    break;
                }
                at -= 1;
                if list[at] < 9 {
                    list[at] += 1;
                    break;
                }
                list[at] = 0;
            }
        }
        if list.is_empty() {
            list.push(0);
        }
    }
    write(negative, &list, power)
}

/// A number rounded to so many significant digits.
pub fn significant(x: f64, n: usize) -> String {
    if x == 0.0 || !x.is_finite() {
        return text(x);
    }
    let (_, list, power) = digits(x);
    let first = list.len() as i32 + power;
    let decimals = n as i32 - first;
    if decimals >= 0 {
        return rounded(x, decimals as usize);
    }
    let unit = 10f64.powi(-decimals);
    text(rounded(x / unit, 0).parse::<f64>().unwrap_or(0.0) * unit)
}

/// A number as whole units of a power of ten.
fn units(x: f64) -> Option<(i128, u32)> {
    let (negative, list, power) = digits(x);
    let n: i128 = list.iter().fold(0, |n, d| n * 10 + i128::from(*d));
    let n = if power > 0 { n.checked_mul(10i128.checked_pow(power as u32)?)? } else { n };
    Some((if negative { -n } else { n }, power.min(0).unsigned_abs()))
}

/// The number `part` twentieths of the way from one to another.
pub fn between(low: f64, high: f64, part: u64) -> f64 {
    if part == 0 || low == high {
        return low;
    }
    let exact = || -> Option<f64> {
        let ((a, sa), (b, sb)) = (units(low)?, units(high)?);
        let scale = sa.max(sb);
        let a = a.checked_mul(10i128.checked_pow(scale - sa)?)?.checked_mul(i128::from(20 - part.min(20)))?;
        let b = b.checked_mul(10i128.checked_pow(scale - sb)?)?.checked_mul(i128::from(part))?;
        let sum = a.checked_add(b)?.checked_mul(5)?;
        format!("{sum}e-{}", scale + 2).parse().ok()
    };
    exact().unwrap_or_else(|| low + (high - low) * part as f64 / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_as_people_do() {
        for (x, t) in [(99_999.96, "99999.96"), (0.000_005, "0.000005"), (143.95, "143.95"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (1e21, "1000000000000000000000")]
        {
            assert_eq!(text(x), t);
        }
        for (x, d, t) in [
            (1234.5, 0, "1235"),
            (1235.5, 0, "1236"),
            (-1234.5, 0, "-1235"),
            (2.675, 2, "2.68"),
            (1.005, 2, "1.01"),
            (0.5, 0, "1"),
            (0.4, 0, "0"),
            (-0.4, 0, "0"),
            (0.05, 1, "0.1"),
            (9.99, 1, "10"),
            (99_999.96, 1, "100000"),
            (0.004, 1, "0"),
            (12.0, 3, "12"),
        ] {
            assert_eq!(rounded(x, d), t, "{x} {d}");
        }
        for (x, t) in [(1234.5, "1230"), (1235.0, "1240"), (0.012_345, "0.0123"), (99_950.0, "100000"), (0.0, "0"), (-5.0, "-5")] {
            assert_eq!(significant(x, 3), t, "{x}");
        }
        assert_eq!(between(1.5, 2.5, 10), 2.0);
        assert_eq!(between(1.1, 2.2, 10), 1.65);
        assert_eq!(between(0.1, 0.2, 5), 0.125);
        assert_eq!(between(-1e30, 1e-30, 10), -5e29);
    }
}
