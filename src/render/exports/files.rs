//! Files copied through: the theme's assets, files that items name, `static/`.

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};

/// Assets, attachments, `static/`.
pub static EXPORT: Maker = Maker { name: "files", plan, make, cost: 10 };

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    for (i, path) in site.assets.iter().enumerate() {
        // Its script is for the page of a signed site alone.
        if site.config.signed.is_none() && path.starts_with("assets/js/trust.") {
            continue;
        }
        p.file(0, path.clone(), Target::Asset(i as u32), 1, false, false);
    }
    for key in site.public.blobs.keys() {
        let path = key.strip_prefix("pages/").unwrap_or(key).to_string();
        p.file(0, path, Target::Blob(key.clone()), 1, false, true);
    }
    for key in site.public.statics.keys() {
        p.file(0, key.to_string(), Target::Static(key.clone()), 1, false, false);
    }
}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    let blob = match &entry.target {
        Target::Asset(i) => return Ok(Made::Bytes(ctx.theme.assets[*i as usize].bytes.clone())),
        Target::Blob(key) => ctx.public.blobs.get(key),
        Target::Static(key) => ctx.public.statics.get(key),
        _ => None,
    };
    let Some(blob) = blob else { return misrouted(entry) };
    // What a camera wrote into a picture is nobody's business.
    if !ctx.config.keep_image_metadata
        && let Some(bytes) = crate::load::attachment::picture::published(blob)
    {
        return Ok(Made::Bytes(bytes));
    }
    Ok(Made::Copy(blob.disk.clone()))
}
