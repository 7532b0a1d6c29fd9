//! What the indicators of letters share. A letter is named by its department, its month and its place in that month, whether it may
//! be shown or not: that names no one who did not agree, and where the consent is taken back nothing is lost from what is counted.
//! Letters without a day are outside every figure.

use super::*;
use crate::model::feedback::Letter;

/// A letter of the twelve months.
pub(super) struct One<'a> {
    pub(super) letter: &'a Letter,
    pub(super) timing: &'a crate::model::feedback::Timing,
    id: String,
    day: Date,
}

impl One<'_> {
    /// Its line.
    pub(super) fn line(&self, n: u32, d: u32) -> Line {
        Line { id: self.id.clone(), who: Some(self.letter.department), day: Some(self.day), n, d, gone: false }
    }

    /// The days to what ended it were kept; `None` where the calendar of a year between is not known. An end without a day is none in time.
    pub(super) fn kept(&self, input: &Input<'_>) -> Option<bool> {
        let (l, calendar) = (self.letter, &input.public.calendar);
        match l.received.zip(l.replied) {
            Some((a, b)) if a <= b => calendar.working_days_between(a, b).ok().map(|n| l.in_time(self.timing.due, n, b)),
            _ => Some(false),
        }
    }
}

/// The letters of the twelve months.
pub(super) fn all<'a>(input: &Input<'a>) -> Vec<One<'a>> {
    let (public, timing) = (input.public, &input.derived.letters.timing);
    let mut counted: FxHashMap<(usize, i16, i8), u32> = FxHashMap::default();
    let mut out = Vec::new();
    for (letter, timing) in public.feedback.letters.iter().zip(timing) {
        let Some(day) = letter.received else { continue };
        let nth = counted.entry((letter.department, day.year(), day.month())).or_default();
        *nth += 1;
        if input.within(day) {
            let id = id(&public.departments[letter.department].id, day, *nth);
            // Of what may not be shown the month is told, as the statistics do.
            let told = if letter.shown { day } else { day.last_of_month().min(public.as_of) };
            out.push(One { letter, timing, id, day: told });
        }
    }
    out
}

fn id(department: &str, day: Date, nth: u32) -> String {
    format!("feedback/{department}/{:04}-{:02}/{nth}", day.year(), day.month())
}

/// The letters by the ids of their lines, for who shows them.
pub(super) fn ids(public: &Public) -> FxHashMap<String, u32> {
    let mut counted: FxHashMap<(usize, i16, i8), u32> = FxHashMap::default();
    let mut out = FxHashMap::default();
    for (i, l) in public.feedback.letters.iter().enumerate() {
        let Some(day) = l.received else { continue };
        let nth = counted.entry((l.department, day.year(), day.month())).or_default();
        *nth += 1;
        out.insert(id(&public.departments[l.department].id, day, *nth), i as u32);
    }
    out
}
