//! Events as Markdown. `pulldown-cmark-to-cmark` writes whatever there is, and looks at every sign of every text for what might be
//! read as markup; most paragraphs and headings of most documents are words alone, and are written here as they are.

use crate::load::markdown::OPTIONS;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use pulldown_cmark_to_cmark::{Options, cmark_with_options};

/// Writes the blocks of a text, a blank line between them.
pub fn write(events: &[Event<'_>], out: &mut String) {
    let start = out.len();
    // Definitions of links stand behind the whole text.
    let defined = |t: &LinkType| !matches!(t, LinkType::Inline | LinkType::Autolink | LinkType::Email);
    if events.iter().any(|e| matches!(e, Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) if defined(link_type))) {
        let mut text = String::new();
        let _ = cmark_with_options(events.iter(), &mut text, OPTIONS, Options::default());
        out.push_str(&text);
        return;
    }
    // What was written last is words alone.
    let mut plain = true;
    let mut at = 0;
    while at < events.len() {
        let (end, words) = block(events, at);
        if plain && let Some(words) = words {
            apart(start, out);
            words.write(out);
            at = end;
            continue;
        }
        // How far apart blocks of other kinds stand is not for us to know: one of words behind them ends what is given away.
        let from = at;
        loop {
            let (end, words) = block(events, at);
            at = end;
            plain = words.is_some();
            if plain || at >= events.len() {
                break;
            }
        }
        let mut text = String::new();
        // Events of our own parser are always in order; what could be written up to a fault is better than nothing.
        let _ = cmark_with_options(events[from..at].iter(), &mut text, OPTIONS, Options::default());
        if out.len() > start {
            apart(start, out);
            out.push_str(text.trim_start_matches('\n'));
        } else {
            out.push_str(&text);
        }
    }
}

/// A blank line behind what was written.
fn apart(start: usize, out: &mut String) {
    if out.len() > start {
        out.push_str("\n\n");
    }
}

/// A paragraph or a heading of words alone.
struct Words<'e, 'a> {
    level: usize,
    texts: &'e [Event<'a>],
}

impl Words<'_, '_> {
    fn write(&self, out: &mut String) {
        if self.level > 0 {
            out.extend(std::iter::repeat_n('#', self.level));
            out.push(' ');
        }
        for event in self.texts {
            if let Event::Text(t) = event {
                out.push_str(t);
            }
        }
    }
}

/// Where the block that begins at `at` ends, and its words if they are all of it.
fn block<'e, 'a>(events: &'e [Event<'a>], at: usize) -> (usize, Option<Words<'e, 'a>>) {
    let level = match &events[at] {
        Event::Start(Tag::Paragraph) => Some(0),
        Event::Start(Tag::Heading { level, id: None, classes, attrs }) if classes.is_empty() && attrs.is_empty() => Some(*level as usize),
        _ => None,
    };
    if let Some(level) = level {
        let texts = events[at + 1..].iter().take_while(|e| matches!(e, Event::Text(_))).count();
        let (texts, end) = (&events[at + 1..at + 1 + texts], at + 2 + texts);
        let closed = matches!(events.get(end - 1), Some(Event::End(TagEnd::Paragraph | TagEnd::Heading(_))));
        if closed && !texts.is_empty() && texts.iter().enumerate().all(|(n, e)| matches!(e, Event::Text(t) if harmless(t, n == 0, n + 1 == texts.len()))) {
            return (end, Some(Words { level, texts }));
        }
    }
    let mut depth = 0usize;
    for (n, e) in events[at..].iter().enumerate() {
        match e {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at + n + 1, None);
        }
    }
    (events.len(), None)
}

/// Text of which no sign is markup anywhere: of ASCII, letters and digits, and blanks between them.
fn harmless(text: &str, first: bool, last: bool) -> bool {
    let edge = |b: Option<&u8>| b.is_none_or(|b| *b == b' ');
    let bytes = text.as_bytes();
    !((first && edge(bytes.first())) || (last && edge(bytes.last()))) && bytes.iter().all(|b| !b.is_ascii() || b.is_ascii_alphanumeric() || *b == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the library writes by itself.
    fn whole(events: &[Event<'_>]) -> String {
        let mut out = String::new();
        let _ = cmark_with_options(events.iter(), &mut out, OPTIONS, Options::default());
        out
    }

    #[test]
    fn what_is_written_is_what_the_library_writes() {
        let blocks = [
            "甲乙丙，丁。",
            "甲 1 乙\n丙",
            "## 标题 A1",
            "### 一、*二*",
            "第一条　为了甲。",
            "1 甲",
            "**注意：**请按时",
            "甲[乙](https://a.example/)丙",
            "- 甲\n- 乙",
            "- 甲\n\n- 乙",
            "1. 甲\n2. 乙",
            "> 甲\n>\n> 乙",
            "| 甲 | 乙 |\n|---|--:|\n| 1 | 2 |",
            "```\n甲\n```",
            "    甲",
            "---",
            "甲  \n乙",
            "甲\\*乙 <b>丙</b>",
            "<div>\n甲\n</div>",
            "甲[^1]乙\n\n[^1]: 丙",
            "-",
            "甲\n: 乙",
            "甲[乙]丙\n\n[乙]: https://b.example/",
        ];
        let mut seen = 0;
        for a in blocks {
            for b in blocks {
                for c in blocks {
                    let text = format!("{a}\n\n{b}\n\n{c}\n");
                    let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext(&text, OPTIONS).collect();
                    let mut out = String::new();
                    write(&events, &mut out);
                    assert_eq!(out.trim_end(), whole(&events).trim_end(), "{text}");
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, blocks.len().pow(3));
    }

    #[test]
    fn words_stand_as_they_are() {
        let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext("## 甲\n\n乙，丙。\n\n丁", OPTIONS).collect();
        let mut out = String::from("前");
        write(&events, &mut out);
        assert_eq!(out, "前## 甲\n\n乙，丙。\n\n丁");
    }
}
