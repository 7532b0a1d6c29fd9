//! Text made safe for HTML.

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
