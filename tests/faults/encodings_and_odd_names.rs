//! Faults found from outside: heads of odd names, encodings, figures of per cents, previews that round, what `new` refuses.

use crate::support::Project;
use serde_json::{Value, json};

const SITE: &str = "title: Test\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [en]\ntime_zone: UTC\nas_of: 2026-11-20\ngit: false\n";

/// A project of one dataset of one table.
fn of_table(file: &str, data: impl AsRef<[u8]>) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: Office}\n").file(&format!("content/datasets/t/{file}"), data);
    let d = json!({"title": "T", "publisher": "office", "license": "CC-BY-4.0", "frequency": "irregular", "modified": "2026-11-01", "issued": "2026-11-01",
        "access_rights": "open", "resources": [{"name": "data", "path": file}]});
    p.file("content/datasets/t/dataset.yaml", d.to_string());
    p
}

fn csv(p: &Project) -> String {
    p.run(&["build", "--allow-errors"]);
    p.read("public/datasets/t/data/data.csv").trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// Code, severity, line, message of what is said of the data.
fn told(p: &Project) -> Vec<(String, String, u64, String)> {
    let ran = p.run(&["check", "--format", "json"]);
    let all: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    let text = |v: &Value| v.as_str().unwrap_or("").to_string();
    let list = all["findings"].as_array().expect("a list").iter();
    list.map(|f| (text(&f["code"]), text(&f["severity"]), f["line"].as_u64().unwrap_or(0), text(&f["message"]))).collect()
}

#[test]
fn names_that_are_signs_of_missing_values_are_names() {
    for head in ["name,nan", "NA,null", "country,NaN,2020", "id,None,N/A", "x,inf"] {
        let width = head.split(',').count();
        let row = |n: usize| (0..width).map(|c| if c == 0 { n.to_string() } else { format!("{n}{c}") }).collect::<Vec<_>>().join(",");
        let p = of_table("d.csv", format!("{head}\n{}\n{}\n", row(1), row(2)));
        assert_eq!(csv(&p).lines().next(), Some(head), "{head}");
        assert!(!told(&p).iter().any(|t| t.0 == "TAB007"), "{head}: {:?}", told(&p));
    }
    // Where the sign stands in a row below as well, the first row is one of data.
    let p = of_table("d.csv", "1,NA\n2,7\n3,NA\n4,9\n");
    assert!(csv(&p).starts_with("column_1,column_2\n1,"), "{}", csv(&p));
}

#[test]
fn columns_without_a_name_are_columns_and_are_told_once() {
    let p = of_table("d.csv", "id,,name,,\n1,2,x,3,4\n2,3,y,4,5\n");
    assert_eq!(csv(&p), "id,column_2,name,column_4,column_5\n1,2,x,3,4\n2,3,y,4,5\n");
    let of: Vec<_> = told(&p).into_iter().filter(|t| t.0 == "TAB007").collect();
    assert_eq!(of.len(), 1, "{of:?}");
    assert!(of[0].1 == "warning" && of[0].3 == "columns without a name: 3 (`B`, `D`, `E`); they are called `column_2`, `column_4`, `column_5`", "{of:?}");
    let page = p.read("public/datasets/t/data/index.html");
    assert!(page.contains(">Column B (no name)<") && page.contains(">Column E (no name)<"), "{page}");
    // The empty corner over the names of the rows of a table of statistics.
    let p = of_table("d.csv", ",2024,2023\nOslo,12,13\nBergen,14,15\n");
    assert_eq!(csv(&p).lines().next(), Some("column_1,2024,2023"));
    let of: Vec<_> = told(&p).into_iter().filter(|t| t.0 == "TAB007").collect();
    assert!(of.len() == 1 && of[0].1 == "info" && of[0].3.contains("column 1 (A)"), "{of:?}");
}

#[test]
fn an_encoding_in_seven_bits_is_never_read_in_silence() {
    for (bytes, name) in [(&b"city,pop\n~{11>)~},1\n~{IO:#~},2\n"[..], "HZ"), (b"\x1b$)Ccity,pop\n\x0e<-?o\x0f,1\n", "ISO-2022-KR")] {
        let p = of_table("d.csv", bytes);
        assert!(told(&p).iter().any(|t| t.0 == "TAB003" && t.1 == "error" && t.3.contains(name)), "{:?}", told(&p));
    }
    // A label by which browsers mean that they do not read it is no encoding.
    let p = of_table("d.csv", "a,b\n1,2\n");
    let yaml = p.read("content/datasets/t/dataset.yaml").replace("\"path\":\"d.csv\"", "\"path\":\"d.csv\",\"encoding\":\"hz-gb-2312\"");
    p.file("content/datasets/t/dataset.yaml", yaml);
    assert_eq!(csv(&p), "a,b\n1,2\n");
    assert!(told(&p).iter().any(|t| t.0 == "TAB003" && t.3.contains("unknown encoding")), "{:?}", told(&p));
}

#[test]
fn figures_of_per_cents_are_in_per_cent() {
    let p = of_table("d.csv", "city,rate\nA,12.5%\nB,15%\nC,13%\n");
    p.run(&["build"]);
    let index: Value = serde_json::from_str(&p.read("public/datasets/t/data/rows/index.json")).unwrap();
    let f = &index["figures"][1];
    assert_eq!(
        (&f["min"], &f["max"], &f["mean"], &f["median"], &f["quartiles"], &f["percent"]),
        (&json!("12.5%"), &json!("15%"), &json!(13.5), &json!(13), &json!([12.75, 14]), &json!(true)),
        "{f}"
    );
    assert_eq!(index["bounds"][0][1], json!([12.5, 15]));
    // Of two scales none is chosen in silence: the column is text, and has no figures.
    let p = of_table("d.csv", "city,rate\nA,12%\nB,0.15\nC,13%\n");
    p.run(&["build"]);
    let index: Value = serde_json::from_str(&p.read("public/datasets/t/data/rows/index.json")).unwrap();
    assert!(index["columns"][1]["type"] == "string" && index["figures"][1].get("mean").is_none(), "{index}");
}

#[test]
fn a_preview_that_rounds_says_so_and_has_all_digits() {
    let p = of_table("d.csv", "city,v\nA,1234567.891\nB,2.718281828459\n");
    p.run(&["build"]);
    for page in ["public/datasets/t/data/index.html", "public/datasets/t/index.html"] {
        let html = p.read(page);
        let (said, table) =
            (html.find("Numbers in this table are rounded for reading; the CSV has them exactly"), html.find("<td class=\"num\" title=\"2.718281828459\">3<"));
        assert!(said.is_some() && table.is_some() && said < table, "{page}: {html}");
        let below = &html[html.find("<details class=\"exact\">").unwrap_or(html.len())..];
        assert!(below.contains("<td class=\"num\">1234567.891</td>") && below.contains("<td class=\"num\">2.718281828459</td>"), "{page}: {below}");
    }
    // Where nothing is rounded nothing is said.
    let p = of_table("d.csv", "city,v\nA,1.5\nB,2.25\n");
    p.run(&["build"]);
    let html = p.read("public/datasets/t/data/index.html");
    assert!(!html.contains("rounded for reading") && !html.contains("class=\"exact\""), "{html}");
}

#[test]
fn new_refuses_what_cannot_be_and_writes_nothing() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nprofile: cn-gov\nlanguages: [zh-Hans]\nas_of: 2026-11-20\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file(
            "content/policies/2021/notice.md",
            "---\ntitle: 甲\nissuer: [office]\ndoc_no: 甲政〔2021〕3号\nformed_on: 2021-01-02\npublished_at: 2021-01-02\n---\n文\n",
        )
        .file("content/datasets/air/dataset.yaml", "title: 空气\nlicense: CC-BY-4.0\n");
    let before = crate::support::tree(p.root()).len();
    for (args, said) in [
        (&["new", "interpretation", "x", "--policy", "nope"][..], "there is no policy nope"),
        (&["new", "interpretation", "x", "--policy", "2021/notise"], "did you mean: 2021/notice"),
        (&["new", "interpretation", "x", "--policy", "甲政〔2021〕3号"], "did you mean: 2021/notice"),
        (&["new", "dataset", "CON"], "cannot be a file's name on Windows"),
        (&["new", "dataset", "lpt1.data"], "cannot be a file's name on Windows"),
        (&["new", "page", "sub/nul"], "cannot be a file's name on Windows"),
        (&["new", "dataset", "air."], "cannot be a file's name on Windows"),
        (&["new", "page", "a "], "cannot be a file's name on Windows"),
        (&["new", "page", "a\u{202e}b"], "may not have the character"),
        (&["new", "dataset", "Air"], "content/datasets/air/dataset.yaml"),
        (&["new", "guide", "x"], "clerestory new guide"),
        (&["new", "plan", "2026"], "clerestory new plan"),
    ] {
        let args: Vec<&str> = args.iter().copied().chain(["--lang", "en"]).collect();
        let ran = p.run(&args);
        assert!(ran.code == 2 && ran.err.contains(said), "{args:?}: {ran:#?}");
    }
    assert_eq!(crate::support::tree(p.root()).len(), before, "nothing is written");
    for (name, policy) in [("a", "2021/notice"), ("b", "policies/2021/notice.md")] {
        let ran = p.run(&["new", "interpretation", name, "--policy", policy]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let made = crate::support::tree(p.root());
        let file = made.iter().find(|(path, _)| path.starts_with("content/interpretations/") && path.ends_with(&format!("/{name}.md")));
        assert!(file.is_some_and(|(_, text)| String::from_utf8_lossy(text).contains("policies: [2021/notice]")), "{:?}", made.keys());
    }
}

#[test]
fn json_in_another_encoding_is_said_and_a_broken_line_is_named() {
    let (bytes, ..) = encoding_rs::GB18030.encode("{\"城市\":\"北京\",\"人口\":1}\n{\"城市\":\"上海\",\"人口\":2}\n");
    let p = of_table("d.jsonl", &bytes);
    assert_eq!(csv(&p), "城市,人口\n北京,1\n上海,2\n");
    assert!(told(&p).iter().any(|t| t.0 == "TAB004" && t.3.contains("GB18030")), "{:?}", told(&p));
    for (text, line) in [("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", 2), ("{\"a\":1}\r\n{\"a\":2}\r\n{\"a\":}\r\n", 3), ("\n\n{\"a\":1}\n5\n", 4)] {
        let told = told(&of_table("d.jsonl", text));
        assert!(told.iter().any(|t| t.0 == "TAB001" && t.1 == "error" && t.2 == line), "{text}: {told:?}");
    }
}

#[test]
fn days_without_a_year_get_none_and_are_told() {
    let p = of_table("d.csv", "d,v\n1/2,3\n12/31,4\n2/29,5\n");
    assert_eq!(csv(&p), "d,v\n1/2,3\n12/31,4\n2/29,5\n");
    assert!(told(&p).iter().any(|t| t.0 == "TAB021" && t.1 == "info" && t.3.contains("days without a year")), "{:?}", told(&p));
    for other in ["d,v\n3/4,3\n1/2,4\n3/8,5\n", "d,v\n21/30,3\n18/30,4\n"] {
        assert!(!told(&of_table("d.csv", other)).iter().any(|t| t.0 == "TAB021"), "{other}");
    }
}

#[test]
fn a_mark_in_a_page_has_its_line() {
    let p = Project::new("title: 某市\nbase_url: https://example.org/\nprofile: cn-gov\nlanguages: [zh-Hans]\nas_of: 2026-11-20\n");
    p.file("content/departments.yaml", "- {id: office, name: 办公室}\n")
        .file("content/policies/a.md", "---\ntitle: 甲\nissuer: [office]\nformed_on: 2026-01-02\npublished_at: 2026-01-02\nattachments: [b.html]\n---\n文\n")
        .file(
            "content/policies/b.html",
            "<!DOCTYPE html>\n<html><head><title>x</title></head>\n<body>\n<p>一</p>\n  <p><b>内部资料 不得外传</b></p>\n</body></html>\n",
        );
    let at = |code: &str| p.findings(&[]).into_iter().find(|f| f.0 == code && f.1 == "content/policies/b.html").map(|f| (f.2, f.3));
    assert_eq!(at("SEC002"), Some((5, 9)), "{:?}", p.findings(&[]));
}
