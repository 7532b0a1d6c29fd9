//! OD003: data are stale.

use super::*;
use crate::diag::say;
use crate::model::Fresh;

/// OD003
pub(super) static RULE: Rule = Rule {
    code: "OD003",
    title: Phrase { zh: "数据过期", en: "data are stale" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "数据按写明的更新频率早该更新了：过了一个周期（含宽限）是警告，过了两个周期是错误。过期的数据比没有数据更误人。",
        en: "By the frequency that it promises the dataset should have been updated: a warning after one period with its grace, an error after two. Stale data mislead more than none.",
    },
    source: "政务信息资源目录编制指南（更新周期）；own rule",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let (Fresh::Overdue { age, period }, Some(d), Some(day)) = (item.fresh(input.as_of), item.dataset(), item.data_day(input.as_of)) else { return };
    let frequency = d.frequency.unwrap_or_default();
    let ago = crate::diag::counted(age.max(0) as u64, "day", "days");
    let mut now = found.at(if age > period * 2 { Severity::Error } else { Severity::Warn });
    now.key(
        item,
        "frequency",
        say!(
            "写明 {frequency} 更新，最近一次是 {day}，已过 {age} 天（最多 {period} 天）",
            "to be updated {frequency}; the last time was {day}, {ago} ago (at most {period})"
        ),
        say!(
            "放入新数据并写 `modified:`；不再更新就把 `frequency:` 改为 static",
            "put the new data there and write `modified:`; where no more come, make `frequency:` static"
        ),
    );
}
