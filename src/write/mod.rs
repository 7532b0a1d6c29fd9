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

/// Makes or replaces a file of the project in one step, piece by piece.
pub fn write_project_stream(path: &Path, make: &mut dyn FnMut(&mut dyn std::io::Write) -> std::io::Result<()>) -> Result<(), Fault> {
    use std::io::Write as _;
    let name = path.file_name().map_or("file".into(), |n| n.to_string_lossy().into_owned());
    let beside = path.with_file_name(format!(".{name}.new"));
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
        let mut out = std::io::BufWriter::with_capacity(1 << 16, std::fs::File::create(&beside)?);
        make(&mut out)?;
        out.flush()?;
        std::fs::rename(&beside, path)
    });
    made.map_err(Fault::io(path))
}

/// Writes a small file of the project itself (the ledger, a baseline) in one step.
pub fn write_project_file(path: &Path, text: &str) -> Result<(), Fault> {
    let name = path.file_name().map_or("file".into(), |n| n.to_string_lossy().into_owned());
    let beside = path.with_file_name(format!(".{name}.new"));
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    std::fs::write(&beside, text).and_then(|()| std::fs::rename(&beside, path)).map_err(Fault::io(path))
}
