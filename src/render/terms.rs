//! Glossary terms explained where they stand in a text.

use super::escape::escape_into;
use aho_corasick::{AhoCorasick, MatchKind};

/// The terms of a language, ready to be found.
pub struct Terms {
    finder: AhoCorasick,
    /// By pattern: index of the term.
    of: Vec<u32>,
    /// By term: address, definition.
    about: Vec<(String, String)>,
}

impl Terms {
    /// `None` without terms. Each term: its words, its address, its definition.
    pub fn new(terms: Vec<(Vec<String>, String, String)>) -> Option<Terms> {
        let (mut words, mut of, mut about) = (Vec::new(), Vec::new(), Vec::new());
        for (i, (names, url, definition)) in terms.into_iter().enumerate() {
            for w in names.into_iter().filter(|w| !w.trim().is_empty()) {
                words.push(w);
                of.push(i as u32);
            }
            about.push((url, definition));
        }
        if words.is_empty() {
            return None;
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words).ok()?;
        Some(Terms { finder, of, about })
    }

    /// Writes text; the first occurrence of each term becomes a link with its definition.
    /// `seen` holds the terms that were linked on this page already.
    pub fn write(&self, out: &mut String, text: &str, seen: &mut Vec<u32>) {
        let mut at = 0;
        for hit in self.finder.find_iter(text) {
            let term = self.of[hit.pattern().as_usize()];
            let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let (first, last) = (text[hit.range()].chars().next(), text[hit.range()].chars().next_back());
            // `API` is not in `RAPID`; Han words have no such boundary.
            let inside = word(first) && word(text[..hit.start()].chars().next_back()) || word(last) && word(text[hit.end()..].chars().next());
            if inside || seen.contains(&term) {
                continue;
            }
            seen.push(term);
            escape_into(out, &text[at..hit.start()]);
            let (url, definition) = &self.about[term as usize];
            out.push_str("<a class=\"term\" data-module=\"term\" href=\"");
            escape_into(out, url);
            out.push_str("\" title=\"");
            escape_into(out, definition);
            out.push_str("\">");
            escape_into(out, &text[hit.range()]);
            out.push_str("</a>");
            at = hit.end();
        }
        escape_into(out, &text[at..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_once_and_whole_words() {
        let t =
            Terms::new(vec![(vec!["公开".into(), "政务公开".into()], "/g/#a".into(), "向公众\"说\"".into()), (vec!["API".into()], "/g/#b".into(), "x".into())]);
        let (mut out, mut seen) = (String::new(), Vec::new());
        t.unwrap().write(&mut out, "政务公开 RAPID API 公开<b>", &mut seen);
        assert_eq!(
            out,
            "<a class=\"term\" data-module=\"term\" href=\"/g/#a\" title=\"向公众&quot;说&quot;\">政务公开</a> RAPID <a class=\"term\" data-module=\"term\" href=\"/g/#b\" title=\"x\">API</a> 公开&lt;b&gt;"
        );
    }
}
