//! The whole site as one ZIP whose pages work from a disk.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use crate::output::relative;
use crate::route::Routes;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Endings of what is packed already.
const PACKED: &[&str] = &[".zip", ".xlsx", ".png", ".jpg", ".jpeg", ".webp", ".gz", ".pdf", ".docx", ".mp4", ".mp3", ".parquet"];

/// Writes it beside its place and moves it there. Files are in the order of their names and have no time of their own: the
/// same site is the same ZIP. Pages that are not relative yet are made so.
pub fn pack(site: &Path, routes: &Routes, already: bool, to: &Path) -> Result<(), Fault> {
    let beside = to.with_extension("zip.new");
    packed(site, routes, already, &beside).and_then(|()| fs::rename(&beside, to)).map_err(|e| {
        let _ = fs::remove_file(&beside);
        Fault::Io(to.to_path_buf(), e)
    })
}

fn packed(site: &Path, routes: &Routes, already: bool, beside: &Path) -> io::Result<()> {
    if let Some(dir) = beside.parent() {
        fs::create_dir_all(dir)?;
    }
    let mut out = zip::ZipWriter::new(BufWriter::with_capacity(1 << 16, File::create(beside)?));
    let mut paths: Vec<&str> = routes.entries.iter().map(|e| e.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let method = if PACKED.iter().any(|e| path.ends_with(e)) { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default());
        let file = site.join(path);
        if path.ends_with(".html") {
            let page = fs::read(&file)?;
            out.start_file(path, options)?;
            out.write_all(&if already { page } else { relative(&page, path, routes) })?;
        } else {
            let mut from = File::open(&file)?;
            out.start_file(path, options.large_file(from.metadata()?.len() >= u64::from(u32::MAX)))?;
            io::copy(&mut from, &mut out)?;
        }
    }
    out.finish()?.flush()
}
