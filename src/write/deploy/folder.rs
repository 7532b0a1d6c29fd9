//! Into a folder, file by file, each in one step.

use super::{Plan, Source, Sums, Undone, both, plan, sums};
use crate::output::hex;
use crate::write::Fault;
use crate::write::ours::{MANIFEST, MARKER, hash_file};
use crate::write::publish::{Below, clear, fresh, remove};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn deploy(source: &Source<'_>, (list, new): (&[u8], &Sums), dir: &Path, dry: bool) -> Result<Plan, Undone> {
    let manifest = dir.join(MANIFEST);
    let old = fs::symlink_metadata(&manifest).is_ok_and(|m| m.is_file()).then(|| fs::read(&manifest).map_err(Fault::io(&manifest))).transpose()?;
    let mut old = sums(&old.unwrap_or_default());
    let _lock = if dry { None } else { Some(lock(dir)?) };
    let half = old.values().any(|h| h == super::NONE);
    // What a run that was cut off has put there already.
    let unsure: Vec<String> = old.iter().filter(|(p, h)| *h == super::NONE && new.contains_key(*p)).map(|(p, _)| p.clone()).collect();
    for path in unsure {
        if let Some(hash) = there(dir, &path) {
            old.insert(path, hash);
        }
    }
    let plan = plan(new, &old);
    // A file that nobody put there through us is not written over, unless it is the same.
    let strange: Vec<String> =
        plan.puts().filter(|p| !old.contains_key(*p)).filter(|p| there(dir, p).is_some_and(|h| new.get(*p) != Some(&h))).cloned().collect();
    if !strange.is_empty() {
        return Err(Fault::Foreign(strange.iter().take(10).cloned().collect(), strange.len()).into());
    }
    if dry || plan.is_empty() && !half {
        return Ok(plan);
    }
    if let Some(lacking) = plan.puts().find(|p| source.dir.is_none() && source.shelf.digests(&[(*p).clone()]).is_ok_and(|d| d == [None])) {
        return Err(Undone::Lacks(lacking.clone()));
    }
    let mut below = Below::new(dir);
    // What a run that was cut off was about to put in place.
    for path in old.iter().filter(|(_, h)| *h == super::NONE || half).map(|(p, _)| p) {
        if let Some(to) = below.place(path, false)? {
            let beside = beside(&to);
            clear(&beside).map_err(Fault::io(&beside))?;
        }
    }
    let swap = |text: &[u8], name: &str| {
        let beside = dir.join(format!(".{}.new", name.trim_start_matches('.')));
        let to = dir.join(name);
        fresh(&beside, text).and_then(|()| fs::rename(&beside, &to)).map_err(Fault::io(&to))
    };
    swap(&both(new, &old), MANIFEST)?;
    for path in plan.first.iter().chain(&plan.pages) {
        put(source, &mut below, &old, path)?;
    }
    for path in &plan.gone {
        if let Some(gone) = below.place(path, false)? {
            remove(&gone, dir)?;
        }
    }
    for path in &plan.last {
        put(source, &mut below, &old, path)?;
    }
    swap(crate::trust::MARK.as_bytes(), MARKER)?;
    swap(list, MANIFEST)?;
    Ok(plan)
}

/// Hash of a file of the target, where there is one.
fn there(dir: &Path, path: &str) -> Option<String> {
    let full = dir.join(path);
    fs::symlink_metadata(&full).ok().filter(|m| !m.is_dir()).map(|_| hash_file(&full).map_or_else(|_| String::from("?"), |(_, h)| hex(&h)))
}

/// One deployment to a folder at a time.
fn lock(dir: &Path) -> Result<File, Undone> {
    fs::create_dir_all(dir).map_err(Fault::io(dir))?;
    let real = dir.canonicalize().map_err(Fault::io(dir))?;
    let name = real.file_name().map_or("site".into(), |n| n.to_string_lossy().into_owned());
    let path: PathBuf = real.with_file_name(format!(".{name}.lock"));
    let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(Fault::io(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => Err(Fault::Busy(path).into()),
        Err(fs::TryLockError::Error(e)) => Err(Fault::Io(path, e).into()),
    }
}

fn put(source: &Source<'_>, below: &mut Below<'_>, old: &Sums, path: &str) -> Result<(), Undone> {
    let Some(to) = below.place(path, true)? else { return Ok(()) };
    if fs::symlink_metadata(&to).is_ok_and(|m| m.is_dir()) {
        // A folder of the old site where the new one has a file: its files go first, and nothing that is not ours.
        for inner in old.keys().filter(|o| o.strip_prefix(path).is_some_and(|r| r.starts_with('/'))) {
            if let Some(gone) = below.place(inner, false)? {
                remove(&gone, below.target)?;
            }
        }
        below.forget(path);
    }
    let beside = beside(&to);
    let written = match &source.dir {
        Some(dir) => copy(&dir.join(path), &beside),
        None => match source.shelf.one(path).map_err(Undone::Unread)? {
            Some(bytes) => fresh(&beside, &bytes),
            None => return Err(Undone::Lacks(path.to_string())),
        },
    };
    written.and_then(|()| fs::rename(&beside, &to)).map_err(Fault::io(&to))?;
    Ok(())
}

/// Where a file is written before it takes its place.
fn beside(to: &Path) -> PathBuf {
    let name = to.file_name().map_or("f".into(), |n| n.to_string_lossy().into_owned());
    to.with_file_name(format!(".{name}.new"))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fresh(to, b"")?;
    let (mut from, mut to) = (File::open(from)?, File::options().write(true).open(to)?);
    io::copy(&mut from, &mut to)?;
    // A server tells by the time whether a reader's copy is the same.
    to.set_modified(from.metadata()?.modified()?)
}
