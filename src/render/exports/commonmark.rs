//! Events as Markdown. `pulldown-cmark-to-cmark` writes whatever there is, copies every event, and reads again what it wrote where
//! there is emphasis; most blocks of most documents are words, with a link or a few words in bold among them, and are written here
//! as it would write them: paragraphs, headings, lists of one level, tables, quotations.

use crate::load::markdown::OPTIONS;
use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_to_cmark::{Options, cmark_with_options};

/// Writes the blocks of a text, a blank line between them.
pub fn write(events: &[Event<'_>], out: &mut String) {
    let start = out.len();
    // Definitions of links stand behind the whole text.
    let defined = |t: &LinkType| !matches!(t, LinkType::Inline | LinkType::Autolink | LinkType::Email);
    if events.iter().any(|e| matches!(e, Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) if defined(link_type))) {
        out.push_str(&library(events).or_else(|| library(&without_marks(events))).unwrap_or_else(|| bare(events)));
        return;
    }
    // What was written last is plain.
    let mut ours = true;
    let mut at = 0;
    // Of what is given away, where its last block begins.
    let mut block_text = String::new();
    while at < events.len() {
        let end = block_end(events, at);
        block_text.clear();
        if ours && plain(events, at, end, out.len() == start, &mut block_text).is_some() {
            apart(start, out);
            out.push_str(&block_text);
            at = end;
            continue;
        }
        // How far apart blocks of other kinds stand is not for us to know: a plain one behind them ends what is given away.
        let from = at;
        loop {
            let end = block_end(events, at);
            block_text.clear();
            ours = plain(events, at, end, false, &mut block_text).is_some();
            at = end;
            if ours || at >= events.len() {
                break;
            }
        }
        let text = library(&events[from..at]).unwrap_or_else(|| each(events, from, at));
        if out.len() > start {
            let text = text.trim_start_matches('\n');
            if !text.is_empty() {
                apart(start, out);
            }
            out.push_str(text);
        } else {
            out.push_str(&text);
        }
    }
}

/// How the library writes: numbers of lists as they are counted, for they are quoted.
fn as_written() -> Options<'static> {
    Options { increment_ordered_list_bullets: true, ..Options::default() }
}

/// What the library writes; `None` where it cannot say what it was given in Markdown, and stops in the middle: bold words that touch
/// others (`**甲****乙**`), marks beside signs.
fn library(events: &[Event<'_>]) -> Option<String> {
    let text = whole(events)?;
    if !spelled(&text) {
        return Some(text);
    }
    let (mut out, mut at) = (Vec::with_capacity(events.len()), 0);
    while at < events.len() {
        let end = block_end(events, at);
        let block = &events[at..end];
        if whole(block).is_some_and(|t| spelled(&t)) {
            let inner = within(block);
            out.extend(if whole(&inner).is_some_and(|t| spelled(&t)) { without_marks(block) } else { inner });
        } else {
            out.extend_from_slice(block);
        }
        at = end;
    }
    whole(&out)
}

/// All at once, as the library writes it.
fn whole(events: &[Event<'_>]) -> Option<String> {
    let mut text = String::new();
    cmark_with_options(events.iter(), &mut text, OPTIONS, as_written()).ok().map(|_| text)
}

/// Whether a character beyond ASCII is told by its number: so the library writes letters beside bold words that begin or end with a
/// sign (`&#29031;**“放管服”**`). No search finds such a word.
fn spelled(text: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), b"&#").any(|i| {
        let digits = text[i + 2..].bytes().take_while(u8::is_ascii_digit).count();
        digits > 2 && text[i + 2 + digits..].starts_with(';')
    })
}

/// Signs at the ends of bold, emphasised and deleted words stand outside of them, where a letter stands beside: `照“**放管服**”，`.
fn within<'e>(events: &[Event<'e>]) -> Vec<Event<'e>> {
    let opens = |e: &Event<'_>| matches!(e, Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough));
    let closes = |e: &Event<'_>| matches!(e, Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough));
    let letter = |c: char| c.is_alphanumeric();
    let mut out: Vec<Event<'e>> = Vec::with_capacity(events.len());
    for e in events {
        match (out.last(), e) {
            (Some(start), Event::Text(t)) if opens(start) => {
                let signs = t.len() - t.trim_start_matches(|c| !letter(c)).len();
                if let Some(start) = (signs > 0).then(|| out.pop()).flatten() {
                    out.extend([Event::Text(t[..signs].to_string().into()), start]);
                    if signs < t.len() {
                        out.push(Event::Text(t[signs..].to_string().into()));
                    }
                } else {
                    out.push(e.clone());
                }
            }
            (Some(Event::Text(t)), end) if closes(end) => {
                let kept = t.trim_end_matches(|c| !letter(c)).len();
                let (head, signs) = (t[..kept].to_string(), t[kept..].to_string());
                out.pop();
                if !head.is_empty() {
                    out.push(Event::Text(head.into()));
                }
                // Of nothing but signs there is nothing to be marked.
                if out.last().is_some_and(opens) {
                    out.pop();
                } else {
                    out.push(end.clone());
                }
                if !signs.is_empty() {
                    out.push(Event::Text(signs.into()));
                }
            }
            (Some(start), end) if opens(start) && closes(end) => drop(out.pop()),
            _ => out.push(e.clone()),
        }
    }
    out
}

/// Block by block, where all together could not be written: of a block that cannot be, the words count and not the marks.
fn each(events: &[Event<'_>], from: usize, to: usize) -> String {
    let (mut out, mut at) = (String::new(), from);
    while at < to {
        let end = block_end(events, at).min(to);
        let block = &events[at..end];
        let text = library(block).or_else(|| library(&joined(block))).or_else(|| library(&without_marks(block))).unwrap_or_else(|| bare(block));
        let text = text.trim_matches('\n');
        if !text.is_empty() {
            apart(0, &mut out);
            out.push_str(text);
        }
        at = end;
    }
    out
}

/// Bold words that touch are one.
fn joined<'e>(events: &[Event<'e>]) -> Vec<Event<'e>> {
    let mut out: Vec<Event<'e>> = Vec::with_capacity(events.len());
    for e in events {
        let touch = matches!((out.last(), e), (Some(Event::End(TagEnd::Strong)), Event::Start(Tag::Strong)));
        if touch {
            out.pop();
        } else {
            out.push(e.clone());
        }
    }
    out
}

/// The same without bold and emphasised words; that others were deleted is said in HTML.
fn without_marks<'e>(events: &[Event<'e>]) -> Vec<Event<'e>> {
    let told = |e: &Event<'e>| match e {
        Event::Start(Tag::Strong | Tag::Emphasis) | Event::End(TagEnd::Strong | TagEnd::Emphasis) => None,
        Event::Start(Tag::Strikethrough) => Some(Event::InlineHtml("<del>".into())),
        Event::End(TagEnd::Strikethrough) => Some(Event::InlineHtml("</del>".into())),
        e => Some(e.clone()),
    };
    events.iter().filter_map(told).collect()
}

/// The words alone.
fn bare(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    for e in events {
        match e {
            Event::Text(t) | Event::Code(t) => {
                let mut text = String::new();
                let _ = cmark_with_options([Event::Text(t.clone())].iter(), &mut text, OPTIONS, as_written());
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => out.push_str("\n\n"),
            Event::End(TagEnd::TableCell) => out.push(' '),
            _ => {}
        }
    }
    out
}

/// A blank line behind what was written.
fn apart(start: usize, out: &mut String) {
    if out.len() > start {
        out.push_str("\n\n");
    }
}

/// Where the block that begins at `at` ends.
fn block_end(events: &[Event<'_>], at: usize) -> usize {
    let mut depth = 0usize;
    for (n, e) in events[at..].iter().enumerate() {
        match e {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + n + 1;
        }
    }
    events.len()
}

/// Writes a block, if nothing in it can be taken for other markup than it is. `None`: it is not for us, and what was written is
/// of no use.
fn plain(events: &[Event<'_>], at: usize, end: usize, first: bool, out: &mut String) -> Option<()> {
    let inner = events.get(at + 1..end.checked_sub(1)?)?;
    // How the only bold words of a block are written does not depend on others.
    let only = inner.iter().filter(|e| matches!(e, Event::Start(Tag::Strong))).count() == 1;
    match (&events[at], events.get(end - 1)?) {
        (Event::Start(Tag::Paragraph), Event::End(TagEnd::Paragraph)) => inline(inner, Where::Paragraph, only, out),
        (Event::Start(Tag::Heading { level, id: None, classes, attrs }), Event::End(TagEnd::Heading(_))) if classes.is_empty() && attrs.is_empty() => {
            out.extend(std::iter::repeat_n('#', *level as usize));
            out.push(' ');
            inline(inner, Where::Line, only, out)
        }
        (Event::Start(Tag::List(number)), Event::End(TagEnd::List(_))) => {
            // Beside another list it has another sign, before code it is wide.
            let beside = at.checked_sub(1).is_some_and(|i| matches!(events[i], Event::End(TagEnd::List(_))));
            let next = matches!(events.get(end), None | Some(Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Table(_) | Tag::BlockQuote(_))));
            if beside || !next { None } else { list(inner, *number, only, out) }
        }
        (Event::Start(Tag::Table(align)), Event::End(TagEnd::Table)) => table(inner, align, out),
        (Event::Start(Tag::BlockQuote(None)), Event::End(TagEnd::BlockQuote(_))) => {
            if first {
                out.push('\n');
            }
            quotation(inner, only, out)
        }
        _ => None,
    }
}

/// Items of words, or of one paragraph each.
fn list(mut events: &[Event<'_>], number: Option<u64>, only: bool, out: &mut String) -> Option<()> {
    let paragraphs = matches!(events.get(1), Some(Event::Start(Tag::Paragraph)));
    let mut items = 0;
    while !events.is_empty() {
        let end = block_end(events, 0);
        let (Some(Event::Start(Tag::Item)), Some(Event::End(TagEnd::Item))) = (events.first(), events.get(end - 1)) else { return None };
        let mut inner = events.get(1..end - 1)?;
        if paragraphs {
            let (Some(Event::Start(Tag::Paragraph)), Some(Event::End(TagEnd::Paragraph))) = (inner.first(), inner.last()) else { return None };
            inner = inner.get(1..inner.len() - 1)?;
        }
        if items > 0 {
            out.push_str(if paragraphs { "\n\n" } else { "\n" });
        }
        match number {
            Some(n) => out.push_str(&format!("{}. ", n + items as u64)),
            None => out.push_str("* "),
        }
        inline(inner, Where::Line, only, out)?;
        (items, events) = (items + 1, &events[end..]);
    }
    // A list of one paragraph is told from one of words by more than its words.
    (items > usize::from(paragraphs)).then_some(())
}

fn table(events: &[Event<'_>], align: &[Alignment], out: &mut String) -> Option<()> {
    let mut rows = 0;
    let mut at = 0;
    while at < events.len() {
        let end = block_end(events, at);
        if !matches!((&events[at], rows), (Event::Start(Tag::TableHead), 0) | (Event::Start(Tag::TableRow), 1..)) {
            return None;
        }
        if rows > 0 {
            out.push('\n');
        }
        let mut widths = Vec::new();
        let mut cell = at + 1;
        while cell < end - 1 {
            let close = block_end(events, cell);
            let (Event::Start(Tag::TableCell), Event::End(TagEnd::TableCell)) = (&events[cell], &events[close - 1]) else { return None };
            let inner = &events[cell + 1..close - 1];
            out.push('|');
            if !inner.is_empty() {
                inline(inner, Where::Cell, false, out)?;
            }
            if rows == 0 {
                widths.push(inner.iter().map(|e| if let Event::Text(t) = e { t.chars().count() } else { 0 }).sum::<usize>());
            }
            cell = close;
        }
        out.push('|');
        if rows == 0 {
            out.push('\n');
            for (a, width) in align.iter().zip(widths) {
                let (left, right) = (matches!(a, Alignment::Left | Alignment::Center), matches!(a, Alignment::Right | Alignment::Center));
                let least = 1 + usize::from(left) + usize::from(right);
                let dashes = width.max(least) - usize::from(left) - usize::from(right);
                out.push('|');
                out.push_str(if left { ":" } else { "" });
                out.extend(std::iter::repeat_n('-', dashes));
                out.push_str(if right { ":" } else { "" });
            }
            out.push('|');
        }
        (rows, at) = (rows + 1, end);
    }
    (rows > 0).then_some(())
}

/// Paragraphs that somebody else wrote.
fn quotation(mut events: &[Event<'_>], only: bool, out: &mut String) -> Option<()> {
    let mut before = " > ";
    while !events.is_empty() {
        let end = block_end(events, 0);
        let (Some(Event::Start(Tag::Paragraph)), Some(Event::End(TagEnd::Paragraph))) = (events.first(), events.get(end - 1)) else { return None };
        out.push_str(before);
        out.push_str("\n > ");
        inline(events.get(1..end - 1)?, Where::Line, only, out)?;
        (before, events) = ("\n > ", &events[end..]);
    }
    // Of none there is nothing to be seen.
    before.starts_with('\n').then_some(())
}

/// Where words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// They may go over several lines.
    Paragraph,
    /// They are one line.
    Line,
    /// They stand in a table, where nothing begins a line.
    Cell,
}

/// Writes words, with links and bold words among them, of which no sign is markup. `only`: their block has bold words once.
fn inline(events: &[Event<'_>], place: Where, only: bool, out: &mut String) -> Option<()> {
    let mut at = 0;
    // Texts beside each other are one.
    let text_end = |from: usize| from + events[from..].iter().take_while(|e| matches!(e, Event::Text(_))).count();
    let mut bold = false;
    while at < events.len() {
        let was_bold = std::mem::take(&mut bold);
        match &events[at] {
            Event::Text(_) => {
                let end = text_end(at);
                let line = at == 0 || matches!(events[at - 1], Event::SoftBreak);
                let last = end == events.len() || matches!(events[end], Event::SoftBreak);
                words(&events[at..end], line, last, place, out)?;
                at = end;
            }
            Event::SoftBreak if place == Where::Paragraph && at > 0 && at + 1 < events.len() => {
                out.push('\n');
                at += 1;
            }
            Event::Start(Tag::Strong) if !was_bold => {
                let end = text_end(at + 1);
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let (Some(Event::Text(head)), Event::Text(tail), Some(Event::End(TagEnd::Strong))) = (events.get(at + 1), &events[end - 1], events.get(end))
                else {
                    return None;
                };
                // Beside a letter the marks open and close, whatever stands on their other side.
                let colon = !letter(tail.chars().next_back());
                if !letter(head.chars().next()) || colon && !(only && at == 0 && end == at + 2 && tail.ends_with(['：', '。'])) {
                    return None;
                }
                let (from, sign) = (out.len() + 2, tail.chars().next_back());
                out.push_str("**");
                words(&events[at + 1..end], true, true, place, out)?;
                out.push_str("**");
                (at, bold) = (end + 1, true);
                // Between a colon and a letter they close nothing, so that the colon stands behind them: `**甲**：乙丙`.
                if let Some(sign) = sign.filter(|_| colon && at < events.len()) {
                    let Event::Text(t) = &events[at] else { return None };
                    let bold = out.len() - 2 - sign.len_utf8();
                    if !t.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) || !letter(out[from..bold].chars().next_back()) {
                        return None;
                    }
                    out.truncate(bold);
                    out.push_str("**");
                    out.push(sign);
                    let end = text_end(at);
                    let last = end == events.len() || matches!(events[end], Event::SoftBreak);
                    words(&events[at..end], false, last, place, out)?;
                    at = end;
                }
            }
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, .. }) if title.is_empty() && address(dest_url) => {
                let end = text_end(at + 1);
                if !matches!(events.get(end), Some(Event::End(TagEnd::Link))) {
                    return None;
                }
                out.push('[');
                words(&events[at + 1..end], true, true, place, out)?;
                out.push_str("](");
                out.push_str(dest_url);
                out.push(')');
                at = end + 1;
            }
            _ => return None,
        }
    }
    (at > 0).then_some(())
}

/// An address that is written as it is.
fn address(url: &str) -> bool {
    !url.is_empty() && url.bytes().all(|b| b.is_ascii_alphanumeric() || b >= 0x80 || b":/.-_%#?=,;@+".contains(&b))
}

/// Writes texts beside each other, of which no sign is markup where it stands.
fn words(texts: &[Event<'_>], line: bool, last: bool, place: Where, out: &mut String) -> Option<()> {
    // Whether there have been digits alone so far: a point behind them makes a list.
    let (mut digits, mut first, mut end) = (true, true, b'x');
    for event in texts {
        let Event::Text(t) = event else { return None };
        for b in t.bytes() {
            let sound = match b {
                0x80.. | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => true,
                b' ' => !(first && line),
                b'%' | b'/' | b'(' | b'"' | b'\'' | b';' | b',' | b'?' => true,
                b'.' | b')' => place == Where::Cell || !digits,
                b':' | b'-' | b'+' | b'=' => !first,
                _ => false,
            };
            if !sound {
                return None;
            }
            (digits, first, end) = (digits && b.is_ascii_digit(), false, b);
        }
        out.push_str(t);
    }
    (!(first || last && end == b' ')).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "**甲**乙**丙**",
            "1) 甲\n2) 乙",
            "| a |\n|:-:|\n| **甲** 1.5% |\n|  |\n| - |",
            "一, b (c)\nd: e - f.",
            "> 甲 **乙** [丙](d.pdf)",
            "**注意：**&#35831;按时[丁](d.pdf)\n戊",
            "- **甲：**&#20057;\n- 丙",
            "> **甲。**&#20057;\n>\n> **丙：**&#19969;",
            "**甲乙：**",
        ];
        let mut seen = 0;
        for a in blocks {
            for b in blocks {
                for c in blocks {
                    let text = format!("{a}\n\n{b}\n\n{c}\n");
                    let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext(&text, OPTIONS).collect();
                    let mut out = String::new();
                    write(&events, &mut out);
                    assert_eq!(out.trim_end(), library(&events).unwrap_or_default().trim_end(), "{text}");
                    seen += 1;
                }
            }
        }
        assert_eq!(seen, blocks.len().pow(3));
    }

    #[test]
    fn no_character_of_a_word_is_told_by_its_number() {
        for (text, right) in [
            ("按&#29031;**“放管服”**&#65292;做好", "按照“**放管服**”，做好"),
            ("**（一）甲。**&#20057;", "（**一）甲**。乙"),
            ("&#30002;**《乙》**&#21644;丙", "甲《**乙**》和丙"),
            ("**注意：**&#35831;按时", "**注意**：请按时"),
            ("&#30002;**——**&#20057;", "甲——乙"),
            ("- &#30002;~~（乙）~~&#20057;\n- 丙", "* 甲<del>（乙）</del>乙\n* 丙"),
        ] {
            let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext(text, OPTIONS).collect();
            let mut out = String::new();
            write(&events, &mut out);
            assert_eq!(out, right, "{text}");
        }
    }

    #[test]
    fn words_stand_as_they_are() {
        let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext("## 甲\n\n乙，丙。\n\n丁", OPTIONS).collect();
        let mut out = String::from("前");
        write(&events, &mut out);
        assert_eq!(out, "前## 甲\n\n乙，丙。\n\n丁");
        for (text, ours) in [("**注意：**&#35831;按时", true), ("> **甲：**&#20057;", true), ("**甲：**&#20057;**丙：**&#19969;", false)] {
            let events: Vec<Event<'_>> = pulldown_cmark::Parser::new_ext(text, OPTIONS).collect();
            assert_eq!(plain(&events, 0, events.len(), true, &mut String::new()).is_some(), ours, "{text}");
        }
    }
}
