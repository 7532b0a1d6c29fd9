//! Maps of codes: what the bytes of a string in a PDF stand for (ISO 32000-2 9.7.5, 9.10.3).

use std::collections::BTreeMap;

/// Entries of one map that are kept.
const ENTRIES: usize = 200_000;

/// A map from codes to text, or to glyphs.
#[derive(Debug, Default)]
pub struct Map {
    /// Lengths of codes: bytes, first, last.
    spaces: Vec<(usize, u32, u32)>,
    /// Text by code.
    texts: BTreeMap<u32, String>,
    /// Runs of codes: first, last, what the first is.
    runs: Vec<(u32, u32, u32)>,
    /// Runs of glyphs: first, last, number of the first.
    glyphs: Vec<(u32, u32, u32)>,
}

impl Map {
    /// Reads a map as it stands in a file.
    pub fn read(text: &[u8]) -> Map {
        let mut out = Map::default();
        let mut tokens = Tokens { b: text, at: 0 };
        let mut mode = Mode::None;
        let mut held: Vec<Token> = Vec::new();
        while let Some(t) = tokens.next() {
            match &t {
                Token::Word(w) => {
                    mode = match w.as_slice() {
                        b"begincodespacerange" => Mode::Spaces,
                        b"beginbfchar" => Mode::Chars,
                        b"beginbfrange" => Mode::Ranges,
                        b"begincidchar" => Mode::CidChars,
                        b"begincidrange" => Mode::CidRanges,
                        _ => Mode::None,
                    };
                    held.clear();
                    continue;
                }
                _ if matches!(mode, Mode::None) => continue,
                _ => held.push(t),
            }
            if out.texts.len() + out.runs.len() + out.glyphs.len() > ENTRIES {
                break;
            }
            let want = if matches!(mode, Mode::Ranges | Mode::CidRanges) { 3 } else { 2 };
            if held.len() < want {
                continue;
            }
            match (mode, held.as_slice()) {
                (Mode::Spaces, [Token::Hex(a), Token::Hex(b)]) => out.spaces.push((a.len(), number(a), number(b))),
                (Mode::Chars, [Token::Hex(a), Token::Hex(b)]) => drop(out.texts.insert(number(a), utf16(b))),
                (Mode::Ranges, [Token::Hex(a), Token::Hex(b), Token::Hex(c)]) => {
                    let (from, to) = (number(a), number(b));
                    let text = utf16(c);
                    let mut chars = text.chars();
                    match (chars.next(), chars.next()) {
                        (Some(c), None) => out.runs.push((from, to, c as u32)),
                        // Of several signs the last one counts on.
                        _ => {
                            let head: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
                            let last = text.chars().last().map_or(0, |c| c as u32);
                            for n in from..=to.min(from.saturating_add(255)) {
                                out.texts.insert(n, format!("{head}{}", char::from_u32(last + (n - from)).unwrap_or('\u{FFFD}')));
                            }
                        }
                    }
                }
                (Mode::Ranges, [Token::Hex(a), Token::Hex(_), Token::List(list)]) => {
                    let from = number(a);
                    for (i, text) in list.iter().enumerate() {
                        out.texts.insert(from.saturating_add(i as u32), utf16(text));
                    }
                }
                (Mode::CidChars, [Token::Hex(a), Token::Number(n)]) => out.glyphs.push((number(a), number(a), *n)),
                (Mode::CidRanges, [Token::Hex(a), Token::Hex(b), Token::Number(n)]) => out.glyphs.push((number(a), number(b), *n)),
                _ => {}
            }
            held.clear();
        }
        out.runs.sort_unstable();
        out.glyphs.sort_unstable();
        out
    }

    /// What a code stands for.
    pub fn text(&self, code: u32, out: &mut String) -> bool {
        if let Some(t) = self.texts.get(&code) {
            out.push_str(t);
            return true;
        }
        let sign = find(&self.runs, code).and_then(char::from_u32);
        out.extend(sign);
        sign.is_some()
    }

    /// The glyph of a code.
    pub fn glyph(&self, code: u32) -> Option<u32> {
        find(&self.glyphs, code)
    }

    /// The first code of some bytes, and its length; of what no range tells the length of the shortest.
    pub fn code(&self, b: &[u8]) -> (u32, usize) {
        for len in 1..=4.min(b.len()) {
            let code = number(&b[..len]);
            if self.spaces.iter().any(|(n, from, to)| *n == len && (*from..=*to).contains(&code)) {
                return (code, len);
            }
        }
        let len = self.spaces.iter().map(|s| s.0).min().unwrap_or(2).clamp(1, b.len().max(1));
        (number(&b[..len.min(b.len())]), len)
    }

    /// True where it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.runs.is_empty()
    }

    /// The length of its codes, where it tells one.
    pub fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }
}

fn find(runs: &[(u32, u32, u32)], code: u32) -> Option<u32> {
    let n = runs.partition_point(|r| r.0 <= code);
    // A wider run may stand before the nearest.
    runs[..n].iter().rev().take(4).find(|r| code <= r.1).map(|r| r.2 + (code - r.0))
}

#[derive(Clone, Copy)]
enum Mode {
    None,
    Spaces,
    Chars,
    Ranges,
    CidChars,
    CidRanges,
}

enum Token {
    Hex(Vec<u8>),
    List(Vec<Vec<u8>>),
    Number(u32),
    Word(Vec<u8>),
}

struct Tokens<'a> {
    b: &'a [u8],
    at: usize,
}

impl Tokens<'_> {
    fn hex(&mut self) -> Vec<u8> {
        let end = self.b[self.at..].iter().position(|c| *c == b'>').map_or(self.b.len(), |i| self.at + i);
        let digits: Vec<u8> = self.b[self.at..end].iter().filter_map(|c| (*c as char).to_digit(16).map(|d| d as u8)).collect();
        self.at = (end + 1).min(self.b.len());
        digits.chunks(2).map(|p| p[0] << 4 | p.get(1).copied().unwrap_or(0)).collect()
    }

    fn next(&mut self) -> Option<Token> {
        loop {
            let c = *self.b.get(self.at)?;
            match c {
                b'%' => self.at += self.b[self.at..].iter().position(|c| matches!(c, b'\n' | b'\r')).unwrap_or(self.b.len() - self.at),
                b'<' if self.b.get(self.at + 1) != Some(&b'<') => {
                    self.at += 1;
                    return Some(Token::Hex(self.hex()));
                }
                b'[' => {
                    self.at += 1;
                    let mut list = Vec::new();
                    while let Some(c) = self.b.get(self.at) {
                        match c {
                            b']' => {
                                self.at += 1;
                                break;
                            }
                            b'<' => {
                                self.at += 1;
                                let h = self.hex();
                                list.push(h);
                            }
                            _ => self.at += 1,
                        }
                    }
                    return Some(Token::List(list));
                }
                c if c.is_ascii_alphanumeric() => {
                    let n = self.b[self.at..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
                    let word = &self.b[self.at..self.at + n];
                    self.at += n;
                    let told = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                    return Some(told.map_or_else(|| Token::Word(word.to_vec()), Token::Number));
                }
                _ => self.at += 1,
            }
        }
    }
}

fn number(b: &[u8]) -> u32 {
    b.iter().take(4).fold(0, |n, c| n << 8 | u32::from(*c))
}

fn utf16(b: &[u8]) -> String {
    if b.len() == 1 {
        return (b[0] as char).to_string();
    }
    let units: Vec<u16> = b.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::Map;

    #[test]
    fn codes_become_text() {
        let m = Map::read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <5F20> <0004> <00660069> endbfchar
            2 beginbfrange <0010> <0012> <0031> <0020> <0021> [<4E09> <56DB>] endbfrange endcmap",
        );
        let text = |c: u32| {
            let mut out = String::new();
            m.text(c, &mut out);
            out
        };
        assert_eq!((text(3), text(4), text(0x12), text(0x21), text(0x99)), ("张".into(), "fi".into(), "3".into(), "四".into(), String::new()));
        assert_eq!(m.code(&[0, 3, 9]), (3, 2));
        let m = Map::read(b"begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange begincidrange <8140> <817E> 100 endcidrange");
        assert_eq!((m.code(b"A\x81\x40"), m.code(&[0x81, 0x41]), m.glyph(0x8141)), ((65, 1), (0x8141, 2), Some(101)));
        for junk in ["<", "[", "[<", "beginbfrange <0000> <FFFFFFFF> <D800> endbfrange", "%", "beginbfchar <> <>"] {
            let _ = Map::read(junk.as_bytes()).code(b"");
        }
    }
}
