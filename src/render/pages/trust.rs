//! What a signed site proves: how anybody can check that it is what was published. It checks itself in the browser, too.

use crate::output::MakeResult;
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde::Serialize;

/// The page, where the build has a key.
pub static PAGE: Maker = Maker { name: "trust", plan, make, cost: 2 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.signed.is_some() {
        for lang in 0..site.public.languages.len() {
            // Not in the ledger: a run without the key does not know it, and would miss it.
            p.page(lang, "trust/", Target::Trust, true, false);
        }
    }
}

#[derive(Serialize)]
struct View<'a> {
    head: HeadView,
    /// The key to check with.
    key: &'a str,
    /// The public key alone, for the browser.
    raw: &'a str,
    origin: &'a str,
    site: &'a str,
    /// Addresses of the signed files.
    manifest: &'a str,
    note: &'a str,
    checkpoint: &'a str,
    documents: usize,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let m = &ctx.theme.messages[entry.lang];
    let key = ctx.config.signed.as_deref().unwrap_or("");
    let (origin, raw) = parts(key);
    let url = |n| ctx.url(0, &Target::Seal(n));
    let view = View {
        head: ctx.head(entry, &m.say("trust.title"), ctx.crumbs(entry.lang, None)),
        key,
        raw,
        origin,
        site: &ctx.config.base_url,
        manifest: url(0),
        note: url(1),
        checkpoint: url(2),
        documents: ctx.record.map_or(0, |r| r.counts()[0]),
    };
    ctx.render(entry, "pages/trust.html", &view)
}

/// The name and the key itself of a public key in the form `name+hash+base64`. Base64 may hold `+` too.
fn parts(key: &str) -> (&str, &str) {
    let mut parts = key.splitn(3, '+');
    (parts.next().unwrap_or(""), parts.nth(1).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_plus_within_base64_parts_no_key() {
        assert_eq!(super::parts("data.gov.example+03a0b1c2+AW+x/+y="), ("data.gov.example", "AW+x/+y="));
        assert_eq!(super::parts(""), ("", ""));
    }
}
