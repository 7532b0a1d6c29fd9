//! UPD001: nothing new on the home page for two weeks.

use super::*;
use crate::diag::say;

/// UPD001
pub(super) static RULE: Rule = Rule {
    code: "UPD001",
    title: Phrase { zh: "首页两周没有更新", en: "nothing new on the home page for two weeks" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    // A demonstration is not inspected.
    identity: true,
    explain: Phrase {
        zh: "网站最新的一条内容（页面和专题以外）比“今天”早 14 天以上，在政府网站检查里是单项否决。没有日期的不算更新（UPD005）。不拦下：日子的过去不停止发布。发布新的内容；同一篇只改日期不算。",
        en: "The newest item of the site (pages and topics aside) is older than 14 days, which fails the whole inspection of government sites. What has no day is no update (UPD005). Nothing is held: the passing of days stops no build. Publish something new; a new day on an old text is none.",
    },
    source: "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

/// Days without anything new that the inspection takes.
const LIMIT: i32 = 14;

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let news = |i: &&Arc<Item>| !i.draft && i.withdrawn.is_none() && !i.kind.root && i.kind != crate::types::TOPIC;
    let newest = input.portal.items.iter().filter(news).filter_map(|i| Some((i.day().filter(|d| *d <= input.as_of)?, i))).max_by_key(|(d, _)| *d);
    let Some((day, item)) = newest else { return };
    let ago = (input.as_of - day).get_days();
    if ago > LIMIT {
        found.key(
            item,
            "published_at",
            say!(
                "最新的内容是 {day} 的，已有 {ago} 天没有更新，首页超过 {LIMIT} 天不更新是单项否决",
                "the newest item is of {day}, {ago} days ago; a home page without anything new for two weeks fails the inspection"
            ),
            say!("发布新的内容", "publish something new"),
        );
    }
}
