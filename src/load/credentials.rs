//! Passwords and keys in addresses: `https://name:password@host/`, `?token=…`. Whoever reads the address may use them.

use std::ops::Range;

/// Names of parameters whose value is a secret, in small letters without signs between words.
static NAMES: &[&str] = &[
    "token",
    "accesstoken",
    "authtoken",
    "idtoken",
    "refreshtoken",
    "apitoken",
    "usertoken",
    "sessiontoken",
    "privatetoken",
    "jwt",
    "bearer",
    "apikey",
    "appkey",
    "accesskey",
    "accesskeyid",
    "secretkey",
    "privatekey",
    "subscriptionkey",
    "ocpapimsubscriptionkey",
    "secret",
    "appsecret",
    "clientsecret",
    "apisecret",
    "appcode",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "sessionid",
    "jsessionid",
    "phpsessid",
    "sig",
    "signature",
    "xamzsignature",
    "xamzcredential",
    "xamzsecuritytoken",
    "xgoogsignature",
    "xosssignature",
    "密码",
    "口令",
    "密钥",
    "令牌",
];

/// Values that stand for one, as in the description of an interface.
pub(super) fn stand_in(value: &str) -> bool {
    let low = value.to_lowercase();
    low.is_empty()
        || low.contains(['<', '>', '{', '}', '[', ']', '$', '*', '…'])
        || low.contains("...")
        || ["your", "xxx", "demo_key", "example", "placeholder", "密码", "口令", "密钥", "你的", "您的"].iter().any(|w| low.contains(w))
        || matches!(
            low.as_str(),
            "token" | "apikey" | "api_key" | "secret" | "signature" | "demo" | "test" | "true" | "false" | "null" | "none" | "undefined" | "0" | "1"
        )
}

fn name(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a parameter of an address is one.
fn secret(key: &str, value: &str) -> bool {
    NAMES.contains(&name(key).as_str()) && value.chars().count() >= 3 && !stand_in(value)
}

/// Where an address in a text ends.
fn end(text: &str) -> usize {
    let stops = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '`' | '|' | '\\' | '）' | '，' | '。' | '；' | '、' | '”' | '」' | '》' | '】')
    };
    text.find(stops).unwrap_or(text.len())
}

/// A secret in an address: what is to be taken out for the address to be without it, what the secret itself is, and its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Secret {
    /// With the signs that belong to it.
    pub cut: Range<usize>,
    /// The secret alone.
    pub value: Range<usize>,
    /// `token`; nothing for a name and password before the host.
    pub name: String,
}

/// Secrets in the addresses of a text, in their order.
pub fn secrets(text: &str) -> Vec<Secret> {
    let mut out = Vec::new();
    // Where the address before this one ends: one inside it ends there too, and no text is walked once an address.
    let mut ends = 0;
    let mut found = memchr::memmem::find_iter(text.as_bytes(), "://").peekable();
    while let Some(at) = found.next() {
        let scheme = text[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
        if scheme == 0 {
            continue;
        }
        let start = at + 3;
        let inner = start < ends;
        if !inner {
            ends = start + end(&text[start..]);
        }
        // What follows in an address inside this one is looked at there, also where it belongs to this one.
        let whole = &text[start..ends.min(found.peek().map_or(ends, |next| *next)).max(start)];
        let host = whole.find(['/', '?', '#', ')', '>', ']']).unwrap_or(whole.len());
        if let Some(sign) = whole[..host].rfind('@')
            && let Some((_, password)) = whole[..sign].split_once(':')
            && !stand_in(password)
        {
            let from = start + sign - password.len();
            out.push(Secret { cut: start..start + sign + 1, value: from..start + sign, name: String::new() });
        }
        let Some(query) = whole.find(|c| matches!(c, '?' | '#' | ';') || inner && c == '&') else { continue };
        // `a(https://…?x=1)` of Markdown.
        let tail = &whole[query..];
        let tail = &tail[..tail.find([')', '>', ']', ',']).unwrap_or(tail.len())];
        let mut i = 0;
        while i < tail.len() {
            let sign = i;
            let behind = &tail[sign + 1..];
            let len = behind.find(['&', '?', '#', ';']).unwrap_or(behind.len());
            let pair = &behind[..len];
            if let Some((k, v)) = pair.split_once('=')
                && secret(k, v)
            {
                let from = start + query + sign;
                let value = from + 1 + k.len() + 1..from + 1 + len;
                // What follows takes the sign of the first: `?token=x&a=1` is `?a=1`, where something that is no secret follows.
                let next = tail.as_bytes().get(sign + 1 + len).copied();
                let rest = &tail[sign + 1 + len..];
                let others = rest.split(['&', ';']).skip(1).take(64).any(|p| !p.split_once('=').is_some_and(|(k, v)| secret(k, v)));
                let cut = if matches!(tail.as_bytes()[sign], b'?' | b'#') && matches!(next, Some(b'&' | b';')) && others {
                    from + 1..from + 1 + len + 1
                } else {
                    from..from + 1 + len
                };
                out.push(Secret { cut, value, name: k.to_string() });
            }
            i = sign + 1 + len;
        }
    }
    out.sort_by_key(|s| (s.cut.start, s.cut.end));
    out
}

/// A text without the secrets of its addresses, their values and names; nothing where there are none.
pub fn without(text: &str) -> Option<(String, Vec<String>, Vec<String>)> {
    let all = secrets(text);
    if all.is_empty() {
        return None;
    }
    let (mut made, mut at) = (String::with_capacity(text.len()), 0);
    let (mut values, mut names) = (Vec::new(), Vec::new());
    for s in all {
        // The sign before a second one may be gone with the first.
        piece(&mut made, &text[at..s.cut.start.max(at)]);
        at = s.cut.end.max(at);
        values.push(text[s.value].to_string());
        names.push(s.name);
    }
    piece(&mut made, &text[at..]);
    Some((made, values, names))
}

/// Adds what stays; the sign of a parameter whose first is gone is that of the first.
fn piece(made: &mut String, text: &str) {
    let text = if made.ends_with(['?', '#']) { text.trim_start_matches(['&', ';']) } else { text };
    made.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn secrets_of_addresses_are_taken_out() {
        for (text, right) in [
            ("https://user:pw@e.org/x.csv", Some("https://e.org/x.csv")),
            ("ftp://u:p%40ss@e.org", Some("ftp://e.org")),
            ("https://e.org/x.csv?token=abc123&apikey=def456", Some("https://e.org/x.csv")),
            ("https://e.org/x.csv?token=abc123&a=1", Some("https://e.org/x.csv?a=1")),
            ("https://e.org/x.csv?a=1&api_key=abc123&b=2#c", Some("https://e.org/x.csv?a=1&b=2#c")),
            ("https://e.org/x?token=abc123&apikey=def456&a=1", Some("https://e.org/x?a=1")),
            ("https://e.org/x?token=abc123&a=1&apikey=def456&b=2", Some("https://e.org/x?a=1&b=2")),
            ("https://user:pw@e.org/x?token=abc123&secret=def456&key=9f8e7d6c5b", Some("https://e.org/x?key=9f8e7d6c5b")),
            ("https://e.org/x#access_token=abc123", Some("https://e.org/x")),
            ("见[表](https://e.org/?X-Amz-Signature=0a1b2c)。", Some("见[表](https://e.org/)。")),
            ("https://e.org/?u=http://b.org&token=abc123&a=1", Some("https://e.org/?u=http://b.org&a=1")),
            ("https://e.org/?u=http://b.org/?token=abc123", Some("https://e.org/?u=http://b.org/")),
            ("https://e.org/?token=abc123&u=http://p:w0rd@b.org/", Some("https://e.org/?u=http://b.org/")),
            ("url: https://e.org/x?token=YOUR_TOKEN", None),
            ("https://e.org/x?token={token}", None),
            ("https://用户名:密码@e.org/", None),
            ("mailto:a@e.org https://e.org/@a:b", None),
            ("https://user@e.org/ https://e.org/?key=map&q=token", None),
            ("https://e.org/?page=1&tokenizer=abc", None),
        ] {
            assert_eq!(without(text).map(|(t, ..)| t).as_deref(), right, "{text}");
        }
    }

    #[test]
    fn addresses_in_addresses_cost_no_more_than_their_letters() {
        // Walked once an address this would take minutes.
        for part in ["http://", "https://a.cn/?a=", "https://a.cn/?token=abc123&u=", "https://a.cn/(", "<http://a>"] {
            let text = part.repeat(300_000 / part.len());
            assert_eq!(super::secrets(&text).len(), if part.contains("token") { text.len() / part.len() } else { 0 }, "{part}");
        }
    }
}
