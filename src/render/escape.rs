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

/// Bytes that [`xml`] looks at: markup, quotes, controls, and the first of U+FFFE and U+FFFF.
static LOOKED_AT: [bool; 256] = {
    let mut t = [false; 256];
    let mut i = 0;
    while i < 32 {
        t[i] = !matches!(i as u8, b'\t' | b'\n' | b'\r');
        i += 1;
    }
    (t[b'&' as usize], t[b'<' as usize], t[b'>' as usize], t[b'"' as usize], t[0xEF]) = (true, true, true, true, true);
    t
};

/// Escapes text for XML; characters that XML 1.0 does not allow become U+FFFD.
pub fn xml(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut from) = (0, 0);
    // What stands between is copied as it is.
    while let Some(at) = bytes[from..].iter().position(|b| LOOKED_AT[*b as usize]).map(|p| p + from) {
        from = at + 1;
        let (put, taken) = match bytes[at] {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            0xEF if !matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => continue,
            0xEF => ("\u{FFFD}", 3),
            _ => ("\u{FFFD}", 1),
        };
        out.push_str(&text[copied..at]);
        out.push_str(put);
        copied = at + taken;
        from = copied;
    }
    out.push_str(&text[copied..]);
    out
}
