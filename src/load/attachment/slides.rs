//! Slides (PPTX): text by slide, notes of the speaker, comments, slides that are hidden.

use super::xml::{Parts, attribute, each, entity};
use super::{Budget, Document, Reader, Why, zipped};
use crate::load::spot::Spot;
use quick_xml::events::Event;

/// PPTX
pub(super) const READER: Reader = Reader { is, read };

fn is(bytes: &[u8]) -> bool {
    zipped::has(bytes, "ppt/presentation.xml")
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = parts.names();
    let number = |n: &str| n.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u32>().unwrap_or(0);
    let of = |folder: &str| {
        let mut all: Vec<(u32, &String)> =
            names.iter().filter(|n| n.strip_prefix(folder).is_some_and(|r| !r.contains('/') && r.ends_with(".xml"))).map(|n| (number(n), n)).collect();
        all.sort();
        all
    };
    // The order of the slides is that of the presentation; their files are mostly numbered so.
    let order = order(&mut parts, budget);
    for (n, name) in of("ppt/slides/") {
        let at = order.iter().position(|o| name.ends_with(o.as_str())).map_or(n, |i| i as u32 + 1);
        match parts.xml(name, budget) {
            Ok(x) => {
                let (text, hidden) = words(&x);
                out.unseen.hidden += if hidden { text.chars().filter(|c| !c.is_whitespace()).count() as u32 } else { 0 };
                out.put(if hidden { Spot::Hidden } else { Spot::Slide(at) }, text);
            }
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    out.pieces.sort_by_key(|p| p.spot);
    for (folder, spot) in [
        ("ppt/notesSlides/", Spot::Spoken),
        ("ppt/comments/", Spot::Comment),
        ("ppt/slideMasters/", Spot::Part),
        ("ppt/slideLayouts/", Spot::Part),
        ("ppt/charts/", Spot::Part),
        ("ppt/diagrams/", Spot::Part),
    ] {
        for (_, name) in of(folder) {
            match parts.xml(name, budget) {
                Ok(x) => {
                    let (text, _) = words(&x);
                    out.unseen.comments += u32::from(spot == Spot::Comment && !text.trim().is_empty());
                    out.put(spot, text);
                }
                Err(why) => drop(out.unread.insert(why)),
            }
        }
    }
    zipped::rest(&mut parts, &names, "ppt/media/", "ppt/embeddings/", budget, out);
}

/// Files of the slides in the order in which they are shown.
fn order(parts: &mut Parts<'_>, budget: &mut Budget<'_>) -> Vec<String> {
    let (Ok(main), Ok(rels)) = (parts.xml("ppt/presentation.xml", budget), parts.xml("ppt/_rels/presentation.xml.rels", budget)) else { return Vec::new() };
    let mut targets = std::collections::BTreeMap::new();
    let _ = each(&rels, |e| {
        if let Event::Start(e) = e
            && let (Some(id), Some(to)) = (attribute(e, "Id"), attribute(e, "Target"))
        {
            targets.insert(id, to.trim_start_matches("../").trim_start_matches('/').to_string());
        }
    });
    let mut out = Vec::new();
    let _ = each(&main, |e| {
        if let Event::Start(e) = e
            && e.local_name().as_ref() == "sldId"
        {
            // `id` stands twice, once with the prefix of relations.
            for a in e.attributes().with_checks(false).flatten() {
                out.extend(targets.get(&*a.value).filter(|_| a.key.local_name().as_ref() == "id").cloned());
            }
        }
    });
    out
}

/// Paragraphs, and whether the slide is hidden.
fn words(text: &str) -> (String, bool) {
    let (mut out, mut take, mut hidden) = (String::new(), false, false);
    let _ = each(text, |e| match e {
        Event::Start(s) => match s.local_name().as_ref() {
            "sld" => hidden = attribute(s, "show").is_some_and(|v| v == "0" || v == "false"),
            "t" | "text" | "v" => take = true,
            "br" => out.push('\n'),
            "cNvPr" => {
                if let Some(w) = attribute(s, "descr").filter(|w| !w.trim().is_empty()) {
                    out.push_str(&w);
                    out.push('\n');
                }
            }
            _ => {}
        },
        Event::Text(t) if take => out.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => out.push(entity(r)),
        Event::End(s) => match s.local_name().as_ref() {
            "t" => take = false,
            "text" | "v" => {
                take = false;
                out.push('\n');
            }
            "tc" => {
                let kept = out.trim_end_matches('\n').len();
                out.truncate(kept);
                out.push('\t');
            }
            "tr" | "p" => out.push('\n'),
            _ => {}
        },
        _ => {}
    });
    (out, hidden)
}
