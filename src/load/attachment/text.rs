//! Plain texts and RTF.

use super::{Budget, Document, Reader, Why, rtf};
use crate::load::spot::Spot;

/// RTF
pub(super) const RTF: Reader = Reader { is: |b| b.starts_with(b"{\\rtf"), read: read_rtf };
/// Text, the last of all formats.
pub(super) const READER: Reader = Reader { is: |_| true, read };

fn read_rtf(bytes: &[u8], _: &mut Budget<'_>, out: &mut Document) {
    // Its signs are those of ASCII; what is not is escaped, or in the code page that stands in its head.
    let text = match std::str::from_utf8(bytes) {
        Ok(t) => t.to_string(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    };
    let Some((plain, hidden, pictures)) = rtf::parted(&text) else { return };
    if pictures {
        out.unread.insert(Why::Pictures(1));
    }
    out.put(Spot::Text, plain);
    out.put(Spot::Hidden, hidden);
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(text) = (budget.words)(bytes) else {
        if !bytes.is_empty() {
            out.unread.insert(Why::Format);
        }
        return;
    };
    if crate::load::coded::coded(text.as_bytes()) {
        out.unread.insert(Why::Coded);
    }
    if let Some(plain) = unfolded(&text) {
        out.put(Spot::Text, plain);
        return;
    }
    out.put(Spot::Text, text);
}

/// A text as its readers have it, where its bytes are written in another way: a card, a calendar, UTF-7.
pub(in crate::load) fn unfolded(text: &str) -> Option<String> {
    super::card::plain(text).or_else(|| crate::personal::utf7::decoded(text))
}
