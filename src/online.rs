//! Addresses elsewhere, asked where somebody wants to know: `check --links`. A build never asks, and for this the program has no
//! client of its own: `curl` does it, with the proxy and the certificates of the machine. What `import` brings from the web has
//! one (`fetch`), since it must go on where it broke off, within budgets.

#[cfg(feature = "fetch")]
pub mod fetch;
#[cfg(feature = "fetch")]
pub mod pages;

use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::model::Portal;
use crate::model::vocab::LICENSES;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// An address elsewhere, and where the content names it first.
#[derive(Debug, Clone)]
pub struct Address {
    /// `http:` or `https:`, without a fragment.
    pub url: String,
    /// Where it is named first.
    pub span: Span,
    /// Other places that name it.
    pub others: usize,
    /// Format that a resource declares for it.
    pub format: Option<String>,
}

/// Why nothing could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unasked {
    /// There is no `curl`.
    NoCurl,
    /// It is older than 7.75, or broke.
    Failed(String),
}

/// Addresses at most asked at once: those asked are others' machines.
const AT_ONCE: &str = "4";

/// All addresses elsewhere that the content names, each once: in texts, as sources, licences, reuses and resources.
pub fn addresses(portal: &Portal) -> Vec<Address> {
    let mut all: BTreeMap<String, Address> = BTreeMap::new();
    let mut add = |url: &str, span: Span, format: Option<&str>| {
        let plain = url.split('#').next().unwrap_or("").trim();
        let web = ["http://", "https://"].iter().any(|s| plain.get(..s.len()).is_some_and(|p| p.eq_ignore_ascii_case(s)));
        if !web || plain.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return;
        }
        let format = format.map(String::from);
        all.entry(plain.to_string()).and_modify(|a| a.others += 1).or_insert(Address { url: plain.to_string(), span, others: 0, format });
    };
    for item in &portal.items {
        if let Some(d) = item.dataset() {
            for r in &d.resources {
                if let Some(url) = &r.url {
                    add(url, item.doc().source.span(r.at.0 as usize, r.at.1 as usize), Some(&r.format));
                }
            }
            d.reuses.iter().filter_map(|r| r.url.as_ref()).for_each(|u| add(u, item.doc().at("reuses"), None));
            // The addresses of known licences are ours, not the author's.
            let own = d.license.iter().filter(|(n, _)| !LICENSES.iter().any(|(id, _)| id.eq_ignore_ascii_case(n)));
            own.filter_map(|(_, u)| u.as_ref()).for_each(|u| add(u, item.doc().at("license"), None));
        }
        if let Some(u) = &item.source_url {
            add(u, item.doc().at("source_url"), None);
        }
        for e in &item.editions {
            for l in &e.doc.outline.links {
                add(&l.to, e.doc.source.span(l.at.0 as usize, l.at.1 as usize), None);
            }
        }
    }
    all.into_values().collect()
}

/// What `curl --write-out %{json}` tells of one address.
#[derive(Debug, Deserialize)]
struct Told {
    urlnum: usize,
    http_code: u16,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    errormsg: Option<String>,
    exitcode: i32,
}

/// Asks them all. What does not answer, or gives a page where data are declared, becomes a finding.
pub fn ask(addresses: &[Address], report: &mut Report) -> Result<(), Unasked> {
    let urls: Vec<&str> = addresses.iter().map(|a| a.url.as_str()).collect();
    let mut answers = curl(&urls, &["--head", "--max-time", "30"])?;
    // Many servers do not answer HEAD, or not rightly: what matters is whether a reader gets something.
    let again: Vec<usize> = (0..urls.len()).filter(|i| answers[*i].as_ref().is_none_or(|t| !good(t))).collect();
    let second = curl(&again.iter().map(|i| urls[*i]).collect::<Vec<_>>(), &["--range", "0-1023", "--max-time", "30"])?;
    for (i, told) in again.into_iter().zip(second) {
        answers[i] = told.or(answers[i].take());
    }
    for (a, told) in addresses.iter().zip(&answers) {
        let (url, others) = (&a.url, a.others);
        let rest = |d: Diagnostic| d.at(a.span.clone());
        match told {
            Some(t) if good(t) => {
                let page = t.content_type.as_deref().is_some_and(|c| c.trim_start().to_ascii_lowercase().starts_with("text/html"));
                if let Some(format) = a.format.as_deref().filter(|f| page && DATA.contains(f)) {
                    report.push(
                        rest(Diagnostic::new("LNK002", Severity::Warn, say!("{url} 给出的是网页，不是 {format}", "{url} gives a page, not {format}")))
                            .hint(say!("写数据文件本身的地址，或改 format:", "write the address of the file itself, or correct format:")),
                    );
                }
            }
            other => {
                let why = match other {
                    Some(t) if t.http_code > 0 && t.exitcode == 0 => t.http_code.to_string(),
                    Some(t) => t.errormsg.clone().unwrap_or_else(|| format!("curl {}", t.exitcode)),
                    None => "curl".to_string(),
                };
                let (zh, en) = if others > 0 {
                    (format!("（另有 {others} 处）"), format!(" (and {})", crate::diag::counted(others as u64, "other place", "other places")))
                } else {
                    Default::default()
                };
                report.push(rest(Diagnostic::new("LNK002", Severity::Warn, say!("打不开 {url}：{why}{zh}", "{url} does not answer: {why}{en}"))).hint(say!(
                    "改地址或去掉；对方可能暂时停机，可稍后再查",
                    "correct the address or take it out; it may be down for a while, so ask again later"
                )));
            }
        }
    }
    Ok(())
}

/// Formats that are never a page.
static DATA: &[&str] = &["CSV", "TSV", "JSON", "JSONL", "NDJSON", "GEOJSON", "XML", "XLSX", "XLS", "ODS", "ZIP", "GZ", "PARQUET", "PDF"];

fn good(t: &Told) -> bool {
    // A range of a file without bytes is refused with 416: the file is there. 429 is an answer, too.
    t.exitcode == 0 && (matches!(t.http_code, 200..=399 | 416 | 429))
}

/// One run of `curl` over all addresses; answers in their order.
fn curl(urls: &[&str], how: &[&str]) -> Result<Vec<Option<Told>>, Unasked> {
    if urls.is_empty() {
        return Ok(Vec::new());
    }
    let nowhere = if cfg!(windows) { "NUL" } else { "/dev/null" };
    told(urls, how, &|_| nowhere.to_string())
}

/// The same, each answer into a place of its own.
fn told(urls: &[&str], how: &[&str], to: &dyn Fn(usize) -> String) -> Result<Vec<Option<Told>>, Unasked> {
    let mut out: Vec<Option<Told>> = urls.iter().map(|_| None).collect();
    let fixed = ["--disable", "--config", "-", "--parallel", "--parallel-max", AT_ONCE, "--silent", "--location", "--max-redirs", "8", "--globoff"];
    let bounds = ["--connect-timeout", "10", "--proto", "=http,https", "--proto-redir", "=http,https", "--write-out", "%{json}\n"];
    let agent = ["--user-agent", concat!("clerestory/", env!("CARGO_PKG_VERSION"), " (link check)")];
    let mut command = Command::new("curl");
    command.args(fixed).args(bounds).args(agent).args(how).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| Unasked::NoCurl)?;
    // Addresses go in as a file of settings, so none can be taken for a flag.
    let quoted = |u: &str| u.replace('\\', "\\\\").replace('"', "\\\"");
    let list: String = urls.iter().enumerate().map(|(i, u)| format!("url = \"{}\"\noutput = \"{}\"\n", quoted(u), quoted(&to(i)))).collect();
    let mut input = child.stdin.take();
    let writing = std::thread::spawn(move || input.as_mut().map_or(Ok(()), |i| i.write_all(list.as_bytes())));
    let ended = child.wait_with_output().map_err(|e| Unasked::Failed(e.to_string()))?;
    let _ = writing.join();
    for told in String::from_utf8_lossy(&ended.stdout).lines().filter_map(|l| serde_json::from_str::<Told>(l).ok()) {
        let at = told.urlnum;
        if let Some(place) = out.get_mut(at) {
            *place = Some(told);
        }
    }
    if out.iter().all(Option::is_none) {
        return Err(Unasked::Failed(format!("curl {}", ended.status)));
    }
    Ok(out)
}

/// Largest page that is fetched, in bytes.
const LARGEST: &str = "16000000";

/// Pages as they are elsewhere, at most four at once: the bytes, or why there are none.
pub fn fetch(urls: &[String]) -> Result<Vec<Result<Vec<u8>, String>>, Unasked> {
    let one = |url: &String| -> Result<Result<Vec<u8>, String>, Unasked> {
        let fixed = ["--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "8", "--globoff", "--max-filesize", LARGEST];
        let bounds = ["--connect-timeout", "10", "--max-time", "30", "--proto", "=http,https", "--proto-redir", "=http,https"];
        let agent = ["--user-agent", concat!("clerestory/", env!("CARGO_PKG_VERSION"), " (audit)"), "--url"];
        let mut command = Command::new("curl");
        command.args(fixed).args(bounds).args(agent).arg(url).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let out = command.output().map_err(|_| Unasked::NoCurl)?;
        let why = || String::from_utf8_lossy(&out.stderr).trim().to_string();
        Ok(if out.status.success() { Ok(out.stdout) } else { Err(why()) })
    };
    let mut all = Vec::with_capacity(urls.len());
    for some in urls.chunks(4) {
        let got: Vec<_> = std::thread::scope(|s| {
            let running: Vec<_> = some.iter().map(|u| s.spawn(move || one(u))).collect();
            running.into_iter().map(|r| r.join().unwrap_or_else(|_| Err(Unasked::Failed("curl".into())))).collect()
        });
        for g in got {
            all.push(g?);
        }
    }
    Ok(all)
}

/// A published site at its address, for `verify`, `build --previous` and `deploy`.
pub struct Web {
    base: String,
}

/// Times that files were brought, so that two runs at once do not meet.
static BROUGHT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

impl Web {
    /// A site by its address.
    pub fn new(url: &str) -> Web {
        Web { base: format!("{}/", url.trim_end_matches('/')) }
    }

    /// True for what is an address and no path.
    pub fn is(text: &str) -> bool {
        ["http://", "https://"].iter().any(|s| text.get(..s.len()).is_some_and(|p| p.eq_ignore_ascii_case(s)))
    }

    /// Brings files into a folder of their own and hands each over; `None` for one that the server says is not there.
    #[expect(clippy::disallowed_methods, reason = "what curl brings is read here, and taken away again")]
    fn bring<T>(&self, paths: &[String], take: &dyn Fn(&std::path::Path) -> std::io::Result<T>) -> Result<Vec<Option<T>>, String> {
        let n = BROUGHT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("clerestory-{}-{n}", std::process::id()));
        std::fs::create_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        let out = self.brought(paths, &dir, take);
        let _ = std::fs::remove_dir_all(&dir);
        out
    }

    fn brought<T>(&self, paths: &[String], dir: &std::path::Path, take: &dyn Fn(&std::path::Path) -> std::io::Result<T>) -> Result<Vec<Option<T>>, String> {
        let urls: Vec<String> = paths.iter().map(|p| format!("{}{}", self.base, crate::route::encode(p))).collect();
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        let to = |i: usize| dir.join(i.to_string()).to_string_lossy().into_owned();
        // No cache between may answer for the server.
        let how = ["--max-time", "600", "--max-filesize", "8589934592", "--header", "Cache-Control: no-cache"];
        let answers = told(&urls, &how, &to).map_err(|e| match e {
            Unasked::NoCurl => "curl".to_string(),
            Unasked::Failed(e) => e,
        })?;
        let mut out = Vec::with_capacity(paths.len());
        for (i, (answer, url)) in answers.into_iter().zip(&urls).enumerate() {
            match answer {
                Some(t) if t.exitcode == 0 && t.http_code == 200 => {
                    let file = dir.join(i.to_string());
                    // Of an empty file curl makes none.
                    let there = file.exists();
                    let file = if there { file } else { std::path::PathBuf::from(if cfg!(windows) { "NUL" } else { "/dev/null" }) };
                    out.push(Some(take(&file).map_err(|e| format!("{url}: {e}"))?));
                }
                Some(t) if t.exitcode == 0 && matches!(t.http_code, 403 | 404 | 410) => out.push(None),
                Some(t) => return Err(format!("{url}: {}", t.errormsg.unwrap_or_else(|| t.http_code.to_string()))),
                None => return Err(format!("{url}: curl")),
            }
        }
        Ok(out)
    }
}

impl crate::load::shelf::Shelf for Web {
    fn list(&self) -> Result<Option<Vec<String>>, String> {
        Ok(None)
    }

    fn get(&self, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, String> {
        self.bring(paths, &crate::load::shelf::whole_file)
    }

    fn digests(&self, paths: &[String]) -> Result<Vec<Option<crate::load::shelf::Digest>>, String> {
        self.bring(paths, &crate::load::shelf::digest_file)
    }
}
