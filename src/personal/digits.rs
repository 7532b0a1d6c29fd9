//! What proves a number: check digits, dates, ranges. Digits are values from 0 to 9; 10 stands for X.

use super::signs::{Gap, digit, gap, letter};
use std::ops::Range;

fn number(v: &[u8]) -> u32 {
    v.iter().fold(0, |n, d| n * 10 + u32::from(*d))
}

/// GB/T 2260: the province of an identity number.
pub(super) fn province(v: &[u8]) -> bool {
    matches!(number(&v[..2]), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

fn day(y: u32, m: u32, d: u32) -> bool {
    jiff::civil::Date::new(y as i16, m as i8, d as i8).is_ok()
}

/// Eighteen signs with a province (or the 91 of foreigners with permanent residence) and a real day of birth, whatever the check digit.
pub fn shaped(v: &[u8]) -> bool {
    v.len() == 18 && !v[..17].contains(&10) && (province(v) || v.starts_with(&[9, 1])) && {
        let (y, m, d) = (number(&v[6..10]), number(&v[10..12]), number(&v[12..14]));
        (1870..=2099).contains(&y) && day(y, m, d)
    }
}

/// GB 11643: province, real date of birth, check digit.
pub fn resident(v: &[u8]) -> bool {
    const W: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: [u8; 11] = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2];
    shaped(v) && CHECK[(v[..17].iter().zip(W).map(|(d, w)| u32::from(*d) * w).sum::<u32>() % 11) as usize] == v[17]
}

/// The form of before 1999: region, year of two digits, month, day, serial number.
pub fn old_resident(v: &[u8]) -> bool {
    v.len() == 15
        && province(v)
        && (matches!(number(&v[2..4]), 1..=70 | 90))
        && number(&v[4..6]) > 0
        && day(1900 + number(&v[6..8]), number(&v[8..10]), number(&v[10..12]))
}

/// Eleven digits that begin as mobile numbers of China do.
pub fn mobile(v: &[u8]) -> bool {
    v.len() == 11
        && v[0] == 1
        && (3..=9).contains(&v[1])
        // Made of one figure, it is an example.
        && v[3..].iter().any(|d| *d != v[3])
}

/// A free number of North America, written with its 1: 1-800, 1-888 …
pub fn toll_free(v: &[u8]) -> bool {
    v.len() == 11 && v[0] == 1 && v[1] == 8 && matches!(v[2..4], [0, 0] | [8, 8] | [7, 7] | [6, 6] | [5, 5] | [4, 4] | [3, 3])
}

/// A number of North America, written with its 1: area code and exchange begin with 2 to 9, and neither is 911 or its like.
/// Codes with 9 in the middle, 37x and 96x are kept for later; of 3xx, where most mobile numbers of China would lie, those
/// are taken that are in service.
pub fn american(v: &[u8]) -> bool {
    const THREE: &[u8] = &[
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 29, 30, 31, 32, 34, 36, 37, 39, 40, 41, 43, 45, 46, 47, 50,
        51, 52, 53, 54, 57, 60, 61, 63, 64, 65, 67, 68, 69, 80, 82, 85, 86,
    ];
    let part = |p: &[u8]| p[0] >= 2 && p[1..3] != [1, 1];
    let kept = |p: &[u8]| p[1] == 9 || p[..2] == [3, 7] || p[..2] == [9, 6] || (p[0] == 3 && !THREE.contains(&(p[1] * 10 + p[2])));
    v.len() == 11 && v[0] == 1 && part(&v[1..4]) && part(&v[4..7]) && !kept(&v[1..4])
}

/// A bank's range and the Luhn digit.
pub fn bank(v: &[u8]) -> bool {
    let range = v.starts_with(&[6, 2]) || (v.len() == 16 && (v[0] == 4 || (v[0] == 5 && matches!(v[1], 1..=5))));
    range && luhn(v)
}

/// The Luhn digit of a card of 16 to 19 digits that is no example of one figure.
pub(super) fn luhn(v: &[u8]) -> bool {
    if !(16..=19).contains(&v.len()) || v.contains(&10) {
        return false;
    }
    let sum: u32 = v
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(*d);
            if i % 2 == 0 { d } else { d * 2 - if d > 4 { 9 } else { 0 } }
        })
        .sum();
    sum.is_multiple_of(10) && v[4..].iter().any(|d| *d != v[4])
}

/// A code whose digits are all the same is an example.
fn example(word: &[u8]) -> bool {
    word[2..].iter().all(|c| *c == word[2])
}

/// Ordinary passports of China.
pub(super) fn passport(word: &[u8]) -> bool {
    let digits = |r: &[u8]| r.iter().all(u8::is_ascii_digit);
    if example(word) {
        return false;
    }
    match word[0] {
        b'E' | b'G' if digits(&word[1..]) => true,
        b'E' => word[1].is_ascii_uppercase() && !matches!(word[1], b'I' | b'O') && digits(&word[2..]),
        _ => false,
    }
}

/// UPU S10: two letters, eight digits, check digit, country.
pub(super) fn postal(word: &[u8]) -> bool {
    let letters = |r: &[u8]| r.iter().all(u8::is_ascii_uppercase);
    if !letters(&word[..2]) || !letters(&word[11..]) || !word[2..11].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = word[2..10].iter().zip([8, 6, 4, 2, 3, 5, 9, 7]).map(|(c, w)| u32::from(c - b'0') * w).sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        n => n,
    };
    u32::from(word[10] - b'0') == check
}

static PROVINCES: &str = "滬雲遼魯蘇貴寧瓊贛閩陝藏京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Permits to travel between the mainland, Hong Kong, Macao and Taiwan, and passports of officials: only what stands around
/// them tells them from other codes.
pub(super) fn permit(word: &[u8]) -> bool {
    let digits = |r: &[u8]| r.iter().all(u8::is_ascii_digit);
    (match (word[0], word.len()) {
        (b'H' | b'M', 11) => digits(&word[1..]),
        (b'C' | b'H' | b'M' | b'L' | b'T' | b'W' | b'D' | b'S' | b'P' | b'E' | b'G', 9) => {
            digits(&word[1..]) || (word[1].is_ascii_uppercase() && digits(&word[2..]))
        }
        _ => false,
    }) && !example(word)
}

/// A Hong Kong identity number at `i`: one or two letters, six digits, a check digit in brackets of either width, `A123456(3)`. Gives
/// its length, and whether the check digit holds (weights 9 to 1, modulo 11; a letter missing counts as a blank).
pub(super) fn hong_kong(text: &str, i: usize) -> Option<(usize, bool)> {
    let b = text.as_bytes();
    let letters = b[i..].iter().take(3).take_while(|c| c.is_ascii_uppercase()).count();
    let digits = b.get(i + letters..i + letters + 6).filter(|d| (1..=2).contains(&letters) && d.iter().all(u8::is_ascii_digit))?;
    let from = i + letters + 6;
    let rest = text.get(from..)?;
    let inner = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（'))?;
    let check = *inner.as_bytes().first().filter(|c| c.is_ascii_digit() || **c == b'A')?;
    let end = inner[1..].strip_prefix(')').or_else(|| inner[1..].strip_prefix('）'))?;
    let letter = |c: u8| u32::from(c - b'A') + 10;
    let (first, second) = if letters == 2 { (letter(b[i]), letter(b[i + 1])) } else { (36, letter(b[i])) };
    let sum = digits.iter().zip((2..8).rev()).fold(first * 9 + second * 8, |s, (d, w)| s + u32::from(d - b'0') * w);
    let last = if check == b'A' { 10 } else { u32::from(check - b'0') };
    Some((text.len() - end.len() - i, (sum + last).is_multiple_of(11)))
}

/// A plate of the armed police: WJ, the province, four or five signs.
pub(super) fn armed(text: &str, i: usize) -> Option<Range<usize>> {
    let rest = text.get(i..)?.strip_prefix("WJ")?.trim_start_matches(['·', '-', ' ']);
    let head = rest.chars().next().filter(|c| PROVINCES.contains(*c))?;
    let body = rest[head.len_utf8()..].trim_start_matches(['·', ' ']);
    let n = body.bytes().take_while(|c| c.is_ascii_digit() || c.is_ascii_uppercase()).count();
    let digits = body.bytes().take(n).filter(u8::is_ascii_digit).count();
    (matches!(n, 4 | 5) && digits >= 3).then(|| i..text.len() - body.len() + n)
}

/// A plate of the forces as it was until 2013: the service or district, a letter, five digits: 军A12345. What else than its head
/// must say so of the districts, whose signs begin many words.
pub(super) fn army(text: &str, i: usize) -> Option<(Range<usize>, bool)> {
    let before = text[..i].trim_end_matches([' ', '\u{A0}', '\u{3000}']);
    let (from, head) = before.char_indices().next_back().filter(|(k, _)| i - k <= 6)?;
    let sure = match head {
        '军' | '軍' | '空' | '海' => true,
        '北' | '沈' | '兰' | '蘭' | '济' | '濟' | '南' | '广' | '廣' | '成' => false,
        _ => return None,
    };
    let b = text.as_bytes();
    let (_, capital, len) = letter(b, i)?;
    let rest = text[i + len..].trim_start_matches(['·', '•', '・', '.', '-', ' ']);
    let mut end = text.len() - rest.len();
    let mut n = 0;
    while let Some((_, len)) = digit(b, end) {
        (n, end) = (n + 1, end + len);
    }
    let after = b.get(end).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.'));
    // 海A12345 after Han may be the end of a word: 上海A12345.
    let word = text[..from].ends_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)) && !matches!(head, '军' | '軍');
    (n == 5 && capital && !after).then_some((from..end, sure && !word))
}

/// A plate of an embassy: 使, three digits of the country, three of the car. A count never begins with a zero.
pub(super) fn embassy(text: &str, from: usize) -> Option<(Range<usize>, bool)> {
    let b = text.as_bytes();
    let group = |mut at: usize| {
        let (start, mut n) = (at, 0);
        while let Some((_, len)) = digit(b, at).filter(|_| n < 7) {
            (n, at) = (n + 1, at + len);
        }
        (start, n, at)
    };
    let joint = |at: usize| text[at..].chars().next().filter(|c| matches!(c, '·' | '•' | '・' | '．' | '-' | ' ' | '\u{3000}')).map_or(0, char::len_utf8);
    let first = from + '使'.len_utf8();
    let (start, mut n, mut end) = group(first + joint(first));
    let zero = digit(b, start).is_some_and(|(d, _)| d == 0);
    let point = n == 3 && matches!(text[end..].chars().next(), Some('·' | '•' | '・'));
    if n == 3 && joint(end) > 0 {
        let (_, more, to) = group(end + joint(end));
        (n, end) = (n + more, to);
    }
    let after = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '％'));
    (n == 6 && !after).then_some((from..end, zero || point))
}

/// What a plate has behind its province: a letter of the city and five or six signs. Only a name tells it from a code.
pub(super) fn bare_plate(word: &[u8]) -> bool {
    let body = word.get(1..).unwrap_or(&[]);
    let digits = body.iter().filter(|c| c.is_ascii_digit()).count();
    let sound = word.first().is_some_and(|c| c.is_ascii_uppercase() && !matches!(c, b'I' | b'O')) && !body.iter().any(|c| matches!(c, b'I' | b'O'));
    sound && digits >= 3 && (body.len() == 5 || body.len() == 6 && (body[0].is_ascii_uppercase() || body[5].is_ascii_uppercase()))
}

/// A plate of the forces since 2013, VA12345: two letters of which the first is that of a service, five digits.
pub(super) fn army_since(word: &[u8]) -> bool {
    word.len() == 7 && b"VZHEBSLJNGCK".contains(&word[0]) && word[1].is_ascii_uppercase() && word[2..].iter().all(u8::is_ascii_digit)
}

/// A number of an identity card of Taiwan: a letter, a 1 or 2 (8 or 9 of foreigners), eight digits of which the last checks.
pub(super) fn taiwan(word: &[u8]) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(place) = word.first().and_then(|c| LETTERS.iter().position(|l| l == c)) else { return false };
    if word.len() != 10 || !matches!(word[1], b'1' | b'2' | b'8' | b'9') || !word[1..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let n = place as u32 + 10;
    let sum = word[1..9].iter().zip((1..=8).rev()).fold(n / 10 + n % 10 * 9, |s, (d, w)| s + u32::from(d - b'0') * w);
    (sum + u32::from(word[9] - b'0')).is_multiple_of(10)
}

/// A plate whose letter of the city stands at `i`: 省简称, letter, five or six signs of which three are digits; of either width
/// and case, with a point or blank after the letter and perhaps a blank before it.
pub(super) fn plate(text: &str, i: usize) -> Option<Range<usize>> {
    let b = text.as_bytes();
    // A letter after a Latin one or a digit begins no plate: most are looked at no further.
    let before = text[..i].trim_end_matches([' ', '\u{A0}', '\u{3000}', '\u{200B}', '\u{FEFF}']);
    let (mut from, head) = before.char_indices().next_back().filter(|(k, _)| i - k <= 9)?;
    if !PROVINCES.contains(head) {
        return None;
    }
    let (city, capital, len) = letter(b, i)?;
    if matches!(city, b'I' | b'O') {
        return None;
    }
    let spaced = before.len() < i;
    let mut at = i + len;
    // What is seen between letter and number: one sign, with blanks beside it.
    let (_, after) = gap(b, at);
    at = after;
    if let Some(c) = text[at..].chars().next().filter(|c| matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '．' | '.' | '—' | '–' | '－')) {
        at = gap(b, at + c.len_utf8()).1;
    }
    let mut body = [0u8; 8];
    let (mut n, mut end, mut each) = (0, at, false);
    while n < 8 {
        let (sign, len) = match digit(b, end) {
            Some((d, len)) => (b'0' + d, len),
            None => match letter(b, end) {
                Some((c, _, len)) => (c, len),
                None => break,
            },
        };
        body[n] = sign;
        (n, end) = (n + 1, end + len);
        // 鲁 A 1 2 3 4 5: each sign apart.
        let blank = b.get(end) == Some(&b' ') && (digit(b, end + 1).is_some() || letter(b, end + 1).is_some());
        if n == 1 {
            each = blank && b.get(end + 2).is_none_or(|c| !c.is_ascii_alphanumeric());
        }
        if each && n < 5 {
            if !blank {
                break;
            }
            end += 1;
            continue;
        }
        // Markup within it is not seen.
        let (kind, after) = gap(b, end);
        if matches!(kind, Gap::Hidden | Gap::Markup) && (digit(b, after).is_some() || letter(b, after).is_some()) {
            end = after;
        }
    }
    let body = &body[..n];
    // 鲁A1234警, 粤Z1234港: four signs, and what the car is for.
    let mut rest = text[end..].chars();
    let use_of = rest.next().filter(|c| n == 4 && "警学學挂港澳领領使试試超临臨".contains(*c));
    let use_of = use_of.filter(|c| !(matches!(c, '学' | '學') && rest.next().is_some_and(|c| "生校期年位制".contains(c))));
    if let Some(c) = use_of {
        let digits = body.iter().filter(|c| c.is_ascii_digit()).count();
        return (digits >= 3).then_some(from.min(i)..end + c.len_utf8());
    }
    let after = b.get(end).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'*' | b'_'));
    let digits = body.iter().filter(|c| c.is_ascii_digit()).count();
    // Two letters at most are in the number; written small or apart from its province, it has one.
    let sound = matches!(n, 5 | 6) && digits >= if capital && !spaced { 3 } else { 4 } && !body.iter().any(|c| matches!(c, b'I' | b'O'));
    // Six signs are those of cars of new energy: the first or the last is a letter.
    let fits = n == 5 || (n == 6 && (body[0].is_ascii_uppercase() || body[5].is_ascii_uppercase()));
    from = from.min(i);
    (sound && fits && !after).then_some(from..end)
}
