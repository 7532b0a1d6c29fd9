//! Latest changes: what was published and what was altered, by day.

use crate::output::MakeResult;
use crate::render::view::{CardView, HeadView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The list of changes.
pub static PAGE: Maker = Maker { name: "changes", plan, make, cost: 20 };

/// Lines shown; the feeds and lists hold the rest.
const SHOWN: usize = 200;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for lang in 0..site.public.languages.len() {
        p.page(lang, "changes/", Target::Changes, true, true);
    }
}

#[derive(Serialize)]
struct View {
    /// Calendar of the site.
    ics: Option<String>,
    head: HeadView,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    date: String,
    iso: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    card: CardView,
    kind: String,
    note: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let mut days: Vec<Day> = Vec::new();
    for e in ctx.derived.events.iter().take(SHOWN) {
        let iso = e.on.to_string();
        if days.last().is_none_or(|d| d.iso != iso) {
            days.push(Day { date: ctx.date(lang, e.on), iso, lines: Vec::new() });
        }
        let line = Line {
            card: ctx.card(lang, e.item),
            kind: m.say(match (e.result, &e.note) {
                (true, _) => "changes.result",
                (_, Some(_)) => "changes.changed",
                _ if e.data => "changes.data",
                _ => "changes.published",
            }),
            note: e.note.clone().unwrap_or_default(),
        };
        if let Some(d) = days.last_mut() {
            d.lines.push(line);
        }
    }
    let view = View { ics: crate::render::exports::ics::link(ctx, lang, None), head: ctx.head(entry, &m.say("changes.title"), ctx.crumbs(lang, None)), days };
    ctx.render(entry, "pages/changes.html", &view)
}
