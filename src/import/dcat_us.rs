//! DCAT-US 1.1: `data.json` of American bodies (Project Open Data).

use super::catalogue::{Distribution, Resources, contact, keywords, temporal};
use super::lists::{self, How, Known, Take};
use super::reader::{Record, date, description, flat, frequency, licence, list, set_text, title};
use super::{Asked, Draft, Importer, Office, Read, Value, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::brought::Piece;
use crate::load::records::Form;
use crate::load::{Kind, Node, Source};
use crate::schema::item as own;
use crate::types::dataset as ds;
use std::collections::BTreeMap;

/// DCAT-US
pub(super) static IMPORTER: Importer = Importer {
    name: "dcat-us",
    about: Phrase { zh: "DCAT-US 的 data.json", en: "data.json of DCAT-US" },
    wanted: |p| p.to_ascii_lowercase().ends_with(".json"),
    read: Read::Each(each),
};

fn each(pieces: &[Piece], _: &Asked<'_>, known: &mut Known, take: Take<'_>, out: &mut Vec<Diagnostic>) {
    for (i, p) in pieces.iter().enumerate() {
        let before = known.seen;
        let (how, _) = lists::each(p, known.how(i), Form::List(&[&["dataset"]]), out, &mut |source, n, _| {
            known.seen += 1;
            let mut found = Vec::new();
            let mut d = dataset(source, &n, &mut known.offices, &mut found);
            if known.again {
                series(&mut d, known, &mut found);
            } else {
                known.series.note(&d);
            }
            take(d, found);
        });
        known.found(i, how);
        if known.seen == before && how != How::Not {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("没有 `dataset` 列表", "there is no list `dataset`"))
                    .at(Span { line: 1, col: 1, end_col: 2, ..Span::file(&p.path) })
                    .hint(say!("DCAT-US 的 data.json 里应有 dataset: […]", "data.json of DCAT-US has dataset: […]")),
            );
        }
    }
}

/// `isPartOf` names the collection by its identifier, some by its page: it becomes `in_series` where the collection is here. The
/// link waits for the place of that item, see `mirror`.
fn series(d: &mut Draft, known: &Known, out: &mut Vec<Diagnostic>) {
    let Value::Map(extra) = &mut d.extra else { return };
    let Some(at) = extra.iter().position(|(k, _)| k == "isPartOf") else { return };
    let Value::Text(told) = extra[at].1.clone() else { return };
    match known.series.of(&told).filter(|k| **k != d.key) {
        Some(key) => {
            extra.remove(at);
            let key = format!("{}{key}", super::mirror::ITEM);
            d.set(&ds::IN_SERIES, Value::List(vec![Value::Text(key)]));
        }
        None => out.push(
            Diagnostic::new("IMP003", Severity::Info, say!("它所属的 `{told}` 不在来源里", "it is part of `{told}`, which is not in the source"))
                .at(d.at.clone())
                .hint(say!("原文保留在 extra.isPartOf；以后有了就写 in_series", "it stands under extra.isPartOf; write in_series when that is here")),
        ),
    }
}

/// A publisher, and those above it.
fn office(n: &Node, offices: &mut BTreeMap<String, Office>, depth: usize) -> String {
    let name = n.get("name").map_or(String::new(), flat);
    let above = n.get("subOrganizationOf").filter(|_| depth < 6).map_or(String::new(), |s| office(s, offices, depth + 1));
    if !name.is_empty() {
        // Some stand above themselves.
        let (mut up, mut circle) = (above.clone(), false);
        for _ in 0..16 {
            circle |= up == name;
            up = offices.get(&up).map_or(String::new(), |o| o.parent.clone());
        }
        let o = offices.entry(name.clone()).or_insert_with(|| Office { name: name.clone(), ..Office::default() });
        if o.parent.is_empty() && !circle {
            o.parent = above;
        }
    }
    name
}

fn dataset(source: &Source, n: &Node, offices: &mut BTreeMap<String, Office>, out: &mut Vec<Diagnostic>) -> Draft {
    let mut r = Record::new(source, n);
    let id = r.text(&["identifier"]);
    let t = r.text(&["title"]);
    let key = if id.is_empty() { t.clone() } else { id.clone() };
    // An identifier that is an address or a number says less than the title.
    let mut d = Draft::new(&ds::TYPE, key, norm::slug(&t), r.place(None));
    title(&r, &t, &mut d, out);
    set_text(&mut d, &ds::ID, &id);
    let text = r.take("description");
    description(&r, text, &mut d, out);
    if let Some(p) = r.take("publisher") {
        let name = office(p, offices, 0);
        set_text(&mut d, &ds::PUBLISHER, &name);
    }
    if let Some(l) = r.take("license") {
        licence(r.place(Some(l)), &flat(l), None, &mut d, out);
    }
    if let Some(f) = r.take("accrualPeriodicity") {
        let t = flat(f);
        frequency(r.place(Some(f)), "accrualPeriodicity", &t, &mut d, out);
        // Words of the standard that have no one word here come out again as they came in.
        if t.starts_with("R/") && !matches!(&*t, "R/P1D" | "R/P1W" | "R/P1M" | "R/P3M" | "R/P6M" | "R/P1Y") {
            d.keep("accrualPeriodicity", Value::Text(t));
        }
    }
    date(&mut r, "issued", &ds::ISSUED, &mut d, out);
    // The standard allows an interval of repeats.
    match n.get("modified").map(flat) {
        Some(t) if t.starts_with("R/") => {
            let m = r.take("modified");
            if d.get(&ds::FREQUENCY).is_none() {
                frequency(r.place(m), "modified", &t, &mut d, out);
            } else {
                d.keep("modified", Value::Text(t));
            }
        }
        _ => date(&mut r, "modified", &ds::MODIFIED, &mut d, out),
    }
    if let Some(a) = r.take("accessLevel") {
        super::access::set(&mut d, "accessLevel", &flat(a), true, &|| r.place(Some(a)), out);
    }
    let rights = r.text(&["rights"]);
    if d.get(&ds::ACCESS_RIGHTS) != Some(&Value::text("open")) {
        set_text(&mut d, &ds::ACCESS_CONDITIONS, &rights);
    } else {
        d.keep("rights", Value::Text(rights));
    }
    let words = r.texts("keyword");
    keywords(&mut d, words);
    let themes = r.texts("theme");
    d.set(&own::THEME, Value::List(themes.into_iter().map(Value::Text).collect()));
    let area = r.text(&["spatial"]);
    set_text(&mut d, &ds::SPATIAL, &area);
    let period = r.text(&["temporal"]);
    // Its hours have no field here.
    if !period.is_empty() && (!temporal(&mut d, &period) || period.contains('T')) {
        d.keep("temporal", Value::Text(period));
    }
    if let Some(c) = r.take("contactPoint") {
        let get = |k: &str| c.get(k).map_or(String::new(), flat);
        // Some have a form in place of an address, or beside it.
        let (mail, form) = (get("hasEmail"), get("hasURL"));
        contact(&mut d, &get("fn"), if mail.is_empty() { &form } else { &mail }, &get("hasTelephone"));
        if !form.is_empty() && !mail.is_empty() && !mail.contains("://") {
            d.keep("contactPoint", Value::Map(vec![("hasURL".into(), Value::Text(form))]));
        }
    }
    if let Some(l) = n.get("landingPage").map(flat).filter(|l| !l.is_empty())
        && let norm::Read::Sure(u) = norm::address(&l)
    {
        r.take("landingPage");
        set_text(&mut d, &own::SOURCE_URL, &u);
    }
    let mut made = Resources::default();
    let mut titles: Vec<String> = Vec::new();
    if let Some(Node { kind: Kind::List(all), .. }) = r.take("distribution") {
        for (i, one) in all.iter().enumerate() {
            let get = |k: &str| one.get(k).map_or(String::new(), flat);
            let (download, access) = (get("downloadURL"), get("accessURL"));
            let place = one.get("downloadURL").or(one.get("accessURL")).unwrap_or(one);
            let format = get("format");
            let media = get("mediaType");
            let mut titled = get("title").split_whitespace().collect::<Vec<_>>().join(" ");
            if titled.is_empty() {
                let kind = match norm::format(&format, &media) {
                    Some(norm::Read::Sure(f) | norm::Read::Partly(f)) => f,
                    _ => String::new(),
                };
                let t = t.split_whitespace().collect::<Vec<_>>().join(" ");
                titled = if kind.is_empty() { format!("{t} ({})", i + 1) } else { format!("{t} ({kind})") };
            }
            let known = ["@type", "title", "description", "downloadURL", "accessURL", "format", "mediaType"];
            let mut left: Vec<(String, Value)> = Vec::new();
            if let Kind::Map(p) = &one.kind {
                left.extend(
                    p.iter()
                        .filter_map(|(k, v)| Some((k.text()?.to_string(), super::reader::value(v))))
                        .filter(|(k, v)| !known.contains(&&**k) && !v.is_empty()),
                );
            }
            let url = if download.is_empty() { access.clone() } else { download.clone() };
            // Whether it is a file or the way to one is told where the address does not say it.
            let shown = match norm::format(&format, &media) {
                Some(norm::Read::Sure(f) | norm::Read::Partly(f)) => f,
                _ => String::new(),
            };
            let file = crate::model::elsewhere::media_type(&url, &shown);
            if !access.is_empty() && (access != download && !download.is_empty() || download.is_empty() && file.is_some()) {
                left.push(("accessURL".into(), Value::Text(access)));
            }
            if !media.is_empty() && !download.is_empty() && file != Some(media.as_str()) {
                left.push(("mediaType".into(), Value::Text(media.clone())));
            }
            let reached = !matches!(norm::address(&url), norm::Read::Not);
            let mut rest = Vec::new();
            if !reached {
                rest = left;
            } else {
                let nth = titles.iter().filter(|t| **t == titled).count() + 1;
                titles.push(titled.clone());
                if !left.is_empty() {
                    more(&mut d, &if nth == 1 { titled.clone() } else { format!("{titled} ({nth})") }, left);
                }
            }
            let dist = Distribution { title: titled, description: get("description"), url, format, media, more: rest, ..Distribution::default() };
            made.add(&|| source.span(place.start as usize, place.end as usize), dist, out);
        }
    }
    // Before 1.1 the address stood at the dataset itself.
    if titles.is_empty()
        && let Some(url) = n.get("accessURL").map(flat).filter(|u| matches!(norm::address(u), norm::Read::Sure(_)))
    {
        r.take("accessURL");
        let dist = Distribution { title: t.clone(), url, format: r.text(&["format"]), ..Distribution::default() };
        made.add(&|| r.place(n.get("accessURL")), dist, out);
    }
    made.give(&mut d);
    let languages: Vec<Value> = r.take("language").map_or(Vec::new(), list).into_iter().map(Value::Text).collect();
    d.keep("language", Value::List(languages));
    r.rest(&mut d, &["@type"]);
    d
}

/// Fields of a resource that none of ours holds, below its title.
pub(super) fn more(d: &mut Draft, title: &str, left: Vec<(String, Value)>) {
    let Value::Map(extra) = &mut d.extra else { return };
    if !extra.iter().any(|(k, _)| k == "resource_fields") {
        extra.push(("resource_fields".into(), Value::Map(Vec::new())));
    }
    if let Some((_, Value::Map(all))) = extra.iter_mut().find(|(k, _)| k == "resource_fields") {
        let name = (1..).map(|n| if n == 1 { title.to_string() } else { format!("{title} ({n})") }).find(|t| !all.iter().any(|(k, _)| k == t));
        all.push((name.unwrap_or_default(), Value::Map(left)));
    }
}
