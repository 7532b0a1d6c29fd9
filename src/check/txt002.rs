//! TXT002: brackets of document numbers in the text.

use super::*;

/// TXT002
pub(super) static RULE: Rule = Rule {
    code: "TXT002",
    title: Phrase { zh: "正文中的发文字号括号", en: "brackets of document numbers in the text" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "引用文件时，年份用六角括号〔〕，否则检索和自动链接都认不出。",
        en: "In citations the year stands in hexagonal brackets 〔〕; otherwise neither search nor links know the number.",
    },
    source: "GB/T 9704-2012",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::load::chars::is_han;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let (body, base) = (e.doc.body(), e.doc.body.start);
        let mut hits = Vec::new();
        for (i, open) in body.match_indices(['[', '【', '（', '(', '﹝']) {
            let tail = &body[i + open.len()..];
            // Looked for where it must stand, not to the end of the text.
            if !tail.bytes().take(4).all(|b| b.is_ascii_digit()) {
                continue;
            }
            let Some(close) = tail.get(4..).and_then(|t| t.chars().next()).filter(|c| [']', '】', '）', ')', '﹞'].contains(c)) else { continue };
            let rest = &tail[4 + close.len_utf8()..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let number = (1..=4).contains(&digits) && rest[digits..].starts_with('号');
            if number && body[..i].chars().next_back().is_some_and(is_han) {
                hits.push(base + i..base + i + (tail.len() - rest.len()) + open.len());
            }
        }
        first_of(
            found,
            &e.doc,
            &hits,
            |c| say!("文号的年份用了 `{c}`", "a document number has its year in `{c}`"),
            say!("改成〔〕，如 国办发〔2019〕61号", "use 〔〕, as in 国办发〔2019〕61号"),
        );
    }
}
