//! SEC007: published earlier than the text came into version control.

use super::*;
use crate::diag::{counted, say};
use crate::load::git;

/// SEC007
pub(super) static RULE: Rule = Rule {
    code: "SEC007",
    title: Phrase { zh: "发布日期早于文本进入版本库", en: "published before its text was there" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "published_at 比这篇文本第一次提交到 git 早一天以上。伪造发稿日期在政府网站检查里是单项否决；也可能是补录，或先在别处发布，请核对，写对日期或写 source。一次提交带来 20 篇以上的是导入，不逐一比较，只说一声。没有 git、浅克隆、git: false 时不查。",
        en: "published_at is more than a day before the text was first committed to git. A forged day of publication fails the whole inspection; it may also be an earlier text that was added later, or was published elsewhere first: look at it, and correct the day or name the source. Commits that bring twenty texts or more are imports and only counted. Nothing is looked at without git, in a shallow clone, or with git: false.",
    },
    source: "国办秘函〔2019〕19号 单项否决：弄虚作假（伪造发稿日期）",
    run: Run::Site(run),
};

/// Texts that one commit brings from which on it is an import.
const IMPORT: usize = 20;

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    if !input.config.git {
        return;
    }
    let Some(born) = git::born(&input.config.root, &input.config.content) else { return };
    let mut brought: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    born.values().for_each(|b| *brought.entry(&b.commit).or_default() += 1);
    let mut imported = 0;
    for item in input.portal.items.iter().filter(|i| !i.draft && i.source.is_none() && i.source_url.is_none()) {
        let doc = item.doc();
        let (Some(published), Some(first)) = (item.published, born.get(&*doc.source.path)) else { continue };
        let came = input.config.tz.to_datetime(first.at).date();
        if (came - published.date).get_days() <= 1 {
            continue;
        }
        if brought.get(&*first.commit).is_some_and(|n| *n >= IMPORT) {
            imported += 1;
            continue;
        }
        let (day, commit) = (published.date, &first.commit);
        found.key(
            item,
            "published_at",
            say!("发布日期写的是 {day}，文本到 {came} 才提交（git {commit}）", "published on {day}, and the text was first committed on {came} (git {commit})"),
            say!("核对发布日期；转载或先在别处发布的写 source", "look at the day; where it was published elsewhere first, write source"),
        );
    }
    if imported > 0 {
        let n = counted(imported, "text", "texts");
        found.soft(Severity::Info).add(
            crate::diag::Span::file(&input.config.source.path),
            say!(
                "{imported} 篇的发布日期早于提交，它们是成批导入的（一次提交 {IMPORT} 篇以上），没有逐一比较",
                "{n} published before being committed came with an import (a commit of {IMPORT} texts or more) and were not compared one by one"
            ),
            say!("导入时保留原来的发布日期是对的，不用改", "an import keeps the days of publication; nothing need be done"),
        );
    }
}
