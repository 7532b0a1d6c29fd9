//! Recordings (MP3): what their labels (ID3) say. What is said in them is not heard here.

use super::{Budget, Document, Reader, Why};
use crate::load::spot::Spot;

/// MP3
pub(super) const READER: Reader = Reader { is, read };

/// Whether bytes are of a recording: a label, or the beginning of a frame of layer III.
pub(in crate::load) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"ID3") && bytes.len() > 10 || matches!(bytes, [0xFF, 0xFA | 0xFB | 0xF2 | 0xF3 | 0xE2 | 0xE3, ..])
}

/// Most texts of one label.
const FRAMES: usize = 500;

fn read(bytes: &[u8], _: &mut Budget<'_>, out: &mut Document) {
    out.unread.insert(Why::Sound);
    let mut lines = labels(bytes);
    // The old label is the last 128 bytes.
    if let Some(tag) = bytes.len().checked_sub(128).map(|n| &bytes[n..]).filter(|t| t.starts_with(b"TAG")) {
        lines.extend([3..33, 33..63, 63..93, 97..127].map(|r| plain(&tag[r])));
    }
    lines.retain(|l| !l.trim().is_empty());
    out.put(Spot::Properties, lines.join("\n"));
}

/// The texts of the label at the beginning, of its editions 2.2, 2.3 and 2.4.
fn labels(bytes: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    let [b'I', b'D', b'3', edition, _, flags, a, b, c, d, rest @ ..] = bytes else { return out };
    // Lengths have seven bits a byte.
    let seven = |b: &[u8]| b.iter().fold(0usize, |n, b| n << 7 | usize::from(b & 0x7F));
    let eight = |b: &[u8]| b.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
    let body = &rest[..seven(&[*a, *b, *c, *d]).min(rest.len())];
    // A zero is put behind each 0xFF, so that no player takes it for sound.
    let whole: Vec<u8> = if flags & 0x80 != 0 && *edition < 4 {
        body.iter().enumerate().filter(|(i, b)| !(**b == 0 && *i > 0 && body[i - 1] == 0xFF)).map(|(_, b)| *b).collect()
    } else {
        body.to_vec()
    };
    let mut left = &whole[..];
    if flags & 0x40 != 0 && *edition > 2 {
        let n = if *edition == 3 { eight(left.get(..4).unwrap_or(&[])) + 4 } else { seven(left.get(..4).unwrap_or(&[])) };
        left = left.get(n..).unwrap_or(&[]);
    }
    let (name, head) = if *edition == 2 { (3, 6) } else { (4, 10) };
    while out.len() < FRAMES && left.len() > head && left[0] != 0 {
        let size = match edition {
            2 => eight(&left[3..6]),
            3 => eight(&left[4..8]),
            _ => seven(&left[4..8]),
        };
        let Some(frame) = left.get(head..head.saturating_add(size)) else { break };
        match &left[..name] {
            [b'T', ..] => out.push(text(frame, 0)),
            // Behind the encoding stands a language of three letters.
            b"COMM" | b"USLT" | b"COM" | b"ULT" => out.push(text(frame, 3)),
            [b'W', ..] | b"PRIV" | b"UFID" | b"GEOB" => out.push(plain(frame)),
            b"IPLS" | b"IPL" => out.push(text(frame, 0)),
            _ => {}
        }
        left = &left[head + size..];
    }
    out
}

/// A text behind the byte that tells its encoding; parts of it are lines.
fn text(frame: &[u8], skip: usize) -> String {
    let Some((code, rest)) = frame.split_first() else { return String::new() };
    let rest = rest.get(skip..).unwrap_or(&[]);
    let wide = |b: &[u8], big: bool| {
        let signs = b.chunks_exact(2).map(|p| if big { u16::from_be_bytes([p[0], p[1]]) } else { u16::from_le_bytes([p[0], p[1]]) });
        char::decode_utf16(signs).map(|c| c.unwrap_or('\u{FFFD}')).collect::<String>()
    };
    let told = match code {
        1 => wide(rest, rest.starts_with(&[0xFE, 0xFF])),
        2 => wide(rest, true),
        _ => plain(rest),
    };
    told.chars().filter(|c| !matches!(c, '\u{FEFF}' | '\u{FFFE}')).map(|c| if c.is_control() { '\n' } else { c }).collect()
}

/// Bytes that are called Latin and are what the program of the system wrote.
fn plain(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(t) => t.into(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    };
    text.chars().map(|c| if c.is_control() { '\n' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(edition: u8, frames: &[(&[u8], Vec<u8>)]) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, text) in frames {
            body.extend_from_slice(name);
            let n = (text.len() as u32).to_be_bytes();
            body.extend_from_slice(if edition == 2 { &n[1..] } else { &n });
            if edition > 2 {
                body.extend([0, 0]);
            }
            body.extend_from_slice(text);
        }
        let mut out = vec![b'I', b'D', b'3', edition, 0, 0, 0, 0, (body.len() >> 7) as u8, (body.len() & 0x7F) as u8];
        out.extend(body);
        out.extend([0xFF, 0xFB, 0x90, 0]);
        out
    }

    #[test]
    fn labels_of_all_editions_are_read() {
        let utf16: Vec<u8> = std::iter::once(1).chain([0xFF, 0xFE]).chain("联系手机13912345678".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let gbk: Vec<u8> = [&[0u8][..], &encoding_rs::GB18030.encode("机密★10年").0].concat();
        let told: Vec<u8> = [&b"\x03chi\0"[..], "说明".as_bytes()].concat();
        for (edition, names) in [(2, [&b"TT2"[..], b"TP1", b"COM"]), (3, [b"TIT2", b"TPE1", b"COMM"]), (4, [b"TIT2", b"TPE1", b"COMM"])] {
            let bytes = label(edition, &[(names[0], utf16.clone()), (names[1], gbk.clone()), (names[2], told.clone())]);
            assert!(is(&bytes));
            assert_eq!(labels(&bytes).iter().map(|l| l.trim()).collect::<Vec<_>>(), ["联系手机13912345678", "机密★10年", "说明"], "{edition}");
        }
        for cut in [&b"ID3"[..], b"ID3\x03\0\0\0\0\0\x7fTIT2", b"ID3\x04\0\x40\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f"] {
            assert!(labels(cut).is_empty());
        }
    }
}
