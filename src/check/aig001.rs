//! AIG001: text made by a program that nobody reviewed, or that does not say so.

use super::*;
use crate::diag::say;
use crate::personal::{Search, any_of};
use std::sync::LazyLock;

/// AIG001
pub(super) static RULE: Rule = Rule {
    code: "AIG001",
    title: Phrase { zh: "人工智能生成的内容没有标明或没有审核", en: "made by AI and not reviewed, or not said to be" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "用人工智能写的内容要写 ai: {tool, reviewed_by}：网页上有一行看得见的说明，网页标签里也有。有工具没有审核人，是错误：发布机构对内容负责，要有人看过。正文里留着对话程序的客套话（“作为一个人工智能语言模型”等）却没有写 ai 的，也在这里提示。",
        en: "What a program wrote says so by ai: {tool, reviewed_by}: a line on the page, and a tag in its head. Without reviewed_by nobody answers for it. Left-over phrases of a chat program (as an AI language model) in a text that does not say ai are told here, too.",
    },
    source: "人工智能生成合成内容标识办法（国信办通字〔2025〕2号）；互联网信息服务深度合成管理规定",
    run: Run::Item(run),
};

/// What chat programs say of themselves.
static PHRASES: &[&str] = &[
    "作为一个人工智能",
    "作为人工智能语言模型",
    "作为一个AI",
    "作为AI语言模型",
    "我是一个人工智能助手",
    "希望以上内容对您有所帮助",
    "as an AI language model",
    "As an AI language model",
    "I'm an AI assistant",
];

pub(super) static ANY: LazyLock<Option<Search>> = LazyLock::new(|| any_of(PHRASES.iter().copied()));

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if let Some(ai) = &item.ai {
        if ai.reviewed_by.is_none() {
            found.key(
                item,
                "ai",
                say!("写了人工智能工具，没有写审核人", "names a tool of AI, and nobody who reviewed the text"),
                say!("写 ai: {{tool: 工具, reviewed_by: 审核的岗位}}", "write ai: {{tool: …, reviewed_by: the office that did}}"),
            );
        }
        return;
    }
    if !found.signs.program {
        return;
    }
    for e in item.written() {
        let body = e.doc.body();
        let told = PHRASES.iter().filter_map(|w| body.find(w).map(|i| (i, w)));
        if let Some((i, w)) = told.min() {
            let at = e.doc.body.start + i;
            found.text(
                &e.doc,
                at..at + w.len(),
                say!("像是对话程序留下的话 `{w}`", "`{w}` is what a chat program says of itself"),
                say!("删去；用了人工智能就写 ai: {{tool, reviewed_by}}", "take it out; where AI was used say ai: {{tool, reviewed_by}}"),
            );
        }
    }
}
