//! Items with a complete review ÷ items; measured where the profile asks for one.

use super::*;
use crate::config::Profile;

/// `review`
pub(super) static INDICATOR: Indicator = Indicator { name: "review", group: SYSTEM, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    if input.config.profile != Profile::CnGovStrict {
        return Vec::new();
    }
    let whole = |s: &Seen<'_>| {
        let signed = |r: &crate::model::Review| r.signed().zip(s.item.published).is_none_or(|(a, b)| a <= b.date);
        s.item.review.as_ref().is_some_and(|r| r.whole() && signed(r))
    };
    input.items().map(|s| met(s.item, whole(&s))).collect()
}
