//! What no reader of the source saw in texts of Markdown and HTML: comments, and elements that are hidden. It is taken out, and told
//! with its count and first place.

use super::{html, look};
use crate::diag::{Diagnostic, Severity, Span, say};
use std::ops::Range;

/// What was taken out of a text: where each stood, in bytes.
#[derive(Debug, Default)]
pub(super) struct Gone {
    /// Comments with words in them.
    pub comments: Vec<usize>,
    /// Elements, each with the beginning of its text.
    pub hidden: Vec<(usize, String)>,
}

/// Places of code in a text of Markdown, which shows what is in it: fences, and spans in a line.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut at, mut fence): (usize, Option<(usize, &str)>) = (0, None);
    for line in text.split_inclusive('\n') {
        let (from, bare) = (at, line.trim());
        at += line.len();
        match fence {
            Some((begin, sign)) if bare.starts_with(sign) => {
                out.push(begin..at);
                fence = None;
            }
            Some(_) => {}
            None if bare.starts_with("```") => fence = Some((from, "```")),
            None if bare.starts_with("~~~") => fence = Some((from, "~~~")),
            None => {
                let mut i = 0;
                while let Some(open) = line[i..].find('`').map(|p| p + i) {
                    let n = line[open..].bytes().take_while(|b| *b == b'`').count();
                    let rest = &line[open + n..];
                    let close = rest
                        .match_indices(&line[open..open + n])
                        .map(|(p, _)| p)
                        .find(|p| rest[p + n..].bytes().next() != Some(b'`') && (*p == 0 || rest.as_bytes()[p - 1] != b'`'));
                    let Some(close) = close else {
                        i = open + n;
                        continue;
                    };
                    i = open + n + close + n;
                    out.push(from + open..from + i);
                }
            }
        }
    }
    if let Some((begin, _)) = fence {
        out.push(begin..text.len());
    }
    out
}

/// A comment that says something to people: none of a program's own (`[if gte mso 9]`, `more`, `INFO END`).
fn says(inner: &str) -> bool {
    let t = inner.trim();
    let own = t.starts_with("[if")
        || t.starts_with("[endif")
        || t.starts_with("<![endif")
        || matches!(t, "more" | "INFO END" | "toc" | "TOC" | "excerpt" | "truncate");
    !own && t.chars().any(char::is_alphanumeric)
}

/// Where comments stand in a text, and whether each says something. `markdown` knows code, and comments of its own: `[//]: # (…)`.
fn comments(text: &str, markdown: bool) -> Vec<(Range<usize>, bool)> {
    let mut out = Vec::new();
    let has = memchr::memmem::find(text.as_bytes(), b"<!--").is_some();
    let own = markdown && ["[//]:", "[comment]:", "[_]:"].iter().any(|w| text.contains(w));
    if !has && !own {
        return out;
    }
    let shown = if markdown { code(text) } else { Vec::new() };
    let mut at = 0;
    while let Some(i) = memchr::memmem::find(&text.as_bytes()[at..], b"<!--").map(|p| p + at) {
        let end = text[i + 4..].find("-->").map_or(text.len(), |e| i + 4 + e + 3);
        at = end;
        let coded = shown.iter().any(|r| r.contains(&i));
        // Within a script or a style sheet it hides them from browsers of old.
        let script = !markdown
            && ["<script", "<style"]
                .iter()
                .any(|w| text[..i].trim_end().rsplit('<').next().is_some_and(|t| t.to_ascii_lowercase().starts_with(&w[1..]) && t.ends_with('>')));
        if coded {
            at = i + 4;
        } else if !script {
            out.push((i..end, says(text[i + 4..end].trim_end_matches("-->"))));
        }
    }
    if own {
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let t = line.trim_start();
            let ours = ["[//]:", "[comment]:", "[_]:"].iter().any(|w| t.strip_prefix(w).is_some_and(|r| r.trim_start().starts_with(['#', '<'])));
            if ours && !shown.iter().any(|r| r.contains(&from)) {
                out.push((from..from + line.len(), true));
            }
            from += line.len();
        }
        out.sort_by_key(|(r, _)| r.start);
    }
    out
}

/// Comments of a page that say something, by line; what stands before `from` is the frame of the site.
pub(super) fn of_page(text: &str, from: u32) -> Vec<u32> {
    let all = comments(text, false);
    let mut out = Vec::new();
    let (mut at, mut line) = (0usize, 1u32);
    for (r, _) in all.iter().filter(|(_, says)| *says) {
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..r.start]).count() as u32;
        at = r.start;
        if line >= from {
            out.push(line);
        }
    }
    out
}

/// Most elements of a text that are looked at.
const MOST: usize = 20_000;

/// Hidden elements in a text of Markdown.
fn hidden(text: &str) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    static SIGNS: &[&str] = &[
        "hidden",
        "display",
        "visibility",
        "opacity",
        "font-size",
        "color",
        "left",
        "top",
        "text-indent",
        "aria-",
        "clip",
        "sr-only",
        "d-none",
        "overflow",
        "dialog",
    ];
    if memchr::memchr(b'<', text.as_bytes()).is_none() || !SIGNS.iter().any(|s| text.contains(s)) {
        return out;
    }
    let shown = code(text);
    let mut at = 0;
    for _ in 0..MOST {
        let Some(i) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|p| p + at) else { break };
        at = i + 1;
        let name: String = text[at..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let Some(end) = text[at..].find('>').map(|e| at + e + 1).filter(|_| !name.is_empty() && !shown.iter().any(|r| r.contains(&i))) else { continue };
        let tag = &text[i..end];
        if tag.len() > 2_000 || !look::hides(tag) {
            continue;
        }
        // To what closes it, over elements of the same name in it.
        let (mut depth, mut close, mut from) = (1usize, end, end);
        let low = name.to_ascii_lowercase();
        if !tag.ends_with("/>") && !matches!(&*low, "img" | "br" | "input" | "hr") {
            while depth > 0 {
                let Some(j) = memchr::memchr(b'<', &text.as_bytes()[from..]).map(|p| p + from) else {
                    close = text.len();
                    break;
                };
                let rest = &text[j + 1..];
                let same = |t: &str| {
                    t.get(..low.len()).is_some_and(|n| n.eq_ignore_ascii_case(&low)) && !t[low.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
                };
                from = j + 1;
                if rest.strip_prefix('/').is_some_and(same) {
                    depth -= 1;
                    close = rest.find('>').map_or(text.len(), |e| j + 1 + e + 1);
                } else if same(rest) {
                    depth += 1;
                }
            }
        }
        let words: String = html::parse(&text[i..close]).text().chars().take(20).collect();
        out.push((i..close, words));
        at = close;
    }
    out
}

/// Takes comments and hidden elements out of a text of Markdown. With `hold` signs that stand for nothing keep the places of what
/// follows.
pub(super) fn taken_out(text: &str, hold: bool) -> (String, Gone) {
    let mut gone = Gone::default();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (r, says) in comments(text, true) {
        if says {
            gone.comments.push(r.start);
        }
        // What programs read themselves stays for them.
        if says || !hold {
            cuts.push(r);
        }
    }
    for (r, words) in hidden(text) {
        if !cuts.iter().any(|c| c.contains(&r.start)) {
            if !words.trim().is_empty() {
                gone.hidden.push((r.start, words));
            }
            cuts.push(r);
        }
    }
    if cuts.is_empty() {
        return (text.to_string(), gone);
    }
    cuts.sort_by_key(|r| r.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for c in cuts {
        if c.end <= at {
            continue;
        }
        out.push_str(&text[at..c.start.max(at)]);
        if hold {
            text[c.start.max(at)..c.end].bytes().for_each(|b| out.push(if b == b'\n' { '\n' } else { '\0' }));
        }
        at = c.end;
    }
    out.push_str(&text[at..]);
    (out, gone)
}

/// Tells what was taken out; `place` has the place of a byte of the text.
pub(super) fn tell(gone: &Gone, place: &dyn Fn(usize) -> Span, out: &mut Vec<Diagnostic>) {
    if let Some(first) = gone.comments.first() {
        out.push(commented(gone.comments.len(), place(*first)));
    }
    if let Some((first, words)) = gone.hidden.first() {
        let n = gone.hidden.len();
        out.push(
            Diagnostic::new(
                "IMP002",
                Severity::Warn,
                say!("来源里隐藏的文字去掉了（{n} 处）：“{words}…”", "text that is hidden in the source is taken out ({n}): “{words}…”"),
            )
            .at(place(*first))
            .hint(say!("读者本来看不到；要公开就自己写进正文", "readers never saw it; write it into the text where it is to be public")),
        );
    }
}

/// Comments that were not taken, and the place of the first.
pub(super) fn commented(n: usize, at: Span) -> Diagnostic {
    // Its words are not repeated: nobody was to read them.
    let at = Span { excerpt: Default::default(), ..at };
    Diagnostic::new("IMP003", Severity::Info, say!("来源里的注释没有取（{n} 处）", "comments in the source are not taken over: {n}"))
        .at(at)
        .hint(say!("读者本来看不到；要公开就自己写进正文", "readers never saw them; write them into the text where they are to be public"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(t: &str) -> (String, usize, usize) {
        let (out, gone) = taken_out(t, false);
        (out, gone.comments.len(), gone.hidden.len())
    }

    #[test]
    fn comments_and_hidden_elements_of_markdown() {
        for (text, right) in [
            ("a<!-- x -->b", ("ab", 1, 0)),
            ("a<!-- x\n\ny -->b<!--more-->c", ("abc", 1, 0)),
            ("`<!-- x -->` b", ("`<!-- x -->` b", 0, 0)),
            ("```\n<!-- x -->\n```\n", ("```\n<!-- x -->\n```\n", 0, 0)),
            ("[//]: # (x)\nb", ("b", 1, 0)),
            ("a<!-- x", ("a", 1, 0)),
            ("a<span style=\"display:none\">x<span>y</span>z</span>b", ("ab", 0, 1)),
            ("a<div hidden>x</div>b<p style='color:red'>c</p>", ("ab<p style='color:red'>c</p>", 0, 1)),
            ("用 `<div hidden>x</div>`", ("用 `<div hidden>x</div>`", 0, 0)),
            ("a < b hidden", ("a < b hidden", 0, 0)),
        ] {
            let (out, c, h) = bare(text);
            assert_eq!((out.as_str(), c, h), right, "{text}");
        }
        let (held, _) = taken_out("a<!-- 密 -->b", true);
        assert_eq!((held.len(), held.replace('\0', "")), ("a<!-- 密 -->b".len(), "ab".to_string()));
        assert_eq!(of_page("<script><!-- x --></script>\n<!-- a -->\n<!--[if IE]> y <![endif]-->\n<!-- b -->", 2), [2, 4]);
    }
}
