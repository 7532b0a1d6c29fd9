//! JKAN: a folder of Markdown files with YAML heads, `_datasets/`, `_organizations/`, and the licences in `_data/licenses.yml`.

use super::catalogue::{Distribution, Resources, contact, keywords, temporal};
use super::reader::{Mark, Record, date, description, flat, frequency, licence, list, odd, set_text, title, value, veil};
use super::{Asked, Brought, Draft, Importer, Office, Value, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::brought::{Piece, text};
use crate::load::{Kind, Node, Source, parse_yaml};
use crate::schema::item as own;
use crate::types::dataset as ds;
use std::collections::BTreeMap;

/// JKAN
pub(super) static IMPORTER: Importer = Importer {
    name: "jkan",
    about: Phrase { zh: "JKAN 的目录：_datasets、_organizations", en: "a JKAN folder: _datasets, _organizations" },
    wanted: |p| {
        let low = p.to_ascii_lowercase();
        let text = [".md", ".markdown"].iter().any(|e| low.ends_with(e));
        text && !low.rsplit('/').next().is_some_and(|n| matches!(n, "readme.md" | "source.md" | "license.md" | "contributing.md"))
            || low.ends_with("_data/licenses.yml")
            || matches!(p, "_config.yml" | "_config.yaml")
    },
    read: super::Read::All(read),
};

/// A Markdown file with its head.
pub(super) struct Page {
    pub source: Source,
    pub node: Node,
    pub body: usize,
}

/// Opens a Markdown file of another program. What is wrong is told with its line and column.
pub(super) fn page(piece: &Piece, out: &mut Vec<Diagnostic>) -> Option<Page> {
    let Some((content, encoding)) = text(&piece.bytes) else {
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                .at(Span::file(&piece.path))
                .hint(say!("看看文件是否损坏", "see whether the file is damaged")),
        );
        return None;
    };
    let content = content.replace("\r\n", "\n");
    let source = Source::new(piece.path.as_str(), content.as_str());
    if let Some(e) = encoding {
        out.push(odd(
            Span::file(&piece.path),
            say!("文件编码是 {e}，已转换", "the file is in {e}; converted"),
            say!("看看文字对不对", "see whether its text is right"),
        ));
    }
    let fence = content.lines().next().is_some_and(|l| l.trim_end() == "---");
    let start = content.find('\n').map_or(content.len(), |i| i + 1);
    let end = if fence { ends(&content, start) } else { None };
    let Some((end, body)) = end else {
        out.push(
            Diagnostic::new("IMP001", Severity::Error, say!("没有 YAML 文件头，未导入", "there is no head in YAML; not imported"))
                .at(source.span(0, 3))
                .hint(say!("文件头写在两行 --- 之间", "a head stands between two lines of ---")),
        );
        return None;
    };
    if let Some(at) = tab(&content, start, end) {
        out.push(
            Diagnostic::new(
                "IMP001",
                Severity::Error,
                say!(
                    "这里的 Tab 让多数 YAML 读取器停下（Jekyll 也是，源站没有这一条），未导入",
                    "most readers of YAML stop at this tab (that of Jekyll too: the source does not show the record); not imported"
                ),
            )
            .at(source.span(at, at + 1))
            .hint(say!("把 Tab 换成空格，再运行一次 import", "put a blank in place of the tab and run import again")),
        );
        return None;
    }
    let before = out.len();
    let node = parse_yaml(&source, start..end, out);
    // Keys that stand twice do not keep a record out.
    for d in out.iter_mut().skip(before).filter(|d| d.code == "SRC009") {
        (d.severity, d.blocks) = (Severity::Warn, false);
    }
    match node {
        Some(node) if matches!(node.kind, Kind::Map(_)) => Some(Page { source, node, body }),
        _ => {
            if out.len() == before {
                out.push(
                    Diagnostic::new("IMP001", Severity::Error, say!("文件头里没有字段，未导入", "the head has no fields; not imported"))
                        .at(source.span(0, 3))
                        .hint(say!("补上 title 等字段", "add fields such as title")),
                );
            }
            None
        }
    }
}

/// A tab before a value, or behind a plain one: where libyaml, the reader of Ruby and Python, stops.
fn tab(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let from = at;
        at += line.len();
        if !line.contains('\t') {
            continue;
        }
        let bare = line.trim_end_matches(['\n', '\r']);
        let Some((key, value)) = bare.split_once(':').filter(|(k, _)| !k.contains(['"', '\'', '\t'])) else { continue };
        let lead = value.len() - value.trim_start_matches([' ', '\t']).len();
        if let Some(i) = value[..lead].find('\t') {
            return Some(from + key.len() + 1 + i);
        }
        if bare.ends_with('\t') && !value.trim_start().starts_with(['"', '\'', '|', '>']) {
            return Some(from + bare.trim_end_matches('\t').len());
        }
    }
    None
}

/// End of the head, and where the text begins.
fn ends(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        if text[at..end].trim_end() == "---" {
            return Some((at, end));
        }
        at = end;
    }
    None
}

/// The name of a file without folders and ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(s, _)| s)
}

fn read(pieces: &[Piece], _: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    let below = |p: &str, folder: &str| p.starts_with(&format!("{folder}/")) || p.contains(&format!("/{folder}/"));
    let whole = pieces.iter().any(|p| below(&p.path, "_datasets"));
    let mut licences: BTreeMap<String, String> = BTreeMap::new();
    for p in pieces.iter().filter(|p| p.path.ends_with("_data/licenses.yml")) {
        licences.extend(named(p));
    }
    for p in pieces.iter().filter(|p| below(&p.path, "_organizations")) {
        let Some(page) = page(p, out) else { continue };
        let mut r = Record::new(&page.source, &page.node);
        let stem = stem(&p.path);
        let name = r.text(&["title"]);
        if !name.is_empty() {
            let (description, url) = (r.text(&["description"]), r.text(&["url", "website", "homepage"]));
            brought.offices.push(Office { name, id: stem.to_string(), description, url, parent: String::new(), old: vec![format!("/organizations/{stem}/")] });
        }
    }
    let kept = super::settings::jekyll(pieces);
    for p in pieces {
        if p.path.ends_with(".yaml") {
            continue;
        }
        if if whole { !below(&p.path, "_datasets") } else { p.path.contains("_organizations/") || p.path.ends_with(".yml") } {
            continue;
        }
        brought.seen += 1;
        if let Some(page) = page(p, out) {
            let mut d = dataset(&page, stem(&p.path), &licences, out);
            kept.hold(&mut d, &p.path, &page.source.span(0, 1), &page.node, out);
            brought.drafts.push(d);
        }
    }
    brought
}

/// Names of licences and their addresses.
fn named(p: &Piece) -> Vec<(String, String)> {
    let Some((content, _)) = text(&p.bytes) else { return Vec::new() };
    let source = Source::new(p.path.as_str(), content);
    let Some(node) = parse_yaml(&source, 0..source.text.len(), &mut Vec::new()) else { return Vec::new() };
    let items = node.get("items").unwrap_or(&node);
    let Kind::List(all) = &items.kind else { return Vec::new() };
    let pair = |n: &Node| Some((n.get("name")?.text()?.trim().to_string(), n.get("url")?.text()?.trim().to_string()));
    all.iter().filter_map(pair).collect()
}

/// A resource in which keys come again is several of which the hyphens were forgotten.
fn parted(source: &Source, n: &Node, out: &mut Vec<Diagnostic>) -> Vec<Node> {
    let Kind::Map(pairs) = &n.kind else { return vec![n.clone()] };
    let mut parts: Vec<Vec<(Node, Node)>> = vec![Vec::new()];
    for (k, v) in pairs {
        if parts.last().is_some_and(|p| p.iter().any(|(o, _)| o.text() == k.text())) {
            parts.push(Vec::new());
        }
        if let Some(p) = parts.last_mut() {
            p.push((k.clone(), v.clone()));
        }
    }
    if parts.len() == 1 {
        return vec![n.clone()];
    }
    let (first, last) = (source.span(n.start as usize, n.start as usize).line, source.span(n.end as usize, n.end as usize).line);
    out.retain(|d| d.code != "SRC009" || d.path() != &*source.path || !d.span.as_ref().is_some_and(|s| (first..=last).contains(&s.line)));
    let count = parts.len();
    out.push(odd(
        source.span(n.start as usize, n.start as usize + 1),
        say!("一个资源里的键重复出现，当作 {count} 个资源", "keys come again in one resource; it is taken as {count} resources"),
        say!("来源漏了行首的 `- `；看看导入的资源对不对", "the source lacks `- ` before each; see whether the resources are right"),
    ));
    parts
        .into_iter()
        .map(|p| Node { start: p.first().map_or(n.start, |(k, _)| k.start), end: p.last().map_or(n.end, |(_, v)| v.end), kind: Kind::Map(p) })
        .collect()
}

fn dataset(page: &Page, stem: &str, licences: &BTreeMap<String, String>, out: &mut Vec<Diagnostic>) -> Draft {
    let mut r = Record::new(&page.source, &page.node);
    let at = r.place(None);
    let slug = norm::slug(stem);
    let mut d = Draft::new(&ds::TYPE, stem, if slug.is_empty() { stem } else { &slug }, at);
    d.old.push(format!("/datasets/{stem}/"));
    let t = r.text(&["title"]);
    title(&r, &t, &mut d, out);
    let notes = r.first(&["notes", "description"]);
    description(&r, notes, &mut d, out);
    let body = page.source.text[page.body..].trim();
    if !body.is_empty() {
        let text = super::reader::markdown(&|| page.source.span(page.body, page.body + 1), &body.replace("<!--more-->", ""), out);
        let before = match d.get(&own::DESCRIPTION) {
            Some(Value::Text(t)) => format!("{t}\n\n"),
            _ => String::new(),
        };
        d.set(&own::DESCRIPTION, Value::Text(before + &text));
    }
    let publisher = r.text(&["organization", "department", "publisher"]);
    set_text(&mut d, &ds::PUBLISHER, &publisher);
    if let Some(n) = r.first(&["license", "licence"]) {
        let t = flat(n);
        licence(r.place(Some(n)), &t, licences.get(&t).map(String::as_str), &mut d, out);
    }
    let themes = r.first(&["category", "categories"]).map_or(Vec::new(), list);
    d.set(&own::THEME, Value::List(themes.into_iter().map(Value::Text).collect()));
    let mut tags = r.texts("tags");
    tags.extend(r.texts("keywords"));
    keywords(&mut d, tags);
    contact(&mut d, &r.text(&["maintainer"]), &r.text(&["maintainer_email"]), &r.text(&["maintainer_phone"]));
    for (key, field) in [("created", &ds::ISSUED), ("date_issued", &ds::ISSUED), ("date_modified", &ds::MODIFIED)] {
        if d.get(field).is_none() {
            date(&mut r, key, field, &mut d, out);
        }
    }
    // `published` is a day in some catalogues, a truth in those of Jekyll.
    let published = r.text(&["published"]);
    let dated = published.starts_with(|c: char| c.is_ascii_digit()) && super::reader::truth(&published).is_none();
    if dated && d.get(&ds::ISSUED).is_none() {
        date(&mut r, "published", &ds::ISSUED, &mut d, out);
    }
    // `modified` also holds how often: `R/P1D`.
    match r.first(&["modified"]).map(|n| (n, flat(n))) {
        Some((n, t)) if t.starts_with("R/") => frequency(r.place(Some(n)), "modified", &t, &mut d, out),
        Some(_) if d.get(&ds::MODIFIED).is_none() => date(&mut r, "modified", &ds::MODIFIED, &mut d, out),
        _ => {}
    }
    if let Some(n) = r.first(&["frequency", "update_frequency", "accrualPeriodicity"]) {
        frequency(r.place(Some(n)), "frequency", &flat(n), &mut d, out);
    }
    let period = r.text(&["time_period", "temporal"]);
    if !period.is_empty() && !temporal(&mut d, &period) {
        d.keep("time_period", Value::Text(period));
    }
    let area = r.text(&["area_of_interest", "spatial"]);
    set_text(&mut d, &ds::SPATIAL, &area);
    let usage = r.text(&["usage"]);
    set_text(&mut d, &ds::USAGE_NOTES, &usage);
    let mut made = Resources::default();
    if let Some(Node { kind: Kind::List(all), .. }) = r.take("resources") {
        let parts: Vec<Node> = all.iter().flat_map(|n| parted(&page.source, n, out)).collect();
        for n in &parts {
            let mut one = Record::new(&page.source, n);
            let url = one.take("url");
            let spot = page.source.span(url.unwrap_or(n).start as usize, url.unwrap_or(n).end as usize);
            let dist = Distribution {
                title: one.text(&["name", "title"]),
                description: one.text(&["description"]),
                url: url.and_then(Node::text).unwrap_or("").to_string(),
                format: one.text(&["format"]),
                ..Distribution::default()
            };
            let left: Vec<(String, Value)> =
                one.left().into_iter().filter(|(k, v)| !(k == "spatial" && matches!(v, Value::Text(t) if t == "false" || t == "true"))).collect();
            if !left.is_empty() {
                let name = if dist.title.is_empty() { dist.url.clone() } else { dist.title.clone() };
                super::dcat_us::more(&mut d, &name, left);
            }
            made.add(&|| spot.clone(), dist, out);
        }
    } else if let Some(n) = page.node.get("resources").filter(|n| n.kind != Kind::Null) {
        d.keep("resources", value(n));
    }
    made.give(&mut d);
    let marks = [("published", Mark::Unless), ("draft", Mark::When), ("private", Mark::When), ("deleted", Mark::When), ("password", Mark::Secret)];
    veil(&mut r, &marks[usize::from(dated)..], &mut d, out);
    veil(&mut r, &[("hidden", Mark::When), ("unlisted", Mark::When), ("archived", Mark::When), ("visible", Mark::Unless)], &mut d, out);
    for key in ["accessLevel", "access_level", "access_rights"] {
        if let Some(a) = r.take(key) {
            super::access::set(&mut d, key, &flat(a), false, &|| r.place(Some(a)), out);
        }
    }
    r.rest(&mut d, &["schema", "layout"]);
    d
}
