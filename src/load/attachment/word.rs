//! Word documents (DOCX, DOCM): text, headers, notes, comments, changes that are not settled, text that is hidden.

use super::xml::{Alternatives, Parts, attribute, each, entity, on};
use super::{Budget, Document, Reader, Why, zipped};
use crate::load::spot::Spot;
use quick_xml::events::Event;
use std::collections::BTreeSet;

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
    let veiled = parts.xml("word/styles.xml", budget).map(|x| veiled(&x)).unwrap_or_default();
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
            Ok(text) => body(&text, spot, &veiled, out),
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    for name in chunks(&mut parts, &names, budget) {
        zipped::file(&mut parts, &name, budget, out);
    }
    zipped::rest(&mut parts, &names, "word/media/", "word/embeddings/", budget, out);
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

/// Styles whose text is hidden.
fn veiled(styles: &str) -> BTreeSet<String> {
    let (mut out, mut id) = (BTreeSet::new(), String::new());
    let _ = each(styles, |e| {
        let Event::Start(e) = e else { return };
        match e.local_name().as_ref() {
            "style" => id = attribute(e, "styleId").unwrap_or_default(),
            "vanish" if on(e) => drop(out.insert(id.clone())),
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
    hidden: String,
}

fn body(text: &str, spot: Spot, veiled: &BTreeSet<String>, out: &mut Document) {
    let mut t = Texts::default();
    let (mut take, mut deleted, mut hidden, mut cells, mut style) = (false, 0usize, false, 0usize, String::new());
    let (mut changes, mut comments) = (0, 0);
    let mut ways = Alternatives::default();
    let ended = each(text, |e| {
        if ways.skips(e) {
            return;
        }
        match e {
            Event::Start(s) => match s.local_name().as_ref() {
                "p" => style.clear(),
                "pStyle" => style = attribute(s, "val").unwrap_or_default(),
                "r" => hidden = veiled.contains(&style),
                "rStyle" => hidden |= attribute(s, "val").is_some_and(|s| veiled.contains(&s)),
                "vanish" | "webHidden" => hidden |= on(s),
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
                "tab" | "br" | "cr" => {
                    let to = if deleted > 0 {
                        &mut t.deleted
                    } else if hidden {
                        &mut t.hidden
                    } else {
                        &mut t.shown
                    };
                    to.push(if s.local_name().as_ref() == "tab" { '\t' } else { '\n' });
                }
                "noBreakHyphen" => t.shown.push('-'),
                "tc" => cells += 1,
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
                if deleted > 0 {
                    t.deleted.push_str(&words);
                } else if hidden {
                    t.hidden.push_str(&words);
                } else {
                    t.shown.push_str(&words);
                }
            }
            Event::GeneralRef(r) if take => {
                let to = if deleted > 0 {
                    &mut t.deleted
                } else if hidden {
                    &mut t.hidden
                } else {
                    &mut t.shown
                };
                to.push(entity(r));
            }
            Event::End(s) => match s.local_name().as_ref() {
                "t" | "delText" => take = false,
                "del" | "moveFrom" => {
                    deleted = deleted.saturating_sub(1);
                    t.deleted.push('\n');
                }
                "p" => {
                    // A paragraph in a cell goes on with the next cell of the row.
                    t.shown.push(if cells > 0 { ' ' } else { '\n' });
                    if !t.hidden.is_empty() && !t.hidden.ends_with('\n') {
                        t.hidden.push('\n');
                    }
                }
                "tc" => {
                    cells = cells.saturating_sub(1);
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
    out.unseen.changes += changes;
    out.unseen.comments += comments;
    out.unseen.hidden += t.hidden.chars().filter(|c| !c.is_whitespace()).count() as u32;
    out.put(spot, t.shown);
    out.put(Spot::Deleted, t.deleted);
    out.put(Spot::Hidden, t.hidden);
}
