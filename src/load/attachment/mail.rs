//! Messages (EML) and pages that were saved as one (MHT): heads, texts and attachments, decoded (MIME, RFC 2045 to 2047).

use super::{Budget, Document, Reader, Why};
use crate::load::spot::Spot;

/// EML, MHT
pub(super) const READER: Reader = Reader { is, read };

/// Most parts that are opened.
const PARTS: usize = 50;
/// Parts within parts.
const DEPTH: usize = 6;

/// It begins with heads as messages have them.
pub(in crate::load) fn is(bytes: &[u8]) -> bool {
    let (heads, _) = split(&bytes[..bytes.len().min(16_384)]);
    let has = |name: &str| heads.iter().any(|(n, _)| n == name);
    let letter = ["from", "to", "subject", "date", "received", "message-id", "return-path"].iter().filter(|n| has(n)).count();
    // A part alone, as some programs save a page, or a letter without its other heads: what it says is encoded.
    let encoded = has("content-transfer-encoding") || value(&heads, "content-type").to_ascii_lowercase().contains("boundary=");
    has("content-type") && (has("mime-version") || letter >= 1 || encoded) || letter >= 3
}

/// Name in small letters, value with its folded lines joined.
type Head = (String, String);

/// Heads and body.
fn split(bytes: &[u8]) -> (Vec<Head>, &[u8]) {
    let mut heads: Vec<Head> = Vec::new();
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    loop {
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |i| i + 1);
        let (line, next) = rest.split_at(end);
        let text = decoded(line, "");
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return (heads, next);
        }
        match (text.split_once(':'), text.starts_with([' ', '\t'])) {
            (_, true) if !heads.is_empty() => {
                if let Some((_, value)) = heads.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            }
            (Some((name, value)), false) if !name.is_empty() && name.len() <= 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
                heads.push((name.to_ascii_lowercase(), value.trim().to_string()));
            }
            // No head: the body begins without a blank line, or this is no message.
            _ => return (heads, rest),
        }
        rest = next;
    }
}

fn value<'a>(heads: &'a [Head], name: &str) -> &'a str {
    heads.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

/// `boundary` of `multipart/mixed; boundary="x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|p| {
        let (n, v) = p.split_once('=')?;
        n.trim().eq_ignore_ascii_case(name).then(|| v.trim().trim_matches('"').to_string())
    })
}

/// A parameter that may be encoded or in pieces (RFC 2231): `filename*=utf-8''%E7…`, `filename*0=…; filename*1=…`.
fn named(value: &str, name: &str) -> Option<String> {
    if let Some(v) = parameter(value, name) {
        return Some(v);
    }
    let pieces: String = (0..20).map_while(|n| parameter(value, &format!("{name}*{n}")).or_else(|| parameter(value, &format!("{name}*{n}*")))).collect();
    let all = parameter(value, &format!("{name}*")).or(Some(pieces).filter(|p| !p.is_empty()))?;
    let text = all.splitn(3, '\'').last().unwrap_or(&all);
    let (mut out, mut i) = (Vec::with_capacity(text.len()), 0);
    while let Some(c) = text.as_bytes().get(i) {
        let two = text.get(i + 1..i + 3).filter(|_| *c == b'%').and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(two.unwrap_or(*c));
        i += if two.is_some() { 3 } else { 1 };
    }
    Some(decoded(&out, ""))
}

/// Text in an encoding that is named, else in UTF-8 or what Chinese programs write.
pub(super) fn decoded(bytes: &[u8], charset: &str) -> String {
    let known = encoding_rs::Encoding::for_label(charset.as_bytes()).filter(|_| !charset.eq_ignore_ascii_case("us-ascii"));
    match (known, std::str::from_utf8(bytes)) {
        (Some(e), _) => e.decode(bytes).0.into_owned(),
        (None, Ok(t)) => t.to_string(),
        (None, Err(_)) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

/// Base64, without what is none of its signs.
pub(super) fn base64(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut bits, mut n) = (Vec::with_capacity(bytes.len() / 4 * 3), 0u32, 0);
    for b in bytes {
        let v = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        (bits, n) = (bits << 6 | u32::from(v), n + 6);
        if n >= 8 {
            n -= 8;
            out.push((bits >> n & 0xFF) as u8);
        }
    }
    out
}

/// Quoted-printable; `_` is a blank in heads alone.
pub(super) fn quoted(bytes: &[u8], head: bool) -> Vec<u8> {
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(b) = bytes.get(i).copied() {
        let two = bytes.get(i + 1..i + 3).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (b, two) {
            (b'=', Some(v)) => {
                out.push(v);
                i += 3;
            }
            // A line that goes on; blanks before its end are no part of it.
            (b'=', None) if soft(&bytes[i + 1..]).is_some() => i += 1 + soft(&bytes[i + 1..]).unwrap_or(0),
            (b'_', _) if head => {
                out.push(b' ');
                i += 1;
            }
            _ => {
                out.push(b);
                i += 1;
            }
        }
    }
    out
}

/// The length of blanks and the end of a line.
fn soft(rest: &[u8]) -> Option<usize> {
    let blanks = rest.iter().take(80).take_while(|c| matches!(c, b' ' | b'\t')).count();
    match rest.get(blanks..)? {
        [b'\r', b'\n', ..] => Some(blanks + 2),
        [b'\n' | b'\r', ..] => Some(blanks + 1),
        _ => None,
    }
}

/// A head with its words that are encoded (`=?utf-8?B?…?=`).
fn words(value: &str) -> String {
    let (mut out, mut rest) = (String::new(), value);
    while let Some(from) = rest.find("=?") {
        let mut parts = rest[from + 2..].splitn(4, '?');
        let (Some(charset), Some(how), Some(text), Some(tail)) = (parts.next(), parts.next(), parts.next(), parts.next()) else { break };
        let Some(after) = tail.strip_prefix('=') else { break };
        if !rest[..from].trim().is_empty() || out.is_empty() {
            out.push_str(&rest[..from]);
        }
        let bytes = if how.eq_ignore_ascii_case("b") { base64(text.as_bytes()) } else { quoted(text.as_bytes(), true) };
        out.push_str(&decoded(&bytes, charset));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let mut parts = PARTS;
    part(bytes, budget, out, DEPTH, &mut parts);
}

/// Heads that people read; the others tell of machines, and may tell of people all the same.
const SHOWN: &[&str] = &["from", "to", "cc", "bcc", "reply-to", "subject"];

fn part(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document, depth: usize, parts: &mut usize) {
    let (heads, body) = split(bytes);
    let lines: Vec<String> = heads.iter().filter(|(n, _)| !n.starts_with("content-") && n != "mime-version").map(|(_, v)| words(v)).collect();
    let shown: Vec<String> = heads.iter().filter(|(n, _)| SHOWN.contains(&n.as_str())).map(|(_, v)| words(v)).collect();
    out.put(Spot::Text, shown.join("\n"));
    if lines.len() > shown.len() {
        out.put(Spot::Properties, lines.join("\n"));
    }
    let kind = value(&heads, "content-type").to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        let Some(boundary) = parameter(value(&heads, "content-type"), "boundary").filter(|b| !b.is_empty()) else {
            out.unread.insert(Why::Broken);
            return;
        };
        if depth == 0 {
            out.unread.insert(Why::Deep);
            return;
        }
        let (pieces, around) = pieces(body, format!("--{boundary}").as_bytes());
        // Programs for mail show neither, but the file has them.
        out.put(Spot::Properties, decoded(&around.concat(), ""));
        for piece in pieces {
            if *parts == 0 {
                out.unread.insert(Why::Many);
                return;
            }
            *parts -= 1;
            part(piece, budget, out, depth - 1, parts);
        }
        return;
    }
    let encoding = value(&heads, "content-transfer-encoding").to_ascii_lowercase();
    let plain = match encoding.split([' ', ';', '(', '\t']).find(|w| !w.is_empty()).unwrap_or("") {
        "base64" => base64(body),
        "quoted-printable" => quoted(body, false),
        "" | "7bit" | "8bit" | "binary" => body.to_vec(),
        // Uuencode and others that are not decoded here.
        _ => {
            out.unread.insert(Why::Coded);
            body.to_vec()
        }
    };
    let disposition = value(&heads, "content-disposition");
    let name = named(disposition, "filename").or_else(|| named(value(&heads, "content-type"), "name")).map(|n| words(&n));
    if let Some(n) = &name {
        out.put(Spot::Inside, n.as_str());
    }
    let charset = parameter(value(&heads, "content-type"), "charset").unwrap_or_default();
    let attached = name.is_some() || disposition.to_ascii_lowercase().starts_with("attachment");
    if !attached && (kind.is_empty() || kind.starts_with("text/plain")) {
        out.put(Spot::Text, decoded(&plain, &charset));
    } else if !attached && kind.starts_with("text/html") {
        out.put(Spot::Text, super::html::plain(&decoded(&plain, &charset)));
    } else if budget.depth == 0 || plain.len() as u64 > budget.left {
        out.unread.insert(if budget.depth == 0 { Why::Deep } else { Why::Large });
    } else {
        budget.left -= plain.len() as u64;
        budget.depth -= 1;
        // A text of another encoding is read as what its head says.
        let inner = if kind.starts_with("text/") { decoded(&plain, &charset).into_bytes() } else { plain };
        let found = super::read(&inner, budget);
        budget.depth += 1;
        out.inside(name.as_deref().unwrap_or("message"), found);
    }
}

/// What stands between lines that begin with a boundary, and what stands before the first and behind the last.
fn pieces<'a>(body: &'a [u8], boundary: &[u8]) -> (Vec<&'a [u8]>, [&'a [u8]; 2]) {
    let mut out = Vec::new();
    let (mut from, mut first, mut last): (Option<usize>, Option<usize>, &[u8]) = (None, None, &[]);
    for at in memchr::memmem::find_iter(body, boundary) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        first = first.or(Some(at));
        if let Some(f) = from {
            out.push(&body[f.min(at)..at]);
        }
        let rest = &body[at + boundary.len()..];
        let line = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |i| i + 1);
        // `--boundary--` is the last.
        from = if rest.starts_with(b"--") { None } else { Some(at + boundary.len() + line) };
        if from.is_none() {
            last = &rest[line..];
            break;
        }
    }
    // One that is cut off ends with the message.
    out.extend(from.map(|f| &body[f.min(body.len())..]));
    (out, [&body[..first.unwrap_or(body.len())], last])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::attachment::reader::Apart;

    fn texts(bytes: &[u8]) -> (String, Document) {
        let mut budget = Budget::of(bytes.len(), Apart::Nobody, |b| std::str::from_utf8(b).ok().map(ToString::to_string));
        assert!(is(bytes));
        let d = super::super::read(bytes, &mut budget);
        (d.pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n"), d)
    }

    #[test]
    fn a_message_is_read_with_what_is_attached() {
        let mail = "From: =?utf-8?B?55Sy5bGA?= <a@b.example>\r\nTo: c@d.example\r\nSubject: =?gb2312?Q?=CD=A8=D6=AA?=\r\n =?utf-8?Q?_=E4=BA=8C?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E8=BA=AB=E4=BB=BD 1101051949=\r\n1231002X\r\n--x\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+vNc8L3A+\r\n--x\r\nContent-Type: text/plain; name=\"a.txt\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\n6ZmE5Lu255qE6K+d\r\n--x--\r\n";
        let (text, d) = texts(mail.as_bytes());
        for part in ["甲局", "通知", "二", "身份 11010519491231002X", "甲", "附件的话", "a.txt"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(d.unread.is_empty(), "{:?}", d.unread);
        // What is cut off anywhere is read as far as it goes, and never more.
        for end in 0..mail.len() {
            let mut out = Document::default();
            let mut budget = Budget::of(end, Apart::Nobody, |b| std::str::from_utf8(b).ok().map(ToString::to_string));
            read(&mail.as_bytes()[..end], &mut budget, &mut out);
        }
        assert!(!is("说明: 这里没有信\n内容: 无\n".as_bytes()) && !is(b"a,b\n1,2\n"));
    }

    #[test]
    fn parts_within_parts_have_an_end() {
        let mut mail = String::from("From: a@b.example\nTo: a@b.example\nMIME-Version: 1.0\n");
        for n in 0..40 {
            mail.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
        }
        let (_, d) = texts(mail.as_bytes());
        assert!(d.unread.contains(&Why::Deep));
    }
}
