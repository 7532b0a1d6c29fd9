//! Word documents (DOCX): headings, lists, tables, footnotes, links and pictures become Markdown. Macros are named and never
//! taken; entities of a file's own stand for nothing, so that no text bursts.

use super::pages::from_lines;
use super::reader::odd;
use super::{Asked, Brought, Importer, html};
use crate::diag::{Diagnostic, Phrase, Severity, Span, say};
use crate::load::attachment::xml::{Alternatives, attribute, each, entity, on};
use crate::load::brought::Piece;
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
    read,
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
    let numbers = numbers(&xml(part("word/numbering.xml", PART)));
    let notes_xml = xml(part("word/footnotes.xml", PART));
    let veiled = veiled(&xml(part("word/styles.xml", PART)));
    let mut w = Writer { rels: &rels, styles: &styles, numbers: &numbers, veiled, ..Writer::new() };
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
    let (body, used, mut lines) = (w.out, w.pictures, w.lines);
    lines.truncate(40);
    let mut text = html::of(&html::parse(&body)).text;
    let notes = footnotes(&notes_xml);
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
    Ok(Document { lines, text, pictures })
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

/// Styles whose text is hidden.
fn veiled(xml: &str) -> BTreeSet<String> {
    let (mut out, mut id) = (BTreeSet::new(), String::new());
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            "vanish" if on(e) => drop(out.insert(id.clone())),
            _ => {}
        }
    });
    out
}

/// Lists that have numbers, by their id and level; bullets are not there.
fn numbers(xml: &str) -> BTreeMap<(String, String), bool> {
    let (mut kinds, mut of): (BTreeMap<(String, String), bool>, BTreeMap<String, String>) = Default::default();
    let (mut abs, mut num, mut level) = (String::new(), String::new(), String::new());
    let _ = each(xml, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "abstractNum" => abs = attribute(e, "abstractNumId").unwrap_or_default(),
            "lvl" => level = attribute(e, "ilvl").unwrap_or_default(),
            "numFmt" => drop(kinds.insert((abs.clone(), level.clone()), attribute(e, "val").as_deref() != Some("bullet"))),
            "num" => num = attribute(e, "numId").unwrap_or_default(),
            "abstractNumId" => drop(of.insert(num.clone(), attribute(e, "val").unwrap_or_default())),
            _ => {}
        }
    });
    let mut out = BTreeMap::new();
    for (num, abs) in of {
        for ((a, level), ordered) in &kinds {
            if *a == abs {
                out.insert((num.clone(), level.clone()), *ordered);
            }
        }
    }
    out
}

/// Texts of footnotes by id.
fn footnotes(xml: &str) -> BTreeMap<String, String> {
    let (mut out, mut id, mut text, mut take): (BTreeMap<String, String>, String, String, bool) = Default::default();
    let mut hidden = false;
    let _ = each(xml, |e| match e {
        Event::Start(e) => match e.local_name().as_ref() {
            "footnote" => {
                id = attribute(e, "id").unwrap_or_default();
                text.clear();
            }
            "r" => hidden = false,
            "vanish" => hidden = on(e),
            "t" => take = !hidden,
            _ => {}
        },
        Event::Text(t) if take => text.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => text.push(entity(r)),
        Event::End(e) => match e.local_name().as_ref() {
            "t" => take = false,
            "footnote" => drop(out.insert(id.clone(), text.trim().to_string())),
            _ => {}
        },
        _ => {}
    });
    out
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
        let (mut bold, mut italic, mut take, mut deleted, mut link, mut alt) = (false, false, false, 0usize, false, String::new());
        let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let mut hidden = false;
        // A text box stands in a paragraph and has its own: the outer one goes on behind it.
        let mut outer: Vec<(String, String, String, String, String)> = Vec::new();
        let mut ways = Alternatives::default();
        let mut in_paragraph = 0usize;
        each(xml, |e| {
            if ways.skips(e) {
                return;
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
                        (bold, italic) = (false, false);
                        hidden = self.veiled.contains(&style);
                    }
                    "rStyle" => hidden |= attribute(e, "val").is_some_and(|s| self.veiled.contains(&s)),
                    "vanish" => hidden = on(e),
                    "b" => bold = !matches!(attribute(e, "val").as_deref(), Some("0" | "false")),
                    "i" => italic = !matches!(attribute(e, "val").as_deref(), Some("0" | "false")),
                    "t" => take = deleted == 0,
                    // What tracked changes took out is gone.
                    "del" | "moveFrom" => deleted += 1,
                    "br" | "cr" if hidden => {}
                    "footnoteReference" | "blip" if hidden => {}
                    "gridSpan" if self.out.ends_with("<td>") => {
                        if let Some(n) = attribute(e, "val").and_then(|v| v.parse::<usize>().ok()) {
                            self.out.truncate(self.out.len() - 1);
                            self.out.push_str(&format!(" colspan=\"{n}\">"));
                        }
                    }
                    "br" | "cr" => line.push_str("<br>"),
                    "tab" => line.push(' '),
                    "tbl" => {
                        self.close_lists(0);
                        self.depth += 1;
                        self.out.push_str("<table>");
                    }
                    "tr" => self.out.push_str("<tr>"),
                    "tc" => self.out.push_str("<td>"),
                    "hyperlink" => {
                        if let Some(to) = attribute(e, "id").and_then(|id| self.rels.get(&id)) {
                            line.push_str(&format!("<a href=\"{}\">", escape(to).replace('"', "%22")));
                            link = true;
                        }
                    }
                    "footnoteReference" => {
                        let id = attribute(e, "id").unwrap_or_default();
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
                    plain.push_str(&t);
                    let open = [(bold, "<b>"), (italic, "<i>")].into_iter().filter(|(on, _)| *on).map(|(_, s)| s).collect::<String>();
                    let close = [(italic, "</i>"), (bold, "</b>")].into_iter().filter(|(on, _)| *on).map(|(_, s)| s).collect::<String>();
                    line.push_str(&format!("{open}{}{close}", escape(&t)));
                }
                Event::GeneralRef(r) if take => {
                    let c = entity(r);
                    plain.push(c);
                    line.push_str(&escape(&c.to_string()));
                }
                Event::End(e) => match e.local_name().as_ref() {
                    "t" => take = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "hyperlink" if std::mem::take(&mut link) => line.push_str("</a>"),
                    "tbl" => {
                        self.depth = self.depth.saturating_sub(1);
                        self.out.push_str("</table>");
                    }
                    "tr" => self.out.push_str("</tr>"),
                    "tc" => self.out.push_str("</td>"),
                    "p" => {
                        let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
                        if !text.is_empty() && self.depth == 0 {
                            self.lines.push(text.clone());
                        }
                        let at = level.parse::<usize>().unwrap_or(0).min(8);
                        match self.styles.get(&style) {
                            // The title of the document is that of the item.
                            Some(l) if !text.is_empty() && self.depth == 0 => {
                                self.close_lists(0);
                                let l = (l + 1).clamp(2, 6);
                                self.out.push_str(&format!("<h{l}>{line}</h{l}>"));
                            }
                            _ if !num.is_empty() && num != "0" && self.depth == 0 => {
                                let ordered = self.numbers.get(&(num.clone(), level.clone())).copied().unwrap_or(false);
                                self.close_lists(at + 1);
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
