//! OD001: required field of a dataset missing.

use super::*;
use crate::diag::say;

/// OD001
pub(super) static RULE: Rule = Rule {
    code: "OD001",
    title: Phrase { zh: "数据集缺必填项", en: "required field of a dataset missing" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "数据集要写明提供方、许可、更新频率、开放等级和摘要，别人才知道能不能用、怎么用、过不过时。没有许可，数据放出来也不能放心用。",
        en: "A dataset tells who provides it, under which licence, how often it is updated, how open it is and what it is about. Without a licence nobody can use it with confidence.",
    },
    source: "政务信息资源目录编制指南（核心元数据）；own rule",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(d) = item.dataset() else { return };
    let text = item.best(0);
    let about = text.summary.is_some() || !text.doc.body().trim().is_empty();
    let wanted = [
        ("publisher", !item.issuers.is_empty()),
        ("license", d.license.is_some() || d.access == Some("closed")),
        ("frequency", d.frequency.is_some()),
        ("access_rights", d.access.is_some()),
        ("description", about),
    ];
    // What is written and not understood is told of by the reading.
    // An empty `access_rights` is held by the reading, and told there.
    let written = |key: &str| item.doc().says(key) || key == "access_rights" && item.doc().left_empty(key);
    for (key, _) in wanted.iter().filter(|(key, there)| !there && !written(key)) {
        found.key(
            item,
            key,
            say!("数据集没有写 `{key}`", "the dataset does not state `{key}`"),
            match *key {
                "license" => say!("例如 `license: CC-BY-4.0`；不清楚就问提供方", "for example `license: CC-BY-4.0`; ask the provider if in doubt"),
                "frequency" => say!("例如 `frequency: yearly`，不再更新写 static", "for example `frequency: yearly`; `static` where no more updates come"),
                "access_rights" => say!("无条件开放、有条件开放或不予开放", "open, conditional or closed"),
                _ => say!("加上 `{key}:`", "add `{key}:`"),
            },
        );
    }
}
