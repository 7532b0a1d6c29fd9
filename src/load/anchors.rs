//! Anchors of a page: of headings, chapters and clauses, and those that the page has itself.

use super::chars::is_han;
use super::dates::han_number;
use rustc_hash::FxHashMap;

/// Addresses within one page: clause numbers, chapter numbers, heading texts; each given once.
#[derive(Default)]
pub struct Anchors {
    seen: FxHashMap<String, u32>,
}

impl Anchors {
    /// The anchor of a heading, by its author's `{#id}`, its chapter number or its text.
    pub fn heading(&mut self, text: &str, given: Option<&str>) -> String {
        let wish = match given {
            Some(id) if !id.is_empty() => slug(id),
            _ => numbered(text, "章").map(|(n, _)| format!("ch-{n}")).unwrap_or_else(|| slug(text)),
        };
        self.once(if wish.is_empty() { "s".into() } else { wish })
    }

    /// The anchor and the number's text (`第三条之一`) of a paragraph that begins with a clause number.
    ///
    /// Where a number comes again (a notice with its measures below it), its anchor gets a sign that no number has: `art-2--2`.
    /// `art-2-2` is that of 第二条之二 alone.
    pub fn clause<'t>(&mut self, text: &'t str) -> Option<(String, &'t str)> {
        let (n, sub, rest) = article(text)?;
        let anchor = sub.map_or(format!("art-{n}"), |s| format!("art-{n}-{s}"));
        Some((self.again(anchor), &text[..text.len() - rest.len()]))
    }

    /// An id of an article, each once.
    fn again(&mut self, wish: String) -> String {
        let n = self.seen.entry(wish.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *n == 1 {
            return wish;
        }
        let id = format!("{wish}--{n}");
        self.once(id)
    }

    fn once(&mut self, wish: String) -> String {
        let Some(mut n) = self.seen.get(&wish).copied().or_else(|| reserved(&wish).then_some(1)) else {
            self.seen.insert(wish.clone(), 1);
            return wish;
        };
        // What would only be taken for another id of the page gets a word before it.
        let stem = if reserved(&format!("{wish}-2")) { format!("h-{wish}") } else { wish.clone() };
        if stem != wish && !self.seen.contains_key(&stem) {
            self.seen.insert(wish, n);
            self.seen.insert(stem.clone(), 1);
            return stem;
        }
        loop {
            n += 1;
            let id = format!("{stem}-{n}");
            if !self.seen.contains_key(&id) {
                self.seen.insert(wish, n);
                self.seen.insert(id.clone(), 1);
                return id;
            }
        }
    }
}

/// Ids of the frame of every page; a test holds them against the templates.
static FRAME: &[&str] = &[
    "advanced",
    "browse",
    "cite-apa",
    "cite-gbt",
    "cite-url",
    "contact",
    "facets",
    "facts",
    "find",
    "found",
    "how",
    "latest",
    "leave",
    "leave-text",
    "main",
    "nav",
    "note",
    "notes",
    "opinions",
    "pager",
    "phones",
    "q",
    "results",
    "search",
    "search-help",
    "side",
    "sort",
    "toc",
    "tools",
    "top",
    "trust-here",
    "trust-how",
    "trust-self",
    "vetoes",
];

/// True for ids that the page itself has, or may have: of its frame, footnotes, blocks, charts, sections and answers.
pub fn reserved(id: &str) -> bool {
    // A number, and where it may have more behind it.
    let counted = |prefix: &str, more: bool| {
        let tail = id.strip_prefix(prefix).map(|n| n.trim_start_matches(|c: char| c.is_ascii_digit()));
        tail.is_some_and(|t| t.len() + prefix.len() < id.len() && (t.is_empty() || more && t.starts_with('-')))
    };
    FRAME.binary_search(&id).is_ok()
        || id.ends_with("-title")
        || ["sec-", "c-", "s-", "fnref-"].iter().any(|p| id.starts_with(p) && id.is_ascii())
        || counted("fn-", false)
        || ["qa-", "b", "g", "chart-", "plot-"].iter().any(|p| counted(p, true))
}

/// A text that begins with the number of an article: number, that behind 之, and what follows. Blanks may stand around the
/// numerals, as justified lines and PDF have them: `第 一百二十二 条`.
pub fn article(text: &str) -> Option<(u32, Option<u32>, &str)> {
    let (n, rest) = match numbered(text, "条") {
        Some(found) => found,
        None => spaced(text)?,
    };
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '【' || c == '（');
    if let Some(sub) = rest.trim_start_matches(blank).strip_prefix('之').map(|s| s.trim_start_matches(blank)) {
        let end = sub.find(|c: char| !is_numeral(c)).unwrap_or(sub.len());
        if let Some(s) = han_number(&sub[..end]).filter(|_| ends(&sub[end..])) {
            return Some((n, Some(s), &sub[end..]));
        }
    }
    ends(rest).then_some((n, None, rest))
}

/// `第 一百二十二 条`: at least one blank beside the numerals, or among them.
fn spaced(text: &str) -> Option<(u32, &str)> {
    let rest = text.strip_prefix('第')?;
    let end = rest.find(|c: char| !is_numeral(c) && !blank(c))?;
    let number: String = rest[..end].chars().filter(|c| !blank(*c)).collect();
    Some((han_number(&number)?, rest[end..].strip_prefix('条')?))
}

/// A blank within a line.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' | '\u{2009}')
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c)
}

/// `第三章 …` with unit `章` gives 3 and the rest.
pub(super) fn numbered<'t>(text: &'t str, unit: &str) -> Option<(u32, &'t str)> {
    let rest = text.strip_prefix('第')?;
    let end = rest.find(|c: char| !is_numeral(c))?;
    Some((han_number(&rest[..end])?, rest[end..].strip_prefix(unit)?))
}

fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(180));
    for c in text.chars().take(60) {
        if is_han(c) || c.is_ascii_lowercase() || c.is_ascii_digit() {
            out.push(c);
        } else if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clause_numbers() {
        let mut a = Anchors::default();
        assert_eq!(a.clause("第三条 甲"), Some(("art-3".into(), "第三条")));
        assert_eq!(a.clause("第一百二十条之一　乙"), Some(("art-120-1".into(), "第一百二十条之一")));
        assert_eq!(a.clause("第三条 又"), Some(("art-3--2".into(), "第三条")));
        assert_eq!(a.clause("第三条之二 丙"), Some(("art-3-2".into(), "第三条之二")));
        assert_eq!(a.clause("第三条 再"), Some(("art-3--3".into(), "第三条")));
        assert_eq!(a.clause("第 一百二十二 条 戊"), Some(("art-122".into(), "第 一百二十二 条")));
        assert_eq!(a.clause("第 一 百 二 十 三 条　己"), Some(("art-123".into(), "第 一 百 二 十 三 条")));
        assert_eq!(a.clause("第 一百二十三 条 之一 庚"), Some(("art-123-1".into(), "第 一百二十三 条 之一")));
        assert_eq!(a.clause("第四条 之后"), Some(("art-4".into(), "第四条")));
        assert_eq!(a.clause("第 三 条所称"), None);
        assert_eq!(a.clause("第 三 方 条"), None);
        assert_eq!(a.clause("第三条所称"), None);
        assert_eq!(a.clause("第三方"), None);
    }
}
