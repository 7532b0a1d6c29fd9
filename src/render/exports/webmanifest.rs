//! Web app manifest, one a language.

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};
use serde_json::json;

/// `manifest.webmanifest`
pub static EXPORT: Maker = Maker { name: "webmanifest", plan, make, cost: 1 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (lang, l) in site.public.languages.iter().enumerate() {
        p.file(lang, format!("{}manifest.webmanifest", l.prefix), Target::WebManifest, 2, false, false);
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let lang = entry.lang;
    let name = ctx.config.title.get(lang);
    let icons: Vec<serde_json::Value> = [("icons/icon-192.png", "192x192"), ("icons/icon-512.png", "512x512")]
        .iter()
        .filter_map(|(file, sizes)| {
            let asset = ctx.theme.assets.iter().find(|a| a.name == *file)?;
            Some(json!({ "src": format!("{}{}", ctx.routes.base_path(), asset.path), "sizes": sizes, "type": "image/png" }))
        })
        .collect();
    let own = ctx.theme.look.files[crate::config::FAVICON].as_ref().map(|f| {
        let media = if f.to_ascii_lowercase().ends_with(".svg") { "image/svg+xml" } else { "image/png" };
        json!({ "src": format!("{}{}", ctx.routes.base_path(), crate::route::encode(f)), "sizes": "any", "type": media })
    });
    let icons = own.map_or(icons, |i| vec![i]);
    let short: String = name.chars().take(12).collect();
    let home = ctx.url(lang, &Target::Home);
    let out = json!({
        "name": name, "short_name": short, "lang": ctx.public.languages[lang].tag, "start_url": home, "scope": ctx.routes.base_path(),
        "display": "minimal-ui", "background_color": "#ffffff", "theme_color": ctx.theme.look.brand.as_deref().unwrap_or(crate::theme::BRAND), "icons": icons,
    });
    Ok(Made::Bytes(format!("{out:#}\n").into_bytes()))
}
