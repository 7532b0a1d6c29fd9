//! POL006: theme.

use super::*;
use crate::diag::say;

/// POL006
pub(super) static RULE: Rule = Rule {
    code: "POL006",
    title: Phrase { zh: "主题分类", en: "theme" },
    severity: [None, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "政策应有主题分类，且尽量不用“其他”：读者按主题浏览时找不到它。",
        en: "A policy has a theme, and rather not 其他: readers who browse by theme do not find it there.",
    },
    source: "国务院公文主题分类（gov.cn 政策文件库）",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if item.policy().is_none() {
        return;
    }
    if item.themes.is_empty() && !item.doc().says("theme") && !item.doc().says("themes") {
        found.key(item, "theme", say!("没有主题分类", "no theme"), say!("加 theme: 综合政务/政务公开 之类", "add theme:, such as 综合政务/政务公开"));
    }
    if item.themes.iter().any(|t| input.portal.themes[*t].label.0.iter().any(|(_, l)| l == "其他")) {
        found.at(Severity::Warn).key(
            item,
            "theme",
            say!("主题分类用了“其他”", "the theme is \u{201c}other\u{201d} (其他)"),
            say!("换一个更具体的主题", "choose a theme that says more"),
        );
    }
}
