//! Rules, classes of the law, catalogue, plan, exceptions.

use super::{CellView, ListView, ROWS, Rows, TableView, cell, link, number};
use crate::derive::disclosure::Row;
use crate::output::MakeResult;
use crate::render::view::{LinkView, PagerView};
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Made, Section, Target};

const FILES: [(Form, &str); 2] = [(Form::Csv, "CSV"), (Form::Json, "JSON")];

pub(super) fn rules(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let view = ListView {
        head: ctx.head(entry, &ctx.disclosure_name(lang, "rules"), ctx.disclosure_crumbs(lang, &[])),
        lead: String::new(),
        files: Vec::new(),
        cards: ctx.links(lang, &ctx.derived.disclosed.rules),
        empty: String::new(),
        links: Vec::new(),
        entries: Vec::new(),
        pager: None,
    };
    ctx.render(entry, "pages/disclosure_list.html", &view)
}

/// Why a class has nothing, or that nobody says.
fn state(ctx: &Ctx<'_>, lang: usize, n: usize) -> CellView {
    let (all, class) = (&ctx.public.disclosure, &ctx.derived.disclosed.classes[n]);
    if !class.items.is_empty() {
        return cell("");
    }
    let mine = || class.entries.iter().map(|e| &all.entries()[*e]);
    if let Some(e) = mine().find(|e| !e.none.is_empty()) {
        return cell(e.none.get(lang));
    }
    if let Some(e) = mine().find(|e| e.url.is_some()) {
        return link(ctx.say(lang, "disclosure.elsewhere"), e.url.clone().unwrap_or_default());
    }
    CellView { warn: true, ..cell(ctx.say(lang, "disclosure.nothing")) }
}

pub(super) fn classes(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, all) = (entry.lang, &ctx.public.disclosure);
    let rows = all.nodes.iter().enumerate().map(|(n, node)| {
        let class = &ctx.derived.disclosed.classes[n];
        vec![
            cell(if node.due() { node.code.clone() } else { String::new() }),
            link(ctx.class_name(lang, node), ctx.url(lang, &Target::Disclosure(Section::Class(n as u32, 0)))),
            number(class.items.len()),
            cell(class.last.map_or(String::new(), |d| ctx.date(lang, d))),
            state(ctx, lang, n),
        ]
    });
    let view = TableView {
        head: ctx.head(entry, &ctx.disclosure_name(lang, "classes"), ctx.disclosure_crumbs(lang, &[])),
        lead: ctx.disclosure_name(lang, "classes.lead"),
        files: ctx.disclosure_files(lang, Made::Catalogue, &[(Form::Csv, "CSV"), (Form::Xlsx, "XLSX"), (Form::Json, "JSON")]),
        caption: ctx.disclosure_name(lang, "classes"),
        columns: columns(ctx, lang, &["code", "class", "count#", "last", "state"]),
        rows: Rows::Cells(rows.collect()),
        empty: String::new(),
        pager: None,
        foot: Vec::new(),
    };
    ctx.render(entry, "pages/disclosure_table.html", &view)
}

/// Names of columns; `#` behind one of numbers.
pub(super) fn columns(ctx: &Ctx<'_>, lang: usize, keys: &[&str]) -> Vec<(String, bool)> {
    keys.iter().map(|k| (ctx.say(lang, &format!("disclosure.column.{}", k.trim_end_matches('#'))), k.ends_with('#'))).collect()
}

pub(super) fn class(ctx: &Ctx<'_>, entry: &Entry, n: u32, page: u32) -> MakeResult {
    let (lang, all) = (entry.lang, &ctx.public.disclosure);
    let Some(node) = all.nodes.get(n as usize) else { return misrouted(entry) };
    let class = &ctx.derived.disclosed.classes[n as usize];
    let entries = if page > 0 { Vec::new() } else { class.entries.iter().map(|e| facts(ctx, lang, *e)).collect() };
    let empty = if class.items.is_empty() { state(ctx, lang, n as usize).text } else { String::new() };
    let view = ListView {
        head: ctx.head(entry, &ctx.class_name(lang, node), ctx.disclosure_crumbs(lang, &[Section::Classes])),
        lead: if class.items.is_empty() { String::new() } else { ctx.theme.messages[lang].count("list.count", class.items.len()) },
        files: Vec::new(),
        cards: ctx.links(lang, ctx.slice(&class.items, page)),
        empty,
        links: Vec::new(),
        entries,
        pager: ctx.pager(lang, page, class.items.len(), &|p| Target::Disclosure(Section::Class(n, p))),
    };
    ctx.render(entry, "pages/disclosure_list.html", &view)
}

/// An entry with all that it says.
fn facts(ctx: &Ctx<'_>, lang: usize, e: usize) -> Vec<(String, CellView)> {
    let entry = &ctx.public.disclosure.entries()[e];
    let join = |l: &[String]| l.join(ctx.separator(lang));
    let owner = entry.department.map_or(String::new(), |d| ctx.department_names(lang, &[d]));
    let owner = [owner.as_str(), entry.office.get(lang)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let mode = entry.mode.map_or(String::new(), |m| ctx.say(lang, &format!("disclosure.{m}")));
    let mut out: Vec<(String, CellView)> = Vec::new();
    let mut add = |key: &str, text: String| out.push((ctx.say(lang, &format!("entry.{key}")), cell(text)));
    add("title", entry.title.get(lang).to_string());
    for (key, text) in [
        ("index_no", entry.index_no.clone().unwrap_or_default()),
        ("doc_no", entry.doc_no.clone().unwrap_or_default()),
        ("produced_on", entry.produced.map_or(String::new(), |d| ctx.date(lang, d))),
        ("item", join(&entry.item)),
        ("elements", join(&entry.elements)),
        ("form", join(&entry.form)),
        ("summary", entry.summary.get(lang).to_string()),
        ("time_limit", entry.time_limit.clone().unwrap_or_default()),
        ("basis", join(&entry.basis)),
        ("review", entry.review.get(lang).to_string()),
        ("owner", owner),
        ("channels", join(&entry.channels)),
        ("audience", entry.audience.get(lang).to_string()),
        ("mode", mode),
        ("levels", join(&entry.levels)),
        ("none", entry.none.get(lang).to_string()),
    ] {
        if !text.is_empty() {
            add(key, text);
        }
    }
    if let Some(url) = &entry.url {
        out.push((ctx.say(lang, "entry.url"), link(url.clone(), url.clone())));
    }
    out
}

pub(super) fn catalogue(ctx: &Ctx<'_>, entry: &Entry, page: u32) -> MakeResult {
    let (lang, all, derived) = (entry.lang, &ctx.public.disclosure, &ctx.derived.disclosed);
    let from = (page as usize * ROWS).min(derived.rows.len());
    let slice = &derived.rows[from..(from + ROWS).min(derived.rows.len())];
    let rows = slice.iter().map(|r| match r {
        Row::Entry(e) => {
            let one = &all.entries()[*e];
            let node = all.nodes.iter().position(|n| crate::model::disclosure::stands(one, n));
            let url = node.map_or(String::new(), |n| ctx.url(lang, &Target::Disclosure(Section::Class(n as u32, 0))).to_string());
            let class = node.map_or(String::new(), |n| ctx.class_name(lang, &all.nodes[n]));
            let class = if same(&class, one.title.get(lang)) { String::new() } else { class };
            vec![
                cell(one.index_no.clone().unwrap_or_default()),
                CellView { note: class, ..link(one.title.get(lang), url) },
                cell(one.time_limit.clone().unwrap_or_default()),
                cell(one.department.map_or(String::new(), |d| ctx.department_names(lang, &[d]))),
                cell(one.produced.map_or(String::new(), |d| ctx.date(lang, d))),
                number(derived.items[*e].len()),
            ]
        }
        Row::Item(i) => {
            let item = &ctx.public.items[*i as usize];
            let url = ctx.routes.item(lang, *i, item).map_or(String::new(), |e| e.url.clone());
            let class = derived.class_of.get(i).map_or(String::new(), |n| ctx.class_name(lang, &all.nodes[*n]));
            vec![
                cell(item.policy().and_then(|p| p.index_no.clone()).unwrap_or_default()),
                CellView { note: class, ..link(item.best(lang).title.clone(), url) },
                cell(""),
                cell(ctx.issuers(lang, item)),
                cell(item.formed.or(item.day()).map_or(String::new(), |d| ctx.date(lang, d))),
                cell(""),
            ]
        }
    });
    let title = ctx.disclosure_name(lang, "catalogue");
    let m = &ctx.theme.messages[lang];
    let view = TableView {
        head: ctx.head(entry, &title, ctx.disclosure_crumbs(lang, &[])),
        lead: m.count("disclosure.catalogue.count", derived.rows.len()),
        files: ctx.disclosure_files(lang, Made::Catalogue, &[(Form::Csv, "CSV"), (Form::Xlsx, "XLSX"), (Form::Json, "JSON")]),
        caption: title,
        columns: columns(ctx, lang, &["index_no", "title", "time_limit", "department", "produced_on", "count#"]),
        rows: Rows::Cells(rows.collect()),
        empty: String::new(),
        pager: pager(ctx, lang, page, derived.rows.len(), &|p| Target::Disclosure(Section::Catalogue(p))),
        foot: Vec::new(),
    };
    ctx.render(entry, "pages/disclosure_table.html", &view)
}

/// Whether two names say the same, in the same words.
fn same(a: &str, b: &str) -> bool {
    let words = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    words(a) == words(b)
}

/// Paging by the rows of a table.
pub(super) fn pager(ctx: &Ctx<'_>, lang: usize, page: u32, total: usize, at: &dyn Fn(u32) -> Target) -> Option<PagerView> {
    let count = total.div_ceil(ROWS).max(1) as u32;
    if count == 1 {
        return None;
    }
    let url = |p: u32| ctx.url(lang, &at(p)).to_string();
    let near = |p: &u32| *p == 0 || *p + 1 == count || p.abs_diff(page) <= 2;
    let args = [("page".to_string(), (page + 1).to_string()), ("pages".to_string(), count.to_string())];
    Some(PagerView {
        text: ctx.theme.messages[lang].get("pager.text", &args).unwrap_or_default(),
        prev: (page > 0).then(|| url(page - 1)),
        next: (page + 1 < count).then(|| url(page + 1)),
        pages: (0..count).filter(near).map(|p| (p as usize + 1, url(p), p == page)).collect(),
    })
}

/// The day on which an item came out: of a dataset that of its first issue.
pub(super) fn out(ctx: &Ctx<'_>, i: u32) -> Option<jiff::civil::Date> {
    let item = &ctx.public.items[i as usize];
    item.published.map(|m| m.date).or_else(|| item.day())
}

pub(super) fn plan(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, day) = (entry.lang, ctx.public.as_of);
    let Some(plan) = &ctx.public.disclosure.plan else { return misrouted(entry) };
    let mut list: Vec<_> = plan.list.iter().collect();
    list.sort_by_key(|p| (p.by, p.at));
    let rows = list.into_iter().map(|p| {
        let done = p.item.as_ref().and_then(|id| ctx.derived.by_id.get(id)).copied();
        let late = done.is_none() && p.by.is_some_and(|d| d < day);
        let state = if done.is_some() {
            "done"
        } else if late {
            "late"
        } else {
            "open"
        };
        let what = match done {
            Some(i) => link(p.what.get(lang), ctx.routes.item(lang, i, &ctx.public.items[i as usize]).map_or("", |e| &e.url)),
            None => cell(p.what.get(lang)),
        };
        let from = p.from_request.as_ref().map(|n| ctx.theme.messages[lang].get("disclosure.from_request", &[("no", n)]).unwrap_or_default());
        vec![
            CellView { note: from.unwrap_or_default(), ..what },
            cell(p.department.map_or(ctx.unsaid(lang), |d| ctx.department_names(lang, &[d]))),
            cell(p.by.map_or(ctx.unsaid(lang), |d| ctx.date(lang, d))),
            cell(p.priority.map_or(String::new(), |w| ctx.say(lang, &format!("disclosure.priority.{w}")))),
            match p.late_by(done.and_then(|i| out(ctx, i))) {
                Some(days) => CellView { warn: true, ..cell(ctx.theme.messages[lang].count("disclosure.plan.done_late", days as usize)) },
                None => CellView { warn: late, ..cell(ctx.say(lang, &format!("disclosure.plan.{state}"))) },
            },
        ]
    });
    let title = ctx.disclosure_name(lang, "plan");
    let view = TableView {
        head: ctx.head(entry, &title, ctx.disclosure_crumbs(lang, &[])),
        lead: as_of(ctx, lang),
        files: ctx.disclosure_files(lang, Made::Plan, &FILES),
        columns: columns(ctx, lang, &["what", "department", "by", "priority", "state"]),
        rows: Rows::Cells(rows.collect()),
        caption: title,
        empty: ctx.say(lang, "disclosure.none"),
        pager: None,
        foot: Vec::new(),
    };
    ctx.render(entry, "pages/disclosure_table.html", &view)
}

/// As of which day the page speaks.
pub(super) fn as_of(ctx: &Ctx<'_>, lang: usize) -> String {
    ctx.theme.messages[lang].get("disclosure.as_of", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default()
}

pub(super) fn exceptions(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let (lang, day) = (entry.lang, ctx.public.as_of);
    let Some(list) = &ctx.public.disclosure.exceptions else { return misrouted(entry) };
    let rows = list.list.iter().map(|w| {
        let late = w.review.is_some_and(|d| d < day);
        let note = if late { ctx.say(lang, "disclosure.review_late") } else { String::new() };
        vec![
            cell(w.title.get(lang)),
            CellView {
                note: w.article.clone().filter(|_| w.ground.is_some()).unwrap_or_default(),
                ..cell(match (w.ground, &w.article) {
                    (Some(g), _) => ctx.disclosure_name(lang, &format!("ground.{g}")),
                    (None, Some(a)) => a.clone(),
                    (None, None) => ctx.unsaid(lang),
                })
            },
            cell(w.department.map_or(ctx.unsaid(lang), |d| ctx.department_names(lang, &[d]))),
            cell(w.decided.map_or(ctx.unsaid(lang), |d| ctx.date(lang, d))),
            CellView { note, warn: late, ..cell(w.review.map_or(String::new(), |d| ctx.date(lang, d))) },
        ]
    });
    let title = ctx.disclosure_name(lang, "exceptions");
    let view = TableView {
        head: ctx.head(entry, &title, ctx.disclosure_crumbs(lang, &[])),
        lead: ctx.disclosure_name(lang, "exceptions.lead"),
        files: ctx.disclosure_files(lang, Made::Exceptions, &FILES),
        columns: columns(ctx, lang, &["title", "ground", "department", "decided_on", "review_on"]),
        rows: Rows::Cells(rows.collect()),
        caption: title,
        empty: ctx.say(lang, "disclosure.none"),
        pager: None,
        foot: vec![as_of(ctx, lang)],
    };
    ctx.render(entry, "pages/disclosure_table.html", &view)
}

/// The yearly reports of a department.
pub fn reports_of(ctx: &Ctx<'_>, lang: usize, department: usize) -> Vec<LinkView> {
    let mine = ctx.public.disclosure.reports.iter().enumerate().filter(|(_, r)| r.department == department);
    mine.map(|(i, r)| LinkView {
        title: ctx.theme.messages[lang].get("report.year", &[("year", r.year.to_string())]).unwrap_or_default(),
        url: ctx.url(lang, &Target::Disclosure(Section::Report(i as u32))).to_string(),
    })
    .collect()
}

/// Links to the reports of all departments and of the site.
pub(super) fn report_links(ctx: &Ctx<'_>, lang: usize) -> Vec<(String, Vec<LinkView>)> {
    let of = |(d, department): (usize, &crate::model::Department)| (department.name.get(lang).to_string(), reports_of(ctx, lang, d));
    let mut out: Vec<(String, Vec<LinkView>)> = ctx.public.departments.iter().enumerate().map(of).filter(|(_, links)| !links.is_empty()).collect();
    let of_site = ctx.public.disclosure.websites.iter().enumerate().map(|(i, r)| LinkView {
        title: ctx.theme.messages[lang].get("report.year", &[("year", r.year.to_string())]).unwrap_or_default(),
        url: ctx.url(lang, &Target::Disclosure(Section::Website(i as u32))).to_string(),
    });
    let of_site: Vec<LinkView> = of_site.collect();
    if !of_site.is_empty() {
        out.push((ctx.say(lang, "website.reports"), of_site));
    }
    out
}
