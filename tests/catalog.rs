//! The record behind the catalogues: what is in it, and that every format writes it.

use crate::support::Project;
use clerestory::catalog::{Catalogue, Copy, FORMATS, Part, Published, WHOLES};
use clerestory::config::{self, Overrides};
use clerestory::diag::Report;
use clerestory::{derive, load, model, tables};
use std::collections::BTreeSet;
use std::path::Path;

/// A golden site, as far as its derived values.
fn with<T>(name: &str, of: impl FnOnce(Catalogue<'_>) -> T) -> T {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let mut report = Report::new();
    let config = config::read(&root, &Overrides::default(), &mut report).unwrap();
    let sources = load::load(&config.root, &config.content, config.allow_html, false, None, &mut report);
    let portal = model::assemble(&sources, &config, &mut report);
    let now = load::Moment::day("2026-01-01".parse().unwrap());
    let read = tables::tables(&portal, &config.root, now.date, None, None, &mut report);
    let public = portal.public(now, model::Held::default(), &read.hidden);
    let derived = derive::derive(&public, &read);
    of(Catalogue::of(&config, &public, &derived.tables))
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
                let copies: Vec<_> = d.distributions.iter().map(|r| copy(r.table().map(|_| 0))).collect();
                let at = Published { tag: "zh-Hans".into(), page: "https://data.example.org/d/".into(), copies, ..Published::default() };
                for f in FORMATS {
                    let text = (f.write)(&c, d, &at);
                    serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{} {e}: {text}", f.name));
                    assert!(text.contains("https://data.example.org/d/"), "{site} {} {}: {text}", d.id, f.name);
                    // A set of links names no titles.
                    assert!(f.name == "signposting" || text.contains(d.text(0).unwrap().title), "{site} {} {}: {text}", d.id, f.name);
                }
            }
        });
    }
}

#[test]
fn every_catalogue_holds_every_dataset() {
    let names: BTreeSet<&str> = WHOLES.iter().map(|f| f.name).collect();
    assert_eq!(names.len(), WHOLES.len(), "two catalogues with one name");
    with("tables", |mut c| {
        let all: Vec<_> = std::mem::take(&mut c.datasets)
            .into_iter()
            .enumerate()
            .map(|(i, d)| {
                let page = format!("https://data.example.org/{i}/");
                (d, Published { tag: "zh-Hans".into(), page, ..Published::default() })
            })
            .collect();
        for w in WHOLES {
            let text = (w.write)(&c, &all, &Part { total: all.len(), ..Part::default() });
            for (d, at) in &all {
                let named = if w.name == "ckan-list" { d.own_name() } else { at.page.clone() };
                assert!(text.contains(&named), "{}: {named} is not in {text}", w.name);
            }
            if w.media.ends_with("json") {
                serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{} {e}: {text}", w.name));
            }
        }
    });
}

/// A dataset of one file with a dictionary, and the built site.
fn site(settings: &str, dataset: &str) -> (Project, String) {
    let p = Project::new(&format!("title: {{zh-Hans: 站, en: Site}}\nbase_url: https://data.example.org/\nlanguages: [zh-Hans, en]\n{settings}"));
    p.file("content/departments.yaml", "- {id: a, name: {zh-Hans: 甲局, en: Office A}, tel: 010-1, email: a@example.org}\n");
    p.file("content/datasets/t/t.csv", "code,v,名\n001,2,甲\n002,4,乙\n");
    p.file("content/datasets/t/dataset.yaml", dataset);
    let ran = p.build();
    let report = format!("{}{}", ran.out, ran.err);
    (p, report)
}

const DATASET: &str = "title: {zh-Hans: 表, en: Table}\npublisher: a\nlicense: CC BY 4.0\nissued: 2025-01-01\nfrequency: 每年\nspatial: {name: {zh-Hans: 某市, en: Some city}, code: \"130400\", bbox: [113.4, 36, 115.5, 37.1], geonames: 1808963}\ntemporal: {start: 2020, end: 2021-03}\nhvd_categories: [statistics]\nresources: [{name: t, title: 数据, path: t.csv, schema: {fields: [{name: code, title: {zh-Hans: 代码, en: Code}}, {name: v, type: integer, unit: 万元, constraints: {minimum: 0}}, 名], primaryKey: code}}]\n";

#[test]
fn a_dataset_is_written_in_every_format_with_what_its_cells_are() {
    let (p, _) = site("", DATASET);
    let json = |path: &str| -> serde_json::Value { serde_json::from_str(&p.read(path)).unwrap_or_else(|e| panic!("{path}: {e}")) };
    let package = json("public/datasets/t/datapackage.json");
    let r = &package["resources"][0];
    assert_eq!((r["path"].as_str(), r["name"].as_str()), (Some("t/t.csv"), Some("t")));
    let types: Vec<_> = r["schema"]["fields"].as_array().unwrap().iter().map(|f| f["type"].as_str().unwrap()).collect();
    assert_eq!(
        (types, &r["schema"]["primaryKey"], &r["schema"]["fields"][1]["constraints"]["minimum"]),
        (vec!["string", "integer", "string"], &serde_json::json!(["code"]), &serde_json::json!(0))
    );
    assert_eq!(package["licenses"][0]["path"], "https://creativecommons.org/licenses/by/4.0/");
    let csvw = json("public/datasets/t/t/t.csv-metadata.json");
    assert_eq!(
        (csvw["url"].as_str(), &csvw["tableSchema"]["columns"][1]["datatype"]),
        (Some("t.csv"), &serde_json::json!({ "base": "integer", "minimum": 0 }))
    );
    assert_eq!(csvw["tableSchema"]["columns"][0]["dc:title"][1], serde_json::json!({ "@value": "Code", "@language": "en" }));
    let croissant = json("public/datasets/t/croissant.json");
    assert_eq!(croissant["recordSet"][0]["field"][1]["dataType"], "sc:Integer");
    assert_eq!(croissant["conformsTo"], "http://mlcommons.org/croissant/1.1");
    let ckan = json("public/api/3/action/package_search");
    let d = &ckan["result"]["results"][0];
    assert_eq!((ckan["result"]["count"].as_u64(), d["license_id"].as_str(), d["isopen"].as_bool()), (Some(1), Some("CC-BY-4.0"), Some(true)));
    let one = json(&format!("public/api/3/action/package_show/{}", d["name"].as_str().unwrap()));
    assert_eq!(one["result"], *d);
    let us = json("public/data.json");
    assert_eq!(
        (us["dataset"][0]["spatial"].as_str(), us["dataset"][0]["temporal"].as_str(), us["dataset"][0]["accrualPeriodicity"].as_str()),
        (Some("113.4,36,115.5,37.1"), Some("2020/2021-03"), Some("R/P1Y"))
    );
    let ttl = p.read("public/catalog.ttl");
    for part in [
        "dct:title \"表\"@zh, \"Table\"@en",
        "dcatap:hvdCategory <http://data.europa.eu/bna/c_e1da4e07>",
        "dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj>",
        "dct:spatial <https://sws.geonames.org/1808963/>",
        "dcat:startDate \"2020\"^^xsd:gYear",
        "dcat:endDate \"2021-03\"^^xsd:gYearMonth",
        "a dcat:DataService",
        "dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL>",
    ] {
        assert!(ttl.contains(part), "{part}: {ttl}");
    }
    let page = p.read("public/datasets/t/index.html");
    for part in [
        "<link rel=\"cite-as\" href=\"https://data.example.org/datasets/t/\">",
        "rel=\"linkset\"",
        "rel=\"item\"",
        "<a href=\"/datasets/t/datapackage.json\">Data Package</a>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(p.read("public/datasets/index.html").contains("<a href=\"/catalog.ttl\">"), "the list leads to the catalogue");
    assert!(p.read("public/_redirects").contains("/api/3/action/package_show id=:id /api/3/action/package_show/:id 302!"));
}

#[test]
fn each_output_can_be_switched_off_and_security_txt_is_asked_for() {
    let off = "outputs: {dcat_ap: false, dcat_us: false, schema_org: false, data_package: false, csvw: false, croissant: false, ckan: false, signposting: false, akoma_ntoso: false, bulk: false, api: false, passages: false}\n";
    let (p, _) = site(off, DATASET);
    for path in [
        "catalog.ttl",
        "catalog.jsonld",
        "catalog.rdf",
        "data.json",
        "data-us3.json",
        "api",
        "datasets/t/dcat.jsonld",
        "datasets/t/datapackage.json",
        "datasets/t/croissant.json",
        "datasets/t/schema.jsonld",
        "datasets/t/linkset.json",
        "datasets/t/t/t.csv-metadata.json",
        ".well-known",
    ] {
        assert!(!p.root().join("public").join(path).exists(), "{path}");
    }
    let page = p.read("public/datasets/t/index.html");
    assert!(!page.contains("ld+json") && !page.contains("cite-as") && !page.contains("class=\"formats\""), "{page}");
    // The score of MQA counts DCAT only where it is written.
    let points = |p: &Project| serde_json::from_str::<serde_json::Value>(&p.read("public/datasets/quality.json")).unwrap().to_string();
    let (on, _) = site("security: {contact: [sec@example.org, \"+86 10 1234567\"], policy: \"https://example.org/p\"}\n", DATASET);
    assert_ne!(points(&p), points(&on));
    let txt = on.read("public/.well-known/security.txt");
    assert!(
        txt.contains("Contact: mailto:sec@example.org\nContact: tel:+86101234567\nExpires: ")
            && txt.contains("Canonical: https://data.example.org/.well-known/security.txt"),
        "{txt}"
    );
}

#[test]
fn nothing_of_what_is_closed_or_masked_or_not_public_reaches_a_catalogue() {
    let (p, _) = site(
        "",
        "title: 开放表\npublisher: a\nlicense: CC-BY-4.0\nresources: [{name: t, title: 数据, path: t.csv, schema: {fields: [code, {name: 名, mask: name, constraints: {enum: [甲, 乙]}}]}}]\n",
    );
    p.file("content/datasets/shut/秘.csv", "秘列\n密值\n");
    p.file("content/datasets/shut/dataset.yaml", "title: 关\npublisher: a\nlicense: CC-BY-4.0\naccess_rights: 有条件开放\naccess_conditions: 书面申请\nresources: [{name: shutfile, title: 文件, path: 秘.csv, schema: {fields: [{name: 秘列, title: 秘题}]}}]\n");
    p.file("content/datasets/barred/dataset.yaml", "title: 禁\npublisher: a\naccess_rights: 不予开放\naccess_conditions: 依法不公开\nresources: [{name: away, title: 别处, url: 'https://secret.example.org/x', schema: {fields: [{name: 秘列, title: 秘题}]}}]\n");
    for (name, more) in [("draft", "draft: true"), ("later", "published_at: 2099-01-01"), ("gone", "withdrawn: {on: 2025-01-01, reason: 错}")] {
        p.file(
            &format!("content/datasets/{name}/dataset.yaml"),
            format!("title: 不在{name}\npublisher: a\n{more}\nresources: [{{name: t, title: 数据, path: ../t/t.csv}}]\n"),
        );
    }
    p.build();
    for path in [
        "catalog.ttl",
        "catalog.jsonld",
        "catalog.rdf",
        "data.json",
        "data-us3.json",
        "api/3/action/package_search",
        "api/3/action/package_list",
        "datasets/shut/datapackage.json",
        "datasets/shut/dcat.jsonld",
        "datasets/shut/croissant.json",
        "datasets/shut/linkset.json",
        "datasets/t/datapackage.json",
        "datasets/t/croissant.json",
    ] {
        let text = p.read(&format!("public/{path}"));
        for word in ["秘列", "秘题", "密值", "%E7%A7%98", "secret.example", "不在draft", "不在later", "不在gone", "/draft/", "/later/", "\"乙\""] {
            assert!(!text.contains(word), "{path} tells {word}: {text}");
        }
    }
    let ttl = p.read("public/catalog.ttl");
    assert!(ttl.contains("access-right/NON_PUBLIC") && ttl.contains("access-right/RESTRICTED"), "{ttl}");
}

#[test]
fn licences_that_forbid_changes_are_not_open_and_series_in_a_circle_are_none() {
    let (p, _) = site("", "title: 甲\npublisher: a\nlicense: cc by-nd 4.0\nin_series: [u]\nresources: [{name: t, title: 数据, path: t.csv}]\n");
    p.file(
        "content/datasets/u/dataset.yaml",
        "title: 甲\npublisher: a\nlicense: 知识共享署名 4.0\nin_series: [t]\nresources: [{name: t, title: 数据, path: ../t/t.csv}]\n",
    );
    p.file("content/datasets/w/dataset.yaml", "title: 甲\npublisher: a\nin_series: [u]\nresources: [{name: t, title: 数据, path: ../t/t.csv}]\n");
    let ran = p.build();
    let report = format!("{}{}", ran.out, ran.err);
    assert!(report.contains("OD008"), "{report}");
    let search: serde_json::Value = serde_json::from_str(&p.read("public/api/3/action/package_search")).unwrap();
    let all = search["result"]["results"].as_array().unwrap();
    let open: Vec<_> = all.iter().map(|d| (d["name"].as_str().unwrap(), d["isopen"].as_bool().unwrap())).collect();
    let name = |n: &str| all.iter().find(|d| d["url"].as_str().unwrap().ends_with(&format!("/{n}/"))).unwrap()["name"].as_str().unwrap().to_string();
    assert_eq!(open.iter().map(|(_, o)| *o).collect::<Vec<_>>(), [false, true, false], "{open:?}");
    assert_eq!(BTreeSet::from([name("t"), name("u"), name("w")]).len(), 3);
    let ttl = p.read("public/catalog.ttl");
    assert_eq!(ttl.matches("dcat:inSeries").count(), 1, "{ttl}");
    assert!(ttl.contains("<https://data.example.org/datasets/u/#dataset> a dcat:Dataset, dcat:DatasetSeries"), "{ttl}");
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
    let read = tables::tables(&portal, &config.root, now.date, None, None, &mut report);
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

/// Errors of an outside validator, a line each.
fn held(schema: &str, file: &Path) -> String {
    let script = "import json, sys, jsonschema\nschema = json.load(open(sys.argv[1]))\ndata = json.load(open(sys.argv[2]))\n\
        data = data.get('dataset', [data])\nv = jsonschema.validators.validator_for(schema)(schema)\n\
        print('\\n'.join(f'{list(e.absolute_path)} {e.message[:200]}' for d in data for e in v.iter_errors(d)))";
    let out = std::process::Command::new("python3")
        .args(["-c", script])
        .arg(crate::support::shared("schemas").join(schema))
        .arg(file)
        .output()
        .expect("python3 is there");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).trim().to_string()
}

#[test]
fn what_is_written_is_valid_by_the_schemas_of_its_field_and_a_broken_copy_is_not() {
    let (p, _) = site("", DATASET);
    for (schema, path, good, bad) in [
        ("dcat-us-3.0/schemas/dcatus1.1/non-federal_dataset.json", "public/data.json", "\"accessLevel\":\"public\"", "\"accessLevel\":\"open\""),
        ("datapackage-2.0/public/profiles/2.0/datapackage.json", "public/datasets/t/datapackage.json", "\"resources\":", "\"files\":"),
    ] {
        assert_eq!(held(schema, &p.path(path)), "", "{path}");
        let broken = p.read(path).replace(good, bad);
        p.file("broken.json", broken);
        assert_ne!(held(schema, &p.path("broken.json")), "", "{path}: a broken copy passes");
    }
}

#[test]
fn policies_are_akoma_ntoso_with_their_articles_and_say_their_force() {
    let p = Project::new("title: 站\nbase_url: https://example.org/\nprofile: cn-gov\nas_of: 2026-01-01\ndemo: true\n");
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file(
        "content/policies/law.md",
        "---\ntitle: 某条例\nissuer: [a]\ndoc_no: 某府〔2020〕1号\nformed_on: 2020-01-02\npublished_at: 2020-01-03\neffective_from: 2020-02-01\n---\n序言。\n\n## 第一章 总则\n\n第一条 为了<规范>，制定本条例。\n\n第二条 有下列情形之一的：\n\n（一）甲；\n\n（二）乙。\n\n第二款。\n\n## 第二章 附则\n\n第三条之一 自公布之日起施行。\n",
    );
    p.file("content/policies/note.md", "---\ntitle: 通知\nissuer: [a]\npublished_at: 2021-01-03\n---\n没有条的文字。\n");
    p.build();
    let akn = p.read("public/policies/law/akn.xml");
    for part in [
        "<FRBRcountry value=\"cn\"/>",
        "<FRBRlanguage language=\"zho\"/>",
        "<num>第一章</num>",
        "<heading>总则</heading>",
        "<article eId=\"art_1\">\n<num>第一条</num>\n<content><p>为了&lt;规范&gt;，制定本条例。</p></content>",
        "<paragraph eId=\"art_2__para_1\">\n<intro><p>有下列情形之一的：</p></intro>\n<point eId=\"art_2__para_1__point_1\"><num>（一）</num><content><p>甲；</p></content></point>",
        "<paragraph eId=\"art_2__para_2\">\n<content><p>第二款。</p></content>",
        "<article eId=\"art_3-1\">",
    ] {
        assert!(akn.contains(part), "{part}: {akn}");
    }
    let xsd = crate::support::shared("schemas/akn-3.0/akomantoso30.xsd");
    let valid =
        |path: &Path| std::process::Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(&xsd).arg(path).output().expect("xmllint is there");
    for path in ["law", "note"] {
        let out = valid(&p.path("public/policies").join(path).join("akn.xml"));
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
    p.file("broken.xml", akn.replace("<num>第一条</num>", "<number>第一条</number>"));
    assert!(!valid(&p.path("broken.xml")).status.success());
    let page = p.read("public/policies/law/index.html");
    for part in [
        "\"legislationLegalForce\":{\"@id\":\"https://schema.org/InForce\"}",
        "resource=\"https://example.org/policies/law/\" typeof=\"eli:LegalResource\"",
        "<meta property=\"eli:id_local\" content=\"某府〔2020〕1号\">",
        "<link property=\"eli:in_force\" href=\"http://data.europa.eu/eli/ontology#InForce-inForce\">",
        "<a href=\"/policies/law/akn.xml\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn catalogues_say_all_of_the_text_and_nothing_that_nobody_wrote() {
    let long = "一".repeat(150);
    let (p, _) = site(
        "report_to: r@example.org\n",
        &format!(
            "title: 表\npublisher: a\nsummary: 短短一句\nissued: 2024-05-01\nlicense: {{name: CC BY 4.0, url: 'https://example.org/my licence'}}\nfrequency: realtime\ntemporal: {{start: '2020-05', end: '1987'}}\ncontact: {{name: 某人, email: a b@x.org}}\ndescription: |\n  {long}末尾。\n\n  第二段。\nresources: [{{name: t, title: 数据, path: t.csv}}, {{name: far, title: 远, url: 'https://x.org/a b<c>.csv'}}]\n"
        ),
    );
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    z.start_file("a.csv", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut z, "code,v\n1,2\n3,4\n".as_bytes()).unwrap();
    p.file("content/datasets/z/z.zip", z.finish().unwrap().into_inner());
    p.file("content/datasets/z/dataset.yaml", "title: 包\npublisher: a\nresources: [{name: z, title: 包, path: z.zip}]\n");
    for (name, access) in [("shut", "有条件开放"), ("barred", "不予开放")] {
        p.file(
            &format!("content/datasets/{name}/dataset.yaml"),
            format!("title: 关\npublisher: a\naccess_rights: {access}\naccess_conditions: 书面申请\nresources: [{{name: away, title: 别处, url: 'https://secret.example.org/x.csv'}}]\n"),
        );
    }
    assert!(p.codes().contains(&"POL003".to_string()), "{:?}", p.codes());
    p.build();
    for file in [
        "catalog.ttl",
        "data.json",
        "data-us3.json",
        "api/3/action/package_search",
        "datasets/t/datapackage.json",
        "datasets/t/croissant.json",
        "datasets/t/schema.jsonld",
    ] {
        let text = p.read(&format!("public/{file}"));
        assert!(text.contains(&format!("{long}末尾。\\n第二段。")), "{file}: {text}");
        for word in ["短短一句", "\"1987", "2020-05", "ab@x.org", "a b@x.org", "PT1S", "a b<c>", "my licence", "secret.example"] {
            assert!(!text.contains(word), "{file} tells {word}: {text}");
        }
    }
    let ttl = p.read("public/catalog.ttl");
    assert!(ttl.contains("<https://x.org/a%20b%3Cc%3E.csv>") && ttl.matches("dct:modified \"2024-05-01\"").count() == 1, "{ttl}");
    assert!(ttl.contains("dcat:endpointURL <https://data.example.org/datasets/t/t/rows/index.json>"), "{ttl}");
    let at = ttl.find("#z> a dcat:Distribution").unwrap_or_else(|| panic!("{ttl}"));
    let zip = &ttl[at..at + ttl[at..].find(" .\n").unwrap()];
    assert!(
        zip.contains("file-type/ZIP")
            && zip.contains("dcat:packageFormat <https://www.iana.org/assignments/media-types/application/zip>")
            && !zip.contains("text/csv"),
        "{zip}"
    );
    let search: serde_json::Value = serde_json::from_str(&p.read("public/api/3/action/package_search")).unwrap();
    assert!(search["result"]["results"].as_array().unwrap().iter().all(|d| d["isopen"] == false), "{search}");
    for name in ["shut", "barred"] {
        let page = p.read(&format!("public/datasets/{name}/index.html"));
        assert!(!page.contains("secret.example") && page.contains("别处"), "{page}");
    }
}
