//! Responses to concerns in the limit ÷ responses; not measured without that content type.

use super::*;

/// `responses`
pub(super) static INDICATOR: Indicator = Indicator { name: "responses", group: RESPONSE, items: none };
