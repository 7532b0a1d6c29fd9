//! What is kept of a page: its links, its anchors, its words, and what is wrong with it. Read once, by a tokenizer that takes
//! HTML as browsers do.

use super::loads;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, StartTag, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) line: u32,
    pub(super) to: String,
    /// It is loaded, not only linked.
    pub(super) load: bool,
}

/// What is kept of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lang: bool,
    pub(super) title: String,
    pub(super) h1: usize,
    pub(super) main: bool,
    pub(super) description: bool,
    pub(super) refresh: bool,
    /// Readers may not enlarge it.
    pub(super) fixed: Option<u32>,
    pub(super) metas: BTreeMap<String, (u32, String)>,
    pub(super) ids: BTreeMap<String, u32>,
    pub(super) doubles: Vec<(u32, String)>,
    pub(super) links: Vec<Link>,
    pub(super) no_alt: Vec<(u32, String)>,
    pub(super) skipped: Vec<(u32, u8, u8)>,
    pub(super) tables: Vec<u32>,
    /// Links and buttons that have no name: line, address or kind.
    pub(super) nameless: Vec<(u32, String)>,
    /// Links whose words say nothing of where they lead.
    pub(super) vague: Vec<(u32, String)>,
    /// Fields of forms that have no name.
    pub(super) fields: Vec<(u32, String)>,
    /// Frames without a title.
    pub(super) frames: Vec<u32>,
    /// Its words, a line for each block; no more than [`WORDS`] bytes.
    pub(super) text: String,
    /// What its attributes say: alternative texts, titles, values of fields, tags of the head.
    pub(super) said: String,
    /// Days that it gives to machines: `<time datetime>`.
    pub(super) days: String,
    /// Encoding, where it is not UTF-8.
    pub(super) encoding: Option<&'static str>,
    /// The encoding that it says it has, where its bytes are in another: browsers show other signs.
    pub(super) mistold: Option<String>,
    /// What of persons is in it, and marks.
    pub(super) found: Vec<super::private::Found>,
    level: u8,
    table: Option<(u32, bool)>,
    in_title: bool,
    silent: bool,
    in_style: bool,
    /// A script that runs: what it loads is looked for.
    in_script: bool,
    /// The address from which relative ones are counted.
    base: Option<String>,
    /// The address that the page says it has.
    canonical: String,
    /// Where its forms send to.
    pub(super) sent: Vec<(u32, String)>,
    /// It stands in another page.
    nested: bool,
    /// The link or button that is open: line, address, its name so far.
    open: Option<(u32, String, String)>,
    labels: BTreeSet<String>,
    in_label: bool,
    /// Fields to be looked up among the labels: line, id, what it is.
    unnamed: Vec<(u32, String, String)>,
}

/// Bytes of words that are kept.
const WORDS: usize = 256 << 10;

/// Words that say nothing of where a link leads.
static VAGUE: &[&str] = &["点击", "点击这里", "点此", "这里", "详情", "链接", "here", "click here", "link", "this page"];

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut p = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                take(&mut p, &tag, line as u32);
                // What stands in a script is no markup.
                if tag.kind == StartTag && !tag.self_closing {
                    let raw = match &*tag.name {
                        "script" => Some(html5ever::tokenizer::states::RawKind::ScriptData),
                        "style" | "noframes" | "iframe" | "xmp" => Some(html5ever::tokenizer::states::RawKind::Rawtext),
                        "title" | "textarea" => Some(html5ever::tokenizer::states::RawKind::Rcdata),
                        _ => None,
                    };
                    if let Some(kind) = raw {
                        return TokenSinkResult::RawData(kind);
                    }
                }
            }
            Token::CharacterTokens(t) if p.in_title => p.title.push_str(&t),
            Token::CharacterTokens(t) if p.in_style => {
                let end = line as u32;
                let first = end.saturating_sub(t.matches('\n').count() as u32).max(1);
                p.links.extend(css(&t, first));
            }
            Token::CharacterTokens(t) if p.in_script => {
                let first = (line as u32).saturating_sub(t.matches('\n').count() as u32).max(1);
                let found = scripts(&t, first);
                p.links.extend(found);
            }
            Token::CharacterTokens(t) if !p.silent => {
                if let Some((.., name)) = &mut p.open {
                    name.push_str(&t);
                }
                if p.text.len() < WORDS {
                    p.text.push_str(&t);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Reads a page.
pub(super) fn page(text: &str) -> Page {
    within(text, false)
}

fn within(text: &str, nested: bool) -> Page {
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Page { nested, ..Page::default() })), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut p = tokenizer.sink.0.into_inner();
    close(&mut p);
    for (line, id, what) in std::mem::take(&mut p.unnamed) {
        if id.is_empty() || !p.labels.contains(&id) {
            p.fields.push((line, what));
        }
    }
    rebased(&mut p);
    p
}

/// Addresses as they are asked for, where the page says from where it counts them.
fn rebased(p: &mut Page) {
    let Some(base) = p.base.take() else { return };
    let host = |t: &str| t.split("//").nth(1).unwrap_or(t).split(['/', ':', '?']).next().unwrap_or("").trim_start_matches("www.").to_ascii_lowercase();
    let own: Vec<String> =
        p.metas.iter().filter(|(k, _)| k.eq_ignore_ascii_case("SiteDomain")).map(|(_, (_, v))| host(v.trim())).chain([host(&p.canonical)]).collect();
    let ours = |h: &str| !h.is_empty() && own.contains(&host(h));
    for l in &mut p.links {
        l.to = loads::based(&base, &l.to, &ours);
    }
    for (_, to) in &mut p.sent {
        *to = loads::based(&base, to, &ours);
    }
}

/// What a script loads, with lines counted from the first.
fn scripts(text: &str, first: u32) -> Vec<Link> {
    loads::scripted(text).into_iter().map(|(n, to)| Link { line: first + n, to, load: true }).collect()
}

/// A script beside the pages as a page that has nothing to read.
pub(super) fn script(text: &str) -> Page {
    Page { refresh: true, links: scripts(text, 1), ..Page::default() }
}

/// Ends the link or button that is open.
fn close(p: &mut Page) {
    let Some((line, to, name)) = p.open.take() else { return };
    let name = name.trim();
    if name.is_empty() {
        p.nameless.push((line, to));
    } else if VAGUE.iter().any(|v| name.eq_ignore_ascii_case(v)) {
        p.vague.push((line, name.to_string()));
    }
}

fn take(p: &mut Page, tag: &Tag, line: u32) {
    let name: &str = &tag.name;
    let open = tag.kind == StartTag;
    let attr = |n: &str| tag.attrs.iter().find(|a| &*a.name.local == n).map(|a| String::from(&*a.value));
    let said = |n: &str| attr(n).filter(|v| !v.trim().is_empty());
    match name {
        "title" => p.in_title = open && p.title.is_empty(),
        // What stands in `noscript` is read by those without script.
        "script" | "style" | "template" => p.silent = open && !tag.self_closing,
        _ => {}
    }
    if name == "style" {
        p.in_style = open;
    }
    if name == "script" {
        p.in_script = open && !tag.self_closing && loads::runs(&attr("type").unwrap_or_default());
    }
    match name {
        "table" if !open => {
            if let Some((at, false)) = p.table.take() {
                p.tables.push(at);
            }
        }
        "label" => p.in_label = open,
        "a" | "button" if !open => close(p),
        _ => {}
    }
    let inline = matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "font" | "sup" | "sub" | "u" | "mark" | "time" | "img" | "small");
    if !inline && !p.text.ends_with('\n') && p.text.len() < WORDS {
        p.text.push('\n');
    }
    if !open {
        return;
    }
    for (n, v) in tag.attrs.iter().map(|a| (&*a.name.local, &*a.value)) {
        let read = matches!(n, "alt" | "title" | "value" | "content" | "placeholder" | "aria-label") || n.starts_with("data-");
        if read && v.len() > 6 && p.said.len() + v.len() < WORDS {
            p.said.push_str(v);
            p.said.push('\n');
        }
    }
    if let Some(id) = said("id") {
        match p.ids.entry(id) {
            std::collections::btree_map::Entry::Occupied(e) => p.doubles.push((line, e.key().clone())),
            std::collections::btree_map::Entry::Vacant(e) => drop(e.insert(line)),
        }
    }
    if let Some(style) = said("style") {
        p.links.extend(css(&style, line));
    }
    for (n, v) in tag.attrs.iter().map(|a| (&*a.name.local, &*a.value)) {
        if n.starts_with("on") && v.contains("//") {
            p.links.extend(scripts(v, line).into_iter().map(|l| Link { line, ..l }));
        } else if loads::painted(n) && v.contains('(') {
            p.links.extend(css(v, line).into_iter().filter(|l| !l.to.is_empty()));
        }
    }
    for to in loads::fetched(name, &attr) {
        p.links.push(Link { line, to, load: true });
    }
    let mut link = |target: Option<String>, load: bool| p.links.extend(target.map(|to| Link { line, to, load }));
    match name {
        "base" if p.base.is_none() => p.base = said("href"),
        "form" => p.sent.extend(said("action").map(|to| (line, to))),
        "html" => p.lang = said("lang").is_some(),
        "meta" => meta(p, &attr, line),
        "a" | "area" => {
            let to = attr("href");
            link(to.clone(), false);
            if let Some(n) = said("name") {
                p.ids.entry(n).or_insert(line);
            }
            if let Some(to) = to.filter(|_| name == "a" && !tag.self_closing && attr("aria-hidden").is_none_or(|h| h != "true")) {
                close(p);
                p.open = Some((line, to, said("aria-label").or_else(|| said("title")).or_else(|| said("aria-labelledby")).unwrap_or_default()));
            }
        }
        "button" => {
            p.sent.extend(said("formaction").map(|to| (line, to)));
            close(p);
            p.open = Some((line, "button".into(), said("aria-label").or_else(|| said("title")).or_else(|| said("aria-labelledby")).unwrap_or_default()));
        }
        "label" => p.labels.extend(said("for")),
        "input" | "select" | "textarea" => {
            let kind = attr("type").unwrap_or_default().to_ascii_lowercase();
            p.sent.extend(said("formaction").map(|to| (line, to)));
            let named = ["aria-label", "aria-labelledby", "title"].iter().any(|n| said(n).is_some()) || p.in_label;
            let own = matches!(kind.as_str(), "hidden" | "submit" | "reset" | "button" | "image");
            if !named && !own {
                p.unnamed.push((line, attr("id").unwrap_or_default(), said("name").unwrap_or_else(|| name.to_string())));
            }
            if kind == "image" && attr("alt").is_none() {
                p.no_alt.push((line, attr("src").unwrap_or_default()));
            }
        }
        "link" => {
            let rel = attr("rel").unwrap_or_default().to_ascii_lowercase();
            if !loads::relation(&rel) && rel.split_whitespace().any(|r| matches!(r, "next" | "prev")) {
                link(attr("href"), false);
            }
            if rel == "canonical" {
                p.canonical = attr("href").unwrap_or_default();
            }
        }
        "iframe" | "img" => {
            // A page that stands in the attribute.
            if let Some(inside) = said("srcdoc").filter(|_| name == "iframe" && !p.nested) {
                let found = within(&inside, true);
                p.links.extend(found.links.into_iter().map(|l| Link { line, ..l }));
            }
            if name == "iframe" && said("title").is_none() {
                p.frames.push(line);
            }
            if name == "img" {
                match attr("alt") {
                    None => p.no_alt.push((line, attr("src").unwrap_or_default())),
                    Some(alt) => {
                        if let Some((.., n)) = &mut p.open {
                            n.push_str(&alt);
                        }
                    }
                }
            }
        }
        "main" => p.main = true,
        "time" => {
            if let Some(day) = said("datetime").filter(|d| d.len() < 40 && p.days.len() < WORDS) {
                p.days.push_str(&day);
                p.days.push('\n');
            }
        }
        "table" => p.table = Some((line, attr("role").is_some_and(|r| r == "presentation"))),
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

fn meta(p: &mut Page, attr: &dyn Fn(&str) -> Option<String>, line: u32) {
    if attr("http-equiv").is_some_and(|h| h.eq_ignore_ascii_case("refresh")) {
        p.refresh = true;
        // `0; url=/new/`
        let content = attr("content").unwrap_or_default();
        let at = content.to_ascii_lowercase().find("url=");
        let to = at.and_then(|i| content.get(i + 4..)).map(|t| t.trim().trim_matches(['"', '\'']).to_string()).filter(|t| !t.is_empty());
        p.links.extend(to.map(|to| Link { line, to, load: false }));
    }
    let Some(n) = attr("name") else { return };
    let content = attr("content").unwrap_or_default();
    p.description |= n.eq_ignore_ascii_case("description") && !content.trim().is_empty();
    if n.eq_ignore_ascii_case("viewport") {
        let plain: String = content.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let small = plain.split(',').filter_map(|p| p.strip_prefix("maximum-scale=")).any(|v| v.parse::<f64>().is_ok_and(|v| v < 2.0));
        if small || plain.contains("user-scalable=no") || plain.contains("user-scalable=0") {
            p.fixed = Some(line);
        }
    }
    p.metas.entry(n).or_insert((line, content));
}

/// A style sheet as a page that has nothing to read.
pub(super) fn sheet(text: &str) -> Page {
    Page { refresh: true, links: css(text, 1), ..Page::default() }
}

/// What a style sheet loads: `url(…)` and `@import`, with lines counted from the first.
fn css(text: &str, first: u32) -> Vec<Link> {
    // Most styles of an element load nothing.
    if memchr::memchr3(b'(', b'@', b'\\', text.as_bytes()).is_none() {
        return Vec::new();
    }
    // Comments load nothing; their ends of lines count.
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        let (comment, next) = after.split_once("*/").unwrap_or((after, ""));
        plain.extend(comment.chars().filter(|c| *c == '\n'));
        rest = next;
    }
    plain.push_str(rest);
    let mut out = Vec::new();
    for (n, line) in plain.split('\n').enumerate() {
        let line = &*loads::unescaped(line);
        let low = line.to_ascii_lowercase();
        // The name of a vocabulary is no file.
        if low.trim_start().starts_with("@namespace") {
            continue;
        }
        let sets = loads::quoted(&low).into_iter().filter_map(|(a, b)| line.get(a..b));
        let urls = low.match_indices("url(").filter_map(|(i, _)| line[i + 4..].split(')').next());
        let imports = low.match_indices("@import").filter_map(|(i, _)| {
            let rest = line[i + 7..].trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest[1..].split(quote).next()
        });
        for to in urls.chain(imports).chain(sets) {
            let to = to.trim().trim_matches(['"', '\'']).split('#').next().unwrap_or("");
            if !to.is_empty() && !to.starts_with("data:") {
                out.push(Link { line: first + n as u32, to: to.to_string(), load: true });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_what_is_wrong() {
        let p = page("<html>\n<title> </title><h1>a</h1><h3 id=x>b</h3>\n<p id=x><img src=a.png><table><tr><td>1</table><a href='b.html#c'>");
        assert!(!p.lang && p.title.trim().is_empty() && p.h1 == 1);
        assert_eq!((p.no_alt.len(), p.skipped.len(), p.tables.len(), p.doubles.len()), (1, 1, 1, 1));
        assert_eq!(p.links[1], Link { line: 3, to: "b.html#c".into(), load: false });
    }

    #[test]
    fn what_styles_pictures_and_refreshes_load() {
        let p = page(
            "<meta http-equiv=refresh content=\"0; url=/new/\">\n<style>\n/* url(no.png) */\n@import \"https://a.example/x.css\";\nb{background:url('b.png')}</style>\n<p style=\"background:url(c.png)\"><img alt=x src=d.png srcset=\"e.png 1x, f.png 2x\"><p style='x:url(data:image/png;base64,AA)'>",
        );
        let all: Vec<(u32, &str, bool)> = p.links.iter().map(|l| (l.line, l.to.as_str(), l.load)).collect();
        assert!(all.contains(&(1, "/new/", false)) && all.contains(&(6, "c.png", true)), "{all:?}");
        let names: Vec<&str> = all.iter().map(|(_, t, _)| *t).collect();
        assert_eq!(names, ["/new/", "https://a.example/x.css", "b.png", "c.png", "d.png", "e.png", "f.png"]);
    }

    #[test]
    fn names_of_links_and_fields() {
        let p = page(
            "<a href=a><img src=x alt=\"首页\"></a><a href=b> </a><a href=c aria-label=d></a><a href=e>点击这里</a><button></button>\
             <label for=q>词</label><input id=q><input name=w><label>x <input></label><input type=hidden><iframe src=f></iframe><script>'<a href=z>'</script>",
        );
        assert_eq!(p.nameless, [(1, "b".to_string()), (1, "button".to_string())]);
        assert_eq!((p.vague.len(), p.fields, p.frames.len()), (1, vec![(1, "w".to_string())], 1));
        assert!(!p.links.iter().any(|l| l.to == "z"));
    }
}
