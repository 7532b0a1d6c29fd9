//! Letters answered ÷ letters; an answer of which nobody can read a word is none. One that was forwarded or not accepted is answered where the day tells that its writer was told.

use super::*;
use crate::model::feedback::State;

/// `letters_answered`
pub(super) static INDICATOR: Indicator = Indicator { name: "letters_answered", group: RESPONSE, least: 1, items };

fn items(input: &Input<'_>) -> Vec<Line> {
    let answered = |l: &letters::One<'_>| match l.timing.state {
        State::Answered => !l.letter.silent,
        State::Forwarded | State::Declined => l.letter.replied.is_some(),
        State::Pending | State::Overdue | State::Unknown => false,
    };
    letters::all(input).into_iter().map(|l| l.line(u32::from(answered(&l)), 1)).collect()
}
