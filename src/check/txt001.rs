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
        zh: "汉字之间应使用全角标点（，；：？！），半角的排出来挤在一起，也不是规范写法。一行末尾的问号、叹号也是；title、summary 也看。代码、网址、链接目标不算。check --fix --write 可以自动改。",
        en: "Between Han characters punctuation is full-width (，；：？！); half-width marks stand too close and are against the standard, a question or exclamation mark at the end of a line too, and in title and summary. Code, addresses and targets of links do not count. check --fix --write mends them.",
    },
    source: "GB/T 15834-2011 标点符号用法",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::load::chars::is_han;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        let hits = crate::fix::marked(&e.doc);
        let text = &*e.doc.source.text;
        let between = hits.first().is_some_and(|h| text[h.end..].chars().next().is_some_and(is_han));
        first_of(
            found,
            &e.doc,
            &hits,
            |c| {
                if between {
                    say!("汉字之间用了半角标点 `{c}`", "half-width `{c}` between Han characters")
                } else {
                    say!("汉字之后用了半角标点 `{c}`", "half-width `{c}` behind a Han character")
                }
            },
            say!("改成全角标点", "use the full-width mark"),
        );
    }
}
