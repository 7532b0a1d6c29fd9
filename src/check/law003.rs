//! LAW003: annual report not published in time.

use super::*;
use crate::diag::say;

/// LAW003
pub(super) static RULE: Rule = Rule {
    code: "LAW003",
    title: Phrase { zh: "年度报告未按时公布", en: "annual report not published in time" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "部门每年 1 月 31 日前、政府 3 月 31 日前公布上一年度的政府信息公开工作年度报告。departments.yaml 的 annual_report 说谁编制：department（默认）、government、none。晚了的照样公布，状态不妨碍生成。",
        en: "Departments publish the report of the last year by 31 January, governments by 31 March. annual_report in departments.yaml says who owes one: department (without it), government, none. A late one is published all the same; the state of the day stops no build.",
    },
    source: "政府信息公开条例 第四十九条、第五十条；domain-rules LAW-11",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.disclosure;
    if all.is_empty() || !input.config.disclosure.chinese {
        return;
    }
    for (d, department) in input.portal.departments.iter().enumerate().filter(|(_, d)| d.annual_report != "none") {
        let mine: Vec<_> = all.reports.iter().filter(|r| r.department == d).collect();
        let due = |year: i16| if department.annual_report == "government" { Date::new(year + 1, 3, 31) } else { Date::new(year + 1, 1, 31) };
        let last = input.as_of.year() - 1;
        // From the first report on every year, else the last year alone.
        let first = mine.iter().map(|r| r.year).min().unwrap_or(last).min(last);
        for year in first..=last {
            let Ok(due) = due(year) else { continue };
            let there = mine.iter().find(|r| r.year == year);
            let out = there.and_then(|r| r.published).filter(|p| *p <= input.as_of);
            let (id, name) = (&department.id, department.name.get(0));
            match (there, out) {
                (Some(r), Some(day)) if day > due => found.at(Severity::Warn).add(
                    r.file.key(top(&r.file), "published_at"),
                    say!("{name} {year} 年的年度报告 {day} 才公布，应在 {due} 前", "the report of {name} for {year} was published on {day}, after {due}"),
                    say!("下一年按时公布", "publish the next in time"),
                ),
                (Some(r), None) if due < input.as_of => found.add(
                    r.file.key(top(&r.file), "published_at"),
                    say!("{name} {year} 年的年度报告还没有公布，应在 {due} 前", "the report of {name} for {year} is not published; it was due by {due}"),
                    say!("公布以后写 published_at", "write published_at once it is out"),
                ),
                (None, _) if due < input.as_of => found.add(
                    place(input, id),
                    say!("{name} 没有 {year} 年的年度报告，应在 {due} 前公布", "{name} has no report for {year}; it was due by {due}"),
                    say!(
                        "建立 reports/{id}/{year}.yaml（clerestory new report {id}/{year}）；不编制的写 annual_report: none",
                        "make reports/{id}/{year}.yaml (clerestory new report {id}/{year}), or write annual_report: none where none is owed"
                    ),
                ),
                _ => {}
            }
        }
    }
}

fn top(file: &crate::model::disclosure::File) -> (u32, u32) {
    file.0.node.as_ref().map_or((0, 0), |n| (n.start, n.end))
}

/// Where a department is declared.
fn place(input: &Input<'_>, id: &str) -> crate::diag::Span {
    let file = input.portal.vocabularies.iter().find(|y| y.source.path.ends_with("departments.yaml"));
    let node = file.and_then(|y| y.node.as_ref());
    let list = match node.map(|n| &n.kind) {
        Some(crate::load::Kind::List(l)) => &l[..],
        _ => node.map_or(&[][..], std::slice::from_ref),
    };
    let at = list.iter().filter_map(|n| n.get("id")).find(|n| n.text() == Some(id));
    match (file, at) {
        (Some(y), Some(n)) => y.source.span(n.start as usize, n.end as usize),
        _ => crate::diag::Span::file("departments.yaml"),
    }
}
