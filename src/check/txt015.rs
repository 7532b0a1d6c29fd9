//! TXT015: words of a template left in.

use super::*;
use crate::diag::say;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// TXT015
pub(super) static RULE: Rule = Rule {
    code: "TXT015",
    title: Phrase { zh: "模板里的提示没有改", en: "words of a template left in" },
    severity: [WARN, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "标题或正文里还留着 new 给的提示（如“请填写标题”“在这里写正文”），或“待补充”“XXX”。填好再公布，或先写 draft: true。",
        en: "Title or text still has the words that new put there (Title to be filled in), or TODO, Lorem ipsum. Fill them in, or say draft: true for now.",
    },
    source: "",
    run: Run::Item(run),
};

/// What `new` leaves for the author; a test holds this list against it. The examples of `init` are texts of their own.
pub static LEFT: &[&str] = &[
    "请填写标题",
    "Title to be filled in",
    "请填写文件路径",
    "path-of-the-policy",
    "说明数据从哪里来、怎样统计。",
    "Say where the data come from and how they were counted",
    "一句话说明这个专题。",
    "Say in one sentence what this topic is.",
    "在这里写正文。",
    "（在此填写",
    "（请填写",
    "【请填写",
    "【待补充】",
    "（待补充）",
    "（此处填写",
    "Lorem ipsum",
];

static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(LEFT).ok());

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.draft {
        return;
    }
    for e in item.written() {
        if let Some(w) = LEFT.iter().find(|w| e.title.contains(**w)) {
            found.key(item, "title", say!("标题还是模板里的 `{w}`", "the title still has `{w}` of the template"), hint());
        }
        let text = e.doc.body();
        // One look for all of them; which it is, and where, is asked of the few that have one.
        if ANY.as_ref().is_some_and(|a| !a.is_match(text)) {
            continue;
        }
        if let Some((w, i)) = LEFT.iter().find_map(|w| Some((w, text.find(w)?))) {
            let at = e.doc.body.start + i;
            found.text(&e.doc, at..at + w.len(), say!("正文里还有模板的 `{w}`", "the text still has `{w}` of the template"), hint());
        }
    }
}

fn hint() -> Text {
    say!("填好，或先写 draft: true", "fill it in, or say draft: true for now")
}
