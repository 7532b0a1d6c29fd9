//! FAIR Signposting (RFC 9264): what belongs to the page of a dataset, as a set of links.

use super::{Dataset, FORMATS, Format, Published};
use crate::schema::site::outputs;
use serde_json::{Value, json};

/// `linkset.json`
pub static FORMAT: Format = Format {
    name: "signposting",
    title: "FAIR Signposting",
    media: "application/linkset+json",
    output: &outputs::SIGNPOSTING,
    path: |folder, _| format!("{folder}linkset.json"),
    write: |_, d, at| format!("{:#}\n", value(d, at)),
};

/// A link: its relation, where it leads, and the media type of that.
pub struct Link {
    /// Relation of RFC 8288 or its registry.
    pub rel: &'static str,
    /// Absolute address.
    pub href: String,
    /// Media type; empty where it is not told.
    pub media: &'static str,
}

/// What the page of a dataset says of itself in its head.
pub fn links(d: &Dataset<'_>, at: &Published) -> Vec<Link> {
    let mut out = vec![
        Link { rel: "cite-as", href: at.page.clone(), media: "" },
        Link { rel: "type", href: "https://schema.org/Dataset".into(), media: "" },
        Link { rel: "type", href: "https://schema.org/AboutPage".into(), media: "" },
    ];
    if let Some(u) = d.licence.and_then(|l| l.url.and_then(super::graph::iri).or_else(|| l.known()?.url)) {
        out.push(Link { rel: "license", href: u, media: "" });
    }
    if let Some(u) = d.publishers.first().and_then(|p| p.url.as_deref()).and_then(super::graph::iri) {
        out.push(Link { rel: "author", href: u, media: "" });
    }
    for (name, href) in &at.files {
        let Some(f) = FORMATS.iter().find(|f| f.name == *name) else { continue };
        match *name {
            "signposting" => out.push(Link { rel: "linkset", href: href.clone(), media: f.media }),
            "ckan" => {}
            _ => out.push(Link { rel: "describedby", href: href.clone(), media: f.media }),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for (i, copy) in at.copies.iter().enumerate() {
        let Some(c) = copy.as_ref().filter(|c| c.own) else { continue };
        let media = d.distributions.get(i).and_then(|r| r.kind(c).1).unwrap_or("");
        if seen.insert(c.url.clone()) {
            out.push(Link { rel: "item", href: c.url.clone(), media });
        }
    }
    for (_, c) in &at.tables {
        if seen.insert(c.url.clone()) {
            out.push(Link { rel: "item", href: c.url.clone(), media: "text/csv" });
        }
    }
    out
}

fn value(d: &Dataset<'_>, at: &Published) -> Value {
    let mut page = json!({ "anchor": at.page });
    let mut back = Vec::new();
    for l in links(d, at).into_iter().filter(|l| l.rel != "linkset") {
        let mut to = json!({ "href": l.href });
        if !l.media.is_empty() {
            to["type"] = json!(l.media);
        }
        match page.get_mut(l.rel).and_then(Value::as_array_mut) {
            Some(list) => list.push(to),
            None => page[l.rel] = json!([to]),
        }
        if l.rel == "item" {
            back.push(json!({ "anchor": l.href, "collection": [{ "href": at.page, "type": "text/html" }] }));
        }
    }
    back.insert(0, page);
    json!({ "linkset": back })
}
