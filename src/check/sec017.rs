//! SEC017: a permission for personal data that is about to end.

use super::*;
use crate::diag::say;

/// SEC017
pub(super) static RULE: Rule = Rule {
    code: "SEC017",
    title: Phrase { zh: "个人信息的公开许可快要到期", en: "a permission for personal data is about to end" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "allow_personal 的 until 在三十天以内：过了那天，条目会被拦下（SEC003），网页就不见了。现在就重新批准并改日期，或删去、遮住那些信息。",
        en: "The until of an allow_personal is within thirty days: after that day the item is held (SEC003) and its page is gone. Have it approved again and change the day, or take out or mask what it permits.",
    },
    source: "个人信息保护法 第十九条、第二十五条",
    run: Run::Both(run, site),
};

/// Days before the end.
const SOON: i32 = 30;

fn soon(input: &Input<'_>, until: Date) -> Option<i32> {
    Some((until - input.as_of).get_days()).filter(|n| (0..=SOON).contains(n))
}

fn message(until: Date, days: i32) -> Text {
    match days {
        0 => say!("`allow_personal` 的许可今天（{until}）到期", "a permission of `allow_personal` ends today ({until})"),
        1 => say!("`allow_personal` 的许可明天（{until}）到期", "a permission of `allow_personal` ends tomorrow ({until})"),
        n => say!("`allow_personal` 的许可还有 {n} 天到期（{until}）", "a permission of `allow_personal` ends on {until} (days left: {n})"),
    }
}

fn hint() -> Text {
    say!(
        "重新批准后改 `until`，或删去、遮住这些信息；不然到期后条目被拦下",
        "have it approved again and change `until`, or take out or mask the data; else the item is held from then on"
    )
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let first = item.allowed.iter().filter_map(|a| Some((a.until, soon(input, a.until)?))).min();
    if let Some((until, days)) = first {
        found.key(item, "allow_personal", message(until, days), hint());
    }
    for r in item.dataset().map_or(&[][..], |d| &d.resources) {
        let first = r.allowed.iter().filter_map(|a| Some((a.until, soon(input, a.until)?))).min();
        if let Some((until, days)) = first {
            let span = crate::tables::declared(item, r, "allow_personal").unwrap_or_else(|| item.doc().source.span(r.at.0 as usize, r.at.1 as usize));
            found.add(span, message(until, days), hint());
        }
    }
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    for (file, until) in &input.config.allowed {
        if let Some(days) = soon(input, *until) {
            let Text { zh, en } = message(*until, days);
            let text = Text { zh: format!("{zh}：`{file}`"), en: format!("{en}: `{file}`") };
            found.add(crate::diag::Span::file("site.yaml"), text, hint());
        }
    }
}
