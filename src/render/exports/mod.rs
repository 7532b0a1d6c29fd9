//! Exports: files that are no pages.

pub mod akn;
pub mod api;
pub mod catalogues;
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
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
