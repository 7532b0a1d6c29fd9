//! CAT003: time limit not understood.

use super::*;
use crate::diag::say;

/// CAT003
pub(super) static RULE: Rule = Rule {
    code: "CAT003",
    title: Phrase { zh: "公开时限看不懂", en: "time limit not understood" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "公开时限要能算出期限：N 个工作日内、N 日内、及时（按 20 个工作日）、实时、长期公开、按周（月、季、年）公开、逢变即更。“同上”“尽快”算不出来。",
        en: "A time limit must give a day: within N working days or days, at once, always, weekly, monthly, quarterly, yearly, on change. “As above” and “soon” give none.",
    },
    source: "政府信息公开条例 第二十六条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(c) = &input.portal.disclosure.catalogue else { return };
    for e in &c.list {
        let Some(text) = e.time_limit.as_deref().filter(|t| crate::model::disclosure::limit(t).is_none()) else { continue };
        found.of(e.draft).add(
            c.file.key(e.at, "time_limit"),
            say!("公开时限看不懂：`{text}`", "time limit not understood: `{text}`"),
            say!(
                "写作 自信息形成或者变更之日起20个工作日内，或 及时、实时、长期公开、按月公开、逢变即更",
                "write `within 20 working days`, `at once`, `always`, `monthly`, `on change`"
            ),
        );
    }
}
