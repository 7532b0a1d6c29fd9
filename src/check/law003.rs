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
        zh: "部门每年 1 月 31 日前、政府 3 月 31 日前公布上一年度的政府信息公开工作年度报告。departments.yaml 的 annual_report 说谁编制：department（默认）、government、none；since 以前的年度、until 以后才到期的，不算它的。从 published_at 那天起公布，没有写、还没到或 draft: true 的不公布；本年度没有结束就公布的是写错了日期或年份。晚了的照样公布，状态不妨碍生成。",
        en: "Departments publish the report of the last year by 31 January, governments by 31 March. annual_report in departments.yaml says who owes one: department (without it), government, none; not for years before its since, nor what falls due after its until. A report is public from the day of published_at on: without one, before it, or with draft: true it is not. One that is published before its year has ended has a wrong day or a wrong year. A late one is published all the same; the state of the day stops no build.",
    },
    source: "政府信息公开条例 第四十九条、第五十条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.disclosure;
    if all.is_empty() || !input.config.disclosure.chinese {
        return;
    }
    let found = &mut found.of(all.only_begun());
    for (d, department) in input.portal.departments.iter().enumerate() {
        let mine: Vec<_> = all.reports.iter().filter(|r| r.department == d).collect();
        for r in &mine {
            let passed = department.report_due(r.year).is_some_and(|d| d < input.as_of);
            before(input, r, passed, found);
        }
        if department.annual_report == "none" {
            continue;
        }
        // Nobody can say what it owed until it was merged.
        if let (Some(to), None) = (department.merged_into, department.until) {
            let (name, into) = (department.name.get(0), input.portal.departments[to].name.get(0));
            found.at(Severity::Warn).add(
                place(input, &department.id),
                say!(
                    "{name} 已并入 {into}，没有写 until：算不出它该编制哪些年度的年度报告",
                    "{name} was merged into {into} and has no until: which reports it owed cannot be told"
                ),
                say!("在 departments.yaml 里写并入的日期：until: 2024-03-31", "write in departments.yaml on which day: until: 2024-03-31"),
            );
            found.owner(crate::model::owners::owner(department, input.config));
            continue;
        }
        let last = input.as_of.year() - 1;
        // From the first report on every year, else the last year alone.
        let first = mine.iter().map(|r| r.year).min().unwrap_or(last).min(last);
        for year in first..=last {
            let Some(due) = department.report_due(year) else { continue };
            let there = mine.iter().find(|r| r.year == year);
            let out = there.and_then(|r| r.out()).filter(|p| *p <= input.as_of);
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
                    say!("公布以后写 published_at，去掉 draft", "write published_at once it is out, and no draft"),
                ),
                (None, _) if due < input.as_of => {
                    found.add(
                        place(input, id),
                        say!("{name} 没有 {year} 年的年度报告，应在 {due} 前公布", "{name} has no report for {year}; it was due by {due}"),
                        say!(
                            "建立 reports/{id}/{year}.yaml（clerestory new report {id}/{year}）；不编制的写 annual_report: none",
                            "make reports/{id}/{year}.yaml (clerestory new report {id}/{year}), or write annual_report: none where none is owed"
                        ),
                    );
                    found.owner(crate::model::owners::owner(department, input.config));
                }
                _ => {}
            }
        }
    }
}

/// A report of a year that has not ended, and one that nobody sees because it has no day; `passed`: its day has, which is told.
fn before(input: &Input<'_>, r: &crate::model::disclosure::Report, passed: bool, found: &mut Found<'_>) {
    let (year, name) = (r.year, input.portal.departments[r.department].name.get(0));
    let at = |key: &str| r.file.key(top(&r.file), key);
    if let Some(day) = r.published.filter(|d| d.year() <= year) {
        found.add(
            at("published_at"),
            say!(
                "{name} {year} 年的年度报告写的是 {day} 公布，这一年还没有结束",
                "the report of {name} for {year} says that it was published on {day}, before that year had ended"
            ),
            say!("核对 published_at 和文件名里的年份", "look at published_at and at the year in the name of the file"),
        );
    } else if year > input.as_of.year() {
        found.at(Severity::Warn).add(
            at(""),
            say!("{year} 年还没有到，这是那一年的年度报告", "this is a report for {year}, a year that has not come"),
            say!("核对文件名里的年份", "look at the year in the name of the file"),
        );
    } else if r.published.is_none() && !r.draft && !passed {
        found.at(Severity::Warn).add(
            at("published_at"),
            say!("没有 published_at，{name} {year} 年的年度报告不公布", "there is no published_at: the report of {name} for {year} is not published"),
            say!("写公布的日子", "write the day on which it is published"),
        );
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
