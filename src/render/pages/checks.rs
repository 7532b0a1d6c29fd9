//! How this site checks itself: what is looked for before each publication, how much is open, and what no program sees.
//! Codes and places are the editors': they stand in the folder of `build --internal` and in `serve`.

use super::item_path;
use crate::check::RULES;
use crate::output::MakeResult;
use crate::render::view::{HeadView, LinkView};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// `checks/`, one a language.
pub static PAGE: Maker = Maker { name: "checks", plan, make, cost: 2 };

/// Its address below that of the language.
const PATH: &str = "checks/";

/// Areas, in the order in which they are told: of the messages `checks.<area>` and `checks.<area>.what`; and whether they are
/// looked at only under a profile of Chinese government sites.
static AREAS: &[(&str, bool)] =
    &[("privacy", false), ("wording", true), ("documents", false), ("duty", true), ("data", false), ("links", false), ("access", false)];

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    // A page of the site's own at this address tells it in its own words.
    if site.public.items.iter().any(|i| item_path(i) == PATH) {
        return;
    }
    for lang in 0..site.public.languages.len() {
        p.page(lang, PATH, Target::Checks, true, true);
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    lead: String,
    /// What is looked for: area, what in it.
    areas: Vec<(String, String)>,
    open: String,
    /// Hosts beside the site that browsers may speak with, and why.
    hosts: Vec<String>,
    hosts_note: String,
    /// Where a mistake is told; empty where the site names no place.
    report_to: String,
    /// Quality of data, channels, signatures, where there are any.
    more: Vec<LinkView>,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let profile = ctx.config.profile.index();
    let rules = RULES.iter().filter(|r| r.severity[profile].is_some()).count();
    let args = [("n", rules.to_string()), ("date", ctx.date(lang, ctx.public.as_of))];
    let generic = ctx.config.profile == crate::config::Profile::Generic;
    let areas = AREAS.iter().filter(|(_, chinese)| !(generic && *chinese));
    // Pages that load from a host that is allowed do not say that they load from none.
    let loads = !(ctx.config.csp.script.is_empty() && ctx.config.csp.img.is_empty());
    let what = |area: &str| m.say(if area == "links" && loads { "checks.links.some".to_string() } else { format!("checks.{area}.what") }.as_str());
    let link = |(key, target): (&str, Target)| ctx.routes.get(lang, &target).map(|e| LinkView { title: m.say(key), url: e.url.clone() });
    let more = [("quality.title", Target::Quality(0)), ("channels.title", Target::Channels), ("trust.title", Target::Trust)];
    let view = View {
        head: ctx.head(entry, &m.say("checks.title"), ctx.crumbs(lang, None)),
        lead: m.get("checks.lead", &args).unwrap_or_default(),
        areas: areas.map(|(a, _)| (m.say(&format!("checks.{a}")), what(a))).collect(),
        hosts: ctx.config.csp.all().into_iter().map(String::from).collect(),
        hosts_note: ctx.config.csp.note.get(lang).to_string(),
        open: open(ctx, lang),
        report_to: ctx.config.report_to.as_ref().map_or(String::new(), |r| if r.contains('@') && !r.contains(':') { format!("mailto:{r}") } else { r.clone() }),
        more: more.into_iter().filter_map(link).collect(),
    };
    ctx.render(entry, "pages/checks.html", &view)
}

/// How many places are open, in a sentence.
pub(crate) fn open(ctx: &Ctx<'_>, lang: usize) -> String {
    let n: usize = ctx.findings.iter().map(|f| f.count).sum();
    if n == 0 { ctx.say(lang, "checks.open.none") } else { ctx.theme.messages[lang].count("checks.open", n) }
}
