//! Texts in UTF-7 (RFC 2152): all that is not ASCII stands as base64 of UTF-16 between `+` and `-`.

/// Longest run that is decoded, in bytes.
const LONGEST: usize = 100_000;

fn sign(c: u8) -> Option<u32> {
    Some(u32::from(match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// The length of the signs of base64 behind a `+`.
pub(super) fn run(b: &[u8], plus: usize) -> usize {
    b[plus + 1..].iter().take(LONGEST).take_while(|c| sign(**c).is_some()).count()
}

/// What a run of base64 says, where it is whole characters that a Chinese text has.
pub(super) fn said(run: &[u8]) -> Option<String> {
    let (mut units, mut bits, mut n) = (Vec::with_capacity(run.len() * 3 / 8), 0u32, 0);
    for c in run {
        (bits, n) = (bits << 6 | sign(*c)?, n + 6);
        if n >= 16 {
            n -= 16;
            units.push((bits >> n & 0xFFFF) as u16);
        }
    }
    // What is left over are bits that fill up the last sign.
    if units.is_empty() || n >= 6 || bits & ((1 << n) - 1) != 0 {
        return None;
    }
    let text = String::from_utf16(&units).ok()?;
    let usual = |c: char| {
        matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '\u{B7}' | '\u{2010}'..='\u{2030}' | '\u{2600}'..='\u{26FF}' | '\u{25A0}'..='\u{25FF}') || han(c)
    };
    text.chars().all(usual).then_some(text)
}

/// Han and the signs between, full-width letters and digits.
fn han(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// A text decoded, where it is one in UTF-7: it is all ASCII, and its runs say something in Chinese.
pub fn decoded(text: &str) -> Option<String> {
    let b = text.as_bytes();
    memchr::memchr(b'+', b)?;
    if !text.is_ascii() {
        return None;
    }
    let (mut out, mut at, mut known, mut failed) = (String::with_capacity(text.len()), 0, 0, 0);
    while let Some(plus) = memchr::memchr(b'+', &b[at..]).map(|i| at + i) {
        out.push_str(&text[at..plus]);
        let n = run(b, plus);
        let end = plus + 1 + n;
        match said(&b[plus + 1..end]) {
            Some(words) => {
                known += words.chars().filter(|c| han(*c)).count();
                out.push_str(&words);
                at = end + usize::from(b.get(end) == Some(&b'-'));
            }
            None => {
                failed += usize::from(n > 2);
                // `+-` is a plus.
                let one = n == 0 && b.get(end) == Some(&b'-');
                out.push_str(&text[plus..end]);
                at = end + usize::from(one);
            }
        }
    }
    out.push_str(&text[at..]);
    // By chance one sum or key in a hundred has a tail that says something.
    (known >= 3 && failed == 0 || known >= 8).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_text_of_seven_bits_is_read() {
        assert_eq!(decoded("+ZzpbxiYF-10+XnQ-").as_deref(), Some("机密★10年"));
        assert_eq!(decoded("tel +8613 +jqtO/YvB-"), None, "too few Han beside what is none");
        assert_eq!(decoded("1 +- 1 +jqtO/YvB- 110105").as_deref(), Some("1 + 1 身份证 110105"));
        for text in ["tel: +86 138 5748 7814", "1+1=2", "ssh-rsa AAAAB3NzaC1yc2E+abcd/EFGH+xyz==", "c++ and +x", "+", "a,b\n1,2\n"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
