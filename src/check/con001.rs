//! CON001: consultation on a major decision too short.

use super::*;
use crate::diag::say;

/// CON001
pub(super) static RULE: Rule = Rule {
    code: "CON001",
    title: Phrase { zh: "重大决策征求意见期限过短", en: "consultation on a major decision too short" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "重大行政决策草案公开征求意见的期限一般不少于 30 日（首尾两天都算）；因情况紧急等原因缩短的要说明，写 short_reason。",
        en: "The draft of a major decision is open for thirty days at least, the first and the last among them; where there are fewer, short_reason says why.",
    },
    source: "重大行政决策程序暂行条例 第十五条",
    run: Run::Item(run),
};

/// Days at least.
const DAYS: i32 = 30;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    use crate::model::Value;
    use crate::types::consultation::{MAJOR, SHORT_REASON};
    let Some(c) = item.consultation() else { return };
    let (Some(opens), Some(closes)) = (c.opens, c.closes) else { return };
    let days = (closes - opens).get_days() + 1;
    if !matches!(c.values.get(&MAJOR), Some(Value::Flag(true))) || c.values.get(&SHORT_REASON).is_some() || !(1..DAYS).contains(&days) {
        return;
    }
    let for_days = crate::diag::counted(days.max(0) as u64, "day", "days");
    found.key(
        item,
        "closes",
        say!("重大行政决策只征求意见 {days} 天，不足 {DAYS} 日", "a major decision is open for opinions for {for_days}; {DAYS} at least are asked for"),
        say!("延长 closes；确需缩短的写 short_reason", "let it close later; where it must be shorter say why in short_reason"),
    );
}
