//! INT001: a letter without a reply for more than three months.

use super::*;
use crate::diag::say;

/// INT001
pub(super) static RULE: Rule = Rule {
    code: "INT001",
    title: Phrase { zh: "来信超过三个月没有答复", en: "a letter without a reply for more than three months" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "一年内的来信超过三个月还是“待处理”，在政府网站检查里是单项否决。不拦下：日子的过去不停止发布。答复后写 status: 已处理 和 replied_on。",
        en: "A letter of the last year that is still pending after three months fails the whole inspection of government sites. Nothing is held: the passing of days stops no build. Answer it, and write status: answered and replied_on.",
    },
    source: "政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

/// Open for more than three months, and of the last year.
pub fn forgotten(l: &crate::model::feedback::Letter, as_of: Date) -> bool {
    let ago = |months: i32| as_of.checked_sub(jiff::Span::new().months(months)).ok();
    l.status == Some("pending") && l.received.is_some_and(|d| ago(3).is_some_and(|a| d < a) && ago(12).is_some_and(|a| d >= a))
}

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.feedback;
    for l in all.letters.iter().filter(|l| forgotten(l, input.as_of)) {
        let (row, day) = (l.row, l.received.unwrap_or_default());
        found.add(
            all.span(l, (l.at.0, l.at.0)),
            say!("第 {row} 行：{day} 的来信超过三个月没有答复", "row {row}: the letter of {day} has had no reply for more than three months"),
            say!("答复后写 status: 已处理 和 replied_on", "answer it, then write status: answered and replied_on"),
        );
    }
}
