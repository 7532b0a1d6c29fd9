//! Which encoding a few words are in: how much of what each would make of the bytes is writing at all.
//!
//! The detector of browsers (`chardetng`) is right on pages of text. On a head and three cells it may take Japanese for
//! Arabic, so there its word is one among others: plausible script, languages of the site.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

/// Evidence for and against UTF-8.
#[derive(Debug, Default)]
pub struct Utf8 {
    /// Characters of two bytes, and of three and four.
    two: u64,
    more: u64,
    /// Bytes that are part of none.
    bad: u64,
    /// Characters of two bytes that stand beside a Latin letter and are one (`Montréal`).
    latin: u64,
    carry: Vec<u8>,
}

impl Utf8 {
    /// Counts in the next bytes of a text.
    pub fn feed(&mut self, bytes: &[u8], last: bool) {
        let mut all = std::mem::take(&mut self.carry);
        all.extend_from_slice(bytes);
        let end = all.len();
        let (mut at, mut letter) = (0, false);
        for chunk in all.utf8_chunks() {
            for c in chunk.valid().chars() {
                match c.len_utf8() {
                    1 => {}
                    2 => {
                        self.two += 1;
                        self.latin += u64::from(letter && ('\u{c0}'..'\u{250}').contains(&c));
                    }
                    _ => self.more += 1,
                }
                letter = c.is_alphabetic();
            }
            let bad = chunk.invalid();
            at += chunk.valid().len() + bad.len();
            if !bad.is_empty() && at == end && !last {
                self.carry = bad.to_vec();
            } else {
                self.bad += bad.len() as u64;
                letter = false;
            }
        }
    }

    /// Nearly all of it is UTF-8: of a text in another encoding, hardly a sequence is.
    pub fn nearly(&self) -> bool {
        let good = self.two + 3 * self.more;
        (good >= 4 && good >= 3 * self.bad) || (self.more == 0 && self.two > 0 && self.two == self.latin && self.bad <= self.two)
    }
}

/// Bytes beyond ASCII from which on the detector is believed.
pub const ENOUGH: usize = 240;

/// The country by which the detector knows a language.
pub fn country(language: &str) -> Option<&'static [u8]> {
    let low = language.to_ascii_lowercase();
    let mut parts = low.split('-');
    let main = parts.next().unwrap_or("");
    let rest: Vec<&str> = parts.collect();
    Some(match main {
        "zh" if rest.iter().any(|r| matches!(*r, "hant" | "tw" | "hk" | "mo")) => b"tw",
        "zh" => b"cn",
        "ja" => b"jp",
        "ko" => b"kr",
        "cs" => b"cz",
        "sl" => b"si",
        "uk" => b"ua",
        "sr" => b"rs",
        "el" => b"gr",
        "he" => b"il",
        "ar" => b"ae",
        "fa" => b"ir",
        "vi" => b"vn",
        "et" => b"ee",
        "kk" => b"kz",
        "be" => b"by",
        "sk" | "pl" | "hu" | "ro" | "hr" | "ru" | "bg" | "tr" | "th" | "lt" | "lv" => {
            return ["sk", "pl", "hu", "ro", "hr", "ru", "bg", "tr", "th", "lt", "lv"].iter().find(|l| **l == main).map(|l| l.as_bytes());
        }
        _ => return None,
    })
}

/// The encoding for a language written in characters of several bytes.
fn wide(language: &str) -> Option<&'static Encoding> {
    match country(language)? {
        b"cn" => Some(GB18030),
        b"tw" => Some(BIG5),
        b"jp" => Some(SHIFT_JIS),
        b"kr" => Some(EUC_KR),
        _ => None,
    }
}

/// The best of all for a short text. `first` is the detector's word, `hinted` its word for the language of the site.
/// Which of two that are as plausible is meant, the language of the site knows best.
pub fn best(bytes: &[u8], first: &'static Encoding, hinted: &'static Encoding, languages: &[String]) -> &'static Encoding {
    let known: Vec<&Encoding> = languages.iter().filter_map(|l| wide(l)).collect();
    let mut best = (f64::MIN, first);
    for e in [first, hinted, GB18030, SHIFT_JIS, BIG5, EUC_KR, EUC_JP, WINDOWS_1252] {
        let Some(q) = quality(bytes, e) else { continue };
        let extra = |yes: bool, by: f64| if yes { by } else { 0.0 };
        let score = q + extra(e == first, 0.1) + extra(e == hinted && q > 0.6, 0.12) + extra(known.contains(&e), 0.15);
        if score > best.0 + 1e-9 {
            best = (score, e);
        }
    }
    best.1
}

/// The share of characters beyond ASCII that somebody would write there. `None` where bytes do not fit.
fn quality(bytes: &[u8], e: &'static Encoding) -> Option<f64> {
    let text = e.decode_without_bom_handling_and_without_replacement(bytes)?;
    if [GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR].contains(&e) { Some(wide_quality(bytes, e)) } else { narrow_quality(&text) }
}

/// Characters of several bytes are sorted by use: the frequent ones stand in the first rows of each standard.
fn wide_quality(bytes: &[u8], e: &'static Encoding) -> f64 {
    let (mut n, mut good, mut i) = (0.0, 0.0, 0);
    let letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
    while i < bytes.len() {
        let b = bytes[i];
        if b < 0x80 {
            i += 1;
            continue;
        }
        n += 1.0;
        if e == SHIFT_JIS && (0xA1..=0xDF).contains(&b) {
            // Half-width katakana.
            good += 0.3;
            i += 1;
            continue;
        }
        let t = bytes.get(i + 1).copied().unwrap_or(0);
        if e == GB18030 && t.is_ascii_digit() {
            i += 4;
            continue;
        }
        let frequent = if e == GB18030 {
            t >= 0xA1 && ((0xB0..=0xD7).contains(&b) || (0xA1..=0xA3).contains(&b))
        } else if e == BIG5 {
            (0xA1..=0xC6).contains(&b)
        } else if e == SHIFT_JIS {
            (0x88..=0x97).contains(&b) || matches!(b, 0x81..=0x83)
        } else if e == EUC_KR {
            t >= 0xA1 && ((0xB0..=0xC8).contains(&b) || (0xA1..=0xA3).contains(&b))
        } else {
            (0xB0..=0xCF).contains(&b) || (0xA1..=0xA5).contains(&b)
        };
        let beside = (i > 0 && letter(bytes.get(i - 1))) || letter(bytes.get(i + 2));
        good += match (frequent, beside) {
            (true, false) => 1.0,
            (true, true) => 0.6,
            _ => 0.0,
        };
        i += 2;
    }
    if n == 0.0 { 0.0 } else { good / n }
}

/// Letters of one byte stand in words of one script, capitals at their beginning.
fn narrow_quality(text: &str) -> Option<f64> {
    let chars: Vec<char> = text.chars().collect();
    let (mut n, mut good) = (0.0, 0.0);
    for (i, c) in chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        if ('\u{80}'..='\u{9f}').contains(c) {
            return None;
        }
        n += 1.0;
        let (before, after) = (i.checked_sub(1).map_or(' ', |p| chars[p]), chars.get(i + 1).copied().unwrap_or(' '));
        if !c.is_alphabetic() {
            // Quotes stand around words, not in them.
            let inside = "“”„‘".contains(*c) && before.is_alphanumeric() && after.is_alphanumeric();
            good += if inside {
                0.2
            } else if "°€£§–—’‘“”„«»²³½µ·•…×\u{a0}№ªº".contains(*c) {
                0.9
            } else {
                0.2
            };
            continue;
        }
        let latin = |c: char| c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(&c);
        let own = latin(*c);
        let fits = |o: char| !o.is_alphabetic() || latin(o) == own;
        let in_word = (before.is_alphabetic() && latin(before) == own) || (after.is_alphabetic() && latin(after) == own);
        let broken = c.is_uppercase() && before.is_lowercase();
        good += match (fits(before) && fits(after), in_word, broken) {
            (true, true, false) => 1.0,
            (true, false, false) => 0.5,
            _ => 0.0,
        };
    }
    Some(if n == 0.0 { 0.0 } else { good / n })
}

#[cfg(test)]
mod tests {
    use super::super::bytes::guess;
    use super::*;

    fn guessed(bytes: &[u8], language: &str) -> &'static str {
        guess(bytes, &mut || None, &[language.to_string()]).name()
    }

    #[test]
    fn short_texts() {
        for language in ["zh-Hans", "en", "ja"] {
            for t in [
                "year,age,n\n2021,10歳未満,9707\n2021,10代,24070\n2021,20代,83905\n",
                "名前,年齢\n山田,3\n",
                "都道府県,人口\n東京都,1\n大阪府,2\n",
                "コード,すうじ\nあ,1\n",
            ] {
                assert_eq!(guessed(&SHIFT_JIS.encode(t).0, language), "Shift_JIS", "{t} {language}");
            }
        }
        for language in ["zh-Hans", "en"] {
            for t in ["地区,人口\n北京,1\n天津,2\n", "name,值\na,甲\n", "单位：万元\n", "编号,项目名称\n1,道路养护工程\n"] {
                assert_eq!(guessed(&GB18030.encode(t).0, language), "GB18030", "{t} {language}");
            }
        }
        for t in ["縣市,人口\n臺北市,1\n高雄市,2\n", "年度,預算數\n一百,2\n"] {
            assert_eq!(guessed(&BIG5.encode(t).0, "zh-Hant"), "Big5", "{t}");
            assert_eq!(guessed(&BIG5.encode(t).0, "en"), "Big5", "{t}");
        }
        for t in ["지역,인구\n서울,1\n부산,2\n", "연도,합계\n대구광역시,3\n"] {
            assert_eq!(guessed(&EUC_KR.encode(t).0, "ko"), "EUC-KR", "{t}");
            assert_eq!(guessed(&EUC_KR.encode(t).0, "en"), "EUC-KR", "{t}");
        }
        for (t, e, language) in [
            ("ville,n\nMontréal,1\nQuébec,2\n", WINDOWS_1252, "fr"),
            ("stadt,n\nKöln,1\nMünchen,2\n", WINDOWS_1252, "zh-Hans"),
            ("ciudad,n\nA Coruña,1\n", WINDOWS_1252, "es"),
            ("Obec;Počet obyvatel\nPlzeň;1\nÚstí nad Labem;2\nTřebíč;3\n", encoding_rs::WINDOWS_1250, "cs"),
            ("город,n\nМосква,1\nКазань,2\n", encoding_rs::WINDOWS_1251, "ru"),
            ("город,n\nМосква,1\nКазань,2\n", encoding_rs::WINDOWS_1251, "en"),
            ("miasto,n\nŁódź,1\nKraków,2\n", encoding_rs::WINDOWS_1250, "pl"),
            ("price,n\n5 €,1\n", WINDOWS_1252, "en"),
        ] {
            assert_eq!(guessed(&e.encode(t).0, language), e.name(), "{t} {language}");
        }
    }

    #[test]
    fn nearly_utf8() {
        let nearly = |b: &[u8]| {
            let mut u = Utf8::default();
            u.feed(&b[..b.len() / 2], false);
            u.feed(&b[b.len() / 2..], true);
            u.nearly()
        };
        let mut text = "地区,单位名称\n杭州市,社区卫生服务中心\n".repeat(5).into_bytes();
        text.remove(20);
        assert!(nearly(&text));
        text.extend(GB18030.encode("上海市,一行国标编码\n").0.iter());
        assert!(nearly(&text));
        assert!(nearly(b"ville\nMontr\xC3\xA9al\n\xC9vry\n"));
        assert!(!nearly(&GB18030.encode("地区,单位名称\n杭州市,社区卫生服务中心\n").0));
        assert!(!nearly(b"ville\nMontr\xE9al\nQu\xE9bec\n"));
    }
}
