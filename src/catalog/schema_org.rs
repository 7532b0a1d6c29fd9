//! schema.org Dataset, as JSON-LD.

use super::{Dataset, Format, Published};
use crate::schema::site::outputs;
use serde_json::{Value, json};

/// What search engines for data read.
pub static FORMAT: Format = Format {
    name: "schema.org",
    title: "schema.org",
    media: "application/ld+json",
    output: &outputs::SCHEMA_ORG,
    path: |folder, _| format!("{folder}schema.jsonld"),
    write: |_, d, at| format!("{:#}\n", value(d, at)),
};

/// The dataset as it stands in its page.
pub fn value(d: &Dataset<'_>, at: &Published) -> Value {
    let lang = at.lang;
    let files: Vec<Value> = d
        .distributions
        .iter()
        .zip(&at.copies)
        .filter_map(|(r, copy)| Some((r, copy.as_ref()?)))
        .map(|(r, copy)| {
            let mut file = json!({ "@type": "DataDownload", "name": r.title.get(lang), "encodingFormat": r.kind(copy).0, "contentUrl": copy.url });
            if let Some(hash) = &copy.sha256 {
                file["sha256"] = json!(hash);
            }
            file
        })
        .collect();
    let text = d.text(lang);
    let mut v = json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": text.map_or("", |t| t.title), "description": text.map_or("", |t| &t.description),
        "url": at.page, "inLanguage": at.tag, "keywords": d.keywords, "distribution": files,
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(x) = value {
            v[key] = x;
        }
    };
    put("identifier", d.identifier.map(|x| json!(x)));
    put("license", d.licence.map(|l| l.url.map_or_else(|| json!(l.name), |u| json!(super::address(u)))));
    put("datePublished", d.issued.map(|p| json!(p.date.to_string())));
    put("dateModified", d.modified.map(|x| json!(x.to_string())));
    put("temporalCoverage", d.temporal.map(|(a, b)| json!(if b.is_empty() { a.to_string() } else { format!("{a}/{b}") })));
    put("spatialCoverage", place(d, lang));
    put("publisher", d.publishers.first().map(|x| json!({ "@type": "GovernmentOrganization", "name": x.name.get(lang) })));
    v
}

/// Where it is: a place is a thing, not a word.
pub(super) fn place(d: &Dataset<'_>, lang: usize) -> Option<Value> {
    let named = Some(d.spatial.get(lang)).filter(|s| !s.is_empty());
    if named.is_none() && d.place.is_none() {
        return None;
    }
    let mut place = json!({ "@type": "Place" });
    if let Some(n) = named {
        place["name"] = json!(n);
    }
    if let Some(code) = d.place.and_then(|p| p.code.as_ref()) {
        place["identifier"] = json!(code);
    }
    if let Some([w, s, e, n]) = d.place.and_then(|p| p.bbox) {
        place["geo"] = json!({ "@type": "GeoShape", "box": format!("{s} {w} {n} {e}") });
    }
    Some(place)
}
