//! STA001: figures do not add up.

use super::*;
use crate::diag::say;

/// STA001
pub(super) static RULE: Rule = Rule {
    code: "STA001",
    title: Phrase { zh: "写的数与算出的不符", en: "figures do not add up" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "收到的意见等于采纳、部分采纳、未采纳、待定之和。来源只说合计的（采纳与部分采纳共 50 条）写 adopted_or_partly，不拆开。",
        en: "What was received is the sum of what was adopted, partly adopted, not adopted and pending. Where a source tells two of them as one, that is adopted_or_partly; it is not parted.",
    },
    source: "重大行政决策程序暂行条例 第十八条；own rule",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(r) = item.consultation().and_then(|c| c.outcome.as_ref()) else { return };
    let at = || item.doc().source.span(r.at.0 as usize, r.at.0 as usize + 1);
    let wide = |n: Option<u32>| u64::from(n.unwrap_or(0));
    if let (Some(both), true) = (r.together, r.adopted.is_some() || r.partly.is_some()) {
        let sum = wide(r.adopted) + wide(r.partly);
        if sum > u64::from(both) || (r.adopted.is_some() && r.partly.is_some() && sum != u64::from(both)) {
            found.add(
                at(),
                say!("采纳与部分采纳写的是 {both}，分开的数合计 {sum}", "adopted_or_partly is {both}, but its parts make {sum}"),
                say!("核对三个数，或只写分开的", "look at the three figures, or write the parts alone"),
            );
        }
    }
    let positive = r.together.map_or(wide(r.adopted) + wide(r.partly), u64::from);
    let sum = positive + wide(r.rejected) + wide(r.pending);
    let any = [r.adopted, r.partly, r.together, r.rejected, r.pending].iter().any(Option::is_some);
    if let Some(n) = r.received.filter(|n| any && u64::from(*n) != sum) {
        found.add(
            at(),
            say!("收到 {n} 条，各项合计 {sum} 条", "received {n}, but the parts make {sum}"),
            say!("核对各项；还没有结论的写 pending", "look at the figures; what is not decided yet is pending"),
        );
    }
}
