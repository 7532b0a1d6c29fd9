//! ITP007: interpreted by another department than drafted it.

use super::*;
use crate::diag::say;

/// ITP007
pub(super) static RULE: Rule = Rule {
    code: "ITP007",
    title: Phrase { zh: "解读机关不是起草部门", en: "interpreted by another department than drafted it" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "谁起草、谁解读：解读机关应是政策的起草部门（drafted_by），没有写起草部门的，是发文机关之一；它们的上级、下级也算。",
        en: "Who drafts explains: the interpreter is the drafter of the policy (drafted_by), or one of its issuers where no drafter is told; the one above or below them does as well.",
    },
    source: "国办发〔2016〕8号“谁起草、谁解读”",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(it) = item.interpretation().filter(|_| !item.issuers.is_empty()) else { return };
    for policy in it.policies.iter().filter_map(|id| input.by_id.get(&**id)) {
        if by_drafter(&input.portal.departments, item, policy) == Some(false) {
            let id = &policy.id;
            found.key(
                item,
                "interpreter_org",
                say!("`{id}` 不是由解读机关起草的", "`{id}` was not drafted by the department that explains it"),
                say!(
                    "由起草部门解读；起草部门写错的，改政策的 drafted_by",
                    "let the drafter explain it; where the drafter is told wrongly, mend drafted_by of the policy"
                ),
            );
        }
    }
}

/// Whether one that drafted a policy explains it; `None` where neither is told.
pub fn by_drafter(departments: &[crate::model::Department], item: &Item, policy: &Item) -> Option<bool> {
    let p = policy.policy()?;
    let drafted = if p.drafted_by.is_empty() { &policy.issuers } else { &p.drafted_by };
    let near = |a: usize, b: usize| a == b || departments[a].parent == Some(b) || departments[b].parent == Some(a);
    (!drafted.is_empty() && !item.issuers.is_empty()).then(|| item.issuers.iter().any(|a| drafted.iter().any(|b| near(*a, *b))))
}
