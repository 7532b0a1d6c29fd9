//! A site made in parts: which files are a department's own, what a part tells of itself, and which parts may be put together.
//!
//! Every part reads and checks the whole project, so that links, facets and names are those of the whole; it makes only the pages and
//! files of items whose first issuer is one of its departments. What tells of all items is made when the parts are put together.

use crate::diag::{Text, few, say};
use crate::load::shelf;
use crate::load::{Moment, nearest};
use crate::model::Public;
use crate::output::{Facts, hex};
use crate::route::{CatalogueFile, Entry, Routes, Target, below};
use crate::trust::{Seal, sha256, unhex};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a part tells of itself, in its folder. A site has no such file.
pub const LIST: &str = ".clerestory-part";
/// The form of that file.
const FORMAT: &str = "clerestory-part-1";

/// What of a site a run makes.
#[derive(Debug, Clone, Default)]
pub enum Split {
    /// All of it.
    #[default]
    Whole,
    /// The files of these departments alone.
    Part(Vec<String>),
    /// All of it, with the files of departments as they stand in these parts.
    Merge(Vec<Part>),
}

/// A part as it was read.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its folder.
    pub dir: PathBuf,
    /// What it tells of itself.
    pub about: About,
}

/// What a part was made of, and its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    format: String,
    /// The program, with its commit and features.
    pub generator: String,
    /// The moment taken as now.
    pub now: String,
    /// Hash of all inputs and settings.
    pub source: String,
    /// The key of a signed site, and the log that goes on.
    pub log: Option<String>,
    /// Ids of its departments.
    pub departments: Vec<String>,
    /// Its files by path.
    pub files: Vec<File>,
}

/// A file of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Path below the site.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What later waves must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}

/// The department whose file it is, by its place; none of what the whole site shares.
fn owner(target: &Target, public: &Public) -> Option<usize> {
    let item = match target {
        Target::Item(i)
        | Target::Readable(i, _)
        | Target::Compare(i, _)
        | Target::Opinions(i, _)
        | Target::OpinionData(i, _)
        | Target::Resource(i, _)
        | Target::Embed(i, _)
        | Target::ChartFile(i, _)
        | Target::Data(i, ..)
        | Target::Catalogue(CatalogueFile::One(i, _) | CatalogueFile::Table(i, ..))
        | Target::Form(i)
        | Target::Twin(i)
        | Target::Docx(i) => *i,
        _ => return None,
    };
    public.items.get(item as usize)?.issuers.first().copied()
}

/// The places of these departments. `Err` tells of one that there is not.
pub fn places(departments: &[String], public: &Public) -> Result<BTreeSet<usize>, Text> {
    let mut places = BTreeSet::new();
    for id in departments {
        let Some(place) = public.departments.iter().position(|d| d.id == *id) else {
            let known: Vec<&str> = public.departments.iter().map(|d| d.id.as_str()).collect();
            return Err(match nearest(id, &known) {
                Some(near) => say!("--part：没有部门 `{id}`，是不是 `{near}`？", "--part: there is no department `{id}`; did you mean `{near}`?"),
                None => say!("--part：departments.yaml 里没有部门 `{id}`", "--part: there is no department `{id}` in departments.yaml"),
            });
        };
        places.insert(place);
    }
    Ok(places)
}

/// Of each file of the site whether it is one of these departments'.
pub fn own(departments: &[String], public: &Public, routes: &Routes) -> Result<Vec<bool>, Text> {
    let places = places(departments, public)?;
    Ok(routes.entries.iter().map(|e| owner(&e.target, public).is_some_and(|p| places.contains(&p))).collect())
}

/// The moment as a part tells it.
pub fn moment(now: Moment) -> String {
    now.time.map_or_else(|| now.date.to_string(), |t| format!("{} {t}", now.date))
}

/// The moment that a part tells.
fn told(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(' ').map_or((text, None), |(d, t)| (d, Some(t)));
    let time = match time {
        Some(t) => Some(t.parse().ok()?),
        None => None,
    };
    Some(Moment { date: date.parse().ok()?, time })
}

/// The key and the log that a signed site goes on with.
fn log_of(seal: &Seal) -> String {
    let lines: Vec<u8> = seal.kept.entries.iter().flat_map(|e| [&e[..], b"\n"].concat()).collect();
    format!("{} {} {}", seal.key.verifier().text(), seal.kept.entries.len(), sha256(&lines))
}

impl About {
    /// What a run of this program is made of.
    pub fn new(now: Moment, source: String, seal: Option<&Seal>) -> About {
        let generator = concat!("clerestory ", env!("CARGO_PKG_VERSION"), " (", env!("BUILD_REVISION"), ", ", env!("BUILD_FEATURES"), ")").to_string();
        About { format: FORMAT.into(), generator, now: moment(now), source, log: seal.map(log_of), departments: Vec::new(), files: Vec::new() }
    }

    /// The same with the files of a part.
    pub fn of(mut self, departments: &[String], routes: &Routes, own: &[bool], facts: &[Facts]) -> About {
        self.departments = departments.to_vec();
        for ((entry, fact), _) in routes.entries.iter().zip(facts).zip(own).filter(|((_, f), own)| **own && f.hash != [0; 32]) {
            self.files.push(File { path: entry.path.clone(), sha256: hex(&fact.hash), schema: fact.schema.as_deref().map(String::from) });
        }
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self
    }

    /// The file that tells it, and the list of all files of the part.
    pub fn written(&self) -> Vec<(String, Vec<u8>)> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        let mut lines: Vec<(&str, String)> = self.files.iter().map(|f| (f.path.as_str(), f.sha256.clone())).collect();
        lines.push((LIST, sha256(text.as_bytes())));
        lines.sort();
        let sums: String = lines.iter().map(|(p, h)| format!("{h}  {p}\n")).collect();
        vec![(LIST.to_string(), text.into_bytes()), ("manifest.sha256".to_string(), sums.into_bytes())]
    }

    /// The moment that was taken as now.
    pub fn moment(&self) -> Option<Moment> {
        told(&self.now)
    }
}

/// Reads what a part tells of itself.
pub fn read(dir: &Path) -> Result<Part, Text> {
    let shown = dir.display();
    if !dir.is_dir() {
        return Err(say!("没有这个目录：{shown}", "there is no such folder: {shown}"));
    }
    let bytes = shelf::open(dir).and_then(|s| s.one(LIST)).map_err(|e| Text { zh: e.clone(), en: e })?;
    let Some(bytes) = bytes else {
        return Err(say!("{shown} 不是一个部分：里面没有 {LIST}，要用 build --part 生成", "{shown} is no part: it has no {LIST}, as build --part writes it"));
    };
    let about = serde_json::from_slice(&bytes).ok().filter(|a: &About| a.format == FORMAT && a.moment().is_some());
    match about.filter(|a| a.files.iter().all(|f| below(&f.path) && unhex(&f.sha256).is_some_and(|h| h.len() == 32))) {
        Some(about) => Ok(Part { dir: dir.to_path_buf(), about }),
        None => Err(say!("{shown} 的 {LIST} 读不懂，可能是另一版程序写的", "{LIST} of {shown} cannot be read; perhaps another version wrote it")),
    }
}

/// A finished file, and what later waves must know of it.
pub type Ready = (PathBuf, Option<Box<str>>);

/// Where the files of the parts are, by their entry.
#[derive(Debug, Default)]
pub struct Merged {
    files: BTreeMap<u32, Ready>,
}

impl Merged {
    /// The finished file of an entry, where it is one of a part's.
    pub fn get(&self, entry: u32) -> Option<&Ready> {
        self.files.get(&entry)
    }

    /// All entries whose files are a part's, in their order.
    pub fn entries(&self) -> impl Iterator<Item = u32> + '_ {
        self.files.keys().copied()
    }

    /// The same of an entry of these routes.
    pub fn of(&self, entry: &Entry, routes: &Routes) -> Option<&Ready> {
        if self.files.is_empty() {
            return None;
        }
        self.get(routes.resolve(entry.url.as_bytes())?)
    }

    /// Holds the parts against what this run is made of, against each other, and their files against their lists.
    pub fn new(parts: &[Part], mine: &About, public: &Public, routes: &Routes) -> Result<Merged, Text> {
        let mut by_department: BTreeMap<&str, &Part> = BTreeMap::new();
        for part in parts {
            same(part, mine)?;
            for id in &part.about.departments {
                if let Some(first) = by_department.insert(id, part) {
                    let (a, b) = (first.dir.display(), part.dir.display());
                    return Err(say!("部门 `{id}` 在两个部分里：{a} 和 {b}", "the department `{id}` is in two parts: {a} and {b}"));
                }
            }
        }
        let mut lacking = BTreeSet::new();
        // Files by part, in the order of their addresses.
        let mut wanted: BTreeMap<&Path, BTreeMap<&str, u32>> = parts.iter().map(|p| (p.dir.as_path(), BTreeMap::new())).collect();
        for (i, entry) in routes.entries.iter().enumerate() {
            let Some(id) = owner(&entry.target, public).and_then(|p| public.departments.get(p)).map(|d| d.id.as_str()) else { continue };
            match by_department.get(id) {
                Some(part) => drop(wanted.entry(&part.dir).or_default().insert(&entry.path, i as u32)),
                None => drop(lacking.insert(id)),
            }
        }
        if !lacking.is_empty() {
            let list = few(lacking.iter(), 5);
            return Err(say!(
                "缺少这些部门的部分：{list}；先用 build --part 生成",
                "parts of these departments are missing: {list}; make them with build --part"
            ));
        }
        let mut out = Merged::default();
        for part in parts {
            let paths = wanted.remove(part.dir.as_path()).unwrap_or_default();
            out.take(part, &paths)?;
        }
        Ok(out)
    }

    /// The files of a part: those that it must have, as it wrote them.
    fn take(&mut self, part: &Part, paths: &BTreeMap<&str, u32>) -> Result<(), Text> {
        let shown = part.dir.display();
        let listed: BTreeSet<&str> = part.about.files.iter().map(|f| f.path.as_str()).collect();
        if let Some(strange) = listed.iter().find(|p| !paths.contains_key(*p)) {
            return Err(say!("{shown} 列了不属于它的文件 `{strange}`", "{shown} lists `{strange}`, which is not its own"));
        }
        let names: Vec<String> = part.about.files.iter().map(|f| f.path.clone()).collect();
        let shelf = shelf::open(&part.dir).map_err(|e| Text { zh: e.clone(), en: e })?;
        let found = shelf.digests(&names).map_err(|e| Text { zh: e.clone(), en: e })?;
        for (file, found) in part.about.files.iter().zip(found) {
            let path = &file.path;
            match found {
                Some((_, hash)) if hex(&hash) == file.sha256 => {}
                Some(_) => return Err(say!("{shown} 的文件 `{path}` 生成之后被改过", "`{path}` of {shown} was changed after it was built")),
                None => return Err(say!("{shown} 缺少文件 `{path}`", "{shown} lacks its file `{path}`")),
            }
            let Some(entry) = paths.get(path.as_str()) else { continue };
            self.files.insert(*entry, (part.dir.join(path), file.schema.as_deref().map(Box::from)));
        }
        // A file of a department that its part does not list is a file that could not be made.
        if let Some(lost) = paths.keys().find(|p| !listed.contains(*p)) {
            return Err(say!("{shown} 没有生成 `{lost}`", "{shown} did not make `{lost}`"));
        }
        Ok(())
    }
}

/// Refuses a part that was made of something else.
fn same(part: &Part, mine: &About) -> Result<(), Text> {
    let (shown, theirs) = (part.dir.display(), &part.about);
    if theirs.generator != mine.generator {
        let (a, b) = (&theirs.generator, &mine.generator);
        return Err(say!("{shown} 是另一版程序生成的：{a}，现在是 {b}", "{shown} was made by another program: {a}, this is {b}"));
    }
    if theirs.now != mine.now {
        let (a, b) = (&theirs.now, &mine.now);
        return Err(say!(
            "{shown} 以 {a} 为今天，这次是 {b}；各部分和 merge 要写同一个 --as-of",
            "{shown} was built as of {a}, this is {b}; give all parts and merge the same --as-of"
        ));
    }
    if theirs.source != mine.source {
        return Err(say!(
            "{shown} 用的内容、主题或设置与现在的不同；用同一次提交、同样的选项重新生成它",
            "{shown} was made of other content, theme or settings than these; make it again from the same commit with the same options"
        ));
    }
    if theirs.log != mine.log {
        return Err(say!(
            "{shown} 的密钥或所接的日志与 merge 的不同；各部分和 merge 要写同样的 --key 和 --previous",
            "{shown} has another key, or goes on from another log, than merge; give all parts and merge the same --key and --previous"
        ));
    }
    Ok(())
}
