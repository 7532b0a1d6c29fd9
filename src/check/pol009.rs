//! POL009: words against being in force, of which the head says nothing.

use super::*;
use crate::diag::say;
use crate::model::{Standing, Stands, State, doubt, ended, two_days};
use rustc_hash::FxHashSet;

/// POL009
pub(super) static RULE: Rule = Rule {
    code: "POL009",
    title: Phrase { zh: "文字说它不是现行有效", en: "words that it is not in force" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "时效由日期和关系算出，文字不算数；但文字与算出的“现行有效”相反时，网页不注明是否有效，并在这里提示：标题、首尾几行、摘要、关键词、更新说明说已废止、失效、停止执行（甲办法（已废止）、本办法已于2022年1月1日废止、时效性：失效）；标题是征求意见稿、草案；正文说自将来的某日起施行，或施行日期另行公布，而没有 effective_from；正文说的施行日期与 effective_from 不是同一天（修改过的法律，正文里早于本次公布的日期不算）；本站另一份已经施行的文件说《甲办法》同时废止、废止《甲办法》，书名号里的名称与库里一份更早的文件完全相同，却没有写 repeals。把日期和关系写进文头，提示和“未注明”就没有了。",
        en: "Validity is computed from days and relations, not from words; but where words say the opposite of being in force, the page does not state it, and it is told here: the title, the first or last lines, the summary, a keyword or a note of change say that it is repealed, over or no longer applied (甲办法（已废止）, 本办法已于2022年1月1日废止, 时效性：失效); the title is that of a draft for opinions; the text says that it takes effect on a day to come, or leaves that day open, and there is no effective_from; the day of effect in the text is another than effective_from (but for a day before this edition was made, in laws that were amended); another document here, which is in effect, says that 《甲办法》 is repealed, and an older document has just that title, without `repeals`. Write the days and relations into the head, and both the warning and the missing state are gone.",
    },
    source: "own rule",
    run: Run::Both(run, site),
};

/// The head says itself that it is not in force, or which text is.
fn told(input: &Input<'_>, item: &Item) -> bool {
    let p = item.policy();
    item.replaced_by.is_some()
        || item.withdrawn.is_some()
        || item.expires.is_some_and(|d| d < input.as_of)
        || item.effective.is_some_and(|d| d > input.as_of)
        || p.is_some_and(|p| !p.repealed_by.is_empty())
        || input.portal.items.iter().any(|i| i.policy().is_some_and(|q| q.repeals.contains(&item.id)))
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if let Some((said, head, place)) = two_days(item) {
        let message = say!("正文说自 {said} 起施行，`effective_from` 是 {head}", "the text says that it takes effect on {said}, `effective_from` is {head}");
        put(item, place, found, (message, say!("核对后改 `effective_from` 或正文", "look at it and correct `effective_from` or the text")));
        return;
    }
    let Some((what, place)) = doubt(item, input.as_of) else { return };
    if told(input, item) {
        return;
    }
    let (message, hint) = match what {
        Standing::Over => (
            say!(
                "这里说它已不再有效，文头却没有写；网页不注明是否有效",
                "it says here that it is no longer in force, and the head does not; the page does not state it"
            ),
            say!(
                "核对后写 `repealed_by: [废止它的文件]` 或 `expires_on: 失效的日子`",
                "look at it and write `repealed_by: [what repealed it]` or `expires_on: its last day`"
            ),
        ),
        Standing::Draft => (
            say!("标题是还没有定下来的稿子；网页不注明是否有效", "the title is that of a draft; the page does not state whether it is in force"),
            say!(
                "征集意见的稿子放到 content/consultations/；已经定下来的，标题里去掉这几个字",
                "a draft for opinions belongs to content/consultations/; of what was adopted the title has no such word"
            ),
        ),
        Standing::From(d) => (
            say!(
                "正文说自 {d} 起施行，文头没有写；网页不注明是否有效",
                "the text says that it takes effect on {d}, and the head does not; the page does not state whether it is in force"
            ),
            say!("核对后写 `effective_from: {d}`", "look at it and write `effective_from: {d}`"),
        ),
        Standing::Open => (
            say!(
                "正文说施行日期另行公布，文头没有写；网页不注明是否有效",
                "the text leaves the day of its effect open, and the head has none; the page does not state whether it is in force"
            ),
            say!("定下来后写 `effective_from: 施行的日子`", "once it is settled write `effective_from: the day`"),
        ),
    };
    put(item, place, found, (message, hint));
}

fn put(item: &Item, place: &Stands, found: &mut Found<'_>, (message, hint): (Text, Text)) {
    match place {
        Stands::Text(at) => found.text(item.doc(), at.clone(), message, hint),
        Stands::Key(key) => found.key(item, key, message, hint),
    }
}

fn site(input: &Input<'_>, found: &mut Found<'_>) {
    let now = crate::load::Moment::day(input.as_of);
    let items = &input.portal.items;
    let told = ended(items, now);
    if told.is_empty() {
        return;
    }
    let repealed: FxHashSet<&str> = items.iter().filter_map(|i| i.policy()).flat_map(|p| p.repeals.iter().map(|id| &**id)).collect();
    for (i, by, place) in told {
        let item = &items[i];
        let known = item.policy().is_some_and(|p| !p.repealed_by.is_empty()) || repealed.contains(&*item.id);
        if known || item.expires.is_some_and(|d| d < input.as_of) || matches!(State::of(item, now), State::Superseded) {
            continue;
        }
        let (title, id) = (&item.editions[0].title, &item.id);
        let message = say!(
            "这里说《{title}》废止，`{id}` 却没有这样写；它的网页不注明是否有效",
            "《{title}》 is repealed here, and `{id}` does not say so; its page does not state whether it is in force"
        );
        let path = id.split_once('/').map_or(&**id, |(_, rest)| rest);
        put(by, place, found, (message, say!("核对后在本文件写 `repeals: [{path}]`", "look at it and write `repeals: [{path}]` here")));
    }
}
