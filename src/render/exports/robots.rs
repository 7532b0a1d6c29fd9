//! `robots.txt`

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};

/// What robots may read.
pub static EXPORT: Maker = Maker { name: "robots", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    // What the office has written for robots stands: its bans are not lifted.
    if site.public.statics.contains_key("robots.txt") {
        return;
    }
    p.file(0, "robots.txt".into(), Target::Robots, 3, false, false);
}

fn make(ctx: &Ctx<'_>, _: &Entry) -> MakeResult {
    // A demonstration is marked `noindex` on each page; robots must be able to read that.
    let map = ctx.absolute(ctx.url(0, &Target::SitemapXml(0)));
    Ok(Made::Bytes(format!("User-agent: *\nAllow: /\nSitemap: {map}\n").into_bytes()))
}
