//! OFD (GB/T 33190): the national format of fixed pages. Text by page, properties.

use super::xml::{Parts, attribute, each, entity, properties};
use super::{Budget, Document, Reader, Why, zipped};
use crate::load::spot::Spot;
use quick_xml::events::Event;

/// OFD
pub(super) const READER: Reader = Reader { is, read };

fn is(bytes: &[u8]) -> bool {
    zipped::has(bytes, "OFD.xml")
}

fn read(bytes: &[u8], budget: &mut Budget<'_>, out: &mut Document) {
    let Some(mut parts) = Parts::open(bytes) else {
        out.unread.insert(Why::Broken);
        return;
    };
    let names = parts.names();
    match parts.xml("OFD.xml", budget) {
        Ok(x) => properties(&x, out),
        Err(why) => drop(out.unread.insert(why)),
    }
    let number = |n: &str| n.split('/').rev().find_map(|p| p.strip_prefix("Page_").and_then(|d| d.parse::<u32>().ok()));
    let mut pages: Vec<(Option<u32>, &String)> = names.iter().filter(|n| n.contains("/Pages/") && n.ends_with(".xml")).map(|n| (number(n), n)).collect();
    pages.sort();
    let (mut empty, mut count) = (Vec::new(), 0u32);
    for (i, (_, name)) in pages.iter().enumerate() {
        match parts.xml(name, budget) {
            Ok(x) => {
                let (text, pictures) = page(&x);
                if text.trim().is_empty() && pictures {
                    count += 1;
                    if empty.len() < 5 {
                        empty.push(i as u32 + 1);
                    }
                }
                out.put(Spot::Page(i as u32 + 1), text);
            }
            Err(why) => drop(out.unread.insert(why)),
        }
    }
    if count > 0 {
        out.unread.insert(Why::Scanned(empty, count));
    }
    // Templates, notes on pages, data of a form.
    for name in names.iter().filter(|n| n.ends_with(".xml") && ["/Tpls/", "/Annots/", "Annotation", "/CustomTag", "/Tags/"].iter().any(|f| n.contains(f))) {
        if let Ok(x) = parts.xml(name, budget) {
            out.put(if name.contains("Annot") { Spot::Comment } else { Spot::Part }, page(&x).0);
        }
    }
    zipped::rest(&mut parts, &names, "\u{0}", "Attachs/", budget, out);
}

/// The texts of a page, those that stand at one height as one line; whether it has pictures.
fn page(x: &str) -> (String, bool) {
    let (mut out, mut take, mut pictures) = (String::new(), false, false);
    let (mut top, mut last) = (0f32, f32::NAN);
    let _ = each(x, |e| match e {
        Event::Start(s) => match s.local_name().as_ref() {
            "TextObject" => {
                let of = |v: &str| v.split_ascii_whitespace().nth(1).and_then(|y| y.parse().ok());
                top = attribute(s, "Boundary").and_then(|b| of(&b)).unwrap_or(0.0);
            }
            "ImageObject" => pictures = true,
            "TextCode" | "Text" | "Parameter" => {
                take = true;
                let here = top + attribute(s, "Y").and_then(|y| y.parse().ok()).unwrap_or(0f32);
                if (here - last).abs() > 1.0 && !out.is_empty() {
                    out.push('\n');
                }
                last = here;
            }
            _ => {}
        },
        Event::Text(t) if take => out.push_str(&t.xml10_content()),
        Event::GeneralRef(r) if take => out.push(entity(r)),
        Event::End(s) if matches!(s.local_name().as_ref(), "TextCode" | "Text" | "Parameter") => take = false,
        _ => {}
    });
    (out, pictures)
}
