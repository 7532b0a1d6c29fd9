//! One hash of all that was read: two machines that have the same project know it by it.

use super::Sources;
use super::shelf::digest_file;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// Adds a value with its name and length, so that no two lists of values have the same bytes.
pub fn put(hash: &mut Sha256, name: &str, value: &[u8]) {
    hash.update(name);
    hash.update([0]);
    hash.update((value.len() as u64).to_be_bytes());
    hash.update(value);
}

impl Sources {
    /// The hash of all texts, of the bytes of all other files, of the ledger and of what git tells.
    pub fn digest(&self) -> [u8; 32] {
        let mut out = Sha256::new();
        for (key, doc) in &self.docs {
            put(&mut out, key, doc.source.path.as_bytes());
            put(&mut out, "", doc.source.text.as_bytes());
        }
        for (key, yaml) in &self.yamls {
            put(&mut out, key, yaml.source.path.as_bytes());
            put(&mut out, "", yaml.source.text.as_bytes());
        }
        let files: Vec<_> = self.blobs.iter().chain(&self.statics).collect();
        // What cannot be read is told when it is copied.
        let sums: Vec<_> = files.par_iter().map(|(_, b)| digest_file(&b.disk).unwrap_or_default()).collect();
        for ((key, _), (len, hash)) in files.iter().zip(sums) {
            put(&mut out, key, &len.to_be_bytes());
            put(&mut out, "", &hash);
        }
        self.links.iter().for_each(|(a, b)| put(&mut out, a, b.as_bytes()));
        self.ledger.iter().for_each(|l| put(&mut out, "ledger", l.as_bytes()));
        self.found.iter().for_each(|d| put(&mut out, d.code, d.path().as_bytes()));
        if let Some(git) = &self.git {
            let (head, edited) = git.mark();
            put(&mut out, if git.shallow { "shallow" } else { "head" }, head.as_bytes());
            edited.iter().for_each(|e| put(&mut out, "edited", e.as_bytes()));
        }
        out.finalize().into()
    }
}
