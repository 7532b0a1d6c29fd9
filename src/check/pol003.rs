//! POL003: dates out of order.

use super::*;
use crate::diag::say;
use crate::model::Value;
use crate::types::{event, policy, response};

/// POL003
pub(super) static RULE: Rule = Rule {
    code: "POL003",
    title: Phrase { zh: "日期顺序不对", en: "dates out of order" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "成文不晚于发布，施行不早于成文，失效晚于施行；成文日期不能在将来。活动的结束不早于开始，数据的时间范围也是（倒过来的不公布），回应不早于发现，任务的完成日期不能在将来，成效报告不早于期间结束。发布日期在将来的条目视为待发布，不算错误；在一年多以后的，是警告。发文机关那天还没有成立、或者已经撤并的，是警告。来信和依申请公开登记里的日期在将来，是警告：来信到那天才显示，答复到那天才算。",
        en: "A document is formed before it is published, takes effect after it is formed, expires after it takes effect, and is not formed in the future. An event ends after it starts, and so does the period of a dataset (one that does not is not published), a response follows what it answers, a task is not done in the future, a report of effect comes after its period. One whose publication lies ahead is scheduled, and that is no fault; more than a year ahead it is a warning. A body that was not set up yet on the day its document was formed, or had ended, is a warning. A day ahead in a sheet of letters or requests is a warning: a letter is shown, and an answer counts, from that day on.",
    },
    source: "GB/T 9704-2012（成文日期）；own rule",
    run: Run::Both(run, sheets),
};

/// Reports of effect that came before their period had ended; days of letters and requests that have not come.
fn sheets(input: &Input<'_>, found: &mut Found<'_>) {
    for r in &input.portal.disclosure.effects {
        let end = r.period.1;
        if let Some(day) = r.published.filter(|d| *d <= end) {
            let at = r.file.0.node.as_ref().map_or((0, 0), |n| (n.start, n.end));
            found.add(
                r.file.key(at, "published_at"),
                say!(
                    "{day} 公布，而期间到 {end} 才结束；报告只数到生成网站那天",
                    "published on {day}, and the period ends on {end}; the report counts up to the day of the build alone"
                ),
                say!("期间结束以后再公布", "publish it when the period has ended"),
            );
        }
    }
    let mut found = found.at(Severity::Warn);
    let mut tell = |span: &dyn Fn() -> crate::diag::Span, row: u32, days: [(Option<Date>, &str, &str); 2]| {
        if let Some((Some(day), zh, en)) = days.into_iter().find(|(d, ..)| d.is_some_and(|d| d > input.as_of)) {
            found.add(span(), say!("第 {row} 行：{zh} {day} 在将来", "row {row}: {en} on {day}, which is in the future"), say!("核对日期", "look at the date"));
        }
    };
    let letters = &input.portal.feedback;
    for l in &letters.letters {
        tell(&|| letters.span(l, (l.at.0, l.at.0)), l.row, [(l.received, "来信日期", "received"), (l.replied, "答复日期", "answered")]);
    }
    if let Some(requests) = &input.portal.disclosure.requests {
        for r in &requests.list {
            tell(&|| requests.file.span((r.at.0, r.at.0)), r.row, [(r.received, "收到日期", "received"), (r.decided, "答复日期", "answered")]);
        }
    }
}

/// A document of a body that was not there yet, or no longer.
fn issued(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(formed) = item.policy().and(item.formed) else { return };
    let mut found = found.at(Severity::Warn);
    for d in item.issuers.iter().map(|d| &input.portal.departments[*d]) {
        let name = d.called(Some(formed)).get(0);
        let (ended, day) = match (d.since, d.until) {
            (_, Some(until)) if formed > until => (true, until),
            (Some(since), _) if formed < since => (false, since),
            _ => continue,
        };
        let (zh, en) = if ended { ("撤并于", "ended on") } else { ("成立于", "was set up on") };
        found.key(
            item,
            item.kind.issuer.key,
            say!("{name} {zh} {day}，而文件成文于 {formed}", "{name} {en} {day}, and the document was formed on {formed}"),
            say!(
                "核对 formed_on 和 departments.yaml；已由别的部门承接的，写承接的部门",
                "look at formed_on and at departments.yaml; where another body took over, name that one"
            ),
        );
    }
}

/// A day of publication more than a year ahead is rarely meant: 2062 for 2026 takes the item away without a word.
fn far(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let Some(day) = item.published.map(|m| m.date).filter(|_| !item.draft) else { return };
    let known = [item.formed, item.effective].into_iter().flatten().filter(|d| *d > input.as_of).max().unwrap_or(input.as_of);
    if known.checked_add(jiff::Span::new().days(366)).is_ok_and(|limit| day > limit) {
        found.at(Severity::Warn).key(
            item,
            "published_at",
            say!("发布日期 {day} 在一年多以后，到那天才公布", "the day of publication, {day}, is more than a year ahead; it is not published before"),
            say!("核对年份；确实要等到那天，不必改", "look at the year; where it is meant so, leave it"),
        );
    }
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    issued(input, item, found);
    far(input, item, found);
    let published = item.published.map(|m| m.date);
    let mut late = |key: &str, first: Option<Date>, second: Option<Date>, zh: &str, en: &str| {
        if let (Some(a), Some(b)) = (first, second)
            && a > b
        {
            found.key(item, key, say!("{zh}（{a} 晚于 {b}）", "{en} ({a} is after {b})"), say!("核对两个日期", "look at both dates"));
        }
    };
    late("published_at", item.formed, published, "成文日期晚于发布日期", "formed after it was published");
    late("effective_from", item.formed, item.effective, "施行日期早于成文日期", "takes effect before it was formed");
    late("expires_on", item.effective, item.expires, "失效日期早于施行日期", "expires before it takes effect");
    late("formed_on", item.formed, Some(input.as_of), "成文日期在将来", "formed in the future");
    if let Some(values) = item.record() {
        let day = |f| match values.get(f) {
            Some(Value::Day(d)) => Some(*d),
            _ => None,
        };
        if item.kind.id == response::TYPE.id {
            late("seen_on", day(&response::SEEN_ON), published, "发现日期晚于发布日期", "seen after the response was published");
        }
        if item.kind.id == event::TYPE.id {
            let moment = |f| if let Some(Value::Moment(m)) = values.get(f) { Some(*m) } else { None };
            if let Some((starts, ends)) = moment(&event::STARTS).zip(moment(&event::ENDS))
                && (ends.date < starts.date || ends.date == starts.date && ends.time.zip(starts.time).is_some_and(|(e, s)| e < s))
            {
                found.key(
                    item,
                    "ends",
                    say!("结束早于开始（{starts} 开始，{ends} 结束）", "ends before it starts (starts {starts}, ends {ends})"),
                    say!("核对两个时间", "look at both times"),
                );
            }
        }
    }
    for task in item.policy().map_or(&[][..], |p| &p.tasks) {
        if let Some(Value::Day(done)) = task.get(&policy::task::DONE_ON)
            && *done > input.as_of
        {
            let what = match task.get(&policy::task::WHAT) {
                Some(Value::Said(t)) => t.get(0).to_string(),
                _ => String::new(),
            };
            found.key(
                item,
                "tasks",
                say!("任务 `{what}` 的完成日期 {done} 在将来，不算完成", "the task `{what}` was done on {done}, which is in the future; it counts as not done"),
                say!("做完以后再写 done_on", "write done_on when it is done"),
            );
        }
    }
}
