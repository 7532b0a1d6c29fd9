//! POL001: document number not in canonical form.

use super::*;
use crate::diag::say;

/// POL001
pub(super) static RULE: Rule = Rule {
    code: "POL001",
    title: Phrase { zh: "发文字号不规范", en: "document number not in canonical form" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "发文字号由机关代字、六角括号〔〕中的四位年份和序号组成，如 国办发〔2019〕61号；序号不编虚位，不加“第”。检索和引用都靠它。",
        en: "A document number is the issuer's word, the year in full-width hexagonal brackets, and a serial: 国办发〔2019〕61号, without leading zeros and without 第. Search and citations depend on it.",
    },
    source: "GB/T 9704-2012 党政机关公文格式 7.2.5",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(n) = item.policy().and_then(|p| p.doc_no.as_ref()) else { return };
    if n.canonical.as_deref() == Some(&n.written) || crate::model::vocab::is_order(&n.written) {
        return;
    }
    let w = &n.written;
    let meant = n.meant();
    let hint = match &meant {
        Some(c) => say!("写作 {c}", "write {c}"),
        None => say!("形如 国办发〔2019〕61号；没有文号写 doc_no: none", "like 国办发〔2019〕61号; write doc_no: none where there is none"),
    };
    found.key(item, "doc_no", say!("发文字号 `{w}` 不规范", "the document number `{w}` is not in canonical form"), hint);
}
