//! The answers of CKAN's action API that harvesters ask for, as files: `package_list`, `package_search`, `package_show/NAME`.
//!
//! A static host gives the same answer whatever is asked: `package_search` holds all datasets, and a harvester that asks for
//! the next page sees the same again and stops. `package_show?id=NAME` is turned into the path by the rules of the host.

use super::dcat_ap::tag;
use super::{Catalogue, Copy, Dataset, Format, Part, Published, Whole, address};
use crate::schema::site::outputs;
use serde_json::{Value, json};

/// `package_show/NAME`
pub static FORMAT: Format = Format {
    name: "ckan",
    title: "CKAN",
    media: "application/json",
    output: &outputs::CKAN,
    path: |_, name| format!("api/3/action/package_show/{name}"),
    write: |c, d, at| format!("{}\n", json!({ "help": help(c, "package_show"), "success": true, "result": package(c, d, at) })),
};

/// `package_list`
pub static LIST: Whole = Whole {
    name: "ckan-list",
    title: "CKAN package_list",
    media: "application/json",
    output: &outputs::CKAN,
    path: |_| "api/3/action/package_list".into(),
    page: 0,
    write: |c, all, _| {
        let names: Vec<String> = all.iter().map(|(d, _)| d.own_name()).collect();
        format!("{}\n", json!({ "help": help(c, "package_list"), "success": true, "result": names }))
    },
    graph: None,
};

/// `package_search`
pub static SEARCH: Whole = Whole {
    name: "ckan-search",
    title: "CKAN package_search",
    media: "application/json",
    output: &outputs::CKAN,
    path: |_| "api/3/action/package_search".into(),
    page: 0,
    write: search,
    graph: None,
};

fn help(c: &Catalogue<'_>, action: &str) -> String {
    format!("{}api/3/action/{action}", c.home)
}

fn search(c: &Catalogue<'_>, all: &[(Dataset<'_>, Published)], part: &Part) -> String {
    let mut out = format!(
        "{{\"help\":{},\"success\":true,\"result\":{{\"count\":{},\"facets\":{{}},\"search_facets\":{{}},\"sort\":\"name asc\",\"results\":[",
        json!(help(c, "package_search")),
        part.total
    );
    for (i, (d, at)) in all.iter().enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.push_str(&package(c, d, at).to_string());
    }
    out.push_str("\n]}}\n");
    out
}

/// An id in the form of a UUID that stays the same: harvesters keep it.
fn uuid(text: &str) -> String {
    let h = super::digest(text, 16);
    format!("{}-{}-8{}-a{}-{}", &h[..8], &h[8..12], &h[13..16], &h[17..20], &h[20..])
}

fn kind(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.')).take(100).collect::<String>().trim().to_string()
}

fn package(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published) -> Value {
    let lang = at.lang;
    let text = d.text(lang);
    let known = d.licence.and_then(|l| l.known());
    let id = uuid(&at.page);
    let mut files = Vec::new();
    let mut add = |i: usize, r: &super::Distribution<'_>, copy: &Copy, n: usize| {
        let (format, media) = r.kind(copy);
        files.push(json!({
            "id": uuid(&format!("{} {}", at.page, copy.url)), "package_id": id, "position": n, "name": at.title(i, r, copy), "description": r.description.get(lang), "url": copy.url,
            "format": format, "mimetype": media, "size": copy.bytes, "hash": copy.sha256.as_deref().unwrap_or(""), "url_type": Value::Null, "state": "active",
            "resource_type": if copy.own { "file" } else { "api" },
        }));
    };
    let mut n = 0;
    for (i, r) in d.distributions.iter().enumerate() {
        let own = at.copies.get(i).and_then(Option::as_ref);
        let tables = at.tables.iter().filter(|(of, _)| *of == i).map(|(_, t)| t).filter(|t| own.is_none_or(|o| o.url != t.url));
        for copy in own.into_iter().chain(tables) {
            add(i, r, copy, n);
            n += 1;
        }
    }
    let lead = d.publishers.first();
    let organization = lead.map(|p| {
        let name = p.name.get(lang);
        let title = if name.is_empty() { p.id.as_str() } else { name };
        json!({ "id": uuid(&format!("{}{}", c.home, p.id)), "name": p.id.to_ascii_lowercase(), "title": title, "type": "organization", "is_organization": true, "state": "active" })
    });
    let mut extras = vec![json!({ "key": "language", "value": tag(c.languages, lang) }), json!({ "key": "uri", "value": super::dcat_ap::address(&at.page) })];
    let mut extra = |key: &str, value: Option<String>| extras.extend(value.filter(|v| !v.is_empty()).map(|v| json!({ "key": key, "value": v })));
    extra("identifier", d.identifier.map(String::from));
    extra("issued", d.issued.map(|m| m.date.to_string()));
    extra("modified", d.updated.or(d.modified).map(|x| x.to_string()));
    extra("frequency", d.frequency.map(String::from));
    extra("access_rights", d.access.map(String::from));
    // Conditions, or the reason why it is closed.
    extra("rights", Some(d.access_note.get(lang).to_string()));
    extra("temporal_start", d.temporal.map(|(a, _)| a.to_string()));
    extra("temporal_end", d.temporal.map(|(_, b)| b.to_string()));
    extra("spatial_text", Some(d.spatial.get(lang).to_string()));
    extra(
        "spatial",
        d.place.and_then(|p| p.bbox).map(|[w, s, e, n]| json!({ "type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]] }).to_string()),
    );
    let tags: Vec<Value> =
        d.keywords.iter().map(|k| kind(k)).filter(|k| k.chars().count() >= 2).map(|k| json!({ "name": k, "display_name": k, "state": "active" })).collect();
    let groups: Vec<Value> = d
        .themes
        .iter()
        .map(|t| json!({ "name": format!("theme-{}", t.id.to_ascii_lowercase()), "title": t.label.get(lang), "display_name": t.label.get(lang) }))
        .collect();
    let day = |date: Option<jiff::civil::Date>| date.map(|d| format!("{d}T00:00:00"));
    let title = text.map_or("", |t| t.title);
    json!({
        "id": id, "name": d.own_name(), "title": title, "notes": text.map_or("", |t| &t.description), "url": at.page, "type": "dataset", "state": "active", "private": false,
        "version": d.version, "isopen": d.open && known.as_ref().is_some_and(|k| k.kind != "own"),
        "license_id": known.map(|k| k.id).or_else(|| d.licence.map(|l| l.name.to_string())), "license_title": d.licence.map(|l| l.name), "license_url": d.licence.and_then(|l| l.url).map(address),
        "owner_org": organization.as_ref().map(|o| o["id"].clone()), "organization": organization, "maintainer": d.contact.name.get(lang), "maintainer_email": d.contact.email.and_then(super::mail),
        "metadata_created": day(d.issued.map(|m| m.date)), "metadata_modified": day(d.updated.or(d.modified).or(d.issued.map(|m| m.date))),
        "tags": tags, "num_tags": tags.len(), "groups": groups, "extras": extras, "resources": files, "num_resources": n,
    })
}
