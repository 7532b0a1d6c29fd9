//! 审查链 of an item: drafted, checked, looked through for secrets, signed.

use super::known::word;
use crate::diag::{Diagnostic, Severity, say};
use crate::load::Fields;
use crate::schema::item::{self as own, review as rev};
use crate::schema::words;
use jiff::civil::Date;

/// Codes of the steps, in the order in which they are done.
pub const REVIEW: [&str; 4] = ["draft", "check", "secrecy", "sign"];

/// The steps of an item.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// As they were written.
    pub steps: Vec<Reviewed>,
    /// A step has a word that nobody knows: what is missing cannot be told.
    pub unsure: bool,
}

/// One step.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// Place in [`REVIEW`].
    pub step: usize,
    /// The office or role.
    pub role: Option<String>,
    /// When it was done.
    pub on: Option<Date>,
    /// Who did it: for the supervising office alone.
    pub by: Option<String>,
    /// Where it stands in the file.
    pub at: (u32, u32),
}

impl Review {
    /// Steps of which nothing is written.
    pub fn missing(&self) -> impl Iterator<Item = usize> + '_ {
        (0..REVIEW.len()).filter(|n| !self.unsure && self.steps.iter().all(|s| s.step != *n))
    }

    /// A step that was done before one that comes earlier: the two, the later one first.
    pub fn out_of_order(&self) -> Option<(&Reviewed, &Reviewed)> {
        let days = |a: &Reviewed, b: &Reviewed| a.step > b.step && a.on.zip(b.on).is_some_and(|(x, y)| x < y);
        self.steps.iter().find_map(|a| Some((a, self.steps.iter().find(|b| days(a, b))?)))
    }

    /// The day of the last signature.
    pub fn signed(&self) -> Option<Date> {
        self.steps.iter().filter(|s| s.step + 1 == REVIEW.len()).filter_map(|s| s.on).max()
    }

    /// All four steps, each with its role and day, in their order.
    pub fn whole(&self) -> bool {
        !self.unsure && self.missing().next().is_none() && self.out_of_order().is_none() && self.steps.iter().all(|s| s.role.is_some() && s.on.is_some())
    }
}

/// Reads `review:`. What is missing in a step is told by SEC001, so that one thing has one finding.
pub(super) fn read(f: &mut Fields<'_, '_>, strict: bool) -> Option<Box<Review>> {
    if f.node(&own::REVIEW).is_some_and(crate::load::unreviewed) {
        let text = say!("`review` 说还没有审完，先不公布", "`review` says that the item is not yet through its review, so it is held");
        let hint = say!(
            "还不公布写 draft: true；审过了就写各个环节，或删去这一行",
            "write draft: true to keep it back; once it is reviewed write its steps, or delete the line"
        );
        f.report(&own::REVIEW, Diagnostic::new("SRC006", Severity::Error, text).hint(hint).blocking());
        return None;
    }
    let entries = f.entries(&own::REVIEW);
    if entries.is_empty() {
        return None;
    }
    let mut out = Review::default();
    for node in entries {
        let mut r = f.within(&own::REVIEW, node);
        let step = word(&mut r, &rev::STEP, words::REVIEW_STEPS).and_then(|c| REVIEW.iter().position(|s| *s == c));
        if step.is_none() {
            if r.empty(&rev::STEP) {
                r.missing(&rev::STEP);
            }
            if strict {
                r.block_last();
            }
            out.unsure = true;
        }
        let mut text = |field| r.text(field).map(str::trim).filter(|t| !t.is_empty()).map(String::from);
        let (role, by) = (text(&rev::ROLE), text(&rev::BY));
        let on = r.date(&rev::ON);
        r.finish();
        if let Some(step) = step {
            out.steps.push(Reviewed { step, role, on, by, at: (node.start, node.end) });
        }
    }
    Some(Box::new(out))
}
