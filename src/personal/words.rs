//! Words: those of a name, and the search for many of them at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, Match};

/// The words of a name in lower case: parted at signs, at blanks, and where a capital follows a small letter.
pub fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let (mut open, mut small) = (false, false);
    for c in name.chars() {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open || (small && c.is_uppercase()) {
            out.push(String::new());
        }
        (open, small) = (true, c.is_lowercase());
        if let Some(w) = out.last_mut() {
            w.extend(c.to_lowercase());
        }
    }
    out
}

/// A search for any of some words, for texts of which most have none: one look at each character tells whether a word may begin
/// with it, and only from there on the words are looked for.
pub struct Search {
    /// A bit for each character that begins a word.
    first: [u64; 1024],
    /// A bit for each word of two characters, and for the first three of longer ones, by a hash.
    pairs: [u64; 1024],
    /// Words of one character.
    alone: Vec<char>,
    /// The words with their places among them, in order of their first characters.
    sorted: Vec<(char, usize, Box<str>)>,
    words: AhoCorasick,
}

/// A search for any of some words.
pub fn any_of<'w>(words: impl Iterator<Item = &'w str>) -> Option<Search> {
    let words: Vec<&str> = words.collect();
    let all = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&words).ok()?;
    let mut out = Search { first: [0; 1024], pairs: [0; 1024], alone: Vec::new(), sorted: Vec::new(), words: all };
    for (k, word) in words.into_iter().enumerate() {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { continue };
        out.sorted.push((first, k, word.into()));
        out.first[place(first).0] |= place(first).1;
        match (chars.next(), chars.next()) {
            (Some(second), third) => {
                let (at, bit) = pair(first, second, third);
                out.pairs[at] |= bit;
            }
            (None, _) => out.alone.push(first),
        }
    }
    out.sorted.sort_unstable();
    Some(out)
}

/// The place of a character among bits.
fn place(c: char) -> (usize, u64) {
    ((c as usize >> 6) & 1023, 1 << (c as u32 & 63))
}

/// The place of two characters, or of three, among bits.
fn pair(first: char, second: char, third: Option<char>) -> (usize, u64) {
    let h = ((first as u32).wrapping_mul(0x9E37_79B1) >> 8) ^ second as u32;
    let h = third.map_or(h, |c| (h.wrapping_mul(0x85EB_CA6B) >> 8) ^ c as u32);
    ((h as usize >> 6) & 1023, 1 << (h & 63))
}

impl Search {
    /// Where the first of them may begin.
    fn sign(&self, text: &str) -> Option<usize> {
        let mut found = None;
        each(text, |row, bit, i| {
            if self.first[row] >> bit & 1 != 0 && self.begins(&text[i..]) {
                found = Some(i);
            }
            found.is_some()
        });
        found
    }

    /// Whether one of them may begin here, where a character stands that begins one.
    fn begins(&self, text: &str) -> bool {
        let mut chars = text.chars();
        let Some(c) = chars.next() else { return false };
        let (second, third) = (chars.next(), chars.next());
        let known = |third| second.is_some_and(|s| matches!(pair(c, s, third), (at, bit) if self.pairs[at] & bit != 0));
        known(None) || third.is_some() && known(third) || self.alone.contains(&c)
    }

    /// Whether the text has one of them.
    pub fn is_match(&self, text: &str) -> bool {
        self.sign(text).is_some_and(|from| self.words.is_match(Input::new(text).range(from..)))
    }

    /// Those that the text has from a place on where one may begin, in order.
    pub(super) fn find_from<'s, 't: 's>(&'s self, text: &'t str, from: Option<usize>) -> impl Iterator<Item = Match> + 's {
        from.into_iter().flat_map(move |from| self.words.find_iter(Input::new(text).range(from..)))
    }

    /// Which of them, of at most 128, the text has from a place on where one may begin: a bit for each, by its place among them.
    pub(super) fn all_from(&self, text: &str, from: Option<usize>) -> u128 {
        let places = from.into_iter().flat_map(|from| self.words.find_overlapping_iter(Input::new(text).range(from..)));
        places.fold(0, |bits, m| bits | 1 << m.pattern().as_usize())
    }

    /// Which of them, of at most 128, a text begins with: a bit for each, by its place among them.
    fn here(&self, text: &str) -> u128 {
        let Some(first) = text.chars().next() else { return 0 };
        let of = &self.sorted[self.sorted.partition_point(|(c, ..)| *c < first)..];
        of.iter().take_while(|(c, ..)| *c == first).filter(|(.., w)| text.starts_with(&**w)).fold(0, |bits, (_, k, _)| bits | 1 << k)
    }

    /// Whether the text has one of them from a place on where one may begin.
    pub fn is_from(&self, text: &str, from: Option<usize>) -> bool {
        from.is_some_and(|from| self.words.is_match(Input::new(text).range(from..)))
    }

    /// Those that the text has, in order.
    pub fn find_iter<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = Match> + 's {
        self.sign(text).into_iter().flat_map(move |from| self.words.find_iter(Input::new(text).range(from..)))
    }
}

/// What a text may have in it. Texts of fewer than eleven bytes have none of it.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Where the first name of a number may begin.
    pub(super) names: Option<usize>,
    /// What it has of what tells of persons: a bit for each, by its place among them.
    pub(super) persons: u128,
    /// Where the first illness begins.
    pub(super) ills: Option<usize>,
    /// Digits in other than their usual form stand beside others.
    pub(super) dressed: bool,
}

/// Gives each character by its place among bits, and where it stands, until it is told to stop.
fn each(text: &str, mut stop: impl FnMut(usize, u32, usize) -> bool) {
    let mut rest = text.as_bytes();
    loop {
        // Most signs of most texts have one byte or three: which character they are stands in their bits.
        let (row, bit, behind) = match rest {
            [c @ ..0x80, behind @ ..] => (*c as usize >> 6, *c, behind),
            [c @ 0xE0..0xF0, second, third, behind @ ..] => ((*c as usize & 15) << 6 | *second as usize & 63, *third, behind),
            [0xF0..=0xFF, second, third, fourth, behind @ ..] => ((*second as usize & 15) << 6 | *third as usize & 63, *fourth, behind),
            [c, second, behind @ ..] => (*c as usize & 31, *second, behind),
            _ => return,
        };
        if stop(row, u32::from(bit & 63), text.len() - rest.len()) {
            return;
        }
        rest = behind;
    }
}

/// Several searches that go through a text together.
pub struct Together<const N: usize> {
    searches: [&'static Search; N],
    /// Of each character, by its place among bits, the searches that have a word which begins with it; of the last bit `also`.
    first: Vec<u8>,
}

impl<const N: usize> Together<N> {
    /// At most seven searches, and characters that are told beside them, as bits.
    pub fn new(searches: [&'static Search; N], also: &[u64; 1024]) -> Self {
        let mut first = vec![0; 1 << 16];
        for (k, bits) in searches.iter().map(|s| &s.first).chain([also]).enumerate() {
            for (c, signs) in first.iter_mut().enumerate() {
                *signs |= u8::from(bits[c >> 6] >> (c & 63) & 1 != 0) << k;
            }
        }
        Together { searches, first }
    }

    /// Where a word of each may begin first; `also` gets the places of the other characters.
    pub fn signs(&self, text: &str, mut also: impl FnMut(usize)) -> [Option<usize>; N] {
        let mut out = [None; N];
        // Searches that have found nothing yet, and the other characters.
        let mut open = u8::MAX;
        self.places(text, |signs, i| {
            let signs = signs & open;
            if signs != 0 {
                self.found(signs, &text[i..], i, &mut open, &mut out);
                if signs >> N & 1 != 0 {
                    also(i);
                }
            }
        });
        out
    }

    /// The same, but of the last of the searches `told` gets every place where words of it begin, with a bit for each of them.
    pub(super) fn signs_and_all(&self, text: &str, mut told: impl FnMut(u128, usize), mut also: impl FnMut(usize)) -> [Option<usize>; N] {
        let mut out = [None; N];
        let mut open: u8 = !(1 << (N - 1));
        self.places(text, |signs, i| {
            if signs & (open | 1 << (N - 1)) == 0 {
                return;
            }
            let here = &text[i..];
            self.found(signs & open, here, i, &mut open, &mut out);
            if signs >> (N - 1) & 1 != 0 && self.searches[N - 1].begins(here) {
                told(self.searches[N - 1].here(here), i);
            }
            if signs >> N & 1 != 0 {
                also(i);
            }
        });
        out
    }

    /// Gives the places of characters with which a word begins, or which are told beside them, with the bits of these.
    fn places(&self, text: &str, mut at: impl FnMut(u8, usize)) {
        let first = self.first.as_slice();
        each(text, |row, bit, i| {
            let signs = first.get(row << 6 | bit as usize).copied().unwrap_or(0);
            if signs != 0 {
                at(signs, i);
            }
            false
        });
    }

    /// Asks the searches that have a word with this first character whether one begins here.
    fn found(&self, signs: u8, here: &str, i: usize, open: &mut u8, out: &mut [Option<usize>; N]) {
        let mut left = signs & !(u8::MAX << N);
        while left != 0 {
            let k = left.trailing_zeros() as usize;
            left &= left - 1;
            if self.searches[k].begins(here) {
                out[k] = Some(i);
                *open &= !(1 << k);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The bit of `-` alone.
    static DOTTED: [u64; 1024] = {
        let mut bits = [0; 1024];
        bits[0] = 1 << b'-';
        bits
    };

    proptest! {
        #[test]
        fn what_is_found_is_what_a_search_for_each_word_finds(text in "[a-d手机话身份住é𝟎|\\- ]{0,40}") {
            let words = ["手机", "身份话", "住", "ab", "d", "- |", "é手", "𝟎a"];
            let all = any_of(words.into_iter()).expect("a search");
            let plain = AhoCorasick::new(words).expect("a search");
            prop_assert_eq!(all.is_match(&text), words.iter().any(|w| text.contains(w)));
            let want: Vec<Match> = plain.find_iter(&text).collect();
            prop_assert_eq!(all.find_iter(&text).collect::<Vec<_>>(), want);
            let bits = all.all_from(&text, all.sign(&text));
            prop_assert_eq!(bits, (0..words.len()).filter(|k| text.contains(words[*k])).fold(0, |bits, k| bits | 1 << k));
            let all: &'static Search = Box::leak(Box::new(all));
            let (mut bits, mut last) = (0, Vec::new());
            let all_of = Together::new([all, all], &DOTTED).signs_and_all(&text, |here, i| {
                bits |= here;
                last.push((here, i));
            }, |_| ());
            prop_assert_eq!(all_of, [all.sign(&text), None]);
            prop_assert_eq!(bits, (0..words.len()).filter(|k| text.contains(words[*k])).fold(0, |bits, k| bits | 1 << k));
            prop_assert!(last.iter().all(|(here, i)| (0..words.len()).all(|k| (here >> k & 1 != 0) == text[*i..].starts_with(words[k]))));
            let mut seen = Vec::new();
            let [sign] = Together::new([all], &DOTTED).signs(&text, |i| seen.push(i));
            prop_assert_eq!(sign, all.sign(&text));
            prop_assert_eq!(seen, text.match_indices('-').map(|m| m.0).collect::<Vec<_>>());
        }
    }
}
