//! Connections of the preview server: one thread each, and a bound on everything that a client decides.
//!
//! A request's head is parsed by `httparse`; a body is never read. No lock is held while a client is waited for.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Mutex;
use std::time::Duration;

/// Sends a text to one client; `false` where it reads no more.
pub(super) type Send<'c> = dyn FnMut(&str) -> bool + 'c;

/// What clients are told: the answer to a request, and events until nobody reads.
pub(super) struct Told<'s> {
    pub(super) answer: &'s (dyn Fn(&Asked) -> Answer + Sync),
    pub(super) events: &'s (dyn Fn(&mut Send<'_>) + Sync),
}

/// Connections at a time. One more, and the oldest that is no event stream is closed.
const CONNECTIONS: usize = 128;
/// Of them event streams.
const STREAMS: usize = 32;
/// Bytes and lines of a request's head.
const HEAD: usize = 16 << 10;
const LINES: usize = 64;
/// A head arrives within this time of its first byte.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// A connection waits so long for a request.
const IDLE: Duration = Duration::from_secs(15);
/// A client that takes nothing for this time is given up,
const STALL: Duration = Duration::from_secs(10);
/// and one that takes an answer more slowly than this time and so many bytes a second.
const SEND_TIME: Duration = Duration::from_secs(30);
const SLOWEST: u64 = 20_000;
/// Bytes read from a file at a time.
const CHUNK: usize = 64 << 10;

/// Time since the program began.
pub(super) type Elapsed<'c> = &'c (dyn Fn() -> Duration + Sync);

/// A request.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// `GET`, `HEAD`, …
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    /// The name of this machine that was asked for.
    pub(super) host: String,
    /// The number of this machine that the connection came to.
    pub(super) here: Option<std::net::IpAddr>,
    range: Option<String>,
    if_range: Option<String>,
    keep: bool,
}

/// What stands in an answer.
pub(super) enum Body {
    /// Bytes made for it.
    Bytes(Vec<u8>),
    /// A file of a length.
    File(File, u64),
    /// Server-sent events, until the browser goes.
    Events,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

impl Answer {
    /// An answer of a type, with what every answer says.
    pub(super) fn new(status: u16, kind: &str, body: Body) -> Answer {
        let headers = vec![("Content-Type", kind.to_string()), ("Cache-Control", "no-store".into()), ("X-Content-Type-Options", "nosniff".into())];
        Answer { status, headers, body }
    }

    /// A short answer in words.
    pub(super) fn text(status: u16) -> Answer {
        Answer::new(status, "text/plain; charset=utf-8", Body::Bytes(format!("{status} {}\n", reason(status)).into_bytes()))
    }

    /// With one more header.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Answer {
        self.headers.push((name, value.to_string()));
        self
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Internal Server Error",
    }
}

/// The open connections.
pub(super) struct Server {
    listener: TcpListener,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    next: u64,
    threads: usize,
    open: BTreeMap<u64, (TcpStream, bool)>,
}

/// A place in the table, given back however the thread ends.
struct Place<'s> {
    server: &'s Server,
    id: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Ok(mut t) = self.server.table.lock() {
            t.open.remove(&self.id);
            t.threads -= 1;
        }
    }
}

impl Place<'_> {
    /// The connection is an event stream from now on; `false` where there are enough of them.
    fn streams(&self) -> bool {
        let Ok(mut t) = self.server.table.lock() else { return false };
        if t.open.values().filter(|(_, events)| *events).count() >= STREAMS {
            return false;
        }
        if let Some(one) = t.open.get_mut(&self.id) {
            one.1 = true;
        }
        true
    }
}

impl Server {
    /// Of a socket that listens.
    pub(super) fn new(listener: TcpListener) -> Server {
        Server { listener, table: Mutex::default() }
    }

    fn admit(&self, stream: &TcpStream) -> Option<Place<'_>> {
        let mut t = self.table.lock().ok()?;
        if t.threads >= 2 * CONNECTIONS {
            return None;
        }
        if t.open.len() >= CONNECTIONS {
            let oldest = t.open.iter().find(|(_, (_, events))| !events).map(|(id, _)| *id)?;
            if let Some((old, _)) = t.open.remove(&oldest) {
                let _ = old.shutdown(Shutdown::Both);
            }
        }
        let copy = stream.try_clone().ok()?;
        let id = t.next;
        t.next += 1;
        t.threads += 1;
        t.open.insert(id, (copy, false));
        Some(Place { server: self, id })
    }

    /// Takes connections until the process ends.
    pub(super) fn run<'s>(&'s self, told: &'s Told<'s>, elapsed: Elapsed<'s>, scope: &'s std::thread::Scope<'s, '_>) {
        loop {
            let Ok((stream, _)) = self.listener.accept() else {
                // No more file handles, say: others will be given back.
                std::thread::sleep(Duration::from_millis(20));
                continue;
            };
            if let Some(place) = self.admit(&stream) {
                let _ = std::thread::Builder::new().spawn_scoped(scope, move || connection(stream, &place, told, elapsed));
            }
        }
    }
}

fn connection(mut stream: TcpStream, place: &Place<'_>, told: &Told<'_>, elapsed: Elapsed<'_>) {
    let _ = stream.set_nodelay(true);
    let mut held = Vec::new();
    loop {
        let (asked, answer) = match head(&mut stream, &mut held, elapsed) {
            Ok(Some(mut asked)) => {
                asked.here = stream.local_addr().ok().map(|a| a.ip());
                let answer = (told.answer)(&asked);
                (asked, answer)
            }
            Ok(None) => return,
            Err(status) => (Asked { method: "GET".into(), ..Asked::default() }, Answer::text(status)),
        };
        let answer = match answer.body {
            Body::Events if asked.method == "HEAD" => Answer { body: Body::Bytes(Vec::new()), ..answer },
            Body::Events if place.streams() => {
                let mut send = |text: &str| deliver(&mut stream, text.as_bytes(), elapsed() + STALL, elapsed).is_ok();
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 300\n\n";
                if send(head) {
                    (told.events)(&mut send);
                }
                return;
            }
            Body::Events => Answer::text(503).with("Retry-After", "10"),
            _ => answer,
        };
        if send(&mut stream, &asked, answer, elapsed).is_err() {
            return;
        }
        if !asked.keep {
            return linger(stream, elapsed);
        }
    }
}

/// Reads and drops what a client still sends: closing on it would take the answer away from it.
fn linger(mut stream: TcpStream, elapsed: Elapsed<'_>) {
    let (began, mut bytes) = (elapsed(), [0; 4096]);
    let _ = stream.shutdown(Shutdown::Write);
    while let Some(left) = Duration::from_secs(1).checked_sub(elapsed() - began).filter(|d| !d.is_zero()) {
        if stream.set_read_timeout(Some(left)).is_err() || !matches!(stream.read(&mut bytes), Ok(1..)) {
            return;
        }
    }
}

/// The next request; `None` where the client has gone, a status where it is none.
fn head(stream: &mut TcpStream, held: &mut Vec<u8>, elapsed: Elapsed<'_>) -> Result<Option<Asked>, u16> {
    let mut began = elapsed();
    let mut fresh = !held.is_empty();
    let mut bytes = [0; 4096];
    loop {
        if fresh && let Some((asked, n)) = parse(held)? {
            held.drain(..n);
            return Ok(Some(asked));
        }
        if held.len() >= HEAD {
            return Err(431);
        }
        let limit = if held.is_empty() { IDLE } else { HEAD_TIME };
        let Some(left) = limit.checked_sub(elapsed().saturating_sub(began)).filter(|d| !d.is_zero()) else {
            return if held.is_empty() { Ok(None) } else { Err(408) };
        };
        if stream.set_read_timeout(Some(left)).is_err() {
            return Ok(None);
        }
        match stream.read(&mut bytes) {
            Ok(0) => return Ok(None),
            Ok(n) => {
                if held.is_empty() {
                    began = elapsed();
                }
                fresh = bytes[..n].contains(&b'\n');
                held.extend_from_slice(&bytes[..n]);
            }
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted) => fresh = false,
            Err(_) => return Ok(None),
        }
    }
}

/// A head and its length; `None` where more must come.
fn parse(bytes: &[u8]) -> Result<Option<(Asked, usize)>, u16> {
    let mut lines = [httparse::EMPTY_HEADER; LINES];
    let mut read = httparse::Request::new(&mut lines);
    let n = match read.parse(bytes) {
        Ok(httparse::Status::Complete(n)) if n <= HEAD => n,
        Ok(httparse::Status::Partial) => return Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err(431),
        Err(httparse::Error::Version) => return Err(505),
        Err(_) => return Err(400),
    };
    let mut asked = Asked { method: read.method.unwrap_or("").into(), keep: read.version == Some(1), ..Asked::default() };
    let mut hosts = 0;
    for h in read.headers.iter() {
        let value = std::str::from_utf8(h.value).unwrap_or("").trim();
        match h.name.to_ascii_lowercase().as_str() {
            "host" => {
                hosts += 1;
                asked.host = value.into();
            }
            "range" => asked.range = Some(value.into()),
            "if-range" => asked.if_range = Some(value.into()),
            "connection" if value.to_ascii_lowercase().split(',').any(|v| v.trim() == "close") => asked.keep = false,
            // A body is not read, so nothing can follow it.
            "transfer-encoding" => asked.keep = false,
            "content-length" if value != "0" => asked.keep = false,
            _ => {}
        }
    }
    if hosts > 1 {
        return Err(400);
    }
    let target = read.path.unwrap_or("");
    asked.target = match target.strip_prefix("http://") {
        // Asked as of a proxy: the address tells the host.
        Some(rest) => {
            let at = rest.find('/').unwrap_or(rest.len());
            asked.host = rest[..at].into();
            if at < rest.len() { rest[at..].into() } else { "/".into() }
        }
        None if target.starts_with('/') => target.into(),
        None => return Err(400),
    };
    Ok(Some((asked, n)))
}

/// What a range of a file comes to.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// First byte, and how many.
    Some(u64, u64),
    None,
}

/// One range; several, and what is none, are answered with the whole.
fn part(range: &str, len: u64) -> Part {
    let Some((unit, spec)) = range.split_once('=') else { return Part::Whole };
    let Some((from, to)) = spec.trim().split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes")) else { return Part::Whole };
    let number = |t: &str| t.bytes().all(|b| b.is_ascii_digit()).then(|| t.parse::<u64>().unwrap_or(u64::MAX));
    let (Some(first), Some(last)) = (number(from.trim()), number(to.trim())) else { return Part::Whole };
    match (from.trim().is_empty(), to.trim().is_empty()) {
        (true, true) => Part::Whole,
        (true, false) if last == 0 || len == 0 => Part::None,
        (true, false) => Part::Some(len - last.min(len), last.min(len)),
        (false, false) if first > last => Part::Whole,
        _ if first >= len => Part::None,
        (false, true) => Part::Some(first, len - first),
        (false, false) => Part::Some(first, last.min(len - 1) - first + 1),
    }
}

fn send(stream: &mut TcpStream, asked: &Asked, mut answer: Answer, elapsed: Elapsed<'_>) -> io::Result<()> {
    let len = match &answer.body {
        Body::Bytes(b) => b.len() as u64,
        Body::File(_, len) => *len,
        Body::Events => 0,
    };
    let (mut from, mut count) = (0, len);
    if answer.status == 200 {
        answer.headers.push(("Accept-Ranges", "bytes".into()));
        let tag = answer.headers.iter().find(|(n, _)| *n == "ETag").map(|(_, v)| v);
        let same = asked.if_range.as_ref().is_none_or(|wanted| Some(wanted) == tag);
        match asked.range.as_ref().filter(|_| same && asked.method == "GET").map_or(Part::Whole, |r| part(r, len)) {
            Part::Whole => {}
            Part::Some(at, n) => {
                (from, count) = (at, n);
                answer.status = 206;
                answer.headers.push(("Content-Range", format!("bytes {at}-{}/{len}", at + n - 1)));
            }
            Part::None => {
                answer = Answer::text(416).with("Content-Range", &format!("bytes */{len}"));
                if let Body::Bytes(b) = &answer.body {
                    count = b.len() as u64;
                }
            }
        }
    }
    let mut head = format!("HTTP/1.1 {} {}\r\nContent-Length: {count}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(if asked.keep { "\r\n" } else { "Connection: close\r\n\r\n" });
    let until = elapsed() + SEND_TIME + Duration::from_secs(count / SLOWEST);
    match answer.body {
        _ if asked.method == "HEAD" => deliver(stream, head.as_bytes(), until, elapsed),
        Body::Bytes(b) => {
            deliver(stream, head.as_bytes(), until, elapsed)?;
            deliver(stream, &b[from as usize..(from + count) as usize], until, elapsed)
        }
        Body::File(mut file, _) => {
            deliver(stream, head.as_bytes(), until, elapsed)?;
            file.seek(SeekFrom::Start(from))?;
            let mut rest = file.take(count);
            let mut chunk = vec![0; CHUNK];
            while rest.limit() > 0 {
                match rest.read(&mut chunk)? {
                    // Shorter than it was: the client learns by the end of the connection.
                    0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                    n => deliver(stream, &chunk[..n], until, elapsed)?,
                }
            }
            Ok(())
        }
        Body::Events => Ok(()),
    }
}

/// Writes it all, unless the client takes nothing for too long or is not done in time.
fn deliver(stream: &mut TcpStream, mut bytes: &[u8], until: Duration, elapsed: Elapsed<'_>) -> io::Result<()> {
    while !bytes.is_empty() {
        let left = until.checked_sub(elapsed()).filter(|d| !d.is_zero()).ok_or(io::ErrorKind::TimedOut)?;
        stream.set_write_timeout(Some(left.min(STALL)))?;
        match stream.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = &bytes[n..],
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (range, right) in [
            ("bytes=0-9", Part::Some(0, 10)),
            ("bytes=90-", Part::Some(90, 10)),
            ("bytes=-5", Part::Some(95, 5)),
            ("bytes=-500", Part::Some(0, 100)),
            ("bytes=95-1000", Part::Some(95, 5)),
            ("Bytes = 0-0", Part::Some(0, 1)),
            ("bytes=100-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=99999999999999999999999-", Part::None),
            ("bytes=9-0", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("items=0-1", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(range, 100), right, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::None);
    }

    #[test]
    fn heads() {
        let (asked, n) = parse(b"GET /a?b HTTP/1.1\r\nhost: LOCALHOST:1\r\n\r\nmore").unwrap().unwrap();
        assert_eq!((asked.method.as_str(), asked.target.as_str(), asked.host.as_str(), asked.keep, n), ("GET", "/a?b", "LOCALHOST:1", true, 40));
        let (asked, _) = parse(b"GET http://evil.example HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap().unwrap();
        assert_eq!((asked.host.as_str(), asked.target.as_str(), asked.keep), ("evil.example", "/", false));
        assert!(!parse(b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n").unwrap().unwrap().0.keep);
        for (bytes, status) in [
            (&b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"[..], 400),
            (b"GET a HTTP/1.1\r\n\r\n", 400),
            (b"\x16\x03\x01\r\n", 400),
            (b"GET / HTTP/9.9\r\n\r\n", 505),
        ] {
            assert_eq!(parse(bytes).err(), Some(status));
        }
        assert_eq!(parse(format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(65)).as_bytes()).err(), Some(431));
        assert!(parse(b"GET / HTTP/1.1\r\nHost: a").unwrap().is_none());
    }
}
