//! FBK001: a name in a letter, which was hidden.

use super::*;
use crate::diag::say;

/// FBK001
pub(super) static RULE: Rule = Rule {
    code: "FBK001",
    title: Phrase { zh: "来信或答复里有人名，已遮住", en: "a name in a letter or reply, which was hidden" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "“我叫张三”“张三先生：您好”这样写出的姓名，公布时遮成“张*”；原表不改。请在表里删去或遮住，别处的姓名也请看一遍：只有这样写的才认得出。",
        en: "A name told as in 我叫张三 or 张三先生：您好 is published as 张*; the sheet stays as it is. Take it out of the sheet, and look for others: only names told like this are seen.",
    },
    source: "个人信息保护法 第二十五条；domain-rules FB-03、PII-04",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let all = &input.portal.feedback;
    for l in &all.letters {
        for (at, field) in &l.veiled {
            let (row, zh, key) = (l.row, field.label.zh, field.key);
            found.add(
                all.span(l, *at),
                say!("第 {row} 行“{zh}”里有人名，公布时遮住", "row {row}, {key}: there is a name; it is published hidden"),
                say!("在表里改成“张*”或删去", "hide it in the sheet, or take it out"),
            );
        }
    }
}
