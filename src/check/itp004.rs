//! ITP004: interpretation lacks what it must have.

use super::*;

/// ITP004
pub(super) static RULE: Rule = Rule {
    code: "ITP004",
    title: Phrase { zh: "解读要素不全", en: "interpretation lacks what it must have" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "解读必须有背景依据、主要内容、适用范围，目的意义或目标任务其一，并写明解读机关、解读人、联系方式。其余要素（执行标准、期限、注意事项、关键词诠释……）建议写上。",
        en: "An interpretation must have background, content, scope, and purpose or goals, and name who explains and how to reach them. The other sections are recommended.",
    },
    source: "国办发〔2016〕8号及各地实施办法",
    run: Run::Item(run),
};

use crate::diag::say;
use crate::model::vocab::{SECTIONS, section_of};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(it) = item.interpretation() else { return };
    let headings = &item.doc().outline.headings;
    let has = |key: &str| {
        SECTIONS.iter().position(|s| s.key == key).is_some_and(|i| it.sections.contains_key(&i) || headings.iter().any(|h| section_of(&h.text) == Some(i)))
    };
    let mut lacking: Vec<(&str, &str)> = SECTIONS.iter().filter(|s| s.mandatory && !has(s.key)).map(|s| (s.headings[0], s.key)).collect();
    if !has("purpose") && !has("goals") {
        lacking.push(("目的意义或目标任务", "purpose or goals"));
    }
    if !lacking.is_empty() {
        let zh = lacking.iter().map(|(z, _)| *z).collect::<Vec<_>>().join("、");
        let en = lacking.iter().map(|(_, e)| *e).collect::<Vec<_>>().join(", ");
        found.key(
            item,
            "sections",
            Text { zh: format!("缺少必备部分：{zh}"), en: format!("mandatory sections missing: {en}") },
            say!("用这些词作小标题，或写在 sections: 之下", "write them under sections: by these keys"),
        );
    }
    // What is there and not understood has its own finding already.
    let front = item.doc().front.as_ref();
    let said =
        |key: &str| front.and_then(|f| f.get(key)).is_some_and(|n| matches!(n.kind, crate::load::Kind::Text(_) | crate::load::Kind::List(_)) && !n.blank());
    let mut lacking = Vec::new();
    if item.issuers.is_empty() && !said("interpreter_org") && !said("issuer") {
        lacking.push(("解读机关", "interpreter_org"));
    }
    if it.interpreter.is_none() && !said("interpreter") {
        lacking.push(("解读人", "interpreter"));
    }
    if it.tel.is_none() && it.email.is_none() && !said("contact") {
        lacking.push(("联系方式", "contact"));
    }
    if !lacking.is_empty() {
        let zh = lacking.iter().map(|(z, _)| *z).collect::<Vec<_>>().join("、");
        let en = lacking.iter().map(|(_, e)| *e).collect::<Vec<_>>().join(", ");
        found.key(
            item,
            "interpreter",
            Text { zh: format!("没有写明{zh}"), en: format!("does not say {en}") },
            Text {
                zh: format!("补上 {}", lacking.iter().map(|(_, f)| form(f)).collect::<Vec<_>>().join("、")),
                en: format!("add {}", lacking.iter().map(|(_, f)| form(f)).collect::<Vec<_>>().join(", ")),
            },
        );
    }
}

/// A field as it is written.
fn form(field: &str) -> &'static str {
    match field {
        "interpreter" => "interpreter: {name, title}",
        "contact" => "contact: {tel}",
        _ => "interpreter_org",
    }
}
