//! Passwords and keys that are written out: settings of programs (`DB_PASSWORD=…`), connections to databases (`User ID=sa;Password=…`),
//! a bearer's token, `账号：…密码：…`. A text that speaks about passwords has none.

use super::credentials::stand_in;
use crate::personal::Sure;
use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// Words for a password in running text.
static WORDS: [&str; 3] = ["密码", "密碼", "口令"];
static SAID: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| WORDS.map(Finder::new));
/// How a signed token begins.
static TOKEN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("eyJ"));

/// Most places that are looked at in one text.
const PLACES: usize = 20_000;
/// Bytes around a place in which other words are looked for.
const AROUND: usize = 120;

/// The first password or key in a text, certain ones before others: where its value stands.
pub fn first(text: &str) -> Option<(Range<usize>, Sure)> {
    let b = text.as_bytes();
    let tokens = TOKEN.find_iter(b).take(PLACES).filter_map(|at| token(text, at));
    let said = SAID.iter().zip(WORDS).flat_map(|(f, w)| f.find_iter(b).take(PLACES).filter_map(move |at| said(text, at..at + w.len())));
    let settings = memchr::memchr2_iter(b'=', b':', b).take(PLACES).filter_map(|sign| setting(text, key(text, sign)?));
    // Of those that are as certain the one that stands first.
    tokens.chain(said).chain(settings).min_by_key(|(at, sure)| (*sure != Sure::Yes, at.start))
}

/// The name before a sign that gives it a value, where it ends as names of secrets do.
fn key(text: &str, sign: usize) -> Option<Range<usize>> {
    let b = text.as_bytes();
    let end = sign - b[..sign].iter().rev().take(3).take_while(|c| matches!(c, b'"' | b'\'' | b' ' | b'\t')).count();
    // `d`, `e`, `t`, `y`, `n`: other ends are those of no name in NAMES.
    if !matches!(b[..end].last().map(u8::to_ascii_lowercase), Some(b'd' | b'e' | b't' | b'y' | b'n' | b'_' | b'-' | b'.')) {
        return None;
    }
    let len = b[..end].iter().rev().take(61).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'.')).count();
    // The last two letters of the names: `title` and `date` are none of them.
    let mut last = b[end - len..end].iter().rev().filter(|c| c.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    let (last, before) = (last.next()?, last.next()?);
    matches!(&[before, last], b"rd" | b"wd" | b"se" | b"et" | b"ey" | b"en").then_some(end - len..end)
}

/// A token in three parts, signed: `eyJ….eyJ….…`. That of the examples is nobody's.
fn token(text: &str, at: usize) -> Option<(Range<usize>, Sure)> {
    let rest = &text[at..];
    if !rest.starts_with("eyJ") || text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
    let mut parts = rest[..end].split('.');
    let (_, body, sign) = (parts.next()?, parts.next()?, parts.next()?);
    let real = body.starts_with("eyJ") && body.len() >= 16 && sign.len() >= 16 && !body.starts_with("eyJzdWIiOiIxMjM0NTY3ODkw");
    real.then_some((at..at + end, Sure::Yes))
}

/// Names of settings that end so hold a secret.
static NAMES: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secretkey",
    "secretaccesskey",
    "apikey",
    "accesstoken",
    "authtoken",
    "clientsecret",
    "appsecret",
    "token",
];

/// A column whose head says that its values are passwords or keys, and some of whose first values are of that kind.
pub fn column<'v>(name: &str, values: impl Iterator<Item = &'v str>) -> Option<Sure> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let said = WORDS.iter().any(|w| plain.ends_with(w));
    if !said && !NAMES.iter().any(|n| plain.ends_with(n)) || plain.len() > 60 {
        return None;
    }
    // `token` is the name of many a thing.
    let token = plain.ends_with("token");
    let (mut all, mut made) = (0, 0);
    for v in values.map(str::trim).filter(|v| !v.is_empty()) {
        all += 1;
        made += usize::from(strong(v) && (!token || v.len() >= 20));
    }
    (made > 0).then_some(if made * 2 > all { Sure::Yes } else { Sure::Perhaps })
}

/// `DB_PASSWORD=…`, `password: "…"`, `User ID=sa;Password=…;`, `Bearer …`.
fn setting(text: &str, word: Range<usize>) -> Option<(Range<usize>, Sure)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let begin = text[..word.start].rfind(|c: char| !part(c)).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let behind = &text[word.end..];
    let end = word.end + behind.find(|c: char| !part(c)).unwrap_or(behind.len());
    let key = &text[begin..end];
    if key.len() > 60 {
        return None;
    }
    let plain: String = key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if !NAMES.iter().any(|n| plain.ends_with(n)) {
        return None;
    }
    let after = &text[end..];
    let rest = after.trim_start_matches(['"', '\'', ' ', '\t']);
    let (sign, rest) = (rest.chars().next()?, rest.get(1..)?);
    let lead = after.len() - after.trim_start_matches(['"', '\'', ' ', '\t']).len();
    if !matches!(sign, '=' | ':') || lead > 3 {
        return None;
    }
    let inner = rest.trim_start_matches(['=', ' ', '\t', '"', '\'']);
    let from = text.len() - inner.len();
    let len =
        inner.find(|c: char| c.is_whitespace() || !c.is_ascii() || matches!(c, '"' | '\'' | ';' | ',' | '<' | '>' | '`' | '|' | ')')).unwrap_or(inner.len());
    let value = &inner[..len];
    if !strong(value) {
        return None;
    }
    // A parameter of an address is told as that.
    if text[..begin].ends_with(['?', '&']) || text[..begin].ends_with('/') {
        return None;
    }
    let low = super::floor(text, begin.saturating_sub(AROUND));
    let high = super::floor(text, (from + len + AROUND).min(text.len()));
    let near = text[low..high].to_ascii_lowercase();
    let connection = ["user id=", "uid=", "data source=", "server=", "provider=", "initial catalog=", "dsn="].iter().any(|w| near.contains(w));
    let upper = key.len() >= 6 && key.contains('_') && !key.contains(|c: char| c.is_ascii_lowercase());
    let quoted = rest.trim_start().starts_with(['"', '\'']);
    // `token` is the name of many a thing.
    let long = !plain.ends_with("token") || value.len() >= 20;
    let sure = (connection || upper || quoted) && long;
    Some((from..from + len, if sure { Sure::Yes } else { Sure::Perhaps })).filter(|_| long)
}

/// Whether a value is one that somebody made up or a machine drew: letters and figures, or signs among them.
fn strong(v: &str) -> bool {
    let has = |is: fn(&u8) -> bool| v.bytes().any(|c| is(&c));
    let (letters, digits) = (has(u8::is_ascii_alphabetic), has(u8::is_ascii_digit));
    let code = ["http:", "https:", "./", "../", "/etc", "os.", "process.", "env.", "getenv", "config.", "settings.", "self.", "this."];
    let low = v.to_ascii_lowercase();
    (6..=200).contains(&v.len())
        && letters
        && digits
        && !stand_in(v)
        && !v.contains(['(', '%', '\\', '#'])
        && !code.iter().any(|w| low.starts_with(w))
        && ![
            "password", "passwd", "secret", "change", "sample", "dummy", "test", "foobar", "sha256", "sha-256", "sha512", "md5", "base64", "utf-8", "utf8",
            "oauth", "12345678",
        ]
        .iter()
        .any(|w| low.contains(w))
        && !low.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-' | b':' | b'e'))
}

/// `账号：admin 密码：Gov@2024Secret`: with an account beside it, and nothing that says that everybody is to know it.
fn said(text: &str, word: Range<usize>) -> Option<(Range<usize>, Sure)> {
    let rest = text[word.end..].trim_start_matches([' ', '\t', '"', '*']);
    let rest = rest.strip_prefix(['：', ':', '=', '为', '是'])?.trim_start_matches(['：', ':', ' ', '\t', '"', '*', '`', '“']);
    let from = text.len() - rest.len();
    let len = rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, '"' | ';' | ',' | '<' | '>' | '`' | '|' | ')')).unwrap_or(rest.len());
    let value = rest[..len].trim_end_matches(['.', '*']);
    if !strong(value) {
        return None;
    }
    let low = super::floor(text, word.start.saturating_sub(AROUND));
    let high = super::floor(text, (from + len + AROUND).min(text.len()));
    let near = text[low..high].to_lowercase();
    static EVERYBODY: &[&str] = &[
        "初始", "默认", "預設", "统一", "会议", "會議", "入会", "参会", "直播", "wifi", "wi-fi", "无线", "wlan", "网盘", "提取", "下载", "例如", "如：",
        "示例", "样例", "演示", "测试", "格式",
    ];
    static ACCOUNT: &[&str] = &[
        "账号",
        "帐号",
        "帳號",
        "账户",
        "帐户",
        "用户名",
        "登录名",
        "用户",
        "管理员",
        "后台",
        "数据库",
        "服务器",
        "account",
        "user",
        "login",
        "admin",
        "root",
    ];
    let open = EVERYBODY.iter().any(|w| near.contains(w));
    let account = ACCOUNT.iter().any(|w| near.contains(w));
    account.then_some((from..from + value.len(), if open { Sure::Perhaps } else { Sure::Yes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(&str, Sure)> {
        first(text).map(|(at, sure)| (&text[at], sure))
    }

    #[test]
    fn passwords_that_are_written_out() {
        for (text, want) in [
            ("DB_PASSWORD=Gov@2024x\n", "Gov@2024x"),
            ("export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9KEY1", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9KEY1"),
            ("{\"db\": {\"password\": \"Gov@2024x\"}}", "Gov@2024x"),
            ("Provider=SQLOLEDB;Server=10.1.2.3;User ID=sa;Password=Gov@2024x;", "Gov@2024x"),
            ("密码：Gov@2024x，账号 admin", "Gov@2024x"),
            ("后台用户名：root，密码为 Gov2024x。", "Gov2024x"),
        ] {
            assert_eq!(of(text), Some((want, Sure::Yes)), "{text}");
        }
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYWRtaW4ifQ.c2lnbmF0dXJlLW9mLXNvbWUta2luZA";
        assert_eq!(of(&format!("Authorization: Bearer {jwt}")), Some((jwt, Sure::Yes)));
    }

    #[test]
    fn texts_about_passwords_have_none() {
        for text in [
            "密码长度不少于8位，应当包含大小写字母和数字。",
            "密码：8至20位，账号为手机号。",
            "忘记密码：请点击“找回密码”。",
            "登录密码：身份证后6位，用户名为身份证号",
            "password: at least 8 characters",
            "Password=YOUR_PASSWORD;User ID=sa",
            "DB_PASSWORD=${DB_PASSWORD}",
            "DB_PASSWORD=changeme123",
            "token: string; the token of the user",
            "<input type=\"password\" name=\"pwd1\">",
            "\"password\": {\"type\": \"string\", \"minLength\": 8}",
            "password=os.environ[\"DB_PASSWORD1\"]",
            "https://example.org/reset?token=abc",
            "Authorization: Bearer YOUR_TOKEN1",
            "secret: 1024",
            "The secret of 2024: a story",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(of("用户名为学号，初始密码：Abc@2024x").map(|x| x.1), Some(Sure::Perhaps));
    }
}
