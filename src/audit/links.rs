//! LNK001: links inside the site that lead nowhere.

use super::{Audit, Finished, origin};
use crate::diag::{Diagnostic, Phrase, Report, Severity, Span, push_few, say};
use std::collections::{BTreeSet, HashMap};

pub(super) static AUDIT: Audit = Audit {
    code: "LNK001",
    title: Phrase { zh: "站内死链", en: "dead link inside the site" },
    severity: [Some(Severity::Error), Some(Severity::Error), Some(Severity::Error)],
    explain: Phrase {
        zh: "链接指向的站内页面、附件或段落不存在。全国政府网站普查把“链接不可用”计入扣分。改正链接，或给移走的页面加 aliases。",
        en: "A link leads to a page, attachment or place that does not exist. Mend the link, or give the moved page an alias.",
    },
    source: "国办发〔2017〕47号 政府网站发展指引；政府网站与政务新媒体检查指标",
    run,
};

fn run(f: &Finished<'_>, report: &mut Report) {
    // What settings and vocabularies name is told where it is written, not on each page that shows it.
    let named: HashMap<&str, &Span> = f.routes.named.iter().map(|(u, at)| (u.as_str(), at)).collect();
    let anchors: HashMap<(u32, u64), &Span> = f.routes.named.iter().filter_map(|(u, at)| Some((place_of(f, u)?, at))).collect();
    let mut told_there = BTreeSet::new();
    for facts in f.facts {
        let mut dead: Vec<&String> = facts.dead.iter().collect();
        dead.sort();
        dead.dedup();
        // A text may have fifty thousand of them.
        let mut told = Vec::new();
        let links = if dead.is_empty() { None } else { links(f, facts.entry) };
        for url in dead {
            // With the page that was meant it is told already.
            let at = links.as_ref().and_then(|l| place(f, facts.entry, l, url));
            if at.is_none() && named.contains_key(url.as_str()) {
                continue;
            }
            if at.is_some() && report.iter().any(|d| d.code == "LNK001" && d.span == at) {
                continue;
            }
            push_few(&mut told, "LNK001", || {
                finding(f, facts.entry, at, say!("链接 {url} 指向不存在的页面", "the link {url} leads to a page that does not exist"))
            });
        }
        told.into_iter().for_each(|d| report.push(d));
        for (entry, anchor) in &facts.places {
            let target = &f.facts[*entry as usize];
            if target.anchors.binary_search(anchor).is_err() {
                let path = &f.routes.entries[*entry as usize].url;
                let there = anchors.get(&(*entry, *anchor)).copied();
                if there.is_some() && !told_there.insert((*entry, *anchor)) {
                    continue;
                }
                report.push(finding(
                    f,
                    facts.entry,
                    there.cloned(),
                    say!("链接指向 {path} 中不存在的段落", "a link leads to a place in {path} that does not exist"),
                ));
            }
        }
    }
}

/// The page and the place in it that an address means.
fn place_of(f: &Finished<'_>, url: &str) -> Option<(u32, u64)> {
    let (path, anchor) = url.split_once('#').filter(|(_, a)| !a.is_empty())?;
    let entry = f.routes.resolve(path.split('?').next().unwrap_or(path).as_bytes())?;
    let anchor = percent_encoding::percent_decode_str(anchor).collect::<Vec<u8>>();
    Some((entry, crate::output::anchor_hash(&anchor)))
}

/// The links of a page's text by their addresses, the first of each.
fn links<'f>(f: &'f Finished<'_>, entry: u32) -> Option<HashMap<&'f str, (u32, u32)>> {
    let e = &f.routes.entries[entry as usize];
    let crate::route::Target::Item(i) = &e.target else { return None };
    let doc = &f.public.items[*i as usize].best(e.lang).doc;
    Some(doc.outline.links.iter().rev().map(|l| (&*l.to, l.at)).collect())
}

/// Where the text of the page names an address, if it does.
fn place(f: &Finished<'_>, entry: u32, links: &HashMap<&str, (u32, u32)>, url: &str) -> Option<Span> {
    let e = &f.routes.entries[entry as usize];
    let crate::route::Target::Item(i) = &e.target else { return None };
    let doc = &f.public.items[*i as usize].best(e.lang).doc;
    let bare = url.strip_prefix(f.routes.base_path()).map_or_else(|| url.to_string(), |r| format!("/{r}"));
    let link = [url, &bare].into_iter().filter_map(|u| links.get(u)).min().map(|at| (at.0 as usize, at.1 as usize));
    let (start, end) = link.or_else(|| doc.source.text.find(&bare).map(|i| (i, i + bare.len())))?;
    Some(doc.source.span(start, end))
}

fn finding(f: &Finished<'_>, entry: u32, at: Option<Span>, message: crate::diag::Text) -> Diagnostic {
    // Where something is held back, a link to it is dead for that reason alone; without --hold-back it is told as what it is.
    let severity = if f.public.held.is_empty() { Severity::Error } else { Severity::Warn };
    Diagnostic::new("LNK001", severity, message)
        .at(at.unwrap_or_else(|| Span::file(&origin(f, entry))))
        .hint(say!("改正链接，或在目标条目上加 aliases", "mend the link, or give the target aliases"))
}
