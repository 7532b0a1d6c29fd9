//! What is the same on many pages, rendered once per language and section: header and footer.

use super::Ctx;
use super::hant::Hant;
use super::pages::column;
use super::terms::Terms;
use super::view::{LinkView, date_text};
use crate::check::Tally;
use crate::config::Config;
use crate::derive::Derived;
use crate::diag::Diagnostic;
use crate::index::Index;
use crate::model::Public;
use crate::route::{Entry, Routes, Target};
use crate::theme::Theme;
use crate::types;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Rendered shells: header and footer by language and section.
pub struct Shells {
    headers: BTreeMap<(usize, String), tera::Value>,
    footers: Vec<tera::Value>,
    /// Cards of all items, by language and item: an item stands in many lists.
    pub cards: Vec<Vec<Box<str>>>,
    /// Cards of letters, by language and letter; none of those that are not shown.
    pub letters: Vec<Vec<Option<Box<str>>>>,
    /// Rows of requests in the register, by language and request, once one of their lists is made; empty where they cannot be made so.
    pub requests: Vec<Vec<OnceLock<Box<str>>>>,
    /// Facets of the library without a chosen value, by language and facet.
    pub facets: Vec<Vec<String>>,
    /// Facets of the lists of types, by language, place of the type and facet.
    pub parted: Vec<Vec<Vec<String>>>,
    /// Table for languages that are made from another; `None` without such a language.
    hant: Option<Hant>,
    /// Glossary by language.
    pub(super) terms: Vec<Option<Terms>>,
    /// Visits of items.
    pub visits: super::visited::Visited,
    /// Names of the columns in each language, by index.
    pub columns: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct NavView {
    title: String,
    url: String,
    current: bool,
    /// Language of the title where another stands in.
    lang: Option<&'static str>,
}

#[derive(Serialize)]
struct AlertView<'a> {
    title: &'a str,
    text: &'a str,
    url: Option<&'a str>,
    level: &'static str,
}

#[derive(Serialize)]
struct ShellView<'a> {
    lang: &'a str,
    site_title: &'a str,
    home: &'a str,
    nav: Vec<NavView>,
    demo: bool,
    elder: &'a str,
    alerts: Vec<AlertView<'a>>,
    glossary: &'a str,
    report_to: String,
    badge_url: Option<&'a str>,
    organizer: &'a str,
    operator: &'a str,
    contact: &'a str,
    icp: Option<&'a str>,
    police: Option<&'a str>,
    site_id_code: Option<&'a str>,
    sitemap: &'a str,
    changes: &'a str,
    search: &'a str,
    feed: &'a str,
    as_of: String,
    more: Vec<LinkView>,
    /// Words of the footer, one paragraph each.
    words: Vec<&'a str>,
    /// `extra:` of `site.yaml`.
    extra: &'a serde_json::Value,
}

impl Shells {
    /// Renders all shells.
    pub fn new(config: &Config, public: &Public, derived: &Derived, routes: &Routes, theme: &Theme, findings: &[Tally]) -> Result<Shells, Box<Diagnostic>> {
        let mut headers = BTreeMap::new();
        let mut footers = Vec::new();
        let columns: Vec<Vec<String>> = (0..public.languages.len())
            .map(|lang| {
                let name = |c: &crate::model::Column| {
                    if c.title.is_empty() { theme.messages[lang].say(&format!("type.{}", c.path)) } else { c.title.get(lang).to_string() }
                };
                public.columns.iter().map(name).collect()
            })
            .collect();
        for (lang, language) in public.languages.iter().enumerate() {
            let nav = nav(public, derived, routes, theme, &columns[lang], lang, config.disclosure.chinese);
            // `?` is no section: pages outside the navigation mark nothing as current.
            let sections: Vec<String> = std::iter::once("?".to_string()).chain(nav.iter().map(|(s, ..)| s.clone())).collect();
            let id = &config.identity;
            let view = |section: &str| ShellView {
                lang: &language.tag,
                site_title: config.title.get(lang),
                home: routes.url(lang, &Target::Home),
                nav: nav.iter().map(|(s, t, u, lang)| NavView { title: t.clone(), url: u.clone(), current: s == section, lang: *lang }).collect(),
                demo: config.demo,
                elder: routes.url(lang, &Target::Elder),
                alerts: public
                    .alerts
                    .iter()
                    .map(|a| AlertView { title: a.title.get(lang), text: a.text.get(lang), url: a.url.as_deref(), level: a.level })
                    .collect(),
                glossary: routes.url(lang, &Target::Glossary),
                report_to: config
                    .report_to
                    .as_ref()
                    .map_or(String::new(), |r| if r.contains('@') && !r.contains(':') { format!("mailto:{r}") } else { r.clone() }),
                badge_url: id.badge_url.as_deref(),
                organizer: id.organizer.get(lang),
                operator: id.operator.get(lang),
                contact: id.contact.get(lang),
                icp: id.icp.as_deref(),
                police: id.police.as_deref(),
                site_id_code: id.site_id_code.as_deref(),
                sitemap: routes.url(lang, &Target::SiteMap),
                changes: routes.url(lang, &Target::Changes),
                search: routes.url(lang, &Target::Search),
                feed: routes.url(lang, &Target::Feed(crate::route::FeedOf::Site, crate::route::FeedFormat::Atom)),
                extra: &config.extra,
                as_of: date_text(&theme.messages[lang], public.as_of),
                words: config.look.footer.get(lang).lines().map(str::trim).filter(|l| !l.is_empty()).collect(),
                more: derived
                    .list(types::PAGE)
                    .iter()
                    .filter(|i| public.items[**i as usize].edition(lang).is_some() && !public.items[**i as usize].name().contains('/'))
                    .take(12)
                    .map(|i| LinkView { title: public.items[*i as usize].best(lang).title.clone(), url: routes.url(lang, &Target::Item(*i)).to_string() })
                    .chain(routes.get(lang, &Target::Checks).map(|e| LinkView { title: theme.messages[lang].say("checks.title"), url: e.url.clone() }))
                    .chain(routes.get(lang, &Target::Trust).map(|e| LinkView { title: theme.messages[lang].say("trust.title"), url: e.url.clone() }))
                    .chain(config.foot_links.iter().map(|(t, u)| LinkView { title: t.get(lang).to_string(), url: u.clone() }))
                    .collect(),
            };
            let render = |template: &str, section: &str| -> Result<tera::Value, Box<Diagnostic>> {
                Ok(tera::Value::safe_string(&theme.part(lang, template, &view(section))?))
            };
            for section in sections {
                headers.insert((lang, section.clone()), render("components/header/header.html", &section)?);
            }
            footers.push(render("components/footer/footer.html", "")?);
        }
        let mut shells = Shells {
            headers,
            footers,
            columns,
            visits: super::visited::Visited::new(public, routes),
            cards: Vec::new(),
            letters: Vec::new(),
            requests: public.languages.iter().map(|_| public.disclosure.register().iter().map(|_| OnceLock::new()).collect()).collect(),
            facets: Vec::new(),
            parted: Vec::new(),
            hant: None,
            terms: terms(public, routes),
        };
        let ctx = Ctx { config, public, derived, routes, theme, shells: &shells, findings, scores: None, facts: &[], index: &Index::default(), record: None };
        let cards = (0..public.languages.len()).map(|lang| (0..public.items.len() as u32).into_par_iter().map(|i| card(&ctx, lang, i)).collect());
        let cards = cards.collect::<Result<_, _>>()?;
        let letters = (0..public.languages.len()).map(|lang| {
            let all = &public.feedback.letters;
            (0..all.len() as u32).into_par_iter().map(|i| if all[i as usize].shown { letter(&ctx, lang, i).map(Some) } else { Ok(None) }).collect()
        });
        let letters = letters.collect::<Result<_, _>>()?;
        let facet = |lang| (0..derived.facets.len()).map(|f| super::pages::library::facet_html(&ctx, lang, f as u32, None)).collect();
        let facets = (0..public.languages.len()).map(facet).collect::<Result<_, _>>()?;
        let parted = |lang, k: crate::types::Kind| {
            let all = 0..derived.parted[k.place()].len();
            all.map(|f| super::pages::records::facet_html(&ctx, lang, k, f as u32, None)).collect::<Result<Vec<_>, _>>()
        };
        let parted = (0..public.languages.len()).map(|lang| public.types.iter().map(|k| parted(lang, k)).collect::<Result<Vec<_>, _>>());
        let parted = parted.collect::<Result<Vec<_>, _>>()?;
        (shells.cards, shells.letters, shells.facets, shells.parted) = (cards, letters, facets, parted);
        shells.hant = public.languages.iter().any(|l| l.from.is_some()).then(Hant::default);
        Ok(shells)
    }

    /// A finished file in the script of its language.
    pub(super) fn script(&self, public: &Public, lang: usize, file: Vec<u8>) -> Vec<u8> {
        match (&self.hant, public.languages[lang].from) {
            (Some(hant), Some(_)) => hant.page(&String::from_utf8_lossy(&file)).into_bytes(),
            _ => file,
        }
    }

    /// A text in the script of its language.
    pub fn text(&self, public: &Public, lang: usize, text: &str) -> String {
        match (&self.hant, public.languages[lang].from) {
            (Some(hant), Some(_)) => {
                let mut out = String::with_capacity(text.len());
                hant.text(text, &mut out);
                out
            }
            _ => text.to_string(),
        }
    }

    /// Adds the shell of an entry's section to a page's context.
    pub(super) fn insert(&self, c: &mut tera::Context, entry: &Entry) {
        let prefix_len = entry.path.split('/').next().map_or(0, str::len);
        let rest = if entry.lang == 0 { entry.path.as_str() } else { entry.path.get(prefix_len + 1..).unwrap_or("") };
        let section = rest.split('/').next().unwrap_or("");
        let section = if entry.target == Target::Home {
            ""
        } else if section.is_empty() || section.ends_with(".html") {
            "?"
        } else {
            section
        };
        let header = self.headers.get(&(entry.lang, section.to_string())).or_else(|| self.headers.get(&(entry.lang, "?".to_string())));
        if let Some(h) = header {
            c.insert_value("header", h.clone());
        }
        c.insert_value("footer", self.footers[entry.lang].clone());
    }
}

/// The glossary of each language that has a page for it.
fn terms(public: &Public, routes: &Routes) -> Vec<Option<Terms>> {
    let of = |lang: usize| {
        let page = routes.get(lang, &Target::Glossary)?;
        let from = public.languages[lang].from.unwrap_or(lang);
        let term = |t: &crate::model::Term| {
            // Aliases are words of the primary language, unless only one is spoken here.
            let aliases = if from == 0 { t.aliases.clone() } else { Vec::new() };
            let words = std::iter::once(t.term.get(from).to_string()).chain(aliases).collect();
            let short: String = t.definition.get(from).chars().take(200).collect();
            (words, format!("{}#{}", page.url, t.id), short)
        };
        Terms::new(public.glossary.iter().map(term).collect())
    };
    (0..public.languages.len()).map(of).collect()
}

fn letter(ctx: &Ctx<'_>, lang: usize, i: u32) -> Result<Box<str>, Box<Diagnostic>> {
    let view = super::pages::feedback::card(ctx, lang, i);
    ctx.theme.part(lang, "components/card/card.html", &view).map(String::into_boxed_str)
}

fn card(ctx: &Ctx<'_>, lang: usize, index: u32) -> Result<Box<str>, Box<Diagnostic>> {
    ctx.theme.part(lang, "components/card/card.html", &ctx.card(lang, index)).map(String::into_boxed_str)
}

/// An entry of the navigation: section (first part of the address), title, address, and the title's language where another stands in.
type NavEntry = (String, String, String, Option<&'static str>);

fn nav(public: &Public, derived: &Derived, routes: &Routes, theme: &Theme, columns: &[String], lang: usize, chinese: bool) -> Vec<NavEntry> {
    let m = &theme.messages[lang];
    let mut nav = vec![(String::new(), m.say("nav.home"), routes.url(lang, &Target::Home).to_string(), m.foreign("nav.home"))];
    for c in column::tops(public, derived) {
        let url = routes.url(lang, &Target::Column(c as u32, 0));
        if !url.is_empty() {
            let own = &public.columns[c];
            let foreign = if own.title.is_empty() { m.foreign(&format!("type.{}", own.path)) } else { None };
            nav.push((column::path_of(own).to_string(), columns[c].clone(), url.to_string(), foreign));
        }
    }
    if let Some(url) = super::pages::disclosure::entry(routes, lang) {
        let key = if chinese { "disclosure.home" } else { "foi.home" };
        nav.push(("disclosure".to_string(), m.say(key), url, m.foreign(key)));
    }
    if let Some(url) = super::pages::feedback::entry(routes, lang) {
        nav.push(("feedback".to_string(), m.say("feedback.title"), url, m.foreign("feedback.title")));
    }
    for (section, key, target) in [("departments", "nav.departments", Target::Departments), ("themes", "nav.themes", Target::Themes)] {
        let url = routes.url(lang, &target);
        if !url.is_empty() {
            nav.push((section.to_string(), m.say(key), url.to_string(), m.foreign(key)));
        }
    }
    nav
}
