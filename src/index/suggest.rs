//! Suggestions while one types: titles, terms, departments and themes, by their first characters, by pinyin
//! (`xingzheng`) and by its initials (`xzcf`).
//!
//! ```text
//! file := deflate(JSON { key: [text | [text, "xing zheng", from]] })    file number = hash(word, key) mod files
//! key  := the first character or the first two | one to four initials | two or four letters of the pinyin | two letters of a Latin word
//! from := where in the text its reading begins, without it 0
//! ```

use super::tokens::{Class, Kind, class, hash};
use pinyin::ToPinyin;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Syllables of a suggestion that are kept.
const SPOKEN: usize = 24;
/// Most files.
pub const FILES: usize = 128;
/// Wanted size of a file before it is packed, in bytes.
const SIZE: usize = 5_000;
/// Largest sum of all files, so that each stays small.
const ALL: usize = FILES * 2 * SIZE;
/// How many texts a key may offer; the first number that keeps the files small is taken.
static OFFERS: &[usize] = &[40, 24, 16, 10, 6, 4];

/// Words in whose middle a character is read otherwise than alone.
static READINGS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("重新", "chong xin"),
    ("重复", "chong fu"),
    ("长春", "chang chun"),
    ("长沙", "chang sha"),
    ("长江", "chang jiang"),
    ("长期", "chang qi"),
    ("市长", "shi zhang"),
    ("县长", "xian zhang"),
    ("省长", "sheng zhang"),
    ("成长", "cheng zhang"),
    ("增长", "zeng zhang"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("调查", "diao cha"),
    ("调研", "diao yan"),
    ("调度", "diao du"),
    ("调解", "tiao jie"),
    ("调整", "tiao zheng"),
    ("调节", "tiao jie"),
    ("会计", "kuai ji"),
    ("统计", "tong ji"),
    ("音乐", "yin yue"),
    ("娱乐", "yu le"),
    ("传记", "zhuan ji"),
    ("参差", "cen ci"),
    ("出差", "chu chai"),
    ("处理", "chu li"),
    ("处罚", "chu fa"),
    ("处分", "chu fen"),
    ("办事处", "ban shi chu"),
    ("管理处", "guan li chu"),
    ("厦门", "xia men"),
    ("蚌埠", "beng bu"),
    ("六安", "lu an"),
    ("台州", "tai zhou"),
    ("丽水", "li shui"),
    ("便民", "bian min"),
    ("便利", "bian li"),
    ("供给", "gong ji"),
    ("给水", "ji shui"),
    ("率先", "shuai xian"),
    ("角色", "jue se"),
    ("着力", "zhuo li"),
    ("执着", "zhi zhuo"),
    ("宁夏", "ning xia"),
    ("藏族", "zang zu"),
    ("西藏", "xi zang"),
    ("朝阳", "chao yang"),
    ("乐山", "le shan"),
    ("单位", "dan wei"),
    ("数据", "shu ju"),
    ("的", "de"),
    ("和", "he"),
    ("发", "fa"),
    ("都", "du"),
    ("大", "da"),
    ("车", "che"),
    ("度", "du"),
    ("合", "he"),
    ("石", "shi"),
    ("弹", "dan"),
    ("曾", "zeng"),
    ("卡", "ka"),
    ("降", "jiang"),
    ("系", "xi"),
];

/// The characters behind a word's first, and how the word is read.
type Reading = (Vec<char>, &'static str);

/// [`READINGS`] by their first character, in their order: what stands behind it, and the reading.
static BY_FIRST: LazyLock<FxHashMap<char, Vec<Reading>>> = LazyLock::new(|| {
    let mut out: FxHashMap<char, Vec<Reading>> = FxHashMap::default();
    for (word, read) in READINGS {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            out.entry(first).or_default().push((chars.collect(), read));
        }
    }
    out
});

/// How each two neighbours of a run are read, as terms: a word inside a title is found by its sound, at any place.
pub fn sounds(run: &[char], mut each: impl FnMut(u32)) {
    let read = syllables(run, run.len());
    read.windows(2).for_each(|p| each(hash(Kind::Sound, &p.join(" "))));
}

/// The syllables of a run of Han characters; letters and digits stand as they are, other characters end it. No more than `most`.
fn syllables(text: &[char], most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut i = 0;
    while i < text.len() && out.len() < most {
        let rest = &text[i + 1..];
        if let Some((behind, read)) = BY_FIRST.get(&text[i]).and_then(|all| all.iter().find(|(behind, _)| rest.starts_with(behind))) {
            out.extend(read.split(' ').map(String::from));
            i += 1 + behind.len();
            continue;
        }
        match (text[i].to_pinyin(), class(text[i])) {
            (Some(p), _) if p.plain().is_ascii() => out.push(p.plain().to_string()),
            (Some(p), _) => out.push(p.plain().replace('ü', "v")),
            (None, Class::Word) => out.push(text[i].to_string()),
            _ => break,
        }
        i += 1;
    }
    out
}

/// Where in a text somebody may begin to type: at its beginning, behind the country, the region, 关于, an opening mark.
fn starts(text: &[char]) -> Vec<usize> {
    let mut at = vec![0];
    let is = |from: usize, word: &str| text[from..].iter().zip(word.chars()).filter(|(a, b)| **a == *b).count() == word.chars().count();
    for (i, c) in text.iter().enumerate().take(12) {
        // What one of the words begins with.
        let begins = matches!(c, '中' | '自' | '关' | '關');
        for word in ["中华人民共和国", "中華人民共和國", "自治区", "自治區", "自治州", "自治县", "关于", "關於"] {
            if begins && is(i, word) {
                at.push(i + word.chars().count());
            }
        }
        if i >= 1 && matches!(c, '省' | '市' | '县' | '縣' | '区' | '區') || matches!(c, '《' | '〈' | '“') {
            at.push(i + 1);
        }
    }
    at.retain(|s| text.get(*s).is_some_and(|c| class(*c) != Class::Break) && text.len() - s >= 2);
    at.sort_unstable();
    at.dedup();
    at
}

/// Words that stand in several titles: 行政处罚 of 行政处罚法 and 海关行政处罚实施条例. The most frequent first, with their number.
pub fn phrases(titles: &[&str]) -> Vec<(String, usize)> {
    let read: Vec<Vec<char>> = titles.iter().take(TITLES).map(|t| t.chars().collect()).collect();
    let mut counts: FxHashMap<&[char], usize> = FxHashMap::default();
    for t in &read {
        for run in t.split(|c| class(*c) != Class::Gram) {
            for s in 0..run.len() {
                (2..=PHRASE + 1).map_while(|n| run.get(s..s + n)).for_each(|p| *counts.entry(p).or_default() += 1);
            }
        }
    }
    // A piece of a longer word, 行政处 or 政处罚 of 行政处罚, mostly has the same neighbour. A word may begin behind
    // another one all the same: 海关 is followed by many words, so 行政处罚 begins one in 海关行政处罚.
    let least = if read.len() > 60 { 3 } else { 2 };
    let mut before: FxHashMap<&[char], usize> = FxHashMap::default();
    let mut behind: FxHashMap<&[char], usize> = FxHashMap::default();
    for (p, n) in counts.iter().filter(|(p, n)| **n >= least && p.len() > 2) {
        for (most, piece) in [(&mut before, &p[1..]), (&mut behind, &p[..p.len() - 1])] {
            let most = most.entry(piece).or_default();
            *most = (*most).max(*n);
        }
    }
    let ends = |p: &[char]| counts.get(p).is_some_and(|n| *n >= least && behind.get(p).is_none_or(|m| m * 3 <= n * 2));
    let mut begins: FxHashMap<&[char], usize> = FxHashMap::default();
    for t in &read {
        for run in t.split(|c| class(*c) != Class::Gram) {
            for s in (2..run.len()).filter(|s| ends(&run[s - 2..*s])) {
                (2..=PHRASE).map_while(|n| run.get(s..s + n)).for_each(|p| *begins.entry(p).or_default() += 1);
            }
        }
    }
    // 市公 stands in many titles only because 市 and 公 do: what is no more frequent than its parts make it is no word.
    let mut singles: FxHashMap<char, usize> = FxHashMap::default();
    read.iter().flatten().for_each(|c| *singles.entry(*c).or_default() += 1);
    let all: usize = read.iter().map(Vec::len).sum();
    let often = |p: &[char]| if let [c] = p { singles.get(c).copied() } else { counts.get(p).copied() }.unwrap_or(1).max(1);
    let bound = |p: &[char], n: usize| [1, p.len() - 1].iter().all(|cut| n * all >= BOUND * often(&p[..*cut]) * often(&p[*cut..]));
    // No word begins with and, or, of; none ends with what leads on to another, and 要求的, 公告的反馈, 总署关于发布 are pieces of sentences.
    let joins = |c: char| "和及与或的等对在为由于向从被把".contains(c);
    let torn = |p: &[char]| {
        let ends = p.last().is_some_and(|c| joins(*c)) || p.len() > 2 && (p.ends_with(&['中', '国']) || p.ends_with(&['人', '民']));
        // 法实施条例 is the end of the name of a law and what follows it.
        let law = p[0] == '法' && p.get(1).is_some_and(|c| !"规律人治定制官院庭医学案警".contains(*c));
        ends || law || p.contains(&'的') || p.windows(2).any(|w| matches!(w, ['关', '于'] | ['以', '及']))
    };
    let whole = |p: &[char], n: usize| {
        p.len() <= PHRASE
            && !joins(p[0])
            && !torn(p)
            && ends(p)
            && bound(p, n)
            && (begins.get(p).is_some_and(|b| b * 2 >= n) || before.get(p).is_none_or(|m| m * 2 < n))
    };
    // 市养犬管理 is 养犬管理 behind the name of a town.
    let town = |p: &[char], n: usize| p.len() > 2 && "省市县区州".contains(p[0]) && counts.get(&p[1..]).is_some_and(|m| *m > n);
    let found: FxHashMap<&[char], usize> = counts.iter().filter(|(p, n)| whole(p, **n) && !town(p, **n)).map(|(p, n)| (*p, *n)).collect();
    // 市公 ends inside 公路, 公共 and 公园, which stand without 市 too.
    let mut inside: FxHashMap<&[char], usize> = FxHashMap::default();
    for (q, n) in counts.iter().filter(|(q, _)| q.len() > 2) {
        let (p, pair) = (&q[..q.len() - 1], &q[q.len() - 2..]);
        if found.contains_key(p) && ends(pair) && counts.get(pair).is_some_and(|m| n * 4 < m * 3) {
            *inside.entry(p).or_default() += n;
        }
    }
    let mut out: Vec<(String, usize)> =
        found.into_iter().filter(|(p, n)| inside.get(p).is_none_or(|i| i * 2 < *n)).map(|(p, n)| (p.iter().collect(), n)).collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out
}

/// Titles that are looked through for words.
const TITLES: usize = 2_000;
/// So many times more often than by chance the parts of a word stand together.
const BOUND: usize = 3;
/// Longest word found in titles.
const PHRASE: usize = 8;

/// How a text is read, and from which character on.
type Read = (String, usize);

/// Texts offered under a key of three letters or four.
const LONGER: usize = 12;

/// A suggestion that one may type by its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The suggestion.
    pub text: String,
    /// Its syllables.
    pub read: Vec<String>,
    /// The character with which they begin.
    pub from: usize,
}

/// The spoken ones of a list of suggestions in a file.
pub fn spoken(list: &Value) -> Vec<Spoken> {
    let of = |e: &Value| {
        let read = e[1].as_str()?.split(' ').map(String::from).collect();
        Some(Spoken { text: e[0].as_str()?.to_string(), read, from: e[2].as_u64().unwrap_or(0) as usize })
    };
    list.as_array().into_iter().flatten().filter_map(of).collect()
}

/// How the characters of titles are read: a line a syllable, `xing 行形`.
pub fn table<'t>(titles: impl Iterator<Item = &'t str>) -> String {
    let chars: std::collections::BTreeSet<char> = titles.flat_map(str::chars).map(super::tokens::fold).filter(|c| class(*c) == Class::Gram).collect();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for c in chars {
        if let [read] = &syllables(&[c], 1)[..] {
            lines.entry(read.clone()).or_default().push(c);
        }
    }
    lines.into_iter().map(|(read, chars)| format!("{read} {chars}\n")).collect()
}

/// Texts as they are told in a language, the most wanted first.
pub fn files(texts: &[String]) -> Vec<Vec<u8>> {
    let mut keys: BTreeMap<String, Vec<(usize, Option<Read>)>> = BTreeMap::new();
    let mut put = |key: String, text: usize, read: Option<Read>| {
        // Under a longer key fewer could be meant.
        let most = if key.len() > 2 && read.is_some() { LONGER } else { OFFERS[0] };
        let list = keys.entry(key).or_default();
        // Texts come in order: a double is among the last.
        if list.len() < most && list.iter().rev().take_while(|(t, _)| *t == text).all(|(_, r)| *r != read) {
            list.push((text, read));
        }
    };
    let under: Vec<Vec<(String, Option<Read>)>> = texts.par_iter().map(|t| keys_of(t)).collect();
    for (n, list) in under.into_iter().enumerate() {
        list.into_iter().for_each(|(key, read)| put(key, n, read));
    }
    let entry = |(t, read): &(usize, Option<Read>)| match read {
        Some((r, 0)) => json!([texts[*t], r]),
        Some((r, from)) => json!([texts[*t], r, from]),
        None => json!(texts[*t]),
    };
    let size = |offer: usize| -> usize {
        let cost = |(t, r): &(usize, Option<Read>)| texts[*t].len() + 4 + r.as_ref().map_or(0, |r| r.0.len() + 6);
        keys.values().map(|l| 8 + l.iter().take(offer).map(cost).sum::<usize>()).sum()
    };
    let offer = OFFERS.iter().copied().find(|o| size(*o) <= ALL).unwrap_or(2);
    let count = (size(offer) / SIZE).clamp(1, FILES);
    let mut out = vec![serde_json::Map::new(); count];
    for (key, list) in &keys {
        let list: Vec<Value> = list.iter().take(offer).map(entry).collect();
        out[file_of(key, count)].insert(key.clone(), Value::Array(list));
    }
    out.into_iter().map(|m| super::pack(Value::Object(m).to_string().as_bytes())).collect()
}

/// The keys under which a text is offered, with the reading where one types by it.
fn keys_of(text: &str) -> Vec<(String, Option<Read>)> {
    let mut out: Vec<(String, Option<Read>)> = Vec::new();
    // Under the Simplified form: typed in either script it is found.
    let chars: Vec<char> = text.nfkc().flat_map(char::to_lowercase).map(super::tokens::fold).collect();
    for s in starts(&chars) {
        if class(chars[s]) != Class::Gram {
            continue;
        }
        out.push((chars[s].to_string(), None));
        if chars.get(s + 1).is_some_and(|c| class(*c) != Class::Break) {
            out.push((chars[s..s + 2].iter().collect(), None));
        }
        let read = syllables(&chars[s..], SPOKEN);
        if read.len() >= 2 {
            let initials: String = read.iter().take(4).filter_map(|r| r.chars().next()).collect();
            let letters: String = read.concat().chars().take(4).collect();
            let read = (read.join(" "), s);
            for n in 1..=4 {
                let (i, l) = (initials.get(..n), letters.get(..n).filter(|_| n % 2 == 0));
                i.iter().for_each(|k| out.push((k.to_string(), Some(read.clone()))));
                l.iter().filter(|_| l != i).for_each(|k| out.push((k.to_string(), Some(read.clone()))));
            }
        }
    }
    let text: String = chars.iter().collect();
    // As it is typed without marks.
    let text = super::spelling::unmarked(&text).into_iter().next().unwrap_or(text);
    for word in text.split(|c: char| class(c) != Class::Word).filter(|w| w.chars().count() >= 2) {
        out.push((word.chars().take(2).collect(), None));
    }
    out
}

/// The file of a key.
pub fn file_of(key: &str, files: usize) -> usize {
    hash(Kind::Word, key) as usize % files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_what_stands_behind_the_region() {
        let chars: Vec<char> = "北京市行政处罚听证程序".chars().collect();
        assert_eq!(starts(&chars), [0, 3]);
        assert_eq!(syllables(&chars[3..7], 24), ["xing", "zheng", "chu", "fa"]);
        let chars: Vec<char> = "重庆市银行业".chars().collect();
        assert_eq!(syllables(&chars, 24).join(" "), "chong qing shi yin hang ye");
    }

    #[test]
    fn words_of_titles() {
        let titles = ["中华人民共和国行政处罚法", "海关行政处罚实施条例", "价格违法行为行政处罚规定", "行政处分条例", "北京市行政处罚听证程序"];
        let found: Vec<String> = phrases(&titles).into_iter().map(|(w, _)| w).collect();
        assert!(found.contains(&"行政处罚".into()), "{found:?}");
        let titles = [
            "甲市公路条例",
            "乙市公园办法",
            "丙市公路规定",
            "公路法",
            "公园条例",
            "公园安全规定",
            "公路养护办法",
            "公园管理办法",
            "公路安全条例",
            "农村公路规划",
            "湿地公园规划",
        ];
        let found_too: Vec<String> = phrases(&titles).into_iter().map(|(w, _)| w).collect();
        assert!(found_too.contains(&"公路".into()) && !found_too.contains(&"市公".into()) && !found_too.contains(&"市公路".into()), "{found_too:?}");
        assert!(!found.contains(&"行政处".into()) && !found.contains(&"政处罚".into()), "{found:?}");
    }

    #[test]
    fn found_under_its_keys() {
        let files = files(&["中华人民共和国行政处罚法".into(), "Open data policy".into()]);
        let all: String = files.iter().map(|f| String::from_utf8(super::super::unpack(f).unwrap()).unwrap()).collect();
        for key in ["\"xz\"", "\"xi\"", "\"行政\"", "\"行\"", "\"da\"", "\"中华\""] {
            assert!(all.contains(key), "{key} {all}");
        }
    }

    #[test]
    fn no_word_is_a_piece_of_a_sentence() {
        let titles = [
            "海关总署关于发布货物监管要求的公告",
            "海关总署关于发布检疫监管要求的公告",
            "海关总署关于实施中国与新加坡互认的公告",
            "海关总署关于实施中国与智利互认的公告",
            "税务总局关于发布申报要求的公告",
            "上海市人民代表大会关于统计的决定",
            "上海市人民政府关于统计的决定",
            "保密法实施条例",
            "统计法实施条例",
            "税收征管法实施条例",
        ];
        let found: Vec<String> = phrases(&titles).into_iter().map(|(w, _)| w).collect();
        assert!(found.iter().any(|w| w == "实施条例") || found.iter().any(|w| w == "条例"), "{found:?}");
        for torn in ["总署关于", "总署关于发布", "要求的", "要求的公告", "实施中国", "上海市人民", "法实施条例", "关于发布"]
        {
            assert!(!found.iter().any(|w| w == torn), "{torn}: {found:?}");
        }
    }
}
