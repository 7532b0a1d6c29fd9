//! What the other stages need to know of a body: headings, links, lead, and what is doubtful in it.

use super::anchors::{Anchors, numbered};
use super::chars::{clean, cleaned, indented, joins, marked, unindented};
use super::inline_html::{self, safe};
use super::markdown::{Calm, DEPTH, SIGNS, beyond, level_of, prepare};
use super::meant::better;
use super::targets::{bad_scheme, own_computer};
use crate::diag::{Text, say};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// A heading of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its text without markup.
    pub text: Box<str>,
    /// Its anchor on the page.
    pub anchor: Box<str>,
}

/// A link or an image of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Target as written.
    pub to: Box<str>,
    /// Byte range in the file.
    pub at: (u32, u32),
    /// An image, not a link.
    pub image: bool,
}

/// What the other stages need to know of a body without parsing it again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// The beginning of the first paragraph, at most [`LEAD`] characters.
    pub lead: Box<str>,
    /// Length of the text in characters.
    pub chars: u32,
    /// What is not in the text.
    pub calm: Calm,
}

/// The text of a body without markup, a line a block: for search.
pub fn plain(text: &str, allow_html: bool) -> String {
    let mut out = String::with_capacity(text.len());
    plain_into(text, Calm::default(), allow_html, &mut out);
    out
}

/// Adds the text of a body without markup.
pub fn plain_into(text: &str, calm: Calm, allow_html: bool, out: &mut String) {
    let body = prepare(text, calm);
    let mut broken = false;
    let mut columns = 0;
    let mut html = String::new();
    for (event, range) in body.events() {
        match event {
            Event::Text(t) | Event::Code(t) => {
                let t = clean(&t);
                // A line break between two Han characters stands for nothing; before an indented line it ends a paragraph.
                if broken && indented(&t) {
                    out.push('\n');
                } else if broken && !joins(out.chars().next_back(), t.chars().next()) {
                    out.push(' ');
                }
                broken = false;
                out.push_str(&t);
            }
            Event::InlineHtml(t) if matches!(safe(&clean(&t)), Some(inline_html::Safe::Single("br"))) => out.push('\n'),
            Event::InlineHtml(t) if safe(&clean(&t)).is_some() => {}
            Event::Html(t) => html.push_str(&t),
            Event::InlineHtml(t) if allow_html => inline_html::text_of(&inline_html::without_comments(&clean(&t)), out),
            Event::InlineHtml(t) => out.push_str(&inline_html::without_comments(&clean(&t))),
            Event::End(TagEnd::HtmlBlock) => {
                let block = std::mem::take(&mut html);
                let block = clean(&block);
                let block = inline_html::without_comments(&block);
                match inline_html::block(&block) {
                    None if !allow_html => out.push_str(&block),
                    _ => inline_html::text_of(&block, out),
                }
                broken = false;
                out.push('\n');
            }
            Event::SoftBreak => broken = true,
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Table(align)) => columns = align.len(),
            Event::End(TagEnd::TableRow) => beyond(&body.text()[range], columns).iter().for_each(|c| {
                out.push_str(c);
                out.push('\n');
            }),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::End(_) => {
                broken = false;
                out.push('\n');
            }
            _ => {}
        }
    }
}

/// Longest lead.
pub const LEAD: usize = 160;

/// A doubt about a body: code, byte range in the file, sentence, hint.
pub type Doubt = (&'static str, Range<usize>, Text, Text);

/// Reads the outline of `text`, which stands at byte `base` of its file.
pub fn outline(text: &str, base: usize, allow_html: bool) -> (Outline, Vec<Doubt>) {
    let body = prepare(text, Calm::default());
    let marked = marked(body.text());
    let mut o = Outline { calm: body.calm, ..Outline::default() };
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut anchors = Anchors::default();
    let mut heading: Option<(u8, String, Option<CowStr>)> = None;
    let (mut in_para, mut lead, mut lead_chars) = (false, String::new(), 0);
    let mut image: Option<(Range<usize>, bool)> = None;
    // A link, and whether it has words or a picture.
    let mut link: Option<(Range<usize>, bool)> = None;
    let (mut html_seen, mut html) = (false, String::new());
    // Running text, in which an address is a link and a left-over of another tool is one.
    let mut running: Vec<Range<usize>> = Vec::new();
    // The same in the prepared text, lines apart.
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut tables: Vec<Range<usize>> = Vec::new();
    let (mut quiet, mut opening, mut columns) = (0u32, false, 0);
    for (event, range) in body.events() {
        if matches!(&event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))) && !closed(&body.text()[range.clone()]) {
            let line = range.start..range.start + body.text()[range.clone()].lines().next().unwrap_or("").len();
            doubts.push((
                "SRC032",
                base + body.origin(line.start)..base + body.origin(line.end),
                say!("代码块没有结束，后面的文字全成了代码", "this block of code never ends; all the text behind it is code"),
                say!("在代码之后另起一行写 `` ``` ``，或删去这一行", "write `` ``` `` on a line of its own behind the code, or take this line out"),
            ));
        }
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => quiet += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => quiet -= 1,
            Event::Text(t) => {
                if quiet == 0 {
                    let r = body.origin(range.start)..body.origin(range.end);
                    match running.last_mut().filter(|l| l.end == r.start) {
                        Some(l) => l.end = r.end,
                        None => running.push(r),
                    }
                    match pieces.last_mut().filter(|l| l.end == range.start) {
                        Some(l) => l.end = range.end,
                        None => pieces.push(range.clone()),
                    }
                }
                if std::mem::take(&mut opening) && heading.is_none() {
                    // The page gives clauses their anchors; a heading of the same name comes after them.
                    anchors.clause(unindented(&cleaned(t, marked)));
                }
            }
            Event::Start(Tag::Table(align)) => {
                columns = align.len();
                tables.push(range.clone());
            }
            Event::End(TagEnd::TableRow) => {
                let more = beyond(&body.text()[range.clone()], columns);
                if !more.is_empty() && !doubts.iter().any(|d| d.0 == "SRC031") {
                    doubts.push((
                        "SRC031",
                        base + body.origin(range.start)..base + body.origin(range.end),
                        say!("这一行有 {} 格，表头只有 {columns} 格", "this row has {} cells where the head has {columns}", columns + more.len()),
                        say!(
                            "给表头补上格子，或检查多余的 |（本文件只提示第一处）",
                            "give the head more cells, or look for a | too many (only the first place in this file is reported)"
                        ),
                    ));
                }
            }
            _ => {}
        }
        opening |= matches!(event, Event::Start(Tag::Paragraph | Tag::Item));
        let at = || base + body.origin(range.start)..base + body.origin(range.end);
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => heading = Some((level_of(level), String::new(), id)),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text, id)) = heading.take() {
                    let text = text.trim();
                    o.headings.push(Heading { level, anchor: anchors.heading(text, id.as_deref()).into(), text: text.into() });
                }
            }
            Event::Start(Tag::Paragraph) => in_para = true,
            Event::End(TagEnd::Paragraph) => {
                in_para = false;
                if o.lead.is_empty() && !lead.trim().is_empty() && !chapter(lead.trim()) {
                    o.lead = lead.trim().into();
                }
                lead.clear();
                lead_chars = 0;
            }
            Event::End(TagEnd::Link) => {
                if let Some((r, false)) = link.take() {
                    doubts.push((
                        "SRC032",
                        r,
                        say!("链接没有文字，读者看不见", "a link without words, which nobody sees"),
                        say!("写作 `[文字](地址)`", "write `[words](address)`"),
                    ));
                }
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let r = at();
                link = Some((r.clone(), false));
                let dest_url = if link_type == LinkType::Email { format!("mailto:{dest_url}").into() } else { dest_url };
                if own_computer(&clean(&dest_url)) {
                    doubts.push(local(&clean(&dest_url), r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                } else if dest_url.trim().is_empty() {
                    doubts.push((
                        "SRC032",
                        r.clone(),
                        say!("链接没有地址，点了没有反应", "a link without an address; it leads nowhere"),
                        say!("在圆括号里写地址或文件名：`[文字](地址)`", "write the address or the file in the round brackets: `[words](address)`"),
                    ));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: false });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let r = at();
                if own_computer(&clean(&dest_url)) {
                    doubts.push(local(&clean(&dest_url), r.clone()));
                } else if let Some(s) = bad_scheme(&dest_url) {
                    doubts.push(dangerous(&s, r.clone()));
                }
                o.links.push(Link { to: clean(&dest_url).into(), at: (r.start as u32, r.end as u32), image: true });
                image = Some((r, false));
                if let Some((_, seen)) = &mut link {
                    *seen = true;
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((r, false)) = image.take() {
                    doubts.push((
                        "SRC019",
                        r,
                        say!("图片没有替代文字", "image without alternative text"),
                        say!("写作 ![图中的内容](文件)", "write ![what the picture shows](file)"),
                    ));
                }
            }
            Event::Text(t) | Event::Code(t) => {
                let t = cleaned(&t, marked);
                o.chars += t.chars().count() as u32;
                if let Some((_, seen)) = &mut link {
                    *seen |= !t.trim().is_empty();
                }
                if let Some((_, alt)) = &mut image {
                    *alt |= !t.trim().is_empty();
                }
                if let Some((_, h, _)) = &mut heading {
                    h.push_str(&t);
                } else if in_para && indented(&t) && !lead.trim().is_empty() {
                    lead_chars = LEAD;
                } else if in_para && o.lead.is_empty() && lead_chars < LEAD {
                    for c in t.chars().take(LEAD - lead_chars) {
                        lead.push(c);
                        lead_chars += 1;
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak if in_para && lead_chars < LEAD && !lead.ends_with(' ') => lead.push(' '),
            Event::Html(t) => html.push_str(&t),
            Event::InlineHtml(t) if !allow_html && !html_seen && foreign(&t) => {
                html_seen = true;
                doubts.push(raw_html(at()));
            }
            Event::End(TagEnd::HtmlBlock) => {
                if !allow_html && !html_seen && foreign(&html) {
                    html_seen = true;
                    doubts.push(raw_html(at()));
                }
                html.clear();
            }
            _ => {}
        }
    }
    if o.lead.is_empty() {
        o.lead = lead.trim().into();
    }
    let runs_at = |at: usize| running.get(running.partition_point(|r| r.end <= at)).is_some_and(|r| r.contains(&at));
    let bare = body.addresses.iter().filter(|a| runs_at(a.at.start));
    let before = o.links.len();
    o.links.extend(bare.map(|a| Link {
        to: format!("{}{}", a.scheme, &text[a.at.clone()]).into(),
        at: ((base + a.at.start) as u32, (base + a.at.end) as u32),
        image: false,
    }));
    if o.links.len() > before && before > 0 {
        o.links.sort_by_key(|l| l.at);
    }
    if let Some(at) = body.deep.map(|at| base + at) {
        let busy = (
            say!(
                "正文的标记（`[`、`*`、`<` 等）超过 {SIGNS} 个，没有按 Markdown 读，逐行照原样显示",
                "more than {SIGNS} signs of markup (`[`, `*`, `<` …): the text is not read as Markdown, its lines are shown as they are"
            ),
            say!("分成几篇；或者这不是给人读的正文，作为附件发布", "part it into several texts; or attach it, where it is none that people read"),
        );
        doubts.push(if body.busy {
            ("SRC038", at..at + 1, busy.0, busy.1)
        } else {
            (
                "SRC038",
                at..at + 1,
                say!(
                    "正文的引用、列表超过 {DEPTH} 层，没有按 Markdown 读，逐行照原样显示",
                    "quotations and lists nested more than {DEPTH} deep: the text is not read as Markdown, its lines are shown as they are"
                ),
                say!("减少行首的 > 和列表标记", "take out marks of quotations and lists at the beginning of the line"),
            )
        });
    }
    if let Some(at) = body.star.filter(|at| runs_at(*at)) {
        doubts.push((
            "SRC033",
            base + at..base + at + 1,
            say!("这里的星号按打码照原样显示，没有当作强调", "the asterisks here are shown as a mask, not taken for emphasis"),
            say!(
                "是打码就不用改；要强调，把标点写在星号外面：*小红*、（本文件只提示第一处）",
                "nothing to do for a mask; for emphasis write the punctuation outside: *word*, (only the first place in this file is reported)"
            ),
        ));
    }
    doubts.extend(body.mends.iter().map(|m| ("SRC034", base + m.at.start..base + m.at.end, m.what.clone(), better(text, m))));
    let shown = super::shown::shown(&body, &pieces, &tables);
    doubts.extend(shown.into_iter().map(|(at, what, hint)| ("SRC032", base + body.origin(at.start)..base + body.origin(at.end), what, hint)));
    let tags = super::shortcodes::left_over(text).into_iter().filter(|l| runs_at(l.at.start));
    doubts.extend(tags.take(LEFT_OVERS).map(|l| {
        let (tool, at) = (l.tool, base + l.at.start..base + l.at.end);
        (
            "SRC030",
            at,
            say!("{tool} 的标记在这里不起作用，会原样显示", "a tag of {tool} does nothing here and is shown as it is"),
            say!("改用 Markdown 写法或删去；要照样展示，请放进代码", "write it in Markdown or take it out; to show it as it is, put it into code"),
        )
    }));
    (o, doubts)
}

/// Whether a block of code, its fences among it, ends with one.
fn closed(block: &str) -> bool {
    let mark = if block.starts_with('~') { '~' } else { '`' };
    let open = block.chars().take_while(|c| *c == mark).count();
    let last = block.trim_end().rsplit_once('\n').map_or("", |(_, l)| l).trim_start_matches([' ', '>', '\t']);
    last.chars().count() >= open && last.chars().all(|c| c == mark)
}

/// A line of nothing but the number and name of a chapter: it says nothing about the text.
fn chapter(lead: &str) -> bool {
    let name = ["章", "编", "节"].iter().find_map(|u| numbered(lead, u)).map(|(_, rest)| rest);
    name.is_some_and(|n| n.starts_with(char::is_whitespace) && n.chars().count() < 20 && !n.contains(['。', '，', '；']))
}

fn local(dest: &str, at: Range<usize>) -> Doubt {
    let dest: String = dest.chars().take(120).collect();
    (
        "LNK004",
        at,
        say!("`{dest}` 是你电脑里的路径，别人打不开", "`{dest}` is a path of your own computer; nobody else can open it"),
        say!("把文件放进本文件所在目录，链接只写文件名", "put the file into the folder of this text and link to its name alone"),
    )
}

/// Most left-overs of other tools that are told of one text.
const LEFT_OVERS: usize = 20;

/// True for HTML that is shown as text.
fn foreign(html: &str) -> bool {
    let html = clean(html);
    let html = inline_html::without_comments(&html);
    !html.trim().is_empty() && safe(&html).is_none() && inline_html::block(&html).is_none()
}

fn raw_html(at: Range<usize>) -> Doubt {
    (
        "SRC013",
        at,
        say!("正文中的 HTML 将按文字显示", "raw HTML in the text is shown as text"),
        say!("改用 Markdown 写法（本文件只提示第一处）", "use Markdown instead (only the first place in this file is reported)"),
    )
}

fn dangerous(scheme: &str, at: Range<usize>) -> Doubt {
    (
        "SRC014",
        at,
        say!("链接协议 `{scheme}:` 不安全，不会成为链接", "the link scheme `{scheme}:` is not safe and does not become a link"),
        say!("只用 http、https、mailto、tel、ftp 或站内链接", "use http, https, mailto, tel, ftp or a link inside the site"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_of_a_law() {
        let text = "## 第一章　总则\n\n第一条 为了**“放管服”**改革。\n\n## 说明 *要点*\n\n![](a.png) [x](javascript:alert(1)) <b>粗</b>\n";
        let (o, doubts) = outline(text, 0, false);
        let h: Vec<_> = o.headings.iter().map(|h| (&*h.anchor, &*h.text)).collect();
        assert_eq!(h, [("ch-1", "第一章　总则"), ("说明-要点", "说明 要点")]);
        assert_eq!(&*o.lead, "第一条 为了“放管服”改革。");
        let codes: Vec<_> = doubts.iter().map(|d| (d.0, &text[d.1.clone()])).collect();
        assert_eq!(codes, [("SRC019", "![](a.png)"), ("SRC014", "[x](javascript:alert(1))"), ("SRC013", "<b>")]);
    }

    #[test]
    fn offsets_point_into_the_author_s_text() {
        let text = "**注意：**请\n\n<b>";
        let (_, doubts) = outline(text, 0, false);
        assert_eq!(&text[doubts[0].1.clone()], "<b>");
    }
}
