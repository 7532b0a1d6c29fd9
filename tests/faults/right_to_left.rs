//! Languages that run from right to left: direction, parts in another language, a style sheet that mirrors.
#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

use crate::support::{Project, copy_tree, golden, run_in, shared};
use std::fs;
use std::path::Path;

/// The Arabic test project, built.
fn arabic() -> Project {
    let p = Project::new("");
    copy_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rtl"), p.root());
    assert_eq!(run_in(p.root(), &["build"]).code, 0);
    p
}

/// The body of a page.
fn body(p: &Project, page: &str) -> String {
    let html = p.read(&format!("public/{page}"));
    let from = html.find("<body>").expect("a body");
    html[from..].to_string()
}

#[test]
fn a_page_from_right_to_left_is_as_it_was_agreed() {
    let p = arabic();
    golden("tests/vectors/rtl.html", &format!("{}\n{}", body(&p, "index.html"), body(&p, "news/a/index.html")));
}

#[test]
fn direction_and_language_are_told_where_they_change() {
    let p = arabic();
    for page in ["index.html", "news/a/index.html", "datasets/rain/rain/index.html", "embed/rain/rain/index.html", "search/index.html", "404.html"] {
        assert!(p.read(&format!("public/{page}")).contains("<html lang=\"ar\" dir=\"rtl\""), "{page}");
        assert!(
            p.read(&format!("public/{}", if page == "news/a/index.html" { "en/news/b/index.html".into() } else { format!("en/{page}") }))
                .contains("<html lang=\"en\"")
        );
    }
    let home = body(&p, "index.html");
    // What the theme's Arabic has stands bare; what English stands in for says so; a language is called by its own name.
    assert!(home.contains(">انتقل إلى المحتوى</a>") && home.contains("<span lang=\"en\" dir=\"ltr\">Easy view</span>"), "{home}");
    assert!(home.contains("<a href=\"/departments/\" lang=\"en\" dir=\"ltr\">Departments</a>") && home.contains("<a href=\"/news/\">الأخبار</a>"), "{home}");
    assert!(home.contains("<span lang=\"ar\" aria-current=\"true\">العربية</span>") && home.contains("<a lang=\"en\" dir=\"ltr\" hreflang=\"en\""), "{home}");
    let english = body(&p, "en/index.html");
    assert!(english.contains("<a lang=\"ar\" dir=\"rtl\" hreflang=\"ar\"") && !english.contains("<span lang=\"en\">"), "{english}");
    // Titles in lists that are in another language.
    let list = body(&p, "en/news/index.html");
    assert!(!list.contains("تقرير") || list.contains("lang=\"ar\" dir=\"rtl\""), "{list}");
    // Nothing is marked inside an attribute or an element of text only.
    let search = p.read("public/search/index.html");
    assert!(!search.contains("=\"<span") && !search.contains("&lt;span") && !search.contains("<option value=\"\"><span"), "{search}");
}

#[test]
fn the_case_of_direction_has_it() {
    let p = Project::new(&format!("{}as_of: 2026-11-27\n", fs::read_to_string(shared("cases/rtl-direction").join("site.yaml")).expect("a site")));
    copy_tree(&shared("cases/rtl-direction/content"), &p.path("content"));
    p.build();
    let page = p.read("public/news/a/index.html");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\"") && page.contains("lang=\"en\" dir=\"ltr\""), "{page}");
    for (tag, dir) in [
        ("he", " dir=\"rtl\""),
        ("fa", " dir=\"rtl\""),
        ("ug", " dir=\"rtl\""),
        ("ur-PK", " dir=\"rtl\""),
        ("uz-Arab", " dir=\"rtl\""),
        ("tr", ""),
        ("ug-Latn", ""),
    ] {
        let p =
            Project::new(&format!("title: T\ndescription: D\nbase_url: https://data.example.org/\nprofile: generic\nlanguages: [{tag}]\nas_of: 2026-01-01\n"));
        p.file("content/news/a.md", "# T\n\ntext\n");
        p.build();
        assert!(p.read("public/index.html").contains(&format!("<html lang=\"{tag}\"{dir} data-")), "{tag}");
    }
}

/// Sides are told by their logical names; what old browsers do not know so has a counterpart under `[dir="rtl"]`.
#[test]
fn the_style_sheet_mirrors() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/assets/css");
    let files = ["civic", "content"].iter().flat_map(|sheet| fs::read_dir(dir.join(sheet)).expect("style sheets").flatten());
    let mut all = String::new();
    for e in files {
        let css = fs::read_to_string(e.path()).expect("text");
        all.push_str(&css);
        for line in css.lines().filter(|l| !l.contains("[dir=") && !l.contains("@page")) {
            // The same on both sides mirrors itself.
            let margin = |side: &str| line.split_once(side).map(|(_, v)| v.split([';', '}']).next().unwrap_or("").trim().to_string());
            let even = margin("margin-left:").is_some_and(|l| margin("margin-right:") == Some(l));
            let line = if even { line.replace("margin-left:", "").replace("margin-right:", "") } else { line.to_string() };
            for side in ["margin-left:", "margin-right:", "border-left:", "border-right:", "text-align: left", "border-left-color"] {
                assert!(!line.contains(side), "{side} in {line}");
            }
            let (left, right) = (line.contains("padding-left:"), line.contains("padding-right:"));
            assert!(left == right, "{line}");
        }
    }
    for rule in [".skip", ".steps__step::before", ".find__button", ".find__input", ".facet legend"] {
        assert!(all.contains(&format!("[dir=\"rtl\"] {rule}")), "{rule}");
    }
}
