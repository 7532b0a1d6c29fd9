//! Forms of texts that `format` of Table Schema names: email, uri, uuid.

/// Whether values of a field are to have such a form: `kind` is its type, `format` what is declared.
pub fn form(kind: Option<&str>, format: Option<&str>) -> Option<fn(&str) -> bool> {
    let text = kind.is_none_or(|k| matches!(k.trim().to_lowercase().as_str(), "string" | "text" | "c" | "字符型"));
    match format.filter(|_| text)?.trim() {
        "email" => Some(email),
        "uri" => Some(uri),
        "uuid" => Some(uuid),
        _ => None,
    }
}

/// `name@example.org`: one `@`, no blanks, a dot in the host.
fn email(v: &str) -> bool {
    let Some((name, host)) = v.split_once('@') else { return false };
    let dots = |t: &str| !t.starts_with('.') && !t.ends_with('.') && !t.contains("..");
    let sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>(),;:\"[]\\@，；：（）".contains(c);
    !name.is_empty()
        && name.chars().all(sign)
        && dots(name)
        && host.contains('.')
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
        && dots(host)
}

/// A scheme and what follows it; nothing that an address cannot hold.
fn uri(v: &str) -> bool {
    let Some((scheme, rest)) = v.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.'));
    let host = rest.strip_prefix("//").is_none_or(|r| !r.split(['/', '?', '#']).next().unwrap_or("").is_empty() || scheme.eq_ignore_ascii_case("file"));
    named && !rest.is_empty() && host && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// RFC 9562: 8, 4, 4, 4 and 12 hexadecimal digits.
fn uuid(v: &str) -> bool {
    v.len() == 36 && v.bytes().enumerate().all(|(i, c)| if matches!(i, 8 | 13 | 18 | 23) { c == b'-' } else { c.is_ascii_hexdigit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_texts() {
        for v in ["a@b.cn", "office.of-x+1@example.gov.cn", "王@例子.中国"] {
            assert!(email(v), "{v}");
        }
        for v in ["a@b", "a b@c.cn", "@b.cn", "a@@b.cn", "a@b.cn;c@d.cn", "a@.cn", "a.@b.cn", "<a@b.cn>", "a#b.cn", "a＠b.cn"] {
            assert!(!email(v), "{v}");
        }
        for v in ["https://a.cn/b?c=d#e", "mailto:a@b.cn", "urn:isbn:9787111", "file:///a", "https://例子.中国/甲"] {
            assert!(uri(v), "{v}");
        }
        for v in ["a.cn/b", "https://", "https:///a", "https://a.cn/b c", "：//a", "1:a", "http:"] {
            assert!(!uri(v), "{v}");
        }
        assert!(uuid("123e4567-e89b-12d3-a456-426614174000") && !uuid("123e4567e89b12d3a456426614174000") && !uuid("123e4567-e89b-12d3-a456-42661417400g"));
    }
}
