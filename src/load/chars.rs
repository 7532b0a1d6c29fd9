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

/// The same for a piece of a text of which [`marked`] was asked.
pub(super) fn cleaned(text: &str, marked: bool) -> Cow<'_, str> {
    if marked && has_byte(text.as_bytes(), |c| c == 0xF0) { clean(text) } else { Cow::Borrowed(text) }
}

/// Whether a short text has such a byte. All of it is looked at, many bytes at a time: a search that stops at the first costs
/// more to begin than a line takes.
pub(super) fn has_byte(b: &[u8], such: impl Fn(u8) -> bool) -> bool {
    b.iter().fold(false, |any, c| any | such(*c))
}

/// Whether a prepared text may have our markers in it, or such characters by their numbers.
pub(super) fn marked(text: &str) -> bool {
    memchr::memchr2(0xF0, b'&', text.as_bytes()).is_some()
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

/// Radicals of the supplement that stand for a character of everyday text, as fonts draw both alike.
static RADICALS: [(char, char); 33] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

/// A text with characters where radicals stand for them: browsers that print a PDF write `⽂` (U+2F42) and `⻩` (U+2EE9) for 文 and
/// 黄, which look alike, and no name or word would be found. Kangxi radicals go by their compatibility mapping (Unicode NFKC).
pub fn without_radicals(text: &str) -> Cow<'_, str> {
    let radical = |c: char| ('\u{2E80}'..='\u{2FD5}').contains(&c);
    // Both blocks begin with E2.
    if memchr::memchr(0xE2, text.as_bytes()).is_none() || !text.contains(radical) {
        return Cow::Borrowed(text);
    }
    let whole = |c: char| match c {
        '\u{2E80}'..='\u{2EFF}' => RADICALS.iter().find(|(r, _)| *r == c).map_or(c, |(_, w)| *w),
        '\u{2F00}'..='\u{2FD5}' => {
            let mut to = c;
            unicode_normalization::char::decompose_compatible(c, |w| to = w);
            to
        }
        c => c,
    };
    Cow::Owned(text.chars().map(whole).collect())
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

#[cfg(test)]
mod radicals {
    #[test]
    fn radicals_are_read_as_the_characters_that_they_stand_for() {
        assert_eq!(super::without_radicals("姓名：⻩⽟兰、杨⽂斌，⼈⺠政府，⻓期⻋辆"), "姓名：黄玉兰、杨文斌，人民政府，长期车辆");
        // Kangxi radicals are 214, and each is one character of everyday blocks.
        assert!(('\u{2F00}'..='\u{2FD5}').all(|c| super::without_radicals(&c.to_string()).chars().all(super::is_han)));
        for same in ["“—…”中文", "⺀⻌", "plain"] {
            assert_eq!(super::without_radicals(same), same);
        }
    }
}
