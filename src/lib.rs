//! Clerestory (明窗): one command turns Markdown policies and interpretations
//! into a complete static open-government portal.
//!
//! Data moves one way: [`config`], [`load`] → [`model`] → [`mod@check`] →
//! [`mod@derive`] → [`route`] → [`render`] → [`mod@write`] → [`audit`] and the swap.
//! Each stage is a function of the values before it and a [`diag::Report`].
//! [`build`] is that picture in code; ARCHITECTURE.md says what each stage must not know.
#![forbid(unsafe_code)]

pub mod audit;
pub mod check;
pub mod cli;
pub mod config;
pub mod derive;
pub mod diag;
pub mod explain;
pub mod index;
pub mod load;
pub mod model;
pub mod online;
pub mod output;
pub mod outside;
pub mod personal;
pub mod render;
pub mod route;
mod run;
pub mod scaffold;
pub mod serve;
pub mod theme;
pub mod write;

pub use run::{AsOf, BASELINE, Built, Checked, Clock, End, Request, Summary, baseline, gate, write_baseline};

use diag::Report;
use load::Cache;
use run::{Routed, Times};

/// Builds the site and swaps it in. What is wrong with the content is in the
/// report; an error of the tool is in [`End`].
pub fn build(request: &Request, clock: &Clock<'_>, cache: Option<&mut Cache>) -> Built {
    let mut report = Report::new();
    let mut times = Times::new(clock);
    let Some(config) = config::read(&request.root, &request.over, &mut report) else { return Built::blocked(report, None) };
    config.placeholder().into_iter().for_each(|d| report.push(d));
    let now = request.as_of(&config, clock);
    let sources = load::load(&config.root, &config.content, config.allow_html, config.git, cache, &mut report);
    times.mark("load");
    let portal = model::assemble(&sources, &config, &mut report);
    times.mark("model");
    let tables = model::tables(&portal, &config.root, now.date, None, &mut report);
    times.mark("tables");
    check::check(&portal, &tables, &config, now.date, &mut report);
    run::ease_drafts(&portal, &mut report);
    times.mark("check");
    let findings = check::tally(&report);
    let Some(theme) = theme::load(&config, &mut report) else { return Built::blocked(report, Some(config)) };
    let Some(Routed { public, derived, mut routes }) = run::routed(request, &config, (&portal, &tables), &theme, now, &mut report) else {
        return Built::blocked(report, Some(config));
    };
    times.mark("route");
    let shells = match render::Shells::new(&config, &public, &derived, &routes, &theme, &findings) {
        Ok(s) => s,
        Err(d) => return Built::fault(report, *d, Some(config)),
    };
    let index = index::index(&index::Input {
        config: &config,
        public: &public,
        derived: &derived,
        routes: &routes,
        theme: &theme,
        script: &|lang, t| shells.text(&public, lang, t),
    });
    let paths = index.files.iter().enumerate().map(|(n, f)| (f.path.clone(), route::Target::SearchFile(n as u32)));
    routes.append(render::searched(), paths, &mut report);
    times.mark("index");
    let producers = render::producers(&routes);
    let stage = match run::open_stage(request, &config) {
        Ok(s) => s,
        Err(f) => return Built::failed(report, f, Some(config)),
    };
    let make = |entry: &route::Entry, facts: &[output::Facts]| {
        let ctx = render::Ctx {
            config: &config,
            public: &public,
            derived: &derived,
            routes: &routes,
            theme: &theme,
            shells: &shells,
            findings: &findings,
            facts,
            index: &index,
        };
        render::make(&ctx, entry)
    };
    let staged = match stage.run(&routes, &producers, make, request.progress) {
        Ok((staged, problems)) => {
            problems.into_iter().for_each(|d| report.push(d));
            staged
        }
        Err(f) => {
            stage.discard();
            return Built::failed(report, f, Some(config));
        }
    };
    times.mark("stage");
    audit::audit(&audit::Finished { public: &public, routes: &routes, facts: &staged.facts }, &mut report);
    times.mark("audit");
    run::finish(request, config, &public, &routes, stage, staged, &index, report, times)
}

/// Reads and checks the content without making anything.
pub fn check(request: &Request, clock: &Clock<'_>, cache: Option<&mut Cache>) -> Checked {
    let mut report = Report::new();
    let Some(config) = config::read(&request.root, &request.over, &mut report) else {
        return Checked { report, config: None, items: 0, quality: Vec::new(), addresses: Vec::new() };
    };
    let now = request.as_of(&config, clock);
    let sources = load::load(&config.root, &config.content, config.allow_html, config.git, cache, &mut report);
    let portal = model::assemble(&sources, &config, &mut report);
    let tables = model::tables(&portal, &config.root, now.date, None, &mut report);
    check::check(&portal, &tables, &config, now.date, &mut report);
    run::ease_drafts(&portal, &mut report);
    let mut quality = Vec::new();
    if let Some(theme) = theme::load(&config, &mut report) {
        let routed = run::routed(request, &config, (&portal, &tables), &theme, now, &mut report);
        for (item, q) in routed.iter().flat_map(|r| r.public.items.iter().zip(&r.derived.quality)) {
            quality.extend(q.as_ref().map(|q| (item.id.clone(), item.doc().source.path.clone(), q.total())));
        }
    }
    Checked { report, config: Some(config), items: portal.items.len(), quality, addresses: online::addresses(&portal) }
}
