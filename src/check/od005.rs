//! OD005: conditions of access missing.

use super::*;
use crate::diag::say;

/// OD005
pub(super) static RULE: Rule = Rule {
    code: "OD005",
    title: Phrase { zh: "没有写开放条件", en: "conditions of access missing" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "有条件开放的数据要写明条件和申请方式，不予开放的要写明依据（access_conditions）。",
        en: "Data under conditions tell the conditions and how to apply; data that are closed tell on what ground (access_conditions).",
    },
    source: "有条件开放的数据写明条件和申请方式（丽水、重庆等地的开放分级）",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(d) = item.dataset().filter(|d| !d.open() && d.access_note.is_empty()) else { return };
    let closed = d.access == Some("closed");
    found.key(
        item,
        "access_rights",
        if closed {
            say!("不予开放，却没有写依据", "closed, without a ground")
        } else {
            say!("有条件开放，却没有写条件和申请方式", "conditional, without conditions or a way to apply")
        },
        say!("写 `access_conditions:`", "write `access_conditions:`"),
    );
}
