//! Mean rating · 20 where there are thirty ratings or more: n is their sum, d five each.

use super::*;

/// `rating`
pub(super) static INDICATOR: Indicator = Indicator { name: "rating", group: SATISFACTION, least: 30, items };

/// The best rating.
const BEST: u32 = 5;

fn items(input: &Input<'_>) -> Vec<Line> {
    letters::all(input).into_iter().filter_map(|l| Some(l.line(u32::from(l.letter.rating?), BEST).settled())).collect()
}
