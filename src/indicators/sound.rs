//! Items without an error of the check ÷ items.

use super::*;

/// `sound`
pub(super) static INDICATOR: Indicator = Indicator { name: "sound", group: CONTENT, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let wrong = |i: &Item| i.editions.iter().any(|e| input.faults.errors.contains(&e.doc.source.path));
    input.items().map(|s| met(s.item, !wrong(s.item))).collect()
}
