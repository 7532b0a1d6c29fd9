//! What the indicators of letters share. A letter is named by its department, its month and a sum of its number and words, whether it
//! may be shown or not: that names no one who did not agree, where the consent is taken back nothing is lost from what is counted,
//! and the order of the sheet says nothing. Letters without a day are outside every figure.

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
        Line { id: self.id.clone(), who: Some(self.letter.department), day: Some(self.day), n, d, ..Line::default() }
    }
}

/// The letters of the twelve months.
pub(super) fn all<'a>(input: &Input<'a>) -> Vec<One<'a>> {
    let (public, timing) = (input.public, &input.derived.letters.timing);
    let mut out = Vec::new();
    for ((letter, timing), id) in public.feedback.letters.iter().zip(timing).zip(named(public)) {
        let (Some(day), Some(id)) = (letter.received, id) else { continue };
        if input.within(day) {
            // Of what may not be shown the month is told, as the statistics do.
            let told = if letter.shown { day } else { day.last_of_month().min(public.as_of) };
            out.push(One { letter, timing, id, day: told });
        }
    }
    out
}

/// The ids of the letters, in their order; none of those without a day.
fn named(public: &Public) -> Vec<Option<String>> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let one = |l: &Arc<Letter>| {
        let day = l.received?;
        let (whose, mark) = (&public.departments[l.department].id, if l.mark.is_empty() { "letter" } else { l.mark.as_str() });
        let id = format!("feedback/{whose}/{:04}-{:02}/{mark}", day.year(), day.month());
        let nth = seen.entry(id.clone()).or_default();
        *nth += 1;
        // Letters that are alike in all this are told apart by their order alone.
        Some(if *nth == 1 { id } else { format!("{id}-{nth}") })
    };
    public.feedback.letters.iter().map(one).collect()
}

/// The letters by the ids of their lines, for who shows them.
pub(super) fn ids(public: &Public) -> FxHashMap<String, u32> {
    named(public).into_iter().enumerate().filter_map(|(i, id)| Some((id?, i as u32))).collect()
}
