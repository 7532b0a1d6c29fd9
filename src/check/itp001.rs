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
        zh: "规范性文件和写明 interpretation: required 的政策应有解读，与政策同步发布；确属例外的写 interpretation: {exempt: 理由}。期限内为警告，过期为错误。",
        en: "A normative document, and a policy with interpretation: required, has an interpretation, published with it. Exceptions say interpretation: {exempt: reason}. A warning within the limit, an error after it.",
    },
    source: "国办发〔2016〕8号、国办公开办函〔2021〕30号；domain-rules INT-01",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::model::Need;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(p) = item.policy() else { return };
    let due = p.interpretation == Need::Required || (p.normative == Some(true) && p.interpretation == Need::Unsaid);
    let Some(published) = item.published.map(|m| m.date).filter(|d| due && !item.draft && *d <= input.as_of) else { return };
    if input.explained.get(&*item.id).is_some_and(|l| l.iter().any(|i| !i.draft)) {
        return;
    }
    let name = item.name().rsplit('/').next().unwrap_or("");
    if input.portal.lost.iter().any(|l| l.starts_with("interpretations/") && l.rsplit('/').next() == Some(name)) {
        return;
    }
    if input.misnamed.contains(&*item.id) {
        return;
    }
    let days = (input.as_of - published).get_days();
    let limit = input.config.interpretation_days;
    let severity = if days > limit { Severity::Error } else { Severity::Warn };
    let key = if p.interpretation == Need::Required { "interpretation" } else { "is_normative" };
    found.at(severity).key(
        item,
        key,
        match days {
            0 => say!("今天发布，还没有解读（限 {limit} 天）", "published today without an interpretation (days allowed: {limit})"),
            1 => say!("昨天发布，还没有解读（限 {limit} 天）", "published yesterday without an interpretation (days allowed: {limit})"),
            _ => say!("发布 {days} 天仍没有解读（限 {limit} 天）", "{days} days after publication there is no interpretation (days allowed: {limit})"),
        },
        say!(
            "在 interpretations/ 加解读，或写 interpretation: {{exempt: 理由}}",
            "add one under interpretations/, or write interpretation: {{exempt: reason}}"
        ),
    );
}
