//! `check --fix`: what can be mended without a person: brackets of document numbers, half-width punctuation between Han
//! characters (in title and summary too), characters one cannot see, document numbers and days in a head. Words are never touched.
//!
//! A mend changes only what a rule calls wrong, within one line, and a second run finds nothing left to do.

use crate::load::chars::is_han;
use crate::load::{Doc, Kind, Node, dates, floor, plain_date};
use crate::model::vocab::{DocNo, is_order};
use std::ops::Range;

/// One mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The rule behind it.
    pub code: &'static str,
    /// What it replaces.
    pub at: Range<usize>,
    /// By what.
    pub with: String,
}

/// Everything that can be mended in a file of an item, by its places; those of a description of YAML are behind the file's own text.
pub fn file(doc: &Doc, tz: &jiff::tz::TimeZone) -> Vec<Edit> {
    let text = &*doc.source.text;
    let base = doc.body.start;
    let mut out = doc.front.as_ref().map_or_else(Vec::new, |front| head(text, front, tz));
    out.extend(body(doc.body()).into_iter().map(|e| Edit { at: e.at.start + base..e.at.end + base, ..e }));
    out
}

/// The text with its mends.
pub fn mended(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for e in edits {
        out.push_str(&text[at..e.at.start]);
        out.push_str(&e.with);
        at = e.at.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Half-width marks of Chinese text in a file: in title and summary, and in the prose of its text. What is code, an address or
/// markup is no prose.
pub fn marked(doc: &Doc) -> Vec<Range<usize>> {
    let text = &*doc.source.text;
    let mut out = Vec::new();
    if let Some(Kind::Map(pairs)) = doc.front.as_ref().map(|f| &f.kind) {
        for (_, node) in pairs.iter().filter(|(k, _)| k.text().is_some_and(|k| TEXTS.contains(&k))) {
            // A text over several lines stands in the file as it is written there.
            let (from, value) = match node.text() {
                Some(value) => match spelt(text, node, value) {
                    Some(at) => (at.start, &text[at]),
                    None => (node.start as usize, text.get(node.start as usize..node.end as usize).unwrap_or("")),
                },
                None => continue,
            };
            out.extend(half(value).into_iter().map(|e| e.at.start + from..e.at.end + from));
        }
    }
    let base = doc.body.start;
    out.extend(half(doc.body()).into_iter().map(|e| e.at.start + base..e.at.end + base));
    out
}

/// Half-width marks of a text. Most texts have none beside Han, and are not parsed for it.
fn half(text: &str) -> Vec<Edit> {
    let mark = |b: u8| matches!(b, b',' | b';' | b':' | b'?' | b'!' | b'.' | b'(' | b')');
    if !text.as_bytes().windows(2).any(|w| w[0] >= 0x80 && mark(w[1]) || mark(w[0]) && w[1] >= 0x80) {
        return Vec::new();
    }
    body(text).into_iter().filter(|e| e.code == "TXT001").collect()
}

/// Fields of a head that hold a text of one line.
static TEXTS: &[&str] = &["title", "summary"];

/// Fields of a head that hold a day.
static DAYS: &[&str] = &["published_at", "formed_on", "effective_from", "expires_on", "issued", "modified"];

/// Values of a head that stand in the file as they are read: plain or in quotation marks, a comment behind them or not.
/// What is escaped, goes over lines or is named by an alias is left to people.
fn head(text: &str, front: &Node, tz: &jiff::tz::TimeZone) -> Vec<Edit> {
    let Kind::Map(pairs) = &front.kind else { return Vec::new() };
    let mut out: Vec<Edit> = Vec::new();
    for (key, node) in pairs {
        let (Some(key), Some(value)) = (key.text(), node.text()) else { continue };
        let Some(at) = spelt(text, node, value) else { continue };
        if TEXTS.contains(&key) {
            let own = body(value).into_iter().filter(|e| e.code == "TXT001");
            out.extend(own.map(|e| Edit { at: e.at.start + at.start..e.at.end + at.start, ..e }));
            continue;
        }
        let put = |code, with: String| (with != value).then_some(Edit { code, at: at.clone(), with });
        if key == "doc_no" && !is_order(value) {
            out.extend(DocNo::new(value).meant().and_then(|c| put("POL001", c)));
        } else if DAYS.contains(&key) && !value.as_bytes().first().is_none_or(|b| b.is_ascii_digit() && value.as_bytes().get(4) == Some(&b'-')) {
            // 2021年4月12日, 2021.04.12, ２０２１-04-12: whole days that can be read in one way.
            let day = dates::parse(value, tz).filter(|m| m.time.is_none()).map(|m| m.date.to_string());
            out.extend(day.or_else(|| plain_date(value, tz).filter(|d| !d.contains(' '))).and_then(|d| put("SRC007", d)));
        }
    }
    out.sort_by_key(|e| e.at.start);
    out.dedup_by(|b, a| b.at.start < a.at.end);
    out
}

/// Where a value stands in the file letter by letter, without its quotation marks.
fn spelt(text: &str, node: &Node, value: &str) -> Option<Range<usize>> {
    let (start, end) = (node.start as usize, node.end as usize);
    let raw = text.get(start..end)?;
    // What another place names by its anchor stands there too.
    if text[..start].trim_end().rsplit(char::is_whitespace).next().is_some_and(|w| w.starts_with('&')) {
        return None;
    }
    let inner = ['"', '\''].iter().find_map(|q| raw.strip_prefix(*q)?.strip_suffix(*q));
    let (from, raw) = inner.map_or((start, raw.trim_end()), |i| (start + 1, i));
    (raw == value && !value.is_empty()).then_some(from..from + value.len())
}

/// The mends of a text in Markdown, by their places.
pub fn body(text: &str) -> Vec<Edit> {
    let kept = kept(text);
    let free = |at: &Range<usize>| {
        let i = kept.partition_point(|k| k.end <= at.start);
        kept.get(i).is_none_or(|k| k.start >= at.end)
    };
    let mut out: Vec<Edit> = brackets(text).into_iter().chain(marks(text)).chain(hidden(text)).filter(|e| free(&e.at)).collect();
    out.sort_by_key(|e| e.at.start);
    out
}

/// 国办发[2019]61号
fn brackets(text: &str) -> Vec<Edit> {
    let mut out = Vec::new();
    for (i, open) in text.match_indices(['[', '【', '（', '(', '﹝', '［']) {
        let tail = &text[i + open.len()..];
        let Some(year) = tail.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()) && (y.starts_with("19") || y.starts_with("20"))) else { continue };
        let Some(close) = tail[year.len()..].chars().next() else { continue };
        let pair = matches!((open, close), ("[", ']') | ("【", '】') | ("（", '）') | ("(", ')') | ("﹝", '﹞') | ("［", '］'));
        let rest = &tail[year.len() + close.len_utf8()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = (1..=4).contains(&digits) && rest[digits..].starts_with('号');
        if pair && number && issued(&text[..i]) {
            let end = i + open.len() + year.len();
            out.push(Edit { code: "TXT002", at: i..i + open.len(), with: "〔".into() });
            out.push(Edit { code: "TXT002", at: end..end + close.len_utf8(), with: "〕".into() });
        }
    }
    out
}

/// What ends in the form of an issuer: 国办发, 沪府, 财税. 文献 and 表 do not.
fn issued(before: &str) -> bool {
    let mut last = before.chars().rev();
    let (Some(a), b) = (last.next(), last.next()) else { return false };
    "发函办字府政规令税电复批秘党委厅控".contains(a) || a == '文' && b.is_some_and(|b| "府政办发".contains(b))
}

/// Names that programs read: paths of Windows and of servers, names of hosts and of files. Each is a run without blanks and
/// without punctuation of sentences.
fn names(text: &str, out: &mut Vec<Range<usize>>) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '，' | '。' | '；' | '：' | '、' | '（' | '）' | '《' | '》' | '“' | '”' | '|' | '(' | ')' | '"');
    let mut at = 0;
    for word in text.split_inclusive(ends) {
        let start = at;
        at += word.len();
        let word = word.trim_end_matches(ends);
        let drive = word.as_bytes().windows(3).any(|w| w[0].is_ascii_alphabetic() && w[1] == b':' && w[2] == b'\\');
        let path = drive || word.contains("\\\\") || word.starts_with(['/', '~']) || word.starts_with("./");
        let dotted = word
            .match_indices('.')
            .any(|(i, _)| word[..i].chars().next_back().is_some_and(char::is_alphanumeric) && word[i + 1..].chars().next().is_some_and(char::is_alphabetic));
        if path || dotted {
            out.push(start..start + word.len());
        }
    }
}

/// Elements of HTML with what is typed, shown or run by machines, over several lines too.
fn elements(text: &str, out: &mut Vec<Range<usize>>) {
    for name in ["kbd", "code", "samp", "pre", "var", "tt", "script", "style", "textarea"] {
        let (open, close) = (format!("<{name}"), format!("</{name}"));
        let low = text.to_ascii_lowercase();
        let mut from = 0;
        while let Some(i) = low[from..].find(&open).map(|i| from + i) {
            let whole = low[i + open.len()..].starts_with(|c: char| c == '>' || c.is_whitespace());
            let to = if whole { low[i..].find(&close).map_or(text.len(), |e| i + e + close.len()) } else { i + open.len() };
            if whole {
                out.push(i..to);
            }
            from = to;
        }
    }
}

/// 汉字,汉字
fn marks(text: &str) -> Vec<Edit> {
    let wide = |b: u8| match b {
        b',' => Some("，"),
        b';' => Some("；"),
        b':' => Some("："),
        b'?' => Some("？"),
        b'!' => Some("！"),
        _ => None,
    };
    let found = text.bytes().enumerate().filter_map(|(i, b)| Some((i, wide(b)?)));
    // Between Han characters; the end of a sentence also where its line ends.
    let between = |i: usize| {
        let ends = text[i..].starts_with(['?', '!']);
        let behind = text[i + 1..].chars().next();
        text[..i].chars().next_back().is_some_and(is_han) && behind.map_or(ends, |c| is_han(c) || ends && matches!(c, '\n' | '\r'))
    };
    found.filter(|(i, _)| between(*i)).map(|(i, w)| Edit { code: "TXT001", at: i..i + 1, with: w.into() }).collect()
}

/// Characters that break words and show nothing, between characters that need none of them.
fn hidden(text: &str) -> Vec<Edit> {
    let plain = |c: Option<char>| c.is_none_or(|c| is_han(c) || c.is_ascii() || matches!(c as u32, 0x3000..=0x303F | 0xFF00..=0xFFEF | 0x2010..=0x2027));
    let is = |c: char| matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    let near = |c: &char| !is(*c);
    let mut out = Vec::new();
    for (i, c) in text.char_indices().filter(|(_, c)| is(*c)) {
        if plain(text[..i].chars().rev().find(near)) && plain(text[i..].chars().find(near)) {
            out.push(Edit { code: "TXT006", at: i..i + c.len_utf8(), with: String::new() });
        }
    }
    out
}

/// What is no prose, in order: code, addresses, markup.
fn kept(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut at, mut fence) = (0, None::<(char, usize)>);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start();
        let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = mark.map_or(0, |m| bare.chars().take_while(|c| *c == m).count());
        match (fence, mark) {
            (Some((m, n)), Some(c)) if c == m && run >= n => {
                out.push(start..at);
                fence = None;
            }
            (Some(_), _) => out.push(start..at),
            (None, Some(c)) if run >= 3 => {
                out.push(start..at);
                fence = Some((c, run));
            }
            // Indented by four: code, unless it goes on a list; either way it is left alone.
            (None, _) if line.starts_with("    ") || line.starts_with('\t') => out.push(start..at),
            (None, _) => inline(line, start, &mut out),
        }
    }
    names(text, &mut out);
    elements(text, &mut out);
    out.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for r in out {
        match merged.last_mut().filter(|l| r.start <= l.end) {
            Some(l) => l.end = l.end.max(r.end),
            None => merged.push(r),
        }
    }
    merged
}

fn inline(line: &str, base: usize, out: &mut Vec<Range<usize>>) {
    let mut i = 0;
    while let Some(n) = line[i..].find(['`', '<', ']', 'h', '{']) {
        let at = i + n;
        let rest = &line[at..];
        let end = if rest.starts_with('`') {
            let run = rest.bytes().take_while(|b| *b == b'`').count();
            rest[run..].find(&rest[..run]).map(|e| run + e + run)
        } else if rest.starts_with('<') {
            rest.find('>').map(|e| e + 1)
        } else if rest.starts_with("](") || rest.starts_with("]: ") {
            rest.find([')', '\n']).map(|e| e + 1)
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            Some(rest.find(|c: char| c.is_whitespace() || matches!(c, '，' | '。' | '）' | '》')).unwrap_or(rest.len()))
        } else if rest.starts_with("{{") {
            rest.find("}}").map(|e| e + 2)
        } else {
            None
        };
        match end {
            Some(e) => {
                let to = floor(line, at + e);
                out.push(base + at..base + to);
                i = to;
            }
            None => i = at + rest.chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// The changes of a file in the form of a patch, without lines around them.
pub fn diff(path: &str, text: &str, edits: &[Edit]) -> String {
    let mut out = format!("--- a/{path}\n+++ b/{path}\n");
    let (mut at, mut n, mut next) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        n += 1;
        let from = next;
        while next < edits.len() && edits[next].at.start < range.end {
            next += 1;
        }
        if next > from {
            let own: Vec<Edit> = edits[from..next].iter().map(|e| Edit { at: e.at.start - range.start..e.at.end - range.start, ..e.clone() }).collect();
            let mut codes: Vec<&str> = own.iter().map(|e| e.code).collect();
            codes.sort_unstable();
            codes.dedup();
            let end = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
            out.push_str(&format!("@@ -{n} +{n} @@ {}\n-{line}{end}+{}{end}", codes.join(" "), mended(line, &own)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        mended(text, &body(text))
    }

    #[test]
    fn what_is_wrong_is_mended_and_what_is_right_stays() {
        for (wrong, right) in [
            ("根据国办发[2019]61号,制定本办法;请遵照执行", "根据国办发〔2019〕61号，制定本办法；请遵照执行"),
            ("国办发【2019】6号和沪府（2020）3号、京政﹝2016﹞8号", "国办发〔2019〕6号和沪府〔2020〕3号、京政〔2016〕8号"),
            ("甲;乙:丙?丁!", "甲；乙：丙？丁！"),
            ("养\u{200B}老服\u{FEFF}务", "养老服务"),
        ] {
            assert_eq!(fixed(wrong), right);
            assert_eq!(fixed(right), right);
        }
        for right in [
            "（2019）京01民终123号",
            "共1,000元；at 10:30, see",
            "`甲,乙` 和 [链接](甲,乙.md) https://a.cn/甲,乙",
            "```\n甲,乙\n```",
            "    甲,乙",
            "<a title=\"甲,乙\">",
            "[国办发][2019]",
            "国办发[2019]第61号",
            "👨\u{200D}👩\u{200D}👧，ส\u{200B}ว",
            "截至2019（2020）年",
            "存到 C:\\甲,乙 和 \\\\服务器\\甲,乙",
            "打开 甲,乙.docx，访问 甲:乙.网络",
            "按<kbd>甲,乙</kbd>，<pre>\n丙,丁\n</pre>",
            "见文献[2019]61号和表[2019]3号",
        ] {
            assert_eq!(fixed(right), right);
        }
    }

    /// The text with the mends of its head.
    fn headed(text: &str) -> String {
        let doc = Doc::parse(crate::load::Source::new("a.md", text), false);
        mended(text, &file(&doc, &jiff::tz::TimeZone::UTC))
    }

    #[test]
    fn heads_get_numbers_and_days_in_their_form() {
        for (wrong, right) in [
            ("doc_no: 国办发[2019]061号", "doc_no: 国办发〔2019〕61号"),
            ("doc_no: \"国办发[2019]61号\"", "doc_no: \"国办发〔2019〕61号\""),
            ("doc_no: '国办发（2019）61号' # 见“原件”", "doc_no: '国办发〔2019〕61号' # 见“原件”"),
            ("doc_no: 国办发［２０１９］６１号 # a: b", "doc_no: 国办发〔2019〕61号 # a: b"),
            ("doc_no: 国办\u{200B}发[2019]61号", "doc_no: 国办发〔2019〕61号"),
            ("doc_no:\n  国办发 [2019] 61 号\ntheme: x", "doc_no:\n  国办发〔2019〕61号\ntheme: x"),
            ("published_at: 2021年4月12日", "published_at: 2021-04-12"),
            ("formed_on: 2021.04.12 # 见原件：2021年4月12日", "formed_on: 2021-04-12 # 见原件：2021年4月12日"),
            ("expires_on: \"2026年1月1日\" # x", "expires_on: \"2026-01-01\" # x"),
            ("formed_on: ２０２１－０４－１２", "formed_on: 2021-04-12"),
            ("summary: 甲;乙:丙?丁!", "summary: 甲；乙：丙？丁！"),
            ("summary: \"见 `甲,乙`,丙,丁\" # 戊,己", "summary: \"见 `甲,乙`,丙，丁\" # 戊,己"),
        ] {
            let text = |line: &str| format!("---\ntitle: 甲、乙\n{line}\n---\n\n文字\n");
            assert_eq!(headed(&text(wrong)), text(right));
            assert_eq!(headed(&text(right)), text(right));
        }
        for right in [
            "issued: 2021-04-12 09:30",
            "doc_no: 中华人民共和国国务院令第711号",
            "doc_no: \"国办发\\u3014[2019]61号\"",
            "doc_no: 国办发[2019]61号# 号后无空格",
            "published_at: 2021年4月12日 9:30",
            "extra:\n  doc_no: 国办发[2019]61号\n  note: |\n    issued: 2021年4月12日",
            "summary: >\n\n  issued: 2021年4月12日",
            "title_note: &x 国办发[2019]61号\ndoc_no: *x",
            "doc_no: &x 国办发[2019]61号\nsummary: *x",
        ] {
            let text = format!("---\ntitle: 甲、乙\n{right}\n---\n\n文字\n");
            assert_eq!(headed(&text), text);
        }
        let text = "---\ndoc_no: 国办发[2019]061号\n---\n";
        let edits = file(&Doc::parse(crate::load::Source::new("a.md", text), false), &jiff::tz::TimeZone::UTC);
        let d = diff("a.md", text, &edits);
        assert!(d.contains("@@ -2 +2 @@ POL001\n-doc_no: 国办发[2019]061号\n+doc_no: 国办发〔2019〕61号\n"), "{d}");
    }
}
