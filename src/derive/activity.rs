//! What was published, changed and withdrawn, by the day.

use crate::model::{Item, Public};
use crate::types::{Kind, TOPIC};
use jiff::civil::Date;

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It came out.
    Published,
    /// A note of a change.
    Changed,
    /// It was withdrawn.
    Withdrawn,
}

impl What {
    /// All, in the order to show.
    pub const ALL: [What; 3] = [What::Published, What::Changed, What::Withdrawn];

    /// Word in messages and files.
    pub const fn code(self) -> &'static str {
        match self {
            What::Published => "published",
            What::Changed => "changed",
            What::Withdrawn => "withdrawn",
        }
    }
}

/// One event of an item.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub day: Date,
    /// Of which type.
    pub kind: Kind,
    /// Whose: the first department.
    pub department: Option<usize>,
    /// What happened.
    pub what: What,
}

/// Everything that happened up to the day, by day. Plain pages and topics are no news; of what has no day nothing is told.
/// What was withdrawn had been published: withdrawing takes nothing from what a month had.
pub fn events(public: &Public) -> Vec<Event> {
    let mut out = Vec::new();
    let counted = |i: &&std::sync::Arc<Item>| !i.kind.root && i.kind != TOPIC;
    for item in public.items.iter().chain(&public.gone).filter(counted) {
        let mut put = |day: Option<Date>, what| {
            if let Some(day) = day.filter(|d| *d <= public.as_of) {
                out.push(Event { day, kind: item.kind, department: item.issuers.first().copied(), what });
            }
        };
        put(item.day(), What::Published);
        item.changes.iter().for_each(|c| put(Some(c.on), What::Changed));
        if let Some(w) = &item.withdrawn {
            put(w.on.map(|m| m.date), What::Withdrawn);
        }
    }
    out.sort_by_key(|e| (e.day, e.what));
    out
}
