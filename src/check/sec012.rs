//! SEC012: a link to a file of an item that is not public.

use super::*;
use crate::diag::say;
use crate::load::Moment;
use crate::model::{State, Tie};

/// SEC012
pub(super) static RULE: Rule = Rule {
    code: "SEC012",
    title: Phrase { zh: "链接到未公开条目的文件", en: "a link to a file of an item that is not public" },
    severity: [ERROR, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "文件属于一条草稿、待发布或已撤回的条目：是它的附件或数据，或放在它旁边、正文链接到；另一条公开的条目写到了它。文件不随链接公布，网页上这里只有文字；数据集用 path: 写到的，那一项资源不公布。要公布，就把文件也写进公开条目自己的 attachments，或先公布它所属的条目。有条件开放和不予开放的数据集，数据文件和目录里的文件一概不公布，写进谁的 attachments 也不公布：可以公布的，移出那个目录。意见征集的意见表（result: rows:）本身也不公布，写进谁的正文或附件都一样：公布的是读出来的各栏（opinions.csv）。符号链接按它指向的文件算。",
        en: "The file belongs to a draft, to an item that comes out later or to one that is withdrawn: its attachment or data, or a file beside it that its text links to; and a public item names it. It is left out and the page has these words without a link; of a dataset that names it by path: the resource is left out. To publish it name it in attachments of the public item too, or publish the item that it belongs to. Of a dataset with conditions, or a closed one, the data and what lies in its folder are never published, in whosever attachments they stand: move what may be published out of that folder. The sheet of opinions of a consultation (result: rows:) is not published itself either, in whoever's text or attachments it stands: what was read of it is (opinions.csv). A symbolic link counts as the file that it leads to.",
    },
    source: "own rule",
    run: Run::Site(run),
};

/// Why a file is left out.
fn why(owner: &Item, when: Option<Moment>, now: Moment) -> (String, String) {
    match (State::of(owner, now), when) {
        (State::Draft, _) => ("那一条是草稿".to_string(), "which is a draft".to_string()),
        (State::Withdrawn, _) => ("那一条已撤回".to_string(), "which is withdrawn".to_string()),
        (_, Some(w)) => (format!("那一条到 {w} 才公开"), format!("which comes out on {w}")),
        (State::Scheduled, _) => ("那一条未公开".to_string(), "which is not public".to_string()),
        _ if owner.consultation().is_some() => {
            ("是它的意见表，表本身不公布".to_string(), "as its sheet of opinions, which is not published itself".to_string())
        }
        _ => ("那里的数据不是无条件开放".to_string(), "whose data are not open to all".to_string()),
    }
}

/// What to do about a file that nobody is given.
fn open(owner: &Item, of_data: Text) -> Text {
    if owner.consultation().is_none() {
        return of_data;
    }
    say!("去掉这里；要给读者的是 opinions.csv，由网站写出", "take it out here; what readers are given is opinions.csv, which the site writes")
}

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let now = Moment::day(input.as_of);
    let portal = input.portal;
    let hidden = |i: &Item| matches!(State::of(i, now), State::Draft | State::Scheduled | State::Withdrawn);
    let seen: Vec<Arc<Item>> = portal.items.iter().filter(|i| !hidden(i)).cloned().collect();
    let keepers = portal.keepers(&seen, &std::collections::BTreeSet::new());
    if keepers.is_empty() {
        return;
    }
    // What comes out together with its owner, or later, has its file from the beginning. Of an owner that cannot be read its own finding tells.
    let kept = |item: &Item, file: &str| {
        let k = keepers.of(file)?;
        let owner = k.owner?;
        let when = owner.comes_out().filter(|m| !m.come(now));
        let together = when.is_some_and(|w| item.comes_out().is_some_and(|p| p >= w));
        (k.tie == Tie::Closed || !together && owner.id != item.id).then_some((owner, k.tie, when))
    };
    let public = || portal.items.iter().filter(|i| !matches!(State::of(i, now), State::Draft | State::Withdrawn));
    for item in &seen {
        for r in item.dataset().map_or(&[][..], |d| &d.resources) {
            for f in r.file.iter().chain(r.versions.iter().map(|v| &v.file)) {
                let Some((owner, _, when)) = kept(item, f).filter(|_| keepers.of(f).is_some_and(|k| k.bars(item))) else { continue };
                let (path, (zh, en)) = (&owner.doc().source.path, why(owner, when, now));
                found.data(
                    item,
                    item.doc().source.span(r.at.0 as usize, r.at.1 as usize),
                    say!("数据文件 `{f}` 属于 {path}，{zh}，所以这项资源不公布", "the data file `{f}` belongs to {path}, {en}; the resource is left out"),
                    say!("先公布那一条，或用本数据集自己的文件", "publish that item first, or give this dataset a file of its own"),
                );
            }
        }
    }
    for item in public() {
        for a in &item.attachments {
            let Some((owner, _, when)) = kept(item, &a.file).filter(|(_, tie, _)| *tie == Tie::Closed) else { continue };
            let (path, (zh, en)) = (&owner.doc().source.path, why(owner, when, now));
            let f = &a.file;
            found.key(
                item,
                "attachments",
                say!("附件 `{f}` 属于 {path}，{zh}，所以文件不公布", "the attachment `{f}` belongs to {path}, {en}; the file is left out"),
                open(owner, say!("可以公布的文件，移出那个数据集的目录", "move a file that may be published out of the folder of that dataset")),
            );
        }
        for e in item.written() {
            for link in &e.doc.outline.links {
                let Some(file) = crate::model::content_file(&item.base, &link.to, |k| keepers.of(k).is_some()) else { continue };
                let Some((owner, tie, when)) = kept(item, &file) else { continue };
                // What names the file itself is told there.
                let named = item.named().any(|f| **f == *file);
                if named && (tie != Tie::Closed || owner.id != item.id) {
                    continue;
                }
                let (path, (zh, en)) = (&owner.doc().source.path, why(owner, when, now));
                let to: String = link.to.chars().take(200).collect();
                let hint = if tie == Tie::Closed {
                    open(
                        owner,
                        say!(
                            "可以公布的文件，移出那个数据集的目录；否则去掉链接",
                            "move a file that may be published out of the folder of that dataset; else take the link out"
                        ),
                    )
                } else {
                    say!(
                        "要公布这个文件，把它写进本条的 attachments；否则去掉链接",
                        "to publish the file name it in attachments of this item; else take the link out"
                    )
                };
                found.text(
                    &e.doc,
                    link.at.0 as usize..link.at.1 as usize,
                    say!("`{to}` 是 {path} 的文件，{zh}，所以文件不公布", "`{to}` belongs to {path}, {en}; the file is left out"),
                    hint,
                );
            }
        }
    }
}
