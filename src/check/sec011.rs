//! SEC011: files that were not looked through for personal data.

use super::*;
use crate::diag::say;
use std::collections::BTreeSet;

/// SEC011
pub(super) static RULE: Rule = Rule {
    code: "SEC011",
    title: Phrase { zh: "附件没有查过个人信息", en: "files not looked through for personal data" },
    severity: [Some(Severity::Info), Some(Severity::Info), WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "PDF、图片、压缩包里的压缩包和第 50 个以后的文件、超出预算的工作簿、文本里大段的 base64 现在不读，Word 只查号码，里面有没有身份证号、手机号、花名册要由人看过。表格、文本、网页和 JSON 都查过。能改用表格或文字发布的，改用表格或文字。",
        en: "PDF, pictures, archives in archives, the files of an archive beyond the fiftieth, what of a workbook is beyond the budget and long base64 in a text are not opened, and of Word files only the numbers in their text are seen: whether an identity or mobile number or a list of names is in them must be seen by somebody. Tables, texts, web pages and JSON are looked through. Publish as a table or text what can be one.",
    },
    source: "domain-rules PII-01",
    run: Run::Item(run),
};

/// Most names that are told.
const NAMES: usize = 5;

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let read = input.tables.all(item).filter(|(_, r)| r.file.unread).map(|(_, r)| &r.key);
    let files: BTreeSet<&str> = read.map(|k| k.rsplit('/').next().unwrap_or(k)).collect();
    if files.is_empty() {
        return;
    }
    let n = files.len();
    let list = crate::diag::few(files.iter(), NAMES);
    found.data(
        item,
        crate::diag::Span::file(&item.doc().source.path),
        say!("{n} 个文件没有查过个人信息：{list}", "not looked through for personal data: {list} ({n})"),
        say!("由人看一遍；能改成表格或文字的就改", "have somebody look at them; publish as a table or text what can be one"),
    );
}
