//! Clerestory (明窗): one command turns Markdown policies and interpretations
//! into a complete static open-government portal.
//!
//! Data moves one way: [`config`], [`load`] → [`model`] → [`mod@check`] →
//! [`mod@derive`] → [`route`] → [`render`] → [`mod@write`] → [`audit`] and the swap.
//! Each stage is a function of the values before it and a [`diag::Report`].
//! [`build`] is that picture in code; ARCHITECTURE.md says what each stage must not know.
#![forbid(unsafe_code)]

pub mod audit;
pub mod calendar;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod config;
pub mod derive;
pub mod diag;
pub mod explain;
pub mod fix;
mod gate;
pub mod import;
pub mod index;
pub mod indicators;
pub mod load;
pub mod mcp;
pub mod model;
pub mod online;
pub mod output;
pub mod outside;
mod owners;
pub mod parts;
pub mod personal;
mod pipeline;
pub mod render;
pub mod route;
mod run;
pub mod scaffold;
#[macro_use]
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod tables;
pub mod theme;
pub mod trust;
pub mod types;
pub mod verdict;
pub mod visits;
pub mod write;

pub use gate::{BASELINE, baseline, gate, write_baseline};
pub use parts::Split;
pub use pipeline::{Asked, Unexported, formats};
pub use run::{AsOf, Built, Checked, Clock, End, Request, Summary};

use diag::Report;
use load::Cache;
use pipeline::Stop;
use run::Times;
use write::Stage;

/// Builds the site and swaps it in. What is wrong with the content is in the
/// report; an error of the tool is in [`End`].
pub fn build(request: &Request, clock: &Clock<'_>, cache: Option<&mut Cache>) -> Built {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let Some(content) = pipeline::content(request, clock, cache, true, &mut times, &mut report) else { return Built::blocked(report, None) };
    let Some(theme) = theme::load(&content.config, &mut report) else { return Built::blocked(report, Some(content.config)) };
    loop {
        let before = request.hold_back.then(|| report.clone());
        let Some(mut routed) = pipeline::plan(request, &content, &theme, &mut times, &mut report) else {
            return Built::blocked(report, Some(content.config));
        };
        let opened = pipeline::known(request, &routed.public).and_then(|()| pipeline::open_stage(request, &content.config));
        let stage = match opened {
            Ok(s) => s,
            Err(f) => return Built::failed(report, f, Some(content.config)),
        };
        match pipeline::files(request, &content, &theme, &mut routed, &stage, &mut times, &mut report) {
            Ok(made) => match before.and_then(|b| pipeline::again(b, &report, &routed.public)) {
                // What only its finished files show is held, and the others are made once more.
                Some(known) => {
                    report = known;
                    stage.discard();
                }
                None => return pipeline::finish(request, content.config, &routed.public, &routed.routes, stage, made, report, times),
            },
            Err(stop) => {
                stage.discard();
                return match stop {
                    Stop::Content(d) => Built::fault(report, *d, Some(content.config)),
                    Stop::Tool(f) => Built::failed(report, f, Some(content.config)),
                };
            }
        }
    }
}

/// The scorecards as the supervising office sees them, and what tells of the items that came out in the last month: names and
/// bytes of files, which never belong to the site.
pub fn internal(request: &Request, clock: &Clock<'_>, lang: diag::Tongue) -> Option<Vec<(String, Vec<u8>)>> {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let mut content = pipeline::content(request, clock, None, false, &mut times, &mut report)?;
    content.config.scorecards.get_or_insert_with(Default::default);
    let theme = theme::load(&content.config, &mut report)?;
    let routed = pipeline::plan(request, &content, &theme, &mut times, &mut report)?;
    let scores = routed.scores.as_ref()?;
    let found = report.sorted();
    let (portal, public, derived, tally) = (&content.portal, &routed.public, &routed.derived, &content.findings[..]);
    let files = indicators::files(&indicators::Told { portal, public, derived, scores: Some(scores), tally, found: &found, lang, files: &[] }, scores);
    let mut out: Vec<(String, Vec<u8>)> = files.into_iter().map(|(name, text)| (name.to_string(), text.into_bytes())).collect();
    for item in pipeline::recent(&routed) {
        let of = |(name, bytes): render::push::File| (format!("push/{}/{name}", item.replace('/', "-")), bytes);
        out.extend(pipeline::push(&content, &routed, &theme, 0, item).into_iter().flatten().map(of));
    }
    Some(out)
}

/// One kind of file without a site: into `out`, else into memory. What must not be published is not in it.
pub fn export(request: &Request, clock: &Clock<'_>, asked: &Asked, out: Option<&std::path::Path>) -> (Report, Result<(usize, Vec<u8>), Unexported>) {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let mut memory = Vec::new();
    let Some(mut content) = pipeline::content(request, clock, None, true, &mut times, &mut report) else { return (report, Err(Unexported::Content)) };
    // Asked for by name, it is wanted, whatever the site writes.
    content.config.off.retain(|key| *key != asked.output.key);
    let Some(theme) = theme::load(&content.config, &mut report) else { return (report, Err(Unexported::Content)) };
    let Some(routed) = pipeline::plan(request, &content, &theme, &mut times, &mut report) else { return (report, Err(Unexported::Content)) };
    let to = out.map_or(pipeline::Into::Memory(&mut memory), pipeline::Into::Disk);
    let made = match pipeline::export(request, &content, &theme, &routed, asked, to) {
        Ok(0) => Err(Unexported::Nothing),
        Ok(n) => Ok(n),
        Err(Stop::Content(d)) => {
            report.push(*d);
            Err(Unexported::Content)
        }
        Err(Stop::Tool(f)) => Err(Unexported::Tool(f)),
    };
    (report, made.map(|n| (n, memory)))
}

/// What tells of one item elsewhere: files, or what stands in the way.
pub fn push(request: &Request, clock: &Clock<'_>, id: &str, tag: Option<&str>) -> Pushed {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let files = pipeline::content(request, clock, None, true, &mut times, &mut report).and_then(|content| {
        let theme = theme::load(&content.config, &mut report)?;
        let routed = pipeline::plan(request, &content, &theme, &mut times, &mut report)?;
        let lang = tag.and_then(|t| config::language_index(&content.config.languages, t)).unwrap_or(0);
        let known = content.portal.items.iter().any(|i| *i.id == *id);
        let files = pipeline::push(&content, &routed, &theme, lang, id);
        let near = if known || files.is_some() { None } else { pipeline::near(&routed, id) };
        Some((files, known, near))
    });
    Pushed { report, files }
}

/// A file of the project with what can be mended in it.
pub struct Mendable {
    /// Below the project.
    pub path: String,
    /// As it is.
    pub text: String,
    /// By place.
    pub edits: Vec<fix::Edit>,
}

/// What `check --fix` would mend, by file: nothing is written. Rules of Chinese texts: a generic site has none.
pub fn fixes(request: &Request, clock: &Clock<'_>) -> (Report, Option<(config::Config, Vec<Mendable>)>) {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let found = pipeline::content(request, clock, None, false, &mut times, &mut report).map(|content| {
        let mut files = Vec::new();
        let chinese = |lang: usize| content.portal.languages[lang].tag.to_ascii_lowercase().starts_with("zh");
        let editions = content
            .portal
            .items
            .iter()
            .flat_map(|i| i.written())
            .filter(|e| [".md", ".yaml", ".yml"].iter().any(|end| e.doc.source.path.ends_with(end)) && chinese(e.lang));
        for e in editions.filter(|_| content.config.profile != config::Profile::Generic) {
            // A description of an item in YAML stands behind the file's own text.
            let own = e.doc.source.tail.map_or(e.doc.source.text.len(), |t| t.from.saturating_sub(1));
            let mut edits = fix::file(&e.doc, &content.config.tz);
            edits.retain(|e| e.at.end <= own);
            // A mark of the encoding is no part of a text that is read; it was right and stays.
            let text = || load::read_raw_text(&request.root.join(&*e.doc.source.path), &e.doc.source.text[..own]);
            if let Some(text) = (!edits.is_empty()).then(text).flatten() {
                let by = text.len() - own;
                let edits = edits.into_iter().map(|e| fix::Edit { at: e.at.start + by..e.at.end + by, ..e }).collect();
                files.push(Mendable { path: e.doc.source.path.to_string(), text, edits });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        (content.config, files)
    });
    (report, found)
}

/// What a withdrawal of an item takes with it, with `strict` its own files whoever else links to them: nothing is written. `Err` holds the item that may be meant.
pub fn withdrawal(request: &Request, clock: &Clock<'_>, id: &str, strict: bool) -> (Report, Option<Result<Withdrawal, Option<String>>>) {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let made = pipeline::content(request, clock, None, false, &mut times, &mut report).and_then(|mut content| {
        let theme = theme::load(&content.config, &mut report)?;
        let found = pipeline::affected(request, &mut content, &theme, id, strict, &mut times, &mut report)?;
        Some(found.map(|affected| Withdrawal { affected, now: content.now, config: content.config }))
    });
    (report, made)
}

/// The addresses of the site that count as visits, of what is public now: nothing is written. `None` where they cannot be planned.
pub fn visited(request: &Request, clock: &Clock<'_>) -> (Report, Option<(config::Config, visits::Places)>) {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let made = pipeline::content(request, clock, None, false, &mut times, &mut report).and_then(|content| {
        let theme = theme::load(&content.config, &mut report)?;
        let routed = pipeline::plan(request, &content, &theme, &mut times, &mut report)?;
        let places = pipeline::places(&content, &routed);
        Some((content.config, places))
    });
    (report, made)
}

/// What [`withdrawal`] gives back.
pub struct Withdrawal {
    pub(crate) affected: pipeline::Affected,
    pub(crate) now: load::Moment,
    pub(crate) config: config::Config,
}

/// What [`push`] gives back: nothing where the content cannot be read; else the files, whether there is such an item at all, and
/// the one that may be meant.
pub struct Pushed {
    /// All findings.
    pub report: Report,
    /// See above.
    pub files: Option<(Option<Vec<render::push::File>>, bool, Option<String>)>,
}

/// Reads and checks the content. With `full`, every page is made as well, into nowhere, so that the rules over finished pages speak too;
/// a fault of the tool on the way is returned. With `links`, the addresses elsewhere are told.
pub fn check(request: &Request, clock: &Clock<'_>, cache: Option<&mut Cache>, full: bool, links: bool) -> Result<Checked, write::Fault> {
    let (mut report, mut times) = (Report::new(), Times::new(clock));
    let Some(content) = pipeline::content(request, clock, cache, full, &mut times, &mut report) else {
        return Ok(Checked { report, config: None, items: 0, quality: Vec::new(), addresses: Vec::new() });
    };
    let mut quality = Vec::new();
    if let Some(theme) = theme::load(&content.config, &mut report)
        && let Some(mut routed) = pipeline::plan(request, &content, &theme, &mut times, &mut report)
    {
        for (item, q) in routed.public.items.iter().zip(&routed.derived.quality) {
            quality.extend(q.as_ref().map(|q| (item.id.clone(), item.doc().source.path.clone(), q.total())));
        }
        if full {
            match pipeline::files(request, &content, &theme, &mut routed, &Stage::nowhere(), &mut times, &mut report) {
                Ok(_) => {}
                Err(Stop::Content(d)) => report.push(*d),
                Err(Stop::Tool(f)) => return Err(f),
            }
        }
    }
    let (items, addresses) = (content.portal.items.len(), if links { online::addresses(&content.portal) } else { Vec::new() });
    Ok(Checked { report, config: Some(content.config), items, quality, addresses })
}
