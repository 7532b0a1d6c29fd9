//! Markdown as Chinese authors mean it, and the outline of a text.
//!
//! CommonMark decides whether `**` opens or closes emphasis by the punctuation
//! beside it, and so leaves `**注意：**请按时` and `**“放管服”**改革` as asterisks.
//! [`prepare`] puts a marker character where a Han reader sees a boundary;
//! every text that leaves this module has it removed again.

use super::addresses::Address;
use super::chars::{MARK, STANDS_FOR, clean};
use super::meant::Mend;
use memchr::memmem::Finder;
use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

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
    /// It is so because of signs of markup beyond counting, not of its depth.
    pub busy: bool,
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
    /// Nests of blocks, and signs of markup, beyond what is read.
    shallow: bool,
    /// Braces that are taken from the parser, and comments between `{%`.
    braces: bool,
    /// Labels and colons that begin no definition, years that begin no list, line ends of word processors.
    definitions: bool,
    /// Anything at all that is readied: the text is read as it is.
    plain: bool,
}

/// Readies a body: marks the boundaries of emphasis beside Chinese punctuation, and takes from the parser what is no markup.
pub fn prepare(text: &str, calm: Calm) -> Body<'_> {
    if calm.plain {
        return Body { text: Cow::Borrowed(text), changes: Vec::new(), addresses: Vec::new(), star: None, mends: Vec::new(), deep: None, busy: false, calm };
    }
    let busy = if calm.shallow { None } else { busy(text) };
    if let Some(at) = busy.or_else(|| if calm.shallow { None } else { deep(text) }) {
        return Body {
            text: Cow::Borrowed(text),
            changes: Vec::new(),
            addresses: Vec::new(),
            star: None,
            mends: Vec::new(),
            deep: Some(at),
            busy: busy.is_some(),
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
    let mut found = Calm { mends: mends.is_empty(), paragraphs: edits.len() == before, addresses: addresses.is_empty(), shallow: true, ..calm };
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
    if !calm.braces {
        let before = edits.len();
        let hidden = unpublished(text);
        braces(text, |at| edits.push((at, 1, stands(b'{'))));
        found.braces = hidden.is_empty() && edits.len() == before;
        edits.retain(|(at, ..)| !hidden.iter().any(|h| h.contains(at)));
        edits.extend(hidden.into_iter().map(|h| (h.start, h.len(), Put::Words(""))));
    }
    if !calm.definitions {
        let before = edits.len();
        definitions(text, |at| edits.push((at, 1, stands(b'['))));
        colons(text, |at| edits.push((at, 1, stands(b':'))));
        days(text, |at| edits.push((at, 0, Put::One(MARK))));
        breaks(text, |at, long, put| edits.push((at, long, Put::Words(put))));
        found.definitions = edits.len() == before;
    }
    if edits.is_empty() {
        found.plain = mends.is_empty() && addresses.is_empty() && star.is_none();
        return Body { text: Cow::Borrowed(text), changes: Vec::new(), addresses, star, mends, deep: None, busy: false, calm: found };
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
    Body { text: Cow::Owned(out), changes, addresses, star, mends, deep: None, busy: false, calm: found }
}

/// What stands between `{% comment %}` and `{% endcomment %}`, outside of code: their own tools publish none of it.
fn unpublished(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[i..], b"{%").map(|p| p + i) {
        i = at + 2;
        let word = |at: usize, word: &str| {
            let rest = text[at + 2..].trim_start_matches('-').trim_start().strip_prefix(word)?.trim_start().trim_start_matches('-');
            rest.strip_prefix("%}").map(|r| text.len() - r.len())
        };
        let Some(begun) = word(at, "comment") else { continue };
        let code = text[..at].ends_with('`') || text[..at].lines().filter(|l| l.trim_start().starts_with("```")).count() % 2 == 1;
        let ends = || memchr::memmem::find_iter(&text.as_bytes()[begun..], b"{%").find_map(|p| word(begun + p, "endcomment"));
        if let Some(end) = Some(code).filter(|c| !c).and_then(|_| ends()) {
            out.push(at..end);
            i = end;
        }
    }
    out
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
        // Behind a word it begins nothing.
        if at > 0 && !matches!(text.as_bytes()[at - 1], b'\n' | b' ' | b'>') {
            continue;
        }
        let begins = text[..at].trim_end_matches([' ', '>']);
        let glued = !text[at + 1..].starts_with([' ', '\t', '\n', '\r']) && at + 1 < text.len();
        if glued && at - begins.len() < 4 && (begins.is_empty() || begins.ends_with('\n')) && !under_head(text, begins.len(), at) {
            literal(at);
        }
    }
}

/// `2026. 11. 2`, as people sign, would be a list within a list that begins with 2026, and lose its year.
fn days(text: &str, mut literal: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    static STOP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(". "));
    for at in STOP.find_iter(bytes) {
        let Some(year) = at.checked_sub(4).map(|from| &bytes[from..at]) else { continue };
        let begins = || matches!(text[..at - 4].trim_end_matches([' ', '>']).as_bytes().last(), None | Some(b'\n'));
        if !(year.starts_with(b"19") || year.starts_with(b"20")) || !year.iter().all(u8::is_ascii_digit) || !begins() {
            continue;
        }
        let month = text[at + 2..].trim_start_matches(' ');
        let digits = month.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&digits) && month[digits..].starts_with('.') {
            literal(at);
        }
    }
}

/// Line ends of word processors (U+000B, U+2028), which come with what is copied: line breaks, `<br>` in tables, and blanks in headings, where a line is
/// all there is. Their hyphens (U+001E, U+001F), and ends of pages (U+000C), which mean nothing here.
fn breaks(text: &str, mut put: impl FnMut(usize, usize, &'static str)) {
    let mut found = |at: usize, long: usize| {
        let line = text[..at].rsplit('\n').next().unwrap_or("").trim_start();
        put(
            at,
            long,
            if line.starts_with('|') {
                "<br>"
            } else if line.starts_with('#') {
                " "
            } else {
                "  \n"
            },
        );
    };
    memchr::memchr_iter(0x0B, text.as_bytes()).for_each(|at| found(at, 1));
    static LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{2028}"));
    LINE.find_iter(text.as_bytes()).for_each(|at| found(at, 3));
    // A hyphen that no line ends with, a place where a word may be parted, the end of a page.
    memchr::memchr3_iter(0x1E, 0x1F, 0x0C, text.as_bytes()).for_each(|at| put(at, 1, if text.as_bytes()[at] == 0x1E { "-" } else { "" }));
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

/// Labels of definitions that are comments by custom, in lower case.
static COMMENTS: &[&str] = &["[//]:", "[comment]:", "[comments]:", "[hidden]:", "[_]:", "[]:", "[注释]:"];

/// `[//]: # (…)`: the definition of a link to nowhere with a title, which is how comments are written. What stands in it is for
/// nobody to read.
fn comment(label: &str, to: &str, rest: &str) -> bool {
    let nowhere = matches!(to, "#" | "<>" | "<#>" | "/" | "</>" | "about:blank" | "<about:blank>" | "//" | "." | "-");
    let titled = rest.trim_start().starts_with(['(', '"', '\'']);
    (nowhere || COMMENTS.contains(&label)) && (titled || rest.trim_matches([' ', '\t']).starts_with('\n'))
}

/// `[注]: 说明` would be taken for the definition of a link, and vanish, unless it is one: an address that the text uses, or a comment.
fn definitions(text: &str, mut literal: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut lower: Option<String> = None;
    let mut seen = 0;
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("]:"));
    for colon in MARK.find_iter(bytes) {
        let Some(line) = line_start(text, colon) else { continue };
        let start = line + text[line..colon].bytes().take_while(|b| b" >".contains(b)).count();
        if bytes[start] != b'[' || bytes.get(start + 1) == Some(&b'^') {
            continue;
        }
        let behind = text[colon + 2..].trim_start();
        let to = &behind[..behind.find(char::is_whitespace).unwrap_or(behind.len())];
        let label = text[start..colon + 2].to_lowercase();
        if comment(&label, to, &behind[to.len()..]) {
            continue;
        }
        let address = to.starts_with(['<', '#']) || to.contains('/') || to.contains('.') && to.is_ascii() || to.starts_with("mailto:");
        seen += 1;
        let used = seen > DEFINITIONS || {
            let label = label.trim_end_matches(':');
            memchr::memmem::find_iter(lower.get_or_insert_with(|| text.to_lowercase()).as_bytes(), label).nth(1).is_some()
        };
        if !(address && used) {
            literal(start);
        }
    }
}

/// A text without its comments (`<!-- … -->`, `[//]: # (…)`, `{% comment %}`), for what counts words of the text as it is written.
pub fn without_comments(text: &str) -> Cow<'_, str> {
    let mut out: Vec<Range<usize>> = unpublished(text);
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"<!--").map(|i| from + i) {
        from = memchr::memmem::find(&text.as_bytes()[at..], b"-->").map_or(text.len(), |i| at + i + 3);
        out.push(at..from);
    }
    static MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("]:"));
    for colon in MARK.find_iter(text.as_bytes()) {
        let Some(line) = line_start(text, colon) else { continue };
        let start = line + text[line..colon].bytes().take_while(|b| b" >".contains(b)).count();
        let behind = text[colon + 2..].trim_start();
        let to = &behind[..behind.find(char::is_whitespace).unwrap_or(behind.len())];
        if text.as_bytes()[start] == b'[' && comment(&text[start..colon + 2].to_lowercase(), to, &behind[to.len()..]) {
            // Its title ends with its sign, lines below perhaps, else with a blank line.
            let rest = &text[text.len() - behind.len() + to.len()..];
            let close = match rest.trim_start().as_bytes().first() {
                Some(b'(') => rest.find(')'),
                Some(c @ (b'"' | b'\'')) => rest.find(*c as char).and_then(|i| rest[i + 1..].find(*c as char).map(|n| i + 1 + n)),
                _ => None,
            };
            let blank = rest.find("\n\n").unwrap_or(rest.len());
            let end = close.filter(|c| *c < blank).map_or_else(|| rest.find('\n').unwrap_or(rest.len()), |c| c + 1);
            out.push(start..text.len() - rest.len() + end);
        }
    }
    if out.is_empty() {
        return text.into();
    }
    out.sort_by_key(|r| r.start);
    let (mut kept, mut at) = (String::with_capacity(text.len()), 0);
    for r in out {
        if r.start >= at {
            kept.push_str(&text[at..r.start]);
            kept.push(' ');
        }
        at = at.max(r.end);
    }
    kept.push_str(&text[at..]);
    kept.into()
}

/// Deepest nesting of quotations and lists. The parser looks at every level again for each line.
pub(super) const DEPTH: usize = 100;

/// Most signs of markup within lines that a text may have: the parser keeps a hundred bytes or more for each until the text ends. No
/// text that people read has a tenth of it.
pub(super) const SIGNS: usize = 100_000;

/// Where a text has more of them than are read.
fn busy(text: &str) -> Option<usize> {
    if text.len() <= SIGNS {
        return None;
    }
    let sign = |c: &u8| matches!(c, b'[' | b']' | b'!' | b'*' | b'_' | b'~' | b'<' | b'`' | b'&' | b'\\');
    // Most texts have few of them: they are counted before one of them is looked for.
    (text.bytes().map(|c| usize::from(sign(&c))).sum::<usize>() > SIGNS)
        .then(|| text.bytes().enumerate().filter(|(_, c)| sign(c)).nth(SIGNS).map_or(0, |(i, _)| i))
}

/// Where a line opens more quotations and lists than are read. A rule (`- - -`) opens none.
fn deep(text: &str) -> Option<usize> {
    // Each mark has one of these signs; most texts have fewer in all.
    if text.bytes().filter(|c| matches!(c, b'>' | b'-' | b'*' | b'+' | b'.' | b')')).count() <= DEPTH {
        return None;
    }
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let line = &text[start..at];
        // So many marks take so many bytes, and the first of them begins the line.
        if line.len() <= DEPTH || !matches!(line.as_bytes().trim_ascii_start().first(), Some(b'>' | b'-' | b'*' | b'+' | b'0'..=b'9')) {
            continue;
        }
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

/// What the parser is asked for.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Events of the parser, or of a text that is not read as Markdown.
enum Events<'b> {
    Read(Box<OffsetIter<'b>>),
    Lines(Box<dyn Iterator<Item = (Event<'b>, Range<usize>)> + 'b>),
}

impl<'b> Iterator for Events<'b> {
    type Item = (Event<'b>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Events::Read(r) => r.next(),
            Events::Lines(l) => l.next(),
        }
    }
}

impl Body<'_> {
    /// The parser's events with their byte ranges in the prepared text.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        match self.deep {
            None => Events::Read(Box::new(self.parser().into_offset_iter())),
            Some(_) => Events::Lines(Box::new(lines(&self.text))),
        }
    }

    /// The parser over the prepared text.
    pub fn parser(&self) -> Parser<'_> {
        Parser::new_ext(&self.text, OPTIONS)
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

/// 1 to 6.
pub const fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
