//! `manifest.sha256`: every file with its hash, for `sha256sum -c`, and the list
//! of what a later build may delete.

use crate::output::{Made, MakeResult, hex};
use crate::render::{Ctx, Maker};
use crate::route::{Entry, Planner, Site, Target};

/// The manifest. It names the files of waves 1 and 2, and by path those of its own wave.
pub static EXPORT: Maker = Maker { name: "manifest", plan, make, cost: 100 };

fn plan(_: &Site<'_>, p: &mut Planner<'_>) {
    p.file(0, "manifest.sha256".into(), Target::Manifest, 4, false, false);
}

fn make(ctx: &Ctx<'_>, _: &Entry) -> MakeResult {
    let mut lines: Vec<(&str, [u8; 32])> =
        ctx.routes.entries.iter().zip(ctx.facts).filter(|(e, _)| e.target != Target::Manifest).map(|(e, f)| (e.path.as_str(), f.hash)).collect();
    lines.sort_unstable();
    let mut out = String::with_capacity(lines.len() * 110);
    for (path, hash) in lines {
        out.push_str(&hex(&hash));
        out.push_str("  ");
        out.push_str(path);
        out.push('\n');
    }
    Ok(Made::Bytes(out.into_bytes()))
}
