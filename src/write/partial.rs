//! A file that arrives in pieces, perhaps in several runs: it grows beside its place and is moved there when it is whole.

use super::Fault;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file that is not whole yet.
#[derive(Debug)]
pub struct Partial {
    file: File,
    path: PathBuf,
    len: u64,
    most: u64,
}

impl Partial {
    /// Opens it to go on behind its first `keep` bytes; what stands there from an earlier run is kept up to them. It may grow to
    /// `most` bytes.
    pub fn open(path: &Path, keep: u64, most: u64) -> Result<Partial, Fault> {
        #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| {
            let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            file.set_len(keep)?;
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        });
        made.map(|file| Partial { file, path: path.to_path_buf(), len: keep, most }).map_err(Fault::io(path))
    }

    /// Bytes so far.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// True where nothing has come yet.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts the whole file in its place.
    pub fn finish(self, to: &Path) -> Result<(), Fault> {
        self.file.sync_all().map_err(Fault::io(&self.path))?;
        drop(self.file);
        #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
        std::fs::rename(&self.path, to).map_err(Fault::io(to))
    }
}

/// More than the file may have is refused with [`io::ErrorKind::FileTooLarge`].
impl Write for Partial {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.len + bytes.len() as u64 > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n = self.file.write(bytes)?;
        self.len += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Puts a file that was fetched in its place in the project, with the folders above it; one that stands there is replaced in one
/// step.
pub fn place_project_file(from: &Path, to: &Path) -> Result<(), Fault> {
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let placed = to.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::rename(from, to));
    placed.map_err(Fault::io(to))
}

/// Takes a file of the project's own store away, where there is one.
pub fn drop_project_file(path: &Path) {
    #[expect(clippy::disallowed_methods, reason = "this is the writing stage")]
    let _ = std::fs::remove_file(path);
}
