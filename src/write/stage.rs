//! Making the files beside the target, wave by wave.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use super::ours::{self, MARKER, hash_file};
use crate::output::{Facts, Made, MakeResult, Producer, Sink, relative, scan, sweep, swept};
use crate::route::{Entry, Routes, Target};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A folder beside the target in which files are made, with the lock that keeps other builds out.
#[derive(Debug)]
pub struct Stage {
    /// The folder that will be swapped, its symbolic links resolved.
    pub target: PathBuf,
    /// Where files are made.
    pub dir: PathBuf,
    /// There is a live site to compare with.
    live: bool,
    /// Pages get relative addresses.
    relative: bool,
    /// Held until the stage is gone; `None` where nothing is written.
    lock: Option<File>,
}

/// What was made.
#[derive(Debug, Default)]
pub struct Staged {
    /// Facts of every file, by entry.
    pub facts: Vec<Facts>,
    /// Files whose bytes equal the live ones.
    pub unchanged: usize,
}

impl Stage {
    /// Opens the stage: resolves a symbolic link, takes the lock, clears what a killed build left,
    /// and refuses a target that holds files no build of ours made.
    pub fn open(out: &Path) -> Result<Stage, Fault> {
        let target = resolve(out)?;
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).map_or(PathBuf::from("."), Path::to_path_buf);
        let name = target.file_name().ok_or_else(|| Fault::BadTarget(target.clone()))?.to_string_lossy().into_owned();
        fs::create_dir_all(&parent).map_err(Fault::io(&parent))?;
        let lock_path = parent.join(format!(".{name}.lock"));
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path).map_err(Fault::io(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(Fault::Busy(lock_path)),
            Err(fs::TryLockError::Error(e)) => return Err(Fault::Io(lock_path, e)),
        }
        ours::refuse_foreign(&target)?;
        let prefix = format!(".{name}.stage-");
        for old in fs::read_dir(&parent).map_err(Fault::io(&parent))?.flatten() {
            // A stage of ours is the name of the target and a number, and never a link.
            let ours = old.file_name().to_string_lossy().strip_prefix(&prefix).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
            if ours && old.file_type().is_ok_and(|t| t.is_dir()) {
                let _ = fs::remove_dir_all(old.path());
            }
        }
        let dir = parent.join(format!("{prefix}{}", std::process::id()));
        fs::create_dir(&dir).map_err(Fault::io(&dir))?;
        let live = fs::symlink_metadata(target.join(MARKER)).is_ok_and(|m| m.is_file());
        Ok(Stage { target, dir, live, relative: false, lock: Some(lock) })
    }

    /// A stage whose files are made and forgotten: only their facts are wanted.
    pub fn nowhere() -> Stage {
        Stage { target: PathBuf::new(), dir: PathBuf::new(), live: false, relative: false, lock: None }
    }

    /// The same stage, for pages with addresses that begin where they lie.
    pub fn relative(mut self, relative: bool) -> Stage {
        self.relative = relative;
        self
    }

    fn writes(&self) -> bool {
        self.lock.is_some()
    }

    /// Runs the producers of all waves. The first file that cannot be written
    /// ends the run; problems of makers are collected and returned with the facts.
    pub fn run(
        &self,
        routes: &Routes,
        producers: &[Producer],
        make: impl Fn(&Entry, &[Facts]) -> MakeResult + Sync,
        pour: impl Fn(&Entry, &[Facts], &mut dyn Sink) -> io::Result<()> + Sync,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(Staged, Vec<crate::diag::Diagnostic>), Fault> {
        if self.writes() {
            self.folders(routes)?;
        }
        let mut staged = Staged { facts: vec![Facts::default(); routes.entries.len()], unchanged: 0 };
        let (same, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        // A template without bound costs seconds on each page: one page says so.
        let over = AtomicBool::new(false);
        let mut problems = Vec::new();
        for wave in 1..=4 {
            let mut now: Vec<Producer> = producers.iter().filter(|p| p.wave == wave).copied().collect();
            now.sort_by_key(|p| std::cmp::Reverse(p.cost));
            let results: Vec<Result<PutOr, Fault>> = now
                .par_iter()
                .with_max_len(64)
                .map(|p| {
                    let entry = &routes.entries[p.entry as usize];
                    if over.load(Ordering::Relaxed) {
                        return Ok(Ok(Vec::new()));
                    }
                    let out = match make(entry, &staged.facts) {
                        Ok(Made::Poured) => self.poured(entry, routes, &same, |sink| pour(entry, &staged.facts, sink)).map(Ok),
                        Ok(made) => self.put(entry, p.entry, made, routes, &same).map(Ok),
                        Err(d) => {
                            over.fetch_or(crate::theme::over(&d), Ordering::Relaxed);
                            Ok(Err(d))
                        }
                    };
                    let n = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if n.is_multiple_of(256) {
                        progress(n, producers.len());
                    }
                    out
                })
                .collect();
            for r in results {
                match r? {
                    Ok(list) => {
                        for f in list {
                            let i = f.entry as usize;
                            staged.facts[i] = f;
                        }
                    }
                    Err(d) => problems.push(*d),
                }
            }
        }
        staged.unchanged = same.into_inner();
        Ok((staged, problems))
    }

    /// Makes all folders first, so that files only need one call each.
    fn folders(&self, routes: &Routes) -> Result<(), Fault> {
        let mut dirs: Vec<&str> = routes.entries.iter().filter_map(|e| e.path.rsplit_once('/').map(|(d, _)| d)).collect();
        dirs.sort_unstable();
        dirs.dedup();
        // A folder before those inside it: `a` sorts before `a/b`; missing parents are made on the way.
        dirs.par_iter().try_for_each(|d| {
            let path = self.dir.join(d);
            match fs::create_dir(&path) {
                Ok(()) => Ok(()),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                Err(e) if e.kind() == io::ErrorKind::NotFound => fs::create_dir_all(&path).map_err(|e| Fault::Io(path, e)),
                Err(e) => Err(Fault::Io(path, e)),
            }
        })
    }

    fn put(&self, entry: &Entry, index: u32, made: Made, routes: &Routes, same: &AtomicUsize) -> Result<Vec<Facts>, Fault> {
        let staged = self.dir.join(&entry.path);
        let live = self.target.join(&entry.path);
        let mut facts = Facts { entry: index, ..Facts::default() };
        match made {
            Made::Bytes(mut bytes) => {
                if entry.path.ends_with(".html") {
                    let whole = matches!(entry.target, Target::Home | Target::NotFound | Target::Column(_, 0));
                    scan(&bytes, whole, index, routes, &mut facts);
                    sweep(&entry.path, &bytes, whole, &mut facts);
                    if self.relative {
                        bytes = relative(&bytes, &entry.path, routes);
                    }
                } else if matches!(entry.target, Target::Asset(_)) && swept(&entry.path) {
                    sweep(&entry.path, &bytes, false, &mut facts);
                }
                facts.len = bytes.len() as u64;
                facts.hash = Sha256::digest(&bytes).into();
                if self.live && equal_bytes(&live, &bytes) && reuse(&live, &staged) {
                    same.fetch_add(1, Ordering::Relaxed);
                } else if self.writes() {
                    fs::write(&staged, &bytes).map_err(Fault::io(&staged))?;
                }
            }
            Made::Copy(from) => {
                let look = swept(&entry.path) && matches!(entry.target, Target::Static(_) | Target::Asset(_));
                let (len, hash) = hash_file(&from).map_err(Fault::io(&from))?;
                if look && len <= SWEPT {
                    let bytes = fs::read(&from).map_err(Fault::io(&from))?;
                    sweep(&entry.path, &bytes, false, &mut facts);
                    // A page of the project's own is no page of ours: `audit` knows it better.
                    facts.faults.clear();
                    if entry.path.ends_with(".html") || entry.path.ends_with(".htm") {
                        loads(&bytes, &mut facts.foreign);
                    }
                }
                (facts.len, facts.hash) = (len, hash);
                let equal = self.live && fs::metadata(&live).is_ok_and(|m| m.len() == len) && hash_file(&live).is_ok_and(|(_, h)| h == hash);
                if equal && reuse(&live, &staged) {
                    same.fetch_add(1, Ordering::Relaxed);
                } else if self.writes() {
                    copy(&from, &staged).map_err(Fault::io(&staged))?;
                }
            }
            Made::Ready(from, schema) => {
                // A page is looked at as if it had been made here.
                let page = entry.path.ends_with(".html") && !matches!(entry.target, Target::Blob(_) | Target::Static(_));
                let made = if page { Made::Bytes(fs::read(&from).map_err(Fault::io(&from))?) } else { Made::Copy(from) };
                let mut list = self.put(entry, index, made, routes, same)?;
                list.iter_mut().for_each(|f| f.schema = schema.clone());
                return Ok(list);
            }
            Made::Stream(stream) => return self.poured(entry, routes, same, stream.0),
            // Asked for above.
            Made::Poured => {}
        }
        Ok(vec![facts])
    }

    /// Adds small files that are made when all others stand. Those that have an address get their facts.
    pub fn add(&self, staged: &mut Staged, routes: &Routes, files: &[(String, Vec<u8>)]) -> Result<(), Fault> {
        for (path, bytes) in files {
            let (to, live) = (self.dir.join(path), self.target.join(path));
            let url = format!("{}{}", routes.base_path(), crate::route::encode(path));
            if let Some(i) = routes.resolve(url.as_bytes()) {
                let hash = Sha256::digest(bytes).into();
                staged.facts[i as usize] = Facts { entry: i, len: bytes.len() as u64, hash, ..Facts::default() };
            }
            if !self.writes() {
                continue;
            }
            if let Some(dir) = to.parent() {
                fs::create_dir_all(dir).map_err(Fault::io(dir))?;
            }
            if self.live && equal_bytes(&live, bytes) && reuse(&live, &to) {
                staged.unchanged += 1;
            } else {
                fs::write(&to, bytes).map_err(Fault::io(&to))?;
            }
        }
        Ok(())
    }

    /// Files that are written piece by piece.
    fn poured(&self, entry: &Entry, routes: &Routes, same: &AtomicUsize, pour: impl FnOnce(&mut dyn Sink) -> io::Result<()>) -> Result<Vec<Facts>, Fault> {
        let mut files = Files { stage: self, routes, same, open: Vec::new(), done: BTreeMap::new() };
        pour(&mut files).map(|()| files.done.into_values().collect()).map_err(Fault::io(&self.dir.join(&entry.path)))
    }

    /// Leaves no trace, where nothing is to be published.
    pub fn discard(self) {
        if self.writes() {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// Largest file of `static/` whose bytes are looked at, in bytes.
const SWEPT: u64 = 16 << 20;

/// What a page of `static/` loads from other hosts, as far as double quotes show it.
fn loads(html: &[u8], out: &mut Vec<String>) {
    for name in [&b" src=\""[..], b" srcset=\"", b" poster=\""] {
        for at in memchr::memmem::find_iter(html, name).map(|i| i + name.len()) {
            let value = &html[at..at + memchr::memchr(b'"', &html[at..]).unwrap_or(0)];
            if value.starts_with(b"https://") || value.starts_with(b"http://") || value.starts_with(b"//") {
                out.push(String::from_utf8_lossy(value).into_owned());
            }
        }
    }
    out.sort();
    out.dedup();
}

/// Facts of what one producer made, or why it could not.
type PutOr = Result<Vec<Facts>, Box<crate::diag::Diagnostic>>;

/// Files that are written at the same time.
struct Files<'a> {
    stage: &'a Stage,
    routes: &'a Routes,
    same: &'a AtomicUsize,
    open: Vec<(u32, Option<io::BufWriter<File>>, Sha256, u64)>,
    done: BTreeMap<u32, Facts>,
}

impl Sink for Files<'_> {
    fn tell(&mut self, entry: u32, schema: String) {
        self.done.entry(entry).or_insert_with(|| Facts { entry, ..Facts::default() }).schema = Some(schema.into());
    }

    fn open(&mut self, entry: u32) -> io::Result<()> {
        let path = || self.stage.dir.join(&self.routes.entries[entry as usize].path);
        let file = if self.stage.writes() { Some(io::BufWriter::with_capacity(1 << 16, File::create(path())?)) } else { None };
        self.open.push((entry, file, Sha256::new(), 0));
        Ok(())
    }

    fn whole(&mut self, entry: u32, bytes: &[u8]) -> io::Result<(u64, [u8; 32])> {
        let path = &self.routes.entries[entry as usize].path;
        let (staged, live) = (self.stage.dir.join(path), self.stage.target.join(path));
        let (len, hash) = (bytes.len() as u64, Sha256::digest(bytes).into());
        if self.stage.live && equal_bytes(&live, bytes) && reuse(&live, &staged) {
            self.same.fetch_add(1, Ordering::Relaxed);
        } else if self.stage.writes() {
            fs::write(&staged, bytes)?;
        }
        let schema = self.done.remove(&entry).and_then(|f| f.schema);
        self.done.insert(entry, Facts { entry, len, hash, schema, ..Facts::default() });
        Ok((len, hash))
    }

    fn write(&mut self, entry: u32, bytes: &[u8]) -> io::Result<()> {
        let Some((_, file, hash, len)) = self.open.iter_mut().find(|(e, ..)| *e == entry) else { return Err(io::Error::other("not open")) };
        hash.update(bytes);
        *len += bytes.len() as u64;
        file.as_mut().map_or(Ok(()), |f| f.write_all(bytes))
    }

    fn close(&mut self, entry: u32) -> io::Result<(u64, [u8; 32])> {
        let Some(at) = self.open.iter().position(|(e, ..)| *e == entry) else { return Err(io::Error::other("not open")) };
        let (_, mut file, hash, len) = self.open.swap_remove(at);
        if let Some(mut f) = file.take() {
            f.flush()?;
        }
        let hash: [u8; 32] = hash.finalize().into();
        let path = &self.routes.entries[entry as usize].path;
        let (staged, live) = (self.stage.dir.join(path), self.stage.target.join(path));
        // The live file keeps its time where nothing changed.
        let equal = self.stage.live && fs::metadata(&live).is_ok_and(|m| m.len() == len) && hash_file(&live).is_ok_and(|(_, h)| h == hash);
        if equal && fs::remove_file(&staged).is_ok() {
            if !reuse(&live, &staged) {
                return Err(io::Error::other("could not be linked or copied"));
            }
            self.same.fetch_add(1, Ordering::Relaxed);
        }
        self.done.insert(entry, Facts { entry, len, hash, ..Facts::default() });
        Ok((len, hash))
    }
}

/// The folder behind a path that may be a symbolic link or not exist yet.
fn resolve(out: &Path) -> Result<PathBuf, Fault> {
    match out.canonicalize() {
        Ok(p) if p.is_dir() => Ok(p),
        Ok(p) => Err(Fault::BadTarget(p)),
        Err(_) => {
            let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = out.file_name().ok_or_else(|| Fault::BadTarget(out.to_path_buf()))?;
            fs::create_dir_all(parent).map_err(Fault::io(parent))?;
            Ok(parent.canonicalize().map_err(Fault::io(parent))?.join(name))
        }
    }
}

/// A hard link keeps the file's time, so that `rsync` and friends see what changed; where
/// links fail, a copy with the same time.
fn reuse(live: &Path, staged: &Path) -> bool {
    if fs::hard_link(live, staged).is_ok() {
        return true;
    }
    let copied = || -> io::Result<()> {
        copy(live, staged)?;
        let time = fs::metadata(live)?.modified()?;
        File::options().write(true).open(staged)?.set_modified(time)
    };
    copied().is_ok()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut reader = File::open(from)?;
    let mut writer = File::create(to)?;
    io::copy(&mut reader, &mut writer)?;
    writer.flush()
}

/// Whether a file has these bytes; piece by piece, for most of an old site is read so.
fn equal_bytes(live: &Path, bytes: &[u8]) -> bool {
    thread_local!(static PIECE: std::cell::RefCell<Vec<u8>> = std::cell::RefCell::new(vec![0; 1 << 16]));
    let Ok(mut f) = File::open(live) else { return false };
    if !f.metadata().is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64) {
        return false;
    }
    PIECE.with_borrow_mut(|piece| {
        let mut rest = bytes;
        while !rest.is_empty() {
            let most = rest.len().min(piece.len());
            match f.read(&mut piece[..most]) {
                Ok(n) if n > 0 && piece[..n] == rest[..n] => rest = &rest[n..],
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                _ => return false,
            }
        }
        true
    })
}
