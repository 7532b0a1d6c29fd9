//! The preview server, as a browser talks to it.
#![expect(clippy::disallowed_methods, reason = "a test waits by the clock")]

use crate::support::{Project, SITE};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(p: &Project, args: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clerestory"))
            .args(["serve", "--lang", "en", "--root"])
            .arg(p.root())
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let host = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_string();
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Server { child, host }
    }

    fn ask(&self, path: &str, host: &str) -> TcpStream {
        let mut s = TcpStream::connect(&self.host).unwrap();
        s.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        write!(s, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        s
    }

    fn get(&self, path: &str) -> String {
        let mut out = Vec::new();
        self.ask(path, &self.host).read_to_end(&mut out).unwrap();
        String::from_utf8_lossy(&out).into_owned()
    }

    fn events(&self) -> BufReader<TcpStream> {
        BufReader::new(self.ask("/__clerestory/events", &self.host))
    }
}

fn wait(events: &mut BufReader<TcpStream>, name: &str) {
    let mut line = String::new();
    while !line.starts_with(&format!("event: {name}")) {
        line.clear();
        assert!(events.read_line(&mut line).unwrap() > 0, "the stream ended");
    }
}

fn project() -> Project {
    let p = Project::new(SITE);
    p.file("content/policies/a.md", "---\ntitle: 甲\npublished_at: 2021-01-01\n---\n正文\n")
        .file("content/policies/d.md", "---\ntitle: 草稿一\ndraft: true\n---\n未定\n")
        .file("content/policies/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")
        .file("content/policies/b.md", "---\ntitle: 乙\nattachments: [x.svg]\n---\n正文\n");
    p
}

#[test]
fn changes_reach_the_browser() {
    let p = project();
    let s = Server::start(&p, &[]);
    let page = s.get("/gov/policies/a/");
    let (prefix, page) = if page.starts_with("HTTP/1.1 200") { ("/gov", page) } else { ("", s.get("/policies/a/")) };
    assert!(page.contains("<h1>甲</h1>") && page.contains("/__clerestory/live.js"), "{page}");
    let mut events = s.events();
    p.file("content/policies/a.md", "---\ntitle: 甲之二\npublished_at: 2021-01-01\nauthro: 某\n---\n正文\n");
    wait(&mut events, "reload");
    assert!(s.get(&format!("{prefix}/policies/a/")).contains("<h1>甲之二</h1>"));
    wait(&mut events, "findings");
    let found = s.get("/__clerestory/findings");
    assert!(found.contains("SRC005") && found.contains("content/policies/a.md"), "{found}");
    // A new file, and one that went.
    p.file("content/policies/c.md", "---\ntitle: 丙\n---\n正文\n");
    wait(&mut events, "reload");
    assert!(s.get(&format!("{prefix}/policies/c/")).contains("<h1>丙</h1>"));
    std::fs::remove_file(p.path("content/policies/c.md")).unwrap();
    wait(&mut events, "reload");
    assert!(s.get(&format!("{prefix}/policies/c/")).starts_with("HTTP/1.1 404"));
    // The first news make a column before that of the policies: pages that did not change keep theirs.
    p.file("content/news/n.md", "---\ntitle: 新\n---\n正文\n");
    wait(&mut events, "reload");
    let a = s.get(&format!("{prefix}/policies/a/"));
    assert!(a.contains(&format!("<li><a href=\"{prefix}/policies/\">")) && !a.contains(&format!("<ol><li><a href=\"{prefix}/news/\">")), "{a}");
    // A broken site.yaml leaves the last site standing and says why.
    let good = p.read("site.yaml");
    p.file("site.yaml", "title: [\n");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while !s.get("/__clerestory/findings").contains("SRC004") {
        assert!(std::time::Instant::now() < end, "no word of the broken file");
        wait(&mut events, "findings");
    }
    assert!(s.get(&format!("{prefix}/policies/a/")).contains("甲之二"));
    p.file("site.yaml", good);
    wait(&mut events, "reload");
}

#[test]
fn the_index_is_made_when_somebody_searches() {
    let p = project();
    let s = Server::start(&p, &[]);
    let at = |path: &str| s.get(&format!("/search/zh-Hans/{path}"));
    assert!(at("root.bin").starts_with("HTTP/1.1 200") && s.get("/search/client.js").contains("export async function open"));
    let cards = at("c/0.bin");
    assert!(cards.starts_with("HTTP/1.1 200") && at("b/99999.bin").starts_with("HTTP/1.1 404"));
    let mut events = s.events();
    p.file("content/policies/a.md", "---\ntitle: 改过的标题\npublished_at: 2021-01-01\n---\n正文\n");
    wait(&mut events, "reload");
    assert_ne!(cards, at("c/0.bin"), "a changed title is in the index");
}

#[test]
fn drafts_inspector_and_strangers() {
    let p = project();
    let s = Server::start(&p, &[]);
    let prefix = if s.get("/gov/policies/a/").starts_with("HTTP/1.1 200") { "/gov" } else { "" };
    assert!(s.get(&format!("{prefix}/policies/d/")).starts_with("HTTP/1.1 404"), "a draft is not public");
    let with = Server::start(&p, &["--drafts"]);
    assert_ne!(s.host, with.host, "a second server finds a free port");
    assert!(with.get(&format!("{prefix}/policies/d/")).contains("<h1>草稿一</h1>"));
    let seen = with.get(&format!("/__clerestory/page?path={prefix}/policies/d/"));
    assert!(seen.contains("content/policies/d.md") && seen.contains("pages/policy.html") && seen.contains("draft"), "{seen}");
    // A name that leads here from another site may not read drafts.
    let mut out = String::new();
    with.ask(&format!("{prefix}/policies/d/"), "evil.example").read_to_string(&mut out).unwrap();
    assert!(out.starts_with("HTTP/1.1 403") && !out.contains("草稿"), "{out}");
    // What could run is a download, as on the real host.
    let svg = s.get(&format!("{prefix}/policies/x.svg"));
    assert!(svg.contains("Content-Disposition: attachment") && svg.contains("sandbox"), "{svg}");
    for path in ["/../site.yaml", "/%2e%2e/site.yaml", "/__clerestory/../site.yaml", "//etc/passwd"] {
        assert!(!s.get(path).contains("title:"), "{path}");
    }
}
