//! Swapping the stage into the target.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use super::stage::{MANIFEST, MARKER, Stage};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How the new site took the place of the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// There was none before.
    New,
    /// One atomic exchange of the two folders.
    Exchanged,
    /// File by file, because the folder itself cannot be exchanged (a mount point, Windows, a network share).
    FileByFile,
}

impl How {
    /// Word for the summary.
    pub const fn word(self) -> &'static str {
        match self {
            How::New => "new",
            How::Exchanged => "exchanged",
            How::FileByFile => "file-by-file",
        }
    }
}

/// Publishes the stage. `sync` flushes the file system once before the swap, so
/// that a power cut cannot leave a new name on old bytes.
pub fn publish(stage: Stage, sync: bool) -> Result<How, Fault> {
    let marker = stage.dir.join(MARKER);
    fs::write(&marker, concat!("made by clerestory ", env!("CARGO_PKG_VERSION"), "; the files of this folder are listed in manifest.sha256\n"))
        .map_err(Fault::io(&marker))?;
    if sync {
        flush(&stage.dir).map_err(Fault::io(&stage.dir))?;
    }
    if !stage.target.exists() {
        fs::rename(&stage.dir, &stage.target).map_err(Fault::io(&stage.target))?;
        return Ok(How::New);
    }
    refuse_foreign(&stage.target)?;
    if exchange(&stage.dir, &stage.target).is_ok() {
        // The old site now lies in the stage's place.
        let _ = fs::remove_dir_all(&stage.dir);
        return Ok(How::Exchanged);
    }
    file_by_file(&stage)?;
    if sync {
        flush(&stage.target).map_err(Fault::io(&stage.target))?;
    }
    let _ = fs::remove_dir_all(&stage.dir);
    Ok(How::FileByFile)
}

#[cfg(target_os = "linux")]
fn flush(dir: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(dir)?)?)
}

#[cfg(not(target_os = "linux"))]
fn flush(dir: &Path) -> io::Result<()> {
    File::open(dir).and_then(|f| f.sync_all()).or(Ok(()))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Refuses a target with files that no build of ours made: they would be lost.
pub(super) fn refuse_foreign(target: &Path) -> Result<(), Fault> {
    if !target.exists() {
        return Ok(());
    }
    let found = files(target).map_err(Fault::io(target))?;
    let ours = listed(target);
    let known = |f: &str| ours.contains(f) || f == MARKER || f == MANIFEST || half_moved(f).is_some_and(|whole| ours.contains(&whole) || whole == "manifest");
    let strange: Vec<&String> = found.iter().filter(|f| !known(f)).collect();
    let marked = target.join(MARKER).exists() || found.is_empty();
    if marked && strange.is_empty() {
        return Ok(());
    }
    let shown: Vec<String> =
        if strange.is_empty() { found.iter().take(10).cloned().collect() } else { strange.iter().take(10).map(|s| (*s).clone()).collect() };
    Err(Fault::Foreign(shown, strange.len().max(1)))
}

/// The file that a killed file-by-file run was about to put in place: `a/.b.html.new` was to be `a/b.html`.
fn half_moved(path: &str) -> Option<String> {
    let (dir, name) = path.rsplit_once('/').map_or(("", path), |(d, n)| (d, n));
    let name = name.strip_prefix('.')?.strip_suffix(".new")?;
    Some(if dir.is_empty() { name.to_string() } else { format!("{dir}/{name}") })
}

/// Paths of the last build's manifest.
fn listed(target: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(target.join(MANIFEST)).unwrap_or_default();
    text.lines().filter_map(|l| l.split_once("  ")).map(|(_, p)| p.to_string()).collect()
}

/// All files below a folder, with `/`, in order.
fn files(dir: &Path) -> io::Result<BTreeSet<String>> {
    let mut out = BTreeSet::new();
    for entry in walkdir::WalkDir::new(dir).follow_links(false) {
        let entry = entry.map_err(io::Error::from)?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            out.insert(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(out)
}

/// Assets first (new pages need them), pages next, deletions last (old pages need them).
fn file_by_file(stage: &Stage) -> Result<(), Fault> {
    let new = files(&stage.dir).map_err(Fault::io(&stage.dir))?;
    let page = |p: &&String| p.ends_with(".html");
    let mut order: Vec<&String> = new.iter().filter(|p| !page(p) && *p != MANIFEST).collect();
    order.extend(new.iter().filter(page));
    // The manifest names what may be deleted: until it is there, the old one still covers the old files.
    let old = listed(&stage.target);
    let both: String = old.iter().chain(&new).map(|p| format!("{}  {p}\n", "0".repeat(64))).collect();
    let manifest = stage.target.join(MANIFEST);
    let beside = stage.target.join(".manifest.new");
    let swap = |text: &[u8]| fs::write(&beside, text).and_then(|()| fs::rename(&beside, &manifest)).map_err(Fault::io(&manifest));
    swap(both.as_bytes())?;
    for path in order {
        let (from, to) = (stage.dir.join(path), stage.target.join(path));
        if same(&from, &to) {
            continue;
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(Fault::io(parent))?;
        }
        move_file(&from, &to).map_err(Fault::io(&to))?;
    }
    for path in old.difference(&new).filter(|p| *p != MANIFEST) {
        let gone = stage.target.join(path);
        match fs::remove_file(&gone) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Fault::Io(gone, e)),
            _ => remove_empty(&gone, &stage.target),
        }
    }
    let text = fs::read(stage.dir.join(MANIFEST)).map_err(Fault::io(&manifest))?;
    swap(&text)
}

/// Equal files keep their place and time.
fn same(a: &Path, b: &Path) -> bool {
    let len = |p: &Path| fs::metadata(p).ok().map(|m| m.len());
    len(a) == len(b) && super::stage::hash_file(a).is_ok_and(|h| super::stage::hash_file(b).is_ok_and(|o| o == h))
}

/// Renames; across file systems copies beside the file and renames there, so that no reader sees a half.
fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(e) if e.kind() == io::ErrorKind::CrossesDevices => {
            let name = to.file_name().map_or("f".into(), |n| n.to_string_lossy().into_owned());
            let beside: PathBuf = to.with_file_name(format!(".{name}.new"));
            fs::copy(from, &beside)?;
            fs::rename(&beside, to)
        }
        other => other,
    }
}

fn remove_empty(file: &Path, top: &Path) {
    let mut dir = file.parent();
    while let Some(d) = dir.filter(|d| *d != top && d.starts_with(top)) {
        if fs::remove_dir(d).is_err() {
            return;
        }
        dir = d.parent();
    }
}
