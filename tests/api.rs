//! `api/v1/`, passages, Markdown twins, `llms.txt`, `export`, `mcp`: what machines take of the site.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::support::{Project, tree};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::process::{Command, Stdio};

const SITE: &str = "title: {zh-Hans: 站, en: Site}\ndescription: {zh-Hans: 说明, en: About}\nbase_url: https://data.example.org/\nlanguages: [zh-Hans, {tag: zh-Hant, from: zh-Hans}, en]\nprofile: cn-gov\nas_of: 2026-01-01\ndemo: true\n";

/// A site with something of everything, and with what nobody may see.
fn project(more: &str) -> Project {
    let p = Project::new(&format!("{SITE}{more}"));
    p.file("content/departments.yaml", "- {id: a, name: {zh-Hans: 甲局, en: Office A}}\n");
    p.file(
        "content/policies/old.md",
        "---\ntitle: 旧办法\nissuer: [a]\ndoc_no: 某府〔2020〕1号\nformed_on: 2020-01-02\npublished_at: 2020-01-03\neffective_from: 2020-02-01\nrepealed_by: [new]\n---\n## 第一章 总则\n\n第一条 为了旧事。\n\n第二条 有下列情形的：\n\n（一）甲；\n\n（二）乙。\n",
    );
    p.file(
        "content/policies/new.md",
        "---\ntitle: 新办法\nissuer: [a]\nformed_on: 2024-01-02\npublished_at: 2024-01-03\neffective_from: 2024-02-01\nchanges: [{on: 2024-05-01, note: 改字}, {on: 2099-01-01, note: 未来说明}]\n---\n第一条 新事，见[旧办法](old.md)和[草案](../news/hidden.md)。\n<!-- 内部批注 -->\n\n**附表**\n\n| 项 | 值 |\n|---|---|\n| 甲 | 1 |\n",
    );
    p.file("content/policies/new.en.md", "---\ntitle: New measures\n---\nArticle text in English.\n");
    p.file(
        "content/interpretations/i.md",
        "---\ntitle: 解读旧办法\nissuer: [a]\npublished_at: 2020-01-05\npolicies: [policies/old]\nqa:\n  - {q: 问甲？, a: 答甲。}\n---\n## 背景\n\n背景文字。\n",
    );
    p.file("content/news/n.md", "---\ntitle: '=HYPERLINK(\"http://x\")'\npublished_at: 2025-01-01\n---\n短讯。\n");
    p.file("content/datasets/t/t.csv", "k,v\n1,甲\n2,乙\n3,甲\n");
    p.file(
        "content/datasets/t/dataset.yaml",
        "title: 表\npublisher: a\nlicense: CC-BY-4.0\nissued: 2025-01-01\nresources: [{name: t, title: 数据, path: t.csv}]\ndescription: 数据说明。\n",
    );
    p.file("content/datasets/shut/secret.csv", "密列\n密值\n");
    p.file(
        "content/datasets/shut/dataset.yaml",
        "title: 关\npublisher: a\naccess_rights: 有条件开放\naccess_conditions: 书面申请\nissued: 2025-01-01\nresources: [{name: secretfile, title: 密件, path: secret.csv, schema: {fields: [{name: 密列, title: 密题}]}}]\n",
    );
    for (name, head) in
        [("hidden", "draft: true"), ("later", "published_at: 2099-01-01"), ("gone", "published_at: 2024-01-01\nwithdrawn: {on: 2025-01-01, reason: 撤回理由}")]
    {
        p.file(&format!("content/news/{name}.md"), format!("---\ntitle: 不公开标题{name}\n{head}\n---\n不公开正文{name}。\n"));
    }
    p
}

fn built(more: &str) -> Project {
    let p = project(more);
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    p
}

fn lines(p: &Project, file: &str) -> Vec<Value> {
    p.read(file).lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{file}: {e}: {l}"))).collect()
}

fn sha(text: &[u8]) -> String {
    Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn bulk_files_have_every_item_with_text_state_and_hash_and_csv_says_the_same() {
    let p = built("");
    let policies = lines(&p, "public/api/v1/policies.jsonl");
    let told: Vec<_> = policies.iter().map(|l| (l["id"].as_str().unwrap(), l["lang"].as_str().unwrap(), l["state"].as_str().unwrap())).collect();
    // A line an edition that somebody wrote; none for the script made by table.
    assert_eq!(told, [("policies/new", "zh-Hans", "in-force"), ("policies/new", "en", "in-force"), ("policies/old", "zh-Hans", "repealed")]);
    let old = &policies[2];
    assert_eq!(old["text"], "第一章 总则\n第一条 为了旧事。\n第二条 有下列情形的：\n（一）甲；\n（二）乙。");
    assert_eq!(old["sha256"], sha(old["text"].as_str().unwrap().as_bytes()));
    assert_eq!((&old["state_label"], &old["doc_no"], &old["repealed_by"]), (&json!("已废止"), &json!("某府〔2020〕1号"), &json!(["policies/new"])));
    assert_eq!((&old["replaced_by"], &old["url"]), (&json!("policies/new"), &json!("https://data.example.org/policies/old/")));
    assert_eq!((&old["issuers"], &old["issuer_names"], &old["as_of"]), (&json!(["a"]), &json!(["甲局"]), &json!("2026-01-01")));
    assert_eq!((&policies[1]["title"], &policies[1]["issuer_names"]), (&json!("New measures"), &json!(["Office A"])));
    let i = &lines(&p, "public/api/v1/interpretations.jsonl")[0];
    assert_eq!((&i["policies"], &i["policy_states"]), (&json!(["policies/old"]), &json!(["repealed"])));
    assert_eq!(i["text"], "背景\n背景文字。\n问甲？\n答甲。");
    for of in ["policies", "interpretations", "datasets", "news", "changes"] {
        let (json, csv) = (lines(&p, &format!("public/api/v1/{of}.jsonl")), p.read(&format!("public/api/v1/{of}.csv")));
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let head = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), json.len(), "{of}");
        for (row, line) in rows.iter().zip(&json) {
            assert_eq!(head.len(), line.as_object().unwrap().len());
            for (key, cell) in head.iter().zip(row) {
                let want = match &line[key] {
                    Value::Null => String::new(),
                    Value::String(s) => s.clone(),
                    Value::Array(a) => a.iter().map(|v| v.as_str().unwrap()).collect::<Vec<_>>().join("; "),
                    other => other.to_string(),
                };
                assert_eq!(cell.strip_prefix('\'').filter(|c| c.starts_with('=')).unwrap_or(cell), want, "{of} {key}");
            }
        }
    }
    // No cell is run by a spreadsheet.
    assert!(p.read("public/api/v1/news.csv").contains("\"'=HYPERLINK("));
    assert!(p.read("public/api/v1/catalogue.csv").contains("datasets/t,表,甲局,,CC-BY-4.0,"));
    // Rows, size and hash are those of the files, on the page and in the index.
    let index: Value = serde_json::from_str(&p.read("public/api/v1/index.json")).unwrap();
    let files = index["files"].as_array().unwrap();
    assert!(files.len() > 10, "{index}");
    for f in files {
        let path = f["url"].as_str().unwrap().replace("https://data.example.org/", "public/");
        let bytes = std::fs::read(p.path(&path)).unwrap();
        assert_eq!((f["bytes"].as_u64(), f["sha256"].as_str()), (Some(bytes.len() as u64), Some(sha(&bytes).as_str())), "{path}");
        if path.ends_with(".jsonl") {
            assert_eq!(f["rows"].as_u64(), Some(lines(&p, &path).len() as u64), "{path}");
        }
        for page in ["public/downloads/index.html", "public/en/downloads/index.html"] {
            assert!(p.read(page).contains(&sha(&bytes)), "{page}: {path}");
        }
    }
    let en = p.read("public/en/downloads/index.html");
    assert!(en.contains("<h1>Downloads</h1>") && en.contains("Document number") && en.contains(">passages.jsonl</a>"), "{en}");
}

#[test]
fn nothing_that_is_not_public_is_in_any_of_them() {
    let p = built("");
    let words = ["不公开", "/hidden", "/later", "hidden.md", "撤回理由", "内部批注", "未来说明", "密列", "密值", "密题", "密件", "secretfile", "secret.csv"];
    let mut seen = 0;
    for (path, bytes) in tree(&p.path("public")) {
        let ours = path.starts_with("api/v1") || path.ends_with(".md") || path.ends_with("llms.txt") || path.contains("downloads/");
        if !ours {
            continue;
        }
        seen += 1;
        for word in words {
            assert!(memchr::memmem::find(&bytes, word.as_bytes()).is_none(), "{path} tells {word}");
        }
    }
    assert!(seen > 25, "{seen}");
    assert!(!p.exists("public/news/hidden/index.md") && !p.exists("public/news/gone/index.md"));
    // The dataset that is not open to all is described.
    let shut: Value = serde_json::from_str(&p.read("public/api/v1/datasets/shut.json")).unwrap();
    assert_eq!((&shut["title"], &shut["distributions"]), (&json!("关"), &json!([])));
}

#[test]
fn passages_are_articles_with_address_state_and_hash() {
    let p = built("");
    let all = lines(&p, "public/api/v1/passages.jsonl");
    let of = |item: &str| all.iter().filter(|l| l["item"] == item).collect::<Vec<_>>();
    let old = of("policies/old");
    let told: Vec<_> = old.iter().map(|l| (l["label"].as_str().unwrap(), l["section"].as_str().unwrap(), l["text"].as_str().unwrap())).collect();
    assert_eq!(told, [("第一条", "第一章 总则", "第一条　为了旧事。"), ("第二条", "第一章 总则", "第二条　有下列情形的：\n（一）甲；\n（二）乙。")]);
    assert_eq!(old[1]["url"], "https://data.example.org/policies/old/#art-2");
    assert_eq!((&old[0]["state"], &old[0]["state_label"], &old[0]["replaced_by"]["id"]), (&json!("repealed"), &json!("已废止"), &json!("policies/new")));
    let i = of("interpretations/i");
    assert_eq!(i[0]["explains"][0]["state"], "repealed");
    assert!(i.iter().any(|l| l["url"] == "https://data.example.org/interpretations/i/#qa-1" && l["section"] == "问甲？" && l["text"] == "答甲。"));
    for l in &all {
        assert_eq!(l["sha256"], sha(l["text"].as_str().unwrap().as_bytes()));
        // Every address leads to its place on the page.
        let (page, anchor) = l["url"].as_str().unwrap().split_once('#').unwrap_or((l["url"].as_str().unwrap(), ""));
        let html = p.read(&format!("{}index.html", page.replace("https://data.example.org/", "public/")));
        let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8().unwrap();
        assert!(anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")), "{}", l["url"]);
    }
    let ids: std::collections::BTreeSet<_> = all.iter().map(|l| l["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), all.len());
}

#[test]
fn twins_begin_with_what_must_be_known_and_say_what_the_page_says() {
    let p = built("");
    let old = p.read("public/policies/old/index.md");
    assert!(old.starts_with("# 旧办法\n\n> **已废止**（截至2026年1月1日） 本文件已废止。 请看：[新办法](https://data.example.org/policies/new/)\n"), "{old}");
    for part in [
        "发文字号：某府〔2020〕1号",
        "施行日期：2020年2月1日",
        "<https://data.example.org/policies/old/>",
        "引用格式：甲局. 旧办法",
        "## 第一章 总则\n\n第一条 为了旧事。",
    ] {
        assert!(old.contains(part), "{part}: {old}");
    }
    let new = p.read("public/policies/new/index.md");
    for part in
        ["> **现行有效**（截至2026年1月1日）\n", "[旧办法](https://data.example.org/policies/old/)和草案。", "变更说明", "2024-05-01 改字", "|项|值|", "|甲|1|"]
    {
        assert!(new.contains(part), "{part}: {new}");
    }
    let i = p.read("public/interpretations/i/index.md");
    assert!(
        i.contains("[旧办法](https://data.example.org/policies/old/) — 已废止") && i.contains("已不是现行有效") && i.contains("## 问甲？\n\n答甲。"),
        "{i}"
    );
    let t = p.read("public/datasets/t/index.md");
    assert!(
        t.contains("数据文件：[数据](https://data.example.org/datasets/t/t.csv) CSV, ")
            && t.contains("使用许可：[CC-BY-4.0](")
            && t.ends_with("---\n\n数据说明。\n"),
        "{t}"
    );
    let en = p.read("public/en/policies/new/index.md");
    assert!(en.starts_with("# New measures\n\n> **In force** (as of 1 January 2026)\n") && en.contains("Article text in English."), "{en}");
    // The page leads to it; a page made by table has none of its own.
    let page = p.read("public/policies/new/index.html");
    assert!(page.contains("<link rel=\"alternate\" type=\"text/markdown\" title=\"新办法\" href=\"/policies/new/index.md\">"), "{page}");
    assert!(!p.exists("public/zh-hant/policies/new/index.md") && !p.read("public/zh-hant/policies/new/index.html").contains("text/markdown"));
    let llms = p.read("public/llms.txt");
    assert!(
        llms.starts_with("# 站\n\n> 说明\n\n")
            && llms.contains("- [旧办法](https://data.example.org/policies/old/index.md): 已废止 · 某府〔2020〕1号 · 2020-01-03"),
        "{llms}"
    );
    assert!(p.read("public/en/llms.txt").contains("- [New measures](https://data.example.org/en/policies/new/index.md): In force"));
    assert!(!p.exists("public/zh-hant/llms.txt"));
}

#[test]
fn openapi_tells_of_every_file_and_every_reference_is_there() {
    let p = built("");
    let api: Value = serde_json::from_str(&p.read("public/api/v1/openapi.json")).unwrap();
    fn references(v: &Value, out: &mut Vec<String>) {
        match v {
            Value::Object(m) => m.iter().for_each(|(k, v)| if k == "$ref" { out.push(v.as_str().unwrap().to_string()) } else { references(v, out) }),
            Value::Array(a) => a.iter().for_each(|v| references(v, out)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    references(&api, &mut all);
    assert!(all.len() > 10);
    for r in all {
        assert!(api.pointer(&r[1..]).is_some(), "{r}");
    }
    let paths: Vec<&String> = api["paths"].as_object().unwrap().keys().collect();
    // A path is a file, or leads to some by its parameters; and no file is without a path.
    let shape = |t: &str| {
        regex::Regex::new(&format!(
            "^{}$",
            regex::escape(t)
                .replace("\\{dataset\\}", ".+")
                .split("\\{")
                .enumerate()
                .map(|(n, part)| if n == 0 { part.to_string() } else { format!("[^/]+{}", part.split_once("\\}").unwrap().1) })
                .collect::<String>()
        ))
        .unwrap()
    };
    let files: Vec<String> = tree(&p.path("public")).into_keys().map(|f| format!("/{f}")).collect();
    for t in &paths {
        assert!(files.iter().any(|f| shape(t).is_match(f)), "{t} is no file");
    }
    for f in files.iter().filter(|f| f.starts_with("/api/v1/") && !f.ends_with("openapi.json")) {
        assert!(paths.iter().any(|t| shape(t).is_match(f)), "{f} has no path");
    }
    let changes: Value = serde_json::from_str(&p.read("public/api/v1/changes.json")).unwrap();
    assert!(changes["items"].as_array().unwrap().iter().any(|c| c["what"] == "changed" && c["note"] == "改字" && c["on"] == "2024-05-01"));
    let record: Value = serde_json::from_str(&p.read("public/api/v1/policies/old.json")).unwrap();
    assert_eq!((&record["relations"]["repealed_by"][0]["title"], &record["warning"]), (&json!("新办法"), &json!("本文件已废止。")));
}

#[test]
fn each_can_be_switched_off_and_what_people_put_there_stands() {
    let p = built("outputs: {bulk: false, api: false, passages: false, markdown: false, llms: false}\n");
    for path in ["api/v1", "llms.txt", "downloads", "policies/new/index.md"] {
        assert!(!p.exists(&format!("public/{path}")), "{path}");
    }
    assert!(!p.read("public/policies/new/index.html").contains("text/markdown"));
    let p = project("outputs: {api: false}\n");
    p.file("static/llms.txt", "ours\n");
    p.file("content/pages/downloads.md", "---\ntitle: 自己的下载页\n---\n文字。\n");
    p.run(&["build", "--allow-errors"]);
    assert_eq!(p.read("public/llms.txt"), "ours\n");
    assert!(p.read("public/downloads/index.html").contains("自己的下载页"));
    assert!(p.exists("public/api/v1/policies.jsonl") && !p.exists("public/api/v1/policies.json") && !p.exists("public/api/v1/openapi.json"));
}

#[test]
fn export_writes_what_a_build_writes_without_a_site() {
    let p = built("");
    for (format, file) in [
        ("policies.jsonl", "api/v1/policies.jsonl"),
        ("policies.csv", "api/v1/policies.csv"),
        ("datasets.json", "api/v1/datasets.json"),
        ("passages.jsonl", "api/v1/passages.jsonl"),
        ("catalogue.csv", "api/v1/catalogue.csv"),
        ("openapi.json", "api/v1/openapi.json"),
    ] {
        let ran = p.run(&["export", format]);
        assert_eq!((ran.code, ran.out == p.read(&format!("public/{file}"))), (0, true), "{format}: {}{}", ran.out, ran.err);
        let ran = p.run(&["export", format, "--out", "x/out"]);
        assert_eq!((ran.code, p.read("x/out") == p.read(&format!("public/{file}"))), (0, true), "{format}: {}", ran.err);
    }
    for (format, file) in [
        ("dcat-ap-turtle", "catalog.ttl"),
        ("data-package", "datasets/t/datapackage.json"),
        ("markdown", "policies/old/index.md"),
        ("csvw", "datasets/t/t/t.csv-metadata.json"),
    ] {
        let ran = p.run(&["export", format, "--out", "many"]);
        assert_eq!((ran.code, p.read(&format!("many/{file}")) == p.read(&format!("public/{file}"))), (0, true), "{format}: {}{}", ran.out, ran.err);
    }
    let list = p.run(&["export"]);
    assert!(list.code == 0 && list.out.contains("policies.jsonl\n") && list.out.contains("markdown  (several files: --out DIR)\n"), "{}", list.out);
    let near = p.run(&["export", "policies.jsnl"]);
    assert!(near.code == 2 && near.err.contains("no such format: policies.jsnl") && near.err.contains("did you mean: policies.jsonl"), "{}", near.err);
    assert_eq!(p.run(&["export", "markdown"]).code, 2);
    // Asked for by name, it is wanted, whatever the site writes.
    let off = project("outputs: {bulk: false}\n");
    assert!(off.run(&["export", "policies.jsonl"]).out.contains("旧办法") && !off.exists("public"));
}

/// A session of `clerestory mcp`: a message a line, an answer a line.
fn session(p: &Project, messages: &[Value]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clerestory"))
        .args(["mcp", "--root"])
        .arg(p.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut to = child.stdin.take().unwrap();
    for m in messages {
        writeln!(to, "{}", m.as_str().map_or_else(|| m.to_string(), String::from)).unwrap();
    }
    drop(to);
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn an_assistant_searches_reads_and_takes_rows_by_mcp() {
    let p = built("");
    let call = |id: u32, name: &str, args: Value| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": name, "arguments": args } });
    let got = session(
        &p,
        &[
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-03-26", "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } } }),
            json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
            json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }),
            call(3, "search", json!({ "query": "旧办法" })),
            call(4, "get_policy", json!({ "id": "policies/old" })),
            call(5, "get_dataset", json!({ "id": "https://data.example.org/datasets/t/" })),
            call(6, "rows", json!({ "dataset": "datasets/t", "where": { "v": "甲" } })),
            call(7, "rows", json!({ "dataset": "datasets/t", "offset": 1, "limit": 1 })),
            call(8, "get_policy", json!({ "id": "../../site.yaml" })),
            call(9, "get_policy", json!({ "id": "news/hidden" })),
            call(10, "rows", json!({ "dataset": "datasets/shut" })),
            call(11, "rows", json!({ "dataset": "datasets/t", "where": { "无": 1 } })),
            call(12, "delete", json!({})),
            json!({ "jsonrpc": "2.0", "id": 13, "method": "resources/list" }),
            json!("no json"),
            json!({ "id": 14, "method": "ping" }),
            json!({ "jsonrpc": "2.0", "id": 15, "method": "ping" }),
        ],
    );
    assert_eq!(got.len(), 16, "{got:#?}");
    assert_eq!((&got[0]["result"]["protocolVersion"], &got[0]["result"]["serverInfo"]["name"]), (&json!("2025-03-26"), &json!("clerestory")));
    let names: Vec<_> = got[1]["result"]["tools"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["search", "get_policy", "get_dataset", "rows"]);
    let hits = got[2]["result"]["structuredContent"]["results"].as_array().unwrap();
    let hit = hits.iter().find(|h| h["title"] == "旧办法").unwrap_or_else(|| panic!("{hits:?}"));
    assert_eq!((&hit["state"], &hit["url"]), (&json!("repealed"), &json!("https://data.example.org/policies/old/")));
    let text = got[3]["result"]["content"][0]["text"].as_str().unwrap();
    assert!(text.starts_with("# 旧办法\n\n> **已废止**") && got[3]["result"]["structuredContent"]["state"] == "repealed", "{text}");
    assert_eq!(got[4]["result"]["structuredContent"]["distributions"][0]["rows"], 3);
    assert_eq!(got[5]["result"]["structuredContent"]["rows"], json!([[1, "甲"], [3, "甲"]]));
    let page = &got[6]["result"]["structuredContent"];
    assert_eq!((&page["rows"], &page["next_offset"], &page["rows_of_table"]), (&json!([[2, "乙"]]), &json!(2), &json!(3)));
    for refused in &got[7..11] {
        assert_eq!(refused["result"]["isError"], true, "{refused}");
    }
    let codes: Vec<_> = got[11..15].iter().map(|g| g["error"]["code"].as_i64().unwrap()).collect();
    assert_eq!(codes, [-32602, -32601, -32700, -32600]);
    assert_eq!(got[15]["result"], json!({}));
    // Without a site it says what to do.
    let bare = project("");
    let ran = bare.run(&["mcp"]);
    assert!(ran.code == 2 && ran.err.contains("run clerestory build first"), "{}", ran.err);
}
