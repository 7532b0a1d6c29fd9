//! Bare addresses in running text, where Chinese texts put them: between Han characters and full-width punctuation.

use memchr::memchr_iter;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// An address found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Where it stands.
    pub at: Range<usize>,
    /// What to put before it to make a link.
    pub scheme: &'static str,
}

static SCHEME: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
static WORLD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www."));

/// All bare addresses of a text, in order: `https://…`, `www.…`, `name@example.org`.
pub fn addresses(text: &str) -> Vec<Address> {
    let bytes = text.as_bytes();
    let mut out: Vec<Address> = Vec::new();
    let mut last = 0;
    for at in SCHEME.find_iter(bytes) {
        if at < last {
            continue;
        }
        let head = &bytes[..at];
        let letters = head.iter().rev().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
        let Some(scheme) = ["https", "http", "ftp"].iter().find(|s| letters == s.len() && head[at - s.len()..].eq_ignore_ascii_case(s.as_bytes())) else {
            continue;
        };
        let end = end_of(text, at + 3);
        // A host begins with a letter or digit, of any script.
        if text[at + 3..end].starts_with(char::is_alphanumeric) {
            out.push(Address { at: at - scheme.len()..end, scheme: "" });
            last = end;
        }
    }
    for at in WORLD.find_iter(bytes) {
        if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || b"./-_@:".contains(&bytes[at - 1])) {
            continue;
        }
        let end = end_of(text, at + 4);
        if text[at + 4..end].find('.').is_some_and(|dot| dot > 0) && bytes[at + 4].is_ascii_alphanumeric() {
            out.push(Address { at: at..end, scheme: "http://" });
        }
    }
    for at in memchr_iter(b'@', bytes) {
        out.extend(mail(bytes, at));
    }
    if out.len() > 1 {
        out.sort_by_key(|a| (a.at.start, std::cmp::Reverse(a.at.end)));
        let mut last = 0;
        out.retain(|a| {
            a.at.start >= last && {
                last = a.at.end;
                true
            }
        });
    }
    out
}

/// Longest part before the `@` (RFC 5321).
const LOCAL: usize = 64;

fn mail(bytes: &[u8], at: usize) -> Option<Address> {
    let local = bytes[..at].iter().rev().take(LOCAL + 1).take_while(|b| b.is_ascii_alphanumeric() || b"._+-".contains(b)).count();
    let start = at - local + bytes[at - local..at].iter().take_while(|b| b"._+-".contains(b)).count();
    let host = bytes[at + 1..].iter().take(254).take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let mut end = at + 1 + host;
    while end > at + 1 && b".-".contains(&bytes[end - 1]) {
        end -= 1;
    }
    let host = &bytes[at + 1..end];
    let dotted = host.contains(&b'.') && !host.starts_with(b".") && !host.windows(2).any(|w| w == b"..");
    let top = host.rsplit(|b| *b == b'.').next().is_some_and(|t| t.len() > 1 && t.iter().all(u8::is_ascii_alphabetic));
    (start < at && local <= LOCAL && dotted && top).then_some(Address { at: start..end, scheme: "mailto:" })
}

/// Longest address, in bytes; browsers and hosts take no longer ones.
const LONGEST: usize = 2048;

/// Where the address ends whose part after the scheme begins at `from`: before blanks, quotes, brackets of markup, full-width punctuation and Han words.
fn end_of(text: &str, from: usize) -> usize {
    let mut at = from;
    let mut host = true;
    let mut depth = [0i32; 2];
    while let Some(c) = text[at..].chars().next().filter(|_| at - from < LONGEST) {
        match c {
            '/' | '?' | '#' => host = false,
            '(' => depth[0] += 1,
            '[' => depth[1] += 1,
            // A bracket that was not opened within belongs to the sentence.
            ')' if depth[0] == 0 => break,
            ']' if depth[1] == 0 => break,
            ')' => depth[0] -= 1,
            ']' => depth[1] -= 1,
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}' => break,
            ',' | ';' if ["http://", "https://", "www."].iter().any(|s| text[at + 1..].starts_with(s)) => break,
            _ if c.is_ascii() => {
                if !c.is_ascii_graphic() {
                    break;
                }
            }
            // A host may be written in Han; in a path Han characters are a folder or a file only where the path goes on after them.
            _ if !c.is_alphanumeric() => break,
            _ => {
                let word: usize = text[at..].chars().take_while(|c| c.is_alphanumeric() && !c.is_ascii()).map(char::len_utf8).sum();
                let next = &text.as_bytes()[at + word..];
                let goes_on = match next.first() {
                    Some(b'/') => true,
                    Some(b'.') => next.get(1).is_some_and(u8::is_ascii_alphanumeric) || host && text[at + word + 1..].starts_with(char::is_alphabetic),
                    _ => false,
                };
                let begun = at == from
                    || matches!(text.as_bytes()[at - 1], b'/' | b'=')
                    || host && text.as_bytes()[at - 1] == b'.' && at > from && !text[from..at].is_ascii();
                if !(host || begun && goes_on) {
                    // `/2024年报.pdf`, `/政策文件`: as far as it is one word that is plainly an address's.
                    match last_word(text, from, at, begun) {
                        Some(end) => {
                            at = end;
                            continue;
                        }
                        None => break,
                    }
                }
                if !(begun && (goes_on || host && !text[from..at].is_empty() && !text[from..at].is_ascii())) {
                    break;
                }
                at += word;
                continue;
            }
        }
        at += c.len_utf8();
    }
    // Punctuation at the end is the sentence's.
    let mut end = at;
    while end > from && b"?!.,:;*_~'".contains(&text.as_bytes()[end - 1]) {
        end -= 1;
    }
    end
}

/// Where a Han word of a path ends that begins at `at`: a file by its ending, or the last word of an address that stands apart on both sides.
fn last_word(text: &str, from: usize, at: usize, begun: bool) -> Option<usize> {
    let rest = &text[at..];
    let end = rest.char_indices().take(60).find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).map_or(rest.len().min(240), |(i, _)| i);
    let end = super::floor(rest, end);
    if let Some(ext) = rest[end..].strip_prefix('.') {
        let ext = &ext[..ext.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(ext.len())];
        if super::meant::file_like(&format!("a.{ext}")) {
            return Some(at + end);
        }
    }
    let before = text[..from].trim_end_matches("://").trim_end_matches(|c: char| c.is_ascii_alphanumeric()).trim_end_matches("www.").chars().next_back();
    let behind = rest[end..].chars().next();
    let apart = |c: Option<char>, signs: &str| c.is_none_or(|c| c.is_whitespace() || signs.contains(c));
    // A host in Han has a path in Han.
    let host = &text[from..from + text[from..at].find('/').unwrap_or(0)];
    let signs = if host.is_ascii() { "）)】>」』”" } else { "）)】>」』”，。；、" };
    (begun && (!host.is_ascii() || apart(before, "（(【<「『“：:")) && apart(behind, signs)).then_some(at + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_addresses_end() {
        for (text, want) in [
            ("网址：https://example.org/guide，详见附件。邮箱ab@example.org。", &["https://example.org/guide", "ab@example.org"][..]),
            ("见https://a.gov.cn/x?y=1&z=2详情", &["https://a.gov.cn/x?y=1&z=2"]),
            ("（http://a.gov.cn/）和(http://b.gov.cn/(x))", &["http://a.gov.cn/", "http://b.gov.cn/(x)"]),
            ("https://a.org/x#:~:text=a 和 https://a.org/_b_/c.js 。", &["https://a.org/x#:~:text=a", "https://a.org/_b_/c.js"]),
            ("www.gov.cn、WWW、www.a", &["www.gov.cn"]),
            ("**https://a.org/x**。", &["https://a.org/x"]),
            ("https://a.org,https://b.org;http://c.org.", &["https://a.org", "https://b.org", "http://c.org"]),
            ("https://a.gov.cn/政策/2.html及其他", &["https://a.gov.cn/政策/2.html"]),
            ("登录https://a.gov.cn/请注册", &["https://a.gov.cn/"]),
            ("http://例子.中国/a", &["http://例子.中国/a"]),
            ("访问 http://中文.cn/路径 和http://例子.中国/路径。", &["http://中文.cn/路径", "http://例子.中国/路径"]),
            ("（https://a.gov.cn/专栏）见 https://a.gov.cn/政策文件", &["https://a.gov.cn/专栏", "https://a.gov.cn/政策文件"]),
            ("https://a.gov.cn/2024年报.pdf、https://a.gov.cn/x/附件1：表.xls", &["https://a.gov.cn/2024年报.pdf", "https://a.gov.cn/x/"]),
            ("访问 https://a.gov.cn/详见附件。登录https://a.gov.cn/x查询", &["https://a.gov.cn/", "https://a.gov.cn/x"]),
            ("https://u:p@h.org/a@b.org", &["https://u:p@h.org/a@b.org"]),
            ("a@b、@张三、x@y.z、.a@b.cn.", &["a@b.cn"]),
            ("xhttp://a.org ahttps://b.org javascript://c :// http://", &[]),
        ] {
            let found: Vec<&str> = addresses(text).iter().map(|a| &text[a.at.clone()]).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
