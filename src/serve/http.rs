//! Answers of the preview server.

use super::net::{Answer, Asked, Body, Send};
use super::{Making, Shared};
use crate::diag::{Format, Report, Tongue, print};
use crate::output::Made;
use crate::output::kind_of;
use crate::render::exports::hosting::{self, DOWNLOAD};
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

/// What the preview's own addresses begin with. No content path can begin so.
const OWN: &str = "/__clerestory/";
static SCRIPT: &str = include_str!("live.js");
static STYLE: &str = include_str!("live.css");

/// The answer to a request.
pub(super) fn answer(asked: &Asked, shared: &Shared) -> Answer {
    let url = asked.target.as_str();
    let path = url.split(['?', '#']).next().unwrap_or("/");
    // Pages of other sites may not read drafts through a name that leads here.
    if !local(&asked.host, &shared.host, asked.here) {
        return Answer::text(403);
    }
    if !matches!(asked.method.as_str(), "GET" | "HEAD") {
        return Answer::text(405).with("Allow", "GET, HEAD");
    }
    if path == format!("{OWN}events") {
        return Answer::new(200, "text/event-stream", Body::Events);
    }
    // The site as it stands now; no lock is held while it is read.
    let Ok((site, findings)) = shared.now.read().map(|n| (n.site.clone(), n.findings.clone())) else { return Answer::text(500) };
    let bytes = |status: u16, kind: &str, body: Vec<u8>| Answer::new(status, kind, Body::Bytes(body));
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "live.js" => bytes(200, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()),
            "live.css" => bytes(200, "text/css; charset=utf-8", STYLE.as_bytes().to_vec()),
            "findings" => bytes(200, "application/json", findings.to_string().into_bytes()),
            "editors" => {
                let page = shared.now.read().map_or_else(|_| "".into(), |n| n.editors.clone());
                bytes(200, "text/html; charset=utf-8", with_script(page.as_bytes().to_vec()))
            }
            "page" => {
                let of = url.split_once("?path=").map_or("", |(_, p)| p);
                let of = of.replace("%2F", "/").replace("%25", "%");
                match site.as_ref().and_then(|s| s.inspect(&of)) {
                    Some(v) => bytes(200, "application/json", v.0.to_string().into_bytes()),
                    None => bytes(404, "application/json", b"{}".to_vec()),
                }
            }
            _ => Answer::text(404),
        };
    }
    let Some(site) = site else {
        return bytes(500, "text/html; charset=utf-8", broken(&findings));
    };
    // As the hosts of static sites do: a folder without its slash leads to it.
    if !path.ends_with('/') && site.routes.resolve(path.as_bytes()).is_none() && site.routes.resolve(format!("{path}/").as_bytes()).is_some() {
        let query = url.find('?').map_or("", |i| &url[i..]);
        return Answer::text(301).with("Location", &format!("{path}/{query}"));
    }
    // Few pages are made at a time, however many are asked for.
    let making = Making::begin(shared);
    let (status, made) = match site.make(path) {
        Some(m) => (200, Some(m)),
        None => (404, site.make(&format!("{}404.html", site.routes.base_path()))),
    };
    drop(making);
    match made {
        Some((file, Ok(Made::Bytes(body)))) => {
            let body = if file.ends_with(".html") { with_script(body) } else { body };
            bytes(status, kind_of(&file), body)
        }
        Some((file, Ok(Made::Copy(from)))) => {
            let entry = site.routes.resolve(path.as_bytes()).map(|i| &site.routes.entries[i as usize]);
            copy(&file, &from, entry.is_some_and(hosting::runs))
        }
        Some((file, Ok(Made::Stream(_) | Made::Poured | Made::Ready(..)))) => bytes(500, kind_of(&file), Vec::new()),
        Some((_, Err(d))) => bytes(500, "text/html; charset=utf-8", page(&print(&[&*d], Format::Text, site.tongue()))),
        None => Answer::text(404),
    }
}

/// The Host header names this machine, what `--host` names, or the number that the connection came to: a guard against DNS
/// rebinding, and against other ways to write "here" (`0.0.0.0`) by which pages of other sites reach it.
fn local(host: &str, own: &str, here: Option<IpAddr>) -> bool {
    let host = host.to_ascii_lowercase();
    let own = own.trim_matches(['[', ']']).to_ascii_lowercase();
    let port = |p: &str| p.is_empty() || p.strip_prefix(':').is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let ours = |a: IpAddr| {
        let a = a.to_canonical();
        a.is_loopback() || own.parse() == Ok(a) || here.is_some_and(|h| h.to_canonical() == a)
    };
    if let Some((address, rest)) = host.strip_prefix('[').and_then(|h| h.split_once(']')) {
        return address.parse::<std::net::Ipv6Addr>().is_ok_and(|a| ours(a.into())) && port(rest);
    }
    let at = host.find(':').unwrap_or(host.len());
    // A full name ends in a point.
    let name = host[..at].strip_suffix('.').unwrap_or(&host[..at]);
    let named = name == "localhost" || !name.is_empty() && name == own || name.parse::<std::net::Ipv4Addr>().is_ok_and(|a| ours(a.into()));
    port(&host[at..]) && named
}

fn copy(file: &str, from: &Path, runs: bool) -> Answer {
    let Ok((opened, len)) = crate::load::open(from) else { return Answer::text(404) };
    let changed = opened.metadata().and_then(|m| m.modified()).ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let mut answer = Answer::new(200, kind_of(file), Body::File(opened, len));
    if let Some(t) = changed {
        answer = answer.with("ETag", &format!("\"{len:x}-{:x}\"", t.as_nanos()));
    }
    // As the header files ask the real host to do: what could run is saved, not shown.
    if runs {
        answer = DOWNLOAD.iter().filter(|(k, _)| *k != "X-Content-Type-Options").fold(answer, |a, (k, v)| a.with(k, v));
    }
    answer
}

/// The page with the preview's script at its end; the page's own policy allows files of this address.
fn with_script(bytes: Vec<u8>) -> Vec<u8> {
    let tag = format!("<link rel=\"stylesheet\" href=\"{OWN}live.css\"><script src=\"{OWN}live.js\"></script>\n</body>");
    match memchr::memmem::rfind(&bytes, b"</body>") {
        Some(i) => [&bytes[..i], tag.as_bytes(), &bytes[i + 7..]].concat(),
        None => bytes,
    }
}

/// A page in place of a site that cannot be shown.
fn broken(findings: &serde_json::Value) -> Vec<u8> {
    page(findings["text"].as_str().unwrap_or(""))
}

fn page(text: &str) -> Vec<u8> {
    let mut safe = String::new();
    crate::render::escape::escape_into(&mut safe, text);
    with_script(
        format!("<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>Clerestory</title></head><body><pre>{safe}</pre></body></html>\n")
            .into_bytes(),
    )
}

/// The findings as the overlay wants them: those that are new, how many are known, and all as text.
pub(super) fn findings(root: &Path, mut report: Report, tongue: Tongue) -> serde_json::Value {
    let base = crate::gate::baseline(root, &mut report);
    let (fresh, known) = base.split(&report);
    let json: serde_json::Value = serde_json::from_str(&print(&fresh, Format::Json, tongue)).unwrap_or_default();
    serde_json::json!({ "new": json["findings"], "known": known, "text": print(&fresh, Format::Text, tongue), "lang": if tongue == Tongue::Zh { "zh" } else { "en" } })
}

/// Server-sent events: `reload` when pages changed, `findings` when the rules have run. Ends when `send` says that nobody reads.
pub(super) fn events(shared: &Shared, send: &mut Send<'_>) {
    let Ok(mut seen) = shared.news.lock().map(|n| (n.version, n.findings)) else { return };
    loop {
        let Ok(guard) = shared.news.lock() else { return };
        let Ok((news, _)) = shared.bell.wait_timeout_while(guard, Duration::from_secs(10), |n| (n.version, n.findings) == seen) else { return };
        let now = (news.version, news.findings);
        drop(news);
        let mut out = String::new();
        if now.0 != seen.0 {
            out.push_str(&format!("event: reload\ndata: {}\n\n", now.0));
        }
        if now.1 != seen.1 {
            out.push_str(&format!("event: findings\ndata: {}\n\n", now.1));
        }
        if out.is_empty() {
            // Finds out that the browser has gone.
            out.push_str(": here\n\n");
        }
        seen = now;
        if !send(&out) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn this_machine() {
        let lan = "192.168.1.7".parse().ok();
        let good = "localhost LOCALHOST:8000 localhost. Localhost.:80 127.0.0.1 127.0.0.1:8000 127.8.9.1 [::1] [::1]:8000 [::ffff:127.0.0.1] 192.168.1.7:8000 \
                    [::ffff:192.168.1.7] my-pc:1 My-PC";
        for host in good.split_whitespace() {
            assert!(local(host, "my-pc", lan), "{host}");
        }
        let bad = ":80 evil.example localhost.evil.example localhost:80.evil.example [evil [evil] [::1]evil [::1]:x 127.0.0.1.evil.example ::1 localhost.. \
                   notlocalhost 0.0.0.0 0.0.0.0:8000 [::] [::]:8000 [::ffff:0.0.0.0] 192.168.1.8 192.168.1.8:8000 8.8.8.8 255.255.255.255 10.0.0.1 169.254.169.254 \
                   [fe80::1] [2001:db8::1] 127.1 0 0x7f000001 2130706433 127.0.0.1@evil.example localhost,evil.example my-pc.evil.example";
        for host in bad.split_whitespace().chain(["", "localhost evil.example"]) {
            assert!(!local(host, "127.0.0.1", lan), "{host}");
        }
        // What `--host` names is one of its names.
        assert!(
            local("0.0.0.0:80", "0.0.0.0", lan) && local("[::]:80", "::", None) && local("10.1.2.3", "10.1.2.3", None) && local("[fe80::1]", "[FE80::1]", None)
        );
        assert!(!local("10.0.0.1", "0.0.0.0", lan));
    }
}
