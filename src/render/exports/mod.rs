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
pub mod offline;
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
pub mod working_days;

use super::escape::xml;

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn text_is_text_in_xml() {
        assert_eq!(xml("甲<乙>&\"丙\"\t\n\u{1}\u{FFFE}\u{FFFF}\u{FFFD}！"), "甲&lt;乙&gt;&amp;&quot;丙&quot;\t\n\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}！");
        assert_eq!((xml(""), xml("无")), (String::new(), "无".to_string()));
    }
}
