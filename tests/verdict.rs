//! The national check as a verdict, its report, and the audit of sites that other tools made.

use crate::support::Project;
use serde_json::Value;

const SITE: &str = "title: 甲市\nbase_url: https://www.jia.gov.cn/\nas_of: 2026-06-20\nprofile: cn-gov\nlanguages: [zh-Hans]\ncontact: {ask: {url: \"https://www.jia.gov.cn/ask\"}}\n";

fn site(news: &str) -> Project {
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n- {id: b, name: 乙局}\n")
        .file("content/news/a.md", format!("---\ntitle: 会议召开\nissuer: [a]\nsource: 甲局\npublished_at: {news}\n---\n\n正文。\n"))
        .file("content/policies/p.md", "---\ntitle: 关于养老的通知\nissuer: [b]\ndoc_no: 国办发[2026]1号\nformed_on: 2026-06-01\npublished_at: 2026-06-02\ntheme: 综合政务/政务公开\n---\n\n第一条 通知。\n");
    p
}

fn verdict(p: &Project, args: &[&str]) -> (i32, Value) {
    let ran = p.run(&[&["check", "--verdict", "--format", "json"], args].concat());
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
    (ran.code, json["verdict"].clone())
}

fn row<'v>(v: &'v Value, id: &str) -> &'v Value {
    v["rows"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn a_veto_fails_and_names_its_evidence() {
    let p = site("2026-05-01");
    p.file("content/policies/p.md", "---\ntitle: 关于养老的通知\nissuer: [b]\nformed_on: 2026-04-01\npublished_at: 2026-04-02\ntheme: 综合政务/政务公开\n---\n\n第一条 通知。\n");
    let (code, v) = verdict(&p, &[]);
    assert_eq!((code, v["outcome"].as_str()), (1, Some("fail")), "{v:#}");
    assert_eq!((row(&v, "veto-home")["state"].as_str(), row(&v, "veto-home")["count"].as_u64()), (Some("hit"), Some(1)));
    assert_eq!(row(&v, "veto-home")["findings"][0]["code"], "UPD001");
    assert_eq!(row(&v, "veto-reach")["state"], "unseen");
    assert!(row(&v, "veto-reach")["why"].as_str().is_some_and(|w| w.contains("live site")) && row(&v, "veto-home")["certainty"] == "read");
    assert_eq!(v["score"], Value::Null, "where a veto is hit nothing else is scored");
    // Every indicator is told with its source, whatever came of it.
    assert!(v["rows"].as_array().unwrap().iter().all(|r| !r["source"].as_str().unwrap().is_empty() && !r["title"].as_str().unwrap().is_empty()));
}

#[test]
fn without_a_veto_points_decide_and_only_a_table_gives_them() {
    let p = site("2026-06-15");
    let (_, v) = verdict(&p, &[]);
    assert_eq!((v["outcome"].as_str(), &v["score"]), (Some("no-veto"), &Value::Null), "{v:#}");
    let policies = row(&v, "policies")["count"].as_u64().unwrap();
    assert!(policies >= 1 && row(&v, "policies")["points"].is_null(), "{v:#}");
    let b = v["departments"].as_array().unwrap().iter().find(|d| d["department"] == "b").expect("whose it is");
    assert!(b["deductions"].as_u64().unwrap() >= policies && b["name"] == "乙局", "{b:#}");
    p.file("points.yaml", "source: 甲市考评办法\nrows:\n  policies: {each: 30, most: 50}\ngiven: {bonus-new: 40}\n");
    let (_, v) = verdict(&p, &["--points", "points.yaml"]);
    let taken = (30.0 * policies as f64).min(50.0);
    assert_eq!(row(&v, "policies")["points"].as_f64(), Some(taken));
    assert_eq!((v["outcome"].as_str(), v["score"].as_f64()), (Some(if taken > 40.0 { "fail" } else { "pass" }), Some(100.0 - taken)), "bonus counts above 80 only");
    p.file("points.yaml", "rows:\n  nosuch: {each: 1, most: 5}\n");
    let ran = p.run(&["check", "--points", "points.yaml"]);
    assert!(ran.code == 2 && ran.err.contains("nosuch"), "{ran:#?}");
}

#[test]
fn the_report_is_whole_without_script_and_the_table_has_every_finding() {
    let p = site("2026-05-01");
    for (lang, fails, unseen) in [("zh", "不合格", "没有检查（生成时看不到）"), ("en", "Fails: ", "Not checked, because a build cannot see it")] {
        let file = format!("report-{lang}.html");
        let ran = p.run(&["check", "--lang", lang, "--report", &file]);
        let page = p.read(&file);
        assert!(ran.code == 1 && page.starts_with("<!doctype html>") && page.contains(unseen), "{page}");
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("http") && page.contains("@media print"), "needs nothing else");
        let table = p.read(&format!("report-{lang}.csv"));
        assert!(table.starts_with('\u{feff}') && page.contains(&format!("report-{lang}.csv")));
        let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(rows.iter().any(|r| &r[5] == "POL001" && &r[8] == "content/policies/p.md") && rows.iter().all(|r| !r[13].is_empty()), "{table}");
        let _ = fails;
    }
    let ran = p.run(&["check", "--report", "public/r.html"]);
    assert!(ran.code == 2 && ran.err.contains("published"), "{ran:#?}");
}

#[test]
fn machines_get_it_too_and_a_generic_site_has_none() {
    let p = site("2026-06-15");
    let sarif: Value = serde_json::from_str(&p.run(&["check", "--verdict", "--format", "sarif"]).out).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["properties"]["verdict"]["outcome"], "no-veto");
    assert!(run["tool"]["driver"]["rules"].as_array().unwrap().iter().all(|r| r["help"]["text"].as_str().is_some_and(|t| t.len() > 20)));
    assert!(p.run(&["check", "--verdict", "--format", "github"]).out.contains("::notice title=National check::"));
    let zh = p.run(&["check", "--verdict", "--lang", "zh"]).out;
    assert!(zh.contains("没有发现单项否决") && zh.contains("站点") || zh.contains("监测一周"), "{zh}");
    let town = Project::new("title: Town\nbase_url: https://town.example.org/\nas_of: 2026-03-01\nlanguages: [en]\n");
    town.file("content/news/a.md", "---\ntitle: A\npublished_at: 2026-01-01\n---\nText.\n");
    let ran = town.run(&["check", "--verdict"]);
    assert!(ran.code == 2 && ran.err.contains("generic") && !(ran.out + &ran.err).chars().any(clerestory::load::chars::is_han));
}
