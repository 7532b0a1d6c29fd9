//! Marks of Git in a text: two people changed the same lines, and nobody decided between the two.
//!
//! Markdown shows the marks to readers, YAML stumbles over them somewhere else: it is said once, at the first mark, and the text is held.

use super::Source;
use crate::diag::{Diagnostic, Severity, say};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A conflict: the place of its first mark, and the lines from the first mark to the last one.
pub struct Conflict {
    /// Bytes of the first mark's line.
    pub at: Range<usize>,
    /// Number of the first line, from 1.
    pub first: u64,
    /// Number of the last line.
    pub last: u64,
}

/// Which mark of Git a line is: 0 before the one version, 1 between the two, 2 after the other.
fn mark(line: &str) -> Option<u8> {
    let alone = |sign: &str| line.strip_prefix(sign).is_some_and(|r| r.is_empty() || r.starts_with(' '));
    match line.as_bytes().first()? {
        b'<' if alone("<<<<<<<") => Some(0),
        b'=' if line == "=======" => Some(1),
        // Seven quotes in one another, with words behind them, are none: a mark names a branch or a commit.
        b'>' if alone(">>>>>>>") => Some(2),
        _ => None,
    }
}

/// Whether a last mark that stands alone is Git's: a branch or a commit behind it, perhaps with its subject. Seven quotes in one
/// another have words of a sentence behind them.
fn names_a_branch(line: &str) -> bool {
    let label = line.trim_start_matches('>').trim();
    let (name, subject) = label.split_once(' ').map_or((label, ""), |(n, s)| (n, s.trim()));
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._/-#@~^:".contains(&b));
    label == "Stashed changes" || label == "Updated upstream" || plain && (subject.is_empty() || subject.starts_with('(') && subject.ends_with(')'))
}

/// Finds a conflict: two of the three marks in their order, or the first or the last alone, so that one that was mended by half is
/// found too. Lines in a block of code of Markdown (`fenced`) are an example of one.
pub fn find(text: &str, fenced: bool) -> Option<Conflict> {
    static MARKS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["<<<<<<<", ">>>>>>>"].map(Finder::new));
    if MARKS.iter().all(|m| m.find(text.as_bytes()).is_none()) {
        return None;
    }
    let mut begun: Option<(u8, Range<usize>, u64)> = None;
    let mut fence: Option<String> = None;
    let mut at = 0;
    for (n, whole) in text.split_inclusive('\n').enumerate() {
        let (line, from) = (whole.trim_end(), at);
        at += whole.len();
        if fenced {
            let bare = line.trim_start();
            match &fence {
                Some(f) if bare.starts_with(f.as_str()) => fence = None,
                Some(_) => continue,
                None if bare.starts_with("```") || bare.starts_with("~~~") => {
                    let sign = &bare[..1];
                    fence = Some(sign.repeat(bare.len() - bare.trim_start_matches(sign).len()));
                }
                None => {}
            }
        }
        let Some(m) = mark(line) else { continue };
        let n = n as u64 + 1;
        match (m, begun.take()) {
            // A line of `=` alone is an underline; only behind the first mark it divides.
            (1, Some((0, place, first))) => begun = Some((0, place, first)),
            (1, _) => begun = Some((1, from..from + line.len(), n)),
            (2, Some((_, place, first))) => return Some(Conflict { at: place, first, last: n }),
            (0, _) => begun = Some((0, from..from + line.len(), n)),
            // The other two are gone.
            (2, None) if names_a_branch(line) => return Some(Conflict { at: from..from + line.len(), first: n, last: n }),
            _ => {}
        }
    }
    // The last mark is gone: the first one alone is enough.
    begun.filter(|(m, ..)| *m == 0).map(|(_, place, first)| Conflict { at: place, first, last: first })
}

/// The finding, where a text has one.
pub(super) fn told(source: &Source, range: Range<usize>, fenced: bool) -> Option<Diagnostic> {
    let text = &source.text[range.clone()];
    let c = find(text, fenced)?;
    let above = source.text[..range.start].matches('\n').count() as u64;
    let (first, last) = (c.first + above, c.last + above);
    let d = Diagnostic::new(
        "SRC048",
        Severity::Error,
        if first == last {
            say!("第 {first} 行是合并冲突留下的标记，冲突没有解决完", "line {first} is a mark that a merge conflict left: it was not resolved to its end")
        } else {
            say!(
                "第 {first}–{last} 行是没有解决的合并冲突（`<<<<<<<`、`=======`、`>>>>>>>`），两种写法都在文件里",
                "lines {first} to {last} are a merge conflict that nobody resolved (`<<<<<<<`, `=======`, `>>>>>>>`): both versions are in the file"
            )
        },
    );
    let d = d.at(source.span(range.start + c.at.start, range.start + c.at.end));
    Some(
        d.hint(if first == last {
            say!("看看上下文，留下对的那一份，删去这一行", "look at the lines around it, keep the version that is right, and delete this line")
        } else {
            say!("留下对的那一份，删去带标记的几行", "keep the version that is right, and delete the lines of marks")
        })
        .blocking(),
    )
}

/// The finding of a text whose lines end with CR alone: for what reads by lines all of it is one line.
pub(super) fn old_lines(source: &Source) -> Option<Diagnostic> {
    let bytes = source.text.trim_end_matches(['\r', '\n']).as_bytes();
    if memchr::memchr(b'\n', bytes).is_some() || memchr::memchr(b'\r', bytes).is_none() {
        return None;
    }
    let what = say!(
        "这个文件的行尾是单独的 CR（老式 Mac），整个文件成了一行，没有读入",
        "the lines of this file end with CR alone (old Mac): all of it is one line; it is not read"
    );
    let d = Diagnostic::new("SRC021", Severity::Error, what).at(source.span(0, bytes.iter().position(|b| *b == b'\r').unwrap_or(0)));
    Some(d.blocking().hint(say!(
        "在编辑器里把行尾改为 LF 或 CRLF（VS Code 右下角；记事本另存一次），再保存",
        "set the line ends to LF or CRLF in the editor (in VS Code at the lower right), and save"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Option<(u64, u64)> {
        find(text, true).map(|c| (c.first, c.last))
    }

    #[test]
    fn marks_in_their_order() {
        for (text, want) in [
            ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", Some((2, 6))),
            ("a\r\n<<<<<<< HEAD\r\nb\r\n||||||| base\r\nb\r\n=======\r\nc\r\n>>>>>>> x", Some((2, 8))),
            // Mended by half.
            ("a\n=======\nc\n>>>>>>> x\n", Some((2, 4))),
            ("<<<<<<< HEAD\nb\nc\n>>>>>>> x\n", Some((1, 4))),
            ("<<<<<<< HEAD\nb\n=======\n", Some((1, 1))),
            ("甲\n=======\n\n正文\n", None),
            (">>>>>>> 七层引用\n", None),
            (">>>>>>> seven quotes in one another\n", None),
            (">>>>>>>\n", None),
            ("正文\n>>>>>>> branch\n", Some((2, 2))),
            ("正文\n>>>>>>> 1a2b3c4 (改标题)\n", Some((2, 2))),
            (">>>>>>>> branch\n", None),
            ("a <<<<<<< b\n=======\n>>>>>>>> c\n", None),
            ("```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n```\n", None),
            ("~~~~\n<<<<<<< HEAD\n~~~\n=======\n>>>>>>> x\n~~~~\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> y\n", Some((7, 11))),
        ] {
            assert_eq!(lines(text), want, "{text:?}");
        }
    }
}
