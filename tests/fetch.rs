//! `import` of addresses and `import --files`, against a server on this machine that is slow, breaks off, lies and never ends.
//!
//! `tests/walks/features` runs these with the feature `fetch`; without it the first test says that they were not run.

use crate::support::Project;

const EN: &str = "title: Test\nbase_url: https://example.org/\nlanguages: [en]\ntime_zone: UTC\nas_of: 2026-01-01\n";

#[cfg(not(feature = "fetch"))]
#[test]
fn without_the_feature_it_is_said_what_to_do() {
    use std::io::Write as _;
    // Past the harness, which shows nothing of a test that passes.
    let _ = std::io::stderr().write_all(b"\nNOT TESTED HERE: import of addresses and --files want `--features fetch`; run tests/walks/features\n");
    let p = Project::new(EN);
    for (kind, url) in [("ckan", "https://data.example.org/"), ("dcat-us", "https://data.example.org/data.json")] {
        let ran = p.run(&["import", kind, url]);
        assert!(ran.code == 2 && ran.err.contains("--features fetch") && ran.err.contains("curl") && ran.err.contains(" -o "), "{ran:#?}");
    }
    p.file("in/data.json", r#"{"dataset": [{"identifier": "a", "title": "A"}]}"#);
    let ran = p.run(&["import", "dcat-us", "in/data.json", "--files"]);
    assert!(ran.code == 2 && ran.err.contains("curl -o") && !p.exists("content/datasets"), "{ran:#?}");
}

#[test]
fn passwords_in_addresses_are_refused_and_not_repeated() {
    let p = Project::new(EN);
    let ran = p.run(&["import", "dcat-us", "https://clerk:geheim@data.example.org/data.json"]);
    assert!(ran.code == 2 && ran.err.contains("password") && !format!("{ran:?}").contains("geheim"), "{ran:#?}");
    assert!(!p.exists(".clerestory"));
}

#[cfg(feature = "fetch")]
mod with {
    use super::EN;
    use crate::support::{Project, Ran, tree};
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    /// What was asked: path with query, heads in small letters.
    #[derive(Debug, Clone)]
    struct Request {
        path: String,
        heads: Vec<(String, String)>,
    }

    impl Request {
        fn head(&self, name: &str) -> &str {
            self.heads.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
        }

        fn query(&self, name: &str) -> usize {
            let q = self.path.split_once('?').map_or("", |(_, q)| q);
            q.split('&').find_map(|p| p.strip_prefix(&format!("{name}="))).and_then(|v| v.parse().ok()).unwrap_or(0)
        }
    }

    struct Server {
        base: String,
        log: Arc<Mutex<Vec<Request>>>,
    }

    impl Server {
        fn paths(&self) -> Vec<String> {
            self.log.lock().unwrap().iter().map(|r| r.path.clone()).collect()
        }

        fn last(&self) -> Request {
            self.log.lock().unwrap().last().cloned().unwrap()
        }
    }

    /// A server that answers each request as it is told, then closes.
    fn server(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (Arc::new(answer), log.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (answer.clone(), seen.clone());
                std::thread::spawn(move || {
                    let mut stream = stream;
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                    let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or("").to_string();
                    let heads =
                        lines.take_while(|l| !l.is_empty()).filter_map(|l| l.split_once(": ").map(|(n, v)| (n.to_ascii_lowercase(), v.to_string()))).collect();
                    let request = Request { path, heads };
                    seen.lock().unwrap().push(request.clone());
                    answer(&request, &mut stream);
                });
            }
        });
        Server { base: format!("http://127.0.0.1:{port}"), log }
    }

    fn send(to: &mut TcpStream, status: &str, heads: &str, body: &[u8]) {
        let _ = write!(to, "HTTP/1.1 {status}\r\n{heads}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let _ = to.write_all(body);
    }

    fn json(to: &mut TcpStream, body: &str) {
        send(to, "200 OK", "Content-Type: application/json\r\n", body.as_bytes());
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        e.write_all(bytes).unwrap();
        e.finish().unwrap()
    }

    fn import(p: &Project, args: &[&str]) -> Ran {
        p.run(&[&["import"], args].concat())
    }

    fn datasets(p: &Project) -> usize {
        tree(p.root()).keys().filter(|k| k.starts_with("content/datasets/") && k.ends_with("dataset.yaml")).count()
    }

    #[test]
    fn a_ckan_that_breaks_off_is_gone_on_with() {
        let down = Arc::new(AtomicBool::new(true));
        let once = AtomicUsize::new(0);
        let off = down.clone();
        let s = server(move |r, to| {
            assert!(r.path.starts_with("/api/3/action/package_search?sort=name+asc&"), "{}", r.path);
            let start = r.query("start");
            // The first request fails once, and is asked again; the third page fails until it is mended.
            if start == 0 && once.fetch_add(1, Ordering::SeqCst) == 0 || start == 80 && off.load(Ordering::SeqCst) {
                return send(to, "500 Internal Server Error", "Retry-After: 0\r\n", b"oops");
            }
            let all: Vec<String> = (start..(start + 40).min(100)).map(|i| format!(r#"{{"id": "id-{i}", "name": "n{i}", "title": "Number {i}"}}"#)).collect();
            let body = format!(r#"{{"success": true, "result": {{"count": 100, "results": [{}]}}}}"#, all.join(","));
            // Half of the pages come packed.
            if start == 40 && r.head("accept-encoding").contains("gzip") {
                return send(to, "200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", &gz(body.as_bytes()));
            }
            json(to, &body);
        });
        let p = Project::new(EN);
        let ran = import(&p, &["ckan", &format!("{}/dataset/", s.base)]);
        assert!(ran.code == 2 && ran.err.contains("500 Internal Server Error") && ran.err.contains("80 of 100 records"), "{ran:#?}");
        assert_eq!(datasets(&p), 0, "nothing is imported of half a catalogue");
        let before = s.paths().len();
        down.store(false, Ordering::SeqCst);
        let ran = import(&p, &["ckan", &format!("{}/dataset/", s.base)]);
        assert!(ran.code == 0 && ran.err.contains("fetched 3 pages, 100 records") && ran.err.contains("100 new"), "{ran:#?}");
        let again: Vec<String> = s.paths().split_off(before);
        assert!(again.len() == 1 && again[0].contains("start=80"), "{again:?}");
        assert_eq!(datasets(&p), 100);
        // The next run begins anew, and changes nothing.
        let made = tree(&p.path("content"));
        let ran = import(&p, &["ckan", &format!("{}/dataset/", s.base)]);
        assert!(ran.err.contains("100 unchanged") && s.paths().len() == before + 4, "{ran:#?} {:?}", s.paths());
        assert_eq!(made, tree(&p.path("content")));
        assert_eq!(p.read(".clerestory/fetch/.gitignore"), "*\n");
    }

    #[test]
    fn a_udata_site_page_by_page() {
        let s = server(|r, to| {
            let host = r.head("host").to_string();
            let page = r.query("page");
            let next = if page < 2 { format!("\"http://{host}/api/1/datasets/?page=2&page_size=100\"") } else { "null".into() };
            json(to, &format!(r#"{{"data": [{{"id": "d{page}", "title": "D{page}", "slug": "d{page}"}}], "next_page": {next}, "total": 2}}"#));
        });
        let p = Project::new(EN);
        let ran = import(&p, &["udata", &s.base]);
        assert!(ran.code == 0 && ran.err.contains("fetched 2 pages, 2 records"), "{ran:#?}");
        assert_eq!(datasets(&p), 2);
    }

    const TWO: &str = r#"{"dataset": [{"identifier": "a", "title": "Alpha"}, {"identifier": "b", "title": "Beta"}]}"#;

    #[test]
    fn what_is_no_json_is_told() {
        let s = server(|r, to| match &*r.path {
            "/page" => send(to, "200 OK", "Content-Type: text/html\r\n", b"<!DOCTYPE html><html>Log in</html>"),
            "/disguised.json" => send(to, "200 OK", "Content-Type: application/json\r\n", b"<html>Log in</html>"),
            p if p.starts_with("/api/3/action/package_search") => send(to, "200 OK", "", b"<html>Log in</html>"),
            _ => send(to, "404 Not Found", "", b""),
        });
        let p = Project::new(EN);
        for path in ["/page", "/disguised.json"] {
            let ran = import(&p, &["dcat-us", &format!("{}{path}", s.base)]);
            assert!(ran.code == 2 && ran.err.contains("it gives a web page, not JSON"), "{ran:#?}");
        }
        assert!(import(&p, &["ckan", &s.base]).err.contains("it gives a web page, not JSON"));
        let ran = import(&p, &["dcat-us", &format!("{}/none.json", s.base)]);
        assert!(ran.code == 2 && ran.err.contains("404"), "{ran:#?}");
        assert_eq!(datasets(&p), 0);
    }

    #[test]
    fn a_wrong_length_is_noticed_and_the_rest_is_asked_for() {
        let s = server(|r, to| {
            let half = TWO.len() / 2;
            if r.head("range") == format!("bytes={half}-") && r.head("if-range") == "\"v1\"" {
                let range = format!("Content-Range: bytes {half}-{}/{}\r\n", TWO.len() - 1, TWO.len());
                return send(to, "206 Partial Content", &range, &TWO.as_bytes()[half..]);
            }
            let _ = write!(to, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: {}\r\n\r\n", TWO.len());
            let _ = to.write_all(&TWO.as_bytes()[..half]);
        });
        let p = Project::new(EN);
        let ran = import(&p, &["dcat-us", &format!("{}/data.json", s.base)]);
        assert!(ran.code == 0 && ran.err.contains("2 new"), "{ran:#?}");
        assert_eq!(s.paths().len(), 2);
    }

    #[test]
    fn what_never_ends_is_ended() {
        let sent = Arc::new(AtomicUsize::new(0));
        let count = sent.clone();
        let s = server(move |r, to| {
            let length = if r.path == "/told.json" { "Content-Length: 300000000\r\n" } else { "" };
            let _ = write!(to, "HTTP/1.1 200 OK\r\n{length}Connection: close\r\n\r\n{{\"dataset\": [");
            let block = [b' '; 1 << 16];
            while count.load(Ordering::SeqCst) < 300_000_000 && to.write_all(&block).is_ok() {
                count.fetch_add(block.len(), Ordering::SeqCst);
            }
        });
        let p = Project::new(EN);
        for path in ["/told.json", "/untold.json"] {
            let ran = import(&p, &["dcat-us", &format!("{}{path}", s.base), "--max-size", "2MB"]);
            assert!(ran.code == 2 && ran.err.contains("more than the 2 MB") && ran.err.contains("--max-size"), "{ran:#?}");
        }
        assert!(sent.load(Ordering::SeqCst) < 60_000_000, "{sent:?}");
        let kept: usize = tree(&p.path(".clerestory")).values().map(Vec::len).sum();
        assert!(kept < 2_100_000, "{kept}");
    }

    #[test]
    fn a_slow_server_is_waited_for_until_the_time_is_over() {
        let slow = Arc::new(AtomicBool::new(true));
        let still = slow.clone();
        let s = server(move |r, to| {
            let from: usize = r.head("range").trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap_or(0);
            let status = if from > 0 { format!("206 Partial Content\r\nContent-Range: bytes {from}-{}/{}", TWO.len() - 1, TWO.len()) } else { "200 OK".into() };
            let _ = write!(to, "HTTP/1.1 {status}\r\nETag: \"v1\"\r\nContent-Length: {}\r\n\r\n", TWO.len() - from);
            for b in &TWO.as_bytes()[from..] {
                if to.write_all(&[*b]).is_err() {
                    return;
                }
                std::thread::sleep(std::time::Duration::from_millis(if still.load(Ordering::SeqCst) { 100 } else { 1 }));
            }
        });
        let p = Project::new(EN);
        let url = format!("{}/data.json", s.base);
        let ran = import(&p, &["dcat-us", &url, "--max-time", "1"]);
        assert!(ran.code == 2 && ran.err.contains("the time is over") && ran.err.contains("goes on where it stopped"), "{ran:#?}");
        slow.store(false, Ordering::SeqCst);
        let ran = import(&p, &["dcat-us", &url]);
        assert!(ran.code == 0 && ran.err.contains("2 new"), "{ran:#?}");
        assert!(s.last().head("range").starts_with("bytes="), "{:?}", s.last());
    }

    #[test]
    fn other_hosts_are_told_and_nothing_unchanged_is_fetched_twice() {
        let s = server(|r, to| match &*r.path {
            "/old.json" => {
                let port = r.head("host").rsplit(':').next().unwrap_or("").to_string();
                send(to, "301 Moved Permanently", &format!("Location: http://localhost:{port}/data.json\r\n"), b"");
            }
            "/secret.json" => send(to, "302 Found", &format!("Location: http://u:p@{}/data.json\r\n", r.head("host")), b""),
            "/round.json" => send(to, "302 Found", "Location: /round.json\r\n", b""),
            _ if r.head("if-none-match") == "\"v1\"" => send(to, "304 Not Modified", "", b""),
            _ => send(to, "200 OK", "ETag: \"v1\"\r\n", TWO.as_bytes()),
        });
        let p = Project::new(EN);
        let ran = import(&p, &["dcat-us", &format!("{}/old.json", s.base)]);
        assert!(ran.code == 0 && ran.out.contains("another host, localhost"), "{ran:#?}");
        let before = tree(&p.path("content"));
        let ran = import(&p, &["dcat-us", &format!("{}/old.json", s.base)]);
        assert!(ran.err.contains("unchanged on the server") && ran.err.contains("2 unchanged"), "{ran:#?}");
        assert_eq!(before, tree(&p.path("content")));
        let ran = import(&p, &["dcat-us", &format!("{}/secret.json", s.base)]);
        assert!(ran.code == 2 && ran.err.contains("password"), "{ran:#?}");
        let ran = import(&p, &["dcat-us", &format!("{}/round.json", s.base)]);
        assert!(ran.code == 2 && ran.err.contains("redirects more than"), "{ran:#?}");
    }

    #[test]
    fn data_files_come_along_once_and_edits_stay() {
        let newer = Arc::new(AtomicBool::new(false));
        let now = newer.clone();
        let s = server(move |r, to| match &*r.path {
            "/data.json" => {
                let h = r.head("host");
                json(
                    to,
                    &format!(
                        r#"{{"dataset": [{{"identifier": "a", "title": "Alpha", "accessLevel": "public", "distribution": [
                        {{"title": "Good", "downloadURL": "http://{h}/good.csv", "format": "CSV"}},
                        {{"title": "Named", "downloadURL": "http://{h}/get?id=7", "format": "CSV"}},
                        {{"title": "Page", "downloadURL": "http://{h}/page.csv", "format": "CSV"}},
                        {{"title": "Big", "downloadURL": "http://{h}/big.csv", "format": "CSV"}},
                        {{"title": "Service", "accessURL": "http://{h}/api", "format": "API"}}]}},
                        {{"identifier": "b", "title": "Beta", "accessLevel": "non-public", "distribution": [{{"title": "Closed", "downloadURL": "http://{h}/closed.csv", "format": "CSV"}}]}}]}}"#
                    ),
                );
            }
            "/good.csv" => {
                let (tag, body) = if now.load(Ordering::SeqCst) { ("\"v2\"", "a,b\n1,3\n") } else { ("\"v1\"", "a,b\n1,2\n") };
                if r.head("if-none-match") == tag {
                    return send(to, "304 Not Modified", "", b"");
                }
                send(to, "200 OK", &format!("ETag: {tag}\r\nContent-Type: text/csv\r\n"), body.as_bytes());
            }
            "/get?id=7" => send(to, "200 OK", "Content-Disposition: attachment; filename=\"../../e:vil.csv\"\r\n", b"c\n1\n"),
            "/page.csv" => send(to, "200 OK", "", b"<!DOCTYPE html><html>gone</html>"),
            "/big.csv" => send(to, "200 OK", "", &[b'x'; 50_000]),
            _ => send(to, "404 Not Found", "", b""),
        });
        let p = Project::new(EN);
        let url = format!("{}/data.json", s.base);
        let args = ["dcat-us", &url, "--files", "--max-file", "10kB"];
        let ran = import(&p, &args);
        assert!(ran.err.contains("data files: 2 fetched, 2 not fetched, 1 are pages"), "{ran:#?}");
        assert!(
            ran.out.contains("page.csv was not fetched: it gives a web page, not CSV") && ran.out.contains("big.csv was not fetched: it is more than"),
            "{ran:#?}"
        );
        assert!(!s.paths().iter().any(|p| p.contains("closed")), "what is not public is not asked for");
        let yaml = p.read("content/datasets/alpha/dataset.yaml");
        assert!(yaml.contains("path: good.csv") && yaml.contains("/good.csv") && yaml.contains("path: e-vil.csv"), "{yaml}");
        assert_eq!(p.read("content/datasets/alpha/good.csv"), "a,b\n1,2\n");
        let kept = tree(&p.path(".clerestory/import"));
        let (_, record) = kept.iter().find(|(k, _)| k.ends_with("-data.files.json")).expect("a record of files");
        let record = String::from_utf8_lossy(record);
        assert!(record.contains("\"sha256\": \"") && record.contains("\"bytes\": 8"), "{record}");
        // Again: nothing changes, with --files and without.
        let before = tree(&p.path("content"));
        let ran = import(&p, &args);
        assert!(ran.err.contains("2 unchanged") && ran.err.contains("data files: 2 unchanged"), "{ran:#?}");
        let ran = import(&p, &["dcat-us", &url]);
        assert!(ran.err.contains("2 unchanged") && !ran.err.contains("data files"), "{ran:#?}");
        assert_eq!(before, tree(&p.path("content")));
        // The file changes there: it is taken over, unless somebody corrected it here.
        newer.store(true, Ordering::SeqCst);
        let ran = import(&p, &args);
        assert!(ran.err.contains("1 fetched"), "{ran:#?}");
        assert_eq!(p.read("content/datasets/alpha/good.csv"), "a,b\n1,3\n");
        p.file("content/datasets/alpha/good.csv", "a,b\n1,4\n");
        newer.store(false, Ordering::SeqCst);
        let ran = import(&p, &args);
        assert!(ran.out.contains("IMP004"), "{ran:#?}");
        assert_eq!(p.read("content/datasets/alpha/good.csv"), "a,b\n1,4\n");
        // A build asks nobody.
        let asked = s.paths().len();
        p.build();
        assert_eq!(s.paths().len(), asked);
        assert!(tree(&p.path("public")).keys().any(|k| k.ends_with("good.csv")));
    }

    #[test]
    fn a_data_package_of_the_web_names_its_files_there() {
        let s = server(|r, to| match &*r.path {
            "/p/datapackage.json" => json(to, r#"{"name": "p", "title": "P", "resources": [{"name": "t", "path": "data/t.csv"}]}"#),
            "/p/data/t.csv" => send(to, "200 OK", "", b"a\n1\n"),
            _ => send(to, "404 Not Found", "", b""),
        });
        let p = Project::new(EN);
        let ran = import(&p, &["data-package", &format!("{}/p/datapackage.json", s.base), "--files"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        assert_eq!(p.read("content/datasets/p/t.csv"), "a\n1\n");
        assert!(p.read("content/datasets/p/dataset.yaml").contains("/p/data/t.csv"));
    }
}
