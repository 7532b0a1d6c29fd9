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
        zh: "甲废止乙、乙又废止甲，或“已由……代替”绕成一圈，时效性就无法推定；圈里的关系一条也不算，改正以前各自按自己的日期显示。",
        en: "Where A repeals B and B repeals A, or replaced_by goes in a circle, no validity can be computed: none of these relations counts, and until they are mended each document is shown by its own days.",
    },
    source: "own rule",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let circles = crate::model::circles(&input.portal.items);
    for item in input.portal.items.iter().filter(|i| circles.contains_key(&i.id)) {
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
