//! How to cite a page: GB/T 7714-2015 and BibTeX.

use super::Ctx;
use crate::model::{Edition, Item};
use crate::types;
use serde::Serialize;

/// Ready-made citations.
#[derive(Debug, Serialize)]
pub struct CiteView {
    /// GB/T 7714-2015.
    pub gbt: String,
    /// BibTeX.
    pub bibtex: String,
    /// Absolute address.
    pub url: String,
}

/// The citations of an item's page. The day of access is the day of the build: readers put in theirs.
pub fn cite(ctx: &Ctx<'_>, lang: usize, item: &Item, edition: &Edition, url: &str) -> CiteView {
    let who = ctx.department_names(lang, &item.issuers);
    let told = item.policy().and_then(|p| p.issuer_text.clone()).or_else(|| item.source.clone());
    // Nobody is named as author who is not known to be (GB/T 7714-2015, 8.1.3: the item is left out).
    let who = if who.is_empty() { told.unwrap_or_default() } else { who };
    let author = if who.is_empty() { String::new() } else { format!("{who}. ") };
    let number = item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| format!(": {}", n.shown())).unwrap_or_default();
    let mark = if item.kind == types::DATASET { "DS/OL" } else { "A/OL" };
    let day = item.day().map(|d| format!("({d})")).unwrap_or_default();
    let title = &edition.title;
    let plain = |t: &str| t.replace(['{', '}', '\\', '\n'], " ");
    let key: String = item.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let year = item.day().map(|d| format!("  year = {{{}}},\n", d.year())).unwrap_or_default();
    CiteView {
        gbt: format!("{author}{title}{number}[{mark}]. {day}[{}]. {url}.", ctx.public.as_of),
        bibtex: format!(
            "@misc{{{key},\n{}  title = {{{{{}}}}},\n{year}  howpublished = {{\\url{{{url}}}}},\n  urldate = {{{}}}\n}}",
            if who.is_empty() { String::new() } else { format!("  author = {{{{{}}}}},\n", plain(&who)) },
            plain(title),
            ctx.public.as_of
        ),
        url: url.to_string(),
    }
}
