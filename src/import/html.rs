//! HTML as a small tree, and the tree as Markdown.
//!
//! The tokenizer takes any HTML as browsers do; what closes what is settled here by the few rules that texts need. Scripts,
//! styles, forms and embedded pages are left out, and named.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A node of the tree.
#[derive(Debug, Clone)]
pub(super) enum Html {
    /// Text.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub name: String,
    pub attrs: Vec<(String, String)>,
    pub inner: Vec<Html>,
    /// Line on which it begins.
    pub line: u32,
}

impl Element {
    pub(super) fn attr(&self, name: &str) -> &str {
        self.attrs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// All its text in one line.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        gather(&self.inner, &mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Elements below it, itself first, in the order of the file.
    pub(super) fn all(&self) -> Vec<&Element> {
        let mut out = Vec::new();
        below(self, &mut out);
        out
    }
}

fn below<'a>(e: &'a Element, out: &mut Vec<&'a Element>) {
    out.push(e);
    for h in &e.inner {
        if let Html::Element(c) = h {
            below(c, out);
        }
    }
}

fn gather(inner: &[Html], out: &mut String) {
    for h in inner {
        match h {
            Html::Text(t) => out.push_str(t),
            Html::Element(e) if e.name == "br" || BLOCKS.contains(&&*e.name) => {
                out.push(' ');
                gather(&e.inner, out);
                out.push(' ');
            }
            Html::Element(e) => gather(&e.inner, out),
        }
    }
}

/// Elements without an end.
static VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that are no text for readers.
pub(super) static DROPPED: &[&str] =
    &["script", "style", "iframe", "object", "embed", "form", "input", "button", "select", "textarea", "noscript", "template", "svg", "canvas", "applet"];
/// Elements that begin a line of their own.
static BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "center",
    "body",
    "html",
];
/// Deepest nesting that is kept; deeper elements are as if their tags were not there.
const DEEPEST: usize = 100;

struct Build {
    open: RefCell<Vec<Element>>,
}

impl Build {
    fn close(open: &mut Vec<Element>) {
        if open.len() > 1
            && let Some(e) = open.pop()
            && let Some(parent) = open.last_mut()
        {
            parent.inner.push(Html::Element(e));
        }
    }

    /// Closes up to an element of one of these names, but not past a fence.
    fn up_to(open: &mut Vec<Element>, names: &[&str], fences: &[&str]) {
        let at = open.iter().rposition(|e| names.contains(&&*e.name));
        let fence = open.iter().rposition(|e| fences.contains(&&*e.name));
        if let Some(at) = at.filter(|a| *a > 0 && fence.is_none_or(|f| f < *a)) {
            while open.len() > at {
                Build::close(open);
            }
        }
    }
}

impl TokenSink for Build {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut open = self.open.borrow_mut();
        match token {
            Token::CharacterTokens(t) => {
                if let Some(e) = open.last_mut() {
                    match e.inner.last_mut() {
                        Some(Html::Text(before)) => before.push_str(&t),
                        _ => e.inner.push(Html::Text(t.to_string())),
                    }
                }
            }
            Token::TagToken(Tag { kind, name, attrs, self_closing, .. }) => {
                let name = name.to_ascii_lowercase().to_string();
                if kind == StartTag {
                    match &*name {
                        "li" => Build::up_to(&mut open, &["li"], &["ul", "ol"]),
                        "td" | "th" => Build::up_to(&mut open, &["td", "th"], &["tr", "table"]),
                        "tr" => Build::up_to(&mut open, &["tr"], &["table"]),
                        "dt" | "dd" => Build::up_to(&mut open, &["dt", "dd"], &["dl"]),
                        "option" => Build::up_to(&mut open, &["option"], &["select"]),
                        n if BLOCKS.contains(&n) && n != "html" && n != "body" => {
                            Build::up_to(&mut open, &["p"], &["td", "th", "li", "div", "table", "blockquote"])
                        }
                        _ => {}
                    }
                    let attrs = attrs.into_iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                    let e = Element { name: name.clone(), attrs, inner: Vec::new(), line: line as u32 };
                    let raw = match &*name {
                        "script" => Some(RawKind::ScriptData),
                        "style" | "iframe" | "noscript" | "noembed" => Some(RawKind::Rawtext),
                        "textarea" | "title" => Some(RawKind::Rcdata),
                        _ => None,
                    };
                    if VOID.contains(&&*name) || self_closing || open.len() > DEEPEST {
                        if let Some(parent) = open.last_mut() {
                            parent.inner.push(Html::Element(e));
                        }
                        if self_closing || VOID.contains(&&*name) {
                            return TokenSinkResult::Continue;
                        }
                    } else {
                        open.push(e);
                    }
                    if let Some(raw) = raw {
                        return TokenSinkResult::RawData(raw);
                    }
                } else if name == "p" && !open.iter().any(|e| e.name == "p") || name == "br" {
                    // `</p>` alone is an empty paragraph, `</br>` a break.
                    if let Some(e) = open.last_mut() {
                        e.inner.push(Html::Element(Element { name: "br".into(), ..Element::default() }));
                    }
                } else {
                    Build::up_to(&mut open, &[&name], if name == "table" { &[] } else { &["table"] });
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Reads HTML.
pub(super) fn parse(text: &str) -> Element {
    let sink = Build { open: RefCell::new(vec![Element { name: "html".into(), line: 1, ..Element::default() }]) };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut open = tokenizer.sink.open.into_inner();
    while open.len() > 1 {
        Build::close(&mut open);
    }
    open.pop().unwrap_or_default()
}

/// True for a text with tags or entities in it.
pub(super) fn is_html(text: &str) -> bool {
    if text.contains('&')
        && ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#", "&ndash;", "&mdash;", "&rsquo;", "&lsquo;", "&ldquo;", "&rdquo;"]
            .iter()
            .any(|e| text.contains(e))
    {
        return true;
    }
    memchr::memchr_iter(b'<', text.as_bytes()).any(|i| {
        let rest = text[i + 1..].trim_start_matches('/');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let known = BLOCKS.contains(&&*name) || VOID.contains(&&*name) || DROPPED.contains(&&*name) || INLINE.contains(&&*name);
        known && rest[end..].starts_with(['>', ' ', '/', '\n', '\t'])
    })
}

static INLINE: &[&str] = &[
    "a", "b", "strong", "em", "i", "u", "span", "font", "sub", "sup", "small", "code", "s", "del", "ins", "mark", "ruby", "rt", "rp", "kbd", "q", "cite",
    "abbr", "o", "big", "strike",
];

/// Markdown, and the names of what was left out.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub text: String,
    pub dropped: Vec<String>,
    /// Addresses of pictures, whether each has a text in its place, and its line.
    pub pictures: Vec<(String, bool, u32)>,
    /// Beginnings of what no reader saw, each with its line.
    pub hidden: Vec<(u32, String)>,
    /// Lines of tables in which cells span rows.
    pub spread: Vec<u32>,
    /// Lines of tables that have others in their cells: their rows became paragraphs.
    pub nested: Vec<u32>,
    /// Lines of formulas that became text.
    pub formulas: Vec<u32>,
    /// Lines of lists whose numbers no list of Markdown can have: they are written out.
    pub numbered: Vec<u32>,
}

/// An element as Markdown.
pub(super) fn of(e: &Element) -> Made {
    let mut w = Writer { out: String::new(), dropped: BTreeSet::new(), pictures: Vec::new(), spread: Vec::new(), nested: Vec::new(), numbered: Vec::new() };
    w.blocks(&e.inner, "");
    let mut text = String::with_capacity(w.out.len());
    let mut empty = 0;
    for line in w.out.lines() {
        let line = line.trim_end_matches([' ', '\t']);
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !text.is_empty() {
            text.push('\n');
        }
        empty = 0;
        text.push_str(line);
        text.push('\n');
    }
    Made {
        text: text.trim_matches('\n').to_string(),
        dropped: w.dropped.into_iter().map(|d| format!("<{d}>")).collect(),
        pictures: w.pictures,
        hidden: Vec::new(),
        spread: w.spread,
        nested: w.nested,
        formulas: Vec::new(),
        numbered: w.numbered,
    }
}

struct Writer {
    out: String,
    dropped: BTreeSet<String>,
    pictures: Vec<(String, bool, u32)>,
    spread: Vec<u32>,
    nested: Vec<u32>,
    numbered: Vec<u32>,
}

impl Writer {
    /// Blocks, each line after `pad`; what is inline between them is a paragraph.
    fn blocks(&mut self, inner: &[Html], pad: &str) {
        let mut line = String::new();
        for h in inner {
            match h {
                Html::Element(e) if DROPPED.contains(&&*e.name) => {
                    self.dropped.insert(e.name.clone());
                }
                Html::Element(e) if BLOCKS.contains(&&*e.name) || e.name == "hr" => {
                    self.paragraph(&mut line, pad);
                    self.block(e, pad);
                }
                // What is not known to be inline may hold blocks.
                Html::Element(e) if !INLINE.contains(&&*e.name) && e.inner.iter().any(has_blocks) => {
                    self.paragraph(&mut line, pad);
                    self.blocks(&e.inner, pad);
                }
                Html::Element(e) if INLINE.contains(&&*e.name) && e.inner.iter().any(has_blocks) => {
                    self.paragraph(&mut line, pad);
                    self.blocks(&e.inner, pad);
                }
                h => self.inline(h, &mut line),
            }
        }
        self.paragraph(&mut line, pad);
    }

    fn paragraph(&mut self, line: &mut String, pad: &str) {
        let text = std::mem::take(line);
        let parts: Vec<String> = text.split('\n').map(tidy).collect();
        let first = parts.iter().position(|p| !p.is_empty());
        let last = parts.iter().rposition(|p| !p.is_empty());
        let (Some(first), Some(last)) = (first, last) else { return };
        self.out.push('\n');
        for (i, p) in parts[first..=last].iter().enumerate() {
            if p.is_empty() {
                // Two breaks are how many part paragraphs.
                self.out.push('\n');
                continue;
            }
            let hard = i + first < last && !parts[i + first + 1].is_empty();
            self.out.push_str(&format!("{pad}{}{}\n", start(p), if hard { "\\" } else { "" }));
        }
        self.out.push('\n');
    }

    fn block(&mut self, e: &Element, pad: &str) {
        match &*e.name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let mut line = String::new();
                e.inner.iter().for_each(|h| self.inline(h, &mut line));
                let level = e.name.as_bytes()[1] - b'0';
                let text = tidy(&line.replace('\n', " "));
                let text = text.trim_matches('*').trim();
                if !text.is_empty() {
                    self.out.push_str(&format!("\n{pad}{} {text}\n\n", "#".repeat(usize::from(level.clamp(2, 6)))));
                }
            }
            "ul" | "ol" => {
                self.out.push('\n');
                let numbers = numbers(e);
                let mut numbers = numbers.iter();
                if numbers.as_slice().iter().any(|n| n.contains('\\')) {
                    self.numbered.push(e.line);
                }
                for h in &e.inner {
                    match h {
                        Html::Element(li) if li.name == "li" && numbers.as_slice().first().is_some_and(|n| n.contains('\\')) => {
                            // Its number is text, and what stands in it are paragraphs.
                            let at = self.out.len();
                            self.blocks(&li.inner, pad);
                            let made = self.out.split_off(at);
                            let made = made.trim_matches('\n');
                            let rest = made.strip_prefix(pad).unwrap_or(made);
                            self.out.push_str(&format!("\n{pad}{}{rest}\n\n", numbers.next().map_or("", String::as_str)));
                        }
                        Html::Element(li) if li.name == "li" => {
                            let sign = numbers.next().cloned().unwrap_or_else(|| "- ".to_string());
                            let deeper = format!("{pad}{}", " ".repeat(sign.len()));
                            let at = self.out.len();
                            self.blocks(&li.inner, &deeper);
                            let made = self.out.split_off(at);
                            let tight =
                                made.trim_matches('\n').split("\n\n").map(|p| p.trim_matches('\n')).filter(|p| !p.trim().is_empty()).collect::<Vec<_>>();
                            let simple = tight.len() == 1 || tight.iter().skip(1).all(|p| p.trim_start().starts_with(['-', '1']));
                            let made = if simple { tight.join("\n") } else { tight.join("\n\n") };
                            let rest = made.get(deeper.len()..).filter(|_| made.starts_with(&deeper)).unwrap_or(&made);
                            if !rest.trim().is_empty() {
                                self.out.push_str(&format!("{pad}{sign}{}\n", rest.trim_start_matches('\n')));
                            }
                        }
                        // What stands in a list and in none of its entries.
                        h => self.blocks(std::slice::from_ref(h), pad),
                    }
                }
                self.out.push('\n');
            }
            "blockquote" => {
                let at = self.out.len();
                self.blocks(&e.inner, "");
                let made = self.out.split_off(at);
                self.out.push('\n');
                let lines: Vec<&str> = made.trim_matches('\n').lines().collect();
                for (i, l) in lines.iter().enumerate() {
                    if l.is_empty() && lines.get(i + 1).is_some_and(|n| n.is_empty()) {
                        continue;
                    }
                    self.out.push_str(&format!("{pad}>{}{l}\n", if l.is_empty() { "" } else { " " }));
                }
                self.out.push('\n');
            }
            "pre" => {
                let mut t = String::new();
                gather(&e.inner, &mut t);
                self.out.push_str(&format!("\n{pad}```\n"));
                t.trim_matches('\n').lines().for_each(|l| self.out.push_str(&format!("{pad}{l}\n")));
                self.out.push_str(&format!("{pad}```\n\n"));
            }
            "hr" => self.out.push_str(&format!("\n{pad}---\n\n")),
            "table" => self.table(e, pad),
            _ => self.blocks(&e.inner, pad),
        }
    }

    /// A table of data; one that only lays a page out is taken as its texts.
    fn table(&mut self, e: &Element, pad: &str) {
        let mut rows: Vec<Vec<(String, usize, usize)>> = Vec::new();
        let mut nested = false;
        fn rows_of<'a>(e: &'a Element, out: &mut Vec<&'a Element>) {
            for h in &e.inner {
                if let Html::Element(c) = h {
                    match &*c.name {
                        "tr" => out.push(c),
                        "thead" | "tbody" | "tfoot" => rows_of(c, out),
                        _ => {}
                    }
                }
            }
        }
        let mut trs = Vec::new();
        rows_of(e, &mut trs);
        for tr in &trs {
            let mut row = Vec::new();
            for h in &tr.inner {
                if let Html::Element(c) = h
                    && matches!(&*c.name, "td" | "th")
                {
                    nested |= c.all().iter().skip(1).any(|x| x.name == "table");
                    let mut line = String::new();
                    self.cell(&c.inner, &mut line);
                    let text = line.split('\n').map(tidy).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("<br>").replace('|', "\\|");
                    // None says: to the last row.
                    let down = match c.attr("rowspan").parse().unwrap_or(1usize) {
                        0 => usize::MAX,
                        n => n,
                    };
                    row.push((text, down, c.attr("colspan").parse().unwrap_or(1usize).clamp(1, 50)));
                }
            }
            rows.push(row);
        }
        let (rows, spread) = spread(&rows);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if nested || width < 2 || rows.len() < 2 {
            // A frame of one cell around another table is no table.
            if nested && width >= 2 && rows.len() >= 2 {
                self.nested.push(e.line);
            }
            for tr in trs {
                for h in &tr.inner {
                    if let Html::Element(c) = h {
                        self.blocks(&c.inner, pad);
                    }
                }
            }
            return;
        }
        if spread {
            self.spread.push(e.line);
        }
        if let Some(c) = e.inner.iter().find_map(|h| if let Html::Element(c) = h { (c.name == "caption").then_some(c) } else { None }) {
            let t = c.text();
            self.out.push_str(&format!("\n{pad}{}\n\n", start(&escape(&t))));
        }
        self.out.push('\n');
        for (i, row) in rows.iter().enumerate() {
            let mut cells: Vec<&str> = row.iter().map(String::as_str).collect();
            cells.resize(width, "");
            self.out.push_str(&format!("{pad}| {} |\n", cells.join(" | ")));
            if i == 0 {
                self.out.push_str(&format!("{pad}|{}\n", " --- |".repeat(width)));
            }
        }
        self.out.push('\n');
    }

    /// What stands in a cell, in one line; its paragraphs are parted by breaks.
    fn cell(&mut self, inner: &[Html], line: &mut String) {
        for h in inner {
            match h {
                Html::Element(e) if BLOCKS.contains(&&*e.name) => {
                    line.push('\n');
                    self.cell(&e.inner, line);
                    line.push('\n');
                }
                h => self.inline(h, line),
            }
        }
    }

    fn inline(&mut self, h: &Html, line: &mut String) {
        let e = match h {
            // In HTML a line's end is a blank; beside Han characters it is none.
            Html::Text(t) => return line.push_str(&escape(&t.replace(['\n', '\t', '\r'], " "))),
            Html::Element(e) => e,
        };
        let mut inner = String::new();
        if DROPPED.contains(&&*e.name) {
            self.dropped.insert(e.name.clone());
            return;
        }
        e.inner.iter().for_each(|h| self.inline(h, &mut inner));
        match &*e.name {
            "br" => line.push('\n'),
            "strong" | "b" => wrap(line, &inner, "**"),
            "em" | "i" => wrap(line, &inner, "*"),
            "code" | "kbd" => wrap(line, &inner, "`"),
            "s" | "del" | "strike" => wrap(line, &inner, "~~"),
            "sub" | "sup" | "ruby" | "rt" | "rp" | "rb" => line.push_str(&format!("<{0}>{1}</{0}>", e.name, inner.trim())),
            "a" => {
                let (href, text) = (e.attr("href"), tidy(&inner.replace('\n', " ")));
                let safe = !href.is_empty()
                    && !["javascript:", "vbscript:", "data:"].iter().any(|p| href.to_ascii_lowercase().replace(char::is_whitespace, "").starts_with(p));
                if !safe || text.is_empty() {
                    line.push_str(&inner);
                } else {
                    line.push_str(&format!("[{text}]({})", target(href)));
                }
            }
            "img" => {
                let (src, alt) = (e.attr("src"), e.attr("alt"));
                if src.starts_with("data:") {
                    self.dropped.insert("img src=\"data:…\"".into());
                    line.push_str(&escape(alt));
                } else if !src.is_empty() {
                    self.pictures.push((src.to_string(), !alt.is_empty(), e.line));
                    line.push_str(&format!("![{}]({})", escape(alt), target(src)));
                }
            }
            "video" | "audio" => {
                self.dropped.insert(e.name.clone());
                let source = e.all().into_iter().map(|c| c.attr("src")).find(|s| !s.is_empty()).unwrap_or("");
                let safe = !source.is_empty() && !["javascript:", "vbscript:", "data:", "blob:"].iter().any(|p| source.to_ascii_lowercase().starts_with(p));
                let name = source.rsplit('/').next().unwrap_or("").split(['?', '#']).next().unwrap_or("");
                line.push_str(&inner);
                if safe {
                    line.push_str(&format!(" [{}]({})", escape(if name.is_empty() { source } else { name }), target(source)));
                }
            }
            _ => line.push_str(&inner),
        }
    }
}

/// What stands before the entries of a list. Numbers that do not follow each other, and letters, are written out: `7\. `.
fn numbers(e: &Element) -> Vec<String> {
    let entries: Vec<&Element> = e.inner.iter().filter_map(|h| if let Html::Element(c) = h { Some(c) } else { None }).filter(|c| c.name == "li").collect();
    if e.name != "ol" {
        return vec!["- ".to_string(); entries.len()];
    }
    let back = e.attrs.iter().any(|(n, _)| n == "reversed");
    let first = e.attr("start").parse::<i64>().unwrap_or(if back { entries.len() as i64 } else { 1 });
    let mut next = first;
    let mut all = Vec::new();
    for li in &entries {
        let n = li.attr("value").parse::<i64>().unwrap_or(next);
        all.push(n);
        next = n.saturating_add(if back { -1 } else { 1 });
    }
    let style: String = e.attr("style").to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let kind = match e.attr("type") {
        "a" => "lower-alpha",
        "A" => "upper-alpha",
        "i" => "lower-roman",
        "I" => "upper-roman",
        _ => ["lower-alpha", "upper-alpha", "lower-latin", "upper-latin", "lower-roman", "upper-roman"]
            .into_iter()
            .find(|k| style.contains(&format!("list-style-type:{k}")) || style.contains(&format!("list-style:{k}")))
            .unwrap_or(""),
    };
    let plain = kind.is_empty() && all.windows(2).all(|w| w[1] == w[0].saturating_add(1)) && all.first().is_none_or(|n| (0..1_000_000_000).contains(n));
    all.into_iter()
        .map(|n| match kind {
            _ if plain => format!("{n}. "),
            "lower-alpha" | "lower-latin" if (1..=26).contains(&n) => format!("{}\\. ", char::from(b'a' + (n - 1) as u8)),
            "upper-alpha" | "upper-latin" if (1..=26).contains(&n) => format!("{}\\. ", char::from(b'A' + (n - 1) as u8)),
            "lower-roman" if (1..4000).contains(&n) => format!("{}\\. ", roman(n).to_lowercase()),
            "upper-roman" if (1..4000).contains(&n) => format!("{}\\. ", roman(n)),
            _ => format!("{n}\\. "),
        })
        .collect()
}

pub(super) fn roman(mut n: i64) -> String {
    let mut out = String::new();
    for (v, s) in
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while n >= v {
            out.push_str(s);
            n -= v;
        }
    }
    out
}

/// Rows as a grid: a cell that spans columns stands in the first of them, one that spans rows stands in each, so that every cell is
/// in its column. True where one spans rows.
fn spread(rows: &[Vec<(String, usize, usize)>]) -> (Vec<Vec<String>>, bool) {
    let (mut grid, mut any): (Vec<Vec<String>>, bool) = (Vec::new(), false);
    // By column: what comes down into it, and for how many rows still.
    let mut above: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let mut line: Vec<String> = Vec::new();
        let come = |line: &mut Vec<String>, above: &mut Vec<(usize, String)>| {
            while let Some((left, text)) = above.get_mut(line.len()).filter(|(left, _)| *left > 0) {
                *left -= 1;
                line.push(text.clone());
            }
        };
        for (text, down, across) in row {
            come(&mut line, &mut above);
            for i in 0..*across {
                let here = if i == 0 { text.clone() } else { String::new() };
                if *down > 1 {
                    any = true;
                    above.resize(above.len().max(line.len() + 1), (0, String::new()));
                    // A long text is not said again and again.
                    above[line.len()] = (down - 1, if here.len() > 300 { String::new() } else { here.clone() });
                }
                line.push(here);
            }
        }
        // What comes down behind the last cell of the row.
        while above.iter().skip(line.len()).any(|(left, _)| *left > 0) {
            come(&mut line, &mut above);
            if above.iter().skip(line.len()).any(|(left, _)| *left > 0) {
                line.push(String::new());
            }
        }
        if !line.is_empty() {
            grid.push(line);
        }
    }
    (grid, any)
}

pub(super) fn has_blocks(h: &Html) -> bool {
    matches!(h, Html::Element(e) if BLOCKS.contains(&&*e.name) || e.inner.iter().any(has_blocks))
}

/// An address in brackets.
pub(super) fn target(href: &str) -> String {
    let clean = href.replace(' ', "%20").replace('\n', "");
    if clean.contains(['(', ')', '<', '>']) { format!("<{}>", clean.replace('<', "%3C").replace('>', "%3E")) } else { clean }
}

/// Marks around a text, its blanks left outside of them; marks that meet are one.
fn wrap(line: &mut String, inner: &str, sign: &str) {
    let text = inner.trim();
    if sign == "~~" && text.contains('\n') {
        // A mark does not go over a break: what is struck through is so on every line.
        for (i, l) in inner.split('\n').enumerate() {
            if i > 0 {
                line.push('\n');
            }
            wrap(line, l, sign);
        }
        return;
    }
    if text.is_empty() || text.contains('\n') {
        return line.push_str(inner);
    }
    let (before, after) = (&inner[..inner.len() - inner.trim_start().len()], &inner[inner.trim_end().len()..]);
    line.push_str(before);
    // More than three asterisks in a row are read as no marks at all.
    let stars = line.len() - line.trim_end_matches('*').len();
    if before.is_empty() && sign == "*" && stars + 1 + text.bytes().take_while(|b| *b == b'*').count() > 3 && !line.ends_with("\\*") {
        return line.push_str(inner);
    }
    let same = if sign.starts_with('*') { stars == sign.len() } else { line.ends_with(sign) };
    if (sign.starts_with('*') || sign == "~~") && same && !line.ends_with("\\*") && before.is_empty() {
        line.truncate(line.len() - sign.len());
        line.push_str(&format!("{text}{sign}{after}"));
    } else {
        line.push_str(&format!("{sign}{text}{sign}{after}"));
    }
}

/// Blanks of HTML, and those that indent Chinese paragraphs.
fn tidy(text: &str) -> String {
    let t = text.replace('\u{a0}', " ");
    let t = t.trim_matches([' ', '\u{3000}', '\u{feff}', '\u{200b}']);
    let mut out = String::with_capacity(t.len());
    let mut blank = false;
    for c in t.chars() {
        if c == ' ' {
            blank = true;
        } else {
            if blank {
                out.push(' ');
            }
            blank = false;
            out.push(c);
        }
    }
    unmixed(out)
}

/// `**强***调*` at the end of a line is read as a strong word and two asterisks: there the second mark is left out.
fn unmixed(line: String) -> String {
    let Some(text) = line.strip_suffix('*').filter(|t| !t.ends_with(['*', '\\'])) else { return line };
    match text.rfind('*') {
        Some(i) if text[..=i].ends_with("***") && !text[..=i].ends_with("****") && text[..i - 2].contains("**") => format!("{}{}", &text[..i], &text[i + 1..]),
        _ => line,
    }
}

/// Signs that would be read as Markdown.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    // One alone strikes nothing out.
    let waves = chars.iter().filter(|c| **c == '~').count() > 1;
    for (i, c) in chars.iter().enumerate() {
        let special = match c {
            '*' | '`' | '[' | ']' | '<' | '\\' => true,
            '~' => waves,
            // `&copy;` would be a sign of its own.
            '&' => entity(&chars[i + 1..]),
            // Inside a word it is none.
            '_' => !(i > 0 && chars[i - 1].is_alphanumeric() && chars.get(i + 1).is_some_and(|n| n.is_alphanumeric())),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(*c);
    }
    out
}

/// Whether these signs end a reference to a sign: `copy;`, `#169;`.
fn entity(rest: &[char]) -> bool {
    let end = rest.iter().take(40).position(|c| !(c.is_ascii_alphanumeric() || *c == '#'));
    end.is_some_and(|e| e > 1 && rest[e] == ';')
}

/// A line that would begin a heading, a list or a quotation without being meant to.
pub(super) fn start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = &line[digits..];
    if digits > 0 && digits < 10 && (after.starts_with(". ") || after.starts_with(") ")) {
        return format!("{}\\{}", &line[..digits], after);
    }
    let rule = line.len() > 2 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'='));
    if rule
        || line.starts_with("# ")
        || line.starts_with("##")
        || line.starts_with('>')
        || line.starts_with("- ")
        || line.starts_with("+ ")
        || line.starts_with("~~~")
        || line.starts_with(": ")
        || line.starts_with('#')
        || line.contains('|') && line.contains('-') && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
    {
        return format!("\\{line}");
    }
    line.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::look::markdown;
    use super::*;

    fn md(html: &str) -> String {
        markdown(html).text
    }

    #[test]
    fn html_becomes_markdown() {
        assert_eq!(md("<p>One &amp; <b>two</b></p><p>three<br>four</p>"), "One & **two**\n\nthree\\\nfour");
        assert_eq!(md("a <a href='https://x.org/a b'>link</a> 5*3"), "a [link](https://x.org/a%20b) 5\\*3");
        assert_eq!(md("<ul><li>a<li>b<ul><li>c</ul></ul>"), "- a\n- b\n  - c");
        assert_eq!(md("<ol start=3><li><p>a</p><p>b</p></li></ol>"), "3. a\n\n   b");
        assert_eq!(md("<ol><li value=7>a<li>b</ol>"), "7. a\n8. b");
        assert_eq!(md("<ol reversed><li>a<li>b</ol>"), "2\\. a\n\n1\\. b");
        assert_eq!(md("<ol><li>a<li value=5>b</ol>"), "1\\. a\n\n5\\. b");
        assert_eq!(md("<ol type=a><li>x<li>y</ol>"), "a\\. x\n\nb\\. y");
        assert_eq!(md("<ul>x<li>a</ul>"), "x\n\n- a");
        assert_eq!(md("<img data-src=a.png>"), "![](a.png)");
        assert_eq!(markdown("<img src='data:image/png;base64,xx' alt=图><video src=/a/b.mp4></video>").dropped.join(" "), "<img src=\"data:…\"> <video>");
        assert_eq!(md("<h2> T </h2>x<blockquote>q</blockquote>"), "## T\n\nx\n\n> q");
        assert_eq!(md("<table><tr><th>a<th>b<tr><td>1|2<td><p>x</p><p>y</p></table>"), "| a | b |\n| --- | --- |\n| 1\\|2 | x<br>y |");
        assert_eq!(md("<table><tr><td><p>only</p><p>layout</p></td></tr></table>"), "only\n\nlayout");
        assert_eq!(md("<p>　　第一条　总则</p>"), "第一条　总则");
        assert_eq!(md("<div>a<div>b</div>c</div>"), "a\n\nb\n\nc");
        assert_eq!(md("1. not a list<br># nor a heading"), "1\\. not a list\\\n\\# nor a heading");
        assert_eq!(md("<b>a</b><b>b</b> <b> </b>"), "**ab**");
        assert_eq!(md("<img src=a.png alt=图><img src=b.png>"), "![图](a.png)![](b.png)");
    }

    #[test]
    fn what_runs_is_left_out_and_named() {
        let m = markdown("<p>a<script>alert('<p>x')</script></p><iframe src=x></iframe><a href='java\nscript:x'>b</a>");
        assert_eq!((m.text.as_str(), m.dropped.join(" ").as_str()), ("a\n\nb", "<iframe> <script>"));
        let bomb = "<div>".repeat(100_000);
        assert_eq!(md(&format!("{bomb}x")), "x");
    }

    #[test]
    fn what_no_reader_saw_is_taken_out() {
        let m = markdown(
            "<p>a</p>\n<div hidden>身份证号 1</div><p style='color:red; Display : none'>secret</p><b style=visibility:hidden>x</b><p aria-hidden=true>b</p>",
        );
        assert_eq!((m.text.as_str(), m.hidden.len(), m.hidden[0].clone()), ("a\n\nb", 3, (2, "身份证号 1".to_string())));
    }

    #[test]
    fn every_cell_stands_in_its_column() {
        let m = markdown("<table><tr><th>a<th>b<th>c<tr><td rowspan=2>x<td>1<td>2<tr><td>3<td>4<tr><td>y<td rowspan=0>5<td>6<tr><td>z<td>7</table>");
        assert_eq!(m.text, "| a | b | c |\n| --- | --- | --- |\n| x | 1 | 2 |\n| x | 3 | 4 |\n| y | 5 | 6 |\n| z | 5 | 7 |");
        assert_eq!(m.spread, [1]);
        assert_eq!(md("<table><tr><td>a<td>b<tr><td colspan=2>w</table>"), "| a | b |\n| --- | --- |\n| w |  |");
    }

    #[test]
    fn what_is_html() {
        for t in ["<p>a", "a<br/>b", "a &amp; b", "<a href='x'>", "</div>"] {
            assert!(is_html(t), "{t}");
        }
        for t in ["a < b", "<https://x.org>", "R&D", "2 <3", "x <name> y"] {
            assert!(!is_html(t), "{t}");
        }
    }
}
