//! Search in static files: the index, made from the model's own text, and the same search in Rust as in the browser.
//!
//! One folder a language below `search/`. docs/en/search.md describes every file; [`postings`] the lists.
//!
//! | file | holds |
//! |---|---|
//! | `root.bin` | number of documents, files and their shape, labels of facets, years, fingerprints |
//! | `b/N.bin`, `h/HASH.bin` | lists of terms; long lists have a file of their own |
//! | `c/N.bin` | cards: what a result shows, a few documents a file |
//! | `f/NAME-N.bin` | a facet's value of each document, bit-packed, 65,536 documents a file |
//! | `s/N.bin` | suggestions |
//! | `w/N.bin` | words, for slips of the pen: [`spelling`] |
//! | `fold.bin` | Traditional and variant characters to Simplified, as far as the site's texts need it |
//!
//! All but the lists, which are packed by their own code, are compressed with raw deflate.

pub mod ask;
pub mod bits;
pub mod engine;
mod layout;
mod places;
pub mod postings;
pub mod query;
pub mod spelling;
pub mod suggest;
mod terms;
pub mod tokens;

use crate::config::Config;
use crate::derive::{Derived, Validity};
use crate::load::outline;
use crate::model::{Detail, Item, Public, Types, Value, vocab};
use crate::route::{Routes, Section, Target};
use crate::theme::Theme;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A document of the index: anything with an address.
#[derive(Debug, Clone)]
pub struct SearchDoc {
    /// Root-absolute address.
    pub url: String,
    /// Its type: index into the list of `kinds`.
    pub kind: usize,
    /// Title in the language of the index, or in its own.
    pub title: String,
    /// Departments, lead first: indexes into [`Public::departments`].
    pub departments: Vec<usize>,
    /// Themes: indexes into [`Public::themes`].
    pub themes: Vec<usize>,
    /// The day by which it is ordered.
    pub date: Option<Date>,
    /// 发文字号.
    pub doc_no: Option<String>,
    /// Steps of its enactment: the numbers in them are its own.
    pub steps: Vec<String>,
    /// Beginning or summary of its text.
    pub lead: String,
    /// Code of its validity, of policies.
    pub validity: Option<&'static str>,
    /// Title and address of what took its place.
    pub by: Option<(String, String)>,
    /// KB of its page, nearly: what an excerpt costs.
    pub weight: u32,
    /// Keywords and questions: they count like the title.
    pub asked: Vec<String>,
    /// Where its text comes from.
    pub source: Source,
}

/// Where the text of a document comes from; it is made when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// An item.
    Item(u32),
    /// A department.
    Department(u32),
    /// A term of the glossary.
    Term(u32),
    /// A page of disclosure.
    Disclosure(Section),
    /// A letter that may be shown.
    Letter(u32),
    /// A column: its description and keywords.
    Column(u32),
    /// A channel of `contact:`; its title and lead say all.
    Channel(u32),
    /// A theme, by its name in a language in which few texts are.
    Theme(u32),
}

/// Types of documents that every index tells of: code, key of the label.
static USUAL: [(&str, &str); 8] = [
    ("policy", "type.policies"),
    ("interpretation", "type.interpretations"),
    ("dataset", "type.datasets"),
    ("news", "type.news"),
    ("topic", "type.topics"),
    ("page", "type.pages"),
    ("department", "nav.departments"),
    ("term", "glossary.title"),
];

/// The types of documents of a site, by the number that stands for them: the usual ones, then further ones that it has items of.
pub(crate) fn kinds(derived: &Derived, types: &Types) -> Vec<(&'static str, String)> {
    let further = types.iter().filter(|k| !derived.list(*k).is_empty() && !USUAL.iter().any(|(c, _)| *c == k.id));
    let disclosure = derived.disclosed.there.then(|| ("disclosure", "type.disclosure".to_string()));
    let letters = (!derived.letters.shown.is_empty()).then(|| (LETTER, "feedback.title".to_string()));
    let usual = USUAL.iter().map(|(c, key)| (*c, key.to_string()));
    usual.chain(further.map(|k| (k.id, format!("type.{}", k.folder)))).chain(disclosure).chain(letters).collect()
}

/// Code of letters among the types of documents.
const LETTER: &str = "letter";

/// Codes of validity, in the order of their numbers in the column; 0 is none.
pub static VALIDITY: &[&str] = &["in-force", "not-yet", "amended", "expired", "repealed"];

/// All files of search.
#[derive(Debug, Default)]
pub struct Index {
    /// In the order of languages.
    pub files: Vec<File>,
    /// What it holds.
    pub size: Size,
}

/// Counts of an index, over all languages with lists of their own.
#[derive(Debug, Default, Clone, Copy, serde::Serialize)]
pub struct Size {
    /// Documents.
    pub documents: usize,
    /// Different terms.
    pub terms: usize,
    /// Terms of documents.
    pub postings: usize,
    /// Files of all languages.
    pub files: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// A file of search.
#[derive(Debug)]
pub struct File {
    /// Path below the output folder.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What the index is made of.
pub struct Input<'a> {
    /// Settings.
    pub config: &'a Config,
    /// Content.
    pub public: &'a Public,
    /// Computed values.
    pub derived: &'a Derived,
    /// Addresses.
    pub routes: &'a Routes,
    /// Labels.
    pub theme: &'a Theme,
    /// A text in the script of a language that is made by table.
    pub script: &'a (dyn Fn(usize, &str) -> String + Sync),
}

/// Most files of search over all languages: a tenth of the pages and 10,000. A search asks for some ten lists and gets each with what stands
/// beside it: with fewer and larger files that is most of what it costs a phone.
const FILES: usize = 10_000;
/// Wanted size of a file of lists.
const BUCKET: u32 = 600;

/// Makes the index of every language. A language made by table from another shares its lists.
pub fn index(input: &Input<'_>) -> Index {
    let pages = input.routes.entries.iter().filter(|e| e.path.ends_with(".html")).count();
    let languages = &input.public.languages;
    let own = languages.iter().filter(|l| l.from.is_none()).count().max(1);
    let mut out = Index::default();
    for (lang, language) in languages.iter().enumerate() {
        if language.from.is_some() {
            continue;
        }
        let docs = documents(input, lang);
        // Each language made by table from this one has cards and suggestions of its own.
        let sets = 1 + languages.iter().filter(|l| l.from == Some(lang)).count();
        let others = sets * (docs.len().div_ceil(layout::block(docs.len())) + suggest::FILES + spelling::FILES) + ask::FILES + 100;
        let buckets = ((pages / 10 + FILES) / own).saturating_sub(others).max(64) as u32;
        let budget = postings::Budget { files: buckets, size: BUCKET };
        let (made, suggestions) = rayon::join(|| lists(input, lang, &docs, budget), || layout::suggestions(input, lang, &docs));
        out.size.documents += docs.len();
        out.size.terms += made.lists.hashes.len();
        out.size.postings += made.lists.records;
        out.files.extend(layout::language(input, lang, lang, &docs, &made, suggestions));
        for (other, _) in languages.iter().enumerate().filter(|(_, l)| l.from == Some(lang)) {
            let docs = documents(input, other);
            let suggestions = layout::suggestions(input, other, &docs);
            out.files.extend(layout::language(input, other, lang, &docs, &made, suggestions));
        }
        out.files.extend(layout::shared(input, lang, &docs, made));
    }
    out.size.files = out.files.len();
    out.size.bytes = out.files.iter().map(|f| f.bytes.len()).sum();
    out
}

/// The lists of a language with what belongs to them.
pub(crate) struct Made {
    shape: postings::Shape,
    lists: postings::Lists,
    checks: postings::Checks,
    stemmer: tokens::Stemmer,
    /// A bit for each character below U+30000 that stands in some text, folded.
    letters: Vec<u64>,
    /// Files of words.
    words: Vec<Vec<u8>>,
    /// Official terms for what people write, and the words of questions.
    words_too: ask::Words,
}

/// The characters that the texts have, and their words with how many documents have each.
fn letters(input: &Input<'_>, lang: usize, docs: &[SearchDoc]) -> (Vec<u64>, FxHashMap<String, u32>) {
    type Sets = (Vec<u64>, FxHashMap<String, u32>);
    let none = || (vec![0u64; 0x30000 / 64], FxHashMap::default());
    let add = |(mut set, mut words): Sets, text: &str| {
        spelling::count(text, &mut words, |u| {
            if let Some(bits) = set.get_mut(u as usize / 64) {
                *bits |= 1 << (u % 64);
            } else if let Some(c) = char::from_u32(u).map(tokens::fold).filter(|c| (*c as usize) < 0x30000) {
                set[c as usize / 64] |= 1 << (c as usize % 64);
            }
        });
        (set, words)
    };
    let of = |set: Sets, d: &SearchDoc| match d.source {
        // The text as it is written, and of its head what the page shows: comments and what is internal are no words of the site.
        Source::Item(i) => {
            let item = &input.public.items[i as usize];
            let edition = item.best(lang);
            let mut data = format!("{}\n", edition.title);
            head_text(input.public, lang, false, item, &mut data);
            let body = edition.doc.body();
            let words = crate::load::markdown::without_comments(body);
            data.push_str(&words);
            data.push('\n');
            input.derived.tables[i as usize].iter().flatten().for_each(|t| table_text(t, &mut data));
            let (bits, counts) = add(set, &data);
            // What looks like a comment may stand in code, which is shown: none of its characters is called one that no text has.
            if matches!(words, std::borrow::Cow::Owned(_)) { (add((bits, FxHashMap::default()), body).0, counts) } else { (bits, counts) }
        }
        other => add(set, &format!("{}\n{}", d.title, text(input.public, input.derived, lang, false, other))),
    };
    let or = |a: Sets, b: Sets| {
        let mut words = a.1;
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (w, n) in b.1 {
            *words.entry(w).or_default() += n;
        }
        (a.0.iter().zip(&b.0).map(|(x, y)| x | y).collect(), words)
    };
    let (written, words) = docs.par_chunks(256).map(|c| c.iter().fold(none(), of)).reduce(none, or);
    // Folded once for all texts.
    let mut set = vec![0u64; written.len()];
    for (i, bits) in written.iter().enumerate().filter(|(_, b)| **b != 0) {
        for u in (0..64).filter(|n| bits >> n & 1 == 1).map(|n| i * 64 + n) {
            let u = char::from_u32(u as u32).map_or(u, |c| tokens::fold(c) as usize);
            if u < 0x30000 {
                set[u / 64] |= 1 << (u % 64);
            }
        }
    }
    (set, words)
}

/// All documents of a language, oldest first. The order is the same in a language made by table.
fn documents(input: &Input<'_>, lang: usize) -> Vec<SearchDoc> {
    let (public, routes) = (input.public, input.routes);
    let kinds = kinds(input.derived, &public.types);
    let mut docs: Vec<SearchDoc> = Vec::with_capacity(public.items.len() + public.departments.len() + public.glossary.len());
    if let Some(page) = routes.get(lang, &Target::Glossary) {
        for (i, t) in public.glossary.iter().enumerate() {
            let lead = t.definition.get(lang).to_string();
            docs.push(SearchDoc { lead, ..bare(format!("{}#{}", page.url, t.id), 7, t.term.get(lang).into(), Source::Term(i as u32)) });
        }
    }
    for (i, d) in public.departments.iter().enumerate() {
        if let Some(page) = routes.get(lang, &Target::Department(i as u32, 0)) {
            let lead = d.description.get(lang).to_string();
            docs.push(SearchDoc { lead, departments: vec![i], ..bare(page.url.clone(), 6, d.name.get(lang).into(), Source::Department(i as u32)) });
        }
    }
    docs.extend(places::documents(input, lang));
    let place = |id: &str| kinds.iter().position(|(c, _)| *c == id).unwrap_or(0);
    if input.derived.disclosed.there {
        docs.extend(disclosed(input, lang, place("disclosure")));
    }
    // Letters stand among the items by their day: what comes new touches little.
    let letters = input.derived.letters.shown.iter().map(|i| Source::Letter(*i));
    let mut order: Vec<Source> = (0..public.items.len() as u32).map(Source::Item).chain(letters).collect();
    // The lists of the site run newest first: this is their order, read from the end.
    order.sort_by_key(|s| match s {
        Source::Letter(i) => (public.feedback.letters[*i as usize].received.map(|d| (d, None)), 1, std::cmp::Reverse(*i)),
        Source::Disclosure(_) => (None, 0, std::cmp::Reverse(0)),
        Source::Item(i) | Source::Department(i) | Source::Term(i) | Source::Column(i) | Source::Channel(i) | Source::Theme(i) => {
            let item = &public.items[*i as usize];
            (item.published.map(|m| (m.date, m.time)).or_else(|| item.day().map(|d| (d, None))), 0, std::cmp::Reverse(*i))
        }
    });
    for s in order {
        let i = match s {
            Source::Letter(i) => {
                docs.extend(letter(input, lang, i, &kinds));
                continue;
            }
            Source::Item(i) | Source::Department(i) | Source::Term(i) | Source::Column(i) | Source::Channel(i) | Source::Theme(i) => i,
            Source::Disclosure(_) => continue,
        };
        let item = &public.items[i as usize];
        let Some(page) = routes.item(lang, i, item) else { continue };
        let edition = item.best(lang);
        docs.push(SearchDoc {
            departments: item.issuers.clone(),
            themes: item.themes.clone(),
            date: item.day(),
            doc_no: item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown().to_string()),
            steps: item.policy().map(|p| p.history.iter().map(|(_, t)| t.clone()).collect()).unwrap_or_default(),
            lead: edition.summary.clone().unwrap_or_else(|| opening(&edition.doc)),
            validity: input.derived.validity[i as usize].map(|v| v.code()),
            by: successor(input, lang, i),
            // A page is about two fifths of its text, packed, and its frame.
            weight: 5 + (edition.doc.body().len() * 2 / 5 / 1000) as u32,
            asked: item
                .keywords
                .iter()
                .cloned()
                .chain(questions(item))
                .chain(places::names(input, lang, item, edition.lang))
                .chain(titles(item, edition))
                .collect(),
            ..bare(
                page.url.clone(),
                place(if crate::model::disclosure::is_rules(&item.id) { "disclosure" } else { item.kind.id }),
                edition.title.clone(),
                Source::Item(i),
            )
        });
    }
    docs.truncate(postings::DOCUMENTS);
    docs
}

/// The beginning of a text, where it has no first paragraph that is one: that of a law which begins with its chapters.
fn opening(doc: &crate::load::Doc) -> String {
    if !doc.outline.lead.is_empty() {
        return doc.outline.lead.to_string();
    }
    let body = doc.body();
    let text = outline::plain(&body[..crate::load::floor(body, 2_000)], false);
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
}

/// What took the place of a policy that is no longer whole or in force: its title and address.
fn successor(input: &Input<'_>, lang: usize, i: u32) -> Option<(String, String)> {
    let old = matches!(input.derived.validity[i as usize]?, Validity::Amended | Validity::Expired | Validity::Repealed);
    let new = input.derived.relations[i as usize].successor.filter(|_| old)?;
    let item = &input.public.items[new as usize];
    Some((item.best(lang).title.clone(), input.routes.item(lang, new, item)?.url.clone()))
}

/// What an item is called in the other languages it is written in: who knows that name finds it here.
fn titles(item: &Item, edition: &crate::model::Edition) -> impl Iterator<Item = String> {
    item.written().filter(|e| e.lang != edition.lang && e.title != edition.title).map(|e| e.title.clone())
}

/// The questions that an item answers.
fn questions(item: &Item) -> impl Iterator<Item = String> {
    let qa = match &item.detail {
        Detail::Interpretation(i) => &i.qa[..],
        _ => &[],
    };
    qa.iter().map(|(q, _)| q.clone())
}

/// The pages of disclosure: the entry, the guide, the classes, the reports.
fn disclosed(input: &Input<'_>, lang: usize, kind: usize) -> Vec<SearchDoc> {
    let (all, m) = (&input.public.disclosure, &input.theme.messages[lang]);
    let names = if input.config.disclosure.chinese { "disclosure" } else { "foi" };
    let mut out = Vec::new();
    let mut add = |s: Section, title: String, day: Option<Date>, departments: Vec<usize>| {
        if let Some(page) = input.routes.get(lang, &Target::Disclosure(s)) {
            let lead: String = text(input.public, input.derived, lang, false, Source::Disclosure(s)).chars().take(120).collect();
            out.push(SearchDoc { lead, date: day, departments, ..bare(page.url.clone(), kind, title, Source::Disclosure(s)) });
        }
    };
    add(Section::Home, m.say(&format!("{names}.home")), None, Vec::new());
    add(Section::Guide, m.say(&format!("{names}.guide")), all.guide.as_ref().and_then(|g| g.updated), Vec::new());
    add(Section::Requests(0), m.say(&format!("{names}.requests")), None, Vec::new());
    for (n, node) in all.nodes.iter().enumerate() {
        let title = node.name.clone().unwrap_or_else(|| m.say(&format!("node.{}", node.code)));
        add(Section::Class(n as u32, 0), title, None, Vec::new());
    }
    for (i, r) in all.reports.iter().enumerate() {
        let key = if input.config.disclosure.chinese { "report.title" } else { "report.title.foi" };
        let args = [("department", input.public.departments[r.department].name.get(lang).to_string()), ("year", r.year.to_string())];
        add(Section::Report(i as u32), m.get(key, &args).unwrap_or_default(), r.published, vec![r.department]);
    }
    for (i, r) in all.websites.iter().enumerate() {
        let args = [("site", input.config.title.get(lang).to_string()), ("year", r.year.to_string())];
        add(Section::Website(i as u32), m.get("website.title", &args).unwrap_or_default(), r.published, Vec::new());
    }
    out
}

/// The text of a page of disclosure.
fn disclosed_text(public: &Public, lang: usize, section: Section) -> String {
    let all = &public.disclosure;
    let mut out: Vec<&str> = Vec::new();
    match section {
        Section::Guide => out.extend(all.guide.iter().flat_map(|g| std::iter::once(&g.intro).chain(g.nine.iter().map(|(_, t)| t))).map(|t| t.get(lang))),
        Section::Requests(_) => {
            let apply = all.guide.iter().flat_map(|g| [&g.apply.post, &g.apply.visit, &g.apply.note]);
            out.extend(apply.map(|t| t.get(lang)));
        }
        Section::Class(n, _) => {
            let Some(node) = all.nodes.get(n as usize) else { return String::new() };
            for e in all.entries().iter().filter(|e| crate::model::disclosure::stands(e, node)) {
                out.extend([e.title.get(lang), e.summary.get(lang), e.none.get(lang)]);
                out.extend(e.item.iter().chain(&e.elements).chain(&e.basis).chain(&e.index_no).map(String::as_str));
            }
        }
        Section::Report(i) => out.extend(all.reports.get(i as usize).iter().flat_map(|r| &r.texts).map(|(_, t)| t.get(lang))),
        Section::Website(i) => out.extend(all.websites.get(i as usize).map(|r| r.innovation.get(lang))),
        _ => {}
    }
    out.retain(|t| !t.is_empty());
    out.join("\n")
}

/// A letter, where its page is.
fn letter(input: &Input<'_>, lang: usize, i: u32, kinds: &[(&'static str, String)]) -> Option<SearchDoc> {
    let l = &input.public.feedback.letters[i as usize];
    let target = Target::Letters(crate::route::Letters::One(i));
    let page = input.routes.get(lang, &target).or_else(|| input.routes.get(0, &target))?;
    let kind = kinds.iter().position(|(c, _)| *c == LETTER)?;
    let lead = if l.reply.is_empty() { &l.body } else { &l.reply };
    Some(SearchDoc {
        departments: vec![l.department],
        date: l.received,
        lead: lead.chars().take(200).collect(),
        ..bare(page.url.clone(), kind, l.title.clone(), Source::Letter(i))
    })
}

fn bare(url: String, kind: usize, title: String, source: Source) -> SearchDoc {
    SearchDoc {
        url,
        kind,
        title,
        departments: Vec::new(),
        themes: Vec::new(),
        date: None,
        doc_no: None,
        steps: Vec::new(),
        lead: String::new(),
        validity: None,
        by: None,
        weight: 5,
        asked: Vec::new(),
        source,
    }
}

/// The text of a document without its title: what its page shows of the model.
pub fn text(public: &Public, derived: &Derived, lang: usize, allow_html: bool, source: Source) -> String {
    match source {
        Source::Item(i) => {
            let mut out = item_text(public, lang, allow_html, &public.items[i as usize]);
            derived.tables[i as usize].iter().flatten().for_each(|t| table_text(t, &mut out));
            derived.files[i as usize].iter().flatten().for_each(|f| file_text(f, &mut out));
            out
        }
        Source::Department(i) => {
            let d = &public.departments[i as usize];
            let parts = [d.description.get(lang), d.address.get(lang), d.tel.as_deref().unwrap_or(""), d.email.as_deref().unwrap_or("")];
            parts.join("\n")
        }
        Source::Disclosure(s) => disclosed_text(public, lang, s),
        Source::Letter(i) => {
            let l = &public.feedback.letters[i as usize];
            [public.departments[l.department].name.get(lang), &l.no, &l.body, &l.reply, &l.reply_by].join("\n")
        }
        Source::Column(i) => {
            let c = &public.columns[i as usize];
            format!("{}\n{}", c.keywords.join("\n"), c.description.get(lang))
        }
        Source::Channel(_) | Source::Theme(_) => String::new(),
        Source::Term(i) => {
            let t = &public.glossary[i as usize];
            format!("{}\n{}", t.aliases.join("\n"), t.definition.get(lang))
        }
    }
}

/// Most bytes of values that a data file brings into the index.
const VALUES: usize = 60_000;

/// Most bytes of text that an attachment brings into the index: some thirty pages.
const PAGES: usize = 60_000;

/// What readers of an attachment are shown, up to the budget.
fn file_text(read: &crate::tables::Read, out: &mut String) {
    if !read.file.readable() {
        return;
    }
    let mut left = PAGES;
    for p in read.file.pieces.iter().filter(|p| p.shown()) {
        let end = crate::load::floor(&p.text, left);
        out.push_str(&p.text[..end]);
        out.push('\n');
        left -= end;
        if left == 0 {
            return;
        }
    }
}

/// Names of columns, texts around the table, and the words and codes in its rows, up to the budget.
fn table_text(read: &crate::tables::Read, out: &mut String) {
    let Some(table) = read.table() else { return };
    let left = std::cell::Cell::new(VALUES);
    let mut line = |t: &str| {
        if t.len() < left.get() {
            left.set(left.get() - t.len() - 1);
            out.push_str(t);
            out.push('\n');
        }
    };
    table.names.iter().chain(&table.preamble).chain(&table.notes).for_each(|t| line(t));
    // Numbers by the hundred help nobody to find a file; words do, and the codes by which rows are known.
    let word = |i: usize| {
        let name = table.names.get(i).map_or("", String::as_str);
        let code = name.ends_with(['码', '碼']) || name.to_ascii_lowercase().ends_with("code");
        code || matches!(table.columns.get(i).map(|p| &p.kind), Some(crate::load::table::profile::Kind::String))
    };
    for (_, values) in table.values.iter().enumerate().filter(|(i, _)| word(*i)) {
        values.iter().flatten().for_each(|(v, _)| line(v));
    }
    // Columns with too many values to be kept: row by row, each column with the same part of what is left.
    let many: Vec<usize> = (0..table.columns.len()).filter(|i| word(*i) && table.values.get(*i).is_none_or(Option::is_none)).collect();
    if many.is_empty() || left.get() == 0 {
        return;
    }
    let mut last: Vec<String> = vec![String::new(); many.len()];
    let full = || std::io::Error::from(std::io::ErrorKind::Other);
    // Ends with an error once the budget is spent.
    let _ = read.rows(table, &mut |row| {
        for (i, before) in many.iter().zip(&mut last) {
            let v = row.get(*i).copied().unwrap_or("");
            if !v.is_empty() && *before != v {
                line(v);
                v.clone_into(before);
            }
        }
        if left.get() < 64 { Err(full()) } else { Ok(()) }
    });
}

fn item_text(public: &Public, lang: usize, allow_html: bool, item: &Item) -> String {
    let edition = item.best(lang);
    let mut out = String::with_capacity(edition.doc.body().len() + 256);
    head_text(public, lang, allow_html, item, &mut out);
    outline::plain_into(edition.doc.body(), edition.doc.outline.calm, allow_html, &mut out);
    out
}

/// What the page shows besides title and text.
fn head_text(public: &Public, lang: usize, allow_html: bool, item: &Item, out: &mut String) {
    let edition = item.best(lang);
    let mut line = |t: &str| {
        out.push_str(t);
        out.push('\n');
    };
    for d in &item.issuers {
        let (now, then) = (public.departments[*d].name.get(lang), public.issuer(lang, item, *d));
        line(now);
        // Found by the name on the page too.
        if then != now {
            line(then);
        }
    }
    item.keywords.iter().for_each(|k| line(k));
    edition.summary.iter().for_each(|s| line(s));
    item.attachments.iter().for_each(|a| line(&a.title));
    match &item.detail {
        Detail::Policy(p) => {
            p.doc_no.iter().for_each(|n| line(n.shown()));
            [&p.index_no, &p.reg_no, &p.issuer_text].into_iter().flatten().for_each(|t| line(t));
            p.tasks.iter().chain(&p.benefits).for_each(|row| {
                row.each(&mut |_, value| match value {
                    Value::Text(t) => line(t),
                    Value::Said(t) => line(t.get(lang)),
                    Value::Markdown(t) => line(&outline::plain(t.get(lang), allow_html)),
                    _ => {}
                })
            });
        }
        Detail::Interpretation(i) => {
            i.sections.values().for_each(|s| line(&outline::plain(s, allow_html)));
            for (q, a) in &i.qa {
                line(q);
                line(&outline::plain(a, allow_html));
            }
            i.text_alternative.iter().for_each(|t| line(t));
            i.glance.iter().for_each(|g| {
                g.each(&mut |_, value| match value {
                    Value::Text(t) => line(t),
                    Value::Said(t) => line(t.get(lang)),
                    _ => {}
                });
            });
        }
        Detail::Dataset(d) => {
            d.identifier.iter().for_each(|t| line(t));
            for r in &d.resources {
                [r.title.get(lang), r.description.get(lang), r.format.as_str()].into_iter().for_each(&mut line);
                for f in &r.fields {
                    [f.name.as_str(), f.title.get(lang), f.description.get(lang)].into_iter().for_each(&mut line);
                }
            }
        }
        Detail::Record(_) | Detail::Consultation(_) => item.record().into_iter().for_each(|values| {
            values.each(&mut |field, value| match value {
                // A result is told from its day on, opinion by opinion.
                _ if std::ptr::eq(field, &crate::types::consultation::RESULT) => {}
                Value::Text(t) | Value::Web(t) => line(t),
                Value::Said(t) => line(t.get(lang)),
                Value::Markdown(t) => line(&outline::plain(t.get(lang), allow_html)),
                Value::Code(c) => line(vocab::label(field.kind.words().unwrap_or(&[]), c)),
                Value::Department(d) => line(public.departments[*d].name.get(lang)),
                Value::Theme(t) => line(public.themes[*t].label.get(lang)),
                Value::Day(_) | Value::Moment(_) | Value::Flag(_) | Value::Count(_) | Value::File(_) | Value::Item(_) | Value::List(_) | Value::Table(_) => {}
                Value::Free(_) => {}
            })
        }),
        Detail::Topic(_) => {}
    }
    for row in item.consultation().and_then(|c| c.result(public.as_of)).map_or(&[][..], |r| &r.rows) {
        row.reason.iter().chain([&row.opinion]).for_each(|t| line(t));
    }
}

/// Length of a title: its terms, without the country's name and what stands in brackets at its end.
fn title_length(normalised: &str) -> u32 {
    let t = normalised.trim_end_matches(|c: char| ")）".contains(c));
    let t = if t.len() < normalised.len() { t.rfind(['(', '（']).map_or(t, |i| &t[..i]) } else { t };
    let mut n = 0;
    tokens::runs(t.strip_prefix("中华人民共和国").unwrap_or(t), |r| {
        n += match r {
            tokens::Run::Gram(g) => g.len() as u32,
            tokens::Run::Word(_) => 1,
        }
    });
    n.clamp(1, postings::TITLE)
}

/// The terms of one document, counted in an open table that is used again.
struct Counter {
    /// Hash and count; a count of 0 is an empty slot, its highest bits are [`IN_TITLE`], [`AS_WRITTEN`] and [`ASKED`].
    slots: Vec<(u32, u32)>,
    used: Vec<u32>,
}

const IN_TITLE: u32 = 1 << 31;
/// The text has the term itself, not only another spelling of it.
const AS_WRITTEN: u32 = 1 << 30;
/// The term is one of a keyword or a question.
const ASKED: u32 = 1 << 29;
/// What a keyword adds to the title's length: it counts like a title, behind those that have the word themselves.
const NAMED: u32 = 6;
/// What another spelling in a title adds to the title's length: it stands behind the word itself.
const SPELLED: u32 = 32;
/// Terms that an entry of the glossary counts as long as: two lines must not weigh more than a law.
const DEFINED: u32 = 4000;
/// Slots at first, and the most that are kept for the next document.
const SLOTS: (usize, usize) = (1 << 12, 1 << 18);

impl Counter {
    fn new() -> Counter {
        Counter { slots: vec![(0, 0); SLOTS.0], used: Vec::new() }
    }

    fn add(&mut self, hash: u32, flag: u32) {
        if self.used.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = &mut self.slots[at];
            if slot.1 == 0 {
                *slot = (hash, 1 | flag);
                self.used.push(at as u32);
                return;
            }
            if slot.0 == hash {
                slot.1 = (slot.1 + 1) | flag;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let old = std::mem::replace(self, Counter { slots: vec![(0, 0); size], used: Vec::with_capacity(size / 2) });
        for at in old.used {
            let (hash, count) = old.slots[at as usize];
            let mut at = hash as usize & (size - 1);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (hash, count);
            self.used.push(at as u32);
        }
    }

    fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for at in self.used.drain(..) {
            let slot = &mut self.slots[at as usize];
            each(slot.0, slot.1);
            slot.1 = 0;
        }
        if self.slots.len() > SLOTS.1 {
            *self = Counter::new();
        }
    }
}

fn lists(input: &Input<'_>, lang: usize, docs: &[SearchDoc], budget: postings::Budget) -> Made {
    let stemmer = tokens::Stemmer::of(&input.public.languages[lang].tag);
    let checks = postings::Checks::new(docs.iter().map(|d| d.url.as_str()));
    let html = input.config.allow_html;
    let expected: usize = docs
        .par_iter()
        .map(|d| match d.source {
            Source::Item(i) => input.public.items[i as usize].best(lang).doc.body().len() / 4 + 100,
            _ => 100,
        })
        .sum();
    thread_local!(static COUNTER: std::cell::RefCell<Counter> = std::cell::RefCell::new(Counter::new()));
    let emit = |doc: u32, range: std::ops::RangeInclusive<u32>, out: &mut Vec<u64>| {
        let d = &docs[doc as usize];
        COUNTER.with_borrow_mut(|counter| document(d, &text(input.public, input.derived, lang, html, d.source), &stemmer, counter, doc, &range, out));
    };
    let (shape, lists) = postings::lists(docs.len() as u32, &checks, budget, expected, emit);
    let (letters, words) = letters(input, lang, docs);
    // Whether the texts have all terms of a word.
    let has = |h: u32| lists.hashes.binary_search(&h).is_ok();
    let stands = |t: &str| query::parse(t, &stemmer, query::most(1)).1.strict.iter().all(|g| g.first().is_some_and(|h| has(*h)));
    let chinese = input.public.languages[lang].tag.starts_with("zh");
    let words_too = if chinese { official(input, lang, docs, &stands) } else { ask::Words::new(own_words(input, lang), false) };
    Made { shape, lists, checks, stemmer, letters, words: spelling::files(words), words_too }
}

/// Official terms by what people write: the project's own and those of the glossary; normalised.
fn own_words(input: &Input<'_>, lang: usize) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut out: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    let mut add = |alias: String, term: String| {
        if alias.chars().count() > 1 && !term.is_empty() && alias != term {
            let terms = out.entry(alias).or_default();
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
    };
    let words = |t: &str| tokens::normalise(t).trim().to_string();
    for s in &input.public.synonyms {
        s.aliases.iter().for_each(|a| add(words(a), words(&s.term)));
    }
    for t in &input.public.glossary {
        t.aliases.iter().for_each(|a| add(words(a), words(t.term.get(lang))));
    }
    out
}

/// With the built-in ones, which are Chinese and give way to the project's. A law is asked for where the site has it, or something about it.
fn official(input: &Input<'_>, lang: usize, docs: &[SearchDoc], stands: &dyn Fn(&str) -> bool) -> ask::Words {
    let plain = |t: &str| query::squeeze(&tokens::normalise(t));
    let mut out = own_words(input, lang);
    let built_in: Vec<(String, Vec<String>)> =
        ask::built_in().map(|(a, terms, _)| (tokens::normalise(&a).trim().to_string(), terms.iter().map(|t| plain(t)).collect())).collect();
    let mut names = ask::laws(built_in.iter().map(|(_, t)| t));
    names.extend(ask::matters().map(|(law, _)| law.to_string()));
    let known = titled(&names, docs);
    for (alias, terms) in built_in {
        let terms: Vec<String> = ask::at_hand(terms, &|law| known.contains_key(law)).into_iter().filter(|t| *t != alias).collect();
        // What leads to nothing is not told: the root is loaded by every search. One word at least is, for slips and pinyin ask whether there are any.
        if out.is_empty() || terms.iter().any(|t| stands(t)) {
            out.entry(alias).or_insert(terms);
        }
    }
    out.retain(|_, terms| !terms.is_empty());
    ask::Words::new(out, true).with_laws(&known)
}

/// The names that titles have: with the documents that are items, and the lengths of their titles without the country and brackets. No text is looked
/// through.
fn titled(names: &std::collections::BTreeSet<String>, docs: &[SearchDoc]) -> std::collections::BTreeMap<String, Vec<(u32, u32)>> {
    let mut out: std::collections::BTreeMap<String, Vec<(u32, u32)>> = Default::default();
    let list: Vec<&String> = names.iter().collect();
    let Ok(find) = aho_corasick::AhoCorasick::new(&list) else { return out };
    for (i, d) in docs.iter().enumerate() {
        let title = query::squeeze(&tokens::normalise(&d.title));
        for m in find.find_overlapping_iter(&title) {
            let found = out.entry(list[m.pattern().as_usize()].clone()).or_default();
            if matches!(d.source, Source::Item(_)) && found.last().is_none_or(|(doc, _)| *doc != i as u32) {
                found.push((i as u32, ask::unbracketed(&title).trim_start_matches("中华人民共和国").chars().count() as u32));
            }
        }
    }
    out
}

/// The records of one document whose hashes lie in a range.
fn document(d: &SearchDoc, text: &str, stemmer: &tokens::Stemmer, counter: &mut Counter, doc: u32, range: &std::ops::RangeInclusive<u32>, out: &mut Vec<u64>) {
    let title = tokens::normalise(&d.title);
    let mut length = terms::terms(&title, stemmer, true, |h, own| counter.add(h, IN_TITLE | if own { AS_WRITTEN } else { 0 }));
    tokens::runs(&title, |run| {
        if let tokens::Run::Gram(chars) = run {
            suggest::sounds(chars, |h| counter.add(h, IN_TITLE | AS_WRITTEN));
        }
    });
    // What editors say that it answers to counts like a title.
    for t in &d.asked {
        length += terms::terms(&tokens::normalise(t), stemmer, true, |h, own| counter.add(h, ASKED | if own { AS_WRITTEN } else { 0 }));
    }
    let body = tokens::normalise(text);
    length += terms::terms(&body, stemmer, false, |h, own| counter.add(h, if own { AS_WRITTEN } else { 0 }));
    if let Some(no) = &d.doc_no {
        // Its own number counts like a title of its own; that of a notice or decree without its year too.
        tokens::numbers(&tokens::normalise(no), true, |n| {
            tokens::number_terms(&n, |h| counter.add(h, IN_TITLE | AS_WRITTEN));
            if let Some(n) = tokens::without_year(&n) {
                tokens::number_terms(&n, |h| counter.add(h, IN_TITLE | AS_WRITTEN));
            }
        });
    }
    // The decrees by which it was made and changed.
    for t in &d.steps {
        tokens::numbers(&tokens::normalise(t), false, |n| tokens::number_terms(&n, |h| counter.add(h, IN_TITLE | AS_WRITTEN)));
    }
    for t in [&title, &body] {
        tokens::numbers(t, false, |n| tokens::number_terms(&n, |h| counter.add(h, AS_WRITTEN)));
    }
    // A term of the glossary is an answer to those who ask for the term itself; to others it stands behind what is about it.
    let term = matches!(d.source, Source::Term(_));
    let titled = (title_length(&title) + if term { SPELLED } else { 0 }).min(postings::TITLE);
    let length = if term { length.max(DEFINED) } else { length };
    counter.drain(|hash, count| {
        if range.contains(&hash) {
            let own = count & AS_WRITTEN != 0;
            let titled = if own { titled } else { (titled + SPELLED).min(postings::TITLE) };
            let titled = match (count & IN_TITLE != 0, count & ASKED != 0) {
                (true, _) => titled,
                (false, true) => (titled + NAMED).min(postings::TITLE),
                (false, false) => 0,
            };
            let level = postings::level(count & !(IN_TITLE | AS_WRITTEN | ASKED), length);
            out.push(postings::record(hash, doc, if own { level } else { level / 2 }, titled));
        }
    });
}

/// Compresses. A thread keeps its compressor: to make one clears more memory than most files have.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params};
    thread_local!(static COMPRESSOR: std::cell::RefCell<CompressorOxide> =
        std::cell::RefCell::new(CompressorOxide::new(create_comp_flags_from_zip_params(9, 0, 0))));
    COMPRESSOR.with_borrow_mut(|c| {
        c.reset();
        let (mut from, mut to, mut out) = (0, 0, vec![0; (bytes.len() / 2).max(64)]);
        loop {
            let (status, read, written) = compress(c, &bytes[from..], &mut out[to..], TDEFLFlush::Finish);
            (from, to) = (from + read, to + written);
            match status {
                TDEFLStatus::Done => {
                    out.truncate(to);
                    return out;
                }
                TDEFLStatus::Okay if out.len() - to < 30 => out.resize(out.len() * 2, 0),
                TDEFLStatus::Okay => {}
                // Never so far: of what a compressor refuses, another one is asked.
                _ => return miniz_oxide::deflate::compress_to_vec(bytes, 9),
            }
        }
    })
}

/// Largest file that is unpacked.
const UNPACKED: usize = 64 << 20;

/// Decompresses; `None` where the bytes are broken.
pub fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, UNPACKED).ok()
}
