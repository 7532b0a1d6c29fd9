//! Open datasets with a machine-readable file ÷ datasets: one that is closed or withdrawn stays in d.

use super::*;

/// `machine`
pub(super) static INDICATOR: Indicator = Indicator { name: "machine", group: CHANNELS, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |s: Seen<'_>| {
        let open = s.item.dataset()?.open();
        let readable = |p: u32| input.derived.tables[p as usize].iter().flatten().any(|r| r.file.format.machine_readable());
        Some(met(s.item, open && s.place.is_some_and(readable)))
    };
    input.items().filter_map(one).collect()
}
