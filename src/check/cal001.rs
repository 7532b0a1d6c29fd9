//! CAL001: a year of working days that is needed and not known.

use super::*;
use crate::diag::{Span, say};
use std::collections::BTreeMap;

/// CAL001
pub(super) static RULE: Rule = Rule {
    code: "CAL001",
    title: Phrase { zh: "缺少某年的工作日历", en: "a year of working days is not known" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "期限按工作日算，要知道那一年的放假安排（含调休）；不知道的年份不按周一至周五估算，而在这里提示，每年一次。自带 2007 年以来已公布的安排；新的一年把通知写进 content/calendar/cn/年份.yaml。",
        en: "Limits in working days need the holidays of the year, worked weekends among them. A year that is not known is not counted by its weekdays but told here, once. The announced years from 2007 on are built in; write a new one to content/calendar/cn/YEAR.yaml.",
    },
    source: "国务院办公厅每年的部分节假日安排通知",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    // What counts working days, by the year that it lacks: the first that does stands for all.
    let mut years: BTreeMap<i16, (usize, &str)> = BTreeMap::new();
    for item in &input.portal.items {
        let unknown = law002::late(input, item).err().or_else(|| int004::late(input, item).err()).or_else(|| itp001::unknown(input, item));
        if let Some(unknown) = unknown {
            years.entry(unknown.0).or_insert((0, &item.doc().source.path)).0 += 1;
        }
    }
    let requests = input.portal.disclosure.requests.as_ref().filter(|_| input.config.calendar.is_some());
    for r in requests.iter().flat_map(|l| &l.list) {
        // A request that was answered after all may have been late.
        let unknown = r.received.filter(|_| r.extended.is_none()).and_then(|d| input.portal.calendar.add_working_days(d, 20).err());
        if let (Some(unknown), Some(l)) = (unknown, requests) {
            years.entry(unknown.0).or_insert((0, l.file.path())).0 += 1;
        }
    }
    let letters = &input.portal.feedback;
    for l in letters.letters.iter().filter(|_| input.config.calendar.is_some()) {
        if let Some(unknown) = l.timing(&input.portal.calendar, input.as_of).1 {
            years.entry(unknown.0).or_insert((0, &letters.files[l.file].source.path)).0 += 1;
        }
    }
    for (year, (n, who)) in years {
        let path = crate::model::calendar::path(input.config, year);
        found.add(
            Span::file(&path),
            say!(
                "不知道 {year} 年的工作日，{n} 条的期限没有算（如 {who}）",
                "the working days of {year} are not known, so limits are not counted (items: {n}, the first: {who})"
            ),
            say!(
                "把当年的放假安排写进 {path}：off: [放假的日子]，work: [调休上班的日子]；没有特别安排也写 off: []",
                "write the holidays of the year to {path}: off: [days off], work: [weekends worked]; off: [] where there are none"
            ),
        );
    }
}
