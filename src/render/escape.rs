//! Text made safe for HTML and for XML.

/// Bytes that [`escape_into`] replaces: markup, quotes, and characters that HTML and XML do not allow.
static SPECIAL: [bool; 256] = {
    let mut t = [false; 256];
    let mut i = 0;
    while i < 32 {
        t[i] = !matches!(i as u8, b'\t' | b'\n' | b'\r');
        i += 1;
    }
    (t[b'&' as usize], t[b'<' as usize], t[b'>' as usize], t[b'"' as usize], t[b'\'' as usize], t[127]) = (true, true, true, true, true, true);
    t
};

/// Escapes text for HTML content and double-quoted attributes.
pub fn escape_into(out: &mut String, t: &str) {
    let mut rest = t;
    while let Some(i) = rest.bytes().position(|b| SPECIAL[b as usize]) {
        out.push_str(&rest[..i]);
        out.push_str(match rest.as_bytes()[i] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "\u{FFFD}",
        });
        rest = &rest[i + 1..];
    }
    out.push_str(rest);
}

/// Escapes text for XML; characters that XML 1.0 does not allow become U+FFFD.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    // What stands between is copied as it is. U+FFFE and U+FFFF begin with EF BF.
    for (at, b) in text.bytes().enumerate() {
        let (put, taken) = match b {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\t' | b'\n' | b'\r' => continue,
            ..b' ' => ("\u{FFFD}", 1),
            0xEF if matches!(text.as_bytes().get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => ("\u{FFFD}", 3),
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(put);
        copied = at + taken;
    }
    out.push_str(&text[copied..]);
    out
}
