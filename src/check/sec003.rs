//! SEC003: personal data.

use super::*;
use crate::say;

/// SEC003
pub(super) static RULE: Rule = Rule {
    code: "SEC003",
    title: Phrase { zh: "个人信息", en: "personal data" },
    severity: [Some(Severity::Veto), Some(Severity::Veto), Some(Severity::Veto)],
    blocks: true,
    identity: false,
    explain: Phrase {
        zh: "数据文件或附件里有身份证号、手机号、银行卡号、护照号或邮件号，或有姓名与住址、疾病等同列。公开就是泄露，条目被拦下。给列写 mask: 遮去（原文件不再公开），或删去该列；确属可以公开的，写 allow_personal: 并注明理由、批准人和期限。",
        en: "A data file or attachment holds identity, mobile, bank card, passport or postal numbers, or names beside addresses or illnesses. To publish it is a leak, so the item is held. Mask the column with mask: (the original is then not published) or take it out; where it may be public, say so with allow_personal: with reason, approver and last day.",
    },
    source: "个人信息保护法 第二十五条、第二十八条；居民身份证法 第十九条；domain-rules PII-01 to PII-05",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for (resource, read) in input.tables.all(item) {
        // A file of a resource can be held alone; one that a text shows or links to cannot be taken out of it.
        let mut tell = |span, message, hint| match resource {
            Some(_) => found.file(item, &read.key, span, message, hint),
            None => found.data(item, span, message, hint),
        };
        let allowed = resource.map_or(&[][..], |r| &r.allowed);
        for p in read.personal(allowed, input.as_of) {
            let (zh, en) = p.kind.names();
            let part = p.part.as_deref().map_or(String::new(), |n| format!("{n}: "));
            let expired = allowed.iter().find(|a| a.field == p.name);
            let hint = match expired {
                Some(a) => say!("允许公开的期限 {} 已过：重新批准，或遮去这一列", "the permission ended on {}: have it renewed, or mask the column", a.until),
                None if resource.is_none() => say!("附件不能遮盖：删去这一列后再附上", "an attachment cannot be masked: take the column out first"),
                None => say!(
                    "在资源下写 `schema: {{fields: [{{name: {}, mask: {}}}]}}` 遮去，或删去这一列",
                    "mask it in the resource, `schema: {{fields: [{{name: {}, mask: {}}}]}}`, or take the column out",
                    p.name,
                    p.kind.mask()
                ),
            };
            tell(
                read.span(p.line, p.column),
                say!("{part}“{}”列里有{zh}（{} 处）", "{part}the column \u{201c}{}\u{201d} holds {en}s ({} cells)", p.name, p.cells),
                hint,
            );
        }
        for d in read.together() {
            tell(read.span(d.line, d.column), d.message.clone(), d.hint.clone());
        }
        // A mask whose column is not there leaves something open that was to be hidden.
        for (name, _) in read.settings.masks.iter().filter(|(n, _)| !read.file.tables.iter().any(|t| t.names.contains(n))) {
            tell(
                read.span(0, 0),
                say!("要遮盖的列“{name}”在文件里没有", "the column \u{201c}{name}\u{201d} that is to be masked is not in the file"),
                say!("照表头改列名，或去掉这个字段", "write the name as it is in the head, or take the field out"),
            );
        }
    }
}
