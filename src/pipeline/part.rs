//! A site in parts: the files of some departments alone, and all others around them when they are put together.

use super::{Content, Made, Routed, Stop};
use crate::config::Config;
use crate::load::digest::put;
use crate::load::{Limits, Moment, Sources, read_text};
use crate::model::Public;
use crate::output::{self, Facts, Producer};
use crate::parts::{About, Merged, Split, own, places};
use crate::render::{self, Shells};
use crate::route::{Entry, Routes, Target};
use crate::run::{Request, Times};
use crate::theme::{self, Theme};
use crate::write::{Fault, Stage};
use crate::{index, trust};
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;

/// What a part, or the run that puts parts together, is made of.
pub(super) fn about(request: &Request<'_>, config: &Config, now: Moment, sources: &Sources) -> Option<About> {
    if matches!(request.split, Split::Whole) {
        return None;
    }
    let mut out = Sha256::new();
    put(&mut out, "sources", &sources.digest());
    put(&mut out, "theme", &theme::digest(config));
    put(&mut out, "settings", config.source.text.as_bytes());
    put(&mut out, "base_url", config.base_url.as_bytes());
    put(&mut out, "profile", format!("{:?}", config.profile).as_bytes());
    put(&mut out, "hold_back", &[u8::from(request.hold_back)]);
    if let Some((path, _)) = config.scorecards.as_ref().and_then(|s| s.earlier.as_ref()) {
        let text = read_text(&config.root.join(path), path, &Limits::default()).unwrap_or_default();
        put(&mut out, path, text.as_bytes());
    }
    Some(About::new(now, output::hex(&out.finalize()), request.seal.as_ref()))
}

/// Whether there are the departments whose part is asked for: it is told before anything is opened.
pub(crate) fn known(request: &Request<'_>, public: &Public) -> Result<(), Fault> {
    match &request.split {
        Split::Part(departments) => places(departments, public).map(drop).map_err(Fault::Parts),
        _ => Ok(()),
    }
}

/// Makes the files of some departments. The rules over finished pages speak when the parts are put together.
pub(super) fn files(
    request: &Request<'_>,
    content: &Content,
    theme: &Theme,
    routed: &Routed,
    (stage, departments): (&Stage, &[String]),
    times: &mut Times<'_>,
) -> Result<Made, Stop> {
    let (config, findings) = (&content.config, &content.findings);
    let Routed { public, derived, routes, scores } = routed;
    let own = own(departments, public, routes).map_err(|t| Stop::Tool(Fault::Parts(t)))?;
    let shells = Shells::new(config, public, derived, routes, theme, findings).map_err(Stop::Content)?;
    let (index, scores, seal) = (index::Index::default(), scores.as_ref(), request.seal.as_ref());
    let ctx = render::Ctx { config, public, derived, routes, theme, shells: &shells, findings, scores, facts: &[], index: &index, record: None };
    let producers = render::producers(routes);
    // Files as they were given are copied when the parts are put together; here it is told what they are.
    let given: Vec<Producer> = producers.iter().filter(|p| matches!(routes.entries[p.entry as usize].target, Target::Blob(_))).copied().collect();
    let pour = |_: &Entry, _: &[Facts], _: &mut dyn output::Sink| Ok(());
    let plain = |entry: &Entry, facts: &[Facts]| render::make(&render::Ctx { facts, ..ctx }, entry);
    let (known, _) = Stage::nowhere().run(routes, &given, plain, pour, &|_, _| {}).map_err(Stop::Tool)?;
    let record = seal.map(|s| trust::Record::new(s, public, routes, &known.facts));
    let joined: OnceLock<Vec<Facts>> = OnceLock::new();
    let both = |facts: &[Facts]| facts.iter().zip(&known.facts).map(|(f, k)| if k.hash == [0; 32] { f.clone() } else { k.clone() }).collect();
    let make = |entry: &Entry, facts: &[Facts]| {
        // The first wave has ended when the second begins.
        let facts = if entry.wave > 1 { joined.get_or_init(|| both(facts)) } else { facts };
        render::make(&render::Ctx { facts, record: record.as_ref().filter(|_| entry.wave > 1), ..ctx }, entry)
    };
    let mine: Vec<Producer> = producers.into_iter().filter(|p| own[p.entry as usize]).collect();
    let (mut staged, problems) = stage.run(routes, &mine, make, pour, request.progress).map_err(Stop::Tool)?;
    if let Some(d) = problems.into_iter().next() {
        return Err(Stop::Content(Box::new(d)));
    }
    if let Some(about) = &content.about {
        let files = about.clone().of(departments, routes, &own, &staged.facts).written();
        stage.add(&mut staged, routes, &files).map_err(Stop::Tool)?;
    }
    times.mark("stage");
    Ok(Made { staged, index, sealed: Vec::new(), record: None })
}

/// The parts that are put together, held against this run; none of a whole build.
pub(super) fn merged(request: &Request<'_>, content: &Content, public: &Public, routes: &Routes) -> Result<Merged, Stop> {
    match (&request.split, &content.about) {
        (Split::Merge(parts), Some(mine)) => Merged::new(parts, mine, public, routes).map_err(|t| Stop::Tool(Fault::Parts(t))),
        _ => Ok(Merged::default()),
    }
}

/// What parts have made needs no maker; each of their files is taken as it is.
pub(super) fn taken(producers: &mut Vec<Producer>, merged: &Merged, routes: &Routes) {
    producers.retain(|p| merged.get(p.entry).is_none());
    producers.extend(merged.entries().map(|entry| Producer { entry, wave: routes.entries[entry as usize].wave, cost: 1 }));
}
