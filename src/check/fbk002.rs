//! FBK002: a letter that is answered without a word of reply.

use super::*;
use crate::diag::say;

/// FBK002
pub(super) static RULE: Rule = Rule {
    code: "FBK002",
    title: Phrase { zh: "来信已处理，没有答复内容", en: "a letter answered without a word of reply" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "状态是“已处理”，答复却是空的：没有人知道答了什么。来信统计和部门评价里不计入已答复，也不算按时。来信人不同意公开的也一样：答复写在表里，不会公布。",
        en: "The letter is answered, and the reply is empty: nobody knows what was answered. Neither the figures of letters nor the scorecards count it as answered or in time. That holds too where the writer did not agree: the reply stands in the sheet and is never published.",
    },
    source: "own rule",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.feedback;
    for l in all.letters.iter().filter(|l| l.silent) {
        let row = l.row;
        found.add(
            all.span(l, (l.at.0, l.at.0)),
            say!("第 {row} 行：已处理，没有答复内容，不计入已答复", "row {row}: answered, without a word of reply; it does not count as answered"),
            say!("在“答复”一列写上答复；还没有答复的写 待处理", "write the reply in the column `reply`; what is not answered yet is pending"),
        );
    }
}
