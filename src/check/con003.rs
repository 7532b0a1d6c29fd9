//! CON003: result of a consultation missing or late.

use super::*;
use crate::diag::say;

/// CON003
pub(super) static RULE: Rule = Rule {
    code: "CON003",
    title: Phrase { zh: "征集结束后没有按时公布结果", en: "result of a consultation missing or late" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "征集结束后应公布收到多少意见、采纳多少、不采纳的理由。结束 30 日还没有结果的，或结果晚于 30 日公布的，在这里列出；30 日是本程序的标准。",
        en: "After a consultation it is told how many opinions came, how many were adopted and why others were not. Listed are those without a result thirty days after the end, and results that came later; thirty days is the measure of this program.",
    },
    source: "重大行政决策程序暂行条例 第十五条、第十八条；own rule",
    run: Run::Item(run),
};

/// Days after the end.
const DAYS: i32 = 30;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(c) = item.consultation().filter(|_| !item.draft) else { return };
    // One that closes before it opens has a wrong day: that is told (CON004), and nothing follows from it.
    let Some(closes) = c.closes.filter(|d| c.opens.is_none_or(|o| o <= *d)) else { return };
    let after = |day: Date| (day - closes).get_days();
    match c.outcome.as_ref().map(|r| r.on) {
        Some(Some(on)) if after(on) > DAYS => {
            let days = after(on);
            found.key(
                item,
                "result",
                say!("征集结束 {days} 天后才公布结果，超过 {DAYS} 日", "the result came {days} days after the end; {DAYS} are allowed"),
                say!(
                    "核对 closes 和 result 的 on；确已逾期的，下次按时公布",
                    "compare closes and the day of the result; where it was late, publish the next in time"
                ),
            );
        }
        None if after(input.as_of) > DAYS => {
            let days = after(input.as_of);
            found.key(
                item,
                "closes",
                say!("征集已结束 {days} 天，没有公布结果", "ended {days} days ago, and no result is told"),
                say!(
                    "加 result:，写收到、采纳、未采纳的条数和逐条意见；没有收到意见的写 received: 0",
                    "add result: with the numbers received, adopted and not adopted, and the opinions; where none came write received: 0"
                ),
            );
        }
        _ => {}
    }
}
