//! Base64 in texts.

/// Fewest signs of base64 in a row that hold more than a key or a checksum.
const CODED: usize = 400;

/// Whether a text has another file in it as base64, as messages, certificates and pages with pictures do: what that says is not seen.
pub fn coded(b: &[u8]) -> bool {
    let sign = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'/' | b'=' | b'-' | b'_');
    let wide = |c: u8| sign(c) || matches!(c, b'\n' | b'\r');
    let mut k = CODED / 2;
    while k < b.len() {
        if !wide(b[k]) {
            k += CODED / 2;
            continue;
        }
        let from = b[..k].iter().rposition(|c| !wide(*c)).map_or(0, |i| i + 1);
        let end = k + b[k..].iter().position(|c| !wide(*c)).unwrap_or(b.len() - k);
        let part = &b[from..end];
        let lines = || part.split(|c| matches!(c, b'\n' | b'\r')).filter(|l| !l.is_empty());
        // Lines of one width, the first and last perhaps shorter; columns of names and figures have none.
        let width = lines().map(<[u8]>::len).max().unwrap_or(0);
        let whole: usize = lines().map(<[u8]>::len).filter(|n| *n == width).sum();
        let mixed = [u8::is_ascii_digit, u8::is_ascii_lowercase, u8::is_ascii_uppercase].iter().all(|is| part.iter().any(is));
        if width >= 40 && mixed && (width >= CODED || whole + 2 * width >= CODED && whole * 10 >= part.len() * 6 && whole > CODED / 2) {
            return true;
        }
        k = end.max(k) + CODED / 2;
    }
    false
}
