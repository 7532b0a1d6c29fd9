//! How a text is encoded.

use encoding_rs::Encoding;

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoded {
    /// `None` for UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// Bytes of the byte-order mark.
    pub mark: usize,
    /// Told by a mark, valid UTF-8, or settled in the YAML; else a guess from the bytes.
    pub certain: bool,
    /// A guess that may well be wrong.
    pub doubtful: bool,
}

impl Encoded {
    /// Name for people.
    pub fn name(&self) -> &'static str {
        match self.encoding {
            None if self.mark > 0 => "UTF-8 (BOM)",
            None => "UTF-8",
            Some(e) if e == encoding_rs::GB18030 || e == encoding_rs::GBK => "GB18030",
            Some(e) => e.name(),
        }
    }
}

/// Whether a line is text in an encoding: all bytes belong to characters, none of them a control character of C1.
pub(super) fn sound(line: &[u8], e: &'static Encoding) -> bool {
    e.decode_without_bom_handling_and_without_replacement(line).is_some_and(|t| !t.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)))
}
