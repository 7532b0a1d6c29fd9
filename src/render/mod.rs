//! From items to files: page types and exports, each a plan and a maker.

mod bidi;
mod blocks;
mod channels;
mod chart;
mod cite;
pub mod escape;
pub mod exports;
mod hant;
mod life;
pub mod markdown;
mod ooxml;
pub mod pages;
mod picture;
pub mod push;
pub mod record;
mod sanitize;
mod shell;
mod stage;
mod structured;
mod tables;
mod terms;
mod units;
mod view;
pub mod visited;
mod xlsx;
use view::date_text;
pub use view::size_text;

pub use shell::Shells;

use crate::check::Tally;
use crate::config::Config;
use crate::derive::Derived;
use crate::diag::{Diagnostic, Report, Severity, say};
use crate::index::Index;
use crate::model::Public;
use crate::output::{Facts, Made, MakeResult, Producer, Sink};
use crate::route::{CatalogueFile, Entry, Plan, Routes, Target};
use crate::theme::Theme;
use serde::Serialize;

/// All that a maker may look at. Nothing in it changes while files are made.
pub struct Ctx<'a> {
    /// Settings.
    pub config: &'a Config,
    /// Content.
    pub public: &'a Public,
    /// Computed values.
    pub derived: &'a Derived,
    /// Addresses.
    pub routes: &'a Routes,
    /// Templates, messages, assets.
    pub theme: &'a Theme,
    /// What is the same on many pages.
    pub shells: &'a Shells,
    /// What the check found, by code.
    pub findings: &'a [Tally],
    /// Scorecards, where the site asks for them.
    pub scores: Option<&'a crate::indicators::Scorecards>,
    /// Facts of the files of earlier waves, by entry.
    pub facts: &'a [Facts],
    /// The files of search.
    pub index: &'a Index,
    /// What the log of a signed site tells of its documents.
    pub record: Option<&'a crate::trust::Record>,
}

/// A page type or an export.
pub struct Maker {
    /// Its name, which is also its template's.
    pub name: &'static str,
    /// Plans its files.
    pub plan: Plan,
    /// Makes one of them.
    pub make: fn(&Ctx<'_>, &Entry) -> MakeResult,
    /// Rough cost of one file.
    pub cost: u32,
}

/// Page types and exports, in the order in which they plan.
pub static MAKERS: &[&Maker] = &[
    &pages::home::PAGE,
    &pages::library::PAGE,
    &pages::column::PAGE,
    &pages::records::PAGE,
    &pages::consultation::PAGE,
    &pages::policy::PAGE,
    &pages::compare::PAGE,
    &pages::interpretation::PAGE,
    &pages::page::PAGE,
    &pages::dataset::PAGE,
    &pages::resource::PAGE,
    &pages::embed::PAGE,
    &pages::quality::PAGE,
    &pages::account::PAGE,
    &pages::duty::PAGE,
    &pages::scorecards::PAGE,
    &pages::news::PAGE,
    &pages::topic::PAGE,
    &pages::record::PAGE,
    &pages::readable::PAGE,
    &pages::disclosure::PAGE,
    &pages::channels::PAGE,
    &pages::feedback::PAGE,
    &pages::statistics::PAGE,
    &pages::glossary::PAGE,
    &pages::checks::PAGE,
    &pages::elder::PAGE,
    &pages::style::PAGE,
    &pages::search::PAGE,
    &pages::department::PAGE,
    &pages::theme::PAGE,
    &pages::changes::PAGE,
    &pages::notice::PAGE,
    &pages::trust::PAGE,
    &pages::sitemap::PAGE,
    &pages::not_found::PAGE,
    &exports::files::EXPORT,
    &exports::data::EXPORT,
    &exports::catalogues::EXPORT,
    &exports::akn::EXPORT,
    &exports::form::EXPORT,
    &exports::api::EXPORT,
    &exports::twin::EXPORT,
    &exports::docx::EXPORT,
    &exports::llms::EXPORT,
    &exports::working_days::EXPORT,
    &pages::downloads::PAGE,
    &exports::feeds::EXPORT,
    &exports::ics::EXPORT,
    &exports::sitemap::EXPORT,
    &exports::robots::EXPORT,
    &exports::security::EXPORT,
    &exports::share::EXPORT,
    &exports::webmanifest::EXPORT,
    &exports::offline::EXPORT,
    &exports::opensearch::EXPORT,
    &exports::hosting::EXPORT,
    &exports::search::EXPORT,
    &exports::seal::EXPORT,
    &exports::manifest::EXPORT,
    // Behind everything that has an address of its own.
    &pages::redirect::PAGE,
];

/// The plans of all makers, for `route`.
pub fn plans() -> Vec<Plan> {
    MAKERS.iter().map(|m| m.plan).collect()
}

/// Places in [`MAKERS`] of what answers addresses of the ledger.
pub fn answers() -> crate::route::Answers {
    let at = |name: &str| MAKERS.iter().position(|m| m.name == name).unwrap_or(0);
    crate::route::Answers { notice: at("notice"), redirect: at("redirect") }
}

/// What the host of the site must be able to do, and what it cannot.
pub fn hosting_findings(config: &Config, public: &Public, routes: &Routes, report: &mut Report) {
    exports::hosting::findings(config, public, routes, report);
}

/// Place in [`MAKERS`] of the files of search.
pub fn searched() -> usize {
    MAKERS.iter().position(|m| m.name == exports::search::EXPORT.name).unwrap_or(0)
}

/// Who can make which files.
pub fn producers(routes: &Routes) -> Vec<Producer> {
    // Files made of a table, or of the items of a type, come of the pass that makes the first of them.
    let first = routes.entries.iter().position(exports::api::of_items);
    let along = |i: usize, e: &Entry| {
        exports::api::comes_along(e)
            || exports::catalogues::comes_along(routes, e)
            || (exports::api::of_items(e) && first != Some(i))
            || (first.is_some() && matches!(e.target, Target::Akn(_)))
    };
    let own = |i: usize, e: &Entry| !matches!(e.target, Target::Data(_, _, _, f) if f.format > 0) && !along(i, e);
    routes.entries.iter().enumerate().filter(|(i, e)| own(*i, e)).map(|(i, e)| Producer { entry: i as u32, wave: e.wave, cost: MAKERS[e.maker].cost }).collect()
}

/// Makes one file.
pub fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    (MAKERS[entry.maker].make)(ctx, entry)
}

/// Writes the files of what is made as [`Made::Poured`], piece by piece.
pub fn pour(ctx: &Ctx<'_>, entry: &Entry, sink: &mut dyn Sink) -> std::io::Result<()> {
    match entry.target {
        Target::Catalogue(CatalogueFile::Whole(_, n)) => exports::catalogues::pour(ctx, n, sink),
        _ => exports::api::pour(ctx, entry, sink),
    }
}

impl Ctx<'_> {
    /// Renders a template with a view model.
    pub fn render<V: Serialize>(&self, entry: &Entry, template: &str, view: &V) -> MakeResult {
        let mut out = Vec::with_capacity(16 << 10);
        let mut c = tera::Context::from_serialize(view).map_err(|e| Box::new(crate::theme::template_fault(&e)))?;
        self.shells.insert(&mut c, entry);
        self.theme.put(entry.lang, template, &c, &mut out)?;
        Ok(Made::Bytes(self.turned(entry.lang, self.shells.script(self.public, entry.lang, out))))
    }

    /// A page that runs from right to left, with the direction of what does not. The language of that is told where the site
    /// has but one from left to right: English where it has none, for the words of the theme.
    fn turned(&self, lang: usize, page: Vec<u8>) -> Vec<u8> {
        if !crate::config::direction::rtl(&self.config.languages[lang].tag) {
            return page;
        }
        let mut others = self.config.languages.iter().map(|l| l.tag.as_str()).filter(|t| !crate::config::direction::rtl(t));
        let other = match (others.next(), others.next()) {
            (None, _) => Some("en"),
            (one, None) => one,
            _ => None,
        };
        match String::from_utf8(page) {
            Ok(text) => bidi::mark(&text, other).into_bytes(),
            Err(e) => e.into_bytes(),
        }
    }

    /// A message in the language of an entry.
    pub fn say(&self, lang: usize, key: &str) -> String {
        self.theme.messages[lang].say(key)
    }

    /// The address of a target in a language.
    pub fn url(&self, lang: usize, target: &Target) -> &str {
        self.routes.url(lang, target)
    }

    /// The address of a page with scheme and host.
    pub fn absolute(&self, url: &str) -> String {
        format!("{}{url}", self.origin())
    }

    /// The same without them.
    pub fn local<'u>(&self, url: &'u str) -> &'u str {
        url.strip_prefix(self.origin()).unwrap_or(url)
    }

    fn origin(&self) -> &str {
        self.config.base_url.strip_suffix(&self.config.base_path).unwrap_or(&self.config.base_url)
    }
}

/// An internal mistake: a maker was given a target of another type.
pub fn misrouted(entry: &Entry) -> MakeResult {
    Err(Box::new(
        Diagnostic::new("OUT001", Severity::Error, say!("内部错误：{} 没有对应的页面类型", "internal error: no page type for {}", entry.path)).blocking(),
    ))
}
