//! Heads that look like none of the usual ways: whatever stands around them, lines of fields at the beginning of a text that
//! say `draft: true` or name a day of publication are no text to be published.

use super::heads::{Told, is_fence, known, odd_blank, remark};
use super::holds;
use super::node::{Kind, Node};
use crate::diag::say;
use jiff::tz::TimeZone;

/// Lines at the top in which such a head may begin.
const TOP: usize = 4;

/// What stands around a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    /// `title: 甲`
    Bare,
    /// A way of writing that Markdown does not have: `:title: 甲`, `#+title: 甲`, `.. title: 甲`, `@title 甲`.
    Foreign,
    /// A list, a quote, bold letters, a row of a table: texts have them too.
    Markdown,
}

/// A line as a field: its dress, name and value.
fn field(line: &str) -> Option<(Dress, &str, &str)> {
    let line = line.trim_matches(odd_blank);
    let (dress, rest) = if let Some(r) = line.strip_prefix("#+") {
        (Dress::Foreign, r)
    } else if let Some(r) = line.strip_prefix(".. ") {
        (Dress::Foreign, r)
    } else if let Some(r) = line.strip_prefix(':').filter(|r| r.contains(':')) {
        (Dress::Foreign, r)
    } else if let Some(r) = line.strip_prefix('@') {
        let (name, value) = r.split_once([' ', ':', '='])?;
        return name_of(name).map(|n| (Dress::Foreign, n, value.trim()));
    } else if let Some(r) = line.strip_prefix('|') {
        let mut cells = r.split('|').map(|c| c.trim_matches(|c: char| c == ' ' || c == '*' || c == '`'));
        let (name, value) = (cells.next()?, cells.next()?);
        return name_of(name).map(|n| (Dress::Markdown, n, value));
    } else {
        let plain = line.strip_prefix("<!--").unwrap_or(line).trim_start();
        let bare = plain.trim_start_matches(['>', '-', '*', '+', '`', '#', '/', '%', '"', '\'', ' ', '\t']);
        (if bare.len() == plain.len() { Dress::Bare } else { Dress::Markdown }, bare)
    };
    let cut = rest.find([':', '：', '=', '＝'])?;
    let sign = rest[cut..].chars().next().map_or(1, char::len_utf8);
    let name = name_of(rest[..cut].trim_matches(['*', '_', '`', ' ', '"', '\'']))?;
    let value = rest[cut + sign..].trim_end_matches("-->").trim_matches(|c: char| odd_blank(c) || matches!(c, '*' | '`' | '"' | '\'' | ',' | ';' | '<' | '>'));
    Some((dress, name, value))
}

/// Name and value of a known field that stands bare.
fn bare(line: &str) -> Option<(&str, &str)> {
    field(line).filter(|(d, n, v)| *d == Dress::Bare && known(n) && !v.starts_with("//")).map(|(_, n, v)| (n, v))
}

fn name_of(name: &str) -> Option<&str> {
    let name = name.trim();
    let good = !name.is_empty() && name.chars().count() <= 30 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    good.then_some(name)
}

/// True where a field keeps an item from the public by itself: `draft: true`, `published: false`, `published_at: 2099-01-01`.
/// Words that texts use as labels (`Status:`, `Date:`, 发布日期) are none.
fn holds_alone(name: &str, value: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let label = !matches!(
        lower.as_str(),
        "draft" | "published" | "published_at" | "publishdate" | "publish_date" | "publishedat" | "pubdate" | "embargo" | "草稿" | "是否草稿" | "unlisted"
    );
    if label || value.is_empty() || value.chars().count() > 40 {
        return false;
    }
    let node = Node { start: 0, end: 0, kind: Kind::Text(value.into()) };
    match holds::hold(name, &node, false, &TimeZone::UTC) {
        Some(holds::Hold::Until(..)) => super::dates::leading_date(value).is_some(),
        Some(holds::Hold::Back) => value.chars().count() <= 8,
        _ => false,
    }
}

/// Nothing but signs, or the few words that stand beside them: `---yaml`, `<hr>`, `%%%`, `"""`, `{% comment %}`.
fn signs(line: &str) -> bool {
    let line = line.trim_matches(odd_blank).to_ascii_lowercase();
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let known =
        ["yaml", "yml", "toml", "json", "front", "matter", "frontmatter", "meta", "metadata", "hr", "p", "br", "pre", "script", "style", "comment", "code"];
    let entity = ["45", "8212", "8211", "mdash", "ndash"];
    let mut count = 0;
    let all = words.inspect(|_| count += 1).all(|w| known.contains(&w) || entity.contains(&w) && line.contains('&'));
    let bare = line.chars().filter(|c| c.is_alphanumeric()).count();
    all && count <= 4 && !line.is_empty() && bare < line.chars().count() && line.chars().count() <= 40
}

/// Lines up to a closing fence that are a head though it begins with a field nobody knows: two known ones, or one that holds.
fn block(lines: &[(usize, &str)]) -> bool {
    let fence = |l: &str| l.chars().count() >= 2 && l.chars().all(|c| !c.is_alphanumeric() && !c.is_whitespace() && !matches!(c, '[' | ']' | '{' | '}'));
    let Some(end) = lines.iter().take(61).position(|(_, l)| fence(l.trim_matches(odd_blank))) else { return false };
    let fields = || lines[..end].iter().filter_map(|(_, l)| field(l)).filter(|f| f.0 == Dress::Bare);
    let like = lines[..end].iter().all(|(_, l)| {
        l.starts_with(|c: char| odd_blank(c) || matches!(c, '-' | '[' | ']' | '{' | '}')) || remark(l) || field(l).is_some_and(|f| f.0 == Dress::Bare)
    });
    like && (fields().filter(|(_, n, _)| known(n)).count() >= 2 || fields().any(|(_, n, v)| holds_alone(n, v)))
}

/// A head of any dress at the top of a text; `lines` are its first lines with their offsets.
pub(super) fn top(lines: &[(usize, &str)]) -> Option<Told> {
    let lines: Vec<(usize, &str)> = lines.iter().filter(|(_, l)| !l.trim_matches(odd_blank).is_empty()).copied().collect();
    let first = lines.first()?;
    let line = |n: usize| lines.get(n).map_or("", |(_, l)| l.trim_matches(odd_blank));
    // {title: 甲, draft: true}
    if let Some((_, name, _)) = line(0).strip_prefix('{').and_then(field).filter(|f| f.0 != Dress::Foreign)
        && known(name)
        && (line(0).ends_with('}') || line(0).ends_with(','))
    {
        return Some(told(first.0, first.1));
    }
    // Pandoc: title, authors and day, each after a %.
    if line(0).starts_with("% ") && line(1).starts_with("% ") {
        return Some(told(first.0, first.1));
    }
    // Signs that are meant for a fence, and a field below them, perhaps with remarks between or above.
    let json = |l: &str| l.starts_with('{') && field(l.trim_start_matches('{')).is_some_and(|(_, n, _)| known(n));
    let words = |from: usize| (from..lines.len()).find(|n| !remark(line(*n)));
    let first_words = words(0).unwrap_or(lines.len());
    for n in (0..=first_words).filter(|n| signs(line(*n)) || is_fence(line(*n))) {
        let Some(below) = words(n + 1) else { continue };
        if json(line(below)) || bare(line(below)).is_some() || block(&lines[n + 1..]) {
            return Some(told(lines[n].0, lines[n].1));
        }
    }
    // Remarks, and fields without any fence.
    if first_words > 0
        && bare(line(first_words)).is_some_and(|(n, v)| n == "title" && !v.is_empty())
        && words(first_words + 1).is_some_and(|n| bare(line(n)).is_some())
    {
        return Some(told(lines[first_words].0, lines[first_words].1));
    }
    let asciidoc = line(0).starts_with("= ");
    let mut looked = 0;
    for (n, (at, l)) in lines.iter().enumerate() {
        // Remarks are not counted: any number of them may stand above the first field.
        looked += usize::from(!remark(l));
        if looked > TOP {
            break;
        }
        if let Some((dress, name, value)) = field(l) {
            let next = lines.get(n + 1).and_then(|(_, l)| field(l)).is_some_and(|(_, k, _)| known(k));
            let alone = holds_alone(name, value);
            let title = n == 0 && dress == Dress::Bare && name == "title" && !value.is_empty() && !value.starts_with("//");
            let foreign = dress == Dress::Foreign && known(name) && (next || l.starts_with("#+") || asciidoc || n > 0 && field(lines[n - 1].1).is_some());
            if alone || title || foreign {
                return Some(told(*at, l));
            }
            // A sentence that leads to something is no field.
            if dress == Dress::Bare && value.is_empty() && !known(name) {
                break;
            }
            continue;
        }
        // Only what may stand above a head: a heading, a comment, signs, the author's line of AsciiDoc.
        let t = l.trim_matches(odd_blank);
        if !(t.starts_with(':') || remark(t) || t.starts_with("<!--") || t.ends_with("-->") || signs(t) || asciidoc) {
            break;
        }
    }
    None
}

/// A second head below the first one, or fields that slipped below it. Of most texts the first line is enough.
pub(super) fn below<'t>(lines: impl Iterator<Item = (usize, &'t str)>) -> Option<Told> {
    let mut lines = lines.filter(|(_, l)| !l.trim_matches(odd_blank).is_empty()).skip_while(|(_, l)| remark(l));
    let (at, first) = lines.next()?;
    let holding = |l: &str| field(l).is_some_and(|(d, n, v)| d == Dress::Bare && holds_alone(n, v));
    if holding(first) {
        return Some(told(at, first));
    }
    let fence = |l: &str| !l.is_empty() && l.trim_matches(odd_blank).chars().all(|c| c == '-') && l.trim_matches(odd_blank).len() >= 3;
    if !fence(first) {
        return None;
    }
    let rest: Vec<&str> = lines.map(|(_, l)| l).collect();
    // Every line up to the next fence is a field, and one of them is a head's.
    let end = rest.iter().position(|l| fence(l)).filter(|n| (1..=60).contains(n))?;
    let head = &rest[..end];
    let like = head.iter().all(|l| l.starts_with([' ', '\t', '-']) || remark(l) || field(l).is_some_and(|(d, ..)| d == Dress::Bare));
    let keys = head.iter().filter(|l| field(l).is_some_and(|(d, n, _)| d == Dress::Bare && known(n))).count();
    (like && (keys >= 2 || head.iter().any(|l| holding(l)) || keys == 1 && head.len() == 1 && head[0].starts_with("title:"))).then(|| told(at, first))
}

/// Lines of dashes in a text at which a second head is looked for.
const RULES: usize = 200;

/// The head of another document further down in a text: two files that were joined, or pasted below each other. Its `draft: true` and
/// its days would be text, and what they keep back would be public.
pub(super) fn another(text: &str) -> Option<Told> {
    memchr::memmem::find_iter(text.as_bytes(), b"\n---").take(RULES).find_map(|at| {
        let from = at + 1;
        let mut offset = from;
        let lines = text[from..].split('\n').take(64).map(|l| {
            let start = offset;
            offset += l.len() + 1;
            (start, l.trim_end_matches('\r'))
        });
        let (start, stop, ..) = below(lines)?;
        // An example in a block of code is none.
        let code = text[..from].lines().filter(|l| l.trim_start().starts_with("```") || l.trim_start().starts_with("~~~")).count() % 2 == 1;
        (!code).then(|| {
            (
                start,
                stop,
                say!(
                    "这里又开始了一份文件：它的 `draft`、日期等字段不起作用，会连同正文公布",
                    "another document begins here: its `draft`, its days and other fields do not count, and it would be published as text"
                ),
                say!("分成两个文件；若是举例，放进 ``` 代码块", "make two files of it; an example belongs into a block of code (```)"),
            )
        })
    })
}

fn told(at: usize, line: &str) -> Told {
    let shown: String = line.trim_matches(odd_blank).chars().take(30).collect();
    (
        at,
        at + line.len(),
        say!(
            "这里像是文件头，却不在开头的 `---` 里，会当作正文公布",
            "this looks like a head, but is not between --- at the top; it would be published as text"
        ),
        say!(
            "文件从 `---` 一行开始，下面写 `title: …` 等字段，再一行 `---`；若 `{shown}` 本是正文，在它前面先写一句话",
            "begin the file with a line `---`, then `title: …` and the other fields, then `---`; where `{shown}` is meant as text, put a sentence before it"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(lines: &[(usize, &str)]) -> Option<Told> {
        super::below(lines.iter().copied())
    }

    fn at(text: &str, read: fn(&[(usize, &str)]) -> Option<Told>) -> Option<usize> {
        let mut n = 0;
        let lines: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .map(|l| {
                n += l.len();
                (n - l.len(), l.trim_end_matches('\n'))
            })
            .collect();
        read(&lines).map(|t| text[..t.0].matches('\n').count() + 1)
    }

    #[test]
    fn whatever_stands_around_a_head() {
        for sign in [
            "---yaml",
            "--- yaml",
            "---\tYAML",
            "---toml",
            "%%%",
            "- - -",
            "\\---",
            "\\-\\-\\-",
            "<hr>",
            "<hr />",
            "\0---",
            "\"\"\"",
            "/*",
            "{% comment %}",
            "<pre>",
            "&#45;&#45;&#45;",
            "&mdash;",
            "---;",
            "`---`",
            "**---**",
            "### ---",
            "…",
            "<<<",
            "@@@",
            "@ @",
            "<!--",
            "/* yaml front matter",
        ] {
            assert_eq!(at(&format!("{sign}\ntitle: 甲\ndraft: true\n{sign}\n文\n"), top), Some(1), "{sign}");
            for remark in REMARKS {
                assert_eq!(at(&format!("{sign}\n{remark}title: 甲\ndraft: true\n{sign}\n文\n"), top), Some(1), "{sign} {remark:?}");
            }
        }
        for (text, line) in [
            (":title: 甲\n:draft: true\n", 1),
            ("= 甲\n:date: 2099-01-01\n", 2),
            ("= T\nA B <a@b.cn>\nv1.0\n:draft: true\n", 4),
            ("#+TITLE: 甲\n字\n", 1),
            ("# -*- coding: utf-8 -*-\n#+TITLE: 甲\n", 2),
            (".. title: 甲\n.. slug: a\n", 1),
            ("% 甲\n% 作者\n% 2099-01-01\n", 1),
            ("@draft true\n", 1),
            ("{ title: \"甲\", draft: true }\n", 1),
            ("{'title': '甲'}\n", 1),
            ("> title: 甲\n> draft: true\n", 2),
            ("- title: 甲\n- draft: true\n", 2),
            ("**title**: 甲\n**draft**: true\n", 2),
            ("| title | 甲 |\n| --- | --- |\n| draft | true |\n", 3),
            ("draft: true\n\n# 甲\n", 1),
            ("草稿：是\n", 1),
            ("# 甲\n\ndraft: true\n\n文\n", 3),
            ("# 甲\n\npublished_at: 2099-01-01\n", 3),
            ("title: 甲\n\n字\n", 1),
            ("<!-- draft: true -->\n# 甲\n", 1),
        ] {
            assert_eq!(at(text, top), Some(line), "{text:?}");
        }
        for text in ["---\ntitle: 甲\ndraft: true\n---\n文\n", "\ndraft: true\n文\n", "published_at: 2099-01-01\n", "---\ntitle: 甲\n---\n"] {
            assert!(at(text, below).is_some(), "{text:?}");
        }
    }

    static REMARKS: &[&str] =
        &["# 示例，看过后删去。\n", "\n# 一\n\n# 二\n# 三\n# 四\n\n", "＃ 示例\n", "  # 示例\n", "// 示例\n", "<!-- 示例 -->\n", "\u{a0}\n#示例\n"];

    #[test]
    fn remarks_above_the_first_field() {
        for remark in REMARKS {
            assert!(at(&format!("{remark}draft: true\n\n文\n"), top).is_some(), "{remark:?}");
            assert!(at(&format!("{remark}title: 甲\nissuer: [a]\nsummary: 乙\nkeywords: [丙]\ntheme: 丁\ndraft: true\n\n文\n"), top).is_some(), "{remark:?}");
            assert!(at(&format!("{remark}———\n{remark}title: 甲\nissuer: [a]\n\n文\n"), top).is_some(), "{remark:?}");
            assert!(at(&format!("{remark}draft: true\n文\n"), below).is_some(), "{remark:?}");
            assert!(at(&format!("{remark}---\n{remark}title: 甲\ndraft: true\n---\n文\n"), below).is_some(), "{remark:?}");
        }
        assert!(at("———\n备注：甲\n经办：乙\n科室：丙\n电话：丁\ntitle: 甲\ndraft: true\n———\n文\n", top).is_some());
    }

    #[test]
    fn texts_are_none() {
        for text in [
            "# 通知\n\n**发布日期**: 2025-10-13\n**来源**: 甲\n",
            "# 标准\n\nStatus: Draft\nDate: 2020-01-01\n",
            "- 标题：甲\n- 日期：乙\n",
            "发布日期：2020-01-01\n来源：甲\n",
            "| 标题 | 日期 |\n| --- | --- |\n| 甲 | 乙 |\n",
            "**Date:** 3 March\n**Contact:** A\n",
            "# 说明\n\n写 draft: true 的不公布。\n",
            "# 说明\n\n元数据这样写：\n\ndraft: true\n",
            "# A\n\n- name: B\n- type: C\n",
            "## draft: what it means and how it is used in a portal of data\n",
            "> 摘要：甲\n\n正文\n",
            "***\n\n标题\n",
            "{{< x >}}\n",
            "{: .note}\n# A\n",
            "@张三：请看\n",
            ":tada: news: yes\n",
            ".. note:: x\n",
            "一一\n甲：乙\n",
            "<div>\n文\n</div>\n",
            "draft: false\n",
            "***\n\n# 标题\n\n正文：甲\n",
            "# 一\n\n## 二\n\n### 三\n\n来源：甲\n",
            "# 说明\n\ntitle: 甲\n\n字\n",
            "***\n甲：乙\n丙：丁\n***\n文\n",
        ] {
            assert_eq!(at(text, top), None, "{text:?}");
        }
        for text in ["---\n\n正文\n", "Date: 3 March\nContact: A\n", "---\n甲：乙\n---\n文\n", "draft: false\n", "甲\n---\ntitle: 甲\n---\n"] {
            assert_eq!(at(text, below), None, "{text:?}");
        }
    }
}
