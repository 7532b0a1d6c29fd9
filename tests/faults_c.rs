//! Messages: one finding for one fault, at the fault, and advice that works when it is followed.
#![expect(clippy::disallowed_methods, reason = "tests make and mend files")]

use crate::support::{Project, SITE};
use serde_json::Value;

const DATASET: &str = "title: 数据\nlicense: CC-BY-4.0\nfrequency: yearly\n";

/// Findings of `check` with all they say.
fn findings(p: &Project, lang: &str) -> Vec<Value> {
    let ran = p.run(&["check", "--format", "json", "--lang", lang]);
    assert!(ran.code < 2, "{ran:#?}");
    serde_json::from_str::<Value>(&ran.out).unwrap()["findings"].as_array().unwrap().clone()
}

fn told(all: &[Value]) -> Vec<(&str, &str, u64)> {
    all.iter().map(|f| (f["code"].as_str().unwrap(), f["file"].as_str().unwrap(), f["line"].as_u64().unwrap_or(0))).collect()
}

fn with(files: &[(&str, &str)]) -> Project {
    let p = Project::new(SITE);
    for (name, text) in files {
        p.file(name, text);
    }
    p
}

/// A dataset with a table, some lines of its own above `resources:` and a resource.
fn dataset(above: &str, resource: &str) -> Project {
    with(&[("content/datasets/d/dataset.yaml", &format!("{DATASET}{above}resources:\n{resource}")), ("content/datasets/d/r.csv", "甲,乙\n1,2\n3,4\n")])
}

/// Follows the advice of a finding: the line (or lines) in backticks of its hint take the place of the line it is about.
fn follow(p: &Project, f: &Value) {
    let (file, line) = (f["file"].as_str().unwrap(), f["line"].as_u64().unwrap() as usize);
    let hint = f["hint"].as_str().unwrap_or_else(|| panic!("advice: {f}"));
    let from = ["写作 `", "rite `", "lines `"].iter().find_map(|w| hint.find(w).map(|i| i + w.len())).unwrap_or_else(|| panic!("a line: {f}"));
    // Several lines stand one behind the other.
    let mut proposed = Vec::new();
    let mut rest = &hint[from..];
    while let Some((line, after)) = rest.split_once('`') {
        proposed.push(line);
        let Some(next) = after.strip_prefix(" `") else { break };
        rest = next;
    }
    let text = p.read(file);
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    lines.splice(line - 1..line, proposed.iter().map(|l| l.to_string()));
    p.file(file, lines.join("\n") + "\n");
}

const CONFLICT: &str = "<<<<<<< HEAD\n一\n=======\n二\n>>>>>>> branch\n";

#[test]
fn marks_of_a_merge_are_one_finding_and_hold_the_item() {
    let vocabulary = "- {id: a, name: 甲}\n<<<<<<< HEAD\n- {id: b, name: 乙}\n=======\n- {id: c, name: 丙}\n>>>>>>> x\n";
    let two = "title: 甲\n<<<<<<< HEAD\nfrequency: yearly\n=======\nfrequency: daily\n>>>>>>> x\nresources: []\n";
    let letters = "编号,收到日期,标题\n<<<<<<< HEAD\n1,2025-01-01,甲\n=======\n1,2025-01-02,甲\n>>>>>>> x\n";
    let rows = format!("甲,乙\n1,2\n{}", CONFLICT.replace('一', "1,3").replace('二', "1,4"));
    let data = format!("{DATASET}resources:\n  - {{name: r, path: r.csv}}\n");
    for (file, text, line, code) in [
        ("content/pages/a.md", format!("---\ntitle: 甲\n---\n\n正文\n\n{CONFLICT}"), 7, "SRC048"),
        ("content/pages/a.md", "---\n<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> x\n---\n\n正文\n".into(), 2, "SRC048"),
        ("content/pages/a.md", "---\ntitle: 甲\n---\n正文\n=======\n另一份\n>>>>>>> x\n".into(), 5, "SRC048"),
        ("content/departments.yaml", vocabulary.into(), 2, "SRC048"),
        ("content/datasets/e/dataset.yaml", two.into(), 2, "SRC048"),
        ("content/feedback/office.csv", letters.into(), 2, "SRC048"),
        ("content/datasets/d/r.csv", rows, 3, "TAB029"),
    ] {
        let p = with(&[(file, &text), ("content/pages/good.md", "---\ntitle: 好\n---\n正文\n")]);
        if file.ends_with("r.csv") {
            p.file("content/datasets/d/dataset.yaml", &data);
        }
        if file.contains("feedback") {
            p.file("content/departments.yaml", "- {id: office, name: 办公室}\n");
        }
        let all = findings(&p, "zh");
        assert_eq!(told(&all), [(code, file, line)], "{text}");
        assert_eq!(all[0]["blocks"], true, "{}", all[0]);
        assert!(all[0]["message"].as_str().unwrap().contains("合并冲突"), "{}", all[0]);
        // Nothing of it is published; the rest is.
        let built = p.run(&["build", "--hold-back", "--allow-errors"]);
        assert_eq!(p.exists("public/index.html"), built.code == 0, "{built:#?}");
        let pages = crate::support::tree(&p.path("public"));
        assert!(!pages.iter().any(|(n, b)| crate::support::shown(n, b).contains("<<<<<<<")), "{file}");
    }
    // An example in a block of code, and an underlined heading.
    let p = with(&[("content/pages/a.md", &format!("---\ntitle: 甲\n---\n\n标题\n=======\n\n```\n{CONFLICT}```\n"))]);
    assert_eq!(told(&findings(&p, "zh")), []);
}

#[test]
fn one_fault_is_one_finding() {
    let file = "content/datasets/d/dataset.yaml";
    let plain = "  - {name: r, path: r.csv}\n";
    let fields =
        |last: &str| format!("  - name: r\n    path: r.csv\n    schema:\n      fields:\n        - {{name: 甲}}\n        - {{name: 乙}}\n        - {last}\n");
    for (above, resource, code, line) in [
        ("temporal: 2020年至2021年\n", plain, "SRC006", 4),
        ("temporal: [2020, 2021]\n", plain, "SRC006", 4),
        ("temporal: {start: 2020-13-01, end: 2021-12-31}\n", plain, "SRC007", 4),
        ("temporal: {strat: 2020, end: 2021}\n", plain, "SRC005", 4),
        ("allow_personal: true\n", plain, "SRC006", 4),
        ("allow_personal: [{reason: 公示}]\n", plain, "SRC010", 4),
        ("attachments: [x.pdf]\ndescription: 见[表](x.pdf)，又见[表](./x.pdf)。\n", plain, "SRC015", 4),
        ("charts:\n  - {kind: line, resource: r, x: 甲, y: [乙]}\n", "  - {name: r, path: s.csv}\n", "SRC015", 7),
        ("", "  - name: r\n    path: r.csv\n    dialect: {headerRows: [9]}\n", "TAB007", 7),
        ("", &fields("{name: 电话, mask: all}"), "SEC003", 11),
    ] {
        let p = dataset(above, resource);
        let all = findings(&p, "zh");
        assert_eq!(told(&all), [(code, file, line)], "{above}{resource}");
    }
    // A text in the folder of a dataset, with a title and without.
    for text in ["---\ntitle: 说明\n---\n\n说明\n", "说明\n"] {
        let p = dataset("", plain);
        p.file("content/datasets/d/index.md", text);
        assert_eq!(told(&findings(&p, "zh")), [("URL001", "content/datasets/d/index.md", 1)], "{text}");
    }
    // A value that does not fit the dictionary, in a column of numbers.
    let p = dataset("", "  - name: r\n    path: r.csv\n    schema: {fields: [{name: 甲, type: integer}, {name: 乙, type: integer}]}\n");
    p.file("content/datasets/d/r.csv", "甲,乙\n1,2\n3,4\n5,x\n7,8\n9,10\n11,12\n13,14\n15,16\n1,17\n");
    assert_eq!(told(&findings(&p, "zh")), [("OD002", "content/datasets/d/r.csv", 4)]);
    // What is missing beside what is misspelt is still said, without it.
    let p = dataset("allow_personal: [{reason: 公示, aproved_by: 张三}]\n", plain);
    let all = findings(&p, "en");
    assert_eq!(told(&all).len(), 2, "{all:#?}");
    assert!(all.iter().any(|f| f["message"] == "required field `until` is missing"), "{all:#?}");
}

#[test]
fn advice_works_when_it_is_followed() {
    let news = |head: &str| ("content/news/a.md", format!("---\ntitle: 甲\n{head}\n---\n正文\n"));
    for (file, text) in [
        ("content/departments.yaml", "- id: a\n\tname: 甲\n".to_string()),
        ("content/departments.yaml", "- id: a\n  name:\n\tzh: 甲\n".into()),
        ("content/departments.yaml", "- id: a\n  name: 甲\n\ttel: 123\n".into()),
        ("content/themes.yaml", "- id: a\n\t label: 甲\n".into()),
        news("keywords: 收费；登记"),
        news("keywords: 收费；登记；"),
        news("keywords: [收费；登记；]"),
        news("keywords:\n  - 收费；登记"),
        news("keywords: “收费”；“登记”"),
        news("keywords: [“收费”；“登记”]"),
        news("keywords: ［收费；登记］"),
        news("issuer：[a]"),
        news("published_at: ２０２５－０１－０１"),
        news("withdrawn: {on: 2025-01-01，reason: 错}"),
    ] {
        for lang in ["zh", "en"] {
            let p = with(&[("content/departments.yaml", "- {id: a, name: 甲}\n"), (file, &text), ("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n")]);
            let all = findings(&p, lang);
            assert_eq!(all.len(), 1, "{text}: {all:#?}");
            if all[0]["code"] == "SRC007" {
                let day = p.read(file).replace("２０２５－０１－０１", "2025-01-01");
                assert!(all[0]["hint"].as_str().unwrap().contains("published_at: 2025-01-01"), "{}", all[0]);
                p.file(file, day);
            } else {
                follow(&p, &all[0]);
            }
            let left = findings(&p, lang);
            assert!(left.is_empty(), "{text} became\n{}\n{left:#?}", p.read(file));
        }
    }
}

#[test]
fn a_file_that_is_there_is_not_called_missing() {
    for (path, zh, en) in [
        ("a:b.csv", "名字里的 `:` 不能出现在地址里", "no address may have the `:`"),
        (".hidden.csv", "以点开头的名字（`.hidden.csv`）是隐藏的", "names that begin with a dot (`.hidden.csv`) are hidden"),
        (".x/a.csv", "以点开头的名字（`.x`）是隐藏的", "names that begin with a dot (`.x`) are hidden"),
    ] {
        let p = dataset("", &format!("  - {{name: r, path: \"{path}\"}}\n  - {{name: q, path: r.csv}}\n"));
        p.file(&format!("content/datasets/d/{path}"), "甲,乙\n1,2\n");
        for (lang, what) in [("zh", zh), ("en", en)] {
            let all = findings(&p, lang);
            assert_eq!(told(&all), [("SRC015", "content/datasets/d/dataset.yaml", 5)], "{path}");
            let message = all[0]["message"].as_str().unwrap();
            assert!(message.contains(what) && !message.contains("不存在"), "{message}");
        }
    }
    let p = with(&[("content/news/a.md", "---\ntitle: 甲\n---\n见[表](.b.pdf)。\n"), ("content/news/.b.pdf", "x")]);
    let all = findings(&p, "zh");
    assert_eq!(told(&all), [("LNK001", "content/news/a.md", 4)]);
    assert!(all[0]["message"].as_str().unwrap().contains("隐藏"), "{}", all[0]);
}

#[test]
fn files_of_others_in_the_output_say_where_to() {
    let p = with(&[("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n"), ("public/mine.txt", "x")]);
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("not what has the name of a page, such as index.html"), "{ran:#?}");
    std::fs::create_dir_all(p.path("static")).unwrap();
    std::fs::rename(p.path("public/mine.txt"), p.path("static/mine.txt")).unwrap();
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(p.read("public/mine.txt"), "x");
}
