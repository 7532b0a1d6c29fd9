//! Word documents (DOCX): headings, lists, tables, footnotes, links and pictures become Markdown. Macros are named and never
//! taken; entities of a file's own stand for nothing, so that no text bursts.

use super::numbering::{Before, Numbering};
use super::pages::from_lines;
use super::reader::odd;
use super::{Asked, Brought, Importer, Value, html};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::attachment::omath::{Math, Step};
use crate::load::attachment::xml::{Alternatives, attribute, dark, each, entity, on, white};
use crate::load::brought::Piece;
use crate::load::looks;
use crate::schema::item as own;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

/// Word
pub(super) static IMPORTER: Importer = Importer {
    name: "docx",
    about: Phrase { zh: "Word 文档（DOCX）", en: "documents of Word (DOCX)" },
    wanted: |p| {
        [".docx", ".docm", ".doc", ".dot", ".wps", ".rtf", ".odt"].iter().any(|e| p.to_ascii_lowercase().ends_with(e))
            && !p.rsplit('/').next().is_some_and(|n| n.starts_with("~$"))
    },
    read: super::Read::All(read),
};

/// Bytes at most of one part of XML.
const PART: u64 = 64 << 20;
/// Bytes at most of all pictures.
const PICTURES: u64 = 256 << 20;

fn read(pieces: &[Piece], asked: &Asked<'_>, out: &mut Vec<Diagnostic>) -> Brought {
    let mut brought = Brought::default();
    for p in pieces {
        brought.seen += 1;
        let low = p.path.to_ascii_lowercase();
        if !low.ends_with(".docx") && !low.ends_with(".docm") {
            let ending = low.rsplit('.').next().unwrap_or("").to_string();
            out.push(
                Diagnostic::new("IMP001", Severity::Error, say!(".{ending} 不是 DOCX，未导入", "a file of .{ending} is no DOCX; not imported"))
                    .at(Span::file(&p.path))
                    .hint(say!("用 Word 或 LibreOffice 打开，另存为 DOCX", "open it in Word or LibreOffice and save it as DOCX")),
            );
            continue;
        }
        match document(p, out) {
            Err(why) => out.push(
                Diagnostic::new("IMP001", Severity::Error, say!("不是能读的 DOCX，未导入：{why}", "no DOCX that can be read; not imported: {why}"))
                    .at(Span::file(&p.path))
                    .hint(say!("用 Word 或 LibreOffice 打开，另存为 DOCX", "open it in Word or LibreOffice and save it as DOCX")),
            ),
            Ok(doc) => {
                let mut d = from_lines(&p.path, &doc.lines, &doc.text, &doc.facts, asked, out);
                if let Some(url) = doc.page.filter(|_| d.get(&own::SOURCE_URL).is_none()) {
                    d.set(&own::SOURCE_URL, Value::text(url));
                }
                if doc.kept {
                    d.set(&own::DRAFT, Value::text("true"));
                }
                let last = super::norm::slug(super::jkan::stem(&p.path));
                let last = if last.is_empty() { "files".to_string() } else { last };
                for (name, bytes) in doc.pictures {
                    let to = format!("{last}/{name}");
                    d.body = d.body.replace(&format!("]({name})"), &format!("]({to})"));
                    d.files.push((to, pieces.len() + brought.files.len()));
                    brought.files.push(bytes);
                }
                brought.drafts.push(d);
            }
        }
    }
    brought
}

struct Document {
    /// The first paragraphs as they are, for title and labels.
    lines: Vec<String>,
    text: String,
    /// Of a file that this program wrote: its attributes, with its state where it is not in force, and the page that it is from.
    facts: Vec<(String, String)>,
    page: Option<String>,
    pictures: Vec<(String, Vec<u8>)>,
    /// Heads or feet of its pages say that it is not for everybody, or it has additions that nobody accepted.
    kept: bool,
}

fn document(p: &Piece, out: &mut Vec<Diagnostic>) -> Result<Document, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(p.bytes.as_slice())).map_err(|e| e.to_string())?;
    let mut part = |name: &str, most: u64| -> Option<Vec<u8>> {
        let file = zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    };
    let main = part("word/document.xml", PART).and_then(|b| String::from_utf8(b).ok()).ok_or("no word/document.xml, or too large")?;
    if main.contains("<!DOCTYPE") || main.contains("<!ENTITY") {
        return Err("a document type of its own".into());
    }
    let xml = |b: Option<Vec<u8>>| b.and_then(|b| String::from_utf8(b).ok()).filter(|t| !t.contains("<!ENTITY")).unwrap_or_default();
    if part("word/vbaProject.bin", PART).is_some() {
        out.push(odd(Span::file(&p.path), say!("文档带有宏，没有取", "the document has macros; not taken"), say!("网页不运行宏", "a site runs no macros")));
    }
    let rels = relations(&xml(part("word/_rels/document.xml.rels", PART)));
    let styles = xml(part("word/styles.xml", PART));
    let looks = Looks::read(&styles);
    let ours = ["w:styleId=\"State\"", "w:styleId=\"Source\""].iter().all(|s| styles.contains(s));
    let numbering = Numbering::read(&xml(part("word/numbering.xml", PART)));
    let (notes_xml, ends_xml) = (xml(part("word/footnotes.xml", PART)), xml(part("word/endnotes.xml", PART)));
    let edges: Vec<String> = (1..=EDGES).flat_map(|n| [format!("word/header{n}.xml"), format!("word/footer{n}.xml")]).collect();
    let edges: Vec<String> = edges.iter().map(|name| edge(&xml(part(name, PART)))).filter(|t| !t.is_empty()).collect();
    let mut w = Writer::new(&rels, &looks, numbering);
    w.ours = if ours { Ours::Before } else { Ours::No };
    w.run(&main)?;
    w.close_lists(None);
    let (notes, inserted) = {
        let (mut notes, n) = footnotes(&notes_xml, "");
        let (more, m) = footnotes(&ends_xml, "e");
        notes.extend(more);
        (notes, n + m)
    };
    w.inserted += inserted;
    w.tell(&p.path, out);
    let changed = w.inserted > 0;
    let (body, used, mut lines) = (w.out, w.pictures, w.lines);
    lines.truncate(60);
    let made = html::of(&html::parse(&body));
    super::reader::told(&made, &|_| Span::file(&p.path), out);
    let mut text = made.text;
    // Marks of footnotes are put in when the text is escaped.
    for (i, id) in w.notes.iter().enumerate() {
        let n = i + 1;
        text = text.replace(&format!("\u{E000}{id}\u{E001}"), &format!("[^{n}]"));
        let words = notes.get(id).map_or("", String::as_str);
        text.push_str(&format!("\n\n[^{n}]: {}", html::escape(words)));
    }
    let mut pictures = Vec::new();
    let mut left = PICTURES;
    for (target, alt) in used {
        let name = target.rsplit('/').next().unwrap_or("").to_string();
        if pictures.iter().any(|(n, _)| *n == name) {
            continue;
        }
        if alt.is_empty() {
            out.push(odd(
                Span::file(&p.path),
                say!("图片 {name} 没有文字说明", "the picture {name} has no text in its place"),
                say!("在 `![]` 的方括号里写上图里说了什么", "say in the brackets of `![]` what the picture shows"),
            ));
        }
        match part(&format!("word/{}", target.trim_start_matches('/').trim_start_matches("word/")), left) {
            Some(bytes) => {
                left -= bytes.len() as u64;
                pictures.push((name, bytes));
            }
            None => out.push(odd(
                Span::file(&p.path),
                say!("图片 {name} 取不出", "the picture {name} cannot be taken out"),
                say!("从文档里另存这张图", "save it from the document by hand"),
            )),
        }
    }
    let kept = kept(&edges, &p.path, out);
    Ok(Document { lines, text, facts: w.facts, page: w.page, pictures, kept: kept || changed })
}

/// Heads and feet of pages that are looked through, at most.
const EDGES: usize = 40;

/// The words of a head or foot of pages, a paragraph a line.
fn edge(xml: &str) -> String {
    let (mut out, mut take) = (String::new(), false);
    let _ = each(xml, |e| match e {
        Event::Start(e) => take = e.local_name().as_ref() == "t",
        Event::Text(t) if take => out.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => out.push(entity(r)),
        Event::End(e) => match e.local_name().as_ref() {
            "t" => take = false,
            "p" => out.push('\n'),
            _ => {}
        },
        _ => {}
    });
    out.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

/// True where a head or foot of pages says that the document is not for everybody, and told: it is no part of the text, and would
/// be lost without a word.
fn kept(edges: &[String], path: &str, out: &mut Vec<Diagnostic>) -> bool {
    // 「内部资料 不得外传」 is one mark in two words.
    let marks = |l: &str| {
        let tight: String = l.chars().filter(|c| !c.is_whitespace()).collect();
        [l, tight.as_str()].iter().any(|t| crate::check::unpublished(t))
            || ["内部资料", "内部文件", "内部使用", "秘密", "机密", "绝密"].iter().any(|w| tight.starts_with(w))
    };
    let found = edges.iter().flat_map(|t| t.lines()).find(|l| marks(l));
    if let Some(line) = found {
        let words: String = line.chars().take(30).collect();
        out.push(odd(
            Span::file(path),
            say!("页眉或页脚写着“{words}”，导入为草稿", "a head or foot of its pages says “{words}”; imported as a draft"),
            say!("可以公开再去掉 draft", "take draft out where it may be public"),
        ));
    }
    found.is_some()
}

/// Targets by id.
fn relations(xml: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let _ = each(xml, |e| {
        if let Event::Start(e) = e
            && e.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(e, "Id"), attribute(e, "Target"))
        {
            out.insert(id, target);
        }
    });
    out
}

/// What styles make of text that matters.
#[derive(Default)]
struct Looks {
    /// Levels of headings: `heading 1`, `标题 1`, or an outline level.
    headings: BTreeMap<String, u8>,
    /// Lists to which paragraphs belong by their style, and their level where the style says it.
    lists: BTreeMap<String, (String, Option<usize>)>,
    hidden: BTreeSet<String>,
    white: BTreeSet<String>,
    grounds: BTreeSet<String>,
    struck: BTreeSet<String>,
    bold: BTreeSet<String>,
    italic: BTreeSet<String>,
}

/// A style as it stands in its file.
#[derive(Default)]
struct Style {
    above: String,
    heading: Option<u8>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<usize>,
    called: Option<&'static str>,
    hidden: Option<bool>,
    white: Option<bool>,
    ground: Option<bool>,
    struck: Option<bool>,
    bold: Option<bool>,
    italic: Option<bool>,
}

impl Looks {
    fn read(xml: &str) -> Looks {
        let (mut all, mut id): (BTreeMap<String, Style>, String) = Default::default();
        let _ = each(xml, |e| {
            let Event::Start(e) = e else { return };
            let val = || attribute(e, "val").unwrap_or_default();
            if e.local_name().as_ref() == "style" {
                id = attribute(e, "styleId").unwrap_or_default();
                all.insert(id.clone(), Style::default());
                return;
            }
            let Some(s) = all.get_mut(&id) else { return };
            match e.local_name().as_ref() {
                "name" => {
                    let name = val().to_lowercase();
                    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 ")).and_then(|n| n.parse::<u8>().ok());
                    s.heading = level.or((name == "title").then_some(0));
                    s.called = [("list number", "+"), ("list bullet", "-")].into_iter().find(|(n, _)| name.starts_with(n)).map(|(_, k)| k);
                }
                "outlineLvl" => s.outline = val().parse::<u8>().ok().filter(|l| *l < 6),
                "basedOn" => s.above = val(),
                "numId" => s.list = Some(val()),
                "ilvl" => s.level = val().parse().ok(),
                "vanish" => s.hidden = Some(on(e)),
                "color" => s.white = Some(white(e)),
                "shd" => s.ground = Some(dark(e)),
                "strike" | "dstrike" => s.struck = Some(on(e)),
                "b" => s.bold = Some(on(e)),
                "i" => s.italic = Some(on(e)),
                _ => {}
            }
        });
        let mut out = Looks::default();
        for (id, s) in &all {
            // A style has what it does not say itself from those below which it stands.
            let chain: Vec<&Style> = std::iter::successors(Some(s), |s| all.get(&s.above)).take(16).collect();
            if let Some(l) = s.heading.or(s.outline.map(|l| l + 1)) {
                out.headings.insert(id.clone(), l);
            }
            if let Some(n) = chain.iter().find_map(|s| s.list.clone().or(s.called.map(String::from))) {
                out.lists.insert(id.clone(), (n, chain.iter().find_map(|s| s.level)));
            }
            let is = |of: &dyn Fn(&Style) -> Option<bool>| chain.iter().find_map(|s| of(s)) == Some(true);
            let sets = [
                (is(&|s| s.hidden), &mut out.hidden),
                (is(&|s| s.white), &mut out.white),
                (is(&|s| s.ground), &mut out.grounds),
                (is(&|s| s.struck), &mut out.struck),
                (is(&|s| s.bold), &mut out.bold),
                (is(&|s| s.italic), &mut out.italic),
            ];
            for (_, set) in sets.into_iter().filter(|(is, _)| *is) {
                set.insert(id.clone());
            }
        }
        out
    }
}

/// Texts of footnotes or endnotes by id, with a sign before it that tells these apart.
/// Additions that nobody accepted are left out, and counted.
fn footnotes(xml: &str, sign: &str) -> (BTreeMap<String, String>, usize) {
    let (mut out, mut id, mut text, mut take): (BTreeMap<String, String>, String, String, bool) = Default::default();
    let (mut hidden, mut deleted, mut inserted) = (false, 0usize, 0usize);
    let mut math = Math::default();
    let _ = each(xml, |e| {
        match math.step(e) {
            Step::Outside => {}
            Step::Inside => return,
            Step::Ended(words) => {
                apart(&mut text, &words);
                return text.push_str(&words);
            }
        }
        match e {
            Event::Start(e) => match e.local_name().as_ref() {
                "footnote" | "endnote" => {
                    id = format!("{sign}{}", attribute(e, "id").unwrap_or_default());
                    text.clear();
                }
                "r" => hidden = false,
                "vanish" => hidden = on(e),
                "del" | "moveFrom" => deleted += 1,
                "ins" => deleted += 1,
                "t" => {
                    take = !hidden && deleted == 0;
                    inserted += usize::from(deleted > 0);
                }
                "noBreakHyphen" if !hidden && deleted == 0 => text.push('-'),
                "tab" | "br" | "cr" => text.push(' '),
                _ => {}
            },
            Event::Text(t) if take => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if take => text.push(entity(r)),
            Event::End(e) => match e.local_name().as_ref() {
                "t" => take = false,
                "p" => text.push(' '),
                "del" | "moveFrom" | "ins" => deleted = deleted.saturating_sub(1),
                "footnote" | "endnote" => drop(out.insert(id.clone(), text.split_whitespace().collect::<Vec<_>>().join(" "))),
                _ => {}
            },
            _ => {}
        }
    });
    (out, inserted)
}

/// A blank between two texts that would be one word or number without it.
fn apart(before: &mut String, next: &str) {
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) && next.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        before.push(' ');
    }
}

/// A piece of a paragraph: a text with its marks, or a tag.
#[derive(Default, Clone)]
struct Part {
    html: String,
    marks: u8,
    tag: bool,
}

/// Struck through, strong, emphasis.
const MARKS: [(u8, &str); 3] = [(1, "s"), (2, "b"), (4, "i")];

/// The pieces of a paragraph as HTML: marks that go on are not closed between, so that `**甲**` and `*乙*` do not run into each other.
fn woven(pieces: &[Part]) -> String {
    let (mut out, mut open): (String, Vec<(u8, &str)>) = Default::default();
    let lasts = |from: usize, mark: u8| pieces[from..].iter().take_while(|p| !p.tag && (p.marks & mark != 0 || p.html.trim().is_empty())).count();
    for (i, p) in pieces.iter().enumerate() {
        if !p.tag && p.html.trim().is_empty() {
            out.push_str(&p.html);
            continue;
        }
        let wanted = if p.tag { 0 } else { p.marks };
        while open.iter().any(|(m, _)| wanted & m == 0) {
            if let Some((_, name)) = open.pop() {
                out.push_str(&format!("</{name}>"));
            }
        }
        let mut new: Vec<(u8, &str)> = MARKS.into_iter().filter(|(m, _)| wanted & m != 0 && !open.iter().any(|(o, _)| o == m)).collect();
        new.sort_by_key(|(m, _)| std::cmp::Reverse(lasts(i, *m)));
        for (m, name) in new {
            out.push_str(&format!("<{name}>"));
            open.push((m, name));
        }
        out.push_str(&p.html);
    }
    while let Some((_, name)) = open.pop() {
        out.push_str(&format!("</{name}>"));
    }
    out
}

/// A paragraph while it is read.
#[derive(Default)]
struct Para {
    line: Vec<Part>,
    plain: String,
    style: String,
    num: String,
    level: Option<usize>,
    ground: bool,
}

impl Para {
    fn tag(&mut self, html: &str) {
        self.line.push(Part { html: html.to_string(), marks: 0, tag: true });
    }

    fn text(&mut self, html: String, marks: u8) {
        self.line.push(Part { html, marks, tag: false });
    }
}

/// How the words of a run look.
#[derive(Default)]
struct Run {
    bold: bool,
    italic: bool,
    struck: bool,
    hidden: bool,
    pale: bool,
    ground: bool,
    lift: &'static str,
}

/// A field that is open: its code, whether what it shows has begun, and what is known of a form's.
#[derive(Default)]
struct Field {
    code: String,
    shown: bool,
    link: bool,
    usual: Option<String>,
    entries: Vec<String>,
    chosen: usize,
    checked: Option<bool>,
    /// Pieces and bytes of the paragraph before what it shows.
    from: (usize, usize),
}

/// The address of `HYPERLINK "https://…"`; none of a place in the document itself.
fn hyperlink(code: &str) -> Option<String> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start();
    let url = match rest.strip_prefix('"') {
        Some(r) => r.split('"').next().unwrap_or(""),
        None => rest.split_whitespace().next().filter(|w| !w.starts_with('\\'))?,
    };
    (!url.trim().is_empty()).then(|| url.trim().to_string())
}

/// Where in a file that this program wrote the reader is: what the program writes around the text is no text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ours {
    /// It is another's.
    No,
    /// Before its title.
    Before,
    /// Behind its title: the next line says where it stands.
    Titled,
    /// Behind that line: the table of attributes.
    Told,
    /// In its text.
    Text,
}

/// HTML while it is written.
struct Writer<'a> {
    ours: Ours,
    /// Rows of the table of attributes that is open, and where it begins.
    rows: Option<(usize, Vec<Vec<String>>)>,
    facts: Vec<(String, String)>,
    page: Option<String>,
    rels: &'a BTreeMap<String, String>,
    looks: &'a Looks,
    numbering: Numbering,
    out: String,
    lines: Vec<String>,
    pictures: Vec<(String, String)>,
    notes: Vec<String>,
    /// Levels of the lists that are open, and whether they have numbers.
    lists: Vec<(usize, bool)>,
    depth: usize,
    /// What of the document is hidden, and in how many pieces.
    unseen: String,
    veiled: usize,
    /// The first of words that are struck through; formulas.
    gone: String,
    formulas: usize,
    /// Tables that are open.
    grids: Vec<Grid>,
    /// The cells of the row that is open, as plain text.
    cells: Vec<String>,
    /// Signs of fonts of their own.
    signs: BTreeSet<String>,
    /// Comments; deletions, additions that nobody accepted; words that stand in for what nobody filled in.
    comments: usize,
    deleted: usize,
    inserted: usize,
    empty: usize,
}

/// A table while it is written: where its cells stand that go on in the rows below.
#[derive(Default, Clone)]
struct Grid {
    col: usize,
    /// Where the cell begins in the HTML, how many columns it has, and whether it goes on (true) or begins (false) such a one.
    at: usize,
    span: usize,
    down: Option<bool>,
    /// By column: the place for the attribute, and the rows.
    open: BTreeMap<usize, (usize, usize)>,
    done: Vec<(usize, usize)>,
    /// It has a ground of its own, and so has the cell that is open.
    ground: bool,
    cell: bool,
}

impl Grid {
    /// A cell ends: one that goes on from above is no cell of its own. True where it is to be taken out.
    fn close(&mut self) -> bool {
        let here = self.open.get_mut(&self.col);
        let gone = match (self.down, here) {
            (Some(true), Some((_, rows))) => {
                *rows += 1;
                true
            }
            _ => {
                self.done.extend(self.open.remove(&self.col));
                if self.down == Some(false) {
                    self.open.insert(self.col, (self.at + 3, 1));
                }
                false
            }
        };
        self.col += self.span;
        gone
    }

    /// The places of attributes with their values, the last first.
    fn rows(mut self) -> Vec<(usize, usize)> {
        self.done.extend(self.open.into_values());
        self.done.retain(|(_, rows)| *rows > 1);
        self.done.sort_unstable();
        self.done.reverse();
        self.done
    }
}

impl<'a> Writer<'a> {
    fn new(rels: &'a BTreeMap<String, String>, looks: &'a Looks, numbering: Numbering) -> Writer<'a> {
        Writer {
            ours: Ours::No,
            rows: None,
            facts: Vec::new(),
            page: None,
            rels,
            looks,
            numbering,
            out: String::new(),
            lines: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            unseen: String::new(),
            veiled: 0,
            gone: String::new(),
            formulas: 0,
            grids: Vec::new(),
            cells: Vec::new(),
            signs: BTreeSet::new(),
            comments: 0,
            deleted: 0,
            inserted: 0,
            empty: 0,
        }
    }

    /// Says what could not be taken as it is.
    fn tell(&self, path: &str, out: &mut Vec<Diagnostic>) {
        let at = || Span::file(path);
        let unseen = self.unseen.split_whitespace().collect::<Vec<_>>().join(" ");
        if !unseen.is_empty() {
            let (words, n): (String, usize) = (unseen.chars().take(20).collect(), self.veiled.max(1));
            out.push(odd(
                at(),
                say!("文档里隐藏的文字去掉了（{n} 处）：“{words}…”", "text that is hidden in the document is taken out ({n}): “{words}…”"),
                say!("读者本来看不到；要公开就自己写进正文", "readers never saw it; write it into the text where it is to be public"),
            ));
        }
        if self.comments > 0 {
            out.push(super::unseen::commented(self.comments, at()));
        }
        if self.deleted > 0 {
            let n = self.deleted;
            out.push(
                Diagnostic::new("IMP003", Severity::Info, say!("修订里删去的文字没有取（{n} 处）", "what tracked changes took out is not taken over: {n}"))
                    .at(at())
                    .hint(say!("在 Word 里接受或拒绝全部修订，再导入", "accept or reject all changes in Word, and import again")),
            );
        }
        if self.inserted > 0 {
            let n = self.inserted;
            out.push(odd(
                at(),
                say!(
                    "修订里还没有接受的增补没有取（{n} 处），文字可能不完整，导入为草稿",
                    "additions of tracked changes that nobody accepted are not taken over: {n}; the text may not be whole, and is imported as a draft"
                ),
                say!("在 Word 里接受或拒绝全部修订，再导入", "accept or reject all changes in Word, and import again"),
            ));
        }
        if self.empty > 0 {
            let n = self.empty;
            out.push(odd(
                at(),
                say!("没有填写的控件里的提示文字去掉了（{n} 处）", "words that stand in fields which nobody filled in are taken out: {n}"),
                say!("要公开就自己写进正文", "write them into the text where they are to be public"),
            ));
        }
        if !self.numbering.shown.is_empty() {
            let list = self.numbering.shown.iter().cloned().collect::<Vec<_>>().join("` `");
            out.push(
                Diagnostic::new("IMP003", Severity::Info, say!("自动编号 `{list}` 写成了文字", "automatic numbers `{list}` are written out as text"))
                    .at(at())
                    .hint(say!("对照原文件看看", "compare the original")),
            );
        }
        if !self.numbering.unknown.is_empty() {
            let list = self.numbering.unknown.iter().cloned().collect::<Vec<_>>().join("` `");
            out.push(odd(
                at(),
                say!("自动编号的写法 `{list}` 认不出，写成了 1、2、3", "the form `{list}` of automatic numbers is not known; 1, 2, 3 stand in their places"),
                say!("对照原文件改成原来的编号", "compare the original and write the numbers as they were"),
            ));
        }
        if !self.gone.is_empty() {
            let words: String = self.gone.chars().take(20).collect();
            out.push(odd(
                at(),
                say!("文档里划掉的文字（“{words}…”）写成了删除线", "text that is struck through in the document (“{words}…”) is written as such"),
                say!("不要的就从正文里删去", "delete it from the text where it is not wanted"),
            ));
        }
        if self.formulas > 0 {
            let n = self.formulas;
            out.push(odd(
                at(),
                say!("{n} 个公式写成了一行文字，如 1/2、x^2", "formulas that became a line of text, as 1/2 and x^2: {n}"),
                say!("对照原文件看看；复杂的公式放图片并写上文字", "compare the original; a larger one may be a picture with words in its place"),
            ));
        }
        if !self.signs.is_empty() {
            let list = self.signs.iter().cloned().collect::<Vec<_>>().join(", ");
            out.push(odd(
                at(),
                say!("特殊字体的符号认不出（{list}），原处写作 �", "signs of fonts of their own are not known ({list}); � stands in their places"),
                say!("对照原文件改成文字里的符号", "compare the original and write the sign that is meant"),
            ));
        }
    }

    /// Closes the lists deeper than a level; all without one.
    fn close_lists(&mut self, to: Option<usize>) {
        while self.lists.last().is_some_and(|(l, _)| to.is_none_or(|t| *l > t)) {
            if let Some((_, ordered)) = self.lists.pop() {
                self.out.push_str(if ordered { "</ol>" } else { "</ul>" });
            }
        }
    }

    /// An entry of a list.
    fn entry(&mut self, level: usize, number: Option<i64>, html: &str) {
        let ordered = number.is_some();
        self.close_lists(Some(level));
        if self.lists.last().is_some_and(|(l, o)| *l == level && *o != ordered) {
            self.lists.pop();
            self.out.push_str(if ordered { "</ul>" } else { "</ol>" });
        }
        if self.lists.last().is_none_or(|(l, _)| *l < level) {
            self.lists.push((level, ordered));
            self.out.push_str(if ordered { "<ol>" } else { "<ul>" });
        }
        match number {
            Some(n) => self.out.push_str(&format!("<li value=\"{n}\">{html}")),
            None => self.out.push_str(&format!("<li>{html}")),
        }
    }

    /// Whether a paragraph is one that this program writes around a text: where it stands on a day, where it is from, how to cite it.
    fn around(&mut self, p: &Para) -> bool {
        let text = p.plain.trim();
        match (self.ours, p.style.as_str()) {
            (Ours::Before, "Title") => self.ours = Ours::Titled,
            (Ours::Titled, "State") => {
                self.ours = Ours::Told;
                let state = text.split(['（', '(']).next().unwrap_or("").trim();
                // That it holds is computed; that it does not is kept.
                if crate::load::validity_of("时效性", state).is_some() {
                    self.facts.push(("时效性".into(), state.into()));
                }
                return true;
            }
            (Ours::Told, _) if text.is_empty() => return true,
            (Ours::Text | Ours::Told, "Source") => {
                let link = p.line.iter().find_map(|l| l.html.strip_prefix("<a href=\"")?.strip_suffix("\">"));
                if let Some(to) = link.filter(|to| self.page.is_none() && to.starts_with("http")) {
                    self.page = Some(to.replace("&amp;", "&"));
                }
                return true;
            }
            (Ours::Before | Ours::Titled, _) if !text.is_empty() => self.ours = Ours::No,
            (Ours::Told, _) => self.ours = Ours::Text,
            _ => {}
        }
        false
    }

    /// The table of attributes ends: where all of its rows are a name and a value it is no text.
    fn attributes(&mut self) {
        let Some((at, rows)) = self.rows.take() else { return };
        self.ours = Ours::Text;
        if at <= self.out.len() && rows.iter().all(|r| r.len() == 2 && !r[0].is_empty()) {
            self.out.truncate(at);
            self.facts.extend(rows.into_iter().filter_map(|r| <[String; 2]>::try_from(r).ok()).map(|[name, value]| (name, value)));
        } else {
            self.lines.extend(rows.iter().map(|cells| line_of(cells)));
        }
    }

    /// A paragraph ends.
    fn paragraph(&mut self, mut p: Para) {
        if self.ours != Ours::No && self.depth == 0 && self.around(&p) {
            return;
        }
        // What a paragraph says itself counts before its style; list 0 is none.
        if let Some((n, l)) = self.looks.lists.get(&p.style).filter(|_| p.num.is_empty()).cloned() {
            p.level = p.level.or(l).or_else(|| self.numbering.level_of(&n, &p.style));
            p.num = n;
        }
        let said = !p.plain.trim().is_empty() || p.line.iter().any(|l| l.tag && l.html.starts_with("<img"));
        let level = p.level.unwrap_or(0).min(8);
        let before = if p.num.is_empty() || p.num == "0" || !said { Before::None } else { self.numbering.next(&p.num, level) };
        let heading = self.looks.headings.get(&p.style).copied().filter(|_| !p.plain.trim().is_empty() && self.depth == 0);
        if heading.is_some() {
            // Headings are strong anyway.
            p.line.iter_mut().for_each(|l| l.marks &= !2);
        }
        let mut html = woven(&p.line);
        let list = heading.is_none() && self.depth == 0;
        let number = match &before {
            Before::Words(w) => Some(w.clone()),
            // In headings and in tables no list can have it.
            Before::Number(n) if !list => Some(format!("{n}. ")),
            _ => None,
        };
        if let Some(w) = &number {
            html.insert_str(0, &escaped(w));
            p.plain.insert_str(0, w);
        }
        let text = p.plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && self.depth == 0 {
            self.lines.push(text.clone());
        }
        if self.depth == 1
            && let Some(cell) = self.cells.last_mut()
        {
            if !cell.is_empty() && !text.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&text);
        }
        match (heading, before) {
            // The title of the document is that of the item.
            (Some(l), _) => {
                self.close_lists(None);
                let l = (l + 1).clamp(2, 6);
                self.out.push_str(&format!("<h{l}>{html}</h{l}>"));
            }
            (None, Before::Bullet) if self.depth == 0 => self.entry(level, None, &html),
            (None, Before::Number(n)) if self.depth == 0 => self.entry(level, Some(n), &html),
            _ => {
                if self.depth == 0 {
                    self.close_lists(None);
                }
                self.out.push_str(&format!("<p>{html}</p>"));
            }
        }
    }

    fn run(&mut self, xml: &str) -> Result<(), String> {
        let mut p = Para::default();
        let mut run = Run::default();
        let (mut take, mut deleted, mut added, mut link, mut alt) = (false, 0usize, 0usize, false, String::new());
        // A text box stands in a paragraph and has its own: the outer one goes on behind it.
        let mut outer: Vec<Para> = Vec::new();
        let mut ways = Alternatives::default();
        let mut in_paragraph = 0usize;
        let (mut math, mut formula) = (Math::default(), false);
        // Within properties of a run, of a row, of a cell or table; of a field of a form; its code.
        let (mut of_run, mut of_row, mut of_cell, mut in_run, mut form, mut code) = (false, false, false, false, "", false);
        let mut fields: Vec<Field> = Vec::new();
        let mut simple: Vec<bool> = Vec::new();
        // Controls that are open; true where one shows what stands in for its value.
        let mut controls: Vec<bool> = Vec::new();
        // A reading above a word: where it begins, then its parts, and where the word begins.
        let (mut reading, mut above, mut word): (Option<(usize, usize)>, Vec<Part>, usize) = (None, Vec::new(), 0);
        // Where the row that is open begins, its table as it was, and whether changes took it out.
        let mut rows: Vec<(usize, Grid, bool)> = Vec::new();
        let (mut page, mut box_) = (false, 0usize);
        each(xml, |e| {
            if ways.skips(e) {
                return;
            }
            match math.step(e) {
                Step::Outside => {}
                Step::Inside => return,
                Step::Ended(_) if deleted + added > 0 => return,
                Step::Ended(words) => {
                    self.formulas += 1;
                    formula = true;
                    apart(&mut p.plain, &words);
                    p.plain.push_str(&words);
                    let mut html = escaped(&words);
                    if let Some(l) = p.line.last().filter(|l| !l.tag && l.html.ends_with(|c: char| c.is_ascii_alphanumeric()))
                        && !l.html.is_empty()
                        && words.starts_with(|c: char| c.is_ascii_alphanumeric())
                    {
                        html.insert(0, ' ');
                    }
                    return p.text(html, 0);
                }
            }
            let gone = deleted + added > 0;
            let fielded = fields.iter().all(|f| f.shown);
            let ground = || page || box_ > 0 || run.ground || p.ground || self.grids.iter().any(|g| g.ground || g.cell);
            let hidden = run.hidden || run.pale && !ground();
            let placeholder = controls.contains(&true);
            match e {
                Event::Start(e) => match e.local_name().as_ref() {
                    "p" => {
                        if in_paragraph > 0 {
                            outer.push(std::mem::take(&mut p));
                        }
                        in_paragraph += 1;
                        p = Para::default();
                    }
                    "txbxContent" => box_ += 1,
                    "background" => page = attribute(e, "color").is_some_and(|c| c != "auto" && !looks::unseen(&c, "FFFFFF")),
                    "pStyle" => {
                        p.style = attribute(e, "val").unwrap_or_default();
                        p.ground |= self.looks.grounds.contains(&p.style);
                    }
                    "numId" => p.num = attribute(e, "val").unwrap_or_default(),
                    "ilvl" => p.level = attribute(e, "val").and_then(|v| v.parse().ok()),
                    "r" => {
                        in_run = true;
                        run = Run {
                            bold: self.looks.bold.contains(&p.style),
                            italic: self.looks.italic.contains(&p.style),
                            struck: self.looks.struck.contains(&p.style),
                            hidden: self.looks.hidden.contains(&p.style),
                            pale: self.looks.white.contains(&p.style),
                            ..Run::default()
                        };
                    }
                    "rPr" => of_run = true,
                    "trPr" => of_row = true,
                    "tcPr" | "tblPr" => of_cell = true,
                    "rStyle" => {
                        let of = attribute(e, "val").unwrap_or_default();
                        run.hidden |= self.looks.hidden.contains(&of);
                        run.struck |= self.looks.struck.contains(&of);
                        run.pale |= self.looks.white.contains(&of);
                        run.ground |= self.looks.grounds.contains(&of);
                        // Two styles that are strong make it plain again.
                        run.bold ^= self.looks.bold.contains(&of);
                        run.italic ^= self.looks.italic.contains(&of);
                    }
                    "strike" | "dstrike" => run.struck = on(e),
                    "vanish" => run.hidden = on(e),
                    "webHidden" => run.hidden |= on(e),
                    "color" if in_run => run.pale = white(e),
                    // Half points.
                    "sz" if in_run => run.hidden |= attribute(e, "val").and_then(|v| v.parse::<u32>().ok()).is_some_and(|n| n < 4),
                    "highlight" if in_run => run.ground = true,
                    "shd" if in_run => run.ground |= dark(e),
                    "shd" if of_cell => self.grids.last_mut().into_iter().for_each(|g| g.cell |= dark(e)),
                    "shd" => p.ground |= dark(e),
                    "tblStyle" => {
                        let of = attribute(e, "val").is_some_and(|s| self.looks.grounds.contains(&s));
                        self.grids.last_mut().into_iter().for_each(|g| g.ground |= of);
                    }
                    "b" => run.bold = on(e),
                    "i" => run.italic = on(e),
                    "vertAlign" => {
                        run.lift = match attribute(e, "val").as_deref() {
                            Some("superscript") => "sup",
                            Some("subscript") => "sub",
                            _ => "",
                        }
                    }
                    "sdt" => controls.push(false),
                    "showingPlcHdr" => {
                        if on(e)
                            && let Some(c) = controls.last_mut()
                        {
                            *c = true;
                            self.empty += 1;
                        }
                    }
                    "fldChar" => match attribute(e, "fldCharType").as_deref() {
                        Some("begin") => fields.push(Field::default()),
                        Some("separate") => {
                            let from = (p.line.len(), p.plain.len());
                            if let Some(f) = fields.last_mut() {
                                (f.shown, f.from) = (true, from);
                                if let Some(to) = hyperlink(&f.code).filter(|_| !gone) {
                                    f.link = true;
                                    p.tag(&format!("<a href=\"{}\">", escaped(&to).replace('"', "%22")));
                                }
                            }
                        }
                        Some("end") => {
                            if let Some(f) = fields.pop() {
                                if f.link {
                                    p.tag("</a>");
                                }
                                self.filled(f, &mut p, gone || hidden);
                            }
                        }
                        _ => {}
                    },
                    "instrText" => code = true,
                    n @ ("checkBox" | "ddList" | "textInput") => {
                        form = match n {
                            "checkBox" => "check",
                            "ddList" => "list",
                            _ => "text",
                        };
                        if form == "check"
                            && let Some(f) = fields.last_mut()
                        {
                            f.checked = Some(false);
                        }
                    }
                    "default" | "checked" if form == "check" => {
                        if let Some(f) = fields.last_mut() {
                            f.checked = Some(on(e));
                        }
                    }
                    "default" if form == "text" => fields.last_mut().into_iter().for_each(|f| f.usual = attribute(e, "val")),
                    "listEntry" if form == "list" => fields.last_mut().into_iter().for_each(|f| f.entries.extend(attribute(e, "val"))),
                    "result" if form == "list" => {
                        fields.last_mut().into_iter().for_each(|f| f.chosen = attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(0));
                    }
                    "fldSimple" => {
                        let to = attribute(e, "instr").and_then(|c| hyperlink(&c)).filter(|_| !gone);
                        simple.push(to.is_some());
                        if let Some(to) = to {
                            p.tag(&format!("<a href=\"{}\">", escaped(&to).replace('"', "%22")));
                        }
                    }
                    "noBreakHyphen" if gone || placeholder || !fielded => {}
                    "noBreakHyphen" if hidden => self.unseen.push('-'),
                    "noBreakHyphen" => {
                        p.plain.push('-');
                        p.text("-".into(), u8::from(run.struck));
                    }
                    "sym" if !gone && !hidden && !placeholder && fielded => {
                        let code = attribute(e, "char").and_then(|c| u32::from_str_radix(&c, 16).ok()).and_then(char::from_u32);
                        let c = code.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c) && !c.is_control());
                        if c.is_none() {
                            let (font, code) = (attribute(e, "font").unwrap_or_default(), code.map_or(0, u32::from));
                            self.signs.insert(format!("{font} {code:04X}"));
                        }
                        let c = c.unwrap_or('\u{FFFD}');
                        p.plain.push(c);
                        p.text(escaped(&c.to_string()), 0);
                    }
                    "t" => {
                        take = !gone && fielded && !placeholder;
                        self.veiled += usize::from(take && hidden);
                    }
                    // What tracked changes took out is gone, what they added waits for somebody to accept it.
                    "del" | "moveFrom" | "ins" if of_run => {}
                    n @ ("del" | "ins" | "cellDel" | "cellIns") if of_row || of_cell => {
                        if let Some(r) = rows.last_mut().filter(|r| of_row && !r.2) {
                            r.2 = true;
                            *(if n == "ins" { &mut self.inserted } else { &mut self.deleted }) += 1;
                        } else if of_cell {
                            // Cells alone cannot be taken out of a row: somebody has to look.
                            self.inserted += 1;
                        }
                    }
                    "del" | "moveFrom" => {
                        deleted += 1;
                        self.deleted += 1;
                    }
                    "ins" => {
                        added += 1;
                        self.inserted += 1;
                    }
                    "commentReference" => self.comments += 1,
                    "br" | "cr" | "footnoteReference" | "endnoteReference" | "blip" if hidden || gone || placeholder || !fielded => {}
                    "gridSpan" if self.out.ends_with("<td>") => {
                        if let Some(n) = attribute(e, "val").and_then(|v| v.parse::<usize>().ok()) {
                            self.out.truncate(self.out.len() - 1);
                            self.out.push_str(&format!(" colspan=\"{n}\">"));
                            if let Some(g) = self.grids.last_mut() {
                                g.span = n.clamp(1, 64);
                            }
                        }
                    }
                    "vMerge" => {
                        if let Some(g) = self.grids.last_mut() {
                            g.down = Some(attribute(e, "val").as_deref() != Some("restart"));
                        }
                    }
                    "gridBefore" => {
                        if let (Some(g), Some(n)) = (self.grids.last_mut(), attribute(e, "val").and_then(|v| v.parse::<usize>().ok())) {
                            g.col += n.min(64);
                        }
                    }
                    "rt" => reading = Some((p.line.len(), p.plain.len())),
                    "rubyBase" => word = p.line.len(),
                    "br" | "cr" => {
                        p.plain.push(' ');
                        p.tag("<br>");
                    }
                    "tab" if in_run => {
                        p.plain.push(' ');
                        p.text(" ".into(), 0);
                    }
                    "tbl" => {
                        self.close_lists(None);
                        if self.ours == Ours::Told && self.depth == 0 {
                            self.rows = Some((self.out.len(), Vec::new()));
                        }
                        self.depth += 1;
                        self.out.push_str("<table>");
                        self.grids.push(Grid::default());
                    }
                    "tr" => {
                        rows.push((self.out.len(), self.grids.last().cloned().unwrap_or_default(), false));
                        self.out.push_str("<tr>");
                        if self.depth == 1 {
                            self.cells.clear();
                        }
                        if let Some(g) = self.grids.last_mut() {
                            g.col = 0;
                        }
                    }
                    "tc" => {
                        if self.depth == 1 {
                            self.cells.push(String::new());
                        }
                        if let Some(g) = self.grids.last_mut() {
                            (g.at, g.span, g.down, g.cell) = (self.out.len(), 1, None, false);
                        }
                        self.out.push_str("<td>");
                    }
                    "hyperlink" => {
                        if let Some(to) = attribute(e, "id").and_then(|id| self.rels.get(&id)) {
                            p.tag(&format!("<a href=\"{}\">", escaped(to).replace('"', "%22")));
                            link = true;
                        }
                    }
                    n @ ("footnoteReference" | "endnoteReference") => {
                        let id = attribute(e, "id").unwrap_or_default();
                        let id = if n == "endnoteReference" { format!("e{id}") } else { id };
                        p.tag(&format!("\u{E000}{id}\u{E001}"));
                        if !self.notes.contains(&id) {
                            self.notes.push(id);
                        }
                    }
                    "docPr" => alt = attribute(e, "descr").unwrap_or_default(),
                    "blip" => {
                        if let Some(to) = attribute(e, "embed").and_then(|id| self.rels.get(&id)) {
                            let name = to.rsplit('/').next().unwrap_or("");
                            p.tag(&format!("<img src=\"{}\" alt=\"{}\">", escaped(name), escaped(&alt).replace('"', "&quot;")));
                            self.pictures.push((to.clone(), std::mem::take(&mut alt)));
                        }
                    }
                    _ => {}
                },
                Event::Text(t) if code => fields.last_mut().into_iter().for_each(|f| f.code.push_str(&t.xml10_content())),
                Event::GeneralRef(r) if code => fields.last_mut().into_iter().for_each(|f| f.code.push(entity(r))),
                Event::Text(t) if take && hidden => self.unseen.push_str(&t.xml10_content()),
                Event::GeneralRef(_) if take && hidden => {}
                Event::Text(t) if take => {
                    let mut t = t.xml10_content().into_owned();
                    if std::mem::take(&mut formula)
                        && p.plain.ends_with(|c: char| c.is_ascii_alphanumeric())
                        && t.starts_with(|c: char| c.is_ascii_alphanumeric())
                    {
                        t.insert(0, ' ');
                    }
                    self.words(&t, &run, &mut p);
                }
                Event::GeneralRef(r) if take => self.words(&entity(r).to_string(), &run, &mut p),
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => take = false,
                    "r" => in_run = false,
                    "rt" => {
                        if let Some((line, plain)) = reading.take().filter(|(l, p_)| *l <= p.line.len() && p.plain.is_char_boundary(*p_)) {
                            above = p.line.split_off(line);
                            p.plain.truncate(plain);
                        }
                    }
                    "rubyBase" if !above.is_empty() && word <= p.line.len() => {
                        let tag = |html: &str| Part { html: html.into(), marks: 0, tag: true };
                        p.line.insert(word, tag("<ruby>"));
                        p.tag("<rt>");
                        p.line.append(&mut above);
                        p.tag("</rt></ruby>");
                    }
                    "rPr" => of_run = false,
                    "trPr" => of_row = false,
                    "tcPr" | "tblPr" => of_cell = false,
                    "instrText" => code = false,
                    "checkBox" | "ddList" | "textInput" => form = "",
                    "txbxContent" => box_ = box_.saturating_sub(1),
                    "sdt" => drop(controls.pop()),
                    "fldSimple" if simple.pop() == Some(true) => p.tag("</a>"),
                    "del" | "moveFrom" if !of_run && !of_row && !of_cell => deleted = deleted.saturating_sub(1),
                    "ins" if !of_run && !of_row && !of_cell => added = added.saturating_sub(1),
                    "hyperlink" if std::mem::take(&mut link) => p.tag("</a>"),
                    "tbl" => {
                        self.depth = self.depth.saturating_sub(1);
                        self.out.push_str("</table>");
                        for (at, rows) in self.grids.pop().map(Grid::rows).unwrap_or_default() {
                            self.out.insert_str(at, &format!(" rowspan=\"{rows}\""));
                        }
                        if self.depth == 0 {
                            self.attributes();
                        }
                    }
                    "tr" => {
                        self.out.push_str("</tr>");
                        match rows.pop() {
                            Some((at, before, true)) if at <= self.out.len() => {
                                self.out.truncate(at);
                                self.grids.last_mut().into_iter().for_each(|g| *g = before.clone());
                            }
                            _ if self.depth == 1 => {
                                let cells: Vec<String> = self.cells.drain(..).collect();
                                match &mut self.rows {
                                    Some((_, rows)) => rows.push(cells),
                                    None => self.lines.push(line_of(&cells)),
                                }
                            }
                            _ => {}
                        }
                    }
                    "tc" => {
                        self.out.push_str("</td>");
                        let at = self.grids.last().map_or(0, |g| g.at);
                        if let Some(g) = self.grids.last_mut() {
                            g.cell = false;
                        }
                        if self.grids.last_mut().is_some_and(Grid::close) && at <= self.out.len() {
                            // Word shows nothing of it.
                            let inner = self.out.split_off(at);
                            self.unseen.push_str(&html::parse(&inner).text());
                        }
                    }
                    "p" => {
                        // A link does not go over paragraphs.
                        for f in fields.iter_mut().filter(|f| f.link) {
                            p.tag("</a>");
                            f.link = false;
                        }
                        self.paragraph(std::mem::take(&mut p));
                        in_paragraph = in_paragraph.saturating_sub(1);
                        if in_paragraph > 0
                            && let Some(o) = outer.pop()
                        {
                            p = o;
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        })
    }

    /// Words that are shown.
    fn words(&mut self, t: &str, run: &Run, p: &mut Para) {
        if run.struck {
            self.gone.push_str(t);
        } else {
            p.plain.push_str(t);
        }
        let marks = [(run.struck, 1), (run.bold, 2), (run.italic, 4)].into_iter().filter(|(on, _)| *on).map(|(_, m)| m).sum();
        let html = escaped(t);
        p.text(if run.lift.is_empty() { html } else { format!("<{0}>{html}</{0}>", run.lift) }, marks);
    }

    /// A field of a form ends: what nobody filled in is left out, what was chosen is written.
    fn filled(&mut self, f: Field, p: &mut Para, gone: bool) {
        let code = f.code.trim();
        if code.starts_with("FORMTEXT") {
            let said = p.plain.get(f.from.1..).unwrap_or("").trim();
            if f.usual.as_deref().is_some_and(|u| !u.trim().is_empty() && u.trim() == said) {
                p.line.truncate(f.from.0);
                p.plain.truncate(f.from.1);
                self.empty += 1;
            }
        } else if gone {
        } else if code.starts_with("FORMCHECKBOX") {
            if let Some(yes) = f.checked {
                let sign = if yes { "☑" } else { "☐" };
                p.plain.push_str(sign);
                p.text(sign.to_string(), 0);
            }
        } else if code.starts_with("FORMDROPDOWN")
            && let Some(t) = f.entries.get(f.chosen)
        {
            p.plain.push_str(t);
            p.text(escaped(t), 0);
        }
    }
}

/// A row of a table as a line of Markdown.
fn line_of(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|c| c.replace('\\', "\\\\").replace('|', "\\|")).collect();
    format!("| {} |", cells.join(" | "))
}

/// A text in HTML.
fn escaped(t: &str) -> String {
    t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
