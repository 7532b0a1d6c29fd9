//! Data Package 1 and 2: `datapackage.json` or `.yml` with its files, one package or a folder of them. Files come along.

use super::catalogue::{Distribution, Resources, contact, keywords};
use super::dcat_us::more;
use super::jkan::stem;
use super::lists::{broken, opened};
use super::reader::{Record, date, description, flat, licence, odd, set_text, title, value};
use super::{Asked, Brought, Draft, Importer, Value, emit, norm};
use crate::diag::{Diagnostic, Phrase, say};
use crate::load::brought::{Piece, inside, json};
use crate::load::{Kind, Node, Source, parse_yaml};
use crate::schema::item as own;
use crate::types::dataset as ds;

/// Data Package
pub(super) static IMPORTER: Importer = Importer {
    name: "data-package",
    about: Phrase { zh: "Data Package：datapackage.json 和数据文件", en: "Data Packages: datapackage.json with its files" },
    wanted: |_| true,
    read: super::Read::All(read),
};

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    let name = |p: &Piece| p.path.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    for p in pieces.iter().filter(|p| matches!(&*name(p), "datapackage.json" | "datapackage.yml" | "datapackage.yaml")) {
        brought.seen += 1;
        let Some(source) = opened(p, out) else { continue };
        let all = 0..source.text.len();
        let node = if p.path.ends_with(".json") {
            match json(&source, all) {
                Ok(n) => Some(n),
                Err(e) => {
                    out.push(broken(&source, e));
                    None
                }
            }
        } else {
            parse_yaml(&source, all, out)
        };
        if let Some(n) = node {
            brought.drafts.push(package(&source, &n, p, pieces, asked.base, out));
        }
    }
    brought
}

fn package(source: &Source, n: &Node, piece: &Piece, pieces: &[Piece], base: Option<&str>, out: &mut Vec<Diagnostic>) -> Draft {
    let mut r = Record::new(source, n);
    let folder = piece.path.rsplit_once('/').map_or("", |(f, _)| f);
    let name = r.text(&["name"]);
    let wish = if name.is_empty() { stem(folder).to_string() } else { name.clone() };
    let mut d = Draft::new(&ds::TYPE, if name.is_empty() { piece.path.clone() } else { name }, norm::slug(&wish), r.place(None));
    let t = r.text(&["title"]);
    title(&r, if t.is_empty() { &wish } else { &t }, &mut d, out);
    let id = r.text(&["id"]);
    set_text(&mut d, &ds::ID, &id);
    let text = r.take("description");
    description(&r, text, &mut d, out);
    let version = r.text(&["version"]);
    set_text(&mut d, &ds::VERSION, &version);
    date(&mut r, "created", &ds::ISSUED, &mut d, out);
    for key in ["last_updated", "last_modified", "modified"] {
        if d.get(&ds::MODIFIED).is_none() {
            date(&mut r, key, &ds::MODIFIED, &mut d, out);
        }
    }
    let home = r.text(&["homepage"]);
    if let norm::Read::Sure(u) = norm::address(&home) {
        set_text(&mut d, &own::SOURCE_URL, &u);
    }
    let words = r.texts("keywords");
    keywords(&mut d, words);
    if let Some(l) = r.first(&["licenses", "license"]) {
        let all: &[Node] = if let Kind::List(all) = &l.kind { all } else { std::slice::from_ref(l) };
        let get = |n: &Node, k: &str| n.get(k).map_or(String::new(), flat);
        if let Some(one) = all.first() {
            let (short, long) = if one.text().is_some() { (flat(one), String::new()) } else { (get(one, "name"), get(one, "title")) };
            let url = [get(one, "path"), get(one, "url")].into_iter().find(|u| !u.is_empty());
            let best = if matches!(norm::licence(&short, url.as_deref()), norm::Licence::Known(_)) || long.is_empty() { short } else { long };
            licence(r.place(Some(one)), &best, url.as_deref(), &mut d, out);
        }
        if all.len() > 1 {
            d.keep("licenses", value(l));
            out.push(odd(
                r.place(Some(l)),
                say!("有几个许可，只写了第一个", "there are several licences; the first is written"),
                say!("其余在 extra.licenses", "all stand under extra.licenses"),
            ));
        }
    }
    if let Some(c) = r.take("contributors") {
        if let Kind::List(all) = &c.kind {
            let role = |n: &Node, w: &str| n.get("role").or(n.get("roles")).is_some_and(|r| flat(r).contains(w));
            let get = |n: &Node, k: &str| n.get(k).map_or(String::new(), flat);
            if let Some(p) = all.iter().find(|n| role(n, "publisher")) {
                set_text(&mut d, &ds::PUBLISHER, &get(p, "title"));
            }
            if let Some(m) = all.iter().find(|n| !get(n, "email").is_empty()) {
                contact(&mut d, &get(m, "title"), &get(m, "email"), "");
            }
        }
        d.keep("contributors", value(c));
    }
    if let Some(Node { kind: Kind::List(all), .. }) = r.take("sources") {
        let lines: Vec<String> = all
            .iter()
            .map(|s| {
                let (t, p) = (s.get("title").or(s.get("name")).map_or(String::new(), flat), s.get("path").or(s.get("web")).map_or(String::new(), flat));
                if p.is_empty() {
                    t
                } else if t.is_empty() {
                    p
                } else {
                    format!("{t}: {p}")
                }
            })
            .filter(|l| !l.is_empty())
            .collect();
        set_text(&mut d, &ds::PROVENANCE, &lines.join("\n"));
    }
    let mut made = Resources::default();
    if let Some(Node { kind: Kind::List(all), .. }) = r.take("resources") {
        for one in all {
            resource(source, one, (folder, pieces, base), &mut d, &mut made, out);
        }
    }
    if n.get("resources").is_none_or(|r| !matches!(&r.kind, Kind::List(all) if !all.is_empty())) {
        out.push(odd(
            r.place(n.get("resources")),
            say!("包里没有 resources", "the package has no resources"),
            say!("补上数据文件的 path，或在 dataset.yaml 里写 resources", "name its files there, or write resources into dataset.yaml"),
        ));
    }
    made.give(&mut d);
    // Drawings of other programs.
    r.rest(&mut d, &["profile", "$schema", "views", "datapackage_version", "collection", "format", "image"]);
    d
}

fn resource(source: &Source, n: &Node, (folder, pieces, base): (&str, &[Piece], Option<&str>), d: &mut Draft, made: &mut Resources, out: &mut Vec<Diagnostic>) {
    let mut r = Record::new(source, n);
    let path = r.first(&["path", "url"]);
    let place = source.span(path.unwrap_or(n).start as usize, path.unwrap_or(n).end as usize);
    let parts = path.map_or(Vec::new(), super::reader::list);
    if parts.len() > 1 {
        out.push(odd(
            place.clone(),
            say!("一个资源分成几个文件，只写了第一个", "a resource of several files; the first is written"),
            say!("其余在 extra 里；合成一个文件", "the others stand under extra; make one file of them"),
        ));
        d.keep("paths", Value::List(parts.iter().map(|p| Value::text(p.clone())).collect()));
    }
    let path = parts.into_iter().next().unwrap_or_default();
    let web = path.contains("://");
    let name = r.text(&["name"]);
    let t = r.text(&["title"]);
    let mut dist = Distribution {
        title: if t.is_empty() { name.clone() } else { t },
        description: r.text(&["description"]),
        format: r.text(&["format"]),
        media: r.text(&["mediatype"]),
        ..Distribution::default()
    };
    dist.more.push(("name".into(), Value::Text(name)));
    let encoding = r.text(&["encoding"]);
    if !encoding.is_empty() && !encoding.eq_ignore_ascii_case("utf-8") {
        dist.more.push(("encoding".into(), Value::Text(encoding)));
    }
    let kept = |key: &str, node: Option<&Node>, record: &'static crate::schema::Record, left: &mut Vec<(String, Value)>| -> Option<(String, Value)> {
        let Value::Map(pairs) = value(node?) else { return None };
        let (known, other): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(k, _)| emit::declared(record, k));
        left.extend(other.into_iter().map(|(k, v)| (format!("{key}.{k}"), v)));
        (!known.is_empty()).then(|| (key.to_string(), Value::Map(known)))
    };
    let mut left = Vec::new();
    // A dialect that says the usual is none.
    let mut dialect = kept("dialect", r.take("dialect"), &crate::schema::resource::dialect::RECORD, &mut left);
    if let Some((_, Value::Map(p))) = &mut dialect {
        p.retain(|(k, v)| !matches!((&**k, v), ("delimiter", Value::Text(t)) if t == ",") && !matches!((&**k, v), ("quoteChar", Value::Text(t)) if t == "\""));
        if !p.is_empty() {
            dist.more.extend(dialect);
        }
    }
    if let Some((_, Value::Map(mut schema))) = kept("schema", r.take("schema"), &crate::schema::resource::schema::RECORD, &mut left) {
        if let Some((_, Value::List(fields))) = schema.iter_mut().find(|(k, _)| k == "fields") {
            for f in fields.iter_mut() {
                if let Value::Map(pairs) = f {
                    let column =
                        pairs.iter().find(|(k, _)| k == "name").map_or(String::new(), |(_, v)| if let Value::Text(t) = v { t.clone() } else { String::new() });
                    pairs.retain(|(k, v)| {
                        let usual = k == "format" && matches!(v, Value::Text(t) if t == "default");
                        let known = emit::declared(emit::COLUMN, k);
                        if !known {
                            left.push((format!("{column}.{k}"), v.clone()));
                        }
                        known && !usual
                    });
                }
            }
        }
        dist.more.push(("schema".into(), Value::Map(schema)));
    }
    let computed = ["profile", "bytes", "hash", "pathType", "$schema", "data"];
    for (k, v) in r.left() {
        if k == "data" {
            dist.told = true;
            out.push(odd(
                source.span(n.start as usize, n.start as usize + 1),
                say!("数据写在 datapackage 里面，没有文件", "the data stand in the datapackage, not in a file"),
                say!("存成文件再写 path", "save them to a file and name it in path"),
            ));
        }
        if emit::declared(emit::RESOURCE, &k) {
            dist.more.push((k, v));
        } else if !computed.contains(&&*k) {
            left.push((k, v));
        }
    }
    let shown = dist.title.clone();
    if !left.is_empty() {
        more(d, &shown, left);
    }
    if web {
        dist.url = path;
    } else if !path.is_empty() {
        let clean = path.trim_start_matches("./").to_string();
        let full = if folder.is_empty() { clean.clone() } else { format!("{folder}/{clean}") };
        let there = base.and_then(|b| super::mirror::whole(b, &clean));
        match pieces.iter().position(|p| p.path == full) {
            _ if !inside(&clean) => {
                dist.told = true;
                out.push(odd(
                    place.clone(),
                    say!("路径 `{clean}` 通到包外，未取", "the path `{clean}` leads out of the package; not taken"),
                    say!("把文件放进包里", "put the file into the package"),
                ));
            }
            Some(i) => {
                d.files.push((clean.clone(), i));
                dist.path = clean;
            }
            // A package of the web has its files beside it there.
            None if there.is_some() => dist.url = there.unwrap_or_default(),
            None => {
                dist.told = true;
                out.push(odd(
                    place.clone(),
                    say!("包里没有文件 `{clean}`", "the package has no file `{clean}`"),
                    say!(
                        "补上文件再导入，或在 extra.resources 里找到它的说明",
                        "add the file and import again; what is said of it stands under extra.resources"
                    ),
                ));
            }
        }
    }
    made.add(&|| place.clone(), dist, out);
}
