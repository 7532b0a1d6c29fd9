//! Rows that read like notes, workbooks that are cut, groups of four digits, facts of catalogues, who and when of Akoma Ntoso, rows that
//! are taken from a table, events that lie ahead.

use crate::support::{Project, SITE, SITE_CN, shared};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A workbook of one sheet: what stands in `sheetData`, and the shared strings, or no part of them.
fn workbook(rows: &str, strings: Option<&[&str]>) -> Vec<u8> {
    let mut z = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        z.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        z.write_all(text.as_bytes()).unwrap();
    };
    let rels = |kind: &str, target: &str| format!("<Relationship Id=\"r-{kind}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>");
    part("[Content_Types].xml", "<Types xmlns=\"x\"/>");
    part("_rels/.rels", &format!("<Relationships>{}</Relationships>", rels("officeDocument", "/xl/workbook.xml")));
    part("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r-worksheet\"/></sheets></workbook>");
    part(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{}{}</Relationships>", rels("worksheet", "worksheets/s.xml"), rels("sharedStrings", "sharedStrings.xml")),
    );
    part("xl/worksheets/s.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
    if let Some(all) = strings {
        part("xl/sharedStrings.xml", &format!("<sst>{}</sst>", all.iter().map(|s| format!("<si><t>{s}</t></si>")).collect::<String>()));
    }
    z.finish().unwrap().into_inner()
}

/// Rows of texts; an empty one is no cell.
fn sheet(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::new();
    for (r, row) in rows.iter().enumerate() {
        let _ = write!(out, "<row r=\"{}\">", r + 1);
        for (c, t) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            let _ = write!(out, "<c r=\"{}{}\" t=\"inlineStr\"><is><t>{t}</t></is></c>", char::from(b'A' + c as u8), r + 1);
        }
        out += "</row>";
    }
    workbook(&out, None)
}

fn rows(head: [&str; 2], full: usize, row: impl Fn(usize) -> [String; 2], last: &[&str]) -> Vec<Vec<String>> {
    let mut out = vec![head.map(String::from).to_vec()];
    out.extend((0..full).map(|n| row(n).to_vec()));
    out.extend(last.iter().map(|t| vec![(*t).to_string(), String::new()]));
    out
}

fn dataset(p: &Project, id: &str, file: &str, bytes: impl AsRef<[u8]>) {
    p.file(
        &format!("content/datasets/{id}/dataset.yaml"),
        format!("title: 表{id}\npublished_at: 2025-12-01\nresources: [{{name: t, path: {file}, title: 甲}}]\n"),
    );
    p.file(&format!("content/datasets/{id}/{file}"), bytes);
}

/// Code, severity, line and message of the findings about a dataset's file.
fn told(p: &Project, id: &str) -> Vec<(String, String, u64, String)> {
    let ran = p.run(&["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    let text = |v: &Value| v.as_str().unwrap_or("").to_string();
    let all = json["findings"].as_array().expect("a list").iter().filter(|f| text(&f["file"]).contains(&format!("/{id}/")));
    all.map(|f| (text(&f["code"]), text(&f["severity"]), f["line"].as_u64().unwrap_or(0), text(&f["message"]))).collect()
}

fn has(all: &[(String, String, u64, String)], code: &str, severity: &str, words: &str) -> bool {
    all.iter().any(|(c, s, _, m)| c == code && s == severity && m.contains(words))
}

/// Rows of the tidied table.
fn count(p: &Project, id: &str) -> usize {
    p.read(&format!("public/datasets/{id}/t/t.csv")).lines().count() - 1
}

#[test]
fn rows_at_the_end_that_read_like_notes_are_rows_where_the_others_do() {
    let p = Project::new(SITE);
    let opinion = |n: usize| [format!("建议在第{n}小区增加停车位。"), "已采纳".to_string()];
    let open: Vec<String> = (0..10).map(|n| format!("希望降低第{n}项收费标准。")).collect();
    let open: Vec<&str> = open.iter().map(String::as_str).collect();
    dataset(&p, "a", "t.xlsx", sheet(&rows(["意见", "处理情况"], 40, opinion, &open)));
    // Tasks without a stop behind them.
    let task = |n: usize| [format!("完成第{n}条道路的改造工程任务"), "已完成".to_string()];
    dataset(&p, "b", "t.xlsx", sheet(&rows(["任务", "完成情况"], 12, task, &["推进第一所学校的扩建工程任务", "推进第二所学校的扩建工程任务"])));
    dataset(&p, "c", "t.csv", "问题,答案\n怎么办理居住证？,到派出所。\n需要多少时间？,三天。\n可以代办吗？,可以。\n需要本人到场吗？请说明理由。,\n");
    dataset(&p, "d", "t.csv", "意见,处理\n建议增加停车位。,已采纳\n建议增加绿地。,已采纳\n希望降低第一项收费标准。,\n希望降低第二项收费标准。,\n");
    // Behind such a row a note is one, as it says so.
    dataset(&p, "e", "t.xlsx", sheet(&rows(["意见", "处理情况"], 5, opinion, &["希望降低收费标准。", "注：截至十二月。", "以办理单位的答复为准。"])));
    // What is a note stays one: names of places above it, and what speaks of the table.
    let place = |n: usize| [format!("第{n}区"), n.to_string()];
    dataset(&p, "n1", "t.xlsx", sheet(&rows(["地区", "人口"], 12, place, &["本表按常住人口统计不含港澳台", "数据为初步统计数，最终以年鉴为准。"])));
    let school = |n: usize| [format!("某市某区第{n}实验中学本部"), n.to_string()];
    dataset(&p, "n2", "t.xlsx", sheet(&rows(["单位", "人数"], 12, school, &["本表按在编人员统计不含借调"])));
    dataset(&p, "n3", "t.xlsx", sheet(&rows(["单位", "人数"], 12, school, &["资料来源：某市教育局", "不含民办学校和幼儿园等单位"])));
    dataset(&p, "n4", "t.csv", "地区,人口\n甲市,1\n乙市,2\n以上数据截至年底，均为常住人口。,\n");
    p.build();
    let counts: Vec<usize> = ["a", "b", "c", "d", "e", "n1", "n2", "n3", "n4"].map(|id| count(&p, id)).to_vec();
    assert_eq!(counts, [50, 14, 4, 4, 6, 12, 12, 12, 2]);
    for (id, line, n) in [("a", 42, 10), ("b", 14, 2), ("c", 5, 1), ("d", 4, 2), ("e", 7, 1)] {
        let all = told(&p, id);
        assert!(all.iter().any(|t| t.0 == "TAB011" && t.2 == line && t.3.ends_with(&format!("taken as rows: {n}"))), "{id}: {all:?}");
    }
    assert!(has(&told(&p, "e"), "TAB011", "info", "below the rows 2"));
    // The page and the other formats say the same.
    assert!(p.read("public/datasets/a/t/t.json").contains("希望降低第9项收费标准。"));
    assert!(p.read("public/datasets/n2/t/index.html").contains("本表按在编人员统计不含借调"));
}

#[test]
fn a_workbook_that_lacks_its_texts_or_has_a_row_twice_is_broken() {
    let p = Project::new(SITE);
    let text = |r: usize, c: char, n: usize| format!("<c r=\"{c}{r}\" t=\"s\"><v>{n}</v></c>");
    let head = format!("<row r=\"1\">{}{}</row>", text(1, 'A', 0), text(1, 'B', 1));
    let row = |r: usize| format!("<row r=\"{r}\">{}<c r=\"B{r}\"><v>{r}</v></c></row>", text(r, 'A', r));
    let whole: String = head.clone() + &(2..8).map(row).collect::<String>();
    let strings = ["地区", "人口", "甲", "乙", "丙", "丁", "戊", "己"];
    dataset(&p, "whole", "t.xlsx", workbook(&whole, Some(&strings)));
    dataset(&p, "cut", "t.xlsx", workbook(&whole, Some(&strings[..5])));
    dataset(&p, "none", "t.xlsx", workbook(&whole, None));
    dataset(&p, "twice", "t.xlsx", workbook(&(head + &[2, 3, 3, 4].map(row).concat()), Some(&strings)));
    p.build();
    assert_eq!(count(&p, "whole"), 6);
    assert!(told(&p, "whole").iter().all(|t| t.0 != "TAB001"));
    for (id, cell) in [("cut", "表!A5 is not in the file"), ("none", "表!A1 is not in the file"), ("twice", "表!A3 stands twice")] {
        let all = told(&p, id);
        assert!(has(&all, "TAB001", "error", cell), "{id}: {all:?}");
        assert!(!p.exists(&format!("public/datasets/{id}/t/t.csv")), "{id}");
    }
    // What no program would show is looked through all the same.
    let secret = |r: usize, t: &str| format!("<row r=\"{r}\"><c r=\"A{r}\" t=\"inlineStr\"><is><t>{t}</t></is></c><c r=\"B{r}\"><v>1</v></c></row>");
    let hidden: String = [(1, "人"), (2, "张三"), (3, "李四"), (3, "身份证11010519491231002X")].map(|(r, t)| secret(r, t)).concat();
    dataset(&p, "secret", "t.xlsx", workbook(&hidden, None));
    let all = told(&p, "secret");
    assert!(all.iter().any(|t| t.0 == "SEC003") && has(&all, "TAB001", "error", "表!A3 stands twice"), "{all:?}");
}

#[test]
fn digits_in_groups_of_four_are_not_guessed() {
    let p = Project::new(SITE);
    dataset(&p, "a", "t.csv", "地区,产值\n甲,\"1,2345\"\n乙,\"2,3456\"\n丙,9999\n");
    // Whole numbers beside them in a file with semicolons; another column, or a zero, shows what the comma is.
    dataset(&p, "b", "t.csv", "地区;产值\n甲;1,2345\n乙;2,3456\n丙;9999\n");
    dataset(&p, "c", "t.csv", "地区;汇率;价\n甲;1,2345;3,5\n乙;2,3456;4,25\n丙;9999;1,5\n");
    dataset(&p, "d", "t.csv", "地区;汇率\n甲;1,2345\n乙;2,3456\n丙;0,9999\n");
    p.build();
    for (id, lines) in [("a", "甲,\"1,2345\"\n乙,\"2,3456\"\n丙,9999\n"), ("b", "甲,\"1,2345\"\n乙,\"2,3456\"\n丙,9999\n")] {
        assert!(has(&told(&p, id), "TAB021", "warning", "groups of four"), "{id}: {:?}", told(&p, id));
        assert!(p.read(&format!("public/datasets/{id}/t/t.csv")).replace('\r', "").ends_with(lines), "{id}");
        assert!(p.read(&format!("public/datasets/{id}/t/t.json")).contains("\"1,2345\""), "{id}");
    }
    for (id, first) in [("c", "甲,1.2345,3.5"), ("d", "甲,1.2345")] {
        assert!(has(&told(&p, id), "TAB020", "info", "decimal comma"), "{id}: {:?}", told(&p, id));
        assert!(p.read(&format!("public/datasets/{id}/t/t.csv")).contains(first), "{id}");
    }
}

#[test]
fn columns_set_by_blanks_pages_of_a_table_and_blanks_in_numbers_are_told() {
    let p = Project::new(SITE);
    dataset(&p, "blanks", "t.csv", "地区  人口\n甲市  12\n乙市  13\n丙市    14\n");
    dataset(&p, "wide", "t.csv", "地区　　人口\n甲市　　12\n乙市　　13\n");
    dataset(&p, "list", "t.csv", "地区、人口\n甲市、12\n乙市、13\n丙市、14\n");
    dataset(&p, "one", "t.csv", "姓名\n甲  乙\n丙\n");
    dataset(&p, "more", "t.csv", "地区,人口\n甲市,12\n乙市,13\n续表,\n地区,人口\n丙市,14\n");
    dataset(&p, "page", "t.csv", "地区,人口\n甲市,12\n乙市,13\n第2页,\n地区,人口\n丙市,14\n");
    dataset(&p, "nbsp", "t.csv", "地区;人口\n甲市;12\u{a0}345\n乙市;1\u{a0}345\n丙市;14\n");
    dataset(&p, "thin", "t.csv", "地区;人口\n甲市;12\u{2009}345\n乙市;1\u{2009}345\n丙市;14\n");
    for (id, code, severity, words) in [
        ("blanks", "TAB039", "warning", "blanks part every line"),
        ("wide", "TAB039", "warning", "blanks part every line"),
        ("list", "TAB039", "warning", "as many `、`"),
        ("more", "TAB025", "warning", "taken as rows of data: 1"),
        ("page", "TAB025", "warning", "taken as rows of data: 1"),
        ("nbsp", "TAB020", "info", "`\u{a0}` (a blank, U+00A0)"),
        ("thin", "TAB020", "info", "`\u{2009}` (a blank, U+2009)"),
    ] {
        assert!(has(&told(&p, id), code, severity, words), "{id}: {:?}", told(&p, id));
    }
    assert!(told(&p, "one").iter().all(|t| t.0 != "TAB039"));
    let of = |id: &str| told(&p, id).into_iter().filter(|t| t.0 == "TAB025").map(|t| t.2).collect::<Vec<_>>();
    assert_eq!((of("more"), of("page")), (vec![4, 5], vec![4, 5]));
}

/// A site with a series without mail, and a dataset that says all it can.
fn catalogue() -> Project {
    let p = Project::new("title: 云台市\nbase_url: https://www.example.gov.cn/\nas_of: 2026-01-01\nlanguages: [zh-Hans]\noutputs: {ckan: true}\n");
    p.file("content/departments.yaml", "- {id: edu, name: 教育局, tel: 0594-2692345}\n");
    p.file("content/datasets/series/dataset.yaml", "title: 系列\ndescription: 一个系列。\npublisher: edu\npublished_at: 2025-12-01\n");
    p.file(
        "content/datasets/elder/dataset.yaml",
        "id: 3070-0001\ntitle: 养老床位\ndescription: 床位。\npublisher: edu\npublished_at: 2025-12-01\nmodified: 2025-12-20\nlicense: CC BY 4.0\nin_series: [series]\n\
         access_rights: conditional\naccess_conditions: 向教育局书面申请\nprovenance: 由各机构填报后汇总。\n\
         contact: {name: 统计科, email: a@example.gov.cn}\nspatial: {name: 云台市, code: \"350300\", bbox: [118.5, 25.1, 119.8, 25.5]}\nresources:\n\
         - {name: api, title: 床位接口, url: https://api.example.gov.cn/beds, format: JSON}\n",
    );
    p.file(
        "content/datasets/beds/dataset.yaml",
        "title: 床位\ndescription: 床位。\npublisher: edu\npublished_at: 2025-12-01\nlicense: CC BY 4.0\ncontact: {name: 统计科, email: a@example.gov.cn}\n\
         spatial: {name: 云台市, bbox: [118.5, 25.1, 119.8, 25.5]}\nresources:\n\
         - {name: t, title: 床位表, path: t.csv}\n- {name: api, title: 床位接口, url: https://api.example.gov.cn/beds, format: JSON}\n",
    );
    p.file("content/datasets/beds/t.csv", "院,床位\n甲,12\n乙,13\n");
    p.build();
    p
}

fn json(p: &Project, path: &str) -> Value {
    serde_json::from_str(&p.read(&format!("public/{path}"))).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn no_format_of_the_catalogue_loses_what_another_tells() {
    let p = catalogue();
    let us = json(&p, "data.json");
    let all = us["dataset"].as_array().unwrap();
    let ids: Vec<&str> = all.iter().map(|d| d["identifier"].as_str().unwrap()).collect();
    // The series has no mail address and is left out, and nothing leads to it.
    assert_eq!((ids.contains(&"3070-0001"), ids.iter().any(|i| i.contains("series"))), (true, false), "{ids:?}");
    assert!(all.iter().all(|d| d.get("isPartOf").is_none()), "{us:#}");
    p.file(
        "content/datasets/series/dataset.yaml",
        "id: s-1\ntitle: 系列\ndescription: 一个系列。\npublisher: edu\npublished_at: 2025-12-01\ncontact: {email: b@example.gov.cn}\n",
    );
    p.build();
    let with = json(&p, "data.json");
    let elder = with["dataset"].as_array().unwrap().iter().find(|d| d["identifier"] == "3070-0001").unwrap();
    assert_eq!(elder["isPartOf"], "s-1");
    let package = json(&p, "datasets/elder/datapackage.json");
    assert_eq!((&package["id"], &package["issued"], &package["modified"]), (&"3070-0001".into(), &"2025-12-01".into(), &"2025-12-20".into()));
    assert_eq!((&package["licenses"][0]["name"], &package["licenses"][0]["title"]), (&"CC-BY-4.0".into(), &"CC BY 4.0".into()));
    assert_eq!((&package["sources"][0]["title"], &package["rights"]), (&"由各机构填报后汇总。".into(), &"向教育局书面申请".into()));
    let who = &package["contributors"];
    assert_eq!((&who[0]["title"], &who[1]["title"], &who[1]["email"]), (&"教育局".into(), &"统计科".into(), &"a@example.gov.cn".into()));
    let beds = json(&p, "datasets/beds/datapackage.json");
    assert_eq!((&beds["resourcesElsewhere"][0]["path"], &beds["resourcesElsewhere"][0]["format"]), (&"https://api.example.gov.cn/beds".into(), &"JSON".into()));
    assert_eq!(beds["resources"].as_array().unwrap().len(), 1);
    // Conditions in the answer of CKAN, and two files of one table by two names.
    let ckan = json(&p, "api/3/action/package_show/elder");
    assert!(ckan["result"]["extras"].as_array().unwrap().iter().any(|e| e["key"] == "rights" && e["value"] == "向教育局书面申请"), "{ckan:#}");
    let ckan = json(&p, "api/3/action/package_show/beds");
    let names: Vec<&str> = ckan["result"]["resources"].as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["床位表", "床位表（整理成 CSV）", "床位接口"]);
    let three = json(&p, "data-us3.json");
    let beds = three["dataset"].as_array().unwrap().iter().find(|d| d["title"] == "床位").unwrap();
    let formats: Vec<(&str, &str)> =
        beds["distribution"].as_array().unwrap().iter().map(|f| (f["title"].as_str().unwrap(), f["format"].as_str().unwrap_or(""))).collect();
    assert_eq!(formats, [("床位表", "CSV"), ("床位表（整理成 CSV）", "CSV"), ("床位接口", "JSON")]);
    let croissant = json(&p, "datasets/elder/croissant.json");
    let place = &croissant["spatialCoverage"];
    assert_eq!((&place["@type"], &place["name"], &place["identifier"]), (&"Place".into(), &"云台市".into(), &"350300".into()));
    assert_eq!((place, &place["geo"]["box"]), (&json(&p, "datasets/elder/schema.jsonld")["spatialCoverage"], &"25.1 118.5 25.5 119.8".into()));
    let turtle = p.read("public/catalog.ttl");
    for part in
        ["<tel:0594-2692345;phone-context=+86>", "\"POINT(119.15 25.3)\"", "\"床位表\"@zh", "\"床位表（整理成 CSV）\"@zh", "\"床位表（按页取行，JSON）\"@zh"]
    {
        assert!(turtle.contains(part), "{part}: {turtle}");
    }
}

#[test]
fn akoma_ntoso_names_all_who_issued_and_the_events_of_its_life() {
    let p = Project::new(SITE_CN);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n- {id: b, name: 乙局}\n");
    let head = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\n\n第一条 为了甲。\n\n第二条 自公布之日起施行。\n");
    p.file(
        "content/policies/joint.md",
        head("关于甲的通知", "issuer: [a, b]\nformed_on: 2020-01-02\npublished_at: 2020-01-03\neffective_from: 2020-02-01\nexpires_on: 2024-12-31\n"),
    );
    p.file("content/policies/old.md", head("乙办法", "issuer: [a]\nformed_on: 2010-01-02\npublished_at: 2010-01-03\neffective_from: 2010-02-01\n"));
    p.file(
        "content/policies/new.md",
        head("丙办法", "issuer: [a]\nformed_on: 2021-01-02\npublished_at: 2021-01-03\neffective_from: 2021-03-01\nrepeals: [old]\namends: [joint]\n"),
    );
    p.file(
        "content/policies/law.md",
        "---\nissuer: [a]\nformed_on: 2009-06-27\neffective_from: 2010-01-01\n---\n\n# 某市统计条例\n\n1983年12月8日 某市人民代表大会常务委员会通过\n\n1996年5月15日 某市人民代表大会常务委员会《关于修改〈某市统计条例〉的决定》修正\n\n2009年6月27日 某市人民代表大会常务委员会修订\n\n<!-- INFO END -->\n\n第一条 为了统计。\n",
    );
    p.build();
    let read = |id: &str| p.read(&format!("public/policies/{id}/akn.xml"));
    let joint = read("joint");
    assert_eq!(joint.matches("<FRBRauthor href=\"#org-a\"/>\n<FRBRauthor href=\"#org-b\"/>\n").count(), 3, "{joint}");
    for part in [
        "<TLCOrganization eId=\"org-b\" href=\"/akn/ontology/organization/org-b\" showAs=\"乙局\"/>",
        "<eventRef eId=\"e0\" date=\"2020-01-02\" source=\"#work\" type=\"generation\"/>\n<eventRef eId=\"e1\" date=\"2020-02-01\" source=\"#work\" refersTo=\"#entryIntoForce\"/>\n",
        "date=\"2021-03-01\" source=\"#ref",
        "<eventRef eId=\"e3\" date=\"2024-12-31\" source=\"#work\" type=\"repeal\" refersTo=\"#expiry\"/>",
        "<timeInterval start=\"#e1\" end=\"#e3\" refersTo=\"#inForce\"/>",
        "<TLCConcept eId=\"inForce\"",
    ] {
        assert!(joint.contains(part), "{part}: {joint}");
    }
    let old = read("old");
    assert!(old.contains(" date=\"2021-03-01\" source=\"#ref") && old.contains("type=\"repeal\"/>") && old.contains("start=\"#e1\" end=\"#e2\""), "{old}");
    let law = read("law");
    let days: Vec<&str> = law.split("<eventRef ").skip(1).map(|e| e.split("date=\"").nth(1).unwrap().split('"').next().unwrap()).collect();
    assert_eq!(days, ["1983-12-08", "1996-05-15", "2009-06-27", "2010-01-01"], "{law}");
    let xsd = shared("schemas/akn-3.0/akomantoso30.xsd");
    for id in ["joint", "old", "new", "law"] {
        let file = p.path(&format!("public/policies/{id}/akn.xml"));
        let out = std::process::Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(&xsd).arg(file).output().expect("xmllint is there");
        assert!(out.status.success(), "{id}: {}", String::from_utf8_lossy(&out.stderr));
    }
}

#[test]
fn rows_that_are_taken_from_a_table_say_whence_and_keep_their_digits() {
    let p = Project::new(SITE);
    dataset(&p, "a", "t.csv", "地区,产值（亿元）\n甲,17879.40\n乙,11115.00\n");
    p.build();
    let page = p.read("public/datasets/a/t/index.html");
    assert!(page.contains("data-cited=\"以上 {n} 行从全部 {of} 行中取出（{how}）。引用：{cite}\"") && page.contains("id=\"cite-gbt\""), "{page}");
    // What the script reads, and how: digits that a number would lose stay in a text.
    assert!(p.read("public/datasets/a/t/rows/0.json").contains("17879.40"));
    let script = include_str!("../../themes/civic/assets/js/table.js");
    let start = script.find("function read(text)").expect("there");
    let end = start + script[start..].find("\n  }\n").expect("ends") + 4;
    let asked = format!("{}\nconsole.log(JSON.stringify(read('[[\"a,1.50\",17879.40,2010,-0.5,null,12345678901234567890]]')));", &script[start..end]);
    let out = std::process::Command::new("node").args(["-e", &asked]).output().expect("node is there");
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "[[\"a,1.50\",\"\\u000017879.40\",2010,-0.5,null,\"\\u000012345678901234567890\"]]");
}

#[test]
fn what_came_of_an_event_is_not_shown_before_it() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\nas_of: 2026-11-24\nprofile: cn-gov\ndemo: true\n");
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    let event = |day: &str| {
        format!(
            "---\ntitle: 开放日\nissuer: [a]\nkind: 开放日\nstarts: {day}\npublished_at: 2026-11-01\nrecord: 这是[实录](r.txt)。\nresult: 来了十八人。\n---\n\n欢迎。\n"
        )
    };
    p.file("content/events/ahead.md", event("2026-12-05"));
    p.file("content/events/over.md", event("2026-11-20"));
    p.file("content/events/r.txt", "实录全文\n");
    p.build();
    let (ahead, over) = (p.read("public/events/ahead/index.html"), p.read("public/events/over/index.html"));
    assert!(over.contains("来了十八人") && over.contains("实录"));
    assert!(ahead.contains("欢迎") && !ahead.contains("来了十八人") && !ahead.contains("实录"), "{ahead}");
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "POL003").collect();
    assert_eq!(found.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(), ["content/events/ahead.md"]);
    // Nor does any other file tell it of the event that lies ahead.
    p.file("content/events/over.md", event("2026-12-06"));
    p.build();
    for (name, bytes) in crate::support::tree(&p.path("public")) {
        let text = crate::support::shown(&name, &bytes);
        assert!(!text.contains("来了十八人") && !text.contains("实录全文"), "{name}");
    }
    // On its day it is there.
    p.file("site.yaml", "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-12-05\nprofile: cn-gov\ndemo: true\n");
    p.build();
    assert!(p.read("public/events/ahead/index.html").contains("来了十八人"));
}
