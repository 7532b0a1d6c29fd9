//! LAW007: the annual report repeats that of last year.

use super::*;
use crate::diag::say;

/// LAW007
pub(super) static RULE: Rule = Rule {
    code: "LAW007",
    title: Phrase { zh: "年度报告照抄上年", en: "the annual report repeats that of last year" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "“主要问题及改进情况”与上一年的八成以上相同，多半是照抄。主管部门会点名“内容雷同”。",
        en: "More than eight tenths of part five stand in the report of last year too: it was copied, which the supervising office will not take.",
    },
    source: "政府信息公开主管部门对年度报告的要求",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.disclosure;
    for r in &all.reports {
        let Some(before) = all.reports.iter().find(|b| b.department == r.department && b.year == r.year - 1) else { continue };
        let (Some(now), Some(then)) = (r.text("problems"), before.text("problems")) else { continue };
        let share = crate::model::disclosure::tables::likeness(now.get(0), then.get(0));
        if share > 0.8 {
            let (percent, year) = ((share * 100.0).floor(), before.year);
            let top = r.file.0.node.as_ref().map_or((0, 0), |n| (n.start, n.end));
            found.add(
                r.file.key(top, "problems"),
                say!("第五部分有 {percent}% 与 {year} 年的相同", "{percent} % of part five are those of {year}"),
                say!("写这一年的问题和改进", "tell the problems and remedies of this year"),
            );
        }
    }
}
