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
    words: AhoCorasick,
}

/// A search for any of some words.
pub fn any_of<'w>(words: impl Iterator<Item = &'w str>) -> Option<Search> {
    let words: Vec<&str> = words.collect();
    let all = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(&words).ok()?;
    let mut out = Search { first: [0; 1024], pairs: [0; 1024], alone: Vec::new(), words: all };
    for word in words {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { continue };
        out.first[place(first).0] |= place(first).1;
        match (chars.next(), chars.next()) {
            (Some(second), third) => {
                let (at, bit) = pair(first, second, third);
                out.pairs[at] |= bit;
            }
            (None, _) => out.alone.push(first),
        }
    }
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
        let mut chars = text.char_indices();
        while let Some((i, c)) = chars.next() {
            let (at, bit) = place(c);
            if self.first[at] & bit != 0 {
                let mut behind = chars.clone().map(|(_, c)| c);
                let (second, third) = (behind.next(), behind.next());
                let known = |third| second.is_some_and(|s| matches!(pair(c, s, third), (at, bit) if self.pairs[at] & bit != 0));
                if known(None) || third.is_some() && known(third) || self.alone.contains(&c) {
                    return Some(i);
                }
            }
        }
        None
    }

    /// Whether the text has one of them.
    pub fn is_match(&self, text: &str) -> bool {
        self.sign(text).is_some_and(|from| self.words.is_match(Input::new(text).range(from..)))
    }

    /// Those that the text has, in order.
    pub fn find_iter<'s, 't: 's>(&'s self, text: &'t str) -> impl Iterator<Item = Match> + 's {
        self.sign(text).into_iter().flat_map(move |from| self.words.find_iter(Input::new(text).range(from..)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_found_is_what_a_search_for_each_word_finds(text in "[a-d手机话身份住é𝟎|\\- ]{0,40}") {
            let words = ["手机", "身份话", "住", "ab", "d", "- |", "é手", "𝟎a"];
            let all = any_of(words.into_iter()).expect("a search");
            let plain = AhoCorasick::new(words).expect("a search");
            prop_assert_eq!(all.is_match(&text), words.iter().any(|w| text.contains(w)));
            let want: Vec<Match> = plain.find_iter(&text).collect();
            prop_assert_eq!(all.find_iter(&text).collect::<Vec<_>>(), want);
        }
    }
}
