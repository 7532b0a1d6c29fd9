//! ITP001: required interpretation missing.

use super::*;

/// ITP001
pub(super) static RULE: Rule = Rule {
    code: "ITP001",
    title: Phrase { zh: "应解读而未解读", en: "required interpretation missing" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "规范性文件和写明 interpretation: required 的政策应有解读，与政策同步发布；确属例外的写 interpretation: {exempt: 理由}。期限是发布后 interpretation_days 个工作日（默认 3，网站没有工作日历时按自然日），期限内为警告，过期为错误。",
        en: "A normative document, and a policy with interpretation: required, has an interpretation, published with it. Exceptions say interpretation: {exempt: reason}. The limit is interpretation_days working days after publication (3 without it; plain days where the site has no calendar): a warning within it, an error after it.",
    },
    source: "国办发〔2016〕8号、国办公开办函〔2021〕30号",
    run: Run::Item(run),
};

use crate::calendar::Unknown;
use crate::diag::say;
use crate::model::Need;
use crate::model::calendar::explained_in;

/// The day of publication of a policy of which an interpretation is due and not there.
fn owed(input: &Input<'_>, item: &Item) -> Option<Date> {
    let p = item.policy()?;
    let due = p.interpretation == Need::Required || (p.normative == Some(true) && p.interpretation == Need::Unsaid);
    let published = item.published.map(|m| m.date).filter(|d| due && !item.draft && *d <= input.as_of)?;
    if input.explained.get(&*item.id).is_some_and(|l| l.iter().any(|i| !i.draft)) {
        return None;
    }
    let name = item.name().rsplit('/').next().unwrap_or("");
    if input.portal.lost.iter().any(|l| l.starts_with("interpretations/") && l.rsplit('/').next() == Some(name)) {
        return None;
    }
    (!input.misnamed.contains(&*item.id)).then_some(published)
}

/// The year whose working days would tell whether it is late.
pub(super) fn unknown(input: &Input<'_>, item: &Item) -> Option<Unknown> {
    explained_in(input.config, &input.portal.calendar, owed(input, item)?, input.as_of).err()
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some((p, published)) = item.policy().zip(owed(input, item)) else { return };
    let days = (input.as_of - published).get_days();
    let limit = input.config.interpretation_days;
    let (zh, en) = if input.config.calendar.is_some() { ("个工作日", "working days") } else { ("天", "days") };
    let severity = if explained_in(input.config, &input.portal.calendar, published, input.as_of) == Ok(false) { Severity::Error } else { Severity::Warn };
    let key = if p.interpretation == Need::Required { "interpretation" } else { "is_normative" };
    found.at(severity).key(
        item,
        key,
        match days {
            0 => say!("今天发布，还没有解读（限 {limit} {zh}）", "published today without an interpretation ({en} allowed: {limit})"),
            1 => say!("昨天发布，还没有解读（限 {limit} {zh}）", "published yesterday without an interpretation ({en} allowed: {limit})"),
            _ => say!("发布 {days} 天仍没有解读（限 {limit} {zh}）", "{days} days after publication there is no interpretation ({en} allowed: {limit})"),
        },
        say!(
            "在 interpretations/ 加解读，或写 interpretation: {{exempt: 理由}}",
            "add one under interpretations/, or write interpretation: {{exempt: reason}}"
        ),
    );
}
