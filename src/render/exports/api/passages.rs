//! `passages.jsonl`: the texts article by article (条), else section by section, each with its address, the state of what it stands
//! in, and a hash: whoever quotes it can see whether it still holds, and whether it was changed.

use super::record;
use crate::derive::compare::units::{Kind, Unit};
use crate::render::Ctx;
use crate::render::exports::texts::{self, Piece};
use serde_json::{Value, json};

/// Longest passage in characters; a longer section is cut between paragraphs.
const LONG: usize = 2000;

/// The keys of a passage, and whether they are always told.
pub static KEYS: &[(&str, bool)] = &[
    ("id", true),
    ("item", true),
    ("type", true),
    ("lang", true),
    ("title", true),
    ("section", false),
    ("label", false),
    ("url", true),
    ("state", true),
    ("state_label", true),
    ("as_of", true),
    ("effective_from", false),
    ("expires_on", false),
    ("doc_no", false),
    ("issuer_names", true),
    ("replaced_by", false),
    ("explains", true),
    ("sha256", true),
    ("text", true),
];

/// A piece of a text that can be quoted.
struct Passage {
    anchor: String,
    section: String,
    label: String,
    text: String,
}

/// Adds the lines of an edition, of its texts in units; their number.
pub(super) fn lines(ctx: &Ctx<'_>, i: u32, e: &crate::model::Edition, parts: Vec<(&Piece<'_>, Vec<Unit>)>, out: &mut Vec<u8>) -> u64 {
    let (item, lang) = (&ctx.public.items[i as usize], e.lang);
    let standing = texts::standing(ctx, lang, i);
    let page = texts::page(ctx, i, lang);
    let tag = &ctx.public.languages[lang].tag;
    let r = &ctx.derived.relations[i as usize];
    let successor: Vec<u32> = r.successor.into_iter().collect();
    let replaced = record::named(ctx, lang, &successor).get(0).cloned().unwrap_or(Value::Null);
    let explains = if item.interpretation().is_some() { record::named(ctx, lang, &r.explains) } else { json!([]) };
    let names: Vec<&str> = item.issuers.iter().map(|d| ctx.issuer(lang, item, *d)).collect();
    let day = |d: Option<jiff::civil::Date>| json!(d.map(|d| d.to_string()));
    let own = if lang == item.editions[0].lang { String::new() } else { format!("@{tag}") };
    // What is the same in all of them: made once, between what is not.
    let part = |row: &[(&'static str, Value)]| {
        let mut text = Vec::with_capacity(256);
        record::line_into(row.iter(), &mut text);
        text.truncate(text.len() - 1);
        text.split_off(1)
    };
    let of_item = part(&[("item", json!(&*item.id)), ("type", json!(item.kind.id)), ("lang", json!(tag)), ("title", json!(e.title))]);
    let state = part(&[
        ("state", json!(standing.code)),
        ("state_label", json!(standing.label)),
        ("as_of", json!(ctx.public.as_of.to_string())),
        ("effective_from", day(item.effective)),
        ("expires_on", day(item.expires)),
        ("doc_no", json!(item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown()))),
        ("issuer_names", json!(names)),
        ("replaced_by", replaced),
        ("explains", explains),
    ]);
    let mut count = 0;
    for p in passages(parts) {
        count += 1;
        let at = if p.anchor.is_empty() { String::new() } else { format!("#{}", crate::route::encode(&p.anchor)) };
        told(out, b"{\"id\":", &format!("{}{own}#{count}", item.id));
        out.push(b',');
        out.extend_from_slice(&of_item);
        told(out, b",\"section\":", &p.section);
        told(out, b",\"label\":", &p.label);
        told(out, b",\"url\":", &format!("{page}{at}"));
        out.push(b',');
        out.extend_from_slice(&state);
        told(out, b",\"sha256\":", &texts::hash(&p.text));
        told(out, b",\"text\":", &p.text);
        out.extend_from_slice(b"}\n");
    }
    count
}

/// A key and its text; `null` where there is none.
fn told(out: &mut Vec<u8>, key: &[u8], text: &str) {
    out.extend_from_slice(key);
    // A text is always JSON.
    let _ = serde_json::to_writer(out, &(!text.is_empty()).then_some(text));
}

/// The passages of an edition, in the order of its page.
fn passages(parts: Vec<(&Piece<'_>, Vec<Unit>)>) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for (piece, units) in parts {
        let of_anchor = |a: Option<String>| a.map(|a| format!("{}{a}", piece.prefix));
        let (mut section, mut anchor) = (piece.title.clone(), piece.anchor.clone());
        // What stands under one heading is one passage, until it is too long.
        let mut open: Option<Passage> = None;
        for u in units {
            match u.kind {
                Kind::Heading => {
                    out.extend(open.take());
                    section = if piece.title.is_empty() { u.text } else { format!("{} / {}", piece.title, u.text) };
                    anchor = of_anchor(u.anchor).unwrap_or_else(|| anchor.clone());
                }
                Kind::Article => {
                    out.extend(open.take());
                    let text = format!("{}　{}", u.label, u.text);
                    let anchor = of_anchor(u.anchor).unwrap_or_else(|| anchor.clone());
                    out.push(Passage { anchor, section: section.clone(), label: u.label, text: text.trim_end().to_string() });
                }
                Kind::Paragraph => {
                    let long = open.as_ref().is_some_and(|p| p.text.chars().count() + u.text.chars().count() > LONG);
                    if long {
                        out.extend(open.take());
                    }
                    match &mut open {
                        Some(p) => {
                            p.text.push('\n');
                            p.text.push_str(&u.text);
                        }
                        None => {
                            open = Some(Passage { anchor: anchor.clone(), section: section.clone(), label: String::new(), text: u.text });
                        }
                    }
                }
            }
        }
        out.extend(open);
    }
    out
}
