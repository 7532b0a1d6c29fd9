//! Annual reports: the list of all, and each with the tables of the official form.

use super::requests::listed;
use super::{CellView, ListView, cell, lists};
use crate::config::Localized;
use crate::derive::counted::UNKNOWN;
use crate::model::disclosure::Report;
use crate::model::disclosure::tables::{ACTIVE, DISPUTES, KINDS, Row, with_unsaid};
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Made, Section, Target};
use serde::Serialize;

pub(super) fn list(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let view = ListView {
        head: ctx.head(entry, &ctx.disclosure_name(lang, "reports"), ctx.disclosure_crumbs(lang, &[])),
        lead: ctx.theme.messages[lang].count("disclosure.reports.count", ctx.public.disclosure.reports.len() + ctx.public.disclosure.websites.len()),
        files: Vec::new(),
        cards: String::new(),
        empty: String::new(),
        links: lists::report_links(ctx, lang),
        entries: Vec::new(),
        pager: None,
    };
    ctx.render(entry, "pages/disclosure_list.html", &view)
}

#[derive(Serialize)]
pub(super) struct View {
    pub(super) head: HeadView,
    pub(super) byline: String,
    pub(super) files: Vec<LinkView>,
    /// What is not counted.
    pub(super) more: Vec<LinkView>,
    pub(super) parts: Vec<PartView>,
}

#[derive(Serialize)]
pub(super) struct PartView {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) tables: Vec<GridView>,
    pub(super) notes: Vec<String>,
}

/// A table of the form.
#[derive(Debug, Default, Serialize)]
pub(super) struct GridView {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    /// Label, indented so often, and the cells.
    pub(super) rows: Vec<(String, u8, Vec<CellView>)>,
}

/// The title of a report.
pub(super) fn title(ctx: &Ctx<'_>, lang: usize, r: &Report) -> String {
    let key = if ctx.config.disclosure.chinese { "report.title" } else { "report.title.foi" };
    let args = [("department", ctx.public.departments[r.department].name.get(lang).to_string()), ("year", r.year.to_string())];
    ctx.theme.messages[lang].get(key, &args).unwrap_or_default()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let lang = entry.lang;
    let Some(r) = ctx.public.disclosure.reports.get(i as usize) else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let text = |key: &str| super::super::site_text(ctx, lang, &format!("{key}-"), r.text(key).unwrap_or(&Localized::default()).get(lang));
    let part =
        |n: u8, text: String, tables: Vec<GridView>, notes: Vec<String>| PartView { title: said(ctx, lang, &format!("report.part.{n}")), text, tables, notes };
    let (counts, unknown) = &ctx.derived.disclosed.reports[i as usize];
    let mut notes = Vec::new();
    if r.counted && !counts.is_empty() {
        notes.push(m.say("report.counted"));
    } else if r.counted && *unknown == 0 {
        notes.push(m.say("report.no_register"));
    }
    if *unknown > 0 {
        notes.push(m.count("report.unknown", *unknown));
    }
    let several = |t: GridView| if t.rows.is_empty() { Vec::new() } else { vec![t] };
    let requests = if counts.is_empty() { Vec::new() } else { vec![requests(ctx, lang, r, i)] };
    let view = View {
        head: ctx.head(entry, &title(ctx, lang, r), ctx.disclosure_crumbs(lang, &[Section::Reports])),
        byline: r.published.map_or(String::new(), |d| m.get("report.published", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        files: ctx.disclosure_files(lang, Made::Report(i), &[(Form::Csv, "CSV")]),
        more: figure_url(ctx, lang, i, UNKNOWN, None).into_iter().map(|url| LinkView { title: m.say("report.unknown.list"), url }).collect(),
        parts: if ctx.config.disclosure.chinese {
            vec![
                part(1, text("general"), Vec::new(), Vec::new()),
                part(2, String::new(), active(ctx, lang, r), Vec::new()),
                part(3, String::new(), requests, notes),
                part(4, text("disputes_text"), several(disputes(ctx, lang, r)), Vec::new()),
                part(5, text("problems"), Vec::new(), Vec::new()),
                part(6, text("other"), Vec::new(), Vec::new()),
            ]
        } else {
            // Abroad there is no table of what the Chinese regulations list.
            vec![
                part(1, text("general"), Vec::new(), Vec::new()),
                part(2, String::new(), requests, notes),
                part(3, text("disputes_text"), several(disputes(ctx, lang, r)), Vec::new()),
                part(4, text("problems"), Vec::new(), Vec::new()),
                part(5, text("other"), Vec::new(), Vec::new()),
            ]
        },
    };
    ctx.render(entry, "pages/disclosure_report.html", &view)
}

/// A word of the form; under the generic scheme that of reports on access to information, where it is another.
fn said(ctx: &Ctx<'_>, lang: usize, key: &str) -> String {
    let m = &ctx.theme.messages[lang];
    let abroad = (!ctx.config.disclosure.chinese).then(|| m.get::<&str, &str>(&format!("foi.{key}"), &[])).flatten();
    abroad.unwrap_or_else(|| m.say(key))
}

/// Rows that stand in a report abroad even where nothing is counted in them; of the others only those that have a number.
const CORE: &[&str] = &["new", "carried", "open", "partial", "not_held", "total", "next"];

fn num(text: impl Into<String>) -> CellView {
    CellView { num: true, ..cell(text) }
}

/// Table two: one a kind of columns.
pub(super) fn active(ctx: &Ctx<'_>, lang: usize, r: &Report) -> Vec<GridView> {
    let mut out: Vec<GridView> = Vec::new();
    if !ctx.config.disclosure.chinese {
        return out;
    }
    let form = if r.old { "2019" } else { "2021" };
    let say = |k: &str| ctx.say(lang, k);
    for group in [&["rules", "normative"][..], &["permits", "services", "penalties", "coercion"], &["fees"], &["procurement"]] {
        let mine = ACTIVE.iter().filter(|(k, new, old, _)| group.contains(k) && if r.old { *old > 0 } else { *new > 0 });
        let rows: Vec<(String, u8, Vec<CellView>)> = mine
            .filter_map(|(key, ..)| {
                let (_, cells, _) = r.active.iter().find(|(k, ..)| k == key)?;
                Some((say(&format!("report.active.{key}")), 0, cells.iter().map(num).collect()))
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        let width = rows.iter().map(|r| r.2.len()).max().unwrap_or(0);
        let head = (1..=width).map(|n| say(&format!("report.active.{form}.{}.{n}", group[0])));
        let head = std::iter::once(say("report.content")).chain(head).collect();
        out.push(GridView { caption: say(&format!("report.active.{}.caption", group[0])), head, rows });
    }
    out
}

/// Table three.
pub(super) fn requests(ctx: &Ctx<'_>, lang: usize, r: &Report, i: u32) -> GridView {
    let (counts, _) = &ctx.derived.disclosed.reports[i as usize];
    let say = |k: &str| said(ctx, lang, k);
    let shown = |row: &&Row| ctx.config.disclosure.chinese || CORE.contains(&row.key) || counts.get(row.key).is_some_and(|c| c.iter().any(|n| *n > 0));
    let head = std::iter::once(say("report.row")).chain(KINDS.iter().map(|k| say(&format!("applicant.{k}")))).chain([say("report.sum")]).collect();
    let mut list: Vec<(String, u8, Vec<CellView>)> = Vec::new();
    let mut group = "";
    let there = |key: &str| counts.get(key).is_some_and(|c| c.iter().any(|n| *n > 0));
    list.extend(with_unsaid(r.old, &there).into_iter().filter(shown).flat_map(|row: &Row| {
        let mut out = Vec::new();
        if row.leaf && (row.key == "open" || (row.group != group && !row.group.is_empty())) {
            if row.key == "open" {
                out.push((say("report.results"), 0, Vec::new()));
            }
            if !row.group.is_empty() {
                group = row.group;
                out.push((say(&format!("report.group.{}", row.group)), 1, Vec::new()));
            }
        }
        let depth = if !row.leaf && row.key != "total" {
            0
        } else if row.group.is_empty() {
            1
        } else {
            2
        };
        let cells = match counts.get(row.key) {
            Some(c) => {
                let sum = c.iter().fold(0u64, |a, b| a.saturating_add(*b));
                let cells = c.iter().enumerate().map(|(k, n)| (Some(k), *n)).chain([(None, sum)]);
                cells.map(|(kind, n)| CellView { url: figure_url(ctx, lang, i, row.key, kind).unwrap_or_default(), ..num(n.to_string()) }).collect()
            }
            None => (0..7).map(|_| num(ctx.unsaid(lang))).collect(),
        };
        out.push((say(&format!("report.row.{}", row.key)), depth, cells));
        out
    }));
    GridView { caption: say("report.requests.caption"), head, rows: list }
}

/// The page of what a figure counts; `None` of a figure that is typed, or 0.
fn figure_url(ctx: &Ctx<'_>, lang: usize, i: u32, row: &str, kind: Option<usize>) -> Option<String> {
    let all = ctx.derived.disclosed.counted.reports.get(i as usize)?;
    let n = all.iter().position(|f| f.row == row && f.kind == kind)?;
    Some(ctx.url(lang, &Target::Disclosure(Section::ReportItems(i, n as u32, 0))).to_string())
}

/// The requests that a figure counts.
pub(super) fn items(ctx: &Ctx<'_>, entry: &Entry, i: u32, n: u32, page: u32) -> MakeResult {
    let (lang, m) = (entry.lang, &ctx.theme.messages[entry.lang]);
    let figure = ctx.derived.disclosed.counted.reports.get(i as usize).and_then(|l| l.get(n as usize));
    let (Some(r), Some(f)) = (ctx.public.disclosure.reports.get(i as usize), figure) else { return misrouted(entry) };
    let row = if f.row == UNKNOWN { m.say("report.unknown.list") } else { said(ctx, lang, &format!("report.row.{}", f.row)) };
    let kind = if f.row == UNKNOWN {
        None
    } else {
        Some(f.kind.map_or_else(|| said(ctx, lang, "report.sum"), |k| said(ctx, lang, &format!("applicant.{}", KINDS[k]))))
    };
    let what = match kind {
        Some(kind) => format!("{row} · {kind}"),
        None => row,
    };
    let heading = m.get("report.cell", &[("report", title(ctx, lang, r)), ("what", what)]).unwrap_or_default();
    let mut crumbs = ctx.disclosure_crumbs(lang, &[Section::Reports]);
    crumbs.push(LinkView { title: title(ctx, lang, r), url: ctx.url(lang, &Target::Disclosure(Section::Report(i))).to_string() });
    listed(ctx, entry, (heading, crumbs), &f.rows, page, &|p| Target::Disclosure(Section::ReportItems(i, n, p)))
}

/// Table four.
pub(super) fn disputes(ctx: &Ctx<'_>, lang: usize, r: &Report) -> GridView {
    let say = |k: &str| said(ctx, lang, k);
    let head = ["report.row", "report.dispute.upheld", "report.dispute.corrected", "report.dispute.other", "report.dispute.pending", "report.sum"].map(say);
    let rows = DISPUTES.iter().filter_map(|key| {
        let (_, n) = r.disputes.iter().find(|(k, _)| k == key)?;
        Some((say(&format!("report.dispute.{key}")), 0, n.cells.iter().map(|c| num(c.to_string())).chain([num(n.sum().to_string())]).collect()))
    });
    GridView { caption: say("report.disputes.caption"), head: head.into_iter().collect(), rows: rows.collect() }
}
