//! Text of other people on its way to a terminal or the log of a CI: nothing in it moves the cursor, turns the direction of
//! reading, begins a line, or is a command to the CI.

use std::borrow::Cow;

/// Words that GitHub, Azure and TeamCity read as commands wherever they stand in a line. (`::error` is one only at its
/// beginning, and no line of ours begins with somebody's text.)
static COMMANDS: &[&str] = &["##[", "##vso[", "##teamcity["];

/// True for characters that do something else than show themselves: controls, marks of direction, line separators, and
/// what has no width.
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c as u32, 0xAD | 0x034F | 0x061C | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
}

/// True for the first bytes of characters of which some act.
fn may_act(b: u8) -> bool {
    matches!(b, 0..=0x1F | 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF3)
}

/// Where a bracket stands that ends the beginning of a command.
pub(super) fn brackets(text: &str) -> Vec<usize> {
    if !text.contains("##") {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let mut out: Vec<usize> = COMMANDS.iter().flat_map(|c| lower.match_indices(c).map(|(i, _)| i + c.len() - 1).collect::<Vec<_>>()).collect();
    out.sort_unstable();
    out
}

/// The path of a file as it may be printed: a name that is the number of a person is not told whole.
pub fn path(text: &str) -> Cow<'_, str> {
    let parts: Vec<Cow<'_, str>> = text.split('/').map(crate::personal::hide).collect();
    if parts.iter().all(|p| matches!(p, Cow::Borrowed(_))) { Cow::Borrowed(text) } else { Cow::Owned(parts.join("/")) }
}

/// The text as it may be printed: characters that act are written out (`\u{1b}`, `\n`), commands are broken by a backslash.
pub fn clean(text: &str) -> Cow<'_, str> {
    let brackets = brackets(text);
    // Most of a text is Han and ASCII, of which none acts: a look at its bytes tells.
    if brackets.is_empty() && !(text.bytes().any(may_act) && text.chars().any(acts)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (i, c) in text.char_indices() {
        if acts(c) {
            out.extend(c.escape_default());
        } else {
            if brackets.contains(&i) {
                out.push('\\');
            }
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// JSON whose strings read the same, and in whose text nothing acts.
pub fn json(text: &str) -> String {
    let hex = |c: char, out: &mut String| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().for_each(|u| out.push_str(&format!("\\u{u:04x}")));
    };
    let brackets = brackets(text);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    // The line breaks are those between values: in strings they are written out already.
    let doubtful = |b: u8| b != b'\n' && may_act(b) || b == b'[' && !brackets.is_empty();
    for i in text.bytes().enumerate().filter(|(_, b)| doubtful(*b)).map(|(i, _)| i) {
        let Some(c) = text.get(i..).and_then(|t| t.chars().next()).filter(|c| acts(*c) || brackets.contains(&i)) else { continue };
        out.push_str(&text[done..i]);
        hex(c, &mut out);
        done = i + c.len_utf8();
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_of_all_that_acts() {
        for c in ('\0'..=char::MAX).filter(|c| acts(*c)) {
            assert!(may_act(c.to_string().as_bytes()[0]), "{c:?}");
        }
        let mixed = String::from("[\n \"一“二”\u{a0}\u{7f}三\u{200b}é\u{e0001}四##vso[\"]\n");
        let plain: String = json(&mixed);
        assert_eq!(plain, "[\n \"一“二”\u{a0}\\u007f三\\u200bé\\udb40\\udc01四##vso\\u005b\"]\n");
    }

    #[test]
    fn nothing_acts() {
        for (from, to) in [
            ("甲 a", "甲 a"),
            ("a\n::error::x", "a\\n::error::x"),
            ("\r\u{1b}[31m红\u{7}", "\\r\\u{1b}[31m红\\u{7}"),
            ("\u{202e}gpj.exe\u{2066}\u{9b}", "\\u{202e}gpj.exe\\u{2066}\\u{9b}"),
            ("x ##vso[task.setvariable variable=a]b", "x ##vso\\[task.setvariable variable=a]b"),
            ("##[error]x ##TeamCity[y", "##\\[error]x ##TeamCity\\[y"),
            ("## 标题 [x]", "## 标题 [x]"),
        ] {
            assert_eq!(clean(from), to);
        }
        let value = serde_json::json!({"a": "##vso[x]\u{202e}\u{1b}\n::error", "b": ["##[", 1]});
        let text = json(&format!("{value:#}"));
        assert!(!text.contains("##vso[") && !text.contains("##[") && !text.contains('\u{202e}'), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
