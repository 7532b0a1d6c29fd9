//! TXT006: zero-width characters.

use super::*;
use crate::diag::say;

/// TXT006
pub(super) static RULE: Rule = Rule {
    code: "TXT006",
    title: Phrase { zh: "零宽字符", en: "zero-width characters" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "看不见的字符（零宽空格、方向标记等）会让检索、复制和读屏出错，多半是从网页上抄来的。check --fix --write 可以去掉用不着的零宽字符。",
        en: "Characters one cannot see (zero-width spaces, marks of direction) break search, copying and screen readers; most were copied from web pages. check --fix --write takes out zero-width ones that are of no use.",
    },
    source: "own rule",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let hidden = |c: char| matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFEFF);
    // U+200B–U+206F begin with E2 80 or E2 81, as dashes and curly quotes do; U+FEFF with EF BB.
    let lead = |text: &[u8]| {
        memchr::memchr2_iter(0xE2, 0xEF, text).any(|i| match (text[i], text[i + 1], text[i + 2]) {
            (0xE2, 0x80, last) => (0x8B..=0x8F).contains(&last) || (0xAA..=0xAE).contains(&last),
            (0xE2, 0x81, last) => (0xA0..=0xA4).contains(&last),
            (second, third, _) => (second, third) == (0xEF, 0xBB),
        })
    };
    characters(item, found, lead, hidden, |u| say!("看不见的字符 U+{u:04X}", "invisible character U+{u:04X}"), &say!("删去它", "take it out"));
}
