//! Letters: where each stands, what is shown, by what it can be listed, and the figures. Nothing here is typed by anybody.

use super::{Facet, FacetValue};
use crate::model::Public;
use crate::model::feedback::{Letter, State, Timing};
use crate::model::numbers::{Numbering, numbering};
use crate::schema::words::{LETTER_KINDS, codes};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Counts of letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub received: usize,
    /// By state, in the order of [`State::ALL`].
    pub states: [usize; State::ALL.len()],
    /// Ended within the limit: n of the rate of letters in time.
    pub kept: usize,
    /// Ended beyond it.
    pub late: usize,
    /// Ended, and the days are not known: a day is missing or wrong; or answered without a word.
    pub unmeasured: usize,
    /// Ended with both days, and the calendar of a year is not known.
    pub uncounted: usize,
    /// Those that the rate of letters in time is of ([`Timing::judged`]).
    pub judged: usize,
    /// Working days of those that are measured.
    pub days: usize,
    /// By kind, in the order of [`kinds`]; the last is of those that do not say.
    pub kinds: Vec<usize>,
    /// Those whose limit was extended.
    pub extended: usize,
    /// Ratings, and their sum.
    pub ratings: (usize, usize),
}

/// The kinds, in their order.
pub fn kinds() -> Vec<&'static str> {
    codes(LETTER_KINDS)
}

impl Counts {
    fn add(&mut self, l: &Letter, t: &Timing, kinds: &[&'static str]) {
        self.received += 1;
        self.extended += usize::from(t.extended);
        // Nobody can read what was answered.
        let state = if l.silent && t.state == State::Answered { State::Unknown } else { t.state };
        self.states[State::ALL.iter().position(|s| *s == state).unwrap_or(State::ALL.len() - 1)] += 1;
        self.judged += usize::from(t.judged.is_some());
        self.kept += usize::from(t.judged == Some(true));
        if matches!(t.state, State::Answered | State::Forwarded | State::Declined) {
            match (t.kept, t.judged) {
                (Some(true), Some(true)) => {}
                (Some(false), _) => self.late += 1,
                _ if t.no_calendar(l) => self.uncounted += 1,
                _ => self.unmeasured += 1,
            }
            self.days += t.taken.unwrap_or(0) as usize;
        }
        self.kinds.resize(kinds.len() + 1, 0);
        let kind = l.kind.and_then(|k| kinds.iter().position(|c| *c == k)).unwrap_or(kinds.len());
        self.kinds[kind] += 1;
        if let Some(r) = l.rating {
            self.ratings = (self.ratings.0 + 1, self.ratings.1 + r as usize);
        }
    }

    /// Both together.
    pub fn plus(mut self, o: &Counts) -> Counts {
        self.received += o.received;
        self.states.iter_mut().zip(o.states).for_each(|(a, b)| *a += b);
        self.kept += o.kept;
        self.late += o.late;
        self.unmeasured += o.unmeasured;
        self.uncounted += o.uncounted;
        self.judged += o.judged;
        self.days += o.days;
        self.kinds.resize(self.kinds.len().max(o.kinds.len()), 0);
        self.kinds.iter_mut().zip(&o.kinds).for_each(|(a, b)| *a += b);
        self.extended += o.extended;
        self.ratings = (self.ratings.0 + o.ratings.0, self.ratings.1 + o.ratings.1);
        self
    }

    /// Letters of a state.
    pub fn of(&self, state: State) -> usize {
        State::ALL.iter().position(|s| *s == state).map_or(0, |i| self.states[i])
    }
}

/// What follows from the letters.
#[derive(Debug, Default)]
pub struct Letters {
    /// Where each letter stands.
    pub timing: Vec<Timing>,
    /// Those that are shown, newest first; those without a day last.
    pub shown: Vec<u32>,
    /// What they can be listed by: kind, department, state, year.
    pub facets: Vec<Facet>,
    /// Frequent questions among them.
    pub frequent: Vec<u32>,
    /// Letters about an item, newest first.
    pub about: FxHashMap<u32, Vec<u32>>,
    /// Figures by the month in which letters came, oldest first.
    pub months: Vec<((i16, i8), Counts)>,
    /// The same of all that have a day.
    pub dated: Counts,
    /// Of those without a day: outside every figure of time.
    pub undated: Counts,
    /// Of all, by department.
    pub departments: Vec<(usize, Counts)>,
    /// What is missing between their numbers.
    pub numbering: Numbering,
}

/// Most months between letters that are filled with none: beyond, a year is mistyped.
const MONTHS: usize = 240;

/// Computes it.
pub fn letters(public: &Public, by_id: &FxHashMap<Arc<str>, u32>) -> Letters {
    let all = &public.feedback.letters;
    let mut out = Letters::default();
    if all.is_empty() {
        return out;
    }
    let kinds = kinds();
    out.numbering = numbering(public.feedback.numbers.iter().map(|g| &g.number), public.as_of);
    out.timing = all.iter().map(|l| l.timing(&public.calendar, public.as_of).0).collect();
    let mut months: BTreeMap<(i16, i8), Counts> = BTreeMap::new();
    let mut departments: BTreeMap<usize, Counts> = BTreeMap::new();
    for (l, t) in all.iter().zip(&out.timing) {
        match l.received {
            Some(d) => {
                months.entry((d.year(), d.month())).or_default().add(l, t, &kinds);
                out.dated.add(l, t, &kinds);
            }
            None => out.undated.add(l, t, &kinds),
        }
        departments.entry(l.department).or_default().add(l, t, &kinds);
    }
    out.departments = departments.into_iter().collect();
    // A month in between in which none came is one of none.
    if let (Some((first, _)), Some((last, _))) = (months.first_key_value(), months.last_key_value()) {
        let n = |m: &(i16, i8)| m.0 as i64 * 12 + m.1 as i64 - 1;
        let (from, to) = (n(first), n(last));
        if to - from < MONTHS as i64 {
            for m in from..=to {
                let none = Counts { kinds: vec![0; kinds.len() + 1], ..Counts::default() };
                months.entry(((m / 12) as i16, (m % 12 + 1) as i8)).or_insert(none);
            }
        }
    }
    out.months = months.into_iter().collect();
    out.shown = (0..all.len() as u32).filter(|i| all[*i as usize].shown).collect();
    out.shown.sort_by_key(|i| {
        let l = &all[*i as usize];
        (Reverse(l.received), l.department, *i)
    });
    let day = |i: &u32| -> Option<Date> { all[*i as usize].received };
    let value = |code: String, index, items: Vec<u32>| FacetValue { code, index, depth: 0, label: Default::default(), items };
    let of = |f: &dyn Fn(&u32) -> bool| -> Vec<u32> { out.shown.iter().copied().filter(|i| f(i)).collect() };
    let by_kind = kinds.iter().enumerate().map(|(n, k)| value(k.to_string(), n, of(&|i| all[*i as usize].kind == Some(k))));
    let mut whose: Vec<usize> = out.shown.iter().map(|i| all[*i as usize].department).collect();
    whose.sort_unstable();
    whose.dedup();
    let by_department = whose.into_iter().map(|d| value(public.departments[d].id.clone(), d, of(&|i| all[*i as usize].department == d)));
    let by_state = State::ALL.iter().enumerate().map(|(n, s)| value(s.code().to_string(), n, of(&|i| out.timing[*i as usize].state == *s)));
    let mut years: Vec<Option<i16>> = out.shown.iter().map(|i| day(i).map(|d| d.year())).collect();
    years.dedup();
    let by_year = years.into_iter().map(|y| value(y.map_or("undated".to_string(), |y| y.to_string()), 0, of(&|i| day(i).map(|d| d.year()) == y)));
    let facets = [("kind", by_kind.collect::<Vec<_>>()), ("department", by_department.collect()), ("state", by_state.collect()), ("year", by_year.collect())];
    let facets = facets.map(|(key, values)| Facet { key, values: values.into_iter().filter(|v| !v.items.is_empty()).collect() });
    out.frequent = out.shown.iter().copied().filter(|i| all[*i as usize].faq).collect();
    for i in &out.shown {
        if let Some(item) = all[*i as usize].about.as_ref().and_then(|id| by_id.get(id)) {
            out.about.entry(*item).or_default().push(*i);
        }
    }
    out.facets = facets.into_iter().filter(|f| !f.values.is_empty()).collect();
    out
}
