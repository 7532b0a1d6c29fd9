//! DCAT-US: `data.json` of Project Open Data 1.1, and DCAT-US 3.0, as the harvester of data.gov reads them.
//!
//! Both ask for a mail address to ask at, 1.1 also for a keyword, a level of access and a day. Where the dataset tells none: the mail of
//! its department or of the site (where neither has one, the dataset is left out, since its entry would not be valid: OD009); its
//! themes, else its own title, for a word that nobody wrote would be found by whoever does not look for it; public, since a dataset
//! that says nothing of access is open here, and all its files with it; the day of its issue, else how often it comes, else the day of
//! the build. What an import kept of the source in its own words (`extra`) comes out as it came in, where it says the same.

use super::dcat_ap::period;
use super::graph::{Term, iri};
use super::{Catalogue, Copy, Dataset, Distribution, Part, Published, Whole};
use crate::schema::site::outputs;
use serde_json::{Map, Value, json};

/// `data.json`
pub static V1: Whole = Whole {
    name: "dcat-us",
    title: "DCAT-US 1.1",
    media: "application/json",
    output: &outputs::DCAT_US,
    path: |_| "data.json".into(),
    page: 0,
    write: v1,
    graph: None,
};

/// `data-us3.json`
pub static V3: Whole = Whole {
    name: "dcat-us-3",
    title: "DCAT-US 3.0",
    media: "application/ld+json",
    output: &outputs::DCAT_US,
    path: |_| "data-us3.json".into(),
    page: 0,
    write: v3,
    graph: None,
};

fn lines(head: &Value, key: &str, all: impl Iterator<Item = Value>) -> String {
    let head = head.to_string();
    let mut out = format!("{},\"{key}\":[", head.strip_suffix('}').unwrap_or(&head));
    for (i, v) in all.enumerate() {
        out.push_str(if i > 0 { ",\n" } else { "\n" });
        out.push_str(&v.to_string());
    }
    out.push_str("\n]}\n");
    out
}

/// `R/P1Y`: how often it is to come. Of what comes at once or by the hour there is no one time that is sure.
fn repeating(frequency: &str) -> Option<&'static str> {
    Some(match frequency {
        "daily" => "R/P1D",
        "weekly" => "R/P1W",
        "monthly" => "R/P1M",
        "quarterly" => "R/P3M",
        "half_year" => "R/P6M",
        "yearly" => "R/P1Y",
        "irregular" => "irregular",
        _ => return None,
    })
}

/// A mail address as the schemas want it: letters, digits and a few signs.
fn mail(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    let (name, host) = text.split_once('@')?;
    let good = |t: &str, more: &str| !t.is_empty() && t.chars().all(|c| c.is_alphanumeric() || c == '_' || more.contains(c));
    (good(name, "~!$&'()*+,;=:.-") && good(host, ".-") && host.trim_matches('.').contains('.')).then(|| format!("mailto:{text}"))
}

/// It is a mail address that the schemas take.
pub fn reads(text: &str) -> bool {
    mail(text).is_some()
}

/// A dataset has a mail address to ask at, or the site has one: without any there is no valid file of this kind.
pub fn mailed<'a>(c: &Catalogue<'_>, mut all: impl Iterator<Item = &'a Dataset<'a>>) -> bool {
    all.any(|d| reached(c, d))
}

struct Told {
    title: String,
    description: String,
    publisher: String,
    above: Vec<String>,
    contact: Map<String, Value>,
    identifier: String,
    keywords: Vec<String>,
    themes: Vec<String>,
}

fn told(c: &Catalogue<'_>, d: &Dataset<'_>, at: &Published) -> Told {
    let lang = at.lang;
    let text = d.text(lang);
    let title = text.map_or("", |t| t.title).to_string();
    let named = |t: &str| Some(t.to_string()).filter(|t| !t.trim().is_empty());
    let lead = d.publishers.first();
    let publisher =
        lead.and_then(|p| named(p.name.get(lang)).or_else(|| named(&p.id))).or_else(|| named(c.publisher.get(lang))).or_else(|| named(c.title.get(lang)));
    let publisher = publisher.unwrap_or_else(|| c.home.to_string());
    let mut contact = Map::new();
    contact.insert("fn".into(), json!(named(d.contact.name.get(lang)).unwrap_or_else(|| publisher.clone())));
    if let Some(m) = d.contact.email.and_then(mail).or_else(|| mail(c.mail?)) {
        contact.insert("hasEmail".into(), json!(m));
    }
    let themes: Vec<String> = d.themes.iter().filter_map(|t| named(t.label.get(lang))).collect();
    let mut keywords: Vec<String> = Vec::new();
    for k in d.keywords.iter().filter_map(|k| named(k)).chain(d.keywords.is_empty().then(|| themes.clone()).into_iter().flatten()) {
        if !keywords.contains(&k) {
            keywords.push(k);
        }
    }
    if keywords.is_empty() {
        keywords.extend(named(&title).or_else(|| named(d.id)));
    }
    Told {
        description: text.and_then(|t| named(&t.description)).unwrap_or_else(|| title.clone()).chars().take(10_000).collect(),
        title,
        // Who is above whom is told by `parent` alone: the title of a site, and who runs it, say nothing of it.
        above: d.above.iter().filter_map(|p| named(p.name.get(lang)).or_else(|| named(&p.id))).collect(),
        publisher,
        contact,
        identifier: identifier(d, at),
        keywords,
        themes,
    }
}

/// What harvesters know a dataset by.
fn identifier(d: &Dataset<'_>, at: &Published) -> String {
    d.identifier.map_or_else(|| at.page.clone(), String::from)
}

/// What can be taken: as it was given, and as clean CSV where that is another file.
fn files<'a, 'b>(d: &'b Dataset<'a>, at: &'b Published) -> impl Iterator<Item = (usize, &'b Distribution<'a>, &'b Copy)> {
    let tables = |i: usize| at.tables.iter().filter(move |(of, _)| *of == i).map(|(_, c)| c);
    d.distributions.iter().enumerate().flat_map(move |(i, r)| {
        let own = at.copies.get(i).and_then(Option::as_ref);
        own.into_iter().chain(tables(i).filter(move |t| own.is_none_or(|o| o.url != t.url))).map(move |c| (i, r, c))
    })
}

fn licence(d: &Dataset<'_>) -> Option<String> {
    let l = d.licence?;
    l.url.and_then(iri).or_else(|| l.known()?.url)
}

fn day(text: &str) -> Option<String> {
    match period(text)? {
        Term::Typed(v, _) => Some(v),
        _ => None,
    }
}

/// A body, and those above it.
fn organization(name: &str, above: &[String], kind: &str) -> Value {
    let mut out = json!({ "@type": kind, "name": name });
    if let Some((up, more)) = above.split_first() {
        out["subOrganizationOf"] = organization(up, more, kind);
    }
    out
}

/// `2023`, `2023-05`: what ISO 8601 allows for a day of which no more is known.
fn partly(t: &str) -> bool {
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    match t.split_once('-') {
        None => digits(t, 4),
        Some((y, m)) => digits(y, 4) && digits(m, 2) && ("01"..="12").contains(&m),
    }
}

/// A day as the source had it, with its hours, where it is that day and in the form of ISO 8601; else the day.
fn exactly(d: &Dataset<'_>, key: &str, day: String) -> String {
    let told = d.extra.get(key).and_then(Value::as_str).map(str::trim);
    told.filter(|t| t.strip_prefix(day.as_str()).is_some_and(hour)).map_or(day, String::from)
}

/// `T16:01:29.980Z`, `T00:00:00-05:00`: what may stand behind a day.
fn hour(t: &str) -> bool {
    let Some(t) = t.strip_prefix('T') else { return false };
    let end = t.find(['Z', '+', '-']).unwrap_or(t.len());
    let (clock, zone) = t.split_at(end);
    let (clock, part) = clock.split_once('.').unwrap_or((clock, "0"));
    let two = |p: &str, most: u8| p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u8>().is_ok_and(|n| n <= most);
    let times = |t: &str| {
        let parts: Vec<&str> = t.split(':').collect();
        matches!(parts.len(), 2 | 3) && two(parts[0], 23) && parts[1..].iter().all(|p| two(p, 59))
    };
    let zoned = matches!(zone, "" | "Z") || zone.get(1..).is_some_and(|z| z.len() == 5 && times(z));
    times(clock) && zoned && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// The span as the source had it, with its hours, where it begins and ends on these days.
fn hours(d: &Dataset<'_>, from: &str, to: &str) -> Option<String> {
    let told = d.extra.get("temporal")?.as_str()?.trim();
    let (a, b) = told.split_once('/')?;
    let same = |t: &str, day: &str| t.strip_prefix(day).is_some_and(|h| h.is_empty() || hour(h));
    (same(a, from) && same(b, to)).then(|| told.to_string())
}

/// The languages of the data: as the source told them, where that of the entry is one of them, else that.
fn languages(d: &Dataset<'_>, at: &Published) -> Vec<String> {
    let primary = |t: &str| t.split('-').next().unwrap_or("").to_ascii_lowercase();
    let good = |t: &str| !t.is_empty() && t.split('-').all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    let told: Vec<String> = match d.extra.get("language") {
        Some(Value::Array(all)) => all.iter().filter_map(|v| Some(v.as_str()?.trim().to_string())).collect(),
        Some(Value::String(t)) => vec![t.trim().to_string()],
        _ => Vec::new(),
    };
    if told.iter().all(|t| good(t)) && told.iter().any(|t| primary(t) == primary(&at.tag)) { told } else { vec![at.tag.clone()] }
}

/// The media type of what lies elsewhere, where it is a file that is taken from there: the address says it, or the source did.
fn taken(d: &Dataset<'_>, i: usize, r: &Distribution<'_>, url: &str) -> Option<String> {
    let said = d.said_of(i);
    let text = |key: &str| said.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    if text("accessURL").is_some_and(|a| a == url || Some(a) == r.elsewhere) {
        return None;
    }
    let media = text("mediaType").filter(|m| m.contains('/')).map(String::from);
    media.or_else(|| crate::model::elsewhere::media_type(url, r.format_name()).map(String::from))
}

/// A file or service of `data.json`.
fn distribution(d: &Dataset<'_>, at: &Published, i: usize, r: &Distribution<'_>, copy: &Copy) -> Option<Value> {
    let url = iri(&copy.url)?;
    let mut f = json!({ "@type": "dcat:Distribution" });
    if !r.title.is_empty() {
        f["title"] = json!(at.title(i, r, copy));
    }
    if !r.description.is_empty() {
        f["description"] = json!(r.description.get(at.lang));
    }
    let said = d.said_of(i);
    let web = |key: &str| said.get(key).and_then(Value::as_str).map(str::trim).filter(|t| address(t));
    let (mut format, media) = r.kind(copy);
    if copy.own {
        f["downloadURL"] = json!(url);
        f["mediaType"] = json!(media.unwrap_or("application/octet-stream"));
        format = some(format);
    } else if let Some(media) = taken(d, i, r, &url) {
        f["downloadURL"] = json!(url);
        f["mediaType"] = json!(media);
        if let Some(access) = web("accessURL") {
            f["accessURL"] = json!(access);
        }
    } else {
        f["accessURL"] = json!(url);
    }
    if !format.is_empty() {
        f["format"] = json!(format);
    }
    for key in ["describedBy", "conformsTo"] {
        if let Some(u) = web(key) {
            f[key] = json!(u);
        }
    }
    if let Some(m) = said.get("describedByType").and_then(Value::as_str).filter(|m| m.contains('/') && web("describedBy").is_some()) {
        f["describedByType"] = json!(m);
    }
    Some(f)
}

/// An address of the web as the schemas want it.
fn address(t: &str) -> bool {
    (t.starts_with("http://") || t.starts_with("https://")) && iri(t).is_some()
}

fn v1(c: &Catalogue<'_>, all: &[(Dataset<'_>, Published)], part: &Part) -> String {
    let head = json!({
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@id": part.this, "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
    });
    // Harvesters refuse the part of a collection that is not in the file.
    let here: std::collections::BTreeSet<String> = all.iter().map(|(d, at)| identifier(d, at)).collect();
    let one = |(d, at): &(Dataset<'_>, Published)| {
        let t = told(c, d, at);
        // Of a source that told no more than the year, that is what is known.
        let year = || d.extra.get("modified").and_then(Value::as_str).map(str::trim).filter(|t| partly(t)).map(String::from);
        let changed = d.updated.or(d.modified).map(|m| exactly(d, "modified", m.to_string()));
        let modified = changed.or_else(year).or_else(|| d.issued.map(|m| exactly(d, "issued", m.date.to_string())));
        let modified = modified.or_else(|| d.frequency.and_then(repeating).filter(|r| r.starts_with("R/")).map(String::from));
        let publisher = organization(&t.publisher, &t.above, "org:Organization");
        let mut contact = Value::Object(t.contact);
        contact["@type"] = json!("vcard:Contact");
        let digits = |t: &str| t.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c)).then(|| t.replace(' ', ""));
        if let Some(tel) = d.contact.tel.filter(|_| d.contact.told).and_then(digits) {
            contact["hasTelephone"] = json!(format!("tel:{tel}"));
        }
        let form = d.extra.get("contactPoint").and_then(|c| c.get("hasURL")).and_then(Value::as_str);
        if let Some(form) = form.filter(|f| address(f)) {
            contact["hasURL"] = json!(form);
        }
        let access = match d.access {
            Some("conditional") => "restricted public",
            Some("closed") => "non-public",
            _ => "public",
        };
        let mut v = json!({
            "@type": "dcat:Dataset", "title": t.title, "description": t.description, "keyword": t.keywords,
            "modified": modified.unwrap_or_else(|| c.as_of.to_string()), "publisher": publisher, "contactPoint": contact, "identifier": t.identifier,
            "accessLevel": access, "landingPage": at.page, "language": languages(d, at),
        });
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(x) = value {
                v[key] = x;
            }
        };
        put("rights", Some(d.access_note.get(at.lang)).filter(|t| !t.is_empty()).map(|t| json!(t.chars().take(255).collect::<String>())));
        put("license", licence(d).map(|l| json!(l)));
        put("issued", d.issued.map(|m| json!(exactly(d, "issued", m.date.to_string()))));
        put("accrualPeriodicity", d.frequency.and_then(repeating).map(|r| json!(r)));
        put("theme", Some(t.themes).filter(|l| !l.is_empty()).map(|l| json!(l)));
        put(
            "spatial",
            d.place
                .and_then(|p| p.bbox)
                .map(|[w, s, e, n]| json!(format!("{w},{s},{e},{n}")))
                .or_else(|| Some(d.spatial.get(at.lang)).filter(|t| !t.is_empty()).map(|t| json!(t))),
        );
        let span = d.temporal.and_then(|(a, b)| Some((day(a)?, day(b)?)));
        put("temporal", span.map(|(a, b)| json!(hours(d, &a, &b).unwrap_or_else(|| format!("{a}/{b}")))));
        // Harvesters look for the entry of that `identifier`.
        put("isPartOf", at.series.iter().map(|s| s.identifier.as_ref().unwrap_or(&s.page)).find(|s| here.contains(*s)).map(|s| json!(s)));
        let described = at.dictionary.as_ref();
        put("describedBy", described.map(|u| json!(u)));
        put("describedByType", described.map(|_| json!("application/json")));
        let list: Vec<Value> = files(d, at).filter_map(|(i, r, copy)| distribution(d, at, i, r, copy)).collect();
        put("distribution", Some(list).filter(|l| !l.is_empty()).map(|l| json!(l)));
        for (key, value) in carried(d) {
            if v.get(key).is_none() && (key != "isPartOf" || value.as_str().is_some_and(|s| here.contains(s))) {
                v[key] = value;
            }
        }
        v
    };
    lines(&head, "dataset", all.iter().map(one))
}

/// What a federal catalogue said in fields of its own and an import kept under `extra`: it comes out as it came in, where it still
/// has the form that the standard asks for.
fn carried(d: &Dataset<'_>) -> Vec<(&'static str, Value)> {
    let said = |key: &str| d.extra.get(key);
    let text = |key: &str| said(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    let digits = |t: &str, form: &[usize]| {
        let parts: Vec<&str> = t.split([':', '-']).collect();
        parts.len() == form.len() && parts.iter().zip(form).all(|(p, n)| p.len() == *n && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let list = |key: &str, good: &dyn Fn(&str) -> bool| -> Option<Value> {
        let all: Vec<&str> = match said(key)? {
            Value::String(t) => vec![t.as_str()],
            Value::Array(all) => all.iter().map(|v| v.as_str().unwrap_or("")).collect(),
            _ => return None,
        };
        (!all.is_empty() && all.iter().all(|t| good(t))).then(|| json!(all))
    };
    let web = address;
    let mut out = Vec::new();
    let mut put = |key: &'static str, value: Option<Value>| out.extend(value.map(|v| (key, v)));
    put("bureauCode", list("bureauCode", &|t| digits(t, &[3, 2])));
    put("programCode", list("programCode", &|t| digits(t, &[3, 3])));
    put("references", list("references", &web));
    let quality = said("dataQuality").and_then(|v| v.as_bool().or_else(|| v.as_str().and_then(|t| t.parse::<bool>().ok())));
    put("dataQuality", quality.map(|b| json!(b)));
    put("primaryITInvestmentUII", text("primaryITInvestmentUII").filter(|t| digits(t, &[3, 9])).map(|t| json!(t)));
    for key in ["conformsTo", "systemOfRecords", "describedBy"] {
        put(key, text(key).filter(|t| web(t)).map(|t| json!(t)));
    }
    put("describedByType", text("describedByType").filter(|t| t.contains('/') && text("describedBy").is_some()).map(|t| json!(t)));
    put("rights", text("rights").filter(|t| t.chars().count() <= 255).map(|t| json!(t)));
    // A collection that no `in_series` names; one that does comes before it.
    put("isPartOf", text("isPartOf").map(|t| json!(t)));
    // The original of what has one word here and several there, where somebody has not written another word since.
    let same = |t: &str| {
        matches!(
            (d.frequency, t),
            (Some("realtime"), "R/PT1S")
                | (Some("weekly"), "R/P7D")
                | (Some("yearly"), "R/P12M")
                | (Some("half_year"), "R/P0.5Y")
                | (Some("quarterly"), "R/P0.25Y")
        ) || d.frequency == Some("other") && t.starts_with("R/P")
            || d.frequency == Some("realtime") && t.starts_with("R/PT")
    };
    put("accrualPeriodicity", text("accrualPeriodicity").filter(|t| same(t)).map(|t| json!(t)));
    out
}

/// Whether a dataset has a mail address to ask at, or the site has one: without it no entry of this kind is valid.
pub fn reached(c: &Catalogue<'_>, d: &Dataset<'_>) -> bool {
    d.contact.email.and_then(mail).is_some() || c.mail.and_then(mail).is_some()
}

fn some(name: &str) -> &str {
    if name.is_empty() { "?" } else { name }
}

fn v3(c: &Catalogue<'_>, all: &[(Dataset<'_>, Published)], part: &Part) -> String {
    let main = c.languages.iter().position(|l| l.from.is_none()).unwrap_or(0);
    let short = |tag: &str| tag.split('-').next().unwrap_or(tag).chars().take(2).collect::<String>();
    let tags: Vec<String> = c.languages.iter().filter(|l| l.from.is_none()).map(|l| short(&l.tag)).collect();
    let mut head = json!({
        "@type": "Catalog", "@id": part.this, "title": c.title.get(main), "language": tags,
        "publisher": { "@type": "Organization", "name": if c.publisher.is_empty() { c.title.get(main) } else { c.publisher.get(main) } },
    });
    if !c.description.is_empty() {
        head["description"] = json!(c.description.get(main));
    }
    let one = |(d, at): &(Dataset<'_>, Published)| {
        let t = told(c, d, at);
        let mut contact = Value::Object(t.contact);
        contact["@type"] = json!("Kind");
        if let Some(tel) = d.contact.tel {
            contact["tel"] = json!(tel);
        }
        let mut v = json!({
            "@type": "Dataset", "@id": super::dcat_ap::address(&at.page), "title": t.title, "description": t.description, "contactPoint": [contact],
            "identifier": { "@type": "Identifier", "notation": t.identifier }, "keyword": t.keywords, "language": [short(&at.tag)],
            "publisher": organization(&t.publisher, &t.above, "Organization"), "landingPage": { "@type": "Document", "title": t.title, "accessURL": at.page },
            "accessRights": match d.access { Some("conditional") => "restricted public", Some("closed") => "non-public", _ => "public" },
        });
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(x) = value {
                v[key] = x;
            }
        };
        put("issued", d.issued.map(|m| json!(m.date.to_string())));
        put("modified", d.updated.or(d.modified).map(|x| json!(x.to_string())));
        put("accrualPeriodicity", d.frequency.and_then(repeating).map(|r| json!(r)));
        put("license", licence(d).map(|l| json!(l)));
        put("version", d.version.map(|x| json!(x)));
        put("theme", Some(&t.themes).filter(|l| !l.is_empty()).map(|l| l.iter().map(|x| json!({ "@type": "Concept", "prefLabel": x })).collect()));
        put(
            "temporal",
            d.temporal.and_then(|(a, b)| {
                let mut span = json!({ "@type": "PeriodOfTime", "startDate": day(a)? });
                if let Some(b) = day(b) {
                    span["endDate"] = json!(b);
                }
                Some(json!([span]))
            }),
        );
        let place = d.place;
        put(
            "spatial",
            (!d.spatial.is_empty() || place.is_some()).then(|| {
                let mut l = json!({ "@type": "Location" });
                if !d.spatial.is_empty() {
                    l["prefLabel"] = json!(d.spatial.get(at.lang));
                }
                if let Some([w, s, e, n]) = place.and_then(|p| p.bbox) {
                    l["bbox"] = json!(format!("POLYGON(({w} {s},{e} {s},{e} {n},{w} {n},{w} {s}))"));
                }
                json!([l])
            }),
        );
        let list: Vec<Value> = files(d, at)
            .filter_map(|(i, r, copy)| {
                let url = iri(&copy.url)?;
                let mut f = json!({ "@type": "Distribution", "title": at.title(i, r, copy) });
                if !r.description.is_empty() {
                    f["description"] = json!(r.description.get(at.lang));
                }
                if copy.own {
                    f["downloadURL"] = json!(url);
                    f["accessURL"] = json!(at.page);
                    let (format, media) = r.kind(copy);
                    f["mediaType"] = json!(media.unwrap_or("application/octet-stream"));
                    f["format"] = json!(some(format));
                } else if let Some(media) = taken(d, i, r, &url) {
                    f["downloadURL"] = json!(url);
                    f["accessURL"] = json!(url);
                    f["mediaType"] = json!(media);
                } else {
                    f["accessURL"] = json!(url);
                }
                let format = r.kind(copy).0;
                if !copy.own && !format.is_empty() {
                    f["format"] = json!(format);
                }
                if let Some(b) = copy.bytes {
                    f["byteSize"] = json!(b.to_string());
                }
                if let Some(sum) = &copy.sha256 {
                    f["checksum"] = json!({ "@type": "Checksum", "algorithm": "SHA-256", "checksumValue": sum });
                }
                Some(f)
            })
            .collect();
        put("distribution", Some(list).filter(|l| !l.is_empty()).map(|l| json!(l)));
        v
    };
    lines(&head, "dataset", all.iter().map(one))
}
