//! Every address of the site, decided before anything is made.
//!
//! Each page type and export plans its files here; collisions, unfit names and
//! lost addresses are found while they cost nothing.

mod named;
mod old;
mod owner;

pub use named::{named, past};

pub use old::{Moved, Old, ahead};
pub use owner::owned_by;

use crate::config::Config;
use crate::derive::Derived;
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::model::{Excuse, Item, Public};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What a file shows. Equal targets in one language are one address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// Home page.
    Home,
    /// An item.
    Item(u32),
    /// The notice of a withdrawn item, by index into [`Public::gone`].
    Gone(u32),
    /// The notice that holds a public address whose item was held back.
    Held(String),
    /// A list of a column: index, page from 0.
    Column(u32, u32),
    /// A facet page of the library: facet, value, page.
    Facet(u32, u32, u32),
    /// A list of a type by a value: type, facet, value, page.
    Parted(u32, u32, u32, u32),
    /// All departments; all themes.
    Departments,
    /// See above.
    Themes,
    /// One department: index, page.
    Department(u32, u32),
    /// One theme: index, page.
    Theme(u32, u32),
    /// Latest changes.
    Changes,
    /// 词汇表.
    Glossary,
    /// What a site with `offline` has: worker, its registration, the page without network.
    Offline(u8),
    /// How the site checks itself.
    Checks,
    /// 长辈版.
    Elder,
    /// Every component of the theme.
    StyleGuide,
    /// The share image of another target.
    Share(Box<Target>),
    /// The search page.
    Search,
    /// OpenSearch description.
    OpenSearch,
    /// A file of the search index, by place in its list.
    SearchFile(u32),
    /// Web app manifest.
    WebManifest,
    /// Headers and redirects for a kind of host, by index.
    Hosting(u8),
    /// Site map for people.
    SiteMap,
    /// 404.
    NotFound,
    /// An old address that leads on, by index into [`Routes::moved`].
    Redirect(u32),
    /// A feed.
    Feed(FeedOf, FeedFormat),
    /// Days to come as a calendar: of an item, or of the site.
    Ics(Option<u32>),
    /// Part of the site map for machines.
    SitemapXml(u32),
    /// `robots.txt`
    Robots,
    /// List of all files with their hashes.
    Manifest,
    /// The readable form of an attachment: item, place among its attachments.
    Readable(u32, u32),
    /// A file of the content folders.
    Blob(Arc<str>),
    /// A policy clause by clause with an earlier version: the new one, the old one.
    Compare(u32, u32),
    /// A further page of the opinions of a consultation: item, page from 0.
    Opinions(u32, u32),
    /// The opinions of a consultation as a file: item, JSON or else CSV.
    OpinionData(u32, bool),
    /// The page of a data file: item, resource.
    Resource(u32, u32),
    /// A page or file of disclosure.
    Disclosure(Section),
    /// What a static site cannot do, and who does.
    Channels,
    /// A page or file of letters.
    Letters(Letters),
    /// Quality of all datasets: page, CSV, JSON.
    Quality(u8),
    /// A page or file of statistics.
    Statistics(Statistics),
    /// Tasks of policies, or (`true`) their benefits: page, CSV, JSON.
    Account(bool, u8),
    /// Interpretations that are owed: page, CSV, JSON.
    Duty(u8),
    /// Scorecards.
    Scorecard(ScoreFile),
    /// A chart alone: item, place of the chart.
    Embed(u32, u32),
    /// A chart as a file, SVG: item, place of the chart.
    ChartFile(u32, u32),
    /// A file made of a table: item, resource, part (sheet) of it.
    Data(u32, u32, u32, DataFile),
    /// A file of the catalogues.
    Catalogue(CatalogueFile),
    /// `.well-known/security.txt`
    Security,
    /// The calendar by which working days are counted: JSON or else CSV.
    WorkingDays(bool),
    /// A policy as Akoma Ntoso.
    Akn(u32),
    /// What a signed site proves, for readers.
    Trust,
    /// A file that is signed or signs: `manifest.json`, its note, the checkpoint of the log.
    Seal(u8),
    /// The form of a dataset, for Excel.
    Form(u32),
    /// A file below `api/v1/`.
    Api(ApiFile),
    /// The page of an item as Markdown.
    Twin(u32),
    /// Word file of a policy.
    Docx(u32),
    /// `llms.txt`
    Llms,
    /// What can be taken away in one piece.
    Downloads,
    /// A file of `static/`.
    Static(Arc<str>),
    /// A file of the theme, by index.
    Asset(u32),
}

/// A page or file of disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// 政府信息公开
    Home,
    /// 公开指南
    Guide,
    /// 公开制度
    Rules,
    /// 法定主动公开内容
    Classes,
    /// One class: index, page.
    Class(u32, u32),
    /// 公开年报
    Reports,
    /// One report, by its place.
    Report(u32),
    /// The requests that a figure of such a report counts: report, place in [`crate::derive::counted::All::reports`], page.
    ReportItems(u32, u32, u32),
    /// A yearly report of the website, by its place.
    Website(u32),
    /// What a figure of such a report counts: report, place in [`crate::derive::counted::All::websites`], page.
    WebsiteItems(u32, u32, u32),
    /// 依申请公开: page of the register.
    Requests(u32),
    /// The requests that a figure counts: place in [`crate::derive::counted::All::requests`], page.
    RequestsOf(u32, u32),
    /// 公开目录: page.
    Catalogue(u32),
    /// 公开计划
    Plan,
    /// 不予公开清单
    Exceptions,
    /// A file made of one of them.
    File(Made, Form),
}

/// A page or file of letters (咨询投诉).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letters {
    /// All that are shown: page.
    List(u32),
    /// By a value: facet, value, page.
    Part(u32, u32, u32),
    /// One letter, by its place.
    One(u32),
    /// Frequent questions.
    Frequent,
    /// Figures by month.
    Figures,
    /// A row of them, by its place in [`crate::derive::figures::Figures::rows`]: each with its letters.
    Row(u32),
    /// The letters that a figure counts, by its place in [`crate::derive::figures::Figures::list`]: figure, page.
    Figure(u32, u32),
    /// The letters as a file.
    File(Form),
    /// The figures as a file.
    FiguresFile(Form),
}

/// A page or file of statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statistics {
    /// By month: what was published, what was read.
    Home,
    /// Visits as a file.
    Visits(Form),
    /// What was published as a file.
    Published(Form),
    /// Reports of effect.
    Effects,
    /// One of them, by its place.
    Effect(u32),
    /// Its figures as a file.
    EffectFile(u32, Form),
}

/// A file of the catalogues. Formats are told by their place in their list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CatalogueFile {
    /// The whole catalogue, or one of its parts: format, part from 0.
    Whole(u8, u32),
    /// One dataset: item, format.
    One(u32, u8),
    /// One table: item, resource, part (sheet) of it.
    Table(u32, u32, u32),
}

/// A file below `api/v1/`. Types are told by their place among those of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiFile {
    /// What there is.
    Index,
    /// The same for programs, as OpenAPI.
    OpenApi,
    /// All items of a type, without their texts.
    List(u16),
    /// One item.
    One(u32),
    /// The latest changes.
    Changes,
    /// All items of a type with their texts, one a line: JSON or CSV.
    Bulk(u16, Form),
    /// All changes, one a line: JSON or CSV.
    AllChanges(Form),
    /// All texts article by article.
    Passages,
    /// The files of all datasets: CSV or Excel.
    Catalogue(Form),
}

/// What a file of disclosure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Made {
    /// 公开目录
    Catalogue,
    /// 依申请公开
    Requests,
    /// 公开计划
    Plan,
    /// 不予公开清单
    Exceptions,
    /// A report, by its place.
    Report(u32),
    /// A yearly report of the website, by its place.
    Website(u32),
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Comma-separated.
    Csv,
    /// JSON.
    Json,
    /// Excel.
    Xlsx,
}

/// A file made of a table: by which format of rows (its place in their list), and which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataFile {
    /// Place of the format.
    pub format: u8,
    /// Which of its files.
    pub n: u32,
}

/// Files of the scorecards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoreFile {
    /// The site, and the list of departments.
    List,
    /// Formulas and weights.
    Method,
    /// One department.
    Department(u32),
    /// Everything as JSON.
    Json,
    /// Figures as CSV.
    Csv,
    /// What was counted, of a department or of the site, as CSV.
    Items(Option<u32>),
}

/// What a feed tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedOf {
    /// The whole site.
    Site,
    /// A column.
    Column(u32),
    /// A department.
    Department(u32),
    /// A theme.
    Theme(u32),
    /// The states of a dataset.
    Dataset(u32),
    /// Letters that were answered.
    Letters,
}

/// Format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// One file of the site.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Path below the output folder: `policies/a/index.html`.
    pub path: String,
    /// Root-absolute address under the path of `base_url`, percent-encoded: `/policies/a/`.
    pub url: String,
    /// Language.
    pub lang: usize,
    /// Index into the registry of makers.
    pub maker: usize,
    /// What it shows.
    pub target: Target,
    /// 1 assets and data, 2 pages, 3 files about files, 4 the manifest of them all.
    pub wave: u8,
    /// Stands in `sitemap.xml`.
    pub listed: bool,
    /// Its address must never be lost.
    pub kept: bool,
}

/// All files of the site, and the ways to find them.
#[derive(Debug, Default)]
pub struct Routes {
    /// In the order of planning.
    pub entries: Vec<Entry>,
    /// Old addresses and where they lead.
    pub moved: Vec<Moved>,
    /// Addresses of the ledger that nothing answers.
    pub lost: Vec<String>,
    /// Addresses of this site that settings and vocabularies name, with their places.
    pub named: Vec<(String, crate::diag::Span)>,
    by_target: FxHashMap<(usize, Target), u32>,
    /// By the bytes of the address: a page is scanned as bytes.
    by_url: FxHashMap<Box<[u8]>, u32>,
    base_path: String,
}

/// Plans the files of one page type or export.
pub type Plan = fn(&Site<'_>, &mut Planner<'_>);

/// What a plan may look at.
pub struct Site<'a> {
    /// Settings.
    pub config: &'a Config,
    /// Content.
    pub public: &'a Public,
    /// Computed values.
    pub derived: &'a Derived,
    /// Paths and lengths of the theme's assets.
    pub assets: &'a [String],
}

/// Collects entries and their problems.
pub struct Planner<'a> {
    routes: Routes,
    folded: FxHashMap<String, u32>,
    taken: old::Taken,
    known: FxHashSet<&'a str>,
    /// Parts of addresses that were told to be too long.
    shortened: FxHashSet<String>,
    site: &'a Site<'a>,
    maker: usize,
    report: &'a mut Report,
    /// Folders that two items want.
    twice: FxHashSet<String>,
    /// Files of the build that meet others of the build, by their folder: told where no such item is the cause.
    later: Vec<(String, Diagnostic)>,
    /// Parts of the addresses of items that cannot be, and the same faults of files that are made beside them.
    unfit: BTreeSet<String>,
    unfit_later: Vec<(String, Diagnostic)>,
}

/// Places in the registry of the makers that answer addresses of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Answers {
    /// Holds the addresses of held items.
    pub notice: usize,
    /// Leads on from old addresses.
    pub redirect: usize,
}

/// Runs all plans. `plans` is the registry of page types and exports, in its order.
pub fn route(site: &Site<'_>, plans: &[Plan], answers: Answers, report: &mut Report) -> Routes {
    let routes = Routes { base_path: site.config.base_path.clone(), ..Routes::default() };
    let known = site.public.ledger.iter().map(String::as_str).collect();
    let mut p = Planner {
        routes,
        folded: FxHashMap::default(),
        taken: old::Taken::default(),
        known,
        shortened: FxHashSet::default(),
        site,
        maker: 0,
        report,
        twice: FxHashSet::default(),
        later: Vec::new(),
        unfit: BTreeSet::new(),
        unfit_later: Vec::new(),
    };
    for (maker, plan) in plans.iter().enumerate() {
        p.maker = maker;
        plan(site, &mut p);
    }
    for (folder, d) in std::mem::take(&mut p.later) {
        if !p.twice.iter().any(|t| folder.starts_with(t.as_str())) {
            p.report.push(d);
        }
    }
    for (path, d) in std::mem::take(&mut p.unfit_later) {
        if !path.split('/').any(|s| p.unfit.iter().any(|u| s.starts_with(u.as_str()))) {
            p.report.push(d);
        }
    }
    p.ledger(answers);
    p.folders();
    p.routes
}

impl Planner<'_> {
    /// Adds a page whose address is a folder: `path` is `""` or ends in `/`.
    pub fn page(&mut self, lang: usize, path: &str, target: Target, listed: bool, kept: bool) {
        let path = format!("{}{path}index.html", self.site.public.languages[lang].prefix);
        self.file(lang, path, target, 2, listed, kept);
    }

    /// Adds a file. An unfit or taken path is a finding, and the file is not made.
    pub fn file(&mut self, lang: usize, path: String, target: Target, wave: u8, listed: bool, kept: bool) {
        let path: String = if path.is_ascii() { path } else { path.nfc().collect() };
        let item = match &target {
            Target::Item(i) => Some(&self.site.public.items[*i as usize]),
            Target::Gone(i) => Some(&self.site.public.gone[*i as usize]),
            _ => None,
        };
        let at = item.map(|i| i.best(lang).doc.clone());
        // An old address is as long as it was; one of ours may be cut.
        let fits = path.len() <= SEGMENT || matches!(target, Target::Redirect(..)) || path.split('/').all(|s| s.len() <= SEGMENT);
        let path = if fits { path } else { self.shorten(&path, at.as_ref().map_or_else(|| Span::file(&path), |d| d.at("slug"))) };
        let old = if let Target::Redirect(i) = &target { self.routes.moved.get(*i as usize).map(|m| m.at.clone()) } else { None };
        let place = |key: &str| old.clone().unwrap_or_else(|| at.as_ref().map_or_else(|| Span::file(&path), |d| d.at(key)));
        let key = "slug";
        // Names of files may have signs that stand for something else in an address; there they are encoded.
        let copied = matches!(target, Target::Blob(_) | Target::Static(_));
        let judged: std::borrow::Cow<'_, str> = if copied { path.replace(['#', '?'], "-").into() } else { path.as_str().into() };
        if let Some(why) = unfit(&judged, matches!(target, Target::Static(_) | Target::Security)) {
            let d = Diagnostic::new("URL002", Severity::Error, why);
            let d = match &target {
                Target::Static(_) => self.of_static(d.hint(say!("给文件改名", "rename the file")), &target),
                Target::Blob(_) => {
                    let at = self.file_of(&target).map_or_else(|| place(key), |f| Span::file(&f));
                    d.at(at).hint(say!("给文件改名", "rename the file"))
                }
                _ => d.at(place(key)).hint(say!("用 slug: 另起一个短的英文地址，或改文件名", "give it a short address with slug:, or rename the file")),
            };
            let d = owner::owned(self.site.public, d, &target, &path).blocking();
            match &target {
                Target::Item(_) => {
                    self.unfit.extend(judged.split('/').filter(|s| unfit(s, false).is_some() && !s.is_empty()).map(str::to_string));
                    self.report.push(d);
                }
                Target::Static(_) | Target::Redirect(..) => self.report.push(d),
                // What is made beside the page of an item has its fault, which is told once, and is gone with it.
                _ => self.unfit_later.push((judged.into_owned(), d)),
            }
            return;
        }
        let index = self.routes.entries.len() as u32;
        let folded = fold(&path);
        if matches!(target, Target::Static(_)) && folded == MARKER {
            let d = Diagnostic::new("URL001", Severity::Error, say!("/{path} 是生成时自己写的标记", "/{path} is the mark that a build writes itself"));
            let hint = say!("删去这个文件：它多半是从生成好的网站里复制来的", "delete this file; it was perhaps copied from a built site");
            self.report.push(self.of_static(d.hint(hint), &target).blocking());
            return;
        }
        // The files of the index are planned when it stands, after what is held back.
        let index_of = |l: &crate::config::Language| folded.strip_prefix(&fold(&format!("search/{}/", l.tag))).is_some_and(|r| r.ends_with(".bin"));
        if matches!(target, Target::Static(_)) && self.site.public.languages.iter().any(index_of) {
            let text = say!("地址 /{path} 要留给搜索索引，不能由内容占用", "the address /{path} is kept for the search index");
            let d = Diagnostic::new("URL001", Severity::Error, text).hint(self.away(&target));
            self.report.push(self.of_static(d, &target).blocking());
            return;
        }
        if let Some(first) = self.folded.get(&folded).copied() {
            let other = &self.routes.entries[first as usize];
            let (ours, theirs) = (self.file_of(&target), self.file_of(&other.target));
            let who = match &theirs {
                Some(f) => say!("{f}", "{f}"),
                None => say!("生成的 {}", "{}, which the build makes,", other.path),
            };
            let (zh, en) = (who.zh, who.en);
            let own = (target.clone(), path.clone());
            let d = Diagnostic::new(
                "URL001",
                Severity::Error,
                say!("地址 /{path} 已被 {zh} 占用（不分大小写）", "the address /{path} is taken by {en} (case does not count)"),
            );
            // The file that somebody put there is the one that can go away.
            let d = match (&target, &other.target) {
                (Target::Static(_), _) => self.of_static(d.hint(self.away(&target)), &target),
                (_, Target::Static(f)) => {
                    let text = say!(
                        "static/{f} 占了 /{path} 的地址，那是生成的网页或文件",
                        "static/{f} takes the address /{path}, where the build makes a page or file"
                    );
                    let text = ours.map_or(text, |o| say!("static/{f} 占了 {o} 的地址 /{path}", "static/{f} takes the address /{path} of {o}"));
                    let other = other.target.clone();
                    self.of_static(Diagnostic::new("URL001", Severity::Error, text).hint(self.away(&other)), &other)
                }
                (Target::Item(_), Target::Item(_)) if ours.as_deref().zip(theirs.as_deref()).is_some_and(|(o, t)| owner::beside(o, t)) => {
                    let (o, t) = (ours.as_deref().unwrap_or_default(), theirs.as_deref().unwrap_or_default());
                    let name = o.rsplit('/').next().unwrap_or(o);
                    let text = say!("这个目录是 {t} 的，{name} 没有自己的地址", "this folder belongs to {t}: {name} has no address of its own");
                    let d = Diagnostic::new("URL001", Severity::Error, text).at(place(key));
                    let hint = say!(
                        "把文字写进 {t} 的 `description: |`，删去 {name}；另有一页就改名",
                        "put its text into `description: |` of {t} and delete {name}; rename it where it is another page"
                    );
                    owner::owned(self.site.public, d.hint(hint), &target, &path)
                }
                (Target::Item(_), Target::Item(i)) if owner::odd_one(&self.known, &path, &other.path) => {
                    let (path, who, at) = (&other.path, ours.unwrap_or_default(), self.site.public.items[*i as usize].best(lang).doc.at(key));
                    let text = say!("地址 /{path} 已被 {who} 占用（不分大小写）", "the address /{path} is taken by {who} (case does not count)");
                    let d = Diagnostic::new("URL001", Severity::Error, text).at(at);
                    d.hint(say!("改其中一个的文件名、slug 或 alias", "change the file name, slug or alias of one of them"))
                }
                _ => {
                    let d = d.at(place(key)).hint(say!("改其中一个的文件名、slug 或 alias", "change the file name, slug or alias of one of them"));
                    let (target, path) = match (&target, &other.target) {
                        (Target::Item(_) | Target::Gone(_) | Target::Blob(_), _) => (target.clone(), path.clone()),
                        (_, Target::Blob(_)) => (other.target.clone(), other.path.clone()),
                        _ => (target.clone(), path.clone()),
                    };
                    // Two items want one folder: that the files beside their pages meet too only follows.
                    let made = !matches!(target, Target::Item(_) | Target::Gone(_) | Target::Blob(_) | Target::Redirect(..));
                    let d = owner::owned(self.site.public, d, &target, &path);
                    if made && theirs.is_none() {
                        self.later.push((own.1.rsplit_once('/').map_or_else(String::new, |(d, _)| format!("{d}/")), d.blocking()));
                        return;
                    }
                    d
                }
            };
            if let (Target::Item(_), Some(folder)) = (&own.0, own.1.strip_suffix("index.html")) {
                self.twice.insert(folder.to_string());
            }
            self.report.push(d.blocking());
            return;
        }
        let url = self.routes.url_of(&path);
        self.folded.insert(folded, index);
        self.routes.by_url.insert(url.as_bytes().into(), index);
        self.routes.by_target.insert((lang, target.clone()), index);
        self.routes.entries.push(Entry { path, url, lang, maker: self.maker, target, wave, listed, kept });
    }

    /// The file of the project that stands behind a target; none where the build makes it of several.
    fn file_of(&self, target: &Target) -> Option<String> {
        let public = self.site.public;
        match target {
            Target::Item(i) => Some(public.items[*i as usize].doc().source.path.to_string()),
            Target::Gone(i) => Some(public.gone[*i as usize].doc().source.path.to_string()),
            Target::Static(name) => Some(format!("static/{name}")),
            Target::Blob(key) => {
                let disk = &public.blobs.get(key)?.disk;
                Some(disk.strip_prefix(&self.site.config.root).unwrap_or(disk).to_string_lossy().replace('\\', "/"))
            }
            _ => None,
        }
    }

    fn away(&self, target: &Target) -> crate::diag::Text {
        let file = self.file_of(target).unwrap_or_default();
        say!(
            "删去 {file} 或给它改名；要改生成的网页，改主题或内容",
            "delete {file} or rename it; to change what the build makes there, change the theme or the content"
        )
    }

    /// A finding about a file of `static/`, which can be left out alone.
    fn of_static(&self, mut d: Diagnostic, target: &Target) -> Diagnostic {
        if let Some(file) = self.file_of(target) {
            let file: std::sync::Arc<str> = file.into();
            (d.item, d.file) = (Some(file.clone()), Some(file.clone()));
            d = d.at(Span::file(&file));
        }
        d
    }

    /// A path whose long parts are cut; each is told once.
    fn shorten(&mut self, path: &str, at: Span) -> String {
        let mut parts: Vec<std::borrow::Cow<'_, str>> = Vec::new();
        for part in path.split('/') {
            let short = shortened(part);
            if short.len() < part.len() && self.shortened.insert(part.to_string()) {
                let d = Diagnostic::new(
                    "URL010",
                    Severity::Warn,
                    say!(
                        "地址中有一段长 {} 字节，超过 {SEGMENT}，缩短为 `{short}`",
                        "a part of the address has {} bytes, more than {SEGMENT}, and is shortened to `{short}`",
                        part.len()
                    ),
                );
                self.report.push(d.at(at.clone()).hint(say!(
                    "要好记的地址，用 slug: 另起一个，或给文件起短的名字",
                    "for an address to remember write slug:, or give the file a shorter name"
                )));
            }
            parts.push(short);
        }
        parts.join("/")
    }

    /// An earlier plan has this path: what somebody put there stands, and ours is not made.
    pub fn taken(&self, path: &str) -> bool {
        self.folded.contains_key(&fold(path))
    }

    /// Number of entries so far that stand in the site map.
    pub fn listed(&self) -> usize {
        self.routes.entries.iter().filter(|e| e.listed).count()
    }

    /// A file cannot stand where another needs a folder.
    fn folders(&mut self) {
        let mut hits = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for e in &self.routes.entries {
            let mut dir = e.path.as_str();
            while let Some((d, _)) = dir.rsplit_once('/') {
                // A folder seen before has been looked at, and so have those above it.
                if !seen.insert(d) {
                    break;
                }
                if let Some(i) = self.folded.get(&fold(d)) {
                    hits.push((d.to_string(), self.routes.entries[*i as usize].path.clone(), e.path.clone()));
                }
                dir = d;
            }
        }
        hits.sort();
        hits.dedup_by(|a, b| a.0 == b.0);
        for (dir, file, inside) in hits {
            let by = |path: &str| self.folded.get(&fold(path)).map(|i| self.routes.entries[*i as usize].target.clone());
            let named = |path: &str| by(path).and_then(|t| self.file_of(&t)).unwrap_or_else(|| path.to_string());
            let (shown, other) = (named(&file), named(&inside));
            let d = Diagnostic::new(
                "URL001",
                Severity::Error,
                say!("{shown} 是文件，而 {other} 需要同名目录 {dir}", "{shown} is a file where {other} needs a folder {dir}"),
            );
            let own = [by(&file), by(&inside)].into_iter().flatten().find(|t| matches!(t, Target::Static(_)));
            let d = match own {
                Some(t) => self.of_static(d.hint(self.away(&t)), &t),
                None => {
                    let d = d.at(Span::file(&shown)).hint(say!("给其中一个改名", "rename one of them"));
                    // An item whose page would lie in the file that a list is: its `slug` is to blame.
                    let item = by(&format!("{dir}/index.html")).filter(|_| !matches!(by(&file), Some(Target::Item(_) | Target::Blob(_))));
                    match (item, by(&file)) {
                        (Some(t @ Target::Item(i)), _) => {
                            let at = self.site.public.items.get(i as usize).map(|i| i.doc().at("slug"));
                            let d = at.map_or(d.clone(), |at| d.at(at));
                            owner::owned(self.site.public, d, &t, &inside)
                        }
                        (_, Some(t)) => owner::owned(self.site.public, d, &t, &file),
                        (_, None) => d,
                    }
                }
            };
            self.report.push(d.blocking());
        }
    }

    /// Says something of what is planned.
    pub fn tell(&mut self, d: Diagnostic) {
        self.report.push(d);
    }

    /// True where the ledger has an address, given as path below the site: `themes/t1/`.
    pub fn was_public(&self, path: &str) -> bool {
        self.known.contains(format!("/{}", encode(path)).as_str())
    }

    /// Addresses that were public once must lead somewhere. Those of items that are held back or withdrawn are excused, a
    /// notice holds them; those of lists that the build makes lead to a larger list while they are empty.
    fn ledger(&mut self, answers: Answers) {
        let site = self.site;
        let here = |line: &str| self.routes.by_url.contains_key(self.ledger_url(line).as_bytes()) || self.answered(line);
        let missing: Vec<&String> = site.public.ledger.iter().filter(|l| !here(l)).collect();
        let mut lost: Vec<&String> = Vec::new();
        for line in missing {
            let excuse = site.public.excused.get(line).copied();
            if let Some(parents) = old::generated(line).or_else(|| (excuse == Some(Excuse::Withdrawn)).then(|| above(line))) {
                self.maker = answers.redirect;
                self.lead_on(line, &parents);
            } else if excuse.is_none() {
                lost.push(line);
            } else if excuse == Some(Excuse::Held) && line.ends_with('/') {
                self.maker = answers.notice;
                let path = percent_decode_path(line.trim_start_matches('/'));
                self.file(0, format!("{path}index.html"), Target::Held(line.clone()), 2, false, true);
            }
        }
        // What lay below a page that is lost is lost with it: one finding, that of the outermost folder, tells of them all.
        let mut below: FxHashMap<&str, usize> = lost.iter().map(|l| l.as_str()).filter(|l| l.ends_with('/')).map(|l| (l, 0)).collect();
        let outermost = |line: &'_ str, below: &FxHashMap<&str, usize>| {
            let inner = line.trim_end_matches('/');
            inner.match_indices('/').map(|(i, _)| i + 1).find(|i| below.contains_key(&inner[..*i]))
        };
        for line in &lost {
            if let Some(n) = outermost(line, &below).and_then(|i| below.get_mut(&line[..i])) {
                *n += 1;
            }
        }
        let mut told = Vec::new();
        for line in &lost {
            if outermost(line, &below).is_some() {
                continue;
            }
            let below = below.get(line.as_str()).copied().unwrap_or(0);
            let mut text = say!("曾经公布的地址 {line} 现在没有页面", "the address {line} was public once and has no page now");
            if below > 0 {
                text.zh.push_str(&format!("（其下还有 {below} 个地址）"));
                text.en.push_str(&format!(" (nor {} below it)", crate::diag::counted(below as u64, "has the address", "have the addresses")));
            }
            crate::diag::push_few(&mut told, "URL003", || {
                Diagnostic::new("URL003", Severity::Error, text)
                    .at(Span::file(crate::load::LEDGER))
                    .hint(if of_department(line) {
                        // No item has it, so none can take it over.
                        say!(
                            "部门不要从 departments.yaml 删去：并入别的部门的写 merged_into: 和 until:，旧页面保留；报告的文件也要留着",
                            "do not take a department out of departments.yaml: write merged_into: and until: where another took it over, and its pages stand; keep the files of its reports"
                        )
                    } else {
                        say!(
                            "给移走的条目加 aliases: [{line}]，或恢复条目并写 withdrawn: 说明撤回",
                            "give the moved item aliases: [{line}], or bring it back with withdrawn:"
                        )
                    })
                    .blocking()
            });
        }
        told.into_iter().for_each(|d| self.report.push(d));
        self.routes.lost = lost.into_iter().cloned().collect();
    }

    /// Lets an address lead to the first of some pages that is there, for the time being. A file that cannot lead on is left.
    fn lead_on(&mut self, line: &str, parents: &[String]) {
        let found = parents.iter().find_map(|p| self.routes.by_url.get(self.ledger_url(p).as_bytes()).copied());
        let Some(end) = found.map(|i| &self.routes.entries[i as usize]) else { return };
        let (lang, to, end) = (end.lang, end.target.clone(), end.path.clone());
        if let (Ok((old, _)), true) = (Old::parse(line, "/"), line.ends_with('/')) {
            let at = Span::file(crate::load::LEDGER);
            self.take(Moved { old, lang, to, temporary: true, page: false, shadow: false, fragment: false, at }, &end);
        }
    }

    fn ledger_url(&self, line: &str) -> String {
        format!("{}{}", self.routes.base_path, line.trim_start_matches('/'))
    }
}

/// An address that stands for a department or one of its reports, not for an item.
fn of_department(line: &str) -> bool {
    // A site of several languages has the same below their tags.
    ["/departments/", "/scorecards/of/", "/disclosure/reports/"].iter().any(|p| line.find(p).is_some_and(|i| line.len() > i + p.len()))
}

/// The folders above an address, the nearest first, without the home page.
fn above(line: &str) -> Vec<String> {
    let inner = line.trim_end_matches('/');
    let mut out: Vec<String> = inner.match_indices('/').skip(1).map(|(i, _)| inner[..=i].to_string()).collect();
    out.reverse();
    out
}

fn percent_decode_path(path: &str) -> String {
    crate::model::content_key("", path).map_or(String::new(), |p| if p.is_empty() { p } else { format!("{p}/") })
}

impl Routes {
    /// Adds files that are known only after all pages have their addresses, in one folder of their own.
    /// A taken path is a finding that blocks.
    pub fn append(&mut self, maker: usize, files: impl Iterator<Item = (String, Target)>, report: &mut Report) {
        for (path, target) in files {
            let index = self.entries.len() as u32;
            let url = self.url_of(&path);
            if let Some(first) = self.by_url.insert(url.as_bytes().into(), index) {
                let who = match &self.entries[first as usize].target {
                    Target::Static(f) => format!("static/{f}"),
                    _ => self.entries[first as usize].path.clone(),
                };
                let d = Diagnostic::new(
                    "URL001",
                    Severity::Error,
                    say!("地址 /{path} 要留给搜索索引，不能由内容占用", "the address /{path} is kept for the search index"),
                );
                let mut d = d.at(Span::file(&who));
                if matches!(self.entries[first as usize].target, Target::Static(_)) {
                    d.file.clone_from(&d.item);
                }
                report.push(d.hint(say!("改这个文件的名字", "rename this file")).blocking());
            }
            self.by_target.insert((0, target.clone()), index);
            self.entries.push(Entry { path, url, lang: 0, maker, target, wave: 1, listed: false, kept: false });
        }
    }

    /// The entry that shows a target in a language.
    pub fn get(&self, lang: usize, target: &Target) -> Option<&Entry> {
        self.by_target.get(&(lang, target.clone())).map(|i| &self.entries[*i as usize])
    }

    /// Place in [`Routes::entries`] of what shows a target in a language.
    pub fn index(&self, lang: usize, target: &Target) -> Option<u32> {
        self.by_target.get(&(lang, target.clone())).copied()
    }

    /// The address of a target in a language; empty where there is none.
    pub fn url(&self, lang: usize, target: &Target) -> &str {
        self.get(lang, target).map_or("", |e| &e.url)
    }

    /// The page of an item in a language, else in the first language it has.
    pub fn item<'r>(&'r self, lang: usize, index: u32, item: &Item) -> Option<&'r Entry> {
        let t = Target::Item(index);
        self.get(lang, &t).or_else(|| item.editions.iter().find_map(|e| self.get(e.lang, &t)))
    }

    /// The entry behind a root-absolute address without fragment or query.
    pub fn resolve(&self, url: &[u8]) -> Option<u32> {
        self.by_url.get(url).copied()
    }

    /// The path under which the site is served, with a closing `/`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    fn url_of(&self, path: &str) -> String {
        let shown = path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(path);
        let mut out = String::with_capacity(self.base_path.len() + shown.len());
        out.push_str(&self.base_path);
        encode_into(shown, &mut out);
        out
    }
}

/// Percent-encodes a path once: everything but unreserved characters and `/`.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode_into(path, &mut out);
    out
}

fn encode_into(path: &str, out: &mut String) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b'/');
    // Most paths have nothing to encode.
    if path.bytes().all(plain) {
        return out.push_str(path);
    }
    for b in path.bytes() {
        if plain(b) {
            out.push(b as char);
        } else {
            out.push('%');
            out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0').to_ascii_uppercase());
            out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0').to_ascii_uppercase());
        }
    }
}

/// Upper and lower case, and ways to write one character, are one name on many disks.
fn fold(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfkc().flat_map(char::to_lowercase).collect() }
}

/// The file by which a build knows its own output.
pub const MARKER: &str = ".clerestory-build";

/// Longest segment of a path, in bytes.
const SEGMENT: usize = 200;
/// A part of a path that fits: cut at a character, with a code computed from the whole name, and its ending.
fn shortened(part: &str) -> std::borrow::Cow<'_, str> {
    use sha2::Digest;
    if part.len() <= SEGMENT {
        return part.into();
    }
    let ending = |e: &str| (1..=12).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    let (stem, end) = part.rsplit_once('.').filter(|(_, e)| ending(e)).map_or((part, String::new()), |(s, e)| (s, format!(".{e}")));
    let hash = sha2::Sha256::digest(part.as_bytes());
    let code: String = hash.iter().take(5).map(|b| format!("{b:02x}")).collect();
    let keep = crate::load::floor(stem, SHORT);
    format!("{}-{code}{end}", stem[..keep].trim_end_matches([' ', '.', '-'])).into()
}

/// Bytes of a long name that stay in its address: enough to be known by, with room for its code.
const SHORT: usize = 150;
static DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
    "lpt8", "lpt9",
];

/// Why a path cannot be written. The one gate of all output paths.
pub(crate) fn unfit(path: &str, hidden: bool) -> Option<crate::diag::Text> {
    for s in path.split('/') {
        let stem = s.split('.').next().unwrap_or("");
        // Most parts are of signs that may stand anywhere in a name.
        let plain = s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        let odd = |c: &char| c.is_control() || matches!(*c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#') || is_bidi(*c);
        return Some(if s.is_empty() || s == "." || s == ".." {
            say!("地址 `{path}` 含有空段或 ..", "the address `{path}` has an empty part or ..")
        } else if s.starts_with('.') && !hidden {
            say!("地址中的 `{s}` 以点开头", "`{s}` in the address begins with a dot")
        } else if s.len() > SEGMENT {
            say!("地址中有一段长 {} 字节，超过 {SEGMENT}", "a part of the address has {} bytes, more than {SEGMENT}", s.len())
        } else if let Some(c) = if plain { None } else { s.chars().find(odd) } {
            say!("地址中不能有字符 {:?}", "the address may not have the character {:?}", c)
        } else if matches!(stem.len(), 3 | 4) && DEVICES.iter().any(|d| stem.eq_ignore_ascii_case(d)) || s.ends_with([' ', '.']) {
            say!("`{s}` 在 Windows 上不能作文件名", "`{s}` cannot be a file's name on Windows")
        } else {
            continue;
        });
    }
    None
}

/// True for a path that a build of ours may have written, this one or one of another version: it stays below its folder. What
/// more is asked of an address is asked where it is planned; asked again here, a site could be published once and never again.
pub fn below(path: &str) -> bool {
    let odd = |c: char| c.is_control() || c == '\\';
    path.split('/').all(|s| !s.is_empty() && s != "." && s != ".." && !s.contains(odd)) && path.as_bytes().get(1) != Some(&b':')
}

fn is_bidi(c: char) -> bool {
    matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_of_paths() {
        for bad in
            ["../x", "a/../b", "a//b", "/etc", "a\\b", "con/index.html", "a/LPT1.html", "a\u{202E}b", "x\n", ".git/config", &"长".repeat(67), "a?", "b. /c"]
        {
            assert!(unfit(bad, false).is_some(), "{bad}");
        }
        for good in ["index.html", "policies/种子法(2021-12-24)/index.html", "a.b/c-d_e"] {
            assert!(unfit(good, false).is_none(), "{good}");
        }
        assert!(unfit(".well-known/x", true).is_none());
    }

    #[test]
    fn what_is_written_is_known_again() {
        for path in ["1#楼.pdf", "a?b/c#d.pdf", ".well-known/x", "con", "a. ", &"长".repeat(66)] {
            assert!(below(path), "{path}");
        }
        for path in ["../x", "a/../b", "a//b", "/etc", "a\\b", "c:/x", "C:x", "", ".", "..", "x\n", "a/"] {
            assert!(!below(path), "{path}");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_character() {
        let name = format!("{}.pdf", "长".repeat(80));
        let short = shortened(&name);
        assert!(short.len() <= SEGMENT && short.starts_with("长长") && short.ends_with(".pdf"), "{short}");
        assert_eq!(short, shortened(&name));
        assert_ne!(short, shortened(&format!("{}长.pdf", "长".repeat(80))));
        assert!(unfit(&short, false).is_none());
        let latin = "a b. ".repeat(60);
        assert!(unfit(&shortened(&latin), false).is_none());
        assert_eq!(shortened("短.pdf"), "短.pdf");
    }

    #[test]
    fn encoded_once() {
        assert_eq!(encode("法/a b%.md"), "%E6%B3%95/a%20b%25.md");
    }
}
