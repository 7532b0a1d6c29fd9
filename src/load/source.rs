//! One text file as it was read, and the way from byte offsets to places people can find.

use crate::diag::Span;
use std::sync::{Arc, OnceLock};

/// A UTF-8 file of the project. A byte-order mark is not part of `text`.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the project, with `/`.
    pub path: Arc<str>,
    /// The whole text; where `tail` is set, with a value of the file put after it.
    pub text: Box<str>,
    /// The value after the text.
    pub tail: Option<Tail>,
    /// Where it stands in the file, where the text is a part of that.
    from: Place,
    /// Where in the text the part begins: before it may stand the beginning of its line.
    pub begins: usize,
    /// Where lines begin; made once, when the first finding asks for it.
    lines: OnceLock<Box<[u32]>>,
    /// Characters before each [`STEP`] bytes; made when a place far inside a line is asked for.
    steps: OnceLock<Box<[u32]>>,
}

/// Where a part of a file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Characters of the line before it.
    pub column: u32,
}

const FIRST: Place = Place { line: 1, column: 0 };

/// A value of a YAML file that is a text of its own (`description: |`): it stands, without its
/// indentation, after the file's text, so that a range of bytes is all that anybody needs to name a place.
#[derive(Debug, Clone, Copy)]
pub struct Tail {
    /// Where the value begins in [`Source::text`].
    pub from: usize,
    /// Bytes of the file that it was read from.
    pub node: (usize, usize),
}

/// Bytes between two counts of characters: a thousand findings in one line of a megabyte do not count it a thousand times.
const STEP: usize = 4096;

/// Longest excerpt kept for a finding, in characters.
const EXCERPT: usize = 400;

impl Source {
    /// A file.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Box<str>>) -> Source {
        Source { path: path.into(), text: text.into(), tail: None, from: FIRST, begins: 0, lines: OnceLock::new(), steps: OnceLock::new() }
    }

    /// A part of a file that is too large to be one: places are those of the file.
    pub(super) fn part(path: Arc<str>, text: String, from: Place, begins: usize) -> Source {
        Source { from, begins, ..Source::new(path, text) }
    }

    /// The file with one of its values after it.
    pub(super) fn with_tail(&self, value: &str, node: (usize, usize)) -> Source {
        let text = format!("{}\n{value}", self.text);
        Source {
            path: self.path.clone(),
            text: text.into(),
            tail: Some(Tail { from: self.text.len() + 1, node }),
            from: self.from,
            begins: self.begins,
            lines: OnceLock::new(),
            steps: OnceLock::new(),
        }
    }

    /// The place in the file of a byte of the tail: the same line of the value, where the file has it as it is.
    fn in_file(&self, tail: Tail, at: usize) -> usize {
        let line_start = self.text[tail.from..at].rfind('\n').map_or(tail.from, |i| tail.from + i + 1);
        let line = self.text[line_start..].lines().next().unwrap_or("").trim();
        let found = self.text.get(tail.node.0..tail.node.1).and_then(|raw| raw.find(line)).filter(|_| !line.is_empty());
        let indent = self.text[line_start..].len() - self.text[line_start..].trim_start().len();
        found.map_or(tail.node.0, |i| tail.node.0 + i + (at - line_start).saturating_sub(indent))
    }

    /// The place of a byte range. An end on a later line is cut to the end of the first line.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (mut start, mut end) = (floor(&self.text, start), floor(&self.text, end.max(start)));
        if let Some(tail) = self.tail.filter(|t| start >= t.from) {
            let from = floor(&self.text, self.in_file(tail, start).min(tail.from.saturating_sub(1)));
            (end, start) = (floor(&self.text, (from + (end - start)).min(tail.from.saturating_sub(1))), from);
        }
        let lines = self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|i| i as u32 + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        let line = lines.partition_point(|l| *l as usize <= start);
        let line_start = lines[line - 1] as usize;
        let line_end = lines.get(line).map_or(self.text.len(), |l| *l as usize - 1);
        let col = self.characters(line_start, start) + 1 + if line == 1 { self.from.column } else { 0 };
        let len = self.text[start..end.min(line_end)].chars().take(EXCERPT).count() as u32;
        let excerpt = self.text[line_start..line_end].trim_end_matches('\r').chars().take(EXCERPT).collect();
        let line = line as u32 + self.from.line - 1;
        Span { file: self.path.clone(), line, col, end_col: col + len, excerpt }
    }
}

impl Source {
    /// Characters between two places.
    fn characters(&self, from: usize, to: usize) -> u32 {
        if to - from < 2 * STEP {
            return self.text[from..to].chars().count() as u32;
        }
        // A character is counted by its first byte.
        let count = |bytes: &[u8]| bytes.iter().filter(|b| (**b as i8) >= -64).count() as u32;
        let steps = self.steps.get_or_init(|| {
            let sums = self.text.as_bytes().chunks(STEP).scan(0, |sum, c| Some(std::mem::replace(sum, *sum + count(c))));
            sums.collect()
        });
        let before = |at: usize| steps[(at / STEP).min(steps.len() - 1)] + count(&self.text.as_bytes()[(at / STEP).min(steps.len() - 1) * STEP..at]);
        before(to) - before(from)
    }
}

/// The nearest character boundary at or before `at`.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let s = Source::new("a.md", "一二三\n标题：甲\r\n");
        let at = s.text.find('甲').unwrap();
        let p = s.span(at, at + 3);
        assert_eq!((p.line, p.col, p.end_col, p.excerpt.as_str()), (2, 4, 5, "标题：甲"));
        assert_eq!(s.span(9999, 9999).line, 3);
    }

    #[test]
    fn columns_far_inside_a_line_count_characters_too() {
        let s = Source::new("a.md", format!("一\n{}甲{}", "二a".repeat(5_000), "b".repeat(9_000)));
        let at = s.text.find('甲').unwrap();
        assert_eq!(s.span(at, at + 3).col, 10_001);
        assert_eq!(s.span(s.text.len(), s.text.len()).col, 19_002);
    }

    #[test]
    fn a_value_points_into_its_file() {
        let file = "title: 甲\ndescription: |\n  第一行\n  第二行有字\nx: 1\n";
        let s = Source::new("a.yaml", file).with_tail("第一行\n第二行有字\n", (file.find('|').unwrap(), file.find("x:").unwrap()));
        let at = s.text.rfind('字').unwrap();
        let p = s.span(at, at + 3);
        assert_eq!((p.line, p.col, p.end_col, p.excerpt.as_str()), (4, 7, 8, "  第二行有字"));
    }
}
