//! `deploy`: only what changed, in an order in which no page names a file that is not there; cut off and taken up again.
#![expect(clippy::disallowed_methods, clippy::print_stderr, reason = "tests make, break and read files, and say what they could not test")]

use crate::support::{Project, SITE, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

type Files = BTreeMap<String, Vec<u8>>;

/// A site as a build leaves it, made by hand: pages that name a style sheet of this version, data, and the list.
fn site(p: &Project, dir: &str, version: usize, pages: usize) -> Files {
    let style = format!("assets/css/s.{version:08}.css");
    let mut files = Files::new();
    files.insert(style.clone(), format!("/* {version} */").into_bytes());
    for i in 0..pages {
        files.insert(format!("p/{i:03}/index.html"), format!("<link href=\"/{style}\"><p>{version}").into_bytes());
        if i % 7 == version % 7 {
            files.insert(format!("only/{version}/{i}.csv"), vec![b'x'; 900]);
        }
    }
    files.insert("same.csv".into(), b"a,b\n".to_vec());
    let sums: String = files.iter().map(|(path, b)| format!("{}  {path}\n", clerestory::trust::sha256(b))).collect();
    files.insert("manifest.sha256".into(), sums.into_bytes());
    files.insert(".clerestory-build".into(), clerestory::trust::MARK.as_bytes().to_vec());
    let _ = fs::remove_dir_all(p.path(dir));
    for (path, bytes) in &files {
        p.file(&format!("{dir}/{path}"), bytes);
    }
    files
}

fn there(dir: &Path) -> Files {
    tree(dir).into_iter().filter(|(p, _)| !p.starts_with(".git/")).collect()
}

/// The style sheet that a page names.
fn named(page: &[u8]) -> String {
    String::from_utf8_lossy(page).split('"').nth(1).unwrap_or("/").trim_start_matches('/').to_string()
}

#[test]
fn only_what_changed_is_put_into_a_folder() {
    let p = Project::new(SITE);
    let one = site(&p, "public", 1, 20);
    let dry = p.run(&["deploy", "www", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("put p/000/index.html\n") && !p.exists("www"), "{dry:#?}");
    assert!(p.run(&["deploy", "www"]).err.starts_with("25 put, 0 deleted, 0 unchanged"));
    assert_eq!(there(&p.path("www")), one);
    let kept = fs::metadata(p.path("www/same.csv")).unwrap().modified().unwrap();
    assert!(p.run(&["deploy", "www"]).err.starts_with("0 put, 0 deleted, 25 unchanged"));
    // What others put there stays.
    p.file("www/own.txt", "mine");
    let two = site(&p, "public", 2, 20);
    let ran = p.run(&["deploy", "www"]);
    assert!(ran.code == 0 && ran.err.contains("4 deleted, 1 unchanged"), "{ran:#?}");
    let mut want = two.clone();
    want.insert("own.txt".into(), b"mine".to_vec());
    assert_eq!(there(&p.path("www")), want);
    assert!(!p.exists("www/only/1"), "folders that are empty go");
    assert_eq!(fs::metadata(p.path("www/same.csv")).unwrap().modified().unwrap(), kept);
    // What nobody put there through us is not written over.
    p.file("other/p/003/index.html", "mine");
    let before = there(&p.path("other"));
    let ran = p.run(&["deploy", "other"]);
    assert!(ran.code == 2 && ran.err.contains("p/003/index.html") && ran.err.contains("nothing was changed"), "{ran:#?}");
    assert_eq!(there(&p.path("other")), before);
    #[cfg(unix)]
    {
        // A link in the target leads to what is not the target's.
        fs::create_dir_all(p.path("linked")).unwrap();
        p.file("elsewhere/x", "x");
        std::os::unix::fs::symlink(p.path("elsewhere"), p.path("linked/p")).unwrap();
        assert_eq!(p.run(&["deploy", "linked"]).code, 2);
        assert_eq!(there(&p.path("elsewhere")).len(), 1);
    }
    let ran = p.run(&["deploy", "www", "--site", "elsewhere"]);
    assert!(ran.code == 2 && ran.err.contains("no manifest.sha256"), "{ran:#?}");
}

#[test]
fn a_deployment_that_is_cut_off_never_shows_a_page_without_its_style() {
    let p = Project::new(SITE);
    let pages = 150;
    site(&p, "public", 0, pages);
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
    // Cut at every part of the time that a deployment takes on this machine.
    site(&p, "public", 100, pages);
    let started = std::time::Instant::now();
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
    let whole = started.elapsed();
    let (done, torn, reads) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let www = p.path("www");
    let mut cut = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut i = 0;
            while !done.load(Ordering::Relaxed) {
                i = (i + 17) % pages;
                let path = www.join(format!("p/{i:03}/index.html"));
                let Ok(page) = fs::read(&path) else {
                    torn.fetch_add(1, Ordering::Relaxed);
                    continue;
                };
                let style = www.join(named(&page)).exists();
                // Read before the style was taken away: what counts is the page that is there now.
                if !style && fs::read(&path).is_ok_and(|again| again == page) {
                    torn.fetch_add(1, Ordering::Relaxed);
                }
                reads.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        // Where something is wrong the reader ends, too.
        struct Ends<'a>(&'a AtomicBool);
        impl Drop for Ends<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let _ends = Ends(&done);
        for n in 1..=12usize {
            let want = site(&p, "public", n, pages);
            let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
            let mut child = c.current_dir(p.root()).args(["deploy", "www"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(whole * n as u32 / 13);
            cut += usize::from(child.try_wait().unwrap().is_none());
            child.kill().unwrap();
            child.wait().unwrap();
            let now = there(&www);
            for (path, page) in now.iter().filter(|(p, _)| p.ends_with(".html")) {
                assert!(now.contains_key(&named(page)), "after cut {n} {path} names {} which is not there", named(page));
            }
            // Every third is taken up again; the others are followed by the next version, which clears up after them.
            if n % 3 == 0 {
                assert_eq!(p.run(&["deploy", "www"]).code, 0);
                assert_eq!(there(&www), want, "{n}");
            }
        }
        assert_eq!(p.run(&["deploy", "www"]).code, 0);
    });
    assert_eq!(there(&www), there(&p.path("public")));
    assert!(cut >= 3, "only {cut} of 12 runs were cut off");
    assert!(torn.into_inner() == 0 && reads.into_inner() > 100);
}

#[test]
fn a_branch_gets_one_commit_of_what_changed() {
    let p = Project::new(SITE);
    let git = |dir: &str, args: &[&str]| {
        let out = Command::new("git").current_dir(p.path(dir)).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(args).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).trim().to_string()
    };
    git("", &["init", "--quiet", "--bare", "pages.git"]);
    let mut one = site(&p, "public", 1, 10);
    let ran = p.run(&["deploy", "git:pages.git#gh-pages"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let out = |name: &str| {
        git("", &["clone", "--quiet", "--branch", "gh-pages", "pages.git", name]);
        there(&p.path(name))
    };
    one.insert(".nojekyll".into(), Vec::new());
    assert_eq!(out("first"), one);
    // A file that the host wants, put there by hand.
    p.file("first/CNAME", "data.example.org\n");
    git("first", &["add", "CNAME"]);
    git("first", &["commit", "--quiet", "-m", "CNAME"]);
    git("first", &["push", "--quiet"]);
    assert!(p.run(&["deploy", "git:pages.git#gh-pages"]).err.starts_with("0 put"));
    assert_eq!(git("pages.git", &["rev-list", "--count", "gh-pages"]), "2", "nothing new is no commit");
    let mut two = site(&p, "public", 2, 10);
    assert_eq!(p.run(&["deploy", "git:pages.git#gh-pages"]).code, 0);
    two.insert(".nojekyll".into(), Vec::new());
    two.insert("CNAME".into(), b"data.example.org\n".to_vec());
    assert_eq!(out("second"), two);
    assert_eq!(git("pages.git", &["rev-list", "--count", "gh-pages"]), "3");
    // Cut off at any moment the branch is the old state or the new one.
    let three = site(&p, "public", 3, 10);
    for n in 0..8u64 {
        let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
        c.current_dir(p.root()).args(["deploy", "git:pages.git#gh-pages"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = c.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(n * 25));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = out(&format!("cut{n}"));
        assert!(now == two || three.iter().all(|(p, b)| now.get(p) == Some(b)), "{n}");
    }
    assert_eq!(p.run(&["deploy", "git:pages.git#gh-pages"]).code, 0);
    let ran = p.run(&["deploy", "git:nowhere.git#x"]);
    assert!(ran.code == 2 && ran.err.contains("git ls-remote"), "{ran:#?}");
}

#[test]
fn changes_are_carried_by_hand() {
    let p = Project::new(SITE);
    site(&p, "public", 1, 12);
    assert_eq!(p.run(&["deploy", "--pack", "all.zip"]).code, 0);
    assert_eq!(p.run(&["deploy", "apart", "--apply", "all.zip"]).code, 0);
    assert_eq!(there(&p.path("apart")), there(&p.path("public")));
    fs::copy(p.path("apart/manifest.sha256"), p.path("told.sha256")).unwrap();
    let two = site(&p, "public", 2, 12);
    assert_eq!(p.run(&["deploy", "--pack", "changes.zip", "--since", "told.sha256"]).code, 0);
    assert_eq!(p.run(&["deploy", "--pack", "again.zip", "--since", "apart"]).code, 0);
    assert_eq!(fs::read(p.path("changes.zip")).unwrap(), fs::read(p.path("again.zip")).unwrap());
    // Into another state it does not go: nothing is half done.
    let ran = p.run(&["deploy", "new", "--apply", "changes.zip"]);
    assert!(ran.code == 2 && ran.err.contains("same.csv"), "{ran:#?}");
    assert!(!p.exists("new/manifest.sha256"));
    assert_eq!(p.run(&["deploy", "apart", "--apply", "changes.zip"]).code, 0);
    assert_eq!(there(&p.path("apart")), two);
}

#[test]
fn rsync_brings_what_changed() {
    if Command::new("rsync").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("NOT TESTED: there is no rsync on this machine");
        return;
    }
    let p = Project::new(SITE);
    for n in 1..=3 {
        let want = site(&p, "public", n, 12);
        let target = format!("rsync:{}", p.path("there/www").display());
        let ran = p.run(&["deploy", &target]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(there(&p.path("there/www")), want, "{n}");
        assert!(p.run(&["deploy", &target]).err.starts_with("0 put, 0 deleted"));
    }
}

#[test]
fn a_signed_site_is_deployed_whole() {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2020-01-01\n---\n正文。\n");
    assert_eq!(p.run(&["keygen", "key"]).code, 0);
    for text in ["正文。", "改过。", "再改。"] {
        p.file("content/policies/a.md", format!("---\ntitle: 甲\npublished_at: 2020-01-01\n---\n{text}\n"));
        assert_eq!(p.run(&["build", "--allow-errors", "--key", "key"]).code, 0);
        assert_eq!(p.run(&["deploy", "www"]).code, 0);
        let ran = p.run(&["verify", "www"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(there(&p.path("www")), there(&p.path("public")));
    }
    // Built elsewhere from what is deployed: the log goes on.
    fs::remove_dir_all(p.path("public")).unwrap();
    let ran = p.run(&["build", "--allow-errors", "--key", "key", "--previous", "www"]);
    assert!(ran.code == 0 && ran.err.contains("0 published, 0 changed"), "{ran:#?}");
}
