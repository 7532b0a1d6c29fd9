//! Addresses in fields: what a browser would take for a path of this site, and what no browser opens.

use super::fields::Fields;
use super::targets::bad_scheme;
use crate::diag::{Diagnostic, Severity, say};
use crate::schema::Field;

/// Ends of hosts that are no ends of files.
const TOPS: &[&str] = &[
    "cn", "gov", "com", "org", "net", "edu", "int", "mil", "info", "eu", "uk", "us", "hk", "mo", "tw", "jp", "kr", "sg", "de", "fr", "es", "it", "nl", "ca",
    "au", "nz", "in", "br", "ie", "ch", "at", "be", "fi", "se", "no", "dk", "za", "中国", "政务", "公益",
];

/// Does a text begin with the name of a host, without a scheme?
pub fn bare_host(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or("");
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let top = name.rsplit('.').next().unwrap_or("").to_lowercase();
    port.bytes().all(|b| b.is_ascii_digit())
        && name.contains('.')
        && name.split('.').all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && (TOPS.contains(&top.as_str()) || name.to_ascii_lowercase().starts_with("www."))
}

/// The address in a field unless its scheme must not become a link: then it is told.
pub fn allowed(f: &mut Fields<'_, '_>, field: &'static Field, given: &str) -> Option<String> {
    let Some(scheme) = bad_scheme(given) else { return Some(encoded(given)) };
    let key = field.key;
    let what = say!("`{key}` 的协议 `{scheme}:` 不能用，当作没有写", "`{key}`: the scheme `{scheme}:` is not allowed; it counts as not written");
    let hint = say!("只用 http、https、mailto、tel、ftp 或站内地址", "use http, https, mailto, tel, ftp or an address inside the site");
    f.report(field, Diagnostic::new("SRC014", Severity::Error, what).hint(hint));
    None
}

/// Blanks and angle brackets of an address with a scheme, encoded: neither a link nor a catalogue can hold them.
fn encoded(given: &str) -> String {
    let given = given.trim();
    // A line end would begin a field or a header of its own.
    if given.contains(char::is_control) {
        return encoded(&given.replace(char::is_control, " "));
    }
    if !given.contains("://") || !given.contains([' ', '<', '>', '"']) {
        return given.to_string();
    }
    given.replace(' ', "%20").replace('<', "%3C").replace('>', "%3E").replace('"', "%22")
}

/// The address in a field. Without its scheme it would lead into this site: it is told, and `https://` is set before it.
pub fn address(f: &mut Fields<'_, '_>, field: &'static Field) -> Option<String> {
    let given = f.text(field)?;
    let rest = given.trim_start_matches('/');
    let slashes = given.len() - rest.len();
    if !bare_host(rest) || !matches!(slashes, 0 | 2) {
        return allowed(f, field, given);
    }
    let whole = format!("https://{rest}");
    let key = field.key;
    let d = Diagnostic::new("SRC045", Severity::Warn, say!("`{key}` 的网址没有写全：`{given}`", "`{key}`: the address lacks its https://: `{given}`"));
    f.report(field, d.hint(say!("写作 {key}: {whole}；现按此处理", "write {key}: {whole}; it is taken so for now")));
    Some(whole)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_no_address_may_hold_is_encoded() {
        let e = super::encoded;
        assert_eq!(
            (e("https://a.org/b c?<x>"), e("https://a.org/数%20据"), e("a b.csv")),
            ("https://a.org/b%20c?%3Cx%3E".into(), "https://a.org/数%20据".into(), "a b.csv".into())
        );
    }

    #[test]
    fn hosts_and_files() {
        for (text, want) in [
            ("www.riverton.gov/trees.pdf", true),
            ("www.fujian.gov.cn/x", true),
            ("fujian.gov.cn", true),
            ("data.example.org:8080/x?y=1", true),
            ("例子.中国/a", true),
            ("trees.pdf", false),
            ("a.b.csv", false),
            ("files/www.gov.cn/a", false),
            ("./a.cn", false),
            ("/news/a/", false),
            ("https://a.org/", false),
            ("mailto:a@b.org", false),
            ("", false),
            ("..", false),
        ] {
            assert_eq!(super::bare_host(text), want, "{text}");
        }
    }
}
