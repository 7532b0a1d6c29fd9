//! CON002: outcome and opinions differ.

use super::*;
use crate::diag::say;

/// CON002
pub(super) static RULE: Rule = Rule {
    code: "CON002",
    title: Phrase { zh: "采纳情况与逐条意见不符", en: "outcome and opinions differ" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "写了逐条意见的，收到多少、采纳多少由各行数出来，写的数应与之相等；待定的可以不在表里。未采纳的每一条都要有理由，每一条都要有结果。",
        en: "Where the opinions are told one by one, what was received and adopted is counted from the rows, and the figures written must equal it; those still pending may be missing from the table. Each opinion that was not adopted has its reason.",
    },
    source: "重大行政决策程序暂行条例 第十五条、第十八条",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(r) = item.consultation().and_then(|c| c.outcome.as_ref()).filter(|r| !r.rows.is_empty() || !r.registers.is_empty()) else { return };
    let at = || item.doc().source.span(r.at.0 as usize, r.at.0 as usize + 1);
    // Opinions that nobody has decided on may be left out of the table.
    let unlisted = r.pending.unwrap_or(0).saturating_sub(r.counted("pending"));
    let rows = r.rows.len() as u32;
    if let Some(n) = r.received.filter(|n| !r.unread && *n != rows && *n != rows + unlisted) {
        found.add(
            at(),
            say!("写的是收到 {n} 条，表里有 {rows} 条", "received: {n} are written, the table has {rows}"),
            say!("补齐缺的行，或改正 received", "complete the rows, or correct received"),
        );
    }
    // What has no outcome yet is told at its row.
    if !r.unread && r.rows.iter().all(|row| row.outcome.is_some()) {
        let mut differ = |key: &str, told: Option<u32>, counted: u32| {
            if let Some(n) = told.filter(|n| *n != counted) {
                found.add(
                    at(),
                    say!("`{key}` 写的是 {n}，表里数出 {counted}", "`{key}` is {n}, but the rows give {counted}"),
                    say!(
                        "核对表里的采纳情况，或改正 {key}；不写就由表里数",
                        "look at the outcomes in the rows, or correct {key}; without it the rows are counted"
                    ),
                );
            }
        };
        differ("adopted", r.adopted, r.counted("adopted"));
        differ("partly", r.partly, r.counted("partly"));
        differ("adopted_or_partly", r.together, r.counted("adopted") + r.counted("partly"));
        differ("rejected", r.rejected, r.counted("rejected"));
        differ("pending", r.pending.filter(|n| *n < r.counted("pending")), r.counted("pending"));
    }
    for (n, row) in r.rows.iter().enumerate().filter(|(_, row)| row.outcome == Some("rejected") && row.reason.is_none()) {
        let number = row.place.map_or(n as u32 + 1, |(_, number, _)| number);
        let message = say!("第 {number} 行的意见未采纳，没有理由", "row {number}: not adopted, and no reason is told");
        let hint = say!("在“理由”一列写明", "say why in the column `reason`");
        match r.span(row) {
            Some(span) => found.data(item, span, message, hint),
            None => found.add(at(), message, hint),
        }
    }
}
