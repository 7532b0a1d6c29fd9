//! Markdown as Chinese authors mean it, and the outline of a text.
//!
//! CommonMark decides whether `**` opens or closes emphasis by the punctuation
//! beside it, and so leaves `**注意：**请按时` and `**“放管服”**改革` as asterisks.
//! [`prepare`] puts a marker character where a Han reader sees a boundary;
//! every text that leaves this module has it removed again.

use super::addresses::Address;
use super::dates::han_number;
use super::inline_html::{self, safe};
use super::meant::{Mend, better};
use crate::diag::{Text, say};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Punctuation to CommonMark, and written by nobody: SIGNWRITING PARENTHESIS.
const MARK: char = '\u{1DA8B}';
/// Stand for a character that the author wrote and that is not markup where it stands; [`clean`] puts it back.
const STANDS_FOR: [(char, char); 6] = [('\u{1DA85}', ':'), ('\u{1DA87}', '*'), ('\u{1DA88}', '_'), ('\u{1DA89}', '~'), ('\u{1DA8A}', '{'), ('\u{1DA86}', '[')];

/// A body ready for the parser.
pub struct Body<'t> {
    text: Cow<'t, str>,
    /// Where `text` differs from the author's; rising.
    changes: Vec<Change>,
    /// Bare addresses, in the author's text.
    pub addresses: Vec<Address>,
    /// The first asterisk, in the author's text, that was taken for a mask where it may be emphasis.
    pub star: Option<usize>,
    /// Markup that is read as it was meant.
    pub mends: Vec<Mend>,
    /// Where the text is nested more deeply than is read: its lines are paragraphs, and nothing in them is markup.
    pub deep: Option<usize>,
    /// What is not in it.
    pub calm: Calm,
}

/// A place of a prepared text that is not as the author wrote it.
struct Change {
    /// What stands there now, in the prepared text.
    now: Range<usize>,
    /// Where that was in the author's, from and to.
    was: (usize, usize),
}

/// What was looked for in a text before and is not in it, so that it need not be looked for again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calm {
    /// Markup that is read as it was meant.
    mends: bool,
    /// Lines that begin paragraphs of their own.
    paragraphs: bool,
    /// Bare addresses.
    addresses: bool,
}

/// Readies a body: marks the boundaries of emphasis beside Chinese punctuation, and takes from the parser what is no markup.
pub fn prepare(text: &str, calm: Calm) -> Body<'_> {
    if let Some(at) = deep(text) {
        return Body {
            text: Cow::Borrowed(text),
            changes: Vec::new(),
            addresses: Vec::new(),
            star: None,
            mends: Vec::new(),
            deep: Some(at),
            calm: Calm::default(),
        };
    }
    let addresses = if calm.addresses { Vec::new() } else { super::addresses::addresses(text) };
    let mends = if calm.mends { Vec::new() } else { super::meant::mends(text) };
    // Place, bytes taken, and what is put there: a marker, a line break that ends a paragraph, or another character in place of one.
    let mut edits: Vec<(usize, usize, Put<'_>)> = Vec::new();
    edits.extend(mends.iter().flat_map(|m| &m.edits).map(|(at, take, put)| (*at, *take, Put::Words(put))));
    let mut star = None;
    let before = edits.len();
    if !calm.paragraphs {
        // In the midst of a line it takes two.
        super::lines::paragraphs(text, |at| edits.push((at, 0, if text[..at].ends_with('\n') { Put::One('\n') } else { Put::Words("\n\n") })));
    }
    let calm = Calm { mends: mends.is_empty(), paragraphs: edits.len() == before, addresses: addresses.is_empty() };
    let stands = |c: u8| Put::One(STANDS_FOR.iter().find(|(_, w)| *w == char::from(c)).map_or(MARK, |(s, _)| *s));
    if memchr::memchr3(b'*', b'_', b'~', text.as_bytes()).is_some() {
        let edits = std::cell::RefCell::new(&mut edits);
        let next = std::cell::Cell::new(0);
        let inside = |at: usize| {
            while addresses.get(next.get()).is_some_and(|a| a.at.end <= at) {
                next.set(next.get() + 1);
            }
            addresses.get(next.get()).filter(|a| a.at.contains(&at)).map(|a| a.at.end)
        };
        let literal = |from: usize, to: usize| edits.borrow_mut().extend((from..to).map(|i| (i, 1, stands(text.as_bytes()[i]))));
        let boundary = |at: usize| edits.borrow_mut().push((at, 0, Put::One(MARK)));
        star = super::masks::runs(text, literal, boundary, inside);
    }
    braces(text, |at| edits.push((at, 1, stands(b'{'))));
    definitions(text, |at| edits.push((at, 1, stands(b'['))));
    colons(text, |at| edits.push((at, 1, stands(b':'))));
    if edits.is_empty() {
        return Body { text: Cow::Borrowed(text), changes: Vec::new(), addresses, star, mends, deep: None, calm };
    }
    edits.sort_by_key(|e| e.0);
    edits.dedup();
    let mut out = String::with_capacity(text.len() + edits.len() * 4);
    let mut changes = Vec::with_capacity(edits.len());
    let mut copied = 0;
    for (at, taken, put) in edits {
        // Two reasons to change one place: the first stands.
        if at < copied {
            continue;
        }
        out.push_str(&text[copied..at]);
        let from = out.len();
        match put {
            Put::One(c) => out.push(c),
            Put::Words(w) => out.push_str(w),
        }
        copied = at + taken;
        changes.push(Change { now: from..out.len(), was: (at, copied) });
    }
    out.push_str(&text[copied..]);
    Body { text: Cow::Owned(out), changes, addresses, star, mends, deep: None, calm }
}

/// What is put into a prepared text.
#[derive(PartialEq)]
enum Put<'a> {
    One(char),
    Words(&'a str),
}

/// `:::` or `:甲` at the start of a line would be taken for a description, and lose its colon, unless a blank follows.
fn colons(text: &str, mut literal: impl FnMut(usize)) {
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let begins = text[..at].trim_end_matches([' ', '>']);
        let glued = !text[at + 1..].starts_with([' ', '\t', '\n', '\r']) && at + 1 < text.len();
        if glued && at - begins.len() < 4 && (begins.is_empty() || begins.ends_with('\n')) && !under_head(text, begins.len(), at) {
            literal(at);
        }
    }
}

/// Whether a line that begins with a colon is the line of dashes under the head of a table: `:-:|--:`.
fn under_head(text: &str, line: usize, at: usize) -> bool {
    let rest = text[at..].lines().next().unwrap_or("").trim_end();
    let head = text[..line].trim_end_matches(['\n', '\r']).rsplit('\n').next().unwrap_or("");
    rest.starts_with(":-") && rest.contains('|') && rest.bytes().all(|b| matches!(b, b':' | b'-' | b'|' | b' ' | b'\t')) && head.contains('|')
}

/// `{…}` at the end of a line would be taken for attributes of a heading, and vanish; only `{#id}` is one.
fn braces(text: &str, mut literal: impl FnMut(usize)) {
    for end in memchr::memchr_iter(b'}', text.as_bytes()) {
        let tail = text[end + 1..].trim_start_matches([' ', '\t', '#', '\r']);
        if !(tail.is_empty() || tail.starts_with('\n')) {
            continue;
        }
        let Some(line) = line_start(text, end) else { continue };
        let Some(open) = text[line..end].rfind('{').map(|i| line + i) else { continue };
        let inner = &text[open + 1..end];
        let id = inner.strip_prefix('#').is_some_and(|i| !i.is_empty() && i.chars().all(|c| c.is_alphanumeric() || "-_.: #".contains(c)));
        if !(id && text[line..].trim_start().starts_with('#')) {
            literal(open);
        }
    }
}

/// Where the line of a place begins, unless that is far away.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = at.saturating_sub(1_000);
    match memchr::memrchr(b'\n', &text.as_bytes()[from..at]) {
        Some(i) => Some(from + i + 1),
        None => (from == 0).then_some(0),
    }
}

/// Most definitions of links that are looked for in the text.
const DEFINITIONS: usize = 50;

/// `[注]: 说明` would be taken for the definition of a link, and vanish, unless it is one: an address that the text uses.
fn definitions(text: &str, mut literal: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut lower: Option<String> = None;
    let mut seen = 0;
    for colon in memchr::memmem::find_iter(bytes, b"]:") {
        let Some(line) = line_start(text, colon) else { continue };
        let start = line + text[line..colon].bytes().take_while(|b| b" >".contains(b)).count();
        if bytes[start] != b'[' || bytes.get(start + 1) == Some(&b'^') {
            continue;
        }
        let to = text[colon + 2..].trim_start();
        let to = &to[..to.find(char::is_whitespace).unwrap_or(to.len())];
        let address = to.starts_with(['<', '#']) || to.contains('/') || to.contains('.') && to.is_ascii() || to.starts_with("mailto:");
        seen += 1;
        let used = seen > DEFINITIONS || {
            let label = text[start..=colon].to_lowercase();
            memchr::memmem::find_iter(lower.get_or_insert_with(|| text.to_lowercase()).as_bytes(), &label).nth(1).is_some()
        };
        if !(address && used) {
            literal(start);
        }
    }
}

/// Deepest nesting of quotations and lists. The parser looks at every level again for each line.
const DEPTH: usize = 100;

/// Where a line opens more quotations and lists than are read. A rule (`- - -`) opens none.
fn deep(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (mut marks, mut rule) = (0, line.len() < 1_000);
        for word in line.split_ascii_whitespace() {
            let rest = word.trim_start_matches('>');
            let item = matches!(rest, "-" | "*" | "+");
            let number = rest.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.len() < 10 && n.bytes().all(|b| b.is_ascii_digit()));
            marks += word.len() - rest.len() + usize::from(item || number);
            rule &= item && rest.len() == word.len();
            if !(item || number || rest.is_empty()) {
                break;
            }
        }
        if marks > DEPTH && !rule {
            return Some(start);
        }
    }
    None
}

/// The lines of a text as paragraphs.
fn lines(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive('\n').flat_map(move |whole| {
        let range = at..at + whole.len();
        at += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let some = (!line.trim().is_empty()).then(|| {
            let words = (Event::Text(line.into()), range.start..range.start + line.len());
            [(Event::Start(Tag::Paragraph), range.clone()), words, (Event::End(TagEnd::Paragraph), range)]
        });
        some.into_iter().flatten()
    })
}

impl Body<'_> {
    /// The parser's events with their byte ranges in the prepared text.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let read = self.deep.is_none().then(|| self.parser().into_offset_iter());
        let lines = self.deep.map(|_| lines(&self.text));
        read.into_iter().flatten().chain(lines.into_iter().flatten())
    }

    /// The parser over the prepared text.
    pub fn parser(&self) -> Parser<'_> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_GFM
            | Options::ENABLE_HEADING_ATTRIBUTES;
        Parser::new_ext(&self.text, options)
    }

    /// The offset in the author's text of an offset in the prepared text.
    pub fn origin(&self, offset: usize) -> usize {
        let begun = self.changes.partition_point(|c| c.now.start <= offset);
        match begun.checked_sub(1).map(|i| &self.changes[i]) {
            None => offset,
            Some(c) if offset < c.now.end => c.was.0,
            Some(c) => offset - c.now.end + c.was.1,
        }
    }

    /// The prepared text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Text as the author wrote it: without our markers.
pub fn clean<'t>(text: &'t str) -> Cow<'t, str> {
    // The markers' first byte begins no character of everyday text.
    let ours = |c: char| ('\u{1DA85}'..=MARK).contains(&c);
    if memchr::memchr(0xF0, text.as_bytes()).is_none() || !text.contains(ours) {
        return Cow::Borrowed(text);
    }
    let put = |c: char| if c == MARK { None } else { Some(STANDS_FOR.iter().find(|(s, _)| *s == c).map_or(c, |(_, w)| *w)) };
    Cow::Owned(text.chars().filter_map(put).collect())
}

/// Two full-width blanks (or em spaces) at the start of a line begin a paragraph in every Chinese document.
pub fn indented(line: &str) -> bool {
    let mut chars = line.chars();
    let wide = |c: Option<char>| matches!(c, Some('\u{3000}' | '\u{2003}'));
    wide(chars.next()) && wide(chars.next())
}

/// A paragraph's text without its indent.
pub fn unindented(text: &str) -> &str {
    text.trim_start_matches(['\u{3000}', '\u{2003}', ' '])
}

/// Cells of a row of a table beyond the number of its columns; the parser drops them.
pub fn beyond(row: &str, columns: usize) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let bytes = row.as_bytes();
    let cuts: Vec<usize> = memchr::memchr_iter(b'|', bytes).filter(|i| *i == 0 || bytes[i - 1] != b'\\').collect();
    if cuts.len() < columns {
        return Vec::new();
    }
    let tail = row[cuts[columns - 1] + 1..].trim();
    if tail.is_empty() {
        return Vec::new();
    }
    let from = cuts[columns - 1] + 1;
    let mut out: Vec<String> = Vec::new();
    let mut at = from;
    for cut in cuts[columns..].iter().copied().chain([row.len()]) {
        out.push(clean(row[at..cut].trim()).replace("\\|", "|"));
        at = (cut + 1).min(row.len());
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

pub(super) fn is_punct(c: char) -> bool {
    c.is_ascii_punctuation() || is_wide_punct(c) || matches!(c as u32, 0xA1..=0xBF | 0x2010..=0x2027 | 0x2030..=0x205E)
}

/// Chinese punctuation: full-width forms, corner brackets, curly quotes, dashes.
pub(super) fn is_wide_punct(c: char) -> bool {
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
    "cite-gbt",
    "cite-url",
    "contact",
    "facets",
    "find",
    "found",
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
    /// What is not in the text.
    pub calm: Calm,
}

/// The text of a body without markup, a line a block: for search.
pub fn plain(text: &str, allow_html: bool) -> String {
    let mut out = String::with_capacity(text.len());
    plain_into(text, Calm::default(), allow_html, &mut out);
    out
}

/// Adds the text of a body without markup.
pub fn plain_into(text: &str, calm: Calm, allow_html: bool, out: &mut String) {
    let body = prepare(text, calm);
    let mut broken = false;
    let mut columns = 0;
    let mut html = String::new();
    for (event, range) in body.events() {
        match event {
            Event::Text(t) | Event::Code(t) => {
                let t = clean(&t);
                // A line break between two Han characters stands for nothing; before an indented line it ends a paragraph.
                if broken && indented(&t) {
                    out.push('\n');
                } else if broken && !joins(out.chars().next_back(), t.chars().next()) {
                    out.push(' ');
                }
                broken = false;
                out.push_str(&t);
            }
            Event::InlineHtml(t) if matches!(safe(&clean(&t)), Some(inline_html::Safe::Single("br"))) => out.push('\n'),
            Event::InlineHtml(t) if safe(&clean(&t)).is_some() => {}
            Event::Html(t) => html.push_str(&t),
            Event::InlineHtml(t) if allow_html => inline_html::text_of(&inline_html::without_comments(&clean(&t)), out),
            Event::InlineHtml(t) => out.push_str(&inline_html::without_comments(&clean(&t))),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut html);
                let block = clean(&block);
                let block = inline_html::without_comments(&block);
                match inline_html::block(&block) {
                    None if !allow_html => out.push_str(&block),
                    _ => inline_html::text_of(&block, out),
                }
                broken = false;
                out.push('\n');
            }
            Event::SoftBreak => broken = true,
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Table(align)) => columns = align.len(),
            Event::End(TagEnd::TableRow) => beyond(&body.text()[range], columns).iter().for_each(|c| {
                out.push_str(c);
                out.push('\n');
            }),
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
    let body = prepare(text, Calm::default());
    let mut o = Outline { calm: body.calm, ..Outline::default() };
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut anchors = Anchors::default();
    let mut heading: Option<(u8, String, Option<CowStr>)> = None;
    let (mut in_para, mut lead, mut lead_chars) = (false, String::new(), 0);
    let mut image: Option<(Range<usize>, bool)> = None;
    // A link, and whether it has words or a picture.
    let mut link: Option<(Range<usize>, bool)> = None;
    let (mut html_seen, mut html) = (false, String::new());
    // Running text, in which an address is a link and a left-over of another tool is one.
    let mut running: Vec<Range<usize>> = Vec::new();
    // The same in the prepared text, lines apart.
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut tables: Vec<Range<usize>> = Vec::new();
    let (mut quiet, mut opening, mut columns) = (0u32, false, 0);
    for (event, range) in body.events() {
        if matches!(&event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))) && !closed(&body.text()[range.clone()]) {
            let line = range.start..range.start + body.text()[range.clone()].lines().next().unwrap_or("").len();
            doubts.push((
                "SRC032",
                base + body.origin(line.start)..base + body.origin(line.end),
                say!("代码块没有结束，后面的文字全成了代码", "this block of code never ends; all the text behind it is code"),
                say!("在代码之后另起一行写 `` ``` ``，或删去这一行", "write `` ``` `` on a line of its own behind the code, or take this line out"),
            ));
        }
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => quiet -= 1,
            Event::Text(t) => {
                if quiet == 0 {
                    let r = body.origin(range.start)..body.origin(range.end);
                    match running.last_mut().filter(|l| l.end == r.start) {
                        Some(l) => l.end = r.end,
                        None => running.push(r),
                    }
                    match pieces.last_mut().filter(|l| l.end == range.start) {
                        Some(l) => l.end = range.end,
                        None => pieces.push(range.clone()),
                    }
                }
                if std::mem::take(&mut opening) && heading.is_none() {
                    // The page gives clauses their anchors; a heading of the same name comes after them.
                    anchors.clause(unindented(&clean(t)));
                }
            }
            Event::Start(Tag::Table(align)) => {
                columns = align.len();
                tables.push(range.clone());
            }
            Event::End(TagEnd::TableRow) => {
                let more = beyond(&body.text()[range.clone()], columns);
                if !more.is_empty() && !doubts.iter().any(|d| d.0 == "SRC031") {
                    doubts.push((
                        "SRC031",
                        base + body.origin(range.start)..base + body.origin(range.end),
                        say!("这一行有 {} 格，表头只有 {columns} 格", "this row has {} cells where the head has {columns}", columns + more.len()),
                        say!(
                            "给表头补上格子，或检查多余的 |（本文件只提示第一处）",
                            "give the head more cells, or look for a | too many (only the first place in this file is reported)"
                        ),
                    ));
                }
            }
            _ => {}
        }
        opening |= matches!(event, Event::Start(Tag::Paragraph | Tag::Item));
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
                if o.lead.is_empty() && !lead.trim().is_empty() && !chapter(lead.trim()) {
                    o.lead = lead.trim().into();
                }
                lead.clear();
                lead_chars = 0;
            }
            Event::End(TagEnd::Link) => {
                if let Some((r, false)) = link.take() {
                    doubts.push((
                        "SRC032",
                        r,
                        say!("链接没有文字，读者看不见", "a link without words, which nobody sees"),
                        say!("写作 `[文字](地址)`", "write `[words](address)`"),
                    ));
                }
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let r = at();
                link = Some((r.clone(), false));
                let dest_url = if link_type == LinkType::Email { format!("mailto:{dest_url}").into() } else { dest_url };
                if own_computer(&clean(&dest_url)) {
                    doubts.push(local(&clean(&dest_url), r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                } else if dest_url.trim().is_empty() {
                    doubts.push((
                        "SRC032",
                        r.clone(),
                        say!("链接没有地址，点了没有反应", "a link without an address; it leads nowhere"),
                        say!("在圆括号里写地址或文件名：`[文字](地址)`", "write the address or the file in the round brackets: `[words](address)`"),
                    ));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let r = at();
                if own_computer(&clean(&dest_url)) {
                    doubts.push(local(&clean(&dest_url), r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: true });
                image = Some((r, false));
                if let Some((_, seen)) = &mut link {
                    *seen = true;
                }
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
                if let Some((_, seen)) = &mut link {
                    *seen |= !t.trim().is_empty();
                }
                if let Some((_, alt)) = &mut image {
                    *alt |= !t.trim().is_empty();
                }
                if let Some((_, h, _)) = &mut heading {
                    h.push_str(&t);
                } else if in_para && indented(&t) && !lead.trim().is_empty() {
                    lead_chars = LEAD;
                } else if in_para && o.lead.is_empty() && lead_chars < LEAD {
                    for c in t.chars().take(LEAD - lead_chars) {
                        lead.push(c);
                        lead_chars += 1;
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak if in_para && lead_chars < LEAD && !lead.ends_with(' ') => lead.push(' '),
            Event::Html(t) => html.push_str(&t),
            Event::InlineHtml(t) if !allow_html && !html_seen && foreign(&t) => {
                html_seen = true;
                doubts.push(raw_html(at()));
            }
            Event::End(TagEnd::HtmlBlock) => {
                if !allow_html && !html_seen && foreign(&html) {
                    html_seen = true;
                    doubts.push(raw_html(at()));
                }
                html.clear();
            }
            _ => {}
        }
    }
    if o.lead.is_empty() {
        o.lead = lead.trim().into();
    }
    let runs_at = |at: usize| running.get(running.partition_point(|r| r.end <= at)).is_some_and(|r| r.contains(&at));
    let bare = body.addresses.iter().filter(|a| runs_at(a.at.start));
    let before = o.links.len();
    o.links.extend(bare.map(|a| Link {
        to: format!("{}{}", a.scheme, &text[a.at.clone()]).into(),
        at: ((base + a.at.start) as u32, (base + a.at.end) as u32),
        image: false,
    }));
    if o.links.len() > before && before > 0 {
        o.links.sort_by_key(|l| l.at);
    }
    if let Some(at) = body.deep.map(|at| base + at) {
        doubts.push((
            "SRC038",
            at..at + 1,
            say!(
                "正文的引用、列表超过 {DEPTH} 层，没有按 Markdown 读，逐行照原样显示",
                "quotations and lists nested more than {DEPTH} deep: the text is not read as Markdown, its lines are shown as they are"
            ),
            say!("减少行首的 > 和列表标记", "take out marks of quotations and lists at the beginning of the line"),
        ));
    }
    if let Some(at) = body.star.filter(|at| runs_at(*at)) {
        doubts.push((
            "SRC033",
            base + at..base + at + 1,
            say!("这里的星号按打码照原样显示，没有当作强调", "the asterisks here are shown as a mask, not taken for emphasis"),
            say!(
                "是打码就不用改；要强调，把标点写在星号外面：*小红*、（本文件只提示第一处）",
                "nothing to do for a mask; for emphasis write the punctuation outside: *word*, (only the first place in this file is reported)"
            ),
        ));
    }
    doubts.extend(body.mends.iter().map(|m| ("SRC034", base + m.at.start..base + m.at.end, m.what.clone(), better(text, m))));
    let shown = super::shown::shown(&body, &pieces, &tables);
    doubts.extend(shown.into_iter().map(|(at, what, hint)| ("SRC032", base + body.origin(at.start)..base + body.origin(at.end), what, hint)));
    let tags = super::shortcodes::left_over(text).into_iter().filter(|l| runs_at(l.at.start));
    doubts.extend(tags.take(LEFT_OVERS).map(|l| {
        let (tool, at) = (l.tool, base + l.at.start..base + l.at.end);
        (
            "SRC030",
            at,
            say!("{tool} 的标记在这里不起作用，会原样显示", "a tag of {tool} does nothing here and is shown as it is"),
            say!("改用 Markdown 写法或删去；要照样展示，请放进代码", "write it in Markdown or take it out; to show it as it is, put it into code"),
        )
    }));
    (o, doubts)
}

/// Whether a block of code, its fences among it, ends with one.
fn closed(block: &str) -> bool {
    let mark = if block.starts_with('~') { '~' } else { '`' };
    let open = block.chars().take_while(|c| *c == mark).count();
    let last = block.trim_end().rsplit_once('\n').map_or("", |(_, l)| l).trim_start_matches([' ', '>', '\t']);
    last.chars().count() >= open && last.chars().all(|c| c == mark)
}

/// A line of nothing but the number and name of a chapter: it says nothing about the text.
fn chapter(lead: &str) -> bool {
    let name = ["章", "编", "节"].iter().find_map(|u| numbered(lead, u)).map(|(_, rest)| rest);
    name.is_some_and(|n| n.starts_with(char::is_whitespace) && n.chars().count() < 20 && !n.contains(['。', '，', '；']))
}

/// A path of the author's own computer, which leads nowhere for anybody else.
pub fn own_computer(dest: &str) -> bool {
    let d = dest.trim();
    let b = d.as_bytes();
    let drive = b.len() > 2 && b[0].is_ascii_alphabetic() && b[1] == b':' && matches!(b[2], b'\\' | b'/') && !d[2..].starts_with("//");
    let low = d.to_ascii_lowercase();
    let share = d.starts_with('\\') || low.starts_with("%5c");
    let home = ["/users/", "/home/", "/volumes/", "/private/", "/mnt/c/", "/tmp/", "~/"].iter().any(|p| low.starts_with(p));
    let unix = home && d.rsplit('/').next().is_some_and(|n| n.contains('.')) && low.matches('/').count() >= if low.starts_with('~') { 1 } else { 3 };
    drive || low.starts_with("file:") || share || unix
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

/// Most left-overs of other tools that are told of one text.
const LEFT_OVERS: usize = 20;

/// True for HTML that is shown as text.
fn foreign(html: &str) -> bool {
    let html = clean(html);
    let html = inline_html::without_comments(&html);
    !html.trim().is_empty() && safe(&html).is_none() && inline_html::block(&html).is_none()
}

fn raw_html(at: Range<usize>) -> Doubt {
    (
        "SRC013",
        at,
        say!("正文中的 HTML 将按文字显示", "raw HTML in the text is shown as text"),
        say!("改用 Markdown 写法（本文件只提示第一处）", "use Markdown instead (only the first place in this file is reported)"),
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
