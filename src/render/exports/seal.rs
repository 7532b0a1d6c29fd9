//! Files of a signed site that have addresses of their own; what is in them is made by `trust` when all others stand.

use crate::output::MakeResult;
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};
use crate::trust::{CHECKPOINT, MANIFEST, NOTE};

/// Planned where the build has a key.
pub static EXPORT: Maker = Maker { name: "seal", plan, make, cost: 1 };

/// By the number in their target.
pub const FILES: [&str; 3] = [MANIFEST, NOTE, CHECKPOINT];

fn plan(site: &Site<'_>, p: &mut Planner<'_>) {
    if site.config.signed.is_some() {
        for (i, path) in FILES.iter().enumerate() {
            p.file(0, (*path).to_string(), Target::Seal(i as u8), 4, false, false);
        }
    }
}

fn make(_: &Ctx<'_>, entry: &Entry) -> MakeResult {
    misrouted(entry)
}
