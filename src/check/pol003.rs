//! POL003: dates out of order.

use super::*;
use crate::diag::say;
use crate::model::Value;
use crate::model::Values;
use crate::model::feedback::PutOff;
use crate::schema::Field;
use crate::types::{decision, event, policy, question, response};

/// POL003
pub(super) static RULE: Rule = Rule {
    code: "POL003",
    title: Phrase { zh: "日期顺序不对", en: "dates out of order" },
    severity: [WARN, ERROR, ERROR],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "成文不晚于发布，施行不早于成文，失效晚于施行；成文日期不能在将来，数据的更新日期也是（到那天才公布、才算）。活动的结束不早于开始，数据的时间范围也是（倒过来的不公布），回应不早于发现，任务的完成日期不能在将来，成效报告不早于期间结束。发布日期在将来的条目视为待发布，不算错误；在一年多以后的，是警告。发文机关那天还没有成立、或者已经撤并的，是警告。来信和依申请公开登记里的日期在将来，是警告：来信到那天才显示，答复到那天才算。重大行政决策的步骤日期在将来的不算已履行。这些是警告：集体讨论早于别的步骤或晚于所形成的文件，解读早于政策，征集开始晚于所形成的文件成文，答复早于所问的政策，任务完成早于它的文件成文，还没有举行的活动已有实录或结果，来信延期至早于原来的期限（不缩短期限）或超过它 30 日。",
        en: "A document is formed before it is published, takes effect after it is formed, expires after it takes effect, and is not formed in the future, nor are data modified in it (such a day is neither published nor counted before it comes). An event ends after it starts, and so does the period of a dataset (one that does not is not published), a response follows what it answers, a task is not done in the future, a report of effect comes after its period. One whose publication lies ahead is scheduled, and that is no fault; more than a year ahead it is a warning. A body that was not set up yet on the day its document was formed, or had ended, is a warning. A day ahead in a sheet of letters or requests is a warning: a letter is shown, and an answer counts, from that day on. A step of a major decision that lies ahead is not done. Warnings are: a collective decision before another step or after the document that came of it, an interpretation before its policy, a consultation that opens after its policy was formed, an answer before the policy that it is about, a task done before its document was formed, a record or result of an event that lies ahead, a letter put off to a day before its first limit (which shortens nothing) or more than thirty days beyond it.",
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
    let tell = |found: &mut Found<'_>, span: &dyn Fn() -> crate::diag::Span, row: u32, days: [(Option<Date>, &str, &str); 2]| {
        if let Some((Some(day), zh, en)) = days.into_iter().find(|(d, ..)| d.is_some_and(|d| d > input.as_of)) {
            found.add(span(), say!("第 {row} 行：{zh} {day} 在将来", "row {row}: {en} on {day}, which is in the future"), say!("核对日期", "look at the date"));
        }
    };
    let letters = &input.portal.feedback;
    for l in &letters.letters {
        tell(&mut found, &|| letters.span(l, (l.at.0, l.at.0)), l.row, [(l.received, "来信日期", "received"), (l.replied, "答复日期", "answered")]);
    }
    for l in letters.letters.iter().filter(|l| l.extended.is_some()) {
        let (row, to) = (l.row, l.extended.unwrap_or_default());
        let text = match l.put_off(&input.portal.calendar) {
            PutOff::Sound => continue,
            PutOff::Early(first) => {
                say!(
                    "第 {row} 行：延期至 {to}，早于原来的期限 {first}，延期不算",
                    "row {row}: put off to {to}, before the first limit, {first}; it does not count"
                )
            }
            PutOff::Far(last) => say!(
                "第 {row} 行：延期至 {to}，超过原来的期限 30 日（{last}）",
                "row {row}: put off to {to}, more than thirty days beyond the first limit ({last})"
            ),
        };
        found.add(letters.span(l, (l.at.0, l.at.0)), text, say!("核对来信日期、时限和延期至", "look at received_on, limit_workdays and extended_to"));
    }
    if let Some(requests) = &input.portal.disclosure.requests {
        for r in &requests.list {
            tell(&mut found, &|| requests.file.span((r.at.0, r.at.0)), r.row, [(r.received, "收到日期", "received"), (r.decided, "答复日期", "answered")]);
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

fn day(values: &Values, field: &'static Field) -> Option<Date> {
    match values.get(field) {
        Some(Value::Day(d)) => Some(*d),
        Some(Value::Moment(m)) => Some(m.date),
        _ => None,
    }
}

/// The day on which a policy was made, as far as anybody tells; of one that is published on, the first of both.
fn made(item: &Item) -> Option<Date> {
    item.policy()?;
    item.formed.or(item.published.map(|m| m.date))
}

/// The steps of a major decision: none lies ahead, the collective decision comes last and before what came of it.
fn procedure(input: &Input<'_>, item: &Item, values: &Values, found: &mut Found<'_>) {
    let Some(Value::Table(steps)) = values.get(&decision::STEPS) else { return };
    let done = |f: &'static Field| match steps.get(f) {
        Some(Value::Table(t)) => day(t, &decision::step::ON),
        _ => None,
    };
    let (last, name) = (done(&decision::steps::COLLECTIVE), |f: &'static Field| (f.label.zh, f.label.en));
    let hint = || say!("核对各步骤的日期", "look at the days of the steps");
    for step in decision::steps::RECORD.fields {
        let Some(on) = done(step) else { continue };
        let (zh, en) = name(step);
        if on > input.as_of {
            let text = say!("“{zh}”的日期 {on} 在将来，不算已履行", "{en}: {on} is in the future; it counts as not done");
            found.key(item, "steps", text, say!("做完以后再写 on", "write its day when it is done"));
        } else if let Some(last) = last.filter(|l| *l < on) {
            let text = say!("集体讨论决定（{last}）早于“{zh}”（{on}）", "the collective decision ({last}) is before {en} ({on})");
            found.at(Severity::Warn).key(item, "steps", text, hint());
        }
    }
    let Some(Value::Item(id)) = values.get(&decision::BECOMES) else { return };
    if let Some((last, made)) = last.zip(input.by_id.get(&**id).and_then(|p| p.published.map(|m| m.date))).filter(|(l, m)| l > m) {
        let text = say!(
            "集体讨论决定（{last}）晚于所形成的 `{id}` 发布（{made}）",
            "the collective decision ({last}) is after `{id}`, which came of it, was published ({made})"
        );
        found.at(Severity::Warn).key(item, "steps", text, hint());
    }
}

/// Days of what belongs to a policy against its own: asked, answered, explained and done in the order of its life.
fn life(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let mut found = found.at(Severity::Warn);
    let policy = |id: &str| input.by_id.get(id).filter(|i| i.policy().is_some());
    let published = |id: &str| policy(id).and_then(|p| Some(p.published?.date));
    let hint = || say!("核对两个日期", "look at both dates");
    if let Some((id, asked)) = item.consultation().and_then(|c| c.becomes.as_ref().zip(c.opens))
        && let Some(made) = policy(id).and_then(|p| made(p)).filter(|m| asked > *m)
    {
        let text = say!("{asked} 才开始征集，所形成的 `{id}` {made} 已经成文或发布", "opens on {asked}, and `{id}`, which came of it, was made on {made}");
        found.key(item, "opens", text, hint());
    }
    if let Some((it, on)) = item.interpretation().zip(item.published.map(|m| m.date))
        && let Some((id, day)) = it.policies.iter().filter_map(|p| Some((p, published(p)?))).find(|(_, d)| on < *d)
    {
        let text =
            say!("解读 {on} 发布，早于政策 `{id}`（{day}），不算及时解读", "published on {on}, before the policy `{id}` ({day}); it counts as none in time");
        found.key(item, "published_at", text, hint());
    }
    let Some(values) = item.record() else { return };
    if item.kind.id == question::TYPE.id
        && let (Some(on), Some(Value::List(list))) = (day(values, &question::ON), values.get(&question::POLICY))
    {
        let ids = list.iter().filter_map(|v| if let Value::Item(id) = v { Some(id) } else { None });
        if let Some((id, made)) = ids.filter_map(|id| Some((id, policy(id).and_then(|p| made(p))?))).find(|(_, m)| on < *m) {
            let text = say!("答复日期 {on} 早于所问的 `{id}`（{made}）", "answered on {on}, before `{id}`, which it is about, was made ({made})");
            found.key(item, "on", text, hint());
        }
    }
    if item.kind.id == event::TYPE.id
        && let Some(starts) = day(values, &event::STARTS).filter(|d| *d > input.as_of)
        && let Some(field) = [&event::MINUTES, &event::RESULT].into_iter().find(|f| values.get(f).is_some())
    {
        let (zh, en) = (field.label.zh, field.label.en);
        let text = say!("{starts} 才举行，已经有了“{zh}”", "it starts on {starts}, and there is already something under {en}");
        found.key(item, field.key, text, say!("核对开始时间；办完以后再写", "look at `starts`; write it when the event is over"));
    }
}

fn run(input: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    issued(input, item, found);
    far(input, item, found);
    life(input, item, found);
    if let Some(values) = item.record().filter(|_| item.kind.id == decision::TYPE.id) {
        procedure(input, item, values, found);
    }
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
    let changed = item.dataset().and_then(|d| d.modified);
    late("modified", changed, Some(input.as_of), "更新日期在将来，到那天才公布", "modified in the future; the day is not published before");
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
        if let Some((done, made)) = day(task, &policy::task::DONE_ON).zip(made(item)).filter(|(d, m)| d < m) {
            found.at(Severity::Warn).key(
                item,
                "tasks",
                say!("任务 {done} 完成，早于文件成文（{made}）", "a task was done on {done}, before the document was made ({made})"),
                say!("核对两个日期", "look at both dates"),
            );
        }
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
