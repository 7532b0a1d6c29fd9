//! A body as its blocks in the order of reading: for what compares texts.

use super::anchors::Anchors;
use super::chars::{clean, indented, joins, unindented};
use super::inline_html;
use super::markdown::{Calm, beyond, level_of, prepare};
use pulldown_cmark::{Event, Tag, TagEnd};

/// A paragraph, heading, item of a list, row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its text without markup.
    pub text: String,
    /// Of a heading: 1 to 6, as written.
    pub level: Option<u8>,
    /// Its anchor on the page, where it has one.
    pub anchor: Option<String>,
    /// Bytes of the clause number (`第三条`) that it begins with.
    pub clause: usize,
}

/// The blocks of a body. Their anchors are those of its page.
pub fn blocks(text: &str, allow_html: bool) -> Vec<Block> {
    calmly(text, Calm::default(), allow_html)
}

/// The same, of a text of which it is known what it does not hold ([`super::outline::Outline::calm`]).
pub fn calmly(text: &str, calm: Calm, allow_html: bool) -> Vec<Block> {
    let body = prepare(text, calm);
    let mut out = Out::default();
    let mut broken = false;
    let mut columns = 0;
    let mut html = String::new();
    // Of each open list the number that comes next and the last that was written.
    let mut lists: Vec<Option<(u64, u64)>> = Vec::new();
    for (event, range) in body.events() {
        match event {
            Event::Text(t) | Event::Code(t) => {
                let t = clean(&t);
                if broken && indented(&t) {
                    out.end();
                } else if broken && !joins(out.text.chars().next_back(), t.chars().next()) {
                    out.text.push(' ');
                }
                broken = false;
                out.text.push_str(&t);
            }
            Event::InlineHtml(t) => {
                let t = clean(&t);
                match inline_html::safe(&t) {
                    Some(inline_html::Safe::Single("br")) => out.text.push('\n'),
                    Some(_) => {}
                    None if allow_html => inline_html::text_of(&inline_html::without_comments(&t), &mut out.text),
                    None => out.text.push_str(&inline_html::without_comments(&t)),
                }
            }
            Event::Html(t) => html.push_str(&t),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut html);
                let block = clean(&block);
                let block = inline_html::without_comments(&block);
                match inline_html::block(&block) {
                    None if !allow_html => out.text.push_str(&block),
                    _ => inline_html::text_of(&block, &mut out.text),
                }
                out.end();
            }
            Event::SoftBreak => broken = true,
            Event::HardBreak => {
                broken = false;
                out.text.push('\n');
            }
            Event::TaskListMarker(done) => out.text.push_str(if done { "☑ " } else { "☐ " }),
            Event::InlineMath(t) | Event::DisplayMath(t) => out.text.push_str(&t),
            Event::Start(Tag::Heading { level, id, .. }) => {
                out.end();
                out.heading = Some((level_of(level), id.map(|i| i.to_string())));
            }
            Event::Start(Tag::List(first)) => {
                out.end();
                lists.push(first.map(|n| (n, n)));
            }
            Event::End(TagEnd::List(_)) => {
                out.end();
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                out.end();
                let written = body.text()[range].trim_start();
                let digits = written.bytes().take_while(u8::is_ascii_digit).count();
                if let (Some(Some((next, last))), Ok(n)) = (lists.last_mut(), written[..digits].parse::<u64>()) {
                    // All the same (`1. 1. 1.`) is left to be counted, as on the page.
                    let shown = if n != *next && n != *last { n } else { *next };
                    (*next, *last) = (shown.saturating_add(1), n);
                    out.number = format!("{shown}. ");
                }
            }
            Event::Start(Tag::Table(align)) => {
                out.end();
                columns = align.len();
            }
            Event::End(TagEnd::TableCell) => out.text.push_str(" | "),
            Event::End(TagEnd::TableRow) => {
                beyond(&body.text()[range], columns).iter().for_each(|c| {
                    out.text.push_str(c);
                    out.text.push_str(" | ");
                });
                out.end();
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::Superscript | TagEnd::Subscript) => {}
            Event::Start(Tag::Paragraph) | Event::End(_) => {
                broken = false;
                out.end();
            }
            Event::Start(_) | Event::Rule | Event::FootnoteReference(_) => {}
        }
    }
    out.end();
    out.blocks
}

#[derive(Default)]
struct Out {
    blocks: Vec<Block>,
    text: String,
    heading: Option<(u8, Option<String>)>,
    /// The number of the item of a list that begins.
    number: String,
    anchors: Anchors,
}

impl Out {
    /// Ends the block that is being read.
    fn end(&mut self) {
        let heading = self.heading.take();
        // Most ends of tags end nothing.
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let mut text = unindented(&text).trim();
        while let Some(before) = text.strip_suffix(" |") {
            text = before;
        }
        if text.is_empty() {
            return;
        }
        let mut number = std::mem::take(&mut self.number);
        if let Some((level, id)) = heading {
            let anchor = self.anchors.heading(text, id.as_deref());
            self.blocks.push(Block { text: text.to_string(), level: Some(level), anchor: Some(anchor), clause: 0 });
            return;
        }
        match self.anchors.clause(text).map(|(a, n)| (a, n.len())) {
            Some((anchor, clause)) => self.blocks.push(Block { text: text.to_string(), level: None, anchor: Some(anchor), clause }),
            None => {
                number.push_str(text);
                self.blocks.push(Block { text: number, level: None, anchor: None, clause: 0 });
            }
        }
    }
}

/// The anchor of an article of a text, by a reference to it: `第三条`, `第三条之一`, `第三条第二款`, or the anchor itself.
pub fn article(text: &str, allow_html: bool, reference: &str) -> Option<String> {
    let reference = reference.trim();
    // What stands behind the number (款, 项) has no address of its own.
    let number = reference.match_indices('第').find_map(|(at, _)| {
        let whole = &reference[at..];
        let end = whole.find('条')? + '条'.len_utf8();
        let sub = whole[end..].strip_prefix('之').map_or("", |s| &s[..s.find(|c: char| !"〇零一二三四五六七八九十百千".contains(c)).unwrap_or(s.len())]);
        let end = if sub.is_empty() { end } else { end + '之'.len_utf8() + sub.len() };
        Anchors::default().clause(&whole[..end]).map(|(anchor, _)| anchor)
    });
    let wanted = number.unwrap_or_else(|| reference.trim_start_matches('#').to_string());
    blocks(text, allow_html).into_iter().filter_map(|b| b.anchor).find(|a| **a == *wanted).map(|a| a.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_in_the_order_of_reading() {
        let text = "## 第一章 总则\n\n第一条 为了甲。第二条 乙：\n（一）丙；\n（二）丁。\n\n- 第三条 戊\n- 己\n\n3. 庚\n4. 辛\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n**第四条** 壬\n";
        let all = blocks(text, false);
        let told: Vec<(&str, &str, usize)> = all.iter().map(|b| (&*b.text, b.anchor.as_deref().unwrap_or(""), b.clause)).collect();
        assert_eq!(
            told,
            [
                ("第一章 总则", "ch-1", 0),
                ("第一条 为了甲。", "art-1", 9),
                ("第二条 乙：", "art-2", 9),
                ("（一）丙；", "", 0),
                ("（二）丁。", "", 0),
                ("第三条 戊", "art-3", 9),
                ("己", "", 0),
                ("3. 庚", "", 0),
                ("4. 辛", "", 0),
                ("甲 | 乙", "", 0),
                ("1 | 2", "", 0),
                ("第四条 壬", "art-4", 9),
            ]
        );
        assert_eq!(all[0].level, Some(2));
    }
}
