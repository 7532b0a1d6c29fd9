//! LNK005: an address of an inner network.

use super::*;
use crate::diag::say;
use std::net::{Ipv4Addr, Ipv6Addr};

/// LNK005
pub(super) static RULE: Rule = Rule {
    code: "LNK005",
    title: Phrase { zh: "内网地址", en: "an address of an inner network" },
    severity: [WARN, WARN, WARN],
    blocks: false,
    identity: false,
    explain: Phrase {
        zh: "链接写了 localhost、10.x、172.16–31.x、192.168.x、不带点的主机名（http://oa/）或 .local、.lan 这类名字：只有单位里的人打得开，还会泄露内网的布局。把文件放进内容目录，或改写公开的地址。",
        en: "A link names localhost, 10.x, 172.16–31.x, 192.168.x, a host without a dot (http://oa/) or a name such as .local or .lan: only people inside can open it, and it tells how the inner network is laid out. Put the file into the content folder, or write the public address.",
    },
    source: "政府网站与政务新媒体检查指标：链接不可用；RFC 1918、RFC 6761、RFC 6762",
    run: Run::Item(run),
};

fn run(_: &Input<'_>, item: &Item, found: &mut Found<'_>) {
    let mut look = |url: &str, span: &dyn Fn() -> crate::diag::Span| {
        if let Some(host) = inner(url) {
            let host: String = host.chars().take(80).collect();
            found.add(
                span(),
                say!("`{host}` 是内网地址，外面的人打不开", "`{host}` is an address of an inner network; nobody outside can open it"),
                say!(
                    "把文件放进本文件所在目录再链接，或改写公开的地址",
                    "put the file into the folder of this text and link to it, or write the public address"
                ),
            );
        }
    };
    for e in item.written() {
        for l in &e.doc.outline.links {
            look(&l.to, &|| e.doc.source.span(l.at.0 as usize, l.at.1 as usize));
        }
    }
    if let Some(u) = &item.source_url {
        look(u, &|| item.doc().at("source_url"));
    }
    if let Some(d) = item.dataset() {
        for r in &d.resources {
            if let Some(u) = &r.url {
                look(u, &|| item.doc().source.span(r.at.0 as usize, r.at.1 as usize));
            }
        }
        for u in d.reuses.iter().filter_map(|r| r.url.as_ref()) {
            look(u, &|| item.doc().at("reuses"));
        }
    }
}

/// Names that only an inner network knows.
static INNER: &[&str] = &["localhost", "local", "lan", "internal", "intranet", "intra", "corp", "localdomain", "private", "home"];

/// The host of an address, where it is one of an inner network.
fn inner(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
        return None;
    }
    let host = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
    if let Some(six) = host.strip_prefix('[') {
        let six = six.split(']').next()?;
        let ip: Ipv6Addr = six.parse().ok()?;
        let four = ip.to_ipv4_mapped().is_some_and(inner_v4);
        let first = ip.segments()[0];
        return (four || ip.is_loopback() || ip.is_unspecified() || first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80).then_some(six);
    }
    let host = host.split(':').next()?.trim_end_matches('.');
    if let Ok(ip) = host.parse::<Ipv4Addr>() {
        return inner_v4(ip).then_some(host);
    }
    let name = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let last = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let arpa = host.to_ascii_lowercase().ends_with(".home.arpa");
    (name && (!host.contains('.') || arpa || INNER.contains(&&*last))).then_some(host)
}

fn inner_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || a == 100 && (64..128).contains(&b)
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn hosts() {
        for u in [
            "http://192.168.1.5/a.doc",
            "http://localhost:8080/x",
            "http://oa.qinghe.local/x",
            "http://10.0.3.4",
            "http://intranet/x",
            "https://172.20.1.1:81/",
            "ftp://u:p@10.1.1.1/x",
            "http://[::1]/",
            "http://[fe80::1]:80/x",
            "HTTP://OA.LAN./",
            "http://127.0.0.1?x",
            "http://nas.home.arpa/",
            "http://100.64.0.9/",
        ] {
            assert!(inner(u).is_some(), "{u}");
        }
        for u in [
            "http://www.gov.cn/10.0.0.1",
            "http://172.32.0.1/",
            "http://8.8.8.8/",
            "https://local.gov.uk/",
            "http://localhost.example.org/",
            "/intranet/x",
            "a.md",
            "mailto:a@local",
            "http://中国/",
            "http://[2001:db8::1]/",
            "https://internal.gov.cn",
        ] {
            assert!(inner(u).is_none(), "{u}");
        }
    }
}
