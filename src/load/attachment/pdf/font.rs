//! Fonts of a PDF: what the codes of a string mean, and how wide they are.

use super::cmap::Map;
use encoding_rs::Encoding;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use std::collections::BTreeMap;

/// How the bytes of a string become codes and text.
enum Codes {
    /// One byte each, with the text of each.
    Simple(Vec<Option<String>>),
    /// Two bytes each, or as a map tells; the text by the font's own tables where it has some.
    Glyphs { map: Option<Map>, signs: BTreeMap<u32, char> },
    /// Characters of an encoding that everybody knows.
    Known(&'static Encoding),
}

/// A font.
pub struct Font {
    codes: Codes,
    /// What the file says that codes mean.
    told: Option<Map>,
    widths: BTreeMap<u32, f32>,
    usual: f32,
}

/// One sign of a string.
pub struct Sign {
    /// Its width in thousandths of the size.
    pub width: f32,
    /// A space of one byte, to which word spacing is added.
    pub space: bool,
    /// Its meaning was found.
    pub known: bool,
}

impl Font {
    /// Of a dictionary of a page's fonts.
    pub fn of(dict: &Dict<'_>) -> Font {
        let told = dict.get::<Stream<'_>>("ToUnicode").and_then(|s| s.decoded_data().ok().map(|d| Map::read(&d))).filter(|m| !m.is_empty());
        let below = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
        let mut widths = BTreeMap::new();
        let Some(below) = below else {
            let first = dict.get::<Number>("FirstChar").map_or(0, |n| n.as_i64().clamp(0, 255) as u32);
            for (i, w) in dict.get::<Array<'_>>("Widths").into_iter().flat_map(|a| a.iter::<Number>().take(256)).enumerate() {
                widths.insert(first + i as u32, w.as_f32());
            }
            return Font { codes: Codes::Simple(simple(dict)), told, widths, usual: 500.0 };
        };
        if let Some(list) = below.get::<Array<'_>>("W") {
            composite_widths(&list, &mut widths);
        }
        let usual = below.get::<Number>("DW").map_or(1_000.0, |n| n.as_f32());
        let codes = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(n)) => match known(n.as_str()) {
                Some(e) => Codes::Known(e),
                None => Codes::Glyphs { map: None, signs: if told.is_some() { BTreeMap::new() } else { signs(&below) } },
            },
            Some(Object::Stream(s)) => {
                let map = s.decoded_data().ok().map(|d| Map::read(&d)).filter(Map::has_spaces);
                Codes::Glyphs { map, signs: if told.is_some() { BTreeMap::new() } else { signs(&below) } }
            }
            _ => Codes::Glyphs { map: None, signs: BTreeMap::new() },
        };
        Font { codes, told, widths, usual }
    }

    /// The signs of a string, one after the other, with their text.
    pub fn signs(&self, bytes: &[u8], each: &mut dyn FnMut(&str, Sign)) {
        let mut text = String::new();
        let mut at = 0;
        while at < bytes.len() {
            text.clear();
            let rest = &bytes[at..];
            let (code, len, glyph) = match &self.codes {
                Codes::Simple(_) => (u32::from(rest[0]), 1, u32::from(rest[0])),
                Codes::Known(e) => {
                    let len = length(e, rest);
                    let code = rest[..len].iter().fold(0, |n, c| n << 8 | u32::from(*c));
                    (code, len, u32::MAX)
                }
                Codes::Glyphs { map, .. } => {
                    let (code, len) = match map.as_ref().or(self.told.as_ref().filter(|m| m.has_spaces())) {
                        Some(m) => m.code(rest),
                        None => (rest.iter().take(2).fold(0, |n, c| n << 8 | u32::from(*c)), 2.min(rest.len())),
                    };
                    (code, len.max(1), map.as_ref().and_then(|m| m.glyph(code)).unwrap_or(code))
                }
            };
            let mut known = self.told.as_ref().is_some_and(|m| m.text(code, &mut text));
            if !known {
                match &self.codes {
                    Codes::Simple(list) => {
                        if let Some(Some(t)) = list.get(code as usize) {
                            text.push_str(t);
                            known = true;
                        }
                    }
                    Codes::Known(e) => {
                        text.push_str(&e.decode_without_bom_handling(&rest[..len]).0);
                        known = !text.contains('\u{FFFD}');
                    }
                    Codes::Glyphs { signs, .. } => {
                        if let Some(c) = signs.get(&glyph) {
                            text.push(*c);
                            known = true;
                        }
                    }
                }
            }
            if text == "\0" {
                text.clear();
            }
            let narrow = matches!(self.codes, Codes::Known(_)) && text.is_ascii();
            let width = self.widths.get(&glyph).copied().unwrap_or(if narrow { 500.0 } else { self.usual });
            each(&text, Sign { width, space: len == 1 && code == 32, known });
            at += len;
        }
    }
}

/// Bytes of the first sign in an encoding.
fn length(e: &'static Encoding, b: &[u8]) -> usize {
    let want = if e == encoding_rs::UTF_16BE {
        if b.len() >= 4 && (0xD8..0xDC).contains(&b[0]) { 4 } else { 2 }
    } else if b[0] < 0x80 {
        1
    } else if e == encoding_rs::GB18030 && b.get(1).is_some_and(u8::is_ascii_digit) {
        4
    } else if e == encoding_rs::SHIFT_JIS && (0xA1..=0xDF).contains(&b[0]) {
        1
    } else {
        2
    };
    want.min(b.len())
}

/// The encoding behind the name of one of the maps that everybody has (ISO 32000-2 table 116).
fn known(name: &str) -> Option<&'static Encoding> {
    let has = |w: &str| name.contains(w);
    if has("UCS2") || has("UTF16") {
        Some(encoding_rs::UTF_16BE)
    } else if has("UTF8") {
        Some(encoding_rs::UTF_8)
    } else if has("GBK") || has("GB-EUC") || has("GBpc") {
        Some(encoding_rs::GB18030)
    } else if has("B5") || has("ETen") || has("HKscs") {
        Some(encoding_rs::BIG5)
    } else if has("RKSJ") {
        Some(encoding_rs::SHIFT_JIS)
    } else if has("KSC") {
        Some(encoding_rs::EUC_KR)
    } else if name == "EUC-H" || name == "EUC-V" {
        Some(encoding_rs::EUC_JP)
    } else {
        None
    }
}

/// Widths of a composite font: `code [w w w]`, or `first last w`.
fn composite_widths(list: &Array<'_>, out: &mut BTreeMap<u32, f32>) {
    let mut held: Vec<f32> = Vec::new();
    for o in list.iter::<Object<'_>>() {
        match o {
            Object::Number(n) => {
                held.push(n.as_f32());
                if let [from, to, w] = held[..] {
                    for c in from.max(0.0) as u32..=(to.max(0.0) as u32).min(0xFFFF) {
                        out.insert(c, w);
                    }
                    held.clear();
                }
            }
            Object::Array(a) => {
                let from = held.last().copied().unwrap_or(0.0).max(0.0) as u32;
                for (i, w) in a.iter::<Number>().enumerate().take(0x1_0000) {
                    out.insert(from.saturating_add(i as u32), w.as_f32());
                }
                held.clear();
            }
            _ => held.clear(),
        }
        if out.len() > 0x2_0000 {
            break;
        }
    }
}

/// The signs of the glyphs of a TrueType font that stands in the file, by its own table.
fn signs(below: &Dict<'_>) -> BTreeMap<u32, char> {
    let mut out = BTreeMap::new();
    let file = below.get::<Dict<'_>>("FontDescriptor").and_then(|d| d.get::<Stream<'_>>("FontFile2").or_else(|| d.get::<Stream<'_>>("FontFile3")));
    let Some(bytes) = file.and_then(|f| f.decoded_data().ok()) else { return out };
    let Ok(face) = ttf_parser::Face::parse(&bytes, 0) else { return out };
    let gids = below.get::<Stream<'_>>("CIDToGIDMap").and_then(|s| s.decoded_data().ok());
    for table in face.tables().cmap.into_iter().flat_map(|c| c.subtables).filter(|t| t.is_unicode()) {
        table.codepoints(|c| {
            if let (Some(sign), Some(g)) = (char::from_u32(c), table.glyph_index(c)) {
                out.entry(u32::from(g.0)).or_insert(sign);
            }
        });
    }
    match gids {
        // Numbers of glyphs by code, two bytes each.
        Some(map) => {
            let by = map.chunks_exact(2).enumerate().map(|(code, g)| (code as u32, u32::from(u16::from_be_bytes([g[0], g[1]]))));
            by.filter(|(_, g)| *g > 0).filter_map(|(code, g)| Some((code, *out.get(&g)?))).collect()
        }
        None => out,
    }
}

/// The texts of the codes of a simple font.
fn simple(dict: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let (base, differences) = match &encoding {
        Some(Object::Name(n)) => (Some(n.as_str().to_string()), None),
        Some(Object::Dict(d)) => (d.get::<Name<'_>>("BaseEncoding").map(|n| n.as_str().to_string()), d.get::<Array<'_>>("Differences")),
        _ => (None, None),
    };
    let page = if base.as_deref() == Some("MacRomanEncoding") { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
    let mut out: Vec<Option<String>> = (0..=255u8).map(|c| (c >= 32).then(|| page.decode_without_bom_handling(&[c]).0.into_owned())).collect();
    // Of drawings as letters (Type 3), and of letters of its own, only what is named is known.
    if dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Type3") && differences.is_some() {
        out = vec![None; 256];
    }
    let mut code = 0usize;
    for o in differences.into_iter().flat_map(|d| d.iter::<Object<'_>>().take(1_000)) {
        match o {
            Object::Number(n) => code = n.as_i64().clamp(0, 255) as usize,
            Object::Name(n) => {
                if let Some(slot) = out.get_mut(code) {
                    *slot = named(n.as_str());
                }
                code += 1;
            }
            _ => {}
        }
    }
    out
}

/// Names of signs that are no letters.
static NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "-"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("section", "§"),
    ("degree", "°"),
    ("copyright", "©"),
    ("registered", "®"),
];

/// The text of a glyph by its name (Adobe Glyph List).
fn named(name: &str) -> Option<String> {
    let bare = name.split('.').next().unwrap_or(name);
    if let Some((_, t)) = NAMES.iter().find(|(n, _)| *n == bare) {
        return Some((*t).to_string());
    }
    let hex = bare.strip_prefix("uni").or_else(|| bare.strip_prefix('u')).filter(|h| h.len() >= 4);
    if let Some(c) = hex.and_then(|h| u32::from_str_radix(h.get(..h.len().min(if bare.starts_with("uni") { 4 } else { 6 }))?, 16).ok()).and_then(char::from_u32)
    {
        return Some(c.to_string());
    }
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        (Some(c), None) => Some(c.to_string()),
        _ => None,
    }
}
