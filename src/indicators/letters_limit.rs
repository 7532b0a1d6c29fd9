//! Letters answered in their limit ÷ answered and overdue; not computed yet, so never measured.

use super::*;

/// `letters_limit`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_limit", group: RESPONSE, items: none };
