//! ITP003: interpretation of nothing.

use super::*;
use crate::diag::say;
use crate::model::near;

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
    source: "各地政策文件与解读相互链接的做法；own rule",
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
    let mut looked = 0;
    for id in &it.policies {
        // A file that is there but cannot be read is told once.
        if input.by_id.get(&**id).is_none_or(|i| i.policy().is_none() && i.dataset().is_none() && i.consultation().is_none())
            && !input.portal.lost.contains(&**id)
        {
            looked += 1;
            let near = if looked <= 20 { near::policy(input.portal, id) } else { None };
            found.key(
                item,
                "policies",
                say!("所解读的政策 `{id}` 不存在", "the policy `{id}` does not exist"),
                match near {
                    _ if super::txt015::PATHS.contains(&id.trim_start_matches("policies/")) => {
                        say!("这里还没有填：写 policies/ 之下的路径，不带 .md", "this is not filled in: write the path below policies/ without .md")
                    }
                    Some(n) => say!("是不是 `{n}`？写 policies/ 之下的路径，不带 .md", "did you mean `{n}`? Write the path below policies/ without .md"),
                    None => say!("写 policies/ 之下的路径，不带 .md", "write the path below policies/ without .md"),
                },
            );
        }
    }
}

/// Ids of the policies that are meant by a path that does not exist, or by an interpretation that lies among the policies.
pub(super) fn misnamed(input: &Input<'_>) -> rustc_hash::FxHashSet<String> {
    let mut out = rustc_hash::FxHashSet::default();
    let mut looked = 0;
    for item in &input.portal.items {
        if let Some(it) = item.interpretation() {
            for id in it.policies.iter().filter(|id| !input.by_id.contains_key(&***id)) {
                looked += 1;
                if looked > 200 {
                    break;
                }
                out.extend(near::policy(input.portal, id).map(|n| format!("policies/{n}")));
            }
        } else if item.policy().is_some()
            && let Some(crate::load::Kind::List(list)) = item.doc().front.as_ref().and_then(|f| f.get("policies")).map(|n| &n.kind)
        {
            out.extend(list.iter().filter_map(|n| n.text()).map(|t| format!("policies/{}", t.strip_prefix("policies/").unwrap_or(t))));
        }
    }
    out
}
