//! The stages, once, for every run that goes through them: content, plan, files.
//!
//! `build` takes all three steps and swaps the result in; `check` takes two, `check --full` all three with the files going nowhere.

mod export;
mod finish;
mod hold;
mod judged;
mod part;
mod push;
mod visited;
mod withdraw;

pub use export::{Asked, Unexported, formats};
pub(crate) use export::{Into, export};
pub(crate) use finish::{again, finish, open_stage, real};
pub(crate) use hold::{Routed, is_item};
pub(crate) use part::known;
pub(crate) use push::{near, push, recent};
pub(crate) use visited::places;
pub(crate) use withdraw::{Affected, Shared, affected};

use crate::config::{self, Config};
use crate::diag::{Diagnostic, Report, say};
use crate::load::{self, Cache, Moment};
use crate::model::{self, Portal};
use crate::run::{Clock, Request, Times};
use crate::tables::{self, Tables};
use crate::theme::Theme;
use crate::write::{Fault, Stage, Staged};
use crate::{audit, check, index, indicators, output, render, route, trust};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What authors wrote, read and checked.
pub(crate) struct Content {
    pub(crate) config: Config,
    pub(crate) now: Moment,
    pub(crate) portal: Portal,
    pub(crate) tables: Tables,
    /// Counts of what the rules found, for pages that tell of them.
    pub(crate) findings: Vec<check::Tally>,
    /// Files with errors, for scorecards.
    pub(crate) faults: check::Faults,
    /// The scorecards to compare with.
    pub(crate) earlier: Option<indicators::Earlier>,
    /// What a part tells of what it is made of; only where the site is made in parts.
    pub(crate) about: Option<crate::parts::About>,
}

/// Reads and checks the content. `None` where the settings cannot be read. With `live`, an address that stands for another is told.
pub(crate) fn content(
    request: &Request,
    clock: &Clock<'_>,
    cache: Option<&mut Cache>,
    live: bool,
    times: &mut Times<'_>,
    report: &mut Report,
) -> Option<Content> {
    let config = config::read(&request.root, &request.over, report)?;
    config.placeholder().filter(|_| live && !report.iter().any(|d| d.code == "SRC040")).into_iter().for_each(|d| report.push(d));
    let now = request.as_of(&config, clock);
    let sources = load::load(&config.root, &config.content, config.allow_html, config.git, cache, report);
    times.mark("load");
    let about = part::about(request, &config, now, &sources);
    let portal = model::assemble(&sources, &config, report);
    times.mark("model");
    let tables = tables::tables(&portal, &config.root, now.date, request.reader.as_deref(), None, report);
    times.mark("tables");
    check::check(&portal, &tables, &config, now.date, report);
    ease_drafts(&portal, report);
    pass_tombstones(&portal, report);
    times.mark("check");
    let earlier = earlier(&config, report);
    model::owners::assign(&portal, &config, report);
    let (findings, faults) = (check::tally(report), faults(&config, report));
    Some(Content { config, now, portal, tables, findings, faults, earlier, about })
}

/// What scorecards take of the findings. Where the national check applies, a veto is what its verdict says is one.
pub(crate) fn faults(config: &Config, report: &Report) -> check::Faults {
    let mut faults = check::faults(report);
    if config.profile != config::Profile::Generic {
        (faults.vetoes, faults.vetoed) = crate::verdict::vetoes(&report.iter().collect::<Vec<_>>());
    }
    faults
}

/// The earlier scorecards that `site.yaml` names.
pub(crate) fn earlier(config: &Config, report: &mut Report) -> Option<indicators::Earlier> {
    let (path, at) = config.scorecards.as_ref()?.earlier.as_ref()?;
    let told = match load::read_text(&config.root.join(path), path, &load::Limits::default()) {
        Ok(text) => indicators::earlier(&text),
        Err(_) => None,
    };
    if told.is_none() {
        let d = Diagnostic::new("SRC015", crate::diag::Severity::Error, say!("读不到上次的评价 `{path}`", "the earlier scorecards `{path}` cannot be read"));
        let hint = say!("写项目里一份已发布的 scorecards.json 的路径", "write the path of a published scorecards.json in the project");
        report.push(d.at(config.source.span(at.0 as usize, at.1 as usize)).hint(hint));
    }
    told
}

/// Plans every address. `None` where something blocks and is not held back.
pub(crate) fn plan(request: &Request, content: &Content, theme: &Theme, times: &mut Times<'_>, report: &mut Report) -> Option<Routed> {
    let mut routed = hold::routed(request, &content.config, (&content.portal, &content.tables), theme, content.now, report);
    if let Some(r) = &mut routed {
        route::ahead(&r.routes, &content.portal, content.now, report);
        route::named(&content.config, &r.public, &r.derived, &mut r.routes, report);
        route::past(&content.config, &r.public, report);
        r.scores = indicators::scorecards(&content.config, &r.public, &r.derived, &content.faults, content.earlier.as_ref());
    }
    report.settle_planned();
    model::owners::assign(&content.portal, &content.config, report);
    times.mark("route");
    routed
}

/// What was made.
pub(crate) struct Made {
    pub(crate) staged: Staged,
    pub(crate) index: index::Index,
    /// What a signed build added last.
    pub(crate) sealed: Vec<(String, Vec<u8>)>,
    /// Its documents in the log.
    pub(crate) record: Option<trust::Record>,
}

/// Why nothing was made.
pub(crate) enum Stop {
    /// The theme or the content stands in the way.
    Content(Box<Diagnostic>),
    /// The disk does.
    Tool(Fault),
}

/// Makes every file in `stage` and audits what was made.
pub(crate) fn files(
    request: &Request,
    content: &Content,
    theme: &Theme,
    routed: &mut Routed,
    stage: &Stage,
    times: &mut Times<'_>,
    report: &mut Report,
) -> Result<Made, Stop> {
    if let crate::parts::Split::Part(departments) = &request.split {
        return part::files(request, content, theme, routed, (stage, departments), times);
    }
    let (config, findings) = (&content.config, &content.findings);
    let Routed { public, derived, routes, scores } = routed;
    let merged = part::merged(request, content, public, routes)?;
    let shells = render::Shells::new(config, public, derived, routes, theme, findings).map_err(Stop::Content)?;
    let index = {
        let script = |lang, t: &str| shells.text(public, lang, t);
        index::index(&index::Input { config, public, derived, routes, theme, script: &script })
    };
    let paths = index.files.iter().enumerate().map(|(n, f)| (f.path.clone(), route::Target::SearchFile(n as u32)));
    routes.append(render::searched(), paths, report);
    times.mark("index");
    let (public, derived, routes, scores): (&_, &_, &_, _) = (public, derived, routes, scores.as_ref());
    let mut producers = render::producers(routes);
    let seal = request.seal.as_ref();
    part::taken(&mut producers, &merged, routes);
    if seal.is_some() {
        producers.retain(|p| !trust::last(&routes.entries[p.entry as usize].target));
    }
    let known: OnceLock<trust::Record> = OnceLock::new();
    let ctx = render::Ctx { config, public, derived, routes, theme, shells: &shells, findings, scores, facts: &[], index: &index, record: None };
    let make = |entry: &route::Entry, facts: &[output::Facts]| {
        if let Some((file, schema)) = merged.of(entry, routes) {
            return Ok(output::Made::Ready(file.clone(), schema.clone()));
        }
        // Files of the first wave have their hashes when the second begins.
        let record = seal.filter(|_| entry.wave > 1).map(|s| known.get_or_init(|| trust::Record::new(s, public, routes, facts)));
        render::make(&render::Ctx { facts, record, ..ctx }, entry)
    };
    let pour = |entry: &route::Entry, facts: &[output::Facts], sink: &mut dyn output::Sink| render::pour(&render::Ctx { facts, ..ctx }, entry, sink);
    let (mut staged, problems) = stage.run(routes, &producers, make, pour, request.progress).map_err(Stop::Tool)?;
    times.mark("stage");
    let mut sealed = Vec::new();
    if let Some(s) = seal {
        let record = known.get_or_init(|| trust::Record::new(s, public, routes, &staged.facts));
        sealed = trust::sealed(s, record, (&config.base_url, public, routes), &staged.facts);
        taken(routes, &sealed)?;
        stage.add(&mut staged, routes, &sealed).map_err(Stop::Tool)?;
        times.mark("sign");
    }
    problems.into_iter().for_each(|d| report.push(d));
    let judged = judged::judged(content, public, routes, &staged.facts);
    audit::audit(&audit::Finished { public, routes, profile: config.profile, hosts: &config.csp, judged: &judged, facts: &staged.facts }, report);
    model::owners::assign(&content.portal, config, report);
    times.mark("audit");
    let record = known.into_inner();
    Ok(Made { staged, index, sealed, record })
}

/// The files of the log are known only when all others stand: none of these may lie in their place.
fn taken(routes: &route::Routes, sealed: &[(String, Vec<u8>)]) -> Result<(), Stop> {
    for (path, _) in sealed {
        let url = format!("{}{}", routes.base_path(), route::encode(path));
        let Some(entry) = routes.resolve(url.as_bytes()).map(|i| &routes.entries[i as usize]) else { continue };
        if !trust::last(&entry.target) {
            let text = say!("地址 /{path} 要留给签名网站的日志，不能由内容占用", "the address /{path} is kept for the log of a signed site");
            let d = Diagnostic::new("URL001", crate::diag::Severity::Error, text).at(crate::diag::Span::file(path));
            return Err(Stop::Content(Box::new(d.hint(say!("改这个文件的名字", "rename this file")).blocking())));
        }
    }
    Ok(())
}

/// What was withdrawn for privacy has no text and no fields any more, and nobody is to fill them in.
fn pass_tombstones(portal: &Portal, report: &mut Report) {
    let empty = |i: &&std::sync::Arc<model::Item>| {
        i.withdrawn.as_ref().is_some_and(|w| w.ground == Some("privacy")) && i.editions.iter().all(|e| e.doc.body().trim().is_empty())
    };
    let files: BTreeSet<&str> = portal.items.iter().filter(empty).flat_map(|i| i.editions.iter().map(|e| &*e.doc.source.path)).collect();
    let of_safety = |code: &str| ["SRC", "SEC", "URL"].iter().any(|c| code.starts_with(c));
    if !files.is_empty() {
        report.retain(|d| of_safety(d.code) || !files.contains(d.path()));
    }
}

/// What is wrong with a draft is told as a warning: it is not published, so nothing stops or fails for it.
pub(crate) fn ease_drafts(portal: &Portal, report: &mut Report) {
    let drafts: BTreeSet<&str> = portal.items.iter().filter(|i| i.draft).flat_map(|i| i.editions.iter().map(|e| &*e.doc.source.path)).collect();
    report.ease(|d| d.item.as_deref().is_some_and(|f| drafts.contains(f)) || drafts.contains(d.path()));
}
