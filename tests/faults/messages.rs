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
        // One mark alone: the others are gone.
        ("content/pages/a.md", "---\ntitle: 甲\n---\n正文\n\n>>>>>>> branch\n".into(), 6, "SRC048"),
        ("content/pages/a.md", "---\ntitle: 甲\n>>>>>>> 1a2b3c4 (改标题)\n---\n正文\n".into(), 3, "SRC048"),
        ("content/datasets/d/r.csv", "甲,乙\n1,2\n>>>>>>> x\n3,4\n".into(), 3, "TAB029"),
        ("content/datasets/d/r.csv", "甲,乙\n<<<<<<< x\n1,2\n".into(), 2, "TAB029"),
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

/// Findings whose advice is a line: each is followed, the last first, and nothing is left.
fn mended(files: &[(&str, &str)], codes: &[(&str, u64)]) {
    for lang in ["zh", "en"] {
        let p = with(&[
            ("content/departments.yaml", "- {id: office, name: 市政府办公室}\n- {id: mz, name: 市民政局}\n"),
            ("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n"),
        ]);
        for (name, text) in files {
            p.file(name, text);
        }
        let all = findings(&p, lang);
        let got: Vec<(&str, u64)> = told(&all).into_iter().map(|(c, _, l)| (c, l)).collect();
        assert_eq!(got, codes, "{files:?}: {all:#?}");
        all.iter().rev().for_each(|f| follow(&p, f));
        let left = findings(&p, lang);
        assert!(left.is_empty(), "{files:?} became\n{}\n{left:#?}", p.read(files[0].0));
    }
}

#[test]
fn signs_of_lists_and_blocks_in_another_form() {
    let set = |above: &str| format!("{DATASET}{above}resources:\n  - {{name: r, path: r.csv}}\n");
    for (above, line) in [("description: ｜\n  说明。\n", 4), ("description: 》\n  说明。\n", 4)] {
        mended(&[("content/datasets/d/dataset.yaml", &set(above)), ("content/datasets/d/r.csv", "甲,乙\n1,2\n3,4\n")], &[("SRC020", line)]);
    }
    for list in ["  1. 收费\n  2. 登记", "  1、收费\n  2、登记", "  （1）收费\n  （2）登记", "  、收费\n  、登记", "* 收费\n* 登记", "  ◆ 收费\n  ◆ 登记"]
    {
        let text = format!("---\ntitle: 甲\nkeywords:\n{list}\n---\n正文\n");
        mended(&[("content/news/a.md", &text)], &[("SRC020", 4), ("SRC020", 5)]);
    }
    for (file, text, codes) in [
        ("content/news/a.md", "---\ntitle: 甲\nkeywords: [\n  收费,\n  登记\n】\n---\n正文\n", vec![("SRC020", 6)]),
        ("content/news/a.md", "---\ntitle；关于\nissuer: office\n---\n正文\n", vec![("SRC020", 2)]),
        ("content/news/a.md", "---\ntitle: 甲\nissuer: 市政府办公室、市民政局\n---\n正文\n", vec![("SRC020", 3)]),
        ("content/departments.yaml", "-{id: office, name: 甲}\n-{id: mz, name: 乙}\n", vec![("SRC020", 1), ("SRC020", 2)]),
        ("content/glossary.yaml", "-term: 甲\n  definition: 乙\n", vec![("SRC020", 1)]),
        ("site.yaml", "title: 站\nbase_url: https://example.org/\nas_of: 2026-01-01\nhome: [search，columns]\n", vec![("SRC020", 4)]),
    ] {
        mended(&[(file, text)], &codes);
    }
    // Texts that begin with a number or such a sign are what they are.
    let p = with(&[("content/news/a.md", "---\ntitle:\n  1. 收费\nsummary:\n  、甲\nkeywords:\n  2025年计划\n---\n正文\n")]);
    assert_eq!(told(&findings(&p, "zh")), []);
    // An address of mail in full width is no address.
    let p = with(&[("content/departments.yaml", "- id: a\n  name: 甲\n  email: office＠example.org\n"), ("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n")]);
    let all = findings(&p, "zh");
    assert_eq!(told(&all), [("SRC020", "content/departments.yaml", 3)]);
    assert!(all[0]["hint"].as_str().unwrap().contains("email: office@example.org"), "{}", all[0]);
}

const LETTERS: &str = "编号,类型,标题,内容,来信日期,状态,答复日期,答复,答复单位,同意公开\n";
const LETTER: &str = "1,咨询,甲,问,2025-03-01,已处理,2025-03-03,答。,办公室,是\n";

#[test]
fn a_comma_in_full_width_is_named_in_registers_and_data() {
    let file = "content/feedback/office.csv";
    mended(&[(file, &format!("{}{LETTER}", LETTERS.replace(',', "，")))], &[("SRC020", 1)]);
    mended(&[(file, &format!("{LETTERS}{}", LETTER.replace(',', "，")))], &[("SRC020", 2)]);
    mended(&[(file, &format!("{LETTERS}{}", LETTER.replace("甲,", "甲，")))], &[("SRC020", 2)]);
    let one = |text: &str| {
        let p = with(&[("content/departments.yaml", "- {id: office, name: 办公室}\n"), ("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n"), (file, text)]);
        findings(&p, "en")
    };
    // One that is content stays content; a half-width one shifts the row, which is one finding.
    assert_eq!(told(&one(&format!("{LETTERS}{}", LETTER.replace("答。", "答，好。")))), []);
    let all = one(&format!("{LETTERS}{}", LETTER.replace('问', "问,又")));
    assert_eq!(told(&all), [("SRC006", file, 2)]);
    assert!(all[0]["message"].as_str().unwrap().contains("the row is not read"), "{}", all[0]);
    let all = one(&format!("{}{LETTER}", LETTERS.replace("同意公开", "consnt")));
    assert_eq!(told(&all), [("SRC005", file, 1)]);
    assert_eq!((&all[0]["severity"], &all[0]["hint"]), (&"error".into(), &"did you mean `consent`?".into()));
    let p = dataset("", "  - name: r\n    path: r.csv\n    schema: {fields: [{name: 甲, type: integer}, {name: 乙, type: integer}]}\n");
    p.file("content/datasets/d/r.csv", "甲,乙\n1,2\n2025，15\n5,6\n");
    let all = findings(&p, "zh");
    assert_eq!(told(&all), [("TAB005", "content/datasets/d/r.csv", 3)]);
    assert!(all[0]["message"].as_str().unwrap().contains("全角逗号"), "{}", all[0]);
}

#[test]
fn what_only_follows_is_not_told() {
    let policy = |head: &str| format!("---\ntitle: 甲\n{head}\n---\n正文\n");
    for (file, text, other, code, hint) in [
        ("content/themes.yaml", "- id: a\n  name: 甲\n", policy("theme: [甲]"), "SRC005", "label"),
        ("content/departments.yaml", "- id: ｏｆｆｉｃｅ\n  name: 甲\n", policy("issuer: office"), "SRC008", "`office`"),
        ("content/departments.yaml", "office\n", policy("issuer: office"), "SRC006", ""),
        ("content/news/a.md", "---\ntitle: 甲\nattachments: [{path: p.pdf, title: 表}]\n---\n正文\n", policy("issuer: office"), "SRC005", "`file`"),
    ] {
        let p = with(&[("content/departments.yaml", "- {id: office, name: 办公室}\n"), ("content/policies/p.md", &other), (file, text)]);
        if text.contains("p.pdf") {
            p.file("content/news/p.pdf", "%PDF-1.4");
        }
        let all = findings(&p, "zh");
        let grave: Vec<_> = all.iter().filter(|f| f["code"] != "SEC011").collect();
        assert_eq!(grave.len(), 1, "{text}: {all:#?}");
        assert_eq!((&grave[0]["code"], &grave[0]["file"]), (&code.into(), &file.into()), "{all:#?}");
        assert!(grave[0]["hint"].as_str().unwrap().contains(hint), "{all:#?}");
    }
    for path in [".\\r.csv", "C:\\x\\r.csv"] {
        let p = dataset("", &format!("  - {{name: r, path: '{path}'}}\n"));
        assert_eq!(told(&findings(&p, "zh")), [("SRC015", "content/datasets/d/dataset.yaml", 5)], "{path}");
    }
    // A list with a slip names its policies all the same; a word of `demo` that cannot be read makes no real site.
    let p = Project::new("title: 站\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: ture\n");
    p.file("content/interpretations/i.md", "---\ntitle: 解\npolicies: [a，b]\n---\n正文\n");
    p.file("content/policies/a.md", "---\ntitle: 甲\ninterpretation: required\npublished_at: 2025-01-01\n---\n正文\n");
    let all = findings(&p, "zh");
    let codes: Vec<&str> = told(&all).into_iter().map(|(c, ..)| c).collect();
    assert!(codes.contains(&"SRC008") && codes.contains(&"SRC020"), "{codes:?}");
    assert!(!codes.iter().any(|c| matches!(*c, "ITP001" | "INT002" | "MET002")), "{codes:?}");
    // A field that stands beside the one that it belongs to.
    let all = findings(&dataset("fields: [{name: 甲}]\n", "  - {name: r, path: r.csv}\n"), "en");
    assert!(all[0]["hint"].as_str().unwrap().starts_with("`fields` is a field of `schema`"), "{all:#?}");
}

#[test]
fn what_nearly_fits_is_named() {
    let page = |body: &str| format!("---\ntitle: 甲\n---\n{body}\n");
    for (file, text, code, hint) in [
        ("content/pages/a.md", page("见[附件]（/pages/b/）。"), "SRC034", "[附件](/pages/b/)"),
        ("content/pages/a.md", page("见【附件】(/pages/b/)。"), "SRC032", "[附件](/pages/b/)"),
        ("content/pages/a.md", page("见[附件](https：//www.gov.cn)。"), "LNK001", "https://www.gov.cn"),
        ("content/pages/a.md", page("见[附件](请填写网址)。"), "LNK001", "还没有填"),
        ("content/pages/a.md", page("【此处填写日期】"), "TXT015", "填好"),
        ("content/policys/a.md", page("文"), "SRC016", "`policies/`"),
        ("content/site.yaml", "title: 甲\n".into(), "SRC016", "根目录"),
        ("content/news/a.md", "---\ntitle: 甲\ndraft: ｔｒｕｅ\n---\n正文\n".into(), "SRC008", "是不是 `true`"),
    ] {
        let p = with(&[("content/pages/b.md", "---\ntitle: 乙\n---\n正文\n"), (file, &text)]);
        let all = findings(&p, "zh");
        assert_eq!(told(&all).iter().map(|t| (t.0, t.1)).collect::<Vec<_>>(), [(code, file)], "{text}");
        assert!(all[0]["hint"].as_str().unwrap().contains(hint), "{}", all[0]);
    }
    // The row that `new` writes, and an attachment that is the text of a document.
    let p = dataset("", "  - {name: r, path: r.csv}\n");
    for row in ["名称,数值\n示例,1\n", "name,value\nexample,1\n"] {
        p.file("content/datasets/d/r.csv", row);
        assert_eq!(told(&findings(&p, "zh")), [("TXT015", "content/datasets/d/r.csv", 2)]);
    }
    let p = with(&[("content/news/a.md", "---\ntitle: 甲\nattachments: [{file: a.txt, title: 正文}]\n---\n文\n"), ("content/news/a.txt", "一")]);
    assert!(!findings(&p, "zh").iter().any(|f| f["code"] == "TXT015"));
}
