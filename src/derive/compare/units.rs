//! A text as the units that are compared: articles (条), the headings above them, and paragraphs where there are none.

use crate::load::anchors::{Anchors, article};
use crate::load::blocks::Block;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 编, 章, 节, or another heading.
    Heading,
    /// 条.
    Article,
    /// A paragraph outside articles.
    Paragraph,
}

/// A unit of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// `第三条`; empty where it has no number.
    pub label: String,
    /// The number: 120, 1 for 第一百二十条之一.
    pub number: Option<(u32, u32)>,
    /// Its anchor on the page of the text.
    pub anchor: Option<String>,
    /// Its text behind the label, a paragraph a line.
    pub text: String,
}

/// Longest line that may be a heading without being marked as one, in characters.
const HEADING: usize = 40;

/// The units of a text, in its order. An article reaches to the next article or heading.
pub fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    for b in blocks {
        let label = match (b.clause, b.level) {
            (0, Some(_)) => Anchors::default().clause(&b.text).map_or(0, |(_, n)| n.len()),
            (n, _) => n,
        };
        if label > 0 {
            let (label, text) = b.text.split_at(label);
            let text = text.trim_start().to_string();
            out.push(Unit { kind: Kind::Article, label: label.to_string(), number: number(label), anchor: b.anchor.clone(), text });
        } else if b.level.is_some() || heading(&b.text) || annex(&b.text) {
            out.push(Unit { kind: Kind::Heading, label: String::new(), number: None, anchor: b.anchor.clone(), text: b.text.clone() });
        } else if let Some(article) = out.last_mut().filter(|u| u.kind == Kind::Article) {
            if !article.text.is_empty() {
                article.text.push('\n');
            }
            article.text.push_str(&b.text);
        } else {
            out.push(Unit { kind: Kind::Paragraph, label: String::new(), number: None, anchor: b.anchor.clone(), text: b.text.clone() });
        }
    }
    out
}

/// The numbers of a label.
fn number(label: &str) -> Option<(u32, u32)> {
    article(label).map(|(n, sub, _)| (n, sub.unwrap_or(0)))
}

/// `第二章 总则`, as a line of its own.
fn heading(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    let Some(end) = rest.find(|c: char| !(c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c))).filter(|e| *e > 0) else {
        return false;
    };
    let unit = ["分编", "编", "章", "节"].iter().find_map(|u| rest[end..].strip_prefix(u));
    unit.is_some_and(|r| r.is_empty() || r.starts_with(char::is_whitespace)) && text.chars().count() <= HEADING
}

/// `附则`, `附件`, `附件1：…` as a line of its own: it and what stands below it is no paragraph of the article before.
pub fn annex(text: &str) -> bool {
    // Asked of every paragraph, and so is nearly always no.
    if !text.trim_start().starts_with('附') {
        return false;
    }
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = match tight.strip_prefix("附件").or_else(|| tight.strip_prefix("附录")) {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)),
        None => return tight == "附则",
    };
    // `附件1规定的条件` is a sentence.
    (rest.is_empty() || rest.starts_with(['：', ':'])) && text.chars().count() <= HEADING && !rest.ends_with('。')
}
