//! Figures of a period, all of them counted from the content: what was published, by type and department; interpretations; letters;
//! requests; consultations; datasets.

use super::{Grid, Part, csv, lines, link, month_text, months, number};
use crate::derive::activity::{What, events};
use crate::derive::feedback::Counts;
use crate::model::Item;
use crate::model::feedback::State;
use crate::render::Ctx;
use crate::route::{Form, Letters, Target};
use crate::schema::words::OUTCOMES;
use jiff::civil::Date;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Departments of a table.
const DEPARTMENTS: usize = 100;
/// Consultations of a table.
const CONSULTATIONS: usize = 50;

/// First and last day.
pub(super) type Period = (Date, Date);

pub(super) fn within((from, to): Period, day: Option<Date>) -> bool {
    day.is_some_and(|d| from <= d && d <= to)
}

/// What was published, changed and withdrawn by type; with a period before it, what was published then. Published by month as a chart.
pub(super) fn published(ctx: &Ctx<'_>, lang: usize, period: Period, before: Option<Period>, data: &str) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let all = events(ctx.public);
    let mut by_type: BTreeMap<usize, [usize; 4]> = BTreeMap::new();
    let mut by_month: BTreeMap<Date, [usize; 3]> = BTreeMap::new();
    for e in &all {
        let what = e.what as usize;
        if within(period, Some(e.day)) {
            by_type.entry(e.kind.place()).or_default()[what] += 1;
            by_month.entry(e.day.first_of_month()).or_default()[what] += 1;
        } else if e.what == What::Published && before.is_some_and(|b| within(b, Some(e.day))) {
            by_type.entry(e.kind.place()).or_default()[3] += 1;
        }
    }
    if by_type.is_empty() {
        return None;
    }
    let title = m.say(if before.is_some() { "effect.part.published" } else { "stats.published" });
    let mut head = vec![m.say("stats.type")];
    head.extend(What::ALL.iter().map(|w| m.say(&format!("stats.event.{}", w.code()))));
    if before.is_some() {
        head.push(m.say("stats.before"));
    }
    let mut grid = Grid { caption: title.clone(), head, rows: Vec::new() };
    let shown = |n: &[usize; 4]| n[..if before.is_some() { 4 } else { 3 }].iter().map(|n| number(*n)).collect::<Vec<_>>();
    let mut total = [0; 4];
    for kind in ctx.public.types.iter() {
        if let Some(n) = by_type.get(&kind.place()) {
            n.iter().zip(&mut total).for_each(|(n, t)| *t += n);
            grid.row(m.say(&format!("type.{}", kind.folder)), shown(n));
        }
    }
    grid.row(m.say("figures.total"), shown(&total));
    let days = months(period.0, period.1.min(ctx.public.as_of));
    let series = What::ALL.iter().map(|w| {
        let counts = days.iter().map(|d| Some(by_month.get(d).map_or(0, |n| n[*w as usize]) as f64)).collect();
        (m.say(&format!("stats.event.{}", w.code())), counts)
    });
    let chart = lines(ctx, lang, &title, data, &days, series.collect());
    Some(Part { id: "published", title, chart, tables: vec![grid], ..Part::default() })
}

/// What each department published.
pub(super) fn departments(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let mut by: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut nobody = 0;
    for e in events(ctx.public).iter().filter(|e| e.what == What::Published && within(period, Some(e.day))) {
        match e.department {
            Some(d) => *by.entry(d).or_default().entry(e.kind.place()).or_default() += 1,
            None => nobody += 1,
        }
    }
    let kinds: BTreeSet<usize> = by.values().flat_map(|k| k.keys().copied()).collect();
    if by.is_empty() {
        return None;
    }
    let named: Vec<_> = ctx.public.types.iter().filter(|k| kinds.contains(&k.place())).collect();
    let mut head = vec![m.say("feedback.department")];
    head.extend(named.iter().map(|k| m.say(&format!("type.{}", k.folder))));
    head.push(m.say("figures.total"));
    let title = m.say("effect.part.departments");
    let mut grid = Grid { caption: title.clone(), head, rows: Vec::new() };
    let cut = by.len().saturating_sub(DEPARTMENTS);
    for (d, counts) in by.iter().take(DEPARTMENTS) {
        let mut cells: Vec<String> = named.iter().map(|k| number(counts.get(&k.place()).copied().unwrap_or(0))).collect();
        cells.push(number(counts.values().sum()));
        grid.row(ctx.department_names(lang, &[*d]), cells);
    }
    let mut notes = Vec::new();
    if nobody > 0 {
        notes.push(m.count("effect.nobody", nobody));
    }
    if cut > 0 {
        notes.push(m.count("scorecards.more", cut));
    }
    Some(Part { id: "departments", title, tables: vec![grid], notes, ..Part::default() })
}

/// Policies of the period that are owed an interpretation, and interpretations by form.
pub(super) fn explained(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let (mut due, mut done, mut late) = (0, 0, 0);
    for (policy, state, was_late) in super::super::duty::states(ctx) {
        if state == "exempt" || !within(period, ctx.public.items[policy as usize].day()) {
            continue;
        }
        due += 1;
        done += usize::from(state == "explained");
        late += usize::from(was_late);
    }
    let list: Vec<&Arc<Item>> = ctx.public.items.iter().filter(|i| i.interpretation().is_some() && within(period, i.day())).collect();
    if due == 0 && list.is_empty() {
        return None;
    }
    let title = m.say("effect.part.explained");
    let mut grid = Grid { caption: title.clone(), head: vec![m.say("effect.figure"), m.say("effect.number")], rows: Vec::new() };
    let mut put = |key: &str, n: usize| grid.row(m.say(&format!("effect.explained.{key}")), vec![number(n)]);
    if due > 0 {
        put("due", due);
        put("done", done);
        put("late", late);
    }
    put("all", list.len());
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    list.iter().filter_map(|i| i.interpretation()).flat_map(|t| t.forms.iter().copied()).for_each(|f| *forms.entry(f).or_default() += 1);
    for (form, n) in forms {
        grid.row(m.get("effect.explained.form", &[("form", m.say(&format!("form.{form}")))]).unwrap_or_default(), vec![number(n)]);
    }
    Some(Part { id: "explained", title, tables: vec![grid], ..Part::default() })
}

/// Letters that came in the period, by month.
pub(super) fn letters(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let first = |(y, mo): &(i16, i8)| Date::new(*y, *mo, 1).ok();
    // A period is whole months.
    let own: Vec<(Date, &Counts)> =
        ctx.derived.letters.months.iter().filter_map(|(k, c)| Some((first(k)?, c))).filter(|(d, _)| within(period, Some(*d))).collect();
    if own.is_empty() {
        return None;
    }
    let title = m.say("effect.part.letters");
    let keys = ["received", "answered", "kept", "late", "unmeasured", "pending", "overdue"];
    let cells = |c: &Counts| [c.received, c.of(State::Answered), c.kept, c.late, c.unmeasured, c.of(State::Pending), c.of(State::Overdue)];
    let mut head = vec![m.say("figures.month")];
    head.extend(keys.iter().map(|k| m.say(&format!("figures.{k}"))));
    let mut grid = Grid { caption: title.clone(), head, rows: Vec::new() };
    let mut total = [0; 7];
    for (d, c) in &own {
        cells(c).iter().zip(&mut total).for_each(|(n, t)| *t += n);
        grid.row(month_text(*d), cells(c).map(number).into());
    }
    grid.row(m.say("figures.total"), total.map(number).into());
    let days = months(own[0].0, own[own.len() - 1].0);
    let of = |f: &dyn Fn(&Counts) -> usize| days.iter().map(|d| Some(own.iter().find(|(o, _)| o == d).map_or(0, |(_, c)| f(c)) as f64)).collect::<Vec<_>>();
    let series = vec![
        (m.say("figures.received"), of(&|c| c.received)),
        (m.say("figures.answered"), of(&|c| c.of(State::Answered))),
        (m.say("figures.kept"), of(&|c| c.kept)),
    ];
    let chart = lines(ctx, lang, &title, ctx.url(0, &Target::Letters(Letters::FiguresFile(Form::Csv))), &days, series);
    Some(Part { id: "letters", title, chart, tables: vec![grid], ..Part::default() })
}

/// Requests for information that came in the period, and what became of those that were answered in it.
pub(super) fn requests(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let all = ctx.public.disclosure.register();
    let came = all.iter().filter(|r| within(period, r.received)).count();
    let answered: Vec<_> = all.iter().filter(|r| within(period, r.decided)).collect();
    if came == 0 && answered.is_empty() {
        return None;
    }
    let title = m.say("effect.part.requests");
    let mut grid = Grid { caption: title.clone(), head: vec![m.say("effect.figure"), m.say("effect.number")], rows: Vec::new() };
    grid.row(m.say("effect.requests.received"), vec![number(came)]);
    grid.row(m.say("figures.answered"), vec![number(answered.len())]);
    // More may be answered than came: what had come before.
    let before = answered.iter().filter(|r| r.received.is_some() && !within(period, r.received)).count();
    let late = answered.iter().filter(|r| r.late(&ctx.public.calendar)).count();
    for (key, n) in [("effect.requests.before", before), ("effect.requests.late", late)] {
        if n > 0 {
            grid.row(m.say(key), vec![number(n)]);
        }
    }
    let codes: BTreeSet<&str> = OUTCOMES.iter().map(|(_, c)| *c).collect();
    for code in codes {
        let n = answered.iter().filter(|r| r.outcome == Some(code)).count();
        if n > 0 {
            grid.row(m.say(&format!("outcome.{code}")), vec![number(n)]);
        }
    }
    Some(Part { id: "requests", title, tables: vec![grid], ..Part::default() })
}

/// Consultations that were opened, or whose result came, in the period.
pub(super) fn consultations(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let of = |i: &Arc<Item>| i.consultation().map(|c| (within(period, c.opens), c.result(ctx.public.as_of).is_some_and(|r| within(period, r.on))));
    let list: Vec<(u32, (bool, bool))> =
        ctx.public.items.iter().enumerate().filter_map(|(i, x)| Some((i as u32, of(x)?))).filter(|(_, (a, b))| *a || *b).collect();
    if list.is_empty() {
        return None;
    }
    let title = m.say("effect.part.consultations");
    let mut sums = Grid { caption: title.clone(), head: vec![m.say("effect.figure"), m.say("effect.number")], rows: Vec::new() };
    sums.row(m.say("effect.consultations.opened"), vec![number(list.iter().filter(|(_, (a, _))| *a).count())]);
    sums.row(m.say("effect.consultations.results"), vec![number(list.iter().filter(|(_, (_, b))| *b).count())]);
    let mut head = vec![m.say("stats.item"), m.say("effect.consultations.received")];
    let parts = ["adopted", "partly", "adopted_or_partly", "rejected"];
    let shown: Vec<(u32, [Option<u32>; 5])> = list
        .iter()
        .filter(|(_, (_, b))| *b)
        .filter_map(|(i, _)| {
            let r = ctx.public.items[*i as usize].consultation()?.outcome.as_ref()?;
            Some((*i, [r.total(), r.part(parts[0]), r.part(parts[1]), r.part(parts[2]), r.part(parts[3])]))
        })
        .collect();
    // A column of which nothing is told is left out.
    let kept: Vec<usize> = (0..5).filter(|c| *c == 0 || shown.iter().any(|(_, n)| n[*c].is_some())).collect();
    head.extend(kept.iter().skip(1).map(|c| m.say(&format!("consult.{}", parts[c - 1]))));
    let mut grid = Grid { caption: m.say("effect.consultations.outcomes"), head, rows: Vec::new() };
    for (i, n) in shown.iter().take(CONSULTATIONS) {
        let l = link(ctx, lang, *i);
        let cells = kept.iter().map(|c| n[*c].map_or_else(|| m.say("missing"), |n| number(n as usize))).collect();
        grid.rows.push(super::GridRow {
            title: l.as_ref().map_or_else(|| ctx.public.items[*i as usize].best(lang).title.clone(), |l| l.title.clone()),
            url: l.map_or(String::new(), |l| l.url),
            cells,
        });
    }
    let cut = shown.len().saturating_sub(CONSULTATIONS);
    let tables = if grid.rows.is_empty() { vec![sums] } else { vec![sums, grid] };
    Some(Part { id: "consultations", title, tables, notes: if cut > 0 { vec![m.count("scorecards.more", cut)] } else { Vec::new() }, ..Part::default() })
}

/// Datasets: what came, what there is on the day of the build, and in how many files that machines read.
pub(super) fn datasets(ctx: &Ctx<'_>, lang: usize, period: Period) -> Option<Part> {
    let m = &ctx.theme.messages[lang];
    let all: Vec<&Arc<Item>> = ctx.public.items.iter().filter(|i| i.dataset().is_some() && i.day().is_none_or(|d| d <= period.1)).collect();
    if all.is_empty() {
        return None;
    }
    let title = m.say("effect.part.datasets");
    let mut grid = Grid { caption: title.clone(), head: vec![m.say("effect.figure"), m.say("effect.number")], rows: Vec::new() };
    let mut put = |key: &str, n: usize| grid.row(m.say(&format!("effect.datasets.{key}")), vec![number(n)]);
    put("new", all.iter().filter(|i| within(period, i.day())).count());
    put("all", all.len());
    put("files", all.iter().filter_map(|i| i.dataset()).map(|d| d.resources.iter().filter(|r| r.file.is_some() || r.url.is_some()).count()).sum());
    put("reuses", all.iter().filter_map(|i| i.dataset()).map(|d| d.reuses.len()).sum());
    let undated = all.iter().filter(|i| i.day().is_none()).count();
    let notes = if undated > 0 { vec![m.count("effect.datasets.undated", undated)] } else { Vec::new() };
    Some(Part { id: "datasets", title, tables: vec![grid], notes, ..Part::default() })
}

/// A row a month, type and department.
pub(super) fn published_file(ctx: &Ctx<'_>, form: Form) -> Vec<u8> {
    let mut by: BTreeMap<(String, usize, Option<usize>), [usize; 3]> = BTreeMap::new();
    for e in events(ctx.public) {
        by.entry((month_text(e.day), e.kind.place(), e.department)).or_default()[e.what as usize] += 1;
    }
    let kinds: BTreeMap<usize, &str> = ctx.public.types.iter().map(|k| (k.place(), k.id)).collect();
    let whose = |d: Option<usize>| d.map_or("", |d| ctx.public.departments[d].id.as_str());
    let row = |((month, kind, d), n): ((String, usize, Option<usize>), [usize; 3])| (month, kinds.get(&kind).copied().unwrap_or(""), whose(d), n);
    let rows = by.into_iter().map(row);
    match form {
        Form::Json => {
            let list: Vec<_> = rows
                .map(|(month, kind, who, n)| json!({"month": month, "type": kind, "department": who, "published": n[0], "changed": n[1], "withdrawn": n[2]}))
                .collect();
            format!("{}\n", json!({"as_of": ctx.public.as_of.to_string(), "months": list})).into_bytes()
        }
        Form::Csv | Form::Xlsx => {
            let rows = rows.map(|(month, kind, who, n)| vec![month, kind.into(), who.into(), n[0].to_string(), n[1].to_string(), n[2].to_string()]);
            csv(&["month", "type", "department", "published", "changed", "withdrawn"], rows.collect())
        }
    }
}
