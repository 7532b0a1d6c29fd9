//! INT004: an event whose record is missing twenty working days after its end.

use super::*;
use crate::calendar::Unknown;
use crate::diag::say;
use crate::types::event;

/// INT004
pub(super) static RULE: Rule = Rule {
    code: "INT004",
    title: Phrase { zh: "活动结束后没有实录", en: "an event without a record" },
    severity: [None, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "吹风会、听证会、座谈会等结束 20 个工作日后应有实录（record），问卷应有结果（result）。工作日按放假安排计算，从结束那天的次日数起；没有开始时间的不算。",
        en: "Twenty working days after its end a briefing, hearing or discussion should have its record (record), a survey its result (result). Working days follow the announced holidays and are counted from the day after the end; events without a day are left out.",
    },
    source: "own rule",
    run: Run::Item(run),
};

/// Working days allowed.
const LIMIT: u32 = 20;

/// The end of an event whose record is overdue, with the working days since; the year that must be known to tell.
pub(super) fn late(input: &Input<'_>, item: &Item) -> Result<Option<(Date, u32)>, Unknown> {
    let ended = item.record().filter(|_| item.kind.id == event::TYPE.id && !item.draft).and_then(|v| crate::model::over_without_record(v, input.as_of));
    // So few days hold no more working days than that.
    let Some(ended) = ended.filter(|e| (input.as_of - *e).get_days() > LIMIT as i32) else { return Ok(None) };
    let calendar = &input.portal.calendar;
    match calendar.working_days_between(ended, input.as_of) {
        Ok(n) => Ok((n > LIMIT).then_some((ended, n))),
        Err(unknown) => match calendar.working_days_known(ended, input.as_of) {
            n if n > LIMIT => Ok(Some((ended, n))),
            _ => Err(unknown),
        },
    }
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Ok(Some((ended, n))) = late(input, item) else { return };
    let survey = matches!(item.record().and_then(|v| v.get(&event::KIND)), Some(crate::model::Value::Code("survey")));
    let (field, zh, en) = if survey { ("result", "结果", "result") } else { ("record", "实录", "record") };
    found.key(
        item,
        "starts",
        say!("活动 {ended} 结束，已过 {n} 个工作日，还没有{zh}", "the event ended on {ended}, {n} working days ago, and has no {en}"),
        say!("在 `{field}` 写上{zh}：文字、链接或文件", "write the {en} to `{field}`: text, links or files"),
    );
}
