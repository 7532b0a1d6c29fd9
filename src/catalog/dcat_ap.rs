//! DCAT-AP 3.0.1 (DCAT 3): one graph, written as JSON-LD, Turtle and RDF/XML.
//!
//! Every node that is named is described in the same file (the shapes of SEMIC look at one file alone), the site's first
//! language comes first, and what is no day, no address or no term of a table is left out rather than written wrongly.

use super::authority::{self, Scheme};
use super::graph::{Node, Term, clean, iri, json_ld, rdf_xml, turtle};
use super::{Catalogue, Copy, Dataset, Distribution, Format, Part, Published, Whole, Words};
use crate::config::Language;
use crate::load::table::decimal;
use crate::schema::site::outputs;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;

/// `dcat.jsonld` beside the page of a dataset.
pub static FORMAT: Format = Format {
    name: "dcat-ap",
    title: "DCAT-AP",
    media: "application/ld+json",
    output: &outputs::DCAT_AP,
    path: |folder, _| format!("{folder}dcat.jsonld"),
    write: |c, d, at| json_ld(&part(c, d, at)),
};

/// The whole catalogue; it says the same in all three syntaxes.
pub static JSON_LD: Whole = Whole {
    name: "dcat-ap-jsonld",
    title: "DCAT-AP (JSON-LD)",
    media: "application/ld+json",
    output: &outputs::DCAT_AP,
    path: |n| numbered(n, "jsonld"),
    page: PAGE,
    write: |c, all, part| json_ld(&catalogue(c, all, part)),
    graph: Some(json_ld),
};

/// The same graph as [`JSON_LD`], in Turtle.
pub static TURTLE: Whole = Whole {
    name: "dcat-ap-turtle",
    title: "DCAT-AP (Turtle)",
    media: "text/turtle",
    output: &outputs::DCAT_AP,
    path: |n| numbered(n, "ttl"),
    page: PAGE,
    write: |c, all, part| turtle(&catalogue(c, all, part)),
    graph: Some(turtle),
};

/// The same graph as [`JSON_LD`], in RDF/XML.
pub static RDF_XML: Whole = Whole {
    name: "dcat-ap-rdfxml",
    title: "DCAT-AP (RDF/XML)",
    media: "application/rdf+xml",
    output: &outputs::DCAT_AP,
    path: |n| numbered(n, "rdf"),
    page: PAGE,
    write: |c, all, part| rdf_xml(&catalogue(c, all, part)),
    graph: Some(rdf_xml),
};

fn numbered(n: u32, ending: &str) -> String {
    if n == 0 { format!("catalog.{ending}") } else { format!("catalog-{}.{ending}", n + 1) }
}

/// Datasets in one file.
pub const PAGE: usize = 1000;

/// Nodes that several datasets name, each once.
type Shared = BTreeMap<String, Node>;

/// The first description of a node is its only one.
fn put(shared: &mut Shared, node: Node) {
    shared.entry(node.id.clone()).or_insert(node);
}

/// The tag of a language in literals. CKAN compares it with its locale letter by letter, and calls simplified Chinese `zh`.
pub fn tag(languages: &[Language], lang: usize) -> &str {
    match languages.get(lang).map_or("", |l| l.tag.as_str()) {
        "zh-Hans" | "" => "zh",
        other => other,
    }
}

/// Texts, the site's first language first.
fn say(node: &mut Node, prop: &'static str, words: Words<'_>, languages: &[Language]) {
    let mut all: Vec<(usize, &str)> = words.all().map(|(l, t)| (l.unwrap_or(0), t)).filter(|(_, t)| !t.trim().is_empty()).collect();
    all.sort_by_key(|(l, _)| *l);
    for (l, t) in all {
        node.add(prop, Term::Text(clean(t), tag(languages, l).into()));
    }
}

/// What a copy is called in the languages of its title.
fn titled(node: &mut Node, called: &[(Option<usize>, String)], languages: &[Language]) {
    let mut all: Vec<(usize, &str)> = called.iter().map(|(l, t)| (l.unwrap_or(0), t.as_str())).filter(|(_, t)| !t.trim().is_empty()).collect();
    all.sort_by_key(|(l, _)| *l);
    for (l, t) in all {
        node.add("dct:title", Term::Text(clean(t), tag(languages, l).into()));
    }
}

fn typed(value: impl ToString, of: &'static str) -> Term {
    Term::Typed(value.to_string(), of)
}

/// A year, a month or a day as it is written, with its type; none for anything else.
pub fn period(text: &str) -> Option<Term> {
    let text = text.trim();
    let year = |t: &str| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
    if year(text) {
        return Some(typed(text, "xsd:gYear"));
    }
    if let Some((y, m)) = text.split_once('-').filter(|(y, m)| year(y) && m.len() == 2) {
        return m.parse::<u8>().ok().filter(|m| (1..=12).contains(m)).map(|_| typed(format!("{y}-{m}"), "xsd:gYearMonth"));
    }
    (text.len() == 10).then(|| text.parse::<jiff::civil::Date>().ok()).flatten().map(|d| typed(d, "xsd:date"))
}

fn term(node: &mut Node, prop: &'static str, scheme: &Scheme, word: &str, shared: &mut Shared) -> bool {
    let Some(nodes) = scheme.nodes(word) else { return false };
    node.link(prop, nodes[0].id.clone());
    nodes.into_iter().for_each(|n| put(shared, n));
    true
}

/// Addresses are the same in every file that names a thing.
fn of_site(home: &str, what: &str, id: &str) -> String {
    format!("{home}#{what}-{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

/// The node of a dataset: its address is that of its page.
pub fn address(page: &str) -> String {
    format!("{page}#dataset")
}

fn agent(c: &Catalogue<'_>, d: &Dataset<'_>, n: usize, shared: &mut Shared) -> String {
    let who = d.publishers[n];
    let id = of_site(c.home, "department", &who.id);
    shared.entry(id.clone()).or_insert_with(|| {
        let mut node = Node::new(id.clone(), &["foaf:Agent"]);
        say(&mut node, "foaf:name", Words::of(&who.name), c.languages);
        if node.props.is_empty() {
            node.add("foaf:name", Term::Plain(who.id.clone()));
        }
        if let Some(home) = who.url.as_deref().and_then(iri) {
            node.link("foaf:homepage", home);
        }
        node
    });
    if let Some(level) = c.level {
        kind_of(&id, level, shared);
    }
    if let Some(home) = who.url.as_deref().and_then(iri) {
        shared.entry(home.clone()).or_insert_with(|| Node::new(home, &["foaf:Document"]));
    }
    id
}

/// What kind of authority publishes.
fn kind_of(id: &str, level: &str, shared: &mut Shared) {
    if let (Some(nodes), Some(agent)) = (authority::PUBLISHER.nodes(level), shared.get_mut(id)) {
        agent.link("dct:type", nodes[0].id.clone());
        nodes.into_iter().for_each(|n| put(shared, n));
    }
}

/// The licence of a dataset.
fn licence(d: &Dataset<'_>, at: &Published, shared: &mut Shared) -> Option<String> {
    let l = d.licence?;
    let known = l.known();
    let url = l.url.map(String::from).or_else(|| known.as_ref().and_then(|k| k.url.clone()));
    let id = url.as_deref().and_then(iri).unwrap_or_else(|| format!("{}#licence", at.page));
    let mut node = Node::new(id.clone(), &["dct:LicenseDocument"]);
    node.add("dct:title", Term::Plain(clean(l.name)));
    if let Some(k) = known.filter(|_| d.open) {
        term(&mut node, "dct:type", &authority::LICENCE_TYPE, k.kind, shared);
    }
    shared.entry(id.clone()).or_insert(node);
    Some(id)
}

fn media(node: &mut Node, name: &str, media: Option<&str>, shared: &mut Shared) {
    term(node, "dct:format", &authority::FILE_TYPE, &name.to_uppercase(), shared);
    if let Some(m) = media.filter(|m| *m != "application/octet-stream") {
        media_link(node, "dcat:mediaType", m, shared);
    }
}

fn media_link(node: &mut Node, prop: &'static str, media: &str, shared: &mut Shared) {
    let id = format!("https://www.iana.org/assignments/media-types/{media}");
    node.link(prop, id.clone());
    shared.entry(id.clone()).or_insert_with(|| Node::new(id, &["dct:MediaType"]));
}

/// Name of a format, and its media type.
type Named<'a> = (&'a str, Option<&'static str>);

/// Media type of Parquet.
const PARQUET: &str = "application/vnd.apache.parquet";

/// Things that a distribution of the dataset shares with it.
struct Around<'a> {
    page: &'a str,
    at: &'a Published,
    languages: &'a [Language],
    licence: Option<String>,
    law: bool,
}

impl Around<'_> {
    fn distribution(&self, id: String, (i, r): (usize, &Distribution<'_>), copy: &Copy, (name, of): Named<'_>, shared: &mut Shared, out: &mut Vec<Node>) {
        let mut n = Node::new(id.clone(), &["dcat:Distribution"]);
        titled(&mut n, &self.at.called(i, r, copy), self.languages);
        say(&mut n, "dct:description", r.description, self.languages);
        let Some(url) = iri(&copy.url) else { return };
        if copy.own {
            n.link("dcat:accessURL", self.page);
            n.link("dcat:downloadURL", url.clone());
            media(&mut n, name, of, shared);
            if let Some((_, shell, package)) = r.shell().filter(|_| !copy.clean) {
                media_link(&mut n, if package { "dcat:packageFormat" } else { "dcat:compressFormat" }, shell, shared);
            }
        } else {
            n.link("dcat:accessURL", url);
            media(&mut n, r.format_name(), None, shared);
        }
        if let Some(b) = copy.bytes {
            n.add("dcat:byteSize", typed(b, "xsd:nonNegativeInteger"));
        }
        if let Some(sum) = &copy.sha256 {
            let sum_id = format!("{id}-checksum");
            n.link("spdx:checksum", sum_id.clone());
            let algorithm = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256";
            let mut node = Node::new(sum_id, &["spdx:Checksum"]);
            node.link("spdx:algorithm", algorithm);
            out.push(node.with("spdx:checksumValue", typed(sum, "xsd:hexBinary")));
            shared.entry(algorithm.into()).or_insert_with(|| Node::new(algorithm, &["spdx:ChecksumAlgorithm"]));
        }
        self.shared(&mut n);
        out.push(n);
    }

    fn shared(&self, n: &mut Node) {
        if let Some(l) = &self.licence {
            n.link("dct:license", l.clone());
        }
        if self.law {
            n.link("dcatap:applicableLegislation", authority::HIGH_VALUE_LAW);
        }
    }
}

/// A dataset with its files and services; what others name too goes to `shared`. Services are told by their addresses.
fn dataset(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published, shared: &mut Shared) -> (Vec<Node>, Vec<String>) {
    let me = address(&at.page);
    let types: &[&'static str] = if at.series_of { &["dcat:Dataset", "dcat:DatasetSeries"] } else { &["dcat:Dataset"] };
    let mut n = Node::new(me.clone(), types);
    let mut texts: Vec<_> = d.texts.iter().collect();
    texts.sort_by_key(|t| t.lang);
    for t in &texts {
        n.add("dct:title", Term::Text(clean(t.title), tag(c.languages, t.lang).into()));
    }
    for t in &texts {
        // Each must be described: where nothing is told, by its title.
        let text = if t.description.trim().is_empty() { t.title } else { &t.description };
        n.add("dct:description", Term::Text(clean(text), tag(c.languages, t.lang).into()));
    }
    n.add("dct:identifier", Term::Plain(clean(d.identifier.unwrap_or(&me))));
    n.link("dcat:landingPage", at.page.clone());
    shared.entry(at.page.clone()).or_insert_with(|| Node::new(at.page.clone(), &["foaf:Document"]));
    if !d.publishers.is_empty() {
        let id = agent(c, d, 0, shared);
        n.link("dct:publisher", id.clone());
        n.link("dct:creator", id);
    }
    let mut out = Vec::new();
    if let Some(contact) = contact(c, d, at) {
        n.link("dcat:contactPoint", contact.id.clone());
        out.push(contact);
    }
    let first = texts.first().map_or(0, |t| t.lang);
    for k in d.keywords {
        n.add("dcat:keyword", Term::Text(clean(k), tag(c.languages, first).into()));
    }
    for t in &d.themes {
        let id = of_site(c.home, "theme", &t.id);
        n.link("dcat:theme", id.clone());
        theme(c, t, id, shared);
        if let Some(eu) = authority::data_theme(&t.id) {
            term(&mut n, "dcat:theme", &authority::DATA_THEME, eu, shared);
        }
    }
    if let Some(day) = d.issued {
        n.add("dct:issued", typed(day.date, "xsd:date"));
    }
    if let Some(day) = d.updated.or(d.modified) {
        n.add("dct:modified", typed(day, "xsd:date"));
    }
    if let Some(f) = d.frequency {
        term(&mut n, "dct:accrualPeriodicity", &authority::FREQUENCY, f, shared);
    }
    let mut tags: Vec<usize> = texts.iter().map(|t| t.lang).collect();
    tags.dedup();
    for l in tags {
        language(&mut n, c, l, shared);
    }
    if let Some((from, to)) = d.temporal {
        let (from, to) = (period(from), period(to));
        if from.is_some() || to.is_some() {
            let id = format!("{}#period", at.page);
            n.link("dct:temporal", id.clone());
            let mut node = Node::new(id, &["dct:PeriodOfTime"]);
            from.into_iter().for_each(|t| node.add("dcat:startDate", t));
            to.into_iter().for_each(|t| node.add("dcat:endDate", t));
            out.push(node);
        }
    }
    if let Some(place) = location(c, d, at) {
        n.link("dct:spatial", place.id.clone());
        shared.entry(place.id.clone()).or_insert(place);
    }
    term(&mut n, "dct:accessRights", &authority::ACCESS, d.access.unwrap_or(if d.open { "open" } else { "closed" }), shared);
    if let Some(v) = d.version {
        n.add("dcat:version", Term::Plain(clean(v)));
    }
    if !d.provenance.is_empty() {
        let id = format!("{}#provenance", at.page);
        n.link("dct:provenance", id.clone());
        let mut node = Node::new(id, &["dct:ProvenanceStatement"]);
        say(&mut node, "rdfs:label", d.provenance, c.languages);
        out.push(node);
    }
    let legal = |id: &str, shared: &mut Shared| put(shared, Node::new(id, &["eli:LegalResource"]));
    for p in &at.policies {
        n.link("dcatap:applicableLegislation", p.clone());
        legal(p, shared);
    }
    for h in d.high_value {
        n.link("dcatap:applicableLegislation", authority::HIGH_VALUE_LAW);
        legal(authority::HIGH_VALUE_LAW, shared);
        term(&mut n, "dcatap:hvdCategory", &authority::HIGH_VALUE, h, shared);
    }
    for s in &at.series {
        let id = address(&s.page);
        n.link("dcat:inSeries", id.clone());
        shared.entry(id.clone()).or_insert_with(|| {
            let mut node = Node::new(id, &["dcat:Dataset", "dcat:DatasetSeries"]);
            for (prop, description) in [("dct:title", false), ("dct:description", true)] {
                for (lang, title, text) in &s.texts {
                    let text = if description && !text.trim().is_empty() { text } else { title };
                    node.add(prop, Term::Text(clean(text), tag(c.languages, *lang).into()));
                }
            }
            node
        });
    }
    for r in &at.related {
        n.link("dct:relation", address(r));
    }
    let around = Around { page: &at.page, at, languages: c.languages, licence: licence(d, at, shared), law: !d.high_value.is_empty() };
    let mut services = Vec::new();
    for (i, r) in d.distributions.iter().enumerate() {
        let copy = at.copies.get(i).and_then(Option::as_ref);
        let id = format!("{}#{}", at.page, r.name);
        let mut files: Vec<(String, &Copy)> = copy.map(|c| (id.clone(), c)).into_iter().collect();
        for (_, table) in at.tables.iter().filter(|(of, _)| *of == i) {
            if copy.is_none_or(|c| c.url != table.url) {
                let part = table.part.filter(|_| files.iter().any(|(_, f)| f.clean)).map_or(String::new(), |p| format!("-{}", p + 1));
                files.push((format!("{id}-csv{part}"), table));
            }
        }
        for (id, copy) in files {
            n.link("dcat:distribution", id.clone());
            around.distribution(id, (i, r), copy, r.kind(copy), shared, &mut out);
        }
        for (_, copy) in at.parquet.iter().filter(|(of, _)| *of == i) {
            let id = format!("{id}-parquet");
            n.link("dcat:distribution", id.clone());
            around.distribution(id, (i, r), copy, ("PARQUET", Some(PARQUET)), shared, &mut out);
        }
        if let Some(rows) = copy.and_then(|c| c.rows.as_deref()).and_then(iri) {
            let (service, dist) = (format!("{id}-service"), format!("{id}-rows"));
            let mut s = Node::new(service.clone(), &["dcat:DataService"]);
            let called = at.paged(r);
            titled(&mut s, &called, c.languages);
            s.link("dcat:endpointURL", rows.clone());
            s.link("dcat:endpointDescription", rows.clone());
            s.link("dcat:servesDataset", me.clone());
            let mut x = Node::new(dist.clone(), &["dcat:Distribution"]);
            titled(&mut x, &called, c.languages);
            x.link("dcat:accessURL", rows);
            x.link("dcat:accessService", service.clone());
            media(&mut x, "JSON", Some("application/json"), shared);
            around.shared(&mut x);
            around.shared(&mut s);
            if let Some((_, who)) = n.props.iter().find(|(p, _)| *p == "dct:publisher").cloned() {
                who.into_iter().for_each(|t| s.add("dct:publisher", t));
            }
            term(&mut s, "dct:accessRights", &authority::ACCESS, "open", shared);
            n.link("dcat:distribution", dist);
            out.extend([x, s]);
            services.push(service);
        }
    }
    out.insert(0, n);
    (out, services)
}

fn theme(c: &Catalogue<'_>, t: &crate::model::Theme, id: String, shared: &mut Shared) {
    let scheme = themes(c);
    let mut node = Node::new(id.clone(), &["skos:Concept"]);
    say(&mut node, "skos:prefLabel", Words::of(&t.label), c.languages);
    if node.props.is_empty() {
        node.add("skos:prefLabel", Term::Plain(t.id.clone()));
    }
    node.add("skos:notation", Term::Plain(t.id.clone()));
    node.link("skos:inScheme", scheme.id.clone());
    shared.entry(id).or_insert(node);
    shared.entry(scheme.id.clone()).or_insert(scheme);
}

/// The site's own themes.
fn themes(c: &Catalogue<'_>) -> Node {
    let mut scheme = Node::new(format!("{}#themes", c.home), &["skos:ConceptScheme"]);
    for (i, l) in c.languages.iter().enumerate().filter(|(_, l)| l.from.is_none()) {
        let text = if l.tag.starts_with("zh") { "主题分类" } else { "Themes" };
        // Other languages of a site have no word for it here.
        if l.tag.starts_with("zh") || l.tag.starts_with("en") || i == 0 {
            let of = if l.tag.starts_with("zh") { tag(c.languages, i) } else { "en" };
            scheme.add("dct:title", Term::Text(text.into(), of.into()));
        }
    }
    scheme
}

fn language(n: &mut Node, c: &Catalogue<'_>, lang: usize, shared: &mut Shared) {
    let tag = c.languages.get(lang).map_or("zh", |l| l.tag.as_str());
    term(n, "dct:language", &authority::LANGUAGE, tag.split('-').next().unwrap_or(tag), shared);
}

/// A telephone number as RFC 3966 has it: one without the number of its country says where it is dialled, by the country of the site
/// or, where its address names none, by the site. No digit is changed.
fn dialled(told: &str, home: &str) -> String {
    let told: String = told.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '－' | '—' | '–' | '‑') { '-' } else { c }).collect();
    let (number, extension) = ["转", "轉", "ext."].iter().find_map(|w| told.split_once(w)).map_or((told.as_str(), None), |(n, e)| (n, Some(e)));
    let digits = |t: &str| t.bytes().any(|b| b.is_ascii_digit()) && t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'(' | b')'));
    if number.starts_with('+') || !digits(number) || extension.is_some_and(|e| !digits(e)) {
        return told;
    }
    let host = home.split("://").nth(1).unwrap_or("").split(['/', ':', '?']).next().unwrap_or("");
    let of = match host.rsplit('.').next().unwrap_or("") {
        "cn" => "+86",
        "hk" => "+852",
        "mo" => "+853",
        "tw" => "+886",
        _ => host,
    };
    let extension = extension.map_or(String::new(), |e| format!(";ext={e}"));
    // An address without a name has no place in one.
    if of.is_empty() || !of.contains(|c: char| c.is_ascii_alphanumeric()) {
        format!("{number}{extension}")
    } else {
        format!("{number}{extension};phone-context={of}")
    }
}

fn contact(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published) -> Option<Node> {
    let k = &d.contact;
    let mut n = Node::new(format!("{}#contact", at.page), &["vcard:Kind", "vcard:Organization"]);
    match d.publishers.first().filter(|_| k.name.is_empty()) {
        Some(p) => say(&mut n, "vcard:fn", Words::of(&p.name), c.languages),
        None => say(&mut n, "vcard:fn", k.name, c.languages),
    }
    let reach =
        [("vcard:hasEmail", "mailto:", k.email.and_then(super::mail).map(String::from)), ("vcard:hasTelephone", "tel:", k.tel.map(|t| dialled(t, c.home)))];
    for (prop, scheme, value) in reach {
        let value: String = value.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(id) = iri(&format!("{scheme}{value}")).filter(|_| !value.is_empty()) {
            n.link(prop, id);
        }
    }
    n.props.iter().any(|(p, _)| *p != "vcard:fn").then_some(n)
}

fn location(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published) -> Option<Node> {
    let place = d.place;
    if d.spatial.is_empty() && place.is_none() {
        return None;
    }
    let known = place.and_then(|p| p.geonames.as_deref()).map(|g| format!("https://sws.geonames.org/{g}/"));
    let mut n = Node::new(known.unwrap_or_else(|| format!("{}#place", at.page)), &["dct:Location"]);
    say(&mut n, "skos:prefLabel", d.spatial, c.languages);
    let Some(p) = place else { return Some(n) };
    if let Some(code) = &p.code {
        n.add("dct:identifier", Term::Plain(clean(code)));
    }
    if let Some([w, s, e, north]) = p.bbox {
        n.add("dcat:bbox", typed(format!("POLYGON(({w} {s},{e} {s},{e} {north},{w} {north},{w} {s}))"), "gsp:wktLiteral"));
        n.add("dcat:centroid", typed(format!("POINT({} {})", decimal::between(w, e, 10), decimal::between(s, north, 10)), "gsp:wktLiteral"));
    }
    Some(n)
}

/// One dataset alone, for `dcat.jsonld` beside its page.
pub fn part(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published) -> Vec<Node> {
    let mut shared = Shared::new();
    let (mut out, _) = dataset(c, d, at, &mut shared);
    out.extend(shared.into_values());
    merged(c, out)
}

/// The catalogue, or a part of a large one: `all` are the datasets of the part.
pub fn catalogue(c: &Catalogue<'_>, all: &[(Dataset<'_>, Published)], part: &Part) -> Vec<Node> {
    let mut shared = Shared::new();
    let mut n = Node::new(format!("{}#catalog", c.home), &["dcat:Catalog"]);
    say(&mut n, "dct:title", c.title, c.languages);
    say(&mut n, "dct:description", if c.description.is_empty() { c.title } else { c.description }, c.languages);
    n.link("foaf:homepage", c.home);
    shared.insert(c.home.to_string(), Node::new(c.home, &["foaf:Document"]));
    let mut who = Node::new(format!("{}#publisher", c.home), &["foaf:Agent"]);
    say(&mut who, "foaf:name", if c.publisher.is_empty() { c.title } else { c.publisher }, c.languages);
    n.link("dct:publisher", who.id.clone());
    let id = who.id.clone();
    shared.insert(id.clone(), who);
    if let Some(level) = c.level {
        kind_of(&id, level, &mut shared);
    }
    for (i, _) in c.languages.iter().enumerate().filter(|(_, l)| l.from.is_none()) {
        language(&mut n, c, i, &mut shared);
    }
    for scheme in [authority::DATA_THEME.node(), themes(c)] {
        n.link("dcat:themeTaxonomy", scheme.id.clone());
        shared.insert(scheme.id.clone(), scheme);
    }
    if let Some(day) = all.iter().filter_map(|(d, _)| d.updated.or(d.modified).max(d.issued.map(|m| m.date))).max() {
        n.add("dct:modified", typed(day, "xsd:date"));
    }
    let mut out = Vec::new();
    for (d, at) in all {
        let (nodes, services) = dataset(c, d, at, &mut shared);
        n.link("dcat:dataset", nodes[0].id.clone());
        services.into_iter().for_each(|s| n.link("dcat:service", s));
        out.extend(nodes);
    }
    out.insert(0, n);
    out.extend(view(part));
    out.extend(shared.into_values());
    merged(c, out)
}

/// Where a part of a large catalogue stands among the others.
fn view(part: &Part) -> Option<Node> {
    let node = Node::new(part.this.clone(), &[VIEW])
        .with("hydra:totalItems", typed(part.total, "xsd:integer"))
        .with("hydra:itemsPerPage", typed(PAGE, "xsd:integer"))
        .with("hydra:first", Term::Iri(part.first.clone()))
        .with("hydra:last", Term::Iri(part.last.clone()));
    let node = match &part.next {
        Some(next) => node.with("hydra:next", Term::Iri(next.clone())),
        None => node,
    };
    (part.first != part.last).then_some(node)
}

const VIEW: &str = "hydra:PagedCollection";

/// Makes of the graph of a part that of the same part in another syntax: only the addresses of its files are different.
pub fn moved(nodes: &mut [Node], part: &Part) {
    if let (Some(old), Some(new)) = (nodes.iter_mut().find(|n| n.types == [VIEW]), view(part)) {
        *old = new;
    }
}

/// A series is a dataset of the file too: it is described once.
fn merged(c: &Catalogue<'_>, nodes: Vec<Node>) -> Vec<Node> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut out: Vec<Node> = nodes.into_iter().filter(|n| seen.insert(n.id.clone())).collect();
    out.iter_mut().filter(|n| authority::is_of(&n.id)).for_each(|n| spoken(c, n));
    out
}

/// Terms of authorities come in Chinese and English: the site's own language first, and Chinese only where the site has it.
fn spoken(c: &Catalogue<'_>, n: &mut Node) {
    let chinese = c.languages.iter().any(|l| l.tag.starts_with("zh"));
    let first = c.languages.first().map_or("", |l| l.tag.split('-').next().unwrap_or(""));
    for (_, terms) in &mut n.props {
        terms.retain(|t| chinese || !matches!(t, Term::Text(_, lang) if lang == "zh"));
        terms.sort_by_key(|t| !matches!(t, Term::Text(_, lang) if lang == first));
    }
}
