//! Putting a finished site where it is read from: only what changed, so that at no moment a page names a file that is not there.
//!
//! What stands at the target is known by its `manifest.sha256`. Its first change is a list of the old and the new files, so that a run
//! that was cut off is taken up again and leaves nothing behind; new assets come before pages, deletions after them, the lists last.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

#[cfg(feature = "cloud")]
mod cloud;
mod folder;
mod git;
#[cfg(any(feature = "cloud", test))]
mod headers;
mod remote;

use super::Fault;
use super::ours::{MANIFEST, MARKER, line};
use crate::load::shelf::Shelf;
use crate::trust;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Where a site is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of this machine, or one that is mounted.
    Folder(PathBuf),
    /// A branch of a repository: address, branch.
    Git(String, String),
    /// A place that `rsync` knows.
    Rsync(String),
    /// A host, and a folder there.
    Sftp(String, String),
    /// A bucket of an S3-compatible store, and a folder in it, which may be empty.
    S3(String, String),
}

impl Target {
    /// Reads `git:ADDRESS#BRANCH`, `rsync:PLACE`, `sftp:HOST:FOLDER`, `s3://BUCKET/FOLDER`, or a folder. `Err` says what is missing.
    pub fn parse(text: &str) -> Result<Target, &'static str> {
        // What begins with a dash would be an option of the program that is called.
        let safe = |t: &str| !t.is_empty() && !t.starts_with('-');
        if let Some(rest) = text.strip_prefix("git:") {
            let (url, branch) = rest.rsplit_once('#').ok_or("git:ADDRESS#BRANCH")?;
            return if safe(url) && safe(branch) { Ok(Target::Git(url.into(), branch.into())) } else { Err("git:ADDRESS#BRANCH") };
        }
        if let Some(place) = text.strip_prefix("rsync:") {
            return if safe(place) { Ok(Target::Rsync(place.trim_end_matches('/').into())) } else { Err("rsync:HOST:FOLDER") };
        }
        if let Some(rest) = text.strip_prefix("sftp:") {
            let (host, dir) = rest.split_once(':').ok_or("sftp:HOST:FOLDER")?;
            return if safe(host) && safe(dir) { Ok(Target::Sftp(host.into(), dir.trim_end_matches('/').into())) } else { Err("sftp:HOST:FOLDER") };
        }
        if let Some(rest) = text.strip_prefix("s3://") {
            let (bucket, dir) = rest.split_once('/').unwrap_or((rest, ""));
            let dir = dir.trim_end_matches('/');
            let good = !bucket.is_empty() && bucket.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
            return if good && (dir.is_empty() || crate::route::below(dir)) { Ok(Target::S3(bucket.into(), dir.into())) } else { Err("s3://BUCKET/FOLDER") };
        }
        // `ftp:abc`, `http://host/`: no folder was meant. A drive of Windows has one letter.
        let scheme = text.split_once(':').is_some_and(|(s, _)| s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'));
        if scheme { Err("git:ADDRESS#BRANCH, rsync:HOST:FOLDER, sftp:HOST:FOLDER, s3://BUCKET/FOLDER") } else { Ok(Target::Folder(text.into())) }
    }
}

/// What is to be put somewhere.
pub struct Source<'a> {
    /// The folder; none where it comes as a file of changes.
    pub dir: Option<PathBuf>,
    /// The same to read from.
    pub shelf: &'a dyn Shelf,
}

impl Source<'_> {
    /// The folder, for what takes files from there.
    fn folder(&self) -> Result<&std::path::Path, Undone> {
        self.dir.as_deref().ok_or(Undone::OnlyFolder)
    }
}

/// What was wrong with a deployment.
#[derive(Debug)]
pub enum Undone {
    /// The disk.
    Fault(Fault),
    /// The folder has files and no list of ours: the first of them, and how many.
    Unlisted(Vec<String>, usize),
    /// What is to be put there is no site that a build made.
    NoSite,
    /// A program that is called is not there.
    NoProgram(&'static str),
    /// It ended badly; what it said.
    Program(&'static str, String),
    /// The file of changes was made against another state: it lacks this file.
    Lacks(String),
    /// Files of the target's list that are not there, while the changes count on them: the first of them, and how many.
    Missing(Vec<String>, usize),
    /// A file is not what the site's own list says, or not named in it: somebody changed it after the build.
    Altered(String),
    /// What is to be put there is only a part of a site.
    Part,
    /// A file of changes cannot be put there.
    OnlyFolder,
    /// This program was built without what speaks to stores.
    NoCloud,
    /// The site cannot be read.
    Unread(String),
}

impl From<Fault> for Undone {
    fn from(f: Fault) -> Undone {
        Undone::Fault(f)
    }
}

/// Hashes by path.
pub type Sums = BTreeMap<String, String>;

/// What is to be done, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Assets, data and tiles of the log: nothing names them yet.
    pub first: Vec<String>,
    /// Pages.
    pub pages: Vec<String>,
    /// What no page names any longer.
    pub gone: Vec<String>,
    /// What tells of all others.
    pub last: Vec<String>,
    /// Files that are there already.
    pub unchanged: usize,
}

impl Plan {
    /// Nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty() && self.pages.is_empty() && self.gone.is_empty() && self.last.is_empty()
    }

    /// All files that are put there, in their order, without the closing list.
    fn puts(&self) -> impl Iterator<Item = &String> {
        self.first.iter().chain(&self.pages).chain(&self.last)
    }
}

/// The lines of a `manifest.sha256`.
pub fn sums(text: &[u8]) -> Sums {
    let text = String::from_utf8_lossy(text);
    text.lines().filter_map(|l| Some((line(l)?.to_string(), l.get(..64)?.to_ascii_lowercase()))).collect()
}

/// Files that tell of all others. The list itself is not among them: it is written when all else stands.
const LAST: &[&str] = &[trust::MANIFEST, trust::NOTE, trust::WITNESSED, trust::CHECKPOINT];

/// Names with a hash first, then data, then what keeps its name and tells of them, such as the index of search.
fn rank(path: &str) -> (bool, bool) {
    (!path.starts_with("assets/"), path.starts_with("search/") || !path.contains('/'))
}

/// Compares what is to be with what is there.
pub fn plan(new: &Sums, old: &Sums) -> Plan {
    let mut plan = Plan::default();
    for (path, hash) in new {
        if old.get(path) == Some(hash) {
            plan.unchanged += 1;
        } else if LAST.contains(&path.as_str()) {
            plan.last.push(path.clone());
        } else if path.ends_with(".html") {
            plan.pages.push(path.clone());
        } else {
            plan.first.push(path.clone());
        }
    }
    plan.first.sort_by_key(|p| (rank(p), p.clone()));
    plan.last.sort_by_key(|p| LAST.iter().position(|l| l == p));
    plan.gone = old.keys().filter(|p| !new.contains_key(*p) && *p != MARKER && *p != MANIFEST).cloned().collect();
    plan
}

/// A list of the old and the new files: what was not yet put there has no hash.
fn both(new: &Sums, old: &Sums) -> Vec<u8> {
    let names: BTreeSet<&String> = new.keys().chain(old.keys()).collect();
    let hash = |p: &String| if new.get(p).is_none_or(|h| old.get(p) == Some(h)) { old.get(p).map_or(NONE, String::as_str) } else { NONE };
    names.into_iter().map(|p| format!("{}  {p}\n", hash(p))).collect::<String>().into_bytes()
}

/// In place of the hash of a file that may or may not be there.
const NONE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The site's own list, as bytes and read.
fn listed(source: &Source<'_>) -> Result<(Vec<u8>, Sums), Undone> {
    let text = source.shelf.one(MANIFEST).map_err(Undone::Unread)?.ok_or(Undone::NoSite)?;
    let sums = sums(&text);
    if sums.contains_key(crate::parts::LIST) {
        return Err(Undone::Part);
    }
    if sums.is_empty() { Err(Undone::NoSite) } else { Ok((text, sums)) }
}

/// Holds what is to be put there against the site's own list, before anything is written.
fn sound(source: &Source<'_>, new: &Sums, plan: &Plan) -> Result<(), Undone> {
    let shelf = source.shelf;
    if let Some(twice) = shelf.doubled().map_err(Undone::Unread)?.into_iter().next() {
        return Err(Undone::Altered(twice));
    }
    let listed = shelf.list().map_err(Undone::Unread)?.unwrap_or_default();
    // In a file of changes nothing is carried along. A folder may hold what is nobody's, such as the history of a branch.
    let ours = |p: &String| new.contains_key(p) || p == MARKER || p == MANIFEST;
    if let Some(more) = listed.iter().find(|p| source.dir.is_none() && !ours(p)) {
        return Err(Undone::Altered(more.clone()));
    }
    let puts: Vec<String> = plan.puts().cloned().collect();
    for part in puts.chunks(512) {
        for (path, found) in part.iter().zip(shelf.digests(part).map_err(Undone::Unread)?) {
            match found {
                Some((_, hash)) if new.get(path).is_some_and(|h| *h == crate::output::hex(&hash)) => {}
                None if !listed.contains(path) => return Err(Undone::Lacks(path.clone())),
                _ => return Err(Undone::Altered(path.clone())),
            }
        }
    }
    Ok(())
}

/// Puts the site there. With `dry`, only tells what would be done.
pub fn deploy(source: &Source<'_>, target: &Target, (dry, adopt): (bool, bool)) -> Result<Plan, Undone> {
    let (list, new) = listed(source)?;
    match target {
        Target::Folder(dir) => folder::deploy(source, (&list, &new), dir, (dry, adopt)),
        Target::Git(url, branch) => git::deploy(source, (&list, &new), (url, branch), dry),
        Target::Rsync(place) => remote::rsync(source, &new, place, dry),
        #[cfg(feature = "cloud")]
        Target::S3(bucket, dir) => cloud::deploy(source, (&list, &new), (bucket, dir), dry),
        #[cfg(not(feature = "cloud"))]
        Target::S3(..) => Err(Undone::NoCloud),
        Target::Sftp(host, dir) => remote::sftp(source, &new, (host, dir), dry),
    }
}

/// Writes what has changed since an earlier state as one ZIP, for a network that is reached by hand. `old` is the earlier
/// `manifest.sha256`. What is to be deleted follows from the lists.
pub fn pack(source: &Source<'_>, old: &Sums, to: &std::path::Path) -> Result<Plan, Undone> {
    use std::io::Write;
    let (list, new) = listed(source)?;
    let plan = plan(&new, old);
    sound(source, &new, &plan)?;
    let make = |beside: &std::path::Path| -> std::io::Result<()> {
        let mut out = zip::ZipWriter::new(crate::write::Once::new(std::io::BufWriter::new(std::fs::File::create(beside)?)));
        let options = || zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for path in plan.puts() {
            let bytes = source.shelf.one(path).map_err(std::io::Error::other)?.ok_or_else(|| std::io::Error::other(path.clone()))?;
            out.start_file(path.as_str(), options().large_file(bytes.len() >= u32::MAX as usize))?;
            out.write_all(&bytes)?;
        }
        for (path, bytes) in [(MARKER, trust::MARK.as_bytes()), (MANIFEST, &list)] {
            out.start_file(path, options())?;
            out.write_all(bytes)?;
        }
        out.finish()?.flush()
    };
    crate::write::replaced(to, make)?;
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, char)]) -> Sums {
        files.iter().map(|(p, c)| (p.to_string(), c.to_string().repeat(64))).collect()
    }

    #[test]
    fn the_order_of_a_deployment() {
        let old = of(&[("a/index.html", 'a'), ("assets/x.1.css", 'a'), ("same.csv", 'a'), ("gone.csv", 'a')]);
        let new = of(&[
            ("a/index.html", 'b'),
            ("assets/x.2.css", 'b'),
            ("same.csv", 'a'),
            ("data/n.csv", 'b'),
            ("search/zh/a.bin", 'b'),
            ("log/checkpoint", 'b'),
            ("manifest.json", 'b'),
            ("log/tile/0/000.p/1", 'b'),
        ]);
        let p = plan(&new, &old);
        assert_eq!(p.first, ["assets/x.2.css", "data/n.csv", "log/tile/0/000.p/1", "search/zh/a.bin"]);
        assert_eq!(p.pages, ["a/index.html"]);
        assert_eq!(p.gone, ["assets/x.1.css", "gone.csv"]);
        assert_eq!(p.last, ["manifest.json", "log/checkpoint"]);
        assert_eq!(p.unchanged, 1);
        // A run that was cut off: everything that may be there is known, and what is not sure is put there again.
        let between = sums(&both(&new, &old));
        let again = plan(&new, &between);
        assert_eq!((again.first, again.gone, again.unchanged), (p.first, p.gone, 1));
        let other = plan(&of(&[("same.csv", 'a')]), &between);
        assert!(other.gone.contains(&"data/n.csv".to_string()) && other.gone.contains(&"gone.csv".to_string()));
        assert!(plan(&new, &new).is_empty());
    }

    #[test]
    fn targets() {
        assert_eq!(Target::parse("git:git@h:o/r.git#gh-pages"), Ok(Target::Git("git@h:o/r.git".into(), "gh-pages".into())));
        assert_eq!(Target::parse("sftp:u@h:/srv/www/"), Ok(Target::Sftp("u@h".into(), "/srv/www".into())));
        assert_eq!(Target::parse("C:\\www"), Ok(Target::Folder("C:\\www".into())));
        assert_eq!(Target::parse("s3://bucket/"), Ok(Target::S3("bucket".into(), String::new())));
        assert_eq!(Target::parse("s3://bucket/www/港/"), Ok(Target::S3("bucket".into(), "www/港".into())));
        assert_eq!(Target::parse("/srv/www"), Ok(Target::Folder("/srv/www".into())));
        for bad in [
            "git:x",
            "git:--upload-pack=x#b",
            "git:x#-f",
            "sftp:h",
            "sftp:-oProxyCommand=x:/",
            "rsync:-e x",
            "rsync:",
            "ftp:abc",
            "http://x/",
            "s3://",
            "s3:///x",
            "s3://b/../x",
            "s3://b/a//b",
            "s3://b c/",
        ] {
            assert!(Target::parse(bad).is_err(), "{bad}");
        }
    }
}
