//! `sitemap.xml` (sitemaps.org 0.9); beyond 50,000 addresses an index with parts.

use super::xml;
use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};

/// Site map for machines.
pub static EXPORT: Maker = Maker { name: "sitemap_xml", plan, make, cost: 50 };

/// The protocol's limit of addresses in one file.
const LIMIT: usize = 50_000;

fn plan(_: &Site<'_>, p: &mut Planner<'_>) {
    p.file(0, "sitemap.xml".into(), Target::SitemapXml(0), 3, false, false);
    // Pages are planned before exports: items bound the number of parts.
    let pages = p.listed();
    if pages > LIMIT {
        for part in 1..=pages.div_ceil(LIMIT) {
            p.file(0, format!("sitemap-{part}.xml"), Target::SitemapXml(part as u32), 3, false, false);
        }
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::SitemapXml(part) = entry.target else { return misrouted(entry) };
    let listed: Vec<&Entry> = ctx.routes.entries.iter().filter(|e| e.listed).collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if part == 0 && listed.len() > LIMIT {
        out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for n in 1..=listed.len().div_ceil(LIMIT) {
            out.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", xml(&ctx.absolute(ctx.url(0, &Target::SitemapXml(n as u32))))));
        }
        out.push_str("</sitemapindex>\n");
        return Ok(Made::Bytes(out.into_bytes()));
    }
    let slice = if part == 0 { &listed[..] } else { &listed[(part as usize - 1) * LIMIT..(part as usize * LIMIT).min(listed.len())] };
    let many = ctx.public.languages.len() > 1;
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for e in slice {
        out.push_str(&format!("<url><loc>{}</loc>", xml(&ctx.absolute(&e.url))));
        if let Target::Item(i) = e.target {
            let item = &ctx.public.items[i as usize];
            let last = item.changed(ctx.public.as_of).max(item.published.map(|m| m.date));
            if let Some(d) = last {
                out.push_str(&format!("<lastmod>{d}</lastmod>"));
            }
        }
        if many {
            for (l, language) in ctx.public.languages.iter().enumerate() {
                if let Some(other) = ctx.routes.get(l, &e.target) {
                    out.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", language.tag, xml(&ctx.absolute(&other.url))));
                }
            }
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    Ok(Made::Bytes(out.into_bytes()))
}
