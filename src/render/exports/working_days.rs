//! `working-days.csv` and `.json`: the calendar by which days are counted here, so that whoever wants to can count them again.

use crate::load::table::spreadsheet;
use crate::output::{Made, MakeResult};
use crate::render::view::LinkView;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};

/// Days that are not as their weekday says.
pub static EXPORT: Maker = Maker { name: "working_days", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    // Where something is counted by them: letters, requests, interpretations that are owed.
    let counted = ["feedback/letters.csv", "disclosure/requests.csv", "explained/explained.csv"].iter().any(|f| p.taken(f));
    if site.config.calendar.is_none() || !counted {
        return;
    }
    for (json, end) in [(false, "csv"), (true, "json")] {
        let path = format!("working-days.{end}");
        if !p.taken(&path) {
            p.file(0, path, Target::WorkingDays(json), 2, false, false);
        }
    }
}

/// A link to the table, for pages that count working days.
pub fn link(ctx: &Ctx<'_>, lang: usize) -> Option<LinkView> {
    let url = ctx.routes.get(0, &Target::WorkingDays(false))?.url.clone();
    Some(LinkView { title: ctx.say(lang, "working_days.file"), url })
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::WorkingDays(json) = entry.target else { return misrouted(entry) };
    let days: Vec<(String, bool)> = ctx.public.calendar.exceptions().map(|(d, worked)| (d.to_string(), worked)).collect();
    let years: Vec<i16> = ctx.public.calendar.years().collect();
    if json {
        let days: serde_json::Map<String, serde_json::Value> = days.into_iter().map(|(d, w)| (d, w.into())).collect();
        let v = serde_json::json!({ "calendar": ctx.config.calendar, "years": years, "rest": ["saturday", "sunday"], "exceptions": days });
        return Ok(Made::Bytes(format!("{v}\n").into_bytes()));
    }
    let head = vec!["date".to_string(), "working".to_string()];
    let rows = days.into_iter().map(|(d, w)| vec![d, if w { "yes" } else { "no" }.to_string()]);
    Ok(Made::Bytes(spreadsheet::csv(std::iter::once(head).chain(rows))))
}
