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
        // A port that is taken is told first.
        while !line.contains("http://") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "the server ended");
        }
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
        .file("content/policies/y.xhtml", "<html/>")
        .file("content/policies/z.svg.gz", "z")
        .file("content/policies/v.rdf", "<rdf/>")
        .file("static/own.html", "<title>Own</title>")
        .file("content/policies/b.md", "---\ntitle: 乙\nattachments: [x.svg, y.xhtml, z.svg.gz, v.rdf]\n---\n正文\n");
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
    // The editors' page tells the same, and what is not public.
    let editors = s.get("/__clerestory/editors");
    assert!(editors.contains("<td>SRC005</td>") && editors.contains("content/policies/a.md:") && editors.contains("content/policies/d.md"), "{editors}");
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
    // A few entries stand in a file; which file has which is the index's own affair.
    let cards = || (0..4).map(|n| at(&format!("c/{n}.bin"))).collect::<Vec<_>>();
    let before = cards();
    assert!(before[0].starts_with("HTTP/1.1 200") && at("b/99999.bin").starts_with("HTTP/1.1 404"));
    let mut events = s.events();
    p.file("content/policies/a.md", "---\ntitle: 改过的标题\npublished_at: 2021-01-01\n---\n正文\n");
    wait(&mut events, "reload");
    assert_ne!(before, cards(), "a changed title is in the index");
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
    for name in ["x.svg", "y.xhtml", "z.svg.gz", "v.rdf"] {
        let file = s.get(&format!("{prefix}/policies/{name}"));
        assert!(file.starts_with("HTTP/1.1 200") && file.contains("Content-Disposition: attachment") && file.contains("sandbox"), "{file}");
    }
    // The project's own page is a page, as it is there.
    assert!(!s.get(&format!("{prefix}/own.html")).contains("Content-Disposition"));
    for path in ["/../site.yaml", "/%2e%2e/site.yaml", "/__clerestory/../site.yaml", "//etc/passwd"] {
        assert!(!s.get(path).contains("title:"), "{path}");
    }
}

/// Sends bytes and gives all that comes back.
fn talk(s: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(&s.host).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    let _ = stream.write_all(bytes);
    let mut out = Vec::new();
    let _ = stream.read_to_end(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// A page comes within two seconds, whatever others do; and a change reaches the browser.
fn well(p: &Project, s: &Server) {
    let began = std::time::Instant::now();
    // The least of three: a machine that does other things may let one wait.
    let once = || {
        let asked = std::time::Instant::now();
        assert!(s.get("/policies/a/").starts_with("HTTP/1.1 200"));
        asked.elapsed()
    };
    let took = (0..3).map(|_| once()).min().unwrap_or_default();
    assert!(took.as_secs() < 2, "{took:?}");
    let title = format!("甲{}", began.elapsed().as_nanos());
    p.file("content/policies/a.md", format!("---\ntitle: {title}\npublished_at: 2021-01-01\n---\n正文\n"));
    while !s.get("/policies/a/").contains(&format!("<h1>{title}</h1>")) {
        assert!(began.elapsed().as_secs() < 15, "the change never came");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn slow_clients_stop_nobody() {
    let p = project();
    // Larger than what the kernel holds for a client that does not read.
    p.file("static/large.bin", vec![7; 24 << 20]);
    let s = Server::start(&p, &[]);
    let mut slow: Vec<TcpStream> = Vec::new();
    for i in 0..200 {
        let mut c = TcpStream::connect(&s.host).unwrap();
        match i % 4 {
            // Nothing at all, half a head, an answer that nobody reads, a page that nobody reads.
            0 => {}
            1 => c.write_all(b"GET /policies/a/ HTTP/1.1\r\nHo").unwrap(),
            2 => write!(c, "GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", s.host).unwrap(),
            _ => write!(c, "GET /policies/a/ HTTP/1.1\r\nHost: {}\r\n\r\n", s.host).unwrap(),
        }
        slow.push(c);
    }
    well(&p, &s);
    // Byte by byte: given up in time, with a word.
    let mut one = TcpStream::connect(&s.host).unwrap();
    one.set_read_timeout(Some(std::time::Duration::from_millis(100))).unwrap();
    let (began, mut got) = (std::time::Instant::now(), Vec::new());
    let mut bytes = [0; 1000];
    while began.elapsed().as_secs() < 9 {
        let _ = one.write_all(b"a");
        match one.read(&mut bytes) {
            Ok(0) => break,
            Ok(n) => got.extend_from_slice(&bytes[..n]),
            Err(_) => {}
        }
    }
    assert!(String::from_utf8_lossy(&got).starts_with("HTTP/1.1 408") && began.elapsed().as_secs() < 8, "{:?}", began.elapsed());
    well(&p, &s);
}

#[test]
fn what_a_request_may_be() {
    let p = project();
    let s = Server::start(&p, &[]);
    let host = s.host.clone();
    let large = talk(&s, format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(200_000)).as_bytes());
    assert!(large.starts_with("HTTP/1.1 431"), "{large}");
    let many = talk(&s, format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "X: y\r\n".repeat(500)).as_bytes());
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let refused = talk(&s, format!("{method} / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhello").as_bytes());
        assert!(refused.starts_with("HTTP/1.1 405") && refused.contains("Allow: GET, HEAD\r\n"), "{method}: {refused}");
    }
    let head = talk(&s, format!("HEAD /policies/a/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
    let full = s.get("/policies/a/");
    let body = full.split_once("\r\n\r\n").unwrap().1;
    assert!(head.starts_with("HTTP/1.1 200") && head.contains(&format!("Content-Length: {}\r\n", body.len())) && head.ends_with("\r\n\r\n"), "{head}");
    // Two requests on one connection.
    let two = talk(&s, format!("GET /policies/a/ HTTP/1.1\r\nHost: {host}\r\n\r\nHEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
    assert_eq!(two.matches("HTTP/1.1 200").count(), 2, "{two}");
    for bad in ["\r\n\r\nfoo\r\n\r\n", "GET\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET / HTTP/7.7\r\n\r\n"] {
        let out = talk(&s, bad.as_bytes());
        assert!(out.starts_with("HTTP/1.1 400") || out.starts_with("HTTP/1.1 505"), "{bad:?}: {out}");
    }
    let port = host.rsplit_once(':').unwrap().1;
    for (name, status) in [
        (format!("LOCALHOST:{port}"), 200),
        ("localhost.".into(), 200),
        (format!("[::1]:{port}"), 200),
        (format!("127.0.0.1:{port}"), 200),
        ("evil.example".into(), 403),
        (format!("localhost.evil.example:{port}"), 403),
        ("[evil]".into(), 403),
        (format!("0.0.0.0:{port}"), 403),
        (format!("[::]:{port}"), 403),
        (format!("10.0.0.1:{port}"), 403),
    ] {
        let out = talk(&s, format!("GET /policies/a/ HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(out.starts_with(&format!("HTTP/1.1 {status}")), "{name}: {out}");
    }
    well(&p, &s);
}

#[test]
fn parts_of_files_are_answered() {
    let p = project();
    let bytes: Vec<u8> = (0..100_000u32).map(|i| (i % 251) as u8).collect();
    p.file("static/film.mp4", &bytes);
    let s = Server::start(&p, &[]);
    let ask = |more: &str| {
        let mut stream = TcpStream::connect(&s.host).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        write!(stream, "GET /film.mp4 HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}\r\n", s.host).unwrap();
        let mut out = Vec::new();
        stream.read_to_end(&mut out).unwrap();
        let at = out.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        (String::from_utf8_lossy(&out[..at + 2]).into_owned(), out[at + 4..].to_vec())
    };
    let (head, body) = ask("");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("Accept-Ranges: bytes\r\n") && head.contains("video/mp4") && body == bytes, "{head}");
    let tag = head.split("ETag: ").nth(1).unwrap().split("\r\n").next().unwrap().to_string();
    for (range, from, to) in
        [("bytes=0-99", 0, 100), ("bytes=99990-", 99_990, 100_000), ("bytes=-10", 99_990, 100_000), ("bytes=70000-2000000", 70_000, 100_000)]
    {
        let (head, body) = ask(&format!("Range: {range}\r\n"));
        assert!(head.starts_with("HTTP/1.1 206") && head.contains(&format!("Content-Range: bytes {from}-{}/100000\r\n", to - 1)), "{range}: {head}");
        assert!(head.contains(&format!("Content-Length: {}\r\n", to - from)) && body == bytes[from..to], "{range}: {head}");
    }
    let (head, _) = ask("Range: bytes=100000-\r\n");
    assert!(head.starts_with("HTTP/1.1 416") && head.contains("Content-Range: bytes */100000\r\n"), "{head}");
    assert!(ask("Range: bytes=0-1,5-6\r\n").1 == bytes && ask("Range: rows=0-1\r\n").1 == bytes);
    assert_eq!(ask(&format!("Range: bytes=0-9\r\nIf-Range: {tag}\r\n")).1.len(), 10);
    assert_eq!(ask("Range: bytes=0-9\r\nIf-Range: \"another\"\r\n").1.len(), 100_000);
    // A page has parts too.
    let page = talk(&s, format!("GET /policies/a/ HTTP/1.1\r\nHost: {}\r\nRange: bytes=0-14\r\nConnection: close\r\n\r\n", s.host).as_bytes());
    assert!(page.starts_with("HTTP/1.1 206") && page.to_lowercase().ends_with("<!doctype html>"), "{page}");
}

#[test]
fn event_streams_have_a_bound() {
    let p = project();
    let s = Server::start(&p, &[]);
    let mut streams: Vec<BufReader<TcpStream>> = Vec::new();
    let mut refused = 0;
    for _ in 0..60 {
        let mut e = s.events();
        let mut line = String::new();
        e.read_line(&mut line).unwrap();
        if line.starts_with("HTTP/1.1 200") {
            streams.push(e);
        } else {
            assert!(line.starts_with("HTTP/1.1 503"), "{line}");
            refused += 1;
        }
    }
    assert!(streams.len() == 32 && refused == 28, "{} {refused}", streams.len());
    well(&p, &s);
    wait(&mut streams[0], "reload");
    // Who leaves makes room, when the server next writes to it.
    drop(streams);
    p.file("content/policies/a.md", "---\ntitle: 甲之三\npublished_at: 2021-01-01\n---\n正文\n");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(25);
    loop {
        let mut line = String::new();
        let mut e = s.events();
        e.read_line(&mut line).unwrap();
        if line.starts_with("HTTP/1.1 200") {
            break;
        }
        assert!(std::time::Instant::now() < end, "no room again");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

#[test]
fn a_folder_without_its_slash_leads_to_it() {
    let p = project();
    p.file("content/pages/about.md", "---\ntitle: 关于\n---\n文\n").file("content/news/数字 一.md", "---\ntitle: 甲\n---\n字\n");
    let s = Server::start(&p, &[]);
    for (from, to) in [
        ("/about", "/about/"),
        ("/policies", "/policies/"),
        ("/policies/a", "/policies/a/"),
        ("/policies?a=1", "/policies/?a=1"),
        ("/news/%E6%95%B0%E5%AD%97%20%E4%B8%80", "/news/%E6%95%B0%E5%AD%97%20%E4%B8%80/"),
    ] {
        let got = s.get(from);
        assert!(got.starts_with("HTTP/1.1 301 Moved Permanently\r\n") && got.contains(&format!("\r\nLocation: {to}\r\n")), "{from}: {got}");
        assert!(s.get(to).starts_with("HTTP/1.1 200"), "{to}");
    }
    for from in ["/nowhere", "//about", "/policies/x.svg/", "//policies/a"] {
        assert!(s.get(from).starts_with("HTTP/1.1 404"), "{from}");
    }
}
