//! Files made to burst: each list, text and address has its budget, and what is within it is no fault. Times are measured by
//! `tests/walks/bombs`.

use crate::support::{Project, SITE};

const HEAD: &str = "---\ntitle: 甲\npublished_at: 2025-12-01\n";

fn list(key: &str, n: usize, line: impl Fn(usize) -> String) -> String {
    format!("{key}:\n{}", (0..n).map(|i| format!("- {}\n", line(i))).collect::<String>())
}

/// Codes that a project has with one more file.
fn codes(path: &str, text: &str) -> Vec<String> {
    let p = Project::new(SITE);
    p.file("content/news/b.md", format!("{HEAD}---\n文\n"));
    p.file(path, text);
    p.codes()
}

#[test]
fn lists_have_budgets_by_key() {
    for (key, most) in [("aliases", 5_000), ("changes", 1_000), ("attachments", 1_000)] {
        let within = codes("content/news/a.md", &format!("{HEAD}{}---\n文\n", list(key, most, |i| format!("/o/{i}"))));
        assert!(!within.contains(&"SRC017".to_string()), "{key}: {within:?}");
        let over = codes("content/news/a.md", &format!("{HEAD}{}---\n文\n", list(key, most + 1, |i| format!("/o/{i}"))));
        assert!(over.contains(&"SRC017".to_string()), "{key}: {over:?}");
    }
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}{}---\n文\n", list("aliases", 5_001, |i| format!("/o/{i}"))));
    // The place is that of the first entry too many; the item is held.
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC017" && f.2 == 5_005), "{:?}", p.findings(&[]));
    p.run(&["build"]);
    assert!(!p.exists("public/news/a/index.html"));
}

#[test]
fn vocabularies_have_a_budget_and_nothing_follows_from_it() {
    let text = |n: usize| (0..n).map(|i| format!("- {{id: d{i}, name: 局{i}}}\n")).collect::<String>();
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}issuer: d10000\n---\n文\n"));
    p.file("content/departments.yaml", text(10_001));
    let found = p.findings(&[]);
    assert!(found.iter().any(|f| f.0 == "SRC017" && f.1 == "content/departments.yaml" && f.2 == 10_001), "{found:?}");
    assert!(!found.iter().any(|f| f.0 == "SRC011"), "{found:?}");
    p.file("content/departments.yaml", text(10_000).replace("d9999,", "d10000,"));
    assert!(!p.codes().iter().any(|c| c == "SRC017" || c == "SRC011"));
    // Ids that are there twice are told as before.
    p.file("content/departments.yaml", format!("{}- {{id: d3, name: 又}}\n", text(5)));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC009" && f.2 == 6));
}

#[test]
fn the_site_s_own_lists_have_budgets() {
    let tag = |i: usize| format!("{}{}{}", char::from(b'a' + (i / 26) as u8), char::from(b'a' + (i % 26) as u8), 'x');
    let p = Project::new(&format!("{SITE}languages: [{}]\n", (0..51).map(tag).collect::<Vec<_>>().join(", ")));
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC017" && f.1 == "site.yaml"));
    // A folder written twice, in whatever way, is read once.
    let p = Project::new(&format!("{SITE}content: [content, ./content, content/]\n"));
    p.file("content/news/a.md", format!("{HEAD}---\n文\n"));
    let found = p.findings(&[]);
    assert_eq!(found.iter().filter(|f| f.0 == "SRC009" && f.1 == "site.yaml").count(), 2, "{found:?}");
    assert!(!found.iter().any(|f| f.0 == "SRC018"), "{found:?}");
}

#[test]
fn descriptions_by_language_have_a_budget() {
    let texts: String = (0..51).map(|i| format!("  x{}{}: 文\n", char::from(b'a' + i / 26), char::from(b'a' + i % 26))).collect();
    assert!(codes("content/news/a.yaml", &format!("title: 甲\npublished_at: 2025-12-01\ndescription:\n{texts}")).contains(&"SRC017".to_string()));
}

#[test]
fn old_addresses_have_a_length() {
    let long = |n: usize| format!("{HEAD}aliases: [\"{}\"]\n---\n文\n", "/a".repeat(n));
    assert!(codes("content/news/a.md", &long(1_100)).contains(&"URL002".to_string()));
    assert!(!codes("content/news/a.md", &long(100)).contains(&"URL002".to_string()));
}

#[test]
fn a_text_nested_too_deeply_is_published_as_it_stands() {
    for deep in [
        format!("{}深\n懒\n", "> ".repeat(101)),
        format!("{}深\n", ">".repeat(101)),
        format!("{}深\n", "- ".repeat(101)),
        format!("{}深\n", "1. ".repeat(101)),
        format!("{}深\n", "> - ".repeat(60)),
        format!("   {}深\n", ">- ".repeat(60)),
    ] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", format!("{HEAD}---\n前*文* <b>\n\n{deep}\n后文\n"));
        let found = p.findings(&[]);
        assert!(found.iter().any(|f| f.0 == "SRC038" && f.2 == 7), "{deep}: {found:?}");
        p.build();
        let html = p.read("public/news/a/index.html");
        for words in ["<p>前*文* &lt;b&gt;</p>", "深</p>", "<p>后文</p>"] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
    for fine in [
        format!("{}深", "> ".repeat(99)),
        "- ".repeat(200),
        "* ".repeat(200),
        "-".repeat(500),
        format!("|{}\n|{}", "a|".repeat(200), "-|".repeat(200)),
        "* * * * 甲".into(),
        "1 2 3 ".repeat(100),
        "- ".repeat(50) + "甲",
    ] {
        let got = codes("content/news/a.md", &format!("{HEAD}---\n{fine}\n"));
        assert!(!got.contains(&"SRC038".to_string()), "{fine}: {got:?}");
    }
}

#[test]
fn pieces_of_text_are_joined_as_they_stood() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", format!("{HEAD}---\n甲[乙]（丙] &amp;丁\\*戊[[己*a\n\n<div>\n一\n二\n</div>\n\n末\n"));
    p.build();
    let html = p.read("public/news/a/index.html");
    assert!(html.contains("甲[乙]（丙] &amp;丁*戊[[己*a") && html.contains("&lt;div&gt;\n一\n二\n&lt;/div&gt;"), "{html}");
}
