//! The small print of a run: what is asked for, what comes back, how blocked items are held.

use crate::config::{Config, Overrides};
use crate::derive::{self, Derived};
use crate::diag::{Baseline, Diagnostic, Report, Severity, say};
use crate::load::{LEDGER, Limits, Moment, dates, read_text};
use crate::model::{Excuse, Held, Item, Portal, Public, Tables};
use crate::render;
use crate::route::{self, Routes, Site};
use crate::theme::Theme;
use crate::write::{Fault, Stage, publish, write_project_file};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The clock, which only `main` reads.
pub struct Clock<'a> {
    /// Now.
    pub now: Timestamp,
    /// `SOURCE_DATE_EPOCH`.
    pub epoch: Option<Timestamp>,
    /// Time since the start of the program.
    pub elapsed: &'a (dyn Fn() -> Duration + Sync),
}

impl Clock<'_> {
    /// The time that it is: `serve` runs for days.
    pub fn read(&self) -> Timestamp {
        self.now.checked_add((self.elapsed)()).unwrap_or(self.now)
    }
}

/// What is asked for.
pub struct Request<'a> {
    /// The project folder.
    pub root: PathBuf,
    /// `--out`; `public/` in the project otherwise.
    pub out: Option<PathBuf>,
    /// `--as-of`: a day, or a moment of one.
    pub as_of: Option<AsOf>,
    /// Flags that win over `site.yaml`.
    pub over: Overrides,
    /// `--hold-back`
    pub hold_back: bool,
    /// `--record-urls`
    pub record: bool,
    /// Flush to the disk before the swap.
    pub sync: bool,
    /// Called with files made and files planned.
    pub progress: &'a (dyn Fn(usize, usize) + Sync),
}

/// What a run takes as now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// A day, all of whose minutes have come; or a minute in the site's time zone.
    Day(Moment),
    /// A point in time.
    Time(Timestamp),
}

impl AsOf {
    /// `2026-11-27` is the whole day, `2026-11-27 18:00` a minute in the site's time zone, `2026-11-27T10:00:00Z` a point in time.
    pub fn parse(text: &str) -> Option<AsOf> {
        let text = text.trim();
        match text.replacen(' ', "T", 1).parse::<Timestamp>() {
            Ok(t) => Some(AsOf::Time(t)),
            Err(_) => dates::parse(text, &jiff::tz::TimeZone::UTC).map(AsOf::Day),
        }
    }
}

impl Request<'_> {
    /// `--as-of`, else `as_of` of `site.yaml`, else `SOURCE_DATE_EPOCH`, else now, in the site's time zone.
    pub(crate) fn as_of(&self, config: &Config, clock: &Clock<'_>) -> Moment {
        let here = |t: Timestamp| {
            let z = config.tz.to_datetime(t);
            Moment { date: z.date(), time: Some(z.time()) }
        };
        match self.as_of {
            Some(AsOf::Day(m)) => m,
            Some(AsOf::Time(t)) => here(t),
            None => config.as_of.unwrap_or_else(|| here(clock.epoch.unwrap_or_else(|| clock.read()))),
        }
    }

    /// The output folder.
    pub fn out_dir(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join("public"))
    }
}

/// Time of each stage.
pub(crate) struct Times<'a> {
    elapsed: &'a dyn Fn() -> Duration,
    last: Duration,
    list: Vec<(&'static str, Duration)>,
}

impl<'a> Times<'a> {
    pub(crate) fn new(clock: &Clock<'a>) -> Times<'a> {
        Times { elapsed: clock.elapsed, last: Duration::ZERO, list: Vec::new() }
    }

    pub(crate) fn mark(&mut self, stage: &'static str) {
        let now = (self.elapsed)();
        self.list.push((stage, now - self.last));
        self.last = now;
    }
}

/// Counts, bytes and times of a build.
#[derive(Debug, Default, serde::Serialize)]
pub struct Summary {
    /// Day taken as today.
    pub as_of: String,
    /// Pages for people.
    pub pages: usize,
    /// All files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were the same as in the live site.
    pub unchanged: usize,
    /// `new`, `exchanged`, `file-by-file`
    pub published: &'static str,
    /// Files whose items were held back.
    pub held: Vec<String>,
    /// Rules a demonstration does not answer.
    pub not_applicable: Vec<&'static str>,
    /// Day, or minute in the site's time zone, at which the state of some item changes next: a build is due.
    pub next_change: Option<String>,
    /// Old addresses that redirect.
    pub redirects: usize,
    /// Public addresses that the ledger does not know yet.
    pub new_urls: usize,
    /// Size of the search index.
    pub search: crate::index::Size,
    /// Seconds by stage.
    pub seconds: Vec<(&'static str, f64)>,
}

/// How a build ended.
#[derive(Debug)]
pub enum End {
    /// Published.
    Done(Box<Summary>),
    /// Something must not be published; the live site was not touched.
    Blocked,
    /// The tool failed; the live site was not touched.
    Failed(Fault),
}

/// What a build gives back.
#[derive(Debug)]
pub struct Built {
    /// All findings.
    pub report: Report,
    /// How it ended.
    pub end: End,
    /// Settings, where they could be read.
    pub config: Option<Config>,
}

impl Built {
    pub(crate) fn blocked(report: Report, config: Option<Config>) -> Built {
        Built { report, end: End::Blocked, config }
    }

    pub(crate) fn fault(mut report: Report, d: Diagnostic, config: Option<Config>) -> Built {
        report.push(d);
        Built::blocked(report, config)
    }

    pub(crate) fn failed(report: Report, fault: Fault, config: Option<Config>) -> Built {
        Built { report, end: End::Failed(fault), config }
    }
}

/// What a check gives back.
#[derive(Debug)]
pub struct Checked {
    /// All findings.
    pub report: Report,
    /// Settings, where they could be read.
    pub config: Option<Config>,
    /// Number of items read.
    pub items: usize,
    /// Quality of each dataset: its id, the file, points of a hundred.
    pub quality: Vec<(Arc<str>, Arc<str>, f64)>,
    /// Addresses elsewhere that the content names: [`crate::online::ask`] asks them.
    pub addresses: Vec<crate::online::Address>,
}

/// Puts findings where a dataset is worse than it may be: than a number of points, than the quality that an earlier build
/// told in its `datasets/quality.json`.
pub fn gate(checked: &mut Checked, least: Option<f64>, earlier: Option<&Path>) {
    let place = |file: &Arc<str>| crate::diag::Span::file(file);
    for (_, file, points) in &checked.quality {
        if let Some(least) = least.filter(|l| points < l) {
            let d =
                Diagnostic::new("QUA001", Severity::Error, say!("质量 {points} 分，低于要求的 {least} 分", "quality {points}, below the {least} asked for"));
            checked.report.push(d.at(place(file)).hint(say!("数据集网页的“数据质量”写着怎样提高", "its page says under Quality what would raise it")));
        }
    }
    let Some(path) = earlier else { return };
    let shown = path.to_string_lossy();
    let told: Option<serde_json::Value> = read_text(path, &shown, &Limits::default()).ok().and_then(|t| serde_json::from_str(&t).ok());
    let Some(list) = told.as_ref().and_then(|v| v["datasets"].as_array()) else {
        let d = Diagnostic::new("QUA002", Severity::Error, say!("读不到上次的质量 {shown}", "the earlier quality {shown} cannot be read"));
        checked
            .report
            .push(d.hint(say!("先 build 一次，或指到已发布的 datasets/quality.json", "build once, or name a datasets/quality.json that was published")));
        return;
    };
    for (id, file, points) in &checked.quality {
        let before = list.iter().find(|v| v["id"].as_str() == Some(id)).and_then(|v| v["total"].as_f64());
        if let Some(before) = before.filter(|b| *b > *points) {
            let d = Diagnostic::new("QUA002", Severity::Error, say!("质量从 {before} 分降到 {points} 分", "quality fell from {before} to {points}"));
            checked.report.push(d.at(place(file)).hint(say!("看数据集网页的“数据质量”里哪一项变了", "its page says under Quality which part changed")));
        }
    }
}

/// What is wrong with a draft is told as a warning: it is not published, so nothing stops or fails for it.
pub(crate) fn ease_drafts(portal: &Portal, report: &mut Report) {
    let drafts: BTreeSet<&str> = portal.items.iter().filter(|i| i.draft).flat_map(|i| i.editions.iter().map(|e| &*e.doc.source.path)).collect();
    report.ease(|d| d.item.as_deref().is_some_and(|f| drafts.contains(f)) || drafts.contains(d.path()));
}

/// The public portal with its addresses.
pub(crate) struct Routed {
    pub(crate) public: Public,
    pub(crate) derived: Derived,
    pub(crate) routes: Routes,
}

/// A file that is an item, so that it can be held back alone: Markdown, or YAML below a type's folder.
pub(crate) fn is_item(key: &str) -> bool {
    let yaml = key.contains('/') && (key.ends_with(".yaml") || key.ends_with(".yml")) && !key.ends_with("/_column.yaml");
    key.ends_with(".md") || yaml
}

/// Everything between `check` and `render`. Blocked items are held back where
/// that was asked for; else, and where something other than an item blocks, `None`.
pub(crate) fn routed(
    request: &Request<'_>,
    config: &Config,
    (portal, tables): (&Portal, &Tables),
    theme: &Theme,
    as_of: Moment,
    report: &mut Report,
) -> Option<Routed> {
    let mut held = Held::default();
    let content = |path: &str| config.content.iter().any(|c| path.strip_prefix(c.as_str()).is_some_and(|r| r.starts_with('/') && is_item(&r[1..])));
    let mut hold = |report: &Report| -> Option<Held> {
        let before = held.len();
        for d in report.iter().filter(|d| d.blocks) {
            match &d.item {
                Some(path) if request.hold_back && content(path) => drop(match &d.file {
                    Some(file) => held.files.insert(file.clone()),
                    None => held.items.insert(path.clone()),
                }),
                // A file of `static/` stands alone.
                Some(path) if request.hold_back && d.file.as_ref() == Some(path) => drop(held.statics.insert(path.clone())),
                _ => return None,
            }
        }
        // A finding about an item that is held already cannot be held again.
        (held.len() > before || !report.blocks()).then(|| held.clone())
    };
    let assets: Vec<String> = theme.assets.iter().map(|a| a.path.clone()).collect();
    let plan = |public: Public, here: &mut Report| {
        let derived = derive::derive(&public, tables);
        let site = Site { config, public: &public, derived: &derived, assets: &assets };
        let routes = route::route(&site, &render::plans(), render::answers(), here);
        Routed { public, derived, routes }
    };
    // Files that could not be read have no item, but had addresses.
    let unread: BTreeSet<Arc<str>> = report.iter().filter(|d| d.blocks && d.file.is_none()).filter_map(|d| d.item.clone()).filter(|p| content(p)).collect();
    let mut now = hold(report);
    let mut found = Report::new();
    for _ in 0..8 {
        // A check goes on to the addresses even where something blocks: one run shows every problem.
        let public = || portal.public(as_of, now.clone().unwrap_or_default(), &tables.hidden);
        let mut here = Report::new();
        let mut routed = plan(public(), &mut here);
        if !routed.routes.lost.is_empty() {
            // Whose were they? Only what is held back or withdrawn excuses its own addresses.
            let mut excused: BTreeMap<String, Excuse> = BTreeMap::new();
            let mut excuse = |lost: &[String], other: &Routed, why: Excuse| {
                let base = &config.base_path;
                let was = |l: &&String| other.routes.resolve(format!("{base}{}", l.trim_start_matches('/')).as_bytes()).is_some();
                excused.extend(lost.iter().filter(was).map(|l| (l.clone(), why)));
            };
            if !routed.public.gone.is_empty() {
                excuse(&routed.routes.lost, &plan(portal.unwithdrawn(as_of, &tables.hidden), &mut Report::new()), Excuse::Withdrawn);
            }
            if !routed.public.held.is_empty() {
                // As if nothing were held: the files that are not shown because of it, too.
                let held = &routed.public.held;
                let of = |i: &Item| i.editions.iter().any(|e| held.items.contains(&e.doc.source.path));
                let theirs: BTreeSet<&Arc<str>> = portal.items.iter().filter(|i| of(i)).flat_map(|i| tables.all(i)).map(|(_, r)| &r.key).collect();
                let hidden: BTreeSet<Arc<str>> = tables.hidden.iter().filter(|k| !held.files.contains(*k) && !theirs.contains(k)).cloned().collect();
                excuse(&routed.routes.lost, &plan(portal.public(as_of, Held::default(), &hidden), &mut Report::new()), Excuse::Held);
            }
            for path in &unread {
                let text = read_text(&config.root.join(&**path), path, &Limits::default()).unwrap_or_default();
                excused.extend(routed.routes.lost.iter().filter(|l| was_of(path, &text, l, config, portal)).map(|l| (l.clone(), Excuse::Held)));
            }
            if !excused.is_empty() {
                let mut again = public();
                again.excused = excused;
                here = Report::new();
                routed = plan(again, &mut here);
            }
        }
        let blocks = here.blocks();
        let next = if blocks { hold(&here) } else { None };
        found.append(here);
        if !blocks {
            render::hosting_findings(config, &routed.public, &routed.routes, &mut found);
            report.append(found);
            return now.map(|_| routed);
        }
        match next {
            Some(more) if now.is_some() => now = Some(more),
            _ => break,
        }
    }
    report.append(found);
    None
}

/// True for an address of the ledger that can only have come from a file which cannot be read now: its page, what lay below
/// it, the files beside it that nothing else names, and old addresses that stand in its text.
fn was_of(path: &str, text: &str, line: &str, config: &Config, portal: &Portal) -> bool {
    let known = portal.items.iter().any(|i| i.editions.iter().any(|e| *e.doc.source.path == *path));
    let Some(key) = config.content.iter().find_map(|c| path.strip_prefix(c.as_str())?.strip_prefix('/')).filter(|_| !known) else { return false };
    let raw = line;
    let Some(line) = crate::model::content_key("", line) else { return false };
    let line = config.languages.iter().filter(|l| !l.prefix.is_empty()).find_map(|l| line.strip_prefix(l.prefix.as_str())).unwrap_or(&line);
    let stem = key.rsplit_once('.').map_or(key, |(s, _)| s);
    let stem = stem.rsplit_once('.').filter(|(_, tag)| crate::config::language_index(&config.languages, tag).is_some()).map_or(stem, |(s, _)| s);
    let own = ["/dataset", "/topic", "/index"].iter().find_map(|e| stem.strip_suffix(e)).unwrap_or(stem);
    let own = own.strip_prefix("pages/").unwrap_or(own);
    let slug = text.lines().find_map(|l| l.strip_prefix("slug:")).map(|s| s.trim().trim_matches(['"', '\'']));
    let slugged = slug.map(|s| own.rsplit_once('/').map_or(s.to_string(), |(dir, _)| format!("{dir}/{s}")));
    let own = slugged.as_deref().unwrap_or(own);
    let told = |l: &str| l.len() > 2 && text.contains(l);
    let below = |whole: &str| whole == own || whole.strip_prefix(own).is_some_and(|r| r.starts_with('/'));
    let file = portal.blobs.contains_key(line) || portal.blobs.contains_key(format!("pages/{line}").as_str());
    let beside = |whole: &str| key.rsplit_once('/').is_some_and(|(dir, _)| whole.strip_prefix(dir).is_some_and(|r| r.starts_with('/')));
    below(line) || (file && beside(line)) || told(line) || told(raw.trim_matches('/'))
}

/// Opens the stage, unless the target would swallow inputs.
pub(crate) fn open_stage(request: &Request<'_>, config: &Config) -> Result<Stage, Fault> {
    let out = request.out_dir();
    let (target, root) = (real(&out), real(&config.root));
    let inputs = config.content.iter().map(String::as_str).chain(["themes", "static"]).map(|f| real(&root.join(f)));
    if root.starts_with(&target) || inputs.into_iter().any(|i| target.starts_with(&i) || i.starts_with(&target)) {
        return Err(Fault::BadTarget(target));
    }
    Stage::open(&out)
}

/// A path with its links resolved as far as it exists.
fn real(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(p), ..) => p,
        (_, Some(parent), Some(name)) => real(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).join(name),
        _ => path.to_path_buf(),
    }
}

/// The last step: nothing is swapped in if something blocks.
#[expect(clippy::too_many_arguments, reason = "the end of the pipeline needs what came before")]
pub(crate) fn finish(
    request: &Request<'_>,
    config: Config,
    public: &Public,
    routes: &Routes,
    stage: Stage,
    made: crate::pipeline::Made,
    report: Report,
    mut times: Times<'_>,
) -> Built {
    let late = report.iter().any(|d| {
        d.blocks
            && d.item.as_ref().is_none_or(|i| !public.held.items.contains(i))
            && d.file.as_ref().is_none_or(|f| !public.held.files.contains(f) && !public.held.statics.contains(f))
    });
    if late {
        stage.discard();
        return Built::blocked(report, Some(config));
    }
    let how = match publish(stage, request.sync) {
        Ok(how) => how,
        Err(f) => return Built::failed(report, f, Some(config)),
    };
    times.mark("publish");
    let known: BTreeSet<&str> = public.ledger.iter().map(String::as_str).collect();
    let mut urls: BTreeSet<String> =
        routes.entries.iter().filter(|e| e.kept).map(|e| format!("/{}", e.url.strip_prefix(routes.base_path()).unwrap_or(&e.url))).collect();
    // Old addresses that rules alone answer were promised too.
    urls.extend(routes.moved.iter().filter(|m| !m.temporary && !m.page && !m.shadow).map(|m| m.old.url("/")));
    let fresh: Vec<&String> = urls.iter().filter(|u| !known.contains(u.as_str())).collect();
    let mut new_urls = fresh.len();
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
    let summary = Summary {
        as_of: public.as_of.to_string(),
        pages: routes.entries.iter().filter(|e| e.path.ends_with(".html")).count(),
        files: routes.entries.len(),
        bytes: made.staged.facts.iter().map(|f| f.len).sum(),
        unchanged: made.staged.unchanged,
        published: how.word(),
        held: public.held.items.iter().chain(&public.held.files).chain(&public.held.statics).map(|h| h.to_string()).collect(),
        not_applicable: crate::check::not_applicable(&config),
        next_change: public.next_change.map(|d| d.to_string()),
        redirects: routes.moved.iter().filter(|m| !m.temporary).count(),
        new_urls,
        search: made.index.size,
        seconds: times.list.iter().map(|(s, d)| (*s, (d.as_secs_f64() * 1e4).round() / 1e4)).collect(),
    };
    Built { report, end: End::Done(Box::new(summary)), config: Some(config) }
}

/// The name of the file of accepted findings.
pub const BASELINE: &str = "baseline.tsv";

/// The findings the project has accepted for now. Without a file, none.
pub fn baseline(root: &Path, report: &mut Report) -> Baseline {
    let path = root.join(BASELINE);
    if !path.exists() {
        return Baseline::default();
    }
    match read_text(&path, BASELINE, &Limits::default()) {
        Ok(text) => {
            let (b, bad) = Baseline::parse(&text);
            for line in bad {
                let mut span = crate::diag::Span::file(BASELINE);
                (span.line, span.col, span.end_col) = (line as u32, 1, 1);
                report.push(
                    Diagnostic::new("SRC008", Severity::Error, say!("这一行不是“代码<Tab>文件<Tab>数目”", "not a line of CODE<tab>file<tab>count"))
                        .at(span)
                        .hint(say!("用 check --write-baseline 重写", "write it anew with check --write-baseline")),
                );
            }
            b
        }
        Err(d) => {
            report.push(*d);
            Baseline::default()
        }
    }
}

/// Writes the baseline that accepts a report.
pub fn write_baseline(root: &Path, report: &Report) -> Result<(), Fault> {
    write_project_file(&root.join(BASELINE), &Baseline::of(report).to_text())
}
