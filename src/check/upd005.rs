//! UPD005: an item without a day in a column that promises updates.

use super::*;
use crate::diag::say;

/// UPD005
pub(super) static RULE: Rule = Rule {
    code: "UPD005",
    title: Phrase { zh: "没有日期，不算更新", en: "without a day it is no update" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "栏目写了 update_within，这一条却没有任何日期：检查时“未注明发布时间的视为不更新”，栏目按时更新的计算也不算它。写 published_at。别的栏目里缺发布日期是 MET001。",
        en: "Its column promises updates (update_within), and this item has no day at all: the inspection takes what has no time as not updated, and so does the figure of columns in time. Write published_at. In other columns a missing day of publication is MET001.",
    },
    source: "政府网站普查评分表（国办发〔2015〕15号）：未注明发布时间的视为不更新",
    run: Run::Item(run),
};

/// The item stands in a column with `update_within` and has no day of any kind, nor a text where one should be.
pub(super) fn undated(input: &Input<'_>, item: &Item) -> bool {
    let promised = |c: &crate::model::Column| c.update_within.is_some() && item.id.strip_prefix(c.path.as_str()).is_some_and(|r| r.starts_with('/'));
    let told = || item.doc().says("published_at");
    !item.draft && item.day().is_none() && input.portal.columns.iter().any(promised) && !told()
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if undated(input, item) {
        found.key(
            item,
            "published_at",
            say!("没有日期，栏目更新不算这一条", "has no day: it is no update of its column"),
            say!("加 published_at: 2021-04-12", "add published_at: 2021-04-12"),
        );
    }
}
