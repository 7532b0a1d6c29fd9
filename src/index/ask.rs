//! What people ask in everyday words: official terms for what they write, what a question is about, a law and its article, slips of the pen
//! by order and by sound. `themes/civic/assets/search/ask.js` does the same.
//!
//! ```text
//! also/N.bin := deflate(JSON { alias: [official term], "+word": "law law", "": { law: [document, share, …] } })
//!               file number = hash(word, alias) mod the number of files
//! ask.bin := deflate(JSON { heads, verbs, words, english: [word], matters: marks })
//! marks   := [[length of a word], gaps between the upper halves of their hashes]    of the aliases in root.bin, with the number of files
//! p.bin    := deflate("syllable characters\n" …)    the characters of the titles
//! ```

use super::suggest::Spoken;
use super::tokens::{Kind, hash, normalise};
use crate::load::dates::han_number;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Words that people write and official terms, with where the term is from.
static BUILT_IN: &str = include_str!("synonyms.tsv");
static QUESTIONS: &str = include_str!("questions.txt");
/// Laws and the everyday words of their matter.
static MATTERS: &str = include_str!("matters.tsv");

/// Readings of one query at most, beside the one typed.
const READINGS: usize = 3;
/// Characters beside everyday words of a query for which the laws of the matter are asked for too.
const BESIDE: usize = 24;
/// Such laws of one query, at most; how much less than the first each may be told of; documents of one.
const LAWS: usize = 3;
const FAINT: u32 = 3;
const EDITIONS: usize = 4;
/// What names of laws end with.
static LAW: &[&str] = &["法", "典", "条例", "规定", "办法"];

/// The words of the built-in list: what is written, official terms, source.
pub fn built_in() -> impl Iterator<Item = (String, Vec<&'static str>, &'static str)> {
    let lines = BUILT_IN.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| {
            let mut parts = l.split('\t');
            let (aliases, terms, source) = (parts.next()?, parts.next()?, parts.next()?);
            Some(aliases.split(' ').map(move |a| (a.replace('_', " "), terms.split(' ').collect(), source)))
        })
        .flatten()
}

/// The words of the list of matters: a law, and the words that tell of it.
pub fn matters() -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    let lines = MATTERS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    lines.map(|(law, words)| (law, words.split(' ')))
}

fn names_law(term: &str) -> bool {
    LAW.iter().any(|w| term.ends_with(w))
}

/// Official terms without the laws behind the first whose names stand in no title: they would only find what cites them. Where terms stand behind
/// them that only keep words whole, the first term stands in their place.
pub(super) fn at_hand(terms: Vec<String>, titles: &dyn Fn(&str) -> bool) -> Vec<String> {
    let first = terms.first().cloned().unwrap_or_default();
    let keeps = terms.len() > READINGS;
    let here = terms.into_iter().enumerate().filter_map(|(i, t)| match i > 0 && i < READINGS && names_law(&t) && !titles(&t) {
        true => keeps.then(|| first.clone()),
        false => Some(t),
    });
    here.collect()
}

/// All laws among official terms.
pub(super) fn laws<'a>(also: impl Iterator<Item = &'a Vec<String>>) -> BTreeSet<String> {
    also.flat_map(|terms| terms.iter().filter(|t| names_law(t)).cloned()).collect()
}

/// The number of files for so many words: a query needs those of its own words alone.
fn files(words: usize) -> usize {
    (words / 16).next_power_of_two().clamp(1, FILES)
}

/// Most of them.
pub(super) const FILES: usize = 256;

/// What is told of words: their lengths, and the gaps between the upper halves of their hashes, in order, a sign or more each. A fifth of the words
/// themselves; a text that has none of them is seldom taken for one that has.
fn marks<'a>(words: impl Iterator<Item = &'a String>) -> Value {
    let (mut lengths, mut halves) = (BTreeSet::new(), BTreeSet::new());
    for w in words.filter(|w| !w.is_empty()) {
        lengths.insert(w.chars().count());
        halves.insert(hash(Kind::Word, w) >> 16);
    }
    let (mut told, mut next) = (String::new(), 0);
    for h in halves {
        let gap = h - next;
        (0..gap / SIGNS).for_each(|_| told.push('~'));
        // Neither a quote nor a backslash.
        let sign = (gap % SIGNS) as u8 + b'#';
        told.push(char::from(sign + u8::from(sign >= b'\\')));
        next = h + 1;
    }
    json!([lengths, told])
}

/// Signs of gaps; `~` stands for as many.
const SIGNS: u32 = 90;

/// Whether a text may have one of the words.
pub(super) fn marked(marks: &Value, text: &str) -> bool {
    let (mut halves, mut at) = (BTreeSet::new(), 0u32);
    for c in marks[1].as_str().unwrap_or("").bytes().filter(|c| (b'#'..=b'~').contains(c)) {
        at += if c == b'~' { SIGNS } else { u32::from(c - b'#') - u32::from(c > b'\\') };
        if c != b'~' {
            halves.insert(at);
            at += 1;
        }
    }
    let chars: Vec<char> = text.chars().collect();
    let mut lengths = marks[0].as_array().into_iter().flatten().filter_map(Value::as_u64).filter(|n| *n > 0);
    lengths.any(|n| chars.windows(n as usize).any(|w| halves.contains(&(hash(Kind::Word, &w.iter().collect::<String>()) >> 16))))
}

/// What the files of official terms and `ask.bin` say. They are apart, because most queries that nothing has all of need the second alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Official terms of what people write.
    pub also: BTreeMap<String, Vec<String>>,
    /// Laws by everyday words of their matter.
    pub matters: BTreeMap<String, Vec<String>>,
    /// Documents of laws, each with the share of its title that the name is, in hundredths; the nearest first.
    pub laws: BTreeMap<String, Vec<(u32, u32)>>,
    heads: Vec<String>,
    verbs: Vec<String>,
    words: Vec<String>,
    english: Vec<String>,
}

/// What a query means, by the words of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    /// The query with official terms in place of what people write, with these terms.
    pub texts: Vec<(String, Vec<String>)>,
    /// The laws that its words are about, the likeliest first.
    pub laws: Vec<String>,
}

impl Words {
    /// The words of questions; those of Chinese where the language is.
    pub fn new(also: BTreeMap<String, Vec<String>>, chinese: bool) -> Words {
        let list = |name: &str| {
            if !chinese && name != "english" {
                return Vec::new();
            }
            let line = QUESTIONS.lines().filter_map(|l| l.split_once(' ')).find(|(k, _)| *k == name);
            line.map(|(_, l)| l.split(' ').map(String::from).collect()).unwrap_or_default()
        };
        Words { also, heads: list("heads"), verbs: list("verbs"), words: list("words"), english: list("english"), ..Words::default() }
    }

    /// Adds the matters of the laws that are in the titles of documents: name, document, length of its title without brackets.
    pub(super) fn with_laws(mut self, titles: &BTreeMap<String, Vec<(u32, u32)>>) -> Words {
        for (law, found) in titles {
            let length = law.chars().count() as u32;
            let mut docs: Vec<(u32, u32)> = found.iter().map(|(doc, whole)| (*doc, ((200 * length + whole) / (2 * (*whole).max(1))).min(100))).collect();
            docs.sort_by_key(|(doc, share)| std::cmp::Reverse((*share, *doc)));
            docs.truncate(EDITIONS);
            self.laws.insert(law.clone(), docs);
        }
        for (law, words) in matters().filter(|(law, _)| self.laws.contains_key(*law)) {
            for w in words.filter(|w| !w.is_empty()) {
                let laws = self.matters.entry(normalise(w).into_owned()).or_default();
                if !laws.iter().any(|l| l == law) {
                    laws.push(law.to_string());
                }
            }
        }
        self
    }

    /// What the root tells of the words that people write.
    pub(super) fn root(&self) -> Value {
        let mut told = marks(self.also.keys());
        if self.also.is_empty() {
            return json!([]);
        }
        if let Some(list) = told.as_array_mut() {
            list.push(json!(files(self.also.len() + self.matters.len())));
        }
        told
    }

    /// The files of official terms, and `ask.bin`.
    pub(super) fn json(&self) -> (Vec<Value>, Value) {
        let n = files(self.also.len() + self.matters.len());
        let mut also = vec![serde_json::Map::new(); n];
        let mut names = vec![serde_json::Map::new(); n];
        let file = |w: &str| hash(Kind::Word, w) as usize % n;
        let mut put = |at: usize, key: String, value: Value, laws: &[String]| {
            also[at].insert(key, value);
            for law in laws {
                if let Some(docs) = self.laws.get(law) {
                    names[at].insert(law.clone(), json!(docs.iter().flat_map(|(doc, share)| [*doc, *share]).collect::<Vec<u32>>()));
                }
            }
        };
        for (k, terms) in &self.also {
            put(file(k), k.clone(), json!(terms), &terms[..terms.len().min(READINGS)]);
        }
        for (w, laws) in &self.matters {
            put(file(w), format!("+{w}"), json!(laws.join(" ")), laws);
        }
        for (file, names) in also.iter_mut().zip(names).filter(|(_, n)| !n.is_empty()) {
            file.insert(String::new(), Value::Object(names));
        }
        let matters = if self.matters.is_empty() { json!([]) } else { marks(self.matters.keys()) };
        let asks = json!({ "heads": self.heads, "verbs": self.verbs, "words": self.words, "english": self.english, "matters": matters });
        (also.into_iter().map(Value::Object).collect(), asks)
    }

    pub(super) fn from_json(also: &[Value], v: &Value) -> Words {
        let list = |v: &Value| v.as_array().into_iter().flatten().filter_map(|t| t.as_str().map(String::from)).collect::<Vec<_>>();
        let mut out = Words { heads: list(&v["heads"]), verbs: list(&v["verbs"]), words: list(&v["words"]), english: list(&v["english"]), ..Words::default() };
        for (k, value) in also.iter().filter_map(Value::as_object).flatten() {
            if let Some(word) = k.strip_prefix('+') {
                out.matters.insert(word.to_string(), value.as_str().unwrap_or("").split(' ').map(String::from).collect());
            } else if let Some(names) = value.as_object() {
                for (law, docs) in names {
                    let numbers: Vec<u32> = docs.as_array().into_iter().flatten().filter_map(|n| n.as_u64().map(|n| n as u32)).collect();
                    out.laws.insert(law.clone(), numbers.chunks_exact(2).map(|p| (p[0], p[1])).collect());
                }
            } else {
                out.also.insert(k.clone(), list(value));
            }
        }
        out
    }

    /// The query with official terms in place of what people write, the longest word first; and the laws that its words are about, those of its matter
    /// too where they are `asked` for.
    pub fn readings(&self, text: &str, asked: bool) -> Readings {
        // Where the official term stands already, nothing is put in its place.
        let official = |key: &str| self.also[key].iter().any(|t| t.contains(key) && text.contains(t.as_str()));
        let put = spans(text, self.also.keys(), &official);
        let matter = if asked { spans(text, self.matters.keys(), &|_| false) } else { Vec::new() };
        let mut texts = Vec::new();
        for n in 0..READINGS {
            // Laws are asked for by themselves.
            if !put.iter().any(|(_, k)| self.also[*k].get(n).is_some_and(|t| n == 0 || !self.laws.contains_key(t))) {
                continue;
            }
            let (mut made, mut done, mut terms) = (String::new(), 0, Vec::new());
            for (at, key) in &put {
                let all = &self.also[*key];
                let Some(term) = all.get(n).or_else(|| all.last()) else { continue };
                made.push_str(&text[done..*at]);
                // Twice the same term asks for no longer title.
                made.push_str(&if terms.contains(term) { " ".to_string() } else { format!(" {term} ") });
                terms.push(term.clone());
                done = at + key.len();
            }
            made.push_str(&text[done..]);
            texts.push((made.trim().to_string(), terms));
        }
        Readings { texts, laws: self.voted(text, &put, &matter) }
    }

    /// The laws that words are about: long words tell more, and those that the name of the law has.
    fn voted(&self, text: &str, put: &[(usize, &String)], matter: &[(usize, &String)]) -> Vec<String> {
        let size = |t: &str| t.chars().filter(|c| !c.is_whitespace()).count();
        let worth = |w: &str| (size(w) * size(w)) as f64;
        let mut votes: BTreeMap<&String, f64> = BTreeMap::new();
        let mut vote = |law, n: f64| {
            if let Some((law, _)) = self.laws.get_key_value(law) {
                *votes.entry(law).or_default() += n;
            }
        };
        for (_, key) in put {
            let laws = self.also[*key].iter().take(READINGS).filter(|t| names_law(t)).collect::<Vec<_>>();
            laws.into_iter().rev().enumerate().for_each(|(i, law)| vote(law, worth(key) * if i == 0 { 2.0 } else { 1.0 }));
        }
        for (_, word) in matter {
            let laws = &self.matters[*word];
            laws.iter().for_each(|law| vote(law, worth(word) * if law.contains(word.as_str()) { 3.0 } else { 2.0 } / laws.len() as f64));
        }
        // What stands beside them is little: the law of the matter answers, though it does not say 公司 or 政策.
        let (mut covered, mut told) = (BTreeSet::new(), BTreeSet::new());
        for (at, word) in put.iter().chain(matter) {
            covered.extend(*at..at + word.len());
            told.insert(*word);
        }
        let beside = size(text).saturating_sub(text.char_indices().filter(|(i, _)| covered.contains(i)).count());
        if put.is_empty() && told.len() < 2 && beside < 1 || beside > BESIDE {
            return Vec::new();
        }
        let mut laws: Vec<(&String, f64)> = votes.into_iter().collect();
        laws.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let most = laws.first().map_or(0.0, |l| l.1);
        laws.retain(|l| l.1 * f64::from(FAINT) >= most);
        laws.into_iter().take(LAWS).map(|(law, _)| law.clone()).collect()
    }

    /// What a question is about: without the words that only ask; empty where nothing is left.
    pub fn cut(&self, text: &str) -> String {
        let longest = |list: &[String], rest: &str| list.iter().filter(|w| rest.starts_with(w.as_str())).map(String::len).max().unwrap_or(0);
        let (mut out, mut i) = (String::new(), 0);
        while let Some(c) = text[i..].chars().next() {
            let head = longest(&self.heads, &text[i..]);
            if head > 0 {
                i += head;
                i += longest(&self.verbs, &text[i..]);
                out.push(' ');
                continue;
            }
            let word = longest(&self.words, &text[i..]);
            if word > 0 {
                i += word;
                out.push(' ');
            } else {
                out.push(c);
                i += c.len_utf8();
            }
        }
        pieces(out.split(between).filter(|p| !self.english.iter().any(|e| e == p))).join(" ")
    }
}

/// Words of a list and where they stand in a text, none in another; the longest first, then in their order.
fn spans<'w>(text: &str, keys: impl Iterator<Item = &'w String>, but: &dyn Fn(&str) -> bool) -> Vec<(usize, &'w String)> {
    let mut keys: Vec<(usize, &String)> = keys.filter(|k| !k.is_empty() && text.contains(k.as_str())).map(|k| (k.chars().count(), k)).collect();
    keys.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let mut spans: Vec<(usize, &String)> = Vec::new();
    for (_, key) in keys.into_iter().filter(|(_, k)| !but(k)) {
        for (at, _) in text.match_indices(key.as_str()) {
            if !spans.iter().any(|(s, k)| at < s + k.len() && *s < at + key.len()) {
                spans.push((at, key));
            }
        }
    }
    spans.sort();
    spans
}

fn between(c: char) -> bool {
    c.is_whitespace() || "?,.!;:。，、？".contains(c)
}

/// The longer pieces, where there are any.
fn pieces<'t>(list: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let some: Vec<&str> = list.filter(|p| !p.is_empty()).collect();
    let long: Vec<&str> = some.iter().copied().filter(|p| p.chars().nth(1).is_some()).collect();
    if long.is_empty() { some } else { long }
}

/// A text without signs, spaces and single characters.
pub fn bare(text: &str) -> String {
    pieces(text.split(between)).concat()
}

/// The longer parts of a text, without numbers and years.
pub fn parts(text: &str) -> Vec<String> {
    let han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let all = text.split(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '年');
    all.filter(|t| t.contains(han) && t.chars().nth(3).is_some()).map(String::from).collect()
}

/// Whether a text is a name of a law, perhaps one with a slip in it.
pub fn named(text: &str) -> bool {
    names_law(text) && !["违法", "犯法", "合法", "非法"].iter().any(|w| text.ends_with(w))
}

/// A law and its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The name of the law.
    pub law: String,
    /// `第二百三十二条`
    pub text: String,
    /// `art-232`
    pub anchor: String,
}

impl Article {
    /// Whether a title is that of the law itself: one that only has its name in it (刑法修正案, 实施《…法》办法) numbers its articles otherwise.
    pub fn of(&self, title: &str) -> bool {
        let bare = |t: &str| unbracketed(&normalise(t).chars().filter(|c| !c.is_whitespace()).collect::<String>());
        let (title, law) = (bare(title), bare(&self.law));
        title.rsplit_once(law.as_str()).is_some_and(|(_, rest)| rest.is_empty() || LAW.contains(&rest))
    }
}

/// A normalised title without what stands in brackets.
pub(super) fn unbracketed(title: &str) -> String {
    let (mut out, mut inside) = (String::new(), 0usize);
    for c in title.chars() {
        match c {
            '(' => inside += 1,
            ')' => inside = inside.saturating_sub(1),
            _ if inside == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// 232: 二百三十二, as laws number their articles.
pub fn to_han(n: u32) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let (mut out, mut zero) = (String::new(), false);
    for (unit, sign) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let d = n / unit % 10;
        if d == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push('零');
        }
        if !(d == 1 && unit == 10 && out.is_empty()) {
            out.push(digits[d as usize]);
        }
        out.push_str(sign);
        zero = false;
    }
    out
}

/// The same text of Chinese with its numbers in the other numerals: `六十五岁` as `65岁`, `65岁` as `六十五岁`. Numbers of four digits are years
/// and stay. `None` where there is nothing to change.
pub fn numerals(text: &str) -> Option<String> {
    let han = |c: char| ('\u{3400}'..='\u{9FFF}').contains(&c);
    let digits = runs(text, numeral, |run| {
        let whole = run.chars().nth(1).is_some() && run.contains(['十', '百', '千']);
        han_number(run).filter(|_| whole).map(|n| n.to_string())
    });
    let other =
        if digits == text { runs(text, |c| c.is_ascii_digit(), |run| run.parse().ok().filter(|n| run.len() < 4 && *n > 0).map(to_han)) } else { digits };
    (other != text && text.contains(han)).then_some(other)
}

/// The text with runs of some characters replaced, where there is something for them.
fn runs(text: &str, of: impl Fn(char) -> bool, with: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(&of) {
        let end = rest[start..].find(|c| !of(c)).map_or(rest.len(), |n| start + n);
        out.push_str(&rest[..start]);
        let run = &rest[start..end];
        out.push_str(&with(run).unwrap_or_else(|| run.to_string()));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c)
}

/// The numeral that a text ends with, and what stands before it.
fn ending(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_end_matches(numeral);
    (rest.len() < text.len()).then(|| (rest, &text[rest.len()..]))
}

/// A law and an article: `民法典第一百八十四条`, `刑法 232条`, `刑法第一百二十条之一`.
pub fn article(text: &str) -> Option<Article> {
    let mut t = text.trim().trim_end_matches('?');
    loop {
        let cut = t.trim_end_matches(' ');
        let cut = ["怎么规定的", "规定", "内容", "全文", "是什么"].iter().find_map(|w| cut.strip_suffix(w)).unwrap_or(cut);
        if cut.len() == t.len() {
            break;
        }
        t = cut;
    }
    // 第一款、第二项 behind it.
    while let Some(part) = ["款", "项", "目"].iter().find_map(|w| t.strip_suffix(w)) {
        let (rest, _) = ending(part)?;
        t = rest.strip_suffix('第').unwrap_or(rest).trim_end_matches(' ');
    }
    let (t, sub) = match t.strip_suffix('条') {
        Some(t) => (t, None),
        None => {
            let (rest, sub) = ending(t)?;
            (rest.trim_end_matches(' ').strip_suffix('之')?.trim_end_matches(' ').strip_suffix('条')?, Some(han_number(sub)?))
        }
    };
    let (law, n) = ending(t.trim_end_matches(' '))?;
    let n = han_number(n).filter(|n| (1..10_000).contains(n))?;
    let law = law.trim_end_matches(' ').trim_end_matches('第').replace(['《', '》', '"'], "");
    let law = law.trim().to_string();
    if law.chars().count() < 2 {
        return None;
    }
    let han = |n: Option<u32>| n.map_or(String::new(), |n| format!("之{}", to_han(n)));
    let anchor = sub.map_or(format!("art-{n}"), |s| format!("art-{n}-{s}"));
    Some(Article { law, text: format!("第{}条{}", to_han(n), han(sub)), anchor })
}

/// The query with two neighbours changed, each place.
pub fn swaps(chars: &[char]) -> Vec<String> {
    let places = (0..chars.len().saturating_sub(1)).filter(|i| chars[*i] != chars[i + 1]);
    let changed = places.map(|i| {
        let mut all = chars.to_vec();
        all.swap(i, i + 1);
        all.into_iter().collect()
    });
    changed.collect()
}

/// The pieces of suggestions that are read as was typed: whole syllables first, then initials.
pub fn sounding(typed: &str, entries: &[Spoken]) -> Vec<String> {
    let (mut whole, mut initials) = (Vec::new(), Vec::new());
    for e in entries {
        let piece = |n: usize| e.text.chars().skip(e.from).take(n).collect::<String>();
        let mut all = String::new();
        for (n, syllable) in e.read.iter().enumerate() {
            all.push_str(syllable);
            if all == typed {
                whole.push(piece(n + 1));
            }
            if all.len() >= typed.len() {
                break;
            }
        }
        let firsts: String = e.read.iter().take(typed.len()).filter_map(|s| s.chars().next()).collect();
        if typed.len() >= 3 && firsts == typed {
            initials.push(piece(typed.len()));
        }
    }
    let mut out: Vec<String> = Vec::new();
    for p in whole.into_iter().chain(initials) {
        if !out.contains(&p) {
            out.push(p);
        }
    }
    out
}

/// How a character is read by the table.
fn syllable(c: char, table: &str) -> Option<&str> {
    table.lines().find(|l| l.contains(c))?.split(' ').next().filter(|s| !s.is_empty())
}

/// Syllables of characters, from the lines of the table; `None` where one is not known.
pub fn syllables(chars: &[char], table: &str) -> Option<Vec<String>> {
    chars.iter().map(|c| syllable(*c, table).map(String::from)).collect()
}

/// The piece of a title that is read so. The table knows characters alone: up to half of them may be read otherwise in their word.
pub fn read_so(title: &[char], read: &[String], table: &str) -> Option<String> {
    let other = |piece: &[char]| piece.iter().zip(read).filter(|(c, r)| syllable(**c, table) != Some(r.as_str())).count();
    let best = title.windows(read.len().max(1)).map(|p| (other(p), p)).min_by_key(|(n, _)| *n)?;
    (best.0 * 2 <= read.len()).then(|| best.1.iter().collect())
}

/// The pieces of suggestions that begin as was typed and differ by one character; none that only says the opposite.
pub fn alike(chars: &[char], texts: &[String]) -> Vec<String> {
    let (n, mut out) = (chars.len(), Vec::new());
    for text in texts {
        let text: Vec<char> = text.chars().collect();
        for (i, piece) in text.windows(n.max(1)).enumerate() {
            if piece.first() != chars.first() || i > 0 && NOT.contains(text[i - 1]) {
                continue;
            }
            let other: Vec<(char, char)> = piece.iter().copied().zip(chars.iter().copied()).filter(|(a, b)| a != b).collect();
            let word: String = piece.iter().collect();
            if let [(a, b)] = other[..]
                && !NOT.contains(a)
                && !NOT.contains(b)
                && !out.contains(&word)
            {
                out.push(word);
            }
        }
    }
    out
}

/// The syllables of letters; `None` where they are not read so. The longest first.
pub fn segments(typed: &str, known: &std::collections::BTreeSet<&str>) -> Option<Vec<String>> {
    // How many letters the first syllable of each end has; from the last to the first.
    let mut first = vec![0; typed.len() + 1];
    for at in (0..typed.len()).rev() {
        let fits = |n: &usize| typed.get(at..at + n).is_some_and(|s| known.contains(s)) && (at + n == typed.len() || first[at + n] > 0);
        first[at] = (1..=6.min(typed.len() - at)).rev().find(fits).unwrap_or(0);
    }
    let (mut out, mut at) = (Vec::new(), 0);
    while at < typed.len() {
        let n = first[at];
        if n == 0 {
            return None;
        }
        out.push(typed.get(at..at + n)?.to_string());
        at += n;
    }
    Some(out)
}

/// Behind these a word begins.
const EDGE: &str = "国省市县区州《于的和、";
/// Without these a word means the opposite.
const NOT: &str = "未不非无反禁防";

/// The piece of a title nearest to what was typed, with half mistakes. Begin and end in the title are free, but a piece does not begin or
/// end inside a word only because it is the cheaper: there a wrong letter counts more. Two neighbours in the wrong order are one mistake.
pub fn nearest(typed: &[char], title: &[char]) -> (usize, String) {
    let n = typed.len();
    // Half mistakes, and where the piece begins.
    let mut rows: Vec<Vec<(usize, usize)>> = vec![(0..=title.len()).map(|j| (0, j)).collect()];
    for i in 1..=n {
        let (up, wrong) = (&rows[i - 1], if i == 1 || i == n { 3 } else { 2 });
        let mut row = vec![(up[0].0 + wrong, 0)];
        for j in 1..=title.len() {
            let mut ways = vec![
                (up[j - 1].0 + if typed[i - 1] == title[j - 1] { 0 } else { wrong }, up[j - 1].1),
                (up[j].0 + wrong, up[j].1),
                (row[j - 1].0 + 2, row[j - 1].1),
            ];
            if i > 1 && j > 1 && typed[i - 1] == title[j - 2] && typed[i - 2] == title[j - 1] {
                let two = rows[i - 2][j - 2];
                ways.push((two.0 + 2, two.1));
            }
            row.push(ways.into_iter().reduce(|x, y| if y.0 < x.0 { y } else { x }).unwrap_or((0, 0)));
        }
        rows.push(row);
    }
    let last = &rows[n];
    let best = (0..last.len()).fold(0, |best, j| if last[j].0 <= last[best].0 { j } else { best });
    let (far, from) = last[best];
    // Not the opposite, and whole words.
    let before = from.checked_sub(1).map(|i| title[i]);
    let cuts = before.is_some_and(|c| NOT.contains(c) || title.get(from).is_none_or(|t| *t != typed[0]) && !EDGE.contains(c));
    (far, if cuts { String::new() } else { title[from..best].iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_tells_which_words_people_write_without_the_words() {
        let words = ["社保".to_string(), "五险一金".to_string(), String::new()];
        let told = marks(words.iter());
        assert_eq!(told[0], json!([2, 4]));
        assert!(!marked(&json!([[2], "~~~"]), "社保") && !marked(&json!([]), "社保"));
        assert!(marked(&told, "公司不交社保怎么办") && marked(&told, "五险一金") && !marked(&told, "老人高龄补贴"), "{told}");
        assert!(!marked(&told, "") && !marked(&marks([].iter()), "社保"));
    }

    #[test]
    fn numbers_in_both_numerals() {
        for (text, other) in
            [("六十五岁以上", Some("65岁以上")), ("65岁以上", Some("六十五岁以上")), ("2024年", None), ("一个", None), ("covid 19", None), ("老年人", None)]
        {
            assert_eq!(super::numerals(text).as_deref(), other, "{text}");
        }
    }

    #[test]
    fn articles_in_every_spelling() {
        let found = |t: &str| article(t).map(|a| format!("{} {} {}", a.law, a.text, a.anchor));
        for (asked, right) in [
            ("民法典第一百八十四条", Some("民法典 第一百八十四条 art-184")),
            ("刑法 232条", Some("刑法 第二百三十二条 art-232")),
            ("《行政处罚法》第 33 条", Some("行政处罚法 第三十三条 art-33")),
            ("刑法第一百二十条之一", Some("刑法 第一百二十条之一 art-120-1")),
            ("行政诉讼法第12条第一款", Some("行政诉讼法 第十二条 art-12")),
            ("民法典第1079条规定", Some("民法典 第一千零七十九条 art-1079")),
            ("第三条", None),
            ("海关条例", None),
            ("管理条", None),
            ("第99999条款", None),
        ] {
            assert_eq!(found(asked).as_deref(), right, "{asked}");
        }
        for n in [1, 10, 11, 20, 100, 101, 110, 111, 1000, 1001, 1010, 1079, 1260] {
            assert_eq!(han_number(&to_han(n)), Some(n), "{}", to_han(n));
        }
    }

    #[test]
    fn the_built_in_words_have_a_term_and_a_source_and_stand_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (word, terms, source) in built_in() {
            assert!(!terms.is_empty() && !source.is_empty() && !terms.contains(&word.as_str()), "{word}");
            assert!(seen.insert(word.clone()), "{word} stands twice");
        }
        assert!(seen.len() > 150);
    }

    #[test]
    fn what_a_question_is_about() {
        let w = Words::new(BTreeMap::from([("老人".to_string(), vec!["老年人".to_string()])]), true);
        assert_eq!(w.cut("老人高龄补贴怎么领"), "老人高龄补贴");
        assert_eq!(w.cut("how do i get a building permit"), "building permit");
        assert_eq!(w.cut("怎么办"), "");
        assert_eq!(w.readings("老人高龄补贴", true).texts, [("老年人 高龄补贴".to_string(), vec!["老年人".to_string()])]);
        assert!(w.readings("老年人 老人院", true).texts.len() == 1 && w.readings("老年人", true).texts.is_empty());
    }

    #[test]
    fn a_nearest_piece_is_never_the_opposite() {
        let near = |a: &str, b: &str| nearest(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(near("未年人保护", "未成年人保护法").1, "未成年人保护");
        assert_eq!(near("年人保户", "未成年人保护法").1, "年人保护", "it begins as was typed");
        assert_eq!(near("成年人保户", "未成年人保护法").1, "");
        assert_eq!(near("食安品全法", "食品安全法"), (2, "食品安全法".into()));
        assert_eq!(near("老动法", "中华人民共和国劳动法").1, "劳动法");
    }
}
