//! HTML that may stand in every text: a few inline tags without attributes, where they are closed in order.

use super::chars::clean;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Tags that are always let through: line breaks, indices, ruby, keys, underline, edits.
static TAGS: &[&str] = &["br", "wbr", "sub", "sup", "ruby", "rb", "rt", "rp", "kbd", "u", "mark", "small", "ins", "del", "s"];

/// A tag that is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safe {
    /// `<br>`, `<wbr>`
    Single(&'static str),
    /// `<sub>`
    Open(&'static str),
    /// `</sub>`
    Close(&'static str),
}

/// Reads one tag; `None` for every other.
pub fn safe(tag: &str) -> Option<Safe> {
    let inner = tag.trim().strip_prefix('<')?.strip_suffix('>')?;
    let (inner, close) = inner.strip_prefix('/').map_or((inner, false), |i| (i, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = TAGS.iter().find(|t| t.eq_ignore_ascii_case(&inner[..end]))?;
    if inner.contains(['<', '>']) {
        return None;
    }
    Some(match (*name, close) {
        // `</br>` is what many write.
        ("br" | "wbr", _) => Safe::Single(name),
        (_, true) => Safe::Close(name),
        _ if inner.ends_with('/') => return None,
        _ => Safe::Open(name),
    })
}

/// Most tags open at one time; more are text.
const OPEN: usize = 16;

/// Turns the tags that may stand, and that are closed within their block and in order, into finished HTML. Such an event becomes
/// an [`Event::InlineMath`], which no text can hold, because the parser is not asked for it.
pub fn settle(events: &mut [Event<'_>]) {
    /// What is open: a tag with the place of its event, or a piece of Markdown that no tag may cross.
    enum Mark {
        Tag(usize, &'static str),
        Fence,
    }
    let mut stack: Vec<Mark> = Vec::new();
    let mut html: Vec<(usize, String)> = Vec::new();
    for (i, e) in events.iter().enumerate() {
        match e {
            Event::Start(_) => stack.push(Mark::Fence),
            Event::End(_) => while matches!(stack.pop(), Some(Mark::Tag(..))) {},
            Event::InlineHtml(t) => match safe(&clean(t)) {
                Some(Safe::Single(name)) => html.push((i, format!("<{name}>"))),
                Some(Safe::Open(name)) if stack.iter().rev().take(OPEN).filter(|m| matches!(m, Mark::Tag(..))).count() < OPEN => stack.push(Mark::Tag(i, name)),
                Some(Safe::Close(name)) => {
                    let above = stack.iter().rev().take(OPEN + 1).take_while(|m| matches!(m, Mark::Tag(..)));
                    let Some(depth) = above.enumerate().find(|(_, m)| matches!(m, Mark::Tag(_, n) if *n == name)).map(|(d, _)| d) else { continue };
                    let mut end = String::new();
                    for _ in 0..depth {
                        // `<ruby>汉<rt>hàn</ruby>`: these may be left open, as in HTML.
                        if let Some(Mark::Tag(at, inner @ ("rt" | "rp" | "rb"))) = stack.pop() {
                            html.push((at, format!("<{inner}>")));
                            end.push_str(&format!("</{inner}>"));
                        }
                    }
                    if let Some(Mark::Tag(at, _)) = stack.pop() {
                        html.push((at, format!("<{name}>")));
                        html.push((i, format!("{end}</{name}>")));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    for (i, h) in html {
        events[i] = Event::InlineMath(h.into());
    }
}

/// A block of HTML that holds nothing but such tags and text, ready; `None` for every other.
pub fn block(text: &str) -> Option<String> {
    let mut events: Vec<Event<'_>> = vec![Event::Start(Tag::Paragraph)];
    let mut rest = text.trim();
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let end = at + memchr::memchr(b'>', &rest.as_bytes()[at..])? + 1;
        safe(&rest[at..end])?;
        events.push(Event::Text(rest[..at].into()));
        events.push(Event::InlineHtml(rest[at..end].into()));
        rest = &rest[end..];
    }
    events.push(Event::Text(rest.into()));
    events.push(Event::End(TagEnd::Paragraph));
    settle(&mut events);
    let mut out = String::new();
    for e in &events {
        match e {
            Event::Text(t) => out.push_str(&t.replace('&', "&amp;").replace('>', "&gt;")),
            Event::InlineMath(t) => out.push_str(t),
            Event::InlineHtml(_) => return None,
            _ => {}
        }
    }
    Some(out)
}

/// HTML without its closed comments.
pub fn without_comments(html: &str) -> std::borrow::Cow<'_, str> {
    let Some(at) = html.find("<!--") else { return html.into() };
    let mut out = html[..at].to_string();
    let mut rest = &html[at..];
    while let Some(open) = rest.find("<!--") {
        // A comment that never ends would take the rest of the text with it.
        let Some(end) = rest[open + 4..].find("-->") else { break };
        out.push_str(&rest[..open]);
        rest = &rest[open + 4 + end + 3..];
    }
    out.push_str(rest);
    out.into()
}

/// The text of HTML, for search: without tags.
pub fn text_of(html: &str, out: &mut String) {
    // Behind the last `>` there is no tag, and no look for its end.
    let (mut rest, behind) = html.split_at(html.rfind('>').map_or(0, |i| i + 1));
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match rest[at..].find('>').filter(|_| tag) {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out.push_str(behind);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_tags_may_stand() {
        assert_eq!(safe("<SUB class=\"x\">"), Some(Safe::Open("sub")));
        assert_eq!(safe("</sup >"), Some(Safe::Close("sup")));
        for t in ["<br>", "<br/>", "<BR />", "</br>"] {
            assert_eq!(safe(t), Some(Safe::Single("br")), "{t}");
        }
        for t in ["<b>", "<script>", "<subx>", "<!-- u -->", "<s", "<sub/>"] {
            assert_eq!(safe(t), None, "{t}");
        }
        assert_eq!(block("<u>\n甲 & 乙<br/></u>").as_deref(), Some("<u>\n甲 &amp; 乙<br></u>"));
        assert_eq!(block("<u>甲").as_deref(), None);
        assert_eq!(block("<u onclick=x>甲</u><b>").as_deref(), None);
        assert_eq!(without_comments("甲<!-- 乙 -->丙<!-- 丁"), "甲丙<!-- 丁");
    }
}
