//! ITP002: interpretation later than it should be.

use super::*;
use crate::diag::say;
use crate::model::Need;
use crate::model::calendar::explained_in;

/// ITP002
pub(super) static RULE: Rule = Rule {
    code: "ITP002",
    title: Phrase { zh: "解读晚于期限", en: "interpretation later than it should be" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "解读与政策同步发布，最迟在 interpretation_days 个工作日内（默认 3；网站没有工作日历时按自然日）。第一份解读晚了的在这里列出，并写出其间有几个工作日；没有日期的不算。",
        en: "An interpretation is published with its policy, within interpretation_days working days at the latest (3 without it; plain days where the site has no calendar). Listed is where the first one was later, with the working days between; what has no day is not counted.",
    },
    source: "国办发〔2016〕8号",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.draft || item.policy().is_none_or(|p| matches!(p.interpretation, Need::Exempt(_))) {
        return;
    }
    let Some(published) = item.published.map(|m| m.date) else { return };
    let all = input.explained.get(&*item.id).map_or(&[][..], |l| l);
    // What came before the policy is POL003.
    let dated = all.iter().filter(|i| !i.draft).filter_map(|i| Some((i.published?.date, *i))).filter(|(d, _)| *d >= published);
    let Some((first, by)) = dated.min_by_key(|(d, _)| *d) else { return };
    let (days, limit) = ((first - published).get_days(), input.config.interpretation_days);
    if explained_in(input.config, &input.portal.calendar, published, first) != Ok(false) {
        return;
    }
    let title = &item.id;
    let (unit, units) = if input.config.calendar.is_some() { ("个工作日", "working days") } else { ("天", "days") };
    let (zh, en) = match input.portal.calendar.working_days_between(published, first) {
        Ok(n) => (format!("（{n} 个工作日）"), format!(" ({})", crate::diag::counted(u64::from(n), "working day", "working days"))),
        Err(_) => (String::new(), String::new()),
    };
    let told = crate::diag::counted(u64::from(days.unsigned_abs()), "day", "days") + &en;
    found.key(
        by,
        "published_at",
        say!("`{title}` 发布 {days} 天{zh}后才有解读，限 {limit} {unit}", "`{title}` was explained {told} after it was published; {units} allowed: {limit}"),
        say!("核对两个日期；确已晚了的，下次同步发布", "look at the two days; where it was late, publish the next together"),
    );
}
