//! UPD004: empty column.

use super::*;
use crate::diag::say;

/// UPD004
pub(super) static RULE: Rule = Rule {
    code: "UPD004",
    title: Phrase { zh: "空白栏目", en: "empty column" },
    severity: [None, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "写了 update_within 的栏目承诺按时更新，却一条内容也没有。普查中空白栏目扣分，五个以上单项否决。放进内容，或去掉这个栏目。",
        en: "A column with update_within promises news and has nothing at all. The national inspection counts empty columns. Put something there, or take the column away.",
    },
    source: "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    for c in input.portal.columns.iter().filter(|c| c.update_within.is_some()) {
        let below = |id: &str| id.strip_prefix(c.path.as_str()).is_some_and(|r| r.starts_with('/'));
        let Some(file) = c.file.as_ref().filter(|_| !input.portal.items.iter().any(|i| !i.draft && below(&i.id))) else { continue };
        if input.portal.lost.iter().any(|l| below(l)) {
            continue;
        }
        let path = &c.path;
        found.add(
            crate::diag::Span::file(file),
            say!("栏目 `{path}` 里没有内容", "the column `{path}` is empty"),
            say!("放进内容，或删去这个栏目", "put something there, or remove the column"),
        );
    }
}
