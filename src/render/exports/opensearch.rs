//! OpenSearch description: the browser's own search box asks the site's search page.

use super::xml;
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};

/// `opensearch.xml`, one a language.
pub static EXPORT: Maker = Maker { name: "opensearch", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (lang, l) in site.public.languages.iter().enumerate() {
        p.file(lang, format!("{}opensearch.xml", l.prefix), Target::OpenSearch, 2, false, false);
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let name = ctx.config.title.get(lang);
    // OpenSearch 1.1: a short name has at most 16 characters.
    let short: String = name.chars().take(16).collect();
    let search = ctx.absolute(ctx.url(lang, &Target::Search));
    let icon =
        ctx.theme.assets.iter().find(|a| a.name == "icons/icon.svg").map_or(String::new(), |a| ctx.absolute(&format!("{}{}", ctx.routes.base_path(), a.path)));
    let out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n<ShortName>{}</ShortName>\n<Description>{}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n<Language>{}</Language>\n<Image type=\"image/svg+xml\">{}</Image>\n<Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        xml(&short),
        xml(ctx.theme.messages[lang].get("search.of", &[("site", name)]).as_deref().unwrap_or(name)),
        ctx.public.languages[lang].tag,
        xml(&icon),
        xml(&search),
    );
    Ok(Made::Bytes(ctx.shells.script(ctx.public, lang, out.into_bytes())))
}
