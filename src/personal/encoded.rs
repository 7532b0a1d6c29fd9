//! Numbers in addresses, written as browsers read them: `?q=%31%33%38…`, `tel:%2B86138…`, `?wd=138+1234+5678`.

use super::Seen;
use super::disguise::Usual;

/// Longest address that is read.
const LONGEST: usize = 4_000;

/// Whether a byte ends an address.
fn ends(c: u8) -> bool {
    c >= 0x80 || c <= b' ' || matches!(c, b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'|' | b'`' | b'{' | b'}')
}

fn hex(b: &[u8], i: usize) -> Option<u8> {
    let digit = |c: u8| (c as char).to_digit(16).map(|d| d as u8);
    if b.get(i) != Some(&b'%') {
        return None;
    }
    Some(digit(*b.get(i + 1)?)? * 16 + digit(*b.get(i + 2)?)?)
}

/// The text that an address stands for, and the place that each byte of it has there (and one more: the end).
pub(super) fn decoded(text: &str) -> Option<(String, Vec<usize>)> {
    let mut bytes = text.as_bytes().to_vec();
    let mut places: Vec<usize> = (0..=bytes.len()).collect();
    // What was encoded twice is read by the page that is asked.
    for _ in 0..2 {
        let (mut out, mut from) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(places.len()));
        let (mut i, mut query, mut any) = (0, false, false);
        while let Some(&c) = bytes.get(i) {
            from.push(places[i]);
            query |= c == b'?';
            let (c, n) = match hex(&bytes, i) {
                Some(c) => (c, 3),
                None if c == b'+' && query => (b' ', 1),
                None => (c, 1),
            };
            any |= n == 3 || c != bytes[i];
            out.push(c);
            i += n;
        }
        from.push(places[bytes.len()]);
        (bytes, places) = (out, from);
        if !any {
            break;
        }
    }
    // Bytes that are no text part what stands beside them.
    let plain = match String::from_utf8(bytes) {
        Ok(t) => t,
        Err(e) => e.into_bytes().iter().map(|c| if c.is_ascii() { *c as char } else { '|' }).collect(),
    };
    (plain != text).then_some((plain, places))
}

/// Finds the numbers of addresses that other searches do not read.
pub(super) fn scan(text: &str, usual: &Usual<'_>, found: &mut dyn FnMut(Seen)) {
    let b = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'%', b'+', b) {
        if at < done || b[at] == b'%' && hex(b, at).is_none() || b[at] == b'+' && !b.get(at + 1).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        let from = b[done..at].iter().rposition(|c| ends(*c)).map_or(done, |i| done + i + 1);
        let to = at + b[at..].iter().position(|c| ends(*c)).unwrap_or(b.len() - at);
        done = to;
        // Eleven digits; a sum (138+1234) is no address.
        if !(11..=LONGEST).contains(&(to - from)) || b[at] == b'+' && !b[from..at].contains(&b'?') {
            continue;
        }
        let token = &text[from..to];
        let Some((plain, places)) = decoded(token) else { continue };
        let mut told = Vec::new();
        usual(token, &mut |s| {
            if !s.glued {
                told.push(s.at);
            }
        });
        let address = token.contains([':', '/', '=', '?']) || text[..from].ends_with(['(', '"', '\'', '<']);
        usual(&plain, &mut |s| {
            let place = places[s.at.start]..places[s.at.end];
            // `33%38%41%` are shares: outside an address each sign is encoded.
            let sound = address || place.len() == 3 * s.at.len();
            if sound && !told.iter().any(|t| t.start < place.end && place.start < t.end) {
                found(Seen { at: from + place.start..from + place.end, bare: place.len() == text.len(), ..s });
            }
        });
    }
}
