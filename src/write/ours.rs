//! What in a target is ours: the mark and the list that a build leaves, and what stands there besides.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The mark of a folder that a build of ours made.
pub use crate::route::MARKER;
/// All files of a build with their hashes, in the form of `sha256sum`.
pub const MANIFEST: &str = "manifest.sha256";

/// Refuses a target with files that no build of ours made: they would be lost. Symbolic links are among them, whatever the
/// manifest says: no build makes one, and behind a link lies what is not ours.
pub(super) fn refuse_foreign(target: &Path) -> Result<(), Fault> {
    if !target.exists() {
        return Ok(());
    }
    let (found, links) = files(target).map_err(Fault::io(target))?;
    let ours = listed(target);
    let known = |f: &str| ours.contains(f) || f == MARKER || f == MANIFEST || half_moved(f).is_some_and(|whole| ours.contains(&whole) || whole == "manifest");
    let strange: Vec<&String> = found.iter().filter(|f| links.contains(*f) || !known(f)).collect();
    let marked = plain(&target.join(MARKER)) || found.is_empty();
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

/// Paths of the last build's manifest that lie below the target. A line that no build of ours can have written, such as one
/// with `..` or a path from the root, names nothing of ours.
pub(super) fn listed(target: &Path) -> BTreeSet<String> {
    let path = target.join(MANIFEST);
    let text = if plain(&path) { fs::read(&path).unwrap_or_default() } else { Vec::new() };
    String::from_utf8_lossy(&text).lines().filter_map(line).map(String::from).collect()
}

/// The path in one line of a manifest: 64 hexadecimal digits, two spaces, a path that stays below the target.
pub(super) fn line(line: &str) -> Option<&str> {
    let (hash, path) = line.split_once("  ")?;
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && crate::route::below(path)).then_some(path)
}

/// A file, and no link to one.
fn plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| m.is_file())
}

/// All files below a folder, with `/`, in order; and which of them are symbolic links (which are not followed).
pub(super) fn files(dir: &Path) -> io::Result<(BTreeSet<String>, BTreeSet<String>)> {
    let (mut out, mut links) = (BTreeSet::new(), BTreeSet::new());
    for entry in walkdir::WalkDir::new(dir).follow_links(false).follow_root_links(true) {
        let entry = entry.map_err(io::Error::from)?;
        // The folder itself may be a link.
        if entry.depth() > 0 && !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_symlink() {
                links.insert(path.clone());
            }
            out.insert(path);
        }
    }
    Ok((out, links))
}

/// Length and SHA-256 of a file.
pub fn hash_file(path: &Path) -> io::Result<(u64, [u8; 32])> {
    let mut f = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut len = 0;
    loop {
        let n = f.read(&mut buffer)?;
        if n == 0 {
            return Ok((len, hasher.finalize().into()));
        }
        len += n as u64;
        hasher.update(&buffer[..n]);
    }
}
