//! What the calendar alone will make of the validity of a policy: known on the day of the build, true on the reader's.

use super::relations::{Relations, Validity};
use crate::model::Public;
use jiff::civil::Date;

/// The turns that are to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// First day on which it is in force.
    pub begins: Option<Date>,
    /// First day on which it is no longer what it is then, and what it is from that day on.
    pub ends: Option<(Date, Validity)>,
}

/// The turns of a policy whose validity on the day of the build is `now`; `None` where none is to come.
pub fn ahead(public: &Public, relations: &[Relations], i: u32, now: Option<Validity>) -> Option<Ahead> {
    let (item, r) = (&public.items[i as usize], &relations[i as usize]);
    let begins = match now? {
        Validity::NotYet => item.effective,
        Validity::InForce | Validity::Amended => None,
        Validity::Expired | Validity::Repealed => return None,
    };
    let to_come = |d: &Date| *d > public.as_of && begins.is_none_or(|b| *d > b);
    let begin = |o: &u32| {
        let other = &public.items[*o as usize];
        other.effective.or(other.day())
    };
    let first = |list: &[u32]| list.iter().filter_map(begin).filter(to_come).min();
    // An edition takes the place of the one before; so does what amends it. What is amended already can only end.
    let newer: Vec<u32> = r.versions.iter().copied().take_while(|v| *v != i).chain(r.amended_by.iter().copied()).collect();
    let ends = [
        (first(&r.repealed_by), Validity::Repealed),
        (item.expires.and_then(|d| d.tomorrow().ok()).filter(to_come), Validity::Expired),
        (if now == Some(Validity::Amended) { None } else { first(&newer) }, Validity::Amended),
    ];
    // Of one day the graver, which stands first.
    let ends = ends.into_iter().filter_map(|(d, v)| Some((d?, v))).min_by_key(|(d, _)| *d);
    (begins.is_some() || ends.is_some()).then_some(Ahead { begins, ends })
}
