//! Mean rating of letters, of a hundred, where there are 30 or more; not computed yet, so never measured.

use super::*;

/// `rating`
pub(super) static INDICATOR: Indicator = Indicator { name: "rating", group: SATISFACTION, items: none };
