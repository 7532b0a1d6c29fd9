//! Characters of Traditional script as Simplified ones: for search, and for marks that are written in either.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static FOLD: &str = include_str!("simplified.tsv");

/// Pairs of the folding table: what folds, and to what.
pub fn fold_pairs() -> impl Iterator<Item = (char, char)> {
    let lines = FOLD.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    lines.flat_map(|(to, from)| to.chars().next().into_iter().flat_map(move |t| from.chars().map(move |f| (f, t))))
}

struct Fold {
    /// For U+3400 to U+9FFF: the character it folds to inside that range; 0 where `rest` knows.
    dense: Vec<u16>,
    /// What leads into that range or out of it.
    rest: FxHashMap<char, char>,
}

static TABLE: LazyLock<Fold> = LazyLock::new(|| {
    let mut fold = Fold { dense: (0x3400..0xA000).map(|c| c as u16).collect(), rest: FxHashMap::default() };
    for (from, to) in fold_pairs() {
        match (from as u32, to as u32) {
            (f @ 0x3400..0xA000, t @ 0x3400..0xA000) => fold.dense[f as usize - 0x3400] = t as u16,
            (f, _) => {
                if (0x3400..0xA000).contains(&f) {
                    fold.dense[f as usize - 0x3400] = 0;
                }
                fold.rest.insert(from, to);
            }
        }
    }
    fold
});

/// For U+3400 to U+9FFF, in order: the character it folds to inside that range; 0 where [`fold`] is to be asked.
pub fn dense() -> &'static [u16] {
    &TABLE.dense
}

/// The Simplified form of a character.
pub fn fold(c: char) -> char {
    match c as u32 {
        0..0x3400 => c,
        u @ 0x3400..0xA000 if TABLE.dense[u as usize - 0x3400] != 0 => char::from_u32(u32::from(TABLE.dense[u as usize - 0x3400])).unwrap_or(c),
        _ => TABLE.rest.get(&c).copied().unwrap_or(c),
    }
}
