//! CAT002: summary too long, or only the title again.

use super::*;
use crate::diag::say;

/// CAT002
pub(super) static RULE: Rule = Rule {
    code: "CAT002",
    title: Phrase { zh: "内容描述过长或只是重复名称", en: "summary too long, or only the title again" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "内容描述不超过 100 字，超过 300 字是错误；也不要只重复名称。",
        en: "A summary has at most 100 characters; more than 300 is an error. It does not only repeat the title.",
    },
    source: "政府信息公开目录填写规则",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(c) = &input.portal.disclosure.catalogue else { return };
    for e in &c.list {
        let text = e.summary.get(0).trim();
        let n = text.chars().count();
        let tight = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        if n > 100 {
            let mut own = if n > 300 && !e.draft { found.at(Severity::Error) } else { found.at(Severity::Warn) };
            own.add(
                c.file.key(e.at, "summary"),
                say!("内容描述有 {n} 字，应不超过 100 字", "the length of the summary is {n}; at most 100 characters are wanted"),
                say!("只写公开的是什么", "say only what is disclosed"),
            );
        } else if n > 0 && tight(text) == tight(e.title.get(0)) {
            found.add(
                c.file.key(e.at, "summary"),
                say!("内容描述只是重复名称", "the summary only repeats the title"),
                say!("写明包括哪些内容", "say what it holds"),
            );
        }
    }
}
