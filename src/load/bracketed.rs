//! Texts that begin with a sign of YAML and were read as something else: `[通知]`, `{通知}`, `|通知`, `"C:\\新"`.

use super::source::Source;
use super::tree::{Kind, Node};
use crate::diag::{Diagnostic, Severity, say};

/// Longest text that a hint repeats.
const LONG: usize = 120;

/// What stands at a place, if it is one line.
fn written(source: &Source, start: usize, end: usize) -> Option<&str> {
    source.text.get(start..end).map(str::trim).filter(|t| !t.is_empty() && t.len() <= LONG && !t.contains('\n'))
}

/// Whether a mapping has no values: `{通知}`, `{{ title }}`. Nobody writes one so.
fn hollow(pairs: &[(Node, Node)]) -> bool {
    !pairs.is_empty() && pairs.iter().all(|(_, v)| matches!(v.kind, Kind::Null))
}

fn quoted(text: &str) -> String {
    if text.contains('"') || text.contains('\\') { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// The entries of a list of more than one.
fn several(kind: &Kind) -> Option<Vec<&str>> {
    let Kind::List(items) = kind else { return None };
    let texts: Vec<&str> = items.iter().filter_map(|i| i.text()).map(str::trim).filter(|t| !t.is_empty()).collect();
    (texts.len() > 1).then_some(texts)
}

/// A text that its brackets made a list or a mapping.
/// `free`: any text may stand there, brackets too. `tel`: telephone numbers stand there.
pub(super) fn text(source: &Source, key: &str, node: &Node, free: bool, tel: bool) -> Option<Diagnostic> {
    let raw = written(source, node.start as usize, node.end as usize)?;
    let (zh, en) = match &node.kind {
        Kind::List(items) if raw.starts_with('[') && items.iter().all(|i| i.text().is_some()) => ("方括号里的是列表", "square brackets make a list"),
        Kind::Map(pairs) if raw.starts_with('{') && hollow(pairs) && (raw.starts_with("{{") || !raw.contains([':', '：'])) => {
            ("花括号里的是映射", "braces make a mapping")
        }
        _ => return None,
    };
    let right = quoted(raw);
    Some(
        Diagnostic::new("SRC006", Severity::Error, say!("{zh}，`{key}` 应为文字", "{en}; `{key}` should be text"))
            .at(source.span(node.start as usize, node.end as usize))
            .hint(if let Some(several) = several(&node.kind).filter(|_| !free) {
                let first = several[0];
                if tel {
                    let right = quoted(&several.join("、"));
                    say!(
                        "这里只写一处，几个号码用顿号隔开，写作 `{key}: {right}`；现按未填处理",
                        "one text stands here, several numbers with 、 between them: write `{key}: {right}`; it is taken as empty for now"
                    )
                } else {
                    let right = quoted(first);
                    say!("这里只能写一个，如 `{key}: {right}`；现按未填处理", "only one may stand here, such as `{key}: {right}`; it is taken as empty for now")
                }
            } else if !free {
                let bare = raw.trim_matches(['[', ']', '{', '}']).trim().to_string();
                say!("去掉括号，写作 `{key}: {bare}`；现按未填处理", "leave the brackets out: write `{key}: {bare}`; it is taken as empty for now")
            } else {
                say!(
                    "括号属于文字，就加引号：`{key}: {right}`；否则去掉括号",
                    "where the brackets belong to the text, put it in quotes: `{key}: {right}`; else leave them out"
                )
            }),
    )
}

/// A list in braces: `{收费, 登记}`.
pub(super) fn list(source: &Source, key: &str, node: &Node) -> Option<Diagnostic> {
    let raw = written(source, node.start as usize, node.end as usize)?;
    let Kind::Map(pairs) = &node.kind else { return None };
    if !raw.starts_with('{') || !hollow(pairs) || pairs.iter().any(|(k, _)| k.text().is_none()) {
        return None;
    }
    let inner = raw.trim_start_matches('{').trim_end_matches('}').trim().to_string();
    Some(
        Diagnostic::new("SRC006", Severity::Error, say!("`{key}` 应为列表，列表用方括号", "`{key}` should be a list, which has square brackets"))
            .at(source.span(node.start as usize, node.end as usize))
            .hint(say!("应写作 `{key}: [{inner}]`；现按未填处理", "write `{key}: [{inner}]`; it is taken as empty for now")),
    )
}

/// A value that was written and is none: `&通知` is an anchor, and nothing is left.
pub(super) fn vanished(source: &Source, key: &Node, value: &Node) -> Option<Diagnostic> {
    let name = key.text()?;
    let from = key.end as usize;
    let line = source.text.get(from..)?.lines().next()?;
    let rest = line.trim_start_matches(['"', '\'', ' ', '\t']).strip_prefix(':')?;
    let raw = rest.trim();
    if !matches!(value.kind, Kind::Null) || !raw.starts_with(['&', '!', '*']) || raw.len() > LONG {
        return None;
    }
    let at = from + line.find(raw)?;
    let sign = &raw[..1];
    let right = quoted(raw);
    Some(
        Diagnostic::new("SRC020", Severity::Error, say!("以 `{sign}` 开头的文字没有读出来", "a text that begins with `{sign}` is not read"))
            .at(source.span(at, at + 1))
            .hint(say!("这段文字要加引号，应写作 `{name}: {right}`", "this text wants quotes; write `{name}: {right}`")),
    )
}

/// Words behind the `|` or `>` of a text of several lines.
pub(super) fn block(source: &Source, fault: usize, info: &str) -> Option<Diagnostic> {
    let text = &source.text;
    let at = super::source::floor(text, fault);
    let sign = text[at..].chars().next().filter(|c| matches!(c, '|' | '>'))?;
    if !info.contains("comment") && !info.contains("block scalar") {
        return None;
    }
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[start..].lines().next()?;
    let words = line[at - start..].trim_start_matches(['|', '>', '-', '+']).trim();
    let key = line[..at - start].trim_end();
    let indent = line.len() - line.trim_start().len();
    let next = text[start + line.len()..].lines().nth(1).unwrap_or("");
    let deeper = next.len() - next.trim_start().len() > indent && !next.trim().is_empty();
    if words.len() > LONG || key.is_empty() {
        return None;
    }
    let d = Diagnostic::new(
        "SRC004",
        Severity::Error,
        say!("YAML 语法错误：`{sign}` 之后要换行，不能接着写文字", "YAML syntax error: after `{sign}` the text begins on the next line"),
    )
    .at(source.span(at, at + 1))
    .blocking();
    let key = key.trim_start();
    let bare = if super::slips::quoted(&format!("{key} {words}")).is_some() && plain(words) { words.to_string() } else { quoted(words) };
    Some(d.hint(if deeper {
        say!(
            "`{key} {sign}` 单独成行，`{words}` 移到下一行，与后面各行一样缩进",
            "leave `{key} {sign}` alone on its line, and put `{words}` on the next, indented like those below"
        )
    } else {
        say!("只有一行，就写 `{key} {bare}`；`{sign}` 只用于写在下面几行的文字", "for one line write `{key} {bare}`; `{sign}` is for a text on the lines below")
    }))
}

/// Whether a text needs no quotes.
fn plain(t: &str) -> bool {
    !t.contains(": ") && !t.contains(" #") && !t.ends_with(':') && !t.starts_with(|c: char| "[]{}|>&*!%@`\"'#,?:-".contains(c))
}

/// The first backslash in double quotes that YAML does not know.
pub(super) fn backslash(source: &Source, fault: usize, info: &str) -> Option<usize> {
    if !info.contains("escape") && !info.contains("hexadecimal") {
        return None;
    }
    let from = super::source::floor(&source.text, fault);
    let text = source.text.get(from..)?;
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut i = 1;
    while i < bytes.len() && bytes[i] != b'"' {
        if bytes[i] == b'\\' {
            let hex = |n: usize| bytes.get(i + 2..i + 2 + n).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
            let good = match bytes.get(i + 1)? {
                b'x' => hex(2),
                b'u' => hex(4),
                b'U' => hex(8),
                c => b"0abtnvfre \"/\\N_LP\t\n\r".contains(c),
            };
            if !good {
                return Some(from + i);
            }
            i += 1;
        }
        i += 1;
    }
    None
}
