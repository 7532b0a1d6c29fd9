//! Word documents (DOCX): headings, lists, tables, footnotes, links and pictures become Markdown. Macros are named and never
//! taken; entities of a file's own stand for nothing, so that no text bursts.

use super::pages::from_lines;
use super::reader::odd;
use super::{Asked, Brought, Importer, Value, html};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::attachment::omath::{Math, Step};
use crate::load::attachment::xml::{Alternatives, attribute, each, entity, on};
use crate::load::brought::Piece;
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
                let mut d = from_lines(&p.path, &doc.lines, &doc.text, asked, out);
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
    pictures: Vec<(String, Vec<u8>)>,
    /// Heads or feet of its pages say that it is not for everybody.
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
    let styles = styles(&xml(part("word/styles.xml", PART)));
    let listed = listed(&xml(part("word/styles.xml", PART)));
    let (numbers, shapes) = numbers(&xml(part("word/numbering.xml", PART)));
    let (notes_xml, ends_xml) = (xml(part("word/footnotes.xml", PART)), xml(part("word/endnotes.xml", PART)));
    let veiled = styled(&xml(part("word/styles.xml", PART)), &["vanish"]);
    let struck = styled(&xml(part("word/styles.xml", PART)), &["strike", "dstrike"]);
    let edges: Vec<String> = (1..=EDGES).flat_map(|n| [format!("word/header{n}.xml"), format!("word/footer{n}.xml")]).collect();
    let edges: Vec<String> = edges.iter().map(|name| edge(&xml(part(name, PART)))).filter(|t| !t.is_empty()).collect();
    let mut w = Writer { rels: &rels, styles: &styles, numbers: &numbers, shapes, listed, veiled, struck, ..Writer::new() };
    w.run(&main)?;
    w.close_lists(0);
    let unseen = w.unseen.split_whitespace().collect::<Vec<_>>().join(" ");
    if !unseen.is_empty() {
        let words: String = unseen.chars().take(20).collect();
        out.push(odd(
            Span::file(&p.path),
            say!("文档里隐藏的文字去掉了：“{words}…”", "text that is hidden in the document is taken out: “{words}…”"),
            say!("读者本来看不到；要公开就自己写进正文", "readers never saw it; write it into the text where it is to be public"),
        ));
    }
    w.tell(&p.path, out);
    let (body, used, mut lines) = (w.out, w.pictures, w.lines);
    lines.truncate(40);
    let made = html::of(&html::parse(&body));
    super::reader::told(&made, &|_| Span::file(&p.path), out);
    let mut text = made.text;
    let mut notes = footnotes(&notes_xml, "");
    notes.extend(footnotes(&ends_xml, "e"));
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
    Ok(Document { lines, text, pictures, kept: kept(&edges, &p.path, out) })
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

/// Levels of headings by the id of their style: `heading 1`, `标题 1`, or an outline level.
fn styles(xml: &str) -> BTreeMap<String, u8> {
    let (mut out, mut id) = (BTreeMap::new(), String::new());
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            "name" => {
                let name = attribute(e, "val").unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 ")).and_then(|n| n.parse::<u8>().ok());
                if let Some(l) = level.or((name == "title").then_some(0)) {
                    out.insert(id.clone(), l);
                }
            }
            "outlineLvl" => {
                if let Some(l) = attribute(e, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 6) {
                    out.entry(id.clone()).or_insert(l + 1);
                }
            }
            _ => {}
        }
    });
    out
}

/// Styles that have one of these properties: hidden, struck through.
fn styled(xml: &str, names: &[&str]) -> BTreeSet<String> {
    let (mut out, mut id) = (BTreeSet::new(), String::new());
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            n if names.contains(&n) && on(e) => drop(out.insert(id.clone())),
            _ => {}
        }
    });
    out
}

/// Whether lists have numbers, by their id and level; and how these look where it is not `1.`.
type Numbers = (BTreeMap<(String, String), bool>, BTreeMap<(String, String), String>);

fn numbers(xml: &str) -> Numbers {
    let mut kinds: BTreeMap<(String, String), (bool, String)> = BTreeMap::new();
    let mut of: BTreeMap<String, String> = BTreeMap::new();
    let (mut abs, mut num, mut level) = (String::new(), String::new(), String::new());
    let mut plain = true;
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "abstractNum" => abs = attribute(e, "abstractNumId").unwrap_or_default(),
            "lvl" => level = attribute(e, "ilvl").unwrap_or_default(),
            "numFmt" => {
                let form = attribute(e, "val").unwrap_or_default();
                plain = matches!(form.as_str(), "decimal" | "bullet" | "none");
                kinds.insert((abs.clone(), level.clone()), (!matches!(form.as_str(), "bullet" | "none"), if plain { String::new() } else { form }));
            }
            "lvlText" => {
                let text = attribute(e, "val").unwrap_or_default();
                let ends = text.strip_prefix('%').and_then(|t| t.strip_prefix(|c: char| c.is_ascii_digit()));
                if let Some((true, shape)) = kinds.get_mut(&(abs.clone(), level.clone()))
                    && (!plain || !ends.is_some_and(|t| matches!(t, "" | "." | "．" | "、")))
                {
                    *shape = text;
                }
            }
            "num" => num = attribute(e, "numId").unwrap_or_default(),
            "abstractNumId" => drop(of.insert(num.clone(), attribute(e, "val").unwrap_or_default())),
            _ => {}
        }
    });
    let (mut out, mut shapes) = (BTreeMap::new(), BTreeMap::new());
    for (num, abs) in of {
        for ((a, level), (ordered, shape)) in &kinds {
            if *a == abs {
                out.insert((num.clone(), level.clone()), *ordered);
                if !shape.is_empty() {
                    shapes.insert((num.clone(), level.clone()), shape.clone());
                }
            }
        }
    }
    (out, shapes)
}

/// Lists to which paragraphs belong by their style, as id and level; a style has that of the one it is based on. A style that is
/// called so and names no list has none of Word's own: `-` is one of bullets, `+` one of numbers.
fn listed(xml: &str) -> BTreeMap<String, (String, String)> {
    #[derive(Default)]
    struct Style {
        num: Option<String>,
        level: String,
        above: String,
        called: Option<&'static str>,
    }
    let (mut all, mut id): (BTreeMap<String, Style>, String) = Default::default();
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        let val = || attribute(e, "val").unwrap_or_default();
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            "name" => {
                let name = val().to_lowercase();
                let called = [("list number", "+"), ("list bullet", "-")].into_iter().find(|(n, _)| name.starts_with(n)).map(|(_, k)| k);
                all.entry(id.clone()).or_default().called = called;
            }
            "basedOn" => all.entry(id.clone()).or_default().above = val(),
            "numId" => all.entry(id.clone()).or_default().num = Some(val()),
            "ilvl" => all.entry(id.clone()).or_default().level = val(),
            _ => {}
        }
    });
    let mut out = BTreeMap::new();
    for id in all.keys() {
        let mut at = id;
        for _ in 0..16 {
            let Some(s) = all.get(at) else { break };
            if let Some(num) = s.num.clone().or(s.called.map(String::from)) {
                out.insert(id.clone(), (num, if s.level.is_empty() { "0".to_string() } else { s.level.clone() }));
                break;
            }
            at = &s.above;
        }
    }
    out
}

/// Texts of footnotes or endnotes by id, with a sign before it that tells these apart.
fn footnotes(xml: &str, sign: &str) -> BTreeMap<String, String> {
    let (mut out, mut id, mut text, mut take): (BTreeMap<String, String>, String, String, bool) = Default::default();
    let (mut hidden, mut deleted) = (false, 0usize);
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
                "t" => take = !hidden && deleted == 0,
                "noBreakHyphen" if !hidden && deleted == 0 => text.push('-'),
                "tab" | "br" | "cr" => text.push(' '),
                _ => {}
            },
            Event::Text(t) if take => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if take => text.push(entity(r)),
            Event::End(e) => match e.local_name().as_ref() {
                "t" => take = false,
                "p" => text.push(' '),
                "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                "footnote" | "endnote" => drop(out.insert(id.clone(), text.split_whitespace().collect::<Vec<_>>().join(" "))),
                _ => {}
            },
            _ => {}
        }
    });
    out
}

/// A blank between two texts that would be one word or number without it.
fn apart(before: &mut String, next: &str) {
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) && next.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        before.push(' ');
    }
}

/// HTML while it is written.
struct Writer<'a> {
    rels: &'a BTreeMap<String, String>,
    styles: &'a BTreeMap<String, u8>,
    numbers: &'a BTreeMap<(String, String), bool>,
    out: String,
    lines: Vec<String>,
    pictures: Vec<(String, String)>,
    notes: Vec<String>,
    /// Kinds of the lists that are open.
    lists: Vec<bool>,
    depth: usize,
    /// Styles whose text is hidden, and what of the document is.
    veiled: BTreeSet<String>,
    unseen: String,
    /// Styles whose text is struck through, and the first of such words; formulas.
    struck: BTreeSet<String>,
    gone: String,
    formulas: usize,
    /// How numbers look where it is not `1.`, and the lists that styles belong to.
    shapes: BTreeMap<(String, String), String>,
    listed: BTreeMap<String, (String, String)>,
    /// Tables that are open.
    grids: Vec<Grid>,
    /// Forms of numbers that became `1.`; headings whose number is lost; signs of fonts of their own.
    renumbered: BTreeSet<String>,
    unnumbered: usize,
    signs: BTreeSet<String>,
}

/// A table while it is written: where its cells stand that go on in the rows below.
#[derive(Default)]
struct Grid {
    col: usize,
    /// Where the cell begins in the HTML, how many columns it has, and whether it goes on (true) or begins (false) such a one.
    at: usize,
    span: usize,
    down: Option<bool>,
    /// By column: the place for the attribute, and the rows.
    open: BTreeMap<usize, (usize, usize)>,
    done: Vec<(usize, usize)>,
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

static NOTHING: BTreeMap<String, String> = BTreeMap::new();
static NO_STYLES: BTreeMap<String, u8> = BTreeMap::new();
static NO_NUMBERS: BTreeMap<(String, String), bool> = BTreeMap::new();

impl Writer<'_> {
    fn new() -> Writer<'static> {
        Writer {
            rels: &NOTHING,
            styles: &NO_STYLES,
            numbers: &NO_NUMBERS,
            out: String::new(),
            lines: Vec::new(),
            pictures: Vec::new(),
            notes: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            veiled: BTreeSet::new(),
            unseen: String::new(),
            struck: BTreeSet::new(),
            gone: String::new(),
            formulas: 0,
            shapes: BTreeMap::new(),
            listed: BTreeMap::new(),
            grids: Vec::new(),
            renumbered: BTreeSet::new(),
            unnumbered: 0,
            signs: BTreeSet::new(),
        }
    }

    /// Says what could not be taken as it is.
    fn tell(&self, path: &str, out: &mut Vec<Diagnostic>) {
        let at = || Span::file(path);
        if !self.renumbered.is_empty() {
            let list = self.renumbered.iter().cloned().collect::<Vec<_>>().join("` `");
            out.push(odd(
                at(),
                say!("自动编号 `{list}` 写成了列表的 1. 2. 3.", "automatic numbers `{list}` became 1. 2. 3. of a list"),
                say!("正文引用了原来的编号（如第一条）就改写成文字", "write them out where the text refers to them as they were"),
            ));
        }
        if self.unnumbered > 0 {
            let n = self.unnumbered;
            out.push(odd(
                at(),
                say!("{n} 个标题的自动编号没有取", "automatic numbers of {n} headings are not taken over"),
                say!("要编号就写在标题里", "write them into the headings where they matter"),
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

    fn close_lists(&mut self, to: usize) {
        while self.lists.len() > to {
            let ordered = self.lists.pop().unwrap_or(false);
            self.out.push_str(if ordered { "</ol>" } else { "</ul>" });
        }
    }

    fn run(&mut self, xml: &str) -> Result<(), String> {
        let (mut line, mut plain) = (String::new(), String::new());
        let (mut style, mut num, mut level) = (String::new(), String::new(), String::new());
        let mut lift = "";
        let (mut bold, mut italic, mut take, mut deleted, mut link, mut alt) = (false, false, false, 0usize, false, String::new());
        let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let mut hidden = false;
        // A text box stands in a paragraph and has its own: the outer one goes on behind it.
        let mut outer: Vec<(String, String, String, String, String)> = Vec::new();
        let mut ways = Alternatives::default();
        let mut in_paragraph = 0usize;
        let (mut struck, mut math, mut formula) = (false, Math::default(), false);
        each(xml, |e| {
            if ways.skips(e) {
                return;
            }
            match math.step(e) {
                Step::Outside => {}
                Step::Inside => return,
                Step::Ended(_) if deleted > 0 => return,
                Step::Ended(words) => {
                    self.formulas += 1;
                    formula = true;
                    apart(&mut plain, &words);
                    plain.push_str(&words);
                    apart(&mut line, &words);
                    return line.push_str(&escape(&words));
                }
            }
            match e {
                Event::Start(e) => match e.local_name().as_ref() {
                    "p" => {
                        if in_paragraph > 0 {
                            outer.push((line.clone(), plain.clone(), style.clone(), num.clone(), level.clone()));
                        }
                        in_paragraph += 1;
                        line.clear();
                        plain.clear();
                        style.clear();
                        num.clear();
                        level = "0".into();
                    }
                    "pStyle" => style = attribute(e, "val").unwrap_or_default(),
                    "numId" => num = attribute(e, "val").unwrap_or_default(),
                    "ilvl" => level = attribute(e, "val").unwrap_or_default(),
                    "r" => {
                        (bold, italic, lift) = (false, false, "");
                        hidden = self.veiled.contains(&style);
                        struck = self.struck.contains(&style);
                    }
                    "rStyle" => {
                        let of = attribute(e, "val").unwrap_or_default();
                        hidden |= self.veiled.contains(&of);
                        struck |= self.struck.contains(&of);
                    }
                    "strike" | "dstrike" => struck = on(e),
                    "noBreakHyphen" if deleted == 0 && hidden => self.unseen.push('-'),
                    "noBreakHyphen" if deleted == 0 => {
                        plain.push('-');
                        line.push_str(if struck { "<s>-</s>" } else { "-" });
                    }
                    "vanish" => hidden = on(e),
                    "b" => bold = !matches!(attribute(e, "val").as_deref(), Some("0" | "false")),
                    "i" => italic = !matches!(attribute(e, "val").as_deref(), Some("0" | "false")),
                    "vertAlign" => {
                        lift = match attribute(e, "val").as_deref() {
                            Some("superscript") => "sup",
                            Some("subscript") => "sub",
                            _ => "",
                        }
                    }
                    "sym" if deleted == 0 && !hidden => {
                        let code = attribute(e, "char").and_then(|c| u32::from_str_radix(&c, 16).ok()).and_then(char::from_u32);
                        let c = code.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c) && !c.is_control());
                        if c.is_none() {
                            let (font, code) = (attribute(e, "font").unwrap_or_default(), code.map_or(0, u32::from));
                            self.signs.insert(format!("{font} {code:04X}"));
                        }
                        let c = c.unwrap_or('\u{FFFD}');
                        plain.push(c);
                        line.push_str(&escape(&c.to_string()));
                    }
                    "t" => take = deleted == 0,
                    // What tracked changes took out is gone.
                    "del" | "moveFrom" => deleted += 1,
                    "br" | "cr" if hidden => {}
                    "footnoteReference" | "endnoteReference" | "blip" if hidden => {}
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
                    "br" | "cr" => line.push_str("<br>"),
                    "tab" => line.push(' '),
                    "tbl" => {
                        self.close_lists(0);
                        self.depth += 1;
                        self.out.push_str("<table>");
                        self.grids.push(Grid::default());
                    }
                    "tr" => {
                        self.out.push_str("<tr>");
                        if let Some(g) = self.grids.last_mut() {
                            g.col = 0;
                        }
                    }
                    "tc" => {
                        if let Some(g) = self.grids.last_mut() {
                            (g.at, g.span, g.down) = (self.out.len(), 1, None);
                        }
                        self.out.push_str("<td>");
                    }
                    "hyperlink" => {
                        if let Some(to) = attribute(e, "id").and_then(|id| self.rels.get(&id)) {
                            line.push_str(&format!("<a href=\"{}\">", escape(to).replace('"', "%22")));
                            link = true;
                        }
                    }
                    n @ ("footnoteReference" | "endnoteReference") => {
                        let id = attribute(e, "id").unwrap_or_default();
                        let id = if n == "endnoteReference" { format!("e{id}") } else { id };
                        line.push_str(&format!("\u{E000}{id}\u{E001}"));
                        if !self.notes.contains(&id) {
                            self.notes.push(id);
                        }
                    }
                    "docPr" => alt = attribute(e, "descr").unwrap_or_default(),
                    "blip" => {
                        if let Some(to) = attribute(e, "embed").and_then(|id| self.rels.get(&id)) {
                            let name = to.rsplit('/').next().unwrap_or("");
                            line.push_str(&format!("<img src=\"{}\" alt=\"{}\">", escape(name), escape(&alt).replace('"', "&quot;")));
                            self.pictures.push((to.clone(), std::mem::take(&mut alt)));
                        }
                    }
                    _ => {}
                },
                Event::Text(t) if take && hidden => self.unseen.push_str(&t.xml10_content()),
                Event::GeneralRef(_) if take && hidden => {}
                Event::Text(t) if take => {
                    let t = t.xml10_content();
                    if std::mem::take(&mut formula) {
                        apart(&mut plain, &t);
                        apart(&mut line, &t);
                    }
                    if struck {
                        self.gone.push_str(&t);
                    } else {
                        plain.push_str(&t);
                    }
                    let open = [(struck, "<s>"), (bold, "<b>"), (italic, "<i>")].into_iter().filter(|(on, _)| *on).map(|(_, s)| s).collect::<String>();
                    let close = [(italic, "</i>"), (bold, "</b>"), (struck, "</s>")].into_iter().filter(|(on, _)| *on).map(|(_, s)| s).collect::<String>();
                    let (up, down) = if lift.is_empty() { Default::default() } else { (format!("<{lift}>"), format!("</{lift}>")) };
                    line.push_str(&format!("{open}{up}{}{down}{close}", escape(&t)));
                }
                Event::GeneralRef(r) if take => {
                    let c = entity(r);
                    if struck {
                        line.push_str(&format!("<s>{}</s>", escape(&c.to_string())));
                    } else {
                        plain.push(c);
                        line.push_str(&escape(&c.to_string()));
                    }
                }
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => take = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "hyperlink" if std::mem::take(&mut link) => line.push_str("</a>"),
                    "tbl" => {
                        self.depth = self.depth.saturating_sub(1);
                        self.out.push_str("</table>");
                        for (at, rows) in self.grids.pop().map(Grid::rows).unwrap_or_default() {
                            self.out.insert_str(at, &format!(" rowspan=\"{rows}\""));
                        }
                    }
                    "tr" => self.out.push_str("</tr>"),
                    "tc" => {
                        self.out.push_str("</td>");
                        let at = self.grids.last().map_or(0, |g| g.at);
                        if self.grids.last_mut().is_some_and(Grid::close) && at <= self.out.len() {
                            // Word shows nothing of it.
                            let inner = self.out.split_off(at);
                            self.unseen.push_str(&html::parse(&inner).text());
                        }
                    }
                    "p" => {
                        // Words that are struck through one after another are one.
                        line = line.replace("</s><s>", "");
                        let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
                        if !text.is_empty() && self.depth == 0 {
                            self.lines.push(text.clone());
                        }
                        // What a paragraph says itself counts before its style; list 0 is none.
                        let by_style = self.listed.get(&style).filter(|_| num.is_empty()).cloned();
                        if let Some((n, l)) = by_style {
                            (num, level) = (n, l);
                        }
                        let at = level.parse::<usize>().unwrap_or(0).min(8);
                        match self.styles.get(&style) {
                            // The title of the document is that of the item.
                            Some(l) if !text.is_empty() && self.depth == 0 => {
                                self.close_lists(0);
                                self.unnumbered += usize::from(self.numbers.get(&(num.clone(), level.clone())) == Some(&true));
                                let l = (l + 1).clamp(2, 6);
                                self.out.push_str(&format!("<h{l}>{line}</h{l}>"));
                            }
                            _ if !num.is_empty() && num != "0" && self.depth == 0 => {
                                let ordered = self.numbers.get(&(num.clone(), level.clone())).copied().unwrap_or(num == "+");
                                self.renumbered.extend(self.shapes.get(&(num.clone(), level.clone())).cloned());
                                self.close_lists(at + 1);
                                if self.lists.get(at).is_some_and(|o| *o != ordered) {
                                    self.close_lists(at);
                                }
                                while self.lists.len() <= at {
                                    self.lists.push(ordered);
                                    self.out.push_str(if ordered { "<ol>" } else { "<ul>" });
                                }
                                self.out.push_str(&format!("<li>{line}"));
                            }
                            _ => {
                                if self.depth == 0 {
                                    self.close_lists(0);
                                }
                                self.out.push_str(&format!("<p>{line}</p>"));
                            }
                        }
                        in_paragraph = in_paragraph.saturating_sub(1);
                        if in_paragraph > 0
                            && let Some(o) = outer.pop()
                        {
                            (line, plain, style, num, level) = o;
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        })
    }
}
