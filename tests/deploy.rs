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

/// Cuts and full disks of a test: some in the suite, a hundred in `tests/walks/deploy-faults`.
fn rounds(some: usize) -> usize {
    std::env::var("CLERESTORY_TEST_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(some)
}

/// Every page names a style sheet that is there.
fn whole(dir: &Path, when: &str) {
    let now = there(dir);
    for (path, page) in now.iter().filter(|(p, _)| p.ends_with(".html")) {
        assert!(now.contains_key(&named(page)), "{when}: {path} names {} which is not there", named(page));
    }
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
    let (pages, cuts) = (150, rounds(12));
    site(&p, "public", 0, pages);
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
    // Cut at every part of the time that a deployment takes on this machine.
    site(&p, "public", 1000, pages);
    let started = std::time::Instant::now();
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
    let time = started.elapsed();
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
        for n in 1..=cuts {
            let want = site(&p, "public", n, pages);
            let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
            let mut child = c.current_dir(p.root()).args(["deploy", "www"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(time * n as u32 / (cuts as u32 + 1));
            cut += usize::from(child.try_wait().unwrap().is_none());
            child.kill().unwrap();
            child.wait().unwrap();
            whole(&www, &format!("after cut {n}"));
            // Every third is taken up again; the others are followed by the next version, which clears up after them.
            if n % 3 == 0 {
                assert_eq!(p.run(&["deploy", "www"]).code, 0);
                assert_eq!(there(&www), want, "{n}");
            }
        }
        assert_eq!(p.run(&["deploy", "www"]).code, 0);
    });
    assert_eq!(there(&www), there(&p.path("public")));
    assert!(cut * 4 >= cuts, "only {cut} of {cuts} runs were cut off");
    let (torn, reads) = (torn.into_inner(), reads.into_inner());
    eprintln!("{cut} of {cuts} deployments were cut off: 0 mixed sites, {torn} of {reads} reads found a page without its style");
    assert!(torn == 0 && reads > 100);
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

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_a_whole_site() {
    let p = Project::new(SITE);
    let (pages, rounds) = (60, rounds(8));
    let m = crate::publishing::Mount::new(p.path("disk"), "size=3m");
    // Pages of one, two and three blocks: most versions need more room than the one before.
    let make = |version: usize| {
        let mut files = site(&p, "public", version, pages);
        let sums: String = files
            .iter_mut()
            .filter(|(path, _)| *path != "manifest.sha256" && !path.starts_with('.'))
            .map(|(path, b)| {
                if path.ends_with(".html") {
                    b.extend(vec![b' '; version % 3 * 4096]);
                    p.file(&format!("public/{path}"), &b);
                }
                format!("{}  {path}\n", clerestory::trust::sha256(b))
            })
            .collect();
        p.file("public/manifest.sha256", sums);
        there(&p.path("public"))
    };
    make(0);
    assert_eq!(p.run(&["deploy", "disk/www"]).code, 0);
    let www = m.0.join("www");
    let mut full = 0;
    for n in 1..=rounds {
        let want = make(n);
        // Room for so many blocks: it gives out in a list, in the assets, or among the pages.
        let room = (n * 83) % (pages * 2);
        let filler = m.0.join("filler");
        let free = |keep: usize| {
            let blocks = free_blocks(&m.0).saturating_sub(keep);
            fs::write(&filler, vec![1; blocks * 4096]).unwrap();
        };
        free(room);
        let ran = p.run(&["deploy", "disk/www"]);
        if ran.code != 0 {
            full += 1;
            assert!(ran.code == 2 && ran.err.contains("disk is full") && ran.err.contains("run it again to go on"), "{n}: {ran:#?}");
            assert!(there(&www).keys().all(|f| !f.ends_with(".new")), "{n}: what was not written whole is taken away");
        }
        whole(&www, &format!("full disk {n}"));
        fs::remove_file(&filler).unwrap();
        if n % 3 == 0 {
            assert_eq!(p.run(&["deploy", "disk/www"]).code, 0);
            assert_eq!(there(&www), want, "{n}");
        }
    }
    assert_eq!(p.run(&["deploy", "disk/www"]).code, 0);
    assert_eq!(there(&www), there(&p.path("public")));
    eprintln!("{full} of {rounds} deployments found the disk full: 0 mixed sites");
    assert!(full * 3 >= rounds, "only {full} of {rounds}");
}

/// Free blocks of 4,096 bytes.
#[cfg(target_os = "linux")]
fn free_blocks(dir: &Path) -> usize {
    let out = Command::new("stat").args(["--file-system", "--format=%a"]).arg(dir).output().unwrap();
    String::from_utf8_lossy(&out.stdout).trim().parse().unwrap()
}

#[test]
fn what_was_touched_after_the_build_is_not_sent() {
    let p = Project::new(SITE);
    site(&p, "public", 1, 6);
    assert_eq!(p.run(&["deploy", "www"]).code, 0);
    let before = there(&p.path("www"));
    site(&p, "public", 2, 6);
    assert_eq!(p.run(&["deploy", "--pack", "changes.zip", "--since", "www"]).code, 0);
    // In the folder: neither sent nor packed.
    p.file("public/p/003/index.html", "<p>another");
    for line in [&["deploy", "www"][..], &["deploy", "--pack", "bad.zip"]] {
        let ran = p.run(line);
        assert!(ran.code == 2 && ran.err.contains("p/003/index.html is not as the site's own list"), "{ran:#?}");
    }
    assert!(!p.exists("bad.zip") && there(&p.path("www")) == before);
    // On the way: a file with other bytes, one carried along, one left out, one twice. Nothing is written of any.
    let good = fs::read(p.path("changes.zip")).unwrap();
    type Change<'a> = &'a dyn Fn(&str, Vec<u8>) -> Vec<(String, Vec<u8>)>;
    let repacked = |change: Change<'_>| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&good)).unwrap();
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for i in 0..archive.len() {
            let mut file = archive.by_index(i).unwrap();
            let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
            std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
            for (name, bytes) in change(&name, bytes) {
                out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut out, &bytes).unwrap();
            }
        }
        out.finish().unwrap().into_inner()
    };
    let page = "p/002/index.html";
    let same = |name: &str, bytes: Vec<u8>| vec![(name.to_string(), bytes)];
    let mut twice = repacked(&|n, b| if n == page { vec![(n.into(), b.clone()), ("p/00X/index.html".into(), b)] } else { same(n, b) });
    for at in memchr::memmem::find_iter(&twice.clone(), "p/00X/").collect::<Vec<_>>() {
        twice[at + 4] = b'2';
    }
    let mut bit = good.clone();
    let at = memchr::memmem::find_iter(&good, b"assets/css/").next().unwrap() + b"assets/css/s.00000002.css".len() + 3;
    bit[at] ^= 1;
    for (what, bytes) in [
        ("p/002/index.html is not", repacked(&|n, b| if n == page { same(n, b"<script>".to_vec()) } else { same(n, b) })),
        ("shell.php is not", repacked(&|n, b| if n == page { vec![(n.into(), b), ("shell.php".into(), b"<?php".to_vec())] } else { same(n, b) })),
        ("lack p/002/index.html", repacked(&|n, b| if n == page { Vec::new() } else { same(n, b) })),
        ("p/002/index.html is not", twice),
        ("assets/css/s.00000002.css is not", bit),
    ] {
        p.file("changed.zip", bytes);
        let ran = p.run(&["deploy", "www", "--apply", "changed.zip"]);
        assert!(ran.code == 2 && ran.err.contains(what), "{what}: {ran:#?}");
        assert_eq!(there(&p.path("www")), before, "{what}");
    }
    assert_eq!(p.run(&["deploy", "www", "--apply", "changes.zip"]).code, 0);
}

#[test]
fn foreign_files_of_every_kind_are_left_alone() {
    let p = Project::new(SITE);
    site(&p, "public", 1, 6);
    let rsync = Command::new("rsync").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !rsync {
        eprintln!("NOT TESTED: there is no rsync on this machine");
    }
    // Another page, a file where the site has a folder, a folder where the site has a file.
    let strange = [("p/003/index.html", "mine"), ("p/004", "mine"), ("same.csv/mine.txt", "mine")];
    for (i, (file, text)) in strange.iter().enumerate() {
        for target in ["folder", "rsync"].iter().take(if rsync { 2 } else { 1 }) {
            let dir = format!("{target}{i}");
            p.file(&format!("{dir}/{file}"), text);
            let before = there(&p.path(&dir));
            let to = if *target == "rsync" { format!("rsync:{}", p.path(&dir).display()) } else { dir.clone() };
            let ran = p.run(&["deploy", &to]);
            let named = file.trim_end_matches("/mine.txt");
            assert!(ran.code == 2 && ran.err.contains(named), "{to} {file}: {ran:#?}");
            assert_eq!(there(&p.path(&dir)), before, "{to} {file}");
            // Moved away, the site goes there.
            fs::remove_dir_all(p.path(&dir)).unwrap();
            assert_eq!(p.run(&["deploy", &to]).code, 0, "{to}");
        }
    }
    // The same bytes, put there by other means, are no stranger's.
    for target in ["folder", "rsync"].iter().take(if rsync { 2 } else { 1 }) {
        p.file(&format!("{target}-same/same.csv"), "a,b\n");
        let to = if *target == "rsync" { format!("rsync:{}", p.path("rsync-same").display()) } else { "folder-same".to_string() };
        assert_eq!(p.run(&["deploy", &to]).code, 0);
    }
}
