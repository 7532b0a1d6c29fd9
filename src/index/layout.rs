//! The files of one language, beside the lists: root, cards, columns, suggestions, folding.

use super::bits::Writer;
use super::{File, Input, Made, SearchDoc, VALIDITY, kinds, pack, suggest, tokens};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Format of the files; readers refuse another.
pub const FORMAT: u32 = 1;

/// Documents of one file of columns.
pub const BLOCK: usize = 1 << 16;
/// Longest lead of a card, in characters.
const LEAD: usize = 60;

/// Documents of one file of cards.
pub fn block(docs: usize) -> usize {
    match docs {
        0..6_000 => 2,
        6_000..24_000 => 8,
        _ => 16,
    }
}

fn folder(input: &Input<'_>, lang: usize) -> String {
    format!("search/{}/", input.public.languages[lang].tag)
}

/// The lead of a card: whole words where the language has spaces.
fn lead(text: &str) -> String {
    let text = text.replace('\n', " ");
    let most = if text.is_ascii() { LEAD * 2 } else { LEAD };
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let cut = if text.is_ascii() { cut.rsplit_once(' ').map_or(cut.as_str(), |(c, _)| c) } else { &cut };
    format!("{cut}…")
}

/// The files of suggestions of a language.
pub(super) fn suggestions(input: &Input<'_>, lang: usize, docs: &[SearchDoc]) -> Vec<Vec<u8>> {
    let script = |t: String| if input.public.languages[lang].from.is_some() { (input.script)(lang, &t) } else { t };
    suggest::files(&suggested(input, lang, docs, &script))
}

/// What a language has of its own: root, cards, suggestions. `of` is the language whose lists it uses.
pub(super) fn language(input: &Input<'_>, lang: usize, of: usize, docs: &[SearchDoc], made: &Made, suggestions: Vec<Vec<u8>>) -> Vec<File> {
    let dir = folder(input, lang);
    let public = input.public;
    let script = |t: String| if public.languages[lang].from.is_some() { (input.script)(lang, &t) } else { t };
    let base = input.routes.base_path();
    let cards = |(n, list): (usize, &[SearchDoc])| {
        let rows: Vec<Value> = list
            .iter()
            .map(|d| {
                let validity = d.validity.and_then(|v| VALIDITY.iter().position(|c| *c == v)).map_or(0, |i| i + 1);
                let date = d.date.map_or(String::new(), |d| d.to_string());
                let mut row = json!([
                    d.title,
                    d.url.strip_prefix(base).unwrap_or(&d.url),
                    d.kind,
                    d.departments,
                    date,
                    d.doc_no.as_deref().unwrap_or(""),
                    lead(&d.lead),
                    validity,
                    d.weight
                ]);
                if let (Some(by), Some(row)) = (&d.by, row.as_array_mut()) {
                    row.push(json!(by));
                }
                row
            })
            .collect();
        let mut bytes = made.checks.head((n * block(docs.len()) + list.len()) as u32);
        bytes.extend(script(Value::Array(rows).to_string()).into_bytes());
        File { path: format!("{dir}c/{n}.bin"), bytes: pack(&bytes) }
    };
    let mut files: Vec<File> = docs.par_chunks(block(docs.len())).enumerate().map(cards).collect();
    let shards = suggestions.len();
    files.extend(suggestions.into_iter().enumerate().map(|(n, bytes)| File { path: format!("{dir}s/{n}.bin"), bytes }));
    let m = &input.theme.messages[lang];
    // Years rise with the documents: the first of each is enough.
    let mut years: Vec<(i16, usize)> = Vec::new();
    for (i, d) in docs.iter().enumerate() {
        if let Some(y) = d.date.map(|d| d.year()).filter(|y| years.last().is_none_or(|(last, _)| last != y)) {
            years.push((y, i));
        }
    }
    let shape = &made.shape;
    let root = json!({
        "format": FORMAT,
        "language": public.languages[lang].tag,
        "base": base,
        "lists": if lang == of { String::new() } else { format!("../{}/", public.languages[of].tag) },
        "docs": shape.docs,
        "capacity": shape.capacity,
        "buckets": shape.buckets,
        "size": made.lists.buckets.iter().map(Vec::len).sum::<usize>() / made.lists.buckets.len().max(1),
        "block": block(docs.len()),
        "shards": shards,
        "words": made.words.len(),
        "stem": made.stemmer.name(),
        "also": made.words_too.root(),
        "years": years,
        "hot": made.lists.hot.iter().map(|(h, _)| *h).collect::<Vec<u32>>(),
        "checks": made.checks.told(),
        "types": kinds(input.derived, &public.types).iter().map(|(c, key)| json!([c, m.say(key)])).collect::<Vec<_>>(),
        "departments": public.departments.iter().map(|d| json!([d.id, d.name.get(lang)])).collect::<Vec<_>>(),
        "themes": public.themes.iter().map(|t| json!([t.id, t.label.get(lang)])).collect::<Vec<_>>(),
        "validity": VALIDITY.iter().map(|c| json!([c, m.say(&format!("validity.{c}"))])).collect::<Vec<_>>(),
    });
    files.push(File { path: format!("{dir}root.bin"), bytes: pack(script(root.to_string()).as_bytes()) });
    files
}

/// Texts to suggest, the most wanted first: terms, departments, themes, then titles, short and new ones first.
fn suggested(input: &Input<'_>, lang: usize, docs: &[SearchDoc], script: &dyn Fn(String) -> String) -> Vec<String> {
    let public = input.public;
    let mut words: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &public.items {
        item.keywords.iter().for_each(|k| *words.entry(k).or_default() += 1);
    }
    let mut words: Vec<(&str, usize)> = words.into_iter().collect();
    words.sort_by_key(|(w, n)| (std::cmp::Reverse(*n), *w));
    let mut titles: Vec<(usize, usize)> = docs.iter().enumerate().map(|(i, d)| (d.title.chars().count() / 8, docs.len() - i)).collect();
    titles.sort_unstable();
    let plain: Vec<&str> = titles.iter().map(|(_, back)| docs[docs.len() - back].title.as_str()).collect();
    let phrases = suggest::phrases(&plain);
    let all = (public.glossary.iter().map(|t| t.term.get(lang)))
        .chain(public.departments.iter().map(|d| d.name.get(lang)))
        .chain(public.themes.iter().map(|t| t.label.get(lang)))
        .chain(words.iter().map(|(w, _)| *w).take(2_000))
        .chain(phrases.iter().map(|(w, _)| w.as_str()).take(2_000))
        .chain(plain.iter().copied());
    let mut seen = std::collections::BTreeSet::new();
    all.filter(|t| (2..60).contains(&t.chars().count())).filter(|t| seen.insert(*t)).map(|t| script(t.to_string())).collect()
}

/// A column of small numbers: a line of JSON, then the numbers in bits.
fn column(name: &str, dir: &str, made: &Made, values: &[u32], dictionary: &Value) -> Vec<File> {
    let width = 32 - values.iter().max().copied().unwrap_or(0).leading_zeros();
    let file = |(n, part): (usize, &[u32])| {
        let mut bytes = made.checks.head((n * BLOCK + part.len()) as u32);
        bytes.extend(json!({ "bits": width, "values": dictionary }).to_string().into_bytes());
        bytes.push(b'\n');
        let mut w = Writer::after(bytes);
        part.iter().for_each(|v| w.bits(*v, width));
        File { path: format!("{dir}f/{name}-{n}.bin"), bytes: pack(&w.finish()) }
    };
    values.par_chunks(BLOCK).enumerate().map(file).collect()
}

/// Numbers of lists of values: each different list once, by first sight from the oldest document.
fn numbered(docs: &[SearchDoc], of: impl Fn(&SearchDoc) -> Vec<usize>) -> (Vec<u32>, Value) {
    let mut known: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    let mut list: Vec<Vec<usize>> = Vec::new();
    let values = docs
        .iter()
        .map(|d| {
            let v = of(d);
            *known.entry(v.clone()).or_insert_with(|| {
                list.push(v);
                list.len() as u32 - 1
            })
        })
        .collect();
    (values, json!(list))
}

/// What languages that are made by table share: lists, columns, folding.
pub(super) fn shared(input: &Input<'_>, lang: usize, docs: &[SearchDoc], made: Made) -> Vec<File> {
    let dir = folder(input, lang);
    let mut files = Vec::new();
    let (types, dictionary) = numbered(docs, |d| vec![d.kind]);
    files.extend(column("type", &dir, &made, &types, &dictionary));
    let (departments, dictionary) = numbered(docs, |d| d.departments.clone());
    files.extend(column("department", &dir, &made, &departments, &dictionary));
    // A document counts under its theme and those above it.
    let (themes, dictionary) = numbered(docs, |d| {
        let mut all: Vec<usize> = Vec::new();
        for t in &d.themes {
            let mut at = Some(*t);
            while let Some(t) = at.filter(|t| !all.contains(t)) {
                all.push(t);
                at = input.public.themes[t].parent;
            }
        }
        all.sort_unstable();
        all
    });
    files.extend(column("theme", &dir, &made, &themes, &dictionary));
    let (validity, dictionary) = numbered(docs, |d| d.validity.and_then(|v| VALIDITY.iter().position(|c| *c == v)).into_iter().collect());
    files.extend(column("validity", &dir, &made, &validity, &dictionary));
    // Month and day: the year is known from the root.
    let days: Vec<u32> = docs.iter().map(|d| d.date.map_or(0, |d| d.month() as u32 * 32 + d.day() as u32)).collect();
    files.extend(column("day", &dir, &made, &days, &Value::Null));
    files.push(File { path: format!("{dir}fold.bin"), bytes: fold(&made) });
    let (also, ask) = made.words_too.json();
    // A language without such words has none of these files.
    if !made.words_too.also.is_empty() {
        files.extend(also.iter().enumerate().map(|(n, v)| File { path: format!("{dir}also/{n}.bin"), bytes: pack(v.to_string().as_bytes()) }));
    }
    files.push(File { path: format!("{dir}ask.bin"), bytes: pack(ask.to_string().as_bytes()) });
    files.push(File { path: format!("{dir}p.bin"), bytes: pack(suggest::table(docs.iter().map(|d| d.title.as_str())).as_bytes()) });
    files.extend(made.words.iter().enumerate().map(|(n, bytes)| File { path: format!("{dir}w/{n}.bin"), bytes: bytes.clone() }));
    for (n, bytes) in made.lists.buckets.into_iter().enumerate() {
        files.push(File { path: format!("{dir}b/{n}.bin"), bytes });
    }
    for (hash, bytes) in made.lists.hot {
        files.push(File { path: format!("{dir}h/{hash:08x}.bin"), bytes });
    }
    files
}

/// The folding table: number of pairs, gaps between what folds, what it folds to; LEB128.
fn fold(made: &Made) -> Vec<u8> {
    // Only what the texts have: a character that folds to another finds nothing anyway.
    let there = |to: char| made.letters.get(to as usize / 64).is_none_or(|w| w >> (to as usize % 64) & 1 == 1);
    let mut pairs: Vec<(u32, u32)> = tokens::fold_pairs().filter(|(_, t)| there(*t)).map(|(f, t)| (f as u32, t as u32)).collect();
    pairs.sort_unstable();
    let mut out = Vec::new();
    let mut put = |mut n: u32| {
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
    };
    put(pairs.len() as u32);
    let mut last = 0;
    for (from, _) in &pairs {
        put(from - last);
        last = *from;
    }
    pairs.iter().for_each(|(_, to)| put(*to));
    pack(&out)
}
