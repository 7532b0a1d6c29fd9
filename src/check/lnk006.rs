//! LNK006: an address with a slip of the pen.

use super::*;
use crate::diag::say;
use memchr::memmem::Finder;
use std::ops::Range;

/// LNK006
pub(super) static RULE: Rule = Rule {
    code: "LNK006",
    title: Phrase { zh: "网址或邮箱写错了", en: "a mistyped web or mail address" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "正文或字段里的网址、邮箱有明显的笔误：`http:/x`、`http//x`、`https://https://x`、`www,x.cn`、`www。x。cn`、`x@y,cn`、全角的 `．ｃｎ` 等，点不开，也不能复制来用。提示里有应当的写法。",
        en: "A web or mail address in a text or field has a plain slip: `http:/x`, `http//x`, `https://https://x`, `www,x.cn`, `www。x。cn`, `x@y,cn`, full-width `．ｃｎ`: nobody can open or copy it. The finding has it as it should be.",
    },
    source: "政府网站与政务新媒体检查指标：链接不可用",
    run: Run::Item(run),
};

/// Most slips of a text that are told one by one.
const TOLD: usize = 20;

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    for e in item.written() {
        for (at, right) in slips(&e.doc.source.text).into_iter().take(TOLD) {
            let wrong = &e.doc.source.text[at.clone()];
            found.text(&e.doc, at.clone(), say!("地址写错了：`{wrong}`", "a mistyped address: `{wrong}`"), say!("应写 `{right}`", "write `{right}`"));
        }
    }
}

/// A sign of an address, full-width ones among them.
fn sign(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '%' | '~' | '/' | '?' | '=' | '&' | '#' | '+' | ':' | '@' | '.') || wide(c)
}

/// A full-width letter, digit or sign as it is in addresses.
fn wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '／' | '：' | '＠' | '－' | '＿')
}

fn narrow(c: char) -> char {
    match c {
        '。' | '，' | '、' => '.',
        _ if wide(c) => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Ends of hosts as they are typed.
fn top(word: &str) -> bool {
    // Of most words the length or the first letter tells that they are none.
    let first = word.chars().next().map(|c| narrow(c).to_ascii_lowercase());
    if word.len() > 18 || !matches!(first, Some('c' | 'g' | 'o' | 'n' | 'e')) {
        return false;
    }
    let word: String = word.chars().map(narrow).collect::<String>().to_ascii_lowercase();
    matches!(word.as_str(), "cn" | "com" | "gov" | "org" | "net" | "edu" | "com.cn" | "gov.cn" | "org.cn" | "net.cn" | "edu.cn")
}

static HTTP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("http"));
static WORLD: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("www"));
static AT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("＠"));

/// The slips of a text with what was meant.
fn slips(text: &str) -> Vec<(Range<usize>, String)> {
    let b = text.as_bytes();
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    // What every one of them has: a scheme, a world, a mail's sign, a full-width dot or letter.
    for i in HTTP.find_iter(b) {
        if i > 0 && b[i - 1].is_ascii_alphanumeric() {
            continue;
        }
        let name = if text[i..].starts_with("https") { 5 } else { 4 };
        let rest = &text[i + name..];
        let gap: usize = rest.chars().take_while(|c| matches!(c, ':' | '/' | '：' | '／' | '\\' | ';' | '；' | '.' | ' ')).map(char::len_utf8).sum();
        let (between, after) = rest.split_at(gap);
        let scheme = &text[i..i + name];
        let host = |t: &str| {
            let h: String = t.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
            h.contains('.') && !h.starts_with('.') && h.rsplit('.').next().is_some_and(|t| t.len() > 1 && t.bytes().all(|b| b.is_ascii_alphabetic()))
        };
        let end = |from: usize| from + text[from..].chars().take_while(|c| sign(*c) && !wide(*c)).map(char::len_utf8).sum::<usize>();
        if between == "://" {
            // https://https://x, http://http:/x, https://www。x。cn
            let twice = ["https://", "http://", "https:/", "http:/", "https//", "http//"].iter().find_map(|s| after.strip_prefix(s)).filter(|t| host(t));
            if let Some(true_one) = twice {
                let stop = end(i + name + gap);
                let skip = after.len() - true_one.len();
                let inner = if after.starts_with("https") { "https" } else { "http" };
                let right = format!("{inner}://{}", &text[i + name + gap + skip..stop]);
                out.push((i..stop, right));
            } else if let Some(stop) = dotted(text, i + name + gap) {
                out.push((i..stop, text[i..stop].chars().map(narrow).collect()));
            }
            continue;
        }
        let slip = matches!(
            between.trim(),
            ":/" | "//" | "：//" | ":" | "：/" | ":///" | ";//" | "；//" | "：／／" | ":／／" | ":\\\\" | "/" | ".//" | ": //" | ":/ /"
        ) || between == ":// "
            || between == ": / /";
        if slip && host(after) && (between.contains(['/', '\\', '／']) || after.starts_with("www.")) {
            let from = i + name + gap;
            let stop = end(from);
            out.push((i..stop, format!("{scheme}://{}", &text[from..stop])));
        }
    }
    for i in WORLD.find_iter(b) {
        let before = text[..i].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '@' | '-' | '_')) {
            continue;
        }
        if let Some(stop) = dotted(text, i) {
            out.push((i..stop, text[i..stop].chars().map(narrow).map(|c| if c == ',' { '.' } else { c }).collect()));
        }
    }
    for i in memchr::memchr_iter(b'@', b).chain(AT.find_iter(b)) {
        out.extend(mail(text, i));
    }
    out.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
    let mut last = 0;
    out.retain(|(at, _)| {
        // The target of a link is LNK001's.
        let keep = at.start >= last && !text[..at.start].ends_with("](") && !text[..at.start].ends_with("](<");
        last = last.max(at.end);
        keep
    });
    out
}

/// The end of a host whose dots are commas, stops or full-width signs, and that ends as hosts do; nothing where it is sound.
fn dotted(text: &str, from: usize) -> Option<usize> {
    let odd = |c: char| matches!(c, ',' | '，' | '。' | '、') || wide(c);
    let mut at = from;
    let mut words: Vec<String> = vec![String::new()];
    let mut wrong = false;
    let mut ends = None;
    for c in text[from..].chars().take(80) {
        let letter = c.is_ascii_alphanumeric() || c == '-' || wide(c) && !matches!(c, '．' | '／' | '：' | '＠');
        if letter {
            wrong |= wide(c);
            words.last_mut()?.push(c);
        } else if matches!(c, '.' | ',' | '，' | '。' | '、' | '．') {
            if words.last().is_some_and(String::is_empty) {
                break;
            }
            let before = wrong;
            // A comma behind a whole host ends a clause.
            let next = || -> String { text[at + c.len_utf8()..].chars().take_while(|c| c.is_ascii_alphanumeric() || wide(*c)).take(9).collect() };
            if odd(c) && ends == Some(at) && !before && !top(&next()) {
                break;
            }
            wrong |= odd(c);
            words.push(String::new());
        } else {
            break;
        }
        at += c.len_utf8();
        if words.len() > 1 && words.last().is_some_and(|w| top(w)) {
            let next = text[at..].chars().next();
            if !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || wide(c) && c.is_alphanumeric()) {
                ends = Some(at);
            }
        }
    }
    let end = ends?;
    let host = &text[from..end];
    (host.chars().any(odd) && words.len() > 2 || host.chars().any(wide)).then_some(end)
}

/// A mail address whose sign stands at `at`, with a comma or a full-width sign in it.
fn mail(text: &str, at: usize) -> Option<(Range<usize>, String)> {
    let mark = text[at..].chars().next()?;
    let before: usize = text[..at]
        .chars()
        .rev()
        .take(64)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+') || wide(*c) && !matches!(c, '：' | '／'))
        .map(char::len_utf8)
        .sum();
    let start = at - before;
    let host = at + mark.len_utf8();
    if before == 0 || !text[start..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let mut words: Vec<String> = vec![String::new()];
    let (mut to, mut ends) = (host, None);
    for c in text[host..].chars().take(60) {
        if c.is_ascii_alphanumeric() || c == '-' || wide(c) && c.is_alphanumeric() {
            words.last_mut()?.push(c);
        } else if matches!(c, '.' | ',' | '，' | '。' | '、' | '．') && !words.last().is_some_and(String::is_empty) {
            // Behind a whole host a comma begins another clause, or another address.
            if c != '.' && c != '．' && ends == Some(to) {
                break;
            }
            words.push(String::new());
        } else {
            break;
        }
        to += c.len_utf8();
        if words.len() > 1 && words.last().is_some_and(|w| top(w)) && !text[to..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            ends = Some(to);
        }
    }
    let end = ends?;
    let odd = |c: char| matches!(c, ',' | '，' | '。' | '、') || wide(c);
    text[start..end].chars().any(odd).then(|| (start..end, text[start..end].chars().map(|c| if c == ',' { '.' } else { narrow(c) }).collect()))
}

#[cfg(test)]
mod tests {
    use super::slips;

    #[test]
    fn slips_of_addresses() {
        for (text, right) in [
            ("见 http:/www.x.gov.cn/a", "http://www.x.gov.cn/a"),
            ("见http//www.x.cn。", "http://www.x.cn"),
            ("https://https://www.x.cn/b", "https://www.x.cn/b"),
            ("登录www,x.gov.cn查询", "www.x.gov.cn"),
            ("登录 www。x。gov。cn 查询", "www.x.gov.cn"),
            ("邮箱：abc@163,com", "abc@163.com"),
            ("邮箱：abc@163。com。", "abc@163.com"),
            ("www．ｘ．ｃｎ", "www.x.cn"),
            ("邮箱 abc＠163.com", "abc@163.com"),
            ("http：//www.x.cn", "http://www.x.cn"),
            ("www.x.gov。cn", "www.x.gov.cn"),
        ] {
            let found = slips(text);
            assert!(found.len() == 1 && found[0].1 == right, "{text}: {found:?}");
        }
        for text in [
            "见 http://www.x.gov.cn/a，或 https://x.cn。",
            "abc@163.com，def@qq.com。",
            "登录www.x.gov.cn，查询",
            "网址www.x.gov.cn、www.y.com。",
            "a@b",
            "用 http/1.1 协议，https/TLS",
            "写给 @user, com 站",
            "http 404",
            "www, com",
            "邮箱 abc@163.com,www.x.cn",
            "https://x.cn/?u=https://y.cn/a",
            "https://web.archive.org/web/http://x.cn",
            "http: //",
        ] {
            assert!(slips(text).is_empty(), "{text}");
        }
    }
}
