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
        zh: "每行总计等于各列之和，（七）总计等于各结果行之和，每列新收加上年结转等于总计加结转下年；上年结转等于上一年报告的结转下年度，规范性文件的现行有效数由上一年推得。写 from: requests 的从登记里数，不会不平；没有登记，或登记里没有这一年和以前的申请，就不公布表三。写了没有填的行也是错误，不当作 0。登记里办结而没有写明理由或结果的，计入总计，单列为未注明，并提示。",
        en: "The sum of a row is that of its columns, the total that of the outcomes, and in each column new and carried over are total and carried on. What is carried over is what the report of last year carried on, and the documents in force follow from last year. With from: requests the table is counted and always balances; without a register, or where it has no request of that year or before, it is not published. A row that is written and left empty is an error, and no 0. Requests that were decided without a ground or outcome count in the total, stand in rows of their own, and are told.",
    },
    source: "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    use crate::model::disclosure::tables::{off, off_since, reaches, requests, unsaid};
    let all = &input.portal.disclosure;
    for r in &all.reports {
        // What is not public yet may still be filled in.
        for (table, at, keys) in r.blank.iter().filter(|_| r.out().is_some()) {
            let rows = crate::diag::Listed(keys.clone());
            let (zh, key) = (table.label.zh, table.key);
            found.add(
                r.file.span((at.0, at.0)),
                say!("“{zh}”的表里这几行没有填：{rows}；不公布", "rows of `{key}` are empty and not published: {rows:#}"),
                say!("按列填数，确实没有的写 0", "fill in their numbers; 0 where there was none in fact"),
            );
        }
        if r.counted && r.out().is_some() && !reaches(all.register(), r.year) {
            let year = r.year;
            let text = if all.requests.is_none() {
                say!(
                    "没有申请登记 disclosure/requests.csv，表三无从统计，不公布",
                    "there is no register disclosure/requests.csv: table three cannot be counted and is not published"
                )
            } else {
                say!(
                    "申请登记 disclosure/requests.csv 里没有 {year} 年和以前的申请，表三无从统计，不公布",
                    "the register disclosure/requests.csv has no request of {year} or before: table three cannot be counted and is not published"
                )
            };
            found.add(
                r.file.span(r.requests_at),
                text,
                say!(
                    "把这一年的申请登记到 disclosure/requests.csv；确实没有收到过申请的，删去 from: requests，逐行写 0",
                    "enter the requests of the year into disclosure/requests.csv; where there was none in fact take out from: requests and write 0 in each row"
                ),
            );
        }
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
                    "登记里 {unknown} 件都没有归到部门，或没有写全类别、日期：一件也没有计入，表格不公布",
                    "none of the requests of the register could be counted, for want of a known department, kind or day: {unknown}; the table is not published"
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
                    "登记里有 {unknown} 件没有写全部门、类别或日期，未计入表格",
                    "requests of the register that lack a known department, kind or day are not counted: {unknown}"
                ),
                say!("补全 disclosure/requests.csv", "complete disclosure/requests.csv"),
            );
        }
        let silent = if r.counted { unsaid(&counts) } else { 0 };
        if silent > 0 {
            found.at(Severity::Warn).add(
                r.file.span(r.requests_at),
                say!(
                    "登记里有 {silent} 件办结了，没有写明结果或理由是哪一种：计入总计，在表里单列为未注明",
                    "requests of the register that were decided without saying how, or why not: {silent}; they count in the total, and stand in rows of their own"
                ),
                say!("补全 disclosure/requests.csv；不予公开、无法提供的写明是哪一种", "complete disclosure/requests.csv; say which kind of refusal it was"),
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
            let alive = r.active.iter().find(|(k, ..)| *k == "normative").and_then(|(_, cells, at)| Some((cells.get(2)?.parse::<usize>().ok()?, *at.get(2)?)));
            if let Some((typed, at)) = alive {
                let n = in_force(input, r);
                if n > typed {
                    let year = r.year;
                    found.at(Severity::Warn).add(
                        r.file.span(at),
                        say!(
                            "规范性文件现行有效 {typed} 件，政策文件库里到 {year} 年底现行有效的有 {n} 件",
                            "normative documents in force: {typed}; in the library, at the end of {year}: {n}"
                        ),
                        say!("核对 is_normative、废止和有效期", "compare is_normative, what was repealed, and until when documents hold"),
                    );
                }
            }
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

/// Normative documents of a department that the library holds and that were in force at the end of a report's year, as far as they
/// themselves and others say; what was amended or followed by another edition is left out.
fn in_force(input: &Input<'_>, r: &crate::model::disclosure::Report) -> usize {
    let Ok(end) = jiff::civil::Date::new(r.year, 12, 31) else { return 0 };
    let items = &input.portal.items;
    let mut ended: std::collections::BTreeSet<&str> = Default::default();
    for p in items.iter().filter(|i| !i.draft).filter_map(|i| i.policy()) {
        ended.extend(p.repeals.iter().chain(&p.amends).map(|id| &**id));
    }
    let holds = |i: &&Arc<Item>| {
        let open = i.policy().is_some_and(|p| p.normative == Some(true) && p.repealed_by.is_empty() && p.amended_by.is_empty());
        let from = i.effective.or(i.formed).or(i.published.map(|m| m.date));
        let days = from.is_some_and(|d| d <= end) && i.formed.is_none_or(|d| d <= end) && i.expires.is_none_or(|d| d >= end);
        let there = !i.draft && i.withdrawn.is_none() && i.replaced_by.is_none() && i.published.is_some();
        open && days && there && i.issuers.first() == Some(&r.department) && !ended.contains(&*i.id)
    };
    items.iter().filter(holds).count()
}
