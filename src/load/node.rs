//! YAML as a tree of nodes that know where they stand in the file.
//!
//! No typing happens here: a plain scalar keeps its spelling, so `010000`,
//! `1.10` and `no` stay what their author wrote. The budgets stop alias bombs
//! and bracket towers before they cost memory.

pub use super::tree::{Kind, Node};

use super::bracketed;
use super::tree::same;
use super::{Source, conflict, hash, heads, shape, slips};
use crate::diag::{Diagnostic, Severity, push_few, say};
use granit_parser::{Event, Options, Parser, ScalarStyle};
use rustc_hash::{FxHashMap, FxHashSet};

const MAX_NODES: usize = 1_000_000;
const MAX_DEPTH: usize = 64;
const MAX_ALIASES: usize = 1_000;
/// Nodes that aliases may copy. Real files use a handful; a bomb asks for millions.
const MAX_COPIED: usize = 200_000;

/// Parses `source.text[range]` as one YAML document. What is wrong goes to
/// `out`; a syntax error loses the document (`None`), a duplicate key does not.
pub fn parse(source: &Source, range: std::ops::Range<usize>, out: &mut Vec<Diagnostic>) -> Option<Node> {
    if let Some(d) = conflict::told(source, range.clone(), false) {
        out.push(d);
        return None;
    }
    if let Some(d) = conflict::old_lines(source) {
        out.push(d);
        return None;
    }
    let mut b = Builder { source, base: range.start, nodes: 0, copied: 0, aliases: 0, anchors: FxHashMap::default(), last: None, out };
    let mut options = Options::default();
    options.emit_comments = false;
    let mut parser = Parser::new_from_str_with_options(&source.text[range.clone()], options);
    let got = b.document(&mut parser);
    let last = b.last;
    let slips = slips::find(&source.text, range.clone());
    let (node, grave) = (got, slips.grave());
    match node {
        // No mapping where somebody meant one.
        Ok(Some(Node { kind: Kind::Text(_), .. })) if grave.is_some() => {
            slips.tell(source, true, out);
            None
        }
        Ok(node) => {
            slips.tell(source, false, out);
            node
        }
        Err(stop) => {
            let line = stop.span.as_ref().map_or(0, |s| s.line);
            let syntax = stop.code == "SRC004";
            let text = |(start, end)| Node { start, end, kind: Kind::Null };
            let lost = last.filter(|_| syntax).and_then(|l| hash::broken(source, &text(l), line));
            let lost = lost.or_else(|| if syntax { hash::unclosed(source, line) } else { None });
            let quote = if syntax && lost.is_none() { shape::unquoted(source, range.clone(), line) } else { None };
            if let Some((at, d)) = quote.filter(|(at, _)| !slips.grave_on(source, source.span(*at, *at).line)) {
                out.push(d);
                slips.up_to(source, at).tell(source, false, out);
                return None;
            }
            // A bracket that is open: whatever the parser stumbled over below follows from it.
            let open = if syntax && lost.is_none() { shape::unclosed(source, range.clone(), line) } else { None };
            // The bracket is closed, by a sign that YAML does not know.
            let closed = open.as_ref().is_some_and(|(at, _)| slips.closes_below(source, *at));
            if let Some((at, d)) = open.filter(|(at, _)| !slips.grave_on(source, source.span(*at, *at).line) && !closed) {
                out.push(d);
                slips.up_to(source, at).tell(source, false, out);
                return None;
            }
            // A slip above, or just below where the parser gave up, is what it stumbled over.
            let told = syntax && (closed || grave.is_some_and(|g| source.span(g, g).line <= line + 1) || slips.on(source, line));
            if !told {
                let lost = lost.or_else(|| if syntax { shape::indented_top(source, range.clone(), line) } else { None });
                let lost = lost.or_else(|| if syntax { shape::misplaced(source, range, line) } else { None });
                out.push(lost.unwrap_or(*stop));
            }
            slips.tell(source, told, out);
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
    /// The last plain text behind which a comment begins, for what the parser stumbles over.
    last: Option<(u32, u32)>,
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
                    // A plain text of several lines is longer in the file than when it is read.
                    if plain
                        && anchor == 0
                        && let Kind::Text(t) = &kind
                        && t.len() != r.len()
                        && let Some(several) = self.joined(&mut stack, start, end)
                    {
                        self.nodes += several.len();
                        match stack.last_mut() {
                            Some(open) => open.items.extend(several),
                            None => root = several.into_iter().next(),
                        }
                        continue;
                    }
                    let node = Node { start, end, kind };
                    if plain && hash::follows(self.source, end) {
                        self.last = Some((start, end));
                    }
                    if anchor > 0 {
                        self.copied += 1;
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

    /// The entries of a list that one plain text is meant to be; told, and then read as they are meant.
    fn joined(&mut self, stack: &mut [Open], start: u32, end: u32) -> Option<Vec<Node>> {
        let open = stack.last()?;
        let text = &self.source.text;
        // Inside brackets a line's depth says nothing.
        if text[open.start as usize..].starts_with(['[', '{']) {
            return None;
        }
        let value = open.map && open.items.len() % 2 == 1;
        let key = open.items.last().filter(|_| value).and_then(Node::text);
        if open.map && !key.is_some_and(shape::list_of) {
            return None;
        }
        let entries = shape::joined(text, start as usize..end as usize)?;
        let source = self.source;
        push_few(self.out, "SRC020", || shape::joined_told(source, &entries, key));
        let nodes = entries.into_iter().map(|(at, t)| Node { start: at.start as u32, end: at.end as u32, kind: Kind::Text(t.into()) });
        let nodes: Vec<Node> = nodes.collect();
        Some(if open.map { vec![Node { start, end, kind: Kind::List(nodes) }] } else { nodes })
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
            for d in pairs.iter().filter_map(|(k, v)| hash::cut(self.source, Some(k), v)) {
                push_few(self.out, "SRC044", || d);
            }
            for d in pairs.iter().filter_map(|(k, v)| bracketed::vanished(self.source, k, v)) {
                push_few(self.out, "SRC020", || d);
            }
            Kind::Map(pairs)
        } else {
            for d in open.items.iter().filter_map(|v| hash::cut(self.source, None, v)) {
                push_few(self.out, "SRC044", || d);
            }
            Kind::List(open.items)
        };
        let node = Node { start: open.start, end, kind };
        if open.anchor > 0 {
            // The copy kept for aliases costs as much as they do; what is too large is kept from being copied at all.
            let size = self.nodes + self.copied - open.size_before + 1;
            self.copied += size;
            if self.copied <= MAX_COPIED {
                self.anchors.insert(open.anchor, (node.clone(), size));
            }
        }
        node
    }

    fn blank(&self, from: u32, to: u32) -> bool {
        self.source.text.get(from as usize..to as usize).is_some_and(|s| s.trim().is_empty())
    }

    fn duplicates(&mut self, pairs: &[(Node, Node)]) {
        let mut seen = FxHashSet::default();
        for (k, v) in pairs {
            if let Some(name) = k.text()
                && !seen.insert(name)
            {
                let first = pairs.iter().find(|(other, _)| other.text() == Some(name)).map(|(_, v)| v);
                if heads::own(name) && first.is_some_and(|f| !same(f, v)) {
                    // Either may be the one that is meant.
                    let d = Diagnostic::new("SRC009", Severity::Error, say!("键 `{name}` 重复，值不同", "duplicate key `{name}` with two values"));
                    let d = d.at(self.source.span(k.start as usize, k.end as usize));
                    self.out
                        .push(d.hint(say!("不知道哪个算数，所以不公布；删去其中一个", "it is not known which counts, so this is held; remove one")).blocking());
                    continue;
                }
                let name: String = name.chars().take(60).collect();
                push_few(self.out, "SRC009", || {
                    Diagnostic::new("SRC009", Severity::Error, say!("键 `{name}` 重复", "duplicate key `{name}`"))
                        .at(self.source.span(k.start as usize, k.end as usize))
                        .hint(say!("只取第一次的值；删去其中一个", "the first one counts; remove one of them"))
                });
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
        let sign = self.source.text.get(fault..).and_then(|t| t.chars().next()).filter(|c| c.is_ascii_punctuation());
        let (mut zh, mut info) = (in_chinese(info), info.to_string());
        if tab.is_some() {
            info = "a tab is used to indent".into();
        } else if let Some(c) = sign.filter(|_| info.contains("unexpected character")) {
            zh = format!("以 `{c}` 开头的文字要加引号");
            info = format!("text that begins with `{c}` wants quotes");
        }
        if let Some(d) = bracketed::block(self.source, fault, &info) {
            return Box::new(d);
        }
        let at = bracketed::backslash(self.source, fault, &info).unwrap_or(at);
        let d =
            Diagnostic::new("SRC004", Severity::Error, say!("YAML 语法错误：{zh}", "YAML syntax error: {info}")).at(self.source.span(at, at + 1)).blocking();
        if tab.is_some() {
            // Below a key without a value it stands deeper, else beside the line above.
            let above = self.source.text[..super::source::floor(&self.source.text, at)].trim_end().rsplit('\n').next().unwrap_or("");
            // An entry's fields stand behind its dash.
            let deep = above.len() - above.trim_start_matches([' ', '\t', '-']).len() + if above.ends_with(':') { 2 } else { 0 };
            let line = format!("{}{}", " ".repeat(deep), self.line(at).trim_start());
            return Box::new(d.hint(say!("YAML 不许用 Tab 缩进，应写作 `{line}`", "YAML does not allow tabs for indentation; write `{line}`")));
        }
        Box::new(d.hint(match self.wants_quotes(fault) {
            Some(line) => say!("这段文字要加引号，应写作 `{line}`", "this text wants quotes; write `{line}`"),
            None if self.goes_on(at) => say!(
                "若是上一行的文字接着写，缩进两格，或把整段文字放进引号；若是新的字段，补上冒号",
                "where this goes on with the text of the line above, indent it by two, or put all of the text in quotes; a field wants a colon"
            ),
            None => say!(
                "看看此处与上一行的缩进、冒号和引号；含冒号的文字要加引号",
                "look at the indentation, colons and quotes here and one line above; quote text that contains a colon"
            ),
        }))
    }

    /// Whether the line at an offset may be the rest of a text that a field above begins with.
    fn goes_on(&self, at: usize) -> bool {
        let line = self.line(at);
        let start = super::source::floor(&self.source.text, at);
        let above = self.source.text[..start].trim_end_matches(|c| c != '\n').trim_end().rsplit('\n').next().unwrap_or("");
        let begun = above.split_once(": ").is_some_and(|(_, v)| !v.trim().is_empty());
        begun && line.starts_with(|c: char| c.is_alphanumeric()) && !line.contains([':', '：'])
    }

    /// The line at an offset, without its end.
    fn line(&self, at: usize) -> &str {
        let text = &self.source.text;
        let at = super::source::floor(text, at);
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = text[start..].lines().next().unwrap_or("");
        &line[..super::source::floor(line, 300)]
    }

    /// The faulty line with its value in quotes, where that alone mends it.
    fn wants_quotes(&self, fault: usize) -> Option<String> {
        let fails = |line: &str| Parser::new_from_str(line).any(|e| e.is_err());
        let text = &self.source.text;
        let fault = super::source::floor(text, fault);
        let above = text[..fault].rfind('\n').unwrap_or(0);
        [self.line(fault), self.line(above)].into_iter().find_map(|line| {
            let line = line.trim_end();
            let right = super::slips::quoted(line)?;
            (fails(line.trim_start()) && !fails(right.trim_start())).then_some(right)
        })
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

/// What the parser says, in Chinese. What is not here is rare enough to stay as it is.
fn in_chinese(info: &str) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("mapping values are not allowed", "这里不能再有冒号"),
        ("did not find expected key", "这里应是一个键（名称加冒号）"),
        ("simple key expected ':'", "这一行缺少冒号"),
        ("simple key is no longer valid", "键太长，或冒号不在同一行"),
        ("expected ',' or ']'", "方括号里缺逗号，或没有结束的 `]`"),
        ("expected ',' or '}'", "花括号里缺逗号，或没有结束的 `}`"),
        ("flow sequence", "方括号没有结束"),
        ("flow mapping", "花括号没有结束"),
        ("unclosed bracket", "括号没有结束"),
        ("misplaced bracket", "多了一个结束的括号"),
        ("mismatched bracket", "括号不配对"),
        ("unclosed quote", "引号没有结束"),
        ("trailing content after", "结束的引号之后还有文字"),
        ("unknown escape character", "双引号里的反斜杠要写成 `\\\\`，或改用单引号"),
        ("hexadecimal", "双引号里的反斜杠要写成 `\\\\`，或改用单引号"),
        ("unexpected document indicator", "引号没有结束"),
        ("did not find expected '-' indicator", "列表的每一项应以 `- ` 开头，并与上一项对齐"),
        ("block sequence entries are not allowed", "这里不能是列表的一项"),
        ("block mapping", "这里应是一个键（名称加冒号）"),
        ("block sequence", "列表没有写完"),
        ("mapping keys are not allowed", "这里不能有 `?` 开头的键"),
        ("unknown anchor", "以 `*` 开头的文字要加引号"),
        ("anchor or alias", "以 `*` 或 `&` 开头的文字要加引号"),
        ("while scanning a tag", "以 `!` 开头的文字要加引号"),
        ("while parsing a tag", "以 `!` 开头的文字要加引号"),
        ("handle wasn't declared", "以 `!` 开头的文字要加引号"),
        ("directive", "以 `%` 开头的文字要加引号"),
        ("unexpected character", "以 `@` 或反引号开头的文字要加引号"),
        ("tab", "用了 Tab"),
        ("invalid indentation", "缩进不对"),
        ("wrongly indented", "缩进不对"),
        ("comment", "`#` 之前要有空格，或给文字加引号"),
        ("block scalar", "`|` 或 `>` 之后要换行"),
        ("illegal placement of ':'", "冒号的位置不对"),
        ("plain scalar", "以 `-` 开头的文字要加引号"),
        ("did not find expected node content", "这里缺少内容"),
        ("<document start>", "上面的内容已经结束，这一行接不上；看看上面几行的缩进"),
        ("recursion limit", "嵌套过深"),
        ("one YAML document only", "一个文件只能有一段 YAML，去掉中间的 ---"),
        ("alias inside its own anchor", "`*` 引用了自己"),
        ("BOM", "文件中间有看不见的 BOM 字符"),
        ("eof", "文件没有写完"),
        ("EOF", "文件没有写完"),
    ];
    WORDS.iter().find(|(en, _)| info.contains(en)).map_or_else(|| info.to_string(), |(_, zh)| (*zh).to_string())
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
