//! Publishing: nothing torn, nothing lost, nothing foreign touched, the same bytes every time.
#![expect(clippy::disallowed_methods, reason = "tests make, break and read files")]

use crate::support::{Project, SITE, copy_tree, tree};
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

fn many(n: usize, word: &str) -> Project {
    let p = Project::new(SITE);
    fill(&p, n, word);
    p
}

fn fill(p: &Project, n: usize, word: &str) {
    for i in 0..n {
        p.file(
            &format!("content/policies/p{i:04}.md"),
            format!("---\ntitle: 文件{i}{word}\npublished_at: 2020-01-{:02}\n---\n{}\n", i % 28 + 1, word.repeat(200)),
        );
    }
    p.file("content/policies/a.csv", word.repeat(5000));
    p.file("content/policies/att.md", format!("---\ntitle: 附件{word}\nattachments: [a.csv]\n---\n"));
}

fn command(p: &Project, out: &str) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    c.current_dir(p.root()).args(["build", "--lang", "en", "--out", out]).stdout(Stdio::null()).stderr(Stdio::null());
    c
}

#[test]
fn the_same_bytes_on_any_threads_from_any_folder_in_any_zone() {
    let p = many(60, "甲");
    p.file("content/departments.yaml", "- {id: z, name: 乙局}\n- {id: a, name: 甲局}\n");
    p.build();
    let first = tree(&p.path("public"));
    assert!(first.len() > 60);
    let moved = tempfile::tempdir().unwrap();
    copy_tree(&p.path("content"), &moved.path().join("deep/er/content"));
    fs::copy(p.path("site.yaml"), moved.path().join("deep/er/site.yaml")).unwrap();
    for (threads, zone) in [("1", "Asia/Shanghai"), ("2", "America/New_York"), ("7", "UTC")] {
        let out = moved.path().join(format!("out{threads}"));
        let status = Command::new(env!("CARGO_BIN_EXE_clerestory"))
            .current_dir("/")
            .args(["build", "--quiet", "--root"])
            .arg(moved.path().join("deep/er"))
            .arg("--out")
            .arg(&out)
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LANG", "en_US.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        assert_eq!(tree(&out), first, "{threads} threads in {zone}");
    }
}

#[cfg(unix)]
#[test]
fn unchanged_files_are_kept_as_they_are() {
    use std::os::unix::fs::MetadataExt;
    let p = many(10, "甲");
    p.build();
    let inode = |f: &str| fs::metadata(p.path(f)).unwrap().ino();
    let before = (inode("public/policies/p0008/index.html"), inode("public/policies/a.csv"));
    p.file("content/policies/p0002.md", "---\ntitle: 变了\npublished_at: 2020-01-03\n---\n新\n");
    let ran = p.build();
    assert_eq!((inode("public/policies/p0008/index.html"), inode("public/policies/a.csv")), before);
    assert!(p.read("public/policies/p0002/index.html").contains("变了"), "{ran:?}");
    // A page whose source is gone goes too.
    fs::remove_file(p.path("content/policies/p0003.md")).unwrap();
    p.build();
    assert!(!p.exists("public/policies/p0003"));
}

#[test]
fn foreign_files_are_never_deleted() {
    let p = many(3, "甲");
    p.file("public/mine.txt", "我的");
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("mine.txt") && ran.err.contains("static/"), "{}", ran.err);
    assert_eq!(tree(&p.path("public")).len(), 1);
    fs::remove_dir_all(p.path("public")).unwrap();
    p.build();
    p.file("public/CNAME", "example.org");
    assert_eq!(p.run(&["build"]).code, 2);
    assert_eq!(p.read("public/CNAME"), "example.org");
    fs::rename(p.path("public/CNAME"), p.path("CNAME")).unwrap();
    p.file("static/CNAME", "example.org").file("static/.well-known/security.txt", "Contact: x");
    p.build();
    assert!(p.exists("public/CNAME") && p.exists("public/.well-known/security.txt"));
    for out in [".", "content", "content/policies/x", "themes"] {
        assert_eq!(p.run(&["build", "--out", out]).code, 2, "{out}");
    }
    assert!(p.exists("content/policies/p0001.md"));
}

#[test]
fn the_manifest_is_true() {
    use sha2::Digest;
    let p = many(5, "甲");
    p.build();
    let files = tree(&p.path("public"));
    let manifest = String::from_utf8(files["manifest.sha256"].clone()).unwrap();
    assert_eq!(manifest.lines().count(), files.len() - 2, "all but itself and the marker");
    for line in manifest.lines() {
        let (hash, path) = line.split_once("  ").unwrap();
        let real: String = sha2::Sha256::digest(&files[path]).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, real, "{path}");
    }
}

/// Either all of the old site or all of the new one.
fn whole(
    site: &std::collections::BTreeMap<String, Vec<u8>>,
    a: &std::collections::BTreeMap<String, Vec<u8>>,
    b: &std::collections::BTreeMap<String, Vec<u8>>,
) -> bool {
    site == a || site == b
}

#[test]
fn killed_builds_leave_no_mixture() {
    let (old, new) = (many(150, "旧"), many(150, "新"));
    old.build();
    new.build();
    let (a, b) = (tree(&old.path("public")), tree(&new.path("public")));
    assert_ne!(a, b);
    let mut killed = 0;
    for i in 0..20u64 {
        // In turn from old to new and back, killed ever later.
        let from = if i % 2 == 0 { &new } else { &old };
        let mut child = command(from, &old.path("public").to_string_lossy()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(1500 + i * 2500));
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(whole(&tree(&old.path("public")), &a, &b), "a mixture after kill {i}");
    }
    assert!(killed >= 5, "only {killed} of 20 builds were still running when killed");
    old.build();
    assert_eq!(tree(&old.path("public")), a);
    let left: Vec<_> = fs::read_dir(old.root()).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().contains("stage")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn readers_never_see_a_torn_page() {
    let p = many(40, "一");
    p.build();
    let page = p.path("public/policies/p0007/index.html");
    let (stop, reads, torn) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let whole = fs::read_to_string(&page).is_ok_and(|t| t.ends_with("</html>\n"));
                    reads.fetch_add(1, Ordering::Relaxed);
                    torn.fetch_add(usize::from(!whole), Ordering::Relaxed);
                }
            });
        }
        for word in ["二", "三", "四", "五", "六"] {
            fill(&p, 40, word);
            assert!(command(&p, "public").arg("--no-sync").status().unwrap().success());
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(reads.load(Ordering::Relaxed) > 100);
    assert_eq!(torn.load(Ordering::Relaxed), 0, "of {reads:?}");
}

#[test]
fn two_builds_at_once_are_refused() {
    let p = many(3, "甲");
    let lock = fs::File::options().create(true).truncate(false).write(true).open(p.path(".public.lock")).unwrap();
    lock.lock().unwrap();
    let ran = p.run(&["build"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("another build"), "{}", ran.err);
    drop(lock);
    p.build();
}

/// A small file system of our own. Mounting one takes root, or `unshare --map-root-user --mount`, which `run-tests` uses.
#[cfg(target_os = "linux")]
pub struct Mount(pub std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Mount {
    pub fn new(path: std::path::PathBuf, options: &str) -> Mount {
        fs::create_dir_all(&path).unwrap();
        let made = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&path).status().is_ok_and(|s| s.success());
        assert!(made, "no tmpfs can be mounted: run the tests by ./run-tests, as root, or under `unshare --map-root-user --mount`");
        Mount(path)
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_live_site() {
    let p = many(30, "甲");
    let m = Mount::new(p.path("disk"), "size=2500k");
    let out = m.0.join("public");
    assert!(command(&p, &out.to_string_lossy()).status().unwrap().success());
    let before = tree(&out);
    fill(&p, 400, "乙");
    let ran = p.run(&["build", "--out", &out.to_string_lossy()]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("disk is full"), "{}", ran.err);
    assert_eq!(tree(&out), before);
    assert_eq!(fs::read_dir(&m.0).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().contains("stage")).count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_point_is_filled_file_by_file() {
    let p = many(20, "甲");
    let m = Mount::new(p.path("site"), "size=20m");
    let ran = p.run(&["build", "--out", "site"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.err.contains("one by one"), "{}", ran.err);
    p.build();
    assert_eq!(tree(&m.0), tree(&p.path("public")));
    fs::remove_file(p.path("content/policies/p0004.md")).unwrap();
    p.file("content/policies/p0005.md", "---\ntitle: 变了\n---\n新\n");
    assert_eq!(p.run(&["build", "--out", "site"]).code, 0);
    p.build();
    assert_eq!(tree(&m.0), tree(&p.path("public")));
    assert!(!m.0.join("policies/p0004").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_target_is_an_error() {
    let p = many(5, "甲");
    let m = Mount::new(p.path("ro"), "size=5m");
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(&m.0).status().unwrap().success());
    let ran = p.run(&["build", "--out", "ro/public"]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("ro"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_swapped_in_leaves_no_stage() {
    let p = many(3, "甲");
    p.build();
    let before = tree(&p.path("public"));
    let stage = clerestory::write::Stage::open(&p.path("public")).unwrap();
    let dir = stage.dir.clone();
    // The mark, the last file of all, cannot be written: the disk may give out right there.
    fs::create_dir(dir.join(".clerestory-build")).unwrap();
    assert!(clerestory::write::publish(stage, false).is_err());
    assert!(!dir.exists());
    assert_eq!(tree(&p.path("public")), before);
}

#[test]
fn a_linked_target_stays_a_link() {
    let p = many(5, "甲");
    fs::create_dir_all(p.path("real")).unwrap();
    std::os::unix::fs::symlink("real/site", p.path("public")).unwrap();
    fs::create_dir_all(p.path("real/site")).unwrap();
    p.build();
    p.build();
    assert!(fs::symlink_metadata(p.path("public")).unwrap().file_type().is_symlink());
    assert!(p.exists("real/site/index.html"));
}
