//! Markup that misses by a character what it means, where the meaning is beyond doubt: it is read as it was meant, and that is told.
//!
//! `##标题`, `[附件]（a.pdf）`, `[附件](my file.pdf)`, `！[图](x.png)`, tables with `｜`, `:::tip`, `!!! note`, `> [!danger]`.
//! Where it may be something else, nothing is changed; `shown` warns of what readers will see as characters.

use super::chars::{has_byte, is_han};
use crate::diag::{Text, say};
use memchr::memmem::Finder;
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;
use std::sync::LazyLock;

/// One place that is read as it was meant.
#[derive(Debug)]
pub struct Mend {
    /// Where, in the author's text.
    pub at: Range<usize>,
    /// What was read as what.
    pub what: Text,
    /// The changes: a place, how many bytes go, what stands there instead. Rising.
    pub edits: Vec<(usize, usize, String)>,
}

static BAR: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("｜"));
static COLONS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(":::"));
static CALLS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("!!! "));
static QUERIES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("???"));

/// All such places of a text, in order; none of them in code.
pub(super) fn mends(text: &str) -> Vec<Mend> {
    let mut out = Vec::new();
    let lines = lines(text);
    let has = |mark: &Finder<'_>| mark.find(text.as_bytes()).is_some();
    let (narrow, wide) = (memchr::memchr(b'|', text.as_bytes()).is_some(), has(&BAR));
    let square = memchr::memchr(b']', text.as_bytes()).is_some();
    let mut table_end = 0;
    for (i, line) in lines.iter().enumerate() {
        let l = &text[line.clone()];
        if l.is_empty() {
            continue;
        }
        // A line of prose is told from these by its first sign, and by a bracket.
        match l.trim_start_matches(' ').as_bytes().first() {
            Some(b'#' | 0xEF) => heading(l, line.start, &mut out),
            Some(b'>') => {
                alert(l, line.start, &mut out);
                more(text, &lines, i, &mut out);
            }
            Some(b'-' | b'*' | b'+' | b'0'..=b'9') if has_byte(l.as_bytes(), |c| c == b'>') => more(text, &lines, i, &mut out),
            _ => {}
        }
        if square && has_byte(l.as_bytes(), |c| c == b']') {
            links(l, line.start, &mut out);
        }
        bullets(text, &lines, i, &mut out);
        if i >= table_end && (narrow && has_byte(l.as_bytes(), |c| c == b'|') || wide && l.contains('｜')) {
            table_end = table(text, &lines, i, wide, &mut out);
        }
    }
    if has(&COLONS) {
        containers(text, &lines, &mut out);
    }
    if has(&CALLS) || has(&QUERIES) {
        admonitions(text, &lines, &mut out);
    }
    if out.is_empty() {
        return out;
    }
    out.sort_by_key(|m| m.at.start);
    let code = code(text);
    let mut next = 0;
    out.retain(|m| {
        while code.get(next).is_some_and(|c| c.end <= m.at.start) {
            next += 1;
        }
        !code.get(next).is_some_and(|c| c.contains(&m.at.start))
    });
    out
}

/// The line of a place as it is better written: without its end, at most 120 characters.
pub(super) fn better(text: &str, mend: &Mend) -> Text {
    let start = text[..mend.at.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[mend.at.start..].find('\n').map_or(text.len(), |i| mend.at.start + i);
    let mut line = String::new();
    let mut copied = start;
    for (at, take, put) in mend.edits.iter().filter(|e| e.0 >= start && e.0 + e.1 <= end) {
        line.push_str(&text[copied..*at]);
        line.push_str(put);
        copied = at + take;
    }
    line.push_str(&text[copied..end]);
    let line = line.trim();
    let first: String = line.lines().next().unwrap_or("").chars().take(120).collect();
    if line.starts_with("> [!") {
        return say!("照此写更稳妥：`{first}`，其下各行以 `> ` 开头", "better written so: `{first}`, with `> ` before each line below");
    }
    say!("照此写更稳妥：`{first}`", "better written so: `{first}`")
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain((!text.is_empty() && !text.ends_with('\n')).then_some(text.len()));
    ends.map(|end| {
        let start = std::mem::replace(&mut at, end + 1);
        start..start + text[start..end].trim_end_matches('\r').len()
    })
    .collect()
}

/// Where code stands, and blocks of HTML.
fn code(text: &str) -> Vec<Range<usize>> {
    let kinds = |e: &Event<'_>| matches!(e, Event::Code(_) | Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock));
    Parser::new(text).into_offset_iter().filter(|(e, _)| kinds(e)).map(|(_, r)| r).collect()
}

/// A blank that Markdown does not take for one.
fn odd_blank(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\u{2002}' | '\u{2003}')
}

/// `##标题`, `＃＃ 标题`, `#　标题`: the marks, then what heads.
fn heading(line: &str, base: usize, out: &mut Vec<Mend>) {
    let lead = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[lead..];
    if lead > 3 || !rest.starts_with(['#', '＃']) {
        return;
    }
    let end = rest.find(|c| c != '#' && c != '＃').unwrap_or(rest.len());
    let level = rest[..end].chars().count();
    let wide = rest[..end].contains('＃');
    let Some(next) = rest[end..].chars().next() else { return };
    let glued = next.is_alphanumeric() || "《“（【「『〈".contains(next);
    let odd = odd_blank(next) && !rest[end..].trim_matches(odd_blank).is_empty();
    let blank = matches!(next, ' ' | '\t') && !rest[end..].trim().is_empty();
    // One mark with no blank may be a topic or a number.
    let meant = if level == 1 { odd || wide && blank } else { odd || glued || wide && blank };
    if level > 6 || !meant {
        return;
    }
    let at = base + lead;
    let marks = "#".repeat(level);
    let taken = if odd { end + next.len_utf8() } else { end + usize::from(blank) };
    out.push(Mend {
        at: at..at + end,
        what: if wide {
            say!("标题用了全角 `＃`，按标题显示", "a heading with full-width `＃`; it is shown as a heading")
        } else {
            say!("`{}` 之后没有半角空格，按标题显示", "no blank after `{}`; it is shown as a heading", &rest[..end])
        },
        edits: vec![(at, taken, format!("{marks} "))],
    });
}

/// Endings of names of files, by which a target in doubtful brackets is one.
static FILES: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "ofd", "txt", "csv", "tsv", "json", "xml", "zip", "rar", "7z", "jpg", "jpeg", "png",
    "gif", "svg", "webp", "bmp", "mp3", "mp4", "md", "html", "htm", "geojson", "yaml", "yml",
];

/// The name of a file by its ending.
pub fn file_like(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or("");
    path.rsplit_once('.').is_some_and(|(name, ext)| !name.is_empty() && FILES.iter().any(|f| f.eq_ignore_ascii_case(ext)))
}

/// The target of a link, or the beginning of one.
pub(super) fn link_like(target: &str) -> bool {
    address_like(target) || file_like(target)
}

/// An address beyond doubt.
fn address_like(target: &str) -> bool {
    let whole = !target.chars().any(|c| matches!(c, '<' | '>' | '。' | '；' | '\n' | '[' | ']'));
    let start = ["http://", "https://", "mailto:", "tel:", "./", "../"].iter().any(|s| target.len() > s.len() && target.starts_with(s));
    whole && (start && !target.contains('，') || file_like(target) || site_path(target))
}

/// An address of the site, `/policies/example/`: a word of ASCII behind the slash, and a slash behind that.
pub(super) fn site_path(target: &str) -> bool {
    let Some(rest) = target.strip_prefix('/') else { return false };
    let word = |b: u8| b.is_ascii_alphanumeric() || b"-_.~%/#?=&".contains(&b);
    rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.contains('/') && rest.bytes().all(word) && !rest.contains("//")
}

/// Links and pictures of one line.
fn links(line: &str, base: usize, out: &mut Vec<Mend>) {
    let mut from = 0;
    while let Some(close) = line[from..].find(']').map(|i| i + from) {
        from = close + 1;
        let rest = &line[close + 1..];
        let gap = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
        let Some(open) = rest[gap..].chars().next().filter(|c| matches!(c, '(' | '（')) else { continue };
        let inner = close + 1 + gap + open.len_utf8();
        let Some((end, shut)) = closing(&line[inner..]).map(|(e, c)| (inner + e, c)) else { continue };
        let Some(label) = label(&line[..close]) else { continue };
        from = end + shut.len_utf8();
        let words = &line[label + 1..close];
        let target = line[inner..end].trim();
        let target = titled(target);
        let blanks = target.contains([' ', '\t']);
        let wide = open == '（' || shut == '）';
        let sign = line[..label].ends_with('！') && line[..label].trim_start_matches([' ', '>', '-', '！']).is_empty();
        // Of what is no picture the sign would be shown before the link.
        let (bang, stray) = (sign && picture(target), sign && !picture(target) && file_like(target));
        let numbers = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit());
        if !(wide || blanks || gap > 0 || bang || stray) || target.starts_with('<') || numbers || words.trim().is_empty() || !address_like(target) {
            continue;
        }
        let mut edits = Vec::new();
        if bang {
            edits.push((base + label - '！'.len_utf8(), '！'.len_utf8(), "!".into()));
        } else if stray {
            edits.push((base + label - '！'.len_utf8(), '！'.len_utf8(), String::new()));
        }
        if wide || gap > 0 {
            edits.push((base + close + 1, gap + open.len_utf8(), "(".into()));
        }
        let start = inner + (line[inner..end].len() - line[inner..end].trim_start().len());
        if blanks && target.starts_with("tel:") {
            edits.extend(target.match_indices([' ', '\t']).map(|(i, _)| (base + start + i, 1, String::new())));
        } else if blanks {
            edits.push((base + start, 0, "<".into()));
            edits.push((base + start + target.len(), 0, ">".into()));
        }
        if shut == '）' {
            edits.push((base + end, shut.len_utf8(), ")".into()));
        }
        let what = if bang {
            say!("`！` 是全角，按图片显示", "the `！` is full-width; it is shown as a picture")
        } else if stray {
            say!(
                "`！[…]()` 里的 `！` 是全角，而且 `{target}` 不是图片，按链接显示",
                "the `！` is full-width, and `{target}` is no picture; it is shown as a link"
            )
        } else if blanks {
            say!("链接的地址里有空格，按链接显示", "a blank in the address of a link; it is shown as a link")
        } else if wide {
            say!("链接用了全角括号，按链接显示", "full-width brackets in a link; it is shown as a link")
        } else {
            say!("`]` 与 `(` 之间有空格，按链接显示", "a blank between `]` and `(`; it is shown as a link")
        };
        out.push(Mend { at: base + label..base + end + shut.len_utf8(), what, edits });
    }
}

/// Longest words, and longest target, of a link that are looked at.
const LONG: usize = 300;

/// The bracket that closes what was opened before this text, and its place.
fn closing(text: &str) -> Option<(usize, char)> {
    let mut depth = 0;
    for (i, c) in text.char_indices().take(LONG) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' if depth == 0 => return Some((i, c)),
            ')' | '）' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the words of a link begin, whose `]` comes next.
fn label(before: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in before.char_indices().rev().take(LONG) {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return (!before[..i].ends_with('\\')).then_some(i),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A target without the title in quotes behind it.
fn titled(target: &str) -> &str {
    let quote = [" \"", " '"].iter().filter_map(|q| target.find(q)).min();
    quote.filter(|_| target.ends_with(['"', '\''])).map_or(target, |i| target[..i].trim_end())
}

fn picture(target: &str) -> bool {
    let low = target.to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|e| low.ends_with(e))
}

/// Signs that editors set before the items of a list.
static BULLETS: &[char] = &['•', '●', '▪', '◦', '◆', '■', '-'];

/// The sign of an item, where one begins here that Markdown does not see.
fn bullet(line: &str) -> Option<(char, usize)> {
    // All but the hyphen begin with this byte.
    let c = line.chars().next().filter(|_| matches!(line.as_bytes()[0], b'-' | 0xE2)).filter(|c| BULLETS.contains(c))?;
    let rest = line[c.len_utf8()..].trim_start_matches([' ', '\u{3000}', '\t']);
    let gap = line.len() - c.len_utf8() - rest.len();
    let word = rest.starts_with(|n: char| is_han(n) || c != '-' && n.is_alphanumeric() || "《“（【「".contains(n));
    (word && (c != '-' || gap == 0)).then_some((c, c.len_utf8() + gap))
}

/// Lines that each begin with the same sign run into one paragraph: a list.
fn bullets(text: &str, lines: &[Range<usize>], i: usize, out: &mut Vec<Mend>) {
    let of = |i: usize| lines.get(i).and_then(|l| bullet(&text[l.clone()]));
    let Some((sign, _)) = of(i) else { return };
    if i > 0 && of(i - 1).is_some_and(|b| b.0 == sign) {
        return;
    }
    let run = (i..).take_while(|n| of(*n).is_some_and(|b| b.0 == sign)).count();
    // Under a sentence the list begins all the same; among other lines it may be part of a picture of characters.
    if run < 2 || lines.get(i + run).is_some_and(|l| !text[l.clone()].trim().is_empty()) {
        return;
    }
    let edits = (i..i + run).filter_map(|n| of(n).map(|b| (lines[n].start, b.1, "- ".to_string()))).collect();
    let what = say!("各行都以 `{sign}` 开头，按列表显示", "lines that begin with `{sign}` are shown as a list");
    out.push(Mend { at: lines[i].start..lines[i].start + sign.len_utf8(), what, edits });
}

/// The bars of a line of a table: by `|` and by `｜`.
fn bars(line: &str) -> (usize, usize) {
    (line.matches('|').count(), line.matches('｜').count())
}

/// The line between head and rows, full-width signs among it.
fn rule(line: &str) -> bool {
    let l = line.trim();
    // The first sign of most lines is none of these.
    l.chars().all(|c| "|｜-－—─:： \t".contains(c)) && l.contains(['|', '｜']) && l.contains(['-', '－', '—', '─'])
}

/// A table with full-width bars, whose head, the line `i`, has bars; the line behind it, or `i`. `wide`: the text has such bars.
fn table(text: &str, lines: &[Range<usize>], i: usize, wide: bool, out: &mut Vec<Mend>) -> usize {
    let line = |i: usize| lines.get(i).map(|l| &text[l.clone()]);
    let (Some(head), Some(second)) = (line(i), line(i + 1)) else { return i };
    if !rule(second) || rule(head) {
        return i;
    }
    // Of signs that everybody's tables have nothing is to be changed.
    if !wide && second.is_ascii() {
        return i + lines[i..].iter().take_while(|l| has_byte(text[(*l).clone()].as_bytes(), |c| c == b'|')).count();
    }
    let count = |l: &str| {
        let (a, b) = bars(l);
        a + b
    };
    let odd_rule = second.contains(['｜', '－', '—', '─', '：']);
    if odd_rule && count(head) != count(second) {
        return i;
    }
    let mut edits = Vec::new();
    let mut first = None;
    let mut end = i;
    for (n, l) in lines.iter().enumerate().skip(i) {
        let row = &text[l.clone()];
        if row.trim().is_empty() || count(row) == 0 {
            break;
        }
        end = n + 1;
        let (a, b) = bars(row);
        let swap: &[(char, &str)] = if n == i + 1 {
            &[('｜', "|"), ('－', "-"), ('—', "-"), ('─', "-"), ('：', ":")]
        } else if b > 0 && (a == 0 || row.trim_start().starts_with('｜') || row.trim_end().ends_with('｜')) {
            &[('｜', "|")]
        } else {
            &[]
        };
        for (at, c) in row.char_indices() {
            if let Some((_, put)) = swap.iter().find(|s| s.0 == c) {
                edits.push((l.start + at, c.len_utf8(), (*put).to_string()));
                first.get_or_insert(l.start..l.end);
            }
        }
    }
    if let Some(at) = first {
        out.push(Mend {
            at, what: say!("表格用了全角竖线或横线，按表格显示", "full-width bars or dashes in a table; it is shown as a table"), edits
        });
    }
    end
}

/// The kind of callout that a word of another tool means.
fn kind(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "example" | "question" | "faq" | "help" | "details" | "说明" | "信息" | "备注" => {
            "NOTE"
        }
        "tip" | "hint" | "success" | "check" | "done" | "提示" => "TIP",
        "important" | "重要" => "IMPORTANT",
        "warning" | "warn" | "attention" | "注意" | "警告" => "WARNING",
        "danger" | "caution" | "error" | "failure" | "fail" | "bug" | "危险" => "CAUTION",
        _ => return None,
    })
}

/// `> [!danger]`, `> [!note] 标题`, `> [！NOTE]`
fn alert(line: &str, base: usize, out: &mut Vec<Mend>) {
    let quote = line.len() - line.trim_start_matches([' ', '>']).len();
    let rest = &line[quote..];
    let (true, Some(inner)) = (line[..quote].contains('>'), rest.strip_prefix("[!").or_else(|| rest.strip_prefix("[！"))) else { return };
    let Some(end) = inner.find([']', '】']) else { return };
    let Some(known) = kind(inner[..end].trim()) else { return };
    let close = inner[end..].chars().next().map_or(1, char::len_utf8);
    let title = inner[end + close..].trim_start_matches(['-', '+']).trim();
    if title.is_empty() && rest.starts_with("[!") && close == 1 && inner[..end].eq_ignore_ascii_case(known) && inner[end + 1..].trim().is_empty() {
        return;
    }
    if title.starts_with(['(', '[']) {
        return;
    }
    let at = base + quote;
    let shown = base + line.len() - (line.len() - line.trim_end().len());
    let start = shown - title.len();
    let mut edits = vec![(at, start - at, format!("[!{known}]"))];
    if !title.is_empty() {
        edits[0].2 = format!("[!{known}]\n{}**", &line[..quote]);
        edits.push((shown, 0, format!("**\n{}", line[..quote].trim_end())));
    }
    out.push(Mend { at: at..shown, what: callout(&rest[..rest.len() - inner.len() + end + close], known), edits });
}

/// `>5万元`, `>=3`, `- >60岁`: “more than” at the beginning of a line or entry, which Markdown takes for the mark of a quotation.
/// Where lines beside it are quoted otherwise, it is one of them.
fn more(text: &str, lines: &[Range<usize>], i: usize, out: &mut Vec<Mend>) {
    let line = &text[lines[i].clone()];
    let Some(at) = than(line) else { return };
    let quoted = |j: Option<usize>| {
        let near = j.and_then(|j| lines.get(j)).map_or("", |r| &text[r.clone()]);
        near.trim_start_matches(' ').starts_with('>') && than(near).is_none()
    };
    let mut before = i;
    while before.checked_sub(1).is_some_and(|b| than(&text[lines[b].clone()]).is_some()) && i - before < 100 {
        before -= 1;
    }
    if quoted(before.checked_sub(1)) || quoted(Some(i + 1)) {
        return;
    }
    let from = lines[i].start + at;
    let sign: String = line[at..].chars().take(8).collect();
    let what = say!(
        "行首的 `{sign}` 是“大于”，不是引用，照字面显示",
        "`{sign}` at the beginning of a line is \u{201c}more than\u{201d}, no quotation, and is shown as it is"
    );
    out.push(Mend { at: from..from + sign.len(), what, edits: vec![(from, 0, "\\".to_string())] });
}

/// Where a line begins with “more than” and a figure.
fn than(line: &str) -> Option<usize> {
    let start = line.trim_start_matches(' ');
    let indent = line.len() - start.len();
    // The mark of an entry may stand before it.
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match start.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => 0,
    };
    let inner = start[mark..].trim_start_matches(' ');
    if mark == 0 && indent > 3 || mark > 0 && inner.len() == start.len() - mark {
        return None;
    }
    let rest = inner.strip_prefix('>')?;
    let figure = rest.trim_start_matches(['-', '−', '－', '¥', '￥', '$']);
    let n = figure.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &figure[n..];
    // `>1. ` is an entry of a list in a quotation, `>2024年` most often the beginning of a sentence.
    let entry = behind.starts_with(". ") || behind.starts_with(") ") || behind.starts_with('、') || behind.starts_with('．');
    let year = n == 4 && (behind.starts_with('年') || behind.starts_with('-'));
    let more = rest.starts_with(['=', '＝']) || n > 0 && !entry && !year;
    more.then(|| line.len() - inner.len())
}

fn callout(written: &str, known: &str) -> Text {
    say!("`{written}` 按提示框 `[!{known}]` 显示", "`{written}` is shown as the callout `[!{known}]`")
}

/// `:::tip 标题` up to `:::`
fn containers(text: &str, lines: &[Range<usize>], out: &mut Vec<Mend>) {
    let fenced = fenced(text, lines);
    let colons = |i: usize| if fenced[i] { 0 } else { text[lines[i].clone()].bytes().take_while(|b| *b == b':').count() };
    let mut i = 0;
    while i < lines.len() {
        let l = &text[lines[i].clone()];
        let n = colons(i);
        i += 1;
        if n < 3 {
            continue;
        }
        let rest = l[n..].trim();
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let Some(known) = kind(word) else { continue };
        // Its end: as many colons, and nothing behind them. One within another is left to the warning.
        let Some(end) = (i..lines.len()).find(|j| colons(*j) >= 3) else { continue };
        if !text[lines[end].clone()].trim().bytes().all(|b| b == b':') {
            continue;
        }
        let open = lines[i - 1].clone();
        let title = rest[word.len()..].trim();
        let attributes = title.starts_with('{');
        let title = if attributes { "" } else { title.trim_start_matches('[').trim_end_matches(']').trim() };
        let mut edits = opened(open.clone(), known, title, text);
        for line in &lines[i..end] {
            edits.push((line.start, 0, "> ".into()));
        }
        edits.push((lines[end].start, lines[end].len(), String::new()));
        // What stands right below is no part of it.
        edits.push((lines[end].end, 0, "\n".into()));
        out.push(Mend { at: open.start..open.start + l.trim_end().len(), what: callout(l.trim_end(), known), edits });
        i = end + 1;
    }
}

/// By line: whether it stands in a block of code, or begins or ends one.
fn fenced(text: &str, lines: &[Range<usize>]) -> Vec<bool> {
    let mut open: Option<(char, usize)> = None;
    let of = |l: &Range<usize>| {
        let l = text[l.clone()].trim_start_matches([' ', '>']);
        let mark = l.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        Some((mark, l.chars().take_while(|c| *c == mark).count())).filter(|(_, n)| *n > 2)
    };
    let mut out = Vec::with_capacity(lines.len());
    for l in lines {
        let mark = of(l);
        out.push(open.is_some() || mark.is_some());
        open = match (open, mark) {
            (Some((c, n)), Some((m, k))) if c == m && k >= n => None,
            (None, m) => m,
            (o, _) => o,
        };
    }
    out
}

/// The first line of a callout, with its title in bold where it has one.
fn opened(line: Range<usize>, known: &str, title: &str, text: &str) -> Vec<(usize, usize, String)> {
    // Not the rest of a paragraph above it.
    let lead = "\n";
    if title.is_empty() {
        return vec![(line.start, line.len(), format!("{lead}> [!{known}]"))];
    }
    let at = text[line.clone()].rfind(title).map_or(line.start, |i| line.start + i);
    let end = at + title.len();
    vec![(line.start, at - line.start, format!("{lead}> [!{known}]\n> **")), (end, line.end - end, "**\n>".into())]
}

/// `!!! note "标题"` with its text indented below.
fn admonitions(text: &str, lines: &[Range<usize>], out: &mut Vec<Mend>) {
    let blank = |j: usize| text[lines[j].clone()].trim().is_empty();
    // The next line with words, from each line on.
    let mut words = vec![lines.len(); lines.len() + 1];
    for j in (0..lines.len()).rev() {
        words[j] = if blank(j) { words[j + 1] } else { j };
    }
    for (i, line) in lines.iter().enumerate() {
        let l = &text[line.clone()];
        let Some(rest) = ["!!! ", "??? ", "???+ "].iter().find_map(|s| l.strip_prefix(s)) else { continue };
        let word = rest.split_whitespace().next().unwrap_or("").trim_matches('"');
        let Some(known) = kind(word) else { continue };
        let indent = |j: usize| lines.get(j).map(|l| &text[l.clone()]).map(|l| if l.starts_with("    ") { 4 } else { usize::from(l.starts_with('\t')) });
        let mut edits = opened(line.clone(), known, rest[rest.find(word).unwrap_or(0) + word.len()..].trim().trim_matches('"'), text);
        let mut j = i + 1;
        let mut taken = 0;
        while let Some(n) = indent(j) {
            if n > 0 {
                edits.push((lines[j].start, n, "> ".into()));
                taken += 1;
            } else if blank(j) && indent(words[j]) > Some(0) {
                edits.push((lines[j].start, 0, ">".into()));
            } else {
                break;
            }
            j += 1;
        }
        if taken > 0 {
            if j < lines.len() {
                edits.push((lines[j - 1].end, 0, "\n".into()));
            }
            out.push(Mend { at: line.start..line.start + l.trim_end().len(), what: callout(l.trim_end(), known), edits });
        }
    }
}
