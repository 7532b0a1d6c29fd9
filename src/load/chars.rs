//! Characters: what is Han, what is punctuation, and the marks by which prepared text differs from what its author wrote.

use std::borrow::Cow;

/// Punctuation to CommonMark, and written by nobody: SIGNWRITING PARENTHESIS.
pub(super) const MARK: char = '\u{1DA8B}';
/// Stand for a character that the author wrote and that is not markup where it stands; [`clean`] puts it back.
pub(super) const STANDS_FOR: [(char, char); 6] =
    [('\u{1DA85}', ':'), ('\u{1DA87}', '*'), ('\u{1DA88}', '_'), ('\u{1DA89}', '~'), ('\u{1DA8A}', '{'), ('\u{1DA86}', '[')];

/// Text as the author wrote it: without our markers.
pub fn clean<'t>(text: &'t str) -> Cow<'t, str> {
    // The markers' first byte begins no character of everyday text.
    let ours = |c: char| ('\u{1DA85}'..=MARK).contains(&c);
    if memchr::memchr(0xF0, text.as_bytes()).is_none() || !text.contains(ours) {
        return Cow::Borrowed(text);
    }
    let put = |c: char| if c == MARK { None } else { Some(STANDS_FOR.iter().find(|(s, _)| *s == c).map_or(c, |(_, w)| *w)) };
    Cow::Owned(text.chars().filter_map(put).collect())
}

/// Two full-width blanks (or em spaces) at the start of a line begin a paragraph in every Chinese document.
pub fn indented(line: &str) -> bool {
    let mut chars = line.chars();
    let wide = |c: Option<char>| matches!(c, Some('\u{3000}' | '\u{2003}'));
    wide(chars.next()) && wide(chars.next())
}

/// A paragraph's text without its indent.
pub fn unindented(text: &str) -> &str {
    text.trim_start_matches(['\u{3000}', '\u{2003}', ' '])
}

pub(super) fn is_punct(c: char) -> bool {
    c.is_ascii_punctuation() || is_wide_punct(c) || matches!(c as u32, 0xA1..=0xBF | 0x2010..=0x2027 | 0x2030..=0x205E)
}

/// Chinese punctuation: full-width forms, corner brackets, curly quotes, dashes.
pub(super) fn is_wide_punct(c: char) -> bool {
    matches!(c as u32, 0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301F | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 | 0x2014 | 0x2018..=0x201D | 0x2026 | 0xB7)
}

/// A Han character.
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x3007 | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// True where a line break between the two characters stands for nothing.
pub fn joins(before: Option<char>, after: Option<char>) -> bool {
    let wide = |c: char| is_han(c) || is_wide_punct(c);
    matches!((before, after), (Some(a), Some(b)) if wide(a) && wide(b))
}
