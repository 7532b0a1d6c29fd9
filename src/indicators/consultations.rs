//! Consultations with a result within 30 days ÷ closed; not computed yet, so never measured.

use super::*;

/// `consultations`
pub(super) static INDICATOR: Indicator = Indicator { name: "consultations", group: RESPONSE, items: none };
