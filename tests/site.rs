//! What a site must have, built from a small one.

use crate::support::{Project, SITE, tree};
use std::collections::BTreeSet;

fn site() -> Project {
    let p = Project::new(
        "title: {zh: 测试门户, en: Test Portal}\nbase_url: https://example.org/gov/\nas_of: 2026-01-01\nlanguages: [zh-Hans, en, {tag: zh-Hant, from: zh-Hans}]\nper_page: 3\n",
    );
    p.file("content/departments.yaml", "- {id: a, name: {zh: 甲局, en: Bureau A}, tel: 010-1234567}\n- {id: b, name: 乙局}\n");
    p.file("content/themes.yaml", "- id: t1\n  label: 民生\n  terms:\n    - {id: t2, label: 养老}\n");
    for i in 0..8 {
        p.file(
            &format!("content/policies/2021/p{i}.md"),
            format!("---\ntitle: 文件{i}\nissuer: [{}]\ntheme: 养老\ndoc_type: 通知\npublished_at: 2021-0{}-01 09:30\nchanges: [{{on: 2022-01-0{}, note: 更正错字}}]\n---\n## 甲\n\n## 乙\n\n## 丙\n\n见[前文](p{}.md#甲)。\n", if i % 2 == 0 { "a" } else { "b" }, i + 1, i + 1, (i + 7) % 8),
        );
    }
    p.file("content/policies/2021/p1.en.md", "---\ntitle: Document 1\n---\nText.\n");
    p.file(
        "content/interpretations/i.md",
        "---\ntitle: 解读\npolicies: [2021/p1]\ninterpreter_org: a\nform: 文字\npublished_at: 2021-03-01\n---\n## 背景依据\n\n据此。\n",
    );
    p.file("content/pages/about.md", "---\ntitle: 关于\naliases: [/old/about.html, /old/]\n---\n正文\n");
    p
}

#[test]
fn everything_is_there_and_every_link_leads_somewhere() {
    let p = site();
    let ran = p.build();
    assert!(!ran.out.contains("LNK001"), "{}", ran.out);
    let files = tree(&p.path("public"));
    for f in [
        "index.html",
        "en/index.html",
        "zh-hant/index.html",
        "404.html",
        "en/404.html",
        "sitemap/index.html",
        "changes/index.html",
        "robots.txt",
        "sitemap.xml",
        "feed.xml",
        "feed.json",
        "policies/index.html",
        "policies/page/3/index.html",
        "policies/feed.xml",
        "policies/by-department/a/index.html",
        "policies/by-theme/t2/index.html",
        "policies/by-theme/t1/index.html",
        "policies/by-type/notice/index.html",
        "policies/by-year/2021/page/2/index.html",
        "policies/by-validity/in-force/index.html",
        "departments/index.html",
        "departments/a/index.html",
        "departments/a/feed.json",
        "themes/index.html",
        "themes/t2/feed.xml",
        "interpretations/index.html",
        "about/index.html",
        "old/about.html",
        "old/index.html",
        "en/policies/2021/p1/index.html",
    ] {
        assert!(files.contains_key(f), "{f}");
    }
    assert!(!files.contains_key("en/policies/2021/p2/index.html"), "a page in a language it was not written in");
    // Every internal address in every page exists: checked here without the product's own scan.
    let urls: BTreeSet<String> = files.keys().map(|f| format!("/gov/{}", f.strip_suffix("index.html").unwrap_or(f))).collect();
    let mut links = 0;
    for (name, bytes) in files.iter().filter(|(n, _)| n.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for (i, _) in html.match_indices(" href=\"/") {
            let url = html[i + 7..].split(['"', '#']).next().unwrap();
            links += 1;
            assert!(urls.contains(url), "{name} links to {url}");
        }
        assert!(!html.contains("src=\"http"), "{name}");
    }
    assert!(links > 500);
}

#[test]
fn languages_point_at_each_other() {
    let p = site();
    p.build();
    let zh = p.read("public/policies/2021/p1/index.html");
    assert!(zh.contains("<link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/gov/en/policies/2021/p1/\">"), "{zh}");
    let en = p.read("public/en/policies/2021/p1/index.html");
    assert!(
        en.contains("<html lang=\"en\"") && en.contains("<h1>Document 1</h1>") && en.contains("Bureau A") && en.contains("1 March 2021")
            || en.contains("1 February 2021"),
        "{en}"
    );
    // Lists of another language show the item, marked, and lead to its page.
    let list = p.read("public/en/policies/index.html");
    assert!(list.contains("href=\"/gov/policies/2021/p7/\" lang=\"zh-Hans\"") && list.contains("简体中文"), "{list}");
    assert!(p.read("public/zh-hant/index.html").contains("首頁"));
    // Traditional Chinese is made from Simplified by table, marked, and linked with it.
    let hant = p.read("public/zh-hant/policies/2021/p1/index.html");
    assert!(hant.contains("<html lang=\"zh-Hant\"") && hant.contains("見<a href=") && hant.contains("自動轉換") && hant.contains(">简体中文</a>"), "{hant}");
    assert!(
        hant.contains("href=\"/gov/zh-hant/policies/2021/p0/#") && hant.contains("hreflang=\"zh-Hans\" href=\"https://example.org/gov/policies/2021/p1/\""),
        "{hant}"
    );
    assert!(p.read("public/zh-hant/feed.xml").contains("xml:lang=\"zh-Hant\""));
    // Without a translation the switch leads to the section.
    assert!(p.read("public/policies/2021/p2/index.html").contains("hreflang=\"en\" href=\"/gov/en/policies/\""));
}

#[test]
fn facets_count_what_they_list() {
    let p = site();
    p.build();
    let html = p.read("public/policies/index.html");
    assert!(html.contains("/gov/policies/by-department/a/\">甲局</a> <span class=\"facet__count\">4</span>"), "{html}");
    let per: usize =
        ["a", "b"].iter().map(|d| p.read(&format!("public/policies/by-department/{d}/index.html"))).map(|h| if h.contains("共 4 条") { 4 } else { 0 }).sum();
    assert_eq!(per, 8);
    // A theme holds what its terms hold.
    assert!(p.read("public/policies/by-theme/t1/index.html").contains("共 8 条"));
}

#[test]
fn feeds_and_site_map() {
    let p = site();
    p.build();
    let atom = p.read("public/feed.xml");
    assert!(atom.contains("<updated>2022-01-08T00:00:00+08:00</updated>") && atom.contains("<published>2021-08-01T09:30:00+08:00</published>"), "{atom}");
    let json: serde_json::Value = serde_json::from_str(&p.read("public/departments/a/feed.json")).unwrap();
    assert_eq!(json["items"].as_array().unwrap().len(), 5);
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    let map = p.read("public/sitemap.xml");
    assert!(map.contains("<loc>https://example.org/gov/policies/2021/p1/</loc><lastmod>2022-01-02</lastmod>") && map.contains("hreflang=\"en\""), "{map}");
    assert!(p.read("public/robots.txt").contains("Sitemap: https://example.org/gov/sitemap.xml"));
}

#[test]
fn validators_accept_feeds_and_site_map() {
    let schemas = crate::support::shared("schemas");
    let p = site();
    p.build();
    let xsd = schemas.join("sitemap-0.9/sitemap-xhtml.xsd");
    let out = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&xsd)
        .arg(p.path("public/sitemap.xml"))
        .output()
        .expect("xmllint is missing: apt-get install libxml2-utils");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    for feed in ["feed.xml", "themes/t1/feed.xml"] {
        let out = std::process::Command::new("xmllint").args(["--noout", "--nonet"]).arg(p.path("public").join(feed)).output().unwrap();
        assert!(out.status.success(), "{feed}");
    }
}

#[test]
fn a_generic_site_shows_nothing_chinese() {
    let p = Project::new("title: Open Data\nbase_url: https://example.org/\nlanguages: [en]\nas_of: 2026-01-01\n");
    p.file("content/policies/a.md", "# Fees for permits\n\nThe fee is 5.\n")
        .file("content/pages/about.md", "# About\n\nHello.\n")
        .file("content/interpretations/i.md", "---\ntitle: What the fees mean\npolicies: [a]\n---\nText.\n");
    p.build();
    for (name, bytes) in tree(&p.path("public")) {
        let text = crate::support::shown(&name, &bytes);
        if !name.ends_with(".png") {
            assert!(!text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
        }
    }
    assert!(p.read("public/policies/a/index.html").contains("<h1>Fees for permits</h1>"));
    assert!(!p.exists("public/departments") && !p.exists("public/themes"), "types without content leave no page");
}

#[test]
fn scripts_of_the_theme_are_lean_and_those_of_a_project_as_they_are() {
    let p = Project::new(SITE);
    let own = "// Mine.\n  const a = 1;\n";
    p.file("themes/mine/assets/search/page.js", own);
    p.file("themes/mine/assets/js/mine.js", own);
    p.file("site.yaml", format!("{SITE}theme: mine\n"));
    p.file("content/pages/a.md", "---\ntitle: A\n---\nText.\n");
    assert_eq!(p.run(&["build"]).code, 0);
    assert_eq!(p.read("public/search/page.js"), own);
    p.file("themes/mine/assets/search/engine.js", include_str!("../themes/civic/assets/search/engine.js"));
    assert_eq!(p.run(&["build"]).code, 0, "a copy that was not changed is ours");
    let engine = p.read("public/search/engine.js");
    let source = include_str!("../themes/civic/assets/search/engine.js");
    assert!(engine.starts_with("//! Clerestory search") && engine.len() < source.len() * 3 / 4, "{} of {}", engine.len(), source.len());
}

#[test]
fn styles_of_the_theme_are_published_without_comments_and_copied_with_them() {
    let p = Project::new(SITE);
    p.file("content/pages/a.md", "---\ntitle: A\n---\nText.\n");
    assert_eq!(p.run(&["build"]).code, 0);
    let home = p.read("public/index.html");
    let at = home.find("assets/css/civic.").unwrap();
    let sheet = p.read(&format!("public/{}", home[at..].split('"').next().unwrap()));
    let source: String = [
        include_str!("../themes/civic/assets/css/civic/10-tokens.css"),
        include_str!("../themes/civic/assets/css/civic/20-base.css"),
        include_str!("../themes/civic/assets/css/civic/30-components.css"),
    ]
    .concat();
    assert!(source.contains("/*") && !sheet.contains("/*") && sheet.lines().count() <= 4);
    // Nothing but comments and line ends is gone.
    let bare = |text: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("/*") {
            out.push_str(before);
            rest = after.split_once("*/").unwrap().1;
        }
        out.push_str(rest);
        out.split_whitespace().collect::<String>()
    };
    assert_eq!(sheet.split_whitespace().collect::<String>(), bare(&source));
    assert_eq!(p.run(&["theme", "eject", "css/20-base"]).code, 0);
    assert_eq!(p.read("themes/civic/assets/css/civic/20-base.css"), include_str!("../themes/civic/assets/css/civic/20-base.css"));
}
