//! Numbers that a reader sees though the text has something else: written from right to left, in base64, quoted-printable or UTF-7.

use super::Seen;
use super::disguise::Usual;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest part of a text that is turned or decoded.
const LONGEST: usize = 4_000;

static FINDERS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["\u{202E}", "<bdo", "bidi-override"].map(Finder::new));

/// Finds numbers in all of these.
pub(super) fn scan(text: &str, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    if text.len() < 14 {
        return;
    }
    for (which, finder) in FINDERS.iter().enumerate() {
        let mut done = 0;
        for at in finder.find_iter(text.as_bytes()) {
            if at < done {
                continue;
            }
            let Some(part) = (if which == 0 { overridden(text, at + 3) } else { element(text, at, which == 1) }) else { continue };
            done = part.end;
            let turned: String = text[part.clone()].chars().rev().collect();
            whole(&turned, part, usual, found);
        }
    }
    coded(text, usual, found);
    seven(text, usual, found);
}

/// `+ADEAMwA4-…`: eleven digits in UTF-7 are thirty signs.
fn seven(text: &str, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr_iter(b'+', b) {
        if at < done {
            continue;
        }
        let n = super::utf7::run(b, at);
        done = at + 1 + n;
        if n >= 28
            && let Some(plain) = super::utf7::said(&b[at + 1..done])
        {
            whole(&plain, at..done, usual, found);
        }
    }
}

/// What is told of a part of a text that stands for another: the number in it, at the place of the part.
fn whole(plain: &str, part: Range<usize>, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    let mut first: Option<Seen> = None;
    usual(plain, &mut |s| {
        if !s.glued && !s.weak && first.as_ref().is_none_or(|f| s.kind < f.kind) {
            first = Some(s);
        }
    });
    if let Some(s) = first {
        found(Seen { at: part, bare: false, among: false, ..s });
    }
}

/// Up to the sign that ends it, or the end of the line.
fn overridden(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = &text[from..super::around::floor(text, (from + 200).min(text.len()))];
    let end = rest.find(['\u{202C}', '\n']).unwrap_or(rest.len());
    (end >= 11).then_some(from..from + end)
}

/// What an element holds whose attributes turn it: `<bdo dir="rtl">…</bdo>`, `style="unicode-bidi: bidi-override; direction: rtl"`.
fn element(text: &str, at: usize, named: bool) -> Option<Range<usize>> {
    let rest = &text[at..super::around::floor(text, (at + 600).min(text.len()))];
    let open = rest.find('>')?;
    if named && !rest[..open].to_ascii_lowercase().contains("rtl") {
        return None;
    }
    let inner = &rest[open + 1..];
    let end = inner.find('<').unwrap_or(inner.len());
    (end >= 11).then_some(at + open + 1..at + open + 1 + end)
}

/// The bytes that signs of base64 stand for.
fn base64(b: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut n) = (Vec::with_capacity(b.len() / 4 * 3), 0u32, 0);
    for c in b {
        let v = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => return None,
        };
        (bits, n) = (bits << 6 | u32::from(v), n + 6);
        if n >= 8 {
            n -= 8;
            out.push((bits >> n & 0xFF) as u8);
        }
    }
    Some(out)
}

/// `MTM4NTc0ODc4MTQ=` and what follows `base64,`; `=31=33=38…` in cards and messages.
fn coded(text: &str, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let sign = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/');
    let mut done = 0;
    // Padding tells base64 from a word; where there is none, its name does.
    for at in memchr::memchr2_iter(b'=', b',', b) {
        if at < done {
            continue;
        }
        let part = if b[at] == b',' {
            if !b[..at].ends_with(b"base64") {
                continue;
            }
            let n = b[at + 1..].iter().take(LONGEST).take_while(|c| sign(c) || **c == b'=').count();
            at + 1..at + 1 + n
        } else if b[at + 1..].len() >= 33 && b[at + 1] == b'3' && b[at + 3] == b'=' {
            // Eleven digits, each of three signs.
            let n = b[at..].chunks_exact(3).take(200).take_while(|c| c[0] == b'=' && c[1] == b'3' && c[2].is_ascii_digit()).count();
            done = at + n * 3;
            let digits: String = b[at..done].chunks_exact(3).map(|c| c[2] as char).collect();
            if n >= 11 {
                whole(&digits, at..done, usual, found);
            }
            continue;
        } else {
            // Most signs of equality stand behind a short name.
            let n = b[done..at].iter().rev().take(LONGEST).take_while(|c| sign(c)).count();
            let pad = b[at..].iter().take(2).take_while(|c| **c == b'=').count();
            if n < 14 || (n + pad) % 4 != 0 {
                continue;
            }
            at - n..at + pad
        };
        done = done.max(part.end);
        if part.len() < 15 {
            continue;
        }
        // Only what is a text says anything.
        if let Some(plain) = base64(&b[part.clone()]).and_then(|p| String::from_utf8(p).ok()) {
            whole(&plain, part, usual, found);
        }
    }
}
