//! SEC005: a word of the project's own list: a forbidden expression, the name of a leader that is wrong.

use super::*;
use crate::diag::say;

/// SEC005
pub(super) static RULE: Rule = Rule {
    code: "SEC005",
    title: Phrase { zh: "本单位词表里不能出现的表述", en: "a word of the project's own list" },
    severity: [ERROR, Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "site.yaml 的 words: 指到一份词表（不公布）：不能出现的写法（word、instead）、领导姓名和职务（leader、titles）。条目里出现这些写法，或职务旁的姓名与词表差一个字（市长李建囯），按词表写的轻重报出；否决的拦下条目。“严重表述错误”是政府网站检查的单项否决；哪些词算，由各单位自己定，程序不带词表。",
        en: "words: in site.yaml names a list that is never published: expressions that must not appear (word, instead), names of leaders and their offices (leader, titles). Where an item has one, or a name beside an office differs from the list by a character, it is told at the gravity that the list gives; a veto keeps the item back. Which words these are is for each body to say: the program brings none.",
    },
    source: "国办秘函〔2019〕19号 单项否决：严重表述错误",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let words = &input.config.words;
    if words.is_empty() {
        return;
    }
    for e in item.written() {
        let text = &*e.doc.source.text;
        for m in words.find(text) {
            let severity = if input.config.profile == crate::config::Profile::Generic { m.severity.min(Severity::Error) } else { m.severity };
            // Only what the list calls a veto is kept back.
            let mut found = if m.severity == Severity::Veto { found.at(severity) } else { found.soft(severity) };
            let word = &text[m.at.clone()];
            let hint = match (&m.instead, &m.why) {
                (Some(i), _) => say!("改为 {i}", "write {i}"),
                (None, Some(w)) => say!("{w}", "{w}"),
                (None, None) => say!("删去或改写", "take it out, or put it in other words"),
            };
            let message = if m.name {
                say!("领导姓名可能有误：`{word}`", "the name of a leader may be wrong: `{word}`")
            } else {
                say!("词表里不能出现的写法 `{word}`", "`{word}` is on the list of words that must not appear")
            };
            found.text(&e.doc, m.at, message, hint);
        }
    }
}
