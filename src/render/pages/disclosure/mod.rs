//! 政府信息公开: the sections in their fixed order, the classes of the law with their items, catalogue, reports, requests,
//! plan, exceptions. Under the generic scheme the same pages have the names of a publication scheme.

mod files;
mod lists;
mod report;
mod requests;
mod website;

pub(super) use lists::reports_of;

use crate::load::web;
use crate::model::disclosure::Node;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, PagerView, page_path};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Form, Made, Planner, Section, Site, Target};
use serde::Serialize;

/// Pages and files of disclosure.
pub static PAGE: Maker = Maker { name: "disclosure", plan, make, cost: 5 };

/// Rows on a page of the catalogue or the register.
const ROWS: usize = 100;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let (all, derived) = (&site.public.disclosure, &site.derived.disclosed);
    if !derived.there {
        return;
    }
    let pages = |n: usize| n.div_ceil(ROWS).max(1) as u32;
    for lang in 0..site.public.languages.len() {
        let mut page = |path: &str, s: Section, kept: bool| {
            // What a figure counts is found by the figure, not by the site map.
            let listed = !matches!(s, Section::WebsiteItems(..) | Section::RequestsOf(..) | Section::ReportItems(..));
            p.page(lang, &format!("disclosure/{path}"), Target::Disclosure(s), listed, kept)
        };
        page("", Section::Home, true);
        if all.guide.is_some() {
            page("guide/", Section::Guide, true);
        }
        if !derived.rules.is_empty() {
            page("rules/", Section::Rules, true);
        }
        if all.catalogue.is_some() {
            page("statutory/", Section::Classes, true);
            for (n, node) in all.nodes.iter().enumerate() {
                let list = &derived.classes[n];
                for at in 0..crate::render::view::page_count(site.config, list.items.len()) {
                    page(&page_path(&format!("statutory/{}/", node.code), at), Section::Class(n as u32, at), node.due() && at == 0);
                }
            }
        }
        if !all.is_empty() {
            for at in 0..pages(derived.rows.len()) {
                page(&page_path("catalogue/", at), Section::Catalogue(at), at == 0);
            }
        }
        if !all.reports.is_empty() || !all.websites.is_empty() {
            page("reports/", Section::Reports, true);
        }
        for (i, r) in all.websites.iter().enumerate() {
            page(&format!("reports/website/{}/", r.year), Section::Website(i as u32), true);
            for (n, c) in derived.counted.websites.get(i).into_iter().flatten().enumerate().filter(|(_, c)| website::opens(c)) {
                for at in 0..pages(c.items.len().max(c.letters.len())) {
                    let path = page_path(&format!("reports/website/{}/{}/", r.year, c.slug), at);
                    page(&path, Section::WebsiteItems(i as u32, n as u32, at), false);
                }
            }
        }
        for (i, r) in all.reports.iter().enumerate() {
            let id = &site.public.departments[r.department].id;
            page(&format!("reports/{id}/{}/", r.year), Section::Report(i as u32), true);
            for (n, f) in derived.counted.reports.get(i).into_iter().flatten().enumerate() {
                for at in 0..pages(f.rows.len()) {
                    let path = page_path(&format!("reports/{id}/{}/{}/", r.year, f.slug()), at);
                    page(&path, Section::ReportItems(i as u32, n as u32, at), false);
                }
            }
        }
        if all.requests.is_some() || all.guide.is_some() {
            for at in 0..pages(all.register().len()) {
                page(&page_path("requests/", at), Section::Requests(at), at == 0);
            }
            for (n, f) in derived.counted.requests.iter().enumerate() {
                for at in 0..pages(f.rows.len()) {
                    let path = page_path(&format!("requests/{}/", f.slug()), at);
                    page(&path, Section::RequestsOf(n as u32, at), false);
                }
            }
        }
        if all.plan.is_some() {
            page("plan/", Section::Plan, true);
        }
        if all.exceptions.is_some() {
            page("exceptions/", Section::Exceptions, true);
        }
    }
    let mut file = |name: &str, what: Made, forms: &[Form]| {
        for form in forms {
            let ending = match form {
                Form::Csv => "csv",
                Form::Json => "json",
                Form::Xlsx => "xlsx",
            };
            p.file(0, format!("disclosure/{name}.{ending}"), Target::Disclosure(Section::File(what, *form)), 1, false, true);
        }
    };
    if !all.is_empty() {
        file("catalogue", Made::Catalogue, &[Form::Csv, Form::Json, Form::Xlsx]);
    }
    if all.requests.is_some() {
        file("requests", Made::Requests, &[Form::Csv, Form::Json]);
    }
    if all.plan.is_some() {
        file("plan", Made::Plan, &[Form::Csv, Form::Json]);
    }
    if all.exceptions.is_some() {
        file("exceptions", Made::Exceptions, &[Form::Csv, Form::Json]);
    }
    for (i, r) in all.reports.iter().enumerate() {
        let id = &site.public.departments[r.department].id;
        file(&format!("reports/{id}-{}", r.year), Made::Report(i as u32), &[Form::Csv]);
    }
    for (i, r) in all.websites.iter().enumerate() {
        file(&format!("reports/website-{}", r.year), Made::Website(i as u32), &[Form::Csv]);
    }
}

/// A cell of a table.
#[derive(Debug, Default, Serialize)]
struct CellView {
    text: String,
    /// Address, where it is a link.
    url: String,
    /// A note in smaller letters.
    note: String,
    /// A number.
    num: bool,
    /// Something is overdue or missing.
    warn: bool,
    /// What is wrong with it, beside a text that is not.
    fault: String,
}

/// The rows of a register.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Rows {
    Cells(Vec<Vec<CellView>>),
    /// As they stand on the page, each made once for all its lists.
    Made(Vec<String>),
}

fn cell(text: impl Into<String>) -> CellView {
    CellView { text: text.into(), ..CellView::default() }
}

fn link(text: impl Into<String>, url: impl Into<String>) -> CellView {
    CellView { text: text.into(), url: url.into(), ..CellView::default() }
}

fn number(n: usize) -> CellView {
    CellView { text: crate::render::tables::thousands(n as u64), num: true, ..CellView::default() }
}

/// A page that is a table, with what stands around it.
#[derive(Serialize)]
struct TableView {
    head: HeadView,
    lead: String,
    files: Vec<LinkView>,
    caption: String,
    columns: Vec<(String, bool)>,
    rows: Rows,
    empty: String,
    pager: Option<PagerView>,
    foot: Vec<String>,
}

impl Ctx<'_> {
    /// A name of disclosure: of the Chinese regulations, or of a publication scheme.
    pub(super) fn disclosure_name(&self, lang: usize, key: &str) -> String {
        self.say(lang, &format!("{}.{key}", if self.config.disclosure.chinese { "disclosure" } else { "foi" }))
    }

    fn disclosure_crumbs(&self, lang: usize, more: &[Section]) -> Vec<LinkView> {
        let mut out = self.crumbs(lang, None);
        for s in std::iter::once(&Section::Home).chain(more) {
            if let Some(e) = self.routes.get(lang, &Target::Disclosure(*s)) {
                out.push(LinkView { title: self.disclosure_name(lang, name(*s)), url: e.url.clone() });
            }
        }
        out
    }

    /// The name of a class.
    pub(super) fn class_name(&self, lang: usize, node: &Node) -> String {
        node.name.clone().unwrap_or_else(|| self.say(lang, &format!("node.{}", node.code)))
    }

    fn disclosure_files(&self, lang: usize, what: Made, forms: &[(Form, &str)]) -> Vec<LinkView> {
        let _ = lang;
        forms
            .iter()
            .filter_map(|(f, title)| {
                Some(LinkView { title: title.to_string(), url: self.routes.get(0, &Target::Disclosure(Section::File(what, *f)))?.url.clone() })
            })
            .collect()
    }

    /// A text that nobody wrote.
    fn unsaid(&self, lang: usize) -> String {
        self.say(lang, "missing")
    }
}

/// The crumbs of a plain page; rules of disclosure lie below their section.
pub(super) fn crumbs(ctx: &Ctx<'_>, lang: usize, item: &crate::model::Item) -> Vec<LinkView> {
    if crate::model::disclosure::is_rules(&item.id) { ctx.disclosure_crumbs(lang, &[Section::Rules]) } else { ctx.crumbs(lang, item.column) }
}

/// The key of a section's name.
fn name(s: Section) -> &'static str {
    match s {
        Section::Home => "home",
        Section::Guide => "guide",
        Section::Rules => "rules",
        Section::Classes | Section::Class(..) => "classes",
        Section::Reports | Section::Report(_) | Section::ReportItems(..) | Section::Website(_) | Section::WebsiteItems(..) => "reports",
        Section::Requests(_) | Section::RequestsOf(..) => "requests",
        Section::Catalogue(_) => "catalogue",
        Section::Plan => "plan",
        Section::Exceptions => "exceptions",
        Section::File(..) => "",
    }
}

#[derive(Serialize)]
struct HomeView {
    head: HeadView,
    lead: String,
    search: String,
    /// Where one goes without script.
    browse: String,
    sections: Vec<SectionView>,
    more: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    title: String,
    url: String,
    text: String,
}

#[derive(Serialize)]
struct GuideView {
    head: HeadView,
    updated: String,
    intro: String,
    parts: Vec<(String, String)>,
    apply: String,
}

#[derive(Serialize)]
struct ListView {
    head: HeadView,
    lead: String,
    files: Vec<LinkView>,
    cards: String,
    empty: String,
    links: Vec<(String, Vec<LinkView>)>,
    entries: Vec<Vec<(String, CellView)>>,
    pager: Option<PagerView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Disclosure(section) = entry.target else { return misrouted(entry) };
    match section {
        Section::Home => home(ctx, entry),
        Section::Guide => guide(ctx, entry),
        Section::Rules => lists::rules(ctx, entry),
        Section::Classes => lists::classes(ctx, entry),
        Section::Class(n, page) => lists::class(ctx, entry, n, page),
        Section::Reports => report::list(ctx, entry),
        Section::Report(i) => report::page(ctx, entry, i),
        Section::ReportItems(i, n, page) => report::items(ctx, entry, i, n, page),
        Section::Website(i) => website::page(ctx, entry, i),
        Section::WebsiteItems(i, n, page) => website::items(ctx, entry, i, n, page),
        Section::Requests(page) => requests::page(ctx, entry, page),
        Section::RequestsOf(n, page) => requests::of(ctx, entry, n, page),
        Section::Catalogue(page) => lists::catalogue(ctx, entry, page),
        Section::Plan => lists::plan(ctx, entry),
        Section::Exceptions => lists::exceptions(ctx, entry),
        Section::File(what, form) => files::make(ctx, entry, what, form),
    }
}

/// The address of the entry page, where there is one: for the navigation.
pub fn entry(routes: &crate::route::Routes, lang: usize) -> Option<String> {
    routes.get(lang, &Target::Disclosure(Section::Home)).map(|e| e.url.clone())
}

fn home(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let view = |s: Section| SectionView {
        title: ctx.disclosure_name(lang, name(s)),
        url: ctx.routes.get(lang, &Target::Disclosure(s)).map_or(String::new(), |e| e.url.clone()),
        text: summary(ctx, lang, s),
    };
    // The order is fixed; what is not there yet keeps its place.
    let sections = [Section::Guide, Section::Rules, Section::Classes, Section::Reports, Section::Requests(0)].map(view);
    let mut more: Vec<SectionView> = [Section::Catalogue(0), Section::Plan, Section::Exceptions].map(view).into_iter().filter(|s| !s.url.is_empty()).collect();
    if let Some(e) = ctx.routes.get(lang, &Target::Channels) {
        more.push(SectionView { title: ctx.say(lang, "channels.title"), url: e.url.clone(), text: ctx.say(lang, "channels.lead") });
    }
    let view = HomeView {
        head: ctx.head(entry, &ctx.disclosure_name(lang, "home"), ctx.crumbs(lang, None)),
        lead: ctx.disclosure_name(lang, "lead"),
        search: ctx.url(lang, &Target::Search).to_string(),
        browse: ctx.url(lang, &Target::SiteMap).to_string(),
        sections: sections.into_iter().collect(),
        more,
    };
    ctx.render(entry, "pages/disclosure.html", &view)
}

/// What stands in a section, in one line with its figures.
fn summary(ctx: &Ctx<'_>, lang: usize, s: Section) -> String {
    let (all, derived, m) = (&ctx.public.disclosure, &ctx.derived.disclosed, &ctx.theme.messages[lang]);
    match s {
        Section::Guide => all
            .guide
            .as_ref()
            .and_then(|g| g.updated)
            .map_or(String::new(), |d| m.get("disclosure.updated", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        Section::Rules if !derived.rules.is_empty() => m.count("list.count", derived.rules.len()),
        Section::Classes if all.catalogue.is_some() => {
            let filled = all.nodes.iter().zip(&derived.classes).filter(|(n, c)| n.due() && !c.items.is_empty()).count();
            let due = all.nodes.iter().filter(|n| n.due()).count();
            m.get("disclosure.classes.count", &[("n", filled.to_string()), ("of", due.to_string())]).unwrap_or_default()
        }
        Section::Reports if all.reports.len() + all.websites.len() > 0 => m.count("disclosure.reports.count", all.reports.len() + all.websites.len()),
        Section::Requests(_) if all.requests.is_some() => m.count("disclosure.requests.count", all.register().len()),
        Section::Catalogue(_) => m.count("disclosure.catalogue.count", derived.rows.len()),
        Section::Plan => all.plan.as_ref().map_or(String::new(), |p| m.count("list.count", p.list.len())),
        Section::Exceptions => all.exceptions.as_ref().map_or(String::new(), |p| m.count("list.count", p.list.len())),
        _ => String::new(),
    }
}

fn guide(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let Some(g) = &ctx.public.disclosure.guide else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let text = |prefix: &str, source: &str| super::site_text(ctx, lang, prefix, source);
    let parts = g.nine.iter().map(|(key, value)| {
        let value = value.get(lang);
        let html = match *key {
            "classes" | "arrangement" | "how_to_get" => text(&format!("{key}-"), value),
            "online" if value.contains('@') && !value.contains([' ', ':']) => anchor(&format!("mailto:{value}"), value),
            "online" if value.starts_with("https://") || value.starts_with("http://") => anchor(value, value),
            "online" if web::bare_host(value) => anchor(&format!("https://{value}"), value),
            "tel" if value.bytes().any(|b| b.is_ascii_digit()) => anchor(&format!("tel:{}", crate::route::encode(value)), value),
            _ => escaped(value),
        };
        (m.say(&format!("guide.{key}")), if value.is_empty() { String::new() } else { html })
    });
    let title = ctx.disclosure_name(lang, "guide");
    let view = GuideView {
        head: ctx.head(entry, &title, ctx.disclosure_crumbs(lang, &[])),
        updated: g.updated.map_or(String::new(), |d| m.get("disclosure.updated", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        intro: text("intro-", g.intro.get(lang)),
        parts: parts.collect(),
        apply: ctx.url(lang, &Target::Disclosure(Section::Requests(0))).to_string(),
    };
    ctx.render(entry, "pages/disclosure_guide.html", &view)
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    crate::render::escape::escape_into(&mut out, text);
    out
}

fn anchor(url: &str, text: &str) -> String {
    let rel = if url.starts_with("http") { " rel=\"noopener noreferrer\"" } else { "" };
    format!("<a{rel} href=\"{}\">{}</a>", escaped(url), escaped(text))
}
