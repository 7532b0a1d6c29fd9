//! POL008: the same document twice.

use super::*;
use crate::diag::say;

/// POL008
pub(super) static RULE: Rule = Rule {
    code: "POL008",
    title: Phrase { zh: "重复的文件", en: "the same document twice" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "两条政策的发文字号相同，或标题、发文机关和日期都相同，多半是同一份文件录了两遍。删去一份；确实不同的，改正字号或标题。",
        en: "Two policies have the same number, or the same title, issuer and day: most likely one document entered twice. Delete one; where they differ, correct the number or title.",
    },
    source: "政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

/// Title, issuers, issuer by name, day.
type Name<'a> = (&'a str, &'a [usize], Option<&'a str>, Date);

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let mut numbers: FxHashMap<&str, &Item> = FxHashMap::default();
    let mut names: FxHashMap<Name<'_>, &Item> = FxHashMap::default();
    for item in input.portal.items.iter().filter(|i| !i.draft && i.withdrawn.is_none()) {
        let Some(p) = item.policy() else { continue };
        let first = p.doc_no.as_ref().and_then(|n| numbers.insert(n.canonical.as_deref().unwrap_or(&n.written), item).map(|f| (f, n)));
        if let Some((first, n)) = first {
            // Editions of one document that follow each other carry its number.
            let follow = first.replaced_by.as_deref() == Some(&*item.id) || item.replaced_by.as_deref() == Some(&*first.id);
            let same = first.editions.first().map(|e| &e.title) == item.editions.first().map(|e| &e.title) && first.day() != item.day();
            if !follow && !same {
                let (n, path) = (&n.written, &first.doc().source.path);
                found.key(
                    item,
                    "doc_no",
                    say!("发文字号 `{n}` 与 {path} 相同", "the number `{n}` is also that of {path}"),
                    say!("同一份文件删去一份；不同的文件改正字号", "delete one where it is the same document; correct the number where it is not"),
                );
                continue;
            }
        }
        let issuer = p.issuer_text.as_deref();
        let (Some(day), Some(e)) = (item.formed.or(item.day()), item.editions.first()) else { continue };
        if item.issuers.is_empty() && issuer.is_none() {
            continue;
        }
        if let Some(first) = names.insert((&e.title, &item.issuers, issuer, day), item) {
            let path = &first.doc().source.path;
            found.key(
                item,
                "title",
                say!("标题、机关和日期都与 {path} 相同", "title, issuer and day are those of {path}"),
                say!("同一份文件删去一份；不同的文件在标题里写出区别", "delete one where it is the same document; else let the titles tell them apart"),
            );
        }
    }
}
