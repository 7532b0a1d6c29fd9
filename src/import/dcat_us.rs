//! DCAT-US 1.1: `data.json` of American bodies (Project Open Data).

use super::catalogue::{Distribution, Resources, contact, keywords, temporal};
use super::reader::{Record, date, description, flat, frequency, licence, list, odd, set_text, title};
use super::{Asked, Brought, Draft, Importer, Office, Value, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::brought::{Piece, json, json_list, text};
use crate::load::{Kind, Node, Source};
use crate::schema::item as own;
use crate::types::dataset as ds;
use std::collections::BTreeMap;

/// DCAT-US
pub(super) static IMPORTER: Importer = Importer {
    name: "dcat-us",
    about: Phrase { zh: "DCAT-US 的 data.json", en: "data.json of DCAT-US" },
    wanted: |p| p.to_ascii_lowercase().ends_with(".json"),
    read,
};

/// A file of JSON; what is wrong with it is told.
pub(super) fn opened(p: &Piece, out: &mut Vec<Diagnostic>) -> Option<Source> {
    let Some((content, _)) = text(&p.bytes) else {
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                .at(Span::file(&p.path))
                .hint(say!("看看文件是否损坏", "see whether the file is damaged")),
        );
        return None;
    };
    Some(Source::new(p.path.as_str(), content))
}

/// JSON that breaks off.
pub(super) fn broken(source: &Source, (at, why): (usize, String)) -> Diagnostic {
    Diagnostic::new("IMP001", Severity::Error, say!("JSON 读不下去，未导入：{why}", "the JSON breaks off; not imported: {why}"))
        .at(source.span(at, at + 1))
        .hint(say!("重新下载这个文件，或改正此处", "download the file again, or correct this place"))
}

/// Records of a list in a file, each as a tree; what is broken loses itself alone.
pub(super) fn records(source: &Source, keys: &[&str], out: &mut Vec<Diagnostic>) -> Vec<Node> {
    let mut all = Vec::new();
    each(source, keys, out, &mut |n, _| all.push(n));
    all
}

/// The same one after the other: of a file of hundreds of megabytes no two trees stand at once.
fn each(source: &Source, keys: &[&str], out: &mut Vec<Diagnostic>, take: &mut dyn FnMut(Node, &mut Vec<Diagnostic>)) {
    let ranges = match json_list(source, keys) {
        Ok(r) => r,
        Err(e) => return out.push(broken(source, e)),
    };
    for range in ranges {
        match json(source, range) {
            Ok(n) if matches!(n.kind, Kind::Map(_)) => take(n, out),
            Ok(n) => out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("这一条不是对象，未导入", "this record is no object; not imported"))
                    .at(source.span(n.start as usize, n.end as usize))
                    .hint(say!("看看来源", "look at the source")),
            ),
            Err(e) => out.push(broken(source, e)),
        }
    }
}

fn read(pieces: &[Piece], _: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    let mut offices: BTreeMap<String, Office> = BTreeMap::new();
    for p in pieces {
        let Some(source) = opened(p, out) else { continue };
        let before = brought.seen;
        each(&source, &["dataset"], out, &mut |n, out| {
            brought.seen += 1;
            brought.drafts.push(dataset(&source, &n, &mut offices, out));
        });
        if brought.seen == before {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("没有 `dataset` 列表", "there is no list `dataset`"))
                    .at(source.span(0, 1))
                    .hint(say!("DCAT-US 的 data.json 里应有 dataset: […]", "data.json of DCAT-US has dataset: […]")),
            );
        }
    }
    series(&mut brought.drafts, out);
    brought.offices = offices.into_values().collect();
    brought
}

/// `isPartOf` names the collection by its identifier, some by its page: it becomes `in_series` where the collection is here. The
/// link waits for the place of that item, see `mirror`.
fn series(drafts: &mut [Draft], out: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for d in drafts.iter() {
        if let Some(Value::Text(page)) = d.get(&own::SOURCE_URL) {
            known.entry(page.clone()).or_insert_with(|| d.key.clone());
        }
    }
    known.extend(drafts.iter().map(|d| (d.key.clone(), d.key.clone())));
    for d in drafts.iter_mut() {
        let Value::Map(extra) = &mut d.extra else { continue };
        let Some(at) = extra.iter().position(|(k, _)| k == "isPartOf") else { continue };
        let Value::Text(told) = extra[at].1.clone() else { continue };
        match known.get(&told).filter(|k| **k != d.key) {
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
        frequency(r.place(Some(f)), "accrualPeriodicity", &flat(f), &mut d, out);
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
        match &*flat(a).to_ascii_lowercase() {
            "public" => d.set(&ds::ACCESS_RIGHTS, Value::text("open")),
            "restricted public" => d.set(&ds::ACCESS_RIGHTS, Value::text("conditional")),
            "non-public" => d.set(&ds::ACCESS_RIGHTS, Value::text("closed")),
            other => {
                out.push(odd(
                    r.place(Some(a)),
                    say!("开放等级 `{other}` 认不出，按不予开放处理", "the access level `{other}` is not known; taken as closed"),
                    say!("核实后改 access_rights", "find out and correct access_rights"),
                ));
                d.set(&ds::ACCESS_RIGHTS, Value::text("closed"));
                d.keep("accessLevel", Value::text(other));
            }
        }
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
    if !period.is_empty() && !temporal(&mut d, &period) {
        d.keep("temporal", Value::Text(period));
    }
    if let Some(c) = r.take("contactPoint") {
        let get = |k: &str| c.get(k).map_or(String::new(), flat);
        contact(&mut d, &get("fn"), &get("hasEmail"), &get("hasTelephone"));
    }
    if let Some(l) = n.get("landingPage").map(flat).filter(|l| !l.is_empty())
        && let norm::Read::Sure(u) = norm::address(&l)
    {
        r.take("landingPage");
        set_text(&mut d, &own::SOURCE_URL, &u);
    }
    let mut made = Resources::default();
    if let Some(Node { kind: Kind::List(all), .. }) = r.take("distribution") {
        for (i, one) in all.iter().enumerate() {
            let get = |k: &str| one.get(k).map_or(String::new(), flat);
            let (download, access) = (get("downloadURL"), get("accessURL"));
            let place = one.get("downloadURL").or(one.get("accessURL")).unwrap_or(one);
            let format = get("format");
            let (format, media) = if format.is_empty() && get("mediaType").is_empty() && download.is_empty() && !access.is_empty() {
                ("API".to_string(), String::new())
            } else {
                (format, get("mediaType"))
            };
            let mut titled = get("title");
            if titled.is_empty() {
                let kind = match norm::format(&format, &media) {
                    Some(norm::Read::Sure(f) | norm::Read::Partly(f)) => f,
                    _ => String::new(),
                };
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
            if !access.is_empty() && !download.is_empty() && access != download {
                left.push(("accessURL".into(), Value::Text(access.clone())));
            }
            if !left.is_empty() {
                more(&mut d, &titled, left);
            }
            let dist = Distribution {
                title: titled,
                description: get("description"),
                url: if download.is_empty() { access } else { download },
                format,
                media,
                ..Distribution::default()
            };
            made.add(&|| source.span(place.start as usize, place.end as usize), dist, out);
        }
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
