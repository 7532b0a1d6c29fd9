//! CON005: fewer than two ways to take part.

use super::*;
use crate::diag::say;

/// CON005
pub(super) static RULE: Rule = Rule {
    code: "CON005",
    title: Phrase { zh: "参与方式少于两种", en: "fewer than two ways to take part" },
    severity: [None, WARN, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "公开征求意见要公布意见的提出方式：信函、邮箱、电话、网上提交，至少写两种。已经截止的不再要求。",
        en: "A consultation tells how opinions can be sent, by letter, mail, telephone or on line: two ways at least. It is not asked for once it has closed.",
    },
    source: "重大行政决策程序暂行条例 第十五条",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    use crate::model::Value;
    let Some(c) = item.consultation().filter(|c| c.outcome.is_none() && c.closes.is_none_or(|d| d >= input.as_of)) else { return };
    // Where none is told at all the field is missing, which is told.
    let Some(Value::Table(ways)) = c.values.get(&crate::types::consultation::CHANNELS) else { return };
    if ways.iter().count() < 2 {
        found.key(
            item,
            "channels",
            say!("参与方式只有一种", "there is only one way to take part"),
            say!("mail、tel、post、url 至少写两个", "tell two of mail, tel, post, url at least"),
        );
    }
}
