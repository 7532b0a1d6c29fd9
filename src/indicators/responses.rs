//! Responses to concerns within two days ÷ responses. One without both of its days is none in time.

use super::*;
use crate::model::Value;
use crate::types::response;

/// `responses`
pub(super) static INDICATOR: Indicator = Indicator { name: "responses", group: RESPONSE, least: 1, items };

/// Days from seeing it to the answer: 48 hours, 国办发〔2016〕61号.
const DAYS: i32 = 2;

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |s: Seen<'_>| {
        let values = s.item.record().filter(|_| s.item.kind.id == response::TYPE.id)?;
        let seen = if let Some(Value::Day(d)) = values.get(&response::SEEN_ON) { Some(*d) } else { None };
        let days = seen.zip(s.item.published).map(|(a, b)| (b.date - a).get_days());
        Some(met(s.item, days.is_some_and(|n| (0..=DAYS).contains(&n))).settled())
    };
    input.items().filter_map(one).collect()
}
