//! Documents and slides of OpenDocument (ODT, ODP): text, headers, notes, comments, tracked changes, hidden text.

use super::xml::{self, Parts, attribute, each, entity};
use super::{Budget, Document, Reader, Why, zipped};
use crate::load::looks;
use crate::load::spot::Spot;
use quick_xml::events::Event;

/// ODT, ODP; ODS is a table, of which comments and properties are taken here, and the words of its cells.
pub(super) const READER: Reader = Reader { is, read };

fn is(bytes: &[u8]) -> bool {
    zipped::has(bytes, "content.xml")
        && (memchr::memmem::find(&bytes[..bytes.len().min(200)], b"opendocument").is_some() || zipped::has(bytes, "META-INF/manifest.xml"))
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = parts.names();
    let sheet = memchr::memmem::find(&bytes[..bytes.len().min(200)], b"opendocument.spreadsheet").is_some();
    if parts.xml("META-INF/manifest.xml", budget).is_ok_and(|x| x.contains("encryption-data")) {
        out.unread.insert(Why::Password);
        return;
    }
    match parts.xml("content.xml", budget) {
        Ok(x) => {
            // The cells of a sheet without the order of a table; comments are told apart.
            text(&x, if sheet { Spot::Part } else { Spot::Text }, out);
        }
        Err(why) => drop(out.unread.insert(why)),
    }
    if let Ok(x) = parts.xml("styles.xml", budget) {
        text(&x, Spot::Header, out);
    }
    if let Ok(x) = parts.xml("meta.xml", budget) {
        xml::properties(&x, out);
    }
    zipped::rest(&mut parts, &names, "Pictures/", "Object ", budget, out);
}

#[derive(Clone, Copy, PartialEq)]
enum To {
    Shown,
    Note,
    Comment,
    Deleted,
    Hidden,
    Struck,
    Nowhere,
}

fn text(x: &str, spot: Spot, out: &mut Document) {
    let mut texts: [String; 6] = Default::default();
    let mut to = vec![To::Shown];
    let (mut changes, mut comments, mut page, mut creator, mut cells) = (0, 0, 0u32, false, 0usize);
    let mut pages: Vec<(u32, String)> = Vec::new();
    let mut hidden_styles = std::collections::BTreeSet::new();
    let mut style = String::new();
    let mut spans: Vec<bool> = Vec::new();
    // Styles in the colour of paper, and those struck through; whether each span that is open is of one of them.
    let (mut pale, mut struck) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let (mut shapes, mut ground, mut grounds) = (0usize, false, std::collections::BTreeSet::new());
    let ended = each(x, |e| match e {
        Event::Start(s) => {
            let name = s.name();
            match name.as_ref() {
                "style:style" => style = attribute(s, "name").unwrap_or_default(),
                "style:text-properties" => {
                    if attribute(s, "display").as_deref() == Some("none") || attribute(s, "font-size").is_some_and(|v| looks::nothing(&v)) {
                        hidden_styles.insert(style.clone());
                    }
                    let ground = attribute(s, "background-color").filter(|g| g != "transparent");
                    if attribute(s, "color").is_some_and(|c| looks::unseen(&c, ground.as_deref().unwrap_or("FFFFFF"))) {
                        pale.insert(style.clone());
                    }
                    if attribute(s, "text-line-through-style").is_some_and(|v| v != "none") {
                        struck.insert(style.clone());
                    }
                }
                // On a ground of its own letters in white are seen.
                "style:paragraph-properties" if attribute(s, "background-color").is_some_and(|g| g != "transparent") => drop(grounds.insert(style.clone())),
                "draw:frame" | "draw:custom-shape" => shapes += 1,
                "office:annotation" => {
                    comments += 1;
                    to.push(To::Comment);
                }
                "text:note" => to.push(To::Note),
                "text:tracked-changes" => to.push(To::Deleted),
                "text:changed-region" => changes += 1,
                "text:hidden-text" => {
                    texts[To::Hidden as usize].push_str(&attribute(s, "string-value").unwrap_or_default());
                    to.push(To::Hidden);
                }
                "text:hidden-paragraph" => to.push(To::Hidden),
                "text:section" => to.push(if attribute(s, "display").as_deref() == Some("none") { To::Hidden } else { *to.last().unwrap_or(&To::Shown) }),
                "text:p" | "text:h" | "text:span" => {
                    let name = attribute(s, "style-name").unwrap_or_default();
                    if matches!(s.name().as_ref(), "text:p" | "text:h") {
                        ground = grounds.contains(&name);
                    }
                    // What is behind cells and shapes is not known here.
                    let hides = hidden_styles.contains(&name) || pale.contains(&name) && !ground && cells == 0 && shapes == 0;
                    let strikes = struck.contains(&name);
                    spans.push(hides || strikes);
                    if hides || strikes {
                        to.push(if strikes { To::Struck } else { To::Hidden });
                    }
                }
                "office:scripts" | "office:font-face-decls" | "number:text" => to.push(To::Nowhere),
                "dc:creator" => creator = true,
                "draw:page" => page += 1,
                "text:s" => put(&mut texts, &to, &" ".repeat(attribute(s, "c").and_then(|c| c.parse::<usize>().ok()).unwrap_or(1).min(100))),
                "text:tab" => put(&mut texts, &to, "\t"),
                "text:line-break" => put(&mut texts, &to, "\n"),
                "table:table-cell" => cells += 1,
                _ => {}
            }
        }
        Event::Text(t) => {
            let words = t.xml10_content();
            if creator {
                out.unseen.person(&words);
            } else {
                put(&mut texts, &to, &words);
            }
        }
        Event::GeneralRef(r) => put(&mut texts, &to, entity(r).encode_utf8(&mut [0; 4])),
        Event::End(s) => match s.name().as_ref() {
            "office:annotation"
            | "text:note"
            | "text:tracked-changes"
            | "text:hidden-text"
            | "text:hidden-paragraph"
            | "text:section"
            | "office:scripts"
            | "office:font-face-decls"
            | "number:text" => {
                put(&mut texts, &to, "\n");
                if to.len() > 1 {
                    to.pop();
                }
            }
            "dc:creator" => creator = false,
            "draw:frame" | "draw:custom-shape" => shapes = shapes.saturating_sub(1),
            "text:span" if spans.pop() == Some(true) && to.len() > 1 => drop(to.pop()),
            "text:p" | "text:h" => {
                put(&mut texts, &to, if cells > 0 { " " } else { "\n" });
                if spans.pop() == Some(true) && to.len() > 1 {
                    to.pop();
                }
            }
            "table:table-cell" => {
                cells = cells.saturating_sub(1);
                put(&mut texts, &to, "\t");
            }
            "table:table-row" => put(&mut texts, &to, "\n"),
            "draw:page" => pages.push((page, std::mem::take(&mut texts[0]))),
            _ => {}
        },
        _ => {}
    });
    if ended.is_err() {
        out.unread.insert(Why::Broken);
    }
    out.unseen.changes += changes;
    out.unseen.comments += comments;
    let [shown, note, comment, deleted, hidden, struck_out] = texts;
    out.unseen.struck += struck_out.chars().filter(|c| !c.is_whitespace()).count() as u32;
    out.unseen.hidden += hidden.chars().filter(|c| !c.is_whitespace()).count() as u32;
    pages.into_iter().for_each(|(n, t)| out.put(Spot::Slide(n), t));
    for (spot, text) in
        [(spot, shown), (Spot::Note, note), (Spot::Comment, comment), (Spot::Deleted, deleted), (Spot::Hidden, hidden), (Spot::Struck, struck_out)]
    {
        out.put(spot, text);
    }
}

fn put(texts: &mut [String; 6], to: &[To], words: &str) {
    if let Some(t) = texts.get_mut(*to.last().unwrap_or(&To::Shown) as usize) {
        // Spaces between elements are none of the text.
        if !(words.trim().is_empty() && words.contains('\n') && words.len() > 1) {
            t.push_str(words);
        }
    }
}
