//! `_headers`, as a build writes it for hosts that read it, for a store that has headers on each object.

/// Names and values of headers.
type Pairs = Vec<(String, String)>;

/// The rules in their order.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    base: String,
    rules: Vec<(String, Pairs)>,
}

impl Headers {
    /// Reads the rules. The first one is for all paths of the site, and tells where it begins.
    pub fn parse(text: &str) -> Headers {
        let mut out = Headers::default();
        for line in text.lines() {
            if !line.starts_with([' ', '\t']) {
                out.rules.push((line.trim().to_string(), Vec::new()));
            } else if let Some((name, value)) = line.trim().split_once(": ")
                && let Some((_, pairs)) = out.rules.last_mut()
            {
                pairs.push((name.to_string(), value.to_string()));
            }
        }
        out.base = out.rules.first().and_then(|(p, _)| p.strip_suffix('*')).unwrap_or("/").to_string();
        out
    }

    /// What the rules say of a path below the site, the most particular last.
    pub fn of(&self, path: &str) -> Pairs {
        let url = format!("{}{}", self.base, crate::route::encode(path));
        self.rules.iter().filter(|(pattern, _)| fits(pattern, &url)).flat_map(|(_, pairs)| pairs.iter().cloned()).collect()
    }
}

/// Whether a path is one of a pattern, in which `*` stands for anything.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rules_of_a_build_say() {
        let text = "/港/*\n  X-Frame-Options: DENY\n/港/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n/港/*.ttl\n  Content-Type: text/turtle\n/港/files/a%20b.svg\n  ! Content-Security-Policy\n  Content-Disposition: attachment\n";
        let headers = Headers::parse(text);
        let of = |path: &str| headers.of(path).into_iter().skip(1).map(|(n, v)| format!("{n}: {v}")).collect::<Vec<_>>();
        assert_eq!(of("assets/css/a.css"), ["Cache-Control: public, max-age=31536000, immutable"]);
        assert_eq!(of("catalog.ttl"), ["Content-Type: text/turtle"]);
        assert_eq!(of("files/a b.svg"), ["Content-Disposition: attachment"]);
        assert!(of("index.html").is_empty() && of("files/a b.svg.txt").is_empty());
        assert_eq!(headers.of("x").len(), 1);
        assert!(Headers::parse("").of("x").is_empty());
    }
}
