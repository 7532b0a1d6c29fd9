//! From where pages load: the attributes of HTML and SVG that fetch something (HTML standard, 2.4 and the elements' own chapters),
//! addresses in styles and in scripts, and what `base` makes of them.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// How an attribute names what it fetches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One address.
    One,
    /// Addresses parted by blanks.
    Several,
    /// Pictures with their widths: `a.jpg 1x, b.jpg 2x`.
    Set,
}
use Form::{One, Set, Several};

/// What each element fetches by itself; `*` stands for every element. `link` is asked for its `rel`, `input` for its type.
static TABLE: &[(&str, &str, Form)] = &[
    ("script", "src", One),
    ("script", "href", One),
    ("script", "xlink:href", One),
    ("iframe", "src", One),
    ("frame", "src", One),
    ("img", "src", One),
    ("img", "srcset", Set),
    ("img", "lowsrc", One),
    ("img", "dynsrc", One),
    ("source", "src", One),
    ("source", "srcset", Set),
    ("audio", "src", One),
    ("video", "src", One),
    ("video", "poster", One),
    ("track", "src", One),
    ("embed", "src", One),
    ("bgsound", "src", One),
    ("object", "data", One),
    ("object", "classid", One),
    ("applet", "code", One),
    ("applet", "archive", One),
    ("html", "manifest", One),
    ("image", "href", One),
    ("image", "xlink:href", One),
    ("image", "src", One),
    ("use", "href", One),
    ("use", "xlink:href", One),
    ("feimage", "href", One),
    ("feimage", "xlink:href", One),
    ("a", "ping", Several),
    ("area", "ping", Several),
    ("*", "background", One),
];

/// [`TABLE`] by its elements. What stands for every element is the last of it.
static BY_NAME: LazyLock<FxHashMap<&str, Vec<(&str, Form)>>> = LazyLock::new(|| {
    let mut out: FxHashMap<&str, Vec<(&str, Form)>> = FxHashMap::default();
    TABLE.iter().for_each(|(name, key, form)| out.entry(name).or_default().push((key, *form)));
    out
});

/// Relations of `link` that fetch something, or open a way to another host before anything is asked of it.
static RELATIONS: &[&str] = &[
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "apple-touch-startup-image",
    "mask-icon",
    "prefetch",
    "prerender",
    "preconnect",
    "dns-prefetch",
    "import",
];

/// Whether a `link` loads.
pub(super) fn relation(rel: &str) -> bool {
    rel.split_whitespace().any(|r| RELATIONS.iter().any(|k| k.eq_ignore_ascii_case(r)))
}

/// What an element fetches, in the order of the table. `attr` gives its attributes.
pub(super) fn fetched(name: &str, attr: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut out = Vec::new();
    let own = BY_NAME.get(name).map_or(&[][..], Vec::as_slice);
    let every = BY_NAME.get("*").map_or(&[][..], Vec::as_slice);
    for (key, form) in own.iter().chain(every) {
        let Some(value) = attr(key) else { continue };
        match form {
            // A place in the picture itself.
            One if value.trim_start().starts_with('#') || *key == "classid" && !value.contains("://") => {}
            One => out.push(value),
            Several => out.extend(value.split_whitespace().map(String::from)),
            // Addresses of data have commas of their own.
            Set if value.contains("data:") => {}
            Set => out.extend(value.split(',').filter_map(|s| s.split_whitespace().next()).map(String::from)),
        }
    }
    match name {
        "input" if attr("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("image")) => out.extend(attr("src")),
        "link" if relation(&attr("rel").unwrap_or_default()) => {
            out.extend(attr("href"));
            out.extend(attr("imagesrcset").iter().flat_map(|s| s.split(',')).filter_map(|s| s.split_whitespace().next()).map(String::from));
        }
        _ => {}
    }
    out
}

/// Attributes of SVG that may name a file in `url(…)`.
pub(super) fn painted(name: &str) -> bool {
    matches!(name, "fill" | "stroke" | "filter" | "mask" | "clip-path" | "marker-start" | "marker-mid" | "marker-end" | "cursor")
}

/// A style without its escapes: `u\72l(` is `url(`.
pub(super) fn unescaped(css: &str) -> std::borrow::Cow<'_, str> {
    if !css.contains('\\') {
        return css.into();
    }
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut code = String::new();
        while code.len() < 6
            && let Some(h) = rest.next_if(char::is_ascii_hexdigit)
        {
            code.push(h);
        }
        match u32::from_str_radix(&code, 16).ok() {
            Some(n) => {
                // A blank ends it; the end of a line stays, for lines are counted.
                rest.next_if(|c| matches!(c, ' ' | '\t'));
                // A quote or bracket that is escaped ends nothing.
                out.push(char::from_u32(n).filter(|c| !c.is_control() && !matches!(c, '"' | '\'' | '(' | ')')).unwrap_or('\u{FFFD}'));
            }
            None => out.extend(rest.next_if(|c| *c != '\n').map(|c| if matches!(c, '"' | '\'' | '(' | ')') { '\u{FFFD}' } else { c })),
        }
    }
    out.into()
}

/// Quoted addresses of `image-set("a.png" 1x)` and `src("…")` in one line of a style in small letters; the places of the texts.
pub(super) fn quoted(low: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for word in ["image-set(", "src("] {
        for (i, _) in low.match_indices(word) {
            let mut at = i + word.len();
            let mut depth = 1usize;
            let mut string: Option<(usize, u8)> = None;
            for (j, b) in low.bytes().enumerate().skip(at) {
                match (string, b) {
                    (Some((from, q)), b) if b == q => {
                        // What stands in `type("image/png")` is none, and `url("…")` is found as such.
                        if depth == 1 && low.get(from..j).is_some() {
                            out.push((from, j));
                        }
                        string = None;
                    }
                    (Some(_), _) => {}
                    (None, b'"' | b'\'') => string = Some((j + 1, b)),
                    (None, b'(') => depth += 1,
                    (None, b')') => {
                        depth -= 1;
                        if depth == 0 {
                            break;
                        }
                    }
                    _ => {}
                }
                at = j;
            }
            let _ = at;
        }
    }
    out
}

/// Whether a script of this type runs.
pub(super) fn runs(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    matches!(
        &*kind,
        "" | "module"
            | "text/javascript"
            | "application/javascript"
            | "application/x-javascript"
            | "text/ecmascript"
            | "application/ecmascript"
            | "text/jscript"
            | "importmap"
            | "speculationrules"
    )
}

/// Words before an address by which a script loads it.
static LOADS: &[&str] = &[
    "src",
    "import",
    "from",
    "fetch(",
    "ajax",
    "getscript",
    "getjson",
    "$.get",
    "$.post",
    "axios",
    "importscripts",
    "worker(",
    "websocket(",
    "eventsource(",
    "sendbeacon(",
    "loadscript",
    "loadjs",
    "xhr.open",
    ".open(\"get",
    ".open('get",
    ".open(\"post",
    ".open('post",
    "background",
];
/// Words before an address by which a script only leads there, or names it.
static LEADS: &[&str] = &["location", "window.open", "href", "xmlns", "createelementns", "namespace"];
/// Endings of what is loaded and never read by itself.
static FILES: &[&str] = &[".js", ".mjs", ".css", ".woff", ".woff2", ".ttf"];
/// Bytes before an address that are looked at.
const BEFORE: usize = 160;
/// Addresses at most of one script.
const MOST: usize = 200;

/// Addresses of other hosts that a script loads: the line, counted from 0, and the address. A script is not run: an address counts
/// where it stands as a text of its own behind a word that loads, or is that of a script or a style.
pub(super) fn scripted(text: &str) -> Vec<(u32, String)> {
    let mut out: Vec<(u32, String)> = Vec::new();
    if memchr::memmem::find(text.as_bytes(), b"//").is_none() && memchr::memmem::find(text.as_bytes(), b"\\/\\/").is_none() {
        return out;
    }
    for (n, line) in text.split('\n').enumerate() {
        let bare = line.trim_start();
        if bare.starts_with("//") || bare.starts_with('*') || !line.contains("//") && !line.contains("\\/\\/") {
            continue;
        }
        let plain = line.replace("\\/", "/");
        // Where a word of loading stands for several lines is looked for in the line alone.
        for (at, _) in plain.match_indices("//") {
            if out.len() >= MOST {
                return out;
            }
            let head = &plain[..at];
            let scheme = ["https:", "http:", "wss:", "ws:"].into_iter().find(|s| head.ends_with(s)).unwrap_or("");
            let before = head[..head.len() - scheme.len()].trim_end();
            if !before.ends_with(['"', '\'', '`', '=', '(']) || scheme.is_empty() && before.ends_with(['=', '(']) {
                continue;
            }
            let tail = &plain[at + 2..];
            let end = tail.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '\\' | ')' | ';')).unwrap_or(tail.len());
            let rest = &tail[..end];
            let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
            let named =
                host.contains('.') && host.split('.').all(|p| !p.is_empty() && p.chars().all(|c| c.is_alphanumeric() || c == '-')) || host.starts_with('[');
            if !named {
                continue;
            }
            let low = before.to_ascii_lowercase();
            let mut from = low.len().saturating_sub(BEFORE);
            while !low.is_char_boundary(from) {
                from += 1;
            }
            // The statement that it stands in.
            let near = low[from..].rsplit([';', '{', '}', ',']).next().unwrap_or("");
            let call = low[from..].rsplit(';').next().unwrap_or("");
            let loads = |t: &str| LOADS.iter().any(|w| t.contains(w));
            let leads = LEADS.iter().any(|w| near.contains(w)) && !near.contains("src");
            let path = rest.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
            let file = FILES.iter().any(|e| path.ends_with(e));
            // `url: "…"` of a call that asks, `.open("GET", "…")`.
            let asked = (near.trim_start().starts_with("url") || near.trim().trim_matches(['"', '\'', '`']).is_empty()) && loads(call);
            if file || !leads && (loads(near) || asked) {
                let to = format!("{scheme}//{rest}");
                if !out.iter().any(|(_, t)| *t == to) {
                    out.push((n as u32, to));
                }
            }
        }
    }
    out
}

/// An address as a page with this base asks for it. `own` are hosts that are the site's.
pub(super) fn based(base: &str, target: &str, own: &dyn Fn(&str) -> bool) -> String {
    let (base, to) = (base.trim(), target.trim());
    if base.is_empty() || to.starts_with("//") || crate::load::targets::scheme(to).is_some() {
        return target.to_string();
    }
    let base = base.split(['#', '?']).next().unwrap_or("");
    let (origin, path) = match base.find("//").filter(|i| *i == 0 || base[..*i].ends_with(':')) {
        Some(i) => {
            let end = base[i + 2..].find('/').map_or(base.len(), |j| i + 2 + j);
            let host = base[i + 2..end].split(':').next().unwrap_or("");
            // The site's own host is where the pages are.
            (if own(host) { "" } else { &base[..end] }, if end == base.len() { "/" } else { &base[end..] })
        }
        None if crate::load::targets::scheme(base).is_some() => return target.to_string(),
        None => ("", base),
    };
    if to.starts_with('/') {
        return format!("{origin}{to}");
    }
    if to.is_empty() || to.starts_with(['#', '?']) {
        return format!("{origin}{path}{to}");
    }
    let folder = path.rfind('/').map_or("", |i| &path[..=i]);
    format!("{origin}{folder}{to}")
}

/// Whether an address leads into an inner network, by its host: numbers in all their spellings (URL standard, 3.5), names without a
/// dot, and endings that no public name has.
pub(super) fn inner(target: &str) -> bool {
    let t = target.trim().to_ascii_lowercase();
    let Some(rest) =
        ["http://", "https://", "ftp://", "ftps://", "sftp://", "ws://", "wss://", "smb://", "rtsp://", "//"].iter().find_map(|s| t.strip_prefix(s))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or(host);
    if let Some(six) = host.strip_prefix('[') {
        let address = six.split(']').next().unwrap_or("").split('%').next().unwrap_or("");
        return address.parse::<std::net::Ipv6Addr>().is_ok_and(|a| {
            let first = a.segments()[0];
            a.is_loopback()
                || a.is_unspecified()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || a.to_ipv4_mapped().is_some_and(|v| private(v.into()))
        });
    }
    let host = host.split(':').next().unwrap_or("").trim_end_matches('.');
    if let Some(n) = number(host) {
        return private(n);
    }
    let name = host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !name || host.is_empty() {
        return false;
    }
    !host.contains('.')
        || [".local", ".lan", ".intranet", ".internal", ".intra", ".corp", ".home", ".home.arpa", ".localdomain", ".localhost", ".private"]
            .iter()
            .any(|e| host.ends_with(e))
}

/// The number of a host: `10.1.1.1`, `127.1`, `2130706433`, `0xC0A80101`, `0300.0250.1.1`.
fn number(host: &str) -> Option<u32> {
    let parts: Vec<&str> = host.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let one = |p: &str| -> Option<u64> {
        match p.strip_prefix("0x") {
            Some("") => Some(0),
            Some(h) => u64::from_str_radix(h, 16).ok(),
            None if p.len() > 1 && p.starts_with('0') => u64::from_str_radix(p, 8).ok(),
            None => p.bytes().all(|b| b.is_ascii_digit()).then(|| p.parse().ok())?,
        }
    };
    let all: Vec<u64> = parts.iter().map(|p| one(p)).collect::<Option<_>>()?;
    let (last, first) = all.split_last()?;
    let room = 8 * (4 - first.len() as u32);
    if first.iter().any(|p| *p > 255) || *last >= 1u64 << room {
        return None;
    }
    let high = first.iter().enumerate().fold(0u64, |n, (i, p)| n | p << (24 - 8 * i));
    u32::try_from(high | last).ok()
}

/// Blocks that are not on the public network (RFC 1122, 1918, 3927, 6598, 2544).
fn private(n: u32) -> bool {
    let is = |base: u32, bits: u32| n >> (32 - bits) == base >> (32 - bits);
    is(0, 8)
        || is(0x0A00_0000, 8)
        || is(0x7F00_0000, 8)
        || is(0xAC10_0000, 12)
        || is(0xC0A8_0000, 16)
        || is(0xA9FE_0000, 16)
        || is(0x6440_0000, 10)
        || is(0xC612_0000, 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_inner_networks() {
        for (to, right) in [
            ("http://intranet/", true),
            ("http://[fd00::1]/", true),
            ("http://[::1]:8080/", true),
            ("http://[2001:db8::1]/", false),
            ("http://127.1/", true),
            ("http://2130706433/", true),
            ("http://0xC0A80101/", true),
            ("http://0300.0250.1.1/", true),
            ("http://100.64.1.1/", true),
            ("http://100.128.1.1/", false),
            ("ftp://10.1.1.1/a", true),
            ("http://user@10.1.1.1:81/a", true),
            ("http://oa.gov.intra/", true),
            ("http://172.32.0.1/", false),
            ("http://8.8.8.8/", false),
            ("http://www.gov.cn/10.1.1.1", false),
            ("http://{host}/", false),
            ("mailto:a@10.1.1.1", false),
        ] {
            assert_eq!(inner(to), right, "{to}");
        }
    }

    #[test]
    fn what_scripts_load() {
        let of = |t: &str| scripted(t).into_iter().map(|(_, a)| a).collect::<Vec<_>>().join(" ");
        assert_eq!(of("var s=document.createElement(\"script\");s.src=\"https://hm.baidu.com/hm.js?abc\";"), "https://hm.baidu.com/hm.js?abc");
        assert_eq!(of("document.write('<script src=\"https://js.51.la/x\"></scr'+'ipt>')"), "https://js.51.la/x");
        assert_eq!(of("import \"https://p.example/a\""), "https://p.example/a");
        assert_eq!(of("import{a} from'//p.example/a'"), "//p.example/a");
        assert_eq!(of("fetch(\"https:\\/\\/p.example\\/a\")"), "https://p.example/a");
        assert_eq!(of("x.open(\"GET\", \"https://p.example/a\")"), "https://p.example/a");
        assert_eq!(of("$.ajax({type:'get', url: 'https://p.example/a'})"), "https://p.example/a");
        assert_eq!(of("var u = '//p.example/lib/a.js';"), "//p.example/lib/a.js");
        for none in [
            "location.href='https://www.gov.cn/'",
            "window.open('https://p.example/share')",
            "// s.src=\"https://p.example/a.js\"",
            "a=b//c.d",
            "var n='http://www.w3.org/2000/svg'",
        ] {
            assert_eq!(of(none), "", "{none}");
        }
    }

    #[test]
    fn what_base_makes_of_addresses() {
        let own = |h: &str| h == "own.example";
        for (base, to, right) in [
            ("https://p.example/", "a.png", "https://p.example/a.png"),
            ("https://p.example/x/y.html", "/a.png", "https://p.example/a.png"),
            ("https://own.example/x/", "a.png", "/x/a.png"),
            ("/x/", "a.png", "/x/a.png"),
            ("../x/", "a.png", "../x/a.png"),
            ("/x/", "https://q.example/", "https://q.example/"),
            ("/x/", "#a", "/x/#a"),
            ("", "a.png", "a.png"),
        ] {
            assert_eq!(based(base, to, &own), right, "{base} {to}");
        }
    }
}
