//! Swapping the stage into the target.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use super::ours::{MANIFEST, MARKER, files, hash_file, listed, refuse_foreign};
use super::stage::Stage;
use rayon::prelude::*;
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
    let dir = stage.dir.clone();
    let done = swapped(stage, sync);
    if done.is_err() {
        // A disk that is full needs the room.
        let _ = fs::remove_dir_all(dir);
    }
    done
}

fn swapped(stage: Stage, sync: bool) -> Result<How, Fault> {
    let marker = stage.dir.join(MARKER);
    fs::write(&marker, crate::trust::MARK).map_err(Fault::io(&marker))?;
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
        clear_away(&stage.dir);
        return Ok(How::Exchanged);
    }
    file_by_file(&stage)?;
    if sync {
        flush(&stage.target).map_err(Fault::io(&stage.target))?;
    }
    let _ = fs::remove_dir_all(&stage.dir);
    Ok(How::FileByFile)
}

/// Removes a folder of ours: one page is a folder, and there are many.
fn clear_away(dir: &Path) {
    let inner = |d: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(d).into_iter().flatten().flatten();
        entries.filter(|e| e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path()).collect()
    };
    let pages: Vec<PathBuf> = inner(dir).iter().flat_map(|d| inner(d)).collect();
    pages.par_iter().for_each(|d| drop(fs::remove_dir_all(d)));
    let _ = fs::remove_dir_all(dir);
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

/// Folders of the target that were looked at: each is a folder and no link, so that what is done below it is done below the target.
pub(super) struct Below<'a> {
    pub(super) target: &'a Path,
    seen: BTreeSet<String>,
}

impl<'a> Below<'a> {
    /// Nothing was looked at yet.
    pub(super) fn new(target: &'a Path) -> Below<'a> {
        Below { target, seen: BTreeSet::new() }
    }

    /// A folder gives way to a file: what lies in it is to be looked at anew.
    pub(super) fn forget(&mut self, path: &str) {
        self.seen.retain(|d| d != path && !d.strip_prefix(path).is_some_and(|r| r.starts_with('/')));
    }

    /// The place of a path of ours in the target. Folders above it are made where they are missing; a link among them is refused.
    pub(super) fn place(&mut self, path: &str, make: bool) -> Result<Option<PathBuf>, Fault> {
        for (i, _) in path.match_indices('/') {
            let dir = &path[..i];
            if self.seen.contains(dir) {
                continue;
            }
            let full = self.target.join(dir);
            match fs::symlink_metadata(&full) {
                Ok(m) if m.is_dir() => {}
                Ok(m) if m.file_type().is_symlink() => return Err(Fault::Foreign(vec![dir.to_string()], 1)),
                // A file of the old site where the new one has a folder.
                Ok(_) if make => fs::remove_file(&full).and_then(|()| fs::create_dir(&full)).map_err(Fault::io(&full))?,
                Err(e) if make && e.kind() == io::ErrorKind::NotFound => fs::create_dir(&full).map_err(Fault::io(&full))?,
                _ => return Ok(None),
            }
            self.seen.insert(dir.to_string());
        }
        Ok(Some(self.target.join(path)))
    }
}

/// Assets first (new pages need them), pages next, deletions last (old pages need them).
fn file_by_file(stage: &Stage) -> Result<(), Fault> {
    let (new, _) = files(&stage.dir).map_err(Fault::io(&stage.dir))?;
    let page = |p: &&String| p.ends_with(".html");
    let mut order: Vec<&String> = new.iter().filter(|p| !page(p) && *p != MANIFEST).collect();
    order.extend(new.iter().filter(page));
    // The manifest names what may be deleted: until it is there, the old one still covers the old files.
    let old = listed(&stage.target);
    let both: String = old.iter().chain(&new).map(|p| format!("{}  {p}\n", "0".repeat(64))).collect();
    let manifest = stage.target.join(MANIFEST);
    let beside = stage.target.join(".manifest.new");
    let swap = |text: &[u8]| fresh(&beside, text).and_then(|()| fs::rename(&beside, &manifest)).map_err(Fault::io(&manifest));
    swap(both.as_bytes())?;
    let mut below = Below::new(&stage.target);
    for path in order {
        let from = stage.dir.join(path);
        let Some(to) = below.place(path, true)? else { continue };
        match fs::symlink_metadata(&to) {
            // A folder of the old site where the new one has a file: its files go first, and nothing that is not ours.
            Ok(m) if m.is_dir() => {
                for inner in old.iter().filter(|o| o.strip_prefix(path.as_str()).is_some_and(|r| r.starts_with('/'))) {
                    if let Some(gone) = below.place(inner, false)? {
                        remove(&gone, &stage.target)?;
                    }
                }
                below.forget(path);
            }
            Ok(m) if m.is_file() && same(&from, &to) => continue,
            _ => {}
        }
        move_file(&from, &to).map_err(Fault::io(&to))?;
    }
    for path in old.difference(&new).filter(|p| *p != MANIFEST) {
        if let Some(gone) = below.place(path, false)? {
            remove(&gone, &stage.target)?;
        }
    }
    let text = fs::read(stage.dir.join(MANIFEST)).map_err(Fault::io(&manifest))?;
    swap(&text)
}

/// Takes a file away, and the folders that are empty then. A folder or what is not there stays as it is.
pub(super) fn remove(gone: &Path, top: &Path) -> Result<(), Fault> {
    if fs::symlink_metadata(gone).is_ok_and(|m| m.is_dir()) {
        return Ok(());
    }
    match fs::remove_file(gone) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Fault::Io(gone.to_path_buf(), e)),
        _ => remove_empty(gone, top),
    }
    Ok(())
}

/// Writes a new file. What a killed run left under the name goes first; a link under it is not followed.
pub(super) fn fresh(path: &Path, bytes: &[u8]) -> io::Result<()> {
    clear(path)?;
    io::Write::write_all(&mut File::options().write(true).create_new(true).open(path)?, bytes)
}

pub(super) fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Equal files keep their place and time.
fn same(a: &Path, b: &Path) -> bool {
    let len = |p: &Path| fs::metadata(p).ok().map(|m| m.len());
    len(a) == len(b) && hash_file(a).is_ok_and(|h| hash_file(b).is_ok_and(|o| o == h))
}

/// Renames; across file systems copies beside the file and renames there, so that no reader sees a half.
fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(e) if e.kind() == io::ErrorKind::CrossesDevices => {
            let name = to.file_name().map_or("f".into(), |n| n.to_string_lossy().into_owned());
            let beside: PathBuf = to.with_file_name(format!(".{name}.new"));
            clear(&beside)?;
            io::copy(&mut File::open(from)?, &mut File::options().write(true).create_new(true).open(&beside)?)?;
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
