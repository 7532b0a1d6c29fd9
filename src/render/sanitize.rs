//! Raw HTML behind `allow_html`: filtered as a whole, because tags in Markdown come one by one.

use std::borrow::Cow;

/// Deepest nesting given to the filter: its cost grows with the square of the depth.
const DEPTH: usize = 100;

/// Keeps harmless elements; no scripts, styles, frames, or pictures from another host.
/// What is nested too deeply is shown as text.
pub fn clean(html: &str) -> String {
    if depth(html) > DEPTH {
        let mut out = String::from("<pre>");
        super::markdown::escape_into(&mut out, html);
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

/// The deepest nesting of start tags, counted without understanding them.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut now, mut most) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() => now += usize::from(!void(&html[at + 1..])),
            _ => {}
        }
        most = most.max(now);
    }
    most
}

fn void(tag: &str) -> bool {
    ["br", "hr", "img", "wbr", "col"].iter().any(|v| tag.starts_with(v))
}
