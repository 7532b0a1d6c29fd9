//! Publishing and addresses: nothing before its minute, nothing outside the output, no address of a site that is none.
#![expect(clippy::disallowed_methods, reason = "tests make, break and read files")]

use crate::support::{Project, SITE, copy_tree, shared, tree};
use std::fs;

fn case(name: &str) -> Project {
    let dir = tempfile::tempdir().unwrap();
    copy_tree(&shared("cases").join(name), dir.path());
    Project { dir }
}

#[test]
fn an_item_comes_out_at_its_minute() {
    let p = case("schedule-time-of-day");
    for (as_of, out, next) in [
        ("2026-11-26T16:40:00Z", false, "2026-11-27 23:59"),
        ("2026-11-27 00:40", false, "2026-11-27 23:59"),
        ("2026-11-27T23:58:59+08:00", false, "2026-11-27 23:59"),
        ("2026-11-27T15:59:00Z", true, ""),
        ("2026-11-27 23:59", true, ""),
        // A plain date is the whole day.
        ("2026-11-27", true, ""),
        ("2026-11-26", false, "2026-11-27 23:59"),
    ] {
        let ran = p.run(&["build", "--as-of", as_of, "--summary", "s.json"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.exists("public/news/later/index.html"), out, "{as_of}");
        let told = tree(&p.path("public")).iter().any(|(n, b)| !n.ends_with(".bin") && String::from_utf8_lossy(b).contains("晚间发布"));
        assert_eq!(told, out, "{as_of}");
        let summary: serde_json::Value = serde_json::from_str(&p.read("s.json")).unwrap();
        assert_eq!(summary["next_change"].as_str().unwrap_or(""), next, "{as_of}");
        assert_eq!(ran.err.contains("23:59"), !out, "{}", ran.err);
    }
    assert_eq!(p.run(&["build", "--as-of", "2026-11-27 25:00"]).code, 2);
    // The same by the file, and by the clock of a reproducible build.
    let site = p.read("site.yaml");
    p.file("site.yaml", format!("{site}as_of: 2026-11-27 00:40\n"));
    p.build();
    assert!(!p.exists("public/news/later/index.html"));
}

#[test]
fn what_is_withdrawn_or_warned_of_keeps_to_its_minute_too() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\n");
    p.file("content/news/w.md", "---\ntitle: 将撤\npublished_at: 2026-01-01\nwithdrawn: {on: 2026-11-27 18:00, reason: 有误}\n---\n将撤正文\n");
    p.file("content/alerts.yaml", "- {title: 台风红色预警, level: red, from: 2026-11-27 20:00, until: 2026-11-27 22:00}\n");
    p.file("content/policies/e.md", "---\ntitle: 办法\npublished_at: 2026-01-01\nexpires_on: 2026-11-27 12:00\n---\n正文\n");
    for (as_of, gone, alert) in [("17:59", false, false), ("18:00", true, false), ("20:00", true, true), ("21:59", true, true), ("22:00", true, false)] {
        let ran = p.run(&["build", "--as-of", &format!("2026-11-27 {as_of}")]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.read("public/news/w/index.html").contains("将撤正文"), !gone, "{as_of}");
        assert_eq!(p.read("public/index.html").contains("台风红色预警"), alert, "{as_of}");
    }
    assert!(p.findings(&[]).iter().any(|f| f.0 == "SRC041" && f.1 == "content/policies/e.md" && f.2 == 4));
}

#[test]
fn no_site_is_published_under_an_address_that_is_none() {
    for bad in [
        "data.gov.cn",
        "ftp://data.gov.cn/",
        "https://data.gov.cn/a b/",
        "https://u:p@data.gov.cn/",
        "https://data.gov.cn/?a=1",
        "https://data.gov.cn/#a",
        "https://data.gov.cn/../",
        "https://data.gov.cn/%0d%0aadd_header%20X%20y/",
        "https://data.gov.cn/%2e%2e/",
        "https：//data.gov.cn/",
    ] {
        let p = Project::new(&format!("title: 站\nas_of: 2026-01-01\nbase_url: \"{bad}\"\n"));
        p.file("content/news/a.md", "---\ntitle: 甲\n---\n字\n");
        for args in [&["build"][..], &["build", "--hold-back"]] {
            let ran = p.run(args);
            assert_eq!(ran.code, 1, "{bad}: {ran:#?}");
            assert!(ran.out.contains("SRC040") && ran.out.contains("site.yaml:3:"), "{}", ran.out);
        }
        assert!(!p.exists("public"), "{bad}");
        let good = Project::new(SITE);
        good.file("content/news/a.md", "---\ntitle: 甲\n---\n字\n");
        let ran = good.run(&["build", "--base-url", bad]);
        assert!(ran.code == 1 && ran.out.contains("--base-url") && !good.exists("public"), "{bad}: {ran:#?}");
    }
}

#[test]
fn an_example_address_is_told_when_it_goes_live() {
    let build = |site: &str| {
        let p = Project::new(site);
        p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2026-01-01\n---\n字\n");
        assert!(!p.run(&["check"]).out.contains("SRC042"));
        p.build().out
    };
    for url in ["http://localhost:8000/", "https://data.example.org/", "http://10.1.2.3/", "https://www.example.gov.cn/"] {
        assert!(build(&format!("title: 站\nbase_url: {url}\n")).contains("SRC042"), "{url}");
    }
    assert!(build("title: 站\n").contains("SRC042"));
    for site in [
        "title: 站\nbase_url: http://localhost/\ndemo: true\n",
        "title: 站\nbase_url: https://example.org/\nas_of: 2026-02-01\n",
        "title: 站\nbase_url: https://data.city.gov.cn/\n",
    ] {
        assert!(!build(site).contains("SRC042"), "{site}");
    }
}

/// A target that cannot be exchanged as a whole: a mount point.
#[cfg(target_os = "linux")]
struct Mount(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Mount {
    fn new(path: std::path::PathBuf) -> Mount {
        fs::create_dir_all(&path).unwrap();
        let made = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=20m", "tmpfs"]).arg(&path).status().is_ok_and(|s| s.success());
        assert!(made, "no tmpfs can be mounted: run the tests by ./run-tests, as root, or under `unshare --map-root-user --mount`");
        Mount(path)
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_old_list_deletes_nothing_outside_the_output() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 甲\n---\n字\n").file("content/news/b.md", "---\ntitle: 乙\n---\n字\n");
    p.file("victim.txt", "外面").file("deep/victim.txt", "外面");
    let m = Mount::new(p.path("site"));
    let build = || p.run(&["build", "--out", "site"]);
    assert_eq!(build().code, 0);
    let zero = "0".repeat(64);
    let outside = p.path("deep/victim.txt").to_string_lossy().into_owned();
    let mut list = p.read("site/manifest.sha256");
    for path in ["../victim.txt", "a/../../victim.txt", outside.as_str(), "./../victim.txt", "..", "/", "news//../../victim.txt", "..\\victim.txt"] {
        list.push_str(&format!("{zero}  {path}\n"));
    }
    list.push_str("../victim.txt\nx  ../victim.txt\n");
    p.file("site/manifest.sha256", &list);
    fs::remove_file(p.path("content/news/b.md")).unwrap();
    let ran = build();
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!((p.read("victim.txt"), p.read("deep/victim.txt")), ("外面".into(), "外面".into()));
    assert!(m.0.join("news/a/index.html").exists() && !m.0.join("news/b").exists());
    assert!(!p.read("site/manifest.sha256").contains("victim"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_link_in_the_output_is_not_followed() {
    use std::os::unix::fs::symlink;
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 甲\n---\n字\n").file("content/news/b.md", "---\ntitle: 乙\n---\n字\n");
    p.file("outside/b/index.html", "外面").file("outside/a/index.html", "外面").file("outside/x.txt", "外面");
    let before = tree(&p.path("outside"));
    let _m = Mount::new(p.path("site"));
    let build = || p.run(&["build", "--out", "site"]);
    assert_eq!(build().code, 0);
    // A folder of the site is a link to somewhere else, and the list says so: nothing is written or deleted there.
    fs::remove_dir_all(p.path("site/news")).unwrap();
    symlink(p.path("outside"), p.path("site/news")).unwrap();
    let list = p.read("site/manifest.sha256");
    p.file("site/manifest.sha256", format!("{list}{}  news\n", "0".repeat(64)));
    fs::remove_file(p.path("content/news/b.md")).unwrap();
    let ran = build();
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("news"), "{}", ran.err);
    assert_eq!(tree(&p.path("outside")), before);
    // Nor through the name under which a list is written, or through the list itself.
    fs::remove_file(p.path("site/news")).unwrap();
    for name in [".manifest.new", "manifest.sha256"] {
        let _ = fs::remove_file(p.path("site").join(name));
        symlink(p.path("outside/x.txt"), p.path("site").join(name)).unwrap();
        assert_eq!(build().code, 2, "{name}");
        assert_eq!(tree(&p.path("outside")), before, "{name}");
        fs::remove_file(p.path("site").join(name)).unwrap();
        p.file("site/manifest.sha256", &list);
    }
    let ran = build();
    assert_eq!(ran.code, 0, "{ran:#?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_may_become_a_folder_and_back() {
    let p = Project::new(SITE);
    let m = Mount::new(p.path("site"));
    let build = || {
        let ran = p.run(&["build", "--out", "site"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
    };
    p.file("content/pages/p.md", "---\ntitle: 页\n---\n文\n").file("static/a", "一").file("static/b/c/d.txt", "二");
    build();
    fs::remove_file(p.path("static/a")).unwrap();
    fs::remove_dir_all(p.path("static/b")).unwrap();
    p.file("static/a/x.txt", "三").file("static/b", "四");
    build();
    assert_eq!((p.read("site/a/x.txt"), p.read("site/b")), ("三".into(), "四".into()));
    p.build();
    assert_eq!(tree(&m.0), tree(&p.path("public")));
}

#[test]
fn findings_give_no_orders_to_terminals_and_logs() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: \"x\\n::error::y\\e[2J##vso[task.complete]\\u202e\"\n---\n字\n");
    p.file("content/news/\u{1b}[31m##[error]b.md", "---\ntitle: 乙\nnonsense: 1\n---\n字\n");
    for format in ["text", "github", "json", "sarif"] {
        let ran = p.run(&["check", "--format", format]);
        assert!(ran.out.contains("SRC007") && ran.out.contains("SRC005"), "{}", ran.out);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']) && !ran.out.contains("##vso[") && !ran.out.contains("##["), "{format}: {}", ran.out);
        assert!(ran.out.lines().all(|l| format == "github" || !l.trim_start().starts_with("::")), "{}", ran.out);
    }
}
