//! schema.org and ELI in the pages of policies, interpretations, departments and the list of datasets: what search engines and
//! registers of law read.

use super::Ctx;
use super::escape::escape_into;
use super::exports::catalogues::address;
use crate::catalog::embedded;
use crate::derive::Validity;
use crate::model::{Edition, Item};
use crate::route::Target;
use crate::schema::site::outputs;
use crate::types;
use serde_json::{Value, json};

/// A finished `script` element; empty where the site does not want it.
fn script(ctx: &Ctx<'_>, mut v: Value) -> String {
    if !ctx.config.writes(&outputs::SCHEMA_ORG) {
        return String::new();
    }
    v["@context"] = json!("https://schema.org");
    format!("<script type=\"application/ld+json\">{}</script>\n", embedded(&v))
}

/// A department under its present name.
fn organization(ctx: &Ctx<'_>, lang: usize, d: usize) -> Value {
    body(ctx, lang, d, ctx.public.departments[d].name.get(lang))
}

fn body(ctx: &Ctx<'_>, lang: usize, d: usize, name: &str) -> Value {
    let mut v = json!({ "@type": "GovernmentOrganization", "name": name });
    if let Some(e) = ctx.routes.get(lang, &Target::Department(d as u32, 0)) {
        v["url"] = json!(ctx.absolute(&e.url));
    }
    v
}

fn put(v: &mut Value, key: &str, value: Option<Value>) {
    if let Some(x) = value {
        v[key] = x;
    }
}

fn force(v: Validity) -> (&'static str, &'static str) {
    match v {
        Validity::InForce => ("InForce", "inForce"),
        Validity::Amended => ("PartiallyInForce", "partiallyInForce"),
        Validity::NotYet | Validity::Expired | Validity::Repealed => ("NotInForce", "notInForce"),
    }
}

/// Addresses of other policies.
fn others(ctx: &Ctx<'_>, lang: usize, list: &[u32]) -> Vec<String> {
    list.iter().filter_map(|o| Some(ctx.absolute(&ctx.routes.item(lang, *o, &ctx.public.items[*o as usize])?.url))).collect()
}

/// A policy as Legislation.
pub(super) fn legislation(ctx: &Ctx<'_>, lang: usize, i: u32, edition: &Edition, url: &str) -> String {
    let item: &Item = &ctx.public.items[i as usize];
    let Some(policy) = item.policy() else { return String::new() };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| json!(d.to_string()));
    let mut v = json!({ "@type": "Legislation", "@id": url, "name": edition.title, "url": url, "inLanguage": ctx.public.languages[lang].tag });
    put(&mut v, "legislationIdentifier", policy.doc_no.as_ref().map(|n| json!(n.shown().to_string())));
    put(&mut v, "legislationDate", day(item.formed));
    put(&mut v, "datePublished", day(item.published.map(|m| m.date)));
    // Force is a term, not a word: the shapes of schema.org take no literal.
    put(&mut v, "legislationLegalForce", ctx.derived.validity[i as usize].map(|x| json!({ "@id": format!("https://schema.org/{}", force(x).0) })));
    let passed: Vec<Value> = item.issuers.iter().map(|d| body(ctx, lang, *d, ctx.issuer(lang, item, *d))).collect();
    put(&mut v, "legislationPassedBy", (!passed.is_empty()).then(|| json!(passed)));
    put(&mut v, "expires", day(item.expires));
    let r = &ctx.derived.relations[i as usize];
    for (key, list) in [("legislationAmends", &r.amends), ("legislationRepeals", &r.repeals), ("isBasedOn", &r.based_on)] {
        let all: Vec<Value> = others(ctx, lang, list).into_iter().map(|u| json!({ "@type": "Legislation", "@id": u })).collect();
        put(&mut v, key, (!all.is_empty()).then(|| json!(all)));
    }
    put(&mut v, "keywords", (!item.keywords.is_empty()).then(|| json!(item.keywords)));
    if let Some(e) = ctx.routes.get(lang, &Target::Akn(i)) {
        v["encoding"] = json!({ "@type": "LegislationObject", "contentUrl": ctx.absolute(&e.url), "encodingFormat": "application/akn+xml" });
    }
    script(ctx, v)
}

/// A policy in the words of ELI, as RDFa: `meta` and `link` elements inside the element that names the resource.
pub(super) fn eli(ctx: &Ctx<'_>, lang: usize, i: u32, edition: &Edition) -> String {
    let item: &Item = &ctx.public.items[i as usize];
    let Some(policy) = item.policy() else { return String::new() };
    let mut out = String::new();
    let mut meta = |name: &str, value: Option<String>| {
        if let Some(v) = value {
            out.push_str(&format!("<meta property=\"eli:{name}\" content=\""));
            escape_into(&mut out, &v);
            out.push_str("\">\n");
        }
    };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
    meta("title", Some(edition.title.clone()));
    meta("id_local", policy.doc_no.as_ref().map(|n| n.shown().to_string()));
    meta("date_document", day(item.formed));
    meta("date_publication", day(item.published.map(|m| m.date)));
    meta("first_date_entry_in_force", day(item.effective));
    meta("date_no_longer_in_force", day(item.expires));
    let r = &ctx.derived.relations[i as usize];
    let state = ctx.derived.validity[i as usize].map(|v| format!("http://data.europa.eu/eli/ontology#InForce-{}", force(v).1));
    let relations = [("amends", &r.amends), ("amended_by", &r.amended_by), ("repeals", &r.repeals), ("repealed_by", &r.repealed_by), ("based_on", &r.based_on)];
    let links =
        state.into_iter().map(|s| ("in_force", s)).chain(relations.into_iter().flat_map(|(k, list)| others(ctx, lang, list).into_iter().map(move |u| (k, u))));
    for (name, href) in links {
        out.push_str(&format!("<link property=\"eli:{name}\" href=\""));
        escape_into(&mut out, &href);
        out.push_str("\">\n");
    }
    out
}

/// An interpretation as Article about the policies it explains.
pub(super) fn article(ctx: &Ctx<'_>, lang: usize, i: u32, edition: &Edition, url: &str) -> String {
    let item: &Item = &ctx.public.items[i as usize];
    let mut v = json!({ "@type": "Article", "headline": edition.title, "url": url, "inLanguage": ctx.public.languages[lang].tag });
    put(&mut v, "datePublished", item.published.map(|m| json!(m.date.to_string())));
    let by: Vec<Value> = item.issuers.iter().map(|d| body(ctx, lang, *d, ctx.issuer(lang, item, *d))).collect();
    put(&mut v, "author", (!by.is_empty()).then(|| json!(by)));
    let of: Vec<Value> =
        others(ctx, lang, &ctx.derived.relations[i as usize].explains).into_iter().map(|u| json!({ "@type": "Legislation", "@id": u })).collect();
    put(&mut v, "isBasedOn", (!of.is_empty()).then(|| json!(of)));
    put(&mut v, "keywords", (!item.keywords.is_empty()).then(|| json!(item.keywords)));
    script(ctx, v)
}

/// A department.
pub(super) fn department(ctx: &Ctx<'_>, lang: usize, d: usize, url: &str) -> String {
    let x = &ctx.public.departments[d];
    let mut v = organization(ctx, lang, d);
    v["url"] = json!(url);
    let text = |t: &crate::config::Localized| Some(t.get(lang)).filter(|t| !t.is_empty()).map(|t| json!(t));
    put(&mut v, "description", text(&x.description));
    put(&mut v, "address", text(&x.address));
    put(&mut v, "telephone", x.tel.as_ref().map(|t| json!(t)));
    put(&mut v, "email", x.email.as_ref().map(|t| json!(t)));
    put(&mut v, "sameAs", x.url.as_deref().and_then(crate::catalog::graph::iri).map(|u| json!(u)));
    put(&mut v, "parentOrganization", x.parent.map(|p| organization(ctx, lang, p)));
    script(ctx, v)
}

/// The list of datasets as DataCatalog. Its datasets are told in full in their own pages.
pub(super) fn catalogue(ctx: &Ctx<'_>, lang: usize, url: &str) -> String {
    let name = ctx.config.title.get(lang);
    let mut v = json!({ "@type": "DataCatalog", "name": name, "url": url, "inLanguage": ctx.public.languages[lang].tag });
    put(&mut v, "description", Some(ctx.config.description.get(lang)).filter(|t| !t.is_empty()).map(|t| json!(t)));
    let who = ctx.config.identity.organizer.get(lang);
    put(&mut v, "publisher", (!who.is_empty()).then(|| json!({ "@type": "GovernmentOrganization", "name": who })));
    // A thousand at most: a page is for readers first, and the catalogues have all.
    let all: Vec<Value> =
        ctx.derived.list(types::DATASET).iter().take(1000).filter_map(|i| address(ctx, *i)).map(|u| json!({ "@type": "Dataset", "@id": u })).collect();
    put(&mut v, "dataset", (!all.is_empty()).then(|| json!(all)));
    script(ctx, v)
}
