//! Word documents (DOCX, DOCM): text, headers, notes, comments, changes that are not settled, text that is hidden.

use super::omath::{Math, Step};
use super::xml::{Alternatives, Parts, attribute, dark, each, entity, on, white};
use super::{Budget, Document, Reader, Why, zipped};
use crate::load::looks;
use crate::load::spot::Spot;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};

/// DOCX
pub(super) const READER: Reader = Reader { is, read };

fn is(bytes: &[u8]) -> bool {
    zipped::has(bytes, "word/document.xml")
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = parts.names();
    let mut styles = parts.xml("word/styles.xml", budget).map(|x| styles(&x)).unwrap_or_default();
    if names.iter().any(|n| n == "word/numbering.xml") {
        styles.bullets = parts.xml("word/numbering.xml", budget).map(|x| bullets(&x)).unwrap_or_default();
    }
    let mut order: Vec<(&str, Spot)> = names
        .iter()
        .filter_map(|n| {
            let low = n.strip_prefix("word/")?;
            let spot = match low {
                "document.xml" => Spot::Text,
                "footnotes.xml" | "endnotes.xml" => Spot::Note,
                "comments.xml" => Spot::Comment,
                _ if !low.contains('/') && (low.starts_with("header") || low.starts_with("footer")) && low.ends_with(".xml") => Spot::Header,
                _ => return None,
            };
            Some((n.as_str(), spot))
        })
        .collect();
    order.sort_by_key(|(n, s)| (*s, *n));
    for (name, spot) in order {
        match parts.xml(name, budget) {
            Ok(text) => body(&text, spot, &styles, out),
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    let chunks = chunks(&mut parts, &names, budget);
    for name in &chunks {
        zipped::file(&mut parts, name, budget, out);
    }
    // Parts that nobody knows are read for their words all the same.
    for name in names.iter().filter(|n| unknown(n) && !chunks.contains(n)) {
        match parts.xml(name, budget) {
            Ok(text) => out.put(Spot::Part, words(&text)),
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    zipped::rest(&mut parts, &names, "word/media/", "word/embeddings/", budget, out);
}

/// A part in XML that is none of those whose words are read above, or that have none of people.
fn unknown(name: &str) -> bool {
    let low = name.to_ascii_lowercase();
    let own = |n: &str| {
        n.starts_with("header") || n.starts_with("footer") || n.starts_with("comments") || n.starts_with("theme/") || {
            let known = ["document", "styles", "styleswitheffects", "settings", "websettings", "fonttable", "numbering", "people", "footnotes", "endnotes"];
            known.iter().any(|k| n.strip_suffix(".xml") == Some(*k))
        }
    };
    low.ends_with(".xml")
        && !["docprops/", "customxml/", "[content_types]", "word/embeddings/", "_rels/"].iter().any(|w| low.starts_with(w))
        && !low.strip_prefix("word/").is_some_and(own)
}

/// The words of any XML: a line for each paragraph, or each element of another kind.
fn words(text: &str) -> String {
    let mut out = String::new();
    let ended = each(text, |e| match e {
        Event::Text(t) => out.push_str(&t.xml10_content()),
        Event::GeneralRef(r) => out.push(entity(r)),
        Event::End(s) if !matches!(s.local_name().as_ref(), "t" | "r" | "rPr") && !out.ends_with('\n') => out.push('\n'),
        _ => {}
    });
    // What is no XML at its end is shown by no program; what was read before stands.
    drop(ended);
    out
}

/// Files in it that Word shows as if they were its own text (`w:altChunk`): web pages, RTF, plain texts, other documents.
fn chunks(parts: &mut Parts<'_>, names: &[String], budget: &mut Budget<'_>) -> Vec<String> {
    let mut out = BTreeSet::new();
    for rels in names.iter().filter(|n| n.starts_with("word/_rels/") && n.ends_with(".rels")) {
        let Ok(text) = parts.xml(rels, budget) else { continue };
        let _ = each(&text, |e| {
            if let Event::Start(e) = e
                && attribute(e, "Type").is_some_and(|t| t.ends_with("/aFChunk"))
                && let Some(to) = attribute(e, "Target")
            {
                let name = to.strip_prefix('/').map_or_else(|| format!("word/{}", to.trim_start_matches("./")), str::to_string);
                let name = name.replace("word/../", "");
                // What stands in embeddings is read with them.
                if names.contains(&name) && !name.starts_with("word/embeddings/") {
                    out.insert(name);
                }
            }
        });
    }
    out.into_iter().collect()
}

/// What styles make of text that matters: hidden, in white, struck through; those of tables that give their cells a ground.
#[derive(Default)]
struct Styles {
    hidden: BTreeSet<String>,
    white: BTreeSet<String>,
    struck: BTreeSet<String>,
    grounds: BTreeSet<String>,
    /// Lists to which paragraphs belong by their style, and the levels of lists that have no numbers.
    lists: BTreeMap<String, String>,
    bullets: BTreeSet<(String, String)>,
}

/// Levels of lists that have signs or nothing in place of numbers, by the id of the list.
fn bullets(text: &str) -> BTreeSet<(String, String)> {
    let mut plain: BTreeSet<(String, String)> = BTreeSet::new();
    let mut of: Vec<(String, String)> = Vec::new();
    let (mut abs, mut level, mut num) = (String::new(), String::new(), String::new());
    let _ = each(text, |e| {
        let Event::Start(e) = e else { return };
        let val = || attribute(e, "val").unwrap_or_default();
        match e.local_name().as_ref() {
            "abstractNum" => abs = attribute(e, "abstractNumId").unwrap_or_default(),
            "lvl" => level = attribute(e, "ilvl").unwrap_or_default(),
            "numFmt" if matches!(val().as_str(), "bullet" | "none") => drop(plain.insert((abs.clone(), level.clone()))),
            "num" => num = attribute(e, "numId").unwrap_or_default(),
            "abstractNumId" => of.push((num.clone(), val())),
            _ => {}
        }
    });
    let levels = |(num, abs): (String, String)| plain.iter().filter(move |(a, _)| *a == abs).map(move |(_, l)| (num.clone(), l.clone())).collect::<Vec<_>>();
    of.into_iter().flat_map(levels).collect()
}

fn styles(text: &str) -> Styles {
    let (mut out, mut id) = (Styles::default(), String::new());
    let _ = each(text, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            "vanish" if on(e) => drop(out.hidden.insert(id.clone())),
            "color" if white(e) => drop(out.white.insert(id.clone())),
            "strike" | "dstrike" if on(e) => drop(out.struck.insert(id.clone())),
            "shd" if dark(e) => drop(out.grounds.insert(id.clone())),
            "numId" => drop(out.lists.insert(id.clone(), attribute(e, "val").unwrap_or_default())),
            _ => {}
        }
    });
    out
}

/// Texts of one part: what is shown, what was taken out, what is hidden.
#[derive(Default)]
struct Texts {
    shown: String,
    deleted: String,
    struck: String,
    hidden: String,
}

/// Grounds of the text that is open: those of tables, cells and shapes, of the paragraph, of the run.
#[derive(Default)]
struct Ground {
    /// Whether each table, cell or shape that is open has one.
    open: Vec<bool>,
    paragraph: bool,
    run: bool,
    /// The page is coloured.
    page: bool,
    /// Within the properties of a table or a cell.
    cell_props: bool,
}

impl Ground {
    fn any(&self) -> bool {
        self.page || self.paragraph || self.run || self.open.contains(&true)
    }
}

fn body(text: &str, spot: Spot, styles: &Styles, out: &mut Document) {
    let (mut t, mut names) = (Texts::default(), String::new());
    let (mut take, mut deleted, mut hidden, mut cells, mut style) = (false, 0usize, false, 0usize, String::new());
    // Properties stand before the words of a run: in white, struck through, raised or lowered.
    let (mut pale, mut struck, mut up, mut inside_run) = (false, false, None, false);
    let mut ground = Ground::default();
    let (mut changes, mut comments) = (0, 0);
    let mut ways = Alternatives::default();
    // Of the paragraph that is open: its list and level, and the signs before it; of the part: how many are numbered.
    let (mut num, mut level, mut before, mut numbered) = (None::<String>, String::new(), 0, 0u32);
    let (mut math, mut formula) = (Math::default(), false);
    let ended = each(text, |e| {
        if ways.skips(e) {
            return;
        }
        match math.step(e) {
            Step::Outside => {}
            Step::Inside => return,
            Step::Ended(words) => {
                let to = if deleted > 0 { &mut t.deleted } else { &mut t.shown };
                if to.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                    to.push(' ');
                }
                to.push_str(&words);
                formula = true;
                return;
            }
        }
        match e {
            Event::Start(s) => match s.local_name().as_ref() {
                "p" => {
                    style.clear();
                    (num, level, before) = (None, "0".to_string(), t.shown.len());
                    (ground.paragraph, ground.run, inside_run) = (false, false, false);
                }
                "pStyle" => {
                    style = attribute(s, "val").unwrap_or_default();
                    ground.paragraph |= styles.grounds.contains(&style);
                }
                "r" => {
                    (hidden, pale, struck) = (styles.hidden.contains(&style), styles.white.contains(&style), styles.struck.contains(&style));
                    (up, inside_run, ground.run) = (None, true, false);
                }
                "rStyle" => {
                    let of = attribute(s, "val").unwrap_or_default();
                    hidden |= styles.hidden.contains(&of);
                    pale |= styles.white.contains(&of);
                    struck |= styles.struck.contains(&of);
                    ground.run |= styles.grounds.contains(&of);
                }
                "numId" => num = attribute(s, "val"),
                "ilvl" => level = attribute(s, "val").unwrap_or_default(),
                "vanish" | "webHidden" => hidden |= on(s),
                "color" if inside_run => pale = white(s),
                // Half points.
                "sz" if inside_run => hidden |= attribute(s, "val").and_then(|v| v.parse::<u32>().ok()).is_some_and(|n| n < 4),
                "strike" | "dstrike" if inside_run => struck = on(s),
                "vertAlign" if inside_run => up = attribute(s, "val").filter(|v| v != "baseline").map(|v| v == "superscript"),
                "highlight" if inside_run => ground.run = true,
                "background" => ground.page = attribute(s, "color").is_some_and(|c| c != "auto" && !looks::unseen(&c, "FFFFFF")),
                // Behind a shape anything may be.
                "tbl" => ground.open.push(false),
                "txbxContent" => ground.open.push(true),
                "tblStyle" => {
                    let of = attribute(s, "val").is_some_and(|s| styles.grounds.contains(&s));
                    ground.open.iter_mut().last().into_iter().for_each(|g| *g |= of);
                }
                "shd" if inside_run => ground.run |= dark(s),
                "shd" if ground.cell_props => ground.open.iter_mut().last().into_iter().for_each(|g| *g |= dark(s)),
                "shd" => ground.paragraph |= dark(s),
                "t" | "delText" => take = true,
                "del" | "moveFrom" => {
                    deleted += 1;
                    changes += 1;
                }
                "ins" | "moveTo" => changes += 1,
                "comment" => {
                    comments += 1;
                    if let Some(author) = attribute(s, "author") {
                        out.unseen.person(&author);
                    }
                }
                "tab" | "br" | "cr" | "noBreakHyphen" => {
                    let to = if deleted > 0 {
                        &mut t.deleted
                    } else if struck {
                        &mut t.struck
                    } else if hidden || pale && !ground.any() {
                        &mut t.hidden
                    } else {
                        &mut t.shown
                    };
                    to.push(match s.local_name().as_ref() {
                        "tab" => '\t',
                        "noBreakHyphen" => '-',
                        _ => '\n',
                    });
                }
                // A sign by its number; those of fonts of signs lie in an area of their own.
                "sym" => {
                    let code = attribute(s, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                    t.shown.extend(code.map(|c| if (0xF020..=0xF0FF).contains(&c) { c - 0xF000 } else { c }).and_then(char::from_u32));
                }
                // Names of places in a document, which nobody is shown.
                "bookmarkStart" => {
                    if let Some(name) = attribute(s, "name").filter(|n| n.bytes().filter(u8::is_ascii_digit).count() >= 11) {
                        names.push_str(name.trim_start_matches(|c: char| !c.is_ascii_digit()));
                        names.push('\n');
                    }
                }
                "tc" => {
                    cells += 1;
                    ground.open.push(false);
                }
                "tcPr" | "tblPr" => ground.cell_props = true,
                // The words of a watermark.
                "textpath" => {
                    if let Some(words) = attribute(s, "string").filter(|w| !w.trim().is_empty()) {
                        t.shown.push('\n');
                        t.shown.push_str(&words);
                        t.shown.push('\n');
                    }
                }
                "docPr" => {
                    // What is told of a picture to those who do not see it.
                    if let Some(words) = attribute(s, "descr").filter(|w| !w.trim().is_empty()) {
                        t.shown.push_str(&words);
                        t.shown.push('\n');
                    }
                }
                _ => {}
            },
            Event::Text(words) if take => {
                let words = words.xml10_content();
                // What follows a formula is no part of it.
                if std::mem::take(&mut formula) && words.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                    t.shown.push(' ');
                }
                if deleted > 0 {
                    t.deleted.push_str(&words);
                } else if struck {
                    t.struck.push_str(&words);
                } else if hidden || pale && !ground.any() {
                    t.hidden.push_str(&words);
                } else if let Some(raised) = up.and_then(|up| looks::raised(&t.shown, &words, up)) {
                    t.shown.push_str(&raised);
                } else {
                    t.shown.push_str(&words);
                }
            }
            Event::GeneralRef(r) if take => {
                let to = if deleted > 0 {
                    &mut t.deleted
                } else if struck {
                    &mut t.struck
                } else if hidden || pale && !ground.any() {
                    &mut t.hidden
                } else {
                    &mut t.shown
                };
                to.push(entity(r));
            }
            Event::End(s) => match s.local_name().as_ref() {
                "t" | "delText" => take = false,
                "r" => (hidden, pale, struck, inside_run) = (false, false, false, false),
                "tcPr" | "tblPr" => ground.cell_props = false,
                "tbl" | "txbxContent" => drop(ground.open.pop()),
                "del" | "moveFrom" => {
                    deleted = deleted.saturating_sub(1);
                    t.deleted.push('\n');
                }
                "p" => {
                    let list = num.take().or_else(|| styles.lists.get(&style).cloned()).filter(|n| n != "0");
                    let said = t.shown.get(before..).is_some_and(|w| !w.trim().is_empty());
                    numbered += u32::from(said && list.is_some_and(|n| !styles.bullets.contains(&(n, std::mem::take(&mut level)))));
                    formula = false;
                    // A paragraph in a cell goes on with the next cell of the row.
                    t.shown.push(if cells > 0 { ' ' } else { '\n' });
                    for aside in [&mut t.hidden, &mut t.struck] {
                        if !aside.is_empty() && !aside.ends_with('\n') {
                            aside.push('\n');
                        }
                    }
                }
                "tc" => {
                    cells = cells.saturating_sub(1);
                    ground.open.pop();
                    let kept = t.shown.trim_end_matches(' ').len();
                    t.shown.truncate(kept);
                    t.shown.push('\t');
                }
                "tr" => {
                    let kept = t.shown.trim_end_matches('\t').len();
                    t.shown.truncate(kept);
                    t.shown.push('\n');
                }
                _ => {}
            },
            _ => {}
        }
    });
    if ended.is_err() {
        out.unread.insert(Why::Broken);
    }
    if numbered > 0 {
        out.unread.insert(Why::Numbers(numbered));
    }
    out.unseen.changes += changes;
    out.unseen.comments += comments;
    out.unseen.struck += t.struck.chars().filter(|c| !c.is_whitespace()).count() as u32;
    out.unseen.hidden += t.hidden.chars().filter(|c| !c.is_whitespace()).count() as u32;
    out.put(spot, t.shown);
    out.put(Spot::Properties, names);
    out.put(Spot::Deleted, t.deleted);
    out.put(Spot::Struck, t.struck);
    out.put(Spot::Hidden, t.hidden);
}
