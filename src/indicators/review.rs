//! Items with a complete review chain ÷ items; not measured while no item has such a field.

use super::*;

/// `review`
pub(super) static INDICATOR: Indicator = Indicator { name: "review", group: SYSTEM, least: 1, items: |_| Vec::new() };
