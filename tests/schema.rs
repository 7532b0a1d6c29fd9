//! The declarations of fields: the list itself, the JSON Schemas made of it, and that schemas and readers agree.
#![expect(clippy::print_stderr, reason = "a validator that is not there is said loudly")]

use crate::support::Project;
use clerestory::schema::json::DIALECT;
use clerestory::types::{Types, all, files};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn declarations_are_whole() {
    let records = all();
    let ids: BTreeSet<&str> = records.iter().map(|r| r.id).collect();
    assert_eq!(ids.len(), records.len(), "an id is there twice");
    assert!(records.iter().map(|r| r.fields.len()).sum::<usize>() > 200);
    for r in records {
        let mut keys = BTreeSet::new();
        for f in r.all() {
            assert!(f.spellings().all(|k| keys.insert(k)), "{}: {} is there twice", r.id, f.key);
            let (zh, en) = (f.label.zh, f.label.en);
            assert!(!zh.is_empty() && !en.is_empty() && !han(en), "{} {}: {zh} {en}", r.id, f.key);
            assert!(!f.help.zh.is_empty() && !f.help.en.is_empty() && f.help.en.is_ascii() || f.help.en.contains(['…', '€']), "{} {}", r.id, f.key);
            assert!(f.need[1] <= f.need[2] && f.need[0] <= f.need[1], "{} {}: a stricter profile asks for less", r.id, f.key);
            assert!(f.also.iter().all(|w| han(w)), "{} {}", r.id, f.key);
        }
    }
}

#[test]
fn words_lead_to_the_keys_that_they_mean() {
    use clerestory::types::key_of;
    for (word, key) in [("标题", "title"), ("名称", "title"), ("姓名", "name"), ("文号", "doc_no"), ("更新周期", "frequency"), ("来源", "source")]
    {
        assert_eq!(key_of(word), Some(key), "{word}");
    }
    assert_eq!(key_of("天气"), None);
    // The readers and the words know the sections in one order.
    let keys: Vec<&str> = clerestory::types::interpretation::sections::RECORD.fields.iter().map(|f| f.key).collect();
    assert_eq!(keys, clerestory::model::vocab::SECTIONS.iter().map(|s| s.key).collect::<Vec<_>>());
}

#[test]
fn the_command_lists_prints_and_refuses() {
    let p = Project::new("title: 某市\nlanguages: [zh-Hans, en]\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let ran = p.run(&["schema", "--lang", "en"]);
    assert!(ran.code == 0 && ran.out.contains("policy") && ran.out.contains("dataset/license"), "{}", ran.out);
    for word in ["dataset", "datasets", "数据集"] {
        let ran = p.run(&["schema", word, "--lang", "zh"]);
        let v: serde_json::Value = serde_json::from_str(&ran.out).expect(word);
        assert_eq!((ran.code, v["$schema"].as_str()), (0, Some(DIALECT)), "{word}");
        assert_eq!(v["properties"]["publisher"]["title"], "提供部门");
        let all = v.to_string();
        assert!(all.contains("\"office\"") && all.contains("\"zh-Hans\":"), "what the project has is offered");
    }
    let ran = p.run(&["schema", "datset", "--lang", "en"]);
    assert!(ran.code == 2 && ran.err.contains("did you mean: dataset"), "{} {}", ran.out, ran.err);
    // A vocabulary that cannot be relied on is told, with its place.
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n- {id: office, name: 又一个}\n- {id: 乙, name: 乙}\n");
    let ran = p.run(&["schema", "policy", "--lang", "en"]);
    assert!(ran.code == 1 && ran.err.contains("content/departments.yaml:2:8") && ran.err.contains("content/departments.yaml:3:8"), "{}", ran.err);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(crate::support::run_in(empty.path(), &["schema", "policy"]).code, 0, "without a project too");
    assert_eq!(crate::support::run_in(empty.path(), &["schema", "--write"]).code, 2);
}

#[test]
fn a_new_project_tells_editors_its_schemas() {
    let tmp = tempfile::tempdir().unwrap();
    assert_eq!(crate::support::run_in(tmp.path(), &["init", "site", "--kind", "city-cn", "--lang", "zh"]).code, 0);
    let site = tmp.path().join("site");
    let read = |f: &str| String::from_utf8(crate::support::tree(&site)[f].clone()).unwrap();
    for (file, line) in [
        ("site.yaml", "# yaml-language-server: $schema=.clerestory/schema/site.json"),
        ("content/departments.yaml", "# yaml-language-server: $schema=../.clerestory/schema/department.json"),
        ("content/policies/_column.yaml", "# yaml-language-server: $schema=../../.clerestory/schema/column.json"),
        ("content/datasets/example/dataset.yaml", "# yaml-language-server: $schema=../../../.clerestory/schema/dataset.json"),
    ] {
        assert_eq!(read(file).lines().next(), Some(line), "{file}");
        assert!(crate::support::tree(&site).contains_key(line.rsplit("../").next().unwrap().rsplit('=').next().unwrap()), "{line}");
    }
    let settings: serde_json::Value = serde_json::from_str(&read(".vscode/settings.json")).unwrap();
    for (schema, patterns) in settings["yaml.schemas"].as_object().unwrap() {
        assert!(crate::support::tree(&site).contains_key(schema.trim_start_matches("./")), "{schema}");
        assert!(patterns.as_array().is_some_and(|p| !p.is_empty()));
    }
    // They are made anew; the user's settings are left alone.
    let ran = crate::support::run_in(&site, &["schema", "--write", "--lang", "en"]);
    assert!(ran.code == 0 && ran.out.contains("was left as it is"), "{} {}", ran.out, ran.err);
    let department: serde_json::Value = serde_json::from_str(&read(".clerestory/schema/department.json")).unwrap();
    assert_eq!(department["title"], "Department (departments.yaml)");
}

/// Every mapping with a `name`, and the values of its menu.
fn forms(v: &serde_json::Value, out: &mut Vec<(String, serde_json::Value)>) {
    match v {
        serde_json::Value::Object(o) => {
            if let Some(name) = o.get("name").and_then(|n| n.as_str()).filter(|_| o.contains_key("widget")) {
                out.push((name.to_string(), v.clone()));
            }
            o.values().for_each(|v| forms(v, out));
        }
        serde_json::Value::Array(a) => a.iter().for_each(|v| forms(v, out)),
        _ => {}
    }
}

#[test]
fn the_editor_in_the_browser_has_forms_for_what_is_declared() {
    use clerestory::types::editor::{Editor, Project as Site, config, yaml};
    let keys: BTreeSet<&str> = all().iter().flat_map(|r| r.all()).map(|f| f.key).collect();
    for (editor, lang) in [(Editor::Sveltia, clerestory::diag::Tongue::Zh), (Editor::Decap, clerestory::diag::Tongue::En)] {
        let site = Site {
            lang,
            profile: 1,
            content: "content".into(),
            settings: "site.yaml".into(),
            languages: vec!["zh-Hans".into(), "en".into()],
            departments: vec![("office".into(), "办公室: \"甲\" # 乙".into())],
            themes: Vec::new(),
            reports: ["office/2025", "website/2025", "effect/2026-Q3"].map(|r| (format!("reports/{r}.yaml"), format!("报告 {r}"))).into(),
        };
        let made = config(editor, &Types::default(), &site);
        // What is printed is YAML that says the same.
        let text = yaml(&made);
        let source = clerestory::load::Source::new("config.yml", text.as_str());
        let mut found = Vec::new();
        let node = clerestory::load::parse_yaml(&source, 0..text.len(), &mut found).unwrap();
        assert!(found.is_empty(), "{found:#?}");
        let count = node.get("collections").map(|n| matches!(&n.kind, clerestory::load::Kind::List(l) if l.len() == clerestory::types::TYPES.len() + 3));
        assert_eq!(count, Some(true), "{text}");
        // The files of disclosure; a list at the top of a file is one of which only the first editor knows.
        let disclosed = made["collections"].as_array().unwrap().iter().find(|c| c["name"] == "disclosure").unwrap();
        let names: Vec<&str> = disclosed["files"].as_array().unwrap().iter().filter_map(|f| f["file"].as_str()).collect();
        if editor == Editor::Sveltia {
            let wanted = ["guide", "catalogue", "plan", "exceptions"].map(|f| format!("content/disclosure/{f}.yaml"));
            assert_eq!(names, wanted);
            let list = &disclosed["files"][1]["fields"][0];
            assert_eq!((list["root"].as_bool(), list["label"].as_str(), list["fields"][0]["name"].as_str()), (Some(true), Some("公开目录"), Some("node")));
        } else {
            assert_eq!(names, ["content/disclosure/guide.yaml"]);
        }
        // A report is a form of its own, with the fields of its kind.
        let reports = made["collections"].as_array().unwrap().iter().find(|c| c["name"] == "reports").unwrap();
        for (n, file, field) in [(0, "office/2025", "problems"), (1, "website/2025", "visitors"), (2, "effect/2026-Q3", "parts")] {
            let form = &reports["files"][n];
            assert_eq!(form["file"], format!("content/reports/{file}.yaml"));
            assert!(form["fields"].as_array().unwrap().iter().any(|f| f["name"] == field), "{form}");
        }
        let mut all = Vec::new();
        forms(&made["collections"], &mut all);
        assert!(all.len() > 200);
        for (name, form) in &all {
            let known = keys.contains(name.as_str()) || ["body", "entry", "entries", "zh-Hans", "en"].contains(&name.as_str());
            assert!(known && name != "extra" && !name.is_empty(), "{name}");
            assert!(form["label"].as_str().is_some_and(|l| !l.is_empty()), "{form}");
        }
        let one = |name: &str| all.iter().find(|(n, _)| n == name).map(|(_, f)| f.clone()).unwrap();
        assert_eq!((one("draft")["widget"].as_str(), one("draft")["default"].as_bool()), (Some("boolean"), Some(true)));
        assert_eq!(one("issuer")["options"][0]["value"], "office");
        assert_eq!((one("doc_type")["options"][7]["value"].as_str(), one("published_at")["required"].as_bool()), (Some("通知"), Some(true)));
        assert!(all.iter().all(|(n, f)| n == "draft" || f["widget"] != "boolean"), "a switch says no where nothing was said");
    }
    let p = Project::new("title: 某市\nlanguages: [zh-Hans]\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
    let ran = p.run(&["editor"]);
    assert!(ran.code == 0 && ran.out.contains("value: \"office\"") && !ran.out.contains("local_backend"), "{}{}", ran.out, ran.err);
    assert!(p.run(&["editor", "--decap"]).out.contains("local_backend: true"));
    p.file("content/departments.yaml", "- {id: office, name: [x]}\n- name: 无编号\n");
    let ran = p.run(&["editor"]);
    assert!(
        ran.code == 1 && ran.out.is_empty() && ran.err.contains("content/departments.yaml:1:22") && ran.err.contains("content/departments.yaml:2:3"),
        "{}",
        ran.err
    );
}

/// The outside validator, or `None`, said loudly, where this machine lacks it.
pub fn outside(list: &str) -> Option<BTreeMap<String, Vec<(String, String)>>> {
    let probe = Command::new("python3").args(["-c", "import jsonschema, yaml; jsonschema.Draft202012Validator"]).output();
    if !probe.is_ok_and(|o| o.status.success()) {
        eprintln!("\n*** NOT CHECKED: python3 with jsonschema (4 or later) and yaml is not there; run-tests installs them ***\n");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas.py");
    let mut child = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let list = list.to_string();
    let feed = std::thread::spawn(move || stdin.write_all(list.as_bytes()));
    let out = child.wait_with_output().unwrap();
    feed.join().unwrap().unwrap();
    assert!(out.status.success(), "the validator failed");
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for line in String::from_utf8(out.stdout).unwrap().lines() {
        let mut parts = line.splitn(3, '\t');
        let (file, place, what) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
        found.entry(file.to_string()).or_default().push((place.to_string(), what.to_string()));
    }
    Some(found)
}

/// The schemas in a folder of their own.
fn schemas() -> (tempfile::TempDir, impl Fn(&str) -> PathBuf) {
    let tmp = tempfile::tempdir().unwrap();
    let p = Project::new("title: x\n");
    for r in Types::default().records() {
        let ran = p.run(&["schema", r.id, "--lang", "en"]);
        p.file(&format!("s/{}.json", r.id), ran.out);
        crate::support::copy_tree(&p.root().join("s"), tmp.path());
    }
    let dir = tmp.path().to_path_buf();
    (tmp, move |id: &str| dir.join(format!("{id}.json")))
}

/// `SCHEMA<tab>FILE` for each content file of a project.
fn listed(root: &Path, schema: &dyn Fn(&str) -> PathBuf) -> String {
    let mut out = String::new();
    let content = ["content".to_string()];
    let below = crate::support::tree(&root.join("content"));
    let names: Vec<String> = below.keys().map(|n| format!("content/{n}")).chain(["site.yaml".to_string()]).collect();
    for name in names.iter().filter(|n| n.ends_with(".md") || n.ends_with(".yaml")) {
        let as_yaml = name.strip_suffix(".md").map_or(name.clone(), |n| format!("{n}.yaml"));
        let Some(mut r) = files::record_of(&as_yaml, &Types::default(), &content) else { continue };
        // `a.en.md` beside `a.md` is its translation.
        let first = Path::new(name).file_stem().and_then(|s| s.to_str()).and_then(|s| s.rsplit_once('.')).map(|(stem, _)| format!("{stem}.md"));
        if first.is_some_and(|f| name.ends_with(".md") && root.join(name).with_file_name(f).exists()) {
            r = &clerestory::types::translation::RECORD;
        }
        writeln!(out, "{}\t{}", schema(r.id).display(), root.join(name).display()).unwrap();
    }
    out
}

#[test]
fn schemas_accept_every_golden_file_and_refuse_the_broken_ones() {
    let (_keep, schema) = schemas();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = root.join("tests/golden");
    let mut list = String::new();
    for site in ["city-cn", "department-cn", "generic-en", "languages", "tables"] {
        list.push_str(&listed(&golden.join(site), &schema));
    }
    list.push_str(&listed(root, &schema));
    assert!(list.lines().count() > 100, "{list}");
    let Some(found) = outside(&list) else { return };
    assert!(found.is_empty(), "{found:#?}");
    let found = outside(&listed(&golden.join("broken"), &schema)).unwrap();
    let has = |file: &str, what: &str| found.iter().any(|(f, l)| f.ends_with(file) && l.iter().any(|(_, w)| w.contains(what)));
    assert!(has("broken/site.yaml", "languges") && has("policies/date.md", "titel") && has("policies/date.md", "2021-02-30"), "{found:#?}");
    assert!(found.keys().any(|f| f.ends_with("departments.yaml")), "{found:#?}");
}

/// What readers say of the form of one field alone, and what the schema says.
#[test]
fn schemas_and_readers_refuse_the_same() {
    let (_keep, schema) = schemas();
    let values = [
        "[a, b]",
        "{a: b}",
        "x",
        "2021-02-30",
        "2020-2-29",
        "2021-04-31",
        "20210412",
        "2021年4月12日",
        "二〇二一年四月十二日",
        "2021/4/12 9:30",
        "[]",
        "true",
        "Yes",
        "否",
        "maybe",
        "-3",
        "5",
        "\"5\"",
        "5.5",
        "[[x]]",
        "{zh: [b]}",
        "required",
        "{exempt: x}",
        "{exempt: }",
        "通知",
        "notice",
        "[文字, x]",
        "{name: a}",
        "{name: [a]}",
        "yearly",
        "{start: 1}",
        "{end: 1}",
        "{tel: 1}",
        "{phone: 1}",
        "[{on: 2021-01-01, note: x}]",
        "[{on: 2021-01-01}]",
        "[{on: , note: x}]",
        "[{file: a.csv}]",
        "[{title: a}]",
        "[{kind: line}]",
        "[{kind: }]",
        "[{q: a}]",
        "changes",
        "[changes]",
        "[{block: text}]",
        "[{block: }]",
        "\"\"",
        "\"  \"",
    ];
    // Said by other files, of days that only a calendar knows, or of words that give no reason.
    let elsewhere = |message: &str| message.contains("not among the languages") || message.contains("does not say why");
    let p = Project::new("title: 甲\n");
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    for (id, folder) in [("policy", "policies"), ("interpretation", "interpretations"), ("dataset", "datasets"), ("topic", "topics")] {
        for f in Types::default().word(id).unwrap().record.all().filter(|f| f.key != "title") {
            for (i, v) in values.iter().enumerate() {
                let name = if id == "dataset" { format!("{folder}/{}-{i}/dataset.yaml", f.key) } else { format!("{folder}/{}-{i}.yaml", f.key) };
                let text = format!("title: 甲\n{}: {v}\n", f.key);
                p.file(&format!("content/{name}"), &text);
                made.insert(format!("content/{name}"), format!("{}\t{}", schema(id).display(), p.root().join("content").join(&name).display()));
            }
        }
    }
    let list: String = made.values().map(|l| format!("{l}\n")).collect();
    let Some(outside) = outside(&list) else { return };
    let outside: BTreeSet<String> = outside.keys().map(|f| Path::new(f).strip_prefix(p.root()).unwrap().to_string_lossy().replace('\\', "/")).collect();
    let ran = p.run(&["check", "--format", "json", "--lang", "en", "--as-of", "2026-11-27"]);
    let json: serde_json::Value = serde_json::from_str(ran.out[..=ran.out.rfind('}').unwrap()].trim()).unwrap();
    let codes = ["SRC005", "SRC006", "SRC007", "SRC008", "SRC010"];
    let told =
        json["findings"].as_array().unwrap().iter().filter(|f| codes.contains(&f["code"].as_str().unwrap()) && !elsewhere(f["message"].as_str().unwrap()));
    let readers: BTreeSet<String> = told.map(|f| f["file"].as_str().unwrap().to_string()).filter(|f| made.contains_key(f)).collect();
    let text = |f: &String| p.read(f).replace('\n', " ");
    let only_readers: Vec<String> = readers.difference(&outside).map(text).collect();
    let only_schemas: Vec<String> = outside.difference(&readers).map(text).collect();
    assert!(only_readers.is_empty() && only_schemas.is_empty(), "readers only: {only_readers:#?}\nschemas only: {only_schemas:#?}");
    assert!(readers.len() > 1000 && made.len() - readers.len() > 1000, "{} of {}", readers.len(), made.len());
}
