//! Consultations with a result within 30 days ÷ closed; not measured without that content type.

use super::*;

/// `consultations`
pub(super) static INDICATOR: Indicator = Indicator { name: "consultations", group: RESPONSE, items: none };
