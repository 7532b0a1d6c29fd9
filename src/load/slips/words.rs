//! Keys, blanks, quotes and marks of a line of YAML, as people type them.

use super::super::chars::has_byte;
use crate::types::key_of;

/// Fields that are free text, where a quote may be meant.
pub(in super::super) static TEXTS: &[&str] =
    &["title", "summary", "description", "note", "reason", "source", "q", "a", "text", "definition", "term", "name", "label", "hours", "address"];
/// Fields that are lists of words.
pub(in super::super) static LISTS: &[&str] = &[
    "keywords",
    "issuer",
    "drafted_by",
    "theme",
    "themes",
    "policies",
    "attachments",
    "aliases",
    "form",
    "amends",
    "repeals",
    "based_on",
    "related",
    "amended_by",
    "repealed_by",
    "languages",
    "tags",
    "categories",
    "resources",
    "fields",
    "items",
    "home",
];

pub(super) fn wide_blank(c: char) -> bool {
    c != '\u{FEFF}' && c.is_whitespace() && !matches!(c, ' ' | '\t' | '\n' | '\r') || matches!(c, '\u{200B}' | '\u{2060}')
}

/// A value without the comment behind it.
pub(super) fn before_comment(value: &str) -> &str {
    let comment = if has_byte(value.as_bytes(), |c| c == b'#') { value.find(" #") } else { None };
    comment.map_or(value, |i| &value[..i]).trim_end()
}

pub(super) fn list_dash(c: char) -> bool {
    matches!(c, '－' | '—' | '–' | '―' | '•' | '●' | '·' | '﹣' | '−' | '‐' | '‑' | '‒' | '─')
}

pub(super) fn ident(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

pub(super) fn known(name: &str) -> bool {
    ident(name) || key_of(name).is_some()
}

/// Where a line has a key: its name, the place of the colon, the colon, the place of what follows.
pub(super) struct Key<'t> {
    pub(super) name: &'t str,
    pub(super) colon: usize,
    pub(super) how: Colon,
    pub(super) rest: usize,
}

#[derive(PartialEq, Clone, Copy)]
pub(super) enum Colon {
    Good,
    Wide,
    NoBlank,
    WideBlank,
}

/// The key of a line; `at` is where `body` stands.
pub(super) fn key(body: &str, at: usize) -> Option<Key<'_>> {
    for (i, c) in body.char_indices() {
        if c != ':' && !matches!(c, '：' | '﹕' | '∶') {
            continue;
        }
        let name = body[..i].trim_end();
        let bare = name.trim_matches(['"', '\'']);
        // Inside a quote there is no key.
        if name.starts_with(['"', '\'']) && (name.len() == 1 || !name.ends_with(&name[..1])) {
            continue;
        }
        let after = body[i + c.len_utf8()..].chars().next();
        let rest = at + i + c.len_utf8();
        if c != ':' {
            // An address: `https：//`.
            if known(bare) && !body[i + c.len_utf8()..].starts_with("//") {
                return Some(Key { name: bare, colon: at + i, how: Colon::Wide, rest });
            }
            continue;
        }
        return match after {
            None | Some(' ' | '\t' | '\r') => Some(Key { name: bare, colon: at + i, how: Colon::Good, rest }),
            Some(c) if wide_blank(c) => Some(Key { name: bare, colon: at + i, how: Colon::WideBlank, rest }),
            // An address, a time, a path of Windows.
            Some('/' | ':' | '\\') => None,
            Some(_) if known(bare) => Some(Key { name: bare, colon: at + i, how: Colon::NoBlank, rest }),
            Some(_) => None,
        };
    }
    None
}

/// The key of a line that is written as it should be.
pub(in super::super) fn good_key(body: &str) -> Option<&str> {
    good_key_and_value(body).map(|(k, _)| k)
}

/// The same, with what stands behind the colon.
pub(in super::super) fn good_key_and_value(body: &str) -> Option<(&str, &str)> {
    let k = key(body, 0).filter(|k| k.how == Colon::Good && known(k.name))?;
    Some((k.name, body[k.rest..].trim()))
}

/// Bytes of a mark that begins an entry in a text, with the blanks behind it: `1. `, `2、`, `（3）`, `①`, `、`, `* `.
pub(super) fn text_mark(body: &str) -> Option<usize> {
    let first = body.chars().next()?;
    let digits = |t: &str| t.len() - t.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).len();
    let mark = match first {
        '、' | '*' | '＊' | '◆' | '■' | '★' | '▪' | '◦' | '○' | '◎' | '▶' | '➢' | '①'..='⑳' => first.len_utf8(),
        '(' | '（' => {
            let n = first.len_utf8() + digits(&body[first.len_utf8()..]);
            let close = body[n..].chars().next().filter(|c| n > first.len_utf8() && matches!(c, ')' | '）'))?;
            n + close.len_utf8()
        }
        _ => {
            let n = digits(body);
            let sign = body[n..].chars().next().filter(|c| n > 0 && n < 8 && matches!(c, '.' | '．' | '、' | ')' | '）'))?;
            n + sign.len_utf8()
        }
    };
    let gap = blanks(&body[mark..]);
    let rest = &body[mark + gap..];
    // `*a` is an alias, `1.2` a number.
    let apart = gap > 0 || !matches!(first, '*' | '0'..='9') || rest.starts_with(super::super::chars::is_han);
    (apart && !rest.is_empty()).then_some(mark + gap)
}

/// Whether the next line with words is indented deeper.
pub(super) fn deeper_below(below: &str, indent: usize) -> bool {
    let next = below.lines().find(|l| !l.trim().is_empty());
    next.is_some_and(|l| l.len() - l.trim_start_matches(' ').len() > indent)
}

pub(super) fn wide_quote(c: char) -> bool {
    matches!(c, '”' | '“' | '’' | '‘' | '＂' | '＇')
}

/// Whether a field of a mapping stands here.
pub(super) fn before_field(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.find([':', '：', ',', '}']).is_some_and(|i| !rest[i..].starts_with([',', '}']) && known(rest[..i].trim()))
}

/// Bytes of the blanks that a text begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len()
}

/// Whether a word goes on where a quote is closed: it was none that closes.
pub(super) fn glued(rest: &str) -> bool {
    rest.starts_with(char::is_alphanumeric)
}

/// A full-width quote that ends, before a comma or bracket, what a half-width one began at `from`: its place.
pub(super) fn wide_end(line: &str, from: usize) -> Option<(usize, char)> {
    line[from..].char_indices().map(|(i, c)| (from + i, c)).find(|(i, c)| {
        let rest = line[i + c.len_utf8()..].trim_start();
        wide_quote(*c) && *i > from && (rest.is_empty() || rest.starts_with([',', '，', ']', '}', '、', '；']))
    })
}

/// Whether a comma stands between two signs of a pair: 《收费，登记》 is one word.
pub(super) fn paired(words: &str, comma: usize) -> bool {
    // Words are short.
    if comma > 400 {
        return false;
    }
    let before = &words[..comma];
    let open = |a: char, b: char| before.matches(a).count() > before.matches(b).count();
    let after = || words[comma..].chars().take(200).take_while(|c| !matches!(c, ',' | ']'));
    [('《', '》'), ('“', '”'), ('‘', '’'), ('（', '）'), ('「', '」')].iter().any(|(a, b)| open(*a, *b) && after().any(|c| c == *b))
}

/// Whether brackets and quotes stand in pairs.
pub(super) fn even(text: &str) -> bool {
    let n = |c: char| text.matches(c).count();
    [('《', '》'), ('“', '”'), ('‘', '’'), ('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('｛', '｝'), ('「', '」'), ('[', ']'), ('{', '}')]
        .iter()
        .all(|(a, b)| n(*a) == n(*b))
        && n('"').is_multiple_of(2)
}

/// Offset after the quote that closes, in what follows the opening one.
pub(in super::super) fn close_of(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' if quote == '"' => i += 1,
            b if b == quote as u8 => {
                if quote == '\'' && bytes.get(i + 1) == Some(&b'\'') {
                    i += 1;
                } else {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}

/// A line whose value wants quotes, as it should be; `None` where that is no help.
pub(in super::super) fn quoted(line: &str) -> Option<String> {
    let lead = line.len() - line.trim_start_matches([' ', '-']).len();
    let k = key(&line[lead..], lead).filter(|k| k.how == Colon::Good)?;
    let value = line[k.rest..].trim();
    if value.is_empty() || value.len() > 300 || value.starts_with(['|', '>', '#']) {
        return None;
    }
    // Backslashes in double quotes: the same words in single ones.
    let inner = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).filter(|v| v.contains('\\') && !v.contains('"'));
    let value = inner.unwrap_or(value);
    // A quote that was never closed, or closed too early.
    let bare = if value.matches('"').count() == 1 { value.trim_matches('"') } else { value };
    let bare = if bare.starts_with('\'') && bare.matches('\'').count() == 1 { bare.trim_matches('\'') } else { bare };
    let value = if bare.contains('"') || bare.contains('\\') { format!("'{}'", bare.replace('\'', "''")) } else { format!("\"{bare}\"") };
    Some(format!("{}: {value}", &line[..k.colon]))
}
