//! TXT001: half-width punctuation in Chinese text.

use super::*;

/// TXT001
pub(super) static RULE: Rule = Rule {
    code: "TXT001",
    title: Phrase { zh: "中文里的半角标点", en: "half-width punctuation in Chinese text" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "汉字之间应使用全角标点（，；：？！），半角的排出来挤在一起，也不是规范写法。check --fix --write 可以自动改。",
        en: "Between Han characters punctuation is full-width (，；：？！); half-width marks stand too close and are against the standard. check --fix --write mends them.",
    },
    source: "GB/T 15834-2011 标点符号用法",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::load::chars::is_han;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let (body, base) = (e.doc.body(), e.doc.body.start);
        let mut hits = Vec::new();
        for (i, b) in body.bytes().enumerate() {
            if !matches!(b, b',' | b';' | b':' | b'?' | b'!') {
                continue;
            }
            let before = body[..i].chars().next_back().is_some_and(is_han);
            if before && body[i + 1..].chars().next().is_some_and(is_han) {
                hits.push(base + i..base + i + 1);
            }
        }
        first_of(
            found,
            &e.doc,
            &hits,
            |c| say!("汉字之间用了半角标点 `{c}`", "half-width `{c}` between Han characters"),
            say!("改成全角标点", "use the full-width mark"),
        );
    }
}
