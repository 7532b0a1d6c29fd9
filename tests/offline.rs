//! What a site with `offline` writes; what browsers make of it is in tests/browser/offline.test.mjs. And what is the editors' alone.

use crate::support::{Project, tree};

const SITE: &str = "title: {zh: 测试站, en: Test}\nbase_url: https://example.org/town/\nlanguages: [zh-Hans, en]\nas_of: 2026-01-10\n";

fn site(more: &str) -> Project {
    let p = Project::new(&format!("{SITE}{more}"));
    p.file("content/policies/a.md", "---\ntitle: 渡口管理办法\npublished_at: 2025-01-02\n---\n第一条 渡船凭证停靠。\n");
    p
}

#[test]
fn without_the_setting_there_is_no_worker() {
    let p = site("");
    p.build();
    assert!(!p.exists("public/sw.js") && !p.exists("public/sw-register.js") && !p.exists("public/offline"));
    for (name, bytes) in tree(&p.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("clerestory-offline") && !text.contains("serviceWorker"), "{name}");
    }
}

#[test]
fn a_worker_follows_the_build_and_is_let_through_by_name_alone() {
    let p = site("offline: true\n");
    p.build();
    let (first, page) = (p.read("public/sw.js"), p.read("public/policies/a/index.html"));
    assert!(page.contains("<script src=\"/town/sw-register.js\" data-worker=\"/town/sw.js\" data-scope=\"/town/\" defer></script>"), "{page}");
    assert!(
        page.contains("trusted-types clerestory-search clerestory-offline;") && p.read("public/_headers").contains("clerestory-search clerestory-offline;")
    );
    // Its list: every file that pages need, by their addresses; both languages with their words.
    let at = first.find("const SITE = ").map(|i| &first[i + 13..]).and_then(|t| t.lines().next()).unwrap().trim_end_matches(';');
    let known: serde_json::Value = serde_json::from_str(at).unwrap();
    let needed: Vec<&str> = known["needed"].as_array().unwrap().iter().map(|u| u.as_str().unwrap()).collect();
    for url in ["/town/", "/town/en/", "/town/offline/", "/town/en/offline/", "/town/search/", "/town/search/engine.js", "/town/sw-register.js"] {
        assert!(needed.contains(&url), "{url}: {needed:?}");
    }
    for url in needed {
        let path = format!("public/{}", url.strip_prefix("/town/").unwrap());
        assert!(p.exists(&path) && (p.path(&path).is_file() || p.exists(&format!("{path}index.html"))), "{url}");
    }
    assert_eq!(known["languages"][0]["prefix"], "/town/en/", "the longest prefix first");
    assert!(known["languages"][1]["saved"].as_str().unwrap().contains("保存于{date}"));
    assert!(p.read("public/offline/index.html").contains("noindex") && !p.read("public/sitemap.xml").contains("/offline/"));
    // The same content is the same worker; another is another.
    p.build();
    assert_eq!(p.read("public/sw.js"), first);
    p.file("content/policies/a.md", "---\ntitle: 渡口管理办法\npublished_at: 2025-01-02\n---\n第一条 渡船免票。\n");
    p.build();
    assert_ne!(p.read("public/sw.js"), first);
}

#[test]
fn switched_off_in_so_many_words_it_clears_what_was_kept() {
    let p = site("offline: false\n");
    p.build();
    let worker = p.read("public/sw.js");
    assert!(worker.contains("\"clerestory \" + \"/town/\" + \" \"") && worker.contains("unregister()") && !worker.contains("\"fetch\""), "{worker}");
    assert!(!p.exists("public/sw-register.js") && !p.exists("public/offline") && !p.read("public/index.html").contains("sw-register"));
}

#[test]
fn the_public_page_of_checks_names_no_rule() {
    let p = site("home: [findings]\nreport_to: web@example.org\n");
    p.file("content/policies/b.md", "---\ntitle: 草稿\ndraft: true\nauthro: x\n---\n正文\n");
    assert_eq!(p.run(&["build", "--allow-errors", "--internal", "office", "--lang", "zh"]).code, 0);
    let (home, page, english) = (p.read("public/index.html"), p.read("public/checks/index.html"), p.read("public/en/checks/index.html"));
    assert!(home.contains("还没有改正的有") && home.contains("<a href=\"/town/checks/\">本站怎样自查</a>"), "{home}");
    assert!(page.contains("个人信息和保密") && page.contains("程序查不出什么") && page.contains("mailto:web@example.org"), "{page}");
    assert!(english.contains("How this site checks itself") && english.contains("What a program does not see"));
    for text in [&home, &page, &english] {
        assert!(!text.contains("SRC0") && !text.contains("authro"), "{text}");
    }
    // What the public is not told the editors are: code, place, what is not public, how much there is.
    let editors = p.read("office/index.html");
    for part in [
        "<td>SRC005</td>",
        "content/policies/b.md:",
        "authro",
        "<td>草稿</td>",
        "检查的问题，按规则",
        "内容有多少",
        concat!("Clerestory ", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(editors.contains(part), "{part}: {editors}");
    }
    // A page of the site's own takes the place.
    let own = site("");
    own.file("content/pages/checks.md", "---\ntitle: 我们怎样检查\n---\n用眼睛。\n");
    own.build();
    assert!(own.read("public/checks/index.html").contains("用眼睛"));
}

#[test]
fn a_generic_english_site_tells_of_its_checks_in_english() {
    let p = Project::new("title: Portal\nbase_url: https://example.org/\nas_of: 2026-01-01\nlanguages: [en]\nprofile: generic\noffline: true\n");
    p.file("content/news/a.md", "---\ntitle: News\npublished_at: 2025-01-02\n---\nText.\n");
    p.build();
    let page = p.read("public/checks/index.html");
    assert!(page.contains("How this site checks itself") && !page.contains("Time limits"), "{page}");
    for name in ["checks/index.html", "offline/index.html", "sw.js", "sw-register.js"] {
        let han = p.read(&format!("public/{name}")).chars().find(|c| ('\u{3400}'..='\u{9fff}').contains(c));
        assert_eq!(han, None, "{name}");
    }
}
