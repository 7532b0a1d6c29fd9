//! The same as files: catalogue (CSV, JSON, XLSX), register, plan, exceptions, reports.

use super::{report, requests};
use crate::derive::disclosure::Row;
use crate::load::table::spreadsheet;
use crate::model::{Item, REVIEW, Reviewed};
use crate::output::{Made as Out, MakeResult};
use crate::render::{Ctx, misrouted, xlsx};
use crate::route::{Entry, Form, Made};
use serde_json::{Map, Value, json};

/// A table of texts: keys of the columns, rows.
type Table = (Vec<&'static str>, Vec<Vec<String>>);

pub(super) fn make(ctx: &Ctx<'_>, entry: &Entry, what: Made, form: Form) -> MakeResult {
    let (keys, rows) = match what {
        Made::Catalogue => catalogue(ctx),
        Made::Requests => register(ctx),
        Made::Plan => plan(ctx),
        Made::Exceptions => exceptions(ctx),
        Made::Report(i) => match ctx.public.disclosure.reports.get(i as usize) {
            Some(_) => one_report(ctx, i),
            None => return misrouted(entry),
        },
        Made::Website(i) => match ctx.public.disclosure.websites.get(i as usize) {
            Some(r) => super::website::table(ctx, r, i),
            None => return misrouted(entry),
        },
    };
    let bytes = match form {
        Form::Csv => spreadsheet::csv(std::iter::once(keys.iter().map(ToString::to_string).collect()).chain(rows)),
        Form::Json => {
            let list: Vec<Value> = rows
                .into_iter()
                .map(|row| {
                    // What nobody said is not there.
                    let pairs = keys.iter().zip(row).filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_string(), Value::String(v)));
                    Value::Object(pairs.collect::<Map<_, _>>())
                })
                .collect();
            format!("{}\n", json!({"as_of": ctx.public.as_of.to_string(), "rows": list})).into_bytes()
        }
        Form::Xlsx => {
            let head: Vec<String> = keys.iter().map(|k| ctx.say(0, &format!("entry.{k}"))).collect();
            xlsx::workbook(&ctx.disclosure_name(0, "catalogue"), &head, rows.into_iter()).unwrap_or_default()
        }
    };
    Ok(Out::Bytes(bytes))
}

fn catalogue(ctx: &Ctx<'_>) -> Table {
    let keys = vec![
        "no",
        "index_no",
        "title",
        "doc_no",
        "produced_on",
        "form",
        "summary",
        "time_limit",
        "review",
        "department",
        "office",
        "node",
        "class",
        "item",
        "elements",
        "basis",
        "channels",
        "audience",
        "mode",
        "levels",
        "count",
        "last",
        "url",
        "none",
    ];
    let (all, derived) = (&ctx.public.disclosure, &ctx.derived.disclosed);
    let join = |l: &[String]| l.join(ctx.separator(0));
    let rows = derived.rows.iter().enumerate().map(|(n, r)| {
        let n = (n + 1).to_string();
        match r {
            Row::Entry(i) => {
                let e = &all.entries()[*i];
                let node = all.nodes.iter().find(|n| crate::model::disclosure::stands(e, n));
                let items = &derived.items[*i];
                let last = items.iter().filter_map(|i| ctx.public.items[*i as usize].day()).max();
                vec![
                    n,
                    e.index_no.clone().unwrap_or_default(),
                    e.title.get(0).to_string(),
                    e.doc_no.clone().unwrap_or_default(),
                    e.produced.map_or(String::new(), |d| d.to_string()),
                    join(&e.form),
                    e.summary.get(0).to_string(),
                    e.time_limit.clone().unwrap_or_default(),
                    e.review.get(0).to_string(),
                    e.department.map_or(String::new(), |d| ctx.department_names(0, &[d])),
                    e.office.get(0).to_string(),
                    e.code.clone().unwrap_or_default(),
                    node.map_or(String::new(), |n| ctx.class_name(0, n)),
                    join(&e.item),
                    join(&e.elements),
                    join(&e.basis),
                    join(&e.channels),
                    e.audience.get(0).to_string(),
                    e.mode.map_or(String::new(), |m| ctx.say(0, &format!("disclosure.{m}"))),
                    join(&e.levels),
                    items.len().to_string(),
                    last.map_or(String::new(), |d| d.to_string()),
                    e.url.clone().unwrap_or_default(),
                    e.none.get(0).to_string(),
                ]
            }
            Row::Item(i) => {
                let item = &ctx.public.items[*i as usize];
                let p = item.policy();
                let class = derived.class_of.get(i).map(|n| &all.nodes[*n]);
                let none = String::new;
                let edition = &item.editions[0];
                vec![
                    n,
                    p.and_then(|p| p.index_no.clone()).unwrap_or_default(),
                    edition.title.clone(),
                    p.and_then(|p| p.doc_no.as_ref()).map_or(String::new(), |d| d.shown().to_string()),
                    item.formed.or(item.day()).map_or(String::new(), |d| d.to_string()),
                    none(),
                    ctx.summary(edition).chars().take(100).collect(),
                    none(),
                    reviewed(ctx, item),
                    ctx.department_names(0, &item.issuers),
                    none(),
                    class.filter(|c| c.due()).map_or(String::new(), |c| c.code.clone()),
                    class.map_or(String::new(), |c| ctx.class_name(0, c)),
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                    p.and_then(|p| p.disclosure).map_or(String::new(), |m| ctx.say(0, &format!("disclosure.{m}"))),
                    none(),
                    none(),
                    item.day().map_or(String::new(), |d| d.to_string()),
                    ctx.routes.item(0, *i, item).map_or(String::new(), |e| ctx.absolute(&e.url)),
                    none(),
                ]
            }
        }
    });
    (keys, rows.collect())
}

/// The steps that an item went through: roles and days, no names.
fn reviewed(ctx: &Ctx<'_>, item: &Item) -> String {
    let step = |s: &Reviewed| {
        let role = s.role.as_deref().filter(|r| !crate::personal::person(r)).unwrap_or_default();
        let day = s.on.map_or(String::new(), |d| d.to_string());
        [ctx.say(0, &format!("review.{}", REVIEW[s.step])).as_str(), role, &day].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    item.review.iter().flat_map(|r| &r.steps).map(step).collect::<Vec<_>>().join(ctx.separator(0))
}

fn register(ctx: &Ctx<'_>) -> Table {
    let keys = vec![
        "no",
        "received_on",
        "department",
        "applicant_kind",
        "subject",
        "outcome",
        "decided_on",
        "extended_to",
        "promoted",
        "due_on",
        "working_days",
        "state",
        "within_limit",
    ];
    let day = |d: Option<jiff::civil::Date>| d.map_or(String::new(), |d| d.to_string());
    let rows = ctx.public.disclosure.register().iter().map(|r| {
        let s = requests::state(ctx, r);
        // An item that is not public has no name here.
        let promoted = r.promoted.as_ref().filter(|id| ctx.derived.by_id.contains_key(*id)).map_or(String::new(), |i| i.to_string());
        vec![
            r.no.clone(),
            day(r.received),
            r.department.map_or(String::new(), |d| ctx.public.departments[d].id.clone()),
            r.kind.unwrap_or("").to_string(),
            r.subject.clone(),
            r.outcome.unwrap_or("").to_string(),
            day(r.decided),
            day(r.extended),
            promoted,
            day(s.due),
            s.took.map_or(String::new(), |n| n.to_string()),
            // One word for one thing, as in the figures of letters: late is answered late, overdue is open still.
            if s.key == "late" { "overdue".into() } else { s.key.to_string() },
            requests::within(ctx, r).map_or(String::new(), |w| if w { "yes".into() } else { "no".into() }),
        ]
    });
    (keys, rows.collect())
}

fn plan(ctx: &Ctx<'_>) -> Table {
    let keys = vec!["what", "department", "by", "priority", "from_request", "item", "published_on", "days_late"];
    let list = ctx.public.disclosure.plan.iter().flat_map(|p| &p.list);
    let rows = list.map(|p| {
        let day = p.item.as_ref().and_then(|i| ctx.derived.by_id.get(i)).and_then(|i| super::lists::out(ctx, *i));
        vec![
            p.what.get(0).to_string(),
            p.department.map_or(String::new(), |d| ctx.public.departments[d].id.clone()),
            p.by.map_or(String::new(), |d| d.to_string()),
            p.priority.unwrap_or("").to_string(),
            p.from_request.clone().unwrap_or_default(),
            p.item.as_ref().filter(|i| ctx.derived.by_id.contains_key(*i)).map_or(String::new(), |i| i.to_string()),
            day.map_or(String::new(), |d| d.to_string()),
            p.late_by(day).map_or(String::new(), |n| n.to_string()),
        ]
    });
    (keys, rows.collect())
}

fn exceptions(ctx: &Ctx<'_>) -> Table {
    let keys = vec!["title", "ground", "ground_text", "department", "decided_on", "review_on"];
    let list = ctx.public.disclosure.exceptions.iter().flat_map(|p| &p.list);
    let rows = list.map(|w| {
        vec![
            w.title.get(0).to_string(),
            w.ground.unwrap_or("").to_string(),
            w.article.clone().unwrap_or_default(),
            w.department.map_or(String::new(), |d| ctx.public.departments[d].id.clone()),
            w.decided.map_or(String::new(), |d| d.to_string()),
            w.review.map_or(String::new(), |d| d.to_string()),
        ]
    });
    (keys, rows.collect())
}

/// The tables of a report: one value a row.
fn one_report(ctx: &Ctx<'_>, i: u32) -> Table {
    let r = &ctx.public.disclosure.reports[i as usize];
    let mut rows = Vec::new();
    let grids = report::active(ctx, 0, r).into_iter().chain([report::requests(ctx, 0, r, i), report::disputes(ctx, 0, r)]);
    let unsaid = ctx.unsaid(0);
    for g in grids {
        for (label, _, cells) in g.rows {
            for (name, cell) in g.head.iter().skip(1).zip(cells) {
                let value = if cell.text == unsaid { String::new() } else { cell.text };
                rows.push(vec![g.caption.clone(), label.clone(), name.clone(), value]);
            }
        }
    }
    let unknown = ctx.derived.disclosed.reports[i as usize].1;
    if unknown > 0 {
        rows.push(vec![ctx.say(0, "report.requests.caption"), ctx.say(0, "report.uncounted"), String::new(), unknown.to_string()]);
    }
    (vec!["table", "row", "column", "value"], rows)
}
