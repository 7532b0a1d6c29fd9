//! Markup that did not work, and that readers see as characters: half a pair of `**`, a table without its line of dashes, a link that never closes.
//!
//! Only what the parser gave back as text is looked at, so code, links and addresses are none of it.

use super::chars::is_han;
use super::markdown::Body;
use super::meant::{file_like, link_like, site_path};
use crate::diag::{Text, say};
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// A place, in the prepared text; what is wrong; what to do.
type Found = (Range<usize>, Text, Text);

/// What of a body is shown as characters. `spans`: pieces of text as the parser gave them, in the prepared text, rising, none beside another; `tables`: its tables.
pub(super) fn shown(body: &Body<'_>, spans: &[Range<usize>], tables: &[Range<usize>]) -> Vec<Found> {
    let text = body.text();
    let mut out = Vec::new();
    let mut table_end = 0;
    // Most texts have no sign of a leaving, so that none of their pieces is looked at for one.
    let has = Has::of(text);
    for span in spans {
        let before = text[..span.start].trim_end_matches([' ', '>', '\t']);
        let begins = before.is_empty() || before.ends_with('\n');
        let mut at = span.start;
        while at < span.end {
            let end = crate::load::floor(text, (at + LONG).min(span.end));
            let piece = &text[at..end];
            if has.stars {
                out.extend(pair(piece, at));
            }
            // Most pieces are prose: one look tells that they have no sign of what is sought.
            if has.links(piece) {
                out.extend(link(piece, at));
            }
            if has.leavings(piece) {
                out.extend(pieces(piece, at));
            }
            if begins && at == span.start {
                out.extend(topic(text, span));
                out.extend(fence(piece, at));
            }
            at = end;
        }
        // What the parser made a table of is one, with bars at its ends or without.
        if begins && span.start >= table_end && !tables.iter().any(|t| t.contains(&span.start)) {
            let line = line_of(text, span.start);
            if let Some((found, end)) = table(text, line, has.bars) {
                out.push(found);
                table_end = end;
            }
        }
    }
    out
}

/// What of the signs that are looked for stands anywhere in a text.
struct Has {
    stars: bool,
    /// `[`, and `【` or `］`: brackets that may be half of a link.
    square: bool,
    thick: bool,
    /// Signs with which every leaving begins that [`pieces`] knows: of one byte, and others.
    ascii: bool,
    other: bool,
    /// `｜`
    bars: bool,
}

static THICK: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["】", "］"].map(Finder::new));
static OTHER: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["mso-", "＆", "＜"].map(Finder::new));
static BAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("｜"));
static STARS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("**"));

impl Has {
    fn of(text: &str) -> Has {
        let b = text.as_bytes();
        let any = |all: &[Finder<'_>]| all.iter().any(|f| f.find(b).is_some());
        Has {
            stars: STARS.find(b).is_some(),
            square: memchr::memchr(b'[', b).is_some(),
            thick: any(&*THICK),
            ascii: ascii(b),
            other: any(&*OTHER),
            bars: BAR.find(b).is_some(),
        }
    }

    fn links(&self, piece: &str) -> bool {
        let b = piece.as_bytes();
        self.square && memchr::memchr(b'[', b).is_some() || self.thick && THICK.iter().any(|f| f.find(b).is_some())
    }

    fn leavings(&self, piece: &str) -> bool {
        let b = piece.as_bytes();
        self.ascii && ascii(b) || self.other && OTHER.iter().any(|f| f.find(b).is_some())
    }
}

fn ascii(b: &[u8]) -> bool {
    memchr::memchr3(b'<', b'&', b'\\', b).is_some() || memchr::memchr(b'^', b).is_some()
}

/// Longest piece of a line that is looked at in one, in bytes.
const LONG: usize = 4_000;

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |i| i + 1)
}

fn line_of(text: &str, at: usize) -> Range<usize> {
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i);
    line_start(text, at)..end
}

/// The next line, if there is one.
fn after(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    (line.end < text.len()).then(|| line_of(text, line.end + 1))
}

/// `**` that found no partner.
fn pair(piece: &str, base: usize) -> Option<Found> {
    let bytes = piece.as_bytes();
    let mut i = memchr::memchr(b'*', bytes)?;
    while let Some(at) = memchr::memmem::find(&bytes[i..], b"**").map(|p| p + i) {
        let n = bytes[at..].iter().take_while(|b| **b == b'*').count();
        i = at + n;
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let (before, behind) = (piece[..at].chars().next_back(), piece[i..].chars().next());
        // `x**y` is a power, `a/**/b` a pattern of paths.
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "()/.".contains(c));
        if n > 3
            || letter(before) && letter(behind)
            || before == Some('/')
            || behind == Some('/')
            || blank(before) && blank(behind) && !piece[..at].contains("**") && !piece[i..].contains("**")
        {
            continue;
        }
        return Some((
            base + at..base + i,
            say!("`**` 没有配成对，会原样显示", "`**` has no partner and is shown as it is"),
            say!(
                "强调写作 `**文字**`，星号与文字之间不留空格；要显示星号，写 `\\*\\*`",
                "write `**words**`, with no blank between asterisks and words; to show asterisks write `\\*\\*`"
            ),
        ));
    }
    None
}

/// Longest name of a file, in bytes, that is looked for behind brackets.
const NAME: usize = 800;

/// A text up to where a mark begins.
fn until<'t>(text: &'t str, mark: &str) -> &'t str {
    text.split_once(mark).map_or(text, |(t, _)| t)
}

/// The last opening bracket before a place, asked at rising places: where there was none before, it is not looked for again.
#[derive(Default)]
struct Opens {
    from: usize,
}

impl Opens {
    fn last(&mut self, piece: &str, at: usize, brackets: &[char]) -> Option<usize> {
        let found = piece[self.from..at].rfind(brackets).map(|i| self.from + i);
        if found.is_none() {
            self.from = at;
        }
        found
    }
}

/// Brackets of a link that is none.
fn link(piece: &str, base: usize) -> Option<Found> {
    let mut open = Opens::default();
    for (at, _) in piece.match_indices("](") {
        let target = until(&piece[at + 2..], "](").split([' ', '）', ')', '，', '。', '；', '\t']).next().unwrap_or("");
        if let Some(open) = Some(target).filter(|t| link_like(t)).and_then(|_| open.last(piece, at, &['['])) {
            return Some((
                base + open..base + at + 2 + target.len(),
                say!("链接没有成形，方括号和地址会原样显示", "a link that does not close; its brackets are shown as they are"),
                say!("写作 `{}]({target})`", "write `{}]({target})`", &piece[open..at]),
            ));
        }
    }
    let mut open = Opens::default();
    for (at, bracket) in piece.match_indices([')', '）']).filter(|(at, b)| piece[at + b.len()..].starts_with('[')) {
        let inner = &piece[at + bracket.len() + 1..];
        let target = until(until(inner, ")["), "）[").split_once(']').map_or("", |(t, _)| t);
        if let Some(open) = Some(target).filter(|t| link_like(t)).and_then(|_| open.last(piece, at, &['(', '（'])) {
            let words = piece[open..at].trim_start_matches(['(', '（']);
            return Some((
                base + open..base + piece.len() - inner.len() + target.len() + 1,
                say!("圆括号和方括号颠倒了，不成为链接", "round and square brackets are the wrong way round, so this is no link"),
                say!("写作 `[{words}]({target})`", "write `[{words}]({target})`"),
            ));
        }
    }
    for (open, shut) in [('【', '】'), ('［', '］')] {
        let mut opens = Opens::default();
        for (at, _) in piece.match_indices(shut) {
            let rest = &piece[at + shut.len_utf8()..];
            let Some(inner) = rest.strip_prefix(['(', '（']) else { continue };
            let Some(end) = inner[..crate::load::floor(inner, NAME.min(inner.len()))].find([')', '）']) else { continue };
            let target = inner[..end].trim();
            if !file_like(target) && !site_path(target) || target.contains("://") || target.chars().count() > 200 {
                continue;
            }
            let Some(begin) = opens.last(piece, at, &[open]) else { continue };
            let bang = if piece[..begin].ends_with(['!', '！']) { "!" } else { "" };
            let words = &piece[begin + open.len_utf8()..at];
            let target = if target.contains(' ') { format!("<{target}>") } else { target.to_string() };
            let close = base + piece.len() - inner.len() + end + inner[end..].chars().next().map_or(1, char::len_utf8);
            return Some((
                base + begin..close,
                if site_path(target.trim_matches(['<', '>'])) {
                    say!("`{open}{shut}` 不成为链接，地址会原样显示", "`{open}{shut}` makes no link; the address is shown as it is")
                } else {
                    say!("`{open}{shut}` 不成为链接，文件名会原样显示", "`{open}{shut}` makes no link; the name of the file is shown as it is")
                },
                say!("链接写作 `{bang}[{words}]({target})`", "write `{bang}[{words}]({target})`"),
            ));
        }
    }
    None
}

/// `#标题`: a heading without its blank, or a topic.
fn topic(text: &str, span: &Range<usize>) -> Option<Found> {
    let line = text[span.start..line_of(text, span.start).end].trim();
    let words = line.strip_prefix(['#', '＃'])?;
    let first = words.chars().next()?;
    // A paragraph of this line alone.
    let here = line_of(text, span.start);
    let alone = here.start == 0 || text[..here.start - 1].ends_with('\n') || line_of(text, here.start - 1).is_empty();
    let below = after(text, &here).is_none_or(|l| text[l].trim().is_empty());
    let heading = (is_han(first) || "《“（【".contains(first)) && !words.contains(['#', '＃', '。']) && words.chars().count() < 60;
    (heading && alone && below).then(|| {
        (
            span.start..span.start + line.len(),
            say!("`#` 之后没有空格，不成为标题", "no blank after `#`, so this is no heading"),
            say!("标题写作 `# {words}`；本要显示 #，写 `\\#`", "write `# {words}`; to show the #, write `\\#`"),
        )
    })
}

/// Fences typed with full-width marks.
fn fence(piece: &str, base: usize) -> Option<Found> {
    let mark = ["｀｀｀", "‘‘‘", "’’’", "'''"].into_iter().find(|m| piece.starts_with(m))?;
    let rest = piece[mark.len()..].trim();
    rest.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| {
        (
            base..base + mark.len(),
            say!("`{mark}` 不开始代码块，会原样显示", "`{mark}` begins no block of code and is shown as it is"),
            say!("代码块用半角的 ```` ``` ```` 开始和结束", "begin and end a block of code with ```` ``` ````"),
        )
    })
}

fn bars(line: &str) -> usize {
    line.matches(['|', '｜']).count()
}

/// A line of a table by its bars at both ends.
fn row(line: &str) -> bool {
    let l = line.trim().trim_start_matches(['>', ' ']);
    let ends = |c: char| matches!(c, '|' | '｜');
    l.len() > 2 && l.starts_with(ends) && l.ends_with(ends) && bars(l) > 1
}

/// `|---|---|`
fn rule(line: &str) -> bool {
    let l = line.trim().trim_start_matches(['>', ' ']);
    bars(l) > 0 && l.contains(['-', '－', '—']) && l.chars().all(|c| "|｜-－—：: \t".contains(c))
}

/// Lines that are meant as a table and are none, and where they end.
fn table(text: &str, first: Range<usize>, wide: bool) -> Option<(Found, usize)> {
    let head = &text[first.clone()];
    if memchr::memchr3(b'|', b'\t', b'+', head.as_bytes()).is_none() && !(wide && head.contains('｜')) {
        return None;
    }
    let second = after(text, &first).map(|l| (text[l.clone()].trim_end(), l)).filter(|(l, _)| !l.trim().is_empty());
    let is_row = row(head);
    let mut end = first.clone();
    let mut rows = 1;
    while let Some(next) = after(text, &end).filter(|l| row(&text[l.clone()]) || rule(&text[l.clone()])) {
        (end, rows) = (next, rows + 1);
    }
    let whole = first.start..first.start + head.trim_end().len();
    let found = |what, hint, end: &Range<usize>| Some(((whole.clone(), what, hint), end.end));
    let cells = |l: &str| bars(l.trim().trim_start_matches(['|', '｜']).trim_end_matches(['|', '｜'])) + 1;
    if let Some((second, _)) = &second
        && bars(head) > 0
        && rule(second)
        && !rule(head)
    {
        let (a, b) = (cells(head), cells(second));
        let line = format!("|{}", " --- |".repeat(a.min(20)));
        return found(
            say!("表格没有成形：表头 {a} 格，分隔行 {b} 格", "no table: the head and the line of dashes differ in cells ({a} and {b})"),
            say!("分隔行写作 `{line}`", "write the line of dashes as `{line}`"),
            &end,
        );
    }
    if is_row && (rows > 1 || bars(head) > 2) {
        let line = format!("|{}", " --- |".repeat(cells(head).min(20)));
        return found(
            say!("表格没有分隔行，竖线会原样显示", "a table without its line of dashes; the bars are shown as they are"),
            say!(
                "表头之下加一行 `{line}`；若是上面表格的续行，去掉中间的空行",
                "put `{line}` under the head; where these are more rows of the table above, take out the empty line"
            ),
            &end,
        );
    }
    if head.trim_start().starts_with("+--") && head.trim_end().ends_with('+') {
        while let Some(next) = after(text, &end).filter(|l| !text[l.clone()].trim().is_empty()) {
            end = next;
        }
        return found(
            say!("用 + 和 - 画的表格会原样显示", "a table drawn with + and - is shown as it is"),
            say!("改写作 `| 甲 | 乙 |`，其下一行 `| --- | --- |`", "write `| a | b |` and below it `| --- | --- |`"),
            &end,
        );
    }
    let tabs = |l: &str| l.trim().matches('\t').count();
    if let Some((second, _)) = &second
        && tabs(head) > 0
        && tabs(head) == tabs(second)
    {
        let line = format!("| {} |", head.trim().split('\t').map(str::trim).collect::<Vec<_>>().join(" | "));
        let line: String = line.chars().take(120).collect();
        while let Some(next) = after(text, &end).filter(|l| tabs(&text[l.clone()]) > 0) {
            end = next;
        }
        return Some((
            (
                whole.clone(),
                say!("像是从表格粘贴来的：各列会连成一段文字", "pasted from a table, it seems: the columns run together in one paragraph"),
                say!("写作 `{line}`，其下一行 `|{}`", "write `{line}` and below it `|{}`", " --- |".repeat((tabs(head) + 1).min(20))),
            ),
            end.end,
        ));
    }
    None
}

/// Tags of Word and of pages, by how they begin, that no reader should see.
static TAGS: &[&str] = &["<o:p", "</o:p", "<w:", "</w:", "<v:", "</v:", "<m:", "</m:", "<st1:", "</st1:", "<![if", "<![endif", "<!--[if", "<![CDATA["];
/// Tags typed with full-width brackets.
static WIDE: &[&str] =
    &["br", "p", "/p", "b", "/b", "u", "/u", "sub", "/sub", "sup", "/sup", "div", "/div", "span", "/span", "strong", "/strong", "table", "/table"];
/// Names of characters that were escaped once too often, or not closed.
static NAMES: &[&str] = &["nbsp", "lt", "gt", "quot", "ldquo", "rdquo", "lsquo", "rsquo", "mdash", "ndash", "hellip", "middot", "emsp", "ensp", "times", "yen"];

/// Leavings of Word, of pages and of other files.
fn pieces(piece: &str, base: usize) -> Option<Found> {
    let at = |i: usize, n: usize| base + i..base + i + n;
    let tags = if memchr::memchr(b'<', piece.as_bytes()).is_some() { TAGS } else { &[] };
    if let Some((i, t)) = tags.iter().find_map(|t| piece.find(t).map(|i| (i, t))) {
        let n = piece[i..].find('>').map_or(t.len(), |e| e + 1);
        let shown: String = piece[i..i + n].chars().take(40).collect();
        return Some((
            at(i, n),
            say!("`{shown}` 是 Word 留下的标记，会原样显示", "`{shown}` was left by Word and is shown as it is"),
            say!("删去它；从 Word 粘贴时选“只保留文本”", "take it out; paste from Word as text only"),
        ));
    }
    if let Some(i) = piece.find("mso-").filter(|i| piece[i + 4..].starts_with(|c: char| c.is_ascii_lowercase()) && piece[i + 4..].contains(':')) {
        return Some((
            at(i, 4),
            say!("`mso-` 是 Word 的样式，会原样显示", "`mso-` is a style of Word and is shown as it is"),
            say!("删去样式；从 Word 粘贴时选“只保留文本”", "take it out; paste from Word as text only"),
        ));
    }
    for (i, _) in piece.match_indices(['&', '＆']) {
        let lead = if piece[i..].starts_with('＆') { '＆'.len_utf8() } else { 1 };
        let twice = piece[i + lead..].strip_prefix("amp;").filter(|_| lead == 1);
        let rest = twice.unwrap_or(&piece[i + lead..]);
        let number = rest.strip_prefix('#').map(|r| r.bytes().take_while(u8::is_ascii_digit).count()).filter(|n| (2..7).contains(n)).map(|n| n + 1);
        let Some(n) = NAMES.iter().find(|n| rest.starts_with(**n)).map(|n| n.len()).or(number) else { continue };
        let end = &rest[n..];
        let odd = match twice {
            Some(_) => end.starts_with(';'),
            // `a&lt` is a field of an address; `&nbsp` is nothing else.
            None => end.starts_with('；') || lead > 1 && end.starts_with(';') || rest.starts_with("nbsp") && !end.starts_with(';'),
        };
        if odd {
            let n = lead + twice.map_or(0, |_| 4) + n + end.chars().next().filter(|c| matches!(c, ';' | '；')).map_or(0, char::len_utf8);
            return Some((
                at(i, n),
                say!("`{}` 会原样显示", "`{}` is shown as it is", &piece[i..i + n]),
                say!("直接写那个字符；空格就写空格", "write the character itself; a blank is a blank"),
            ));
        }
    }
    for (i, _) in piece.match_indices('\\') {
        let mut chars = piece[i + 1..].chars();
        let Some(c @ ('n' | 't' | 'r')) = chars.next() else { continue };
        let (before, behind) = (piece[..i].chars().next_back(), chars.next());
        let edge = |c: Option<char>| c.is_none_or(|c| is_han(c) || c.is_whitespace() || "，。；：、！？）（“”\\".contains(c));
        // A path of Windows, of at most 260 characters.
        let path = || {
            let word = piece[crate::load::floor(piece, i.saturating_sub(800))..i].rsplit([' ', '\u{3000}']).next().unwrap_or("");
            word.contains(":\\") || word.starts_with("\\\\")
        };
        if edge(behind) && before.is_none_or(|c| edge(Some(c)) || c == 'n' || c == 'r') && !path() {
            return Some((
                at(i, 2),
                say!("`\\{c}` 会原样显示，不换行", "`\\{c}` is shown as it is and breaks no line"),
                say!("在这里直接换行；分段空一行", "break the line here; leave an empty line between paragraphs"),
            ));
        }
    }
    for (i, _) in piece.match_indices('＜') {
        let rest = &piece[i + '＜'.len_utf8()..];
        let Some(end) = rest.find('＞').filter(|e| *e < 12) else { continue };
        if WIDE.iter().any(|t| t.eq_ignore_ascii_case(rest[..end].trim_end_matches(['/', '／', ' ']))) {
            return Some((
                at(i, '＜'.len_utf8() * 2 + end),
                say!("标签用了全角尖括号，会原样显示", "a tag in full-width brackets is shown as it is"),
                say!("改用 Markdown 写法；换行写 `<br>`", "write Markdown instead; a line break is `<br>`"),
            ));
        }
    }
    let note = piece.find("[^").filter(|i| !piece[..*i].ends_with('\\'))?;
    let end = piece[note..].find(']').filter(|e| *e > 2 && *e < 40)?;
    Some((
        at(note, end + 1),
        say!("脚注 `{}` 没有注文，会原样显示", "the note `{}` has no words and is shown as it is", &piece[note..note + end + 1]),
        say!("另起一段写 `{}: 注文`，或删去", "write `{}: words` in a paragraph of its own, or take it out", &piece[note..note + end + 1]),
    ))
}
