//! Other spellings of a word: without its marks, joined with its neighbour, a number with and without separators; and
//! known words near a slip of the pen.
//!
//! A text is found under what it holds and, weaker, under its other spellings: both stand in one list, so a plain
//! query reads no more. The browser does the same: `engine.js`.
//!
//! ```text
//! w/N.bin := deflate(JSON { key: "word word word" })    file number = hash(word, key) mod files; the frequent first
//! key     := the first two letters | "-" and the last two letters, without marks: one slip leaves one of them whole
//! ```

use super::tokens::{self, Kind, WORD, hash};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Letters that do not come apart into a letter and marks, and what is typed for them; Arabic ones that are written one for another.
static LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ŧ', "t"),
    ('ς', "σ"),
    ('\u{649}', "\u{64A}"),
    ('\u{6CC}', "\u{64A}"),
    ('\u{629}', "\u{647}"),
    ('\u{6A9}', "\u{643}"),
];

/// How a letter is written out where marks cannot be typed: `muenchen`.
static LONG: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('å', "aa"), ('ø', "oe")];

/// Marks over and under Latin, Greek and Cyrillic letters; vowel points of Hebrew and Arabic. Those of Indian scripts are letters.
fn mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x591..=0x5C7 | 0x64B..=0x65F | 0x670 | 0x640)
}

fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        // A letter of its own, not an и with a mark.
        if c == 'й' {
            out.push(c);
            continue;
        }
        for d in std::iter::once(c).nfd().filter(|d| !mark(*d)) {
            match LETTERS.iter().find(|(l, _)| *l == d) {
                Some((_, as_typed)) => out.push_str(as_typed),
                None => out.push(d),
            }
        }
    }
    out
}

/// A normalised word as it is typed without marks: `lodz`, and written out: `muenchen`. Without the word itself.
pub fn unmarked(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return Vec::new();
    }
    let mut long = String::with_capacity(word.len());
    for c in word.chars() {
        match LONG.iter().find(|(l, _)| *l == c) {
            Some((_, written)) => long.push_str(written),
            None => long.push(c),
        }
    }
    let mut out = vec![plain(word)];
    if long != word {
        out.push(plain(&long));
    }
    out.retain(|w| w != word && !w.is_empty());
    out
}

/// Words that are joined with no neighbour in a text: it would lengthen the index for nothing.
static SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on", "or", "that", "the", "their", "this",
    "to", "was", "were", "which", "will", "with",
];

/// Signs that join words.
const JOIN: &str = "-\u{2010}_&";
/// Most words of a chain.
const CHAIN: usize = 8;

fn digits(w: &str) -> bool {
    w.bytes().all(|b| b.is_ascii_digit())
}

fn letters(w: &str) -> bool {
    !w.bytes().any(|b| b.is_ascii_digit())
}

/// The letters before a number at a word's end: `python` of `python3`.
pub fn before_number(word: &str) -> Option<&str> {
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.len() < word.len() && letters(stem)).then_some(stem)
}

/// Whether two words apart may be one: `time lapse`, `covid 19`.
pub fn joins(a: &str, b: &str) -> bool {
    let n = a.chars().count() + b.chars().count();
    letters(a) && (letters(b) && (5..=24).contains(&n) || digits(b) && b.len() <= 4 && n - b.len() >= 2)
}

/// Words that hang together: `time-lapse`, `U.S.A`, `3,500.75`, `12 345`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The words.
    pub words: Vec<String>,
    /// What stands between them.
    seps: Vec<char>,
}

impl Chain {
    fn numeric(&self) -> bool {
        self.words.iter().all(|w| digits(w))
    }

    /// All single letters: an acronym.
    fn acronym(&self) -> bool {
        self.words.len() > 1 && self.words.iter().all(|w| w.chars().nth(1).is_none()) && !self.numeric()
    }

    /// Whether a word behind a sign hangs on the last.
    pub fn takes(&self, gap: Option<char>, word: &str) -> bool {
        let (Some(gap), Some(first), Some(last)) = (gap, self.words.first(), self.words.last()) else { return false };
        if self.words.len() >= CHAIN {
            return false;
        }
        let number = self.numeric();
        let (points, joined) = (self.seps.iter().any(|s| ",. ".contains(*s)), self.seps.iter().any(|s| JOIN.contains(*s)));
        let between = last.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit());
        match gap {
            ',' | '.' if between => number && digits(word) && !joined,
            '.' => !(number && points),
            // Thousands apart by spaces.
            ' ' => number && digits(word) && word.len() == 3 && first.len() <= 3 && !first.starts_with('0') && !self.seps.iter().any(|s| *s != ' '),
            c => JOIN.contains(c) && !(number && points),
        }
    }

    /// Takes a word.
    pub fn push(&mut self, gap: Option<char>, word: String) {
        if !self.words.is_empty() {
            self.seps.push(gap.unwrap_or(' '));
        }
        self.words.push(word);
    }

    /// As it is written: `3,500`.
    pub fn literal(&self) -> String {
        let mut out = String::new();
        for (i, w) in self.words.iter().enumerate() {
            out.extend(i.checked_sub(1).and_then(|i| self.seps.get(i)));
            out.push_str(w);
        }
        out
    }

    /// Its words as one, and whether it means only that: `3,500` is not 3 and 500.
    pub fn whole(&self) -> (Vec<String>, bool) {
        if self.words.len() < 2 {
            return (Vec::new(), false);
        }
        let all = self.words.concat();
        if !self.numeric() {
            let acronym = self.acronym();
            let short = acronym || self.words.len() <= 5 && all.chars().count() <= WORD;
            return (if short { vec![all] } else { Vec::new() }, acronym);
        }
        if self.seps.iter().any(|s| JOIN.contains(*s)) {
            return (if all.len() <= 20 { vec![all] } else { Vec::new() }, false);
        }
        let forms = number(&self.words, &self.seps);
        let sure = !forms.is_empty() && !self.seps.contains(&' ');
        (forms, sure)
    }

    /// Neighbours that may be one word in a longer chain: `e-mail-address`.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, String)> {
        let some = self.words.len() > 2 && !self.numeric() && !self.acronym();
        let pair = |(i, w): (usize, &[String])| (letters(&w[0]) && letters(&w[1])).then(|| (i, w.concat()));
        self.words.windows(2).enumerate().filter(move |_| some).filter_map(pair)
    }
}

/// A number as it is written without separators of thousands, with a point before its fraction.
fn number(words: &[String], seps: &[char]) -> Vec<String> {
    let n = words.len();
    let last = seps[n - 2];
    // Three digits each; Indian customs have two before the last three.
    let thousands = |w: &[String], s: &[char]| {
        s.iter().all(|c| *c == s[0])
            && (1..=3).contains(&w[0].len())
            && !w[0].starts_with('0')
            && w[w.len() - 1].len() == 3
            && w[1..].iter().all(|g| g.len() == 3 || s[0] == ',' && g.len() == 2)
    };
    if thousands(words, seps) {
        return vec![words.concat()];
    }
    if n > 2 && last != ' ' && seps[0] != last && thousands(&words[..n - 1], &seps[..n - 2]) {
        return vec![format!("{}.{}", words[..n - 1].concat(), words[n - 1])];
    }
    if n == 2 && last != ' ' || seps.iter().all(|s| *s == '.') { vec![words.join(".")] } else { Vec::new() }
}

/// The other spellings of a text's words, while its runs go by.
#[derive(Default)]
pub struct Forms(Chain);

impl Forms {
    /// A word, and the sign between it and the last. Calls back with what is looked for instead; `true` where it is what is written.
    pub fn word(&mut self, word: String, gap: Option<char>, each: &mut impl FnMut(&str, bool)) {
        unmarked(&word).iter().for_each(|w| each(w, false));
        if let Some(stem) = before_number(&word).filter(|s| s.chars().count() >= 3) {
            both(stem, each);
        }
        if let (Some(' ' | '\n'), Some(last)) = (gap, self.0.words.last())
            && joins(last, &word)
            && !SMALL.contains(&last.as_str())
            && !SMALL.contains(&word.as_str())
        {
            both(&format!("{last}{word}"), each);
        }
        if !self.0.takes(gap, &word) {
            // `PM2.5` is typed `pm25`.
            if gap == Some('.')
                && let Some(last) =
                    self.0.words.last().filter(|l| before_number(l).is_some_and(|s| !s.is_empty()) && digits(&word) && l.len() + word.len() <= 8)
            {
                each(&format!("{last}{word}"), false);
            }
            self.end(each);
        }
        self.0.push(gap, word);
    }

    /// No word follows, or not at once.
    pub fn end(&mut self, each: &mut impl FnMut(&str, bool)) {
        if self.0.words.len() > 1 {
            let (whole, sure) = self.0.whole();
            let literal = if sure { self.0.literal() } else { String::new() };
            if sure {
                each(&literal, true);
            }
            whole.iter().filter(|w| **w != literal).for_each(|w| both(w, each));
            self.0.pairs().for_each(|(_, w)| both(&w, each));
        }
        self.0.words.clear();
        self.0.seps.clear();
    }
}

fn both(form: &str, each: &mut impl FnMut(&str, bool)) {
    each(form, false);
    unmarked(form).iter().for_each(|w| each(w, false));
}

/// Mistakes between two words: a letter more, less, another, or two in the wrong order.
pub fn mistakes(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Words of the dictionary: letters in this number.
pub const KNOWN: std::ops::RangeInclusive<usize> = 4..=24;
/// Most files of the dictionary.
pub const FILES: usize = 64;
/// Wanted size of a file before it is packed, in bytes; most words of a key.
const SIZE: usize = 8_000;
const KEY: usize = 300;

/// The two keys of a word.
pub fn keys(word: &str) -> [String; 2] {
    let chars: Vec<char> = unmarked(word).into_iter().next().unwrap_or_else(|| word.to_string()).chars().collect();
    let n = chars.len();
    [chars.iter().take(2).collect(), format!("-{}", chars[n.saturating_sub(2)..].iter().collect::<String>())]
}

/// Counts the words of a text, once each, and tells its characters beyond ASCII by their numbers.
pub fn count(text: &str, into: &mut FxHashMap<String, u32>, mut other: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    let mut seen: Vec<&str> = Vec::new();
    let (mut from, mut i) = (None, 0);
    loop {
        // From U+3000 on nothing is a letter of a word, and most characters of most texts lie there: three bytes each.
        while let Some([lead @ 0xE3..=0xEF, second, third]) = bytes.get(i..).and_then(|rest| rest.first_chunk::<3>()) {
            other(u32::from(lead & 0xF) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F));
            if let Some(start) = from.take() {
                seen.push(&text[start..i]);
            }
            i += 3;
        }
        let (inside, length) = match bytes.get(i) {
            Some(b) if b.is_ascii() => (b.is_ascii_alphanumeric(), 1),
            Some(_) => {
                let c = text[i..].chars().next().unwrap_or(' ');
                other(c as u32);
                ((c as u32) < 0x2E80 && tokens::class(c) == tokens::Class::Word, c.len_utf8())
            }
            None => (false, 1),
        };
        match (inside, from) {
            (true, None) => from = Some(i),
            (false, Some(start)) => {
                seen.push(&text[start..i]);
                from = None;
            }
            _ => {}
        }
        if i >= bytes.len() {
            break;
        }
        i += length;
    }
    seen.retain(|w| w.len() >= *KNOWN.start() && letters(w));
    seen.sort_unstable();
    seen.dedup();
    for w in seen {
        let w = tokens::normalise(w);
        if KNOWN.contains(&w.chars().count()) {
            *into.entry(w.into_owned()).or_default() += 1;
        }
    }
}

/// The files of the dictionary, of words and how many documents have them.
pub fn files(words: FxHashMap<String, u32>) -> Vec<Vec<u8>> {
    let mut words: Vec<(String, u32)> = words.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut under: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (w, _) in &words {
        for key in keys(w) {
            let list = under.entry(key).or_default();
            if list.len() < KEY {
                list.push(w);
            }
        }
    }
    let size: usize = under.iter().map(|(k, l)| k.len() + 6 + l.iter().map(|w| w.len() + 1).sum::<usize>()).sum();
    let count = (size / SIZE).clamp(1, FILES);
    let mut out = vec![serde_json::Map::new(); count];
    for (key, list) in &under {
        out[file_of(key, count)].insert(key.clone(), Value::from(list.join(" ")));
    }
    out.into_iter().map(|m| super::pack(Value::Object(m).to_string().as_bytes())).collect()
}

/// The file of a key.
pub fn file_of(key: &str, files: usize) -> usize {
    hash(Kind::Word, key) as usize % files.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The other spellings of a text's words.
    fn forms(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let mut all = Forms::default();
        let mut each = |w: &str, own: bool| {
            if !own || w.contains('.') && !w.contains(',') && w.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
                out.push(w.to_string());
            }
        };
        tokens::runs_apart(&tokens::normalise(text), |run, gap| match run {
            tokens::Run::Word(w) => all.word(w.to_string(), gap, &mut each),
            tokens::Run::Gram(_) => all.end(&mut each),
        });
        all.end(&mut each);
        out
    }

    #[test]
    fn without_marks() {
        for (text, right) in [
            ("café", "cafe"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("Αθήνα", "αθηνα"),
            ("Đà", "da"),
            ("İstanbul", "istanbul"),
            ("Iğdır", "igdir"),
            ("счётный", "счетный"),
            ("cœur", "coeur"),
            ("Þór", "thor"),
            ("أحمد", "احمد"),
            ("e\u{301}t\u{e9}", "ete"),
        ] {
            assert_eq!(forms(text), [right], "{text}");
        }
        assert_eq!(forms("Ålesund"), ["alesund", "aalesund"]);
        assert_eq!(forms("München"), ["munchen", "muenchen"]);
        assert_eq!(forms("дай, plain, हिन्दी, 한국"), [""; 0]);
    }

    #[test]
    fn joined_and_apart() {
        assert_eq!(forms("time-lapse"), ["timelapse"]);
        assert_eq!(forms("time lapse"), ["timelapse"]);
        assert_eq!(forms("E‑mail"), ["email"]);
        assert_eq!(forms("the U.S.A. of"), ["usa"]);
        assert_eq!(forms("COVID-19"), ["covid19"]);
        assert_eq!(forms("covid 19"), ["covid19"]);
        assert_eq!(forms("PM2.5"), ["pm25"]);
        assert_eq!(forms("python3"), ["python"]);
        assert_eq!(forms("in the house"), [""; 0]);
        assert_eq!(forms("e-mail-list"), ["emaillist", "email", "maillist"]);
        assert_eq!(forms("one, two. Three"), [""; 0]);
    }

    #[test]
    fn numbers_as_written() {
        for (text, right) in [
            ("3,500", &["3500"][..]),
            ("3 500", &["3500"]),
            ("3\u{202F}500", &["3500"]),
            ("3.500", &["3.500", "3500"]),
            ("1,234,567.89", &["1234567.89"]),
            ("1.234.567,89", &["1234567.89"]),
            ("12,34,567", &["1234567"]),
            ("1.5", &["1.5"]),
            ("1,5", &["1.5"]),
            ("0.500", &["0.500"]),
            ("10.25", &["10.25"]),
            ("1.2.3", &["1.2.3"]),
            ("2024-05-01", &["20240501"]),
            ("2024 350", &[]),
            ("1,2,3", &[]),
            ("2019, 5", &[]),
            ("1.5-2.5", &["1.5", "2.5"]),
        ] {
            assert_eq!(forms(text), right, "{text}");
        }
    }

    #[test]
    fn near_words() {
        assert_eq!(keys("łódka"), ["lo", "-ka"]);
        assert_eq!((mistakes("populaton", "population"), mistakes("recieve", "receive")), (1, 1));
    }
}
