//! Texts as the index has them: their terms, with the other spellings of words.

use super::spelling::Forms;
use super::tokens::{Kind, Run, SEED, Stemmer, end, hash, rare, runs_apart, step};

/// All terms of a normalised text, with repetition, for the index. Returns the length: characters of runs without spaces, and words.
/// Common single characters are terms where they stand alone, and in titles (`every`). The other spellings of words are
/// terms too, told by `false`.
pub fn terms(text: &str, stemmer: &Stemmer, every: bool, mut each: impl FnMut(u32, bool)) -> u32 {
    let mut length = 0;
    let mut forms = Forms::default();
    runs_apart(text, |run, gap| match run {
        Run::Gram(chars) => {
            forms.end(&mut |w, own| each(hash(Kind::Word, &stemmer.stem(w)), own));
            length += chars.len() as u32;
            let seed = (Kind::Gram as u32).wrapping_mul(SEED);
            for (i, c) in chars.iter().enumerate() {
                let one = step(seed, *c);
                if every || chars.len() == 1 || rare(*c) {
                    each(end(one), true);
                }
                if let Some(b) = chars.get(i + 1) {
                    let two = step(one, *b);
                    each(end(two), true);
                    if let Some(c) = chars.get(i + 2) {
                        each(end(step(two, *c)), true);
                    }
                }
            }
        }
        Run::Word(word) => {
            length += 1;
            each(hash(Kind::Word, &stemmer.stem(word)), true);
            forms.word(word.to_string(), gap, &mut |w, own| each(hash(Kind::Word, &stemmer.stem(w)), own));
        }
    });
    forms.end(&mut |w, own| each(hash(Kind::Word, &stemmer.stem(w)), own));
    length
}
