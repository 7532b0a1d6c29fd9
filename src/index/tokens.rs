//! From text to terms. The browser does the same, character for character: `tests/vectors/search.json` holds both to it.
//!
//! A text is normalised (NFKC, lower case, Traditional and variant characters to Simplified) and cut into runs.
//! A run of Han, Kana, Hangul, or of a script of Asia that has no blanks between words (Thai, Lao, Tibetan, Burmese, Khmer, Tai)
//! gives its single characters, pairs and triples; a run of other letters and
//! digits is one word, stemmed where the language has a stemmer; a document number is a term of its own.
//! Terms are never kept as text: a term is its 32-bit hash.

use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

pub use crate::load::simplified::{fold, fold_pairs};

/// The 3,755 everyday characters of GB 2312, level 1.
static COMMON: &str = include_str!("common.txt");

/// Whether a single character is a term in a text, not only in a title. Nobody searches the texts of a country for 的;
/// a rare character in a name must be found.
static RARE: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut rare = vec![true; 0x10000];
    COMMON.chars().for_each(|c| rare[c as usize & 0xFFFF] = false);
    // Nor for a letter of an alphabet.
    [0xE00..=0x109F, 0x1780..=0x17FF, 0x1950..=0x1AAF].into_iter().flatten().for_each(|u: usize| rare[u] = false);
    rare
});

pub(super) fn rare(c: char) -> bool {
    c as u32 > 0xFFFF || RARE[c as usize]
}

/// What a character is to the tokenizer. Ranges, not Unicode properties: browsers know different versions of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Ends a run.
    Break,
    /// Written without spaces: Han, Kana, Hangul, radicals, Thai, Lao, Tibetan, Burmese, Khmer, Tai.
    Gram,
    /// Other letters and digits.
    Word,
    /// Not there: variation selectors, direction marks, soft hyphen.
    Nothing,
    /// Part of a word between two of its letters.
    Apostrophe,
}

/// The class of a normalised character.
pub fn class(c: char) -> Class {
    let u = c as u32;
    // Most characters of most texts.
    if (0x4E00..=0x9FFF).contains(&u) {
        return Class::Gram;
    }
    if u < 0x80 {
        return match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' => Class::Word,
            '\'' => Class::Apostrophe,
            _ => Class::Break,
        };
    }
    match u {
        0x3400..=0x4DBF | 0x4E00..=0x9FFF => Class::Gram,
        0x2BC | 0x2019 => Class::Apostrophe,
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF => Class::Nothing,
        0x80..=0xBF | 0xD7 | 0xF7 | 0x2000..=0x2BFF | 0x2E00..=0x2E7F | 0x2FE0..=0x3004 | 0x3008..=0x3020 | 0x302A..=0x303F | 0x30A0 | 0x30FB => Class::Break,
        0x3190..=0x31EF | 0x3200..=0x33FF | 0x4DC0..=0x4DFF | 0xD800..=0xF8FF | 0xFD3E | 0xFD3F | 0xFE10..=0xFE6F | 0xFF00..=0xFFFF => Class::Break,
        0x1F000..=0x1FAFF | 0xF0000.. => Class::Break,
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3040..=0x30FF | 0x31F0..=0x31FF => Class::Gram,
        0xE00..=0x109F | 0x1780..=0x17FF | 0x1950..=0x1AAF => Class::Gram,
        0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x1B000..=0x1B16F | 0x20000..=0x3FFFF => Class::Gram,
        _ => Class::Word,
    }
}

/// Characters for which NFKC and lower case are known without a table.
fn plain(c: char) -> bool {
    matches!(c as u32, 0..0x80 | 0x2014 | 0x2018..=0x201D | 0x3000..=0x302F | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E)
}

/// Zeros of the decimal digits of scripts (Unicode Nd up to U+FFFF, which all browsers know); those that NFKC turns are not here.
const ZEROS: [u16; 36] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946,
    0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFFFF,
];

/// A digit of any script as the one that keyboards write: numbers of laws are searched by it.
fn digit(c: char) -> char {
    let u = c as u32;
    if !(0x660..=0xABF9).contains(&u) {
        return c;
    }
    let zero = ZEROS[ZEROS.partition_point(|z| u32::from(*z) <= u) - 1];
    char::from_digit(u - u32::from(zero), 10).unwrap_or(c)
}

/// Normalised text: NFKC, lower case, digits of any script as those of ASCII, folded to Simplified.
pub fn normalise(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|b| b.is_ascii_uppercase()) { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) };
    }
    Cow::Owned(plainly(text).unwrap_or_else(|| {
        let composed: String = text.nfkc().collect();
        composed.to_lowercase().chars().map(|c| fold(digit(c))).collect()
    }))
}

/// Normalised text, where it is of [`plain`] characters alone. Most of them stay what they are: those are copied by the stretch.
fn plainly(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let dense = crate::load::simplified::dense();
    let mut out = String::with_capacity(text.len());
    let (mut i, mut copied) = (0, 0);
    while let Some(b) = bytes.get(i) {
        if *b < 0x80 {
            if b.is_ascii_uppercase() {
                out.push_str(&text[copied..i]);
                out.push(char::from(b.to_ascii_lowercase()));
                copied = i + 1;
            }
            i += 1;
            continue;
        }
        let [0xE0..=0xEF, second, third] = bytes.get(i..i + 3)?.first_chunk::<3>()? else { return None };
        let u = u32::from(b & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
        // A character of three bytes is the same or another one.
        if !matches!(u, 0x3400..=0x4DBF | 0x4E00..=0x9FFF) || u32::from(dense[u as usize - 0x3400]) != u {
            let c = char::from_u32(u).filter(|c| plain(*c))?;
            let to = match u {
                0x3000 => ' ',
                0xFF01..=0xFF5E => char::from_u32(u - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
                _ => fold(c),
            };
            if to != c {
                out.push_str(&text[copied..i]);
                out.push(to);
                copied = i + 3;
            }
        }
        i += 3;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// Kinds of terms; the seed of their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One to three characters of a run without spaces.
    Gram = 1,
    /// A word.
    Word = 2,
    /// A document number: `国办发2019-61`, or its year and number alone: `2019-61`.
    Number = 3,
    /// How two neighbours in a title are read: `mian shui`.
    Sound = 4,
}

pub(super) const SEED: u32 = 0x9E37_79B1;

pub(super) fn step(h: u32, c: char) -> u32 {
    let h = (h ^ c as u32).wrapping_mul(SEED);
    h ^ (h >> 15)
}

pub(super) fn end(h: u32) -> u32 {
    let h = (h ^ (h >> 13)).wrapping_mul(0x85EB_CA6B);
    h ^ (h >> 16)
}

/// The hash that stands for a term.
pub fn hash(kind: Kind, text: &str) -> u32 {
    end(text.chars().fold((kind as u32).wrapping_mul(SEED), step))
}

/// Longest word, in characters; what follows is dropped.
pub const WORD: usize = 40;

/// A piece of a normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run<'r> {
    /// Characters of a run without spaces.
    Gram(&'r [char]),
    /// A word.
    Word(&'r str),
}

/// What French, Catalan and Italian write before a word with an apostrophe. `citizen's` and `don't` have more before it or less behind it.
static ELIDED: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "dell", "nell", "all", "dall", "sull", "coll", "un",
    "quest", "quell", "bell", "sant", "gl", "nessun", "ciascun",
];

/// Cuts a normalised text into runs.
pub fn runs(text: &str, mut each: impl FnMut(Run<'_>)) {
    runs_apart(text, |run, _| each(run));
}

/// The same, with the sign between a word and the word before it where it is exactly one.
pub fn runs_apart(text: &str, mut each: impl FnMut(Run<'_>, Option<char>)) {
    // The sign, how many, and whether they follow a word.
    let (mut sign, mut signs, mut follows) = (' ', 0, false);
    let mut grams: Vec<char> = Vec::new();
    let mut word = String::new();
    let mut letters = 0;
    let mut rest = text.chars();
    loop {
        let c = rest.next();
        let kind = c.map(class);
        if kind == Some(Class::Nothing) {
            continue;
        }
        // The apostrophe of `citizen's` stands between two letters of one word.
        if kind == Some(Class::Apostrophe) && letters > 0 && rest.clone().next().is_some_and(|n| class(n) == Class::Word) {
            // That of `l'école` and `dell'acqua` ends an article, which is no part of the word.
            if ELIDED.contains(&word.as_str()) && (letters > 1 || rest.clone().nth(1).is_some_and(|n| class(n) == Class::Word)) {
                word.clear();
                letters = 0;
            }
            continue;
        }
        if kind != Some(Class::Gram) && !grams.is_empty() {
            each(Run::Gram(&grams), None);
            grams.clear();
        }
        if kind != Some(Class::Word) && letters > 0 {
            each(Run::Word(&word), (follows && signs == 1).then_some(sign));
            word.clear();
            (letters, signs, follows) = (0, 0, true);
        }
        match (kind, c) {
            (Some(Class::Gram), Some(c)) => {
                follows = false;
                grams.push(c);
            }
            (Some(Class::Word), Some(c)) => {
                letters += 1;
                if letters <= WORD {
                    word.push(c);
                }
            }
            (None, _) => return,
            (_, Some(c)) => {
                sign = c;
                signs += 1;
            }
            _ => {}
        }
    }
}

/// Stems of a language's words; `None` for languages without a stemmer.
pub struct Stemmer(Option<rust_stemmers::Stemmer>);

impl Stemmer {
    /// The stemmer of a language tag.
    pub fn of(tag: &str) -> Stemmer {
        let english = tag == "en" || tag.starts_with("en-");
        Stemmer(english.then(|| rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English)))
    }

    /// Its name in `root.bin`.
    pub fn name(&self) -> Option<&'static str> {
        self.0.as_ref().map(|_| "en")
    }

    /// The stem of a word; words with other letters than `a` to `z` stay.
    pub fn stem<'t>(&self, word: &'t str) -> Cow<'t, str> {
        match &self.0 {
            Some(s) if word.bytes().all(|b| b.is_ascii_lowercase()) => s.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}

/// A document number found in a normalised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The Han run before the bracket, at most its last [`ISSUER`] characters: the code of the issuer ends it.
    pub issuer: String,
    /// `2019-61`
    pub serial: String,
    /// Byte range.
    pub at: std::ops::Range<usize>,
}

/// Longest code of an issuer that is looked for in front of a number.
pub const ISSUER: usize = 6;

/// Opening and closing brackets of numbers, after normalisation.
const OPEN: &str = "〔[(【{";
const CLOSE: &str = "〕])】}";

/// The next digit: most of a text has none, so that is asked of many bytes at a time.
fn next_digit(bytes: &[u8], mut from: usize) -> Option<usize> {
    while let Some(part) = bytes[from..].first_chunk::<32>().filter(|p| !p.iter().fold(false, |any, b| any | b.is_ascii_digit())) {
        from += part.len();
    }
    bytes[from..].iter().position(u8::is_ascii_digit).map(|p| p + from)
}

/// Words of decrees, whose numbers have no year.
static DECREES: &[&str] = &["令", "公告", "通告"];

/// The places of the words of decrees: most texts have few, so they are looked for many bytes at a time.
static DECREE: LazyLock<Vec<memchr::memmem::Finder<'static>>> = LazyLock::new(|| DECREES.iter().map(|w| memchr::memmem::Finder::new(*w)).collect());

fn han_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c)
}

/// Most characters of the number of a decree.
const DECREE_NUMBER: usize = 9;

/// Numbers of decrees: `令第423号`, `第423号令`, `公告（第7号）`; the year is not part of them.
fn decrees(text: &str, out: &mut Vec<Number>) {
    // Where each begins and ends, its word, its number.
    let mut found: Vec<(usize, usize, &str, &str)> = Vec::new();
    for (word, finder) in DECREES.iter().zip(DECREE.iter()) {
        for at in finder.find_iter(text.as_bytes()) {
            let (behind, before) = (&text[at + word.len()..], &text[..at]);
            let rest = behind.trim_start_matches(' ');
            let rest = rest.strip_prefix('(').unwrap_or(rest).trim_start_matches(' ');
            let rest = rest.strip_prefix('第').unwrap_or(rest).trim_start_matches(' ');
            let digits: usize = rest.chars().take(DECREE_NUMBER).take_while(|c| han_numeral(*c)).map(char::len_utf8).sum();
            if let Some(tail) = rest[digits..].trim_start_matches(' ').strip_prefix('号').filter(|_| digits > 0) {
                found.push((at, text.len() - tail.len() + usize::from(tail.starts_with(')')), word, &rest[..digits]));
            }
            if let Some(b) = before.trim_end_matches(' ').strip_suffix('号') {
                let b = b.trim_end_matches(' ');
                let digits: usize = b.chars().rev().take(DECREE_NUMBER).take_while(|c| han_numeral(*c)).map(char::len_utf8).sum();
                let (from, number) = b.split_at(b.len() - digits);
                let from = from.trim_end_matches(' ').strip_suffix('第').unwrap_or(from);
                if digits > 0 {
                    found.push((from.len(), at + word.len(), word, number));
                }
            }
        }
    }
    // The leftmost counts.
    found.sort_unstable();
    for (from, end, word, number) in found {
        let Some(n) = crate::load::dates::han_number(number).filter(|n| (1..100_000).contains(n)) else { continue };
        if out.iter().any(|o| from < o.at.end && o.at.start < end) {
            continue;
        }
        let issuer: Vec<char> = text[..from].chars().rev().take_while(|c| class(*c) == Class::Gram).collect();
        let start = from - issuer.iter().map(|c| c.len_utf8()).sum::<usize>();
        let issuer: String = issuer.into_iter().take(ISSUER).rev().collect();
        out.push(Number { issuer, serial: format!("{word}-{n}"), at: start..end });
    }
}

/// All document numbers of a normalised text, in their order: those with a year, and those of decrees.
pub fn numbers(text: &str, loose: bool, each: impl FnMut(Number)) {
    let mut all = Vec::new();
    dated(text, loose, |n| all.push(n));
    decrees(text, &mut all);
    all.sort_by_key(|n| n.at.start);
    all.into_iter().for_each(each);
}

/// Finds document numbers with a year in a normalised text. Where `loose`, brackets may be missing
/// (`国办发 2019 61`, `国办发2019-61号`), which only a query may do.
fn dated(text: &str, loose: bool, mut each: impl FnMut(Number)) {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(at) = next_digit(bytes, i) {
        let digits = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        i = digits;
        if digits - at != 4 {
            continue;
        }
        let mut before = text[..at].trim_end_matches(' ');
        let opened = before.ends_with(|c| OPEN.contains(c));
        if opened {
            before = before.trim_end_matches(|c| OPEN.contains(c)).trim_end_matches(' ');
        }
        let issuer: Vec<char> = before.chars().rev().take_while(|c| class(*c) == Class::Gram).collect();
        let mut after = text[digits..].trim_start_matches(' ');
        let closed = after.starts_with(|c| CLOSE.contains(c));
        let spaced = after.len() < text.len() - digits || after.starts_with(['-', '年', '第']);
        // `公告2023年第182号` is written so in texts too.
        let told = loose
            || after.starts_with("年第") && ["告公", "令"].iter().any(|w| issuer.iter().zip(w.chars()).filter(|(a, b)| **a == *b).count() == w.chars().count());
        if opened != closed || !opened && (!told || (issuer.is_empty() && !after.starts_with("年第")) || !spaced) {
            continue;
        }
        after = after.trim_start_matches(|c| CLOSE.contains(c) || c == ' ' || c == '第' || !opened && (c == '-' || c == '年'));
        let serial = after.trim_start_matches('0');
        let length = serial.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=5).contains(&length) {
            continue;
        }
        let mut stop = text.len() - serial.len() + length;
        let tail = text[stop..].trim_start_matches(' ');
        if tail.starts_with('号') {
            stop = text.len() - tail.len() + '号'.len_utf8();
        } else if !loose || (!opened && issuer.is_empty()) {
            continue;
        }
        let start = before.len() - issuer.iter().map(|c| c.len_utf8()).sum::<usize>();
        let issuer: String = issuer.into_iter().take(ISSUER).rev().collect();
        each(Number { issuer, serial: format!("{}-{}", &text[at..digits], &serial[..length]), at: start..stop });
        i = stop;
    }
}

/// The number of a notice or decree without its year: `公告2023-182` is `公告-182`.
pub fn without_year(n: &Number) -> Option<Number> {
    let (issuer, word) = DECREES.iter().find_map(|w| Some((n.issuer.strip_suffix(w)?, w)))?;
    let (year, serial) = n.serial.split_once('-')?;
    (year.len() == 4).then(|| Number { issuer: issuer.to_string(), serial: format!("{word}-{serial}"), at: n.at.clone() })
}

/// The terms under which a number is found: by year and number, and with each possible code of the issuer.
pub fn number_terms(n: &Number, mut each: impl FnMut(u32)) {
    each(hash(Kind::Number, &n.serial));
    let chars: Vec<char> = n.issuer.chars().collect();
    for from in 0..chars.len().saturating_sub(1) {
        let issuer: String = chars[from..].iter().collect();
        each(hash(Kind::Number, &format!("{issuer}{}", n.serial)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, loose: bool) -> Vec<String> {
        let mut out = Vec::new();
        numbers(&normalise(text), loose, |n| out.push(format!("{}{}", n.issuer, n.serial)));
        out
    }

    #[test]
    fn a_number_in_every_spelling() {
        for q in [
            "国办发[2019]61号",
            "国办发〔2019〕61号",
            "国办发 2019 61",
            "国办发（2019）061号",
            "國辦發〔2019〕61號",
            "国办发2019年61号",
            "国办发【2019】第61号",
        ] {
            assert_eq!(found(q, true), ["国办发2019-61"], "{q}");
        }
        assert_eq!(found("根据《通知》（国办发〔2019〕61号）和法释〔2023〕8号", false), ["国办发2019-61", "和法释2023-8"]);
        assert_eq!(found("2019年61个项目，12345 67", false), [""; 0]);
        for q in ["国务院令第423号", "国务院令423号", "国务院第423号令", "国务院令 第四百二十三号", "国务院令（第四二三号）"]
        {
            assert_eq!(found(q, true), ["国务院令-423"], "{q}");
            assert_eq!(found(q, false), ["国务院令-423"], "{q}");
        }
        assert_eq!(found("海关总署公告2023年第182号", false), ["海关总署公告2023-182"]);
        assert_eq!(found("命令第一线的人，令人，号令，公告第一次", false), [""; 0]);
    }

    #[test]
    fn folded_to_simplified() {
        assert_eq!(normalise("行政處罰ＡＢ１２臺灣裡"), "行政处罚ab12台湾里");
        assert_eq!(normalise("ﬁle ①"), "file 1");
    }
}
