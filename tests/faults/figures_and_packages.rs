//! Faults found from outside: figures of tables, our own Data Packages, the copy for Excel, scores.
#![expect(clippy::disallowed_methods, reason = "tests read archives")]

use crate::support::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const SITE: &str = "title: Test\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [en]\ntime_zone: UTC\nas_of: 2026-11-20\ngit: false\n";

fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: Office}\n");
    p
}

fn case(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(name);
    assert!(dir.is_dir(), "the cases beside the project are missing: {}", dir.display());
    dir
}

#[expect(clippy::disallowed_methods, reason = "tests read files")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A project of one dataset, its files from a case.
fn of_case(name: &str, files: &[&str]) -> Project {
    let (p, dir) = (project(), case(name));
    for f in files {
        p.file(&format!("content/datasets/t/{f}"), bytes(&dir.join(f)));
    }
    p
}

/// A project of one dataset of one table.
fn of_table(file: &str, data: impl AsRef<[u8]>, schema: &Value) -> Project {
    let p = project();
    p.file(&format!("content/datasets/t/{file}"), data);
    let resource = if schema.is_null() { json!({"name": "data", "path": file}) } else { json!({"name": "data", "path": file, "schema": schema}) };
    let d = json!({"title": "T", "publisher": "office", "license": "CC-BY-4.0", "frequency": "irregular", "modified": "2026-11-01", "issued": "2026-11-01",
        "access_rights": "open", "resources": [resource]});
    p.file("content/datasets/t/dataset.yaml", d.to_string());
    p
}

fn page(p: &Project) -> String {
    p.build();
    p.read("public/datasets/t/data/index.html")
}

#[test]
fn a_median_of_an_even_count_lies_between_the_middle_two() {
    assert!(page(&of_case("t-median-even", &["data.json", "dataset.yaml"])).contains("1.5 to 2.5, median 2<"));
    let figures = |values: &str| page(&of_table("d.csv", format!("k,v\n{values}"), &Value::Null));
    for (values, want) in [
        ("a,1.1\nb,2.2\n", "1.1 to 2.2, median 1.65<"),
        ("a,0.1\nb,0.2\nc,0.3\nd,0.4\n", "0.1 to 0.4, median 0.25<"),
        ("a,1\nb,2\nc,3\n", "1 to 3, median 2<"),
        ("a,5\nb,5\nc,9\nd,9\n", "5 to 9, median 7<"),
        ("a,-3\nb,-2\n", "-3 to -2, median -2.5<"),
        ("a,1\nb,\nc,4\n", "1 to 4, median 2.5<"),
        ("a,1%\nb,2%\n", "1% to 2%, median 1.5%<"),
    ] {
        let page = figures(values);
        assert!(page.contains(want), "{want}: {}", page.split("median").next().map_or("", |t| &t[t.len().saturating_sub(60)..]));
    }
}

#[test]
fn extremes_are_shown_as_they_stand_in_the_file() {
    let p = of_case("t-round-extremes", &["data.csv", "dataset.yaml"]);
    p.file("content/datasets/t/dataset.yaml", p.read("content/datasets/t/dataset.yaml").replace("name: data", "name: data\n    description: x"));
    let shown = page(&p);
    assert!(shown.contains("143.95 to 99999.96, median 1235.5<"), "{shown}");
    assert!(!shown.contains("100,000") && !shown.contains("143.9<"));
    // The sentence of the chart and the table below it.
    let dataset = p.read("public/datasets/t/index.html");
    assert!(dataset.contains("99,999.96") && dataset.contains("143.95") && dataset.contains("1234.5") && !dataset.contains("100,000"), "{dataset}");
    for (values, want) in [
        ("a,0.000005\nb,0.5\n", "0.000005 to 0.5,"),
        ("a,123456789.123\nb,999999999.999\n", "123456789.123 to 999999999.999,"),
        ("a,\"1,234.50\"\nb,\"9,999.96\"\n", "1,234.50 to 9,999.96,"),
        ("a,-0.00001\nb,3\n", "-0.00001 to 3,"),
        ("a,1e-7\nb,1\n", "1e-7 to 1,"),
    ] {
        let page = page(&of_table("d.csv", format!("k,v\n{values}"), &Value::Null));
        assert!(page.contains(want), "{want}");
    }
}

#[test]
fn a_share_of_missing_values_is_never_nothing_or_all_where_it_is_not() {
    let rows = |n: usize, at: usize| (0..n).map(|i| format!("k{i},{}\n", if i == at { "" } else { "1" })).collect::<String>();
    assert!(page(&of_table("d.csv", format!("k,v\n{}", rows(3000, 5)), &Value::Null)).contains("1 missing (&lt;0.1%)"));
    let full = (0..3000).map(|i| format!("k{i},{}\n", if i == 7 { "1" } else { "" })).collect::<String>();
    assert!(page(&of_table("d.csv", format!("k,v\n{full}"), &Value::Null)).contains("2,999 missing (&gt;99.9%)"));
}

#[test]
fn an_estimate_says_so() {
    // More values than are kept one by one, in no order.
    let rows: String = (0..140_000u64).map(|i| format!("{},{}\n", i, (i * 7919) % 140_000)).collect();
    let p = of_table("d.csv", format!("n,v\n{rows}"), &Value::Null);
    let shown = page(&p);
    assert!(shown.contains("0 to 139999, median about 69900 (estimated"), "no word of it");
    let index: Value = serde_json::from_str(&p.read("public/datasets/t/data/rows/index.json")).expect("json");
    let v = &index["figures"][1];
    assert_eq!(
        (&v["approximate"], &v["min"], &v["max"], &v["missing"]),
        (&json!(["distinct", "median", "quartiles"]), &json!("0"), &json!("139999"), &json!(0)),
        "{v}"
    );
    assert_eq!(v["mean"], json!(69_999.5));
    let n = &index["figures"][0];
    assert_eq!((&n["approximate"], &n["distinct"]), (&json!(["median", "quartiles"]), &json!(140_000)), "{n}");
    let few = of_table("d.csv", "k,v\na,1\nb,2\nc,4\nd,8\n", &Value::Null);
    few.build();
    let index: Value = serde_json::from_str(&few.read("public/datasets/t/data/rows/index.json")).expect("json");
    let v = &index["figures"][1];
    assert_eq!((&v["median"], &v["quartiles"], &v["mean"]), (&json!(3), &json!([1.75, 5]), &json!(3.75)), "{v}");
    assert!(v.get("approximate").is_none());
}

// ---- Scores ----

/// The figures of every dataset of a build.
fn scores(p: &Project) -> BTreeMap<String, Vec<(&'static str, f64)>> {
    let q: Value = serde_json::from_str(&p.read("public/datasets/quality.json")).expect("json");
    let list = q["datasets"].as_array().expect("a list");
    list.iter()
        .map(|d| {
            let mut all = vec![("total", d["total"].as_f64().expect("a number")), ("stars", d["stars"].as_f64().expect("a number"))];
            for k in ["completeness", "accuracy", "timeliness", "understandability", "mqa", "udata"] {
                all.push((k, d[k]["points"].as_f64().expect("a number")));
            }
            (d["id"].as_str().expect("a text").to_string(), all)
        })
        .collect()
}

/// One dataset to be described and its files.
#[derive(Clone)]
struct Made {
    yaml: Value,
    files: BTreeMap<String, String>,
}

fn bases() -> Vec<Made> {
    let whole = json!({"title": "T", "summary": "What it is.", "publisher": "office", "license": "CC-BY-4.0", "frequency": "yearly", "issued": "2026-11-01",
        "modified": "2026-10-01", "access_rights": "open", "access_conditions": "none", "keywords": ["a"], "spatial": "Here", "temporal": {"start": "2020"},
        "contact": {"tel": "1"}, "description": "Long words about it. ".repeat(9)});
    let files = |list: &[(&str, &str)]| list.iter().map(|(n, t)| (n.to_string(), t.to_string())).collect::<BTreeMap<_, _>>();
    let with = |mut v: Value, extra: Value| {
        for (k, x) in extra.as_object().expect("a map") {
            if x.is_null() {
                v.as_object_mut().expect("a map").remove(k);
            } else {
                v[k] = x.clone();
            }
        }
        v
    };
    let good = "name,amount,day\na,1,2024-01-01\nb,2,2024-01-02\nc,3,2024-01-03\n";
    let poor = "name,amount,note\na,1,\nb,,x\nd,,\nc,z,\n";
    let odd: String = (0..60).map(|i| format!("r{i},{}\n", if i % 30 == 7 { "n.n.".to_string() } else { i.to_string() })).collect();
    let odd = format!("name,amount\n{odd}");
    let fields = json!({"fields": [{"name": "name", "title": "Name"}, {"name": "amount", "type": "integer", "unit": "t"}, {"name": "day", "type": "integer"}]});
    let res = |list: Value| json!({"resources": list});
    vec![
        Made {
            yaml: with(whole.clone(), res(json!([{"name": "a", "path": "a.csv", "schema": fields, "description": "d"}]))),
            files: files(&[("a.csv", good)]),
        },
        Made {
            yaml: with(
                whole.clone(),
                res(
                    json!([{"name": "a", "path": "a.csv", "schema": fields}, {"name": "b", "path": "b.csv"}, {"name": "c", "path": "c.csv", "format": "xlsx"}]),
                ),
            ),
            files: files(&[("a.csv", good), ("b.csv", poor), ("c.csv", &odd)]),
        },
        Made { yaml: with(whole.clone(), res(json!([{"name": "u", "url": "https://example.org/x.csv"}]))), files: files(&[]) },
        Made { yaml: whole.clone(), files: files(&[]) },
        // Long overdue, though issued lately.
        Made {
            yaml: with(whole.clone(), with(res(json!([{"name": "a", "path": "a.csv"}])), json!({"modified": "2015-01-01", "frequency": "monthly"}))),
            files: files(&[("a.csv", poor)]),
        },
        // Says little.
        Made {
            yaml: with(
                json!({"title": "T", "publisher": "office", "issued": "2020-01-01"}),
                res(json!([{"name": "a", "path": "a.csv"}, {"name": "u", "url": "https://example.org/x.csv"}])),
            ),
            files: files(&[("a.csv", good)]),
        },
    ]
}

/// Ways to hide something: (what, the rest).
fn hidings(m: &Made) -> Vec<(String, Made)> {
    let mut out = Vec::new();
    for level in ["closed", "conditional"] {
        for words in [false, true] {
            let mut x = m.clone();
            x.yaml["access_rights"] = json!(level);
            if words {
                x.yaml["access_conditions"] = json!("Ask.");
            }
            out.push((format!("{level} {words}"), x));
        }
    }
    for word in ["irregular", "static", "other", "unknown"] {
        let mut x = m.clone();
        if x.yaml.as_object_mut().expect("a map").insert("frequency".into(), json!(word)).is_some() {
            out.push((format!("frequency {word}"), x));
        }
    }
    for r in 0..m.yaml["resources"].as_array().map_or(0, Vec::len) {
        for signs in [json!(["", "n.n."]), json!(["", "z", "-1"]), json!(["", "1", "2024-01-01"])] {
            let mut x = m.clone();
            x.yaml["resources"][r]["schema"]["missingValues"] = signs.clone();
            out.push((format!("{r} missing {signs}"), x));
        }
    }
    for key in m.yaml.as_object().expect("a map").keys().filter(|k| !matches!(k.as_str(), "title" | "resources")) {
        let mut x = m.clone();
        x.yaml.as_object_mut().expect("a map").remove(key);
        out.push((format!("without {key}"), x));
    }
    for r in 0..m.yaml["resources"].as_array().map_or(0, Vec::len) {
        let mut x = m.clone();
        x.yaml["resources"].as_array_mut().expect("a list").remove(r);
        out.push((format!("without resource {r}"), x));
        for key in ["description", "schema"] {
            let mut x = m.clone();
            if x.yaml["resources"][r].as_object_mut().expect("a map").remove(key).is_some() {
                out.push((format!("{r} without {key}"), x));
            }
        }
        for f in 0..m.yaml["resources"][r]["schema"]["fields"].as_array().map_or(0, Vec::len) {
            let mut x = m.clone();
            x.yaml["resources"][r]["schema"]["fields"].as_array_mut().expect("a list").remove(f);
            out.push((format!("{r} without field {f}"), x));
            for key in ["title", "unit", "type"] {
                let mut x = m.clone();
                if x.yaml["resources"][r]["schema"]["fields"][f].as_object_mut().expect("a map").remove(key).is_some() {
                    out.push((format!("{r} field {f} without {key}"), x));
                }
            }
        }
    }
    for (name, text) in &m.files {
        let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split(',').collect()).collect();
        let put = |rows: Vec<Vec<&str>>| {
            let mut x = m.clone();
            x.files.insert(name.clone(), rows.iter().map(|r| r.join(",") + "\n").collect());
            x
        };
        for c in 0..rows[0].len() {
            let mut emptied = rows.clone();
            emptied.iter_mut().skip(1).for_each(|r| r[c] = "");
            // A row without anything is no row.
            emptied.iter_mut().skip(1).for_each(|r| {
                if r.iter().all(|v| v.is_empty()) {
                    r[(c + 1) % rows[0].len()] = "q"
                }
            });
            out.push((format!("{name} column {c} emptied"), put(emptied)));
            let mut nameless = rows.clone();
            nameless[0][c] = "";
            out.push((format!("{name} column {c} nameless"), put(nameless)));
        }
        for r in [1, 2, rows.len() - 1].into_iter().filter(|r| *r < rows.len()) {
            for c in 1..rows[0].len() {
                let mut one = rows.clone();
                one[r][c] = "";
                if one[r].iter().any(|v| !v.is_empty()) {
                    out.push((format!("{name} cell {r}:{c} emptied"), put(one)));
                }
            }
        }
        // Rows and columns taken out; the dictionary stays.
        out.push((format!("{name} first row only"), put(rows[..2].to_vec())));
        out.push((format!("{name} last row taken out"), put(rows[..rows.len() - 1].to_vec())));
        let declared = m.yaml["resources"][0]["schema"]["fields"].is_array();
        for c in (0..rows[0].len()).filter(|_| rows[0].len() > 1 && declared && name == "a.csv") {
            let mut fewer = rows.clone();
            fewer.iter_mut().for_each(|r| {
                r.remove(c);
            });
            out.push((format!("{name} column {c} taken out"), put(fewer)));
        }
        out.push((format!("{name} one cell"), put(rows[..2].iter().map(|r| r[..1].to_vec()).collect())));
        // Personal data hold the file back.
        let mut held = rows.clone();
        held.iter_mut().skip(1).for_each(|r| r[0] = "11010519491231002X");
        held[0][0] = "id card";
        out.push((format!("{name} held back"), put(held)));
    }
    out
}

#[test]
fn no_figure_rises_by_hiding() {
    let p = project();
    let mut pairs = Vec::new();
    let put = |id: &str, m: &Made| {
        p.file(&format!("content/datasets/{id}/dataset.yaml"), m.yaml.to_string());
        for (name, text) in &m.files {
            p.file(&format!("content/datasets/{id}/{name}"), text);
        }
    };
    for (b, base) in bases().into_iter().enumerate() {
        put(&format!("b{b}"), &base);
        for (n, (what, hidden)) in hidings(&base).into_iter().enumerate() {
            put(&format!("b{b}-{n}"), &hidden);
            pairs.push((format!("datasets/b{b}"), format!("datasets/b{b}-{n}"), what.clone()));
            // And twice: each other hiding of what is hidden already.
            for (k, (more, twice)) in hidings(&hidden).into_iter().enumerate().filter(|(k, _)| (k + n) % 37 == 0) {
                // A column without name and values is none, and a column of numbers of people is no longer empty.
                if (what.contains("nameless") || more.contains("nameless")) && (what.contains("emptied") || more.contains("emptied"))
                    || (more.contains("held") && what.contains("emptied"))
                    || (what.contains("held") && more.contains("emptied"))
                    // To take out a declaration that no longer holds is to mend it.
                    || (["taken out", "nameless", "one cell"].iter().any(|w| what.contains(w)) && more.contains("without"))
                {
                    continue;
                }
                put(&format!("b{b}-{n}-{k}"), &twice);
                pairs.push((format!("datasets/b{b}-{n}"), format!("datasets/b{b}-{n}-{k}"), format!("{what}; {more}")));
            }
        }
    }
    let ran = p.run(&["build", "--hold-back", "--quiet"]);
    assert!(ran.code < 2, "{}", ran.err.chars().take(2000).collect::<String>());
    let all = scores(&p);
    let mut bad = Vec::new();
    let mut compared = 0;
    for (before, after, what) in &pairs {
        // A dataset that is held back altogether has no figures.
        let (Some(a), Some(b)) = (all.get(before), all.get(after)) else { continue };
        compared += 1;
        for ((key, x), (_, y)) in a.iter().zip(b) {
            if *y > *x + 1e-9 {
                bad.push(format!("{before} -> {after} ({what}): {key} {x} -> {y}"));
            }
        }
    }
    assert!(compared > 250, "{compared} of {}", pairs.len());
    assert!(bad.is_empty(), "{} of {compared}:\n{}", bad.len(), bad.iter().take(30).cloned().collect::<Vec<_>>().join("\n"));
    // What is open, whole and told of is worth its points.
    let first = &all["datasets/b0"];
    assert!(first[0].1 > 60.0, "{first:?}");
}

#[test]
fn signs_for_nothing_earn_no_more_than_empty_cells() {
    let table = |sign: &str| {
        (0..60).fold("code,name,note\n".to_string(), |t, n| t + &format!("c{n},{},{}\n", if n % 3 == 0 { sign } else { "河东" }, ["甲", sign, "乙"][n % 3]))
    };
    let of = |sign: &str| {
        let p = of_table("d.csv", table(sign), &Value::Null);
        p.build();
        scores(&p).remove("datasets/t").expect("there")
    };
    let empty = of("");
    for sign in ["-", "—", "N/A", "无", "…"] {
        for ((key, a), (_, b)) in empty.iter().zip(of(sign)) {
            assert!(b <= *a + 1e-9, "{sign}: {key} {a} -> {b}");
        }
    }
}

#[test]
fn a_score_claims_nothing_that_is_not_so() {
    let p = of_table("d.csv", "k,v\na,1\nb,2\n", &Value::Null);
    let points = |p: &Project| {
        let q: Value = serde_json::from_str(&p.read("public/datasets/quality.json")).expect("json");
        let all = q["datasets"][0]["mqa"]["criteria"].as_array().expect("a list").clone();
        all.iter().find(|c| c["criterion"] == "dcat_ap").map(|c| c["points"].clone()).expect("there")
    };
    p.build();
    assert_eq!((points(&p), p.exists("public/catalog.ttl")), (json!(30.0), true), "DCAT is written");
    p.file("site.yaml", format!("{SITE}outputs: {{dcat_ap: false}}\n"));
    p.build();
    assert!(!p.exists("public/catalog.ttl"));
    let q: Value = serde_json::from_str(&p.read("public/datasets/quality.json")).expect("json");
    let mqa = q["datasets"][0]["mqa"]["criteria"].as_array().expect("a list");
    let dcat = mqa.iter().find(|c| c["criterion"] == "dcat_ap").expect("there");
    assert_eq!((&dcat["points"], &dcat["of"]), (&json!(0.0), &json!(30.0)), "no DCAT is written");
    let shown = p.read("public/datasets/t/index.html");
    assert!(shown.contains("This site switches DCAT-AP off"), "and it says why");
    // Nothing to count is no merit.
    assert!(!shown.contains("0 of 0"), "{shown}");
    let empty = project();
    let d = json!({"title": "T", "publisher": "office", "license": "CC-BY-4.0", "access_rights": "closed", "resources": []});
    empty.file("content/datasets/t/dataset.yaml", d.to_string());
    empty.run(&["build"]);
    let q: Value = serde_json::from_str(&empty.read("public/datasets/quality.json")).expect("json");
    assert_eq!(q["datasets"][0]["accuracy"]["points"], json!(0.0), "{q}");
    // A closed dataset does not say that it may be used freely.
    let shown = empty.read("public/datasets/t/index.html");
    assert!(!shown.contains("freely, as long") && shown.contains("may not be had or used freely"), "{shown}");
    // No sentence has a hole where a number should be.
    for (site, id) in [(&p, "t"), (&empty, "t")] {
        let html = site.read(&format!("public/datasets/{id}/index.html"));
        let part = html.split("class=\"block quality\"").nth(1).expect("quality");
        for li in part.split("<li>").skip(1).map(|t| t.split("</li>").next().unwrap_or("")) {
            assert!(!li.contains(" of  ") && !li.starts_with(' ') && !li.contains("{n}"), "{li}");
        }
    }
}

#[test]
fn criteria_without_numbers_have_sentences_without_numbers() {
    let p = of_table("d.csv", "k,v\na,1\nb,2\n", &json!({"fields": [{"name": "k", "title": "K"}]}));
    p.build();
    let q: Value = serde_json::from_str(&p.read("public/datasets/quality.json")).expect("json");
    for lang in ["en", "zh-Hans", "zh-Hant"] {
        let messages = String::from_utf8(bytes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/civic/i18n/{lang}.yaml")))).expect("text");
        for score in ["completeness", "accuracy", "timeliness", "understandability", "mqa", "udata"] {
            for c in q["datasets"][0][score]["criteria"].as_array().expect("a list") {
                let key = c["criterion"].as_str().expect("a text");
                let line = messages.lines().find(|l| l.starts_with(&format!("quality.{key}:"))).unwrap_or_else(|| panic!("{lang}: {key}"));
                for (hole, there) in [("{n}", "found"), ("{of}", "total")] {
                    assert!(!line.contains(hole) || c.get(there).is_some(), "{lang}: {score} has no number for {line}");
                }
            }
        }
    }
}

// ---- Data Packages ----

/// The files of a zip that is published.
fn package(p: &Project, path: &str) -> (Value, String) {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes(&p.path(path)))).expect("a zip");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for i in 0..zip.len() {
        let mut f = zip.by_index(i).expect("a file");
        let name = f.name().expect("a name").to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut f, &mut text).expect("text");
        texts.insert(name, text);
    }
    let json: Value = serde_json::from_str(&texts["datapackage.json"]).expect("json");
    let csv = texts.remove(json["resources"][0]["path"].as_str().expect("a path")).expect("the data");
    (json, csv)
}

fn list(v: &Value) -> Option<Vec<String>> {
    Some(v.as_array()?.iter().filter_map(Value::as_str).map(String::from).collect())
}

/// Whether a cell is of the type and format of a field, as Table Schema has it.
fn is_of(field: &Value, v: &str) -> bool {
    let format = field["format"].as_str();
    let kind = field["type"].as_str().unwrap_or("string");
    match kind {
        "integer" => v.parse::<i128>().is_ok(),
        "number" => {
            let mut t = v.to_string();
            if field["bareNumber"] == json!(false) {
                t = t.trim_start_matches(|c: char| c != '-' && !c.is_ascii_digit()).trim_end_matches(|c: char| !c.is_ascii_digit()).to_string();
            }
            if let Some(g) = field["groupChar"].as_str() {
                t = t.replace(g, "");
            }
            t.parse::<f64>().is_ok_and(f64::is_finite)
        }
        "boolean" => {
            let words = |k: &str, or: &[&str]| list(&field[k]).unwrap_or_else(|| or.iter().map(|w| w.to_string()).collect());
            words("trueValues", &["true", "True", "TRUE", "1"]).iter().chain(&words("falseValues", &["false", "False", "FALSE", "0"])).any(|w| w == v)
        }
        "year" => v.len() == 4 && v.parse::<u16>().is_ok(),
        "yearmonth" => jiff::civil::Date::strptime("%Y-%m-%d", format!("{v}-01")).is_ok(),
        "date" => jiff::civil::Date::strptime(format.unwrap_or("%Y-%m-%d"), v).is_ok(),
        "datetime" => match format {
            Some(f) => jiff::fmt::strtime::parse(f.trim_end_matches('Z'), v.trim_end_matches('Z')).is_ok(),
            None => {
                v.as_bytes().get(10) == Some(&b'T') && v.trim_end_matches('Z').split(['+']).next().is_some_and(|t| t.parse::<jiff::civil::DateTime>().is_ok())
            }
        },
        "time" => v.parse::<jiff::civil::Time>().is_ok(),
        "string" | "any" => true,
        other => panic!("no type {other}"),
    }
}

/// What does not hold of a package: every cell is read again by the schema that is written.
fn wrong(json: &Value, csv: &str) -> Vec<String> {
    let schema = &json["resources"][0]["schema"];
    let mut out = Vec::new();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
    let head: Vec<String> = reader.headers().expect("a head").iter().map(String::from).collect();
    let fields = schema["fields"].as_array().expect("fields");
    let names: Vec<&str> = fields.iter().filter_map(|f| f["name"].as_str()).collect();
    if head != names {
        out.push(format!("labels {head:?} {names:?}"));
    }
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let missing = list(&schema["missingValues"]).expect("signs");
    for (c, f) in fields.iter().enumerate() {
        let signs = list(&f["missingValues"]).unwrap_or_else(|| missing.clone());
        let mut seen = std::collections::BTreeSet::new();
        for (n, row) in rows.iter().enumerate() {
            let v = row.get(c).unwrap_or_else(|| panic!("row {n} is short"));
            if signs.iter().any(|s| s == v) {
                if f["constraints"]["required"] == json!(true) {
                    out.push(format!("{} row {n}: missing", names[c]));
                }
                continue;
            }
            if !is_of(f, v) {
                out.push(format!("{} row {n}: {v} is no {} {}", names[c], f["type"], f["format"]));
            }
            if f["constraints"]["unique"] == json!(true) && !seen.insert(v.to_string()) {
                out.push(format!("{} row {n}: {v} again", names[c]));
            }
            if list(&f["constraints"]["enum"]).is_some_and(|e| !e.iter().any(|x| x == v)) {
                out.push(format!("{} row {n}: {v} is not listed", names[c]));
            }
        }
    }
    if let Some(key) = list(&schema["primaryKey"]) {
        let at: Vec<usize> = key.iter().map(|k| names.iter().position(|n| n == k).expect("a column")).collect();
        let keys: std::collections::BTreeSet<Vec<&str>> = rows.iter().map(|r| at.iter().map(|c| &r[*c]).collect()).collect();
        if keys.len() != rows.len() {
            out.push("primary key".into());
        }
    }
    out
}

fn field<'a>(json: &'a Value, name: &str) -> &'a Value {
    json["resources"][0]["schema"]["fields"].as_array().expect("fields").iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn a_package_describes_the_file_beside_it() {
    for (name, file) in [("t-datapackage-na", "data.csv"), ("t-date-nian", "data.csv")] {
        let p = of_case(name, &[file, "dataset.yaml"]);
        p.build();
        let (json, csv) = package(&p, "public/datasets/t/data/data.zip");
        assert!(wrong(&json, &csv).is_empty(), "{name}: {:?}", wrong(&json, &csv));
        match name {
            "t-datapackage-na" => {
                assert_eq!(json["resources"][0]["schema"]["missingValues"], json!(["", "n/a"]));
                assert_eq!(field(&json, "pop")["type"], json!("integer"));
            }
            _ => assert!(csv.contains("1998年") && field(&json, "date")["type"] == json!("string"), "{json}"),
        }
    }
    let (p, dir) = (project(), case("datapackage-fails-validation"));
    for f in ["pack/pack.csv", "pack/dataset.yaml", "declared/declared.csv", "declared/dataset.yaml"] {
        p.file(&format!("content/datasets/{f}"), bytes(&dir.join("content/datasets").join(f)));
    }
    p.run(&["build"]);
    let (json, csv) = package(&p, "public/datasets/pack/t/t.zip");
    assert!(wrong(&json, &csv).is_empty(), "{:?}", wrong(&json, &csv));
    let of = |n: &str| (field(&json, n)["type"].clone(), field(&json, n)["format"].clone());
    assert_eq!(of("d"), (json!("date"), json!("%Y/%m/%d")));
    assert_eq!(of("z"), (json!("date"), json!("%Y年%m月%d日")));
    assert_eq!(of("t"), (json!("datetime"), json!("%Y-%m-%d %H:%M")));
    assert_eq!((&field(&json, "p")["type"], &field(&json, "p")["bareNumber"]), (&json!("number"), &json!(false)));
    assert_eq!(of("ok").0, json!("boolean"));
    assert_eq!(json["resources"][0]["schema"]["missingValues"], json!(["", "N/A", "NA"]));
    let (json, csv) = package(&p, "public/datasets/declared/t/t.zip");
    assert!(wrong(&json, &csv).is_empty(), "{:?}", wrong(&json, &csv));
    assert_eq!(field(&json, "code")["constraints"], json!({"required": true, "pattern": "\\d{3}"}));
    assert_eq!((&field(&json, "sex")["constraints"], &field(&json, "sex")["rdfType"]), (&json!({"enum": ["m", "f"]}), &json!("https://schema.org/gender")));
    assert_eq!(field(&json, "when")["type"], json!("date"), "{json}");
    assert_eq!(json["resources"][0]["schema"]["primaryKey"], json!(["code"]));
    assert!(list(&json["resources"][0]["schema"]["missingValues"]).expect("signs").iter().any(|m| m == "-"));
}

#[test]
fn what_does_not_hold_for_every_cell_is_not_in_the_schema() {
    let rows: String = (0..60).map(|i| format!("{i},{},{},{},x{}\n", if i == 7 { "many".into() } else { i.to_string() }, i % 5, 2000 + i, i % 3)).collect();
    let told = json!({"primaryKey": ["few"], "foreignKeys": [{"fields": ["few"], "reference": {"resource": "data", "fields": ["n"]}},
        {"fields": ["year"], "reference": {"resource": "data", "fields": ["n"]}}], "fields": [
        {"name": "n", "type": "integer", "constraints": {"unique": true, "minimum": 0, "maximum": 59}},
        {"name": "odd", "type": "integer", "constraints": {"required": true}},
        {"name": "few", "constraints": {"unique": true, "maximum": 3}},
        {"name": "year", "type": "year"},
        {"name": "word", "type": "string", "constraints": {"enum": ["x0", "x1"], "minLength": 2}}]});
    let p = of_table("d.csv", format!("n,odd,few,year,word\n{rows}"), &told);
    p.run(&["build"]);
    let (json, csv) = package(&p, "public/datasets/t/data/data.zip");
    assert!(wrong(&json, &csv).is_empty(), "{:?}", wrong(&json, &csv));
    let f = |n: &str| (&field(&json, n)["type"], &field(&json, n)["constraints"]);
    assert_eq!(f("n"), (&json!("integer"), &json!({"unique": true, "minimum": 0, "maximum": 59})));
    assert_eq!(f("odd"), (&json!("string"), &json!({"required": true})));
    assert_eq!(f("few"), (&json!("integer"), &Value::Null));
    assert_eq!((f("year").0, f("word")), (&json!("year"), (&json!("string"), &json!({"minLength": 2}))));
    let schema = &json["resources"][0]["schema"];
    assert_eq!((&schema["primaryKey"], schema["foreignKeys"].as_array().map(Vec::len)), (&Value::Null, Some(1)));
    // A sign for a missing value in one column is a value in another: NA is Namibia.
    let p = of_table("d.csv", "code,n\nNA,1\nDE,NA\nFR,3\nIT,4\n", &Value::Null);
    p.build();
    let (json, csv) = package(&p, "public/datasets/t/data/data.zip");
    assert!(wrong(&json, &csv).is_empty());
    assert_eq!((&json["resources"][0]["schema"]["missingValues"], &field(&json, "code")["missingValues"]), (&json!(["", "NA"]), &json!([""])));
}

#[test]
fn packages_of_real_tables_hold_for_every_cell() {
    let p = project();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut n = 0;
    for folder in
        ["bad-csv-messytables", "datapackages", "cn-admin-divisions", "gbk-nbs-exports", "ckan-dataportals", "tw-calendar", "tw-catalogues", "nbs-annual-A"]
    {
        let files = crate::tables::files(&root.join(folder));
        assert!(!files.is_empty(), "the data beside the project are missing: {folder}");
        for f in files.into_iter().filter(|f| f.metadata().is_ok_and(|m| m.len() < 150_000)).take(25) {
            let Some(ending) = f.extension().and_then(|e| e.to_str()).filter(|e| ["csv", "tsv", "xlsx", "xls", "ods", "json"].contains(e)) else { continue };
            p.file(&format!("content/datasets/t{n}/d.{ending}"), bytes(&f));
            let d = json!({"title": f.display().to_string(), "publisher": "office", "license": "CC0-1.0", "resources": [{"name": "d", "path": format!("d.{ending}")}]});
            p.file(&format!("content/datasets/t{n}/dataset.yaml"), d.to_string());
            n += 1;
        }
    }
    p.run(&["build", "--hold-back", "--quiet"]);
    let (mut read, mut bad) = (0, Vec::new());
    for i in (0..n).filter(|i| p.exists(&format!("public/datasets/t{i}/d/d.zip"))) {
        let (json, csv) = package(&p, &format!("public/datasets/t{i}/d/d.zip"));
        read += 1;
        bad.extend(wrong(&json, &csv).into_iter().take(3).map(|w| format!("{}: {w}", json["title"])));
    }
    assert!(read >= 40, "{read} of {n}");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

// ---- The copy for Excel ----

#[test]
fn texts_that_look_like_numbers_are_texts_in_the_copy_for_excel() {
    let (p, dir) = (project(), case("excel-copy-digits"));
    for f in ["ids.csv", "dataset.yaml"] {
        p.file(&format!("content/datasets/ids/{f}"), bytes(&dir.join("content/datasets/ids").join(f)));
    }
    p.file(
        "content/datasets/ids/dataset.yaml",
        p.read("content/datasets/ids/dataset.yaml") + "    allow_personal: [{field: long, reason: made up, approved_by: me, until: 2027-01-01}]\n",
    );
    p.run(&["build"]);
    let copy = p.read("public/datasets/ids/t/t.excel.csv");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(copy.as_bytes()).records().map(|r| r.expect("a row")).collect();
    assert_eq!((&rows[0][0], &rows[0][1], &rows[2][0]), ("=\"01569\"", "=\"12345678901234567890\"", "=\"10001\""));
    // The clean CSV holds the values themselves.
    assert!(p.read("public/datasets/ids/t/t.csv").contains("01569,12345678901234567890"));
    let page = p.read("public/datasets/ids/t/index.html");
    assert!(page.contains("looks like a number or a day") && !page.contains("intact; formulas"), "the words say what is so");
    // Other texts, an age group in the head, formulas, and numbers as they were.
    let p = of_table(
        "d.csv",
        "name,room,1-2,n\n=1+1,1E05,5,1.5\nSEPT2,2-3,6,12345678901234.5678\nplain,A1,7,3\n",
        &json!({"fields": [{"name": "room", "type": "string"}]}),
    );
    p.run(&["build"]);
    let copy = p.read("public/datasets/t/data/data.excel.csv");
    let mut reader = csv::Reader::from_reader(copy.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().expect("a head").iter().collect::<Vec<_>>(), ["name", "room", "=\"1-2\"", "n"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows[0].iter().collect::<Vec<_>>(), ["'=1+1", "=\"1E05\"", "5", "1.5"]);
    assert_eq!(rows[1].iter().collect::<Vec<_>>(), ["=\"SEPT2\"", "=\"2-3\"", "6", "=\"12345678901234.5678\""]);
    assert_eq!(rows[2].iter().collect::<Vec<_>>(), ["plain", "A1", "7", "3"]);
}

#[test]
fn years_that_are_declared_are_years() {
    let p = Project::new(SITE);
    p.file("content/datasets/t/t.csv", "tree,planted\nLime,1998\nPlane,1962\nRowan,2015\n");
    let site = |kind: &str| {
        format!("title: Trees\nlicense: CC0-1.0\nresources:\n  - {{path: t.csv, schema: {{fields: [{{name: tree}}, {{name: planted, type: {kind}}}]}}}}\n")
    };
    p.file("content/datasets/t/dataset.yaml", site("year"));
    assert!(!p.codes().contains(&"OD002".to_string()), "{:?}", p.findings(&[]));
    p.file("content/datasets/t/t.csv", "tree,planted\nLime,98\nPlane,62\nRowan,15\n");
    assert!(p.codes().contains(&"OD002".to_string()), "two digits are no year");
}

#[test]
fn an_unknown_type_is_told_and_changes_no_value() {
    for (word, near) in [("strnig", "did you mean string?"), ("interger", "did you mean integer?"), ("年份", "allowed: ")] {
        let p = of_table("d.csv", "k,v\na,\"1,200\"\nb,\"3,400\"\n", &json!({"fields": [{"name": "v", "type": word}]}));
        let ran = p.run(&["check"]);
        assert!(ran.out.contains("SRC008") && ran.out.contains(&format!("`type`: `{word}`")) && ran.out.contains(near), "{word}: {ran:?}");
        p.build();
        assert!(p.read("public/datasets/t/data/data.csv").contains("1,200"), "{word}");
    }
    for word in ["string", "any", "数值型", "geopoint"] {
        let p = of_table("d.csv", "k,v\na,1\n", &json!({"fields": [{"name": "v", "type": word}]}));
        assert!(!p.codes().contains(&"SRC008".to_string()), "{word}");
    }
}

#[test]
fn an_archive_that_is_refused_is_not_published() {
    use std::io::Write as _;
    let mut z = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    z.start_file("a.csv", zip::write::SimpleFileOptions::default()).expect("zip");
    z.write_all(&b"a,b\n1,2\n".repeat(4 << 20)).expect("zip");
    let bytes = z.finish().expect("zip").into_inner();
    let p = of_table("d.zip", bytes, &Value::Null);
    let ran = p.run(&["check"]);
    assert!(ran.out.contains("TAB001") && ran.out.contains("the original is not published") && ran.out.contains("SEC011"), "{ran:?}");
    p.run(&["build"]);
    assert!(p.path("public/datasets/t/index.html").exists() && !p.path("public/datasets/t/d.zip").exists());
    assert!(p.read("public/datasets/t/index.html").contains("not published for now"));
}

#[test]
fn formats_of_texts_are_held_against_the_values() {
    let p = of_table(
        "d.csv",
        "name,mail,page,key\nA,a@b.example,https://a.example/,123e4567-e89b-12d3-a456-426614174000\nB,b#c.example,a.example,123\nC,-,,\n",
        &json!({"fields": [{"name": "name", "type": "string"}, {"name": "mail", "type": "string", "format": "email"}, {"name": "page", "format": "uri", "type": "string"}, {"name": "key", "type": "string", "format": "uuid"}]}),
    );
    let told: Vec<String> = p.findings(&[]).into_iter().filter(|f| f.0 == "OD002").map(|f| format!("{}:{}", f.2, f.3)).collect();
    assert_eq!(told.len(), 3, "{:?}", p.findings(&[]));
    let out = p.run(&["check", "--lang", "en"]).out;
    for v in ["b#c.example in row 2", "a.example in row 2", "123 in row 2"] {
        assert!(out.contains(v), "{v}: {out}");
    }
    let package: serde_json::Value = {
        p.run(&["build", "--allow-errors"]);
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(std::fs::read(p.path("public/datasets/t/data/data.zip")).expect("a zip"))).expect("opens");
        serde_json::from_reader(zip.by_name("datapackage.json").expect("a package")).expect("JSON")
    };
    // What does not hold for every cell is not promised.
    let mail = &package["resources"][0]["schema"]["fields"][1];
    assert!(mail["format"] != "email", "{mail}");
}
