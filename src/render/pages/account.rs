//! What policies promise and what became of it: tasks by department, benefits by those they are for; as pages, CSV and JSON,
//! and as tables on the pages of policies and interpretations. Answers to questions about a policy, the steps of a decision.

use super::values::{PartView, TableView, label, parts, table};
use super::{FactView, named_by, text};
use crate::derive::Validity;
use crate::load::table::spreadsheet;
use crate::model::{Item, Value, Values};
use crate::output::{Made, MakeResult};
use crate::render::stage::until;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::Field;
use crate::types::{decision, event, policy, question, response};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// `tasks/`, `benefits/`, and their CSV and JSON.
pub static PAGE: Maker = Maker { name: "account", plan, make, cost: 5 };

/// The rows of one of the two on a policy.
fn rows(item: &Item, benefits: bool) -> &[Values] {
    item.policy().map_or(&[], |p| if benefits { &p.benefits } else { &p.tasks })
}

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for benefits in [false, true] {
        let with = || site.public.items.iter().filter(|i| !rows(i, benefits).is_empty());
        if with().next().is_none() {
            continue;
        }
        let name = if benefits { "benefits" } else { "tasks" };
        for lang in 0..site.public.languages.len() {
            if with().any(|i| i.edition(lang).is_some()) {
                p.page(lang, &format!("{name}/"), Target::Account(benefits, 0), true, true);
            }
        }
        p.file(0, format!("{name}/{name}.csv"), Target::Account(benefits, 1), 2, false, true);
        p.file(0, format!("{name}/{name}.json"), Target::Account(benefits, 2), 2, false, true);
    }
}

/// A row and the policy that it belongs to.
type Row<'c> = (u32, &'c Values);

/// How a task stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Done, in time or without a day to be done by.
    Done,
    /// Done after its day.
    DoneLate,
    /// Not done, its day is to come.
    Due,
    /// Not done, its day has passed.
    Late,
    /// Not done, without a day to be done by.
    Open,
}

impl State {
    fn of(task: &Values, today: Date) -> State {
        let day = |f| if let Some(Value::Day(d)) = task.get(f) { Some(*d) } else { None };
        match (day(&policy::task::DONE_ON).filter(|d| *d <= today), day(&policy::task::DUE)) {
            (Some(done), Some(due)) if done > due => State::DoneLate,
            (Some(_), _) => State::Done,
            (None, Some(due)) if due < today => State::Late,
            (None, Some(_)) => State::Due,
            (None, None) => State::Open,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            State::Done => "done",
            State::DoneLate => "done-late",
            State::Due => "due",
            State::Late => "late",
            State::Open => "open",
        }
    }
}

/// The tables of some policies, for their own pages and those of their interpretations: tasks, then benefits.
pub(super) fn tables(ctx: &Ctx<'_>, lang: usize, policies: &[u32]) -> Vec<TableView> {
    let of = |benefits| policies.iter().flat_map(|p| rows(&ctx.public.items[*p as usize], benefits).iter().map(|r| (*p, r))).collect::<Vec<Row<'_>>>();
    [tasks_table(ctx, lang, &of(false)), benefits_table(ctx, lang, &of(true))].into_iter().flatten().collect()
}

fn plain(text: String) -> Vec<PartView> {
    vec![PartView { text, url: None, state: None }]
}

/// Empty cells say that nothing is stated.
fn filled(ctx: &Ctx<'_>, lang: usize, mut table: TableView) -> TableView {
    for cell in table.rows.iter_mut().flatten().filter(|c| c.is_empty()) {
        *cell = plain(ctx.say(lang, "missing"));
    }
    table
}

fn tasks_table(ctx: &Ctx<'_>, lang: usize, rows: &[Row<'_>]) -> Option<TableView> {
    let title = ctx.say(lang, "tasks.title");
    let mut out = filled(ctx, lang, table(ctx, lang, &policy::TASKS, "f-tasks".into(), title, &values(rows))?);
    // What is not done has no day on which it was: the state says so.
    for (row, (_, task)) in out.rows.iter_mut().zip(rows) {
        row.push(vec![standing_of(ctx, lang, task)]);
    }
    out.head.push(ctx.say(lang, "tasks.state"));
    out.note = Some(as_of(ctx, lang));
    Some(out)
}

/// The state of a task: of one that is not done yet as of the day of the build, turned by a script on the reader's.
fn standing_of(ctx: &Ctx<'_>, lang: usize, task: &Values) -> PartView {
    let state = State::of(task, ctx.public.as_of);
    let due = if let Some(Value::Day(d)) = task.get(&policy::task::DUE) { Some(*d) } else { None };
    if let (State::Due, Some(due)) = (state, due) {
        let (text, turns) = until(ctx, lang, due, ("due", "tasks.state.due"), ("late", "tasks.state.late"));
        return PartView { text, url: None, state: Some((state.code(), Some(turns))) };
    }
    PartView { text: ctx.say(lang, &format!("tasks.state.{}", state.code())), url: None, state: Some((state.code(), None)) }
}

fn benefits_table(ctx: &Ctx<'_>, lang: usize, rows: &[Row<'_>]) -> Option<TableView> {
    let title = ctx.say(lang, "benefits.title");
    let mut out = filled(ctx, lang, table(ctx, lang, &policy::BENEFITS, "f-benefits".into(), title, &values(rows))?);
    // Where it is over, and where the policy does not hold (yet), its last day says so.
    let at = out.fields.iter().position(|f| std::ptr::eq(*f, &policy::benefit::UNTIL));
    let states: Vec<&str> = rows.iter().map(|(i, r)| standing(ctx, *i, r)).collect();
    if at.is_none() && states.iter().all(|s| *s == OPEN) {
        return Some(out);
    }
    for (row, state) in out.rows.iter_mut().zip(states) {
        row.push(plain(ctx.say(lang, &format!("benefits.state.{state}"))));
    }
    out.head.push(ctx.say(lang, "tasks.state"));
    out.note = Some(as_of(ctx, lang));
    Some(out)
}

fn values<'c>(rows: &[Row<'c>]) -> Vec<&'c Values> {
    rows.iter().map(|(_, r)| *r).collect()
}

/// A benefit that can be had.
const OPEN: &str = "open";

/// Whether a benefit can be had on the day: the policy must hold, and its last day be to come.
fn standing(ctx: &Ctx<'_>, i: u32, benefit: &Values) -> &'static str {
    let past = matches!(benefit.get(&policy::benefit::UNTIL), Some(Value::Day(d)) if *d < ctx.public.as_of);
    match ctx.derived.validity[i as usize] {
        Some(Validity::Expired | Validity::Repealed) => "over",
        _ if past => "over",
        Some(Validity::NotYet) => "not-yet",
        Some(Validity::InForce | Validity::Amended) | None => OPEN,
    }
}

pub(super) fn as_of(ctx: &Ctx<'_>, lang: usize) -> String {
    ctx.theme.messages[lang].get("account.as_of", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default()
}

/// One answer to a question about a policy.
#[derive(Debug, Serialize)]
pub(super) struct AnswerView {
    q: String,
    url: String,
    html: String,
    /// The article that it is about.
    clause: Option<LinkView>,
    /// For machines.
    #[serde(skip)]
    plain: String,
}

/// The article of a policy that a question is about, with its address where the page of the policy has it.
fn clause(ctx: &Ctx<'_>, lang: usize, values: &Values, of: u32) -> Option<LinkView> {
    let Some(Value::Text(reference)) = values.get(&question::CLAUSE) else { return None };
    let item = &ctx.public.items[of as usize];
    let page = ctx.routes.item(lang, of, item)?;
    let anchor = crate::load::blocks::article(item.best(page.lang).doc.body(), ctx.config.allow_html, reference);
    Some(LinkView { title: reference.clone(), url: anchor.map_or(String::new(), |a| format!("{}#{}", page.url, crate::route::encode(&a))) })
}

/// Questions about a policy: those of the library first, then those that its interpretations answer.
pub(super) fn answers(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<AnswerView> {
    let r = &ctx.derived.relations[i as usize];
    let mut out = Vec::new();
    let library = r.named_by.iter().filter(|o| is(ctx, **o, question::TYPE.id));
    for &o in library {
        let item = &ctx.public.items[o as usize];
        let (Some(values), Some(page)) = (item.record(), ctx.routes.item(lang, o, item)) else { continue };
        let edition = item.best(lang);
        let body = edition.doc.body();
        out.push(AnswerView {
            q: edition.title.clone(),
            url: page.url.clone(),
            html: text(ctx, lang, item, &format!("qa-{}-", out.len() + 1), body).html,
            clause: clause(ctx, lang, values, i),
            plain: crate::load::outline::plain(body, ctx.config.allow_html),
        });
    }
    for &o in &r.explains {
        let item = &ctx.public.items[o as usize];
        let (Some(it), Some(page)) = (item.interpretation(), ctx.routes.item(lang, o, item)) else { continue };
        for (n, (q, a)) in it.qa.iter().enumerate() {
            out.push(AnswerView {
                q: q.clone(),
                url: format!("{}#qa-{}", page.url, n + 1),
                html: text(ctx, lang, item, &format!("qa-{}-", out.len() + 1), a).html,
                clause: None,
                plain: crate::load::outline::plain(a, ctx.config.allow_html),
            });
        }
    }
    out
}

fn is(ctx: &Ctx<'_>, i: u32, id: &str) -> bool {
    ctx.public.items[i as usize].kind.id == id
}

/// Items that name one, without the questions that its page shows whole.
pub(super) fn named_by_others(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<super::Group> {
    let questions = ctx.public.types.word(question::TYPE.id).map(|k| k.folder);
    let title = questions.map(|f| ctx.say(lang, &format!("type.{f}")));
    named_by(ctx, lang, i).into_iter().filter(|g| Some(&g.title) != title.as_ref()).collect()
}

/// schema.org FAQPage of questions with their answers.
pub(super) fn faq(ctx: &Ctx<'_>, lang: usize, url: &str, all: &[AnswerView]) -> Option<String> {
    let entity = |a: &AnswerView| json!({ "@type": "Question", "name": a.q, "acceptedAnswer": { "@type": "Answer", "text": a.plain.trim() } });
    let list: Vec<serde_json::Value> = all.iter().filter(|a| !a.plain.trim().is_empty()).map(entity).collect();
    let v = json!({
        "@context": "https://schema.org", "@type": "FAQPage", "url": url, "inLanguage": ctx.public.languages[lang].tag, "mainEntity": list,
    });
    (!list.is_empty()).then(|| crate::catalog::embedded(&v))
}

/// What the page of a type shows besides its declared fields.
#[derive(Default)]
pub(super) struct More {
    pub(super) facts: Vec<FactView>,
    pub(super) tables: Vec<TableView>,
    pub(super) ld: Option<String>,
    /// A field that is shown here, and by the common page not.
    pub(super) instead: Option<&'static Field>,
}

/// The same, of an item.
pub(super) fn more(ctx: &Ctx<'_>, lang: usize, item: &Item, values: &Values, url: &str) -> More {
    let mut out = More::default();
    let m = &ctx.theme.messages[lang];
    let name = |f| label(ctx, lang, item.kind.record, f);
    let id = item.kind.id;
    if id == question::TYPE.id {
        let policies = values.items().into_iter().filter_map(|(_, id)| ctx.derived.by_id.get(id).copied());
        let linked = policies.filter_map(|p| clause(ctx, lang, values, p)).next();
        if let Some(c) = linked.filter(|c| !c.url.is_empty()) {
            out.facts.push(FactView { label: name(&question::CLAUSE), value: c.title, url: Some(c.url) });
            out.instead = Some(&question::CLAUSE);
        }
        let edition = item.best(lang);
        let plain = crate::load::outline::plain(edition.doc.body(), ctx.config.allow_html);
        out.ld = faq(ctx, lang, url, &[AnswerView { q: edition.title.clone(), url: String::new(), html: String::new(), clause: None, plain }]);
    } else if id == event::TYPE.id {
        if crate::model::over_without_record(values, ctx.public.as_of).is_some() {
            let wanted = if survey(values) { &event::RESULT } else { &event::MINUTES };
            out.facts.push(FactView { label: name(wanted), value: String::new(), url: None });
        }
    } else if id == response::TYPE.id {
        let seen = if let Some(Value::Day(d)) = values.get(&response::SEEN_ON) { Some(*d) } else { None };
        // Said only where all the years between are known, and the order is possible.
        let days = seen.zip(item.published.map(|p| p.date)).filter(|(a, b)| a <= b).and_then(|(a, b)| ctx.public.calendar.working_days_between(a, b).ok());
        let value = days.map_or(String::new(), |n| m.count("responses.days", n as usize));
        out.facts.push(FactView { label: m.say("responses.taken"), value, url: None });
    } else if id == decision::TYPE.id {
        out.instead = Some(&decision::STEPS);
        out.tables.push(steps(ctx, lang, values));
    }
    out
}

fn survey(values: &Values) -> bool {
    matches!(values.get(&event::KIND), Some(Value::Code("survey")))
}

/// The five steps in their order, whether they are told or not.
fn steps(ctx: &Ctx<'_>, lang: usize, values: &Values) -> TableView {
    let told = if let Some(Value::Table(t)) = values.get(&decision::STEPS) { Some(t) } else { None };
    let columns = decision::step::RECORD.fields;
    let missing = || plain(ctx.say(lang, "missing"));
    let ahead = |t: &Values| matches!(t.get(&decision::step::ON), Some(Value::Day(d)) if *d > ctx.public.as_of);
    let row = |step: &&'static Field| {
        let mut row = vec![plain(label(ctx, lang, &decision::steps::RECORD, step))];
        match told.and_then(|t| t.get(step)) {
            Some(Value::Table(t)) => row.extend(columns.iter().map(|c| match t.get(c) {
                Some(v) => parts(ctx, lang, &decision::step::RECORD, c, v),
                None => missing(),
            })),
            _ => row.extend(columns.iter().map(|_| Vec::new())),
        }
        row.push(match told.and_then(|t| t.get(step)) {
            // A day that has not come is no step that was done.
            Some(Value::Table(t)) if ahead(t) => plain(ctx.say(lang, "decisions.ahead")),
            Some(Value::Table(_)) => plain(ctx.say(lang, "decisions.done")),
            Some(Value::Text(reason)) => plain(ctx.theme.messages[lang].get("decisions.reason", &[("reason", reason)]).unwrap_or_default()),
            _ => missing(),
        });
        row
    };
    let mut head = vec![ctx.say(lang, "decisions.step")];
    head.extend(columns.iter().map(|c| label(ctx, lang, &decision::step::RECORD, c)));
    head.push(ctx.say(lang, "decisions.state"));
    TableView {
        id: "f-steps".into(),
        title: label(ctx, lang, &decision::RECORD, &decision::STEPS),
        head,
        rows: decision::steps::RECORD.fields.iter().map(row).collect(),
        note: None,
        fields: Vec::new(),
    }
}

/// A part of one of the two pages: a department, or those whom something is for.
#[derive(Serialize)]
pub(super) struct PartOf {
    pub(super) id: String,
    pub(super) title: String,
    /// Of a department its page.
    pub(super) url: Option<String>,
    /// How many, and how they stand.
    pub(super) count: String,
    pub(super) table: TableView,
}

/// The page of tables that belong to departments, or to those whom something is for.
#[derive(Serialize)]
pub(super) struct View {
    pub(super) head: HeadView,
    pub(super) lead: String,
    /// How it is counted, below the lists: a heading and the text.
    pub(super) how: Option<(String, String)>,
    /// All parts in a sentence; empty where the lead says it.
    pub(super) total: String,
    pub(super) as_of: String,
    pub(super) parts: Vec<PartOf>,
    pub(super) csv: String,
    pub(super) json: String,
}

/// Every row with its policy, in the order of the list of policies.
fn all<'c>(ctx: &'c Ctx<'_>, benefits: bool) -> Vec<Row<'c>> {
    let list = ctx.derived.list(crate::types::POLICY).iter();
    list.flat_map(|i| rows(&ctx.public.items[*i as usize], benefits).iter().map(|r| (*i, r))).collect()
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Account(benefits, form) = entry.target else { return misrouted(entry) };
    let rows = all(ctx, benefits);
    match form {
        1 => csv(ctx, benefits, &rows),
        2 => {
            // What the tasks of a policy are called follows from all of them.
            let mut keys = Vec::new();
            for (k, (i, _)) in rows.iter().enumerate() {
                if !benefits && (k == 0 || rows[k - 1].0 != *i) {
                    let tasks = ctx.public.items[*i as usize].policy().map_or(&[][..], |p| &p.tasks);
                    keys.extend(crate::indicators::task_keys(tasks, &ctx.public.departments));
                }
            }
            let list: Vec<serde_json::Value> =
                rows.iter().enumerate().map(|(k, (i, r))| whole(ctx, *i, r, benefits, keys.get(k).map(String::as_str))).collect();
            let name = if benefits { "benefits" } else { "tasks" };
            Ok(Made::Bytes(format!("{}\n", json!({ "as_of": ctx.public.as_of.to_string(), name: list })).into_bytes()))
        }
        _ => {
            let (lang, name) = (entry.lang, if benefits { "benefits" } else { "tasks" });
            let column = ctx.public.columns.iter().position(|c| c.path == "policies");
            let mut crumbs = ctx.crumbs(lang, column);
            crumbs.truncate(2);
            let view = View {
                head: ctx.head(entry, &ctx.say(lang, &format!("{name}.title")), crumbs),
                lead: ctx.say(lang, &format!("{name}.lead")),
                how: None,
                total: String::new(),
                as_of: as_of(ctx, lang),
                parts: if benefits { by_audience(ctx, lang, &rows) } else { by_department(ctx, lang, &rows) },
                csv: ctx.url(0, &Target::Account(benefits, 1)).to_string(),
                json: ctx.url(0, &Target::Account(benefits, 2)).to_string(),
            };
            ctx.render(entry, "pages/account.html", &view)
        }
    }
}

/// The policy of each row, as a column of its own.
fn with_policy(ctx: &Ctx<'_>, lang: usize, mut table: TableView, rows: &[Row<'_>]) -> TableView {
    for (cells, (i, _)) in table.rows.iter_mut().zip(rows) {
        let item = &ctx.public.items[*i as usize];
        cells.push(vec![PartView { text: item.best(lang).title.clone(), url: ctx.routes.item(lang, *i, item).map(|e| e.url.clone()), state: None }]);
    }
    table.head.push(ctx.say(lang, "account.policy"));
    table.note = None;
    table
}

fn by_department(ctx: &Ctx<'_>, lang: usize, rows: &[Row<'_>]) -> Vec<PartOf> {
    // Departments in the order of their file; tasks of nobody last.
    let mut groups: BTreeMap<usize, Vec<Row<'_>>> = BTreeMap::new();
    for row in rows {
        let who: Vec<usize> = departments(row.1);
        let who = if who.is_empty() { vec![usize::MAX] } else { who };
        who.into_iter().for_each(|d| groups.entry(d).or_default().push(*row));
    }
    let due = |r: &Values| if let Some(Value::Day(d)) = r.get(&policy::task::DUE) { Some(*d) } else { None };
    let part = |(d, mut list): (usize, Vec<Row<'_>>)| {
        list.sort_by_key(|(_, r)| (due(r).is_none(), due(r)));
        let known = ctx.public.departments.get(d);
        let count = |state: &[State]| list.iter().filter(|(_, v)| state.contains(&State::of(v, ctx.public.as_of))).count().to_string();
        let args = [
            ("n", list.len().to_string()),
            ("done", count(&[State::Done, State::DoneLate])),
            ("due", count(&[State::Due, State::Open])),
            ("late", count(&[State::Late])),
        ];
        Some(PartOf {
            id: format!("d-{}", known.map_or("none", |k| &*k.id)),
            title: known.map_or_else(|| ctx.say(lang, "missing"), |k| k.name.get(lang).to_string()),
            url: ctx.routes.get(lang, &Target::Department(d as u32, 0)).map(|e| e.url.clone()),
            count: ctx.theme.messages[lang].get("tasks.count", &args).unwrap_or_default(),
            table: with_policy(ctx, lang, tasks_table(ctx, lang, &list)?, &list),
        })
    };
    groups.into_iter().filter_map(part).collect()
}

fn by_audience(ctx: &Ctx<'_>, lang: usize, rows: &[Row<'_>]) -> Vec<PartOf> {
    let mut groups: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for row in rows {
        let who = texts(row.1, &policy::benefit::WHO);
        let none: &[&str] = if who.is_empty() { &[""] } else { &[] };
        for who in who.iter().chain(none) {
            let list = groups.entry(*who).or_default();
            if !list.iter().any(|(_, r)| std::ptr::eq(*r, row.1)) {
                list.push(*row);
            }
        }
    }
    let part = |(n, (who, mut list)): (usize, (&str, Vec<Row<'_>>))| {
        // What can still be had comes first.
        list.sort_by_key(|(i, r)| standing(ctx, *i, r) != OPEN);
        let left = list.iter().filter(|(i, r)| standing(ctx, *i, r) == OPEN).count();
        Some(PartOf {
            id: format!("w-{}", n + 1),
            title: if who.is_empty() { ctx.say(lang, "missing") } else { who.to_string() },
            url: None,
            count: ctx.theme.messages[lang].get("benefits.count", &[("n", left.to_string()), ("of", list.len().to_string())]).unwrap_or_default(),
            table: with_policy(ctx, lang, benefits_table(ctx, lang, &list)?, &list),
        })
    };
    groups.into_iter().enumerate().filter_map(part).collect()
}

fn departments(task: &Values) -> Vec<usize> {
    let Some(Value::List(all)) = task.get(&policy::task::DEPARTMENT) else { return Vec::new() };
    let mut out = Vec::new();
    for d in all.iter().filter_map(|v| if let Value::Department(d) = v { Some(*d) } else { None }) {
        if !out.contains(&d) {
            out.push(d);
        }
    }
    out
}

fn texts<'v>(values: &'v Values, field: &'static Field) -> Vec<&'v str> {
    let Some(Value::List(all)) = values.get(field) else { return Vec::new() };
    all.iter().filter_map(|v| if let Value::Text(t) = v { Some(t.as_str()) } else { None }).collect()
}

/// A value as data: lists joined, days as they are.
fn datum(ctx: &Ctx<'_>, value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Text(t) | Value::Web(t)) => vec![t.clone()],
        Some(Value::Said(t)) => vec![t.get(0).to_string()],
        Some(Value::Markdown(t)) => vec![crate::load::outline::plain(t.get(0), ctx.config.allow_html).trim().to_string()],
        Some(Value::Day(d)) => vec![d.to_string()],
        Some(Value::Department(d)) => vec![ctx.public.departments[*d].name.get(0).to_string()],
        Some(Value::List(all)) => all.iter().flat_map(|v| datum(ctx, Some(v))).collect(),
        _ => Vec::new(),
    }
}

fn fields(benefits: bool) -> &'static [&'static Field] {
    if benefits { policy::benefit::RECORD.fields } else { policy::task::RECORD.fields }
}

fn csv(ctx: &Ctx<'_>, benefits: bool, rows: &[Row<'_>]) -> MakeResult {
    let keys = fields(benefits).iter().map(|f| f.key);
    let mut table: Vec<Vec<String>> = vec![["policy", "title"].into_iter().chain(keys).chain(["state"]).map(String::from).collect()];
    for (i, r) in rows {
        let item = &ctx.public.items[*i as usize];
        let mut row = vec![item.id.to_string(), item.editions[0].title.clone()];
        row.extend(fields(benefits).iter().map(|f| datum(ctx, r.get(f)).join("; ")));
        row.push(state(ctx, *i, r, benefits).into());
        table.push(row);
    }
    Ok(Made::Bytes(spreadsheet::csv(table)))
}

fn state(ctx: &Ctx<'_>, i: u32, row: &Values, benefits: bool) -> &'static str {
    if benefits { standing(ctx, i, row) } else { State::of(row, ctx.public.as_of).code() }
}

fn whole(ctx: &Ctx<'_>, i: u32, row: &Values, benefits: bool, key: Option<&str>) -> serde_json::Value {
    let item = &ctx.public.items[i as usize];
    let mut out = serde_json::Map::new();
    // As scorecards name it.
    if !benefits {
        out.insert("id".into(), json!(key.map(|k| format!("{}#task-{k}", item.id))));
    }
    out.insert("policy".into(), json!(&*item.id));
    out.insert("title".into(), json!(item.editions[0].title));
    let url = ctx.routes.item(0, i, item).map(|e| ctx.absolute(&e.url));
    out.insert("url".into(), json!(url));
    for f in fields(benefits) {
        let list = datum(ctx, row.get(f));
        let value = match (&f.kind, list.first()) {
            (crate::schema::FieldKind::List(_), _) => json!(list),
            (_, Some(one)) => json!(one),
            (_, None) => serde_json::Value::Null,
        };
        out.insert(f.key.into(), value);
    }
    out.insert("state".into(), json!(state(ctx, i, row, benefits)));
    serde_json::Value::Object(out)
}

/// Addresses of the two pages, where they are there.
pub(super) fn pages(ctx: &Ctx<'_>, lang: usize) -> Vec<LinkView> {
    let one =
        |(benefits, key): (bool, &str)| Some(LinkView { title: ctx.say(lang, key), url: ctx.routes.get(lang, &Target::Account(benefits, 0))?.url.clone() });
    let duty = ctx.routes.get(lang, &Target::Duty(0)).map(|e| LinkView { title: ctx.say(lang, "duty.title"), url: e.url.clone() });
    [(true, "benefits.title"), (false, "tasks.title")].into_iter().filter_map(one).chain(duty).collect()
}
