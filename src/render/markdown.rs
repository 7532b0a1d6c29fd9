//! Markdown to HTML: safe, with anchors for headings and clauses, and without
//! the marks that a parser for other scripts would leave in Chinese text.

use super::terms::Terms;
use crate::load::markdown::{self, Anchors, bad_scheme, clean, joins, level_of};
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use rustc_hash::FxHashMap;

/// How a text is rendered.
pub struct Options<'a> {
    /// The address that a link means; `None` leaves it as it is written.
    pub resolve: &'a dyn Fn(&str) -> Option<String>,
    /// Put before every anchor, where several texts stand on one page; empty for the main text.
    pub prefix: &'a str,
    /// Filter raw HTML instead of showing it as text.
    pub allow_html: bool,
    /// Words for assistive technology: "back to the text", "footnotes".
    pub back: &'a str,
    /// Heading of the footnotes.
    pub notes: &'a str,
    /// Terms to explain where they first stand.
    pub terms: Option<&'a Terms>,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TocEntry {
    /// 2 to 6.
    pub level: u8,
    /// Text.
    pub text: String,
    /// Anchor.
    pub anchor: String,
}

/// Renders a text; returns its table of contents.
pub fn render(text: &str, options: &Options<'_>, out: &mut String) -> Vec<TocEntry> {
    let body = markdown::prepare(text);
    let mut events: Vec<Event<'_>> = Vec::with_capacity(text.len() / 16);
    events.extend(body.parser());
    let top = events.iter().filter_map(|e| if let Event::Start(Tag::Heading { level, .. }) = e { Some(level_of(*level)) } else { None }).min().unwrap_or(2);
    let start = out.len();
    let mut w = Writer {
        out,
        raw: false,
        options,
        shift: 2 - top as i8,
        last_level: 1,
        anchors: Anchors::default(),
        toc: Vec::new(),
        notes: FxHashMap::default(),
        note_bodies: Vec::new(),
        note_refs: FxHashMap::default(),
        align: Vec::new(),
        column: 0,
        in_head: false,
        caption: None,
        quiet: 0,
        seen: Vec::new(),
    };
    w.all(&events);
    w.footnotes();
    let (raw, toc) = (w.raw, w.toc);
    if raw {
        let safe = super::sanitize::clean(&out[start..]);
        out.truncate(start);
        out.push_str(&safe);
    }
    toc
}

struct Writer<'a, 'o> {
    out: &'o mut String,
    /// Raw HTML was let through and the whole must be filtered.
    raw: bool,
    options: &'a Options<'a>,
    /// Added to heading levels, so that the highest becomes `h2` (the title is the page's `h1`).
    shift: i8,
    last_level: u8,
    anchors: Anchors,
    toc: Vec<TocEntry>,
    notes: FxHashMap<String, usize>,
    note_bodies: Vec<(String, String)>,
    note_refs: FxHashMap<String, usize>,
    align: Vec<Alignment>,
    column: usize,
    in_head: bool,
    caption: Option<String>,
    /// Depth of headings and links, in which no term is linked.
    quiet: u32,
    /// Terms linked already.
    seen: Vec<u32>,
}

impl Writer<'_, '_> {
    fn all(&mut self, events: &[Event<'_>]) {
        let mut i = 0;
        while i < events.len() {
            i = self.one(events, i);
        }
    }

    /// Writes the event at `i`; returns the index of the next.
    fn one(&mut self, events: &[Event<'_>], i: usize) -> usize {
        match &events[i] {
            Event::Start(tag) => return self.start(tag, events, i),
            Event::End(tag) => self.end(*tag),
            Event::Text(t) => self.words(&clean(t)),
            Event::Code(t) => {
                self.out.push_str("<code>");
                text(self.out, t);
                self.out.push_str("</code>");
            }
            Event::Html(t) | Event::InlineHtml(t) => self.html(&events[i], t),
            Event::SoftBreak => {
                if !joins(last_char(&events[..i]), first_char(&events[i + 1..])) {
                    self.out.push('\n');
                }
            }
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.out.push_str(if *done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(name) => self.note_ref(name),
            Event::InlineMath(t) | Event::DisplayMath(t) => text(self.out, t),
        }
        i + 1
    }

    /// Text of the author, in which terms are explained.
    fn words(&mut self, t: &str) {
        match self.options.terms.filter(|_| self.quiet == 0) {
            Some(terms) => terms.write(self.out, t, &mut self.seen),
            None => escape_into(self.out, t),
        }
    }

    /// Events in which no term is linked.
    fn quietly(&mut self, events: &[Event<'_>]) {
        self.quiet += 1;
        self.all(events);
        self.quiet -= 1;
    }

    fn start(&mut self, tag: &Tag<'_>, events: &[Event<'_>], i: usize) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(events, i),
            Tag::Heading { level, id, .. } => return self.heading(level_of(*level), id.as_deref(), events, i),
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(kind) => match kind {
                CodeBlockKind::Fenced(lang) if !lang.is_empty() => {
                    self.out.push_str("<pre><code class=\"language-");
                    attr(self.out, lang.split_whitespace().next().unwrap_or(""));
                    self.out.push_str("\">");
                }
                _ => self.out.push_str("<pre><code>"),
            },
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(n)) => self.out.push_str(&format!("<ol start=\"{n}\">\n")),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(name) => return self.note_body(name, events, i),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(align) => {
                self.align = align.clone();
                self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\"><table>\n");
                if let Some(c) = self.caption.take() {
                    self.out.push_str("<caption>");
                    text(self.out, &c);
                    self.out.push_str("</caption>\n");
                }
            }
            Tag::TableHead => {
                self.out.push_str("<thead><tr>");
                self.in_head = true;
                self.column = 0;
            }
            Tag::TableRow => {
                self.out.push_str("<tr>");
                self.column = 0;
            }
            Tag::TableCell => {
                let class = match self.align.get(self.column) {
                    Some(Alignment::Right) => " class=\"right\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    _ => "",
                };
                self.column += 1;
                self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
                self.out.push_str(class);
                self.out.push('>');
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => return self.link(*link_type, dest_url, title, events, i),
            Tag::Image { dest_url, title, .. } => return self.image(dest_url, title, events, i),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
        i + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                if self.in_head {
                    "</th>"
                } else {
                    "</td>"
                }
            }
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            _ => "",
        };
        self.out.push_str(close);
    }

    /// A clause number becomes an anchor; a line that names the table after it becomes its caption.
    fn paragraph(&mut self, events: &[Event<'_>], i: usize) -> usize {
        if let (Some(Event::Text(t)), Some(Event::End(TagEnd::Paragraph)), Some(Event::Start(Tag::Table(_)))) =
            (events.get(i + 1), events.get(i + 2), events.get(i + 3))
            && let Some(c) = caption(t)
        {
            self.caption = Some(clean(c).into_owned());
            return i + 3;
        }
        if let Some(Event::Text(t)) = events.get(i + 1) {
            let t = clean(t);
            let lead = t.trim_start_matches(['\u{3000}', ' ']);
            if let Some((anchor, number)) = self.anchors.clause(lead) {
                let anchor = format!("{}{anchor}", self.options.prefix);
                self.out.push_str("<p class=\"clause\" id=\"");
                attr(self.out, &anchor);
                self.out.push_str("\"><a class=\"clause__number\" href=\"#");
                attr(self.out, &anchor);
                self.out.push_str("\">");
                text(self.out, number);
                self.out.push_str("</a>");
                self.words(&lead[number.len()..]);
                return i + 2;
            }
            self.out.push_str("<p>");
            self.words(lead);
            return i + 2;
        }
        self.out.push_str("<p>");
        i + 1
    }

    fn heading(&mut self, level: u8, id: Option<&str>, events: &[Event<'_>], i: usize) -> usize {
        let end = (i..events.len()).find(|j| matches!(events[*j], Event::End(TagEnd::Heading(_)))).unwrap_or(events.len() - 1);
        let plain = plain_text(&events[i..end]);
        let plain = plain.trim();
        let anchor = format!("{}{}", self.options.prefix, self.anchors.heading(plain, id));
        // No level is skipped: a screen reader's list of headings must be a tree.
        let level = (level as i8 + self.shift).clamp(2, 6) as u8;
        let level = level.min(self.last_level + 1);
        self.last_level = level;
        self.out.push_str(&format!("<h{level} id=\""));
        attr(self.out, &anchor);
        self.out.push_str("\">");
        self.quietly(&events[i + 1..end]);
        self.out.push_str(&format!("</h{level}>\n"));
        self.toc.push(TocEntry { level, text: plain.to_string(), anchor });
        end + 1
    }

    fn link(&mut self, kind: LinkType, dest: &str, title: &str, events: &[Event<'_>], i: usize) -> usize {
        let end = matching(events, i, |t| matches!(t, Tag::Link { .. }), |t| matches!(t, TagEnd::Link));
        let dest = clean(dest);
        let dest = if kind == LinkType::Email { format!("mailto:{dest}").into() } else { dest };
        if bad_scheme(&dest).is_some() || dest.starts_with("//") {
            self.all(&events[i + 1..end]);
            return end + 1;
        }
        let outside = markdown::scheme(&dest).is_some();
        let href = (self.options.resolve)(&dest).unwrap_or_else(|| dest.to_string());
        self.out.push_str("<a href=\"");
        href_attr(self.out, &href);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            attr(self.out, &clean(title));
        }
        self.out.push_str(if outside && dest.starts_with("http") { "\" rel=\"noopener noreferrer\" class=\"external\">" } else { "\">" });
        self.quietly(&events[i + 1..end]);
        self.out.push_str("</a>");
        end + 1
    }

    fn image(&mut self, dest: &str, title: &str, events: &[Event<'_>], i: usize) -> usize {
        let end = matching(events, i, |t| matches!(t, Tag::Image { .. }), |t| matches!(t, TagEnd::Image));
        let alt = plain_text(&events[i..end]);
        let dest = clean(dest);
        // A picture from another host would tell that host who reads: it becomes a link.
        if markdown::scheme(&dest).is_some() || dest.starts_with("//") {
            if bad_scheme(&dest).is_none() && !dest.starts_with("//") {
                self.out.push_str("<a href=\"");
                href_attr(self.out, &dest);
                self.out.push_str("\" rel=\"noopener noreferrer\" class=\"external\">");
                text(self.out, if alt.trim().is_empty() { &dest } else { &alt });
                self.out.push_str("</a>");
            } else {
                text(self.out, &alt);
            }
            return end + 1;
        }
        let src = (self.options.resolve)(&dest).unwrap_or_else(|| dest.to_string());
        self.out.push_str("<img src=\"");
        href_attr(self.out, &src);
        self.out.push_str("\" alt=\"");
        attr(self.out, alt.trim());
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            attr(self.out, &clean(title));
        }
        self.out.push_str("\" loading=\"lazy\">");
        end + 1
    }

    fn html(&mut self, event: &Event<'_>, t: &str) {
        let t = clean(t);
        if t.trim_start().starts_with("<!--") {
            return;
        }
        if self.options.allow_html {
            self.out.push_str(&t);
            self.raw = true;
            return;
        }
        let block = matches!(event, Event::Html(_));
        if t.trim().is_empty() {
            return;
        }
        if block {
            self.out.push_str("<p>");
            text(self.out, t.trim_end());
            self.out.push_str("</p>\n");
        } else {
            text(self.out, &t);
        }
    }

    fn note_ref(&mut self, name: &CowStr<'_>) {
        let next = self.notes.len() + 1;
        let n = *self.notes.entry(name.to_string()).or_insert(next);
        let times = self.note_refs.entry(name.to_string()).or_insert(0);
        *times += 1;
        let p = self.options.prefix;
        let id = if *times == 1 { format!("{p}fnref-{n}") } else { format!("{p}fnref-{n}-{times}") };
        self.out.push_str(&format!("<sup class=\"note-ref\"><a id=\"{id}\" href=\"#{p}fn-{n}\">[{n}]</a></sup>"));
    }

    fn note_body(&mut self, name: &CowStr<'_>, events: &[Event<'_>], i: usize) -> usize {
        let end = matching(events, i, |t| matches!(t, Tag::FootnoteDefinition(_)), |t| matches!(t, TagEnd::FootnoteDefinition));
        let before = std::mem::take(self.out);
        self.all(&events[i + 1..end]);
        let body = std::mem::replace(self.out, before);
        self.note_bodies.push((name.to_string(), body));
        end + 1
    }

    /// Footnotes in the order of their first mention; those nobody mentions are left out.
    fn footnotes(&mut self) {
        let mut notes: Vec<(usize, String)> = self.note_bodies.drain(..).filter_map(|(name, body)| Some((*self.notes.get(&name)?, body))).collect();
        notes.sort_by_key(|(n, _)| *n);
        notes.dedup_by_key(|(n, _)| *n);
        if notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"notes\" aria-label=\"");
        attr(self.out, self.options.notes);
        self.out.push_str("\"><ol>\n");
        let p = self.options.prefix;
        for (n, body) in notes {
            self.out.push_str(&format!("<li id=\"{p}fn-{n}\">{} <a href=\"#{p}fnref-{n}\" aria-label=\"", body.trim_end()));
            attr(self.out, self.options.back);
            self.out.push_str("\">↩</a></li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }
}

/// `表1 各省人口`, `表：各省人口`, `Table: …`
fn caption(t: &str) -> Option<&str> {
    let t = t.trim();
    let rest = t.strip_prefix('表').or_else(|| t.strip_prefix("Table"))?;
    let rest = rest.trim_start();
    let numbered = rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    if let Some(after) = rest.strip_prefix(['：', ':']) {
        return Some(after.trim());
    }
    (numbered && t.chars().count() < 80).then_some(t)
}

fn matching(events: &[Event<'_>], i: usize, open: impl Fn(&Tag<'_>) -> bool, close: impl Fn(&TagEnd) -> bool) -> usize {
    let mut depth = 0;
    for (j, e) in events.iter().enumerate().skip(i) {
        match e {
            Event::Start(t) if open(t) => depth += 1,
            Event::End(t) if close(t) => {
                depth -= 1;
                if depth == 0 {
                    return j;
                }
            }
            _ => {}
        }
    }
    events.len() - 1
}

fn plain_text(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    for e in events {
        match e {
            Event::Text(t) | Event::Code(t) => out.push_str(&clean(t)),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

fn last_char(before: &[Event<'_>]) -> Option<char> {
    before.iter().rev().find_map(|e| match e {
        Event::Text(t) | Event::Code(t) => Some(clean(t).chars().next_back()),
        Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough) => None,
        _ => Some(None),
    })?
}

fn first_char(after: &[Event<'_>]) -> Option<char> {
    after.iter().find_map(|e| match e {
        Event::Text(t) | Event::Code(t) => Some(clean(t).chars().next()),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough) => None,
        _ => Some(None),
    })?
}

fn text(out: &mut String, t: &str) {
    escape_into(out, &clean(t));
}

/// An attribute's value.
fn attr(out: &mut String, t: &str) {
    escape_into(out, t);
}

/// An address in an attribute: characters that do not belong there are percent-encoded, what is encoded stays.
fn href_attr(out: &mut String, t: &str) {
    let mut buf = [0; 4];
    for c in t.chars() {
        if c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^') || !c.is_ascii() {
            for b in c.encode_utf8(&mut buf).bytes() {
                out.push_str(&format!("%{b:02X}"));
            }
        } else if c == '&' {
            out.push_str("&amp;");
        } else if c == '\'' {
            out.push_str("&#39;");
        } else {
            out.push(c);
        }
    }
}

/// Bytes that [`escape_into`] replaces: markup, quotes, and characters that HTML and XML do not allow.
static SPECIAL: [bool; 256] = {
    let mut t = [false; 256];
    let mut i = 0;
    while i < 32 {
        t[i] = !matches!(i as u8, b'\t' | b'\n' | b'\r');
        i += 1;
    }
    (t[b'&' as usize], t[b'<' as usize], t[b'>' as usize], t[b'"' as usize], t[b'\'' as usize], t[127]) = (true, true, true, true, true, true);
    t
};

/// Escapes text for HTML content and double-quoted attributes.
pub fn escape_into(out: &mut String, t: &str) {
    let mut rest = t;
    while let Some(i) = rest.bytes().position(|b| SPECIAL[b as usize]) {
        out.push_str(&rest[..i]);
        out.push_str(match rest.as_bytes()[i] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => "\u{FFFD}",
        });
        rest = &rest[i + 1..];
    }
    out.push_str(rest);
}
