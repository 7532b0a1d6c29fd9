//! LNK001: dead link inside the site.

use super::*;
use crate::say;

/// LNK001
pub(super) static RULE: Rule = Rule {
    code: "LNK001",
    title: Phrase { zh: "站内死链", en: "dead link inside the site" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase { zh: "正文里的链接或图片指向的文件不存在。", en: "A link or picture of a text names a file that does not exist." },
    source: "政府网站与政务新媒体检查指标：链接不可用",
    run: Run::Item(run),
};

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        for link in &e.doc.outline.links {
            let Some(key) = crate::model::content_key(&item.base, &link.to) else { continue };
            if link.to.starts_with('/') || input.portal.blobs.contains_key(key.as_str()) {
                continue;
            }
            let stem = key.strip_suffix(".md").or_else(|| key.strip_suffix(".markdown"));
            if stem.is_some_and(|s| input.by_id.contains_key(s) || s.rsplit_once('.').is_some_and(|(s, _)| input.by_id.contains_key(s))) {
                continue;
            }
            let to = &link.to;
            let (start, end) = link.at;
            found.text(
                &e.doc,
                start as usize..end as usize,
                say!("`{to}` 指向的文件不存在", "`{to}` names a file that does not exist"),
                say!("路径相对于本文件所在目录；站内地址以 / 开头", "the path is relative to the folder of this file; addresses of the site begin with /"),
            );
        }
    }
}
