//! Tasks of policies done when due ÷ due; not measured while no policy has such a field.

use super::*;

/// `tasks`
pub(super) static INDICATOR: Indicator = Indicator { name: "tasks", group: EFFECT, items: none };
