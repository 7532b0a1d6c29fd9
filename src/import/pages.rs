//! Saved pages of government sites, and texts with a head of labels: `发布日期：2021-04-12`, `【公布日期】2021.04.12`,
//! `**发布机构**: 某局`, tables of attributes, heads of several labels in one line.
//!
//! Labels are those that the fields are called by, the usual ones of portals, and those of a map. What stands behind a label that
//! is not known stays in the text.

use super::csv_list::set;
use super::labels::{Labels, cells, heads, of_rows};
use super::mirror::{self, Mirror, line_of};
use super::reader::odd;
use super::status::{self, BORDER, tight};
use super::{Asked, Brought, Draft, Importer, Value, html, norm};
use crate::diag::{Diagnostic, Phrase, Severity, Span, counted, say};
use crate::load::Source;
use crate::load::brought::{Piece, text};
use crate::schema::item as own;
use crate::types::{Type, interpretation as itp, policy as pol};

/// Saved pages
pub(super) static HTML: Importer = Importer {
    name: "html",
    about: Phrase { zh: "存下来的网页（政府网站）", en: "saved pages of government sites" },
    wanted: |p| [".html", ".htm", ".shtml", ".xhtml"].iter().any(|e| p.to_ascii_lowercase().ends_with(e)),
    read: super::Read::All(|pieces, asked, out| read(pieces, asked, out, page)),
};

/// Texts
pub(super) static TEXT: Importer = Importer {
    name: "text",
    about: Phrase {
        zh: "TXT 或 Markdown，开头几行是“发布日期：”之类的标签", en: "TXT or Markdown that begins with labels such as 发布日期："
    },
    wanted: |p| {
        let low = p.to_ascii_lowercase();
        [".txt", ".md"].iter().any(|e| low.ends_with(e)) && !matches!(low.rsplit('/').next(), Some("readme.md" | "source.md" | "license.md" | "license.txt"))
    },
    read: super::Read::All(|pieces, asked, out| read(pieces, asked, out, plain)),
};

/// What was found in a document.
#[derive(Default)]
struct Found {
    title: String,
    /// Label, value, line.
    heads: Vec<(String, String, u32)>,
    body: String,
    old: Vec<String>,
    /// Files that its text links to.
    beside: Vec<(String, String, Span)>,
    /// What stands beside its text, alone, and says that it is not in force or not for everybody: the words and their line.
    stamps: Vec<(String, u32)>,
    /// Why the page is hardly a document of its own: in Chinese and English.
    doubt: Option<(&'static str, &'static str)>,
}

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>, find: fn(&Source, &Labels, &Mirror<'_>, &mut Vec<Diagnostic>) -> Found) -> Brought {
    let labels = Labels::of(asked);
    let mirror = Mirror { there: asked.there, base: asked.base, pages: pieces.iter().map(|p| p.path.as_str()).collect() };
    let mut brought = Brought::default();
    for p in pieces {
        let Some((content, encoding)) = text(&p.bytes) else {
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("不是文字文件，未导入", "no text file; not imported"))
                    .at(Span::file(&p.path))
                    .hint(say!("看看文件是否损坏", "see whether the file is damaged")),
            );
            continue;
        };
        brought.seen += 1;
        let content = content.replace("\r\n", "\n");
        let source = Source::new(p.path.as_str(), content);
        if let Some(e) = encoding.filter(|e| *e != "gb18030" && *e != "GBK") {
            out.push(odd(
                Span::file(&p.path),
                say!("文件编码是 {e}，已转换", "the file is in {e}; converted"),
                say!("看看文字对不对", "see whether its text is right"),
            ));
        }
        let found = find(&source, &labels, &mirror, out);
        brought.drafts.push(draft(&source, p, found, &labels, asked, out));
    }
    link(&mut brought.drafts, asked);
    brought
}

/// A line such as `级别：市级` whose label is not known: a short word, a colon, a short value that is no sentence.
fn stranger(line: &str) -> Option<(String, String)> {
    let bare = line.trim_matches([' ', '\u{3000}', '*', '-', '|', '\u{feff}']);
    let (label, value) = match bare.strip_prefix('【') {
        Some(r) => r.split_once('】')?,
        None => bare.split_once(['：', ':'])?,
    };
    let (label, value) = (label.trim_matches([' ', '\u{3000}', '*']), value.trim_matches([' ', '\u{3000}', '*', '：', ':']));
    let short = !label.is_empty() && label.chars().count() <= 10 && value.chars().count() <= 60;
    let word = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '\u{3000}'));
    (short && word && !value.ends_with(['。', '！', '？', '：', '；'])).then(|| (label.to_string(), value.to_string()))
}

/// Whether a label that is known follows before anything that is no label.
fn follows<'a>(rest: impl Iterator<Item = &'a str>, labels: &Labels) -> bool {
    for line in rest.take(10) {
        let bare = line.trim_matches([' ', '\u{3000}', '\u{feff}']);
        if !heads(bare, labels).is_empty() {
            return true;
        }
        if !bare.is_empty() && stranger(bare).is_none() {
            return false;
        }
    }
    false
}

/// Words of a title that say that it explains something.
fn explains(title: &str) -> bool {
    ["解读", "问答实录", "一图读懂", "图解", "答记者问"].iter().any(|w| title.contains(w))
}

fn draft(source: &Source, p: &Piece, found: Found, labels: &Labels, asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Draft {
    let head = |key: &str| found.heads.iter().find(|(l, v, _)| labels.key(l) == key && !v.is_empty()).map(|(_, v, _)| v.clone());
    let title = [head("title").unwrap_or_default(), found.title.clone(), super::jkan::stem(&p.path).to_string()]
        .into_iter()
        .find(|t| !t.is_empty())
        .unwrap_or_default();
    let kind: &'static Type = asked.kind.unwrap_or(if explains(&title) { &itp::TYPE } else { &pol::TYPE });
    let mut d = Draft::new(kind, p.path.clone(), "", source.span(0, 1));
    d.set(&own::TITLE, Value::text(title.split_whitespace().collect::<Vec<_>>().join(" ")));
    // What says that it is not in force, or not for everybody.
    let mut over: Option<(String, String, Span)> = None;
    let mut shut: Option<(String, String, Span)> = None;
    for (label, value, line) in &found.heads {
        let key = labels.key(label);
        let value = value.trim();
        if value.is_empty() || key == "title" {
            continue;
        }
        let at = line_of(source, *line);
        if key.is_empty() && over.is_none() && crate::load::validity_of(label, &tight(value)).is_some() {
            over = Some((label.clone(), value.to_string(), at.clone()));
        }
        if shut.is_none() && status::withheld(label, value) {
            shut = Some((label.clone(), value.to_string(), at.clone()));
        }
        let field = if key == "issuer" { Some(kind.issuer) } else { kind.record.field(key) };
        let Some(f) = field.filter(|f| d.get(f).is_none()) else {
            d.keep(label, Value::text(value));
            continue;
        };
        match key {
            // 综合政务\政务公开
            "theme" => {
                let path = value.replace("\\\\", "/").replace(['\\', '／', '>'], "/").replace("//", "/");
                // 国民经济管理、国有资产监管 / 统计: as this program writes the path of one.
                let parts: &[char] = if path.contains(" / ") { &[';', '；'] } else { &[';', '；', '、'] };
                d.set(f, Value::List(path.split(parts).map(|t| Value::text(t.trim().replace(" / ", "/"))).collect()));
            }
            "doc_no" if matches!(value, "无" | "无文号" | "-" | "/" | "—" | "——") => d.set(f, Value::text("none")),
            // 不 予 公 开
            "disclosure_mode" => set(&mut d, f, label, &tight(value), &at, out),
            // No day is none.
            "expires_on" | "effective_from" | "formed_on" | "published_at"
                if matches!(&*tight(value), "无" | "-" | "/" | "—" | "——" | "--" | "暂无" | "长期" | "长期有效" | "未定") =>
            {
                d.keep(label, Value::text(value));
            }
            "source_url" => {
                // `[address](address)`
                let url = value.trim_start_matches('[').split(']').next().unwrap_or(value).trim();
                set(&mut d, f, label, url, &at, out);
                if let norm::Read::Sure(u) = norm::address(url) {
                    d.old.push(u);
                }
            }
            "source" if value.contains("://") => set(&mut d, &own::SOURCE_URL, label, value, &at, out),
            _ => set(&mut d, f, label, value, &at, out),
        }
    }
    // A policy that is repealed is not published as one in force.
    if let Some((label, value, at)) = over
        && let Some(field) = status::says(&d, &label, &tight(&value), asked)
    {
        status::keep(&mut d, &label, &value, field, at, out);
    }
    if let Some((label, value, at)) = shut {
        status::shut(&mut d, &label, &value, at, out);
    }
    // 关于某事的通知（已废止）
    if kind.record.field("repealed_by").is_some()
        && let Some(word) = status::title_says(&title)
    {
        let label = if asked.config.profile == crate::config::Profile::Generic { "title" } else { "标题" };
        status::keep(&mut d, label, &word, "repealed_by", source.span(0, 1), out);
    }
    for (word, line) in &found.stamps {
        status::stamp(&mut d, word, line_of(source, *line), out);
    }
    if let Some((zh, en)) = found.doubt {
        d.set(&own::DRAFT, Value::text("true"));
        out.push(odd(
            source.span(0, 1),
            say!("{zh}，不像一份文件，导入为草稿", "{en}, hardly a document; imported as a draft"),
            say!("不要就删去；是文件就去掉 draft", "delete it, or take draft out where it is a document"),
        ));
    }
    d.old.extend(found.old);
    d.beside = found.beside;
    d.body = found.body;
    if d.body.trim().is_empty() {
        out.push(odd(
            source.span(0, 1),
            say!("没有找到正文", "no text was found"),
            say!("看看页面：正文可能是图片、附件，或由脚本载入", "look at the page: its text may be a picture, an attachment, or loaded by a script"),
        ));
    }
    noise(source, &d.body, out);
    let day =
        [&own::PUBLISHED_AT, &own::FORMED_ON].into_iter().find_map(|f| if let Some(Value::Text(t)) = d.get(f) { t.get(..4).map(String::from) } else { None });
    let short: String = title.chars().filter(|c| !"《》“”（）()、，：:".contains(*c)).take(16).collect();
    let name = norm::slug(&short);
    d.name = day.map_or(name.clone(), |y| format!("{y}/{name}"));
    if !kind.markdown {
        let body = std::mem::take(&mut d.body);
        d.set(&own::DESCRIPTION, Value::Text(body));
    }
    d
}

/// Interpretations name the policy of which they tell; one that is not here is named by its title.
fn link(drafts: &mut [Draft], asked: &Asked<'_>) {
    let title = |d: &Draft| if let Some(Value::Text(t)) = d.get(&own::TITLE) { t.clone() } else { String::new() };
    let bare = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut known: Vec<(String, String)> = drafts.iter().filter(|d| d.kind.folder == pol::TYPE.folder).map(|d| (bare(&title(d)), d.name.clone())).collect();
    known.extend(asked.portal.items.iter().filter_map(|i| {
        let path = i.id.strip_prefix("policies/")?;
        Some((bare(&i.editions.first()?.title), path.to_string()))
    }));
    for d in drafts.iter_mut().filter(|d| d.kind.folder == itp::TYPE.folder) {
        let t = title(d);
        let Some(named) = t.split_once('《').and_then(|(_, r)| r.rsplit_once('》')).map(|(n, _)| n.to_string()) else { continue };
        let wanted = bare(&named);
        let hit = known.iter().find(|(k, _)| !wanted.is_empty() && (*k == wanted || k.contains(&wanted)));
        match hit {
            Some((_, path)) => d.set(&itp::POLICIES, Value::List(vec![Value::text(path.clone())])),
            None => d.set(&itp::POLICY_REF_EXTERNAL, Value::List(vec![Value::Map(vec![(itp::external::TITLE.key.to_string(), Value::Text(named))])])),
        }
    }
}

/// What machines leave in texts.
fn noise(source: &Source, body: &str, out: &mut Vec<Diagnostic>) {
    // `政(zhèng)策(cè)`: glosses behind single signs.
    let marks = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ";
    let glosses = body.matches('(').count() + body.matches('（').count();
    if glosses > 3 {
        let chars: Vec<char> = body.chars().collect();
        let found = chars
            .windows(3)
            .filter(|w| ('\u{4e00}'..='\u{9fff}').contains(&w[0]) && matches!(w[1], '(' | '（') && (w[2].is_ascii_lowercase() || marks.contains(w[2])))
            .count();
        if found > 3 {
            out.push(odd(
                source.span(0, 1),
                say!("正文里有 {found} 处拼音注音", "the text has {found} glosses in pinyin"),
                say!("是转换留下的就删去", "take them out where a machine left them"),
            ));
        }
    }
    let lost = body.matches('\u{FFFD}').count();
    if lost > 0 {
        out.push(odd(
            source.span(0, 1),
            say!("正文里有 {lost} 个坏字（\u{FFFD}）", "the text has {lost} broken signs (\u{FFFD})"),
            say!("对照原文改正", "correct them by the original"),
        ));
    }
    let half = body.matches("锟斤拷").count() + body.matches("烫烫烫").count();
    if half > 0 {
        let places = counted(half as u64, "place", "places");
        out.push(odd(
            source.span(0, 1),
            say!("正文里有 {half} 处乱码", "the text is garbled in {places}"),
            say!("重新保存网页，注意编码", "save the page again, minding its encoding"),
        ));
    }
}

/// The rows of a table of Markdown that begins here; the line below its head is a row without cells.
fn grid(lines: &[&str]) -> Vec<Vec<String>> {
    lines.iter().map_while(|l| cells(l)).collect()
}

/// Whether all of a table of attributes was understood: what was not stays in the text.
fn whole(rows: &[Vec<String>], read: &[(usize, String, String)]) -> bool {
    let said = |row: &Vec<String>| row.iter().filter(|c| !c.trim().is_empty()).count();
    // A label and its value are two cells; a row of labels and one of values too.
    let pairs: usize = read.iter().map(|(_, _, v)| 1 + usize::from(!v.is_empty())).sum();
    !read.is_empty() && rows.iter().map(said).sum::<usize>() <= pairs
}

/// Whether a line is what the label on the line above it promised: a day, a number, a state.
fn below(label: &str, next: &str, labels: &Labels) -> bool {
    let next = next.trim();
    if !heads(next, labels).is_empty() || next.chars().count() > 30 {
        return false;
    }
    match labels.key(label) {
        "published_at" | "formed_on" | "effective_from" | "expires_on" => !matches!(norm::day(next), norm::Read::Not),
        "doc_no" => next.ends_with('号') || next.ends_with('號'),
        "index_no" | "reg_no" => next.bytes().filter(u8::is_ascii_digit).count() > 3,
        _ => status::matters(label, next),
    }
}

/// A text whose first lines may be labels.
fn plain(source: &Source, labels: &Labels, _: &Mirror<'_>, out: &mut Vec<Diagnostic>) -> Found {
    let mut found = Found::default();
    let mut body: Vec<&str> = Vec::new();
    let mut in_head = true;
    // In a text without Markdown every line is a paragraph, indented by two wide blanks.
    let markdown = source.path.ends_with(".md");
    let (content, gone) = if markdown { super::unseen::taken_out(&source.text, true) } else { (source.text.to_string(), Default::default()) };
    super::unseen::tell(&gone, &|at| source.span(at, at + 1), out);
    let content = content.replace('\0', "");
    let all: Vec<&str> = content.lines().collect();
    // Lines that belong to a table of attributes, or say what the label on the line above promised.
    let mut taken = 0;
    for (i, line) in all.iter().enumerate() {
        let bare = line.trim_matches([' ', '\u{3000}', '\u{feff}']);
        if i < taken {
            continue;
        }
        if in_head {
            let rows = grid(&all[i..]);
            let table = of_rows(&rows, labels);
            if whole(&rows, &table) {
                taken = i + rows.len();
                found.heads.extend(table.into_iter().map(|(n, l, v)| (l, v, (i + n) as u32 + 1)));
                continue;
            }
            // A table that is none of attributes is text.
            if !rows.is_empty() {
                in_head = false;
                body.push(line);
                continue;
            }
            if found.title.is_empty() && !bare.is_empty() && heads(bare, labels).is_empty() {
                found.title = bare.trim_start_matches('#').trim().to_string();
                continue;
            }
            let mut here = heads(bare, labels);
            if !here.is_empty() {
                if let Some((l, v)) = here.last_mut().filter(|(_, v)| v.is_empty())
                    && let Some((n, next)) = all.iter().enumerate().skip(i + 1).find(|(_, l)| !l.trim().is_empty()).filter(|(_, next)| below(l, next, labels))
                {
                    taken = n + 1;
                    *v = next.trim().to_string();
                }
                found.heads.extend(here.into_iter().map(|(l, v)| (l, v, i as u32 + 1)));
                continue;
            }
            if bare.is_empty() || bare == "---" || bare == "<!-- INFO END -->" {
                continue;
            }
            // A label that nobody knows does not end the head while others follow.
            if let Some((l, v)) = stranger(bare)
                && follows(all.iter().skip(i + 1).copied(), labels)
            {
                found.heads.push((l, v, i as u32 + 1));
                continue;
            }
            in_head = false;
        }
        if body.is_empty() && matches!(bare, "## 政策全文" | "## 正文" | "政策全文" | "正文：") {
            continue;
        }
        body.push(line);
    }
    let text = body.join("\n").replace("<!-- INFO END -->", "");
    found.body = if markdown {
        text.lines().map(|l| l.trim_start_matches('\u{3000}').trim_end()).collect::<Vec<_>>().join("\n")
    } else {
        text.lines().map(|l| html::start(&html::escape(l.trim_matches([' ', '\u{3000}', '\t'])))).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    found.body = found.body.trim_matches('\n').to_string();
    found
}

/// Tags of the head that Chinese government sites have (国办发〔2017〕47号), and the labels that they are as good as.
static METAS: &[(&str, &str)] =
    &[("articletitle", "标题"), ("pubdate", "发布日期"), ("contentsource", "来源"), ("keywords", "关键词"), ("description", "摘要"), ("author", "责任编辑")];

/// A line of a page.
struct Line {
    text: String,
    line: u32,
    /// It stands in what is the page's text.
    inside: bool,
    /// It is a menu, the site's head or foot, or a link.
    aside: bool,
}

/// The lines of a page: what stands in an element that has no others of its kind in it, the rows of tables of attributes, labels
/// that stand in an element of their own before what they say.
fn lines_of(e: &html::Element, main: &html::Element, (inside, aside): (bool, bool), labels: &Labels, out: &mut Vec<Line>) {
    let inside = inside || std::ptr::eq(e, main) && e.name != "html" && e.name != "body";
    let aside = aside || matches!(&*e.name, "nav" | "header" | "footer" | "aside" | "a" | "select" | "option" | "head" | "script" | "style" | "button");
    let elements = || e.inner.iter().filter_map(|h| if let html::Html::Element(c) = h { Some(c) } else { None });
    let mut put = |text: String, line: u32| {
        if text.chars().count() < 600 {
            out.push(Line { text, line, inside, aside });
        }
    };
    let holds = |c: &html::Element| matches!(&*c.name, "p" | "li" | "div" | "table" | "tr" | "ul" | "dl" | "dt" | "dd");
    if e.name == "table" {
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        rows_of(e, &mut rows, &mut lines);
        for (n, l, v) in of_rows(&rows, labels) {
            put(format!("{l}：{v}"), lines.get(n).copied().unwrap_or(e.line));
        }
    } else if matches!(&*e.name, "p" | "li" | "div" | "span" | "dd" | "dt" | "h1" | "h2" | "h3" | "h4" | "td" | "th" | "em" | "i" | "strong" | "b" | "font")
        && !elements().any(holds)
    {
        put(bordered(e), e.line);
    }
    // 有效性 in one element, 失效 in the next: in a list of definitions, or two that stand alone.
    let all: Vec<&html::Element> = elements().filter(|c| c.name != "br").collect();
    let alone = all.len() == 2 && !e.inner.iter().any(|h| matches!(h, html::Html::Text(t) if !t.trim().is_empty()));
    for pair in all.windows(2) {
        if let [l, v] = pair
            && (l.name == "dt" && v.name == "dd" || alone && l.name == v.name && !v.all().iter().any(|c| c.name == "a"))
            && let Some(label) = labels.is(&l.text())
            && labels.is(&v.text()).is_none()
        {
            put(format!("{label}：{}", v.text()), l.line);
        }
    }
    elements().for_each(|c| lines_of(c, main, (inside, aside), labels, out));
}

/// The cells of a table, a row of texts each, and the lines of its rows; those of tables in it are not its own.
fn rows_of(e: &html::Element, rows: &mut Vec<Vec<String>>, lines: &mut Vec<u32>) {
    for h in &e.inner {
        let html::Html::Element(c) = h else { continue };
        match &*c.name {
            "tr" => {
                let cell = |h: &html::Html| if let html::Html::Element(c) = h { matches!(&*c.name, "td" | "th").then(|| c.text()) } else { None };
                rows.push(c.inner.iter().filter_map(cell).collect());
                lines.push(c.line);
            }
            "thead" | "tbody" | "tfoot" => rows_of(c, rows, lines),
            _ => {}
        }
    }
}

/// The text of an element, with a sign between two elements that meet in it.
fn bordered(e: &html::Element) -> String {
    let mut out = String::new();
    let mut ended = false;
    for h in &e.inner {
        match h {
            html::Html::Text(t) => {
                ended &= t.is_empty();
                out.push_str(t);
            }
            html::Html::Element(c) if c.name == "br" => {
                ended = false;
                out.push(' ');
            }
            html::Html::Element(c) => {
                let parts = matches!(&*c.name, "span" | "label" | "em" | "i" | "b" | "strong" | "font");
                if std::mem::replace(&mut ended, parts) && parts {
                    out.push(BORDER);
                }
                out.push_str(&c.text());
            }
        }
    }
    out.split(|c: char| c.is_whitespace() && c != BORDER).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Words or pictures that stand alone on the page and say that its text is not in force. Where all states stand side by side, they
/// are a choice of a search.
fn stamps(all: &[&html::Element], lines: &[Line]) -> Vec<(String, u32)> {
    let mut out: Vec<(String, u32)> = Vec::new();
    let pictures = all.iter().filter(|e| e.name == "img").flat_map(|e| [e.attr("alt"), e.attr("title")].map(|t| (t.to_string(), e.line)));
    let words = lines.iter().filter(|l| !l.aside).map(|l| (l.text.clone(), l.line));
    let mut force = false;
    for (text, line) in pictures.chain(words) {
        let bare = tight(&text);
        force |= matches!(&*bare, "有效" | "现行有效" | "全部");
        if status::stamped(&bare) && !out.iter().any(|(t, _)| *t == bare) {
            out.push((bare, line));
        }
    }
    if force { Vec::new() } else { out }
}

fn page(source: &Source, labels: &Labels, mirror: &Mirror<'_>, out: &mut Vec<Diagnostic>) -> Found {
    let mut root = html::parse(&source.text);
    let bared = super::look::bared(&mut root);
    let root = root;
    let all = root.all();
    let mut found = Found { old: vec![format!("/{}", source.path)], ..Found::default() };
    // Where a browser saved it from.
    if let Some(url) = source
        .text
        .split_once("saved from url=(")
        .and_then(|(_, r)| r.split_once(')'))
        .map(|(_, r)| r.split(" -->").next().unwrap_or("").trim())
        .filter(|u| u.starts_with("http"))
    {
        found.old = vec![url.to_string()];
    }
    for e in &all {
        if e.name == "link" && e.attr("rel") == "canonical" && e.attr("href").starts_with("http") {
            found.old = vec![e.attr("href").to_string()];
        }
    }
    if let Some(base) = mirror.base {
        found.old = vec![base.to_string()];
    }
    let main = main_of(&root);
    // Lines of the page up to its text, and of its text.
    let mut lines: Vec<Line> = Vec::new();
    lines_of(&root, main, (false, false), labels, &mut lines);
    for (i, one) in lines.iter().enumerate() {
        let mut here = heads(&one.text, labels);
        if let Some((_, v)) = here.last_mut()
            && v.is_empty()
            && let Some(next) = lines.get(i + 1).filter(|n| heads(&n.text, labels).is_empty() && n.text.chars().count() < 120)
        {
            *v = next.text.replace(BORDER, "");
        }
        // What nobody knows beside the text is kept where it matters.
        if here.is_empty()
            && !one.inside
            && !one.aside
            && let Some((l, v)) = stranger(&one.text.replace(BORDER, "")).filter(|(l, v)| !status::stamped(l) && status::matters(l, v))
        {
            here.push((l, v));
        }
        for (l, v) in here {
            match found.heads.iter_mut().find(|(o, _, _)| *o == l) {
                None => found.heads.push((l, v, one.line)),
                // An empty place of a template is none.
                Some(before) if before.1.is_empty() => before.1 = v,
                Some(_) => {}
            }
        }
    }
    found.stamps = stamps(&all, &lines);
    for e in &all {
        if e.name == "meta"
            && let Some((_, label)) = METAS.iter().find(|(m, _)| e.attr("name").eq_ignore_ascii_case(m))
            && !e.attr("content").is_empty()
        {
            // The tag says what it says without signs around it: it wins over what stands on the page.
            if *label == "标题" {
                found.title = e.attr("content").to_string();
            } else if !found.heads.iter().any(|(l, v, _)| !v.is_empty() && labels.key(l) == labels.key(label)) {
                found.heads.push(((*label).to_string(), e.attr("content").to_string(), e.line));
            }
        } else if e.name == "meta" && status::matters(e.attr("name"), e.attr("content")) {
            found.heads.push((e.attr("name").to_string(), e.attr("content").to_string(), e.line));
        }
    }
    if found.title.is_empty() {
        let first = |name: &str| all.iter().find(|e| e.name == name).map(|e| e.text()).filter(|t| !t.is_empty());
        found.title = first("h1").or_else(|| first("title").map(|t| t.split(['_', '|']).next().unwrap_or("").trim().to_string())).unwrap_or_default();
    }
    let mut main = main.clone();
    let at = found.old.first().map(String::as_str).filter(|a| a.contains("://"));
    found.beside = mirror.settle(&mut main, &source.path, at, source, out);
    let made = html::Made { hidden: bared.hidden, formulas: bared.formulas, ..html::of(&main) };
    super::reader::told(&made, &|line| line_of(source, line), out);
    let comments = super::unseen::of_page(&source.text, main.line);
    if let Some(first) = comments.first() {
        out.push(super::unseen::commented(comments.len(), line_of(source, *first)));
    }
    wrong(source, &found.title, &made.text, out);
    if !made.dropped.is_empty() {
        let list = made.dropped.join(", ");
        out.push(odd(
            source.span(0, 1),
            say!("正文里的 {list} 已去掉", "{list} in the text taken out"),
            say!("网页不收脚本和嵌入内容", "scripts and embedded pages are not taken over"),
        ));
    }
    for (src, has, line) in &made.pictures {
        if !has {
            let src = mirror::shown(src);
            out.push(odd(
                line_of(source, *line),
                say!("图片 {src} 没有文字说明", "the picture {src} has no text in its place"),
                say!("在 `![]` 的方括号里写上图里说了什么", "say in the brackets of `![]` what the picture shows"),
            ));
        }
    }
    found.body = undressed(&made.text, &found.title, labels, &[]);
    found.doubt = doubt(source, &all, &found);
    found
}

/// Why a page is none of a document: it leads elsewhere, is a part of the site itself, lists others, or is empty.
fn doubt(source: &Source, all: &[&html::Element], found: &Found) -> Option<(&'static str, &'static str)> {
    if all.iter().any(|e| e.name == "meta" && e.attr("http-equiv").eq_ignore_ascii_case("refresh") && e.attr("content").to_ascii_lowercase().contains("url")) {
        return Some(("网页只是转到别处", "the page leads elsewhere"));
    }
    let title = found.title.trim();
    let path = source.path.to_ascii_lowercase();
    let part = |words: &[&str]| path.split(['/', '.']).any(|p| words.contains(&p));
    if part(&["404", "403", "500", "search", "sitemap"])
        || matches!(title, "网站地图" | "站点地图" | "搜索" | "站内搜索" | "没有找到页面" | "页面不存在" | "Search" | "Sitemap" | "Page not found")
    {
        return Some(("这是出错、搜索或网站地图的页面", "it is a page of errors, of search or of the site's map"));
    }
    let lines: Vec<&str> = found.body.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#') && !l.starts_with("| ---")).collect();
    if lines.is_empty() {
        return Some(("网页没有正文", "the page has no text"));
    }
    // In a list nearly every line is a link, and no line is a paragraph.
    let links = lines.iter().filter(|l| l.contains("](") && !l.contains("![")).count();
    let long = lines.iter().any(|l| !l.contains("](") && l.chars().count() > 60);
    (links >= 3 && links * 10 >= lines.len() * 7 && !long).then_some(("网页是别的网页的列表", "the page lists others"))
}

/// Pages that a server gave instead of the document, and those that were cut off on the way.
fn wrong(source: &Source, title: &str, text: &str, out: &mut Vec<Diagnostic>) {
    let low = title.to_lowercase();
    let few = text.chars().count() < 400;
    let number = ["404", "403", "500", "502", "503", "504"].iter().any(|n| low.split(|c: char| !c.is_ascii_digit()).any(|p| p == *n));
    let words = ["not found", "forbidden", "bad gateway", "error", "access denied", "页面不存在", "找不到", "无法访问", "出错", "错误"];
    if few && (number || words.iter().any(|w| low.contains(w)) || (low.is_empty() && words.iter().any(|w| text.to_lowercase().contains(w)))) {
        out.push(odd(
            source.span(0, 1),
            say!("这像是服务器的出错页面（“{title}”），不是文件", "this looks like an error page of a server (“{title}”), not like a document"),
            say!("重新存这一页；导入的这一条不要就删去", "save the page again; delete the item that was made of it"),
        ));
    }
    let whole = source.text.to_lowercase();
    if whole.contains("<html") && !whole.contains("</html") && !whole.contains("</body") {
        let end = source.text.trim_end().len();
        out.push(odd(
            source.span(end.saturating_sub(1), end),
            say!("网页到这里断了，没有 </html>", "the page breaks off here, without </html>"),
            say!("重新存这一页，看看正文全不全", "save the page again, and see whether its text is whole"),
        ));
    }
}

/// A text without what stands before it on the page.
fn undressed(text: &str, title: &str, labels: &Labels, others: &[String]) -> String {
    // Heads, the title and the buttons of the old site are no text.
    let title: String = title.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut begun = false;
    let all: Vec<&str> = text.lines().collect();
    // Lines that are dressing for what stands before them.
    let mut taken = 0;
    for (i, line) in all.iter().enumerate() {
        let bare = line.trim().trim_matches(['#', '*', ' ', '|', '\\']);
        let letters: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
        if !begun {
            if i < taken {
                continue;
            }
            let rows = grid(&all[i..]);
            if whole(&rows, &of_rows(&rows, labels)) {
                taken = i + rows.len();
                continue;
            }
            let here = if rows.is_empty() { heads(bare, labels) } else { Vec::new() };
            if let Some((l, _)) = here.last().filter(|(_, v)| v.is_empty())
                && let Some((n, _)) = all.iter().enumerate().skip(i + 1).find(|(_, l)| !l.trim().is_empty()).filter(|(_, next)| below(l, next, labels))
            {
                taken = n + 1;
            }
            let dressing = bare.is_empty()
                || letters == title
                || !here.is_empty()
                || stranger(bare).is_some_and(|(l, _)| others.contains(&l))
                || BUTTONS.iter().any(|b| letters == *b)
                || ["当前位置", "您的位置", "您现在的位置"].iter().any(|b| letters.starts_with(b));
            if dressing {
                continue;
            }
            begun = true;
        }
        if BUTTONS.iter().any(|b| letters == *b) {
            continue;
        }
        kept.push(line);
    }
    kept.join("\n").trim_matches('\n').to_string()
}

/// A document of which the first paragraphs are known: title, lines of labels, then the text; and attributes that it told apart.
pub(super) fn from_lines(path: &str, lines: &[String], text: &str, told: &[(String, String)], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Draft {
    let labels = Labels::of(asked);
    let mut found = Found::default();
    found.heads.extend(told.iter().map(|(l, v)| (l.clone(), v.clone(), 1)));
    let mut others: Vec<String> = Vec::new();
    let all: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut taken = 0;
    for (i, line) in all.iter().enumerate() {
        if i < taken {
            continue;
        }
        let rows = grid(&all[i..]);
        if !rows.is_empty() {
            let table = of_rows(&rows, &labels);
            if !whole(&rows, &table) {
                // What it says of being in force counts all the same.
                found.heads.extend(table.into_iter().filter(|(_, l, v)| status::matters(l, v)).map(|(_, l, v)| (l, v, 1)));
                // A head that is laid out in a table stands before the title.
                if found.title.is_empty() {
                    taken = i + rows.len();
                    continue;
                }
                break;
            }
            taken = i + rows.len();
            found.heads.extend(table.into_iter().map(|(_, l, v)| (l, v, 1)));
            continue;
        }
        let mut here = heads(line, &labels);
        if !here.is_empty() {
            if let Some((l, v)) = here.last_mut().filter(|(_, v)| v.is_empty())
                && let Some(next) = all.get(i + 1).filter(|next| below(l, next, &labels))
            {
                taken = i + 2;
                *v = (*next).to_string();
            }
            found.heads.extend(here.into_iter().map(|(l, v)| (l, v, 1)));
        } else if found.title.is_empty() {
            found.title = (*line).to_string();
        } else if let Some((l, v)) = stranger(line)
            && follows(all.iter().skip(i + 1).copied(), &labels)
        {
            others.push(l.clone());
            found.heads.push((l, v, 1));
        } else {
            break;
        }
    }
    found.body = undressed(text, &found.title, &labels, &others);
    let (source, piece) = (Source::new(path, ""), Piece { path: path.to_string(), bytes: Vec::new(), file: None });
    let mut d = draft(&source, &piece, found, &labels, asked, out);
    link(std::slice::from_mut(&mut d), asked);
    d
}

/// Words beside a text that belong to the old site.
static BUTTONS: &[&str] = &[
    "打印",
    "关闭",
    "打印本页",
    "关闭窗口",
    "分享",
    "分享到",
    "字号大中小",
    "大中小",
    "字体大中小",
    "打印关闭",
    "我要纠错",
    "收藏",
    "上一篇",
    "下一篇",
    "当前位置",
    "您的位置",
    "返回顶部",
    "扫一扫",
    "无障碍",
    "首页",
];

/// Classes and ids in which the content systems of these sites put the text.
static MAINS: &[&str] = &[
    "ucap-content",
    "trs_editor",
    "trs_ueditor",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "xxgk_content",
    "zoom",
    "content-text",
    "news_content",
    "bt-content",
    "view_content",
    "main-text",
    "text-content",
];

/// The element that holds the text: what the usual systems call so, else the deepest that has most of the words outside of links.
fn main_of(root: &html::Element) -> &html::Element {
    let named = root.all().into_iter().find(|e| {
        let words = format!("{} {}", e.attr("id"), e.attr("class")).to_ascii_lowercase();
        words.split_whitespace().any(|w| MAINS.contains(&w)) && own_words(e) > 20
    });
    if let Some(e) = named {
        return e;
    }
    let mut here = root;
    loop {
        let whole = own_words(here);
        let next = here.inner.iter().filter_map(|h| if let html::Html::Element(e) = h { Some(e) } else { None }).find(|e| own_words(e) * 10 > whole * 6);
        match next {
            Some(e) if !matches!(&*e.name, "p" | "span" | "table" | "tbody" | "tr") || e.name == "table" && e.all().len() > 200 => here = e,
            _ => return here,
        }
    }
}

/// Characters of an element that are not links, scripts or navigation.
fn own_words(e: &html::Element) -> usize {
    if matches!(&*e.name, "a" | "script" | "style" | "nav" | "header" | "footer" | "select" | "head" | "form" | "noscript") {
        return 0;
    }
    e.inner
        .iter()
        .map(|h| match h {
            html::Html::Text(t) => t.chars().filter(|c| !c.is_whitespace()).count(),
            html::Html::Element(e) => own_words(e),
        })
        .sum()
}
