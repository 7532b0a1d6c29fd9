//! Raw HTML behind `allow_html`: filtered as a whole, because tags in Markdown come one by one.

use std::borrow::Cow;

/// Deepest nesting given to the filter: its cost grows with the square of the depth.
const DEPTH: usize = 100;

/// Most attributes of one tag given to the filter, which compares each with all before it.
const ATTRIBUTES: usize = 500;

/// Keeps harmless elements; no scripts, styles, frames, or pictures from another host.
/// What is nested too deeply is shown as text.
pub fn clean(html: &str) -> String {
    if depth(html) > DEPTH || attributes(html) > ATTRIBUTES {
        let mut out = String::from("<pre>");
        super::escape::escape_into(&mut out, html);
        out.push_str("</pre>");
        return out;
    }
    let mut b = ammonia::Builder::default();
    b.add_generic_attributes(["id", "class", "aria-label", "tabindex", "scope", "start", "loading"])
        .add_tags(["section"])
        .link_rel(Some("noopener noreferrer"))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .attribute_filter(|element, attribute, value| {
            let foreign = element == "img" && attribute == "src" && (value.contains(':') || value.starts_with("//"));
            (!foreign).then_some(Cow::Borrowed(value))
        });
    b.clean(html).to_string()
}

/// Attributes of the tag that has most. Counts no further than one more than [`ATTRIBUTES`].
fn attributes(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut most, mut from) = (0, 0);
    while let Some(at) = memchr::memchr(b'<', &bytes[from..]).map(|i| from + i) {
        from = at + 1;
        if bytes[from..].starts_with(b"!--") {
            from = memchr::memmem::find(&bytes[from..], b"-->").map_or(bytes.len(), |e| from + e + 3);
            continue;
        }
        if !bytes.get(from).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/') {
            continue;
        }
        // A quote opens a value only behind `=`; behind its end another attribute may stand without a blank.
        let (mut count, mut apart, mut quote, mut last) = (0, false, 0, b'<');
        for b in &bytes[from..] {
            from += 1;
            match (quote, *b) {
                (0, b'>') => break,
                (0, b'"' | b'\'') if last == b'=' => quote = *b,
                (0, b'/') => apart = true,
                (0, b) if b.is_ascii_whitespace() => {
                    apart = true;
                    continue;
                }
                (0, b'=') => apart = false,
                (0, _) => {
                    // Behind `a = ` the value stands.
                    count += usize::from(apart && last != b'=');
                    apart = false;
                }
                (q, b) if q == b => (quote, apart) = (0, true),
                _ => {}
            }
            last = *b;
        }
        most = most.max(count);
        if most > ATTRIBUTES {
            break;
        }
    }
    most
}

/// Elements that a parser opens again in the next paragraph when they were not closed.
static FORMATTING: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// The deepest nesting that a parser would make: `<li>`, `<p>`, cells and their like close the one before them. Counts no
/// further than one more than [`DEPTH`].
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut open: Vec<&str> = Vec::new();
    // Formatting that was not closed within its paragraph goes on in the next.
    let mut carried = 0usize;
    let mut most = 0;
    let mut i = 0;
    while let Some(at) = memchr::memchr(b'<', &bytes[i..]).map(|p| p + i) {
        i = at + 1;
        if bytes[i..].starts_with(b"!--") {
            i = memchr::memmem::find(&bytes[i..], b"-->").map_or(bytes.len(), |e| i + e + 3);
            continue;
        }
        let close = bytes.get(i) == Some(&b'/');
        let from = i + usize::from(close);
        let name = &html[from..from + bytes[from..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()];
        if name.is_empty() {
            continue;
        }
        i = tag_end(bytes, from);
        let is = |t: &&str| t.eq_ignore_ascii_case(name);
        let mut leave = |open: &mut Vec<&str>, from: usize| {
            carried += open[from..].iter().filter(|t| FORMATTING.iter().any(|f| f.eq_ignore_ascii_case(t))).count();
            open.truncate(from);
        };
        if close {
            match open.iter().rposition(&is) {
                Some(p) => {
                    leave(&mut open, p + 1);
                    open.pop();
                }
                None if FORMATTING.iter().any(is) => carried = carried.saturating_sub(1),
                None => {}
            }
            continue;
        }
        if void(name) {
            continue;
        }
        // What this one closes, and what it does not look beyond.
        let (ends, within): (&[&str], &[&str]) = match name.to_ascii_lowercase().as_str() {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
            "p" | "div" | "ul" | "ol" | "dl" | "table" | "pre" | "blockquote" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => {
                (&["p"], &["td", "th", "li", "dd", "div", "section", "blockquote"])
            }
            _ => (&[], &[]),
        };
        for p in (0..open.len()).rev() {
            if ends.iter().any(|e| e.eq_ignore_ascii_case(open[p])) {
                leave(&mut open, p);
                break;
            }
            if within.iter().any(|w| w.eq_ignore_ascii_case(open[p])) {
                break;
            }
        }
        open.push(name);
        most = most.max(open.len() + carried);
        if most > DEPTH {
            break;
        }
    }
    most
}

/// Where a tag ends: after its `>`, quoted ones passed over.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = 0;
    for (i, b) in bytes[from..].iter().enumerate() {
        match (quote, b) {
            (0, b'>') => return from + i + 1,
            (0, b'"' | b'\'') => quote = *b,
            (q, b) if q == *b => quote = 0,
            _ => {}
        }
    }
    // No end: what follows is looked at as text.
    from
}

fn void(tag: &str) -> bool {
    ["br", "hr", "img", "wbr", "col", "input", "area", "embed", "source", "track", "link", "meta", "base"].iter().any(|v| tag.eq_ignore_ascii_case(v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted() {
        let many = |n: usize| (0..n).map(|i| format!(" a{i}=b")).collect::<String>();
        let words = "word ".repeat(2_000);
        for (html, n) in [("<a>", 0), ("<a b c = d e='f g h'i=\"j\">k l m", 4), ("<br/>", 0), ("<a b/>", 1), ("甲 < 乙 丙", 0), ("<!-- a b -->", 0)] {
            assert_eq!(attributes(html), n, "{html}");
        }
        assert_eq!(attributes(&format!("<a title=\"{words}\"><b title='{words}'>{words}")), 1);
        for html in [format!("<a{}>", many(600)), format!("<a{}", many(600)), format!("<a \"{}>", many(600)), format!("<i>甲</i>\n<a{}>", many(600))] {
            assert!(attributes(&html) > ATTRIBUTES && clean(&html).starts_with("<pre>"), "{html}");
        }
        assert!(!clean(&format!("<a{}>", many(100))).starts_with("<pre>"));
    }

    #[test]
    fn real_depth_is_counted() {
        for (html, want) in [
            ("<li>甲".repeat(500), 1),
            (format!("<ul>{}</ul>", "<li><p>甲".repeat(500)), 3),
            (format!("<table>{}</table>", "<tr><td>甲<td>乙".repeat(300)), 3),
            ("<p>甲<br>".repeat(500), 1),
            ("<dt>甲<dd>乙".repeat(300), 1),
            ("<div>".repeat(30), 30),
            ("<b>甲</b>".repeat(300), 1),
            ("<a title=\"<li><li>\">甲</a><!-- <b><b> -->".into(), 1),
        ] {
            assert_eq!(depth(&html), want, "{}", &html[..30.min(html.len())]);
        }
        for deep in ["<div>".repeat(200), "<b>".repeat(200), "<p><b id=1>".repeat(200), "<ul><li>".repeat(80)] {
            assert!(depth(&deep) > DEPTH);
        }
        assert!(clean(&"<li>甲".repeat(500)).contains("<li>甲</li>"));
    }
}
