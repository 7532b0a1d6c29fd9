//! Tasks of policies done when due ÷ due; not computed yet, so never measured.

use super::*;

/// `tasks`
pub(super) static INDICATOR: Indicator = Indicator { name: "tasks", group: EFFECT, items: none };
