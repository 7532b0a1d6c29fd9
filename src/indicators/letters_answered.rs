//! Letters answered ÷ effective letters; not computed yet, so never measured.

use super::*;

/// `letters_answered`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_answered", group: RESPONSE, items: none };
