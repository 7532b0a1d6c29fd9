//! ` #` in a plain text of YAML: what follows is a comment, and is lost without a word. `title: 关于封闭 #3 楼电梯的通知` is "关于封闭".
//!
//! A comment proper has a blank behind its sign. One written `#like this` stays silent where it cannot be part of the value. Behind a
//! Chinese title or sentence ` # 试行` may be either, and is told.

use super::Source;
use super::chars::is_han;
use super::tree::{Kind, Node};
use crate::diag::{Diagnostic, Severity, Text, say};

/// Keys whose values are sentences or names, in which a `#` may well be meant.
fn text_key(key: &str) -> bool {
    const KEYS: &[&str] =
        &["title", "summary", "description", "note", "reason", "source", "q", "a", "text", "definition", "term", "name", "label", "hours", "address"];
    KEYS.contains(&key) || key.starts_with("zh") || key == "en"
}

/// A value that a comment behind it cannot belong to: a number, a day, a word for yes or no.
fn whole(value: &str) -> bool {
    matches!(value, "true" | "false" | "yes" | "no" | "是" | "否" | "none")
        || !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit() || b"-:./ ".contains(&b))
}

/// Where a comment begins that was meant as text, behind a plain value that ends at `end`.
fn sign(text: &str, end: usize) -> Option<(usize, usize)> {
    let rest = text.get(end..)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let first = rest[gap..].strip_prefix('#')?.chars().next()?;
    (gap > 0 && first.is_alphanumeric()).then_some((end + gap, gap))
}

/// The finding about a value of a mapping (`key`) or of a list.
pub(super) fn cut(source: &Source, key: Option<&Node>, value: &Node) -> Option<Diagnostic> {
    let text = source.text.as_ref();
    let name = key.and_then(Node::text).unwrap_or("");
    let (start, end) = match (&value.kind, key) {
        (Kind::Text(_), _) => (value.start as usize, value.end as usize),
        // Nothing is left of the value: it begins with the sign.
        (Kind::Null, Some(k)) => {
            let after = k.end as usize;
            let colon = after + text.get(after..)?.strip_prefix(['"', '\'']).map_or(0, |_| 1);
            let colon = colon + usize::from(text.get(colon..)?.starts_with(':'));
            (colon, colon)
        }
        _ => return None,
    };
    if text.get(start..)?.starts_with(['"', '\'', '|', '>', '[', '{', '*', '&', '!']) || start > end {
        return None;
    }
    let shown = text.get(start..end)?;
    let end = start + shown.trim_end().len();
    let Some((at, gap)) = sign(text, end) else {
        return if text_key(name) && start < end { aside(source, &text[start..end], start, end) } else { None };
    };
    let digit = text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let sure = text_key(name) || digit && gap == 1;
    if whole(&text[start..end]) && !(text_key(name) && digit) || !sure && (gap > 1 || start == end) {
        return None;
    }
    let severity = if name == "title" { Severity::Error } else { Severity::Warn };
    Some(finding(source, start, at, severity))
}

/// A Chinese text that goes on in Chinese behind ` # `: as likely a part of it as a comment. Two blanks before the sign, and words
/// that are not Chinese (`# TODO`), make it a comment.
fn aside(source: &Source, value: &str, start: usize, end: usize) -> Option<Diagnostic> {
    let text = source.text.as_ref();
    let line = text[end..].lines().next()?;
    let words = line.strip_prefix(" # ")?.trim_start();
    // What calls itself a comment is one.
    static NAMED: &[&str] = &["注释", "备注", "批注", "注：", "注:", "说明：", "待补", "待定", "待核"];
    let named = NAMED.iter().any(|n| words.starts_with(n));
    let goes_on = words.trim_start_matches(['（', '(', '《', '“', '【']).chars().next().is_some_and(is_han);
    if named || whole(value) || !value.chars().any(is_han) || !goes_on {
        return None;
    }
    Some(finding(source, start, end + 1, Severity::Warn).hint(quoted(source, start, end + 1, true)))
}

/// Is a value that ends here cut?
pub(super) fn follows(source: &Source, end: u32) -> bool {
    sign(&source.text, end as usize).is_some()
}

/// What the parser stumbled over, where it is a value in brackets whose rest became a comment.
pub(super) fn broken(source: &Source, last: &Node, line: u32) -> Option<Diagnostic> {
    let text = source.text.as_ref();
    let (start, end) = (last.start as usize, last.end as usize);
    let end = start + text.get(start..end)?.trim_end().len();
    let (at, _) = sign(text, end)?;
    let begin = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let near = source.span(at, at).line + 1 >= line;
    (near || text[begin..start].contains(['[', '{'])).then(|| finding(source, start, at, Severity::Error).blocking())
}

/// A list or mapping in brackets on the faulty line, or on the one above, whose rest became a comment.
pub(super) fn unclosed(source: &Source, line: u32) -> Option<Diagnostic> {
    let text = source.text.as_ref();
    let mut at = 0;
    for (n, l) in (1u32..).zip(text.split_inclusive('\n')).take_while(|(n, _)| *n <= line) {
        let (begin, words) = (at, l.trim_end());
        at += l.len();
        if n + 1 < line {
            continue;
        }
        for (i, _) in words.match_indices(" #").take(20) {
            let before = &words[..i];
            let open = before.matches(['[', '{']).count() > before.matches([']', '}']).count();
            let start = before.rfind(['[', '{', ',', ':']).map_or(0, |s| s + 1);
            let start = start + (before[start..].len() - before[start..].trim_start().len());
            if open && start < i && !before.contains(['"', '\'']) && words[i + 2..].starts_with(char::is_alphanumeric) {
                return Some(finding(source, begin + start, begin + i + 1, Severity::Error).blocking());
            }
        }
    }
    None
}

fn finding(source: &Source, start: usize, at: usize, severity: Severity) -> Diagnostic {
    let close = closes(source, start, at);
    Diagnostic::new("SRC044", severity, say!("` #` 之后成了注释，这些字会丢失", "what follows ` #` is a comment and is lost"))
        .at(source.span(at, close))
        .hint(quoted(source, start, at, false))
}

/// Where the value begins on the line of its sign, and whether it stands in brackets.
fn begins(text: &str, start: usize, at: usize) -> (usize, usize, bool) {
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let from = start.max(line_start);
    let from = from + (text[from..at].len() - text[from..at].trim_start().len());
    (line_start, from, text[line_start..from].contains(['[', '{']))
}

/// Where what became a comment ends.
fn closes(source: &Source, start: usize, at: usize) -> usize {
    let text = source.text.as_ref();
    let line_end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let (.., flow) = begins(text, start, at);
    if flow { text[at..line_end].find([',', ']', '}', '，']).map_or(line_end, |i| at + i) } else { line_end }
}

/// The line with its text in quotes. A comment proper has a blank behind its sign already where it is `spaced`.
fn quoted(source: &Source, start: usize, at: usize, spaced: bool) -> Text {
    let text = source.text.as_ref();
    let line_end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let (line_start, from, _) = begins(text, start, at);
    let close = closes(source, start, at);
    let words = text[from..close].trim_end();
    let words = if words.contains(['"', '\\']) { format!("'{}'", words.replace('\'', "''")) } else { format!("\"{words}\"") };
    let lead = text[line_start..from].trim_end();
    let blank = if lead.is_empty() || lead.ends_with(['[', '{']) { "" } else { " " };
    let line: String = format!("{}{blank}{words}{}", if lead.is_empty() { &text[line_start..from] } else { lead }, text[close..line_end].trim_end());
    let line: String = line.chars().take(200).collect();
    if spaced {
        return say!(
            "是文字就加引号，应写作 `{line}`；真是注释，另起一行写",
            "write the text in quotes: `{line}`; where it is a comment, give it a line of its own"
        );
    }
    say!("给文字加引号，应写作 `{line}`；真是注释，在 # 之后空一格", "write the text in quotes: `{line}`; where it is a comment, put a blank behind the #")
}
