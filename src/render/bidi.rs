//! What stands on a page that runs from right to left and is written in Latin letters gets its own direction: texts of another
//! language that stand in, days, sizes, names. Without it, their figures and full stops move to the wrong end.

/// Elements that get a direction: those that hold a line of text.
static HOLDERS: &[&str] = &[
    "p",
    "dd",
    "dt",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "caption",
    "figcaption",
    "summary",
    "blockquote",
    "label",
    "legend",
    "span",
    "a",
    "small",
    "strong",
    "em",
    "button",
    "time",
    "bdi",
];

/// Elements without an end tag.
static VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What is no text of the page, or has its own rules.
static OPAQUE: &[&str] = &["head", "script", "style", "svg", "pre", "code", "kbd", "textarea", "template", "math"];

struct Open<'h> {
    name: &'h str,
    /// Where the attributes of its tag end; `None` where it may not get a direction.
    place: Option<usize>,
    /// Marks made before it was opened: those after it are inside of it.
    marks: usize,
    left: bool,
    right: bool,
    /// It or one around it says its direction itself.
    said: bool,
}

/// Marks every line, else every part of one, whose letters all run from left to right, on a page that runs the other way.
/// `lang`: the language of such texts, where there is but one that it can be.
pub(super) fn mark(html: &str, lang: Option<&str>) -> String {
    let mut marks: Vec<usize> = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            if let Some(top) = open.last_mut() {
                letters(&rest[..end], top);
            }
            at += end;
            continue;
        }
        let Some(end) = tag_end(rest) else { break };
        let tag = &rest[..end];
        if let Some(name) = tag.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim();
            if open.last().is_some_and(|o| o.name == name)
                && let Some(o) = open.pop()
            {
                close(o, &mut marks, open.last_mut());
            }
            at += end;
            continue;
        }
        let name = tag[1..].split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("");
        at += end;
        if OPAQUE.contains(&name) {
            let close = format!("</{name}>");
            at += html[at..].find(&close).map_or(html.len() - at, |n| n + close.len());
        } else if !name.is_empty() && !name.starts_with('!') && !VOID.contains(&name) && !tag.ends_with("/>") {
            let own = tag.contains(" dir=");
            // The page itself says that it runs from right to left.
            let said = name != "html" && own || open.last().is_some_and(|o| o.said);
            let place = (HOLDERS.contains(&name) && !said).then_some(at - 1);
            open.push(Open { name, place, marks: marks.len(), left: false, right: false, said });
        }
    }
    marks.sort_unstable();
    let mut out = String::with_capacity(html.len() + marks.len() * 20);
    let mut from = 0;
    for m in marks {
        out.push_str(&html[from..m]);
        out.push_str(" dir=\"ltr\"");
        let tag = out.rfind('<').map_or("", |i| &out[i..]);
        if let Some(lang) = lang.filter(|_| !tag.contains(" lang=")) {
            out.push_str(&format!(" lang=\"{lang}\""));
        }
        from = m;
    }
    out.push_str(&html[from..]);
    out
}

/// Where a tag ends, behind its `>`: one in quotes is none.
fn tag_end(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|n| n + 3);
    }
    let mut quote = None;
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            (None, b'>') => return Some(i + 1),
            _ => {}
        }
    }
    None
}

fn letters(text: &str, to: &mut Open<'_>) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // The name of a sign is none of its letters.
        if c == '&'
            && let Some(n) = rest.find(';').filter(|n| *n < 12)
        {
            rest = &rest[n + 1..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let code = c as u32;
        let right = matches!(code, 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff);
        to.right |= right && c.is_alphabetic();
        to.left |= !right && c.is_alphabetic();
    }
}

fn close(o: Open<'_>, marks: &mut Vec<usize>, around: Option<&mut Open<'_>>) {
    if o.left
        && !o.right
        && let Some(place) = o.place
    {
        marks.truncate(o.marks);
        marks.push(place);
    }
    if let Some(up) = around {
        up.left |= o.left;
        up.right |= o.right;
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn lines_of_latin_letters_get_their_direction() {
        for (html, want) in [
            ("<p>28 November 2026</p>", "<p dir=\"ltr\" lang=\"en\">28 November 2026</p>"),
            (
                "<p><span lang=\"en\" dir=\"ltr\">Published by </span>Open Data</p>",
                "<p dir=\"ltr\" lang=\"en\"><span lang=\"en\" dir=\"ltr\">Published by </span>Open Data</p>",
            ),
            ("<p>تنزيل <span class=\"facts\">28 B · 2 rows</span></p>", "<p>تنزيل <span class=\"facts\" dir=\"ltr\" lang=\"en\">28 B · 2 rows</span></p>"),
            ("<ul><li><a href=\"/\">Datasets</a></li></ul>", "<ul><li dir=\"ltr\" lang=\"en\"><a href=\"/\">Datasets</a></li></ul>"),
            ("<p lang=\"fr\">Bonjour.</p>", "<p lang=\"fr\" dir=\"ltr\">Bonjour.</p>"),
            // Nothing of its own to turn: figures, another direction, code, names of signs.
            (
                "<p>2026</p><p>نص &amp; 28</p><p dir=\"ltr\">a</p><pre>a <b>c</b></pre><p>&nbsp;1</p>",
                "<p>2026</p><p>نص &amp; 28</p><p dir=\"ltr\">a</p><pre>a <b>c</b></pre><p>&nbsp;1</p>",
            ),
            ("<head><title>a</title></head><input alt=\"a>b\"><p>نص<br>b</p>", "<head><title>a</title></head><input alt=\"a>b\"><p>نص<br>b</p>"),
        ] {
            assert_eq!(mark(html, Some("en")), want);
        }
        assert_eq!(mark("<dd>a.</dd>", None), "<dd dir=\"ltr\">a.</dd>");
    }
}
