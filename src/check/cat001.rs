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
        zh: "公开目录的每一条要有名称、公开形式、内容描述、公开时限、责任部门，还要能找到：where:、items:、url: 或 none: 说明理由；本部门有这一项的公开事项（预算、许可、处罚等）的不用写，依法不公开的也不用。写了 mode: 不予公开，disclosure/exceptions.yaml 里却没有这一项（名称或类别相同，或名称里有这个类别；同一部门，写明依据），是警告，公开率照算。",
        en: "An entry of the catalogue has its title, form, summary, time limit and owner, and says where it is: where:, items:, url:, or none: with the reason; where the department has public records of that class (budgets, permits, penalties …) none of these is asked for, nor of what is withheld by law. Where it says mode: withheld and disclosure/exceptions.yaml has nothing of it (of the same title or class, or a class that its title names, of the same department and with its ground), that is a warning, and the share of what is disclosed counts the entry.",
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
        let withheld = e.mode == Some("withheld");
        let lawful = withheld && input.portal.disclosure.ground_of(e).is_some();
        if withheld && !lawful && !e.draft {
            let title = e.title.get(0);
            found.at(Severity::Warn).add(
                c.file.key(e.at, "mode"),
                say!("“{title}”写着不予公开，不予公开清单里没有这一项的依据", "`{title}` is withheld, and the register of exceptions has no ground for it"),
                say!(
                    "在 disclosure/exceptions.yaml 写上名称或类别、ground、department、decided_on；可以公开的改 mode",
                    "write its title or class into disclosure/exceptions.yaml, with ground, department and decided_on; or change mode where it may be public"
                ),
            );
        }
        let whole = [
            ("公开形式", "form", !e.form.is_empty()),
            ("内容描述", "summary", !e.summary.is_empty()),
            ("公开时限", "time_limit", e.time_limit.is_some()),
            ("责任部门", "owner", e.department.is_some()),
            (
                "where、items、url 或 none",
                "one of where, items, url, none",
                e.matching.is_some() || !e.items.is_empty() || e.url.is_some() || !e.none.is_empty() || lawful || fed(e),
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
