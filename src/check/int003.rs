//! INT003: a letter whose limit has passed.

use super::*;
use crate::diag::say;
use crate::model::feedback::State;

/// INT003
pub(super) static RULE: Rule = Rule {
    code: "INT003",
    title: Phrase { zh: "来信超过时限没有答复", en: "a letter whose limit has passed" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "时限从来信的下一个工作日算起：这一行的 limit_workdays，不写用 site.yaml 的 reply_workdays，再没有就是 5 个工作日。过了时限还是“待处理”就提示，公开的页面上也写着。超过三个月的由 INT001 提示。",
        en: "A limit runs from the working day after the letter came: limit_workdays of the row, else reply_workdays of site.yaml, else 5 working days. A letter that is pending beyond it is told here, and on the public page. Beyond three months INT001 tells it.",
    },
    source: "各地网上来信的答复期限（如沈阳：3 个工作日，复杂的 10 个工作日）；own rule",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.feedback;
    for l in all.letters.iter().filter(|l| !int001::forgotten(l, input.as_of)) {
        let t = l.timing(&input.portal.calendar, input.as_of).0;
        let (State::Overdue, Some(due)) = (t.state, t.due) else { continue };
        let (row, limit) = (l.row, l.limit);
        found.add(
            all.span(l, (l.at.0, l.at.0)),
            say!("第 {row} 行：来信应在 {due} 前答复（{limit} 个工作日）", "row {row}: the letter was to be answered by {due} (working days: {limit})"),
            say!("答复后写 status: 已处理 和 replied_on；转办的写 已转办", "answer it, then write status: answered and replied_on; or forwarded"),
        );
    }
}
