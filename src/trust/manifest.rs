//! `manifest.json`: every file of a site with its length and hash, and what the next build has to know.

use super::note::{Note, Verifier, base64};
use super::{Seal, hex};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// How the first line of the signed note names what it signs.
const WHAT: &str = "clerestory-manifest-v1";

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct File {
    /// Path below the site.
    pub path: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A document that is public.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// Its name in the log.
    pub id: String,
    /// Its address below the site.
    pub url: String,
    /// What makes its hashes unlike those of the same text elsewhere; it goes when the document goes.
    pub salt: String,
    /// Hash of what its authors wrote.
    pub hash: String,
    /// Numbers of its entries in the log, from 0.
    pub entries: Vec<u64>,
}

/// The whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// `clerestory-manifest-1`
    pub format: String,
    /// `base_url`
    pub site: String,
    /// Name of the log.
    pub origin: String,
    /// The key to check with, as the site itself names it.
    pub key: String,
    /// Program and version.
    pub generator: String,
    /// Day of the build.
    pub as_of: String,
    /// The commit it was built from, where git knows it.
    pub revision: Option<String>,
    /// Files of the project differ from that commit.
    pub modified: bool,
    /// Of a form of the site other than the logged one (the pages of a ZIP have relative links): the hash of the logged manifest.
    pub form_of: Option<String>,
    /// Documents by id.
    pub documents: Vec<Listed>,
    /// Files by path.
    pub files: Vec<File>,
}

impl Manifest {
    /// What the format is called.
    pub const FORMAT: &'static str = "clerestory-manifest-1";

    /// Reads one.
    pub fn parse(bytes: &[u8]) -> Option<Manifest> {
        let m: Manifest = serde_json::from_slice(bytes).ok()?;
        (m.format == Manifest::FORMAT && m.files.iter().all(|f| crate::trust::unhex(&f.sha256).is_some_and(|h| h.len() == 32))).then_some(m)
    }

    /// Writes it, one document and one file a line.
    pub fn text(&self) -> String {
        let s = |t: &str| serde_json::Value::from(t).to_string();
        let o = |t: &Option<String>| t.as_deref().map_or("null".to_string(), s);
        let mut out = format!(
            "{{\n\"format\":{},\n\"site\":{},\n\"origin\":{},\n\"key\":{},\n\"generator\":{},\n\"as_of\":{},\n\"revision\":{},\n\"modified\":{},\n\"form_of\":{},\n\"documents\":[",
            s(&self.format),
            s(&self.site),
            s(&self.origin),
            s(&self.key),
            s(&self.generator),
            s(&self.as_of),
            o(&self.revision),
            self.modified,
            o(&self.form_of)
        );
        for (i, d) in self.documents.iter().enumerate() {
            let entries = d.entries.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
            let end = if i == 0 { "\n" } else { ",\n" };
            out.push_str(&format!(
                "{end}{{\"id\":{},\"url\":{},\"salt\":{},\"hash\":{},\"entries\":[{entries}]}}",
                s(&d.id),
                s(&d.url),
                s(&d.salt),
                s(&d.hash)
            ));
        }
        out.push_str("\n],\n\"files\":[");
        for (i, f) in self.files.iter().enumerate() {
            let end = if i == 0 { "\n" } else { ",\n" };
            out.push_str(&format!("{end}{{\"path\":{},\"size\":{},\"sha256\":\"{}\"}}", s(&f.path), f.size, f.sha256));
        }
        out.push_str("\n]\n}\n");
        out
    }

    /// The note that signs its bytes.
    pub fn signed(text: &str, seal: &Seal) -> String {
        seal.sign(&format!("{WHAT}\n{}\n{}\n", seal.key.name(), base64(&Sha256::digest(text.as_bytes()))))
    }

    /// Whether the note signs these bytes with this key.
    pub fn checks(bytes: &[u8], note: &Note, key: &Verifier) -> bool {
        key.signed(note) && note.text == format!("{WHAT}\n{}\n{}\n", key.name(), base64(&Sha256::digest(bytes)))
    }
}

/// Hexadecimal SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
