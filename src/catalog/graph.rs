//! A graph in the order in which it was written, and its three syntaxes.
//!
//! Harvesters take the first literal they meet (CKAN does, whatever its language), so the order of literals carries
//! meaning and a serializer must not sort them. Every node has an address: there are no blank nodes, and two syntaxes say
//! the same exactly where their triples are the same. One node gives one block in each syntax.

use std::fmt::Write;

/// Prefixes of all that is written here.
pub static PREFIXES: &[(&str, &str)] = &[
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("gsp", "http://www.opengis.net/ont/geosparql#"),
    ("hydra", "http://www.w3.org/ns/hydra/core#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What a property may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Another node.
    Iri(String),
    /// Text in a language.
    Text(String, String),
    /// Text of no language.
    Plain(String),
    /// A value and its type.
    Typed(String, &'static str),
}

/// A node and what is said of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Its address.
    pub id: String,
    /// Its classes.
    pub types: Vec<&'static str>,
    /// Properties in the order in which they are written; never twice the same.
    pub props: Vec<(&'static str, Vec<Term>)>,
}

impl Node {
    /// A node of a class.
    pub fn new(id: impl Into<String>, types: &[&'static str]) -> Node {
        Node { id: id.into(), types: types.to_vec(), props: Vec::new() }
    }

    /// Says something more. The same twice is said once.
    pub fn add(&mut self, prop: &'static str, term: Term) {
        let at = self.props.iter().position(|(p, _)| *p == prop).unwrap_or_else(|| {
            self.props.push((prop, Vec::new()));
            self.props.len() - 1
        });
        // The datasets of a catalogue are thousands, and each is named once; only the last may come again.
        let list = &mut self.props[at].1;
        if if list.len() < 64 { !list.contains(&term) } else { list.last() != Some(&term) } {
            list.push(term);
        }
    }

    /// The same, for a chain of calls.
    #[must_use]
    pub fn with(mut self, prop: &'static str, term: Term) -> Node {
        self.add(prop, term);
        self
    }

    /// Leads to another node.
    pub fn link(&mut self, prop: &'static str, to: impl Into<String>) {
        self.add(prop, Term::Iri(to.into()));
    }
}

/// An address that every syntax can hold: what must not stand in one is encoded. None for what is no absolute address.
pub fn iri(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once(':')?;
    let known = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "ftp" | "mailto" | "tel" | "urn");
    if !known || rest.trim_matches('/').is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        // A sign per cent that begins no code would be none.
        let loose = c == '%' && !text.as_bytes().get(i + 1..i + 3).is_some_and(|x| x.iter().all(u8::is_ascii_hexdigit));
        if loose || c <= ' ' || !c.is_ascii() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' | '[' | ']' | '\u{7f}') {
            let mut bytes = [0; 4];
            for b in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{b:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// The whole address of a name with a prefix.
fn whole(name: &str) -> String {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let base = PREFIXES.iter().find(|(p, _)| *p == prefix).map_or("", |(_, b)| b);
    format!("{base}{local}")
}

/// JSON-LD 1.1 with its context inside: nobody has to fetch one.
pub fn json_ld(nodes: &[Node]) -> String {
    let mut out = String::with_capacity(nodes.len() * 512 + 1024);
    out.push_str("{\n\"@context\": {");
    for (i, (p, base)) in PREFIXES.iter().enumerate() {
        let _ = write!(out, "{}\"{p}\": \"{base}\"", if i > 0 { ", " } else { "" });
    }
    out.push_str("},\n\"@graph\": [");
    for (i, n) in nodes.iter().enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.push_str("{\"@id\": ");
        json_text(&mut out, &n.id);
        let types: Vec<String> = n.types.iter().map(|t| format!("\"{t}\"")).collect();
        if !types.is_empty() {
            let _ = write!(out, ", \"@type\": [{}]", types.join(", "));
        }
        for (prop, terms) in &n.props {
            let _ = write!(out, ", \"{prop}\": [");
            for (k, t) in terms.iter().enumerate() {
                out.push_str(if k > 0 { ", " } else { "" });
                let (key, value, more) = match t {
                    Term::Iri(to) => ("@id", to, None),
                    Term::Text(v, lang) => ("@value", v, Some(("@language", lang.as_str()))),
                    Term::Plain(v) => ("@value", v, None),
                    Term::Typed(v, of) => ("@value", v, Some(("@type", *of))),
                };
                let _ = write!(out, "{{\"{key}\": ");
                json_text(&mut out, value);
                if let Some((key, v)) = more {
                    let _ = write!(out, ", \"{key}\": \"{v}\"");
                }
                out.push('}');
            }
            out.push(']');
        }
        out.push('}');
    }
    out.push_str("\n]\n}\n");
    out
}

fn json_text(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// Turtle.
pub fn turtle(nodes: &[Node]) -> String {
    let mut out = String::with_capacity(nodes.len() * 384 + 1024);
    for (p, base) in PREFIXES {
        let _ = writeln!(out, "@prefix {p}: <{base}> .");
    }
    for n in nodes {
        let _ = write!(out, "\n<{}>", n.id);
        let mut first = true;
        if !n.types.is_empty() {
            let _ = write!(out, " a {}", n.types.join(", "));
            first = false;
        }
        for (prop, terms) in &n.props {
            let _ = write!(out, "{} {prop} ", if first { "" } else { " ;\n   " });
            first = false;
            for (k, t) in terms.iter().enumerate() {
                out.push_str(if k > 0 { ", " } else { "" });
                match t {
                    Term::Iri(to) => drop(write!(out, "<{to}>")),
                    Term::Text(v, lang) => {
                        turtle_text(&mut out, v);
                        let _ = write!(out, "@{lang}");
                    }
                    Term::Plain(v) => turtle_text(&mut out, v),
                    Term::Typed(v, of) => {
                        turtle_text(&mut out, v);
                        let _ = write!(out, "^^{of}");
                    }
                }
            }
        }
        out.push_str(" .\n");
    }
    out
}

fn turtle_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || c == '\u{7f}' => drop(write!(out, "\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// RDF/XML.
pub fn rdf_xml(nodes: &[Node]) -> String {
    let mut out = String::with_capacity(nodes.len() * 512 + 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
    for (p, base) in PREFIXES {
        let _ = write!(out, "\n  xmlns:{p}=\"{base}\"");
    }
    out.push_str(">\n");
    let text = |out: &mut String, t: &str| out.push_str(&xml(t));
    for n in nodes {
        let (name, more) = n.types.split_first().map_or(("rdf:Description", &[][..]), |(f, m)| (*f, m));
        let _ = write!(out, "<{name} rdf:about=\"");
        text(&mut out, &n.id);
        out.push_str("\">\n");
        for t in more {
            let _ = writeln!(out, "  <rdf:type rdf:resource=\"{}\"/>", whole(t));
        }
        for (prop, terms) in &n.props {
            for t in terms {
                let _ = write!(out, "  <{prop}");
                let value = match t {
                    Term::Iri(to) => {
                        out.push_str(" rdf:resource=\"");
                        text(&mut out, to);
                        out.push_str("\"/>\n");
                        continue;
                    }
                    Term::Text(v, lang) => {
                        let _ = write!(out, " xml:lang=\"{lang}\"");
                        v
                    }
                    Term::Plain(v) => v,
                    Term::Typed(v, of) => {
                        let _ = write!(out, " rdf:datatype=\"{}\"", whole(of));
                        v
                    }
                };
                out.push('>');
                text(&mut out, value);
                let _ = writeln!(out, "</{prop}>");
            }
        }
        let _ = writeln!(out, "</{name}>");
    }
    out.push_str("</rdf:RDF>\n");
    out
}

/// Text of XML. A carriage return would be read as a line feed.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

/// Text that all syntaxes can hold: signs that XML has no way to write become U+FFFD, in all of them alike.
pub fn clean(text: &str) -> String {
    let bad = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if text.contains(bad) { text.replace(bad, "\u{FFFD}") } else { text.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_within_every_syntax() {
        assert_eq!(iri("https://a.example/b c?q=<x>&y=数%zz%20").as_deref(), Some("https://a.example/b%20c?q=%3Cx%3E&y=%E6%95%B0%25zz%20"));
        assert_eq!((iri("/local"), iri("javascript:x"), iri("http://")), (None, None, None));
    }

    #[test]
    fn the_order_of_literals_is_kept_and_nothing_escapes() {
        let text = |t: &str, l: &str| Term::Text(t.into(), l.into());
        let mut n = Node::new("https://a.example/#x", &["dcat:Dataset", "dcat:DatasetSeries"]);
        n.add("dct:title", text("题 \"<&>\\\n", "zh"));
        n.add("dct:title", text("A title", "en"));
        n.add("dct:title", text("A title", "en"));
        n.add("dct:issued", Term::Typed("2025-01-01".into(), "xsd:date"));
        let all = [n];
        let (j, t, x) = (json_ld(&all), turtle(&all), rdf_xml(&all));
        for out in [&j, &t, &x] {
            assert!(out.find("题").unwrap() < out.find("A title").unwrap() && out.matches("A title").count() == 1, "{out}");
        }
        assert!(serde_json::from_str::<serde_json::Value>(&j).is_ok(), "{j}");
        assert!(t.contains("\"题 \\\"<&>\\\\\\n\"@zh") && x.contains("题 &quot;&lt;&amp;&gt;\\\n</dct:title>"), "{t}{x}");
        assert_eq!(clean("a\u{1}b\tc"), "a\u{FFFD}b\tc");
    }
}
