//! Which encoding a few words are in: how much of what each would make of the bytes is writing at all.
//!
//! The detector of browsers (`chardetng`) is right on pages of text. On a head and three cells it may take Japanese for
//! Arabic, so there its word is one among others: plausible script, languages of the site.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257};

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

/// Quality from which on a guess is no doubtful one, and by how much it must be better than the next.
pub const FAIR: f64 = 0.6;
const AHEAD: f64 = 0.06;
/// Quality of a text that speaks for itself.
pub const SURE: f64 = 0.97;

/// The best of all for a short text, and whether that is in doubt. `first` is the detector's word, `hinted` its word for
/// the language of the site. Which of two that are as plausible is meant, the language of the site knows best.
pub fn best(bytes: &[u8], first: &'static Encoding, hinted: &'static Encoding, languages: &[String]) -> (&'static Encoding, bool) {
    let wides: Vec<&Encoding> = languages.iter().filter_map(|l| wide(l)).collect();
    let extra = |yes: bool, by: f64| if yes { by } else { 0.0 };
    let score = |e: &'static Encoding| {
        let q = quality(bytes, e)?;
        // Old Macs are rare: only where all else is no writing.
        if e == MACINTOSH && q < 0.85 {
            return None;
        }
        Some((q + extra(e == first, 0.1) + extra(e == hinted && q > 0.6, 0.12) + extra(wides.contains(&e), 0.15) - extra(e == MACINTOSH, 0.3), q))
    };
    let all = [first, hinted, GB18030, SHIFT_JIS, BIG5, EUC_KR, EUC_JP, WINDOWS_1252, MACINTOSH];
    let mut best = (f64::MIN, first, 0.0);
    for e in all {
        if let Some((s, q)) = score(e).filter(|(s, _)| *s > best.0 + 1e-9) {
            best = (s, e, q);
        }
    }
    // Old Cyrillic, Greek and the like have a letter for every byte: characters in pairs of bytes on a Chinese site are Chinese.
    let european = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, WINDOWS_1257, MACINTOSH];
    if languages.first().is_none_or(|l| l.to_ascii_lowercase().starts_with("zh"))
        && best.1.is_single_byte()
        && !european.contains(&best.1)
        && let Some(e) = chinese(bytes)
    {
        return (e, true);
    }
    if best.1 == GB18030 && super::encoded::sound(bytes, GB18030) {
        // Korean and Japanese of the same bytes are Chinese of rare characters. Where one speaks for itself it is that one.
        let sure = |e: &'static Encoding| quality(bytes, e).filter(|q| *q > SURE).map(|_| e);
        if rare(bytes) {
            return ([EUC_KR, EUC_JP].into_iter().find_map(sure).unwrap_or(GB18030), true);
        }
    }
    let text = |e: &'static Encoding| e.decode_without_bom_handling(bytes).0;
    let near = all.iter().any(|e| *e != best.1 && score(e).is_some_and(|(s, _)| s > best.0 - AHEAD) && text(e) != text(best.1));
    (best.1, near || best.2 < FAIR || best.1 == MACINTOSH || either(bytes, best.1, best.2, languages))
}

/// The Chinese encoding in which all bytes beyond ASCII are Han characters and their signs; GB18030 where both are.
fn chinese(bytes: &[u8]) -> Option<&'static Encoding> {
    [GB18030, BIG5].into_iter().find(|e| {
        let han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{301c}' | '\u{ff01}'..='\u{ff5e}');
        let text = e.decode_without_bom_handling_and_without_replacement(bytes);
        text.is_some_and(|t| !t.is_ascii() && t.chars().filter(|c| !c.is_ascii()).all(han))
    })
}

/// Letters beyond ASCII from which on the detector knows a language by its pairs of letters.
const FEW: usize = 24;

/// Whether a short text in an encoding of one byte a letter is as good in another one: `Plzeň` is `Plzeò` too. The word of
/// the detector is none then; a language of the site that is written so is.
fn either(bytes: &[u8], e: &'static Encoding, q: f64, languages: &[String]) -> bool {
    let wide_ones = [GB18030, SHIFT_JIS, BIG5, EUC_KR, EUC_JP];
    if wide_ones.contains(&e) || bytes.iter().filter(|b| !b.is_ascii()).count() >= FEW {
        return false;
    }
    let text = |e: &'static Encoding| e.decode_without_bom_handling(bytes).0;
    let spoken = |e: &'static Encoding| {
        let own = |l: &String| wide(l) == Some(e) || narrow(l).is_some_and(|n| n == e || text(n) == text(e));
        if languages.iter().any(own) { 0.15 } else { 0.0 }
    };
    let mine = text(e);
    let least = q + spoken(e) - AHEAD;
    [WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257].into_iter().chain(wide_ones).any(|o| {
        o != e && quality(bytes, o).is_some_and(|q| q + spoken(o) > least) && {
            let other = text(o);
            other != mine && (wide_ones.contains(&o) || o == WINDOWS_1251 || !crowded(&other))
        }
    })
}

/// Most accented letters stand side by side, as in no language: Cyrillic read as Latin does.
fn crowded(text: &str) -> bool {
    let letters: Vec<bool> = text.chars().map(|c| !c.is_ascii() && c.is_alphabetic()).collect();
    let beside = (0..letters.len()).filter(|i| letters[*i] && (letters.get(i + 1) == Some(&true) || (*i > 0 && letters[i - 1]))).count();
    beside * 2 > letters.iter().filter(|l| **l).count()
}

/// The encoding of one byte a letter in which a language was written on most computers.
fn narrow(language: &str) -> Option<&'static Encoding> {
    Some(match language.split('-').next().unwrap_or("") {
        "es" | "pt" | "fr" | "de" | "it" | "nl" | "sv" | "da" | "fi" | "nb" | "nn" | "no" | "ca" | "gl" | "eu" | "is" => WINDOWS_1252,
        "cs" | "sk" | "pl" | "hu" | "hr" | "sl" | "ro" | "sq" => WINDOWS_1250,
        "ru" | "uk" | "bg" | "be" | "sr" | "mk" => WINDOWS_1251,
        "tr" | "az" => WINDOWS_1254,
        "lt" | "lv" | "et" => WINDOWS_1257,
        _ => return None,
    })
}

/// Characters that most Chinese texts are made of, those of tables and offices with them.
pub(super) static COMMON: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔笙近请车转节米具县省镇乡村街道局厅委办处室站所校园路桥河江湖州城京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁夏港澳台编号码序称型姓联系话址邮箱备注单位元吨公顷亩户岁男甲乙丙丁东西南北春秋药医疗卫服务中心企业人口农林牧渔商店铺项额率均增减率值收支出预算年度月份星期证书许可费价格房屋土地环境空气质量监测污染水";

/// Whether a text in GB 18030 has hardly any of the characters that Chinese texts are made of.
pub fn rare(bytes: &[u8]) -> bool {
    let (share, n) = common(bytes);
    n >= 8 && share < 0.2
}

/// The share of common characters among those of a text in GB 18030, and how many there are.
fn common(bytes: &[u8]) -> (f64, usize) {
    let text = GB18030.decode_without_bom_handling(bytes).0;
    let all: Vec<char> = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    let n = all.iter().filter(|c| COMMON.contains(**c)).count();
    (n as f64 / all.len().max(1) as f64, all.len())
}

/// The share of characters beyond ASCII that somebody would write there. `None` where bytes do not fit.
pub(super) fn quality(bytes: &[u8], e: &'static Encoding) -> Option<f64> {
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
        let broken = (c.is_uppercase() && before.is_lowercase()) || (c.is_lowercase() && after.is_uppercase());
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
    use super::super::guess::guess;
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
