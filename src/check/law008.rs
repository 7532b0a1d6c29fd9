//! LAW008: a request for information beyond its limit.

use super::*;
use crate::diag::say;

/// LAW008
pub(super) static RULE: Rule = Rule {
    code: "LAW008",
    title: Phrase { zh: "申请公开逾期没有答复", en: "a request for information beyond its limit" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "收到申请之日起 20 个工作日内答复，需要延长的经负责人同意并告知申请人，最多再延长 20 个工作日（extended_to 写到哪一天）。过了这一天还没有答复，每件提示一次，页面上写“逾期未答复”，部门评价的逾期清单里也有。日子的过去不停止生成。",
        en: "A request is answered within twenty working days of its receipt; where it takes longer, the applicant is told and extended_to says to which day, at most twenty working days more. Each that has no answer beyond that day is told here, stands as not answered in time on the page, and in the list of what is overdue of the scorecards. The passing of days stops no build.",
    },
    source: "政府信息公开条例 第三十三条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(requests) = &input.portal.disclosure.requests else { return };
    let departments = &input.portal.departments;
    for r in &requests.list {
        let Some(due) = r.overdue(&input.portal.calendar, input.as_of) else { continue };
        let (row, name) = (r.row, r.department.map(|d| &departments[d].name));
        let (zh, en) = match name {
            Some(n) => (format!("{}的", n.get(0)), format!(" of {}", n.get(0))),
            None => Default::default(),
        };
        let owner = r.department.map(|d| crate::model::owners::owner(&departments[d], input.config));
        found.row(
            requests.span((r.at.0, r.at.0)),
            requests.key(r),
            say!("第 {row} 行：{zh}申请应在 {due} 前答复，还没有答复", "row {row}: the request{en} was to be answered by {due} and has no answer"),
            say!(
                "答复后写办理结果和答复日期；依法延期的写 extended_to",
                "answer it, then write outcome and decided_on; where it was extended by law write extended_to"
            ),
        );
        owner.into_iter().for_each(|o| found.owner(o));
    }
}
