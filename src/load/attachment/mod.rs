//! Documents: what people read in a file that is no table, page by page or part by part, with what stands in it unseen.
//!
//! [`read`] is given the bytes of one file and gives its texts with their places, what its properties say, and what could not
//! be read and why. It never fails and never reads beyond its budget. A format is one file and one line in `READERS`.

mod card;
mod doc;
pub mod html;
pub(in crate::load) mod mail;
mod metafile;
mod odf;
mod ofd;
pub mod omath;
mod packed;
pub mod pdf;
pub mod picture;
pub mod reader;
pub(in crate::load) mod rtf;
mod slides;
pub(in crate::load) mod sound;
pub(in crate::load) mod text;
mod unseen;
mod why;
mod word;
pub mod xml;
mod zipped;

pub use unseen::Unseen;
pub use why::Why;
pub(in crate::load) use zipped::{after, unlisted};

use crate::load::spot::Spot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// A text of a document and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// File in an archive or in a document; `None` for the file itself.
    pub part: Option<String>,
    /// Where.
    pub spot: Spot,
    /// Paragraphs, one a line; cells of a row are parted by tabs.
    pub text: String,
}

impl Piece {
    /// What readers of the file are shown as well.
    pub fn shown(&self) -> bool {
        self.part.is_none() && matches!(self.spot, Spot::Text | Spot::Page(_) | Spot::Slide(_) | Spot::Note | Spot::Header) && !self.text.trim().is_empty()
    }
}

/// A document as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its texts in their order.
    pub pieces: Vec<Piece>,
    /// What is in it that readers are not shown.
    pub unseen: Unseen,
    /// What was not read, and why.
    pub unread: BTreeSet<Why>,
}

impl Document {
    /// Adds a text, unless there is none in it.
    pub fn put(&mut self, spot: Spot, text: impl Into<String>) {
        let text: String = text.into();
        let text = match crate::load::chars::without_radicals(&text) {
            std::borrow::Cow::Owned(read) => read,
            std::borrow::Cow::Borrowed(_) => text,
        };
        if !text.trim().is_empty() {
            self.pieces.push(Piece { part: None, spot, text });
        }
    }

    /// Adds what a file in it has.
    fn inside(&mut self, name: &str, other: Document) {
        let part = |p: Option<String>| Some(p.map_or_else(|| name.to_string(), |p| format!("{name}/{p}")));
        self.pieces.extend(other.pieces.into_iter().map(|p| Piece { part: part(p.part), ..p }));
        self.unread.extend(other.unread);
        self.unseen.add(other.unseen);
    }

    /// Bytes of its texts.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(|p| p.text.len()).sum()
    }

    /// True where it has no text at all.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// How a document is read: what is left of the budget of the file that it stands in.
#[derive(Debug)]
pub struct Budget<'a> {
    /// Bytes that may still be unpacked.
    pub left: u64,
    /// Files in files that may still be opened.
    pub depth: usize,
    /// Program that reads what must be read apart; none where this process is that program.
    pub reader: reader::Apart<'a>,
    /// What makes a text of bytes in any encoding.
    pub words: Words,
}

/// Decodes a text; nothing where it is none.
pub type Words = fn(&[u8]) -> Option<String>;

impl<'a> Budget<'a> {
    /// That of a file of a length: what sound files unpack to, and no more.
    pub fn of(len: usize, reader: reader::Apart<'a>, words: Words) -> Budget<'a> {
        Budget { left: (len as u64).saturating_mul(60).clamp(16 << 20, UNPACKED), depth: DEPTH, reader, words }
    }
}

/// Bytes that a file may unpack to; files within files.
const UNPACKED: u64 = 96 << 20;
const DEPTH: usize = 3;
/// Largest document.
pub const LARGEST: u64 = 128 << 20;

/// One format.
struct Reader {
    /// Whether these bytes are of it.
    is: fn(&[u8]) -> bool,
    /// What is in them.
    read: fn(&[u8], &mut Budget<'_>, &mut Document),
}

/// All formats, the more special first.
static READERS: &[Reader] = &[
    pdf::READER,
    word::READER,
    slides::READER,
    odf::READER,
    ofd::READER,
    zipped::WORKBOOK,
    zipped::READER,
    packed::GZ,
    packed::TAR,
    doc::READER,
    sound::READER,
    picture::READER,
    text::RTF,
    mail::READER,
    html::READER,
    text::READER,
];

/// Reads a document. What is wrong is in the result.
pub fn read(bytes: &[u8], budget: &mut Budget<'_>) -> Document {
    let mut out = Document::default();
    if let Some(n) = after(bytes, 0) {
        out.unread.insert(Why::After(n));
    }
    if bytes.starts_with(b"PK\x03\x04") && zip::ZipArchive::new(std::io::Cursor::new(bytes)).is_ok_and(|mut z| zipped::unlisted(&mut z)) {
        out.unread.insert(Why::Unlisted);
    }
    match READERS.iter().find(|r| (r.is)(bytes)) {
        Some(r) => (r.read)(bytes, budget, &mut out),
        None if bytes.is_empty() => {}
        None => drop(out.unread.insert(Why::Format)),
    }
    out
}

/// The program that reads hostile formats apart, by its path.
pub fn apart(program: Option<&Path>) -> reader::Apart<'_> {
    program.map_or(reader::Apart::Nobody, reader::Apart::Program)
}
