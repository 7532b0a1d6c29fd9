//! The life of a policy as one line of days: consultation, outcome, making, publication, interpretations, effect, what it
//! replaced and what replaced it. What has no day stands where it belongs, and says so.

use super::Ctx;
use super::stage::figures_text;
use super::view::LinkView;
use crate::model::{Item, Value, Values};
use crate::route::Target;
use crate::schema::Field;
use crate::types::policy::task;
use crate::types::{decision, event, question};
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A step in the life of a policy.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// Day in words, and for machines.
    pub date: String,
    /// See above.
    pub iso: String,
    /// What happened: 征求意见, 成文, 发布 …
    pub label: String,
    /// Title of the item, where it has a page.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Days since the step before.
    pub gap: String,
    /// What is told of it: a last day, figures, days since publication.
    pub note: String,
    /// Comparison of the two versions.
    pub compare: Option<LinkView>,
}

/// A step before it is put in its place.
struct Step {
    day: Option<Date>,
    /// Its place where no day tells it.
    rank: u8,
    label: Cow<'static, str>,
    item: Option<u32>,
    note: String,
    compare: Option<LinkView>,
}

/// The steps of a policy, and whether they tell more than its own days.
pub fn steps(ctx: &Ctx<'_>, lang: usize, policy: u32) -> (Vec<StepView>, bool) {
    let (m, items) = (&ctx.theme.messages[lang], &ctx.public.items);
    let (item, r) = (&items[policy as usize], &ctx.derived.relations[policy as usize]);
    let mut all: Vec<Step> = Vec::new();
    let mut add = |rank: u8, label: &'static str, day: Option<Date>, item: Option<u32>, note: String, compare: Option<LinkView>| {
        all.push(Step { day, rank, label: label.into(), item, note, compare });
    };
    for &i in &r.named_by {
        let Some(c) = items[i as usize].consultation().filter(|c| c.becomes.as_ref() == Some(&item.id)) else { continue };
        let until = c.closes.map_or(String::new(), |d| m.get("story.until", &[("date", ctx.date(lang, d))]).unwrap_or_default());
        add(0, "story.consulted", c.opens, Some(i), until, None);
        if let Some(result) = c.result(ctx.public.as_of) {
            add(1, "story.result", result.on, Some(i), figures_text(ctx, lang, result), None);
        }
        // Hearings and the like about the draft.
        for &e in &ctx.derived.relations[i as usize].named_by {
            if let Some((day, values)) = held(&items[e as usize]).filter(|_| !r.named_by.contains(&e)) {
                add(0, "story.event", day, Some(e), kind_of(ctx, lang, values), None);
            }
        }
    }
    for &i in &r.named_by {
        let other = &items[i as usize];
        if let Some((day, values)) = held(other) {
            add(0, "story.event", day, Some(i), kind_of(ctx, lang, values), None);
        } else if let Some(values) = other.record().filter(|_| other.kind.id == question::TYPE.id) {
            add(6, "story.question", day_of(values, &question::ON), Some(i), String::new(), None);
        }
    }
    let published = item.published.map(|p| p.date);
    for &i in &r.explains {
        let day = items[i as usize].day();
        let note = match (published, day) {
            (Some(p), Some(d)) => match (d - p).get_days() {
                0 => m.say("story.same_day"),
                n if n > 0 => m.count("story.after", n as usize),
                n => m.count("story.before", n.unsigned_abs() as usize),
            },
            _ => String::new(),
        };
        add(4, "story.explained", day, Some(i), note, None);
    }
    let with = |new: u32, old: u32| {
        let url = ctx.routes.get(lang, &Target::Compare(new, old))?.url.clone();
        Some(LinkView { title: m.say("compare.title"), url })
    };
    // What it replaced: at the day on which it takes effect.
    let began = item.effective.or(published).or(item.formed);
    let at = r.versions.iter().position(|v| *v == policy);
    let before = at.and_then(|n| r.versions.get(n + 1));
    let after = at.and_then(|n| n.checked_sub(1)).and_then(|n| r.versions.get(n));
    for (label, list) in [("story.amends", &r.amends[..]), ("story.repeals", &r.repeals[..]), ("story.replaces", before.map_or(&[][..], std::slice::from_ref))]
    {
        list.iter().for_each(|o| add(6, label, began, Some(*o), String::new(), with(policy, *o)));
    }
    for (label, list) in
        [("story.amended", &r.amended_by[..]), ("story.repealed", &r.repealed_by[..]), ("story.newer", after.map_or(&[][..], std::slice::from_ref))]
    {
        for &n in list {
            let new = &items[n as usize];
            add(7, label, new.effective.or_else(|| new.day()), Some(n), String::new(), with(n, policy));
        }
    }
    for &i in &r.named_by {
        all.extend(decided(ctx, lang, &items[i as usize], i));
    }
    all.extend(promised(ctx, lang, item));
    let more = !all.is_empty();
    for (rank, label, day) in
        [(2, "story.formed", item.formed), (3, "story.published", published), (5, "story.effective", item.effective), (8, "story.expires", item.expires)]
    {
        // A day of its own that is not told is seen in the box of facts; publication always has its place.
        if day.is_some() || rank == 3 {
            all.push(Step { day, rank, label: label.into(), item: None, note: String::new(), compare: None });
        }
    }
    (placed(ctx, lang, all), more)
}

fn day_of(values: &Values, field: &'static Field) -> Option<Date> {
    match values.get(field) {
        Some(Value::Day(d)) => Some(*d),
        Some(Value::Moment(m)) => Some(m.date),
        _ => None,
    }
}

/// An event, with its day.
fn held(item: &Item) -> Option<(Option<Date>, &Values)> {
    let values = item.record().filter(|_| item.kind.id == event::TYPE.id)?;
    Some((day_of(values, &event::STARTS), values))
}

fn kind_of(ctx: &Ctx<'_>, lang: usize, values: &Values) -> String {
    match values.get(&event::KIND) {
        Some(Value::Code(c)) => ctx.say(lang, &format!("word.event.kind.{c}")),
        _ => String::new(),
    }
}

/// The steps of a major decision that are told with their days.
fn decided(ctx: &Ctx<'_>, lang: usize, item: &Item, i: u32) -> Vec<Step> {
    let values = item.record().filter(|_| item.kind.id == decision::TYPE.id);
    let Some(Value::Table(steps)) = values.and_then(|v| v.get(&decision::STEPS)) else { return Vec::new() };
    let one = |(field, value): (&'static Field, &Value)| {
        let Value::Table(t) = value else { return None };
        let day = Some(day_of(t, &decision::step::ON)?);
        let note = if day.is_some_and(|d| d > ctx.public.as_of) { ctx.say(lang, "decisions.ahead") } else { String::new() };
        Some(Step { day, rank: 1, label: format!("field.decision/steps.{}", field.key).into(), item: Some(i), note, compare: None })
    };
    steps.iter().filter_map(one).collect()
}

/// The days by which its tasks are to be done, with those that were; of several on one day how many.
fn promised(ctx: &Ctx<'_>, lang: usize, item: &Item) -> Vec<Step> {
    let m = &ctx.theme.messages[lang];
    let mut by_day: BTreeMap<Date, Vec<&Values>> = BTreeMap::new();
    for t in item.policy().map_or(&[][..], |p| &p.tasks) {
        day_of(t, &task::DUE).into_iter().for_each(|d| by_day.entry(d).or_default().push(t));
    }
    let done = |t: &Values| day_of(t, &task::DONE_ON).filter(|d| *d <= ctx.public.as_of);
    let note = |list: &[&Values]| match list {
        [one] => {
            let what = if let Some(Value::Said(t)) = one.get(&task::WHAT) { t.get(lang).to_string() } else { String::new() };
            let done = done(one).map(|d| m.get("story.done", &[("date", ctx.date(lang, d))]).unwrap_or_default());
            std::iter::once(what).chain(done).collect::<Vec<_>>().join(" · ")
        }
        list => {
            let args = [("n", list.len().to_string()), ("done", list.iter().filter(|t| done(t).is_some()).count().to_string())];
            m.get("story.tasks", &args).unwrap_or_default()
        }
    };
    by_day.into_iter().map(|(d, list)| Step { day: Some(d), rank: 8, label: "story.task".into(), item: None, note: note(&list), compare: None }).collect()
}

/// Dated steps by day, undated ones behind what comes before them in any life.
fn placed(ctx: &Ctx<'_>, lang: usize, all: Vec<Step>) -> Vec<StepView> {
    let (mut dated, mut undated): (Vec<Step>, Vec<Step>) = all.into_iter().partition(|s| s.day.is_some());
    dated.sort_by_key(|s| (s.day, s.rank, s.item));
    undated.sort_by_key(|s| (s.rank, s.item));
    for s in undated {
        let at = dated.iter().rposition(|d| d.rank <= s.rank).map_or(0, |n| n + 1);
        dated.insert(at, s);
    }
    let m = &ctx.theme.messages[lang];
    let mut last: Option<Date> = None;
    let view = |s: Step| {
        let gap = last.zip(s.day).map_or(0, |(a, b)| (b - a).get_days());
        last = s.day.or(last);
        let title = s.item.map(|i| ctx.public.items[i as usize].best(lang).title.clone()).unwrap_or_default();
        let url = s.item.and_then(|i| Some(ctx.routes.item(lang, i, &ctx.public.items[i as usize])?.url.clone())).unwrap_or_default();
        StepView {
            date: s.day.map_or(String::new(), |d| ctx.date(lang, d)),
            iso: s.day.map_or(String::new(), |d| d.to_string()),
            label: m.say(&s.label),
            title,
            url,
            gap: if gap > 0 { m.count("story.gap", gap as usize) } else { String::new() },
            note: s.note,
            compare: s.compare,
        }
    };
    dated.into_iter().map(view).collect()
}
