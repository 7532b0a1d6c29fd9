//! The encoding of text that is no valid UTF-8, from its bytes.
//!
//! One broken byte must not change what thousands of lines are: lines that an encoding does not know are left aside, the
//! others are asked again, and if nearly all lines agree it is that one. A control character that no text has speaks
//! against an encoding as a broken byte does.

use super::encoded::{Encoded, sound};
use super::scripts::{self, Utf8};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_15, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Most bytes of lines that are looked at as a short text, and most that are looked at at all.
const SHORT: usize = 1 << 16;
const LONG: usize = 1 << 20;

/// Whole lines with bytes beyond ASCII, while they are few.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    carry: Vec<u8>,
    /// Not all of them are kept.
    more: bool,
}

impl Lines {
    fn feed(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            self.carry.extend_from_slice(line);
            if line.ends_with(b"\n") || self.carry.len() > LONG {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.carry);
        if line.is_ascii() {
            return;
        }
        self.more |= self.bytes.len() + line.len() > LONG;
        if !self.more {
            self.bytes.extend_from_slice(&line);
        }
    }
}

/// The encoding of text that is not valid UTF-8, from as much of it as `rest` gives. Where nearly all of it is UTF-8, it
/// is UTF-8 with broken places.
pub fn guess(head: &[u8], rest: &mut dyn FnMut() -> Option<Vec<u8>>, languages: &[String]) -> Encoded {
    let mut d = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let (mut utf8, mut lines) = (Utf8::default(), Lines::default());
    let mut feed = |bytes: &[u8]| {
        d.feed(bytes, false);
        utf8.feed(bytes, false);
        lines.feed(bytes);
    };
    feed(head);
    while let Some(more) = rest() {
        feed(&more);
    }
    lines.end();
    d.feed(&[], true);
    utf8.feed(&[], true);
    if utf8.nearly() {
        return Encoded { encoding: None, mark: 0, certain: true, doubtful: false };
    }
    let (mut e, mut doubtful) = word(&d, &lines.bytes, lines.more, languages);
    let all: Vec<&[u8]> = lines.bytes.split_inclusive(|b| *b == b'\n').collect();
    if !all.is_empty()
        && let Some(other) = without_broken(&all, e, languages)
    {
        (e, doubtful) = (other, true);
    }
    // Japanese and Korean are Chinese of rare characters, byte by byte; a long text shows it.
    if e == GB18030
        && let Some(other) = [EUC_KR, EUC_JP].into_iter().find(|w| speaks_for(&all, w))
    {
        (e, doubtful) = (other, true);
    }
    // Korean too short to show it: every character would be of the first half of those that Chinese has.
    doubtful |= e == GB18030 && hangul(&lines.bytes);
    if !lines.more
        && let Some(weighed) = super::pairs::weighed(&lines.bytes, e, doubtful)
    {
        (e, doubtful) = weighed;
    }
    // `¤` is written nowhere, and `€` is; bytes of windows-1252 alone say that it is no ISO 8859.
    let own = |b: &u8| (0x80..=0x9F).contains(b);
    if e == WINDOWS_1252 && lines.bytes.contains(&0xA4) && !lines.bytes.iter().any(own) {
        (e, doubtful) = (ISO_8859_15, true);
    }
    Encoded { encoding: Some(e).filter(|e| *e != UTF_8), mark: 0, certain: false, doubtful }
}

fn known(e: &'static Encoding) -> &'static Encoding {
    if e == GBK { GB18030 } else { e }
}

/// What the detector says, and for a short text its script and the languages of the site; and whether that is in doubt.
fn word(d: &chardetng::EncodingDetector, lines: &[u8], more: bool, languages: &[String]) -> (&'static Encoding, bool) {
    let country = languages.first().and_then(|l| scripts::country(l));
    let first = known(d.guess(None, chardetng::Utf8Detection::Allow));
    let beyond = lines.iter().filter(|b| !b.is_ascii()).count();
    if !more && lines.len() <= SHORT && beyond < scripts::ENOUGH {
        let hinted = known(d.guess(country, chardetng::Utf8Detection::Allow));
        scripts::best(lines, first, hinted, languages)
    } else {
        let some = &lines[..lines.len().min(SHORT)];
        let end = some.iter().rposition(|b| *b == b'\n').map_or(some.len(), |i| i + 1);
        (first, scripts::quality(&some[..end], first).is_none_or(|q| q < scripts::FAIR))
    }
}

/// Whether all that is not ASCII may be Hangul in EUC-KR, and is enough to be no chance.
fn hangul(lines: &[u8]) -> bool {
    let (mut i, mut pairs) = (0, 0);
    while let Some(b) = lines.get(i) {
        if b.is_ascii() {
            i += 1;
        } else if matches!((b, lines.get(i + 1)), (0xB0..=0xC8, Some(0xA1..=0xFE))) {
            (i, pairs) = (i + 2, pairs + 1);
        } else {
            return false;
        }
    }
    pairs >= 12
}

/// Whether nearly all lines are good in an encoding, and Chinese only of characters that nobody writes.
fn speaks_for(all: &[&[u8]], e: &'static Encoding) -> bool {
    let clean: Vec<u8> = all.iter().filter(|l| sound(l, e)).flat_map(|l| l.iter().copied()).take(SHORT).collect();
    let bad = all.iter().filter(|l| !sound(l, e)).count();
    let end = clean.iter().rposition(|b| *b == b'\n').map_or(clean.len(), |i| i + 1);
    (bad * 20 <= all.len() || (bad == 1 && all.len() >= 3))
        && scripts::rare(&clean[..end])
        && scripts::quality(&clean[..end], e).is_some_and(|q| q > scripts::SURE)
}

/// Another encoding than was guessed, for which nearly all lines speak once the broken ones are left aside.
fn without_broken(all: &[&[u8]], guessed: &'static Encoding, languages: &[String]) -> Option<&'static Encoding> {
    let few = |bad: usize| bad * 20 <= all.len() || (bad == 1 && all.len() >= 3);
    let bad = |e: &'static Encoding| all.iter().filter(|l| !sound(l, e)).count();
    // How well an encoding fits what is sound in it.
    let worth = |e: &'static Encoding, bad: usize| {
        let clean: Vec<u8> = all.iter().filter(|l| sound(l, e)).flat_map(|l| l.iter().copied()).take(SHORT).collect();
        let end = clean.iter().rposition(|b| *b == b'\n').map_or(clean.len(), |i| i + 1);
        scripts::quality(&clean[..end], e).map_or(-1.0, |q| q - bad as f64 / all.len() as f64 - if e == MACINTOSH { 0.5 } else { 0.0 })
    };
    let now = bad(guessed);
    let mut best = (if few(now) { worth(guessed, now) } else { -1.0 } + 0.05, None);
    for w in [GB18030, BIG5, SHIFT_JIS, EUC_KR, EUC_JP, WINDOWS_1252] {
        let n = bad(w);
        if n == 0 || !few(n) {
            continue;
        }
        let mut d = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        let clean: Vec<u8> = all.iter().filter(|l| sound(l, w)).flat_map(|l| l.iter().copied()).collect();
        d.feed(&clean, true);
        let (e, _) = word(&d, &clean, false, languages);
        let n = bad(e);
        let value = worth(e, n);
        if e != guessed && few(n) && value > best.0 {
            best = (value, Some(e));
        }
    }
    best.1
}

/// Japanese in the seven bits of ISO-2022-JP, which are valid ASCII: signs that turn to two bytes a character and back.
pub(super) fn seven_bits(head: &[u8]) -> bool {
    let has = |m: &[u8]| memchr::memmem::find(head, m).is_some();
    head.is_ascii() && (has(b"\x1b$B") || has(b"\x1b$@")) && (has(b"\x1b(B") || has(b"\x1b(J"))
}

/// UTF-16 without a mark: half of its ASCII is zero bytes, and read so it is writing.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    if head.len() < 4 || !head.contains(&0) {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even == odd {
        return None;
    }
    let e = if odd > even { UTF_16LE } else { UTF_16BE };
    if even.max(odd) * 10 >= head.len().div_ceil(2) * 3 && even.min(odd) * 4 < even.max(odd) {
        return Some(e);
    }
    // Mostly other scripts: ends of lines and commas have their zeros, and the rest is letters of few scripts.
    let (text, _) = e.decode_without_bom_handling(&head[..head.len() & !1]);
    let (mut n, mut good, mut lines) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        n += 1;
        lines += usize::from(c == '\n' || c == '\r');
        good += usize::from(
            matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{370}'..='\u{6ff}' | '\u{900}'..='\u{dff}' | '\u{e00}'..='\u{e7f}' | '\u{2010}'..='\u{206f}'
                | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}'),
        );
    }
    (lines > 0 && good * 50 >= n * 49).then_some(e)
}
