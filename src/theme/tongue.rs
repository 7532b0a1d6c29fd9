//! Texts in Chinese on pages in another language: marked, so that they are read out rightly, and said to be.

/// Whether a text is in Chinese: characters of Chinese, none of Japanese or Korean, and no more letters beside them.
pub fn chinese(text: &str) -> bool {
    let (mut han, mut letters) = (0, 0);
    for c in text.chars() {
        match c {
            '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7AF}' => return false,
            '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' => han += 1,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    // A word of Chinese is two characters, one of letters five.
    han > 1 && han * 5 >= letters * 2
}

/// The text for HTML on a page in the language of `tag`; `word` says in that language that it is in Chinese.
pub fn told(text: &str, tag: &str, word: &str) -> String {
    let escaped = super::escape(text);
    if tag.starts_with("zh") || !chinese(text) {
        return escaped;
    }
    format!("<span lang=\"zh\">{escaped}</span> <span class=\"tag\">{}</span>", super::escape(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_on_a_page_in_english_is_marked() {
        assert_eq!(told("海关总署公告全文。", "en", "in Chinese"), "<span lang=\"zh\">海关总署公告全文。</span> <span class=\"tag\">in Chinese</span>");
        assert_eq!(told("海关总署 <b>", "zh-Hant", "中文"), "海关总署 &lt;b&gt;");
        for plain in ["Notices of customs", "The word 税 means tax", "条例のガイド", ""] {
            assert_eq!(told(plain, "en", "in Chinese"), plain);
        }
    }
}
