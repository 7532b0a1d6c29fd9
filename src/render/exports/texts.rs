//! What an item says, in pieces as its page has them: the body, sections, questions, texts of its own fields. Files with full
//! text, passages and Markdown twins are made of the same pieces, so that none of them says less than another.

use crate::derive::Validity;
use crate::load::blocks::{Block, calmly};
use crate::load::markdown::Calm;
use crate::load::outline;
use crate::model::{Edition, Item, State, Value, vocab};
use crate::output::hex;
use crate::render::pages::FactView;
use crate::render::stage::stage_key;
use crate::render::{Ctx, pages};
use crate::types::consultation as con;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// A text of an item.
pub struct Piece<'a> {
    /// What its anchors on the page begin with.
    pub prefix: String,
    /// Anchor of its title; empty of the body.
    pub anchor: String,
    /// Its title; empty of the body.
    pub title: String,
    /// As it is written.
    pub markdown: Cow<'a, str>,
    /// What is known not to be in it.
    pub calm: Calm,
}

impl Piece<'_> {
    /// Its paragraphs, headings, items and rows.
    pub fn blocks(&self, allow_html: bool) -> Vec<Block> {
        calmly(&self.markdown, self.calm, allow_html)
    }
}

/// The texts of an edition, in the order of its page.
pub fn pieces<'a>(ctx: &Ctx<'_>, item: &'a Item, e: &'a Edition) -> Vec<Piece<'a>> {
    let lang = e.lang;
    let mut out = Vec::new();
    let calm = Calm::default();
    let body = Piece { prefix: String::new(), anchor: String::new(), title: String::new(), markdown: e.doc.body().into(), calm: e.doc.outline.calm };
    if let Some(it) = item.interpretation() {
        for (s, text) in &it.sections {
            let key = vocab::SECTIONS[*s].key;
            let title = ctx.say(lang, &format!("section.{key}"));
            out.push(Piece { prefix: format!("sec-{key}-"), anchor: format!("sec-{key}"), title, markdown: text.as_str().into(), calm });
        }
        out.push(body);
        for (n, (q, a)) in it.qa.iter().enumerate() {
            let n = n + 1;
            out.push(Piece { prefix: format!("qa-{n}-"), anchor: format!("qa-{n}"), title: q.clone(), markdown: a.as_str().into(), calm });
        }
        if let Some(text) = &it.text_alternative {
            let title = ctx.say(lang, "alternative.title");
            out.push(Piece { prefix: "alt-".into(), anchor: "alt-title".into(), title, markdown: text.as_str().into(), calm });
        }
        return out;
    }
    out.push(body);
    if let Some(d) = item.dataset() {
        for (key, text) in [("group.from", &d.provenance), ("dataset.usage", &d.usage_notes)] {
            if !text.get(lang).is_empty() {
                let markdown = outline_safe(text.get(lang)).into();
                out.push(Piece { prefix: String::new(), anchor: String::new(), title: ctx.say(lang, key), markdown, calm });
            }
        }
    }
    if let Some(Value::Markdown(t)) = item.consultation().and_then(|c| c.values.get(&con::EXPLANATION)) {
        let title = ctx.say(lang, "field.consultation.explanation");
        out.push(Piece { prefix: "explanation-".into(), anchor: "explanation-title".into(), title, markdown: t.get(lang).into(), calm });
    }
    let record = item.kind.record;
    for (field, value) in item.record().filter(|_| item.consultation().is_none()).into_iter().flat_map(|v| v.iter()) {
        if let Value::Markdown(t) = value {
            let id = format!("f-{}", field.key);
            let title = pages::label(ctx, lang, record, field);
            out.push(Piece { prefix: format!("{id}-"), anchor: id, title, markdown: t.get(lang).into(), calm });
        }
    }
    out.retain(|p| !p.markdown.trim().is_empty());
    out
}

/// A text of one field that is no Markdown, as Markdown.
fn outline_safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The texts of an edition with their blocks: read once, for everything that is made of them.
pub fn read<'a>(ctx: &Ctx<'_>, item: &'a Item, e: &'a Edition) -> Vec<(Piece<'a>, Vec<Block>)> {
    let with = |p: Piece<'a>| {
        let blocks = p.blocks(ctx.config.allow_html);
        (p, blocks)
    };
    pieces(ctx, item, e).into_iter().map(with).collect()
}

/// All that an edition says, without markup: a paragraph, heading or row of a table a line.
pub fn plain(read: &[(Piece<'_>, Vec<Block>)]) -> String {
    let mut out = String::with_capacity(read.iter().flat_map(|(_, blocks)| blocks).map(|b| b.text.len() + 1).sum());
    let mut line = |t: &str| {
        if !t.is_empty() {
            out.push_str(t);
            out.push('\n');
        }
    };
    for (p, blocks) in read {
        line(&p.title);
        blocks.iter().for_each(|b| line(&b.text));
    }
    out.truncate(out.trim_end().len());
    out
}

/// SHA-256 of a text in UTF-8, as lower-case hexadecimal.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Where an item stands on the day of the build.
pub struct Standing {
    /// Code: of a policy its validity, of a consultation its stage, else `current`, `superseded` or `expired`; `unknown` where
    /// nothing tells it.
    pub code: &'static str,
    /// The same in words.
    pub label: String,
}

/// Where an item stands: in the words of its page.
pub fn standing(ctx: &Ctx<'_>, lang: usize, i: u32) -> Standing {
    let item = &ctx.public.items[i as usize];
    let say = |code: &'static str, key: String| Standing { code, label: ctx.say(lang, &key) };
    if item.policy().is_some() {
        return match ctx.derived.validity[i as usize] {
            Some(v) => say(v.code(), format!("validity.{}", v.code())),
            None => say("unknown", "state.unknown".into()),
        };
    }
    match State::of(item, ctx.public.now) {
        State::Superseded => return say("superseded", "state.superseded".into()),
        State::Expired => return say("expired", "state.expired".into()),
        _ => {}
    }
    match item.consultation() {
        Some(c) => {
            let stage = c.stage(ctx.public.as_of);
            say(stage.map_or("unknown", crate::model::Stage::code), stage_key(stage).into())
        }
        None => say("current", "state.current".into()),
    }
}

/// A policy that does not hold as it stands: what explains it is no better.
pub fn doubtful(ctx: &Ctx<'_>, i: u32) -> bool {
    ctx.derived.unsure.contains_key(&i) || ctx.derived.validity[i as usize].is_some_and(|v| v != Validity::InForce)
}

/// What the page tells of an item in lines: who, when, which number. What the source does not say is left out.
pub fn facts(ctx: &Ctx<'_>, lang: usize, i: u32) -> Vec<FactView> {
    let mut all = pages::facts_of(ctx, lang, i);
    all.retain(|f| !f.value.trim().is_empty());
    all
}

/// The beginning or summary of an edition without markup.
pub fn summary(ctx: &Ctx<'_>, e: &Edition) -> String {
    outline::plain(&ctx.summary(e), ctx.config.allow_html).trim().to_string()
}

/// Absolute address of the page of an edition.
pub fn page(ctx: &Ctx<'_>, i: u32, lang: usize) -> String {
    let item = &ctx.public.items[i as usize];
    ctx.routes.item(lang, i, item).map_or(String::new(), |e| ctx.absolute(&e.url))
}

/// Absolute address of its Markdown twin, where there is one.
pub fn twin(ctx: &Ctx<'_>, i: u32, lang: usize) -> Option<String> {
    ctx.routes.get(lang, &crate::route::Target::Twin(i)).map(|e| ctx.absolute(&e.url))
}
