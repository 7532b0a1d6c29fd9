//! Letters ended in their limit ÷ letters ended or beyond it. An end without its day counts as none in time; a letter whose state
//! nobody tells counts once its limit has passed.

use super::*;
use crate::model::feedback::State;

/// `letters_limit`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_limit", group: RESPONSE, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let one = |l: letters::One<'_>| match l.timing.state {
        State::Answered | State::Forwarded | State::Declined => Some(l.line(u32::from(l.kept(input)?), 1)),
        State::Pending | State::Overdue | State::Unknown => l.timing.due.filter(|d| *d < input.public.as_of).map(|_| l.line(0, 1)),
    };
    letters::all(input).into_iter().filter_map(one).collect()
}
