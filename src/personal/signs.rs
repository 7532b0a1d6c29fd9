//! Digits as they may be written, and what may stand between two of them without parting them for a reader.

pub(super) const DIGIT: u8 = 1;
pub(super) const WIDE: u8 = 2;
pub(super) const UPPER: u8 = 3;
pub(super) const LOWER: u8 = 4;

pub(super) static CLASS: [u8; 256] = {
    let mut t = [0; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = match i as u8 {
            b'0'..=b'9' => DIGIT,
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            // A full-width digit or letter, a digit of another script, or one written as `&#49;` or `\u0031`.
            0xEF | b'&' | b'\\' | 0xD9 | 0xDB | 0xE0 | 0xE1 | 0xF0 => WIDE,
            _ => 0,
        };
        i += 1;
    }
    t
};

/// A digit of the text, of any script and width or written by its number, and its length in bytes.
pub(super) fn digit(b: &[u8], i: usize) -> Option<(u8, usize)> {
    let c = *b.get(i)?;
    if c.is_ascii_digit() {
        return Some((c - b'0', 1));
    }
    if CLASS[c as usize] != WIDE {
        return None;
    }
    let at = |k: usize| b.get(i + k).copied().unwrap_or(0);
    let of = |last: u8, zero: u8, len: usize| last.checked_sub(zero).filter(|d| *d < 10).map(|d| (d, len));
    match (c, at(1), at(2)) {
        (0xEF, 0xBC, l) => of(l, 0x90, 3),
        // Arabic, Persian
        (0xD9, l, _) => of(l, 0xA0, 2),
        (0xDB, l, _) => of(l, 0xB0, 2),
        // The scripts of India, Thai and Lao, Tibetan, Burmese, Khmer, Mongolian
        (0xE0, 0xA5 | 0xA7 | 0xA9 | 0xAB | 0xAD | 0xAF | 0xB1 | 0xB3 | 0xB5, l) => of(l, 0xA6, 3),
        (0xE0, 0xB9 | 0xBB, l) => of(l, 0x90, 3),
        (0xE0, 0xBC, l) => of(l, 0xA0, 3),
        (0xE1, 0x81, l) => of(l, 0x80, 3),
        (0xE1, 0x9F, l) => of(l, 0xA0, 3),
        (0xE1, 0xA0, l) => of(l, 0x90, 3),
        // 𝟎 to 𝟿, five faces of ten digits
        (0xF0, 0x9D, 0x9F) => at(3).checked_sub(0x8E).filter(|d| *d < 50).map(|d| (d % 10, 4)),
        (b'&', b'#', _) => entity(b, i).and_then(|(c, n)| value(c).map(|d| (d, n))),
        (b'\\', b'u' | b'x' | b'U', _) => escape(b, i).and_then(|(c, n)| value(c).map(|d| (d, n))),
        _ => None,
    }
}

/// The value of a digit that was written by its number.
fn value(c: char) -> Option<u8> {
    let mut buf = [0; 4];
    let s = c.encode_utf8(&mut buf).as_bytes();
    if matches!(s[0], b'&' | b'\\') { None } else { digit(s, 0).map(|(d, _)| d) }
}

/// A letter of the text of either width, as a capital, whether it was one, and its length in bytes.
pub(super) fn letter(b: &[u8], i: usize) -> Option<(u8, bool, usize)> {
    match *b.get(i)? {
        c @ b'A'..=b'Z' => Some((c, true, 1)),
        c @ b'a'..=b'z' => Some((c - 32, false, 1)),
        0xEF => match (b.get(i + 1)?, *b.get(i + 2)?) {
            (0xBC, c @ 0xA1..=0xBA) => Some((c - 0xA1 + b'A', true, 3)),
            (0xBD, c @ 0x81..=0x9A) => Some((c - 0x81 + b'A', false, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// A character written by its number, `&#49;` or `&#x31;`, and the length of that.
fn entity(b: &[u8], i: usize) -> Option<(char, usize)> {
    let hex = matches!(b.get(i + 2), Some(b'x' | b'X'));
    let from = i + 2 + usize::from(hex);
    let n = b.get(from..)?.iter().take(9).take_while(|c| if hex { c.is_ascii_hexdigit() } else { c.is_ascii_digit() }).count();
    let number = std::str::from_utf8(b.get(from..from + n)?).ok().and_then(|t| u32::from_str_radix(t, if hex { 16 } else { 10 }).ok())?;
    // Browsers do without the semicolon.
    let end = from + n + usize::from(b.get(from + n) == Some(&b';'));
    Some((char::from_u32(number)?, end - i))
}

/// A character written as in JSON, YAML and programs: `\u0031`, `\x31`, `\U00000031`.
fn escape(b: &[u8], i: usize) -> Option<(char, usize)> {
    let n = match b.get(i + 1)? {
        b'u' => 4,
        b'x' => 2,
        b'U' => 8,
        _ => return None,
    };
    let hex = b.get(i + 2..i + 2 + n).filter(|h| h.iter().all(u8::is_ascii_hexdigit))?;
    Some((char::from_u32(u32::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?)?, n + 2))
}

/// An `X` that ends an identity number, or a sign that looks like one (Cyrillic, Greek, a sign of multiplication), and its length.
pub(super) fn ex(b: &[u8], i: usize) -> Option<usize> {
    let like = |c: char| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | 'Х' | 'х' | 'Χ' | 'χ' | '×');
    let n = match b.get(i)? {
        b'X' | b'x' => 1,
        b'&' if b.get(i + 1) == Some(&b'#') => entity(b, i).filter(|(c, _)| like(*c)).map(|(_, n)| n)?,
        b'&' if b[i..].starts_with(b"&times;") => 7,
        b'\\' => escape(b, i).filter(|(c, _)| like(*c)).map(|(_, n)| n)?,
        0xD0 if b.get(i + 1) == Some(&0xA5) => 2,
        0xD1 if b.get(i + 1) == Some(&0x85) => 2,
        0xCE if b.get(i + 1) == Some(&0xA7) => 2,
        0xCF if b.get(i + 1) == Some(&0x87) => 2,
        0xC3 if b.get(i + 1) == Some(&0x97) => 2,
        0xE2 if matches!(b.get(i + 1..i + 3), Some([0x85, 0xA9 | 0xB9] | [0x9C, 0x95 | 0x96] | [0x95, 0xB3])) => 3,
        0xEF if matches!(b.get(i + 1..i + 3), Some([0xBC, 0xB8] | [0xBD, 0x98])) => 3,
        _ => return None,
    };
    (!b.get(i + n).is_some_and(|c| c.is_ascii_alphanumeric())).then_some(n)
}

/// What may stand between two digits of one number, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    /// Nothing that is seen: zero-width characters.
    Hidden,
    /// Markup: a reader sees the digits beside each other, though they may be two figures: `13812345678<sup>1</sup>`.
    Markup,
    /// A blank or hyphen.
    Shown,
    /// The end of a line.
    Break,
}

impl Gap {
    /// A figure may begin or end here.
    pub(super) fn edge(self) -> bool {
        self >= Gap::Markup
    }
}

/// Blanks, dashes and hidden characters that HTML has names for.
static NAMED: &[(&str, char)] = &[
    ("&nbsp;", ' '),
    ("&ensp;", ' '),
    ("&emsp;", ' '),
    ("&emsp13;", ' '),
    ("&emsp14;", ' '),
    ("&numsp;", ' '),
    ("&puncsp;", ' '),
    ("&thinsp;", ' '),
    ("&hairsp;", ' '),
    ("&tab;", ' '),
    ("&hyphen;", '-'),
    ("&dash;", '-'),
    ("&ndash;", '-'),
    ("&mdash;", '-'),
    ("&minus;", '-'),
    ("&shy;", '\u{AD}'),
    ("&zwnj;", '\u{200C}'),
    ("&zwj;", '\u{200D}'),
    ("&lrm;", '\u{200E}'),
    ("&rlm;", '\u{200F}'),
    ("&zerowidthspace;", '\u{200B}'),
    ("&nobreak;", '\u{2060}'),
    ("&af;", '\u{2061}'),
    ("&it;", '\u{2062}'),
    ("&ic;", '\u{2063}'),
];

/// What a character between two digits is.
fn between(c: char) -> Option<Gap> {
    Some(match c {
        ' ' | '\t' | '-' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{2010}'..='\u{2015}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FF0D}' | '\u{2212}' => {
            Gap::Shown
        }
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{34F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{FFA0}'
        | '\u{E0020}'..='\u{E007F}'
        | '\u{61C}'
        | '\u{180E}' => Gap::Hidden,
        // Marks over, through or around the digit before.
        '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20F0}' | '\u{FE00}'..='\u{FE0F}' => Gap::Hidden,
        _ => return None,
    })
}

/// Most tags between two digits.
const TAGS: usize = 40;

/// Passes over what may stand between two digits; gives the place after it.
pub(super) fn gap(b: &[u8], mut i: usize) -> (Gap, usize) {
    let (mut gap, mut shown, mut marks, mut tags, mut lines) = (Gap::None, 0, 0, 0, 0);
    let (mut dashes, mut links) = (0, 0);
    while let Some(&c) = b.get(i) {
        let found = match c {
            b' ' | b'-' => Some((Gap::Shown, 1)),
            // One mark more may be the star of a masked number.
            b'*' | b'_' | b'`' => {
                marks += 1;
                (marks <= 3).then_some((Gap::Markup, 1))
            }
            b'~' if b.get(i + 1) == Some(&b'~') => Some((Gap::Markup, 2)),
            b'\\' => match escape(b, i).map(|(c, n)| (between(c), n)) {
                Some((Some(g), n)) => Some((g, n)),
                _ if matches!(b.get(i + 1), Some(b'-' | b'_' | b'*')) => Some((Gap::Hidden, 1)),
                _ => None,
            },
            b'&' if b.get(i + 1) == Some(&b'#') => entity(b, i).and_then(|(c, n)| Some((between(c)?, n))),
            b'&' => NAMED
                .iter()
                .find(|(w, _)| b.get(i..i + w.len()).is_some_and(|t| t.eq_ignore_ascii_case(w.as_bytes())))
                .and_then(|(w, c)| Some((between(*c)?, w.len()))),
            b'<' => tag(b, i).filter(|_| tags < TAGS),
            // As many as of tags: a text of footnotes alone would be passed over again from each of its digits.
            b'[' | b']' | b'!' => link(b, i).filter(|_| links < TAGS),
            // In HTML a line may end between two pieces of a sentence.
            b'\n' | b'\r' | b'\t' if tags > 0 && b[i - 1] != b'\n' => {
                let n = b[i..].iter().take(80).take_while(|c| matches!(c, b'\n' | b'\r' | b' ' | b'\t')).count();
                Some((Gap::Shown, n))
            }
            // Han, and all else that begins so: it is no sign between digits.
            0xE4..=0xEE => None,
            0x80.. => std::str::from_utf8(&b[i..(i + 4).min(b.len())])
                .map_or_else(|e| std::str::from_utf8(&b[i..i + e.valid_up_to()]).ok(), Some)
                .and_then(|t| t.chars().next())
                .and_then(|c| Some((between(c)?, c.len_utf8()))),
            _ => None,
        };
        let Some((kind, len)) = found else { break };
        // A line of dashes is one: `138————5713`.
        let dash = |w: &[u8]| matches!(w, b"-" | [0xE2, 0x80, 0x90..=0x95] | [0xEF, 0xBC, 0x8D]);
        let on = i >= len && dash(&b[i..i + len]) && b[i - len..i] == b[i..i + len];
        dashes += usize::from(on);
        shown += usize::from(kind == Gap::Shown && !(on && dashes <= 8));
        lines += usize::from(kind == Gap::Break);
        tags += usize::from(c == b'<');
        links += usize::from(matches!(c, b'[' | b']' | b'!'));
        if shown > 3 || lines > 1 {
            break;
        }
        gap = gap.max(kind);
        i += len;
    }
    (gap, i)
}

/// Elements of HTML within which a line goes on.
static INLINE: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "ins",
    "kbd",
    "label",
    "mark",
    "nobr",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tspan",
    "tt",
    "u",
    "var",
    "wbr",
    "text:span",
    "text:s",
];

/// A tag that does not end a line, a comment, or a line break, and its length.
fn tag(b: &[u8], i: usize) -> Option<(Gap, usize)> {
    let rest = &b[i..b.len().min(i + 400)];
    if rest.starts_with(b"<!--") {
        let long = &b[i..b.len().min(i + 2_000)];
        return memchr::memmem::find(&long[4..], b"-->").map(|n| (Gap::Markup, n + 7));
    }
    let from = 1 + usize::from(rest.get(1) == Some(&b'/'));
    let n = rest.get(from..)?.iter().take(14).take_while(|c| c.is_ascii_alphanumeric() || **c == b':').count();
    let name = std::str::from_utf8(&rest[from..from + n]).ok()?;
    let (mut end, mut quote) = (from + n, 0u8);
    loop {
        match *rest.get(end)? {
            b'>' if quote == 0 => break,
            c @ (b'"' | b'\'') if quote == 0 => quote = c,
            c if c == quote => quote = 0,
            b'<' if quote == 0 => return None,
            _ => {}
        }
        end += 1;
    }
    // How a word is read is no part of it.
    if from == 1 && [&b"rt"[..], b"rp", b"rtc"].iter().any(|t| t.eq_ignore_ascii_case(name.as_bytes())) {
        return Some((Gap::Markup, end + reading(&rest[end..])?));
    }
    let kind = if name.eq_ignore_ascii_case("br") {
        Gap::Break
    } else if INLINE.iter().any(|t| t.eq_ignore_ascii_case(name)) || run_of_office(name) {
        Gap::Markup
    } else {
        return None;
    };
    Some((kind, end + 1))
}

/// The length of how a word is read, with its end if it is written: the next part of the word, or its end, ends it too.
fn reading(b: &[u8]) -> Option<usize> {
    let at = |n: usize, tags: &[&str]| {
        let rest = &b[n..];
        tags.iter().find(|t| rest.get(..t.len()).is_some_and(|r| r.eq_ignore_ascii_case(t.as_bytes()))).map(|t| t.len())
    };
    memchr::memchr_iter(b'<', b).find_map(|n| match at(n, &["</rt>", "</rp>", "</rtc>"]) {
        Some(len) => Some(n + len),
        None => at(n, &["</ruby", "<rb", "<rt", "<rp"]).map(|_| n),
    })
}

/// Elements of Word and PowerPoint that part the runs of a paragraph.
fn run_of_office(name: &str) -> bool {
    name.strip_prefix("w:").or_else(|| name.strip_prefix("a:")).is_some_and(|n| !matches!(n, "p" | "tc" | "tr" | "tbl" | "tab" | "br" | "body" | "txBody"))
}

/// A part of a link of Markdown that is not seen: `[`, `](address)`, `][name]`, `[^1]`.
fn link(b: &[u8], i: usize) -> Option<(Gap, usize)> {
    let rest = &b[i..b.len().min(i + 400)];
    let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
    let n = match line {
        [b'!', b'[', ..] => link(b, i + 1).map(|(_, n)| n + 1)?,
        [b'[', b'^', ..] => memchr::memchr(b']', line)? + 1,
        [b'[', ..] => {
            let close = memchr::memchr(b']', &line[..line.len().min(60)])?;
            matches!(line.get(close + 1), Some(b'(' | b'[')).then_some(1)?
        }
        [b']', b'(', ..] => memchr::memchr(b')', line)? + 1,
        [b']', b'[', ..] => memchr::memchr(b']', &line[1..])? + 2,
        _ => return None,
    };
    Some((Gap::Markup, n))
}

/// Where a number goes on in the next line: the place of its next digit.
pub(super) fn next_line(b: &[u8], end: usize) -> Option<usize> {
    let mut i = end + b[end..].iter().take(8).take_while(|c| matches!(c, b' ' | b'\t' | b'\\' | b'\r')).count();
    if b.get(i) != Some(&b'\n') {
        return None;
    }
    i += 1;
    i += b[i..].iter().take(60).take_while(|c| matches!(c, b' ' | b'\t' | b'>')).count();
    while b[i..].starts_with("\u{3000}".as_bytes()) {
        i += 3;
    }
    // `138-5713`, `-6642`: the hyphen came with the second line.
    if b.get(i) == Some(&b'-') && b[end.saturating_sub(6)..end].contains(&b'-') {
        i += 1;
    }
    digit(b, i).map(|_| i)
}

/// A text without the markup within its lines.
pub(super) fn unmarked(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return text.into();
    }
    let b = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut i, mut from) = (0, 0);
    while let Some(at) = memchr::memchr2(b'<', b'&', &b[i..]).map(|k| i + k) {
        let skip = if b[at] == b'<' {
            tag(b, at).map(|(_, n)| n)
        } else if b.get(at + 1) == Some(&b'#') {
            entity(b, at).map(|(c, n)| {
                out.push_str(&text[from..at]);
                out.push(c);
                from = at + n;
                n
            })
        } else {
            NAMED.iter().find(|(w, _)| b[at..].starts_with(w.as_bytes())).map(|(w, _)| w.len())
        };
        match skip {
            Some(n) => {
                if from <= at {
                    out.push_str(&text[from..at]);
                }
                (i, from) = (at + n, at + n);
            }
            None => i = at + 1,
        }
    }
    out.push_str(&text[from..]);
    out.into()
}
