//! `/.well-known/security.txt` (RFC 9116): whom to tell of holes in the site.

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};

/// Written where `security:` names somebody.
pub static EXPORT: Maker = Maker { name: "security", plan, make, cost: 1 };

const PATH: &str = ".well-known/security.txt";

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    // A file that somebody wrote by hand, and perhaps signed, stands.
    if site.config.security.is_some() && !site.public.statics.contains_key(PATH) {
        p.file(0, PATH.into(), Target::Security, 3, false, false);
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Some(s) = &ctx.config.security else { return misrouted(entry) };
    let mut out = String::new();
    let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {value}\n"));
    s.contact.iter().for_each(|c| line("Contact", c));
    let year = || ctx.public.as_of.checked_add(jiff::Span::new().days(364)).unwrap_or(ctx.public.as_of);
    line("Expires", &format!("{}T00:00:00Z", s.expires.unwrap_or_else(year)));
    s.encryption.iter().for_each(|u| line("Encryption", u));
    let tags: Vec<&str> = ctx.public.languages.iter().map(|l| l.tag.as_str()).collect();
    line("Preferred-Languages", &tags.join(", "));
    line("Canonical", &ctx.absolute(&entry.url));
    s.policy.iter().for_each(|u| line("Policy", u));
    Ok(Made::Bytes(out.into_bytes()))
}
