//! A signed site: what it proves, what is found when somebody lays hands on it, and how its log goes on.
#![expect(clippy::disallowed_methods, reason = "tests make, break and read files")]

use crate::support::{Project, SITE, copy_tree, tree};
use clerestory::load::shelf::{Digest, Shelf};
use clerestory::trust::note::{Key, Note, Verifier};
use clerestory::trust::{Against, Ask, Event, Line, verify};
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

/// A project of three documents, one with a file.
fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲文件的题目\npublished_at: 2020-01-01\nattachments: [t.csv]\n---\n第一条 内容。\n");
    p.file("content/policies/t.csv", "甲,乙\n1,2\n");
    p.file("content/policies/b.md", "---\ntitle: 乙文件的题目\npublished_at: 2020-01-02\n---\n第二条 内容。<!-- 内部意见 -->\n");
    p.file("content/news/c.md", "---\ntitle: 丙消息的题目\npublished_at: 2020-01-03\n---\n正文。\n");
    p
}

fn seed(n: u8) -> Key {
    Key::new("example.org", &[n; 32]).unwrap()
}

/// Writes the key beside a project.
fn keyed(p: &Project) -> String {
    let path = p.root().parent().unwrap().join(format!("key-{}", p.root().file_name().unwrap().to_string_lossy()));
    fs::write(&path, seed(7).text()).unwrap();
    path.to_string_lossy().into_owned()
}

fn sign(p: &Project, more: &[&str]) -> crate::support::Ran {
    let key = keyed(p);
    let ran = p.run(&[&["build", "--allow-errors", "--no-sync", "--key", &key], more].concat());
    fs::remove_file(key).unwrap();
    ran
}

fn signed(p: &Project, more: &[&str]) -> String {
    let ran = sign(p, more);
    assert_eq!(ran.code, 0, "{ran:#?}");
    ran.err
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(p: &Project, name: &str) -> Files {
    tree(&p.path(name)).into_iter().collect()
}

/// A site in memory.
struct Memory(Files);

impl Shelf for Memory {
    fn list(&self) -> Result<Option<Vec<String>>, String> {
        Ok(Some(self.0.keys().cloned().collect()))
    }

    fn get(&self, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, String> {
        Ok(paths.iter().map(|p| self.0.get(p).cloned()).collect())
    }

    fn digests(&self, paths: &[String]) -> Result<Vec<Option<Digest>>, String> {
        Ok(paths.iter().map(|p| self.0.get(p).map(|b| (b.len() as u64, sha2::Sha256::digest(b).into()))).collect())
    }
}

fn found(site: &Memory, against: Option<Against<'_>>) -> Vec<(String, String)> {
    let ask = Ask { key: Some(seed(7).verifier()), witnesses: Vec::new(), against };
    verify(site, &ask).unwrap().findings.into_iter().map(|f| (f.kind.to_string(), f.path)).collect()
}

fn lines(site: &Files) -> Vec<Line> {
    let mut out = Vec::new();
    for (_, bytes) in site.iter().filter(|(p, _)| p.starts_with("log/tile/entries/")) {
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let n = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
            out.push(Line::parse(&rest[2..2 + n]).unwrap());
            rest = &rest[2 + n..];
        }
    }
    out
}

fn events(site: &Files) -> Vec<Event> {
    lines(site).iter().map(|l| l.event).collect()
}

#[test]
fn a_log_goes_on_from_build_to_build() {
    let p = project();
    assert!(signed(&p, &[]).contains("The log begins with this build. In the log: 3 documents public, 3 published, 0 changed, 0 withdrawn"));
    let first = files(&p, "public");
    assert_eq!(events(&first), [Event::Publish, Event::Publish, Event::Publish, Event::Site]);
    assert_eq!(found(&Memory(first.clone()), None), []);
    // Nothing new: not a byte is another one.
    signed(&p, &[]);
    assert_eq!(files(&p, "public"), first);
    // A comment is no change, a file beside a text is.
    p.file("content/policies/b.md", "---\ntitle: 乙文件的题目\npublished_at: 2020-01-02\n---\n第二条 内容。<!-- 另一个 -->\n");
    p.file("content/policies/t.csv", "甲,乙\n1,3\n");
    assert!(signed(&p, &[]).contains("3 documents public, 0 published, 1 changed, 0 withdrawn"));
    let second = files(&p, "public");
    assert_eq!(events(&second)[4..], [Event::Change, Event::Site]);
    assert_eq!(found(&Memory(second.clone()), Some(Against::Site(&Memory(first.clone())))), []);
    let page = String::from_utf8(second["policies/a/index.html"].clone()).unwrap();
    assert!(page.contains("<details class=\"pro\"><summary>发布记录</summary>") && page.contains("变更") && page.contains("（日志第 4 条）"), "{page}");
    assert!(page.contains(&lines(&second)[4].hash), "the page names the hash of its text");
    // Withdrawn, for whatever reason: nothing in the site leads from the log to what it was.
    let id = lines(&first)[2].id.clone();
    let manifest = String::from_utf8(second["manifest.json"].clone()).unwrap();
    let salt = manifest.split(&format!("{{\"id\":\"{id}\"")).nth(1).unwrap().split("\"salt\":\"").nth(1).unwrap()[..32].to_string();
    fs::remove_file(p.path("content/policies/b.md")).unwrap();
    assert!(signed(&p, &[]).contains("2 documents public, 0 published, 0 changed, 1 withdrawn"));
    let third = files(&p, "public");
    assert!(lines(&third).iter().any(|l| l.event == Event::Withdraw && l.id == id));
    for (path, bytes) in &third {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&salt) && !text.contains("乙文件的题目"), "{path}");
    }
    assert!(!String::from_utf8_lossy(&first["log/tile/entries/000.p/4"]).contains("policies"), "the log names no address");
    // On another machine, from the site alone: folder, ZIP, and the same bytes from each.
    p.file("content/news/d.md", "---\ntitle: 丁\npublished_at: 2020-01-04\n---\n正文。\n");
    copy_tree(&p.path("public"), &p.path("old"));
    signed(&p, &["--out", "one", "--previous", "old", "--zip", "one.zip"]);
    let one = files(&p, "one");
    fs::remove_dir_all(p.path("one")).unwrap();
    signed(&p, &["--out", "one", "--previous", "old", "--zip", "one.zip"]);
    assert_eq!(files(&p, "one"), one);
    p.file("content/news/e.md", "---\ntitle: 戊\npublished_at: 2020-01-05\n---\n正文。\n");
    signed(&p, &["--out", "two", "--previous", "one"]);
    signed(&p, &["--out", "three", "--previous", "one.zip"]);
    assert_eq!(files(&p, "two"), files(&p, "three"));
    assert_eq!(found(&Memory(files(&p, "two")), Some(Against::Site(&Memory(first)))), []);
    let ran = p.run(&["verify", "one.zip"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
}

/// Small numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn a_thousand_hands_laid_on_a_site_are_all_found() {
    let p = project();
    signed(&p, &[]);
    let begin = files(&p, "public");
    p.file("content/news/d.md", "---\ntitle: 丁\npublished_at: 2020-01-04\n---\n正文。\n");
    signed(&p, &[]);
    let site = files(&p, "public");
    let paths: Vec<&String> = site.keys().filter(|p| !site[*p].is_empty()).collect();
    assert!(paths.len() > 60 && found(&Memory(site.clone()), None).is_empty());
    // Another log, signed by the same key: what a publisher with the key could do.
    let other = project();
    other.file("content/policies/b.md", "---\ntitle: 乙改\npublished_at: 2020-01-02\n---\n改过。\n");
    signed(&other, &[]);
    other.file("content/news/e.md", "---\ntitle: 戊\npublished_at: 2020-01-04\n---\n正文。\n");
    signed(&other, &[]);
    let forged = files(&other, "public");
    let kept = Note::parse(&site["log/checkpoint"]).unwrap();
    let mut dice = Dice(20_261_128);
    let mut tried = [0; 5];
    for n in 0..1_000 {
        let mut hurt = site.clone();
        let path = paths[dice.roll(paths.len())].clone();
        let (what, against) = match n % 10 {
            0..=5 => {
                let bytes = hurt.get_mut(&path).unwrap();
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
                (0, None)
            }
            6 => {
                hurt.remove(&path);
                (1, None)
            }
            7 => {
                hurt.insert(format!("{path}.{n}"), b"x".to_vec());
                (2, None)
            }
            8 => {
                // An entry is taken out, or two change places, and everything that has no signature is made anew.
                let mut lines: Vec<Vec<u8>> = lines(&site).iter().map(|l| l.text().into_bytes()).collect();
                let at = dice.roll(lines.len() - 1);
                if n % 20 == 8 {
                    drop(lines.remove(at))
                } else {
                    lines.swap(at, at + 1)
                }
                hurt.retain(|p, _| !p.starts_with("log/tile/"));
                hurt.extend(clerestory::trust::tlog::files(&lines).into_iter().map(|(p, b)| (format!("log/{p}"), b)));
                (3, None)
            }
            // A whole site of another history, or the state of yesterday, rightly signed: only who kept a checkpoint can tell.
            _ => (4, Some((if n % 20 == 9 { forged.clone() } else { begin.clone() }, kept.clone()))),
        };
        tried[what] += 1;
        let told = match against {
            None => found(&Memory(hurt), None),
            Some((whole, note)) => {
                assert!(found(&Memory(whole.clone()), None).is_empty(), "it is sound in itself");
                found(&Memory(whole), Some(Against::Note(note)))
            }
        };
        let named = match what {
            0 | 1 => told.iter().any(|(_, p)| *p == path || path.starts_with("log/") && p.starts_with("log") || path == "manifest.json"),
            2 => told.iter().any(|(k, p)| k == "extra" && *p == format!("{path}.{n}")),
            3 => told.iter().any(|(k, _)| k == "log" || k == "missing"),
            _ => told.iter().any(|(k, _)| k == "history"),
        };
        assert!(named, "{n}: {path}: {told:?}");
    }
    assert_eq!(tried, [600, 100, 100, 100, 100]);
    // A copy that was kept names what vanished.
    let gone = found(&Memory(forged), Some(Against::Site(&Memory(site))));
    assert!(gone.iter().any(|(k, p)| k == "history" && p.starts_with("log#")), "{gone:?}");
}

#[test]
fn history_is_not_rewritten_by_a_build() {
    let p = project();
    signed(&p, &[]);
    let good = files(&p, "public");
    let entries = "public/log/tile/entries/000.p/4";
    let mut bytes = fs::read(p.path(entries)).unwrap();
    bytes[10] ^= 1;
    fs::write(p.path(entries), &bytes).unwrap();
    let before = files(&p, "public");
    let ran = sign(&p, &[]);
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert!(ran.err.contains("does not hold together (log/checkpoint)") && ran.err.contains("The live site was not touched"), "{}", ran.err);
    assert_eq!(files(&p, "public"), before);
    fs::write(p.path(entries), &good["log/tile/entries/000.p/4"]).unwrap();
    // Another key is told apart; the old key to check with lets the log go on under a new one.
    let key = keyed(&p);
    fs::write(&key, seed(8).text()).unwrap();
    let line = ["build", "--allow-errors", "--key", &key];
    let ran = p.run(&line);
    assert!(ran.code == 2 && ran.err.contains("not signed by this key"), "{ran:#?}");
    let ran = p.run(&[&line[..], &["--previous-key", &seed(7).verifier().text()]].concat());
    fs::remove_file(&key).unwrap();
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.err.contains("3 documents public, 0 published, 0 changed, 0 withdrawn"), "documents keep their ids under a new key: {}", ran.err);
    // Asked to go on from what has no log.
    let other = project();
    other.file("empty/index.html", "x");
    let ran = sign(&other, &["--previous", "empty"]);
    assert!(ran.code == 2 && ran.err.contains("has no log to go on with"), "{ran:#?}");
    // Without a key the log would be lost.
    let ran = p.run(&["build", "--allow-errors"]);
    assert!(ran.code == 2 && ran.err.contains("--unsigned"), "{ran:#?}");
    assert_eq!(p.run(&["build", "--allow-errors", "--unsigned"]).code, 0);
    let plain = files(&p, "public");
    assert!(plain.keys().all(|f| !f.starts_with("log/") && !f.starts_with("trust/") && !f.starts_with("manifest.json") && !f.contains("js/trust.")));
    assert!(!String::from_utf8_lossy(&plain["policies/a/index.html"]).contains("发布记录"));
}

#[test]
fn keys_stay_where_nobody_publishes_them() {
    let p = project();
    let ran = p.run(&["keygen", "k"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let verifier = Verifier::parse(&ran.out).unwrap();
    assert_eq!((verifier.name(), Key::parse(&p.read("k")).unwrap().verifier()), ("example.org", verifier.clone()));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(p.path("k")).unwrap()) & 0o777, 0o600);
    assert_eq!(p.run(&["keygen", "k"]).code, 2);
    for place in ["content/k", "public/k", "static/k", "themes/k"] {
        let ran = p.run(&["keygen", place]);
        assert!(ran.code == 2 && !p.exists(place), "{place}: {ran:#?}");
        p.file(place, seed(7).text());
        let ran = p.run(&["build", "--allow-errors", "--key", place]);
        assert!(ran.code == 2 && ran.err.contains("move it first"), "{place}: {ran:#?}");
        fs::remove_file(p.path(place)).unwrap();
    }
    let ran = p.run(&["build", "--allow-errors", "--key", &seed(7).text()]);
    assert!(ran.code == 2 && ran.err.contains("seen by other users"), "{ran:#?}");
    let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    c.current_dir(p.root()).args(["build", "--allow-errors"]).env("CLERESTORY_KEY", seed(7).text()).stdout(Stdio::null()).stderr(Stdio::null());
    let _ = fs::remove_dir_all(p.path("public"));
    assert!(c.status().unwrap().success());
    for (path, bytes) in files(&p, "public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("PRIVATE+KEY") && !text.contains(seed(7).text().rsplit('+').next().unwrap()), "{path}");
    }
    assert_eq!(p.run(&["verify", "public", "--key", &seed(7).verifier().text()]).code, 0);
    assert_eq!(p.run(&["verify", "public", "--key", &seed(8).verifier().text()]).code, 1);
}

#[test]
fn witnesses_are_kept() {
    let p = project();
    signed(&p, &[]);
    let witness = Key::new("w.example", &[9; 32]).unwrap();
    let text = Note::parse(p.read("public/log/checkpoint").as_bytes()).unwrap().text;
    p.file("cosigned", witness.sign(&text));
    signed(&p, &["--cosigned", "cosigned"]);
    assert!(p.read("public/log/checkpoint").contains("— w.example "));
    let asked = ["verify", "public", "--witness", &witness.verifier().text()];
    assert_eq!(p.run(&asked).code, 0);
    // The log grows: what the witness signed is an earlier state, and stands beside it.
    p.file("content/news/d.md", "---\ntitle: 丁\npublished_at: 2020-01-04\n---\n正文。\n");
    signed(&p, &[]);
    assert!(p.read("public/log/witnessed").contains("— w.example ") && !p.read("public/log/checkpoint").contains("w.example"));
    assert_eq!(p.run(&["verify", "public"]).code, 0);
    let ran = p.run(&asked);
    assert!(ran.code == 1 && ran.out.contains("not signed by the witness w.example"), "{ran:#?}");
    p.file("wrong", witness.sign("another.example\n1\nAAAA\n"));
    assert_eq!(sign(&p, &["--cosigned", "wrong"]).code, 2);
}

#[test]
fn a_site_is_watched() {
    let p = project();
    signed(&p, &[]);
    let line = ["verify", "public", "--keep", "kept", "--feed", "incidents.xml"];
    assert_eq!(p.run(&line).code, 0);
    assert!(p.read("kept").starts_with("example.org\n4\n") && !p.read("incidents.xml").contains("<entry>"));
    p.file("public/news/c/index.html", "<p>改了</p>");
    p.file("public/x.php", "<?php");
    fs::remove_file(p.path("public/robots.txt")).unwrap();
    let ran = p.run(&[&line[..], &["--format", "json"]].concat());
    assert_eq!(ran.code, 1, "{ran:#?}");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let told: Vec<(&str, &str)> = json["findings"].as_array().unwrap().iter().map(|f| (f["kind"].as_str().unwrap(), f["path"].as_str().unwrap())).collect();
    assert_eq!(told, [("differs", "news/c/index.html"), ("missing", "robots.txt"), ("extra", "x.php")]);
    p.run(&line);
    let feed = p.read("incidents.xml");
    assert_eq!(feed.matches("<entry>").count(), 1, "the same trouble is told once: {feed}");
    assert!(feed.contains("news/c/index.html: differs from what was published"));
    fs::remove_file(p.path("public/x.php")).unwrap();
    signed(&p, &[]);
    assert_eq!(p.run(&line).code, 0);
    assert_eq!(p.read("incidents.xml").matches("<entry>").count(), 2);
    // History that is rewritten is found by the checkpoint that was kept.
    fs::remove_dir_all(p.path("public")).unwrap();
    p.file("content/policies/b.md", "---\ntitle: 乙改\npublished_at: 2020-01-02\n---\n改过。\n");
    signed(&p, &[]);
    let ran = p.run(&line);
    assert!(ran.code == 1 && ran.out.contains("history was rewritten"), "{ran:#?}");
    assert_eq!(p.run(&["verify", "nowhere"]).code, 2);
    assert_eq!(p.run(&["verify", "public", "--key", "x"]).code, 2);
}

#[test]
fn a_log_that_is_further_on_is_not_taken_back() {
    let p = project();
    signed(&p, &[]);
    fs::rename(p.path("public"), p.path("old")).unwrap();
    signed(&p, &["--previous", "old"]);
    p.file("content/news/c.md", "---\ntitle: 丙\npublished_at: 2020-01-03\n---\n正文。\n");
    signed(&p, &[]);
    let ran = sign(&p, &["--previous", "old"]);
    assert!(ran.code == 2 && ran.err.contains("would rewrite history"), "{ran:#?}");
    signed(&p, &["--previous", "public"]);
}

#[test]
fn a_log_that_was_taken_away_is_missed() {
    let p = project();
    signed(&p, &[]);
    for gone in ["log/checkpoint", "manifest.json", "manifest.json.note"] {
        fs::remove_file(p.path(&format!("public/{gone}"))).unwrap();
        let ran = sign(&p, &[]);
        assert!(ran.code == 2 && ran.err.contains("log/checkpoint"), "{gone}: {ran:#?}");
    }
}

#[test]
fn a_killed_build_leaves_a_sound_log() {
    let p = project();
    for i in 0..120 {
        p.file(&format!("content/news/n{i}.md"), format!("---\ntitle: 消息{i}\npublished_at: 2020-02-01\n---\n正文{i}。\n"));
    }
    // Cut at every part of the time that a build takes on this machine.
    let started = std::time::Instant::now();
    signed(&p, &[]);
    let whole = started.elapsed();
    let mut cut = 0;
    for n in 0..14u32 {
        p.file("content/news/c.md", format!("---\ntitle: 丙{n}\npublished_at: 2020-01-03\n---\n正文。\n"));
        let mut c = Command::new(env!("CARGO_BIN_EXE_clerestory"));
        c.current_dir(p.root()).args(["build", "--allow-errors", "--no-sync"]).env("CLERESTORY_KEY", seed(7).text());
        let mut child = c.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * n / 14);
        cut += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        let now = files(&p, "public");
        assert_eq!(found(&Memory(now), None), [], "{n}");
    }
    assert!(cut > 2, "{cut} of 14 runs were cut off");
    signed(&p, &[]);
    assert_eq!(found(&Memory(files(&p, "public")), None), []);
}

#[test]
fn pages_of_a_signed_site_tell_how_to_check_it() {
    let p = project();
    p.file("site.yaml", format!("{SITE}languages: [zh-Hans, en]\n"));
    signed(&p, &[]);
    let (zh, en) = (p.read("public/trust/index.html"), p.read("public/en/trust/index.html"));
    for page in [&zh, &en] {
        assert!(page.contains(&seed(7).verifier().text()) && page.contains("clerestory verify https://example.org/ --key"), "{page}");
        assert!(page.contains("href=\"/log/checkpoint\"") && page.contains("href=\"/manifest.json\""));
        assert!(page.contains("data-trust") && page.contains("js/trust.") && !page.contains("<script>"));
    }
    assert!(zh.contains("防篡改与核验") && en.contains("Authenticity"));
    assert!(p.read("public/index.html").contains("href=\"/trust/\""));
    let headers = p.read("public/_headers");
    assert!(!headers.contains("log/"), "nothing of the log is kept by caches for long");
}

#[test]
fn content_does_not_take_the_place_of_the_log() {
    let p = project();
    p.file("static/log/tile/0/000.p/4", "x");
    let ran = sign(&p, &[]);
    assert!(ran.code == 1 && ran.out.contains("is kept for the log of a signed site"), "{ran:#?}");
    assert!(!p.exists("public"));
}

#[test]
fn without_git_or_with_it() {
    let p = project();
    signed(&p, &[]);
    assert!(p.read("public/manifest.json").contains("\"revision\":null"));
    let git = |args: &[&str]| {
        let all = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        assert!(Command::new("git").current_dir(p.root()).args(all).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "content", "site.yaml"]);
    git(&["commit", "--quiet", "-m", "x"]);
    signed(&p, &[]);
    let head = fs::read_to_string(p.path("public/manifest.json")).unwrap();
    assert!(head.contains("\"modified\":false") && !head.contains("\"revision\":null"), "{}", &head[..600]);
    p.file("content/news/c.md", "---\ntitle: 丙\npublished_at: 2020-01-03\n---\n别的。\n");
    signed(&p, &[]);
    assert!(p.read("public/manifest.json").contains("\"modified\":true"));
}

/// A build with the key of seed `new`, and of `old` as the one before it.
fn rotated(p: &Project, new: u8, old: Option<&str>, more: &[&str]) -> crate::support::Ran {
    p.file("new.key", seed(new).text());
    #[cfg(unix)]
    fs::set_permissions(p.path("new.key"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let old: Vec<&str> = old.map(|o| vec!["--previous-key", o]).unwrap_or_default();
    p.run(&[&["build", "--allow-errors", "--no-sync", "--key", "new.key"], &old[..], more].concat())
}

#[test]
fn a_change_of_keys_is_followed_where_the_old_key_signed_it() {
    let p = project();
    signed(&p, &[]);
    let watch = ["verify", "public", "--keep", "kept"];
    assert_eq!(p.run(&watch).code, 0);
    let first = files(&p, "public");
    p.file("old.key", seed(7).text());
    let ran = rotated(&p, 8, Some("old.key"), &[]);
    assert!(ran.code == 0 && ran.err.contains("handed over to the new one") && ran.err.contains("0 published, 0 changed"), "{ran:#?}");
    // The file of the old key is open to others here, and that is said.
    #[cfg(unix)]
    assert!(ran.err.contains("other users can read the private key old.key (mode 644)") && !ran.err.contains("new.key (mode"), "{ran:#?}");
    let second = files(&p, "public");
    // Again, with both keys: the key hands over once, and not a byte is another one.
    assert_eq!(rotated(&p, 8, Some("old.key"), &[]).code, 0);
    assert_eq!(files(&p, "public"), second);
    // Both keys signed, as is the custom: who knows the old one alone finds its signature.
    let note = Note::parse(&second["log/checkpoint"]).unwrap();
    assert!(seed(7).verifier().signed(&note) && seed(8).verifier().signed(&note) && note.others("example.org").is_empty());
    let (old, new) = (seed(7).verifier().text(), seed(8).verifier().text());
    for key in [None, Some(&old), Some(&new)] {
        let key: Vec<&str> = key.map(|k| vec!["--key", k.as_str()]).unwrap_or_default();
        p.file("kept-here", &first["log/checkpoint"]);
        let ran = p.run(&[&["verify", "public", "--keep", "kept-here"], &key[..]].concat());
        assert_eq!(ran.code, 0, "{key:?}: {ran:#?}");
        assert_eq!(ran.err.contains("The key was changed"), key.contains(&old.as_str()), "{ran:#?}");
    }
    // The new key alone goes on, and is followed over a second change; the first site is still its beginning.
    p.file("content/news/d.md", "---\ntitle: 丁\npublished_at: 2020-01-04\n---\n正文。\n");
    assert_eq!(rotated(&p, 8, None, &[]).code, 0);
    assert!(!seed(7).verifier().signed(&Note::parse(p.read("public/log/checkpoint").as_bytes()).unwrap()));
    p.file("old.key", seed(8).text());
    assert_eq!(rotated(&p, 9, Some("old.key"), &[]).code, 0);
    assert_eq!(p.run(&watch).code, 0);
    p.file("kept", &first["log/checkpoint"]);
    assert_eq!(p.run(&[&watch[..], &["--key", &old]].concat()).code, 0);
    let json: serde_json::Value = serde_json::from_str(&p.run(&["verify", "public", "--key", &old, "--format", "json"]).out).unwrap();
    assert_eq!((json["key_changed"].as_bool(), json["key"].as_str()), (Some(true), Some(seed(9).verifier().text().as_str())));
    assert_eq!(found(&Memory(files(&p, "public")), Some(Against::Site(&Memory(first)))), []);
    // A key that handed over signs nothing any more, neither in a build nor for a reader.
    let ran = rotated(&p, 7, Some("new.key"), &[]);
    assert!(ran.code == 2, "{ran:#?}");
    let ran = rotated(&p, 8, None, &[]);
    assert!(ran.code == 2 && ran.err.contains("The live site was not touched"), "{ran:#?}");
    let ran = rotated(&p, 8, Some(&seed(9).verifier().text()), &[]);
    assert!(ran.code == 2 && ran.err.contains("has handed over to another one"), "{ran:#?}");
    let mut taken_back = files(&p, "public");
    let text = Note::parse(&taken_back["log/checkpoint"]).unwrap().text;
    taken_back.insert("log/checkpoint".into(), seed(7).sign(&text).into_bytes());
    assert!(found(&Memory(taken_back), None).contains(&("signature".into(), "log/checkpoint".into())));
}

#[test]
fn a_change_of_keys_that_the_old_key_did_not_sign_is_refused() {
    let p = project();
    signed(&p, &[]);
    let watch = ["verify", "public", "--keep", "kept"];
    assert_eq!(p.run(&watch).code, 0);
    let (old, kept) = (seed(7).verifier().text(), p.read("kept"));
    // Only the key to check with was at hand: the log goes on, and nobody hands over.
    let ran = rotated(&p, 8, Some(&old), &[]);
    assert!(ran.code == 0 && !ran.err.contains("handed over"), "{ran:#?}");
    let ran = p.run(&watch);
    assert!(ran.code == 1 && ran.out.contains("the log tells of no handover"), "{ran:#?}");
    let ran = p.run(&[&watch[..], &["--key", &old]].concat());
    assert!(ran.code == 1 && ran.out.contains("has not handed over to it"), "{ran:#?}");
    assert_eq!(p.read("kept"), kept, "what was kept stays");
    // Who says to know the new key from elsewhere finds the same history, begun by another key.
    let ran = p.run(&["verify", "public", "--key", &seed(8).verifier().text()]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    // A stranger writes a handover of his own.
    let site = files(&p, "public");
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut rest = &site["log/tile/entries/000.p/5"][..];
    while !rest.is_empty() {
        let n = usize::from(u16::from_be_bytes([rest[0], rest[1]]));
        lines.push(rest[2..2 + n].to_vec());
        rest = &rest[2 + n..];
    }
    let forged = String::from_utf8(clerestory::trust::handover(&seed(9), &seed(8).verifier(), &lines[..4])).unwrap();
    lines.insert(4, forged.replace(&seed(9).verifier().text(), &old).into_bytes());
    let leaves: Vec<clerestory::trust::tlog::Hash> = lines.iter().map(|l| clerestory::trust::tlog::leaf(l)).collect();
    let checkpoint = clerestory::trust::tlog::Checkpoint { origin: "example.org".into(), size: 6, root: clerestory::trust::tlog::root(&leaves) };
    let mut forged = site.clone();
    forged.insert("log/checkpoint".into(), seed(8).sign(&checkpoint.text()).into_bytes());
    forged.extend(clerestory::trust::tlog::files(&lines).into_iter().map(|(p, b)| (format!("log/{p}"), b)));
    assert!(found(&Memory(forged), None).contains(&("signature".into(), "log/checkpoint".into())));
}

#[test]
fn the_publisher_is_no_witness() {
    let p = project();
    signed(&p, &[]);
    let mut own: Vec<u8> = vec![4];
    let text = seed(7).verifier().text();
    let raw = clerestory::trust::note::unbase64(text.rsplit('+').next().unwrap()).unwrap();
    own.extend(&raw[1..]);
    let hash = sha2::Sha256::new().chain_update("w.example\n").chain_update(&own).finalize();
    let under_another_name = format!("w.example+{}+{}", clerestory::trust::hex(&hash[..4]), clerestory::trust::note::base64(&own));
    for witness in [&text, &under_another_name] {
        for key in [&["--key", text.as_str()][..], &[]] {
            let ran = p.run(&[&["verify", "public", "--witness", witness], key].concat());
            assert!(ran.code == 1 && ran.out.contains("is the site's own key, and no witness"), "{ran:#?}");
        }
    }
}

#[test]
fn what_was_never_signed_is_told_apart() {
    let p = project();
    p.file("plain/index.html", "x");
    let ran = p.run(&["verify", "plain"]);
    assert!(ran.code == 2 && ran.err.contains("plain is no signed site"), "{ran:#?}");
    assert_eq!(p.run(&["verify", "plain", "--key", &seed(7).verifier().text()]).code, 2);
    assert_eq!(p.run(&["build", "--allow-errors"]).code, 0);
    assert_eq!(p.run(&["verify", "public"]).code, 2);
    // One that was, and from which all signs were taken, is not as it was published.
    fs::remove_dir_all(p.path("public")).unwrap();
    signed(&p, &[]);
    assert_eq!(p.run(&["verify", "public", "--keep", "kept"]).code, 0);
    for sign in ["manifest.json", "manifest.json.note", "log/checkpoint"] {
        fs::remove_file(p.path(&format!("public/{sign}"))).unwrap();
    }
    assert_eq!(p.run(&["verify", "public"]).code, 1, "manifest.sha256 still tells of the log");
    fs::remove_file(p.path("public/manifest.sha256")).unwrap();
    assert_eq!(p.run(&["verify", "public"]).code, 2);
    assert_eq!(p.run(&["verify", "public", "--keep", "kept"]).code, 1, "a checkpoint that was kept tells of it");
}

#[test]
fn a_name_that_stands_twice_in_a_zip_is_found() {
    let p = project();
    signed(&p, &["--zip", "site.zip"]);
    assert_eq!(p.run(&["verify", "site.zip"]).code, 0);
    let before = fs::read(p.path("site.zip")).unwrap();
    // Made by hand: a second entry of the same name before or after the real one. Its name is changed in place, as long as the other.
    for (extra, at_the_end) in [("robots.tx1", true), ("robots.tx1", false)] {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&before)).unwrap();
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let put = |out: &mut zip::ZipWriter<std::io::Cursor<Vec<u8>>>| {
            out.start_file(extra, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(out, b"User-agent: *\nDisallow: /\n").unwrap();
        };
        if !at_the_end {
            put(&mut out);
        }
        for i in 0..archive.len() {
            out.raw_copy_file(archive.by_index_raw(i).unwrap()).unwrap();
        }
        if at_the_end {
            put(&mut out);
        }
        let mut bytes = out.finish().unwrap().into_inner();
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, extra).collect();
        assert_eq!(places.len(), 2);
        places.into_iter().for_each(|at| bytes[at..at + extra.len()].copy_from_slice(b"robots.txt"));
        fs::write(p.path("site.zip"), bytes).unwrap();
        let ran = p.run(&["verify", "site.zip"]);
        assert!(ran.code == 1 && ran.out.contains("robots.txt: stands in the ZIP more than once"), "{at_the_end}: {ran:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_key_that_finds_no_room_leaves_no_file() {
    let p = project();
    // A file may not have a single byte: what is written fails as on a full disk.
    let program = env!("CARGO_BIN_EXE_clerestory");
    let mut c = Command::new("sh");
    c.current_dir(p.root()).args(["-c", &format!("trap '' XFSZ; ulimit -f 0; exec '{program}' keygen k --lang en")]);
    let out = c.output().unwrap();
    assert_eq!(out.status.code(), Some(2), "{out:#?}");
    assert!(out.stdout.is_empty() && !out.stderr.is_empty() && !p.exists("k"), "{out:#?}");
    assert_eq!(p.run(&["keygen", "k"]).code, 0);
}

#[test]
fn pages_are_asked_for_where_readers_find_them() {
    let p = project();
    p.file("content/news/c.md", "---\ntitle: 丙消息的题目\npublished_at: 2020-01-03\naliases: [/old.jsp]\n---\n正文。\n");
    signed(&p, &[]);
    let server = crate::support::Served::new(p.path("public"));
    let ran = p.run(&["verify", &server.url]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    // The files are as they were, and yet a reader gets another page: another name comes first for the folder.
    p.file("public/index.htm", "<p>defaced</p>");
    p.file("public/policies/a/index.htm", "<p>defaced</p>");
    let ran = p.run(&["verify", &server.url]);
    let told = |path: &str| ran.out.contains(&format!("{path}: gives another page than {}index.html", &path[1..]));
    assert!(ran.code == 1 && told("/") && told("/policies/a/") && ran.out.lines().count() == 2, "{ran:#?}");
    // A server that leads on from an old address by itself is no difference; one that leads elsewhere is.
    fs::remove_file(p.path("public/index.htm")).unwrap();
    fs::copy(p.path("public/news/c/index.html"), p.path("public/old.jsp/index.htm")).unwrap();
    let ran = p.run(&["verify", &server.url]);
    assert!(ran.code == 1 && ran.out.lines().count() == 1 && ran.out.contains("/policies/a/"), "{ran:#?}");
    fs::copy(p.path("public/policies/b/index.html"), p.path("public/old.jsp/index.htm")).unwrap();
    let ran = p.run(&["verify", &server.url]);
    assert!(ran.out.contains("/old.jsp/: gives another page"), "{ran:#?}");
    fs::remove_file(p.path("public/old.jsp/index.htm")).unwrap();
    // It is told as an incident.
    assert_eq!(p.run(&["verify", &server.url, "--feed", "incidents.xml"]).code, 1);
    assert!(p.read("incidents.xml").contains("policies/a/"));
    // The addresses give nothing, as where a store serves files alone.
    p.file("public/policies/a/index.htm", "404");
    let ran = p.run(&["verify", &server.url]);
    assert!(ran.code == 1 && ran.out.contains("/policies/a/: gives no page") && ran.out.lines().count() == 1, "{ran:#?}");
    // And no signed site at all.
    let other = project();
    other.file("public/index.html", "x");
    let server = crate::support::Served::new(other.path("public"));
    assert_eq!(p.run(&["verify", &server.url]).code, 2);
}
