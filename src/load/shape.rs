//! Structure that YAML reads otherwise than its author means it: lines that are indented too deep or not deep enough, and
//! brackets that are never closed. The parser joins them in silence, or speaks of another line.

use super::Source;
use super::slips::{self, LISTS, TEXTS, close_of};
use crate::diag::{Diagnostic, Severity, Text, say};
use std::ops::Range;

/// The indentation of a line, and what stands behind it.
fn indented(line: &str) -> (usize, &str) {
    let body = line.trim_start_matches(' ');
    (line.len() - body.len(), body.trim_end())
}

/// Where a line's words begin behind its dashes: `- - id: a` at 4.
fn behind_dashes(line: &str) -> (usize, &str) {
    let (mut at, mut body) = indented(line);
    while let Some(rest) = body.strip_prefix("- ") {
        let (gap, words) = indented(rest);
        (at, body) = (at + 2 + gap, words);
    }
    (at, body)
}

/// Entries of a list that were joined into the plain text at `at`, because their lines are indented deeper than the first one's.
pub(super) fn joined(text: &str, at: Range<usize>) -> Option<Vec<(Range<usize>, String)>> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    let mut from = at.start;
    for line in text[at].split_inclusive('\n') {
        let body = line.trim();
        let start = from + (line.len() - line.trim_start().len());
        from += line.len();
        let (skip, words) = match body.strip_prefix("- ") {
            Some(r) if !out.is_empty() => (body.len() - r.trim_start().len(), r.trim_start()),
            _ => (0, body),
        };
        match out.last_mut() {
            Some(last) if skip == 0 => {
                if !words.is_empty() {
                    last.1 = format!("{} {words}", last.1);
                    last.0.end = start + words.len();
                }
            }
            _ => out.push((start + skip..start + skip + words.len(), words.to_string())),
        }
    }
    (out.len() > 1).then_some(out)
}

/// The finding about entries that were joined. `key`: the field, where the first one stands behind its colon.
pub(super) fn joined_told(source: &Source, entries: &[(Range<usize>, String)], key: Option<&str>) -> Diagnostic {
    let text = &source.text;
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |i| i + 1);
    let second = entries.get(1).map_or(0, |e| e.0.start);
    let begin = line_start(second);
    let dash = begin + indented(&text[begin..]).0;
    let what = say!("这一项比上一项缩进得深，两项成了一个词", "this entry is indented deeper than the one above, so both are one word");
    let hint = match key {
        Some(k) => {
            let words: Vec<&str> = entries.iter().take(5).map(|e| &*e.1).collect();
            let words = words.join(", ");
            say!("应写作 `{k}: [{words}]`", "write `{k}: [{words}]`")
        }
        None => {
            let first = line_start(entries[0].0.start);
            let lead = " ".repeat(indented(&text[first..]).0);
            let lines: Vec<String> = entries.iter().take(3).map(|e| format!("`{lead}- {}`", e.1.chars().take(60).collect::<String>())).collect();
            Text {
                zh: format!("各项的 `-` 对齐，逐行写作 {}", lines.join(" ")),
                en: format!("put each `-` below the other; write as lines {}", lines.join(" ")),
            }
        }
    };
    Diagnostic::new("SRC020", Severity::Error, what).at(source.span(dash, dash + 1)).hint(hint)
}

/// The lines of a range: place and text.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let mut at = range.start;
    text[range].split_inclusive('\n').map(move |l| {
        at += l.len();
        (at - l.len(), l.trim_end_matches(['\n', '\r']))
    })
}

/// The line that the parser stumbled over, where it does not stand as deep as what it belongs to.
pub(super) fn misplaced(source: &Source, range: Range<usize>, line: u32) -> Option<Diagnostic> {
    let text = &source.text;
    let mut above: Option<&str> = None;
    let mut fault = None;
    for (at, l) in lines(text, range) {
        let n = source.span(at, at).line;
        if n >= line {
            fault = Some((at, l));
            break;
        }
        let body = l.trim();
        if !body.is_empty() && !body.starts_with('#') {
            above = Some(l);
        }
    }
    let ((at, l), above) = (fault?, above?);
    let (deep, body) = indented(l);
    if body.starts_with('\t') || above.trim_start_matches(' ').starts_with('\t') {
        return None;
    }
    let (words, above_words) = behind_dashes(above);
    let entry = |l: &str| l == "-" || l.starts_with("- ");
    let (dash, above_body) = indented(above);
    let right = if entry(body) {
        // `- 甲` above, and no mapping that a list may be in.
        if !entry(above_body) || dash == deep || above_words.ends_with(':') {
            return None;
        }
        dash
    } else {
        let name = slips::good_key(body)?;
        let (upper, value) = slips::good_key_and_value(above_words)?;
        let _ = (name, upper);
        let too_deep = deep > words && !value.is_empty() && !value.starts_with(['|', '>', '"', '\'', '[', '{', '&']);
        let too_flat = deep < words && (deep > 0 || entry(above_body) && dash == 0);
        if !too_deep && !too_flat {
            return None;
        }
        words
    };
    let mended: String = format!("{}{body}", " ".repeat(right)).chars().take(120).collect();
    let what = say!(
        "这一行缩进 {deep} 格，与上面不对齐（应为 {right} 格）",
        "this line is indented by {deep} and does not stand below the one above (wanted: {right})"
    );
    Some(Diagnostic::new("SRC020", Severity::Error, what).at(source.span(at, at + deep.max(1))).blocking().hint(say!(
        "应写作 `{mended}`；若本是上一行的文字，把整段文字加引号",
        "write `{mended}`; where it is more text of the line above, put the whole text in quotes"
    )))
}

/// A list or mapping in brackets that is never closed, up to the line the parser stumbled over: its place, and the finding.
pub(super) fn unclosed(source: &Source, range: Range<usize>, line: u32) -> Option<(usize, Diagnostic)> {
    let text = &source.text;
    let mut from = range.start;
    for (at, l) in lines(text, range.clone()) {
        if at < from {
            continue;
        }
        if source.span(at, at).line > line {
            return None;
        }
        let (words, body) = behind_dashes(l);
        let (name, value) = slips::good_key_and_value(body).unwrap_or(("", body));
        if !value.starts_with(['[', '{']) || body.starts_with('#') {
            continue;
        }
        let open = at + words + (body.len() - value.len());
        match bracket(text, open, range.end, indented(l).0) {
            Bracket::Closed(end) => from = end,
            Bracket::Unknown => return None,
            Bracket::Open(end, closing) => {
                let begin = text[..end].rfind('\n').map_or(0, |i| i + 1).max(range.start);
                let sign = &text[open..=open];
                let line = if TEXTS.contains(&name) { slips::quoted(l.trim_end()) } else { None };
                let mended = line.unwrap_or_else(|| format!("{}{closing}", text[begin..end].trim_end().trim_end_matches([',', ' '])));
                let mended: String = mended.chars().take(200).collect();
                let what = say!("`{sign}` 没有结束的括号", "`{sign}` is not closed");
                let d = Diagnostic::new("SRC004", Severity::Error, what).at(source.span(open, open + 1)).blocking();
                return Some((open, d.hint(say!("应写作 `{mended}`", "write `{mended}`"))));
            }
        }
    }
    None
}

/// A quote that is open over a line of its own field or entry, up to the line the parser stumbled over: its place, and the finding.
/// The parser speaks of the next quote, lines below.
pub(super) fn unquoted(source: &Source, range: Range<usize>, line: u32) -> Option<(usize, Diagnostic)> {
    let text = &source.text;
    let end = range.end;
    let mut from = range.start;
    for (at, l) in lines(text, range) {
        if at < from {
            continue;
        }
        if source.span(at, at).line > line {
            return None;
        }
        let (words, body) = behind_dashes(l);
        let value = slips::good_key_and_value(body).map_or(body, |(_, v)| v);
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let open = at + words + (body.len() - value.len());
        // A quote of one line is the usual.
        if close_of(&value[1..], quote).is_some() {
            continue;
        }
        let stop = close_of(&text[open + 1..end], quote).map_or(end, |n| open + 1 + n);
        let (deep, _) = indented(l);
        let runs_over = lines(text, at + l.len()..stop).skip(1).any(|(_, below)| {
            let (n, b) = indented(below);
            n <= deep && (slips::good_key(b).is_some() || b.starts_with("- ") && words > deep)
        });
        if !runs_over {
            from = stop;
            continue;
        }
        let mended: String = format!("{}{quote}", l.trim_end()).chars().take(200).collect();
        let what = say!("这里的引号没有结束，后面的行都成了它的文字", "this quote is not closed, and takes the lines below for its text");
        let d = Diagnostic::new("SRC004", Severity::Error, what).at(source.span(open, open + 1)).blocking();
        return Some((open, d.hint(say!("应写作 `{mended}`", "write `{mended}`"))));
    }
    None
}

/// Blanks before the first fields, which those below do not have: the place of the first, and the finding.
pub(super) fn indented_top(source: &Source, range: Range<usize>, line: u32) -> Option<Diagnostic> {
    let words = |l: &str| !l.trim().is_empty() && !l.trim_start().starts_with('#');
    let mut all = lines(&source.text, range).filter(|(_, l)| words(l));
    let (at, first) = all.next()?;
    let (deep, body) = indented(first);
    let flat = all.find(|(_, l)| indented(l).0 < deep)?;
    let key = slips::good_key(body).is_some();
    if deep == 0 || !key || indented(flat.1).0 > 0 || slips::good_key(flat.1).is_none() || source.span(flat.0, flat.0).line != line {
        return None;
    }
    let mended: String = body.chars().take(120).collect();
    let what = say!(
        "这一行前面多了 {deep} 个空格，下面的字段没有，文件头读不下去",
        "this line begins with blanks ({deep}) that the fields below do not have; it cannot be read on"
    );
    Some(
        Diagnostic::new("SRC020", Severity::Error, what)
            .at(source.span(at, at + deep))
            .blocking()
            .hint(say!("应写作 `{mended}`，与下面的字段对齐", "write `{mended}`, below each other with the fields that follow")),
    )
}

/// What comes of a bracket.
enum Bracket {
    /// It ends before this place.
    Closed(usize),
    /// It does not end; what it holds does here, and these signs close it.
    Open(usize, String),
    /// A quote hides it.
    Unknown,
}

fn bracket(text: &str, open: usize, end: usize, indent: usize) -> Bracket {
    let mut stack: Vec<char> = Vec::new();
    // Where the first line begins that is a field of its own, and what is open there.
    let mut field: Option<(usize, String)> = None;
    let mut last = open;
    let closing = |stack: &[char]| stack.iter().rev().collect::<String>();
    let mut i = open;
    let mut fresh = true;
    while let Some(c) = text[i..end].chars().next() {
        match c {
            '[' | '{' => {
                stack.push(if c == '[' { ']' } else { '}' });
                fresh = true;
            }
            ']' | '}' => {
                stack.pop();
                if stack.is_empty() {
                    return Bracket::Closed(i + 1);
                }
                fresh = false;
            }
            '"' | '\'' if fresh => {
                let rest = &text[i + 1..end];
                let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
                match close_of(line, c) {
                    Some(n) => {
                        i += 1 + n;
                        last = i;
                        fresh = false;
                        continue;
                    }
                    None if field.is_none() => return Bracket::Unknown,
                    None => {}
                }
            }
            '#' if text[..i].ends_with([' ', '\n']) => {
                i += text[i..end].find('\n').unwrap_or(end - i);
                continue;
            }
            '\n' => {
                let rest = &text[i + 1..end];
                let next = &rest[..rest.find('\n').unwrap_or(rest.len())];
                let (deep, body) = indented(next);
                if field.is_none() && deep <= indent && (slips::good_key(body).is_some() || body.starts_with("- ")) {
                    field = Some((last, closing(&stack)));
                }
            }
            ',' | ':' => fresh = true,
            c if c.is_whitespace() => {}
            _ => fresh = false,
        }
        i += c.len_utf8();
        if !c.is_whitespace() {
            last = i;
        }
    }
    let (at, signs) = field.unwrap_or_else(|| (last, closing(&stack)));
    Bracket::Open(at, signs)
}

/// May a plain text below this key be entries of a list?
pub(super) fn list_of(key: &str) -> bool {
    LISTS.contains(&key)
}
