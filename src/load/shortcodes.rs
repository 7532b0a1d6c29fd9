//! Left-overs of other tools: shortcodes, template tags, wiki links. Here they do nothing and would be published as text.

use std::ops::Range;

/// The tool that a place speaks to.
pub struct LeftOver {
    /// Where.
    pub at: Range<usize>,
    /// Whose it is.
    pub tool: &'static str,
}

/// Longest piece of such a thing.
const LONG: usize = 400;

/// All left-overs of a text, code not told apart.
pub fn left_over(text: &str) -> Vec<LeftOver> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(at) = memchr::memchr2(b'{', b'[', &bytes[i..]).map(|p| p + i) {
        i = at + 1;
        let rest = &text[at..super::floor(text, (at + LONG).min(text.len()))];
        if at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let Some((tool, len)) = tag(rest).or_else(|| wiki(rest, at > 0 && bytes[at - 1] == b'!', &text[..at])) else { continue };
        out.push(LeftOver { at: at..at + len, tool });
        i = at + len;
    }
    lines(text, &mut out);
    latex(text, &mut out);
    comments(text, &mut out);
    // One thing is one place, whatever begins within it.
    out.sort_by_key(|l| l.at.start);
    let mut end = 0;
    out.retain(|l| {
        let fresh = l.at.start >= end;
        end = end.max(l.at.end);
        fresh
    });
    out
}

/// `%% … %%` of Obsidian and `{>> … <<}` of CriticMarkup: what was written for its author alone.
fn comments(text: &str, out: &mut Vec<LeftOver>) {
    let b = text.as_bytes();
    for (open, close, tool) in [("%%", "%%", "Obsidian"), ("{>>", "<<}", "CriticMarkup")] {
        let mut i = 0;
        while let Some(at) = memchr::memmem::find(&b[i..], open.as_bytes()).map(|p| p + i) {
            let from = at + open.len();
            // A row of signs is a line of them; a paragraph or more of a comment is told by its beginning.
            let row = b.get(from) == Some(&b'%') || at > 0 && matches!(b[at - 1], b'%' | b'{');
            let end = memchr::memmem::find(&b[from..], close.as_bytes()).map(|p| from + p);
            let Some(end) = end else { break };
            i = end + close.len();
            if row || end == from {
                i = from;
                continue;
            }
            out.push(LeftOver { at: at..i.min(super::floor(text, at + LONG)), tool });
        }
    }
}

/// `{…}`
fn tag(rest: &str) -> Option<(&'static str, usize)> {
    let until = |end: &str| rest.find(end).map(|e| e + end.len());
    if rest.starts_with("{{<") {
        return Some(("Hugo", until(">}}")?));
    }
    if rest.starts_with("{{%") {
        return Some(("Hugo", until("%}}")?));
    }
    if let Some(word) = rest.strip_prefix("{%") {
        let word = word.trim_start_matches('-').trim_start();
        let word = &word[..word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len())];
        let tool = match word.trim_start_matches("end") {
            "asset_img" | "asset_link" | "asset_path" | "post_link" | "post_path" | "codeblock" | "pullquote" | "blockquote" | "jsfiddle" | "iframe"
            | "note" | "tabs" | "cq" | "centerquote" | "img" | "include_code" | "vimeo" | "youtube" => "Hexo",
            "hint" | "tab" | "embed" | "content" | "swagger" | "page" | "method" | "stepper" => "GitBook",
            _ => "Jekyll",
        };
        return Some((tool, until("%}")?));
    }
    if rest.starts_with("{{") {
        let len = until("}}")?;
        let inner = rest[2..len - 2].trim().trim_start_matches('-').trim();
        let first = inner.split(|c: char| c.is_whitespace() || c == '|').next().unwrap_or("");
        let tool = match inner.chars().next()? {
            '.' | '/' => "Hugo",
            '$' => "VuePress",
            _ if ["site.", "page.", "post.", "layout.", "include.", "content", "paginator.", "forloop."].iter().any(|s| first.starts_with(s)) => "Jekyll",
            '#' | '>' | '^' | '&' | '!' => "Handlebars",
            c if c.is_alphabetic() && !first.contains('.') && !c.is_lowercase() || inner.contains('|') && inner.contains('=') => "MediaWiki",
            _ => "Jekyll",
        };
        return Some((tool, len));
    }
    for (start, tool) in
        [("{: ", "kramdown (Jekyll)"), ("{:.", "kramdown (Jekyll)"), ("{:toc", "kramdown (Jekyll)"), ("{dede:", "织梦 DedeCMS"), ("{pc:", "PHPCMS")]
    {
        if rest.starts_with(start) {
            return Some((tool, until("}")?));
        }
    }
    None
}

/// `[…]`
fn wiki(rest: &str, image: bool, before: &str) -> Option<(&'static str, usize)> {
    let until = |end: &str| rest.find(end).map(|e| e + end.len());
    if let Some(inner) = rest.strip_prefix("[[") {
        let len = until("]]")?;
        let inner = &inner[..len - 4];
        // `[[1]]` is a note, `[[甲](乙)]` a link in brackets.
        if inner.is_empty()
            || inner.contains(['[', ']', '\n'])
            || inner.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_punctuation())
            || rest[len..].starts_with(['(', '['])
        {
            return None;
        }
        let low = inner.to_lowercase();
        let tool = if low == "toc" || low == "_toc_" {
            "VuePress"
        } else if ["file:", "image:", "category:", "文件:", "图像:", "分类:", "wikipedia:"].iter().any(|s| low.trim_start_matches(':').starts_with(s)) {
            "MediaWiki"
        } else if image {
            "Obsidian"
        } else {
            "wiki"
        };
        return Some((tool, len));
    }
    let name = rest[1..].trim_start_matches('/');
    let word = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(name.len())];
    let wp = ["caption", "gallery", "embed", "audio", "video", "playlist", "shortcode", "contact-form-7", "su_button", "button"];
    let end = rest.find(']')?;
    if let Some(len) = bb(rest, end) {
        return Some(("BBCode", len));
    }
    if (rest.starts_with("[http://") || rest.starts_with("[https://")) && rest[..end].contains(' ') && !rest[end + 1..].starts_with(['(', '[', ':']) {
        return Some(("MediaWiki", end + 1));
    }
    let with =
        rest[1..].starts_with('/') || name[word.len()..].starts_with(' ') && rest[..end].contains('=') || matches!(word, "gallery" | "playlist" | "embed");
    if (wp.contains(&word) || word.starts_with("vc_") || word.starts_with("et_pb_")) && with && !rest[end + 1..].starts_with(['(', '[', ':']) {
        return Some(("WordPress", end + 1));
    }
    let alone = before.is_empty() || before.ends_with('\n');
    if alone && (rest.starts_with("[TOC]") || rest.starts_with("[toc]")) && rest[5..].trim_start_matches([' ', '\r']).starts_with(['\n']) | (rest.len() == 5) {
        return Some(("Typora", 5));
    }
    (rest.starts_with("[!--") && rest.contains("--]")).then(|| ("帝国 CMS", rest.find("--]").map_or(0, |e| e + 3)))
}

/// `[b]…[/b]`, `[url=…]`: the length of the first tag, which ends at `end`.
fn bb(rest: &str, end: usize) -> Option<usize> {
    let inner = &rest[1..end];
    let name = &inner[..inner.find('=').unwrap_or(inner.len())];
    let known = ["b", "i", "u", "s", "url", "img", "color", "size", "font", "quote", "code", "list", "table", "align", "center", "email", "td", "tr", "p"];
    let low = name.to_ascii_lowercase();
    // Only with its end, or it may be a word in brackets.
    let closes = || rest.to_ascii_lowercase().contains(&format!("[/{low}]"));
    (known.contains(&low.as_str()) && !rest[end + 1..].starts_with('(') && closes()).then_some(end + 1)
}

/// Commands of LaTeX that have braces, and formulas.
fn latex(text: &str, out: &mut Vec<LeftOver>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'\\', bytes) {
        let rest = &bytes[at + 1..(at + 40).min(bytes.len())];
        let name = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let star = usize::from(rest.get(name) == Some(&b'*'));
        let before = at.checked_sub(1).map(|i| bytes[i]);
        if name > 1 && rest.get(name + star) == Some(&b'{') && !before.is_some_and(|b| b == b'\\' || b == b':' || b.is_ascii_alphanumeric()) {
            out.push(LeftOver { at: at..at + 1 + name + star + 1, tool: "LaTeX" });
        }
    }
    let mut i = memchr::memchr(b'$', bytes).unwrap_or(bytes.len());
    while let Some(at) = memchr::memmem::find(&bytes[i..], b"$$").map(|p| p + i) {
        let Some(end) = memchr::memmem::find(&bytes[at + 2..], b"$$").map(|p| at + 2 + p).filter(|e| *e > at + 2 && e - at < LONG) else { break };
        if text[at + 2..end].contains(['\\', '^', '_', '=']) {
            out.push(LeftOver { at: at..end + 2, tool: "LaTeX" });
        }
        i = end + 2;
    }
}

/// What begins a line.
fn lines(text: &str, out: &mut Vec<LeftOver>) {
    let mut at = 0;
    while at < text.len() {
        let start = at;
        at = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        let line = &text[start..at];
        let Some(first) = line.as_bytes().first().filter(|b| (b'!'..=b'{').contains(b) && b":!?i=.e_{@'hb#\"".contains(b)) else { continue };
        let line = line.trim_end();
        let word = |n: usize| line[n..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
        let tool = match first {
            b':' if line.starts_with(":::") => "VuePress",
            b'!' if line.starts_with("!!! ") && word(4) => "MkDocs",
            b'?' if line.starts_with("??? ") && word(4) => "MkDocs",
            b'i' if line.starts_with("import ") && line.contains(" from ") && line.contains(['\'', '"']) => "Docusaurus",
            b'e' if line.starts_with("export const ") || line.starts_with("export default ") => "Docusaurus",
            b'=' if wiki_heading(line) => "MediaWiki",
            b'=' if line.len() > 2
                && line.trim_start_matches('=').starts_with(' ')
                && !line.ends_with('=')
                && line.len() - line.trim_start_matches('=').len() < 6 =>
            {
                "AsciiDoc"
            }
            b'h' | b'b' if textile(line) => "Textile",
            b'"' if textile_link(line) => "Textile",
            b'i' if line.starts_with("image::") && line.ends_with(']') => "AsciiDoc",
            b'#' if ["#+TITLE:", "#+BEGIN_", "#+title:", "#+begin_", "#+OPTIONS:"].iter().any(|s| line.starts_with(s)) => "Org",
            b'_' if line == "__TOC__" || line == "__NOTOC__" => "MediaWiki",
            b'{' if line.starts_with("{| ") || line == "{|" => "MediaWiki",
            b'@' if line == "@[toc]" || line == "@[TOC]" => "CSDN",
            b'.' if line.starts_with(".. ") && line.find("::").is_some_and(|e| line[3..e].bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) => "Sphinx",
            b'\'' if line.len() > 6 && line.starts_with("'''") && line[3..].contains("'''") => "MediaWiki",
            _ => continue,
        };
        out.push(LeftOver { at: start..start + line.len(), tool });
    }
}

/// `== 标题 ==`, `===标题===`
fn wiki_heading(line: &str) -> bool {
    let inner = line.trim_start_matches('=');
    let n = line.len() - inner.len();
    let words = inner.trim_end_matches('=');
    (2..7).contains(&n) && inner.len() - words.len() == n && words.contains(char::is_alphanumeric) && !words.contains('=')
}

/// `h2. 标题`, `bq. 引文`
fn textile(line: &str) -> bool {
    let rest = line
        .strip_prefix("bq. ")
        .or_else(|| line.strip_prefix('h').and_then(|r| r.strip_prefix(['1', '2', '3', '4', '5', '6'])).and_then(|r| r.strip_prefix(". ")));
    rest.is_some_and(|r| !r.trim().is_empty())
}

/// `"文字":http://…`
fn textile_link(line: &str) -> bool {
    line[1..].find('"').is_some_and(|i| i > 0 && ["http://", "https://", "/"].iter().any(|s| line[i + 2..].strip_prefix(':').is_some_and(|r| r.starts_with(s))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_named() {
        for (text, want) in [
            ("{{< youtube abc >}} {% include x.html %} {{ site.title }} [[wiki link]]", &["Hugo", "Jekyll", "Jekyll", "wiki"][..]),
            ("{{% notice %}}", &["Hugo"]),
            ("{% asset_img a.png 图 %}", &["Hexo"]),
            ("{% endhint %}", &["GitBook"]),
            ("[[File:a.png|thumb]] {{Infobox|名=甲}} {{法律}}", &["MediaWiki", "MediaWiki", "MediaWiki"]),
            ("::: tip\n甲\n:::\n\n[[toc]]\n", &["VuePress", "VuePress", "VuePress"]),
            ("[caption id=\"x\"]图[/caption]", &["WordPress", "WordPress"]),
            ("import Tabs from '@theme/Tabs';\n", &["Docusaurus"]),
            ("!!! note \"注意\"\n\n[TOC]\n", &["MkDocs", "Typora"]),
            ("{{ $page.title }} ![[图.png]]", &["VuePress", "Obsidian"]),
            ("![注意](a.png) [甲](乙) [[1]] [[甲](乙)] {甲} {% [视频](x) 国办发[2019]61号 [video](a.mp4) f{x}", &[]),
        ] {
            let found: Vec<&str> = left_over(text).iter().map(|l| l.tool).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
