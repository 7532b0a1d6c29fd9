//! Documents of Word and WPS before 2007 (DOC, WPS), and the texts of old slides (PPT, DPS): compound files.

use super::{Budget, Document, Reader, Why};
use crate::load::ole::{Compound, u16_at, u32_at};
use crate::load::spot::Spot;

/// DOC, WPS, PPT, DPS
pub(super) const READER: Reader = Reader { is: |b| b.starts_with(b"\xD0\xCF\x11\xE0"), read };

fn read(bytes: &[u8], _: &mut Budget<'_>, out: &mut Document) {
    let Some(file) = Compound::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = file.names();
    if names.iter().any(|n| n == "EncryptedPackage") {
        out.unread.insert(Why::Password);
        return;
    }
    for name in ["\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"] {
        if let Some(set) = file.stream(name) {
            properties(&set, name.starts_with("\u{5}Doc"), out);
        }
    }
    if let Some(main) = file.stream("WordDocument") {
        if document(&file, &main, out).is_none() {
            out.unread.insert(Why::Broken);
        }
    } else if let Some(slides) = file.stream("PowerPoint Document") {
        let text = slides_text(&slides);
        out.put(Spot::Text, text);
    } else if !names.iter().any(|n| n.eq_ignore_ascii_case("Workbook") || n.eq_ignore_ascii_case("Book")) {
        out.unread.insert(Why::Format);
    }
    if names.iter().any(|n| n.eq_ignore_ascii_case("_VBA_PROJECT")) {
        out.unread.insert(Why::Macros);
    }
    let objects = names.iter().filter(|n| n.starts_with("MBD") || n.strip_prefix('_').is_some_and(|d| d.len() >= 6 && d.bytes().all(|b| b.is_ascii_digit())));
    if let Some(n) = Some(objects.count() as u32).filter(|n| *n > 0) {
        out.unread.insert(Why::Object(n));
    }
    if names.iter().any(|n| n == "Pictures" || n == "ObjectPool" || n == "Data") {
        out.unread.insert(Why::Pictures(1));
    }
}

/// The texts of a document by its table of pieces (MS-DOC 2.4.1).
fn document(file: &Compound<'_>, main: &[u8], out: &mut Document) -> Option<()> {
    if u16_at(main, 0)? != 0xA5EC {
        return None;
    }
    let flags = u16_at(main, 0x0A)?;
    if flags & 0x0100 != 0 {
        out.unread.insert(Why::Password);
        return Some(());
    }
    let table = file.stream(if flags & 0x0200 != 0 { "1Table" } else { "0Table" })?;
    let clx = table.get(u32_at(main, 0x01A2)? as usize..)?.get(..u32_at(main, 0x01A6)? as usize)?;
    let mut at = 0;
    while *clx.get(at)? == 1 {
        at += 3 + u16_at(clx, at + 1)? as usize;
    }
    if *clx.get(at)? != 2 {
        return None;
    }
    let pieces = clx.get(at + 5..)?.get(..u32_at(clx, at + 1)? as usize)?;
    let n = pieces.len().checked_sub(4)? / 12;
    // Signs of the main text, of notes, headers, comments, notes at the end, boxes.
    let lengths: Vec<usize> = [0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64, 0x68].iter().map(|o| u32_at(main, *o).unwrap_or(0) as usize).collect();
    let mut units: Vec<u16> = Vec::new();
    for i in 0..n {
        let (from, to) = (u32_at(pieces, 4 * i)? as usize, u32_at(pieces, 4 * i + 4)? as usize);
        let fc = u32_at(pieces, 4 * (n + 1) + 8 * i + 2)?;
        let count = to.checked_sub(from)?;
        let start = (fc & 0x3FFF_FFFF) as usize;
        if units.len() + count > main.len() {
            return None;
        }
        if fc & 0x4000_0000 != 0 {
            let bytes = main.get(start / 2..)?.get(..count)?;
            units.extend(encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.encode_utf16());
        } else {
            let bytes = main.get(start..)?.get(..count.checked_mul(2)?)?;
            units.extend(bytes.chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])));
        }
    }
    let spots = [Spot::Text, Spot::Note, Spot::Header, Spot::Part, Spot::Comment, Spot::Note, Spot::Text, Spot::Header];
    let mut from = 0;
    for (len, spot) in lengths.into_iter().zip(spots) {
        let end = (from + len).min(units.len());
        let text = String::from_utf16_lossy(units.get(from..end)?);
        from = end;
        out.unseen.comments += u32::from(spot == Spot::Comment && !text.trim().is_empty());
        let (shown, fields) = signs(&text);
        out.put(spot, shown);
        out.put(Spot::Part, fields);
    }
    Some(())
}

/// Text with the signs of the format as line ends and tabs; beside it what stands in the orders of fields.
fn signs(text: &str) -> (String, String) {
    let (mut shown, mut fields, mut depth) = (String::with_capacity(text.len()), String::new(), 0usize);
    // Of each open field: whether its result has begun.
    let mut open: Vec<bool> = Vec::new();
    for c in text.chars() {
        match c {
            '\u{13}' => {
                open.push(false);
                depth += 1;
            }
            '\u{14}' => {
                if let Some(f) = open.last_mut() {
                    *f = true;
                }
                depth = depth.saturating_sub(1);
                fields.push('\n');
            }
            '\u{15}' => {
                if open.pop() == Some(false) {
                    depth = depth.saturating_sub(1);
                    fields.push('\n');
                }
            }
            _ if depth > 0 => fields.push(c),
            '\u{7}' if shown.ends_with('\t') => {
                shown.pop();
                shown.push('\n');
            }
            '\u{7}' => shown.push('\t'),
            '\r' | '\u{B}' | '\u{C}' => shown.push('\n'),
            '\u{1E}' => shown.push('-'),
            '\u{1F}' => {}
            '\t' | '\n' => shown.push(c),
            c if c < ' ' => {}
            c => shown.push(c),
        }
    }
    (shown, fields)
}

/// Texts of slides: records of kind 0x0FA0 (two bytes a sign) and 0x0FA8 (one), wherever they stand.
fn slides_text(stream: &[u8]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let (Some(head), Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2), u32_at(stream, at + 4)) {
        at += 8;
        // A record that holds others is stepped into.
        if head & 0x000F == 0x000F {
            continue;
        }
        let Some(body) = stream.get(at..at.saturating_add(len as usize)) else { break };
        match kind {
            0x0FA0 | 0x0FBA => {
                let units: Vec<u16> = body.chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
                out.push_str(&String::from_utf16_lossy(&units).replace(['\r', '\u{B}'], "\n"));
                out.push('\n');
            }
            0x0FA8 => {
                out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0.replace(['\r', '\u{B}'], "\n"));
                out.push('\n');
            }
            _ => {}
        }
        at += len as usize;
    }
    out
}

/// Most properties of a set.
const PROPERTIES: u32 = 200;

/// The texts of a set of properties (MS-OLEPS).
fn properties(set: &[u8], company: bool, out: &mut Document) {
    let mut lines = Vec::new();
    let mut section = |base: usize| -> Option<()> {
        let count = u32_at(set, base + 4)?.min(PROPERTIES) as usize;
        let entry = |i: usize| Some((u32_at(set, base + 8 + 8 * i)?, base + u32_at(set, base + 12 + 8 * i)? as usize));
        let page = (0..count).filter_map(entry).find(|(id, _)| *id == 1).and_then(|(_, at)| u16_at(set, at + 4)).unwrap_or(1252);
        for (id, at) in (0..count).filter_map(entry) {
            let (Some(kind), Some(len)) = (u16_at(set, at), u32_at(set, at + 4)) else { continue };
            let value = match kind {
                30 => {
                    let Some(b) = set.get(at + 8..(at + 8).saturating_add(len as usize)) else { continue };
                    let e = match page {
                        936 => encoding_rs::GBK,
                        950 => encoding_rs::BIG5,
                        932 => encoding_rs::SHIFT_JIS,
                        949 => encoding_rs::EUC_KR,
                        65_001 => encoding_rs::UTF_8,
                        1_200 => encoding_rs::UTF_16LE,
                        _ => encoding_rs::WINDOWS_1252,
                    };
                    e.decode_without_bom_handling(b).0.into_owned()
                }
                31 => {
                    let Some(b) = set.get(at + 8..(at + 8).saturating_add(len as usize * 2)) else { continue };
                    String::from_utf16_lossy(&b.chunks_exact(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect::<Vec<_>>())
                }
                _ => continue,
            };
            let value = value.trim_matches(['\0', ' ', '\r', '\n']).to_string();
            if value.is_empty() {
                continue;
            }
            match (company, id) {
                (false, 4 | 8) | (true, 14) => out.unseen.person(&value),
                (true, 15) => out.unseen.company = Some(value.chars().take(100).collect()),
                _ => {}
            }
            lines.push(value);
        }
        Some(())
    };
    if let Some(base) = u32_at(set, 44) {
        section(base as usize);
    }
    if u32_at(set, 24).is_some_and(|n| n > 1)
        && let Some(base) = u32_at(set, 64)
    {
        section(base as usize);
    }
    out.put(Spot::Properties, lines.join("\n"));
}
