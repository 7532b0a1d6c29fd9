//! Responses to concerns in the limit ÷ responses; not computed yet, so never measured.

use super::*;

/// `responses`
pub(super) static INDICATOR: Indicator = Indicator { name: "responses", group: RESPONSE, items: none };
