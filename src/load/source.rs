//! One text file as it was read, and the way from byte offsets to places people can find.

use crate::diag::Span;
use std::sync::Arc;

/// A UTF-8 file of the project. A byte-order mark is not part of `text`.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the project, with `/`.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Box<str>,
}

/// Longest excerpt kept for a finding, in characters.
const EXCERPT: usize = 400;

impl Source {
    /// The place of a byte range. An end on a later line is cut to the end of the first line.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let start = floor(&self.text, start);
        let end = floor(&self.text, end.max(start));
        let line_start = self.text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |i| start + i);
        let line = memchr::memchr_iter(b'\n', &self.text.as_bytes()[..line_start]).count() as u32 + 1;
        let col = self.text[line_start..start].chars().count() as u32 + 1;
        let len = self.text[start..end.min(line_end)].chars().count() as u32;
        let excerpt = self.text[line_start..line_end].trim_end_matches('\r').chars().take(EXCERPT).collect();
        Span { file: self.path.clone(), line, col, end_col: col + len, excerpt }
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
        let s = Source { path: "a.md".into(), text: "一二三\n标题：甲\r\n".into() };
        let at = s.text.find('甲').unwrap();
        let p = s.span(at, at + 3);
        assert_eq!((p.line, p.col, p.end_col, p.excerpt.as_str()), (2, 4, 5, "标题：甲"));
        assert_eq!(s.span(9999, 9999).line, 3);
    }
}
