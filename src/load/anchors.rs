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
    pub fn clause<'t>(&mut self, text: &'t str) -> Option<(String, &'t str)> {
        let (n, rest) = numbered(text, "条")?;
        let mut anchor = format!("art-{n}");
        let mut rest = rest;
        if let Some(sub) = rest.strip_prefix('之') {
            let end = sub.find(|c: char| !is_numeral(c)).unwrap_or(sub.len());
            if let Some(n) = han_number(&sub[..end]) {
                anchor = format!("{anchor}-{n}");
                rest = &sub[end..];
            }
        }
        if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || c == '【' || c == '（') {
            return None;
        }
        Some((self.once(anchor), &text[..text.len() - rest.len()]))
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
        assert_eq!(a.clause("第三条 又"), Some(("art-3-2".into(), "第三条")));
        assert_eq!(a.clause("第三条所称"), None);
        assert_eq!(a.clause("第三方"), None);
    }
}
