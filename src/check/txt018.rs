//! TXT018: signs of HTML and unseen signs in fields.

use super::*;
use crate::diag::{Text, say};
use std::ops::Range;

/// TXT018
pub(super) static RULE: Rule = Rule {
    code: "TXT018",
    title: Phrase { zh: "字段里有 HTML 转义或看不见的字符", en: "a field has signs of HTML, or unseen ones" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "标题、摘要等字段是纯文字：`&nbsp;`、`&amp;`、`&#20844;` 会照样显示成这几个字母；零宽字符、软连字符、汉字旁的不间断空格看不见，却会让检索和复制出错。多半是从网页上抄来的。标题里的 `<br>`、`**` 也照样显示，落单的书名号、引号多半是漏了一半。照原样公布，提示里有应当的写法；正文和其他 Markdown 字段里的 `&nbsp;` 是空格，不提示。",
        en: "Fields such as title and summary are plain texts: `&nbsp;`, `&amp;`, `&#20844;` are shown as these letters; zero-width signs, soft hyphens and no-break spaces beside Han characters are not seen, and break search and copying. Most were copied from web pages. `<br>` and `**` in a title are shown too, and one book mark or quote alone has mostly lost the other. They are published as written; the finding has the line as it should be. In the text and other fields of Markdown `&nbsp;` is a blank and is not told.",
    },
    source: "own rule",
    run: Run::Item(run),
};

/// Fields of Markdown, in which entities are read.
static MARKDOWN: &[&str] = &[
    "arrangement",
    "classes",
    "concern",
    "conditions",
    "description",
    "disputes_text",
    "evidence",
    "explanation",
    "fact",
    "general",
    "how_to_get",
    "innovation",
    "intro",
    "join",
    "next",
    "note",
    "other",
    "problems",
    "record",
    "result",
    "text",
    "answer",
    "a",
    "text_alternative",
];

/// Most signs of a head that are looked at: twenty are told.
const LOOKED: usize = 2_000;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        if let Some((message, hint)) = title(&e.title) {
            found.add(e.doc.at("title"), message, hint);
        }
        let source = &e.doc.source;
        let head = &source.text[..e.doc.body.start.min(source.text.len())];
        let mut told = 0;
        let (mut start, mut end, mut done) = (0, 0, false);
        for at in odd(head).into_iter().take(LOOKED) {
            if told == 20 || done && at.start < end {
                continue;
            }
            if at.start >= end {
                start = head[..at.start].rfind('\n').map_or(0, |i| i + 1);
                end = head[at.start..].find('\n').map_or(head.len(), |i| at.start + i);
                done = head[start..end].trim_start().starts_with('#');
            }
            let line = &head[start..end];
            if done || MARKDOWN.contains(&e.doc.field_at(at.start)) {
                continue;
            }
            (told, done) = (told + 1, true);
            let (sign, right) = (&head[at.clone()], mended(line));
            let message = match sign.chars().next() {
                Some('&') => say!("`{sign}` 在字段里照样显示成这几个字母", "`{sign}` is shown as these letters in a field"),
                c => {
                    let u = c.map_or(0, |c| c as u32);
                    say!("字段里有看不见的字符 U+{u:04X}", "a field has the unseen sign U+{u:04X}")
                }
            };
            found.text(&e.doc, at, message, say!("写成 `{}`", "write `{}`", right.trim()));
        }
    }
}

/// What a title has in it that belongs to no title: tags, marks of emphasis, one sign of a pair.
fn title(title: &str) -> Option<(Text, Text)> {
    let b = title.as_bytes();
    if memchr::memchr3(b'<', b'*', b'"', b).is_none() && !title.contains(['“', '”', '《', '》']) {
        return None;
    }
    let right = |bare: String| say!("写成 `{}`", "write `{}`", bare.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(tag) = tag(title) {
        let what = say!("标题里的 `{0}` 照样显示成这几个字母", "`{0}` in the title is shown as these letters", &title[tag.clone()]);
        let mut bare = title.to_string();
        for _ in 0..20 {
            let Some(tag) = self::tag(&bare) else { break };
            bare.replace_range(tag, "");
        }
        return Some((what, right(bare)));
    }
    if let Some((from, to)) = strong(title) {
        let what = say!("标题里的 `{0}` 照样显示星号", "`{0}` in the title is shown with its stars", &title[from..to]);
        return Some((what, right(format!("{}{}{}", &title[..from], &title[from + 2..to - 2], &title[to..]))));
    }
    let n = |c: char| title.matches(c).count();
    // A unit of inches stands behind its number.
    let inch = || title.match_indices('"').any(|(i, _)| title[..i].ends_with(|c: char| c.is_ascii_digit()));
    let odd = match (n('《') != n('》'), n('“') != n('”'), n('"') % 2 == 1) {
        (true, ..) => "《》",
        (_, true, _) => "“”",
        (.., true) if !inch() => "\"",
        _ => return None,
    };
    let what = say!("标题里的 `{odd}` 不成对", "`{odd}` in the title do not stand in pairs");
    (!title.ends_with('…')).then(|| (what, say!("补上缺的一半，或去掉多的一半", "add the one that is missing, or take out the one too many")))
}

/// A tag of HTML that is shown as its letters.
fn tag(text: &str) -> Option<Range<usize>> {
    static TAGS: &[&str] = &["br", "b", "i", "u", "p", "em", "strong", "span", "font", "sup", "sub", "div", "a", "h1", "h2", "h3", "nobr", "wbr"];
    text.match_indices('<').take(20).find_map(|(i, _)| {
        let rest = text[i + 1..].trim_start_matches('/');
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let end = rest.find('>').filter(|e| *e >= name.len() && !rest[..*e].contains('<'))?;
        TAGS.contains(&&*name.to_ascii_lowercase()).then_some(i..text.len() - rest.len() + end + 1)
    })
}

/// `**加强**`; not the stars of masked names, which nothing encloses: `王**、李**`.
fn strong(text: &str) -> Option<(usize, usize)> {
    let from = text.find("**")?;
    let inner = &text[from + 2..];
    let end = inner.find("**")?;
    let words = &inner[..end];
    let good = words.chars().count() > 1 && words.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric) && !words.contains('、');
    (good && !inner[end..].starts_with("***")).then_some((from, from + 2 + end + 2))
}

fn han(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{3400}'..='\u{9FFF}').contains(&c) || "，。：；、（）《》“”".contains(c))
}

/// Signs that nobody sees.
fn unseen(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// What is odd in a head: entities, and unseen signs.
fn odd(head: &str) -> Vec<Range<usize>> {
    let b = head.as_bytes();
    let mut out: Vec<Range<usize>> = memchr::memchr_iter(b'&', b).filter_map(|i| Some(i..i + entity(&head[i..])?.1)).collect();
    for i in memchr::memchr3_iter(0xC2, 0xE2, 0xEF, b) {
        let Some(c) = head.get(i..).and_then(|t| t.chars().next()) else { continue };
        let (before, after) = (|| head[..i].chars().next_back(), || head[i + c.len_utf8()..].chars().next());
        // Joiners have their use in other scripts; beside Han they have none. A mark of order at the very beginning is none of a field.
        let joiner = matches!(c, '\u{200C}' | '\u{200D}') && (han(before()) || han(after()));
        if unseen(c) && i > 0 || joiner || c == '\u{A0}' && (han(before()) || han(after())) {
            out.push(i..i + c.len_utf8());
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// The sign of an entity at the beginning of a text, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    static NAMES: &[(&str, char)] = &[
        ("nbsp", ' '),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("middot", '·'),
        ("bull", '•'),
        ("mdash", '—'),
        ("ndash", '–'),
        ("hellip", '…'),
        ("times", '×'),
        ("copy", '©'),
        ("reg", '®'),
        ("deg", '°'),
        ("yen", '¥'),
        ("sect", '§'),
    ];
    // No name is longer; a head may have a hundred thousand `&` and no `;`.
    let name = text.get(1..text.bytes().take(11).position(|b| b == b';')?)?;
    let n = name.len() + 2;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((char::from_u32(code).filter(|c| !c.is_control())?, n));
    }
    NAMES.iter().find(|(k, _)| *k == name).map(|(_, c)| (*c, n))
}

/// The line without what is odd in it.
fn mended(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    let mut quote = false;
    while let Some(c) = line[at..].chars().next() {
        if let Some((sign, n)) = entity(&line[at..]).filter(|_| c == '&') {
            quote |= matches!(sign, ':' | '#' | '"' | '\'' | '&' | '*' | '[' | '{' | '>' | '|');
            out.push(if sign == '\u{A0}' { ' ' } else { sign });
            at += n;
            continue;
        }
        match c {
            '\u{A0}' => out.push(' '),
            _ if unseen(c) || matches!(c, '\u{200C}' | '\u{200D}') => {}
            _ => out.push(c),
        }
        at += c.len_utf8();
    }
    // A value without quotation marks in which a sign of YAML now stands.
    match out.split_once(": ") {
        Some((key, value)) if quote && !value.trim_start().starts_with(['"', '\'', '[', '{']) => format!("{key}: '{}'", value.trim().replace('\'', "''")),
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_odd_and_what_was_meant() {
        for (line, right) in [
            ("title: 关于&nbsp;印发", "title: 关于 印发"),
            ("title: &#20844;告", "title: 公告"),
            ("title: A &amp; B", "title: 'A & B'"),
            ("title: 通\u{200B}知", "title: 通知"),
            ("title: 甲\u{A0}乙", "title: 甲 乙"),
        ] {
            assert_eq!((odd(line).len(), mended(line).as_str()), (1, right), "{line}");
        }
        for line in ["title: R&D 与 AT&T;", "a: &anchor x", "u: http://x.cn/?a=1&copy=2", "title: prix 10\u{A0}000 €", "title: می\u{200C}خواهم", "t: &x;"]
        {
            assert!(odd(line).is_empty(), "{line}");
        }
    }
}
