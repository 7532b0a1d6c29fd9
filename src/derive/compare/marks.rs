//! What is different inside a changed unit, by characters; words and figures stay whole.

use imara_diff::{Algorithm, Diff, InternedInput};

/// What happened to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// In the old text alone.
    Removed,
    /// In the new text alone.
    Added,
}

/// Longest pair, in pieces, whose difference is looked for to the least; beyond it heuristics keep the time in bounds.
const MINIMAL: usize = 4_000;

/// Longest pair, in pieces, that is compared by characters; of a longer one sentences stay whole. The longest article of a law at
/// hand has some 2,000.
pub(super) const LONGEST: usize = 12_000;

/// Most sentences that are compared; beyond them the texts are, as a whole.
const SENTENCES: usize = 20_000;

/// Common pieces between two changes that are no longer than this, and than each of the changes, are taken for chance.
const CHANCE: usize = 4;

/// The pieces of both texts in order. `left` is how many may still be compared by characters in the whole comparison.
pub fn marks(old: &str, new: &str, left: &mut usize) -> Vec<(Mark, String)> {
    let mut input: InternedInput<Piece<'_>> = InternedInput::default();
    // Most pieces are Han characters of three bytes.
    let long = (old.len() + new.len()) / 3;
    if long <= LONGEST.min(*left) {
        *left -= long;
        input.update_before(pieces(old));
        input.update_after(pieces(new));
    } else if sentences(old).count() + sentences(new).count() <= SENTENCES {
        input.update_before(sentences(old));
        input.update_after(sentences(new));
    } else {
        input.update_before(std::iter::once(Piece(old)));
        input.update_after(std::iter::once(Piece(new)));
    }
    let algorithm = if input.before.len() + input.after.len() < MINIMAL { Algorithm::MyersMinimal } else { Algorithm::Myers };
    let diff = Diff::compute(algorithm, &input);
    let mut hunks: Vec<[usize; 4]> = Vec::new();
    for h in diff.hunks() {
        let [b0, b1, a0, a1] = [h.before.start, h.before.end, h.after.start, h.after.end].map(|n| n as usize);
        let size = |h: &[usize; 4]| (h[1] - h[0]).max(h[3] - h[2]);
        match hunks.last_mut() {
            Some(last) if (b0 - last[1]) <= CHANCE.min(size(last)).min(size(&[b0, b1, a0, a1])) => (last[1], last[3]) = (b1, a1),
            _ => hunks.push([b0, b1, a0, a1]),
        }
    }
    let mut out = Vec::new();
    let mut put = |mark: Mark, tokens: &[imara_diff::Token]| {
        if !tokens.is_empty() {
            out.push((mark, tokens.iter().map(|t| input.interner[*t].0).collect::<String>()));
        }
    };
    let mut at = 0;
    for [b0, b1, a0, a1] in hunks {
        put(Mark::Same, &input.before[at..b0]);
        put(Mark::Removed, &input.before[b0..b1]);
        put(Mark::Added, &input.after[a0..a1]);
        at = b1;
    }
    put(Mark::Same, &input.before[at..]);
    out
}

/// A piece of a text. Two are the same whatever blanks stand behind a Han character: a head of a chapter is written 附　则 and 附则.
#[derive(Debug, Clone, Copy, Default)]
struct Piece<'a>(&'a str);

impl Piece<'_> {
    fn key(&self) -> &str {
        let bare = self.0.trim_end();
        if bare.is_empty() { self.0 } else { bare }
    }
}

impl PartialEq for Piece<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Piece<'_> {}

impl std::hash::Hash for Piece<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::hash::Hash::hash(self.key(), state);
    }
}

/// Sentences, each with what ends it.
fn sentences(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split_inclusive(['。', '；', '！', '？', '\n']).map(Piece)
}

/// Words and figures of Latin letters and digits, every other character on its own, a Han character with the blanks behind it.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let word = |c: char| c.is_alphanumeric() && !crate::load::chars::is_han(c);
        let end = if word(first) { rest.find(|c: char| !word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let blanks = |t: &str| t.find(|c: char| !c.is_whitespace() || c == '\n').unwrap_or(t.len());
        let end = if crate::load::chars::is_han(first) { end + blanks(&rest[end..]) } else { end };
        let (piece, more) = rest.split_at(end);
        rest = more;
        Some(Piece(piece))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let piece = |(m, t): (Mark, String)| match m {
            Mark::Same => t,
            Mark::Removed => format!("[-{t}]"),
            Mark::Added => format!("[+{t}]"),
        };
        let mut left = usize::MAX;
        marks(old, new, &mut left).into_iter().map(piece).collect()
    }

    #[test]
    fn long_texts_are_compared_by_sentences() {
        let text = |n: usize| (0..n).map(|i| format!("第{i}句话甲乙丙丁。")).collect::<String>();
        let (old, mut left) = (text(3_000), 100_000);
        let new = old.replace("第7句话", "第七句话");
        let got = marks(&old, &new, &mut left);
        assert_eq!(got.iter().map(|(m, _)| *m).collect::<Vec<_>>(), [Mark::Same, Mark::Removed, Mark::Added, Mark::Same]);
        assert_eq!((got[1].1.as_str(), got[2].1.as_str(), left), ("第7句话甲乙丙丁。", "第七句话甲乙丙丁。", 100_000));
        // What is left goes down by what was compared by characters.
        marks("甲乙丙", "甲乙丁", &mut left);
        assert_eq!(left, 99_994);
    }

    #[test]
    fn texts_without_anything_in_common_end_soon() {
        let text = |seed: u32, n: u32, end: &str| -> String {
            let han = |i: u32| char::from_u32(0x4E00 + i.wrapping_mul(2_654_435_761).wrapping_add(seed.wrapping_mul(40_503)) % 3_000).unwrap_or('甲');
            (0..n).map(|i| format!("{}{}", han(i), if i % 50 == 49 { end } else { "" })).collect()
        };
        let same = text(1, 30_000, "。");
        let (old, new) = (format!("{same}甲乙。{same}"), format!("{same}甲丙。{same}"));
        let mut left = 100_000;
        let changed: Vec<(Mark, String)> = marks(&old, &new, &mut left).into_iter().filter(|(m, _)| *m != Mark::Same).collect();
        assert_eq!(changed, [(Mark::Removed, "甲乙。".to_string()), (Mark::Added, "甲丙。".to_string())]);
        // Nothing in common, and no sentences: all is new at once.
        let (old, new) = (text(1, 300_000, ""), text(2, 300_000, ""));
        assert_eq!(marks(&old, &new, &mut left), [(Mark::Removed, old.clone()), (Mark::Added, new.clone())]);
    }

    #[test]
    fn characters_are_marked_and_figures_stay_whole() {
        assert_eq!(shown("处五万元以下的罚款", "处十万元以下的罚款"), "处[-五][+十]万元以下的罚款");
        assert_eq!(shown("自2010年1月1日起", "自2024年1月1日起"), "自[-2010][+2024]年1月1日起");
        assert_eq!(shown("the old rule", "the new rule"), "the [-old][+new] rule");
        assert_eq!(shown("附则", "第十三章 附 则"), "[+第十三章 ]附则");
        assert_eq!(shown("甲", ""), "[-甲]");
        assert_eq!(shown("", ""), "");
        // What two rewritten sentences share by chance is not kept apart.
        assert_eq!(shown("应当的有关规定执行", "依照法的程序办理"), "[-应当的有关规定执行][+依照法的程序办理]");
    }
}
