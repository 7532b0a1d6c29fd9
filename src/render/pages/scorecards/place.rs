//! Where what a line counts can be seen, and what it is called.

use crate::indicators::{Line, Scorecards, task_keys};
use crate::model::Value;
use crate::render::Ctx;
use crate::render::view::LinkView;
use crate::route::{Letters, Section, Target};
use crate::types::policy;

/// Address and title of what a line counts.
pub(super) fn place(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, line: &Line) -> (Option<LinkView>, String) {
    let found = item(ctx, lang, &line.id).or_else(|| task_of(ctx, lang, &line.id)).or_else(|| letter(ctx, lang, scores, &line.id));
    let found = found.or_else(|| column(ctx, lang, &line.id)).or_else(|| disclosed(ctx, lang, &line.id));
    let (title, url) = found.unwrap_or_else(|| (line.id.clone(), None));
    (url.filter(|u| !u.is_empty()).map(|url| LinkView { title: title.clone(), url }), title)
}

/// Title, address.
type Found = Option<(String, Option<String>)>;

fn page(ctx: &Ctx<'_>, lang: usize, target: Target) -> Option<String> {
    Some(ctx.routes.get(lang, &target).or_else(|| ctx.routes.get(0, &target))?.url.clone())
}

fn item(ctx: &Ctx<'_>, lang: usize, id: &str) -> Found {
    if let Some(i) = ctx.derived.by_id.get(id) {
        let item = &ctx.public.items[*i as usize];
        return Some((item.best(lang).title.clone(), ctx.routes.item(lang, *i, item).map(|e| e.url.clone())));
    }
    let i = ctx.public.gone.iter().position(|g| *g.id == *id)?;
    let gone = &ctx.public.gone[i];
    // Its title is shown where its notice shows it, and nowhere else.
    let title = match gone.withdrawn.as_ref() {
        Some(w) if matches!(w.ground, Some("error" | "law")) => gone.best(lang).title.clone(),
        _ => format!("{}{}{id}", ctx.say(lang, "withdrawn.title"), ctx.say(lang, "colon")),
    };
    Some((title, page(ctx, lang, Target::Gone(i as u32))))
}

/// The task of a line, where it is there: `policies/x#task-5e884898da28`.
pub(super) fn task<'a>(ctx: &Ctx<'a>, id: &str) -> Option<&'a crate::model::Values> {
    let (of, key) = id.split_once("#task-")?;
    let live = ctx.derived.by_id.get(of).map(|i| &ctx.public.items[*i as usize]);
    let tasks = &live.or_else(|| ctx.public.gone.iter().find(|g| *g.id == *of))?.policy()?.tasks;
    let at = task_keys(tasks, &ctx.public.departments).iter().position(|k| k == key)?;
    tasks.get(at)
}

fn task_of(ctx: &Ctx<'_>, lang: usize, id: &str) -> Found {
    let (of, _) = id.split_once("#task-")?;
    let (title, url) = item(ctx, lang, of)?;
    // Of what was withdrawn no text is shown, and a sum says nothing to anybody.
    let live = ctx.derived.by_id.contains_key(of);
    let what = match task(ctx, id).filter(|_| live).and_then(|r| r.get(&policy::task::WHAT)) {
        Some(Value::Said(t)) => t.get(lang).to_string(),
        _ => ctx.say(lang, "scorecards.task"),
    };
    let at = if live { "#f-tasks" } else { "" };
    Some((format!("{title}{}{what}", ctx.say(lang, "colon")), url.map(|u| format!("{u}{at}"))))
}

/// `feedback/office/2025-03/4`
fn letter(ctx: &Ctx<'_>, lang: usize, scores: &Scorecards, id: &str) -> Found {
    let i = *scores.letters.get(id)?;
    let letter = &ctx.public.feedback.letters[i as usize];
    if !letter.shown {
        return Some((ctx.say(lang, "scorecards.letter"), None));
    }
    Some((letter.title.clone(), page(ctx, lang, Target::Letters(Letters::One(i)))))
}

fn column(ctx: &Ctx<'_>, lang: usize, id: &str) -> Found {
    let c = ctx.public.columns.iter().position(|c| c.path == *id)?;
    Some((ctx.shells.columns[lang][c].clone(), page(ctx, lang, Target::Column(c as u32, 0))))
}

/// `disclosure/guide`, `disclosure/classes/20-01`, `disclosure/catalogue/20-01/title`, `reports/office/2025`
fn disclosed(ctx: &Ctx<'_>, lang: usize, id: &str) -> Found {
    let (all, m) = (&ctx.public.disclosure, &ctx.theme.messages[lang]);
    let section = |s: Section| page(ctx, lang, Target::Disclosure(s));
    if let Some(code) = id.strip_prefix("disclosure/classes/") {
        let n = all.nodes.iter().position(|n| n.code == code)?;
        return Some((ctx.class_name(lang, &all.nodes[n]), section(Section::Class(n as u32, 0))));
    }
    if let Some((_, title)) = id.strip_prefix("disclosure/catalogue/").and_then(|r| r.split_once('/')) {
        return Some((title.to_string(), section(Section::Catalogue(0))));
    }
    if let Some((department, year)) = id.strip_prefix("reports/").and_then(|r| r.split_once('/')) {
        let d = ctx.public.departments.iter().position(|d| d.id == department)?;
        let year: i16 = year.parse().ok()?;
        let report = all.reports.iter().position(|r| r.department == d && r.year == year);
        let title = m.get("scorecards.report", &[("name", ctx.public.departments[d].name.get(lang).to_string()), ("year", year.to_string())]);
        return Some((title.unwrap_or_default(), report.and_then(|r| section(Section::Report(r as u32)))));
    }
    (id == "disclosure/guide").then(|| (m.say("score.guide"), section(Section::Guide)))
}
