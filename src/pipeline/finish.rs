//! The two ends of writing: the stage is opened, and swapped in if nothing blocks.

use super::Made;
use crate::config::Config;
use crate::diag::{Diagnostic, Report};
use crate::load::LEDGER;
use crate::model::Public;
use crate::route::Routes;
use crate::run::{Built, End, Logged, Request, Summary, Times};
use crate::write::{Fault, Stage, publish, write_project_file};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Opens the stage, unless the target would swallow inputs.
pub(crate) fn open_stage(request: &Request<'_>, config: &Config) -> Result<Stage, Fault> {
    let out = request.out_dir();
    let (target, root) = (real(&out), real(&config.root));
    let inputs = config.content.iter().map(String::as_str).chain(["themes", "static"]).map(|f| real(&root.join(f))).collect::<Vec<_>>();
    if root.starts_with(&target) || inputs.iter().any(|i| target.starts_with(i) || i.starts_with(&target)) {
        return Err(Fault::BadTarget(target));
    }
    if let Some(zip) = &request.zip
        && inputs.iter().chain([&target]).any(|i| real(zip).starts_with(i))
    {
        return Err(Fault::BadTarget(real(zip)));
    }
    Ok(Stage::open(&out)?.relative(request.relative))
}

/// A path with its links resolved as far as it exists.
pub(crate) fn real(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(p), ..) => p,
        (_, Some(parent), Some(name)) => real(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).join(name),
        _ => path.to_path_buf(),
    }
}

/// Whether a finding blocks although what it is about may have been held.
fn open(d: &Diagnostic, public: &Public) -> bool {
    d.blocks
        && d.item.as_ref().is_none_or(|i| !public.held.items.contains(i))
        && d.file.as_ref().is_none_or(|f| !public.held.files.contains(f) && !public.held.statics.contains(f))
}

/// What was known before the files were made, with what they told of single items: these are held then. Nothing where all that
/// blocks is held, or something blocks that is of no item.
pub(crate) fn again(mut before: Report, now: &Report, public: &Public) -> Option<Report> {
    let late: Vec<&Diagnostic> = now.iter().filter(|d| open(d, public)).collect();
    if late.is_empty() || late.iter().any(|d| d.item.is_none() || d.code != "SEC014") {
        return None;
    }
    late.into_iter().for_each(|d| before.push(d.clone()));
    Some(before)
}

/// The last step: nothing is swapped in if something blocks.
#[expect(clippy::too_many_arguments, reason = "the end of the pipeline needs what came before")]
pub(crate) fn finish(
    request: &Request<'_>,
    config: Config,
    public: &Public,
    routes: &Routes,
    stage: Stage,
    made: Made,
    report: Report,
    mut times: Times<'_>,
) -> Built {
    if report.iter().any(|d| open(d, public)) {
        stage.discard();
        return Built::blocked(report, Some(config));
    }
    let how = match publish(stage, request.sync) {
        Ok(how) => how,
        Err(f) => return Built::failed(report, f, Some(config)),
    };
    times.mark("publish");
    if let Some(file) = &request.zip {
        if let Err(f) = crate::write::pack(&request.out_dir(), routes, request.relative, (request.seal.as_ref(), &made.sealed), file) {
            return Built::failed(report, f, Some(config));
        }
        times.mark("zip");
    }
    let known: BTreeSet<&str> = public.ledger.iter().map(String::as_str).collect();
    let mut urls: BTreeSet<String> =
        routes.entries.iter().filter(|e| e.kept).map(|e| format!("/{}", e.url.strip_prefix(routes.base_path()).unwrap_or(&e.url))).collect();
    // Old addresses that rules alone answer were promised too.
    urls.extend(routes.moved.iter().filter(|m| !m.temporary && !m.page && !m.shadow).map(|m| m.old.url("/")));
    let fresh: Vec<&String> = urls.iter().filter(|u| !known.contains(u.as_str())).collect();
    let mut new_urls = if matches!(request.split, crate::parts::Split::Part(_)) { 0 } else { fresh.len() };
    if request.record && !fresh.is_empty() {
        let all: BTreeSet<&str> = known.iter().copied().chain(fresh.iter().map(|u| u.as_str())).collect();
        let mut text = String::from("# Every address ever published. Written by `clerestory build --record-urls`; no line is ever taken out.\n");
        for u in all {
            text.push_str(u);
            text.push('\n');
        }
        if let Err(f) = write_project_file(&config.root.join(LEDGER), &text) {
            return Built::failed(report, f, Some(config));
        }
        new_urls = 0;
    }
    // A part has some of the files alone.
    let part = matches!(request.split, crate::parts::Split::Part(_));
    let here = |i: usize| !part || made.staged.facts.get(i).is_some_and(|f| f.len > 0);
    let summary = Summary {
        as_of: public.as_of.to_string(),
        pages: routes.entries.iter().enumerate().filter(|(i, e)| here(*i) && e.path.ends_with(".html")).count(),
        files: (0..routes.entries.len()).filter(|i| here(*i)).count(),
        bytes: made.staged.facts.iter().map(|f| f.len).sum(),
        unchanged: made.staged.unchanged,
        published: how.word(),
        held: public.held.items.iter().chain(&public.held.files).chain(&public.held.statics).map(|h| h.to_string()).collect(),
        not_applicable: crate::check::not_applicable(&config),
        next_change: public.next_change.map(|d| d.to_string()),
        redirects: routes.moved.iter().filter(|m| !m.temporary).count(),
        new_urls,
        log: made.record.as_ref().zip(request.seal.as_ref()).map(|(r, s)| {
            let [documents, published, changed, withdrawn] = r.counts();
            Logged { begun: s.kept.entries.is_empty(), handed: s.kept.handed, documents, published, changed, withdrawn }
        }),
        search: made.index.size,
        seconds: times.seconds(),
    };
    Built { report, end: End::Done(Box::new(summary)), config: Some(config) }
}
