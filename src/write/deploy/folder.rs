//! Into a folder, file by file, each in one step.

use super::{Plan, Source, Sums, Undone, both, plan, sound, sums};
use crate::output::hex;
use crate::write::Fault;
use crate::write::ours::{MANIFEST, MARKER, files, hash_file};
use crate::write::publish::{Below, clear, fresh, remove};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn deploy(source: &Source<'_>, (list, new): (&[u8], &Sums), dir: &Path, (dry, adopt): (bool, bool)) -> Result<Plan, Undone> {
    let manifest = dir.join(MANIFEST);
    let old = fs::symlink_metadata(&manifest).is_ok_and(|m| m.is_file()).then(|| fs::read(&manifest).map_err(Fault::io(&manifest))).transpose()?;
    if old.is_none() && !adopt && dir.is_dir() {
        unlisted(dir, new)?;
    }
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
    // What the list of the target says and the target lacks: a whole site puts it there again, a file of changes does not have it.
    let is_there = |p: &String| fs::symlink_metadata(dir.join(p)).is_ok_and(|m| !m.is_dir());
    let lost: Vec<String> = old.iter().filter(|(p, h)| new.get(*p) == Some(h) && !is_there(p)).map(|(p, _)| p.clone()).collect();
    if source.dir.is_none() && !lost.is_empty() {
        return Err(Undone::Missing(lost.iter().take(10).cloned().collect(), lost.len()));
    }
    lost.iter().for_each(|p| drop(old.remove(p)));
    let plan = plan(new, &old);
    let strange = foreign(dir, &plan, new, &old).map_err(Fault::io(dir))?;
    if !strange.is_empty() {
        return Err(Fault::Foreign(strange.iter().take(10).cloned().collect(), strange.len()).into());
    }
    if dry || plan.is_empty() && !half {
        return Ok(plan);
    }
    sound(source, new, &plan)?;
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
        put_in_place(fresh(&beside, text), &beside, &to)
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

/// Hidden files that hosts keep in the folder of a site.
const OF_HOSTS: &[&str] = &[".well-known/", ".htaccess", ".user.ini", ".nojekyll", ".gitkeep", ".DS_Store"];

/// Refuses a folder with files that nobody put there through us: it may be any folder, a home with nothing but hidden files too. What
/// hosts keep there and the same bytes as those of the site are none of them.
fn unlisted(dir: &Path, new: &Sums) -> Result<(), Undone> {
    let (found, _) = files(dir).map_err(Fault::io(dir))?;
    let strange: Vec<String> = found
        .into_iter()
        .filter(|f| !OF_HOSTS.iter().any(|h| f.starts_with(h)) && f != MARKER && there(dir, f).is_none_or(|h| new.get(f) != Some(&h)))
        .collect();
    if strange.is_empty() { Ok(()) } else { Err(Undone::Unlisted(strange.iter().take(10).cloned().collect(), strange.len())) }
}

/// Files of the target that nobody put there through us and that would be lost: others of the same names, files where the site has
/// folders, files in folders where the site has files, and links, behind which lies what is not the target's.
fn foreign(dir: &Path, plan: &Plan, new: &Sums, old: &Sums) -> io::Result<BTreeSet<String>> {
    let (mut out, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for path in plan.puts() {
        for (i, _) in path.match_indices('/').filter(|(i, _)| !seen.contains(&path[..*i])).collect::<Vec<_>>() {
            let above = &path[..i];
            let there = fs::symlink_metadata(dir.join(above)).map(|m| m.file_type());
            if there.is_ok_and(|t| !t.is_dir() && (t.is_symlink() || !old.contains_key(above))) {
                out.insert(above.to_string());
            }
            seen.insert(above);
        }
        match fs::symlink_metadata(dir.join(path)) {
            Ok(m) if m.is_dir() => {
                let (inside, _) = files(&dir.join(path))?;
                out.extend(inside.into_iter().map(|f| format!("{path}/{f}")).filter(|f| !old.contains_key(f)));
            }
            // The same bytes are no loss.
            Ok(_) if !old.contains_key(path) && there(dir, path).as_ref() != new.get(path) => {
                out.insert(path.clone());
            }
            _ => {}
        }
    }
    Ok(out)
}

/// Hash of a file of the target, where there is one.
fn there(dir: &Path, path: &str) -> Option<String> {
    let full = dir.join(path);
    // A pipe is never opened: nobody may write into it.
    let file = || fs::metadata(&full).is_ok_and(|m| m.is_file());
    let hash = || hash_file(&full).map_or_else(|_| String::from("?"), |(_, h)| hex(&h));
    fs::symlink_metadata(&full).ok().filter(|m| !m.is_dir()).map(|_| if file() { hash() } else { String::from("?") })
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
    Ok(put_in_place(written, &beside, &to)?)
}

/// Moves what was written beside its place there. What could not be written whole, as on a full disk, takes no room.
fn put_in_place(written: io::Result<()>, beside: &Path, to: &Path) -> Result<(), Fault> {
    written.and_then(|()| fs::rename(beside, to)).inspect_err(|_| drop(fs::remove_file(beside))).map_err(Fault::io(to))
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
