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
    let who = ctx.issuers(lang, item);
    let told = item.policy().and_then(|p| p.issuer_text.clone()).or_else(|| item.source.clone());
    // Nobody is named as author who is not known to be (GB/T 7714-2015, 8.1.3: the item is left out).
    let who = if who.is_empty() { told.unwrap_or_default() } else { who };
    let named = authors(ctx, lang, item, &who);
    let author = if who.is_empty() { String::new() } else { format!("{}. ", first_three(&named, ctx.public.languages[lang].tag.starts_with("zh"))) };
    let number = item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| format!(": {}", n.shown())).unwrap_or_default();
    let mark = if item.kind == types::DATASET { "DS/OL" } else { "A/OL" };
    let day = item.day().map(|d| format!("({d})")).unwrap_or_default();
    let title = &edition.title;
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
            if who.is_empty() {
                String::new()
            } else {
                format!("  author = {{{}}},\n", named.iter().map(|n| format!("{{{}}}", tex(n))).collect::<Vec<_>>().join(" and "))
            },
            tex(title),
            ctx.public.as_of
        ),
        url: url.to_string(),
    }
}

/// A text as it is written in BibTeX: signs that LaTeX would take as its own stand as themselves. BibTeX counts braces whatever
/// stands before them, so that those without a partner have names.
fn tex(text: &str) -> String {
    let mut depth = 0i32;
    let paired = text.chars().all(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth >= 0
    }) && depth == 0;
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '%' | '&' | '#' | '_' | '$' => out.extend(['\\', c]),
            '{' | '}' if paired => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The bodies that stand as authors, one by one. A name that is told as text is taken apart where it lists several.
fn authors(ctx: &Ctx<'_>, lang: usize, item: &Item, who: &str) -> Vec<String> {
    if !item.issuers.is_empty() {
        return item.issuers.iter().map(|d| ctx.issuer(lang, item, *d).to_string()).collect();
    }
    // Names in Chinese have no spaces within; `国家税务总局 财政部` are two.
    let parts = |c: char| matches!(c, '、' | '，' | ';' | '；') || c.is_whitespace() && !who.bytes().any(|b| b.is_ascii_alphabetic());
    who.split(parts).map(str::trim).filter(|n| !n.is_empty()).map(String::from).collect()
}

/// Authors as GB/T 7714-2015 (8.1.2) wants them: three, and of more the first three and a word that there are others.
fn first_three(names: &[String], chinese: bool) -> String {
    let (between, others) = if chinese { ("，", "等") } else { (", ", "et al") };
    let mut some: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    if names.len() > 3 {
        some.push(others);
    }
    some.join(between)
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

#[cfg(test)]
mod tests {
    use super::first_three;

    #[test]
    fn more_than_three_authors_are_three_and_others() {
        let names = |n: usize| ["海关总署", "财政部", "商务部", "文化和旅游部", "税务总局"][..n].iter().map(|t| t.to_string()).collect::<Vec<_>>();
        assert_eq!(first_three(&names(1), true), "海关总署");
        assert_eq!(first_three(&names(3), true), "海关总署，财政部，商务部");
        assert_eq!(first_three(&names(5), true), "海关总署，财政部，商务部，等");
        assert_eq!(first_three(&names(4), false), "海关总署, 财政部, 商务部, et al");
    }
}
