//! Answers of the preview server.

use super::Shared;
use crate::diag::{Format, Report, Tongue, print};
use crate::output::Made;
use std::path::Path;
use std::time::Duration;
use tiny_http::{Header, Request, Response, Server};

/// What the preview's own addresses begin with. No content path can begin so.
const OWN: &str = "/__clerestory/";
static SCRIPT: &str = include_str!("live.js");
static STYLE: &str = include_str!("live.css");

/// One worker: answers until the server ends.
pub(super) fn work<'s>(server: &'s Server, shared: &'s Shared, scope: &'s std::thread::Scope<'s, '_>) {
    for request in server.incoming_requests() {
        let url = request.url().to_string();
        let path = url.split(['?', '#']).next().unwrap_or("/");
        // Pages of other sites may not read drafts through a name that leads here.
        if !local(&request) {
            let _ = request.respond(Response::from_string("").with_status_code(403));
            continue;
        }
        if path == format!("{OWN}events") {
            scope.spawn(move || events(request, shared));
        } else {
            answer(request, path, &url, shared);
        }
    }
}

/// The Host header names this machine: a guard against DNS rebinding.
fn local(request: &Request) -> bool {
    let host = request.headers().iter().find(|h| h.field.equiv("Host")).map(|h| h.value.as_str().to_string()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host.as_str(), |(n, _)| n);
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok() || name.starts_with('[')
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

fn respond(request: Request, status: u16, kind: &str, body: Vec<u8>) {
    let mut r = Response::from_data(body).with_status_code(status);
    for h in [header("Content-Type", kind), header("Cache-Control", "no-store"), header("X-Content-Type-Options", "nosniff")].into_iter().flatten() {
        r.add_header(h);
    }
    let _ = request.respond(r);
}

fn answer(request: Request, path: &str, url: &str, shared: &Shared) {
    let Ok(now) = shared.now.read() else { return respond(request, 500, "text/plain", Vec::new()) };
    if let Some(own) = path.strip_prefix(OWN) {
        let (status, kind, body) = match own {
            "live.js" => (200, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()),
            "live.css" => (200, "text/css; charset=utf-8", STYLE.as_bytes().to_vec()),
            "findings" => (200, "application/json", now.findings.to_string().into_bytes()),
            "page" => {
                let of = url.split_once("?path=").map_or("", |(_, p)| p);
                let of = of.replace("%2F", "/").replace("%25", "%");
                match now.site.as_ref().and_then(|s| s.inspect(&of)) {
                    Some(v) => (200, "application/json", v.0.to_string().into_bytes()),
                    None => (404, "application/json", b"{}".to_vec()),
                }
            }
            _ => (404, "text/plain", Vec::new()),
        };
        return respond(request, status, kind, body);
    }
    let Some(site) = &now.site else {
        return respond(request, 500, "text/html; charset=utf-8", broken(&now.findings));
    };
    let (status, made) = match site.make(path) {
        Some(m) => (200, Some(m)),
        None => (404, site.make(&format!("{}404.html", site.routes.base_path()))),
    };
    match made {
        Some((file, Ok(Made::Bytes(bytes)))) => {
            let body = if file.ends_with(".html") { with_script(bytes) } else { bytes };
            respond(request, status, kind_of(&file), body);
        }
        Some((file, Ok(Made::Copy(from)))) => copy(request, &file, &from),
        Some((file, Ok(Made::Stream(_)))) => respond(request, 500, kind_of(&file), Vec::new()),
        Some((_, Err(d))) => respond(request, 500, "text/html; charset=utf-8", page(&print(&[&*d], Format::Text, site.tongue()))),
        None => respond(request, 404, "text/plain; charset=utf-8", b"404".to_vec()),
    }
}

fn copy(request: Request, file: &str, from: &Path) {
    let Ok((opened, len)) = crate::load::open(from) else { return respond(request, 404, "text/plain", Vec::new()) };
    let mut r = Response::new(tiny_http::StatusCode(200), Vec::new(), opened, Some(len as usize), None);
    for h in [header("Content-Type", kind_of(file)), header("Cache-Control", "no-store"), header("X-Content-Type-Options", "nosniff")].into_iter().flatten() {
        r.add_header(h);
    }
    // As the header files ask the real host to do: what could run is saved, not shown.
    if matches!(file.rsplit_once('.').map(|(_, e)| e), Some("svg" | "html" | "htm" | "xml" | "js")) {
        for h in [header("Content-Disposition", "attachment"), header("Content-Security-Policy", "sandbox; default-src 'none'")].into_iter().flatten() {
            r.add_header(h);
        }
    }
    let _ = request.respond(r);
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
    crate::render::markdown::escape_into(&mut safe, text);
    with_script(
        format!("<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>Clerestory</title></head><body><pre>{safe}</pre></body></html>\n")
            .into_bytes(),
    )
}

/// The findings as the overlay wants them: those that are new, how many are known, and all as text.
pub(super) fn findings(root: &Path, mut report: Report, tongue: Tongue) -> serde_json::Value {
    let base = crate::run::baseline(root, &mut report);
    let (fresh, known) = base.split(&report);
    let json: serde_json::Value = serde_json::from_str(&print(&fresh, Format::Json, tongue)).unwrap_or_default();
    serde_json::json!({ "new": json["findings"], "known": known, "text": print(&fresh, Format::Text, tongue), "lang": if tongue == Tongue::Zh { "zh" } else { "en" } })
}

/// Server-sent events: `reload` when pages changed, `findings` when the rules have run.
fn events(request: Request, shared: &Shared) {
    let mut stream = request.into_writer();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 300\n\n";
    if stream.write_all(head.as_bytes()).and_then(|()| stream.flush()).is_err() {
        return;
    }
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
        if stream.write_all(out.as_bytes()).and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

fn kind_of(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, e)| e) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "sha256" | "conf" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
