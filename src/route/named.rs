//! Addresses that settings and vocabularies name: each stands on many pages, and is told once, where it is written.

use super::Routes;
use crate::config::Config;
use crate::derive::Derived;
use crate::diag::{Diagnostic, Report, Severity, Span, say};
use crate::model::Public;
use std::collections::BTreeSet;

/// LNK001 for addresses of this site in `site.yaml`, `alerts.yaml` and `departments.yaml` that no page has; all of them are kept
/// with their places, for whoever looks at the pages.
pub fn named(config: &Config, public: &Public, derived: &Derived, routes: &mut Routes, report: &mut Report) {
    let local = |u: &str| u.starts_with('/') && !u.starts_with("//");
    // A block of the home page names an item by its path too, and other addresses without the folder of the site.
    let block = |u: &String| {
        let item = derived.by_id.contains_key(u.trim_start_matches('/').trim_end_matches(".md"));
        (local(u) && !item).then(|| (u.clone(), format!("{}{}", routes.base_path(), &u[1..]), None))
    };
    let plain = |u: &String, at: Option<&Span>| local(u).then(|| (u.clone(), u.clone(), at.cloned()));
    let home = config.home.iter().flat_map(|b| &b.links).filter_map(|l| block(&l.url));
    let foot = config.foot_links.iter().map(|(_, u)| u).chain(&config.identity.badge_url).chain(&config.report_to);
    let alerts = public.alerts.iter().filter_map(|a| plain(a.url.as_ref()?, Some(&a.at)));
    let departments = public.departments.iter().filter_map(|d| plain(d.url.as_ref()?, Some(&d.at)));
    let all: Vec<(String, String, Option<Span>)> = foot.filter_map(|u| plain(u, None)).chain(home).chain(alerts).chain(departments).collect();
    let mut seen = BTreeSet::new();
    // What is held back has no page for that reason alone.
    let severity = if public.held.is_empty() { Severity::Error } else { Severity::Warn };
    for (given, url, at) in all {
        if !seen.insert(url.clone()) {
            continue;
        }
        let at = at.unwrap_or_else(|| written(config, &given));
        let path = url.split(['?', '#']).next().unwrap_or(&url);
        if routes.resolve(path.as_bytes()).is_none() {
            let what = say!("链接 {given} 指向不存在的页面", "the link {given} leads to a page that does not exist");
            let hint = say!("改正链接，或在目标条目上加 aliases", "mend the link, or give the target aliases");
            report.push(Diagnostic::new("LNK001", severity, what).at(at.clone()).hint(hint));
        }
        routes.named.push((url, at));
    }
}

/// A `security.txt` whose day is past must not be used (RFC 9116): whoever finds a hole tells nobody.
pub fn past(config: &Config, public: &Public, report: &mut Report) {
    let Some((s, day)) = config.security.as_ref().and_then(|s| Some((s, s.expires?))).filter(|(_, d)| *d < public.as_of) else { return };
    let what = say!(
        "`expires` {day} 已过，security.txt 失效，没有人会照它联系",
        "`expires` {day} is past: the security.txt must not be used, and nobody will write to it"
    );
    let hint = say!("写一年以内将来的一天；不写就是生成后一年", "write a day to come within a year; without it it is a year after the build");
    report.push(Diagnostic::new("SRC008", Severity::Error, what).at(config.source.span(s.at.0 as usize, s.at.1 as usize)).hint(hint));
}

/// Where `site.yaml` has an address: not within a longer one.
fn written(config: &Config, url: &str) -> Span {
    let text = &config.source.text;
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "\"'{}[],:#".contains(c));
    let whole = |i: &usize| ends(text[..*i].chars().next_back()) && ends(text[i + url.len()..].chars().next());
    let at = text.match_indices(url).map(|(i, _)| i).find(whole);
    at.map_or_else(|| Span::file(&config.source.path), |i| config.source.span(i, i + url.len()))
}
