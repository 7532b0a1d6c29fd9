//! A small builder: files, arguments, what came out.
#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The time of the processor that this thread has had: what a test asserts of its own work, since the hour says more about what
/// else runs on the machine.
pub fn busy() -> std::time::Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    std::time::Duration::from_nanos(text.split(' ').next().and_then(|n| n.parse().ok()).expect("nanoseconds"))
}

/// A project in a temporary folder.
pub struct Project {
    pub dir: tempfile::TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The least `site.yaml`.
pub const SITE: &str = "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-01\n";
/// The same under the Chinese profile.
pub const SITE_CN: &str = "title: 测试站\nbase_url: https://example.org/\nas_of: 2026-01-01\nprofile: cn-gov\ndemo: true\n";

impl Project {
    pub fn new(site: &str) -> Project {
        let p = Project { dir: tempfile::tempdir().expect("a folder") };
        p.file("site.yaml", site.as_bytes());
        p
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Writes a file; folders are made.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Project {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("writes");
        self
    }

    /// A file; a page without the marks of what is not torn at the end of a line, which have their own tests.
    pub fn read(&self, name: &str) -> String {
        let text = self.raw(name);
        if name.ends_with(".html") { bare(&text) } else { text }
    }

    /// A file as it is.
    pub fn raw(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Runs the program in English.
    pub fn run(&self, args: &[&str]) -> Ran {
        run_in(self.root(), args)
    }

    /// Builds and expects a site, whatever errors its content has.
    pub fn build(&self) -> Ran {
        let ran = self.run(&["build", "--allow-errors"]);
        assert_eq!(ran.code, 0, "{ran:#?}");
        ran
    }

    /// Findings of `check` as (code, file, line, column).
    pub fn findings(&self, args: &[&str]) -> Vec<(String, String, u64, u64)> {
        let mut line = vec!["check", "--format", "json"];
        line.extend(args);
        let ran = self.run(&line);
        assert!(ran.code < 2, "{ran:#?}");
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:#?}"));
        let text = |v: &serde_json::Value| v.as_str().unwrap_or("").to_string();
        json["findings"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|f| (text(&f["code"]), text(&f["file"]), f["line"].as_u64().unwrap_or(0), f["column"].as_u64().unwrap_or(0)))
            .collect()
    }

    /// Codes of the findings, in order, each once.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = self.findings(&[]).into_iter().map(|f| f.0).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

/// A page without the marks of what is not torn at the end of a line.
pub fn bare(page: &str) -> String {
    let open = page.replace("<span class=\"w\">", "\u{1}").replace("<span class=\"k\">", "\u{1}").replace("&nbsp;· ", " · ").replace("\u{A0}· ", " · ");
    let mut parts = open.split('\u{1}');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |out, part| out + &part.replacen("</span>", "", 1))
}

pub fn run_in(dir: &Path, args: &[&str]) -> Ran {
    run_as(dir, &[&["--lang", "en"], args].concat())
}

/// Runs the program with just these arguments.
pub fn run_as(dir: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clerestory"));
    command.current_dir(dir).args(args).env_remove("SOURCE_DATE_EPOCH");
    let out = command.output().expect("starts");
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    let ran = Ran { code: out.status.code().unwrap_or(-1), out: text(&out.stdout), err: text(&out.stderr) };
    assert!(!ran.err.contains("panicked"), "{ran:#?}");
    ran
}

/// All files below a folder with their bytes.
pub fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| (e.path().strip_prefix(dir).expect("below").to_string_lossy().into_owned(), fs::read(e.path()).expect("reads")))
        .collect()
}

/// The text of a file as a reader gets it: files of the search index unpacked, its lists (numbers alone) not at all.
pub fn shown(name: &str, bytes: &[u8]) -> String {
    // What is packed is read as those read it who open it.
    if name.ends_with(".docx") {
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
        let names: Vec<String> = (0..parts.len()).map(|i| parts.by_index(i).expect("a part").name().expect("a name").to_string()).collect();
        let mut out = names.join("\n");
        for part in &names {
            std::io::Read::read_to_string(&mut parts.by_name(part).expect("a part"), &mut out).expect("a text");
        }
        return out;
    }
    if !name.ends_with(".bin") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if name.contains("/b/") || name.contains("/h/") {
        return String::new();
    }
    let open = clerestory::index::unpack(bytes).expect("a file of the index");
    // A column: its line of JSON, then bits.
    let end = if name.contains("/f/") { open.iter().position(|b| *b == b'\n').expect("a line") } else { open.len() };
    String::from_utf8_lossy(&open[..end]).into_owned()
}

/// The folder of real data beside the project; its absence is told loudly, never passed over.
pub fn shared(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    assert!(path.exists(), "this test needs {}: put the shared data beside the project", path.display());
    path
}

pub fn copy_tree(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("writes");
    }
}

/// A page without the scripts that the theme brings: files of its own, and data that no browser runs.
pub fn without_our_scripts(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(i) = rest.find("<script") {
        out.push_str(&rest[..i]);
        let tail = &rest[i..];
        let own = tail.starts_with("<script src=\"/") && tail[12..].split('"').nth(1).is_some_and(|u| u.contains("/assets/js/") || u.contains("/search/"));
        let data = tail.starts_with("<script type=\"application/ld+json\">");
        let end = tail.find("</script>").map(|e| e + 9);
        match end.filter(|_| own || data) {
            Some(e) => rest = &tail[e..],
            None => {
                out.push_str("<script");
                rest = &tail[7..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A copy of the repository's own portal.
pub fn sample() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempfile::tempdir().unwrap();
    copy_tree(&root.join("content"), &dir.path().join("content"));
    copy_tree(&root.join("themes"), &dir.path().join("themes"));
    for f in ["site.yaml", "baseline.tsv", "urls.txt"] {
        fs::copy(root.join(f), dir.path().join(f)).unwrap();
    }
    dir
}

/// Compares with a file of the project that holds what is right; `UPDATE_VECTORS=1` writes it anew.
pub fn golden(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((n, (a, b))) = got.lines().zip(want.lines()).enumerate().find(|(_, (a, b))| a != b) {
        panic!("{name}:{} was\n{b}\nand is now\n{a}\n(UPDATE_VECTORS=1 if that is right)", n + 1);
    }
    assert_eq!(got.lines().count(), want.lines().count(), "{name} has another length (UPDATE_VECTORS=1 if that is right)");
}

/// A folder served on this machine as a host serves it: `/a/` is the page of the folder, `index.htm` before `index.html`. A page that
/// holds `404` alone is not there.
pub struct Served {
    pub url: String,
    at: std::net::SocketAddr,
    ends: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Served {
    pub fn new(dir: PathBuf) -> Served {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let ends = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let over = ends.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten().take_while(|_| !over.load(std::sync::atomic::Ordering::Relaxed)) {
                let dir = dir.clone();
                std::thread::spawn(move || answer(stream, &dir));
            }
        });
        Served { url: format!("http://{at}/"), at, ends }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.ends.store(true, std::sync::atomic::Ordering::Relaxed);
        drop(std::net::TcpStream::connect(self.at));
    }
}

fn answer(mut stream: std::net::TcpStream, dir: &Path) {
    use std::io::{Read, Write};
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|w| w == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(n) if n > 0 => head.extend(&piece[..n]),
            _ => return,
        }
    }
    let path = String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_string();
    let path = dir.join(percent_encoding::percent_decode_str(&path).decode_utf8_lossy().as_ref());
    let found = if path.is_dir() { fs::read(path.join("index.htm")).or_else(|_| fs::read(path.join("index.html"))) } else { fs::read(&path) };
    let (status, body) = match found {
        Ok(b) if b != b"404" => ("200 OK", b),
        _ => ("404 Not Found", b"not there".to_vec()),
    };
    let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).and_then(|()| stream.write_all(&body));
}
