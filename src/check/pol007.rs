//! POL007: only a file, no text.

use super::*;
use crate::diag::say;
use crate::types;

/// POL007
pub(super) static RULE: Rule = Rule {
    code: "POL007",
    title: Phrase { zh: "只有附件，没有正文", en: "only a file, no text" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "政策和动态应有网页正文：只放 PDF 或一句“见附件”，手机上难读，搜索不到，读屏软件也读不了。把全文写成正文，附件留作原件。",
        en: "A policy or news item has its text on the page: a PDF alone is hard to read on a phone, is not searched and cannot be read aloud. Put the text there and keep the file as the original.",
    },
    source: "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标；own rule",
    run: Run::Item(run),
};

/// Characters of a text that says no more than where to look.
const LITTLE: u32 = 20;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if ![types::POLICY, types::NEWS].contains(&item.kind) || item.draft {
        return;
    }
    for e in item.written() {
        let chars = e.doc.outline.chars;
        // A link to another page of the site, or of another one, is no file that holds the text.
        let holds = |to: &str| crate::load::file_like(to) && ![".md", ".html", ".htm"].iter().any(|p| to.to_ascii_lowercase().ends_with(p));
        let files = item.attachments.len() + e.doc.outline.links.iter().filter(|l| l.image || holds(&l.to)).count();
        let hint = say!("把全文写在文件头之后，附件留作原件", "write the text below the head and keep the file as the original");
        let end = e.doc.body.start;
        if chars == 0 && !e.doc.outline.links.iter().any(|l| l.image) {
            let message = if item.attachments.is_empty() {
                say!("没有正文", "there is no text")
            } else {
                say!("只有附件，没有正文", "there are files but no text")
            };
            found.text(&e.doc, end..end, message, hint);
        } else if chars <= LITTLE && files > 0 {
            let length = crate::diag::counted(u64::from(chars), "character", "characters");
            let message = say!("正文只有 {chars} 个字，内容都在附件里", "the text is of {length} only; all that matters is in the file");
            found.text(&e.doc, end..end, message, hint);
        }
    }
}
