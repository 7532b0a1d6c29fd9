//! Texts in which signs stand by their numbers, as programs write them: `\u624b\u673a13812345678` is 手机13812345678.

use std::borrow::Cow;

/// Bytes of a text that are read together: what has escapes at all may be all escapes.
const CHUNK: usize = 1 << 20;

/// Where the signs of a text that was read stand in the text itself.
#[derive(Debug, Default)]
pub struct Places {
    /// Ends of escapes: in what was read, and in the text.
    ends: Vec<(usize, usize)>,
    /// Where the part begins in the text.
    from: usize,
}

impl Places {
    /// The place in the text of a place in what was read.
    pub fn of(&self, at: usize) -> usize {
        let n = self.ends.partition_point(|(end, _)| *end <= at);
        let (read, written) = n.checked_sub(1).map_or((0, 0), |i| self.ends[i]);
        self.from + written + (at - read)
    }
}

/// Whether signs stand by their numbers in a text.
pub(super) fn any(text: &str) -> bool {
    let b = text.as_bytes();
    memchr::memchr_iter(b'\\', b).any(|i| sign(b, i).is_some())
}

/// The sign at a stroke, and the length of what stands for it: `\u624b`, `\u{624b}`.
fn sign(b: &[u8], i: usize) -> Option<(char, usize)> {
    if b.get(i + 1) != Some(&b'u') && b.get(i + 1) != Some(&b'U') {
        return None;
    }
    let braced = b.get(i + 2) == Some(&b'{');
    let digits = &b[i + 2 + usize::from(braced)..];
    let n = if braced { digits.iter().take(7).position(|c| *c == b'}')? } else { 4 };
    let code = std::str::from_utf8(digits.get(..n)?).ok().filter(|d| d.bytes().all(|c| c.is_ascii_hexdigit()))?;
    let sign = u32::from_str_radix(code, 16).ok()?;
    // Half of a pair of numbers stands for no sign of its own.
    Some((char::from_u32(sign).unwrap_or('\u{FFFD}'), 2 + n + if braced { 2 } else { 0 }))
}

/// Gives a text as its readers see it, part by part, with the places of its signs; a text without such numbers as it is.
pub fn unescaped(text: &str, each: &mut dyn FnMut(&str, &Places)) {
    if !any(text) {
        return each(text, &Places::default());
    }
    let mut from = 0;
    while from < text.len() {
        let mut to = super::around::floor(text, (from + CHUNK).min(text.len()));
        // A part ends with a line, else with a record, else with a value.
        if to < text.len() {
            let part = &text[from..to];
            to = part.rfind('\n').or_else(|| part.rfind('}')).or_else(|| part.rfind('"')).map_or(to, |i| from + i + 1);
        }
        let (plain, places) = read(&text[from..to], from);
        each(&plain, &places);
        from = to;
    }
}

fn read(part: &str, from: usize) -> (Cow<'_, str>, Places) {
    let b = part.as_bytes();
    let (mut out, mut ends, mut at) = (String::new(), Vec::new(), 0);
    for i in memchr::memchr_iter(b'\\', b) {
        if i < at {
            continue;
        }
        let Some((sign, len)) = sign(b, i) else { continue };
        out.push_str(&part[at..i]);
        out.push(sign);
        at = i + len;
        ends.push((out.len(), at));
    }
    if ends.is_empty() {
        return (part.into(), Places { ends, from });
    }
    out.push_str(&part[at..]);
    (out.into(), Places { ends, from })
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, traces};

    #[test]
    fn a_number_behind_escapes_is_found_at_its_place() {
        for text in [r#"{"说明":"\u8054\u7cfb\u624b\u673a13912345678"}"#, r#"phone=\u624b\u673a\uFF1A13912345678"#, r#"var a = "\u{624b}\u{673a}13912345678";"#]
        {
            let found = traces(text);
            assert_eq!(found.iter().map(|t| (t.kind, &text[t.at.clone()])).collect::<Vec<_>>(), [(Kind::Mobile, "13912345678")], "{text}");
        }
        let text = r#"{"a":"\u0031\u0033912345678"}"#;
        assert_eq!(traces(text).iter().map(|t| &text[t.at.clone()]).collect::<Vec<_>>(), [r"\u0031\u0033912345678"]);
        for text in [r"C:\users\u624 13", r#""\ud83d\ude00 12""#, r"\u{}\u{1234567890}", r"\u"] {
            assert!(traces(text).is_empty(), "{text}");
        }
        let text = r#""\u8bf4\u660e: 13912345678（样表）""#;
        assert_eq!(traces(text).iter().map(|t| t.sure).collect::<Vec<_>>(), [super::super::Sure::Perhaps]);
        // As many parts as it takes.
        let long = r#"{"a":"\u673a","n":"\u624b\u673a13912345678"},"#.repeat(60_000);
        assert_eq!(traces(&long).len(), 10_000);
        let last = traces(&long[long.len() - 90..]);
        assert!(last.iter().all(|t| &long[long.len() - 90..][t.at.clone()] == "13912345678"), "{last:?}");
    }
}
