//! Traditional Chinese from Simplified, by table: the longest phrase first, else character by character.
//!
//! A page is converted as a whole when it is finished, so that interface, lists and text agree.
//! Addresses and anchors stay as they are, and so does what is marked as Simplified (`lang="zh-Hans"`).

use rustc_hash::FxHashMap;

static TABLE: &str = include_str!("hant.tsv");

/// The table, ready for look-up.
pub struct Hant {
    chars: FxHashMap<char, char>,
    /// Phrases by their first character, longest first.
    phrases: FxHashMap<char, Vec<(&'static str, &'static str)>>,
}

impl Default for Hant {
    fn default() -> Hant {
        let mut hant = Hant { chars: FxHashMap::default(), phrases: FxHashMap::default() };
        for (from, to) in TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')) {
            let mut letters = from.chars();
            match (letters.next(), letters.next(), to.chars().next()) {
                (Some(c), None, Some(t)) => drop(hant.chars.insert(c, t)),
                (Some(c), Some(_), _) => hant.phrases.entry(c).or_default().push((from, to)),
                _ => {}
            }
        }
        let longest = |list: &mut Vec<(&str, &str)>| list.sort_by_key(|(f, _)| std::cmp::Reverse(f.len()));
        hant.phrases.values_mut().for_each(longest);
        hant
    }
}

impl Hant {
    /// Converts plain text.
    pub fn text(&self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let phrase = if c.is_ascii() { None } else { self.phrases.get(&c).and_then(|l| l.iter().find(|(f, _)| rest.starts_with(f))) };
            match phrase {
                Some((from, to)) => {
                    out.push_str(to);
                    rest = &rest[from.len()..];
                }
                None => {
                    out.push(self.chars.get(&c).copied().unwrap_or(c));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
    }

    /// Converts a finished page of ours.
    pub fn page(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let (mut done, mut at) = (0, 0);
        while let Some(value) = html[at..].find("=\"").map(|i| at + i + 2) {
            let name = html[..value - 2].rsplit(' ').next().unwrap_or("");
            let close = match name {
                "id" | "href" | "src" => "\"",
                // Marked as Simplified: the whole element's text.
                "lang" if html[value..].starts_with("zh-Hans\"") => "</",
                _ => {
                    at = value;
                    continue;
                }
            };
            let end = html[value..].find(close).map_or(html.len(), |e| value + e);
            self.text(&html[done..value], &mut out);
            out.push_str(&html[value..end]);
            (done, at) = (end, end);
        }
        self.text(&html[done..], &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_before_characters() {
        let h = Hant::default();
        for (s, t) in [
            ("头发与发展", "頭髮與發展"),
            ("皇后以后", "皇后以後"),
            ("老年人权益保障法", "老年人權益保障法"),
            ("复杂的答复", "複雜的答覆"),
            ("公里与里面", "公里與裡面"),
            ("no 汉字", "no 漢字"),
        ] {
            let mut out = String::new();
            h.text(s, &mut out);
            assert_eq!(out, t);
        }
    }

    #[test]
    fn addresses_and_marked_text_stay() {
        let h = Hant::default();
        let page = r##"<h2 id="标题">标题</h2><a href="#标题" title="标题">标题</a><a lang="zh-Hans" href="/">简体</a><p>简体</p>"##;
        assert_eq!(h.page(page), r##"<h2 id="标题">標題</h2><a href="#标题" title="標題">標題</a><a lang="zh-Hans" href="/">简体</a><p>簡體</p>"##);
    }
}
