//! Letters answered ÷ effective letters; not measured without that content type.

use super::*;

/// `letters_answered`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_answered", group: RESPONSE, items: none };
