//! Raw HTML behind `allow_html`: filtered as a whole, because tags in Markdown come one by one.

use std::borrow::Cow;

/// Deepest nesting given to the filter: its cost grows with the square of the depth.
const DEPTH: usize = 100;

/// Keeps harmless elements; no scripts, styles, frames, or pictures from another host.
/// What is nested too deeply is shown as text.
pub fn clean(html: &str) -> String {
    if depth(html) > DEPTH {
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
