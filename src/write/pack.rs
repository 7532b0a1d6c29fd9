//! The whole site as one ZIP whose pages work from a disk.

#![expect(clippy::disallowed_methods, reason = "this is the writing stage")]

use super::Fault;
use super::ours::MARKER;
use crate::output::relative;
use crate::route::Routes;
use crate::trust::{self, MANIFEST, Manifest, Seal};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Endings of what is packed already.
const PACKED: &[&str] = &[".zip", ".xlsx", ".png", ".jpg", ".jpeg", ".webp", ".gz", ".pdf", ".docx", ".mp4", ".mp3", ".parquet"];

/// The key of a signed build, and the files that it added last.
type Signed<'a> = (Option<&'a Seal>, &'a [(String, Vec<u8>)]);

/// Writes it beside its place and moves it there. Files are in the order of their names and have no time of their own: the
/// same site is the same ZIP. Pages that are not relative yet are made so; of a signed site the ZIP has a manifest of its own.
pub fn pack(site: &Path, routes: &Routes, already: bool, signed: Signed<'_>, to: &Path) -> Result<(), Fault> {
    super::replaced(to, |beside| packed(site, routes, already, signed, beside))
}

fn packed(site: &Path, routes: &Routes, already: bool, (seal, sealed): Signed<'_>, beside: &Path) -> io::Result<()> {
    let mut out = zip::ZipWriter::new(super::Once::new(BufWriter::with_capacity(1 << 16, File::create(beside)?)));
    let last: BTreeMap<&str, &[u8]> = sealed.iter().map(|(p, b)| (p.as_str(), b.as_slice())).collect();
    let mut paths: Vec<&str> = routes.entries.iter().map(|e| e.path.as_str()).filter(|p| !last.contains_key(p)).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut changed: BTreeMap<String, (u64, String)> = BTreeMap::new();
    let plain = |path: &str| {
        let method = if PACKED.iter().any(|e| path.ends_with(e)) { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        SimpleFileOptions::default().compression_method(method).last_modified_time(zip::DateTime::default())
    };
    for path in paths {
        let (options, file) = (plain(path), site.join(path));
        if path.ends_with(".html") {
            let mut page = fs::read(&file)?;
            if !already {
                page = relative(&page, path, routes);
                if seal.is_some() {
                    changed.insert(path.to_string(), (page.len() as u64, trust::sha256(&page)));
                }
            }
            out.start_file(path, options)?;
            out.write_all(&page)?;
        } else {
            let mut from = File::open(&file)?;
            out.start_file(path, options.large_file(from.metadata()?.len() >= u64::from(u32::MAX)))?;
            io::copy(&mut from, &mut out)?;
        }
    }
    if let Some(seal) = seal {
        let mut files: BTreeMap<String, Vec<u8>> = sealed.iter().cloned().collect();
        let text = last.get(MANIFEST).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
        if let Some(m) = Manifest::parse(text.as_bytes()).filter(|_| !changed.is_empty()) {
            let log: Vec<(String, Vec<u8>)> = sealed.iter().filter(|(p, _)| p.starts_with(trust::LOG)).cloned().collect();
            files.extend(trust::other_form(&m, &text, &changed, seal, &log));
        }
        files.insert(MARKER.to_string(), trust::MARK.as_bytes().to_vec());
        for (path, bytes) in files {
            out.start_file(path.as_str(), plain(&path))?;
            out.write_all(&bytes)?;
        }
    }
    out.finish()?.flush()
}
