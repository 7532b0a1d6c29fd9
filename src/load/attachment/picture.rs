//! Pictures: what a camera or an editor wrote into them, their size, and the same picture without it. Pixels are never touched.

use super::{Budget, Document, Reader, Why, html};
use crate::load::spot::Spot;
use std::io::{Cursor, Read as _};

/// JPEG, PNG, WebP, GIF, TIFF, HEIC
pub(super) const READER: Reader = Reader { is: |b| kind(b).is_some(), read };

/// Format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the formats")]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
    Tiff,
    Heic,
}

/// The format that the first bytes show.
pub fn kind(b: &[u8]) -> Option<Kind> {
    let brand = |w: &[u8]| b.get(4..8) == Some(b"ftyp") && b.get(8..12) == Some(w);
    if b.starts_with(b"\xFF\xD8\xFF") {
        Some(Kind::Jpeg)
    } else if b.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Kind::Png)
    } else if b.starts_with(b"RIFF") && b.get(8..12) == Some(b"WEBP") {
        Some(Kind::Webp)
    } else if b.starts_with(b"GIF8") {
        Some(Kind::Gif)
    } else if b.starts_with(b"II*\0") || b.starts_with(b"MM\0*") {
        Some(Kind::Tiff)
    } else if [b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"avif"].iter().any(|w| brand(*w)) {
        Some(Kind::Heic)
    } else {
        None
    }
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    facts(bytes, out);
    // What somebody put behind the end of the picture, where no program looks.
    let end = memchr::memmem::rfind(bytes, b"IEND").filter(|_| kind(bytes) == Some(Kind::Png)).map_or(bytes.len(), |i| (i + 8).min(bytes.len()));
    if let Some(text) = Some(&bytes[end..]).filter(|t| t.len() >= 11).and_then(budget.words) {
        out.put(Spot::Hidden, text);
    }
    out.unread.insert(Why::Picture);
}

/// Longest text of one entry.
const TEXT: usize = 10_000;

/// What stands in a picture beside its pixels.
pub fn facts(bytes: &[u8], out: &mut Document) {
    let Some(kind) = kind(bytes) else { return };
    let mut lines: Vec<String> = Vec::new();
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(bytes)).or_else(|e| e.distill_partial_result(|_| {}));
    if let Ok(data) = read {
        for f in data.fields() {
            out.unseen.gps |= f.tag.context() == exif::Context::Gps && matches!(f.tag.number(), 1..=4);
            out.unseen.thumbnail |= f.ifd_num == exif::In::THUMBNAIL;
            match &f.value {
                exif::Value::Ascii(parts) => {
                    for p in parts {
                        let text = words(p);
                        if f.tag == exif::Tag::Artist || f.tag == exif::Tag::CameraOwnerName {
                            out.unseen.person(&text);
                        }
                        lines.push(text);
                    }
                }
                // Comments of users begin with the name of their encoding; those of Windows are of two bytes.
                exif::Value::Undefined(b, _) if f.tag == exif::Tag::UserComment => {
                    lines.push(if b.starts_with(b"UNICODE") { utf16(b.get(8..).unwrap_or(b"")) } else { words(b.get(8..).unwrap_or(b"")) });
                }
                exif::Value::Byte(b) if (0x9C9B..=0x9C9F).contains(&f.tag.number()) => {
                    let text = utf16(b);
                    if f.tag.number() == 0x9C9D {
                        out.unseen.person(&text);
                    }
                    lines.push(text);
                }
                _ => {}
            }
        }
    }
    for part in segments(bytes, kind) {
        match part {
            Part { what: What::Comment, body, .. } => lines.push(words(body)),
            Part { what: What::Packed, name, body, .. } => {
                let (key, mut rest) = body.iter().position(|c| *c == 0).map_or((body, &b""[..]), |i| (&body[..i], &body[i + 1..]));
                let mut plain = false;
                if &name == b"iTXt" {
                    // Whether it is deflated, how; the language, the key in that language.
                    plain = rest.first() == Some(&0);
                    rest = rest.get(1..).unwrap_or(b"");
                    let ends: Vec<usize> = rest.iter().enumerate().skip(1).filter(|(_, c)| **c == 0).map(|(i, _)| i).take(2).collect();
                    rest = ends.get(1).map_or(b"", |i| &rest[*i..]);
                }
                let body = rest.get(1..).unwrap_or(b"");
                let mut text = Vec::new();
                if plain {
                    text.extend_from_slice(body);
                } else {
                    let _ = flate2::read::ZlibDecoder::new(body).take(TEXT as u64).read_to_end(&mut text);
                }
                lines.push(format!("{} {}", words(key), words(&text)));
            }
            Part { what: What::Iptc, body, .. } => iptc(body, &mut lines),
            _ => {}
        }
    }
    if kind == Kind::Gif {
        for text in gif(bytes) {
            let text = words(&text);
            let low = text.to_ascii_lowercase();
            // What a program writes of itself is no one's comment.
            let names = ["created with", "made with", "generated", "optimized", "software", "ezgif", "gifsicle"];
            let program = text.is_ascii() && names.iter().any(|p| low.contains(p));
            out.unseen.comments += u32::from(!text.is_empty() && !program);
            lines.push(text);
        }
    }
    for packet in xmp(bytes) {
        out.unseen.gps |= packet.contains("GPSLatitude");
        lines.push(attributes(packet));
        lines.push(html::plain(packet));
    }
    let lines: Vec<String> =
        lines.iter().map(|l| l.trim_matches(['\0', ' ', '\n'])).filter(|l| !l.is_empty()).map(|l| l.chars().take(TEXT).collect()).collect();
    out.put(Spot::Picture, lines.join("\n"));
}

fn words(b: &[u8]) -> String {
    let b = &b[..b.len().min(TEXT)];
    let text = match std::str::from_utf8(b) {
        Ok(t) => t.to_string(),
        Err(_) => encoding_rs::GB18030.decode(b).0.into_owned(),
    };
    text.replace('\0', " ").trim().to_string()
}

fn utf16(b: &[u8]) -> String {
    let units: Vec<u16> = b.chunks_exact(2).take(TEXT).map(|p| u16::from_le_bytes([p[0], p[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    if text.chars().any(|c| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return text;
    }
    let units: Vec<u16> = b.chunks_exact(2).take(TEXT).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Packets of XMP, wherever they stand.
fn xmp(bytes: &[u8]) -> Vec<&str> {
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(i) = memchr::memmem::find(&bytes[at..], b"<x:xmpmeta").map(|i| at + i) {
        let Some(end) = memchr::memmem::find(&bytes[i..], b"</x:xmpmeta>").map(|e| i + e) else { break };
        out.extend(std::str::from_utf8(&bytes[i..end]).ok());
        at = end;
        if out.len() >= 8 {
            break;
        }
    }
    out
}

/// The values of the attributes of a packet, one a line.
fn attributes(xml: &str) -> String {
    let mut out = String::new();
    for tag in xml.split('<').skip(1) {
        for (i, value) in tag.split('>').next().unwrap_or("").split('"').enumerate() {
            if i % 2 == 1 && !value.starts_with("http") {
                out.push_str(value);
                out.push('\n');
            }
        }
    }
    out
}

/// Texts of IPTC: entries of 0x1C, record, number, length.
fn iptc(body: &[u8], lines: &mut Vec<String>) {
    let mut at = 0;
    while let Some(i) = body.get(at..).and_then(|b| b.iter().position(|c| *c == 0x1C)).map(|i| at + i) {
        let len = body.get(i + 3..i + 5).map_or(0, |l| usize::from(u16::from_be_bytes([l[0], l[1]])));
        match body.get(i + 5..i + 5 + len) {
            Some(text) if body.get(i + 1).is_some_and(|r| (1..=9).contains(r)) && len > 0 => {
                lines.push(words(text));
                at = i + 5 + len;
            }
            _ => at = i + 1,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The picture, and what is needed to show it as it is.
    Picture,
    /// EXIF, XMP
    Facts,
    Comment,
    /// A comment that is deflated.
    Packed,
    Iptc,
    /// Behind the picture.
    Behind,
}

/// A part of a file: its bytes as a whole, and of them the body.
struct Part<'a> {
    what: What,
    name: [u8; 4],
    whole: &'a [u8],
    body: &'a [u8],
}

fn segments(b: &[u8], kind: Kind) -> Vec<Part<'_>> {
    match kind {
        Kind::Jpeg => jpeg(b),
        Kind::Png => png(b),
        Kind::Webp => webp(b),
        _ => Vec::new(),
    }
}

/// Comments and texts of GIF (GIF89a 24, 25), and what stands behind its end.
fn gif(b: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let mut at = 13 + b.get(10).map_or(0, |f| table(*f));
    // Blocks of at most 255 bytes, each with its length, up to an empty one.
    let blocks = |mut at: usize, text: Option<&mut Vec<u8>>| -> usize {
        let mut kept = text;
        while let Some(len) = b.get(at).map(|n| usize::from(*n)) {
            at += 1;
            if len == 0 {
                break;
            }
            if let (Some(t), Some(part)) = (kept.as_deref_mut(), b.get(at..at + len))
                && t.len() < TEXT
            {
                t.extend_from_slice(part);
            }
            at += len;
        }
        at
    };
    while let Some(sign) = b.get(at) {
        match sign {
            0x21 => {
                let label = b.get(at + 1).copied().unwrap_or(0);
                let mut text = Vec::new();
                let said = matches!(label, 0xFE | 0x01);
                at = blocks(at + 2, said.then_some(&mut text));
                // A plain text begins with twelve bytes that tell where it is drawn.
                out.extend(said.then(|| if label == 0x01 { text.get(12..).unwrap_or(&[]).to_vec() } else { text }).filter(|t| !t.is_empty()));
            }
            0x2C => at = blocks(at + 11 + b.get(at + 9).map_or(0, |f| table(*f)), None),
            _ => {
                if *sign == 0x3B && b.len() > at + 1 {
                    out.push(b[at + 1..].iter().copied().take(TEXT).collect());
                }
                break;
            }
        }
        if out.len() > 64 {
            break;
        }
    }
    out
}

/// Segments of JPEG (ISO 10918-1 B.1), without the two bytes at the beginning.
fn jpeg(b: &[u8]) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut at = 2;
    let part = |what, marker: u8, whole, body| Part { what, name: [0xFF, marker, 0, 0], whole, body };
    while b.get(at) == Some(&0xFF) {
        let Some(marker) = b.get(at + 1).copied() else { break };
        if marker == 0xFF {
            at += 1;
            continue;
        }
        if marker == 0xD9 {
            out.push(part(What::Picture, marker, &b[at..at + 2], &b[..0]));
            at += 2;
            break;
        }
        let len = b.get(at + 2..at + 4).map_or(0, |l| usize::from(u16::from_be_bytes([l[0], l[1]])));
        let (Some(whole), Some(body)) = (b.get(at..at + 2 + len), b.get(at + 4..(at + 2 + len).max(at + 4))) else { return out };
        if len < 2 {
            return out;
        }
        let what = match marker {
            0xE1 => What::Facts,
            0xE2 if !body.starts_with(b"ICC_PROFILE") => What::Facts,
            0xED => What::Iptc,
            0xFE => What::Comment,
            0xE3..=0xEC | 0xEF => What::Facts,
            _ => What::Picture,
        };
        at += 2 + len;
        if marker == 0xDA {
            // Behind the head of a scan stand its bytes, up to the next marker that is none of theirs.
            let from = at - 2 - len;
            while at + 1 < b.len() && (b[at] != 0xFF || matches!(b[at + 1], 0 | 0xD0..=0xD7 | 0xFF)) {
                at += memchr::memchr(0xFF, &b[at + 1..]).map_or(b.len() - at, |i| i + 1);
            }
            let end = if at + 1 < b.len() { at } else { b.len() };
            out.push(part(What::Picture, marker, &b[from..end], body));
        } else {
            out.push(part(what, marker, whole, body));
        }
    }
    if at < b.len() {
        out.push(part(What::Behind, 0, &b[at..], &b[at..]));
    }
    out
}

/// Chunks of PNG, without the signature.
fn png(b: &[u8]) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut at = 8;
    while let (Some(len), Some(name)) = (b.get(at..at + 4), b.get(at + 4..at + 8)) {
        let len = u32::from_be_bytes([len[0], len[1], len[2], len[3]]) as usize;
        let Some(whole) = b.get(at..at.saturating_add(len).saturating_add(12)) else { break };
        let what = match name {
            b"tEXt" => What::Comment,
            b"zTXt" | b"iTXt" => What::Packed,
            b"eXIf" | b"tIME" => What::Facts,
            _ => What::Picture,
        };
        out.push(Part { what, name: [name[0], name[1], name[2], name[3]], whole, body: &whole[8..8 + len] });
        at += len + 12;
        if name == b"IEND" {
            break;
        }
    }
    if at < b.len() && !out.is_empty() {
        out.push(Part { what: What::Behind, name: [0; 4], whole: &b[at..], body: &b[at..] });
    }
    out
}

/// Chunks of WebP, without the head of twelve bytes.
fn webp(b: &[u8]) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut at = 12;
    while let (Some(name), Some(len)) = (b.get(at..at + 4), b.get(at + 4..at + 8)) {
        let len = u32::from_le_bytes([len[0], len[1], len[2], len[3]]) as usize;
        let Some(body) = b.get(at + 8..(at + 8).saturating_add(len)) else { break };
        let end = (at + 8 + len + len % 2).min(b.len());
        let what = if matches!(name, b"EXIF" | b"XMP ") { What::Facts } else { What::Picture };
        out.push(Part { what, name: [name[0], name[1], name[2], name[3]], whole: &b[at..end], body });
        at = end;
    }
    out
}

/// The way up of a picture by its EXIF, 1 to 8.
fn orientation(bytes: &[u8]) -> u16 {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(bytes)).or_else(|e| e.distill_partial_result(|_| {}));
    let up = read.ok().and_then(|d| d.get_field(exif::Tag::Orientation, exif::In::PRIMARY).and_then(|f| f.value.get_uint(0)));
    up.filter(|n| (2..=8).contains(n)).map_or(1, |n| n as u16)
}

/// EXIF that says nothing but which way is up.
fn upright(way: u16) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    out.extend(way.to_be_bytes());
    out.extend([0; 6]);
    out
}

/// The same picture without what a camera or an editor wrote into it; which way is up stays, and colour profiles. Nothing where there is
/// nothing to take out, or where the file is not understood to its end.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let kind = kind(bytes)?;
    let parts = segments(bytes, kind);
    let sound = match kind {
        Kind::Jpeg => parts.iter().any(|p| p.name[1] == 0xD9),
        Kind::Png => parts.iter().any(|p| &p.name == b"IEND"),
        Kind::Webp => !parts.is_empty(),
        _ => false,
    };
    if !sound || parts.iter().all(|p| p.what == What::Picture) {
        return None;
    }
    let way = orientation(bytes);
    let facts = if way == 1 { Vec::new() } else { upright(way) };
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(
        &bytes[..match kind {
            Kind::Jpeg => 2,
            Kind::Png => 8,
            _ => 12,
        }],
    );
    if kind == Kind::Jpeg && !facts.is_empty() {
        out.extend([0xFF, 0xE1]);
        out.extend((facts.len() as u16 + 8).to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(&facts);
    }
    for p in parts.iter().filter(|p| p.what == What::Picture) {
        if kind == Kind::Png && &p.name == b"IDAT" && !facts.is_empty() && !out.windows(4).any(|w| w == b"eXIf") {
            let body = [&b"eXIf"[..], &facts].concat();
            let mut sum = flate2::Crc::new();
            sum.update(&body);
            out.extend((facts.len() as u32).to_be_bytes());
            out.extend(&body);
            out.extend(sum.sum().to_be_bytes());
        }
        let from = out.len();
        out.extend_from_slice(p.whole);
        if kind == Kind::Webp && &p.name == b"VP8X" && out.len() > from + 8 {
            out[from + 8] &= !0x0C;
            out[from + 8] |= if facts.is_empty() { 0 } else { 0x08 };
        }
    }
    if kind == Kind::Webp {
        if !facts.is_empty() {
            out.extend(b"EXIF");
            out.extend((facts.len() as u32).to_le_bytes());
            out.extend(&facts);
        }
        let len = (out.len() - 8) as u32;
        out[4..8].copy_from_slice(&len.to_le_bytes());
    }
    Some(out)
}

/// Width and height as a picture is shown; nothing where its head does not tell.
pub fn size(b: &[u8]) -> Option<(u32, u32)> {
    let be = |at: usize, n: usize| b.get(at..at + n).map(|s| s.iter().fold(0u32, |v, c| v << 8 | u32::from(*c)));
    let le = |at: usize, n: usize| b.get(at..at + n).map(|s| s.iter().rev().fold(0u32, |v, c| v << 8 | u32::from(*c)));
    let (w, h) = match kind(b)? {
        Kind::Png => (be(16, 4)?, be(20, 4)?),
        Kind::Gif => (le(6, 2)?, le(8, 2)?),
        Kind::Jpeg => {
            let parts = jpeg(b);
            let frame = parts.iter().find(|p| matches!(p.name[1], 0xC0..=0xCF) && !matches!(p.name[1], 0xC4 | 0xC8 | 0xCC))?;
            let at = |i: usize| Some(u32::from(u16::from_be_bytes([*frame.body.get(i)?, *frame.body.get(i + 1)?])));
            (at(3)?, at(1)?)
        }
        Kind::Webp => match b.get(12..16)? {
            b"VP8X" => (le(24, 3)? + 1, le(27, 3)? + 1),
            b"VP8 " => (le(26, 2)? & 0x3FFF, le(28, 2)? & 0x3FFF),
            b"VP8L" => {
                let bits = le(21, 4)?;
                ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
            }
            _ => return None,
        },
        Kind::Tiff | Kind::Heic => return None,
    };
    let turned = orientation(b) >= 5;
    (w > 0 && h > 0).then_some(if turned { (h, w) } else { (w, h) })
}

/// Whether the picture at a path is one from which what a camera wrote can be taken out.
pub fn strips(path: &std::path::Path) -> bool {
    let Ok((mut file, _)) = crate::load::walk::open(path) else { return false };
    let mut head = [0; 16];
    file.read_exact(&mut head).is_ok() && matches!(kind(&head), Some(Kind::Jpeg | Kind::Png | Kind::Webp))
}

/// Largest picture that is taken apart.
const LARGEST: u64 = 64 << 20;

/// A picture as it is published, without what a camera or an editor wrote into it; nothing where the file is published as it is.
pub fn published(blob: &crate::load::Blob) -> Option<Vec<u8>> {
    if blob.past.is_some() || blob.len > LARGEST || !strips(&blob.disk) {
        return None;
    }
    let mut bytes = Vec::new();
    let (mut file, _) = crate::load::walk::open(&blob.disk).ok()?;
    file.read_to_end(&mut bytes).ok()?;
    stripped(&bytes)
}

/// Bytes in which the size of a picture stands: colour profiles and what cameras write come before it.
const FRONT: u64 = 2 << 20;

/// Width and height of a picture on the disk, as it is shown.
pub fn size_of(blob: &crate::load::Blob) -> Option<(u32, u32)> {
    if blob.past.is_some() {
        return None;
    }
    let (file, _) = crate::load::walk::open(&blob.disk).ok()?;
    let mut bytes = Vec::new();
    file.take(FRONT).read_to_end(&mut bytes).ok()?;
    size(&bytes)
}
