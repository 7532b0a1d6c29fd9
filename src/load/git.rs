//! What git knows of data files: when their bytes changed, and what they were before.
//!
//! `git` is only asked, never told: no lock, no hook, no monitor, no diff program of the repository is run. Without git, without
//! a repository, or in a shallow clone nothing is known, and a date is never guessed.

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A state of a file that was committed. Of merges only the result counts (`--first-parent`), so states follow one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// When the change was written (author date).
    pub at: Timestamp,
    /// Commit, in short.
    pub commit: Box<str>,
    /// The bytes.
    pub past: Past,
}

/// Bytes that git keeps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Past {
    root: Arc<Path>,
    id: Box<str>,
}

/// What is known of a folder.
#[derive(Debug, Clone, Default)]
pub struct Git {
    /// The commit that was read.
    head: String,
    /// History is cut off, so no date can be told.
    pub shallow: bool,
    /// States by path below the folder, newest first.
    states: FxHashMap<String, Arc<[State]>>,
    /// Files that differ from the last commit.
    edited: BTreeSet<String>,
}

/// Characters of a commit that are shown.
const SHORT: usize = 10;
/// Largest earlier state that is read.
const PAST: u64 = 32 << 20;
/// Earlier states of one file that are kept.
pub const STATES: usize = 6;

impl Git {
    /// Reads the history of `folders` below `root`. `None` where there is no repository, no commit, or no git. What was
    /// read `before` of the same commit is not read again.
    pub fn read(root: &Path, folders: &[String], before: Option<&Git>) -> Option<Git> {
        let told = text(root, &["rev-parse", "--is-shallow-repository", "--verify", "HEAD"])?;
        let (shallow, head) = told.trim().split_once('\n')?;
        let mut out = match before.filter(|b| b.head == head) {
            Some(b) => b.clone(),
            None => Git { head: head.into(), shallow: shallow == "true", ..Git::default() },
        };
        if out.shallow {
            return Some(out);
        }
        // Texts tell their own dates.
        let folders: Vec<String> = folders.iter().map(|f| format!(":(literal){f}")).collect();
        let mut paths = vec!["--", ":(exclude)*.md", ":(exclude)*.yaml", ":(exclude)*.yml"];
        paths.extend(folders.iter().map(String::as_str));
        if out.states.is_empty() {
            let args = ["log", "-m", "--first-parent", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", "--format=%x00%x00%at %h"];
            out.states = states(root, &text(root, &[&args[..], &paths].concat())?);
        }
        let edited = text(root, &[&["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", "HEAD"], &paths[..]].concat())?;
        out.edited = edited.split('\0').filter(|p| !p.is_empty()).map(|p| p.nfc().collect()).collect();
        Some(out)
    }

    /// What tells whether anything is different: the commit, and the files that differ from it.
    pub fn mark(&self) -> (&str, &BTreeSet<String>) {
        (&self.head, &self.edited)
    }

    /// The committed states of a file, newest first, and whether it is today as it was committed last.
    pub fn of(&self, path: &str) -> (Arc<[State]>, bool) {
        (self.states.get(path).cloned().unwrap_or_else(|| Arc::new([])), !self.edited.contains(path))
    }
}

/// When a text came into the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Born {
    /// When it was first committed (author date).
    pub at: Timestamp,
    /// That commit, in short.
    pub commit: Box<str>,
}

/// When each text (Markdown, YAML) of `folders` below `root` came, by its path; a text that was renamed came under its first
/// name. `None` where git knows nothing, or history is cut off.
pub fn born(root: &Path, folders: &[String]) -> Option<std::collections::BTreeMap<String, Born>> {
    let told = text(root, &["rev-parse", "--is-shallow-repository", "--verify", "HEAD"])?;
    if told.trim().split_once('\n')?.0 == "true" {
        return None;
    }
    let folders: Vec<String> = folders.iter().map(|f| format!(":(literal){f}")).collect();
    let mut args = vec!["log", "--reverse", "-m", "--first-parent", "--name-status", "-z", "-M", "--diff-filter=AR", "--no-ext-diff", "--relative"];
    args.extend(["--format=%x00%x00%at %h", "--"]);
    args.extend(folders.iter().map(String::as_str));
    Some(births(&text(root, &args)?))
}

/// Parses `git log --name-status -z`: commits set apart by two NUL, then pairs of `A` and a path, or `R100` and two paths.
fn births(log: &str) -> std::collections::BTreeMap<String, Born> {
    let mut out: std::collections::BTreeMap<String, Born> = std::collections::BTreeMap::new();
    let mut now: Option<Born> = None;
    let mut parts = log.split('\0').map(|p| p.trim_matches('\n')).filter(|p| !p.is_empty());
    let is_text = |p: &str| [".md", ".markdown", ".yaml", ".yml"].iter().any(|e| p.ends_with(e));
    while let Some(part) = parts.next() {
        let moved = part.strip_prefix('R').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if part == "A" || moved {
            let Some(path) = parts.next() else { break };
            let from: String = path.nfc().collect();
            let to = if moved { parts.next().map(|p| p.nfc().collect::<String>()) } else { None };
            let first = if moved { out.get(&from).cloned().or(now.clone()) } else { now.clone() };
            let Some(first) = first.filter(|_| is_text(to.as_deref().unwrap_or(&from))) else { continue };
            // What was taken away and brought back came when it first came.
            out.entry(to.unwrap_or(from)).or_insert(first);
        } else if let Some((at, commit)) = part.split_once(' ') {
            let at = at.parse().ok().and_then(|s| Timestamp::from_second(s).ok());
            now = at.map(|at| Born { at, commit: commit.get(..SHORT).unwrap_or(commit).into() });
        }
    }
    out
}

/// Parses `git log --raw -z`: commits are set apart by two NUL, then come pairs of a line of modes and ids, and a path.
fn states(root: &Path, log: &str) -> FxHashMap<String, Arc<[State]>> {
    let root: Arc<Path> = root.into();
    let mut out: FxHashMap<String, Vec<State>> = FxHashMap::default();
    let mut now: Option<(Timestamp, &str)> = None;
    let mut parts = log.split('\0').map(|p| p.trim_start_matches('\n'));
    while let Some(part) = parts.next() {
        let Some(line) = part.strip_prefix(':') else {
            if let Some((at, commit)) = part.trim().split_once(' ') {
                let short = commit.get(..SHORT).unwrap_or(commit);
                now = at.parse().ok().and_then(|s| Timestamp::from_second(s).ok()).map(|at| (at, short));
            }
            continue;
        };
        let (Some(path), Some((at, commit))) = (parts.next(), now) else { break };
        let mut words = line.split(' ');
        let (Some(mode), Some(id)) = (words.nth(1), words.nth(1)) else { continue };
        // Only plain files; an id of zeros is a file that was taken away.
        if !mode.starts_with("100") || id.bytes().all(|b| b == b'0') {
            continue;
        }
        let list = out.entry(path.nfc().collect()).or_default();
        if list.last().is_some_and(|s| &*s.past.id == id) {
            // Taken away and brought back, or only its mode: the bytes stand since the earlier commit.
            list.pop();
        }
        list.push(State { at, commit: commit.into(), past: Past { root: root.clone(), id: id.into() } });
    }
    out.into_iter().map(|(k, v)| (k, v.into())).collect()
}

/// The bytes of an earlier state.
pub fn bytes(past: &Past) -> io::Result<Vec<u8>> {
    let mut child = git(&past.root).args(["cat-file", "blob", &past.id]).stdout(Stdio::piped()).spawn()?;
    let mut out = Vec::new();
    let read = child.stdout.take().map_or(Ok(0), |pipe| pipe.take(PAST + 1).read_to_end(&mut out));
    if out.len() as u64 > PAST {
        let _ = child.kill();
    }
    let ended = child.wait()?;
    read?;
    // A pointer to a large file elsewhere (git-lfs) is not the file.
    if out.len() as u64 > PAST || !ended.success() || out.starts_with(b"version https://git-lfs") {
        return Err(io::Error::other("git does not give this state"));
    }
    Ok(out)
}

fn git(root: &Path) -> Command {
    let mut c = Command::new("git");
    c.current_dir(if root.as_os_str().is_empty() { PathBuf::from(".") } else { root.to_path_buf() });
    c.args(["--no-optional-locks", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]);
    c.env("LC_ALL", "C").env_remove("GIT_EXTERNAL_DIFF").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    c
}

/// The commit of the project folder, and whether what is built differs from it. `None` without git.
pub fn revision(root: &Path, inputs: &[&str]) -> Option<(String, bool)> {
    let head = text(root, &["rev-parse", "--verify", "HEAD"])?.trim().to_string();
    let folders: Vec<String> = inputs.iter().map(|f| format!(":(literal){f}")).collect();
    let mut args = vec!["status", "--porcelain", "--no-renames", "--untracked-files=normal", "--"];
    args.extend(folders.iter().map(String::as_str));
    let modified = text(root, &args).is_none_or(|t| !t.trim().is_empty());
    Some((head, modified)).filter(|(h, _)| h.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn text(root: &Path, args: &[&str]) -> Option<String> {
    let out = git(root).args(args).output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read() {
        let (a, b) = ("a".repeat(40), "b".repeat(40));
        let zero = "0".repeat(40);
        let log = format!(
            "\0\0200 c2\0\n:100644 100644 {a} {b} M\0content/x.csv\0:100644 000000 {a} {zero} D\0content/gone.csv\0\0\0100 c1\0\n:000000 100644 {zero} {a} A\0content/x.csv\0"
        );
        let all = states(Path::new(""), &log);
        let x: Vec<(i64, &str, &str)> = all["content/x.csv"].iter().map(|s| (s.at.as_second(), &*s.commit, &*s.past.id)).collect();
        assert_eq!(x, [(200, "c2", &*b), (100, "c1", &*a)]);
        assert!(!all.contains_key("content/gone.csv"));
    }

    #[test]
    fn texts_are_born_once_and_keep_it_when_renamed() {
        let log = "\0\u{0}100 aaa\0A\0content/a.md\0A\0content/x.csv\0\0\u{0}200 bbb\0R100\0content/a.md\0content/b.md\0A\0content/a.md\0";
        let all = births(log);
        let of = |p: &str| all.get(p).map(|b| (b.at.as_second(), &*b.commit));
        assert_eq!((of("content/b.md"), of("content/a.md"), of("content/x.csv")), (Some((100, "aaa")), Some((100, "aaa")), None));
    }
}
