//! The head of a Markdown file: where it begins and ends, and heads written in another way.
//!
//! What looks like a head and is none would be published as text, with the `draft: true` in it:
//! it is a finding that holds the file.

use super::Source;
use super::heads::{self, Told, is_fence, odd_blank};
use super::node::{self, Kind, Node};
use super::{conflict, disguise};
use crate::diag::{Diagnostic, Severity, say};

/// What a file has before its text.
pub(super) enum Front {
    /// Nothing.
    None,
    /// A head that cannot be read; the text begins here.
    Broken(usize),
    /// A head; the text begins here.
    Node(Node, usize),
}

/// Largest head, in bytes.
const MAX_HEAD: usize = 1 << 20;
/// Lines in which a head may hide.
const SEARCHED: usize = 30;

/// Reads the head.
pub(super) fn front_matter(source: &Source, out: &mut Vec<Diagnostic>) -> Front {
    let text = &source.text;
    if let Some(d) = conflict::old_lines(source) {
        out.push(d);
        return Front::Broken(text.len());
    }
    let Some(open) = line_end(text, 0).filter(|e| text[..*e].trim_end() == "---") else {
        let lines: Vec<(usize, &str)> = lines(text).collect();
        return match disguised(&lines).or_else(|| disguise::top(&lines)) {
            Some(found) => {
                out.push(told(source, found));
                Front::Broken(text.len())
            }
            None => Front::None,
        };
    };
    let mut at = open;
    let mut other_fence = None;
    while at < text.len() {
        let end = line_end(text, at).unwrap_or(text.len());
        let line = text[at..end].trim_end();
        if matches!(line, "---" | "...") {
            if at - open > MAX_HEAD {
                out.push(
                    Diagnostic::new("SRC017", Severity::Error, say!("文件头超过 1 MiB，未读入", "the front matter has more than 1 MiB; not read"))
                        .at(source.span(0, 3))
                        .hint(say!("正文写在第二个 --- 之后", "write the text after the second ---"))
                        .blocking(),
                );
                return Front::Broken(end);
            }
            let before = out.len();
            let below = || lines(&text[end..]);
            let empty = text[open..at].trim().is_empty();
            if other_fence.is_none()
                // An empty head is none: what follows is the top of the text.
                && let Some((start, stop, message, hint)) =
                    disguise::below(below()).or_else(|| if empty { disguise::top(&below().collect::<Vec<_>>()) } else { None })
            {
                out.push(told(source, (end + start, end + stop, message, hint)));
                return Front::Broken(text.len());
            }
            if let Some((start, stop, message, hint)) = disguise::another(&text[end..]) {
                out.push(told(source, (end + start, end + stop, message, hint)));
                return Front::Broken(text.len());
            }
            return match node::parse(source, open..at, out) {
                Some(n) if other_fence.is_none() || !matches!(n.kind, Kind::Text(_)) => Front::Node(n, end),
                None if empty => Front::Node(Node { start: open as u32, end: at as u32, kind: Kind::Null }, end),
                _ => {
                    if let Some((start, stop)) = other_fence {
                        out.truncate(before);
                        out.push(closing(source, start, stop));
                    }
                    Front::Broken(end)
                }
            };
        }
        // Nothing indented: a block of text may hold such a line.
        if other_fence.is_none() && is_fence(line.trim_matches(odd_blank)) && !line.starts_with([' ', '\t']) {
            other_fence = Some((at, at + line.len()));
        }
        at = end;
    }
    out.push(match other_fence {
        Some((start, stop)) => closing(source, start, stop),
        None => Diagnostic::new("SRC004", Severity::Error, say!("文件头没有结束的 ---", "the front matter has no closing ---"))
            .at(source.span(0, 3))
            .hint(say!("在元数据之后、正文之前另起一行写 ---", "write --- on a line of its own after the metadata"))
            .blocking(),
    });
    Front::Broken(text.len())
}

fn told(source: &Source, (start, end, message, hint): Told) -> Diagnostic {
    Diagnostic::new("SRC021", Severity::Error, message).at(source.span(start, end)).hint(hint).blocking()
}

fn closing(source: &Source, start: usize, end: usize) -> Diagnostic {
    let line = shown(&source.text[start..end]);
    Diagnostic::new("SRC021", Severity::Error, say!("文件头用 `{line}` 结束，认不出", "`{line}` does not end the front matter"))
        .at(source.span(start, end))
        .hint(say!("这一行改成三个半角减号：`---`", "make this line three hyphens: `---`"))
        .blocking()
}

/// Offset after the line break that ends the line at `at`; `None` on the last line without one.
pub(super) fn line_end(text: &str, at: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map(|i| at + i + 1)
}

fn shown(line: &str) -> String {
    line.trim_matches(odd_blank).chars().take(30).collect()
}

/// The name before `:`, `：` or `=`, where a line has the shape of a field.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_matches(odd_blank);
    let cut = line.find([':', '：', '='])?;
    let name = line[..cut].trim_end().trim_matches(['"', '\'', '“', '”']);
    let good = !name.is_empty() && name.chars().count() <= 30 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    good.then_some(name)
}

fn head_key(line: &str) -> bool {
    key(line).is_some_and(heads::known)
}

/// A head in another form than `---` on the first line: place, sentence, hint.
fn disguised(lines: &[(usize, &str)]) -> Option<Told> {
    let (first, line) = lines.iter().find(|(_, l)| !l.trim_matches(odd_blank).is_empty()).copied()?;
    let (bare, end) = (line.trim_matches(odd_blank), first + line.len());
    // Remarks may stand above the first field: `init` and `new` write them.
    let next = lines.iter().find(|(a, l)| *a > first && !l.trim_matches(odd_blank).is_empty() && !heads::remark(l)).map_or("", |(_, l)| *l);
    let json = |l: &str| l.trim_start().starts_with('"') && key(l).is_some();
    if bare == "+++" && (next.trim().starts_with('[') || next.trim() == "+++" || lines.get(1).is_some_and(|(_, l)| heads::remark(l)) || key(next).is_some()) {
        return Some((
            first,
            end,
            say!("文件头是 TOML（+++），本程序只读 YAML", "the front matter is TOML (+++); only YAML is read"),
            say!("两行 `+++` 都改成 `---`，`title = \"标题\"` 写作 `title: 标题`", "make both `+++` lines `---` and write `title: …` for `title = \"…\"`"),
        ));
    }
    if bare.starts_with('{') && (json(bare.trim_start_matches('{')) || bare == "{" && json(next)) || bare == ";;;" {
        return Some((
            first,
            end,
            say!("文件头是 JSON，本程序只读 YAML", "the front matter is JSON; only YAML is read"),
            say!("写成 `---`、`title: 标题`、`---` 三行的样子", "write it as lines: `---`, `title: …`, `---`"),
        ));
    }
    let info = bare.trim_start_matches(['`', '~']).trim().to_ascii_lowercase();
    if (bare.starts_with("```") || bare.starts_with("~~~"))
        && matches!(info.split([' ', '{', ',']).next().unwrap_or(""), "yaml" | "yml" | "toml" | "json" | "")
        && (head_key(next) || next.trim() == "---")
    {
        return Some((
            first,
            end,
            say!("文件头写在代码块里，会当作正文公布", "the front matter stands in a block of code and would be published as text"),
            say!("把 `{}` 和结束的 ``` 两行改成 `---`", "make `{}` and the closing ``` into `---`", shown(bare)),
        ));
    }
    if let Some(rest) = bare.strip_prefix("---").filter(|r| head_key(r)) {
        return Some((
            first,
            end,
            say!("`---` 应独占一行", "`---` stands on a line of its own"),
            say!("第一行只写 `---`，`{}` 移到第二行", "write `---` alone and `{}` on the second line", shown(rest)),
        ));
    }
    if is_fence(bare) && (head_key(next) || is_fence(next.trim_matches(odd_blank)) && next.trim_matches(odd_blank) == bare) {
        return Some((
            first,
            end,
            say!("文件头用 `{}` 开始，认不出，会当作正文公布", "`{}` does not begin a head; it would be published as text", shown(bare)),
            say!("第一行改成三个半角减号：`---`，结束的一行也一样", "make the first line three hyphens: `---`, and the closing line too"),
        ));
    }
    // Fields without a fence.
    if head_key(bare) && !bare.contains("//") && (key(next).is_some() && !next.trim().starts_with("http") || is_fence(next.trim()) || next.trim() == "---") {
        return Some((
            first,
            end,
            say!("文件头之前缺少 `---`，会当作正文公布", "the head has no `---` before it and would be published as text"),
            say!("在第一行之前加一行 `---`，元数据之后也要有一行 `---`", "put a line `---` before the first line, and one after the metadata"),
        ));
    }
    // A head after other lines.
    let blank_first = lines.first().is_some_and(|(_, l)| *l != line);
    for (n, (at, l)) in lines.iter().enumerate().take(SEARCHED) {
        let fence = l.trim_matches(odd_blank);
        if fence != "---" && !is_fence(fence) && fence != "+++" {
            continue;
        }
        let Some((_, below)) = lines[n + 1..].iter().find(|(_, l)| !l.trim_matches(odd_blank).is_empty() && !heads::remark(l)) else { continue };
        if !head_key(below) {
            continue;
        }
        // Every line up to the closing fence is like a line of YAML.
        let mut closed = false;
        for (_, l) in &lines[n + 1..] {
            let t = l.trim_matches(odd_blank);
            if t == "---" || t == "..." || is_fence(t) {
                closed = true;
                break;
            }
            let like = t.is_empty()
                || heads::remark(t)
                || t.starts_with(['-', '[', ']', '{', '}', '"'])
                || l.starts_with([' ', '\t', '\u{3000}', '\u{A0}'])
                || key(t).is_some();
            if !like {
                break;
            }
        }
        if closed {
            let what = if *at == first && blank_first {
                say!("文件头之前有空行或看不见的字符，会当作正文公布", "blank lines or unseen characters stand before the head; it would be published as text")
            } else if *at == first {
                say!("`---` 前后有看不见的字符", "`---` has unseen characters beside it")
            } else {
                say!("文件头不在文件开头，会当作正文公布", "the head does not stand at the top of the file; it would be published as text")
            };
            return Some((
                *at,
                at + l.len(),
                what,
                say!("把 `---` 放在第一行第一列，删去它之前的内容", "put `---` at the very beginning and delete what stands before it"),
            ));
        }
    }
    None
}

/// The first lines with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut at, mut any) = (0, false);
    // Blank lines are not counted: thousands of them may stand before a head.
    let mut full = 0;
    std::iter::from_fn(move || {
        while at < text.len() && full < 400 {
            let start = at;
            let end = line_end(text, at).unwrap_or(text.len());
            let line = text[at..end].trim_end_matches(['\n', '\r']);
            at = end;
            if !line.trim_matches(odd_blank).is_empty() {
                (full, any) = (full + 1, true);
                return Some((start, line));
            }
            if !any {
                any = true;
                while let Some(e) = line_end(text, at).filter(|e| text[at..*e].trim_matches(odd_blank).is_empty()) {
                    at = e;
                }
                return Some((start, line));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (bool, Vec<(&'static str, u32, u32)>) {
        let s = Source::new("a.md", text);
        let mut out = Vec::new();
        let none = matches!(front_matter(&s, &mut out), Front::None);
        (none, out.iter().map(|d| (d.code, d.span.as_ref().map_or(0, |s| s.line), d.span.as_ref().map_or(0, |s| s.col))).collect())
    }

    #[test]
    fn heads_in_disguise() {
        for (text, line) in [
            ("+++\ntitle = \"甲\"\ndraft = true\n+++\n文\n", 1),
            ("+++\n[extra]\na = 1\n+++\n文\n", 1),
            ("{\n  \"title\": \"甲\",\n  \"draft\": true\n}\n文\n", 1),
            ("{\"title\": \"甲\"}\n文\n", 1),
            ("\n---\ntitle: 甲\n---\n文\n", 2),
            ("\n\n\n  \n---\ndraft: true\n---\n文\n", 5),
            ("\u{200B}---\ntitle: 甲\n---\n文\n", 1),
            ("\u{FEFF}---\ntitle: 甲\n---\n文\n", 1),
            (" ---\ntitle: 甲\n---\n文\n", 1),
            ("<!-- 说明 -->\n---\ntitle: 甲\n---\n文\n", 2),
            ("# 说明\n---\ntitle: 甲\n---\n文\n", 2),
            ("<!--\n一\n二\n-->\n\n---\ntitle: 甲\nkeywords:\n  - 甲\n---\n文\n", 6),
            ("———\ntitle: 甲\n———\n文\n", 1),
            ("－－－\ntitle: 甲\n－－－\n文\n", 1),
            ("***\ntitle: 甲\n***\n文\n", 1),
            ("----\ntitle: 甲\n----\n文\n", 1),
            ("—-\ntitle: 甲\n—-\n文\n", 1),
            ("--\ntitle: 甲\n--\n文\n", 1),
            ("———\ntitle：甲\n———\n文\n", 1),
            ("===\ndraft: true\n===\n文\n", 1),
            ("```yaml\ntitle: 甲\n```\n文\n", 1),
            ("--- title: 甲\n---\n文\n", 1),
            ("title: 甲\ndraft: true\n---\n文\n", 1),
            ("title：甲\ndraft：true\n\n文\n", 1),
            ("Title: A\nDate: 2020-01-01\n\ntext\n", 1),
            ("---\ntitle: 甲\n———\n文\n", 3),
            ("---\ntitle: 甲\n----\n文\n---\n又\n", 3),
            ("---\ntitle: 甲\n***\n文\n", 3),
        ] {
            let (none, found) = read(text);
            assert!(!none && found.len() == 1 && found[0].0 == "SRC021" && found[0].1 == line, "{text:?}: {found:?}");
        }
    }

    /// Whatever mark begins a head by mistake, whatever remarks and blanks follow it, however the file is saved: the text is held.
    #[test]
    fn a_wrong_mark_and_remarks_below_it() {
        let marks = [
            "———",
            "——",
            "—",
            "–––",
            "―――",
            "－－－",
            "───",
            "━━━",
            "﹣﹣﹣",
            "−−−",
            "ーーー",
            "‐‐‐",
            "⸺",
            "一一一",
            "***",
            "* * *",
            "___",
            "===",
            "~~~",
            "+++",
            "；；；",
            ";;;",
            "＊＊＊",
            "＝＝＝",
            "＿＿＿",
            "###",
            "----",
            "--",
            "- - -",
            " ---",
            "\u{a0}---",
            "\u{200b}---",
            "--- #",
            "```yaml",
            "```",
            "---yaml",
            "%%%",
            "<!--",
            "<hr>",
            "{% comment %}",
            "...",
            "…",
            "·····",
            "◆◆◆",
            "\\---",
            "**---**",
            "＃＃＃",
            "^^^",
            "|||",
            "///",
            "===---",
        ];
        let remarks = [
            "",
            "# 示例，看过后删去。\n",
            "#示例\n",
            "＃ 示例\n",
            "# 一\n# 二\n\n# 三\n# 四\n# 五\n# 六\n",
            "\n\n# 示例\n\n",
            "\u{3000}\n  # 示例\n",
            "// 示例\n",
            "#\n",
            "# title：甲\n",
        ];
        let heads = [
            "title: 秘密计划草案\nissuer: [office]\ndraft: true\npublished_at: 2099-11-20\n",
            "issuer:\n  - office\n\n# 又\ntitle: 甲\n",
            "draft: true\n",
            "title：甲\n",
        ];
        let mut n = 0;
        for (mark, remark) in marks.iter().flat_map(|m| remarks.iter().map(move |r| (m, r))) {
            for (head, top) in heads.iter().flat_map(|h| ["", "\n", "\u{feff}", "\n \n\u{3000}\n", "# 说明\n"].map(|t| (h, t))) {
                for close in [*mark, "---", ""] {
                    let text = format!("{top}{mark}\n{remark}{head}{close}\n\n正文\n");
                    for text in [text.replace('\n', "\r\n"), text] {
                        let (none, found) = read(&text);
                        assert!(!none && !found.is_empty() && found.iter().all(|f| f.0 == "SRC021"), "{text:?}: {found:?}");
                        n += 1;
                    }
                }
            }
        }
        assert!(n > 20_000);
    }

    #[test]
    fn texts_that_have_no_head() {
        for text in [
            "",
            "正文\n",
            "# 标题\n\n---\n\n正文\n",
            "---\n\n",
            "***\n\n正文\n",
            "# 通知\n\n**发布日期**: 2025-10-13\n\n正文\n",
            "标\n---\n题\n",
            "第一条：甲\n第二条：乙\n",
            "{{< x >}}\n",
            "```sh\nls\n```\n",
            "发布日期：2020-01-01\n来源：甲\n",
            "正文\n\n---\n\n说明: 甲\n",
            "一一\n",
        ] {
            let (_, found) = read(text);
            assert!(found.iter().all(|f| f.0 != "SRC021"), "{text:?}: {found:?}");
        }
    }
}
