//! Days that a part of an item names: a data file, an earlier state, an attachment, a question. Such a field does nothing where it
//! stands, and what it keeps back would be public today: the whole item waits for that day.

use super::states::flagged;
use super::{DAY, Hold, Until, hold, letters};
use crate::load::tree::{Kind, Node};
use crate::schema::Record;
use jiff::tz::TimeZone;

/// Parts within each other that are looked into.
const DEEP: usize = 6;

/// A part that is published for itself, by its fields.
pub(in crate::load) fn shown(has: impl Fn(&str) -> bool) -> bool {
    ["draft", "title", "path", "file"].iter().any(|k| has(k))
}

/// Until when an unknown field of a part keeps the item back. Days that may mean something else count where the part has a title or a file.
pub(in crate::load) fn day_of(name: &str, value: &Node, shown: bool, tz: &TimeZone) -> Option<Hold> {
    // The day of publication of a data file in DCAT.
    let found = hold(name, value, shown && name == "issued", tz)?;
    let weak = DAY.contains(&letters(name).as_str());
    (shown || !weak && matches!(found, Hold::Until(..)) || plainly(name, value)).then_some(found)
}

/// A field that can mean nothing else than that this is not public: `draft: true`, `published: false`, `status: draft`.
fn plainly(name: &str, value: &Node) -> bool {
    let yes = value.text().is_some_and(|t| matches!(t.trim().to_lowercase().as_str(), "true" | "yes" | "y" | "on" | "1" | "是" | "√" | "t"));
    let word = letters(name);
    let flag = if super::names::FLAGS.contains(&word.as_str()) { yes } else { flagged(name, value) };
    flag || super::unpublished(&word, value)
}

/// Adds the days of all parts of an item: `pairs` are its fields, `record` says which they are.
pub(in crate::load) fn days(record: &'static Record, pairs: &[(Node, Node)], tz: &TimeZone, until: &mut Until) {
    for (k, v) in pairs {
        if let Some(part) = k.text().and_then(|k| record.field(k)).and_then(|f| f.kind.table()) {
            within(part, v, tz, until, 0);
        }
    }
}

fn within(record: &'static Record, node: &Node, tz: &TimeZone, until: &mut Until, deep: usize) {
    match &node.kind {
        Kind::List(all) if deep < DEEP => all.iter().for_each(|n| within(record, n, tz, until, deep + 1)),
        Kind::Map(pairs) if deep < DEEP => {
            let shown = shown(|k| record.field(k).is_some());
            for (k, v) in pairs {
                let Some(name) = k.text() else { continue };
                match record.field(name) {
                    Some(f) => {
                        if let Some(part) = f.kind.table() {
                            within(part, v, tz, until, deep + 1);
                        }
                    }
                    None => {
                        if let Some(Hold::Until(_, at)) = day_of(name, v, shown, tz) {
                            until.add(true, at);
                        }
                    }
                }
            }
        }
        _ => {}
    }
}
