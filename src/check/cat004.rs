//! CAT004: no basis of disclosure.

use super::*;
use crate::diag::say;

/// CAT004
pub(super) static RULE: Rule = Rule {
    code: "CAT004",
    title: Phrase { zh: "没有公开依据", en: "no basis of disclosure" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "目录的每一条要写公开依据：法律、法规、规章或文件的名称，有文号的写文号。",
        en: "Each entry names the law, regulation or document by which it is disclosed.",
    },
    source: "基层政务公开标准目录",
    run: Run::Site(run),
};

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let Some(c) = &input.portal.disclosure.catalogue else { return };
    for e in c.list.iter().filter(|e| e.basis.is_empty() && e.none.is_empty()) {
        let title = e.title.get(0);
        found.of(e.draft).add(
            c.file.key(e.at, "basis"),
            say!("“{title}”没有公开依据", "`{title}` has no basis"),
            say!("写 basis: [政府信息公开条例]", "write basis: [the regulation]"),
        );
    }
}
