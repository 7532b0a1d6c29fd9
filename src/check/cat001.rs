//! CAT001: catalogue entry lacks what it must have.

use super::*;
use crate::diag::say;

/// CAT001
pub(super) static RULE: Rule = Rule {
    code: "CAT001",
    title: Phrase { zh: "公开目录条目要素不全", en: "catalogue entry lacks what it must have" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "公开目录的每一条要有名称、公开形式、内容描述、公开时限、责任部门，还要能找到：where:、items:、url: 或 none: 说明理由；本部门有这一项的公开事项（预算、许可、处罚等）的不用写。",
        en: "An entry of the catalogue has its title, form, summary, time limit and owner, and says where it is: where:, items:, url:, or none: with the reason; where the department has public records of that class (budgets, permits, penalties …) none of these is asked for.",
    },
    source: "政府信息公开条例 第十二条；义乌 ZJGK—YW 1005—2017 目次",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(c) = &input.portal.disclosure.catalogue else { return };
    // Public records belong to their class by themselves.
    let fed = |e: &crate::model::disclosure::Entry| {
        let mut items = input.portal.items.iter();
        items.any(|i| crate::model::disclosure::belongs(e, i, &input.portal.columns, &input.portal.themes))
    };
    for e in &c.list {
        let whole = [
            ("公开形式", "form", !e.form.is_empty()),
            ("内容描述", "summary", !e.summary.is_empty()),
            ("公开时限", "time_limit", e.time_limit.is_some()),
            ("责任部门", "owner", e.department.is_some()),
            (
                "where、items、url 或 none",
                "one of where, items, url, none",
                e.matching.is_some() || !e.items.is_empty() || e.url.is_some() || !e.none.is_empty() || fed(e),
            ),
        ];
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (z, k, there) in whole {
            // Of what this body does not have, nothing more is asked.
            if !there && (e.none.is_empty() || k == "owner") {
                zh.push(z);
                en.push(k);
            }
        }
        if !zh.is_empty() {
            let (zh, en) = (zh.join("、"), en.join(", "));
            let title = e.title.get(0);
            found.of(e.draft).add(c.file.key(e.at, "title"), say!("“{title}”缺{zh}", "`{title}` lacks {en}"), say!("补上这些字段", "add these fields"));
        }
    }
}
