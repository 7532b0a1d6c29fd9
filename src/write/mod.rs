//! Writing: the only stage that changes the disk. Files are made beside the
//! target and swapped in; a build that fails or is killed leaves the live site
//! as it was.

pub mod deploy;
mod ours;
mod pack;
#[cfg(feature = "fetch")]
mod partial;
mod publish;
mod stage;

pub use ours::{MANIFEST, MARKER, hash_file};
pub use pack::pack;
#[cfg(feature = "fetch")]
pub use partial::{Partial, drop_project_file, place_project_file};
pub use publish::{How, publish};
pub use stage::{Stage, Staged};

use crate::output::Sink;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Why nothing was published. The live site was not touched.
#[derive(Debug)]
pub enum Fault {
    /// The file system said no.
    Io(PathBuf, std::io::Error),
    /// The target holds files that no build of ours made: their paths, at most ten, and how many.
    Foreign(Vec<String>, usize),
    /// Another build is writing to the same target.
    Busy(PathBuf),
    /// A file that was to be made is there already.
    Exists(PathBuf),
    /// Parts of a site that cannot be put together.
    Parts(crate::diag::Text),
    /// The target lies where inputs lie, or is no folder.
    BadTarget(PathBuf),
}

impl Fault {
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Fault + '_ {
        move |e| Fault::Io(path.to_path_buf(), e)
    }
}

/// Makes a new file of the project, with the folders above it.
pub fn create_project_file(path: &Path, text: &str) -> Result<(), Fault> {
    create_project_bytes(path, text.as_bytes())
}

/// The same, of bytes.
pub fn create_project_bytes(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, bytes));
    made.map_err(Fault::io(path))
}

/// Moves a file of the project, with the folders above its new place. Nothing that is there is overwritten.
pub fn move_project_file(from: &Path, to: &Path) -> Result<(), Fault> {
    if to.exists() {
        return Err(Fault::Exists(to.to_path_buf()));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let moved = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
        // Another disk cannot be moved to.
        std::fs::rename(from, to).or_else(|_| std::fs::copy(from, to).and_then(|_| std::fs::remove_file(from)))
    });
    moved.map_err(Fault::io(from))
}

/// Makes a new file that only this user may read.
pub fn create_secret_file(path: &Path, text: &str) -> Result<(), Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let made = options.open(path).and_then(|mut f| {
        let written = std::io::Write::write_all(&mut f, text.as_bytes()).and_then(|()| f.sync_all());
        // A file without the key in it would stand in the way of the next try.
        written.inspect_err(|_| drop(std::fs::remove_file(path)))
    });
    made.map_err(|e| if e.kind() == std::io::ErrorKind::AlreadyExists { Fault::Exists(path.to_path_buf()) } else { Fault::Io(path.to_path_buf(), e) })
}

/// A file outside the site that is made piece by piece; of a pass that writes several files the one that is wanted.
pub fn pour(path: &Path, wanted: u32, make: impl FnOnce(&mut dyn Sink) -> std::io::Result<()>) -> Result<(), Fault> {
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let file = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::File::create(path));
    let mut one = Lone { wanted, file: std::io::BufWriter::new(file.map_err(Fault::io(path))?) };
    make(&mut one).and_then(|()| one.file.flush()).map_err(Fault::io(path))
}

/// One file of a pass; the others are dropped.
struct Lone {
    wanted: u32,
    file: std::io::BufWriter<std::fs::File>,
}

impl Sink for Lone {
    fn wants(&self, entry: u32) -> bool {
        entry == self.wanted
    }

    fn open(&mut self, _: u32) -> std::io::Result<()> {
        Ok(())
    }

    fn write(&mut self, entry: u32, bytes: &[u8]) -> std::io::Result<()> {
        if entry == self.wanted { self.file.write_all(bytes) } else { Ok(()) }
    }

    fn close(&mut self, _: u32) -> std::io::Result<(u64, [u8; 32])> {
        Ok((0, [0; 32]))
    }
}

/// Makes or replaces a file in one step: `make` writes it beside its place. Of a link the file behind it is replaced; into what is no
/// ordinary file, a pipe or `/dev/stdout`, the bytes are written, and it stays what it is.
pub(super) fn replaced(to: &Path, make: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), Fault> {
    #![expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    use std::fs;
    // What standard output is, is its reader's: it is never replaced by another file.
    let ours = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|p| to.starts_with(p));
    let odd = ours || fs::metadata(to).is_ok_and(|m| !m.is_file() && !m.is_dir());
    let real = fs::symlink_metadata(to).ok().filter(|m| m.is_symlink() && !odd).and_then(|_| fs::canonicalize(to).ok()).unwrap_or_else(|| to.to_path_buf());
    let name = real.file_name().map_or("file".into(), |n| n.to_string_lossy().into_owned());
    let beside = if odd { std::env::temp_dir().join(format!(".{name}.{}.new", std::process::id())) } else { real.with_file_name(format!(".{name}.new")) };
    let settle = || {
        if odd {
            std::io::copy(&mut fs::File::open(&beside)?, &mut fs::OpenOptions::new().write(true).open(to)?)?;
            return fs::remove_file(&beside);
        }
        fs::rename(&beside, &real)
    };
    let made = real.parent().filter(|_| !odd).map_or(Ok(()), fs::create_dir_all).and_then(|()| make(&beside)).and_then(|()| settle());
    made.inspect_err(|_| drop(fs::remove_file(&beside))).map_err(Fault::io(to))
}

/// What a ZIP is written to. A failure is said once: what is written after it, as when the writer is dropped, goes nowhere.
pub(super) struct Once<W> {
    inner: W,
    failed: bool,
}

impl<W> Once<W> {
    pub(super) fn new(inner: W) -> Once<W> {
        Once { inner, failed: false }
    }
}

impl<W: Write> Write for Once<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.failed {
            return Ok(bytes.len());
        }
        self.inner.write(bytes).inspect_err(|e| self.failed = e.kind() != std::io::ErrorKind::Interrupted)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.failed {
            return Ok(());
        }
        self.inner.flush().inspect_err(|_| self.failed = true)
    }
}

impl<W: std::io::Seek> std::io::Seek for Once<W> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        if self.failed {
            return Ok(0);
        }
        self.inner.seek(to).inspect_err(|_| self.failed = true)
    }
}

/// Makes or replaces a file of the project in one step, piece by piece.
pub fn write_project_stream(path: &Path, make: &mut dyn FnMut(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<(), Fault> {
    replaced(path, |beside| {
        #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
        let mut out = std::io::BufWriter::with_capacity(1 << 16, std::fs::File::create(beside)?);
        make(&mut out)?;
        out.flush()
    })
}

/// Writes a small file of the project itself (the ledger, a baseline) in one step.
pub fn write_project_file(path: &Path, text: &str) -> Result<(), Fault> {
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    replaced(path, |beside| std::fs::write(beside, text))
}
