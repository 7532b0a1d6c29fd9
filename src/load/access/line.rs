//! One line of an access log: the common and combined formats, W3C extended, and JSON objects as nginx and Caddy write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// When.
    pub at: Timestamp,
    /// Who, to tell a reload from another reader: never kept.
    pub client: Cow<'a, str>,
    /// Whom the server in between asked for, where the log has it: never kept.
    pub behind: Cow<'a, str>,
    /// What the program calls itself; `None` where the log does not tell.
    pub agent: Option<Cow<'a, str>>,
    /// `GET`.
    pub method: Cow<'a, str>,
    /// The address asked for, with its query.
    pub target: Cow<'a, str>,
    /// Status of the answer.
    pub status: u16,
    /// The browser fetched it before anybody asked.
    pub ahead: bool,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read<'a> {
    /// A request.
    Hit(Hit<'a>),
    /// Empty, or a comment.
    Nothing,
    /// In no format that is known.
    Unknown,
    /// It has no day, or one that there is not.
    Undated,
}

/// Reads lines; remembers what a log of W3C says of its fields.
#[derive(Debug, Default)]
pub struct Lines {
    fields: Vec<String>,
}

impl Lines {
    /// Reads one line.
    pub fn read<'a>(&mut self, text: &'a str) -> Read<'a> {
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if text.is_empty() {
            return Read::Nothing;
        }
        if let Some(directive) = text.strip_prefix('#') {
            if let Some(fields) = directive.strip_prefix("Fields:") {
                self.fields = fields.split_whitespace().map(str::to_ascii_lowercase).collect();
            }
            return Read::Nothing;
        }
        if text.starts_with('{') {
            return json(text);
        }
        if !self.fields.is_empty() {
            return w3c(&self.fields, text);
        }
        combined(text)
    }
}

/// `[28/Nov/2026:10:00:00 +0800] "GET / HTTP/1.1" 200 12 "referer" "agent" "forwarded for"`, whatever stands before it.
fn combined(text: &str) -> Read<'_> {
    let Some((before, rest)) = text.split_once('[') else { return Read::Unknown };
    let Some((time, rest)) = rest.split_once(']') else { return Read::Unknown };
    let mut quoted = Quoted { rest };
    let (Some(request), after) = (quoted.next(), quoted.rest) else { return Read::Unknown };
    let mut words = after.split_whitespace();
    let Some(status) = words.next().and_then(|w| w.parse().ok()) else { return Read::Unknown };
    let Some((method, target)) = asked(request) else { return Read::Unknown };
    let Some(at) = clf_time(time) else { return Read::Undated };
    quoted.next();
    let agent = quoted.next();
    let behind = quoted.next().unwrap_or("");
    // `host:port` of the virtual host may come first, and names of users may hold blanks.
    let mut names = before.split_whitespace();
    let first = names.clone().next().unwrap_or("");
    let client = names.find(|n| n.parse::<std::net::IpAddr>().is_ok()).unwrap_or(first);
    Read::Hit(Hit {
        at,
        client: client.into(),
        behind: behind.into(),
        agent: agent.map(Cow::from),
        method: method.into(),
        target: target.into(),
        status,
        ahead: false,
    })
}

/// Texts in quotes, one after the other; a quote behind a backslash is part of its text.
struct Quoted<'a> {
    rest: &'a str,
}

impl<'a> Quoted<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let from = self.rest.find('"')? + 1;
        let bytes = self.rest.as_bytes();
        let mut at = from;
        while at < bytes.len() && bytes[at] != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        let text = self.rest.get(from..at)?;
        self.rest = self.rest.get(at + 1..).unwrap_or("");
        Some(text)
    }
}

/// Method and address of `GET / HTTP/1.1`.
fn asked(request: &str) -> Option<(&str, &str)> {
    let (method, rest) = request.split_once(' ')?;
    let target = rest.rsplit_once(" HTTP/").map_or(rest, |(t, _)| t);
    (!method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase()) && !target.is_empty()).then_some((method, target))
}

static MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `28/Nov/2026:10:00:00 +0800`
fn clf_time(text: &str) -> Option<Timestamp> {
    let (day, zone) = text.trim().split_once(' ')?;
    let mut parts = day.splitn(3, '/');
    let (d, m, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|x| x.eq_ignore_ascii_case(m))? as i8 + 1;
    let numbers: Option<Vec<i16>> = rest.split(':').map(|n| n.parse().ok()).collect();
    let &[year, hour, minute, second] = numbers?.as_slice() else { return None };
    let small = |n: i16| i8::try_from(n).ok();
    // A leap second is the last of its minute.
    let civil = DateTime::new(year, month, d.parse().ok()?, small(hour)?, small(minute)?, small(second.min(59))?, 0).ok()?;
    let (sign, digits) = zone.split_at_checked(1)?;
    if digits.len() != 4 || !digits.is_ascii() {
        return None;
    }
    let seconds = (digits[..2].parse::<i32>().ok()? * 60 + digits[2..].parse::<i32>().ok()?) * 60;
    let offset = Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).ok()?;
    offset.to_timestamp(civil).ok()
}

/// W3C extended: what each column is stands in `#Fields:`; blanks are written `+`, times are UTC.
fn w3c<'a>(fields: &[String], text: &'a str) -> Read<'a> {
    let cells: Vec<&str> = text.split([' ', '\t']).filter(|c| !c.is_empty()).collect();
    if cells.len() != fields.len() {
        return Read::Unknown;
    }
    let of = |name: &str| fields.iter().position(|f| f == name).map(|i| cells[i]);
    let said = |name: &str| of(name).filter(|v| *v != "-");
    let (Some(method), Some(path)) = (said("cs-method"), said("cs-uri-stem").or_else(|| said("cs-uri"))) else { return Read::Unknown };
    let Some(status) = said("sc-status").and_then(|s| s.parse().ok()) else { return Read::Unknown };
    let at = said("date").zip(said("time")).and_then(|(d, t)| format!("{d}T{t}").parse::<DateTime>().ok());
    let Some(at) = at.and_then(|t| Offset::UTC.to_timestamp(t).ok()) else { return Read::Undated };
    let target = said("cs-uri-query").map_or(Cow::from(path), |q| Cow::from(format!("{path}?{q}")));
    let agent = of("cs(user-agent)").map(|a| Cow::from(if a == "-" { String::new() } else { a.replace('+', " ") }));
    Read::Hit(Hit {
        at,
        client: said("c-ip").unwrap_or("").into(),
        behind: said("cs(x-forwarded-for)").or_else(|| said("x-forwarded-for")).unwrap_or("").into(),
        agent,
        method: method.into(),
        target,
        status,
        ahead: said("cs(sec-purpose)").or_else(|| said("cs(purpose)")).is_some_and(|p| p.contains("prefetch")),
    })
}

/// A JSON object: that of Caddy has the request as an object, those of nginx have names that its users chose among the usual ones.
fn json(text: &str) -> Read<'_> {
    let Ok(all) = serde_json::from_str::<Map<String, Value>>(text) else { return Read::Unknown };
    let request = all.get("request").and_then(Value::as_object);
    let first = |map: &Map<String, Value>, keys: &[&str]| keys.iter().find_map(|k| map.get(*k).map(said).filter(|t| !t.is_empty()));
    let header = |names: &[&str]| -> Option<String> {
        let headers = request?.get("headers")?.as_object()?;
        let (_, v) = headers.iter().find(|(k, _)| names.iter().any(|n| k.eq_ignore_ascii_case(n)))?;
        Some(v.as_array().and_then(|l| l.first()).map_or_else(|| said(v), said))
    };
    let line = all.get("request").and_then(Value::as_str).and_then(asked).map(|(m, t)| (m.to_string(), t.to_string()));
    let within = |keys: &[&str]| request.and_then(|r| first(r, keys));
    let method = within(&["method"]).or_else(|| line.as_ref().map(|l| l.0.clone())).or_else(|| first(&all, &["request_method", "method"]));
    let target = within(&["uri"]).or_else(|| line.map(|l| l.1)).or_else(|| first(&all, &["request_uri", "uri", "path", "url"]));
    let status = first(&all, &["status", "status_code"]).and_then(|s| s.parse().ok());
    let (Some(method), Some(target), Some(status)) = (method, target, status) else { return Read::Unknown };
    let times = ["time_iso8601", "ts", "@timestamp", "timestamp", "time_local", "time", "msec"];
    let Some(at) = times.iter().find_map(|k| all.get(*k)).and_then(moment) else { return Read::Undated };
    let agent = header(&["user-agent"]).or_else(|| first(&all, &["http_user_agent", "user_agent", "agent"]));
    // Where the log names no program at all, that says nothing of it.
    let told = request.is_some_and(|r| r.contains_key("headers")) || ["http_user_agent", "user_agent", "agent"].iter().any(|k| all.contains_key(*k));
    let purpose = header(&["sec-purpose"]).or_else(|| header(&["purpose"])).or_else(|| first(&all, &["http_sec_purpose", "http_purpose"]));
    let client = within(&["client_ip", "remote_ip", "remote_addr"]).or_else(|| first(&all, &["remote_addr", "client_ip", "remote_ip", "client"]));
    let behind = header(&["x-forwarded-for"]).or_else(|| first(&all, &["http_x_forwarded_for", "x_forwarded_for"]));
    Read::Hit(Hit {
        at,
        client: client.unwrap_or_default().into(),
        behind: behind.unwrap_or_default().into(),
        agent: told.then(|| agent.unwrap_or_default().into()),
        method: method.into(),
        target: target.into(),
        status,
        ahead: purpose.is_some_and(|p| p.contains("prefetch")),
    })
}

fn said(v: &Value) -> String {
    match v {
        Value::String(s) => s.trim().to_string(),
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    }
}

/// Seconds since 1970 (milliseconds where they are so many), or a time in words.
fn moment(v: &Value) -> Option<Timestamp> {
    let text = said(v);
    if let Ok(n) = text.parse::<f64>() {
        let seconds = if n.abs() > 1e11 { n / 1000.0 } else { n };
        return (seconds.is_finite() && seconds.abs() < 1e11).then(|| Timestamp::from_second(seconds.floor() as i64).ok()).flatten();
    }
    let civil = || text.replacen(['/', ' '], "-", 2).replacen(' ', "T", 1).parse::<DateTime>().ok();
    let utc = || TimeZone::UTC.to_timestamp(civil()?).ok();
    text.parse().ok().or_else(|| clf_time(&text)).or_else(utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(text: &str) -> Hit<'_> {
        match Lines::default().read(text) {
            Read::Hit(h) => h,
            other => panic!("{other:?} of {text}"),
        }
    }

    #[test]
    fn formats_of_servers() {
        let common = hit(r#"192.0.2.1 - - [28/Nov/2026:01:02:03 +0800] "GET /policies/a/?x=1 HTTP/1.1" 200 512"#);
        assert_eq!((common.at.to_string().as_str(), &*common.target, common.status, common.agent), ("2026-11-27T17:02:03Z", "/policies/a/?x=1", 200, None));
        let combined =
            hit(r#"www.example.org:443 2001:db8::1 - A B [28/Nov/2026:01:02:03 -0130] "GET /a\"b HTTP/2.0" 304 0 "-" "Mozilla \"x\"" "203.0.113.9, 10.0.0.1""#);
        assert_eq!((&*combined.client, &*combined.behind, &*combined.target), ("2001:db8::1", "203.0.113.9, 10.0.0.1", r#"/a\"b"#));
        assert_eq!((combined.agent.as_deref(), combined.at.to_string().as_str()), (Some(r#"Mozilla \"x\""#), "2026-11-28T02:32:03Z"));
        let caddy = r#"{"level":"info","ts":1795800000.5,"request":{"remote_ip":"192.0.2.7","method":"GET","uri":"/","headers":{"User-Agent":["Mozilla"],"Sec-Purpose":["prefetch;prerender"]}},"status":200}"#;
        let caddy = hit(caddy);
        assert_eq!((caddy.at.as_second(), &*caddy.client, caddy.ahead, caddy.agent.as_deref()), (1_795_800_000, "192.0.2.7", true, Some("Mozilla")));
        let nginx =
            r#"{"time_iso8601":"2026-11-28T01:02:03+08:00","remote_addr":"192.0.2.7","request":"HEAD /x HTTP/1.1","status":"200","http_user_agent":""}"#;
        let nginx = hit(nginx);
        assert_eq!((&*nginx.method, nginx.agent.as_deref(), nginx.at.to_string().as_str()), ("HEAD", Some(""), "2026-11-27T17:02:03Z"));
        let mut iis = Lines::default();
        assert_eq!(iis.read("#Software: IIS"), Read::Nothing);
        assert_eq!(iis.read("#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query cs(User-Agent) sc-status"), Read::Nothing);
        let Read::Hit(h) = iis.read("2026-11-28 01:02:03 192.0.2.1 GET /a/ id=3 Mozilla/5.0+(X) 200") else { panic!() };
        assert_eq!((&*h.target, h.agent.as_deref(), h.at.to_string().as_str()), ("/a/?id=3", Some("Mozilla/5.0 (X)"), "2026-11-28T01:02:03Z"));
        assert_eq!(iis.read("2026-11-28 01:02:03 192.0.2.1 GET"), Read::Unknown);
    }

    #[test]
    fn what_is_no_line_of_a_log() {
        let mut l = Lines::default();
        for bad in
            ["hello", "[", "a [b", r#"a [28/Nov/2026:01:02:03 +0800] "GET"#, r#"x [28/Nov/2026:01:02:03 +0800] "\x16\x03\x01" 400 0"#, "{", "{\"a\":1}", "\"\\"]
        {
            assert_eq!(l.read(bad), Read::Unknown, "{bad}");
        }
        for undated in ["31/Feb/2026:01:02:03 +0800", "28/Nov/2026:25:02:03 +0800", "28/Nov/2026:01:02:03", "28/11/2026:01:02:03 +0800", "1/Nov/2026:1:2:3 +é"]
        {
            assert_eq!(l.read(&format!("x - - [{undated}] \"GET / HTTP/1.1\" 200 1")), Read::Undated, "{undated}");
        }
        assert_eq!(l.read(r#"{"ts":"nan","method":"GET","uri":"/","status":200}"#), Read::Undated);
        assert_eq!(l.read(r#"{"ts":1e300,"method":"GET","uri":"/","status":200}"#), Read::Undated);
    }
}
