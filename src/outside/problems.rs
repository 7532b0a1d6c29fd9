//! What is wrong with one page, among the others.

use super::Options;
use super::page::{Link, Page};
use super::private::{Attached, Found};
use crate::config::Profile;
use crate::diag::{Diagnostic, Severity, Span, Text, say};
use crate::personal::{Kind, Sure};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where the targets lead that mean the same on each page: addresses, and paths from the root of the site. Frames of pages repeat them
/// by the thousand.
#[derive(Debug, Default)]
pub(super) struct Known<'p>(FxHashMap<&'p str, (Option<Text>, Where)>);

impl<'p> Known<'p> {
    /// Of all links of some pages.
    pub(super) fn of(pages: &'p BTreeMap<&str, Page>, files: &BTreeSet<String>, o: &Options) -> Known<'p> {
        let mut seen = FxHashSet::default();
        let links = pages.values().flat_map(|p| &p.links).map(|l| l.to.as_str());
        let same: Vec<&str> = links.filter(|t| ["/", "http://", "https://"].iter().any(|w| t.starts_with(w)) && seen.insert(*t)).collect();
        Known(same.into_par_iter().map(|t| (t, (inner(t), look("", t, pages, files, o)))).collect())
    }
}

pub(super) fn problems(file: &str, p: &Page, pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, known: &Known<'_>, o: &Options) -> Vec<Diagnostic> {
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
        if p.title.trim().is_empty() {
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
    for (line, what) in &p.nameless {
        add(
            "A11Y001",
            Severity::Error,
            *line,
            say!("链接或按钮没有文字：{what}", "a link or button without words: {what}"),
            say!("写出文字，图片写 alt，或用 aria-label", "give it words, its picture an alt, or an aria-label"),
        );
    }
    for (line, what) in &p.fields {
        add(
            "A11Y001",
            Severity::Error,
            *line,
            say!("表单项没有名称：{what}", "a field of a form without a name: {what}"),
            say!("用 <label for> 或 aria-label", "use <label for> or aria-label"),
        );
    }
    for line in &p.frames {
        add("A11Y001", Severity::Error, *line, say!("iframe 没有 title", "an iframe without title"), say!("写明框里是什么", "say what it holds"));
    }
    if let Some(line) = p.fixed {
        add(
            "A11Y001",
            Severity::Error,
            line,
            say!("viewport 不许放大", "viewport keeps readers from enlarging the page"),
            say!("去掉 user-scalable=no 和 maximum-scale", "take out user-scalable=no and maximum-scale"),
        );
    }
    if let Some((line, words)) = p.vague.first() {
        let n = p.vague.len();
        add(
            "A11Y001",
            Severity::Info,
            *line,
            say!("链接文字 `{words}` 看不出通到哪里（本页 {n} 处）", "the words `{words}` of a link say nothing of where it leads ({n} on this page)"),
            say!("用所通到的标题作文字", "use the title of what it leads to"),
        );
    }
    for f in &p.found {
        if let Some((code, severity, message, hint)) = private(f, o) {
            add(code, severity, f.line, message, hint);
        }
    }
    if let Some(said) = &p.mistold {
        let is = p.encoding.unwrap_or("UTF-8");
        add(
            "AUD001",
            Severity::Error,
            1,
            say!("网页写明的编码是 {said}，实际是 {is}，读者看到的是乱码", "the page says it is in {said} and is in {is}: readers see other signs"),
            say!(
                "把 <meta charset> 改成实际的编码，服务器的 Content-Type 也要一致",
                "say the encoding it is in, in <meta charset> and in the server's Content-Type"
            ),
        );
    }
    if let Some(e) = p.encoding {
        add(
            "AUD001",
            Severity::Info,
            1,
            say!("网页是 {e} 编码，不是 UTF-8", "the page is in {e}, not UTF-8"),
            say!("迁移时会转成 UTF-8", "moved to this program it becomes UTF-8"),
        );
    }
    for (line, to) in p.sent.iter().filter(|(_, to)| inner(to).is_some()) {
        add(
            "LNK001",
            Severity::Error,
            *line,
            say!("表单发往内部网络的地址 {to}，公众用不了", "the form sends to {to}, an address of an inner network: the public cannot use it"),
            say!("改成公开的网址", "give a public address"),
        );
    }
    for Link { line, to: target, load } in &p.links {
        let (own, at);
        let (what, to) = match known.0.get(target.as_str()) {
            Some((what, at)) => (what.as_ref(), at),
            None => {
                own = inner(target);
                at = if own.is_some() { Where::Foreign } else { look(file, target, pages, files, o) };
                (own.as_ref(), &at)
            }
        };
        if let Some(what) = what {
            add(
                "LNK001",
                Severity::Error,
                *line,
                Text {
                    zh: format!("链接 {target} 指向{}，公众打不开", what.zh), en: format!("{target} leads to {}: the public cannot open it", what.en)
                },
                say!("改成公开的网址，或把文件放到网站上", "give a public address, or put the file on the site"),
            );
            continue;
        }
        match to {
            Where::Fine(_) => {}
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

/// What of persons or of secrecy a page holds, as a finding.
fn private(f: &Found, o: &Options) -> Option<(&'static str, Severity, Text, Text)> {
    let gravest = if o.profile == Profile::Generic { Severity::Error } else { Severity::Veto };
    let severity = if f.perhaps { Severity::Warn } else { gravest };
    let shown = &f.shown;
    match f.kind {
        // Marks are those of Chinese documents.
        None if o.profile == Profile::Generic => None,
        None => Some((
            "SEC002",
            severity,
            say!("有涉密或内部标志 `{shown}`", "bears the mark `{shown}`"),
            say!("核对是否可以公开", "make sure that it may be public"),
        )),
        Some(kind) => {
            let (zh, en) = kind.names();
            let message = if f.perhaps {
                say!("可能有个人信息（{zh}）`{shown}`", "may hold personal data ({en}) `{shown}`")
            } else {
                say!("有个人信息（{zh}）`{shown}`", "holds personal data ({en}) `{shown}`")
            };
            Some(("SEC003", severity, message, say!("删去，或遮住中间几位", "take it out, or hide its middle")))
        }
    }
}

/// What is wrong with a file beside the pages.
pub(super) fn attached(file: &str, a: Attached, o: &Options) -> Vec<Diagnostic> {
    let gravest = if o.profile == Profile::Generic { Severity::Error } else { Severity::Veto };
    let mut out = Vec::new();
    let mut kinds: BTreeMap<(Sure, Kind), (u64, String)> = BTreeMap::new();
    for p in a.personal {
        let e = kinds.entry((p.sure, p.kind)).or_insert((0, p.name));
        e.0 += p.cells;
    }
    for ((sure, kind), (cells, name)) in kinds {
        let (zh, en) = kind.names();
        let severity = if sure == Sure::Yes { gravest } else { Severity::Warn };
        let (maybe_zh, maybe_en) = if sure == Sure::Yes { ("有", "holds") } else { ("可能有", "may hold") };
        let (at_zh, at_en) = if name.is_empty() { (String::new(), String::new()) } else { (format!("，在“{name}”里"), format!(", in `{name}`")) };
        let message = say!("文件里{maybe_zh}{zh}（{cells} 处{at_zh}）", "the file {maybe_en} a {en} (places: {cells}{at_en})");
        out.push(
            Diagnostic::new("SEC003", severity, message)
                .at(Span::file(file))
                .hint(say!("从网站上撤下，遮住以后再放上", "take it off the site, and put it back with the numbers hidden")),
        );
    }
    if let Some(mark) = a.mark.filter(|_| o.profile != Profile::Generic) {
        let d = Diagnostic::new("SEC002", gravest, say!("文件里有涉密或内部标志 `{mark}`", "the file bears the mark `{mark}`"));
        out.push(d.at(Span::file(file)).hint(say!("核对是否可以公开", "make sure that it may be public")));
    }
    out
}

/// A place that only people inside can open: the disk of an office, a private network.
fn inner(target: &str) -> Option<Text> {
    let t = target.trim().to_ascii_lowercase();
    let drive = t.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && t[1..].starts_with(":\\") || t.starts_with("\\\\");
    if drive || t.starts_with("file:") {
        return Some(say!("本机的文件", "a file of somebody's own machine"));
    }
    super::loads::inner(target).then(|| say!("内部网络的地址", "an address of an inner network"))
}

/// The page of the folder where a link of another leads.
pub(super) fn fine(file: &str, target: &str, pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, known: &Known<'_>, o: &Options) -> Option<String> {
    let own;
    let to = match known.0.get(target) {
        Some((_, at)) => at,
        None => {
            own = look(file, target, pages, files, o);
            &own
        }
    };
    match to {
        Where::Fine(Some(hit)) if hit != file && pages.contains_key(hit.as_str()) => Some(hit.clone()),
        _ => None,
    }
}

/// Where a target leads.
#[derive(Debug)]
enum Where {
    /// Nobody can say that it is wrong; the file of the folder, where it is one.
    Fine(Option<String>),
    /// Nowhere.
    Dead,
    /// To a page, but not to a place in it.
    NoPlace,
    /// To another host.
    Foreign,
}

/// Where a target leads, as the folder would answer on a static host.
fn look(file: &str, target: &str, pages: &BTreeMap<&str, Page>, files: &BTreeSet<String>, o: &Options) -> Where {
    let target = target.trim();
    if target.starts_with("//") || crate::load::targets::scheme(target).is_some() {
        let low = target.to_ascii_lowercase();
        return if ["//", "http:", "https:", "ws:", "wss:"].iter().any(|s| low.starts_with(s)) { Where::Foreign } else { Where::Fine(None) };
    }
    let (rest, anchor) = target.split_once('#').map_or((target, ""), |(r, a)| (r, a));
    let path = rest.split('?').next().unwrap_or("");
    let full = if path.is_empty() {
        file.to_string()
    } else {
        // Resolved from the page's own folder, or from the root of the site.
        let (base, path) = match path.strip_prefix(o.base_path.as_str()) {
            Some(rest) if path.starts_with('/') => ("x", format!("/{rest}")),
            _ if path.starts_with('/') => return if o.base_path == "/" { dead(o) } else { Where::Fine(None) },
            _ => (file, path.to_string()),
        };
        match crate::model::content_key(base, &path) {
            Some(k) if path.ends_with('/') || k.is_empty() => format!("{k}{}index.html", if k.is_empty() { "" } else { "/" }),
            Some(k) => k,
            None => return dead(o),
        }
    };
    let hit = if files.contains(&full) { Some(full) } else { [format!("{full}/index.html"), format!("{full}.html")].into_iter().find(|f| files.contains(f)) };
    let Some(hit) = hit else { return dead(o) };
    if anchor.is_empty() || anchor == "top" || anchor.starts_with(":~:") {
        return Where::Fine(Some(hit));
    }
    let name = crate::model::content_key("", anchor).unwrap_or_else(|| anchor.to_string());
    match pages.get(hit.as_str()) {
        Some(p) if !p.ids.contains_key(anchor) && !p.ids.contains_key(&name) => Where::NoPlace,
        _ => Where::Fine(Some(hit)),
    }
}

/// What is not here: of a whole folder it is nowhere, of some pages of a site nobody knows.
fn dead(o: &Options) -> Where {
    if o.partial { Where::Fine(None) } else { Where::Dead }
}
