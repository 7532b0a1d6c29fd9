//! LAW002: published more than twenty working days after it was made.

use super::*;
use crate::calendar::Unknown;
use crate::diag::say;

/// LAW002
pub(super) static RULE: Rule = Rule {
    code: "LAW002",
    title: Phrase { zh: "成文后逾期公开", en: "published late after it was made" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "主动公开的信息应自形成之日起 20 个工作日内公开。工作日按放假安排计算，调休上班的周末算在内；转载的（写了 source）不算。有发文字号和发文机关、却没有成文日期的，说不出是否及时，提示补上；评价里算没有及时公开。",
        en: "What is disclosed proactively is published within twenty working days of its making. Working days follow the announced holidays, worked weekends among them; reprints (with a source) are left out. Where a document has a number and an issuer and no day of making, nobody can say whether it was in time: the day is asked for, and the scorecards count it as not in time.",
    },
    source: "政府信息公开条例 第二十六条",
    run: Run::Item(run),
};

/// Working days allowed.
const LIMIT: u32 = 20;

/// How late an item was published.
pub(super) enum Late {
    /// On this working day after it was made.
    On(u32),
    /// On this one at least: not all years between are known.
    After(u32),
}

/// Whether an item was published late; the year that must be known to tell.
pub(super) fn late(input: &Input<'_>, item: &Item) -> Result<Option<Late>, Unknown> {
    let dates = item.formed.zip(item.published.map(|m| m.date)).filter(|_| item.policy().is_some() && item.source.is_none() && !item.draft);
    // So few days hold no more working days than that.
    let Some((formed, published)) = dates.filter(|(f, p)| (*p - *f).get_days() > LIMIT as i32 && *p <= input.as_of) else { return Ok(None) };
    let calendar = &input.portal.calendar;
    match calendar.working_days_between(formed, published) {
        Ok(n) => Ok((n > LIMIT).then_some(Late::On(n))),
        Err(unknown) => match calendar.working_days_known(formed, published) {
            n if n > LIMIT => Ok(Some(Late::After(n))),
            _ => Err(unknown),
        },
    }
}

/// It has a number and an issuer, and not the day that stands above them.
fn undated(item: &Item) -> bool {
    let numbered = item.policy().and_then(|p| p.doc_no.as_ref()).is_some_and(|n| n.canonical.is_some());
    numbered && !item.issuers.is_empty() && item.formed.is_none() && item.source.is_none() && !item.draft && !item.doc().says("formed_on")
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    if undated(item) {
        found.key(
            item,
            "formed_on",
            say!(
                "有发文字号，没有成文日期，说不出是否及时公开",
                "there is a document number and no day of making: nobody can say whether it was published in time"
            ),
            say!("加 formed_on: 2021-04-12（文件上的日期）", "add formed_on: 2021-04-12 (the day that stands on the document)"),
        );
        return;
    }
    let message = match late(input, item) {
        Ok(Some(Late::On(n))) => {
            say!("成文后第 {n} 个工作日才公开，超过 {LIMIT} 个工作日", "published on working day {n} after it was made; {LIMIT} are allowed")
        }
        Ok(Some(Late::After(n))) => {
            say!("成文后至少 {n} 个工作日才公开，超过 {LIMIT} 个工作日", "published at least {n} working days after it was made; {LIMIT} are allowed")
        }
        _ => return,
    };
    let hint = say!(
        "核对 formed_on 和 published_at；转载的文件写明 source；确已逾期的，下次在期限内公开",
        "compare formed_on and published_at; a reprint names its source; where it was late, publish the next in time"
    );
    found.key(item, "published_at", message, hint);
}
