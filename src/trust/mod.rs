//! What a site can prove: a signed list of its files, and an append-only log of what was published, changed and withdrawn.
//!
//! The log is a C2SP tlog-tiles log of static files. It holds ids and hashes, never titles or addresses: what is withdrawn to
//! protect somebody leaves nothing in it that tells of them. The previous site is the only state that is carried on.

mod log;
mod manifest;
pub mod note;
mod rotation;
mod site;
pub mod tlog;
mod verify;

pub use crate::load::shelf::Shelf;
pub use crate::output::hex;
pub use log::{Document, Earlier, Event, History, Kept, Line, Refused, Seen, Unit, continued, log_of, planned};
pub use manifest::{File, Listed, Manifest, sha256};
pub use rotation::{Keys, handover};
pub use site::{MARK, Record, Seal, last, other_form, sealed};
pub use verify::{Against, Ask, Finding, Unverified, Verdict, verify};

/// The list of all files.
pub const MANIFEST: &str = "manifest.json";
/// The note that signs it.
pub const NOTE: &str = "manifest.json.note";
/// The folder of the log.
pub const LOG: &str = "log/";
/// Its checkpoint.
pub const CHECKPOINT: &str = "log/checkpoint";
/// The last checkpoint that witnesses have signed, where that is an earlier one.
pub const WITNESSED: &str = "log/witnessed";

/// The bytes of a text of lower-case hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16).filter(|_| !c.is_ascii_uppercase()).map(|d| d as u8);
    let pairs = text.as_bytes().chunks(2).map(|p| Some(digit(*p.first()?)? << 4 | digit(*p.get(1)?)?));
    pairs.collect()
}
