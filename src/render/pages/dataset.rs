//! Dataset (数据集): what it is, its files with size and hash, its dictionary.

use super::{Banner, FactView, NoteView, TextView, banner, body, neighbours, notes, plan_items};
use crate::model::{Dataset, Item, Kind};
use crate::output::{MakeResult, hex};
use crate::render::cite::{CiteView, cite};
use crate::render::view::{HeadView, LinkView, size_text};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;
use serde_json::json;

/// Pages of datasets.
pub static PAGE: Maker = Maker { name: "dataset", plan, make, cost: 3 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    plan_items(site, p, Kind::Dataset);
}

#[derive(Serialize)]
struct View<'a> {
    /// `extra:` of the item, as its author wrote it.
    extra: &'a serde_json::Value,
    head: HeadView,
    banner: Option<Banner>,
    facts: Vec<FactView>,
    text: TextView,
    resources: Vec<ResourceView>,
    /// Sentence in place of the files of a closed dataset, or above those of a conditional one.
    access: Option<String>,
    contact: Vec<FactView>,
    related: String,
    notes: Vec<NoteView>,
    keywords: Vec<String>,
    cite: CiteView,
    /// schema.org Dataset, as JSON-LD.
    ld: String,
    prev: Option<LinkView>,
    next: Option<LinkView>,
}

#[derive(Serialize)]
struct ResourceView {
    name: String,
    title: String,
    description: String,
    url: String,
    /// A file of this site, not an address elsewhere.
    own: bool,
    format: String,
    size: String,
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
    ctx.article_metas(&mut head, lang, item, edition);
    let (prev, next) = neighbours(ctx, lang, i);
    let resources: Vec<ResourceView> = data.resources.iter().filter_map(|r| resource(ctx, lang, data, r)).collect();
    let note = data.access_note.get(lang);
    let access = data.access.filter(|a| *a != "open").map(|a| format!("{}{}", ctx.say(lang, &format!("access.{a}.note")), note));
    let view = View {
        extra: &item.extra,
        banner: banner(ctx, lang, i),
        facts: facts(ctx, lang, item, data),
        text: body(ctx, lang, item),
        ld: linked_data(ctx, lang, item, data, &resources, &head.canonical),
        resources,
        access,
        contact: contact(ctx, lang, item, data),
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

fn resource(ctx: &Ctx<'_>, lang: usize, data: &Dataset, r: &crate::model::Resource) -> Option<ResourceView> {
    let own = r.file.as_ref().filter(|_| data.open()).and_then(|f| ctx.routes.index(0, &Target::Blob(f.clone())));
    let facts = own.and_then(|i| ctx.facts.get(i as usize)).filter(|f| f.len > 0);
    let url = own.map(|i| ctx.routes.entries[i as usize].url.clone()).or_else(|| r.url.clone()).unwrap_or_default();
    Some(ResourceView {
        name: r.name.clone(),
        title: r.title.get(lang).to_string(),
        description: r.description.get(lang).to_string(),
        url,
        own: own.is_some(),
        format: r.format.clone(),
        size: facts.map_or(String::new(), |f| size_text(f.len)),
        hash: facts.map_or(String::new(), |f| hex(&f.hash)),
        fields: r
            .fields
            .iter()
            .map(|f| FieldView {
                name: f.name.clone(),
                title: f.title.get(lang).to_string(),
                kind: f.kind.clone().unwrap_or_default(),
                unit: f.unit.clone().unwrap_or_default(),
                description: f.description.get(lang).to_string(),
            })
            .collect(),
    })
}

fn facts(ctx: &Ctx<'_>, lang: usize, item: &Item, d: &Dataset) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let mut out = Vec::new();
    let mut fact = |key: &str, value: String, url: Option<String>| out.push(FactView { label: m.say(&format!("fact.{key}")), value, url });
    let publisher = item.issuers.first().and_then(|x| ctx.routes.get(lang, &Target::Department(*x as u32, 0))).map(|e| e.url.clone());
    fact("publisher", ctx.department_names(lang, &item.issuers), publisher);
    let license = d.license.as_ref().map_or(String::new(), |(name, _)| name.clone());
    fact("license", license, d.license.as_ref().and_then(|(_, u)| u.clone()));
    fact("frequency", d.frequency.map_or(String::new(), |f| m.say(&format!("frequency.{f}"))), None);
    if let Some(day) = item.published {
        fact("issued", ctx.date(lang, day.date), None);
    }
    fact("modified", d.modified.map_or(String::new(), |x| ctx.date(lang, x)), None);
    if let Some((from, to)) = &d.temporal {
        let span = if to.is_empty() { from.clone() } else { m.get("span", &[("from", from), ("to", to)]).unwrap_or_default() };
        fact("temporal", span, None);
    }
    if !d.spatial.is_empty() {
        fact("spatial", d.spatial.get(lang).to_string(), None);
    }
    if let Some(a) = d.access {
        fact("access_rights", m.say(&format!("access.{a}")), None);
    }
    let theme = item.themes.first().map(|t| (ctx.public.themes[*t].label.get(lang).to_string(), *t));
    if let Some((label, t)) = theme {
        fact("theme", label, ctx.routes.get(lang, &Target::Theme(t as u32, 0)).map(|e| e.url.clone()));
    }
    if let Some(id) = &d.identifier {
        fact("identifier", id.clone(), None);
    }
    if let Some(v) = &d.version {
        fact("version", v.clone(), None);
    }
    if item.source.is_some() {
        fact("source", item.source.clone().unwrap_or_default(), item.source_url.clone());
    }
    out
}

/// The office to ask; the department's own contact stands in.
fn contact(ctx: &Ctx<'_>, lang: usize, item: &Item, d: &Dataset) -> Vec<FactView> {
    let m = &ctx.theme.messages[lang];
    let department = item.issuers.first().map(|x| &ctx.public.departments[*x]);
    let (name, tel, email) = &d.contact;
    let tel = tel.clone().or_else(|| department.and_then(|x| x.tel.clone()));
    let email = email.clone().or_else(|| department.and_then(|x| x.email.clone()));
    let mut out = Vec::new();
    if !name.is_empty() {
        out.push(FactView { label: m.say("fact.contact"), value: name.get(lang).to_string(), url: None });
    }
    for (key, value, scheme) in [("tel", tel, "tel:"), ("email", email, "mailto:")] {
        if let Some(v) = value {
            let url = format!("{scheme}{}", crate::route::encode(&v).replace("%40", "@"));
            out.push(FactView { label: m.say(&format!("fact.{key}")), value: v, url: Some(url) });
        }
    }
    out
}

/// schema.org Dataset. `<` is escaped, so that nothing in it can end the element it stands in.
fn linked_data(ctx: &Ctx<'_>, lang: usize, item: &Item, d: &Dataset, resources: &[ResourceView], url: &str) -> String {
    let edition = item.best(lang);
    let files: Vec<serde_json::Value> = resources
        .iter()
        .map(|r| {
            let url = if r.own { ctx.absolute(&r.url) } else { r.url.clone() };
            json!({ "@type": "DataDownload", "name": r.title, "encodingFormat": r.format, "contentUrl": url, "sha256": r.hash })
        })
        .collect();
    let mut v = json!({
        "@context": "https://schema.org", "@type": "Dataset", "name": edition.title, "description": ctx.summary(edition), "url": url,
        "inLanguage": ctx.public.languages[lang].tag, "keywords": item.keywords, "distribution": files,
    });
    let mut put = |key: &str, value: Option<serde_json::Value>| {
        if let Some(x) = value {
            v[key] = x;
        }
    };
    put("identifier", d.identifier.as_ref().map(|x| json!(x)));
    put("license", d.license.as_ref().map(|(n, u)| json!(u.as_ref().unwrap_or(n))));
    put("datePublished", item.published.map(|p| json!(p.date.to_string())));
    put("dateModified", d.modified.map(|x| json!(x.to_string())));
    put("temporalCoverage", d.temporal.as_ref().map(|(a, b)| json!(if b.is_empty() { a.clone() } else { format!("{a}/{b}") })));
    put("spatialCoverage", Some(d.spatial.get(lang)).filter(|s| !s.is_empty()).map(|s| json!(s)));
    let who = item.issuers.first().map(|x| json!({ "@type": "GovernmentOrganization", "name": ctx.public.departments[*x].name.get(lang) }));
    put("publisher", who);
    v.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028")
}
