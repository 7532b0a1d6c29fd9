//! `csp:`: hosts beside the site that browsers may speak with, for statistics of a team's own. They stand in the policy of
//! every page, and on the page that says how the site checks itself.

use super::{Language, Localized};
use crate::diag::{Diagnostic, Severity, say};
use crate::load::Fields;
use crate::schema::{Field, site as st, site::csp};

/// The hosts by what browsers may do with them; each an origin such as `https://stats.example.gov.cn`.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    /// Scripts may send to them.
    pub connect: Vec<String>,
    /// Scripts of theirs may be loaded.
    pub script: Vec<String>,
    /// Pictures of theirs may be loaded.
    pub img: Vec<String>,
    /// Why, and what is kept.
    pub note: Localized,
}

impl Hosts {
    /// Each host once, in order.
    pub fn all(&self) -> Vec<&str> {
        let mut out: Vec<&str> = [&self.connect, &self.script, &self.img].into_iter().flatten().map(String::as_str).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Whether something at an address may be loaded into a page.
    pub fn loads(&self, url: &str) -> bool {
        let host = |origin: &&String| url.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
        self.script.iter().chain(&self.img).any(|o| host(&o))
    }
}

/// Reads `csp:`.
pub(super) fn hosts(f: &mut Fields<'_, '_>, languages: &[Language]) -> Hosts {
    let mut out = Hosts::default();
    let Some(mut c) = f.map(&st::CSP) else { return out };
    out.connect = origins(&mut c, &csp::CONNECT);
    out.script = origins(&mut c, &csp::SCRIPT);
    out.img = origins(&mut c, &csp::IMG);
    out.note = c.lang_text(&csp::NOTE).map_or(Localized::default(), |t| Localized::from(t, languages).0);
    c.finish();
    out
}

/// The origins of a list. What is none is told and not allowed: a policy with a blank or a star in it would allow more.
fn origins(c: &mut Fields<'_, '_>, field: &'static Field) -> Vec<String> {
    let mut out = Vec::new();
    for (text, node) in c.list(field) {
        let origin = text.trim().trim_end_matches('/');
        let host = origin.strip_prefix("https://").unwrap_or("");
        let name = host.split_once(':').map_or(host, |(name, port)| if port.parse::<u16>().is_ok() { name } else { "" });
        let part = |p: &str| !p.is_empty() && !p.starts_with('-') && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if name.contains('.') && name.split('.').all(part) {
            out.push(origin.to_ascii_lowercase());
            continue;
        }
        let d = Diagnostic::new("SRC008", Severity::Error, say!("`{text}` 不是 https:// 开头的主机", "`{text}` is no host that begins with https://"));
        let hint = say!("只写协议和主机，例如 https://stats.example.gov.cn", "write scheme and host alone, such as https://stats.example.gov");
        c.report_at(node.start, node.end, d.hint(hint));
    }
    out
}
