//! The links of saved pages: pictures and attachments that lie in the mirror come along, links to other pages of it lead to their
//! items, and what the mirror does not have is told with its place.
//!
//! Where an item will stand is known when all are settled. Until then a link to a page is `import:/PAGE`, one to a file beside the
//! item `import:~/NAME`.

use super::html::{Element, Html};
use super::names::{file_name, free_name};
use super::reader::odd;
use super::{Brought, Draft};
use crate::diag::{Diagnostic, Span, say};
use crate::load::Source;
use crate::load::brought::{Along, Piece};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What has a meaning in Markdown or in an address; `/`, `.`, `-` and `_` have none.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
const PAGE: &str = "import:/";
const FILE: &str = "import:~/";
/// Another item of the same source, in a field, by what it is there.
pub(super) const ITEM: &str = "import:item:";
/// Links of one page at most that are told, so that a list does not fill the screen.
const TOLD: usize = 20;

/// The source, as links see it.
pub(super) struct Mirror<'a> {
    pub there: &'a Along,
    /// The address that the page came from, where it is one of the web.
    pub base: Option<&'a str>,
    /// Paths of the pages that become items.
    pub pages: BTreeSet<&'a str>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum To {
    /// Another site, a mail, a place in the same page.
    Elsewhere,
    Page(String),
    File(String),
    /// This site, but it is not in the mirror; its whole address, where that is known.
    Missing(Option<String>),
}

/// A name that a folder of a mirror has for a host.
fn host(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or("");
    name.contains('.')
        && last.len() > 1
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

/// The host and the path of an address.
fn parted(url: &str) -> Option<(&str, &str)> {
    let rest = url.split_once("://").filter(|(s, _)| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))?.1;
    Some(rest.find(['/', '?', '#']).map_or((rest, "/"), |i| (&rest[..i], &rest[i..])))
}

/// A path below another, without `.` and `..`; `None` where it leads out.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for p in path.split('/') {
        match p {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            p => parts.push(p),
        }
    }
    Some(format!("{}{}", parts.join("/"), if path.ends_with('/') { "/" } else { "" }))
}

/// Bytes of an address as text: UTF-8, or the GBK of older sites.
fn decoded(path: &str) -> String {
    let bytes: Cow<'_, [u8]> = percent_decode_str(path).into();
    match std::str::from_utf8(&bytes) {
        Ok(t) => t.to_string(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(&bytes).0.into_owned(),
    }
}

impl Mirror<'_> {
    /// `page` is the path of the page that links, `at` its own address where it says it.
    fn find(&self, page: &str, at: Option<&str>, href: &str) -> To {
        let href = href.trim();
        let low = href.to_ascii_lowercase();
        if href.is_empty() || href.starts_with('#') {
            return To::Elsewhere;
        }
        // The folder of the mirror in which the site's paths begin, and the path of the site at which it begins.
        let first = page.split_once('/').map(|(f, _)| f).filter(|f| host(f));
        let own = at.and_then(parted);
        let name = first.or(own.map(|(h, _)| h)).or(Some(&*self.there.name).filter(|n| host(n)));
        let prefix = first.map_or(String::new(), |f| format!("{f}/"));
        let below = &page[prefix.len()..];
        let begins = own.and_then(|(_, p)| decoded(p.split(['?', '#']).next().unwrap_or("")).strip_suffix(below).map(String::from)).unwrap_or("/".into());
        let (path, web): (Option<String>, Option<String>) = if let Some((h, p)) = parted(href).or_else(|| parted_bare(href)) {
            if name.is_some_and(|n| n.eq_ignore_ascii_case(h)) {
                (p.strip_prefix(&*begins).map(|p| format!("{prefix}{p}")), Some(href.to_string()))
            } else if self.has(&format!("{h}{p}")).is_some() {
                (Some(format!("{h}{p}")), None)
            } else {
                return To::Elsewhere;
            }
        } else if low.split(['/', '?', '#']).next().is_some_and(|s| s.contains(':')) {
            return To::Elsewhere;
        } else {
            let web = at.and_then(|at| whole(at, href));
            match href.strip_prefix('/') {
                Some(_) => (href.strip_prefix(&*begins).map(|p| format!("{prefix}{p}")), web),
                None => {
                    let (p, tail) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
                    let folder = page.rsplit_once('/').map_or("", |(f, _)| f);
                    (joined(folder, &decoded(p)).map(|p| if p.is_empty() { page.to_string() } else { utf8_percent_encode(&p, PLAIN).to_string() + tail }), web)
                }
            }
        };
        match path.and_then(|p| self.has(&p)) {
            Some(found) if found == page => To::Elsewhere,
            Some(found) if self.pages.contains(&*found) => To::Page(found),
            Some(found) => To::File(found),
            None => To::Missing(web),
        }
    }

    /// The file of the mirror that a path of the site was saved as: as it is, with the query in its name as wget and others write
    /// it, as the first page of a folder.
    fn has(&self, path: &str) -> Option<String> {
        let path = path.split('#').next().unwrap_or("");
        let (bare, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
        let bare = decoded(bare);
        let mut tries: Vec<String> = Vec::new();
        if let Some(q) = query.filter(|q| !q.is_empty()) {
            let q = decoded(q);
            tries.extend(["?", "@"].iter().flat_map(|s| [format!("{bare}{s}{q}"), format!("{bare}{s}{q}.html")]));
        }
        if bare.is_empty() || bare.ends_with('/') {
            tries.extend(["index.html", "index.htm", "index.shtml"].iter().map(|i| format!("{bare}{i}")));
        } else {
            tries.push(bare.clone());
            tries.extend(["/index.html", "/index.htm", ".html"].iter().map(|i| format!("{bare}{i}")));
        }
        // A query that names another page is not answered by the page without it.
        tries.into_iter().map(|t| joined("", &t).unwrap_or_default()).find(|t| self.there.has(t))
    }

    /// Settles the links below an element. Gives the files that are to lie beside the item: name, path in the source, place of
    /// the link.
    pub(super) fn settle(&self, main: &mut Element, page: &str, at: Option<&str>, source: &Source, out: &mut Vec<Diagnostic>) -> Vec<(String, String, Span)> {
        let (mut files, mut told) = (Vec::new(), BTreeMap::new());
        self.walk(main, page, at, &mut files, &mut told);
        let all = told.len();
        let mut told: Vec<(String, (u32, bool, bool))> = told.into_iter().collect();
        told.sort_by_key(|(h, (line, _, _))| (*line, h.clone()));
        for (href, (line, picture, web)) in told.into_iter().take(TOLD) {
            let shown: String = href.chars().take(120).collect();
            let text = if picture {
                say!("图片 `{shown}` 不在来源里", "the picture `{shown}` is not in the source")
            } else {
                say!("链接 `{shown}` 指向的文件不在来源里", "the link `{shown}` leads to what is not in the source")
            };
            let hint = if web {
                say!(
                    "链接写成了原站的完整地址；要一起带来就把它也存下来再导入",
                    "it leads to the old site now; save that too and import again to take it along"
                )
            } else {
                say!("把它也存下来再导入，或改掉链接", "save that too and import again, or correct the link")
            };
            out.push(odd(line_of(source, line), text, hint));
        }
        if all > TOLD {
            let more = all - TOLD;
            out.push(odd(
                source.span(0, 1),
                say!("这一页还有 {more} 个链接指向来源里没有的文件", "links of this page that lead to what is not in the source, besides those told: {more}"),
                say!("这一页也许是列表或导航", "it may be a list, or navigation"),
            ));
        }
        files.into_iter().map(|(n, p, line)| (n, p, line_of(source, line))).collect()
    }

    fn walk(&self, e: &mut Element, page: &str, at: Option<&str>, files: &mut Vec<(String, String, u32)>, told: &mut BTreeMap<String, (u32, bool, bool)>) {
        let key = match &*e.name {
            "a" | "area" => Some("href"),
            "img" => Some("src"),
            _ => None,
        };
        let line = e.line;
        if let Some((_, value)) = key.and_then(|k| e.attrs.iter_mut().find(|(n, _)| n == k)) {
            if value.trim_start().to_ascii_lowercase().starts_with("import:") {
                value.clear();
            }
            match self.find(page, at, value) {
                To::Elsewhere => {}
                To::Page(p) => *value = format!("{PAGE}{}", utf8_percent_encode(&p, PLAIN)),
                To::File(p) => {
                    let name = match files.iter().find(|(_, old, _)| *old == p) {
                        Some((name, _, _)) => name.clone(),
                        None => {
                            let name = free_name(&file_name(p.rsplit('/').next().unwrap_or("")), &|n| files.iter().any(|(o, _, _)| o.eq_ignore_ascii_case(n)));
                            files.push((name.clone(), p, line));
                            name
                        }
                    };
                    *value = format!("{FILE}{}", utf8_percent_encode(&name, PLAIN));
                }
                To::Missing(web) => {
                    told.entry(value.clone()).or_insert((line, key == Some("src"), web.is_some()));
                    if let Some(web) = web {
                        *value = web;
                    }
                }
            }
        }
        for h in &mut e.inner {
            if let Html::Element(c) = h {
                self.walk(c, page, at, files, told);
            }
        }
    }
}

/// `//host/path`
fn parted_bare(href: &str) -> Option<(&str, &str)> {
    let rest = href.strip_prefix("//")?;
    Some(rest.find('/').map_or((rest, "/"), |i| (&rest[..i], &rest[i..])))
}

/// A link of a page as a whole address.
pub(super) fn whole(at: &str, href: &str) -> Option<String> {
    let (host, path) = parted(at)?;
    let scheme = at.split("://").next()?;
    if parted(href).is_some() {
        return Some(href.to_string());
    }
    if let Some(rest) = href.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let (p, tail) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
    let folder = path.split(['?', '#']).next().unwrap_or("").rsplit_once('/').map_or("", |(f, _)| f);
    let full = if p.starts_with('/') { joined("", p)? } else { joined(folder, p)? };
    Some(format!("{scheme}://{host}/{full}{tail}"))
}

/// What a file is in truth, where its ending or its declared format says something else: `None` where they agree, or where nobody
/// can tell. Format and ending are given without a dot.
pub fn disguised(promised: &str, bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(1024)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let text: String = String::from_utf8_lossy(head).trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let page =
        text.starts_with("<!doctype html") || text.starts_with("<html") || (text.starts_with("<head") || text.starts_with("<!--")) && text.contains("<html");
    let promised = promised.to_ascii_lowercase();
    let is = |sign: &[u8]| bytes.starts_with(sign);
    let wants: &[&[u8]] = match &*promised {
        "html" | "htm" | "shtml" | "xhtml" | "" => return None,
        "pdf" => &[b"%PDF"],
        "zip" | "xlsx" | "docx" | "pptx" | "ods" | "odt" | "odp" | "xlsm" | "kmz" => &[b"PK\x03\x04", b"PK\x05\x06"],
        "xls" | "doc" | "ppt" => &[b"\xD0\xCF\x11\xE0", b"PK\x03\x04", b"{\\rtf", b"<?xml", b"\x09\x08"],
        "png" => &[b"\x89PNG"],
        "jpg" | "jpeg" => &[b"\xFF\xD8"],
        "gif" => &[b"GIF8"],
        "gz" => &[b"\x1F\x8B"],
        "parquet" => &[b"PAR1"],
        "json" | "geojson" => {
            return if page {
                Some("HTML")
            } else if !text.is_empty() && !text.starts_with(['{', '[', '"']) {
                Some("?")
            } else {
                None
            };
        }
        "xml" | "kml" | "rdf" => return if page { Some("HTML") } else { None },
        "csv" | "tsv" | "txt" | "jsonl" | "ndjson" => {
            return if page {
                Some("HTML")
            } else if is(b"%PDF") {
                Some("PDF")
            } else if is(b"PK\x03\x04") {
                Some("ZIP/XLSX")
            } else if is(b"\xD0\xCF\x11\xE0") {
                Some("XLS")
            } else {
                None
            };
        }
        _ => return page.then_some("HTML"),
    };
    if wants.iter().any(|w| is(w)) {
        None
    } else if page {
        Some("HTML")
    } else {
        Some("?")
    }
}

/// Brings the files that the drafts name; what is not what its name says stays away.
pub(super) fn bring(brought: &mut Brought, pieces: usize, there: &Along, out: &mut Vec<Diagnostic>) {
    let wanted: BTreeSet<String> = brought.drafts.iter().flat_map(|d| d.beside.iter().map(|(_, p, _)| p.clone())).collect();
    let mut at: BTreeMap<String, Result<usize, &'static str>> = BTreeMap::new();
    for Piece { path, bytes, .. } in there.bring(&wanted, out) {
        let ending = path.rsplit('/').next().unwrap_or("").rsplit_once('.').map_or("", |(_, e)| e);
        let is = match disguised(ending, &bytes) {
            _ if bytes.is_empty() => Err("0"),
            Some(other) => Err(other),
            None => Ok(pieces + brought.files.len()),
        };
        if is.is_ok() {
            brought.files.push(bytes);
        }
        at.insert(path, is);
    }
    for d in &mut brought.drafts {
        for (name, path, place) in std::mem::take(&mut d.beside) {
            match at.get(&path) {
                Some(Ok(i)) => d.own_files.push((name, *i)),
                other => {
                    let text = match other {
                        Some(Err("0")) => say!("`{path}` 是空文件，没有带来", "`{path}` is empty; not taken along"),
                        Some(Err("HTML")) => say!("`{path}` 其实是网页，没有带来", "`{path}` is a web page in truth; not taken along"),
                        Some(Err(_)) => say!("`{path}` 的内容和后缀不符，没有带来", "`{path}` is not what its ending says; not taken along"),
                        _ => say!("`{path}` 没有读入，没有带来", "`{path}` was not read; not taken along"),
                    };
                    out.push(odd(
                        place,
                        text,
                        say!("重新下载这个文件再导入；正文里留下了它的文字", "download it again and import again; its words stay in the text"),
                    ));
                }
            }
        }
    }
}

/// Links that wait for their places: those to pages become links between the files of the items, those to files links into the
/// folder of the item. Where there is none, the words stay without a link; true where that is so of a page.
pub(super) fn relinked(text: &str, item: &str, pages: &BTreeMap<String, String>, folder: &str, own: &BTreeSet<&str>) -> (String, bool) {
    let mut made = String::with_capacity(text.len());
    let (mut rest, mut lost) = (text, false);
    while let Some(i) = rest.find("](import:") {
        let target = &rest[i + 2..];
        let end = target.find(')').unwrap_or(target.len());
        let to = &target[..end];
        let name = |t: &str| percent_decode_str(t).decode_utf8_lossy().into_owned();
        let link = if let Some(page) = to.strip_prefix(PAGE) {
            let found = pages.get(&name(page)).map(|p| between(item, p));
            lost |= found.is_none();
            found
        } else {
            let file = name(to.strip_prefix(FILE).unwrap_or(""));
            own.contains(&*file).then(|| format!("{folder}{}", readable(&file)))
        };
        match link {
            Some(link) => {
                made.push_str(&rest[..i]);
                let link = if link.contains(['(', ')']) { format!("<{link}>") } else { link };
                made.push_str(&format!("]({link}"));
            }
            None => {
                made.push_str(&rest[..i]);
                // The bracket that opens the words goes, and the sign of a picture.
                if let Some(open) = opened(&made) {
                    let words = made.split_off(open + 1);
                    made.pop();
                    if made.ends_with('!') {
                        made.pop();
                    }
                    made.push_str(&words);
                }
                rest = target.get(end + 1..).unwrap_or("");
                continue;
            }
        }
        rest = &target[end..];
    }
    made.push_str(rest);
    (made, lost)
}

/// The name of a file for a link as people write it: what ends a link is encoded, Han stay.
fn readable(name: &str) -> String {
    let mut kept = [0; 4];
    name.chars().fold(String::with_capacity(name.len()), |mut out, c| {
        match c.is_ascii() {
            true => out.extend(utf8_percent_encode(c.encode_utf8(&mut kept), SPACES)),
            false => out.push(c),
        }
        out
    })
}

const SPACES: &AsciiSet = &percent_encoding::CONTROLS.add(b' ').add(b'%').add(b'<').add(b'>').add(b'#').add(b'?');

/// The bracket that is still open at the end of a text.
fn opened(text: &str) -> Option<usize> {
    let (b, mut depth) = (text.as_bytes(), 0);
    for i in (0..b.len()).rev() {
        let escaped = b[..i].iter().rev().take_while(|c| **c == b'\\').count() % 2 == 1;
        match b[i] {
            b']' if !escaped => depth += 1,
            b'[' if !escaped && depth == 0 => return Some(i),
            b'[' if !escaped => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The way from one file of the project to another.
fn between(from: &str, to: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count().min(a.len() - 1).min(b.len() - 1);
    let up = "../".repeat(a.len() - 1 - same);
    format!("{up}{}", utf8_percent_encode(&b[same..].join("/"), SPACES))
}

/// The place of a line.
pub(super) fn line_of(source: &Source, line: u32) -> Span {
    let at: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    let end = source.text[at.min(source.text.len())..].find('\n').map_or(source.text.len(), |i| at + i);
    source.span(at, end)
}

/// A link that waits for its place, as people know it.
pub(super) fn shown(link: &str) -> String {
    percent_decode_str(link.trim_start_matches(FILE).trim_start_matches(PAGE)).decode_utf8_lossy().into_owned()
}

/// What is to be told of an item whose links led to pages that were not taken over.
pub(super) fn unlinked(d: &Draft) -> Diagnostic {
    odd(
        Span { excerpt: Default::default(), ..d.at.clone() },
        say!("有链接指向没有导入的网页，只留下了文字", "links to pages that were not imported are words without a link now"),
        say!("看看这些文字是否还该留着", "see whether the words should stay"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_mirror() {
        assert_eq!(whole("https://a.gov.cn/x/y.html", "../z/b.pdf?c=1").as_deref(), Some("https://a.gov.cn/z/b.pdf?c=1"));
        assert_eq!(whole("https://a.gov.cn/x/y.html", "/b.pdf").as_deref(), Some("https://a.gov.cn/b.pdf"));
        assert_eq!(whole("https://a.gov.cn/x/", "//b.cn/c").as_deref(), Some("https://b.cn/c"));
        assert_eq!(joined("a/b", "../../../c"), None);
        assert!(host("www.example.gov.cn") && !host("zwgk") && !host("a.b1"));
    }

    #[test]
    fn files_that_are_something_else() {
        assert_eq!(disguised("csv", b"\n<!DOCTYPE html><html>"), Some("HTML"));
        assert_eq!(disguised("pdf", b"<html><body>404"), Some("HTML"));
        assert_eq!(disguised("json", b"error"), Some("?"));
        assert_eq!(disguised("csv", b"PK\x03\x04"), Some("ZIP/XLSX"));
        for (f, b) in
            [("csv", &b"a,b\n1,2\n"[..]), ("json", b" {}"), ("xlsx", b"PK\x03\x04"), ("html", b"<html>"), ("dat", b"\0\0"), ("xls", b"\xD0\xCF\x11\xE0")]
        {
            assert_eq!(disguised(f, b), None, "{f}");
        }
    }

    #[test]
    fn waiting_links_find_their_places() {
        let pages = BTreeMap::from([("zwgk/a.html".to_string(), "content/policies/2021/a.md".to_string())]);
        let own = BTreeSet::from(["图 (1).png"]);
        let t = "见[《\\[甲\\]》](import:/zwgk/a.html)，![图](import:~/%E5%9B%BE%20%281%29.png)；[没有](import:/b.html)、![无图](import:~/x.png)。";
        let (made, lost) = relinked(t, "content/interpretations/b.md", &pages, "b/", &own);
        assert_eq!(made, "见[《\\[甲\\]》](../policies/2021/a.md)，![图](<b/图%20(1).png>)；没有、无图。");
        assert!(lost);
        let (made, lost) = relinked("[![t](import:~/a.png)](import:~/b.pdf)", "content/a.md", &pages, "a/", &BTreeSet::from(["b.pdf"]));
        assert_eq!((made.as_str(), lost), ("[t](a/b.pdf)", false));
    }
}
