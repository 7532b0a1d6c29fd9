//! CKAN: answers of `package_search` and `package_show`, dumps of `ckanapi` (a package a line), old exports with extras as a mapping.

use super::catalogue::{Distribution, Resources, contact, keywords, temporal};
use super::dcat_us::more;
use super::lists::{self, Known, Take, broken, no_object, opened};
use super::reader::{Mark, Record, date, description, flat, frequency, licence, markdown, odd, set_text, title, value, veil};
use super::{Asked, Draft, Importer, Office, Read, Value, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, Text, say};
use crate::load::brought::{Piece, json};
use crate::load::records::{self, Form};
use crate::load::{Kind, Node, Source};
use crate::schema::item as own;
use crate::types::dataset as ds;
use std::collections::BTreeMap;

/// CKAN
pub(super) static IMPORTER: Importer = Importer {
    name: "ckan",
    about: Phrase { zh: "CKAN：package_search 的应答、ckanapi 的导出", en: "CKAN: answers of package_search, dumps of ckanapi" },
    wanted: |p| [".json", ".jsonl", ".ndjson"].iter().any(|e| p.to_ascii_lowercase().ends_with(e)),
    read: Read::Each(each),
};

/// Where the list stands in answers, dumps and exports.
const LISTS: Form<'_> = Form::List(&[&["result", "results"], &["result"], &["results"], &["packages"], &["datasets"]]);
/// Bytes in which the end of a first package is looked for.
const FIRST: u64 = 4 << 20;

fn each(pieces: &[Piece], asked: &Asked<'_>, known: &mut Known, take: Take<'_>, out: &mut Vec<Diagnostic>) {
    for (i, p) in pieces.iter().enumerate() {
        let form = if lines(p) { Form::Lines } else { LISTS };
        let (how, listed) = lists::each(p, known.how(i), form, out, &mut |source, n, out| package(source, &n, p, asked, known, take, out));
        known.found(i, how);
        // One package alone, and answers of failures.
        if !listed && let Some(source) = opened(p, out) {
            for n in &alone(&source, out) {
                package(&source, n, p, asked, known, take, out);
            }
        }
    }
}

/// True for a dump with a package a line.
fn lines(p: &Piece) -> bool {
    let begins = records::beginning(p, FIRST).unwrap_or_default();
    let text = String::from_utf8_lossy(&begins);
    let mut lines = text.trim_start_matches('\u{FEFF}').lines().filter(|l| !l.trim().is_empty());
    let first = lines.next().unwrap_or("").trim();
    first.starts_with('{') && first.ends_with('}') && lines.next().is_some_and(|l| l.trim_start().starts_with('{'))
}

/// One package.
fn package(source: &Source, n: &Node, p: &Piece, asked: &Asked<'_>, known: &mut Known, take: Take<'_>, out: &mut Vec<Diagnostic>) {
    known.seen += 1;
    let kind = n.get("type").map_or(String::new(), flat);
    if !matches!(&*kind, "" | "dataset") {
        out.push(
            Diagnostic::new("IMP003", Severity::Info, say!("类型是 {kind}，不是数据集，未导入", "its type is {kind}, no dataset; not imported"))
                .at(source.span(n.start as usize, n.end as usize))
                .hint(say!("另行搬运", "move it by hand")),
        );
        return;
    }
    let mut found = Vec::new();
    let mut d = dataset(source, n, asked, &mut known.offices, &mut found);
    // A record without id and name is known by its title; the second of a title by its number too.
    if d.key.is_empty() {
        let title = n.get("title").map_or(String::new(), flat);
        let said = if title.is_empty() { format!("{}-{}", p.path, known.seen) } else { title };
        let times = known.unnamed.entry(said.clone()).or_insert(0usize);
        *times += 1;
        d.key = if *times == 1 { format!("title:{said}") } else { format!("title:{said}:{times}") };
        if d.name.is_empty() {
            d.name = norm::slug(&said);
        }
        found.push(odd(
            source.span(n.start as usize, n.start as usize + 1),
            say!("没有 id 和 name，按标题记住它", "it has neither id nor name; it is known by its title"),
            say!("标题改了就会当作另一条；在来源里给它 name", "another title will make it another record; give it a name in the source"),
        ));
    }
    take(d, found);
}

/// What an answer without a list holds: a package, or the word that it failed.
fn alone(source: &Source, out: &mut Vec<Diagnostic>) -> Vec<Node> {
    let text = &source.text;
    let head: String = text.chars().take(4000).collect();
    let answer = head.contains("\"result\"") || head.contains("\"success\"") && json(source, 0..text.len()).is_ok_and(|n| n.get("success").is_some());
    if !answer {
        return Vec::new();
    }
    match json(source, 0..text.len()) {
        Err(e) => {
            out.push(broken(source, e));
            Vec::new()
        }
        Ok(n) => {
            if n.get("success").and_then(Node::text) == Some("false") {
                out.push(
                    Diagnostic::new("IMP001", Severity::Error, say!("这是一个失败的应答", "this is the answer of a failure"))
                        .at(source.span(n.start as usize, n.start as usize + 1))
                        .hint(say!("重新取这一页", "fetch this page again")),
                );
                return Vec::new();
            }
            let result = n.get("result").cloned().unwrap_or(n);
            match (result.get("results").map(|r| r.kind.clone()), result.kind.clone()) {
                (Some(Kind::List(all)), _) | (None, Kind::List(all)) => {
                    let (good, other): (Vec<Node>, Vec<Node>) = all.into_iter().partition(|n| matches!(n.kind, Kind::Map(_)));
                    out.extend(other.iter().map(|n| no_object(source, n)));
                    good
                }
                (_, Kind::Map(_)) => vec![result],
                _ => Vec::new(),
            }
        }
    }
}

/// Words of one text.
fn parted(t: &str) -> Vec<String> {
    t.split([',', ';', '，', '；', '、']).map(|p| p.trim().to_string()).filter(|p| !p.is_empty()).collect()
}

/// Keeps what is written in no form that CKAN has, and tells it.
fn unread(r: &Record<'_>, key: &str, n: &Node, d: &mut Draft, out: &mut Vec<Diagnostic>) {
    d.keep(key, value(n));
    out.push(odd(
        r.place(Some(n)),
        say!("`{key}` 不是列表，没有看懂", "`{key}` is no list and was not understood"),
        say!("原文保留在 extra.{key}", "it stands under extra.{key}"),
    ));
}

/// Extras as a mapping, or as a list of `{key, value}`.
fn extras(n: Option<&Node>) -> Vec<(String, Node)> {
    match n.map(|n| &n.kind) {
        Some(Kind::Map(p)) => p.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), v.clone()))).collect(),
        Some(Kind::List(all)) => all.iter().filter_map(|e| Some((e.get("key")?.text()?.to_string(), e.get("value")?.clone()))).collect(),
        _ => Vec::new(),
    }
}

type Named<T> = Vec<(String, T)>;

/// The texts of a mapping by language: those of the project's languages under their tags, and the others as they are.
fn tongues(all: &[(Node, Node)], asked: &Asked<'_>) -> (Named<String>, Named<Value>) {
    let (mut ours, mut rest): (Named<String>, Named<Value>) = (Vec::new(), Vec::new());
    let said = |v: &Node| v.text().map(str::trim).filter(|t| !t.is_empty()).map(String::from);
    for l in &asked.config.languages {
        let here = norm::language(&l.tag);
        if let Some(t) = all.iter().find(|(k, _)| k.text().is_some_and(|k| norm::language(k) == here)).and_then(|(_, v)| said(v)) {
            ours.push((l.tag.clone(), t));
        }
    }
    for (k, v) in all {
        let Some(key) = k.text() else { continue };
        if !asked.config.languages.iter().any(|l| norm::language(&l.tag) == norm::language(key)) {
            rest.push((key.to_string(), value(v)));
        }
    }
    rest.retain(|(_, v)| !v.is_empty());
    // Where none of them is the project's, the first that says something stands in.
    if ours.is_empty()
        && let (Some(l), Some(i)) = (asked.config.languages.first(), rest.iter().position(|(_, v)| matches!(v, Value::Text(_))))
        && let (_, Value::Text(t)) = rest.remove(i)
    {
        ours.push((l.tag.clone(), t));
    }
    (ours, rest)
}

/// One text, in the first language of the project that there is; and what is left.
fn spoken(n: Option<&Node>, asked: &Asked<'_>) -> (String, Value) {
    match n.map(|n| &n.kind) {
        Some(Kind::Map(all)) => {
            let (ours, rest) = tongues(all, asked);
            let mut ours = ours.into_iter();
            let first = ours.next().map_or(String::new(), |(_, t)| t);
            (first, Value::Map(ours.map(|(k, t)| (k, Value::Text(t))).chain(rest).collect()))
        }
        _ => (n.map_or(String::new(), flat), Value::Map(Vec::new())),
    }
}

/// A text of the package, or one by language where the site has several: a mapping beside it, or in its place.
fn by_language(r: &mut Record<'_>, plain: &str, several: &str, asked: &Asked<'_>) -> (String, Option<Value>, Value) {
    let none = Value::Map(Vec::new());
    let text = r.text(&[plain]);
    let here = r.take(plain).filter(|n| matches!(n.kind, Kind::Map(_)));
    let Some(Node { kind: Kind::Map(all), .. }) = here.or_else(|| r.take(several)) else { return (text, None, none) };
    let (pairs, rest) = tongues(all, asked);
    // Languages that the site does not have stay under `extra`.
    let rest = Value::Map(rest);
    if here.is_none() && !pairs.iter().any(|(t, _)| all.iter().any(|(k, _)| k.text().is_some_and(|k| norm::language(k) == norm::language(t)))) {
        // None of them is the site's: one stands in where there is no text of its own, else all are left over.
        return match pairs.into_iter().next() {
            Some((_, t)) if text.is_empty() => (t, None, rest),
            _ => (text, None, Value::Map(all.iter().filter_map(|(k, v)| Some((k.text()?.to_string(), value(v)))).filter(|(_, v)| !v.is_empty()).collect())),
        };
    }
    if pairs.len() > 1 {
        (if text.is_empty() { pairs[0].1.clone() } else { text }, Some(Value::Map(pairs.into_iter().map(|(k, t)| (k, Value::Text(t))).collect())), rest)
    } else {
        (pairs.into_iter().next().map_or(text, |(_, t)| t), None, rest)
    }
}

/// Names of the days of the data, at the package or among its extras.
const ISSUED: &[&str] = &["issued", "date_issued", "release_date", "date_released", "date_published"];
const MODIFIED: &[&str] = &["modified", "date_modified", "date_updated"];

/// The state of something that the source deleted.
fn gone(n: &Node) -> Option<&Node> {
    n.get("state").filter(|s| Mark::But(&["active"]).hides(&flat(s)))
}

/// What is not taken over, because the source keeps it from the public.
fn left_out(at: Span, what: &Text, shown: &str, said: &str) -> Diagnostic {
    let (zh, en) = (&what.zh, &what.en);
    let hint = if en == "resource" {
        say!("要公开就自己写进 resources", "write it into resources where it is to be public")
    } else {
        say!("还在用就自己写上", "write it by hand where it is still in use")
    };
    odd(at, say!("{zh}“{shown}”在来源里是 {said}，未导入", "the {en} “{shown}” is {said} in the source; not imported"), hint)
}

/// The names in a list, without what was deleted.
fn living(r: &Record<'_>, all: &[Node], what: &Text, named: &dyn Fn(&Node) -> String, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut names = Vec::new();
    for n in all {
        match gone(n) {
            Some(state) => out.push(left_out(r.place(Some(state)), what, &named(n), &flat(state))),
            None => names.push(named(n)),
        }
    }
    names
}

fn dataset(source: &Source, n: &Node, asked: &Asked<'_>, offices: &mut BTreeMap<String, Office>, out: &mut Vec<Diagnostic>) -> Draft {
    let mut r = Record::new(source, n);
    let (id, name) = (r.text(&["id"]), r.text(&["name"]));
    let mut d =
        Draft::new(&ds::TYPE, if id.is_empty() { &name } else { &id }, if name.is_empty() { norm::slug(&id) } else { norm::slug(&name) }, r.place(None));
    for a in [&name, &id].into_iter().filter(|a| !a.is_empty()) {
        d.old.push(format!("/dataset/{a}"));
    }
    let (t, several, others) = by_language(&mut r, "title", "title_translated", asked);
    let beside = n.get("title").is_none_or(|t| t.text().is_some());
    d.keep(if beside { "title_translated" } else { "title" }, others);
    title(&r, &t, &mut d, out);
    if let Some(v) = several {
        d.set(&own::TITLE, v);
    }
    set_text(&mut d, &ds::ID, &id);
    let (spoken_notes, notes, others) = by_language(&mut Record::new(source, n), "notes", "notes_translated", asked);
    let beside = n.get("notes").is_none_or(|t| t.text().is_some());
    let own_text = n.get("notes").and_then(Node::text).map(str::trim).filter(|t| !t.is_empty());
    if beside && notes.is_none() && own_text.is_some_and(|t| t != spoken_notes) {
        // Another text than the one that is taken.
        n.get("notes_translated").into_iter().for_each(|v| d.keep("notes_translated", value(v)));
    } else {
        d.keep(if beside { "notes_translated" } else { "notes" }, others);
    }
    let plain = r.take("notes");
    description(&r, plain, &mut d, out);
    r.take("notes_translated");
    if plain.is_none_or(|n| n.text().is_none_or(|t| t.trim().is_empty())) && !spoken_notes.is_empty() {
        let text = markdown(&|| r.place(plain), &spoken_notes, out);
        d.set(&own::DESCRIPTION, Value::Text(text));
    }
    if let Some(v) = notes {
        let v = match v {
            Value::Map(p) => Value::Map(
                p.into_iter().map(|(k, t)| (k, if let Value::Text(t) = t { Value::Text(markdown(&|| r.place(plain), &t, out)) } else { t })).collect(),
            ),
            v => v,
        };
        d.set(&own::DESCRIPTION, v);
    }
    let organization = r.take("organization").and_then(|o| match gone(o) {
        Some(state) => {
            let shown = spoken(o.get("title").or(o.get("name")), asked).0;
            out.push(left_out(r.place(Some(state)), &say!("单位", "organization"), &shown, &flat(state)));
            d.keep("organization", Value::Text(shown));
            None
        }
        None => Some(o),
    });
    if let Some(o) = organization {
        let get = |k: &str| o.get(k).map_or(String::new(), flat);
        let (slug, shown) = (get("name"), spoken(o.get("title"), asked).0);
        let shown = if shown.is_empty() { slug.clone() } else { shown };
        if !shown.is_empty() {
            offices.entry(shown.clone()).or_insert_with(|| Office {
                name: shown.clone(),
                id: slug.clone(),
                description: get("description"),
                old: vec![format!("/organization/{slug}")],
                ..Office::default()
            });
            set_text(&mut d, &ds::PUBLISHER, &shown);
        }
        r.take("owner_org");
    }
    let url = r.text(&["license_url"]);
    let (short, shown) = (r.take("license_id"), r.text(&["license_title", "license"]));
    let code = short.map_or(String::new(), flat);
    let place = r.place(short);
    let told = match norm::licence(&code, Some(&url)) {
        norm::Licence::Known(_) => code.clone(),
        // The title is for readers; the code, where it says more, stays.
        _ if !shown.is_empty() && !matches!(norm::licence(&shown, Some(&url)), norm::Licence::None) => shown.clone(),
        _ if code.is_empty() => shown.clone(),
        _ => code.clone(),
    };
    licence(place, &told, Some(&url), &mut d, out);
    if told != code && !code.is_empty() {
        d.keep("license_id", Value::Text(code));
    }
    let tags = r.take("tags");
    let mut words: Vec<String> = match tags.map(|n| &n.kind) {
        Some(Kind::List(all)) => {
            let named = |t: &Node| t.text().map_or_else(|| t.get("display_name").or(t.get("name")).map_or(String::new(), flat), String::from);
            living(&r, all, &say!("标签", "tag"), &named, out)
        }
        // `a,b` of older portals and of spreadsheets.
        Some(Kind::Text(t)) => parted(t),
        _ => Vec::new(),
    };
    if let Some(n) = tags.filter(|n| matches!(n.kind, Kind::Map(_))) {
        unread(&r, "tags", n, &mut d, out);
    }
    words.extend(parted(&r.text(&["tag_string"])));
    keywords(&mut d, words);
    let groups = r.take("groups");
    if let Some(n) = groups.filter(|n| matches!(n.kind, Kind::Map(_))) {
        unread(&r, "groups", n, &mut d, out);
    }
    let groups: Vec<String> = match groups.map(|n| &n.kind) {
        Some(Kind::Text(t)) => parted(t),
        Some(Kind::List(all)) => {
            let named =
                |g: &Node| g.text().map_or_else(|| g.get("title").or(g.get("display_name")).or(g.get("name")).map_or(String::new(), flat), String::from);
            living(&r, all, &say!("分组", "group"), &named, out)
        }
        _ => Vec::new(),
    };
    d.set(&own::THEME, Value::List(groups.into_iter().filter(|g| !g.is_empty()).map(Value::Text).collect()));
    // `author: {name: …, email: …}` says what the two fields of CKAN do; it stays under `extra` as it is.
    let within = |key: &str, of: &str| n.get(key).and_then(|n| n.get(of)).map_or(String::new(), flat);
    let or = |t: String, other: String| if t.is_empty() { other } else { t };
    let (maintainer, author) = (or(r.text(&["maintainer"]), within("maintainer", "name")), or(r.text(&["author"]), within("author", "name")));
    let (mail, other) = (or(r.text(&["maintainer_email"]), within("maintainer", "email")), or(r.text(&["author_email"]), within("author", "email")));
    contact(&mut d, if maintainer.is_empty() { &author } else { &maintainer }, if mail.is_empty() { &other } else { &mail }, "");
    if !maintainer.is_empty() && n.get("author").is_some_and(|a| a.text().is_some()) {
        d.keep("author", Value::Text(author));
    }
    // Days of the data go before those on which the record was put into CKAN, as in its own DCAT.
    let mut more_said = extras(r.take("extras"));
    for (keys, recorded, field) in [(ISSUED, "metadata_created", &ds::ISSUED), (MODIFIED, "metadata_modified", &ds::MODIFIED)] {
        let own_key = keys.iter().find(|k| n.get(k).is_some_and(|v| !flat(v).is_empty()));
        let beside = more_said.iter().position(|(k, v)| keys.contains(&&*k.to_ascii_lowercase()) && !flat(v).is_empty());
        match (own_key, beside) {
            (Some(k), _) => date(&mut r, k, field, &mut d, out),
            (None, Some(i)) => {
                let (k, v) = more_said.remove(i);
                let key = Node { start: v.start, end: v.end, kind: Kind::Text(k.as_str().into()) };
                let one = Node { start: v.start, end: v.end, kind: Kind::Map(vec![(key, v)]) };
                date(&mut Record::new(source, &one), &k, field, &mut d, out);
            }
            (None, None) => date(&mut r, recorded, field, &mut d, out),
        }
    }
    let version = r.text(&["version"]);
    set_text(&mut d, &ds::VERSION, &version);
    let home = r.text(&["url"]);
    match norm::address(&home) {
        norm::Read::Sure(u) => set_text(&mut d, &own::SOURCE_URL, &u),
        _ => d.keep("url", Value::Text(home.clone())),
    }
    // What is not public there is not published here.
    let marks = [("private", Mark::When), ("deleted", Mark::When), ("state", Mark::But(&["active"])), ("capacity", Mark::But(&["public"]))];
    veil(&mut r, &marks, &mut d, out);
    for key in ["accessLevel", "access_level", "access_rights", "accessRights"] {
        if let Some(a) = n.get(key).filter(|a| a.text().is_some_and(|t| !t.trim().is_empty())) {
            r.take(key);
            super::access::set(&mut d, key, &flat(a), false, &|| r.place(Some(a)), out);
        }
    }
    for (k, v) in more_said {
        let t = flat(&v);
        let key = k.to_ascii_lowercase();
        match &*key {
            _ if t.is_empty() && !matches!(v.kind, Kind::Map(_)) => {}
            "frequency" | "update_frequency" | "accrual_periodicity" if d.get(&ds::FREQUENCY).is_none() => {
                frequency(r.place(Some(&v)), &k, &t, &mut d, out);
            }
            _ if super::access::named(&k) => {
                super::access::set(&mut d, &k, &t, false, &|| r.place(Some(&v)), out);
            }
            "spatial_text" if d.get(&ds::SPATIAL).is_none() => set_text(&mut d, &ds::SPATIAL, &t),
            "temporal" | "temporal_coverage" if d.get(&ds::TEMPORAL).is_none() && temporal(&mut d, &t) => {}
            "publisher" | "publisher_name" if d.get(&ds::PUBLISHER).is_none() => set_text(&mut d, &ds::PUBLISHER, &t),
            _ => d.keep(&k, value(&v)),
        }
    }
    if let Some(f) = r.first(&["frequency", "update_frequency"]) {
        frequency(r.place(Some(f)), "frequency", &flat(f), &mut d, out);
    }
    let mut made = Resources::default();
    let resources = r.take("resources");
    let all: &[Node] = match resources.map(|n| &n.kind) {
        Some(Kind::List(all)) => all,
        // One alone.
        Some(Kind::Map(_)) => resources.map_or(&[], std::slice::from_ref),
        Some(Kind::Text(t)) if !t.trim().is_empty() => resources.map_or(&[], std::slice::from_ref),
        _ => &[],
    };
    {
        for one in all {
            if let Some(t) = one.text() {
                // An address and nothing else.
                let place = source.span(one.start as usize, one.end as usize);
                let name = t.split(['?', '#']).next().unwrap_or("").trim_end_matches('/').rsplit('/').next().unwrap_or("").to_string();
                made.add(&|| place.clone(), Distribution { title: name, url: t.trim().to_string(), ..Distribution::default() }, out);
                continue;
            }
            let mut x = Record::new(source, one);
            // A resource that was deleted there, or that not everybody may have, is not here.
            if let Some((said_by, key, said)) = super::access::withheld(one) {
                let shown = spoken(one.get("name").or(one.get("title")), asked).0;
                let said = if key == "state" { said } else { format!("{key}: {said}") };
                out.push(left_out(x.place(Some(said_by)), &say!("资源", "resource"), &shown, &said));
                continue;
            }
            let url = x.take("url");
            let (name, name_rest) = spoken(x.first(&["name", "title"]), asked);
            let (about, about_rest) = spoken(x.first(&["description"]), asked);
            let place = source.span(url.unwrap_or(one).start as usize, url.unwrap_or(one).end as usize);
            let dist = Distribution {
                title: name,
                description: about,
                url: url.and_then(Node::text).unwrap_or("").to_string(),
                format: x.text(&["format"]),
                media: x.text(&["mimetype"]),
                ..Distribution::default()
            };
            let ours = [
                "package_id",
                "position",
                "revision_id",
                "state",
                "cache_url",
                "cache_last_updated",
                "url_type",
                "datastore_active",
                "mimetype_inner",
                "resource_type",
            ];
            // What the format says is not said twice; another media type is kept.
            let format = norm::format(&dist.format, "");
            let media = (!dist.media.is_empty() && !dist.format.is_empty() && norm::format("", &dist.media) != format)
                .then(|| ("mimetype".to_string(), Value::text(dist.media.as_str())));
            let mut left: Vec<(String, Value)> = x.left().into_iter().filter(|(k, _)| !ours.contains(&&**k)).collect();
            left.extend(media);
            left.extend([("name", name_rest), ("description", about_rest)].into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_string(), v)));
            let mut dist = dist;
            // What the source says of the bytes is a field here too.
            left.retain(|(k, v)| {
                let hash = k == "hash" && matches!(v, Value::Text(_));
                if hash {
                    dist.more.push((k.clone(), v.clone()));
                }
                !hash
            });
            let shown = if dist.title.is_empty() { dist.url.clone() } else { dist.title.clone() };
            if !left.is_empty() {
                more(&mut d, &shown, left);
            }
            made.add(&|| place.clone(), dist, out);
        }
    }
    made.give(&mut d);
    r.rest(
        &mut d,
        &[
            "num_resources",
            "num_tags",
            "revision_id",
            "index_id",
            "indexed_ts",
            "site_id",
            "entity_type",
            "creator_user_id",
            "isopen",
            "type",
            "relationships_as_subject",
            "relationships_as_object",
            "owner_org",
        ],
    );
    d
}
