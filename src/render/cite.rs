//! How to cite a page: GB/T 7714-2015, or APA 7 on sites and pages that have nothing to do with it, and BibTeX.

use super::Ctx;
use crate::model::{Edition, Item};
use crate::types;
use jiff::civil::Date;
use serde::Serialize;

/// Ready-made citations.
#[derive(Debug, Serialize)]
pub struct CiteView {
    /// Name of the style.
    pub style: &'static str,
    /// Its place on the page.
    pub id: &'static str,
    /// In that style.
    pub text: String,
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
    let (style, id, text) = if abroad(ctx, lang) {
        ("APA", "cite-apa", apa(ctx, lang, item, edition, &who, url))
    } else {
        ("GB/T 7714", "cite-gbt", format!("{author}{title}{number}[{mark}]. {day}[{}]. {url}.", ctx.public.as_of))
    };
    CiteView {
        style,
        id,
        text,
        bibtex: format!(
            "@misc{{{key},\n{}  title = {{{{{}}}}},\n{year}  howpublished = {{\\url{{{url}}}}},\n  urldate = {{{}}}\n}}",
            if who.is_empty() { String::new() } else { format!("  author = {{{{{}}}}},\n", plain(&who)) },
            plain(title),
            ctx.public.as_of
        ),
        url: url.to_string(),
    }
}

/// The Chinese standard has no place on a page that is neither in Chinese nor of a site under Chinese rules.
fn abroad(ctx: &Ctx<'_>, lang: usize) -> bool {
    !ctx.config.disclosure.chinese && !ctx.public.languages[lang].tag.starts_with("zh")
}

/// APA, 7th edition: author, day, title, number, kind, site, address. Without an author the title comes first (9.12), without a
/// day it is n.d. (9.17), and a site that is its own author is not named twice (9.24).
fn apa(ctx: &Ctx<'_>, lang: usize, item: &Item, edition: &Edition, who: &str, url: &str) -> String {
    let day = item.day().map_or_else(|| "n.d.".to_string(), |d| apa_day(&ctx.public.languages[lang].tag, d));
    let number = item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| format!(" ({})", n.shown())).unwrap_or_default();
    let kind = if item.kind == types::DATASET { " [Data set]" } else { "" };
    let title = &edition.title;
    let site = ctx.config.title.get(lang);
    let site = if site.is_empty() || site == who { String::new() } else { format!(" {}", stopped(site)) };
    let what = stopped(&format!("{title}{number}{kind}"));
    if who.is_empty() { format!("{what} ({day}).{site} {url}") } else { format!("{} ({day}). {what}{site} {url}", stopped(who)) }
}

/// With a full stop, unless a sign ends it already.
fn stopped(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{end}")
}

fn apa_day(tag: &str, d: Date) -> String {
    const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let month = usize::try_from(d.month() - 1).ok().and_then(|m| MONTHS.get(m)).filter(|_| tag == "en" || tag.starts_with("en-"));
    month.map_or_else(|| d.to_string(), |m| format!("{}, {m} {}", d.year(), d.day()))
}
