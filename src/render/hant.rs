//! Traditional Chinese from Simplified, by table: the longest phrase first, else character by character.
//!
//! A page is converted as a whole when it is finished, so that interface, lists and text agree.
//! Addresses and anchors stay as they are, and so does what is marked as Simplified (`lang="zh-Hans"`).

use rustc_hash::FxHashMap;

static TABLE: &str = include_str!("hant.tsv");

/// The table, ready for look-up.
pub struct Hant {
    chars: FxHashMap<char, char>,
    /// Phrases by their first two characters, longest first. Those without another are written as their characters are: they are
    /// here so that no other phrase is seen across their ends (应当当场 is 应当 and 当场, not 当当).
    phrases: FxHashMap<(char, char), Vec<Phrase>>,
}

/// A phrase, and how it is written where it is not as its characters are.
type Phrase = (&'static str, Option<&'static str>);

impl Default for Hant {
    fn default() -> Hant {
        let mut hant = Hant { chars: FxHashMap::default(), phrases: FxHashMap::default() };
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let (from, to) = line.split_once('\t').map_or((line, None), |(from, to)| (from, Some(to)));
            let mut letters = from.chars();
            match (letters.next(), letters.next(), to) {
                (Some(c), None, Some(to)) => hant.chars.extend(to.chars().next().map(|t| (c, t))),
                (Some(a), Some(b), _) => hant.phrases.entry((a, b)).or_default().push((from, to)),
                _ => {}
            }
        }
        let longest = |list: &mut Vec<Phrase>| list.sort_by_key(|(f, _)| std::cmp::Reverse(f.len()));
        hant.phrases.values_mut().for_each(longest);
        hant
    }
}

impl Hant {
    /// Converts plain text.
    pub fn text(&self, text: &str, out: &mut String) {
        let mut rest = text;
        let by_character = |c: char| self.chars.get(&c).copied().unwrap_or(c);
        loop {
            let mut letters = rest.chars();
            let Some(c) = letters.next() else { break };
            let second = letters.next().filter(|_| !c.is_ascii());
            match second.and_then(|d| self.phrases.get(&(c, d))).and_then(|l| l.iter().find(|(f, _)| rest.starts_with(f))) {
                Some((from, to)) => {
                    match to {
                        Some(to) => out.push_str(to),
                        None => out.extend(from.chars().map(by_character)),
                    }
                    rest = &rest[from.len()..];
                }
                None => {
                    out.push(by_character(c));
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
            // No phrase is seen across the ends of two others.
            ("应当当场处理，强制法、限制出口、信息记录制度", "應當當場處理，強制法、限制出口、信息記錄制度"),
            ("打击报复信访人，修复方案，康复训练，复杂系统", "打擊報復信訪人，修復方案，康復訓練，複雜系統"),
            ("及时清理发生故障的设备，开发式帮扶，配合家庭教育，符合标准以及理念", "及時清理發生故障的設備，開發式幫扶，配合家庭教育，符合標準以及理念"),
            (
                "业务骨干，地面人员，开发面积，产业体系，出借资质，宿舍，代表，规划行政主管",
                "業務骨幹，地面人員，開發面積，產業體系，出借資質，宿舍，代表，規劃行政主管",
            ),
            ("属于禁止开采，委托征用，侵占剩余，奋斗伙伴", "屬於禁止開採，委託徵用，侵佔剩餘，奮鬥夥伴"),
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
