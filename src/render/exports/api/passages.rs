//! `passages.jsonl`: the texts article by article (条), else section by section, each with its address, the state of what it stands
//! in, and a hash: whoever quotes it can see whether it still holds, and whether it was changed.

use super::record;
use crate::derive::compare::units::{Kind, units};
use crate::load::blocks::blocks;
use crate::output::Sink;
use crate::render::Ctx;
use crate::render::exports::texts::{self, pieces};
use serde_json::{Value, json};
use std::io;

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

pub(super) fn pour(ctx: &Ctx<'_>, file: Option<u32>, sink: &mut dyn Sink) -> io::Result<()> {
    let Some(file) = file else { return Ok(()) };
    sink.open(file)?;
    let mut rows = 0u64;
    for i in 0..ctx.public.items.len() as u32 {
        for e in ctx.public.items[i as usize].written() {
            for line in of(ctx, i, e) {
                sink.write(file, &line)?;
                rows += 1;
            }
        }
    }
    sink.close(file)?;
    sink.tell(file, json!({ "rows": rows }).to_string());
    Ok(())
}

/// The lines of an edition.
fn of(ctx: &Ctx<'_>, i: u32, e: &crate::model::Edition) -> Vec<Vec<u8>> {
    let (item, lang) = (&ctx.public.items[i as usize], e.lang);
    let standing = texts::standing(ctx, lang, i);
    let page = texts::page(ctx, i, lang);
    let tag = &ctx.public.languages[lang].tag;
    let r = &ctx.derived.relations[i as usize];
    let successor: Vec<u32> = r.successor.into_iter().collect();
    let replaced = record::named(ctx, lang, &successor).get(0).cloned().unwrap_or(Value::Null);
    let explains = if item.interpretation().is_some() { record::named(ctx, lang, &r.explains) } else { json!([]) };
    let names: Vec<&str> = item.issuers.iter().map(|d| ctx.public.departments[*d].name.get(lang)).collect();
    let day = |d: Option<jiff::civil::Date>| json!(d.map(|d| d.to_string()));
    let some = |t: &str| json!(Some(t).filter(|t| !t.is_empty()));
    let own = if lang == item.editions[0].lang { String::new() } else { format!("@{tag}") };
    let mut out = Vec::new();
    for (n, p) in passages(ctx, item, e).into_iter().enumerate() {
        let at = if p.anchor.is_empty() { String::new() } else { format!("#{}", crate::route::encode(&p.anchor)) };
        let mut line = record::line(&[
            ("id", json!(format!("{}{own}#{}", item.id, n + 1))),
            ("item", json!(&*item.id)),
            ("type", json!(item.kind.id)),
            ("lang", json!(tag)),
            ("title", json!(e.title)),
            ("section", some(&p.section)),
            ("label", some(&p.label)),
            ("url", json!(format!("{page}{at}"))),
            ("state", json!(standing.code)),
            ("state_label", json!(standing.label)),
            ("as_of", json!(ctx.public.as_of.to_string())),
            ("effective_from", day(item.effective)),
            ("expires_on", day(item.expires)),
            ("doc_no", json!(item.policy().and_then(|p| p.doc_no.as_ref()).map(|n| n.shown()))),
            ("issuer_names", json!(names)),
            ("replaced_by", replaced.clone()),
            ("explains", explains.clone()),
            ("sha256", json!(texts::hash(&p.text))),
            ("text", json!(p.text)),
        ]);
        line.push(b'\n');
        out.push(line);
    }
    out
}

/// The passages of an edition, in the order of its page.
fn passages(ctx: &Ctx<'_>, item: &crate::model::Item, e: &crate::model::Edition) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for piece in pieces(ctx, item, e) {
        let of_anchor = |a: Option<String>| a.map(|a| format!("{}{a}", piece.prefix));
        let (mut section, mut anchor) = (piece.title.clone(), piece.anchor.clone());
        // What stands under one heading is one passage, until it is too long.
        let mut open: Option<Passage> = None;
        for u in units(&blocks(&piece.markdown, ctx.config.allow_html)) {
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
