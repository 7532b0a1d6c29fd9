//! FBK003: numbers of letters or requests that are not there.

use super::*;
use crate::diag::{Span, say};
use crate::model::numbers::{Gap, Number, Numbering, Series, numbering};
use std::collections::BTreeSet;

/// FBK003
pub(super) static RULE: Rule = Rule {
    code: "FBK003",
    title: Phrase { zh: "来信或申请的编号有缺号", en: "numbers of letters or requests are missing" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "来信和申请的编号一个接一个地给，不重复使用。中间缺了的，或者没有录入，或者删去了：不录入、删去，各项比率就会变样，而没有上次的评价可比时没有别的办法知道。每个系列（编号里计数以前的部分）提示一次，评价、来信统计和依申请公开的页面上写明缺几个。带年份的系列从 1 数起，别的从最小的数起；最后一个以后删去的看不出。来信人不同意公开的只计数，编号照写，不会显示；不是来信的号（作废的）也留一行，写明情况。",
        en: "Numbers of letters and requests are given one after another and not used again. One that is missing in between was not entered, or was taken out: that changes every rate, and without an earlier scorecard nothing else tells. Each series (what stands before the part that counts up) is told once, and the pages of scorecards, letters and requests say how many numbers are missing. A series of a year begins with 1, others with their smallest; what was taken out behind the last one cannot be seen. Letters whose writers did not agree keep their numbers in the sheet and are not shown; a number that was voided keeps a row that says so.",
    },
    source: "own rule",
    run: Run::Site(run),
};

/// Gaps that are told one by one.
const TOLD: usize = 8;

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let letters = &input.portal.feedback;
    let all = numbering(letters.numbers.iter().map(|g| &g.number), input.as_of);
    let files = |s: &Series| {
        // A number that stands twice is told where it stands (SRC009); the one that it was to be is not lacking beside it.
        if s.missing() <= repeated(letters.numbers.iter().map(|g| &g.number), s) {
            return None;
        }
        let mut of = letters.numbers.iter().filter(|g| g.number.who == s.who && g.number.series == s.name);
        // The row behind the first gap, else the first of the series.
        let next = s.gaps.first().map(|g| g.to + 1);
        let at = of.clone().find(|g| g.number.n == next).or_else(|| of.next())?;
        Some(letters.files[at.file].source.span(at.at.0 as usize, at.at.0 as usize))
    };
    tell(input, &all, &files, ("来信", "letters"), found);
    if let Some(requests) = &input.portal.disclosure.requests {
        let all = input.portal.disclosure.numbering(input.as_of);
        let file = |s: &Series| {
            let next = s.gaps.first().map(|g| s.written(g.to + 1));
            let row = requests.list.iter().find(|r| next.as_deref() == Some(r.no.trim()));
            row.or_else(|| requests.list.iter().find(|r| r.no.trim().starts_with(s.name.split('…').next().unwrap_or(""))))
                .map(|r| requests.span((r.at.0, r.at.0)))
        };
        tell(input, &all, &file, ("申请", "requests"), found);
    }
}

/// How many numbers of a series stand there once more.
fn repeated<'a>(numbers: impl Iterator<Item = &'a Number>, s: &Series) -> u64 {
    let mut seen = BTreeSet::new();
    numbers.filter(|n| n.who == s.who && n.series == s.name && n.n.is_some_and(|n| !seen.insert(n))).count() as u64
}

/// `003、007–009`
fn listed(s: &Series, comma: &str) -> String {
    let one = |g: &Gap| if g.from == g.to { s.written(g.from) } else { format!("{}–{}", s.written(g.from), s.written(g.to)) };
    s.gaps.iter().take(TOLD).map(one).collect::<Vec<_>>().join(comma)
}

fn tell(input: &Input<'_>, all: &Numbering, place: &dyn Fn(&Series) -> Option<Span>, (zh, en): (&str, &str), found: &mut Found<'_>) {
    let departments = &input.portal.departments;
    for s in all.series.iter().filter(|s| !s.gaps.is_empty()) {
        let (n, more) = (s.missing(), s.gaps.len().saturating_sub(TOLD));
        let (list, list_en) = (listed(s, "、"), listed(s, ", "));
        let (more_zh, more_en) = if more > 0 { (format!(" 等，另有 {more} 处"), format!(" and more (other gaps: {more})")) } else { Default::default() };
        let bare: usize = all.without.iter().filter(|(who, _)| who.is_none() || **who == s.who).map(|(_, n)| n).sum();
        let (bare_zh, bare_en) =
            if bare > 0 { (format!("；另有 {bare} 行没有编号"), format!("; rows without a number: {bare}")) } else { Default::default() };
        let Some(span) = place(s) else { continue };
        found.add(
            span,
            say!("{zh}的编号缺 {n} 个：{list}{more_zh}{bare_zh}", "numbers of {en} missing: {n} ({list_en}{more_en}){bare_en}"),
            say!(
                "补录缺的；作废的号也留一行写明。不补录的，页面上写明缺几个",
                "enter what is missing, and keep a row for a number that was voided; until then the pages say how many are missing"
            ),
        );
        s.who.map(|d| crate::model::owners::owner(&departments[d], input.config)).into_iter().for_each(|o| found.owner(o));
    }
}
