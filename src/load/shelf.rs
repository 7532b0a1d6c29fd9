//! A published site as something to read from: a folder, a ZIP; `online` has one by its address.

#![expect(clippy::disallowed_methods, reason = "this is the reading stage")]

use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Length and SHA-256 of a file.
pub type Digest = (u64, [u8; 32]);

/// Largest file that is read as a whole: a manifest of a million files has 200 MB.
const WHOLE: u64 = 1 << 30;

/// A published site that can be read. What cannot be read is told in a sentence of the machine.
pub trait Shelf {
    /// Paths of all its files; `None` where that cannot be known.
    fn list(&self) -> Result<Option<Vec<String>>, String>;
    /// The bytes of some files, `None` for one that is not there.
    fn get(&self, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, String>;
    /// Length and hash of some files, `None` for one that is not there.
    fn digests(&self, paths: &[String]) -> Result<Vec<Option<Digest>>, String>;

    /// Paths that stand for more than one file, as a ZIP allows: which one is meant depends on who reads it.
    fn doubled(&self) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    /// The bytes of one file.
    fn one(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.get(&[path.to_string()])?.pop().flatten())
    }
}

/// A shelf for a path: a folder, or a ZIP.
pub fn open(path: &Path) -> Result<Box<dyn Shelf>, String> {
    if path.is_dir() {
        return Ok(Box::new(Folder(path.to_path_buf())));
    }
    let told = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let file = File::open(path).map_err(|e| told(&e))?;
    let archive = zip::ZipArchive::new(file).map_err(|e| told(&e))?;
    let names: BTreeSet<String> = archive.file_names().filter_map(|n| n.ok().filter(|n| !n.ends_with('/')).map(|n| n.into_owned())).collect();
    Ok(Box::new(Archive { path: path.to_path_buf(), archive: Mutex::new(archive), names }))
}

fn digest(mut from: impl Read) -> io::Result<Digest> {
    let (mut hash, mut len, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok((len, hash.finalize().into()));
        }
        len += n as u64;
        hash.update(&buffer[..n]);
    }
}

fn whole(from: impl Read) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    from.take(WHOLE).read_to_end(&mut out)?;
    Ok(out)
}

/// Length and hash of a file of this machine.
pub fn digest_file(path: &Path) -> io::Result<Digest> {
    digest(File::open(path)?)
}

/// Bytes of a file of this machine, up to a gigabyte.
pub fn whole_file(path: &Path) -> io::Result<Vec<u8>> {
    whole(File::open(path)?)
}

/// The mode of a file that others than its owner may read or write, such as `644` for a key; `None` where nobody else may, or where
/// the machine knows no such modes.
pub fn open_to_others(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    let mode = fs::metadata(path).ok().map(|m| std::os::unix::fs::PermissionsExt::mode(&m.permissions()) & 0o777);
    #[cfg(not(unix))]
    let mode = fs::metadata(path).ok().and(None);
    mode.filter(|m| m & 0o077 != 0)
}

/// A folder.
struct Folder(PathBuf);

impl Folder {
    /// Of a file and no link: behind a link lies what nobody published.
    fn with<T>(&self, path: &str, take: impl Fn(File) -> io::Result<T>) -> Result<Option<T>, String> {
        let full = self.0.join(path);
        if !stays(path) || !fs::symlink_metadata(&full).is_ok_and(|m| m.is_file()) {
            return Ok(None);
        }
        File::open(&full).and_then(take).map(Some).map_err(|e| format!("{}: {e}", full.display()))
    }
}

/// The path stays below its folder.
pub(crate) fn stays(path: &str) -> bool {
    path.split('/').all(|s| !s.is_empty() && s != "." && s != ".." && !s.contains(['\\', '\0'])) && path.as_bytes().get(1) != Some(&b':')
}

impl Shelf for Folder {
    fn list(&self) -> Result<Option<Vec<String>>, String> {
        let mut out = Vec::new();
        // The history of a branch that holds the site is none of its files.
        let own = |e: &walkdir::DirEntry| !(e.depth() == 1 && e.file_name() == ".git");
        for entry in walkdir::WalkDir::new(&self.0).follow_links(false).follow_root_links(true).into_iter().filter_entry(own) {
            let entry = entry.map_err(|e| e.to_string())?;
            if !entry.file_type().is_dir() {
                let path = entry.path().strip_prefix(&self.0).unwrap_or(entry.path());
                out.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        out.sort();
        Ok(Some(out))
    }

    fn get(&self, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, String> {
        paths.iter().map(|p| self.with(p, whole)).collect()
    }

    fn digests(&self, paths: &[String]) -> Result<Vec<Option<Digest>>, String> {
        paths.iter().map(|p| self.with(p, digest)).collect()
    }
}

/// A ZIP.
struct Archive {
    path: PathBuf,
    archive: Mutex<zip::ZipArchive<File>>,
    names: BTreeSet<String>,
}

impl Archive {
    fn with<T>(&self, path: &str, take: impl Fn(&mut dyn Read) -> io::Result<T>) -> Result<Option<T>, String> {
        if !self.names.contains(path) {
            return Ok(None);
        }
        let mut archive = self.archive.lock().map_err(|e| e.to_string())?;
        let told = |e: &dyn std::fmt::Display| format!("{}: {path}: {e}", self.path.display());
        let mut file = archive.by_name(path).map_err(|e| told(&e))?;
        match take(&mut file) {
            Ok(t) => Ok(Some(t)),
            // The archive's own check finds a changed byte first: it is a file with other bytes all the same.
            Err(e) if e.kind() == io::ErrorKind::InvalidData || e.to_string().contains("checksum") => Ok(None),
            Err(e) => Err(told(&e)),
        }
    }
}

/// The names in the directory of a ZIP, as often as they stand there; the reader keeps one of each.
fn doubled(path: &Path, directory: u64, known: usize) -> io::Result<BTreeSet<String>> {
    let mut file = io::BufReader::new(File::open(path)?);
    file.seek(io::SeekFrom::Start(directory))?;
    let (mut seen, mut out, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    let mut head = [0; 46];
    while file.read_exact(&mut head).is_ok() && head.starts_with(b"PK\x01\x02") {
        let length = |at: usize| u64::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let mut name = vec![0; length(28) as usize];
        file.read_exact(&mut name)?;
        file.seek_relative((length(30) + length(32)) as i64)?;
        let name = String::from_utf8_lossy(&name).into_owned();
        count += 1;
        if !seen.insert(name.clone()) {
            out.insert(name);
        }
    }
    // Names that differ by their bytes and are one to the reader, or a directory that stands elsewhere.
    if out.is_empty() && count != known {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("the directory of the ZIP names {count} files, of which {known} can be told apart")));
    }
    Ok(out)
}

impl Shelf for Archive {
    fn doubled(&self) -> Result<Vec<String>, String> {
        let (start, known) = self.archive.lock().map(|a| (a.central_directory_start(), a.len())).map_err(|e| e.to_string())?;
        let found = doubled(&self.path, start, known).map_err(|e| format!("{}: {e}", self.path.display()))?;
        Ok(found.into_iter().filter(|n| !n.ends_with('/')).collect())
    }

    fn list(&self) -> Result<Option<Vec<String>>, String> {
        Ok(Some(self.names.iter().cloned().collect()))
    }

    fn get(&self, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, String> {
        paths.iter().map(|p| self.with(p, |f| whole(f))).collect()
    }

    fn digests(&self, paths: &[String]) -> Result<Vec<Option<Digest>>, String> {
        paths.iter().map(|p| self.with(p, |f| digest(f))).collect()
    }
}
