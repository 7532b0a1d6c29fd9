//! Search over the files of the index, as the browser does it: `themes/civic/assets/search/engine.js` follows this
//! file line by line, and shared vectors hold both to it.
//!
//! A **strict** result has every term of the query, in its text or title; a run of Han characters counts by its triples,
//! so it stands there literally but for rare accidents. Where no document has them all, a **loose** search
//! ranks documents by how much of the query they cover.
//!
//! A word of a query may be found by another spelling (`cafe`, `café`; `time-lapse`, `timelapse`): the document then has
//! the half of what the word itself would give. Where a word stands nowhere, known words near it are tried.
//!
//! score = body + 5 · Σ idf(terms in the title) · share² · (½ + ½ · min(1, query : title)),
//! where body = Σ idf · level : 8, in a loose search also · coverage², and share is the part of the query that the
//! title has, each term weighing idf + 1. What is no longer in force has four fifths of its score. Equal scores: the newer first.

use super::ask::{self, Readings, Words};
use super::layout::{BLOCK, FORMAT};
use super::postings::{self, Checks, Postings, Shape};
use super::query::{self, Group, LONGEST, Most, Query, most, parse, squeeze};
use super::spelling;
use super::suggest;
use super::tokens::{Class, Kind, Run, Stemmer, class, hash, normalise, runs_apart};
use super::unpack;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Share of the query's weight that a loose result covers at least.
const COVER: f64 = 0.15;
/// Or such a share of it in the title.
const TITLED: f64 = 0.25;
/// What every term weighs beside its rarity in a title; and all that a term weighs which stands nowhere: a slip of the pen.
const FLAT: f64 = 1.0;
/// Weight of the title.
const TITLE: f64 = 5.0;
/// What a text is worth that is no longer in force, or not as it stands: behind its successor where both fit nearly as well.
const PAST: f64 = 0.8;
/// Loose results whose titles are compared with what was typed.
const NEAR: usize = 24;
/// What the law of a matter is worth; each further one, or one beside what has the query itself.
const MATTER: f64 = 25.0;
const NEXT: f64 = 0.85;
/// So few results without the query in their titles, for so short a text, may be an accident; after a question, what they are worth of their own.
const FEW: usize = 3;
const LITERAL: u32 = 5;
const LUCK: f64 = 2.0;
/// Characters of a text that may be a slip of the pen though words in it tell of a matter.
const SLIPPED: usize = 6;
/// What datasets are worth to who asks for data.
const RAISED: f64 = 10.0;
/// What another spelling is worth beside the word itself.
const FORM: f64 = 0.5;
/// Known words that are tried for one that is not; words of a query that is looked at for slips.
const TRIED: usize = 3;
const SLIPS: usize = 8;
/// Known words of a sound that are tried; characters of a run of which two may have changed places.
const HEARD: usize = 6;
const SHORT: usize = 8;
/// Most pages that are read to find a phrase literally.
const READ: usize = 40;

/// What to search for, beside the query.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Results wanted; 10 where 0.
    pub limit: usize,
    /// Results left out at the beginning.
    pub offset: usize,
    /// Codes of types.
    pub types: Vec<String>,
    /// Ids of departments.
    pub departments: Vec<String>,
    /// Ids of themes.
    pub themes: Vec<String>,
    /// Codes of validity.
    pub validity: Vec<String>,
    /// First and last year.
    pub years: Option<(i16, i16)>,
    /// Terms must stand in the title.
    pub title_only: bool,
    /// Newest first instead of best first.
    pub newest: bool,
    /// Loose results too, behind strict ones that are fewer than `limit`.
    pub loose: bool,
}

impl Options {
    fn limit(&self) -> usize {
        if self.limit == 0 { 10 } else { self.limit }
    }
}

/// A result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// Root-absolute address.
    pub url: String,
    /// Title.
    pub title: String,
    /// Code of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Names of its departments.
    pub department: Vec<String>,
    /// `2024-06-01`, or empty.
    pub date: String,
    /// Document number, or empty.
    #[serde(rename = "docNo")]
    pub doc_no: String,
    /// Beginning or summary.
    pub lead: String,
    /// Code of its validity, or empty.
    pub validity: String,
    /// Title and address of what took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<[String; 2]>,
    /// KB of its page, nearly.
    pub weight: u32,
    /// Higher is better.
    pub score: f64,
}

/// Results.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Found {
    /// Documents found; at most, where `approximate`.
    pub total: usize,
    /// The ones asked for.
    pub hits: Vec<Hit>,
    /// No document has all of the query; these have parts of it.
    pub loose: bool,
    /// So many of them have all of the query; the others, behind them, have parts of it.
    pub strict: usize,
    /// The piece of a title that was perhaps meant.
    #[serde(rename = "didYouMean")]
    pub did_you_mean: String,
    /// Official terms that were searched for too.
    pub also: Vec<String>,
    /// What a question is about: the texts that were searched for in its place; empty where it was searched as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// Not all documents were read for a quoted phrase.
    pub approximate: bool,
    /// Documents by facet and value.
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
}

/// Why a search failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A file of the index is missing.
    Missing(String),
    /// A file is broken or of another build.
    Broken(String),
}

/// An open index.
pub struct Engine<'f> {
    fetch: &'f dyn Fn(&str) -> Option<Vec<u8>>,
    dir: String,
    lists: String,
    root: Value,
    shape: Shape,
    checks: Checks,
    stemmer: Stemmer,
    most: Most,
    past: OnceCell<Vec<bool>>,
    told: OnceCell<Words>,
}

/// The documents of a group of terms: strength, and of titles share and length.
#[derive(Default)]
struct List {
    df: usize,
    docs: Vec<(u32, f64)>,
    titles: Vec<(u32, f64, u32)>,
}

struct Column {
    values: Value,
    numbers: Vec<u32>,
}

impl Column {
    /// Indexes that a document has.
    fn of(&self, doc: u32) -> impl Iterator<Item = usize> {
        let list = self.values[self.numbers[doc as usize] as usize].as_array();
        list.into_iter().flatten().filter_map(|v| v.as_u64().map(|n| n as usize))
    }
}

/// Facets with a column: name in results, label list in the root.
static FACETS: &[(&str, &str)] = &[("type", "types"), ("department", "departments"), ("theme", "themes"), ("validity", "validity")];

/// A document that was found.
#[derive(Debug, Clone, Copy)]
struct Scored {
    doc: u32,
    score: f64,
    strict: bool,
    /// A term stands in its title.
    titled: bool,
}

impl<'f> Engine<'f> {
    /// Opens the index in a folder: `search/zh-Hans/`. `fetch` reads a file below the site's root.
    pub fn open(dir: &str, fetch: &'f dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Engine<'f>, Failure> {
        let path = format!("{dir}root.bin");
        let packed = fetch(&path).ok_or(Failure::Missing(path.clone()))?;
        let broken = || Failure::Broken(path.clone());
        let root: Value = serde_json::from_slice(&unpack(&packed).ok_or_else(broken)?).map_err(|_| broken())?;
        let number = |k: &str| root[k].as_u64().map(|n| n as u32).ok_or_else(broken);
        if number("format")? != FORMAT {
            return Err(broken());
        }
        let shape = Shape { docs: number("docs")?, capacity: number("capacity")?.max(2), buckets: number("buckets")?.max(1) };
        let checks = Checks::from_told(root["checks"].as_str().unwrap_or(""), shape.docs as usize).ok_or_else(broken)?;
        let lists = match root["lists"].as_str().unwrap_or("").strip_prefix("../") {
            Some(other) => format!("search/{other}"),
            None => dir.to_string(),
        };
        let stemmer = Stemmer::of(root["stem"].as_str().unwrap_or("none"));
        let most = most(number("size")? as usize);
        Ok(Engine { fetch, dir: dir.to_string(), lists, root, shape, checks, stemmer, most, past: OnceCell::new(), told: OnceCell::new() })
    }

    /// A file of lists, and where it begins.
    fn file(&self, path: String) -> Result<(Vec<u8>, usize), Failure> {
        let bytes = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
        let from = self.checks.verify(&bytes).ok_or(Failure::Broken(path))?;
        Ok((bytes, from))
    }

    /// A compressed file behind its head.
    fn unpacked(&self, path: String) -> Result<Vec<u8>, Failure> {
        let packed = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
        let bytes = unpack(&packed).ok_or_else(|| Failure::Broken(path.clone()))?;
        let from = self.checks.verify(&bytes).ok_or(Failure::Broken(path))?;
        Ok(bytes[from..].to_vec())
    }

    fn hot(&self, hash: u32) -> bool {
        self.root["hot"].as_array().is_some_and(|l| l.binary_search_by_key(&u64::from(hash), |v| v.as_u64().unwrap_or(0)).is_ok())
    }

    fn postings(&self, hash: u32) -> Result<Postings, Failure> {
        if self.hot(hash) {
            let (bytes, from) = self.file(format!("{}h/{hash:08x}.bin", self.lists))?;
            return Ok(postings::single(&bytes, from, &self.shape));
        }
        let (bytes, from) = self.file(format!("{}b/{}.bin", self.lists, self.shape.bucket(hash)))?;
        Ok(postings::find(&bytes, from, hash, &self.shape).unwrap_or_default())
    }

    /// The documents of a group: those of the first term, and those of others by half.
    fn list(&self, group: &[u32]) -> Result<List, Failure> {
        let mut docs: BTreeMap<u32, f64> = BTreeMap::new();
        let mut titles: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
        for (i, h) in group.iter().enumerate() {
            let found = self.postings(*h)?;
            let worth = if i == 0 { 1.0 } else { FORM };
            for (doc, level) in found.docs {
                let strength = worth * f64::from(level + 1);
                let known = docs.entry(doc).or_insert(strength);
                *known = known.max(strength);
            }
            for (doc, length) in found.titles {
                titles.entry(doc).or_insert((worth, length));
            }
        }
        Ok(List { df: docs.len(), docs: docs.into_iter().collect(), titles: titles.into_iter().map(|(d, (share, length))| (d, share, length)).collect() })
    }

    fn column(&self, name: &str) -> Result<Column, Failure> {
        let mut column = Column { values: Value::Null, numbers: Vec::new() };
        for n in 0..(self.shape.docs as usize).div_ceil(BLOCK) {
            let path = format!("{}f/{name}-{n}.bin", self.lists);
            let bytes = self.unpacked(path.clone())?;
            let broken = || Failure::Broken(path.clone());
            let line = bytes.iter().position(|b| *b == b'\n').ok_or_else(broken)?;
            let head: Value = serde_json::from_slice(&bytes[..line]).map_err(|_| broken())?;
            let width = head["bits"].as_u64().unwrap_or(0).min(32) as u32;
            let mut r = super::bits::Reader::new(&bytes, line + 1);
            let here = (self.shape.docs as usize - n * BLOCK).min(BLOCK);
            column.numbers.extend((0..here).map(|_| r.bits(width)));
            column.values = head["values"].clone();
        }
        Ok(column)
    }

    /// Which documents are repealed, expired or superseded; none where that cannot be read.
    fn past(&self) -> &[bool] {
        self.past.get_or_init(|| {
            let old: Vec<bool> = self.codes("validity").iter().map(|c| matches!(c.as_str(), "repealed" | "expired" | "amended")).collect();
            let is = |c: Column| (0..self.shape.docs).map(|d| c.of(d).any(|v| old.get(v) == Some(&true))).collect();
            self.column("validity").map(is).unwrap_or_default()
        })
    }

    /// Inverse document frequency, rounded so that every machine has the same.
    fn idf(&self, df: usize) -> f64 {
        let (n, df) = (f64::from(self.shape.docs), df as f64);
        ((1.0 + (n - df + 0.5) / (df + 0.5)).ln() * 1024.0 + 0.5).floor() / 1024.0
    }

    /// Scores the documents that have all terms (`cover` 1) or enough of them; newest first.
    fn score(&self, lists: &[List], length: u32, cover: f64, strict: bool, title_only: bool) -> Vec<Scored> {
        let n = self.shape.docs as usize;
        let (mut count, mut parts, mut title) = (vec![0usize; n], vec![0.0; n], vec![0u32; n]);
        let (mut body, mut titled, mut had) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
        let (mut whole, mut flat) = (0.0, 0.0);
        for list in lists {
            let idf = self.idf(list.df);
            whole += if list.df == 0 { FLAT } else { idf };
            flat += FLAT;
            for (doc, strength) in list.docs.iter().filter(|(d, _)| (*d as usize) < n) {
                body[*doc as usize] += idf * strength / 8.0;
                had[*doc as usize] += idf;
                count[*doc as usize] += usize::from(!title_only);
            }
            for (doc, share, length) in list.titles.iter().filter(|(d, ..)| (*d as usize) < n) {
                titled[*doc as usize] += idf * share;
                parts[*doc as usize] += share;
                title[*doc as usize] = title[*doc as usize].max(*length);
                count[*doc as usize] += usize::from(title_only);
            }
        }
        let (mut out, past) = (Vec::new(), self.past());
        for doc in (0..n).rev() {
            if count[doc] == 0 || strict && count[doc] < lists.len() {
                continue;
            }
            let covered = if title_only { titled[doc] } else { had[doc] };
            let share = if strict { 1.0 } else { covered / whole };
            let part = (titled[doc] + FLAT * parts[doc]) / (whole + flat);
            if !strict && covered < cover * whole && part < TITLED {
                continue;
            }
            let in_title =
                if titled[doc] > 0.0 { TITLE * titled[doc] * part * part * (0.5 + 0.5 * (f64::from(length) / f64::from(title[doc])).min(1.0)) } else { 0.0 };
            let worth = if past.get(doc) == Some(&true) { PAST } else { 1.0 };
            let score = (share * share * body[doc] + in_title) * worth;
            out.push(Scored { doc: doc as u32, score: (score * 1e4 + 0.5).floor() / 1e4, strict, titled: titled[doc] > 0.0 });
        }
        out
    }

    fn all(&self, groups: &[Group]) -> Result<Vec<List>, Failure> {
        groups.iter().map(|g| self.list(g)).collect()
    }

    /// Without what has the words that leave a document out.
    fn kept(&self, q: &Query, mut list: Vec<Scored>) -> Result<Vec<Scored>, Failure> {
        for terms in &q.without {
            let mut gone: FxHashMap<u32, usize> = FxHashMap::default();
            for list in self.all(terms)? {
                list.docs.iter().for_each(|(d, _)| *gone.entry(*d).or_default() += 1);
            }
            list.retain(|s| gone.get(&s.doc).is_none_or(|n| *n < terms.len()));
        }
        Ok(list)
    }

    /// The documents with all of a query.
    fn strict(&self, q: &Query, title_only: bool, newest: bool) -> Result<Vec<Scored>, Failure> {
        let mut lists = self.all(&q.strict)?;
        for tries in &q.numbers {
            let mut found = List::default();
            for h in tries {
                found = self.list(&[*h])?;
                if found.df > 0 {
                    break;
                }
            }
            lists.push(found);
        }
        if lists.is_empty() || lists.iter().any(|l| l.df == 0) {
            return Ok(Vec::new());
        }
        let mut list = self.score(&lists, q.length, 1.0, true, title_only);
        sort(&mut list, newest);
        self.kept(q, list)
    }

    /// The documents with parts of it. Of many pairs every other tells as much; behind strict results fewer will do.
    fn loose(&self, q: &Query, o: &Options, half: bool) -> Result<Vec<Scored>, Failure> {
        let each = match (half, q.loose.len()) {
            (true, 7..) => 3,
            (true, _) | (false, 10..) => 2,
            _ => 1,
        };
        let mut some: Vec<Group> = q.loose.iter().step_by(each).cloned().collect();
        // Lists so long that they have files of their own tell little.
        let short: Vec<Group> = some.iter().filter(|g| !self.hot(g[0])).cloned().collect();
        if short.len() >= 2 {
            some = short;
        }
        let mut list = self.score(&self.all(&some)?, q.length, COVER, false, o.title_only);
        sort(&mut list, o.newest);
        self.kept(q, list)
    }

    fn plain(&self, text: &str) -> Query {
        parse(text, &self.stemmer, self.most).1
    }

    fn words(&self) -> Result<&Words, Failure> {
        if let Some(words) = self.told.get() {
            return Ok(words);
        }
        let told = |name: &str| -> Result<Value, Failure> {
            let path = format!("{}{name}.bin", self.lists);
            let packed = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
            unpack(&packed).and_then(|b| serde_json::from_slice(&b).ok()).ok_or(Failure::Broken(path))
        };
        let files = self.root["also"][2].as_u64().unwrap_or(0).min(256);
        let also: Vec<Value> = (0..files).map(|n| told(&format!("also/{n}"))).collect::<Result<_, _>>()?;
        let words = Words::from_json(&also, &told("ask")?);
        Ok(self.told.get_or_init(|| words))
    }

    /// A query by what it means: as typed; with official terms; what a question is about; by its parts.
    fn asked(&self, query: &str, plain: &Query, o: &Options) -> Result<Asked, Failure> {
        let short: String = query.chars().take(LONGEST).collect();
        let (typed, exact) = (normalise(&short).into_owned(), !plain.phrases.is_empty());
        let read = if !exact && ask::marked(&self.root["also"], &typed) { self.words()?.readings(&typed, false) } else { Readings::default() };
        let mut out = Asked::default();
        let named = if exact || !typed.contains('条') { None } else { ask::article(&typed) };
        if let Some(named) = named {
            // The article of a law whose title has its name.
            let other = self.words()?.readings(&named.law, false).texts;
            for law in std::iter::once(&named.law).chain(other.iter().map(|(t, _)| t)) {
                let has: std::collections::BTreeSet<u32> = self.strict(&self.plain(&named.text), false, false)?.iter().map(|s| s.doc).collect();
                let q = self.plain(law);
                let mut list = if q.strict.is_empty() { Vec::new() } else { self.strict(&q, true, o.newest)? };
                list.retain(|s| has.contains(&s.doc));
                if !list.is_empty() {
                    out.also.extend((*law != named.law).then(|| law.clone()));
                    return Ok(Asked { list, article: Some(ask::Article { law: law.clone(), ..named }), ..out });
                }
            }
        }
        out.list = self.strict(plain, o.title_only, o.newest)?;
        // What stands there literally, and is long or in a title, is no accident.
        let untitled = |list: &[Scored]| list.iter().all(|s| !s.titled);
        let mut accident = out.list.is_empty() || untitled(&out.list) && out.list.len() < FEW && plain.length < LITERAL;
        let mut texts = vec![typed.clone()];
        for (text, terms) in read.texts {
            let q = self.plain(&text);
            let more = if q.strict.is_empty() { Vec::new() } else { self.strict(&q, o.title_only, o.newest)? };
            texts.push(text);
            if !more.is_empty() {
                merge(&mut out.list, more, o.newest);
                for t in terms {
                    if !out.also.contains(&t) {
                        out.also.push(t);
                    }
                }
            }
        }
        let (loosely, none) = (!exact && !plain.loose.is_empty(), out.list.is_empty());
        let about = if loosely && (none || accident && out.list.len() < FEW) { Some(self.words()?) } else { None };
        let mut laws = read.laws;
        let mut other = false;
        if let Some(words) = &about {
            laws = words.readings(&typed, true).laws;
            if none {
                let cut: Vec<String> = texts.iter().map(|t| words.cut(t)).collect();
                out.question = !cut[0].is_empty() && ask::bare(&cut[0]) != ask::bare(&typed);
                if out.question {
                    texts.clear();
                    for t in cut {
                        if !t.is_empty() && !texts.contains(&t) {
                            texts.push(t);
                        }
                    }
                }
                let numbers: Vec<String> = texts.iter().filter_map(|t| ask::numerals(t)).collect();
                other = out.question || !numbers.is_empty();
                texts.extend(numbers);
                if other {
                    out.about = texts.join(" ");
                }
            }
        }
        if o.title_only || about.is_some() && !out.question && ask::named(&typed) {
            laws.clear();
        }
        let mut lucky = std::collections::BTreeSet::new();
        if none && !laws.is_empty() && !out.question {
            // Not asked but named: what has a part of it in its title; or it is a slip of the pen.
            for t in ask::parts(&typed) {
                let more = self.strict(&self.plain(&t), true, o.newest)?;
                merge(&mut out.list, more, o.newest);
            }
            accident = out.list.is_empty();
            out.unsure = accident && typed.chars().count() <= SLIPPED;
        }
        if none && laws.is_empty() && other {
            for t in &texts {
                let more = self.strict(&self.plain(t), o.title_only, o.newest)?;
                merge(&mut out.list, more, o.newest);
            }
            // A few that only happen to have its parts do not stand above what has more of one.
            if loosely && texts.first().is_some_and(|t| t.contains(' ')) && out.list.len() < FEW && untitled(&out.list) {
                lucky.extend(out.list.drain(..).map(|s| s.doc));
            }
        }
        if !laws.is_empty() {
            let top = out.list.iter().fold(0.0, |n: f64, s| n.max(s.score));
            let most = if accident { MATTER } else { (top * NEXT).min(MATTER) };
            let more = self.kept(plain, self.matter(&laws, most)?)?;
            for s in more {
                match out.list.iter_mut().find(|known| known.doc == s.doc) {
                    Some(known) if known.score <= s.score => *known = s,
                    Some(_) => {}
                    None => out.list.push(s),
                }
            }
            sort(&mut out.list, o.newest);
            for law in laws {
                // A law seldom has its own name in its text, where the words are looked for.
                out.about = out.about.replace(law.as_str(), " ");
                if !out.also.contains(&law) {
                    out.also.push(law);
                }
            }
        }
        out.about = out.about.trim().to_string();
        out.loose = loosely && out.list.is_empty();
        if loosely && (out.loose || o.loose && out.list.len() < o.limit()) {
            let mut more = self.behind(&out.list, &texts, o)?;
            if !lucky.is_empty() {
                more.iter_mut().filter(|s| lucky.contains(&s.doc)).for_each(|s| s.score *= LUCK);
                sort(&mut more, o.newest);
            }
            out.list.extend(more);
        }
        Ok(out)
    }

    /// The documents of laws, the first worth so much; their editions and what has their name in a longer title less.
    fn matter(&self, laws: &[String], most: f64) -> Result<Vec<Scored>, Failure> {
        let (words, past) = (self.words()?, self.past());
        let (mut out, mut worth): (Vec<Scored>, f64) = (Vec::new(), most);
        for law in laws {
            for (doc, share) in words.laws.get(law).into_iter().flatten().filter(|(d, _)| *d < self.shape.docs) {
                let score = worth * f64::from(*share) / 100.0 * if past.get(*doc as usize) == Some(&true) { PAST } else { 1.0 };
                let score = (score * 1e4 + 0.5).floor() / 1e4;
                match out.iter_mut().find(|s| s.doc == *doc) {
                    Some(known) => known.score = known.score.max(score),
                    None => out.push(Scored { doc: *doc, score, strict: true, titled: true }),
                }
            }
            worth *= NEXT;
        }
        Ok(out)
    }

    /// What has parts of the readings of a query, without what is known.
    fn behind(&self, list: &[Scored], texts: &[String], o: &Options) -> Result<Vec<Scored>, Failure> {
        let known: std::collections::BTreeSet<u32> = list.iter().map(|s| s.doc).collect();
        let mut more = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            let mut q = self.plain(text);
            if i > 0 {
                // An official term is exact, and its triples are known already.
                q.loose = q.strict.clone();
            }
            let found = if q.loose.is_empty() { Vec::new() } else { self.loose(&q, o, !list.is_empty())? };
            if i == 0 {
                more = found;
            } else {
                merge(&mut more, found, o.newest);
            }
        }
        more.retain(|s| !known.contains(&s.doc));
        Ok(more)
    }

    /// The first of some texts that finds something.
    fn finds(&self, texts: Vec<String>, o: &Options) -> Result<Option<(String, Vec<Scored>)>, Failure> {
        for text in texts {
            let list = self.strict(&self.plain(&text), o.title_only, o.newest)?;
            if !list.is_empty() {
                return Ok(Some((text, list)));
            }
        }
        Ok(None)
    }

    /// Pinyin or initials that were entered; a run of characters with two of them changed, or that sounds like known words.
    fn heard(&self, query: &str, o: &Options) -> Result<Option<(String, Vec<Scored>)>, Failure> {
        let short: String = query.chars().take(LONGEST).collect();
        let typed = squeeze(&normalise(if self.root["also"].as_array().is_some_and(|a| !a.is_empty()) { &short } else { "" }));
        let chars: Vec<char> = typed.chars().collect();
        let (mut all, mut gram) = (0, false);
        runs_apart(&typed, |run, _| {
            all += 1;
            gram = matches!(run, Run::Gram(_));
        });
        if all != 1 || chars.len() < 2 {
            return Ok(None);
        }
        let shard = |key: &str| -> Result<Value, Failure> {
            let shards = self.root["shards"].as_u64().unwrap_or(1).max(1) as usize;
            let path = format!("{}s/{}.bin", self.dir, suggest::file_of(key, shards));
            let packed = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
            let mut map: Value = unpack(&packed).and_then(|b| serde_json::from_slice(&b).ok()).ok_or(Failure::Broken(path))?;
            Ok(map[key].take())
        };
        let said = |read: &str, keys: &[String], some: &dyn Fn(&str) -> bool| -> Result<Vec<String>, Failure> {
            let mut out: Vec<String> = Vec::new();
            for key in keys {
                for t in ask::sounding(read, &suggest::spoken(&shard(key)?)) {
                    let t = normalise(&t).into_owned();
                    if some(&t) && !out.contains(&t) {
                        out.push(t);
                    }
                }
            }
            out.truncate(HEARD);
            Ok(out)
        };
        let table = || -> Result<String, Failure> {
            let path = format!("{}p.bin", self.lists);
            let packed = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
            unpack(&packed).and_then(|b| String::from_utf8(b).ok()).ok_or(Failure::Broken(path))
        };
        let firsts = |read: &[String]| read.iter().take(4).filter_map(|s| s.chars().next()).collect::<String>();
        if !gram {
            if !typed.bytes().all(|b| b.is_ascii_lowercase()) {
                return Ok(None);
            }
            let table = table()?;
            let known = table.lines().filter_map(|l| l.split(' ').next()).collect();
            let read = ask::segments(&typed[..typed.len().min(60)], &known);
            let keys: Vec<String> = read.iter().map(|r| firsts(r)).chain([4, 2].map(|n| typed[..n.min(typed.len())].to_string())).collect();
            let found = self.finds(said(&typed, &keys, &|_| true)?, o)?;
            return match read {
                Some(read) if found.is_none() && read.len() > 1 => self.finds(self.inside(&read, &table)?, o),
                _ => Ok(found),
            };
        }
        if chars.len() > SHORT {
            return Ok(None);
        }
        if let Some(found) = self.finds(ask::swaps(&chars), o)? {
            return Ok(Some(found));
        }
        if let Some(read) = ask::syllables(&chars, &table()?)
            && let Some(found) = self.finds(said(&read.concat(), &[firsts(&read)], &|t| t.chars().count() == chars.len() && t != typed)?, o)?
        {
            return Ok(Some(found));
        }
        if chars.len() < 3 {
            return Ok(None);
        }
        let mut near: Vec<String> = Vec::new();
        for key in [chars[..2].iter().collect::<String>(), chars[0].to_string()] {
            let list = shard(&key)?;
            let texts: Vec<String> = list.as_array().into_iter().flatten().filter_map(|e| e.as_str().or(e[0].as_str()).map(String::from)).collect();
            for t in ask::alike(&chars, &texts) {
                let t = normalise(&t).into_owned();
                if !near.contains(&t) {
                    near.push(t);
                }
            }
        }
        near.truncate(HEARD);
        self.finds(near, o)
    }

    /// The words inside titles that are read so: titles have each pair of syllables as a term.
    fn inside(&self, read: &[String], table: &str) -> Result<Vec<String>, Failure> {
        let strict = read.windows(2).map(|p| vec![hash(Kind::Sound, &p.join(" "))]).collect();
        let q = Query { strict, length: read.len() as u32, ..Query::default() };
        let mut out: Vec<String> = Vec::new();
        for s in self.strict(&q, true, false)?.iter().take(HEARD) {
            let title: Vec<char> = squeeze(&normalise(&self.hit(s)?.title)).chars().collect();
            out.extend(ask::read_so(&title, read, table).filter(|p| !out.contains(p)));
        }
        Ok(out)
    }

    /// Who asks for data wants datasets first: among what has all of it, and among what has parts.
    fn raise(&self, found: &mut Vec<Scored>) -> Result<(), Failure> {
        let (column, place) = (self.column("type")?, self.codes("types").iter().position(|c| c == "dataset"));
        found.iter_mut().filter(|s| column.of(s.doc).any(|v| Some(v) == place)).for_each(|s| s.score *= RAISED);
        let (mut all, mut parts): (Vec<Scored>, Vec<Scored>) = found.iter().copied().partition(|s| s.strict);
        sort(&mut all, false);
        sort(&mut parts, false);
        all.extend(parts);
        *found = all;
        Ok(())
    }

    /// Searches. An empty query finds every document where there are filters, and nothing where there are none.
    pub fn search(&self, text: &str, o: &Options) -> Result<Found, Failure> {
        let (numbered, plain) = parse(text, &self.stemmer, self.most);
        let filtered = !(o.types.is_empty() && o.departments.is_empty() && o.themes.is_empty() && o.validity.is_empty() && o.years.is_none());
        let mut q = &plain;
        let mut asked = Asked::default();
        if let Some(n) = &numbered {
            // The number decides only where a document has it.
            asked.list = self.strict(n, o.title_only, o.newest)?;
            q = n;
        }
        if asked.list.is_empty() {
            if plain.strict.is_empty() && filtered {
                asked.list = (0..self.shape.docs).rev().map(|doc| Scored { doc, score: 0.0, strict: true, titled: false }).collect();
            } else {
                asked = self.asked(text, &plain, o)?;
            }
            q = &plain;
        }
        let Asked { list: mut found, loose, unsure, also, article, question, about } = asked;
        if found.len() > 1 && !o.newest && wants_data(text) {
            self.raise(&mut found)?;
        }
        // A slip of the pen: what was perhaps meant goes first.
        let mut slip = None;
        if (loose || unsure) && q.phrases.is_empty() && !question {
            slip = self.heard(text, o)?;
            if slip.is_none() {
                slip = self.corrected(text, o)?;
            }
        }
        let meant: std::collections::BTreeSet<u32> = slip.iter().flat_map(|(_, list)| list.iter().map(|s| s.doc)).collect();
        if let Some((_, list)) = &slip {
            let rest: Vec<Scored> = found.into_iter().filter(|s| !meant.contains(&s.doc)).collect();
            found = list.iter().map(|s| Scored { strict: false, ..*s }).chain(rest).collect();
            if o.newest {
                sort(&mut found, true);
            }
        }
        let facets = self.filter(&mut found, o)?;
        let limit = o.limit();
        let mut out = Found { total: found.len(), strict: found.iter().filter(|s| s.strict).count(), loose, also, about, facets, ..Found::default() };
        if q.phrases.is_empty() {
            match slip {
                Some((text, _)) if found.iter().any(|s| meant.contains(&s.doc)) => out.did_you_mean = text,
                None if loose && !question && !o.newest => out.did_you_mean = self.meant(text, &mut found)?,
                _ => {}
            }
            for s in found.iter().skip(o.offset).take(limit) {
                let mut hit = self.hit(s)?;
                // To the article itself, where the text is that law.
                if let Some(a) = article.as_ref().filter(|a| a.of(&hit.title)) {
                    hit.url = format!("{}#{}", hit.url, a.anchor);
                }
                out.hits.push(hit);
            }
            return Ok(out);
        }
        // A quoted text is looked for in the pages themselves.
        let (mut seen, mut kept, mut read) = (0, 0, 0);
        for s in &found {
            if kept >= o.offset + limit || read >= READ {
                break;
            }
            let hit = self.hit(s)?;
            (seen, read) = (seen + 1, read + 1);
            if self.literal(&hit, &q.phrases) {
                kept += 1;
                if kept > o.offset {
                    out.hits.push(hit);
                }
            }
        }
        out.total = kept + found.len() - seen;
        out.strict = out.total;
        out.approximate = found.len() > seen;
        Ok(out)
    }

    /// The codes that a filter can ask for: of `types`, `departments`, `themes` or `validity`.
    pub fn codes(&self, labels: &str) -> Vec<String> {
        self.root[labels].as_array().into_iter().flatten().filter_map(|p| p[0].as_str().map(String::from)).collect()
    }

    /// What a code is called in the language of the index.
    pub fn label(&self, labels: &str, code: &str) -> String {
        let pair = self.root[labels].as_array().into_iter().flatten().find(|p| p[0].as_str() == Some(code));
        pair.and_then(|p| p[1].as_str()).unwrap_or(code).to_string()
    }

    /// Keeps what the filters allow; counts, for each facet, what the others allow.
    fn filter(&self, found: &mut Vec<Scored>, o: &Options) -> Result<BTreeMap<String, BTreeMap<String, usize>>, Failure> {
        let mut facets = BTreeMap::new();
        let wanted = [&o.types, &o.departments, &o.themes, &o.validity];
        let mut columns = Vec::new();
        for ((name, labels), wanted) in FACETS.iter().zip(wanted) {
            let codes = self.codes(labels);
            columns.push((*name, self.column(name)?, codes, wanted));
        }
        let years = self.years();
        // Which of the filters a document fails; the last is the years.
        let fails = |doc: u32| -> u32 {
            let mut mask = 0;
            for (i, (_, column, codes, wanted)) in columns.iter().enumerate() {
                if !wanted.is_empty() && !column.of(doc).any(|v| codes.get(v).is_some_and(|c| wanted.contains(c))) {
                    mask |= 1 << i;
                }
            }
            if let Some((from, to)) = o.years
                && !years[doc as usize].is_some_and(|y| (from..=to).contains(&y))
            {
                mask |= 1 << columns.len();
            }
            mask
        };
        let failed: Vec<u32> = found.iter().map(|s| fails(s.doc)).collect();
        for (i, (name, column, codes, _)) in columns.iter().enumerate() {
            let counts: &mut BTreeMap<String, usize> = facets.entry(name.to_string()).or_default();
            for (s, _) in found.iter().zip(&failed).filter(|(_, f)| **f & !(1 << i) == 0) {
                column.of(s.doc).filter_map(|v| codes.get(v)).for_each(|c| *counts.entry(c.clone()).or_default() += 1);
            }
        }
        let counts: &mut BTreeMap<String, usize> = facets.entry("year".to_string()).or_default();
        for (s, _) in found.iter().zip(&failed).filter(|(_, f)| **f & !(1 << columns.len()) == 0) {
            if let Some(y) = years[s.doc as usize] {
                *counts.entry(y.to_string()).or_default() += 1;
            }
        }
        let mut failed = failed.into_iter();
        found.retain(|_| failed.next() == Some(0));
        Ok(facets)
    }

    /// The year of each document.
    fn years(&self) -> Vec<Option<i16>> {
        let mut out = vec![None; self.shape.docs as usize];
        for pair in self.root["years"].as_array().into_iter().flatten() {
            let (year, from) = (pair[0].as_i64().map(|y| y as i16), pair[1].as_u64().unwrap_or(u64::MAX) as usize);
            out.iter_mut().skip(from).for_each(|y| *y = year);
        }
        out
    }

    fn hit(&self, s: &Scored) -> Result<Hit, Failure> {
        let block = self.root["block"].as_u64().unwrap_or(1).max(1) as u32;
        let path = format!("{}c/{}.bin", self.dir, s.doc / block);
        let cards: Value = serde_json::from_slice(&self.unpacked(path.clone())?).map_err(|_| Failure::Broken(path.clone()))?;
        let card = &cards[(s.doc % block) as usize];
        let text = |i: usize| card[i].as_str().unwrap_or("").to_string();
        let label = |list: &str, i: usize| self.root[list][i][1].as_str().unwrap_or("").to_string();
        let names = card[3].as_array().into_iter().flatten().filter_map(|d| d.as_u64().map(|d| label("departments", d as usize)));
        Ok(Hit {
            title: text(0),
            url: format!("{}{}", self.root["base"].as_str().unwrap_or("/"), text(1)),
            kind: self.root["types"][card[2].as_u64().unwrap_or(0) as usize][0].as_str().unwrap_or("").to_string(),
            department: names.collect(),
            date: text(4),
            doc_no: text(5),
            lead: text(6),
            validity: card[7]
                .as_u64()
                .and_then(|v| v.checked_sub(1))
                .map_or(String::new(), |v| self.root["validity"][v as usize][0].as_str().unwrap_or("").into()),
            by: serde_json::from_value(card[9].clone()).ok(),
            weight: card[8].as_u64().unwrap_or(0) as u32,
            score: s.score,
        })
    }

    /// The query with known words in place of those that stand nowhere, and what it finds; `None` where that is nothing.
    fn corrected(&self, text: &str, o: &Options) -> Result<Option<(String, Vec<Scored>)>, Failure> {
        let short: String = text.chars().take(LONGEST).collect();
        let mut words: Vec<(String, char)> = Vec::new();
        let mut other = false;
        runs_apart(&normalise(&short), |run, gap| match run {
            Run::Word(w) => words.push((w.to_string(), gap.unwrap_or(' '))),
            Run::Gram(_) => other = true,
        });
        if other || words.is_empty() || words.len() > SLIPS {
            return Ok(None);
        }
        // For each unknown word its place and the known ones near it, the nearest first.
        let mut slips: Vec<(usize, Vec<String>)> = Vec::new();
        for (i, (w, _)) in words.iter().enumerate() {
            if self.list(&query::word(w, &self.stemmer))?.df > 0 {
                continue;
            }
            let near = self.near(w)?;
            if near.is_empty() {
                return Ok(None);
            }
            slips.push((i, near));
        }
        // The nearest of all; then, one by one, another.
        let mut tries = vec![vec![0; slips.len()]];
        for (i, (_, near)) in slips.iter().enumerate() {
            for c in 1..near.len() {
                let mut one = vec![0; slips.len()];
                one[i] = c;
                tries.push(one);
            }
        }
        for one in tries.iter().filter(|one| !one.is_empty()) {
            let mut now = words.clone();
            slips.iter().zip(one).for_each(|((at, near), c)| now[*at].0 = near[*c].clone());
            let mut query = String::new();
            for (i, (w, gap)) in now.iter().enumerate() {
                if i > 0 {
                    query.push(*gap);
                }
                query.push_str(w);
            }
            let found = self.strict(&self.plain(&query), o.title_only, o.newest)?;
            if !found.is_empty() {
                return Ok(Some((query, found)));
            }
        }
        Ok(None)
    }

    /// Known words near one that stands nowhere: with fewer mistakes first, then those in more documents.
    fn near(&self, word: &str) -> Result<Vec<String>, Failure> {
        let plain = |w: &str| spelling::unmarked(w).into_iter().next().unwrap_or_else(|| w.to_string());
        let typed = plain(word);
        let n = typed.chars().count();
        let files = self.root["words"].as_u64().unwrap_or(0) as usize;
        if files == 0 || n < *spelling::KNOWN.start() || typed.bytes().any(|b| b.is_ascii_digit()) {
            return Ok(Vec::new());
        }
        let most = if n < 6 { 1 } else { 2 };
        let mut near: Vec<(usize, String)> = Vec::new();
        // The inner letters of four in the wrong order spoil both its keys.
        let swapped = typed.chars().next().zip(typed.chars().nth(2)).filter(|_| n == 4).map(|(a, b)| format!("{a}{b}"));
        for key in spelling::keys(word).into_iter().chain(swapped) {
            let path = format!("{}w/{}.bin", self.lists, spelling::file_of(&key, files));
            let packed = (self.fetch)(&path).ok_or_else(|| Failure::Missing(path.clone()))?;
            let map: Value = unpack(&packed).and_then(|b| serde_json::from_slice(&b).ok()).ok_or(Failure::Broken(path))?;
            for known in map[&key].as_str().unwrap_or("").split(' ').filter(|w| !w.is_empty()) {
                let mistakes = spelling::mistakes(&typed, &plain(known));
                if mistakes <= most && near.iter().all(|(_, w)| w != known) {
                    near.push((mistakes, known.to_string()));
                }
            }
        }
        near.sort_by_key(|(mistakes, _)| *mistakes);
        let mut out = Vec::new();
        for (_, w) in near {
            if out.len() < TRIED && self.list(&query::word(&w, &self.stemmer))?.df > 0 {
                out.push(w);
            }
        }
        Ok(out)
    }

    /// Of the best loose results, those whose titles are nearest to what was typed go first. Gives the piece that
    /// was perhaps meant; empty where none is near, or where it finds nothing. Not for words apart by spaces.
    fn meant(&self, query: &str, found: &mut [Scored]) -> Result<String, Failure> {
        let typed: Vec<char> = squeeze(&normalise(query)).chars().collect();
        let n = typed.len();
        if !(3..=24).contains(&n) || !typed.iter().any(|c| class(*c) == Class::Gram) {
            return Ok(String::new());
        }
        let most = if n < 6 { 3 } else { 2 * (n / 4).max(2) };
        let mut near = Vec::new();
        for s in found.iter().take(NEAR) {
            let title: Vec<char> = squeeze(&normalise(&self.hit(s)?.title)).chars().collect();
            let (mistakes, piece) = ask::nearest(&typed, &title);
            near.push((mistakes.min(most + 1), piece, *s));
        }
        near.sort_by_key(|n| n.0);
        found.iter_mut().zip(&near).for_each(|(to, n)| *to = n.2);
        let piece = near.into_iter().next().filter(|n| n.0 > 0 && n.0 <= most).map_or(String::new(), |n| n.1);
        // A piece of a title stands in it; cut out of words, or run together from some, it may stand nowhere.
        if piece.chars().all(|c| class(c) == Class::Gram) || piece.is_empty() {
            return Ok(piece);
        }
        let found = !self.strict(&self.plain(&piece), false, false)?.is_empty();
        Ok(if found { piece } else { String::new() })
    }

    /// True if the page of a result has every phrase literally; a page that cannot be read does not.
    fn literal(&self, hit: &Hit, phrases: &[String]) -> bool {
        let base = self.root["base"].as_str().unwrap_or("/");
        let path = hit.url.strip_prefix(base).unwrap_or(&hit.url).split('#').next().unwrap_or("");
        let Some(page) = (self.fetch)(&format!("{path}index.html")) else { return false };
        let text = squeeze(&normalise(&page_text(&String::from_utf8_lossy(&page))));
        phrases.iter().all(|p| text.contains(p.as_str()))
    }
}

/// What a query found by what it means.
#[derive(Debug, Default)]
struct Asked {
    list: Vec<Scored>,
    /// None has all of it.
    loose: bool,
    /// It was found by the matter of its words alone, and may be a slip of the pen.
    unsure: bool,
    /// Official terms that found something.
    also: Vec<String>,
    /// The article that was asked for.
    article: Option<ask::Article>,
    /// It has words that only ask.
    question: bool,
    /// What it is about then.
    about: String,
}

/// Whether a query ends with a word for data, behind what they are about.
fn wants_data(query: &str) -> bool {
    let query = query.trim().to_lowercase();
    let about = ["数据", "数据集", "数据表", " data", " dataset", " datasets"].iter().find_map(|w| query.strip_suffix(w));
    about.is_some_and(|rest| !rest.is_empty())
}

/// Another reading is worth less than what was typed.
fn merge(list: &mut Vec<Scored>, more: Vec<Scored>, newest: bool) {
    let mut at: FxHashMap<u32, usize> = list.iter().enumerate().map(|(i, s)| (s.doc, i)).collect();
    for s in more {
        let s = Scored { score: (s.score * 6e3 + 0.5).floor() / 1e4, ..s };
        match at.get(&s.doc) {
            Some(i) if list[*i].score < s.score => list[*i] = s,
            Some(_) => {}
            None => {
                at.insert(s.doc, list.len());
                list.push(s);
            }
        }
    }
    sort(list, newest);
}

fn sort(list: &mut [Scored], newest: bool) {
    if newest {
        list.sort_by_key(|s| std::cmp::Reverse(s.doc));
    } else {
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.doc.cmp(&a.doc)));
    }
}

/// The text between `<main` and `</main>` of a finished page of ours, without tags.
pub fn page_text(html: &str) -> String {
    let from = html.find("<main").unwrap_or(0);
    let to = html[from..].find("</main>").map_or(html.len(), |e| from + e);
    // Ways around and citations are not the text.
    let mut text = html[from..to].to_string();
    for (open, close) in [("<nav", "</nav>"), ("<button", "</button>"), ("<details class=\"cite", "</details>")] {
        while let Some(at) = text.find(open) {
            let end = text[at..].find(close).map_or(text.len(), |e| at + e + close.len());
            text.replace_range(at..end, "\n");
        }
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open..];
        // An inline tag stands inside a word; any other ends it.
        let name: String = tag[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !["a", "em", "strong", "del", "dfn", "span", "mark", "code", "sup", "sub", "b", "i"].contains(&name.as_str()) {
            out.push('\n');
        }
        let Some(close) = tag.find('>') else { return unescaped(&out) };
        rest = &tag[close + 1..];
    }
    out.push_str(rest);
    unescaped(&out)
}

fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/"), ("&nbsp;", " "), ("&amp;", "&")];
    pairs.iter().fold(text.to_string(), |t, (from, to)| t.replace(from, to))
}
