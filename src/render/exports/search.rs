//! The files of the search index, as `index` made them.

use crate::output::{Made, MakeResult};
use crate::render::{Ctx, Maker, misrouted};
use crate::route::{Entry, Planner, Site, Target};

/// `search/LANGUAGE/…`. Its files are added to the routes when the index stands: their number depends on the texts.
pub static EXPORT: Maker = Maker { name: "search-index", plan, make, cost: 1 };

fn plan(_: &Site<'_>, _: &mut Planner<'_>) {}

fn make(ctx: &Ctx<'_>, entry: &Entry) -> MakeResult {
    match entry.target {
        Target::SearchFile(n) => Ok(Made::Bytes(ctx.index.files[n as usize].bytes.clone())),
        _ => misrouted(entry),
    }
}
