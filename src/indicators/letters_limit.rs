//! Letters ended in their limit ÷ letters ended or beyond it. An end without its day counts as none in time; a letter whose state
//! nobody tells counts once its limit has passed: [`crate::model::feedback::Timing::judged`], as on the page of figures.

use super::*;

/// `letters_limit`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_limit", group: RESPONSE, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    letters::all(input).into_iter().filter_map(|l| Some(l.line(u32::from(l.timing.judged?), 1).settled())).collect()
}
