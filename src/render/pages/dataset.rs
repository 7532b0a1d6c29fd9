//! Dataset (数据集): what it is, its files with size and hash, its dictionary.

use super::resource::withheld;
use super::{Banner, FactView, NoteView, TextView, banner, body, neighbours, notes, plan_items};
use crate::catalog::{self, Contact, Copy, Distribution, embedded, schema_org};
use crate::model::{Dataset, Item};
use crate::output::MakeResult;
use crate::render::chart::{ChartView, charts};
use crate::render::cite::{CiteView, cite};
use crate::render::exports::catalogues::{published, shown, signposts};
use crate::render::exports::data::parts;
use crate::render::tables::{PreviewView, preview, thousands};
use crate::render::view::{HeadView, LinkView, size_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, FeedOf, Planner, Site, Target};
use crate::schema::site::outputs;
use crate::tables::maps::Outline;
use crate::types;
use serde::Serialize;

/// Pages of datasets.
pub static PAGE: Maker = Maker { name: "dataset", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, types::DATASET);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    /// Calendar of its days to come.
    ics: Option<String>,
    /// Items that name it, by type.
    named_by: Vec<super::Group>,
    head: HeadView,
    banner: Option<Banner>,
    /// From whom, as of when, under which licence: what stands above the rows.
    glance: Vec<FactView>,
    groups: Vec<GroupView>,
    text: TextView,
    quality: Option<super::quality::QualityView>,
    charts: Vec<ChartView>,
    resources: Vec<ResourceView>,
    /// Sentence in place of the files of a closed dataset, or above those of a conditional one.
    access: Option<String>,
    /// Address of its feed.
    follow: String,
    usage: String,
    reuses: Vec<ReuseView>,
    contact: Vec<FactView>,
    related: String,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    cite: CiteView,
    /// schema.org Dataset, as JSON-LD; empty where the site does not want it.
    ld: String,
    /// Links of its head for machines (FAIR Signposting).
    signposts: String,
    /// What it is written in for machines.
    formats: Vec<LinkView>,
    /// Address of its form for Excel.
    form: Option<String>,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

/// Facts that belong together.
#[derive(Serialize)]
struct GroupView {
    title: String,
    /// A sentence above them.
    text: String,
    facts: Vec<FactView>,
}

#[derive(Serialize)]
struct ReuseView {
    title: String,
    url: Option<String>,
    note: String,
}

#[derive(Serialize)]
struct ResourceView {
    name: String,
    title: String,
    description: String,
    url: String,
    /// A file of this site, not an address elsewhere.
    own: bool,
    /// Address of its own page; empty where its rows could not be read.
    page: String,
    format: String,
    size: String,
    /// Rows and columns, in words.
    rows: String,
    /// Why the original is not there.
    withheld: String,
    preview: PreviewView,
    /// Its outlines, where it is a map: SVG.
    map: String,
    /// SHA-256 of the file.
    hash: String,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
struct FieldView {
    name: String,
    title: String,
    kind: String,
    unit: String,
    description: String,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Item(i) = entry.target else { return misrouted(entry) };
    let (lang, item) = (entry.lang, &ctx.public.items[i as usize]);
    let Some(data) = item.dataset() else { return misrouted(entry) };
    let edition = item.best(lang);
    let mut head = ctx.head(entry, &edition.title, ctx.crumbs(lang, item.column));
    head.feeds = ctx.feeds(lang, FeedOf::Dataset(i), &edition.title);
    ctx.article_metas(&mut head, lang, item, edition);
    let (prev, next) = neighbours(ctx, lang, i);
    let Some(record) = catalog::Dataset::of(ctx.public, item, &ctx.derived.tables[i as usize]) else { return misrouted(entry) };
    let published = published(ctx, i, &record, lang);
    let files = record.distributions.iter().zip(&published.copies).zip(0..);
    let resources = files.map(|((r, c), n)| resource(ctx, lang, data, (i, n), (r, c.as_ref()))).collect();
    let note = data.access_note.get(lang);
    let access = data.access.filter(|a| *a != "open").map(|a| format!("{}{}", ctx.say(lang, &format!("access.{a}.note")), note));
    let groups = groups(ctx, lang, item, data);
    let view = View {
        ics: crate::render::exports::ics::link(ctx, lang, Some(i)),
        extra: &item.extra,
        named_by: super::named_by(ctx, lang, i),
        banner: banner(ctx, lang, i),
        glance: glance(ctx, lang, item, &groups),
        groups,
        text: body(ctx, lang, item),
        ld: if ctx.config.writes(&outputs::SCHEMA_ORG) { embedded(&schema_org::value(&record, &published)) } else { String::new() },
        signposts: signposts(ctx, &record, &published),
        formats: shown(&published).into_iter().map(|(title, url)| LinkView { title: title.into(), url: ctx.local(url).to_string() }).collect(),
        form: ctx.routes.get(lang, &Target::Form(i)).map(|e| e.url.clone()),
        quality: super::quality::view(ctx, lang, i),
        charts: charts(ctx, lang, i),
        resources,
        access,
        follow: head.feeds.first().map_or(String::new(), |f| f.2.clone()),
        usage: data.usage_notes.get(lang).to_string(),
        reuses: data
            .reuses
            .iter()
            .map(|r| ReuseView {
                title: r.title.get(lang).to_string(),
                url: r.url.clone(),
                note: [r.kind.clone(), r.creator.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            })
            .collect(),
        contact: contact(ctx, lang, &record.contact),
        related: ctx.links(lang, &ctx.derived.relations[i as usize].related),
        notes: notes(ctx, lang, item),
        keywords: item.keywords.clone(),
        cite: cite(ctx, lang, item, edition, &head.canonical),
        prev,
        next,
        head,
    };
    ctx.render(entry, "pages/dataset.html", &view)
}

/// Rows shown of each file; the others stand on its own page.
const ROWS: usize = 5;

fn resource(ctx: &Ctx<'_>, lang: usize, data: &Dataset, (i, n): (u32, u32), (d, copy): (&Distribution<'_>, Option<&Copy>)) -> ResourceView {
    let r = &data.resources[n as usize];
    let table = d.read.and_then(|t| parts(t).first().map(|(_, t)| *t));
    let own = copy.is_some_and(|c| c.own);
    // A link within the site has no host.
    let url = copy.map_or("", |c| if own { ctx.local(&c.url) } else { &c.url }).to_string();
    let m = &ctx.theme.messages[lang];
    ResourceView {
        name: r.name.clone(),
        title: r.title.get(lang).to_string(),
        description: r.description.get(lang).to_string(),
        own,
        url,
        page: ctx.routes.get(lang, &Target::Resource(i, n)).map_or(String::new(), |e| e.url.clone()),
        format: d.format_name().to_string(),
        size: copy.and_then(|c| c.bytes).map_or(String::new(), size_text),
        rows: table
            .map_or(String::new(), |t| m.get("table.size", &[("rows", thousands(t.rows)), ("columns", thousands(t.names.len() as u64))]).unwrap_or_default()),
        hash: copy.and_then(|c| c.sha256.clone()).unwrap_or_default(),
        withheld: if !data.open() {
            m.say("resource.closed")
        } else if r.held || d.read.is_some_and(|t| t.file.refused) {
            m.say("resource.held")
        } else {
            withheld(ctx, lang, r).unwrap_or_default()
        },
        preview: table.map(|t| preview(ctx, lang, r, t, ROWS)).unwrap_or_default(),
        map: Some(())
            .filter(|()| data.open() && !r.held)
            .and_then(|()| d.read?.map.as_ref())
            .map_or(String::new(), |o| outlines(ctx, lang, o, r.title.get(lang))),
        fields: r
            .fields
            .iter()
            .map(|f| FieldView {
                name: f.name.clone(),
                title: f.title.get(lang).to_string(),
                kind: f.kind.clone().unwrap_or_default(),
                unit: crate::render::units::beside(&ctx.public.languages[lang].tag, f.unit.as_deref().unwrap_or("")),
                description: f.description.get(lang).to_string(),
            })
            .filter(|_| table.is_none())
            .collect(),
    }
}

/// Width of a first look at a map, in units of the drawing.
const MAP: f32 = 600.0;

/// The outlines of a map, to the whole unit.
fn outlines(ctx: &Ctx<'_>, lang: usize, map: &Outline, title: &str) -> String {
    use crate::render::escape::escape_into;
    let places = map.shapes.iter().filter(|s| !s.line).count().max(1);
    let args = [("title", title.to_string()), ("n", places.to_string())];
    let mut out =
        format!("<svg class=\"chart__svg map\" viewBox=\"-2 -2 {} {}\" role=\"img\" aria-label=\"", MAP + 4.0, (map.height as f32 * MAP).ceil() + 4.0);
    escape_into(&mut out, &ctx.theme.messages[lang].get("resource.map", &args).unwrap_or_default());
    out.push_str("\">");
    for shape in &map.shapes {
        out.push_str(if shape.line { "<path class=\"border\" d=\"" } else { "<path class=\"land\" d=\"" });
        for ring in &shape.rings {
            let mut last = None;
            for p in ring {
                let at = ((p[0] * MAP).round() as i32, (p[1] * MAP).round() as i32);
                match last {
                    None => out.push_str(&format!("M{} {}", at.0, at.1)),
                    Some(l) if l != at => out.push_str(&format!("L{} {}", at.0, at.1)),
                    Some(_) => continue,
                }
                last = Some(at);
            }
            if !shape.line {
                out.push('Z');
            }
        }
        out.push_str("\">");
        if !shape.name.is_empty() {
            out.push_str("<title>");
            escape_into(&mut out, &shape.name);
            out.push_str("</title>");
        }
        out.push_str("</path>");
    }
    out.push_str("</svg>");
    out
}

/// From whom, as of when, of what time, under which licence. A licence that is not named is said to be so.
fn glance(ctx: &Ctx<'_>, lang: usize, item: &Item, groups: &[GroupView]) -> Vec<FactView> {
    let label = |key: &str| ctx.say(lang, &format!("fact.{key}"));
    let wanted = ["publisher", "modified", "issued", "temporal", "license"].map(label);
    let all = || groups.iter().flat_map(|g| &g.facts);
    let told = |l: &String| all().find(|f| f.label == *l && !f.value.is_empty()).cloned();
    let mut out: Vec<FactView> = wanted[..4].iter().filter_map(told).collect();
    // The day of a change says more than the day of the first issue.
    if out.iter().any(|f| f.label == wanted[1]) {
        out.retain(|f| f.label != wanted[2]);
    }
    let unnamed = || FactView { label: wanted[4].clone(), value: ctx.say(lang, "missing"), url: None };
    if item.dataset().is_some_and(Dataset::open) {
        out.push(told(&wanted[4]).unwrap_or_else(unnamed));
    }
    out
}

/// All facts, in the groups in which people ask for them.
fn groups(ctx: &Ctx<'_>, lang: usize, item: &Item, d: &Dataset) -> Vec<GroupView> {
    let m = &ctx.theme.messages[lang];
    let fact = |key: &str, value: String, url: Option<String>| FactView { label: m.say(&format!("fact.{key}")), value, url };
    let known = |key: &str, value: Option<String>| value.filter(|v| !v.is_empty()).map(|v| fact(key, v, None));
    let publisher = item.issuers.first().and_then(|x| ctx.routes.get(lang, &Target::Department(*x as u32, 0))).map(|e| e.url.clone());
    let mut what = vec![fact("publisher", ctx.department_names(lang, &item.issuers), publisher)];
    if let Some(t) = item.themes.first() {
        let url = ctx.routes.get(lang, &Target::Theme(*t as u32, 0)).map(|e| e.url.clone());
        what.push(fact("theme", ctx.public.themes[*t].label.get(lang).to_string(), url));
    }
    what.extend([known("identifier", d.identifier.clone()), known("version", d.version.clone())].into_iter().flatten());
    let mut when = vec![fact("frequency", d.frequency.map_or(String::new(), |f| m.say(&format!("frequency.{f}"))), None)];
    when.extend(known("issued", item.published.map(|day| ctx.date(lang, day.date))));
    when.push(fact("modified", d.modified.map_or(String::new(), |x| ctx.date(lang, x)), None));
    let seen = d.changed.as_ref().filter(|c| !c.first);
    when.extend(known("changed", seen.and_then(|c| m.get("changed.git", &[("day", ctx.date(lang, c.day)), ("commit", c.commit.to_string())]))));
    when.extend(known("next_release", d.next_release.map(|x| ctx.date(lang, x))));
    let span =
        d.temporal.as_ref().map(|(from, to)| if to.is_empty() { from.clone() } else { m.get("span", &[("from", from), ("to", to)]).unwrap_or_default() });
    when.extend(known("temporal", span));
    let place = d.place.as_ref();
    let area = match (d.spatial.get(lang), place.and_then(|p| p.code.as_deref())) {
        (name, Some(code)) if !name.is_empty() => m.get("spatial.code", &[("name", name), ("code", code)]).unwrap_or_default(),
        (name, code) => code.unwrap_or(name).to_string(),
    };
    when.extend(known("spatial", Some(area)));
    when.extend(known("bbox", place.and_then(|p| p.bbox).and_then(|b| m.get("bbox", &corners(b)))));
    let name = d.license.as_ref().map_or(String::new(), |(name, _)| name.clone());
    let mut rights = vec![fact("license", name.clone(), d.license.as_ref().and_then(|(_, u)| u.clone()))];
    rights.extend(known("access_rights", d.access.map(|a| m.say(&format!("access.{a}")))));
    let mut from = Vec::new();
    if let Some(s) = &item.source {
        from.push(fact("source", s.clone(), item.source_url.clone()));
    }
    let group = |key: &str, text: String, facts: Vec<FactView>| GroupView { title: m.say(&format!("group.{key}")), text, facts };
    let mut out = vec![
        group("what", String::new(), what),
        group("when", String::new(), when),
        group("rights", crate::render::exports::data::license_words(ctx, lang, Some(d)), rights),
    ];
    let provenance = d.provenance.get(lang).to_string();
    if !from.is_empty() || !provenance.is_empty() {
        out.push(group("from", provenance, from));
    }
    out
}

/// The corners of an area, as maps write them: `36.5°N`.
fn corners([w, s, e, n]: [f64; 4]) -> [(&'static str, String); 4] {
    let at = |v: f64, plus: char, minus: char| format!("{}°{}", v.abs(), if v < 0.0 { minus } else { plus });
    [("west", at(w, 'E', 'W')), ("south", at(s, 'N', 'S')), ("east", at(e, 'E', 'W')), ("north", at(n, 'N', 'S'))]
}

/// The same in one list.
pub(super) fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, d: &Dataset) -> Vec<FactView> {
    groups(ctx, lang, item, d).into_iter().flat_map(|g| g.facts).collect()
}

/// The office to ask.
fn contact(ctx: &Ctx<'_>, lang: usize, c: &Contact<'_>) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    if !c.name.is_empty() {
        out.push(FactView { label: m.say("fact.contact"), value: c.name.get(lang).to_string(), url: None });
    }
    for (key, value, scheme) in [("tel", c.tel, "tel:"), ("email", c.email, "mailto:")] {
        if let Some(v) = value {
            let url = format!("{scheme}{}", crate::route::encode(v).replace("%40", "@"));
            // `a b@x.org` is no address that can be written to.
            let good = key == "tel" || catalog::mail(v).is_some();
            out.push(FactView { label: m.say(&format!("fact.{key}")), value: v.to_string(), url: Some(url).filter(|_| good) });
        }
    }
    out
}
