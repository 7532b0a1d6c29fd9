//! TXT004: left-over pinyin gloss.

use super::*;

/// TXT004
pub(super) static RULE: Rule = Rule {
    code: "TXT004",
    title: Phrase { zh: "拼音注音残留", en: "left-over pinyin gloss" },
    severity: [None, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "抄自某些网站的文字夹着“續(xù)”一类注音，是防抄的噪声，不是原文。",
        en: "Text copied from some sites has glosses such as 續(xù): noise against copying, not part of the original.",
    },
    source: "own rule",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::load::chars::is_han;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let (body, base) = (e.doc.body(), e.doc.body.start);
        let mut hits = Vec::new();
        for (i, _) in body.match_indices('(') {
            // Not the whole text for each bracket.
            let tail = &body[i + 1..crate::load::floor(body, i + 20)];
            let Some(end) = tail.find(')').filter(|n| (1..=12).contains(n)) else { continue };
            let inner = &tail[..end];
            let toned = inner.chars().any(|c| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(c));
            if toned && inner.chars().all(|c| c.is_ascii_lowercase() || !c.is_ascii() && c.is_lowercase()) && body[..i].chars().next_back().is_some_and(is_han)
            {
                hits.push(base + i..base + i + end + 2);
            }
        }
        first_of(
            found,
            &e.doc,
            &hits,
            |c| say!("夹有注音 `{c}`", "a pinyin gloss `{c}`"),
            say!("删去注音，并核对简繁", "take it out, and look at the script of the character"),
        );
    }
}
