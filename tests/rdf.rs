//! DCAT as RDF comes in: our own catalogue in three syntaxes, and what is none.

use crate::support::Project;

const SITE: &str = "title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\nreport_to: data@example.org\n";

fn portal() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: Office A, email: a@example.org}\n");
    p.file("content/themes.yaml", "- {id: water, label: Water}\n");
    for i in 0..12 {
        p.file(
            &format!("content/datasets/d{i}/dataset.yaml"),
            format!(
                "title: 'Dataset {i} “quoted”'\nid: id-{i}\ndescription: What it is {i}.\npublisher: [a]\nlicense: CC-BY-4.0\nfrequency: monthly\naccess_rights: open\nthemes: [water]\nkeywords: [k{i}, rain]\nmodified: 2025-0{}-01\nspatial: {{name: Northtown, code: N{i}, bbox: [1.5, -2, 3, 4]}}\ntemporal: {{start: 2020, end: 2024}}\nresources:\n  - {{name: t, title: Table, url: \"https://example.com/{i}.csv\"}}\n",
                i % 9 + 1
            ),
        );
    }
    p.build();
    p
}

/// Imports a file of the site into an empty project; gives its items by id.
fn again(p: &Project, kind: &str, file: &str) -> Vec<String> {
    let q = Project::new(SITE);
    let ran = q.run(&["import", kind, p.path(file).to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{file}: {}{}", ran.out, ran.err);
    let all = crate::support::tree(&q.path("content"));
    let mut out: Vec<String> = all.iter().filter(|(n, _)| n.ends_with("dataset.yaml")).map(|(_, b)| String::from_utf8(b.clone()).unwrap()).collect();
    out.sort();
    out
}

#[test]
fn data_json_out_and_in_loses_no_dataset() {
    let p = portal();
    let all = again(&p, "dcat-us", "public/data.json");
    assert_eq!(all.len(), 12);
    (0..12).for_each(|i| assert!(all.iter().any(|t| t.contains(&format!("id: id-{i}\n")) && t.contains(&format!("https://example.com/{i}.csv"))), "{i}"));
}

#[test]
#[cfg(feature = "rdf")]
fn our_own_catalogues_come_back_whole() {
    let p = portal();
    let [ttl, rdf, json] = ["catalog.ttl", "catalog.rdf", "catalog.jsonld"].map(|f| again(&p, "dcat", &format!("public/{f}")));
    assert_eq!(ttl.len(), 12);
    for i in 0..12 {
        let one = ttl.iter().find(|t| t.contains(&format!("id: id-{i}\n"))).unwrap_or_else(|| panic!("{i}: {ttl:?}"));
        for text in [
            format!("Dataset {i} “quoted”"),
            format!("What it is {i}."),
            "license: CC-BY-4.0".into(),
            "frequency: monthly".into(),
            "access_rights: open".into(),
            format!("k{i}"),
            "name: Northtown".into(),
            format!("N{i}"),
            "start:".into(),
            format!("https://example.com/{i}.csv"),
            "a@example.org".into(),
        ] {
            assert!(one.contains(&text), "{text}: {one}");
        }
    }
    assert_eq!(ttl, rdf);
    assert_eq!(ttl, json);
}

#[test]
#[cfg(feature = "rdf")]
fn what_is_no_catalogue_is_told_and_nothing_is_fetched() {
    let q = Project::new(SITE);
    let nodes: String = (0..10_000).map(|i| format!("_:b{i} <http://www.w3.org/2000/01/rdf-schema#seeAlso> _:b{} .\n", (i + 1) % 10_000)).collect();
    for (name, text, said) in [
        ("no.ttl", "this is no turtle".to_string(), "the RDF breaks off"),
        ("remote.jsonld", "{\"@context\": \"https://example.org/context.jsonld\", \"@type\": \"Dataset\"}".into(), "never fetched"),
        (
            "laughs.rdf",
            "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">&b;</rdf:RDF>".into(),
            "are not expanded",
        ),
        ("empty.ttl", "<http://a> <http://b> <http://c> .".into(), "no dcat:Dataset"),
        ("blank.ttl", nodes.clone(), "no dcat:Dataset"),
    ] {
        q.file(name, text);
        let ran = q.run(&["import", "dcat", q.path(name).to_str().unwrap()]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.out.contains("IMP001") && ran.out.contains(said), "{name}: {}", ran.out);
    }
    // Nodes that lead in a circle do not hold anything up.
    let one = format!("<http://d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"D\" ; <http://x/y> _:b0 .\n{nodes}");
    q.file("circle.ttl", one);
    let ran = q.run(&["import", "dcat", q.path("circle.ttl").to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}
