//! Reading datasets (`dataset.yaml`, or Markdown below `datasets/`), the glossary and urgent notices.

use super::read::{Known, reference};
use super::vocab;
use super::vocabularies::{bad_id, good_id, owned, say_text, vocabulary};
use super::*;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::load::markdown::bad_scheme;
use crate::load::{Fields, Node, Sources};
use crate::say;

pub(super) fn dataset(f: &mut Fields<'_, '_>, base: &str, known: &Known<'_>) -> Dataset {
    let config = known.config;
    let license = license(f);
    let access = f.choice("access_rights", vocab::OPEN_LEVELS);
    let temporal = f.map("temporal").and_then(|mut t| {
        let got = (owned(&mut t, "start"), owned(&mut t, "end"));
        t.finish();
        Some((got.0?, got.1.unwrap_or_default()))
    });
    let contact = f.map("contact").map_or((Localized::default(), None, None), |mut c| {
        let got = (say_text(&mut c, "name", config), owned(&mut c, "tel").or_else(|| owned(&mut c, "phone")), owned(&mut c, "email"));
        c.finish();
        got
    });
    let mut resources: Vec<Resource> = Vec::new();
    for node in f.entries("resources") {
        if let Some(r) = resource(f, node, base, known, &resources) {
            resources.push(r);
        }
    }
    Dataset {
        identifier: owned(f, "id"),
        license,
        access,
        access_note: say_text(f, "access_conditions", config),
        frequency: f.choice("frequency", vocab::FREQUENCIES),
        modified: f.date("modified"),
        temporal,
        spatial: say_text(f, "spatial", config),
        version: owned(f, "version"),
        contact,
        policies: f.list("policies").iter().map(|(t, _)| reference(t, Kind::Policy)).collect(),
        related: f.list("related").iter().map(|(t, _)| reference(t, Kind::Dataset)).collect(),
        resources,
    }
}

/// `CC-BY-4.0`, or `{name: …, url: …}`.
fn license(f: &mut Fields<'_, '_>) -> Option<(String, Option<String>)> {
    match f.node("license") {
        Some(n) if n.text().is_none() => f.map("license").and_then(|mut l| {
            let got = (owned(&mut l, "name"), owned(&mut l, "url").filter(|u| bad_scheme(u).is_none()));
            if got.0.is_none() {
                l.missing("name");
            }
            l.finish();
            Some((got.0?, got.1))
        }),
        _ => owned(f, "license").map(|id| {
            let url = vocab::LICENSES.iter().find(|(l, _)| l.eq_ignore_ascii_case(&id)).map(|(_, u)| (*u).to_string());
            (id, url)
        }),
    }
}

fn resource<'a>(f: &mut Fields<'a, '_>, node: &'a Node, base: &str, known: &Known<'_>, before: &[Resource]) -> Option<Resource> {
    let config = known.config;
    let mut r = f.within(node);
    let path = owned(&mut r, "path");
    let url = owned(&mut r, "url").filter(|u| bad_scheme(u).is_none());
    let given = owned(&mut r, "name");
    let title = say_text(&mut r, "title", config);
    let told = owned(&mut r, "format");
    let file = path.as_ref().and_then(|p| {
        let hit = super::content_key(base, p).and_then(|k| known.sources.blobs.get_key_value(k.as_str()));
        if hit.is_none() {
            r.report(
                "path",
                Diagnostic::new("SRC015", Severity::Error, say!("数据文件 `{p}` 不存在", "there is no data file `{p}`"))
                    .hint(say!("路径相对于本文件所在目录", "the path is relative to the folder of this file")),
            );
        }
        hit.map(|(k, _)| k.clone())
    });
    if path.is_none() && url.is_none() {
        r.missing("path");
    }
    let place = path.as_deref().or(url.as_deref()).unwrap_or("");
    let end = place.split(['?', '#']).next().unwrap_or("").rsplit('/').next().unwrap_or("");
    let (stem, ending) = end.rsplit_once('.').unwrap_or((end, ""));
    let format = told.unwrap_or_else(|| if ending.len() <= 8 { ending.to_string() } else { String::new() }).to_uppercase();
    let mut name: String = given.clone().unwrap_or_else(|| stem.to_string()).chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    if let Some(g) = given.as_ref().filter(|g| !good_id(g) || before.iter().any(|b| b.name == **g)) {
        r.report("name", bad_id(g));
    }
    if name.is_empty() || before.iter().any(|b| b.name == name) {
        name = format!("r{}", before.len() + 1);
    }
    let description = say_text(&mut r, "description", config);
    let fields = r.map("schema").map_or(Vec::new(), |mut s| {
        let out = s.entries("fields").iter().filter_map(|n| field(&mut s, n, config)).collect();
        let _ = (s.node("primaryKey"), s.node("foreignKeys"), s.node("missingValues"));
        s.finish();
        out
    });
    // Read when tables are; known here so that a Data Package's resource can be copied as it is.
    let _ = (r.node("encoding"), r.node("dialect"), r.node("mediatype"), r.node("profile"), r.node("bytes"), r.node("hash"));
    r.finish();
    let title = if title.is_empty() { Localized(vec![(None, if end.is_empty() { name.clone() } else { end.to_string() })]) } else { title };
    (file.is_some() || url.is_some()).then_some(Resource { name, title, description, file, url, format, fields })
}

fn field<'a>(f: &mut Fields<'a, '_>, node: &'a Node, config: &Config) -> Option<FieldInfo> {
    if let Some(t) = node.text() {
        return Some(FieldInfo { name: t.to_string(), ..FieldInfo::default() });
    }
    let mut c = f.within(node);
    let name = owned(&mut c, "name");
    if name.is_none() {
        c.missing("name");
    }
    let out = FieldInfo {
        name: name.clone().unwrap_or_default(),
        title: say_text(&mut c, "title", config),
        kind: owned(&mut c, "type"),
        unit: owned(&mut c, "unit"),
        description: say_text(&mut c, "description", config),
    };
    let _ = (c.node("format"), c.node("constraints"), c.node("categories"), c.node("example"), c.node("rdfType"), c.node("missingValues"));
    c.finish();
    name.map(|_| out)
}

pub(super) fn glossary(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Term> {
    let mut list: Vec<Term> = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "glossary.yaml") else { return list };
    for node in nodes {
        let mut f = Fields::new(&yaml.source, node, &config.tz, out);
        let id = owned(&mut f, "id");
        let t = Term {
            id: id.clone().unwrap_or_else(|| format!("t{}", list.len() + 1)),
            term: say_text(&mut f, "term", config),
            aliases: f.list("aliases").iter().map(|(t, _)| t.to_string()).collect(),
            definition: say_text(&mut f, "definition", config),
            source: (owned(&mut f, "source"), owned(&mut f, "source_url").filter(|u| bad_scheme(u).is_none())),
        };
        match &id {
            Some(i) if !good_id(i) || list.iter().any(|x| x.id == *i) => f.report("id", bad_id(i)),
            _ if t.term.is_empty() => f.missing("term"),
            _ if t.definition.is_empty() => f.missing("definition"),
            _ => list.push(t),
        }
        f.finish();
    }
    list
}

pub(super) fn alerts(sources: &Sources, config: &Config, out: &mut Vec<Diagnostic>) -> Vec<Alert> {
    let mut list = Vec::new();
    let Some((yaml, nodes)) = vocabulary(sources, "alerts.yaml") else { return list };
    for node in nodes {
        let mut f = Fields::new(&yaml.source, node, &config.tz, out);
        let a = Alert {
            title: say_text(&mut f, "title", config),
            text: say_text(&mut f, "text", config),
            url: owned(&mut f, "url").filter(|u| bad_scheme(u).is_none()),
            level: f.choice("level", vocab::ALERT_LEVELS).unwrap_or("red"),
            from: f.date("from"),
            until: f.date("until"),
        };
        if a.title.is_empty() {
            f.missing("title");
        } else {
            list.push(a);
        }
        f.finish();
    }
    list
}
