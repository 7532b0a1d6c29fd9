//! Words of Chinese headings that are not torn at the end of a line. Browsers break Chinese between any two characters; their `word-break:
//! auto-phrase` does nothing for it (Chromium 156). What is held together is marked and no more: text, copying and searching are as before.

use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Words of official titles.
static LIST: &str = include_str!("words.txt");
static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = LIST.split_whitespace().filter(|w| (2..=LONGEST).contains(&w.chars().count()));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()
});

/// Characters of the longest word that is held together: five in letters twice as large are no wider than a screen of 320 px.
const LONGEST: usize = 5;
/// Characters of the longest name that is held together; it is torn only where it has no room on a line of its own.
const NAME: usize = 8;
/// Characters of a heading that stands in one line at any width.
const SHORT: usize = 10;

/// A heading for HTML: each known word, number of a document and day in a `span` that does not break; the longest first.
pub fn held(text: &str, tag: &str) -> String {
    if !tag.starts_with("zh") || text.chars().count() <= SHORT {
        return super::escape(text);
    }
    let mut out = String::new();
    super::kept::each(text, |piece, whole| match whole {
        true => out.push_str(&super::kept::held(piece)),
        false => words(&mut out, piece),
    });
    out
}

/// Names that stand beside each other, as of offices that issue together, are each a whole.
fn words(out: &mut String, text: &str) {
    let names = text.split(' ').count() > 2;
    for (n, part) in text.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        if names && (4..=NAME).contains(&part.chars().count()) && part.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
            out.push_str(&format!("<span class=\"k\">{part}</span>"));
        } else {
            known(out, part);
        }
    }
}

fn known(out: &mut String, text: &str) {
    let mut done = 0;
    for m in WORDS.iter().flat_map(|w| w.find_iter(text)) {
        out.push_str(&super::escape(&text[done..m.start()]));
        out.push_str("<span class=\"w\">");
        out.push_str(&text[m.range()]);
        out.push_str("</span>");
        done = m.end();
    }
    out.push_str(&super::escape(&text[done..]));
}

#[cfg(test)]
mod tests {
    use super::held;

    #[test]
    fn words_of_a_heading_are_held_together_and_nothing_is_lost() {
        let title = "北京市政府信息公开年度报告<2020>情况";
        let html = held(title, "zh-Hans");
        assert!(html.contains("<span class=\"w\">政府</span><span class=\"w\">信息公开</span><span class=\"w\">年度报告</span>&lt;2020&gt;"), "{html}");
        assert_eq!(html.replace("<span class=\"w\">", "").replace("</span>", ""), super::super::escape(title));
        let names = held("海关总署 文化和旅游部 税务总局关于市内免税店的公告", "zh-Hans");
        assert!(
            names.starts_with(
                "<span class=\"k\">海关总署</span> <span class=\"k\">文化和旅游部</span> <span class=\"w\">税务总局</span><span class=\"w\">关于</span>"
            ),
            "{names}"
        );
        assert_eq!((held(title, "en"), held("信息公开", "zh-Hans")), (super::super::escape(title), "信息公开".to_string()));
    }
}
