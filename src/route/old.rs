//! Old addresses: what another site had, read as it was written, and what can answer it here.

use crate::diag::{Diagnostic, Report, Severity, Span, Text, say};
use crate::model::Public;
use crate::route::{Entry, Planner, Routes, Target, encode, fold, unfit};
use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// An old address in its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Old {
    /// Path below that of the site, decoded, without the leading `/`: `old/1.html`, `old/`, `show.aspx`.
    pub path: String,
    /// Query without `?`, encoded as browsers send it; empty without one.
    pub query: String,
}

/// An old address and where it leads.
#[derive(Debug, Clone)]
pub struct Moved {
    /// From where.
    pub old: Old,
    /// Language of what it leads to.
    pub lang: usize,
    /// To what.
    pub to: Target,
    /// It may come back: a list that is empty for the moment.
    pub temporary: bool,
    /// A page of ours stands there and leads on, on hosts without rules.
    pub page: bool,
    /// It differs from a real address by case alone, which some hosts do not see.
    pub shadow: bool,
    /// A fragment was written to it, which no server is ever sent.
    pub fragment: bool,
    /// Where it was written.
    pub at: Span,
}

/// Longest old address, in bytes; browsers and hosts take no longer ones.
const LONGEST: usize = 2048;

impl Old {
    /// Reads an address as people copy it: whole, from the root, with query or fragment, encoded or not.
    /// The second value tells that there was a fragment.
    pub fn parse(text: &str, base_path: &str) -> Result<(Old, bool), Text> {
        let text = text.trim();
        if text.is_empty() {
            return Err(say!("旧地址是空的", "an old address is empty"));
        }
        if text.len() > LONGEST {
            return Err(say!("旧地址长 {} 字节，超过 {LONGEST}", "an old address has {} bytes, more than {LONGEST}", text.len()));
        }
        if let Some(c) = text.chars().find(|c| c.is_control() || *c == '\\') {
            return Err(say!("旧地址里不能有字符 {c:?}", "an old address may not have the character {c:?}"));
        }
        let whole = text.split_once("://").filter(|(s, _)| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"));
        let mut rest = text;
        if let Some(r) = whole.map(|(_, r)| r).or_else(|| bare_host(text)) {
            // What stood before the path was another host, or this one under another name.
            rest = r.find(['/', '?', '#']).map_or("", |i| &r[i..]);
            if base_path != "/" {
                let below = rest.strip_prefix(base_path.trim_end_matches('/')).filter(|r| r.is_empty() || r.starts_with(['/', '?', '#']));
                rest = below.ok_or_else(|| say!("`{text}` 不在本站的路径 {base_path} 之下", "`{text}` is not below the path of this site, {base_path}"))?;
            }
        }
        if let Some((sign, right)) = full_width(text) {
            return Err(say!("旧地址 `{text}` 里有全角的 `{sign}`，应写作 `{right}`", "the old address `{text}` has a full-width `{sign}`; write `{right}`"));
        }
        let (rest, fragment) = rest.split_once('#').map_or((rest, false), |(r, _)| (r, true));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = decode(path.trim_start_matches('/')).ok_or_else(|| {
            say!(
                "`{text}` 的编码不是 UTF-8（也许是 GBK），写不进文件和规则",
                "`{text}` is not encoded in UTF-8 (in GBK, perhaps), so neither file nor rule can hold it"
            )
        })?;
        let path: String = path.nfc().collect();
        let inner = path.strip_suffix('/').unwrap_or(&path);
        if inner.split('/').any(|s| s == "." || s == ".." || (s.is_empty() && !inner.is_empty())) {
            return Err(say!("地址 `{text}` 含有空段、. 或 ..", "the address `{text}` has an empty part, . or .."));
        }
        if let Some(c) = path.chars().find(|c| c.is_control() || super::is_bidi(*c) || *c == '\\') {
            return Err(say!("旧地址里不能有字符 {c:?}", "an old address may not have the character {c:?}"));
        }
        let keep = |b: u8| b.is_ascii_graphic() && !b"\"<>`#".contains(&b);
        let query = query.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
        Ok((Old { path, query }, fragment))
    }

    /// The address from the root, encoded, under the path of the site.
    pub fn url(&self, base_path: &str) -> String {
        let mut out = format!("{base_path}{}", encode(&self.path));
        if !self.query.is_empty() {
            out.push('?');
            out.push_str(&self.query);
        }
        out
    }

    /// The file that can stand at the address and lead on: the address itself where it ends as HTML does, else the first page
    /// of a folder of that name, which most hosts find. An address with a query has none.
    pub fn file(&self) -> Option<String> {
        if !self.query.is_empty() {
            return None;
        }
        let path = if self.is_html() {
            self.path.clone()
        } else if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            format!("{}/index.html", self.path)
        };
        unfit(&path, false).is_none().then_some(path)
    }

    /// Ends as pages do that hosts send as HTML.
    pub fn is_html(&self) -> bool {
        [".html", ".htm", ".shtml"].iter().any(|e| self.path.len() > e.len() && self.path.to_ascii_lowercase().ends_with(e))
    }

    /// It names a file of some other kind, so that a folder stands in for it.
    pub fn is_other_file(&self) -> bool {
        let last = self.path.rsplit('/').next().unwrap_or("");
        last.rsplit_once('.').is_some_and(|(s, e)| !s.is_empty() && !e.is_empty() && e.bytes().all(|b| b.is_ascii_alphanumeric())) && !self.is_html()
    }

    /// The parts of the query: names and, where there is `=`, values; as they are encoded.
    pub fn pairs(&self) -> Vec<(&str, Option<&str>)> {
        self.query.split('&').filter(|p| !p.is_empty()).map(|p| p.split_once('=').map_or((p, None), |(k, v)| (k, Some(v)))).collect()
    }

    /// Equal for addresses that the same rule would answer: the order of the query's parts does not count.
    fn key(&self) -> (String, Vec<String>) {
        let mut parts: Vec<String> = self.query.split('&').filter(|p| !p.is_empty()).map(String::from).collect();
        parts.sort();
        (self.path.clone(), parts)
    }
}

/// An address that begins with a host and lacks its scheme, as mails and sheets have them (`www.a.gov.cn/b.html`,
/// `//a.gov.cn/b.html`): all from the host on.
fn bare_host(text: &str) -> Option<&str> {
    static LAST: &[&str] = &["cn", "com", "net", "org", "gov", "edu", "info", "hk", "mo", "tw", "top"];
    let slashes = text.strip_prefix("//");
    let rest = slashes.unwrap_or(text);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (name, port) = rest[..end].split_once(':').map_or((&rest[..end], None), |(n, p)| (n, Some(p)));
    let labels: Vec<&str> = name.split('.').collect();
    let label = |l: &&str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let good = labels.len() > 1 && labels.iter().all(label) && port.is_none_or(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let number = labels.len() == 4 && labels.iter().all(|l| l.parse::<u8>().is_ok());
    let last = labels.last().map_or(String::new(), |l| l.to_ascii_lowercase());
    // A file of the root (`index.html`) or a folder has no such end, or nothing behind it.
    let named = labels[0].eq_ignore_ascii_case("www") || port.is_some() || number || end < rest.len() && LAST.contains(&&*last);
    (good && (slashes.is_some() || named)).then_some(rest)
}

/// A sign of addresses that was typed in full width, and the address with half-width ones. Names of files may have Chinese
/// marks in them; one before letters of an address, or before the end of a file's name, is none of a name.
fn full_width(text: &str) -> Option<(char, String)> {
    if text.is_ascii() {
        return None;
    }
    static ENDS: &[&str] = &["html", "htm", "shtml", "asp", "aspx", "php", "jsp", "jspx", "do", "pdf", "doc", "docx", "xls", "xlsx"];
    let (mut found, mut right) = (None, String::with_capacity(text.len()));
    for (i, c) in text.char_indices() {
        let rest = &text[i + c.len_utf8()..];
        let letter = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let half = match c {
            '／' if letter || i == 0 => '/',
            '？' if letter && rest.contains(['=', '＝']) => '?',
            '＝' if text[..i].contains(['?', '？']) => '=',
            '＆' if text[..i].contains(['?', '？']) => '&',
            '．' | '。' if ENDS.contains(&&*rest.split(['?', '？', '#']).next().unwrap_or("").to_ascii_lowercase()) => '.',
            '．' if letter && text[..i].ends_with(|c: char| c.is_ascii_alphanumeric()) => '.',
            '：' if rest.starts_with("//") && text[..i].bytes().all(|b| b.is_ascii_alphabetic()) => ':',
            _ => {
                right.push(c);
                continue;
            }
        };
        found = found.or(Some(c));
        right.push(half);
    }
    found.map(|sign| (sign, right))
}

/// What helps with an old address that cannot be read.
fn remedy(text: &str) -> Text {
    let bytes: Vec<u8> = percent_decode_str(text.trim()).collect();
    let (words, _, lost) = encoding_rs::GBK.decode(&bytes);
    if std::str::from_utf8(&bytes).is_err() && !lost {
        return say!(
            "它按 GBK 是 `{words}`：去掉它，在服务器上为它写一条跳转；读者用的若已是 UTF-8 的地址，就写 `{words}`",
            "in GBK it is `{words}`: take it out, and write a rule for it on the server; where readers have it in UTF-8, write `{words}`"
        );
    }
    say!("写从根开始的旧地址，如 /old/1.html 或 /show.aspx?id=1", "write the old address from the root: /old/1.html, /show.aspx?id=1")
}

/// Percent-decoded as UTF-8.
fn decode(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(Cow::into_owned)
}

/// Where a second address begins in one text, `/a.html, /b.html`: the end of the first and the beginning of the second.
fn second(text: &str) -> Option<(usize, usize)> {
    let part = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    text.char_indices().filter(|(_, c)| part(*c)).find_map(|(i, _)| {
        let rest = text[i..].trim_start_matches(part);
        let begins = rest.starts_with('/') && rest.len() > 1 || rest.starts_with("http://") || rest.starts_with("https://");
        (i > 0 && begins && !text[..i].contains('?')).then(|| (i, text.len() - rest.len()))
    })
}

/// Old addresses of items that come out later, where something stands there now or another such item gives them too. They are no
/// fault today, and will be on the day when the item comes out.
pub fn ahead(routes: &Routes, portal: &crate::model::Portal, now: crate::load::Moment, report: &mut Report) {
    use crate::model::State;
    let mut later: FxHashMap<(String, Vec<String>), Span> = FxHashMap::default();
    let mut moved: FxHashMap<(String, Vec<String>), &Moved> = FxHashMap::default();
    for item in portal.items.iter().filter(|i| !i.aliases.is_empty() && State::of(i, now) == State::Scheduled) {
        if moved.is_empty() {
            moved = routes.moved.iter().map(|m| (m.old.key(), m)).collect();
        }
        for (text, at) in &item.aliases {
            let Ok((old, _)) = Old::parse(text, routes.base_path()) else { continue };
            let (key, url) = (old.key(), old.url("/"));
            let paths = std::iter::once(old.path.clone()).chain(old.file()).filter(|_| old.query.is_empty());
            let here = paths
                .flat_map(|p| [p.strip_suffix("index.html").map(str::to_string), Some(p)])
                .flatten()
                .find_map(|p| routes.resolve(format!("{}{}", routes.base_path(), encode(&p)).as_bytes()));
            let message = if let Some(m) = moved.get(&key) {
                say!(
                    "旧地址 {url} 已写在 {}，本条公布的那天会冲突",
                    "the old address {url} is given in {} already; they will collide when this item comes out",
                    m.at.file
                )
            } else if let Some(i) = here {
                let path = &routes.entries[i as usize].path;
                say!("旧地址 {url} 现在是 {path}，本条公布的那天会冲突", "the old address {url} is {path} now; they will collide when this item comes out")
            } else if let Some(first) = later.get(&key) {
                say!(
                    "旧地址 {url} 也写在待公布的 {}，公布以后会冲突",
                    "the old address {url} is given in {}, which comes out later, too; they will collide",
                    first.file
                )
            } else {
                later.insert(key, at.clone());
                continue;
            };
            let hint =
                say!("在公布以前只留一处，或改现有网页的地址", "before it comes out leave it in one of them, or give the page that is there another address");
            report.push(Diagnostic::new("URL001", Severity::Warn, message).at(at.clone()).hint(hint));
        }
    }
}

impl Planner<'_> {
    /// Takes an old address over, as it was written at a place. What it leads to must have been planned.
    pub fn moved(&mut self, lang: usize, text: &str, to: Target, at: Span) {
        let (old, fragment) = match Old::parse(text, &self.routes.base_path) {
            Ok(o) => o,
            Err(why) => {
                let d = Diagnostic::new("URL002", Severity::Error, why).at(at);
                return self.report.push(d.hint(remedy(text)).blocking());
            }
        };
        if let Some(second) = second(text) {
            let d = Diagnostic::new(
                "URL005",
                Severity::Warn,
                say!("旧地址 `{text}` 像是几个写在一起，只按一个地址跳转", "the old address `{text}` looks like several in one, and redirects as one"),
            );
            let hint = say!("分开写：[{}, {}]", "write them one by one: [{}, {}]", text[..second.0].trim(), text[second.1..].trim());
            self.report.push(d.at(at.clone()).hint(hint));
        }
        let moved = Moved { old, lang, to, temporary: false, page: false, shadow: false, fragment, at };
        let Some(end) = self.routes.destination(&moved, self.site.public).map(|e| e.path.clone()) else {
            let d = Diagnostic::new(
                "URL005",
                Severity::Warn,
                say!("旧地址 `{text}` 所属的内容没有网页可去", "the old address `{text}` belongs to something without a page"),
            );
            return self.report.push(
                d.at(moved.at).hint(say!("把它写到有网页的条目、部门、主题或栏目上", "give it to an item, department, subject or column that has a page")),
            );
        };
        self.take(moved, &end);
    }

    /// Finds what stands at an old address already, and puts a page there where one can stand.
    pub(super) fn take(&mut self, mut moved: Moved, end: &str) {
        let index = self.routes.moved.len() as u32;
        let key = moved.old.key();
        if let Some(first) = self.taken.get(&key).map(|i| &self.routes.moved[*i as usize]) {
            // Written twice for one thing, it is once there.
            if first.to != moved.to {
                let url = moved.old.url("/");
                let d =
                    Diagnostic::new("URL001", Severity::Error, say!("旧地址 {url} 已写在 {}", "the old address {url} is given in {} already", first.at.file));
                self.report.push(d.at(moved.at).hint(say!("只留一处", "leave it in one of them")).blocking());
            }
            return;
        }
        let file = moved.old.file();
        let there = file.iter().map(String::as_str).chain([moved.old.path.as_str()]).find_map(|p| self.folded.get(&fold(p)).copied());
        if let Some(other) = there.filter(|_| moved.old.query.is_empty()).map(|i| &self.routes.entries[i as usize]) {
            let same = match &other.target {
                Target::Redirect(i) => self.routes.moved[*i as usize].to == moved.to,
                _ => other.path == end,
            };
            // The same but for case, and leading to the same: rules can tell them apart, files on some disks cannot.
            let differs = !file.iter().any(|f| *f == other.path) && moved.old.path != other.path;
            if same && !differs && matches!(other.target, Target::Redirect(_)) {
                // `/a` and `/a/` of one item are one address: the page that is there answers both.
                return;
            }
            if same && differs {
                moved.shadow = true;
            } else {
                let (url, who) = (moved.old.url("/"), other.path.clone());
                // An old address of another, which may have been written in other case.
                let first = match &other.target {
                    Target::Redirect(i) => Some(&self.routes.moved[*i as usize]),
                    _ => None,
                };
                let given = first.map(|f| {
                    let before = f.old.url("/");
                    say!(
                        "旧地址 {url} 与 {} 里的 {before} 只差大小写",
                        "the old address {url} is given in {} already as {before}; case does not count",
                        f.at.file
                    )
                });
                let d = Diagnostic::new(
                    "URL001",
                    Severity::Error,
                    given.unwrap_or_else(|| {
                        say!("旧地址 {url} 是本站现有的地址（{who}，不分大小写）", "the old address {url} is one of this site now ({who}; case does not count)")
                    }),
                );
                let hint = match first {
                    Some(_) => say!("只留一处", "leave it in one of them"),
                    None => say!("去掉这个旧地址，或改现有网页的地址", "take it out, or give the page that is there another address"),
                };
                self.report.push(d.at(moved.at).hint(hint).blocking());
                return;
            }
        }
        moved.page = file.is_some() && !moved.shadow;
        self.taken.insert(key, index);
        let (lang, page) = (moved.lang, moved.page);
        self.routes.moved.push(moved);
        if let Some(file) = file.filter(|_| page) {
            self.file(lang, file, Target::Redirect(index), 2, false, true);
        }
    }

    /// True where an address of the ledger is one that a rule answers.
    pub(super) fn answered(&self, line: &str) -> bool {
        Old::parse(line, "/").is_ok_and(|(o, _)| self.taken.contains_key(&o.key()))
    }
}

/// Old addresses by what the same rule would answer.
pub(super) type Taken = FxHashMap<(String, Vec<String>), u32>;

impl Routes {
    /// The page that an old address leads to.
    pub fn destination(&self, moved: &Moved, public: &Public) -> Option<&Entry> {
        match &moved.to {
            Target::Item(i) => self.item(moved.lang, *i, &public.items[*i as usize]),
            to => self.get(moved.lang, to),
        }
    }

    /// What is to be known about the old addresses, whatever the host: fragments that nobody is sent.
    pub fn old_findings(&self, report: &mut Report) {
        for m in self.moved.iter().filter(|m| m.fragment) {
            let url = m.old.url("/");
            let d = Diagnostic::new(
                "URL005",
                Severity::Warn,
                say!(
                    "旧地址里 # 之后的部分浏览器不会发给服务器，只有 {url} 会跳转",
                    "what stands after # in an old address is never sent to a server; {url} redirects whatever follows"
                ),
            );
            self.report_hint(d, m, report);
        }
    }

    fn report_hint(&self, d: Diagnostic, m: &Moved, report: &mut Report) {
        report.push(d.at(m.at.clone()).hint(say!("去掉 # 和之后的部分", "take # and what follows out")));
    }
}

/// A list that the build makes of whatever is there: its address, and that of the list it is a part of.
/// Such a list promises nothing; where it is empty, its address leads to the larger one.
pub(super) fn generated(line: &str) -> Option<Vec<String>> {
    let path = line.strip_prefix('/')?;
    let mut parents = Vec::new();
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let page = parts.len() > 2 && parts[parts.len() - 2] == "page" && parts[parts.len() - 1].bytes().all(|b| b.is_ascii_digit());
    if page {
        parents.push(format!("/{}/", parts[..parts.len() - 2].join("/")));
    }
    if let Some(i) = parts.iter().position(|p| ["by-department", "by-theme", "by-type", "by-year", "by-validity"].contains(p)) {
        parents.push(format!("/{}/", parts[..i].join("/")));
    }
    let name = parts.last().copied().unwrap_or("");
    let quality = parts.contains(&"datasets") && ["quality", "quality.csv", "quality.json"].contains(&name);
    let feed = name == "feed.xml" || name == "feed.json";
    let alone = parts.len() < 3 && ["glossary", "elder", "changes", "sitemap", "search", "style-guide", "themes", "departments"].contains(&name);
    let derived = parts.contains(&"embed") || parts.contains(&"share");
    // A letter whose writer no longer agrees is shown no more.
    if parts.len() == 3 && parts[0] == "feedback" && !parts[1].starts_with("by-") {
        parents.extend([format!("/feedback/{}/", parts[1]), "/feedback/".to_string()]);
    }
    if quality || feed || alone || derived {
        parents.push(format!("/{}", parts[..parts.len() - 1].iter().map(|p| format!("{p}/")).collect::<String>()));
    }
    (!parents.is_empty()).then_some(parents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_as_they_are_copied() {
        let read = |t: &str| Old::parse(t, "/").map(|(o, f)| (o.path.clone(), o.query.clone(), f, o.file())).map_err(|e| e.en);
        let s = |t: &str| t.to_string();
        for (text, path, query, fragment, file) in [
            ("/old/1.html", "old/1.html", "", false, Some("old/1.html")),
            ("old/1.HTM", "old/1.HTM", "", false, Some("old/1.HTM")),
            ("/art.shtml", "art.shtml", "", false, Some("art.shtml")),
            ("/a.jsp", "a.jsp", "", false, Some("a.jsp/index.html")),
            ("/old/", "old/", "", false, Some("old/index.html")),
            ("/old", "old", "", false, Some("old/index.html")),
            ("/data.json", "data.json", "", false, Some("data.json/index.html")),
            ("/show.aspx?id=123", "show.aspx", "id=123", false, None),
            ("/show.aspx?", "show.aspx", "", false, Some("show.aspx/index.html")),
            ("/index.php?m=content&id=5", "index.php", "m=content&id=5", false, None),
            ("/?p=7#top", "", "p=7", true, None),
            ("/a.html#s1", "a.html", "", true, Some("a.html")),
            ("http://old.gov.cn:8080/art/1.html", "art/1.html", "", false, Some("art/1.html")),
            ("https://old.gov.cn?id=1", "", "id=1", false, None),
            ("/%E6%94%BF%E7%AD%96/%e7%94%b2.html", "政策/甲.html", "", false, Some("政策/甲.html")),
            ("/政策/a b.html", "政策/a b.html", "", false, Some("政策/a b.html")),
            ("/s?词=公告", "s", "%E8%AF%8D=%E5%85%AC%E5%91%8A", false, None),
            ("/a:b.html", "a:b.html", "", false, None),
        ] {
            assert_eq!(read(text), Ok((s(path), s(query), fragment, file.map(s))), "{text}");
        }
        for bad in ["", "  ", "../x", "/../x.html", "/a/../b", "/a//b", "/%2e%2e/x", "/a\\b", "/a\nb", "/%0d%0aX", "/%B9%AB%B8%E6.html", "/a\u{202e}b"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!(Old::parse("https://x.cn/gov/a.html", "/gov/").unwrap().0.path, "a.html");
        assert!(Old::parse("https://x.cn/a.html", "/gov/").is_err());
    }

    #[test]
    fn lists_of_the_build_promise_nothing() {
        for yes in [
            "/policies/by-validity/not-yet/",
            "/en/policies/by-year/2021/page/2/",
            "/news/page/3/",
            "/datasets/quality/",
            "/themes/t/feed.xml",
            "/en/glossary/",
        ] {
            assert!(generated(yes).is_some(), "{yes}");
        }
        for no in
            ["/", "/policies/", "/policies/2021/a/", "/departments/a/", "/themes/t/", "/datasets/x/", "/policies/page/", "/news/changes/a/", "/a/b/sitemap/"]
        {
            assert!(generated(no).is_none(), "{no}");
        }
        assert_eq!(generated("/en/policies/by-year/2021/page/2/").unwrap(), ["/en/policies/by-year/2021/", "/en/policies/"]);
    }
}
