//! LAW001: a class that must be disclosed has neither items nor a reason.

use super::*;
use crate::diag::say;

/// LAW001
pub(super) static RULE: Rule = Rule {
    code: "LAW001",
    title: Phrase { zh: "法定主动公开事项没有内容也没有理由", en: "a class that must be disclosed has neither items nor a reason" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "条例第二十条的十五项（市县、乡镇还有第二十一条的各项）在公开目录里都要有：有条目，或在别处公开（url:），或用 none: 说明本机关为什么没有。写了 none:，本部门却公开着这一项的内容（规范性文件、办事指南、预算决算和许可、处罚、采购、规划的公开事项、统计数据集）的，是警告，评价里这个理由不算；公开率里写 none: 的仍是没有公开的一条。",
        en: "Each class of article 20 (for cities, counties and townships those of article 21 too) has items, an address elsewhere (url:), or the reason why this body has none (none:). Where none: stands and the department has items of that class on the site (normative documents, services, records of budgets, permits, penalties, procurement and plans, datasets of statistics), that is a warning, and the scorecards take it for no reason; in the share of what is disclosed an entry with none: stays one without an item.",
    },
    source: "政府信息公开条例 第二十条、第二十一条",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    use crate::model::disclosure::{belongs, stands};
    let all = &input.portal.disclosure;
    if all.is_empty() || !input.config.disclosure.chinese {
        return;
    }
    let found = &mut found.of(all.only_begun());
    let Some(c) = &all.catalogue else {
        let n = all.nodes.len();
        let file = format!("{}/disclosure/catalogue.yaml", input.config.content.first().map_or("content", String::as_str));
        found.add(
            crate::diag::Span::file(&file),
            say!("没有公开目录，{n} 个法定事项都没有内容或理由", "there is no catalogue, so no class has items or a reason (classes due: {n})"),
            say!("用 clerestory new catalogue 建立", "make it by clerestory new catalogue"),
        );
        return;
    };
    for e in c.list.iter().filter(|e| !e.draft) {
        if let Some(item) = input.portal.items.iter().find(|i| crate::model::disclosure::refutes(e, i)) {
            let (code, id) = (e.code.as_deref().unwrap_or_default(), &item.id);
            found.at(Severity::Warn).add(
                c.file.key(e.at, "none"),
                say!(
                    "法定事项 {code} 写了 none:，本站却公开着 `{id}`；评价里这个理由不算",
                    "class {code} says none:, and `{id}` is published here; the scorecards take it for no reason"
                ),
                say!("去掉 none:，用 where: 或 items: 指到它们", "take none: out, and let where: or items: lead to them"),
            );
        }
    }
    let public = |i: &&Arc<Item>| !i.draft && i.withdrawn.is_none();
    for node in all.nodes.iter().filter(|n| n.due()) {
        let mine: Vec<_> = c.list.iter().filter(|e| stands(e, node)).collect();
        let has = |e: &&crate::model::disclosure::Entry| {
            let items = || input.portal.items.iter().filter(public).any(|i| belongs(e, i, &input.portal.columns, &input.portal.themes));
            !e.draft && (e.url.is_some() || !e.none.is_empty() || items())
        };
        if mine.iter().any(has) {
            continue;
        }
        let code = &node.code;
        match mine.first() {
            Some(e) => found.add(
                c.file.key(e.at, "node"),
                say!("法定事项 {code} 还没有条目，也没有理由", "class {code} has no item yet, and no reason why"),
                say!("让 where: 指到有条目的栏目，或写 url: 或 none: 理由", "let where: lead to items, or write url: or none: with the reason"),
            ),
            None => found.add(
                c.file.span((0, 1)),
                say!("公开目录里没有法定事项 {code}", "the catalogue has no entry of class {code}"),
                say!("加一条 node: {code}；本机关没有的写 none: 理由", "add an entry with node: {code}; where this body has none, none: with the reason"),
            ),
        }
    }
}
