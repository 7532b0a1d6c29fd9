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
    let mut looked = 0;
    for e in item.written() {
        for link in &e.doc.outline.links {
            let Some(key) = crate::model::content_key(&item.base, &link.to) else { continue };
            let there = |k: &str| input.portal.blobs.contains_key(k);
            if link.to.starts_with('/') || crate::load::markdown::own_computer(&link.to) || crate::model::content_file(&item.base, &link.to, there).is_some() {
                continue;
            }
            let stem = key.strip_suffix(".md").or_else(|| key.strip_suffix(".markdown"));
            if stem.is_some_and(|s| input.by_id.contains_key(s) || s.rsplit_once('.').is_some_and(|(s, _)| input.by_id.contains_key(s))) {
                continue;
            }
            let id = stem.unwrap_or(&key);
            if input.portal.lost.contains(id) || id.rsplit_once('.').is_some_and(|(s, _)| input.portal.lost.contains(s)) {
                continue;
            }
            let to: String = link.to.chars().take(200).collect();
            looked += 1;
            let near = if looked <= LOOKED { near(input, item, &link.to) } else { None };
            let (start, end) = link.at;
            found.text(
                &e.doc,
                start as usize..end as usize,
                say!("`{to}` 指向的文件不存在", "`{to}` names a file that does not exist"),
                match near {
                    Some(n) => say!("是不是 `{n}`？", "did you mean `{n}`?"),
                    None if to.contains('@') && !to.contains('/') => say!("邮箱写作 mailto:{to}", "write mailto:{to} for an address of mail"),
                    None if to.starts_with("www.") => say!("网址写全：https://{to}", "write the whole address: https://{to}"),
                    None => say!(
                        "路径相对于本文件所在目录；站内地址以 / 开头",
                        "the path is relative to the folder of this file; addresses of the site begin with /"
                    ),
                },
            );
        }
    }
}

/// Dead links of an item for which something near is looked for.
const LOOKED: usize = 20;

/// What the author may mean: a file, or another item by its file.
fn near(input: &Input<'_>, item: &Item, to: &str) -> Option<String> {
    let items: Vec<String> = input.portal.items.iter().map(|i| format!("{}.md", i.id)).collect();
    let keys = input.portal.blobs.keys().map(|k| &**k).chain(items.iter().map(String::as_str));
    let found = crate::model::nearby(&item.base, to, keys)?;
    // Signs that stand for something else in an address.
    Some(found.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace(' ', "%20"))
}
