//! Exports: files that are no pages.

pub mod akn;
pub mod api;
pub mod catalogues;
mod commonmark;
pub mod data;
pub mod docx;
pub mod feeds;
pub mod files;
pub mod form;
pub mod hosting;
pub mod ics;
pub mod llms;
pub mod manifest;
pub mod opensearch;
pub mod robots;
pub mod seal;
pub mod search;
pub mod security;
pub mod share;
pub mod sitemap;
pub mod texts;
pub mod twin;
pub mod webmanifest;

/// Escapes text for XML; characters that XML 1.0 does not allow become U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    // What stands between is copied as it is. U+FFFE and U+FFFF begin with EF BF.
    for (at, b) in text.bytes().enumerate() {
        let (put, taken) = match b {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\t' | b'\n' | b'\r' => continue,
            ..b' ' => ("\u{FFFD}", 1),
            0xEF if matches!(text.as_bytes().get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])) => ("\u{FFFD}", 3),
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(put);
        copied = at + taken;
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn text_is_text_in_xml() {
        assert_eq!(xml("甲<乙>&\"丙\"\t\n\u{1}\u{FFFE}\u{FFFF}\u{FFFD}！"), "甲&lt;乙&gt;&amp;&quot;丙&quot;\t\n\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}！");
        assert_eq!((xml(""), xml("无")), (String::new(), "无".to_string()));
    }
}
