//! SEC004: closed data with a file.

use super::*;
use crate::diag::say;

/// SEC004
pub(super) static RULE: Rule = Rule {
    code: "SEC004",
    title: Phrase { zh: "不予开放的数据带着文件", en: "closed data with a file" },
    severity: [Some(Severity::Veto), Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "不予开放的数据集只公开目录信息，不能带数据文件。把文件移出内容目录。",
        en: "A closed dataset shows what there is and ships no data. Keep its files out of the content folder.",
    },
    source: "不予开放的数据不附数据文件（丽水、重庆等地的开放分级）",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(d) = item.dataset().filter(|d| d.access == Some("closed")) else { return };
    for r in d.resources.iter().filter(|r| r.file.is_some()) {
        found.add(
            item.doc().source.span(r.at.0 as usize, r.at.1 as usize),
            say!("不予开放的数据集带着数据文件 {}", "a closed dataset comes with the data file {}", r.file.as_deref().unwrap_or("")),
            say!(
                "把文件移出内容目录，只留目录信息；或改 `access_rights`",
                "move the file out of the content folder and keep the description; or correct `access_rights`"
            ),
        );
    }
}
