//! Departments: the list of all, and one page each.

use super::{FactView, Group, plan_list};
use crate::diag::{Diagnostic, Severity, say};
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView, PagerView};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, ScoreFile, Site, Target};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Pages of departments.
pub static PAGE: Maker = Maker { name: "department", plan, make, cost: 4 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.public.departments.is_empty() {
        return;
    }
    for lang in 0..site.public.languages.len() {
        p.page(lang, "departments/", Target::Departments, true, true);
        let prefix = &site.public.languages[lang].prefix;
        let shown = shown(site, |id| p.was_public(&format!("{prefix}departments/{id}/")));
        if lang == 0
            && let Some(first) = shown.iter().position(|s| !s)
        {
            p.tell(too_many(&site.public.departments[first], shown.iter().filter(|s| !**s).count(), IDLE / site.public.languages.len().max(1)));
        }
        for (d, department) in site.public.departments.iter().enumerate().filter(|(d, _)| shown[*d]) {
            let list = &site.derived.by_department[d];
            plan_list(site, p, lang, &format!("departments/{}/", department.id), list.len(), |n| Target::Department(d as u32, n));
        }
    }
}

/// Most pages, in all languages, of departments of which nothing is published.
const IDLE: usize = 2_000;

/// Which departments have a page: those of which something is published, those that had one or are led to from elsewhere, and so many
/// of the others, those first that say more than their name.
fn shown(site: &Site<'_>, was: impl Fn(&str) -> bool) -> Vec<bool> {
    let all = &site.public.departments;
    let most = IDLE / site.public.languages.len().max(1);
    if all.len() <= most {
        return vec![true; all.len()];
    }
    let mut out: Vec<bool> = all.iter().zip(&site.derived.by_department).map(|(d, list)| !list.is_empty() || !d.aliases.is_empty() || was(&d.id)).collect();
    let mut left = most;
    for told in [true, false] {
        let others = all.iter().zip(&mut out).filter(|(d, s)| !**s && d.told() == told).take(left);
        left -= others.map(|(_, s)| *s = true).count();
    }
    out
}

fn too_many(first: &crate::model::Department, n: usize, most: usize) -> Diagnostic {
    let text = say!(
        "没有内容的部门超过 {most} 个：{n} 个只列在部门名单里，没有自己的页面",
        "more than {most} departments have nothing published: {n} stand in the list of departments only, without a page of their own"
    );
    let hint = say!(
        "有了内容就有页面；用不到的部门从 departments.yaml 里去掉",
        "a department has its page as soon as something of it is published; take those out that are not needed"
    );
    Diagnostic::new("SRC049", Severity::Warn, text).at(first.at.clone()).hint(hint)
}

#[derive(Serialize)]
struct ListView {
    head: HeadView,
    terms: Vec<TermView>,
}

/// A department or theme in a list of all.
#[derive(Serialize)]
pub struct TermView {
    /// Name.
    pub title: String,
    /// Address; empty where it has no page.
    pub url: String,
    /// `12 items`
    pub count: String,
    /// Terms below it.
    pub below: Vec<TermView>,
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    description: String,
    facts: Vec<FactView>,
    count: String,
    cards: String,
    pager: Option<PagerView>,
    scorecard: Option<LinkView>,
    /// Its yearly reports of disclosure, and their heading.
    reports: Vec<LinkView>,
    reports_title: String,
    /// What of it was read most, with how often; `from` and `to`.
    most: Vec<(LinkView, String)>,
    most_of: String,
    /// Those directly below it.
    below: Vec<LinkView>,
    functions: Vec<String>,
    /// Name, title, duties, address of the picture.
    leaders: Vec<[String; 4]>,
    /// It was merged into another: since when, and which.
    merged: Option<(String, LinkView)>,
    /// Those that were merged into it.
    former: Vec<LinkView>,
    /// Name, telephone, its address.
    offices: Vec<(String, String, String)>,
    /// What it owns by type, where all of it stands on one page.
    named_by: Vec<Group>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let Target::Department(d, page) = entry.target else {
        let head = ctx.head(entry, &m.say("nav.departments"), ctx.crumbs(lang, None));
        let terms = ctx.public.departments.iter().enumerate().map(|(i, d)| {
            let url = ctx.url(lang, &Target::Department(i as u32, 0)).to_string();
            (i, TermView { title: d.name.get(lang).to_string(), url, count: counted(ctx, lang, i), below: Vec::new() })
        });
        let terms = tree(ctx, terms.collect());
        return ctx.render(entry, "pages/terms.html", &ListView { head, terms });
    };
    let Some(department) = ctx.public.departments.get(d as usize) else { return misrouted(entry) };
    let list = &ctx.derived.by_department[d as usize];
    let name = department.name.get(lang);
    let mut crumbs = ctx.crumbs(lang, None);
    crumbs.push(LinkView { title: m.say("nav.departments"), url: ctx.url(lang, &Target::Departments).to_string() });
    let mut head = ctx.head(entry, name, crumbs);
    head.feeds = ctx.feeds(lang, FeedOf::Department(d), name);
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: &str, url: Option<String>| {
        if !value.is_empty() {
            facts.push(FactView { label: m.say(&format!("fact.{key}")), value: value.to_string(), url });
        }
    };
    if let Some(p) = department.parent {
        fact("parent", ctx.public.departments[p].name.get(lang), ctx.routes.get(lang, &Target::Department(p as u32, 0)).map(|e| e.url.clone()));
    }
    if let Some(t) = department.body_type {
        fact("body_type", &m.say(&format!("word.department.type.{t}")), None);
    }
    if let Some(day) = department.since {
        fact("since", &ctx.date(lang, day), None);
    }
    if let Some(day) = department.until {
        fact("until", &ctx.date(lang, day), None);
    }
    let former = department.former_names.iter().map(|(name, until)| {
        let since = until.and_then(|day| m.get("department.called_until", &[("name", name.get(lang).to_string()), ("date", ctx.date(lang, day))]));
        since.unwrap_or_else(|| name.get(lang).to_string())
    });
    fact("former_names", &former.collect::<Vec<_>>().join(&m.say("list.comma")), None);
    fact("address", department.address.get(lang), None);
    fact("hours", department.hours.get(lang), None);
    if let Some(t) = &department.tel {
        fact("tel", t, Some(format!("tel:{}", crate::route::encode(t))));
    }
    if let Some(e) = &department.email {
        fact("email", e, Some(format!("mailto:{}", crate::route::encode(e).replace("%40", "@"))));
    }
    if let Some(u) = &department.url {
        fact("url", u, Some(u.clone()));
    }
    let whole = list.len() <= ctx.config.per_page;
    let of_type = |k: crate::types::Kind| {
        let mut own: Vec<u32> = list.iter().copied().filter(|i| ctx.public.items[*i as usize].kind == k).collect();
        super::consultation::dated(ctx, &mut own);
        (!own.is_empty()).then(|| Group { title: m.say(&format!("type.{}", k.folder)), cards: ctx.links(lang, &own) })
    };
    let [below, former] = &ctx.derived.departments_of[d as usize];
    let text = |l: &crate::config::Localized| l.get(lang).to_string();
    let link = |i: usize| LinkView { title: text(&ctx.public.departments[i].name), url: ctx.url(lang, &Target::Department(i as u32, 0)).to_string() };
    if page == 0 {
        head.ld = crate::render::structured::department(ctx, lang, d as usize, &head.canonical);
    }
    let most = if page == 0 { super::statistics::most_of_department(ctx, lang, d as usize) } else { Vec::new() };
    let year = ctx.shells.visits.year().filter(|_| !most.is_empty());
    let named = |(from, to): (jiff::civil::Date, jiff::civil::Date)| {
        let of = |d: jiff::civil::Date| format!("{:04}-{:02}", d.year(), d.month());
        m.get("stats.most.department", &[("from", of(from)), ("to", of(to))])
    };
    let view = View {
        most,
        most_of: year.and_then(named).unwrap_or_default(),
        below: below.iter().map(|i| link(*i as usize)).collect(),
        reports: if page == 0 { super::disclosure::reports_of(ctx, lang, d as usize) } else { Vec::new() },
        reports_title: ctx.disclosure_name(lang, "reports"),
        functions: department.functions.clone(),
        leaders: department
            .leaders
            .iter()
            .zip(&department.photos)
            .map(|(l, photo)| {
                let [name, title, duties] = l.each_ref().map(text);
                let picture = photo.as_ref().and_then(|k| ctx.routes.get(0, &Target::Static(k.clone()))).map_or(String::new(), |e| e.url.clone());
                [name, title, duties, picture]
            })
            .collect(),
        merged: department.merged_into.map(|p| {
            let since = department.until.map_or(String::new(), |day| m.get("department.until", &[("date", ctx.date(lang, day))]).unwrap_or_default());
            (since, link(p))
        }),
        former: former.iter().map(|i| link(*i as usize)).collect(),
        offices: department
            .offices
            .iter()
            .map(|(n, t)| (text(n), t.clone().unwrap_or_default(), t.as_ref().map_or(String::new(), |t| format!("tel:{}", crate::route::encode(t)))))
            .collect(),
        named_by: if whole { ctx.public.types.iter().filter_map(of_type).collect() } else { Vec::new() },
        head,
        description: department.description.get(lang).to_string(),
        facts,
        count: m.count("list.count", list.len()),
        cards: ctx.links(lang, ctx.slice(list, page)),
        pager: ctx.pager(lang, page, list.len(), &|n| Target::Department(d, n)),
        scorecard: ctx.routes.get(lang, &Target::Scorecard(ScoreFile::Department(d))).map(|e| LinkView { title: m.say("scorecards.link"), url: e.url.clone() }),
    };
    ctx.render(entry, "pages/department.html", &view)
}

/// How much a department has, and into which other it was merged.
fn counted(ctx: &Ctx<'_>, lang: usize, i: usize) -> String {
    let m = &ctx.theme.messages[lang];
    let count = m.count("list.count", ctx.derived.by_department[i].len());
    match ctx.public.departments[i].merged_into {
        Some(p) => {
            let gone = m.get("department.merged", &[("name", ctx.public.departments[p].name.get(lang))]).unwrap_or_default();
            [count, gone].join(" · ")
        }
        None => count,
    }
}

/// Departments below those above them: in two steps, whatever lies deeper stands with the top.
fn tree(ctx: &Ctx<'_>, all: Vec<(usize, TermView)>) -> Vec<TermView> {
    let mut above: Vec<usize> = ctx.public.departments.iter().enumerate().map(|(i, d)| d.parent.unwrap_or(i)).collect();
    // Chains are shortened where they are followed.
    let mut top = |mut i: usize| {
        while above[i] != i {
            above[i] = above[above[i]];
            i = above[i];
        }
        i
    };
    let (tops, below): (Vec<_>, Vec<_>) = all.into_iter().map(|(i, term)| (i, top(i), term)).partition(|(i, top, _)| top == i);
    let place: FxHashMap<usize, usize> = tops.iter().enumerate().map(|(n, (i, ..))| (*i, n)).collect();
    let mut out: Vec<TermView> = tops.into_iter().map(|(.., t)| t).collect();
    for (_, top, term) in below {
        if let Some(t) = place.get(&top).and_then(|n| out.get_mut(*n)) {
            t.below.push(term);
        }
    }
    out
}
