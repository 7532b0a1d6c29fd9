//! Hostile and broken input: each ends in a clear finding or error and the right exit code.
#![expect(clippy::disallowed_methods, reason = "tests make and break files")]

use crate::support::{Project, SITE, shown, tree, without_our_scripts};
use std::fs;
use std::time::{Duration, Instant};

fn with(name: &str, bytes: impl AsRef<[u8]>) -> Project {
    let p = Project::new(SITE);
    p.file("content/policies/good.md", "---\ntitle: 好\n---\n正文\n").file(name, bytes);
    p
}

/// The code is found at the file, the other files are read, and `build` ends with `exit`.
fn expect(p: &Project, code: &str, exit: i32) {
    let ran = p.run(&["build", "--allow-errors", "--format", "json"]);
    assert!(ran.out.contains(&format!("\"code\": \"{code}\"")), "{code}: {ran:#?}");
    assert_eq!(ran.code, exit, "{ran:#?}");
    assert_eq!(p.exists("public/policies/good/index.html"), exit == 0);
    assert!(fs::read_dir(p.root()).unwrap().flatten().all(|e| !e.file_name().to_string_lossy().contains("stage")), "a stage was left");
}

#[test]
fn encodings_and_line_ends() {
    expect(&with("content/policies/gbk.md", b"---\ntitle: \xB9\xAB\xB8\xE6\n---\n"), "SRC001", 1);
    let p = with("content/policies/bom.md", "\u{FEFF}---\r\ntitle: 带BOM\r\n---\r\n第一行\r\n第二行\r\n");
    p.build();
    let page = p.read("public/policies/bom/index.html");
    assert!(page.contains("<h1>带BOM</h1>") && page.contains("<p>第一行第二行</p>"), "{page}");
    expect(&with("content/policies/tab.md", "---\ntitle: 甲\n\tx: 乙\n---\n"), "SRC004", 1);
}

#[test]
fn bombs_cost_neither_time_nor_memory() {
    let start = Instant::now();
    let mut bomb = String::from("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for i in 1..14 {
        bomb += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
    }
    expect(&with("content/policies/bomb.md", bomb + "---\n"), "SRC017", 1);
    for open in ["[", "{", "- ", "? "] {
        let p = with("content/policies/deep.md", format!("---\ntitle: {}\n---\n", open.repeat(100_000)));
        assert_eq!(p.run(&["build"]).code, 1, "{open}");
        let p = with("content/policies/deep.md", format!("---\n{}\n---\n", open.repeat(100_000)));
        assert_eq!(p.run(&["build"]).code, 1, "{open}");
    }
    for shape in ["[", "*", "_", ">", "- ", "![", "<a ", "`", "[^a]: ", "<!-- "] {
        let p = with("content/policies/md.md", format!("---\ntitle: 甲\n---\n{}\n", shape.repeat(50_000)));
        p.build();
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_file_of_200_mb_is_refused() {
    let p = with("content/policies/x.md", "");
    let f = fs::File::create(p.path("content/policies/x.md")).unwrap();
    f.set_len(200 << 20).unwrap();
    expect(&p, "SRC002", 1);
}

#[test]
fn addresses_stay_in_the_output() {
    for bad in [
        "slug: ../../x",
        "slug: a/../../../x",
        "slug: con",
        "slug: \"a\\\\b\"",
        "aliases: [../../../x]",
        "aliases: [\"/../x.html\"]",
        "slug: \"a\\u202eb\"",
        "slug: \".git\"",
    ] {
        let p = with("content/policies/evil.md", format!("---\ntitle: 甲\n{bad}\n---\n"));
        // Others may have a file of that name in the folder of all temporary folders.
        let outside = p.root().parent().unwrap().join("x");
        let before = std::fs::metadata(&outside).and_then(|m| m.modified()).ok();
        expect(&p, "URL002", 1);
        assert_eq!(std::fs::metadata(&outside).and_then(|m| m.modified()).ok(), before, "{bad}");
        assert!(!p.exists("x"));
    }
    let long = format!("content/policies/{}.md", "长".repeat(84));
    assert_eq!(long.rsplit('/').next().unwrap().len(), 255);
    expect(&with(&long, "---\ntitle: 甲\n---\n"), "URL010", 0);
    let p = with(&long, "---\ntitle: 甲\nslug: short\n---\n");
    p.build();
    assert!(p.exists("public/policies/short/index.html"));
    expect(&with("content/policies/GOOD.md", "---\ntitle: 甲\n---\n"), "URL001", 1);
    expect(&with("content/policies/x.md", "---\ntitle: 甲\naliases: [/policies/good/]\n---\n"), "URL001", 1);
    // A page cannot stand where another needs a folder.
    expect(&with("content/policies/x.md", "---\ntitle: 甲\naliases: [/policies/good.html, /policies/good.html/y/]\n---\n"), "URL001", 1);
}

#[cfg(unix)]
#[test]
fn links_on_the_disk() {
    use std::os::unix::fs::symlink;
    let p = with("content/policies/a.md", "---\ntitle: 甲\n---\n");
    fs::write(p.path("secret.md"), "---\ntitle: 机密\n---\n").unwrap();
    symlink(p.path("content"), p.path("content/policies/loop")).unwrap();
    symlink(p.path("secret.md"), p.path("content/policies/out.md")).unwrap();
    symlink("nothing", p.path("content/policies/dead.md")).unwrap();
    symlink("a.md", p.path("content/policies/inside.md")).unwrap();
    let found = p.findings(&[]);
    assert_eq!(found.iter().filter(|f| f.0 == "SRC003").count(), 3, "{found:?}");
    p.run(&["build"]);
    assert!(tree(&p.path("public")).values().all(|b| !String::from_utf8_lossy(b).contains("机密")));
    assert!(p.exists("public/policies/inside/index.html"));
}

#[test]
fn relations_that_cannot_be() {
    let p = with("content/policies/a.md", "---\ntitle: 甲\nrepeals: [b]\nreplaced_by: b\n---\n");
    p.file("content/policies/b.md", "---\ntitle: 乙\nrepeals: [a]\nreplaced_by: a\n---\n");
    expect(&p, "POL004", 0);
    expect(&with("content/interpretations/i.md", "---\ntitle: 解读\n---\n正文\n"), "ITP003", 0);
}

#[test]
fn themes_that_are_broken() {
    let site = |theme: &str| {
        let p = Project::new(&format!("{SITE}theme: {theme}\n"));
        p.file("content/policies/good.md", "---\ntitle: 好\n---\n正文\n");
        p
    };
    expect(&site("none"), "THM003", 1);
    expect(&site("../../etc"), "THM003", 1);
    let p = site("mine");
    p.file("themes/mine/theme.yaml", "extends: civic\n")
        .file("themes/mine/templates/pages/policy.html", "{% extends \"layouts/base.html\" %}\n{% block main %}{{ oops\n{% endblock main %}");
    expect(&p, "THM001", 1);
    let ran = p.run(&["build"]);
    assert!(ran.out.contains("policy.html") && ran.out.contains("policy.html:3:1"), "{}", ran.out);
    p.file("themes/mine/templates/pages/policy.html", "{% extends \"layouts/base.html\" %}\n{% block main %}{{ no_such_thing.deeper }}{% endblock main %}");
    expect(&p, "THM001", 1);
    // One template overridden, the rest inherited; the override may extend what it overrides.
    p.file("themes/mine/templates/pages/policy.html", "{% extends \"civic/pages/policy.html\" %}\n{% block main %}<p>我的</p>{{ super() }}{% endblock main %}");
    p.file("themes/mine/i18n/zh-Hans.yaml", "nav.home: 起点\n");
    p.build();
    let page = p.read("public/policies/good/index.html");
    assert!(page.contains("<p>我的</p>") && page.contains("<h1>好</h1>") && page.contains("起点"), "{page}");
    expect(&site("loop").also("themes/loop/theme.yaml", "extends: loop\n"), "THM003", 1);
}

impl Project {
    fn also(self, name: &str, text: &str) -> Project {
        self.file(name, text);
        self
    }
}

#[test]
fn a_project_that_is_none() {
    let dir = tempfile::tempdir().unwrap();
    let ran = crate::support::run_in(dir.path(), &["build"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("site.yaml"), "{ran:#?}");
    assert_eq!(crate::support::run_in(dir.path(), &["bild"]).code, 2);
    assert_eq!(crate::support::run_in(dir.path(), &["build", "--as-of", "昨天"]).code, 2);
    assert_eq!(crate::support::run_in(dir.path(), &["--help"]).code, 0);
    let p = Project::new("title: 甲\nbase_url: ftp://x\nlanguages: [\"a/b\"]\nprofile: x\nnonsense: 1\n");
    p.file("content/pages/a.md", "---\ntitle: 甲\n---\n");
    assert_eq!(p.codes(), ["SRC005", "SRC008", "SRC040"]);
}

#[test]
fn every_naughty_string_stays_in_its_place() {
    // Lists of strings that nobody here wrote: one for programs in general, one for browsers.
    let mut text = String::new();
    for folder in ["data/bad-strings", "data/bad-xss"] {
        let lists = tree(&crate::support::shared(folder)).into_iter().filter(|(n, _)| n.ends_with(".txt"));
        lists.for_each(|(_, bytes)| text.push_str(&format!("{}\n", String::from_utf8_lossy(&bytes))));
    }
    let p = Project::new(SITE);
    let mut n = 0;
    for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        // What YAML forbids as it stands, it allows escaped.
        let raw = |c: char| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}');
        let quoted: String =
            serde_json::to_string(line).unwrap().chars().map(|c| if raw(c) { format!("\\u{:04x}", c as u32) } else { c.to_string() }).collect();
        p.file(
            &format!("content/policies/n{n:04}.md"),
            format!("---\ntitle: {quoted}\nsummary: {quoted}\nkeywords: [{quoted}]\nsource: {quoted}\npublished_at: 2025-01-01\n---\n{line}\n"),
        );
        n += 1;
    }
    assert!(n > 1000, "{n} strings");
    let ran = p.run(&["build", "--allow-errors"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for (name, bytes) in tree(&p.path("public")) {
        if name.ends_with(".png") || name.ends_with(".bin") {
            continue;
        }
        let text = if name.ends_with(".docx") { shown(&name, &bytes) } else { String::from_utf8(bytes).unwrap_or_else(|_| panic!("{name} is not UTF-8")) };
        if name.ends_with(".html") {
            let low = without_our_scripts(&text)
                .to_ascii_lowercase()
                .replace("<svg class=\"top__mark\"", "")
                .replace("<svg class=\"find__icon\"", "")
                .replace("<svg class=\"hero__windows\"", "");
            for bad in ["<script", "<img src=x", "<svg", "<iframe", "href=\"javascript", "href=\"data:", "<style"] {
                assert!(!low.contains(bad), "{name}: {bad}");
            }
        }
        if name.ends_with(".xml") {
            assert!(!text.chars().any(|c| c < ' ' && !matches!(c, '\n' | '\r' | '\t')), "{name}: a control character");
        }
        if name.ends_with("feed.json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
        }
    }
}
