//! `llms.txt` (llmstxt.org): what a program that answers people should read, and what it must mind. One for each language in which
//! people wrote.

use super::texts;
use crate::model::Kind;
use crate::output::{Made, MakeResult};
use crate::render::exports::api::{self, listed};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{ApiFile, Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use std::fmt::Write as _;

/// `llms.txt` of each language.
pub static EXPORT: Maker = Maker { name: "llms", plan, make, cost: 3 };

/// Items of a type that are named: the newest. All of them stand in the lists.
const NEWEST: usize = 20;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.writes(&outputs::LLMS) || site.public.items.is_empty() {
        return;
    }
    for (lang, language) in site.public.languages.iter().enumerate().filter(|(_, l)| l.from.is_none()) {
        let path = format!("{}llms.txt", language.prefix);
        if !p.taken(&path) {
            p.file(lang, path, Target::Llms, 3, false, false);
        }
    }
}

/// A text in one line that is no markup.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "")
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    if entry.target != Target::Llms {
        return misrouted(entry);
    }
    let lang = entry.lang;
    let m = &ctx.theme.messages[lang];
    let mut out = format!("# {}\n\n", plain(ctx.config.title.get(lang)));
    let about = plain(ctx.config.description.get(lang));
    if !about.is_empty() {
        let _ = write!(out, "> {about}\n\n");
    }
    let _ = write!(out, "{}\n\n", m.get("llms.mind", &[("date", ctx.date(lang, ctx.public.as_of))]).unwrap_or_default());
    let link = |target: &Target, key: &str| {
        let e = ctx.routes.get(lang, target).or_else(|| ctx.routes.get(0, target))?;
        Some(format!("- [{}]({}): {}\n", m.say(key), ctx.absolute(&e.url), m.say(&format!("{key}.note"))))
    };
    let whole: String = [
        (Target::Api(ApiFile::Passages), "llms.passages"),
        (Target::Api(ApiFile::Index), "llms.index"),
        (Target::Api(ApiFile::OpenApi), "llms.openapi"),
        (Target::Downloads, "llms.downloads"),
        (Target::Api(ApiFile::Changes), "llms.changes"),
    ]
    .iter()
    .filter_map(|(t, key)| link(t, key))
    .collect();
    if !whole.is_empty() {
        let _ = write!(out, "## {}\n\n{whole}\n", m.say("llms.all"));
    }
    for (place, kind) in listed(&ctx.public.types, ctx.derived) {
        section(ctx, lang, (place, kind), &mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    Ok(Made::Bytes(out.into_bytes()))
}

/// The newest items of a type, each with its state.
fn section(ctx: &Ctx<'_>, lang: usize, (place, kind): (u16, Kind), out: &mut String) {
    let m = &ctx.theme.messages[lang];
    let list: Vec<u32> = ctx.derived.list(kind).iter().copied().filter(|i| ctx.public.items[*i as usize].written().any(|e| e.lang == lang)).collect();
    if list.is_empty() {
        return;
    }
    let title = m.say(&format!("type.{}", kind.folder));
    let _ = write!(out, "## {title}\n\n");
    if let Some(e) = ctx.routes.get(0, &Target::Api(ApiFile::List(place))) {
        let n = ctx.derived.list(kind).len();
        let _ = writeln!(out, "- [{}]({}): {}", api::named(kind) + ".json", ctx.absolute(&e.url), m.count("llms.list", n));
    }
    for i in list.iter().take(NEWEST) {
        let item = &ctx.public.items[*i as usize];
        let standing = texts::standing(ctx, lang, *i);
        let url = texts::twin(ctx, *i, lang).unwrap_or_else(|| texts::page(ctx, *i, lang));
        let facts: Vec<String> = [
            Some(standing.label).filter(|_| standing.code != "current"),
            item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown().to_string()),
            item.day().map(|d| d.to_string()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let _ = write!(out, "- [{}]({url})", plain(&item.best(lang).title));
        let _ = if facts.is_empty() { writeln!(out) } else { writeln!(out, ": {}", facts.join(" · ")) };
    }
    out.push('\n');
}
