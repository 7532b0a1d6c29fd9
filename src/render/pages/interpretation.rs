//! Interpretation (政策解读): the standard sections in order, the policy beside it, who explains.

use super::{AttachmentView, FactView, NoteView, TextView, attachments, body, neighbours, notes, plan_items, text};
use crate::derive::coverage;
use crate::model::{Interpretation, Item, vocab};
use crate::output::MakeResult;
use crate::render::cite::{CiteView, cite};
use crate::render::structured;
use crate::render::view::{HeadView, LinkView, moment_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::types;
use serde::Serialize;

/// Other interpretations of the same documents that a page names.
const SIBLINGS: usize = 100;

/// Pages of interpretations.
pub static PAGE: Maker = Maker { name: "interpretation", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::INTERPRETATION);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Calendar of its days to come.
    ics: Option<String>,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    /// Tasks and benefits of the policies.
    tables: Vec<super::values::TableView>,
    head: HeadView,
    banner: Option<super::Banner>,
    /// What stands above the text.
    glance: Vec<FactView>,
    /// Who is affected, what to do, until when.
    concerns: Vec<FactView>,
    /// Pictures, sound and films among the attachments: shown before the text.
    media: Vec<MediaView>,
    facts: Vec<FactView>,
    policies: String,
    external: Vec<LinkView>,
    siblings: String,
    /// Where all of them stand, and how many there are, if these are only the first.
    all_siblings: Option<LinkView>,
    /// The standard sections that it has.
    coverage: Vec<CoveredView>,
    covered: String,
    sections: Vec<SectionView>,
    text: TextView,
    qa: Vec<QaView>,
    alternative: Option<TextView>,
    attachments: Vec<AttachmentView>,
    contact: Vec<FactView>,
    notes: Vec<NoteView>,
    cite: CiteView,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

#[derive(Serialize)]
struct CoveredView {
    title: String,
    anchor: Option<String>,
}

#[derive(Serialize)]
struct SectionView {
    anchor: String,
    title: String,
    html: String,
}

#[derive(Serialize)]
struct MediaView {
    /// `image`, `audio`, `video`
    kind: &'static str,
    title: String,
    url: String,
    /// Width and height.
    size: Option<(u32, u32)>,
}

#[derive(Serialize)]
struct QaView {
    q: String,
    html: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some(it) = item.interpretation() else { return misrouted(entry) };
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    ctx.article_metas(&mut head, lang, item, edition);
    let r = &ctx.derived.relations[i as usize];
    let covered = coverage(item, edition);
    let section_name = |s: usize| ctx.say(lang, &format!("section.{}", vocab::SECTIONS[s].key));
    let told = covered.iter().filter(|c| c.anchor.is_some()).count();
    let args = [("n".to_string(), told.to_string()), ("of".to_string(), covered.len().to_string())];
    let mut siblings: Vec<u32> = r.explains.iter().flat_map(|p| ctx.derived.relations[*p as usize].explains.iter().copied()).filter(|o| *o != i).collect();
    siblings.sort_unstable();
    siblings.dedup();
    // The page of the policy has them all: two thousand pages that name each other two thousand times are four million lines.
    let policy = r.explains.first().and_then(|p| ctx.routes.item(lang, *p, &ctx.public.items[*p as usize]));
    let all_siblings = policy.filter(|_| siblings.len() > SIBLINGS).map(|p| {
        let title = ctx.theme.messages[lang].count("list.count", siblings.len());
        LinkView { title, url: p.url.clone() }
    });
    siblings.truncate(SIBLINGS);
    let sections = it.sections.iter().map(|(s, md)| SectionView {
        anchor: format!("sec-{}", vocab::SECTIONS[*s].key),
        title: section_name(*s),
        html: text(ctx, lang, item, &format!("sec-{}-", vocab::SECTIONS[*s].key), md).html,
    });
    let (prev, next) = neighbours(ctx, lang, i);
    head.ld = structured::article(ctx, lang, i, edition, &head.canonical);
    let view = View {
        ics: crate::render::exports::ics::link(ctx, lang, Some(i)),
        extra: &item.extra,
        named_by: super::named_by(ctx, lang, i),
        tables: super::account::tables(ctx, lang, &r.explains),
        banner: super::banner(ctx, lang, i),
        glance: facts(ctx, lang, item, it).into_iter().filter(|f| !f.value.is_empty()).take(3).collect(),
        concerns: concerns(ctx, lang, it),
        media: media(ctx, item),
        facts: facts(ctx, lang, item, it),
        policies: ctx.links(lang, &r.explains),
        external: it.external.iter().map(|(t, u)| LinkView { title: t.clone(), url: u.clone().unwrap_or_default() }).collect(),
        siblings: ctx.links(lang, &siblings),
        all_siblings,
        coverage: covered.iter().filter(|c| c.anchor.is_some()).map(|c| CoveredView { title: section_name(c.section), anchor: c.anchor.clone() }).collect(),
        covered: ctx.theme.messages[lang].get("coverage.count", &args).unwrap_or_default(),
        sections: sections.collect(),
        text: body(ctx, lang, item),
        qa: it.qa.iter().enumerate().map(|(n, (q, a))| QaView { q: q.clone(), html: text(ctx, lang, item, &format!("qa-{}-", n + 1), a).html }).collect(),
        alternative: it.text_alternative.as_ref().map(|t| text(ctx, lang, item, "alt-", t)),
        attachments: attachments(ctx, lang, item),
        contact: contact(ctx, lang, item, it),
        notes: notes(ctx, lang, item),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        prev,
        next,
        head,
    };
    ctx.render(entry, "pages/interpretation.html", &view)
}

/// Who is affected, what to do, until when: as the interpretation tells it.
pub(super) fn concerns(ctx: &Ctx<'_>, lang: usize, it: &Interpretation) -> Vec<FactView> {
    let record = &types::interpretation::glance::RECORD;
    let Some(values) = &it.glance else { return Vec::new() };
    let each = |(f, v): (&'static crate::schema::Field, &crate::model::Value)| {
        let parts = super::values::parts(ctx, lang, record, f, v);
        let url = match &parts[..] {
            [one] => one.url.clone(),
            _ => None,
        };
        let value = parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(ctx.separator(lang));
        FactView { label: super::values::label(ctx, lang, record, f), value, url }
    };
    values.iter().map(each).collect()
}

fn media(ctx: &Ctx<'_>, item: &Item) -> Vec<MediaView> {
    let kind = |file: &str| {
        let ending = file.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        Some(match ending.as_str() {
            "png" | "jpg" | "jpeg" | "webp" | "gif" | "svg" => "image",
            "mp3" | "m4a" | "ogg" | "oga" | "wav" => "audio",
            "mp4" | "webm" | "m4v" => "video",
            _ => return None,
        })
    };
    let one = |a: &crate::model::Attachment| {
        let url = ctx.routes.get(0, &Target::Blob(a.file.clone()))?.url.clone();
        let size = ctx.public.blobs.get(&a.file).and_then(crate::load::attachment::picture::size_of);
        Some(MediaView { kind: kind(&a.file)?, title: a.title.clone(), url, size })
    };
    item.attachments.iter().filter_map(one).collect()
}

pub(super) fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, it: &Interpretation) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    let mut fact = |key: &str, value: String, url: Option<String>| out.push(FactView { label: m.say(&format!("fact.{key}")), value, url });
    fact("published_at", item.published.map_or(String::new(), |x| moment_text(m, x)), None);
    let org = ctx.issuers(lang, item);
    let url = item.issuers.first().and_then(|d| ctx.routes.get(lang, &Target::Department(*d as u32, 0))).map(|e| e.url.clone());
    fact("interpreter_org", org, url);
    fact("form", it.forms.iter().map(|f| m.say(&format!("form.{f}"))).collect::<Vec<_>>().join(ctx.separator(lang)), None);
    if item.source.is_some() {
        fact("source", item.source.clone().unwrap_or_default(), item.source_url.clone());
    }
    out
}

/// Who explains and how to reach them, where known; the department's own contact stands in.
fn contact(ctx: &Ctx<'_>, lang: usize, item: &Item, it: &Interpretation) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let department = item.issuers.first().map(|d| &ctx.public.departments[*d]);
    let mut out = Vec::new();
    let mut fact = |key: &str, value: Option<String>, scheme: &str| {
        // What is not told is the editors' matter: `check` says it.
        let Some(value) = value.filter(|v| !v.is_empty()) else { return };
        let url = Some(&value).filter(|_| !scheme.is_empty()).map(|v| format!("{scheme}{}", crate::route::encode(v).replace("%40", "@")));
        out.push(FactView { label: m.say(&format!("fact.{key}")), value, url });
    };
    let person = it.interpreter.as_ref().map(|(n, t)| t.as_ref().map_or(n.clone(), |t| format!("{n}{}{t}{}", m.say("open"), m.say("close"))));
    fact("interpreter", person, "");
    fact("tel", it.tel.clone().or_else(|| department.and_then(|d| d.tel.clone())), "tel:");
    fact("email", it.email.clone().or_else(|| department.and_then(|d| d.email.clone())), "mailto:");
    out
}
