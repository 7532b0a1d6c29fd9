//! LAW004: the annual report does not add up.

use super::*;
use crate::diag::say;

/// LAW004
pub(super) static RULE: Rule = Rule {
    code: "LAW004",
    title: Phrase { zh: "年度报告勾稽不符", en: "the annual report does not add up" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "每行总计等于各列之和，（七）总计等于各结果行之和，每列新收加上年结转等于总计加结转下年；上年结转等于上一年报告的结转下年度，规范性文件的现行有效数由上一年推得。写 from: requests 的从登记里数，不会不平。",
        en: "The sum of a row is that of its columns, the total that of the outcomes, and in each column new and carried over are total and carried on. What is carried over is what the report of last year carried on, and the documents in force follow from last year. With from: requests the table is counted and always balances.",
    },
    source: "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    use crate::model::disclosure::tables::{off, off_since, requests};
    let all = &input.portal.disclosure;
    for r in &all.reports {
        for o in off(r) {
            found.add(r.file.span(o.at), o.message, say!("核对这一格和相加的各格", "look at this number and those that make it"));
        }
        if let Some(before) = all.reports.iter().find(|b| b.department == r.department && b.year == r.year - 1) {
            for o in off_since(r, before, all.register()) {
                found.at(Severity::Warn).add(r.file.span(o.at), o.message, say!("核对两年的报告", "compare the two reports"));
            }
        }
        let (counts, unknown) = if r.counted { requests(r, all.register()) } else { Default::default() };
        if unknown > 0 && counts.is_empty() {
            found.add(
                r.file.span(r.requests_at),
                say!(
                    "登记里 {unknown} 件都没有归到部门，或没有写全类别、日期、具体结果：一件也没有计入，表格不公布",
                    "none of the requests of the register could be counted, for want of a known department, kind, day or outcome: {unknown}; the table is not published"
                ),
                say!(
                    "补全 disclosure/requests.csv；部门改过名的，在 departments.yaml 写 former_names",
                    "complete disclosure/requests.csv; where a department was renamed, write former_names in departments.yaml"
                ),
            );
        } else if unknown > 0 {
            found.at(Severity::Warn).add(
                r.file.span(r.requests_at),
                say!(
                    "登记里有 {unknown} 件没有写全部门、类别、日期或具体结果，未计入表格",
                    "requests of the register that lack a known department, kind, day or outcome are not counted: {unknown}"
                ),
                say!("补全 disclosure/requests.csv；不予公开的写明是哪一种", "complete disclosure/requests.csv; say which kind of refusal it was"),
            );
        }
        // The library knows what was made in the year.
        let made = r.active.iter().find(|(k, ..)| *k == "normative").and_then(|(_, cells, at)| Some((cells.first()?.parse::<usize>().ok()?, *at.first()?)));
        if let Some((typed, at)) = made.filter(|_| !r.old) {
            let own = |i: &&Arc<Item>| {
                i.issuers.first() == Some(&r.department)
                    && i.policy().is_some_and(|p| p.normative == Some(true))
                    && i.formed.is_some_and(|d| d.year() == r.year)
            };
            let n = input.portal.items.iter().filter(own).count();
            if n > typed {
                found.at(Severity::Warn).add(
                    r.file.span(at),
                    say!("规范性文件制发 {typed} 件，政策文件库里当年有 {n} 件", "normative documents made: {typed}; in the library, of that year: {n}"),
                    say!("核对 is_normative 和成文日期", "compare is_normative and the dates"),
                );
            }
        }
    }
}
