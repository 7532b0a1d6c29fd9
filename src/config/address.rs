//! The address of a site: what may be one, and what is only an example.

use crate::diag::{Text, say};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The address in its usual form: scheme and host in lower case, the path percent-encoded once and closed by `/`.
/// It reaches header files, feeds and every page, so it may hold nothing that is not part of a plain address.
pub fn parse(given: &str) -> Result<String, Text> {
    if let Some(c) = given.chars().find(|c| c.is_control() || c.is_whitespace() || invisible(*c)) {
        return Err(say!("含有空白或控制字符 {c:?}", "it has the blank or control character {c:?}"));
    }
    if given.len() > 1000 {
        return Err(say!("太长", "it is too long"));
    }
    let (scheme, rest) = given.split_once("://").ok_or_else(|| say!("没有 https://", "https:// is missing"))?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(say!("只能是 http 或 https", "it must begin with http or https"));
    }
    if rest.contains('#') {
        return Err(say!("不能有 #", "it may not have a fragment (#)"));
    }
    if rest.contains('?') {
        return Err(say!("不能有查询串（?）", "it may not have a query (?)"));
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        return Err(say!("不能有用户名或口令", "it may not have a user name or password"));
    }
    let host = host(authority).ok_or_else(|| say!("主机名不对", "its host is not a name or number of a host"))?;
    let mut out = format!("{scheme}://{host}/");
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok(out);
    }
    let plain = decoded(path).ok_or_else(|| say!("路径的 % 编码不对", "the percent-encoding of its path is wrong"))?;
    for part in plain.split('/') {
        if part.is_empty() || part.trim_matches('.').is_empty() {
            return Err(say!("路径里有空段、. 或 ..", "its path has an empty part, . or .."));
        }
        if let Some(c) = part.chars().find(|c| !(c.is_alphanumeric() || "-._~+,@=!".contains(*c))) {
            return Err(say!("路径里不能有字符 {c:?}", "its path may not have the character {c:?}"));
        }
    }
    out.push_str(&encode(&plain));
    out.push('/');
    Ok(out)
}

/// Everything but unreserved characters and `/` percent-encoded, as in all addresses of the site.
fn encode(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn invisible(c: char) -> bool {
    matches!(c as u32, 0x00AD | 0x061C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

/// Host and port in lower case.
fn host(authority: &str) -> Option<String> {
    let (name, port) = match authority.strip_prefix('[').and_then(|a| a.split_once(']')) {
        Some((six, rest)) => {
            six.parse::<Ipv6Addr>().ok()?;
            (format!("[{}]", six.to_ascii_lowercase()), if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) })
        }
        None if authority.starts_with('[') => return None,
        None => match authority.rsplit_once(':') {
            Some((n, p)) => (n.to_lowercase(), Some(p)),
            None => (authority.to_lowercase(), None),
        },
    };
    if !name.starts_with('[') {
        // A closing dot is the root of all names.
        let name = name.strip_suffix('.').unwrap_or(&name);
        let label = |l: &str| {
            !l.is_empty() && l.len() <= 200 && !l.starts_with('-') && !l.ends_with('-') && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        };
        // A name with digits alone at its end is a number of four parts, or nothing.
        // So has one that ends in 0x…, which browsers read as a number.
        let hex = |l: &str| l.strip_prefix("0x").is_some_and(|r| r.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = name.rsplit('.').next().is_some_and(|l| l.bytes().all(|b| b.is_ascii_digit()) || hex(l));
        if name.is_empty() || name.len() > 253 || !name.split('.').all(label) || (number && name.parse::<Ipv4Addr>().is_err()) {
            return None;
        }
    }
    match port {
        None => Some(name),
        Some(p) if p.bytes().all(|b| b.is_ascii_digit()) && p.parse::<u16>().is_ok_and(|n| n > 0) => Some(format!("{name}:{p}")),
        Some(_) => None,
    }
}

/// Percent-decoded, where every `%` is one of an encoding and the bytes are text. An encoded `/` or `%` hides a path in a path.
fn decoded(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'%' {
            let digit = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
            let b = (digit(bytes.get(i + 1))? * 16 + digit(bytes.get(i + 2))?) as u8;
            if matches!(b, b'/' | b'%' | b'\\') {
                return None;
            }
            out.push(b);
            i += 3;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    String::from_utf8(out).ok()
}

/// An address of this machine, a bare number, or a name kept for examples and tests (RFC 2606, RFC 6761).
pub fn is_placeholder(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, r)| r).split('/').next().unwrap_or("");
    let name = if host.starts_with('[') { return true } else { host.split(':').next().unwrap_or("") };
    let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or("");
    // A name without a dot is one of an office's own network.
    let inner = !name.trim_end_matches('.').contains('.');
    inner
        || name.parse::<Ipv4Addr>().is_ok()
        || matches!(last, "localhost" | "local" | "localdomain" | "lan" | "internal" | "intranet" | "home" | "corp" | "test" | "invalid" | "onion")
        || name.split('.').any(|l| l == "example")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain() {
        for (given, right) in [
            ("https://www.example.gov.cn", "https://www.example.gov.cn/"),
            ("HTTPS://Data.Example.ORG/Portal", "https://data.example.org/Portal/"),
            ("http://10.0.0.1:8080/a/b/", "http://10.0.0.1:8080/a/b/"),
            ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"),
            ("https://政务.中国/数据/", "https://政务.中国/%E6%95%B0%E6%8D%AE/"),
            ("https://x.cn/%e6%95%b0/", "https://x.cn/%E6%95%B0/"),
            ("https://name.github.io/open-data_1.2/", "https://name.github.io/open-data_1.2/"),
        ] {
            assert_eq!(parse(given).map_err(|e| e.en), Ok(right.to_string()), "{given}");
        }
        for bad in [
            "",
            "www.example.gov.cn",
            "//x.cn/",
            "ftp://x.cn/",
            "file:///etc",
            "javascript://x.cn/",
            "https:/x.cn/",
            "https：//x.cn/",
            "https://",
            "https:///a",
            "https://x.cn/a b/",
            " https://x.cn/",
            "https://x.cn/\n",
            "https://user:pw@x.cn/",
            "https://user@x.cn/",
            "https://x.cn/?a=1",
            "https://x.cn/#a",
            "https://x.cn/../a/",
            "https://x.cn/a/..",
            "https://x.cn/%2e%2e/a/",
            "https://x.cn/a/./b",
            "https://x.cn//a/",
            "https://x.cn/%0d%0aX: 1/",
            "https://x.cn/%0a/",
            "https://x.cn/%00/",
            "https://x.cn/%7f/",
            "https://x.cn/a%20b/",
            "https://x.cn/%zz/",
            "https://x.cn/%",
            "https://x.cn/%252e/",
            "https://x.cn/%2f%2f/",
            "https://x.cn/%ff/",
            "https://x.cn/a;b/",
            "https://x.cn/{a}/",
            "https://x.cn/$a/",
            "https://x.cn/\"/",
            "https://x.cn/\\a/",
            "https://x.cn/\u{202e}a/",
            "https://x.cn/%E2%80%AE/",
            "https://x..cn/",
            "https://-x.cn/",
            "https://x.cn:0/",
            "https://x.cn:99999/",
            "https://x.cn:a/",
            "https://1.2.3/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.1/",
            "https://127.0.0.0x1/",
            "https://a.0x/",
            "https://1.2.3.4.5/",
            "https://[::1/",
            "https://[g]/",
            "https://x cn/",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        for yes in [
            "http://localhost:8000/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "https://data.example.org/",
            "https://www.example.gov.cn/a/",
            "https://a.test/",
            "https://cs/",
            "https://oa:8080/",
            "https://example.invalid/",
            "https://portal.lan/",
        ] {
            assert!(is_placeholder(yes), "{yes}");
        }
        for no in ["https://www.gov.cn/", "https://examples.org/", "https://name.github.io/example/"] {
            assert!(!is_placeholder(no), "{no}");
        }
    }
}
