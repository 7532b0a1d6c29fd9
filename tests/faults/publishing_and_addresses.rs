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

#[test]
fn the_calendar_never_stops_a_build() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\n");
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    p.file("content/themes.yaml", "- {id: t1, label: 民生}\n");
    p.file(
        "content/policies/new.md",
        "---\ntitle: 新办法\nissuer: [a]\ntheme: 民生\ndoc_type: 通知\npublished_at: 2026-01-01\neffective_from: 2026-03-01\nattachments: [x.pdf]\nwithdrawn: {on: 2026-05-01}\naliases: [/old/new.html]\n---\n正文\n",
    );
    p.file("content/policies/x.pdf", "%PDF-1.4");
    p.file("content/policies/other.md", "---\ntitle: 旧办法\npublished_at: 2020-01-01\neffective_from: 2020-01-01\n---\n正文\n");
    p.file("content/datasets/d/dataset.yaml", "title: 数据\npublisher: a\nresources: [{name: r, path: r.csv}]\nwithdrawn: {on: 2026-05-01}\n")
        .file("content/datasets/d/r.csv", "a,b\n1,2\n3,4\n5,6\n");
    let ran = p.run(&["build", "--as-of", "2026-02-01", "--record-urls"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let ledger = p.read("urls.txt");
    assert!(!ledger.contains("/by-") && !ledger.contains("/page/"), "{ledger}");
    for kept in ["/policies/new/", "/policies/x.pdf", "/departments/a/", "/themes/t1/", "/policies/", "/datasets/d/r/", "/datasets/d/r/r.csv", "/old/new.html"]
    {
        assert!(ledger.contains(&format!("{kept}\n")), "{kept}");
    }
    // A ledger of an earlier version holds such lists.
    p.file("urls.txt", format!("{ledger}/policies/by-validity/not-yet/\n/policies/by-type/notice/\n/policies/by-theme/t1/page/2/\n/policies/page/7/\n"));
    for (day, state) in [("2026-02-01", "not-yet"), ("2026-03-01", "in-force"), ("2026-05-01", "withdrawn"), ("2027-01-01", "withdrawn")] {
        for hold in [&[][..], &["--hold-back"]] {
            let ran = p.run(&[&["build", "--as-of", day], hold].concat());
            assert_eq!(ran.code, 0, "{day}: {ran:#?}");
            assert!(!ran.out.contains("URL003"), "{}", ran.out);
        }
        // Empty, or leading on; never a page that is not there.
        let list = p.read("public/policies/by-validity/not-yet/index.html");
        assert_eq!(list.contains("新办法"), state == "not-yet", "{day}");
        assert!(p.exists("public/policies/by-type/notice/index.html") && p.exists("public/themes/t1/index.html"), "{day}");
        assert!(p.read("public/policies/page/7/index.html").contains("url=/policies/"), "{day}");
        assert_eq!(p.exists("public/policies/x.pdf"), state != "withdrawn", "{day}");
    }
    assert!(p.read("public/old/new.html").contains("url=/policies/new/") && p.read("public/policies/new/index.html").contains("撤回"));
    assert!(p.read("public/datasets/d/r/index.html").contains("url=/datasets/d/"));
    // What was promised and is really lost is still said.
    fs::remove_file(p.path("content/policies/other.md")).unwrap();
    let ran = p.run(&["build", "--as-of", "2027-01-01"]);
    assert!(ran.code == 1 && ran.out.contains("/policies/other/"), "{ran:#?}");
}

#[test]
fn a_held_item_excuses_its_own_addresses_alone() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: true\n");
    p.file("content/departments.yaml", "- {id: a, name: 甲局}\n");
    for n in ["a", "b", "c"] {
        p.file(&format!("content/policies/{n}.md"), format!("---\ntitle: 文件{n}\nattachments: [{n}.txt]\naliases: [/old/{n}.html]\n---\n正文\n"))
            .file(&format!("content/policies/{n}.txt"), "附件");
    }
    assert_eq!(p.run(&["build", "--allow-errors", "--record-urls"]).code, 0);
    let secret = "---\ntitle: 文件a\nattachments: [a.txt]\naliases: [/old/a.html]\n---\n机密★一年\n";
    p.file("content/policies/a.md", secret);
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(p.read("public/policies/a/index.html").contains("暂时无法查看") && !p.exists("public/policies/a.txt"));
    // Another is lost at the same time: that is no matter of the held one.
    let b = p.read("content/policies/b.md");
    fs::rename(p.path("content/policies/b.md"), p.path("content/policies/moved.md")).unwrap();
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert!(ran.code == 1 && ran.out.contains("URL003") && ran.out.contains("/policies/b/"), "{ran:#?}");
    assert!(!ran.out.contains("/policies/a/ was"), "{}", ran.out);
    fs::remove_file(p.path("content/policies/moved.md")).unwrap();
    p.file("content/policies/b.md", b);
    // A file that cannot be read is held too, and only what was its own is excused.
    p.file("content/policies/c.md", "---\ntitle: [文件c\nattachments: [c.txt]\naliases: [/old/c.html]\n---\n正文\n");
    let ran = p.run(&["build", "--allow-errors", "--hold-back"]);
    assert!(ran.out.contains("content/policies/c.md") && !ran.out.contains("URL003"), "{ran:#?}");
}

/// Every kind of old address on one item.
const OLD: &str = "---\ntitle: 甲\npublished_at: 2026-01-01\naliases:\n  - /art.shtml\n  - /a.jsp\n  - \"/show.aspx?id=123\"\n  - /data.json\n  - /old/file.pdf\n  - \"/index.php?m=content&id=5\"\n  - /政策/旧文.html\n  - /%E6%97%A7/\n  - /Old/ABC.HTML\n  - /gone\n  - \"/c.html#top\"\n  - \"http://old.city.gov.cn/col/col1/index.html\"\n  - \"/?p=9\"\n  - \"/s?词=公告\"\n  - \"/x.asp?123\"\n---\n字\n";

#[test]
fn old_addresses_of_every_kind_are_answered() {
    let p = Project::new(SITE);
    p.file("content/news/a.md", OLD);
    p.file("content/departments.yaml", "- {id: d, name: 甲局, aliases: [/bm/d.asp, \"/dept?id=4\"]}\n");
    p.file("content/themes.yaml", "- {id: t, label: 民生, aliases: [/zt/]}\n");
    p.file("content/news/_column.yaml", "title: 动态\naliases: [/xw.html]\n");
    let ran = p.run(&["build", "--record-urls"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for page in [
        "art.shtml",
        "a.jsp/index.html",
        "data.json/index.html",
        "old/file.pdf/index.html",
        "政策/旧文.html",
        "旧/index.html",
        "Old/ABC.HTML",
        "gone/index.html",
        "c.html",
        "col/col1/index.html",
    ] {
        assert!(p.read(&format!("public/{page}")).contains("url=/news/a/"), "{page}");
    }
    assert!(p.read("public/bm/d.asp/index.html").contains("url=/departments/d/") && p.read("public/zt/index.html").contains("url=/themes/t/"));
    assert!(p.read("public/xw.html").contains("url=/news/"));
    let (nginx, apache, caddy, redirects) =
        (p.read("public/hosting/nginx.conf"), p.read("public/hosting/apache.conf"), p.read("public/hosting/Caddyfile"), p.read("public/_redirects"));
    assert!(nginx.contains("location = /show.aspx {\n    if ($arg_id ~* \"^123$\") { return 301 /news/a/; }"), "{nginx}");
    assert!(nginx.contains("set $clerestory_query \"$arg_m&$arg_id\";\n    if ($clerestory_query ~* \"^content&5$\")"), "{nginx}");
    assert!(nginx.contains("location = / {\n    if ($arg_p ~* \"^9$\")") && nginx.contains("if ($args ~* \"^123$\")"), "{nginx}");
    assert!(apache.contains("RewriteCond %{REQUEST_URI} \"^/show\\x2easpx$\"\nRewriteCond %{QUERY_STRING} \"(?:^|&)id=123(?:&|$)\" [NC]\nRewriteRule \"^\" \"/news/a/\" [R=301,L,QSD,NE]"), "{apache}");
    assert!(apache.contains("RedirectMatch 301 \"^/old/file\\x2epdf$\" \"/news/a/\"") && !apache.contains("Redirect 301"), "{apache}");
    assert!(caddy.contains("path \"/show.aspx\"\n    query \"id=123\"\n}") && caddy.contains("query \"m=content\" \"id=5\""), "{caddy}");
    assert!(
        redirects.contains("/show.aspx id=123 /news/a/ 301!\n")
            && redirects.contains("/a.jsp /news/a/ 301!\n")
            && redirects.contains("/index.php m=content id=5 /news/a/ 301!"),
        "{redirects}"
    );
    // Promised once, they are kept, queries too.
    let ledger = p.read("urls.txt");
    assert!(ledger.contains("/show.aspx?id=123\n") && ledger.contains("/a.jsp/\n") && ledger.contains("/dept?id=4\n"), "{ledger}");
    assert_eq!(p.build().code, 0);
    p.file("content/news/a.md", OLD.replace("id=123", "id=124"));
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("URL003") && ran.out.contains("/show.aspx?id=123"), "{ran:#?}");
    // An address with a query that stands in the ledger by hand is answered by the alias, in whatever order.
    p.file("content/news/a.md", OLD).file("urls.txt", "/index.php?id=5&m=content\n/art.shtml\n");
    assert_eq!(p.build().code, 0);
    // Each host is told what it cannot.
    let found = |host: &str| {
        p.file("site.yaml", format!("{SITE}{host}"));
        let all = p.findings(&[]);
        let n = |code: &str| all.iter().filter(|f| f.0 == code).count();
        (n("URL004"), n("URL005"), n("HST004"))
    };
    assert_eq!(found(""), (11, 1, 1));
    assert_eq!(found("host: nginx\n"), (0, 1, 0));
    assert_eq!(found("host: netlify\n"), (0, 1, 0));
    assert_eq!(found("host: cloudflare-pages\n"), (6, 1, 0));
    assert_eq!(found("host: github-pages\n"), (11, 1, 0));
    p.file("site.yaml", format!("{SITE}host: cloudflare-pages\n"));
    p.build();
    let redirects = p.read("public/_redirects");
    assert!(redirects.contains("/a.jsp /news/a/ 301\n") && !redirects.contains("301!"), "{redirects}");
    assert!(redirects.lines().all(|l| l.starts_with('#') || l.split_whitespace().count() == 3), "{redirects}");
}

#[test]
fn an_old_address_that_is_taken_is_a_finding() {
    let with = |aliases: &str| {
        let p = Project::new(SITE);
        p.file("content/news/a.md", format!("---\ntitle: 甲\naliases: {aliases}\n---\n字\n"))
            .file("content/news/b.md", "---\ntitle: 乙\nattachments: [b.pdf]\naliases: [\"/s?id=1\", /x/]\n---\n字\n");
        p.file("content/news/b.pdf", "%PDF");
        p.findings(&[]).into_iter().filter(|f| f.0.starts_with("URL00") && f.0.as_str() < "URL004").map(|f| (f.0, f.2)).collect::<Vec<_>>()
    };
    for taken in [
        "[/news/b/]",
        "[/news/b]",
        "[/News/B/]",
        "[/news/b.pdf]",
        "[/]",
        "[/news/]",
        "[\"/s?id=1\"]",
        "[/x/]",
        "[/X/]",
        "[/news/a/]",
        "[/404.html]",
        "[/robots.txt]",
    ] {
        let found = with(taken);
        // Of two that claim one old address, the second is told of the first.
        assert!(found.len() == 1 && found[0].0 == "URL001" && found[0].1 >= 3, "{taken}: {found:?}");
    }
    for bad in ["[\"/a\\nb\"]", "[/a/../b]", "[\"/%0d%0aSet-Cookie: x\"]", "[/a//b]", "[\"/%B9%AB.html\"]"] {
        assert_eq!(with(bad), [("URL002".to_string(), 3)], "{bad}");
    }
    for good in ["[\"/s?id=2\", \"/s?id=1&p=2\"]", "[/News/A/]", "[/y/, /y/, /Y/]", "[\"/?id=1\"]", "[\"/news/b/?id=1\"]", "[\"/a:b\"]"] {
        assert_eq!(with(good), [], "{good}");
    }
}

#[test]
fn what_hosts_cannot_take_is_said() {
    let p = case("redirects-limit");
    let ran = p.build();
    assert!(ran.out.contains("HST001") && ran.out.contains("2100") && ran.out.contains("Cloudflare Pages 2000"), "{}", ran.out);
    assert_eq!(p.read("public/_redirects").lines().filter(|l| l.ends_with(" 301!")).count(), 2100);
    let summary = p.run(&["build", "--summary", "s.json"]);
    assert!(summary.code == 0 && summary.err.contains("2100 old addresses redirect"), "{}", summary.err);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&p.read("s.json")).unwrap()["redirects"], 2100);
    let site = p.read("site.yaml");
    for (host, told) in [("nginx", false), ("netlify", false), ("cloudflare-pages", true), ("gitlab-pages", true), ("vercel", true)] {
        p.file("site.yaml", format!("{site}host: {host}\n"));
        assert_eq!(p.findings(&[]).iter().any(|f| f.0 == "HST001"), told, "{host}");
    }
    let q = case("alias-with-query");
    assert_eq!(q.build().code, 0);
    assert!(q.read("public/hosting/nginx.conf").contains("location = /show.aspx"));
}

#[test]
fn attachments_that_run_are_downloads_on_every_host() {
    let names = [
        "a.html",
        "b.HTM",
        "c.svg",
        "d.shtml",
        "e.xht",
        "f.atom",
        "g.rdf",
        "h.rss",
        "i.xslt",
        "j.xul",
        "k.xml",
        "l.mht",
        "m.swf",
        "n.js",
        "o.mjs",
        "p.wasm",
        "q.svgz",
        "r.xhtml",
        "s.xsl",
        "t 甲.svg",
        "u.php",
    ];
    let p = Project::new(SITE);
    p.file(
        "content/policies/x.md",
        format!("---\ntitle: 甲\nattachments: [{}, fine.pdf, fine.csv, fine.png]\n---\n字\n", names.map(|n| format!("\"{n}\"")).join(", ")),
    );
    for n in names.iter().chain(&["fine.pdf", "fine.csv", "fine.png"]) {
        p.file(&format!("content/policies/{n}"), "<script>alert(1)</script>");
    }
    let ran = p.build();
    assert!(ran.out.contains("HST002") && ran.out.contains("of the site: 21 ("), "{}", ran.out);
    let (headers, nginx, apache, caddy) =
        (p.read("public/_headers"), p.read("public/hosting/nginx.conf"), p.read("public/hosting/apache.conf"), p.read("public/hosting/Caddyfile"));
    for name in names.iter().filter(|n| !n.contains(' ')) {
        let after = |text: &str, mark: &str| text.split(mark).nth(1).unwrap_or_else(|| panic!("{name}: {mark}")).chars().take(400).collect::<String>();
        let h = after(&headers, &format!("/policies/{name}\n"));
        assert!(h.contains("Content-Disposition: attachment") && h.contains("sandbox") && h.contains("nosniff"), "{name}: {h}");
        let n = after(&nginx, &format!("location = /policies/{name} {{"));
        assert!(n.contains("Content-Disposition \"attachment\" always") && n.contains("sandbox"), "{name}: {n}");
        let mark = format!("m#^/policies/{}$#", name.replace('.', "\\x2e"));
        assert!(after(&apache, &mark).contains("Header always set Content-Disposition \"attachment\""), "{name}");
        assert!(caddy.contains(&format!("path \"/policies/{name}\"\nheader @download")), "{name}");
    }
    assert!(nginx.contains("location = \"/policies/t 甲.svg\"") && headers.contains("/policies/t%20%E7%94%B2.svg\n"));
    for text in [&headers, &nginx, &apache, &caddy] {
        assert!(!text.contains("fine"));
    }
    for (host, told) in [("nginx", false), ("netlify", false), ("github-pages", true), ("object-storage", true)] {
        p.file("site.yaml", format!("{SITE}host: {host}\n"));
        assert_eq!(p.findings(&[]).iter().any(|f| f.0 == "HST002"), told, "{host}");
    }
}

/// Whatever a build writes, the next build knows as its own: names with signs of addresses among them, whole folders exchanged or
/// file by file.
#[cfg(target_os = "linux")]
#[test]
fn every_name_that_a_build_writes_is_known_to_the_next() {
    let names = [
        "1#楼公示.pdf",
        "a?b.pdf",
        "#.pdf",
        "50%.pdf",
        "a b.pdf",
        "甲  乙.pdf",
        "a&b.pdf",
        "a'b.pdf",
        "a=b;c.pdf",
        "【附件】（一）.pdf",
        "a+b@c.pdf",
        "~a.pdf",
        "é.pdf",
        "𠮷.pdf",
        "a[1].pdf",
        "a{b}.pdf",
        "a^b.pdf",
        "a`b.pdf",
        "%2e%2e.pdf",
        "-.pdf",
        "a.tar.gz",
        "没有后缀",
        "a*b.pdf",
        "a:b.pdf",
        "con.pdf",
        "a\"b.pdf",
        "a<b>.pdf",
        "a|b.pdf",
        "end.",
        "\u{202e}a.pdf",
        "a\nb.pdf",
    ];
    let mut written = 0;
    let mount = Project::new(SITE);
    let _m = Mount::new(mount.path("site"));
    for name in names {
        for place in ["content/news", "static"] {
            let p = Project::new(SITE);
            let list = serde_json::to_string(&[name]).unwrap();
            p.file(
                "content/news/a.md",
                format!(
                    "---\ntitle: 甲\npublished_at: 2025-01-01\n{}---\n字\n",
                    if place == "static" { String::new() } else { format!("attachments: {list}\n") }
                ),
            );
            p.file(&format!("{place}/{name}"), "%PDF-1.4");
            let first = p.run(&["build", "--allow-errors"]);
            if first.code != 0 {
                assert!(first.out.contains("URL002") && first.out.contains("rename the file") && !first.out.contains("slug:"), "{place}/{name}: {first:#?}");
                continue;
            }
            written += usize::from(place == "static");
            for _ in 0..2 {
                let ran = p.run(&["build", "--allow-errors"]);
                assert_eq!(ran.code, 0, "{place}/{name}: {ran:#?}");
            }
            let out = mount.path("site");
            for _ in 0..2 {
                let ran = p.run(&["build", "--allow-errors", "--out", out.to_str().unwrap()]);
                assert_eq!(ran.code, 0, "{place}/{name}, file by file: {ran:#?}");
            }
            assert_eq!(tree(&out), tree(&p.path("public")), "{place}/{name}");
        }
    }
    assert_eq!(written, 22, "names of static/ that are published");
}

#[test]
fn signs_of_addresses_in_names_are_published_and_encoded_in_links() {
    let p = Project::new(SITE);
    p.file(
        "content/news/a.md",
        "---\ntitle: 甲\npublished_at: 2025-01-01\nattachments: [\"1#楼.pdf\"]\n---\n[说明](/说明#1.txt)、[问](/为何?.txt#x)、[又](/说明%231.txt)\n",
    );
    p.file("content/news/1#楼.pdf", "%PDF-1.4").file("static/说明#1.txt", "字").file("static/为何?.txt", "字");
    p.file("content/datasets/d/dataset.yaml", "title: 数据\nresources: [{name: r, path: \"1#表?.csv\"}]\n").file("content/datasets/d/1#表?.csv", "a,b\n1,2\n");
    for _ in 0..2 {
        p.build();
    }
    assert!(p.exists("public/说明#1.txt") && p.exists("public/news/1#楼.pdf") && p.exists("public/datasets/d/1#表?.csv"));
    let page = p.read("public/news/a/index.html");
    assert!(page.contains("href=\"/news/1%23%E6%A5%BC.pdf\""), "{page}");
    assert_eq!(page.matches("href=\"/%E8%AF%B4%E6%98%8E%231.txt\"").count(), 2, "{page}");
    assert!(p.read("public/datasets/d/index.html").contains("1%23%E8%A1%A8%3F.csv"));
    // The old files go when their sources do.
    fs::remove_file(p.path("static/说明#1.txt")).unwrap();
    p.build();
    assert!(!p.exists("public/说明#1.txt"));
}

#[test]
fn what_is_not_public_is_not_linked_to() {
    let p = Project::new("title: 测试站\nbase_url: https://example.org/\n");
    p.file("content/news/dd.md", "---\ntitle: 稿\ndraft: true\n---\n见[己](rr.md)和[将](ff.md)\n");
    p.file("content/news/ff.md", "---\ntitle: 将\npublished_at: 2027-01-01\n---\n[稿](ee.md)\n");
    p.file("content/news/ee.md", "---\ntitle: 同时\npublished_at: 2027-01-01\n---\n字\n");
    p.file("content/news/ww.md", "---\ntitle: 撤\npublished_at: 2025-01-01\nwithdrawn: {on: 2026-01-01, reason: 有误}\n---\n[稿](dd.md)\n");
    p.file("content/datasets/ds/dataset.yaml", "title: 数\ndraft: true\nresources: [{name: r, path: r.csv}]\n").file("content/datasets/ds/r.csv", "a,b\n1,2\n");
    p.file(
        "content/news/rr.md",
        "---\ntitle: 己\npublished_at: 2025-01-01\n---\n[**甲**](dd.md)\n[乙](ff.md#一)\n[丙](./dd)\n[丁](/news/dd/)\n[戊](/news/dd.md \"题\")\n[庚](../datasets/ds/)\n![图](dd.md)\n[辛][x]\n[壬](ww.md)\n[癸](ddd.md)\n\n[x]: ff.md\n",
    );
    let found: Vec<_> = p.findings(&["--as-of", "2026-02-01"]).into_iter().filter(|f| f.0 == "LNK001").map(|f| (f.1, f.2, f.3)).collect();
    let here = |n| ("content/news/rr.md".to_string(), n, 1);
    for line in [5, 6, 7, 8, 9, 10, 11, 12, 14] {
        assert!(found.contains(&here(line)), "{line}: {found:?}");
    }
    assert_eq!(found.len(), 9, "{found:?}");
    let ran = p.run(&["check", "--as-of", "2026-02-01"]);
    assert!(ran.out.contains("comes out on 2027-01-01") && ran.out.contains("is a draft") && ran.out.contains("did you mean `dd.md`"), "{}", ran.out);
    let ran = p.run(&["build", "--as-of", "2026-02-01"]);
    assert_eq!(ran.code, 1, "a link to a draft is an error: {ran:#?}");
    let page = p.read("public/news/rr/index.html");
    for dead in ["href=\"dd.md", "href=\"dd\"", "href=\"ff", "href=\"./dd", "/news/dd", "/datasets/ds", "src=\"dd", "/news/ff"] {
        assert!(!page.contains(dead), "{dead}: {page}");
    }
    assert!(page.contains("<strong>甲</strong>") && page.contains("乙") && page.contains("辛") && page.contains("图"), "{page}");
    assert!(page.contains("<a href=\"/news/ww/\">壬</a>"), "{page}");
    // A warning alone lets the build end well, and the link is there on its day.
    p.file("content/news/rr.md", "---\ntitle: 己\npublished_at: 2025-01-01\n---\n[乙](ff.md#一)\n");
    assert_eq!(p.run(&["build", "--as-of", "2026-02-01"]).code, 0);
    assert!(p.run(&["check", "--as-of", "2026-02-01", "--format", "json"]).out.contains("LNK001"));
    fs::remove_file(p.path("content/news/ff.md")).unwrap();
    p.file("content/news/ff.md", "---\ntitle: 将\npublished_at: 2027-01-01\n---\n## 一\n\n[时](ee.md)\n");
    assert_eq!(p.run(&["build", "--as-of", "2027-01-01"]).code, 0);
    assert!(p.read("public/news/rr/index.html").contains("<a href=\"/news/ff/#%E4%B8%80\">乙</a>"));
    assert!(!p.findings(&["--as-of", "2027-01-01"]).iter().any(|f| f.0 == "LNK001"));
}

/// Which of some heads let their item be published, where everything that blocks is held back.
fn shown<'h>(heads: &[&'h str]) -> Vec<&'h str> {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/news/y.md", "---\ntitle: 乙\n---\n字\n");
    for (n, head) in heads.iter().enumerate() {
        p.file(&format!("content/news/x{n}.md"), format!("---\ntitle: 甲\n{head}\n---\n秘密{n}的正文\n"));
    }
    let ran = p.run(&["build", "--hold-back", "--allow-errors", "--as-of", "2026-02-01"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let told: String = tree(&p.path("public")).iter().filter(|(n, _)| n.ends_with(".html")).map(|(_, b)| String::from_utf8_lossy(b).into_owned()).collect();
    heads.iter().enumerate().filter(|(n, _)| told.contains(&format!("秘密{n}的"))).map(|(_, h)| *h).collect()
}

#[test]
fn fields_of_other_tools_and_slips_hold_an_item() {
    let held = [
        "date: 2099-01-01",
        "Date: 2099-01-01",
        "date: 2099-01-01 10:00:00 +0800",
        "date: Mon, 12 Jan 2099 10:00:00 GMT",
        "date: 待定",
        "publishDate: 2099-01-01",
        "publish_date: 2099-01-01T00:00:00Z",
        "published_on: 2099-01-01",
        "publishedAt: 2099-01-01",
        "Published_at: 2099-01-01",
        "publised_at: 2099-01-01",
        "pubDate: 2099-01-01",
        "release_date: 2099-01-01",
        "embargo: 2099-01-01",
        "embargo: 2099",
        "embargo: true",
        "embargo_until: later",
        "go_live: 2099-01-01",
        "scheduled: 2099-01-01",
        "发布日期: 2099年1月1日",
        "定时发布: 2099-01-01 08:00",
        "published_at: 2025-01-01\npublishDate: 2099-01-01",
        "published_at: [2025-01-01]",
        "published_at: {on: 2025-01-01}",
        "published_at: \"\"",
        "published_at:",
        "published_at: ~",
        "published_at: 2099",
        "published_at: 2025-01-01\npublished_at: 2099-01-01",
        "draft: false\ndraft: true",
        "draft: true\ndraft: false",
        "draft:",
        "draft: \"\"",
        "draft: ~",
        "draft: \"True \"",
        "draft: 是",
        "draft: [true]",
        "draft: 1",
        "draft: maybe",
        "Draft: true",
        "drfat: true",
        "<<: {draft: true}",
        "<<: {published_at: 2099-01-01}",
        "extra: &a {draft: true}\n<<: *a",
        "extra: &a {private: true}\n<<: [*a]",
        "status: scheduled",
        "status: Draft",
        "post_status: future",
        "visibility: private",
        "published: False",
        "wip: true",
        "password: abc",
        "_build: {render: never}",
        "attachments: []\nprivate: true",
        "extra: {draft: true, embargo: 2099-01-01}",
    ];
    assert_eq!(shown(&held), [""; 0]);
    let public = [
        "date: 2025-01-01",
        "date: 2017-03-14 10:00:00 -0400",
        "date: 13/12/2019",
        "date:",
        "published: true",
        "published_at: 2025-01-01",
        "published_at: 2025-01-01\ndate: 2099-01-01",
        "publishDate: \"\"",
        "embargo: false",
        "release: v1.2",
        "status: final",
        "created: 2024",
        "draft: false",
        "draft: no\ndraft: no",
        "extra: {draft: false, embargo: 2020-01-01}",
        "<<: {author: 甲}",
        "available: true",
        "private: false",
    ];
    assert_eq!(shown(&public), public);
}

#[test]
fn what_a_translation_or_a_resource_says_holds_too() {
    for (head, out) in
        [("draft: true", false), ("published_at: 2099-01-01", false), ("private: yes", false), ("date: 2025-01-01", true), ("draft: false", true)]
    {
        let p = Project::new("title: 测试站\nlanguages: [zh-Hans, en]\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/news/x.md", "---\ntitle: 甲\npublished_at: 2025-01-01\n---\n字\n");
        p.file("content/news/x.en.md", format!("---\ntitle: A\n{head}\n---\nsecret words\n"));
        let ran = p.run(&["build", "--hold-back", "--allow-errors", "--as-of", "2026-02-01"]);
        let told = tree(&p.path("public")).iter().any(|(_, b)| String::from_utf8_lossy(b).contains("secret words"));
        assert_eq!(told, out, "{head}: {ran:#?}");
    }
    for key in ["draft: true", "private: true", "state: draft", "hidden: true"] {
        let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/datasets/d/dataset.yaml", format!("title: 数\nresources:\n- {{name: r, path: r.csv, {key}}}\n"));
        p.file("content/datasets/d/r.csv", "a,b\n1,2\n");
        let ran = p.run(&["build", "--hold-back", "--allow-errors"]);
        assert!(!p.exists("public/datasets/d/r.csv"), "{key}: {ran:#?}");
    }
}

#[test]
fn an_item_comes_out_on_the_day_that_another_tool_gave() {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/news/x.md", "---\ntitle: 甲\npublishDate: 2026-03-01 08:00\n---\n字\n").file("content/news/y.md", "---\ntitle: 乙\n---\n字\n");
    for (day, out) in [("2026-02-28", false), ("2026-03-01 07:59", false), ("2026-03-01 08:00", true), ("2026-03-02", true)] {
        let ran = p.run(&["build", "--as-of", day]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.exists("public/news/x/index.html"), out, "{day}");
        assert_eq!(ran.err.contains("2026-03-01 08:00"), !out, "{}", ran.err);
    }
}

#[test]
fn files_of_what_is_not_public_are_left_out_whoever_links_to_them() {
    let build = |owner: &str, linker: &str, extra: &[(&str, &str)]| {
        let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
        p.file("content/news/owner.md", format!("---\ntitle: 主\n{owner}attachments: [secret.txt]\n---\n字\n")).file("content/news/secret.txt", "秘密");
        p.file("content/news/linker.md", format!("---\ntitle: 客\n{linker}---\n见[附件](secret.txt)和[又](/news/secret.txt)。\n"));
        for (f, t) in extra {
            p.file(f, t);
        }
        let ran = p.run(&["build", "--hold-back", "--allow-errors", "--as-of", "2026-02-01"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        let out = tree(&p.path("public")).iter().any(|(n, _)| n.ends_with("secret.txt"));
        let page = p.read("public/news/linker/index.html");
        assert_eq!(page.contains("secret.txt"), out, "{page}");
        assert!(!ran.out.contains("LNK"), "{}", ran.out);
        (out, ran.out.matches("SEC012").count() / 2)
    };
    // Each of the two links is told once, and counted with its code above.
    for owner in ["draft: true\n", "published_at: 2027-01-01\n", "embargo: 2027-01-01\n", "published_at: 2025-01-01\nwithdrawn: {on: 2026-01-01}\n"] {
        let (out, told) = build(owner, "", &[]);
        assert!(!out && told >= 1, "{owner}: {told}");
    }
    // A held item: its own finding is enough.
    assert_eq!(build("published_at: later\n", "", &[]), (false, 0));
    // Public, or named by the public item too, it is published.
    assert_eq!(build("", "", &[]), (true, 0));
    assert_eq!(build("draft: true\n", "attachments: [secret.txt]\n", &[]), (true, 0));
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/datasets/d/dataset.yaml", "title: 数\ndraft: true\nresources: [{name: r, path: r.csv}]\n").file("content/datasets/d/r.csv", "a,b\n1,2\n");
    p.file("content/datasets/d/notes.txt", "说明");
    p.file("content/news/x.md", "---\ntitle: 甲\n---\n[一](../datasets/d/r.csv)\n[二](/datasets/d/notes.txt)\n![三](../datasets/d/r.csv)\n");
    assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "SEC012").map(|f| f.2).collect::<Vec<_>>(), [4, 5, 6]);
    p.run(&["build", "--allow-errors"]);
    assert!(!p.exists("public/datasets/d/r.csv") && !p.exists("public/datasets/d/notes.txt"));
    // Of a dataset that cannot be read the folder alone is known.
    p.file("content/datasets/d/dataset.yaml", "title: [数\n");
    p.run(&["build", "--hold-back", "--allow-errors"]);
    assert!(p.exists("public/news/x/index.html") && !p.exists("public/datasets/d/r.csv") && !p.exists("public/datasets/d/notes.txt"));
}

#[test]
fn names_that_say_draft_or_copy_are_held_until_somebody_decides() {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    let odd = ["_drafts/a", "草稿/a", "a.draft", "草稿-a", "a (副本)", "a - Copy", "~a", "_a", "a (1)", "b (1)"];
    let doc = |head: &str| format!("---\ntitle: 甲\n{head}---\n字\n");
    p.file("content/news/a.md", doc("")).file("content/news/e (1).md", doc("draft: false\n"));
    for name in odd {
        p.file(&format!("content/news/{name}.md"), doc(""));
    }
    p.file("content/news/c.draft.md", doc("draft: false\n")).file("content/news/drafts/c.md", doc("draft: true\n"));
    p.file("content/datasets/d - Copy/dataset.yaml", "title: 数\n");
    let found = p.findings(&[]);
    let told: Vec<&str> = found.iter().filter(|f| f.0 == "SEC013").map(|f| f.1.as_str()).collect();
    assert_eq!(told.len(), odd.len() + 1, "{told:?}");
    assert_eq!(p.run(&["build", "--hold-back"]).code, 0);
    for name in odd {
        assert!(!p.exists(&format!("public/news/{name}/index.html")), "{name}");
    }
    assert!(p.exists("public/news/a/index.html") && p.exists("public/news/e (1)/index.html") && p.exists("public/news/c.draft/index.html"));
}

#[test]
fn a_dataset_that_is_there_twice_is_told_with_the_other_place() {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    let set = |id: &str, title: &str| format!("title: {title}\n{id}resources: [{{name: r, path: r.csv}}]\n");
    for (folder, text, csv) in [
        ("a", set("id: x\n", "甲"), "a,b\n1,2\n"),
        ("b", set("id: x\n", "乙"), "a,b\n1,3\n"),
        ("c", set("", "丙"), "a,b\n1,2\n"),
        ("d", set("", "丙"), "a,b\n1,2\n"),
        ("e", set("", "丙"), "a,b\n1,2\n3,4\n"),
        ("f", set("draft: true\nid: x\n", "丁"), "a,b\n1,2\n"),
    ] {
        p.file(&format!("content/datasets/{folder}/dataset.yaml"), text).file(&format!("content/datasets/{folder}/r.csv"), csv);
    }
    let found = p.findings(&[]);
    let told: Vec<(&str, u64)> = found.iter().filter(|f| f.0 == "OD007").map(|f| (f.1.as_str(), f.2)).collect();
    assert_eq!(told, [("content/datasets/b/dataset.yaml", 2), ("content/datasets/d/dataset.yaml", 1)]);
    assert!(p.run(&["check"]).out.contains("is also that of content/datasets/a/dataset.yaml"));
}

#[test]
fn one_old_address_in_two_spellings_is_one() {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/news/x.md", "---\ntitle: 甲\naliases: [/a, /a/, /b/, /b/index.html, /c/, /c]\n---\n字\n");
    assert!(!p.findings(&[]).iter().any(|f| f.0 == "URL001"));
    p.build();
    for page in ["a", "b", "c"] {
        assert!(p.read(&format!("public/{page}/index.html")).contains("url=/news/x/"), "{page}");
    }
    // Of another item it is taken.
    p.file("content/news/y.md", "---\ntitle: 乙\naliases: [/a/]\n---\n字\n");
    assert!(p.findings(&[]).iter().any(|f| f.0 == "URL001"));
}

#[test]
fn an_address_that_is_none_is_told_once() {
    let p = Project::new("title: 测试站\nbase_url: https://0x7f000001/\n");
    p.file("content/news/x.md", "---\ntitle: 甲\n---\n字\n");
    let ran = p.run(&["build"]);
    assert!(ran.code == 1 && ran.out.contains("SRC040") && !ran.out.contains("SRC042"), "{ran:#?}");
}

#[test]
fn endings_below_another_are_seen_too() {
    let names = ["x.html.zh", "x.html.zh-CN", "x.svg.br", "x.html.gz", "x.wsdl", "x.kml", "x.html5", "x.jnlp", "x.hta", "x.swf", "x.php.gz"];
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    let fine = ["a.csv.gz", "a.pdf", "a.tar.gz", "html.zip", "x.html.zip"];
    p.file("content/news/x.md", format!("---\ntitle: 甲\nattachments: [{}, {}]\n---\n字\n", names.join(", "), fine.join(", ")));
    for n in names.iter().chain(&fine) {
        p.file(&format!("content/news/{n}"), "x");
    }
    p.run(&["build", "--allow-errors"]);
    let headers = p.read("public/_headers");
    for n in names {
        assert!(headers.contains(&format!("/news/{n}\n")), "{n}: {headers}");
    }
    for n in fine {
        assert!(!headers.contains(&format!("/news/{n}\n")), "{n}");
    }
}

/// Items of `news/` that are shown on 27 November 2026, with the findings about the folder's file.
#[expect(clippy::type_complexity, reason = "read at once by its tests")]
fn below(files: &[(&str, &str)]) -> (Vec<String>, Vec<(String, String, u64, u64)>, crate::support::Ran) {
    let p = Project::new("title: 站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/policies/z.md", "---\ntitle: 在外\npublished_at: 2020-01-01\n---\n字\n");
    for (path, text) in files {
        p.file(path, *text);
    }
    let ran = p.run(&["build", "--hold-back", "--as-of", "2026-11-27"]);
    assert!(p.exists("public/policies/z/index.html") || ran.code != 0 || p.exists("content/_index.md"), "{ran:#?}");
    let out = tree(&p.path("public")).into_keys().filter_map(|n| n.strip_suffix("/index.html").map(String::from));
    let out = out.filter(|n| n.starts_with("news/") && n != "news/s" && n.rsplit('/').next().is_some_and(|n| n.len() == 1)).collect();
    (out, p.findings(&[]), ran)
}

#[test]
fn what_a_folder_says_of_those_below_it_holds_them() {
    let a = ("content/news/s/a.md", "---\ntitle: 甲\n---\n字\n");
    let b = ("content/news/s/t/b.md", "---\ntitle: 乙\ndraft: false\n---\n字\n");
    let c = ("content/news/c.md", "---\ntitle: 丙\n---\n字\n");
    let all = ["news/c", "news/s/a", "news/s/t/b"];
    for (head, line, right) in [
        ("---\ntitle: 节\n---\n", 0, &all[..]),
        ("---\ntitle: 节\ndraft: false\ndate: 2020-01-01\n---\n", 0, &all),
        ("---\ntitle: 节\nbuild: {render: never}\ncascade: {type: docs}\n---\n", 0, &all),
        ("---\ntitle: 节\ndraft: true\n---\n", 3, &["news/c", "news/s/t/b"]),
        ("---\ntitle: 节\ncascade:\n  draft: true\n---\n", 4, &["news/c", "news/s/t/b"]),
        ("---\ntitle: 节\ncascade:\n- _target: {path: /**}\n  draft: true\n---\n", 5, &["news/c", "news/s/t/b"]),
        ("---\ntitle: 节\ncascade: [{params: {private: true}}]\n---\n", 3, &["news/c", "news/s/t/b"]),
        ("---\ntitle: 节\ncascade: {build: {render: never}}\n---\n", 3, &["news/c", "news/s/t/b"]),
        ("---\ntitle: 节\ncascade: {publishDate: 2099-01-01}\n---\n", 0, &["news/c"]),
        ("---\ntitle: 节\ndate: 2099-01-01\n---\n", 0, &["news/c"]),
        ("+++\ntitle = '节'\n[cascade]\ndraft = true\n+++\n", 1, &["news/c", "news/s/t/b"]),
    ] {
        let (out, found, ran) = below(&[a, b, c, ("content/news/s/_index.md", head)]);
        assert_eq!(out, right, "{head}\n{}", ran.out);
        let told: Vec<u64> = found.iter().filter(|f| f.0 == "SRC043").map(|f| f.2).collect();
        assert_eq!(told, if line > 0 { vec![line] } else { vec![] }, "{head}: {found:?}");
    }
    // One that lies above, one in another language, and those of other tools.
    for (path, text) in [
        ("content/_index.md", "---\ntitle: 站\ncascade: {draft: true}\n---\n"),
        ("content/news/_index.md", "---\ntitle: 闻\ndraft: yes\n---\n"),
        ("content/news/s/_metadata.yml", "draft: true\n"),
    ] {
        let (out, found, ran) = below(&[a, b, (path, text)]);
        assert_eq!(out, ["news/s/t/b"], "{path}\n{}", ran.out);
        assert!(found.iter().any(|f| f.0 == "SRC043" && f.1 == path), "{found:?}");
    }
    for head in ["title: 节\ndraft: true\n", "title: 节\ncascade: {draft: true}\n", "title: 节\ncascade: [{published_at: 2099-01-01}]\n"] {
        let (out, _, ran) = below(&[a, b, ("content/news/s/_column.yaml", head)]);
        assert!(out.is_empty() && ran.code == 1 && ran.out.contains("_column.yaml:2"), "{head}\n{out:?}{}", ran.out);
    }
}

#[test]
fn days_written_above_the_text_hold() {
    for (text, out) in [
        ("# 甲\n\n发布日期：2099年1月1日\n\n字\n", false),
        ("---\ntitle: 甲\n---\n发布日期：2099年1月1日\n\n字\n", false),
        ("---\ntitle: 甲\n---\n# 另一题\n\n来源：乙　**发布时间**：2099-01-01 10:00\n\n字\n", false),
        ("---\ntitle: 甲\n---\n| 发布日期 | 2099年1月1日 |\n|---|---|\n\n字\n", false),
        ("# 甲\n\n发布时间：2026-11-27 18:00\n\n字\n", false),
        ("# 甲\n\n发布时间：2026-11-27 08:00\n\n字\n", true),
        ("# 甲\n\n发布日期：2026年11月27日　来源：乙\n\n字\n", true),
        ("---\ntitle: 甲\npublished_at: 2020-01-01\n---\n发布日期：2099年1月1日\n\n字\n", true),
        ("---\ntitle: 甲\n---\n本办法自发布之日起施行。\n发布日期：2099年1月1日\n", true),
    ] {
        let p = Project::new(SITE);
        p.file("content/news/a.md", text);
        p.run(&["build", "--as-of", "2026-11-27 12:00"]);
        assert_eq!(p.exists("public/news/a/index.html"), out, "{text}");
    }
    for (issued, out) in
        [("2020", true), ("2099", false), ("\"2099\"", false), ("2099-05", false), ("待定", false), ("2020-01-01", true), ("2099-01-01", false)]
    {
        let p = Project::new(SITE);
        p.file(
            "content/datasets/t/dataset.yaml",
            format!("title: 甲\ndescription: 说明\nlicense: CC-BY-4.0\nissued: {issued}\nresources:\n- {{path: t.csv}}\n"),
        );
        p.file("content/datasets/t/t.csv", "年,数\n2020,1\n2021,2\n");
        p.run(&["build", "--hold-back", "--as-of", "2026-11-27"]);
        assert_eq!(p.exists("public/datasets/t/index.html"), out, "{issued}");
    }
}

#[test]
fn a_file_of_static_takes_no_address_of_the_site_and_loses_to_none_in_silence() {
    let p = Project::new("title: 站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\n字\n");
    let all = "index.html INDEX.HTML 404.html manifest.sha256 .clerestory-build _headers _redirects sitemap.xml hosting/nginx.conf \
               search/zh-Hans/root.bin policies policies/a policies/a/index.html index.html/x";
    for name in all.split_whitespace() {
        let file = format!("static/{name}");
        p.file(&file, "x");
        let ran = p.run(&["build"]);
        assert!(ran.code == 1 && ran.out.contains("URL001") && ran.out.contains(&format!("--> {file}")), "{name}: {}", ran.out);
        assert_eq!(ran.out.matches("error[").count(), 1, "{name}: {}", ran.out);
        // It alone can be left out.
        let held = p.run(&["build", "--hold-back"]);
        assert!(held.code == 0 && held.err.contains(&file) && p.read("public/index.html").len() > 9, "{name}: {held:#?}");
        std::fs::remove_file(p.path(&file)).unwrap();
        let _ = std::fs::remove_dir_all(p.path("static"));
    }
    // What nothing else has is published as it is.
    for name in ["data.json", "search/root.bin", "assets/site.css", "favicon.ico", ".well-known/security.txt"] {
        p.file(&format!("static/{name}"), "x");
        assert_eq!(p.run(&["build"]).code, 0, "{name}");
        assert_eq!(p.read(&format!("public/{name}")), "x");
    }
}

#[test]
fn what_is_published_without_its_file_is_said() {
    let p = Project::new("title: 站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/datasets/t/dataset.yaml", "title: 甲\ndescription: 说明\nlicense: CC-BY-4.0\nresources:\n- {path: t.csv}\n");
    p.file("content/datasets/t/t.csv", "姓名,身份证号\n张三,11010519491231002X\n李四,440308199901010012\n");
    let ran = p.run(&["build", "--hold-back"]);
    // Nothing else is left of it.
    assert!(!p.exists("public/datasets/t"), "{ran:#?}");
    assert!(ran.err.contains("held as a whole") && ran.err.contains("1 held back: datasets/t/t.csv"), "{}", ran.err);
    p.file("content/datasets/t/u.csv", "年,数\n2020,1\n2021,2\n");
    p.file("content/datasets/t/dataset.yaml", "title: 甲\ndescription: 说明\nlicense: CC-BY-4.0\nresources:\n- {path: t.csv}\n- {path: u.csv}\n");
    let ran = p.run(&["build", "--hold-back"]);
    assert!(p.exists("public/datasets/t/u.csv") && !p.exists("public/datasets/t/t.csv"), "{ran:#?}");
    assert!(ran.err.contains("published without them"), "{}", ran.err);
}

/// What a build with `--hold-back` publishes of a needle, and whether a plain build stops.
fn kept_back(p: &Project, needle: &str, why: &str) -> String {
    let plain = p.run(&["build"]);
    assert_eq!(plain.code, 1, "{why}: {plain:#?}");
    assert!(!p.exists("public"), "{why}");
    let held = p.run(&["build", "--hold-back"]);
    if p.exists("public") {
        let told = tree(&p.path("public")).iter().find(|(_, b)| String::from_utf8_lossy(b).contains(needle)).map(|(n, _)| n.clone());
        assert_eq!(told, None, "{why}: {held:#?}");
        fs::remove_dir_all(p.path("public")).unwrap();
    }
    plain.out
}

#[test]
fn a_level_of_access_that_cannot_be_read_keeps_the_files() {
    let site = |line: &str| {
        let p = Project::new(SITE);
        p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\n字\n");
        p.file("content/datasets/d/dataset.yaml", format!("title: 数据\npublished_at: 2020-01-01\nresources: [{{name: r, path: r.csv}}]\n{line}\n"));
        p.file("content/datasets/d/r.csv", "a,b\nneedle,2\n");
        p
    };
    for line in [
        "access_rights: close",
        "access_rights: 不开放",
        "access_rights: 依申请开放",
        "access_rights: secret",
        "access_rights: [closed]",
        "access_rights: {zh: 不予开放}",
        "access_rights:",
        "access_rights: ''",
        "access_rights: 2",
        "access_rights: false",
        "Access_rights: closed",
        "accessRights: closed",
        "access-rights: closed",
        "acess_rights: closed",
        "access: closed",
        "access: none",
        "accessLevel: non-public",
        "accessLevel: restricted public",
        "开放属性: 不予开放",
        "开放等级: 有条件开放",
        "开放类型: 依申请开放",
    ] {
        let told = kept_back(&site(line), "needle", line);
        let n = told.matches(&format!("dataset.yaml:{}:", 4)).count();
        assert_eq!(n, 1, "{line}: {told}");
    }
    for (line, out) in [
        ("access_rights: Closed", false),
        ("access_rights: ' closed '", false),
        ("access_rights: 不予 开放", false),
        ("access_rights: NON-PUBLIC", false),
        ("access_rights: Open", true),
        ("access_rights: 无条件开放", true),
        ("accessLevel: public", true),
        ("access: open", true),
    ] {
        let p = site(line);
        let ran = p.run(&["build", "--hold-back"]);
        assert!(!ran.out.contains("SRC008"), "{line}: {ran:#?}");
        let there = p.exists("public") && tree(&p.path("public")).iter().any(|(_, b)| String::from_utf8_lossy(b).contains("needle"));
        assert_eq!(there, out, "{line}: {ran:#?}");
    }
}

#[test]
fn a_mask_that_is_misspelt_leaves_no_column_open() {
    let site = |schema: &str| {
        let p = Project::new(SITE);
        p.file("content/news/a.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\n字\n");
        p.file("content/datasets/d/dataset.yaml", format!("title: 数据\npublished_at: 2020-01-01\nresources: [{{name: r, path: r.csv, {schema}}}]\n"));
        p.file("content/datasets/d/r.csv", "a,b\n1,needle\n2,needle\n");
        p
    };
    for schema in [
        "schema: {fields: [{name: b, mask: }]}",
        "schema: {fields: [{name: b, mask: ''}]}",
        "schema: {fields: [{name: b, mask: [all]}]}",
        "schema: {fields: [{name: b, mask: {as: all}}]}",
        "schema: {fields: [{name: b, Mask: all}]}",
        "schema: {fields: [{name: b, MASK: all}]}",
        "schema: {fields: [{name: b, masked: all}]}",
        "schema: {fields: [{name: b, maks: all}]}",
        "schema: {fields: [{name: b, 脱敏: all}]}",
        "schema: {fields: [{name: b, 遮盖: 全部}]}",
        "schema: {fields: [{name: b, redact: true}]}",
        "schema: {fields: [{mask: all}]}",
        "schema: {fields: [{Name: b, mask: all}]}",
        "schema: {Fields: [{name: b, mask: all}]}",
        "schema: {field: [{name: b, mask: all}]}",
        "schema: {fields: {b: {mask: all}}}",
        "Schema: {fields: [{name: b, mask: all}]}",
        "fields: [{name: b, mask: all}]",
        "schema: {mask: [b]}",
        "mask: b",
    ] {
        kept_back(&site(schema), "needle", schema);
    }
    for schema in ["schema: {fields: [{name: b, mask: all}]}", "schema: {fields: {name: b, mask: all}}"] {
        let p = site(schema);
        p.build();
        assert!(!tree(&p.path("public")).iter().any(|(_, b)| String::from_utf8_lossy(b).contains("needle")), "{schema}");
    }
    site("schema: {fields: [{name: b, title: 乙}]}").build();
    site("schema: {fields: [{name: b, masked: false}]}").build();
}

#[test]
fn a_misspelt_withdrawal_holds() {
    for (file, line) in [
        ("x.md", "withdraw: {on: 2026-01-01}"),
        ("x.md", "Withdrawn: {on: 2026-01-01}"),
        ("x.md", "withdrawn:"),
        ("x.md", "withdrawn: ''"),
        ("x.md", "withdrawn_on: 2026-01-01"),
        ("x.md", "撤回: 2026-01-01"),
        ("x.md", "retracted: true"),
        ("x.md", "unpublish_on: 2020-01-01"),
        ("x.md", "下架时间: 2020-01-01"),
        ("x.md", "expires: 2020-01-01"),
        ("x.md", "expiryDate: 2020-01-01"),
        ("x.en.md", "withdrawn: {on: 2026-01-01}"),
        ("x.en.md", "withdrawn: true"),
        ("x.en.md", "撤回: 2026-01-01"),
    ] {
        let p = Project::new("title: 站\nbase_url: https://example.org/\nlanguages: [zh-Hans, en]\nas_of: 2026-06-01\n");
        let mut first = String::from("---\ntitle: 甲\npublished_at: 2020-01-01\n---\nneedle\n");
        if file == "x.md" {
            first = first.replace("---\nneedle", &format!("{line}\n---\nneedle"));
        } else {
            p.file("content/news/x.en.md", format!("---\ntitle: A\n{line}\n---\nneedle\n"));
        }
        p.file("content/news/x.md", first).file("content/news/y.md", "---\ntitle: 乙\npublished_at: 2020-01-01\n---\n字\n");
        let told = kept_back(&p, "needle", line);
        assert!(told.contains("error"), "{told}");
    }
    let p = Project::new(SITE);
    p.file("content/news/x.md", "---\ntitle: 甲\npublished_at: 2020-01-01\ndraft: ture\n---\nneedle\n");
    let ran = p.run(&["build"]);
    assert!(ran.out.contains("kept back") || ran.out.contains("不公布"), "{}", ran.out);
}

#[test]
fn a_misspelt_title_is_missing() {
    let p = Project::new("titel: 站\nbase_url: https://example.org/\n");
    p.file("content/news/x.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\nneedle\n");
    kept_back(&p, "needle", "titel of a site");
    let p = Project::new(SITE);
    p.file("content/datasets/d/dataset.yaml", "titel: 数据\npublished_at: 2020-01-01\n");
    assert_eq!(p.run(&["check"]).code, 1);
}

#[test]
fn a_file_of_settings_that_says_nothing_stops() {
    for site in ["1", "null", "[]", "- title: 站\n", "title\n", "''", "# title: 站\n", ""] {
        let p = Project::new(site);
        p.file("content/news/x.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\nneedle\n");
        kept_back(&p, "needle", site);
    }
}

#[test]
fn words_of_publication_within_free_data_keep_an_item_back() {
    for (head, out) in [
        ("extra: {draft: true}", false),
        ("extra: {a: {b: {draft: yes}}}", false),
        ("extra: {status: draft}", false),
        ("extra: {发布状态: 未发布}", false),
        ("extra: {published: false}", false),
        ("extra: {publish_date: 2099-01-01}", false),
        ("params: {draft: true}", false),
        ("params: {page: {status: draft}}", false),
        ("metadata: {embargo: 2099}", false),
        ("extra: {draft: false}", true),
        ("extra: {status: 完成}", true),
        ("extra: {status: pending}", true),
        ("extra: {date: 2099-01-01}", true),
        ("extra: {publish_date: 2019-01-01}", true),
        ("extra: {note: 草稿}", true),
        ("params: {toc: true}", true),
    ] {
        let p = Project::new(SITE);
        p.file("content/policies/a.md", format!("---\ntitle: 甲\n{head}\n---\n正文\n")).file("content/policies/b.md", "---\ntitle: 乙\n---\n正文\n");
        p.run(&["build", "--hold-back"]);
        assert_eq!(p.exists("public/policies/a/index.html"), out, "{head}: {:?}", p.findings(&[]));
        assert!(p.exists("public/policies/b/index.html"));
        let told = p.findings(&[]).iter().filter(|f| f.0 == "SRC005").count();
        assert_eq!(told, usize::from(!head.starts_with("extra") || !out || head.contains("2019")), "{head}");
    }
}

#[test]
fn data_in_the_folder_of_a_dataset_that_is_not_public_stays_there() {
    let data = |head: &str, path: &str| format!("title: 数\npublisher: office\nlicense: CC-BY-4.0\n{head}resources: [{{name: a, path: {path}}}]\n");
    for (head, out) in [("draft: true\n", false), ("published_at: 2099-01-01\n", false), ("", true)] {
        let p = Project::new(SITE);
        p.file("content/departments.yaml", "- {id: office, name: Office}\n");
        p.file("content/datasets/d/dataset.yaml", data(head, "a.csv")).file("content/datasets/d/a.csv", "年,数\n2020,71\n2021,72\n");
        let own = "title: 另\npublisher: office\nlicense: CC-BY-4.0\nresources: [{name: a, path: ../d/a.csv}, {name: b, path: b.csv}]\n";
        p.file("content/datasets/e/dataset.yaml", own).file("content/datasets/e/b.csv", "年,数\n2020,3\n2021,4\n");
        let ran = p.run(&["build", "--hold-back"]);
        let told = tree(&p.path("public")).iter().any(|(_, b)| memchr::memmem::find(b, b"2020,71").is_some());
        assert_eq!(told, out, "{head}: {}", ran.out);
        assert!(p.exists("public/datasets/e/index.html"), "{}", ran.out);
        assert_eq!(p.findings(&[]).iter().filter(|f| f.0 == "SEC012").count(), usize::from(!out), "{head}");
    }
    // Held for what is in it, it is not published by another dataset either.
    let p = Project::new(SITE);
    p.file("content/departments.yaml", "- {id: office, name: Office}\n");
    p.file("content/datasets/d/dataset.yaml", data("access_rights: 也许\n", "a.csv")).file("content/datasets/d/a.csv", "年,数\n2020,71\n2021,72\n");
    p.file("content/datasets/e/dataset.yaml", data("", "../d/a.csv"));
    p.run(&["build", "--hold-back"]);
    assert!(!tree(&p.path("public")).iter().any(|(_, b)| memchr::memmem::find(b, b"2020,71").is_some()));
}

#[test]
fn the_text_of_a_folders_file_and_an_address_that_is_none_are_told() {
    let p = Project::new("title: 测试站\nreport_to: \"javascript:alert(1)\"\n");
    p.file("content/news/_index.md", "---\ntitle: 新闻\n---\n# 新闻\n\n本栏目刊登……\n").file("content/pages/_index.md", "---\ntitle: 页\n---\n");
    p.file("content/news/a.md", "---\ntitle: 甲\nsource_url: \"javascript:alert(1)\"\n---\n正文\n");
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| matches!(&*f.0, "SRC046" | "SRC014")).map(|f| (f.0, f.1, f.2)).collect();
    let want = [("SRC014", "content/news/a.md", 3), ("SRC014", "site.yaml", 2), ("SRC046", "content/news/_index.md", 6)];
    assert_eq!(found.len(), 3, "{found:?}");
    for (code, file, line) in want {
        assert!(found.iter().any(|f| f.0 == code && f.1 == file && f.2 == line), "{code} {file}: {found:?}");
    }
}

/// The files of a build in which a needle stands, and what was told by SEC012: file and line.
fn leaked(p: &Project, needle: &[u8]) -> (Vec<String>, Vec<(String, u64)>) {
    let ran = p.run(&["build", "--hold-back", "--allow-errors", "--as-of", "2026-02-01"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let out = tree(&p.path("public")).into_iter().filter(|(_, b)| memchr::memmem::find(b, needle).is_some()).map(|(n, _)| n).collect();
    let told = p.findings(&["--as-of", "2026-02-01"]).into_iter().filter(|f| f.0 == "SEC012").map(|f| (f.1, f.2)).collect();
    (out, told)
}

fn office() -> Project {
    let p = Project::new("title: 测试站\nbase_url: https://data.city.gov.cn/\n");
    p.file("content/departments.yaml", "- {id: office, name: Office}\n").file("content/news/any.md", "---\ntitle: 任\n---\n字\n");
    p
}

#[test]
fn data_that_are_not_for_everybody_are_published_by_nobody() {
    let head = "title: 数\npublisher: office\nlicense: CC-BY-4.0\nissued: 2024-01-01\n";
    let news = |line: &str, text: &str| ("content/news/n.md", format!("---\ntitle: 客\npublished_at: 2024-01-01\n{line}---\n{text}\n"));
    let data = |rest: &str| ("content/datasets/pub/dataset.yaml", format!("{head}resources: [{{name: r, path: ok.csv}}{rest}\n"));
    for access in ["conditional", "closed"] {
        for own in ["", "resources: [{path: a.csv}]\n", "resources: [{url: \"https://x.gov.cn/a.csv\"}]\n"] {
            if access == "closed" && own.contains("path") {
                continue;
            }
            let all = access == "conditional" && own.is_empty();
            let sec = format!("{head}access_rights: {access}\naccess_conditions: 申请\n{own}");
            for (borrower, line) in [
                (news("", "[x](../datasets/sec/a.csv)"), 5),
                (news("", "![x](/datasets/sec/a.csv)"), 5),
                (news("attachments: [../datasets/sec/a.csv]\n", "字"), 4),
                (data(", {name: s, path: ../sec/a.csv}]"), 5),
                (data("]\nattachments: [../sec/a.csv]"), 6),
                (data("]\ndescription: \"[x](../sec/a.csv)\""), 6),
                (
                    (
                        "content/datasets/pub/dataset.yaml",
                        format!("{head}resources: [{{name: r, path: ok.csv, versions: [{{path: ../sec/a.csv, issued: 2023-01-01}}]}}]\n"),
                    ),
                    5,
                ),
                (("content/datasets/sec/dataset.yaml", format!("{sec}description: \"[x](a.csv)\"\n")), 6 + own.lines().count() as u64 + 1),
                (("content/datasets/sec/dataset.yaml", format!("{sec}attachments: [a.csv]\n")), 6 + own.lines().count() as u64 + 1),
                (("content/topics/t.yaml", "title: 专题\nblocks:\n  - {block: text, text: \"[x](../datasets/sec/a.csv)\"}\n".to_string()), 0),
            ]
            .into_iter()
            .enumerate()
            .filter(|(n, _)| all || [3, 6, 7, 8].contains(n))
            .map(|(_, b)| b)
            {
                let p = office();
                p.file("content/datasets/sec/dataset.yaml", &sec).file("content/datasets/sec/a.csv", "年,数\n2020,71923\n2021,72\n");
                p.file("content/datasets/pub/ok.csv", "年,数\n2020,1\n2021,2\n").file(borrower.0, &borrower.1);
                let (out, told) = leaked(&p, b"71923");
                assert_eq!(out, Vec::<String>::new(), "{access} {own} {borrower:?}");
                if line > 0 {
                    assert_eq!(told, [(borrower.0.to_string(), line)], "{access} {own} {borrower:?}");
                }
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_held_with_the_file_that_it_leads_to() {
    use std::os::unix::fs::symlink;
    let head = "title: 数\npublisher: office\nlicense: CC-BY-4.0\nissued: 2024-01-01\n";
    for sec in ["draft: true\nresources: [{path: a.csv}]\n", "published_at: 2099-01-01\n", "access_rights: closed\naccess_conditions: 不\n"] {
        for own in ["", "attachments: [lnk.csv]\n", "description: \"[x](lnk.csv)\"\n"] {
            let p = office();
            p.file("content/datasets/sec/dataset.yaml", format!("{head}{sec}")).file("content/datasets/sec/a.csv", "年,数\n2020,71923\n2021,72\n");
            let more = if own.is_empty() { ", {name: s, path: lnk.csv}" } else { "" };
            p.file("content/datasets/pub/dataset.yaml", format!("{head}resources: [{{name: r, path: ok.csv}}{more}]\n{own}"));
            p.file("content/datasets/pub/ok.csv", "年,数\n2020,1\n2021,2\n");
            symlink("../sec/a.csv", p.path("content/datasets/pub/lnk.csv")).unwrap();
            // As with the file itself: an attachment gives a file of a draft free, and no data that are closed.
            let free = own.starts_with("attach") && !sec.starts_with("access");
            let (out, told) = leaked(&p, b"71923");
            assert_eq!((out.is_empty(), told.len()), (!free, usize::from(!free)), "{sec} {own} {out:?} {told:?}");
        }
    }
    let p = office();
    p.file("content/news/d/x.md", "---\ntitle: 撤\nwithdrawn: {on: 2024-01-01}\nattachments: [p.csv]\n---\nneedle\n").file("content/news/d/p.csv", "needle");
    p.file("content/news/pub.md", "---\ntitle: 客\n---\n[一](q.csv)\n[二](q.txt)\n[三](h.txt)\n").file("content/.h/h.txt", "needle");
    p.file("content/_drafts/b.md", "---\ntitle: 稿\n---\nneedle\n").file("content/private/sub/a.md", "---\ntitle: 内\n---\nneedle\n");
    p.file("content/news/casc/_index.md", "---\ntitle: x\ncascade: {draft: true}\n---\n").file("content/news/casc/a.md", "---\ntitle: 下\n---\nneedle\n");
    for (to, from) in [
        ("d/p.csv", "news/q.csv"),
        ("d/x.md", "news/q.txt"),
        ("../.h/h.txt", "news/h.txt"),
        ("../_drafts/b.md", "news/b.md"),
        ("../private/sub", "news/lnk"),
        ("casc/a.md", "news/e.md"),
    ] {
        symlink(to, p.path("content").join(from)).unwrap();
    }
    let (out, told) = leaked(&p, b"needle");
    assert_eq!((out, told), (vec![], vec![("content/news/pub.md".to_string(), 4)]));
    let found: Vec<_> = p.findings(&[]).into_iter().map(|f| (f.0, f.1)).collect();
    for (code, file) in [("SEC013", "news/b.md"), ("SEC013", "news/lnk/a.md"), ("SRC003", "news/q.txt"), ("SRC003", "news/h.txt")] {
        assert!(found.contains(&(code.to_string(), format!("content/{file}"))), "{code} {file} {found:?}");
    }
    // A link to what is public is as good as the file.
    let p = office();
    p.file("content/news/d/p.csv", "needle").file("content/news/pub.md", "---\ntitle: 客\n---\n[一](q.csv)\n");
    symlink("d/p.csv", p.path("content/news/q.csv")).unwrap();
    assert_eq!(leaked(&p, b"needle"), (vec!["news/q.csv".to_string()], vec![]));
}

#[test]
fn files_that_the_text_of_what_is_not_public_links_to_are_left_out_too() {
    for (owner, text) in [
        ("draft: true\n", "[a](l.csv)"),
        ("published_at: 2099-01-01\n", "![a](l.csv)"),
        ("withdrawn: {on: 2024-01-01}\n", "[a][1]\n\n[1]: l.csv"),
        ("draft: true\n", "<a href=\"l.csv\">a</a>"),
        ("draft: true\nattachments: [l.csv]\n", "字"),
    ] {
        let p = office();
        p.file("content/news/d/x.md", format!("---\ntitle: 主\n{owner}---\n{text}\n")).file("content/news/d/l.csv", "年,数\n2020,71923\n2021,72\n");
        p.file("content/news/pub.md", "---\ntitle: 客\n---\n[a](d/l.csv)\n");
        assert_eq!(leaked(&p, b"71923"), (vec![], vec![("content/news/pub.md".to_string(), 4)]), "{owner} {text}");
        // Nor is it data of a dataset.
        fs::remove_file(p.path("content/news/pub.md")).unwrap();
        let own = "title: 数\npublisher: office\nlicense: CC-BY-4.0\nresources: [{name: r, path: ../../news/d/l.csv}]\n";
        p.file("content/datasets/pub/dataset.yaml", own);
        assert_eq!(leaked(&p, b"71923"), (vec![], vec![("content/datasets/pub/dataset.yaml".to_string(), 4)]), "{owner} {text}");
        // Named as its own it is published.
        p.file("content/news/pub.md", "---\ntitle: 客\nattachments: [d/l.csv]\n---\n字\n");
        assert!(!leaked(&p, b"71923").0.is_empty(), "{owner} {text}");
    }
    let p = office();
    p.file("content/news/p/index.md", "---\ntitle: 主\ndraft: true\n---\n字\n").file("content/news/p/f.txt", "needle");
    p.file("content/news/pub.md", "---\ntitle: 客\n---\n[a](p/f.txt)\n");
    assert_eq!(leaked(&p, b"needle"), (vec![], vec![("content/news/pub.md".to_string(), 4)]));
    // What lies in the public item's own folder, what lies elsewhere, and a picture that both show stay.
    let p = office();
    p.file("content/news/x.md", "---\ntitle: 主\ndraft: true\n---\n[a](p/f.txt) [b](/files/g.txt) ![c](i.png)\n");
    p.file("content/news/p/index.md", "---\ntitle: 客\n---\n[a](f.txt) [b](/files/g.txt)\n").file("content/news/y.md", "---\ntitle: 客\n---\n![c](i.png)\n");
    p.file("content/news/p/f.txt", "needle").file("content/files/g.txt", "needle").file("content/news/i.png", "needle");
    let (out, told) = leaked(&p, b"needle");
    assert_eq!((out.len(), told.len()), (3, 0), "{out:?} {told:?}");
}

#[test]
fn keys_and_databases_in_static_are_not_published() {
    let p = office();
    let keys = [".aws/credentials", "credentials.json", "service-account.json", "secrets.yaml", "passwords.xlsx", "密码.txt", "x.ovpn"];
    let left = ["dump.tar.gz", "database.sqlite", "备份.zip"];
    let free = ["password-reset.html", "secrets.css", "credentials-guide.pdf", "database-list.csv", "data.sqlite", "密码法.txt"];
    for f in keys.iter().chain(&left).chain(&free) {
        p.file(&format!("static/{f}"), "needle");
    }
    let mut out = leaked(&p, b"needle").0;
    let mut want = free.map(String::from).to_vec();
    out.sort();
    want.sort();
    assert_eq!(out, want);
    let found: Vec<_> = p.findings(&[]).into_iter().filter(|f| f.0 == "SEC013").map(|f| f.1).collect();
    assert_eq!(found.len(), keys.len() + left.len(), "{found:?}");
}

#[test]
fn files_of_an_item_that_cannot_be_read_are_held_with_it() {
    for (head, text) in [
        ("foo: 1\nfoo: 2\ndraft: true\nattachments: [f.txt]\n", "字"),
        ("foo: [\nattachments:\n- f.txt\n", "字"),
        ("foo: [\n", "[附件](f.txt)"),
        ("foo: [\n", "<a href=\"./f.txt\">附件</a>"),
    ] {
        let p = office();
        p.file("content/news/d/p.md", format!("---\ntitle: 主\n{head}---\n{text}\n")).file("content/news/d/f.txt", "needle");
        p.file("content/news/pub.md", "---\ntitle: 客\n---\n[a](d/f.txt)\n");
        assert_eq!(leaked(&p, b"needle").0, Vec::<String>::new(), "{head} {text}");
    }
    // In another encoding its names can be read; in a folder of its own all is its.
    let p = office();
    let mut gbk = b"---\ntitle: \xd6\xf7\nattachments: [f.txt]\n---\n".to_vec();
    gbk.extend(b"\xd7\xd6\n");
    p.file("content/news/d/p.md", gbk).file("content/news/d/f.txt", "needle");
    p.file("content/news/q/index.md", "---\ntitle: [主\n---\n字\n").file("content/news/q/g.txt", "needle");
    p.file("content/news/pub.md", "---\ntitle: 客\n---\n[a](d/f.txt) [b](q/g.txt)\n");
    assert_eq!(leaked(&p, b"needle").0, Vec::<String>::new());
}
