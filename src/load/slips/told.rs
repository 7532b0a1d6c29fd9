//! Slips in words, with the line as it should be.

use super::super::Source;
use super::words::even;
use super::{LONG_LINE, Slip, Slips, Walk, Weight};
use crate::diag::{Diagnostic, Severity, Text, push_few, say};
use std::ops::Range;

impl Slips {
    /// The first line with a slip that may break the structure, as an offset.
    pub(in super::super) fn grave(&self) -> Option<usize> {
        self.0.iter().filter(|s| matches!(s.weight, Weight::Grave | Weight::Hidden)).map(|s| s.at.start).min()
    }

    /// Is there one on a line?
    pub(in super::super) fn on(&self, source: &Source, line: u32) -> bool {
        self.0.iter().any(|s| source.span(s.at.start, s.at.start).line == line)
    }

    /// Is there one on a line that may break the structure?
    pub(in super::super) fn grave_on(&self, source: &Source, line: u32) -> bool {
        self.0.iter().any(|s| matches!(s.weight, Weight::Grave | Weight::Hidden) && source.span(s.at.start, s.at.start).line == line)
    }

    /// Is a full-width bracket told of that closes, below a place?
    pub(in super::super) fn closes_below(&self, source: &Source, at: usize) -> bool {
        let closes = |s: &&Slip| s.weight == Weight::Grave && s.at.start > at && source.text[s.at.start..].starts_with(['】', '］', '〕', '｝']);
        self.0.iter().any(|s| closes(&s))
    }

    /// Those on the line of a place and above it.
    pub(in super::super) fn up_to(mut self, source: &Source, at: usize) -> Slips {
        let line = source.span(at, at).line;
        self.0.retain(|s| source.span(s.at.start, s.at.start).line <= line);
        self
    }

    /// Tells them. `lost`: the document could not be read.
    pub(in super::super) fn tell(mut self, source: &Source, lost: bool, out: &mut Vec<Diagnostic>) {
        self.0.sort_by_key(|s| s.at.start);
        for n in 0..self.0.len() {
            let s = &self.0[n];
            if s.weight == Weight::Grave && !lost {
                continue;
            }
            // Several slips of one line are mended by one line: the first of the weight stands for them.
            let doubt = |w: Weight| w == Weight::Doubt;
            let blocks = |w: Weight| matches!(w, Weight::Grave | Weight::Hidden);
            let same = |o: &Slip| !o.fix.is_empty() && doubt(o.weight) == doubt(s.weight) && (lost || blocks(o.weight) == blocks(s.weight));
            let told = |o: &Slip| o.weight != Weight::Grave || lost;
            let of_line = self.0[..n].iter().rev().take_while(|o| o.at.start <= s.at.start && !source.text[o.at.start..s.at.start].contains('\n'));
            if !s.fix.is_empty() && of_line.take(20).any(|o| told(o) && same(o)) {
                continue;
            }
            push_few(out, "SRC020", || {
                let severity = if s.weight == Weight::Doubt { Severity::Warn } else { Severity::Error };
                let mut hint = match self.mended(source, s.at.start).filter(|_| !s.fix.is_empty()) {
                    Some(line) => say!("应写作 `{line}`", "write `{line}`"),
                    None if s.or.is_some() => Text { zh: String::new(), en: String::new() },
                    None => say!(
                        "冒号、逗号、引号和括号都用半角，成对写：`keywords: [甲, \"乙，丙\"]`",
                        "write colons, commas, quotes and brackets half-width and in pairs: `keywords: [a, \"b, c\"]`"
                    ),
                };
                if let Some(or) = &s.or {
                    let (zh, en) = if hint.zh.is_empty() { ("", "") } else { ("；", "; ") };
                    hint.zh = format!("{}{zh}{}", hint.zh, or.zh);
                    hint.en = format!("{}{en}{}", hint.en, or.en);
                }
                let d = Diagnostic::new("SRC020", severity, s.what.clone()).at(source.span(s.at.start, s.at.end)).hint(hint);
                if lost || matches!(s.weight, Weight::Grave | Weight::Hidden) { d.blocking() } else { d }
            });
        }
    }

    /// The line at `at` with all its slips mended; none where it would not be right yet.
    fn mended(&self, source: &Source, at: usize) -> Option<String> {
        let text = &source.text;
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        // A line of kilobytes is no line that somebody writes again, and costs as much to read again for each slip.
        if end - start > LONG_LINE {
            return None;
        }
        let mut fixes: Vec<&(Range<usize>, String)> =
            self.0.iter().filter(|s| (start..=end).contains(&s.at.start)).flat_map(|s| &s.fix).filter(|(r, _)| r.start >= start && r.end <= end).collect();
        fixes.sort_by_key(|(r, _)| (r.start, r.end));
        let mut line = String::new();
        let mut copied = start;
        for (r, with) in fixes {
            if r.start < copied {
                continue;
            }
            line.push_str(&text[copied..r.start]);
            line.push_str(with);
            copied = r.end;
        }
        line.push_str(&text[copied..end]);
        // A line that is a whole for itself has to be read as it stands.
        let body = line.trim();
        let whole = even(body) && !body.ends_with(['|', '>']) && (body.contains(": ") || body.starts_with("- "));
        let again = Walk { field: String::new(), ..Walk::default() };
        (!whole || again.clean(body)).then(|| line.trim_end().chars().take(120).collect())
    }
}
