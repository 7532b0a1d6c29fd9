//! Interpretation as a duty: which policies are explained, when, how and by whom; by department, as page, CSV and JSON.

use super::account::{PartOf, View, as_of};
use super::values::{PartView, TableView};
use crate::derive::coverage;
use crate::load::table::spreadsheet;
use crate::model::{Item, Need, Policy};
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde_json::json;
use std::collections::BTreeMap;

/// `explained/`, `explained.csv`, `explained.json`.
pub static PAGE: Maker = Maker { name: "duty", plan, make, cost: 5 };

/// The policies that owe an interpretation, or are excused from one.
fn due(item: &Item) -> Option<&Policy> {
    item.policy().filter(|p| p.normative == Some(true) || p.interpretation != Need::Unsaid)
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let with = || site.public.items.iter().filter(|i| due(i).is_some());
    if with().next().is_none() {
        return;
    }
    for lang in 0..site.public.languages.len() {
        if with().any(|i| i.edition(lang).is_some()) {
            p.page(lang, "explained/", Target::Duty(0), true, true);
        }
    }
    p.file(0, "explained/explained.csv".into(), Target::Duty(1), 2, false, true);
    p.file(0, "explained/explained.json".into(), Target::Duty(2), 2, false, true);
}

/// How one policy stands.
struct Row {
    policy: u32,
    who: Option<usize>,
    /// `explained`, `missing`, `exempt`
    state: &'static str,
    /// The first interpretation with a day, else any.
    first: Option<u32>,
    /// Days and working days from publication to it.
    days: Option<i32>,
    /// Later than it may be; where the calendar of the year is not known it is not said to be.
    late: bool,
    workdays: Option<u32>,
    forms: usize,
    /// Standard sections that it has, and how many are looked for.
    sections: Option<(usize, usize)>,
    /// How much of the policy it repeats, in per cent.
    copied: Option<usize>,
    /// The drafter explains it.
    drafter: Option<bool>,
    /// The head of the department does.
    head: bool,
}

fn rows(ctx: &Ctx<'_>) -> Vec<Row> {
    let items = &ctx.public.items;
    let list = ctx.derived.list(crate::types::POLICY).iter();
    let one = |i: &u32| {
        let item = &items[*i as usize];
        let p = due(item)?;
        let explains = &ctx.derived.relations[*i as usize].explains;
        // One of a day before the policy explains it on none.
        let early = |o: &u32| item.published.zip(items[*o as usize].published).is_some_and(|(p, d)| d.date < p.date);
        let first =
            explains.iter().copied().min_by_key(|o| (early(o), items[*o as usize].published.is_none(), items[*o as usize].published.map(|m| m.date), *o));
        let days = first.filter(|o| !early(o)).and_then(|o| Some((item.published?.date, items[o as usize].published?.date)));
        let all = explains.iter().filter_map(|o| items[*o as usize].interpretation());
        let forms: std::collections::BTreeSet<&str> = all.clone().flat_map(|t| t.forms.iter().copied()).collect();
        let by = first.map(|o| &items[o as usize]);
        Some(Row {
            policy: *i,
            who: p.drafted_by.first().or(item.issuers.first()).copied(),
            state: match (&p.interpretation, first) {
                (_, Some(_)) => "explained",
                (Need::Exempt(_), None) => "exempt",
                _ => "missing",
            },
            first,
            late: days.is_some_and(|(a, b)| crate::model::calendar::explained_in(ctx.config, &ctx.public.calendar, a, b) == Ok(false)),
            days: days.map(|(a, b)| (b - a).get_days()),
            workdays: days.and_then(|(a, b)| ctx.public.calendar.working_days_between(a, b).ok()),
            forms: forms.len(),
            sections: by.map(|x| {
                let all = coverage(x, &x.editions[0]);
                (all.iter().filter(|c| c.anchor.is_some()).count(), all.len())
            }),
            copied: by.and_then(|x| crate::check::copied(x, &[item])),
            drafter: by.and_then(|x| crate::check::by_drafter(&ctx.public.departments, x, item)),
            head: all.clone().any(|t| t.head || t.forms.contains(&"head")),
        })
    };
    list.filter_map(one).collect()
}

/// Each policy that owes an interpretation: how it stands, and whether that came late.
pub(super) fn states(ctx: &Ctx<'_>) -> Vec<(u32, &'static str, bool)> {
    rows(ctx).into_iter().map(|r| (r.policy, r.state, r.late)).collect()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Duty(form) = entry.target else { return misrouted(entry) };
    let rows = rows(ctx);
    match form {
        1 => csv(ctx, &rows),
        2 => {
            let list: Vec<serde_json::Value> = rows.iter().map(|r| whole(ctx, r)).collect();
            let unit = if ctx.config.calendar.is_some() { "working days" } else { "days" };
            Ok(Made::Bytes(
                format!(
                    "{}\n",
                    json!({ "as_of": ctx.public.as_of.to_string(), "limit_days": ctx.config.interpretation_days, "limit_unit": unit, "policies": list })
                )
                .into_bytes(),
            ))
        }
        _ => {
            let lang = entry.lang;
            let column = ctx.public.columns.iter().position(|c| c.path == "interpretations" || c.path == "policies");
            let mut crumbs = ctx.crumbs(lang, column);
            crumbs.truncate(2);
            let m = &ctx.theme.messages[lang];
            let args = [("n", ctx.config.interpretation_days.to_string())];
            // Where nothing is explained there is nothing to be timed.
            let timed = rows.iter().any(|r| r.days.is_some()) || rows.iter().all(|r| r.first.is_none());
            let parts = parts(ctx, lang, &rows, timed);
            let view = View {
                head: ctx.head(entry, &ctx.say(lang, "duty.title"), crumbs),
                // What nothing was measured of is said once, not in each line.
                lead: m.say(if timed { "duty.lead" } else { "duty.lead.untimed" }),
                how: m.get("duty.how", &args).map(|text| (m.say("duty.how.title"), text)),
                // With one department its own line says it.
                total: if parts.len() > 1 { sum(m, &rows.iter().collect::<Vec<_>>(), timed) } else { String::new() },
                as_of: as_of(ctx, lang),
                parts,
                csv: ctx.url(0, &Target::Duty(1)).to_string(),
                json: ctx.url(0, &Target::Duty(2)).to_string(),
            };
            ctx.render(entry, "pages/account.html", &view)
        }
    }
}

/// A list in a sentence: how many, how they stand, and, where any on the page is known, how many came late.
fn sum(m: &crate::theme::Messages, list: &[&Row], measured: bool) -> String {
    let count = |state: &str| list.iter().filter(|r| r.state == state).count().to_string();
    let args = [
        ("n", list.len().to_string()),
        ("explained", count("explained")),
        ("missing", count("missing")),
        ("exempt", count("exempt")),
        ("heads", list.iter().filter(|r| r.head).count().to_string()),
    ];
    // What was not measured is not said to be none.
    let (timed, untimed): (Vec<&&Row>, Vec<_>) = list.iter().filter(|r| r.first.is_some()).partition(|r| r.days.is_some());
    let late = timed.iter().filter(|r| r.late).count();
    let one = |key: &str, name: &str, n: usize| m.get(key, &[(name, n.to_string())]).unwrap_or_default();
    let said = |list: &[&&Row], text: String| if list.is_empty() { String::new() } else { text };
    let timing = said(&timed, one("duty.late", "late", late)) + &said(&untimed, one("duty.untimed", "n", untimed.len()));
    let timing = if measured { timing } else { String::new() };
    m.get("duty.count", &args).unwrap_or_default() + &timing + &m.say("duty.stop")
}

fn parts(ctx: &Ctx<'_>, lang: usize, rows: &[Row], timed: bool) -> Vec<PartOf> {
    let m = &ctx.theme.messages[lang];
    let mut groups: BTreeMap<usize, Vec<&Row>> = BTreeMap::new();
    rows.iter().for_each(|r| groups.entry(r.who.unwrap_or(usize::MAX)).or_default().push(r));
    let plain = |text: String| vec![PartView { text, url: None, state: None }];
    let cell = |text: Option<String>| plain(text.unwrap_or_else(|| m.say("missing")));
    let linked = |i: u32| {
        let item = &ctx.public.items[i as usize];
        vec![PartView { text: item.best(lang).title.clone(), url: ctx.routes.item(lang, i, item).map(|e| e.url.clone()), state: None }]
    };
    let flag = |yes: bool| m.say(if yes { "flag.yes" } else { "flag.no" });
    let row = |r: &&Row| {
        let explained = |t: Option<String>| if r.first.is_some() { cell(t) } else { plain(String::new()) };
        vec![
            linked(r.policy),
            plain(m.say(&format!("duty.state.{}", r.state))),
            r.first.map_or(plain(String::new()), linked),
            explained(r.days.map(|n| n.to_string())),
            explained(r.workdays.map(|n| n.to_string())),
            explained(Some(r.forms.to_string())),
            explained(r.sections.map(|(n, of)| format!("{n} / {of}"))),
            explained(r.copied.map(|n| format!("{n} %"))),
            explained(r.drafter.map(flag)),
            explained(Some(flag(r.head))),
        ]
    };
    let head = ["policy", "state", "first", "days", "workdays", "forms", "sections", "copied", "drafter", "head"];
    // A column of which nothing in the list was measured is left out.
    let measured = |list: &[&Row], key: &str| match key {
        "days" => list.iter().any(|r| r.days.is_some()),
        "workdays" => list.iter().any(|r| r.workdays.is_some()),
        "sections" => list.iter().any(|r| r.sections.is_some()),
        "copied" => list.iter().any(|r| r.copied.is_some()),
        "drafter" => list.iter().any(|r| r.drafter.is_some()),
        "first" | "forms" | "head" => list.iter().any(|r| r.first.is_some()),
        _ => true,
    };
    let part = |(d, list): (usize, Vec<&Row>)| {
        let kept: Vec<usize> = (0..head.len()).filter(|c| measured(&list, head[*c])).collect();
        let known = ctx.public.departments.get(d);
        PartOf {
            id: format!("d-{}", known.map_or("none", |k| &*k.id)),
            title: known.map_or_else(|| ctx.say(lang, "missing"), |k| k.name.get(lang).to_string()),
            url: ctx.routes.get(lang, &Target::Department(d as u32, 0)).map(|e| e.url.clone()),
            count: sum(m, &list, timed),
            table: TableView {
                id: "f-duty".into(),
                title: m.say("duty.title"),
                head: kept.iter().map(|c| m.say(&format!("duty.{}", head[*c]))).collect(),
                rows: list.iter().map(|r| row(r).into_iter().enumerate().filter(|(c, _)| kept.contains(c)).map(|(_, v)| v).collect()).collect(),
                note: None,
                fields: Vec::new(),
            },
        }
    };
    groups.into_iter().map(part).collect()
}

/// A row as data: what is not known is empty.
fn data(ctx: &Ctx<'_>, r: &Row) -> Vec<(&'static str, String)> {
    let id = |i: u32| ctx.public.items[i as usize].id.to_string();
    let said = |t: Option<String>| t.unwrap_or_default();
    let day = |i: u32| ctx.public.items[i as usize].published.map(|m| m.date.to_string());
    vec![
        ("policy", id(r.policy)),
        ("title", ctx.public.items[r.policy as usize].editions[0].title.clone()),
        ("department", said(r.who.map(|d| ctx.public.departments[d].id.clone()))),
        ("state", r.state.to_string()),
        ("first", said(r.first.map(id))),
        ("published_at", said(day(r.policy))),
        ("first_published_at", said(r.first.and_then(day))),
        ("days", said(r.days.map(|n| n.to_string()))),
        ("working_days", said(r.workdays.map(|n| n.to_string()))),
        ("forms", if r.first.is_some() { r.forms.to_string() } else { String::new() }),
        ("sections", said(r.sections.map(|s| s.0.to_string()))),
        ("sections_of", said(r.sections.map(|s| s.1.to_string()))),
        ("copied_percent", said(r.copied.map(|n| n.to_string()))),
        ("by_drafter", said(r.drafter.map(|b| b.to_string()))),
        ("by_head", if r.first.is_some() { r.head.to_string() } else { String::new() }),
    ]
}

fn csv(ctx: &Ctx<'_>, rows: &[Row]) -> MakeResult {
    let head = rows.first().map(|r| data(ctx, r).into_iter().map(|(k, _)| k.to_string()).collect());
    let cells = rows.iter().map(|r| data(ctx, r).into_iter().map(|(_, v)| v).collect::<Vec<String>>());
    Ok(Made::Bytes(spreadsheet::csv(head.into_iter().chain(cells))))
}

fn whole(ctx: &Ctx<'_>, r: &Row) -> serde_json::Value {
    let value = |(k, v): (&str, String)| {
        let v = match (k, v.as_str()) {
            (_, "") => serde_json::Value::Null,
            ("by_drafter" | "by_head", b) => json!(b == "true"),
            ("days" | "working_days" | "forms" | "sections" | "sections_of" | "copied_percent", n) => json!(n.parse::<i64>().ok()),
            _ => json!(v),
        };
        (k.to_string(), v)
    };
    serde_json::Value::Object(data(ctx, r).into_iter().map(value).collect())
}
