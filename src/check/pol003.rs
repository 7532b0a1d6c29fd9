//! POL003: dates out of order.

use super::*;
use crate::diag::say;

/// POL003
pub(super) static RULE: Rule = Rule {
    code: "POL003",
    title: Phrase { zh: "日期顺序不对", en: "dates out of order" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "成文不晚于发布，施行不早于成文，失效晚于施行；成文日期不能在将来。发布日期在将来的条目视为待发布，不算错误。",
        en: "A document is formed before it is published, takes effect after it is formed, expires after it takes effect, and is not formed in the future. One whose publication lies ahead is scheduled, and that is no fault.",
    },
    source: "domain-rules POL-04",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let published = item.published.map(|m| m.date);
    let mut late = |key: &str, first: Option<Date>, second: Option<Date>, zh: &str, en: &str| {
        if let (Some(a), Some(b)) = (first, second)
            && a > b
        {
            found.key(item, key, say!("{zh}（{a} 晚于 {b}）", "{en} ({a} is after {b})"), say!("核对两个日期", "look at both dates"));
        }
    };
    late("published_at", item.formed, published, "成文日期晚于发布日期", "formed after it was published");
    late("effective_from", item.formed, item.effective, "施行日期早于成文日期", "takes effect before it was formed");
    late("expires_on", item.effective, item.expires, "失效日期早于施行日期", "expires before it takes effect");
    late("formed_on", item.formed, Some(input.as_of), "成文日期在将来", "formed in the future");
}
