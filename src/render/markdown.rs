//! Markdown to HTML: safe, with anchors for headings and clauses, and without
//! the marks that a parser for other scripts would leave in Chinese text.

use super::escape::escape_into;
use super::terms::Terms;
use crate::load::addresses::addresses;
use crate::load::anchors::Anchors;
use crate::load::chars::{clean, indented, joins, unindented};
use crate::load::inline_html;
use crate::load::markdown::{self, Calm, level_of};
use crate::load::targets::{self, bad_scheme};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use rustc_hash::FxHashMap;

/// How a text is rendered.
pub struct Options<'a> {
    /// The address that a link means; `None` leaves it as it is written, an empty one leaves the words without a link.
    pub resolve: &'a dyn Fn(&str) -> Option<String>,
    /// Width and height of the picture at an address of the site, so that a page does not jump when it comes.
    pub size: &'a dyn Fn(&str) -> Option<(u32, u32)>,
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
    /// Heading of a callout by its kind: `note`, `tip`, `important`, `warning`, `caution`.
    pub callout: &'a dyn Fn(&str) -> String,
    /// What the text is known not to hold.
    pub calm: Calm,
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
    let body = markdown::prepare(text, options.calm);
    let Tidy { events, numbers, beyond } = tidy(&body, text.len(), options.allow_html);
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
        linked: 0,
        code: false,
        paragraph: false,
        inline: 0,
        has_addresses: !body.addresses.is_empty(),
        numbers: numbers.into_iter(),
        beyond: beyond.into_iter(),
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
    /// Depth of links, in which no address is linked.
    linked: u32,
    /// In a block of code, where nothing is linked.
    code: bool,
    /// In a paragraph.
    paragraph: bool,
    /// Depth of inline elements, which must not be cut by the end of a paragraph.
    inline: u32,
    /// There are bare addresses to link.
    has_addresses: bool,
    /// The number of each list item, where it is not the one that follows.
    numbers: std::vec::IntoIter<Option<u64>>,
    /// By row: the cells beyond the columns of the table.
    beyond: std::vec::IntoIter<Vec<String>>,
}

/// The events of a text, in the form that is written.
struct Tidy<'b> {
    events: Vec<Event<'b>>,
    numbers: Vec<Option<u64>>,
    beyond: Vec<Vec<String>>,
}

/// Joins what the parser cuts into pieces (text, blocks of HTML), settles the tags that may stand, and looks up in the text what the
/// parser drops: the numbers of list items after the first, cells beyond the columns of a table.
fn tidy<'b>(body: &'b markdown::Body<'_>, length: usize, allow_html: bool) -> Tidy<'b> {
    let mut out = Tidy { events: Vec::with_capacity(length / 16), numbers: Vec::new(), beyond: Vec::new() };
    // Of each open list: the number that comes next, and the last that was written; `None` without numbers.
    let mut lists: Vec<Option<(u64, u64)>> = Vec::new();
    let mut columns = 0;
    let mut tags = false;
    let mut pieces = Pieces::default();
    for (event, range) in body.events() {
        let Some(event) = pieces.take(event, &mut out.events) else { continue };
        match event {
            Event::InlineHtml(_) => tags = true,
            Event::Start(Tag::List(first)) => lists.push(first.map(|n| (n, n))),
            Event::End(TagEnd::List(_)) => drop(lists.pop()),
            Event::Start(Tag::Item) => {
                let item = body.text()[range].trim_start();
                let digits = item.bytes().take_while(u8::is_ascii_digit).count();
                let written = item[..digits].parse::<u64>().ok();
                let number = match (lists.last_mut(), written) {
                    (Some(Some((next, last))), Some(n)) => {
                        // All the same (`1. 1. 1.`) is left to be counted.
                        let own = n != *next && n != *last;
                        let expected = if own { n } else { *next };
                        (*next, *last) = (expected + 1, n);
                        own.then_some(n)
                    }
                    _ => None,
                };
                out.numbers.push(number);
            }
            Event::Start(Tag::Table(ref align)) => columns = align.len(),
            Event::End(TagEnd::TableRow) => out.beyond.push(markdown::beyond(&body.text()[range], columns)),
            _ => {}
        }
        out.events.push(event);
    }
    pieces.flush(&mut out.events);
    if tags && !allow_html {
        inline_html::settle(&mut out.events);
    }
    out
}

/// Pieces of one text, or of one block of HTML, on their way to become one event. Joined one after the other in place they would be
/// copied once for each piece.
#[derive(Default)]
struct Pieces<'b> {
    first: Option<Event<'b>>,
    more: String,
}

impl<'b> Pieces<'b> {
    /// Keeps a piece; gives back every other event, with what was kept put before it.
    fn take(&mut self, event: Event<'b>, out: &mut Vec<Event<'b>>) -> Option<Event<'b>> {
        match (&self.first, &event) {
            (Some(Event::Text(first)), Event::Text(t)) | (Some(Event::Html(first)), Event::Html(t)) => {
                if self.more.is_empty() {
                    self.more.push_str(first);
                }
                self.more.push_str(t);
            }
            (_, Event::Text(_) | Event::Html(_)) => {
                self.flush(out);
                self.first = Some(event);
            }
            _ => {
                self.flush(out);
                return Some(event);
            }
        }
        None
    }

    fn flush(&mut self, out: &mut Vec<Event<'b>>) {
        let more = std::mem::take(&mut self.more);
        out.extend(self.first.take().map(|first| match first {
            Event::Text(_) if !more.is_empty() => Event::Text(more.into()),
            Event::Html(_) if !more.is_empty() => Event::Html(more.into()),
            one => one,
        }));
    }
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
            Event::SoftBreak | Event::HardBreak if matches!(events.get(i + 1), Some(Event::Text(t)) if indented(t)) => return self.next_paragraph(events, i),
            Event::SoftBreak => {
                if !joins(last_char(&events[..i]), first_char(&events[i + 1..])) {
                    self.out.push('\n');
                }
            }
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.out.push_str(if *done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(name) => self.note_ref(name),
            // A tag that may stand; see `inline_html::settle`.
            Event::InlineMath(t) | Event::DisplayMath(t) => self.out.push_str(t),
        }
        i + 1
    }

    /// Text of the author, in which addresses become links and terms are explained.
    fn words(&mut self, t: &str) {
        if self.code {
            return escape_into(self.out, t);
        }
        let mut at = 0;
        if self.has_addresses && self.linked == 0 {
            for a in addresses(t) {
                self.explained(&t[at..a.at.start]);
                let shown = &t[a.at.clone()];
                {
                    let to = format!("{}{shown}", a.scheme);
                    self.open_link(&to, (self.options.resolve)(&to), "");
                }
                escape_into(self.out, shown);
                self.out.push_str("</a>");
                at = a.at.end;
            }
        }
        self.explained(&t[at..]);
    }

    fn explained(&mut self, t: &str) {
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

    /// A line that begins with two full-width blanks, after a line break at `i`, is a paragraph.
    fn next_paragraph(&mut self, events: &[Event<'_>], i: usize) -> usize {
        if self.inline == 0 && self.paragraph {
            self.out.push_str("</p>\n");
            return self.paragraph(events, i);
        }
        self.out.push_str("<br>\n");
        i + 1
    }

    fn start(&mut self, tag: &Tag<'_>, events: &[Event<'_>], i: usize) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(events, i),
            Tag::Heading { level, id, .. } => return self.heading(level_of(*level), id.as_deref(), events, i),
            Tag::BlockQuote(None) => self.out.push_str("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let kind = match kind {
                    BlockQuoteKind::Note => "note",
                    BlockQuoteKind::Tip => "tip",
                    BlockQuoteKind::Important => "important",
                    BlockQuoteKind::Warning => "warning",
                    BlockQuoteKind::Caution => "caution",
                };
                self.out.push_str(&format!("<blockquote class=\"callout callout--{kind}\">\n<p class=\"callout__title\">"));
                text(self.out, &(self.options.callout)(kind));
                self.out.push_str("</p>\n");
            }
            Tag::CodeBlock(kind) => {
                self.code = true;
                match kind {
                    CodeBlockKind::Fenced(lang) if !lang.is_empty() => {
                        self.out.push_str("<pre><code class=\"language-");
                        attr(self.out, &clean(lang.split_whitespace().next().unwrap_or("")));
                        self.out.push_str("\">");
                    }
                    _ => self.out.push_str("<pre><code>"),
                }
            }
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(n)) => self.out.push_str(&format!("<ol start=\"{n}\">\n")),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => {
                self.out.push_str("<li");
                if let Some(n) = self.numbers.next().flatten() {
                    self.out.push_str(&format!(" value=\"{n}\""));
                }
                // The items of a tight list have no paragraph of their own.
                if let Some(next) = self.clause(events, i) {
                    return next;
                }
                self.out.push('>');
            }
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
            Tag::Emphasis => self.open("<em>"),
            Tag::Strong => self.open("<strong>"),
            Tag::Strikethrough => self.open("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => return self.link(*link_type, dest_url, title, events, i),
            Tag::Image { dest_url, title, .. } => return self.image(dest_url, title, events, i),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
        i + 1
    }

    fn open(&mut self, tag: &str) {
        self.inline += 1;
        self.out.push_str(tag);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline = self.inline.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::Paragraph => self.paragraph = false,
            TagEnd::TableRow => {
                for cell in self.beyond.next().unwrap_or_default() {
                    self.out.push_str("<td>");
                    self.words(&cell);
                    self.out.push_str("</td>");
                }
            }
            _ => {}
        }
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
        self.paragraph = true;
        self.out.push_str("<p");
        if let Some(next) = self.clause(events, i) {
            return next;
        }
        self.out.push('>');
        if let Some(Event::Text(t)) = events.get(i + 1) {
            let t = clean(t);
            self.words(unindented(&t));
            return i + 2;
        }
        i + 1
    }

    /// Ends the open tag of a block that begins with a clause number (`第三条`, `**第三条**`), and writes the number and the text
    /// behind it; returns the index of the next event.
    fn clause(&mut self, events: &[Event<'_>], i: usize) -> Option<usize> {
        let (strong, at) = match events.get(i + 1)? {
            Event::Start(Tag::Strong) => (true, i + 2),
            _ => (false, i + 1),
        };
        let Event::Text(t) = events.get(at)? else { return None };
        let t = clean(t);
        let lead = unindented(&t);
        if !lead.starts_with('第') {
            return None;
        }
        if strong && !lead.contains(char::is_whitespace) {
            // The number alone is bold, and the text stands apart from it.
            let behind = match events.get(at + 2) {
                Some(Event::Text(t)) => t.starts_with(|c: char| c.is_whitespace() || c == '【' || c == '（'),
                Some(Event::End(_)) | None => true,
                Some(_) => false,
            };
            if !behind || !matches!(events.get(at + 1), Some(Event::End(TagEnd::Strong))) {
                return None;
            }
        }
        let (anchor, number) = self.anchors.clause(lead)?;
        let anchor = format!("{}{anchor}", self.options.prefix);
        self.out.push_str(" class=\"clause\" id=\"");
        attr(self.out, &anchor);
        self.out.push_str("\"><a class=\"clause__number\" href=\"#");
        attr(self.out, &anchor);
        self.out.push_str("\">");
        text(self.out, number);
        self.out.push_str("</a>");
        let more = &lead[number.len()..];
        if strong && more.is_empty() {
            return Some(at + 2);
        }
        if strong {
            self.open("<strong>");
        }
        self.words(more);
        Some(at + 1)
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
        // A path of the author's own computer leads nowhere for a reader, and tells of the author.
        if bad_scheme(&dest).is_some() || dest.starts_with("//") || dest.starts_with(['\\', '~', '%']) && targets::own_computer(&dest) {
            self.all(&events[i + 1..end]);
            return end + 1;
        }
        let href = (self.options.resolve)(&dest);
        if href.as_deref() == Some("") {
            self.all(&events[i + 1..end]);
            return end + 1;
        }
        self.open_link(&dest, href, title);
        self.linked += 1;
        self.inline += 1;
        self.quietly(&events[i + 1..end]);
        self.inline -= 1;
        self.linked -= 1;
        self.out.push_str("</a>");
        end + 1
    }

    fn open_link(&mut self, dest: &str, href: Option<String>, title: &str) {
        let outside = targets::scheme(dest).is_some();
        let href = href.unwrap_or_else(|| dest.to_string());
        self.out.push_str("<a href=\"");
        href_attr(self.out, &href);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            attr(self.out, &clean(title));
        }
        self.out.push_str(if outside && dest.starts_with("http") { "\" rel=\"noopener noreferrer\" class=\"external\">" } else { "\">" });
    }

    fn image(&mut self, dest: &str, title: &str, events: &[Event<'_>], i: usize) -> usize {
        let end = matching(events, i, |t| matches!(t, Tag::Image { .. }), |t| matches!(t, TagEnd::Image));
        let alt = plain_text(&events[i..end]);
        let dest = clean(dest);
        // A picture from another host would tell that host who reads: it becomes a link.
        let own = dest.starts_with('\\');
        if targets::scheme(&dest).is_some() || dest.starts_with("//") || own {
            if bad_scheme(&dest).is_none() && !dest.starts_with("//") && !own {
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
        if src.is_empty() && !dest.is_empty() {
            text(self.out, &alt);
            return end + 1;
        }
        self.out.push_str("<img src=\"");
        href_attr(self.out, &src);
        self.out.push_str("\" alt=\"");
        attr(self.out, alt.trim());
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            attr(self.out, &clean(title));
        }
        if let Some((w, h)) = (self.options.size)(&src) {
            self.out.push_str(&format!("\" width=\"{w}\" height=\"{h}"));
        }
        self.out.push_str("\" loading=\"lazy\">");
        end + 1
    }

    fn html(&mut self, event: &Event<'_>, t: &str) {
        let t = clean(t);
        let t = inline_html::without_comments(&t);
        if self.options.allow_html {
            if starts_tag(&t, "<a") {
                self.linked += 1;
            } else if starts_tag(&t, "</a") {
                self.linked = self.linked.saturating_sub(1);
            }
            self.out.push_str(&t);
            self.raw = true;
            return;
        }
        if t.trim().is_empty() {
            return;
        }
        if !matches!(event, Event::Html(_)) {
            text(self.out, &t);
            return;
        }
        self.out.push_str("<p>");
        match inline_html::block(&t) {
            Some(ready) => self.out.push_str(&ready),
            None => text(self.out, t.trim_end()),
        }
        self.out.push_str("</p>\n");
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

    /// Footnotes in the order of their first mention, then those that nobody mentions.
    fn footnotes(&mut self) {
        let (mut notes, mut others): (Vec<(usize, String)>, Vec<String>) = (Vec::new(), Vec::new());
        let mut taken = rustc_hash::FxHashSet::default();
        for (name, body) in std::mem::take(&mut self.note_bodies) {
            match self.notes.get(&name).filter(|n| taken.insert(**n)) {
                Some(n) => notes.push((*n, body)),
                None => others.push(body),
            }
        }
        notes.sort_by_key(|(n, _)| *n);
        if notes.is_empty() && others.is_empty() {
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
        for body in others {
            self.out.push_str(&format!("<li>{}</li>\n", body.trim_end()));
        }
        self.out.push_str("</ol></section>\n");
    }
}

/// True for a tag of that name: `<a`, `</a`.
fn starts_tag(html: &str, name: &str) -> bool {
    html.get(..name.len()).is_some_and(|h| h.eq_ignore_ascii_case(name)) && html[name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
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
        Event::InlineMath(_) | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough) => None,
        _ => Some(None),
    })?
}

fn first_char(after: &[Event<'_>]) -> Option<char> {
    after.iter().find_map(|e| match e {
        Event::Text(t) | Event::Code(t) => Some(clean(t).chars().next()),
        Event::InlineMath(_) | Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough) => None,
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
