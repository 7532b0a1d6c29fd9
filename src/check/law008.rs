//! LAW008: a request for information beyond its limit.

use super::*;
use crate::diag::{Text, say};
use crate::model::disclosure::Extension;

/// LAW008
pub(super) static RULE: Rule = Rule {
    code: "LAW008",
    title: Phrase {
        zh: "申请公开逾期答复、逾期没有答复或延期不合法", en: "a request for information beyond its limit, or extended beyond it"
    },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "收到申请之日起 20 个工作日内答复，需要延长的经负责人同意并告知申请人，最多再延长 20 个工作日（extended_to 写到哪一天）。过了这一天还没有答复，或过了这一天才答复的，每件提示一次；没有答复的，页面上写“逾期未答复”，部门评价的逾期清单里也有。延期至早于原来的期限的，不缩短期限；超过依法最多延长到的日子的，按依法的日子算；两样都提示。日子的过去不停止生成。",
        en: "A request is answered within twenty working days of its receipt; where it takes longer, the applicant is told and extended_to says to which day, at most twenty working days more. Each that has no answer beyond that day, or was answered after it, is told here; what has no answer stands as such on the page, and in the list of what is overdue of the scorecards. An extension that ends before the first limit does not shorten it; one beyond what the law allows counts to the day that it allows; both are told. The passing of days stops no build.",
    },
    source: "政府信息公开条例 第三十三条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(requests) = &input.portal.disclosure.requests else { return };
    let departments = &input.portal.departments;
    for r in &requests.list {
        let (row, name) = (r.row, r.department.map(|d| &departments[d].name));
        let (zh, en) = match name {
            Some(n) => (format!("{}的", n.get(0)), format!(" of {}", n.get(0))),
            None => Default::default(),
        };
        let owner = r.department.map(|d| crate::model::owners::owner(&departments[d], input.config));
        let mut tell = |text: Text, hint: Text| {
            found.row(requests.span((r.at.0, r.at.0)), requests.key(r), text, hint);
            owner.iter().for_each(|o| found.owner(o.clone()));
        };
        let calendar = &input.portal.calendar;
        // One that ends before the receipt is POL003.
        if let Some(to) = r.extended.filter(|e| r.received.is_none_or(|d| d <= *e)) {
            let hint = || {
                say!(
                    "核对收到日期和 extended_to；延长从原来的期限算起，最多 20 个工作日",
                    "look at received_on and extended_to; an extension runs from the first limit, for twenty working days at most"
                )
            };
            match r.extension(calendar) {
                Extension::Sound => {}
                Extension::Early(usual) => tell(
                    say!(
                        "第 {row} 行：延期至 {to}，早于原来的期限 {usual}，延期不算",
                        "row {row}: extended to {to}, before the first limit, {usual}; the extension does not count"
                    ),
                    hint(),
                ),
                Extension::Far(Some(most)) => tell(
                    say!(
                        "第 {row} 行：延期至 {to}，超过依法最多延长到的 {most}，期限按 {most} 算",
                        "row {row}: extended to {to}, beyond {most}, the last day that the law allows; the limit is {most}"
                    ),
                    hint(),
                ),
                Extension::Far(None) => tell(
                    say!(
                        "第 {row} 行：延期至 {to}，超过收到后 40 个工作日，延期不算",
                        "row {row}: extended to {to}, more than forty working days after it was received; the extension does not count"
                    ),
                    hint(),
                ),
            }
        }
        if let Some(due) = r.overdue(calendar, input.as_of) {
            tell(
                say!("第 {row} 行：{zh}申请应在 {due} 前答复，还没有答复", "row {row}: the request{en} was to be answered by {due} and has no answer"),
                say!(
                    "答复后写办理结果和答复日期；依法延期的写 extended_to",
                    "answer it, then write outcome and decided_on; where it was extended by law write extended_to"
                ),
            );
        } else if let (Some(due), Some(on)) = (r.due(calendar), r.decided.filter(|d| *d <= input.as_of && r.late(calendar))) {
            tell(
                say!("第 {row} 行：{zh}申请应在 {due} 前答复，{on} 才答复", "row {row}: the request{en} was to be answered by {due} and was answered on {on}"),
                say!("核对日期；依法延期的写 extended_to", "look at the dates; where it was extended by law write extended_to"),
            );
        }
    }
}
