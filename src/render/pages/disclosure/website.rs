//! The yearly report of the website (政府网站工作年度报表): what is typed, and what is counted from the content of that year.

use super::report::{GridView, PartView, View};
use super::{CellView, ListView, ROWS, cell, lists};
use crate::config::Localized;
use crate::derive::counted::{Counted, PARTS};
use crate::model::disclosure::Website;
use crate::output::MakeResult;
use crate::render::{Ctx, misrouted};
use crate::route::{Entry, Form, Made, Section, Target};

/// A row: its label, its value (`None` is not stated, and never 0), the page of what it counts.
type Line = (String, Option<String>, String);

/// The title of a report.
pub(super) fn title(ctx: &Ctx<'_>, lang: usize, r: &Website) -> String {
    ctx.theme.messages[lang].get("website.title", &[("site", ctx.config.title.get(lang).to_string()), ("year", r.year.to_string())]).unwrap_or_default()
}

pub(super) fn page(ctx: &Ctx<'_>, entry: &Entry, i: u32) -> MakeResult {
    let lang = entry.lang;
    let Some(r) = ctx.public.disclosure.websites.get(i as usize) else { return misrouted(entry) };
    let m = &ctx.theme.messages[lang];
    let mut parts: Vec<PartView> = Vec::new();
    for (key, lines) in groups(ctx, lang, r, i) {
        let title = m.say(&format!("website.{key}"));
        let value = |v: Option<String>, url: String| CellView { num: true, url, ..cell(v.unwrap_or_else(|| ctx.unsaid(lang))) };
        let rows = lines.into_iter().map(|(label, v, url)| (label, 0, vec![value(v, url)])).collect();
        let grid = GridView { caption: title.clone(), head: vec![m.say("website.row"), m.say("website.value")], rows };
        let notes = if PARTS.contains(&key) { vec![m.say("website.counted")] } else { Vec::new() };
        parts.push(PartView { title, text: String::new(), tables: vec![grid], notes });
    }
    let accounts: Vec<(String, u8, Vec<CellView>)> = r
        .accounts
        .iter()
        .map(|a| {
            let count = |n: Option<u32>| CellView { num: true, ..cell(n.map_or_else(|| ctx.unsaid(lang), |n| n.to_string())) };
            (format!("{} {}", a.kind, a.name.get(lang)), 0, vec![count(a.posts), count(a.followers)])
        })
        .collect();
    let title_of = |key: &str| m.say(&format!("website.{key}"));
    let head = vec![title_of("account"), title_of("posts"), title_of("followers")];
    let tables = if accounts.is_empty() { Vec::new() } else { vec![GridView { caption: title_of("accounts"), head, rows: accounts }] };
    parts.push(PartView { title: title_of("accounts"), text: String::new(), tables, notes: Vec::new() });
    let text = super::super::site_text(ctx, lang, "innovation-", r.innovation.get(lang));
    parts.push(PartView { title: title_of("innovation"), text, tables: Vec::new(), notes: Vec::new() });
    let view = View {
        head: ctx.head(entry, &title(ctx, lang, r), ctx.disclosure_crumbs(lang, &[Section::Reports])),
        byline: r.published.map_or(String::new(), |d| m.get("report.published", &[("date", ctx.date(lang, d))]).unwrap_or_default()),
        files: ctx.disclosure_files(lang, Made::Website(i), &[(Form::Csv, "CSV")]),
        more: Vec::new(),
        parts,
    };
    ctx.render(entry, "pages/disclosure_report.html", &view)
}

/// The same as rows of a file: part, row, value; empty where it is not stated.
pub(super) fn table(ctx: &Ctx<'_>, r: &Website, i: u32) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let m = &ctx.theme.messages[0];
    let mut rows = Vec::new();
    for (key, lines) in groups(ctx, 0, r, i) {
        rows.extend(lines.into_iter().map(|(label, v, _)| vec![m.say(&format!("website.{key}")), label, v.unwrap_or_default()]));
    }
    for a in &r.accounts {
        let name = format!("{} {}", a.kind, a.name.get(0));
        for (key, n) in [("posts", a.posts), ("followers", a.followers)] {
            let label = format!("{name} {}", m.say(&format!("website.{key}")));
            rows.push(vec![m.say("website.accounts"), label, n.map_or(String::new(), |n| n.to_string())]);
        }
    }
    (vec!["part", "row", "value"], rows)
}

/// A figure that has something to show.
pub(super) fn opens(c: &Counted) -> bool {
    c.value.is_some() && !(c.items.is_empty() && c.letters.is_empty() && c.hidden == 0)
}

/// The parts in the order of the form.
fn groups(ctx: &Ctx<'_>, lang: usize, r: &Website, i: u32) -> Vec<(&'static str, Vec<Line>)> {
    let (m, c) = (&ctx.theme.messages[lang], &ctx.config.identity);
    let line = |key: &str, v: Option<String>| (m.say(&format!("website.{key}")), v, String::new());
    let typed = |n: Option<u32>| n.map(|n| n.to_string());
    let yes = |v: Option<bool>| v.map(|v| m.say(if v { "flag.yes" } else { "flag.no" }));
    let told = |t: &Localized| Some(t.get(lang).to_string()).filter(|t| !t.is_empty());
    let mut site = vec![
        line("name", told(&ctx.config.title)),
        line("home", Some(ctx.config.base_url.clone())),
        line("organizer", told(&c.organizer)),
        line("type", r.kind.clone()),
    ];
    if ctx.config.disclosure.chinese {
        site.extend([line("site_code", c.site_id_code.clone()), line("icp", c.icp.clone()), line("police", c.police.clone())]);
    }
    let mut out: Vec<(&'static str, Vec<Line>)> =
        vec![("site", site), ("visits", vec![line("visitors", typed(r.visits[0])), line("views", typed(r.visits[1]))])];
    let all = ctx.derived.disclosed.counted.websites.get(i as usize).map_or(&[][..], Vec::as_slice);
    for part in PARTS {
        let of = all.iter().enumerate().filter(|(_, c)| c.part == *part);
        let one = |(n, c): (usize, &Counted)| {
            let at = Target::Disclosure(Section::WebsiteItems(i, n as u32, 0));
            (m.say(&c.label), c.value.clone(), if opens(c) { ctx.url(lang, &at).to_string() } else { String::new() })
        };
        out.push((part, of.map(one).collect()));
    }
    out.push((
        "security",
        vec![
            line("security.assessments", typed(r.checks[0])),
            line("security.found", typed(r.checks[1])),
            line("security.fixed", typed(r.checks[2])),
            line("security.monitoring", yes(r.ways[0])),
            line("security.drills", yes(r.ways[1])),
            line("security.officer", yes(r.ways[2])),
        ],
    ));
    out
}

/// What a figure counts.
pub(super) fn items(ctx: &Ctx<'_>, entry: &Entry, i: u32, n: u32, page: u32) -> MakeResult {
    let (lang, m) = (entry.lang, &ctx.theme.messages[entry.lang]);
    let counted = ctx.derived.disclosed.counted.websites.get(i as usize).and_then(|l| l.get(n as usize));
    let (Some(r), Some(c)) = (ctx.public.disclosure.websites.get(i as usize), counted) else { return misrouted(entry) };
    let total = c.items.len().max(c.letters.len());
    let from = (page as usize * ROWS).min(total);
    let slice = |l: &[u32]| -> Vec<u32> { l.get(from..(from + ROWS).min(l.len())).unwrap_or(&[]).to_vec() };
    let letters = slice(&c.letters);
    let cards = letters.iter().filter_map(|i| ctx.shells.letters[lang][*i as usize].as_deref()).collect::<String>();
    let args = [("part", m.say(&format!("website.{}", c.part))), ("what", m.say(&c.label)), ("year", r.year.to_string())];
    let heading = m.get("website.cell", &args).unwrap_or_default();
    let shown = (c.items.len() + c.letters.len()).to_string();
    let args = [("n", c.value.clone().unwrap_or_default()), ("shown", shown), ("hidden", c.hidden.to_string())];
    let mut crumbs = ctx.disclosure_crumbs(lang, &[Section::Reports]);
    crumbs.push(super::LinkView { title: title(ctx, lang, r), url: ctx.url(lang, &Target::Disclosure(Section::Website(i))).to_string() });
    let view = ListView {
        head: ctx.head(entry, &heading, crumbs),
        lead: m.get(if c.part == "letters" { "website.letters.items" } else { "website.items" }, &args).unwrap_or_default(),
        files: Vec::new(),
        cards: if c.items.is_empty() { cards } else { ctx.links(lang, &slice(&c.items)) },
        empty: String::new(),
        links: Vec::new(),
        entries: Vec::new(),
        pager: lists::pager(ctx, lang, page, total, &|p| Target::Disclosure(Section::WebsiteItems(i, n, p))),
    };
    ctx.render(entry, "pages/disclosure_list.html", &view)
}
