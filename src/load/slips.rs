//! Slips of people who type Chinese, in YAML: full-width signs where a half-width one is meant, blanks that are none.
//!
//! YAML takes most of them for text, so a parser says nothing, or something else at another line. Here each is found where it
//! stands, with the line as it should be. Grave ones count only where the parser fails too (or cannot mean it), so that no good
//! file is refused.

mod told;
mod words;

pub(super) use words::{LISTS, TEXTS, close_of, good_key, good_key_and_value, quoted};

use super::chars::has_byte;
use crate::diag::{Text, say};
use crate::types::key_of;
use std::ops::Range;
use words::{
    Colon, before_comment, before_field, blanks, deeper_below, even, glued, ident, key, known, list_dash, paired, text_mark, wide_blank, wide_end, wide_quote,
};

/// One slip.
#[derive(Debug)]
struct Slip {
    at: Range<usize>,
    weight: Weight,
    what: Text,
    /// What stands there when it is right.
    fix: Vec<(Range<usize>, String)>,
    /// Another way out, where the author means what stands there.
    or: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// A structure is lost: counts where the parser fails or does not see a mapping.
    Grave,
    /// A structure is lost though the parser sees nothing wrong.
    Hidden,
    /// A value is not what is meant.
    Value,
    /// Perhaps meant so.
    Doubt,
}

/// Slips of a document.
pub(super) struct Slips(Vec<Slip>);

/// State of the walk over lines.
#[derive(Default)]
struct Walk {
    out: Vec<Slip>,
    /// Indentation of the key whose value is a block of text.
    block: Option<usize>,
    /// A quote that is open, and since where.
    quote: Option<char>,
    /// Brackets that are open.
    flow: usize,
    /// Field whose list is being read.
    field: String,
    /// Indentations at which a mapping stands.
    maps: Vec<usize>,
    /// Indentation of a key without a value, on the line above.
    empty: Option<usize>,
}

/// Most slips that are looked for in one file.
const MOST: usize = 200;
/// Bytes of a line beyond which it is not written again as it should be.
const LONG_LINE: usize = 4_096;

/// Finds the slips of `text[range]`.
pub(super) fn find(text: &str, range: Range<usize>) -> Slips {
    let mut w = Walk::default();
    // Only what is not ASCII can slip, and a colon without a blank.
    let mut at = range.start;
    while at < range.end && w.out.len() < MOST {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..range.end]).map_or(range.end, |i| at + i + 1);
        w.line(text, at, text[at..end].trim_end_matches(['\n', '\r']));
        at = end;
    }
    Slips(w.out)
}

impl Walk {
    /// Whether a line by itself can be read, and nothing slips in it.
    fn clean(mut self, line: &str) -> bool {
        self.line(line, 0, line);
        !self.out.iter().any(|s| s.weight != Weight::Doubt) && !granit_parser::Parser::new_from_str(line).any(|e| e.is_err())
    }

    fn slip(&mut self, at: Range<usize>, weight: Weight, what: Text, fix: Vec<(Range<usize>, String)>) {
        self.out.push(Slip { at, weight, what, fix, or: None });
    }

    fn line(&mut self, text: &str, at: usize, line: &str) {
        let lead: usize = line.chars().take_while(|c| *c == ' ' || *c == '\t' || wide_blank(*c)).map(char::len_utf8).sum();
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let body = &line[lead..];
        if body.trim().is_empty() {
            return;
        }
        if let Some(b) = self.block {
            if spaces > b {
                return;
            }
            self.block = None;
            if lead > spaces && key(body, at).is_none() {
                let fix = vec![(at..at + lead, " ".repeat(b + 2))];
                self.slip(
                    at..at + lead,
                    Weight::Grave,
                    say!("这一行用全角空格缩进，YAML 只认半角空格", "this line is indented by full-width blanks; YAML knows half-width ones only"),
                    fix,
                );
                self.block = Some(b);
                return;
            }
        }
        if let Some(q) = self.quote {
            if close_of(line, q).is_some() {
                self.quote = None;
            }
            return;
        }
        if self.flow > 0 {
            return self.flow_line(text, at, line);
        }
        if body.starts_with('#') {
            return;
        }
        let mut indent = spaces;
        if lead > spaces && !line[..lead].contains('\t') {
            let looks = key(body, at).is_some() || body.starts_with("- ");
            if looks && (self.empty.is_some() || !self.maps.is_empty()) {
                // As deep as the mapping it belongs to, or two deeper than the key above.
                let deep = self.maps.last().copied().unwrap_or(0);
                indent = self.empty.map_or(deep, |e| if body.starts_with("- ") || deep <= e { e + 2 } else { deep });
                let blanks = " ".repeat(indent);
                self.slip(
                    at..at + lead,
                    Weight::Hidden,
                    say!(
                        "缩进里有全角空格或不间断空格，YAML 只认半角空格",
                        "the indentation has full-width or no-break blanks; YAML knows half-width ones only"
                    ),
                    vec![(at..at + lead, blanks)],
                );
            }
        }
        let (mut body, mut at) = (body, at + lead);
        let mut entry = false;
        // Entries of a list, with a dash of another kind.
        loop {
            let c = body.chars().next().unwrap_or(' ');
            let rest = &body[c.len_utf8().min(body.len())..];
            if c == '-' && rest.starts_with(' ') {
                let skip = body.len() - rest.trim_start_matches(' ').len();
                (indent, at, body, entry) = (indent + skip, at + skip, &body[skip..], true);
                self.empty = None;
                continue;
            }
            // `-` and a blank that YAML does not know, or a dash of another kind before a mapping: an entry of the list.
            let gap = rest.len() - rest.trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
            let begins = |t: &str| t.starts_with(['{', '｛']) || key(t, 0).is_some_and(|k| ident(k.name));
            let wide = c == '-' && rest.starts_with(wide_blank) && !rest[gap..].is_empty();
            if wide || list_dash(c) && self.empty.is_none() && gap > 0 && begins(&rest[gap..]) {
                self.slip(
                    at..at + c.len_utf8(),
                    Weight::Grave,
                    if wide {
                        say!(
                            "列表的 `-` 之后是全角空格或不间断空格，YAML 要一个半角空格",
                            "after the `-` of a list stands a full-width or no-break blank; YAML wants a half-width one"
                        )
                    } else {
                        say!("列表每行前用半角减号 `-`，这里是 `{c}`", "entries of a list begin with a hyphen `-`; this is `{c}`")
                    },
                    vec![(at..at + c.len_utf8() + gap, "- ".into())],
                );
                return;
            }
            // `-{id: a}`, `-term: 甲`: an entry whose blank is missing, at whatever place.
            let field = || key(rest, 0).is_some_and(|k| ident(k.name) && k.how == Colon::Good);
            if c == '-' && self.empty.is_none() && (rest.starts_with('{') || field()) {
                self.slip(
                    at..at + 1,
                    if indent == 0 { Weight::Hidden } else { Weight::Grave },
                    say!("列表的 `-` 之后要有一个半角空格", "the `-` of a list wants a blank after it"),
                    vec![(at..at + 1, "- ".into())],
                );
                return;
            }
            // `1. 收费`, `、收费`, `* 收费` below a list's name: entries, as a text has them.
            if !entry
                && self.empty.is_some_and(|e| indent >= e)
                && LISTS.contains(&self.field.as_str())
                && let Some(mark) = text_mark(body)
            {
                let sign = body[..mark].trim_end();
                self.slip(
                    at..at + sign.len(),
                    Weight::Value,
                    say!("列表每行前用半角减号 `-`，这里是 `{sign}`", "entries of a list begin with a hyphen `-`; this is `{sign}`"),
                    vec![(at..at + mark, "- ".into())],
                );
                return;
            }
            // `-收费` below a key that has no value: an entry whose blank is missing.
            let glued = c == '-' && !rest.is_empty() && !rest.starts_with(['-', ' ']) && !rest.starts_with(|c: char| c.is_ascii_digit());
            if (list_dash(c) || glued) && self.empty.is_some() {
                let gap = rest.len() - rest.trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
                self.slip(
                    at..at + c.len_utf8(),
                    Weight::Value,
                    if glued {
                        say!("列表的 `-` 之后要有一个半角空格", "the `-` of a list wants a blank after it")
                    } else {
                        say!("列表每行前用半角减号 `-`，这里是 `{c}`", "entries of a list begin with a hyphen `-`; this is `{c}`")
                    },
                    vec![(at..at + c.len_utf8() + gap, "- ".into())],
                );
                return;
            }
            break;
        }
        if body.starts_with(['"', '\'']) && key(body, at).is_none() || body.starts_with(['[', '{']) || entry && body.starts_with(['［', '｛']) {
            self.empty = None;
            return self.value(text, at, body);
        }
        if entry && self.braceless(at, body) {
            return;
        }
        let Some(k) = key(body, at) else {
            if entry {
                self.empty = None;
                if body.starts_with(['|', '>']) {
                    self.block = Some(spaces);
                    return;
                }
                return self.value(text, at, body);
            }
            self.stray(at, body, indent);
            return;
        };
        let here = self.maps.last().copied();
        // A key where none can be is the continuation of a text.
        let placed = indent == 0 || entry || self.maps.contains(&indent) || self.empty.is_some_and(|e| indent > e);
        if k.how == Colon::Good || placed && (ident(k.name) || indent == 0 || self.maps.contains(&indent)) {
            while self.maps.last().is_some_and(|m| *m > indent) {
                self.maps.pop();
            }
            if self.maps.last() != Some(&indent) && (k.how == Colon::Good || here != Some(indent)) {
                self.maps.push(indent);
            }
        } else {
            return;
        }
        let (colon, rest) = (k.colon, k.rest);
        let gap = |c: char| c == ' ' || wide_blank(c);
        let value = text[rest..at + body.len()].trim_start_matches(gap);
        let from = at + body.len() - value.len();
        let weight = if indent == 0 { Weight::Grave } else { Weight::Hidden };
        match k.how {
            Colon::Good => {}
            Colon::Wide => {
                let mut fix = vec![(colon..from, if value.is_empty() { ":".into() } else { ": ".into() })];
                if let Some(field) = key_of(k.name).filter(|_| body.starts_with(k.name)) {
                    fix.push((at..at + k.name.len(), field.to_string()));
                }
                self.slip(colon..rest, weight, say!("`{}` 之后用了全角冒号", "a full-width colon after `{}`", k.name), fix);
            }
            Colon::WideBlank => self.slip(
                rest..from,
                weight,
                say!(
                    "冒号之后是全角空格或不间断空格，YAML 要一个半角空格",
                    "after the colon stands a full-width or no-break blank; YAML wants a half-width one"
                ),
                vec![(rest..from, " ".into())],
            ),
            Colon::NoBlank => {
                self.slip(colon..rest, weight, say!("`{}` 的冒号之后缺一个空格", "no blank after the colon of `{}`", k.name), vec![(rest..rest, " ".into())])
            }
        }
        self.field = k.name.to_string();
        self.empty = value.is_empty().then_some(indent);
        // `｜` with a text indented below it: the sign of a block, and not its first words.
        let block = match value.trim_end() {
            "｜" | "│" | "丨" | "￨" => Some("|"),
            "＞" | "》" | "〉" | "﹥" => Some(">"),
            _ => None,
        };
        if let Some(sign) = block.filter(|_| deeper_below(&text[at + body.len()..], indent)) {
            let end = from + value.trim_end().len();
            self.slip(
                from..end,
                Weight::Hidden,
                say!(
                    "`{}` 之后应为半角 `{sign}`，`{}` 会成为内容",
                    "behind `{}` stands a half-width `{sign}`; `{}` would be part of the text",
                    k.name,
                    value.trim_end()
                ),
                vec![(from..end, sign.into())],
            );
            self.block = Some(indent);
            return;
        }
        if value.starts_with(['|', '>']) && value.len() <= 4
            || value.starts_with(['|', '>']) && value[1..].trim_start_matches(|c: char| "+-0123456789".contains(c)).trim_start().starts_with('#')
        {
            self.block = Some(indent);
            return;
        }
        self.value(text, from, value);
    }

    /// An entry `on: 2026-11-10, note: 更正}` whose first brace is missing, or is another bracket: tells it.
    fn braceless(&mut self, at: usize, body: &str) -> bool {
        let line = before_comment(body);
        let Some(last) = line.chars().next_back().filter(|c| matches!(c, '}' | '｝')) else { return false };
        let wrong = line.chars().next().filter(|c| matches!(c, '（' | '(' | '【' | '〔' | '<' | '《'));
        let inner = &line[wrong.map_or(0, char::len_utf8)..line.len() - last.len_utf8()];
        let field = |t: &str| key(t, 0).is_some_and(|k| k.how == Colon::Good && known(k.name));
        let more = inner.match_indices(',').take(20).any(|(i, _)| field(inner[i + 1..].trim_start()));
        if inner.contains(['{', '}', '｛']) || !field(inner.trim_start()) || wrong.is_none() && !more {
            return false;
        }
        let mut fix = vec![(at..at + wrong.map_or(0, char::len_utf8), "{".to_string())];
        if last != '}' {
            fix.push((at + line.len() - last.len_utf8()..at + line.len(), "}".into()));
        }
        let what = match wrong {
            Some(c) => {
                say!("这一项以 `{c}` 开始、以 `{last}` 结束，应以半角 `{{` 开始", "this entry begins with `{c}` and ends with `{last}`; it begins with `{{`")
            }
            None => say!("这一项以 `{last}` 结束，前面却没有 `{{`", "this entry ends with `{last}` and has no `{{` before it"),
        };
        self.slip(at..at + wrong.map_or(1, char::len_utf8), Weight::Grave, what, fix);
        true
    }

    /// A line that is neither key nor entry.
    fn stray(&mut self, at: usize, body: &str, indent: usize) {
        if indent > 0 {
            return;
        }
        self.empty = None;
        if body.starts_with('＃') {
            self.slip(
                at..at + '＃'.len_utf8(),
                Weight::Grave,
                say!("注释用半角 `#` 开头，这里是全角 `＃`", "a comment begins with a half-width `#`; this is a full-width one"),
                vec![(at..at + '＃'.len_utf8(), "#".into())],
            );
        } else if body.starts_with("//") {
            self.slip(
                at..at + 2,
                Weight::Grave,
                say!("注释用 `#` 开头，YAML 不认 `//`", "a comment begins with `#`; YAML does not know `//`"),
                vec![(at..at + 2, "#".into())],
            );
        } else if let Some((i, c)) = body.char_indices().find(|(i, c)| matches!(c, '：' | '=' | '＝') || matches!(c, '；' | ';') && ident(&body[..*i])) {
            let name = body[..i].trim();
            if !name.is_empty() && name.chars().count() <= 12 && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                let gap = body[i + c.len_utf8()..].len() - body[i + c.len_utf8()..].trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
                self.slip(
                    at + i..at + i + c.len_utf8(),
                    Weight::Grave,
                    if c == '：' {
                        say!("`{name}` 之后用了全角冒号", "a full-width colon after `{name}`")
                    } else {
                        say!("`{name}` 之后要用冒号，不是 `{c}`", "after `{name}` stands a colon, not `{c}`")
                    },
                    vec![(at + name.len()..at + i + c.len_utf8() + gap, ": ".into())],
                );
            }
        }
    }

    /// The value after a key, or an entry of a list.
    fn value(&mut self, text: &str, at: usize, value: &str) {
        let Some(first) = value.chars().next() else { return };
        if first == '"' || first == '\'' {
            match close_of(&value[1..], first) {
                Some(n) => self.quote_inside(at, value, n + 1),
                None => {
                    let last = value.trim_end().chars().next_back().unwrap_or(' ');
                    // The other half-width quote, where no other stands in the text.
                    let other = matches!(last, '"' | '\'') && last != first && value.matches(last).count() == 1;
                    if (other || wide_quote(last)) && value.chars().count() > 1 {
                        let end = at + value.trim_end().len();
                        self.slip(
                            end - last.len_utf8()..end,
                            Weight::Grave,
                            say!("引号以半角 `{first}` 开始，却以全角 `{last}` 结束", "the quote begins with `{first}` and ends with `{last}`"),
                            vec![(end - last.len_utf8()..end, first.to_string())],
                        );
                    } else {
                        self.quote = Some(first);
                    }
                }
            }
            return;
        }
        if first == '[' || first == '{' {
            self.flow_line(text, at, value);
            return self.behind(at, value);
        }
        // A comment is no part of it.
        let plain = before_comment(value);
        // Its sign, or the last byte of the full-width one.
        let sign = has_byte(plain.as_bytes(), |c| matches!(c, b'#' | 0x83));
        let odd = |(i, c): &(usize, char)| wide_blank(*c) && plain[i + c.len_utf8()..].starts_with(['#', '＃']);
        if let Some((i, _)) = if sign { plain.char_indices().find(odd) } else { None } {
            let c = plain[i..].chars().next().unwrap_or(' ');
            let sign = plain[i + c.len_utf8()..].chars().next().unwrap_or('#');
            self.slip(
                at + i..at + i + c.len_utf8() + sign.len_utf8(),
                Weight::Value,
                say!("`#` 之前不是半角空格，注释成了字段的内容", "the blank before `#` is no half-width one, so the comment is part of the value"),
                vec![(at + i..at + i + c.len_utf8() + sign.len_utf8(), " #".into())],
            );
            return;
        }
        let last = plain.chars().next_back().unwrap_or(' ');
        let inner = plain.len() > first.len_utf8() + last.len_utf8();
        let middle = if inner { &plain[first.len_utf8()..plain.len() - last.len_utf8()] } else { "" };
        let ends = at..at + plain.len();
        let list = LISTS.contains(&self.field.as_str());
        let pair = matches!((first, last), ('“' | '”' | '＂', '“' | '”' | '＂' | '"') | ('‘' | '’' | '＇', '‘' | '’' | '＇' | '\'') | ('「', '」'));
        if pair && inner && !middle.contains(['“', '”', '‘', '’', '「', '」', '"']) {
            let weight = if TEXTS.contains(&self.field.as_str()) { Weight::Doubt } else { Weight::Value };
            self.out.push(Slip {
                at: ends.start..ends.start + first.len_utf8(),
                weight,
                what: say!("`{}` 用了全角引号，引号会成为内容", "`{}` stands in full-width quotes, which become part of it", self.field),
                fix: vec![(ends.start..ends.start + first.len_utf8(), "\"".into()), (ends.end - last.len_utf8()..ends.end, "\"".into())],
                or: (weight == Weight::Doubt).then(|| say!("若引号本是内容，写作 '{plain}'", "where the quotes are meant, write '{plain}'")),
            });
            return;
        }
        let bracket = match (first, last) {
            ('［', _) | ('【' | '〔' | '〖', '】' | '〕' | '〗' | ']') if list || first == '［' => Some(("[", "]")),
            ('｛', _) => Some(("{", "}")),
            _ => None,
        };
        if let Some((open, close)) = bracket.filter(|_| inner) {
            let mut fix = vec![(ends.start..ends.start + first.len_utf8(), open.to_string())];
            if matches!(last, '］' | '】' | '〕' | '〗' | '｝') {
                fix.push((ends.end - last.len_utf8()..ends.end, close.into()));
            }
            let mut quoted = None;
            for (i, c) in middle.char_indices() {
                let p = ends.start + first.len_utf8() + i;
                match (quoted, c) {
                    (Some(q), c) if c == q => quoted = None,
                    (None, '"' | '\'') => quoted = Some(c),
                    (Some(_), _) => {}
                    // A mapping is told by its names: a comma or colon elsewhere is content.
                    (None, '，' | '；' | '、') if open == "[" || before_field(&middle[i + c.len_utf8()..]) => {
                        let gap = blanks(&middle[i + c.len_utf8()..]);
                        fix.push((p..p + c.len_utf8() + gap, ", ".into()));
                    }
                    (None, '：') if open == "{" && known(middle[..i].rsplit([',', '，', '；', '、']).next().unwrap_or("").trim()) => {
                        let gap = blanks(&middle[i + c.len_utf8()..]);
                        fix.push((p..p + c.len_utf8() + gap, ": ".into()));
                    }
                    (None, c) if wide_quote(c) && open == "[" => fix.push((p..p + c.len_utf8(), "\"".into())),
                    _ => {}
                }
            }
            self.slip(
                ends.start..ends.start + first.len_utf8(),
                Weight::Value,
                if open == "[" {
                    say!("`{}` 用了全角括号 `{first}`，不成为列表", "`{}` stands in full-width brackets `{first}` and is no list", self.field)
                } else {
                    say!("`{}` 用了全角括号 `{first}`，不成为映射", "`{}` stands in full-width brackets `{first}` and is no mapping", self.field)
                },
                fix,
            );
            return;
        }
        // Ids, addresses and names of files have no comma in them.
        let ids = || {
            matches!(
                self.field.as_str(),
                "issuer" | "drafted_by" | "policies" | "aliases" | "amends" | "repeals" | "based_on" | "related" | "amended_by" | "repealed_by"
            )
        };
        let id = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_/.?=&%".contains(&b));
        // Addresses begin with a slash; other names of a term are words.
        let names = self.field == "aliases" && !plain.starts_with('/') && plain.contains(['，', '、', '；']);
        if (matches!(self.field.as_str(), "keywords" | "tags") || names || ids() && plain.split(['，', '、', '；', ',']).map(str::trim).all(id))
            && plain.contains(['，', '、', '；', ','])
        {
            let i = plain.find(['，', '、', '；', ',']).unwrap_or(0);
            let c = plain[i..].chars().next().unwrap_or(',');
            let bare = |w: &str| w.trim_matches(|c| wide_quote(c) || c == '"' || c == ' ' || wide_blank(c)).to_string();
            let words: Vec<String> =
                plain.split(['，', '、', '；', ',']).map(|w| if even(w) { bare(w) } else { w.trim().to_string() }).filter(|w| !w.is_empty()).collect();
            // An entry of a list becomes several of them.
            let begin = text[..at].rfind('\n').map_or(0, |i| i + 1);
            let lead = text[begin..at].trim_end().strip_suffix('-').filter(|l| l.trim().is_empty());
            self.slip(
                at + i..at + i + c.len_utf8(),
                Weight::Value,
                say!("`{}` 没有方括号，`{c}` 不分词，整行成了一个词", "`{}` has no brackets, so `{c}` divides nothing and the line is one word", self.field),
                // 《收费，登记》 may be one title: nobody knows which line is meant.
                if words.iter().all(|w| even(w)) && lead.is_none() { vec![(ends, format!("[{}]", words.join(", ")))] } else { Vec::new() },
            );
            let lines = lead.filter(|_| words.iter().all(|w| even(w))).map(|l| words.iter().map(|w| format!("`{l}- {w}`")).collect::<Vec<_>>());
            if let (Some(s), Some(lines)) = (self.out.last_mut().filter(|s| s.fix.is_empty()), &lines) {
                let (zh, en) = (lines.join(" "), lines.join(" "));
                s.or = Some(say!("逐行写作 {zh}", "write as lines {en}"));
            } else if let Some(s) = self.out.last_mut().filter(|s| s.fix.is_empty()) {
                s.or = Some(say!(
                    "一个词含 `{c}`，就加半角引号和方括号：[\"甲{c}乙\"]；几个词，就各自写全，用半角逗号隔开：[甲, 乙]",
                    "one word with `{c}` in it stands in half-width quotes and brackets, [\"a{c}b\"]; several are written each in full with half-width commas between, [a, b]"
                ));
            }
        }
    }

    /// A line, or the rest of one, that is inside brackets or begins with one.
    fn flow_line(&mut self, text: &str, at: usize, line: &str) {
        let mut fresh = true;
        // A quote has just been closed: what comes now divides, whatever comma it is.
        let mut closed = false;
        let (mut start, mut opened) = (0, Vec::new());
        let mut i = 0;
        while let Some(c) = line[i..].chars().next() {
            let next = i + c.len_utf8();
            let after_quote = std::mem::take(&mut closed);
            match c {
                '"' | '\'' if fresh => match close_of(&line[next..], c)
                    .filter(|n| !glued(&line[next + n..]) || wide_end(line, next).is_none())
                    .or_else(|| wide_end(line, next).map(|_| 0))
                {
                    Some(0) => {
                        // `"收费“, "登记"`
                        let Some((from, sign)) = wide_end(line, next) else { return };
                        let end = from + sign.len_utf8();
                        let what = say!("引号以半角 `{c}` 开始，却以全角 `{sign}` 结束", "the quote begins with `{c}` and ends with `{sign}`");
                        self.slip(at + from..at + end, Weight::Grave, what, vec![(at + from..at + end, c.to_string())]);
                        (i, fresh, closed) = (end, false, true);
                        continue;
                    }
                    Some(n) => {
                        let end = line[next + n..].find([',', ']', '}']).map_or(line.len(), |e| next + n + e);
                        let rest = line[next + n..].trim_start();
                        if !rest.starts_with([':', '，', '；', '、']) {
                            self.quote_inside(at + i, line[i..end].trim_end(), next + n - i);
                        }
                        (i, fresh, closed) = (next + n, false, true);
                        continue;
                    }
                    None => {
                        self.quote = Some(c);
                        return;
                    }
                },
                '#' if i > 0 && line[..i].ends_with(' ') => return,
                '[' | '{' => {
                    self.flow += 1;
                    opened.push(c);
                    (fresh, start) = (true, next);
                }
                ']' | '}' => {
                    self.item(text, at, start, &line[start..i]);
                    if c == ']' {
                        self.lone(line, (at, start, i), &opened);
                    }
                    self.flow = self.flow.saturating_sub(1);
                    opened.pop();
                    (fresh, start) = (false, next);
                    if self.flow == 0 {
                        return;
                    }
                }
                ',' => {
                    // `甲,, 乙`: one comma too many.
                    if line[start..i].trim().is_empty() && line[..start].trim_end().ends_with([',', '，']) {
                        let what = say!("两个逗号之间没有内容", "there is nothing between two commas");
                        self.slip(at + i..at + next, Weight::Grave, what, vec![(at + start..at + next, String::new())]);
                    }
                    self.item(text, at, start, &line[start..i]);
                    self.lone(line, (at, start, i), &opened);
                    (fresh, start) = (true, next);
                }
                '：' | ':' if known(line[start..i].trim()) && (opened.last() == Some(&'{') || opened.is_empty()) => {
                    let after = line[next..].chars().next();
                    let gap = line[next..].len() - line[next..].trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
                    let name = line[start..i].trim();
                    let ok = c == ':' && matches!(after, None | Some(' ' | ',' | '}' | ']'));
                    if !ok && after != Some('/') {
                        let what = if c == '：' {
                            say!("`{name}` 之后用了全角冒号", "a full-width colon after `{name}`")
                        } else {
                            say!("`{name}` 的冒号之后缺一个半角空格", "no half-width blank after the colon of `{name}`")
                        };
                        self.slip(at + i..at + next, Weight::Hidden, what, vec![(at + i..at + next + gap, ": ".into())]);
                    }
                    if !ok || after == Some(' ') {
                        start = next + gap;
                        (i, fresh) = (start, true);
                        continue;
                    }
                }
                '，' | '；' | '、' if after_quote || !paired(&line[start..], i - start) && self.divides(c, &opened, &line[next..]) => {
                    let gap = line[next..].len() - line[next..].trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
                    self.out.push(Slip {
                        at: at + i..at + next,
                        weight: Weight::Value,
                        what: say!(
                            "括号里用了 `{c}`，它不分隔，前后成了一个词",
                            "`{c}` inside brackets divides nothing, so what stands on both sides is one word"
                        ),
                        fix: vec![(at + i..at + next + gap, ", ".into())],
                        or: Some(say!("若 `{c}` 本是内容，给这个词加半角引号", "where `{c}` is meant, put the word in half-width quotes")),
                    });
                    self.item(text, at, start, &line[start..i]);
                    start = next + gap;
                    (i, fresh) = (start, true);
                    continue;
                }
                '】' | '］' | '〕' | '｝' if line[next..].trim().is_empty() => {
                    // On a line of its own only the sign says which one it is.
                    let close = if opened.last() == Some(&'{') || opened.is_empty() && c == '｝' { "}" } else { "]" };
                    self.slip(
                        at + i..at + next,
                        Weight::Grave,
                        say!("括号以 `{c}` 结束，应为半角 `{close}`", "the bracket is closed by `{c}`, not by `{close}`"),
                        vec![(at + i..at + next, close.into())],
                    );
                    self.flow = 0;
                    return;
                }
                c if closes_wrong(c, &opened, &line[start..i], &line[next..]) => {
                    let close = if opened.last() == Some(&'{') { "}" } else { "]" };
                    let what = say!("括号以 `{c}` 结束，应为半角 `{close}`", "the bracket is closed by `{c}`, not by `{close}`");
                    self.slip(at + i..at + next, Weight::Grave, what, vec![(at + i..at + next, close.into())]);
                    self.item(text, at, start, &line[start..i]);
                    self.flow = self.flow.saturating_sub(1);
                    opened.pop();
                    (fresh, start) = (false, next);
                    if self.flow == 0 {
                        return;
                    }
                }
                // Before a quote it would be the first sign of a plain text, and the quote a part of it.
                c if fresh && wide_blank(c) => {
                    let gap = blanks(&line[next..]);
                    if !line[next + gap..].starts_with(['"', '\'']) {
                        (i, closed) = (next + gap, after_quote);
                        continue;
                    }
                    let what = say!(
                        "引号之前是全角空格或不间断空格，引号会成为内容",
                        "before the quote stands a full-width or no-break blank, so the quote becomes part of the text"
                    );
                    self.slip(at + i..at + next, Weight::Value, what, vec![(at + i..at + next + gap, if line[..i].ends_with(' ') { "" } else { " " }.into())]);
                    i = next + gap;
                    continue;
                }
                c if c == ' ' || wide_blank(c) => closed = after_quote,
                _ => fresh = false,
            }
            i = next;
        }
    }

    /// Whether a Chinese comma inside brackets is meant to divide: in a list of words, or before the next field of a mapping.
    fn divides(&self, c: char, opened: &[char], rest: &str) -> bool {
        if opened.last() == Some(&'{') {
            return before_field(rest);
        }
        // Names of subjects have 、 in them.
        LISTS.contains(&self.field.as_str()) && (c != '、' || !matches!(self.field.as_str(), "theme" | "themes"))
    }

    /// A text in quotes that holds such a quote: `'Mayor's office'`. `closed` is where the parser takes it to end.
    fn quote_inside(&mut self, at: usize, value: &str, closed: usize) {
        let value = before_comment(value);
        let Some(rest) = value.get(closed..).filter(|r| !r.trim().is_empty()) else { return };
        let quote = value.chars().next().unwrap_or('"');
        let other = if quote == '"' { '\'' } else { '"' };
        let inner = if rest.ends_with(quote) { &value[1..value.len() - 1] } else { value };
        if inner.contains(other) || !rest.ends_with(quote) && !rest.starts_with(|c: char| c.is_alphanumeric()) {
            return;
        }
        self.slip(
            at + closed - 1..at + closed,
            Weight::Grave,
            say!("引号里又有同样的引号 `{quote}`，文字在这里就结束了", "the text has the quote `{quote}` in it and ends here"),
            vec![(at..at + value.len(), format!("{other}{inner}{other}"))],
        );
    }

    /// Signs behind the bracket that ends a value: `[zh]…`.
    fn behind(&mut self, at: usize, value: &str) {
        let open = if value.starts_with('[') { ('[', ']') } else { ('{', '}') };
        let mut deep = 0usize;
        let close = value.char_indices().find(|(_, c)| {
            deep = if *c == open.0 { deep + 1 } else { deep };
            *c == open.1 && {
                deep = deep.saturating_sub(1);
                deep == 0
            }
        });
        let Some((i, _)) = close.filter(|_| self.flow == 0 && self.quote.is_none()) else { return };
        let rest = value[i + 1..].trim_end();
        // A text that begins with a bracket wants quotes: the parser's own finding says so.
        if TEXTS.contains(&self.field.as_str()) {
            return;
        }
        // A comment is behind a blank; a colon makes a key of it.
        if rest.trim().is_empty() || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#') || rest.trim_start().starts_with(':') {
            return;
        }
        // A comment, but the blank before it is none that YAML knows.
        let gap = rest.len() - rest.trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len();
        if gap > 0 && rest[gap..].starts_with('#') {
            let blank = at + i + 1..at + i + 1 + gap;
            self.slip(
                blank.clone(),
                Weight::Grave,
                say!(
                    "`{}` 与注释之间是全角空格或不间断空格，YAML 要半角空格",
                    "between `{}` and the comment stands a full-width or no-break blank; YAML wants a half-width one",
                    open.1
                ),
                vec![(blank, " ".into())],
            );
            return;
        }
        let shown: String = rest.trim().chars().take(20).collect();
        let from = at + i + 1 + (rest.len() - rest.trim_start().len());
        self.slip(
            from..at + i + 1 + rest.len(),
            Weight::Grave,
            say!("`{}` 之后还有 `{shown}`", "behind `{}` stands `{shown}`", open.1),
            vec![(at + i + 1..at + i + 1 + rest.len(), String::new())],
        );
    }

    /// One item inside brackets.
    fn item(&mut self, text: &str, at: usize, start: usize, item: &str) {
        let bare = item.trim();
        let (Some(first), Some(last)) = (bare.chars().next(), bare.chars().next_back()) else { return };
        let pair = matches!((first, last), ('“' | '”' | '＂', '“' | '”' | '＂' | '"') | ('‘' | '’' | '＇', '‘' | '’' | '＇' | '\''));
        let inner = bare.len() > first.len_utf8() + last.len_utf8();
        if pair && inner && !bare[first.len_utf8()..bare.len() - last.len_utf8()].contains(['“', '”', '‘', '’']) {
            let from = at + start + (item.len() - item.trim_start().len());
            let end = from + bare.len();
            debug_assert!(text.is_char_boundary(from));
            self.slip(
                from..from + first.len_utf8(),
                Weight::Value,
                say!("`{bare}` 用了全角引号，引号会成为内容", "`{bare}` stands in full-width quotes, which become part of it"),
                vec![(from..from + first.len_utf8(), "\"".into()), (end - last.len_utf8()..end, "\"".into())],
            );
        }
    }

    /// An entry of a list that begins or ends with one quote of a pair: `[养老”, 补贴]`. `place`: of the line, and of the entry in it.
    fn lone(&mut self, line: &str, (at, from, to): (usize, usize, usize), opened: &[char]) {
        let item = &line[from..to];
        let bare = item.trim_matches(|c: char| c == ' ' || wide_blank(c));
        if opened.last() == Some(&'{') || opened.is_empty() && bare.contains(": ") {
            return;
        }
        let (Some(first), Some(last)) = (bare.chars().next(), bare.chars().next_back()) else { return };
        let quote = |c: char| c == '"' || wide_quote(c);
        let double = |c: char| matches!(c, '"' | '“' | '”' | '＂');
        let sign = if quote(first) { first } else { last };
        // `residents’`, `15'`: an apostrophe, a unit.
        if !quote(sign) || !(double(sign) || sign == '‘' && first == '‘') {
            return;
        }
        // `15.6"`: inches.
        let size = bare.strip_suffix('"').is_some_and(|n| n.len() <= 5 && n.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        let count = bare.chars().filter(|c| double(*c) == double(sign) && quote(*c)).count();
        let words = bare.trim_matches(quote);
        if count != 1 || words.is_empty() || size || self.out.len() >= MOST {
            return;
        }
        // The other one stands in another entry: the comma between them may be one of the text.
        let pairs = |open: char, close: char| matches!(sign, s if s == open || s == close) && line.matches(open).count() == line.matches(close).count();
        let parted = pairs('“', '”') || pairs('‘', '’');
        let begin = at + from + (item.len() - item.trim_start_matches(|c: char| c == ' ' || wide_blank(c)).len());
        let place = if quote(first) { begin..begin + first.len_utf8() } else { begin + bare.len() - last.len_utf8()..begin + bare.len() };
        let fix = if parted || words.contains('\\') { Vec::new() } else { vec![(begin..begin + bare.len(), format!("\"{words}\""))] };
        let what = say!("`{bare}` 只有一个引号，引号会成为内容", "`{bare}` has one quote of a pair, which becomes part of it");
        self.slip(place, Weight::Value, what, fix);
    }
}

/// Whether a sign that is no bracket of YAML, or one of another kind, stands where the bracket that is open should close:
/// nothing in the entry opens it, and no right one comes before the next begins.
fn closes_wrong(c: char, opened: &[char], item: &str, rest: &str) -> bool {
    let (open, close) = match (opened.last(), c) {
        (Some('['), '】' | '］' | '〕' | '〗' | '）' | ')' | '｝') => (b'[', b']'),
        (Some('{'), '】' | '］' | '〕' | '〗' | '）' | ')' | '｝') => (b'{', b'}'),
        _ => return false,
    };
    let partner = match c {
        '】' => ['【', '【'],
        '〕' => ['〔', '〔'],
        '〗' => ['〖', '〖'],
        '）' | ')' => ['（', '('],
        '］' => ['［', '［'],
        _ => ['｛', '｛'],
    };
    let next = rest.trim_start();
    // The list goes on in the next line; a list of kilobytes on one line is not looked through for each sign.
    if matches!(next, "," | "，") || item.len() > LONG_LINE {
        return false;
    }
    let ends = next.is_empty() || next.starts_with([',', '，', ']', '}']) || next.starts_with('#') && rest.starts_with(' ');
    let seen = &rest.as_bytes()[..rest.len().min(LONG_LINE)];
    let right = memchr::memchr2(open, close, seen).map_or(rest.len() > LONG_LINE, |i| seen[i] == close);
    // `[a】]`: the sign is one too many, or a part of the text.
    ends && !right && !item.contains(partner)
}
