//! Catalogues that answer page by page (CKAN, udata): every page is kept as it came, and the next run goes on behind the last one.

use super::fetch::{Ask, Client, Failed};
use crate::diag::{Text, say};
use crate::load::read_bytes;
use crate::write::write_project_file;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Records asked for at once; servers may give fewer.
const ROWS: u64 = 500;
/// The same where a server did not manage that.
const FEWER: u64 = 50;

/// How a catalogue is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `package_search` of CKAN.
    Ckan,
    /// `/api/1/datasets/` of udata.
    Udata,
}

/// What was fetched of a catalogue, kept beside its pages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pages {
    /// The address that was given.
    pub source: String,
    /// The address of the next page; empty where there is none.
    next: String,
    /// All records, as the catalogue says.
    pub count: u64,
    /// Records so far.
    pub got: u64,
    /// Files of the pages, in their order.
    pub files: Vec<String>,
    bytes: u64,
    /// Everything is there.
    pub whole: bool,
}

/// The file of that, in the folder of the pages.
const STATE: &str = "pages.json";

/// The address of the first page, for addresses that are a catalogue; `None` for those that are one answer.
pub fn first(way: Way, url: &str) -> Option<String> {
    let (path, query) = url.split('#').next().unwrap_or("").split_once('?').map_or((url, ""), |(p, q)| (p, q));
    let path = path.trim_end_matches('/');
    let kept = |own: &[&str]| -> String {
        query.split('&').filter(|p| !p.is_empty() && !own.iter().any(|o| p.split('=').next() == Some(o))).map(|p| format!("{p}&")).collect()
    };
    match way {
        Way::Ckan if path.ends_with("/package_search") => {
            let sort = if query.contains("sort=") { "" } else { "sort=name+asc&" };
            Some(format!("{path}?{}{sort}", kept(&["rows", "start"])))
        }
        Way::Ckan if path.contains("/api/") || path.rsplit('/').next().is_some_and(|l| l.contains(".json")) => None,
        // What stands in one order is not missed and not seen twice.
        Way::Ckan => {
            let root = ["/dataset", "/organization", "/group"].iter().find_map(|p| path.strip_suffix(p)).unwrap_or(path);
            Some(format!("{root}/api/3/action/package_search?sort=name+asc&"))
        }
        Way::Udata if path.ends_with("/datasets") => Some(format!("{path}/?{}", kept(&["page", "page_size"]))),
        Way::Udata if path.contains("/api/") || path.ends_with(".json") => None,
        Way::Udata => Some(format!("{path}/api/1/datasets/?")),
    }
}

#[derive(Deserialize)]
struct Ckan {
    #[serde(default)]
    success: Option<bool>,
    result: Option<Results>,
}

#[derive(Deserialize)]
struct Results {
    count: u64,
    results: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Udata {
    data: Vec<serde::de::IgnoredAny>,
    #[serde(default)]
    next_page: Option<String>,
    #[serde(default)]
    total: u64,
}

/// Records of a page, all that there are, and the address of the next page where the answer has it.
fn read(way: Way, bytes: &[u8]) -> Result<(u64, u64, Option<String>), Text> {
    let no = |e: serde_json::Error| {
        let page = bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<');
        if page {
            say!("给出的是网页，不是 JSON", "it gives a web page, not JSON")
        } else {
            say!("JSON 读不下去：{e}", "the JSON breaks off: {e}")
        }
    };
    match way {
        Way::Ckan => {
            let a: Ckan = serde_json::from_slice(bytes).map_err(no)?;
            match a.result {
                Some(r) if a.success != Some(false) => Ok((r.results.len() as u64, r.count, None)),
                _ => Err(say!("这是一个失败的应答", "this is the answer of a failure")),
            }
        }
        Way::Udata => {
            let a: Udata = serde_json::from_slice(bytes).map_err(no)?;
            Ok((a.data.len() as u64, a.total, a.next_page))
        }
    }
}

/// Fetches all pages into a folder, or what is missing of them. What it has is told also where it fails.
pub fn fetch(client: &mut Client, way: Way, source: &str, base: &str, dir: &Path, most: u64) -> (Pages, Result<(), Failed>) {
    let state = dir.join(STATE);
    let old = read_bytes(&state).ok().and_then(|b| serde_json::from_slice::<Pages>(&b).ok()).filter(|p| p.source == source && !p.whole);
    let mut pages = old.unwrap_or_else(|| Pages { source: source.to_string(), ..Pages::default() });
    client.count(pages.bytes);
    let done = all(client, way, base, dir, most, &mut pages);
    (pages, done)
}

fn all(client: &mut Client, way: Way, base: &str, dir: &Path, most: u64, pages: &mut Pages) -> Result<(), Failed> {
    let mut rows = ROWS;
    while !pages.whole {
        let url = |rows: u64| match way {
            Way::Ckan => format!("{base}rows={rows}&start={}", pages.got),
            Way::Udata if pages.next.is_empty() => format!("{base}page=1&page_size=100"),
            Way::Udata => pages.next.clone(),
        };
        let name = format!("page-{:06}.json", pages.got);
        let ask = Ask { accept: "application/json", packed: true, json: true, most };
        let mut got = one(client, way, &url(rows), &dir.join(&name), ask);
        // A server that fails at many may manage a few.
        if way == Way::Ckan && rows > FEWER && matches!(got, Err(Failed::Later(_))) {
            rows = FEWER;
            got = one(client, way, &url(rows), &dir.join(&name), ask);
        }
        let (bytes, (n, count, next)) = got?;
        // The next page of another host is none of this catalogue.
        let host = |u: &str| u.split("://").nth(1).and_then(|r| r.split('/').next()).map(str::to_ascii_lowercase);
        if let Some(next) = next.as_deref().filter(|n| host(n) != host(base)) {
            return Err(Failed::No(say!("下一页在另一台主机：{next}", "the next page is on another host: {next}")));
        }
        pages.count = count;
        pages.got += n;
        pages.bytes += bytes;
        if n > 0 {
            pages.files.push(name);
        }
        pages.next = next.unwrap_or_default();
        pages.whole = n == 0 || if way == Way::Ckan { pages.got >= count } else { pages.next.is_empty() };
        let text = serde_json::to_string_pretty(&pages).unwrap_or_default();
        write_project_file(&dir.join(STATE), &text).map_err(Failed::Disk)?;
    }
    Ok(())
}

type Page = (u64, (u64, u64, Option<String>));

/// One page, asked for twice where what came is no answer.
fn one(client: &mut Client, way: Way, url: &str, to: &Path, ask: Ask<'_>) -> Result<Page, Failed> {
    let mut last = None;
    for _ in 0..2 {
        let known = client.get(url, to, None, ask)?.unwrap_or_default();
        let bytes = read_bytes(to).map_err(|e| Failed::Disk(crate::write::Fault::Io(to.to_path_buf(), e)))?;
        match read(way, &bytes) {
            Ok(page) => return Ok((known.bytes, page)),
            Err(t) => last = Some(t),
        }
    }
    Err(Failed::Later(last.unwrap_or_else(|| say!("没有取到", "it was not fetched"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_catalogues() {
        let ckan = |u| first(Way::Ckan, u);
        assert_eq!(ckan("https://a.org/").as_deref(), Some("https://a.org/api/3/action/package_search?sort=name+asc&"));
        assert_eq!(ckan("https://a.org/data/dataset/").as_deref(), Some("https://a.org/data/api/3/action/package_search?sort=name+asc&"));
        assert_eq!(
            ckan("https://a.org/api/3/action/package_search?fq=organization:x&rows=10&start=3").as_deref(),
            Some("https://a.org/api/3/action/package_search?fq=organization:x&sort=name+asc&")
        );
        assert_eq!(ckan("https://a.org/api/3/action/package_show?id=x"), None);
        assert_eq!(first(Way::Udata, "https://a.org").as_deref(), Some("https://a.org/api/1/datasets/?"));
        assert_eq!(first(Way::Udata, "https://a.org/api/1/datasets/?organization=9&page=3").as_deref(), Some("https://a.org/api/1/datasets/?organization=9&"));
    }
}
