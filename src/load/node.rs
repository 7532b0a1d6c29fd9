//! YAML as a tree of nodes that know where they stand in the file.
//!
//! No typing happens here: a plain scalar keeps its spelling, so `010000`,
//! `1.10` and `no` stay what their author wrote. The budgets stop alias bombs
//! and bracket towers before they cost memory.

use super::Source;
use crate::diag::{Diagnostic, Severity};
use crate::say;
use granit_parser::{Event, Options, Parser, ScalarStyle};
use rustc_hash::{FxHashMap, FxHashSet};

/// A YAML value with its byte range in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

/// The three shapes of YAML, and nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// No value: an empty plain scalar, `~` or `null`.
    Null,
    /// Text; numbers and booleans too, as they were written.
    Text(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The value under a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(pairs) => pairs.iter().find(|(k, _)| k.text() == Some(key)).map(|(_, v)| v),
            _ => None,
        }
    }
}

const MAX_NODES: usize = 5_000_000;
const MAX_DEPTH: usize = 64;
const MAX_ALIASES: usize = 1_000;
/// Nodes that aliases may copy. Real files use a handful; a bomb asks for millions.
const MAX_COPIED: usize = 200_000;

/// Parses `source.text[range]` as one YAML document. What is wrong goes to
/// `out`; a syntax error loses the document (`None`), a duplicate key does not.
pub fn parse(source: &Source, range: std::ops::Range<usize>, out: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut b = Builder { source, base: range.start, nodes: 0, copied: 0, aliases: 0, anchors: FxHashMap::default(), out };
    let mut options = Options::default();
    options.emit_comments = false;
    let mut parser = Parser::new_from_str_with_options(&source.text[range.clone()], options);
    match b.document(&mut parser) {
        Ok(node) => node,
        Err(stop) => {
            b.out.push(*stop);
            None
        }
    }
}

type Stop = Box<Diagnostic>;
type Tokens<'i> = Parser<'i, granit_parser::StrInput<'i>>;

struct Builder<'a> {
    source: &'a Source,
    base: usize,
    nodes: usize,
    copied: usize,
    aliases: usize,
    anchors: FxHashMap<usize, (Node, usize)>,
    out: &'a mut Vec<Diagnostic>,
}

/// A collection whose end has not come yet.
struct Open {
    start: u32,
    anchor: usize,
    size_before: usize,
    items: Vec<Node>,
    map: bool,
}

impl Builder<'_> {
    fn document(&mut self, parser: &mut Tokens<'_>) -> Result<Option<Node>, Stop> {
        let mut stack: Vec<Open> = Vec::new();
        let mut root = None;
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|e| self.syntax(e.marker().byte_offset().unwrap_or(0), &e.info()))?;
            let r = span.byte_range().unwrap_or(0..0);
            let (start, end) = ((self.base + r.start) as u32, (self.base + r.end) as u32);
            let done = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let plain = matches!(style, ScalarStyle::Plain);
                    let kind = if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") { Kind::Null } else { Kind::Text(text.into()) };
                    let node = Node { start, end, kind };
                    if anchor > 0 {
                        self.anchors.insert(anchor, (node.clone(), 1));
                    }
                    Some(node)
                }
                Event::Alias(id) => Some(self.alias(id, start, end)?),
                Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                    if stack.len() >= MAX_DEPTH {
                        return Err(self.too_much(start, end));
                    }
                    let map = matches!(event, Event::MappingStart(..));
                    stack.push(Open { start, anchor, size_before: self.nodes + self.copied, items: Vec::new(), map });
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => stack.pop().map(|open| self.close(open, end)),
                Event::DocumentStart(..) if root.is_some() => {
                    return Err(self.syntax(r.start, "a file holds one YAML document only"));
                }
                _ => None,
            };
            if let Some(node) = done {
                self.nodes += 1;
                if self.nodes + self.copied > MAX_NODES {
                    return Err(self.too_much(node.start, node.end));
                }
                match stack.last_mut() {
                    Some(open) => open.items.push(node),
                    None => root = Some(node),
                }
            }
        }
        Ok(root)
    }

    fn close(&mut self, open: Open, end: u32) -> Node {
        // A block collection's end mark stands on the next token; its last child says where it really ends.
        let end = open.items.last().map_or(end, |n| if end > n.end && self.blank(n.end, end) { n.end } else { end });
        let kind = if open.map {
            let mut pairs = Vec::with_capacity(open.items.len() / 2);
            let mut it = open.items.into_iter();
            while let (Some(k), Some(v)) = (it.next(), it.next()) {
                pairs.push((k, v));
            }
            self.duplicates(&pairs);
            Kind::Map(pairs)
        } else {
            Kind::List(open.items)
        };
        let node = Node { start: open.start, end, kind };
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, (node.clone(), self.nodes + self.copied - open.size_before + 1));
        }
        node
    }

    fn blank(&self, from: u32, to: u32) -> bool {
        self.source.text.get(from as usize..to as usize).is_some_and(|s| s.trim().is_empty())
    }

    fn duplicates(&mut self, pairs: &[(Node, Node)]) {
        let mut seen = FxHashSet::default();
        for (k, _) in pairs {
            if let Some(name) = k.text()
                && !seen.insert(name)
            {
                self.out.push(
                    Diagnostic::new("SRC009", Severity::Error, say!("键 `{name}` 重复", "duplicate key `{name}`"))
                        .at(self.source.span(k.start as usize, k.end as usize))
                        .hint(say!("只取第一次的值；删去其中一个", "the first one counts; remove one of them")),
                );
            }
        }
    }

    fn alias(&mut self, id: usize, start: u32, end: u32) -> Result<Node, Stop> {
        self.aliases += 1;
        let Some((node, size)) = self.anchors.get(&id) else {
            return Err(self.syntax(start as usize - self.base, "alias inside its own anchor"));
        };
        self.copied += size;
        if self.aliases > MAX_ALIASES || self.copied > MAX_COPIED {
            return Err(self.too_much(start, end));
        }
        Ok(Node { start, end, kind: node.kind.clone() })
    }

    fn syntax(&self, offset: usize, info: &str) -> Stop {
        let fault = self.base + offset;
        let tab = self.indenting_tab(fault);
        let at = tab.unwrap_or(fault);
        let d =
            Diagnostic::new("SRC004", Severity::Error, say!("YAML 语法错误：{info}", "YAML syntax error: {info}")).at(self.source.span(at, at + 1)).blocking();
        Box::new(d.hint(if tab.is_some() {
            say!("YAML 不许用 Tab 缩进，请改成空格", "YAML does not allow tabs for indentation; use spaces")
        } else {
            say!(
                "看看此处与上一行的缩进、冒号和引号；含冒号的文字要加引号",
                "look at the indentation, colons and quotes here and one line above; quote text that contains a colon"
            )
        }))
    }

    /// A tab that indents the faulty line or one of the two after it: the parser
    /// may blame the line above, where the mapping began.
    fn indenting_tab(&self, fault: usize) -> Option<usize> {
        let text = &self.source.text;
        let mut at = text[..super::source::floor(text, fault)].rfind('\n').map_or(0, |i| i + 1);
        for _ in 0..3 {
            let line = text.get(at..)?.lines().next()?;
            let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            if let Some(i) = indent.find('\t') {
                return Some(at + i);
            }
            at += text[at..].find('\n')? + 1;
        }
        None
    }

    fn too_much(&self, start: u32, end: u32) -> Stop {
        Box::new(
            Diagnostic::new("SRC017", Severity::Error, say!("YAML 过于庞大或嵌套过深，未读入", "YAML too large or nested too deeply; not read"))
                .at(self.source.span(start as usize, end as usize))
                .hint(say!("至多 {MAX_DEPTH} 层、{MAX_ALIASES} 处别名", "at most {MAX_DEPTH} levels and {MAX_ALIASES} aliases"))
                .blocking(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Vec<&'static str>) {
        let s = Source::new("t.yaml", text);
        let mut out = Vec::new();
        let n = parse(&s, 0..text.len(), &mut out);
        (n, out.iter().map(|d| d.code).collect())
    }

    #[test]
    fn spelling_survives() {
        let (n, bad) = read("code: 010000\nver: 1.10\nno: no\nempty:\nq: \"null\"\n");
        let n = n.unwrap();
        assert!(bad.is_empty());
        assert_eq!(n.get("code").unwrap().text(), Some("010000"));
        assert_eq!(n.get("ver").unwrap().text(), Some("1.10"));
        assert_eq!(n.get("no").unwrap().text(), Some("no"));
        assert_eq!(n.get("empty").unwrap().kind, Kind::Null);
        assert_eq!(n.get("q").unwrap().text(), Some("null"));
    }

    #[test]
    fn bombs_are_defused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 9].join(",");
            bomb += &format!("a{i}: &a{i} [{refs}]\n");
        }
        assert_eq!(read(&bomb).1, ["SRC017"]);
        let codes = read(&"[".repeat(100_000)).1;
        assert!(codes == ["SRC017"] || codes == ["SRC004"], "{codes:?}");
        assert!(read(&"? ".repeat(50_000)).0.is_none());
        assert!(read(&"- ".repeat(50_000)).0.is_none());
        assert_eq!(read("a: &x [*x]\n").1, ["SRC004"]);
    }

    #[test]
    fn faults_have_places() {
        let s = Source::new("t.yaml", "title: 甲\n\tissuer: 乙\n");
        let mut out = Vec::new();
        assert!(parse(&s, 0..s.text.len(), &mut out).is_none());
        assert_eq!(out[0].span.as_ref().unwrap().line, 2);
        assert_eq!(read("a: 1\na: 2\n").1, ["SRC009"]);
    }
}
