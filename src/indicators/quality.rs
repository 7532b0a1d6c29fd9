//! Mean quality of datasets, in tenths of a point: what is not open, or withdrawn, adds nothing to n and all to d.

use super::*;

/// `quality`
pub(super) static INDICATOR: Indicator = Indicator { name: "quality", group: CONTENT, least: 1, items };

/// Tenths of a point of a dataset without fault.
const WHOLE: u32 = 1000;

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |s: Seen<'_>| {
        let open = s.item.dataset()?.open();
        let total = s.place.filter(|_| open).and_then(|p| input.derived.quality[p as usize].as_ref()).map_or(0.0, |q| q.total());
        Some(line(s.item, s.item.issuers.first().copied(), (total * 10.0).round() as u32, WHOLE))
    };
    input.items().filter_map(one).collect()
}
