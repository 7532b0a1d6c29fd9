//! DCAT as RDF: catalogues in Turtle, RDF/XML and JSON-LD, whatever profile of DCAT they follow.
//!
//! The graph is read whole, within a budget; each `dcat:Dataset` becomes a draft. Contexts that stand elsewhere are never
//! fetched: a JSON-LD file that names one is told and not imported. What no field holds goes to `extra`.

use super::catalogue::{Distribution, Resources, contact, temporal};
use super::dcat_us::more;
use super::reader::{frequency, licence, markdown, odd, set_text};
use super::{Asked, Brought, Draft, Importer, Office, Value, norm};
use crate::catalog::authority;
use crate::config::language_index;
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::Source;
use crate::load::brought::{Piece, text};
use crate::schema::{Field, item as own};
use crate::types::dataset as ds;
use oxrdf::{NamedOrBlankNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// DCAT
pub(super) static IMPORTER: Importer = Importer {
    name: "dcat",
    about: Phrase { zh: "DCAT 目录（Turtle、RDF/XML、JSON-LD）", en: "a DCAT catalogue (Turtle, RDF/XML, JSON-LD)" },
    wanted: |p| syntax(p).is_some(),
    read: super::Read::All(read),
};

/// Most statements of a file.
const STATEMENTS: usize = 3_000_000;
/// Longest entity of XML: they stand for the beginnings of addresses.
const ENTITY: usize = 300;
/// Deepest nesting that is kept under `extra`.
const DEPTH: usize = 4;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const VCARD: &str = "http://www.w3.org/2006/vcard/ns#";
const LABELS: &[&str] = &[
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://xmlns.com/foaf/0.1/name",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://www.w3.org/2006/vcard/ns#fn",
    "http://www.w3.org/2006/vcard/ns#organization-name",
    "http://schema.org/name",
    "https://schema.org/name",
];

#[derive(Clone, Copy, PartialEq)]
enum Syntax {
    Turtle,
    Xml,
    Json,
}

fn syntax(path: &str) -> Option<Syntax> {
    match &*path.rsplit_once('.')?.1.to_ascii_lowercase() {
        "ttl" | "nt" | "turtle" => Some(Syntax::Turtle),
        "rdf" | "xml" | "owl" => Some(Syntax::Xml),
        "jsonld" | "json" => Some(Syntax::Json),
        _ => None,
    }
}

/// What stands at the end of a statement.
#[derive(Debug, Clone, PartialEq)]
enum Thing {
    /// An address, or a node without one (`_:b`).
    Node(String),
    /// A text with its language.
    Text(String, String),
}

impl Thing {
    fn text(&self) -> &str {
        match self {
            Thing::Node(t) | Thing::Text(t, _) => t,
        }
    }
}

/// All statements, by what they are about.
#[derive(Default)]
struct Graph {
    about: BTreeMap<String, Vec<(String, Thing)>>,
    count: usize,
}

impl Graph {
    fn add(&mut self, subject: &NamedOrBlankNode, predicate: &str, object: Term) -> bool {
        let object = match object {
            Term::NamedNode(n) => Thing::Node(n.into_string()),
            Term::BlankNode(b) => Thing::Node(format!("_:{}", b.as_str())),
            Term::Literal(l) => {
                let (value, _, language) = l.destruct();
                Thing::Text(value, language.unwrap_or_default())
            }
            #[allow(unreachable_patterns)]
            _ => return true,
        };
        let subject = match subject {
            NamedOrBlankNode::NamedNode(n) => n.as_str().to_string(),
            NamedOrBlankNode::BlankNode(b) => format!("_:{}", b.as_str()),
        };
        self.count += 1;
        self.about.entry(subject).or_default().push((predicate.to_string(), object));
        self.count <= STATEMENTS
    }

    fn of(&self, subject: &str, predicate: &str) -> impl Iterator<Item = &Thing> + use<'_> {
        let predicate = predicate.to_string();
        self.about.get(subject).into_iter().flatten().filter(move |(p, _)| *p == predicate).map(|(_, o)| o)
    }

    fn is_a(&self, subject: &str, class: &str) -> bool {
        self.of(subject, TYPE).any(|t| t.text() == class)
    }
}

/// Why a file cannot be read: its place in bytes, where it is known, and the reason.
struct Broken(Option<usize>, String);

fn parse(syntax: Syntax, text: &str) -> Result<Graph, Broken> {
    let mut graph = Graph::default();
    let many = || Broken(None, format!("more than {STATEMENTS} statements"));
    match syntax {
        Syntax::Turtle => {
            for t in oxttl::TurtleParser::new().for_slice(text) {
                let t = t.map_err(|e| Broken(Some(e.location().start.offset as usize), e.message().to_string()))?;
                if !graph.add(&t.subject, t.predicate.as_str(), t.object) {
                    return Err(many());
                }
            }
        }
        Syntax::Xml => {
            if let Some(at) = blown(text) {
                return Err(Broken(Some(at), "entities of XML that hold others, or are long, are not expanded".into()));
            }
            let mut parser = oxrdfxml::RdfXmlParser::new().for_slice(text);
            while let Some(t) = parser.next() {
                let t = t.map_err(|e| Broken(None, e.to_string()))?;
                if !graph.add(&t.subject, t.predicate.as_str(), t.object) {
                    return Err(many());
                }
            }
        }
        Syntax::Json => {
            for q in oxjsonld::JsonLdParser::new().for_slice(text) {
                let q = q.map_err(|e| Broken(None, e.to_string()))?;
                if !graph.add(&q.subject, q.predicate.as_str(), q.object) {
                    return Err(many());
                }
            }
        }
    }
    Ok(graph)
}

/// Where an entity stands that would grow when it is put in.
fn blown(text: &str) -> Option<usize> {
    text.match_indices("<!ENTITY").map(|(i, _)| i).find(|i| {
        let rest = &text[*i..];
        let end = rest.find('>').unwrap_or(rest.len());
        end > ENTITY || rest[..end].contains('&') || rest[..end].contains('%')
    })
}

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    let mut offices: BTreeMap<String, Office> = BTreeMap::new();
    for p in pieces {
        let (Some(syntax), Some((content, _))) = (syntax(&p.path), text(&p.bytes)) else {
            let d = Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported")).at(Span::file(&p.path));
            out.push(d.hint(say!("看看文件是否损坏", "see whether the file is damaged")));
            continue;
        };
        let source = Source::new(p.path.as_str(), content);
        let graph = match parse(syntax, &source.text) {
            Ok(g) => g,
            Err(Broken(at, why)) => {
                let span = at.map_or_else(|| Span::file(&p.path), |a| source.span(a.min(source.text.len()), (a + 1).min(source.text.len())));
                let d = Diagnostic::new("IMP001", Severity::Error, say!("RDF 读不下去，未导入：{why}", "the RDF breaks off; not imported: {why}")).at(span);
                out.push(d.hint(if why.contains("context") || why.contains("document") {
                    say!(
                        "别处的 @context 从不下载：把它写进文件里，或改用 Turtle",
                        "a @context elsewhere is never fetched: put it into the file, or use Turtle"
                    )
                } else {
                    say!("重新导出这个文件，或改正此处", "export the file again, or correct this place")
                }));
                continue;
            }
        };
        let classes = [format!("{DCAT}Dataset"), format!("{DCAT}DatasetSeries")];
        let all: Vec<&String> = graph.about.keys().filter(|s| classes.iter().any(|c| graph.is_a(s, c))).collect();
        if all.is_empty() {
            let d = Diagnostic::new("IMP001", Severity::Error, say!("里面没有 dcat:Dataset", "there is no dcat:Dataset in it")).at(Span::file(&p.path));
            out.push(d.hint(say!("导入目录文件，例如 catalog.ttl", "import the file of the catalogue, such as catalog.ttl")));
        }
        let places = places(&source.text, &all);
        for subject in all {
            brought.seen += 1;
            let at = places.get(subject.as_str()).map_or_else(|| Span::file(&p.path), |i| source.span(*i, i + subject.len()));
            let one = One { graph: &graph, asked, at };
            brought.drafts.push(one.dataset(subject, &mut offices, out));
        }
    }
    brought.offices = offices.into_values().collect();
    brought
}

/// Where each dataset is named first, in one pass over the text.
fn places<'a>(text: &str, all: &[&'a String]) -> BTreeMap<&'a str, usize> {
    let wanted: BTreeMap<&str, &'a str> = all.iter().map(|s| (s.as_str(), s.as_str())).collect();
    let mut out = BTreeMap::new();
    let mut begin = 0;
    for (i, _) in text.match_indices(['<', '>', '"', '\'']) {
        if let Some(s) = wanted.get(&text[begin..i]) {
            out.entry(*s).or_insert(begin);
        }
        begin = i + 1;
    }
    out
}

/// The end of an address: `…/frequency/DAILY` is `DAILY`.
fn end(address: &str) -> &str {
    address.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(address)
}

/// A dataset while it is read.
struct One<'a> {
    graph: &'a Graph,
    asked: &'a Asked<'a>,
    at: Span,
}

impl<'a> One<'a> {
    /// The text of a thing: its own, or what the node is called.
    fn called(&self, t: &Thing) -> String {
        match t {
            Thing::Text(t, _) => t.trim().to_string(),
            Thing::Node(n) => LABELS.iter().map(|l| self.one(n, l)).find(|t| !t.is_empty()).unwrap_or_default(),
        }
    }

    /// A text in the site's first language that it has.
    fn one(&self, subject: &str, predicate: &str) -> String {
        let all: Vec<(&str, &str)> = self.texts(subject, predicate);
        let rank = |lang: &str| if lang.is_empty() { usize::MAX - 1 } else { language_index(&self.asked.config.languages, lang).unwrap_or(usize::MAX) };
        all.iter().enumerate().min_by_key(|(i, (l, _))| (rank(l), *i)).map_or(String::new(), |(_, (_, t))| t.trim().to_string())
    }

    fn texts(&self, subject: &str, predicate: &str) -> Vec<(&'a str, &'a str)> {
        let graph: &'a Graph = self.graph;
        let all = graph.about.get(subject).into_iter().flatten().filter(|(p, _)| p == predicate);
        all.filter_map(|(_, o)| if let Thing::Text(t, l) = o { Some((l.as_str(), t.as_str())) } else { None }).collect()
    }

    /// Texts in the languages of the site; what is in others is kept.
    fn by_language(&self, subject: &str, predicate: &str, field: &'static Field, d: &mut Draft, clean: &mut dyn FnMut(&str) -> String) {
        let languages = &self.asked.config.languages;
        let all = self.texts(subject, predicate);
        let mut ours: Vec<(usize, String)> = Vec::new();
        for (lang, t) in &all {
            if let Some(i) = language_index(languages, lang).filter(|i| !ours.iter().any(|(x, _)| x == i)) {
                ours.push((i, clean(t)));
            }
        }
        ours.sort_by_key(|(i, _)| *i);
        match &ours[..] {
            [] => {
                let first = self.one(subject, predicate);
                set_text(d, field, &clean(&first));
                let rest: Vec<(String, Value)> =
                    all.iter().filter(|(_, t)| t.trim() != first).map(|(l, t)| ((*l).to_string(), Value::text(t.trim()))).collect();
                d.keep(&format!("{}_languages", field.key), Value::Map(rest));
            }
            [(_, only)] => set_text(d, field, only),
            several => d.set(field, Value::Map(several.iter().map(|(i, t)| (languages[*i].tag.clone(), Value::text(t.clone()))).collect())),
        }
        if !ours.is_empty() {
            let rest = all.iter().filter(|(l, _)| language_index(languages, l).is_none()).map(|(l, t)| ((*l).to_string(), Value::text(t.trim()))).collect();
            d.keep(&format!("{}_languages", field.key), Value::Map(rest));
        }
    }

    fn dataset(&self, subject: &str, offices: &mut BTreeMap<String, Office>, out: &mut Vec<Diagnostic>) -> Draft {
        let g = self.graph;
        let dct = |t: &str| format!("{DCT}{t}");
        let dcat = |t: &str| format!("{DCAT}{t}");
        let first = |p: &str| self.graph.about.get(subject).into_iter().flatten().find(|(q, _)| q == p).map(|(_, o)| o);
        let title = self.one(subject, &dct("title"));
        let identifier = first(&dct("identifier")).map_or("", Thing::text);
        let key = if subject.starts_with("_:") { if identifier.is_empty() { title.clone() } else { identifier.to_string() } } else { subject.to_string() };
        let wish = norm::slug(if title.is_empty() { end(&key) } else { &title });
        let mut d = Draft::new(&ds::TYPE, key, wish, self.at.clone());
        if title.is_empty() {
            let name = d.name.clone();
            out.push(odd(self.at.clone(), say!("没有标题，用了 `{name}`", "there is no title; `{name}` stands in for it"), say!("改写 title", "write title")));
            set_text(&mut d, &own::TITLE, &name);
        } else {
            self.by_language(subject, &dct("title"), &own::TITLE, &mut d, &mut |t| t.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if identifier != subject {
            set_text(&mut d, &ds::ID, identifier);
        }
        let at = || self.at.clone();
        self.by_language(subject, &dct("description"), &own::DESCRIPTION, &mut d, &mut |t| markdown(&at, t, out));
        if let Some(p) = first(&dct("publisher")).or(first(&dct("creator"))) {
            let name = self.called(p);
            if !name.is_empty() {
                offices.entry(name.clone()).or_insert_with(|| Office { name: name.clone(), ..Office::default() });
                set_text(&mut d, &ds::PUBLISHER, &name);
            }
        }
        self.days(subject, &mut d, out);
        self.place(subject, &mut d);
        self.rights(subject, &mut d, out);
        let words = self.texts(subject, &dcat("keyword"));
        let ours = |l: &str| l.is_empty() || language_index(&self.asked.config.languages, l).is_some();
        let (known, other): (Vec<_>, Vec<_>) = words.into_iter().partition(|(l, _)| ours(l));
        let list = |all: &[(&str, &str)]| all.iter().map(|(_, t)| (*t).to_string()).collect::<Vec<_>>();
        super::catalogue::keywords(&mut d, list(if known.is_empty() { &other } else { &known }));
        if !known.is_empty() {
            d.keep("keywords", Value::List(list(&other).into_iter().map(Value::Text).collect()));
        }
        // The EU's theme stands beside the publisher's own.
        let themes: Vec<&Thing> = g.of(subject, &dcat("theme")).collect();
        let eu = |t: &&&Thing| t.text().starts_with(authority::DATA_THEME.base);
        let own_themes: Vec<&&Thing> = themes.iter().filter(|t| !eu(t)).collect();
        let shown: Vec<&Thing> = if own_themes.is_empty() { themes.clone() } else { own_themes.into_iter().copied().collect() };
        let names: BTreeSet<String> =
            shown.iter().map(|t| Some(self.called(t)).filter(|n| !n.is_empty()).unwrap_or_else(|| end(t.text()).to_string())).collect();
        d.set(&own::THEME, Value::List(names.into_iter().map(Value::Text).collect()));
        if let Some(c) = first(&dcat("contactPoint")) {
            let reach = |p: &str| {
                let t = g.of(c.text(), p).next()?;
                // A node of its own holds the value.
                Some(
                    g.of(t.text(), &format!("{VCARD}hasValue")).next().unwrap_or(t).text().trim_start_matches("mailto:").trim_start_matches("tel:").to_string(),
                )
            };
            let tel = reach(&format!("{VCARD}hasTelephone")).unwrap_or_default();
            contact(&mut d, &self.called(c), &reach(&format!("{VCARD}hasEmail")).unwrap_or_default(), &tel);
        }
        let version = first(&dcat("version")).or(first("http://www.w3.org/2002/07/owl#versionInfo")).map_or("", Thing::text);
        set_text(&mut d, &ds::VERSION, version);
        if let Some(p) = first(&dct("provenance")) {
            set_text(&mut d, &ds::PROVENANCE, &self.called(p));
        }
        if let Some(l) = first(&dcat("landingPage")).or(Some(&Thing::Node(subject.to_string())))
            && let norm::Read::Sure(u) = norm::address(l.text())
        {
            set_text(&mut d, &own::SOURCE_URL, &u);
        }
        self.files(subject, &title, &mut d, out);
        self.rest(subject, &mut d);
        d
    }

    fn days(&self, subject: &str, d: &mut Draft, out: &mut Vec<Diagnostic>) {
        for (p, field) in [("issued", &ds::ISSUED), ("modified", &ds::MODIFIED)] {
            let told = self.graph.of(subject, &format!("{DCT}{p}")).next().map_or("", Thing::text).trim().to_string();
            match norm::day(&told) {
                _ if told.is_empty() => {}
                norm::Read::Sure(day) => set_text(d, field, &day.to_string()),
                norm::Read::Partly(day) if told.contains(['T', ':']) => {
                    set_text(d, field, &day.to_string());
                    d.keep(p, Value::text(told));
                }
                _ => {
                    out.push(odd(
                        self.at.clone(),
                        say!("`{p}` 的 `{told}` 读不出日期", "`{p}` says `{told}`, which is no date for sure"),
                        say!("原文保留在 extra.{p}", "it stands under extra.{p}"),
                    ));
                    d.keep(p, Value::text(told));
                }
            }
        }
        if let Some(f) = self.graph.of(subject, &format!("{DCT}accrualPeriodicity")).next() {
            match authority::FREQUENCY.word(f.text()) {
                Some(word) => set_text(d, &ds::FREQUENCY, word),
                None => {
                    let told = Some(self.called(f)).filter(|t| !t.is_empty()).unwrap_or_else(|| end(f.text()).to_string());
                    frequency(self.at.clone(), "accrualPeriodicity", &told, d, out);
                }
            }
        }
        if let Some(t) = self.graph.of(subject, &format!("{DCT}temporal")).next() {
            let point = |names: [&str; 3]| names.iter().find_map(|p| self.graph.of(t.text(), p).next()).map_or(String::new(), |x| x.text().trim().to_string());
            let begin = point([&format!("{DCAT}startDate"), "http://schema.org/startDate", "https://schema.org/startDate"]);
            let close = point([&format!("{DCAT}endDate"), "http://schema.org/endDate", "https://schema.org/endDate"]);
            let told = if begin.is_empty() && close.is_empty() { t.text().to_string() } else { format!("{begin}/{close}") };
            if !temporal(d, &told) {
                d.keep("temporal", Value::text(told));
            }
        }
    }

    fn place(&self, subject: &str, d: &mut Draft) {
        let Some(t) = self.graph.of(subject, &format!("{DCT}spatial")).next() else { return };
        let name = self.called(t);
        let node = t.text();
        let code = self.graph.of(node, &format!("{DCT}identifier")).next().map_or("", Thing::text);
        let corners = self.graph.of(node, &format!("{DCAT}bbox")).next().and_then(|b| corners(b.text()));
        let geonames =
            node.split_once("geonames.org/").map(|(_, n)| n.trim_end_matches('/')).filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if code.is_empty() && corners.is_none() && geonames.is_none() {
            if name.is_empty() {
                d.keep("spatial", Value::text(node));
            } else {
                set_text(d, &ds::SPATIAL, &name);
            }
            return;
        }
        let mut pairs = vec![(ds::spatial::NAME.key.to_string(), Value::Text(name)), (ds::spatial::CODE.key.to_string(), Value::text(code))];
        pairs.push((ds::spatial::BBOX.key.to_string(), Value::List(corners.into_iter().flatten().map(|n| Value::Text(n.to_string())).collect())));
        pairs.push((ds::spatial::GEONAMES.key.to_string(), Value::text(geonames.unwrap_or(""))));
        pairs.retain(|(_, v)| !v.is_empty());
        d.set(&ds::SPATIAL, Value::Map(pairs));
    }

    fn rights(&self, subject: &str, d: &mut Draft, out: &mut Vec<Diagnostic>) {
        let g = self.graph;
        let files: Vec<&Thing> = g.of(subject, "http://www.w3.org/ns/dcat#distribution").collect();
        let p = format!("{DCT}license");
        let told = g.of(subject, &p).next().or_else(|| files.iter().find_map(|f| g.of(f.text(), "http://purl.org/dc/terms/license").next()));
        if let Some(l) = told {
            let address = Some(l.text()).filter(|t| t.contains("://"));
            // The EU's table writes CC_BY_4_0.
            let eu = address.filter(|a| a.contains("/authority/licence/")).map(|a| end(a).replace('_', "-").replace("-0", ".0"));
            let name = eu.clone().unwrap_or_else(|| Some(self.called(l)).filter(|t| !t.is_empty()).unwrap_or_else(|| l.text().to_string()));
            licence(self.at.clone(), &name, address.filter(|_| eu.is_none()), d, out);
        }
        if let Some(a) = g.of(subject, "http://purl.org/dc/terms/accessRights").next() {
            match authority::ACCESS.word(a.text()) {
                Some(word) => set_text(d, &ds::ACCESS_RIGHTS, word),
                None => {
                    let told = Some(self.called(a)).filter(|t| !t.is_empty()).unwrap_or_else(|| a.text().to_string());
                    out.push(odd(
                        self.at.clone(),
                        say!("开放等级 `{told}` 认不出", "the access rights `{told}` are not known"),
                        say!("原文保留在 extra.accessRights；写 access_rights", "they stand under extra.accessRights; write access_rights"),
                    ));
                    d.keep("accessRights", Value::text(told));
                }
            }
        }
    }

    fn files(&self, subject: &str, title: &str, d: &mut Draft, out: &mut Vec<Diagnostic>) {
        let g = self.graph;
        let mut made = Resources::default();
        let known = ["title", "description", "downloadURL", "accessURL", "format", "mediaType", "license", "byteSize", "checksum", "accessService", "type"];
        for (i, file) in g.of(subject, "http://www.w3.org/ns/dcat#distribution").enumerate() {
            let node = file.text();
            let first = |p: String| g.about.get(node).into_iter().flatten().find(|(q, _)| *q == p).map(|(_, o)| o.text().to_string()).unwrap_or_default();
            let word = |p: String| {
                let t = g.about.get(node).into_iter().flatten().find(|(q, _)| *q == p).map(|(_, o)| o);
                t.map_or(String::new(), |t| match t {
                    Thing::Text(t, _) => t.trim().to_string(),
                    Thing::Node(n) => n.split_once("/media-types/").map_or_else(|| end(n), |(_, m)| m).to_string(),
                })
            };
            let (download, access) = (first(format!("{DCAT}downloadURL")), first(format!("{DCAT}accessURL")));
            let service = first(format!("{DCAT}accessService"));
            let format = if service.is_empty() { word(format!("{DCT}format")) } else { "API".into() };
            let media = if service.is_empty() { word(format!("{DCAT}mediaType")) } else { String::new() };
            let mut titled = self.one(node, &format!("{DCT}title"));
            if titled.is_empty() {
                titled = if format.is_empty() { format!("{title} ({})", i + 1) } else { format!("{title} ({format})") };
            }
            let left = self.left(node, &known, 1);
            if !left.is_empty() {
                more(d, &titled, left);
            }
            let dist = Distribution {
                title: titled,
                description: self.one(node, &format!("{DCT}description")),
                url: if download.is_empty() { access } else { download },
                format,
                media,
                ..Distribution::default()
            };
            made.add(&|| self.at.clone(), dist, out);
        }
        made.give(d);
    }

    /// What is said of a node besides what was taken, by the ends of its properties.
    fn left(&self, node: &str, known: &[&str], depth: usize) -> Vec<(String, Value)> {
        let mut out: Vec<(String, Vec<Value>)> = Vec::new();
        for (p, o) in self.graph.about.get(node).into_iter().flatten() {
            let key = end(p);
            if known.contains(&key) {
                continue;
            }
            let value = match o {
                Thing::Text(t, _) => Value::text(t.trim()),
                Thing::Node(n) if n.starts_with("_:") && depth < DEPTH => Value::Map(self.left(n, &["type"], depth + 1)),
                Thing::Node(n) if n.starts_with("_:") => continue,
                Thing::Node(n) => Value::text(n.clone()),
            };
            match out.iter_mut().find(|(k, _)| k == key) {
                Some((_, all)) => all.push(value),
                None => out.push((key.to_string(), vec![value])),
            }
        }
        let one = |mut all: Vec<Value>| if all.len() == 1 { all.remove(0) } else { Value::List(all) };
        out.into_iter().map(|(k, v)| (k, one(v))).filter(|(_, v)| !v.is_empty()).collect()
    }

    fn rest(&self, subject: &str, d: &mut Draft) {
        let known = [
            "type",
            "title",
            "description",
            "identifier",
            "publisher",
            "creator",
            "issued",
            "modified",
            "accrualPeriodicity",
            "temporal",
            "spatial",
            "license",
            "accessRights",
            "keyword",
            "theme",
            "contactPoint",
            "version",
            "versionInfo",
            "provenance",
            "landingPage",
            "distribution",
        ];
        for (key, value) in self.left(subject, &known, 1) {
            d.keep(&key, value);
        }
    }
}

/// West, south, east and north of a shape in WKT; none of one that leaves the earth.
fn corners(wkt: &str) -> Option<[f64; 4]> {
    let inside = wkt.split_once('(')?.1;
    let numbers: Vec<f64> =
        inside.split(|c: char| matches!(c, '(' | ')' | ',' | ' ')).filter(|t| !t.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    if numbers.len() < 4 || numbers.len() % 2 != 0 {
        return None;
    }
    let of = |k: usize| numbers.iter().skip(k).step_by(2).copied();
    let (low, high) = (|k| of(k).fold(f64::INFINITY, f64::min), |k| of(k).fold(f64::NEG_INFINITY, f64::max));
    let box_ = [low(0), low(1), high(0), high(1)];
    (box_[0] >= -180.0 && box_[1] >= -90.0 && box_[2] <= 180.0 && box_[3] <= 90.0).then_some(box_)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_have_corners_and_entities_bounds() {
        assert_eq!(corners("POLYGON((1.5 -2,3 -2,3 4,1.5 4,1.5 -2))"), Some([1.5, -2.0, 3.0, 4.0]));
        assert_eq!(corners("POLYGON((200 0,1 1))"), None);
        assert_eq!(corners("POINT(x y)"), None);
        assert!(blown("<!DOCTYPE rdf [<!ENTITY dct \"http://purl.org/dc/terms/\">]>").is_none());
        assert!(blown("<!DOCTYPE rdf [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>").is_some());
        assert_eq!((end("http://a/b/DAILY"), end("http://a#x")), ("DAILY", "x"));
    }
}
