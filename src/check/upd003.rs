//! UPD003: a column that is not updated as it promises.

use super::*;
use crate::diag::{counted, say};
use crate::model::Column;

/// UPD003
pub(super) static RULE: Rule = Rule {
    code: "UPD003",
    title: Phrase { zh: "栏目没有按期更新", en: "a column is not updated as it promises" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "写了 update_within 的栏目，最新的一条比“今天”早这么多天以上。一个栏目一条提示；5 个以上是错误，10 个以上在政府网站检查里是单项否决。没有日期的条目不算更新（UPD005）；空的栏目是 UPD004。不拦下：日子的过去不停止发布。",
        en: "The newest item of a column with update_within is older than that. Each column is told once; five or more are errors, ten or more fail the whole inspection of government sites. Items without a day are no updates (UPD005); an empty column is UPD004. Nothing is held: the passing of days stops no build.",
    },
    source: "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

/// Days since the newest item of a column; `None` where it has none with a day.
pub(super) fn age(input: &Input<'_>, c: &Column) -> Option<i32> {
    let below = |id: &str| id.strip_prefix(c.path.as_str()).is_some_and(|r| r.starts_with('/'));
    let public = |i: &&Arc<Item>| !i.draft && i.withdrawn.is_none() && below(&i.id);
    let newest = input.portal.items.iter().filter(public).filter_map(|i| i.day()).filter(|d| *d <= input.as_of).max()?;
    Some((input.as_of - newest).get_days())
}

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let late = |c: &Column| c.update_within.and_then(|limit| age(input, c).filter(|days| i64::from(*days) > i64::from(limit)));
    let stale: Vec<(&Column, i32)> = input.portal.columns.iter().filter_map(|c| Some((c, late(c)?))).collect();
    let n = stale.len();
    let mut found = if n >= 5 { found.at(Severity::Error) } else { found.at(found.severity) };
    for (c, days) in stale {
        let Some(file) = &c.file else { continue };
        let (path, limit) = (&c.path, c.update_within.unwrap_or_default());
        let within = counted(u64::from(limit), "day", "days");
        let text = if n >= 10 {
            say!(
                "栏目 `{path}` 承诺 {limit} 天内更新，已有 {days} 天没有更新；这样的栏目有 {n} 个，10 个以上是单项否决",
                "the column `{path}` promises something new within {within} and has had nothing for {days}; {n} columns are late, and ten fail the inspection"
            )
        } else {
            say!(
                "栏目 `{path}` 承诺 {limit} 天内更新，已有 {days} 天没有更新",
                "the column `{path}` promises something new within {within} and has had nothing for {days}"
            )
        };
        found.add(
            crate::diag::Span::file(file),
            text,
            say!("发布新的内容，或改 update_within 为做得到的天数", "publish something, or promise with update_within what can be kept"),
        );
        if let Some(d) = c.owner.and_then(|d| input.portal.departments.get(d)) {
            found.owner(crate::model::owners::owner(d, input.config));
        }
    }
}
