//! The site as it stands in memory: everything but the files.

use crate::check::{self, Tally};
use crate::config::{self, Config};
use crate::derive::{self, Derived};
use crate::diag::{Diagnostic, Report};
use crate::index::{self, Index};
use crate::load::{self, Cache, Moment, Sources};
use crate::model::{self, Memory, Portal, Public, State};
use crate::output::{Facts, Made, OnlyOne};
use crate::render::{self, Ctx, Shells};
use crate::route::{self, Routes, Site, Target};
use crate::run::Request;
use crate::tables::{self, TableMemory, Tables};
use crate::theme::{self, Theme};
use serde_json::json;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// A portal ready to make the page that is asked for.
pub(super) struct Snapshot {
    config: Config,
    portal: Portal,
    tables: Tables,
    public: Public,
    derived: Derived,
    pub(super) routes: Routes,
    theme: Arc<Theme>,
    shells: Shells,
    findings: Vec<Tally>,
    scores: Option<crate::indicators::Scorecards>,
    now: Moment,
    /// Made when somebody searches.
    index: OnceLock<Index>,
}

/// What is kept between two snapshots.
#[derive(Default)]
pub(super) struct Kept {
    cache: Cache,
    sources: Option<Sources>,
    items: Memory,
    tables: TableMemory,
    theme: Option<Arc<Theme>>,
    findings: Vec<Tally>,
    faults: check::Faults,
}

impl Kept {
    /// A file of the theme or `site.yaml` changed: templates are read again.
    pub(super) fn forget_theme(&mut self) {
        self.theme = None;
    }
}

/// Reads what changed and plans all pages. Nothing blocks here: authors want to see what they wrote.
/// `None` where there is no site to show; the report says why.
pub(super) fn snapshot(
    request: &Request<'_>,
    changed: &[PathBuf],
    today: impl Fn(&Config) -> Moment,
    drafts: bool,
    kept: &mut Kept,
) -> (Option<Snapshot>, Report) {
    let mut report = Report::new();
    let Some(mut config) = config::read(&request.root, &request.over, &mut report) else { return (None, report) };
    // Browsers keep nothing of a preview, and forget what they kept of another at this address.
    config.offline = config.offline.map(|_| false);
    let now = today(&config);
    // The text of a file that was read before is the usual change: then no folder is walked.
    let known = kept.sources.take().and_then(|mut s| {
        let done = !changed.is_empty() && s.refresh(&config.root, &config.content, changed, config.allow_html, &mut report);
        done.then_some(s)
    });
    let sources = known.unwrap_or_else(|| load::load(&config.root, &config.content, config.allow_html, config.git, Some(&mut kept.cache), &mut report));
    let portal = model::assemble_again(&sources, &config, Some(&mut kept.items), &mut report);
    kept.sources = Some(sources);
    let tables = tables::tables(&portal, &config.root, now.date, request.reader.as_deref(), Some(&mut kept.tables), &mut report);
    let theme = match &kept.theme {
        Some(t) => t.clone(),
        None => match theme::load(&config, &mut report) {
            Some(t) => {
                let t = Arc::new(t);
                kept.theme = Some(t.clone());
                t
            }
            None => return (None, report),
        },
    };
    let public = if drafts { portal.preview(now, &tables.hidden) } else { portal.public(now, Default::default(), &tables.hidden) };
    let derived = derive::derive(&public, &tables);
    let assets: Vec<String> = theme.assets.iter().map(|a| a.path.clone()).collect();
    let site = Site { config: &config, public: &public, derived: &derived, assets: &assets };
    let routes = route::route(&site, &render::plans(), render::answers(), &mut report);
    let findings = kept.findings.clone();
    let earlier = crate::pipeline::earlier(&config, &mut report);
    let scores = crate::indicators::scorecards(&config, &public, &derived, &kept.faults, earlier.as_ref());
    let shells = match Shells::new(&config, &public, &derived, &routes, &theme, &findings) {
        Ok(s) => s,
        Err(d) => {
            report.push(*d);
            return (None, report);
        }
    };
    (Some(Snapshot { config, portal, tables, public, derived, routes, theme, shells, findings, scores, now, index: OnceLock::new() }), report)
}

/// What a page shows, for the inspector.
pub(super) struct Inspected(pub(super) serde_json::Value);

impl Snapshot {
    /// Runs the rules: after the page was shown.
    pub(super) fn check(&self, kept: &mut Kept, report: &mut Report) {
        check::check(&self.portal, &self.tables, &self.config, self.now.date, report);
        crate::pipeline::ease_drafts(&self.portal, report);
        model::owners::assign(&self.portal, &self.config, report);
        kept.findings = check::tally(report);
        kept.faults = crate::pipeline::faults(&self.config, report);
    }

    /// The editors' page, after the rules have run.
    pub(super) fn editors(&self, kept: &Kept, report: &mut Report, lang: crate::diag::Tongue) -> String {
        report.settle();
        let found = report.sorted();
        let (portal, public, derived, scores, tally) = (&self.portal, &self.public, &self.derived, self.scores.as_ref(), &kept.findings[..]);
        crate::indicators::page(&crate::indicators::Told { portal, public, derived, scores, tally, found: &found, lang, files: &[] })
    }

    /// The state of some item has changed since the pages were planned.
    pub(super) fn due(&self, today: impl Fn(&Config) -> Moment) -> bool {
        self.public.next_change.is_some_and(|m| m.come(today(&self.config)))
    }

    /// The language that findings are told in.
    pub(super) fn tongue(&self) -> crate::diag::Tongue {
        self.config.tongue()
    }

    /// Folders and files to watch, relative to the project.
    pub(super) fn watched(&self) -> Vec<String> {
        self.config.content.iter().cloned().chain(["themes".into(), "static".into()]).collect()
    }

    /// Makes the file at an address; `None` where there is none.
    pub(super) fn make(&self, url: &str) -> Option<(String, Result<Made, Box<Diagnostic>>)> {
        let Some(index) = self.routes.resolve(url.as_bytes()) else { return self.search_file(url) };
        let entry = &self.routes.entries[index as usize];
        let facts = self.facts(&entry.target);
        let ctx = Ctx {
            config: &self.config,
            public: &self.public,
            derived: &self.derived,
            routes: &self.routes,
            theme: &self.theme,
            shells: &self.shells,
            findings: &self.findings,
            scores: self.scores.as_ref(),
            facts: &facts,
            index: &Index::default(),
            record: None,
        };
        let made = match render::make(&ctx, entry) {
            Ok(Made::Stream(stream)) => {
                let mut one = OnlyOne { wanted: index, bytes: Vec::new() };
                // A source that broke since it was read shows as far as it could be read.
                let _ = stream.0(&mut one);
                Ok(Made::Bytes(one.bytes))
            }
            Ok(Made::Poured) => {
                let mut one = OnlyOne { wanted: index, bytes: Vec::new() };
                let _ = render::pour(&ctx, entry, &mut one);
                Ok(Made::Bytes(one.bytes))
            }
            other => other,
        };
        Some((entry.path.clone(), made))
    }

    /// A file of the search index.
    fn search_file(&self, url: &str) -> Option<(String, Result<Made, Box<Diagnostic>>)> {
        let path = url.strip_prefix(self.routes.base_path()).filter(|p| p.starts_with("search/") && p.ends_with(".bin"))?;
        let index = self.index.get_or_init(|| {
            let script = |lang: usize, t: &str| self.shells.text(&self.public, lang, t);
            let (config, public, derived, routes, theme) = (&self.config, &self.public, &self.derived, &self.routes, &self.theme);
            index::index(&index::Input { config, public, derived, routes, theme, script: &script })
        });
        index.files.iter().find(|f| f.path == path).map(|f| (f.path.clone(), Ok(Made::Bytes(f.bytes.clone()))))
    }

    /// Size and hash of the files that a dataset's page tells of. A build knows them from an earlier wave.
    fn facts(&self, target: &Target) -> Vec<Facts> {
        let Target::Item(i) = target else { return Vec::new() };
        let Some(data) = self.public.items[*i as usize].dataset() else { return Vec::new() };
        let mut out = vec![Facts::default(); self.routes.entries.len()];
        for key in data.resources.iter().filter_map(|r| r.file.as_ref()) {
            let (Some(blob), Some(at)) = (self.public.blobs.get(key), self.routes.index(0, &Target::Blob(key.clone()))) else { continue };
            if let Ok((len, hash)) = crate::write::hash_file(&blob.disk) {
                out[at as usize] = Facts { entry: at, len, hash, ..Facts::default() };
            }
        }
        out
    }

    /// Where a page comes from: file, template, state, fields.
    pub(super) fn inspect(&self, url: &str) -> Option<Inspected> {
        let index = self.routes.resolve(url.as_bytes())?;
        let entry = &self.routes.entries[index as usize];
        let maker = render::MAKERS[entry.maker].name;
        let mut v = json!({ "page": entry.path, "template": format!("pages/{maker}.html"), "language": self.public.languages[entry.lang].tag });
        if let Target::Item(i) = &entry.target {
            let item = &self.public.items[*i as usize];
            let doc = &item.best(entry.lang).doc;
            v["file"] = json!(&*doc.source.path);
            v["id"] = json!(&*item.id);
            v["state"] = json!(format!("{:?}", State::of(item, self.now)).to_lowercase());
            let fields: Vec<(String, String)> = match item.doc().front.as_ref().map(|f| &f.kind) {
                Some(crate::load::Kind::Map(pairs)) => pairs
                    .iter()
                    .map(|(k, val)| {
                        let text = item.doc().source.text.get(val.start as usize..val.end as usize).unwrap_or("");
                        (k.text().unwrap_or("?").to_string(), text.chars().take(200).collect())
                    })
                    .collect(),
                _ => Vec::new(),
            };
            v["fields"] = json!(fields);
        }
        Some(Inspected(v))
    }
}
