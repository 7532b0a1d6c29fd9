//! `audit DIR`: the rules that need only finished files, over any folder of HTML, made by whatever tool.
//!
//! Each page is read once by a tokenizer that takes HTML as browsers do; what
//! is kept of it is its links, its anchors and what is wrong with it.

use crate::config::Profile;
use crate::diag::{Diagnostic, Report, Severity, Span, Text, say};
use crate::load::{Limits, read_text};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Rules of Chinese government sites (the meta tags of domain-rules B0) apply.
    pub profile: Profile,
    /// Path under which the folder is served: links that begin with it are links inside.
    pub base_path: String,
}

/// What an audit gives back.
#[derive(Debug)]
pub struct Audited {
    /// The findings.
    pub report: Report,
    /// Pages read.
    pub pages: usize,
    /// All files seen.
    pub files: usize,
}

/// What is kept of a page.
#[derive(Debug, Default)]
struct Page {
    lang: bool,
    title: bool,
    h1: usize,
    main: bool,
    description: bool,
    refresh: bool,
    metas: BTreeMap<String, (u32, String)>,
    ids: BTreeMap<String, u32>,
    doubles: Vec<(u32, String)>,
    /// Line, target, whether it is loaded (not only linked).
    links: Vec<(u32, String, bool)>,
    no_alt: Vec<(u32, String)>,
    skipped: Vec<(u32, u8, u8)>,
    tables: Vec<u32>,
    level: u8,
    table: Option<(u32, bool)>,
    in_title: bool,
}

/// Audits all pages below a folder.
pub fn audit(dir: &Path, options: &Options) -> Audited {
    let mut report = Report::new();
    let mut files: BTreeSet<String> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        match entry {
            Ok(e) if e.file_type().is_file() => {
                let rel = e.path().strip_prefix(dir).unwrap_or(e.path()).to_string_lossy().replace('\\', "/");
                files.insert(rel);
            }
            Ok(_) => {}
            Err(e) => {
                report.push(Diagnostic::new("SRC003", Severity::Error, say!("无法读取：{e}", "cannot be read: {e}")).at(Span::file(&dir.to_string_lossy())))
            }
        }
    }
    let html: Vec<&String> = files.iter().filter(|f| f.ends_with(".html") || f.ends_with(".htm")).collect();
    let read: Vec<Result<Page, Box<Diagnostic>>> = html.par_iter().map(|f| read_text(&dir.join(f), f, &Limits::default()).map(|t| page(&t))).collect();
    let mut pages: BTreeMap<&str, Page> = BTreeMap::new();
    for (file, one) in html.iter().zip(read) {
        match one {
            Ok(p) => drop(pages.insert(file, p)),
            Err(d) => report.push(*d),
        }
    }
    let found: Vec<Vec<Diagnostic>> = pages.par_iter().map(|(file, p)| problems(file, p, &pages, &files, options)).collect();
    found.into_iter().flatten().for_each(|d| report.push(d));
    Audited { report, pages: html.len(), files: files.len() }
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut p = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => take(&mut p, &tag, line as u32),
            Token::CharacterTokens(t) if p.in_title => p.title |= !t.trim().is_empty(),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn page(text: &str) -> Page {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Page::default())), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fn take(p: &mut Page, tag: &Tag, line: u32) {
    let name: &str = &tag.name;
    let open = tag.kind == StartTag;
    let attr = |n: &str| tag.attrs.iter().find(|a| &*a.name.local == n).map(|a| a.value.to_string());
    match name {
        "title" => p.in_title = open,
        "table" if !open => {
            if let Some((at, false)) = p.table.take() {
                p.tables.push(at);
            }
        }
        _ => {}
    }
    if !open {
        return;
    }
    if let Some(id) = attr("id").filter(|i| !i.is_empty()) {
        match p.ids.entry(id) {
            std::collections::btree_map::Entry::Occupied(e) => p.doubles.push((line, e.key().clone())),
            std::collections::btree_map::Entry::Vacant(e) => drop(e.insert(line)),
        }
    }
    let mut link = |target: Option<String>, load: bool| p.links.extend(target.map(|t| (line, t, load)));
    match name {
        "html" => p.lang = attr("lang").is_some_and(|l| !l.trim().is_empty()),
        "meta" => {
            if attr("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh")) {
                p.refresh = true;
            }
            if let Some(n) = attr("name") {
                let content = attr("content").unwrap_or_default();
                p.description |= n.eq_ignore_ascii_case("description") && !content.trim().is_empty();
                p.metas.entry(n).or_insert((line, content));
            }
        }
        "a" | "area" => {
            link(attr("href"), false);
            if let Some(n) = attr("name").filter(|n| !n.is_empty()) {
                p.ids.entry(n).or_insert(line);
            }
        }
        "link" => {
            let rel = attr("rel").unwrap_or_default().to_ascii_lowercase();
            let load = rel.split_whitespace().any(|r| matches!(r, "stylesheet" | "icon" | "preload" | "modulepreload" | "manifest" | "apple-touch-icon"));
            if load || rel.split_whitespace().any(|r| matches!(r, "next" | "prev")) {
                link(attr("href"), load);
            }
        }
        "script" | "iframe" | "audio" | "video" | "source" | "embed" | "track" | "img" => {
            link(attr("src"), true);
            if name == "img" && attr("alt").is_none() {
                p.no_alt.push((line, attr("src").unwrap_or_default()));
            }
        }
        "main" => p.main = true,
        "table" => p.table = Some((line, false)),
        "th" => {
            if let Some((_, has)) = &mut p.table {
                *has = true;
            }
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.as_bytes()[1] - b'0';
            if level == 1 {
                p.h1 += 1;
            }
            if p.level > 0 && level > p.level + 1 {
                p.skipped.push((line, p.level, level));
            }
            p.level = level;
        }
        _ => {}
    }
}

fn problems(file: &str, p: &Page, pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, o: &Options) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let path: Arc<str> = file.into();
    let mut add = |code: &'static str, severity: Severity, line: u32, message: Text, hint: Text| {
        let span = Span { file: path.clone(), line, col: u32::from(line > 0), end_col: 1, excerpt: String::new() };
        out.push(Diagnostic::new(code, severity, message).at(span).hint(hint));
    };
    // A page that only leads elsewhere has nothing to read.
    if !p.refresh {
        if !p.lang {
            add(
                "A11Y001",
                Severity::Error,
                1,
                say!("html 没有 lang，读屏软件不知道用哪种语言读", "html has no lang: a screen reader does not know which language to speak"),
                say!("写 <html lang=\"zh-CN\">", "write <html lang=\"en\">"),
            );
        }
        if !p.title {
            add(
                "A11Y001",
                Severity::Error,
                1,
                say!("页面没有标题（title）", "the page has no title"),
                say!("每页写一个不同的 <title>", "give each page a title of its own"),
            );
        }
        if p.h1 != 1 {
            add(
                "A11Y001",
                Severity::Warn,
                1,
                say!("页面有 {} 个 h1", "the page has {} h1", p.h1),
                say!("一页一个 h1，与标题一致", "one h1 a page, the same as its title"),
            );
        }
        if !p.main {
            add(
                "A11Y001",
                Severity::Warn,
                1,
                say!("页面没有 main 区域", "the page has no main landmark"),
                say!("用 <main> 包住正文", "put the content into <main>"),
            );
        }
        if !p.description {
            add(
                "MET001",
                Severity::Warn,
                1,
                say!("缺少标签 description", "the tag description is missing"),
                say!("写 <meta name=\"description\" content=\"…\">", "write <meta name=\"description\" content=\"…\">"),
            );
        }
        if o.profile != Profile::Generic {
            for tag in ["SiteName", "SiteDomain", "SiteIDCode"] {
                if p.metas.get(tag).is_none_or(|(_, v)| v.trim().is_empty()) {
                    add(
                        "MET001",
                        Severity::Error,
                        1,
                        say!("缺少标签 {tag}", "the tag {tag} is missing"),
                        say!("国办发〔2017〕47号要求每页都有", "required on every page by 国办发〔2017〕47号"),
                    );
                }
            }
        }
    }
    for (line, src) in &p.no_alt {
        add(
            "A11Y001",
            Severity::Error,
            *line,
            say!("图片没有 alt：{src}", "image without alt: {src}"),
            say!("写出图中的内容；纯装饰写 alt=\"\"", "say what it shows; alt=\"\" for mere decoration"),
        );
    }
    for (line, from, to) in &p.skipped {
        add(
            "A11Y001",
            Severity::Warn,
            *line,
            say!("标题从 h{from} 跳到 h{to}", "headings skip from h{from} to h{to}"),
            say!("逐级使用标题", "use the levels one by one"),
        );
    }
    for line in &p.tables {
        add(
            "A11Y001",
            Severity::Warn,
            *line,
            say!("表格没有表头单元格（th）", "table without header cells (th)"),
            say!("给首行或首列用 <th scope>", "use <th scope> in the first row or column"),
        );
    }
    for (line, id) in &p.doubles {
        add(
            "A11Y001",
            Severity::Warn,
            *line,
            say!("id `{id}` 在一页中重复", "the id `{id}` is there twice on the page"),
            say!("id 在一页中只能用一次", "an id may stand once on a page"),
        );
    }
    for (line, target, load) in &p.links {
        match look(file, target, pages, files, o) {
            Where::Fine => {}
            Where::Dead => add(
                "LNK001",
                Severity::Error,
                *line,
                say!("链接 {target} 指向不存在的文件", "{target} leads to a file that is not there"),
                say!("改正链接，或补上文件", "mend the link, or add the file"),
            ),
            Where::NoPlace => add(
                "LNK001",
                Severity::Warn,
                *line,
                say!("链接 {target} 指向不存在的段落", "{target} leads to a place that is not there"),
                say!("改正 # 后面的名字", "mend the name after #"),
            ),
            Where::Foreign if *load => add(
                "SEC006",
                Severity::Error,
                *line,
                say!("从别的主机加载 {target}", "{target} is loaded from another host"),
                say!("改用本站文件", "use a file of this site"),
            ),
            Where::Foreign => {}
        }
    }
    out
}

enum Where {
    Fine,
    Dead,
    NoPlace,
    Foreign,
}

/// Where a target leads, as the folder would answer on a static host.
fn look(file: &str, target: &str, pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, o: &Options) -> Where {
    let target = target.trim();
    if target.starts_with("//") || crate::load::targets::scheme(target).is_some() {
        return if target.starts_with("//") || target.starts_with("http:") || target.starts_with("https:") { Where::Foreign } else { Where::Fine };
    }
    let (rest, anchor) = target.split_once('#').map_or((target, ""), |(r, a)| (r, a));
    let path = rest.split('?').next().unwrap_or("");
    let full = if path.is_empty() {
        file.to_string()
    } else {
        // Resolved from the page's own folder, or from the root of the site.
        let (base, path) = match path.strip_prefix(o.base_path.as_str()) {
            Some(rest) if path.starts_with('/') => ("x", format!("/{rest}")),
            _ if path.starts_with('/') => return if o.base_path == "/" { Where::Dead } else { Where::Fine },
            _ => (file, path.to_string()),
        };
        match crate::model::content_key(base, &path) {
            Some(k) if path.ends_with('/') || k.is_empty() => format!("{k}{}index.html", if k.is_empty() { "" } else { "/" }),
            Some(k) => k,
            None => return Where::Dead,
        }
    };
    let hit = [full.clone(), format!("{full}/index.html"), format!("{full}.html")].into_iter().find(|f| files.contains(f));
    let Some(hit) = hit else { return Where::Dead };
    if anchor.is_empty() || anchor == "top" || anchor.starts_with(":~:") {
        return Where::Fine;
    }
    let name = crate::model::content_key("", anchor).unwrap_or_else(|| anchor.to_string());
    match pages.get(hit.as_str()) {
        Some(p) if !p.ids.contains_key(anchor) && !p.ids.contains_key(&name) => Where::NoPlace,
        _ => Where::Fine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_what_is_wrong() {
        let p = page("<html>\n<title> </title><h1>a</h1><h3 id=x>b</h3>\n<p id=x><img src=a.png><table><tr><td>1</table><a href='b.html#c'>");
        assert!(!p.lang && !p.title && p.h1 == 1);
        assert_eq!((p.no_alt.len(), p.skipped.len(), p.tables.len(), p.doubles.len()), (1, 1, 1, 1));
        assert_eq!(p.links[1], (3, "b.html#c".into(), false));
    }
}
