//! The record behind the catalogues: what is in it, and that every format writes it.

use crate::support::Project;
use clerestory::catalog::{Catalogue, Copy, FORMATS, Published};
use clerestory::config::{self, Overrides};
use clerestory::diag::Report;
use clerestory::{derive, load, model, tables};
use std::collections::BTreeSet;
use std::path::Path;

/// A golden site, as far as its derived values.
fn with<T>(name: &str, of: impl FnOnce(&Catalogue<'_>) -> T) -> T {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let mut report = Report::new();
    let config = config::read(&root, &Overrides::default(), &mut report).unwrap();
    let sources = load::load(&config.root, &config.content, config.allow_html, false, None, &mut report);
    let portal = model::assemble(&sources, &config, &mut report);
    let now = load::Moment::day("2026-01-01".parse().unwrap());
    let read = tables::tables(&portal, &config.root, now.date, None, &mut report);
    let public = portal.public(now, model::Held::default(), &read.hidden);
    let derived = derive::derive(&public, &read);
    of(&Catalogue::of(&config, &public, &derived.tables))
}

#[test]
fn every_format_writes_every_dataset() {
    let names: BTreeSet<&str> = FORMATS.iter().map(|f| f.name).collect();
    assert_eq!(names.len(), FORMATS.len(), "two formats with one name");
    for site in ["tables", "generic-en"] {
        with(site, |c| {
            assert!(!c.datasets.is_empty(), "{site}");
            for d in &c.datasets {
                let copy = |part| Some(Copy { url: "https://data.example.org/a.csv".into(), own: true, clean: true, part, ..Copy::default() });
                let copies = d.distributions.iter().map(|r| copy(r.table().map(|_| 0))).collect();
                let at = Published { tag: "zh-Hans".into(), page: "https://data.example.org/d/".into(), copies, ..Published::default() };
                for f in FORMATS {
                    let text = (f.write)(d, &at).to_string();
                    assert!(text.contains(d.text(0).unwrap().title) && text.contains("https://data.example.org/d/"), "{site} {} {}: {text}", d.id, f.name);
                }
            }
        });
    }
}

#[test]
fn the_record_has_what_the_author_says_and_what_the_bytes_are() {
    let p = Project::new("title: {zh-Hans: 站, en: Site}\nbase_url: https://data.example.org/\nlanguages: [zh-Hans, en]\nidentity: {organizer: 某市政府}\n");
    p.file("content/departments.yaml", "- {id: a, name: {zh-Hans: 甲局, en: Office A}, tel: 010-1}\n");
    p.file("content/datasets/t/t.csv", "k,v\n1,2\n3,4\n");
    p.file(
        "content/datasets/t/dataset.yaml",
        "title: {zh-Hans: 表, en: Table}\npublisher: a\nlicense: CC-BY-4.0\nid: X1\nissued: 2025-01-01\nmodified: 2025-02-01\nkeywords: [一]\nspatial: 某市\nresources:\n  - {name: t, title: 数据, path: t.csv, format: xls, schema: {fields: [{name: v, unit: 万元}], primaryKey: k}}\n  - {name: far, title: 别处, url: 'https://example.org/x', format: HTML}\n",
    );
    let mut report = Report::new();
    let config = config::read(p.root(), &Overrides::default(), &mut report).unwrap();
    let sources = load::load(&config.root, &config.content, false, false, None, &mut report);
    let portal = model::assemble(&sources, &config, &mut report);
    let now = load::Moment::day("2026-01-01".parse().unwrap());
    let read = tables::tables(&portal, &config.root, now.date, None, &mut report);
    let public = portal.public(now, model::Held::default(), &read.hidden);
    let derived = derive::derive(&public, &read);
    let c = Catalogue::of(&config, &public, &derived.tables);
    assert_eq!((c.title.get(1), c.home, c.publisher.get(0), c.languages.len()), ("Site", "https://data.example.org/", "某市政府", 2));
    let d = &c.datasets[0];
    assert_eq!((d.id, d.path, d.identifier, d.narrow_name()), ("datasets/t", "t", Some("X1"), "t".to_string()));
    assert_eq!((d.text(0).unwrap().title, d.publishers[0].name.get(1), d.spatial.get(0)), ("表", "Office A", "某市"));
    // The department's telephone stands in, and is no merit of the dataset.
    assert_eq!((d.contact.tel, d.contact.told), (Some("010-1"), false));
    assert!(d.open && d.licence.is_some_and(|l| l.open() && l.listed()));
    let [t, far] = &d.distributions[..] else { panic!("{}", d.distributions.len()) };
    // Bytes, not words, tell the format.
    assert_eq!((t.format_name(), t.media_type(), far.format_name(), far.elsewhere), ("CSV", Some("text/csv"), "HTML", Some("https://example.org/x")));
    let table = t.table().unwrap();
    assert_eq!((table.rows, t.column(table, 1).1, t.key), (2, Some("万元"), &["k".to_string()][..]));
}
