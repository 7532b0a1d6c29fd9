//! The service worker of a site with `offline: true`: pages that were read can be read without the network, the search answers
//! from what it fetched, and the site can be installed. Off unless the settings say so.
//!
//! The worker's own text names the build, by the hashes of its files: a browser that comes back after a new build takes the new
//! worker, which asks for everything kept again and forgets what is no longer published. `offline: false`, written out, makes a
//! worker that clears what an earlier build kept; without the setting there is no file.

use crate::output::{Made, MakeResult, hex};
use crate::render::view::HeadView;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::theme::security_policy;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

/// `sw.js`, `sw-register.js` and the page `offline/`.
pub static EXPORT: Maker = Maker { name: "offline", plan, make, cost: 2 };

static WORKER: &str = include_str!("worker.js");
static REGISTER: &str = include_str!("register.js");
static LEAVE: &str = include_str!("leave.js");

const PAGE: u8 = 2;

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    let Some(on) = site.config.offline else { return };
    p.file(0, "sw.js".into(), Target::Offline(0), 3, false, false);
    if on {
        p.file(0, "sw-register.js".into(), Target::Offline(1), 1, false, false);
        for lang in 0..site.public.languages.len() {
            p.page(lang, "offline/", Target::Offline(PAGE), false, false);
        }
    }
}

#[derive(Serialize)]
struct View {
    head: HeadView,
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let Target::Offline(which) = entry.target else { return misrouted(entry) };
    let text = match which {
        0 if ctx.config.offline == Some(true) => WORKER.replace("/*SITE*/{}", &site(ctx)),
        0 => LEAVE.replace("/*BASE*/\"\"", &json!(ctx.routes.base_path()).to_string()),
        1 => REGISTER.to_string(),
        _ => {
            let head = ctx.head(entry, &ctx.say(entry.lang, "offline.title"), Vec::new());
            return ctx.render(entry, "pages/offline.html", &View { head });
        }
    };
    Ok(Made::Bytes(text.into_bytes()))
}

/// What the worker knows of the site.
fn site(ctx: &Ctx<'_>) -> String {
    let base = ctx.routes.base_path();
    // Of this build: every file of the waves before, by address and content.
    let mut sum = Sha256::new();
    let mut files: Vec<(&str, &[u8; 32])> =
        ctx.routes.entries.iter().zip(ctx.facts).filter(|(e, _)| e.wave < 3).map(|(e, f)| (e.path.as_str(), &f.hash)).collect();
    files.sort_unstable();
    for (path, hash) in files {
        sum.update(path.as_bytes());
        sum.update([0]);
        sum.update(hash);
    }
    let wanted = |name: &str| ["css/", "js/", "search/", "icons/"].iter().any(|f| name.starts_with(f)) && name != "js/trust.js";
    let mut needed: Vec<String> = ctx.theme.assets.iter().filter(|a| wanted(&a.name)).map(|a| format!("{base}{}", crate::route::encode(&a.path))).collect();
    let mut languages = Vec::new();
    for (lang, l) in ctx.public.languages.iter().enumerate() {
        let m = &ctx.theme.messages[lang];
        let (home, offline, search) = (ctx.url(lang, &Target::Home), ctx.url(lang, &Target::Offline(PAGE)), ctx.url(lang, &Target::Search));
        needed.extend([home, offline, search].map(String::from));
        let index = format!("{base}search/{}/", crate::route::encode(&l.tag));
        languages.push(json!({
            "prefix": format!("{base}{}", l.prefix), "tag": l.tag, "offline": offline, "search": search, "index": index, "saved": m.get("offline.saved", &[("date", "{date}")]).unwrap_or_default(),
            "list": m.say("offline.list"), "found": m.say("offline.found"), "none": m.say("offline.none"),
        }));
    }
    needed.push(ctx.url(0, &Target::Offline(1)).to_string());
    // The longest first: the main language's is the beginning of all.
    languages.sort_by_key(|l| std::cmp::Reverse(l["prefix"].as_str().map_or(0, str::len)));
    let policy = security_policy(ctx.config);
    json!({ "base": base, "build": hex(&sum.finalize()[..8]), "assets": format!("{base}assets/"), "needed": needed, "languages": languages, "policy": policy })
        .to_string()
}
