//! Which encoding of pairs of bytes a few words are in, by the words: GB 2312, EUC-KR, EUC-JP and Big5 have the same bytes for
//! other characters, and a detector that counts pairs is right on pages only. A file of a head and three cells has twenty
//! characters; how many of them are everyday ones of each language tells more.

use super::scripts::COMMON;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030};

/// Most pairs of bytes that are weighed: of more the detector knows better.
const MOST: usize = 120;
/// By how much more everyday characters another reading is better, and from which lead on a reading is sure.
const BETTER: f64 = 0.34;
const LEAD: f64 = 0.25;

/// What names, offices and heads of tables in Taiwan and Hong Kong have beyond the characters that are everyday in both forms.
static TRADITIONAL: &str = "臺灣縣鄉鎮區里鄰戶數統計總額單位項別類機關編號備註電話國際經濟業產開發會員環東門龍灣島雲義蘭蓮馬連澎湖雄竹栗彰投嘉屏花桃園宜基隆縣歲萬圓積稱時間學員車廠費稅額實發給與對這個們為來說從當過還進長動現點無應處運選舉設備農漁畜勞動衛醫療護據資訊網預決算執行預測";
/// What those in Korea are made of.
static HANGUL: &str = "가각간갈감강개거건검게경계고공과관광교구국군권귀규그근금급기김나남내년노녀농다단달담당대더덕도독동두등디라락란람랑래량러력련령례로록론료류률르름리립마만말매명면모목무문물미민반발방배백번범법별병보복본봉부북분비사산상생서석선설성세소속송수순술스승시식신실심아안애액야약양어업에여역연열영예오온완외용우운울원월위유육율으은을음읍응의이인일임입자작장재저적전점정제조종주준중증지직진집차착찬창처천철청체초촌총최추출충치칠카코크타탄태터토통투트특파판평포표품풍프피하학한할함합항해행향허현협형호혼홍화환활황회획효후휴흥희";
/// What Japanese names and heads of tables are made of beyond kana.
static JAPANESE: &str = "一二三四五六七八九十百千万円年月日人口男女名前合計単位面積年度地域番号種別住所電話施設区分数量金額件割合平均総全国北海道青森岩手宮城秋田山形福島茨栃木群馬埼玉千葉神奈川新潟富石井梨長野岐阜静岡愛知三重滋賀京都大阪府兵庫良和歌取根広口徳香媛高佐崎熊本分児沖縄東西南県市町村郡丁目学校病院株式会社在札幌横浜屋戸仙台堺古沼函館小樽中央港事業者時間料率比増減前後内外上下以下以上開始終了期間対象費予算決算歳入出世帯生死亡出産交通車駅線路税収医療保健福祉教育文化農林水産工商労働環境気温雨量観測局課係備考";

/// The share of everyday characters in a reading, and how many characters it has; `None` where bytes do not fit.
fn everyday(bytes: &[u8], e: &'static Encoding) -> Option<(f64, usize)> {
    let text = e.decode_without_bom_handling_and_without_replacement(bytes)?;
    let kana = |c: char| ('\u{3041}'..='\u{30fe}').contains(&c);
    // In one file nobody mixes signs of another script in: Hangul with a Han character beside it is rare, and so is counted as it is.
    let own = |c: char| {
        if e == EUC_KR {
            HANGUL.contains(c)
        } else if e == EUC_JP {
            kana(c) || JAPANESE.contains(c)
        } else if e == BIG5 {
            COMMON.contains(c) || TRADITIONAL.contains(c)
        } else {
            COMMON.contains(c)
        }
    };
    let letters: Vec<char> = text.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric() || matches!(c, '\u{e000}'..='\u{f8ff}')).collect();
    let good = letters.iter().filter(|c| own(**c)).count();
    (!letters.is_empty()).then(|| (good as f64 / letters.len() as f64, letters.len()))
}

/// Whether all that is not ASCII goes in pairs as EUC and Big5 have them, few enough to be weighed.
fn paired(bytes: &[u8]) -> bool {
    let (mut i, mut n) = (0, 0);
    while let Some(b) = bytes.get(i) {
        if b.is_ascii() {
            i += 1;
        } else if matches!((b, bytes.get(i + 1)), (0xA1..=0xFE, Some(0x40..=0x7E | 0xA1..=0xFE))) {
            (i, n) = (i + 2, n + 1);
        } else {
            return false;
        }
    }
    (1..=MOST).contains(&n)
}

/// What the words of a short text say where a guess is one of these encodings, or one of single bytes that would make letters of
/// halves of characters: the encoding to take, and whether it is in doubt. `None` where the text is none of pairs.
pub(super) fn weighed(bytes: &[u8], guessed: &'static Encoding, doubtful: bool) -> Option<(&'static Encoding, bool)> {
    let all = [GB18030, BIG5, EUC_KR, EUC_JP];
    if !paired(bytes) || !(all.contains(&guessed) || guessed.is_single_byte() && doubtful || guessed == encoding_rs::ISO_8859_5) {
        return None;
    }
    let few = bytes.iter().filter(|b| !b.is_ascii()).count() <= 8;
    let worth = |e: &'static Encoding| everyday(bytes, e).map_or(-1.0, |(q, _)| q);
    let mine = if all.contains(&guessed) { worth(guessed) } else { 0.0 };
    let mut best = (mine, guessed);
    for e in all {
        let q = worth(e);
        if q > best.0 + if best.1 == guessed { BETTER } else { 0.0 } {
            best = (q, e);
        }
    }
    // Letters of one byte that make words are no halves of characters: only a reading that is nearly all everyday is better.
    if best.1 != guessed && guessed.is_single_byte() && best.0 < 0.6 {
        return None;
    }
    let text = |e: &'static Encoding| e.decode_without_bom_handling(bytes).0;
    // Two words may be everyday ones of two languages by chance.
    let lead = if few { 0.6 } else { LEAD };
    let near = all.iter().any(|e| *e != best.1 && worth(e) > best.0 - lead && text(e) != text(best.1));
    Some((best.1, doubtful || best.1 != guessed || near || best.0 < 0.3))
}

/// Encodings in seven bits, valid ASCII that nobody means: HZ, and ISO 2022 of Korean and Chinese.
pub(super) fn seven_bits(head: &[u8]) -> Option<&'static str> {
    let find = |m: &[u8]| memchr::memmem::find(head, m);
    if find(b"\x1b$)C").is_some() {
        return Some("ISO-2022-KR");
    }
    if find(b"\x1b$)A").is_some() || find(b"\x1b$)G").is_some() {
        return Some("ISO-2022-CN");
    }
    if std::str::from_utf8(head).is_ok_and(|t| crate::personal::utf7::decoded(t).is_some()) {
        return Some("UTF-7");
    }
    // `~{` pairs of bytes of GB 2312 less their high bits `~}`, on one line.
    let mut rest = head;
    while let Some(at) = memchr::memmem::find(rest, b"~{") {
        rest = &rest[at + 2..];
        let end = memchr::memmem::find(rest, b"~}")?;
        let inner = &rest[..end];
        let pairs = end >= 2 && end % 2 == 0 && inner.chunks(2).all(|p| matches!(p[0], 0x21..=0x77) && matches!(p[1], 0x21..=0x7E));
        let raised: Vec<u8> = inner.iter().map(|b| b | 0x80).collect();
        if pairs
            && GB18030.decode_without_bom_handling_and_without_replacement(&raised).is_some_and(|t| t.chars().all(|c| !('\u{e000}'..='\u{f8ff}').contains(&c)))
        {
            return Some("HZ");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::guess::guess;
    use super::*;

    fn read(text: &str, e: &'static Encoding, language: &str) -> (String, &'static str, bool) {
        let bytes = e.encode(text).0;
        let got = guess(&bytes, &mut || None, &[language.to_string()]);
        let as_read = got.encoding.map_or(String::new(), |g| g.decode_without_bom_handling(&bytes).0.into_owned());
        (as_read, got.name(), got.doubtful)
    }

    #[test]
    fn a_few_words_are_read_rightly_or_said_to_be_in_doubt() {
        let gb =
            ["面积,220", "数量,211", "名称,value\n年份,809", "男,594\n女,817\n数量,468\n单位,71", "广州,768\n杭州,351\n深圳,759", "北京,1\n上海,2", "合计,3"];
        let kr = ["금액,value\n이름,95", "연도,259", "세종,506\n면적,866", "서울,1\n부산,2", "지역,인구\n대구,3"];
        let jp = ["大阪,value\n合計,999\n京都,935", "年度,127\n男,154", "面積,918\n女,49\n地域,136", "さくら,1"];
        let tw = ["縣市,279", "臺北,1\n高雄,2", "年度,預算"];
        for language in ["en", "zh-Hans", "ko", "ja", "zh-Hant"] {
            for (texts, e) in [(&gb[..], GB18030), (&kr, EUC_KR), (&jp, EUC_JP), (&tw, BIG5)] {
                for t in texts {
                    let whole = format!("name,value\n{t}\n");
                    let (as_read, name, doubtful) = read(&whole, e, language);
                    assert!(as_read == whole || doubtful, "{t} of {} on a site in {language} was taken for {name}: {as_read}", e.name());
                }
            }
        }
        // On their own sites the usual ones are not doubted.
        for (t, e, language) in
            [("地区,人口\n北京,1\n上海,2", GB18030, "zh-Hans"), ("지역,인구\n서울,1\n부산,2", EUC_KR, "ko"), ("縣市,人口\n臺北市,1\n高雄市,2", BIG5, "zh-Hant")]
        {
            let (as_read, _, doubtful) = read(t, e, language);
            assert_eq!((as_read.as_str(), doubtful), (t, false));
        }
    }

    #[test]
    fn seven_bits_are_named() {
        assert_eq!(seven_bits(b"city,pop\n~{11>)~},1\n~{IO:#~},2\n"), Some("HZ"));
        assert_eq!(seven_bits(b"\x1b$)Ccity\n"), Some("ISO-2022-KR"));
        for plain in [&b"a,~{b\n1,2~}\n"[..], b"x,y\n~{abc~},1\n", b"{\"a\": \"~\"}", b"~{}~}"] {
            assert_eq!(seven_bits(plain), None);
        }
    }
}
