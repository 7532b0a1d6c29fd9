//! SEC012: a link to a file of an item that is not public.

use super::*;
use crate::diag::say;
use crate::load::Moment;
use crate::model::State;

/// SEC012
pub(super) static RULE: Rule = Rule {
    code: "SEC012",
    title: Phrase { zh: "链接到未公开条目的文件", en: "a link to a file of an item that is not public" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "文件是某条草稿、待发布或已撤回条目的附件或数据，另一条公开的条目链接到它。文件不随链接公布，网页上这里只有文字。未公开数据集目录里的文件，别的数据集用 path: 写到，那一项资源也不公布。要公布，就把文件也写进公开条目自己的 attachments，或先公布它所属的条目。",
        en: "The file is an attachment or the data of a draft, of an item that comes out later or of one that is withdrawn, and a public item links to it. It is left out and the page has these words without a link. Of a dataset whose path: names a file in the folder of a dataset that is not public, that resource is left out. To publish it name it in attachments of the public item too, or publish the item that it belongs to.",
    },
    source: "",
    run: Run::Site(run),
};

/// The file lies in the folder of a dataset.
fn lies_in(file: &str, owner: &Item) -> bool {
    owner.base.strip_suffix("/dataset").is_some_and(|d| *d == *owner.id && file.strip_prefix(d).is_some_and(|r| r.starts_with('/')))
}

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let now = Moment::day(input.as_of);
    let portal = input.portal;
    let hidden = |i: &Item| matches!(State::of(i, now), State::Draft | State::Scheduled | State::Withdrawn);
    let mut owners: FxHashMap<&str, &Arc<Item>> = FxHashMap::default();
    for item in portal.items.iter().filter(|i| hidden(i)) {
        for f in portal.owned(item) {
            owners.entry(f).or_insert(item);
        }
    }
    if owners.is_empty() {
        return;
    }
    for item in portal.items.iter().filter(|i| !hidden(i)) {
        let resources = item.dataset().map_or(&[][..], |d| &d.resources);
        for f in resources.iter().flat_map(|r| r.file.iter().chain(r.versions.iter().map(|v| &v.file))) {
            let Some(owner) = owners.get(&**f).filter(|o| lies_in(f, o)) else { continue };
            let path = &owner.doc().source.path;
            let when = owner.comes_out().filter(|m| !m.come(now));
            if when.is_some_and(|w| item.comes_out().is_some_and(|p| p >= w)) {
                continue;
            }
            found.data(
                item,
                crate::diag::Span::file(&item.doc().source.path),
                say!(
                    "数据文件 `{f}` 在 {path} 的目录里，那一条未公开，所以这项资源不公布",
                    "the data file `{f}` lies in the folder of {path}, which is not public; the resource is left out"
                ),
                say!("先公布那个数据集，或把文件移出它的目录", "publish that dataset first, or move the file out of its folder"),
            );
        }
    }
    for item in portal.items.iter().filter(|i| !hidden(i)) {
        for f in item.named() {
            if item.attachments.iter().any(|a| a.file == *f) || !owners.get(&**f).is_some_and(|o| lies_in(f, o)) {
                owners.remove(&**f);
            }
        }
    }
    for item in portal.items.iter().filter(|i| !matches!(State::of(i, now), State::Draft | State::Withdrawn)) {
        for e in item.written() {
            for link in &e.doc.outline.links {
                let Some(file) = crate::model::content_file(&item.base, &link.to, |k| owners.contains_key(k)) else { continue };
                let Some(owner) = owners.get(file.as_str()).filter(|o| o.id != item.id) else { continue };
                let when = owner.comes_out().filter(|m| !m.come(now));
                // What comes out together with it, or later, has its link from the beginning; so has what names the file itself.
                if when.is_some_and(|w| item.comes_out().is_some_and(|p| p >= w)) || item.named().any(|f| **f == *file) {
                    continue;
                }
                let path = &owner.doc().source.path;
                let (zh, en) = match (State::of(owner, now), when) {
                    (State::Draft, _) => ("是草稿".to_string(), "is a draft".to_string()),
                    (State::Withdrawn, _) => ("已撤回".to_string(), "is withdrawn".to_string()),
                    (_, Some(w)) => (format!("到 {w} 才公开"), format!("comes out on {w}")),
                    _ => ("未公开".to_string(), "is not public".to_string()),
                };
                let to: String = link.to.chars().take(200).collect();
                found.text(
                    &e.doc,
                    link.at.0 as usize..link.at.1 as usize,
                    say!("`{to}` 是 {path} 的文件，那一条{zh}，所以文件不公布", "`{to}` belongs to {path}, which {en}; the file is left out"),
                    say!(
                        "要公布这个文件，把它写进本条的 attachments；否则去掉链接",
                        "to publish the file name it in attachments of this item; else take the link out"
                    ),
                );
            }
        }
    }
}
