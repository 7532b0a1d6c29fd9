//! UPD002: five or more columns of news and notices that are stale.

use super::*;
use crate::diag::say;
use crate::model::Column;

/// UPD002
pub(super) static RULE: Rule = Rule {
    code: "UPD002",
    title: Phrase { zh: "动态、通知公告类栏目大面积不更新", en: "columns of news and notices are stale" },
    severity: [None, ERROR, ERROR],
    blocks: false,
    // A demonstration is not inspected.
    identity: true,
    explain: Phrase {
        zh: "工作动态、要闻类栏目超过 14 天，通知公告、政策文件类一级栏目超过 6 个月没有新内容，这样的栏目有 5 个以上，在政府网站检查里是单项否决。类别看 _column.yaml 的 type；写了 update_within 的栏目另由 UPD003 逐个提示。不拦下。",
        en: "Columns of news without anything new for 14 days, and top columns of notices or policies for six months, five of them or more, fail the whole inspection of government sites. The kind is type in _column.yaml; columns with update_within are told one by one by UPD003. Nothing is held.",
    },
    source: "国办秘函〔2019〕19号 政府网站与政务新媒体检查指标",
    run: Run::Site(run),
};

/// How many make the inspection fail.
const MANY: usize = 5;

fn run(input: &Input<'_>, found: &mut Found<'_>) {
    let stale: Vec<&Column> = input.portal.columns.iter().filter(|c| c.file.is_some() && old(input, c)).collect();
    let Some(file) = stale.first().and_then(|c| c.file.as_ref()).filter(|_| stale.len() >= MANY) else { return };
    let (n, list) = (stale.len(), crate::diag::Listed(stale.iter().map(|c| c.path.as_str()).collect()));
    found.add(
        crate::diag::Span::file(file),
        say!(
            "{n} 个动态、通知公告、政策文件类栏目没有按时更新：{list}；{MANY} 个以上是单项否决",
            "columns of news, notices and policies that are stale: {n} ({list:#}); {MANY} or more fail the inspection"
        ),
        say!("更新这些栏目，或合并、撤下没有内容的栏目", "publish in them, or merge and take down those that have nothing to say"),
    );
}

fn old(input: &Input<'_>, c: &Column) -> bool {
    let kind = c.column_type.as_deref().unwrap_or("");
    let is = |words: &[&str]| words.iter().any(|w| kind.contains(w));
    let limit = if is(&["动态", "要闻"]) {
        14
    } else if !c.path.contains('/') && is(&["通知公告", "公告", "政策文件"]) {
        183
    } else {
        return false;
    };
    super::upd003::age(input, c).is_some_and(|days| days > limit)
}
