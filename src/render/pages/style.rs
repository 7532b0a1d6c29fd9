//! Style guide: every component of the theme with its parameters and examples, from the YAML in its folder.

use crate::output::MakeResult;
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The style guide, where `style_guide: true` asks for it.
pub static PAGE: Maker = Maker { name: "style", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.style_guide {
        for (lang, _) in site.public.languages.iter().enumerate().filter(|(_, l)| l.from.is_none()) {
            p.page(lang, "style-guide/", Target::StyleGuide, false, false);
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
    components: Vec<ComponentView>,
}

#[derive(Serialize)]
struct ComponentView {
    name: String,
    description: String,
    parameters: Vec<(String, String)>,
    examples: Vec<ExampleView>,
    /// It frames the page itself, and is shown by doing so.
    page: bool,
}

#[derive(Serialize)]
struct ExampleView {
    name: String,
    html: String,
    /// What it was given, as JSON.
    data: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let tag = &ctx.public.languages[lang].tag;
    let mut components = Vec::new();
    for c in &ctx.theme.components {
        let mut examples = Vec::new();
        for (name, data) in &c.examples {
            let template = format!("components/{0}/{0}.html", c.name);
            let html = ctx.theme.part(lang, &template, data)?;
            let html = if c.item { format!("<ul class=\"cards\">{html}</ul>") } else { html };
            examples.push(ExampleView { name: name.clone(), html, data: serde_json::to_string_pretty(data).unwrap_or_default() });
        }
        components.push(ComponentView {
            name: c.name.clone(),
            description: c.describe(tag).to_string(),
            parameters: c.parameters.iter().map(|(n, t)| (n.clone(), t.get(tag).to_string())).collect(),
            page: c.page,
            examples,
        });
    }
    let title = ctx.say(lang, "style.title");
    ctx.render(entry, "pages/style.html", &View { head: ctx.head(entry, &title, ctx.crumbs(lang, None)), components })
}
