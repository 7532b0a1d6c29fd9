//! CON004: days of a consultation out of order.

use super::*;
use crate::diag::say;

/// CON004
pub(super) static RULE: Rule = Rule {
    code: "CON004",
    title: Phrase { zh: "意见征集的日期顺序不对", en: "days of a consultation out of order" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "征集先开始后截止，截止之后才有结果。", en: "A consultation opens before it closes, and its result comes after its end."
    },
    source: "重大行政决策程序暂行条例 第十五条",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(c) = item.consultation() else { return };
    let hint = || say!("核对两个日期", "look at both dates");
    if let (Some(o), Some(e)) = (c.opens, c.closes)
        && o > e
    {
        found.key(item, "closes", say!("截止日期 {e} 早于开始日期 {o}", "closes on {e}, before it opens on {o}"), hint());
    } else if let (Some(e), Some(on)) = (c.closes, c.outcome.as_ref().and_then(|r| r.on))
        && on <= e
    {
        found.key(item, "result", say!("结果公布于 {on}，征集到 {e} 才截止", "the result is of {on}, but it closes on {e}"), hint());
    }
}
