//! Personal data in any text: numbers that check digits prove, and what the words around them make of the others.
//!
//! [`scan`] tells everything that may be such a number, with its surroundings; [`grade`] says what a careful clerk would
//! make of it in a text. Columns of tables are judged as wholes, in `load::table::personal`. Nothing here knows of files.
//!
//! Rules and vectors: GB 11643 (resident identity, and the old one of 15 digits), ISO 7064 MOD 11-2, Luhn with bank
//! ranges, UPU S10.

mod around;
mod digits;
mod person;

pub use around::Label;
pub use digits::{american, bank, mobile, old_resident, resident, shaped, toll_free};

use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 居民身份证号
    Id,
    /// 手机号码
    Mobile,
    /// 银行卡号
    Card,
    /// 护照号
    Passport,
    /// 邮件号 (UPU S10)
    Postal,
    /// 车牌号
    Plate,
    /// A person's name beside an address or an illness.
    Person,
}

/// Number of kinds.
pub const KINDS: usize = 7;

impl Kind {
    /// All of them; `as usize` is the place.
    pub const ALL: [Kind; KINDS] = [Kind::Id, Kind::Mobile, Kind::Card, Kind::Passport, Kind::Postal, Kind::Plate, Kind::Person];

    /// Names for people: Chinese, English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Kind::Id => ("居民身份证号", "resident identity number"),
            Kind::Mobile => ("手机号码", "mobile number"),
            Kind::Card => ("银行卡号", "bank card number"),
            Kind::Passport => ("护照号", "passport number"),
            Kind::Postal => ("邮件号", "postal item number"),
            Kind::Plate => ("车牌号", "number plate"),
            Kind::Person => ("姓名与住址（或病情）", "name beside an address or illness"),
        }
    }

    /// Word in the YAML.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Mobile => "mobile",
            Kind::Card => "card",
            Kind::Passport => "passport",
            Kind::Postal => "postal",
            Kind::Plate => "plate",
            Kind::Person => "person",
        }
    }

    /// Word of the mask that hides it.
    pub const fn mask(self) -> &'static str {
        match self {
            Kind::Passport | Kind::Postal | Kind::Person => "all",
            k => k.word(),
        }
    }
}

/// Something that may be a number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it looks like.
    pub kind: Kind,
    /// Where it stands.
    pub at: Range<usize>,
    /// Its check digit holds, or its form allows nothing else.
    pub proof: bool,
    /// An identity number of 15 digits, as issued before 1999: it has no check digit.
    pub old: bool,
    /// The text is nothing else.
    pub bare: bool,
    /// Letters or digits stand beside it without a space.
    pub glued: bool,
    /// One of several figures in a row.
    pub among: bool,
}

/// How certain it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// It may be something else, or may be meant for the public: somebody should look.
    Perhaps,
    /// It is.
    Yes,
}

const DIGIT: u8 = 1;
const WIDE: u8 = 2;
const UPPER: u8 = 3;

static CLASS: [u8; 256] = {
    let mut t = [0; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = match i as u8 {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            // A full-width digit, or one written as `&#49;`.
            0xEF | b'&' => WIDE,
            _ => 0,
        };
        i += 1;
    }
    t
};

/// A digit of the text, of either width or written as an entity of HTML, and its length in bytes.
fn digit(b: &[u8], i: usize) -> Option<(u8, usize)> {
    match *b.get(i)? {
        c @ b'0'..=b'9' => Some((c - b'0', 1)),
        0xEF if b.get(i + 1) == Some(&0xBC) => b.get(i + 2).filter(|c| (0x90..=0x99).contains(*c)).map(|c| (c - 0x90, 3)),
        b'&' if b.get(i + 1) == Some(&b'#') => entity(b, i)
            .and_then(|(c, n)| Some((c.to_digit(10).or_else(|| (c as u32).checked_sub(0xFF10))?, n)))
            .filter(|(d, _)| *d < 10)
            .map(|(d, n)| (d as u8, n)),
        _ => None,
    }
}

/// A character written by its number, `&#49;` or `&#x31;`, and the length of that.
fn entity(b: &[u8], i: usize) -> Option<(char, usize)> {
    let hex = matches!(b.get(i + 2), Some(b'x' | b'X'));
    let from = i + 2 + usize::from(hex);
    let n = b[from..].iter().take(9).take_while(|c| if hex { c.is_ascii_hexdigit() } else { c.is_ascii_digit() }).count();
    let number = std::str::from_utf8(b.get(from..from + n)?).ok().and_then(|t| u32::from_str_radix(t, if hex { 16 } else { 10 }).ok())?;
    // Browsers do without the semicolon.
    let end = from + n + usize::from(b.get(from + n) == Some(&b';'));
    Some((char::from_u32(number)?, end - i))
}

/// An `X` that ends an identity number, or a sign that looks like one (Cyrillic, Greek, a sign of multiplication), and its length.
fn ex(b: &[u8], i: usize) -> Option<usize> {
    let n = match b.get(i)? {
        b'X' | b'x' => 1,
        b'&' => entity(b, i).filter(|(c, _)| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | 'Х' | 'х' | 'Χ' | 'χ' | '×')).map(|(_, n)| n)?,
        0xD0 if b.get(i + 1) == Some(&0xA5) => 2,
        0xD1 if b.get(i + 1) == Some(&0x85) => 2,
        0xCE if b.get(i + 1) == Some(&0xA7) => 2,
        0xCF if b.get(i + 1) == Some(&0x87) => 2,
        0xC3 if b.get(i + 1) == Some(&0x97) => 2,
        0xE2 if matches!(b.get(i + 1..i + 3), Some([0x85, 0xA9 | 0xB9] | [0x9C, 0x95 | 0x96] | [0x95, 0xB3])) => 3,
        0xEF if matches!(b.get(i + 1..i + 3), Some([0xBC, 0xB8] | [0xBD, 0x98])) => 3,
        _ => return None,
    };
    (!b.get(i + n).is_some_and(|c| c.is_ascii_alphanumeric())).then_some(n)
}

/// What may stand between two digits of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// Nothing that is seen: zero-width characters, marks of emphasis.
    Hidden,
    Shown,
}

/// Passes over what may stand between two digits; gives the place after it.
fn gap(b: &[u8], mut i: usize) -> (Gap, usize) {
    let (mut gap, mut shown, mut marks) = (Gap::None, 0, 0);
    loop {
        let rest = &b[i..];
        let word = |list: &[&str]| list.iter().find(|w| rest.len() >= w.len() && rest[..w.len()].eq_ignore_ascii_case(w.as_bytes())).map(|w| w.len());
        let (visible, len) = match rest {
            [b' ' | b'-', ..] => (true, 1),
            [0xC2, 0xA0, ..] => (true, 2),
            [0xC2, 0xAD, ..] => (false, 2),
            [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA0..=0xAF, ..] | [0xEF, 0xBB, 0xBF, ..] => (false, 3),
            [0xE2, 0x80, 0x80..=0x8A | 0x90..=0x95 | 0xAF, ..] | [0xE3, 0x80, 0x80, ..] | [0xEF, 0xBC, 0x8D, ..] | [0xE2, 0x88, 0x92, ..] => (true, 3),
            [b'*' | b'_' | b'`', ..] if marks < 2 => {
                marks += 1;
                (false, 1)
            }
            [b'\\', ..] => match word(&["\\u200b", "\\u200c", "\\u200d", "\\ufeff", "\\u2060"]) {
                Some(n) => (false, n),
                None if matches!(rest.get(1), Some(b'-' | b'_' | b'*')) => (false, 1),
                None => break,
            },
            [b'&', ..] => match (
                word(&["&nbsp;", "&#160;", "&emsp;", "&ensp;", "&#xa0;"]),
                word(&["&#8203;", "&ZeroWidthSpace;", "&shy;", "&#x200b;", "&zwnj;", "&zwj;"]),
            ) {
                (Some(n), _) => (true, n),
                (_, Some(n)) => (false, n),
                _ => break,
            },
            [b'<', ..] => match word(&["<wbr>", "<wbr/>", "<wbr />"]) {
                Some(n) => (false, n),
                None => break,
            },
            _ => break,
        };
        shown += usize::from(visible);
        if shown > 3 {
            break;
        }
        gap = if visible || gap == Gap::Shown { Gap::Shown } else { Gap::Hidden };
        i += len;
    }
    (gap, i)
}

#[derive(Clone, Copy)]
struct Digit {
    value: u8,
    from: usize,
    to: usize,
    gap: Gap,
}

/// Most digits that are looked at together.
const MOST: usize = 64;

/// Finds everything that may be a number of a person.
pub fn scan(text: &str, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    if b.len() <= BLOCK * 4 {
        stretch(text, 0, b.len(), found);
    } else {
        // Most of a text is far from any number: what has few digits near it is passed over, many bytes at a time.
        let count = |k: usize| b.get(k * BLOCK..).map_or((0, 0), |rest| signs(&rest[..rest.len().min(BLOCK)]));
        let (mut done, mut before, mut here) = (0, (0, 0), count(0));
        for k in 0..b.len().div_ceil(BLOCK) {
            let next = count(k + 1);
            let digits = before.0 + here.0 + next.0;
            if digits >= 8 || (digits >= 3 && before.1 + here.1 > 0) {
                // A number may have begun in the block before.
                done = stretch(text, done.max(k.saturating_sub(1) * BLOCK), (k + 1) * BLOCK, found);
            }
            (before, here) = (here, next);
        }
    }
    person::scan(text, found);
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many bytes may be of digits, and how many are capitals.
fn signs(b: &[u8]) -> (u8, u8) {
    let digits: u8 = b.iter().map(|c| u8::from(c.is_ascii_digit()) | u8::from(*c == 0xEF)).sum();
    (digits, b.iter().map(|c| u8::from(c.is_ascii_uppercase())).sum())
}

/// Looks through a part of a text; gives the place to go on from.
fn stretch(text: &str, mut i: usize, until: usize, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    while i < until.min(b.len()) {
        match CLASS[b[i] as usize] {
            0 => i += 1,
            UPPER => i = letters(text, i, found),
            _ if digit(b, i).is_some() => i = run(text, i, found),
            _ => i += 1,
        }
    }
    i
}

/// Numbers that begin with letters, and plates.
fn letters(text: &str, i: usize, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    if i > 0 && b[i - 1].is_ascii_alphanumeric() {
        return i + 1;
    }
    if let Some(end) = digits::plate(text, i) {
        let from = i - 3;
        found(Seen { kind: Kind::Plate, at: from..end, proof: true, old: false, bare: from == 0 && end == b.len(), glued: false, among: false });
        return end;
    }
    let len = b[i..].iter().take(16).take_while(|c| c.is_ascii_alphanumeric()).count();
    let word = &b[i..i + len];
    let kind = match len {
        9 if digits::passport(word) => Kind::Passport,
        13 if digits::postal(word) => Kind::Postal,
        _ => return i + 1,
    };
    let bare = i == 0 && len == b.len();
    found(Seen { kind, at: i..i + len, proof: true, old: false, bare, glued: b.get(i + len) == Some(&b'_'), among: false });
    i + len
}

/// Looks through digits that belong together; gives the place to go on from.
fn run(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> usize {
    let b = text.as_bytes();
    if let Some(end) = scientific(text, start, found) {
        return end;
    }
    if let Some(end) = parted(text, start, found) {
        return end;
    }
    // Most figures are short: they are counted before they are kept.
    let (n, end) = collect(b, start, None);
    if n < 11 {
        return end;
    }
    let mut run = [Digit { value: 0, from: 0, to: 0, gap: Gap::None }; MOST];
    collect(b, start, Some(&mut run));
    let full = n == MOST && digit(b, end).is_some();
    let run = &run[..n];
    // A row of figures longer than is looked at is gone on with from a figure in it.
    let again = if full { (40..n).find(|k| run[*k].gap == Gap::Shown) } else { None };
    if full && again.is_none() && !run.iter().any(|d| d.gap == Gap::Shown) {
        return end + b[end..].iter().take_while(|c| c.is_ascii_digit()).count();
    }
    windows(text, run, again.unwrap_or(n), found);
    again.map_or(end, |k| run[k].from)
}

/// The digits that belong together from a place on: how many, and where they end.
fn collect(b: &[u8], start: usize, mut out: Option<&mut [Digit; MOST]>) -> (usize, usize) {
    let (mut n, mut i, mut end) = (0, start, start);
    let mut next = Gap::None;
    let mut put = |n: usize, d: Digit| {
        if let Some(slot) = out.as_mut().and_then(|o| o.get_mut(n)) {
            *slot = d;
        }
    };
    while n < MOST {
        if let Some((value, len)) = digit(b, i) {
            put(n, Digit { value, from: i, to: i + len, gap: if n == 0 { Gap::None } else { next } });
            (n, i, next) = (n + 1, i + len, Gap::None);
            end = i;
            continue;
        }
        if n >= 17
            && let Some(len) = ex(b, i)
        {
            put(n, Digit { value: 10, from: i, to: i + len, gap: next });
            return (n + 1, i + len);
        }
        if next != Gap::None {
            break;
        }
        let (gap, after) = gap(b, i);
        if gap == Gap::None {
            break;
        }
        (next, i) = (gap, after);
    }
    (n, end)
}

/// Looks at each figure of a run, and at figures beside each other that may be one number in groups.
fn windows(text: &str, run: &[Digit], until: usize, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let n = run.len();
    let (first, last) = (run[0].from, run[n - 1].to);
    let fraction = first >= 2 && b[first - 1] == b'.' && b[first - 2].is_ascii_digit();
    // `13812345678.0` is a whole number; `13812345678.5` is none.
    let zeros = if b.get(last) == Some(&b'.') { b[last + 1..].iter().take_while(|c| **c == b'0').count() } else { 0 };
    let after = if zeros > 0 { last + 1 + zeros } else { last };
    let decimal = b.get(last) == Some(&b'.') && b.get(last + 1).is_some_and(u8::is_ascii_digit) && (zeros == 0 || b.get(after).is_some_and(u8::is_ascii_digit));
    let mut s = 0;
    while s < until {
        let starts = s == 0 || run[s].gap == Gap::Shown;
        if !starts || (s == 0 && fraction) {
            s += 1;
            continue;
        }
        let ends = (s + 11..=n.min(s + 19)).filter(|e| (*e == n && !decimal) || (*e < n && run[*e].gap == Gap::Shown));
        let mut hit = None;
        for e in ends {
            if let Some((kind, proof, old)) = figure(&run[s..e])
                && hit.as_ref().is_none_or(|(_, k, p, _): &(usize, Kind, bool, bool)| (proof && !p) || (proof == *p && kind < *k))
            {
                hit = Some((e, kind, proof, old));
            }
        }
        let Some((e, kind, proof, old)) = hit else {
            s += 1;
            continue;
        };
        let to = if e == n { after } else { run[e - 1].to };
        let at = run[s].from..to;
        let side = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_');
        let glued = (s == 0 && at.start > 0 && side(b.get(at.start - 1)) && !around::known_prefix(text, at.start)) || (e == n && side(b.get(to)));
        // One letter at a proved identity number is that of a pupil's number (`G1101…`), not of a hash.
        let glued = glued && !(kind == Kind::Id && proof && s == 0 && e == n && n == 18 && around::one_letter(text, &at));
        let bare = at.start == 0 && to == b.len();
        // `+1 703…` is a number of another country.
        let plus = at.start > 0 && b[at.start - 1] == b'+';
        if !(plus && kind == Kind::Mobile && !(run[s].value == 8 && run[s + 1].value == 6)) && !(plus && kind != Kind::Mobile) {
            let grouped = run[s + 1..e].iter().any(|d| d.gap == Gap::Shown);
            found(Seen { kind, at, proof, old, bare, glued, among: grouped && (s > 0 || e < n) });
        }
        s = e;
    }
}

/// Marks that part the groups of a number in some hands: `138.1234.5678`.
static PARTS: &[&str] = &[".", "/", "·", "•", "・", "．", "／", ":", "：", "~", "～"];

/// A number whose groups are parted by the same mark, or whose first stands in brackets: `(138)12345678`. Gives the
/// place after it.
fn parted(text: &str, start: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    let before = &text[..start];
    let mut run = [Digit { value: 0, from: 0, to: 0, gap: Gap::None }; 24];
    let (mut n, mut i) = (0, start);
    let mut take = |i: &mut usize, n: &mut usize, gap: bool| -> Option<usize> {
        let from = *n;
        while let Some((value, len)) = digit(b, *i).or_else(|| if *n == 17 { ex(b, *i).map(|l| (10, l)) } else { None }) {
            *run.get_mut(*n)? = Digit { value, from: *i, to: *i + len, gap: if gap && *n == from { Gap::Shown } else { Gap::None } };
            (*i, *n) = (*i + len, *n + 1);
        }
        Some(*n - from)
    };
    // Most figures go on with none of these.
    if take(&mut i, &mut n, false)? > 8 {
        return None;
    }
    let bracket = n == 3 && before.ends_with(['(', '（']);
    let mut first = start;
    if let Some(rest) = text[i..].strip_prefix([')', '）']).filter(|_| bracket) {
        first -= before.chars().next_back().map_or(0, char::len_utf8);
        i = text.len() - rest.trim_start_matches([' ', '-']).len();
        if text.len() - rest.len() + 2 < i {
            return None;
        }
        let head = take(&mut i, &mut n, true)?;
        if head == 4 && matches!(b.get(i), Some(b' ' | b'-')) {
            i += 1;
            take(&mut i, &mut n, true)?;
        }
    } else {
        let rest = text[i..].strip_prefix('\\').unwrap_or(&text[i..]);
        let mark = *PARTS.iter().find(|p| rest.starts_with(**p))?;
        // A path, or more of the same before it.
        let earlier = before.trim_end_matches('\\');
        if earlier.strip_suffix(mark).is_some_and(|t| mark == "/" || t.ends_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let mut groups = 1;
        while let Some(rest) = text[i..].strip_prefix('\\').unwrap_or(&text[i..]).strip_prefix(mark) {
            let mut at = text.len() - rest.len();
            if digit(b, at).is_none() {
                break;
            }
            take(&mut at, &mut n, true)?;
            (i, groups) = (at, groups + 1);
        }
        if groups < 3 || (mark == "/" && b.get(i) == Some(&b'/')) {
            return None;
        }
    }
    let (kind, proof, old) = figure(&run[..n])?;
    let side = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_');
    let glued = (first > 0 && side(b.get(first - 1)) && !around::known_prefix(text, first)) || side(b.get(i));
    // `132/2021/1234` may be the number of a file.
    let year = n == 11 && matches!((run[3].value, run[4].value), (1, 9) | (2, 0));
    found(Seen { kind, at: first..i, proof, old, bare: first == 0 && i == b.len(), glued, among: year });
    Some(i)
}

/// Sizes of the groups of a figure.
fn groups(run: &[Digit]) -> ([usize; 20], usize) {
    let (mut out, mut k) = ([0; 20], 0);
    for (i, d) in run.iter().enumerate() {
        if i > 0 && d.gap == Gap::Shown {
            k += 1;
        }
        out[k] += 1;
    }
    (out, k + 1)
}

/// Ways in which people write mobile numbers in groups.
static MOBILE_GROUPS: &[&[usize]] =
    &[&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5], &[5, 6], &[3, 4, 2, 2], &[3, 2, 2, 2, 2], &[1; 11]];

/// What a figure may be: kind, whether it is proved, whether it is of the old form.
fn figure(run: &[Digit]) -> Option<(Kind, bool, bool)> {
    // Longer than any of them: `1.3.6.1.4.1.311.10.3.4.5.6.7` is no number of a person.
    if run.len() > 20 {
        return None;
    }
    let mut v = [0u8; 20];
    for (slot, d) in v.iter_mut().zip(run) {
        *slot = d.value;
    }
    let v = &v[..run.len()];
    let plain = !v.contains(&10);
    let (sizes, count) = groups(run);
    let single = count == 1 || count == run.len();
    // A number of the country may stand before it.
    let call = |tail: &[Digit]| {
        let (sizes, count) = groups(tail);
        MOBILE_GROUPS.contains(&&sizes[..count])
    };
    match run.len() {
        11 if plain && mobile(v) && MOBILE_GROUPS.contains(&&sizes[..count]) => Some((Kind::Mobile, true, false)),
        13 if plain && v.starts_with(&[8, 6]) && mobile(&v[2..]) && call(&run[2..]) => Some((Kind::Mobile, true, false)),
        15 if plain && v.starts_with(&[0, 0, 8, 6]) && mobile(&v[4..]) && call(&run[4..]) => Some((Kind::Mobile, true, false)),
        15 if plain && old_resident(v) && (single || sizes[..count] == [6, 6, 3]) => Some((Kind::Id, false, true)),
        18 if shaped(v) && (single || count <= 6) => {
            let proof = resident(v);
            Some((Kind::Id, proof, false))
        }
        16..=19 if plain && bank(v) && (count <= 5 || single) => Some((Kind::Card, true, false)),
        _ => None,
    }
}

/// `1.3812345678E10`, where no digit is lost.
fn scientific(text: &str, i: usize, found: &mut dyn FnMut(Seen)) -> Option<usize> {
    let b = text.as_bytes();
    if b.get(i + 1) != Some(&b'.') || !b[i].is_ascii_digit() || (i > 0 && (b[i - 1].is_ascii_alphanumeric() || b[i - 1] == b'.')) {
        return None;
    }
    let k = b[i + 2..].iter().take(20).take_while(|c| c.is_ascii_digit()).count();
    let mut at = i + 2 + k;
    if !(8..20).contains(&k) || !matches!(b.get(at), Some(b'e' | b'E')) {
        return None;
    }
    at += 1 + usize::from(b.get(at + 1) == Some(&b'+'));
    let len = b[at..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let power: usize = text[at..at + len].parse().ok()?;
    let end = at + len;
    if power < k || power - k > 2 || power > 18 || b.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return Some(end);
    }
    let mut run = [Digit { value: 0, from: i, to: end, gap: Gap::None }; 20];
    run[0].value = b[i] - b'0';
    for (slot, c) in run[1..].iter_mut().zip(&b[i + 2..i + 2 + k]) {
        slot.value = c - b'0';
    }
    if let Some((kind, proof, old)) = figure(&run[..power + 1]) {
        found(Seen { kind, at: i..end, proof, old, bare: i == 0 && end == b.len(), glued: false, among: false });
    }
    Some(end)
}

/// What a careful clerk makes of it in a text, by the words around it: nothing where it is something else.
pub fn grade(text: &str, s: &Seen) -> Option<Sure> {
    use Sure::{Perhaps, Yes};
    let label = around::label(text, &s.at);
    let code = label == Label::Code;
    if around::quantity(text, &s.at) && s.kind != Kind::Person && s.kind != Kind::Plate {
        return None;
    }
    let address = around::in_address(text, s.at.start);
    match s.kind {
        Kind::Id if s.old && label == Label::Id => Some(Yes),
        Kind::Id if s.old => (!code && !s.glued && !address && !s.among).then_some(Perhaps),
        Kind::Id if !s.proof => (label == Label::Id && !s.glued).then_some(Perhaps),
        Kind::Id if label == Label::Id => Some(Yes),
        Kind::Id if around::one_letter(text, &s.at) && !address => Some(Yes),
        Kind::Id if around::asked(text, &s.at) => Some(Yes),
        Kind::Id if s.glued || address || code => Some(Perhaps),
        Kind::Id => Some(Yes),
        Kind::Mobile if s.glued => None,
        Kind::Mobile if address => match label {
            Label::Mobile => Some(Yes),
            Label::Contact => Some(Perhaps),
            _ => None,
        },
        Kind::Mobile => match label {
            Label::Mobile | Label::Id => Some(Yes),
            Label::Code | Label::Key => None,
            Label::Contact if around::of_a_person(text, &s.at) => Some(Yes),
            Label::Contact => Some(Perhaps),
            _ if s.among => Some(Perhaps),
            _ => Some(Yes),
        },
        Kind::Card if label == Label::Card && !s.glued => Some(Yes),
        Kind::Card => (!code && !s.glued && !address && !s.among && label == Label::None).then_some(Perhaps),
        Kind::Passport => matches!(label, Label::Passport | Label::Id).then_some(Yes),
        Kind::Postal if label == Label::Post => Some(Yes),
        Kind::Postal => (!address && text[s.at.clone()].ends_with("CN")).then_some(Perhaps),
        Kind::Plate => Some(Yes),
        Kind::Person => Some(Yes),
    }
}

/// Something in a text that is, or may be, personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What.
    pub kind: Kind,
    /// Where.
    pub at: Range<usize>,
    /// How certain.
    pub sure: Sure,
}

/// Most findings of one text that are kept.
const KEPT: usize = 10_000;

/// What is, or may be, personal in a text.
pub fn traces(text: &str) -> Vec<Trace> {
    let mut out = Vec::new();
    scan(text, &mut |s| {
        if out.len() < KEPT
            && let Some(sure) = grade(text, &s)
        {
            out.push(Trace { kind: s.kind, at: s.at, sure });
        }
    });
    out.sort_by_key(|t| t.at.start);
    out
}

/// The digits (and letters) of a number, whatever stands between them: the same number twice is the same here.
pub fn core(text: &str) -> String {
    let b = text.as_bytes();
    let mut out = String::new();
    let mut i = 0;
    if let Some((head, power)) = text.split_once(['e', 'E']).filter(|(h, p)| h.contains('.') && p.trim_start_matches('+').bytes().all(|c| c.is_ascii_digit())) {
        let n = power.trim_start_matches('+').parse::<usize>().unwrap_or(0).min(40) + 1;
        out.extend(head.chars().filter(char::is_ascii_digit));
        while out.len() < n {
            out.push('0');
        }
        return out;
    }
    while i < b.len() {
        if let Some((d, n)) = digit(b, i) {
            out.push((b'0' + d) as char);
            i += n;
        } else if let (true, Some(n)) = (out.len() >= 17, ex(b, i)) {
            out.push('X');
            i += n;
        } else if b[i] == b'.' {
            break;
        } else {
            if b[i].is_ascii_alphabetic() {
                out.push(b[i].to_ascii_uppercase() as char);
            }
            i += 1;
        }
    }
    out
}

/// The text as it may stand in a finding: numbers keep their first three and last two signs, as many signs as before.
pub fn hide(text: &str) -> Cow<'_, str> {
    // The shortest of them has seven signs.
    if text.len() < 9 {
        return Cow::Borrowed(text);
    }
    let found = traces(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for t in found {
        if t.at.start < at {
            continue;
        }
        out.push_str(&text[at..t.at.start]);
        let part = &text[t.at.clone()];
        let n = part.chars().count();
        out.extend(part.chars().enumerate().map(|(i, c)| if i < 3 || i + 2 >= n || c == '\n' { c } else { '*' }));
        at = t.at.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
