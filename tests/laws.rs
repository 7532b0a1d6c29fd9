//! 454 laws that nobody here wrote, dropped unchanged into `policies/`.

use crate::support::{Project, copy_tree, shared};

#[test]
fn laws_become_pages() {
    let laws = shared("data/zh-laws");
    let p = Project::new("title: 法律库\nbase_url: https://example.org/law/\nas_of: 2026-01-01\nper_page: 50\n");
    copy_tree(&laws, &p.path("content/policies"));
    let ran = p.build();
    let files: Vec<String> =
        crate::support::tree(&laws).into_keys().filter(|f| f.ends_with(".md") && !f.ends_with("_index.md") && !f.ends_with("SOURCE.md")).collect();
    assert_eq!(files.len(), 454);
    for f in &files {
        let page = format!("public/policies/{}/index.html", f.trim_end_matches(".md"));
        assert!(p.exists(&page), "{page}");
    }
    assert!(!ran.out.contains("error["), "{}", ran.out);
    // Three versions of one law know of each other, and only the newest is in force.
    let new = p.read("public/policies/经济法/统计法(2024-09-13)/index.html");
    let old = p.read("public/policies/经济法/统计法(2009-06-27)/index.html");
    assert!(new.contains("现行有效") && new.contains("历次版本"));
    assert!(old.contains("已被修改") && old.contains("请看："));
    // Dates from file names and head lines; the history is told; clauses have anchors.
    assert!(new.contains("2024年9月13日") && new.contains("id=\"art-1\"") && new.contains("id=\"ch-1\""));
    let seed = p.read("public/policies/经济法/种子法(2021-12-24)/index.html");
    assert!(seed.contains("第三次修正") && !seed.contains("INFO END"));
    // A file without a date anywhere has none.
    let dated = files.iter().filter(|f| p.read(&format!("public/policies/{}/index.html", f.trim_end_matches(".md"))).contains("成文日期")).count();
    assert!((380..=454).contains(&dated), "{dated} dated");
    // The site hangs under the path of its base_url.
    assert!(new.contains("href=\"/law/policies/\""));
    assert!(p.read("public/sitemap.xml").contains("https://example.org/law/policies/"));
}
