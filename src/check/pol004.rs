//! POL004: relations in a circle.

use super::*;
use crate::diag::say;

/// POL004
pub(super) static RULE: Rule = Rule {
    code: "POL004",
    title: Phrase { zh: "修改、废止关系成环", en: "relations in a circle" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "甲废止乙、乙又废止甲，或“已由……代替”绕成一圈，时效性就无法推定。",
        en: "Where A repeals B and B repeals A, or replaced_by goes in a circle, no validity can be computed.",
    },
    source: "domain-rules POL-05",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let mut next: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for item in &input.portal.items {
        // Edges lead from the older to the newer.
        if let Some(to) = &item.replaced_by {
            next.entry(&item.id).or_default().push(to);
        }
        if let Some(p) = item.policy() {
            for old in p.repeals.iter().chain(&p.amends) {
                next.entry(old).or_default().push(&item.id);
            }
            for new in p.repealed_by.iter().chain(&p.amended_by) {
                next.entry(&item.id).or_default().push(new);
            }
        }
    }
    for item in input.portal.items.iter().filter(|i| reaches_itself(&i.id, &next)) {
        let key = ["replaced_by", "repeals", "amends", "repealed_by", "amended_by"]
            .into_iter()
            .find(|k| item.doc().front.as_ref().is_some_and(|f| f.get(k).is_some()))
            .unwrap_or("title");
        found.key(
            item,
            key,
            say!("修改、废止或代替关系成环，回到了自己", "its relations of amendment, repeal or replacement lead back to itself"),
            say!("只保留后文件对前文件的关系", "keep only the relation of the later document to the earlier one"),
        );
    }
}

fn reaches_itself(start: &str, next: &FxHashMap<&str, Vec<&str>>) -> bool {
    let mut seen: rustc_hash::FxHashSet<&str> = Default::default();
    let mut todo: Vec<&str> = next.get(start).cloned().unwrap_or_default();
    while let Some(at) = todo.pop() {
        if at == start {
            return true;
        }
        if seen.insert(at) {
            todo.extend(next.get(at).into_iter().flatten().copied());
        }
    }
    false
}
