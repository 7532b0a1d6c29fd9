//! Glossary (词汇表).

use crate::output::MakeResult;
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The glossary, where there is one.
pub static PAGE: Maker = Maker { name: "glossary", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.public.glossary.is_empty() {
        return;
    }
    for (lang, language) in site.public.languages.iter().enumerate() {
        // Only where somebody wrote it in this language, or it is made from one.
        let from = language.from.unwrap_or(lang);
        let written = |t: &crate::model::Term| t.term.0.iter().any(|(l, _)| *l == Some(from) || l.is_none() && from == 0);
        if site.public.glossary.iter().any(written) {
            p.page(lang, "glossary/", Target::Glossary, true, true);
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    id: String,
    term: String,
    aliases: Vec<String>,
    definition: String,
    source: String,
    source_url: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let title = ctx.say(lang, "glossary.title");
    let terms = ctx.public.glossary.iter().map(|t| TermView {
        id: t.id.clone(),
        term: t.term.get(lang).to_string(),
        aliases: t.aliases.clone(),
        definition: t.definition.get(lang).to_string(),
        source: t.source.0.clone().unwrap_or_default(),
        source_url: t.source.1.clone().unwrap_or_default(),
    });
    let view = View { head: ctx.head(entry, &title, ctx.crumbs(lang, None)), terms: terms.collect() };
    ctx.render(entry, "pages/glossary.html", &view)
}
