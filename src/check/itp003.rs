//! ITP003: interpretation of nothing.

use super::*;
use crate::say;

/// ITP003
pub(super) static RULE: Rule = Rule {
    code: "ITP003",
    title: Phrase { zh: "解读没有对应的政策", en: "interpretation of nothing" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "解读的 policies: 列出所解读的政策，编号必须存在；站外的政策写 policy_ref_external。政策页上的反向链接由构建生成。",
        en: "policies: of an interpretation names what it explains, and each must exist; a policy elsewhere goes into policy_ref_external. The link back is made by the build.",
    },
    source: "domain-rules INT-03",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(it) = item.interpretation() else { return };
    if it.policies.is_empty() && it.external.is_empty() {
        found.key(
            item,
            "policies",
            say!("没有写明解读哪份政策", "does not say which policy it explains"),
            say!("加 policies: [policies/ 下的路径]", "add policies: [path below policies/]"),
        );
    }
    for id in &it.policies {
        if input.by_id.get(&**id).is_none_or(|i| i.policy().is_none()) {
            found.key(
                item,
                "policies",
                say!("所解读的政策 `{id}` 不存在", "the policy `{id}` does not exist"),
                say!("写 policies/ 之下的路径，不带 .md", "write the path below policies/ without .md"),
            );
        }
    }
}
