//! Word: a policy as a document to work with: its title, where it stands on the day, its attributes, the text with headings,
//! articles, tables, links and footnotes, its attachments, where it is from.
//!
//! It is made of the same pieces and the same cleaned events as the Markdown twin, so that none says less than the other; how
//! it looks follows GB/T 9704-2012 in Chinese. Editions made by table have none, as they have no twin. The same content gives
//! the same bytes: nothing in it tells the hour.

use super::texts::{self, Piece};
use super::twin;
use super::xml;
use crate::load::anchors::Anchors;
use crate::load::targets::bad_scheme;
use crate::model::{Edition, Item};
use crate::output::{Made, MakeResult};
use crate::render::cite::cite;
use crate::render::{Ctx, Maker, misrouted, ooxml, pages};
use crate::route::{Entry, Planner, Site, Target};
use crate::schema::site::outputs;
use crate::types;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// `policy.docx` beside the page of a policy.
pub static EXPORT: Maker = Maker { name: "docx", plan, make, cost: 3 };

/// Widest table that is told as one; Word itself knows no more columns.
const COLUMNS: usize = 63;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if !site.config.writes(&outputs::DOCX) {
        return;
    }
    for &i in site.derived.list(types::POLICY) {
        let item = &site.public.items[i as usize];
        for e in item.written() {
            let path = format!("{}{}policy.docx", site.public.languages[e.lang].prefix, pages::item_path(item));
            if !p.taken(&path) && crate::route::unfit(&path, false).is_none() {
                p.file(e.lang, path, Target::Docx(i), 2, false, false);
            }
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Docx(i) = entry.target else { return misrouted(entry) };
    let item = &ctx.public.items[i as usize];
    let edition = item.best(entry.lang);
    let mut doc = Writer::default();
    head(ctx, i, edition, &mut doc);
    for p in texts::pieces(ctx, item, edition) {
        if !p.title.is_empty() {
            doc.paragraph("Heading1", &run(&p.title, ""));
        }
        body(ctx, entry.lang, item, &p, &mut doc);
    }
    tail(ctx, i, edition, &mut doc);
    let tag = &ctx.public.languages[entry.lang].tag;
    let issuers = ctx.issuers(entry.lang, item);
    let author = if issuers.is_empty() { item.policy().and_then(|p| p.issuer_text.clone()).unwrap_or_default() } else { issuers };
    let parts = ooxml::document(&ooxml::Document {
        body: &doc.main.xml,
        links: &doc.main.links,
        notes: &doc.notes.xml,
        note_links: &doc.notes.links,
        title: &edition.title,
        author: &author,
        day: item.day().map(|d| d.to_string()),
        tag,
    });
    match parts {
        Ok(bytes) => Ok(Made::Bytes(bytes)),
        Err(e) => {
            let text = crate::diag::say!("内部错误：{} 的 Word 文件做不出来：{e}", "internal error: the Word file of {} cannot be made: {e}", item.id);
            Err(Box::new(crate::diag::Diagnostic::new("OUT001", crate::diag::Severity::Error, text).blocking()))
        }
    }
}

/// One part of the file with the addresses it leads to.
#[derive(Default)]
struct Part {
    xml: String,
    /// `r:id` is the place plus one.
    links: Vec<String>,
}

#[derive(Default)]
struct Writer {
    main: Part,
    notes: Part,
    /// Bookmarks so far.
    marks: u32,
    /// Footnotes so far.
    footnotes: u32,
    anchors: Anchors,
}

impl Writer {
    fn paragraph(&mut self, style: &str, runs: &str) {
        let _ = write!(self.main.xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
    }
}

/// A run of text; `how` are its properties.
fn run(text: &str, how: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let how = if how.is_empty() { String::new() } else { format!("<w:rPr>{how}</w:rPr>") };
    let text = xml(text).replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">").replace('\t', " ");
    format!("<w:r>{how}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

impl Part {
    /// A link around runs.
    fn link(&mut self, to: &str, runs: &str) -> String {
        let n = self.links.iter().position(|l| l == to).unwrap_or_else(|| {
            self.links.push(to.to_string());
            self.links.len() - 1
        });
        format!("<w:hyperlink r:id=\"link{}\" w:history=\"1\">{runs}</w:hyperlink>", n + 1)
    }
}

/// Title, state, attributes.
fn head(ctx: &Ctx<'_>, i: u32, e: &Edition, doc: &mut Writer) {
    let lang = e.lang;
    let m = &ctx.theme.messages[lang];
    doc.paragraph("Title", &run(&e.title, ""));
    let args = [("state", texts::standing(ctx, lang, i).label), ("date", ctx.date(lang, ctx.public.as_of))];
    // The message is Markdown: what stands between `**` is bold.
    let state = m.get("twin.state", &args).unwrap_or_default();
    let mut told: String = state.split("**").enumerate().map(|(n, t)| run(t, if n % 2 == 1 { "<w:b/>" } else { "" })).collect();
    if let Some((text, instead)) = pages::warning(ctx, lang, i) {
        told.push_str(&run(&format!(" {text}"), ""));
        if let Some(o) = instead {
            told.push_str(&run(&m.say("banner.see"), ""));
            told.push_str(&doc.main.link(&texts::page(ctx, o, lang), &run(&ctx.public.items[o as usize].best(lang).title, LINK)));
        }
    }
    doc.paragraph("State", &told);
    let rows: Vec<Vec<String>> = texts::facts(ctx, lang, i)
        .into_iter()
        .map(|f| {
            let to = f.url.as_deref().map(|u| if u.starts_with('/') { ctx.absolute(u) } else { u.to_string() }).filter(|u| bad_scheme(u).is_none());
            let value = match to {
                Some(u) => doc.main.link(&u, &run(&f.value, LINK)),
                None => run(&f.value, ""),
            };
            vec![run(&f.label, ""), value]
        })
        .collect();
    table(&mut doc.main.xml, &rows, &[], 0, Some(&[2200, 6860]));
    doc.main.xml.push_str("<w:p/>");
}

/// Attachments, where it is from, how to cite it.
fn tail(ctx: &Ctx<'_>, i: u32, e: &Edition, doc: &mut Writer) {
    let (lang, item) = (e.lang, &ctx.public.items[i as usize]);
    let m = &ctx.theme.messages[lang];
    let files: Vec<(String, String)> =
        item.attachments.iter().filter_map(|a| Some((a.title.clone(), ctx.absolute(&ctx.routes.get(0, &Target::Blob(a.file.clone()))?.url)))).collect();
    if !files.is_empty() {
        doc.paragraph("Heading1", &run(&m.say("attachments.title"), ""));
        for (title, url) in files {
            let link = doc.main.link(&url, &run(&title, LINK));
            doc.paragraph("ListParagraph", &format!("{}{link}", run("• ", "")));
        }
    }
    let page = texts::page(ctx, i, lang);
    let link = doc.main.link(&page, &run(&page, LINK));
    doc.paragraph("Source", &format!("{}{link}", run(&m.say("docx.source"), "")));
    doc.paragraph("Source", &run(&cite(ctx, lang, item, e, &page).text, ""));
}

/// How a link looks.
const LINK: &str = "<w:rStyle w:val=\"Hyperlink\"/>";

/// A piece of the text.
fn body(ctx: &Ctx<'_>, lang: usize, item: &Item, p: &Piece<'_>, doc: &mut Writer) {
    twin::told(ctx, lang, item, p, &mut |events| {
        let labels = numbered(events, &mut doc.footnotes);
        let mut flow = Flow {
            doc,
            labels,
            told: BTreeSet::new(),
            level: 0,
            quotes: 0,
            lists: Vec::new(),
            style: Vec::new(),
            links: Vec::new(),
            runs: String::new(),
            note: None,
            fresh: false,
            table: None,
            code: None,
            first: false,
        };
        events.iter().for_each(|e| flow.event(e));
        flow.end_paragraph();
    });
}

/// Numbers of the footnotes that are defined and referred to from the text, in the order of their first references. What is only
/// defined stays in the text; what is only referred to is told as it is written.
fn numbered(events: &[Event<'_>], last: &mut u32) -> BTreeMap<String, u32> {
    let defined: BTreeSet<&str> = events.iter().filter_map(|e| if let Event::Start(Tag::FootnoteDefinition(l)) = e { Some(&**l) } else { None }).collect();
    let mut out = BTreeMap::new();
    let mut inside = false;
    for e in events {
        match e {
            Event::Start(Tag::FootnoteDefinition(_)) => inside = true,
            Event::End(TagEnd::FootnoteDefinition) => inside = false,
            Event::FootnoteReference(l) if !inside && defined.contains(&**l) && !out.contains_key(&**l) => {
                *last += 1;
                out.insert(l.to_string(), *last);
            }
            _ => {}
        }
    }
    out
}

/// An open table.
struct Table {
    align: Vec<Alignment>,
    rows: Vec<Vec<String>>,
    heads: usize,
}

/// What is open while events come.
struct Flow<'w> {
    doc: &'w mut Writer,
    /// Of each footnote its number.
    labels: BTreeMap<String, u32>,
    /// Numbers that a reference has told, and, as their negative, those whose text is written.
    told: BTreeSet<i64>,
    /// Level of the open heading; 0 is none.
    level: u8,
    quotes: u8,
    /// Of each open list the next number.
    lists: Vec<Option<u64>>,
    /// Properties of open emphasis.
    style: Vec<&'static str>,
    /// Of each open link where it leads and what stands before it.
    links: Vec<(String, String)>,
    runs: String,
    /// The footnote that is being written.
    note: Option<u32>,
    /// Nothing of it is written yet.
    fresh: bool,
    table: Option<Table>,
    code: Option<String>,
    /// The next paragraph is the first of an item of a list: its mark.
    first: bool,
}

impl Flow<'_> {
    fn part(&mut self) -> &mut Part {
        if self.note.is_some() { &mut self.doc.notes } else { &mut self.doc.main }
    }

    fn text(&mut self, t: &str) {
        let mut how: String = self.style.concat();
        if !self.links.is_empty() {
            how = format!("{LINK}{how}");
        }
        let r = run(t, &how);
        self.runs.push_str(&r);
    }

    fn end_paragraph(&mut self) {
        if self.runs.is_empty() || self.table.is_some() {
            return;
        }
        let runs = std::mem::take(&mut self.runs);
        let mark = if self.first { self.mark() } else { String::new() };
        let style = match (self.note.is_some(), self.level, self.quotes, self.lists.len()) {
            (true, ..) => "FootnoteText".to_string(),
            (_, 0, 0, 0) => "BodyText".to_string(),
            (_, 0, 0, _) => "ListParagraph".to_string(),
            (_, 0, ..) => "Quote".to_string(),
            (_, n, ..) => format!("Heading{}", n.saturating_sub(1).clamp(1, 6)),
        };
        let depth = self.lists.len().min(8);
        let indent = if depth > 1 && self.level == 0 { format!("<w:ind w:left=\"{}\"/>", 480 * depth) } else { String::new() };
        let number = if std::mem::take(&mut self.fresh) { "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>" } else { "" };
        let (runs, marks) = if style == "BodyText" { self.article(runs) } else { (runs, (String::new(), String::new())) };
        let out = &mut self.part().xml;
        let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{indent}</w:pPr>{}{number}{mark}{runs}{}</w:p>", marks.0, marks.1);
    }

    /// The mark of an item of a list: a dot, or its number as it is told.
    fn mark(&mut self) -> String {
        self.first = false;
        match self.lists.last_mut() {
            Some(Some(n)) => {
                let told = format!("{n}. ");
                *n += 1;
                run(&told, "")
            }
            _ => run("• ", ""),
        }
    }

    /// A paragraph that begins with the number of an article: the number is bold, and a bookmark leads to it.
    fn article(&mut self, runs: String) -> (String, (String, String)) {
        const OPEN: &str = "<w:r><w:t xml:space=\"preserve\">";
        let Some(rest) = runs.strip_prefix(OPEN) else { return (runs, Default::default()) };
        let Some(end) = rest.find("</w:t>") else { return (runs, Default::default()) };
        let Some((anchor, number)) = self.doc.anchors.clause(&rest[..end]) else { return (runs, Default::default()) };
        self.doc.marks += 1;
        let id = self.doc.marks;
        let bold = format!("{}{OPEN}{}", run(number, "<w:b/>"), &rest[number.len()..]);
        // Word takes letters, digits and the low line.
        let name = anchor.replace('-', "_");
        (bold, (format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>"), format!("<w:bookmarkEnd w:id=\"{id}\"/>")))
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(t) | Event::InlineMath(t) | Event::DisplayMath(t) => match &mut self.code {
                Some(code) => code.push_str(t),
                None => self.text(t),
            },
            Event::Code(t) => {
                self.style.push(MONO);
                self.text(t);
                self.style.pop();
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.runs.push_str("<w:r><w:br/></w:r>"),
            Event::InlineHtml(t) => self.html(t),
            Event::Html(t) => self.text(t),
            Event::Rule => {
                self.end_paragraph();
                self.part().xml.push_str("<w:p><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"808080\"/></w:pBdr></w:pPr></w:p>");
            }
            Event::TaskListMarker(done) => self.text(if *done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(l) => self.reference(l),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
        }
    }

    /// The few inline elements that may stand in a text.
    fn html(&mut self, t: &str) {
        let how = match t.trim_matches(['<', '>', '/']).split(' ').next().unwrap_or("") {
            "sub" => "<w:vertAlign w:val=\"subscript\"/>",
            "sup" => "<w:vertAlign w:val=\"superscript\"/>",
            "u" | "ins" => "<w:u w:val=\"single\"/>",
            "s" | "del" => "<w:strike/>",
            "mark" => "<w:highlight w:val=\"yellow\"/>",
            _ => return,
        };
        if t.starts_with("</") {
            if let Some(at) = self.style.iter().rposition(|s| *s == how) {
                self.style.remove(at);
            }
        } else {
            self.style.push(how);
        }
    }

    fn reference(&mut self, label: &str) {
        match self.labels.get(label).copied() {
            Some(n) if self.note.is_none() && self.told.insert(i64::from(n)) => {
                let _ = write!(self.runs, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{n}\"/></w:r>");
            }
            // Word shows a note once: further references tell its number.
            Some(n) => {
                let told = run(&n.to_string(), "<w:vertAlign w:val=\"superscript\"/>");
                self.runs.push_str(&told);
            }
            None => self.text(&format!("[{label}]")),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.level = *level as u8;
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.end_paragraph();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.end_paragraph();
                self.first = true;
            }
            Tag::FootnoteDefinition(l) => {
                self.end_paragraph();
                // A label that is defined twice has one note; the other text is not lost.
                self.note = self.labels.get(&**l).copied().filter(|n| self.told.insert(-i64::from(*n)));
                match self.note {
                    Some(n) => {
                        self.fresh = true;
                        let _ = write!(self.doc.notes.xml, "<w:footnote w:id=\"{n}\">");
                    }
                    None => self.text(&format!("[{l}] ")),
                }
            }
            Tag::Table(align) => {
                self.end_paragraph();
                self.table = Some(Table { align: align.clone(), rows: Vec::new(), heads: 0 });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(t) = &mut self.table {
                    t.rows.push(Vec::new());
                }
            }
            // The label of a note that nobody refers to stands before its text.
            Tag::Paragraph => {}
            Tag::TableCell => self.runs.clear(),
            Tag::Emphasis => self.style.push("<w:i/>"),
            Tag::Strong => self.style.push("<w:b/>"),
            Tag::Strikethrough => self.style.push("<w:strike/>"),
            Tag::Superscript => self.style.push("<w:vertAlign w:val=\"superscript\"/>"),
            Tag::Subscript => self.style.push("<w:vertAlign w:val=\"subscript\"/>"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let before = std::mem::take(&mut self.runs);
                self.links.push((dest_url.to_string(), before));
            }
            _ => self.end_paragraph(),
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_paragraph();
                self.level = 0;
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                for line in self.code.take().unwrap_or_default().lines() {
                    let r = run(line, "");
                    let _ = write!(self.part().xml, "<w:p><w:pPr><w:pStyle w:val=\"Code\"/></w:pPr>{r}</w:p>");
                }
            }
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.end_paragraph();
                if self.first {
                    self.runs = self.mark();
                    self.end_paragraph();
                }
            }
            TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                if self.note.take().is_some() {
                    self.doc.notes.xml.push_str(if std::mem::take(&mut self.fresh) { "<w:p/></w:footnote>" } else { "</w:footnote>" });
                }
            }
            TagEnd::Table => {
                if let Some(t) = self.table.take() {
                    let out = &mut self.part().xml;
                    table(out, &t.rows, &t.align, t.heads, None);
                    // Two tables that touch would be one.
                    out.push_str("<w:p/>");
                }
            }
            TagEnd::TableHead => {
                if let Some(t) = &mut self.table {
                    t.heads = 1;
                }
            }
            TagEnd::TableCell => {
                let runs = std::mem::take(&mut self.runs);
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(runs);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.style.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((to, before)) = self.links.pop() {
                    let inner = std::mem::take(&mut self.runs);
                    // A link in a link is the outer one's text.
                    let told = if !self.links.is_empty() || inner.is_empty() { inner } else { self.part().link(&to, &inner) };
                    self.runs = before + &told;
                }
            }
            _ => self.end_paragraph(),
        }
    }
}

/// Text of a fixed width.
const MONO: &str = "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>";

/// A table: its rows of cells, how its columns stand, how many rows are its head. Every row has as many cells as the widest.
fn table(out: &mut String, rows: &[Vec<String>], align: &[Alignment], heads: usize, widths: Option<&[u32]>) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return;
    }
    if columns > COLUMNS {
        // What Word cannot hold as a table is told line by line.
        for row in rows {
            let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr>{}</w:p>", row.join(&run(" | ", "")));
        }
        return;
    }
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
    for c in 0..columns {
        let width = widths.and_then(|w| w.get(c).copied()).unwrap_or(9060 / columns as u32);
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    for (n, row) in rows.iter().enumerate() {
        out.push_str(if n < heads { "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
        for c in 0..columns {
            let width = widths.and_then(|w| w.get(c).copied()).unwrap_or(9060 / columns as u32);
            let side = match align.get(c) {
                Some(Alignment::Right) => "<w:jc w:val=\"right\"/>",
                Some(Alignment::Center) => "<w:jc w:val=\"center\"/>",
                _ => "",
            };
            let style = if n < heads { "TableHead" } else { "TableText" };
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{side}</w:pPr>{}</w:p></w:tc>",
                row.get(c).map_or("", String::as_str)
            );
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}
