//! Markdown as Chinese authors mean it, and the outline of a text.
//!
//! CommonMark decides whether `**` opens or closes emphasis by the punctuation
//! beside it, and so leaves `**注意：**请按时` and `**“放管服”**改革` as asterisks.
//! [`prepare`] puts a marker character where a Han reader sees a boundary;
//! every text that leaves this module has it removed again.

use super::dates::han_number;
use crate::diag::Text;
use crate::say;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Punctuation to CommonMark, and written by nobody: SIGNWRITING PARENTHESIS.
const MARK: char = '\u{1DA8B}';

/// A body ready for the parser.
pub struct Body<'t> {
    text: Cow<'t, str>,
    /// Byte offsets of the markers in `text`, rising.
    marks: Vec<usize>,
}

/// Readies a body: marks the boundaries of emphasis beside Chinese punctuation.
pub fn prepare(text: &str) -> Body<'_> {
    if !text.contains('*') && !text.contains('~') {
        return Body { text: Cow::Borrowed(text), marks: Vec::new() };
    }
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut marks = Vec::new();
    let mut copied = 0;
    let mut i = 0;
    while let Some(at) = memchr::memchr2(b'*', b'~', &bytes[i..]).map(|p| p + i) {
        let c = bytes[at];
        let end = at + bytes[at..].iter().take_while(|b| **b == c).count();
        i = end;
        if end - at > 3 || at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let (Some(p), Some(n)) = (before, after) else { continue };
        let letter = |c: char| !c.is_whitespace() && !is_punct(c);
        // Closing: punctuation inside, a letter outside. Opening: the mirror image.
        let put = if is_punct(p) && letter(n) && (is_wide_punct(p) || is_han(n)) {
            end
        } else if is_punct(n) && letter(p) && (is_wide_punct(n) || is_han(p)) {
            at
        } else {
            continue;
        };
        out.push_str(&text[copied..put]);
        marks.push(out.len());
        out.push(MARK);
        copied = put;
    }
    if marks.is_empty() {
        return Body { text: Cow::Borrowed(text), marks };
    }
    out.push_str(&text[copied..]);
    Body { text: Cow::Owned(out), marks }
}

impl Body<'_> {
    /// The parser's events with their byte ranges in the prepared text.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        self.parser().into_offset_iter()
    }

    /// The parser over the prepared text.
    pub fn parser(&self) -> Parser<'_> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES;
        Parser::new_ext(&self.text, options)
    }

    /// The offset in the author's text of an offset in the prepared text.
    pub fn origin(&self, offset: usize) -> usize {
        offset - self.marks.partition_point(|m| *m < offset) * MARK.len_utf8()
    }
}

/// Text without our markers.
pub fn clean<'t>(text: &'t str) -> Cow<'t, str> {
    // The marker's first byte begins no character of everyday text.
    if memchr::memchr(0xF0, text.as_bytes()).is_some() && text.contains(MARK) { Cow::Owned(text.replace(MARK, "")) } else { Cow::Borrowed(text) }
}

fn is_punct(c: char) -> bool {
    c.is_ascii_punctuation() || is_wide_punct(c) || matches!(c as u32, 0xA1..=0xBF | 0x2010..=0x2027 | 0x2030..=0x205E)
}

/// Chinese punctuation: full-width forms, corner brackets, curly quotes, dashes.
fn is_wide_punct(c: char) -> bool {
    matches!(c as u32, 0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301F | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 | 0x2014 | 0x2018..=0x201D | 0x2026 | 0xB7)
}

/// A Han character.
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x3007 | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

/// True where a line break between the two characters stands for nothing.
pub fn joins(before: Option<char>, after: Option<char>) -> bool {
    let wide = |c: char| is_han(c) || is_wide_punct(c);
    matches!((before, after), (Some(a), Some(b)) if wide(a) && wide(b))
}

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
        if let Some(n) = self.seen.get_mut(&wish) {
            *n += 1;
            return format!("{wish}-{n}");
        }
        self.seen.insert(wish.clone(), 1);
        wish
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c)
}

/// `第三章 …` with unit `章` gives 3 and the rest.
fn numbered<'t>(text: &'t str, unit: &str) -> Option<(u32, &'t str)> {
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

/// A heading of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its text without markup.
    pub text: Box<str>,
    /// Its anchor on the page.
    pub anchor: Box<str>,
}

/// A link or an image of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Target as written.
    pub to: Box<str>,
    /// Byte range in the file.
    pub at: (u32, u32),
    /// An image, not a link.
    pub image: bool,
}

/// What the other stages need to know of a body without parsing it again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// The beginning of the first paragraph, at most [`LEAD`] characters.
    pub lead: Box<str>,
    /// Length of the text in characters.
    pub chars: u32,
}

/// The text of a body without markup, a line a block: for search.
pub fn plain(text: &str, allow_html: bool) -> String {
    let mut out = String::with_capacity(text.len());
    plain_into(text, allow_html, &mut out);
    out
}

/// Adds the text of a body without markup.
pub fn plain_into(text: &str, allow_html: bool, out: &mut String) {
    let body = prepare(text);
    let mut broken = false;
    for event in body.parser() {
        match event {
            Event::Text(t) | Event::Code(t) => {
                let t = clean(&t);
                // A line break between two Han characters stands for nothing.
                if broken && !joins(out.chars().next_back(), t.chars().next()) {
                    out.push(' ');
                }
                broken = false;
                out.push_str(&t);
            }
            Event::Html(t) | Event::InlineHtml(t) if !allow_html => out.push_str(&clean(&t)),
            Event::SoftBreak => broken = true,
            Event::HardBreak => out.push('\n'),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::End(_) => {
                broken = false;
                out.push('\n');
            }
            _ => {}
        }
    }
}

/// Longest lead.
pub const LEAD: usize = 160;

/// A doubt about a body: code, byte range in the file, sentence, hint.
pub type Doubt = (&'static str, Range<usize>, Text, Text);

/// Reads the outline of `text`, which stands at byte `base` of its file.
pub fn outline(text: &str, base: usize, allow_html: bool) -> (Outline, Vec<Doubt>) {
    let body = prepare(text);
    let mut o = Outline::default();
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut anchors = Anchors::default();
    let mut heading: Option<(u8, String, Option<CowStr>)> = None;
    let (mut in_para, mut lead, mut lead_chars) = (false, String::new(), 0);
    let mut image: Option<(Range<usize>, bool)> = None;
    let mut html_seen = false;
    for (event, range) in body.events() {
        let at = || base + body.origin(range.start)..base + body.origin(range.end);
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => heading = Some((level_of(level), String::new(), id)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text, id)) = heading.take() {
                    let text = text.trim();
                    o.headings.push(Heading { level, anchor: anchors.heading(text, id.as_deref()).into(), text: text.into() });
                }
            }
            Event::Start(Tag::Paragraph) => in_para = true,
            Event::End(TagEnd::Paragraph) => {
                in_para = false;
                if o.lead.is_empty() && !lead.trim().is_empty() {
                    o.lead = lead.trim().into();
                }
                lead.clear();
                lead_chars = 0;
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let r = at();
                let dest_url = if link_type == pulldown_cmark::LinkType::Email { format!("mailto:{dest_url}").into() } else { dest_url };
                if own_computer(&dest_url) {
                    doubts.push(local(&dest_url, r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let r = at();
                if own_computer(&dest_url) {
                    doubts.push(local(&dest_url, r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: true });
                image = Some((r, false));
            }
            Event::End(TagEnd::Image) => {
                if let Some((r, false)) = image.take() {
                    doubts.push((
                        "SRC019",
                        r,
                        say!("图片没有替代文字", "image without alternative text"),
                        say!("写作 ![图中的内容](文件)", "write ![what the picture shows](file)"),
                    ));
                }
            }
            Event::Text(t) | Event::Code(t) => {
                let t = clean(&t);
                o.chars += t.chars().count() as u32;
                if let Some((_, alt)) = &mut image {
                    *alt |= !t.trim().is_empty();
                }
                if let Some((_, h, _)) = &mut heading {
                    h.push_str(&t);
                } else if in_para && o.lead.is_empty() && lead_chars < LEAD {
                    for c in t.chars().take(LEAD - lead_chars) {
                        lead.push(c);
                        lead_chars += 1;
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak if in_para => lead.push(' '),
            Event::Html(t) | Event::InlineHtml(t) if !allow_html && !html_seen && !t.trim_start().starts_with("<!--") && !t.trim().is_empty() => {
                html_seen = true;
                doubts.push((
                    "SRC013",
                    at(),
                    say!("正文中的 HTML 将按文字显示", "raw HTML in the text is shown as text"),
                    say!("改用 Markdown 写法（本文件只提示第一处）", "use Markdown instead (only the first place in this file is reported)"),
                ));
            }
            _ => {}
        }
    }
    if o.lead.is_empty() {
        o.lead = lead.trim().into();
    }
    (o, doubts)
}

/// A path of the author's own computer, which leads nowhere for anybody else.
pub fn own_computer(dest: &str) -> bool {
    let d = dest.trim();
    let b = d.as_bytes();
    let drive = b.len() > 2 && b[0].is_ascii_alphabetic() && b[1] == b':' && matches!(b[2], b'\\' | b'/') && !d[2..].starts_with("//");
    let low = d.to_ascii_lowercase();
    let home = ["/users/", "/home/", "/volumes/", "/private/", "/mnt/c/", "/tmp/", "~/"].iter().any(|p| low.starts_with(p));
    let unix = home && d.rsplit('/').next().is_some_and(|n| n.contains('.')) && low.matches('/').count() >= if low.starts_with('~') { 1 } else { 3 };
    drive || low.starts_with("file:") || d.starts_with('\\') || unix
}

fn local(dest: &str, at: Range<usize>) -> Doubt {
    let dest: String = dest.chars().take(120).collect();
    (
        "LNK004",
        at,
        say!("`{dest}` 是你电脑里的路径，别人打不开", "`{dest}` is a path of your own computer; nobody else can open it"),
        say!("把文件放进本文件所在目录，链接只写文件名", "put the file into the folder of this text and link to its name alone"),
    )
}

fn dangerous(scheme: &str, at: Range<usize>) -> Doubt {
    (
        "SRC014",
        at,
        say!("链接协议 `{scheme}:` 不安全，不会成为链接", "the link scheme `{scheme}:` is not safe and does not become a link"),
        say!("只用 http、https、mailto、tel、ftp 或站内链接", "use http, https, mailto, tel, ftp or a link inside the site"),
    )
}

/// 1 to 6.
pub const fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// The scheme of a target, lower-cased, with the control characters and blanks a browser ignores taken out.
pub fn scheme(dest: &str) -> Option<String> {
    let head: String = dest.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    head.split_once(':').map(|(s, _)| s.to_ascii_lowercase())
}

/// The scheme of a target that must not become a link.
pub fn bad_scheme(dest: &str) -> Option<String> {
    scheme(dest).filter(|s| !matches!(s.as_str(), "http" | "https" | "mailto" | "tel" | "ftp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_of_a_law() {
        let text = "## 第一章　总则\n\n第一条 为了**“放管服”**改革。\n\n## 说明 *要点*\n\n![](a.png) [x](javascript:alert(1)) <b>粗</b>\n";
        let (o, doubts) = outline(text, 0, false);
        let h: Vec<_> = o.headings.iter().map(|h| (&*h.anchor, &*h.text)).collect();
        assert_eq!(h, [("ch-1", "第一章　总则"), ("说明-要点", "说明 要点")]);
        assert_eq!(&*o.lead, "第一条 为了“放管服”改革。");
        let codes: Vec<_> = doubts.iter().map(|d| (d.0, &text[d.1.clone()])).collect();
        assert_eq!(codes, [("SRC019", "![](a.png)"), ("SRC014", "[x](javascript:alert(1))"), ("SRC013", "<b>")]);
    }

    #[test]
    fn clause_numbers() {
        let mut a = Anchors::default();
        assert_eq!(a.clause("第三条 甲"), Some(("art-3".into(), "第三条")));
        assert_eq!(a.clause("第一百二十条之一　乙"), Some(("art-120-1".into(), "第一百二十条之一")));
        assert_eq!(a.clause("第三条 又"), Some(("art-3-2".into(), "第三条")));
        assert_eq!(a.clause("第三条所称"), None);
        assert_eq!(a.clause("第三方"), None);
    }

    #[test]
    fn schemes_in_disguise() {
        for s in ["javascript:x", "JaVa\tScript:x", " javascript:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd"] {
            assert!(bad_scheme(s).is_some(), "{s}");
        }
        for s in ["https://a", "/a:b", "a.md#x:y", "mailto:a@b", "tel:12345", "?q=a:b"] {
            assert!(bad_scheme(s).is_none(), "{s}");
        }
    }

    #[test]
    fn own_computers() {
        for s in [
            r"C:\Users\a\b.docx",
            "D:/公文/a.pdf",
            "file:///c:/a.doc",
            "file://x",
            r"\\server\share\a.doc",
            r"\server\a",
            "/Users/a/b.pdf",
            "/home/a/x/b.pdf",
            "~/b.pdf",
        ] {
            assert!(own_computer(s), "{s}");
        }
        for s in ["a.pdf", "/users/", "/home/", "c://x", "https://a/Users/b.pdf", "/policies/a/", "mailto:a@b"] {
            assert!(!own_computer(s), "{s}");
        }
    }

    #[test]
    fn offsets_point_into_the_author_s_text() {
        let text = "**注意：**请\n\n<b>";
        let (_, doubts) = outline(text, 0, false);
        assert_eq!(&text[doubts[0].1.clone()], "<b>");
    }
}
