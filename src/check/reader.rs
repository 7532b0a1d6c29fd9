//! A line as its reader sees it: without markup, signs that take no room, and with references to characters as those characters.

/// Signs that are not seen.
fn unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{34F}' | '\u{180E}')
}

/// Longest tag or comment that is passed over, in bytes.
const TAG: usize = 300;

/// What a line shows; nothing where that is what it is.
pub(super) fn shows(line: &str) -> Option<String> {
    let signs = |c: char| matches!(c, '<' | '&' | '\\' | '*' | '_' | '~') || unseen(c);
    let first = line.find(signs)?;
    let mut out = String::from(&line[..first]);
    let mut rest = &line[first..];
    while let Some(c) = rest.chars().next() {
        let passed = match c {
            '<' => tag(rest),
            '&' => match reference(rest) {
                Some((sign, len)) => {
                    out.extend(sign.filter(|s| !unseen(*s)));
                    len
                }
                None => 0,
            },
            '\\' => usize::from(rest[1..].starts_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace())),
            // One star alone may be that of a mark.
            '*' | '_' | '~' => {
                let n = rest.bytes().take_while(|b| *b == c as u8).count();
                if n > 1 { n } else { 0 }
            }
            c if unseen(c) => c.len_utf8(),
            _ => 0,
        };
        if passed == 0 {
            out.push(c);
        }
        rest = &rest[passed.max(if passed == 0 { c.len_utf8() } else { 0 })..];
    }
    (out != line).then_some(out)
}

/// The length of a tag or comment.
fn tag(rest: &str) -> usize {
    let b = &rest.as_bytes()[..rest.len().min(TAG)];
    if b.starts_with(b"<!--") {
        return memchr::memmem::find(b, b"-->").map_or(0, |i| i + 3);
    }
    let named = b.get(1).is_some_and(|c| c.is_ascii_alphabetic() || *c == b'/');
    if named { memchr::memchr(b'>', b).map_or(0, |i| i + 1) } else { 0 }
}

/// A reference to a character: what it stands for, nothing where that is not seen, and its length.
fn reference(rest: &str) -> Option<(Option<char>, usize)> {
    let end = rest.as_bytes().iter().take(12).position(|c| *c == b';')?;
    let name = &rest[1..end];
    let sign = if let Some(hex) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        Some(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?)
    } else if let Some(n) = name.strip_prefix('#') {
        Some(char::from_u32(n.parse().ok()?)?)
    } else {
        match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" => Some(' '),
            "star" | "starf" | "bigstar" => Some('★'),
            "shy" | "zwnj" | "zwj" | "ZeroWidthSpace" | "NoBreak" => None,
            "lt" => Some('<'),
            "amp" => Some('&'),
            _ => return None,
        }
    };
    Some((sign, end + 1))
}

#[cfg(test)]
mod tests {
    use super::shows;

    #[test]
    fn what_is_seen_of_a_line() {
        for (line, seen) in [
            ("**机密**★10年", "机密★10年"),
            ("<u>机密</u>★10年", "机密★10年"),
            ("机密<br>★10年", "机密★10年"),
            ("机&#23494;★10年", "机密★10年"),
            ("机&#x5BC6;&starf;10年", "机密★10年"),
            ("秘\u{200B}密★1年", "秘密★1年"),
            ("机\u{AD}密★10年", "机密★10年"),
            ("机&shy;密<!-- x -->★10年", "机密★10年"),
            ("机密\\★10年", "机密★10年"),
        ] {
            assert_eq!(shows(line).as_deref(), Some(seen), "{line}");
        }
        for line in ["机密★10年", "a < b & c", "5*6", "x&y;"] {
            assert_eq!(shows(line), None, "{line}");
        }
    }
}
