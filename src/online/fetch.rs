//! Sources of `import` by their address, and data files of `import --files`: one client, with budgets of bytes and time, that goes on
//! where it broke off. Nothing else of the program asks with it, and no stage of a build does.

use crate::diag::{Text, say};
use crate::write::{Fault, Partial, drop_project_file, hash_file, write_project_file};
use flate2::write::GzDecoder;
use reqwest::header::{self, HeaderMap};
use reqwest::{StatusCode, Url};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::Instant;

/// Times that an answer is asked for.
const TRIES: u32 = 4;
/// Redirects followed of one address.
const HOPS: usize = 8;
/// Seconds without a byte after which a server counts as silent.
const SILENT: u64 = 30;
/// Seconds at most that a server may ask to wait.
const WAIT: u64 = 60;

/// Why something was not fetched.
#[derive(Debug)]
pub enum Failed {
    /// It will be no other next time.
    No(Text),
    /// It may go on when it is run again.
    Later(Text),
    /// More bytes than are allowed.
    Large(u64),
    /// The time is over.
    Time,
    /// The disk said no.
    Disk(Fault),
}

impl Failed {
    /// In words.
    pub fn text(&self) -> Text {
        match self {
            Failed::No(t) | Failed::Later(t) => t.clone(),
            Failed::Large(most) => {
                let mb = *most as f64 / 1e6;
                say!("超过了 {mb:.0} MB 的上限", "it is more than the {mb:.0} MB that are allowed")
            }
            Failed::Time => say!("时间到了", "the time is over"),
            Failed::Disk(Fault::Io(path, e)) => {
                let path = path.display();
                say!("{path} 写不了：{e}", "{path} cannot be written: {e}")
            }
            Failed::Disk(_) => say!("写不了", "it cannot be written"),
        }
    }
}

/// What is known of a file that was fetched; kept with it, so that it is asked for again only where it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The address that was asked.
    pub url: String,
    /// Where it was found, after redirects.
    #[serde(default)]
    pub from: String,
    /// What the server calls this state of it.
    #[serde(default)]
    pub etag: String,
    /// When the server says it changed.
    #[serde(default)]
    pub modified: String,
    /// Media type as the server says it.
    #[serde(default)]
    pub media: String,
    /// Name that the server gives it.
    #[serde(default)]
    pub name: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
}

/// How one address is asked.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// Media types that are wanted.
    pub accept: &'a str,
    /// It may come packed; what does so is not gone on with, but begun again.
    pub packed: bool,
    /// Nothing but JSON is of use.
    pub json: bool,
    /// Bytes at most.
    pub most: u64,
}

/// What asks.
pub struct Client {
    runtime: tokio::runtime::Runtime,
    inner: Inner,
}

struct Inner {
    http: reqwest::Client,
    ends: Instant,
    left: u64,
    whole: u64,
    /// Redirects to other hosts: address, host.
    hops: BTreeSet<(String, String)>,
}

/// One try.
enum Once {
    Same,
    Got(Box<Known>),
}

fn broke(e: &reqwest::Error) -> Failed {
    // The innermost says what happened.
    let mut why: &dyn std::error::Error = e;
    while let Some(inner) = why.source() {
        why = inner;
    }
    Failed::Later(if e.is_timeout() {
        say!("服务器 {SILENT} 秒没有回音", "the server said nothing for {SILENT} seconds")
    } else {
        say!("连接中断：{why}", "the connection broke: {why}")
    })
}

/// An address that may be asked: of the web, without a name and password in it.
pub fn allowed(url: &str) -> Result<(), Text> {
    checked(&Url::parse(url).map_err(|e| say!("不是网址：{e}", "it is no address: {e}"))?)
}

fn checked(url: &Url) -> Result<(), Text> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(say!("地址里有用户名或密码，不会使用", "there is a name or a password in the address, which is not used"));
    }
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(say!("只取 http 和 https 的地址", "addresses of http and https alone are fetched"));
    }
    Ok(())
}

impl Client {
    /// One that may take so many bytes and seconds in all.
    pub fn new(bytes: u64, seconds: u64) -> Result<Client, Failed> {
        let no = |e: &dyn std::fmt::Display| Failed::No(say!("不能上网：{e}", "the network cannot be used: {e}"));
        // A second one is refused, and does no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(SILENT))
            .user_agent(concat!("clerestory/", env!("CARGO_PKG_VERSION"), " (import)"))
            .build()
            .map_err(|e| no(&e))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| no(&e))?;
        let ends = runtime.block_on(async { Instant::now() }) + Duration::from_secs(seconds.min(1 << 30));
        Ok(Client { runtime, inner: Inner { http, ends, left: bytes, whole: bytes, hops: BTreeSet::new() } })
    }

    /// Redirects to other hosts so far: the address that was asked, the host.
    pub fn hops(&self) -> impl Iterator<Item = &(String, String)> {
        self.inner.hops.iter()
    }

    /// Counts bytes that an earlier run of the same source brought.
    pub fn count(&mut self, bytes: u64) {
        self.inner.left = self.inner.left.saturating_sub(bytes);
    }

    /// Brings an address into a file; `None` where it is as it was `before`.
    pub fn get(&mut self, url: &str, to: &Path, before: Option<&Known>, ask: Ask<'_>) -> Result<Option<Known>, Failed> {
        let Client { runtime, inner } = self;
        let ends = inner.ends;
        runtime.block_on(async { tokio::time::timeout_at(ends, inner.tries(url, to, before, ask)).await.unwrap_or(Err(Failed::Time)) })
    }
}

fn beside(to: &Path, end: &str) -> PathBuf {
    let name = to.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    to.with_file_name(format!("{name}{end}"))
}

fn said(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get(name).map(|v| String::from_utf8_lossy(v.as_bytes()).trim().to_string()).unwrap_or_default()
}

/// The name that a server gives a file: `attachment; filename="a.csv"`, `filename*=UTF-8''a.csv`.
fn named(disposition: &str) -> String {
    let parts = || disposition.split(';').map(str::trim);
    let wide = parts().find_map(|p| p.strip_prefix("filename*=")).and_then(|v| v.splitn(3, '\'').nth(2));
    match wide {
        Some(v) => percent_encoding::percent_decode_str(v).decode_utf8_lossy().into_owned(),
        None => parts().find_map(|p| p.strip_prefix("filename=")).map_or(String::new(), |v| v.trim_matches('"').to_string()),
    }
}

impl Inner {
    async fn tries(&mut self, url: &str, to: &Path, before: Option<&Known>, ask: Ask<'_>) -> Result<Option<Known>, Failed> {
        let mut wait = Duration::from_millis(500);
        for n in 1..=TRIES {
            let mut asked = None;
            match self.once(url, to, before, ask, &mut asked).await {
                Ok(Once::Same) => return Ok(None),
                Ok(Once::Got(k)) => {
                    self.left = self.left.saturating_sub(k.bytes);
                    return Ok(Some(*k));
                }
                Err(Failed::Later(t)) if n == TRIES => return Err(Failed::Later(t)),
                Err(Failed::Later(_)) => {}
                Err(e) => return Err(e),
            }
            tokio::time::sleep(asked.map_or(wait, |s: u64| Duration::from_secs(s.min(WAIT)))).await;
            wait *= 2;
        }
        Err(Failed::Later(say!("没有取到", "it was not fetched")))
    }

    async fn once(&mut self, url: &str, to: &Path, before: Option<&Known>, ask: Ask<'_>, wait: &mut Option<u64>) -> Result<Once, Failed> {
        let (part, mark) = (beside(to, ".part"), beside(to, ".part.json"));
        // What came before the last break, where the server gave this state of the file a name.
        let old = crate::load::read_bytes(&mark).ok().and_then(|b| serde_json::from_slice::<Known>(&b).ok()).filter(|k| k.url == url);
        let name = old.map(|k| if k.etag.is_empty() { k.modified } else { k.etag }).filter(|n| !n.is_empty() && !n.starts_with("W/"));
        let mut have = name.as_ref().and_then(|_| part.metadata().ok()).map_or(0, |m| m.len());
        let mut at = Url::parse(url).map_err(|e| Failed::No(say!("不是网址：{e}", "it is no address: {e}")))?;
        for _ in 0..=HOPS {
            checked(&at).map_err(Failed::No)?;
            let mut request = self.http.get(at.clone()).header(header::ACCEPT, ask.accept);
            request = request.header(header::ACCEPT_ENCODING, if ask.packed && have == 0 { "gzip" } else { "identity" });
            if let Some(n) = name.as_ref().filter(|_| have > 0) {
                request = request.header(header::RANGE, format!("bytes={have}-")).header(header::IF_RANGE, n);
            } else if let Some(b) = before.filter(|b| b.url == url) {
                if !b.etag.is_empty() {
                    request = request.header(header::IF_NONE_MATCH, &b.etag);
                } else if !b.modified.is_empty() {
                    request = request.header(header::IF_MODIFIED_SINCE, &b.modified);
                }
            }
            let answer = request.send().await.map_err(|e| broke(&e))?;
            let (status, number) = (answer.status(), answer.status().as_u16());
            match number {
                301 | 302 | 303 | 307 | 308 => {
                    let place = said(answer.headers(), header::LOCATION);
                    let next = at.join(&place).map_err(|_| Failed::No(say!("转到 `{place}`，不是网址", "it redirects to `{place}`, which is no address")))?;
                    if at.scheme() == "https" && next.scheme() == "http" {
                        return Err(Failed::No(say!(
                            "从 https 转到没有加密的 {next}，没有跟随",
                            "it redirects from https to {next}, which is not encrypted; not followed"
                        )));
                    }
                    if next.host_str() != at.host_str() {
                        self.hops.insert((url.to_string(), next.host_str().unwrap_or("").to_string()));
                    }
                    at = next;
                }
                304 if before.is_some() => return Ok(Once::Same),
                // What stands here is not the beginning of what stands there.
                416 if have > 0 => {
                    have = 0;
                    drop_project_file(&part);
                }
                200 | 206 => return self.stream(url, &at, answer, to, have, ask).await,
                408 | 425 | 429 | 500..=599 => {
                    *wait = said(answer.headers(), header::RETRY_AFTER).parse().ok();
                    return Err(Failed::Later(reason(status)));
                }
                _ => return Err(Failed::No(reason(status))),
            }
        }
        Err(Failed::No(say!("转了 {HOPS} 次还没有到", "it redirects more than {HOPS} times")))
    }

    async fn stream(&self, url: &str, at: &Url, mut answer: reqwest::Response, to: &Path, have: u64, ask: Ask<'_>) -> Result<Once, Failed> {
        let (part, mark) = (beside(to, ".part"), beside(to, ".part.json"));
        let headers = answer.headers();
        let goes_on = answer.status() == StatusCode::PARTIAL_CONTENT && said(headers, header::CONTENT_RANGE).starts_with(&format!("bytes {have}-"));
        if answer.status() == StatusCode::PARTIAL_CONTENT && !goes_on {
            drop_project_file(&part);
            return Err(Failed::Later(say!("服务器给了文件的另一段", "the server gave another part of the file")));
        }
        let media = said(headers, header::CONTENT_TYPE);
        if ask.json && media.to_ascii_lowercase().starts_with("text/html") {
            return Err(Failed::No(say!("给出的是网页，不是 JSON", "it gives a web page, not JSON")));
        }
        let packing = said(headers, header::CONTENT_ENCODING).to_ascii_lowercase();
        let packed = matches!(&*packing, "gzip" | "x-gzip");
        if !packed && !matches!(&*packing, "" | "identity") {
            return Err(Failed::No(say!("服务器用 {packing} 压缩，读不了", "the server packs it by {packing}, which is not read")));
        }
        let known = Known {
            url: url.to_string(),
            from: at.to_string(),
            etag: said(headers, header::ETAG),
            modified: said(headers, header::LAST_MODIFIED),
            name: named(&said(headers, header::CONTENT_DISPOSITION)),
            media,
            ..Known::default()
        };
        let start = if goes_on { have } else { 0 };
        let most = ask.most.min(self.left);
        let too_large = || Failed::Large(if ask.most <= self.left { ask.most } else { self.whole });
        if !packed && answer.content_length().is_some_and(|n| start.saturating_add(n) > most) {
            return Err(too_large());
        }
        let mut file = Partial::open(&part, start, most).map_err(Failed::Disk)?;
        if packed {
            drop_project_file(&mark);
        } else {
            write_project_file(&mark, &serde_json::to_string(&known).unwrap_or_default()).map_err(Failed::Disk)?;
        }
        let disk = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::FileTooLarge => too_large(),
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => {
                Failed::Later(say!("压缩的内容坏了", "what is packed is broken"))
            }
            _ => Failed::Disk(Fault::Io(part.clone(), e)),
        };
        if packed {
            let mut unpack = GzDecoder::new(file);
            while let Some(bytes) = answer.chunk().await.map_err(|e| broke(&e))? {
                unpack.write_all(&bytes).map_err(disk)?;
            }
            file = unpack.finish().map_err(disk)?;
        } else {
            while let Some(bytes) = answer.chunk().await.map_err(|e| broke(&e))? {
                file.write_all(&bytes).map_err(disk)?;
            }
        }
        file.finish(to).map_err(Failed::Disk)?;
        drop_project_file(&mark);
        let (bytes, sum) = hash_file(to).map_err(|e| Failed::Disk(Fault::Io(to.to_path_buf(), e)))?;
        Ok(Once::Got(Box::new(Known { bytes, sha256: sum.iter().map(|b| format!("{b:02x}")).collect(), ..known })))
    }
}

fn reason(status: StatusCode) -> Text {
    match status.as_u16() {
        401 | 403 => say!("服务器不许取（{status}）", "the server does not allow it ({status})"),
        404 | 410 => say!("那里没有（{status}）", "there is nothing ({status})"),
        _ => say!("服务器答复 {status}", "the server answers {status}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_passwords_are_refused() {
        for bad in ["https://u:p@a.org/", "https://u@a.org/", "ftp://a.org/x", "file:///etc/passwd", "a.org"] {
            assert!(allowed(bad).is_err(), "{bad}");
        }
        assert!(allowed("https://a.org/x?y=1").is_ok());
    }

    #[test]
    fn names_that_servers_give() {
        assert_eq!(named("attachment; filename=\"a b.csv\""), "a b.csv");
        assert_eq!(named("attachment; filename=x.csv; filename*=UTF-8''%E5%9B%BE.csv"), "图.csv");
        assert_eq!(named("inline"), "");
    }
}
