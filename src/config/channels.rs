//! Where to go for what a static site cannot do: `contact:` of `site.yaml`.

use crate::diag::{Diagnostic, Severity, say};
use crate::load::Fields;
use crate::schema::Field;
use crate::schema::site::contact as con;

/// A way that leads out of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// What it is for: the key in `contact:`.
    pub key: &'static str,
    /// Address, with `{url}` and `{title}` in it perhaps; `mailto:` and `tel:` are written out.
    pub to: String,
    /// A mail address or number as people read it; empty for the web.
    pub shown: String,
    /// It takes a form: `get` or `post`.
    pub method: Option<&'static str>,
}

impl Channel {
    /// The address on a page.
    pub fn on(&self, url: &str, title: &str) -> String {
        if !self.to.contains('{') {
            return self.to.clone();
        }
        self.to.replace("{url}", &encode(url)).replace("{title}", &encode(title))
    }

    /// Scheme, host and port of what takes its form.
    pub fn origin(&self) -> Option<&str> {
        let (scheme, rest) = self.to.split_once("://").filter(|(s, _)| matches!(*s, "https" | "http"))?;
        let host = rest.split(['/', '?', '#']).next().filter(|h| !h.is_empty() && h.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b)))?;
        Some(&self.to[..scheme.len() + 3 + host.len()])
    }
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The keys in the order of the page.
pub static KEYS: &[&Field] = &[&con::ASK, &con::CORRECT, &con::REQUEST_DATA, &con::APPLY, &con::HOTLINE, &con::PETITION, &con::REPORT];

/// Reads `contact:`.
pub(super) fn channels(c: &mut Fields<'_, '_>) -> Vec<Channel> {
    KEYS.iter().filter_map(|f| one(c, f)).collect()
}

fn one(c: &mut Fields<'_, '_>, field: &'static Field) -> Option<Channel> {
    let node = c.node(field)?;
    if node.text().is_some() {
        let text = c.text(field)?.to_string();
        let made = plain(field.key, &text);
        if made.is_none() {
            refuse(c, field, &text);
        }
        return made;
    }
    let mut t = c.within(field, node);
    let url = t.text(&con::channel::URL).map(String::from);
    let method = t.choice(&con::channel::METHOD, crate::schema::words::METHODS);
    if url.is_none() {
        t.missing(&con::channel::URL);
    }
    t.finish();
    let url = url?;
    let Some(mut made) = plain(field.key, &url).filter(|m| m.origin().is_some() || method.is_none()) else {
        refuse(c, field, &url);
        return None;
    };
    made.method = method;
    Some(made)
}

fn refuse(c: &mut Fields<'_, '_>, field: &'static Field, text: &str) {
    let key = field.key;
    let d = Diagnostic::new(
        "SRC008",
        Severity::Error,
        say!("`{key}` 不是邮箱、网址或电话：`{text}`", "`{key}` is no mail, web address or telephone number: `{text}`"),
    );
    c.report(field, d.hint(say!("写作 https://…、name@example.gov.cn 或 \"12345\"", "write https://…, name@example.gov or \"12345\"")));
}

/// Mail, number or web address.
fn plain(key: &'static str, text: &str) -> Option<Channel> {
    let made = |to: String, shown: &str| Some(Channel { key, to, shown: shown.into(), method: None });
    if let Some(mail) = text.strip_prefix("mailto:") {
        return made(text.into(), mail.split('?').next().unwrap_or(mail));
    }
    if text.starts_with("https://") || text.starts_with("http://") || text.starts_with('/') && !text.starts_with("//") {
        return made(text.into(), "");
    }
    if text.contains('@') && !text.contains([' ', ':', '/']) {
        return made(format!("mailto:{text}?subject={{title}}&body={{url}}"), text);
    }
    let number: String = text.strip_prefix("tel:").unwrap_or(text).chars().filter(|c| !matches!(c, ' ' | '(' | ')' | '—' | '（' | '）')).collect();
    if number.len() >= 3 && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+')) {
        return made(format!("tel:{number}"), text.strip_prefix("tel:").unwrap_or(text));
    }
    crate::load::web::bare_host(text).then(|| format!("https://{text}")).and_then(|u| made(u, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_channels() {
        let to = |t| plain("ask", t).map(|c| c.on("https://a.b/c?d=1", "甲 乙"));
        assert_eq!(to("https://x.gov/?u={url}&t={title}").as_deref(), Some("https://x.gov/?u=https%3A%2F%2Fa%2Eb%2Fc%3Fd%3D1&t=%E7%94%B2%20%E4%B9%99"));
        assert_eq!(to("a@b.gov").as_deref(), Some("mailto:a@b.gov?subject=%E7%94%B2%20%E4%B9%99&body=https%3A%2F%2Fa%2Eb%2Fc%3Fd%3D1"));
        assert_eq!(
            (to("12345").as_deref(), to("0594-2692345").as_deref(), to("javascript:x"), to("甲")),
            (Some("tel:12345"), Some("tel:0594-2692345"), None, None)
        );
        let origin = |t| plain("ask", t).and_then(|c| c.origin().map(String::from));
        assert_eq!((origin("https://x.gov:8443/a?b"), origin("a@b.gov"), origin("https://x y/")), (Some("https://x.gov:8443".into()), None, None));
    }
}
