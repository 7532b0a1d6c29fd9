//! FBK001: a name in a letter, an opinion or a request, which was hidden.

use super::*;
use crate::diag::say;
use crate::schema::Field;

/// FBK001
pub(super) static RULE: Rule = Rule {
    code: "FBK001",
    title: Phrase { zh: "来信、意见或申请里有人名，已遮住", en: "a name in a letter, an opinion or a request, which was hidden" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "来信和答复、征集意见的反馈人、意见和理由、依申请公开的内容里，“我叫张三”“张三先生：您好”“举报人：张三”这样写出的姓名，落款和“签名”“发件人”后的姓名，以及它们再次出现的地方，公布时遮成“张*”；来信和意见里，句首（李建国反映）、括号里、破折号后、“我儿子”“老师”后和结尾的姓名，邮箱、微信和 QQ 号也遮住；原表不改。请在表里删去或遮住，别处的姓名也请看一遍：只有这样写的才认得出。",
        en: "In letters and replies, in who sent an opinion, the opinion and the reason, and in the subject of a request, a name told as in 我叫张三, 张三先生：您好 or 举报人：张三, in the signature of a letter, behind 签名 or 发件人, and wherever it stands again, is published as 张*. In letters and opinions so are names at the beginning (李建国反映), in brackets, behind a dash, behind 我儿子 or 老师 and at the end, and mail addresses, 微信 and QQ. The sheet stays as it is. Take it out of the sheet, and look for others: only names told like this are seen.",
    },
    source: "个人信息保护法 第二十五条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let mut tell = |span, row: Option<u32>, field: &Field| {
        let (zh, key) = (field.label.zh, field.key);
        let text = match row {
            Some(row) => say!("第 {row} 行“{zh}”里有人名，公布时遮住", "row {row}, {key}: there is a name; it is published hidden"),
            None => say!("“{zh}”里有人名，公布时遮住", "{key}: there is a name; it is published hidden"),
        };
        found.add(span, text, say!("在表里改成“张*”或删去", "hide it in the sheet, or take it out"));
    };
    let all = &input.portal.feedback;
    for l in &all.letters {
        l.veiled.iter().for_each(|(at, field)| tell(all.span(l, *at), Some(l.row), field));
    }
    for item in &input.portal.items {
        let Some(r) = item.consultation().and_then(|c| c.outcome.as_ref()) else { continue };
        for (row, at, field) in &r.veiled {
            let source = row.and_then(|(register, _)| r.registers.get(register)).map_or(&item.doc().source, |y| &y.source);
            tell(source.span(at.0 as usize, at.1 as usize), row.map(|r| r.1), field);
        }
    }
    if let Some(requests) = &input.portal.disclosure.requests {
        for (r, at) in requests.list.iter().filter_map(|r| Some((r, r.veiled?))) {
            tell(requests.file.0.source.span(at.0 as usize, at.1 as usize), Some(r.row), &crate::schema::disclosure::request::SUBJECT);
        }
    }
}
