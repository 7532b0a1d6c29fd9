//! LAW006: the yearly report of the website is missing.

use super::*;
use crate::diag::say;

/// LAW006
pub(super) static RULE: Rule = Rule {
    code: "LAW006",
    title: Phrase { zh: "网站工作年度报表未按时公布", en: "the yearly report of the website is not published in time" },
    severity: [None, WARN, WARN],
    blocks: false,
    // A demonstration owes none.
    identity: true,
    explain: Phrase {
        zh: "政府网站每年 1 月 31 日前公布上一年度的政府网站工作年度报表。文件是 reports/website/年.yaml（clerestory new website-report 年），多数行从内容里算。从 published_at 那天起公布。状态不妨碍生成。",
        en: "A government website publishes the report of the last year by 31 January. Its file is reports/website/YEAR.yaml (clerestory new website-report YEAR), and most rows are counted from the content. It is public from the day of published_at on. The state of the day stops no build.",
    },
    source: "政府网站发展指引（国办发〔2017〕47号）：政府网站工作年度报表",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.disclosure;
    if all.is_empty() || !input.config.disclosure.chinese {
        return;
    }
    let found = &mut found.of(all.only_begun());
    let last = input.as_of.year() - 1;
    for r in all.websites.iter().filter(|r| r.year > last) {
        let year = r.year;
        if let Some(day) = r.out().filter(|d| d.year() <= year) {
            found.add(
                r.file.key((0, 0), "published_at"),
                say!(
                    "{year} 年的网站年度报表写的是 {day} 公布，这一年还没有结束",
                    "the report of the website for {year} says that it was published on {day}, before that year had ended"
                ),
                say!("核对 published_at 和文件名里的年份", "look at published_at and at the year in the name of the file"),
            );
        }
    }
    let first = all.websites.iter().map(|r| r.year).min().unwrap_or(last).min(last);
    for year in first..=last {
        let Ok(due) = Date::new(year + 1, 1, 31) else { continue };
        let there = all.websites.iter().find(|r| r.year == year);
        match there.map(|r| (r, r.out().filter(|d| *d <= input.as_of))) {
            Some((r, Some(day))) if day.year() <= year => found.add(
                r.file.key((0, 0), "published_at"),
                say!(
                    "{year} 年的网站年度报表写的是 {day} 公布，这一年还没有结束",
                    "the report of the website for {year} says that it was published on {day}, before that year had ended"
                ),
                say!("核对 published_at 和文件名里的年份", "look at published_at and at the year in the name of the file"),
            ),
            Some((r, Some(day))) if day > due => found.add(
                r.file.key((0, 0), "published_at"),
                say!("{year} 年的网站年度报表 {day} 才公布，应在 {due} 前", "the report of the website for {year} was published on {day}, after {due}"),
                say!("下一年按时公布", "publish the next in time"),
            ),
            Some((r, None)) if due < input.as_of => found.add(
                r.file.key((0, 0), "published_at"),
                say!("{year} 年的网站年度报表还没有公布，应在 {due} 前", "the report of the website for {year} is not published; it was due by {due}"),
                say!("公布以后写 published_at，去掉 draft", "write published_at once it is out, and no draft"),
            ),
            None if due < input.as_of => {
                let folder = input.config.content.first().map_or("content", String::as_str);
                found.add(
                    crate::diag::Span::file(&format!("{folder}/reports/website/{year}.yaml")),
                    say!("没有 {year} 年的网站工作年度报表，应在 {due} 前公布", "there is no report of the website for {year}; it was due by {due}"),
                    say!("用 clerestory new website-report {year} 建立", "make it by clerestory new website-report {year}"),
                );
            }
            _ => {}
        }
    }
}
